"""Finding names of closed lists in text, however they are spaced, hyphenated or broken.

A name is a sequence of parts: runs of letters or of digits. `IMbrave150`, `IMbrave 150` and `IMBRAVE-150` have the same parts, so that the index
holds one key for all of them. Text is matched over whole words only. Brackets, commas and arrows between parts belong to a name (`ICI 182,780`,
`PD-(L)1`): with them it is found as it is printed, and without them it is another name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

from extractor.document import CharSpan

PART = re.compile(r"[^\W\d_]+|\d+")
_BETWEEN = re.compile(r"[\s'-]{0,3}|\s?[/+]\s?|\.|(?<=\b[A-Z])\.\s")
# What else may stand between the parts of a name, in a name that has it there.
_MARKS = re.compile(r"[\s'/+-]{0,2}[(),\[\]&#:_\u2192\u00d7]{1,2}[\s'/+-]{0,2}")

ConceptT = TypeVar("ConceptT", bound=Hashable)


def in_words(name: str) -> str:
    r"""A pattern for a name with blanks or hyphens between its words, however it is printed where it was found.

    >>> print(in_words("low-dose arm"))
    low[\s-]dose[\s-]arm
    """
    return r"[\s-]".join(re.escape(word) for word in re.split(r"[\s-]+", name.strip()))


@dataclass(frozen=True, slots=True)
class Hit(Generic[ConceptT]):
    """A name in a text: where, and what it means."""

    span: CharSpan
    concept: ConceptT


@dataclass
class _Node(Generic[ConceptT]):
    below: dict[str, _Node[ConceptT]] = field(default_factory=dict)
    concepts: list[tuple[str, ConceptT]] = field(default_factory=list)


class NameIndex(Generic[ConceptT]):
    """All names of a lexicon, ready to be found. The longest name at a place wins."""

    def __init__(self, names: Iterable[tuple[str, ConceptT]], *, plurals: bool = False) -> None:
        """Index (name, concept) pairs; with `plurals` the last word of a name is also read with an s."""
        self._root: _Node[ConceptT] = _Node()
        for name, concept in names:
            self._add(name, concept)
            if plurals and name[-1:].isalpha() and name[-1] not in "sS":
                self._add(name + "s", concept)
                if name.endswith("y"):
                    self._add(name[:-1] + "ies", concept)

    def _add(self, name: str, concept: ConceptT) -> None:
        node = self._root
        for part in PART.findall(name):
            node = node.below.setdefault(plain(part), _Node())
        if node is not self._root and all(n != name for n, _ in node.concepts):
            node.concepts.append((name, concept))

    def find(self, text: str) -> Iterator[Hit[ConceptT]]:
        """The names in a (folded) text, left to right, without overlap."""
        parts = list(PART.finditer(text))
        first = self._root.below
        i = 0
        while i < len(parts):
            if plain(parts[i].group()) not in first:  # most words of a text begin no name
                i += 1
                continue
            hit, after = self._longest(text, parts, i)
            if hit is not None:
                yield hit
                i = after
            else:
                i += 1

    def _longest(self, text: str, parts: list[re.Match[str]], i: int) -> tuple[Hit[ConceptT] | None, int]:
        best: tuple[Hit[ConceptT] | None, int] = (None, i + 1)
        start = parts[i].start()
        if start and text[start - 1].isalnum():
            return best
        node = self._root
        for j in range(i, len(parts)):
            if j > i and not any(pattern.fullmatch(text, parts[j - 1].end(), parts[j].start()) for pattern in (_BETWEEN, _MARKS)):
                break
            below = node.below.get(plain(parts[j].group()))
            if below is None:
                break
            node = below
            end = parts[j].end()
            if node.concepts and not text[end : end + 1].isalnum():
                found = self._printed_so(text[start:end], node.concepts)
                if found is not None:
                    name, concept = found
                    best = (Hit(CharSpan(start, end + _closing(name, text[end : end + 1])), concept), j + 1)
        return best

    @staticmethod
    def _printed_so(printed: str, concepts: list[tuple[str, ConceptT]]) -> tuple[str, ConceptT] | None:
        """The name that the print allows, and its concept: an abbreviation must stand as it is, a word may stand in any case."""
        marks = _marks(printed)
        for name, concept in concepts:
            if _marks(name) != marks:
                continue
            if not is_abbreviation(name) or _letters(name) == _letters(printed):
                return name, concept
            if _letters(name).casefold() == _letters(printed).casefold() and len(_letters(name)) >= 5 and printed[:1].isupper():
                return name, concept
        return None


@lru_cache(maxsize=1 << 16)
def _marks(name: str) -> tuple[str, ...]:
    """The marks between the parts of a name, each with the number of the part that it follows.

    >>> _marks("ICI 182,780"), _marks("PD-(L)1"), _marks("paclitaxel (albumin-bound)"), _marks("PD-L1")
    (('1,',), ('0(', '1)'), ('0(',), ())
    """
    parts = list(PART.finditer(name))
    between = (re.sub(r"[\s'/+.-]", "", name[one.end() : other.start()]) for one, other in pairwise(parts))
    return tuple(f"{i}{marks}" for i, marks in enumerate(between) if marks)


def _closing(name: str, after: str) -> int:
    """1 where a bracket closes a name that opened it."""
    return int(after in (")", "]") and name.endswith(after) and {")": "(", "]": "["}[after] in name[1:])


def plain(part: str) -> str:
    """A word part in lower case and without accents (`naïve` is `naive`)."""
    if part.isascii():
        return part.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", part) if not unicodedata.combining(c)).casefold()


def is_abbreviation(name: str) -> bool:
    """Whether a name is read only as printed: short and with a capital past its first letter (`OS`, `pCR`, `5-FU`, `TACE`).

    >>> [is_abbreviation(n) for n in ("OS", "pCR", "5-FU", "Keytruda", "overall survival", "REACH-2")]
    [True, True, True, False, False, True]
    """
    return (" " not in name.strip() and any(c.isupper() for c in _letters(name)[1:])) or (len(_letters(name)) <= 3 and not _letters(name).islower())


def _letters(name: str) -> str:
    return re.sub(r"[^A-Za-zα-ωΑ-Ω]", "", name)
