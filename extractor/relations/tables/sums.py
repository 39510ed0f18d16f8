"""Columns of single grades whose bare numbers are patients, by the arithmetic of the column that holds several of those grades together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractor.relations.tables.amounts import agrees
from extractor.relations.tables.cells import CellValue
from extractor.relations.tables.facets import Facets
from extractor.relations.tables.grid import Row
from extractor.relations.tables.sheet import Sheet, parsed

_RANGE = re.compile(r"(?P<low>[1-5])-(?P<high>[1-5])")


def columns_of_summed(sheet: Sheet, rows: Sequence[Row]) -> frozenset[int]:
    """The columns of single grades that are counts: "Grade 3 | Grade 4 | Grade >= 3, %" over "6 | 0 | 5.3" of 114 patients, row by row."""
    heads = {c: sheet.reader.facets(sheet.grid.path(c), header=True) for c in range(sheet.grid.labels, sheet.grid.width)}
    found: set[int] = set()
    for column, head in heads.items():
        parts = _parts_of(heads, head)
        if len(parts) > 1 and _add_up(sheet, rows, column, parts):
            found |= {c for c, h in heads.items() if _is_single(h) and _whom(h) == _whom(head)}
    return frozenset(found)


def _whom(head: Facets) -> tuple[str | None, str | None]:
    return head.arm.norm if head.arm is not None else None, head.population.value if head.population is not None else None


def _is_single(head: Facets) -> bool:
    return head.grade is not None and head.grade.value.isdigit()


def _parts_of(heads: Mapping[int, Facets], head: Facets) -> list[int]:
    """The columns of the single grades that a column of several holds together, of the same patients."""
    grade = head.grade.value if head.grade is not None else ""
    span = _RANGE.fullmatch(grade)
    low, high = (int(span.group("low")), int(span.group("high"))) if span else (int(grade[2:]), 5) if re.fullmatch(r">=[1-5]", grade) else (1, 5)
    if not span and not grade.startswith(">=") and grade != "any":
        return []
    return [c for c, h in heads.items() if _is_single(h) and h.grade is not None and low <= int(h.grade.value) <= high and _whom(h) == _whom(head)]


def _add_up(sheet: Sheet, rows: Sequence[Row], column: int, parts: Sequence[int]) -> bool:
    """Whether the numbers of some columns add up to the count of another, or to its share of the patients, in every row and two at least."""
    told = 0
    for row in rows:
        cells = {c: value for c, _, value in parsed(row)}
        size = sheet.column(row, row.values[column]).size if column in row.values else None
        numbers = [_plain(cells.get(c)) for c in parts]
        whole = cells.get(column)
        if whole is None or whole.value is None or None in numbers:
            continue
        total = sum(n for n in numbers if n is not None)
        count = whole.value if isinstance(whole.value, int) and whole.single() is not None else None
        size = size or sheet.frame.caption.size
        if count is not None and count != total:
            return False
        if count is None and (size is None or not agrees(total, size, whole.value)):
            return False
        told += total > 0
    return told > 1


def _plain(cell: CellValue | None) -> int | None:
    """A whole number alone."""
    plain = cell is not None and isinstance(cell.value, int) and not cell.brackets and not cell.percent and cell.value >= 0
    return int(cell.value) if plain and cell is not None and cell.value is not None else None
