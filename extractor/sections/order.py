"""The cheapest reading of a paper as a sequence of sections (Viterbi 1967, over paragraphs).

Costs are in nats by intention and set by hand: a cost of 3 is outweighed by one paragraph that clearly speaks of something else. Ties go to the
section that was open, so that the same paper gives the same sections always.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from extractor.document import SectionKind

Costs: TypeAlias = NDArray[np.float64]
"""A cost for each section, in the order of KINDS."""

KINDS = (
    SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.INTRODUCTION, SectionKind.METHODS, SectionKind.RESULTS, SectionKind.DISCUSSION,
    SectionKind.CONCLUSION, SectionKind.BACK, SectionKind.REFERENCES, SectionKind.OTHER,
)  # fmt: skip

# What it costs that one section (row) is followed by another (column), in the order of KINDS: papers run from introduction to conclusion, with
# methods second or last, and the back matter before or behind the references.
FOLLOWS = np.array((
    #  TI ABS INT MET RES DIS CON BCK REF OTH
    (0.0, 0.0, 1.0, 4.0, 4.0, 8.0, 9.0, 2.0, 9.0, 3.0),  # title
    (30., 0.0, 0.0, 3.0, 3.0, 6.0, 8.0, 1.0, 8.0, 2.0),  # abstract
    (30., 8.0, 0.0, 0.0, 1.0, 4.0, 5.0, 5.0, 6.0, 1.0),  # introduction
    (30., 15., 25., 0.0, 0.0, 3.0, 5.0, 3.0, 3.0, 4.0),  # methods
    (30., 15., 25., 3.0, 0.0, 0.0, 2.0, 5.0, 6.0, 4.0),  # results
    (30., 15., 25., 3.0, 5.0, 0.0, 0.0, 1.0, 1.0, 3.0),  # discussion
    (30., 15., 12., 4.0, 7.0, 5.0, 0.0, 0.0, 0.0, 3.0),  # conclusion
    (30., 3.0, 1.0, 4.0, 5.0, 5.0, 5.0, 0.0, 0.0, 3.0),  # back
    (30., 15., 25., 6.0, 8.0, 8.0, 8.0, 0.0, 0.0, 3.0),  # references
    (30., 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 0.0),  # other
))  # fmt: skip
OPENS = np.array((0.0, 1.0, 3.0, 6.0, 6.0, 8.0, 9.0, 5.0, 9.0, 8.0))
"""What it costs that a paper opens with a section."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a paragraph or heading costs in each reading: where it opens the section, and where it goes on in it."""

    enter: Costs
    stay: Costs

    def saying(self, costs: Costs) -> Step:
        """The same step with what the words cost in each section, opened or not."""
        return Step(self.enter + costs, self.stay + costs)


def step(
    *, enter: float, stay: float, entering: Mapping[SectionKind, float] | None = None, staying: Mapping[SectionKind, float] | None = None
) -> Step:
    """A step from its usual costs and those of some sections."""
    return Step(_costs(enter, entering or {}), _costs(stay, staying or {}))


def _costs(usual: float, some: Mapping[SectionKind, float]) -> Costs:
    return np.array([some.get(kind, usual) for kind in KINDS])


def cheapest(steps: Sequence[Step]) -> list[SectionKind]:
    """The section of each step in the cheapest reading of them all."""
    if not steps:
        return []
    every = np.arange(len(KINDS))
    costs = OPENS + steps[0].enter
    back: list[NDArray[np.intp]] = []
    for here in steps[1:]:
        changing = costs[:, None] + _CHANGES
        came = changing.argmin(axis=0)
        entered, stayed = changing[came, every] + here.enter, costs + here.stay
        back.append(np.where(stayed <= entered, every, came))
        costs = np.minimum(stayed, entered)
    path = [int(costs.argmin())]
    for came in reversed(back):
        path.append(int(came[path[-1]]))
    return [KINDS[k] for k in reversed(path)]


_CHANGES = FOLLOWS + np.where(np.eye(len(KINDS), dtype=bool), np.inf, 0.0)
