"""Tables of results: each row an endpoint or an adverse event, each column an arm, a grade, or a number that belongs to those beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.entities.endpoints import quantities_of
from extractor.quantities import Interval
from extractor.relations.findings import ArmOf, ComparisonFinding, MeasurementFinding, TableCell
from extractor.relations.tables.amounts import NO_SHARE, Amount, Printed, agrees, of_events, share_of, time_of
from extractor.relations.tables.cells import Bracket, CellValue
from extractor.relations.tables.contrasts import beside_ratio, compare, p_row, ratio_row
from extractor.relations.tables.facets import Facets, generic, names_arm
from extractor.relations.tables.grid import Entry, Row
from extractor.relations.tables.labels import Form, Role, form_of
from extractor.relations.tables.sayings import without_sayings
from extractor.relations.tables.sheet import CATEGORIES, Deferred, Sheet, SheetCell, default_arm, is_event, parsed, sized, topic_of
from extractor.relations.tables.subjects import What, what_of

_MAIN = (Role.VALUE, Role.SHARE, Role.COUNT)


def read_row(sheet: Sheet, row: Row) -> None:
    """Add to the sheet what a row tells, or its numbers with the reasons why they were left."""
    if row.groups != sheet.groups:
        below = len(row.groups) == len(sheet.groups) + 1 and row.groups[-1] is sheet.label
        sheet.groups, sheet.last, sheet.ratios = row.groups, sheet.last if below else {}, {}
    sheet.label = row.labels[-1] if row.labels else None
    row = _under_its_factor(sheet, _under_its_endpoint(sheet, without_sayings(sheet, row)))
    if not row.values:
        return
    rows = sheet.row_facets(row)
    cells = list(cells_of(sheet, row))
    own = rows.labels[-1][1] if rows.labels else None
    role = own.role if own is not None else Role.VALUE
    if not row.labels and cells and all(c.value.value is None and c.value.pair() is not None for c in cells):
        _interval_row(sheet, row, cells, Role.INTERVAL)
    elif role is Role.SIZE or (own is not None and own.core.strip() == "" and own.size is not None):
        sheet.sizes.update({c.column: c.value.value for c in cells if isinstance(c.value.value, int) and c.value.value > 0})
    elif role in (Role.P, Role.RATIO) and sheet.deferred is not None:
        sheet.deferred.append(Deferred(row, rows, tuple(replace(c, facets=replace(c.facets, role=role, measure=rows.measure)) for c in cells), {}))
    elif role is Role.P:
        p_row(sheet, row, rows, cells)
    elif role is Role.RATIO:
        ratio_row(sheet, row, rows, cells)
    elif role in (Role.INTERVAL, Role.SPREAD):
        _interval_row(sheet, row, cells, role)
    elif role is Role.OTHER:
        for cell in cells:
            sheet.refuse(row, cell.entry, "a statistic that is no outcome")
    else:
        _value_row(sheet, row, rows, cells)


def _under_its_endpoint(sheet: Sheet, row: Row) -> Row:
    """A row that names no endpoint ("Median, months", "Events") under the row of one that holds nothing but what compares its arms."""
    own = sheet.reader.label(row.labels[-1]) if row.labels else None
    if own is None or row.groups or not sheet.reader.armed:
        sheet.over = None
        return row
    if own.endpoints:
        roles = {sheet.column(row, entry).role for entry in row.values.values()}
        compares = bool(roles) and roles <= {Role.RATIO, Role.P, Role.INTERVAL} and len(own.endpoints) == 1
        sheet.over = row.labels[-1] if compares and quantities_of()[own.endpoints[0].norm] == "time" else None
        return row
    told = generic(own.core) or own.timepoint is not None or own.form.statistic is not None
    if sheet.over is None or own.event is not None or not told or own.role in (Role.P, Role.RATIO):
        return row
    return replace(row, groups=(sheet.over,))


def _under_its_factor(sheet: Sheet, row: Row) -> Row:
    """A level that names no factor ("1", "< 65") under the row of one that holds nothing but p-values, of its interaction or of its levels."""
    if not row.labels or row.groups:
        sheet.factor = None
        return row
    own = sheet.reader.label(row.labels[-1])
    plain = own.role is Role.VALUE and not own.endpoints and own.event is None and own.timepoint is None
    if plain and {sheet.column(row, entry).role for entry in row.values.values()} <= {Role.P, Role.OTHER}:
        sheet.factor = row.labels[-1]
        return row
    return replace(row, groups=(sheet.factor,)) if sheet.factor is not None and _BARE_LEVEL.fullmatch(own.core.strip(" .")) else row


_BARE_LEVEL = re.compile(
    r"(?:[<>≤≥]=?\s?)?\d+(?:\.\d+)?(?:\s?(?:-|to|/|or)\s?\d+(?:\.\d+)?)?(?:\s?(?:years?|cm|mm|%))?\+?|yes|no|present|absent|high|low|positive|negative",
    re.IGNORECASE,
)


def cells_of(sheet: Sheet, row: Row, *, deep: bool = False) -> Iterator[SheetCell]:
    """The cells of a row that hold a value of their own; what is not understood is left over.

    With `deep` those over several rows are the first's.
    """
    for column, entry, value in parsed(row):
        if value is None:
            sheet.refuse(row, entry, "a cell that is not understood")
        elif entry.cell.row_span == 1 or (deep and entry.cell.row == row.index) or _over_block(sheet, row, entry):
            facets = sheet.column(row, entry)
            yield SheetCell(column, entry, value, facets if value.measure is None else replace(facets, role=Role.RATIO, measure=value.measure))
        elif entry.cell.row == row.index and not deep:
            sheet.refuse(row, entry, "a number over several rows")


def _over_block(sheet: Sheet, row: Row, entry: Entry) -> bool:
    """Whether a cell over several rows compares the rows of a block of arms."""
    return sheet.deferred is not None and entry.cell.row == row.index and sheet.column(row, entry).role in (Role.P, Role.RATIO, Role.INTERVAL)


def _value_row(sheet: Sheet, row: Row, rows: Facets, cells: Sequence[SheetCell]) -> None:
    sheet.results += 1
    sheet.last, sheet.ratios = {}, {}
    if _of_sizes(rows, cells) or (not row.groups and _of_patients(rows, cells)):
        sheet.sizes.update({c.column: c.value.value for c in cells if isinstance(c.value.value, int)})
        return
    sheet.row_interval = any(_SAYS_INTERVAL.search(c.entry.text) for c in cells)
    size = size_beside(cells) if rows.endpoint is None else None
    sheet.row_sizes = {
        c.facets.arm.norm if c.facets.arm is not None else "": c.value.value
        for c in cells
        if (c is size or (c.facets.role is Role.SIZE and c.facets.arm is not None)) and isinstance(c.value.value, int) and c.value.value > 0
    }
    sheet.row_counts = _categories_fit(cells, size.value.value if size is not None else rows.size)
    of_arms = sizes_beside(cells)
    sheet.row_sizes |= {c.facets.arm.norm: c.value.value for c in of_arms if c.facets.arm is not None and isinstance(c.value.value, int)}
    cells = [c for c in cells if c is not size and c not in of_arms]
    groups: dict[tuple[object, ...], list[SheetCell]] = {}
    of_ratios = {c.column for ratio in cells if ratio.facets.role is Role.RATIO for c in beside_ratio(ratio, cells)}
    for cell in cells:
        if cell.column in of_ratios:
            continue
        if _is_of_cycles(cell.facets) and not any(e.norm == "DURATION" for _, la in rows.labels for e in la.endpoints):
            sheet.refuse(row, cell.entry, "a column of cycles, not of patients")
        elif cell.facets.role in (*_MAIN, Role.INTERVAL):
            groups.setdefault(_key(cell, cells), []).append(cell)
        elif cell.facets.role in (Role.OTHER, Role.SPREAD):
            sheet.refuse(row, cell.entry, "a statistic that is no outcome")
    told = [f for group in groups.values() for part in _parted(group) if (f := _measure(sheet, row, rows, part)) is not None]
    if sheet.deferred is not None:
        sheet.deferred.append(Deferred(row, rows, tuple(cells), dict(sheet.last)))
        return
    compare(sheet, row, rows, cells, told)


def _key(cell: SheetCell, cells: Sequence[SheetCell]) -> tuple[object, ...]:
    """What a cell shares with those that it belongs to: an interval whose head names no endpoint goes with the value left of it."""
    if cell.facets.role is Role.INTERVAL and cell.facets.endpoint is None:
        left = [c for c in cells if c.column < cell.column and c.facets.role in (Role.VALUE, Role.SHARE)]
        if left and (left[-1].facets.key[:1] == cell.facets.key[:1] or (cell.facets.arm is None and _each_with_its_interval(cells))):
            return left[-1].facets.key
    return cell.facets.key


def _each_with_its_interval(cells: Sequence[SheetCell]) -> bool:
    """Whether right of each value of a row stands a column of intervals: "Drug A | 95% CI | Drug B | 95% CI"."""
    values = sorted(c.column for c in cells if c.facets.role in (Role.VALUE, Role.SHARE))
    intervals = {c.column for c in cells if c.facets.role is Role.INTERVAL and c.facets.endpoint is None}
    behind = [next((i for i in sorted(intervals) if a < i < b), None) for a, b in pairwise([*values, 10_000])]
    return len(values) > 1 and None not in behind


def _parted(group: Sequence[SheetCell]) -> list[list[SheetCell]]:
    """Cells of one arm and endpoint, parted where the columns say that they are of several kinds: "Events/N" beside "Median (95% CI)"."""
    main = [c for c in group if c.facets.role is Role.VALUE]
    kinds = [_kind(c) for c in main]
    if len(main) < 2 or len(set(kinds)) < len(kinds):
        return [list(group)]
    starts = [c.column for c in main]
    return [
        [c for c in group if start <= c.column < end or (start == min(starts) and c.column < start)]
        for start, end in zip(sorted(starts), [*sorted(starts)[1:], 10_000], strict=True)
    ]


def _kind(cell: SheetCell) -> tuple[object, ...]:
    labels = " ".join(label.text for _, label in cell.facets.labels)
    return cell.facets.form.statistic, of_events(_without_names(labels))


def _of_sizes(rows: Facets, cells: Sequence[SheetCell]) -> bool:
    """Whether a row tells how many patients an arm had: the arm's name alone, and whole numbers under columns of no endpoint."""
    own = rows.labels[-1][1] if rows.labels else None
    if own is None or own.endpoints or rows.arm is None or rows.arm.norm == "all" or rows.arm.span is None or len(rows.labels) != 1:
        return False
    plain = all(isinstance(c.value.value, int) and c.value.value > 0 and not c.value.brackets and not c.value.percent for c in cells)
    bracketed = any(c.facets.form.share_in_brackets for c in cells)
    return plain and bracketed and not any(c.facets.endpoint is not None or c.facets.role not in _MAIN for c in cells)


