"""Raised marks that were printed apart from their words, put back: numbers of citations and addresses, signs of footnotes.

A wide space after a mark, an icon before it or a change of font ends a run, and a mark alone says nothing of what it belongs to.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extractor.ingest.pdf.layers import Run

_MARK = re.compile(r"(?:\d{1,3}|[a-z]{1,2}|[*†‡§¶‖#])(?:\s?[-–,;\s]\s?(?:\d{1,3}|[a-z]|[*†‡§¶‖#]))*[,;]?[*†‡§¶‖#]?")
_LEAST_RISE, _MOST_RISE = 0.12, 0.75
_SMALL, _SMALLEST = 0.85, 0.4
_LONGEST = 24
_FARTHEST = 0.3
"""Gap between a word and its mark, in font sizes of the word, at most."""

_LOOSE = 0.15
"""A gap so wide is a blank."""


def with_marks(runs: Sequence[Run]) -> list[Run]:
    """The same runs, each mark that stands apart joined to the run that it follows or, at the start of a footnote, precedes."""
    order = sorted(range(len(runs)), key=lambda i: runs[i].base)
    bases = [runs[i].base for i in order]
    kept = dict(enumerate(runs))
    marks = [i for i, run in kept.items() if len(run.text) <= _LONGEST and _MARK.fullmatch(run.text)]
    for i in sorted(marks, key=lambda i: runs[i].x0):
        mark = runs[i]
        near = order[bisect_left(bases, mark.base) : bisect_right(bases, mark.base + _MOST_RISE * mark.size / _SMALLEST)]
        host = _host(mark, [(j, kept[j]) for j in near if j != i and j in kept])
        if host is not None:
            kept[host] = _joined(kept[host], mark)
            del kept[i]
    return list(kept.values())


def _host(mark: Run, runs: Sequence[tuple[int, Run]]) -> int | None:
    """The run that a mark belongs to: the one that ends right before it, else the one that begins right behind it."""
    larger = [(j, r) for j, r in runs if mark.size < _SMALL * r.size and _LEAST_RISE * r.size < r.base - mark.base < _MOST_RISE * r.size]
    before = [(abs(mark.x0 - r.x1), j) for j, r in larger if -0.2 * r.size < mark.x0 - r.x1 < _FARTHEST * r.size]
    behind = [(abs(r.x0 - mark.x1), j) for j, r in larger if -0.2 * r.size < r.x0 - mark.x1 < _FARTHEST * r.size]
    return min(before or behind, default=(0.0, None))[1]


def _joined(host: Run, mark: Run) -> Run:
    if mark.x0 >= host.x1 - 0.2 * host.size:
        at = len(host.text)
        return replace(host, text=host.text + mark.text, x1=max(host.x1, mark.x1), raised=(*host.raised, (at, at + len(mark.text))))
    blank = " " if host.x0 - mark.x1 > _LOOSE * host.size else ""
    shift = len(mark.text) + len(blank)
    return replace(
        host,
        text=mark.text + blank + host.text,
        x0=min(host.x0, mark.x0),
        raised=((0, len(mark.text)), *((a + shift, b + shift) for a, b in host.raised)),
        blanks=(*((len(mark.text), mark.x1, host.x0) for _ in blank), *((i + shift, x0, x1) for i, x0, x1 in host.blanks)),
    )
