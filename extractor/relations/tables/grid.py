"""A table as a grid: which cells are headers and labels, what each row and each column stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from extractor.document import Cell, CharSpan, Document, Table, fold
from extractor.relations.tables.cells import EMPTY, parse_cell

_SIZE_ONLY = re.compile(r"\s*[(\[]?\s*[nN]\s*=\s*\d[\d,]*\s*[)\]]?\s*[*†‡§a-e]?\s*")
_PLAIN = r"[<>]?\d+(?:\.\d+)?%?(?:\(\d+(?:\.\d+)?%?\))?"
_INTERVAL_HEAD = re.compile(r"\s*9\d\s?%\s*-?\s*(?:C\.?I\b|confidence\b)", re.IGNORECASE)
# "HR (95% CI)" in a row that names what the rows below it are of: from there on the column holds ratios.
_RATIO_HEAD = re.compile(r"\s*(?:HR|OR|RR|hazard\sratio|odds\sratio|[pP](?:[\s-]?[vV]alue)?)\b(?:\s?[(\[,]\s?9\d\s?%\s?CI\s?[)\]]?)?\s*[*†‡§a-j]?\s*")
# Over the levels of factors, which may all be numbers: "<60", "0", "1".
_LEVELS_HEAD = re.compile(
    r"(?:sub-?)?(?:categor(?:y|ies)|levels?|groups?|class(?:es)?|strat(?:um|a)|comparisons?|contrasts?|cut-?offs?)", re.IGNORECASE
)
# Over the grades of the events beside them: "Grade" over "1-2", "3-4".
_GRADES_HEAD = re.compile(
    r"(?:(?:CTC(?:AE)?|NCI(?:-|\s)CTC(?:AE)?|WHO|RTOG|toxicity|severity|maximum|worst)\s)?(?:grades?|severity)(?:\s?[(\[][^()]*[)\]])?", re.IGNORECASE
)
_BARE_GRADE = re.compile(
    r"\s*(?:grades?\s|G\s?)?[≥>]?\s?(?:[0-5]|I{1,3}V?|IV|V)(?:\s?(?:-|/|or|and|,|\+|to)\s?(?:[1-5]|I{1,3}V?|IV|V))*\s?\+?\s*|\s*(?:any|all|total)\s*",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s*[<>]?\s?\d[\d.]*\s?%?\s?(?:\([^()]*\)\s?)?(?:vs\.?|versus)\s?[<>]?\s?\d")  # "12.1 vs 10.3"
# "HR 0.72 (95% CI 0.55-0.94)": a cell that says what it holds is no header.
SAYS_RATIO = re.compile(r"\W*(?:HR|hazard\sratio|OR|odds\sratio|RR|relative\srisk)\b[^\d<>]{0,20}\d+\.\d", re.IGNORECASE)
_STARTS_AS_VALUE = re.compile(r"\s*(?:[pP]\s?)?[<>≤≥=~]?\s?[-+(\[]?\s?\.?\d")


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell as it is read: its folded text, and where it stands in the source text.

    `exact` says that the text is the source text character for character; else only the whole cell has a place.
    """

    cell: Cell
    text: str
    raw: CharSpan
    exact: bool

    def span(self, start: int, end: int) -> CharSpan:
        """The place in the source text of a piece of the cell."""
        return CharSpan(self.raw.start + start, self.raw.start + end) if self.exact and start < end else self.raw

    @property
    def is_value(self) -> bool:
        """Whether the cell holds a value, not words."""
        return (parse_cell(self.text) is not None and not _SIZE_ONLY.fullmatch(self.text)) or bool(_SEVERAL.match(self.text))

    @property
    def is_header(self) -> bool:
        """Whether the cell reads as a header: words, or the size of an arm."""
        value = parse_cell(self.text)
        if SAYS_RATIO.match(self.text) or (value is not None and value.not_reached):
            return False
        return bool(_SIZE_ONLY.fullmatch(self.text)) or not _STARTS_AS_VALUE.match(self.text) or bool(_INTERVAL_HEAD.match(self.text))


