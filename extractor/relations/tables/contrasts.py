"""Estimates and p-values of a table's row as comparisons of the arms that the row measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractor.document import CharSpan
from extractor.entities.endpoints import quantities_of
from extractor.quantities import Interval, Number, PValue
from extractor.records import Direction, Measure, Model
from extractor.relations.factors import factor_norm
from extractor.relations.findings import ArmOf, ComparisonFinding, MeasurementFinding, TableCell, Topic
from extractor.relations.polarity import Figures, by_figures
from extractor.relations.tables.arms import WHOLE
from extractor.relations.tables.cells import digits, is_reference
from extractor.relations.tables.facets import Facets
from extractor.relations.tables.grid import Row
from extractor.relations.tables.labels import Role
from extractor.relations.tables.matter import endpoint_of
from extractor.relations.tables.sheet import Sheet, SheetCell, p_of, topic_of
from extractor.relations.tables.subjects import What, what_of

Turn = Literal["ratio-p", "p-ratio"]
NO_ARMS = "an estimate or p-value without the two arms that it compares"
NO_RATIO = "no ratio, or one outside its interval"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A ratio with its interval and its p-value, and the cell that shows it."""

    shown: SheetCell
    measure: Measure | None = None
    value: Number | None = None
    interval: Interval | None = None
    p: PValue | None = None
    model: Model | None = None

    def direction(self, endpoint: str, arms: Sequence[ArmOf] | None, measured: Sequence[MeasurementFinding] = ()) -> Direction | None:
        """Whom it favors by arithmetic: by its own figures, and by the values of the two arms where each has one."""
        values = _values_of(arms, measured)
        found, _ = by_figures(endpoint, Figures(self.measure, self.value, self.interval, self.p, values))
        return found if arms is not None or found == "no_difference" else None


def _values_of(arms: Sequence[ArmOf] | None, measured: Sequence[MeasurementFinding]) -> tuple[Number, Number] | None:
    """The values of two arms in a row; None where one of them has none, or several."""
    if arms is None:
        return None
    found = [[f.value for f in measured if f.arm is not None and f.arm.norm == arm.norm and f.value is not None] for arm in arms]
    return (found[0][0], found[1][0]) if [len(values) for values in found] == [1, 1] else None


def ratio_of(cell: SheetCell, measure: Measure | None, beside: SheetCell | None = None) -> Estimate | None:
    """The ratio of a cell, its interval in brackets or in the cell beside it; None where the interval does not hold it."""
    value = cell.value.value
    if measure is None or value is None or (value <= 0 and measure != "difference"):
        return None
    if (cell.value.percent and measure != "difference") or cell.value.single() is not None or cell.value.of is not None:
        return None
    source = beside if beside is not None else cell
    pair = source.value.pair()
    if pair is None and beside is not None:
        return None
    interval = None
    if pair is not None:
        if (pair.low is not None and pair.low > value) or (pair.high is not None and pair.high < value):
            return None
        interval = Interval(source.entry.span(pair.start, pair.end), pair.low, pair.high, cell.facets.form.level)
    return Estimate(cell, measure, value, interval, _tested(cell), cell.facets.model)


def _tested(cell: SheetCell) -> PValue | None:
    """The p-value that stands in the cell of a ratio."""
    if cell.value.tested is None:
        return None
    op, value, start, end = cell.value.tested
    return PValue(cell.entry.span(start, end), op, value)


def with_p(estimate: Estimate | None, test: SheetCell | None) -> Estimate | None:
    """An estimate with its p-value, or a p-value alone; None where neither is one."""
    p = p_of(test.value, test.entry) if test is not None else None
    if estimate is not None:
        return replace(estimate, p=p or estimate.p)
    return Estimate(test, p=p) if test is not None and p is not None else None


def with_its_p(finding: ComparisonFinding, p: PValue, read: TableCell) -> ComparisonFinding:
    """A ratio with the p-value that was found for it, which may settle whom it favors."""
    if finding.direction is None and finding.arm is None:
        return replace(finding, p=p, read=read)
    figures = Figures(finding.measure, finding.estimate, finding.interval, p)
    return replace(finding, p=p, read=read, direction=by_figures(finding.topic.endpoint, figures)[0])


