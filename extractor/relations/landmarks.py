"""The time that a value is told at: "12 month" of a rate, a level or a count, from its sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities import Mention
from extractor.entities.endpoints import quantities_of
from extractor.relations.brackets import clause_start, opening, without_brackets
from extractor.relations.context import is_baseline
from extractor.relations.findings import Topic
from extractor.relations.reading import Reading
from extractor.relations.targets import Series
from extractor.relations.values import Kind, Landmark, Value

SAFETY = frozenset({"AE", "DISCONTINUATION", "DOSE_REDUCTION", "TREATMENT_DEATH"})
_CYCLES_IN_WORDS = "first second third fourth fifth sixth seventh eighth".split()
_CYCLE = re.compile(
    rf"""
    \b (?:after\s)? (?: the\s | a\s | an\sadditional\s )?
    (?: (?P<word> {"|".join(_CYCLES_IN_WORDS)} )\s (?:and\s\w+\s)? cycle
      | (?P<n> \d+ )\scycles )
    """,
    re.IGNORECASE | re.VERBOSE,
)


_DATE = re.compile(
    r"\b(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}\b|\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b|\b(?:one|two|three|four|five|six|\d+)\s(?:months?|years?)\slater\b",
    re.IGNORECASE,
)


def cycle_of(reading: Reading) -> tuple[str | None, CharSpan | None]:
    """In a case report: the cycle after which something was seen, in this sentence or carried over."""
    match = _CYCLE.search(reading.text)
    if match is None:
        return (None if _DATE.search(reading.text) else reading.context.cycle), None
    number = match.group("n") or str(_CYCLES_IN_WORDS.index(match.group("word").casefold()) + 1)
    return f"{number} cycle", CharSpan(*match.span())


def landmark_of(reading: Reading, endpoint: Mention, value: Value) -> tuple[str | None, CharSpan | None]:
    """The landmark of a rate ("12 month") and its span: the one at the endpoint, else the last before the value; (None, None) without one."""
    case = reading.context.paper.is_case
    if value.kind not in _AT_A_TIME:
        return None, None
    if case:
        return (None, None) if is_baseline(reading.text, value.span.start) else cycle_of(reading)
    bracket = opening(reading.text, value.span.start)
    at = next(
        (
            m
            for m in reading.numbers.landmarks
            if bracket is not None and not reading.text[m.span.end : bracket].strip(" -") and m.span.end <= bracket
        ),
        None,
    )
    if at is not None:
        return at.text, at.span
    same = [e for e in reading.endpoints if e.norm == endpoint.norm and e.span.start <= max(value.span.start, endpoint.span.start)]
    near = [m for m in reading.numbers.landmarks if any(-40 <= e.span.start - m.span.end <= 60 or 0 <= m.span.start - e.span.end <= 60 for e in same)]
    if value.kind is Kind.COUNT or endpoint.norm in _RESPONSES:
        near = [m for m in near if not _is_of_another(reading, endpoint, m)]
    if value.kind is Kind.COUNT:
        own = next((m for m in near if value.whole.covers(m.span)), None)
        if own is not None:
            return own.text, own.span
    told = [m for m in reading.numbers.landmarks if _RIGHT_BEHIND.fullmatch(reading.text, value.whole.end, m.span.start)]
    told = told or [m for m in reading.numbers.landmarks if _RIGHT_BEFORE.fullmatch(reading.text, m.span.end, value.whole.start)]
    if told and value.kind is Kind.SHARE and endpoint.norm not in SAFETY:
        return told[-1].text, told[-1].span
    behind = [m for m in near if value.whole.end <= endpoint.span.start and _TO_ITS_TIME.fullmatch(reading.text, endpoint.span.end, m.span.start)]
    near = (
        [m for m in near if m.span.end <= value.span.start]
        or behind
        or [m for m in reading.numbers.landmarks if 0 <= m.span.start - value.whole.end <= 25 and not _told_between(reading, value, m)]
    )
    if not near:
        return None, None
    best = min(near, key=lambda m: abs(m.span.start - endpoint.span.start))
    return best.text, best.span


_RESPONSES = frozenset({"ORR", "CR", "PR", "SD", "PD", "DCR"})
# "32% had an OS at 2 years", "32% survived for more than 2 years"
_TO_ITS_TIME = re.compile(r"\W{0,3}(?:(?:at|for|of|beyond|past|over|least|more|longer|greater|than|after)\s[>≥]?\s?){0,4}")
_AT_A_TIME = (Kind.SHARE, Kind.COUNT, Kind.LEVEL, Kind.SIZE)
# "at one year was 45% and at two years 18%", "at 12 months: 45%"
_RIGHT_BEHIND = re.compile(r"\s?[(\[](?:at\s|after\s)?|\sat\s")
_RIGHT_BEFORE = re.compile(
    r"(?:[\s-]?(?:month|year|week|day|cycle)s?\b)?[\s,:=)]*(?:(?:was|were|is|of|to\sbe|being)\s)?(?:(?:estimated|only|about)\s(?:at\s|to\sbe\s)?)?[(\[]?"
)


def _told_between(reading: Reading, value: Value, mark: Landmark) -> bool:
    """Whether another endpoint stands between a value and a landmark: "was 68% and survival at 5 years 15%"."""
    return any(value.whole.end <= e.span.start < mark.span.start for e in reading.endpoints)


def _is_of_another(reading: Reading, endpoint: Mention, mark: Landmark) -> bool:
    """Whether a landmark stands right before another endpoint: in "6-month OS was 56% (3 deaths)" it is none of the deaths'."""
    return any(
        other.norm != endpoint.norm and 0 <= other.span.start - mark.span.end <= 12 and other.span.end <= endpoint.span.start
        for other in reading.endpoints
    )


