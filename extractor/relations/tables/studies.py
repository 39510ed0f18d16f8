"""Tables whose rows are studies: who reported it, who was treated with what, and the results, arm by arm in the order of the arms.

"Smith et al, 2004 | drug A vs drug B | 120 vs 118 | 7.1 vs 5.2 (p = 0.03)". A cell is read where it holds as many values as the row has arms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.entities.drugs import find_drugs
from extractor.entities.endpoints import find_endpoints, quantities_of
from extractor.entities.mention import MentionKind
from extractor.quantities import Interval, PValue, parse_number
from extractor.relations.findings import ArmOf, ComparisonFinding, Finding, Leftover, MeasurementFinding, StudyOf, TableCell, Topic
from extractor.relations.tables.amounts import Amount, Printed, share_of, time_of
from extractor.relations.tables.arms import Naming
from extractor.relations.tables.cells import EMPTY, Bracket, digits, is_reference, parse_cell
from extractor.relations.tables.contrasts import beside_ratio, comparison_of, paired, ratio_of, with_bounds, with_p
from extractor.relations.tables.facets import Facets, generic, population_norm
from extractor.relations.tables.grid import Entry, Grid
from extractor.relations.tables.labels import Form, Label, Role, Said, read_label
from extractor.relations.tables.listed import ListedStudy, Listing
from extractor.relations.tables.sheet import Sheet, SheetCell, topic_of
from extractor.relations.tables.subjects import What, event_norm

NO_STUDY = "a row that names no study"
OWN_ROW = "this analysis beside the studies that it lists"
NO_ENDPOINT = "a column that names no endpoint"
NOT_MATCHED = "not as many values as the row has arms"
NOT_COMPARED = "an estimate or p-value without the two arms, or the one endpoint, that it compares"
ROWS_ALIKE = "rows of one study that nothing tells apart"

_VERSUS = re.compile(r"\*?\s?\b(?:vs\.?|versus)\s?", re.IGNORECASE)
_ARMS_HEAD = re.compile(
    r"\b(?:treatments?|regimens?|arms?|therap(?:y|ies)|chemotherap(?:y|ies)|protocols?|drugs?|agents?|comparisons?)\b", re.IGNORECASE
)
_PATIENTS_HEAD = re.compile(r"(?:n|(?:no\.?|number|total)?\s?(?:of\s)?(?:patients|pts\.?|subjects|cases))\b.*", re.IGNORECASE)
_P = re.compile(r"[(,;]?\s?\b[pP]\s?(?P<op>[<>=≤≥]=?)\s?(?P<value>0?\.\d+)\s?\)?\s*$")
_NOT_SIGNIFICANT = re.compile(r"[(,;]?\s?\b(?:NS|n\.s\.|NR)\s?\)?\s*$")
_MARKS = re.compile(r"(?<=[\d%)])\s?[*†‡§¶‖#+∗]+(?=\s|$|,|\()")
# "6-year EFS 31% (4)", "1y-OS rate: 73%": a cell that says itself what it holds.
_SAYS_ITSELF = re.compile(
    r"(?P<time>\d{1,2})[\s-]?(?P<unit>y(?:ea)?rs?|y|months?|mo)[\s-](?P<what>[A-Z]{2,4})\b(?:\srates?)?[:=]?\s?(?P<value>\d{1,3}(?:\.\d+)?)\s?%"
    r"(?:\s?\((?:95\s?%\sCI,?\s)?(?P<low>\d{1,3}(?:\.\d+)?)\s?-\s?(?P<high>\d{1,3}(?:\.\d+)?)\))?"
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a row of a study tells results of: its arms in order, how many patients each had, and who they were where rows of others stand beside."""

    study: StudyOf
    label: Entry
    arms: tuple[ArmOf, ...]
    patients: tuple[int, ...]
    population: Entry | None = None


