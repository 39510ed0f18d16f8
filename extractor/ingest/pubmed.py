"""Abstracts as PubMed gives them: its XML (`PubmedArticle`), and the MEDLINE display format ("PMID- 12345678", one field a line)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from lxml import etree

from extractor.document import Block, BlockKind, CharSpan, OffsetMap, Piece, Section, SectionKind
from extractor.ingest.composing import Composed, Composer, Where
from extractor.ingest.markup import Line, MarkupError, Paths, below, child, children, flat, name

MEDLINE = re.compile(r"\ufeff?\s*PMID- ?\d+\s", re.ASCII)
"""How a file in the MEDLINE format begins."""

PUBMED = frozenset({"PubmedArticle", "PubmedArticleSet"})
"""The elements by which PubMed XML is told."""

_PMID = re.compile(r"^PMID- ?\d+", re.MULTILINE | re.ASCII)
# A field: four characters of tag, a hyphen, and lines that go on after six blanks (NLM, MEDLINE/PubMed Data Element Descriptions).
_FIELD = re.compile(r"^(?P<tag>TI|AB) *- ?(?P<text>[^\n]*(?:\n {2,}[^\n]*)*)", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]*\S")
# "BACKGROUND: ... METHODS: ...": the labels of a structured abstract, in capitals.
_LABEL = re.compile(r"(?:(?<=[.?!)])\s+)(?=[A-Z][A-Z /&,()'-]{2,60}:\s)")
_KINDS = {"TI": SectionKind.TITLE, "AB": SectionKind.ABSTRACT}


def read_pubmed(tree: etree._ElementTree) -> Composed:
    """Title and abstract of the one article in a PubMed XML file.

    Raises:
        MarkupError: when there is not exactly one, or it has neither.
    """
    root = tree.getroot()
    articles = [root] if name(root) == "PubmedArticle" else list(below(root, "PubmedArticle"))
    if len(articles) != 1:
        raise MarkupError(f"PubMed XML with {len(articles)} articles")
    article = next(below(articles[0], "Article"), None)
    out, paths = Composer(lambda printed, link: ()), Paths()
    title = child(article, "ArticleTitle")
    if title is None or not flat(title):
        title = child(article, "VernacularTitle")
    if title is not None:
        out.line(flat(title), BlockKind.TEXT, Where(SectionKind.TITLE, xpath=paths.of(title)))
    for text in children(child(article, "Abstract"), "AbstractText"):
        label = (text.get("Label") or "").strip()
        where = Where(SectionKind.ABSTRACT, "" if label == "UNLABELLED" else label, paths.of(text))
        if where.heading and flat(text):
            out.line(Line(where.heading), BlockKind.HEADING, where)
        out.line(flat(text), BlockKind.TEXT, where)
    composed = out.done()
    if not composed.text.strip():
        raise MarkupError("a PubMed article with neither title nor abstract")
    return composed


def read_medline(raw: str) -> Composed:
    """Title and abstract of the one record in a file of the MEDLINE format; the source text is the file itself.

    Raises:
        MarkupError: when the file holds several records, or one with neither title nor abstract.
    """
    records = len(_PMID.findall(raw))
    if records != 1:
        raise MarkupError(f"{records} records in the MEDLINE format")
    parts: list[str] = []
    pieces: list[Piece] = []
    blocks: list[tuple[SectionKind, CharSpan]] = []

    def add(text: str, source: CharSpan) -> None:
        pieces.append(Piece(sum(p.length for p in pieces[-1:]) + sum(p.clean for p in pieces[-1:]), len(text), source))
        parts.append(text)

    for kind, lines in sorted(_paragraphs(raw), key=lambda p: list(_KINDS.values()).index(p[0])):
        if pieces:
            add("\n", CharSpan(lines[0].start - 1, lines[0].start))
        start = sum(map(len, parts))
        for above, line in zip((None, *lines), lines, strict=False):
            if above is not None:
                add(" ", CharSpan(above.end, line.start))
            add(line.of(raw), line)
        blocks.append((kind, CharSpan(start, sum(map(len, parts)))))
    if not blocks:
        raise MarkupError("a MEDLINE record with neither title (TI) nor abstract (AB)")
    texts = tuple(Block(BlockKind.TEXT, span) for _, span in blocks)
    return Composed(raw, "".join(parts), OffsetMap(tuple(pieces)), texts, (), tuple(_gapless(blocks)), ())


def _paragraphs(raw: str) -> Iterator[tuple[SectionKind, list[CharSpan]]]:
    """The fields that are read, in the paragraphs that labels make of them: the characters of each line without what indents it."""
    for field in _FIELD.finditer(raw):
        cuts = [field.start("text"), *(m.end() for m in _LABEL.finditer(raw, *field.span("text"))), field.end("text")]
        for start, end in pairwise(cuts):
            lines = [CharSpan(m.end() - len(m.group().lstrip()), m.end()) for m in _LINE.finditer(raw, start, end)]
            if lines:
                yield _KINDS[field.group("tag")], lines


def _gapless(blocks: Sequence[tuple[SectionKind, CharSpan]]) -> Iterator[Section]:
    """One section for each run of blocks of a kind, up to the next."""
    for kind, run in groupby(blocks, key=lambda block: block[0]):
        spans = [span for _, span in run]
        following = [span.start for _, span in blocks if span.start > spans[-1].start]
        yield Section(kind, "", CharSpan(spans[0].start, min(following, default=spans[-1].end)))
