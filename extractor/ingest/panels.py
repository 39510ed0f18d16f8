"""Further panels of a table that was run together: below some rows the table tells other numbers of patients, and its rows begin again.

"Drug A Drug B All patients n = 40 n = 38 Response 10 (25) 8 (21) ... Women n = 20 n = 19 Response 6 (30) ...": the columns are those of the heads,
the patients those of the panel. A panel may also divide each column: "Old (n = 15) Young (n = 25) Old (n = 14) Young (n = 24)" below two heads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.document import Cell, CharSpan
from extractor.ingest.estimates import PROSE
from extractor.ingest.heads import SIZED, Head, ends_of_heads, named, patients_of, trimmed

_FARTHEST = 120
"""So far behind the last row the numbers of patients of a further panel begin: its name stands between."""

_MOST_DIVIDED = 4


@dataclass(frozen=True, slots=True)
class Panel:
    """The head of a panel: its name, its columns, and how many of them stand below each head of the table.

    Where it has `sizes` alone, the names of its columns are those of the table.
    """

    name: CharSpan
    heads: tuple[Head, ...]
    each: int
    sizes: bool


def first_panel(text: str, heads: Sequence[Head]) -> Panel | None:
    """The panel whose name stands between the names of the columns and the numbers of patients; None where nothing stands there."""
    if heads[0].size is None or not re.search(r"[A-Za-z]{2}", text[heads[-1].span.end : heads[0].size.start]):
        return None
    return Panel(trimmed(text, heads[-1].span.end, heads[0].size.start), tuple(heads), 1, sizes=True)


def divided(cell: Cell, parts: int) -> Cell:
    """A cell where each column but that of the names is divided into so many."""
    return replace(cell, column=1 + (cell.column - 1) * parts, column_span=cell.column_span * parts) if cell.column and parts > 1 else cell


def next_panel(text: str, at: int, end: int, heads: Sequence[Head]) -> Panel | None:
    """The head of the panel that begins behind the last row read; None where there is none.

    Args:
        text: the folded text.
        at: where the last row ends.
        end: where the next table begins at the latest.
        heads: those of the table.
    """
    matches = ends_of_heads(text, at, end, SIZED)
    if len(matches) < len(heads) or matches[0].start() - at > _FARTHEST or PROSE.search(text[at : matches[0].start()]):
        return None
    count = len(heads)
    if not re.search(r"[A-Za-z]{2}", text[at : matches[0].start()]):
        return None
    if not any(re.search(r"\w", text[a.end() : b.start()]) for a, b in pairwise(matches[:count])):
        sizes = [trimmed(text, *match.span()) for match in matches]
        same = tuple(replace(head, n=patients_of(match), size=size) for head, match, size in zip(heads, matches, sizes, strict=False))
        return Panel(trimmed(text, at, matches[0].start()), same, 1, sizes=True)
    each, rest = divmod(len(matches), count)
    if rest or not 1 < each <= _MOST_DIVIDED:
        return None
    own = named(text, at, matches)
    sums = [sum(head.n or 0 for head in own[i * each : (i + 1) * each]) for i in range(count)]
    if any(head.n is None or total > head.n for head, total in zip(heads, sums, strict=True)):
        return None  # no parts of the patients above
    name = re.search(r"[A-Za-z]{2}", text[at : own[0].span.start])
    return Panel(trimmed(text, at, own[0].span.start), tuple(own), each, sizes=False) if name is not None else None
