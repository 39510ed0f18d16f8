"""The same trial's figures in different papers: where they agree, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Literal

from extractor.audit.findings import SURE
from extractor.audit.printed import AnyRecord
from extractor.audit.tellings import answer
from extractor.audit.trials import Trials
from extractor.confidence import shipped
from extractor.evaluate.equality import arm as arm_of
from extractor.evaluate.equality import phrase
from extractor.records import Evidence, Frozen, Measurement

SURE_BESIDE = 2
"""Where two papers agree on the result of the other arm, a figure told beside it is surely the same one's: the doubt is as of `findings.SURE`."""

_EXACT = ("kind", "endpoint", "timepoint", "event", "grade")
_MEASURED = ("statistic", "unit")
_COMPARED = ("measure",)
_MAY_BE_UNSAID = ("criterion", "model")

Key = tuple[object, ...]


class Told(Frozen):
    """What one paper says: its figure as printed, the record, how sure it was read, and the statement."""

    doc: str
    record: str
    printed: str
    confidence: float | None
    evidence: Evidence


class Agreement(Frozen):
    """One result of one trial as two papers or more tell it: one line of `audit --across -o`.

    `holds`: all figures agree within what they were rounded to. `fails`: two papers contradict each other. `perhaps misread`: so we read it, and are
    not sure. `cannot tell`: a paper gives several figures itself.
    """

    trial: str
    about: dict[str, str]
    verdict: Literal["holds", "fails", "perhaps misread", "cannot tell"]
    reason: str | None = None
    told: tuple[Told, ...]


def across(records: Iterable[AnyRecord]) -> Iterator[Agreement]:
    """Every result that more than one paper tells, in the order of trials and endpoints."""
    kept = [record for record in records if answer(record) is not None]
    trials = Trials(kept)
    groups: dict[tuple[str, Key], list[AnyRecord]] = {}
    for record in kept:
        trial = trials.id_of(record)
        if trial is not None and (record.arm is not None or getattr(record, "factor", None) is not None):
            groups.setdefault((trial, _question(record)), []).append(record)
    several = {key: told for key, told in groups.items() if len({record.doc for record in told}) > 1}
    agreed = {record.id for told in several.values() if _all_agree(told) for record in told}
    for (trial, _), told in sorted(several.items(), key=_order):
        yield _agreement(trial, told, records_beside=_beside(kept, agreed))


def _order(item: tuple[tuple[str, Key], list[AnyRecord]]) -> tuple[str, list[tuple[str, int, str]]]:
    (trial, _), told = item
    return trial, sorted((record.endpoint, record.start or 0, record.id) for record in told)


def _question(record: AnyRecord) -> Key:
    """What must be the same for two papers to speak of one result; arms and populations by what they are, not by how they are written."""
    slots = (*_EXACT, *(_MEASURED if isinstance(record, Measurement) else _COMPARED))
    said = [getattr(record, slot) for slot in slots]
    arms = [None if name is None else arm_of(name) for name in (record.arm, getattr(record, "comparator", None))]
    words = [None if text is None else phrase(text).words for text in (record.population, getattr(record, "factor", None))]
    return (*said, *arms, *words)


def _all_agree(told: Sequence[AnyRecord]) -> bool:
    return all(_meet(one, other) for one, other in combinations(told, 2))


def _meet(one: AnyRecord, other: AnyRecord) -> bool:
    first, second = answer(one), answer(other)
    return first is not None and second is not None and first.range.meets(second.range)


def _beside(records: Sequence[AnyRecord], agreed: set[str]) -> Mapping[str, frozenset[str]]:
    """For each statement's result the agreed records in it."""
    found: dict[str, set[str]] = {}
    for record in records:
        if record.result is not None and record.id in agreed:
            found.setdefault(record.result, set()).add(record.id)
    return {result: frozenset(ids) for result, ids in found.items()}


def _agreement(trial: str, told: Sequence[AnyRecord], records_beside: Mapping[str, frozenset[str]]) -> Agreement:
    ordered = sorted(told, key=lambda record: (record.doc, record.start or 0, record.id))
    verdict, reason = _judged(ordered, records_beside)
    return Agreement(trial=trial, about=_about(ordered[0]), verdict=verdict, reason=reason, told=tuple(_told(record) for record in ordered))


def _judged(
    told: Sequence[AnyRecord], beside: Mapping[str, frozenset[str]]
) -> tuple[Literal["holds", "fails", "perhaps misread", "cannot tell"], str | None]:
    pairs = [(one, other) for one, other in combinations(told, 2) if one.doc != other.doc]
    apart = [pair for pair in pairs if not _meet(*pair) and not _said_otherwise(*pair)]
    if not apart:
        return "holds", None
    if any(_meet(*pair) for pair in pairs) or any(not _meet(one, other) for one, other in combinations(told, 2) if one.doc == other.doc):
        return "cannot tell", "a paper tells several figures"
    sure = SURE_BESIDE if all(record.result in beside for pair in apart for record in pair) else SURE
    least = min(record.confidence if record.confidence is not None else 1.0 for pair in apart for record in pair)
    if least < shipped().least(sure):
        return "perhaps misread", f"read with a confidence of {least:.2f}"
    return "fails", None


def _said_otherwise(one: AnyRecord, other: AnyRecord) -> bool:
    """Whether two records name different criteria or models: then they are two results."""
    return any(None not in (pair := (getattr(one, s, None), getattr(other, s, None))) and pair[0] != pair[1] for s in _MAY_BE_UNSAID)


def _about(record: AnyRecord) -> dict[str, str]:
    slots = ("endpoint", "statistic", "measure", "arm", "comparator", "factor", "population", "timepoint", "event", "grade", "unit")
    return {slot: str(said) for slot in slots if (said := getattr(record, slot, None)) is not None}


def _told(record: AnyRecord) -> Told:
    number: Any = answer(record)
    return Told(doc=record.doc, record=record.id, printed=number.text, confidence=record.confidence, evidence=record.evidence[0])
