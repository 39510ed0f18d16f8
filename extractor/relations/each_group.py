"""Groups of patients of which each is told the values of all arms: "44% with A and 28% with B in women and 20% and 18%, respectively, in men"."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from extractor.entities import Mention
from extractor.relations.context import arms_in_force
from extractor.relations.reading import Reading
from extractor.relations.studies import study_at

_LEAST = 2


def groups_of_values(reading: Reading) -> Mapping[int, Mention]:
    """The group of each value by where it starts, where a sentence tells as many values, two at least, of each group; {} for other sentences.

    A group stands behind all of its values, or before them. Where no arms are known the values may be of several endpoints.
    """
    at = reading.numbers.values[0].whole.start if reading.numbers.values else 0
    if not reading.arms and len(arms_in_force(reading.context, study_at(reading.context, at))) < _LEAST:
        return {}
    groups = [p for i, p in enumerate(reading.populations) if i == 0 or p.norm != reading.populations[i - 1].norm]
    if len(groups) < _LEAST or len({p.norm for p in groups}) != len(groups):
        return {}
    bounds = [0, *(p.span.start for p in groups), len(reading.text)]
    if reading.arms and all(a.span.start >= groups[-1].span.end for a in reading.arms):
        return {}  # one list of arms for all groups: "5 and 4 months in women and 3 and 2 months in men for A and B, respectively"
    starts = [v.whole.start for v in reading.numbers.values]
    told = [[at for at in starts if start <= at < end] for start, end in pairwise(bounds)]
    behind = not told[-1]
    parts = told[:-1] if behind else told[1:]
    if (not behind and told[0]) or {len(part) for part in parts} != {len(parts[0])} or len(parts[0]) < _LEAST:
        return {}
    return {at: group for group, part in zip(groups, parts, strict=True) for at in part}
