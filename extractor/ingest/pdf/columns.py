"""Reading order: which gutters a page has, and in what order its columns and the lines in them are read.

A gutter is where lines of prose face each other again and again; what crosses it (titles, abstracts, wide tables) parts the page into bands, and each
band is read column by column. The same is done once more within a column, so that three columns and a margin column beside two come out right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from extractor.ingest.pdf.layers import Box, Run

PROSE = 15
"""So many characters in a run are part of a line of prose; cells of tables and labels of figures are mostly shorter."""

_FEWEST_VOTES = 3
_NARROWEST_GUTTER = 5.0
_NARROWEST_COLUMN = 30.0
_OVERHANG = 12.0
_LONGEST_LABEL = 40
_FEWEST_IN_BOX = 4
_LEAST_BLANK = 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column.

    Attributes:
        text: its words.
        box: x0, top, x1, bottom in points of the layer's frame.
        size: its font size in points.
        bold: whether all of it is bold.
        face: the name of its font; empty where it changes.
        raised: half-open ranges of `text` set as superscripts.
        column: left and right edge of the column that it stands in.
        pieces: the runs it is made of, from left to right.
    """

    text: str
    box: Box
    size: float
    bold: bool
    face: str
    raised: tuple[tuple[int, int], ...]
    column: tuple[float, float]
    pieces: tuple[Run, ...]

    @property
    def x0(self) -> float:
        """Its left edge."""
        return self.box[0]

    @property
    def x1(self) -> float:
        """Its right edge."""
        return self.box[2]

    @property
    def baseline(self) -> float:
        """The height that line spacing is measured at."""
        return self.box[3]


@dataclass(frozen=True, slots=True)
class Island:
    """A part of the page that is read apart from the text around it (a table, a figure): its box, and its number among the page's islands."""

    x0: float
    top: float
    x1: float
    bottom: float
    number: int

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def middle_x(self) -> float:
        """Its middle from left to right."""
        return (self.x0 + self.x1) / 2


Item = Run | Island


@dataclass(frozen=True, slots=True)
class Column:
    """A stretch of the page in one column: what stands in it, and its edges."""

    items: tuple[Item, ...]
    x0: float
    x1: float


def gutters(runs: Sequence[Run], known: Sequence[float] = (), most: int = 3) -> list[float]:
    """The x of the gutters of a page, the surest first; `known` are those of the document's other pages."""
    gaps = list(_facing(runs))
    prose = [run for run in runs if len(run.text) >= PROSE]
    ranked = sorted(_ranked(gaps, prose, runs), reverse=True) if len(gaps) >= _FEWEST_VOTES else []
    found: list[float] = []
    for _, x in ranked:
        if len(found) < most and all(abs(x - other) >= _NARROWEST_COLUMN for other in found):
            found.append(x)
    return found or [x for x in known if _fits(runs, prose, x)][:1]


def _fits(runs: Sequence[Run], prose: Sequence[Run], x: float) -> bool:
    """Whether a gutter from elsewhere is one here too: nothing goes across, or prose stands beside it and little of it across."""
    left, right = sum(run.x1 <= x + 1 for run in runs), sum(run.x0 >= x - 1 for run in runs)
    if not left or not right:
        return False
    beside = sum(run.x1 <= x + 1 or run.x0 >= x - 1 for run in prose)
    return left + right == len(runs) or (beside >= _FEWEST_VOTES and beside > len(prose) - beside)


def _ranked(gaps: Sequence[tuple[float, float, float]], prose: Sequence[Run], runs: Sequence[Run]) -> Iterator[tuple[int, float]]:
    """Where lines of prose face each other: how many more do than cross at their height on the page, and the x."""
    for start, end, count in _plateaus(_votes(gaps)):
        if count < _FEWEST_VOTES:
            continue
        x = (start + end) / 2
        heights = [y for x0, x1, y in gaps if x0 <= x <= x1]
        top, bottom = min(heights, default=0.0), max(heights, default=0.0)
        x = _clearest(start, end, [run for run in runs if top <= run.middle <= bottom])
        crossing = sum(run.x0 < x - 1 and run.x1 > x + 1 and top <= run.middle <= bottom for run in prose)
        if crossing <= count:
            yield count - crossing, x


def _clearest(start: float, end: float, runs: Sequence[Run]) -> float:
    """The middle of the widest stretch of a gutter that is empty: the numbers of a list hang out into it."""
    inside = sorted((run.x0, run.x1) for run in runs if run.x1 > start and run.x0 < end and len(run.text) < PROSE)
    widest, edge = (0.0, (start + end) / 2), start
    for x0, x1 in [*inside, (end, end)]:
        widest = max(widest, (x0 - edge, (x0 + edge) / 2))
        edge = max(edge, x1)
    return widest[1]