def paired(cells: Sequence[SheetCell], *, in_turn: Turn | None = None) -> list[tuple[SheetCell | None, SheetCell | None]]:
    """Ratios and p-values that belong together: each p-value to the last ratio before it that is of the same matter and has none yet.

    Where they stand in turn throughout a table, what the head of one of the two leaves open is as the other's; with the p-value first each is of the
    next ratio after it. One p-value before the one ratio of a row is its own.
    """
    found: list[tuple[SheetCell | None, SheetCell | None]] = []
    p_first = in_turn == "p-ratio"
    for cell in sorted(cells, key=lambda c: c.column, reverse=p_first):
        if cell.facets.role is Role.RATIO:
            found.append((cell, None))
        elif cell.facets.role is Role.P:
            open_ratio = bool(found) and found[-1][1] is None and found[-1][0] is not None
            last = found[-1][0] if open_ratio else None
            if last is not None and _of_one_matter(last, cell, adjoining=in_turn is not None):
                found[-1] = (last, cell)
            else:
                found.append((None, cell))
    if len(found) == 2 and found[0][0] is None and found[1][1] is None:
        (_, test), (ratio, _) = found
        if test is not None and ratio is not None and test.facets.key[1:] == ratio.facets.key[1:]:
            return [(ratio, test)]  # "P | RR | 95 % CI"
    return found[::-1] if p_first else found


def _of_one_matter(ratio: SheetCell, test: SheetCell, *, adjoining: bool) -> bool:
    """Whether two columns are of one endpoint, landmark, population and model, as far as both say."""
    start = 2 if ratio.facets.measure == "RR" and test.facets.endpoint is None else 1  # "RR" may be read as a response rate too
    pairs = zip(ratio.facets.key[start:], test.facets.key[start:], strict=True)
    return all(a == b or (adjoining and None in (a, b)) for a, b in pairs)


def beside_ratio(ratio: SheetCell | None, cells: Sequence[SheetCell]) -> list[SheetCell]:
    """The cells of the interval that stands right of a ratio: one that holds both bounds, or two with one each. Its p-value may come first."""
    found: list[SheetCell] = []
    for cell in sorted(cells, key=lambda c: c.column):
        if ratio is None or cell.column <= ratio.column or cell.facets.role is Role.P:
            continue
        if cell.facets.role is not Role.INTERVAL:
            break
        found.append(cell)
    return found[:2]


def with_bounds(estimate: Estimate | None, beside: Sequence[SheetCell]) -> Estimate | None:
    """An estimate whose bounds stand in two columns of their own."""
    if estimate is None or len(beside) != 2 or estimate.interval is not None or estimate.value is None:
        return estimate
    low, high = beside[0].value.value, beside[1].value.value
    if low is None or high is None or not low <= estimate.value <= high:
        return None
    span = CharSpan(beside[0].entry.raw.start, beside[1].entry.raw.end)
    return replace(estimate, interval=Interval(span, low, high, estimate.shown.facets.form.level))


def compare(sheet: Sheet, row: Row, rows: Facets, cells: Sequence[SheetCell], told: Sequence[MeasurementFinding]) -> None:
    """Add the comparisons of a row that has measured its arms, or leave its estimates and p-values with the reason."""
    for ratio, test in paired(cells):
        intervals = beside_ratio(ratio, cells)
        found = ratio_of(ratio, ratio.facets.measure, intervals[0] if len(intervals) == 1 else None) if ratio is not None else None
        found = with_bounds(_by_endpoint(found, told), intervals) if found is not None else None
        estimate = with_p(found, test)
        shown = ratio or test
        if shown is None or estimate is None or (ratio is not None and found is None) or under_one_head(test, cells):
            _leave(sheet, row, (ratio, *intervals, test), NO_RATIO)
            continue
        if _silent(sheet, row, told):
            _leave(sheet, row, (ratio, *intervals, test), NO_ARMS)
            continue
        population = shown.facets.population
        measured = _of_population(rows, told, population.value if population is not None else None) if told else _of_head(sheet, rows, cells)
        measured = measured or _of_subgroup(sheet, rows, shown, estimate)
        measured = _set_against(sheet, shown, _of_its_grade(shown, _left_of(sheet, shown, measured)))
        measured = _of_survival(rows, _timed(measured)) if estimate.measure == "HR" else measured
        origin = sheet.origin(row, *(c.entry for c in (ratio, *intervals, test) if c is not None), *rows.spans, *shown.facets.spans)
        if not tell(sheet, origin, estimate, measured):
            _leave(sheet, row, (ratio, *intervals, test), NO_ARMS)
        elif ratio is not None:
            sheet.ratios[ratio.column] = len(sheet.findings) - 1


