"""Chemoradiotherapy and the drugs told beside it: those that it was given with, or those that came before or after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities.mention import Part
from extractor.entities.turns import out_of_brackets

_CHEMORADIOTHERAPY = "chemoradiotherapy"
_IN_TURN = re.compile(r"\b(?:followed\sby|preceded\sby|then|before|prior\sto|and\ssubsequent(?:ly)?|after)\b", re.IGNORECASE)


def is_in_sequence(text: str, steps: Sequence[tuple[CharSpan, tuple[Part, ...]]]) -> bool:
    """Whether the drugs of an arm came before or after its chemoradiotherapy, so that they do not tell what that was given with.

    Args:
        text: the sentence.
        steps: the treatments of the arm in their order, each with its place.
    """
    turns = []
    for (before, one), (after, other) in pairwise(steps):
        names = [{p.name for p in parts} for parts in (one, other)]
        if (_CHEMORADIOTHERAPY in names[0]) != (_CHEMORADIOTHERAPY in names[1]):
            turns.append(_IN_TURN.search(out_of_brackets(text[before.end : after.start])) is not None)
    return bool(turns) and all(turns)


def with_named_chemotherapy(parts: tuple[Part, ...], norms: tuple[str, ...]) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """Chemoradiotherapy whose drugs are named is radiotherapy and these drugs."""
    if not any(p.kind == "drug" for p in parts) or all(p.name != "chemoradiotherapy" for p in parts):
        return parts, norms
    renamed = tuple(dict.fromkeys(Part("radiotherapy", p.kind) if p.name == "chemoradiotherapy" else p for p in parts))
    return renamed, tuple(dict.fromkeys("radiotherapy" if n == "chemoradiotherapy" else n for n in norms))
