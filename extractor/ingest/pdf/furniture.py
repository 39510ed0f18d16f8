"""What belongs to the pages and not to the paper: running heads and feet, page numbers, stamps, watermarks, line numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extractor.ingest.pdf.columns import level
from extractor.ingest.pdf.layers import Layer, PageGlyphs, Run

MARGIN = 0.1
"""Share of the page's height, at its top and at its foot, where running heads and feet stand."""

# Captions stand at the top of one page after another too.
CAPTIONED = re.compile(r"(?:\w+\s)?(?:Table|Figure|Fig\.?|Chart|Scheme)\s*\W?[\dA-Z]", re.IGNORECASE)
_DOTS = re.compile(r"[.·_…\-–—\s]{6,}")

_PAGE_NUMBER = re.compile(r"[-–—]?\s*[A-Za-z]?(\d{1,6})(?: (?:of|/) \d+)?\s*[-–—]?")
_PROSE = 20
_SHORTEST = 3
_FEWEST_NUMBERED_LINES = 8
_COUNTED_BY = (1, 5)
_MARGIN_WIDTH = 60.0


_Place = tuple[str, int, int | None]


def without_furniture(pages: Sequence[PageGlyphs]) -> list[PageGlyphs]:
    """The same pages without what is printed on page after page, and without line numbers."""
    places = {id(run): _places(run) for page in pages for layer in page.layers for run in layer.runs}
    running = _running(pages, places)
    numbers = _page_numbers(pages)
    cleaned = [_cleaned(layer, places, running, numbers) for page in pages for layer in page.layers]
    layers = iter(_without_line_numbers(cleaned))
    return [replace(page, layers=tuple(next(layers) for _ in page.layers)) for page in pages]


def _cleaned(layer: Layer, places: Mapping[int, Sequence[_Place]], running: frozenset[_Place], numbers: frozenset[int]) -> Layer:
    stamped = {id(run) for run in layer.runs if _DOTS.fullmatch(run.text) or any(p[2] is not None and p in running for p in places[id(run)])}
    repeated = numbers | {id(run) for run in layer.runs if any(p[2] is None and p in running for p in places[id(run)])}
    upright = sorted((run for run in layer.runs if id(run) not in stamped and _at_edge(run, layer)), key=lambda run: run.top)
    half = layer.frame.height / 2
    heads = _outermost([run for run in upright if run.top < half], repeated)
    feet = _outermost([run for run in upright[::-1] if run.top > half], repeated)
    return replace(layer, runs=tuple(run for run in layer.runs if id(run) not in stamped | heads | feet))


def _outermost(runs: Sequence[Run], repeated: Collection[int]) -> frozenset[int]:
    """What is repeated in the rows from the edge of the page inwards, up to the first row that has something of its own."""
    found: set[int] = set()
    row: list[Run] = []
    for run in [*runs, None]:
        if run is not None and (not row or any(level(run, other) for other in row)):
            row.append(run)
            continue
        found.update(id(r) for r in row if id(r) in repeated)
        if run is None or any(id(r) not in repeated for r in row):
            break
        row = [run]
    return frozenset(found)


def _places(run: Run) -> tuple[_Place, ...]:
    """The names under which a run may come back on another page: its text at its height with numbers blotted out, and at its very place."""
    if len(run.text) < _SHORTEST or CAPTIONED.match(run.text):
        return ()
    text = re.sub(r"\d+", "#", run.text)
    heights = {round(run.top / 4), round(run.top / 4 + 0.5)}
    exact = [(run.text, y, x) for y in heights for x in {round(run.x0 / 4), round(run.x0 / 4 + 0.5)}]
    return (*exact, *((text, y, None) for y in heights)) if re.search(r"[^\W\d_]{2}", text) else tuple(exact)


def _running(pages: Sequence[PageGlyphs], places: Mapping[int, Sequence[_Place]]) -> frozenset[_Place]:
    """The places of what stands on several pages: twice in a margin, on half of the pages anywhere else."""
    in_margins: dict[_Place, set[int]] = defaultdict(set)
    anywhere: dict[_Place, set[int]] = defaultdict(set)
    for page in pages:
        for layer in page.layers:
            for run in layer.runs:
                edge = _at_edge(run, layer)
                for place in places[id(run)]:
                    if place[2] is None and edge:
                        in_margins[place].add(page.number)
                    elif place[2] is not None:
                        anywhere[place].add(page.number)
    often = max(3, len(pages) / 2)
    return frozenset(p for p, on in in_margins.items() if len(on) >= 2) | frozenset(p for p, on in anywhere.items() if len(on) >= often)


