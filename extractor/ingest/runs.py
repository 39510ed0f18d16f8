"""Rows of tables that were run together into a line: labels, and the runs of neighbouring numbers that are their cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.document import CharSpan
from extractor.ingest.estimates import PROSE
from extractor.ingest.heads import SIZED, trimmed
from extractor.ingest.shares import Columns, Entry, Row, fits

_MINUS = r"(?<=[A-Za-z)\]%]\s)-(?=\d+(?:\.\d|\s?[(\[]\d))"
_DIGITS = r"(?:\d+(?:\.\d+|\s\.\s\d+)?|(?<!\d)\.\d+)"
_NUMBER = rf"(?:[pP]\s?(?=[<>≤≥=]))?(?:[<>≤≥=]\s?|{_MINUS})?{_DIGITS}(?:(?:-\s?|\s-)\d+(?:\.\d+)?(?!\s?[(\[])|\s?±\s?\d+(?:\.\d+)?)?"
_BRACKET = r"[\[(]\s?(?:(?:SDs?|SEM?|IQR|range|Range)[\s:=,]{1,3})?(?:[^()\[\]A-Za-z]|(?<=[\d\s])to(?=\s)){1,25}(?:N[ER])?\s?[\])]"
_CELL = re.compile(
    rf"""
    (?: (?<![A-Za-z\d.,/(\[=<>-]) | (?<=--) | (?<=[)]-) | (?<=[A-Za-z]) (?= \d{{1,4}} (?:\.\d+)? \s? [\[(] \s? \d | 0 (?![\d.]) ) )
    (?P<number> {_NUMBER} ) (?P<percent> \s?% )?
    (?: [*†‡§¶║#]? \s? (?P<bracket> {_BRACKET} ) (?: \s? {_BRACKET} )? | (?! [+/%] | -\s?[\da-z] | \s-(?:[\da-z]|\s[a-z]) | \d | \.\d ) )
  | (?<=[)\s]) (?<!\d\s) (?=[^)\]]*\d) {_BRACKET}
  | (?<![\w-]) (?P<missing> -{{1,3}} | NA | NR | NE | ND | N/A | n\.a\. ) (?![\w-])
  | (?<=[\w)]) (?<!-) --- ? (?= [A-Z\d\s] ) | (?<=\)) - (?= [A-Z][a-z] | \d{{1,4}} \s? \( | [01]?\.\d )
    """,
    re.VERBOSE,
)
_BETWEEN_CELLS = re.compile(r"[\s*†‡§¶║#,]*(?:[a-e](?![a-z]))?[\s*†‡§¶║#]*")
NUMBERED = re.compile(
    r"\b(?:grades?|stages?|levels?|days?|weeks?|months?|years?|cycles?|class|types?|phases?|lines?|parts?|cohorts?|scores?|status|no\.?)$",
    re.IGNORECASE,
)
_GRADED = re.compile(r"\b(?:grades?|stages?|levels?|class|types?|phases?|lines?|cohorts?|no\.?)$", re.IGNORECASE)
_LONGEST_LABEL = 140


_PACKED_CELLS = re.compile(r"(?<=[A-Za-z)\]])(?:-?\d[\d.-]*)(?=\s?[A-Z]|\s[a-z(]|\s*$)")


def packed_rows(text: str, start: int, end: int) -> Iterator[tuple[CharSpan, CharSpan]]:
    """Names with the digits that stand behind them without a blank; they stop where the text turns into prose."""
    for match in _PACKED_CELLS.finditer(text, start, end):
        label = text[start : match.start()]
        if len(label) > _LONGEST_LABEL or PROSE.search(label):
            return
        if (span := _label(text, start, match.start())) is not None and len(match.group()) > 1:
            yield span, CharSpan(*match.span())
            start = match.end()


def runs_of_cells(text: str, start: int, end: int) -> Iterator[tuple[int, list[Entry]]]:
    """Runs of neighbouring cells, each with where the label before it begins; they stop where the text turns into prose."""
    run: list[Entry] = []
    begun = start
    for match in _CELL.finditer(text, start, end):
        gap_start = run[-1].span.end if run else begun
        if re.match(r"[≤≥]\s?\d+$", match.group()) and not (run and _BETWEEN_CELLS.fullmatch(text, gap_start, match.start())):
            continue  # "Score ≥11": a bound is of the label
        if run and _BETWEEN_CELLS.fullmatch(text, gap_start, match.start()):
            run += _entries(text, match)
            continue
        if run:
            yield begun, run
            begun = run[-1].span.end
        label = text[begun : match.start()]
        if len(label) > _LONGEST_LABEL or PROSE.search(label) or (begun > start and SIZED.search(label + text[match.start() : match.end() + 2])):
            return
        run = list(_entries(text, match))
    if run:
        yield begun, run


def with_ranges(text: str, runs: Sequence[tuple[int, list[Entry]]], width: int) -> list[tuple[int, list[Entry]]]:
    """The runs, a dash between two numbers that of a range where the run then has as many cells as a row has: "12 3 - 9", and not "12 5 - 1"."""
    return [(begun, _joined(text, run, width)) for begun, run in runs]


def _joined(text: str, run: list[Entry], width: int) -> list[Entry]:
    ranges = [i for i in range(len(run) - 2) if _is_range(text, run[i : i + 3])]
    if len(run) == width or len(run) - 2 * len(ranges) != width:
        return run
    within = {i + j for i in ranges for j in (1, 2)}
    return [Entry(CharSpan(cell.span.start, run[i + 2].span.end)) if i in ranges else cell for i, cell in enumerate(run) if i not in within]


def _is_range(text: str, cells: Sequence[Entry]) -> bool:
    """Whether three cells are a number, a dash with a blank on either side, and a greater number."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s-\s(\d+(?:\.\d+)?)", text[cells[0].span.start : cells[-1].span.end])
    return found is not None and float(found.group(1)) < float(found.group(2))


