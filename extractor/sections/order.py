"""The cheapest reading of a paper as a sequence of sections (Viterbi 1967, over paragraphs).

Costs are in nats by intention and set by hand: a cost of 3 is outweighed by one paragraph that clearly speaks of something else. Ties go to the
section that was open, so that the same paper gives the same sections always.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.document import SectionKind

KINDS = (
    SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.INTRODUCTION, SectionKind.METHODS, SectionKind.RESULTS, SectionKind.DISCUSSION,
    SectionKind.CONCLUSION, SectionKind.BACK, SectionKind.REFERENCES, SectionKind.OTHER,
)  # fmt: skip

# What it costs that one section (row) is followed by another (column), in the order of KINDS: papers run from introduction to conclusion, with methods
# second or last, and the back matter before or behind the references.
_FOLLOWS = (
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
)  # fmt: skip
_OPENS = (0.0, 1.0, 3.0, 6.0, 6.0, 8.0, 9.0, 5.0, 9.0, 8.0)
"""What it costs that a paper opens with a section."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a paragraph or heading costs in each reading, in the order of KINDS: where it opens the section, and where it goes on in it."""

    enter: tuple[float, ...]
    stay: tuple[float, ...]

    def saying(self, costs: Sequence[float]) -> Step:
        """The same step with what the words cost in each section, opened or not."""
        return Step(_sum(self.enter, costs), _sum(self.stay, costs))


def step(
    *, enter: float, stay: float, entering: Mapping[SectionKind, float] | None = None, staying: Mapping[SectionKind, float] | None = None
) -> Step:
    """A step from its usual costs and those of some sections."""
    entering, staying = entering or {}, staying or {}
    return Step(tuple(entering.get(k, enter) for k in KINDS), tuple(staying.get(k, stay) for k in KINDS))


def _sum(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def cheapest(steps: Sequence[Step]) -> list[SectionKind]:
    """The section of each step in the cheapest reading of them all."""
    if not steps:
        return []
    costs = _sum(_OPENS, steps[0].enter)
    back: list[list[int]] = []
    for here in steps[1:]:
        came, found = [], []
        for k in range(len(KINDS)):
            best, source = costs[k] + here.stay[k], k
            for j, cost in enumerate(costs):
                if j != k and cost + _FOLLOWS[j][k] + here.enter[k] < best:
                    best, source = cost + _FOLLOWS[j][k] + here.enter[k], j
            came.append(source)
            found.append(best)
        back.append(came)
        costs = tuple(found)
    at = min(range(len(KINDS)), key=costs.__getitem__)
    path = [at]
    for came in reversed(back):
        at = came[at]
        path.append(at)
    return [KINDS[k] for k in reversed(path)]
