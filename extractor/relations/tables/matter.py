"""What the ratios and p-values of a table of effects are on: the endpoint, by the column, the heads, the caption or the text."""

from __future__ import annotations

import re

from extractor.document import CharSpan
from extractor.entities.endpoints import quantities_of
from extractor.records import Measure
from extractor.relations.tables.facets import Facets
from extractor.relations.tables.factors import bare_survival, is_endpoint
from extractor.relations.tables.grid import Entry
from extractor.relations.tables.labels import Label
from extractor.relations.tables.sheet import Sheet
from extractor.relations.tables.subjects import What, event_norm

NONE_NAMED = "neither column nor caption names one endpoint"
_OF_DISEASE = re.compile(
    r"(?:cancer|disease|tumou?r|melanoma|lymphoma|leuka?emia|myeloma|carcinoma|sarcoma)(?:[\s-](?:specific|related))?[\s-](?:deaths?|mortality)\b"
    r"|\b(?:deaths?|mortality)\s(?:from|due\sto)\s(?:\w+\s){0,2}(?:cancer|disease|tumou?r|melanoma|lymphoma|leuka?emia|myeloma|carcinoma)\b",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(r"\b(?:treatment|drug|toxic\w*|therapy|early|in-?hospital|post-?operative|non-?cancer|other)\b", re.IGNORECASE)


def endpoint_of(sheet: Sheet, rows: Facets, column: Facets, measure: Measure | None, *, of_arms: bool = False) -> What | str:
    """The endpoint of an effect: of its column, of the head its row stands under, of the caption, or of what the text says of the table.

    Only endpoints that the measure can be of count: no ratio is of the level of a marker, and a hazard ratio is of a time to event, unless the head
    of its column says otherwise. Where the table sets two arms against each other (`of_arms`) a row may be the endpoint itself, or an adverse event.
    """
    if column.endpoint is not None:
        code = _of_measure(column.endpoint.value, _text_of(column), measure, printed=True)
        if code is not None:
            return What(code, column.endpoint.span)
    own = rows.labels[-1] if rows.labels else None
    if of_arms and own is not None and own[1].event is not None and not own[1].endpoints and measure in ("RR", "OR"):
        return What("AE", None, event_norm(own[1].core), own[0].raw)
    outer = rows.labels if sheet.by_qualifiers or (of_arms and own is not None and is_endpoint(own[1])) else rows.labels[:-1]
    for entry, label in reversed(outer):
        found = _named(entry, label, measure)
        if found is not None:
            return found
    if own is not None and not sheet.by_qualifiers and _is_outcome(own[1]):
        return "a row that is an endpoint, not a factor"
    return _of_caption(sheet, rows, column, measure)


def _is_outcome(label: Label) -> bool:
    """Whether a label is an endpoint that patients reach: the level of a marker, or a size, is a factor."""
    codes = [e.norm for e in label.endpoints]
    return len(codes) == 1 and codes[0] != "AE" and is_endpoint(label) and quantities_of()[codes[0]] not in ("level", "size")


def _of_caption(sheet: Sheet, rows: Facets, column: Facets, measure: Measure | None) -> What | str:
    caption = sheet.frame.caption
    named = [(e, code) for e in caption.endpoints if (code := _of_measure(e.norm, caption.text, measure)) is not None]
    told = next(iter(sheet.told)) if len(sheet.told) == 1 else None
    bare = bare_survival(sheet)
    if told is not None and (not named or bare is not None) and not _elsewhere(sheet, rows, column):
        return What(told, None)
    if bare is not None and len(named) <= 1:
        return bare
    if len(named) != 1 or sheet.frame.caption_span is None:
        return NONE_NAMED
    (said, code), start = named[0], sheet.frame.caption_span.start
    return What(code, CharSpan(start + said.start, start + said.end))


def _elsewhere(sheet: Sheet, rows: Facets, column: Facets) -> bool:
    """Whether the table names endpoints itself, though not here: then what the text says may be of those."""
    if any(label.endpoints for _, label in (*rows.labels, *column.labels)):
        return not all(quantities_of()[e.norm] in ("level", "size") for _, label in (*rows.labels, *column.labels) for e in label.endpoints)
    heads = (sheet.reader.facets(sheet.grid.path(c)) for c in range(sheet.grid.labels, sheet.grid.width))
    return any(h.endpoint is not None and quantities_of()[h.endpoint.value] == "time" for h in heads)


def _named(entry: Entry, label: Label, measure: Measure | None) -> What | None:
    if len(label.endpoints) != 1:
        return None
    (said,) = label.endpoints
    code = _of_measure(said.norm, label.text, measure)
    return What(code, entry.span(said.start, said.end)) if code is not None else None


def _text_of(facets: Facets) -> str:
    return " ".join(label.text for _, label in facets.labels)


def _of_measure(code: str, text: str, measure: Measure | None, *, printed: bool = False) -> str | None:
    """The endpoint as a measure can be of it; None where it cannot. A hazard of death is that of survival, of one cause or of any."""
    if measure == "HR" and code in ("DEATH", "TREATMENT_DEATH"):
        return None if code == "TREATMENT_DEATH" else "CSS" if _OF_DISEASE.search(text) else None if _NOT_ALL.search(text) else "OS"
    quantity = quantities_of()[code]
    if code in ("AE", "FOLLOW_UP", "DURATION") or quantity in ("level", "size") or (measure == "HR" and quantity != "time" and not printed):
        return None
    return code
