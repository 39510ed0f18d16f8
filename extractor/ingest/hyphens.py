"""What a word was before the line ended: whether two halves belong together, and whether the hyphen is theirs.

Decided by counts of words (`lexicons/words.tsv`, the names in the lexicons, and the words that the same document prints inside its lines),
under a model in which words come independently of each other.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from extractor.document import fold
from extractor.lexicons import names, words

_TOTAL = 12_000_000.0
_OWN_WEIGHT = 40
"""A word that the document itself prints inside a line counts as if the word list had it so many times more."""

_PER_LETTER = 2.0
"""Cost of a letter of an unknown word, in nats: about log 26 less what letters tell of each other."""

_MARGIN = 4.0
"""By how much two words that both exist must be rarer than the one they would make, in nats: words that often follow each other are no chance."""

_SUSPENDED = re.compile(r"(?:and|or|und|versus|vs|to)(?![\w-])")


@dataclass(frozen=True)
class Vocabulary:
    """Counts of lower-case words, plain and hyphenated: of all, of the document's own, and the pairs of words that it prints side by side."""

    counts: Counter[str]
    own: Counter[str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, raw: str) -> Vocabulary:
        """The word list and the names, with what the document prints away from its line ends."""
        own: Counter[str] = Counter()
        pairs: set[tuple[str, str]] = set()
        for line in fold(raw.replace("\n", "\x00")).split("\x00"):
            inner = re.sub(r"^\s*\S+|\S+\s*$", " ", line)
            for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", inner):
                own[word.casefold()] += 1
                if "-" in word:
                    own.update(part.casefold() for part in word.split("-"))
            pairs.update(re.findall(r"(?=\b([a-z]+) ([a-z]+)\b)", inner.casefold()))
        counts = _known_words().copy()
        for word, n in own.items():
            counts[word] += n * _OWN_WEIGHT
        return cls(counts, own, frozenset(pairs))

    def cost(self, word: str) -> float:
        """Minus the log probability of a word, in nats."""
        count = self.counts[word.casefold()]
        if count:
            return -math.log(count / _TOTAL)
        return math.log(_TOTAL) + 2.0 + _PER_LETTER * len(word)

    def one_word(self, left: str, right: str) -> bool:
        """Whether two halves without a hyphen are one word: "bevaci" and "zumab", not "regorafenib" and "showed"."""
        left, right = left.casefold(), right.casefold()
        if self.both_known(left, right):
            apart = (left, right) in self.pairs or self.cost(left + right) + _MARGIN >= self.cost(left) + self.cost(right)
            return bool(self.counts[left + right]) and not apart
        return bool(self.counts[left + right]) or not (self.counts[left] or self.counts[right])

    def surely_one_word(self, left: str, right: str) -> bool:
        """Whether two halves make a word that is known while one of them is none."""
        left, right = left.casefold(), right.casefold()
        return bool(self.counts[left + right]) and not self.both_known(left, right)

    def both_known(self, left: str, right: str) -> bool:
        """Whether both halves are words in their own right."""
        return bool(self.counts[left.casefold()] and self.counts[right.casefold()])

    def drops_hyphen(self, left: str, right: str) -> bool:
        """Whether the hyphen between two halves is the line's ("mor-" and "tality") and not the word's ("first-" and "line", "Child-" and "Pugh")."""
        capital, left, right = right[0].isupper(), left.casefold(), right.casefold()
        if capital and not self.surely_one_word(left, right):
            return False
        for counts in (self.own, self.counts):
            joined, kept = counts[left + right], counts[f"{left}-{right}"]
            if joined or kept:
                return joined > kept
        return self.cost(left + right) <= self.cost(left) + self.cost(right)


@cache
def _known_words() -> Counter[str]:
    """The counts of the word list, with the words of all names."""
    counts = Counter(words())
    for name in names():
        for word in re.findall(r"[a-z]{4,}", name.casefold()):
            counts[word] += 2 * _OWN_WEIGHT
    return counts


def suspends(right: str) -> bool:
    """Whether a line that ends in a hyphen is followed by a new word: "second-" and "or third-line"."""
    return bool(_SUSPENDED.match(right))
