"""`onco-extract ingest`: papers into a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.boundary import Status, boundary, complain, printable
from extractor.cli.inputs import find_papers
from extractor.cli.terminal import table

if TYPE_CHECKING:
    from extractor.dataset import TakenIn


def ingest_command(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", readable=False, help="Papers, or folders that are searched for papers (.txt), subfolders too.")
    ],
    *,
    corpus: Annotated[Path, typer.Option(metavar="DIR", help="The corpus folder; made when it is missing.")],
    debug: Annotated[bool, typer.Option("--debug", help="Stop with a traceback at an internal error.")] = False,
) -> None:
    """Take new papers into a corpus: copied as they are, known by their content, listed in manifest.jsonl."""
    with boundary():
        inputs = find_papers(paths)
        for path, reason in inputs.barren:
            complain(reason, about=path)
        if not inputs.files:
            raise typer.BadParameter("there is nothing to take in", param_hint="PATH")
        result = ingest_files(inputs.files, corpus, debug=debug)
        _show(result, corpus)
        if result.refused or inputs.barren:
            raise typer.Exit(Status.SOME_FAILED)


def ingest_files(files: tuple[Path, ...], corpus: Path, *, debug: bool = False) -> TakenIn:
    """Take files into a corpus folder.

    Raises:
        OutputError: when the folder cannot be written.
        LineError: when its manifest cannot be read.
    """
    from extractor.dataset import take_in  # noqa: PLC0415  (loads the first stages)

    return take_in(files, corpus, debug=debug)


def _show(result: TakenIn, corpus: Path) -> None:
    for refused in result.refused:
        complain(refused.reason, about=refused.path)
    if result.taken:
        rows = [(printable(t.path.name), f"{'new' if t.new else 'known'}: {printable(t.line.file)}", f"{t.line.bytes:,}") for t in result.taken]
        table(("file", "in the corpus", "bytes"), rows)
    new = sum(taken.new for taken in result.taken)
    told = f"{new} new, {len(result.taken) - new} known already, {len(result.refused)} refused"
    typer.echo(f"{told}; corpus: {printable(corpus)}", err=True)
