"""Tables with one patient a row: "Patient | Treatment | Best response | PFS (months)" over "1 | drug A | PR | 9.4"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.entities.endpoints import quantities_of
from extractor.quantities import LEVEL_UNIT
from extractor.relations.findings import ArmOf, MeasurementFinding, Topic
from extractor.relations.tables.cells import EMPTY, parse_cell
from extractor.relations.tables.facets import Facets
from extractor.relations.tables.grid import Entry, Grid, Row
from extractor.relations.tables.sheet import Sheet

_PATIENT_HEAD = re.compile(r"(?P<who>patients?|pts?\.?|cases?|subjects?)(?:\s?(?:nos?\.?|numbers?|id|#))?\W*|nos?\.?|#", re.IGNORECASE)
_ONE = re.compile(r"(?:(?P<who>patients?|pts?\.?|cases?|subjects?)\s?(?:nos?\.?\s?|#\s?)?)?(?P<number>\d{1,3}[A-Z]?)\.?", re.IGNORECASE)
_TREATED_HEAD = re.compile(
    r"(?!.*\b(?:prior|previous|earlier|subsequent|post|other|further|lines?\sof)\b).*\b(?:treatments?|regimens?|therap(?:y|ies)|chemotherap(?:y|ies)|drugs?|agents?)\b.*",
    re.IGNORECASE,
)
_RESPONSE_HEAD = re.compile(
    r"(?:best\s|overall\s|objective\s|tumou?r\s|clinical\s|radiolog\w+\s)*responses?\b(?!\s?(?:rate|duration)).*", re.IGNORECASE
)
_CATEGORIES = {"SD": "stable disease", "CR": "complete response", "PD": "progressive disease", "PR": "partial response"}
_IN_WORDS = re.compile(
    r"(?P<CR>CR|complete\s(?:response|remission))|(?P<PR>PR|partial\s(?:response|remission))|(?P<SD>SD|stable(?:\sdisease)?)"
    r"|(?P<PD>PD|progress(?:ion|ive(?:\sdisease)?))",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:baseline|before|pre-?\s?treatment|at\sdiagnosis|initial)\b", re.IGNORECASE)
_WHO = re.compile(r"\b(?:patients?|cases?)\b", re.IGNORECASE)
_LIKE = re.compile(r"(?:age|sex|gender)\b", re.IGNORECASE)
_LONGER = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s?\+")


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient of a row: what they are called, and how they were treated."""

    name: str
    label: Entry
    arm: ArmOf | None


def heads_patients(grid: Grid) -> bool:
    """Whether the first column is headed by a word for patients, or "No."."""
    path = grid.path(0)
    return bool(path) and _PATIENT_HEAD.fullmatch(path[0].text.strip()) is not None


def is_of_patients(sheet: Sheet, rows: Sequence[Row]) -> bool:
    """Whether each row is one patient: numbered from one under "Patient" or the like, beside a response or a time of their own.

    Under "No." alone what the patients were like must stand beside, and the caption must speak of them.
    """
    heads = [_head(sheet, c) for c in range(sheet.grid.width)]
    match = _PATIENT_HEAD.fullmatch(heads[0]) if heads else None
    numbers = [int(re.sub(r"\D", "", name)) if (name := _number(sheet, row.index)) is not None else 0 for row in rows]
    if match is None or len(rows) < 2 or numbers[0] != 1 or any(b <= a for a, b in pairwise(numbers)):
        return False
    if match.group("who") is None and not (_WHO.search(sheet.frame.caption.text) and any(map(_LIKE.match, heads[1:]))):
        return False
    return any(_RESPONSE_HEAD.fullmatch(head) or _timed(sheet, c) for c, head in enumerate(heads) if c > 0)


def _number(sheet: Sheet, row: int) -> str | None:
    entry = sheet.grid.at.get((row, 0))
    match = _ONE.fullmatch(entry.text.strip()) if entry is not None else None
    return match.group("number") if match is not None else None


def _timed(sheet: Sheet, column: int) -> Facets | None:
    """The column of a time to event; None for any other."""
    facets = sheet.reader.facets(sheet.grid.path(column), header=True)
    named = (
        facets.endpoint is not None and quantities_of()[facets.endpoint.value] == "time" and facets.endpoint.value not in ("FOLLOW_UP", "DURATION")
    )
    return facets if named and facets.form.unit is not None and facets.form.statistic is None else None


def _leveled(sheet: Sheet, column: int) -> Facets | None:
    """The column of a marker's level that stands at several times; None for any other: what it was before treatment alone is no outcome."""
    heads = [sheet.reader.facets(sheet.grid.path(c), header=True).endpoint for c in range(1, sheet.grid.width)]
    facets = sheet.reader.facets(sheet.grid.path(column), header=True)
    if facets.endpoint is None or quantities_of()[facets.endpoint.value] != "level":
        return None
    return facets if sum(e is not None and e.value == facets.endpoint.value for e in heads) > 1 else None


