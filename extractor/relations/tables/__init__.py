"""Tables as sources of facts: grids of cells to findings, each with its cell and its headers as evidence.

A number is read where the labels of its row and column, the caption and the footnotes say what it is, of whom and in which form. Where they do not,
it is left over with the reason: a wrong number costs more than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from extractor.document import CharSpan, Document, SectionKind, cover, fold
from extractor.entities import MentionKind
from extractor.entities.drugs import find_drugs
from extractor.entities.populations import find_populations
from extractor.entities.trials import find_trials
from extractor.relations.context import Paper
from extractor.relations.cues import AUTHOR
from extractor.relations.findings import ArmOf, Finding, Leftover, StudyOf, TableCell
from extractor.relations.tables.across import is_across, read_across
from extractor.relations.tables.apart import heads_over_arms, parting_heads, patients_of, related_heads
from extractor.relations.tables.arms import (
    Header,
    Naming,
    abbreviations,
    beside,
    beside_endpoint,
    by_letter,
    by_name,
    definitions,
    is_dose,
    lettered,
    told_apart,
    told_below,
)
from extractor.relations.tables.blocks import blocks_of, read_blocks
from extractor.relations.tables.effects import is_of_effects, read_effects
from extractor.relations.tables.elided import with_their_noun
from extractor.relations.tables.facets import Reader, bare_response, generic
from extractor.relations.tables.grid import Entry, Grid, Row, lay_out, rows_of
from extractor.relations.tables.kinds import (
    CYCLES,
    OWN,
    Frame,
    counts_cycles,
    frame_of,
    of_earlier_study,
    of_other_studies,
    of_several_studies,
    refusal,
    with_toxicity,
)
from extractor.relations.tables.labels import Role, read_label
from extractor.relations.tables.levels import by_trait, is_of_levels, read_levels
from extractor.relations.tables.listed import columns_of_studies, listing_of
from extractor.relations.tables.markers import marker_column, read_markers
from extractor.relations.tables.parted import with_arms_apart
from extractor.relations.tables.patients import heads_patients, is_of_patients, read_patients
from extractor.relations.tables.results import read_row
from extractor.relations.tables.sheet import CATEGORIES, Sheet, columns_of_counts, columns_of_parts, columns_of_shares, numbers_are_counts, parsed
from extractor.relations.tables.shorts import introduced
from extractor.relations.tables.studies import read_studies
from extractor.relations.tables.sums import columns_of_summed
from extractor.relations.tables.tested import under_tested
from extractor.relations.tables.together import captions_together, heads_together, over_values, rows_together
from extractor.relations.tables.told import tells_medians, told_in_text

__all__ = ["read_tables"]


def read_tables(document: Document, paper: Paper) -> tuple[list[Finding], list[Leftover]]:
    """The findings of all tables, and the numbers that became none; of a table that is not read at all one leftover says why."""
    findings: list[Finding] = []
    leftovers: list[Leftover] = []
    grids = [lay_out(document, table) for table in document.tables]
    naming = _naming(document, grids, paper)
    captions = [fold(table.caption.of(document.raw)) if table.caption is not None else "" for table in document.tables]
    captioned = captions_together(captions, naming)
    results = 0
    for i, grid in enumerate(grids):
        if not grid.at:
            continue
        found, left = _read_by_study(document, with_arms_apart(grid, naming), replace(naming, captioned=captioned.get(i)))
        findings += [replace(f, result=f.result + results) for f in found]
        leftovers += left
        results += max((f.result for f in found), default=0)
    return findings, leftovers


def _naming(document: Document, grids: Iterable[Grid], paper: Paper) -> Naming:
    spelled = abbreviations(fold(" ".join(span.of(document.raw) for table in document.tables for span in table.footnotes)))
    book = replace(paper.arms, names={**spelled, **paper.arms.names})
    naming = Naming(book, paper, {})
    labels = [e.text for grid in grids for c in range(grid.labels, grid.width) for e in grid.path(c)]
    captions = [table.caption.of(document.raw) for table in document.tables if table.caption is not None]
    notes = [fold(" ".join(span.of(document.raw).split())) for table in document.tables for span in table.footnotes]
    below = told_below(" ; ".join(fold(text) for text in (*captions, *notes)), naming)
    cores = [read_label(text).core for text in dict.fromkeys(labels)]
    rows = [read_label(e.text).core for grid in grids for r in range(grid.body, grid.height) if (e := grid.at.get((r, 0))) is not None]
    return replace(naming, defined={**definitions(cores, naming), **introduced((*cores, *rows), document, naming), **below})


def _read_by_study(document: Document, grid: Grid, naming: Naming) -> tuple[list[Finding], list[Leftover]]:
    """What a table tells; one whose columns are studies is read as one table for each of them."""
    frame, paper = frame_of(document, grid), naming.paper
    told = of_other_studies(frame) or not (paper.is_primary or paper.is_case)
    findings: list[Finding] = []
    leftovers: list[Leftover] = []
    parts = [] if paper.is_case else columns_of_studies(grid, document, paper.own_names, told=told)
    for study, part in parts:
        of_others = replace(paper, pair=None, assigned=(), single=None)  # the arms of others are not this paper's
        own = study.provenance == "own"
        found, left = _read(document, part, naming if own else replace(naming, paper=of_others), OWN if own else study)
        results = max((f.result for f in findings), default=0)
        findings += [replace(f, result=f.result + results) for f in found]
        leftovers += left
    return (findings, leftovers) if parts else _read(document, grid, naming)


def _read(document: Document, grid: Grid, naming: Naming, of_study: StudyOf | None = None) -> tuple[list[Finding], list[Leftover]]:
    paper = naming.paper
    frame = frame_of(document, grid)
    rows = list(rows_of(grid))
    study = of_study or _study(frame, paper)
    frame = with_toxicity(frame, grid, rows)
    listed = _listed(document, (grid, rows), frame, paper, naming) if of_study is None else None
    if listed is not None:
        return listed.findings, listed.leftovers
    reason = refusal(frame, grid, rows, by_trait=by_trait(frame.caption.text)) or (
        study if isinstance(study, str) else CYCLES if counts_cycles(frame, grid) else None
    )
    if reason is not None or isinstance(study, str) or not rows:
        return [], list(_refused(grid, frame, reason)) if rows else []
    reader = _reader(grid, frame, naming)
    rows = under_tested(grid, reader, rows)
    parting = parting_heads(reader, rows) | related_heads(grid, reader) if frame.toxic else frozenset()
    reader = replace(reader, parting=parting | heads_over_arms(grid, reader, rows), armed=_armed(grid, reader))
    reader = replace(reader, responses=len({e.norm for row in rows for la in row.labels for e in reader.label(la).endpoints} & CATEGORIES) > 1)
    reader = replace(reader, bare_responses=_bare_responses(reader, frame, rows))
    sheet = Sheet(document, grid, frame, reader, paper, study, apart=patients_of(frame, paper))
    sheet.whole_counts = numbers_are_counts(sheet, rows)
    markers = marker_column(sheet)
    sheet.told, sheet.medians = told_in_text(document, grid), tells_medians(document)
    sheet.bracketed = any(value is not None and value.single() is not None for row in rows for _, _, value in parsed(row))
    sheet.shares = columns_of_shares(sheet, rows)
    blocks = blocks_of(sheet, rows) if markers is None else []
    if blocks:
        sheet.parts, sheet.counted = columns_of_parts(sheet, rows), columns_of_counts(sheet, rows)
        read_blocks(sheet, blocks)
    elif is_of_effects(sheet, rows):
        read_effects(sheet, rows)
    elif is_across(sheet, rows):
        read_across(sheet, rows)
    elif markers is not None:
        read_markers(sheet, rows, markers)
    elif is_of_levels(sheet, rows):
        read_levels(sheet, rows)
    else:
        sheet.parts, sheet.counted = columns_of_parts(sheet, rows), columns_of_counts(sheet, rows)
        sheet.summed = columns_of_summed(sheet, rows) if frame.toxic else frozenset()
        for row in rows:
            read_row(sheet, row)
    sheet.leftovers += _of_footnotes(sheet) if sheet.findings else ()
    return sheet.findings, sheet.leftovers


def _listed(document: Document, table: tuple[Grid, list[Row]], frame: Frame, paper: Paper, naming: Naming) -> Sheet | None:
    """A table that lists others' studies, or patients, one a row, as it was read; None for any other."""
    grid, rows = table
    listing = listing_of(grid, document, paper.own_names)
    if listing is None and not heads_patients(grid):
        return None
    sheet = Sheet(document, grid, frame, _reader(grid, frame, naming), paper, OWN)
    if listing is not None and (of_other_studies(frame) or not paper.is_primary or listing.of_others) and not paper.is_case:
        read_studies(sheet, listing)
        return sheet
    if not of_other_studies(frame) and (paper.is_primary or paper.is_case) and is_of_patients(sheet, rows):
        read_patients(sheet, rows)
        return sheet
    return None


