"""Records, mentions and left-over numbers as JSONL, and a corpus of papers with its manifest.

Every file is written whole or not at all. Nothing here depends on the time or on the machine: the same papers taken in give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import jsonlines
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from extractor.document import Document, SectionKind
from extractor.ingest import SourceError, read
from extractor.ingest.text import LABEL
from extractor.records import RECORD, Comparison, EntityMention, Measurement, Unattached
from extractor.sections import segment

MANIFEST = "manifest.jsonl"

_LONGEST_TITLE = 300


class LineError(ValueError):
    """A line of a JSONL file that is not what the file should hold: which file, which line (from 1), and why."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        """Keep the parts: callers may want them apart."""
        super().__init__(f"{path}, line {line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class OutputError(Exception):
    """A place that cannot be written to, and why."""

    def __init__(self, path: Path | str, reason: str) -> None:
        """Keep both parts, as `SourceError` does."""
        super().__init__(f"{path}: {reason}")
        self.path = str(path)
        self.reason = reason


class ManifestLine(BaseModel):
    """What the manifest says of one paper. Fields that a person added to a line (a licence, a citation) are kept."""

    model_config = ConfigDict(frozen=True, extra="allow")

    doc: str
    file: str
    sha256: str
    text_sha256: str
    bytes: int
    format: str
    title: str | None = None


_MENTION: TypeAdapter[EntityMention] = TypeAdapter(EntityMention)
_UNATTACHED: TypeAdapter[Unattached] = TypeAdapter(Unattached)
_MANIFEST_LINE: TypeAdapter[ManifestLine] = TypeAdapter(ManifestLine)


# --- JSONL


def read_records(path: Path) -> tuple[Measurement | Comparison, ...]:
    """The records of a file.

    Raises:
        LineError: for a line that is no record.
        OSError: when the file cannot be read.
    """
    return tuple(read_lines(path, RECORD))


def read_mentions(path: Path) -> tuple[EntityMention, ...]:
    """The entity mentions of a file.

    Raises:
        LineError: for a line that is no mention.
        OSError: when the file cannot be read.
    """
    return tuple(read_lines(path, _MENTION))


def read_unattached(path: Path) -> tuple[Unattached, ...]:
    """The left-over numbers of a file.

    Raises:
        LineError: for a line that is none.
        OSError: when the file cannot be read.
    """
    return tuple(read_lines(path, _UNATTACHED))


def read_manifest(corpus: Path) -> tuple[ManifestLine, ...]:
    """The manifest of a corpus folder; nothing where there is none yet.

    Raises:
        LineError: for a line that is no manifest line.
        OSError: when the file is there and cannot be read.
    """
    path = corpus / MANIFEST
    return tuple(read_lines(path, _MANIFEST_LINE)) if path.exists() else ()


def read_lines(path: Path, adapter: TypeAdapter[Any]) -> Iterator[Any]:
    """The lines of a file that are not blank, each as the adapter reads it. A line ends at a line feed and nowhere else.

    Raises:
        LineError: for a line that the adapter refuses.
        OSError: when the file cannot be read.
    """
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _parsed(path, number, line, adapter)


def _parsed(path: Path, number: int, line: bytes, adapter: TypeAdapter[Any]) -> Any:
    if b"NaN" not in line and b"Infinity" not in line:
        with suppress(ValidationError):  # the short way, five times as fast; what it refuses is read again, for an error that says why
            return adapter.validate_json(line)
    try:
        return adapter.validate_python(jsonlines.Reader([line], loads=_loads).read(type=dict))
    except jsonlines.InvalidLineError as error:
        raise LineError(path, number, error.message.removesuffix(" (line 1)")) from error
    except ValidationError as error:
        raise LineError(path, number, _told(error)) from error


def _loads(line: str | bytes) -> Any:
    try:
        return json.loads(line, parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _told(error: ValidationError) -> str:
    """The first thing that is wrong, and how many more there are."""
    first, *more = error.errors()
    at = ".".join(str(part) for part in first["loc"])
    return (f"{at}: " if at else "") + first["msg"] + (f" (and {len(more)} more)" if more else "")


class Lines:
    """An open JSONL file: UTF-8, a line feed after each object, fields in the order of the model, none left out."""

    def __init__(self, stream: BinaryIO, name: Path | str) -> None:
        """Write to a stream of bytes, which the caller closes; the name is what an error says."""
        self._writer = jsonlines.Writer(stream, dumps=_dumps)
        self._name = name

    def write(self, items: Iterable[BaseModel]) -> None:
        """Write each item as one line.

        Raises:
            OutputError: when the stream takes no more.
        """
        with _output_errors(self._name):
            self._writer.write_all(item.model_dump(mode="json") for item in items)


def _dumps(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False, allow_nan=False)


@contextmanager
def _output_errors(name: Path | str) -> Iterator[None]:
    """Say of which output an error is. A pipe whose reader has gone is none: it stays what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(name, f"cannot be written: {error.strerror or error}") from error