def _of_population(rows: Facets, told: Sequence[MeasurementFinding], named: str | None) -> list[MeasurementFinding]:
    """The measurements of the patients that the head of a p-value names: under none ("Overall" beside "Women") those of the row's own."""
    if named is not None:
        return [f for f in told if named in (f.topic.population or "")]
    own = rows.population.value if rows.population is not None else None
    whole = [f for f in told if f.topic.population in (None, own)]
    return whole if len({f.arm.norm for f in whole if f.arm is not None}) > 1 else list(told)


def _left_of(sheet: Sheet, shown: SheetCell, measured: list[MeasurementFinding]) -> list[MeasurementFinding]:
    """Of several endpoints in a row, each with its own column of ratios or p-values behind it, the one that stands left of a column that names none.

    "DFS, A | DFS, B | HR | OS, A | OS, B | HR".
    """
    topics = list(dict.fromkeys((f.topic.endpoint, f.topic.event, f.topic.timepoint) for f in measured))
    heads = [sheet.reader.facets(sheet.grid.path(c), header=True) for c in range(sheet.grid.labels, sheet.grid.width)]
    alike = [h for h in heads if h.role is shown.facets.role and h.endpoint is None]
    if shown.facets.endpoint is not None or len(topics) < 2 or len(alike) != len(topics):
        return measured
    left = [i for column, i in sorted(sheet.last.items()) if column < shown.column and sheet.findings[i] in measured]
    nearest = sheet.findings[left[-1]] if left else None
    if not isinstance(nearest, MeasurementFinding):
        return measured
    key = (nearest.topic.endpoint, nearest.topic.event, nearest.topic.timepoint)
    return [f for f in measured if (f.topic.endpoint, f.topic.event, f.topic.timepoint) == key]


def _timed(measured: list[MeasurementFinding]) -> list[MeasurementFinding]:
    """Of counts of deaths or events beside the medians of a time to event, these: the hazard ratio of their row is of the time."""
    times = [f for f in measured if quantities_of()[f.topic.endpoint] == "time" and f.topic.endpoint != "DEATH" and f.topic.event is None]
    return times if len({f.arm.norm for f in times if f.arm is not None}) > 1 else measured


def _of_survival(rows: Facets, measured: list[MeasurementFinding]) -> list[MeasurementFinding]:
    """Deaths whose row stands with overall survival, as what their hazard ratio compares."""
    said = next((e for _, label in rows.labels for e in label.endpoints if e.norm == "OS"), None)
    if said is None or any(f.topic.endpoint != "DEATH" or f.topic.event is not None for f in measured):
        return measured
    return [replace(f, topic=replace(f.topic, endpoint="OS")) for f in measured]


def _silent(sheet: Sheet, row: Row, told: Sequence[MeasurementFinding]) -> bool:
    """Whether an arm has a number in the row that was not understood: what compares the others may compare it too."""
    known = {f.arm.norm for f in told if f.arm is not None}
    columns = [sheet.column(row, entry) for entry in row.values.values() if digits(entry.text)]
    arms = {c.arm.norm for c in columns if c.arm is not None and c.role in (Role.VALUE, Role.SHARE, Role.COUNT)}
    return bool(known) and bool(arms - known - {"all"})


