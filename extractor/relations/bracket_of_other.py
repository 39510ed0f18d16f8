"""What the other arm had of all that was told of one, in one bracket: "nausea (70%) and rash (31%) with A than with B (52 and 19%, respectively)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities import Mention
from extractor.relations.brackets import opening, statement_start, without_brackets
from extractor.relations.findings import ArmOf, Leftover
from extractor.relations.measuring import measurement
from extractor.relations.reading import Reading
from extractor.relations.resolving import resolve
from extractor.relations.studies import study_at
from extractor.relations.targets import Series
from extractor.relations.topics import topic_of_series
from extractor.relations.values import Value

_LINK = re.compile(r"\s?(?:%|months?|years?)?\s?(?:,\sand|,|and|/|;)\s?")
_LEAST = 2
# "... with A than with [B] (", "... in the A arm compared with the [B] arm ("
_THAN = re.compile(
    r"\b(?:than|versus|vs\.?|(?:as\s|when\s)?compared\s(?:with|to)|against|relative\sto)\s(?:[a-z]+\s){0,3}(?:(?:in|with|on|for|by|after|under|of)\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_UP_TO_BRACKET = re.compile(r"[^\d,;.()]{0,25}")


@dataclass(frozen=True, slots=True)
class _Both:
    """The values that one arm had, each of its own outcome, those that the other had in the same order, and the two arms."""

    one: tuple[Value, ...]
    other: tuple[Value, ...]
    arms: tuple[Mention, Mention]


def tell_bracket_of_other(reading: Reading, series: Series) -> bool:
    """Add the values of both arms, where a bracket behind the other arm answers one by one to brackets that were told of one; False elsewhere.

    A value of an outcome that is not known stays unattached, and so does the other arm's.
    """
    both = _both(reading, series.values[0])
    if both is None:
        return False
    study = study_at(reading.context, series.span.start)
    first, second = (resolve(reading, m, study) for m in both.arms)
    if first is None or second is None or first.norm == second.norm:
        return False
    reading.results += 1
    start = statement_start(without_brackets(reading.text), both.one[0].whole.start)
    for mine, theirs in zip(both.one, both.other, strict=True):
        _tell(reading, (mine, theirs), (first, second), start)
        start = mine.whole.end
    return True


def _tell(reading: Reading, values: tuple[Value, Value], arms: tuple[ArmOf, ArmOf], start: int) -> None:
    """Add what both arms had of the outcome that is named between a place and the first value."""
    at = values[0].whole.start
    named = any(start <= m.span.start and m.span.end <= at for m in (*reading.endpoints, *reading.events))
    topic = topic_of_series(reading, Series((values[0],))) if named else None
    if topic is None:
        reading.leftovers += [Leftover(reading.read, v.span, "no endpoint in the sentence that is told in such numbers") for v in values]
        return
    reading.findings += [measurement(reading, topic, arm, value, "bracket-of-other/named-arms") for arm, value in zip(arms, values, strict=True)]


def _both(reading: Reading, first: Value) -> _Both | None:
    text, values = reading.text, [v for v in reading.numbers.values if v.span.start >= first.span.start]
    one = tuple(values[: _alone_in_brackets(text, values)])
    other = tuple(values[len(one) : 2 * len(one)])
    if len(one) < _LEAST or len(other) != len(one) or [v.kind for v in one] != [v.kind for v in other]:
        return None
    bracket = opening(text, other[0].span.start)
    if bracket is None or any(opening(text, v.span.start) != bracket for v in other):
        return None
    if not all(_LINK.fullmatch(text, a.whole.end, b.whole.start) for a, b in pairwise(other)):
        return None
    told = [v for v in reading.numbers.values if opening(text, v.span.start) == bracket]
    arms = _arms(reading, one, bracket) if len(told) == len(other) else None
    return _Both(one, other, arms) if arms is not None else None


def _alone_in_brackets(text: str, values: Sequence[Value]) -> int:
    """How many values, from the first on, have each a bracket of their own within one statement."""
    opened: list[int] = []
    for i, value in enumerate(values):
        bracket = opening(text, value.span.start)
        alone = bracket is not None and not any(opening(text, v.span.start) == bracket for v in values if v is not value)
        if not alone or (i and statement_start(without_brackets(text), value.span.start) > values[0].span.start):
            break
        opened.append(bracket or 0)
    return len(opened)


def _arms(reading: Reading, one: Sequence[Value], bracket: int) -> tuple[Mention, Mention] | None:
    """The arm of the values told one by one, and the one right before the bracket; None where the sentence does not set one against the other."""
    text = reading.text
    before = [a for a in reading.arms if a.span.end <= bracket]
    if not before or before[-1].span.start < one[-1].whole.end or not _UP_TO_BRACKET.fullmatch(text, before[-1].span.end, bracket):
        return None
    other = before[-1]
    mine = [a for a in before if a.norm != other.norm]
    if not mine or len({a.norm for a in mine}) != 1 or not _THAN.search(without_brackets(text)[: other.span.start]):
        return None
    inside = any(one[0].whole.start <= a.span.start < one[-1].whole.end for a in before)
    return None if inside else (mine[-1], other)


def was_left(reading: Reading, span: CharSpan) -> bool:
    """Whether a value was left unattached already: nothing else is read from it."""
    return any(left.span == span for left in reading.leftovers)
