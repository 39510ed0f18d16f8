"""Rates of a list of adverse events: each of one arm, in pairs of two arms, or of one arm after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.relations.attribution import attribute, carried_on
from extractor.relations.brackets import clause_start
from extractor.relations.events import SET_AGAINST, events_of_each, grade_at, listed_before
from extractor.relations.findings import Leftover
from extractor.relations.lists_of_targets import fills_bracket_of
from extractor.relations.matrices import Lists, matrix
from extractor.relations.measuring import measurement
from extractor.relations.reading import Reading
from extractor.relations.resolving import resolve
from extractor.relations.studies import study_at
from extractor.relations.targets import Series
from extractor.relations.topics import topic_of_event, with_population
from extractor.relations.values import Kind, Value


def tell_events(reading: Reading, series: Series) -> bool:
    """Add a rate that is told of each event of a list ("A, B and C (2% each)"), or rates told of a list in its order; False for no such rates."""
    if series.values[0].kind not in (Kind.SHARE, Kind.COUNT):
        return False
    pairs_of = events_of_pairs(reading.read, series, reading.events)
    if pairs_of:
        return _tell_pairs(reading, pairs_of)
    if _tell_event_matrix(reading, series):
        return True
    values = reading.numbers.values
    events = events_of_each(reading.read, series, reading.events) or events_in_order(reading.read, series, values, reading.events)
    if not events or any(e.norm in ("DISCONTINUATION", "DOSE_REDUCTION", "DEATH", "TREATMENT_DEATH") for e in reading.endpoints[:1]):
        return False
    study = study_at(reading.context, series.span.start)
    reading.results += 1
    pairs = [(e, series.values[0]) for e in events] if len(series.values) == 1 else list(zip(events, series.values, strict=True))
    whole = Series((replace(series.values[0], whole=series.span),))
    arm, population, pattern = attribute(reading, whole, study)[0]
    for event, value in pairs:
        if pattern == "unknown":
            reading.leftovers.append(Leftover(reading.read, value.span, "the sentence does not say which arm"))
            continue
        topic = with_population(reading, topic_of_event(reading, event, study), population)
        grade, span = grade_at(reading.text, replace(value, span=event.span), reading.context.grade)
        reading.findings.append(measurement(reading, replace(topic, grade=grade, grade_span=span), arm, value, f"event-list/{pattern}"))
    return True


def _tell_event_matrix(reading: Reading, series: Series) -> bool:
    """Add the rates of a list of events, of one arm after the other: "nausea and rash were seen in 31% and 6% with A and 27% and 2% with B"."""
    listed = Lists((tuple(listed_before(reading.read, series.span.start, reading.events)),))
    cells = matrix(reading.text, series, reading.arms, listed) or []
    study = study_at(reading.context, series.span.start)
    told = [(cell, resolve(reading, cell.target, study), cell.other) for cell in cells]
    if not told or not all(arm for _, arm, _ in told):
        return False
    reading.results += 1
    for cell, arm, event in told:
        if isinstance(event, Mention):
            topic = with_population(reading, topic_of_event(reading, event, study), carried_on(reading))
            grade, span = grade_at(reading.text, replace(cell.value, span=event.span), reading.context.grade)
            reading.findings.append(measurement(reading, replace(topic, grade=grade, grade_span=span), arm, cell.value, "matrix/named-arms"))
    return True


def _tell_pairs(reading: Reading, pairs: Sequence[tuple[Mention, Series]]) -> bool:
    """Add the rates of two arms for each event of a list; False where the arms of a pair are not told."""
    study = study_at(reading.context, pairs[0][1].span.start)
    found = [attribute(reading, pair, study) for _, pair in pairs]
    if any(pattern == "unknown" for targets in found for _, _, pattern in targets):
        return False
    for (event, pair), targets in zip(pairs, found, strict=True):
        reading.results += 1
        for value, (arm, population, pattern) in zip(pair.values, targets, strict=True):
            topic = with_population(reading, topic_of_event(reading, event, study), population)
            grade, span = grade_at(reading.text, replace(value, span=event.span), reading.context.grade)
            reading.findings.append(measurement(reading, replace(topic, grade=grade, grade_span=span), arm, value, f"event-list/{pattern}"))
    return True


_SURELY_LISTED = 3
"""As many events as rates are told of each other without a word for it."""
# "leak and bleeding were seen in 9% and 12%, without differences between the groups": the groups are not what the two rates are of.
_ALIKE_BEHIND = re.compile(r"[\s)\]%,]{0,4}(?:and\s|with\s)?(?:without|with\sno|no)\s(?:any\s)?(?:[a-z]+\s){0,2}differences?\b")


def events_in_order(read: ReadSentence, series: Series, values: Sequence[Value], events: Sequence[Mention]) -> list[Mention]:
    """As many events as rates, in their order: "nausea and rash were seen in 12% and 5% of patients, respectively"; none where it is not said so.

    Three and more need no "respectively". The rates are of one arm: none but it stands behind them.
    """
    text, k = read.sentence.text, len(series.values)
    if k < 2 or SET_AGAINST.search(text[series.span.start : series.span.end]):
        return []
    until = next((v.span.start for v in values if v.span.start >= series.span.end), len(text))
    behind = {m.norm for m in read.of(MentionKind.ARM) if series.span.end <= m.span.start < until}
    alike = _ALIKE_BEHIND.match(text, series.span.end)
    behind = set() if alike else behind
    said = alike is not None or re.match(r"[^.;]{0,90}\brespectively\b", text[series.span.end :]) is not None
    said = said or fills_bracket_of(text, series.span, read.of(MentionKind.ARM)) or _are_of_one_arm(read, series, events)
    arms = {m.norm for m in read.of(MentionKind.ARM)}
    if len(behind) > 1 or not (said or (k >= _SURELY_LISTED and len(arms) != k)):
        return []
    found = listed_before(read, series.span.start, events)
    return found if len(found) == k else []


_WERE = re.compile(r"\s(?:rates?\s)?(?:(?:was|were)\s(?:(?:seen|reported|observed|noted)\sin\s)?|occurred\sin\s)")


def _are_of_one_arm(read: ReadSentence, series: Series, events: Sequence[Mention]) -> bool:
    """Whether the clause of a series names one arm alone, ahead of its events: "With A, nausea and rash were 31% and 12%;"."""
    text = read.sentence.text
    start, end = clause_start(text, series.span.start), text.find(";", series.span.end)
    arms = [m for m in read.of(MentionKind.ARM) if start <= m.span.start and (end < 0 or m.span.end <= end)]
    last = max((e.span.end for e in events if e.span.end <= series.span.start), default=0)
    ahead = bool(arms) and all(m.span.end <= last for m in arms)
    return ahead and len({m.norm for m in arms}) == 1 and _WERE.fullmatch(text, last, series.span.start) is not None


def events_of_pairs(read: ReadSentence, series: Series, events: Sequence[Mention]) -> list[tuple[Mention, Series]]:
    """Rates set against each other in pairs, each pair of one event of a list: "nausea and rash of 12% vs 5% and 9% vs 3%, respectively"."""
    text = read.sentence.text
    pairs = [Series(series.values[i : i + 2]) for i in range(0, len(series.values), 2)]
    if len(pairs) < 2 or any(len(p.values) != 2 for p in pairs):
        return []
    against = [SET_AGAINST.search(text[a.span.end : b.span.start]) is not None for a, b in pairwise(series.values)]
    if against != [i % 2 == 0 for i in range(len(against))]:
        return []
    found = listed_before(read, series.span.start, events)
    return list(zip(found, pairs, strict=True)) if len(found) == len(pairs) else []
