"""Tables whose rows are arms: rows that differ in their arm alone are a block, whose ratios and p-values compare its rows.

"Arm | ORR | P" over "drug A | 40 % | 0.03" and "drug B | 20 % |" is one comparison, though the p-value stands in the row of one arm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.entities.endpoints import quantities_of
from extractor.relations.findings import ArmOf, ComparisonFinding, MeasurementFinding, TableCell, Topic
from extractor.relations.tables.cells import EMPTY, is_reference
from extractor.relations.tables.contrasts import (
    NO_ARMS,
    NO_RATIO,
    Estimate,
    beside_ratio,
    comparison_of,
    paired,
    ratio_of,
    with_bounds,
    with_its_p,
    with_p,
)
from extractor.relations.tables.grid import Entry, Row
from extractor.relations.tables.labels import Role
from extractor.relations.tables.results import read_row
from extractor.relations.tables.sheet import CATEGORIES, Deferred, Sheet, SheetCell


@dataclass
class Block:
    """Rows that stand under the same labels, each of an arm; `key` is what they stand under."""

    key: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    arms: list[str] = field(default_factory=list)


def blocks_of(sheet: Sheet, rows: Sequence[Row]) -> list[Block]:
    """The blocks of a table whose rows are arms, in order; none where its columns are arms, or ratios alone, or where few of its rows are."""
    columns = [sheet.reader.facets(sheet.grid.path(c), header=True) for c in range(sheet.grid.labels, sheet.grid.width)]
    if len({c.arm.norm for c in columns if c.arm is not None and c.arm.norm != "all"}) > 1:
        return []
    if not any(c.role in (Role.VALUE, Role.SHARE, Role.COUNT) for c in columns):
        return []
    found: list[Block] = []
    for row in rows:
        entry, arm = _arm_of(sheet, row)
        own = row.labels[-1] if row.labels else None
        test = own is not None and sheet.reader.label(own).role in (Role.P, Role.RATIO, Role.OTHER)
        key = tuple(e.text.strip() for e in (*row.groups, *row.labels) if e is not entry and not (test and e is own))
        if not found or found[-1].key != key:
            found.append(Block(key))
        found[-1].rows.append(row)
        if arm is not None:
            found[-1].arms.append(arm.norm)
    of_arms = [b for b in found if len(set(b.arms)) > 1 and len(set(b.arms)) == len(b.arms)]
    return found if 3 * sum(len(b.rows) for b in of_arms) >= 2 * len(rows) else []


def _arm_of(sheet: Sheet, row: Row) -> tuple[Entry | None, ArmOf | None]:
    """The label of a row that names its arm, and the arm."""
    for entry in reversed(row.labels):
        arm = sheet.reader.arm(entry)
        if arm is not None and arm.norm != "all":
            return entry, arm
    return None, None


def read_blocks(sheet: Sheet, blocks: Iterable[Block]) -> None:
    """Add to the sheet what a table of such rows tells, block by block."""
    for block in blocks:
        sheet.deferred = []
        for row in block.rows:
            read_row(sheet, row)
        _compare(sheet, sheet.deferred)
    sheet.deferred = None


def _compare(sheet: Sheet, read: Sequence[Deferred]) -> None:
    """Add the comparisons of a block, once all its rows are measured."""
    measured = [(column, sheet.findings[i]) for one in read for column, i in one.at.items()]
    told = [(c, f) for c, f in measured if isinstance(f, MeasurementFinding)]
    ratios: dict[int, int] = {}
    for one in read:
        for ratio, test in paired(one.cells):
            shown = ratio or test
            if shown is None or (ratio is not None and is_reference(ratio.entry.text)):
                continue
            intervals = beside_ratio(ratio, one.cells)
            value = with_bounds(ratio_of(ratio, ratio.facets.measure, intervals[0] if len(intervals) == 1 else None), intervals) if ratio else None
            estimate = with_p(value, test)
            cells = [c for c in (ratio, *intervals, test) if c is not None]
            pair = _pair(sheet, one, read, shown)
            topic, of_topic = _topic(shown, one, told)
            if estimate is None or topic is None or (ratio is not None and value is None):
                _leave(sheet, one.row, cells, NO_RATIO if estimate is None or topic is not None else NO_ARMS)
            elif pair is None or (estimate.measure is not None and pair == ()):
                _leave(sheet, one.row, cells, NO_ARMS)
            elif not _is_of_ratio(sheet, one, estimate, ratios):
                _tell(sheet, one, (estimate, cells), (topic, of_topic), pair)
                ratios |= {shown.column: len(sheet.findings) - 1} if estimate.measure is not None and one.rows.arm is None else {}


def _is_of_ratio(sheet: Sheet, one: Deferred, estimate: Estimate, ratios: Mapping[int, int]) -> bool:
    """Give a p-value of a row of such to the ratio of its column, in a row above that is of no arm either; whether there is one."""
    at = ratios.get(estimate.shown.column) if one.rows.arm is None and estimate.measure is None else None
    before = sheet.findings[at] if at is not None else None
    if (
        at is None
        or estimate.p is None
        or not isinstance(before, ComparisonFinding)
        or not isinstance(before.read, TableCell)
        or before.p is not None
    ):
        return False
    first, *rest = before.read.pieces
    sheet.findings[at] = with_its_p(before, estimate.p, replace(before.read, pieces=(first, estimate.shown.entry.raw, *rest)))
    return True


Cells = Sequence[SheetCell]


def _leave(sheet: Sheet, row: Row, cells: Cells, reason: str) -> None:
    for cell in cells:
        sheet.refuse(row, cell.entry, reason)


def _tell(
    sheet: Sheet, one: Deferred, shown: tuple[Estimate, Cells], about: tuple[Topic, Sequence[MeasurementFinding]], pair: tuple[ArmOf, ...]
) -> None:
    estimate, cells = shown
    topic, measured = about
    arms = (replace(pair[0], span=None), replace(pair[1], span=None)) if len(pair) == 2 else None
    origin = sheet.origin(one.row, *(c.entry for c in cells), *one.rows.spans, *cells[0].facets.spans)
    found = comparison_of(sheet, topic, origin, estimate, arms)
    sheet.findings.append(replace(found, direction=estimate.direction(topic.endpoint, arms, measured)) if arms is not None else found)


def _topic(shown: SheetCell, one: Deferred, told: Sequence[tuple[int, MeasurementFinding]]) -> tuple[Topic | None, list[MeasurementFinding]]:
    """What a ratio or a p-value is of: the endpoint of its head, else of the nearest column left of it, or of its own column under the rows."""
    named = shown.facets.endpoint
    if not one.at and shown.column in {c for c, _ in told}:
        measured = [f for c, f in told if c == shown.column]
    elif named is not None:
        measured = [f for _, f in told if f.topic.endpoint == named.value]
    else:
        left = max((c for c, _ in told if c < shown.column), default=None)
        measured = [f for c, f in told if c == left]
    topics = {_matter(f.topic) for f in measured}
    if not measured or len({m[0] for m in topics}) != 1:
        return None, []
    topic = measured[0].topic
    categories = {f.topic.endpoint for _, f in told if f.topic.endpoint in CATEGORIES}
    if topic.endpoint in CATEGORIES and len(categories) > 1:
        return None, []
    topic = replace(topic, population=topic.population, event=None, event_span=None) if _of_events(shown, topic) else topic
    if len(topics) == 1 and topic.statistic == "median":
        return topic, measured
    if len(topics) == 1 and not (shown.facets.role is Role.RATIO and quantities_of()[topic.endpoint] == "time"):
        return topic, measured
    return replace(topic, timepoint=None, timepoint_span=None, grade=None, grade_span=None, statistic=None), measured


def _matter(topic: Topic) -> tuple[object, ...]:
    return topic.endpoint, topic.event, topic.grade, topic.timepoint, topic.population, topic.statistic


def _of_events(shown: SheetCell, topic: Topic) -> bool:
    """Whether a ratio is of the endpoint though the column beside it counts its events."""
    return shown.facets.role is Role.RATIO and topic.event == "event"


def _pair(sheet: Sheet, one: Deferred, read: Sequence[Deferred], shown: SheetCell) -> tuple[ArmOf, ...] | None:
    """The two arms that a number of a block compares, the tested one first; () for all of three and more; None where it cannot be told."""
    arms = {d.rows.arm.norm: d.rows.arm for d in read if d.rows.arm is not None}
    own = one.rows.arm
    if len(arms) < 2:
        return None
    if own is None or shown.entry.cell.row_span >= len(arms):
        return sheet.in_order(*arms.values()) if len(arms) == 2 else ()
    filled = {d.rows.arm.norm: d.row.values.get(shown.column) for d in read if d.rows.arm is not None}
    marked = [norm for norm, e in filled.items() if e is not None and shown.facets.role is Role.RATIO and is_reference(e.text)]
    printed = {norm for norm, e in filled.items() if e is not None and norm not in marked and not EMPTY.fullmatch(e.text)}
    others = [norm for norm in arms if norm not in printed]
    if len(marked) == 1 and own.norm not in marked:
        return own, arms[marked[0]]
    if len(arms) == 2 and len(printed) == 1:
        return sheet.in_order(*arms.values())
    if len(printed) == 1:
        return ()
    return (own, arms[others[0]]) if len(others) == 1 and len(printed) == len(arms) - 1 else None
