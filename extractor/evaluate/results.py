"""The scores of a run as one published value, and what changed between two runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict, Field
from typing_extensions import Self

from extractor.evaluate.arm_errors import Wrong, arm_errors
from extractor.evaluate.bootstrap import Bounds, over_documents, over_facts, tallies
from extractor.evaluate.counts import BREAKDOWNS, Accuracy, Counts, Level, counted, group, sliced, slot_accuracy
from extractor.evaluate.matching import Judged, Verdict, judge
from extractor.evaluate.mentions import LABELS, JudgedMention, MentionVerdict, counted_mentions, judge_mentions, norm_accuracy
from extractor.evaluate.reading import Annotations, Entry
from extractor.records import EntityMention, Frozen, fact_key

RESAMPLES = 2000
SEED = 20240501


class Score(Frozen):
    """Counts with their rates; a rate is 0 to 1, or null where there was nothing to score."""

    found: int
    gold: int
    correct: int
    predicted: int
    precision: float | None
    recall: float | None
    f1: float | None

    @classmethod
    def of(cls, counts: Counts) -> Self:
        """The rates of counts, written out."""
        return cls(
            found=counts.found,
            gold=counts.gold,
            correct=counts.correct,
            predicted=counts.predicted,
            precision=counts.precision,
            recall=counts.recall,
            f1=counts.f1,
        )


class SlotScore(Frozen):
    """How often a slot agrees over pairs of one core, and over those of them in which either side fills it."""

    agreeing: int
    pairs: int
    accuracy: float | None
    agreeing_stated: int
    stated: int
    accuracy_stated: float | None

    @classmethod
    def of(cls, found: Accuracy) -> Self:
        """The rates of counts, written out."""
        return cls(
            agreeing=found.agreeing,
            pairs=found.pairs,
            accuracy=found.accuracy,
            agreeing_stated=found.agreeing_stated,
            stated=found.stated,
            accuracy_stated=found.accuracy_stated,
        )


class Levels(Frozen):
    """A score at each level of agreement."""

    core: Score
    key: Score
    full: Score

    def at(self, level: Level) -> Score:
        """The score at one level."""
        return {Level.CORE: self.core, Level.KEY: self.key, Level.FULL: self.full}[level]


class Interval(Frozen):
    """A 95 % bootstrap interval of F1 at each level; null where too little was drawn from."""

    core: Bounds | None
    key: Bounds | None
    full: Bounds | None

    @classmethod
    def of(cls, bounds: Mapping[Level, Bounds | None]) -> Self:
        """The intervals by level."""
        return cls(core=bounds[Level.CORE], key=bounds[Level.KEY], full=bounds[Level.FULL])


class Intervals(Frozen):
    """How far F1 would move had other documents or other facts been drawn, and how that was drawn."""

    resamples: int
    seed: int
    documents: Interval
    facts: Interval

    @classmethod
    def of(cls, judged: Iterable[tuple[str, Verdict]], documents: Collection[str], *, resamples: int, seed: int) -> Self:
        """The intervals of verdicts, each given with its document."""
        tally = tallies(judged, documents)
        return cls(
            resamples=resamples,
            seed=seed,
            documents=Interval.of(over_documents(tally, resamples=resamples, seed=seed)),
            facts=Interval.of(over_facts(tally, resamples=resamples, seed=seed)),
        )


class MentionScore(Frozen):
    """How well the mentions of a label were found, and whether the norm of those found exactly is right.

    In `intervals`, `full` is of the strict F1 and `core` of that by overlap; its "facts" are mentions.
    """

    strict: Score
    overlap: Score
    norm: SlotScore
    intervals: Intervals | None = None


class FactVerdicts(Frozen):
    """The five lists: every distinct scored fact of both sides stands in one of them, by document and place."""

    full: tuple[Judged, ...] = ()
    key: tuple[Judged, ...] = ()
    core: tuple[Judged, ...] = ()
    missed: tuple[Judged, ...] = ()
    spurious: tuple[Judged, ...] = ()

    @classmethod
    def of(cls, judged: Sequence[Judged]) -> Self:
        """Verdicts put into their lists."""
        return cls(**{verdict.value: tuple(one for one in judged if one.verdict is verdict) for verdict in Verdict})

    def all(self) -> tuple[Judged, ...]:
        """Every verdict, list after list."""
        return (*self.full, *self.key, *self.core, *self.missed, *self.spurious)


class Result(Frozen):
    """All that one evaluation says. Written as JSON it is the same bytes for the same facts, whatever their order.

    Attributes:
        documents: the documents scored for facts.
        facts: overall scores.
        intervals: of the F1 in `facts`.
        group_intervals: of the F1 of each class in the breakdown by group, over the documents that have facts of it.
        slots: each slot over pairs of one core.
        arm_errors: pairs of one core whose arm is wrong, by what was read for what.
        breakdowns: by `group`, `endpoint`, `section`, `provenance` and `document`, then by class. The gold fact says where recall is counted, the
            predicted fact where precision is.
        verdicts: the five lists.
        mention_documents: the documents scored for mentions.
        mentions: by label, and `all`; null when mentions were not scored.
        mention_verdicts: every mention that was not found exactly, or is spurious.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    documents: tuple[str, ...]
    facts: Levels
    intervals: Intervals
    group_intervals: dict[str, Intervals] = Field(default_factory=dict)
    slots: dict[str, SlotScore]
    arm_errors: dict[str, Wrong] = Field(default_factory=dict)
    breakdowns: dict[str, dict[str, Levels]]
    verdicts: FactVerdicts
    mention_documents: tuple[str, ...] = ()
    mentions: dict[str, MentionScore] | None = None
    mention_verdicts: tuple[JudgedMention, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values for JSON, in a fixed order; `Result.model_validate` reads them back."""
        return self.model_dump(mode="json")

    def totals(self) -> Result:
        """The scores alone, those of each slot over all documents included: no fact or mention listed and no document told apart.

        What may be shown of held-out papers.
        """
        kept = {name: classes for name, classes in self.breakdowns.items() if name == "group"}
        return self.model_copy(update={"verdicts": FactVerdicts(), "mention_verdicts": (), "breakdowns": kept})


def _levels(counts: Callable[[Level], Counts]) -> Levels:
    return Levels(core=Score.of(counts(Level.CORE)), key=Score.of(counts(Level.KEY)), full=Score.of(counts(Level.FULL)))


def _breakdown(judged: Sequence[Judged], by: Callable[[Entry], str]) -> dict[str, Levels]:
    at = {level: sliced(judged, level, by=by) for level in Level}
    return {name: Levels.model_validate({level.value: Score.of(at[level][name]) for level in Level}) for name in at[Level.CORE]}


# A mention found exactly reaches every level, one found by overlap the lowest alone.
_AS_VERDICT = {
    MentionVerdict.EXACT: Verdict.FULL,
    MentionVerdict.OVERLAP: Verdict.CORE,
    MentionVerdict.MISSED: Verdict.MISSED,
    MentionVerdict.SPURIOUS: Verdict.SPURIOUS,
}


def _mention_scores(judged: Sequence[JudgedMention], documents: Collection[str], *, resamples: int, seed: int) -> dict[str, MentionScore]:
    found: dict[str, MentionScore] = {}
    for label in (*LABELS, "all"):
        here = [one for one in judged if label in (one.shown.label, "all")]
        found[label] = MentionScore(
            strict=Score.of(counted_mentions(here, overlap=False)),
            overlap=Score.of(counted_mentions(here, overlap=True)),
            norm=SlotScore.of(norm_accuracy(here)),
            intervals=Intervals.of(((one.shown.doc, _AS_VERDICT[one.verdict]) for one in here), documents, resamples=resamples, seed=seed),
        )
    return found


def _scope(named: Iterable[Collection[str] | None], seen: Iterable[str]) -> frozenset[str]:
    """The documents to score: those in which a side says it was annotated, else those of which either says something."""
    for documents in named:
        if documents is not None:
            return frozenset(documents)
    return frozenset(seen)


def _judged_mentions(gold: Annotations, predicted: Annotations) -> tuple[frozenset[str], tuple[JudgedMention, ...]]:
    seen = {mention.doc for mention in (*gold.mentions, *predicted.mentions)}
    scope = _scope((gold.mention_documents, predicted.mention_documents), seen)

    def within(mentions: Iterable[EntityMention]) -> list[EntityMention]:
        return [mention for mention in mentions if mention.doc in scope]

    return scope, judge_mentions(within(gold.mentions), within(predicted.mentions))


def _verdicts(judged: Iterable[Judged]) -> Iterable[tuple[str, Verdict]]:
    return ((one.doc, one.verdict) for one in judged)


def score(gold: Annotations, predicted: Annotations, *, resamples: int = RESAMPLES, seed: int = SEED) -> Result:
    """Score predicted facts and mentions against gold as the guideline says.

    What is predicted for a document that gold does not name in `documents` is not scored. Where neither side names documents, all that either speaks
    of are scored: then the sides may change places, and every F1 stays.

    Args:
        gold: what should be found.
        predicted: what was found.
        resamples: how often the bootstrap draws; with 0 there are no intervals.
        seed: what it draws from.
    """
    scope = _scope((gold.documents, predicted.documents), {entry.fact.doc for entry in (*gold.facts, *predicted.facts)})
    judged = judge(*([entry for entry in side.facts if entry.fact.doc in scope] for side in (gold, predicted)))
    groups = {name: [one for one in judged if group(one.shown) == name] for name in sorted({group(one.shown) for one in judged})}
    mention_scope, mentions = _judged_mentions(gold, predicted)
    return Result(
        documents=tuple(sorted(scope)),
        facts=_levels(lambda level: counted(judged, level)),
        intervals=Intervals.of(_verdicts(judged), scope, resamples=resamples, seed=seed),
        group_intervals={
            name: Intervals.of(_verdicts(here), {one.doc for one in here}, resamples=resamples, seed=seed) for name, here in groups.items()
        },
        slots={name: SlotScore.of(found) for name, found in slot_accuracy(judged).items()},
        arm_errors=arm_errors(judged),
        breakdowns={name: _breakdown(judged, by) for name, by in BREAKDOWNS.items()},
        verdicts=FactVerdicts.of(judged),
        mention_documents=tuple(sorted(mention_scope)),
        mentions=_mention_scores(mentions, mention_scope, resamples=resamples, seed=seed) if mention_scope else None,
        mention_verdicts=tuple(one for one in mentions if one.verdict.value != "exact"),
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new run finds that an old one did not, and the other way round, at one level of agreement.

    Attributes:
        gained: gold facts found now and not before.
        lost: gold facts found before and not now.
        new_spurious: predicted facts that answer no gold fact, and were not predicted so before.
        gone_spurious: the other way round.
        gold_added: gold facts that the old run did not know; they are neither gained nor lost.
        gold_removed: gold facts that the new run does not know.
    """

    gained: tuple[Entry, ...]
    lost: tuple[Entry, ...]
    new_spurious: tuple[Entry, ...]
    gone_spurious: tuple[Entry, ...]
    gold_added: int
    gold_removed: int


def _identity(entry: Entry) -> tuple[str, str]:
    return entry.fact.doc, fact_key(entry.fact.model_dump(mode="json"))


def _gold(result: Result) -> dict[tuple[str, str], Judged]:
    return {_identity(one.gold): one for one in result.verdicts.all() if one.gold is not None}


def _spurious(result: Result) -> dict[tuple[str, str], Entry]:
    return {_identity(one.shown): one.shown for one in result.verdicts.spurious}


def _beyond(one: Mapping[tuple[str, str], Entry], other: Mapping[tuple[str, str], Entry]) -> tuple[Entry, ...]:
    return tuple(one[name] for name in sorted(one.keys() - other.keys()))


def compare(old: Result | Mapping[str, Any], new: Result, *, level: Level = Level.KEY) -> Changes:
    """Facts gained and lost since an old result, which may be given as its JSON.

    Raises:
        ValidationError: when the JSON is no result.
    """
    before = _gold(old if isinstance(old, Result) else Result.model_validate(old))
    spurious_before = _spurious(old if isinstance(old, Result) else Result.model_validate(old))
    after, spurious_after = _gold(new), _spurious(new)
    known = before.keys() & after.keys()
    found_before = {name: before[name].shown for name in known if level.reached(before[name].verdict)}
    found_after = {name: after[name].shown for name in known if level.reached(after[name].verdict)}
    return Changes(
        gained=_beyond(found_after, found_before),
        lost=_beyond(found_before, found_after),
        new_spurious=_beyond(spurious_after, spurious_before),
        gone_spurious=_beyond(spurious_before, spurious_after),
        gold_added=len(after.keys() - before.keys()),
        gold_removed=len(before.keys() - after.keys()),
    )
