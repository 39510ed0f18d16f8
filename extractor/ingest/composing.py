"""The source text of a file that is no plain text, put together line by line, and the clean text made from it.

The source text is what records' offsets are into: paragraphs, headings, captions, rows of tables, entries of the reference list, each ended by a line
break. The clean text is the same without the citation marks that are stuck to words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from extractor.document import Block, BlockKind, CharSpan, CitationMark, OffsetMap, Piece, Place, Section, SectionKind
from extractor.ingest.markup import Line, Link, MarkupError

MAX_CHARACTERS = 5_000_000
"""A paper has some 50,000 characters, a thesis some 500,000; what is longer is a collection or not a text."""

Numbers = Callable[[str, Link], tuple[int, ...]]
"""From a mark as printed and its links to the numbers of the entries; empty for none."""


@dataclass(frozen=True, slots=True)
class Where:
    """What a line is part of: its section, the heading that stands over it, and the element that it came from."""

    kind: SectionKind
    heading: str = ""
    xpath: str | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """The two texts and what lies over them; `Document` has fields of the same names."""

    raw: str
    text: str
    offsets: OffsetMap
    blocks: tuple[Block, ...]
    citations: tuple[CitationMark, ...]
    sections: tuple[Section, ...]
    places: tuple[Place, ...]


@dataclass(slots=True)
class _Written:
    """A block in the making; its span is of the source text."""

    kind: BlockKind
    start: int
    end: int
    where: Where


@dataclass(frozen=True, slots=True)
class _Mark:
    raw: CharSpan
    cut: CharSpan | None
    numbers: tuple[int, ...]


@dataclass(slots=True)
class Composer:
    """Takes lines in reading order."""

    numbers: Numbers
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[_Written] = field(default_factory=list)
    _marks: list[_Mark] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)

    def line(self, line: Line, kind: BlockKind, where: Where) -> CharSpan | None:
        """Add a line of its own.

        Returns:
            Its characters in the source text, without the line break; None where it holds nothing.
        """
        if not line:
            return None
        span = self._add(line, where.xpath)
        self._end_line()
        self._blocks.append(_Written(kind, span.start, span.end, where))
        return span

    def row(self, cells: Sequence[tuple[Line, str]], where: Where, *, first: bool) -> list[CharSpan | None]:
        """Add a row of a table, its cells (each with its xpath) apart by tabs; all rows of a table are one block, which the first one opens.

        Returns:
            The characters of each cell, None for an empty one.
        """
        if not any(line for line, _ in cells):
            return [None] * len(cells)
        spans: list[CharSpan | None] = []
        start = self._length
        for i, (line, xpath) in enumerate(cells):
            if i:
                self._put("\t")
            spans.append(self._add(line, xpath) if line else None)
        if first or not self._blocks or self._blocks[-1].kind is not BlockKind.TABLE:
            self._blocks.append(_Written(BlockKind.TABLE, start, self._length, where))
        else:
            self._blocks[-1].end = self._length
        self._end_line()
        return spans

    def done(self) -> Composed:
        """The two texts; the clean one ends without a line break."""
        raw = "".join(self._parts)
        cuts = [(m.cut, _glued(raw, m.cut)) for m in self._marks if m.cut is not None]
        pieces = _pieces(raw, cuts)
        text = "".join(" " if p.length != p.raw.end - p.raw.start else p.raw.of(raw) for p in pieces)
        clean = _way_to_clean(cuts)
        blocks = [(w, CharSpan(clean(w.start), clean(w.end))) for w in self._blocks if clean(w.start) < clean(w.end)]
        return Composed(
            raw=raw,
            text=text,
            offsets=OffsetMap(tuple(pieces)),
            blocks=tuple(Block(w.kind, span) for w, span in blocks),
            citations=tuple(_citation(raw, mark, clean) for mark in self._marks),
            sections=tuple(_sections(blocks, len(text))),
            places=tuple(self._places),
        )

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > MAX_CHARACTERS:
            raise MarkupError(f"one of more than {MAX_CHARACTERS:,} characters")

    def _end_line(self) -> None:
        self._put("\n")

    def _add(self, line: Line, xpath: str | None) -> CharSpan:
        start = self._length
        self._put(line.text)
        for link in line.links:
            self._mark(line.text, link, start)
        span = CharSpan(start, self._length)
        if xpath is not None:
            self._places.append(Place(span, xpath=xpath))
        return span

    def _mark(self, text: str, link: Link, at: int) -> None:
        numbers = self.numbers(text[link.start : link.end], link)
        if not link.ids and not numbers:
            return  # a raised number that names no entry of the list
        cut = CharSpan(link.cut, link.end).shifted(at) if link.stuck else None
        self._marks.append(_Mark(CharSpan(link.start, link.end).shifted(at), cut, numbers))


def _glued(raw: str, cut: CharSpan) -> bool:
    """Whether taking the mark out would glue two words together."""
    return cut.start > 0 and raw[cut.start - 1].isalnum() and raw[cut.end : cut.end + 1].isalnum()


def _pieces(raw: str, cuts: Sequence[tuple[CharSpan, bool]]) -> list[Piece]:
    """The clean text in pieces: everything but the cuts and the last line break, with a blank where a cut would glue words."""
    pieces: list[Piece] = []
    at = length = 0
    last = len(raw) - raw.endswith("\n")
    for cut, glued in (*cuts, (CharSpan(last, last + 1), False)):
        if at < cut.start:
            pieces.append(Piece(length, cut.start - at, CharSpan(at, cut.start)))
            length += cut.start - at
        if glued and cut.end - cut.start > 1:
            pieces.append(Piece(length, 1, cut))
            length += 1
        elif glued:
            # One raw character for one clean one would count as copied: the blank stands for the mark and the character before it.
            pieces[-1:] = _with_blank(pieces[-1], cut)
            length += 1
        at = cut.end
    return pieces


def _with_blank(before: Piece, cut: CharSpan) -> list[Piece]:
    return [before, Piece(before.clean + before.length, 1, CharSpan(cut.start - 1, cut.end))]


def _way_to_clean(cuts: Sequence[tuple[CharSpan, bool]]) -> Callable[[int], int]:
    """From an offset into the source text to one into the clean text; what was cut is where it was cut."""
    starts = [cut.start for cut, _ in cuts]
    lost = [0, *accumulate(cut.end - cut.start - glued for cut, glued in cuts)]

    def clean(at: int) -> int:
        i = bisect_right(starts, at)
        if i and at < cuts[i - 1][0].end:
            return starts[i - 1] - lost[i - 1]
        return at - lost[i]

    return clean


def _citation(raw: str, mark: _Mark, clean: Callable[[int], int]) -> CitationMark:
    text = mark.raw.of(raw)
    if mark.cut is not None:
        return CitationMark(clean(mark.cut.start), mark.raw, text, mark.numbers)
    span = CharSpan(clean(mark.raw.start), clean(mark.raw.end))
    return CitationMark(span.end, mark.raw, text, mark.numbers, span)


def _sections(blocks: Sequence[tuple[_Written, CharSpan]], end: int) -> list[Section]:
    """Gapless sections: one for each run of blocks under the same heading."""
    found: list[Section] = []
    for i, (written, span) in enumerate(blocks):
        until = blocks[i + 1][1].start if i + 1 < len(blocks) else end
        where = written.where
        if found and (found[-1].kind, found[-1].heading) == (where.kind, where.heading):
            found[-1] = Section(where.kind, where.heading, CharSpan(found[-1].span.start, until))
        else:
            found.append(Section(where.kind, where.heading, CharSpan(span.start, until)))
    return found
