"""`onco-extract dataset`: a corpus as a data set that people can use at once."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.cli.boundary import Status, boundary, complain, printable
from extractor.cli.extract import check_use
from extractor.cli.inputs import Inputs, find_papers
from extractor.cli.terminal import bar, is_terminal, table

if TYPE_CHECKING:
    from extractor.cli.reading import Reading
    from extractor.dataset import ManifestLine
    from extractor.publish import Facts, Paper, Settings


@dataclass(frozen=True, slots=True)
class Reader:
    """How papers are read: the options that `extract` has too."""

    model: str | None = None
    lexicon: Path | None = None
    jobs: int = 1
    debug: bool = False


def dataset_command(  # noqa: PLR0913  (one for each option)
    corpus: Annotated[Path, typer.Argument(exists=True, file_okay=False, metavar="CORPUS", help="A corpus, or any folder of papers.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to write: whole or not at all.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a data set that is there.")] = False,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="What the data card calls it.")] = None,
    licence: Annotated[str | None, typer.Option(metavar="NAME", help="Licence of the data set; else that which the papers share.")] = None,
    texts: Annotated[bool, typer.Option("--texts/--no-texts", help="Put the papers' texts in: may they be passed on?")] = True,
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of the splits.")] = 0,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="A spaCy pipeline with a parser: an installed package or a folder; none for no trees.")
    ] = None,
    lexicon: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, metavar="FILE", help="More drugs, trials and endpoints, as a table with tabs.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="How many papers are read at a time.")] = 1,
    debug: Annotated[bool, typer.Option("--debug", help="Stop with a traceback at an internal error; reads one paper at a time.")] = False,
) -> None:
    """Write a data set: records, documents, mentions and numbers left over, as JSON Lines and Parquet, with splits, data card and manifest."""
    with boundary(), _termination_as_interrupt():
        from extractor import __version__  # noqa: PLC0415  (loads every stage)
        from extractor.publish import Settings, check_target  # noqa: PLC0415

        named = {name: value for name, value in (("title", title), ("licence", licence)) if value}
        settings = Settings(version=__version__, seed=seed, texts=texts, overwrite=overwrite, **named)
        output = output.absolute() if output.name else output.resolve()
        check_target(output, overwrite=overwrite)
        inputs = find_corpus(corpus)
        check_use(inputs, [], model=model, lexicon=lexicon)
        with bar(len(inputs.files), visible=is_terminal(sys.stderr)) as step:
            facts = write_dataset(inputs.files, corpus, output, settings, Reader(model, lexicon, jobs, debug), step=step)
        if facts is None:
            typer.echo("no paper read; nothing written", err=True)
        else:
            _show(facts, output)
        if facts is None or facts.failed or inputs.barren:
            raise typer.Exit(Status.SOME_FAILED)


@contextmanager
def _termination_as_interrupt() -> Iterator[None]:
    """Let SIGTERM end the command as Ctrl-C does, so that nothing half-written is left."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def find_corpus(corpus: Path) -> Inputs:
    """The papers of a corpus: those that its manifest lists; all that lie in the folder where it has none.

    Raises:
        LineError: when the manifest cannot be read.
    """
    from extractor.dataset import read_manifest  # noqa: PLC0415  (loads pydantic)

    found = find_papers([corpus])
    lines = read_manifest(corpus)
    if not lines:
        return found
    listed = tuple(corpus / line.file for line in lines)
    more = {file.resolve() for file in found.files} - {file.resolve() for file in listed}
    return Inputs(listed, tuple((path, "not in the corpus's manifest, left out: take it in first") for path in sorted(more)))


def write_dataset(  # noqa: PLR0913  (each by its name)
    files: Sequence[Path], corpus: Path, output: Path, settings: Settings, reader: Reader, *, step: Any = lambda _: None
) -> Facts | None:
    """Read papers and write the data set of what was read.

    Args:
        files: the papers, in the order of the rows.
        corpus: the folder whose manifest may say more of them.
        output: the folder to write.
        settings: how the data set is made.
        reader: how papers are read.
        step: called with the name of each paper when it is read.

    Returns:
        What is in the data set; None when no paper could be read, and nothing was written.

    Raises:
        OutputError: when the folder cannot be written.
        LineError: when the manifest cannot be read.
    """
    from extractor.cli.reading import readings  # noqa: PLC0415  (loads every stage)
    from extractor.dataset import read_manifest  # noqa: PLC0415
    from extractor.publish import publish  # noqa: PLC0415

    lines = {line.file: line for line in read_manifest(corpus)}
    with closing(readings(files, model=reader.model, lexicon=reader.lexicon, jobs=reader.jobs, debug=reader.debug)) as found:
        return publish(_papers(found, corpus, lines, step), output, settings)


def _papers(found: Iterator[Reading], corpus: Path, lines: Mapping[str, ManifestLine], step: Any) -> Iterator[Paper | tuple[str, str]]:
    taken: dict[str, Path] = {}
    for reading in found:
        name = reading.path.relative_to(corpus).as_posix() if reading.path.is_relative_to(corpus) else reading.path.as_posix()
        paper = _paper(reading, lines.get(name), taken)
        if isinstance(paper, str):
            complain(paper, about=reading.path)
        for warning in reading.warnings:
            complain(f"note: {warning}", about=reading.path)
        step(printable(reading.path.name))
        yield (name, paper) if isinstance(paper, str) else paper


def _paper(reading: Reading, line: ManifestLine | None, taken: dict[str, Path]) -> Paper | str:
    """The paper, or why it is none of the data set's: all tables refer to papers by their name, and to the text that the corpus lists."""
    from extractor.publish import Paper  # noqa: PLC0415  (loads pyarrow)

    if reading.source is None:
        return reading.reason or "not read"
    if line is not None and line.sha256 != reading.source.sha256:
        return "expected the file that the corpus's manifest lists, found other bytes: take it in again"
    doc, other = reading.path.stem, taken.setdefault(reading.path.stem, reading.path)
    if other != reading.path:
        return f"expected a document name of its own, found that of {printable(other)}: leave one of them out, or rename it"
    more = (line.model_extra or {}) if line is not None else {}
    told = {name: str(more[name]) for name in ("licence", "retells") if more.get(name)}
    return Paper(
        doc=doc,
        source=reading.source,
        text=reading.text,
        kind=reading.kind,
        records=reading.records,
        mentions=reading.mentions,
        unattached=reading.unattached,
        title=reading.title,
        warnings=reading.warnings,
        **told,
    )


def _show(facts: Facts, output: Path) -> None:
    from extractor.publish import TABLES  # noqa: PLC0415  (loads pyarrow)

    rows = [(one.name, "", *(f"{facts.rows[one.name].get(split, 0):,}" for split in facts.splits), f"{facts.total(one):,}") for one in TABLES]
    table(("table", "", *facts.splits, "all"), rows)
    typer.echo(f"{len(facts.failed)} papers failed; data set: {printable(output)}" if facts.failed else f"data set: {printable(output)}", err=True)
