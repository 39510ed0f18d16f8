"""Misspelt names of drugs: which drug of the lexicon a word means, where there can be no doubt.

Names of different drugs lie close together ("afatinib", "apatinib"), so a small distance is not enough. Among six thousand names, those of
different drugs differ by one letter in some fifteen pairs, nearly all of nine letters or fewer with one letter in the place of another. So a short
name may be wrong by a letter left out, doubled, added or swapped with its neighbour; a long one also by one letter for another, or by two slips
that change no consonant. First letters are never wrong, and where two drugs could be meant, none is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from extractor.lexicons import Drug, drugs
from extractor.lexicons.added import Added, added

SHORTEST: Final = 8
"""Letters of a name that a misspelt word may stand for: shorter names have too many neighbours."""
LONG: Final = 10
"""Letters of a name from which one letter may stand in the place of another."""
_VOWELS: Final = frozenset("aeiouy")


class Slip(Enum):
    """What went wrong at one place of a word."""

    SWAPPED = "two neighbours changed places"
    DOUBLED = "a letter stands twice, or once for twice"
    VOWEL_MOVED = "a vowel left out or added"
    CONSONANT_MOVED = "a consonant left out or added"
    VOWEL_CHANGED = "a vowel for another"
    CHANGED = "a letter for another"


_SOFT: Final = frozenset({Slip.SWAPPED, Slip.DOUBLED, Slip.VOWEL_MOVED, Slip.VOWEL_CHANGED})


def slips(word: str, name: str) -> tuple[Slip, ...] | None:
    """What turns a name into a word, both in lower case; None where it takes more than two slips.

    >>> [s.name for s in slips("cabozantanib", "cabozantinib")]
    ['VOWEL_CHANGED']
    """
    table = _distances(word, name)
    if table[-1][-1] > 2:
        return None
    found: list[Slip] = []
    i, j = len(word), len(name)
    while i or j:
        here = table[i][j]
        if i and j and word[i - 1] == name[j - 1] and here == table[i - 1][j - 1]:
            i, j = i - 1, j - 1
        elif _swapped(word, name, i, j) and here == table[i - 2][j - 2] + 1:
            found.append(Slip.SWAPPED)
            i, j = i - 2, j - 2
        elif i and j and here == table[i - 1][j - 1] + 1:
            found.append(Slip.VOWEL_CHANGED if {word[i - 1], name[j - 1]} <= _VOWELS else Slip.CHANGED)
            i, j = i - 1, j - 1
        elif i and here == table[i - 1][j] + 1:
            found.append(_moved(word, i - 1))
            i -= 1
        else:
            found.append(_moved(name, j - 1))
            j -= 1
    return tuple(found)


def _distances(word: str, name: str) -> list[list[int]]:
    """Optimal string alignment: letters left out, added, changed and swapped with their neighbour (Damerau 1964), for all beginnings of both."""
    table = [[max(i, j) if not i or not j else 0 for j in range(len(name) + 1)] for i in range(len(word) + 1)]
    for i in range(1, len(word) + 1):
        for j in range(1, len(name) + 1):
            changed = table[i - 1][j - 1] + (word[i - 1] != name[j - 1])
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, changed)
            if _swapped(word, name, i, j):
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table


def _swapped(word: str, name: str, i: int, j: int) -> bool:
    return i > 1 and j > 1 and word[i - 1] == name[j - 2] and word[i - 2] == name[j - 1] and word[i - 1] != word[i - 2]


def _moved(text: str, at: int) -> Slip:
    if text[at] in (text[at - 1 : at], text[at + 1 : at + 2]):
        return Slip.DOUBLED
    return Slip.VOWEL_MOVED if text[at] in _VOWELS else Slip.CONSONANT_MOVED


def is_slip(found: Sequence[Slip], name: str) -> bool:
    """Whether slips that turn a name into a word leave no doubt of the name, were there no others."""
    if len(name) < SHORTEST:
        return False
    if len(found) == 1:
        return len(name) >= LONG or found[0] not in (Slip.CHANGED, Slip.VOWEL_CHANGED)
    return len(name) >= LONG and set(found) <= _SOFT and found.count(Slip.VOWEL_CHANGED) < 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name of one word, the drug that it names, and its letters as bits: names with other letters need not be compared."""

    text: str
    inn: str
    letters: int


@dataclass(frozen=True, eq=False)
class Speller:
    """The names of drugs that a misspelt word may stand for, by their first letter."""

    names: Mapping[str, Sequence[Name]]
    known: frozenset[str]

    def meant(self, word: str) -> str | None:
        """The INN of the drug whose name a word misspells; None for a name, for what is none, and where two drugs are as near."""
        low = word.lower()
        if low in self.known or len(low) < SHORTEST - 1:
            return None
        near: dict[int, dict[str, bool]] = {}
        for name, found in self._near(low):
            drugs_there = near.setdefault(len(found), {})
            drugs_there[name.inn] = drugs_there.get(name.inn, False) or is_slip(found, name.text)
        nearest = near[min(near)] if near else {}
        return next((inn for inn, so in nearest.items() if so), None) if len(nearest) == 1 else None

    def _near(self, low: str) -> Iterator[tuple[Name, tuple[Slip, ...]]]:
        letters = _letters(low)
        for name in self.names.get(low[:1], ()):
            # A letter for another changes two bits.
            if abs(len(name.text) - len(low)) <= 2 and (letters ^ name.letters).bit_count() <= 4:
                found = slips(low, name.text)
                if found:
                    yield name, found


def _letters(word: str) -> int:
    return sum(1 << (ord(letter) & 31) for letter in set(word))


def speller(rows: Iterable[Drug]) -> Speller:
    """The names of some drugs, to be looked up by their misspellings: INNs and other names of one word; codes cannot be told from other codes."""
    names: dict[str, list[Name]] = {}
    known: set[str] = set()
    for drug in rows:
        for text in (name.lower() for name in drug.names):
            known.add(text)
            if re.fullmatch(r"[a-z]{5,}", text):
                names.setdefault(text[0], []).append(Name(text, drug.inn, _letters(text)))
    return Speller(names, frozenset(known))


@lru_cache(maxsize=4)
def _speller(more: Added) -> Speller:
    return speller((*more.drugs, *drugs()))


def meant(word: str) -> str | None:
    """The INN of the lexicon's drug that a word misspells; None where it misspells none, or one cannot tell which."""
    return _meant(word, added())


@lru_cache(maxsize=1 << 14)
def _meant(word: str, more: Added) -> str | None:
    return _speller(more).meant(word)