_OF_RESPONSE = re.compile(r"\brespon(?:se|ses|ders?)\b", re.IGNORECASE)


def _bare_responses(reader: Reader, frame: Frame, rows: list[Row]) -> bool:
    """Whether rows called "Complete", "Partial", "Stable" are categories of response: the caption, the corner or the head above them says so."""
    bare = [row for row in rows if row.labels and bare_response(reader.label(row.labels[-1]).core) is not None]
    around = (frame.caption.text, *reader.heads.values())
    said = any(map(_OF_RESPONSE.search, around)) or all(row.groups and _OF_RESPONSE.search(row.groups[-1].text) for row in bare)
    return len({bare_response(reader.label(row.labels[-1]).core) for row in bare}) > 1 and said


def _rows_are_arms(grid: Grid, reader: Reader) -> bool:
    """Whether labels of rows name arms."""
    labels = (grid.at.get((r, c)) for r in range(grid.body, grid.height) for c in range(grid.labels))
    return any((arm := reader.arm(e)) is not None and arm.norm != "all" for e in labels if e is not None)


def _armed(grid: Grid, reader: Reader) -> bool:
    """Whether columns name arms."""
    return any((arm := reader.arm(e)) is not None and arm.norm != "all" for c in range(grid.labels, grid.width) for e in grid.path(c))


