"""Tables of effects: each row a factor or a level of one, with its ratio, interval and p-value, and the model from the headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractor.relations.factors import factor_norm
from extractor.relations.findings import ComparisonFinding, TableCell
from extractor.relations.tables.arms import WHOLE
from extractor.relations.tables.cells import is_reference, parse_cell
from extractor.relations.tables.columns import held_otherwise, measure_of
from extractor.relations.tables.contrasts import (
    NO_RATIO,
    Estimate,
    Turn,
    beside_ratio,
    paired,
    ratio_of,
    under_one_head,
    with_bounds,
    with_its_p,
    with_p,
)
from extractor.relations.tables.facets import Facets, Slot
from extractor.relations.tables.factors import all_qualify, factor_of_table, names_of
from extractor.relations.tables.grid import Entry, Row
from extractor.relations.tables.labels import Role
from extractor.relations.tables.levels import Level, interval_beside, measure_level, outcome_of
from extractor.relations.tables.matter import endpoint_of
from extractor.relations.tables.results import cells_of
from extractor.relations.tables.sheet import OpenP, Sheet, SheetCell, is_event, p_of, topic_of
from extractor.relations.tables.sides import VERSUS, Contrast, contrast_of
from extractor.relations.tables.wholes import facets_of_factor, factor_row, given_to_its_ratio, head_of, levels_of, open_p

_SUBGROUPS = re.compile(
    r"\bsub-?(?:groups?|sets?)\b|\btreatment\s(?:effects?|benefits?|by\s\w+)\b|\b(?:effects?|benefits?)\sof\s(?:\w+\s)?treatment\b", re.IGNORECASE
)
_INTERACTION = re.compile(r"interaction|heterogen", re.IGNORECASE)


@dataclass
class Factor:
    """A factor while its levels are read: the label over them, its reference level, how many ratios were found."""

    head: str
    reference: Row | None = None
    found: dict[int, list[int]] = field(default_factory=dict)


def is_of_effects(sheet: Sheet, rows: Sequence[Row]) -> bool:
    """Whether a table holds ratios, and no two arms side by side."""
    sheet.held = held_otherwise(sheet, rows)
    columns = [sheet.held.get(c) or sheet.reader.facets(sheet.grid.path(c)) for c in range(sheet.grid.labels, sheet.grid.width)]
    arms = {c.arm.norm for c in columns if c.arm is not None and c.arm.norm != "all"}
    ratios = any(c.role is Role.RATIO for c in columns) or _told_by_notes(sheet, columns)
    return ratios and len(arms) < 2 and len(rows) > 0


def _told_by_notes(sheet: Sheet, columns: Sequence[Facets]) -> bool:
    """Whether the notes call "1.19 (0.99-1.45)" a hazard ratio under headers that name endpoints alone."""
    named = re.search(r"\bhazard ratios?\b|\bHRs?\b", sheet.frame.notes, re.IGNORECASE)
    return bool(named) and any(c.endpoint is not None and c.role is Role.VALUE and not c.form.share and not c.form.unit for c in columns)


def read_effects(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Add to the sheet what a table of effects tells, row by row."""
    sheet.by_subgroup = _is_by_subgroup(sheet, rows)
    sheet.by_qualifiers = not sheet.by_subgroup and _is_of_one_factor(sheet, rows)
    in_turn = _in_turn(sheet)
    factor = Factor("")
    for row in rows:
        head = head_of(row)
        if head != factor.head:
            factor = Factor(head)
        _read(sheet, row, factor, (rows, in_turn))
    for one in sheet.open_ps:
        _settle(sheet, rows, one)


def _settle(sheet: Sheet, rows: Sequence[Row], one: OpenP) -> None:
    """Give a p-value of a factor to its one ratio, or tell it of the factor as a whole."""
    levels = levels_of(sheet, rows, one)
    if given_to_its_ratio(sheet, one, levels):
        return
    estimate = with_p(None, one.cell)
    if estimate is None or sheet.by_subgroup:
        sheet.refuse(one.row, one.cell.entry, NO_RATIO)
        return
    sheet.results += 1
    row = factor_row(one)
    _tell(sheet, row, facets_of_factor(sheet, one), Factor(head_of(row)), (estimate, one.cell, [one.cell.entry]))


def _is_of_one_factor(sheet: Sheet, rows: Sequence[Row]) -> bool:
    """Whether the rows name no factor, and the caption or the head of each column of ratios does."""
    cells = [(c, ratios) for row in rows for ratios in [_ratios(sheet, row)] for c in ratios if c.facets.role is Role.RATIO]
    named = all(not _is_reference(c, ratios) and factor_of_table(sheet, c) is not None for c, ratios in cells)
    return bool(cells) and named and all_qualify(sheet, rows)


