"""The source text of a PDF: its lines in reading order, paragraphs parted by blank lines, and where on which page each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.document import BlockKind, Cell, CharSpan, Place, Table, fold
from extractor.ingest.citations import Mark, numbers_in
from extractor.ingest.pdf.layers import Layer
from extractor.ingest.pdf.paragraphs import Paragraph
from extractor.ingest.pdf.tables import Grid

# "1,2", "4 6 16-17", "5-7": what a superscript of citations holds, the numbers parted by commas, semicolons or blanks.
_CITES = re.compile(r"[1-9]\d{0,2}(?:\s?[-,;\s]\s?[1-9]\d{0,2})*[,;]?")
# What a raised number is the exponent, the mass or the part of: units, statistics, names of chemistry.
_NOT_CITED_AFTER = re.compile(r"(?:^|[\s(/.,×·\d])(?:[mck]?m|kg|[Rrχ]|χ|Chi|I|s|h|10)$")
_EXPONENTS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_BYLINE = 0.25
"""A paragraph with so many marks to a word lists authors with the numbers of their addresses."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a PDF says: the text, its paragraphs as raw spans of lines, the superscripts that cite, and where everything stands."""

    raw: str
    paragraphs: tuple[tuple[BlockKind, tuple[CharSpan, ...]], ...]
    raised: tuple[Mark, ...]
    tables: tuple[Table, ...]
    places: tuple[Place, ...]


class SourceWriter:
    """Writes paragraphs and tables one after the other, and notes where each character was taken from."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        """Take the layers that lines refer to by number."""
        self._layers = layers
        self._text: list[str] = []
        self._length = 0
        self._paragraphs: list[tuple[BlockKind, tuple[CharSpan, ...]]] = []
        self._raised: list[Mark] = []
        self._tables: list[Table] = []
        self._places: list[Place] = []

    def write(self, flow: Sequence[Paragraph]) -> SourceText:
        """The source text of everything, in the order given."""
        for paragraph in flow:
            if paragraph.grid is not None:
                self._table(paragraph.grid, paragraph.layers[0])
            else:
                self._paragraph(paragraph)
            self._put("\n")
        return SourceText("".join(self._text), tuple(self._paragraphs), tuple(self._raised), tuple(self._tables), tuple(self._places))

    def _put(self, text: str) -> CharSpan:
        start = self._length
        self._text.append(text)
        self._length += len(text)
        return CharSpan(start, self._length)

    def _paragraph(self, paragraph: Paragraph) -> CharSpan:
        spans = []
        marks: list[Mark] = []
        for line, layer in zip(paragraph.lines, paragraph.layers, strict=True):
            text = _with_exponents(line.text, line.raised)
            span = self._put(text)
            self._put("\n")
            spans.append(span)
            marks.extend(_marks(text, line.raised, span.start))
            self._place(span, layer, line.box)
        words = sum(line.text.count(" ") + 1 for line in paragraph.lines)
        if paragraph.kind is not BlockKind.TEXT or len(marks) <= max(_BYLINE * words, 2):
            self._raised.extend(marks)
        self._paragraphs.append((paragraph.kind, tuple(spans)))
        return CharSpan(spans[0].start, spans[-1].end)

    def _place(self, span: CharSpan, layer: int, box: tuple[float, float, float, float]) -> None:
        self._places.append(Place(span, page=self._layers[layer].page, box=self._layers[layer].published(box)))

    def _table(self, grid: Grid, layer: int) -> None:
        """The caption, the rows with tabs between their cells, the footnotes."""
        caption = self._paragraph(Paragraph(grid.caption, BlockKind.CAPTION, (layer,) * len(grid.caption))) if grid.caption else None
        cells: list[Cell] = []
        for i, row in enumerate(grid.rows):
            start = self._length
            for j, cell in enumerate(row):
                span = None
                if j:
                    self._put("\t")
                if cell.text:
                    span = self._put(cell.text)
                    self._place(span, layer, cell.box)
                cells.append(Cell(i, cell.column, cell.bare, span, column_span=cell.columns, header=i < grid.header_rows))
            if self._length > start:
                self._paragraphs.append((BlockKind.TABLE, (CharSpan(start, self._length),)))
            self._put("\n")
        footnotes = tuple(self._paragraph(Paragraph(note, BlockKind.TABLE, (layer,) * len(note))) for note in grid.footnotes)
        self._tables.append(Table(grid.label, tuple(cells), grid.header_rows, caption, footnotes))


def _with_exponents(text: str, raised: Sequence[tuple[int, int]]) -> str:
    """Powers of ten as they are printed: "10" and a raised 9 is no 109."""
    for start, end in raised:
        if text[:start].endswith("10") and not text[:start].endswith("010") and re.fullmatch(r"[-−–+]?\d{1,2}", text[start:end]):
            text = text[:start] + text[start:end].translate(_EXPONENTS) + text[end:]
    return text


def _marks(text: str, raised: Sequence[tuple[int, int]], at: int) -> Iterator[Mark]:
    """The superscripts of a line that cite: numbers behind a word, a stop or a bracket."""
    for start, end in raised:
        printed = fold(text[start:end])
        before = text[:start]
        if not before or before[-1].isspace() or not _CITES.fullmatch(printed) or _NOT_CITED_AFTER.search(before[-8:]):
            continue
        numbers = numbers_in(re.sub(r"(?<=\d)[;\s]+(?=\d)", ",", printed).rstrip(",;"))
        if numbers:
            yield Mark(CharSpan(at + start, at + end), numbers, stuck=True)
