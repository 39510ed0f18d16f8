"""One sentence read, from its numbers to its findings; and what the next sentence needs to know of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.document import CharSpan, SectionKind
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.entities.endpoints import find_endpoints, quantities_of
from extractor.entities.population_forms import BY_RESPONSE, GIVEN, WHERE
from extractor.entities.population_lists import LOCAL, find_lists
from extractor.entities.populations import OF_DISEASE
from extractor.relations.attribution import Target, attribute, carried_on, case_arms, of_each_arm, population_of
from extractor.relations.blocks import LISTED
from extractor.relations.bracket_of_other import tell_bracket_of_other, was_left
from extractor.relations.brackets import opening, without_brackets
from extractor.relations.breaks import breaks_of, told_of
from extractor.relations.carrying import context_after
from extractor.relations.comparisons import tell_comparisons
from extractor.relations.context import Context, arms_in_force, foreground
from extractor.relations.corresponding import tell_against, tell_in_turn
from extractor.relations.counts_listed import with_counts_listed
from extractor.relations.cycles import with_cycles
from extractor.relations.directions import directions_of
from extractor.relations.elided import endpoint_again, tell_these
from extractor.relations.endpoint_events import with_endpoint_events
from extractor.relations.event_lists import tell_events
from extractor.relations.events import (
    SET_AGAINST,
    events_by_place,
    events_in_cases,
    grades_in_order,
)
from extractor.relations.findings import ArmOf, Leftover, MeasurementFinding, Related, StudyOf, Topic
from extractor.relations.gains import tell_difference
from extractor.relations.groups import PHRASES, Whole, of_a_disease, qualified_arms, told_populations
from extractor.relations.headed import within
from extractor.relations.landmarks import landmark_of, with_landmark
from extractor.relations.left_out import ONLY_ARM, is_course
from extractor.relations.matrices import Cell, arms_over, lists_before, matrix
from extractor.relations.measuring import measurement
from extractor.relations.no_values import (
    SHOWN_FROM,
    SURVIVED_LONGER,
    THE_FOLLOW_UP,
    WAS_SEEN_IN,
    is_degree,
    is_level_of,
    is_threshold,
    no_value,
    says_of_whom,
    says_what_is_shown,
)
from extractor.relations.occurrence import of_treatments, why_no_rate
from extractor.relations.order_of_arms import with_former_and_latter
from extractor.relations.phases import CALLED_ARM, of_all_arms, parts_named, phases_named
from extractor.relations.ratios import called_ratio
from extractor.relations.reading import Reading, Told
from extractor.relations.refusals import keep_follow_up, refused
from extractor.relations.resolving import resolve
from extractor.relations.sizes import by_sizes
from extractor.relations.spoken import UNLISTED, given_in_case, told_again, told_on
from extractor.relations.stops import reason_to_stop
from extractor.relations.studies import study_at
from extractor.relations.sublists import Item, Sublist, find_sublists, without_items
from extractor.relations.tallies import with_responses, with_tallies
from extractor.relations.targets import Series, compatible, endpoint_list, endpoint_of, series_of
from extractor.relations.topics import (
    FROM_START,
    OF_CYCLES,
    criterion_of,
    endpoints_of,
    event_again,
    events_of,
    of_cycles,
    of_part,
    singular,
    topic_of_endpoint,
    topic_of_series,
    with_grade,
    with_population,
)
from extractor.relations.units import Told as Named
from extractor.relations.unread import unread
from extractor.relations.values import Kind, Landmark, Value, read_numbers
from extractor.syntax import Parser

_RANDOM_CATEGORY = re.compile(r"\b(?:could|may|might|would|should|can|define\w*|achieve(?=\s)|if|whether)\b", re.IGNORECASE)
_NO_CATEGORY = re.compile(r"\b(?:no|not|without|never)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)


_SIZES = frozenset({"TUMOR_SIZE", "LYMPH_NODE_SIZE"})
_CATEGORIES = {"PD": "progressive disease", "CR": "complete response", "SD": "stable disease", "PR": "partial response"}


def read_statement(context: Context, read: ReadSentence, marks: Sequence[CharSpan], parser: Parser) -> tuple[Context, Related]:
    """The findings of one sentence, what found no home and what its words say, and the context for the next."""
    read = with_former_and_latter(context, read)
    places = [Named(e.span.start, quantities_of()[e.norm]) for e in read.of(MentionKind.ENDPOINT)]
    places += [Named(e.span.start, "share") for e in read.of(MentionKind.ADVERSE_EVENT)]
    read_off = with_cycles(read.sentence.text, read_numbers(read.sentence.text, [*_masked(read), *marks], context.last_measure, places))
    counted = with_counts_listed(read, with_endpoint_events(read, with_responses(read, with_tallies(read, read_off))))
    lists = find_sublists(read, counted)
    numbers = without_items(counted, lists)
    named = [item.name_span for one in lists for item in one.items]
    cycles = [CharSpan(*m.span()) for m in OF_CYCLES.finditer(read.sentence.text)]
    own = context.paper.assigned or context.paper.pair or ()
    parts = parts_named(read, own)
    of_parts = [*(p.span for p in parts), *phases_named(read)]
    arms = [
        a
        for a in foreground(read, case=context.paper.is_case)
        if not any(a.span.overlaps(span) for span in of_parts)
        and not (of_all_arms(a, own) and study_at(context, a.span.start).provenance == "own" and not CALLED_ARM.match(read.sentence.text, a.span.end))
        and not _is_taken_less(read.sentence.text, a, own)
    ]
    populations = _populations_in(context, read, arms)
    by_response = [p.span for p in populations if p.detail == BY_RESPONSE.id or _are_responders(read, p)]
    relative_risks = called_ratio(read.sentence.text, read.of(MentionKind.ENDPOINT), numbers.effects)
    told_apart = [*populations, *qualified_arms(read.sentence.text, arms).values()]
    reading = Reading(
        read,
        numbers,
        context,
        [
            a
            for a in arms
            if not any(p.span.covers(a.span) for p in populations if p.detail in PHRASES | LOCAL) and not any(a.span.overlaps(c) for c in cycles)
        ],
        populations,
        told_again(
            read.sentence.text,
            [
                *(e for e in endpoints_of(read) if not any(e.span.overlaps(n) for n in [*named, *by_response, *relative_risks])),
                *(given_in_case(read.sentence.text) if context.paper.is_case else ()),
            ],
            context.first_told[0],
            read.of(MentionKind.ADVERSE_EVENT),
        ),
        [
            e
            for e in _events_in(context, read)
            if not any(e.span.overlaps(n) for n in (*named, *(p.span for p in told_apart if p.span.covers(e.span))))
        ],
        parts,
    )
    if not reading.endpoints and not reading.events:
        times = [v.span for v in numbers.values if v.kind is Kind.TIME and v.unit != "cycle"]
        reading.endpoints = told_on(read.sentence.text, times, _time_told(context, read)) or endpoint_again(
            context, read.sentence.text, numbers.values, [p.span for p in populations]
        )
    keep_follow_up(reading)
    refusal = refused(reading)
    if refusal is not None:
        reading.leftovers += [Leftover(read, v.span, refusal) for v in numbers.values]
    else:
        told = _tell_values(reading)
        _tell_sublists(reading, lists)
        reading.findings, background = of_treatments(reading.findings, called_adverse=any(e.norm == "AE" for e in reading.endpoints))
        reading.leftovers += background
        if reading.endpoints or reading.events:
            reading.leftovers += [Leftover(read, span, "a number without a unit") for span in numbers.stray]
        reading.said += directions_of(reading, parser)
        tell_comparisons(reading, told)
        if context.paper.is_case:
            _tell_categories(reading)
    if read.of(MentionKind.ENDPOINT, MentionKind.ADVERSE_EVENT) or reading.findings or numbers.effects or numbers.p_values:
        rest = unread(read, read_off, marks, reading.findings, reading.leftovers)
        reading.leftovers += rest if refusal is None else [replace(one, reason=refusal) for one in rest]
    return context_after(context, reading), Related(
        within(reading.findings, reading.text, context.of_heading, context.paper.diseases), tuple(reading.leftovers), tuple(reading.said)
    )


# "Docetaxel had to be reduced in 22% and 13%": the drug, not the arm that has nothing else.
_WAS_CUT = re.compile(
    r"\s(?:had\sto\sbe|has\sto\sbe|was|were|could\sbe|needed\sto\sbe)\s(?:\w+ly\s)?(?:reduced|stopped|discontinued|withheld|withdrawn|delayed|interrupted|omitted|given\sup)\b"
)


def _is_taken_less(text: str, arm: Mention, own: Sequence[ArmOf]) -> bool:
    """Whether a treatment that all arms of a study have is said to have been cut short: it tells none of them from the others."""
    mine = {p.name for p in arm.parts}
    return bool(mine) and len(own) > 1 and all(mine <= {p.name for p in a.parts} for a in own) and _WAS_CUT.match(text, arm.span.end) is not None


# "in responders", "than for non-responders": who they are; "12 of 40 responders" may be a count.
_WHO_RESPONDED = re.compile(r"(?:(?:in|for|among|than|with)\s(?:the\s)?)?(?:[\w-]+\s)*(?:non-?)?responders", re.IGNORECASE)


def _are_responders(read: ReadSentence, people: Mention) -> bool:
    """Whether a group is told of by its response, in a sentence that tells another outcome of it."""
    if people.detail not in ("responders", "people-by-what-they-do", "responders-that-fared-so") or not _WHO_RESPONDED.fullmatch(
        people.span.of(read.sentence.text)
    ):
        return False
    return any(e.norm in _TIMES_TOLD for e in read.of(MentionKind.ENDPOINT))


def _masked(read: ReadSentence) -> list[CharSpan]:
    """Where a sentence names something whose figures are no results."""
    text = read.sentence.text
    masked = [
        m.span
        for m in read.mentions
        if m.kind in (MentionKind.TRIAL, MentionKind.DRUG, MentionKind.DRUG_CLASS, MentionKind.POPULATION, MentionKind.PROCEDURE)
    ]
    masked += [m.span for m in read.of(MentionKind.ARM) if m.detail == "label"]
    masked += [CharSpan(*m.span("what")) for m in WHERE.find(text)]
    masked += [m.span for m in find_lists(text)]
    return masked + [m.span for m in read.of(MentionKind.ENDPOINT) if _HAS_NUMBER.match(m.span.of(text))]


def _populations_in(context: Context, read: ReadSentence, arms: Sequence[Mention]) -> list[Mention]:
    """The populations of a sentence; not those that a cited study is of, whose arms it names."""
    own = context.paper.assigned or context.paper.pair or ()
    given = own or ((context.paper.single,) if context.paper.single is not None else ())
    whole = Whole(
        context.paper.entry, context.paper.diseases, len(own), frozenset(p.name for arm in given for p in arm.parts), context.paper.in_doses
    )
    return [
        p
        for p in told_populations(read, arms, whole, context.spoken_of or context.cohort)
        if p.detail not in (OF_DISEASE, GIVEN.id) or not (arms and study_at(context, p.span.start).provenance == "cited")
    ]


_TIMES_TOLD = frozenset({"OS", "PFS", "DFS", "RFS", "EFS", "CSS", "TTP", "TTF", "DOR"})


def _time_told(context: Context, read: ReadSentence) -> str | None:
    """The time to an event that the sentence before was of, else the one that the heading names; None for another endpoint, or none."""
    named = {e.norm for e in find_endpoints(read.sentence.section.heading)} & _TIMES_TOLD
    if context.last_endpoint is None and len(named) == 1:
        return next(iter(named))
    return context.last_endpoint if context.last_endpoint in _TIMES_TOLD else None


# Not "90-day mortality": the landmark is printed in the name.
_HAS_NUMBER = re.compile(r"(?!\d+[\s-]days?\b).*\d", re.DOTALL)


def _events_in(context: Context, read: ReadSentence) -> list[Mention]:
    """The adverse events that a sentence tells, by their names, their place in a list, or as those of the sentence before."""
    named = [*events_of(context, read), *event_again(context, read)]
    if context.in_safety or named:
        named += events_in_cases(read, named)
    return sorted([*named, *events_by_place(read, named)], key=lambda e: e.span) if named else []


def _tell_values(reading: Reading) -> list[Told]:
    breaks = breaks_of(reading)
    cut_offs = [v for v in reading.numbers.values if says_what_is_shown(reading, v)]
    if not reading.events:
        cut_offs += [v for v in reading.numbers.values if v.op == ">" and WAS_SEEN_IN.search(reading.text[: v.span.start])]
    cut_offs += [v for v in reading.numbers.values if v.kind is Kind.SHARE and (is_level_of(reading, v) or is_degree(reading, v))]
    cut_offs += [
        v for v in reading.numbers.values if v.kind is Kind.TIME and v.op is not None and SURVIVED_LONGER.search(reading.text[: v.span.start])
    ]
    visits = [m.span("time")[0] for m in THE_FOLLOW_UP.finditer(reading.text)]
    cut_offs += [v for v in reading.numbers.values if v.kind is Kind.TIME and v.span.start in visits]
    cut_offs += [v for v in reading.numbers.values if v.kind is Kind.COUNT and SHOWN_FROM.search(reading.text[: v.span.start])]
    reading.leftovers += [Leftover(reading.read, v.span, "a cut-off") for v in cut_offs]
    who = [v for v in reading.numbers.values if v.kind is Kind.SHARE and says_of_whom(reading.text, v)]
    reading.leftovers += [Leftover(reading.read, v.span, "how many the sentence is about") for v in who]
    reading.numbers = replace(reading.numbers, values=tuple(v for v in reading.numbers.values if v not in (*cut_offs, *who)))
    told: list[Told] = []
    for series in series_of(reading.read, reading.numbers, breaks):
        if any(isinstance(f, MeasurementFinding) and f.value_span == series.values[0].span for f in reading.findings):
            continue
        if was_left(reading, series.values[0].span):
            continue
        bounds = all(v.op and (v.kind in (Kind.LEVEL, Kind.SIZE) or (v.kind is Kind.TIME and v.unit == "year")) for v in series.values)
        if bounds or is_threshold(reading, series):
            reading.leftovers += [Leftover(reading.read, v.span, "a cut-off") for v in series.values]
            continue
        one = tell_difference(reading, series)
        reason = no_value(reading, series) if one is None else None
        if reason is not None:
            reading.leftovers += [Leftover(reading.read, v.span, reason) for v in series.values]
            continue
        one = one or _tell_series(reading, series)
        if one is not None:
            told.append(one)
    return told


def _tell_series(reading: Reading, series: Series) -> Told | None:
    if any(tell(reading, series) for tell in (tell_in_turn, tell_against, tell_bracket_of_other, tell_these)):
        return None
    listed = _over_matrix(reading, series) or _over_endpoints(reading, series)
    if listed is not None:
        return listed
    if reading.events and tell_events(reading, series):
        return None
    topic = topic_of_series(reading, told_of(reading, series))
    if topic is None:
        reason = "no endpoint in the sentence that is told in such numbers"
        reading.leftovers += [Leftover(reading.read, v.span, reason) for v in series.values]
        return None
    why_not = _why_no_rate(reading, topic, series)
    if why_not is not None:
        reading.leftovers += [Leftover(reading.read, v.span, why_not) for v in series.values]
        return None
    reading.results += 1
    if _of_each_arm(reading, series, topic):
        return Told(series, (topic,), (None,), (None,), reading.results)
    topic = _elided_landmark(reading, topic, series.values[0])
    course = is_course(reading, series)
    topics = tuple(with_landmark(reading, topic, series, i) for i in range(len(series.values)))
    topics = (replace(topic, timepoint=topics[0].timepoint or "baseline"), topic) if course else topics
    topics, found = _targets_in(reading, series, topics, course)
    topics, found = _over_grades(reading, series, topics, found)
    if _are_one(reading.text, series, topics, found):
        found = [(None, None, "unknown")] * len(found)
    found = _as_told_apart(series, topics, found)
    arms, populations = [], []
    for i, (value, (arm, population, pattern)) in enumerate(zip(series.values, found, strict=True)):
        arms.append(arm)
        populations.append(population)
        if pattern == "unknown":
            reading.leftovers.append(Leftover(reading.read, value.span, "the sentence does not say which arm"))
            continue
        if pattern == "case-from" and (topic.endpoint, value.value) in reading.context.own_values:
            continue
        about = with_population(reading, topics[i], _whose(reading, topics[i], value, (arm, population, pattern)))
        about = of_cycles(reading, value, about)
        whose = of_each_arm(reading, series, topic.study) or (arm,)
        reading.findings += [measurement(reading, about, each, value, f"{_how(topic)}/{pattern}") for each in whose]
    return Told(series, topics, tuple(arms), tuple(populations), reading.results)


def _why_no_rate(reading: Reading, topic: Topic, series: Series) -> str | None:
    """Why values beside an adverse event are no rates of it, None where they may be."""
    event = (topic.event_span or topic.endpoint_span) if topic.endpoint == "AE" else None
    reasons = [why_no_rate(reading.text, event, value) for value in series.values] if event is not None else []
    return next((reason for reason in reasons if reason is not None), None)


def _targets_in(reading: Reading, series: Series, topics: tuple[Topic, ...], course: bool) -> tuple[tuple[Topic, ...], list[Target]]:
    """The topics of a series and whose value each is."""
    study, listed = topics[0].study, reading.context.listed
    if len(listed) == len(series.values) > 1 and study.provenance == "cited":
        return tuple(replace(t, study=one) for t, one in zip(topics, listed, strict=True)), [_one_target(reading, series, study)] * len(topics)
    outside = _value_outside(reading, series)
    if outside is not None and outside.topic.study == study:
        about = replace(topics[0], population=outside.topic.population, population_span=outside.topic.population_span)
        return (about,), [(outside.arm, None, "of-value-outside")]
    if len({t.timepoint for t in topics}) == len(topics) > 1 and not course:  # one arm at several landmarks
        return topics, [_one_target(reading, series, study)] * len(topics)
    found = attribute(reading, series, study)
    if study.provenance == "own":
        sizes = reading.context.paper.arms
        found = by_sizes(reading.text, series, found, arms_in_force(reading.context, study), sizes.n_of)
    return topics, found


def _value_outside(reading: Reading, series: Series) -> MeasurementFinding | None:
    """The share that a share's bracket stands right behind, whose parts are told there: "35% (CR, 5%; PR, 30%) in the B group"; None for none."""
    text, value = reading.text, series.values[0]
    bracket = opening(text, value.span.start)
    if bracket is None or len(series.values) > 1 or value.kind is not Kind.SHARE:
        return None
    within = text[bracket : value.span.start]
    close = min((at for at in (text.find(")", series.span.end), text.find("]", series.span.end)) if at >= 0), default=len(text))
    if any(bracket < m.span.start < close for m in (*reading.arms, *reading.populations)) or not any(
        e.span.of(text) in within for e in reading.endpoints
    ):
        return None
    told = [f for f in reading.findings if isinstance(f, MeasurementFinding) and f.unit == "percent" and f.value_span.end <= bracket]
    return told[-1] if told and not without_brackets(text[told[-1].value_span.end : bracket]).strip() else None


