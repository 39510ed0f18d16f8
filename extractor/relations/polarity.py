"""Whom a result favors: what more of an endpoint means for the patient, what figures say, and what holds where words say something else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.entities.endpoints import polarities, quantities_of
from extractor.quantities import Interval, Number, PValue
from extractor.records import Direction, Measure

SIGNIFICANT = 0.05
"""What a paper calls a difference: a p-value below this, an interval that leaves out "no effect"."""

_OF_LOSS = re.compile(r"\b(?:mortality|deaths?|died|fatal\w*|risks?|hazards?)\b", re.IGNORECASE)
_NO_EFFECT: dict[str, Number] = {"difference": 0, "risk reduction": 0}


@dataclass(frozen=True, slots=True)
class Figures:
    """What a statement gives to tell whom it favors: an estimate, a p-value, the values of the arm under test and of its comparator."""

    measure: Measure | None = None
    estimate: Number | None = None
    interval: Interval | None = None
    p: PValue | None = None
    values: tuple[Number, Number] | None = None


def more_is_good(endpoint: str, called: str = "") -> bool | None:
    """Whether more of an endpoint is good for the patient, None where that cannot be said. A survival told as its loss is turned round.

    >>> more_is_good("OS"), more_is_good("AE"), more_is_good("AFP"), more_is_good("OS", "overall mortality")
    (True, False, None, False)
    """
    polarity = polarities().get(endpoint)
    if polarity is None:
        return None
    return polarity == "good" and not _OF_LOSS.search(called)


def opposite(direction: Direction) -> Direction:
    """The direction with the two arms changed over."""
    turned: dict[Direction, Direction] = {"favors_arm": "favors_comparator", "favors_comparator": "favors_arm"}
    return turned.get(direction, direction)


def is_significant(p: PValue | None) -> bool | None:
    """Whether a p-value is below 0.05; None without one, for one that is 0.05 as printed, and for a bound that leaves it open ("p < 0.1")."""
    if p is None:
        return None
    if p.op in ("<", "<="):
        return True if p.value <= SIGNIFICANT else None
    if p.op in (">", ">="):
        return False if p.value >= SIGNIFICANT else None
    return None if p.value == SIGNIFICANT else p.value < SIGNIFICANT


def by_figures(endpoint: str, figures: Figures, called: str = "") -> tuple[Direction | None, bool]:
    """Whom the figures favor, and whether it is the order of the two arms' own values that says so; the arm under test is above the line of ratios.

    An interval that holds "no effect" is no difference whatever its p-value is (of a test of non-inferiority, of one side); one that ends right
    there is as its p-value says. An interval that leaves it out beside a p-value above 0.05 says nothing, nor do a ratio and values that favor
    different arms.
    """
    good = more_is_good(endpoint, called)
    significant = is_significant(figures.p)
    holds = _holds_no_effect(figures)
    if holds is None:
        holds = None if significant is None else not significant
    elif not holds and significant is False:
        return None, False
    if holds:
        return "no_difference", False
    if holds is None or good is None:
        return None, False
    by_estimate, by_values = _by_estimate(endpoint, figures, good), _by_values(figures, good)
    if by_estimate is not None and by_values is not None and by_estimate != by_values:
        return None, False
    return by_estimate or by_values, by_values is not None


def _by_values(figures: Figures, good: bool) -> Direction | None:
    """Whose value is the better one; None without values, and where they are the same."""
    if figures.values is None or figures.values[0] == figures.values[1]:
        return None
    return "favors_arm" if (figures.values[0] > figures.values[1]) == good else "favors_comparator"


def _holds_no_effect(figures: Figures) -> bool | None:
    """Whether the interval of an estimate holds "no effect"; None without a closed interval, and where it ends there and a p-value can decide."""
    interval = figures.interval
    if figures.measure is None or interval is None or interval.low is None or interval.high is None:
        return None
    null = _NO_EFFECT.get(figures.measure, 1)
    if null in (interval.low, interval.high) and is_significant(figures.p) is not None:
        return None
    return interval.low <= null <= interval.high


def _by_estimate(endpoint: str, figures: Figures, good: bool) -> Direction | None:
    """Whom an estimate favors that is not "no effect"; None where papers write it both ways."""
    if figures.measure is None or figures.estimate is None or endpoint == "TTR":
        return None
    timed = quantities_of().get(endpoint) == "time"
    if figures.measure == "difference" or (figures.measure == "OR" and timed):
        return None  # differences are printed without their sign, odds are of the event or of being without it
    if figures.measure == "risk reduction":
        return "favors_arm" if figures.estimate > 0 else "favors_comparator"
    of_events = timed or not good
    return "favors_arm" if (figures.estimate < 1) == of_events else "favors_comparator"


def settled(figures: Direction | None, words: Direction | None, *, p: PValue | None, ordered: bool) -> Direction | None:
    """What holds where a statement gives figures and words.

    What is called better beside figures that show no difference is no different as published here. What is called alike beside figures that show a
    difference is left open: one of the two speaks of something else. Where they favor different arms the words win over a ratio, of which it was
    assumed which arm is above the line; over values that were read for each arm neither wins, as one of the two was misread.

    Args:
        figures: whom the figures favor.
        words: whom the words favor.
        p: the p-value of the figures.
        ordered: whether it is the two arms' own values by which the figures favor one.
    """
    if words == "no_difference" and (is_significant(p) or figures not in (None, words)):
        return None
    if figures is None or words is None or figures == words:
        return words if figures is None else figures
    if figures == "no_difference":
        return figures
    return None if ordered else words
