"""PDF files: the text in reading order with the page and box of every line, and tables as grids.

pdfium reads the characters (`glyphs`); what belongs to the pages is taken off (`furniture`), tables are set apart (`tables`), columns are put into
reading order (`columns`), lines into paragraphs (`paragraphs`), and these are written into one source text (`source`), from which the reflow of
text files makes the clean text.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium

from extractor.document import BlockKind, Document, Source
from extractor.ingest.pdf.columns import Island, Line, columns, gutters, lines
from extractor.ingest.pdf.furniture import without_furniture
from extractor.ingest.pdf.glyphs import page_glyphs
from extractor.ingest.pdf.layers import Layer, PageGlyphs, Run
from extractor.ingest.pdf.paragraphs import Body, Paragraph, body_of, in_flow, paragraphs, without_labels
from extractor.ingest.pdf.source import SourceText, SourceWriter
from extractor.ingest.pdf.tables import Grid, TableSearch, captions_below
from extractor.ingest.pdf.words import repaired
from extractor.ingest.text import compose

MOST_PAGES = 1000
"""A paper has some 12 pages, a thesis some 200."""

MOST_CHARACTERS = 5_000_000
MOST_INFLATED = 200_000_000
"""Bytes of one stream when unpacked: a page of text has some 50,000, a large picture some 50 million."""

_FEWEST_TURNED = 300
"""So many characters that stand sideways are a table or a figure with words; fewer are the labels of an axis or a stamp at the edge."""

_END = b"%%EOF"
_STREAM = re.compile(rb"stream\r?\n")
_PACKED_TWICE = re.compile(rb"/(?:Flate|LZW|RunLength)Decode\s*/(?:Flate|LZW|RunLength)Decode")


class PdfError(ValueError):
    """A PDF that cannot be read, and why."""


def from_pdf(data: bytes, *, name: str, file: str) -> Document:
    """A document from the bytes of a PDF file.

    Raises:
        PdfError: when the file is broken, encrypted, too long, or has no text on any page.
    """
    pages = _pages(data)
    scanned = [page.number for page in pages if page.scanned]
    if not any(layer.runs for page in pages for layer in page.layers):
        found = f"{len(pages)} page{'s' * (len(pages) > 1)} without text"
        raise PdfError(f"expected a PDF with text, found {found}" + (" (a scan? it needs optical character recognition)" if scanned else ""))
    source = source_text(pages)
    flowed = compose(source.raw, source.paragraphs, source.raised)
    return Document(
        name=name,
        source=Source(file, "pdf", hashlib.sha256(data).hexdigest(), hashlib.sha256(source.raw.encode("utf-8")).hexdigest()),
        raw=source.raw,
        text=flowed.text,
        offsets=flowed.offsets,
        blocks=flowed.blocks,
        citations=flowed.citations,
        tables=source.tables,
        references=flowed.references,
        places=source.places,
        warnings=tuple(f"page {number} has no text (a scan?)" for number in scanned),
    )


def _pages(data: bytes) -> list[PageGlyphs]:
    """The pages as they are printed.

    Raises:
        PdfError: when they cannot be had.
    """
    if _END not in data[-2048:]:
        raise PdfError("expected a whole PDF file, found one that breaks off: the end mark %%EOF is missing")
    if _inflates(data):
        raise PdfError(f"expected one paper, found a stream that takes more than {MOST_INFLATED:,} bytes when unpacked: a zip bomb")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = "an encrypted PDF file: it needs a password" if "assword" in str(error) else "a broken PDF file"
        raise PdfError(f"expected a PDF file that can be opened, found {reason}") from error
    try:
        return list(_glyphs(document))
    finally:
        document.close()


def _inflates(data: bytes) -> bool:
    """Whether a packed stream is a bomb. zlib packs at most a thousand to one, so that only long streams need be tried; others are no zlib."""
    if _PACKED_TWICE.search(data):
        return True
    for match in _STREAM.finditer(data):
        end = data.find(b"endstream", match.end())
        if end - match.end() >= MOST_INFLATED / 1100 and _unpacked(data[match.end() : end]) > MOST_INFLATED:
            return True
    return False


def _unpacked(packed: bytes) -> int:
    """How many bytes zlib makes of some, counted up to a little more than are allowed; 0 where they are not packed by it."""
    count, unpacker = 0, zlib.decompressobj()
    while packed and not unpacker.eof and count <= MOST_INFLATED:
        try:
            count += len(unpacker.decompress(packed, 1 << 24))
        except zlib.error:
            break
        packed = unpacker.unconsumed_tail
    return count


def _glyphs(document: pdfium.PdfDocument) -> Iterator[PageGlyphs]:
    count = len(document)
    if not count:
        raise PdfError("expected a PDF file with pages, found none: the file is broken")
    if count > MOST_PAGES:
        raise PdfError(f"expected one paper, at most {MOST_PAGES:,} pages, found {count:,}")
    characters = 0
    for index in range(count):
        try:
            page = page_glyphs(document, index)
        except (pdfium.PdfiumError, ValueError) as error:
            reason = str(error) if isinstance(error, ValueError) else f"page {index + 1} of {count} cannot be read"
            raise PdfError(f"expected a PDF file that is whole, found it broken: {reason}") from error
        characters += sum(len(run.text) for layer in page.layers for run in layer.runs)
        if characters > MOST_CHARACTERS:
            raise PdfError(f"expected one paper, at most {MOST_CHARACTERS:,} characters, found more on its first {index + 1} pages")
        yield page


def source_text(pages: Sequence[PageGlyphs]) -> SourceText:
    """The source text of pages."""
    layers = [layer for page in without_furniture(repaired(pages)) for layer in _read_layers(page)]
    known = _known_gutters(layers)
    body = body_of(run for layer in layers if layer.page <= max(0.75 * len(pages), 1) for run in layer.runs)
    found: list[Paragraph] = []
    searches = [TableSearch(layer, known, body.size) for layer in layers]
    below = captions_below(searches)
    for number, search in enumerate(searches):
        found.extend(without_labels(list(_layer_paragraphs(number, known, body, search.tables(below=below))), body.size))
    return SourceWriter(layers).write(_title_first(in_flow(found), layers, body.size))


def _read_layers(page: PageGlyphs) -> Iterator[Layer]:
    for i, layer in enumerate(page.layers):
        if i == 0 or sum(len(run.text) for run in layer.runs) >= _FEWEST_TURNED:
            yield layer


def _known_gutters(layers: Sequence[Layer]) -> list[float]:
    """The gutters of all pages, the most frequent first."""
    groups: list[list[float]] = []
    for layer in layers:
        for x in gutters(layer.runs, most=1):
            home = next((group for group in groups if abs(group[0] - x) < 8), None)
            groups.append([x]) if home is None else home.append(x)
    return [group[0] for group in sorted(groups, key=len, reverse=True)]


def _layer_paragraphs(number: int, known: Sequence[float], body: Body, tables: tuple[Sequence[Grid], Sequence[Run]]) -> Iterator[Paragraph]:
    """The paragraphs and tables of a layer in reading order, from its tables and the runs that stand in none."""
    grids, rest = tables
    islands = [Island(*grid.box, number=i) for i, grid in enumerate(grids)]
    for column in columns([*rest, *islands], known):
        together: list[Line] = []
        for item in lines(column):
            if isinstance(item, Line):
                together.append(item)
                continue
            yield from paragraphs(together, body, number)
            yield Paragraph((), BlockKind.TABLE, (number,), grids[item.number])
            together = []
        yield from paragraphs(together, body, number)


def _title_first(flow: Sequence[Paragraph], layers: Sequence[Layer], body: float) -> list[Paragraph]:
    """The same with the title in front of what journals print above it."""
    first = [p for p in flow if p.lines and layers[p.layers[0]].page == 1 and p.lines[0].box[1] < 0.6 * layers[p.layers[0]].frame.height]
    titles = [p for p in first if p.size >= 1.2 * body and len(p.text.split()) >= 4 and (not p.text.isupper() or len(p.text) > 60)]
    if not titles:
        return list(flow)
    title = max(titles, key=lambda p: p.size)
    return [title, *(p for p in flow if p is not title)]