_SAYS_INTERVAL = re.compile(r"\b9\d(?:\.\d)?\s?%\s?C\.?[IL]\b", re.IGNORECASE)  # a cell that says itself what its bracket holds: "9.4 (95% CI 7-12)"
_NUMBER_OF_PATIENTS = re.compile(
    r"(?:n|nos?\.?|numbers?|(?:total\s)?(?:no\.?\s|number\s)?(?:of\s)?"
    r"(?:(?:evaluable|assessable|eligible|treated|evaluated)\s)?(?:patients|pts\.?|cases|subjects)"
    r"(?:\s(?:treated|evaluable|assessable|evaluated|entered|enrolled|included))?)"
    r"|(?:no\.?|number)\s(?:evaluable|assessable|treated|enrolled|evaluated|included)",
    re.IGNORECASE,
)


def _of_patients(rows: Facets, cells: Sequence[SheetCell]) -> bool:
    """Whether a row says no more than how many patients each column is of: "No. of patients | 100 | 99"."""
    own = rows.labels[-1][1] if rows.labels else None
    named = own is not None and not own.endpoints and _NUMBER_OF_PATIENTS.fullmatch(own.core.strip(" :.,()")) is not None
    return named and all(isinstance(c.value.value, int) and not c.value.brackets and not c.value.percent and c.facets.endpoint is None for c in cells)


