"""Levels of factors as rows: "> 60 years" under "Age", with the median, the rate or the response of those patients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.entities.endpoints import quantities_of
from extractor.quantities import PValue
from extractor.relations.factors import factor_norm
from extractor.relations.findings import ComparisonFinding, MeasurementFinding
from extractor.relations.tables.amounts import Printed, share_of, time_of
from extractor.relations.tables.arms import WHOLE
from extractor.relations.tables.cells import Bracket
from extractor.relations.tables.facets import Facets, Slot, population_norm
from extractor.relations.tables.factors import TREATMENT, caption_time, is_endpoint, is_head, is_plain, names_of
from extractor.relations.tables.grid import Entry, Row
from extractor.relations.tables.kinds import TRAIT
from extractor.relations.tables.labels import Role
from extractor.relations.tables.results import cells_of, size_beside
from extractor.relations.tables.sheet import Sheet, SheetCell, both, default_arm, p_of, topic_of
from extractor.relations.tables.subjects import What
from extractor.relations.tables.wholes import head_of

_BY_TRAIT = re.compile(
    r"^\W*(?:\w+\s){0,3}(?:respon|surviv|efficacy|outcome|recurren)[^.]{0,60}\b(?:by|according\sto|stratified\sby|in\srelation\sto)\b[^.]*"
    r"\b(?:characteristics?|factors?|variables?|features|status|subgroups?|parameters?)\b",
    re.IGNORECASE,
)


def by_trait(caption: str) -> bool:
    """Whether a caption speaks of an outcome in subgroups: "Response rates by patient characteristics"."""
    return bool(_BY_TRAIT.search(caption))


@dataclass(frozen=True, slots=True)
class Level:
    """The patients that a row is of: what it is called, how many they are, and the interval that stands beside their median."""

    names: Sequence[str]
    size: int | None = None
    beside: tuple[Entry, Bracket] | None = None


def is_of_levels(sheet: Sheet, rows: Sequence[Row]) -> bool:
    """Whether the rows are levels of factors and the columns outcomes, without arms: by the caption, or by how the table is laid out.

    A table laid out so has a column of p-values beside its outcomes, and rows that stand under the names of their factors.
    """
    columns = [sheet.reader.facets(sheet.grid.path(c), header=True) for c in range(sheet.grid.labels, sheet.grid.width)]
    if any(c.arm is not None and c.arm.norm != "all" for c in columns) or sheet.frame.toxic:
        return False
    if by_trait(sheet.frame.caption.text):
        return any(c.endpoint is not None for c in columns)
    outcomes = [c for c in columns if outcome_of(sheet, c) is not None]
    told = any(c.role is Role.P for c in columns) and _stand_under_factors(sheet, rows)
    return bool(outcomes) and (told or _are_of_one_factor(sheet, rows))


_BY = re.compile(
    r"\b(?:by|according\sto|stratified\sby|in\srelation\sto|depending\son|for\sdifferent|with\sdifferent)\b(?P<what>[^.;]*)", re.IGNORECASE
)
_NO_LEVELS = re.compile(
    r"\b(?:authors?|stud(?:y|ies)|trials?|references?|patient\s?(?:no|number)?|cases?|times?|months?|years?|dose|schedule|drugs?|agents?)\b",
    re.IGNORECASE,
)


def _are_of_one_factor(sheet: Sheet, rows: Sequence[Row]) -> bool:
    """Whether the rows are the levels of the factor that heads their column: "Stage" over "I", "II", under "Survival by stage"."""
    head = sheet.reader.heads.get(0, "").strip()
    own = [sheet.reader.label(row.labels[-1]) for row in rows if row.labels and not row.groups]
    if sheet.grid.labels != 1 or len(own) < max(len(rows), 2) or not head or is_plain(head) or _NO_LEVELS.search(head) or TREATMENT.search(head):
        return False
    if any(is_endpoint(label) or label.event is not None or label.role is not Role.VALUE for label in own):
        return False
    if any((arm := sheet.reader.naming.read(label.core)) is not None and arm.norm != "all" for label in own):
        return False
    by = _BY.search(sheet.frame.caption.text)
    words = {w.casefold().removesuffix("s") for w in re.findall(r"[A-Za-z]{3,}", head)}
    named = by is not None and bool(words & {w.casefold().removesuffix("s") for w in re.findall(r"[A-Za-z]{3,}", by.group("what"))})
    return named or TRAIT.match(head) is not None


def _stand_under_factors(sheet: Sheet, rows: Sequence[Row]) -> bool:
    """Whether most rows are two or more under one name that is no endpoint and no arm, and none is an endpoint or an adverse event."""
    under: dict[str, list[Row]] = {}
    for row in rows:
        label = sheet.reader.label(row.labels[-1]) if row.labels else None
        told = label is not None and any(quantities_of()[e.norm] not in ("level", "size") for e in label.endpoints)
        if label is None or (told and is_endpoint(label)) or label.event is not None:
            return False
        factor = names_of(sheet, row)[-2:-1]
        named = bool(factor) and sheet.reader.naming.read(factor[0][1]) is None
        under.setdefault(head_of(row) if named else "", []).append(row)
    levels = [len(group) for head, group in under.items() if head and len(group) > 1]
    return sum(levels) * 2 > len(rows)


def outcome_of(sheet: Sheet, column: Facets) -> What | None:
    """What the numbers of a column are: the endpoint that its head names, else, of a median or a rate at a landmark, that of the caption."""
    if column.role not in (Role.VALUE, Role.SHARE):
        return None
    if column.endpoint is not None:
        return What(column.endpoint.value, column.endpoint.span) if quantities_of()[column.endpoint.value] in ("time", "share") else None
    median = column.form.statistic is not None and column.form.unit is not None
    return caption_time(sheet) if not column.endpoints and (median or (column.form.share and column.timepoint is not None)) else None


def read_levels(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Add to the sheet the outcomes of levels, and the p-values of their factors."""
    for row in rows:
        cells = list(cells_of(sheet, row, deep=True))
        size = size_beside(cells)
        number = size.value.value if size is not None and isinstance(size.value.value, int) else None
        sheet.results += 1
        own = sheet.reader.label(row.labels[-1]) if row.labels else None
        for cell in (c for c in cells if c is not size):
            if own is not None and own.role is Role.P:
                _compare_rows(sheet, row, cell)
            elif cell.facets.role is Role.P:
                _compare_levels(sheet, row, rows, cell)
            elif outcome_of(sheet, cell.facets) is not None and cell.entry.cell.row_span == 1:
                measure_level(sheet, row, cell, Level([name for _, name in names_of(sheet, row)], number, interval_beside(cell, cells)))
            elif not _is_taken(cell, cells):
                sheet.refuse(row, cell.entry, "a column that names no endpoint")