def _entries(text: str, match: re.Match[str]) -> Iterator[Entry]:
    """The cells of a match; zeros in front of a number are cells of their own ("0" and "3 (6.0)" run together)."""
    span = CharSpan(*match.span())
    if match.group("number") is None:
        yield Entry(span)
        return
    number = match.group("number")
    zeros = re.match(r"0+(?=\d)", number)
    if zeros and "." not in number:
        for i in range(zeros.end()):
            yield Entry(CharSpan(span.start + i, span.start + i + 1), 0.0)
        span = CharSpan(span.start + zeros.end(), span.end)
        number = number[zeros.end() :]
    bracket = re.fullmatch(r"[\[(]\s?(\d+(?:\.(\d+))?)\s?%?\s?[\])]", match.group("bracket") or "")
    if bracket is not None and number.isdigit():
        yield Entry(span, float(number), float(bracket.group(1)), len(bracket.group(2) or ""))
    else:
        yield Entry(span, float(number) if number.isdigit() and not match.group("percent") else None)


def rows_of_runs(text: str, runs: Sequence[tuple[int, list[Entry]]], width: int, least: int) -> list[Row]:
    """The rows: a run that is too short is a number within a label, one that is too long by one begins with one ("Grade 3") or with a footnote's.

    `least` is how many cells a row has without its p-value.
    """
    rows: list[Row] = []
    label_start: int | None = None
    for begun, run in runs:
        label_start = begun if label_start is None else label_start
        if len(run) < least:
            whole = len(run) > 1 and all(cell.count is not None or cell.span.of(text) == "-" for cell in run)
            if (whole or any(cell.percent is not None for cell in run)) and (label := _label(text, label_start, run[0].span.start)) is not None:
                rows.append(Row(label, tuple(run), fits=False))  # what has a percentage, or whole numbers side by side, are no numbers of a label
                label_start = None
            continue
        row, ends_early = _row(text, label_start, run, (width, least), rows)
        label_start = run[-1].span.start if ends_early else None  # "5 (10.0) 2 (5.3) ≥1 event": the number is of the next label
        if row is not None:
            rows.append(row)
    return _told_apart_by_numbers(text, rows)


def _row(text: str, label_start: int, run: Sequence[Entry], widths: tuple[int, int], above: list[Row]) -> tuple[Row | None, bool]:
    """The row of a run that is long enough, and whether its last number is of the next label; rows packed into the label go to those above."""
    width, least = widths
    too_long = len(run) - width
    told = any(cell.percent is not None for cell in run[:least]) and all(cell.percent is not None or cell.count == 0 for cell in run[:least])
    ends_early = too_long == 1 and _in_words(text, run[-1]) and told
    begins_late = too_long == 1 and not ends_early and (_in_words(text, run[0]) or all(cell.percent is not None for cell in run[1 : least + 1]))
    cells = tuple(run[:-1] if ends_early else run[1:] if begins_late else run)
    packed = list(_packed(text, label_start, run[0].span.start))
    above += packed
    label_start = packed[-1].cells[-1].span.end if packed else label_start
    label = _label(text, label_start, run[0].span.start)
    if label is not None and (NUMBERED.search(label.of(text)) or _glued_to_name(text, label, run[0])):
        label = _label(text, label_start, cells[0].span.start)
    if label is None:
        return None, ends_early
    numbered = bool(NUMBERED.search(text[label.start : run[0].span.start].rstrip()))
    certain = (numbered if too_long > 0 else not _GRADED.search(text[label.start : run[0].span.start].rstrip())) or any(
        cell.percent is not None for cell in cells
    )
    fits = len(cells) <= width and not _swallowed(label.of(text))
    return Row(label, cells, fits=fits, certain=certain), ends_early


