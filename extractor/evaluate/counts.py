"""Counts and the rates that follow from them. Counts add, rates do not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from extractor.evaluate.equality import SLOTS, slots
from extractor.evaluate.matching import Judged, Verdict
from extractor.evaluate.reading import Annotations, Entry

SAFETY = frozenset({"AE", "DISCONTINUATION", "DOSE_REDUCTION", "DEATH", "TREATMENT_DEATH", "DURATION"})


class Level(str, Enum):
    """How much of a pair has to agree for it to count."""

    CORE = "core"
    KEY = "key"
    FULL = "full"

    def reached(self, verdict: Verdict) -> bool:
        """Whether a verdict counts as found at this level."""
        return verdict in _REACHED[self]


_REACHED: Mapping[Level, frozenset[Verdict]] = {
    Level.CORE: frozenset({Verdict.CORE, Verdict.KEY, Verdict.FULL}),
    Level.KEY: frozenset({Verdict.KEY, Verdict.FULL}),
    Level.FULL: frozenset({Verdict.FULL}),
}


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Counts:
    """Decisions counted from both sides.

    Over whole documents `found == correct`. In a breakdown they may differ: a pair counts as found where its gold fact stands and as correct where
    its predicted fact stands, and these need not be the same section or provenance.

    Attributes:
        found: gold items that were found.
        gold: gold items.
        correct: predicted items that are right.
        predicted: predicted items.
    """

    found: int = 0
    gold: int = 0
    correct: int = 0
    predicted: int = 0

    def __add__(self, other: Counts) -> Counts:
        """The counts of both taken together."""
        return Counts(self.found + other.found, self.gold + other.gold, self.correct + other.correct, self.predicted + other.predicted)

    @property
    def precision(self) -> float | None:
        """The share of predicted items that are right, 0 to 1; None when nothing was predicted."""
        return _rate(self.correct, self.predicted)

    @property
    def recall(self) -> float | None:
        """The share of gold items that were found, 0 to 1; None when there is no gold."""
        return _rate(self.found, self.gold)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, 0 to 1.

        0 when there was something to score and no item was right. None when there was nothing to score, and in a breakdown where one side alone
        falls in the class and was right.
        """
        if not self.gold + self.predicted:
            return None
        if not self.found + self.correct:
            return 0.0
        if self.precision is None or self.recall is None:
            return None
        # 2TP / (gold + predicted) in whole numbers where both sides count alike: exact, and the same for (a, b) and (b, a).
        if self.found == self.correct:
            return 2 * self.found / (self.gold + self.predicted)
        return 2 * self.precision * self.recall / (self.precision + self.recall)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often a slot agrees over pairs that share their core.

    Attributes:
        agreeing: pairs in which it agrees, null with null included.
        pairs: pairs whose kind has the slot.
        agreeing_stated: of the `stated` pairs, those in which it agrees.
        stated: pairs in which either side fills it.
    """

    agreeing: int = 0
    pairs: int = 0
    agreeing_stated: int = 0
    stated: int = 0

    def __add__(self, other: Accuracy) -> Accuracy:
        """The counts of both taken together."""
        return Accuracy(
            self.agreeing + other.agreeing,
            self.pairs + other.pairs,
            self.agreeing_stated + other.agreeing_stated,
            self.stated + other.stated,
        )

    @property
    def accuracy(self) -> float | None:
        """The share of pairs in which the slot agrees; None without pairs."""
        return _rate(self.agreeing, self.pairs)

    @property
    def accuracy_stated(self) -> float | None:
        """The same among pairs in which either side fills the slot."""
        return _rate(self.agreeing_stated, self.stated)


def counted(judged: Iterable[Judged], level: Level) -> Counts:
    """The counts of all verdicts at a level."""
    return sum((counts for counts in sliced(judged, level, by=lambda _: "all").values()), Counts())


def sliced(judged: Iterable[Judged], level: Level, *, by: Callable[[Entry], str]) -> dict[str, Counts]:
    """Counts by a property of the fact, classes in alphabetical order.

    The recall side of a class (`gold`, `found`) is made of the gold facts in it, the precision side (`predicted`, `correct`) of the predicted ones.
    """
    found: dict[str, Counts] = {}
    for one in judged:
        right = int(level.reached(one.verdict))
        if one.gold is not None:
            found[by(one.gold)] = found.get(by(one.gold), Counts()) + Counts(found=right, gold=1)
        if one.predicted is not None:
            found[by(one.predicted)] = found.get(by(one.predicted), Counts()) + Counts(correct=right, predicted=1)
    return dict(sorted(found.items()))


def group(entry: Entry) -> str:
    """`safety` for adverse events, deaths, discontinuation, dose reduction and duration; `efficacy` for every other scored endpoint."""
    return "safety" if entry.fact.endpoint in SAFETY else "efficacy"


def without_safety(annotations: Annotations, documents: Collection[str]) -> Annotations:
    """Without the safety facts of some documents: where gold holds only some rows of a table, neither side of it can be scored."""
    kept = (entry for entry in annotations.facts if entry.fact.doc not in documents or group(entry) != "safety")
    return replace(annotations, facts=tuple(kept))


BREAKDOWNS: Mapping[str, Callable[[Entry], str]] = {
    "group": group,
    "endpoint": lambda entry: entry.fact.endpoint,
    "section": lambda entry: entry.place,
    "provenance": lambda entry: entry.fact.provenance,
    "document": lambda entry: entry.fact.doc,
}


def slot_accuracy(judged: Iterable[Judged]) -> dict[str, Accuracy]:
    """How often each slot agrees, over the pairs that share their core; slots in the order of the guideline."""
    found: dict[str, Accuracy] = {}
    for one in judged:
        if one.gold is None or one.predicted is None:
            continue
        said, answered = slots(one.gold.fact), slots(one.predicted.fact)
        for name in said:
            right, stated = int(name not in one.wrong), int(said[name] is not None or answered[name] is not None)
            found[name] = found.get(name, Accuracy()) + Accuracy(right, 1, right * stated, stated)
    order = dict.fromkeys(name for names in SLOTS.values() for name in names)
    return {name: found[name] for name in order if name in found}
