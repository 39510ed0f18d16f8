"""How sure a record is: the probability that its core and its key are right, from what was known when it was read.

The probability is a logistic regression over plain facts about the record (`features`): the rule that read it, where, of what kind, where its arm
came from, what else the statement and the paper say of it. Its weights stand in `confidence.json`, made by `models/build_confidence.py` from papers
with gold.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from extractor.records import Comparison, Measurement, PaperKind, Unattached

AnyRecord = Measurement | Comparison
ARM_UNKNOWN = "the sentence does not say which arm"
"""Why a value was left over: with many of these, the paper's arms were not understood."""

DIGITS = 2
"""A confidence is given with so many decimals: more would claim more than a few thousand records can tell."""

_KINDS: Mapping[str, str] = {
    **dict.fromkeys("OS PFS TTP DFS RFS EFS DOR TTR TTF CSS".split(), "time to event"),
    **dict.fromkeys("ORR CR PR SD PD DCR CBR PCR BEST_RESPONSE".split(), "response"),
    **dict.fromkeys("AFP PIVKA_II CEA PSA CA19_9 BIOMARKER TUMOR_SIZE LYMPH_NODE_SIZE".split(), "marker or size"),
    **dict.fromkeys("DISCONTINUATION DOSE_REDUCTION DEATH TREATMENT_DEATH DURATION".split(), "other safety"),
}


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of the features by name, and what is added to them.

    `ranks` are the confidences below which none, a hundredth, two hundredths ... and all of the records of papers that nobody looked at lie.
    """

    intercept: float
    weights: Mapping[str, float]
    ranks: Sequence[float] = ()

    def probability(self, found: Iterable[str]) -> float:
        """The probability of a record with these features."""
        total = self.intercept + math.fsum(self.weights.get(name, 0.0) for name in found)
        return (1 + math.tanh(total / 2)) / 2

    def least(self, percent: int) -> float:
        """The confidence that all but so many of a hundred records reach: what is said of it means the same when the weights are learned anew."""
        return self.ranks[percent]


@cache
def shipped() -> Model:
    """The weights that come with the package."""
    return read_model(files("extractor").joinpath("confidence.json").read_text(encoding="utf-8"))


def read_model(text: str) -> Model:
    """A model as it is written: JSON, the ranks in one string."""
    read = json.loads(text)
    return Model(read["intercept"], read["weights"], tuple(map(float, read["ranks"].split())))


def rated(records: Sequence[AnyRecord], unattached: Sequence[Unattached], kind: PaperKind, model: Model | None = None) -> tuple[AnyRecord, ...]:
    """The records of a paper, each with its confidence."""
    use = model or shipped()
    told = features(records, unattached, kind)
    return tuple(one.model_copy(update={"confidence": round(use.probability(found), DIGITS)}) for one, found in zip(records, told, strict=True))


def features(records: Sequence[AnyRecord], unattached: Sequence[Unattached], kind: PaperKind) -> list[frozenset[str]]:
    """What is known of each record of a paper, as names that hold of it."""
    paper = _Paper(records, unattached, kind)
    return [frozenset((*_reading(record), *_slots(record), *paper.around(record))) for record in records]


def _reading(record: AnyRecord) -> Iterator[str]:
    """Where a record was read, and by which rule."""
    how, _, arm = record.pattern.partition("/")
    kind = _KINDS.get(record.endpoint, record.endpoint)
    yield f"{record.pattern} for {kind}"
    yield f"{how} for {kind} as {record.statistic}"
    if record.section != "table":
        yield f"rule: {record.pattern}"
        yield f"endpoint by: {how}" if arm else f"rule alone: {how}"
        yield f"arm by: {arm or how}"
        yield f"section: {record.section}"
        yield f"prose of {record.source.format}"
        yield f"kind: {record.kind}"
    yield f"told in {min(len(record.evidence), 3)} places"


def _slots(record: AnyRecord) -> Iterator[str]:
    """What a record says, and which of it stands in its statement."""
    kind = _KINDS.get(record.endpoint, record.endpoint)
    place = "table" if record.section == "table" else "prose"
    yield f"endpoint: {record.endpoint}"
    yield f"{kind} in {place}"
    yield f"endpoint {'named' if 'endpoint' in record.spans or 'event' in record.spans else 'carried'}"
    yield f"statistic: {record.statistic}"
    yield f"provenance: {record.provenance}"
    yield f"study: {'this' if record.study == 'this study' else _said(record, 'study')}"
    yield f"population: {_said(record, 'population')} in {place}"
    yield f"arm {_from(record, 'arm')} in {place}"
    if record.population is not None and len(record.population.split()) > 6:
        yield "population of many words"
    for name in ("timepoint", "ci", "grade", "criterion"):
        if getattr(record, name) is not None:
            yield f"has {name}"
    yield from _measured(record) if isinstance(record, Measurement) else _compared(record)


def _said(record: AnyRecord, name: Literal["study", "population"]) -> str:
    return "none" if getattr(record, name) is None else "named" if name in record.spans else "carried"


def _from(record: AnyRecord, name: Literal["arm", "comparator"]) -> str:
    said = record.arm if name == "arm" else record.comparator if isinstance(record, Comparison) else None
    return "none" if said is None else "all" if said == "all" else "named" if name in record.spans else "carried"


def _measured(record: Measurement) -> Iterator[str]:
    yield f"unit: {record.unit}"
    if record.op is not None:
        yield "bound"
    printed = record.value_text or ""
    if record.unit is not None and not any(c.isalpha() or c == "%" for c in printed):
        yield "unit not printed at the value"
    whole = record.N if record.N is not None else record.arm_n
    if record.n is not None:
        yield "has n"
    if record.unit == "percent" and record.n is not None and whole and record.value is not None:
        yield "share holds" if abs(100 * record.n / whole - float(record.value)) < 1 else "share does not hold"
    if record.endpoint == "AE" and record.event is not None:
        words = len(record.event.split())
        yield "event: any" if record.event.startswith("any") else f"event of {min(words, 5)} words"


def _compared(record: Comparison) -> Iterator[str]:
    yield f"measure: {record.measure}"
    yield f"comparator {_from(record, 'comparator')}"
    yield "factor" if record.factor is not None else "no factor"
    yield f"p {'none' if record.p is None else 'beside an estimate' if record.estimate is not None else 'alone'}"


Place = tuple[int, int]


class _Paper:
    """What the statements around a record say of it."""

    def __init__(self, records: Sequence[AnyRecord], unattached: Sequence[Unattached], kind: PaperKind) -> None:
        """Count what the paper holds."""
        self._kind = kind
        self._in_place: Counter[Place] = Counter(_place(record) for record in records)
        self._left: Counter[Place] = Counter((left.sentence_start, left.sentence_end) for left in unattached)
        self._arms: Counter[str | None] = Counter(record.arm for record in records if record.provenance == "own")
        self._own = sum(self._arms.values())
        named: dict[Place, set[str]] = {}
        for record in records:
            if record.arm is not None:
                named.setdefault(_place(record), set()).add(record.arm)
        self._named = named
        self._same: Counter[tuple[object, ...]] = Counter(_value(record) for record in records)
        self._rivals: Counter[tuple[object, ...]] = Counter(_question(record) for record in records)
        unknown = sum(left.reason == ARM_UNKNOWN for left in unattached)
        self._about = (
            f"arms left unknown in the paper: {_part(unknown, len(records))}",
            f"left over in the paper: {_part(len(unattached), len(records))}",
            f"own arms of the paper: {min(len(self._arms.keys() - {None, 'all'}), 5)}",
        )

    def around(self, record: AnyRecord) -> Iterator[str]:
        """What the statement and the paper say beside the record."""
        place = _place(record)
        where = "table" if record.section == "table" else "prose"
        yield f"paper: {self._kind}, {record.provenance}"
        yield from (f"{said}, {where}" for said in self._about)
        if where == "prose":
            yield f"records in the statement: {_few(self._in_place[place])}"
            yield f"left over in the statement: {_few(self._left[place])}"
            yield f"arms in the statement: {_few(len(self._named.get(place, ())))}"
            yield f"statement of {_long(place[1] - place[0])} characters"
        share = self._arms[record.arm] / self._own if self._own else 0
        if record.provenance == "own" and record.arm not in (None, "all"):
            yield f"arm of {'many' if share >= 0.25 else 'some' if share >= 0.05 else 'few'} own records"
        if self._same[_value(record)] > 1:
            yield f"value told otherwise too, in {where}"
        if self._rivals[_question(record)] > 1:
            yield f"answered otherwise too, in {where}"


def _place(record: AnyRecord) -> Place:
    return record.evidence[0].start, record.evidence[0].end


def _value(record: AnyRecord) -> tuple[object, ...]:
    """The number of a record and its endpoint: told once more, another arm, population or study was read for it."""
    if isinstance(record, Measurement):
        return (record.endpoint, record.event, record.value, record.unit, record.category)
    return (record.endpoint, record.event, record.measure, record.estimate, None if record.p is None else (record.p.op, record.p.value))


def _question(record: AnyRecord) -> tuple[object, ...]:
    """What a record answers: with two answers one may be wrong."""
    said = (record.endpoint, record.event, record.grade, record.statistic, record.arm, record.study, record.population, record.timepoint)
    return (*said, record.unit) if isinstance(record, Measurement) else (*said, record.comparator, record.factor, record.measure)


def _part(some: int, others: int) -> str:
    share = some / (some + others) if some else 0
    return "none" if not some else "less than a tenth" if share < 0.1 else "a tenth to a third" if share < 1 / 3 else "a third or more"


def _few(n: int) -> str:
    return str(n) if n <= 2 else "3 to 4" if n <= 4 else "5 to 8" if n <= 8 else "9 or more"


def _long(n: int) -> str:
    return "less than 100" if n < 100 else "100 to 199" if n < 200 else "200 to 399" if n < 400 else "400 or more"