def interval_beside(cell: SheetCell, cells: Sequence[SheetCell]) -> tuple[Entry, Bracket] | None:
    """The interval in the column right of a value, where its own cell holds none."""
    after = next((c for c in cells if c.column == cell.column + cell.entry.cell.column_span), None)
    pair = after.value.pair() if after is not None and after.facets.role is Role.INTERVAL and after.value.value is None else None
    return (after.entry, pair) if after is not None and pair is not None and cell.value.pair() is None else None


def _is_taken(cell: SheetCell, cells: Sequence[SheetCell]) -> bool:
    return any((found := interval_beside(c, cells)) is not None and found[0] is cell.entry for c in cells)


def _compare_levels(sheet: Sheet, row: Row, rows: Sequence[Row], cell: SheetCell) -> None:
    """A p-value compares the levels of the factor that it stands with: beside its name, beside one of its levels, or over several of them.

    Where several levels of a factor have one each, each compares its own level with the reference.
    """
    what, measured, p = *_outcome_left_of(sheet, cell), p_of(cell.value, cell.entry)
    names = names_of(sheet, row)
    own = {e for e, _ in names[-1:]}
    below = " | ".join(e.text for e in (*row.groups, *row.labels))
    heads = len(names) == 1 or any(head_of(r) == below for r in rows)
    same = [r for r in rows if head_of(r) == head_of(row) and (e := r.values.get(cell.column)) is not None and e.cell.row == r.index]
    told = names[-1:] if heads else names[-2:] if len(same) > 1 else names[-2:-1]
    if len(names) == 1 and len(same) == 1 and what is not None and sum(_is_measured(sheet, r) for r in rows if head_of(r) == head_of(row)) > 1:
        told = _factor_of_rows(sheet, row, rows) if _is_measured(sheet, row) else told
    if p is None or not told or what is None or not own:
        sheet.refuse(row, cell.entry, "a p-value whose factor or endpoint is not told")
        return
    column = replace(cell.facets, population=(measured or cell.facets).population)
    _tell_p(sheet, row, cell, (what, column), (told, p))


def _is_measured(sheet: Sheet, row: Row) -> bool:
    """Whether a row has an outcome of its own."""
    return any(outcome_of(sheet, sheet.column(row, entry)) is not None for entry in row.values.values())


def _factor_of_rows(sheet: Sheet, row: Row, rows: Sequence[Row]) -> list[tuple[Entry, str]]:
    """The factor of which rows beside each other are the levels: what heads them, else what the caption tells them apart by, else all of them."""
    siblings = [(r.labels[-1], sheet.reader.label(r.labels[-1]).core) for r in rows if r.labels and head_of(r) == head_of(row)]
    entry = row.labels[-1]
    head = sheet.reader.heads.get(entry.cell.column, "").strip()
    by = _BY.search(sheet.frame.caption.text)
    what = by.group("what").strip(" ,:") if by is not None else ""
    if head and not is_plain(head):
        return [(entry, head)]
    if what and len(what.split()) < 6 and not _NO_LEVELS.search(what):
        return [(entry, what)]
    levels = [core for _, core in siblings if not WHOLE.fullmatch(core)]
    return [(entry, " vs ".join(levels))] if 1 < len(levels) < 4 else []


