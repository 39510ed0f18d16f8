"""Citation marks in running text, and which of the things that look like them are marks.

A mark is told from a value by the sequence that marks form: papers number their references in the order of citation, so that a true series
starts near 1 and grows by small steps. Nothing else in a paper does.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from extractor.document import CharSpan, fold

_LIST = r"[1-9]\d{0,2}(?:\s?[-,]\s?[1-9]\d{0,2})*"

# "the trial,Citation13 regorafenib", "stage.Citation3,Citation4 Treatment": how one publisher's pages come out as text.
SPELLED_OUT = re.compile(r"Citation\d{1,3}(?:-\d{1,3})?(?:,Citation\d{1,3}(?:-\d{1,3})?)*")

# "cases.1 Unfortunately", "remission.4-6", "Germany5 and", "0.18-0.58)34 and", "results in 2020.9 In this": a superscript that lost its height.
STUCK = re.compile(
    rf"""
    (?<! \bBODY\. ) (?<! \bBACK\. ) (?<! \bABSTRACT\. )
    (?: (?<=[a-z][a-z]) | (?<=[A-Za-z%\]\)]["'.,;)\]]) | (?<=[a-z\d]\)) | (?<=\s(?:19|20)\d\d[.,]) )
    (?P<numbers>{_LIST})
    (?= [\s;)\]] | [.,](?:\s|$) | $ )
    (?! \s?% | \s\(\s?[<\d] | \s\([A-Z]{{1,6}}-?\d )   # "Fatigue16 (34%)" is a table that lost its columns, "cytokine19 (CK19)" a name
    """,
    re.VERBOSE,
)

# "the receptor VEGFR-2.35 It", "in HCC14 and": too like a decimal or a name to count on their own, but one may be the one that the series lacks.
WEAK = re.compile(rf"(?: (?<=[A-Za-z]-\d[.,]) {_LIST} (?=\s[A-Z][a-z]) | (?<=[A-Z]{{2}}) {_LIST} (?=\s[A-Za-z]|[.,;]\s) (?!\s\(\d) )", re.VERBOSE)

# "[12, 14-16]", and "(16)", "(4-7)" where no number stands before the bracket.
SQUARE = re.compile(rf"\[(?P<numbers>{_LIST})\]")
ROUND = re.compile(rf"(?<=[A-Za-z.,;%)\]'\"]\s)\((?P<numbers>{_LIST})\)")

# "(Sakata et al, 1998; Koizumi et al, 2000)", "Hong et al (2004)"
AUTHOR_YEAR = re.compile(
    r"""
    \( [^()]{0,200}? \b [A-Z][\w'-]{1,40} (?: \s(?:et\s+al\.?|and\s+[A-Z][\w'-]{1,40}|&\s+[A-Z][\w'-]{1,40}) )? ,? \s (?:19|20)\d\d[a-z]? (?! ;\d )
    [^()]{0,200}? \)
    | (?<=et\sal\s)\((?:19|20)\d\d[a-z]?\) | (?<=et\sal\.\s)\((?:19|20)\d\d[a-z]?\)
    """,
    re.VERBOSE,
)

_FEWEST = 4
_LONGEST_JUMP = 3
_LONGEST_RANGE = 30
_OFTEN = 3
_RAISED_UNITS = frozenset({"m", "cm", "mm", "dm", "km", "kg"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark in raw text. `stuck` marks are no part of the sentence and are cut out of it."""

    span: CharSpan
    numbers: tuple[int, ...]
    stuck: bool


def find_marks(raw: str, *, names: Collection[str] = ()) -> tuple[Mark, ...]:
    """All citation marks in a text without its reference list, in order.

    `names` are words that end in a number by nature ("imbrave150"), in lower case.

    >>> text = "a lot of cases.1 Two trials,2,3 both old,4 were seen.5 More"
    >>> [m.numbers for m in find_marks(text)]
    [(1,), (2, 3), (4,), (5,)]

    A few numbers that form no series are values, names or the numbers of a list:

    >>> find_marks("the level of TIMP1 and the CXCL12 axis (1) was high (2) was low")
    ()
    """
    text = fold(raw)
    spelled = list(_marks(SPELLED_OUT, text, stuck=True))
    stuck = [] if spelled else _series(_unnamed(_marks(STUCK, text, stuck=True), text, names))
    rounds = [] if spelled else _series(_marks(ROUND, text, stuck=False))
    highest = max((n for m in (*spelled, *rounds) for n in m.numbers), default=0) if len(spelled) + len(rounds) >= 2 * _FEWEST else 0
    square = _series(_marks(SQUARE, text, stuck=False), cited=highest)
    # Bracketed numbers also number the items of a list: where another style carries the citations, they are that.
    if len(rounds) < 2 * _FEWEST or len(rounds) < max(len(stuck), len(square)):
        rounds = []
    if _growth(stuck) < max(_FEWEST, _growth(rounds), _growth(square)):
        stuck = []
    stuck += _missing(stuck, _unnamed(_marks(WEAK, text, stuck=True), text, names))
    authors = [Mark(CharSpan(*m.span()), (), False) for m in AUTHOR_YEAR.finditer(text)]
    return apart(sorted([*spelled, *square, *stuck, *rounds, *authors], key=lambda m: m.span))


def numbers_in(printed: str) -> tuple[int, ...]:
    """The entries that a printed list names: "4-6,8" is 4, 5, 6, 8.

    >>> numbers_in("4-6, 8")
    (4, 5, 6, 8)
    """
    found: list[int] = []
    for part in re.split(r"\s*,\s*", fold(printed)):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        found.extend(range(ends[0], ends[-1] + 1) if ends and 0 <= ends[-1] - ends[0] <= _LONGEST_RANGE else ends)
    return tuple(found)


def _marks(pattern: re.Pattern[str], text: str, *, stuck: bool) -> Iterator[Mark]:
    for match in pattern.finditer(text):
        yield Mark(CharSpan(*match.span()), numbers_in(match.group()), stuck)


def _unnamed(marks: Iterable[Mark], text: str, names: Collection[str]) -> Iterator[Mark]:
    """The marks that are no part of a name: one of the list, or a word that carries the same number again and again ("the SO2", "CA19")."""
    found = []
    for mark in marks:
        word = re.search(r"\w+$", text[max(mark.span.start - 30, 0) : mark.span.start])
        found.append((mark, f"{word.group()}{mark.numbers[0]}".casefold() if word else ""))
    often = Counter(name for _, name in found)
    for mark, name in found:
        if not name or (name not in names and often[name] < _OFTEN and name.rstrip("-0123456789") not in _RAISED_UNITS):
            yield mark


def _series(marks: Iterable[Mark], *, cited: int = 0) -> list[Mark]:
    """The marks that fit into one growing series, or name entries up to `cited`, which another series reached."""
    highest, kept = cited, []
    for mark in marks:
        if not mark.numbers or min(mark.numbers) < 1:
            continue
        if min(mark.numbers) <= highest + _LONGEST_JUMP and max(mark.numbers) <= highest + 15:
            kept.append(mark)
            highest = max(highest, *mark.numbers)
    return kept


def _growth(marks: Iterable[Mark]) -> int:
    """How many marks of a series name a new entry."""
    highest = grown = 0
    for mark in marks:
        if max(mark.numbers) > highest:
            highest, grown = max(mark.numbers), grown + 1
    return grown


def _missing(series: Sequence[Mark], candidates: Iterable[Mark]) -> list[Mark]:
    """The candidates that carry just the number which the series lacks at their place."""
    starts = [m.span.start for m in series]
    reached = [0, *accumulate((max(m.numbers) for m in series), max)]
    found = []
    for mark in candidates:
        i = bisect_left(starts, mark.span.start)
        following = min(series[i].numbers) if i < len(series) else 0
        if min(mark.numbers) == reached[i] + 1 and max(mark.numbers) < following:
            found.append(mark)
    return found


def apart(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Of marks in order, those that do not overlap one before."""
    kept: list[Mark] = []
    for mark in marks:
        if not kept or kept[-1].span.end <= mark.span.start:
            kept.append(mark)
    return tuple(kept)
