"""What a document calls its treatments: the names of the lexicons as it means them, its abbreviations, its codes, and its drugs of no list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractor.entities.drugs import code_mentions, find_drugs
from extractor.entities.meanings import TREATMENTS, Meanings
from extractor.entities.mention import Mention
from extractor.entities.unlisted import unlisted_mentions


@dataclass(frozen=True)
class Glossary:
    """The names of treatments in one document.

    Attributes:
        meanings: its abbreviations.
        codes: the development codes that it gives as drugs.
        unlisted: its drugs that no list holds, each with its norm.
    """

    meanings: Meanings = field(default_factory=lambda: Meanings({}, frozenset()))
    codes: frozenset[str] = frozenset()
    unlisted: Mapping[str, str] = field(default_factory=dict)

    def treatments(self, text: str) -> list[Mention]:
        """The drugs, classes, regimens, procedures and controls of a text, in order: of a label or a caption, which stages before have not read."""
        found = [*self.meanings.kept(text, find_drugs(text))]
        own = (m for m in self.meanings.find(text) if m.kind in TREATMENTS)
        for mention in (*own, *code_mentions(text, self.codes), *unlisted_mentions(text, self.unlisted)):
            if not any(mention.span.overlaps(m.span) for m in found):
                found.append(mention)
        return sorted(found, key=lambda m: m.span)
