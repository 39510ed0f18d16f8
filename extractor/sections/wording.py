"""What the words of a paragraph say about the section that it stands in.

A logistic regression over single words, pairs of words and a few counts; its weights (`lexicons/section_words.tsv`) were learned by
`models/build_sections.py` from papers whose sections are marked. They decide nothing alone: `order` weighs them against headings and order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np

from extractor.lexicons import section_words
from extractor.sections.order import KINDS, Costs

_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_P_VALUE = re.compile(r"\bp\s?[=<>]")
_FLOAT = re.compile(r"\((?:fig|table|supplementa)")

SHARES = "#shares"
BIAS = "#bias"
_CHUNK = 1500
"""So many characters of a paragraph are asked at once: the words of a whole section in one line say too much of everything."""

_PRIOR = 0.5
"""How much of the share of a section is taken out again: order and headings know it better."""

_MOST = 4.0
"""One paragraph never says more than so many nats: a paragraph of results in a discussion is no news."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A row of weights for each feature, in the order of KINDS, and the share of the text that each section has (0 to 1)."""

    rows: Mapping[str, tuple[float, ...]]
    shares: tuple[float, ...]
    _places: Mapping[str, int] = field(init=False, repr=False, compare=False)
    _table: Costs = field(init=False, repr=False, compare=False)
    _prior: Costs = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the rows out as one table."""
        object.__setattr__(self, "_places", {name: i for i, name in enumerate(self.rows)})
        object.__setattr__(self, "_table", np.array(list(self.rows.values())).reshape(-1, len(KINDS)))
        object.__setattr__(self, "_prior", _PRIOR * np.log(np.array(self.shares)))

    def of(self, text: str, *, heading: bool, cites: int, entries: int) -> Costs:
        """What a paragraph or heading costs in each section (arguments as of `features`), a long paragraph chunk by chunk."""
        chunks = [text[at : at + _CHUNK] for at in range(0, max(len(text) - _CHUNK // 2, 1), _CHUNK)]
        parts = [features(part, heading=heading, cites=round(cites / len(chunks)), entries=round(entries / len(chunks))) for part in chunks]
        total: Costs = np.array([self.costs(part) for part in parts]).sum(axis=0)
        return total

    def costs(self, found: set[str]) -> Costs:
        """What the features of a paragraph cost in each section, in nats: 0 for the likeliest one, never more than `_MOST`."""
        places = sorted(self._places[name] for name in found & self._places.keys())  # the order of a sum shows in its last digits
        logits = self._table[places].sum(axis=0) - self._prior
        said: Costs = np.minimum(logits.max() - logits, _MOST)
        return said


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    rows = section_words()
    return Weights({name: row for name, row in rows.items() if name != SHARES}, rows[SHARES])


def features(text: str, *, heading: bool, cites: int, entries: int) -> set[str]:
    """The features of a paragraph or heading.

    Args:
        text: its characters, folded.
        heading: whether it is a heading; its words are told apart from those of paragraphs.
        cites: how many citation marks stand in it.
        entries: how many entries of a list of references it looks like.
    """
    plain = text.lower()
    words = _WORD.findall(plain)
    if heading:
        return {"h:" + word for word in words} | {BIAS}
    found = {*words, BIAS}
    found.update(f"{a} {b}" for a, b in pairwise(words))
    length = len(plain)
    found.add(f"#numbers={min(int(200 * len(_NUMBER.findall(plain)) / max(length, 1)), 5)}")
    found.add(f"#percents={min(plain.count('%'), 3)}")
    found.add(f"#cites={min(cites, 4)}")
    found.add(f"#length={sum(length >= bound for bound in (80, 300, 1000))}")
    found.add(f"#entries={min(entries, 2)}")
    found.update(name for name, pattern in (("#p", _P_VALUE), ("#float", _FLOAT)) if pattern.search(plain))
    return found
