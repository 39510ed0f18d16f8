"""Which predicted fact answers which gold fact: one to one within a document, so that the number of agreeing slots is greatest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from extractor.evaluate.equality import NOT_SCORED, core, key_slots, slots, wrong_slots
from extractor.evaluate.reading import Annotations, Entry, entries_of
from extractor.records import Comparison, Frozen, Measurement, fact_key


class Verdict(str, Enum):
    """What became of a fact. A pair has the highest level that it reaches."""

    FULL = "full"
    KEY = "key"
    CORE = "core"
    MISSED = "missed"
    SPURIOUS = "spurious"


class Judged(Frozen):
    """A pair, a gold fact that nothing answers, or a predicted fact that answers nothing.

    Attributes:
        verdict: `full` all slots agree, `key` only slots beside the key are wrong, `core` a key slot is wrong, `missed`, `spurious`.
        gold: None when spurious.
        predicted: None when missed.
        wrong: the slots in which a pair disagrees.
    """

    verdict: Verdict
    gold: Entry | None
    predicted: Entry | None
    wrong: tuple[str, ...] = ()

    @property
    def shown(self) -> Entry:
        """The gold fact where there is one, else the predicted one.

        Raises:
            ValueError: when there is neither.
        """
        entry = self.gold or self.predicted
        if entry is None:
            raise ValueError("a verdict is about a fact")
        return entry

    @property
    def doc(self) -> str:
        """The document that the fact stands in."""
        return self.shown.fact.doc

    @property
    def span(self) -> tuple[int, int] | None:
        """Where to read it: the span of the gold fact, else that of the predicted one; None when neither has offsets."""
        for entry in (self.gold, self.predicted):
            if entry is not None and entry.fact.start is not None and entry.fact.end is not None:
                return entry.fact.start, entry.fact.end
        return None


@dataclass(frozen=True, slots=True)
class _Candidate:
    entry: Entry
    slots: Mapping[str, object]


def _order(entry: Entry) -> tuple[object, ...]:
    """Facts are put in an order of their own, so that the order of lines in a file can decide nothing."""
    fact = entry.fact
    span = (-1, -1) if fact.start is None or fact.end is None else (fact.start, fact.end)
    return (fact.doc, fact.start is None, *span, fact_key(fact.model_dump(mode="json")), entry.place)


def _merged(entries: Iterable[Entry]) -> list[_Candidate]:
    """The distinct scored facts of one side in a fixed order; of duplicates the one that stands first in the text."""
    scored = (entry for entry in entries if entry.fact.endpoint not in NOT_SCORED)
    found: dict[tuple[object, ...], _Candidate] = {}
    for entry in sorted(scored, key=_order):
        candidate = _Candidate(entry, slots(entry.fact))
        found.setdefault((entry.fact.doc, *candidate.slots.items()), candidate)
    return list(found.values())


def merge(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The distinct facts that are scored: duplicates (the same slots after normalization, wherever they stand) and unscored endpoints dropped."""
    return tuple(candidate.entry for candidate in _merged(entries))


def _verdict(gold: _Candidate, wrong: tuple[str, ...]) -> Verdict:
    if not wrong:
        return Verdict.FULL
    return Verdict.CORE if set(wrong) & set(key_slots(gold.slots)) else Verdict.KEY


def _weight(gold: _Candidate, wrong: tuple[str, ...], base: int) -> int:
    """Agreeing slots first; among assignments with equally many, more key and then more full agreements.

    The guideline leaves such ties open. Settled so, every count that is reported is the same whichever way the two sides are given. `base` is more
    than the number of pairs, so that what comes second never outweighs what comes first.
    """
    verdict = _verdict(gold, wrong)
    reached = (verdict is not Verdict.CORE) * base + (verdict is Verdict.FULL)
    return (len(gold.slots) - len(wrong)) * base**2 + reached


def _assigned(gold: Sequence[_Candidate], predicted: Sequence[_Candidate]) -> Iterator[Judged]:
    """The verdicts on facts of one document that share their core.

    To share a core is an equivalence, so the optimum over a document is made of the optimum within each core. Any pair in a core agrees in some slot,
    so as many pairs as possible are made.
    """
    wrong = [[wrong_slots(one.slots, other.slots) for other in predicted] for one in gold]
    base = min(len(gold), len(predicted)) + 1
    weights = [[_weight(one, slips, base) for slips in row] for one, row in zip(gold, wrong, strict=True)]
    rows, columns = linear_sum_assignment(np.array(weights, dtype=float).reshape(len(gold), len(predicted)), maximize=True)
    for i, j in zip(rows, columns, strict=True):
        yield Judged(verdict=_verdict(gold[i], wrong[i][j]), gold=gold[i].entry, predicted=predicted[j].entry, wrong=wrong[i][j])
    for i in sorted(set(range(len(gold))) - set(rows)):
        yield Judged(verdict=Verdict.MISSED, gold=gold[i].entry, predicted=None)
    for j in sorted(set(range(len(predicted))) - set(columns)):
        yield Judged(verdict=Verdict.SPURIOUS, gold=None, predicted=predicted[j].entry)


def judge(gold: Iterable[Entry], predicted: Iterable[Entry]) -> tuple[Judged, ...]:
    """Every distinct scored fact of both sides in exactly one verdict, by document and place.

    Facts pair within a document among those of the same core, one to one, by an optimal assignment on the number of agreeing slots. That one
    assignment serves core, key and full agreement alike: a pair that agrees in the key may be given up for more agreeing slots elsewhere.
    """
    cores: dict[tuple[object, ...], tuple[list[_Candidate], list[_Candidate]]] = {}
    for side, entries in enumerate((gold, predicted)):
        for candidate in _merged(entries):
            cores.setdefault((candidate.entry.fact.doc, *core(candidate.slots)), ([], []))[side].append(candidate)
    judged = [verdict for one, other in cores.values() for verdict in _assigned(one, other)]
    return tuple(sorted(judged, key=lambda j: (_order(j.shown), j.gold is None)))


def verdicts_of(gold: Annotations, records: Iterable[Measurement | Comparison]) -> tuple[Verdict | None, ...]:
    """What became of each record: records that tell one fact share its verdict, and one of an endpoint that is not scored has none.

    Args:
        gold: the facts of the documents that the records are of.
        records: in any order.
    """
    entries = entries_of(records)
    judged = judge(gold.facts, entries)
    found = {_same(one.predicted): one.verdict for one in judged if one.predicted is not None}
    return tuple(found.get(_same(entry)) for entry in entries)


def asked(gold: Annotations, predicted: Annotations) -> Annotations:
    """What is predicted without what tells a fact of gold that has no offset: where those are not asked for, it is neither right nor wrong.

    A fact of a table may have no offset although a plain text holds that table, its cells run together.
    """
    beside = {
        _same(one.predicted)
        for one in judge(gold.facts, predicted.facts)
        if one.predicted is not None and one.gold is not None and one.gold.fact.start is None
    }
    return replace(predicted, facts=tuple(entry for entry in predicted.facts if _same(entry) not in beside))


def _same(entry: Entry) -> tuple[object, ...]:
    return (entry.fact.doc, *slots(entry.fact).items())