def size_beside(cells: Sequence[SheetCell]) -> SheetCell | None:
    """The one cell of a row that says how many patients it is of: under "n", beside columns that name endpoints."""
    under = [c for c in cells if c.facets.endpoint is None and c.facets.labels and _NUMBER_OF_PATIENTS.fullmatch(_head_of(c))]
    named = [c for c in cells if c.facets.endpoint is not None or c.facets.timepoint is not None or any(la.event for _, la in c.facets.labels)]
    if len(under) != 1 or not named or not isinstance(under[0].value.value, int) or under[0].value.brackets:
        return None
    return under[0]


def sizes_beside(cells: Sequence[SheetCell]) -> list[SheetCell]:
    """The cells that say for each of several arms how many patients a row is of: under "n", each beside a median or a rate of its arm."""
    found = [
        c
        for c in cells
        if c.facets.endpoint is None and c.facets.labels and _NUMBER_OF_PATIENTS.fullmatch(c.facets.labels[-1][1].core.strip(" :.,()"))
    ]
    plain = all(isinstance(c.value.value, int) and c.value.value > 0 and not c.value.brackets and not c.value.percent for c in found)
    arms = {c.facets.arm.norm for c in found if c.facets.arm is not None}
    beside = [c.facets.arm.norm for c in cells if c not in found and c.facets.arm is not None and _is_outcome(c.facets)]
    return found if plain and len(found) == len(arms) and arms and arms <= set(beside) else []


