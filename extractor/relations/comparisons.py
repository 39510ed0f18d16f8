"""Estimates and p-values: which endpoint, which two arms or which factor, and who did better."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import get_args

from extractor.document import CharSpan
from extractor.entities import Mention
from extractor.entities.population_lists import LOCAL
from extractor.quantities import Interval, Number, PValue
from extractor.records import Direction, Measure, Model
from extractor.relations.again import speaks_as_told
from extractor.relations.attribution import carried_on
from extractor.relations.brackets import clause_start, opening, statement_start, without_brackets
from extractor.relations.causes import cause_of
from extractor.relations.changes import marker_compared
from extractor.relations.contrasts import (
    LISTED_FACTOR,
    Contrast,
    contrast_of,
    endpoints_told,
    factors_with,
    group_of,
    marker_codes,
    outcomes,
    stands_at,
)
from extractor.relations.deaths import is_composite, of_some_deaths, survival_of
from extractor.relations.events import grade_norm, name_of_all
from extractor.relations.factors import levels_ranked, model_at
from extractor.relations.findings import ArmOf, ComparisonFinding, Leftover, StudyOf, Topic
from extractor.relations.group_of_estimate import in_an_unknown_group
from extractor.relations.groups import HOLDS_OTHERS, PEOPLE_WITH, bracketed, locus, outer_of, words_of
from extractor.relations.interactions import speaks_of_interaction
from extractor.relations.landmarks import landmark_of
from extractor.relations.lists_of_targets import coordinated
from extractor.relations.not_between import compares_no_arms
from extractor.relations.occurrence import at_issue, happened
from extractor.relations.patterns import GRADE, PROGNOSTIC
from extractor.relations.polarity import Figures, by_figures, opposite, settled
from extractor.relations.prognosis import unknown_outcome
from extractor.relations.ratios import favored, set_of_data
from extractor.relations.reading import Reading, Told
from extractor.relations.resolving import resolve
from extractor.relations.risks import names_another, risk_behind, risk_of, risk_of_another
from extractor.relations.since import with_event
from extractor.relations.spoken import UNLISTED
from extractor.relations.studies import study_at
from extractor.relations.targets import Series, endpoint_list
from extractor.relations.topics import criterion_of, topic_of_event, with_population
from extractor.relations.values import Effect, Kind, Value
from extractor.relations.within_arm import topic_of_factor

_MODELS: dict[str, Model] = {model: model for model in get_args(Model)}
_NEW_STATEMENT = re.compile(
    r"""
    \.\s[A-Z]
  | ;\s (?! \s? [(\[]? (?: HR | hazard | 95 | p\b | P\b | odds | OR\b | RR\b | stratified | unstratified | adjusted | log ) )
    """,
    re.VERBOSE,
)


def tell_comparisons(reading: Reading, told: Sequence[Told]) -> None:
    """Add to the reading a finding for each estimate and each p-value that belongs to none, in order, or a leftover with the reason why not."""
    numbers: list[tuple[int, Effect | PValue]] = [(e.whole.start, e) for e in reading.numbers.effects]
    numbers += [(p.span.start, p) for p in reading.numbers.p_values]
    for at, one in sorted(numbers, key=lambda number: number[0]):
        if isinstance(one, PValue):
            reading.findings.extend(_p_comparisons(reading, told, one))
            continue
        finding = _comparison(reading, told, at, one, one.p)
        if finding is None:
            reading.leftovers.append(Leftover(reading.read, one.span, "no endpoint, or no two arms and no factor, for this estimate"))
        else:
            reading.findings.append(finding)


def _p_comparisons(reading: Reading, told: Sequence[Told], p: PValue) -> Iterator[ComparisonFinding]:
    """The comparison of a p-value that stands alone; none, and a leftover, where it cannot be told what it is of."""
    again = _beside_estimate(reading, p)
    if again is not None:
        yield again
        return
    owner = _owner(reading, told, p.span.start)
    of_one = _of_listed_endpoint(reading, owner, p) if owner is not None else None
    if of_one is not None:
        told, owner = [of_one], of_one
    if owner is not None and len({t.endpoint for t in owner.topics}) > 1:
        reading.leftovers.append(Leftover(reading.read, p.span, "a p-value behind values of several endpoints"))
        return
    finding = _of_marker(reading, p) if owner is None else None
    finding = finding or _comparison(reading, told, p.span.start, None, p)
    if finding is None:
        reading.leftovers.append(Leftover(reading.read, p.span, "no endpoint, or no two arms and no factor, for this p-value"))
        return
    finding = _with_grade_in_turn(reading, finding, p)
    found = [finding, *(_of_the_others(reading, finding, p) if owner is None else ())]
    yield from found
    for factor in factors_with(reading, p.span.start) if finding.pattern == LISTED_FACTOR else ():
        yield from (replace(f, factor=factor.norm, factor_span=factor.span) for f in found)


# "(HR 0.6; P = 0.004 by log-rank test and P < 0.001 by Wilcoxon test)"
_ONE_MORE_TEST = re.compile(r"[^()\[\]\d;]{0,60}?(?:;|,|\band\b|\bor\b)\s?(?:[a-z-]+\s){0,5}", re.IGNORECASE)


def _beside_estimate(reading: Reading, p: PValue) -> ComparisonFinding | None:
    """The comparison of a second p-value that stands in one bracket with an estimate and its own: of what the estimate is of, by another test."""
    bracket = opening(reading.text, p.span.start)
    here = [
        f for f in reading.findings if isinstance(f, ComparisonFinding) and f.read is reading.read and f.estimate_span is not None and f.p is not None
    ]
    beside = [f for f in here if bracket is not None and f.estimate_span is not None and opening(reading.text, f.estimate_span.start) == bracket]
    before = [f for f in beside if f.p is not None and f.p.span.end <= p.span.start]
    if not before or speaks_of_interaction(reading.text, p.span):
        return None
    last = before[-1]
    start = last.p.span.end if last.p is not None else p.span.start
    named = [*reading.endpoints, *reading.arms, *reading.populations, *reading.events]
    if any(start <= m.span.start < p.span.start for m in named) or not _ONE_MORE_TEST.fullmatch(reading.text, start, p.span.start):
        return None
    return replace(last, measure=None, estimate=None, estimate_span=None, interval=None, p=p)


def _of_marker(reading: Reading, p: PValue) -> ComparisonFinding | None:
    """The comparison of a p-value that alone tells how a marker changed, or differed between two arms; None where it is of anything else."""
    study = study_at(reading.context, p.span.start)
    told = marker_compared(reading, p.span.start, study)
    if told is None or speaks_of_interaction(reading.text, p.span):
        return None
    topic = Topic(told.code, told.span, None, study)
    topic = topic if told.code != "BIOMARKER" else replace(topic, event=told.name, event_span=told.span)
    topic = with_population(reading, topic, sole_population(reading, p.span.start))
    return ComparisonFinding(read=reading.read, topic=topic, arm=told.arm, comparator=told.comparator, p=p, pattern="marker-compared")


def _grades_before(text: str, bracket: int, k: int) -> list[re.Match[str]]:
    """The grades that the statement before a bracket tells, where they are as many as its p-values, and no two alike."""
    flat = without_brackets(text[:bracket])
    grades = [m for m in GRADE.find(flat) if m.group("low") and m.start() >= statement_start(flat, bracket)][-k:]
    return grades if len(grades) == k == len({grade_norm(m) for m in grades}) else []


def _with_grade_in_turn(reading: Reading, finding: ComparisonFinding, p: PValue) -> ComparisonFinding:
    """The grade of one of several p-values that are told over as many grades: "grade 3 rash and grade 4 rash were rarer (P = 0.02 and P = 0.04)"."""
    bracket = opening(reading.text, p.span.start)
    listed = [q for q in reading.numbers.p_values if bracket is not None and opening(reading.text, q.span.start) == bracket]
    if finding.topic.endpoint != "AE" or bracket is None or len(listed) < 2 or p not in listed:
        return finding
    grades = _grades_before(reading.text, bracket, len(listed))
    if not grades:
        return finding
    own = grades[listed.index(p)]
    return replace(finding, topic=replace(finding.topic, grade=grade_norm(own), grade_span=CharSpan(*own.span())))


def _of_the_others(reading: Reading, finding: ComparisonFinding, p: PValue) -> Iterator[ComparisonFinding]:
    """The same p-value of the other endpoints or events that it is told of: "no differences in OS, PFS or ORR (p > 0.05)"."""
    topic = finding.topic
    if topic.event is not None and topic.endpoint == "AE":
        for other in _events_of_p(reading, p.span.start)[1:]:
            about = topic_of_event(reading, other, topic.study)
            yield replace(
                finding, topic=replace(topic, event=about.event, event_span=about.event_span, grade=about.grade, grade_span=about.grade_span)
            )
        return
    bracket = opening(reading.text, p.span.start)
    listed = coordinated(reading.text, [e for e in outcomes(reading) if bracket is not None and e.span.end <= bracket and e.detail != UNLISTED])[-1:]
    alone = len([q for q in reading.numbers.p_values if opening(reading.text, q.span.start) == bracket]) == 1
    if not alone or not listed or topic.endpoint_span not in [e.span for e in listed[0]]:
        return
    first = listed[0][0].span.end
    if any(first <= n.start < p.span.start for n in [*(q.span for q in reading.numbers.p_values), *(e.span for e in reading.numbers.effects)]):
        return
    for endpoint in {e.norm: e for e in listed[0] if e.norm != topic.endpoint}.values():
        yield replace(finding, topic=replace(topic, endpoint=endpoint.norm, endpoint_span=endpoint.span))


def _of_listed_endpoint(reading: Reading, owner: Told, p: PValue) -> Told | None:
    """Of values of several endpoints those that one of as many p-values is of: "OS and PFS were 9 and 5 vs 7 and 4 months (p = 0.1; p = 0.2)"."""
    endpoints = list(dict.fromkeys(t.endpoint for t in owner.topics))
    bracket = opening(reading.text, p.span.start)
    listed = [q for q in reading.numbers.p_values if q.span.start >= owner.series.span.end and opening(reading.text, q.span.start) == bracket]
    if len(endpoints) < 2 or bracket is None or len(listed) != len(endpoints) or p not in listed:
        return None
    kept = [i for i, t in enumerate(owner.topics) if t.endpoint == endpoints[listed.index(p)]]
    return Told(
        Series(tuple(owner.series.values[i] for i in kept)),
        tuple(owner.topics[i] for i in kept),
        tuple(owner.arms[i] for i in kept),
        tuple(owner.populations[i] for i in kept),
        owner.result,
    )


def _owner(reading: Reading, told: Sequence[Told], at: int) -> Told | None:
    """The series that an estimate or p-value belongs to: the last before it, with no other endpoint and no new statement between."""
    before = [t for t in told if t.series.span.start < at and t.topics]
    if before:
        last = before[-1]
        apart = [e for e in reading.endpoints if not any(p.span.covers(e.span) for p in reading.populations)]
        between = [e for e in apart if last.series.span.end <= e.span.start < at and _is_another(e, last.topics[0])]
        if not between and not _new_statement(reading.text, last.series.span.end, at):
            return last
    return None


def _new_statement(text: str, start: int, end: int) -> bool:
    """Whether a new statement begins in a stretch of the text; what follows the stretch is looked at, but no part of it."""
    return any(m.start() < end - start for m in _NEW_STATEMENT.finditer(text[start : end + 12]))


def _is_another(endpoint: Mention, topic: Topic) -> bool:
    """Whether an endpoint is another than that of a series; death of another cause is."""
    if endpoint.norm == "DEATH" and topic.endpoint in ("DEATH", "TREATMENT_DEATH"):
        return topic.event is not None and endpoint.span != topic.endpoint_span
    return endpoint.norm != topic.endpoint


def _comparison(reading: Reading, told: Sequence[Told], at: int, effect: Effect | None, p: PValue | None) -> ComparisonFinding | None:
    owner = _owner(reading, told, at)
    own = _endpoint_of_effect(reading, effect) if effect is not None else _endpoint_of_p(reading, at)
    if own is not None and owner is not None and own.norm not in {t.endpoint for t in owner.topics} and not _spells_out(own, owner, reading):
        owner = None
    study = study_at(reading.context, at)
    if unknown_outcome(reading.text, effect.whole.start if effect is not None else at, reading.endpoints) or _of_another_risk(reading, effect):
        return None
    topic = _comparison_topic(reading, owner, at, effect, study)
    if topic is None or (effect is not None and is_composite(reading, topic)) or in_an_unknown_group(reading, effect, topic):
        return None
    if effect is not None and effect.measure == "HR" and topic.endpoint == "DEATH" and not of_some_deaths(reading, topic):
        topic = survival_of(reading, topic, effect.whole.start)
    if effect is not None and effect.measure == "HR" and topic.endpoint == "PD" and owner is None:
        topic = replace(topic, endpoint="TTP", statistic=None)
    contrast = contrast_of(reading, told, owner, at, effect)
    if contrast is None or (effect is None and contrast.arm is not None and owner is None and compares_no_arms(reading, at)):
        return None
    if effect is not None:
        contrast = _as_favored(reading, topic, contrast, effect, study)
    arm, comparator, factor, factor_span = contrast.arm, contrast.comparator, contrast.factor, contrast.factor_span
    if factor_span is not None and (_INTERACTION.match(factor or "") or (topic.event_span is not None and factor_span.overlaps(topic.event_span))):
        return None
    if contrast.pattern == "factor-in-bracket" and owner is not None:
        topic = _comparison_topic(reading, None, at, effect, study) or topic
    goes_on = factor is not None and (contrast.pattern in _OF_A_LIST or stands_at(reading, at) is not None)
    model = model_at(reading.text, at) or (reading.context.last_model if goes_on else None)
    if words_of(topic.population or "") & words_of(factor or ""):
        topic = replace(topic, population=None, population_span=None)  # a level of the factor that is told of
    if contrast.pattern == "interaction-just-told" and topic.population is not None:
        return None
    topic = topic_of_factor(reading, topic, contrast, at) if factor is not None else topic
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
        direction=_direction(reading, topic, contrast, Figures(*_measured(effect), p, _values_of(owner, arm, comparator))),
        result=contrast.result,
        pattern=contrast.pattern,
    )


_UP_TO_DEATH = frozenset({"PFS", "DFS", "EFS", "RFS", "IDFS", "DMFS", "MFS", "DDFS"})
_OR_DEATH = re.compile(r"\b(?:or|and/or|and|/)\s?(?:of\s|for\s)?(?:[a-z-]+\s)?(?:death|relapse|recurrence|progression)$|/death$", re.IGNORECASE)


def _spells_out(risk: Mention, owner: Told, reading: Reading) -> bool:
    """Whether the outcome of an estimate only spells out the endpoint of the values: "DFS was 78% vs 70% (HR for recurrence or death 0.7)"."""
    told = {t.endpoint for t in owner.topics}
    return risk.norm in _UP_TO_DEATH and len(told) == 1 and told <= _UP_TO_DEATH and _OR_DEATH.search(risk.span.of(reading.text)) is not None


def _of_another_risk(reading: Reading, effect: Effect | None) -> bool:
    """Whether an estimate is of a risk that no endpoint or event of the sentence is: "the risk of wound dehiscence (RR 0.8)"."""
    if effect is None:
        return False
    return risk_of_another(
        reading.text, effect.span.start, [m.span for m in (*outcomes(reading), *reading.events, *reading.arms, *reading.populations)]
    )


_INTERACTION = re.compile(r"(?:(?:the|an?|test\sfor|treatment)\s)*interactions?(?:\s(?:tests?|terms?|effects?))?$", re.IGNORECASE)
# Lists of factors go on from sentence to sentence under the model that the first names.
_OF_A_LIST = frozenset({"factor-before-bracket", "population-before-bracket", "values-by-population"})


def _as_model(name: str | None) -> Model | None:
    return _MODELS.get(name) if name is not None else None


def _comparison_topic(reading: Reading, owner: Told | None, at: int, effect: Effect | None, study: StudyOf) -> Topic | None:
    if owner is not None:
        topic = owner.topics[0]
        if len({p.norm for p in owner.populations if p}) == 1 and all(owner.populations) and owner.populations[0] is not None:
            topic = with_population(reading, topic, owner.populations[0])
        elif len({p.norm for p in owner.populations if p}) > 1:
            topic = with_population(reading, topic, outer_of(reading.text, reading.populations))
        if len({t.timepoint for t in owner.topics}) > 1:
            topic = replace(topic, timepoint=None, timepoint_span=None)
        return topic
    named = (_endpoint_of_effect(reading, effect) if effect is not None else _endpoint_of_p(reading, at)) or _endpoint_at(reading, at)
    if named is not None and named.detail == UNLISTED:
        return None
    told_at = at if effect is None else effect.span.start  # "the hazard ratio among women was 0.8"
    told_of = _event_of_p(reading, at) if named is None or named.norm == "AE" else None
    told_of = _sole_event(reading, effect.span.start) if told_of is None and named is None and effect is not None else told_of
    if told_of is not None:
        return with_population(reading, replace(topic_of_event(reading, told_of, study), statistic=None), sole_population(reading, told_at))
    if named is not None:
        value = Value(Kind.SHARE, CharSpan(at, at + 1), CharSpan(at, at + 1), None, None)
        timepoint, span = landmark_of(reading, named, value)
        data = set_of_data(reading.text, effect, reading.populations) if effect is not None else None
        group = data or (group_of(reading, effect, study) if effect is not None else _population_of_p(reading, at))
        population = group or sole_population(reading, told_at)
        cause = cause_of(reading.text, named) if named.norm == "DEATH" and not _OF_ALL_CAUSES.search(reading.text[:at]) else None
        event, event_span = (cause.name, cause.span) if cause is not None else (None, None)
        event = name_of_all(reading.text, named.span) if named.norm == "AE" else event
        topic = Topic(named.norm, named.span, None, study, timepoint=timepoint, timepoint_span=span, criterion=criterion_of(reading))
        topic = with_event(reading.read, replace(topic, event=event, event_span=event_span))
        return with_population(reading, topic, population)
    carried, goes_on = reading.context.last_endpoint, _goes_on(reading, at)
    if carried is None or carried == "FOLLOW_UP" or (carried in marker_codes() and not goes_on):
        return None
    if outcomes(reading) or reading.events or names_another(reading.text):
        return None
    if effect is not None or PROGNOSTIC.search(reading.text) or goes_on or stands_at(reading, at) is not None:
        group = group_of(reading, effect, study) if effect is not None else None
        return with_population(reading, Topic(carried, None, None, study), group or sole_population(reading, told_at))
    return None


def _goes_on(reading: Reading, at: int) -> bool:
    """Whether what a number is of was told in the sentence before: "this difference", a test of interaction that names no outcome."""
    test = next((p.span for p in reading.numbers.p_values if p.span.start == at), None)
    crossed = test is not None and speaks_of_interaction(reading.text, test)
    return crossed or _THIS_DIFFERENCE.search(reading.text) is not None or speaks_as_told(reading.text, at)


# "This difference was significant (p = 0.02)": in what, the sentence before told.
_THIS_DIFFERENCE = re.compile(
    r"""
    \b (?: this | the | these )\s (?: [\w-]+\s ){0,2}? differences? \s
        (?: between\s(?:the\s|these\s)?(?:two\s|both\s)?(?:study\s|treatment\s)? (?: arms | groups | treatments | regimens | curves )\s )?
        (?: was | were | did | is | are | reached | failed | remained )\b
  | \b no\s (?: [\w-]+\s ){0,2}? differences? \s (?: was\s\w+\s | were\s\w+\s )?
        between\s(?:the\s|these\s)?(?:two\s|both\s)?(?:study\s|treatment\s)? (?: arms | groups | treatments | regimens ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _sole_event(reading: Reading, at: int) -> Mention | None:
    """The one adverse event of a sentence, told before an estimate: "bleeding was seen in 0.6 and 0.7 per 100 patient-years (HR 0.83)"."""
    before = [e for e in reading.events if e.span.end <= at]
    told = before and (happened(reading.read, before) or at_issue(reading.text, before[-1].span))
    return before[-1] if told and len({e.norm for e in reading.events}) == 1 else None


def _event_of_p(reading: Reading, at: int) -> Mention | None:
    """The adverse event that a p-value is of, the first where it is of several."""
    return next(iter(_events_of_p(reading, at)), None)


def _events_of_p(reading: Reading, at: int) -> list[Mention]:
    """The adverse events that a p-value is of: the one whose bracket it stands in, else those of its clause.

    Of several only one list counts, told without numbers: one p-value is of all of it, as many as it has are each of one.
    """
    bracket = opening(reading.text, at)
    owner = [e for e in reading.events if bracket is not None and e.span.end <= bracket and not reading.text[e.span.end : bracket].strip()]
    start = clause_start(reading.text, at)
    told = [*(v.span.start for v in reading.numbers.values), *(s.start for s in reading.numbers.stray)]
    before = [e for e in reading.events if start <= e.span.start and e.span.end <= at]
    near = [e for e in before if not any(e.span.end <= number < at for number in told)]
    lists = _listed_events(reading.text, near)
    if owner and len(before) == 1:
        return owner
    if len(lists) != 1 or (len(lists[0]) > 1 and _SINGLES_OUT.search(reading.text[start:at])):
        return owner[-1:]
    tests = [p.span.start for p in reading.numbers.p_values if bracket is not None and opening(reading.text, p.span.start) == bracket]
    if len(tests) > 1:
        if len(lists[0]) == 1 and bracket is not None and _grades_before(reading.text, bracket, len(tests)):
            return lists[0]
        return [lists[0][tests.index(at)]] if len(tests) == len(lists[0]) and at in tests else owner[-1:]
    alone = len(lists[0]) == 1 and (happened(reading.read, reading.events) or at_issue(reading.text, lists[0][0].span))
    told_of = alone if len(lists[0]) == 1 else _COMPARES.search(reading.text[start:at])
    return lists[0] if told_of else owner[-1:]


_BETWEEN_EVENTS = re.compile(
    r"(?:[\s)]*(?:,|/|;|\band/or\b|\band\b|\bor\b|\bas\swell\sas\b)\s*)+(?:grades?\s[\d>=≥/-]+\s)?(?:[A-Za-z][\w-]*\s){0,3}", re.IGNORECASE
)
_SINGLES_OUT = re.compile(r"\b(?:except|specifically|especially|particularly|including|such\sas|e\.g\.)", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|higher|lower|increase\w*|decrease\w*|reduc\w+|differ\w*|similar"
    r"|comparable|common\w*|frequen\w+|often|worse|severe)\b",
    re.IGNORECASE,
)


def _listed_events(text: str, events: Sequence[Mention]) -> list[list[Mention]]:
    """Events in lists, each event once; between two of a list stand a comma or "and" and up to three words."""
    lists: list[list[Mention]] = []
    for event in sorted(events, key=lambda e: e.span):
        if lists and (event.span.start < lists[-1][-1].span.end or event.norm in {e.norm for e in lists[-1]}):
            continue
        if lists and _BETWEEN_EVENTS.fullmatch(text[lists[-1][-1].span.end : event.span.start]):
            lists[-1].append(event)
        else:
            lists.append([event])
    return lists


def _population_of_p(reading: Reading, at: int) -> Mention | None:
    """The population of one of several p-values that are told over as many populations: "in stage I and stage II (p = 0.7 and 0.1)"."""
    bracket = opening(reading.text, at)
    if bracket is None:
        return None
    own = bracketed(reading.text, at, reading.populations)
    if own is not None:
        return own
    listed = [p.span.start for p in reading.numbers.p_values if p.span.start > bracket and opening(reading.text, p.span.start) == bracket]
    before = coordinated(reading.text, [p for p in reading.populations if p.span.end <= bracket])[-1:]
    if len(listed) < 2 or at not in listed or not before or len(before[0]) != len(listed):
        return None
    return before[0][listed.index(at)]


_OF_ALL_CAUSES = re.compile(r"\b(?:all|any)[\s-]causes?\b[^()\[\]]{0,20}[(\[][^()\[\]]{0,12}$", re.IGNORECASE)


def sole_population(reading: Reading, at: int) -> Mention | None:
    """The one population that what stands at a place of a sentence is of: that it opens with, the only one, that of the sentences before."""
    populations = [p for p in reading.populations if p.detail not in LOCAL]
    if not populations:
        return carried_on(reading)
    opens = locus(reading.text, populations)
    if opens is not None and opens.span.end <= at:
        return opens
    ranked = levels_ranked(reading.text, opening(reading.text, at) or at) is not None
    if ranked or PROGNOSTIC.search(reading.text) or len({p.norm for p in populations}) != 1:
        around = reading.context.within
        return None if around is not None and around.detail not in HOLDS_OTHERS and PEOPLE_WITH.search(reading.text) else around
    return populations[0] if populations[0].span.end <= at else None


_FOR = re.compile(r"[\s)\]]*(?:,\s)?(?:for|in|on)\s(?:the\s|median\s)*", re.IGNORECASE)
_MEASURE_OF = re.compile(
    r"\s?(?:\([A-Z-]{2,6}\)\s?)?(?:rates?\s)?(?:,|:|was|:\s)?\s?(?:an?\s|the\s)?(?:(?:un)?adjusted\s|(?:un)?stratified\s)?", re.IGNORECASE
)


_NEXT_OF_LIST = re.compile(r"[\s)\]]*(?:(?:;|,|\band\b|\bvs\.?|\bversus\b)\s*)+[(\[]?\s?")
_LIST_IS_OF = re.compile(r"[\s)\]]*,?\s?(?:for|in|on)\s(?:the\s|median\s)*", re.IGNORECASE)


def listed_endpoint(text: str, spans: Sequence[CharSpan], at: CharSpan, endpoints: Sequence[Mention]) -> Mention | None:
    """The endpoint of one of several estimates that are told over a list of endpoints: "HRs for PFS and OS were 0.6 (...) and 0.8 (...)".

    Args:
        text: the sentence.
        spans: the estimates, or the p-values, of the sentence, in order, each with what belongs to it.
        at: the one that is asked about.
        endpoints: the endpoints of the sentence.
    """
    place = list(spans).index(at)
    first = last = place
    while first > 0 and _NEXT_OF_LIST.fullmatch(text[spans[first - 1].end : spans[first].start]):
        first -= 1
    while last + 1 < len(spans) and _NEXT_OF_LIST.fullmatch(text[spans[last].end : spans[last + 1].start]):
        last += 1
    k = last + 1 - first
    if k < 2:
        return None
    behind = coordinated(text, [e for e in endpoints if e.span.start >= spans[last].end])[:1]
    if behind and len(behind[0]) == k and _LIST_IS_OF.fullmatch(text[spans[last].end : behind[0][0].span.start]):
        return behind[0][place - first]
    # A label before the number is part of an estimate: "HRs for PFS and OS were 0.6".
    before = coordinated(text, [e for e in endpoints if e.span.end <= spans[first].end])
    groups = [g for g in before if len(g) == k and len({e.norm for e in g}) == k]
    return groups[-1][place - first] if groups and groups[-1] is before[-1] else None


def _endpoint_of_effect(reading: Reading, effect: Effect) -> Mention | None:
    """The endpoint that an estimate is said to be of: "HR for PFS was 0.5", "0.5 (0.3-0.8) for PFS", "PFS HR 0.5"; None where it is not said so."""
    usable = [e for e in endpoints_told(reading) if e.norm != "FOLLOW_UP" and e.norm not in marker_codes()]
    listed = listed_endpoint(reading.text, [e.whole for e in reading.numbers.effects], effect.whole, usable)
    if listed is not None:
        return listed
    inside = [e for e in usable if effect.whole.start <= e.span.start and e.span.end <= effect.span.start]
    if inside:
        whole = risk_of(reading.text, effect.span.start, usable, hazard=effect.measure == "HR")
        return whole if whole is not None and whole.span.overlaps(inside[-1].span) else inside[-1]  # "HR for disease progression or death"
    behind = [e for e in usable if e.span.start >= effect.whole.end and _FOR.fullmatch(reading.text[effect.whole.end : e.span.start])]
    if behind:
        return behind[0]
    ahead = [e for e in usable if e.span.end <= effect.whole.start and _MEASURE_OF.fullmatch(reading.text[e.span.end : effect.whole.start])]
    at_risk = ahead[-1] if ahead else risk_of(reading.text, effect.span.start, usable, hazard=effect.measure == "HR")
    return at_risk or (None if usable else risk_behind(reading.text, effect.span.start))


def _endpoint_of_p(reading: Reading, at: int) -> Mention | None:
    """The endpoint of one of several p-values that are told over a list of endpoints: "OS and DFS did not differ (p = 0.9 and p = 0.8)"."""
    spans = [p.span for p in reading.numbers.p_values]
    here = next((s for s in spans if s.start == at), None)
    usable = [e for e in endpoints_told(reading) if e.norm != "FOLLOW_UP" and e.norm not in marker_codes()]
    listed = listed_endpoint(reading.text, spans, here, usable) if here is not None else None
    each = [e for e in usable if here is not None and len(spans) > 1 and _FOR.fullmatch(reading.text[here.end : max(e.span.start, here.end)])]
    return (each[0] if each else None) or listed or risk_of(reading.text, at, usable) or (None if usable else risk_behind(reading.text, at))


def _endpoint_at(reading: Reading, at: int) -> Mention | None:
    """The endpoint of an estimate without values: in its bracket, before its bracket, the last before it, else the first behind."""
    usable = [e for e in endpoints_told(reading) if e.norm not in ("FOLLOW_UP",) and e.norm not in marker_codes()]
    bracket = opening(reading.text, at)
    before = [e for e in usable if e.span.end <= at]
    if bracket is not None:
        tests = [p.span.start for p in reading.numbers.p_values if p.span.start > bracket and opening(reading.text, p.span.start) == bracket]
        listed = endpoint_list(reading.read, bracket, len(tests), usable) if len(tests) > 1 and at in tests else None
        if listed is not None:
            return listed[tests.index(at)]
    if bracket is not None:
        inside = [e for e in before if e.span.start > bracket]
        if inside:
            return inside[-1]
    if before:
        return before[-1]
    after = next((e for e in usable if e.span.start > at), None)
    return after if after is not None and not _LATER_STATEMENT.search(without_brackets(reading.text), at, after.span.start) else None


_LATER_STATEMENT = re.compile(r"[;:]\s|\.\s+[A-Z]")


def _as_favored(reading: Reading, topic: Topic, contrast: Contrast, effect: Effect, study: StudyOf) -> Contrast:
    """A contrast of two arms turned round where the sentence says that the one fared better which its figure says fared worse."""
    arm, comparator = contrast.arm, contrast.comparator
    mention = favored(reading.text, effect, reading.arms)
    better = resolve(reading, mention, study) if mention is not None else None
    if arm is None or comparator is None:
        return contrast
    if better is not None and better.norm in (arm.norm, comparator.norm):
        expected: Direction | None = "favors_arm" if better.norm == arm.norm else "favors_comparator"
    else:
        expected = _said_of(reading, topic, arm, comparator)
    shown, _ = by_figures(topic.endpoint, Figures(*_measured(effect), effect.p, None), _called(reading, topic))
    against = expected in ("favors_arm", "favors_comparator") and expected is not None and shown == opposite(expected)
    return replace(contrast, arm=comparator, comparator=arm) if against else contrast


def _measured(effect: Effect | None) -> tuple[Measure | None, Number | None, Interval | None]:
    return (effect.measure, effect.estimate, effect.interval) if effect is not None else (None, None, None)


def _direction(reading: Reading, about: Topic, contrast: Contrast, figures: Figures) -> Direction | None:
    """Whom a comparison of two arms favors, by its figures and by what the sentence says; of a factor only that it makes no difference."""
    arm, comparator = contrast.arm, contrast.comparator
    shown, ordered = by_figures(about.endpoint, figures, _called(reading, about))
    if arm is None or comparator is None:
        return shown if shown == "no_difference" else None
    return settled(shown, _said_of(reading, about, arm, comparator), p=figures.p, ordered=ordered)


def _called(reading: Reading, about: Topic) -> str:
    return about.endpoint_span.of(reading.text) if about.endpoint_span is not None else ""


def _values_of(owner: Told | None, arm: ArmOf | None, comparator: ArmOf | None) -> tuple[Number, Number] | None:
    """The values of the two arms; None where one is open, or one of the two arms has not exactly one."""
    if owner is None or arm is None or comparator is None:
        return None
    told = [(a.norm, v.value) for a, v in zip(owner.arms, owner.series.values, strict=True) if a is not None and v.value is not None]
    ours, others = ([value for norm, value in told if norm == one.norm] for one in (arm, comparator))
    return (ours[0], others[0]) if len(ours) == len(others) == 1 else None


def _said_of(reading: Reading, about: Topic, arm: ArmOf, comparator: ArmOf) -> Direction | None:
    """What the sentence says of an endpoint and two arms in words; None where it says nothing, or two things."""
    found = {
        one.direction if one.arm.norm == arm.norm else opposite(one.direction)
        for one in reading.said
        if (one.endpoint, one.event, one.population) == (about.endpoint, about.event if one.event else one.event, about.population)
        and {one.arm.norm, one.comparator.norm} == {arm.norm, comparator.norm}
    }
    return found.pop() if len(found) == 1 else None
