"""The text of one source, and the one coordinate everything else refers to.

Standard library only: every stage may import this module, and it imports none of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

# One character for one character, so that no offset ever moves: what a pattern should not have to spell out.
_FOLDS = {
    "·": ".", "∙": ".", "⋅": ".", "•": ".",
    "−": "-", "–": "-", "—": "-", "‒": "-", "‐": "-", "‑": "-", "\xad": "-", "﹣": "-", "－": "-",
    "\xa0": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u2002": " ", "\u2003": " ", "\u2005": " ",
    "\u2006": " ", "\u2007": " ", "\u2008": " ", "\u200b": " ", "\ufeff": " ", "\u3000": " ", "\t": " ", "\n": " ",
    "\r": " ", "\f": " ", "\v": " ",
    "‘": "'", "’": "'", "′": "'", "“": '"', "”": '"',
    "⩽": "≤", "≦": "≤", "⩾": "≥", "≧": "≥", "＜": "<", "＞": ">", "＝": "=", "％": "%", "∼": "~", "～": "~",
}  # fmt: skip
_FOLD_TABLE = str.maketrans(_FOLDS)


def fold(text: str) -> str:
    """The same text, character for character, with dashes, blanks, quotes and mid-dots in their plain form.

    >>> fold("0·61 (95% CI 0.50–0.75)")
    '0.61 (95% CI 0.50-0.75)'
    """
    return text.translate(_FOLD_TABLE)


@dataclass(frozen=True, slots=True, order=True)
class CharSpan:
    """Half-open range [start, end) of characters; never empty.

    >>> CharSpan(2, 4).of("abcdef")
    'cd'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a span that holds no character.

        Raises:
            ValueError: for an empty or reversed range, or one that starts before the text.
        """
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span holds at least one character, got [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: CharSpan) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: CharSpan) -> bool:
        """Whether every character of `other` is in this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> CharSpan:
        """The span moved by a number of characters."""
        return CharSpan(self.start + by, self.end + by)


