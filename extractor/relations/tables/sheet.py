"""One table while it is read: everything known about it, and what was found so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from extractor.document import CharSpan, Document, cover
from extractor.entities import MentionKind
from extractor.entities.arms import find_arms, treatments
from extractor.quantities import Number, PValue
from extractor.relations.context import Paper
from extractor.relations.findings import ArmOf, Finding, Leftover, StudyOf, TableCell, Topic
from extractor.relations.tables.amounts import agrees
from extractor.relations.tables.cells import CellValue, digits, parse_cell
from extractor.relations.tables.facets import Facets, Reader, Slot
from extractor.relations.tables.grid import Entry, Grid, Row
from extractor.relations.tables.kinds import Frame
from extractor.relations.tables.labels import Role, Said
from extractor.relations.tables.numbered import with_number
from extractor.relations.tables.subjects import SAFETY, What
from extractor.relations.tested import tested_first


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell with its value and what its column is about."""

    column: int
    entry: Entry
    value: CellValue
    facets: Facets


@dataclass(frozen=True, slots=True)
class OpenP:
    """A p-value that no ratio stands beside, until the levels of its factor have been read. `head` is what those levels stand under."""

    row: Row
    cell: SheetCell
    head: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """A row whose ratios and p-values wait for the other rows of its block; `at` holds for each column the finding of its measurement."""

    row: Row
    rows: Facets
    cells: tuple[SheetCell, ...]
    at: Mapping[int, int]


@dataclass
class Sheet:
    """Everything known about a table while it is read.

    `last` holds for each column the finding of the row before, `deferred` the rows of a block of arms while it is read, `apart` the patients that the
    caption sets apart, `medians` whether the text tells medians of times to an event, `bracketed` whether cells hold numbers in brackets, `over` the
    endpoint of a row that held only what compares its arms: the rows below it hold their values. `factor` is the label of a row that held nothing but
    p-values: the rows below it may be its levels.
    """

    document: Document
    grid: Grid
    frame: Frame
    reader: Reader
    paper: Paper
    study: StudyOf
    whole_counts: bool = False
    parts: frozenset[int] = frozenset()
    counted: frozenset[int] = frozenset()
    summed: frozenset[int] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    results: int = 0
    sizes: dict[int, int] = field(default_factory=dict)
    row_sizes: dict[str, int] = field(default_factory=dict)
    row_counts: bool = False
    row_interval: bool = False
    by_subgroup: bool = False
    by_qualifiers: bool = False
    held: dict[int, Facets] = field(default_factory=dict)
    open_ps: list[OpenP] = field(default_factory=list)
    ratio_at: dict[tuple[int, int], int] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    medians: bool = False
    bracketed: bool = True
    shares: frozenset[int] = frozenset()
    apart: Slot | None = None
    last: dict[int, int] = field(default_factory=dict)
    ratios: dict[int, int] = field(default_factory=dict)
    groups: tuple[Entry, ...] = ()
    label: Entry | None = None
    over: Entry | None = None
    factor: Entry | None = None
    deferred: list[Deferred] | None = None

    def row_facets(self, row: Row) -> Facets:
        """What a row is about: the labels it stands under and its own."""
        toxic = self.frame.toxic or any(self.reader.label(e).toxic for e in row.groups)
        facets = with_time(self.reader.facets((*row.groups, *row.labels), populations=not toxic), self.reader.heads.values())
        facets = facets if toxic else with_number(facets, self.reader.heads)
        if facets.grade is None and len(facets.labels) > 1 and toxic:
            return _with_lettered_grade(facets)
        return facets

    def column(self, row: Row, entry: Entry) -> Facets:
        """What the column of a cell is about: the headers that stand over all of it."""
        headers = self.headers(row, entry)
        beside = [e.text for h in headers for c in range(self.grid.labels) if (e := self.grid.at.get((h.cell.row, c))) is not None]
        return with_time(self.reader.facets(headers, header=True), beside)

    def headers(self, row: Row, entry: Entry) -> tuple[Entry, ...]:
        """The headers over a cell, outermost first; those over a part of a wide cell are not over it."""
        first = entry.cell.column
        covered = range(first + 1, first + entry.cell.column_span)
        path = tuple(h for h in self.grid.path(first) if all(h in self.grid.path(c) for c in covered))
        own = row.headers.get(first)
        return (*path, own) if own is not None and (not covered or own.cell.column_span >= entry.cell.column_span) else path

    def origin(self, row: Row, *entries: Entry | CharSpan | None) -> TableCell:
        """The evidence of a finding: its cells, then what they stand under, then the caption."""
        spans = [e.raw if isinstance(e, Entry) else e for e in (*entries, self.frame.caption_span) if e is not None]
        return TableCell(tuple(dict.fromkeys(spans)), self._start(row))

    def _start(self, row: Row) -> int:
        return min(e.raw.start for e in (*row.labels, *row.values.values()))

    def refuse(self, row: Row, entry: Entry, reason: str) -> None:
        """Leave a number over, with the reason."""
        if digits(entry.text):
            whole = cover(e.raw for e in (*row.labels, *row.values.values()))
            self.leftovers.append(Leftover(TableCell((whole,), whole.start), entry.raw, reason))

    def in_order(self, first: ArmOf, second: ArmOf) -> tuple[ArmOf, ArmOf]:
        """Two arms with the one under test in front: as the paper has them, else by what they are, else as the columns stand."""
        pair = self.paper.pair
        if pair is not None and {first.norm, second.norm} == {a.norm for a in pair}:
            return (first, second) if first.norm == pair[0].norm else (second, first)
        return tested_first(first, second)