def _in_turn(sheet: Sheet) -> Turn | None:
    """Whether each ratio has one column of p-values, all of them right of it or all of them left of it; None where they do not stand in turn."""
    columns = [(sheet.held.get(c) or sheet.reader.facets(sheet.grid.path(c))).role for c in range(sheet.grid.labels, sheet.grid.width)]
    turns = [role for role in columns if role in (Role.RATIO, Role.P)]
    if turns == [Role.RATIO, Role.P] * (len(turns) // 2):
        return "ratio-p"
    return "p-ratio" if turns == [Role.P, Role.RATIO] * (len(turns) // 2) else None


def _is_by_subgroup(sheet: Sheet, rows: Sequence[Row]) -> bool:
    """Whether the ratios are of a treatment against another in subgroups: each level of a factor has one, and none is a reference.

    The levels come with their patients, or the table says that it is of subgroups or tests an interaction.
    """
    levels: dict[str, list[bool]] = {}
    for row in rows:
        cells = _ratios(sheet, row)
        ratios = [c for c in cells if c.facets.role is Role.RATIO]
        label = sheet.reader.label(row.labels[-1]) if row.labels else None
        if any(_is_reference(c, cells) for c in ratios) or (label is not None and VERSUS.search(label.core)):
            return False
        if ratios and label is not None and not WHOLE.fullmatch(label.core):
            levels.setdefault(head_of(row), []).append(label.size is not None)
    grouped = [one for head, one in levels.items() if head and len(one) > 1]
    if len(levels) > 1 and len(grouped) == len(levels) and all(all(one) for one in grouped):
        return True
    return 2 * sum(map(len, grouped)) > sum(map(len, levels.values())) and _says_subgroups(sheet)


def _says_subgroups(sheet: Sheet) -> bool:
    """Whether a table says that it is of the effect of treatment in subgroups, or has a column of p-values for interaction."""
    heads = (sheet.reader.facets(sheet.grid.path(c)) for c in range(sheet.grid.labels, sheet.grid.width))
    tested = any(h.role is Role.OTHER and any(_INTERACTION.search(label.text) for _, label in h.labels) for h in heads)
    return tested or bool(_SUBGROUPS.search(sheet.frame.caption.text))


def _read(sheet: Sheet, row: Row, factor: Factor, table: tuple[Sequence[Row], Turn | None]) -> None:
    rows, in_turn = table
    facets = sheet.reader.facets((*row.groups, *row.labels))
    own = facets.labels[-1][1] if facets.labels else None
    if own is not None and own.role is Role.P:
        _p_of_factor(sheet, row, facets, factor)
        return
    cells = _ratios(sheet, row, leave=True)
    over = [c for c in cells if c.entry.cell.row_span > 1]
    sheet.open_ps += [OpenP(row, c, head_of(row)) for c in over]
    cells = [c for c in cells if c not in over]
    sheet.results += 1
    for shown in (c for c in cells if c.facets.role is Role.VALUE):
        measure_level(sheet, row, shown, Level([name for _, name in names_of(sheet, row)], beside=interval_beside(shown, cells)))
    ratios = [c for c in cells if c.facets.role is Role.RATIO]
    if ratios and all(_is_reference(c, cells) for c in ratios):
        factor.reference = row
        for shown in ratios:
            sheet.refuse(row, shown.entry, "the level that the others are compared with")
        sheet.open_ps += [open_p(row, c, rows) for c in cells if c.facets.role is Role.P]
        return
    pairs = paired([c for c in cells if c.facets.role in (Role.RATIO, Role.P)], in_turn=in_turn)
    lone = any(ratio is not None and test is None for ratio, test in pairs)
    for ratio, test in pairs:
        if ratio is None or _is_reference(ratio, cells):
            if test is not None and lone:
                sheet.refuse(row, test.entry, NO_RATIO)  # one of the row's ratios may be its own
            elif test is not None:
                sheet.open_ps.append(open_p(row, test, rows))
            continue
        beside = beside_ratio(ratio, cells)
        estimate = _estimate(sheet, ratio, beside, None if under_one_head(test, cells) else test)
        if estimate is None:
            for cell in (ratio, test):
                if cell is not None:
                    sheet.refuse(row, cell.entry, NO_RATIO)
        else:
            evidence = [c.entry for c in (ratio, *beside, test) if c is not None]
            _tell(sheet, row, facets, factor, (estimate, ratio, evidence))


def _is_reference(ratio: SheetCell, cells: Sequence[SheetCell]) -> bool:
    """Whether a cell of ratios is that of the reference level: "1.00", and no interval beside it."""
    return is_reference(ratio.entry.text) and not any(c.value.pair() is not None for c in beside_ratio(ratio, cells))


def _estimate(sheet: Sheet, ratio: SheetCell, beside: Sequence[SheetCell], test: SheetCell | None) -> Estimate | None:
    """The ratio of a cell with its interval and its p-value; None for a number that has neither."""
    found = ratio_of(ratio, ratio.facets.measure or measure_of(sheet), beside[0] if len(beside) == 1 else None)
    estimate = with_bounds(found, beside)
    if estimate is None:
        return None
    full = with_p(estimate, test)
    return full if full is not None and (full.interval is not None or full.p is not None) else None


def _ratios(sheet: Sheet, row: Row, *, leave: bool = False) -> list[SheetCell]:
    """The cells of a row that hold ratios, their intervals and p-values, and medians and rates; what is neither may be left over."""
    found = []
    for cell in cells_of(sheet, row, deep=True):
        facets = sheet.held.get(cell.column, cell.facets)
        form = facets.form
        stated = form.unit is not None or form.share or form.share_in_brackets or form.statistic is not None
        if cell.entry.cell.row_span > 1 and facets.role is not Role.P:
            if leave:
                sheet.refuse(row, cell.entry, "a number over several rows")
            continue
        if facets.role is Role.VALUE and facets.endpoint is not None and facets.measure is None and cell.value.single() is None and not stated:
            facets = replace(facets, role=Role.RATIO)
        measured = facets.role is Role.VALUE and stated and outcome_of(sheet, facets) is not None
        if facets.role in (Role.RATIO, Role.P, Role.INTERVAL) or measured:
            found.append(replace(cell, facets=facets))
        elif facets.role is not Role.SIZE and leave:
            sheet.refuse(
                row,
                cell.entry,
                "a statistic that is no outcome" if facets.role is Role.OTHER else "a number beside the ratios that is of no endpoint",
            )
    return found


Told = tuple[Estimate, SheetCell, list[Entry]]


def _tell(sheet: Sheet, row: Row, facets: Facets, factor: Factor, told: Told) -> None:
    estimate, shown, evidence = told
    contrast = contrast_of(sheet, row, factor.reference, shown)
    of_arms = isinstance(contrast, Contrast) and contrast.arms is not None
    what = endpoint_of(sheet, facets, shown.facets, estimate.measure, of_arms=of_arms)
    if isinstance(what, str) or isinstance(contrast, str):
        for entry in evidence:
            sheet.refuse(row, entry, what if isinstance(what, str) else str(contrast))
        return
    bare = replace(facets, endpoint=None, population=None, timepoint=None, grade=facets.grade if what.event is not None else None)
    topic = topic_of(sheet, what, bare, replace(shown.facets, population=None))
    population = contrast.population or _population(shown)
    if population is not None and not is_event(population, what):
        topic = replace(topic, population=population.value, population_span=population.span)
    if estimate.measure is not None:
        factor.found.setdefault(shown.column, []).append(len(sheet.findings))
        sheet.ratio_at[row.index, shown.column] = len(sheet.findings)
    arms = contrast.arms
    sheet.findings.append(
        ComparisonFinding(
            read=sheet.origin(row, *evidence, *facets.spans, *shown.facets.spans),
            topic=topic,
            arm=arms[0] if arms else None,
            comparator=arms[1] if arms else None,
            factor=contrast.factor,
            factor_span=row.labels[-1].raw if contrast.factor is not None and row.labels else None,
            measure=estimate.measure,
            estimate=estimate.value,
            estimate_span=shown.entry.span(shown.value.start, shown.value.end) if estimate.measure is not None else None,
            interval=estimate.interval,
            p=estimate.p,
            model=shown.facets.model or facets.model or sheet.frame.caption.model,
            direction=estimate.direction(topic.endpoint, arms),
            result=sheet.results,
            pattern="table-ratio" if arms else "table-factor",
        )
    )


def _population(shown: SheetCell) -> Slot | None:
    """The population of an effect: what its column names, which may be an arm ("Placebo arm only")."""
    facets = shown.facets
    if facets.population is not None:
        return facets.population
    if facets.arm is not None and facets.arm.norm != "all":
        return Slot(facets.arm.norm, facets.arm.span or shown.entry.raw)
    return None


def _p_of_factor(sheet: Sheet, row: Row, facets: Facets, factor: Factor) -> None:
    """A p-value in a row of its own: of the one ratio above it, else of the factor as a whole."""
    for entry in row.values.values():
        value = parse_cell(entry.text)
        p = p_of(value, entry) if value is not None else None
        found = factor.found.get(entry.cell.column, [])
        if p is None or not found:
            sheet.refuse(row, entry, "a p-value without its estimate")
            continue
        before = sheet.findings[found[-1]]
        if not isinstance(before, ComparisonFinding) or not isinstance(before.read, TableCell):
            continue
        if len(found) == 1 and before.p is None:
            first, *rest = before.read.pieces
            sheet.findings[found[-1]] = with_its_p(before, p, replace(before.read, pieces=(first, entry.raw, *rest)))
        elif len(found) > 1 and before.factor is not None:
            head = next((label.core for _, label in reversed(facets.labels[:-1]) if label.core), None)
            if head is not None:
                whole = replace(before, factor=factor_norm(head), measure=None, estimate=None, estimate_span=None, interval=None, p=p, direction=None)
                sheet.findings.append(replace(whole, factor_span=None, pattern="table-factor", read=sheet.origin(row, entry, *facets.spans)))
