"""Where the paragraphs of a text begin: at its blocks, and within a block where two blanks part sentences that one blank parts elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_right

from extractor.document import Document, fold
from extractor.syntax import LOST_BREAK

_PARTED = re.compile(r"""[.!?)\]"'’”](?P<gap>[^\S\n]+)(?=[A-Z(\["“‘])""")
_MOST = 0.5
"""Of the places between sentences, how many at most begin a paragraph: who types two blanks behind every full stop does it nearly everywhere."""


def paragraph_starts(document: Document) -> tuple[int, ...]:
    """The places in the clean text at which paragraphs begin, in order."""
    starts = [block.span.start for block in document.blocks]
    text = fold(document.text)
    gaps = list(_PARTED.finditer(text))
    wide = [m.end() for m in gaps if len(m.group("gap")) > 1]
    if len(wide) <= _MOST * len(gaps):
        starts += [*wide, *(m.end() for m in LOST_BREAK.finditer(text))]
    return tuple(sorted({0, *starts}))


def paragraph_at(starts: tuple[int, ...], at: int) -> int:
    """Where the paragraph begins that a place of the clean text is in.

    >>> paragraph_at((0, 40, 90), 60)
    40
    """
    return starts[max(bisect_right(starts, at) - 1, 0)]
