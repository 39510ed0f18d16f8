"""Which study each row of a table is of, where the table lists studies: by the column that names them, or by heads over their rows.

A study is named by its trial, by who reported it, by the mark of its citation, or as this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.document import CitationMark, Document
from extractor.entities.drugs import find_drugs
from extractor.entities.endpoints import find_endpoints
from extractor.entities.populations import find_populations
from extractor.entities.trials import find_trials
from extractor.relations.findings import StudyOf
from extractor.relations.tables.cells import EMPTY, parse_cell
from extractor.relations.tables.grid import Entry, Grid

_PARTICLE = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|[Dd]en|[Dd]i|[Ll]e|[Ll]a)\s){0,2}"
_AUTHOR = re.compile(
    rf"""
    (?: ^ | [(;] ) \W*
    (?P<name> {_PARTICLE} [A-Z][\w'’/-]+ (?:\s[A-Z][a-z]+-?[a-z]+)? )
    (?: ,? \s [A-Z]{{1,3}} \b\.? )? (?: \s Jr\.? )?
    (?: \s (?:and|&) \s {_PARTICLE} [A-Z][\w'’-]+ )?
    (?: ,? \s (?P<others> et\sal\b\.? | and\s(?:others|co-?workers|colleagues) ) )?
    (?: (?P<apart> ,? \s? [(\[] | ,\s? | \s ) (?P<year> (?:19|20)\d\d ) [a-z]? [)\]]? )?
    """,
    re.VERBOSE,
)
# A name alone, or with the number that it has among the references: "Garcia [12]". Under a head that says that authors stand below it, a study.
_NAME_ALONE = re.compile(
    rf"(?P<name>{_PARTICLE}[A-Z][\w'’-]+)(?:,?\s[A-Z]{{1,3}}\b\.?)?(?:\s(?:and|&)\s[A-Z][\w'’-]+)?[,.]?"
    r"\s?(?:[\[(]?\s?(?:ref\.?\s)?\d{1,3}(?:\s?,\s?\d{1,3})*\s?[\])]?)?\s?[*†‡§]?",
)
# "AURELIA", "FUGA-BT", "ACCORD 20", "PICASSO III trial": a name made of capitals, which a trial has and no author.
_ACRONYM = re.compile(r"(?P<name>[A-Z][\w.-]*(?:[\s/][A-Z\d][\w.-]*){0,3})(?:\s(?:trial|study))?\s?[*†‡§]?")
_HEAD = re.compile(
    r"(?:(?:first|lead|principal|clinical|randomi[sz]ed|key|pivotal|published|phase\s[I1-3]+)\s)*"
    r"(?:authors?|investigators?|references?|refs?\.?|series|publications?|reports?|stud(?:y|ies)|trials?)(?:\s(?:names?|acronyms?|ID))?"
    r"(?:\s?[/,(\[].*|\s(?:and|&)\s(?:year|authors?|ref).*)?",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:this|present|current|our)\s(?:study|trial|series|report|analysis|work|paper|data|results?|cohort|experience|patients)\b"
    r"|^\W*(?:present|ours|current)\W*$",
    re.IGNORECASE,
)
# "Since 2005", "January 2004", "Phase 2000": a word before a year that is no author.
_NO_AUTHOR = re.compile(
    r"(?:before|after|since|until|from|in|during|year|period|era|diagnos\w*|treat\w*|cohort|group|grade|stage|all|total|overall|spring|summer|autumn|winter"
    r"|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|WHO|ISUP|ICD|FIGO|AJCC|UICC|TNM|WHO/\w+|CTCAE)",
    re.IGNORECASE,
)
_POOLS = re.compile(r"\b(?:pooled|pooling|combined\sanalys|integrated\sanalys|individual[\s-]patient|meta-analy)", re.IGNORECASE)
UNNAMED = StudyOf(None, "cited")


@dataclass(frozen=True, slots=True)
class ListedStudy:
    """A study, None where its label names none, with that label and its rows."""

    study: StudyOf | None
    label: Entry
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The studies of a table in order; `column` holds their names, None where they stand over their rows.

    `of_others` says that the names themselves show that these are studies of others: authors, marks of citations, several trials.
    """

    column: int | None
    studies: tuple[ListedStudy, ...]
    of_others: bool


def listing_of(grid: Grid, document: Document, own_names: frozenset[str] = frozenset()) -> Listing | None:
    """The studies that a table lists; None where its rows are of something else."""
    marked: Listing | None = None
    for column in range(grid.width):
        if column > 2 and not _is_headed(grid, column):
            continue
        labels = [e for e in _own_cells(grid, column) if e.cell.column_span < grid.width]
        found = _column(grid, column, labels, document, own_names)
        if found is not None and all(one.study in (None, UNNAMED) for one in found.studies):
            marked = marked or found  # citations alone: another column may name the studies
        elif found is not None:
            return found
    return marked or _heads(grid, document, own_names)


def _column(grid: Grid, column: int, labels: list[Entry], document: Document, own_names: frozenset[str]) -> Listing | None:
    headed = _is_headed(grid, column)
    filled = [e for e in labels if not EMPTY.fullmatch(e.text)]
    named = {e.cell.row: study for e in filled if (study := study_of(e, document, headed=headed)) is not None}
    if len(named) < 2 or 2 * len(named) < len(filled):
        return None
    studies = tuple(_grouped(grid, column, {e.cell.row: e for e in filled}, named))
    return Listing(column, studies, _tells_others(filled, named, document, own_names))


def _grouped(grid: Grid, column: int, labels: dict[int, Entry], named: dict[int, StudyOf]) -> Iterator[ListedStudy]:
    """The studies with their rows: a row whose label is blank, or spans from above, goes on with the study above it, one that heads others not."""
    label: Entry | None = None
    rows: list[int] = []
    for row in range(grid.body, grid.height):
        head = _heads_rows(grid, row)
        if row in labels or head is not None:
            if label is not None:
                yield ListedStudy(named.get(label.cell.row), label, tuple(rows))
            label, rows = labels.get(row, head), []
        if label is not None:
            rows.append(row)
    if label is not None:
        yield ListedStudy(named.get(label.cell.row), label, tuple(rows))


def columns_of_studies(grid: Grid, document: Document, own_names: frozenset[str], *, told: bool) -> list[tuple[StudyOf, Grid]]:
    """A table whose columns are studies as one table a study; none where its heads name fewer than two, or other things besides.

    Args:
        grid: the table.
        document: the paper.
        own_names: what the paper's own trial is called.
        told: whether the paper is a review, or the caption says that the table is of studies: then a name in capitals is one.
    """
    for row in range(grid.body):
        heads = [e for c in range(grid.labels, grid.width) if (e := grid.at.get((row, c))) is not None and e.cell.row == row and e.cell.column == c]
        named = {e.cell.column: s for e in heads if (s := study_of(e, document, headed=told)) is not None and s.name is not None}
        if len({s.name for s in named.values()}) < 2 or len(named) < len(heads):
            continue
        by_row = {e.cell.column: replace(e, cell=replace(e.cell, row=e.cell.column)) for e in heads}  # `_tells_others` counts labels by their row
        if not told and not _tells_others(list(by_row.values()), named, document, own_names):
            continue
        return [(named[e.cell.column], _only(grid, row, range(e.cell.column, e.cell.column + e.cell.column_span))) for e in heads]
    return []


def _only(grid: Grid, head: int, columns: range) -> Grid:
    """A table without the columns of other studies, and without the head that names the one."""
    aside = {(r, c): e for (r, c), e in grid.at.items() if (c in columns and r != head) or c < grid.labels}
    return Grid(grid.table, aside, grid.height, grid.width)


def _heads(grid: Grid, document: Document, own_names: frozenset[str]) -> Listing | None:
    """Studies whose names stand over their rows, each in a row of its own."""
    heads = {row: head for row in range(grid.body, grid.height) if (head := _heads_rows(grid, row)) is not None}
    named = {row: study for row, head in heads.items() if (study := study_of(head, document)) is not None}
    if len(named) < 2 or 2 * len(named) < len(heads):
        return None
    starts = [*heads, grid.height]
    studies = tuple(ListedStudy(named.get(row), heads[row], tuple(range(row + 1, until))) for row, until in pairwise(starts))
    return Listing(None, studies, _tells_others(list(heads.values()), named, document, own_names))


def _heads_rows(grid: Grid, row: int) -> Entry | None:
    """The label of a row that holds nothing besides."""
    entries = {e for c in range(grid.width) if (e := grid.at.get((row, c))) is not None and e.cell.row == row and not EMPTY.fullmatch(e.text)}
    over = any(e is not None and e.cell.row < row for e in (grid.at.get((row, c)) for c in range(grid.width)))
    first = grid.at.get((row, 0))
    return first if len(entries) == 1 and first in entries and not over and (parse_cell(first.text) is None or first.text.startswith("[")) else None


def _tells_others(labels: list[Entry], named: dict[int, StudyOf], document: Document, own_names: frozenset[str]) -> bool:
    by_author = sum(study.name is not None and study.name.endswith("et al.") for study in named.values())
    cited = sum(any(_marks(e, document)) for e in labels if e.cell.row in named)
    trials = {study.name for study in named.values() if study.provenance == "cited" and study.name is not None}
    most = max(2, (len(labels) + 1) // 2)
    return by_author >= most or cited >= most or (len(trials) >= most and not trials & own_names and not _pools(document))


def _pools(document: Document) -> bool:
    """Whether a paper analyses the data of several trials together: those are its own."""
    return _POOLS.search(document.text[:4000]) is not None


def _own_cells(grid: Grid, column: int) -> list[Entry]:
    cells = (grid.at.get((row, column)) for row in range(grid.body, grid.height))
    found = dict.fromkeys(e for e in cells if e is not None and e.cell.column == column and e.cell.row >= grid.body)
    return list(found)


def _is_headed(grid: Grid, column: int) -> bool:
    return bool(_HEAD.fullmatch(" ".join(e.text for e in grid.path(column)).strip()))


def _marks(entry: Entry, document: Document) -> Iterator[CitationMark]:
    return (mark for mark in document.citations if entry.raw.start <= mark.raw.start and mark.raw.end <= entry.raw.end)


def study_of(entry: Entry, document: Document, *, headed: bool = False) -> StudyOf | None:
    """The study that a cell names: this one, a trial by its name, its first author with a year or with others, or what stands before a citation.

    Under a head that says that studies stand below it, a name alone is one.
    """
    if _OWN.search(entry.text):
        return StudyOf("this study", "own", None, entry.raw)
    marks = list(_marks(entry, document))
    text = _without_marks(entry, marks)
    trial = _trial(entry, text, named=headed or bool(marks))
    author = _author(entry, text, headed=headed)
    if trial is not None or author is not None:
        return trial or author
    if not headed and not marks:
        return None
    alone = _NAME_ALONE.fullmatch(text.strip())
    known = {m.group() for m in re.finditer(r"[A-Z][\w'’-]+", " ".join(_first_authors(document)))}
    if alone is not None and not alone.group("name").isupper() and (headed or alone.group("name") in known) and _is_free(alone.group("name")):
        start = entry.text.find(alone.group("name"))
        return StudyOf(f"{alone.group('name')} et al.", "cited", None, entry.span(start, start + len(alone.group("name"))))
    return UNNAMED if marks and not re.search(r"\w", text) else None


def _first_authors(document: Document) -> Iterator[str]:
    return (reference.text.split(",")[0][:40] for reference in document.references)


def _without_marks(entry: Entry, marks: list[CitationMark]) -> str:
    """The text of a cell with its citation marks blanked out."""
    text = entry.text
    for mark in marks if entry.exact else ():
        if re.search(r"[^\W\d_]{2}", mark.text):
            continue  # "Tester et al, 2003" as a whole is its mark
        start, end = mark.raw.start - entry.raw.start, mark.raw.end - entry.raw.start
        start -= text[max(start - 1, 0) : start] == "^"
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _trial(entry: Entry, text: str, *, named: bool) -> StudyOf | None:
    """A trial by a name that is known; or, where the cell is to name a study, by one that is made of capitals."""
    known = {t.norm: t for t in find_trials(text)}
    if len(known) == 1:
        (trial,) = known.values()
        return StudyOf(trial.norm, "cited", trial.detail or None, entry.span(trial.span.start, trial.span.end))
    if not named or known:
        return None
    bracketed = _IN_BRACKETS.search(text)
    if bracketed is not None and _is_acronym(bracketed.group("name")):
        return StudyOf(bracketed.group("name"), "cited", None, entry.span(*bracketed.span("name")))
    match = _ACRONYM.match(text.strip())
    after = text.strip()[match.end() :].strip() if match is not None else ""
    if match is None or (after and after[0] not in "(,;[") or _AUTHOR_AFTER.match(after) or not _is_acronym(match.group("name")):
        return None
    start = entry.text.find(match.group("name"))
    return StudyOf(match.group("name"), "cited", None, entry.span(start, start + len(match.group("name"))))


_IN_BRACKETS = re.compile(r"\b(?:et\sal|(?:19|20)\d\d)\b[^()]*[(\[,]\s?(?P<name>[A-Z][\w-]+(?:[\s/-]\w+)*)[)\]]?\s*$")  # "Doe et al. 2014 (NAME)"
_AUTHOR_AFTER = re.compile(r"[,(\s]*(?:et\sal|(?:19|20)\d\d)")  # "BFM (1991)": a group, told by the year of its report


def _is_acronym(name: str) -> bool:
    """Whether a name is made of capitals in the main, and means nothing else."""
    return sum(map(str.isupper, name)) >= max(3, sum(map(str.islower, name))) and _is_free(name)


def _is_free(name: str) -> bool:
    """Whether a name means nothing else: no drug, endpoint or population."""
    return not any(True for find in (find_drugs, find_endpoints, find_populations) for _ in find(name))


def _author(entry: Entry, text: str, *, headed: bool) -> StudyOf | None:
    for match in _AUTHOR.finditer(text):
        name = match.group("name")
        told = match.group("others") or (match.group("year") and (headed or match.group("apart").strip()))
        if not told or _NO_AUTHOR.fullmatch(name) or (not match.group("others") and not _is_free(name)):
            continue
        of_group = name.isupper() and match.group("year")
        shown = f"{name} ({match.group('year')})" if of_group else f"{name} et al."
        return StudyOf(shown, "cited", None, entry.span(match.start("name"), match.end("name")))
    return None