# "Years of follow-up", "Time (months)", "Months after surgery": what a bare number under it, or beside it, counts.
_COUNTS_TIME = re.compile(
    r"(?:(?:time|period|duration|interval|follow-?\s?up|number\sof|no\.\sof)[\s,:(\[]*(?:in\s)?)?(?P<unit>years?|months?|weeks?)[\s)\]]*"
    r"(?:(?:of|after|from|since|post)\b.*|follow-?\s?up)?",
    re.IGNORECASE,
)


def with_time(facets: Facets, heads: Iterable[str]) -> Facets:
    """The same with the landmark that a bare number is, where another label or a head says what it counts: "12" under "Months after surgery"."""
    if not facets.labels or facets.timepoint is not None or facets.grade is not None:
        return facets
    entry, own = facets.labels[-1]
    if not re.fullmatch(r"\d{1,3}(?:\.5)?", own.core):
        return facets
    texts = [label.text for _, label in reversed(facets.labels[:-1])] + list(heads)
    unit = next((m.group("unit").casefold().removesuffix("s") for text in texts if (m := _COUNTS_TIME.fullmatch(text.strip()))), None)
    if unit is None:
        return facets
    start = max(own.text.find(own.core), 0)
    said = Said(f"{own.core} {unit}", start, start + len(own.core))
    timed = replace(own, timepoint=said, core="")
    slot = Slot(said.norm, entry.span(said.start, said.end))
    return replace(facets, timepoint=slot, labels=(*facets.labels[:-1], (entry, timed)))


_LETTER_GRADE = re.compile(r"(?P<grade>[A-E])\b\s?(?:\(|$)")


def _with_lettered_grade(facets: Facets) -> Facets:
    """Grades by letters, under a label that calls them grades: "Rash (maximum grade)" over "A (erythema)"."""
    entry, own = facets.labels[-1]
    match = _LETTER_GRADE.match(own.core)
    above = facets.labels[-2][1]
    if match is None or not re.search(r"\bgrades?\b", above.text, re.IGNORECASE):
        return facets
    start = max(own.text.find(match.group("grade")), 0)
    lettered = replace(own, grade=Said(match.group("grade"), start, start + 1), core="")
    return replace(facets, grade=Slot(match.group("grade"), entry.span(start, start + 1)), labels=(*facets.labels[:-1], (entry, lettered)))


def p_of(cell: CellValue, entry: Entry) -> PValue | None:
    """A cell as a p-value; None for what can be none."""
    if cell.value is None or not 0 <= cell.value <= 1 or cell.brackets or cell.percent:
        return None
    op = {"≤": "<=", "≥": ">="}.get(cell.op or "=", cell.op or "=")
    return PValue(entry.span(cell.start, cell.end), op, cell.value)


_IN_GROUP = re.compile(r"\b(?:in|of|for)\s(?:the\s)?(?P<name>(?:[\w+/-]+\s){1,4}?(?:group|arm))\b", re.IGNORECASE)
_BY_GROUP = re.compile(r"\b(?:groups|arms|versus|vs|both|between|by|each|per)\b", re.IGNORECASE)


