"""Estimates, their intervals and their p-values: what the three say of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import erfc, log, sqrt
from statistics import NormalDist

from extractor.audit.findings import LEGIBLE, Case, Check, Concerned, Finding, Paper
from extractor.audit.printed import AnyRecord, Printed, Range, between, characters, of_number
from extractor.document import fold
from extractor.records import Comparison, Measurement

RATIOS = ("HR", "OR", "RR")
ALIKE = 0.25
"""Tests of one hypothesis (Wald, likelihood ratio, score or log-rank, stratified or not) agree in z to about so much of it: what lies nearer is not
held against a paper, which does not say beside the number which test gave it."""

_OTHER_HYPOTHESIS = re.compile(r"interaction|heterogeneity|trend|non-?\s?inferiority|equivalence|(?<![a-z])inter\.", re.IGNORECASE)
_ONE_SIDED = re.compile(r"\b(?:one|1)[\s-]?(?:sided|tailed)", re.IGNORECASE)
_LEVEL = re.compile(r"\d\d(?:\.\d+)?\s?%|\(\s?(?:95|99|90)\s?(?:CI|\))")


@dataclass(frozen=True, slots=True)
class Estimated:
    """A value with its interval, each as printed; a bound that was not reached is None."""

    record: AnyRecord
    value: Printed
    low: Printed | None
    high: Printed | None
    level: Fraction

    @property
    def told(self) -> str:
        """As a reader would write it."""
        low, high = (bound.text if bound is not None else "not reached" for bound in (self.low, self.high))
        return f"{self.value.text} ({float(self.level):g}% CI {low} to {high})"


HIGHEST_LEVEL = 99.9999
"""Percent; no interval has a higher level, and at 100 its quantile is infinite."""


def estimated(record: AnyRecord) -> Estimated | None:
    """What a record has of value and interval; None where either is missing."""
    slot = "value" if isinstance(record, Measurement) else "estimate"
    number = record.value if isinstance(record, Measurement) else record.estimate
    if number is None or record.ci is None or not 50 <= (record.ci_level or 95) <= HIGHEST_LEVEL:
        return None
    text = characters(record, "ci")
    low, high = (None if bound is None else of_number(bound, text) for bound in record.ci)
    return Estimated(record, of_number(number, characters(record, slot)), low, high, Fraction(str(record.ci_level or 95)))


def doubt_of_reading(record: AnyRecord, *slots: str) -> str | None:
    """Why the numbers of a record may not belong together: another number stands between them. None where there is no such doubt."""
    if isinstance(record, Comparison) and record.measure in RATIOS and (characters(record, "ci") or "").rstrip(")] ").endswith("%"):
        return "the interval of a ratio is printed in percent"
    if record.section == "table":
        return None
    spans = sorted(record.spans[slot] for slot in slots if slot in record.spans)
    for (_, end), (start, _) in pairwise(spans):
        told = between(record, end, start) if start > end else ""
        if told is None or re.search(r"\d", _LEVEL.sub("", fold(told))):
            return "another number stands between them"
    return None


# --- inside


def _inside(check: str, one: Estimated, slot: str) -> Finding:
    concerned = Concerned.one(one.record, slot, "ci")
    value = one.value.range
    below = one.low is not None and value.high < one.low.range.low
    above = one.high is not None and value.low > one.high.range.high
    if below or above:
        told = f"{one.value.text} is {'below' if below else 'above'} its interval: {one.told}"
        return concerned.accused(check, told, doubt_of_reading(one.record, slot, "ci"), sure=LEGIBLE)
    return concerned.found(check, "holds", f"{one.told}: inside")


def _estimates_inside(paper: Paper) -> Iterator[Finding]:
    for record in paper.records:
        if isinstance(record, Comparison) and (one := estimated(record)) is not None:
            yield _inside("estimate-in-interval", one, "estimate")


def _values_inside(paper: Paper) -> Iterator[Finding]:
    for record in paper.records:
        if isinstance(record, Measurement) and (one := estimated(record)) is not None:
            yield _inside("value-in-interval", one, "value")


# --- symmetric

OTHER_INTERVALS = 8
"""An interval that is not symmetric accuses a paper where it is the only such one among at least so many others, own or cited as it is: there the
intervals are Wald's, as nearly all are. Those from profiles, bootstraps and exact methods need not be symmetric, and come in numbers."""

