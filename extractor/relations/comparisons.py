"""Estimates and p-values: which endpoint, which two arms or which factor, and who did better."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import get_args

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind
from extractor.quantities import Interval, PValue
from extractor.records import Direction, Measure, Model
from extractor.relations.attribution import PEOPLE_WITH, in_order, resolve
from extractor.relations.context import arms_in_force
from extractor.relations.factors import factor_before, model_at
from extractor.relations.findings import ArmOf, ComparisonFinding, Leftover, StudyOf, Topic
from extractor.relations.patterns import PROGNOSTIC
from extractor.relations.reading import Reading, Told
from extractor.relations.studies import study_at
from extractor.relations.targets import Series, compatible, opening
from extractor.relations.topics import DIFFERENCE, criterion_of, landmark_of, with_population
from extractor.relations.values import Effect, Kind, Value

MORE_IS_GOOD = frozenset({"OS", "PFS", "TTP", "DFS", "RFS", "EFS", "DOR", "TTF", "CSS", "ORR", "CR", "PR", "DCR", "CBR", "PCR"})
MORE_IS_BAD = frozenset({"AE", "DISCONTINUATION", "DOSE_REDUCTION", "DEATH", "TREATMENT_DEATH", "PD"})


_MODELS: dict[str, Model] = {model: model for model in get_args(Model)}
_NEW_STATEMENT = re.compile(
    r"""
    \.\s[A-Z]
  | ;\s (?! \s? (?: HR | hazard | 95 | p\b | P\b | odds | OR\b | RR\b | stratified | unstratified | adjusted | log ) )
    """,
    re.VERBOSE,
)


def tell_difference(reading: Reading, series: Series) -> Told | None:
    """A difference between two arms, not a value of one ("an improvement in OS and TTP of around 4 months"); None where it is no such series."""
    value = series.values[0]
    match = (
        DIFFERENCE.search(reading.text[: value.span.start])
        if len(series.values) == 1 and value.value is not None and value.kind in (Kind.TIME, Kind.SHARE)
        else None
    )
    endpoints = [e for e in reading.endpoints if match and match.start() <= e.span.start and compatible(value.kind, e.norm)]
    if match is not None and match.group("rest") is None:
        endpoints = [e for e in reading.endpoints if e.span.end <= match.start() and compatible(value.kind, e.norm)][-1:]
    if match is None or not endpoints or value.value is None:
        return None
    study = study_at(reading.context, value.span.start)
    arms = _distinct_arms(reading, study)
    pair = tuple(arms) if len(arms) == 2 else arms_in_force(reading.context, study)
    if len(pair) != 2:
        reading.leftovers.append(Leftover(reading.read, value.span, "a difference without its two arms"))
        return Told(series, (), (), (), 0)
    first, second = in_order(reading, pair[0], pair[1], study)
    for endpoint in {e.norm: e for e in endpoints}.values():
        topic = Topic(endpoint.norm, endpoint.span, None, study)
        reading.findings.append(
            ComparisonFinding(
                reading.read,
                topic,
                first,
                second,
                None,
                None,
                "difference",
                value.value,
                value.span,
                value.interval,
                None,
                None,
                pattern="difference-of-value",
            )
        )
    return Told(series, (), (), (), 0)


def tell_effects(reading: Reading, told: Sequence[Told]) -> None:
    """Add to the reading a finding for each effect estimate, or a leftover with the reason why it became none."""
    for effect in reading.numbers.effects:
        finding = _comparison(reading, told, effect.whole.start, effect, effect.p)
        if finding is None:
            reading.leftovers.append(Leftover(reading.read, effect.span, "no endpoint, or no two arms and no factor, for this estimate"))
        else:
            reading.findings.append(finding)


def tell_p_values(reading: Reading, told: Sequence[Told]) -> None:
    """Add to the reading a finding for each p-value that belongs to no estimate, or a leftover with the reason why it became none."""
    for p in reading.numbers.p_values:
        reading.findings.extend(_p_comparisons(reading, told, p))


def _p_comparisons(reading: Reading, told: Sequence[Told], p: PValue) -> Iterator[ComparisonFinding]:
    """The comparison of a p-value that stands alone; none, and a leftover, where it cannot be told what it is of."""
    owner = _owner(reading, told, p.span.start)
    if owner is not None and len({t.endpoint for t in owner.topics}) > 1:
        reading.leftovers.append(Leftover(reading.read, p.span, "a p-value behind values of several endpoints"))
        return
    finding = _comparison(reading, told, p.span.start, None, p)
    if finding is None:
        reading.leftovers.append(Leftover(reading.read, p.span, "no endpoint, or no two arms and no factor, for this p-value"))
        return
    yield finding


def _owner(reading: Reading, told: Sequence[Told], at: int) -> Told | None:
    """The series that an estimate or p-value belongs to: the last before it, with no other endpoint and no new statement between."""
    before = [t for t in told if t.topics and t.series.span.start < at]
    if before:
        last = before[-1]
        between = [e for e in reading.endpoints if last.series.span.end <= e.span.start < at and e.norm != last.topics[0].endpoint]
        if not between and not _NEW_STATEMENT.search(reading.text[last.series.span.end : at + 12]):
            return last
    return None


def _comparison(reading: Reading, told: Sequence[Told], at: int, effect: Effect | None, p: PValue | None) -> ComparisonFinding | None:
    owner = _owner(reading, told, at)
    own = _endpoint_of_effect(reading, effect) if effect is not None else None
    if own is not None and owner is not None and own.norm not in {t.endpoint for t in owner.topics}:
        owner = None
    study = study_at(reading.context, at)
    topic = _comparison_topic(reading, owner, at, effect, study)
    if topic is None:
        return None
    contrast = _contrast(reading, owner, at, effect, study)
    if contrast is None:
        return None
    arm, comparator, factor, factor_span, pattern, result = contrast
    model = model_at(reading.text, at) or (reading.context.last_model if factor is not None else None)
    estimate = effect.estimate if effect else None
    return ComparisonFinding(
        read=reading.read,
        topic=topic,
        arm=arm,
        comparator=comparator,
        factor=factor,
        factor_span=factor_span,
        measure=effect.measure if effect else None,
        estimate=estimate,
        estimate_span=effect.span if effect else None,
        interval=effect.interval if effect else None,
        p=p,
        model=_as_model(model),
        direction=_direction(topic.endpoint, effect, p, owner, arm),
        result=result,
        pattern=pattern,
    )


def _as_model(name: str | None) -> Model | None:
    return _MODELS.get(name) if name is not None else None


def _comparison_topic(reading: Reading, owner: Told | None, at: int, effect: Effect | None, study: StudyOf) -> Topic | None:
    if owner is not None:
        topic = owner.topics[0]
        if len({p.norm for p in owner.populations if p}) == 1 and all(owner.populations) and owner.populations[0] is not None:
            topic = with_population(reading, topic, owner.populations[0])
        return replace(topic, grade=topic.grade)
    named = (_endpoint_of_effect(reading, effect) if effect is not None else None) or _endpoint_at(reading, at)
    if named is not None:
        value = Value(Kind.SHARE, CharSpan(at, at + 1), CharSpan(at, at + 1), None, None)
        timepoint, span = landmark_of(reading, named, value)
        population = _sole_population(reading, at)
        topic = Topic(named.norm, named.span, None, study, timepoint=timepoint, timepoint_span=span, criterion=criterion_of(reading))
        return with_population(reading, topic, population)
    carried = reading.context.last_endpoint
    if carried is not None and not reading.endpoints and (effect is not None or PROGNOSTIC.search(reading.text)):
        return Topic(carried, None, None, study)
    return None


def _sole_population(reading: Reading, at: int) -> Mention | None:
    if PROGNOSTIC.search(reading.text) or len({p.norm for p in reading.populations}) != 1:
        return None
    return reading.populations[0] if reading.populations[0].span.end <= at else None


_FOR = re.compile(r"[\s)\]]*(?:,\s)?(?:for|in|on)\s(?:the\s|median\s)*", re.IGNORECASE)
_MEASURE_OF = re.compile(
    r"\s?(?:\([A-Z-]{2,6}\)\s?)?(?:rates?\s)?(?:,|:|was|:\s)?\s?(?:an?\s|the\s)?(?:(?:un)?adjusted\s|(?:un)?stratified\s)?", re.IGNORECASE
)


def _endpoint_of_effect(reading: Reading, effect: Effect) -> Mention | None:
    """The endpoint that an estimate is said to be of: "HR for PFS was 0.5", "0.5 (0.3-0.8) for PFS", "PFS HR 0.5"; None where it is not said so."""
    usable = [e for e in reading.endpoints if e.norm != "FOLLOW_UP" and e.norm not in _marker_codes()]
    inside = [e for e in usable if effect.whole.start <= e.span.start and e.span.end <= effect.span.start]
    if inside:
        return inside[-1]
    behind = [e for e in usable if e.span.start >= effect.whole.end and _FOR.fullmatch(reading.text[effect.whole.end : e.span.start])]
    if behind:
        return behind[0]
    ahead = [e for e in usable if e.span.end <= effect.whole.start and _MEASURE_OF.fullmatch(reading.text[e.span.end : effect.whole.start])]
    return ahead[-1] if ahead else None


def _endpoint_at(reading: Reading, at: int) -> Mention | None:
    """The endpoint of an estimate without values: in its bracket, before its bracket, the last before it, else the first behind."""
    usable = [e for e in reading.endpoints if e.norm not in ("FOLLOW_UP",) and e.norm not in _marker_codes()]
    bracket = opening(reading.text, at)
    before = [e for e in usable if e.span.end <= at]
    if bracket is not None:
        inside = [e for e in before if e.span.start > bracket]
        if inside:
            return inside[-1]
    if before:
        return before[-1]
    after = [e for e in usable if e.span.start > at]
    return after[0] if after else None


def _marker_codes() -> frozenset[str]:
    return frozenset({"AFP", "PIVKA_II", "CEA", "PSA", "CA19_9", "BIOMARKER", "TUMOR_SIZE", "LYMPH_NODE_SIZE"})


Contrast = tuple[ArmOf | None, ArmOf | None, str | None, CharSpan | None, str, int]


def _contrast(reading: Reading, owner: Told | None, at: int, effect: Effect | None, study: StudyOf) -> Contrast | None:
    """The two arms, or the factor, that an estimate or p-value is about."""
    explicit = _explicit_contrast(reading, effect, study)
    if explicit is not None:
        return (*explicit, None, None, "ratio-of-named-arms", owner.result if owner else 0)
    if owner is not None:
        by_population = [p for p in owner.populations if p]
        if len(by_population) == 2 and by_population[0].norm != by_population[1].norm:
            first, second = by_population
            span = first.span if first in reading.populations else None
            return None, None, _contrast_of(first.norm, second.norm), span, "values-by-population", owner.result
        arms = [a for a in owner.arms if a]
        if len(arms) == 2 and arms[0].norm != arms[1].norm:
            return (*in_order(reading, arms[0], arms[1], study), None, None, "values-then-estimate", owner.result)
    level = _level_before(reading, at) if owner is None else None
    if level is not None:
        return None, None, level.norm, level.span, "population-before-bracket", 0
    if PROGNOSTIC.search(reading.text) and owner is None:
        return _factor_contrast(reading, at, study)
    distinct = _distinct_arms(reading, study)
    if len(distinct) == 2:
        return (*in_order(reading, distinct[0], distinct[1], study), None, None, "arms-of-sentence", owner.result if owner else 0)
    force = arms_in_force(reading.context, study)
    if (
        len(force) == 2
        and {a.norm for a in distinct} <= {a.norm for a in force}
        and not reading.populations
        and not PEOPLE_WITH.search(reading.text)
        and (distinct or owner or (effect is not None and study.provenance == "own") or _SPEAKS_OF_GROUPS.search(reading.text))
    ):
        return (force[0], force[1], None, None, "arms-of-study", owner.result if owner else 0)
    factor = factor_before(reading.read, at) if reading.context.last_model is not None and not distinct else None
    if factor is not None and not any(e.span.overlaps(factor[1]) for e in reading.endpoints):
        return None, None, factor[0], factor[1], "factor-before-bracket", 0
    return None


def _distinct_arms(reading: Reading, study: StudyOf) -> list[ArmOf]:
    """The arms that a sentence names, each once, in the order of their first mention."""
    found: dict[str, ArmOf] = {}
    for mention in reading.arms:
        arm = resolve(reading, mention, study)
        if arm is not None:
            found.setdefault(arm.norm, arm)
    return list(found.values())


def _contrast_of(first: str, second: str) -> str:
    """Two levels of a factor as one contrast, the factor named once: "ECOG PS 0-1 vs 2"."""
    ours, others = first.split(" "), second.split(" ")
    shared = 0
    while shared < min(len(ours), len(others)) - 1 and ours[shared] == others[shared]:
        shared += 1
    return f"{first} vs {' '.join(others[shared:])}"


_SPEAKS_OF_GROUPS = re.compile(r"\b(?:groups?|arms?|treatments?|both|regimens?|versus|vs\.?)\b", re.IGNORECASE)


def _level_before(reading: Reading, at: int) -> Mention | None:
    """The level of a factor that stands right before the bracket of an estimate: "AFP >=400 ng/mL (HR 3.0, ...)"."""
    bracket = opening(reading.text, at)
    if bracket is None:
        return None
    for population in reading.read.of(MentionKind.POPULATION):
        between = reading.text[population.span.end : bracket]
        if population.span.end <= bracket and re.fullmatch(r"\s?(?:score|class|group|patients)?\s?", between):
            return population
    return None


def _explicit_contrast(reading: Reading, effect: Effect | None, study: StudyOf) -> tuple[ArmOf, ArmOf] | None:
    if effect is None or effect.contrast is None:
        return None
    inside = [m for m in reading.read.of(MentionKind.ARM) if effect.contrast.covers(m.span)]
    if len(inside) == 2:
        first, second = (resolve(reading, m, study) for m in inside)
        if first and second:
            return first, second
    return None


def _factor_contrast(reading: Reading, at: int, study: StudyOf) -> Contrast | None:
    factor = factor_before(reading.read, at)
    if factor is None:
        return None
    name, span = factor
    if any(e.span.overlaps(span) and e.norm not in _marker_codes() for e in reading.endpoints):
        arms = _distinct_arms(reading, study)
        return (*in_order(reading, arms[0], arms[1], study), None, None, "arms-of-sentence", 0) if len(arms) == 2 else None
    inside = [m for m in reading.arms if span.overlaps(m.span)]
    if not inside:
        bracket = opening(reading.text, at) or at
        inside = [m for m in reading.arms if 0 <= bracket - m.span.end <= 3]
    if inside:
        near = [m for m in reading.arms if inside[-1].span.start - 70 <= m.span.start <= inside[-1].span.start]
        arms = [a for a in (resolve(reading, m, study) for m in near) if a]
        if len({a.norm for a in arms}) == 2:
            return (arms[-2], arms[-1], None, None, "factor-of-two-arms", 0)
        force = arms_in_force(reading.context, study)
        if len(force) == 2 and arms and arms[-1].norm in {a.norm for a in force}:
            other = next(a for a in force if a.norm != arms[-1].norm)
            return (arms[-1], other, None, None, "factor-of-one-arm", 0)
    return None, None, name, span, "factor-before-bracket", 0


def _direction(endpoint: str, effect: Effect | None, p: PValue | None, owner: Told | None, arm: ArmOf | None) -> Direction | None:
    """Who did better, by arithmetic alone: an interval on one side of 1, or a small p-value with two values to order."""
    good = endpoint in MORE_IS_GOOD
    if arm is None or not (good or endpoint in MORE_IS_BAD):
        return None
    if effect and effect.interval and effect.interval.low is not None and effect.interval.high is not None:
        return favored(endpoint, effect.measure, effect.interval)
    if p is not None and p.op in ("=", ">", ">=") and p.value >= 0.05:
        return "no_difference"
    if p is None or p.op not in ("=", "<", "<=") or p.value > 0.05 or owner is None or len(owner.arms) != 2:
        return None
    return _direction_of_values(owner, arm, good)


def favored(endpoint: str, measure: Measure, interval: Interval) -> Direction | None:
    """Whom the interval of a ratio favors, the arm under test above the line; None for an open interval and for a matter of neither kind."""
    good = endpoint in MORE_IS_GOOD
    if interval.low is None or interval.high is None or not (good or endpoint in MORE_IS_BAD):
        return None
    if interval.low <= 1 <= interval.high:
        return "no_difference"
    survival = endpoint in ("OS", "PFS", "TTP", "DFS", "RFS", "EFS", "DOR", "TTF", "CSS")
    event_like = survival if measure == "HR" else not good
    return "favors_arm" if (interval.high < 1) == event_like else "favors_comparator"


def _direction_of_values(owner: Told, arm: ArmOf, good: bool) -> Direction | None:
    """Whose value is the better one; None where a value is open, the first two are equal, or neither is of the arm."""
    values = [v.value for v in owner.series.values if v.value is not None]
    named = [a.norm if a else None for a in owner.arms]
    if len(values) < len(owner.series.values) or values[0] == values[1] or arm.norm not in named:
        return None
    mine, other = (values[0], values[1]) if named[0] == arm.norm else (values[1], values[0])
    return "favors_arm" if (mine > other) == good else "favors_comparator"
