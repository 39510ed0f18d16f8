"""Which lines of a plain text are rows of a table, where the text still shows its cells (by tabs or by wide gaps)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GAP = re.compile(r"\t+| {3,}")
_ENDS = re.compile(r"[.!?]$")

# What stands below a table: "* P < 0.05", "Data are n (%).", "aOne woman left early", "AE, adverse event; CI, confidence interval".
_NOTE = re.compile(
    r"""
    [*†‡§¶#|]
    | (?: Abbreviations? | Notes? | Footnotes? | Data | Values | Numbers? | Percentages | Figures ) \b
      (?: \s+ (?:are|were|is|in|represent) \b | \s? [:.=] | \s+ [A-Z] )
    | [a-i1-9] \s? [A-Z][a-z]+ \s | [A-Z][\w/+-]{1,9} \s? = \s? \w | [A-Z][\w/+-]{1,9} [,:] \s [^.;,]{3,60} (?: ; | \.?$ )
    """,
    re.VERBOSE,
)

_LONGEST_CELL = 60
"""Cells are short: two columns of a page side by side are none."""

_LONGEST_LABEL = 80
_MOST_LABELS = 2
"""So many lines of one cell stand between two rows: labels of groups of rows, and what was broken off a long label."""

_FEWEST_ROWS = 2


def table_lines(lines: Sequence[str]) -> list[bool]:
    r"""For each line whether it is part of a table: a row, a label between rows, or a note below.

    >>> table_lines(["We saw two groups.", "Group\tA\tB", "Women", "Alive\t12\t13", "They did well."])
    [False, True, True, True, False]
    """
    rows = [_is_row(line) for line in lines]
    found = [False] * len(lines)
    start = 0
    while start < len(lines):
        if not rows[start]:
            start += 1
            continue
        last, count, at = start, 1, start + 1
        while at < len(lines) and at - last <= _MOST_LABELS + 1:
            if rows[at]:
                last, count = at, count + 1
            elif not _is_label(lines[at]):
                break
            at += 1
        end = last + 1
        if count >= _FEWEST_ROWS:
            while end < len(lines) and _NOTE.match(lines[end].strip()):
                end += 1
            found[start:end] = [True] * (end - start)
        start = end
    return found


def _is_row(line: str) -> bool:
    """Whether a line has cells: two or more, short ones, most of them not words of a sentence that goes on."""
    cells = _GAP.split(line.strip())
    if len(cells) < 2 or sorted(map(len, cells))[len(cells) // 2] > _LONGEST_CELL:
        return False
    return len(cells) > 2 or "\t" in line.strip() or any(c.isdigit() for c in cells[1][:4])


def _is_label(line: str) -> bool:
    text = line.strip()
    return len(text) <= _LONGEST_LABEL and not _ENDS.search(text)
