"""`onco-extract audit`: does the arithmetic of papers hold, and do papers contradict each other."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.boundary import Status, boundary, complain, printable, say
from extractor.cli.inputs import find_papers
from extractor.cli.terminal import is_terminal

if TYPE_CHECKING:
    from rich.table import Table

    from extractor.audit import Agreement, Finding
    from extractor.dataset import Lines
    from extractor.records import Comparison, Evidence, Measurement

ORDER = ("fails", "perhaps misread", "cannot tell", "holds")
_WIDTH_OF_A_FILE = 160
_STATEMENT = 220
"""A statement in the table is cut to about so many characters around what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What was found: of each paper by itself, or with `--across` of papers together."""

    findings: tuple[Finding, ...] = ()
    agreements: tuple[Agreement, ...] = ()

    @property
    def failed(self) -> int:
        """How many figures cannot be so, or contradict each other."""
        return self.counted["fails"]

    @property
    def counted(self) -> Counter[str]:
        """How many there are of each verdict."""
        return Counter([*(one.verdict for one in self.findings), *(one.verdict for one in self.agreements)])


def audit_command(  # noqa: PLR0913  (one for each option)
    paths: Annotated[list[Path], typer.Argument(metavar="RECORDS", exists=True, dir_okay=False, help="Records, as `extract -o` writes them.")],
    *,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write all findings here, one JSON object a line.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same on stdout instead of a table.")] = False,
    across: Annotated[bool, typer.Option("--across", help="Set the figures of one trial in different papers against each other.")] = False,
    checked: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the records again, each with its checks.")] = None,
    papers: Annotated[
        list[Path] | None,
        typer.Option("--paper", metavar="PATH", help="Check the counts with percentages in the prose of these papers too, results or not."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="List what holds, too.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with status 1 when a figure cannot be so.")] = False,
) -> None:
    """Check the figures of papers against each other.

    What fails cannot be so for any number that was rounded to what is printed. What we may have misread, and what could be explained by something
    that a record does not say, is kept apart.
    """
    with boundary():
        _check_use([*paths, *find_papers(papers or ()).files], [output, checked])
        if across and (checked is not None or papers):
            raise typer.BadParameter("what is checked of single papers goes without --across", param_hint="--checked, --paper")
        audited = audit_files(paths, output=output, checked=checked, papers=papers or (), across=across, as_json=as_json)
        if not as_json:
            say(render(audited, everything=everything, across=across))
        elif is_terminal(sys.stderr):
            complain(f"{audited.failed} fail")
        if strict and audited.failed:
            raise typer.Exit(Status.SOME_FAILED)


def audit_files(  # noqa: PLR0913  (the options again, each by its name)
    paths: Sequence[Path],
    *,
    output: Path | None = None,
    checked: Path | None = None,
    papers: Sequence[Path] = (),
    across: bool = False,
    as_json: bool = False,
) -> Audited:
    """Audit the records of some files together.

    Args:
        paths: records files.
        output: where the findings go, if anywhere.
        checked: where the records go with their checks, if anywhere.
        papers: papers, or folders of them, whose prose is read for counts with percentages.
        across: set papers against each other instead of each against itself.
        as_json: write the findings to stdout, too.

    Raises:
        LineError: for a line that is no record.
        SourceError: when a paper cannot be read.
        OutputError: when an output cannot be written.
    """
    from extractor.audit import audit, audit_across, audit_prose  # noqa: PLC0415  (loads scipy)
    from extractor.dataset import read_records, writing  # noqa: PLC0415
    from extractor.ingest import read  # noqa: PLC0415
    from extractor.sections import segment  # noqa: PLC0415

    records = [record for path in paths for record in read_records(path)]
    audited = Audited(agreements=tuple(audit_across(records))) if across else Audited(findings=tuple(audit(records)))
    in_prose = (finding for file in find_papers(papers).files for finding in audit_prose(segment(read(file))))
    audited = replace(audited, findings=(*audited.findings, *in_prose))
    targets = [*([writing(output)] if output is not None else []), *([_stdout()] if as_json else [])]
    for target in targets:
        with target as lines:
            lines.write(audited.agreements if across else audited.findings)
    if checked is not None:
        with writing(checked) as lines:
            lines.write(with_checks(records, audited.findings))
    return audited


def with_checks(records: Iterable[Measurement | Comparison], findings: Iterable[Finding]) -> Iterator[Measurement | Comparison]:
    """The records, each with the checks that concern it, in place of any that it had."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        for record_id in finding.records:
            found.setdefault(record_id, []).append(finding)
    for record in records:
        yield record.model_copy(update={"checks": tuple(finding.on_record() for finding in found.get(record.id, ()))})


