"""Values of another arm that a clause tells in the order of those just told of one: "the corresponding figures with B were 22% and 4%"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extractor.entities import Mention
from extractor.relations.findings import MeasurementFinding, Topic
from extractor.relations.measuring import measurement
from extractor.relations.reading import Reading
from extractor.relations.resolving import resolve
from extractor.relations.studies import study_at
from extractor.relations.targets import Series
from extractor.relations.values import Value

# What speaks of all that was just told; "these patients" are no figures.
_THESE = re.compile(
    r"\b(?:(?:these|they|those|both)\s(?=were|was|are)"
    r"|(?:the|these|those|their)\s(?:(?:corresponding|respective|same)\s)?"
    r"(?:figures|values|rates|results|numbers|percentages|proportions|medians|incidences|frequencies)\b)",
    re.IGNORECASE,
)
_LINK = re.compile(r"[\s)\]]*(?:,\sand|,|and)\s+")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """What a clause tells of another arm: topics as they were told before, the values in their order, the arm, and whose values they follow."""

    topics: tuple[Topic, ...]
    values: tuple[Value, ...]
    arm: Mention
    before: str


def tell_in_turn(reading: Reading, series: Series) -> bool:
    """Add values that the other arm had of what was just told of one: "with A, ORR was 37% and CR 9%; with B, these were 22% and 4%"."""
    turn = _in_turn(reading, series)
    arm = resolve(reading, turn.arm, study_at(reading.context, series.span.start)) if turn is not None else None
    if turn is None or arm is None or arm.norm == turn.before:
        return False
    reading.results += 1
    reading.findings += [measurement(reading, topic, arm, value, "in-turn/named-arms") for topic, value in zip(turn.topics, turn.values, strict=True)]
    return True


def _in_turn(reading: Reading, series: Series) -> Turn | None:
    """The values from a series on that answer one by one to all that the sentence told of one arm before; None where they do not.

    They answer only if there are as many, of the same units, and the clause names one arm and speaks of "these" figures.
    """
    told = [f for f in reading.findings if isinstance(f, MeasurementFinding) and f.value_span is not None]
    told = sorted((f for f in told if f.value_span is not None and f.value_span.end <= series.span.start), key=lambda f: f.value_span or series.span)
    arms = {f.arm.norm for f in told if f.arm is not None}
    if len(told) < _LEAST or len(arms) != 1 or any(f.arm is None for f in told):
        return None
    last = told[-1].value_span
    start = last.end if last is not None else 0
    here = [a for a in reading.arms if start <= a.span.start < series.span.start and a.norm not in arms]
    turns = re.search(r"[;,]\s", reading.text[start : here[0].span.start]) if here else None
    said = _THESE.search(reading.text, start + turns.end(), series.span.start) if turns is not None else None
    values = tuple(v for v in reading.numbers.values if v.span.start >= series.span.start)[: len(told)]
    if said is None or len({a.norm for a in here}) != 1 or [v.unit for v in values] != [f.unit for f in told]:
        return None
    if not all(_LINK.fullmatch(reading.text, a.whole.end, b.whole.start) for a, b in pairwise(values)):
        return None
    return Turn(tuple(f.topic for f in told), values, here[0], next(iter(arms)))
