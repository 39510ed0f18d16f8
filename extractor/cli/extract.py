"""`onco-extract extract`: papers to records."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.boundary import Status, boundary, complain, printable
from extractor.cli.inputs import Inputs, find_papers
from extractor.cli.terminal import bar, is_terminal, table
from extractor.syntax import NONE

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


def extract_command(  # noqa: PLR0913  (one for each option)
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", readable=False, help="Papers, or folders searched for papers (.txt, .xml, .nxml, .pdf), subfolders too."),
    ],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the records here; - is stdout, where they go without this.")
    ] = None,
    mentions: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the entity mentions here.")] = None,
    unattached: Annotated[Path | None, typer.Option(metavar="FILE", help="Write here the numbers that became no record, and why.")] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="A spaCy pipeline with a parser: an installed package or a folder; none for no trees.")
    ] = None,
    lexicon: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, metavar="FILE", help="More drugs, trials and endpoints, as a table with tabs.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="How many papers are read at a time.")] = 1,
    debug: Annotated[bool, typer.Option("--debug", help="Stop with a traceback at an internal error; reads one paper at a time.")] = False,
) -> None:
    """Read papers and write their outcome records, one JSON object a line."""
    with boundary():
        output = None if output == Path("-") else output
        inputs = find_papers(paths)
        check_use(inputs, [output, mentions, unattached], model=model, lexicon=lexicon)
        _warn_of_names(inputs.files)
        with bar(len(inputs.files), visible=is_terminal(sys.stderr) and (output is not None or not is_terminal(sys.stdout))) as step:
            summary = extract_files(
                inputs.files,
                output=output,
                mentions=mentions,
                unattached=unattached,
                model=model,
                lexicon=lexicon,
                jobs=jobs,
                debug=debug,
                watch=_watch(step),
            )
        if output is not None or is_terminal(sys.stderr):
            _show(summary, output)
        if summary.failed or inputs.barren:
            raise typer.Exit(Status.SOME_FAILED)


def extract_files(  # noqa: PLR0913  (the options again, each by its name)
    files: Sequence[Path],
    *,
    output: Path | None = None,
    mentions: Path | None = None,
    unattached: Path | None = None,
    model: str | None = None,
    lexicon: Path | None = None,
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
        lexicon: a user's own drugs, trials and endpoints.
        jobs: how many processes read; the output is the same for any number.
        debug: let an unexpected error in one paper through.
        watch: called with each reading as it comes.

    Raises:
        OutputError: when an output cannot be written.
    """
    from extractor.cli.reading import readings  # noqa: PLC0415  (loads every stage)
    from extractor.dataset import writing  # noqa: PLC0415

    rows: list[Row] = []
    try:
        with ExitStack() as stack:
            found = stack.enter_context(closing(readings(files, model=model, lexicon=lexicon, jobs=jobs, debug=debug)))
            opened = {"records": stack.enter_context(_stdout() if output is None else writing(output))}
            others = {"mentions": mentions, "unattached": unattached}
            opened |= {what: stack.enter_context(writing(path)) for what, path in others.items() if path is not None}
            for reading in found:
                for what, lines in opened.items():
                    lines.write(getattr(reading, what))
                rows.append(Row(reading.path, reading.format, reading.characters, len(reading.records), len(reading.unattached), reading.reason))
                watch(reading)
            if all(row.reason is not None for row in rows):
                raise _NothingReadError
    except _NothingReadError:
        return Summary(tuple(rows), written=False)
    return Summary(tuple(rows), written=True)


@contextmanager
def _stdout() -> Iterator[Lines]:
    from extractor.dataset import OutputError, streaming  # noqa: PLC0415  (loads pydantic)

    if sys.stdout is None:
        raise OutputError("stdout", "cannot be written: it is closed")
    with streaming(sys.stdout.buffer, "stdout") as lines:
        yield lines


def check_use(inputs: Inputs, outputs: Sequence[Path | None], *, model: str | None = None, lexicon: Path | None = None) -> None:
    """Refuse what cannot be meant, before anything is read.

    Raises:
        BadParameter: when there is nothing to read, when an output is an input or another output, or when there is no such model.
        LexiconError: when the lexicon does not have the form of the project's own.
    """
    for path, reason in inputs.barren:
        complain(reason, about=path)
    if not inputs.files:
        raise typer.BadParameter("there is nothing to read", param_hint="PATH")
    targets = Counter(os.path.realpath(path) for path in outputs if path is not None)
    sources = {os.path.realpath(file) for file in inputs.files}
    for target, times in targets.items():
        if target in sources:
            raise typer.BadParameter(f"{printable(target)} is one of the papers: it would be overwritten")
        if lexicon is not None and target == os.path.realpath(lexicon):
            raise typer.BadParameter(f"{printable(target)} is the lexicon: it would be overwritten")
        if times > 1 and (os.path.isfile(target) or not os.path.exists(target)):  # /dev/null may be named as often as one likes
            raise typer.BadParameter(f"{printable(target)} is named for two outputs")
    if model is not None and not _is_model(model):
        raise typer.BadParameter(f"there is no spaCy pipeline {model!r}, neither a folder nor an installed package", param_hint="--model")
    if lexicon is not None:
        from extractor.lexicons.added import read_added  # noqa: PLC0415  (loads pydantic)

        read_added(lexicon)


def _is_model(name: str) -> bool:
    if name == NONE or os.path.isfile(os.path.join(name, "config.cfg")):
        return True
    try:
        distribution(name)
    except (PackageNotFoundError, ValueError):
        return False
    return True


def _warn_of_names(files: Sequence[Path]) -> None:
    """Records name their paper by its file name without suffix: say so where two papers share one."""
    for name, times in Counter(file.stem for file in files).items():
        if times > 1:
            complain(f"note: {times} papers are called {printable(name)}; tell their records apart by `source`, not by `doc`")


def _watch(step: Callable[[str], None]) -> Callable[[Reading], None]:
    def watch(reading: Reading) -> None:
        if reading.reason is not None:
            complain(reading.reason, about=reading.path)
        for warning in reading.warnings:
            complain(f"note: {warning}", about=reading.path)
        step(printable(reading.path.name))

    return watch


def _show(summary: Summary, output: Path | None) -> None:
    read = [row for row in summary.rows if row.reason is None]
    if read:
        rows = [(printable(row.path.name), row.format, f"{row.characters:,}", f"{row.records:,}", f"{row.unattached:,}") for row in read]
        total = [f"{sum(numbers):,}" for numbers in zip(*((row.characters, row.records, row.unattached) for row in read), strict=True)]
        table(("file", "format", "characters", "records", "unattached"), rows, total=("total", "", *total) if len(read) > 1 else None)
    counted = f"{len(read)} of {len(summary.rows)} read"
    where = "stdout" if output is None else printable(output)
    typer.echo(f"{counted}; records: {where}" if summary.written else f"{counted}; nothing written", err=True)
