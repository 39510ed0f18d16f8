"""Two arms set against each other: estimates with their standard errors, and counts of both arms. What meta-analysis reads."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from extractor.export.forms import AnyRecord, Told, printed_at
from extractor.records import Comparison, Component, Measurement

_RATIOS = ("HR", "OR", "RR")
_CONTROLS = frozenset({"placebo", "supportive_care"})
_CONTROL_NAMES = ("control", "placebo", "observation", "no treatment", "best supportive care")

Oriented = Literal["comparison", "control", "order"]


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate where it is normal: the logarithm of a ratio, a difference as it is. `level` is that of its interval, in percent."""

    estimate: float
    error: float
    level: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """One row of a meta-analysis: an effect, the outcomes of both arms, or both.

    Attributes:
        record: the comparison, else the measurement of the first arm: what the row is about.
        arm: under test.
        comparator: what it is set against; None where the contrast is of a factor.
        effect: where an estimate is printed with its interval.
        pair: the measurements of arm and comparator.
        oriented: how it is known which arm is under test: a comparison says so, one is a control, or it is printed first.
    """

    record: AnyRecord
    arm: str | None
    comparator: str | None
    effect: Effect | None = None
    pair: tuple[Measurement, Measurement] | None = None
    oriented: Oriented = "comparison"


def effect_of(record: Comparison) -> Effect | str:
    """The effect of a comparison, or why there is none.

    The standard error is the width of the interval over twice the normal quantile of its level: 3.92 for 95 %, as intervals of Cox models are made.
    """
    estimate, ci = record.estimate, record.ci
    if estimate is None:
        return "a p-value without an estimate"
    if record.measure not in (*_RATIOS, "difference"):
        return "an estimate that is no ratio and no difference" if record.measure else "an estimate whose measure is not told"
    if ci is None:
        return "no interval, so no standard error"
    low, high = ci
    if low is None or high is None:
        return "an interval with an open end"
    level = 95 if record.ci_level is None else record.ci_level
    if not 50 <= level <= 99.9999:
        return "a level that no interval has"
    if not low <= estimate <= high or low == high:
        return "an estimate that is not inside its interval"
    if record.measure in _RATIOS:
        if low <= 0:
            return "a ratio whose logarithm is not a number"
        estimate, low, high = math.log(estimate), math.log(low), math.log(high)
    error = (high - low) / (2 * NormalDist().inv_cdf(0.5 + level / 200))
    if not 0 < error < math.inf:
        return "an interval without a width"
    return Effect(float(estimate), error, level)


def events_of(record: Measurement) -> tuple[int, int] | str:
    """Events and patients of an arm as printed, or why there are none. Neither is computed from a percentage, nor taken from the arm's size."""
    if record.statistic not in ("rate", "count"):
        return f"a {record.statistic or 'value'} in one arm, no count"
    events = record.n
    if events is None and record.statistic == "count" and record.op is None and record.unit == "patient" and isinstance(record.value, int):
        events = record.value
    if events is None:
        return "a share without the count behind it"
    if record.N is None:
        return "a count without its number of patients"
    if not 0 <= events <= record.N or record.N == 0:
        return "more events than patients"
    return events, record.N


def moments_of(record: Measurement) -> tuple[float, float, int] | None:
    """Mean, standard deviation and patients of an arm where all are printed."""
    spread = record.spread
    if record.statistic != "mean" or record.value is None or record.N is None or spread is None or spread.kind != "sd" or spread.value is None:
        return None
    return record.value, spread.value, record.N


def contrasts(records: Sequence[AnyRecord], told: Told, *, means: bool = False) -> Iterator[Contrast]:
    """The contrasts of one document, in the order of its records; what gives none is counted in `told`.

    Args:
        records: of one document.
        told: counts what is carried and what is left.
        means: whether means with their standard deviations are set against each other too.
    """
    pairs, left = _pairs(records, means=means)
    for record in records:
        if isinstance(record, Comparison):
            effect = effect_of(record)
            pair = pairs.pop(_about(record, record.arm, record.comparator), None)
            if isinstance(effect, str) and pair is None:
                told.left[effect] += 1
                continue
            told.carried += 1 + (2 if pair else 0)
            yield Contrast(record, record.arm, record.comparator, None if isinstance(effect, str) else effect, pair)
    for one, other in pairs.values():
        told.carried += 2
        first, second, oriented = _oriented(one, other)
        yield Contrast(first, first.arm, second.arm, pair=(first, second), oriented=oriented)
    told.left.update(left)


_Key = tuple[object, ...]


def _about(record: AnyRecord, arm: str | None, comparator: str | None) -> _Key:
    """What a contrast is about, and between which arms in whichever order."""
    return (*_slots(record), frozenset({arm, comparator}))


def _slots(record: AnyRecord) -> _Key:
    return (
        record.result, record.study, record.provenance, record.population, record.endpoint, record.timepoint, record.criterion, record.event,
        record.grade,
    )  # fmt: skip


def _pairs(records: Iterable[AnyRecord], *, means: bool) -> tuple[dict[_Key, tuple[Measurement, Measurement]], list[str]]:
    """The outcomes of two arms that one result reports, by what they are about and between which arms; why the others are none."""
    left: list[str] = []
    groups: dict[_Key, list[Measurement]] = defaultdict(list)
    oriented: dict[_Key, tuple[str | None, str | None]] = {}
    for record in records:
        if isinstance(record, Comparison):
            oriented.setdefault(_about(record, record.arm, record.comparator), (record.arm, record.comparator))
            continue
        counted = events_of(record)
        moments = moments_of(record) if means else None
        if isinstance(counted, str) and moments is None:
            left.append(counted)
        elif record.arm in (None, "all") or record.result is None:
            left.append("an arm that is not told apart from others")
        else:
            groups[(*_slots(record), moments is not None)].append(record)
    pairs: dict[_Key, tuple[Measurement, Measurement]] = {}
    for unordered in groups.values():
        group = sorted(unordered, key=printed_at)
        arms = [one.arm for one in group]
        if len(set(arms)) != 2 or len(group) != 2:
            reason = "no second arm in its result" if len(set(arms)) < 2 else "more than two arms or counts in its result: no pair is told"
            left += [reason] * len(group)
            continue
        about = _about(group[0], *arms)
        if about in pairs:  # counts and means of the same arms: the counts, which came first, are set against each other
            left += ["more than two arms or counts in its result: no pair is told"] * 2
            continue
        one, other = group if oriented.get(about, arms)[0] == arms[0] else reversed(group)
        pairs[about] = (one, other)
    return pairs, left


def _oriented(one: Measurement, other: Measurement) -> tuple[Measurement, Measurement, Oriented]:
    """The arm under test first. A placebo is none; between two treatments it is the one that is printed first."""
    controls = _control(one), _control(other)
    if controls[0] != controls[1]:
        return (other, one, "control") if controls[0] else (one, other, "control")
    return one, other, "order"


def _control(record: Measurement) -> bool:
    parts: tuple[Component, ...] = record.arm_components
    return (bool(parts) and all(part.kind in _CONTROLS for part in parts)) or (record.arm or "").casefold() in _CONTROL_NAMES