def _over_grades(reading: Reading, series: Series, topics: tuple[Topic, ...], found: list[Target]) -> tuple[tuple[Topic, ...], list[Target]]:
    """The topics of a series with their grades; of as many rates as grades each has its own, and all are of one arm."""
    topics = tuple(with_grade(reading, value, topic) for value, topic in zip(series.values, topics, strict=True))
    grades = grades_in_order(reading.read, series) if topics[0].endpoint == "AE" else []
    if not grades or (len(set(grades)) < len(grades) and any(pattern != LISTED for _, _, pattern in found)):
        return topics, found
    topics = tuple(replace(t, grade=grade, grade_span=None) for t, grade in zip(topics, grades, strict=True))
    if len(set(grades)) < len(grades):
        return topics, found
    return topics, [_one_target(reading, series, topics[0].study)] * len(series.values)


_OF_RESPONDERS = frozenset({"DOR", "TTR"})


def _whose(reading: Reading, topic: Topic, value: Value, target: Target) -> Mention | None:
    """The population of a value; of a cited one that no treatment is told of, those with the disease.

    How long a response lasts is always told of those who responded: they are none of their own ("50% of the responders, for a median of 7 months").
    """
    arm, population, _ = target
    if population is not None and population.norm == "responders" and topic.endpoint in _OF_RESPONDERS and value.kind is Kind.TIME:
        return None
    if arm is None and population is None and topic.study.provenance == "cited":
        return of_a_disease(reading.text, value.span.start)
    return population


