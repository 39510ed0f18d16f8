"""The names above columns that come again, as in "Men Women Drug (n = 40) Placebo (n = 41) Drug (n = 28) Placebo (n = 27)": two for each of two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.document import CharSpan
from extractor.ingest.heads import SIZED, Head, trimmed

_BOUND = re.compile(r"\n\s*|\s{2,}|(?<=[a-z)\]])(?=[A-Z\d])|(?<=\d)(?=[A-Z][a-z])|(?<=[A-Z]{3})(?=[A-Z][a-z]{3})")
_LONGEST_NAME = 60
_FEWEST_SUMMED = 3


def columns_of_each(text: str, heads: Sequence[Head]) -> int:
    """How many columns come again for each group; 0 where no head comes again."""
    names = _names(text, heads)
    return next((each for each in range(2, len(names) // 2 + 1) if len(names) % each == 0 and names == names[:each] * (len(names) // each)), 0)


def _names(text: str, heads: Sequence[Head]) -> list[str]:
    return ["".join(SIZED.sub("", head.span.of(text)).lower().split()) for head in heads]


def groups_above(raw: str, text: str, start: int, heads: Sequence[Head]) -> tuple[CharSpan, ...] | None:
    """The names of the groups, one for each time that the columns come again; none where they do not.

    None where no bound tells the names apart, or where columns of one name come again in no order: their groups are not known.
    """
    each = columns_of_each(text, heads)
    if not each:
        return () if len(set(_names(text, heads))) == len(heads) else None
    count, end = len(heads) // each, heads[0].span.start
    bounds = [start, *(m.end() for m in _BOUND.finditer(raw, start, end)), end]
    pieces = [trimmed(raw, a, b) for a, b in pairwise(bounds) if re.search(r"[A-Za-z]{2}", raw[a:b])]
    names = pieces[-count:]
    told = len(pieces) > count and all(span.end - span.start <= _LONGEST_NAME for span in names)
    return tuple(names) if told and len({name.of(text).lower() for name in names}) == count else None


def are_summed(text: str, heads: Sequence[Head]) -> bool:
    """Whether the last column of each group has as many patients as the others of it together: proof of the groups and of their columns."""
    each = columns_of_each(text, heads)
    ns = [head.n or 0 for head in heads]
    groups = [ns[i : i + each] for i in range(0, len(ns), each)] if each >= _FEWEST_SUMMED else []
    return bool(groups) and all(last == sum(others) > 0 for *others, last in groups)