FAR_ASIDE = 0.3
"""So much of its length (on its scale) no method of making intervals moves the middle of one from the estimate."""


def _symmetric(paper: Paper) -> Iterator[Finding]:
    for provenance in ("own", "cited"):
        compared = (record for record in paper.records if isinstance(record, Comparison) and record.provenance == provenance)
        yield from _symmetric_together([one for record in compared if (one := _to_be_symmetric(record)) is not None])


def _symmetric_together(asked: Sequence[Estimated]) -> Iterator[Finding]:
    even = [_twice(one)[0].meets(_twice(one)[1]) for one in asked]
    others = f"{sum(even)} of {len(even)} such intervals of the paper are symmetric"
    only = sum(even) >= OTHER_INTERVALS and len(even) - sum(even) == 1
    for one, is_even in zip(asked, even, strict=True):
        concerned = Concerned.one(one.record, "estimate", "ci")
        told = _middle(one)
        if is_even:
            yield concerned.found("interval-symmetric", "holds", f"{told}, as {one.value.text} may")
            continue
        told = f"{told}, {one.value.text} cannot; {others}"
        doubt = doubt_of_reading(one.record, "estimate", "ci")
        if doubt is None and not only and _is_ratio(one) and Range.meets(*_twice(one, plain=True)):
            yield concerned.found("interval-symmetric", "cannot tell", told, "it is symmetric on the plain scale, and may have been made there")
        elif doubt is None and not only and _aside(one) < FAR_ASIDE:
            yield concerned.found("interval-symmetric", "cannot tell", told, "the paper's intervals may be of a kind that need not be symmetric")
        elif doubt is None and not _is_ratio(one):
            yield concerned.found("interval-symmetric", "cannot tell", told, "intervals of a difference of shares need not be symmetric")
        else:
            yield concerned.accused("interval-symmetric", told, doubt, sure=LEGIBLE)


def _to_be_symmetric(record: Comparison) -> Estimated | None:
    """An estimate within an interval with two ends, on a scale."""
    one = estimated(record)
    if one is None or one.low is None or one.high is None or record.measure not in (*RATIOS, "difference"):
        return None
    value, low, high = one.value.range, one.low.range, one.high.range
    if value.high < low.low or value.low > high.high or (record.measure in RATIOS and (low.low <= 0 or value.low <= 0)):
        return None
    return one


def _twice(one: Estimated, *, plain: bool = False) -> tuple[Range, Range]:
    """What must be equal: the square of a ratio and the product of its bounds; on the plain scale twice the estimate and the sum of its bounds."""
    if one.low is None or one.high is None:
        raise ValueError("expected an interval with two ends")
    value, low, high = one.value.range, one.low.range, one.high.range
    return (value * value, low * high) if _is_ratio(one) and not plain else (value + value, low + high)


def _aside(one: Estimated) -> float:
    """How far the estimate of a ratio is from the middle of its interval at least, as a part of its length."""
    twice, bounds = _twice(one)
    if not _is_ratio(one) or one.low is None or one.high is None:
        return 0.0
    length = log(one.high.range.high / one.low.range.low)
    return max(log(twice.low / bounds.high), log(bounds.low / twice.high), 0.0) / length


def _is_ratio(one: Estimated) -> bool:
    return isinstance(one.record, Comparison) and one.record.measure in RATIOS