def _are_one(text: str, series: Series, topics: Sequence[Topic], found: Sequence[Target]) -> bool:
    """Whether two values that are set against each other were read as the same thing of the same arm: one of them is not."""
    if len(series.values) != 2 or topics[0].timepoint != topics[1].timepoint or topics[0].study != topics[1].study:
        return False
    one, other = found
    between = without_brackets(text[series.values[0].whole.end : series.values[1].span.start])
    same = one[0] is not None and other[0] is not None and one[0].norm == other[0].norm and (one[1] and one[1].norm) == (other[1] and other[1].norm)
    return same and SET_AGAINST.search(between) is not None


def _as_told_apart(series: Series, topics: Sequence[Topic], found: list[Target]) -> list[Target]:
    """Targets of values listed for one arm; none of those that were read as the same thing, as what sets them apart was not understood."""
    about = [(t.endpoint, t.timepoint, t.event, t.grade, arm and arm.norm, p and p.norm) for t, (arm, p, _) in zip(topics, found, strict=True)]
    listed = {one for one, (_, _, pattern) in zip(about, found, strict=True) if pattern in (LISTED, ONLY_ARM)}
    clash = {one for one in listed if len({v.value for v, other in zip(series.values, about, strict=True) if other == one}) > 1}
    return [(None, None, "unknown") if one in clash else target for one, target in zip(about, found, strict=True)]


