"""Values told over two lists at once: arms and endpoints, arms and landmarks, populations and arms.

Two orders are read. Each arm with all its values: "5-year OS and DFS were 51% and 33% in the A group and 48% and 29% in the B group". Or each
endpoint with all its arms: "PFS and OS for A vs B were 71% vs 46% and 88% vs 67%". All lists must have as many members as there are values for them;
what does not come out even is left to the other readings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.entities import Mention
from extractor.relations.brackets import clause_start, opening, without_brackets
from extractor.relations.lists_of_targets import coordinated
from extractor.relations.patterns import FIRST_NUMBERS
from extractor.relations.targets import COMPARES_WITH, Series, compatible, subject_first
from extractor.relations.values import Landmark, Value

_VERSUS = re.compile(r"\b(?:vs\.?|versus|compared\s(?:with|to)|against|than)\b", re.IGNORECASE)
_NEXT_LANDMARK = re.compile(
    rf"[\s,-]*(?:(?:year|month|yr)s?\b)?[\s,-]*(?:\b(?:and|or|to)\b|,|/|&)?[\s-]*(?:\b(?:{FIRST_NUMBERS})\b)?[\s,-]*", re.IGNORECASE
)
_NEAR = 70
"""So far behind its values the last arm may stand."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a matrix with what it is told of: its target, and the member of the other list."""

    value: Value
    target: Mention
    other: Mention | Landmark


