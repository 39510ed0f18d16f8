"""Which papers are for training, which for validation, which for testing: by document, by hash, the same in every run."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")

_SHARES: Mapping[Split, float] = {"train": 0.8, "validation": 0.1, "test": 0.1}
_SHORTEST_TITLE = 5
"""Words. "A case report" is the title of many papers."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one document from another, and what two files of one paper share.

    Attributes:
        doc: the document's name; that of the paper which it retells where it retells one.
        text: the text as read.
        title: the title where the paper marks it as such.
    """

    doc: str
    text: str
    title: str | None = None

    def keys(self) -> Iterator[str]:
        """Documents that share a key are one paper: a name, a text but for its blanks and its case, a title that is long enough to be its own."""
        yield f"name {self.doc}"
        words = _words(self.text)
        if words:
            yield f"text {hashlib.sha256(' '.join(words).encode()).hexdigest()}"
        title = _words(self.title or "")
        if len(title) >= _SHORTEST_TITLE:
            yield f"title {' '.join(title)}"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def group_keys(documents: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """For documents given by their keys, the name of each one's group: documents that share a key, or that others link, are one group.

    A group is named after the smallest of its documents' first keys, so that a document keeps its group while none joins that is linked to it.

    >>> group_keys([("name a", "text 1"), ("name b", "text 2"), ("name c", "text 1")])
    ('name a', 'name b', 'name a')
    """
    parents = list(range(len(documents)))
    first: dict[str, int] = {}

    def root(i: int) -> int:
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    for i, keys in enumerate(documents):
        for key in keys:
            parents[root(i)] = root(first.setdefault(key, i))
    names: dict[int, str] = {}
    for i, keys in enumerate(documents):
        names[root(i)] = min(names.get(root(i), keys[0]), keys[0])
    return tuple(names[root(i)] for i in range(len(documents)))


def split_of(group: str, seed: int) -> Split:
    """The split of a group: where the hash of its name falls between 0 and 1, so that it depends on no other group."""
    at = int.from_bytes(hashlib.sha256(f"{seed}\n{group}".encode()).digest()[:8], "big") / 2**64
    for split, share in _SHARES.items():
        if at < share:
            return split
        at -= share
    return "train"  # the sum of the shares may fall short of 1 by a rounding


def splits(documents: Iterable[Iterable[str]], *, seed: int) -> tuple[Split, ...]:
    """The split of each document, in order, by the keys of its identity.

    About eight groups in ten are for training, one for validation and one for testing; a small corpus may have none of a kind. Adding a paper moves
    no other one, but for one that it shows to be the same paper as another.
    """
    return tuple(split_of(group, seed) for group in group_keys([tuple(keys) for keys in documents]))
