r"""Tables of plain text whose cells stand in lines of their own, an empty line for an empty cell.

"Event\nDrug (n = 40)\nPlacebo (n = 38)\nP\nNausea\n10 (25.0)\n4 (10.5)\n0.10\nRash\n3 (7.5)\n\n\n...": no cell has lost its bounds, only the ends of
the rows are to be found. A row is a name and then so many lines that are values or empty, the same number in nearly all rows; what is no such row is
not placed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.document import CharSpan
from extractor.ingest.heads import SIZED

_MARK = r"(?:\s?[*†‡§¶║#]+|\s?[a-j](?:,?\s?[a-j])*)?"
_VALUE = re.compile(
    rf"""
    (?: [pP]\s?(?=[<>=≤≥]) )? [<>≤≥=~+-]?\s? [(\[]? [<>≤≥=-]?\s? (?: \d | \.\d )
    (?: [\d\s.,;:/%()\[\]<>≤≥=+±*†‡§¶-] | \bto\b | \b(?:NE|NR|NA|ND|SD|n)\b | (?<=\d)E(?=-\d) )* {_MARK}
  | (?: [tFzr] | χ\s?2 | H[RO] | OR | RR ) \s? = \s? -?\d[\d\s.,()%-]* {_MARK}
  | -{{1,3}} | N/?[AREDS] | n/?a | [Nn]ot\sreached | [Nn]\.?\s?[Ss]\.? | (?: Ref | Reference ) \.?
    """,
    re.VERBOSE,
)
_P_VALUE = re.compile(r"(?:[pP]\s?)?[<>≤≥=]?\s?[01]?\.\d{2,5}\s?[*†‡§a-j]?")
_END = re.compile(r"(?:\d[\d.]{0,6})?(?:TITLE|ABSTRACT|BODY|BACK)(?:\.[^\n]{1,200})?:|(?:Fig(?:ure)?|FIGURE|Table|TABLE|Scheme)\.?\s?[A-Z]?\d")

_LONGEST_CELL = 160
_LONGEST = 400
"""So many lines are looked at, at most."""

_FEWEST_ROWS = 2
_FEWEST_CELLS = 8
_SHARE_PLACED = 0.8
_WIDEST = 24
_MOST_BETWEEN = 6


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of the grid: its cells column by column, None for an empty one.

    A `heading` is of the rows below it. A row that does not fit has its name first, then its cells, whose columns are not known.
    """

    cells: tuple[CharSpan | None, ...]
    heading: bool = False
    fits: bool = True


@dataclass(frozen=True, slots=True)
class Lined:
    """What the lines of a table hold: its lines of the head, and its rows; `labels` columns of names come before `width` columns of values."""

    caption: CharSpan | None
    head: tuple[CharSpan | None, ...]
    rows: tuple[Placed, ...]
    labels: int
    width: int
    end: int


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of the head: its row from 0, its column, and how many columns it is over."""

    row: int
    column: int
    over: int
    span: CharSpan


@dataclass(frozen=True, slots=True)
class _Line:
    span: CharSpan | None
    kind: str
    is_p: bool = False


def read_lined(text: str, raw: str, start: int, end: int) -> Lined | None:
    """The rows of the table whose caption begins at an offset; None where its lines do not show them.

    Args:
        text: the folded text.
        raw: the same with its line breaks.
        start: where the caption's words begin, behind the label.
        end: where the next table begins at the latest.
    """
    lines = list(_lines(text, raw, start, end))
    if len(lines) < _FEWEST_CELLS:
        return None
    caption, body = lines[0].span, lines[1:]
    return _placed(caption, body) or _placed(caption, [line for line in body if line.span is not None])


def _lines(text: str, raw: str, start: int, end: int) -> Iterator[_Line]:
    """The lines from an offset to where no table can go on; blank ones have no span."""
    at = start
    for number in range(_LONGEST):
        stop = raw.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        shown = line.strip()
        if number and (len(shown) > _LONGEST_CELL or _END.match(shown)):
            return
        if shown:
            first = at + len(line) - len(line.lstrip())
            kind = "V" if _VALUE.fullmatch(shown) else "T" if re.search(r"[^\W\d_]", shown) else "X"
            yield _Line(CharSpan(first, first + len(shown)), kind, bool(_P_VALUE.fullmatch(shown)))
        else:
            yield _Line(None, "E")
        if stop >= end:
            return
        at = stop + 1


def _placed(caption: CharSpan | None, lines: Sequence[_Line]) -> Lined | None:
    """The rows by the number of columns that places most values."""
    kinds = "".join(line.kind for line in lines)
    best: tuple[int, bool, int, int, list[int]] | None = None
    for labels in (1, 2):
        for width in range(1, _WIDEST):
            starts = _starts(kinds, labels, width)
            placed = sum(kinds[i : i + labels + width].count("V") for i in starts)
            headed = starts[:1] == [labels + width]  # the head is one full row of the same grid
            if len(starts) >= _FEWEST_ROWS and (best is None or (placed, headed) > best[:2]):
                best = (placed, headed, labels, width, starts)
    if best is None or best[0] < _FEWEST_CELLS:
        return None
    placed, _, labels, width, starts = best
    last = _last(lines, starts[-1] + labels + width)
    if width < 2 or placed < _SHARE_PLACED * kinds.count("V", starts[0], starts[-1] + labels + width):
        return None
    rows = tuple(_rows(lines[:last], starts, labels, width))
    spans = [line.span for line in lines[:last] if line.span is not None]
    return Lined(caption, tuple(line.span for line in lines[: starts[0]]), rows, labels, width, spans[-1].end)


def _starts(kinds: str, labels: int, width: int) -> list[int]:
    """Where rows of so many columns begin: names first, then values and empty cells alone, and no value behind them."""
    names = "T" if labels == 1 else "(?:[TE]T|TE)"
    row = re.compile(rf"{names}(?=[VE]{{{width}}}(?!V))(?!E{{{width}}}).{{{width}}}")
    return [m.start() for m in row.finditer(kinds)]


def _last(lines: Sequence[_Line], end: int) -> int:
    """Where the table ends behind the last row that fits: further rows are short names with values."""
    last = at = end
    while at < len(lines) and at - last <= _MOST_BETWEEN:
        if lines[at].kind == "V":
            last = at + 1
        at += 1
    return last


def _rows(lines: Sequence[_Line], starts: Sequence[int], labels: int, width: int) -> Iterator[Placed]:
    """The rows in order, with what stands between and behind them: headings of rows, and rows that do not fit."""
    at = starts[0]
    for i in starts:
        yield from _between(lines[at:i])
        at = i + labels + width
        row = lines[i:at]
        yield Placed(tuple(line.span for line in row), fits=not _slipped(row, [lines[k : k + labels + width] for k in starts]))
    yield from _between(lines[at:])


def _slipped(row: Sequence[_Line], rows: Sequence[Sequence[_Line]]) -> bool:
    """Whether the last value of a row is a p-value that stands one column too early: the line of another cell was lost."""
    filled = max(i for i, line in enumerate(row) if line.kind == "V")
    if filled == len(row) - 1 or not row[filled].is_p:
        return False
    above = [other[filled] for other in rows if other[0] is not row[0] and other[filled].kind == "V"]
    return all(other[-1].is_p for other in rows if other[-1].kind == "V") and not any(line.is_p for line in above)


def _between(lines: Sequence[_Line]) -> Iterator[Placed]:
    """What is in no row: a name without values is a heading of the rows below it."""
    starts = [i for i, line in enumerate(lines) if line.kind == "T"]
    for i, j in pairwise([*starts, len(lines)]):
        own = lines[i:j]
        cells = tuple(line.span for line in own)
        if any(line.kind != "E" for line in own[1:]):
            yield Placed(cells, fits=False)
        else:
            yield Placed(cells, heading=True)


def read_heads(text: str, lined: Lined) -> tuple[tuple[HeadCell, ...], tuple[CharSpan, ...]] | None:
    """The cells of the head, where their number tells which columns they are over, and the headings of rows behind them; None where it does not."""
    shown = [span for span in lined.head if span is not None]
    if any(re.search(r"\d\.\d|\d\s?\(", span.of(text)) and _VALUE.fullmatch(span.of(text)) for span in shown):
        return None
    if any(len(list(SIZED.finditer(span.of(text)))) > 1 for span in shown):
        return None  # several heads in one line
    readings = []
    for behind in _behind(lined):
        heads = shown[: len(shown) - behind]
        found = _level(heads, lined) or _repeated(text, heads, lined)
        if found is not None and all(_suits(text, head, lined) for head in found):
            readings.append((found, tuple(shown[len(shown) - behind :])))
    return readings[0] if len(readings) == 1 else None


def _behind(lined: Lined) -> tuple[int, ...]:
    """How many lines behind the heads may be headings of rows: the empty line over the names shows it where each column has its head in a line."""
    for behind in (0, 1):
        full = lined.head[: len(lined.head) - behind]
        if len(full) == lined.labels + lined.width and all(full[lined.labels :]) and all(lined.head[len(full) :]):
            return (behind,)
    shown = sum(span is not None for span in lined.head)
    return (1,) if lined.head[:1] == (None,) and lined.labels == 1 and shown == 1 + lined.width else (0, 1)


def _level(heads: Sequence[CharSpan], lined: Lined) -> tuple[HeadCell, ...] | None:
    """A head of one row: as many cells as columns, those over the names perhaps left empty."""
    missing = lined.labels + lined.width - len(heads)
    if not 0 <= missing <= lined.labels:
        return None
    return tuple(HeadCell(0, missing + i, 1, span) for i, span in enumerate(heads))


def _repeated(text: str, heads: Sequence[CharSpan], lined: Lined) -> tuple[HeadCell, ...] | None:
    """A head of two rows: below each cell of the upper one stand the same cells, and a single column may come before or behind."""
    words = [" ".join(span.of(text).split()) for span in heads]
    for single in (0, 1):
        across = lined.width - single
        for each in range(2, across // 2 + 1):
            groups, rest = divmod(across, each)
            above = len(heads) - across
            if rest or not groups + single <= above <= groups + single + lined.labels:
                continue
            below = words[above:]
            if any(below[i] != below[i % each] for i in range(across)) or len(set(below[:each])) < each:
                continue
            names = above - groups - single
            column = lined.labels
            upper = [HeadCell(0, lined.labels - names + i, 1, span) for i, span in enumerate(heads[:names])]
            upper += [HeadCell(0, column + g * each, each, heads[names + g]) for g in range(groups)]
            upper += [HeadCell(0, column + across, 1, heads[names + groups])] if single else []
            return (*upper, *(HeadCell(1, column + i, 1, span) for i, span in enumerate(heads[above:])))
    return None


_P = re.compile(r"\s*p(?:[\s-]*values?)?\s*[*†‡§¶a-j]?\s*", re.IGNORECASE)
_INTERVAL = re.compile(r"[(\[]?\s?-?[\d.]+\s?(?:-|,|;|to)\s?-?[\d.]+\s?[)\]]?")
_OF_INTERVALS = re.compile(r"\bC\.?I\.?\b|confidence|\brange\b|\bIQR\b|interval|\bmin\b|%|\([^)]*\)", re.IGNORECASE)
_GLUED = re.compile(r"(?:HR|OR|RR|[Rr]atio)\s?[(\[]\s?9\d")


def _suits(text: str, head: HeadCell, lined: Lined) -> bool:
    """Whether the values below a head can be what it says: p-values, intervals, or estimates with their intervals."""
    words = head.span.of(text)
    if head.over > 1 or head.column < lined.labels:
        return not _P.fullmatch(words)
    values = [cell.of(text) for row in lined.rows if row.fits and not row.heading and (cell := row.cells[head.column]) is not None]
    intervals = sum(bool(_INTERVAL.fullmatch(value)) for value in values)
    if _P.fullmatch(words):
        return all(re.match(r"[pP<>=≤≥\s]*[01]?(?:\.\d|$|\b)", value) or not re.search(r"\d", value) for value in values) and not intervals
    if _GLUED.search(words) and not any(re.search(r"\d\s?[(\[]\s?-?\d", value) for value in values):
        return False
    return intervals < max(len(values), 1) or bool(_OF_INTERVALS.search(words))
