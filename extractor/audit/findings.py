"""What a check finds, and what a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from extractor.audit.printed import AnyRecord
from extractor.confidence import shipped
from extractor.records import Check as RecordCheck
from extractor.records import Evidence, Frozen

Verdict = Literal["holds", "fails", "perhaps misread", "cannot tell"]
"""`fails`: what is printed cannot be so. `perhaps misread`: it cannot be so as we read it, and we are not sure that we read it right.
`cannot tell`: it does not come out, but something that the record does not say (other patients, another test) would explain it."""

SURE = 5
"""The so many least sure of a hundred records accuse nobody where their arm, their population or their study matter."""
LEGIBLE = 2
"""The same where only numbers matter that are printed together."""


class Finding(Frozen):
    """What a check says of one record, or of several together: one line of `audit -o`.

    `spans` are characters of the source text, `evidence` the statements that they stand in, `records` the ids of the records.
    """

    doc: str
    check: str
    verdict: Verdict
    arithmetic: str
    reason: str | None = None
    records: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    evidence: tuple[Evidence, ...]

    def on_record(self) -> RecordCheck:
        """The same as a record carries it: verdicts that leave it open are one there, with the reason behind the arithmetic."""
        verdict: Literal["holds", "fails", "undecided"] = self.verdict if self.verdict in ("holds", "fails") else "undecided"
        told = self.arithmetic if self.reason is None else f"{self.arithmetic} ({self.verdict}: {self.reason})"
        return RecordCheck(name=self.check, verdict=verdict, arithmetic=told, spans=self.spans)


Slots = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """Records as a test builds them from a few slots, and the verdict on them; None where the check has nothing to say."""

    verdict: Verdict | None
    records: tuple[Slots, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A named check: what it asks, how, and cases in which it fails or does not, which one test runs."""

    name: str
    asks: str
    run: Callable[[Paper], Iterator[Finding]]
    cases: tuple[Case, ...]


class Paper:
    """The records of one source text, with what the checks look up in them."""

    def __init__(self, records: Sequence[AnyRecord]) -> None:
        """Keep the records, in the order of the text."""
        self.records = tuple(sorted(records, key=lambda record: (record.start or 0, record.end or 0, record.id)))
        self.results: dict[str, list[AnyRecord]] = {}
        self._told: dict[tuple[int, int], list[AnyRecord]] = {}
        for record in self.records:
            if record.result is not None:
                self.results.setdefault(record.result, []).append(record)
            for piece in record.evidence:
                if piece.section != "table":
                    self._told.setdefault((piece.start, piece.end), []).append(record)

    @property
    def doc(self) -> str:
        """The name of the paper."""
        return self.records[0].doc

    def told_with(self, record: AnyRecord) -> list[AnyRecord]:
        """The records of one result with this one, and those that some sentence tells together with it."""
        found = {one.id: one for one in self.results.get(record.result or "", ())}
        for piece in record.evidence:
            found |= {one.id: one for one in self._told.get((piece.start, piece.end), ())}
        return [one for one in self.records if one.id in found and one.id != record.id]


def papers(records: Iterable[AnyRecord]) -> Iterator[Paper]:
    """The papers that records come from, in the order in which they are first met."""
    order: dict[tuple[str, str], int] = {}
    for record in (kept := [*records]):
        order.setdefault(_source(record), len(order))
    for _, group in groupby(sorted(kept, key=lambda record: order[_source(record)]), key=_source):
        yield Paper([*group])


def _source(record: AnyRecord) -> tuple[str, str]:
    return record.doc, record.source.text_sha256


@dataclass(frozen=True, slots=True)
class Concerned:
    """Records that a finding is about, each with the slots that it looks at."""

    parts: tuple[tuple[AnyRecord, tuple[str, ...]], ...]

    @classmethod
    def one(cls, record: AnyRecord, *slots: str) -> Concerned:
        """A single record."""
        return cls(((record, slots),))

    @property
    def records(self) -> tuple[AnyRecord, ...]:
        """The records."""
        return tuple(record for record, _ in self.parts)

    @property
    def confidence(self) -> float:
        """That of the least sure record; one without any is taken for sure."""
        return min(1.0 if record.confidence is None else record.confidence for record in self.records)

    def found(self, check: str, verdict: Verdict, arithmetic: str, reason: str | None = None) -> Finding:
        """A finding on these records."""
        spans = dict.fromkeys(record.spans[slot] for record, slots in self.parts for slot in slots if slot in record.spans)
        evidence = dict.fromkeys(piece for record, slots in self.parts for piece in _statement(record, slots))
        return Finding(
            doc=self.records[0].doc,
            check=check,
            verdict=verdict,
            arithmetic=arithmetic,
            reason=reason,
            records=tuple(dict.fromkeys(record.id for record in self.records)),
            spans=tuple(sorted(spans)),
            evidence=tuple(evidence),
        )

    def accused(self, check: str, arithmetic: str, doubt: str | None = None, *, sure: int = SURE) -> Finding:
        """A finding that fails, unless there is a doubt whether we read it right; the `sure` least sure of a hundred records are in doubt."""
        if doubt is None and self.confidence < shipped().least(sure):
            doubt = f"read with a confidence of {self.confidence:.2f}"
        return self.found(check, "fails" if doubt is None else "perhaps misread", arithmetic, doubt)


def _statement(record: AnyRecord, slots: Sequence[str]) -> Iterator[Evidence]:
    """The pieces of evidence that hold the slots of a record; its first where none does."""
    spans = [record.spans[slot] for slot in slots if slot in record.spans]
    holding = [piece for piece in record.evidence if any(piece.start < end and start < piece.end for start, end in spans)]
    yield from holding or record.evidence[:1]
