"""Figures of one arm that belong together: responses that add up, and what can never be more than what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from operator import add
from typing import Any

from extractor.audit.findings import Case, Check, Concerned, Finding, Paper
from extractor.audit.printed import AnyRecord, Printed, Range, characters, of_number
from extractor.records import Measurement

SUMS = (("ORR", ("CR", "PR")), ("DCR", ("ORR", "SD")), ("DCR", ("CR", "PR", "SD")))
"""A kind of response and those that it is made of."""

FAR = 1500
"""Prose that stands further apart speaks of another time, or of other patients."""

ORDERS = (("CR", "ORR"), ("PR", "ORR"), ("ORR", "DCR"), ("SD", "DCR"))
"""Of the first no share can be more than of the second."""

_UNITS = {"day": Fraction(12, 365), "week": Fraction(84, 365), "month": Fraction(1), "year": Fraction(12)}
_LANDMARK = re.compile(r"(\d+(?:\.\d+)?)[\s-](day|week|month|year)s?")

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of one arm, as a share of patients or as their count."""

    record: Measurement
    range: Range
    text: str


def _figures(paper: Paper) -> Iterator[tuple[Key, str, Told]]:
    """The responses of each arm, by what must agree for them to be set beside each other; a count is exact, a percentage rounded."""
    for record in paper.records:
        if not isinstance(record, Measurement) or record.value is None or record.op is not None or record.endpoint not in _RESPONSES:
            continue
        same = tuple(getattr(record, slot) for slot in ("study", "provenance", "arm", "population", "criterion", "timepoint"))
        printed = of_number(record.value, characters(record, "value"))
        if record.statistic == "rate" and record.unit == "percent":
            yield (*same, "percent"), record.endpoint, Told(record, printed.range, f"{printed.text} %")
            if record.n is not None:
                yield (*same, "patients"), record.endpoint, Told(record, Range(Fraction(record.n), Fraction(record.n)), str(record.n))
        elif record.statistic == "count" and record.unit == "patient":
            yield (*same, "patients"), record.endpoint, Told(record, printed.exactly, printed.text)


_RESPONSES = ("CR", "PR", "SD", "PD", "ORR", "DCR")


def _together(paper: Paper) -> Iterator[dict[str, Told]]:
    """The responses of an arm that stand together, each with one figure."""
    groups: dict[Key, dict[str, list[Told]]] = {}
    for key, endpoint, told in _figures(paper):
        groups.setdefault(key, {}).setdefault(endpoint, []).append(told)
    for kinds in groups.values():
        yield {endpoint: told[0] for endpoint, told in kinds.items() if len({one.text for one in told}) == 1}


def _near(told: Sequence[Told]) -> bool:
    """Whether figures stand in one table, or in prose not far from each other."""
    tables = {_caption(one.record) for one in told}
    starts = [one.record.start or 0 for one in told]
    return len(tables) == 1 and (None not in tables or max(starts) - min(starts) <= FAR)


def _caption(record: AnyRecord) -> str | None:
    return record.evidence[-1].text if record.section == "table" and len(record.evidence) > 1 else None


def _add_up(paper: Paper) -> Iterator[Finding]:
    for told in _together(paper):
        for whole, parts in SUMS:
            if whole in told and all(part in told for part in parts):
                figures = [told[whole], *(told[part] for part in parts)]
                if _near(figures):
                    yield _sum(whole, parts, figures)


def _sum(whole: str, parts: Sequence[str], figures: Sequence[Told]) -> Finding:
    check = "responses-add-up"
    concerned = Concerned(tuple((one.record, ("value",)) for one in figures))
    first, *rest = figures
    total: Range = reduce(add, (one.range for one in rest))
    least, most = (f"{float(end):g}" for end in (total.low, total.high))
    made = least if least == most else f"{least} to {most}"
    told = f"{' + '.join(f'{part} {one.text}' for part, one in zip(parts, rest, strict=True))} = {made}; {whole} {first.text}"
    if total.meets(first.range):
        return concerned.found(check, "holds", told)
    return concerned.accused(check, told)