_CORRESPONDING = re.compile(r"\b[Tt]he\s(?:corresponding|respective)\s(?:rates?|numbers|values|figures|percentages|proportions)\s(?:for|of)\b")


_AT_THE_END = re.compile(r"\b(?:last|latest|final|end\sof|at\s(?:the\s)?(?:data\s)?cut-?off|crude|currently|to\sdate|overall,)\b", re.IGNORECASE)


def _landmark_before(reading: Reading, topic: Topic) -> str | None:
    """The one landmark at which the sentence before told rates of the same endpoint: "At 3 years, OS was 61%. In women, OS was 70%"."""
    before = [f.topic for f in reading.context.last_findings if f.unit == "percent" and f.topic.endpoint == topic.endpoint]
    at = {t.timepoint for t in before if t.study == topic.study}
    return next(iter(at)) if len(at) == 1 and not _AT_THE_END.search(reading.text) else None


def _elided_landmark(reading: Reading, topic: Topic, value: Value) -> Topic:
    """A rate of survival without a landmark is at the one of the rate told before it: "3-year OS was 78%, while DFS was 59%"."""
    if value.kind is not Kind.SHARE or topic.timepoint is not None or quantities_of()[topic.endpoint] != "time" or topic.endpoint == "DEATH":
        return topic
    if not reading.numbers.landmarks:
        again = _CORRESPONDING.search(reading.text[: value.span.start]) and topic.study.provenance == "own"
        return replace(topic, timepoint=reading.context.first_told[1] if again else _landmark_before(reading, topic))
    told = [
        f.topic
        for f in reading.findings
        if isinstance(f, MeasurementFinding) and f.unit == "percent" and quantities_of()[f.topic.endpoint] == "time" and f.topic.study == topic.study
    ]
    at = {t.timepoint for t in told}
    return replace(topic, timepoint=told[-1].timepoint, timepoint_span=told[-1].timepoint_span) if len(at) == 1 else topic


