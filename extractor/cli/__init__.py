"""The command line: `app` is what `onco-extract` runs.

A command is a pair in a file of its own: a thin function that typer reads (`extract_command`), and an ordinary function that works and returns a
value (`extract_files`). To add one, write the file and name it here; a group of commands is a `typer.Typer` of its own, added with `add_typer`.

These files import nothing heavy at their top, so that `--help` and `--version` answer at once: a command loads the stages when it runs.
"""

from __future__ import annotations

from typing import Annotated

import typer

from extractor.cli.audit import audit_command
from extractor.cli.dataset import dataset_command
from extractor.cli.evaluate import evaluate_command
from extractor.cli.explain import explain_command
from extractor.cli.export import export_command
from extractor.cli.extract import extract_command
from extractor.cli.fetch import fetch_command
from extractor.cli.gold import gold
from extractor.cli.ingest import ingest_command
from extractor.cli.schema import schema_command

__all__ = ["app"]

app = typer.Typer(
    name="onco-extract",
    help="Oncology papers in, typed outcome records out, each with the characters it was read from.",
    epilog="Exit status: 0 all read; 1 some inputs failed, the rest written; 2 wrong use.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        from extractor import __version__  # noqa: PLC0415  (the package loads every stage)

        typer.echo(f"onco-extract {__version__}")
        raise typer.Exit


@app.callback()
def main(
    *,
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")] = False,
) -> None:
    """Options that stand before the command."""


app.command("extract")(extract_command)
app.command("ingest")(ingest_command)
app.command("fetch")(fetch_command)
app.command("explain")(explain_command)
app.command("evaluate")(evaluate_command)
app.command("audit")(audit_command)
app.add_typer(gold)
app.command("dataset")(dataset_command)
app.command("export")(export_command)
app.command("schema")(schema_command)