def _in_order(paper: Paper) -> Iterator[Finding]:
    for told in _together(paper):
        for less, more in ORDERS:
            if less in told and more in told and _near([told[less], told[more]]):
                concerned = Concerned(tuple((told[name].record, ("value",)) for name in (less, more)))
                text = f"{less} {told[less].text}, {more} {told[more].text}"
                if told[less].range.low > told[more].range.high:
                    yield concerned.accused("never-more-than", f"{text}: {less} is part of {more}")
                else:
                    yield concerned.found("never-more-than", "holds", text)


def _grades_in_order(paper: Paper) -> Iterator[Finding]:
    """An adverse event of grade 3 or more is one of any grade."""
    groups: dict[Key, dict[str, Measurement]] = {}
    for record in paper.records:
        if isinstance(record, Measurement) and record.endpoint == "AE" and record.unit == "percent" and record.value is not None and record.event:
            if record.op is not None:
                continue
            same = tuple(getattr(record, slot) for slot in ("study", "arm", "population", "event", "timepoint", "N", "section"))
            groups.setdefault((*same, _caption(record)), {}).setdefault(record.grade or "", record)
    for grades in groups.values():
        every = grades.get("any")
        for grade in (">=3", "3-4", "3", "4", "3-5"):
            severe = grades.get(grade)
            if every is not None and severe is not None:
                yield _grade(grade, severe, every)


def _grade(grade: str, severe: Measurement, every: Measurement) -> Finding:
    concerned = Concerned(((severe, ("value",)), (every, ("value",))))
    less, more = (_printed(one) for one in (severe, every))
    told = f"{severe.event}: grade {grade} {less.text} %, any grade {more.text} %"
    if less.range.low > more.range.high:
        return concerned.accused("never-more-than", told)
    return concerned.found("never-more-than", "holds", told)


def _printed(record: Measurement) -> Printed:
    return of_number(record.value or 0, characters(record, "value"))


def _falls(paper: Paper) -> Iterator[Finding]:
    """A survival never rises: what it is at a later landmark is at most what it is at an earlier."""
    groups: dict[Key, list[tuple[Fraction, Measurement]]] = {}
    for record in paper.records:
        at = _LANDMARK.fullmatch(record.timepoint or "")
        survival = isinstance(record, Measurement) and record.endpoint in _SURVIVALS and record.unit == "percent" and record.value is not None
        if isinstance(record, Measurement) and survival and at is not None and record.event is None and record.op is None:
            same = tuple(getattr(record, slot) for slot in ("study", "provenance", "arm", "population", "endpoint", "criterion"))
            groups.setdefault((*same, _caption(record), _of_nobody(record)), []).append((Fraction(at.group(1)) * _UNITS[at.group(2)], record))
    for landmarks in groups.values():
        ordered = sorted(landmarks, key=lambda pair: pair[0])
        for (when, first), (then, second) in pairwise(ordered):
            if when < then:
                yield _fall(first, second, alone=len({at for at, _ in landmarks}) == len(landmarks))


def _of_nobody(record: Measurement) -> int | None:
    """Where a result stands that is cited from a study that is not named: two such from two statements need not be of one study."""
    return record.start if record.provenance == "cited" and record.study is None else None


_SURVIVALS = frozenset("OS PFS DFS RFS EFS CSS".split())


def _fall(first: Measurement, second: Measurement, *, alone: bool) -> Finding:
    concerned = Concerned(((first, ("value", "timepoint")), (second, ("value", "timepoint"))))
    early, late = _printed(first), _printed(second)
    told = f"{first.endpoint} {early.text} % at {first.timepoint}, {late.text} % at {second.timepoint}"
    if late.range.low <= early.range.high:
        return concerned.found("survival-falls", "holds", told)
    lost = any(word in piece.text.lower() for one in (first, second) for piece in one.evidence for word in _LOST)
    doubt = "one of them may be the share of those who died or relapsed" if lost else None if alone else "there are other figures for these times"
    return concerned.accused("survival-falls", told, doubt)


_LOST = ("mortality", "died", "death rate", "cumulative", "failure", "relapse rate", "recurrence rate", "incidence")