def _facing(runs: Sequence[Run]) -> Iterator[tuple[float, float, float]]:
    """The gaps between runs of prose that stand side by side on one line with nothing between them: from x, to x, and their height."""
    ordered = sorted(runs, key=lambda run: run.top)
    tops = [run.top for run in ordered]
    tallest = max((run.bottom - run.top for run in ordered), default=0.0)
    for run in ordered:
        if len(run.text) < PROSE:
            continue
        nearest: Run | None = None
        first, last = bisect_right(tops, run.top - tallest), bisect_right(tops, run.bottom)
        for other in ordered[first:last]:
            if other.x0 >= run.x1 and level(run, other, 0.3) and (nearest is None or other.x0 < nearest.x0):
                nearest = other
        if nearest is not None and len(nearest.text) >= PROSE and nearest.x0 - run.x1 >= _NARROWEST_GUTTER:
            yield run.x1, nearest.x0, run.middle


def level(a: Run, b: Run, share: float = 0.5) -> bool:
    """Whether two runs stand on one line: they have more than a share of the lower one's height in common."""
    return min(a.bottom, b.bottom) - max(a.top, b.top) > share * min(a.bottom - a.top, b.bottom - b.top)


def _votes(gaps: Sequence[tuple[float, float, float]]) -> list[int]:
    """How many gaps hold each point of the page's width."""
    steps = Counter[int]()
    for start, end, _ in gaps:
        steps[max(round(start), 0)] += 1
        steps[max(round(end), 0) + 1] -= 1
    return list(accumulate(steps[x] for x in range(max(steps) + 1)))