_SET_AGAINST = re.compile(r"(?P<first>[\w+ ./-]{1,60}?)\s(?:vs\.?|versus|v)\s(?P<second>[\w+ ./-]{1,60})")


def _set_against(sheet: Sheet, shown: SheetCell, measured: list[MeasurementFinding]) -> list[MeasurementFinding]:
    """The measurements of the two arms that a head sets against each other ("P, A vs C"); none where it names others, all where it names none."""
    text = shown.facets.labels[-1][1].text if shown.facets.labels else ""
    match = _SET_AGAINST.search(re.sub(r"^\W*(?:[pP](?:[\s-]?[vV]alues?)?|HR|OR|RR|[Hh]azard\s[Rr]atio)\b\W*(?:for\s)?", "", text))
    if match is None:
        return measured
    sides = [_called(sheet, match.group(side).strip(), measured) for side in ("first", "second")]
    found = [side for side in sides if side is not None]
    if len(set(found)) == 2:
        return [f for f in measured if f.arm is not None and f.arm.norm in found]
    return measured if len({f.arm.norm for f in measured if f.arm is not None}) == 2 else []


def _of_its_grade(shown: SheetCell, measured: Sequence[MeasurementFinding]) -> list[MeasurementFinding]:
    """The measurements of the grade, by the criterion and at the landmark that the head of a ratio or a p-value names."""
    grade, timepoint, criterion = shown.facets.grade, shown.facets.timepoint, shown.facets.criterion
    return [
        f
        for f in measured
        if (grade is None or f.topic.grade == grade.value)
        and (timepoint is None or f.topic.timepoint in (None, timepoint.value))
        and (criterion is None or f.topic.criterion in (None, criterion))
    ]


def _called(sheet: Sheet, name: str, measured: Sequence[MeasurementFinding]) -> str | None:
    """The measured arm that a name or a letter stands for."""
    arms = {f.arm.norm for f in measured if f.arm is not None}
    read = sheet.reader.naming.read(name)
    if read is not None and read.norm in arms:
        return read.norm
    letter = re.sub(r"^(?:arm|group)\s", "", name, flags=re.IGNORECASE)
    fits: set[str] = set()
    for column in range(sheet.grid.labels, sheet.grid.width):
        path = sheet.grid.path(column)
        arm = sheet.reader.facets(path, header=True).arm
        told = " ".join(e.text for e in path)
        if (
            arm is not None
            and arm.norm in arms
            and re.search(rf"[(\[]{re.escape(letter)}[)\]]|\b(?:arm|group)\s{re.escape(letter)}\b|^{re.escape(name)}\b", told, re.IGNORECASE)
        ):
            fits.add(arm.norm)
    return fits.pop() if len(fits) == 1 else None


def _of_head(sheet: Sheet, rows: Facets, cells: Sequence[SheetCell]) -> list[MeasurementFinding]:
    """Two arms as if measured, for a row that names its endpoint and holds nothing but what compares them: its values stand below it."""
    own = rows.labels[-1][1] if rows.labels else None
    arms = {
        a.norm: a for c in range(sheet.grid.labels, sheet.grid.width) if (a := sheet.reader.facets(sheet.grid.path(c), header=True).arm) is not None
    }
    if own is None or len(own.endpoints) != 1 or len(arms) != 2 or "all" in arms or any(c.facets.arm is not None for c in cells):
        return []
    what = what_of(sheet.frame, rows, Facets())
    if isinstance(what, str):
        return []
    topic = topic_of(sheet, what, rows, Facets())
    span = rows.labels[-1][0].raw
    return [
        MeasurementFinding(read=TableCell((span,), span.start), topic=topic, arm=arm, value=None, value_span=span, unit=None, result=0)
        for arm in arms.values()
    ]


