"""Tables as sources of facts: grids of cells to findings, each with its cell and its headers as evidence.

A number is read where the labels of its row and column, the caption and the footnotes say what it is, of whom and in which form. Where they do not,
it is left over with the reason: a wrong number costs more than a missing one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from extractor.document import CharSpan, Document, cover, fold
from extractor.entities.trials import find_trials
from extractor.relations.context import Paper
from extractor.relations.cues import AUTHOR
from extractor.relations.findings import ArmOf, Finding, Leftover, StudyOf, TableCell
from extractor.relations.tables.arms import Naming, abbreviations, definitions, told_apart
from extractor.relations.tables.effects import is_of_effects, read_effects
from extractor.relations.tables.facets import Reader
from extractor.relations.tables.grid import Entry, Grid, lay_out, rows_of
from extractor.relations.tables.kinds import CYCLES, OWN, Frame, counts_cycles, frame_of, of_other_studies, refusal
from extractor.relations.tables.labels import read_label
from extractor.relations.tables.markers import marker_column, read_markers
from extractor.relations.tables.results import read_row
from extractor.relations.tables.sheet import Sheet, columns_of_counts, columns_of_parts, numbers_are_counts

__all__ = ["read_tables"]


def read_tables(document: Document, paper: Paper) -> tuple[list[Finding], list[Leftover]]:
    """The findings of all tables, and the numbers that became none; of a table that is not read at all one leftover says why."""
    findings: list[Finding] = []
    leftovers: list[Leftover] = []
    grids = [lay_out(document, table) for table in document.tables]
    naming = _naming(document, grids, paper)
    results = 0
    for grid in grids:
        if not grid.at:
            continue
        found, left = _read(document, grid, paper, naming)
        findings += [replace(f, result=f.result + results) for f in found]
        leftovers += left
        results += max((f.result for f in found), default=0)
    return findings, leftovers


def _naming(document: Document, grids: Iterable[Grid], paper: Paper) -> Naming:
    spelled = abbreviations(fold(" ".join(span.of(document.raw) for table in document.tables for span in table.footnotes)))
    book = replace(paper.arms, names={**spelled, **paper.arms.names})
    naming = Naming(book, paper, {})
    labels = [e.text for grid in grids for c in range(grid.labels, grid.width) for e in grid.path(c)]
    return replace(naming, defined=definitions((read_label(text).core for text in dict.fromkeys(labels)), naming))


def _read(document: Document, grid: Grid, paper: Paper, naming: Naming) -> tuple[list[Finding], list[Leftover]]:
    frame = frame_of(document, grid)
    rows = list(rows_of(grid))
    study = _study(frame, paper)
    reason = refusal(frame, grid, rows) or (study if isinstance(study, str) else CYCLES if counts_cycles(frame) else None)
    if reason is not None or isinstance(study, str) or not rows:
        return [], list(_refused(grid, frame, reason)) if rows else []
    reader = _reader(grid, frame, naming)
    sheet = Sheet(document, grid, frame, reader, paper, study)
    sheet.whole_counts = numbers_are_counts(sheet, rows)
    markers = marker_column(sheet)
    if markers is not None:
        read_markers(sheet, rows, markers)
    elif is_of_effects(sheet, rows):
        read_effects(sheet, rows)
    else:
        sheet.parts, sheet.counted = columns_of_parts(sheet, rows), columns_of_counts(rows)
        for row in rows:
            read_row(sheet, row)
    return sheet.findings, sheet.leftovers


def _refused(grid: Grid, frame: Frame, reason: str | None) -> Iterator[Leftover]:
    """One leftover for a whole table: its caption, else its first cell, in the whole of its cells."""
    entries = list(grid.at.values())
    whole = cover(e.raw for e in entries)
    shown = frame.caption_span or entries[0].raw
    yield Leftover(TableCell((whole,), whole.start), shown, reason or "a table without values")


def _study(frame: Frame, paper: Paper) -> StudyOf | str:
    """Whose results a table holds; the reason where that cannot be told."""
    if paper.is_case:
        return "a table of a case report"
    text = frame.caption.text
    trials = [t for t in find_trials(text) if t.norm not in paper.own_names]
    if of_other_studies(frame):
        return "a table of other studies' results"
    if paper.is_primary:
        return OWN
    if len({t.norm for t in trials}) == 1 and frame.caption_span is not None:
        return StudyOf(trials[0].norm, "cited", trials[0].detail or None, trials[0].span.shifted(frame.caption_span.start))
    author = AUTHOR.compiled.search(text)
    if author is not None and frame.caption_span is not None:
        start = frame.caption_span.start
        return StudyOf(f"{author.group('name')} et al.", "cited", None, CharSpan(start + author.start(), start + author.end()))
    return "a table of a review that names no study"


def _reader(grid: Grid, frame: Frame, naming: Naming) -> Reader:
    """The reader of a table's labels, with arms of one name told apart by what else their headers say."""
    heads = {c: " ".join(e.text for e in grid.path(c)) for c in range(grid.labels)}
    reader = Reader(naming, frame.marks, frame.toxic, crossed=_crossed(grid), heads=heads)
    arms: dict[int, ArmOf] = {}
    entries: dict[int, Entry] = {}
    for row in range(grid.body):
        above = {e.cell.column: e for c in range(grid.labels, grid.width) if (e := grid.at.get((row, c))) is not None and e.cell.row == row}
        for column, entry in above.items():
            arm = reader.arm(entry)
            if arm is not None:
                key = row * grid.width + column
                arms[key], entries[key] = replace(arm, span=None), entry
    cores = {key: reader.label(entry).core for key, entry in entries.items()}
    located = {key: replace(naming.read(cores[key]) or arm, norm=arm.norm) for key, arm in arms.items()}
    apart = told_apart(located, cores)
    changed = {entries[k].text: apart[k] for k in apart if apart[k].norm != arms[k].norm}
    return replace(reader, told_apart=changed)


def _crossed(grid: Grid) -> frozenset[str]:
    """The headers that stand again under each of several spanning headers."""
    under: dict[str, set[str]] = {}
    for column in range(grid.labels, grid.width):
        path = grid.path(column)
        for above, below in pairwise(path):
            under.setdefault(below.text, set()).add(above.text)
    return frozenset(text for text, above in under.items() if len(above) > 1)
