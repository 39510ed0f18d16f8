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
    there is as its p-value says. An interval that leaves it out beside a p-value above 0.05 says nothing.
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
    if figures.values is not None and figures.values[0] != figures.values[1]:
        return ("favors_arm" if (figures.values[0] > figures.values[1]) == good else "favors_comparator"), True
    return _by_estimate(endpoint, figures, good), False


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


def settled(figures: Direction | None, words: Direction | None, *, ordered: bool) -> Direction | None:
    """What holds where a statement gives figures and words.

    Where either says "no difference" there is none: a paper that calls a difference not significant has its reasons, and a difference that is called
    one beside a p-value above 0.05 is none as published here. Where they favor different arms the words win over a ratio, of which it was assumed
    which arm is above the line; over values that were read for each arm neither wins, as one of the two was misread.

    Args:
        figures: whom the figures favor.
        words: whom the words favor.
        ordered: whether it is the two arms' own values by which the figures favor one.
    """
    if figures is None or words is None or figures == words:
        return words if figures is None else figures
    if "no_difference" in (figures, words):
        return "no_difference"
    return None if ordered else words
