"""Rates of a list of adverse events: each of one arm, in pairs of two arms, or of one arm after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.entities import Mention
from extractor.relations.attribution import attribute, carried_on
from extractor.relations.events import events_in_order, events_of_each, events_of_pairs, grade_at, listed_before
from extractor.relations.findings import Leftover
from extractor.relations.matrices import Lists, matrix
from extractor.relations.measuring import measurement
from extractor.relations.reading import Reading
from extractor.relations.resolving import resolve
from extractor.relations.studies import study_at
from extractor.relations.targets import Series
from extractor.relations.topics import topic_of_event, with_population
from extractor.relations.values import Kind


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
