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
    return {c: replace(heads[c], role=Role.RATIO, measure=measure_of(sheet)) for c in heads if _holds_ratios(sheet, heads, cells, c)}


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
