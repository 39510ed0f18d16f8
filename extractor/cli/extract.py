"""`onco-extract extract`: papers to records."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.boundary import Status, boundary, complain, printable
from extractor.cli.inputs import Inputs, find_papers
from extractor.cli.terminal import bar, is_terminal, table

if TYPE_CHECKING:
    from extractor.cli.reading import Reading
    from extractor.dataset import Lines


@dataclass(frozen=True, slots=True)
class Row:
    """One input in the table at the end; `reason` says why it failed."""

    path: Path
    format: str
    characters: int
    records: int
    unattached: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What was read. Nothing is written when nothing could be read: the results of an earlier run stay."""

    rows: tuple[Row, ...]
    written: bool

    @property
    def failed(self) -> int:
        """How many inputs could not be read."""
        return sum(row.reason is not None for row in self.rows)


class _NothingReadError(Exception):
    """Leaves the output files as they were."""


def extract_command(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Papers, or folders that are searched for papers (.txt), subfolders too.")],
    *,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the records here instead of to stdout.")] = None,
    mentions: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the entity mentions here.")] = None,
    unattached: Annotated[Path | None, typer.Option(metavar="FILE", help="Write here the numbers that became no record, and why.")] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="A spaCy pipeline with a parser: an installed package or a folder.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="How many papers are read at a time.")] = 1,
    debug: Annotated[bool, typer.Option("--debug", help="Stop with a traceback at an internal error; reads one paper at a time.")] = False,
) -> None:
    """Read papers and write their outcome records, one JSON object a line."""
    with boundary():
        inputs = find_papers(paths)
        check_use(inputs, [output, mentions, unattached], model=model)
        _warn(inputs)
        with bar(len(inputs.files), visible=is_terminal(sys.stderr) and (output is not None or not is_terminal(sys.stdout))) as step:
            summary = extract_files(
                inputs.files, output=output, mentions=mentions, unattached=unattached, model=model, jobs=jobs, debug=debug, watch=_watch(step)
            )
        if output is not None or is_terminal(sys.stderr):
            _show(summary, output)
        if summary.failed or inputs.barren:
            raise typer.Exit(Status.SOME_FAILED)


def extract_files(
    files: Sequence[Path],
    *,
    output: Path | None = None,
    mentions: Path | None = None,
    unattached: Path | None = None,
    model: str | None = None,
    jobs: int = 1,
    debug: bool = False,
    watch: Callable[[Reading], None] = lambda _: None,
) -> Summary:
    """Read files and write what was read, each output whole or not at all.

    Args:
        files: the papers, in the order of the output.
        output: where the records go; None is stdout.
        mentions: where the entity mentions go, if anywhere.
        unattached: where the left-over numbers go, if anywhere.
        model: a spaCy pipeline with a parser, by name or folder.
        jobs: how many processes read; the output is the same for any number.
        debug: let an unexpected error in one paper through.
        watch: called with each reading as it comes.

    Raises:
        OutputError: when an output cannot be written.
    """
    from extractor.cli.reading import readings  # noqa: PLC0415  (loads every stage)

    rows: list[Row] = []
    try:
        with ExitStack() as stack, closing(readings(files, model=model, jobs=jobs, debug=debug)) as found:
            to_records, to_mentions, to_unattached = (stack.enter_context(_opened(path)) for path in (output or sys.stdout, mentions, unattached))
            for reading in found:
                to_records.write(reading.records)
                to_mentions.write(reading.mentions)
                to_unattached.write(reading.unattached)
                rows.append(Row(reading.path, reading.format, reading.characters, len(reading.records), len(reading.unattached), reading.reason))
                watch(reading)
            if all(row.reason is not None for row in rows):
                raise _NothingReadError
    except _NothingReadError:
        return Summary(tuple(rows), written=False)
    return Summary(tuple(rows), written=True)
