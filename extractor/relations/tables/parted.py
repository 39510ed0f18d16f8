"""Columns that hold two arms, as two columns: under "Drug A vs drug B" cells like "14.6 vs 10.1"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.relations.tables.arms import Naming
from extractor.relations.tables.cells import EMPTY, parse_cell
from extractor.relations.tables.grid import Entry, Grid
from extractor.relations.tables.labels import read_label

_VERSUS = re.compile(r"\s*\b(?:vs\.?|versus)\s*", re.IGNORECASE)


def with_arms_apart(grid: Grid, naming: Naming) -> Grid:
    """The table with a column for each arm where a head sets two against each other and every cell below it holds a value of each."""
    for column in range(grid.width - 1, grid.labels - 1, -1):
        if _holds_two_arms(grid, column, naming):
            grid = _apart(grid, column)
    return grid


def _holds_two_arms(grid: Grid, column: int, naming: Naming) -> bool:
    path = grid.path(column)
    heads = _VERSUS.split(path[-1].text) if path else []
    arms = [naming.read(read_label(head).core) for head in heads]
    if len(arms) != 2 or any(arm is None or arm.norm == "all" for arm in arms) or len({arm.norm for arm in arms if arm is not None}) < 2:
        return False
    cells = [e for r in range(grid.body, grid.height) if (e := grid.at.get((r, column))) is not None and not EMPTY.fullmatch(e.text)]
    own = [e for e in cells if e.cell.column == column and e.cell.column_span == 1]
    return len(own) > 0 and path[-1].cell.column_span == 1 and all(_two_values(e) for e in own)


def _two_values(entry: Entry) -> bool:
    parts = _VERSUS.split(entry.text)
    return len(parts) == 2 and all(parse_cell(part) is not None for part in parts)


def _apart(grid: Grid, column: int) -> Grid:
    """The table with one of its columns in two; cells over several columns go over one more."""
    head = grid.path(column)[-1]
    at: dict[tuple[int, int], Entry] = {}
    moved: dict[int, Entry] = {}
    for (row, place), entry in grid.at.items():
        first, span = entry.cell.column, entry.cell.column_span
        if place == column and span == 1 and (entry == head or entry.cell.row >= grid.body) and _VERSUS.search(entry.text):
            at[row, column], at[row, column + 1] = _halves(entry)
            continue
        if id(entry) not in moved:
            over = first <= column < first + span
            moved[id(entry)] = replace(entry, cell=replace(entry.cell, column=first + (first > column), column_span=span + over))
        at[row, place + (place > column)] = moved[id(entry)]
        if place == column:
            at[row, column + 1] = moved[id(entry)]
    return Grid(grid.table, at, grid.height, grid.width + 1)


def _halves(entry: Entry) -> Iterator[Entry]:
    match = _VERSUS.search(entry.text)
    pieces = ((0, match.start()), (match.end(), len(entry.text))) if match is not None else ()
    for i, (start, end) in enumerate(pieces):
        text = entry.text[start:end]
        cell = replace(entry.cell, column=entry.cell.column + i, text=text, raw=entry.span(start, end), breaks=())
        yield Entry(cell, text, entry.span(start, end), entry.exact)
