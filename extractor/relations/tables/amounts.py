"""What a cell's numbers amount to: a share with its count and total, a count, a length of time with its interval.

Nothing is taken for what its labels do not say it is, save a number in brackets that is the share of the number before it by arithmetic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.document import CharSpan
from extractor.quantities import Interval, Number
from extractor.records import Spread, Statistic
from extractor.relations.tables.cells import Bracket, CellValue
from extractor.relations.tables.grid import Entry
from extractor.relations.tables.labels import Form

UNSAID = "nothing says whether this is a count or a percentage"
NO_UNIT = "no unit of time in row, column or caption"
NO_STATISTIC = "neither a median nor a mean by its labels"
NO_SHARE = "the number in brackets is not said to be a percentage"
IMPOSSIBLE = "more than there can be"


@dataclass(frozen=True, slots=True)
class Amount:
    """The numbers of a measurement; the spans are into the source text."""

    value: Number | None
    span: CharSpan
    unit: str | None
    statistic: Statistic
    op: str | None = None
    n: int | None = None
    N: int | None = None
    interval: Interval | None = None
    spread: Spread | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell with what its labels say: the form of its numbers, the size of its arm, its count and its interval from columns beside it."""

    entry: Entry
    cell: CellValue
    form: Form
    size: int | None = None
    count: int | None = None
    beside: tuple[Entry, Bracket] | None = None
    whole_counts: bool = False

    def raw(self, start: int, end: int) -> CharSpan:
        """The place of a piece of the cell."""
        return self.entry.span(start, end)

    @property
    def interval(self) -> Interval | None:
        """The confidence interval: beside the value where a column holds it, else in its brackets where the labels call it so."""
        if self.beside is not None:
            entry, beside = self.beside
            return Interval(entry.span(beside.start, beside.end), beside.low, beside.high, self.form.level)
        pair = self.cell.pair()
        if pair is None or (pair.low is None and pair.high is None):
            return None
        if not self.form.interval and (self.form.spread is not None or None not in (pair.low, pair.high)):
            return None  # a bound that was not reached is none of a range
        return Interval(self.raw(pair.start, pair.end), pair.low, pair.high, self.form.level)

    @property
    def spread(self) -> Spread | None:
        """The range, quartiles or standard deviation, where the labels call it so."""
        pair, single = self.cell.pair(), self.cell.single()
        if pair is not None and self.form.spread is not None and not self.form.interval and None not in (pair.low, pair.high):
            return Spread(kind=self.form.spread, low=pair.low, high=pair.high)
        if self.form.error is None:
            return None
        value = self.cell.spread if self.cell.spread is not None else single.low if single is not None else None
        return None if value is None else Spread(kind=self.form.error, value=value)


def time_of(printed: Printed) -> Amount | str:
    """A median or mean length of time; the reason where it cannot be read as one."""
    cell, form = printed.cell, printed.form
    if cell.not_reached:
        return Amount(None, printed.raw(cell.start, cell.end), None, "median", interval=printed.interval, category="not reached")
    if cell.value is None:
        return "an interval without its value"
    if form.statistic is None:
        return NO_STATISTIC
    unit = cell.unit or form.unit
    if unit is None:
        return NO_UNIT
    interval = printed.interval
    if interval is not None and not interval.holds(cell.value):
        return "a value outside its interval"
    return Amount(cell.value, printed.raw(cell.start, cell.end), unit, form.statistic, cell.op, interval=interval, spread=printed.spread)


def share_of(printed: Printed) -> Amount | str:
    """A percentage of patients, or a count of them; the reason where it cannot be told which."""
    cell = printed.cell
    if cell.value is None:
        return "an interval without its value"
    if cell.percent or _is_of_fraction(cell):
        return _share(printed, cell.value, cell.start, cell.end, cell.op)
    single = cell.single()
    if cell.of is not None:
        return _out_of(printed, single)
    if single is not None:
        return _count_with_share(printed, single)
    if printed.form.share:
        return _share(printed, cell.value, cell.start, cell.end, cell.op)
    if printed.form.share_in_brackets or printed.form.count or printed.whole_counts:
        return _count(printed)
    return UNSAID


def _is_of_fraction(cell: CellValue) -> bool:
    """Whether a number is the share of the count out of a total in its brackets: "88.4 (38/43)"."""
    told = [b for b in cell.brackets if b.kind == "fraction"]
    return len(told) == 1 and cell.value is not None and agrees(int(told[0].low or 0), int(told[0].high or 0), cell.value)


