"""Tables of effects: each row a factor or a level of one, with its ratio, interval and p-value, and the model from the headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities import Mention
from extractor.entities.arms import find_arms, treatments
from extractor.quantities import Interval
from extractor.records import Measure
from extractor.relations.factors import factor_norm
from extractor.relations.findings import ArmOf, ComparisonFinding, TableCell
from extractor.relations.tables.arms import WHOLE
from extractor.relations.tables.cells import parse_cell
from extractor.relations.tables.contrasts import NO_RATIO, Estimate, paired, ratio_of, under_one_head, with_its_p, with_p
from extractor.relations.tables.facets import Facets, Slot, generic, population_norm
from extractor.relations.tables.grid import Entry, Row
from extractor.relations.tables.labels import Label, Role
from extractor.relations.tables.levels import measure_level, names_of
from extractor.relations.tables.results import cells_of
from extractor.relations.tables.sheet import Sheet, SheetCell, p_of, topic_of
from extractor.relations.tables.subjects import What

_REFERENCE = re.compile(
    r"\s*(?:1(?:\.0{1,3})?|1\.0{1,3}\s*\(\s*[-.]*\s*\))?\s*[(\[]?\s*(?:ref(?:erence)?\.?(?:\s(?:group|category))?)?\s*[)\]]?\s*[*†‡§a-e]?\s*",
    re.IGNORECASE,
)
_TREATMENT = re.compile(r"\b(?:treatment|therapy|arms?|regimen|procedure|excision margin|study drug|group|randomi[sz]ation)\b", re.IGNORECASE)
_SET = re.compile(
    r"(?:(?:training|validation|testing|test|derivation|development|discovery|primary|internal|external|entire|whole)\s)+(?:data\s?)?(?:set|cohort|sample|series)",
    re.IGNORECASE,
)
_VERSUS = re.compile(r"\b(?:vs\.?|versus|compared\s(?:with|to))\s", re.IGNORECASE)
_CONTRAST = re.compile(r"(?P<first>.+?)\s(?:vs\.?|versus|compared\s(?:with|to))\s(?P<second>.+)", re.IGNORECASE)


@dataclass
class Factor:
    """A factor while its levels are read: the label over them, its reference level, how many ratios were found."""

    head: str
    reference: Row | None = None
    found: dict[int, list[int]] = field(default_factory=dict)


def is_of_effects(sheet: Sheet, rows: Sequence[Row]) -> bool:
    """Whether a table holds ratios, and no two arms side by side."""
    columns = [sheet.reader.facets(sheet.grid.path(c)) for c in range(sheet.grid.labels, sheet.grid.width)]
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
    factor = Factor("")
    for row in rows:
        head = _head_of(row)
        if head != factor.head:
            factor = Factor(head)
        _read(sheet, row, factor)


def _is_by_subgroup(sheet: Sheet, rows: Sequence[Row]) -> bool:
    """Whether the ratios are of a treatment against another in subgroups: each level of a factor has one, with its patients, none is a reference."""
    levels: dict[str, list[bool]] = {}
    for row in rows:
        ratios = [c for c in _ratios(sheet, row) if c.facets.role is Role.RATIO]
        if any(_REFERENCE.fullmatch(c.entry.text) for c in ratios):
            return False
        sized = bool(row.labels) and sheet.reader.label(row.labels[-1]).size is not None
        levels.setdefault(_head_of(row), []).append(bool(ratios) and sized)
    return len(levels) > 1 and all(len(one) > 1 and all(one) for one in levels.values())


def _head_of(row: Row) -> str:
    return " | ".join(e.text for e in (*row.groups, *row.labels[:-1]))


def _read(sheet: Sheet, row: Row, factor: Factor) -> None:
    facets = sheet.reader.facets((*row.groups, *row.labels))
    own = facets.labels[-1][1] if facets.labels else None
    if own is not None and own.role is Role.P:
        _p_of_factor(sheet, row, facets, factor)
        return
    cells = _ratios(sheet, row, leave=True)
    sheet.results += 1
    for shown in (c for c in cells if c.facets.role is Role.VALUE):
        measure_level(sheet, row, shown, [name for _, name in names_of(sheet, row)])
    ratios = [c for c in cells if c.facets.role is Role.RATIO]
    if ratios and all(_REFERENCE.fullmatch(c.entry.text) for c in ratios):
        factor.reference = row
        for shown in ratios:
            sheet.refuse(row, shown.entry, "the level that the others are compared with")
        return
    for ratio, test in paired([c for c in cells if c.facets.role in (Role.RATIO, Role.P)]):
        if ratio is not None and _REFERENCE.fullmatch(ratio.entry.text):
            continue
        beside = _beside(ratio, cells) if ratio is not None else []
        estimate = _estimate(sheet, ratio, beside, None if under_one_head(test, cells) else test) if ratio is not None else None
        if ratio is None or estimate is None:
            for cell in (ratio, test):
                if cell is not None:
                    sheet.refuse(row, cell.entry, NO_RATIO)
        else:
            evidence = [c.entry for c in (ratio, *beside, test) if c is not None]
            _tell(sheet, row, facets, factor, (estimate, ratio, evidence))


def _estimate(sheet: Sheet, ratio: SheetCell, beside: Sequence[SheetCell], test: SheetCell | None) -> Estimate | None:
    """The ratio of a cell with its interval and its p-value; None for a number that has neither."""
    found = ratio_of(ratio, ratio.facets.measure or _measure_of(sheet), beside[0] if len(beside) == 1 else None)
    estimate = _with_bounds(found, beside)
    if estimate is None:
        return None
    full = with_p(estimate, test)
    return full if full is not None and (full.interval is not None or full.p is not None) else None


def _measure_of(sheet: Sheet) -> Measure | None:
    return "HR" if re.search(r"\bhazard ratios?\b|\bHRs?\b", sheet.frame.notes, re.IGNORECASE) else None


def _ratios(sheet: Sheet, row: Row, *, leave: bool = False) -> list[SheetCell]:
    """The cells of a row that hold ratios, their intervals and p-values, and medians and rates; what is neither may be left over."""
    found = []
    for cell in cells_of(sheet, row):
        facets = cell.facets
        form = facets.form
        stated = form.unit is not None or form.share or form.statistic is not None
        if facets.role is Role.VALUE and facets.endpoint is not None and facets.measure is None and cell.value.single() is None and not stated:
            facets = replace(facets, role=Role.RATIO)
        if facets.role in (Role.RATIO, Role.P, Role.INTERVAL) or (facets.role is Role.VALUE and facets.endpoint is not None and stated):
            found.append(replace(cell, facets=facets))
        elif facets.role is not Role.SIZE and leave:
            sheet.refuse(
                row,
                cell.entry,
                "a statistic that is no outcome" if facets.role is Role.OTHER else "a number beside the ratios that is of no endpoint",
            )
    return found


def _beside(ratio: SheetCell, cells: Sequence[SheetCell]) -> list[SheetCell]:
    """The cells of the interval that stands right of a ratio: one that holds both bounds, or two with one each."""
    after = [c for c in cells if c.column > ratio.column]
    found = []
    for cell in after:
        if cell.facets.role is not Role.INTERVAL:
            break
        found.append(cell)
    return found[:2]


def _with_bounds(estimate: Estimate | None, beside: Sequence[SheetCell]) -> Estimate | None:
    """An estimate whose bounds stand in two columns of their own."""
    if estimate is None or len(beside) != 2 or estimate.interval is not None or estimate.value is None:
        return estimate
    low, high = beside[0].value.value, beside[1].value.value
    if low is None or high is None or not low <= estimate.value <= high:
        return None
    return replace(
        estimate, interval=Interval(CharSpan(beside[0].entry.raw.start, beside[1].entry.raw.end), low, high, estimate.shown.facets.form.level)
    )


Told = tuple[Estimate, SheetCell, list[Entry]]


def _tell(sheet: Sheet, row: Row, facets: Facets, factor: Factor, told: Told) -> None:
    estimate, shown, evidence = told
    what = _endpoint(sheet, facets, shown.facets)
    contrast = _contrast(sheet, row, factor, shown)
    if isinstance(what, str) or isinstance(contrast, str):
        for entry in evidence:
            sheet.refuse(row, entry, what if isinstance(what, str) else str(contrast))
        return
    bare = replace(facets, endpoint=None, population=None, timepoint=None, grade=None)
    topic = topic_of(sheet, what, bare, replace(shown.facets, population=None))
    population = contrast.population or _population(shown)
    if population is not None:
        topic = replace(topic, population=population.value, population_span=population.span)
    factor.found.setdefault(shown.column, []).append(len(sheet.findings))
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
            estimate_span=shown.entry.span(shown.value.start, shown.value.end),
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


def _endpoint(sheet: Sheet, rows: Facets, column: Facets) -> What | str:
    """The endpoint of an effect: of its column, of the head its row stands under, or of the caption, where they name one."""
    if column.endpoint is not None:
        return What(column.endpoint.value, column.endpoint.span)
    outer = replace(rows, labels=rows.labels[:-1])
    for entry, label in reversed(outer.labels):
        if len(label.endpoints) == 1 and label.endpoints[0].norm != "AE":
            said = label.endpoints[0]
            return What(said.norm, entry.span(said.start, said.end))
    own = rows.labels[-1][1] if rows.labels else None
    if own is not None and len(own.endpoints) == 1 and own.endpoints[0].norm != "AE" and generic(_without(own)):
        return "a row that is an endpoint, not a factor"
    named = [e for e in sheet.frame.caption.endpoints if e.norm != "AE"]
    if not named and sheet.told is not None and not any(label.endpoints for _, label in (*rows.labels, *column.labels)):
        return What(sheet.told, None)
    if len(named) != 1 or sheet.frame.caption_span is None:
        return "neither column nor caption names one endpoint"
    start = sheet.frame.caption_span.start
    return What(named[0].norm, CharSpan(start + named[0].start, start + named[0].end))


def _without(label: Label) -> str:
    return label.text[: label.endpoints[0].start] + label.text[label.endpoints[0].end :]


@dataclass(frozen=True, slots=True)
class Contrast:
    """What an effect compares: two arms, perhaps in a population, or the levels of a factor."""

    arms: tuple[ArmOf, ArmOf] | None = None
    factor: str | None = None
    population: Slot | None = None


def _contrast(sheet: Sheet, row: Row, factor: Factor, shown: SheetCell) -> Contrast | str:
    """The two arms, or the factor, that a row compares; the reason where its labels name neither."""
    names = names_of(sheet, row)
    sets = [(e, name) for e, name in names[:-1] if _SET.fullmatch(name)]
    if sets:
        entry, name = sets[-1]
        inner = _contrast(sheet, replace(row, groups=tuple(g for g in row.groups if g is not entry)), factor, shown)
        return inner if isinstance(inner, str) or inner.population is not None else replace(inner, population=Slot(population_norm(name), entry.raw))
    whole = _of_table(sheet, shown)
    if whole == ():
        return "a contrast of which one side is no arm that is known"
    if whole:
        words = " ".join(name for _, name in names if not WHOLE.fullmatch(name))
        return Contrast(arms=(whole[0], whole[1]), population=Slot(population_norm(words), names[-1][0].raw) if words else None)
    if not names:
        return "a row that names no factor"
    if sheet.by_subgroup:
        pair = sheet.paper.pair
        words = " ".join(name for _, name in names[-2:])
        return (
            "a ratio in a subgroup of arms that are not told"
            if pair is None
            else Contrast(pair, population=Slot(population_norm(words), names[-1][0].raw))
        )
    own = names[-1][1]
    match = _CONTRAST.fullmatch(own)
    if match is not None:
        first, second = (sheet.reader.naming.read(match.group(g)) for g in ("first", "second"))
        if first is not None and second is not None and first.norm != second.norm:
            return Contrast(arms=(replace(first, span=None), replace(second, span=None)))
        set_in = len(row.labels) > 1 or row.labels[-1].text[:1].isspace()
        return Contrast(factor=factor_norm(" ".join(name for _, name in names[-2 if set_in else -1 :])))
    arms = _levels_as_arms(sheet, factor, [name for _, name in names])
    if arms is not None:
        return Contrast(arms=arms)
    return Contrast(factor=factor_norm(" ".join(name for _, name in names[-2:])))


def _of_table(sheet: Sheet, shown: SheetCell) -> tuple[ArmOf, ...] | None:
    """The two arms that a header or the caption sets against each other; () where it compares what is no arm, None where it compares nothing."""
    texts = [label.text for _, label in shown.facets.labels] + [sheet.frame.caption.text]
    for text in texts:
        if _VERSUS.search(text) is None:
            continue
        drugs = treatments(text, sheet.reader.naming.book)
        arms = [m for m in find_arms(text, drugs, sheet.reader.naming.book) if m.detail != "role"]
        pairs = [(a, b) for a, b in pairwise(arms) if a.norm != b.norm and _VERSUS.search(text[a.span.end : b.span.start])]
        return tuple(_with_denial(text, m) for m in pairs[0]) if len(pairs) == 1 else ()
    return None


def _with_denial(text: str, mention: Mention) -> ArmOf:
    """An arm of a contrast; "no endocrine treatment" is not the treatment."""
    denied = re.search(r"\b(?:no|without)\s(?:\w+\s)?$", text[: mention.span.start], re.IGNORECASE)
    return ArmOf(f"no {mention.norm}") if denied else ArmOf(mention.norm, mention.parts)


def _levels_as_arms(sheet: Sheet, factor: Factor, names: Sequence[str]) -> tuple[ArmOf, ArmOf] | None:
    """The two levels of a factor that is the treatment, the reference level as comparator."""
    if factor.reference is None or not factor.reference.labels or not names:
        return None
    other = sheet.reader.label(factor.reference.labels[-1]).core
    first, second = sheet.reader.naming.read(names[-1]), sheet.reader.naming.read(other)
    if first is not None and second is not None and first.norm != second.norm:
        return replace(first, span=None), replace(second, span=None)
    if len(names) > 1 and _TREATMENT.search(names[-2]) and not re.search(r"\b(?:age|risk|prior|previous|blood)\b", names[-2], re.IGNORECASE):
        noun = names[-2].casefold()
        return ArmOf(f"{names[-1]} {noun}"), ArmOf(f"{other} {noun}")
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