@dataclass(frozen=True, slots=True)
class Row:
    """A row with values: its own label, the labels it stands under (outermost first), its values by their first column."""

    index: int
    labels: tuple[Entry, ...]
    groups: tuple[Entry, ...]
    values: Mapping[int, Entry]
    headers: Mapping[int, Entry]


@dataclass(frozen=True)
class Grid:
    """A table whose spans are laid out: `at` holds at every place the cell that covers it; empty cells are left out."""

    table: Table
    at: Mapping[tuple[int, int], Entry]
    height: int
    width: int

    @cached_property
    def labels(self) -> int:
        """How many leading columns hold labels."""
        count = 1
        while count < self.width and self._holds_labels(count):
            count += 1
        return count

    @cached_property
    def body(self) -> int:
        """The first row below the headers; header rows that the file does not mark as such included."""
        row = self.table.header_rows
        while row < self.height and (self._blank(row) or (self.is_header_row(row) and not self._heads_rows(row))):
            row += 1
        return row

    def _heads_rows(self, row: int) -> bool:
        """Whether a row names a population and its sizes ("Liver metastases | n = 30 | n = 25"): it heads the rows below it, not the columns."""
        own = [e for c in range(self.labels, self.width) if (e := self._own(row, c)) is not None and e.cell.row == row]
        return (row, 0) in self.at and all(_SIZE_ONLY.fullmatch(e.text) for e in own)

    def path(self, column: int) -> tuple[Entry, ...]:
        """The headers of a column, outermost first."""
        found: list[Entry] = []
        for row in range(self.body):
            entry = self.at.get((row, column)) or self._left_of_blank(row, column)
            if entry is not None and entry not in found:
                found.append(entry)
        return tuple(found)

    def _left_of_blank(self, row: int, column: int) -> Entry | None:
        """The header left of blank ones, where it must span them: the headers below it and below each of its like are the same."""
        if row + 1 >= self.body or column < self.labels:
            return None
        starts = [c for c in range(self.labels, self.width) if (row, c) in self.at]
        below = {c: e.text for c in range(self.labels, self.width) if (e := self.at.get((row + 1, c))) is not None}
        if len(starts) < 2 or starts[0] != self.labels or len(below) != self.width - self.labels:
            return None
        chunks = [[below[c] for c in range(a, b)] for a, b in zip(starts, [*starts[1:], self.width], strict=True)]
        own = [c for c in starts if c <= column]
        return self.at[row, own[-1]] if len(chunks[0]) > 1 and all(c == chunks[0] for c in chunks) else None

    def _own(self, row: int, column: int) -> Entry | None:
        entry = self.at.get((row, column))
        return entry if entry is not None and entry.cell.column == column else None

    def _holds_labels(self, column: int) -> bool:
        cells = [e for r in range(self.table.header_rows, self.height) if (e := self._own(r, column)) is not None and e.cell.row == r]
        cells = [e for e in cells if not EMPTY.fullmatch(e.text)]
        if not cells or (len({e.cell.row for e in cells}) < 2 and len(cells) < self.height - self.table.header_rows - 1):
            return False
        heads = " ".join(e.text for r in range(self.table.header_rows) if (e := self.at.get((r, column))) is not None and e.cell.column == column)
        if _LEVELS_HEAD.fullmatch(heads.strip()) and not any(c in e.text for e in cells for c in "%(["):
            return True
        if _GRADES_HEAD.fullmatch(heads.strip()) and all(_BARE_GRADE.fullmatch(e.text) for e in cells) and len({e.text for e in cells}) < len(cells):
            return True
        share = sum(e.is_value for e in cells) / len(cells)
        headed = any((r, column) in self.at and self.at[r, column].cell.column == column for r in range(self.table.header_rows))
        return share < (0.25 if headed else 0.6)

    def _blank(self, row: int) -> bool:
        return all(self.at.get((row, c)) is None for c in range(self.width))

    def is_header_row(self, row: int) -> bool:
        """Whether a body row heads columns: words alone, in two columns or more, or one word above no label."""
        entries = [e for c in range(self.labels, self.width) if (e := self._own(row, c)) is not None and e.cell.row == row]
        entries = [e for e in entries if not EMPTY.fullmatch(e.text)]
        if not entries or any(not e.is_header for e in entries):
            return False
        label = self.at.get((row, 0))
        return len({e.text for e in entries}) > 1 or (label is None or bool(_SIZE_ONLY.fullmatch(entries[0].text)))


