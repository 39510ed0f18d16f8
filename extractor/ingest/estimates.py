"""Tables of effect estimates that were run together into a line: the heads are words of statistics, and an estimate lies in its interval.

"Variable HR (95% CI) P value Age 1.20 (1.01-1.43) 0.04 Stage II 0.88 (0.61-1.27) 0.50 ...": what kind of number each column holds its head says, and
a row is placed only if there is one way alone to put its numbers, in their order, under heads of their kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractor.document import CharSpan

_RATIO = r"(?:HRs?|ORs?|RRs?|[Hh]azard\s[Rr]atios?|[Oo]dds\s[Rr]atios?|[Rr]elative\s[Rr]isks?|[Rr]isk\s[Rr]atios?)"
_CI = r"9[059]\s?%\s?-?\s?(?:C\.?I\.?s?\b|[Cc]onfidence\s[Ii]ntervals?)"
_UNIT = re.compile(
    rf"""
    (?: (?P<E> (?:(?:[Uu]na|[Aa])djusted\s|[Cc]rude\s)? {_RATIO} \s?[(\[,]\s? {_CI} \s?[)\]]? )
      | (?P<C> \(? {_CI} \)? )
      | (?P<R> (?:(?:[Uu]na|[Aa])djusted\s|[Cc]rude\s)? {_RATIO} )
      | (?P<I> [Pp](?:[\s-]*(?:values?|Values?|VALUE))? \s{{1,2}}(?:for\s)?(?:[Ii]nteraction|[Tt]rend|[Hh]eterogeneity)\b )
      | (?P<P> [Pp](?:[\s-]?[a-d*])?(?:[\s-]*(?:values?|Values?|VALUE))? (?: (?![A-Za-z]) | (?<=alue)(?=[A-Z]) ) ) )
    (?: \s?[*†‡§#+] | \s?[a-d](?![A-Za-z]) )? \s{{0,4}}
    """,
    re.VERBOSE,
)
_NUMBER = r"\d{1,3}\.\d{1,4}"
_TOKEN = re.compile(
    rf"""
    (?<![\w.,/(\[<>=≥≤-])
    (?: (?P<E> {_NUMBER} \s?[(\[]\s? {_NUMBER} \s?(?:-|,|;|to)\s? {_NUMBER} \s?[)\]] )
      | (?P<C> [(\[]? {_NUMBER} \s?(?:-|,|\bto\b)\s? {_NUMBER} [)\]]? )
      | (?P<P> [<>≤≥=]\s?0?\.\d+ | 0?\.\d{{4,}} )
      | (?P<S> 0?\.\d{{2,4}} (?!\s?[(\[]\s?\d) | 1\.0+ (?!\s?[(\[]\s?\d) )
      | (?P<N> {_NUMBER} (?!\s?[(\[]\s?\d) )
      | (?P<M> -{{1,3}}(?=\s) )
      | (?P<F> (?:Reference|Ref\.|Ref)(?=\s) ) )
    (?! [\w%(\[] | [.,]\d )
    """,
    re.VERBOSE,
)
_GAP = re.compile(r"[\s*†‡§#,]{0,4}")
_NAMES = re.compile(
    r"(?:[Uu]ni|[Mm]ulti)(?:variate|variable)(?:\s(?:[Aa]nalys[ie]s|[Mm]odels?))?|(?:[Uu]n)?[Aa]djusted(?:\s(?:[Aa]nalys[ie]s|[Mm]odel))?"
    r"|(?:[Oo]verall|[Pp]rogression-[Ff]ree|[Dd]isease-[Ff]ree|[Rr]elapse-[Ff]ree|[Rr]ecurrence-[Ff]ree|[Ee]vent-[Ff]ree|[Mm]etastasis-[Ff]ree)\s[Ss]urvival"
    r"|(?:[Cc]ancer|[Dd]isease)-[Ss]pecific\s[Ss]urvival|\b(?:OS|PFS|DFS|RFS|EFS|MFS|DMFS|CSS|DSS|TTP)\b"
    r"|\b(?:(?:[Dd]istant|[Ll]ocal|[Ll]oco-?regional|[Rr]egional|[Aa]ny)\s(?:[Rr]ecurrence|[Rr]elapse|[Mm]etastas[ie]s)|[Rr]ecurrence|[Rr]elapse)\b"
    r"|\b(?:[A-Z][a-z]+\s[Cc]ancer\s|[Aa]ny\s|[Aa]ll-[Cc]ause\s)?(?:[Dd]eaths?|[Mm]ortality)\b"
)
_ACRONYM = re.compile(r"[A-Z][A-Z\d-]{1,9}")
_LABEL_HEAD = re.compile(r"(?:Variables?|Factors?|Characteristics?|Parameters?|Covariates?|Predictors?|Markers?|Subgroups?)\s*$")
PROSE = re.compile(r"[a-z]\.\s+[A-Z][a-z]+\s[a-z]+\s")
_BARE_NUMBER = re.compile(r"[A-Za-z)]\s\d+(?:\.\d+)?\s*$|(?<![\w.])\d[\d,]*\s?\(\d+(?:\.\d+)?\s?%?\)\s*$")

_BROKEN = re.compile(r"\d\.\d+\s?[(\[]|\d\.\d+\.\d")

_FARTHEST_HEAD = 700
_LONGEST_LABEL = 140
_FEWEST_ROWS = 3
_SHARE_AGREEING = 0.8
_SHARE_NUMBERED = 0.2
_WIDEST = 9
_SHARE_INSIDE = 0.95


_Row = tuple[CharSpan, tuple[tuple[int, CharSpan], ...] | None, CharSpan]


@dataclass(frozen=True, slots=True)
class Estimates:
    """A table of effects: its heads (row, column, columns covered, place), its rows with cells by column, None where they could not be placed."""

    heads: tuple[tuple[int, int, int, CharSpan], ...]
    rows: tuple[_Row, ...]
    width: int
    caption_end: int


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    span: CharSpan


def read_estimates(text: str, start: int, end: int) -> Estimates | None:
    """The table whose caption begins at an offset of the folded text; None where its heads or its numbers do not prove its columns."""
    units = _chain(text, start, min(end, start + _FARTHEST_HEAD))
    kinds = "".join(kind for kind, _ in units)
    if len(units) < 2 or not ("E" in kinds or "RC" in kinds):
        return None
    groups = next(
        (n for n in (3, 2) if len(kinds) % n == 0 and kinds == kinds[: len(kinds) // n] * n and re.search("E|RC", kinds[: len(kinds) // n])), 1
    )
    names = _names(text, start, units[0][1].start, groups)
    if names is None:
        return None
    each = len(kinds) // groups
    heads = [(0, 1 + i * each, each, span) for i, span in enumerate(names)]
    heads += [(int(groups > 1), 1 + i, 1, span) for i, (_, span) in enumerate(units)]
    read = list(_rows(text, units[-1][1].end, end))
    ways = [[] if _BROKEN.search(label.of(text)) else _ways(tokens, kinds) for label, tokens in read]
    while ways and not ways[-1]:
        ways.pop()
    rows = [_row(label, tokens, found) for (label, tokens), found in zip(read, ways, strict=False)]
    if sum(map(bool, ways)) < _SHARE_AGREEING * len(ways) or not _proven(text, rows, kinds):
        return None
    return Estimates(tuple(heads), tuple(rows), len(kinds), names[0].start if names else units[0][1].start)


def _chain(text: str, start: int, end: int) -> list[tuple[str, CharSpan]]:
    """The longest run of heads that are words of statistics with nothing between them."""
    best: list[tuple[str, CharSpan]] = []
    here: list[tuple[str, CharSpan]] = []
    at = start
    for match in _UNIT.finditer(text, start, end):
        if match.start() != at:
            here = []
        at = match.end()
        here.append((match.lastgroup or "", CharSpan(match.start(), match.start() + len(match.group().rstrip()))))
        best = list(here) if len(here) > len(best) else best
    return best


def units_at(text: str, start: int, end: int) -> Iterator[tuple[str, CharSpan]]:
    """The heads that are words of statistics from an offset on, each with its kind, to the first words that are none."""
    at = start + len(text[start:end]) - len(text[start:end].lstrip())
    while (match := _UNIT.match(text, at, end)) is not None:
        yield match.lastgroup or "", CharSpan(match.start(), match.start() + len(match.group().rstrip()))
        at = match.end()


def _names(text: str, start: int, end: int, groups: int) -> tuple[CharSpan, ...] | None:
    """The heads above groups of columns: as many names of analyses or endpoints one behind the other; none for one group."""
    if groups == 1:
        return ()
    before = text[start:end].rstrip()
    label = _LABEL_HEAD.search(before)
    stop = start + len(before[: label.start()].rstrip() if label is not None else before)
    found = [CharSpan(*m.span()) for m in _NAMES.finditer(text, start, stop)][-groups:]
    reach = [*(span.start for span in found[1:]), stop]
    words = [*re.finditer(r"\S+", text[start:stop])][-groups - 1 :]
    if all(_ACRONYM.fullmatch(word.group()) for word in words[1:]) and len(words) > groups and not _ACRONYM.fullmatch(words[0].group()):
        return tuple(CharSpan(*word.span()).shifted(start) for word in words[1:])
    if len(found) < groups or any(text[span.end : until].strip(" *†abc") for span, until in zip(found, reach, strict=True)):
        return None
    return tuple(found)


def _rows(text: str, start: int, end: int) -> Iterator[tuple[CharSpan, list[_Token]]]:
    """Names with the run of numbers behind each; they stop where the text turns into prose."""
    run: list[_Token] = []
    begun = start
    for match in _TOKEN.finditer(text, start, end):
        token = _Token(match.lastgroup or "", CharSpan(*match.span()))
        if run and _GAP.fullmatch(text, run[-1].span.end, match.start()):
            run.append(token)
            continue
        if run and (label := _trimmed(text, begun, run[0].span.start)) is not None:
            yield label, run
        begun = run[-1].span.end if run else begun
        between = text[begun : match.start()]
        if len(between) > _LONGEST_LABEL or PROSE.search(between):
            return
        run = [token]
    if run and (label := _trimmed(text, begun, run[0].span.start)) is not None:
        yield label, run


def _trimmed(text: str, start: int, end: int) -> CharSpan | None:
    label = text[start:end]
    inner = label.strip(" *†‡§#")
    first = start + label.find(inner) if inner else start
    return CharSpan(first, first + len(inner)) if re.search(r"[A-Za-z]{2}|\d", inner) else None


def _row(label: CharSpan, tokens: Sequence[_Token], ways: Sequence[tuple[int, ...]]) -> _Row:
    """A row; its numbers have columns where there is one way alone to place them."""
    placed = tuple((1 + column, token.span) for column, token in zip(ways[0], tokens, strict=True)) if len(ways) == 1 else None
    return label, placed, CharSpan(tokens[0].span.start, tokens[-1].span.end)


def _ways(tokens: Sequence[_Token], kinds: str) -> list[tuple[int, ...]]:
    """The ways to put the numbers of a row under heads of their kinds, in their order."""
    return [at for at in combinations(range(len(kinds)), len(tokens)) if _agrees(tokens, kinds, at)] if len(kinds) <= _WIDEST else []


def _agrees(tokens: Sequence[_Token], kinds: str, at: Sequence[int]) -> bool:
    """Whether the kinds of numbers are those of their columns.

    An estimate without its interval stands in no row that has one, and a p-value of interaction in none that lacks the p-value before it.
    """
    taken = dict(zip(at, (token.kind for token in tokens), strict=True))
    may_be = {"E": "E", "C": "C", "P": "PI", "S": "RPI", "N": "R", "M": "ERCPI", "F": "ER"}
    if any(kinds[column] not in may_be[kind] for column, kind in taken.items()):
        return False
    if any(kinds[column - 1 : column + 1] == "PI" and column - 1 not in taken for column in taken if column):
        return False
    pairs = (column for column in range(len(kinds) - 1) if kinds[column : column + 2] == "RC" and taken.get(column) != "F")
    return all((column in taken) == (column + 1 in taken) for column in pairs)


def _proven(text: str, rows: Sequence[_Row], kinds: str) -> bool:
    """Whether enough rows are full, estimates lie in their intervals, p-values are none above one, and no column of numbers is left in the labels."""
    placed = [cells for _, cells, _ in rows]
    full = [cells for cells in placed if cells is not None and len(cells) == len(kinds)]
    inside: list[bool] = []
    for cells in (cells for cells in placed if cells is not None):
        told = {column: span.of(text) for column, span in cells}
        for column, words in told.items():
            numbers = [float(n) for n in re.findall(r"\d*\.\d+", words)]
            kind = kinds[column - 1]
            if kind == "E" and len(numbers) == 3:
                inside.append(numbers[1] <= numbers[0] <= numbers[2])
            elif kind == "C" and len(numbers) == 2 and (estimate := re.fullmatch(r"\d*\.\d+", told.get(column - 1, ""))):
                inside.append(numbers[0] <= float(estimate.group()) <= numbers[1])
            elif kind in "PI" and numbers:
                inside.append(numbers[0] <= 1)
    numbered = sum(bool(_BARE_NUMBER.search(label.of(text))) for label, *_ in rows)
    return len(full) >= _FEWEST_ROWS and sum(inside) >= _SHARE_INSIDE * len(inside) and numbered <= _SHARE_NUMBERED * len(rows)
