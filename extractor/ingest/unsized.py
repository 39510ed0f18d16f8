"""Heads of columns that print no number of patients: names side by side that the paper's sentences set against each other as groups.

"Event Zoltane Placebo Nausea 10 (25.0) 4 (10.5) ...": nothing in the head itself tells where a name ends. A sentence does ("4 in the placebo
group", "between zoltane and placebo"); names that no sentence uses so are not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.document import CharSpan
from extractor.ingest.heads import Head
from extractor.ingest.shares import Row

_WORD = re.compile(r"(?:(?<=\s)|(?<=[a-z)\]])(?=[A-Z])|^)[A-Z\d][^\s]*?(?=\s|$|(?<=[a-z)\]])[A-Z])|\S+?(?=\s|$|(?<=[a-z)\]])[A-Z])")
_FIRST_CELL = re.compile(r"\d+(?:\.\d+)?\s?%?\s?[(±]|(?<=[A-Za-z)])\s?\d+(?:\.\d+)?\s+\d|\d\.\d")
_GROUP = re.compile(r"(?:\s?\([^()]{1,20}\))?[\s-](?:group|arm|treated|recipient|regimen|cohort|alone|therapy)")
_GIVEN = re.compile(
    r"(?:receiv(?:ed|ing|e)|assigned\sto|allocated\sto|randomi[sz]ed\sto|treated\swith|treatment\swith)\s(?:the\s|either\s|first-line\s)?$"
)
_AGAINST = re.compile(
    r"[^.;()]{0,25}?(?:\([^()]{1,30}\)\s)?\b(?:and|or|versus|vs\.?|than|compared\s(?:with|to))\s(?:the\s|those\s\w+\s(?:the\s)?|in\sthe\s|with\s)?$"
)

_ITS_GROUP = re.compile(r"(?<=\w)\s(?:group|arm)$")  # "Drug group Placebo group"

_FARTHEST = 350
_MOST_WORDS = 4
_MOST_NAMES = 4
_SHORTEST = 2
_NEAR = 80
_FEWEST_OF_COUNTS = 6
_FEWEST_CELLS = 20


@dataclass(frozen=True, slots=True)
class _Paper:
    """The folded text, all of it but the heads in small letters, and which names were found to be of groups."""

    text: str
    elsewhere: str
    known: dict[str, bool]


def names_of_groups(text: str, start: int, end: int) -> Iterator[list[Head]]:
    """The heads that stand one behind the other before the first cell, most names first.

    Args:
        text: the folded text.
        start: where the caption's words begin.
        end: where the table ends at the latest.
    """
    stop = min(end, start + _FARTHEST)
    first = _FIRST_CELL.search(text, start, stop)
    stop = first.start() if first is not None else stop
    words = [CharSpan(*m.span()) for m in _WORD.finditer(text, start, stop)]
    paper = _Paper(text, (text[:start] + " . " + text[stop:]).lower(), {})
    for count in range(_MOST_NAMES, 1, -1):
        for at in range(len(words) - count + 1):
            found = _from(paper, words[at:], count)
            if found:
                yield found
                break


def _from(paper: _Paper, words: Sequence[CharSpan], count: int, before: str = "") -> list[Head]:
    """So many names from the first word on, the longest that the sentences use, each set against the one before it."""
    for size in range(min(_MOST_WORDS, len(words)), 0, -1):
        span = CharSpan(words[0].start, words[size - 1].end)
        name = _ITS_GROUP.sub("", " ".join(span.of(paper.text).lower().split()))
        if not _is_group(paper, span.of(paper.text), name) or name == before or (before and not _against(before, name, paper.elsewhere)):
            continue
        rest = _from(paper, words[size:], count - 1, name) if count > 1 else []
        if count == 1 or rest:
            return [Head(span, None, spoken=True), *rest]
    return []


def _is_group(paper: _Paper, printed: str, name: str) -> bool:
    """Whether sentences speak of a group of that name, or of those who received it."""
    if printed not in paper.known:
        plain = re.match(r"[A-Z\d]", printed) and len(name) > _SHORTEST and re.search(r"[a-z]{2}", name) and not re.search(r"[.,:;]$|[%=]", name)
        paper.known[printed] = bool(plain) and any(
            _GROUP.match(paper.elsewhere, at + len(name)) or _GIVEN.search(paper.elsewhere, max(at - _NEAR, 0), at)
            for at in _places(name, paper.elsewhere)
        )
    return paper.known[printed]


def _against(one: str, other: str, elsewhere: str) -> bool:
    """Whether a sentence sets one name against the other."""
    return any(
        _AGAINST.fullmatch(elsewhere, at + len(a), behind) is not None
        for a, b in ((one, other), (other, one))
        for at in _places(a, elsewhere)
        for behind in _places(b, elsewhere[at + len(a) : at + len(a) + _NEAR + len(b)], at + len(a))
    )


def _places(name: str, text: str, offset: int = 0) -> Iterator[int]:
    """Where a name stands as words of its own."""
    at = text.find(name)
    while at >= 0:
        if not (text[at - 1 : at].isalnum() or text[at + len(name) : at + len(name) + 1].isalnum()):
            yield offset + at
        at = text.find(name, at + 1)


def counts_alone(text: str, rows: Sequence[Row]) -> bool:
    """Whether many rows, and all of them, hold whole numbers alone: no percentage can prove of how many patients these are."""
    return len(rows) >= _FEWEST_OF_COUNTS and all(row.fits and all(cell.span.of(text).isdigit() for cell in row.cells) for row in rows)


def are_alike(rows: Sequence[Row], width: int) -> bool:
    """Whether many rows, and all of them, have a cell in each column: below heads that come again under each name, this places every cell."""
    return len(rows) * width >= _FEWEST_CELLS and all(row.fits and len(row.cells) == width for row in rows)
