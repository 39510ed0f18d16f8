"""Tables of markers: a column of labels names the marker, other columns its median or mean at one time or another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.document import CharSpan
from extractor.entities.endpoints import quantities_of
from extractor.quantities import LEVEL_UNIT
from extractor.records import Spread, Statistic
from extractor.relations.findings import ArmOf, ComparisonFinding, MeasurementFinding, TableCell, Topic
from extractor.relations.tables.cells import CellValue, parse_cell
from extractor.relations.tables.facets import Facets
from extractor.relations.tables.grid import Entry, Row
from extractor.relations.tables.labels import Role
from extractor.relations.tables.sheet import Sheet, default_arm, p_of

_HEAD = re.compile(
    r"(?:plasma\s|serum\s)?(?:cytokines?|chemokines?|bio-?markers?|markers?|analytes?|growth factors?|tumou?r markers?)", re.IGNORECASE
)
_CHANGE = re.compile(r"\bchange\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?P<when>baseline(?=vs)|baseline|pre-?treatment|post-?treatment|response|progression|end of treatment|(?:cycle|day|week|month)\s\d{1,3})"
    r"(?:\b|(?=vs\b))",
    re.IGNORECASE,
)


def marker_column(sheet: Sheet) -> int | None:
    """The column of labels that holds the names of markers; None where no header says so, or where it is what became of patients that is told."""
    found = [c for c, head in sheet.reader.heads.items() if _HEAD.fullmatch(head.strip())]
    columns = [sheet.reader.facets(sheet.grid.path(c), header=True) for c in range(sheet.grid.labels, sheet.grid.width)]
    outcomes = any(c.measure is not None or (c.endpoint is not None and quantities_of()[c.endpoint.value] != "level") for c in columns)
    return found[0] if len(found) == 1 and not outcomes else None


def read_markers(sheet: Sheet, rows: Sequence[Row], column: int) -> None:
    """Add to the sheet the medians and means of a table of markers."""
    for row in rows:
        named = [e for e in row.labels if e.cell.column == column]
        facets = sheet.reader.facets((*row.groups, *row.labels), populations=False)
        if named and named[0].cell.row != row.index:
            _add_ranges(sheet, row)
            continue
        sheet.results += 1
        for entry in row.values.values():
            value = parse_cell(entry.text)
            head = sheet.column(row, entry)
            if head.role is Role.SIZE and value is not None and isinstance(value.value, int):
                continue  # the patients of the row, see `_size`
            if value is not None and head.role is Role.P and len(named) == 1 and _compare(sheet, row, (facets, head), (named[0], entry, value)):
                continue
            own = value is not None and value.value is not None and len(named) == 1
            if value is None or not own or head.role not in (Role.VALUE, Role.OTHER) or head.form.statistic is None:
                sheet.refuse(row, entry, "no median or mean of a marker")
                continue
            _tell(sheet, row, (facets, head), (named[0], entry, value))


def _add_ranges(sheet: Sheet, row: Row) -> None:
    """The second line of a marker holds the ranges of the first: each goes to the value above it, where the head says that it is one."""
    for entry in (e for e in row.values.values() if e.cell.row == row.index):
        value = parse_cell(entry.text)
        pair = value.pair() if value is not None and value.value is None else None
        kind = sheet.column(row, entry).form.spread
        above = sheet.grid.at.get((row.index - 1, entry.cell.column))
        at = next(
            (i for i, f in enumerate(sheet.findings) if above is not None and isinstance(f, MeasurementFinding) and above.raw.overlaps(f.value_span)),
            None,
        )
        before = sheet.findings[at] if at is not None else None
        if pair is None or kind is None or at is None or not isinstance(before, MeasurementFinding) or not isinstance(before.read, TableCell):
            sheet.refuse(row, entry, "a range without its value")
            continue
        first, *rest = before.read.pieces
        told = Spread(kind=kind, low=pair.low, high=pair.high) if None not in (pair.low, pair.high) else None
        sheet.findings[at] = replace(before, spread=before.spread or told, read=replace(before.read, pieces=(first, entry.raw, *rest)))


def _tell(sheet: Sheet, row: Row, about: tuple[Facets, Facets], found: tuple[Entry, Entry, CellValue]) -> None:
    (facets, head), (named, entry, value) = about, found
    arm = head.arm or facets.arm
    how = "table-marker"
    if arm is None:
        arm, named_by = default_arm(sheet)
        how = f"table-marker/{named_by}"
    text = " ".join(label.text for _, label in head.labels)
    when = _WHEN.search(text)
    change = bool(_CHANGE.search(text))
    statistic: Statistic | None = head.form.statistic
    unit = re.search(LEVEL_UNIT, text)
    topic = Topic(
        "BIOMARKER",
        named.raw,
        statistic,
        sheet.study,
        timepoint=None if when is None or change else when.group("when").casefold(),
        timepoint_span=None,
        event=f"{named.text.strip()} change from baseline" if change else named.text.strip(),
        event_span=named.raw,
    )
    pair = value.pair()
    spread = (
        Spread(kind=head.form.spread, low=pair.low, high=pair.high)
        if pair is not None and head.form.spread and None not in (pair.low, pair.high)
        else None
    )
    sheet.findings.append(
        MeasurementFinding(
            read=sheet.origin(row, entry, *facets.spans, *head.spans),
            topic=topic,
            arm=arm,
            value=value.value,
            value_span=_place(entry, value),
            unit=re.sub(r"\s", "", unit.group()) if unit else None,
            N=_size(sheet, row),
            spread=spread,
            result=sheet.results,
            pattern=how,
        )
    )


def _compare(sheet: Sheet, row: Row, about: tuple[Facets, Facets], found: tuple[Entry, Entry, CellValue]) -> bool:
    """Add what a p-value of a marker compares: two times in the arm of its row, or the arms of the rows that it spans; whether it tells that."""
    (facets, head), (named, entry, value) = about, found
    p = p_of(value, entry)
    text = " ".join(label.core for _, label in head.labels)
    times = [m.group("when").casefold() for m in _WHEN.finditer(text)]
    change = bool(_CHANGE.search(text))
    arms = _arms_of_span(sheet, entry)
    factor = None
    if len(arms) == 2 and (change or len(times) == 1):
        event = f"{named.text.strip()} change from baseline" if change else named.text.strip()
    elif len(arms) < 2 and len(times) == 2 and facets.arm is not None:
        event, factor = named.text.strip(), " vs ".join(reversed(times) if times[0] == "baseline" else times)
    else:
        return False
    population = facets.arm if factor is not None else None
    topic = Topic(
        "BIOMARKER",
        named.raw,
        "median" if "median" in _statistics(sheet, row) else None,
        sheet.study,
        population=population.norm if population is not None else None,
        population_span=population.span if population is not None else None,
        event=event,
        event_span=named.raw,
    )
    if p is None:
        return False
    pair = sheet.in_order(*arms) if factor is None else (None, None)
    sheet.findings.append(
        ComparisonFinding(
            read=sheet.origin(row, entry, *facets.spans, *head.spans),
            topic=topic,
            arm=pair[0],
            comparator=pair[1],
            factor=factor,
            p=p,
            result=sheet.results,
            pattern="table-marker",
        )
    )
    return True


def _arms_of_span(sheet: Sheet, entry: Entry) -> list[ArmOf]:
    """The arms of the rows that a cell spans."""
    found: dict[str, ArmOf] = {}
    for row in range(entry.cell.row, entry.cell.row + entry.cell.row_span):
        labels = [e for c in range(sheet.grid.labels) if (e := sheet.grid.at.get((row, c))) is not None]
        arm = sheet.reader.facets(labels, populations=False).arm
        if arm is not None:
            found.setdefault(arm.norm, arm)
    return list(found.values())


def _statistics(sheet: Sheet, row: Row) -> set[str | None]:
    return {sheet.column(row, entry).form.statistic for entry in row.values.values()}


def _place(entry: Entry, value: CellValue) -> CharSpan:
    return entry.span(value.start, value.end)


def _size(sheet: Sheet, row: Row) -> int | None:
    """How many samples a row is of, where a column holds that."""
    for entry in row.values.values():
        value = parse_cell(entry.text)
        if value is not None and isinstance(value.value, int) and sheet.column(row, entry).role is Role.SIZE:
            return value.value
    return None