def _swallowed(label: str) -> bool:
    """Whether a label holds cells of the row before, which had too few of them to be one."""
    one = re.search(r"(?<=[a-z)])\s\d+(?:\.\d+)?\s(?=[A-Z][a-z])", label)
    return _SHARE_IN_LABEL.search(label) is not None or (one is not None and not NUMBERED.search(label[: one.start()]))


# "15 (7.7)29 (14.9)Vomiting", "Rash 2 7 5 Vomiting": cells of the row before that its label swallowed.
_SHARE_IN_LABEL = re.compile(r"^-?[01]?\.\d+[A-Z]|\d\s?[(\[]\d+(?:\.\d+)?\s?%?[)\]]|(?:\s(?:\d+(?:\.\d+)?|-)){2,}\s")


def _in_words(text: str, cell: Entry) -> bool:
    """Whether a number can be one of a label: no decimals, no bracket behind it."""
    return re.fullmatch(r"[<>≤≥]?\s?\d{1,4}(?:-\d{1,4})?|-|[(\[][^)\]]*[)\]]", cell.span.of(text)) is not None


def _told_apart_by_numbers(text: str, rows: Sequence[Row]) -> list[Row]:
    """The rows with the numbers before their cells that alone tell them apart ("Score 0", "Score 1"): no footnotes' are these."""
    names = Counter(row.label.of(text) for row in rows)
    told = []
    for row in rows:
        label = _label(text, row.label.start, row.cells[0].span.start) if names[row.label.of(text)] > 1 else None
        told.append(replace(row, label=label) if label is not None else row)
    return told


def _glued_to_name(text: str, label: CharSpan, first: Entry) -> bool:
    """Whether a number stands right behind the capital that a name ends in: "pT0" and its cells, where a footnote's number follows a small letter."""
    return label.end == first.span.start and text[label.end - 1].isupper()


def relieved(text: str, row: Row, columns: Columns) -> Row:
    """The row whose first count ran into the number that its label ends in: "Grade 15 (12.5)" of 40 patients are "Grade 1" and "5 (12.5)"."""
    first, n = row.cells[0], columns.patients[0]
    digits = re.match(r"\d{2,4}(?=\s?[(\[])", first.span.of(text))
    apart = text[first.span.start - 1].isspace() and not NUMBERED.search(row.label.of(text))
    if not row.fits or first.percent is None or n is None or digits is None or apart or fits(first, n):
        return row
    for cut in (1, 2):
        rest = digits.group()[cut:]
        cell = replace(first, span=CharSpan(first.span.start + cut, first.span.end), count=float(rest or 0))
        if rest and (rest == "0" or rest[0] != "0") and fits(cell, n):
            return replace(row, label=CharSpan(row.label.start, cell.span.start), cells=(cell, *row.cells[1:]))
    return row


_PACKED = re.compile(r"(?<=[a-z)])\d{2,}(?=\s?[A-Z]|\s[a-z]+\s)")


def _packed(text: str, start: int, end: int) -> Iterator[Row]:
    """The rows within what looks like a label whose cells ran together so that nothing tells them apart ("Cough1212 Chills"): they do not fit."""
    for match in _PACKED.finditer(text, start, end):
        label = _label(text, start, match.start())
        if label is not None:
            yield Row(label, (Entry(CharSpan(*match.span())),), fits=False)
            start = match.end()


def _label(text: str, start: int, end: int) -> CharSpan | None:
    """The label of a row without the mark of a footnote that the row before ends in; None where it holds no word."""
    mark = re.match(r"(?:[a-e](?=[\sA-Z])|[*†‡§¶║#,])?[\s*†‡§¶║#]*", text[start:end])
    start += mark.end() if mark else 0
    return trimmed(text, start, end) if re.search(r"[A-Za-z]{2}", text[start:end]) else None
