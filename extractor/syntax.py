"""Stage 3: sentences, and on demand tokens and trees. The one door to spaCy.

No other module loads a model, calls `nlp` or reads `doc._`. Sentences are found by rule; trees come from the pipeline that is shipped in
`language_model/` (trained by `make models`) or from another one, given by name or path. Both CRAFT's labels (ClearNLP) and Universal Dependencies
are read as
`Relation`. Without a parser `Parser.tree` returns None and the surface patterns run alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.document import Block, BlockKind, CharSpan, Document, Section, fold

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SHIPPED = Path(__file__).with_name("language_model")
"""The pipeline that comes with the package."""
NONE = "none"
"""As the name of a model: no trees."""

# A full stop after one of these ends no sentence.
ABBREVIATIONS = frozenset(
    (
        "vs al fig figs ref refs e.g i.e eg ie cf ca approx dr drs prof mr mrs ms st no nos vol pp ed eds inc ltd co corp jr sr resp max "
        "min sec tab eq "
        "viz etc"
    ).split()
)
_END = re.compile(r"[.!?](?:\[[\d,\s-]{1,30}\]|[\"')\]])*(?=\s)|[.!?](?=[A-Z][a-z]+\s)|(?<=[a-z]{2}\s)\.(?=\s+[A-Z])")
# A paragraph that two blanks part from a legend or a heading without a stop: five words of prose follow, a short one of grammar among them.
LOST_BREAK = re.compile(
    r"(?<=[\w)\]%.,;:])[^\S\n]{2,}(?=[A-Z][\w,'-]*(?:\s(?!\s)[^\s\d()=<>+|/]+){5})"
    r"(?=[^\n]{0,45}\s(?:the|was|were|of|in|had|is|are|we|to|with|between|for)\s)"
)
_NEXT = re.compile(r"\s*(\S.{0,2})", re.DOTALL)
_NEAR = 40
_LONG_BRACKET = 600
"""A bracket that is open for longer than so many characters was never closed."""
_OPENERS, _CLOSERS = "([{", ")]}"
# "A. Smith", "and J. Doe": a capital that is somebody's initial; in "Child-Pugh B. Patients" it is not.
_INITIAL_AFTER = re.compile(r"(?:^|[A-Z]\.\s?|\b(?:by|and|Dr|Prof|thank)\.?\s|\b[A-Z]\. [A-Z][\w'-]+, )$")
_ITEM = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z]\)|[•*-])\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the clean text.

    `text` is folded, at the same length: plain dashes, blanks and points, "compared with" for "as opposed to", "arm H" for "H-Arm".
    """

    span: CharSpan
    text: str
    section: Section
    block: Block
    index: int

    def clean(self, span: CharSpan) -> CharSpan:
        """A span of the sentence as a span of the document's clean text."""
        return span.shifted(self.span.start)


class Relation(str, Enum):
    """What a word is to its head: the one vocabulary in which rules read trees, whatever scheme the parser was trained in."""

    ROOT = "root"
    SUBJECT = "subject"
    PASSIVE_SUBJECT = "passive_subject"
    OBJECT = "object"
    COMPLEMENT = "complement"  # what follows "to be" and its like: "OS was [10 months]", "it was [longer]"
    PREPOSITION = "preposition"  # on what the phrase modifies: "10 months [in] the arm"
    PREPOSITIONAL_OBJECT = "prepositional_object"  # on its preposition
    CONJUNCT = "conjunct"  # on the conjunct before it
    COORDINATOR = "coordinator"
    APPOSITION = "apposition"  # a name or a bracket put beside: "survival ([OS])", "10 months (95% [CI], 8 to 12)"
    MODIFIER = "modifier"
    CLAUSE = "clause"  # the verb of a dependent clause
    AUXILIARY = "auxiliary"
    NEGATION = "negation"
    PUNCTUATION = "punctuation"
    OTHER = "other"


