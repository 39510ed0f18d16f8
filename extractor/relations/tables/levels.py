"""Levels of factors as rows: "> 60 years" under "Age", with the median, the rate or the response of those patients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.entities.endpoints import quantities_of
from extractor.relations.factors import factor_norm
from extractor.relations.findings import ArmOf, ComparisonFinding, MeasurementFinding
from extractor.relations.tables.amounts import Printed, share_of, time_of
from extractor.relations.tables.facets import Facets, population_norm
from extractor.relations.tables.grid import Row
from extractor.relations.tables.labels import Role
from extractor.relations.tables.results import cells_of, size_beside
from extractor.relations.tables.sheet import Sheet, SheetCell, p_of, topic_of
from extractor.relations.tables.subjects import What

_BY_TRAIT = re.compile(
    r"^\W*(?:\w+\s){0,3}(?:respon|surviv|efficacy|outcome|recurren)[^.]{0,60}\b(?:by|according\sto|stratified\sby|in\srelation\sto)\b[^.]*"
    r"\b(?:characteristics?|factors?|variables?|features|status|subgroups?|parameters?)\b",
    re.IGNORECASE,
)


def by_trait(caption: str) -> bool:
    """Whether a caption speaks of an outcome in subgroups: "Response rates by patient characteristics"."""
    return bool(_BY_TRAIT.search(caption))


def is_of_levels(sheet: Sheet) -> bool:
    """Whether the rows are levels of factors and the columns outcomes, without arms."""
    columns = [sheet.reader.facets(sheet.grid.path(c), header=True) for c in range(sheet.grid.labels, sheet.grid.width)]
    return by_trait(sheet.frame.caption.text) and not any(c.arm is not None for c in columns) and any(c.endpoint is not None for c in columns)


def read_levels(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Add to the sheet the outcomes of levels, and the p-values of their factors."""
    for row in rows:
        facets = sheet.reader.facets((*row.groups, *row.labels))
        cells = list(cells_of(sheet, row))
        size = size_beside(cells)
        names = [label.core for _, label in facets.labels if label.core]
        sheet.results += 1
        for cell in (c for c in cells if c is not size):
            if cell.facets.role is Role.P:
                _compare_levels(sheet, row, facets, (cell, len(cells) == 1))
            elif cell.facets.endpoint is not None and cell.facets.role in (Role.VALUE, Role.SHARE):
                measure_level(sheet, row, cell, names, size.value.value if size is not None and isinstance(size.value.value, int) else None)
            else:
                sheet.refuse(row, cell.entry, "a column that names no endpoint")


def _compare_levels(sheet: Sheet, row: Row, facets: Facets, found: tuple[SheetCell, bool]) -> None:
    """A p-value beside a factor's name, or beside its first level, compares its levels."""
    cell, alone = found
    names = [(e, label.core) for e, label in facets.labels if label.core]
    columns = [sheet.reader.facets(sheet.grid.path(c), header=True).endpoint for c in range(sheet.grid.labels, sheet.grid.width)]
    endpoints = {e.value: e for e in columns if e is not None}
    p = p_of(cell.value, cell.entry)
    entry, factor = names[-1] if alone and names else names[-2] if len(names) > 1 else (None, None)
    if p is None or factor is None or entry is None or len(endpoints) != 1:
        sheet.refuse(row, cell.entry, "a p-value whose factor or endpoint is not told")
        return
    (endpoint,) = endpoints.values()
    topic = topic_of(sheet, What(endpoint.value, endpoint.span), Facets(), Facets())
    sheet.findings.append(
        ComparisonFinding(
            read=sheet.origin(row, cell.entry, *facets.spans, *cell.facets.spans),
            topic=topic,
            arm=None,
            comparator=None,
            factor=factor_norm(factor),
            factor_span=entry.raw,
            p=p,
            result=sheet.results,
            pattern="table-factor",
        )
    )


def measure_level(sheet: Sheet, row: Row, cell: SheetCell, names: Sequence[str], size: int | None = None) -> None:
    """A median or a rate that stands beside the ratios: of the level of a factor that the row is, or of the arm that it names."""
    column, facets = cell.facets, sheet.reader.facets((*row.groups, *row.labels))
    if column.endpoint is None or not names:
        sheet.refuse(row, cell.entry, "a row that names no factor")
        return
    printed = Printed(cell.entry, cell.value, column.form, size=size)
    is_time = quantities_of()[column.endpoint.value] == "time" and not (column.form.share and column.timepoint is not None)
    amount = time_of(printed) if is_time else share_of(printed)
    if isinstance(amount, str):
        sheet.refuse(row, cell.entry, amount)
        return
    arm = sheet.reader.naming.read(names[-1])
    population = None if arm is not None else population_norm(" ".join(names[-2:]))
    topic = topic_of(
        sheet, What(column.endpoint.value, column.endpoint.span), replace(facets, endpoint=None, population=None), replace(column, population=None)
    )
    told = row.labels[-1].raw if row.labels and population is not None else None
    sheet.findings.append(
        MeasurementFinding(
            read=sheet.origin(row, cell.entry, *facets.spans, *column.spans),
            topic=replace(topic, statistic=amount.statistic, population=population, population_span=told),
            arm=replace(arm, span=None) if arm is not None else ArmOf("all"),
            value=amount.value,
            value_span=amount.span,
            unit=amount.unit,
            op=amount.op,
            n=amount.n,
            N=amount.N if amount.N is not None else size if amount.unit == "percent" else None,
            interval=amount.interval,
            spread=amount.spread,
            category=amount.category,
            result=sheet.results,
            pattern="table-level",
        )
    )