def _middle(one: Estimated) -> str:
    """Where the middle of an interval may lie."""
    bounds = _twice(one)[1]
    low, high = (sqrt(end) if _is_ratio(one) else float(end) / 2 for end in (bounds.low, bounds.high))
    name = "the root of the product" if _is_ratio(one) else "half the sum"
    places = one.value.places + 2
    return f"{one.told}: {name} of its bounds lies from {low:.{places}f} to {high:.{places}f} whatever was rounded"


# --- p


@dataclass(frozen=True, slots=True)
class Tested:
    """An estimate with interval and p-value on the scale where its test is normal: z and the two-sided p that come of them, as ranges."""

    one: Estimated
    z: tuple[float, float]
    p: tuple[float, float]
    printed: tuple[float, float]
    op: str


def p_range(record: Comparison) -> tuple[float, float] | None:
    """The p-values that are printed as this one is: of `p < 0.001` all that are less."""
    if record.p is None:
        return None
    text = characters(record, "p")
    printed = of_number(record.p.value, text[max(text.find(op) for op in "=<>≤≥") + 1 :] if text else None)
    if record.p.op in ("<", "<="):
        return 0.0, float(printed.value)
    if record.p.op in (">", ">="):
        return float(printed.value), 1.0
    return max(float(printed.range.low), 0.0), min(float(printed.range.high), 1.0)


def two_sided(z: float) -> float:
    """The two-sided p-value of a normal deviate.

    >>> round(two_sided(1.959964), 4)
    0.05
    """
    return erfc(abs(z) / sqrt(2))


def deviate(p: float) -> float:
    """The normal deviate of a two-sided p-value; 40 where it is beyond all reckoning."""
    return 40.0 if p <= 0 else min(NormalDist().inv_cdf(1 - p / 2), 40.0) if p > 1e-15 else 40.0


def tested(record: Comparison) -> Tested | None:
    """Value, interval and p-value of a record where all are there and have a scale; None otherwise."""
    one, printed = estimated(record), p_range(record)
    if one is None or printed is None or record.p is None or one.low is None or one.high is None or record.measure not in (*RATIOS, "difference"):
        return None
    z, plain = (_scaled(one, logarithms=yes) for yes in (record.measure in RATIOS, False))
    if z is not None and plain is not None and not Range.meets(*_twice(one)):
        z = min(z[0], plain[0]), max(z[1], plain[1])  # not symmetric on the one scale, it may have been made on the other
    return None if z is None else Tested(one, z, (two_sided(z[1]), two_sided(z[0])), printed, record.p.op)


def _scaled(one: Estimated, *, logarithms: bool) -> tuple[float, float] | None:
    """The deviates that an estimate and its interval can stand for, on one of the two scales; None where there are none."""
    if one.low is None or one.high is None:
        return None
    ratio = _is_ratio(one)
    value, low, high = one.value.range, one.low.range, one.high.range
    if logarithms and (low.low <= 0 or value.low <= 0):
        return None
    on = log if logarithms else float
    nothing = Fraction(1 if ratio else 0)
    effects = [abs(on(end) - on(nothing)) for end in (value.low, value.high)]
    least = 0.0 if value.low <= nothing <= value.high else min(effects)
    widths = on(high.low) - on(low.high), on(high.high) - on(low.low)
    reach = 2 * NormalDist().inv_cdf(0.5 + float(one.level) / 200)
    return (least * reach / widths[1], max(effects) * reach / widths[0]) if widths[0] > 0 else None


def _p_of_interval(paper: Paper) -> Iterator[Finding]:
    for record in paper.records:
        if isinstance(record, Comparison) and (test := tested(record)) is not None:
            yield _recomputed(record, test)