# CRAFT's scheme is ClearNLP's with `parataxis` for brackets; UD's labels stand after it. Subtypes ("nmod:tmod") fall back to what stands before
# the colon.
_LABELS = {
    Relation.ROOT: "ROOT root",
    Relation.SUBJECT: "nsubj csubj",
    Relation.PASSIVE_SUBJECT: "nsubjpass csubjpass nsubj:pass csubj:pass",
    Relation.OBJECT: "dobj obj iobj dative",
    Relation.COMPLEMENT: "attr acomp oprd",
    Relation.PREPOSITION: "prep agent case",
    Relation.PREPOSITIONAL_OBJECT: "pobj pcomp obl nmod:of",
    Relation.CONJUNCT: "conj",
    Relation.COORDINATOR: "cc preconj cc:preconj",
    Relation.APPOSITION: "appos parataxis",
    Relation.MODIFIER: "amod nummod advmod compound nmod nmod:poss nmod:npmod poss npadvmod quantmod det predet nn num obl:npmod obl:tmod discourse",
    Relation.CLAUSE: "advcl relcl acl ccomp xcomp acl:relcl rcmod infmod partmod",
    Relation.AUXILIARY: "aux auxpass aux:pass cop",
    Relation.NEGATION: "neg",
    Relation.PUNCTUATION: "punct",
}
_RELATIONS = {label: relation for relation, labels in _LABELS.items() for label in labels.split()}


def relation(label: str) -> Relation:
    """A parser's label in the common vocabulary.

    >>> relation("nsubjpass").value, relation("nsubj:pass").value, relation("meta").value
    ('passive_subject', 'passive_subject', 'other')
    """
    return _RELATIONS.get(label) or _RELATIONS.get(label.partition(":")[0], Relation.OTHER)


