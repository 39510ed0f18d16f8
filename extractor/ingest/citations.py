"""Citation marks in running text, and which of the things that look like them are marks.

A mark is told from a value by the sequence that marks form: papers number their references in the order of citation, so that a true series
starts near 1 and grows by small steps. Nothing else in a paper does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from extractor.document import CharSpan, fold

_LIST = r"\d{1,3}(?:\s?[-,]\s?\d{1,3})*"

# "the trial,Citation13 regorafenib", "stage.Citation3,Citation4 Treatment": how one publisher's pages come out as text.
SPELLED_OUT = re.compile(r"Citation\d{1,3}(?:-\d{1,3})?(?:,Citation\d{1,3}(?:-\d{1,3})?)*")

# "cases.1 Unfortunately", "remission.4-6", "Germany5 and", "0.18-0.58)34 and", "results in 2020.9 In this": a superscript that lost its height.
STUCK = re.compile(
    rf"""
    (?: (?<=[a-z][a-z]) | (?<=[A-Za-z%\]\)]["'.,;)\]]) | (?<=[a-z\d]\)) | (?<=\s(?:19|20)\d\d[.,]) | (?<=\b[A-Z]{{2}}) )
    (?P<numbers>{_LIST})
    (?= [\s;)\]] | [.,](?:\s|$) | $ )
    (?! \s?% )
    """,
    re.VERBOSE,
)

# "[12, 14-16]", and "(16)", "(4-7)" where no number stands before the bracket.
SQUARE = re.compile(rf"\[(?P<numbers>{_LIST})\]")
ROUND = re.compile(rf"(?<=[A-Za-z.,;%)\]'\"]\s)\((?P<numbers>{_LIST})\)")

# "(Sakata et al, 1998; Koizumi et al, 2000)", "Hong et al (2004)"
AUTHOR_YEAR = re.compile(
    r"""
    \( [^()]{0,200}? \b [A-Z][\w'-]+ (?: \s(?:et\s+al\.?|and\s+[A-Z][\w'-]+|&\s+[A-Z][\w'-]+) )? ,? \s (?:19|20)\d\d[a-z]? [^()]{0,200}? \)
    | (?<=et\sal\s)\((?:19|20)\d\d[a-z]?\) | (?<=et\sal\.\s)\((?:19|20)\d\d[a-z]?\)
    """,
    re.VERBOSE,
)

_FEWEST = 4
_LONGEST_JUMP = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark in raw text. `stuck` marks are no part of the sentence and are cut out of it."""

    span: CharSpan
    numbers: tuple[int, ...]
    stuck: bool


def find_marks(raw: str, *, names: Collection[str] = ()) -> tuple[Mark, ...]:
    """All citation marks in a text without its reference list, in order.

    `names` are words that end in a number by nature ("imbrave150"), in lower case.

    >>> [m.span.of("seen in most cases.1 Two trials,2,3 both") for m in find_marks("seen in most cases.1 Two trials,2,3 both")]
    []
    >>> text = "a lot of cases.1 Two trials,2,3 both old,4 were seen.5 More"
    >>> [m.numbers for m in find_marks(text)]
    [(1,), (2, 3), (4,), (5,)]
    """
    text = fold(raw)
    spelled = list(_marks(SPELLED_OUT, text, stuck=True))
    square = _series(_marks(SQUARE, text, stuck=False))
    stuck = [] if spelled else _series(_unnamed(_marks(STUCK, text, stuck=True), text, names))
    rounds = [] if spelled else _series(_marks(ROUND, text, stuck=False))
    # Bracketed numbers also number the items of a list: where another style carries the citations, they are that.
    if len(rounds) < 2 * _FEWEST or len(rounds) < max(len(stuck), len(square)):
        rounds = []
    if len(stuck) < _FEWEST or len(stuck) < max(len(rounds), len(square)) / 2:
        stuck = []
    authors = [Mark(CharSpan(*m.span()), (), False) for m in AUTHOR_YEAR.finditer(text)]
    return _apart(sorted([*spelled, *square, *stuck, *rounds, *authors], key=lambda m: m.span))


def numbers_in(printed: str) -> tuple[int, ...]:
    """The entries that a printed list names: "4-6,8" is 4, 5, 6, 8.

    >>> numbers_in("4-6, 8")
    (4, 5, 6, 8)
    """
    found: list[int] = []
    for part in re.split(r"\s*,\s*", fold(printed)):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        found.extend(range(ends[0], ends[-1] + 1) if ends and 0 <= ends[-1] - ends[0] <= 30 else ends)
    return tuple(found)


def _marks(pattern: re.Pattern[str], text: str, *, stuck: bool) -> Iterator[Mark]:
    for match in pattern.finditer(text):
        yield Mark(CharSpan(*match.span()), numbers_in(match.group()), stuck)


def _unnamed(marks: Iterable[Mark], text: str, names: Collection[str]) -> Iterator[Mark]:
    for mark in marks:
        word = re.search(r"\w+$", text[max(mark.span.start - 30, 0) : mark.span.start])
        if word is None or (word.group() + str(mark.numbers[0])).casefold() not in names:
            yield mark


def _series(marks: Iterable[Mark]) -> list[Mark]:
    """The marks that fit into one growing series."""
    highest, kept = 0, []
    for mark in marks:
        if not mark.numbers or min(mark.numbers) < 1:
            continue
        if min(mark.numbers) <= highest + _LONGEST_JUMP and max(mark.numbers) <= highest + 15:
            kept.append(mark)
            highest = max(highest, *mark.numbers)
    return kept


def _apart(marks: list[Mark]) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in marks:
        if not kept or kept[-1].span.end <= mark.span.start:
            kept.append(mark)
    return tuple(kept)