def with_landmark(reading: Reading, topic: Topic, series: Series, i: int) -> Topic:
    """The topic of the i-th value: over a list of landmarks of the same length each has its own; else the one right behind the values."""
    if _is_start_of_change(reading, series.values[i]):
        return replace(topic, timepoint="baseline", timepoint_span=None)
    listed = _list_behind(reading, topic, series)
    behind = listed[i] if listed else _landmark_behind(reading, topic, series)
    if behind is not None:
        return replace(topic, timepoint=behind.text, timepoint_span=behind.span)
    own = (
        _that_opens(reading, topic, series.values[i])
        or _right_before(reading, series)
        or _of_all_values(reading, series)
        or (_at_its_event(reading, topic, series.values[i]) if topic.timepoint is None else None)
    )
    if own is not None:
        topic = replace(topic, timepoint=own.text, timepoint_span=own.span)
    if topic.timepoint is None and not reading.context.paper.is_case:
        topic = at_time_of_clause(reading, topic, series.values[i])
    if topic.endpoint_span is None or len(series.values) < 2 or reading.context.paper.is_case:
        return topic
    if topic.timepoint is None and (series.values[0].kind is not Kind.SHARE or quantities_of()[topic.endpoint] != "time"):
        return topic
    before = [m for m in reading.numbers.landmarks if m.span.end <= series.span.start]
    tail: list[Landmark] = []
    for mark in reversed(before):
        if tail and not _NEXT_LANDMARK.fullmatch(reading.text[mark.span.end : tail[0].span.start]):
            break
        tail.insert(0, mark)
    if len(tail) == len(series.values) and len(tail) > 1:
        return replace(topic, timepoint=tail[i].text, timepoint_span=tail[i].span)
    return topic


_FROM_START = re.compile(r"\bfrom\s(?:(?:an?|the)\s)?(?:(?:mean|median|average|baseline|initial|pre-?treatment)\s)?(?:(?:level|value)\s)?(?:of\s)?$")
_TO_END = re.compile(r"[^.;,\d]{0,40}?\bto\s(?:(?:an?|the)\s)?(?:(?:mean|median|average)\s)?(?:of\s)?")
_FROM = re.compile(r"[^.;,()]{0,25}(?:\.\d+[^.;,()]{0,12})?\bfrom\s(?:baseline\s(?:of\s)?)?")


def _is_start_of_change(reading: Reading, value: Value) -> bool:
    """Whether a level or a size is where the one right before it came from: "12.7 ng/mL from 18.9 ng/mL"."""
    same = [v for v in reading.numbers.values if v.unit == value.unit]
    before, behind = [v for v in same if v.span.end <= value.span.start], [v for v in same if v.span.start >= value.whole.end]
    if value.kind not in (Kind.LEVEL, Kind.SIZE) or reading.context.paper.is_case:
        return False
    if behind and _FROM_START.search(reading.text[: value.span.start]) and _TO_END.fullmatch(reading.text, value.whole.end, behind[0].span.start):
        return True
    return bool(before) and _FROM.fullmatch(reading.text, before[-1].span.end, value.span.start) is not None