def _progression_first(paper: Paper) -> Iterator[Finding]:
    """Nobody progresses or dies later than he dies: a median PFS is at most the median OS of the same patients."""
    groups: dict[Key, dict[str, list[Measurement]]] = {}
    for record in paper.records:
        if isinstance(record, Measurement) and record.statistic == "median" and record.value is not None and record.endpoint in ("PFS", "OS"):
            if record.op is not None:
                continue
            same = (*(getattr(record, slot) for slot in ("study", "provenance", "arm", "population")), _of_nobody(record))
            groups.setdefault(same, {}).setdefault(record.endpoint, []).append(record)
    for told in groups.values():
        pfs, os = told.get("PFS", []), told.get("OS", [])
        if len({one.value for one in pfs}) == 1 and len({one.value for one in os}) == 1 and pfs[0].unit == os[0].unit:
            concerned = Concerned(((pfs[0], ("value",)), (os[0], ("value",))))
            text = f"median PFS {_printed(pfs[0]).text}, median OS {_printed(os[0]).text} {os[0].unit}"
            if _printed(pfs[0]).range.low > _printed(os[0]).range.high:
                yield concerned.accused("never-more-than", f"{text}: who dies is no longer free of progression")
            else:
                yield concerned.found("never-more-than", "holds", text)


def _ratio_of_medians(paper: Paper) -> Iterator[Finding]:
    """A hazard ratio that leaves out 1 favors the arm whose median is longer."""
    check = "ratio-and-values"
    for record in paper.records:
        if record.kind != "comparison" or record.measure != "HR" or record.estimate is None or record.arm is None or record.ci is None:
            continue
        told = [one for one in paper.told_with(record) if isinstance(one, Measurement) and one.endpoint == record.endpoint]
        sides = [[one for one in told if one.arm == name and one.population == record.population] for name in (record.arm, record.comparator)]
        if any(len(side) != 1 or side[0].statistic != "median" or side[0].value is None for side in sides):
            continue
        arm, other = sides[0][0], sides[1][0]
        low, high = record.ci
        concerned = Concerned(((record, ("estimate",)), (arm, ("value",)), (other, ("value",))))
        text = f"HR {record.estimate_text or record.estimate} for {record.arm}, medians {_printed(arm).text} against {_printed(other).text}"
        better = high is not None and high < 1
        worse = low is not None and low > 1
        shorter = _printed(arm).range.high < _printed(other).range.low
        longer = _printed(arm).range.low > _printed(other).range.high
        if not ((better and shorter) or (worse and longer)):
            yield concerned.found(check, "holds", text)
        elif _said(record) == ("longer" if better else "shorter"):
            yield concerned.accused(check, f"{text}, though the statement says that it is {_said(record)} there")
        else:
            yield concerned.found(check, "cannot tell", text, "the ratio may be that of the other arm to this one")


_LONGER = re.compile(r"\b(?:longer|improved|superior|prolonged|better|higher|increased)\b", re.IGNORECASE)
_SHORTER = re.compile(r"\b(?:shorter|inferior|worse|lower|poorer|decreased)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not?|nor|neither|without)\b", re.IGNORECASE)


def _said(record: AnyRecord) -> str | None:
    """What the words of a statement say of the arm that they name first."""
    text = record.evidence[0].text
    long, short = _LONGER.search(text), _SHORTER.search(text)
    if _NOT.search(text) or (long is None) == (short is None) or getattr(record, "direction", None) not in ("favors_arm", "favors_comparator"):
        return None
    return "longer" if long is not None else "shorter"


_ARM: Mapping[str, Any] = {"kind": "measurement", "statistic": "rate", "unit": "percent", "arm": "zorafenib"}
_MEDIAN: Mapping[str, Any] = {"kind": "measurement", "statistic": "median", "unit": "month"}
_RATIO: Mapping[str, Any] = {
    "kind": "comparison",
    "measure": "HR",
    "arm": "zorafenib",
    "comparator": "placebo",
    "endpoint": "OS",
    "result": "1",
    "direction": "favors_arm",
}
_OS: Mapping[str, Any] = {**_MEDIAN, "endpoint": "OS", "result": "1"}

