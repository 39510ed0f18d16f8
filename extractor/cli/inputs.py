"""From the paths that a user gives to the files that are read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".txt", ".xml", ".nxml", ".pdf")
"""What a folder is searched for. A file given by name is read whatever its suffix: the format is told by content."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to read, in order and each once, and folders that gave none, with the reason."""

    files: tuple[Path, ...]
    barren: tuple[tuple[Path, str], ...]


def find_papers(paths: Iterable[Path]) -> Inputs:
    """The files behind paths: a file stands for itself, a folder for the papers in it and below it, in the order of their names.

    What is hidden (a name that starts with a dot) is left out of folders, links to folders are not followed. A path that does not exist is kept:
    reading it says so.
    """
    files: dict[str, Path] = {}
    barren: list[tuple[Path, str]] = []
    for path in paths:
        errors: list[OSError] = []
        found = list(_below(path, errors)) if os.path.isdir(path) else [path]
        barren.extend((Path(error.filename), f"cannot be searched: {error.strerror}") for error in errors)
        if not found and not errors:
            barren.append((path, f"expected papers in this folder, found no {' or '.join(SUFFIXES)} file"))
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    return Inputs(tuple(files.values()), tuple(barren))


def _below(folder: Path, errors: list[OSError]) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith(".") and (os.path.isfile(path) or os.path.islink(path)):
                yield path