@dataclass(frozen=True, slots=True)
class Node:
    """A word of a tree: its characters in the sentence, Penn tag, lemma, what it is to its head, and the index of its head (a root's is its own)."""

    span: CharSpan
    text: str
    tag: str
    lemma: str
    relation: Relation
    head: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A dependency tree over one sentence. A preposition stands between its object and what they modify; "to be" is the head of its complement."""

    nodes: tuple[Node, ...]

    def children(self, index: int, *relations: Relation) -> tuple[int, ...]:
        """The dependents of a node in order, all of them or those in one of some relations."""
        return tuple(at for at, node in enumerate(self.nodes) if node.head == index != at and (not relations or node.relation in relations))

    def path(self, index: int) -> tuple[int, ...]:
        """The node, its head, the head of that, up to the root."""
        found = [index]
        while self.nodes[found[-1]].head != found[-1]:
            found.append(self.nodes[found[-1]].head)
        return tuple(found)

    def conjuncts(self, index: int) -> tuple[int, ...]:
        """The node with those coordinated to it, in order: each hangs on the one before (CRAFT) or all on the first (UD)."""
        found = [index]
        for at in self.children(index, Relation.CONJUNCT):
            found.extend(self.conjuncts(at))
        return tuple(sorted(found))

    def at(self, span: CharSpan) -> int | None:
        """The node that heads a stretch of the sentence: of the nodes in it the one nearest to the root; None where no node lies in it."""
        inside = [at for at, node in enumerate(self.nodes) if node.span.start < span.end and span.start < node.span.end]
        return min(inside, key=lambda at: (len(self.path(at)), at), default=None)


class Parser:
    """Sentences of documents and, where there is a pipeline with a parser, their trees. Loads the pipeline when the first tree is asked for."""

    def __init__(self, model: str | None = None) -> None:
        """Name the spaCy pipeline to use: an installed package or a folder; None for the one that is shipped, "none" for no trees."""
        self.model = model

    @cached_property
    def _nlp(self) -> Language:
        import spacy  # noqa: PLC0415  (half a second that commands without a sentence should not pay)

        if self.model is not None and self.model != NONE:
            return spacy.load(self.model)
        if self.model is None and SHIPPED.is_dir():
            return spacy.load(SHIPPED)
        return spacy.blank("en")

    def sentences(self, document: Document) -> tuple[Sentence, ...]:
        """The sentences of all blocks but tables and furniture, in order. No sentence crosses a block."""
        return tuple(_numbered(document))

    def tokens(self, sentence: Sentence) -> tuple[CharSpan, ...]:
        """The tokens of a sentence as spans of its text."""
        return tuple(_spans(self._nlp.make_doc(sentence.text)))

    def tree(self, sentence: Sentence) -> Tree | None:
        """The dependency tree of a sentence; None where there is no parser, or no word in the sentence."""
        return next(self.trees((sentence,)))

    def trees(self, sentences: Iterable[Sentence]) -> Iterator[Tree | None]:
        """The trees of several sentences, in order: faster than one by one."""
        return self.parse(sentence.text for sentence in sentences)

    def parse(self, texts: Iterable[str]) -> Iterator[Tree | None]:
        """The trees of texts that are one sentence each; None as in `tree`."""
        if self.model == NONE or not self._nlp.has_pipe("parser"):
            yield from (None for _ in texts)
            return
        whole = [pipe for pipe in ("senter", "sentencizer") if pipe in self._nlp.pipe_names]
        for doc, spans in self._nlp.pipe((self._document(text) for text in texts), as_tuples=True, disable=whole):
            yield _tree(doc, spans) if len(doc) else None

    def _document(self, text: str) -> tuple[Doc, tuple[CharSpan, ...]]:
        """The words of one sentence as a document that no parser may cut, and their places.

        Words alone: a run of blanks is a token to spaCy, and costs the parser its way. A stop after a single capital that ends the sentence is cut
        off
        ("in arm B."): the tokenizer, which sees no sentence, keeps the stop of an initial.
        """
        from spacy.tokens import Doc  # noqa: PLC0415

        spans = tuple(_spans(self._nlp.make_doc(text)))
        if spans and _LAST_CAPITAL.fullmatch(spans[-1].of(text)):
            start, end = spans[-1].start, spans[-1].end
            spans = (*spans[:-1], CharSpan(start, end - 1), CharSpan(end - 1, end))
        blanks = [one.end < other.start for one, other in pairwise(spans)] + [False] * bool(spans)
        words = [span.of(text) for span in spans]
        doc = Doc(self._nlp.vocab, words=words, spaces=blanks, sent_starts=[at == 0 for at in range(len(words))])
        return doc, spans


_LAST_CAPITAL = re.compile(r"[A-Z]\.")


def _spans(doc: Doc) -> Iterator[CharSpan]:
    return (CharSpan(token.idx, token.idx + len(token)) for token in doc if len(token) and not token.is_space)


def _tree(doc: Doc, spans: tuple[CharSpan, ...]) -> Tree:
    heads, labels = [token.head.i for token in doc], [token.dep_ for token in doc]
    if _UNIVERSAL.intersection(labels):
        heads, labels = from_universal(heads, labels)
    return Tree(
        tuple(
            Node(span, token.text, token.tag_, token.lemma_ or token.lower_, relation(label), head)
            for token, span, head, label in zip(doc, spans, heads, labels, strict=True)
        )
    )


_UNIVERSAL = frozenset({"obl", "nsubj:pass", "aux:pass", "cop", "obj"})
_OF_THE_CLAUSE = frozenset(
    "nsubj nsubj:pass csubj csubj:pass expl aux aux:pass advcl mark punct parataxis discourse vocative dislocated obl:tmod neg".split()
)


def from_universal(heads: list[int], labels: list[str]) -> tuple[list[int], list[str]]:
    """Heads and labels of Universal Dependencies in the shape of CRAFT's: copulas and prepositions as heads.

    UD makes the content word the head (de Marneffe et al. 2021, Computational Linguistics 47(2)): "was" and "in" hang on "months" and "arm". Rules
    read who was what, and where, so both are turned: the copula takes the place of its complement and the clause's dependents, a preposition that
    of its object.

    Returns:
        New heads, a root's its own, and new labels.
    """
    heads, labels = list(heads), list(labels)
    for at, label in enumerate(labels):
        if label == "cop":
            complement = heads[at]
            _swap(heads, labels, at, complement, "attr")
            for other, head in enumerate(heads):
                if head == complement and labels[other] in _OF_THE_CLAUSE and other != complement:
                    heads[other] = at
    turned: set[int] = set()
    for at, label in enumerate(labels):
        if label == "case" and heads[at] not in turned:
            inner = heads[at]
            outer = labels[inner]
            turned.add(inner)
            _swap(heads, labels, at, inner, "pobj")
            labels[at] = "prep" if outer in {"nmod", "obl", "attr", "obl:agent", "nmod:poss"} else outer
    return heads, labels


def _swap(heads: list[int], labels: list[str], low: int, high: int, label: str) -> None:
    """Put a dependent in the place of its head, which becomes its dependent with that label."""
    heads[low], labels[low] = (low if heads[high] == high else heads[high]), labels[high]
    heads[high], labels[high] = low, label


def _numbered(document: Document) -> Iterator[Sentence]:
    index = 0
    for block in document.blocks:
        section = document.section_at(block.span.start)
        if section is None or block.kind is BlockKind.FURNITURE or (block.kind is BlockKind.TABLE and document.tables):
            continue
        text = block.span.of(document.text)
        for span in split(text):
            yield Sentence(span.shifted(block.span.start), _plainly(fold(span.of(text))), section, block, index)
            index += 1


# As long as what stands for it: a sentence keeps its offsets.
_OPPOSED, _COMPARED = "as opposed to", "compared with"
_LETTERED_ARM = re.compile(r"(?<![\w/+&-])([A-Z])-([Aa]rm|ARM)\b(?!\s?-)")
_GRADE_BEHIND = re.compile(r"(?<![\w/.-])((?:I{2,3}|IV)(?:[-/](?:I{2,3}|IV|V))?|[1-4][-/][2-5])\s(grades?)\b(?!\s?[-\dI])")
_AT_LEAST = re.compile(r"([<>])\s=(?=\s?\d)")


def _plainly(text: str) -> str:
    """A folded text that says "compared with" where it said "as opposed to", and "arm H" where it said "H-Arm": one meaning, one form.

    >>> text = "14% as opposed to 9%"
    >>> _plainly(text), len(_plainly(text)) == len(text)
    ('14% compared with 9%', True)
    >>> _plainly("52 patients in H-Arm")
    '52 patients in arm H'
    >>> _plainly("grade > =2")
    'grade  >=2'
    >>> _plainly("nausea of III-IV grade")
    'nausea of grade III-IV'
    """
    text = _LETTERED_ARM.sub(lambda m: f"arm {m[1]}", text.replace(_OPPOSED, _COMPARED))
    return _GRADE_BEHIND.sub(r"\2 \1", _AT_LEAST.sub(r" \1=", text))


def split(text: str) -> Iterator[CharSpan]:
    """The sentences of one paragraph as spans without blanks around.

    >>> text = "Median OS was 10.6 vs. 7.8 months (Fig. 2; p = 0.03). The ORR was 12%."
    >>> [s.of(text) for s in split(text)]
    ['Median OS was 10.6 vs. 7.8 months (Fig. 2; p = 0.03).', 'The ORR was 12%.']
    """
    folded = fold(text)
    start = 0
    for match in sorted((*_END.finditer(folded), *LOST_BREAK.finditer(folded)), key=lambda m: m.end()):
        if match.end() > start and (match.re is LOST_BREAK or _ends(folded, start, match)):
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
    return not (following[0].islower() and not re.match(r"[a-z][A-Z]|[a-z]\d\d|[α-ω]", following))


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