def _is_outcome(column: Facets) -> bool:
    """Whether a column says by itself that it holds a median or a rate."""
    own = column.labels[-1][1] if column.labels else None
    return own is not None and own.role is Role.VALUE and (bool(own.endpoints) or own.form.statistic is not None)


def _head_of(cell: SheetCell) -> str:
    return " ".join(label.core for _, label in cell.facets.labels).strip(" :.,()")


def _categories_fit(cells: Sequence[SheetCell], patients: float | None) -> bool:
    """Whether the categories of response in a row are counts by arithmetic: whole numbers that add up to no more than the patients of the row."""
    categories = [c for c in cells if c.facets.endpoint is not None and c.facets.endpoint.value in CATEGORIES]
    numbers = [c.value.value for c in categories if isinstance(c.value.value, int) and not c.value.brackets and not c.value.percent]
    total = sum(numbers)
    told = len(categories) >= 3 or (len(categories) > 1 and total == patients) or _responders_fit(cells, patients)
    return (
        told
        and len(numbers) == len(categories)
        and isinstance(patients, int)
        and total <= patients
        and not (97 <= total <= 103 and total != patients)
    )


def _responders_fit(cells: Sequence[SheetCell], patients: float | None) -> bool:
    """Whether complete and partial responses add up to the responders whose percentage stands beside them."""
    told = {c.facets.endpoint.value: c for c in cells if c.facets.endpoint is not None and c.facets.endpoint.value in ("CR", "PR", "ORR")}
    if set(told) != {"CR", "PR", "ORR"} or not isinstance(patients, int):
        return False
    rate = told["ORR"]
    parts = [told[code].value.value for code in ("CR", "PR")]
    share = rate.value.value if rate.value.percent or rate.facets.form.share else None
    whole = [n for n in parts if isinstance(n, int)]
    return share is not None and len(whole) == 2 and agrees(sum(whole), patients, share)


def _measure(sheet: Sheet, row: Row, rows: Facets, group: Sequence[SheetCell]) -> MeasurementFinding | None:
    """The measurement that cells of one arm (its count, its share, its interval) give together; None, and leftovers, where they give none."""
    main = _main_of(group)
    what = what_of(sheet.frame, rows, group[0].facets, role=main.facets.role if main is not None else Role.VALUE)
    reason = "several numbers of one kind for one arm" if main is None else what if isinstance(what, str) else _conflict(rows, group[0].facets)
    found = _amount(sheet, rows, main, group, what) if main is not None and isinstance(what, What) and reason is None else reason
    if main is None or isinstance(what, str) or not isinstance(found, tuple):
        for cell in group:
            sheet.refuse(row, cell.entry, found if isinstance(found, str) else "not understood")
        return None
    amount, what = found
    topic = topic_of(sheet, what, rows, main.facets)
    if (
        topic.endpoint not in ("AE",)
        and amount.unit == "percent"
        and topic.timepoint is None
        and sheet.frame.caption.timepoint is not None
        and _is_time(what)
    ):
        topic = replace(topic, timepoint=sheet.frame.caption.timepoint.norm)
    arm, how = _arm(sheet, rows, main.facets)
    if arm is None:
        sheet.refuse(row, main.entry, how)
        return None
    finding = MeasurementFinding(
        read=sheet.origin(row, *(c.entry for c in (main, *(o for o in group if o is not main))), *rows.spans, *main.facets.spans),
        topic=replace(topic, statistic=amount.statistic),
        arm=sized(arm, main.facets.size or sheet.sizes.get(main.column), topic.population),
        value=amount.value,
        value_span=amount.span,
        unit=amount.unit,
        op=amount.op,
        n=amount.n,
        N=amount.N,
        interval=amount.interval,
        spread=amount.spread,
        category=amount.category,
        result=sheet.results,
        pattern=how,
    )
    sheet.last[main.column] = len(sheet.findings)
    sheet.findings.append(finding)
    return finding