Told = Sequence[tuple[int, MeasurementFinding]]


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table of studies hold besides results: names, treatments, numbers of patients."""

    names: int | None
    arms: tuple[int, ...]
    patients: int | None


def read_studies(sheet: Sheet, listing: Listing) -> None:
    """Add to the sheet what each study found; what cannot be attached is left over."""
    grid = sheet.grid
    patients = next((c for c in range(grid.width) if c != listing.column and _PATIENTS_HEAD.fullmatch(_head(grid, c))), None)
    columns = Columns(listing.column, _arms_columns(grid, listing.column), patients)
    for one in listing.studies:
        rows = {r: _results(grid, columns, r) for r in one.rows}
        if one.study is None or (one.study.provenance == "own" and not sheet.paper.is_primary):
            _refuse(sheet, (e for cells in rows.values() for e in cells.values()), NO_STUDY if one.study is None else OWN_ROW)
        else:
            _read_study(sheet, columns, one.study, one)


def _results(grid: Grid, columns: Columns, row: int) -> dict[int, Entry]:
    """The cells of a row that may hold results."""
    cells = {c: e for c in range(grid.width) if (e := grid.at.get((row, c))) is not None and e.cell.row == row and e.cell.column == c}
    aside = (columns.names, *columns.arms, columns.patients)
    return {c: e for c, e in cells.items() if c not in aside and not EMPTY.fullmatch(e.text)}


def _read_study(sheet: Sheet, columns: Columns, study: StudyOf, listed: ListedStudy) -> None:
    told_in = (r for r in listed.rows if any(_may_tell(sheet, at, e) for at, e in _results(sheet.grid, columns, r).items()))
    listed = replace(listed, rows=tuple(told_in))  # others go on with the words of the row above
    trials = _trials(sheet, columns, study, listed)
    sheet.results += 1
    told: list[tuple[int, MeasurementFinding]] = []
    comparing: list[tuple[int, SheetCell]] = []
    for row in listed.rows:
        for at, entry in _results(sheet.grid, columns, row).items():
            trial = trials.get(row)
            if trial is None or (entry.cell.row_span > 1 and len(listed.rows) > 1 and _compares(sheet, at) is None):
                _refuse(sheet, [entry], ROWS_ALIKE if trial is None else NOT_MATCHED)
                continue
            cell = _comparing(sheet, at, entry)
            if cell is not None:
                comparing.append((row, cell))
                continue
            found = _read_cell(sheet, trial, at, entry)
            told += [(at, f) for f in found if isinstance(f, MeasurementFinding)]
            sheet.findings += found
            reason = _why_not(sheet, at)
            if not found and (reason is not NO_ENDPOINT or entry.is_value):
                _refuse(sheet, [entry], reason)
    _compare(sheet, trials, comparing, told)


def _may_tell(sheet: Sheet, column: int, entry: Entry) -> bool:
    """Whether a cell may tell a result: its column is of one, or it says so itself."""
    return _what(sheet, column) is not None or _compares(sheet, column) is not None or entry.is_value or bool(_SAYS_ITSELF.search(entry.text))


def _trials(sheet: Sheet, columns: Columns, study: StudyOf, listed: ListedStudy) -> dict[int, Trial]:
    """What each row of a study is of; a row that nothing tells from another of the same study is left out."""
    grid = sheet.grid
    naming = sheet.reader.naming
    if study.provenance == "cited":
        naming = replace(naming, paper=replace(naming.paper, pair=None, assigned=()))  # the arms of others are not parts of this paper's
    found: dict[int, Trial] = {}
    for row in listed.rows:
        treated = [e for c in columns.arms if (e := grid.at.get((row, c))) is not None and not EMPTY.fullmatch(e.text)]
        counted = grid.at.get((row, columns.patients)) if columns.patients is not None else None
        arms = _arms(naming, treated, listed.label if columns.names is not None else None)
        if not columns.arms and not arms:
            whole = sheet.paper.single if study.provenance == "own" else _of_caption(sheet)
            arms = (replace(whole, span=None),) if whole is not None else ()
        patients = tuple(int(n) for n in re.findall(r"\d+", counted.text)) if counted is not None else tuple(a.n for a in arms if a.n is not None)
        found[row] = Trial(study, listed.label, tuple(replace(a, n=None) for a in arms), patients)
    alike = {row: trial.arms for row, trial in found.items() if any(other.arms == trial.arms for at, other in found.items() if at != row)}
    populations = _apart(grid, columns, alike)
    return {row: replace(t, population=populations.get(row)) for row, t in found.items() if row not in alike or row in populations}


def _of_caption(sheet: Sheet) -> ArmOf | None:
    """The one treatment that the caption says all studies are of: "Published trials of drug A"."""
    named = {m.norm: m for m in find_drugs(sheet.frame.caption.text)}
    (only,) = named.values() if len(named) == 1 else (None,)
    return ArmOf(only.norm, only.parts) if only is not None and only.kind is MentionKind.DRUG else None


def _apart(grid: Grid, columns: Columns, rows: Mapping[int, tuple[ArmOf, ...]]) -> dict[int, Entry]:
    """The population of each of several rows of one study and treatment: what the one column of words says that tells the rows of an arm apart."""
    found: list[dict[int, Entry]] = []
    for column in range(grid.width):
        if column in (columns.names, *columns.arms, columns.patients):
            continue
        cells = {r: e for r in rows if (e := grid.at.get((r, column))) is not None and not EMPTY.fullmatch(e.text)}
        words = all(parse_cell(e.text) is None and not read_label(e.text).endpoints for e in cells.values())
        if rows and words and len(cells) == len({(e.text, rows[r]) for r, e in cells.items()}) == len(rows):
            found.append(cells)
    return found[0] if len(found) == 1 else {}


def _refuse(sheet: Sheet, entries: Iterable[Entry], reason: str) -> None:
    for entry in entries:
        if digits(entry.text):
            sheet.leftovers.append(Leftover(TableCell((entry.raw,), entry.raw.start), entry.raw, reason))


def _head(grid: Grid, column: int) -> str:
    return " ".join(e.text for e in grid.path(column)).strip()


_UNTOLD = re.compile(r"not\s(?:specified|stated|given|reported|available|known)|unknown|unspecified|various|mixed|miscellaneous", re.IGNORECASE)
_CONTROL_HEAD = re.compile(r"(?:control|comparator|reference|standard)s?(?:\s(?:arm|group|treatment|therapy|regimen))?", re.IGNORECASE)


def _arms_columns(grid: Grid, names: int | None) -> tuple[int, ...]:
    """The column that tells who was treated with what, and that of the controls beside it.

    Most cells of the one name a treatment, or some and its head says so; it is the fullest of such.
    """
    found: list[tuple[int, int]] = []
    for c in range(grid.width):
        cells = [
            e for r in range(grid.body, grid.height) if (e := grid.at.get((r, c))) is not None and e.cell.row == r and not EMPTY.fullmatch(e.text)
        ]
        treated = sum(any(True for _ in find_drugs(e.text)) for e in cells)
        if c != names and cells and (2 * treated > len(cells) or (_ARMS_HEAD.search(_head(grid, c)) and 4 * treated >= len(cells))):
            found.append((-treated, c))
    if not found:
        return ()
    controls = [c for c in range(grid.width) if c != names and _CONTROL_HEAD.fullmatch(_head(grid, c)) and any(c == at for _, at in found)]
    tested = [c for _, c in sorted(found) if c not in controls and (not controls or c < controls[0])]
    return (tested[0], controls[0]) if tested and len(controls) == 1 else (min(found)[1],)


def _arms(naming: Naming, entries: Sequence[Entry], label: Entry | None) -> tuple[ArmOf, ...]:
    """The arms of a row, in order: of what stands before the study's name, else of its column of treatments, parted by "vs" or one a line."""
    before = re.split(r"[(\[]", label.text)[0] if label is not None else ""
    if any(True for _ in find_drugs(before)) or _VERSUS.search(before):
        parts = _VERSUS.split(before)
    else:
        lines = [[text for text, _ in _parts(entry)] for entry in entries]
        parts = [
            p
            for own, entry in zip(lines, entries, strict=True)
            for p in (own if _VERSUS.search(entry.text) or all(map(_names_treatment, own)) else [entry.text])
        ]
    return tuple(_arm(naming, part) for part in parts if part.strip() and not _UNTOLD.fullmatch(part.strip()))


