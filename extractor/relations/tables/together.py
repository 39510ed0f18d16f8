"""Which labels of a table name the arms of the study together: the heads of a row, or the labels of a column of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from extractor.entities.endpoints import quantities_of
from extractor.entities.populations import find_populations
from extractor.relations.findings import ArmOf
from extractor.relations.tables.arms import Naming
from extractor.relations.tables.cells import parse_cell
from extractor.relations.tables.facets import Reader
from extractor.relations.tables.grid import Entry, Grid
from extractor.relations.tables.jointly import denied, is_length, jointly, one_by_one, signed
from extractor.relations.tables.labels import Label, Role, bare_grade

_NUMBERED = re.compile(r"[1-6]|I{1,3}V?|IV|V")
_NO_GROUPS = re.compile(
    r"\b(?:stages?|grades?|phases?|cycles?|courses?|weeks?|days?|months?|years?|visits?|lines?|levels?|steps?|scores?|class)\b", re.IGNORECASE
)
_HEADS_GROUPS = re.compile(r"(?:treatment\s|study\s)?(?:groups?|arms?|treatments?)", re.IGNORECASE)


def heads_together(grid: Grid, reader: Reader, above: Mapping[int, Entry], around: str) -> dict[int, ArmOf]:
    """The arms of the heads of a row, by column, where they are told only together; `around` is the caption and the notes of the table."""
    names = {c: name for c, e in above.items() if (name := _name(reader, e)) is not None}
    names = _without_landmarks(grid, reader, above, names)
    arms = jointly(set(names.values()), reader.naming, numbered=_are_groups(grid, reader, above.values(), around))
    return {c: arms[n] for c, n in names.items() if n in arms}


def over_values(grid: Grid, letter: str) -> frozenset[str]:
    """The labels that are a letter alone, and stand over or beside numbers that are too great for p-values."""
    named = {e for e in grid.at.values() if re.fullmatch(rf"\s*{letter}\s*(?:[(,]?\s*[nN]\s?=\s?\d+\s*\)?)?\s*", e.text)}
    found: dict[str, list[bool]] = {}
    for entry in named:
        row, column = entry.cell.row, entry.cell.column
        below = range(grid.body, grid.height) if row < grid.body else range(row, row + entry.cell.row_span)
        beside = range(column, column + entry.cell.column_span) if row < grid.body else range(column + 1, grid.width)
        values = [parse_cell(e.text) for r in below for c in beside if (e := grid.at.get((r, c))) is not None and e is not entry]
        told = [value.value for value in values if value is not None and value.value is not None]
        found.setdefault(entry.text, []).append(any(value > 1 for value in told))
    return frozenset(text for text, great in found.items() if all(great))


def rows_together(grid: Grid, reader: Reader) -> dict[str, ArmOf]:
    """The arms of labels of rows, by their text, where they are told only together, and of each that only says what its patients went without."""
    found: dict[str, ArmOf] = {}
    for column in range(grid.labels):
        entries = {e.text: e for r in range(grid.body, grid.height) if (e := grid.at.get((r, column))) is not None}
        names = {t: n for t, e in entries.items() if (n := _name(reader, e)) is not None}
        names = _without_landmarks(grid, reader, entries, names)
        heads_groups = _HEADS_GROUPS.fullmatch(reader.heads.get(column, "").strip()) is not None
        arms = jointly(set(names.values()), reader.naming, numbered=heads_groups)
        found.update({t: arms[n] for t, n in names.items() if n in arms})
        found.update({t: arm for t, n in names.items() if t not in found and (arm := _denied(n, reader)) is not None})
    return found


KeyT = TypeVar("KeyT", int, str)


def _without_landmarks(grid: Grid, reader: Reader, entries: Mapping[KeyT, Entry], names: Mapping[KeyT, str]) -> dict[KeyT, str]:
    """Names of arms without those that are lengths of time where these may be landmarks."""
    timed = {k for k, n in names.items() if reader.label(entries[k]).timepoint is not None and reader.label(entries[k]).size is None and is_length(n)}
    return {k: n for k, n in names.items() if k not in timed} if timed and not _are_lengths(grid, reader) else dict(names)


_SEGMENT = re.compile(r"[,;:()]|\.\s|\s-\s|\b(?:in|for|of|among|during|by|patients|receiving|treated\swith)\b", re.IGNORECASE)


def captions_together(captions: Sequence[str], naming: Naming) -> dict[int, ArmOf]:
    """The arms of tables of one arm each, by their place, where their captions name them: "Adverse events, drug A", "Adverse events, drug B"."""
    parts = [{p for part in _SEGMENT.split(c) if (p := re.sub(r"^(?:the|all)\s", "", part.strip(" .-"))) and len(p) < 60} for c in captions]
    arms = one_by_one(sorted(set().union(*parts)), naming, numbered=False) if len(parts) > 1 else {}
    told = {i: [arms[p] for p in own if p in arms] for i, own in enumerate(parts)}
    alone = {i: found[0] for i, found in told.items() if len(found) == 1}
    return alone if {a.norm for a in alone.values()} == {a.norm for a in arms.values()} and not any(len(f) > 1 for f in told.values()) else {}


def _denied(name: str, reader: Reader) -> ArmOf | None:
    """The arm of a label that only says what its patients went without: never the arm that had it."""
    lacking = denied(name)
    read = reader.naming.read(lacking) if lacking is not None else None
    return (reader.naming.read(f"no {lacking}") or ArmOf(f"no {lacking}")) if read is not None and read.norm != "all" else None


def _name(reader: Reader, entry: Entry) -> str | None:
    """A label as the name that an arm may have, with its sign; None where it says another thing."""
    label = reader.label(entry)
    if label.role is not Role.VALUE or label.endpoints or label.grade is not None or label.toxic or label.measure is not None or not label.core:
        return None
    short = re.fullmatch(r"[A-Z]{2,4}", label.core) is not None  # "CIS" is a stage, and short for more than one drug
    return signed(entry.text, label.core) if short or not any(find_populations(label.core)) else None


_OF_GRADES = re.compile(r"\bgrad(?:e|es|ed|ing)\b|\bseverity\b|\bCTC", re.IGNORECASE)


def _are_groups(grid: Grid, reader: Reader, heads: Iterable[Entry], around: str) -> bool:
    """Whether numbers over columns may be groups: nothing above or beside them says what else, and grades, if the table has any, stand elsewhere."""
    columns = [c for e in heads for c in range(e.cell.column, e.cell.column + e.cell.column_span)]
    paths = [[e for e in grid.path(c) if not _NUMBERED.fullmatch(reader.label(e).core)] for c in columns]
    if not reader.toxic:
        return not any(_NO_GROUPS.search(e.text) for path in paths for e in path) and not any(map(_NO_GROUPS.search, reader.heads.values()))
    graded = all(any(reader.label(e).grade is not None or bare_grade(reader.label(e), header=True) is not None for e in path) for path in paths)
    rows = [reader.label(e) for r in range(grid.body, grid.height) if (e := grid.at.get((r, 0))) is not None]
    said = [*reader.heads.values(), *(e.text for path in paths for e in path), around]
    return graded or any(label.grade is not None for label in rows) or not any(map(_OF_GRADES.search, said))


def _are_lengths(grid: Grid, reader: Reader) -> bool:
    """Whether lengths of time, in a table that names no arm otherwise, are how long its arms were treated: they are no landmarks of all its rows."""
    cells = [grid.at.get((r, c)) for r in range(grid.height) for c in range(grid.width) if r < grid.body or c < grid.labels]
    labels = [(e, reader.label(e)) for e in dict.fromkeys(e for e in cells if e is not None)]
    if any((arm := reader.arm(e)) is not None and arm.parts for e, _ in labels):
        return False
    if reader.toxic:
        return True
    told = [label for _, label in labels if label.endpoints]
    return bool(told) and any(not _may_have_landmark(label) for label in told)


def _may_have_landmark(label: Label) -> bool:
    """Whether a label names a rate of a time to event without its landmark."""
    timed = all(quantities_of()[e.norm] == "time" for e in label.endpoints)
    return timed and label.timepoint is None and label.form.statistic is None and label.form.unit is None