def _main_of(group: Sequence[SheetCell]) -> SheetCell | None:
    """The cell that holds the value: the share where there is one, else the count; None where two cells could."""
    values = [c for c in group if c.facets.role in (Role.VALUE, Role.SHARE)]
    counts = [c for c in group if c.facets.role is Role.COUNT]
    if len(values) > 1 or len(counts) > 1 or not (values or counts):
        return None
    return values[0] if values else counts[0]


_OF_CYCLES = re.compile(r"(?:(?:no\.?|numbers?|%|percentage)\sof\s|per\s|by\s|total\s|all\s)?(?:cycles?|courses?)", re.IGNORECASE)


def _is_of_cycles(column: Facets) -> bool:
    return any(_OF_CYCLES.fullmatch(label.core) for _, label in column.labels)


def _conflict(rows: Facets, column: Facets) -> str | None:
    if column.clash or rows.clash:
        return "headers that name two arms"
    arms = {arm.norm for arm in (column.arm, rows.arm) if arm is not None and arm.norm != "all"}
    if len(arms) > 1:
        return "row and column name two arms"
    of_any = (
        rows.grade is not None and rows.grade.value == "any" and rows.labels[-1][1].core.casefold() == "any"
    )  # what happened, in a row of its own
    if column.grade is not None and rows.grade is not None and column.grade.value != rows.grade.value and not of_any:
        return "row and column name two grades"
    return None


def _arm(sheet: Sheet, rows: Facets, column: Facets) -> tuple[ArmOf | None, str]:
    arm = next((a for a in (column.arm, rows.arm) if a is not None and a.norm != "all"), column.arm or rows.arm)
    if arm is not None and arm.norm == "all" and sheet.reader.alone is not None:
        arm = sheet.reader.alone
    if arm is not None and (arm.norm != "all" or column.population is None or column.population.known):
        return arm, "table-cell"
    if sheet.reader.alone is None and any(p is not None and not p.known for p in (column.population, rows.population)):
        return None, "a row or column that may be of an arm or of a population"
    if any(a is not None and a.norm != "all" for a in _arms_of(sheet)):
        return None, "a column without an arm beside others that have one"
    if sheet.deferred is not None:
        return None, "a row without an arm beside others that have one"
    arm, how = default_arm(sheet)
    return arm, f"table-cell/{how}"


def _arms_of(sheet: Sheet) -> list[ArmOf | None]:
    return [sheet.reader.facets(sheet.grid.path(c)).arm for c in range(sheet.grid.labels, sheet.grid.width)]


def _is_time(what: What) -> bool:
    return quantities_of()[what.endpoint] == "time"