def _share(printed: Printed, value: Number, start: int, end: int, op: str | None) -> Amount | str:
    if not 0 <= value <= 100:
        return IMPOSSIBLE
    fractions = [b for b in printed.cell.brackets if b.kind == "fraction"]
    n, total = printed.count if printed.count is not None else _counted(printed), printed.size
    if len(fractions) == 1 and fractions[0].low is not None and fractions[0].high is not None:
        n, total = int(fractions[0].low), int(fractions[0].high)
    elif n is not None and total is not None and not agrees(n, total, value):
        total = None
    interval = printed.interval
    if interval is not None and not interval.holds(value):
        return "a value outside its interval"
    return Amount(value, printed.raw(start, end), "percent", "rate", op if op in ("<", ">") else None, n, total, interval)


def _counted(printed: Printed) -> int | None:
    """The count that stands in brackets behind a percentage: "35.3% (12)", "35.3 (12)" under "% (n)"."""
    single = printed.cell.single()
    told = single is not None and not single.percent and isinstance(single.low, int)
    if single is None or not told or not (printed.form.count_in_brackets or (printed.size is not None and _fits(printed, single))):
        return None
    return int(single.low or 0)


def _fits(printed: Printed, single: Bracket) -> bool:
    value, count = printed.cell.value, single.low
    return value is not None and isinstance(count, int) and printed.size is not None and agrees(count, printed.size, value)


def _out_of(printed: Printed, single: Bracket | None) -> Amount | str:
    """A count out of a total: "5/7 (71.4)", "5/7"."""
    cell = printed.cell
    if not isinstance(cell.value, int) or cell.of is None or cell.value > cell.of:
        return IMPOSSIBLE
    if single is None or single.low is None:
        return Amount(cell.value, printed.raw(cell.start, cell.end), "patient", "count", n=cell.value, N=cell.of)
    if not (printed.form.share_in_brackets or single.percent or agrees(cell.value, cell.of, single.low)):
        return NO_SHARE
    amount = _share(printed, single.low, single.start, single.end, single.op)
    return amount if isinstance(amount, str) else _with(amount, cell.value, cell.of)


def _count_with_share(printed: Printed, single: Bracket) -> Amount | str:
    """A count and its share: "12 (35.3)"."""
    cell, form = printed.cell, printed.form
    if form.count_in_brackets:
        return _share(printed, cell.value, cell.start, cell.end, cell.op) if cell.value is not None else NO_SHARE
    if single.low is None or not isinstance(cell.value, int):
        return NO_SHARE
    fits = printed.size is not None and agrees(cell.value, printed.size, single.low)
    if not (single.percent or form.share_in_brackets or fits):
        return NO_SHARE
    if printed.size is not None and cell.value > printed.size:
        return IMPOSSIBLE
    amount = _share(printed, single.low, single.start, single.end, single.op)
    return amount if isinstance(amount, str) else _with(amount, cell.value, printed.size if fits else None)


def _with(amount: Amount, n: int, total: int | None) -> Amount:
    return Amount(amount.value, amount.span, amount.unit, amount.statistic, amount.op, n, total, amount.interval)


def _count(printed: Printed) -> Amount | str:
    cell = printed.cell
    if not isinstance(cell.value, int) or cell.value < 0:
        return UNSAID
    if printed.size is not None and cell.value > printed.size:
        return IMPOSSIBLE
    return Amount(cell.value, printed.raw(cell.start, cell.end), "patient", "count", cell.op, N=printed.size)


def agrees(n: int, total: int, percent: Number) -> bool:
    """Whether a percentage is n of a total, by its own precision and a unit of rounding more."""
    if total <= 0:
        return False
    decimals = len(str(percent).partition(".")[2]) if isinstance(percent, float) else 0
    tolerance: float = 0.5 * 0.1**decimals + (0.11 if decimals else 0.6)
    return abs(100 * n / total - percent) <= tolerance


_EVENTS = re.compile(r"\b(?:events?|progress(?:ed|ions?)|relapses?d?|recurren\w+|died|deaths?|dead|failures?)\b", re.IGNORECASE)


def of_events(text: str) -> bool:
    """Whether a label counts events rather than those who had none."""
    return bool(_EVENTS.search(text))
