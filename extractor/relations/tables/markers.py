"""Tables of markers: a column of labels names the marker, other columns its median or mean at one time or another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import CharSpan
from extractor.quantities import LEVEL_UNIT
from extractor.records import Spread, Statistic
from extractor.relations.findings import MeasurementFinding, Topic
from extractor.relations.tables.cells import CellValue, parse_cell
from extractor.relations.tables.facets import Facets
from extractor.relations.tables.grid import Entry, Row
from extractor.relations.tables.labels import Role
from extractor.relations.tables.sheet import Sheet, default_arm

_HEAD = re.compile(
    r"(?:plasma\s|serum\s)?(?:cytokines?|chemokines?|bio-?markers?|markers?|analytes?|growth factors?|tumou?r markers?)", re.IGNORECASE
)
_CHANGE = re.compile(r"\bchange\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?P<when>baseline|pre-?treatment|post-?treatment|response|progression|end of treatment|(?:cycle|day|week|month)\s\d{1,3})\b", re.IGNORECASE
)


def marker_column(sheet: Sheet) -> int | None:
    """The column of labels that holds the names of markers; None where no header says so."""
    found = [c for c, head in sheet.reader.heads.items() if _HEAD.fullmatch(head.strip())]
    return found[0] if len(found) == 1 else None


def read_markers(sheet: Sheet, rows: Sequence[Row], column: int) -> None:
    """Add to the sheet the medians and means of a table of markers."""
    for row in rows:
        named = [e for e in row.labels if e.cell.column == column]
        facets = sheet.reader.facets((*row.groups, *row.labels), populations=False)
        if named and named[0].cell.row != row.index:
            continue  # the second line of a marker holds the ranges of the first
        sheet.results += 1
        for entry in row.values.values():
            value = parse_cell(entry.text)
            head = sheet.column(row, entry)
            own = value is not None and value.value is not None and len(named) == 1
            if value is None or not own or head.role not in (Role.VALUE, Role.OTHER) or head.form.statistic is None:
                sheet.refuse(row, entry, "no median or mean of a marker")
                continue
            _tell(sheet, row, (facets, head), (named[0], entry, value))


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


def _place(entry: Entry, value: CellValue) -> CharSpan:
    return entry.span(value.start, value.end)


def _size(sheet: Sheet, row: Row) -> int | None:
    """How many samples a row is of, where a column holds that."""
    for entry in row.values.values():
        value = parse_cell(entry.text)
        if value is not None and isinstance(value.value, int) and sheet.column(row, entry).role is Role.SIZE:
            return value.value
    return None