@contextmanager
def writing(path: Path) -> Iterator[Lines]:
    """Write a JSONL file whole or not at all: when the block raises, the file is what it was before.

    Raises:
        OutputError: when the folder is missing, or the file cannot be written.
    """
    with replacing(path) as stream:
        yield Lines(stream, path)


def write(path: Path, items: Iterable[BaseModel]) -> None:
    """Write a JSONL file whole or not at all.

    Raises:
        OutputError: when the folder is missing, or the file cannot be written.
    """
    with writing(path) as lines:
        lines.write(items)


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, newlines as they are, whole or not at all.

    Raises:
        OutputError: when the folder is missing, or the file cannot be written.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write bytes as they are, whole or not at all.

    Raises:
        OutputError: when the folder is missing, or the file cannot be written.
    """
    with replacing(path) as stream, _output_errors(path):
        stream.write(data)


@contextmanager
def streaming(stream: BinaryIO, name: str) -> Iterator[Lines]:
    """Write JSONL to a stream that is open already, such as stdout.

    Raises:
        OutputError: when it takes no more.
    """
    yield Lines(stream, name)
    with _output_errors(name):
        stream.flush()


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file when the block ends well: they are written beside it and take its place.

    Raises:
        OutputError: when the folder is missing, or the file cannot be written.
    """
    with _output_errors(path):
        target = Path(os.path.realpath(path))  # a link stays a link: what it points to is written
        _check_target(path, target)
        in_place = target.exists() and not target.is_file()  # a pipe or a device (/dev/null) is never replaced
        temporary = target if in_place else target.with_name(f".{secrets.token_hex(8)}.tmp")
        stream = temporary.open("wb" if in_place else "xb")
    try:
        yield stream
        with _output_errors(path):
            stream.flush()
            if not in_place:
                os.fsync(stream.fileno())
                stream.close()
                _take_place(temporary, target)
    finally:
        with suppress(OSError):
            stream.close()
        if not in_place:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _take_place(temporary: Path, target: Path) -> None:
    if target.exists():
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))
    temporary.replace(target)


def _check_target(path: Path, target: Path) -> None:
    if target.is_dir():
        raise OutputError(path, "cannot be written: it is a folder")
    if not target.parent.is_dir():
        raise OutputError(path, f"cannot be written: there is no folder {path.parent}")
    if target.exists() and not os.access(target, os.W_OK):
        raise OutputError(path, "cannot be written: it is write-protected")


# --- failures, one document at a time


def failure(error: Exception) -> str:
    """Why a document could not be used, in one line: what a user can put right, or an error of ours."""
    if isinstance(error, SourceError):
        return error.reason
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    said = " ".join(str(error).split())
    told = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return f"internal error: {told[:300]}; please report"


def check_name(path: Path) -> None:
    """Refuse a file name that no record could carry.

    Raises:
        SourceError: when the name is not UTF-8.
    """
    try:
        path.name.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(path, "its name is not UTF-8: rename it") from error


# --- the corpus


