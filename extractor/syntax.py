"""Stage 3: sentences, and on demand tokens and trees. The one door to spaCy.

No other module loads a model, calls `nlp` or reads `doc._`. Sentences are found by rule; a pipeline with a parser can be given by name or path and
then gives trees, which the rules read through `Tree`. Without one `Parser.tree` returns None and the surface patterns run alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from extractor.document import Block, BlockKind, CharSpan, Document, Section, fold

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# A full stop after one of these ends no sentence.
ABBREVIATIONS = frozenset(
    (
        "vs al fig figs ref refs e.g i.e eg ie cf ca approx dr prof mr mrs ms st no nos vol pp ed eds inc ltd co corp jr sr resp max min sec tab eq "
        "viz etc"
    ).split()
)
_END = re.compile(r"[.!?](?:\[[\d,\s-]{1,30}\]|[\"')\]])*(?=\s)|[.!?](?=[A-Z][a-z]+\s)|(?<=[a-z]{2}\s)\.(?=\s+[A-Z])")
_NEXT = re.compile(r"\s*(\S.{0,2})", re.DOTALL)
_NEAR = 40
_LONG_BRACKET = 600
"""A bracket that is open for longer than so many characters was never closed."""
_OPENERS, _CLOSERS = "([{", ")]}"
# "A. Smith", "and J. Doe": a capital that is somebody's initial; in "Child-Pugh B. Patients" it is not.
_INITIAL_AFTER = re.compile(r"(?:^|[A-Z]\.\s?|\b(?:by|and|Dr|Prof)\.?\s)$")
_ITEM = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z]\)|[•*-])\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the clean text. `text` is folded: the same characters with plain dashes, blanks and points."""

    span: CharSpan
    text: str
    section: Section
    block: Block
    index: int

    def clean(self, span: CharSpan) -> CharSpan:
        """A span of the sentence as a span of the document's clean text."""
        return span.shifted(self.span.start)


@dataclass(frozen=True, slots=True)
class Node:
    """A word of a tree: its characters in the sentence, its part of speech, its relation to its head, and where the head is."""

    span: CharSpan
    text: str
    tag: str
    relation: str
    head: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A dependency tree over one sentence; a root is its own head."""

    nodes: tuple[Node, ...]


class Parser:
    """Sentences of documents and, where a pipeline with a parser was given, their trees. Holds the loaded pipeline."""

    def __init__(self, model: str | None = None) -> None:
        """Name the spaCy pipeline to use: an installed package or a folder; None for spaCy's English tokenizer alone."""
        self.model = model

    @cached_property
    def _nlp(self) -> Language:
        import spacy  # noqa: PLC0415  (half a second that commands without a sentence should not pay)

        return spacy.blank("en") if self.model is None else spacy.load(self.model)

    def sentences(self, document: Document) -> tuple[Sentence, ...]:
        """The sentences of all blocks but tables and furniture, in order. No sentence crosses a block."""
        return tuple(_numbered(document))

    def tokens(self, sentence: Sentence) -> tuple[CharSpan, ...]:
        """The tokens of a sentence as spans of its text."""
        doc: Doc = self._nlp.make_doc(sentence.text)
        return tuple(CharSpan(t.idx, t.idx + len(t)) for t in doc if len(t))

    def tree(self, sentence: Sentence) -> Tree | None:
        """The dependency tree of a sentence; None where no parser was given."""
        if self.model is None or not self._nlp.has_pipe("parser"):
            return None
        doc = self._nlp(sentence.text)
        return Tree(tuple(Node(CharSpan(t.idx, t.idx + len(t)), t.text, t.tag_, t.dep_, t.head.i) for t in doc if len(t)))


def _numbered(document: Document) -> Iterator[Sentence]:
    index = 0
    for block in document.blocks:
        section = document.section_at(block.span.start)
        if section is None or block.kind is BlockKind.FURNITURE or (block.kind is BlockKind.TABLE and document.tables):
            continue
        text = block.span.of(document.text)
        for span in split(text):
            yield Sentence(span.shifted(block.span.start), fold(span.of(text)), section, block, index)
            index += 1


def split(text: str) -> Iterator[CharSpan]:
    """The sentences of one paragraph as spans without blanks around.

    >>> text = "Median OS was 10.6 vs. 7.8 months (Fig. 2; p = 0.03). The ORR was 12%."
    >>> [s.of(text) for s in split(text)]
    ['Median OS was 10.6 vs. 7.8 months (Fig. 2; p = 0.03).', 'The ORR was 12%.']
    """
    folded = fold(text)
    start = 0
    for match in _END.finditer(folded):
        if match.end() > start and _ends(folded, start, match):
            yield from _trimmed(folded, start, match.end())
            start = match.end()
    yield from _trimmed(folded, start, len(folded))


def _trimmed(text: str, start: int, end: int) -> Iterator[CharSpan]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield CharSpan(start, end)


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a stop ends its sentence."""
    found = _NEXT.match(text, match.end())
    if found is None:
        return True
    following = found.group(1)
    if match.group().startswith(".") and _abbreviated(text[max(start, match.start() - _NEAR) : match.start()], following):
        return False
    if match.end() - start <= _NEAR and _ITEM.fullmatch(text[start : match.end()].strip()):
        return False
    if match.start() - start < _LONG_BRACKET and len(match.group()) == 1 and _in_bracket(text[start : match.start()]):
        return False
    return not (following[0].islower() and not re.match(r"[a-z][A-Z]", following))


def _in_bracket(before: str) -> bool:
    return sum(before.count(c) for c in _OPENERS) > sum(before.count(c) for c in _CLOSERS)


def _abbreviated(before: str, following: str) -> bool:
    """Whether the stop belongs to the word before it."""
    word = re.search(r"[A-Za-z][A-Za-z.]*$", before)
    if word is None:
        return False
    token = word.group().casefold()
    if token in {"etc", "no", "max", "min"} and following[0].isupper():
        return False
    if token in ABBREVIATIONS:
        return True
    return len(token) == 1 and word.group().isupper() and bool(_INITIAL_AFTER.search(before[: word.start()]))