def _plateaus(votes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The local maxima of the votes: first and last point, and the votes."""
    start = 0
    for x, (here, following) in enumerate(pairwise([*votes, 0])):
        if following == here:
            continue
        if following < here and (start == 0 or votes[start - 1] < here):
            yield start, x, here
        start = x + 1


def columns(items: Sequence[Item], known: Sequence[float] = ()) -> list[Column]:
    """The columns of a page in reading order; `known` are the gutters of the document's other pages."""
    runs = [item for item in items if isinstance(item, Run)]
    found = gutters(runs)
    return _parted(items, [*found, *known])


def _parted(items: Sequence[Item], known: Sequence[float]) -> list[Column]:
    """The columns of a part of a page; `known` are the gutters of the page."""
    if not items:
        return []
    found = gutters([item for item in items if isinstance(item, Run)], known, most=1) or [x for x in known if _divides(items, x)][:1]
    if not found or len({item.x0 < found[0] for item in items} | {None for item in items if _crosses(item, found[0])}) < 2:
        return [_column(items)]
    y = _end_of_box(items, found[0])
    if y is not None:
        return [*_parted([item for item in items if item.middle < y], known), *_parted([item for item in items if item.middle >= y], known)]
    return list(_by_bands(items, found[0], known))


def _divides(items: Sequence[Item], x: float) -> bool:
    """Whether a gutter of other pages parts tables from each other or from the text: nothing goes across, and something stands on either side."""
    if any(_crosses(item, x) for item in items):
        return False
    return len({item.middle_x < x for item in items}) == 2


def _end_of_box(items: Sequence[Item], gutter: float) -> float | None:
    """The height at which a box over both columns ends: nothing stands there, and the text of both goes on in other type."""
    runs = sorted((item for item in items if isinstance(item, Run) and not _crosses(item, gutter)), key=lambda run: run.middle)
    reached = 0.0
    for i, run in enumerate(runs):
        y = (reached + run.top) / 2
        blank = run.top - reached > _LEAST_BLANK * run.size and not any(item.top < y < item.bottom for item in items)
        if i and blank and _other_type(runs[:i], runs[i:], gutter):
            return y
        reached = max(reached, run.bottom)
    return None


def _other_type(above: Sequence[Run], below: Sequence[Run], gutter: float) -> bool:
    """Whether both columns are set in one type above and in another below."""
    sides = [[run for run in part if (run.x0 < gutter) is left] for part in (above, below) for left in (True, False)]
    if any(len(side) < _FEWEST_IN_BOX for side in sides):
        return False
    left_above, right_above, left_below, right_below = map(_type_of, sides)
    return left_above == right_above != left_below == right_below


def _type_of(runs: Sequence[Run]) -> tuple[str, float]:
    """Typeface and size of most of some text."""
    weight = Counter[tuple[str, float]]()
    for run in runs:
        weight[run.face, round(run.size, 1)] += len(run.text)
    return weight.most_common(1)[0][0]


def _by_bands(items: Sequence[Item], gutter: float, known: Sequence[float]) -> Iterator[Column]:
    """What crosses the gutter, and between that the left and the right side, from top to bottom."""
    crossing = sorted((item for item in items if _crosses(item, gutter)), key=lambda item: item.middle)
    heights = [item.middle for item in crossing]
    bands: list[list[Item]] = [[] for _ in range(len(crossing) + 1)]
    for item in items:
        if not _crosses(item, gutter):
            bands[bisect_right(heights, item.middle)].append(item)
    across: list[Item] = []
    aside: list[Item] = []
    for i, band in enumerate(bands):
        above, below = crossing[i - 1] if i else None, crossing[i] if i < len(crossing) else None
        own: list[Item] = []
        next_line: list[Item] = []
        for item in band:
            if above is not None and (_beside(item, above, crossing) or _between(item, above, below) or _ends_wide(item, above, band)):
                across.append(item)
            elif below is not None and _beside(item, below, crossing):
                next_line.append(item)
            elif _neighbours(above, below):
                aside.append(item)  # a margin column beside a wide paragraph
            else:
                own.append(item)
        if own:
            yield from _with_margin(across, aside, known)
            across, aside = [], []
        yield from _parted([item for item in own if item.x0 < gutter], known)
        yield from _parted([item for item in own if item.x0 >= gutter], known)
        across += next_line if below is None else [*next_line, below]
    yield from _with_margin(across, aside, known)


def _with_margin(across: Sequence[Item], aside: Sequence[Item], known: Sequence[float]) -> Iterator[Column]:
    """A wide stretch, then what stands in the margin beside it."""
    if across:
        yield _column(across)
    yield from _parted(aside, known)


def _crosses(item: Item, x: float) -> bool:
    """Whether an item lies across a gutter; a table that hangs out into it by a little does not."""
    slack = min(_OVERHANG, 0.06 * (item.x1 - item.x0)) if isinstance(item, Island) else 1
    return item.x0 < x - slack and item.x1 > x + slack


def _between(item: Item, above: Item, below: Item | None) -> bool:
    """Whether a run that does not cross is a line between two that do: one with a wide blank just at the gutter, or a short one."""
    if not _neighbours(above, below) or below is None or isinstance(item, Island):
        return False
    return item.x0 >= min(above.x0, below.x0) - 1 and item.x1 <= max(above.x1, below.x1) + 1


def _ends_wide(item: Item, above: Item, band: Sequence[Item]) -> bool:
    """Whether a run is the short last line of the wide paragraph above it: of its type, right under it, and alone on its line."""
    if isinstance(item, Island) or isinstance(above, Island) or abs(item.size - above.size) > 0.04 * above.size or item.bold != above.bold:
        return False
    level_edge = abs(item.x0 - above.x0) < 2 * item.size or abs(item.middle_x - above.middle_x) < 2 * item.size
    close = 0 < item.middle - above.middle < 1.5 * item.size
    return (
        level_edge
        and close
        and not any(isinstance(o, Run) and o is not item and o.x0 > item.x1 and level(o, item) and o.size > 0.8 * item.size for o in band)
    )


def _neighbours(above: Item | None, below: Item | None) -> bool:
    """Whether two crossing runs are neighbouring lines of one wide paragraph."""
    if above is None or below is None or isinstance(above, Island) or isinstance(below, Island):
        return False
    return below.middle - above.middle < 2.7 * max(above.size, below.size) and abs(above.size - below.size) < 1


def _beside(item: Item, crossing: Item, others: Sequence[Item]) -> bool:
    """Whether a run goes on the line of one that crosses, and stands not in the margin beside it."""
    if isinstance(item, Island) or isinstance(crossing, Island) or not level(item, crossing):
        return False
    if _is_label(item, crossing):
        return True
    left = item.x1 <= crossing.x0 + 1
    aligned = sum(abs(o.x0 - crossing.x0) < 1.5 if left else abs(o.x1 - crossing.x1) < 1.5 for o in others) >= 3
    gap = max(item.x0 - crossing.x1, crossing.x0 - item.x1)
    return not aligned and gap < 1.6 * crossing.size and item.size < 1.15 * crossing.size and (item.size > 0.85 * crossing.size or len(item.text) < 5)


def _is_label(run: Run, text: Run) -> bool:
    """Whether a run is a label in bold in the margin of a text: "Methods" beside the lines of an abstract."""
    apart = text.x0 - run.x1 >= 0.5 * text.size
    return run.bold and not text.bold and len(run.text) <= _LONGEST_LABEL and apart


def _column(items: Sequence[Item]) -> Column:
    return Column(tuple(items), min(item.x0 for item in items), max(item.x1 for item in items))


def lines(column: Column) -> list[Line | Island]:
    """The lines of a column from top to bottom, with the islands between them."""
    runs = sorted((item for item in column.items if isinstance(item, Run)), key=lambda run: (run.middle, run.x0))
    capitals = [run for run in runs if _is_dropped_capital(run, runs)]
    groups: list[list[Run]] = []
    for run in runs:
        if run in capitals:
            continue
        home = next((group for group in groups[:-4:-1] if _level_with(group, run)), None)
        if home is None:
            groups.append([run])
        else:
            home.append(run)
    found = [_line(group, (column.x0, column.x1)) for group in groups]
    for capital in capitals:
        found = _with_capital(found, capital)
    placed: list[Line | Island] = [*found, *(item for item in column.items if isinstance(item, Island))]
    placed.sort(key=lambda item: item.middle if isinstance(item, Island) else (item.box[1] + item.box[3]) / 2)
    return _labels_first(placed)


def _labels_first(placed: Sequence[Line | Island]) -> list[Line | Island]:
    """The lines of a column with the labels in its margin taken off the lines that they stand beside, and put before them."""
    edges = [line.x0 for line in placed if isinstance(line, Line)]
    found: list[Line | Island] = []
    rest: list[Line] = []
    for item in placed:
        parts = _label_and_text(item, edges, goes_on=bool(rest)) if isinstance(item, Line) else None
        if parts is None:
            found += rest
            rest = []
            found.append(item)
            continue
        label, text = parts
        found.append(label)
        rest.append(text)
    return [*found, *rest]


def _label_and_text(line: Line, edges: Sequence[float], *, goes_on: bool) -> tuple[Line, Line] | None:
    """A label and the text beside it, where other lines begin at the left edge of that text."""
    for i, (label, text) in enumerate(pairwise(line.pieces), 1):
        if not _is_label(label, text) or not (goes_on or label.text[:1].isupper()):
            continue
        if sum(abs(x - text.x0) < 0.3 * line.size for x in edges) >= 2:
            own = line.pieces[:i], line.pieces[i:]
            return _line(own[0], (own[0][0].x0, own[0][-1].x1)), _line(own[1], (text.x0, line.column[1]))
    return None


def _level_with(group: Sequence[Run], run: Run) -> bool:
    main = max(group, key=lambda r: len(r.text))
    if not level(main, run):
        return False
    large, small = max(main.size, run.size), min(main.size, run.size)
    if large > 1.5 * small and min(max(run.x0 - r.x1, r.x0 - run.x1) for r in group) > 0.6 * large:
        return False  # two things of different size that stand side by side by chance
    return not any(r.x0 + 1 < run.x1 - 1 and run.x0 + 1 < r.x1 - 1 and len(r.text) > 2 and len(run.text) > 2 for r in group)


def _line(runs: Sequence[Run], column: tuple[float, float]) -> Line:
    ordered = sorted(runs, key=lambda run: run.x0)
    weight = Counter[float]()
    for run in ordered:
        weight[run.size] += len(run.text)
    size = weight.most_common(1)[0][0]
    main = max((run for run in ordered if run.size == size), key=lambda run: len(run.text))
    text = ""
    raised: list[tuple[int, int]] = []
    for before, run in zip([None, *ordered], ordered, strict=False):
        is_raised = run.size < 0.82 * size and main.bottom - run.bottom > 0.18 * size
        if before is not None and (run.x0 - before.x1 > (0.25 if is_raised else 0.12) * size):
            text += " "
        raised += [(len(text), len(text) + len(run.text))] if is_raised else [(a + len(text), b + len(text)) for a, b in run.raised]
        text += run.text
    box = ordered[0].x0, main.top, max(run.x1 for run in ordered), main.bottom
    faces = {run.face for run in ordered if len(run.text) > 1} or {run.face for run in ordered}
    face = faces.pop() if len(faces) == 1 else ""
    bold = all(run.bold for run in ordered if len(run.text) > 1)
    return Line(text, box, size, bold, face, tuple(raised), column, tuple(ordered))


def _is_dropped_capital(run: Run, runs: Iterable[Run]) -> bool:
    if len(run.text) != 1 or not run.text.isupper():
        return False
    beside = [r for r in runs if r is not run and r.x0 >= run.x0 and r.x0 - run.x1 < run.size and r.bottom > run.top and r.top < run.bottom]
    return sum(r.size < run.size / 1.8 for r in beside) >= 2


def _with_capital(found: Sequence[Line], capital: Run) -> list[Line]:
    """The lines beside a dropped capital moved to its left edge, the first of them with the capital before it."""
    beside = [
        line for line in found if line.box[3] > capital.top + 1 and line.box[1] < capital.bottom - 1 and 0 <= line.x0 - capital.x0 < 4 * capital.size
    ]
    if not beside:
        return list(found)
    first = min(beside, key=lambda line: line.box[1])
    moved = []
    for line in found:
        if line not in beside:
            moved.append(line)
            continue
        box = (capital.x0, *line.box[1:])
        if line is first:
            shifted = tuple((a + 1, b + 1) for a, b in line.raised)
            moved.append(replace(line, text=capital.text + line.text, raised=shifted, box=box))
        else:
            moved.append(replace(line, box=box))
    return moved