def lay_out(document: Document, table: Table) -> Grid:
    """A table as a grid; cells whose text is only a link or a picture are not in it."""
    at: dict[tuple[int, int], Entry] = {}
    height = width = 0
    moved, over = _realigned(table)
    for cell in moved:
        height, width = max(height, cell.row + cell.row_span), max(width, cell.column + cell.column_span)
        if cell.raw is None or not cell.text.strip():
            continue
        for entry in _apart(document, cell):
            for row in range(entry.cell.row, entry.cell.row + entry.cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    at.setdefault((row, column), entry)
    for row, above in over.items():
        at[row, 0] = at[above, 0]
    return Grid(table, at, height, width)


def _realigned(table: Table) -> tuple[list[Cell], dict[int, int]]:
    """The cells of a table whose rows have lost the label that should span them from above; and for each such row that where the label stands.

    "Marker | unadjusted | 0.9" is followed by "adjusted | 0.8", a cell short and a column too far left: its cells are moved by one.
    """
    width = max((c.column + c.column_span for c in table.cells), default=0)
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows.setdefault(row, []).append(cell)
    over: dict[int, int] = {}
    above: int | None = None
    for row, cells in sorted(rows.items()):
        starts = {c.column: fold(c.text).strip() for c in cells if c.column_span == 1 and c.row_span == 1}
        if row < table.header_rows or len(starts) != len(cells) or width < 4 or not _is_word(starts.get(0, "")):
            continue
        if len(starts) == width and _is_word(starts.get(1, "")):
            above = row
        elif len(starts) == width - 1 and above is not None and not _is_word(starts.get(1, "")):
            over[row] = above
    if len(over) < 2:
        return list(table.cells), {}
    return [replace(c, column=c.column + 1) if c.row in over else c for c in table.cells], over


def _is_word(text: str) -> bool:
    return any(c.isalpha() for c in text) and parse_cell(text) is None


def _apart(document: Document, cell: Cell) -> Iterator[Entry]:
    """A cell as one entry; one that spans as many rows as it holds plain values ("61.7 89.4" over two rows) as one entry for each row."""
    raw = cell.raw
    if raw is None:
        return
    exact = raw.of(document.raw) == cell.text
    text = fold(cell.text)
    pieces = list(re.finditer(r"\S+", text))
    if cell.row_span == 1 or len(pieces) != cell.row_span or not exact or not all(re.fullmatch(_PLAIN, p.group()) for p in pieces):
        yield Entry(cell, text, raw, exact)
        return
    for i, piece in enumerate(pieces):
        span = CharSpan(raw.start + piece.start(), raw.start + piece.end())
        yield Entry(replace(cell, row=cell.row + i, row_span=1, text=piece.group(), raw=span, breaks=()), piece.group(), span, exact)


_LANDMARK = re.compile(
    r"(?:at\s|after\s)?(?:\d{1,3}|one|two|three|four|five|six|ten|twelve)[\s-](?:months?|weeks?|years?|cycles?)\b.{0,20}", re.IGNORECASE
)


@dataclass
class _Under:
    """What rows stand under while they are read from top to bottom: the labels set out further left, and the heads above with their rank.

    `over_margin` says that the first row below the last head was not set in, so that the head stands over rows that are not.
    """

    by_depth: dict[tuple[int, int], Entry]
    heads: list[tuple[int, Entry]]
    after_head: bool = False
    over_margin: bool = False


def _wide(grid: Grid, index: int) -> bool:
    """Whether a row without values is one cell over the whole width."""
    first = grid.at.get((index, 0))
    return first is not None and first.cell.column_span >= grid.width > grid.labels


def rows_of(grid: Grid) -> Iterator[Row]:
    """The rows with values, with what they stand under; heads over the whole width stand over those that are not so wide."""
    under = _Under({}, [])
    bare = [
        i
        for i in range(grid.body, grid.height)
        if (i, 0) in grid.at and all((i, c) not in grid.at or _wide(grid, i) for c in range(grid.labels, grid.width))
    ]
    mixed = len({_wide(grid, i) for i in bare}) > 1
    headers: dict[int, Entry] = {}
    for index in range(grid.body, grid.height):
        labels = _labels(grid, index)
        values = {
            c: e for c in range(grid.labels, grid.width) if (e := grid.at.get((index, c))) is not None and e.cell.column == c and e not in labels
        }
        filled = {c: e for c, e in values.items() if not EMPTY.fullmatch(e.text)}
        if grid.is_header_row(index):
            headers = dict(filled)
            _enter(under, labels, 1)
        elif filled and labels and all(_RATIO_HEAD.fullmatch(e.text) for e in filled.values()):
            headers = {**headers, **filled}
            _enter(under, labels, 0)
        elif filled:
            yield _row(index, labels, filled, under, headers)
        elif not values:
            landmark = bool(labels) and _LANDMARK.fullmatch(labels[0].text) is not None
            _enter(under, labels, 2 if landmark else (1 if _wide(grid, index) else 2) if mixed else 0)


def _labels(grid: Grid, index: int) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for column in range(grid.labels):
        entry = grid.at.get((index, column))
        above = grid.at.get((index - 1, column)) if index > grid.body else None
        if entry is not None and above is not None and _SIZE_ONLY.fullmatch(entry.text) and grid.labels > 1 and above.cell.column_span == 1:
            entry = above  # "All patients" goes on below as "(N = 120)"
        if entry is not None and entry not in found:
            found.append(entry)
    return tuple(found)


def _depth(entry: Entry) -> tuple[int, int]:
    """How far a label is set in: its column, and the blanks before its first word."""
    return entry.cell.column, len(entry.text) - len(entry.text.lstrip())


_MARGIN = (0, 0)


def _row(index: int, labels: tuple[Entry, ...], values: Mapping[int, Entry], under: _Under, headers: Mapping[int, Entry]) -> Row:
    first = _depth(labels[0]) if labels else _MARGIN
    if under.after_head:
        under.over_margin = first == _MARGIN
    if first == _MARGIN and max(under.by_depth, default=_MARGIN) > _MARGIN and not under.over_margin:
        # back at the margin after rows that were set in: what headed those does not head this one, but what stands over the whole table may
        widest = min((rank for rank, _ in under.heads), default=0)
        under.heads = [(rank, e) for rank, e in under.heads if rank == widest] if any(rank != widest for rank, _ in under.heads) else []
    parents = [e for depth, e in sorted(under.by_depth.items(), key=lambda item: item[0]) if depth < first]
    under.by_depth = {d: e for d, e in under.by_depth.items() if d < first} | {_depth(e): e for e in labels}
    under.after_head = False
    groups = dict.fromkeys((*(e for _, e in under.heads), *parents))
    return Row(index, labels, tuple(g for g in groups if g not in labels), values, dict(headers))


def _enter(under: _Under, labels: tuple[Entry, ...], rank: int) -> None:
    """A label without values heads the rows below it.

    Two heads in a row nest. Else a head of rank 1 (it has sizes of arms beside it, or is as wide as the table where others are not) starts anew,
    one of rank 2 (a landmark, or not so wide) takes the place of that before, and any other head (0) starts anew.
    """
    if not labels:
        return
    entry = labels[0]
    depth = _depth(entry)
    if depth > _MARGIN and (under.by_depth or under.heads):
        under.by_depth = {d: e for d, e in under.by_depth.items() if d < depth} | {depth: entry}
        return
    under.by_depth = {}
    kept = under.heads if under.after_head else [(r, e) for r, e in under.heads if 0 < r < rank]
    under.heads = [*kept, (rank, entry)]
    under.after_head = True
