"""What the words of a paragraph say about the section that it stands in.

A logistic regression over single words, pairs of words and a few counts; its weights (`lexicons/section_words.tsv`) were learned by
`models/build_sections.py` from papers whose sections are marked. They decide nothing alone: `order` weighs them against headings and order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, log

from extractor.document import fold
from extractor.lexicons import section_words
from extractor.sections.order import KINDS

_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_P_VALUE = re.compile(r"\bp\s?[=<>]")
_FLOAT = re.compile(r"\((?:fig|table|supplementa)")
# "2021;71:209-49", "J Charts 12 (3): 4-5" and a DOI, of which every entry of a list of references has one.
REFERENCE_ENTRY = re.compile(r"(?:doi\s?:|PMID|\b(?:19|20)\d\d\s?;\s?\d+|;\s?\d+\s?(?:\(\d+\))?\s?:\s?e?\d+)")

SHARES = "#shares"
BIAS = "#bias"
_CHUNK = 1500
"""So many characters of a paragraph are asked at once: the words of a whole section in one line say too much of everything."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A row of weights for each feature, in the order of KINDS, and the share of the text that each section has (0 to 1)."""

    rows: Mapping[str, tuple[float, ...]]
    shares: tuple[float, ...]

    def of(self, text: str, *, heading: bool, cites: int) -> tuple[float, ...]:
        """What a paragraph or heading with so many citation marks costs in each section, a long paragraph chunk by chunk."""
        chunks = [text[at : at + _CHUNK] for at in range(0, max(len(text) - _CHUNK // 2, 1), _CHUNK)]
        costs = [self.costs(features(chunk, heading=heading, cites=round(cites / len(chunks)))) for chunk in chunks]
        return tuple(map(sum, zip(*costs, strict=True)))

    def costs(self, found: set[str]) -> tuple[float, ...]:
        """What the features of a paragraph cost in each section, in nats: 0 for the likeliest one, never more than `_MOST`."""
        rows = [self.rows[name] for name in sorted(found & self.rows.keys())]
        logits = [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(KINDS)
        highest = max(logits)
        total = log(sum(exp(logit - highest) for logit in logits)) + highest
        said = [logit - total - _PRIOR * log(share) for logit, share in zip(logits, self.shares, strict=True)]
        return tuple(min(max(said) - one, _MOST) for one in said)



_PRIOR = 0.5
"""How much of the share of a section is taken out again: order and headings know it better."""

_MOST = 4.0
"""One paragraph never says more than so many nats: a paragraph of results in a discussion is no news."""


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    rows = section_words()
    return Weights({name: row for name, row in rows.items() if name != SHARES}, rows[SHARES])


def features(text: str, *, heading: bool, cites: int) -> set[str]:
    """The features of a paragraph or heading.

    Args:
        text: its characters.
        heading: whether it is a heading; its words are told apart from those of paragraphs.
        cites: how many citation marks stand in it.
    """
    folded = fold(text)
    plain = folded.lower()
    words = _WORD.findall(plain)
    if heading:
        return {"h:" + word for word in words} | {BIAS}
    found = {*words, BIAS}
    found.update(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))
    length = len(plain)
    found.add(f"#numbers={min(int(200 * len(_NUMBER.findall(plain)) / max(length, 1)), 5)}")
    found.add(f"#percents={min(plain.count('%'), 3)}")
    found.add(f"#cites={min(cites, 4)}")
    found.add(f"#length={sum(length >= bound for bound in (80, 300, 1000))}")
    found.add(f"#entries={min(len(REFERENCE_ENTRY.findall(folded)), 2)}")
    found.update(name for name, pattern in (("#p", _P_VALUE), ("#float", _FLOAT)) if pattern.search(plain))
    return found

