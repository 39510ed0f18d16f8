"""Tables whose rows are studies: who reported it, who was treated with what, and the results, arm by arm in the order of the arms.

"Smith et al, 2004 | drug A vs drug B | 120 vs 118 | 7.1 vs 5.2 (p = 0.03)". A cell is read where it holds as many values as the row has arms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractor.document import CharSpan
from extractor.entities.drugs import find_drugs
from extractor.entities.endpoints import find_endpoints, quantities_of
from extractor.entities.trials import find_trials
from extractor.quantities import Interval, PValue, parse_number
from extractor.relations.findings import ArmOf, ComparisonFinding, Leftover, MeasurementFinding, StudyOf, TableCell, Topic
from extractor.relations.tables.amounts import Amount, Printed, share_of, time_of
from extractor.relations.tables.arms import Naming, find_drugs_in
from extractor.relations.tables.cells import EMPTY, digits, parse_cell
from extractor.relations.tables.facets import Facets
from extractor.relations.tables.grid import Entry, Grid
from extractor.relations.tables.labels import Form, Said, read_label
from extractor.relations.tables.sheet import Sheet, topic_of
from extractor.relations.tables.subjects import What

NO_STUDY = "a row that names no study"
OWN_ROW = "this study's own results beside those of others"
NO_ENDPOINT = "a column that names no endpoint"
NOT_MATCHED = "not as many values as the row has arms"

_AUTHOR = re.compile(
    r"""
    (?: ^ | [(;] ) \W*
    (?P<name> (?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Dd]i|[Ll]e|[Ll]a)\s){0,2} [A-Z][\w'’/-]+ (?:\s[A-Z][a-z]+-?[a-z]+)? )
    (?: \s [A-Z]{1,3} \b\.? )? (?: \s Jr\.? )?
    (?: ,? \s (?P<others> et\sal\b\.? | and\s(?:others|co-?workers|colleagues) ) )?
    (?: ,? \s? [(\[]? (?P<year> (?:19|20)\d\d ) [a-z]? [)\]]? )?
    """,
    re.VERBOSE,
)
# A name alone, or with the number that it has among the references: "Garcia [12]". Under a head that says that authors stand below it, a study.
_NAME_ALONE = re.compile(
    r"(?P<name>(?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Dd]i|[Ll]e|[Ll]a)\s){0,2}[A-Z][\w'’-]+)(?:,?\s[A-Z]{1,3}\b\.?)?(?:\s(?:and|&)\s[A-Z][\w'’-]+)?[,.]?"
    r"\s?(?:[\[(]?\s?(?:ref\.?\s)?\d{1,3}(?:\s?,\s?\d{1,3})*\s?[\])]?)?\s?[*†‡§]?",
)
_STUDIES_HEAD = re.compile(
    r"(?:first\s|lead\s)?(?:authors?|investigators?|references?|refs?\.?|series|publications?|reports?|stud(?:y|ies)|trials?)(?:\s?[/,(\[].*|\sand\syear.*)?",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:this|present|current|our)\s(?:study|trial|series|report|analysis)\b", re.IGNORECASE)
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
    """A row: its study, where that is named, its arms in order, and how many patients each had."""

    study: StudyOf
    label: Entry
    arms: tuple[ArmOf, ...]
    patients: tuple[int, ...]


def study_column(grid: Grid) -> int | None:
    """The column whose cells name studies, one a row; None where the rows are of something else."""
    for column in range(min(grid.width, 3)):
        cells = [
            e for r in range(grid.body, grid.height) if (e := grid.at.get((r, column))) is not None and e.cell.row == r and e.cell.column == column
        ]
        cells = [e for e in cells if e.cell.column_span < grid.width]
        named = [e for e in cells if _study(e, headed=_is_headed(grid, column)) is not None]
        if len(named) > 1 and 2 * len(named) >= len(cells):
            return column
    return None


def tells_authors(grid: Grid, column: int) -> bool:
    """Whether most cells of a column name studies by who reported them: such rows are others' results, whatever the caption says."""
    cells = [e for r in range(grid.body, grid.height) if (e := grid.at.get((r, column))) is not None and e.cell.row == r]
    studies = [s for e in cells if (s := _study(e, headed=_is_headed(grid, column))) is not None]
    reported = [s for s in studies if s.name is not None and s.name.endswith("et al.")]
    return len(reported) > 1 and 2 * len(reported) >= len(cells)


def _is_headed(grid: Grid, column: int) -> bool:
    return bool(_STUDIES_HEAD.fullmatch(_head(grid, column)))


def _study(entry: Entry, *, headed: bool = False) -> StudyOf | None:
    """The study that a cell names: this one, a trial by its name, or its first author with a year or with others, or alone where the head says so."""
    if _OWN.search(entry.text):
        return StudyOf("this study", "own", None, entry.raw)
    named = {t.norm: t for t in find_trials(entry.text)}
    if len(named) == 1:
        (trial,) = named.values()
        return StudyOf(trial.norm, "cited", trial.detail or None, entry.span(trial.span.start, trial.span.end))
    for match in _AUTHOR.finditer(entry.text):
        if match.group("others") or match.group("year"):
            name = match.group("name")
            of_group = name.isupper() and match.group("year")
            shown = f"{name} ({match.group('year')})" if of_group else f"{name} et al."
            return StudyOf(shown, "cited", None, entry.span(match.start("name"), match.end("name")))
    alone = _NAME_ALONE.fullmatch(entry.text.strip()) if headed else None
    if alone is not None and not find_drugs_in(alone.group("name")) and not alone.group("name").isupper():
        start = entry.text.find(alone.group("name"))
        return StudyOf(f"{alone.group('name')} et al.", "cited", None, entry.span(start, start + len(alone.group("name"))))
    return None


def read_studies(sheet: Sheet, column: int) -> None:
    """Add to the sheet what each study found; what cannot be attached is left over."""
    grid = sheet.grid
    naming = sheet.reader.naming
    naming = replace(naming, paper=replace(naming.paper, pair=None, assigned=()))  # the arms of others are not parts of this paper's
    arms_at = _arms_column(grid, column)
    for index in range(grid.body, grid.height):
        cells = {c: e for c in range(grid.width) if (e := grid.at.get((index, c))) is not None and e.cell.row == index and e.cell.column == c}
        cells = {c: e for c, e in cells.items() if not EMPTY.fullmatch(e.text)}
        label = grid.at.get((index, column))
        study = _study(label, headed=_is_headed(grid, column)) if label is not None else None
        results = {c: e for c, e in cells.items() if c not in (column, arms_at)}
        if label is None or study is None or study.provenance == "own":
            _refuse(sheet, results.values(), NO_STUDY if study is None else OWN_ROW)
            continue
        patients_at = next((c for c in results if _PATIENTS_HEAD.fullmatch(_head(grid, c))), None)
        patients = tuple(int(n) for n in re.findall(r"\d+", results[patients_at].text)) if patients_at is not None else ()
        trial = Trial(study, label, _arms(naming, cells.get(arms_at) if arms_at is not None else None, label), patients)
        sheet.results += 1
        for at, entry in results.items():
            if at == patients_at or _read_cell(sheet, trial, at, entry):
                continue
            reason = _why_not(sheet, at)
            if reason is not NO_ENDPOINT or entry.is_value:
                _refuse(sheet, [entry], reason)


def _refuse(sheet: Sheet, entries: Iterable[Entry], reason: str) -> None:
    for entry in entries:
        if digits(entry.text):
            sheet.leftovers.append(Leftover(TableCell((entry.raw,), entry.raw.start), entry.raw, reason))


def _head(grid: Grid, column: int) -> str:
    return " ".join(e.text for e in grid.path(column)).strip()


def _arms_column(grid: Grid, column: int) -> int | None:
    """The column that tells who was treated with what: most of its cells name a treatment, or some and its head says so; the fullest of such."""
    found: list[tuple[int, int]] = []
    for c in range(grid.width):
        cells = [
            e for r in range(grid.body, grid.height) if (e := grid.at.get((r, c))) is not None and e.cell.row == r and not EMPTY.fullmatch(e.text)
        ]
        treated = sum(any(True for _ in find_drugs(e.text)) for e in cells)
        if c != column and cells and (2 * treated > len(cells) or (_ARMS_HEAD.search(_head(grid, c)) and 4 * treated >= len(cells))):
            found.append((-treated, c))
    return min(found)[1] if found else None


def _arms(naming: Naming, entry: Entry | None, label: Entry) -> tuple[ArmOf, ...]:
    """The arms of a row, in order: of what stands before the study's name, else of its column of treatments."""
    before = re.split(r"[(\[]", label.text)[0]
    text = before if any(True for _ in find_drugs(before)) or _VERSUS.search(before) else entry.text if entry is not None else ""
    return tuple(_arm(naming, part) for part in _VERSUS.split(text) if part.strip())


def _arm(naming: Naming, text: str) -> ArmOf:
    arm = naming.read(text)
    return replace(arm, span=None) if arm is not None else ArmOf(re.sub(r"\s+", " ", _MARKS.sub("", text)).strip(" ,;:*"))


def _read_cell(sheet: Sheet, trial: Trial, column: int, entry: Entry) -> bool:
    """Add what a cell tells; whether it told anything."""
    said = list(_SAYS_ITSELF.finditer(entry.text))
    if said:
        return sum(_of_itself(sheet, trial, entry, match) for match in said) == len(said)
    label = read_label(_head(sheet.grid, column), sheet.frame.marks)
    if len(label.endpoints) != 1 or label.endpoints[0].norm == "AE":
        return False
    facets = sheet.reader.facets(sheet.grid.path(column), header=True)
    what = What(label.endpoints[0].norm, facets.endpoint.span if facets.endpoint is not None else None)
    text, p = _without_p(entry)
    amounts = _amounts(entry, text, label.form.over(sheet.frame.form), what)
    whole = len(amounts) == 1 and (not trial.arms or what.endpoint == "FOLLOW_UP")
    arms = (ArmOf("all"),) if whole else trial.arms
    if not amounts or len(arms) != len(amounts):
        return False
    topic = replace(topic_of(sheet, what, Facets(), facets), study=trial.study)
    if any(a.unit == "percent" and topic.timepoint is None and quantities_of()[what.endpoint] == "time" for a in amounts):
        return False
    for i, (arm, amount) in enumerate(zip(arms, amounts, strict=True)):
        sheet.findings.append(_measured(sheet, (trial, topic, entry), arm, (amount, trial.patients[i] if len(trial.patients) == len(arms) else None)))
    if p is not None and len(arms) == 2:
        sheet.findings.append(_compared(sheet, (trial, replace(topic, statistic=amounts[0].statistic), entry), arms, p))
    return True


def _without_p(entry: Entry) -> tuple[str, PValue | None]:
    """The text of a cell before its p-value, with the marks of footnotes blanked out, and the p-value."""
    text = _MARKS.sub(lambda m: " " * len(m.group()), entry.text)
    match = _P.search(text)
    if match is None:
        return _NOT_SIGNIFICANT.sub("", text), None
    op = {"≤": "<=", "≥": ">="}.get(match.group("op"), match.group("op"))
    value = parse_number(match.group("value"))
    return text[: match.start()], PValue(entry.span(match.start("op"), match.end("value")), op, value)


def _amounts(entry: Entry, text: str, form: Form, what: What) -> tuple[Amount, ...]:
    """The values of a cell, one an arm; none where one of them is not understood."""
    time = quantities_of()[what.endpoint] == "time"
    found: list[Amount] = []
    start = 0
    for match in [*_VERSUS.finditer(text), None]:
        part = text[start : match.start() if match is not None else len(text)]
        value = parse_cell(part)
        if value is None or value.is_p:
            return ()
        piece = replace(entry, text=part, raw=CharSpan(entry.span(start, start + len(part)).start, entry.span(start, start + len(part)).end))
        statistic = form if form.statistic is not None or not time or value.percent or form.share else replace(form, statistic="median")
        printed = Printed(piece, value, statistic)
        amount = share_of(printed) if not time or value.percent or form.share else time_of(printed)
        if isinstance(amount, str):
            return ()
        found.append(amount)
        start = match.end() if match is not None else start
    return tuple(found)


def _of_itself(sheet: Sheet, trial: Trial, entry: Entry, match: re.Match[str]) -> bool:
    codes = {m.norm for m in find_endpoints(match.group("what"))}
    value = parse_number(match.group("value"))
    if len(codes) != 1 or len(trial.arms) > 1 or value is None or value > 100:
        return False
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
    sheet.findings.append(_measured(sheet, (trial, topic, entry), trial.arms[0] if trial.arms else ArmOf("all"), (amount, patients)))
    return True


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


def _compared(sheet: Sheet, about: About, arms: Sequence[ArmOf], p: PValue) -> ComparisonFinding:
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


def _why_not(sheet: Sheet, column: int) -> str:
    endpoints = read_label(_head(sheet.grid, column), sheet.frame.marks).endpoints
    return NOT_MATCHED if len(endpoints) == 1 else "the column names several endpoints" if endpoints else NO_ENDPOINT