def read_patients(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Add to the sheet what became of each patient; what is neither a response nor a time to event is left."""
    head = _PATIENT_HEAD.fullmatch(sheet.grid.path(0)[0].text.strip())
    who = "case" if head is not None and (head.group("who") or "").casefold().startswith("case") else "patient"
    treated = [c for c in range(1, sheet.grid.width) if _TREATED_HEAD.fullmatch(_head(sheet, c))]
    for row in rows:
        label = sheet.grid.at[row.index, 0]
        arm = _arm(sheet, sheet.grid.at.get((row.index, treated[0]))) if len(treated) == 1 else sheet.paper.single if not treated else None
        patient = Patient(f"{who} {_number(sheet, row.index)}", label, arm)
        sheet.results += 1
        for column in range(1, sheet.grid.width):
            entry = sheet.grid.at.get((row.index, column))
            if entry is None or entry.cell.column != column or EMPTY.fullmatch(entry.text):
                continue
            timed = _timed(sheet, column)
            if timed is not None:
                _tell_time(sheet, row, patient, (entry, timed))
            elif _RESPONSE_HEAD.fullmatch(_head(sheet, column)):
                _tell_response(sheet, row, patient, entry)
            elif (level := _leveled(sheet, column)) is not None:
                _tell_level(sheet, row, patient, (entry, level))


def _head(sheet: Sheet, column: int) -> str:
    return " ".join(dict.fromkeys(sheet.reader.label(e).text.strip() for e in sheet.grid.path(column)))


def _arm(sheet: Sheet, entry: Entry | None) -> ArmOf | None:
    arm = sheet.reader.naming.read(entry.text) if entry is not None else None
    return replace(arm, span=None) if arm is not None and arm.norm != "all" else None


def _topic(sheet: Sheet, patient: Patient, endpoint: str) -> Topic:
    return Topic(endpoint, None, "value", sheet.study, population=patient.name, population_span=patient.label.raw)


def _tell_time(sheet: Sheet, row: Row, patient: Patient, told: tuple[Entry, Facets]) -> None:
    entry, column = told
    longer = _LONGER.fullmatch(entry.text.strip())
    value = parse_cell(longer.group("number") if longer is not None else entry.text)
    if value is None or value.value is None or value.brackets or value.percent or column.endpoint is None:
        sheet.refuse(row, entry, "a cell that is not understood")
        return
    sheet.findings.append(
        MeasurementFinding(
            read=sheet.origin(row, entry, patient.label, *column.spans),
            topic=replace(_topic(sheet, patient, column.endpoint.value), endpoint_span=column.endpoint.span),
            arm=patient.arm,
            value=value.value,
            value_span=entry.raw,
            unit=value.unit or column.form.unit,
            op=">" if longer is not None else value.op,
            result=sheet.results,
            pattern="table-patient",
        )
    )


def _tell_level(sheet: Sheet, row: Row, patient: Patient, told: tuple[Entry, Facets]) -> None:
    """A level before treatment, or at a landmark; one of which nothing says when it was is left."""
    entry, column = told
    head = _head(sheet, entry.cell.column)
    unit, value = re.search(LEVEL_UNIT, head), parse_cell(entry.text)
    before = _BEFORE.search(head) is not None
    plain = value is not None and value.value is not None and not value.brackets and not value.percent
    if value is None or not plain or column.endpoint is None or (not before and column.timepoint is None):
        sheet.refuse(row, entry, "levels and sizes are not read from tables")
        return
    when = "baseline" if before else column.timepoint.value if column.timepoint is not None else None
    sheet.findings.append(
        MeasurementFinding(
            read=sheet.origin(row, entry, patient.label, *column.spans),
            topic=replace(_topic(sheet, patient, column.endpoint.value), endpoint_span=column.endpoint.span, timepoint=when),
            arm=ArmOf("baseline") if before else patient.arm,
            value=value.value,
            value_span=entry.raw,
            unit=re.sub(r"\s", "", unit.group()) if unit is not None else None,
            op=value.op,
            result=sheet.results,
            pattern="table-patient",
        )
    )


def _tell_response(sheet: Sheet, row: Row, patient: Patient, entry: Entry) -> None:
    match = _IN_WORDS.fullmatch(sheet.reader.label(entry).core or entry.text.strip())
    if match is None:
        sheet.refuse(row, entry, "a cell that is not understood")
        return
    criterion = sheet.reader.facets(sheet.grid.path(entry.cell.column), header=True).criterion or sheet.frame.criterion
    sheet.findings.append(
        MeasurementFinding(
            read=sheet.origin(row, entry, patient.label),
            topic=replace(_topic(sheet, patient, "BEST_RESPONSE"), statistic="category", criterion=criterion),
            arm=patient.arm,
            value=None,
            value_span=entry.raw,
            unit=None,
            category=_CATEGORIES[str(match.lastgroup)],
            result=sheet.results,
            pattern="table-patient",
        )
    )