_RESULT_IN_NOTE = re.compile(r"\b[pP]\s?[=<>]\s?0?\.\d+|(?<![\d.])\d{1,3}(?:\.\d+)?\s?%(?!\s?(?:CI|confidence))")


def _of_footnotes(sheet: Sheet) -> Iterator[Leftover]:
    """The results that the footnotes of a table of results tell: they are not read."""
    for span in sheet.grid.table.footnotes:
        for match in _RESULT_IN_NOTE.finditer(fold(span.of(sheet.document.raw))):
            yield Leftover(TableCell((span,), span.start), CharSpan(*match.span()).shifted(span.start), "a footnote of a table")


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
    if of_other_studies(frame) and (of_several_studies(frame) or len({t.norm for t in trials}) > 1):
        return "a table of other studies' results"
    if paper.is_primary and not of_earlier_study(frame):
        return OWN
    if len({t.norm for t in trials}) == 1 and frame.caption_span is not None:
        return StudyOf(trials[0].norm, "cited", trials[0].detail or None, trials[0].span.shifted(frame.caption_span.start))
    author = AUTHOR.compiled.search(text)
    if author is not None and frame.caption_span is not None:
        start = frame.caption_span.start
        return StudyOf(f"{author.group('name')} et al.", "cited", None, CharSpan(start + author.start(), start + author.end()))
    return StudyOf(None, "cited") if of_other_studies(frame) else "a table of a review that names no study"


def _reader(grid: Grid, frame: Frame, naming: Naming) -> Reader:
    """The reader of a table's labels, with arms of one name told apart by what else their headers say."""
    heads = {c: " ".join(e.text for e in grid.path(c)) for c in range(grid.labels)}
    called = over_values(grid, "P")  # an arm by its letter, not p-values
    reader = Reader(naming, frame.marks, frame.toxic, crossed=_crossed(grid), heads=heads, alone=_alone(grid, naming.paper), called=called)
    arms: dict[int, ArmOf] = {}
    entries: dict[int, Entry] = {}
    for row in range(grid.body):
        above = {e.cell.column: e for c in range(grid.labels, grid.width) if (e := grid.at.get((row, c))) is not None and e.cell.row == row}
        heads_of_row = {c: _header(reader, entry) for c, entry in above.items()}
        together = heads_together(grid, reader, above, f"{frame.caption.text} {frame.notes}")
        by_neighbour = together or {**beside(heads_of_row, naming.paper), **_beside_endpoints(reader, above, heads_of_row)}
        by_neighbour = by_neighbour or by_letter({c: h.core for c, h in heads_of_row.items()}, frame.notes, naming)
        if not by_neighbour and not _rows_are_arms(grid, reader):
            by_neighbour = with_their_noun(heads_of_row, naming) or by_name(heads_of_row, naming.paper, doses=reader.alone is None)
        for column, entry in above.items():
            arm = by_neighbour.get(column) or heads_of_row[column].arm
            if arm is not None:
                key = row * grid.width + column
                arms[key], entries[key] = replace(arm, span=None), entry
    treated = {key % grid.width for key, arm in arms.items() if arm.parts and not lettered(reader.label(entries[key]).core)}
    arms = {key: arm for key, arm in arms.items() if key % grid.width not in treated or not lettered(reader.label(entries[key]).core)}
    by_row = {**_rows_of_arms(grid, reader), **rows_together(grid, reader)}
    cores = {key: reader.label(entries[key]).core for key in arms}
    read = {key: naming.read(core) for key, core in cores.items()}
    located = {key: replace(arm, span=r.span) if (r := read[key]) is not None else arm for key, arm in arms.items()}
    apart = told_apart(located, cores)
    changed = {entries[k].text: apart[k] for k in apart if apart[k].norm != arms[k].norm or (r := read[k]) is None or r.norm != arms[k].norm}
    return replace(reader, told_apart={**by_row, **changed}, split=_split(grid, reader))


_PARTS = re.compile(r"\s?[,;:]\s|\s-\s")


