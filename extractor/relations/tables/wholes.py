"""P-values of a factor as a whole: beside its name, beside its reference level, or in one cell over all of its levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.relations.findings import ComparisonFinding, TableCell
from extractor.relations.tables.contrasts import with_its_p
from extractor.relations.tables.facets import Facets
from extractor.relations.tables.grid import Row
from extractor.relations.tables.sheet import OpenP, Sheet, SheetCell, p_of

_INTERACTION = re.compile(r"\binteraction|\bheterogen|\btrend\b", re.IGNORECASE)  # a test that is of no level, and not of the factor either


def head_of(row: Row) -> str:
    """What a row stands under, as one text: rows of one factor share it."""
    return " | ".join(e.text for e in (*row.groups, *row.labels[:-1]))


def open_p(row: Row, cell: SheetCell, rows: Sequence[Row]) -> OpenP:
    """The p-value of a row without a ratio: of the levels below the row where there are such, else of those that the row is one of."""
    below = " | ".join(e.text for e in (*row.groups, *row.labels))
    of_itself = any(head_of(r) == below for r in rows) or (bool(row.labels) and _INTERACTION.search(row.labels[-1].text) is not None)
    return OpenP(row, cell, below if of_itself else head_of(row))


def levels_of(sheet: Sheet, rows: Sequence[Row], one: OpenP) -> list[int]:
    """The findings of the levels of a factor that are of the same matter as a p-value of the whole."""
    same = [r for r in rows if head_of(r) == one.head and one.head]
    found = [(c, i) for r in same for (at, c), i in sheet.ratio_at.items() if at == r.index]
    key = one.cell.facets.key[1:]
    columns = {c: sheet.reader.facets(sheet.grid.path(c)).key[1:] for c, _ in found}
    return [i for c, i in found if all(a == b or None in (a, b) for a, b in zip(columns[c], key, strict=True))]


def given_to_its_ratio(sheet: Sheet, one: OpenP, levels: Sequence[int]) -> bool:
    """Whether a p-value of a factor is that of its one ratio, which then has it: a factor of two levels."""
    before = sheet.findings[levels[0]] if len(levels) == 1 else None
    p = p_of(one.cell.value, one.cell.entry)
    if p is None or not isinstance(before, ComparisonFinding) or before.p is not None or not isinstance(before.read, TableCell):
        return False
    first, *rest = before.read.pieces
    sheet.findings[levels[0]] = with_its_p(before, p, replace(before.read, pieces=(first, one.cell.entry.raw, *rest)))
    return True


def factor_row(one: OpenP) -> Row:
    """The row of a p-value as a row of the factor alone: without the level that it stands beside."""
    if head_of(one.row) != one.head or not one.head:
        return one.row
    labels = one.row.labels[:-1]
    return replace(one.row, labels=labels) if labels else replace(one.row, labels=one.row.groups[-1:], groups=one.row.groups[:-1])


def facets_of_factor(sheet: Sheet, one: OpenP) -> Facets:
    """What the factor of a p-value stands under."""
    row = factor_row(one)
    return sheet.reader.facets((*row.groups, *row.labels))