def _of_subgroup(sheet: Sheet, rows: Facets, shown: SheetCell, estimate: Estimate) -> list[MeasurementFinding]:
    """Two arms as if measured, for a row of patients that tells how many of them each arm had and what compares the arms: "Men | 101 | 95 | 0.72"."""
    own = rows.labels[-1] if rows.labels else None
    columns = (sheet.reader.facets(sheet.grid.path(c), header=True).arm for c in range(sheet.grid.labels, sheet.grid.width))
    arms = {a.norm: a for a in columns if a is not None}
    who = own is not None and (rows.population is not None or WHOLE.fullmatch(own[1].core) is not None)
    ratio = estimate.measure in ("HR", "OR")  # "RR" may be a response rate by its letters
    if own is None or not who or len(arms) != 2 or "all" in arms or not ratio or shown.facets.arm is not None:
        return []
    what = endpoint_of(sheet, rows, shown.facets, estimate.measure, of_arms=True)
    if isinstance(what, str):
        return []
    topic = topic_of(sheet, what, rows, replace(shown.facets, endpoint=None))
    span = own[0].raw
    return [
        MeasurementFinding(read=TableCell((span,), span.start), topic=topic, arm=arm, value=None, value_span=span, unit=None, result=0)
        for arm in arms.values()
    ]


_EITHER = re.compile(r"\b(?:HR\s?/\s?OR|OR\s?/\s?HR)\b")


def _by_endpoint(estimate: Estimate, told: Sequence[MeasurementFinding]) -> Estimate:
    """Under a head that speaks of two measures ("HR/OR"), a time to event has the hazard ratio and a share of patients the odds ratio."""
    if not told or not any(_EITHER.search(label.text) for _, label in estimate.shown.facets.labels):
        return estimate
    return replace(estimate, measure="HR" if quantities_of()[told[0].topic.endpoint] == "time" else "OR")


def under_one_head(test: SheetCell | None, cells: Sequence[SheetCell]) -> bool:
    """Whether another cell of the row stands under the same head of p-values: then one of the two is something else."""
    if test is None:
        return False
    heads = {e.cell for e, label in test.facets.labels if label.role is Role.P}
    return any(
        c is not test and c.facets.key == test.facets.key and heads & {e.cell for e, label in c.facets.labels if label.role is Role.P} for c in cells
    )


def _leave(sheet: Sheet, row: Row, cells: Sequence[SheetCell | None], reason: str) -> None:
    for cell in cells:
        if cell is not None:
            sheet.refuse(row, cell.entry, reason)


def tell(sheet: Sheet, origin: TableCell, estimate: Estimate, measured: Sequence[MeasurementFinding]) -> bool:
    """Add the comparison of the arms of some measurements; False where they are not of one matter, or not of two arms or more."""
    arms = {f.arm.norm: f.arm for f in measured if f.arm is not None and f.arm.norm != "all"}
    topics = {(f.topic.endpoint, f.topic.event, f.topic.grade, f.topic.timepoint, f.topic.population) for f in measured}
    if len(arms) < 2 and estimate.measure is None and _tell_populations(sheet, origin, estimate, measured):
        return True
    if len(arms) < 2 or (len(topics) != 1 and not _over_grades(measured) and not _over_landmarks(measured)):
        return False
    statistics = {f.topic.statistic for f in measured}
    statistic = "rate" if statistics == {"rate", "count"} else measured[0].topic.statistic
    topic = replace(measured[0].topic, statistic=statistic)
    if len(topics) > 1:
        topic = replace(topic, grade=None, grade_span=None, timepoint=None, timepoint_span=None, statistic=None)
    if estimate.measure is not None and topic.event == "event":
        topic = replace(topic, event=None, event_span=None)  # a ratio is of the endpoint, though its row counts the events
    if len(arms) > 2:
        if estimate.measure is not None:
            return False
        sheet.findings.append(comparison_of(sheet, topic, origin, estimate, None))
        return True
    first, second = arms.values()
    pair = sheet.in_order(first, second)
    found = comparison_of(sheet, topic, origin, estimate, pair)
    sheet.findings.append(replace(found, direction=estimate.direction(topic.endpoint, pair, measured)))
    return True