@contextmanager
def _stdout() -> Iterator[Lines]:
    from extractor.dataset import OutputError, streaming  # noqa: PLC0415  (loads pydantic)

    if sys.stdout is None:
        raise OutputError("stdout", "cannot be written: it is closed")
    with streaming(sys.stdout.buffer, "stdout") as lines:
        yield lines


def _check_use(paths: Sequence[Path], outputs: Sequence[Path | None]) -> None:
    """Refuse to write over what is read, or two things into one file.

    Raises:
        BadParameter: when it would be.
    """
    targets = [path.resolve() for path in outputs if path is not None]
    for target in targets:
        if target in {path.resolve() for path in paths}:
            raise typer.BadParameter(f"{printable(target)} is one of the inputs: it would be overwritten")
    if len(set(targets)) < len(targets) and not any(target.is_char_device() for target in targets):
        raise typer.BadParameter(f"{printable(targets[0])} is named for two outputs")


# --- for reading


def render(audited: Audited, *, everything: bool = False, across: bool = False) -> str:
    """The findings as tables and a line that counts them."""
    shown = ORDER if everything else ORDER[:2]
    tables = [_table_across(audited.agreements, shown)] if across else [_table(audited.findings, shown)]
    counted = audited.counted
    told = ", ".join(f"{counted[verdict]:,} {verdict}" for verdict in ORDER)
    what = "results told by several papers" if across else "checks"
    return _drawn([table for table in tables if table.row_count]) + f"{counted.total():,} {what}: {told}"


def _table(findings: Sequence[Finding], shown: Sequence[str]) -> Table:
    table = _empty("paper", "check", "verdict", "arithmetic", "statement")
    for verdict in shown:
        for one in (finding for finding in findings if finding.verdict == verdict):
            reason = f" ({one.reason})" if one.reason else ""
            _row(table, one.doc, one.check, one.verdict, one.arithmetic + reason, "\n".join(_statements(one.evidence, one.spans)))
    return table


def _table_across(agreements: Sequence[Agreement], shown: Sequence[str]) -> Table:
    table = _empty("trial", "result", "verdict", "told", "statement")
    for verdict in shown:
        for one in (agreement for agreement in agreements if agreement.verdict == verdict):
            reason = f" ({one.reason})" if one.reason else ""
            told = "\n".join(f"{said.doc}: {said.printed}" for said in one.told)
            statements = "\n".join(_clipped(said.evidence.text, 0) for said in one.told)
            _row(table, one.trial, " ".join(one.about.values()), one.verdict + reason, told, statements)
    return table


def _empty(*headings: str) -> Table:
    from rich import box  # noqa: PLC0415  (not for `--version`)
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, show_lines=True)
    for heading, ratio in zip(headings, (2, 2, 1, 5, 5), strict=True):
        table.add_column(heading, ratio=ratio, overflow="fold")
    return table


def _row(table: Table, *cells: str) -> None:
    from rich.text import Text  # noqa: PLC0415

    table.add_row(*(Text(cell) for cell in cells))


def _statements(evidence: Sequence[Evidence], spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    for piece in evidence:
        at = next((start - piece.start for start, _ in spans if piece.start <= start < piece.end), 0)
        yield _clipped(piece.text, at)


def _clipped(text: str, at: int) -> str:
    """A stretch of a text around a place in it, on one line."""
    start = max(min(at - _STATEMENT // 2, len(text) - _STATEMENT), 0)
    told = " ".join(text[start : start + _STATEMENT].split())
    return ("... " if start else "") + told + (" ..." if start + _STATEMENT < len(text) else "")


def _drawn(tables: Sequence[Table]) -> str:
    from rich.console import Console  # noqa: PLC0415  (not for `--version`)

    terminal = is_terminal(sys.stdout)
    stream = io.StringIO()
    console = Console(file=stream, width=None if terminal else _WIDTH_OF_A_FILE, force_terminal=terminal, highlight=False)
    for table in tables:
        console.print(table)
    return stream.getvalue()