_NO_TIME = frozenset({"FOLLOW_UP", "DURATION", "TTR", "TTF", "DOR", "OTHER"})
# What may stand between the opening of a clause and its landmark: "At the end of 12 weeks", "Six weeks after surgery".
_OPENS_CLAUSE = re.compile(
    r"^\W*(?:(?:and|but|while|whereas|then|already|even|only|as\searly\sas)\s){0,2}(?:(?:at|by|after|on|within)\s)?(?:the\s)?$", re.IGNORECASE
)
# What may stand between a value and the landmark of its clause: "78% of the A group vs 69% of the B group at 12 weeks".
_CLAUSE_GOES_ON = re.compile(
    r"(?:(?![;:]\s|(?<!\bvs)\.\s|\b(?:whereas|while|but)\b).){0,110}?\b(?:at|after|by)\s(?:the\s)?$",
    re.IGNORECASE,
)


# The same for adverse events, of which "after 12 weeks" says how long patients were treated.
_CLAUSE_GOES_ON_AT = re.compile(r"(?:(?![;:]\s|(?<!\bvs)\.\s|\b(?:whereas|while|but)\b|,\sand\s).){0,80}?\b(?:at|by)\s(?:the\s)?$", re.IGNORECASE)
_OF_NAME = 12


def _that_opens(reading: Reading, topic: Topic, value: Value) -> Landmark | None:
    """The landmark that opens the clause of a value whose endpoint stands in a clause before: "at 1 year OS was 61%; at 3 years, it was 40%"."""
    start = clause_start(reading.text, value.span.start)
    if topic.endpoint_span is None or topic.endpoint_span.start >= start or value.kind not in _AT_A_TIME or reading.context.paper.is_case:
        return None
    here = [m for m in reading.numbers.landmarks if start <= m.span.start and m.span.end <= value.span.start]
    return next((m for m in reversed(here) if _OPENS_CLAUSE.match(reading.text[start : m.span.start])), None)


_AND_AT = re.compile(r"[,;]\s(?:and\s|but\s)?(?:(?:at|by)\s)?(?:the\s)?$")


def _right_before(reading: Reading, series: Series) -> Landmark | None:
    """The landmark that a list goes on with, right before its values: "at 1 year OS was 61% with A and 52% with B, and at 3 years 40% and 31%"."""
    ahead = [m for m in reading.numbers.landmarks if m.span.end <= series.span.start]
    if len(ahead) < 2 or reading.context.paper.is_case or series.values[0].kind not in _AT_A_TIME:
        return None
    goes_on = _AND_AT.search(reading.text[: ahead[-1].span.start])
    return ahead[-1] if goes_on and _RIGHT_BEFORE.fullmatch(reading.text, ahead[-1].span.end, series.values[0].whole.start) else None


_ITS_UNIT = re.compile(r"(?:[\s-]?(?:months?|years?|weeks?|days?|cycles?))?\s?")
_AT = re.compile(r"\s(?:at|by)\s(?:the\s)?")


def _of_all_values(reading: Reading, series: Series) -> Landmark | None:
    """The one landmark of a sentence, behind the first of the values that it is of: "61% at 3 years with A and 52% with B"."""
    if len(reading.numbers.landmarks) != 1 or len(series.values) < 2 or reading.context.paper.is_case:
        return None
    (mark,) = reading.numbers.landmarks
    first, last = series.values[0], series.values[-1]
    within = first.whole.end <= mark.span.start < last.span.start and first.kind in _AT_A_TIME
    return mark if within and _AT.fullmatch(without_brackets(reading.text[first.whole.end : mark.span.start])) else None


def _at_its_event(reading: Reading, topic: Topic, value: Value) -> Landmark | None:
    """The landmark right behind an adverse event, or right before the bracket with its rates: "fatigue at 12 weeks", "at 12 weeks (31% vs 12%)"."""
    named = topic.event_span or topic.endpoint_span
    if topic.endpoint not in SAFETY or named is None or reading.context.paper.is_case:
        return None
    bracket = opening(reading.text, value.span.start)
    here = [m for m in reading.numbers.landmarks if bracket is not None and _ITS_UNIT.fullmatch(reading.text, m.span.end, bracket)]
    return next((m for m in reading.numbers.landmarks if _AT.fullmatch(reading.text, named.end, m.span.start)), here[-1] if here else None)