def _compare_rows(sheet: Sheet, row: Row, cell: SheetCell) -> None:
    """A row of p-values compares the levels above it: of the factor that heads the column of labels."""
    what, p = outcome_of(sheet, cell.facets), p_of(cell.value, cell.entry)
    head = next((e for e in sheet.grid.path(row.labels[-1].cell.column)), None)
    label = sheet.reader.label(head) if head is not None else None
    if what is None or p is None or head is None or label is None or is_head(label) or row.groups:
        sheet.refuse(row, cell.entry, "a p-value whose factor or endpoint is not told")
        return
    _tell_p(sheet, row, cell, (what, cell.facets), ([(head, label.core)], p))


def _tell_p(sheet: Sheet, row: Row, cell: SheetCell, of: tuple[What, Facets], told: tuple[Sequence[tuple[Entry, str]], PValue]) -> None:
    (what, column), (factor, p) = of, told
    facets = sheet.reader.facets((*row.groups, *row.labels))
    sheet.findings.append(
        ComparisonFinding(
            read=sheet.origin(row, cell.entry, *facets.spans, *cell.facets.spans),
            topic=topic_of(sheet, what, Facets(), replace(column, endpoint=None)),
            arm=None,
            comparator=None,
            factor=factor_norm(" ".join(name for _, name in factor)),
            factor_span=factor[-1][0].raw,
            p=p,
            model=cell.facets.model or sheet.frame.caption.model,
            result=sheet.results,
            pattern="table-factor",
        )
    )


def _outcome_left_of(sheet: Sheet, cell: SheetCell) -> tuple[What | None, Facets | None]:
    """What a column of p-values compares: the outcome that stands next to it on its left, else the only one of the table; and its column."""
    heads = {c: sheet.reader.facets(sheet.grid.path(c), header=True) for c in range(sheet.grid.labels, sheet.grid.width)}
    found = {c: (what, head) for c, head in heads.items() if (what := outcome_of(sheet, head)) is not None}
    if cell.facets.endpoint is not None:
        return What(cell.facets.endpoint.value, cell.facets.endpoint.span), None
    left = [c for c in found if c < cell.column]
    tests = [c for c, head in heads.items() if head.role is Role.P]
    if len(tests) == 1 and len({found[c][0].endpoint for c in left}) > 1:
        return None, None  # one test after several endpoints
    if left:
        return found[max(left)]
    return next(iter(found.values())) if len({w.endpoint for w, _ in found.values()}) == 1 else (None, None)


def measure_level(sheet: Sheet, row: Row, cell: SheetCell, level: Level) -> None:
    """A median or a rate that stands beside the ratios: of the level of a factor that the row is, or of the arm that it names."""
    column, facets, names = cell.facets, sheet.reader.facets((*row.groups, *row.labels)), level.names
    what = outcome_of(sheet, column)
    if what is None or not names:
        sheet.refuse(row, cell.entry, "a row that names no factor")
        return
    printed = Printed(cell.entry, cell.value, column.form, size=level.size, beside=level.beside)
    is_time = quantities_of()[what.endpoint] == "time" and not (column.form.share and column.timepoint is not None)
    amount = time_of(printed) if is_time else share_of(printed)
    if isinstance(amount, str):
        sheet.refuse(row, cell.entry, amount)
        return
    arm = sheet.reader.naming.read(names[-1]) if len(names) == 1 or TREATMENT.search(names[-2]) else None
    span = row.labels[-1].raw if row.labels else cell.entry.raw
    own = Slot(population_norm(" ".join(names[-2:])), span) if arm is None else None
    population = both(column.population, own)
    topic = topic_of(sheet, what, replace(facets, endpoint=None, population=None, timepoint=None), replace(column, population=None))
    sheet.findings.append(
        MeasurementFinding(
            read=sheet.origin(row, cell.entry, *((level.beside[0],) if level.beside else ()), *facets.spans, *column.spans),
            topic=replace(
                topic,
                statistic=amount.statistic,
                population=population.value if population is not None else None,
                population_span=population.span if population is not None else None,
            ),
            arm=replace(arm, span=None) if arm is not None else replace(default_arm(sheet)[0], span=None),
            value=amount.value,
            value_span=amount.span,
            unit=amount.unit,
            op=amount.op,
            n=amount.n,
            N=amount.N if amount.N is not None else level.size if amount.unit == "percent" else None,
            interval=amount.interval,
            spread=amount.spread,
            category=amount.category,
            result=sheet.results,
            pattern="table-level",
        )
    )