def _tell_sublists(reading: Reading, lists: Sequence[Sublist]) -> None:
    """Add to the reading what its totals are made of, each part of the arm of its total."""
    for one in lists:
        total = next((f for f in reading.findings if isinstance(f, MeasurementFinding) and f.value_span == one.total), None)
        for item in one.items:
            topic = of_part(total.topic, item) if total is not None else None
            if total is None and (stopped := _stopped_for(reading, one, item)) is not None:
                reading.findings.append(stopped)
                continue
            if total is None or topic is None:
                reading.leftovers.append(Leftover(reading.read, item.span, "a part of a total that was not read"))
                continue
            reading.findings.append(
                replace(
                    total, topic=topic, value=item.count, value_span=item.span, unit=item.unit, n=None, N=None, interval=None, pattern="part-of-total"
                )
            )


_WHO_STOPPED = re.compile(r"\b(?:discontinu\w+|withdr\w+|stopp\w+|terminat\w+|off[\s-]stud(?:y|ies)|off[\s-]treatment)\b[^.;]{0,110}$", re.IGNORECASE)


def _stopped_for(reading: Reading, listed: Sublist, item: Item) -> MeasurementFinding | None:
    """How many of those who stopped treatment did for one reason of a list, or died; None for a reason that is no outcome."""
    if not _WHO_STOPPED.search(reading.text[: listed.items[0].name_span.start]):
        return None
    study = study_at(reading.context, listed.total.start)
    code = reason_to_stop(item.name)
    arm, population, pattern = _one_target(reading, Series((Value(Kind.COUNT, listed.total, listed.total, 1, "patient"),)), study)
    if code is None or pattern == "unknown":
        return None
    event = singular(item.name) if code == "DISCONTINUATION" else None
    topic = with_population(reading, Topic(code, None, "count", study, event=event, event_span=item.name_span if event else None), population)
    value = Value(Kind.COUNT, item.span, item.span, item.count, "patient")
    return measurement(reading, topic, arm, value, f"reason-of-total/{pattern}")


