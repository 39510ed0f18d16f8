"""Cells of a row with no character between them, told apart by arithmetic: "72.327.7" are two percentages, "510.626.5" two counts with theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

_PIECE = re.compile(r"-|\d{1,4}(?:\.\d{1,2})?")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: counts or percentages, out of so many patients; `of_count` percentages are of the count in the column before."""

    percent: bool
    n: int
    of_count: bool = False


def told_apart(packed: str, columns: Sequence[Column], decimals: int) -> tuple[tuple[int, int], ...] | None:
    """Where each cell stands, if there is one way alone to cut the characters into cells that fit their columns.

    A percentage has so many decimals, is one of a whole number of patients, and that of its count if it has one; "-" is a cell without a value.

    >>> told_apart("72.327.751.632.3", [Column(True, 47), Column(True, 47), Column(True, 31), Column(True, 31)], 1)
    ((0, 4), (4, 8), (8, 12), (12, 16))
    >>> told_apart("510.626.5", [Column(False, 47), Column(True, 47, True), Column(False, 31), Column(True, 31, True)], 1)
    ((0, 1), (1, 5), (5, 6), (6, 9))
    >>> told_apart("112", [Column(False, 68), Column(False, 72)], 0)  # 1 and 12, or 11 and 2
    """
    if len(packed) > _LONGEST:
        return None
    found = list(islice(_cuts(packed, columns, decimals, None), 2))
    return found[0] if len(found) == 1 else None


def usual_decimals(rows: Sequence[str]) -> int:
    """With how many decimals most percentages are printed; the last of a row shows it."""
    counted = Counter(len(m.group(1)) for row in rows if (m := re.search(r"\.(\d{1,2})$", row)))
    return counted.most_common(1)[0][0] if counted else 1


def _cuts(packed: str, columns: Sequence[Column], decimals: int, count: int | None, at: int = 0) -> Iterator[tuple[tuple[int, int], ...]]:
    if not columns:
        if at == len(packed):
            yield ()
        return
    for end in range(at + 1, min(at + 8, len(packed)) + 1):
        piece = packed[at:end]
        if _PIECE.fullmatch(piece) and _fits(piece, columns[0], decimals, count):
            told = int(piece) if not columns[0].percent and piece.isdigit() else None
            for rest in _cuts(packed, columns[1:], decimals, told, end):
                yield ((at, end), *rest)


def _fits(piece: str, column: Column, decimals: int, count: int | None) -> bool:
    """Whether a piece can be a cell of its column."""
    if piece == "-":
        return True
    if len(piece) > 1 and piece[0] == "0" and piece[1] != ".":
        return False
    if not column.percent:
        return piece.isdigit() and int(piece) <= column.n
    if len(piece.partition(".")[2]) != decimals and piece not in ("0", "100"):
        return False
    share = float(piece)
    of = [count] if column.of_count and count is not None else [round(share * column.n / 100)]
    return share <= 100 and all(abs(100 * c / column.n - share) <= 0.6 * 10.0**-decimals for c in of)
