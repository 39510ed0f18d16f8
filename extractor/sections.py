"""Stage 2: the parts of a paper, from its headings as printed.

A heading is recognised by what it says (`lexicons/headings.tsv`), after numbering is taken off; one that is not known keeps the section it
stands in when that section has subheadings by nature (methods, results, discussion), and opens a section `other` elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from extractor.document import Block, BlockKind, CharSpan, Document, Section, SectionKind, fold
from extractor.ingest.text import LABEL, REFERENCE_START
from extractor.lexicons import headings

NUMBERING = re.compile(r"^\s*(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,4}(?=\.))\.?\s+(?=\S)")

# "Background: There is no ...", "RESULTS. Of 239 patients ...", "Conclusion - The ..."
RUN_IN = re.compile(r"^(?P<label>[A-Z][A-Za-z/&, -]{3,60}?)\s*(?::|\.(?=\s+[A-Z\d])|\s-(?=\s))\s*(?=\S)")

# "1. Sung H, Ferlay J, ... 2021;71:209-49. doi: ..." and its relatives
REFERENCE_ENTRY = re.compile(r"(?:doi\s?:|PMID|\b(?:19|20)\d\d\s?;\s?\d+|;\s?\d+\s?(?:\(\d+\))?\s?:\s?e?\d+)")

_BEFORE_BODY = (SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.BACK)
_BODY = re.compile(r"\s*BODY\s*:\s*")
_LONGEST_TITLE = 300
_LONGEST_LABEL = 220

# The labels of a structured abstract have the names of sections.
_IN_ABSTRACT = (SectionKind.METHODS, SectionKind.RESULTS, SectionKind.DISCUSSION, SectionKind.CONCLUSION, SectionKind.OTHER)
_KEEPS_SUBHEADINGS: Collection[SectionKind] = {SectionKind.METHODS, SectionKind.RESULTS, SectionKind.DISCUSSION, SectionKind.BACK}


@dataclass(frozen=True, slots=True)
class _Heading:
    """A known heading: the section it opens, and whether it does so on its own."""

    section: SectionKind
    kind: str


def segment(document: Document) -> Document:
    """The same document with its sections: gapless, in order, each of one kind; sections that the source gave are left alone."""
    if document.sections:
        return document
    found = list(_sections(document))
    return replace(document, sections=tuple(_captions_apart(document, _merged(found))))


def _sections(document: Document) -> Iterator[Section]:
    current, heading, parent = _opening(document), "", None
    introduced = max((b.span.start for b in document.blocks[:80] if _introduces(document, b)), default=-1)
    last_main = max((b.span.start for b in document.blocks if _starts_the_work(document, b)), default=-1)
    end = len(document.text)
    for i, block in enumerate(document.blocks):
        text = block.span.of(document.text)
        if i == 0 and _is_title(text, document):
            yield Section(SectionKind.TITLE, "", CharSpan(block.span.start, _next(document, i, end)))
            continue
        opened = _opens(text, block, current, parent)
        if current in _BEFORE_BODY and block.span.start < last_main and _BODY.fullmatch(fold(text)):
            opened = SectionKind.INTRODUCTION
        if opened is None and current is SectionKind.TITLE and block.kind is BlockKind.TEXT and len(text) > _LONGEST_TITLE:
            opened = SectionKind.ABSTRACT
        if current is SectionKind.ABSTRACT and block.span.start < introduced and opened in _IN_ABSTRACT and not LABEL.match(text):
            opened = SectionKind.ABSTRACT
        if opened is SectionKind.BACK and block.kind is BlockKind.TEXT and not LABEL.match(text):
            yield Section(opened, "", CharSpan(block.span.start, _next(document, i, end)))  # "Keywords: ...", "Abbreviations: ..." stand alone
            continue
        if opened is not None:
            label = RUN_IN.match(fold(text)) if block.kind is BlockKind.TEXT and not LABEL.match(text) else None
            current, heading = opened, label.group("label") if label else text.strip().rstrip(":")
            number = NUMBERING.match(fold(text))
            if number and "." not in number.group("number").rstrip("."):
                parent = current
            elif not number:
                parent = None
        elif current is not SectionKind.REFERENCES and _starts_references(document, i):
            current, heading = SectionKind.REFERENCES, ""
        yield Section(current, heading, CharSpan(block.span.start, _next(document, i, end)))


def _starts_references(document: Document, i: int) -> bool:
    """Whether a list of references starts without a heading: one block of several, or several blocks that each look like one."""
    texts = [b.span.of(document.text) for b in document.blocks[i : i + 3]]
    entries = [len(REFERENCE_ENTRY.findall(text)) for text in texts]
    if entries[0] >= 3 and i > len(document.blocks) / 2:
        return True
    return i > 0 and len(texts) == 3 and all(entries) and all(REFERENCE_START.match(fold(text)) for text in texts)


def _starts_the_work(document: Document, block: Block) -> bool:
    """Whether a block is a heading or label that opens the methods or the results."""
    if block.kind is not BlockKind.HEADING:
        return False
    text = fold(block.span.of(document.text))
    opened = _of_label(text, None) if LABEL.match(text) else None
    known = _known(text)
    return (opened or (known.section if known and known.kind == "main" else None)) in (SectionKind.METHODS, SectionKind.RESULTS)


def _introduces(document: Document, block: Block) -> bool:
    known = _known(block.span.of(document.text)) if block.kind is BlockKind.HEADING else None
    return known is not None and known.section is SectionKind.INTRODUCTION and known.kind == "main"


def _next(document: Document, i: int, end: int) -> int:
    return document.blocks[i + 1].span.start if i + 1 < len(document.blocks) else end


def _opening(document: Document) -> SectionKind:
    """What a text without any heading yet is: the abstract if an introduction follows, else whatever it may be."""
    for block in document.blocks[:60]:
        if block.kind is BlockKind.HEADING:
            known = _known(block.span.of(document.text))
            if known and known.section is SectionKind.ABSTRACT:
                return SectionKind.OTHER
            if known and known.section is SectionKind.INTRODUCTION:
                return SectionKind.ABSTRACT
    return SectionKind.OTHER


def _opens(text: str, block: Block, current: SectionKind, parent: SectionKind | None) -> SectionKind | None:
    """The section that a block opens, None if it opens none."""
    folded = fold(text)
    if LABEL.match(folded):
        return _of_label(folded, current)
    if block.kind is BlockKind.CAPTION or block.kind is BlockKind.FURNITURE:
        return None
    if block.kind is BlockKind.HEADING:
        return _of_heading(folded, current, parent)
    label = RUN_IN.match(folded)
    if label:
        known = _known(label.group("label"))
        if known and known.kind != "sub" and current in (SectionKind.ABSTRACT, SectionKind.OTHER, SectionKind.TITLE):
            return SectionKind.ABSTRACT if known.section is not SectionKind.BACK else SectionKind.BACK
    return None


def _of_heading(folded: str, current: SectionKind, parent: SectionKind | None) -> SectionKind | None:
    known = _known(folded)
    number = NUMBERING.match(folded)
    below = bool(number and "." in number.group("number").strip("."))
    if current is SectionKind.REFERENCES and not (known and known.kind == "main" and known.section is SectionKind.BACK):
        return None
    if below and parent is not None:
        return parent
    if known and known.kind == "main":
        return known.section
    if current is SectionKind.ABSTRACT and known and known.kind == "abstract":
        return SectionKind.ABSTRACT
    if current in _KEEPS_SUBHEADINGS:
        return None
    return None if current in (SectionKind.ABSTRACT, SectionKind.TITLE) else SectionKind.OTHER


def _of_label(folded: str, current: SectionKind | None) -> SectionKind | None:
    """The section of a label such as `ABSTRACT.SUMMARY.METHODS:` or `BODY.RESULTS.PATIENTS:`; None where it goes on."""
    top = folded.strip().split(".")[0].split(":")[0]
    if top == "TITLE":
        return SectionKind.TITLE
    kinds = ("abstract", "main") if top == "ABSTRACT" else ("main", "sub", "abstract")
    inner_first = -1 if top == "ABSTRACT" else 1
    known = next((k for k in (_named(parts[::inner_first], kinds) for parts in _readings(folded)) if k is not None), None)
    if top == "ABSTRACT":
        return SectionKind.BACK if known and known.section is SectionKind.BACK else SectionKind.ABSTRACT
    if known is None:
        if top == "BACK":
            return SectionKind.BACK
        return None if current in _KEEPS_SUBHEADINGS and current is not SectionKind.BACK and "." in folded else SectionKind.OTHER
    if known.kind == "sub" and current is SectionKind.RESULTS and known.section is SectionKind.METHODS:
        return None  # what was measured is told again with its result
    return known.section


def _readings(folded: str) -> Iterator[list[str]]:
    """The names in a label: without its colons ("BODY.M:ETHODS"), else up to its first, second ... colon."""
    text = folded.strip()[:_LONGEST_LABEL]
    ends = [i for i, c in enumerate(text) if c == ":"]
    for label in (text.replace(":", ""), *(text[:end] for end in ends)):
        yield [part.strip() for part in label.split(".")[1:] if part.strip()]


def _named(parts: Iterable[str], kinds: tuple[str, ...]) -> _Heading | None:
    """The first of the names in a label that says what the section is."""
    for part in parts:
        known = _table(*kinds).get(_bare(part))
        if known is not None and known.section is not SectionKind.OTHER:
            return known
    return None


def _known(text: str) -> _Heading | None:
    return _table("main", "abstract", "sub").get(_bare(text))


def _bare(text: str) -> str:
    bare = NUMBERING.sub("", fold(text)).strip(" :.-").casefold()
    return re.sub(r"\s+", " ", bare.replace("&", "and"))


@cache
def _table(*kinds: str) -> dict[str, _Heading]:
    """Headings of some kinds, the first kind first where one stands in several."""
    table: dict[str, _Heading] = {}
    for kind in reversed(kinds):
        for row in headings():
            if row.kind == kind:
                table.update({h.replace("&", "and"): _Heading(row.section, kind) for h in row.headings})
    return table


def _is_title(text: str, document: Document) -> bool:
    if not text[:1].isalnum() or re.match(r"\d[A-Z]", text):
        return False  # an address ("1Department of ...")
    if LABEL.match(text) or _known(text) or RUN_IN.match(fold(text)):
        return False
    return len(document.blocks) > 2 and 20 < len(text) < 300 and not text.rstrip().endswith(".") and len(text.split()) > 3


def _merged(sections: list[Section]) -> list[Section]:
    merged: list[Section] = []
    for section in sections:
        if merged and (merged[-1].kind, merged[-1].heading) == (section.kind, section.heading):
            merged[-1] = replace(merged[-1], span=CharSpan(merged[-1].span.start, section.span.end))
        else:
            merged.append(section)
    return merged


def _captions_apart(document: Document, sections: list[Section]) -> Iterator[Section]:
    """Captions are sections of their own inside the section they stand in."""
    captions = [b.span for b in document.blocks if b.kind is BlockKind.CAPTION]
    starts = [c.start for c in captions]
    for section in sections:
        at = section.span.start
        for caption in captions[bisect_left(starts, at) : bisect_left(starts, section.span.end)]:
            if not section.kind.read:
                continue
            if at < caption.start:
                yield replace(section, span=CharSpan(at, caption.start))
            at = min(caption.end + 1, section.span.end)
            yield Section(SectionKind.CAPTION, section.heading, CharSpan(caption.start, at))
        if at < section.span.end:
            yield replace(section, span=CharSpan(at, section.span.end))