def at_time_of_clause(reading: Reading, topic: Topic, value: Value) -> Topic:
    """The topic of a value at the time that its sentence or clause opens with, or at the one that its clause ends with."""
    marks = reading.numbers.landmarks
    if not marks or value.kind not in _AT_A_TIME or topic.endpoint in _NO_TIME:
        return topic
    start = clause_start(reading.text, value.span.start)
    ahead = [m for m in marks if m.span.end <= value.span.start]
    ahead = [m for m in ahead if not any(e.norm != topic.endpoint and 0 <= e.span.start - m.span.end <= _OF_NAME for e in reading.endpoints)]
    opens = [m for m in ahead if any(m.span.start >= at and _OPENS_CLAUSE.match(reading.text[at : m.span.start]) for at in (start, 0))]
    mark = opens[-1] if opens else None
    if mark is None and not ahead:
        behind = next((m for m in marks if m.span.start >= value.whole.end), None)
        goes_on = _CLAUSE_GOES_ON_AT if topic.endpoint in SAFETY else _CLAUSE_GOES_ON
        told = behind is not None and goes_on.fullmatch(reading.text[value.whole.end : behind.span.start])
        mark = behind if told and behind is not None and not _told_between(reading, value, behind) else None
    return topic if mark is None else replace(topic, timepoint=mark.text, timepoint_span=mark.span)


def _list_behind(reading: Reading, topic: Topic, series: Series) -> list[Landmark]:
    """As many landmarks as rates, right behind them: "92%, 78% and 70% at 1, 3 and 5 years"; none where one of them stands before."""
    behind = [m for m in reading.numbers.landmarks if m.span.start >= series.span.end][: len(series.values)]
    if series.values[0].kind is not Kind.SHARE or not 1 < len(series.values) == len(behind):
        return []
    links = [reading.text[one.span.end : other.span.start] for one, other in pairwise(behind)]
    joined = all(_NEXT_LANDMARK.fullmatch(link) for link in links) and _behind_values(topic).fullmatch(
        reading.text, series.span.end, behind[0].span.start
    )
    return behind if joined else []


_NEXT_LANDMARK = re.compile(r"[\s-]*(?:(?:year|month|yr|week)s?\b)?[\s,-]*(?:and|or|,|/)?[\s,-]*")
_OF_PEOPLE = r"(?:(?:of|in)\s(?:the\s)?(?:patients|women|men|(?:[\w-]+\s){1,3}(?:group|arm|patients))\s)?"
_TO_LANDMARK = re.compile(
    rf"[\s)\]]*\s{_OF_PEOPLE}(?:(?:were|are|remained)\s)?(?:still\s)?(?:(?:alive|living|(?:disease|progression|relapse)[\s-]free)\s)?"
    r"(?:at|after|by)\s(?:the\s)?$"
)


def _landmark_behind(reading: Reading, topic: Topic, series: Series) -> Landmark | None:
    """The landmark that stands right behind rates of survival, where none stands before the first of them: "88 vs 71% after 1 year and ..."."""
    if series.values[0].kind is not Kind.SHARE or reading.context.paper.is_case:
        return None
    first = next(v for v in reading.numbers.values if v.kind is Kind.SHARE)
    if any(m.span.end <= first.span.start for m in reading.numbers.landmarks):
        return None
    end = max(v.whole.end for v in series.values)
    behind = next((m for m in reading.numbers.landmarks if m.span.start >= end), None)
    told = behind is not None and _behind_values(topic).fullmatch(reading.text, end, behind.span.start) is not None
    return behind if told else None


# "after 12 weeks" behind the rate of an adverse event says how long patients were treated.
_AT_LANDMARK = re.compile(rf"[\s)\]]*\s{_OF_PEOPLE}(?:at|by)\s(?:the\s)?$")


def _behind_values(topic: Topic) -> re.Pattern[str]:
    return _AT_LANDMARK if topic.endpoint in SAFETY else _TO_LANDMARK
