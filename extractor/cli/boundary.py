"""Where a command meets the outside: exit status, and one line on stderr instead of a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path

import typer


class Status(IntEnum):
    """What a command tells the shell. The last two are what shells report for SIGINT and SIGPIPE."""

    ALL_READ = 0
    SOME_FAILED = 1
    WRONG_USE = 2
    INTERRUPTED = 130
    CLOSED_PIPE = 141


def printable(path: Path | str) -> str:
    """A path on one line, whatever bytes its name is made of."""
    text = str(path)
    return text if text.isprintable() else ascii(text)


def complain(message: str, *, about: Path | str | None = None) -> None:
    """One line on stderr, with the path it is about."""
    where = "" if about is None else f"{printable(about)}: "
    typer.echo(f"onco-extract: {where}{message}", err=True)


@contextmanager
def boundary() -> Iterator[None]:
    """Turn what a command may meet into a line and an exit status; an error of ours keeps its traceback.

    Raises:
        Exit: with the status.
    """
    from extractor.dataset import LineError, OutputError  # noqa: PLC0415  (loads pydantic and the stages)
    from extractor.ingest import SourceError  # noqa: PLC0415

    try:
        yield
    except SourceError as error:
        complain(error.reason, about=error.path)
        raise typer.Exit(Status.SOME_FAILED) from error
    except OutputError as error:
        complain(error.reason, about=error.path)
        raise typer.Exit(Status.WRONG_USE) from error
    except LineError as error:
        complain(str(error))
        raise typer.Exit(Status.WRONG_USE) from error
    except KeyboardInterrupt as error:
        complain("interrupted")
        raise typer.Exit(Status.INTERRUPTED) from error
    except BrokenPipeError as error:
        _forget_streams()
        raise typer.Exit(Status.CLOSED_PIPE) from error


def _forget_streams() -> None:
    """Let nothing more be said: whoever read has gone, and Python would complain when it flushes at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