_EACH_ARM = re.compile(
    r"[\s)\]]*(?:of\s(?:the\s)?patients\s)?,?\s?(?:in|for|with|on|from)\s(?P<how>each|both|either|the\stwo)"
    r"(?:\s(?:of\sthe\s)?(?:two\s)?(?:treatment\s|study\s)?(?:groups?|arms?|treatments?|regimens?)\b|(?=[,;.)]))",
    re.IGNORECASE,
)


# Said of all values before it: "PFS (median 4 months) and OS (median 12 months) were identical in the two arms".
_THE_SAME = re.compile(
    r"\b(?:was|were)\s(?:identical|the\ssame|equal)\s(?:in|for|with|between)\s(?:the\s)?(?:two|both)\s(?:treatment\s)?(?:groups|arms)\b",
    re.IGNORECASE,
)


# "was the same in both groups (37%)"; "In both arms, the one-year rate was 52%".
_RIGHT_BEHIND = re.compile(r"\s[(\[](?:(?:median|mean|rate),?\s)?")
_IN_BOTH = re.compile(
    r"In\s(?:both|each|either)\s(?:of\sthe\s(?:two\s)?)?(?:treatment\s|study\s)?(?:groups?|arms?),?\s(?!combined|together|pooled|taken)"
)


def _is_the_same(reading: Reading, value: Value) -> bool:
    """Whether a value is said to be that of both arms: "was identical in the two arms" beside its bracket, or "In both arms" ahead of all."""
    match = _THE_SAME.search(reading.text)
    if _IN_BOTH.match(reading.text) and value.kind is not Kind.COUNT and not reading.arms:
        return True
    if match is None or reading.arms or opening(reading.text, value.span.start) is None:
        return False
    if _RIGHT_BEHIND.fullmatch(reading.text, match.end(), value.span.start):
        return True
    return value.whole.end <= match.start() and not re.search(r"[.;:]\s|\b(?:was|were|had|but)\b", reading.text[value.whole.end : match.start()])