def _recomputed(record: Comparison, test: Tested) -> Finding:
    check = "p-from-interval"
    concerned = Concerned.one(record, "estimate", "ci", "p")
    told = f"{test.one.told} gives z = {test.z[0]:.2f} to {test.z[1]:.2f}, two-sided p = {told_p(*test.p)}; printed {printed_p(record)}"
    if test.p[0] <= test.printed[1] and test.printed[0] <= test.p[1]:
        return concerned.found(check, "holds", told)
    if test.p[0] / 2 <= test.printed[1] and test.printed[0] <= test.p[1] / 2:
        sided = _ONE_SIDED.search(_words(record)) is not None
        reason = None if sided else "it is the p-value of a one-sided test"
        return concerned.found(check, "holds" if sided else "cannot tell", f"{told}; one-sided p = {told_p(test.p[0] / 2, test.p[1] / 2)}", reason)
    if (why := other_hypothesis(record)) is not None:
        return concerned.found(check, "cannot tell", told, why)
    if _alike(test):
        return concerned.found(check, "cannot tell", told, "a log-rank or likelihood-ratio test may give so much")
    return concerned.accused(check, told, doubt_of_reading(record, "estimate", "ci", "p"), sure=LEGIBLE)


def _alike(test: Tested) -> bool:
    """Whether another test of the same hypothesis may give the printed p-value."""
    nearest = (deviate(test.printed[1]), deviate(test.printed[0]))
    gap = max(nearest[0] - test.z[1], test.z[0] - nearest[1], 0.0)
    return gap <= ALIKE * max(test.z[1] if nearest[0] > test.z[1] else test.z[0], 1.0)


def other_hypothesis(record: Comparison) -> str | None:
    """Why a p-value may not be that of the estimate beside it."""
    found = _OTHER_HYPOTHESIS.search(_words(record))
    return None if found is None else f"the statement speaks of {found.group().lower()}"


def _words(record: AnyRecord) -> str:
    return " ".join(piece.text for piece in record.evidence)


def told_p(low: float, high: float) -> str:
    """A range of p-values with two significant digits."""
    first, last = f"{low:.2g}", f"{high:.2g}"
    return first if first == last else f"{first} to {last}"


def printed_p(record: Comparison) -> str:
    """A p-value as printed."""
    if record.p is None:
        return "no p"
    return f"p {record.p.op} {of_number(record.p.value, characters(record, 'p')).text}"


def _interval_against_p(paper: Paper) -> Iterator[Finding]:
    """An interval of level 95 leaves out "no effect" where p < 0.05, and has it where p > 0.05."""
    for record in paper.records:
        if isinstance(record, Comparison) and (test := tested(record)) is not None:
            yield from _excluding(record, test)


def _excluding(record: Comparison, test: Tested) -> Iterator[Finding]:
    check = "interval-and-p"
    concerned = Concerned.one(record, "ci", "p")
    low, high = test.one.low, test.one.high
    if low is None or high is None:
        return
    nothing = 1 if record.measure in RATIOS else 0
    limit = 1 - float(test.one.level) / 100
    leaves_out = low.range.low > nothing or high.range.high < nothing
    has = low.range.high < nothing < high.range.low
    above, below = test.printed[0] > limit, test.printed[1] < limit
    told = f"{test.one.told} {'leaves out' if leaves_out else 'holds'} {nothing}, {printed_p(record)} is {'below' if below else 'above'} {limit:g}"
    if (leaves_out and below) or (has and above):
        yield concerned.found(check, "holds", told)
    elif (leaves_out and above) or (has and below):
        if has and test.p[0] / 2 <= test.printed[1] and test.printed[0] <= test.p[1] / 2:
            yield concerned.found(check, "cannot tell", told, "it is the p-value of a one-sided test")
        elif (why := other_hypothesis(record)) is not None:
            yield concerned.found(check, "cannot tell", told, why)
        elif _alike(test):
            yield concerned.found(check, "cannot tell", told, "both lie so near the limit that two tests may fall on its two sides")
        else:
            yield concerned.accused(check, told, doubt_of_reading(record, "estimate", "ci", "p"), sure=LEGIBLE)


_HR = {"kind": "comparison", "measure": "HR"}