def _at_edge(run: Run, layer: Layer) -> bool:
    return not MARGIN * layer.frame.height < run.middle < (1 - MARGIN) * layer.frame.height


def _page_numbers(pages: Sequence[PageGlyphs]) -> frozenset[int]:
    """Bare numbers in the margins that count the pages, by identity."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for page in pages:
        for layer in page.layers:
            for run in layer.runs:
                if len(run.text) < 20 and _at_edge(run, layer) and (number := _PAGE_NUMBER.fullmatch(run.text)):
                    found[int(number.group(1)) - page.number].append((page.number, id(run)))
    counted = {offset for offset, runs in found.items() if len({page for page, _ in runs}) >= 2 or (len(pages) == 1 and offset >= 0)}
    return frozenset(run for offset in counted for _, run in found[offset])


def _without_line_numbers(layers: Sequence[Layer]) -> list[Layer]:
    """The layers without the numbers of their lines; on a page with a few lines alone they are known by their place on the others."""
    sides = [_line_numbers(layer.runs) for layer in layers]
    edges = {(right, round(run.x0 if right else run.x1)) for side in sides for right, runs in enumerate(side) for run in runs}
    found = []
    for layer, side in zip(layers, sides, strict=True):
        dropped = {id(run) for runs in side for run in runs}
        if edges and not dropped:
            margins = _beside_prose(layer.runs)
            dropped = {id(n) for right, runs in enumerate(margins) for n in runs if _near(right, n.x0 if right else n.x1, edges)}
        found.append(replace(layer, runs=tuple(run for run in layer.runs if id(run) not in dropped)))
    return found


def _near(right: int, x: float, edges: Collection[tuple[int, int]]) -> bool:
    return any((right, round(x) + d) in edges for d in (-1, 0, 1))


def _beside_prose(runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """The bare numbers left of all prose, and those right of it."""
    prose = [run for run in runs if len(run.text) >= _PROSE]
    numbers = [run for run in runs if run.text.isdigit() and len(run.text) <= 5]
    left, right = min((run.x0 for run in prose), default=0.0), max((run.x1 for run in prose), default=0.0)
    return [n for n in numbers if prose and n.x1 <= left + 1], [n for n in numbers if prose and n.x0 >= right - 1]


def _line_numbers(runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """The numbers of lines in the left and in the right margin."""
    prose = [run for run in runs if len(run.text) >= _PROSE]
    left, right = _beside_prose(runs)
    return left if _counts_lines(left, prose) else [], right if _counts_lines(right, prose) else []


def _counts_lines(numbers: Iterable[Run], prose: Sequence[Run]) -> bool:
    """Whether numbers beside the text go up by one from line to line, or by five from every fifth line to the next."""
    ordered = sorted(numbers, key=lambda run: run.top)
    if len(ordered) < _FEWEST_NUMBERED_LINES / 2 or not prose:
        return False
    steps = Counter(int(b.text) - int(a.text) for a, b in pairwise(ordered))
    step, times = steps.most_common(1)[0]
    if step not in _COUNTED_BY or times < 0.8 * (len(ordered) - 1) or (step == 1 and len(ordered) < _FEWEST_NUMBERED_LINES):
        return False
    distances = [b.top - a.top for a, b in pairwise(ordered)]
    usual = median(distances)
    even = sum(abs(d - usual) < 0.25 * usual for d in distances) >= 0.7 * len(distances)
    # Entries of a reference list are numbered too, but their numbers stand beside some of the lines only.
    x0, x1 = min(run.x0 for run in ordered), max(run.x1 for run in ordered)
    column = [run for run in prose if 0 <= run.x0 - x1 < _MARGIN_WIDTH or 0 <= x0 - run.x1 < _MARGIN_WIDTH]
    beside = len({round(run.top / 3) for run in column if ordered[0].top - 3 <= run.top <= ordered[-1].bottom + 3})
    return even and (step == 5 or len(ordered) >= 0.7 * beside)