def _amount(sheet: Sheet, rows: Facets, main: SheetCell, group: Sequence[SheetCell], what: What | str) -> tuple[Amount, What] | str:
    """What the numbers amount to, and of what: of the events of an endpoint rather than of the endpoint where the label says so."""
    if isinstance(what, str):
        return what
    quantity = quantities_of()[what.endpoint]
    if quantity in ("level", "size"):
        return "levels and sizes are not read from tables"
    form = _form(sheet, rows, main.facets, quantity)
    if form.share_in_brackets and not sheet.bracketed and _is_percent_alone(sheet, rows, main.facets):
        form = replace(form, share=True, share_in_brackets=False)
    if sheet.row_interval and not form.interval:
        form = replace(form, interval=True, spread=None)
    if not (form.share or form.share_in_brackets or form.count) and main.column in sheet.shares:
        form = replace(form, share_in_brackets=True)
    if not (form.share or form.share_in_brackets or form.count) and _counts_by_name(rows, main.facets):
        form = replace(form, count=True)
    if form.share and main.column in sheet.counted and isinstance(main.value.value, int) and main.value.pair() is None:
        form = replace(form, share=False, share_in_brackets=True)  # "Grade 3 (%)" over "5 (11.4)" and "0"
    if main.value.single() is not None and _holds_two_grades(sheet, rows, main.facets):
        return NO_SHARE
    intervals = [c for c in group if c.facets.role is Role.INTERVAL]
    counted = [c.value for c in group if c.facets.role is Role.COUNT and c is not main]
    counts = [value.value for value in counted]
    pair = intervals[0].value.pair() if len(intervals) == 1 else None
    printed = Printed(
        main.entry,
        main.value,
        form,
        size=_size(sheet, rows if not is_event(rows.population, what) else replace(rows, population=None), main, counted),
        count=counts[0] if len(counts) == 1 and isinstance(counts[0], int) else None,
        beside=(intervals[0].entry, pair) if pair is not None else None,
        whole_counts=sheet.whole_counts
        or main.column in sheet.summed
        or (main.column in sheet.counted and main.value.value == 0)
        or ((sheet.row_counts or main.column in sheet.parts) and what.endpoint in CATEGORIES),
    )
    if what.endpoint == "DURATION" and _no_share(main.value) and not form.share:
        amount = time_of(printed)
        return amount if isinstance(amount, str) else (amount, what)
    if quantity == "time" and what.endpoint not in ("DEATH",):
        return _of_time(sheet, rows, main, printed, what)
    amount = share_of(printed)
    heads = [label.text for _, label in main.facets.labels]
    return amount if isinstance(amount, str) else (_in_events(amount, rows, what, (sheet.frame.caption.text, sheet.frame.notes, *heads)), what)


# "Any grade [grade 3-4]": a bracket that holds another grade.
_TWO_GRADES = re.compile(
    r"\bgrades?\b[^()\[\]]{0,20}[)\]]?\s?[(\[]\s?(?:of\swhich\s)?(?:CTC(?:AE)?\s)?(?:grades?|G)\s?(?:[≥>]=?\s?)?[1-5I]", re.IGNORECASE
)


def _holds_two_grades(sheet: Sheet, rows: Facets, column: Facets) -> bool:
    texts = (sheet.frame.caption.text, *sheet.reader.heads.values(), *(label.text for f in (rows, column) for _, label in f.labels))
    return any(map(_TWO_GRADES.search, texts))


_IN_PLURAL = re.compile(
    r"(?:(?:all|total|any)\s)?(?:(?-i:[A-Z]{2,4})\s)?(?:deaths|events|relapses|recurrences|progressions|responders)", re.IGNORECASE
)


def _counts_by_name(rows: Facets, column: Facets) -> bool:
    """Whether a row or a column is called by those who are counted: "Deaths", "Events"."""
    return any(_IN_PLURAL.fullmatch(label.core.strip(" :")) for f in (rows, column) for _, label in f.labels[-1:])


_COUNT_BEFORE_SHARE = re.compile(r"\b(?:n|nos?\.?|numbers?|counts?|nr\.?)\b", re.IGNORECASE)


def _is_percent_alone(sheet: Sheet, rows: Facets, column: Facets) -> bool:
    """Whether "(%)" behind what is counted ("Adverse events (%)"), over numbers none of which has brackets, says that all are percentages."""
    corner = " ".join(sheet.reader.heads.values())
    texts = (sheet.frame.caption.text, corner, *(label.text for f in (rows, column) for _, label in f.labels))
    said = [t for t in texts if form_of(t).share_in_brackets]
    return bool(said) and not any(map(_COUNT_BEFORE_SHARE.search, (*said, sheet.frame.notes)))


def _size(sheet: Sheet, rows: Facets, main: SheetCell, counted: Sequence[CellValue]) -> int | None:
    """How many patients a number is of: as its row says, else as its column or the caption, where the row is not of some of these."""
    own = (counted[0].of if len(counted) == 1 else None) or rows.size
    own = own or sheet.row_sizes.get(main.facets.arm.norm if main.facets.arm is not None else "")
    below = [label.size for entry, label in main.facets.labels if entry.cell.row >= sheet.grid.body]  # "Women | n = 20 | n = 18"
    own = own or next((size for size in reversed(below) if size is not None), None)
    if own is not None:
        return own
    whole = main.facets.size or sheet.sizes.get(main.column) or (sheet.frame.caption.size if main.facets.arm is None and rows.arm is None else None)
    single, count = main.value.single(), main.value.value
    tells = single is not None and isinstance(count, int) and single.low is not None and whole is not None and agrees(count, whole, single.low)
    return whole if rows.population is None or tells else None