def _tell_populations(sheet: Sheet, origin: TableCell, estimate: Estimate, measured: Sequence[MeasurementFinding]) -> bool:
    """Add the comparison of two populations that stand side by side, of all patients or of one arm; whether they do."""
    matters = {(f.topic.endpoint, f.topic.event, f.topic.grade, f.topic.timepoint, f.arm.norm if f.arm is not None else None) for f in measured}
    levels = [f.topic.population for f in measured]
    if len(measured) != 2 or len(matters) != 1 or None in levels or levels[0] == levels[1]:
        return False
    topic = replace(measured[0].topic, population=None, population_span=None)
    found = comparison_of(sheet, topic, origin, estimate, None)
    sheet.findings.append(replace(found, factor=factor_norm(" vs ".join(filter(None, levels)))))
    return True


def _over_grades(measured: Sequence[MeasurementFinding]) -> bool:
    """Whether arms were measured in the same grades of one event, which a p-value at the end of the row compares as a whole."""
    matters = {(f.topic.endpoint, f.topic.event, f.topic.timepoint, f.topic.population) for f in measured}
    grades: dict[str, list[str | None]] = {}
    for f in measured:
        if f.arm is not None:
            grades.setdefault(f.arm.norm, []).append(f.topic.grade)
    return len(matters) == 1 and len({tuple(g) for g in grades.values()}) == 1 and None not in next(iter(grades.values()))


def _over_landmarks(measured: Sequence[MeasurementFinding]) -> bool:
    """Whether arms were measured at the same landmarks of one time to event, of which a p-value at the end of the row compares the whole."""
    matters = {(f.topic.endpoint, f.topic.event, f.topic.population) for f in measured}
    landmarks: dict[str, list[str | None]] = {}
    for f in measured:
        if f.arm is not None:
            landmarks.setdefault(f.arm.norm, []).append(f.topic.timepoint)
    return len(matters) == 1 and len({tuple(at) for at in landmarks.values()}) == 1 and quantities_of()[measured[0].topic.endpoint] == "time"


def comparison_of(sheet: Sheet, topic: Topic, origin: TableCell, estimate: Estimate, pair: tuple[ArmOf, ArmOf] | None) -> ComparisonFinding:
    """A comparison of two arms; without them one over all arms of the table."""
    cell = estimate.shown
    return ComparisonFinding(
        read=origin,
        topic=topic,
        arm=pair[0] if pair is not None else None,
        comparator=pair[1] if pair is not None else None,
        factor=None if pair is not None else "treatment arm",
        factor_span=None,
        measure=estimate.measure,
        estimate=estimate.value,
        estimate_span=cell.entry.span(cell.value.start, cell.value.end) if estimate.measure is not None else None,
        interval=estimate.interval,
        p=estimate.p,
        model=estimate.model,
        direction=estimate.direction(topic.endpoint, pair),
        result=sheet.results,
        pattern="table-ratio" if estimate.measure is not None else "table-p-value",
    )


def p_row(sheet: Sheet, row: Row, rows: Facets, cells: Sequence[SheetCell]) -> None:
    """A row of p-values: each belongs to the ratio above it, else to what the row above measured."""
    blank = _reference_of(sheet, rows, cells)
    for cell in cells:
        p = p_of(cell.value, cell.entry)
        above = sheet.ratios.get(cell.column)
        before = sheet.findings[above] if above is not None else None
        if p is None:
            sheet.refuse(row, cell.entry, "no p-value")
        elif above is not None and isinstance(before, ComparisonFinding) and before.p is None and isinstance(before.read, TableCell):
            first, *rest = before.read.pieces
            sheet.findings[above] = with_its_p(before, p, replace(before.read, pieces=(first, cell.entry.raw, *rest)))
        elif not tell(sheet, sheet.origin(row, cell.entry, *rows.spans, *cell.facets.spans), Estimate(cell, p=p), measured_above(sheet, cell, blank)):
            sheet.refuse(row, cell.entry, NO_ARMS)
    sheet.ratios = {}


_AGAINST = re.compile(r"\b(?:vs\.?|versus|compared\s(?:with|to)|relative\sto)\s(?:the\s)?(?P<name>[^()\[\],;]+)", re.IGNORECASE)