@dataclass(frozen=True, slots=True)
class Taken:
    """A paper that is in the corpus now, and whether it was not before."""

    path: Path
    line: ManifestLine
    new: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of each file, in the order given."""

    taken: tuple[Taken, ...]
    refused: tuple[Refused, ...]


def take_in(paths: Iterable[Path], corpus: Path, *, debug: bool = False) -> TakenIn:
    """Copy new papers into a corpus folder, byte for byte, and list them in its manifest.

    A paper is known by the sha256 of its bytes: taken again, under whatever name, it changes nothing. It keeps its file name unless another paper
    has that name or document name. A file that lies in the corpus folder already is listed where it lies; when it was edited, its line is renewed.

    Args:
        paths: the files, in order.
        corpus: the folder; it is made when only it is missing.
        debug: let an unexpected error in one document through instead of refusing the document.

    Raises:
        OutputError: when the folder or a file in it cannot be written.
        LineError: when the manifest that is there cannot be read.
    """
    _make_folder(corpus)
    listed = {line.file: line for line in read_manifest(corpus)}
    taken: list[Taken] = []
    refused: list[Refused] = []
    for path in paths:
        try:
            line, new = _take(path, corpus, listed)
        except OutputError:
            raise
        except Exception as error:
            if debug and not isinstance(error, SourceError):
                raise
            refused.append(Refused(path, failure(error)))
        else:
            listed[line.file] = line
            taken.append(Taken(path, line, new))
    if taken:
        lines: list[ManifestLine] = sorted(listed.values(), key=lambda line: (line.doc, line.file))
        write(corpus / MANIFEST, lines)
    return TakenIn(tuple(taken), tuple(refused))


def _make_folder(corpus: Path) -> None:
    try:
        corpus.mkdir(exist_ok=True)
    except OSError as error:
        told = "there is a file of that name" if os.path.exists(corpus) else error.strerror or str(error)
        raise OutputError(corpus, f"cannot be made a corpus folder: {told}") from error


def _read(path: Path) -> tuple[Document, bytes]:
    check_name(path)
    document = read(path)
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != document.source.sha256:
        raise SourceError(path, "expected a file that stays as it is, found other bytes on reading it again")
    return document, data


def _take(path: Path, corpus: Path, listed: dict[str, ManifestLine]) -> tuple[ManifestLine, bool]:
    """The manifest line of a paper, and whether it is new; its file is in the corpus afterwards."""
    document, data = _read(path)
    sha256 = document.source.sha256
    known = next((line for line in listed.values() if line.sha256 == sha256), None)
    if known is not None:
        _keep(path, data, corpus / known.file, sha256)
        return known, False
    if os.path.realpath(path.parent) == os.path.realpath(corpus):
        name = _own_name(path, listed)
    else:
        name = _free_name(path, sha256, corpus, listed)
        write_bytes(corpus / name, data)
    return _line(name, document, data, listed.get(name)), True


def _keep(path: Path, data: bytes, copy: Path, sha256: str) -> None:
    """See that the corpus still holds what the manifest lists: a lost copy is written again, an edited one is somebody's work."""
    found = _sha256(copy)
    if found is None:
        write_bytes(copy, data)
    elif found != sha256:
        raise SourceError(path, f"expected the same paper as {copy}, found that copy edited: take the copy in to list it as it is now")


def _own_name(path: Path, listed: dict[str, ManifestLine]) -> str:
    other = next((line.file for line in listed.values() if line.doc.casefold() == path.stem.casefold() and line.file != path.name), None)
    if other is not None:
        raise SourceError(path, f"expected a document name of its own, found that of {other}: rename it")
    return path.name


def _free_name(path: Path, sha256: str, corpus: Path, listed: dict[str, ManifestLine]) -> str:
    """The file's name, with a piece of its hash where the name, or the document name that comes of it, is another paper's."""
    names = (path.name, f"{path.stem}-{sha256[:8]}{path.suffix}", f"{path.stem}-{sha256}{path.suffix}")
    there: dict[str, set[str]] = {}
    for name in (MANIFEST, *listed, *(found.name for found in corpus.iterdir())):
        there.setdefault(Path(name).stem.casefold(), set()).add(name)
    return next(name for name in names if all(_sha256(corpus / other) == sha256 for other in there.get(Path(name).stem.casefold(), ())))


def _sha256(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _line(name: str, document: Document, data: bytes, before: ManifestLine | None) -> ManifestLine:
    return ManifestLine.model_validate(
        {
            **((before.model_extra or {}) if before is not None else {}),
            "doc": Path(name).stem,
            "file": name,
            "sha256": document.source.sha256,
            "text_sha256": document.source.text_sha256,
            "bytes": len(data),
            "format": document.source.format,
            "title": title_of(document),
        }
    )


def title_of(document: Document) -> str | None:
    """The title where the paper marks it as such; a guess is no title."""
    for section in segment(document).sections:
        if section.kind is SectionKind.TITLE:
            text = section.span.of(document.text)
            label = LABEL.match(text)
            title = text[label.end() if label else 0 :].strip().split("\n")[0].strip()
            return title if 0 < len(title) <= _LONGEST_TITLE else None
    return None