def _no_share(value: CellValue) -> bool:
    return not value.percent and value.single() is None and value.of is None


_COUNTS_EVENTS = re.compile(
    r"\b(?:numbers?|nos?\.|n|counts?|totals?)\s(?:of\s)?(?:(?:all|adverse|toxic|related|reported|observed|recorded|serious|bleeding|grade\s\S+)\s)*(?:events|episodes)\b"
    r"(?!\s(?:per|in|with|or)\b)",
    re.IGNORECASE,
)
_NOTED_EVENTS = re.compile(
    r"\b(?:expressed|presented|given|shown|reported|numbers|values|data)\s(?:as|are|represent)\s(?:the\s)?(?:numbers?|no\.)\sof\s(?:adverse\s)?(?:events|episodes)\b",
    re.IGNORECASE,
)
_HEADS_EVENTS = re.compile(r"(?:adverse\s)?(?:events|episodes)(?:[\s,(]+(?:n|nos?\.?|numbers?)\)?)?", re.IGNORECASE)


def _in_events(amount: Amount, rows: Facets, what: What, around: Sequence[str]) -> Amount:
    """A count in events, where the row, the column, the caption or the notes count episodes and not patients."""
    if amount.unit != "patient" or what.endpoint != "AE":
        return amount
    caption, notes, *heads = around
    if any(re.search(r"\bpatients\b", text, re.IGNORECASE) for text in heads):
        return amount
    text = rows.labels[-1][1].text if rows.labels else ""
    said = any(_COUNTS_EVENTS.search(t) for t in (text, caption, *heads)) or any(_HEADS_EVENTS.fullmatch(t.strip()) for t in heads)
    return replace(amount, unit="event") if said or _NOTED_EVENTS.search(notes) else amount


def _form(sheet: Sheet, rows: Facets, column: Facets, quantity: str) -> Form:
    own = rows.labels[-1][1].form if rows.labels else Form()
    by_arm = bool(rows.labels) and names_arm(rows, rows.labels[-1][0])
    landmark = bool(rows.labels) and rows.labels[-1][1].timepoint is not None and not rows.labels[-1][1].endpoints
    alone = replace(rows.form, share_in_brackets=own.share_in_brackets, share=own.share, count=own.count)
    under = rows.form if quantity != "time" or by_arm or landmark else alone
    return own.over(column.form).over(under).over(sheet.frame.form)


def _of_time(sheet: Sheet, rows: Facets, main: SheetCell, printed: Printed, what: What) -> tuple[Amount, What] | str:
    """A time to event: its median, its rate at a landmark, or how many had the event."""
    form, value = printed.form, printed.cell
    stated = value.unit is not None or form.statistic is not None or form.unit is not None
    bracketed = value.single()
    timed = form.statistic is not None and any(la.form.unit is not None and not la.form.share for f in (rows, main.facets) for _, la in f.labels[-1:])
    as_share = (
        value.percent
        or value.of is not None
        or (bracketed is not None and (bracketed.percent or form.share_in_brackets))
        or (form.share and not timed)
        or main.facets.role is Role.SHARE
    )
    if not as_share and stated and what.event is None:
        amount = time_of(_as_median(sheet, (rows, main.facets), printed, what))
        return amount if isinstance(amount, str) else (amount, what)
    shared = share_of(printed)
    if isinstance(shared, str):
        return shared
    labels = " ".join((*(label.text for _, label in rows.labels[-1:]), *(label.text for _, label in main.facets.labels)))
    named_here = any(e.norm == what.endpoint for _, label in rows.labels[-1 if rows.arm is None else 0 :] for e in label.endpoints)
    if what.event not in (None, "event"):
        return shared, what
    told = [
        *main.facets.labels,
        *(pair for pair in rows.labels[-1:] if re.match(r"(?:patients|subjects|no\.|number)\s", pair[1].text.strip(), re.IGNORECASE)),
    ]
    headed = any(re.search(r"\bevents?\b", _without_names(label.text), re.IGNORECASE) for _, label in told)
    if what.event == "event" or headed or (of_events(_without_names(labels)) and (named_here or main.facets.endpoint is not None)):
        return _as_events(shared, what, labels), replace(what, event="event")
    if shared.unit != "percent" or not _landmark(sheet, rows, main):
        return "a share of a time to event without its landmark"
    return shared, what


