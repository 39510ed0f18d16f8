"""What sets the patients of a whole table, or of some of its rows, apart from the study's others: its caption, and heads that part its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from extractor.document import CharSpan, SectionKind
from extractor.entities.drugs import find_drugs
from extractor.entities.populations import find_populations
from extractor.relations.context import Paper
from extractor.relations.groups import PHRASES, is_entry, is_one_of_stages, words_of
from extractor.relations.tables.facets import Reader, Slot, generic, grade_only, population_norm
from extractor.relations.tables.grid import Entry, Grid, Row
from extractor.relations.tables.kinds import Frame
from extractor.relations.tables.labels import Form, Label, Role, bare_grade
from extractor.relations.tables.phases import phase_in

# "Survival by AFP > 400 ng/mL": what the rows or columns are told apart by.
_BY = re.compile(
    r"\b(?:by|according\sto|stratified|versus|vs\.?|with\sand\swithout|or\swithout|compar\w+|between|association|factors?|predict\w+|impact|effect)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"\b(?:patients|women|men|subjects|individuals|participants|those|tumou?rs|cohort|group|subgroup)\b", re.IGNORECASE)


_ALL_MEANT = re.compile(r"\bintent(?:ion)?[\s-]to[\s-]treat\b|\bm?ITT\b|\bfull\sanalysis\sset\b", re.IGNORECASE)


def patients_of(frame: Frame, paper: Paper) -> Slot | None:
    """The patients, or the phase of treatment, that a caption sets apart; None where it names all, or several."""
    text, at = frame.caption.text, frame.caption_span
    if at is None:
        return None
    found = _patients(text, paper)
    if found is not None:
        return Slot(population_norm(found[0]), found[1].shifted(at.start))
    place = phase_in(text) if frame.toxic else None
    if place is None or _of_all(text[slice(*place)], paper):
        return None
    return Slot(population_norm(text[slice(*place)]), CharSpan(*place).shifted(at.start))


def _patients(text: str, paper: Paper) -> tuple[str, CharSpan] | None:
    named = {p.norm: p for p in find_populations(text) if p.detail not in ("responders", "condition-of-the-analysis")}
    if len(named) != 1:
        return None
    (one,) = named.values()
    if _BY.search(text[: _after_arms(text, one.span)] if _after_arms(text, one.span) else text):
        return None
    if one.detail == "analysis-set" and _ALL_MEANT.search(text):
        return None  # "in the per-protocol and intention-to-treat populations": its rows tell which
    told = one.detail in PHRASES or one.detail in ("cohort", "analysis-set") or _PEOPLE.search(text)
    whole = is_one_of_stages(one.norm, paper.entry) if one.detail == "stage" else is_entry(one.norm, paper.entry)
    return (one.norm, one.span) if told and not whole and not _of_all(one.norm, paper) else None


def _after_arms(text: str, who: CharSpan) -> int:
    """Where the treatments that a caption sets against each other begin, if the patients stand behind them: "A versus B in women"; else 0."""
    against = re.search(r"(?P<first>[^,;:]*)\b(?:vs\.?|versus|compared\s(?:with|to)|and|or)\s(?P<second>[^,;:]*?)\s(?:in|among)\s", text[: who.start])
    if against is None or not all(any(True for _ in find_drugs(against.group(side))) for side in ("first", "second")):
        return 0
    start = min(m.span.start for m in find_drugs(against.group("first")))
    return against.start("first") + start


def _of_all(population: str, paper: Paper) -> bool:
    """Whether the title says it of all patients of the study."""
    title = words_of(" ".join(s.span.of(paper.document.text) for s in paper.document.sections if s.kind is SectionKind.TITLE))
    return words_of(population) <= title


# What parts events, not patients: how bad they were, what they came from, when they came.
_OF_EVENTS = re.compile(
    r"(?:acute|late|early|delayed|chronic|mild|moderate|severe|serious|all|any|total|overall|other|common|related|unrelated|laborator\w*|clinical)\b.*|.*\b(?:related|causality|attribut\w+|emergent)\b.*",
    re.IGNORECASE,
)

_RELATED = re.compile(
    r"(?:(?:possibly|probably|likely)\s)?(?:(?:study\s)?(?:treatment|drug|therapy)|causally|immune)[\s-]*related(?:\s(?:adverse\sevents?|AEs?|TEAEs?|events))?|related(?:\sto\s(?:study\s)?(?:drug|treatment))?",
    re.IGNORECASE,
)


def related_heads(grid: Grid, reader: Reader) -> frozenset[str]:
    """The heads of columns that count only what came of treatment, where other columns count all."""
    paths = [grid.path(c) for c in range(grid.labels, grid.width)]
    related = [{e.text for e in path if _RELATED.fullmatch(reader.label(e).core)} for path in paths]
    return frozenset().union(*related) if any(related) and not all(related) else frozenset()


def heads_over_arms(grid: Grid, reader: Reader, rows: Sequence[Row]) -> frozenset[str]:
    """The heads under each of which the same arms stand: they part the patients, where they say no other thing.

    One that is called by an endpoint ("No reported progression") does so where the rows tell other endpoints.
    """
    told = [{e.norm for entry in (*row.groups, *row.labels) for e in reader.label(entry).endpoints} for row in rows if _is_valued(reader, row)]
    found: set[str] = set()
    for index in range(grid.body):
        spanning = {e.text: e for c in range(grid.labels, grid.width) if (e := grid.at.get((index, c))) is not None and e.cell.column_span > 1}
        under = [_arms_under(grid, reader, entry) for entry in spanning.values()]
        if len(under) < 2 or any(arms != under[0] for arms in under) or len(under[0]) < 2:
            continue
        for text, entry in spanning.items():
            label = reader.label(entry)
            if reader.toxic and _OF_EVENTS.fullmatch(text.strip()):
                continue
            codes = {e.norm for e in label.endpoints}
            if _says_no_more(reader, entry, label) and (not codes or (all(told) and not codes & set().union(*told))):
                found.add(text)
    return frozenset(found)


def _is_valued(reader: Reader, row: Row) -> bool:
    """Whether a row holds values, not what compares them or how they are spread."""
    return bool(row.labels) and reader.label(row.labels[-1]).role is Role.VALUE


def _arms_under(grid: Grid, reader: Reader, entry: Entry) -> frozenset[str]:
    """The arms that stand below a spanning head, all patients for one."""
    first = entry.cell.column
    below = [e for c in range(first, first + entry.cell.column_span) for e in grid.path(c) if e.cell.row > entry.cell.row]
    return frozenset(arm.norm for e in below if (arm := reader.arm(e)) is not None)


def _says_no_more(reader: Reader, entry: Entry, label: Label) -> bool:
    """Whether a head says words alone: no arm, grade, landmark, statistic or event."""
    said = (label.grade, label.timepoint, label.measure, label.model, label.criterion, label.event)
    plain = label.role is Role.VALUE and not any(said) and not label.toxic and label.form == Form()
    return plain and not generic(label.core) and reader.arm(entry) is None


def parting_heads(reader: Reader, rows: Iterable[Row]) -> frozenset[str]:
    """The heads of a table of adverse events under which the same events stand as under another: they part the patients, or the time."""
    under: dict[str, set[str]] = {}
    for row in rows:
        own = reader.label(row.labels[-1]) if row.labels else None
        if own is None or own.event is None:
            continue
        for entry in (*row.groups, *row.labels[:-1]):
            label = reader.label(entry)
            if label.event is None and not label.endpoints and not label.toxic and not grade_only(label, label.grade or bare_grade(label)):
                under.setdefault(entry.text, set()).add(own.core.casefold())
    heads = {text: events for text, events in under.items() if not _OF_EVENTS.fullmatch(text.strip())}
    return frozenset(h for one, other in combinations(heads, 2) if _same(heads[one], heads[other]) for h in (one, other))


def _same(one: set[str], other: set[str]) -> bool:
    shared = len(one & other)
    return shared > 1 and 2 * shared >= min(len(one), len(other))
