"""Percentages and the patients that they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

from extractor.audit.findings import Case, Check, Concerned, Finding, Paper
from extractor.audit.printed import AnyRecord, Printed, chance, characters, counts_for, of_number, rounded, share, totals_for
from extractor.document import fold
from extractor.records import Comparison, Measurement

BY_CHANCE = 0.01
"""That an arm's other percentages fit its size is taken for proof that they are of all its patients where so little chance would do it."""

SURE_OF_ALL = 8
"""For a percentage that fits neither arm nor both together it does not matter which arm it is of, if only it is of patients of this paper."""

_TIME_TO_EVENT = frozenset("OS PFS TTP DFS RFS EFS DOR TTR TTF CSS".split())
_FEWER = re.compile(r"evalua(?:ble|ted)|assess(?:able|ed)|measurable|available|missing|unknown", re.IGNORECASE)

Source = Literal["beside", "header", "statement", "elsewhere"]
"""Where the total of a percentage is printed: with its count, in the head of its column, in the same statement, or elsewhere in the paper."""


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of patients, with the count and the total that it is told with."""

    record: Measurement
    percent: Printed
    n: int | None
    total: int | None
    source: Source

    @property
    def concerned(self) -> Concerned:
        """The record, with the characters of the percentage."""
        return Concerned.one(self.record, "value")


def shares(records: Sequence[AnyRecord]) -> list[Share]:
    """The percentages of patients among records. Those of a time to event are estimates for all who were at risk, and no share of a count."""
    return [one for record in records if isinstance(record, Measurement) and (one := share_of(record)) is not None]


def share_of(record: Measurement) -> Share | None:
    """A record as a share of patients, None where it is none."""
    if record.unit != "percent" or record.statistic != "rate" or record.value is None or record.op is not None:
        return None
    if record.endpoint in _TIME_TO_EVENT or (record.population or "") == "cycles":
        return None
    percent = of_number(record.value, characters(record, "value"))
    total = next((size for size in (record.N, size_beside_arm(record), record.arm_n) if size is not None), None)
    return Share(record, percent, record.n, total, _source(record, total))


_SIZE_BEHIND = re.compile(r"[^.;:()]{0,25}\(\s?[nN]\s?=\s?(\d+)\s?\)")
_SIZE_BEFORE = re.compile(r"(?<![\d.,-])(\d+)\s(?:patients|women|men)\s(?:[a-z]+\s){1,3}$")


def size_beside_arm(record: Measurement) -> int | None:
    """The size of an arm that is printed with its name in the statement of a percentage: "zorafenib (n = 41)", "the 41 patients given zorafenib"."""
    text, _ = _statement(record)
    if not text or "arm" not in record.spans or record.section == "table":
        return None
    start = next(piece.start for piece in record.evidence if piece.start <= record.spans["value"][0] < piece.end)
    first, last = (place - start for place in record.spans["arm"])
    if not 0 <= first < last <= len(text):
        return None
    found = _SIZE_BEHIND.match(text, last) or _SIZE_BEFORE.search(text[:first])
    return int(found.group(1)) if found else None


def _source(record: Measurement, total: int | None) -> Source:
    text, at = _statement(record)
    near = text[max(at - 45, 0) : at + 50]
    if record.n is not None and record.N is not None and _stand_together(near, record.n, record.N):
        return "beside"
    if record.section == "table":
        headed = any(re.search(rf"\b[nN]\s?=\s?{total}(?![\d.,]\d|\d)", fold(piece.text)) for piece in record.evidence)
        return "header" if record.N is not None or (total is not None and headed) else "elsewhere"
    said = rf"\b[nN]\s?=\s?{total}(?![\d.,]\d)|(?<![\d.,]){total}\s(?:[a-z-]+\s){{0,2}}?(?:patients|women|men|participants|subjects|children)"
    return "statement" if total is not None and re.search(said, text) and not _FEWER.search(text) else "elsewhere"


def _statement(record: Measurement) -> tuple[str, int]:
    """The statement of a percentage, folded, and where in it the percentage stands."""
    if "value" not in record.spans:
        return "", 0
    start, end = record.spans["value"]
    for piece in record.evidence:
        if piece.start <= start and end <= piece.end:
            return fold(piece.text), start - piece.start
    return "", 0


def _stand_together(text: str, n: int, total: int) -> bool:
    """Whether "n of N" or "n/N" is printed."""
    return re.search(rf"(?<![\d.]){n}\s?(?:/|(?:out\s)?of)\s?(?:the\s|all\s|these\s)?{total}(?![\d.])", text) is not None


def _percent_of_count(paper: Paper) -> Iterator[Finding]:
    counted = [one for one in shares(paper.records) if one.n is not None and one.total]
    proved = _proved(counted)
    for one in counted:
        yield _compared(one, proved=_key(one) in proved, size=_other_size(one, counted))


def _other_size(one: Share, counted: Sequence[Share]) -> int | None:
    """Another number of patients that a count and its percentage are of, where it is the size of an arm or other counts of the paper are of it."""
    if one.source != "elsewhere" or not one.n or one.percent.range.low <= 0 or (one.total and _fit(one, one.total)):
        return None
    sizes = {other.total for other in counted if other.total}
    strays = [other for other in counted if other is not one and other.n and other.n != one.n and not (other.total and _fit(other, other.total))]
    for size in range(ceil(100 * one.n / one.percent.range.high), floor(100 * one.n / one.percent.range.low) + 1):
        if size in sizes or any(_fit(other, size) for other in strays):
            return size
    return None


def _compared(one: Share, *, proved: bool, size: int | None) -> Finding:
    check = "percent-of-count"
    n, total, places = one.n or 0, one.total or 1, one.percent.places
    told = f"{n}/{total} = {rounded(share(n, total), places + 2)} %, rounded {rounded(share(n, total), places)}; printed {one.percent.text}"
    if n <= total and n in counts_for(one.percent, total):
        return one.concerned.found(check, "holds", told)
    told += " (cut off, not rounded)" if int(share(n, total) * 10**places) == one.percent.value * 10**places else ""
    if one.source == "beside":
        return one.concerned.accused(check, told, _two_counts(one), sure=0)
    fits = totals_for(one.percent, total, n)
    if fits and not proved and one.source != "statement":
        return one.concerned.found(check, "cannot tell", told, f"it would be {n} of {fits[0]} patients")
    if size is not None:
        return one.concerned.accused(check, told, f"it is that of {n} of {size}, as other counts of the paper are")
    return one.concerned.accused(check, told, _doubt_of_size(one, proved=proved))


def _doubt_of_size(one: Share, *, proved: bool) -> str | None:
    """Why the arm may have another size than we read."""
    if one.source == "elsewhere" and not proved:
        return f"that the arm has {one.total} patients is not printed here, and its other percentages do not prove it"
    return None


def _two_counts(one: Share) -> str | None:
    """A bracket with two shares may have been taken crosswise."""
    text, _ = _statement(one.record)
    ratios = re.findall(r"\d+\s?(?:/|of|out of)\s?(?:the\s|all\s)?\d+", text)
    percents = re.findall(r"\d\s?%", text)
    return "there are more counts than percentages" if len(ratios) > len(percents) else None


# --- a size that an arm's other percentages prove


def _key(one: Share) -> tuple[object, ...]:
    kind = "AE" if one.record.endpoint == "AE" else "other"
    return one.record.study, one.record.arm, one.record.population, kind, one.total, one.record.section == "table"


def _proved(asked: Sequence[Share]) -> set[tuple[object, ...]]:
    """The arms, each with its size, whose other percentages could not all fit it by chance: with one exception at most."""
    groups: dict[tuple[object, ...], list[Share]] = {}
    for one in asked:
        groups.setdefault(_key(one), []).append(one)
    return {key for key, group in groups.items() if _fits_all(group)}


def _fits_all(group: Sequence[Share]) -> bool:
    told = {(one.percent.text, one.n): one for one in group}
    fits = [one for one in told.values() if one.total and _fit(one, one.total)]
    by_chance = 1.0
    for one in fits:
        by_chance *= chance(one.percent.places, one.total or 0) if one.n is None else 1 / (1 + 10**one.percent.places)
    return len(fits) >= 3 and len(told) - len(fits) <= 1 and by_chance < BY_CHANCE


def _fit(one: Share, total: int) -> bool:
    given = counts_for(one.percent, total)
    return bool(given) if one.n is None else one.n in given


def _whole_patients(paper: Paper) -> Iterator[Finding]:
    """A percentage without its count must be one that some whole number of the patients gives."""
    told = shares(paper.records)
    proved = _proved(told)
    for one in told:
        if one.n is None and one.total and chance(one.percent.places, one.total) < 1 / 2:
            yield _whole(one, one.total, proved=_key(one) in proved)
    yield from _of_all(paper, told, proved)


def _whole(one: Share, total: int, *, proved: bool) -> Finding:
    check = "whole-patients"
    given = counts_for(one.percent, total)
    if given:
        return one.concerned.found(check, "holds", f"{one.percent.text} % of {total} are {given[0]}")
    told = _neighbours(one.percent, total)
    fits = totals_for(one.percent, total)
    doubt = _doubt_of_size(one, proved=proved)
    if not fits:
        return one.concerned.accused(check, f"{told}; nor of any smaller number", doubt)
    if proved or one.source == "statement":
        return one.concerned.accused(check, f"{told}, of which the arm's other percentages are" if proved else told, doubt)
    counts = counts_for(one.percent, fits[0])
    return one.concerned.found(check, "cannot tell", told, f"it would be {counts[0]} of {fits[0]} patients")


def _neighbours(percent: Printed, *totals: int) -> str:
    near = [f"{n}/{total} = {rounded(share(n, total), percent.places + 1)} %" for total in totals for n in _nearest(percent, total)]
    return f"{percent.text} % is of no whole number of {' or '.join(map(str, totals))} patients: {', '.join(near)}"


def _nearest(percent: Printed, total: int) -> list[int]:
    below = int(percent.value * total // 100)
    return [n for n in (below, below + 1) if n <= total]


def _of_all(paper: Paper, told: Sequence[Share], proved: set[tuple[object, ...]]) -> Iterator[Finding]:
    """A percentage for no arm, in a paper of two arms whose sizes are proved: it must be of one of them or of both together."""
    sizes = {(one.record.arm, one.total) for one in told if _key(one) in proved and one.record.population is None and one.record.provenance == "own"}
    compared = {(r.arm, r.comparator) for r in paper.records if isinstance(r, Comparison) and r.provenance == "own" and r.arm and r.comparator}
    if len(sizes) != 2 or not any({arm for arm, _ in sizes} == set(pair) for pair in compared):
        return
    (_, first), (_, second) = sorted(sizes, key=lambda pair: (pair[1] or 0, str(pair[0])))
    totals = [first or 0, second or 0, (first or 0) + (second or 0)]
    for one in told:
        if one.record.arm == "all" and one.n is None and one.total is None and one.record.provenance == "own" and one.percent.places:
            fits = [total for total in totals if counts_for(one.percent, total)]
            if fits:
                yield one.concerned.found("whole-patients", "holds", f"{one.percent.text} % of {fits[-1]} are {counts_for(one.percent, fits[-1])[0]}")
            else:
                yield one.concerned.accused("whole-patients", _neighbours(one.percent, *totals), sure=SURE_OF_ALL)


# --- parts


def _within_whole(paper: Paper) -> Iterator[Finding]:
    """No share is above 100 percent, no count above its total."""
    for record in paper.records:
        if not isinstance(record, Measurement) or record.value is None or record.op is not None:
            continue
        if record.unit == "percent" and record.statistic == "rate" and record.value > 100:
            yield Concerned.one(record, "value").accused("part-within-whole", f"{record.value} % is more than all")
        elif record.unit == "patient" and record.statistic == "count" and record.N and record.endpoint != "AE":
            told = f"{record.value} of {record.N} patients"
            concerned = Concerned.one(record, "value")
            if record.value > record.N:
                yield concerned.accused("part-within-whole", f"{told} is more than all")
            else:
                yield concerned.found("part-within-whole", "holds", told)


_RATE = {"kind": "measurement", "statistic": "rate", "unit": "percent", "endpoint": "ORR"}
_AE = {"kind": "measurement", "statistic": "rate", "unit": "percent", "endpoint": "AE", "arm": "zorafenib", "arm_n": 27}

CHECKS = (
    Check(
        "percent-of-count",
        "Is a percentage that of the count that it is printed with?",
        _percent_of_count,
        (
            Case("fails", ({**_RATE, "value": "18.1%", "n": 12, "N": 66, "said": "The response rate in 12 of 66 patients"},)),
            Case("fails", ({**_RATE, "value": "26%", "n": 12, "arm_n": 50, "said": "With zorafenib (n = 50) the response rate"},)),
            Case("perhaps misread", ({**_RATE, "value": "1%", "n": 2, "arm_n": 50},)),
            Case("holds", ({**_RATE, "value": "18.2%", "n": 12, "N": 66},)),
            Case("holds", ({**_RATE, "value": "12.5%", "n": 1, "N": 8},)),
            Case("cannot tell", ({**_RATE, "value": "26%", "n": 12, "arm_n": 50},)),
        ),
    ),
    Check(
        "whole-patients",
        "Is there a whole number of patients that gives a percentage?",
        _whole_patients,
        (
            Case("fails", ({**_RATE, "value": "76.4%", "arm_n": 21, "said": "In 21 patients the response rate"},)),
            Case("perhaps misread", ({**_RATE, "value": "76.4%", "arm_n": 21},)),
            Case("cannot tell", ({**_RATE, "value": "44.0%", "arm_n": 27},)),
            Case("holds", ({**_RATE, "value": "44.4%", "arm_n": 27},)),
            Case(
                "fails",
                (
                    {**_AE, "event": "rash", "value": "44.0%"},
                    {**_AE, "event": "fatigue", "value": "25.9%"},
                    {**_AE, "event": "nausea", "value": "18.5%"},
                    {**_AE, "event": "pain", "value": "7.4%"},
                ),
            ),
            Case(None, ({**_RATE, "endpoint": "OS", "value": "44.0%", "arm_n": 27},)),
        ),
    ),
    Check(
        "part-within-whole",
        "Is no part larger than its whole?",
        _within_whole,
        (
            Case("fails", ({"kind": "measurement", "statistic": "count", "unit": "patient", "endpoint": "DEATH", "value": "52", "N": 50},)),
            Case("fails", ({**_RATE, "value": "104%"},)),
            Case("holds", ({"kind": "measurement", "statistic": "count", "unit": "patient", "endpoint": "DEATH", "value": "50", "N": 50},)),
        ),
    ),
)
