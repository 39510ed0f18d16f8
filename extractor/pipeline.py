"""All stages in order, on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.assemble import assemble
from extractor.document import Document
from extractor.entities import Concept, Mention, Recognized, concept, entity_mentions, recognize
from extractor.ingest import from_text, read
from extractor.lexicons.added import NOTHING, adding, read_added
from extractor.records import Comparison, EntityMention, Measurement, PaperKind, Unattached
from extractor.relations import Said, relate
from extractor.sections import segment
from extractor.syntax import Parser, Sentence

LONGEST_SENTENCE = 5_000
"""In the results of papers no sentence has 2,000 characters: what is longer is a table that was run together, or a list of names. Reading it would
take time that grows with the square of its length, or faster."""


@dataclass(frozen=True)
class Extraction:
    """Everything that one document gives."""

    document: Document
    records: tuple[Measurement | Comparison, ...]
    mentions: tuple[EntityMention, ...]
    unattached: tuple[Unattached, ...]
    kind: PaperKind = "review"
    said: tuple[Said, ...] = ()
    """Who did better than whom in the words of a sentence, with or without figures; spans are into the text of `read.sentence`."""


class Pipeline:
    """The stages with a loaded parser: make one, use it for many papers."""

    def __init__(self, model: str | None = None, lexicon: Path | None = None) -> None:
        """Make one for many papers.

        Args:
            model: a spaCy pipeline whose trees are to be read; None for the one that is shipped, "none" for no trees.
            lexicon: a file of drugs, trials and endpoints that are read beside those of the lexicons.

        Raises:
            LexiconError: when the lexicon does not have the form of the project's own.
        """
        self._parser = Parser(model)
        self._added = NOTHING if lexicon is None else read_added(lexicon)

    def extract(self, source: Path | str) -> Extraction:
        """Read one file.

        Raises:
            SourceError: when the file cannot be read as a paper.
        """
        return self.extract_document(read(source))

    def extract_text(self, text: str) -> Extraction:
        """Read a text in memory.

        Raises:
            SourceError: when there is no text.
        """
        return self.extract_document(from_text(text))

    def extract_document(self, document: Document) -> Extraction:
        """The stages after ingest."""
        document = segment(document)
        with adding(self._added):
            recognized = self.recognize(document)
            related = relate(document, recognized, self._parser)
            document = replace(document, warnings=(*document.warnings, *self._not_read(document)))
            assembled = assemble(document, recognized.arms, related, recognized.sentences)
            mentions = tuple(entity_mentions(document, recognized))
            return Extraction(document, assembled.records, mentions, assembled.unattached, related.kind, related.said)

    def recognize(self, document: Document) -> Recognized:
        """The sentences of a segmented document with their mentions, but for those that are longer than any sentence."""
        with adding(self._added):
            return recognize([one for one in self._parser.sentences(document) if not _endless(one)])

    def concept(self, mention: Mention, recognized: Recognized) -> Concept:
        """What a mention of a document names: one concept for all spellings, with its class and codes."""
        with adding(self._added):
            return concept(mention, recognized.registry_ids)

    def _not_read(self, document: Document) -> Iterator[str]:
        for one in self._parser.sentences(document):
            if _endless(one) and one.section.kind.read:
                start = " ".join(one.text[:60].split())
                yield f"{len(one.text):,} characters without the end of a sentence are not read ({start!r} ...): a table that lost its lines?"


def _endless(sentence: Sentence) -> bool:
    return len(sentence.text) > LONGEST_SENTENCE


def extract(source: Path | str) -> tuple[Measurement | Comparison, ...]:
    """The outcome records of one file.

    Raises:
        SourceError: when the file cannot be read as a paper.
    """
    return Pipeline().extract(source).records
