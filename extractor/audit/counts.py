"""P-values from the counts of two arms, and from two shares with their intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from math import log, sqrt
from statistics import NormalDist

from scipy.stats import chi2_contingency, fisher_exact

from extractor.audit.estimates import ALIKE, Estimated, deviate, estimated, other_hypothesis, p_range, printed_p, told_p, two_sided
from extractor.audit.findings import Case, Check, Concerned, Finding, Paper
from extractor.audit.printed import counts_for
from extractor.audit.shares import Share, share_of
from extractor.records import Comparison, Measurement

_OF_ONE_RESULT = ("endpoint", "event", "timepoint", "population", "study")

TESTS = ("Fisher's exact test", "chi-square", "chi-square with continuity correction")
MOST_COUNTS = 3
"""A share of so many possible counts is too coarse to recompute a p-value from."""
NEAR = 1.5
"""Other tests of one table (stratified, mid-p, likelihood ratio, by a model) give up to about so many times more or less."""

_OTHER_TEST = re.compile(
    r"stratif|mantel|cmh|logistic|adjust|multivaria|regression|log-?\s?rank|mann|wilcoxon|t-test|propensity|match|ordinal|gee\b", re.IGNORECASE
)

RESPONSES = ("CR", "PR", "SD", "PD")

Arm = tuple[Sequence[int], int]
"""The counts that a printed share may stand for, and their total."""


def p_values(a: int, of_a: int, b: int, of_b: int) -> dict[str, float]:
    """The two-sided p-values of a table of two arms, by test.

    >>> {name: round(p, 3) for name, p in p_values(12, 34, 12, 66).items()}
    {"Fisher's exact test": 0.083, 'chi-square': 0.058, 'chi-square with continuity correction': 0.099}
    """
    table = [[a, of_a - a], [b, of_b - b]]
    found = {TESTS[0]: float(fisher_exact(table)[1])}
    if 0 < a + b < of_a + of_b:
        found[TESTS[1]] = float(chi2_contingency(table, correction=False)[1])
        found[TESTS[2]] = float(chi2_contingency(table, correction=True)[1])
    return found


def _p_of_counts(paper: Paper) -> Iterator[Finding]:
    for record in paper.records:
        if isinstance(record, Comparison) and record.p is not None and record.estimate is None and record.factor is None:
            yield from _from_counts(paper, record)


def _from_counts(paper: Paper, record: Comparison) -> Iterator[Finding]:
    check = "p-from-counts"
    pair = _two_arms(paper, record)
    if pair is None:
        return
    (one, first), (other, second) = pair
    concerned = Concerned(((record, ("p",)), (one.record, ("value",)), (other.record, ("value",))))
    printed = p_range(record) or (0.0, 1.0)
    found: dict[str, list[float]] = {}
    for a, b in product(first[0], second[0]):
        for name, p in p_values(a, first[1], b, second[1]).items():
            found.setdefault(name, []).append(p)
    told = f"{_counted(first)} against {_counted(second)}: " + ", ".join(f"{name} {told_p(min(ps), max(ps))}" for name, ps in found.items())
    told = f"{told}; printed {printed_p(record)}"
    giving = [name for name, ps in found.items() if any(printed[0] <= p <= printed[1] for p in ps)]
    every = [p for ps in found.values() for p in ps]
    if giving:
        yield concerned.found(check, "holds", f"{told}, as by {giving[0]}")
    elif any(printed[0] <= p / 2 <= printed[1] for p in every):
        yield concerned.found(check, "cannot tell", told, "it is the p-value of a one-sided test")
    elif (why := other_hypothesis(record) or _other_test(record) or _of_rows_together(paper, record)) is not None:
        yield concerned.found(check, "cannot tell", told, why)
    elif min(every) / NEAR <= printed[1] and printed[0] <= max(every) * NEAR:
        yield concerned.found(check, "cannot tell", told, "a stratified test or a model may give so much")
    else:
        yield concerned.accused(check, told)


def _of_rows_together(paper: Paper, record: Comparison) -> str | None:
    """A table may give one p-value for the grades of an event, or the kinds of response, all together."""
    if record.section != "table":
        return None
    kinds = RESPONSES if record.endpoint in RESPONSES else (record.endpoint,)
    rows = [one for one in paper.records if one.section == "table" and one.endpoint in kinds and one.event == record.event and one.arm == record.arm]
    told = {(one.endpoint, one.grade) for one in rows if isinstance(one, Measurement)}
    tested = {(one.endpoint, one.grade) for one in rows if isinstance(one, Comparison)}
    return "it may be the p-value of several rows together" if len(told - tested) >= 2 else None


def _counted(arm: Arm) -> str:
    counts = f"{arm[0][0]}" if len(arm[0]) == 1 else f"{arm[0][0]} to {arm[0][-1]}"
    return f"{counts} of {arm[1]}"


def _other_test(record: Comparison) -> str | None:
    found = next((hit for piece in record.evidence if (hit := _OTHER_TEST.search(piece.text)) is not None), None)
    return None if found is None else f"the statement speaks of {found.group().lower()}"


def _two_arms(paper: Paper, record: Comparison) -> tuple[tuple[Share, Arm], tuple[Share, Arm]] | None:
    """The shares of the two arms that a p-value is told with, each with the counts that it may stand for."""
    if record.arm is None or record.comparator is None:
        return None
    told = [share for one in paper.told_with(record) if isinstance(one, Measurement) and (share := share_of(one)) is not None]
    same = [share for share in told if _of_one_result(record, share.record)]
    sides = [[share for share in same if share.record.arm == name] for name in (record.arm, record.comparator)]
    if any(len(side) != 1 for side in sides):
        return None
    counted = [(side[0], arm) for side in sides if (arm := _arm(side[0])) is not None]
    return (counted[0], counted[1]) if len(counted) == 2 else None


def _of_one_result(record: Comparison, one: Measurement) -> bool:
    """Whether a value is one of those that a p-value compares; the grade may be told with the values alone."""
    return all(getattr(one, slot) == getattr(record, slot) for slot in _OF_ONE_RESULT) and record.grade in (None, one.grade)


def _arm(share: Share) -> Arm | None:
    if not share.total:
        return None
    fitting = counts_for(share.percent, share.total)
    given = fitting if share.n is None else (share.n,)
    fits = share.source == "beside" or all(n in fitting for n in given)  # else the count or the total may be another arm's
    return (given, share.total) if given and fits and len(given) <= MOST_COUNTS and max(given) <= share.total else None


# --- shares with intervals


def _p_of_two_rates(paper: Paper) -> Iterator[Finding]:
    """A p-value of two rates at a landmark against their intervals."""
    for record in paper.records:
        if not isinstance(record, Comparison) or record.p is None or record.estimate is not None:
            continue
        told = [one for one in paper.told_with(record) if isinstance(one, Measurement) and one.unit == "percent"]
        same = [one for one in told if _of_one_result(record, one)]
        sides = [[one for one in same if one.arm == name] for name in (record.arm, record.comparator)]
        pair = [one for side in sides if len(side) == 1 and (one := estimated(side[0])) is not None]
        if record.arm is not None and len(pair) == 2 and all(one.low is not None and one.high is not None for one in pair):
            yield _from_rates(paper, record, pair[0], pair[1])


def _from_rates(paper: Paper, record: Comparison, one: Estimated, other: Estimated) -> Finding:
    check = "p-from-rates"
    concerned = Concerned(((record, ("p",)), (one.record, ("value", "ci")), (other.record, ("value", "ci"))))
    printed = p_range(record) or (0.0, 1.0)
    found = {"of the difference": _plain_p(one, other), "of the logarithms": _log_p(one, other)}
    recomputed = [p for p in found.values() if p is not None]
    told = f"{one.told} against {other.told}: " + ", ".join(f"{name} p = {told_p(p, p)}" for name, p in found.items() if p is not None)
    told = f"{told}; printed {printed_p(record)}"
    if any(p / NEAR <= printed[1] and printed[0] <= p * NEAR for p in recomputed):
        return concerned.found(check, "holds", told)
    nearest = deviate(printed[1]), deviate(printed[0])
    if any(nearest[0] - ALIKE * z <= z <= nearest[1] + ALIKE * z for z in map(deviate, recomputed)):
        return concerned.found(check, "cannot tell", told, "a test on another scale may give so much")
    curve = _p_of_curves(paper, record)
    if curve is None:
        return concerned.found(check, "cannot tell", told, "it may be the p-value of the whole curves")
    told = f"{told} (that of the whole curves is another: {printed_p(curve)})"
    if (why := other_hypothesis(record) or _other_test(record)) is not None:
        return concerned.found(check, "cannot tell", told, why)
    return concerned.accused(check, told)


def _p_of_curves(paper: Paper, record: Comparison) -> Comparison | None:
    """The p-value of the same arms and endpoint without a landmark, where it is another."""
    slots = ("arm", "comparator", "endpoint", "population", "study")
    for one in paper.records:
        of_curves = (
            isinstance(one, Comparison) and one.timepoint is None and record.timepoint is not None and one.model is None and one.estimate is None
        )
        if isinstance(one, Comparison) and of_curves and one.p not in (None, record.p) and all(getattr(one, s) == getattr(record, s) for s in slots):
            return one
    return None


def _bounds(one: Estimated) -> tuple[float, float, float, float]:
    if one.low is None or one.high is None:
        raise ValueError("expected an interval with two ends")
    return float(one.value.value), float(one.low.value), float(one.high.value), 2 * NormalDist().inv_cdf(0.5 + float(one.level) / 200)


def _plain_p(one: Estimated, other: Estimated) -> float | None:
    (a, a_low, a_high, a_reach), (b, b_low, b_high, b_reach) = _bounds(one), _bounds(other)
    error = sqrt(((a_high - a_low) / a_reach) ** 2 + ((b_high - b_low) / b_reach) ** 2)
    return two_sided((a - b) / error) if error else None


def _log_p(one: Estimated, other: Estimated) -> float | None:
    (a, a_low, a_high, a_reach), (b, b_low, b_high, b_reach) = _bounds(one), _bounds(other)
    if min(a, b, a_low, b_low) <= 0:
        return None
    error = sqrt((log(a_high / a_low) / a_reach) ** 2 + (log(b_high / b_low) / b_reach) ** 2)
    return two_sided(log(a / b) / error) if error else None


def _shares(p: str, first: str, second: str) -> tuple[dict[str, AnySlot], ...]:
    arms = {"arm": "zorafenib", "comparator": "placebo"}
    rate = {"kind": "measurement", "statistic": "rate", "unit": "percent", "endpoint": "ORR", "result": "1"}
    (a, of_a), (b, of_b) = first.split("/"), second.split("/")
    return (
        {"kind": "comparison", **arms, "endpoint": "ORR", "result": "1", "p": p},
        {**rate, "arm": "zorafenib", "value": f"{100 * int(a) / int(of_a):.1f}%", "n": int(a), "N": int(of_a)},
        {**rate, "arm": "placebo", "value": f"{100 * int(b) / int(of_b):.1f}%", "n": int(b), "N": int(of_b)},
    )


AnySlot = str | int | tuple[str, str]


def _rates(p: str, curves: str | None) -> tuple[dict[str, AnySlot], ...]:
    arms: dict[str, AnySlot] = {"kind": "comparison", "arm": "zorafenib", "comparator": "placebo", "endpoint": "OS"}
    rate: dict[str, AnySlot] = {
        "kind": "measurement",
        "statistic": "rate",
        "unit": "percent",
        "endpoint": "OS",
        "result": "1",
        "timepoint": "12 month",
    }
    told = (
        {**arms, "result": "1", "p": p, "timepoint": "12 month"},
        {**rate, "arm": "zorafenib", "value": "54.0%", "ci": ("34.9", "83.4")},
        {**rate, "arm": "placebo", "value": "40.3%", "ci": ("28.0", "58.1")},
    )
    return told if curves is None else (*told, {**arms, "result": "2", "p": curves})


CHECKS = (
    Check(
        "p-from-counts",
        "Does Fisher's exact test or a chi-square test give the p-value of two counts?",
        _p_of_counts,
        (
            Case("fails", _shares("= 0.031", "12/34", "12/66")),
            Case("fails", _shares("= 0.755", "12/41", "4/27")),
            Case("holds", _shares("= 0.008", "29/34", "39/66")),
            Case("holds", _shares("= 0.294", "8/41", "2/27")),
            Case("cannot tell", _shares("= 0.05", "12/34", "12/66")),
            Case("cannot tell", _shares("= 0.12", "12/34", "12/66")),
        ),
    ),
    Check(
        "p-from-rates",
        "Does the p-value of two rates at a landmark follow from their intervals?",
        _p_of_two_rates,
        (
            Case("fails", _rates("= 0.043", "= 0.073")),
            Case("cannot tell", _rates("= 0.043", None)),
            Case("holds", _rates("= 0.31", "= 0.073")),
        ),
    ),
)
