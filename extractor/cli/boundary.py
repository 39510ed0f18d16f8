"""Where a command meets the outside: exit status, and one line on stderr instead of a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import TextIO

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
    if sys.stderr is not None:  # not by `typer.echo`: it looks behind the stream that keeps a progress bar whole
        sys.stderr.write(f"onco-extract: {where}{message}\n")


def say(text: str) -> None:
    """A result for reading, on stdout.

    Raises:
        OutputError: when stdout is closed or takes no more.
    """
    from extractor.dataset import OutputError  # noqa: PLC0415  (loads pydantic and the stages)

    if sys.stdout is None:
        raise OutputError("stdout", "cannot be written: it is closed")
    try:
        typer.echo(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError("stdout", f"cannot be written: {error.strerror or error}") from error


@contextmanager
def boundary() -> Iterator[None]:
    """Turn what a command may meet into a line and an exit status; an error of ours keeps its traceback.

    Raises:
        Exit: with the status.
    """
    from extractor.dataset import LineError, OutputError  # noqa: PLC0415  (loads pydantic and the stages)
    from extractor.ingest import SourceError  # noqa: PLC0415
    from extractor.lexicons import LexiconError  # noqa: PLC0415

    try:
        yield
    except SourceError as error:
        complain(error.reason, about=error.path)
        raise typer.Exit(Status.SOME_FAILED) from error
    except OutputError as error:
        if error.path == "stdout":
            _forget_streams(sys.stdout)
        complain(error.reason, about=error.path)
        raise typer.Exit(Status.WRONG_USE) from error
    except (LineError, LexiconError) as error:
        complain(" ".join(str(error).split()))
        raise typer.Exit(Status.WRONG_USE) from error
    except KeyboardInterrupt as error:
        complain("interrupted")
        raise typer.Exit(Status.INTERRUPTED) from error
    except BrokenPipeError as error:
        _forget_streams(sys.stdout, sys.stderr)
        raise typer.Exit(Status.CLOSED_PIPE) from error


def _forget_streams(*streams: TextIO | None) -> None:
    """Let nothing more be said there: what is left in a buffer would fail again when Python flushes at its end, with a traceback."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        if stream is not None:
            with suppress(OSError, ValueError):
                os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