CHECKS = (
    Check(
        "estimate-in-interval",
        "Does an estimate lie in its own confidence interval?",
        _estimates_inside,
        (
            Case("fails", ({**_HR, "estimate": "0.46", "ci": ("0.51", "0.83")},)),
            Case("holds", ({**_HR, "estimate": "0.65", "ci": ("0.51", "0.83")},)),
            Case("holds", ({**_HR, "estimate": "0.5", "ci": ("0.51", "0.83")},)),
            Case("holds", ({**_HR, "estimate": "0.50", "ci": ("0.51", "0.83")},)),
            Case("fails", ({**_HR, "estimate": "0.500", "ci": ("0.51", "0.83")},)),
            Case("holds", ({**_HR, "estimate": "0.84", "ci": ("0.51", "0.83")},)),
        ),
    ),
    Check(
        "value-in-interval",
        "Does a median or a rate lie in its own confidence interval?",
        _values_inside,
        (
            Case("fails", ({"kind": "measurement", "value": "12.4", "unit": "month", "ci": ("13.0", "15.1")},)),
            Case("holds", ({"kind": "measurement", "value": "12.4", "unit": "month", "ci": ("9.0", None)},)),
        ),
    ),
    Check(
        "interval-symmetric",
        "Is the estimate in the middle of its interval, on the scale of logarithms for a ratio?",
        _symmetric,
        (
            Case(
                "fails",
                ({**_HR, "estimate": "0.72", "ci": ("0.51", "0.83")}, *OTHER_INTERVALS * ({**_HR, "estimate": "0.65", "ci": ("0.51", "0.83")},)),
            ),
            Case("fails", ({**_HR, "estimate": "0.78", "ci": ("0.51", "0.83")},)),
            Case("cannot tell", ({**_HR, "estimate": "0.69", "ci": ("0.51", "0.83")},)),
            Case("cannot tell", ({**_HR, "estimate": "0.79", "ci": ("0.21", "1.37")},)),
            Case("holds", ({**_HR, "estimate": "0.65", "ci": ("0.51", "0.83")},)),
            Case("cannot tell", ({"kind": "comparison", "measure": "difference", "estimate": "8.0", "ci": ("1.0", "18.0")},)),
            Case(None, ({**_HR, "estimate": "0.65", "ci": ("0.51", None)},)),
        ),
    ),
    Check(
        "p-from-interval",
        "Does the p-value follow from the estimate and its interval?",
        _p_of_interval,
        (
            Case("fails", ({**_HR, "estimate": "0.65", "ci": ("0.51", "0.83"), "p": "= 0.03"},)),
            Case("fails", ({**_HR, "estimate": "0.90", "ci": ("0.70", "1.16"), "p": "= 0.01"},)),
            Case("holds", ({**_HR, "estimate": "0.65", "ci": ("0.51", "0.83"), "p": "< 0.001"},)),
            Case("cannot tell", ({**_HR, "estimate": "0.80", "ci": ("0.64", "1.00"), "p": "= 0.025"},)),
            Case("cannot tell", ({**_HR, "estimate": "0.65", "ci": ("0.51", "0.83"), "p": "= 0.0030"},)),
            Case("cannot tell", ({**_HR, "estimate": "0.74", "ci": ("0.44", "1.03"), "p": "= 0.058"},)),
        ),
    ),
    Check(
        "interval-and-p",
        "Do the interval and the p-value say the same of significance?",
        _interval_against_p,
        (
            Case("fails", ({**_HR, "estimate": "0.65", "ci": ("0.51", "0.83"), "p": "= 0.23"},)),
            Case("fails", ({**_HR, "estimate": "0.90", "ci": ("0.70", "1.16"), "p": "= 0.01"},)),
            Case("holds", ({**_HR, "estimate": "0.65", "ci": ("0.51", "0.83"), "p": "= 0.001"},)),
            Case("cannot tell", ({**_HR, "estimate": "0.80", "ci": ("0.63", "1.02"), "p": "= 0.047"},)),
        ),
    ),
)