def _of_each_arm(reading: Reading, series: Series, topic: Topic) -> bool:
    """Add the one value that is told of each of two arms ("not reached in either arm", "12% in each group"); False where it is no such value."""
    value = series.values[0]
    force = arms_in_force(reading.context, topic.study) or (reading.context.last_arms if topic.study.provenance == "own" else ())
    match = _EACH_ARM.match(reading.text, value.whole.end)
    if len(series.values) != 1 or len(force) != 2 or not (match or _is_the_same(reading, value)):
        return False
    if match is not None and match.group("how").casefold() in ("both", "the two") and value.kind is Kind.COUNT:
        return False  # "four deaths in both arms" may be four in all
    about = with_grade(reading, value, with_landmark(reading, topic, series, 0))
    about = with_population(reading, about, population_of(reading, series))
    reading.findings += [measurement(reading, about, arm, value, f"{_how(topic)}/each-arm") for arm in force]
    return True


def _how(topic: Topic) -> str:
    """How the endpoint of a value was found."""
    return topic.rule or ("event-rate" if topic.event_span is not None else "size-of-lesion" if topic.endpoint in _SIZES else "endpoint-of-reason")


def _over_matrix(reading: Reading, series: Series) -> Told | None:
    """A series over two lists at once: "1- and 5-year OS were 98% and 86% with A and 81% and 73% with B"."""
    study = study_at(reading.context, series.span.start)
    named = endpoint_of(reading.read, series, reading.endpoints)
    found = _matrix_of(reading, series) if named is not None and named[0].detail != UNLISTED else None
    if found is None or named is None:
        return None
    cells, rule = found
    topics, arms, populations = [], [], []
    sole = reading.populations[0] if len({p.norm for p in reading.populations}) == 1 else carried_on(reading)
    for cell in cells:
        landmark = cell.other if isinstance(cell.other, Landmark) else None
        arm = next((m for m in (cell.target, cell.other) if isinstance(m, Mention) and m.kind is MentionKind.ARM), None)
        endpoint = cell.other if isinstance(cell.other, Mention) and cell.other.kind is MentionKind.ENDPOINT else named[0]
        population = cell.target if cell.target.kind is MentionKind.POPULATION else sole
        topic = with_population(reading, topic_of_endpoint(reading, endpoint, cell.value, study), population)
        topics.append(replace(topic, timepoint=landmark.text, timepoint_span=landmark.span) if landmark else topic)
        arms.append(resolve(reading, arm, study) if arm is not None else ArmOf("all"))
        populations.append(population)
    if not all(arms):
        return None
    reading.results += 1
    for cell, topic, arm_of in zip(cells, topics, arms, strict=True):
        reading.findings.append(measurement(reading, topic, arm_of, cell.value, f"matrix/{rule}"))
    return Told(series, tuple(topics), tuple(arms), tuple(populations), reading.results)


def _matrix_of(reading: Reading, series: Series) -> tuple[list[Cell], str] | None:
    """The cells of a series over two lists and how they were read: by arms, or by populations whose values are each told of all arms."""
    lists = lists_before(reading.text, series, reading.endpoints, reading.numbers.landmarks)
    by_arm = len({a.norm for a in reading.arms}) > 1
    cells = matrix(reading.text, series, reading.arms if by_arm else reading.populations, lists)
    if cells is not None:
        return cells, "named-arms" if by_arm else "by-population"
    over = arms_over(reading.text, series, reading.arms)
    cells = matrix(reading.text, series, reading.populations, over) if by_arm and over.arms else None
    return (cells, "arms-by-population") if cells is not None else None