CHECKS = (
    Check(
        "responses-add-up",
        "Do complete and partial responses make the response rate, and stable disease with them the control rate?",
        _add_up,
        (
            Case(
                "fails",
                (
                    {**_ARM, "endpoint": "CR", "value": "4.0%"},
                    {**_ARM, "endpoint": "PR", "value": "20.0%"},
                    {**_ARM, "endpoint": "ORR", "value": "26.0%"},
                ),
            ),
            Case(
                "fails",
                (
                    {**_ARM, "endpoint": "ORR", "value": "24%"},
                    {**_ARM, "endpoint": "SD", "value": "40%"},
                    {**_ARM, "endpoint": "DCR", "value": "68%"},
                ),
            ),
            Case(
                "holds",
                ({**_ARM, "endpoint": "CR", "value": "4%"}, {**_ARM, "endpoint": "PR", "value": "20%"}, {**_ARM, "endpoint": "ORR", "value": "25%"}),
            ),
            Case(
                None,
                (
                    {**_ARM, "endpoint": "CR", "value": "4%"},
                    {**_ARM, "endpoint": "PR", "value": "20%", "arm": "placebo"},
                    {**_ARM, "endpoint": "ORR", "value": "30%"},
                ),
            ),
        ),
    ),
    Check(
        "never-more-than",
        "Is what is part of another figure not more than that figure?",
        lambda paper: (finding for run in (_in_order, _grades_in_order, _progression_first) for finding in run(paper)),
        (
            Case("fails", ({**_ARM, "endpoint": "ORR", "value": "44%"}, {**_ARM, "endpoint": "DCR", "value": "40%"})),
            Case(
                "fails",
                (
                    {**_ARM, "endpoint": "AE", "event": "rash", "grade": "any", "value": "12%"},
                    {**_ARM, "endpoint": "AE", "event": "rash", "grade": ">=3", "value": "21%"},
                ),
            ),
            Case("fails", ({**_MEDIAN, "endpoint": "PFS", "value": "12.4"}, {**_MEDIAN, "endpoint": "OS", "value": "9.8"})),
            Case("holds", ({**_MEDIAN, "endpoint": "PFS", "value": "9.8"}, {**_MEDIAN, "endpoint": "OS", "value": "12.4"})),
        ),
    ),
    Check(
        "survival-falls",
        "Is a survival at a later time not more than at an earlier?",
        _falls,
        (
            Case(
                "fails",
                (
                    {**_ARM, "endpoint": "OS", "timepoint": "1 year", "value": "52%"},
                    {**_ARM, "endpoint": "OS", "timepoint": "24 month", "value": "61%"},
                ),
            ),
            Case(
                "holds",
                (
                    {**_ARM, "endpoint": "OS", "timepoint": "1 year", "value": "61%"},
                    {**_ARM, "endpoint": "OS", "timepoint": "24 month", "value": "52%"},
                ),
            ),
        ),
    ),
    Check(
        "ratio-and-values",
        "Does a hazard ratio favor the arm whose median is longer?",
        _ratio_of_medians,
        (
            Case(
                "cannot tell",
                (
                    {**_RATIO, "estimate": "0.60", "ci": ("0.45", "0.80")},
                    {**_OS, "arm": "zorafenib", "value": "3.9"},
                    {**_OS, "arm": "placebo", "value": "9.3"},
                ),
            ),
            Case(
                "fails",
                (
                    {**_RATIO, "estimate": "0.60", "ci": ("0.45", "0.80"), "said": "OS was longer with zorafenib"},
                    {**_OS, "arm": "zorafenib", "value": "3.9"},
                    {**_OS, "arm": "placebo", "value": "9.3"},
                ),
            ),
            Case(
                "holds",
                (
                    {**_RATIO, "estimate": "0.60", "ci": ("0.45", "0.80")},
                    {**_OS, "arm": "zorafenib", "value": "13.9"},
                    {**_OS, "arm": "placebo", "value": "9.3"},
                ),
            ),
        ),
    ),
)
