"""Which two of three arms or more an estimate compares, where a sentence tells several: each has its own pair, or its own arm and one that all share.

"Compared with C, both A (HR 0.7) and B (HR 0.8) improved PFS"; "longer with A than with C (HR 0.7) and with B than with C (HR 0.8)"; "HR 0.7 for A
versus C and 0.8 for B versus C"; "(A vs C: HR 0.7; B vs C: HR 0.8)".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.entities import Mention
from extractor.entities.joins import COMPARED_WITH
from extractor.quantities import Interval
from extractor.relations.brackets import opening, statement_start, without_brackets
from extractor.relations.findings import ArmOf, StudyOf
from extractor.relations.reading import Reading
from extractor.relations.resolving import resolve
from extractor.relations.tested import tested_first
from extractor.relations.values import Effect

_THOSE = (
    r"(?:(?:the|that|those|an?|either|both|patients|women|men|group|arm|randomi[sz]ed|assigned|allocated|treated|treatment|receiving|who|received|with"
    r"|in|to|on|for|of|by|using|alone|\d[\d.]*\s?%?|months|weeks|years|days)\s+)*"
)
_LINK = rf"(?:than|over|versus|vs\.?|against|{COMPARED_WITH})"
_AGAINST = re.compile(rf"(?<![\w-]){_LINK}\s+{_THOSE}$", re.IGNORECASE)
_DOSE = r"(?:\s?\(?\d[\d.,]*[\s-]?(?:mg|µg|g|Gy|IU|MU)(?:/\w+)?\)?)?"
_CALLED = r"[\s:,)-]*(?:(?:arms?|groups?|alone|only|patients|recipients|(?:mono)?therapy|treatment)[\s,]*)*"
_RATIO_LINK = re.compile(rf"{_DOSE}{_CALLED}(?:as\s)?(?:versus|vs\.?|over|{COMPARED_WITH})\s{_THOSE}", re.IGNORECASE)
_BEHIND = re.compile(
    r"[\s)\]]*,?\s?(?:for|in|with|among)\s(?:the\s|patients\s|those\s|(?:receiving|treated|assigned|in|on|with|to)\s)*$", re.IGNORECASE
)
_BETTER = re.compile(r"\b(?:longer|better|superior|improv\w+|prolong\w+|extend\w*|higher|greater|increas\w+|more|favou?r\w*)\b", re.IGNORECASE)
_WORSE = re.compile(r"\b(?:shorter|worse|inferior|lower|poorer|reduc\w+|decreas\w+|fewer|less)\b", re.IGNORECASE)
_RISK = re.compile(r"\b(?:risk|hazard|odds|death|mortality|progression\b(?!-free)|recurrence|relapse)s?\b", re.IGNORECASE)
_LEAST_ARMS = 3


def pair_of_estimate(reading: Reading, effect: Effect, study: StudyOf) -> tuple[ArmOf, ArmOf] | None:
    """The two arms that an estimate compares, in a sentence of three arms or more; None where the words around it do not tell both."""
    if len({a.norm for a in reading.arms}) < _LEAST_ARMS:
        return None
    pair, settled = _told_around(reading, effect)
    one, other = (resolve(reading, m, study) if m is not None else None for m in pair)
    if one is None or other is None or one.norm == other.norm:
        return None
    return (one, other) if settled else _as_said(reading, effect, one, other)


def _told_around(reading: Reading, effect: Effect) -> tuple[tuple[Mention | None, Mention | None], bool]:
    """The two arms of an estimate, and whether what is printed says which stands above the line."""
    text = reading.text
    start, bracket = _end_of_one_before(reading, effect), opening(text, effect.whole.start)
    inside = [m for m in reading.arms if max(start, bracket or start) <= m.span.start and m.span.end <= effect.span.start]
    behind = _behind(reading, effect)
    if bracket is None and (behind is not None or effect.whole.start < effect.span.start):
        inside = [m for m in inside if m.span.start >= effect.whole.start]  # behind the name of the ratio, if it is told again
    divided = _linked(text, inside)
    if divided is not None:
        return divided, True
    ahead = [m for m in _outside_brackets(reading, start, effect.whole.start if bracket is None else bracket) if m not in inside]
    if len(inside) == 1 and _AGAINST.search(text[: inside[0].span.start]):
        return (_of_its_own(text, ahead) or behind, inside[0]), True
    if behind is not None:
        next_one = next((m for m in reading.arms if m.span.start >= behind.span.end), None)
        told = _linked(text, [behind, next_one]) if next_one is not None and next_one.span.start < _start_of_next(reading, effect) else None
        return told or (behind, _reference(reading, behind)), True
    if bracket is None:
        return (None, None), False
    return _ahead(reading, ahead), False


def _ahead(reading: Reading, ahead: Sequence[Mention]) -> tuple[Mention | None, Mention | None]:
    """The arms of a bracket by the arms between the number before it and it."""
    text = reading.text
    against = [m for m in ahead if _AGAINST.search(without_brackets(text[: m.span.start]))]
    own = [m for m in ahead if m not in against]
    if len(own) == 1 and len(against) == 1:
        return own[0], against[0]
    if len(own) == 1 and not against:
        return own[0], _reference(reading, own[0])
    if len(against) == 1 and not own:
        first = next((m for m in reading.arms if not _AGAINST.search(text[: m.span.start])), None)
        return (first, against[0]) if first is not None and first.span.end <= against[0].span.start else (None, None)
    return None, None


def _reference(reading: Reading, own: Mention) -> Mention | None:
    """The one arm that a sentence sets others against ("compared with C"), where it is not the arm itself."""
    against = {m.norm: m for m in reading.arms if _AGAINST.search(reading.text[: m.span.start])}
    return next(iter(against.values())) if len(against) == 1 and own.norm not in against else None


def _of_its_own(text: str, ahead: Sequence[Mention]) -> Mention | None:
    """The last arm before the bracket of an estimate, where it is set against no other there."""
    return ahead[-1] if ahead and not _AGAINST.search(text[: ahead[-1].span.start]) else None


def _behind(reading: Reading, effect: Effect) -> Mention | None:
    """The arm right behind an estimate and its interval: "0.71 (0.58-0.88) for A"."""
    later = [m for m in reading.arms if m.span.start >= effect.whole.end]
    told = bool(later) and _BEHIND.fullmatch(without_brackets(reading.text[effect.whole.end : later[0].span.start]).replace("(", " "))
    return later[0] if told else None


def _linked(text: str, arms: Sequence[Mention | None]) -> tuple[Mention, Mention] | None:
    """The last two neighbours with "versus" between them."""
    told = [m for m in arms if m is not None]
    found = [(a, b) for a, b in pairwise(told) if a.norm != b.norm and _RATIO_LINK.fullmatch(text, a.span.end, b.span.start)]
    return found[-1] if found else None


def _outside_brackets(reading: Reading, start: int, end: int) -> list[Mention]:
    flat = without_brackets(reading.text[:end])
    return [m for m in reading.arms if start <= m.span.start and m.span.end <= end and m.span.of(flat).strip()]


def _end_of_one_before(reading: Reading, effect: Effect) -> int:
    return max((e.whole.end for e in reading.numbers.effects if e.whole.end <= effect.span.start), default=0)


def _start_of_next(reading: Reading, effect: Effect) -> int:
    return min((e.whole.start for e in reading.numbers.effects if e.whole.start >= effect.whole.end), default=len(reading.text))


def _as_said(reading: Reading, effect: Effect, one: ArmOf, other: ArmOf) -> tuple[ArmOf, ArmOf]:
    """Two arms of which the first is said to have done better or worse, the one above the line in front; else the one under test."""
    flat = without_brackets(reading.text)
    end = re.search(r"[.;]\s", flat[effect.whole.end :])
    said = flat[statement_start(flat, effect.whole.start) : effect.whole.end + end.start() if end else len(flat)]
    better, worse = _BETTER.search(said) is not None, _WORSE.search(said) is not None
    if better == worse and effect.measure == "HR":
        better, worse = _by_values(reading, effect)
    open_ = effect.interval is not None and _holds_one(effect.interval)  # "did not improve OS over C (1.05, 0.90-1.22)"
    if better == worse or open_ or effect.estimate is None or effect.estimate == 1:
        return tested_first(one, other)
    less_is_told = worse if _RISK.search(said) or effect.measure != "HR" else better
    return (one, other) if less_is_told == (effect.estimate < 1) else (other, one)


def _holds_one(interval: Interval) -> bool:
    return (interval.low or 0) <= 1 and (interval.high is None or interval.high >= 1)


def _by_values(reading: Reading, effect: Effect) -> tuple[bool, bool]:
    """Whether the first of two values ahead of the bracket of a hazard ratio is the higher one, and whether it is the lower one."""
    start, bracket = _end_of_one_before(reading, effect), opening(reading.text, effect.whole.start)
    ahead = [v for v in reading.numbers.values if v.value is not None and start <= v.span.start < (bracket or 0)]
    first, second = (v.value or 0 for v in ahead) if len(ahead) == len({v.kind for v in ahead}) + 1 == _PAIR else (0, 0)
    return first > second, first < second


_PAIR = 2
