"""Drugs that no list holds: a linear model over the form of a word and the words around it.

The model was trained on trial reports whose drugs the lexicon labels (`models/train_unlisted.py`), with every known drug in a context masked by one
sign, so that it knows how names of drugs are built and how papers speak of drugs, and not which drugs stand beside each other. Features are hashed
into one table of small whole numbers; a score is a sum of them, the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import IO, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from extractor.document import CharSpan
from extractor.entities.mention import Mention, MentionKind, Part
from extractor.entities.spelling import meant
from extractor.lexicons import lookalikes, words

TABLE_BITS: Final = 18
KNOWN: Final = "<drug>"
"""What stands for a drug of the lexicon in a context."""
SHORTEST, LONGEST = 5, 30
"""Letters of a word that may be a name: shorter ones are abbreviations, which only a definition explains."""

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]")
_WORD = re.compile(rf"[A-Za-z]{{{SHORTEST},{LONGEST}}}")
_REACH = 4
_NUMBER = "<number>"
_EDGE = "<edge>"


LEAST: Final = 0.0
"""Log odds from which a word is a drug."""
LEAST_MISSPELT: Final = -3.0
"""Log odds from which a word is a misspelt name of the lexicon: its letters have said so already."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be a drug, with the hashed features of its form and of its context."""

    span: CharSpan
    word: str
    context: tuple[int, ...]


def candidates(text: str, known: Sequence[CharSpan], barred: Sequence[CharSpan], common: Collection[str]) -> Iterator[Candidate]:
    """The words of a folded text that are in no list and no everyday words.

    Args:
        text: one sentence.
        known: spans of the drugs that the lexicon found: masked in contexts.
        barred: spans of all other names: no candidates.
        common: lower-case words that are no candidates.
    """
    tokens = _tokens(text, known)
    for i, (start, end, token) in enumerate(tokens):
        if not SHORTEST <= end - start <= LONGEST or token == KNOWN or not token.isalpha() or not token.isascii():
            continue
        if token.lower() in common or text[end : end + 1].isalnum() or text[start - 1 : start].isalnum():
            continue
        if not any(b.start < end and start < b.end for b in barred):
            yield Candidate(CharSpan(start, end), token, context_features([t for _, _, t in tokens], i))


def find_unlisted(sentences: Sequence[tuple[str, Sequence[Mention]]], model: Weights | None = None) -> dict[str, str]:
    """The words of a document that are drugs of no list, in lower case, with their norm: the INN that they misspell, else themselves.

    A word is one thing throughout a document: what its places say of it is averaged.

    Args:
        sentences: folded texts, each with the mentions of the lexicons.
        model: another model than the one that is shipped.
    """
    model = model or weights()
    odds: dict[str, list[float]] = {}
    for text, mentions in sentences:
        known = [m.span for m in mentions if m.kind is MentionKind.DRUG]
        barred = [m.span for m in mentions if m.kind is not MentionKind.POPULATION]
        for one in candidates(text, known, barred, _common()):
            odds.setdefault(one.word.lower(), []).append(model.bias + model.form(one.word) + model.context(one))
    found = {}
    for word, each in sorted(odds.items()):
        mean = sum(each) / len(each)
        inn = meant(word) if mean >= LEAST_MISSPELT else None
        if inn is not None or mean >= LEAST:
            found[word] = inn or word
    return found


def unlisted_mentions(text: str, found: Mapping[str, str]) -> Iterator[Mention]:
    """The drugs of `find_unlisted` in one sentence."""
    for match in _WORD.finditer(text) if found else ():
        norm = found.get(match.group().lower())
        if norm is not None and not text[match.end() : match.end() + 1].isalnum() and not text[match.start() - 1 : match.start()].isalnum():
            yield Mention(MentionKind.DRUG, CharSpan(*match.span()), norm, (Part(norm, "drug"),))


@cache
def _common() -> frozenset[str]:
    """Words that are no drugs of no list: those that trial reports use, and those that only look like drugs."""
    return frozenset(words()) | {word for kind in lookalikes() for each in kind.words for word in (each, each + "s")}


def _tokens(text: str, known: Sequence[CharSpan]) -> list[tuple[int, int, str]]:
    """Words, numbers and signs with their places; a known drug is one token."""
    found: list[tuple[int, int, str]] = []
    at = {k.start: k.end for k in known}
    until = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < until:
            continue
        if start in at:
            found.append((start, at[start], KNOWN))
            until = at[start]
        else:
            found.append((start, end, match.group()))
    return found


def _hashed(feature: str) -> int:
    return crc32(feature.encode()) & ((1 << TABLE_BITS) - 1)


@lru_cache(maxsize=1 << 15)
def form_features(word: str) -> tuple[int, ...]:
    """The hashed features of a word: its runs of two to six letters, its ends, its length and how it is capitalised."""
    low = f"^{word.lower()}$"
    grams = {low[i : i + n] for n in (2, 3, 4, 5, 6) for i in range(len(low) - n + 1)}
    shape = "lower" if word.islower() else "upper" if word.isupper() else "title" if word[1:].islower() else "mixed"
    named = [f"g {g}" for g in sorted(grams)] + [f"s {shape}", f"l {min(len(word), 16)}"]
    return tuple(_hashed(name) for name in named)


def context_features(tokens: Sequence[str], i: int) -> tuple[int, ...]:
    """The hashed features of what stands around a token: the words on both sides by their place, pairs of them, and which occur at all."""
    around = {d: _told(tokens, i + d) for d in range(-_REACH, _REACH + 1) if d}
    named = [f"{d} {around[d]}" for d in (-3, -2, -1, 1, 2, 3)]
    named += [f"-2-1 {around[-2]} {around[-1]}", f"12 {around[1]} {around[2]}", f"-11 {around[-1]} {around[1]}"]
    named += [f"-3-2-1 {around[-3]} {around[-2]} {around[-1]}", f"123 {around[1]} {around[2]} {around[3]}"]
    named += sorted({f"b {word}" for word in around.values()})
    return tuple(_hashed(name) for name in named)


def _told(tokens: Sequence[str], i: int) -> str:
    if not 0 <= i < len(tokens):
        return _EDGE
    token = tokens[i]
    return _NUMBER if token[0].isdigit() else token.lower()


@dataclass(frozen=True, slots=True)
class Weights:
    """The model: a table of whole numbers by feature, and how many of them make one unit of log odds."""

    table: npt.NDArray[np.int8]
    scale: float
    bias: float

    def form(self, word: str) -> float:
        """The log odds that a word's letters give to its being a drug."""
        return float(self.table[list(form_features(word))].sum(dtype=np.int32)) / self.scale

    def context(self, candidate: Candidate) -> float:
        """The log odds that the words around give."""
        return float(self.table[list(candidate.context)].sum(dtype=np.int32)) / self.scale


def read_weights(source: Path | IO[bytes]) -> Weights:
    """Weights as `models/train_unlisted.py` writes them."""
    with np.load(source) as data:
        return Weights(data["table"], float(data["scale"]), float(data["bias"]))


@cache
def weights() -> Weights:
    """The model that is shipped."""
    with files(__package__).joinpath("unlisted.npz").open("rb") as stream:
        return read_weights(stream)
