"""Counts with their percentages in the columns of a table that was run together, and what they prove: of how many patients each column is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.document import CharSpan

_FEWEST_PROVEN = 4
_SHARE_PROVEN = 0.9
_SHARE_NEARLY_PROVEN = 0.75
_FEWEST_NEARLY_PROVEN = 12
_FEWEST_AGREEING = 2
_FEWEST_EVALUABLE = 0.8


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell as printed: its characters; its count and percentage where it has both."""

    span: CharSpan
    count: float | None = None
    percent: float | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row; one that does not fit its columns is kept as one cell, so that what it says is not lost without a word."""

    label: CharSpan
    cells: tuple[Entry, ...]
    fits: bool = True
    certain: bool = True
    """Whether no number before the cells was taken for one of the label."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are: how many stand under each head, what these are called, and whether a column of p-values follows."""

    each: int
    below: tuple[tuple[CharSpan, ...], ...] = ()
    p: CharSpan | None = None
    patients: tuple[int | None, ...] = ()
    rows_start: int = 0
    evaluable: tuple[int | None, ...] = ()
    unread: bool = False
    """Whether heads of further columns follow that were not read: what has no percentage may then stand in these."""
    effects: tuple[tuple[str, CharSpan], ...] = ()
    """The heads of estimates and p-values behind the columns of the groups, each with its kind."""
    shares: tuple[bool, ...] = ()
    """Which columns hold the percentages of the counts beside them, where each has a column of its own."""


def with_patients(columns: Columns, rows: Sequence[Row]) -> Columns | None:
    """The columns with the numbers of patients that their percentages are of; None where a column has no such number."""
    found: list[int | None] = []
    for i in range(len(columns.patients) - (columns.p is not None) - len(columns.effects)):
        told = [row.cells[i] for row in rows if row.fits and i < len(row.cells) and row.cells[i].percent]
        n = _implied(told) if len(told) >= _FEWEST_PROVEN else None
        if n is None and not any(columns.shares[i : i + 1]):
            return None
        found.append(n)
    return replace(columns, patients=(*found, *columns.patients[len(found) :]))


def _implied(told: Sequence[Entry]) -> int | None:
    """The number of patients that fits most counts and percentages of a column; whether it fits enough of them, `proven` decides."""
    most = max(told, key=lambda c: c.count or 0)
    around, width = 100 * (most.count or 0) / (most.percent or 1), 100 * (most.count or 0) * 10.0**-most.decimals / (most.percent or 1) ** 2
    candidates = range(max(int(around - width) - 1, 1), min(int(around + width) + 2, int(around) + 500))
    fitting = {n: sum(fits(c, n) for c in told) for n in candidates}
    return max(fitting, key=lambda n: (fitting[n], -abs(n - around)), default=None)


def fits(cell: Entry, n: int) -> bool:
    """Whether a percentage is that of its count out of so many patients, as far as it is printed."""
    return abs(100 * (cell.count or 0) / n - (cell.percent or 0)) <= 1.01 * 10.0**-cell.decimals


def with_evaluable(columns: Columns, rows: Sequence[Row]) -> Columns:
    """The columns with the smaller numbers of patients that their other percentages are of: those who could be assessed."""
    found: list[int | None] = []
    for i, n in enumerate(columns.patients):
        told = [row.cells[i] for row in rows if i < len(row.cells) and row.cells[i].percent and n and not fits(row.cells[i], n)]
        fewer = _implied(told) if n and len(told) >= _FEWEST_AGREEING else None
        found.append(fewer if n and fewer and _FEWEST_EVALUABLE * n <= fewer < n and all(fits(c, fewer) for c in told) else None)
    return replace(columns, evaluable=tuple(found))


def fits_in(cell: Entry, columns: Columns, column: int) -> bool:
    """Whether a percentage is that of its count out of the patients of its column, or of those of them who could be assessed."""
    ns = (columns.patients[column], columns.evaluable[column] if columns.evaluable else None)
    return any(n is not None and fits(cell, n) for n in ns)


def proven(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether the percentages are those of the counts out of their column's patients."""
    return sum((c.count or 0) > 0 for c, _ in told_of(rows, columns)) >= _FEWEST_PROVEN and agreeing(rows, columns)


def agreeing(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether hardly a percentage is of another number of patients than its column's."""
    told = told_of(rows, columns)
    return sum(fits_in(c, columns, i) for c, i in told) >= _SHARE_PROVEN * len(told)


def nearly_proven(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether many percentages are those of their counts, and all others those of somewhat fewer patients or misprinted."""
    told = told_of(rows, columns)
    fitting = [fits_in(c, columns, i) for c, i in told]
    fewer = all(fit or of_fewer(c, columns.patients[i] or 0) for fit, (c, i) in zip(fitting, told, strict=True))
    return fewer and sum(fitting) >= max(_SHARE_NEARLY_PROVEN * len(told), _FEWEST_NEARLY_PROVEN)


def told_of(rows: Sequence[Row], columns: Columns) -> list[tuple[Entry, int]]:
    """The counts with percentages in columns whose number of patients is known."""
    return [
        (c, i)
        for row in rows
        if row.fits
        for i, c in enumerate(row.cells)
        if i < len(columns.patients) and columns.patients[i] and c.percent is not None
    ]


def of_fewer(cell: Entry, n: int) -> bool:
    """Whether a percentage can be of most of so many patients."""
    return bool(cell.percent) and _FEWEST_EVALUABLE * n <= 100 * (cell.count or 0) / (cell.percent or 1) <= n
