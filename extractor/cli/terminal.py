"""What a person at a terminal sees on stderr: a bar while papers are read, and a table at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

MOST_ROWS = 40
"""A longer table scrolls away what matters."""

_WIDTH_OF_A_FILE = 240


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody is looking; False for a stream that was closed before we started."""
    return stream is not None and stream.isatty()


@contextmanager
def bar(total: int, *, visible: bool) -> Iterator[Callable[[str], None]]:
    """A progress bar that goes away when it is done; calling what it gives moves it on by one and names what was read.

    While it is there, lines written to stderr appear above it. Stdout is left alone: it may be a file.
    """
    if not visible:
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415  (not for `--version`)

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[name]}", markup=False))
    with Progress(*columns, console=_console(), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("reading", total=total, name="")
        yield lambda name: progress.update(task, advance=1, name=name)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, total: Sequence[str] | None = None) -> None:
    """A short table on stderr. Columns after the second hold numbers."""
    from rich import box  # noqa: PLC0415  (not for `--version`)
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    shown = rows if len(rows) <= MOST_ROWS else rows[: MOST_ROWS - 1]
    grid = Table(box=box.SIMPLE_HEAD, show_footer=total is not None)
    for i, heading in enumerate(headings):
        grid.add_column(heading, footer=Text(total[i]) if total else "", justify="right" if i > 1 else "left", overflow="fold")
    for row in shown:
        grid.add_row(*(Text(cell) for cell in row))
    if len(rows) > len(shown):
        grid.add_row(f"and {len(rows) - len(shown):,} more")
    _console().print(grid)


def _console() -> Console:
    from rich.console import Console  # noqa: PLC0415  (not for `--version`)

    return Console(stderr=True, width=None if is_terminal(sys.stderr) else _WIDTH_OF_A_FILE)
