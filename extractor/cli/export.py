"""`onco-extract export`: records for the tools that people use next."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from extractor.cli.boundary import boundary, complain, printable
from extractor.cli.evaluate import CorpusOption, corpora
from extractor.cli.inputs import find_papers
from extractor.cli.terminal import is_terminal

if TYPE_CHECKING:
    from extractor.export import Told
    from extractor.records import EntityMention, SourceFile


class Form(str, Enum):
    """What records are exported to."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    METAFOR = "metafor"
    NETMETA = "netmeta"
    REVMAN = "revman"
    CTGOV = "ctgov"
    FHIR = "fhir"
    BRAT = "brat"


def export_command(
    records: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, metavar="RECORDS", help="What extract wrote, or a Parquet file made of it.")
    ],
    *,
    to: Annotated[Form, typer.Option(help="The form.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUT", help="The file to write; for brat the folder. - is stdout, where it goes without.")
    ] = None,
    corpus: CorpusOption = None,
    mentions: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, metavar="FILE", help="For brat: the entity mentions, as extract wrote them.")
    ] = None,
) -> None:
    """Write records in another form, and tell what the form cannot carry."""
    with boundary():
        output = None if output == Path("-") else output
        if (corpus or mentions) and to is not Form.BRAT:
            raise typer.BadParameter("--corpus and --mentions are for brat, which needs the texts")
        if output is not None and os.path.realpath(output) == os.path.realpath(records):
            raise typer.BadParameter(f"{printable(output)} is the file of records: it would be overwritten")
        if to is Form.BRAT:
            if output is None:
                raise typer.BadParameter("brat is a folder: name it with -o")
            told = export_brat(records, output, corpus=corpora(corpus), mentions=mentions)
        elif output is None and to is Form.PARQUET and is_terminal(sys.stdout):
            raise typer.BadParameter("Parquet is nothing to look at: name a file with -o")
        else:
            told = export_file(records, to.value, output)
        _show(told, output)


def export_file(records: Path, form: str, output: Path | None) -> Told:
    """Write a file of records in a form; to stdout where no output is named.

    Raises:
        LineError: for a line that is no record, or that stands apart from others of its document.
        OutputError: when the output cannot be written.
    """
    from extractor.dataset import LineError, replacing  # noqa: PLC0415  (loads pydantic)
    from extractor.export import FORMS, OrderError, read_any  # noqa: PLC0415

    try:
        with _stdout() if output is None else replacing(output) as stream, _full_disk(output):
            return FORMS[form](read_any(records), stream)
    except OrderError as error:
        raise LineError(records, 1, str(error)) from error


@contextmanager
def _stdout() -> Iterator[BinaryIO]:
    from extractor.dataset import OutputError  # noqa: PLC0415  (loads pydantic)

    if sys.stdout is None:
        raise OutputError("stdout", "cannot be written: it is closed")
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


@contextmanager
def _full_disk(output: Path | None) -> Iterator[None]:
    """Say of which output an error is."""
    from extractor.dataset import OutputError  # noqa: PLC0415  (loads pydantic)

    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(output or "stdout", f"cannot be written: {error.strerror or error}") from error


def export_brat(records: Path, output: Path, *, corpus: Sequence[Path], mentions: Path | None = None) -> Told:
    """Write a folder for brat: the documents whose texts lie in corpus folders.

    Raises:
        LineError: for a line that is no record, or that stands apart from others of its document.
        OutputError: when the folder cannot be written.
    """
    from extractor.dataset import LineError, OutputError, read_mentions  # noqa: PLC0415  (loads pydantic)
    from extractor.export import OrderError, read_any, write_brat  # noqa: PLC0415

    named: dict[str, list[EntityMention]] = defaultdict(list)
    for mention in read_mentions(mentions) if mentions is not None else ():
        named[mention.doc].append(mention)
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(output, f"cannot be made: {error.strerror or error}") from error
    try:
        return write_brat(read_any(records), output, _texts(corpus), named)
    except OrderError as error:
        raise LineError(records, 1, str(error)) from error


def _texts(corpus: Iterable[Path]) -> Callable[[SourceFile], str | None]:
    """The source texts of files that lie in corpus folders, known by their bytes."""
    from extractor.ingest import SourceError, read  # noqa: PLC0415  (loads the readers)

    files = find_papers(corpus).files

    @lru_cache(maxsize=1)
    def hashed() -> dict[str, Path]:
        return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in reversed(files) if path.is_file()}

    def text_of(source: SourceFile) -> str | None:
        path = hashed().get(source.sha256)
        if path is None:
            return None
        try:
            document = read(path)
        except SourceError as error:
            complain(error.reason, about=path)
            return None
        return document.raw if document.source.text_sha256 == source.text_sha256 else None

    return text_of


def _show(told: Told, output: Path | None) -> None:
    """What became of the records, on stderr: nothing is left out in silence."""
    total = told.carried + sum(told.left.values())
    for reason, times in sorted(told.left.items(), key=lambda one: (-one[1], one[0])):
        complain(f"left out, {times:,} of {total:,} records: {reason}")
    for reason, times in sorted(told.partly.items(), key=lambda one: (-one[1], one[0])):
        complain(f"not whole, {times:,} of {total:,} records: {reason}")
    where = "stdout" if output is None else printable(output)
    typer.echo(f"{told.carried:,} of {total:,} records in {told.rows:,} rows; written: {where}", err=True)