def matrix(text: str, series: Series, targets: Sequence[Mention], lists: Lists) -> list[Cell] | None:
    """The cells of a series that is told over two lists at once; None where it is told otherwise."""
    by_target = _by_target(text, series, targets)
    if by_target is not None:
        owners, size = by_target
        told = lists.of_size(size)
        if told is None:
            return None
        return [Cell(value, owners[i // size], told[i % size]) for i, value in enumerate(series.values)]
    by_quantity = _by_quantity(text, series, targets)
    if by_quantity is None:
        return None
    told = lists.of_size(len(series.values) // len(by_quantity))
    k = len(by_quantity)
    return [Cell(value, by_quantity[i % k], told[i // k]) for i, value in enumerate(series.values)] if told else None


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of endpoints, of landmarks and of arms that a series may be told over."""

    endpoints: tuple[tuple[Mention, ...], ...] = ()
    landmarks: tuple[Landmark, ...] = ()
    arms: tuple[Mention, ...] = ()

    def of_size(self, size: int) -> Sequence[Mention | Landmark] | None:
        """The one list of a size; None where there is none, or two."""
        found: list[Sequence[Mention | Landmark]] = [group for group in self.endpoints if len(group) == size]
        found += [listed for listed in (self.landmarks, self.arms) if len(listed) == size]
        return found[0] if len(found) == 1 and size > 1 else None


def lists_before(text: str, series: Series, endpoints: Sequence[Mention], landmarks: Sequence[Landmark]) -> Lists:
    """The lists that a series may be told over."""
    start = series.span.start
    fits = [e for e in endpoints if e.span.end <= start and compatible(series.values[0].kind, e.norm)]
    groups = coordinated(text, fits)[-1:]
    listed = tuple(tuple(g) for g in groups if len({e.norm for e in g}) == len(g))
    tail: list[Landmark] = []
    for mark in reversed([m for m in landmarks if m.span.end <= start]):
        if tail and not _NEXT_LANDMARK.fullmatch(text[mark.span.end : tail[0].span.start]):
            break
        tail.insert(0, mark)
    return Lists(listed, tuple(tail))


def arms_over(text: str, series: Series, arms: Sequence[Mention]) -> Lists:
    """The list of arms that a series for several populations may be told over: "for A vs B ... 8 vs 5 months for women, 6 vs 4 for men"."""
    behind = coordinated(text, [a for a in arms if 0 <= a.span.start - series.span.end <= 2 * _NEAR])[:1]
    before = coordinated(text, [a for a in arms if a.span.end <= series.span.start])[-1:]
    for group in (*behind, *before):
        if len({a.norm for a in group}) == len(group) > 1:
            return Lists(arms=tuple(group))
    return Lists()


def _by_target(text: str, series: Series, targets: Sequence[Mention]) -> tuple[list[Mention], int] | None:
    """The target of each block of values, and how many values a block has: blocks are parted by the targets that stand between them."""
    values = series.values
    blocks, parted = [1], []
    for one, other in pairwise(values):
        inside = [t for t in targets if one.whole.end <= t.span.start and t.span.end <= other.whole.start]
        if len({t.norm for t in inside}) > 1:
            return None
        if inside:
            parted.append(inside[-1])
            blocks.append(1)
        else:
            blocks[-1] += 1
    if blocks == [len(values)] and len(values) > 3:
        return _by_contrast(text, series, targets)
    if len(set(blocks)) != 1 or len(blocks) < 2 or blocks[0] < 2:
        return None
    behind = [t for t in targets if 0 <= t.span.start - values[-1].whole.end <= _NEAR]
    ahead = [t for t in targets if clause_start(text, values[0].span.start) <= t.span.start and t.span.end <= values[0].span.start]
    trailing, leading = [*parted, *behind[:1]], [*ahead[-1:], *parted]
    for owners in (trailing, leading):
        if len(owners) == len(blocks) == len({t.norm for t in owners}):
            return owners, blocks[0]
    return None


def _by_contrast(text: str, series: Series, targets: Sequence[Mention]) -> tuple[list[Mention], int] | None:
    """Two blocks set against each other, a target before the first and one behind the second: "with A 62% and 82%, against 70% and 89% on B"."""
    values = series.values
    size, rest = divmod(len(values), 2)
    against = [i for i, (a, b) in enumerate(pairwise(values), 1) if _VERSUS.search(without_brackets(text[a.whole.end : b.whole.start]))]
    if rest or against != [size]:
        return None
    start = clause_start(text, values[0].span.start)
    ahead = [t for t in targets if start <= t.span.start and t.span.end <= values[0].span.start]
    behind = [t for t in targets if 0 <= t.span.start - values[-1].whole.end <= _NEAR]
    listed = coordinated(text, ahead)[-1:] or [[]]
    if not behind and len(listed[0]) == len({t.norm for t in listed[0]}) == 2 and opening(text, values[0].span.start) is not None:
        return subject_first(text, listed[0]), size  # "longer with A than with B (6 and 11 months vs 3 and 7 months)"
    if not ahead or not behind or len({t.norm for t in ahead}) != 1 or ahead[-1].norm == behind[0].norm:
        return None
    return [ahead[-1], behind[0]], size


def _by_quantity(text: str, series: Series, targets: Sequence[Mention]) -> list[Mention] | None:
    """The list of targets that each group of values goes over: the values of a group are set against each other, the groups are listed."""
    values = series.values
    against = [bool(_VERSUS.search(without_brackets(text[a.whole.end : b.whole.start]))) for a, b in pairwise(values)]
    if not any(against) or any(t.span.start > values[0].span.start and t.span.end < values[-1].span.end for t in targets):
        return None
    sizes = [1]
    for joined in against:
        if joined:
            sizes[-1] += 1
        else:
            sizes.append(1)
    k = sizes[0]
    if len(set(sizes)) != 1 or len(sizes) < 2 or k < 2:
        return None
    before = [t for t in targets if t.span.end <= values[0].span.start]
    behind = [t for t in targets if 0 <= t.span.start - values[-1].whole.end <= _NEAR]
    for group in (*coordinated(text, behind)[:1], *reversed(coordinated(text, before))):
        if len(group) == k and len({t.norm for t in group}) == k:
            return subject_first(text, group)
    if k == 2 and len({t.norm for t in before}) == 1 and behind and behind[0].norm != before[-1].norm:
        gap = without_brackets(text)[values[-1].whole.end : behind[0].span.start]
        return (
            [before[-1], behind[0]] if COMPARES_WITH.search(gap) else None
        )  # "A prolonged PFS and OS (6 vs 3 months and 11 vs 7 months) compared with B"
    return None