def _reference_of(sheet: Sheet, rows: Facets, cells: Sequence[SheetCell]) -> int | None:
    """The one column of a measured row with which all others are compared: the label of the row names its arm, or it alone has nothing below it.

    What says that it is the reference ("1.00") is as nothing.
    """
    arms = {c: arm for c, i in sheet.last.items() if (arm := sheet.findings[i].arm) is not None and arm.norm != "all"}
    named = _AGAINST.search(rows.labels[-1][1].text) if rows.labels else None
    if named is not None:
        told = [f for i in sheet.last.values() if isinstance(f := sheet.findings[i], MeasurementFinding)]
        called = _called(sheet, named.group("name").strip(), told)
        columns = [c for c, arm in arms.items() if arm.norm == called]
        return columns[0] if len(columns) == 1 else None
    cells = [c for c in cells if not is_reference(c.entry.text)]
    printed = {c.column for c in cells if c.entry.cell.column_span == 1}
    measured = set(arms)
    blank = measured - printed
    return blank.pop() if len(blank) == 1 and len(printed) == len(cells) and printed <= set(sheet.last) and len(measured) > 1 else None


def measured_above(sheet: Sheet, cell: SheetCell, reference: int | None = None) -> list[MeasurementFinding]:
    """The measurements of the row above a wide cell: those of the columns it spans, or of the whole row where it stands outside the arms.

    Under one arm of several its own, and that of the column that all are compared with.
    """
    if reference is not None and cell.column in sheet.last and cell.column != reference and cell.entry.cell.column_span == 1:
        pair = [sheet.findings[sheet.last[c]] for c in (cell.column, reference)]
        return [f for f in pair if isinstance(f, MeasurementFinding)]
    covered = range(cell.column, cell.column + cell.entry.cell.column_span)
    found = [(c, f) for c, i in sheet.last.items() if isinstance(f := sheet.findings[i], MeasurementFinding)]
    under = [f for c, f in found if c in covered]
    outside = cell.facets.arm is None
    return under if len(covered) > 1 else [f for _, f in found] if outside or cell.column == min((c for c, _ in found), default=-1) else []


def _measured_before(sheet: Sheet, rows: Facets, cell: SheetCell, what: What) -> list[MeasurementFinding]:
    """The measurements, further above, of the endpoint that a row of ratios names: of the columns that a wide cell spans, and its population."""
    topic = topic_of(sheet, what, rows, cell.facets)
    covered = range(cell.column, cell.column + cell.entry.cell.column_span)
    under = {a.norm for c in covered if (a := sheet.reader.facets(sheet.grid.path(c), header=True).arm) is not None}
    found = [f for f in sheet.findings if isinstance(f, MeasurementFinding) and f.arm is not None and (len(covered) == 1 or f.arm.norm in under)]
    told = [f for f in found if (f.topic.endpoint, f.topic.event) == (what.endpoint, None) and f.topic.population == topic.population]
    timed = [f for f in told if f.topic.timepoint == topic.timepoint]
    return timed if len({f.arm.norm for f in timed if f.arm is not None}) == len(timed) else []


def ratio_row(sheet: Sheet, row: Row, rows: Facets, cells: Sequence[SheetCell]) -> None:
    """A row of ratios under the row of the arms' values that they compare."""
    sheet.ratios = {}
    reference = _reference_of(sheet, rows, cells)
    for cell in cells:
        measured = measured_above(sheet, cell, reference)
        estimate = ratio_of(cell, rows.measure)
        named = what_of(sheet.frame, rows, cell.facets)
        if isinstance(named, What) and (not measured or named.endpoint != measured[0].topic.endpoint):
            measured = _measured_before(sheet, rows, cell, named)
        if estimate is None or not measured:
            sheet.refuse(row, cell.entry, NO_RATIO if estimate is None else NO_ARMS)
            continue
        origin = sheet.origin(row, cell.entry, *rows.spans, *cell.facets.spans)
        if tell(sheet, origin, replace(estimate, model=rows.model or cell.facets.model), measured):
            sheet.ratios[cell.column] = len(sheet.findings) - 1
        else:
            sheet.refuse(row, cell.entry, NO_ARMS)
