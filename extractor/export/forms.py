"""What all forms share: records by document, names for readers, numbers as printed, and the count of what a form cannot carry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

from extractor import lexicons
from extractor.document import fold
from extractor.records import Comparison, EndpointCode, Measurement

AnyRecord = Measurement | Comparison

# Where the lexicon's first term is no name for the endpoint.
_NAMES: Mapping[str, str] = {"BIOMARKER": "biomarker", "DEATH": "death", "FOLLOW_UP": "follow-up", "OTHER": "other outcome"}
_NUMBER = re.compile(r"[-+]?(?:\d[\d,]*\.?\d*|\.\d+)")


class OrderError(ValueError):
    """Records of one document that do not stand together: what belongs together could not be found."""


@dataclass(slots=True)
class Told:
    """What became of the records of an export.

    Attributes:
        carried: how many records are in it.
        left: why others are not, each reason with its number of records.
        partly: slots that the form has no place for, in records that are in it.
        rows: how many rows, resources or studies were written.
    """

    carried: int = 0
    left: Counter[str] = field(default_factory=Counter)
    partly: Counter[str] = field(default_factory=Counter)
    rows: int = 0


def by_document(records: Iterable[AnyRecord]) -> Iterator[tuple[AnyRecord, ...]]:
    """The records of one document after another, as `extract` writes them.

    Raises:
        OrderError: when a document comes back after another.
    """
    seen: set[tuple[str, str]] = set()
    for key, group in groupby(records, key=lambda record: (record.source.sha256, record.doc)):
        if key in seen:
            raise OrderError(f"the records of {key[1]} stand in two places: sort the file by document")
        seen.add(key)
        yield tuple(group)


@cache
def endpoint_name(code: EndpointCode) -> str:
    """What the field calls an endpoint.

    >>> endpoint_name("PFS")
    'progression-free survival'
    """
    return _NAMES.get(code) or next(entry.terms[0] for entry in lexicons.endpoints() if entry.code == code)


def outcome_name(record: AnyRecord) -> str:
    """The endpoint with what sets it apart: its event, grade and landmark."""
    parts = (record.event, f"grade {record.grade}" if record.grade else None, f"at {record.timepoint}" if record.timepoint else None)
    return ", ".join([endpoint_name(record.endpoint), *filter(None, parts)])


def study_name(record: AnyRecord) -> str:
    """The study as tables label it: its name; of a cited one without a name the marks that cite it; else the document's."""
    if record.study is None and record.provenance == "cited" and record.citations:
        return f"{record.doc}, cited {', '.join(citation.marker for citation in record.citations)}"
    return record.doc if record.study in (None, "this study") else str(record.study)


def printed_at(record: AnyRecord) -> int:
    """Where in the source text the record's number stands: in a result, records are in the order of their slots and not of the print."""
    place = record.spans.get("value") or record.spans.get("estimate") or record.spans.get("n")
    return place[0] if place is not None else record.evidence[0].start


def printed(number: float, text: str | None) -> str:
    """A number in the digits that the paper prints, else in as few as tell it.

    >>> printed(0.6, "0·60"), printed(12, "12 months"), printed(0.6, None), printed(1204, "1,204 pg/mL")
    ('0.60', '12', '0.6', '1204')
    """
    for match in _NUMBER.finditer(fold(text or "")):
        digits = match.group().replace(",", "")
        if float(digits) == number:
            return digits
    return repr(number)