def _split(grid: Grid, reader: Reader) -> dict[str, tuple[ArmOf, str]]:
    """The row labels of an arm and a population, where two arms or more stand with the same populations each ("Controls, stage I")."""
    found: dict[str, tuple[ArmOf, str]] = {}
    for row in range(grid.body, grid.height):
        entry = grid.at.get((row, 0))
        parts = _PARTS.split(reader.label(entry).core, maxsplit=1) if entry is not None else []
        arm = reader.naming.read(parts[0]) if len(parts) == 2 else None
        if entry is not None and arm is not None and arm.norm != "all" and reader.arm(entry) is None:
            found[entry.text] = (replace(arm, span=None), parts[1].strip())
    by_arm: dict[str, set[str]] = {}
    for arm, rest in found.values():
        by_arm.setdefault(arm.norm, set()).add(rest.casefold())
    rests = list(by_arm.values())
    return found if len(rests) > 1 and len(rests[0]) > 1 and all(r == rests[0] for r in rests) else {}


def _alone(grid: Grid, paper: Paper) -> ArmOf | None:
    """The only treatment of a table: the study's, else the one drug of its title where the headers are doses."""
    if paper.single is not None:
        return paper.single
    doses = {e.text for c in range(grid.labels, grid.width) for e in grid.path(c) if is_dose(read_label(e.text).core)}
    if paper.pair is not None or len(doses) < 2:
        return None
    titles = [s.span.of(paper.document.text) for s in paper.document.sections if s.kind is SectionKind.TITLE]
    named = {m.norm: m for title in titles for m in find_drugs(title) if m.kind is MentionKind.DRUG}
    return ArmOf(next(iter(named)), next(iter(named.values())).parts) if len(named) == 1 else None


def _beside_endpoints(reader: Reader, above: Mapping[int, Entry], row: Mapping[int, Header]) -> dict[int, ArmOf]:
    """The arms of headers that name them with an endpoint, where two of a row do so and differ."""
    found: dict[int, ArmOf] = {}
    for column, entry in above.items():
        label = reader.label(entry)
        if row[column].arm is None and len(label.endpoints) == 1 and label.role is Role.VALUE:
            arm = beside_endpoint(_without_size(label.text), (label.endpoints[0].start, label.endpoints[0].end), reader.naming)
            if arm is not None:
                found[column] = arm
    return found if len({a.norm for a in found.values()}) > 1 else {}


def _without_size(text: str) -> str:
    return re.sub(r"[(\[]?\s?\b[nN]\s?=\s?\d+\s?[)\]]?", lambda m: " " * len(m.group()), text)


_NO_NAME = re.compile(r"(?:unknown|others?|missing|none|not\b.*|n/a|no\b.*)", re.IGNORECASE)
_HEADS_ARMS = re.compile(r"(?:treatment\s|study\s)?(?:groups?|arms?|treatments?|regimens?)", re.IGNORECASE)


def _rows_of_arms(grid: Grid, reader: Reader) -> dict[str, ArmOf]:
    """The arms that stand under "Group" or "Treatment" in a column of labels, by their printed names where one beside them is known to be an arm."""
    found: dict[str, ArmOf] = {}
    for column in range(grid.labels):
        if not _HEADS_ARMS.fullmatch(reader.heads.get(column, "").strip()):
            continue
        entries = {e.text: e for r in range(grid.body, grid.height) if (e := grid.at.get((r, column))) is not None and e.cell.column_span == 1}
        row = {i: _header(reader, e) for i, e in enumerate(entries.values())}
        if any(h.arm is not None and h.arm.norm != "all" for h in row.values()):
            found.update({t: ArmOf(h.core) for t, h in zip(entries, row.values(), strict=True) if h.arm is None and h.is_name})
    return found


def _header(reader: Reader, entry: Entry) -> Header:
    """A header with what tells whether it is the name of an arm: words of no other kind."""
    label = reader.label(entry)
    plain = (
        label.role is Role.VALUE
        and not _NO_NAME.fullmatch(label.core)
        and not label.endpoints
        and label.grade is None
        and label.timepoint is None
        and not label.toxic
    )
    is_name = (
        plain
        and bool(re.search(r"[A-Za-z]{2}" if label.size is None else r"[A-Za-z]", label.core))
        and not generic(label.core)
        and not any(find_populations(label.core))
    )
    return Header(label.core, reader.arm(entry), label.size is not None, is_name)


def _crossed(grid: Grid) -> frozenset[str]:
    """The headers that stand again under each of several spanning headers."""
    under: dict[str, set[str]] = {}
    for column in range(grid.labels, grid.width):
        path = grid.path(column)
        for above, below in pairwise(path):
            under.setdefault(below.text, set()).add(above.text)
    return frozenset(text for text, above in under.items() if len(above) > 1)
