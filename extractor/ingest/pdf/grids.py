"""The cells of a table: which columns its rows share, which lines are wrapped parts of one row, which rows are headers.

Columns are where the rows with most cells have theirs; a cell that reaches over several of them spans them. Ruled lines between columns or rows
outweigh the blanks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from statistics import median

from extractor.ingest.pdf.layers import Box, Rule, Run
from extractor.ingest.text import RUNS_ON
from extractor.lexicons import words

_WIDE_BLANK = 0.42
"""A blank so wide, in font sizes, between two words of one run may part two cells; the blank between words is 0.25 to 0.35."""

_WIDEST_LONE = 120.0
"""Points: a cell that stands in no column makes one of its own unless it is wider."""

_LINES, _LOOSE_LINES = 1.2, 1.3
"""Lines of one row stand so close, in font sizes, at most; those of a header may stand wider, as it holds no numbers that would run together."""

_MOST_HEADERS = 4
_FOOTNOTE_MARK = re.compile(r"[a-z*†‡§¶‖#]{1,2}(?:\s?,\s?[a-z*†‡§¶‖#])*|\d")
_NUMBER = re.compile(r"[-−–<>=≤≥~]?\s?\d|[-–—…]$|NA$|NR$|N/A$|NE$")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its text as printed, without the raised marks of footnotes in `bare`, the first column and how many it spans, and its box."""

    text: str
    bare: str
    column: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rules of a table: horizontal ones as wide as they go on, the same as they are drawn (a piece for a group of columns), and vertical ones."""

    across: Sequence[Rule] = ()
    drawn: Sequence[Rule] = ()
    upright: Sequence[Rule] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run in its column, or columns."""

    run: Run
    column: int
    columns: int


Pieces = list[_Piece]


def cells_of(rows: Sequence[Sequence[Run]], rules: Rulings, edges: tuple[float, float]) -> tuple[tuple[tuple[GridCell, ...], ...], int]:
    """The cells of a table row by row, and how many rows are headers.

    Args:
        rows: the lines of the table from top to bottom, each from left to right.
        rules: its ruled lines.
        edges: left and right edge of the table.
    """
    columns = _ruled_columns(rules.upright, rows, edges) or _columns(rows)
    placed = [_placed(row, columns) for row in rows]
    heads = _header_lines(placed, rules.across)
    usual = _usual_step(placed[heads:])
    head = [_cells(group) for group in _header_groups(placed[:heads], rules, columns, usual)]
    head = [*(_shared_out(cells, columns, edges[1]) for cells in head[:-1]), *head[-1:]]
    return (*head, *(_cells(group) for group in _body_groups(placed[heads:], rules.across, usual, columns[0][1]))), len(head)


def _columns(rows: Sequence[Sequence[Run]]) -> list[tuple[float, float]]:
    """Left and right edge of each column, from the rows with most cells; cells elsewhere that stand in between make columns of their own."""
    counts = sorted(len(row) for row in rows)
    most = counts[int(0.9 * (len(counts) - 1))]
    full = {i for i, row in enumerate(rows) if len(row) >= max(0.75 * most, min(2, most))}
    found: list[tuple[float, float]] = []
    for i in sorted(full, key=lambda i: len(rows[i]), reverse=True):
        for run in rows[i]:
            found = _with_run(found, run) if _touched(found, run) else sorted([*found, (run.x0, run.x1)])
    for i, row in enumerate(rows):
        for run in row if i not in full else ():
            found = _with_header(found, run) if i < min(full) else _with_run(found, run)
    return _without_spanning(found, rows)


