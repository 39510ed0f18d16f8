"""Values listed for one arm: "17%, 11% and 6% of those on A and 4%, 0% and 0% of those on B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.entities import Mention
from extractor.entities.arm_book import ARM_WORD
from extractor.relations.brackets import without_brackets
from extractor.relations.targets import Series

LISTED = "list-of-arm"
"""The name of this reading."""
# Nothing but the next value of the list; a unit may be told with each.
_NEXT_OF_LIST = re.compile(r"[\s)\]%]*(?:(?:months?|weeks?|years?|days?|patients?|women|men|cases)\s?)?(?:,\s?and|,|and|;)\s*[(\[]?\s?(?:in\s)?")
# The arm behind the list is but the first of several: "9% and 12% in the A, C and B groups".
_ANOTHER_ARM = re.compile(
    rf"\s?(?:,|and|or|/|,\s?and)\s(?:the\s)?[^\s,;]*[A-Za-z][^\s,;]*(?:\s[\w-]+)?(?:,|\sand|\sor|\s(?:{ARM_WORD}))\s", re.IGNORECASE
)
_SEVERAL = re.compile(r"\s?(?:arms|groups|cohorts)\b", re.IGNORECASE)


def over_blocks(text: str, series: Series, spread: Sequence[Mention | None], arms: Sequence[Mention]) -> list[Mention | None]:
    """For each value of a series its arm, where each arm is told once behind a list of its values.

    A list of two values before one arm may be one of two arms, of which the first is told elsewhere; lists of three, or of as many before each of two
    arms, are not.
    """
    out = list(spread)
    ends = [i for i, m in enumerate(spread) if m is not None]
    if not ends or all(spread) or ends[-1] != len(out) - 1:
        return out
    blocks = [range(start, end + 1) for start, end in zip([0, *(e + 1 for e in ends[:-1])], ends, strict=True)]
    named = [m for m in spread if m is not None]
    if len({m.norm for m in named}) != len(named) or not all(_is_list_of(text, series, block, spread[block[-1]]) for block in blocks):
        return out
    if len(blocks) == 1 and (len(out) < _LEAST_ALONE or {a.norm for a in arms if a.span.start < series.span.end} - {named[0].norm}):
        return out
    for block in blocks:
        out[block.start : block.stop] = [spread[block[-1]]] * len(block)
    return out


_LEAST_ALONE = 3


def _is_list_of(text: str, series: Series, block: range, arm: Mention | None) -> bool:
    """Whether an arm stands behind the last of values that are only listed."""
    values = [series.values[i] for i in block]
    flat = without_brackets(text)
    if arm is None or arm.span.start < values[-1].span.end:
        return len(values) == 1 and arm is not None
    if _ANOTHER_ARM.match(flat, arm.span.end) or _SEVERAL.match(flat, arm.span.end):
        return False
    return all(_NEXT_OF_LIST.fullmatch(flat[one.whole.end : other.span.start]) for one, other in pairwise(values))