def default_arm(sheet: Sheet) -> tuple[ArmOf, str]:
    """The arm of a table that names none in its rows and columns: its caption's, the paper's only one, or all; and how it was found."""
    if sheet.reader.naming.captioned is not None:
        return sheet.reader.naming.captioned, "arm-of-caption"
    text = sheet.frame.caption.text
    drugs = treatments(text, sheet.paper.arms)
    named = {m.norm: m for m in find_arms(text, drugs, sheet.paper.arms) if m.kind is MentionKind.ARM and m.detail != "role"}
    if len(named) == 1 and any(p.kind == "drug" for m in named.values() for p in m.parts):
        (mention,) = named.values()
        caused = re.match(r"[\s-](?:related|associated|induced|attributable)", text[mention.span.end :])
        if caused and sheet.paper.single is not None:
            return sheet.paper.single, "arm-of-study"
        if caused and sheet.paper.pair is not None:
            mine = {p.name for p in mention.parts}
            given = [arm for arm in sheet.paper.pair if mine <= {p.name for p in arm.parts}]
            return (given[0], "arm-of-caption") if len(given) == 1 else (ArmOf("all"), "no-arm-named")
        start = sheet.frame.caption_span.start if sheet.frame.caption_span is not None else 0
        return ArmOf(mention.norm, mention.parts, mention.span.shifted(start)), "arm-of-caption"
    if sheet.paper.single is not None:
        return sheet.paper.single, "arm-of-study"
    groups = [arm for m in _IN_GROUP.finditer(text) if (arm := sheet.reader.naming.read(m.group("name"))) is not None and arm.norm != "all"]
    if len({arm.norm for arm in groups}) == 1 and groups[0].parts and not _BY_GROUP.search(text):
        return replace(groups[0], span=None), "arm-of-caption"
    return ArmOf("all"), "no-arm-named"


def topic_of(sheet: Sheet, what: What, rows: Facets, column: Facets) -> Topic:
    """The slots that the numbers of a cell share, whatever their arm."""
    caption, safety = sheet.frame.caption, what.endpoint in SAFETY
    span = sheet.frame.caption_span
    own = None if rows.grade is not None and rows.grade.value == "any" and what.event == "any" else rows.grade  # "Any" is what happened
    grade = own or column.grade or _from_caption(caption.grade, span) or rows.grade
    by_column = column.endpoint is not None and what.span == column.endpoint.span
    timepoint = column.timepoint or rows.timepoint if by_column else rows.timepoint or column.timepoint
    if timepoint is not None and what.endpoint == "AE" and timepoint.value[:1] in "<>0123456789":
        timepoint = None  # how long events were counted is no landmark; the course in which they were is
    scale, criterion = rows.scale or column.scale or sheet.frame.scale, rows.criterion or column.criterion or sheet.frame.criterion
    judged = criterion if not safety and what.endpoint not in _UNJUDGED else scale if what.endpoint == "AE" else None
    told = rows.population
    population = both(None if is_event(column.population, what) else column.population, None if is_event(told, what) else told)
    population = both(sheet.apart, population) if sheet.apart is not None else population
    return Topic(
        what.endpoint,
        what.span,
        None,
        sheet.study,
        population=population.value if population else None,
        population_span=population.span if population else None,
        timepoint=timepoint.value if timepoint else None,
        timepoint_span=timepoint.span if timepoint else None,
        criterion=judged,
        event=what.event,
        event_span=what.event_span,
        grade=grade.value if grade and what.endpoint == "AE" else None,
        grade_span=grade.span if grade and what.endpoint == "AE" else None,
    )


# What no criterion of response decides.
_UNJUDGED = frozenset({"OS", "CSS", "FOLLOW_UP", "DURATION"})


def is_event(told: Slot | None, what: What) -> bool:
    """Whether words that may be a population are what the event is, not who had it."""
    if told is None or what.event is None:
        return False
    return told.value == what.event or (what.event_span is not None and told.span.overlaps(what.event_span))


def _from_caption(said: Said | None, span: CharSpan | None) -> Slot | None:
    return None if said is None or span is None else Slot(said.norm, CharSpan(span.start + said.start, span.start + said.end))


def both(one: Slot | None, other: Slot | None) -> Slot | None:
    """Two populations as one: patients who are of both."""
    if one is None or other is None or one.value == other.value:
        return one or other
    return Slot(f"{one.value}, {other.value}", one.span, one.known and other.known)


def parsed(row: Row) -> Iterator[tuple[int, Entry, CellValue | None]]:
    """The cells of a row with their values."""
    for column, entry in row.values.items():
        yield column, entry, parse_cell(entry.text)


def sized(arm: ArmOf, size: int | None, population: str | None) -> ArmOf:
    """An arm with its size, where the header's number is of the whole arm."""
    return replace(arm, n=size) if size is not None and population is None else arm