def _without_spanning(columns: Sequence[tuple[float, float]], rows: Sequence[Sequence[Run]]) -> list[tuple[float, float]]:
    """The columns without those that only a word high up in the table stands in, between others: it heads the columns beside it."""
    within = [[run for row in rows for run in row if _touched(columns, run) == [i]] for i in range(len(columns))]
    top = rows[min(_MOST_HEADERS, len(rows) // 3)][0].top if len(rows) > 3 else 0.0
    return [
        column
        for i, (column, runs) in enumerate(zip(columns, within, strict=True))
        if not 0 < i < len(columns) - 1 or len(runs) != 1 or runs[0].top >= top or not re.search(r"[A-Za-z]{2}", runs[0].text)
    ]


def _touched(columns: Sequence[tuple[float, float]], run: Run) -> list[int]:
    return [i for i, (a, b) in enumerate(columns) if run.x0 < b - 0.5 and run.x1 > a + 0.5]


def _with_header(columns: Sequence[tuple[float, float]], run: Run) -> list[tuple[float, float]]:
    """The columns, with one more for a header outside of them; a header above them spans some and says nothing of their edges."""
    return _with_run(columns, run) if run.x1 < columns[0][0] or run.x0 > columns[-1][1] else list(columns)


def _with_run(columns: Sequence[tuple[float, float]], run: Run) -> list[tuple[float, float]]:
    """The columns, with room for one run more; one that reaches into two columns is a cell over both and changes nothing."""
    touched = _touched(columns, run)
    if not touched:
        return sorted([*columns, (run.x0, run.x1)]) if run.x1 - run.x0 < _WIDEST_LONE else list(columns)
    if len(touched) > 1:
        return list(columns)
    i = touched[0]
    left = columns[i - 1][1] + 1 if i else float("-inf")
    right = columns[i + 1][0] - 1 if i + 1 < len(columns) else float("inf")
    wider = max(min(columns[i][0], run.x0), left), min(max(columns[i][1], run.x1), right)
    return [*columns[:i], (min(wider[0], columns[i][0]), max(wider[1], columns[i][1])), *columns[i + 1 :]]


def _ruled_columns(upright: Sequence[Rule], rows: Sequence[Sequence[Run]], edges: tuple[float, float]) -> list[tuple[float, float]]:
    """The columns between vertical rules that run through the table; none where there are too few rules."""
    if not rows:
        return []
    top, bottom = min(r.top for r in rows[0]), max(r.bottom for r in rows[-1])
    drawn: dict[int, float] = {}
    for rule in upright:
        drawn[round(rule.x0 / 3)] = drawn.get(round(rule.x0 / 3), 0.0) + min(rule.bottom, bottom) - max(rule.top, top)
    xs = sorted(key * 3.0 for key, length in drawn.items() if length > 0.55 * (bottom - top))
    inner = [x for x in xs if edges[0] + 8 < x < edges[1] - 8]
    if not inner:
        return []
    ends = [edges[0], *inner, edges[1]]
    columns = [(a, b) for a, b in pairwise(ends) if b - a > 4]
    crossing = sum(any(r.x0 < x - 2 and r.x1 > x + 2 for x in inner) for row in rows for r in row)
    cells = sum(len(row) for row in rows)
    return columns if crossing < 0.15 * cells and len(columns) >= max(len(row) for row in rows) - 1 else []


def _placed(row: Sequence[Run], columns: Sequence[tuple[float, float]]) -> Pieces:
    """The runs of a line in their columns; a run whose wide blanks lie between columns is parted there."""
    found: Pieces = []
    for whole in row:
        for run in _parted(whole, columns):
            touched = [i for i, (a, b) in enumerate(columns) if min(run.x1, b) - max(run.x0, a) > min(1.0, 0.3 * (run.x1 - run.x0))]
            if not touched and re.search(r"[A-Za-z]{2}", run.text):
                touched = [i for i, (a, b) in enumerate(pairwise(columns)) if a[1] <= run.x0 + 1 and run.x1 - 1 <= b[0]]
                touched += [i + 1 for i in touched]  # it heads the columns that it stands between
            if not touched:
                touched = [min(range(len(columns)), key=lambda i: abs(sum(columns[i]) / 2 - run.middle_x))]
            found.append(_Piece(run, touched[0], touched[-1] - touched[0] + 1))
    return found


def _parted(run: Run, columns: Sequence[tuple[float, float]]) -> list[Run]:
    pieces = []
    at, x0 = 0, run.x0
    for offset, left, right in run.blanks:
        between = any(left < b[0] + 1 and right > a[1] - 1 and a[0] < left and right < b[1] for a, b in pairwise(columns))
        if right - left >= _WIDE_BLANK * run.size and between:
            pieces.append(_cut(run, at, offset, x0, left))
            at, x0 = offset + 1, right
    return [*pieces, _cut(run, at, len(run.text), x0, run.x1)] if pieces else [run]


def _cut(run: Run, start: int, end: int, x0: float, x1: float) -> Run:
    raised = tuple((a - start, b - start) for a, b in run.raised if start <= a and b <= end)
    return replace(run, text=run.text[start:end], x0=x0, x1=x1, raised=raised, blanks=())


def _header_lines(placed: Sequence[Pieces], rules: Sequence[Rule]) -> int:
    """How many lines belong to the header: those above the first rule that runs under cells, else those before the first row of numbers."""
    width = max(p.run.x1 for row in placed for p in row) - min(p.run.x0 for row in placed for p in row)
    bold = len(list(takewhile(_is_bold, placed)))
    if 0 < bold <= 0.3 * len(placed) and not any(_is_bold(row) for row in placed[bold:]):
        return bold
    left = min(p.run.x0 for row in placed for p in row)
    wide = [r for r in rules if r.x1 - r.x0 >= 0.7 * width and r.x0 < left + 0.15 * width]  # others part a heading from those that it spans
    inner = [r for r in wide if placed[0][0].run.middle < r.top < placed[-1][0].run.middle]
    if len(inner) > 2 and len(inner) >= 0.5 * (len(placed) - 1):
        return _before_numbers(placed)  # rules part all rows
    for rule in sorted(wide, key=lambda r: r.top):
        above = sum(row[0].run.middle < rule.top for row in placed)
        if above:
            return above if above <= max(0.4 * len(placed), 2) and above < len(placed) else _before_numbers(placed)
    return _before_numbers(placed)


def _is_bold(row: Pieces) -> bool:
    return all(piece.run.bold for piece in row)


def _before_numbers(placed: Sequence[Pieces]) -> int:
    for i, row in enumerate(placed):
        values = [p for p in row if p.column]
        if values and sum(bool(_NUMBER.match(p.run.text)) for p in values) > len(values) / 2:
            return min(i, _MOST_HEADERS)
    return min(1, len(placed) - 1)


def _header_groups(rows: Sequence[Pieces], rules: Rulings, columns: Sequence[tuple[float, float]], usual: float) -> list[list[Pieces]]:
    """The lines of the header in rows."""
    groups: list[list[Pieces]] = []
    spanned = [_spanning(row, rules.drawn, columns) for row in rows]
    for before, row in zip([None, *spanned], spanned, strict=False):
        if before is None or _ruled_apart(before, row, rules.across) or not _goes_on_below(before, row, usual):
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


def _goes_on_below(above: Pieces, row: Pieces, usual: float) -> bool:
    """Whether a header line goes on with the cells of the one above: it stands closer than rows do, has no cells but those, or their words go on."""
    step = _distance(above, row)
    held = {(p.column, p.columns): p for p in above}
    inside = all((p.column, p.columns) in held for p in row)
    if step > 1.9 * row[0].run.size or (any(p.columns > 1 for p in above) and not inside):
        return False
    if inside or step < min(0.92 * usual, _LOOSE_LINES * row[0].run.size):
        return True
    return all(_goes_on(held[key].run.text, p.run.text) for p in row if (key := (p.column, p.columns)) in held) and any(
        (p.column, p.columns) in held for p in row
    )


def _spanning(row: Pieces, rules: Sequence[Rule], columns: Sequence[tuple[float, float]]) -> Pieces:
    """The cells of a header line with the columns that a rule of their own right under them spans."""
    return [_spanned(piece, [p for p in row if p is not piece], rules, columns) for piece in row]


def _spanned(piece: _Piece, others: Pieces, rules: Sequence[Rule], columns: Sequence[tuple[float, float]]) -> _Piece:
    near = [r for r in rules if -1 < r.top - piece.run.bottom < 0.8 * piece.run.size and r.x0 - 1 <= piece.run.middle_x <= r.x1 + 1]
    own = [r for r in near if not any(r.x0 - 1 <= p.run.middle_x <= r.x1 + 1 for p in others)]
    if not own:
        return piece
    rule = min(own, key=lambda r: r.x1 - r.x0)
    held = [i for i, (a, b) in enumerate(columns) if rule.x0 - 4 <= (a + b) / 2 <= rule.x1 + 4]
    if len(held) < 2 or len(held) == len(columns) or piece.columns >= len(held):
        return piece
    return replace(piece, column=held[0], columns=len(held))


def _shared_out(cells: tuple[GridCell, ...], columns: Sequence[tuple[float, float]], edge: float) -> tuple[GridCell, ...]:
    """The cells of a header row above others with the columns that none of them covers: each goes to the cell that it is centred or flush with."""
    found = list(cells)
    for k, cell in enumerate(found):
        if cell.columns > 1:
            continue
        after = found[k + 1].column if k + 1 < len(found) else len(columns)
        before = found[k - 1].column + found[k - 1].columns if k else 1
        spans = [(i, j) for i in range(min(before, cell.column), cell.column + 1) for j in range(cell.column, after)]
        if cell.column and spans:
            first, last = min(spans, key=lambda span: (_off(cell, columns, span, edge), span[0] - span[1]))
            found[k] = replace(cell, column=first, columns=last - first + 1)
    return tuple(found)


def _off(cell: GridCell, columns: Sequence[tuple[float, float]], span: tuple[int, int], edge: float) -> float:
    """How far a cell is from being centred over columns, over their cells if these begin where their words do, or flush left, to three points."""
    x0, _, x1, _ = cell.box
    left, right = columns[span[0]][0], columns[span[1]][1]
    following = columns[span[1] + 1][0] if span[1] + 1 < len(columns) else max(edge, right)
    return round(min(abs(x0 + x1 - left - right) / 2, abs(x0 + x1 - left - following) / 2, abs(x0 - left)) / 3)


def _ruled_apart(above: Pieces, below: Pieces, rules: Sequence[Rule]) -> bool:
    y0, y1 = above[0].run.middle, below[0].run.middle
    return any(y0 < r.top < y1 and any(r.x0 - 2 <= p.run.middle_x <= r.x1 + 2 for p in below) for r in rules)


def _distance(above: Pieces, below: Pieces) -> float:
    return below[0].run.bottom - above[0].run.bottom


def _usual_step(rows: Sequence[Pieces]) -> float:
    """How far rows of the body stand apart, in points; 0 where there is only one."""
    steps = [_distance(a, b) for a, b in pairwise(rows) if len(b) > 1 and b[0].column == 0]
    return median(steps) if steps else 0.0


def _body_groups(rows: Sequence[Pieces], rules: Sequence[Rule], usual: float, edge: float) -> list[list[Pieces]]:
    """The lines of the body in rows: a wrapped line stands closer than rows do, or its words go on from the line above."""
    if not rows:
        return []
    ruled_groups = _ruled_groups(rows, rules)
    if ruled_groups:
        return ruled_groups
    groups: list[list[Pieces]] = [[rows[0]]]
    for i, (above, row) in enumerate(pairwise(rows)):
        ruled = _ruled_apart(above, row, rules)
        lines = _LOOSE_LINES if _is_bold(above) and _is_bold(row) else _LINES
        close = _distance(above, row) < min(0.92 * usual, lines * row[0].run.size)
        if not ruled and (close or _wraps(groups[-1], row, rows[i + 2] if i + 2 < len(rows) else None, usual, edge)):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _ruled_groups(rows: Sequence[Pieces], rules: Sequence[Rule]) -> list[list[Pieces]]:
    """The lines between rules as rows, where rules part all rows: most hold a few lines of words, and none a column of numbers."""
    groups: list[list[Pieces]] = [[rows[0]]]
    for above, row in pairwise(rows):
        if _ruled_apart(above, row, rules):
            groups.append([row])
        else:
            groups[-1].append(row)
    under = [p for group in groups for row in group[1:] for p in row]
    numbers = sum(bool(_NUMBER.match(p.run.text)) for p in under)
    return groups if len(groups) > 3 and len(rows) <= 3.5 * len(groups) and numbers <= 0.25 * len(under) else []


def _wraps(group: Sequence[Pieces], row: Pieces, following: Pieces | None, usual: float, edge: float) -> bool:
    """Whether the words of a line go on from the row above, where rows stand no further apart than lines."""
    if usual and _distance(group[-1], row) > 1.15 * usual:
        return False
    last = {p.column: p.run.text for line in group for p in line}
    columns = {p.column for p in row}
    if not columns <= set(last):
        # The label was broken and the values stand beside its second line.
        first = row[0]
        return first.column == 0 and set(last) == {0} and _goes_on(last[0], first.run.text) and first.run.text[:1].islower()
    if len(row) == len(last) and len(last) > 1 and 0 in columns:
        return False
    if columns == {0} and following is not None and following[0].column == 0 and following[0].run.x0 > row[0].run.x0 + 3:
        return False  # it heads the indented rows below
    if columns == {0} and _had_room(group, row[0].run, edge):
        return False
    return all(_goes_on(last[p.column], p.run.text) for p in row) and (0 not in columns or len(row) == 1)


def _had_room(group: Sequence[Pieces], run: Run, edge: float) -> bool:
    """Whether the first word of a label would have had room on the line above, so that it begins a row of its own."""
    above = [p.run for p in group[-1] if p.column == 0]
    word = run.text.split(" ", 1)[0]
    width = (run.x1 - run.x0) * len(word) / len(run.text)
    return bool(above) and above[-1].x1 + 0.3 * run.size + width < edge - 0.5 * run.size and not RUNS_ON.search(above[-1].text)


def _goes_on(before: str, text: str) -> bool:
    opened = before.count("(") + before.count("[") > before.count(")") + before.count("]")
    return text[:1].islower() or text[:1] in "([–-)]" or bool(RUNS_ON.search(before)) or before[-1:] in "-–,(/" or opened


def _cells(group: Sequence[Pieces]) -> tuple[GridCell, ...]:
    """The cells of one row of the table, its lines put together column by column."""
    columns: dict[int, list[_Piece]] = {}
    for row in group:
        for piece in row:
            columns.setdefault(piece.column, []).append(piece)
    return tuple(_cell(pieces) for _, pieces in sorted(columns.items()))


def _cell(pieces: Sequence[_Piece]) -> GridCell:
    text = bare = ""
    for piece in pieces:
        text = _joined(text, piece.run.text)
        bare = _joined(bare, _without_marks(piece.run))
    runs = [piece.run for piece in pieces]
    box = min(r.x0 for r in runs), min(r.top for r in runs), max(r.x1 for r in runs), max(r.bottom for r in runs)
    return GridCell(text, bare.strip() or text, pieces[0].column, max(p.columns for p in pieces), box)


def _joined(above: str, below: str) -> str:
    """Two lines of a cell in one; a hyphen at the end stays unless the word is known without it."""
    if not above:
        return below
    left, right = re.search(r"([A-Za-z]+)-$", above), re.match(r"[a-z]+", below)
    if left is None or right is None:
        return f"{above} {below}"
    whole = left.group(1) + right.group()
    return above[:-1] + below if whole.casefold() in words() else above + below


def _without_marks(run: Run) -> str:
    """The text of a run without the raised marks that point to footnotes."""
    text = run.text
    for start, end in reversed(run.raised):
        if _FOOTNOTE_MARK.fullmatch(text[start:end]) and start and not re.search(r"(?:10|[cmk]?m|kg|χ)$", text[:start]):
            text = text[:start] + text[end:]
    return text
