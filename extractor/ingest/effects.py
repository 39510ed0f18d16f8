"""Columns of effects behind the columns of groups: "Drug (n = 40) Placebo (n = 38) HR (95% CI) P Response 10 (25.0) 5 (13.2) 0.45 (0.20-0.99) 0.04".

A row is placed if all its cells are there and the last are what their heads say, the estimate inside its interval; one that lacks some of the last
only if the cells of the groups are counts with percentages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from extractor.document import CharSpan
from extractor.ingest.estimates import units_at
from extractor.ingest.shares import Columns, Row

_NUMBER = r"-?\d*\.?\d+"
_ESTIMATE = re.compile(rf"({_NUMBER})\s?[(\[]\s?({_NUMBER})\s?(?:-|,|;|to)\s?({_NUMBER})\s?[)\]]")
_INTERVAL = re.compile(rf"[(\[]?({_NUMBER})\s?(?:-|,|;|to)\s?({_NUMBER})[)\]]?")
_P_VALUE = re.compile(r"(?:[pP]\s?)?[<>=≤≥]?\s?(?:[01]?\.\d+|1|NS|NA|-)")
_MARKS = " *†‡§¶#"

_SHARE_SUITING = 0.8
_FEWEST_SUITING = 2


def effect_heads(text: str, start: int, end: int) -> tuple[tuple[str, CharSpan], ...]:
    """The heads of estimates and p-values that begin at an offset, each with its kind; none where there is no estimate with an interval."""
    units = tuple(units_at(text, start, end))
    kinds = "".join(kind for kind, _ in units)
    goes_on = units and re.match(r"\s?[;,/]", text[units[-1][1].end :])  # "HR (95% CI); P": both in one cell
    return units if re.fullmatch(r"[PI]*(?:E|RC)[PI]*", kinds) and not goes_on else ()


def columns_beside(text: str, row: Row, columns: Columns) -> tuple[int, ...] | None:
    """The columns of the cells of a row beside which effects stand; None where they are not sure."""
    kinds = [kind for kind, _ in columns.effects]
    base = len(columns.patients) - len(kinds)
    own, rest = row.cells[:base], [cell.span.of(text).strip(_MARKS) for cell in row.cells[base:]]
    if len(own) < base or len(rest) > len(kinds):
        return None
    ways = [at for at in combinations(range(len(kinds)), len(rest)) if _agree(rest, [kinds[i] for i in at])]
    if len(ways) != 1 or (len(rest) < len(kinds) and any(cell.percent is None and cell.count != 0 for cell in own)):
        return None
    return (*range(base), *(base + i for i in ways[0]))


def suit_lines(text: str, rows: Sequence[Sequence[CharSpan | None]], columns: Columns) -> bool:
    """Whether the last columns of rows that stand in lines are what the heads of effects say."""
    kinds = [kind for kind, _ in columns.effects]
    told = [
        _agree([cell.of(text).strip(_MARKS)], [kind])
        for row in rows
        for kind, cell in zip(kinds, row[-len(kinds) :], strict=False)
        if cell is not None
    ]
    estimates = [row[-len(kinds) + i] for row in rows for i, kind in enumerate(kinds) if kind in "EC"]
    return sum(cell is not None for cell in estimates) >= _FEWEST_SUITING and sum(told) >= _SHARE_SUITING * len(told)


def _agree(cells: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether cells are what their heads say, estimates inside their intervals."""
    return all(_is_of(cell, kind) for cell, kind in zip(cells, kinds, strict=True)) and all(_inside(cells, kinds))


def _is_of(cell: str, kind: str) -> bool:
    if kind == "E":
        return _ESTIMATE.fullmatch(cell) is not None or cell in {"-", "--", "NA", "N/A", "NE"}
    if kind == "R":
        return re.fullmatch(r"\d+\.\d+", cell) is not None
    return (_INTERVAL if kind == "C" else _P_VALUE).fullmatch(cell) is not None


def _inside(cells: Sequence[str], kinds: Sequence[str]) -> Iterator[bool]:
    for i, (cell, kind) in enumerate(zip(cells, kinds, strict=True)):
        whole = _ESTIMATE.fullmatch(cell) if kind == "E" else None
        bounds = _INTERVAL.fullmatch(cell) if kind == "C" and i and kinds[i - 1] == "R" else None
        if whole is not None:
            yield float(whole[2]) <= float(whole[1]) <= float(whole[3])
        elif bounds is not None:
            yield float(bounds[1]) <= float(cells[i - 1]) <= float(bounds[2])
