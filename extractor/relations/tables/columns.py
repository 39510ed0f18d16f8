"""What the columns of a table of effects hold, where their numbers say more than their heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.records import Measure
from extractor.relations.tables.cells import CellValue
from extractor.relations.tables.facets import Facets
from extractor.relations.tables.grid import Row
from extractor.relations.tables.labels import Role
from extractor.relations.tables.sheet import Sheet, parsed


def held_otherwise(sheet: Sheet, rows: Sequence[Row]) -> dict[int, Facets]:
    """The columns that hold something else than their heads say, with what they hold."""
    heads = {c: sheet.reader.facets(sheet.grid.path(c)) for c in range(sheet.grid.labels, sheet.grid.width)}
    cells: dict[int, list[CellValue]] = {c: [] for c in heads}
    for row in rows:
        for column, _, value in parsed(row):
            if value is not None and column in cells:
                cells[column].append(value)
    found = {c: replace(heads[c], role=Role.RATIO, measure=measure_of(sheet)) for c in heads if _holds_ratios(sheet, heads, cells, c)}
    return found | {c: heads[c - 1] for c in heads if _is_upper_bound(heads, cells, rows, c)}


def measure_of(sheet: Sheet) -> Measure | None:
    """Which ratio a table holds whose heads do not say it: by its caption and notes, which may name the ratio or the regression."""
    if re.search(r"\bhazards?\b|\bHRs?\b|\bcox\b", sheet.frame.notes, re.IGNORECASE):
        return "HR"
    return "OR" if re.search(r"\bodds ratios?\b|\blogistic\b", sheet.frame.notes, re.IGNORECASE) else None


def _holds_ratios(sheet: Sheet, heads: dict[int, Facets], cells: dict[int, list[CellValue]], column: int) -> bool:
    """Whether a column headed "95% CI" alone holds the ratios as well, each with its interval: "1.51 (1.29, 1.76)"."""
    if heads[column].role is not Role.INTERVAL or len(cells[column]) < 2 or measure_of(sheet) is None:
        return False
    if any(h.role is Role.RATIO for h in heads.values()):
        return False
    pairs = [(v.value, v.pair()) for v in cells[column]]
    return all(
        value is not None and pair is not None and pair.low is not None and pair.high is not None and pair.low <= value <= pair.high
        for value, pair in pairs
    )


def _is_upper_bound(heads: dict[int, Facets], cells: dict[int, list[CellValue]], rows: Sequence[Row], column: int) -> bool:
    """Whether a column under a wide head of p-values holds the upper bounds of the intervals left of it: head and columns have come apart.

    Every row must bear it out: the ratio lies between the number left of the column and the number in it.
    """
    roles = [heads[c].role if c in heads else None for c in (column - 2, column - 1, column, column + 1)]
    if roles != [Role.RATIO, Role.INTERVAL, Role.P, Role.P] or not set(heads[column].labels) & set(heads[column + 1].labels):
        return False
    if any(v.pair() is not None for v in cells[column - 1]):
        return False
    found = 0
    for row in rows:
        at = {c: value.value for c, _, value in parsed(row) if value is not None}
        ratio, low, high = at.get(column - 2), at.get(column - 1), at.get(column)
        if ratio is None or low is None or high is None:
            continue
        if not low <= ratio <= high:
            return False
        found += 1
    return found > 2