def cover(spans: Iterable[CharSpan]) -> CharSpan:
    """The smallest span that covers them all.

    Raises:
        ValueError: when there is none to cover.
    """
    found = list(spans)
    if not found:
        raise ValueError("no span to cover")
    return CharSpan(min(s.start for s in found), max(s.end for s in found))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of clean characters and where it came from.

    A verbatim piece has as many clean as raw characters. Any other piece is a replacement: all its clean characters (a blank for a line
    break) stand for the whole raw range.
    """

    clean: int
    length: int
    raw: CharSpan

    @property
    def verbatim(self) -> bool:
        """Whether the piece was copied character for character."""
        return self.length == self.raw.end - self.raw.start


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From every clean character to the raw characters it stands for.

    Pieces are in clean order and without gaps; their raw ranges need not be in order (a caption that cuts a sentence in two is moved behind it).
    """

    pieces: tuple[Piece, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the pieces.

        Raises:
            ValueError: when the pieces leave a gap or overlap in the clean text.
        """
        at = 0
        for piece in self.pieces:
            if piece.clean != at:
                raise ValueError(f"pieces leave a gap: expected one at {at}, found {piece.clean}")
            at += piece.length
        object.__setattr__(self, "_starts", tuple(p.clean for p in self.pieces))

    def raw(self, at: int) -> CharSpan:
        """The raw characters behind the clean character at an offset.

        Raises:
            IndexError: when the clean text is shorter.
        """
        i = bisect_right(self._starts, at) - 1
        if i < 0 or at >= self.pieces[i].clean + self.pieces[i].length:
            raise IndexError(f"no clean character at {at}")
        piece = self.pieces[i]
        if not piece.verbatim:
            return piece.raw
        start = piece.raw.start + at - piece.clean
        return CharSpan(start, start + 1)

    def raw_spans(self, span: CharSpan, *, bridge: int = 0) -> tuple[CharSpan, ...]:
        """The raw ranges behind a clean span, in clean order.

        Ranges that follow one another with at most `bridge` raw characters between them (a lost line break, a citation mark that was cut out) are
        joined, so that most spans give one range.
        """
        found: list[CharSpan] = []
        i = bisect_right(self._starts, span.start) - 1
        while i < len(self.pieces) and self.pieces[i].clean < span.end:
            piece = self.pieces[i]
            if piece.verbatim:
                start = piece.raw.start + max(span.start - piece.clean, 0)
                end = piece.raw.start + min(span.end - piece.clean, piece.length)
                here = CharSpan(start, end)
            else:
                here = piece.raw
            if found and 0 <= here.start - found[-1].end <= bridge:
                found[-1] = CharSpan(found[-1].start, here.end)
            else:
                found.append(here)
            i += 1
        return tuple(found)


class BlockKind(str, Enum):
    """What a block of the clean text is."""

    TEXT = "text"
    HEADING = "heading"
    CAPTION = "caption"
    FURNITURE = "furniture"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption or piece of page furniture: a span of the clean text that no sentence crosses."""

    kind: BlockKind
    span: CharSpan


@dataclass(frozen=True, slots=True)
class CitationMark:
    """A mark such as "12,13", "(16)" or "Citation13": where it points from, and what it points to.

    `at` is the clean offset that the mark stands before; `raw` the mark's characters in the source; `text` as printed; `numbers` the entries that
    it names, empty for author-year marks. `span` is the mark's place in the clean text where it was left there, else None.
    """

    at: int
    raw: CharSpan
    text: str
    numbers: tuple[int, ...]
    span: CharSpan | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the reference list: its number from 1, its text in one line, and what identifies the paper."""

    number: int
    text: str
    raw: CharSpan | None = None
    year: int | None = None
    doi: str | None = None
    pmid: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its place in the grid (from 0), how many rows and columns it takes, and its characters.

    `raw` is None for an empty cell. A cell that spans columns stands once, at its first. `breaks` are where its text begins a new line.
    """

    row: int
    column: int
    text: str
    raw: CharSpan | None
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid. `label` as printed ("Table 2"); caption and footnotes are raw spans; the first `header_rows` rows are headers."""

    label: str
    cells: tuple[Cell, ...]
    header_rows: int
    caption: CharSpan | None = None
    footnotes: tuple[CharSpan, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where raw characters were taken from: the element of an XML file, or the page and box (x0, top, x1, bottom in points) of a PDF."""

    raw: CharSpan
    xpath: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


class SectionKind(str, Enum):
    """The parts of a paper that matter to who said what."""

    TITLE = "title"
    ABSTRACT = "abstract"
    INTRODUCTION = "introduction"
    METHODS = "methods"
    RESULTS = "results"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    TABLE = "table"
    CAPTION = "caption"
    OTHER = "other"
    REFERENCES = "references"
    BACK = "back"

    @property
    def published(self) -> str:
        """The name that records carry: references and back matter are `other` there."""
        return "other" if self in (SectionKind.REFERENCES, SectionKind.BACK) else self.value

    @property
    def read(self) -> bool:
        """Whether outcomes are looked for here."""
        return self not in (SectionKind.REFERENCES, SectionKind.BACK)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the clean text of one kind, with its heading as printed ('' if it has none)."""

    kind: SectionKind
    heading: str
    span: CharSpan


@dataclass(frozen=True, slots=True)
class Source:
    """The file a document was read from."""

    file: str
    format: str
    sha256: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """One source: the text as given (`raw`), the text as read (`text`), and the way back from one to the other.

    `warnings` say what of the file could not be read (a page that is a scan).
    """

    name: str
    source: Source
    raw: str
    text: str
    offsets: OffsetMap
    blocks: tuple[Block, ...]
    citations: tuple[CitationMark, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    references: tuple[Reference, ...] = ()
    places: tuple[Place, ...] = ()
    warnings: tuple[str, ...] = ()
    _section_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the sections."""
        object.__setattr__(self, "_section_starts", tuple(s.span.start for s in self.sections))

    def section_at(self, offset: int) -> Section | None:
        """The section that holds a clean offset."""
        i = bisect_right(self._section_starts, offset) - 1
        if i >= 0 and offset < self.sections[i].span.end:
            return self.sections[i]
        return None

    def marks_in(self, span: CharSpan) -> Iterator[CitationMark]:
        """The citation marks that belong to a sentence: inside it, or stuck to its end.

        A mark in brackets between the full stop and the next sentence ("... was well. [4] The others ...") belongs to the sentence before it.
        """
        for mark in self.citations:
            if span.start < self._belongs_at(mark) <= span.end:
                yield mark

    def _belongs_at(self, mark: CitationMark) -> int:
        """The clean offset behind what a mark belongs to."""
        if mark.span is None or not mark.numbers:
            return mark.at
        start = mark.span.start
        behind_stop = self.text[max(start - 3, 0) : start].rstrip(" ").endswith((".", "!", "?", ".)", '."'))
        before_sentence = self.text[mark.at : mark.at + 2].strip(" ")[:1].isupper()
        return start - int(self.text[start - 1 : start] == " ") if behind_stop and before_sentence else mark.at