_ONE_PATIENT = re.compile(r"(?:patients?|pts?\.?|cases?|subjects?)(?:\s?(?:nos?\.?|numbers?|id|#))?|nos?\.?|#", re.IGNORECASE)


def _as_median(sheet: Sheet, labels: tuple[Facets, Facets], printed: Printed, what: What) -> Printed:
    """A time to event whose labels do not say what it is, as the median: where one of its bounds was not reached, or the text tells medians.

    The row or the column is called by the endpoint ("N" below it is none), and a row of one patient has no median.
    """
    rows, column = labels
    form, pair = printed.form, printed.cell.pair()
    named = any(e.norm == what.endpoint for f in (rows, column) for _, label in f.labels[-1:] for e in label.endpoints)
    if not named or form.count:
        return printed
    if form.statistic is not None or form.error is not None or printed.cell.spread is not None or what.endpoint in ("FOLLOW_UP", "DURATION"):
        return printed
    entry, own = rows.labels[-1] if rows.labels else (None, None)
    head = sheet.reader.heads.get(entry.cell.column, "").strip() if entry is not None else ""
    if own is not None and (_ONE_PATIENT.fullmatch(head) or _ONE_PATIENT.match(own.core)) and re.search(r"\d", own.core):
        return printed
    unbounded = pair is not None and (pair.low is None) != (pair.high is None)
    return replace(printed, form=replace(form, statistic="median")) if sheet.medians or unbounded else printed


def _as_events(amount: Amount, what: What, labels: str) -> Amount:
    """A count in events, where the labels speak of them and not of patients who had one; deaths are patients."""
    said = what.endpoint != "OS" and re.search(r"\bevents\b", labels, re.IGNORECASE) and not re.search(r"\bpatients\swith\b", labels, re.IGNORECASE)
    return replace(amount, unit="event", n=None) if said and amount.unit == "patient" else amount


def _landmark(sheet: Sheet, rows: Facets, main: SheetCell) -> bool:
    return (rows.timepoint or main.facets.timepoint or sheet.frame.caption.timepoint) is not None


def _without_names(text: str) -> str:
    """Labels without the names of endpoints that themselves speak of events ("event-free survival")."""
    return re.sub(
        r"\b[\w-]+[\s-](?:free|specific)[\s-]survival|\btime[\s-]to[\s-][\w-]+|\bduration\sof\s\w+|\bfailure[\s-]free\b",
        " ",
        text,
        flags=re.IGNORECASE,
    )


def _interval_row(sheet: Sheet, row: Row, cells: Sequence[SheetCell], role: Role) -> None:
    """A row of intervals under a row of values: each belongs to the value above it."""
    for cell in cells:
        at, pair = sheet.last.get(cell.column), cell.value.pair()
        if cell.column in sheet.ratios and pair is not None and _with_interval(sheet, cell, pair):
            continue
        before = sheet.findings[at] if at is not None else None
        if at is None or pair is None or not isinstance(before, MeasurementFinding) or role is not Role.INTERVAL or before.interval is not None:
            if role is Role.INTERVAL:
                sheet.refuse(row, cell.entry, "an interval without its value")
            continue
        interval = Interval(cell.entry.span(pair.start, pair.end), pair.low, pair.high, None)
        if isinstance(before.read, TableCell):
            first, *rest = before.read.pieces
            sheet.findings[at] = replace(before, interval=interval, read=replace(before.read, pieces=(first, cell.entry.raw, *rest)))


def _with_interval(sheet: Sheet, cell: SheetCell, pair: Bracket) -> bool:
    """Give an interval to the ratio above it, where it holds it; whether it did."""
    at = sheet.ratios[cell.column]
    before = sheet.findings[at]
    if not isinstance(before, ComparisonFinding) or not isinstance(before.read, TableCell) or before.interval is not None or before.estimate is None:
        return False
    if (pair.low is not None and pair.low > before.estimate) or (pair.high is not None and pair.high < before.estimate):
        return False
    first, *rest = before.read.pieces
    interval = Interval(cell.entry.span(pair.start, pair.end), pair.low, pair.high, cell.facets.form.level)
    sheet.findings[at] = replace(before, interval=interval, read=replace(before.read, pieces=(first, cell.entry.raw, *rest)))
    return True
