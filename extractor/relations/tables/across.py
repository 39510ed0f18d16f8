"""Levels side by side: "positive" and "negative" are the columns, the markers or the ways to tell them the rows, the median is the caption's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.entities.endpoints import quantities_of
from extractor.relations.factors import factor_norm
from extractor.relations.findings import ArmOf, ComparisonFinding, MeasurementFinding
from extractor.relations.tables.amounts import Printed, time_of
from extractor.relations.tables.facets import Facets, Slot, population_norm
from extractor.relations.tables.factors import caption_time
from extractor.relations.tables.grid import Row
from extractor.relations.tables.labels import Role
from extractor.relations.tables.results import cells_of
from extractor.relations.tables.sheet import Sheet, SheetCell, p_of, topic_of
from extractor.relations.tables.subjects import What

_BARE = re.compile(r"(?:positive|negative|present|absent|yes|no|high|low|elevated|normal|mutant|mutated|wild[\s-]type|[+-])", re.IGNORECASE)


def is_across(sheet: Sheet, rows: Sequence[Row]) -> bool:
    """Whether the columns are levels, and the caption tells of which one time to event their medians are."""
    columns = [sheet.reader.facets(sheet.grid.path(c), header=True) for c in range(sheet.grid.labels, sheet.grid.width)]
    levels = [c for c in columns if c.role is Role.VALUE]
    if len(levels) < 2 or any(c.population is None or c.endpoint is not None or c.form.statistic for c in levels):
        return False
    if len({c.population.value for c in levels if c.population}) < len(levels) or any(c.role not in (Role.VALUE, Role.P) for c in columns):
        return False
    labels = [sheet.reader.label(row.labels[-1]) for row in rows if row.labels]
    timed = any(quantities_of()[e.norm] == "time" for label in labels for e in label.endpoints)
    named = len(labels) == len(rows) and not timed and all(label.role is Role.VALUE for label in labels)
    return named and caption_time(sheet) is not None and sheet.frame.caption.form.statistic is not None and not sheet.frame.toxic


def read_across(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Add to the sheet the medians of the levels, and the p-values that compare the levels of a row."""
    what = caption_time(sheet)
    for row in rows if what is not None else ():
        sheet.results += 1
        told = [c for c in cells_of(sheet, row) if _tell(sheet, row, what, c)] if what is not None else []
        for cell in (c for c in cells_of(sheet, row) if c.facets.role is Role.P):
            p = p_of(cell.value, cell.entry)
            if p is None or len(told) < 2 or what is None:
                sheet.refuse(row, cell.entry, "a p-value whose factor or endpoint is not told")
                continue
            facets = sheet.reader.facets((*row.groups, *row.labels))
            sheet.findings.append(
                ComparisonFinding(
                    read=sheet.origin(row, cell.entry, *facets.spans, *cell.facets.spans),
                    topic=topic_of(sheet, what, Facets(), Facets()),
                    arm=None,
                    comparator=None,
                    factor=factor_norm(_level(sheet, row, told)),
                    factor_span=row.labels[-1].raw,
                    p=p,
                    result=sheet.results,
                    pattern="table-factor",
                )
            )


def _level(sheet: Sheet, row: Row, cells: Sequence[SheetCell]) -> str:
    """The patients of cells: "ER positive" for a bare level, else the level and what its row calls it by; of several cells what is compared."""
    name = sheet.reader.label(row.labels[-1]).core
    levels = [cell.facets.population.value for cell in cells if cell.facets.population is not None]
    contrast = " vs ".join(levels)
    return f"{name} {contrast}" if all(_BARE.fullmatch(level) for level in levels) else f"{contrast}, {name}"


def _tell(sheet: Sheet, row: Row, what: What, cell: SheetCell) -> bool:
    if cell.facets.role is not Role.VALUE:
        return False
    facets = sheet.reader.facets((*row.groups, *row.labels))
    printed = Printed(cell.entry, cell.value, cell.facets.form.over(facets.form).over(sheet.frame.form))
    amount = time_of(printed)
    if isinstance(amount, str):
        sheet.refuse(row, cell.entry, amount)
        return False
    population = Slot(population_norm(_level(sheet, row, [cell])), row.labels[-1].raw)
    sheet.findings.append(
        MeasurementFinding(
            read=sheet.origin(row, cell.entry, *facets.spans, *cell.facets.spans),
            topic=replace(topic_of(sheet, what, Facets(population=population), Facets()), statistic=amount.statistic),
            arm=sheet.reader.alone or ArmOf("all"),
            value=amount.value,
            value_span=amount.span,
            unit=amount.unit,
            op=amount.op,
            interval=amount.interval,
            spread=amount.spread,
            category=amount.category,
            result=sheet.results,
            pattern="table-level",
        )
    )
    return True
