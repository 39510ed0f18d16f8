"""Values of another arm told in the order of those just told of one.

"The corresponding figures with B were 22% and 4%"; "PFS was 5 and OS 12 months with A, against 3 and 9 months with B".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.entities import Mention
from extractor.relations.brackets import without_brackets
from extractor.relations.context import arms_in_force
from extractor.relations.findings import ArmOf, MeasurementFinding, Topic
from extractor.relations.measuring import measurement
from extractor.relations.reading import Reading
from extractor.relations.resolving import resolve
from extractor.relations.studies import study_at
from extractor.relations.targets import Series
from extractor.relations.topics import topic_of_series
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
    study = study_at(reading.context, series.span.start)
    between = [a for a in reading.arms if start <= a.span.start < series.span.start]
    here = [a for a in between if (arm := resolve(reading, a, study)) is None or arm.norm not in arms]
    turns = re.search(r"[;,]\s", reading.text[start : here[0].span.start]) if here else None
    said = _THESE.search(reading.text, start + turns.end(), series.span.start) if turns is not None else None
    values = tuple(v for v in reading.numbers.values if v.span.start >= series.span.start)[: len(told)]
    if said is None or len({a.norm for a in here}) != 1 or [v.unit for v in values] != [f.unit for f in told]:
        return None
    if not all(_LINK.fullmatch(reading.text, a.whole.end, b.whole.start) for a, b in pairwise(values)):
        return None
    return Turn(tuple(f.topic for f in told), values, here[0], next(iter(arms)))


_AGAINST = re.compile(
    r"[\s)\]]*(?:months?|years?|%|,)*,?\s(?:vs?\.?|versus|(?:as\s)?against|(?:as\s)?compared\s(?:with|to))\s(?:only\s)?", re.IGNORECASE
)
_OF_ARM = re.compile(
    r"[\s)\]]*(?:months?|years?|%)?\s?(?:in|with|for|on|under|after|of|among)\s(?:(?:the|patients|those|in|on|receiving|given|treated|with)\s)*",
    re.IGNORECASE,
)


def tell_against(reading: Reading, series: Series) -> bool:
    """Add values of several endpoints, each by its name of one arm and then in their order of another; False for no such values.

    "PFS was 5 months and OS 12 months with A versus 3 and 9 months with B"; without its arms the sentence is of the two of the study.
    """
    values = [v for v in reading.numbers.values if v.span.start >= series.span.start]
    k = _named_one_by_one(reading, values)
    one, other = values[:k], values[k : 2 * k]
    if k < _LEAST or [v.unit for v in one] != [v.unit for v in other]:
        return False
    if not all(_LINK.fullmatch(without_brackets(reading.text), a.whole.end, b.whole.start) for a, b in pairwise(other)):
        return False
    arms = _set_against(reading, one[-1], other)
    topics = [topic_of_series(reading, Series((v,))) for v in one]
    if arms is None or any(t is None for t in topics):
        return False
    reading.results += 1
    for arm, told, pattern in zip(arms[:2], (one, other), arms[2], strict=True):
        reading.findings += [measurement(reading, t, arm, v, f"in-turn/{pattern}") for t, v in zip(topics, told, strict=True) if t is not None]
    return True


def _named_one_by_one(reading: Reading, values: Sequence[Value]) -> int:
    """How many values, from the first on, have each an endpoint of its own right before it."""
    start = 0
    named: list[str] = []
    for value in values:
        here = [e for e in reading.endpoints if start <= e.span.start and e.span.end <= value.span.start]
        if len(here) != 1 or here[0].norm in named or (named and not _ANOTHER.search(reading.text[start : here[0].span.start])):
            break
        named.append(here[0].norm)
        start = value.whole.end
    return len(named)


_ANOTHER = re.compile(r"^[\s)\]]*(?:months?|years?|%)?,?\s?(?:and\s)?(?:[\w-]+\s){0,4}$")


# "... and an OS of 12 months with A, and those on B 3 and 9 months"
_AND_THOSE = re.compile(
    r"[\s)\]]*(?:months?|years?|%)?[,;]?\s(?:and|while|whereas|but|(?:as\s)?compared\s(?:with|to)|versus|vs\.?|against)\s"
    r"(?:(?:the|those|patients|ones|in|on|with|for|under|given|receiving|treated|by|assigned|allocated|to)\s)*",
    re.IGNORECASE,
)
_HAD = re.compile(r"(?:\s(?:arms?|groups?|patients|recipients))?(?:,|:)?\s(?:(?:had|it\swas|they\swere|were|was|of|only)\s)*", re.IGNORECASE)


def _set_against(reading: Reading, last: Value, other: Sequence[Value]) -> tuple[ArmOf, ArmOf, tuple[str, str]] | None:
    """The arms of the values of one and of the other list, with how they are known; None where the sentence leaves them open."""
    text, study = reading.text, study_at(reading.context, last.span.start)
    between = [a for a in reading.arms if last.whole.end <= a.span.start and a.span.end <= other[0].span.start]
    behind = [a for a in reading.arms if a.span.start >= other[-1].whole.end]
    flat = without_brackets(text)
    if len(between) == 1 and behind:
        first, second = resolve(reading, between[0], study), resolve(reading, behind[0], study)
        at_arm = _OF_ARM.fullmatch(flat, last.whole.end, between[0].span.start) and _OF_ARM.fullmatch(flat, other[-1].whole.end, behind[0].span.start)
        links = at_arm and re.search(
            r"(?:vs?\.?|versus|against|compared\s(?:with|to)|and)\s(?:only\s)?$", flat[between[0].span.end : other[0].whole.start]
        )
        return (first, second, ("named-arms", "named-arms")) if links and first and second and first.norm != second.norm else None
    before = [a for a in reading.arms if a.span.end <= last.whole.start]
    if not between and len(behind) == 1 and len({a.norm for a in before}) == 1:  # "... with A, compared with 3 and 9 months for B"
        first, second = resolve(reading, before[-1], study), resolve(reading, behind[0], study)
        at_arm = _AGAINST.fullmatch(flat, last.whole.end, other[0].whole.start) and _OF_ARM.fullmatch(flat, other[-1].whole.end, behind[0].span.start)
        return (first, second, ("named-arms", "named-arms")) if at_arm and first and second and first.norm != second.norm else None
    if len(between) == 1 and len({a.norm for a in before}) == 1:
        first, second = resolve(reading, before[-1], study), resolve(reading, between[0], study)
        turns = _AND_THOSE.fullmatch(flat, last.whole.end, between[0].span.start) and _HAD.fullmatch(flat, between[0].span.end, other[0].span.start)
        return (first, second, ("named-arms", "named-arms")) if turns and first and second and first.norm != second.norm else None
    force = arms_in_force(reading.context, study)
    named = any(a.span.start < other[-1].span.end for a in reading.arms) or behind
    if (
        named
        or reading.populations
        or len(force) != _LEAST
        or study.provenance != "own"
        or not _AGAINST.fullmatch(flat, last.whole.end, other[0].whole.start)
    ):
        return None
    return force[0], force[1], ("arms-of-study", "arms-of-study")
