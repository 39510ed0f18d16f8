"""Rows that hold p-values alone: the factors of the levels below them, though these are not set in under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.relations.tables.facets import Reader
from extractor.relations.tables.grid import Entry, Grid, Row
from extractor.relations.tables.labels import Role


def under_tested(grid: Grid, reader: Reader, rows: Sequence[Row]) -> list[Row]:
    """The rows with the factors that head them: "ECOG PS | | | <.001" over "0-1 | 240 | 72 |" and ">=2 | 78 | 8 |".

    Each such factor has two levels or more, none of which is tested by itself, and one table has two such factors or more.
    """
    tests = {c for c in range(grid.labels, grid.width) if reader.facets(grid.path(c)).role is Role.P}
    groups: list[list[Row]] = []
    for row in rows:
        if _is_tested(reader, row, tests):
            groups.append([row])
        elif groups:
            groups[-1].append(row)
    levels = [row for _, *below in groups for row in below]
    if len(groups) < 2 or any(len(group) < 3 for group in groups) or not all(_is_level(row, groups[0][0], tests) for row in levels):
        return list(rows)
    over = {id(row): head.labels[-1] for head, *below in groups for row in below}
    return [replace(row, groups=(*row.groups, over[id(row)])) if id(row) in over else row for row in rows]


def _is_tested(reader: Reader, row: Row, tests: set[int]) -> bool:
    """Whether a row names something and holds p-values alone, in columns of them."""
    return bool(row.labels) and bool(row.values) and row.values.keys() <= tests and reader.label(row.labels[-1]).role is Role.VALUE


def _is_level(row: Row, head: Row, tests: set[int]) -> bool:
    """Whether a row stands beside the factors, under the same heads as they, and holds no p-value."""
    return bool(row.labels) and not row.values.keys() & tests and row.groups == head.groups and _margin(row.labels[0]) == _margin(head.labels[0])


def _margin(entry: Entry) -> tuple[int, int]:
    return entry.cell.column, len(entry.text) - len(entry.text.lstrip())
