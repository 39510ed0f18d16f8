"""Stage 1: a file becomes a `Document`.

The format is chosen by content, not by suffix. A format that is not read, a file that is not text and a text that is no paper are refused with a
`SourceError` that names the file, what was expected and what was found.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable
from pathlib import Path

from extractor.document import Document, Reference, Source, Table
from extractor.ingest.composing import MAX_CHARACTERS, Composed
from extractor.ingest.jats import read_jats
from extractor.ingest.markup import MarkupError, children, name, parse
from extractor.ingest.pubmed import MEDLINE, PUBMED, read_medline, read_pubmed
from extractor.ingest.text import reflow

MAX_BYTES = 100_000_000
"""Of a file: a PDF with many pictures has some 50 million, the longest JATS files some ten. What is longer is not even opened."""

_SIGNATURES = {
    b"PK\x03\x04": "a zip archive (a .docx or .zip file)",
    b"\x1f\x8b": "a gzip archive: unpack it",
    b"{\\rtf": "an RTF document: save it as plain text or PDF",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\xff\xfe": "UTF-16 text: convert it to UTF-8",
    b"\xfe\xff": "UTF-16 text: convert it to UTF-8",
}
_CALLED = {".pdf": "a PDF file", ".xml": "XML", ".nxml": "XML"}
_PLACES = {
    stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device",
}  # fmt: skip


MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE|!--|[A-Za-z][\w:.-]*[\s>/])|\xff\xfe<\0[?!a-z]\0|\xfe\xff\0<\0[?!a-z]", re.IGNORECASE)
"""How a file of XML or HTML begins, in UTF-8 (and its kin) or UTF-16."""

PDF = re.compile(rb"[\s\S]{0,1024}?%PDF-\d")
"""How a PDF file begins; what mail programs and servers put before the signature is passed over, as PDF readers do."""

_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<\?xml.*?\?>\s*)*<(?:!DOCTYPE\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_EXPECTED_XML = "one paper as JATS XML, or one abstract as PubMed XML"
_Found = tuple[Composed, tuple[Table, ...], tuple[Reference, ...], tuple[str, ...]]


class SourceError(Exception):
    """A source that cannot be read: which file, and why."""

    def __init__(self, path: Path | str, reason: str) -> None:
        """Keep both parts: the command line prints them, callers may want them apart."""
        super().__init__(f"{path}: {reason}")
        self.path = str(path)
        self.reason = reason

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str]]:
        """Both parts go with it from one process to another."""
        return type(self), (self.path, self.reason)


def read(path: Path | str) -> Document:
    """Read one source file.

    Offsets of everything that is read from it are into `Document.raw`: of a text the file decoded as UTF-8, newlines untouched, of XML the source
    text that was taken out of it. What text is cannot be told by its content: it is refused where the file is called something else, for what lies
    under the name of a PDF or XML file and is neither is a server's message more often than a paper.

    Raises:
        SourceError: when the file is missing, unreadable, empty, neither XML of a kind that is read nor UTF-8 text, or too long to be a paper.
    """
    path = Path(path)
    data = _bytes(path)
    if MARKUP.match(data):
        return _from_markup(path, data)
    if PDF.match(data):
        return _from_pdf(path, data)
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise SourceError(path, f"expected a paper as plain text in UTF-8, XML or PDF, found {what}")
    raw = _decoded(path, data)
    if MEDLINE.match(raw) and len(raw) <= MAX_CHARACTERS:
        return _composed(path, data, "medline", lambda: (read_medline(raw), (), (), ()))
    if raw.strip("\ufeff \t\r\n\f\v") and (called := _CALLED.get(path.suffix.lower())):
        raise SourceError(
            path, f"expected {called}, as it is called, found plain text ({' '.join(raw[:200].split())[:40]!r}): name it .txt if it is a paper"
        )
    return from_text(raw, name=path.stem, file=path.name, sha256=hashlib.sha256(data).hexdigest(), path=path)


def _decoded(path: Path, data: bytes) -> str:
    """Bytes as UTF-8 text.

    Raises:
        SourceError: when they are none, or too many.
    """
    if len(data) > 4 * MAX_CHARACTERS:  # before they are decoded, which can take four times the memory
        raise SourceError(path, f"expected the text of one paper, at most {MAX_CHARACTERS:,} characters, found {len(data):,} bytes")
    if b"\0" in data:
        raise SourceError(path, f"expected plain text in UTF-8, found binary data (a NUL byte at {data.index(0)})")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise SourceError(path, f"expected plain text in UTF-8, found that it breaks off inside a character at {error.start}") from error
        found = f"byte 0x{data[error.start]:02x} at {error.start}"
        raise SourceError(path, f"expected plain text in UTF-8, found {found}: perhaps Latin-1, convert it to UTF-8") from error


def from_text(raw: str, *, name: str = "text", file: str = "text", sha256: str | None = None, path: Path | str | None = None) -> Document:
    """A document from text in memory, as `read` makes it from a file.

    Raises:
        SourceError: when there is nothing to read, or too much.
    """
    where = path if path is not None else file
    if not raw.strip("\ufeff \t\r\n\f\v"):
        raise SourceError(
            where, "expected the text of a paper, found an empty file" if not raw else "expected the text of a paper, found only blanks"
        )
    if len(raw) > MAX_CHARACTERS:
        longest = max(len(line) for line in raw.split("\n"))
        raise SourceError(
            where,
            f"expected the text of one paper, at most {MAX_CHARACTERS:,} characters, found {len(raw):,} (longest line {longest:,})",
        )
    if sum(raw.count(c) for c in map(chr, (*range(1, 9), *range(14, 32)))) > len(raw) / 20:
        raise SourceError(where, "expected plain text, found mostly control characters: a binary file")
    text_sha256 = hashlib.sha256(raw.encode("utf-8")).hexdigest()
    flowed = reflow(raw)
    return Document(
        name=name,
        source=Source(file=file, format="txt", sha256=sha256 or text_sha256, text_sha256=text_sha256),
        raw=raw,
        text=flowed.text,
        offsets=flowed.offsets,
        blocks=flowed.blocks,
        citations=flowed.citations,
        references=flowed.references,
        tables=flowed.tables,
    )


def _from_markup(path: Path, data: bytes) -> Document:
    """A paper from XML: JATS or PubMed, told by its elements."""
    if _HTML.match(data):
        raise SourceError(path, f"expected {_EXPECTED_XML}, found an HTML page")

    def found() -> _Found:
        tree = parse(data)
        if PUBMED & {name(one) for one in (tree.getroot(), *children(tree.getroot()))}:
            return read_pubmed(tree), (), (), ()
        paper = read_jats(tree)
        return paper.composed, paper.tables, paper.references, paper.warnings

    return _composed(path, data, "xml", found)


def _from_pdf(path: Path, data: bytes) -> Document:
    from extractor.ingest.pdf import PdfError, from_pdf  # noqa: PLC0415  (loads pdfium, which other formats should not pay for)

    try:
        return from_pdf(data, name=path.stem, file=path.name)
    except PdfError as error:
        raise SourceError(path, str(error)) from error


def _composed(path: Path, data: bytes, form: str, read_it: Callable[[], _Found]) -> Document:
    """The document of a file whose source text was taken out of it.

    Raises:
        SourceError: when there is no paper in it, or too much.
    """
    try:
        composed, tables, references, warnings = read_it()
    except MarkupError as error:
        raise SourceError(path, f"expected {_EXPECTED_XML if form == 'xml' else 'one abstract'}, found {error}") from error
    text_sha256 = hashlib.sha256(composed.raw.encode("utf-8", errors="surrogatepass")).hexdigest()
    return Document(
        name=path.stem,
        source=Source(file=path.name, format=form, sha256=hashlib.sha256(data).hexdigest(), text_sha256=text_sha256),
        raw=composed.raw,
        text=composed.text,
        offsets=composed.offsets,
        blocks=composed.blocks,
        citations=composed.citations,
        sections=composed.sections,
        tables=tables,
        references=references,
        places=composed.places,
        warnings=warnings,
    )


def _bytes(path: Path) -> bytes:
    """What a file holds; nothing that may have no end or never answer is opened."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise SourceError(path, f"expected a file, found {_PLACES.get(stat.S_IFMT(found.st_mode), 'something else')}")
        if found.st_size > MAX_BYTES:
            raise SourceError(path, f"expected one paper, at most {MAX_BYTES:,} bytes, found {found.st_size:,}")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(path, "no such file") from error
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror or error}") from error
