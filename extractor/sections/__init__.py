"""Stage 2: the parts of a paper, from its headings as printed, its order and its words.

Headings and labels say most (`headings`); what a paragraph talks about (`wording`) decides where they are missing, ambiguous or unknown; the cheapest
reading of the paper as a whole (`order`) weighs the two against the order in which papers tell things.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.document import Block, BlockKind, CharSpan, Document, Section, SectionKind, fold
from extractor.ingest.text import LABEL, REFERENCE_START
from extractor.sections.headings import RUN_IN, Heading, heading_of, said_by_label, step_of_heading, step_of_label, step_of_run_in
from extractor.sections.order import KINDS, Costs, Step, cheapest, step
from extractor.sections.wording import Weights, features, shipped

_FEWEST_TO_TELL = 3000
"""A text of fewer characters without any heading is a piece of a paper, and nothing tells of which part."""

_EARLY = 0.25
"""The share of a paper in which keywords and abbreviations stand between abstract and introduction."""

_LONGEST_TITLE = 300
_FEWEST_OF_A_PARAGRAPH = 60
_LONGEST_ABSTRACT = 4000
_BESIDE_HEADINGS = 0.4
_PART = 0.6
_ELSEWHERE = 0.3
_TITLE, _ABSTRACT, _OTHER = map(KINDS.index, (SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.OTHER))
_TOLD_IN_ABSTRACT = [KINDS.index(k) for k in (SectionKind.INTRODUCTION, SectionKind.METHODS, SectionKind.RESULTS, SectionKind.CONCLUSION)]
# "2021;71:209-49", "J Charts 12 (3): 4-5" and a DOI, of which every entry of a list of references has one.
_ENTRY = re.compile(r"(?:doi\s?:|PMID|\b(?:19|20)\d\d\s?;\s?\d+|;\s?\d+\s?(?:\(\d+\))?\s?:\s?e?\d+)")
# Some journals print a full stop behind the title.
_SENTENCE = re.compile(r"\b(?:was|were|is|are|has|have|had|be|been|we|our|did|does|may|can|should)\b|\d\.\d|[.;]\s")
_UNHEADED = 25.0
"""A section that has a heading somewhere does not begin elsewhere without one."""


_FLOATS = {BlockKind.CAPTION: SectionKind.CAPTION, BlockKind.TABLE: SectionKind.TABLE}


@dataclass(frozen=True, slots=True)
class _Read:
    """A block, its folded text, and its heading if it is or begins with one: of its own, as a label of the file, or run in.

    `cites` is the number of its citation marks, `entries` that of the entries of a list of references that it looks like.
    """

    block: Block
    text: str
    heading: Heading | None = None
    labelled: bool = False
    run_in: str = ""
    cites: int = 0
    entries: int = 0


def segment(document: Document, weights: Weights | None = None) -> Document:
    """The same document with its sections: gapless, in order, each of one kind; sections that the source gave are left alone.

    Args:
        document: what was read.
        weights: what words say; the shipped ones where none are given.
    """
    if document.sections:
        return document
    found = list(_sections(document, weights or shipped()))
    return replace(document, sections=tuple(_merged(list(_captions_apart(document, _merged(found))))))


def _sections(document: Document, weights: Weights) -> Iterator[Section]:
    read = list(_reads(document))
    kinds = _kinds(document, read, weights)
    heading, before = "", SectionKind.TITLE
    for i, (one, kind) in enumerate(zip(read, kinds, strict=True)):
        end = read[i + 1].block.span.start if i + 1 < len(read) else len(document.text)
        if kind is None:
            yield Section(SectionKind.BACK, "", CharSpan(one.block.span.start, end))  # "Keywords: ...", "Abbreviations: ..." stand alone
            continue
        if one.labelled or (one.block.kind is BlockKind.HEADING and one.heading is not None and not one.run_in):
            printed = one.block.span.of(document.text).strip().rstrip(":")
            heading = printed if _renames(one, kind, before) else heading
        elif one.run_in:
            heading = one.run_in
        elif kind is not before:
            heading = ""
        before = kind
        yield Section(kind, heading, CharSpan(one.block.span.start, end))


def _renames(one: _Read, kind: SectionKind, before: SectionKind) -> bool:
    """Whether a heading names what follows: it opens a section, is known or numbered, or its section has no name of its own."""
    known = one.heading is not None and (one.heading.main is not None or (kind is SectionKind.ABSTRACT and one.heading.in_abstract is not None))
    numbered = one.heading is not None and len(one.heading.number) > 1
    return one.labelled or known or numbered or kind is not before or kind is SectionKind.OTHER


def features_of(document: Document) -> Iterator[tuple[Block, set[str]]]:
    """The blocks of a document with what `wording` sees in them: what its weights are learned from."""
    for one in _reads(document):
        yield one.block, features(one.text, heading=one.block.kind is BlockKind.HEADING, cites=one.cites, entries=one.entries)


def _reads(document: Document) -> Iterator[_Read]:
    marks = [mark.at for mark in document.citations]
    for block in document.blocks:
        text = fold(block.span.of(document.text))
        if LABEL.match(text):
            yield _Read(block, text, labelled=True)
            continue
        prose = block.kind is BlockKind.TEXT
        cites = bisect_left(marks, block.span.end) - bisect_left(marks, block.span.start)
        one = _Read(block, text, cites=cites, entries=len(_ENTRY.findall(text)) if prose else 0)
        label = RUN_IN.match(text) if prose else None
        heading = heading_of(label.group("label") if label else text) if label or block.kind is BlockKind.HEADING else None
        if heading is not None and label is not None and (heading.main or heading.in_abstract or heading.below):
            one = replace(one, heading=heading, run_in=label.group("label"))
        elif heading is not None and label is None:
            one = replace(one, heading=heading)
        yield one


def _kinds(document: Document, read: Sequence[_Read], weights: Weights) -> list[SectionKind | None]:
    """The section of each block; None for what stands alone between two sections."""
    steps: list[Step] = []
    at: list[int] = []
    alone: set[int] = set()
    read = list(_body_apart(document, read))
    paper = _Paper.of(document, read)
    for i, one in enumerate(read):
        if one.block.kind in (BlockKind.CAPTION, BlockKind.FURNITURE, BlockKind.TABLE) and not one.labelled:
            continue
        if paper.stands_alone(one):
            alone.add(i)
            continue
        at.append(i)
        steps.append(_step(paper, i, weights))
    found = dict(zip(at, cheapest(steps), strict=True)) if paper.told else dict.fromkeys(at, SectionKind.OTHER)
    if paper.titled and not paper.told:
        found = dict.fromkeys(at, SectionKind.ABSTRACT) | {0: SectionKind.TITLE}
    kinds: list[SectionKind | None] = []
    current = found[at[0]] if at else SectionKind.OTHER
    for i in range(len(read)):
        current = found.get(i, current)
        kinds.append(None if i in alone else current)
    return kinds


_ABSTRACT_LABEL = re.compile(r"^\s*ABSTRACT(?=\.)")


def _body_apart(document: Document, read: Sequence[_Read]) -> Iterator[_Read]:
    """The blocks of a paper, with labels of its body where the file calls the whole paper its abstract ("ABSTRACT.INTRODUCTION:" in its midst)."""
    labels = [i for i, one in enumerate(read) if one.labelled]
    opens = [i for i in labels if _ABSTRACT_LABEL.match(read[i].text) and _main_of(read[i]) is SectionKind.INTRODUCTION]
    begins = opens[-1] if opens else len(read)
    told = {_main_of(read[i]) for i in labels if i > begins}
    apart = SectionKind.RESULTS in told and len(document.text) - read[min(begins, len(read) - 1)].block.span.start > _LONGEST_ABSTRACT
    apart = apart and not any(read[i].text.lstrip().startswith("BODY") for i in labels)
    for i, one in enumerate(read):
        yield replace(one, text=_ABSTRACT_LABEL.sub("BODY", one.text)) if apart and i >= begins and one.labelled else one


def _main_of(label: _Read) -> SectionKind | None:
    """The section that the last name of a label is the heading of."""
    return heading_of(label.text.rstrip(" :").rpartition(".")[2]).main


@dataclass(frozen=True, slots=True)
class _Paper:
    """What is known of a paper before its sections are.

    Attributes:
        titled: whether the first block is the title.
        headed: the sections that have a heading of their own in the body.
        numbered: whether these headings are numbered.
        told: whether anything can be told of its sections.
        labelled: whether the file labels its sections.
        last: the last block that is a heading of a section, by section.
    """

    document: Document
    read: Sequence[_Read]
    titled: bool
    headed: frozenset[SectionKind]
    numbered: bool
    told: bool
    labelled: bool
    last: Mapping[SectionKind, int]

    @classmethod
    def of(cls, document: Document, read: Sequence[_Read]) -> _Paper:
        """Look over the blocks of a paper."""
        mains = [(i, r.heading) for i, r in enumerate(read) if r.block.kind is BlockKind.HEADING and r.heading is not None and r.heading.main]
        body = [h for i, h in mains if read[i].block.span.start > _EARLY / 2 * len(document.text) or h.in_abstract is None]
        labelled = any(r.labelled for r in read)
        said = {said_by_label(r.text) for r in read if r.labelled} | {h.main for h in body}
        said |= {r.heading.about for r in read if r.heading is not None and not r.run_in}
        told = labelled or bool(mains) or any(r.run_in for r in read) or len(document.text) >= _FEWEST_TO_TELL
        return cls(
            document=document,
            read=read,
            titled=len(read) > 1 and _is_title(read[0]) and max(len(r.text) for r in read[1:3]) >= _FEWEST_OF_A_PARAGRAPH,
            headed=frozenset(kind for kind in said if kind is not None),
            numbered=sum(len(h.number) == 1 for h in body) >= 2,
            told=told,
            labelled=labelled,
            last={h.main: i for i, h in mains if h.main is not None},
        )

    def stands_alone(self, one: _Read) -> bool:
        """Whether a paragraph belongs to nothing around it: "Keywords: ...", "Funding: ...", and abbreviations before the paper begins."""
        if not one.run_in or one.heading is None or SectionKind.BACK not in (one.heading.main, one.heading.in_abstract):
            return False
        # Further down, "Abbreviations: ..." is the note of a table.
        return one.block.span.start < _EARLY * len(self.document.text) or not one.run_in.startswith("Abbreviation")


def _step(paper: _Paper, i: int, weights: Weights) -> Step:
    one = paper.read[i]
    if i == 0 and paper.titled:
        return step(enter=60.0, stay=60.0, entering={SectionKind.TITLE: 0.0}, staying={SectionKind.TITLE: 0.0})
    if one.labelled:
        return step_of_label(one.text, paper.headed)
    if _starts_references(paper, i):
        return step(enter=20.0, stay=20.0, entering={SectionKind.REFERENCES: 0.0}, staying={SectionKind.REFERENCES: 0.0})
    heading = one.heading
    costs = _in_place(paper, weights.of(one.text, heading=one.block.kind is BlockKind.HEADING, cites=one.cites, entries=one.entries), one)
    note = one.run_in.startswith("Abbreviation")
    unsaid = note or (heading is not None and heading.main is None and (paper.labelled or (one.run_in and heading.in_abstract is None)))
    if heading is None or unsaid:
        return _step_of_text(paper, i).saying(costs)
    if one.run_in:
        return step_of_run_in(heading).saying(costs)
    return step_of_heading(heading, paper.headed, numbered=paper.numbered, again=i < paper.last[heading.main] if heading.main else False).saying(
        costs
    )


def _in_place(paper: _Paper, costs: Costs, one: _Read) -> Costs:
    """What the place of a paragraph adds: abstracts are short, stand first and tell of everything, titles are short."""
    start = one.block.span.start
    research = bool(paper.headed & {SectionKind.METHODS, SectionKind.RESULTS})
    said = costs * (_BESIDE_HEADINGS if research or paper.labelled else 1.0)
    if paper.headed:
        said[_ABSTRACT] = min(said[_ABSTRACT], said[_TOLD_IN_ABSTRACT].min() + _PART)
    said[_ABSTRACT] += 0.0 if start < _LONGEST_ABSTRACT else 3.0 if start < 2 * _LONGEST_ABSTRACT else 12.0
    said[_TITLE] += 4.0 if len(one.text) > _LONGEST_TITLE or start > _LONGEST_ABSTRACT else 0.0
    if paper.headed:
        said[_OTHER] = said.min() + (1.0 if research else _ELSEWHERE)  # it may tell of anything
    return said


_STARTS_UNSEEN = {SectionKind.ABSTRACT: 2.0, SectionKind.INTRODUCTION: 2.0, SectionKind.BACK: 5.0}
"""What often starts without a heading, and what that costs."""


def _step_of_text(paper: _Paper, i: int) -> Step:
    if paper.labelled:
        return step(enter=_UNHEADED, stay=0.0, entering={SectionKind.ABSTRACT: 4.0} if len(paper.read[i].text) > _LONGEST_TITLE else {})
    if i == 0:
        return step(enter=0.0, stay=0.0)
    above = paper.read[i - 1].heading
    if above is not None and not paper.read[i - 1].run_in and (above.main or above.in_abstract or above.about):
        return step(enter=_UNHEADED, stay=0.0)  # a heading has a text of its own
    research = bool(paper.headed & {SectionKind.METHODS, SectionKind.RESULTS})
    listed = paper.read[i].entries > 0
    entering = dict.fromkeys(KINDS, 12.0 if research else 4.0) | _STARTS_UNSEEN | dict.fromkeys(paper.headed - {SectionKind.BACK}, _UNHEADED)
    entering[SectionKind.REFERENCES] = 12.0 if SectionKind.REFERENCES in paper.headed else 3.0 if listed else 9.0
    entering[SectionKind.BACK] += 4.0 if SectionKind.BACK in paper.headed else 0.0
    entering[SectionKind.OTHER] = _UNHEADED
    return step(enter=_UNHEADED, stay=0.0, entering=entering | {SectionKind.CONCLUSION: max(entering[SectionKind.CONCLUSION], 9.0)})


def _starts_references(paper: _Paper, i: int) -> bool:
    """Whether a list of references starts or goes on: below its heading, a block of several entries, or several blocks that each look like one."""
    near = paper.read[i : i + 3]
    if not near[0].entries:
        return False
    if i > paper.last.get(SectionKind.REFERENCES, len(paper.read)) or (near[0].entries >= 3 and i > len(paper.read) / 2):
        return True
    return i > 0 and len(near) == 3 and all(one.entries and REFERENCE_START.match(one.text) for one in near)


def _is_title(one: _Read) -> bool:
    text = one.text
    if not text[:1].isalnum() or re.match(r"\d[A-Z]", text):
        return False  # an address ("1Department of ...")
    known = one.heading is not None and (one.heading.main or one.heading.in_abstract)
    if one.labelled or known or RUN_IN.match(text):
        return False
    ends = text.rstrip().endswith(".") and (_SENTENCE.search(text) or len(text) > _LONGEST_TITLE / 2)
    return 20 < len(text) < _LONGEST_TITLE and not ends and len(text.split()) > 3


def _merged(sections: list[Section]) -> list[Section]:
    merged: list[Section] = []
    for section in sections:
        if merged and (merged[-1].kind, merged[-1].heading) == (section.kind, section.heading):
            merged[-1] = replace(merged[-1], span=CharSpan(merged[-1].span.start, section.span.end))
        else:
            merged.append(section)
    return merged


def _captions_apart(document: Document, sections: list[Section]) -> Iterator[Section]:
    """Captions and rows of tables are sections of their own inside the section they stand in."""
    floats = [b for b in document.blocks if b.kind in _FLOATS]
    starts = [b.span.start for b in floats]
    for section in sections:
        at = section.span.start
        for block in floats[bisect_left(starts, at) : bisect_left(starts, section.span.end)]:
            if at < block.span.start:
                yield replace(section, span=CharSpan(at, block.span.start))
            at = min(block.span.end + 1, section.span.end)
            yield Section(_FLOATS[block.kind], section.heading, CharSpan(block.span.start, at))
        if at < section.span.end:
            yield replace(section, span=CharSpan(at, section.span.end))
