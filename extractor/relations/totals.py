"""Counts that go without a unit because the total before them has it: "139 patients died (64 with A and 75 with B)".

That they are its parts is shown by the sum, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from extractor.document import CharSpan
from extractor.quantities import parse_number
from extractor.relations.targets import opening
from extractor.relations.values import Kind, Numbers, Value

_FARTHEST = 220
"""So far behind the total its parts may stand."""


def with_parts(text: str, numbers: Numbers) -> Numbers:
    """The numbers of a sentence, the parts of each total read in its unit."""
    values, stray, parts_of = list(numbers.values), list(numbers.stray), dict[CharSpan, CharSpan]()
    for total in numbers.values:
        parts = _parts_of(text, total, stray)
        if parts:
            parts_of |= dict.fromkeys(parts, total.span)
            stray = [s for s in stray if s not in parts]
            values += [Value(Kind.COUNT, s, s, parse_number(s.of(text)), total.unit, parts=(("value", s),)) for s in parts]
    return replace(numbers, values=tuple(sorted(values, key=lambda v: v.span)), stray=tuple(stray), parts=parts_of)


def _parts_of(text: str, total: Value, stray: Sequence[CharSpan]) -> Sequence[CharSpan]:
    """The bare numbers behind a count that make it up, all of them in one bracket or all in none; () where none do."""
    if total.kind is not Kind.COUNT or total.unit is None or not isinstance(total.value, int) or total.value < 2:
        return ()
    near = [s for s in stray if 0 <= s.start - total.whole.end <= _FARTHEST and s.of(text).isdigit()]
    same = [s for s in near if opening(text, s.start) == opening(text, near[0].start)]
    for k, sum_so_far in enumerate(accumulate(int(s.of(text)) for s in same), 1):
        if k > 1 and sum_so_far == total.value:
            return same[:k]
    return ()
