"""Where on a page the tables stand, told by their captions, ruled lines and rows of cells.

A table is looked for at each caption "Table N": below it, or above it where journals print captions under tables. It reaches as far as the chain of
ruled lines that begins there, or, without lines, as far as rows have cells. What its cells are is `grids`' business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise
from statistics import median

from extractor.ingest.pdf.columns import PROSE, Column, Island, Line, gutters, level, lines
from extractor.ingest.pdf.grids import GridCell, Rulings, cells_of
from extractor.ingest.pdf.layers import Box, Layer, Rule, Run
from extractor.ingest.text import CAPTION, REFERS, SENTENCE_END

LABEL = re.compile(
    r"(?:(?:Supplement(?:al|ary)|Appendix|Online|Extended\sData)\s+)?(?:Table|TABLE)\s*(?:[A-Z]?\d{1,3}[A-Za-z]?\b|[IVX]{1,5}(?=[.:\s]|$))(?!\s*[)\],;])"
)
_NOTE = re.compile(r"(?:[*†‡§¶‖#]|[a-f\d]\s?[A-Z]|Abbreviations?\b|Notes?\b|Data\s(?:are|presented)|Values\b|Source\b|CI\b)")
_TELLS = re.compile(r"\S+\s\S+\s[a-z]")  # "Table 2 reflects"
_FARTHEST_RULE = 110.0
_LARGEST_GAP = 24.0
_FEWEST_ROWS = 2

Row = list[Run]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its label as printed, its box on the layer, the lines of its caption, its rows, how many of them are headers, its footnotes."""

    label: str
    box: Box
    caption: tuple[Line, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    header_rows: int
    footnotes: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the search for tables sees of a layer.

    Runs, horizontal rules (merged, and as drawn), vertical rules, edges of the columns, the size of the text, and the runs that begin captions.
    """

    runs: tuple[Run, ...]
    across: tuple[Rule, ...]
    drawn: tuple[Rule, ...]
    upright: tuple[Rule, ...]
    edges: tuple[tuple[float, float], ...]
    body: float
    starts: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a caption: below it (`down`) or above; the height of the caption's edge there, and the width of the table."""

    page: _Page
    down: bool
    edge: float
    width: float

    def gap(self, row: Row, at: float) -> float:
        """How far a row stands from a height, away from the caption."""
        return min(run.top for run in row) - at if self.down else at - max(run.bottom for run in row)

    def far_edge(self, row: Row) -> float:
        """The edge of a row that is turned away from the caption."""
        return max(run.bottom for run in row) if self.down else min(run.top for run in row)

    def beyond(self, row: Row, y: float) -> bool:
        """Whether a row stands farther from the caption than a height."""
        return row[0].middle > y if self.down else row[0].middle < y


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows of a table, from the caption away or towards it, with the rules between and the notes."""

    caption: list[Row]
    rows: list[Row]
    notes: list[Row]
    rules: list[Rule]
    x0: float
    x1: float

    @property
    def tabular(self) -> int:
        """How many rows have several cells."""
        return sum(len(row) > 1 for row in self.rows)

    @property
    def sound(self) -> bool:
        """Whether it is a table at all."""
        return self.tabular >= _FEWEST_ROWS and self.tabular >= 0.25 * len(self.rows)


class TableSearch:
    """The tables of one layer: found on both sides of each caption first, then chosen by the side that the document prints them on."""

    def __init__(self, layer: Layer, known: Sequence[float], body: float) -> None:
        """Find the captions of a layer; `known` are the gutters of the document, `body` the size of its text."""
        self._runs = layer.runs
        self._starts = tuple(sorted(_caption_starts(layer.runs), key=lambda run: run.top))
        if self._starts:
            drawn = tuple(r for r in layer.rules if r.horizontal)
            upright = tuple(r for r in layer.rules if not r.horizontal)
            edges = _edges(layer.runs, gutters(layer.runs, known))
            self._page = _Page(layer.runs, tuple(merged(drawn)), drawn, upright, edges, body, self._starts)

    def sound(self, *, below: bool) -> int:
        """How many captions have a table on a side: below the table (so that it is above them), or above."""
        tables = (_grown(self._page, start, down=not below) for start in self._starts)
        return sum(table is not None and table.sound for table in tables)

    def tables(self, *, below: bool) -> tuple[list[Grid], list[Run]]:
        """The tables, and the runs that stand in none; `below` says that captions stand below their tables."""
        left = list(self._runs)
        grids = []
        for start in self._starts:
            if not any(run is start for run in left):
                continue
            page = replace(self._page, runs=tuple(left))
            sides = (_grown(page, start, down=down) for down in ((False, True) if below else (True, False)))
            found = next((table for table in sides if table is not None and table.sound), None)
            if found is None:
                continue
            grids.append(_grid(page, found, start))
            taken = {id(run) for rows in (found.caption, found.rows, found.notes) for row in rows for run in row}
            left = [run for run in left if id(run) not in taken]
        return grids, left


def captions_below(searches: Iterable[TableSearch]) -> bool:
    """Whether a document prints captions below its tables: more captions have a table above than below."""
    below = above = 0
    for search in searches:
        below += search.sound(below=True)
        above += search.sound(below=False)
    return below > above


def _caption_starts(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs that begin the caption of a table."""
    for run in runs:
        if not LABEL.match(run.text) or (re.match(r"\D+\d", run.text) and not CAPTION.match(run.text)) or _TELLS.match(run.text):
            continue
        before = [r for r in runs if r is not run and level(r, run) and 0 <= run.x0 - r.x1 < 1.8 * run.size]
        above = [r for r in runs if 0 <= run.top - r.bottom < 0.7 * run.size and r.x0 < run.x1 and r.x1 > run.x0 and abs(r.size - run.size) < 0.5]
        if not before and not any(REFERS.search(r.text) and r.bold == run.bold for r in above):
            yield run


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Horizontal rules with those that continue one another (one for each cell) as one, from top to bottom."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.top), r.x0)):
        last = next((r for r in found[::-1] if abs(r.top - rule.top) < 1.6 and rule.x0 - r.x1 < 2.5 and rule.x1 > r.x0 - 2.5), None)
        if last is None:
            found.append(rule)
        else:
            found[found.index(last)] = Rule(min(last.x0, rule.x0), last.top, max(last.x1, rule.x1), last.bottom)
    return sorted(found, key=lambda r: r.top)


def _edges(runs: Sequence[Run], found: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Left and right edge of each column of the page."""
    prose = [run for run in runs if len(run.text) >= PROSE] or list(runs)
    ends = [min(run.x0 for run in prose) - 1, *sorted(found), max(run.x1 for run in prose) + 1]
    return tuple((a, b) for a, b in pairwise(ends) if b > a)


def _grown(page: _Page, start: Run, *, down: bool) -> _Found | None:
    """The rows of the table on one side of its caption."""
    x0, x1 = _reach(page, start, down=down)
    inside = [run for run in page.runs if x0 <= (run.x0 + run.x1) / 2 <= x1]
    rows = rows_of(inside)
    at = next((i for i, row in enumerate(rows) if any(run is start for run in row)), None)
    if at is None:
        return None
    rules = [r for r in page.across if r.x1 - r.x0 > 8 and r.x0 >= x0 - 6 and r.x1 <= x1 + 6]
    caption = _caption_rows(rows[at:], rules, x1 - x0, down=down)
    rest = rows[at + len(caption) :] if down else rows[:at][::-1]
    edge = max(run.bottom for run in caption[-1]) if down else min(run.top for run in caption[0])
    rules = [r for r in rules if (r.top > caption[0][0].bottom - 2 if down else r.top < caption[0][0].top + 2)]
    chain, end = _chain(page, [r for r in rules[:: 1 if down else -1] if r.x1 - r.x0 >= 0.5 * (x1 - x0)], rest, edge, down=down)
    body, notes = _body(_Side(page, down, edge, x1 - x0), rest, chain, end)
    if not down:
        body = list(dropwhile(lambda row: _is_sentence(row, x1 - x0), body[::-1]))
    body, inner = _without_notes(body, x1 - x0, page.body)
    return _Found(caption, body, inner + notes, [r for r in rules if _among(r, body)], x0, x1)


def _among(rule: Rule, rows: Sequence[Row]) -> bool:
    if not rows:
        return False
    return min(run.top for run in rows[0]) - 12 < rule.top < max(run.bottom for run in rows[-1]) + 12


def _reach(page: _Page, start: Run, *, down: bool) -> tuple[float, float]:
    """Left and right edge of the table: those of the first rule beside the caption, else of the column or, if rows are that wide, of the page."""
    column = next(((a, b) for a, b in page.edges if a - 3 <= start.x0 < b), (page.edges[0][0], page.edges[-1][1]))
    near = [r for r in page.across if _next_to(r, start, down=down) and r.x0 <= start.x1 and r.x1 >= start.x0 - 3 and r.x1 - r.x0 > 60]
    if near:
        first = min(near, key=lambda r: abs(r.top - start.top))
        widest = [r for r in near if abs(r.top - first.top) < 40 and r.x0 < first.x1 and r.x1 > first.x0]
        x0, x1 = min(r.x0 for r in widest), max(r.x1 for r in widest)
        return min(x0, start.x0) - 3, max(x1, min(start.x1, column[1])) + 3
    if start.x1 > column[1] + 2:
        return page.edges[0][0] - 3, page.edges[-1][1] + 3
    return (page.edges[0][0] - 3, page.edges[-1][1] + 3) if _wide(page, start, column, down=down) else (column[0] - 3, column[1] + 1)


def _next_to(rule: Rule, start: Run, *, down: bool) -> bool:
    return -2 < rule.top - start.bottom < _FARTHEST_RULE if down else -2 < start.top - rule.top < _FARTHEST_RULE


def _wide(page: _Page, start: Run, column: tuple[float, float], *, down: bool) -> bool:
    """Whether the rows beside the caption go on in the next column, and that is no prose."""

    def near(run: Run) -> bool:
        distance = run.top - start.bottom if down else start.top - run.bottom
        return -2 < distance < 60

    beside = [run for run in page.runs if near(run)]
    inside = [run for run in beside if column[0] <= run.middle_x <= column[1]]
    outside = [run for run in beside if not column[0] <= run.middle_x <= column[1]]
    if len(outside) < 2 or any(len(run.text) > 2.2 * PROSE for run in outside):
        return any(run.x0 < column[1] - 4 and run.x1 > column[1] + 4 for run in beside)
    return sum(any(level(a, b) for b in inside) for a in outside) >= 0.7 * len(outside)


def rows_of(runs: Sequence[Run]) -> list[Row]:
    """Runs in rows from top to bottom, each from left to right."""
    rows: list[Row] = []
    for run in sorted(runs, key=lambda r: r.middle):
        home = next((row for row in rows[:-4:-1] if level(max(row, key=lambda r: len(r.text)), run)), None)
        rows.append([run]) if home is None else home.append(run)
    for row in rows:
        row.sort(key=lambda r: r.x0)
    return rows


def _caption_rows(rows: Sequence[Row], rules: Sequence[Rule], width: float, *, down: bool) -> list[Row]:
    """The rows of the caption, the first of `rows` first."""
    caption = [rows[0]]
    for row in rows[1:7]:
        above = caption[-1]
        between = any(above[0].middle < r.top < row[0].middle for r in rules)
        if between or len(row) > 1 or row[0].top - above[0].bottom > 0.9 * row[0].size or abs(row[0].size - above[-1].size) > 0.6:
            break
        full = above[-1].x1 - above[0].x0 > 0.7 * width or above[-1].x1 - above[0].x0 > 0.9 * (row[0].x1 - row[0].x0)
        heads = down and not any(r.top > row[0].middle for r in rules) and row[0].x0 > above[0].x0 + 3 * row[0].size
        if (
            heads
            or not (full or row[0].text[:1].islower() or row[0].text.startswith("("))
            or (SENTENCE_END.search(above[-1].text) and row[0].bold != above[-1].bold and not down)
        ):
            break
        caption.append(row)
    return caption


def _chain(page: _Page, rules: Sequence[Rule], rest: Sequence[Row], edge: float, *, down: bool) -> tuple[list[Rule], float | None]:
    """The wide rules that belong to one table, the nearest to the caption first, and the height of the last; None without two of them."""
    chain: list[Rule] = []
    at = edge
    for rule in rules:
        between = [row for row in rest if min(at, rule.top) - 1 < row[0].middle < max(at, rule.top) + 1]
        if any(run in page.starts for row in between for run in row) or abs(rule.top - at) > 700:
            break
        prose = [row for row in between if _is_prose(row, rule.x1 - rule.x0, page.body)]
        if len(prose) > 1 and len(prose) > 0.25 * len(between) and chain:
            break
        if not chain and abs(rule.top - edge) > _FARTHEST_RULE:
            break
        chain.append(rule)
        at = rule.top
    far = [r for r in chain if abs(r.top - edge) > 20]
    return chain, far[-1].top if len(chain) > 1 and far else None


def _is_prose(row: Row, width: float, body: float) -> bool:
    """Whether a row is a line of running text: it goes from edge to edge without a gap, in the size of the text."""
    if row[0].size < 0.93 * body:
        return False
    covered = sum(run.x1 - run.x0 for run in row)
    longest = max(len(run.text) for run in row)
    return (covered > 0.78 * width and len(row) <= 2 and longest > 2 * PROSE) or (len(row) > 4 and covered > 0.7 * width and longest <= PROSE)


def _body(side: _Side, rest: Sequence[Row], chain: Sequence[Rule], end: float | None) -> tuple[list[Row], list[Row]]:
    """The rows of the table away from the caption, and the notes behind its last rule, which stands at height `end`."""
    body: list[Row] = []
    at = side.edge
    for i, row in enumerate(rest):
        if any(run in side.page.starts for run in row) or (CAPTION.match(row[0].text) and len(row) == 1):
            break
        if end is not None and side.beyond(row, end):
            if not _more_rows(rest[i : i + 5], body, side.width, side.page.body):
                return body, _notes(side, rest[i:], body, at)
            end = None  # its last rule was that of the header: the table goes on in the next column or on the next page
        if end is None and _ends(side, rest[i:], body, chain, at):
            return body, _notes(side, rest[i:], body, at)
        body.append(row)
        at = side.far_edge(row)
    return body, []


def _ends(side: _Side, rest: Sequence[Row], body: Sequence[Row], chain: Sequence[Rule], at: float) -> bool:
    """Whether a table without a last rule ends before the first of some rows: another type size, a wide gap, or the text."""
    row = rest[0]
    if len(body) > 2 and not chain and abs(row[0].size - median(run.size for r in body for run in r)) > 0.6:
        return True
    top = min(run.top for run in row)
    ruled = any(min(at, top) - 2 < r.top < max(at, top) + 2 for r in chain)
    if (side.gap(row, at) > _LARGEST_GAP and not ruled) or _is_prose(row, side.width, side.page.body):
        return True
    return len(row) == 1 and bool(body) and _opens_text(row, rest[1:], side.page, side.width)


def _more_rows(rows: Sequence[Row], body: Sequence[Row], width: float, size: float) -> bool:
    """Whether the rows behind the last rule are rows of the table too: close to it, with cells, in its type."""
    if not body or len(rows) < 3 or len(body) > 5:
        return False
    usual = median(run.size for row in body for run in row)
    cells = [row for row in rows if len(row) > 1 and abs(row[0].size - usual) < 0.5 and not _is_prose(row, width, size) and _has_cells(row)]
    return len(cells) >= 2 and abs(rows[0][0].middle - body[-1][0].middle) < 3 * usual


def _opens_text(row: Row, following: Sequence[Row], page: _Page, width: float) -> bool:
    """Whether a single cell is the heading or the first line of the text below the table."""
    return bool(following) and _is_prose(following[0], width, page.body) and (row[0].bold or row[0].size >= 0.93 * page.body)


def _notes(side: _Side, rest: Sequence[Row], body: Sequence[Row], at: float) -> list[Row]:
    """The rows below a table that are its footnotes."""
    return list(_small_rows(side.page, rest, body, at)) if side.down and body else []


def _small_rows(page: _Page, rest: Sequence[Row], body: Sequence[Row], at: float) -> Iterator[Row]:
    """The first rows that are in small type, close to a table and to each other."""
    size = median(run.size for row in body for run in row)
    first = True
    for row in rest:
        gap = row[0].top - at
        small = row[0].size <= min(size + 0.4, 0.96 * page.body) or (first and _NOTE.match(row[0].text) and row[0].size <= size + 0.4)
        if not small or gap > (2.4 if first else 1.2) * row[0].size or LABEL.match(row[0].text) or CAPTION.match(row[0].text):
            return
        if len(row) > 2 and not first and sum(run.x1 - run.x0 for run in row) < 0.6 * (row[-1].x1 - row[0].x0):
            return
        yield row
        at, first = max(run.bottom for run in row), False


def _without_notes(body: list[Row], width: float, size: float) -> tuple[list[Row], list[Row]]:
    """The rows without those at the end that are footnotes inside the frame of the table."""
    cut = len(body)
    while cut > 2 and len(body[cut - 1]) <= 2 and not _has_cells(body[cut - 1]):
        cut -= 1
    tail = body[cut:]
    wide = [i for i, row in enumerate(tail) if row[-1].x1 - row[0].x0 > 0.6 * width or _NOTE.match(row[0].text)]
    if not wide:
        return body, []
    cut += wide[0]
    return body[:cut], body[cut:]


def _is_sentence(row: Row, width: float) -> bool:
    """Whether a row is a line of words from edge to edge, such as those of the caption of a figure above the table."""
    return len(row) == 1 and len(row[0].text) > 2 * PROSE and row[0].x1 - row[0].x0 > 0.5 * width


def _has_cells(row: Row) -> bool:
    return len(row) > 1 and (row[1].x0 - row[0].x1 > 1.5 * row[0].size or len(row[0].text) > 3)


def _grid(page: _Page, found: _Found, start: Run) -> Grid:
    runs = [run for rows in (found.caption, found.rows, found.notes) for row in rows for run in row]
    box = min(r.x0 for r in runs), min(r.top for r in runs), max(r.x1 for r in runs), max(r.bottom for r in runs)
    upright = [r for r in page.upright if found.x0 - 3 <= r.x0 <= found.x1 + 3 and r.bottom > box[1] and r.top < box[3]]
    drawn = [r for r in page.drawn if found.x0 - 6 <= r.x0 and r.x1 <= found.x1 + 6 and box[1] <= r.top <= box[3]]
    rows, header_rows = cells_of(found.rows, Rulings(found.rules, drawn, upright), (found.x0, found.x1))
    label = LABEL.match(start.text)
    notes = _note_paragraphs(_lines(found.notes, found))
    return Grid(label.group() if label else "", box, tuple(_lines(found.caption, found)), rows, header_rows, tuple(notes))


def _lines(rows: Sequence[Row], found: _Found) -> list[Line]:
    column = Column(tuple(run for row in rows for run in row), found.x0, found.x1)
    return [line for line in lines(column) if not isinstance(line, Island)]


def _note_paragraphs(found: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Footnotes one by one: each begins with its sign, or behind a stop at a line that ended early."""
    group: list[Line] = []
    for line in found:
        if group and (re.match(r"[*†‡§¶‖#]", line.text) or (line.raised and line.raised[0][0] == 0)):
            yield tuple(group)
            group = []
        group.append(line)
    if group:
        yield tuple(group)
