"""Single figures of a result by name, and the least that each has to reach."""

from __future__ import annotations

from collections.abc import Mapping

from extractor.evaluate.counts import Level
from extractor.evaluate.mentions import LABELS
from extractor.evaluate.results import Result

_GROUPS = ("efficacy", "safety")

MEASURES: tuple[str, ...] = (
    *(level.value for level in Level),
    *(f"{level.value}.{group}" for level in Level for group in _GROUPS),
    *LABELS,
)
"""F1 of facts at a level, over all or in a group; strict F1 of the mentions of a label."""


def measured(result: Result, measure: str) -> float | None:
    """The F1 that a measure names, 0 to 1; None where there was nothing to score.

    Raises:
        ValueError: for a name that is no measure.
    """
    if measure not in MEASURES:
        raise ValueError(f"{measure!r} is no measure, expected one of {', '.join(MEASURES)}")
    if measure in LABELS:
        return None if result.mentions is None else result.mentions[measure].strict.f1
    level, _, group = measure.partition(".")
    levels = result.breakdowns["group"].get(group) if group else result.facts
    return None if levels is None else levels.at(Level(level)).f1


def unheld(result: Result, floors: Mapping[str, float]) -> tuple[str, ...]:
    """What to say of each floor that a result does not reach. Where there was nothing to score, nothing was reached.

    Raises:
        ValueError: for a name that is no measure, or a floor that is no rate of 0 to 1.
    """
    said = []
    for measure, least in floors.items():
        if not 0 <= least <= 1:
            raise ValueError(f"{measure}: expected a floor of 0 to 1, found {least}")
        reached = measured(result, measure)
        if reached is None or reached < least:
            said.append(f"{measure}: {'nothing to score' if reached is None else f'{reached:.4f}'}, expected {least} or more")
    return tuple(said)