def numbers_are_counts(sheet: Sheet, rows: Iterable[Row]) -> bool:
    """Whether all numbers of a table are counts because nothing in it speaks of shares: whole numbers throughout, no percent sign, no rate."""
    grid = sheet.grid
    around = " ".join((sheet.frame.notes, *(e.text for c in range(grid.width) for e in grid.path(c))))
    if re.search(r"%|\bpercent|\brates?\b|\bproportions?\b|\bincidence\b|\bprobabilit|\bmean|\bmedian", around, re.IGNORECASE):
        return False
    cells: list[Number] = []
    for row in rows:
        if any("%" in e.text for e in (*row.groups, *row.labels)):
            return False
        for _, entry, cell in parsed(row):
            if cell is None or sheet.column(row, entry).role in (Role.P, Role.OTHER, Role.RATIO):
                continue
            if cell.percent or cell.brackets or not isinstance(cell.value, int):
                return False
            cells.append(cell.value or 0)
    return len(cells) >= 4


def columns_of_counts(sheet: Sheet, rows: Iterable[Row]) -> frozenset[int]:
    """The columns whose numbers are counts because most stand with their share: the 0 among "12 (36%)" and "1 (3%)" is a count."""
    bracketed: dict[int, int] = {}
    others: dict[int, int] = {}
    zeros: set[int] = set()
    for row in rows:
        for column, entry, cell in parsed(row):
            if sheet.column(row, entry).role in (Role.P, Role.OTHER, Role.RATIO):
                continue
            single = cell.single() if cell is not None else None
            counted = cell is not None and isinstance(cell.value, int) and single is not None
            zero = cell is not None and cell.value == 0 and not cell.brackets and not cell.percent
            if zero:
                zeros.add(column)
            if counted:
                bracketed[column] = bracketed.get(column, 0) + 1
            elif not zero:
                others[column] = others.get(column, 0) + 1
    throughout = sum(bracketed.values()) > 1 and not others  # every other cell of the table is a count with its share
    found = {c for c, n in bracketed.items() if (n > 1 or throughout) and n > others.get(c, 0)}
    return frozenset(found | zeros) if throughout else frozenset(found)


def columns_of_shares(sheet: Sheet, rows: Iterable[Row]) -> frozenset[int]:
    """The columns whose brackets hold percentages by arithmetic: one number of patients fits all pairs, of which there are several."""
    pairs: dict[int, set[tuple[int, Number]]] = {}
    others: set[int] = set()
    for row in rows:
        for column, _, cell in parsed(row):
            single = cell.single() if cell is not None else None
            if cell is None or single is None:
                continue
            if isinstance(cell.value, int) and cell.value > 0 and single.low is not None and 0 < single.low <= 100 and single.op is None:
                pairs.setdefault(column, set()).add((cell.value, single.low))
            elif cell.value != 0:
                others.add(column)
    return frozenset(c for c, found in pairs.items() if c not in others and _are_enough(found) and _one_total(found))


def _are_enough(pairs: set[tuple[int, Number]]) -> bool:
    """Whether so many pairs do not fit one total by chance: fewer are needed where shares have decimals."""
    return len(pairs) >= (3 if all(isinstance(share, float) for _, share in pairs) else 6)


def _one_total(pairs: set[tuple[int, Number]]) -> bool:
    n, share = max(pairs)
    about = round(100 * n / share)
    return any(all(agrees(n, total, p) for n, p in pairs) for total in range(max(about - about // 20 - 1, n), about + about // 20 + 2))


CATEGORIES = frozenset({"CR", "PR", "SD", "PD"})


def columns_of_parts(sheet: Sheet, rows: Iterable[Row]) -> frozenset[int]:
    """The columns in which the categories of response are counts by arithmetic: whole numbers that add up to no more than the arm has patients.

    Percentages of the categories add up to about 100; an arm of about 100 patients is left open.
    """
    sums: dict[int, tuple[int, int, int]] = {}
    for row in rows:
        facets = sheet.row_facets(row)
        own = facets.labels[-1][1] if facets.labels else None
        if own is None or len(own.endpoints) != 1 or own.endpoints[0].norm not in CATEGORIES or own.form.share or own.form.share_in_brackets:
            continue
        for column, entry, cell in parsed(row):
            size = sheet.column(row, entry).size
            total, count, _ = sums.get(column, (0, 0, 0))
            if cell is None or size is None or cell.brackets or cell.percent or not isinstance(cell.value, int):
                return frozenset()
            sums[column] = (total + cell.value, count + 1, size)
    fits = all(count >= 3 and total <= size and not 97 <= total <= 103 for total, count, size in sums.values())
    return frozenset(sums) if fits else frozenset()
