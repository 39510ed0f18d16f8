"""What a number is about: endpoint or adverse event, landmark, statistic, criterion, grade."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.document import CharSpan, SectionKind
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.entities.endpoints import quantities_of, spelled_out
from extractor.entities.population_lists import WHOLE_SET
from extractor.entities.population_patterns import SINCE
from extractor.quantities import COUNT_WORD, parse_number
from extractor.records import Statistic
from extractor.relations.brackets import opening
from extractor.relations.causes import Cause, cause_beside, cause_of, causes_in, reason_behind
from extractor.relations.context import Context, is_baseline
from extractor.relations.endpoint_events import names_events
from extractor.relations.events import before_people, event_of, grade_at, had_event, in_full, is_event_name, name_of_all, norm_of_grade
from extractor.relations.findings import StudyOf, Topic
from extractor.relations.groups import COUNTED_FIRST, outer_of
from extractor.relations.landmarks import SAFETY, cycle_of, landmark_of
from extractor.relations.leads import Lead, came_from_treatment, lead_of, leads_in, listed_name, was_fatal
from extractor.relations.occurrence import at_issue, happened, is_new, was_seen
from extractor.relations.patterns import CRITERION
from extractor.relations.predicates import counted_itself, stayed_or_died
from extractor.relations.reading import Reading
from extractor.relations.since import since_of, with_event
from extractor.relations.spoken import AS_BEFORE, UNLISTED, spoken
from extractor.relations.stops import BY_OTHER, BY_TOXICITY, REASONS, STOPPED, changed_otherwise, reason_of
from extractor.relations.studies import study_at
from extractor.relations.sublists import Item
from extractor.relations.targets import Found, Series, endpoint_list, endpoint_of
from extractor.relations.unmeant import composite, is_meant
from extractor.relations.values import Kind, Value

_DUE_TO = re.compile(
    r"\b(?:due\sto|because\sof|caus\w+|leading\sto|led\sto|result\w+\sin|owing\sto|reasons?\sfor|requiring|related\sto|for)\b", re.IGNORECASE
)
_GAIN = r"\b (?: improvement | increase | prolongation | gain | benefit | difference | advantage | reduction | decrease )s?"
# A word for a difference, right before its size or before what differs.
GAIN = re.compile(rf"{_GAIN} (?= \s(?:of|by|in|for)\b )", re.IGNORECASE | re.VERBOSE)
DIFFERENCE = re.compile(
    rf"""
    (?: {_GAIN}
        \s (?: (?: in | of | for ) \b
        (?P<rest> [^.;()]* (?: \([^()]*\) [^.;()]* )* )
        \b )? (?: of | by )
      | \b (?: improved | increased | prolonged | extended | lengthened | reduced | decreased | shortened )\sby
    )\s
    (?: around\s | about\s | approximately\s | nearly\s | ~\s? )?
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "between 4 and 6 months", "ranges from 20% to 30%", "is from 20% to 30%"
RANGE = re.compile(
    r"\b(?:between|rang(?:e[sd]?|ing)\s(?:from|of|between)|ranging|var(?:y|ie[sd]|ying)\s(?:from|between)|(?:is|are|was|were|remain(?:s|ed)?|of|with)\sfrom)\s?$",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"""
    (?: \b (?: because\sof | due\sto | owing\sto )\s (?:\w+\s)?
      | \b reasons? \b (?: [^.;] | \.\d )*
      | \b (?: until | unless | if | before | whether )\s (?:\w+\s){0,4}
    ) $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BECAUSE_OF = re.compile(r"\b(?:because\sof|due\sto|owing\sto|(?:hospitali[sz]ed|admitted|treated)\sfor)\s(?:an?\s)?(?:\w+\s)?$", re.IGNORECASE)
# "seven left the study; the reasons were progression (n = 3), adverse events (n = 2)": nothing is told of how many had them.
_LEFT_FOR = re.compile(
    r"\breasons?\sfor\s(?:\w+\s){0,2}(?:stopping|discontinu\w+|withdraw\w+|leaving|interrupt\w+)\b[^.]*$|\b(?:discontinued|withdr[ae]w\w*|left|dropped\sout|drop-?outs?|did\snot\s(?:complete|finish)|terminated)\b[^.]{0,80}\b(?:reasons?|because|due|owing)\b"
    r"(?:(?!\b(?:had|experienced|developed|reported|occurred)\b)[^.]){0,200}$",
    re.IGNORECASE,
)
_NODE = re.compile(r"\b(?:lymph\s)?nod(?:e|es|al)\b", re.IGNORECASE)
_MASS = re.compile(r"\b(?:mass|tumou?rs?|lesions?|nodules?|HCC|carcinoma|metastas[ei]s)\b", re.IGNORECASE)


def endpoints_of(read: ReadSentence) -> list[Mention]:
    """The endpoints of a sentence, without those that only give the reason of another ("discontinuation due to adverse events")."""
    text = read.sentence.text
    named = list(read.of(MentionKind.ENDPOINT))
    causes, names = causes_in(read), read.of(MentionKind.DRUG, MentionKind.TRIAL)
    named = [e for e in named if not any(p.detail == SINCE.id and p.span.covers(e.span) for p in read.of(MentionKind.POPULATION))]
    given = read.of(MentionKind.DRUG, MentionKind.DRUG_CLASS, MentionKind.PROCEDURE)
    found = sorted([*named, *spoken(text, [*named, *names], read.of(MentionKind.ADVERSE_EVENT), given)], key=lambda e: e.span)
    strong = [e for e in found if e.norm in ("DISCONTINUATION", "DOSE_REDUCTION", "TREATMENT_DEATH")]
    kept = []
    for e in found:
        if not is_meant(text, e):
            continue
        if e.norm in ("PD", "DEATH") and _REASON.search(text[: e.span.start]):
            continue
        if e.norm == "AE" and not strong and (_BECAUSE_OF.search(text[: e.span.start]) or _LEFT_FOR.search(text[: e.span.start])):
            continue
        if e.norm == "AE" and not is_new(text, e.span):
            continue
        if e.norm in ("AE", "PD") and any(cause.covers(e.span) for cause in causes):
            continue
        if (
            e.norm == "AE"
            and _SAID_OF_EVENT.search(text[: e.span.start])
            and any(v.span.end < e.span.start for v in read.of(MentionKind.ADVERSE_EVENT))
        ):
            continue
        if e.norm in ("AE", "DEATH") and any(_is_reason(text, e, s) for s in strong):
            continue
        if e.norm == "AE" and _is_of_those(read, e):
            continue
        if e.norm == "BEST_RESPONSE" and any(other.norm in _RESPONSES for other in found):
            continue  # "stable disease was the best response in 20 patients": told of the response that it was
        if len(found) > 1 and _LOOKED_AT_FOR.search(text[: e.span.start]):
            continue
        kept.append(e)
    return kept


_RESPONSES = frozenset({"CR", "PR", "SD", "PD", "PCR", "ORR"})
_LOOKED_AT_FOR = re.compile(r"\b(?:evaluable|assessable|evaluated|assessed|analy[sz]ed)\sfor\s(?:the\s)?$", re.IGNORECASE)
_THOSE = re.compile(r"\b(?:of\s(?:whom|which|these|those|them)|maximum|maximal|worst|highest)\b", re.IGNORECASE)


def _is_of_those(read: ReadSentence, endpoint: Mention) -> bool:
    """Whether "events" are those of the event named before: "rash was seen in 12 patients, most of whom had grade 2 events"."""
    before = [e.span.end for e in read.of(MentionKind.ADVERSE_EVENT) if e.span.end <= endpoint.span.start]
    text = read.sentence.text
    bare = re.fullmatch(r"(?:[Gg]rades?\s[^a-z]+(?:\([^()]*\)\s)?)?events?", endpoint.span.of(text))
    return bare is not None and bool(before) and bool(_THOSE.search(text[before[0] : endpoint.span.start]))


# "Neutropenia was the most common grade 3 or worse adverse event": the event is told of, not adverse events.
_SAID_OF_EVENT = re.compile(
    r"\b(?:was|were|is|are|as|being|\bwith(?:\s[\w-]+){1,3})\s(?:the|an?)\s(?:[a-z]+\s){0,2}(?:most|common|main|only|frequent|predominant|principal|major|new)\b[\w\s/≥>=+-]{0,50}$"
)


def _is_reason(text: str, endpoint: Mention, strong: Mention) -> bool:
    """Whether an endpoint only says why another came about: no number of its own stands between the two."""
    between = text[min(strong.span.start, endpoint.span.start) : max(strong.span.end, endpoint.span.end)]
    alone = counted_itself(text, strong.span.start, endpoint.span.start)  # "12 discontinued because of toxicity, and two died"
    return len(between) < 130 and bool(_DUE_TO.search(between)) and not alone and not re.search(r"\d\s?%|\d\)", between)


def events_of(context: Context, read: ReadSentence) -> list[Mention]:
    """The adverse events of a sentence that speaks of toxicity; the same words elsewhere are diagnoses."""
    text = read.sentence.text
    causes = causes_in(read)
    # "In those who had a leak, three died": whom the sentence is about.
    opens_with = [p.span for p in read.of(MentionKind.POPULATION) if p.span.start < len("Among the ")]
    events = [
        e
        for e in read.of(MentionKind.ADVERSE_EVENT)
        if not _GIVES_REASON.search(text[: e.span.start])
        and not (_WITH_IT.search(text[: e.span.start]) and _WHO_THEN.match(text, e.span.end))
        and is_new(text, e.span)
        and not any(span.covers(e.span) for span in (*causes, *(() if COUNTED_FIRST.search(text[: e.span.start]) else opens_with)))
    ]
    codes = {e.norm for e in read.of(MentionKind.ENDPOINT)}
    if not codes & SAFETY:
        events = [e for e in events if not _GOT_BETTER.search(text[: e.span.start])]
    who = [e for e in events if _PEOPLE_WITH.search(text[: e.span.start])]
    events = [e for e in events if e not in who] if len(who) < len(events) else events
    surgical = any(e.detail in ("morbidity", "complication", "postoperative complication") for e in events)
    toxicity = bool(codes & SAFETY) or context.in_safety or surgical or _OF_TOXICITY.search(text) is not None
    if toxicity or len(events) >= 3 or (events and happened(read, events)):
        return events
    return [e for e in events if at_issue(text, e.span)] if len(context.paper.pair or context.paper.assigned) > 1 else []


# A grade, "toxic", "the most common events".
_OF_TOXICITY = re.compile(
    r"\b[Gg]rades?\s[1-5≥]|\btoxic|\b(?:[Cc]ommon(?:est)?|[Ff]requent|[Ss]erious|[Ss]evere|[Rr]eported|[Oo]bserved)\s(?:\w+\s){0,2}?events?\b"
    r"|\bevents?\s(?:that\swere\s)?(?:most|more|reported|observed)\s(?:often|commonly|frequently|most)\b"
)
_GOT_BETTER = re.compile(r"\b(?:improve\w*|reductions?|decreases?|changes?)\s(?:in|of)\s(?:\w+\s)?$", re.IGNORECASE)
# "bleeding in patients with renal impairment": whom it was seen in.
_PEOPLE_WITH = re.compile(
    r"\b(?:in|among|for|of)\s(?:[\w-]+\s){0,4}(?:patients|those|women|men|subjects)\s(?:with|who\shad|having)\s(?:(?!grade)[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
# "Eight of nine patients with a leak who received it required a reoperation"
_WITH_IT = re.compile(r"\b(?:patients|those|women|men|subjects)\s(?:with|who\shad|having)\s(?:an?\s)?(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_WHO_THEN = re.compile(
    r"\swho\s(?:had\s)?(?:received|were|got|underwent)\b[^,;.]{0,60}\s(?:required|needed|underwent|died|recovered|responded)\b", re.IGNORECASE
)
# "Due to complications, 75 patients ...": why something else happened.
_GIVES_REASON = re.compile(
    r"^\W*(?:due\sto|because\sof|owing\sto|as\sa\sresult\sof|despite|apart\sfrom|except\sfor)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE
)


_SAID_AGAIN = re.compile(
    r"^\W*(?:(?:[Ii]n|[Aa]mong|[Ff]or)\s[^,;.]{2,40},\s)?[Tt]h(?:is|ese|ose)\s(?:adverse\s)?(?:events?|toxicit(?:y|ies)|complications?|side\seffects?|reactions?)\b"
    r"|^\W*(?:(?:[Ii]n|[Aa]mong|[Ff]or|[Ww]ith)\s[^;.]{2,40},\s)?(?:[Ii]t|[Tt]hey)\s(?:also\s)?(?:occurred|developed|arose"
    r"|(?:was|were)\s(?:also\s|again\s)?(?:seen|noted|observed|reported|recorded|found|detected))\b"
)


def event_again(context: Context, read: ReadSentence) -> list[Mention]:
    """The event of the sentence before, where a sentence opens with "this event" and names none."""
    match = _SAID_AGAIN.match(read.sentence.text)
    if match is None or context.last_event is None or read.of(MentionKind.ADVERSE_EVENT):
        return []
    return [replace(context.last_event, span=CharSpan(*match.span()))]


def with_grade(reading: Reading, value: Value, topic: Topic) -> Topic:
    """The topic of an adverse event's rate with its toxicity grade."""
    if topic.endpoint != "AE":
        return topic
    who = [p.span for p in reading.read.of(MentionKind.POPULATION)]
    who += [
        CharSpan(*m.span()) for m in _WITH_SEVERE.finditer(reading.text) if topic.event_span is None or not 0 <= topic.event_span.start - m.end() < 3
    ]
    told = [m.span for m in (*reading.events, *reading.endpoints)]
    who += [CharSpan(*m.span()) for m in _SEVERITY.finditer(reading.text) if not _is_of_event(reading.text, m, told)]
    spans = [topic.event_span, *(e.span for e in reading.events)] if topic.event_span is not None else []
    grade, span = grade_at(reading.text, value, reading.context.grade, who, spans)
    return replace(topic, grade=grade, grade_span=span)


_WITH_SEVERE = re.compile(r"\b(?:patients|those|women|men|subjects)\swith\s(?:[\w-]+\s){0,2}(?:severe|moderate|mild)\b", re.IGNORECASE)
_SEVERITY = re.compile(r"\b(?:severe|moderate|mild)\b", re.IGNORECASE)
_WAS_SEVERE = re.compile(r"(?:\b(?:was|were|being|as|mostly|mainly|generally|usually|only)\s|[(\[,]\s?|\b(?:and|or|to)[\s-])$", re.IGNORECASE)
_TO_EVENT = 4


def _is_of_event(text: str, severity: re.Match[str], events: Sequence[CharSpan]) -> bool:
    """Whether a word for severity says how bad an event was: the event stands behind it, or it is what the event is said to have been.

    "Severe renal impairment" is none where no event is of that name: it says who they are.
    """
    behind = [e for e in events if e.start >= severity.end() or e.start <= severity.start() < e.end]
    between = text[severity.end() : behind[0].start] if behind else ""
    if behind and len(between.split()) <= _TO_EVENT and not re.search(r"[;:()\[\]]", between):
        return True
    said = _WAS_SEVERE.search(text[: severity.start()]) is not None
    return said and re.match(r"\s?(?:[,;.)(\]\[]|in\b|and\b|or\b|to\b|-|$)", text[severity.end() :]) is not None


# A share of treatment cycles: no share of patients.
OF_CYCLES = re.compile(r"\b(?:of|in)\s(?:the\s|all\s|total\s)?(?:(?:treatment|chemotherapy|administered)\s)?(?:cycles|courses)\b", re.IGNORECASE)


# "39 out of 1817 cycles, 2.1%"
_IN_CYCLES = re.compile(r"[\s)\]]*(?:of\s(?:the\s)?(?:[\w-]+\s){0,2})?(?:cycles|courses)\b")
_SUBJECT_CYCLES = re.compile(r"\b(?:cycles|courses)\s(?:was|were)\s(?:given|administered|delivered|delayed|reduced|complicated|associated)\b")
_CYCLES_AND_SHARE = re.compile(r"(?<=\d)\s(?:cycles|courses)\s?[,;(\[=]\s?$")


def of_cycles(reading: Reading, value: Value, topic: Topic) -> Topic:
    """The topic of a share of cycles, which tells of them and not of patients; else the topic as it is."""
    match = OF_CYCLES.search(reading.text, value.whole.end)
    tied = match is not None and re.fullmatch(r"[\s)\]]*", reading.text[value.whole.end : match.start()])
    if not tied:
        match = tied = _CYCLES_AND_SHARE.search(reading.text[: value.span.start]) or _IN_CYCLES.match(reading.text, value.whole.end)
    if not tied and _SUBJECT_CYCLES.search(reading.text) and "patients" not in reading.text:
        match = tied = _SUBJECT_CYCLES.search(reading.text)
    if match is None or not tied or value.kind is not Kind.SHARE or topic.endpoint not in (*SAFETY, "OTHER"):
        return topic
    return replace(topic, population="cycles", population_span=CharSpan(*match.span()))


_TIME_TO_EVENT = re.compile(
    r"\btime\sto\s(?P<event>(?:the\s|first\s)*(?:onset|occurrence|development|resolution|appearance)\s(?:of|from)\s[^,;()\d]+?)\s(?:was|were|of)\s[^;]{0,80}$",
    re.IGNORECASE,
)


def topic_of_series(reading: Reading, series: Series) -> Topic | None:
    """What a series is about; None where the sentence names no endpoint or event that is told in such numbers."""
    value = series.values[0]
    study = study_at(reading.context, value.span.start)
    onset = _TIME_TO_EVENT.search(reading.text[: value.span.start]) if value.kind is Kind.TIME and reading.events else None
    if onset is not None:
        span = CharSpan(*onset.span("event"))
        what = re.sub(r"\b(?:the|first)\s", "", onset.group("event")).casefold()
        return Topic("AE", None, _statistic(reading, value), study, event=f"time to {what}", event_span=span)
    event = event_of(reading.read, series, reading.events) if value.kind in (Kind.SHARE, Kind.COUNT) and reading.events else None
    event = None if event is not None and _names_death(reading, value) else event
    followed = _of_what_followed(reading, value, study)
    if followed is not None:
        return followed
    found = _of_turn(reading, series) or endpoint_of(reading.read, series, reading.endpoints)
    if value.kind is Kind.SIZE:
        return _size_topic(reading, value, study)
    if found is not None and _of_those_alone(reading.text, found[0], value):
        return None
    stopped = next((e for e in reversed(reading.endpoints) if e.norm in STOPPED and e.span.end <= value.span.start), None)
    changed = changed_otherwise(reading, value) if found is not None and found[0].norm in STOPPED else None
    if found is not None and changed is not None:
        return topic_of_endpoint(reading, replace(found[0], norm=changed), value, study) if changed else None
    told_apart = event is not None and found is not None and _event_wins(reading, event, found[0], value) and was_seen(reading.text, event.span)
    if stopped is not None and value.kind in (Kind.SHARE, Kind.COUNT) and not told_apart and not stayed_or_died(reading.text, value):
        reason = reason_of(reading, stopped, value)
        if reason == "other":
            return None
        itself = found is not None and found[0].norm in STOPPED and found[0].span.start >= value.span.end
        if reason is not None and not itself and (found is None or found[0].norm in ("AE", *STOPPED)):
            return topic_of_endpoint(reading, stopped, value, study)
    if event is not None and (found is None or _event_wins(reading, event, found[0], value)):
        return topic_of_event(reading, event, study)
    if found is not None and found[0].norm == "PD" and _is_listed_event(reading, found[0]):
        return topic_of_event(reading, replace(found[0], norm=found[0].span.of(reading.text).casefold()), study)
    return _topic_told(reading, found, event, value, study) if found is not None and found[0].detail != UNLISTED else None


def _topic_told(reading: Reading, found: Found, event: Mention | None, value: Value, study: StudyOf) -> Topic | None:
    """What a value of an endpoint is about; None where it counts death together with what has no code."""
    endpoint, how = found
    together = composite(reading.text, endpoint, value.span.start) if value.kind in (Kind.SHARE, Kind.COUNT) else None
    if together == "":
        return None
    if together is not None:
        return replace(topic_of_endpoint(reading, replace(endpoint, norm=together), value, study), rule=how, event="event")
    topic = replace(topic_of_endpoint(reading, endpoint, value, study), rule=how)
    told_before = event is not None and (endpoint.span.end <= event.span.start or _IS_REASON_OF.search(reading.text[: endpoint.span.start]))
    listed = event is not None and endpoint.norm in ("DISCONTINUATION", "DOSE_REDUCTION") and told_before
    if event is None or not listed or opening(reading.text, value.span.start) is None or event.span.end > value.span.start:
        return topic
    return replace(topic, event=singular(event.norm), event_span=event.span)


_COUNTS_DEATHS = re.compile(r"\b(?:deaths?|mortality|fatalit(?:y|ies))\b[^;()]*$", re.IGNORECASE)


def _names_death(reading: Reading, value: Value) -> bool:
    """Whether the bracket of a value says that it counts deaths: "anemia was commoner with A (12% vs 5%; deaths 2% vs 0%)"."""
    bracket = opening(reading.text, value.whole.start)
    said = _COUNTS_DEATHS.search(reading.text, bracket, value.span.start) if bracket is not None else None
    return said is not None and not any(said.start() <= e.span.start < value.span.start for e in reading.events)


SOME_WERE = re.compile(
    rf"(?<![\w.])(?P<n>\d{{1,4}}|\b(?i:{COUNT_WORD}))\s(?:[(\[][^()\[\]]*[)\]]\s)?of\s(?:them|whom|which|these|those)\s(?:were\s|was\s)?$"
)


def _of_those_alone(text: str, endpoint: Mention, value: Value) -> bool:
    """Whether an endpoint is told of some of those counted, and a value counts the others: "30 events with A, 12 of them deaths, and 35 with B"."""
    some = SOME_WERE.search(text[: endpoint.span.start]) if endpoint.norm in ("DEATH", "TREATMENT_DEATH") else None
    return some is not None and value.kind is Kind.COUNT and not value.whole.start <= some.start("n") < value.whole.end


def _is_listed_event(reading: Reading, progression: Mention) -> bool:
    """Whether progression stands in a list of adverse events: "serious AEs were disease progression (8%), pneumonia (2%)"."""
    ahead = any(e.norm == "AE" and e.span.end <= progression.span.start for e in reading.endpoints)
    return (
        ahead and any(e.span.start > progression.span.end for e in reading.events) and bool(_LIST_FOLLOWS.match(reading.text, progression.span.end))
    )


_IS_REASON_OF = re.compile(r"\b(?:reasons?\s(?:for|of)|leading\sto|led\sto|requiring)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_LIST_FOLLOWS = re.compile(r"\s?[(\[][^()]*[)\]](?:,|\sand)\s")
FROM_START = re.compile(r"\bfrom\s(?:baseline\s)?$", re.IGNORECASE)


def _of_turn(reading: Reading, series: Series) -> tuple[Mention, str] | None:
    """Each turn of from and to answers to one endpoint of the list: "AFP and PIVKA-II fell from 500 to 300 ng/mL and from 900 to 80 mAU/mL"."""
    turns = [
        v.span.start
        for v in reading.numbers.values
        if v.kind is series.values[0].kind and FROM_START.search(reading.text[max(v.span.start - 20, 0) : v.span.start])
    ]
    start = series.values[0].span.start
    if len(turns) < 2 or start not in turns:
        return None
    listed = endpoint_list(reading.read, turns[0], len(turns), reading.endpoints)
    return (listed[turns.index(start)], "endpoint-of-turn") if listed else None


def _size_topic(reading: Reading, value: Value, study: StudyOf) -> Topic | None:
    """A size is of what is named last before it: a lymph node, or the tumor."""
    if not reading.context.paper.is_case and not any(e.norm in ("TUMOR_SIZE", "LYMPH_NODE_SIZE") for e in reading.endpoints):
        return None
    head = reading.text[: value.span.start]
    node, mass = list(_NODE.finditer(head)), list(_MASS.finditer(head))
    if not node and not mass and not any(e.norm == "TUMOR_SIZE" for e in reading.endpoints):
        return None
    code = "LYMPH_NODE_SIZE" if node and (not mass or node[-1].start() > mass[-1].start()) else "TUMOR_SIZE"
    last = (node if code == "LYMPH_NODE_SIZE" else mass)[-1:]
    timepoint, span = (None, None) if is_baseline(reading.text, value.span.start) else cycle_of(reading)
    return Topic(
        code,
        CharSpan(*last[0].span()) if last else None,
        "value" if reading.context.paper.is_case else _statistic(reading, value),
        study,
        timepoint=timepoint,
        timepoint_span=span,
    )


_ITS_RATE = re.compile(
    r"\s(?:(?:rates?|incidences?|occurred|was|were|seen|observed|noted|reported|developed|of|in|at|to|about|only)\s)*(?:[(\[]\s?)?[<>~]?"
)


_LED_TO = re.compile(
    r"\b(?:lead|leads|leading|led|result(?:ing|ed)|requir(?:ing|ed)|necessitat\w+|prompting|causing|caused)\b[^;.\d]*$", re.IGNORECASE
)
_ITS_BRACKET = re.compile(r"\s?[(\[]\s?[<>~]?")


def _event_wins(reading: Reading, event: Mention, endpoint: Mention, value: Value) -> bool:
    """Whether a rate is of the event rather than of the endpoint that the sentence also names."""
    if endpoint.norm == "DEATH" and had_event(reading.read, value, event):
        return True
    behind = endpoint.span.start >= value.whole.end
    if endpoint.norm == "DISCONTINUATION" and behind and any(value.whole.end <= v.span.start < endpoint.span.start for v in reading.numbers.values):
        return True  # "most rashes were mild (18 of 24 events), and 2 patients discontinued because of rash"
    told_there = behind and any(v.span.start >= endpoint.span.end for v in reading.numbers.values)
    if endpoint.norm in ("DEATH", "TREATMENT_DEATH") and told_there and _ITS_RATE.fullmatch(reading.text, event.span.end, value.span.start):
        return True  # "sepsis occurred in 20%, the mortality being 7%"
    if endpoint.norm in ("DEATH", "TREATMENT_DEATH") and endpoint.span.end <= event.span.start and event.span.end <= value.span.start:
        told = [v for v in reading.numbers.values if endpoint.span.end <= v.span.start and v.whole.end <= event.span.start]
        if told and opening(reading.text, event.span.start) is None and _ITS_RATE.fullmatch(reading.text, event.span.end, value.span.start):
            return True  # "a mortality of 0.5% and a rate of complications of 3%"
    if endpoint.norm in STOPPED and behind and _LED_TO.search(reading.text[value.whole.end : endpoint.span.start]):
        # "severe diarrhea (28%), leading to dose reductions": so many had it. "Toxicity (12%) led to ...": so many were stopped.
        return _ITS_BRACKET.fullmatch(reading.text, event.span.end, value.span.start) is not None and BY_TOXICITY.search(event.norm) is None
    between = endpoint.span.end <= event.span.start and event.span.end <= value.span.start
    if endpoint.norm in STOPPED and between and was_seen(reading.text, event.span):
        return True  # "stopping for toxicity was more frequent; pneumonitis was recorded in 7%"
    if endpoint.norm in ("DISCONTINUATION", "DOSE_REDUCTION", "DEATH", "TREATMENT_DEATH"):
        if event.span.start > endpoint.span.start and opening(reading.text, value.span.start) is not None and event.span.end <= value.span.start:
            return endpoint.norm not in ("DISCONTINUATION", "DOSE_REDUCTION")
        return False
    if endpoint.norm == "AE":
        if endpoint.span.end <= value.span.start and event.span.start >= value.whole.end:
            return had_event(reading.read, value, event)
        return event.span.start > endpoint.span.start or value.span.start < endpoint.span.start
    near = abs(event.span.start - value.span.start)
    return near < abs(endpoint.span.start - value.span.start)


def of_part(total: Topic, item: Item) -> Topic | None:
    """What a part of a total is about: the cause of deaths, the event, how bad it was; None for a reason that is none of ours."""
    if item.grade is not None:
        graded = replace(total, statistic="count", grade=norm_of_grade(item.grade), grade_span=item.name_span)
        return graded if total.endpoint == "AE" else None
    name = item.name.casefold()
    if total.endpoint == "DISCONTINUATION" and not BY_TOXICITY.search(name) and (BY_OTHER.search(name) or re.search(r"\bwho\b", name)):
        return None
    if total.endpoint == "AE" and not is_event_name(name):
        return None
    if total.endpoint not in (*SAFETY, "DEATH"):
        return None
    return replace(total, statistic="count", event=singular(name), event_span=item.name_span)


def topic_of_event(reading: Reading, event: Mention, study: StudyOf) -> Topic:
    """What a rate of an adverse event is about."""
    printed = event.span.of(reading.text)
    abbreviated = printed.isupper() and printed.casefold() == event.norm
    long = spelled_out(printed, event.detail) if abbreviated else event.norm
    name = singular(in_full(reading.read, replace(event, norm=long), reading.events))
    lead = lead_of(reading.read, event, leads_in(reading.read))
    if came_from_treatment(reading.text, event):
        name = f"treatment-related {name}"
    code = "AE"
    if was_fatal(reading.text, event):
        of_treatment = reading.context.last_endpoint == "TREATMENT_DEATH" or (lead is not None and lead.related == "treatment-related")
        code = "TREATMENT_DEATH" if of_treatment else "DEATH"
    return Topic(
        code,
        None,
        "rate",
        study,
        event=name if lead is None else lead.of(name),
        event_span=event.span,
        criterion=criterion_of(reading, prefix="CTCAE"),
    )


def _of_what_followed(reading: Reading, value: Value, study: StudyOf) -> Topic | None:
    """What a number in a list of adverse events that led to something is about: "events leading to death were sepsis (4%) and stroke (2%)"."""
    if value.kind not in (Kind.SHARE, Kind.COUNT):
        return None
    before = [lead for lead in leads_in(reading.read) if lead.span.end <= value.span.start]
    # "Other deaths were due to toxic effects (2%)": the toxic effects are of the list.
    while len(before) > 1 and before[-1].code == "AE" and listed_name(reading.text, before[-2], before[-1].span.end) is not None:
        before.pop()
    if not before or (lead := before[-1]).code == "AE":
        return None
    bracket = opening(reading.text, value.whole.start)
    name = listed_name(reading.text, lead, bracket if bracket is not None else before_people(reading.text, value.whole.start))
    if name is None:
        return None
    return _topic_of_lead(lead, singular(" ".join(name.of(reading.text).split())), name, study)


def _topic_of_lead(lead: Lead, event: str, span: CharSpan, study: StudyOf) -> Topic:
    """What is told of an adverse event that led to something."""
    by_treatment = lead.related and not lead.related.startswith("non-")
    if lead.code == "DEATH" and (by_treatment or Cause(event, span).is_treatment):
        return Topic("TREATMENT_DEATH", lead.span, "rate", study, event=event, event_span=span, rule="event-of-lead")
    name = f"{lead.of(event)} leading to {lead.led_to}" if lead.code == "OTHER" else lead.of(event)
    return Topic(lead.code, lead.span, "rate", study, event=name, event_span=span, rule="event-of-lead")


# Names that end in an s and are no plurals, and some that have no singular.
_NO_PLURAL = re.compile(
    r"(?:ss|us|is|creas|gas|\b(?:chills|hiccups|ascites|diabetes|rigors|herpes|varices|erysipelas|caries|scabies|rabies|series|species|hives|shingles|measles|mumps))$"
)
# "hot flashes", "metastases", "thromboses" (not "overdoses"), "neuropathies", "myalgias", "ulcers".
_PLURALS = (
    (r"(?<=sh|ss)es$|(?<=[^a]ch)es$", ""),
    (r"(?<=[a-z]stas)es$|(?<=[a-z]{2}lys)es$|(?<=\bcris)es$|(?<=[a-z]{3}[a-ce-z]os)es$|(?<=it)ides$", "is"),
    (r"ies$", "y"),
    (r"s$", ""),
)


def singular(event: str) -> str:
    """An event's name as a slot holds it: lower-case, singular."""
    text = re.sub(r"\s+", " ", event.replace("-", "-")).strip().casefold()
    if _NO_PLURAL.search(text):
        return text
    for ending, instead in _PLURALS:
        made = re.sub(ending, instead, text)
        if made != text:
            return made
    return text


def topic_of_endpoint(reading: Reading, endpoint: Mention, value: Value, study: StudyOf) -> Topic:
    """What a value of an endpoint is about: its statistic, landmark and criterion; for adverse events as a whole, which of them."""
    event, event_span, code = None, None, endpoint.norm
    printed = endpoint.span.of(reading.text)
    if endpoint.norm == "AE":
        event = name_of_all(reading.text, endpoint.span)
        lead = next((lead for lead in leads_in(reading.read) if lead.span.start == endpoint.span.start), None)
        if lead is not None and lead.code != "AE":
            told = _topic_of_lead(lead, "adverse event", endpoint.span, study)
            return replace(told, statistic=_statistic(reading, value), rule="", event=None if told.endpoint == "TREATMENT_DEATH" else told.event)
    elif endpoint.norm in ("DISCONTINUATION", "DOSE_REDUCTION"):
        event = _why_stopped(reading, endpoint)
    elif endpoint.norm in ("OS", "CSS") and value.kind in (Kind.SHARE, Kind.COUNT) and (mortality := _MORTALITY.search(printed)):
        # A hazard of mortality is one of survival; a share of those who died is none of those who live.
        code, event = "DEATH", _cause_in(mortality) or event
    elif endpoint.norm == "DEATH" and (cause := cause_of(reading.text, endpoint)) is not None:
        cause = cause_beside(reading.text, cause, value.span.start)
        event, event_span, code = singular(cause.name), cause.span, "TREATMENT_DEATH" if cause.is_treatment else "DEATH"
    elif value.kind is Kind.SHARE and names_events(reading.text, endpoint):
        event = "event"
    timepoint, span = landmark_of(reading, endpoint, value)
    if timepoint is None and endpoint.norm in ("DEATH", "TREATMENT_DEATH") and value.kind in (Kind.SHARE, Kind.COUNT):
        timepoint, span = _within(reading, endpoint, value)
        phase = _IN_INDUCTION.search(reading.text[max(endpoint.span.start - 12, 0) : endpoint.span.end + 40]) if timepoint is None else None
        timepoint = "induction" if phase is not None else timepoint
    if endpoint.detail == AS_BEFORE and timepoint is None and value.kind is Kind.SHARE:
        timepoint = reading.context.first_told[1]
    topic = Topic(
        code,
        endpoint.span,
        _statistic(reading, value),
        study,
        timepoint=timepoint,
        timepoint_span=span,
        criterion=criterion_of(reading),
        event=event,
        event_span=event_span,
    )
    return with_event(reading.read, topic)


def _why_stopped(reading: Reading, stopped: Mention) -> str | None:
    """Why treatment was stopped or reduced, as printed, where a sentence gives one reason."""
    lead = next((lead for lead in leads_in(reading.read) if lead.span.overlaps(stopped.span) and lead.code == stopped.norm), None)
    if lead is not None:
        return lead.of("adverse event")
    clause = reading.text.find("; ", stopped.span.end)
    reason = REASONS.search(reading.text, stopped.span.start, clause if clause > 0 else len(reading.text))
    if reason is None or reason.group().casefold().startswith("reason"):
        return None
    if _ADVERSE_EVENTS.match(reading.text, reason.end()):
        return "adverse event"
    said = reason_behind(reading.text, reason.end())
    return None if said is None or BY_OTHER.search(said.name) else singular(said.name)


_MORTALITY = re.compile(r"^(?:(?P<cause>[A-Za-z][\w\s-]*?)[\s-](?:specific\s|related\s)?)?(?:mortality|deaths?)\b", re.IGNORECASE)


def _cause_in(mortality: re.Match[str]) -> str | None:
    """What a mortality is of, by its name: "breast cancer mortality"; None for that of all causes."""
    cause = (mortality.group("cause") or "").casefold()
    return None if re.fullmatch(r"(?:overall|all[\s-]cause|cause|disease)?", cause) else cause


_ADVERSE_EVENTS = re.compile(r"\s(?:an?\s|the\s|its\s|their\s)?(?:(?:TE|S)?AEs?|adverse\s(?:events?|effects?|reactions?))\b", re.IGNORECASE)


_CHANGED_BY = re.compile(r"\b(?:mean|median|average)\b", re.IGNORECASE)


# "a median decrease of 35% in tumor volume"
_IN_WHAT = re.compile(r"\s(?:in|of)\s(?:the\s|their\s|serum\s|plasma\s){0,2}")


def _told_of_marker(reading: Reading, value: Value) -> bool:
    """Whether the endpoint before a share is a marker or a size: the share says how far it changed."""
    before = [e.norm for e in reading.endpoints if e.span.end <= value.span.start]
    behind = [e.norm for e in reading.endpoints if _IN_WHAT.fullmatch(reading.text, value.span.end, e.span.start)]
    told = behind or before[-1:]
    return bool(told) and quantities_of()[told[0]] in ("level", "size")


def _statistic(reading: Reading, value: Value) -> Statistic:
    if value.kind is Kind.SHARE and (_CHANGED_BY.search(reading.text[: value.span.start]) is None or not _told_of_marker(reading, value)):
        return "rate"
    if value.kind is Kind.COUNT:
        return "count"
    before = reading.text[max(value.span.start - 160, 0) : value.span.start].casefold()
    mean, median = max(before.rfind("mean"), before.rfind("average")), before.rfind("median")
    if value.spread is not None and value.spread.kind in ("sd", "se") and median <= mean:
        return "mean"  # a spread alone says so; of "median survival was 18 ± 4 months" the word does
    ahead = re.sub(r"[\d.]+\s?\w*\s(?:and|to)\s$", "", reading.text[: value.span.start])
    if value.kind is Kind.TIME and RANGE.search(ahead) and not _MEDIAN_LIES.search(ahead):
        return "value"
    of_one = reading.context.paper.is_case and study_at(reading.context, value.span.start).provenance == "own"
    if value.kind in (Kind.LEVEL, Kind.SIZE) or of_one:
        return "median" if median > max(mean, -1) else "mean" if mean >= 0 else "value"
    return "mean" if mean > median else "median"


# "a median survival of between 4 and 6 months": what lies between them is a median.
_MEDIAN_LIES = re.compile(r"\bmedians?\b[^;,\d]{0,60}$", re.IGNORECASE)


def criterion_of(reading: Reading, prefix: str = "") -> str | None:
    """The response or toxicity criterion of a sentence as a slot holds it ("mRECIST", "RECIST 1.1"); None where none (with that prefix) is named."""
    if reading.read.sentence.section.kind is SectionKind.METHODS:
        return None
    for match in CRITERION.find(reading.text):
        printed = match.group()
        if prefix and not printed.startswith(prefix):
            continue
        name = re.sub(r"modified.*", "mRECIST", printed) if printed.startswith("modified") else printed.replace("RESIST", "RECIST")
        return re.sub(r"(RECIST|CTCAE)\s?(?:v(?:ersion)?\.?\s?)?(\d)", r"\1 \2", name)
    return None


_WITHIN = re.compile(
    rf"\bwithin\s(?:the\s)?(?:first\s)?(?P<number>\d{{1,3}}|{COUNT_WORD})\s(?P<unit>day|week|month|year)s?\b(?!\s(?:of|after|from)\s(?:the\s|their\s)?last\b)",
    re.IGNORECASE,
)


def _within(reading: Reading, endpoint: Mention, value: Value) -> tuple[str | None, CharSpan | None]:
    """The time in which patients died: "7 patients (9%) died in arm A within the first 12 weeks"."""
    start = max(endpoint.span.end, value.whole.end)
    following = [v.span.start for v in reading.numbers.values if v.span.start > start]
    match = _WITHIN.search(reading.text, min(endpoint.span.end, value.whole.end), following[0] if following else len(reading.text))
    if match is None or re.search(r"[;.]\s", reading.text[start : match.start()]):
        return None, None
    number = match.group("number")
    return f"{parse_number(number)} {match.group('unit').casefold()}", CharSpan(*match.span())


# "induction deaths", "deaths during induction"
_IN_INDUCTION = re.compile(
    r"\binduction[\s-](?:deaths?|mortality)\b|\b(?:deaths?|died|mortality)\s(?:rate\s)?(?:during|in)\s(?:the\s)?induction\b", re.IGNORECASE
)


# Those who responded are what a response rate counts: no group that it is told of.
_RESPONDED = re.compile(r"^(?!.*\b(?:prior|previous|first-line|earlier)\b).*\b(?:non-?)?responders$", re.IGNORECASE)


def with_population(reading: Reading, topic: Topic, population: Mention | None) -> Topic:
    """The topic narrowed to a population; unchanged for None, and for all patients where a list tells of them beside others."""
    if population is None or population.detail == WHOLE_SET or (topic.endpoint == "ORR" and _RESPONDED.search(population.norm)):
        return topic
    here = population in reading.populations or population.detail == "people-with"
    outer, since = outer_of(reading.text, reading.populations), since_of(reading.read, topic)
    norm = population.norm
    if outer is not None and outer.norm not in norm and here:
        norm = f"{norm}, {outer.norm}"
    norm = norm if since is None else f"{norm}, {since.norm}"
    return replace(topic, population=norm, population_span=population.span if here else None)
