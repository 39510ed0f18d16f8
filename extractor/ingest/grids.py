"""Tables as grids: HTML tables of JATS and CALS (`oasis:table`), with spans worked out.

A cell stands once, at its first row and column. Rows of the head come first, those of the foot last, wherever the file has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from extractor.ingest.markup import below, child, children, name, plain

WIDEST = 200
LONGEST = 2_000
"""What a span may be at most: a table that is larger is a data file, and a span that is larger a slip."""

MOST_COLUMNS = 1_000
"""Of a table whose spans are believed."""

MOST_PLACES = 20_000
"""Rows times columns of a table of results; what is larger is a data file."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's element and place in the grid, from 0."""

    element: etree._Element
    row: int
    column: int
    row_span: int
    column_span: int
    header: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table, each with the cells that start in it; the first `header_rows` rows are headers."""

    rows: tuple[tuple[GridCell, ...], ...]
    header_rows: int

    @property
    def places(self) -> int:
        """Rows times columns."""
        return len(self.rows) * max((cell.column + cell.column_span for row in self.rows for cell in row), default=0)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A cell as the file has it: its spans, and its column where it says so (CALS)."""

    element: etree._Element
    rows: int
    columns: int
    header: bool
    column: int | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[_Printed, ...]
    group: int
    head: bool


def grids(wrap: etree._Element) -> Iterator[Grid]:
    """The grids inside a `table-wrap`, in order; none where the table is a picture."""
    for table in below(wrap, "table"):
        bodies = list(children(table, "tgroup")) or [table]
        for body in bodies:
            rows = _cals_rows(body) if name(body) == "tgroup" else _html_rows(body)
            if rows:
                yield _grid(rows if _believed(rows) else [_without_spans(row) for row in rows])


def _html_rows(table: etree._Element) -> list[_Row]:
    rows: list[_Row] = []
    order = {"thead": 0, "tfoot": 2}
    parts = sorted(children(table), key=lambda part: order.get(name(part), 1))
    for group, part in enumerate(parts):
        found = [part] if name(part) == "tr" else list(children(part, "tr"))
        shared = -1 if name(part) == "tr" else group  # rows without a tbody are one group
        rows += [_Row(tuple(map(_html_cell, children(row, "td", "th"))), shared, name(part) == "thead") for row in found]
    return rows


def _html_cell(cell: etree._Element) -> _Printed:
    return _Printed(cell, _span(cell.get("rowspan"), LONGEST), _span(cell.get("colspan"), WIDEST), name(cell) == "th")


def _span(printed: str | None, most: int) -> int:
    """How many rows or columns an attribute says; what is no number is one."""
    text = (printed or "").strip()
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _cals_rows(group: etree._Element) -> list[_Row]:
    """The rows of a `tgroup`. Spans by `morerows` and `namest`/`nameend`, columns by `colname` (OASIS Exchange Table Model, TR 9503:1995)."""
    names = {spec.get("colname", ""): i for i, spec in enumerate(islice(children(group, "colspec"), MOST_COLUMNS))}
    spans = {spec.get("spanname", ""): (spec.get("namest", ""), spec.get("nameend", "")) for spec in children(group, "spanspec")}

    def cell(entry: etree._Element, head: bool) -> _Printed:
        first, last = spans.get(entry.get("spanname", ""), (entry.get("namest", entry.get("colname", "")), entry.get("nameend", "")))
        column = names.get(first)
        width = names[last] - column + 1 if column is not None and last in names else 1
        more = entry.get("morerows", "0")
        return _Printed(entry, _span(more, LONGEST) + 1 if more not in ("0", "") else 1, min(max(width, 1), WIDEST), head, column)

    rows: list[_Row] = []
    for number, tag in enumerate(("thead", "tbody", "tfoot")):
        for row in children(child(group, tag), "row"):
            rows.append(_Row(tuple(cell(entry, tag == "thead") for entry in children(row, "entry")), number, tag == "thead"))
    return rows


def _believed(rows: Sequence[_Row]) -> bool:
    """Whether the spans make a table: cells that reach down push those below to the right, and spans that lie push them without end."""
    taken: Counter[int] = Counter()  # the last row that cells reach -> columns that they take
    for i, row in enumerate(rows):
        taken.pop(i - 1, None)
        if taken.total() + sum(cell.columns for cell in row.cells) > MOST_COLUMNS:
            return not any(cell.rows > 1 or cell.columns > 1 for row in rows for cell in row.cells)
        for cell in row.cells:
            taken[i + cell.rows - 1] += cell.columns
    return True


def _without_spans(row: _Row) -> _Row:
    return replace(row, cells=tuple(replace(cell, rows=1, columns=1) for cell in row.cells))


def _grid(rows: Sequence[_Row]) -> Grid:
    heads = _header_rows(rows)
    placed: list[tuple[GridCell, ...]] = []
    taken: dict[int, int] = {}  # column -> how many more rows a cell above takes there
    for i, row in enumerate(rows):
        if i and row.group != rows[i - 1].group:
            taken = {}
        left = next((k for k in range(i, len(rows)) if rows[k].group != row.group), len(rows)) - i
        placed.append(tuple(_placed(row, i, taken, heads=heads, left=left)))
    return Grid(tuple(placed), heads)


def _placed(row: _Row, number: int, taken: dict[int, int], *, heads: int, left: int) -> Iterator[GridCell]:
    """The cells of a row at the columns that cells above leave free; no cell reaches past its group of rows."""
    now = dict(taken)
    for column in now:
        taken[column] -= 1
        if not taken[column]:
            del taken[column]
    column = 0
    for cell in row.cells:
        column = max(column, cell.column or 0)
        while column in now:
            column += 1
        deep = min(cell.rows, left)
        if deep > 1:
            taken.update(dict.fromkeys(range(column, column + cell.columns), deep - 1))
        yield GridCell(cell.element, number, column, deep, cell.columns, cell.header or number < heads)
        column += cell.columns


def _header_rows(rows: Sequence[_Row]) -> int:
    """The rows of the head; without one, the first rows whose cells are all header cells, or all bold."""
    heads = sum(row.head for row in rows)
    if any(plain(cell.element) for row in rows if row.head for cell in row.cells):
        return heads
    for tell in (lambda cell: cell.header, _bold):
        found = heads
        while found < len(rows) - 1 and (shown := [cell for cell in rows[found].cells if plain(cell.element)]) and all(map(tell, shown)):
            found += 1
        if found > heads and not _lone(rows[found - 1]):
            return found
    return heads


def _bold(cell: _Printed) -> bool:
    """Whether all text of a cell is bold."""
    bold = sum(len(plain(one).replace(" ", "")) for one in below(cell.element, "bold", "b"))
    return bold >= len(plain(cell.element).replace(" ", "")) > 0


def _lone(row: _Row) -> bool:
    """Whether a row has text in one cell alone: the heading of a group of rows."""
    return sum(bool(plain(cell.element)) for cell in row.cells) < 2
