"""`onco-extract fetch`: open-access papers into a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.boundary import Status, boundary, complain, printable
from extractor.cli.terminal import bar, is_terminal, table

if TYPE_CHECKING:
    from extractor.fetch import Fetched, Haul, Manners, PaperId, Refused

EXTRA = "fetching needs httpx, which comes with an extra: pip install 'onco-extractor[fetch]'"


@dataclass(frozen=True, slots=True)
class Given:
    """The ids that a user gave, each once, and what is none: where it stands, and why."""

    ids: tuple[PaperId, ...]
    wrong: tuple[tuple[str, str], ...]


def fetch_command(
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="PMC123, 123 (a PMID), 10.1000/xyz; @FILE: one a line, - the same from stdin.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the papers go; made when it is missing.")],
    service: Annotated[
        str | None, typer.Option(metavar="URL", envvar="ONCO_EXTRACT_SERVICE", help="Another address of Europe PMC's REST service.")
    ] = None,
    pause: Annotated[float, typer.Option(min=0.0, metavar="SECONDS", help="The least time between two requests.")] = 0.34,
    tries: Annotated[int, typer.Option(min=1, metavar="N", help="How often a thing is asked for when the service fails.")] = 4,
) -> None:
    """Fetch open-access papers from Europe PMC as JATS XML, with their licences in fetched.jsonl. What is there is not fetched again."""
    from extractor import __version__  # noqa: PLC0415  (the package loads every stage)

    with boundary():
        try:
            from extractor.fetch import SERVICE, Manners, fetch_papers  # noqa: PLC0415  (needs the extra)
        except ModuleNotFoundError as error:
            if error.name != "httpx":
                raise
            complain(EXTRA)
            raise typer.Exit(Status.WRONG_USE) from error
        try:
            manners = Manners(service=service or SERVICE, agent=f"onco-extractor/{__version__}", pause=pause, tries=tries)
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--service") from error
        given = given_ids(ids)
        for place, reason in given.wrong:
            complain(reason, about=place or None)
        if not given.ids:
            raise typer.BadParameter("there is nothing to fetch", param_hint="ID")
        with bar(len(given.ids), visible=is_terminal(sys.stderr)) as step:
            haul = fetch_papers(given.ids, output, manners, watch=_watch(step))
        _show(haul, given, manners, output)
        if haul.refused or haul.stopped or given.wrong:
            raise typer.Exit(Status.SOME_FAILED)


def given_ids(arguments: Sequence[str]) -> Given:
    """The ids behind arguments: `@FILE` and `-` stand for a line each, less blank lines and those that begin with `#`."""
    from extractor.fetch import parse_id  # noqa: PLC0415  (needs the extra)

    found: dict[PaperId, None] = {}
    wrong: list[tuple[str, str]] = []
    for argument in arguments:
        try:
            for place, text in _texts(argument):
                try:
                    found[parse_id(text)] = None
                except ValueError as error:
                    wrong.append((place, str(error)))
        except OSError as error:
            wrong.append((argument, f"cannot be read: {error.strerror or error}"))
    return Given(tuple(found), tuple(wrong))


def _texts(argument: str) -> Iterator[tuple[str, str]]:
    """Ids as written, with where they stand."""
    if argument == "-":
        data = sys.stdin.buffer.read() if sys.stdin is not None else b""
        name = "stdin"
    elif argument.startswith("@"):
        name = argument[1:]
        data = Path(name).read_bytes()
    else:
        yield "", argument
        return
    for number, line in enumerate(data.decode("utf-8-sig", errors="replace").splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield f"{name}, line {number}", line


def _watch(step: Callable[[str], None]) -> Callable[[Fetched | Refused], None]:
    from extractor.fetch import Refused  # noqa: PLC0415  (needs the extra)

    def watch(outcome: Fetched | Refused) -> None:
        if isinstance(outcome, Refused):
            complain(outcome.reason, about=str(outcome.paper_id))
        step(str(outcome.paper_id))

    return watch


def _show(haul: Haul, given: Given, manners: Manners, folder: Path) -> None:
    from extractor.fetch import Had  # noqa: PLC0415  (needs the extra)

    if haul.stopped is not None:
        complain(f"{haul.stopped}; {len(haul.not_asked)} left to fetch: run it again later", about=manners.service)
    if haul.fetched:
        rows = [
            (str(one.paper_id), f"{one.had.value}: {one.line.file}, {one.line.licence or 'no licence named'}", f"{one.line.bytes:,}")
            for one in haul.fetched
        ]
        table(("id", "in the folder", "bytes"), rows)
    known = sum(one.had is Had.KNOWN for one in haul.fetched)
    refused = len(haul.refused) + len(given.wrong)
    told = f"{len(haul.fetched) - known} fetched, {known} known already, {refused} refused"
    left = f", {len(haul.not_asked)} left" if haul.not_asked else ""
    typer.echo(f"{told}{left}; papers: {printable(folder)}", err=True)