def _names_treatment(line: str) -> bool:
    return any(True for _ in find_drugs(line)) or bool(re.match(r"\W*(?:arm|group)\s\w", line, re.IGNORECASE))


_GOES_ON = re.compile(r"(?:.*(?:[+/,(-]|\b(?:plus|and|with|or|then|followed\sby))\s*$)", re.IGNORECASE)
_CONTINUES = re.compile(r"\s*(?:[+/,;()\[-]|(?:plus|and|with|or|then|followed\sby|vs\.?|versus|p\s?[=<>])\b)", re.IGNORECASE)


def _parts(entry: Entry) -> list[tuple[str, int]]:
    """The pieces of a cell and where each starts: set against each other by "vs", else a line each, but for lines that go on."""
    text, versus = entry.text, list(_VERSUS.finditer(entry.text))
    if versus:
        starts = [0, *(m.end() for m in versus)]
        return [(text[a:b], a) for a, b in zip(starts, [*(m.start() for m in versus), len(text)], strict=True)]
    breaks = entry.cell.breaks if len(entry.cell.text) == len(text) else ()
    starts = [0]
    for at, until in pairwise((*breaks, len(text))):
        line = text[at:until]
        if line.strip() and text[starts[-1] : at].strip() and not _GOES_ON.fullmatch(text[starts[-1] : at]) and not _CONTINUES.match(line):
            starts.append(at)
    return [(text[a:b], a) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _arm(naming: Naming, text: str) -> ArmOf:
    counted = read_label(text)
    text = counted.core if counted.size is not None and counted.core else text
    arm = naming.read(text)
    named = arm if arm is not None else ArmOf(re.sub(r"\s+", " ", _MARKS.sub("", text)).strip(" ,;:*"))
    return replace(named, span=None, n=counted.size)


def _label(sheet: Sheet, column: int) -> Label:
    return read_label(_head(sheet.grid, column), sheet.frame.marks)


def _what(sheet: Sheet, column: int) -> What | None:
    """The endpoint or the adverse event that a column names; None where it names none, or several."""
    label = _label(sheet, column)
    if len(label.endpoints) == 1 and label.endpoints[0].norm != "AE":
        facets = sheet.reader.facets(sheet.grid.path(column), header=True)
        return What(label.endpoints[0].norm, facets.endpoint.span if facets.endpoint is not None else None)
    if not label.endpoints and label.event is not None and label.grade is not None and (label.form.share or label.form.share_in_brackets):
        return What("AE", None, event_norm(label.core), sheet.grid.path(column)[-1].raw)
    return None


def _read_cell(sheet: Sheet, trial: Trial, column: int, entry: Entry) -> list[Finding]:
    """What a cell tells; nothing where it is not understood, or holds not as many values as the row has arms."""
    said = list(_SAYS_ITSELF.finditer(entry.text))
    if said:
        told = [_of_itself(sheet, trial, entry, match) for match in said]
        return [f for f in told if f is not None] if all(told) else []
    what = _what(sheet, column)
    if what is None:
        return []
    label = _label(sheet, column)
    facets = sheet.reader.facets(sheet.grid.path(column), header=True)
    text, p = _without_p(entry)
    amounts = _amounts(sheet, replace(entry, text=text), (label.form.over(sheet.frame.form), what), _interval_beside(sheet, entry))
    arms = _arms_of(trial, facets, what, len(amounts))
    if not amounts or len(arms) != len(amounts):
        return []
    topic = replace(topic_of(sheet, what, Facets(), facets), study=trial.study)
    if trial.population is not None:
        topic = replace(topic, population=_who(sheet, trial.population), population_span=trial.population.raw)
    time = quantities_of()[what.endpoint] == "time"
    if time and topic.timepoint is None and any(a.unit == "percent" for a in amounts):
        return []
    sizes = trial.patients if len(trial.patients) == len(arms) else (None,) * len(arms)
    found: list[Finding] = [
        _measured(sheet, (trial, topic, entry), arm, (amount, size)) for arm, amount, size in zip(arms, amounts, sizes, strict=True)
    ]
    if p is not None and len(arms) == 2:
        found.append(_tested(sheet, (trial, replace(topic, statistic=amounts[0].statistic), entry), arms, p))
    return found


def _who(sheet: Sheet, entry: Entry) -> str:
    """A population by the words of its cell, with the head over them where that says of what they are: "mutant" under "KRAS"."""
    head = _head(sheet.grid, entry.cell.column)
    whole = generic(head) or re.search(r"\b(?:populations?|patients?|sub-?groups?|settings?|lines?|cohorts?|stage)\b", head, re.IGNORECASE)
    return population_norm(entry.text if whole else f"{head} {entry.text[:1].lower()}{entry.text[1:]}")


def _arms_of(trial: Trial, column: Facets, what: What, values: int) -> tuple[ArmOf, ...]:
    """The arms that the values of a cell are of: the row's, the one that its column names, or all where the row names none."""
    if trial.arms and not (values == 1 and what.endpoint == "FOLLOW_UP"):
        return trial.arms
    if not trial.arms and column.arm is not None and column.arm.norm != "all":
        return (column.arm,)
    return (ArmOf("all"),) if values == 1 else ()


def _interval_beside(sheet: Sheet, entry: Entry) -> tuple[Entry, Bracket] | None:
    """The interval in the column right of a value, where that column holds nothing else."""
    column = entry.cell.column + entry.cell.column_span
    beside = sheet.grid.at.get((entry.cell.row, column))
    if beside is None or _label(sheet, column).role is not Role.INTERVAL or _label(sheet, column).endpoints:
        return None
    value = parse_cell(beside.text)
    pair = value.pair() if value is not None and value.value is None else None
    return (beside, pair) if pair is not None else None


def _without_p(entry: Entry) -> tuple[str, PValue | None]:
    """The text of a cell before its p-value, with the marks of footnotes blanked out, and the p-value."""
    text = _MARKS.sub(lambda m: " " * len(m.group()), entry.text)
    match = _P.search(text)
    if match is None:
        return _NOT_SIGNIFICANT.sub("", text), None
    op = {"≤": "<=", "≥": ">="}.get(match.group("op"), match.group("op"))
    value = parse_number(match.group("value"))
    return text[: match.start()], PValue(entry.span(match.start("op"), match.end("value")), op, value)


def _amounts(sheet: Sheet, entry: Entry, told: tuple[Form, What], beside: tuple[Entry, Bracket] | None) -> tuple[Amount, ...]:
    """The values of a cell, one an arm; none where one of them is not understood."""
    form, what = told
    time = quantities_of()[what.endpoint] == "time"
    found: list[Amount] = []
    parts = _parts(entry)
    for part, start in parts:
        value = parse_cell(part)
        if value is None or value.is_p:
            return ()
        piece = replace(entry, text=part, raw=entry.span(start, start + len(part)))
        statistic = form if form.statistic is not None or not time or value.percent or form.share else replace(form, statistic="median")
        printed = Printed(piece, value, statistic, beside=beside if len(parts) == 1 else None)
        amount = share_of(printed) if not time or value.percent or form.share else time_of(printed)
        if isinstance(amount, str):
            return ()
        found.append(amount)
    return tuple(found)


def _of_itself(sheet: Sheet, trial: Trial, entry: Entry, match: re.Match[str]) -> Finding | None:
    codes = {m.norm for m in find_endpoints(match.group("what"))}
    value = parse_number(match.group("value"))
    if len(codes) != 1 or len(trial.arms) > 1 or value is None or value > 100:
        return None
    unit = "year" if match.group("unit").startswith("y") else "month"
    what = What(codes.pop(), entry.span(*match.span("what")))
    timepoint = Said(f"{match.group('time')} {unit}", *match.span("time"))
    topic = replace(
        topic_of(sheet, what, Facets(), Facets()),
        study=trial.study,
        timepoint=timepoint.norm,
        timepoint_span=entry.span(timepoint.start, timepoint.end),
    )
    interval = None
    if match.group("low"):
        interval = Interval(
            entry.span(match.start("low"), match.end("high")), parse_number(match.group("low")), parse_number(match.group("high")), None
        )
    patients = trial.patients[0] if len(trial.patients) == 1 else None
    amount = Amount(value, entry.span(*match.span("value")), "percent", "rate", interval=interval)
    return _measured(sheet, (trial, topic, entry), trial.arms[0] if trial.arms else ArmOf("all"), (amount, patients))


About = tuple[Trial, Topic, Entry]


def _origin(sheet: Sheet, about: About) -> TableCell:
    trial, _, entry = about
    row = [e for c in range(sheet.grid.width) if (e := sheet.grid.at.get((entry.cell.row, c))) is not None]
    spans = (entry.raw, trial.label.raw, *(e.raw for e in row), *(e.raw for e in sheet.grid.path(entry.cell.column)), sheet.frame.caption_span)
    return TableCell(tuple(dict.fromkeys(s for s in spans if s is not None)), trial.label.raw.start)


def _measured(sheet: Sheet, about: About, arm: ArmOf, found: tuple[Amount, int | None]) -> MeasurementFinding:
    amount, patients = found
    return MeasurementFinding(
        read=_origin(sheet, about),
        topic=replace(about[1], statistic=amount.statistic),
        arm=replace(arm, n=patients),
        value=amount.value,
        value_span=amount.span,
        unit=amount.unit,
        op=amount.op,
        n=amount.n,
        N=amount.N or (patients if amount.unit == "percent" else None),
        interval=amount.interval,
        spread=amount.spread,
        category=amount.category,
        result=sheet.results,
        pattern="table-study",
    )


def _tested(sheet: Sheet, about: About, arms: Sequence[ArmOf], p: PValue) -> ComparisonFinding:
    first, second = sheet.in_order(*arms[:2])
    return ComparisonFinding(
        read=_origin(sheet, about),
        topic=about[1],
        arm=first,
        comparator=second,
        factor=None,
        p=p,
        result=sheet.results,
        pattern="table-study",
    )


def _compares(sheet: Sheet, column: int) -> Role | None:
    """Whether a column holds what compares arms: ratios, p-values, or the intervals of ratios."""
    role = _label(sheet, column).role
    if role is Role.INTERVAL:
        left = [c for c in range(column) if _label(sheet, c).role is not Role.INTERVAL]
        return role if left and _label(sheet, left[-1]).role is Role.RATIO else None
    return role if role in (Role.RATIO, Role.P) else None


def _comparing(sheet: Sheet, column: int, entry: Entry) -> SheetCell | None:
    """A cell that compares arms, as its column says."""
    role = _compares(sheet, column)
    value = parse_cell(entry.text)
    if role is None or value is None:
        return None
    facets = sheet.reader.facets(sheet.grid.path(column), header=True)
    label = _label(sheet, column)
    return SheetCell(column, entry, value, replace(facets, role=role, measure=label.measure or value.measure))


def _compare(sheet: Sheet, trials: Mapping[int, Trial], cells: Sequence[tuple[int, SheetCell]], told: Told) -> None:
    """Add what compares the two arms of a study: of one row that holds both, or of its two rows; the rest is left over."""
    shown = [(row, c) for row, c in cells if c.facets.role is Role.P or not is_reference(c.entry.text)]
    for row in dict.fromkeys(row for row, _ in shown):
        mine = [c for r, c in shown if r == row]
        columns = {c.column for c in mine}
        pair = _pair(sheet, trials, row, referred=any(r != row and c.column in columns and is_reference(c.entry.text) for r, c in cells))
        adjoined = all(_label(sheet, c.column - 1).role in (Role.RATIO, Role.INTERVAL) for c in mine if c.facets.role is Role.P and c.column)
        for ratio, test in paired(mine, in_turn="ratio-p" if adjoined else None):
            first = ratio or test
            beside = beside_ratio(ratio, mine)
            estimate = ratio_of(ratio, ratio.facets.measure, beside[0] if len(beside) == 1 else None) if ratio is not None else None
            whole = with_p(with_bounds(estimate, beside), test) if estimate is not None or ratio is None else None
            about = _topic_compared(sheet, first.column, told) if first is not None else None
            if pair is None or whole is None or about is None or first is None or any(r != row and c.column == first.column for r, c in shown):
                _refuse(sheet, (c.entry for c in (ratio, *beside, test) if c is not None), NOT_COMPARED)
                continue
            topic = replace(about, statistic=about.statistic if whole.measure is None else None)
            origin = _origin(sheet, (trials[row], topic, first.entry))
            values = [f for _, f in told if (f.topic.endpoint, f.topic.timepoint) == (topic.endpoint, topic.timepoint)]
            found = comparison_of(sheet, topic, origin, whole, pair)
            sheet.findings.append(replace(found, direction=whole.direction(topic.endpoint, pair, values), pattern="table-study"))


def _pair(sheet: Sheet, trials: Mapping[int, Trial], row: int, *, referred: bool) -> tuple[ArmOf, ArmOf] | None:
    """The two arms that a ratio or a p-value of a row compares; where the other row is called the reference, this row's is the first."""
    mine = trials[row].arms
    if len(mine) == 2:
        return sheet.in_order(*mine)
    if len(trials) != 2 or any(len(t.arms) != 1 or t.population is not None for t in trials.values()):
        return None
    (other,) = (t.arms[0] for at, t in trials.items() if at != row)
    if referred:
        return mine[0], other
    return sheet.in_order(mine[0], other) if row == min(trials) else sheet.in_order(other, mine[0])


def _topic_compared(sheet: Sheet, column: int, told: Told) -> Topic | None:
    """What a column of ratios or p-values is of: the endpoint that it names, else that of the one column of values it can stand behind.

    Of several such columns, where each has its own behind it.
    """
    label = _label(sheet, column)
    hazard = label.measure == "HR"
    values = {at: f.topic for at, f in told if not hazard or quantities_of()[f.topic.endpoint] == "time"}
    if label.endpoints:
        codes = ["OS" if hazard and e.norm == "DEATH" else e.norm for e in label.endpoints]
        named = [t for t in values.values() if [t.endpoint] == codes and (label.timepoint is None or t.timepoint == label.timepoint.norm)]
        return named[0] if len(set(named)) == 1 else None
    left = [at for at in values if at < column]
    alike = [c for c in range(sheet.grid.width) if _label(sheet, c).role is label.role and not _label(sheet, c).endpoints]
    own = {c: max((at for at in values if at < c), default=None) for c in alike}
    if left and (len(set(values)) == 1 or (len(alike) == len(values) and set(own.values()) == set(values))):
        return values[max(left)]
    return None


def _why_not(sheet: Sheet, column: int) -> str:
    endpoints = _label(sheet, column).endpoints
    return NOT_MATCHED if _what(sheet, column) is not None else "the column names several endpoints" if endpoints else NO_ENDPOINT