def _over_endpoints(reading: Reading, series: Series) -> Told | None:
    """A list of values over a list of endpoints of the same length: "median PFS and OS were 5 and 11 months"."""
    run = _value_run(reading, series)
    if run is None:
        return None
    values, endpoints = run
    study = study_at(reading.context, series.span.start)
    whole = Series(tuple(values))
    arm, population, pattern = _one_target(reading, whole, study)
    reading.results += 1
    topics = []
    for value, endpoint in zip(values, endpoints, strict=True):
        topic = topic_of_endpoint(reading, endpoint, value, study)
        topic = with_population(reading, topic, population)
        topics.append(topic)
        if endpoint.detail == UNLISTED:
            reading.leftovers.append(Leftover(reading.read, value.span, "an endpoint without a code"))
        elif pattern == "unknown":
            reading.leftovers.append(Leftover(reading.read, value.span, "the sentence does not say which arm"))
        else:
            reading.findings.append(measurement(reading, topic, arm, value, f"endpoint-list/{pattern}"))
    return Told(series, tuple(topics), (arm,) * len(values), (population,) * len(values), reading.results)


def _value_run(reading: Reading, series: Series) -> tuple[list[Value], list[Mention]] | None:
    """A series, or a run of values of several kinds that starts with it, that answers to a list of endpoints."""
    text = reading.text
    if any(f.value_span == series.values[0].span for f in reading.findings if isinstance(f, MeasurementFinding)):
        return None
    values = list(series.values)
    if FROM_START.search(text[max(values[0].span.start - 20, 0) : values[0].span.start]):
        return None
    following = [v for v in reading.numbers.values if v.span.start > series.span.end]
    for value in following:
        gap = text[values[-1].whole.end : value.whole.start]
        if not re.fullmatch(r"[\s)\]]*(?:,\s*and|,|and)\s*", gap):
            break
        values.append(value)
    links = [text[a.whole.end : b.whole.start] for a, b in pairwise(values)]
    for k in range(len(values), 1, -1):
        if any(re.search(r"\bvs\.?|versus|compared|than", link) for link in links[: k - 1]):
            continue
        endpoints = endpoint_list(reading.read, values[0].span.start, k, reading.endpoints)
        if endpoints and all(e.detail == UNLISTED or compatible(v.kind, e.norm) for v, e in zip(values[:k], endpoints, strict=True)):
            if k < len(values) and len(series.values) > k:
                continue
            return values[:k], endpoints
    return None


def _one_target(reading: Reading, series: Series, study: StudyOf) -> tuple[ArmOf | None, Mention | None, str]:
    head = Series((replace(series.values[0], whole=series.span),))
    return attribute(reading, head, study)[0]


def _tell_categories(reading: Reading) -> None:
    """In a case report: the categories of response that the patient reached."""
    section = reading.read.sentence.section.kind
    if section in (SectionKind.INTRODUCTION, SectionKind.DISCUSSION, SectionKind.METHODS) or _RANDOM_CATEGORY.search(reading.text):
        return
    for endpoint in reading.endpoints:
        if endpoint.norm not in _CATEGORIES or any(
            isinstance(f, MeasurementFinding) and f.topic.endpoint_span == endpoint.span for f in reading.findings
        ):
            continue
        study = study_at(reading.context, endpoint.span.start)
        if study.provenance != "own" or reading.context.treatment.norm == "baseline" or _NO_CATEGORY.search(reading.text[: endpoint.span.start]):
            continue
        value = Value(Kind.LEVEL, endpoint.span, endpoint.span, None, None)
        timepoint, span = landmark_of(reading, endpoint, value)
        topic = Topic("BEST_RESPONSE", endpoint.span, "category", study, timepoint=timepoint, timepoint_span=span, criterion=criterion_of(reading))
        reading.results += 1
        (arm, _) = (case_arms(reading, Series((value,)), study) or [(reading.context.treatment, "")])[0]
        if arm is not None and arm.norm == "baseline":
            continue
        reading.findings.append(
            MeasurementFinding(
                reading.read,
                topic,
                arm,
                None,
                endpoint.span,
                None,
                category=_CATEGORIES[endpoint.norm],
                result=reading.results,
                pattern="case-category",
            )
        )
