"""One result told in several places of a paper: the abstract against the results, the text against a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from extractor.audit.findings import Case, Check, Concerned, Finding, Paper
from extractor.audit.printed import AnyRecord, Printed, characters, of_number
from extractor.records import Comparison, Measurement

_MEASURED = tuple("kind study provenance population arm endpoint statistic timepoint criterion event grade unit category".split())
_COMPARED = tuple("kind study provenance population arm comparator factor endpoint timepoint criterion event grade measure model".split())
_COMPANY = tuple("study endpoint timepoint event grade population".split())
SURE_BESIDE = 2
"""What is told beside the same figure in both places is surely the same result; how sure each record is of its arm matters less."""
MISPRINT = Fraction(15, 100)
"""Two figures that only share a p-value are taken for one, misprinted, where they lie no further apart than so much of the greater."""

Key = tuple[object, ...]


def asks(record: AnyRecord) -> Key:
    """What a record answers: two records with the same should give the same number."""
    return tuple(getattr(record, slot) for slot in (_MEASURED if isinstance(record, Measurement) else _COMPARED))


def answer(record: AnyRecord) -> Printed | None:
    """The number that a record answers with: its value, its estimate; None for a category, a bound or a p-value alone."""
    if isinstance(record, Measurement):
        return None if record.value is None or record.op is not None else of_number(record.value, characters(record, "value"))
    return None if record.estimate is None else of_number(record.estimate, characters(record, "estimate"))


def _place(record: AnyRecord) -> str | None:
    """Where a record is told, when it is told in one such place alone: what is told in several was found to agree there."""
    if record.section == "table":
        return "table" if all(piece.section in ("table", "caption") for piece in record.evidence) else None
    return _PLACES.get(record.section) if len({piece.section for piece in record.evidence}) == 1 else None


_PLACES = {"title": "abstract", "abstract": "abstract", "results": "results"}


def _tellings(paper: Paper) -> Iterator[list[AnyRecord]]:
    groups: dict[Key, list[AnyRecord]] = {}
    for record in paper.records:
        if answer(record) is not None and (record.arm is not None or (isinstance(record, Comparison) and record.factor is not None)):
            groups.setdefault(asks(record), []).append(record)
    yield from groups.values()


def _agree(paper: Paper) -> Iterator[Finding]:
    for told in _tellings(paper):
        if len(told) == 1 and len({piece.section for piece in told[0].evidence}) > 1 and told[0].section != "table":
            yield _held(told)
        placed = {place: [one for one in told if _place(one) == place] for place in ("abstract", "results", "table")}
        for here, there in (("abstract", "results"), ("abstract", "table"), ("results", "table")):
            if len(placed[here]) == 1 and len(placed[there]) == 1:
                yield _pair(paper, (here, placed[here][0]), (there, placed[there][0]))


def _held(told: Sequence[AnyRecord]) -> Finding:
    slot = "value" if isinstance(told[0], Measurement) else "estimate"
    numbers = [number.text for record in told if (number := answer(record)) is not None]
    return Concerned(tuple((record, (slot,)) for record in told)).found("tellings-agree", "holds", f"{_asked(told[0])}: {' and '.join(numbers)}")


def _pair(paper: Paper, here: tuple[str, AnyRecord], there: tuple[str, AnyRecord]) -> Finding:
    (place, one), (other_place, other) = here, there
    first, second = _answered(one), _answered(other)
    if first.range.meets(second.range):
        return _held([one, other])
    slot = "value" if isinstance(one, Measurement) else "estimate"
    concerned = Concerned(((one, (slot,)), (other, (slot,))))
    told = f"{_asked(one)}: {first.text} in the {place}, {second.text} in the {other_place}"
    beside = _company(paper, one, other)
    if beside is None or _told_of_a_part(paper, one) or _told_of_a_part(paper, other):
        return concerned.found("tellings-agree", "cannot tell", told, "it may be told for other patients or another time")
    return concerned.accused("tellings-agree", f"{told}, beside the same {beside}", sure=SURE_BESIDE)


def _answered(record: AnyRecord) -> Printed:
    number = answer(record)
    if number is None:
        raise ValueError(f"record {record.id} answers with no number")
    return number


def _company(paper: Paper, one: AnyRecord, other: AnyRecord) -> str | None:
    """What two places tell alike: an interval, a count, a p-value, the result of another arm. Then they tell of the same patients at one time."""
    if one.ci is not None and one.ci == other.ci:
        return "interval"
    if isinstance(one, Measurement) and isinstance(other, Measurement) and one.n is not None and (one.n, one.N) == (other.n, other.N):
        return "count"
    for third in paper.records:
        alike = third.id not in (one.id, other.id) and all(getattr(third, slot) == getattr(one, slot) for slot in _COMPANY)
        if alike and _told_beside(third, one) and _told_beside(third, other):
            if isinstance(third, Comparison) and third.p is not None and third.p.op == "=" and _misprint(one, other):
                return f"p = {third.p.value:g}"
            if isinstance(third, Measurement) and isinstance(one, Measurement) and third.arm != one.arm and (number := answer(third)) is not None:
                return f"{number.text} for {third.arm}"
    return None


def _told_of_a_part(paper: Paper, one: AnyRecord) -> bool:
    """Whether the paper tells the figure of a record, which names no population, of one besides: an abstract that leaves out "per protocol"."""
    if one.population is not None:
        return False
    rest = [slot for slot in (_MEASURED if isinstance(one, Measurement) else _COMPARED) if slot != "population"]
    return any(
        third.population is not None
        and all(getattr(third, slot, None) == getattr(one, slot) for slot in rest)
        and (number := answer(third)) is not None
        and number.range.meets(_answered(one).range)
        for third in paper.records
    )


def _misprint(one: AnyRecord, other: AnyRecord) -> bool:
    """Whether two figures are near each other."""
    first, second = sorted((_answered(one).value, _answered(other).value))
    return second - first <= MISPRINT * second


def _told_beside(third: AnyRecord, one: AnyRecord) -> bool:
    """Whether a record is told in the sentence of another, or in its row."""
    first = one.evidence[0]
    if one.section == "table":
        return any(piece.section == "table" and piece in third.evidence for piece in one.evidence[1:2])
    return any(piece.start < first.end and first.start < piece.end for piece in third.evidence)


_MEDIANS = ("study", "provenance", "population", "timepoint", "unit")


def _one_endpoint(paper: Paper) -> Iterator[Finding]:
    """The medians of two arms for one endpoint, told once more for another: a slip of the pen, where that one has medians of its own."""
    groups: dict[Key, dict[str, list[Measurement]]] = {}
    for record in paper.records:
        if isinstance(record, Measurement) and record.statistic == "median" and record.value is not None and record.arm not in (None, "all"):
            groups.setdefault(tuple(getattr(record, slot) for slot in _MEDIANS), {}).setdefault(record.endpoint, []).append(record)
    for endpoints in groups.values():
        for one, other in permutations(sorted(endpoints), 2):
            yield from _slip(endpoints[one], endpoints[other])


def _slip(told: Sequence[Measurement], others: Sequence[Measurement]) -> Iterator[Finding]:
    """What is told for one endpoint in a statement of its own, and for another elsewhere."""
    rivals = {record.id for record in told if any(one.arm == record.arm and one.value != record.value for one in told)}
    twice = [(record, other) for record in told for other in others if record.id in rivals and (record.arm, record.value) == (other.arm, other.value)]
    here = [pair for pair in twice if len({piece.section for piece in pair[0].evidence}) == 1 and not {*pair[0].evidence} & {*pair[1].evidence}]
    if len({record.arm for record, _ in here}) < 2 or len(here) != len({record.arm for record, _ in here}):
        return
    if any(len(record.evidence) > len(other.evidence) for record, other in here):
        return  # then it is the other that was told only once
    concerned = Concerned(tuple((record, ("value", "endpoint")) for pair in here for record in pair))
    numbers = " and ".join(f"{_answered(record).text} for {record.arm}" for record, _ in here)
    (first, other), *_ = here
    told_as = f"median {first.endpoint} {numbers} in the {first.section}, where {other.endpoint} is that elsewhere"
    yield concerned.accused("one-endpoint", told_as, sure=SURE_BESIDE)


def _asked(record: AnyRecord) -> str:
    slots = ("arm", "comparator", "factor", "population", "endpoint", "event", "grade", "timepoint", "statistic", "measure")
    return " ".join(str(said) for slot in slots if (said := getattr(record, slot, None)) is not None)


_OS = {"kind": "measurement", "statistic": "median", "unit": "month", "endpoint": "OS", "arm": "zorafenib"}


def _both(endpoint: str, arm: str, other: str, section: str = "results") -> tuple[dict[str, str], dict[str, str]]:
    told = {**_OS, "endpoint": endpoint, "section": section}
    return {**told, "value": arm}, {**told, "arm": "placebo", "value": other}


CHECKS: tuple[Check, ...] = (
    Check(
        "tellings-agree",
        "Do the abstract, the results and the tables give one result with one number?",
        _agree,
        (
            Case("fails", ({**_OS, "value": "12.4", "ci": ("9.0", "15.1"), "section": "abstract"}, {**_OS, "value": "14.2", "ci": ("9.0", "15.1")})),
            Case("cannot tell", ({**_OS, "value": "12.4", "section": "abstract"}, {**_OS, "value": "14.2"})),
            Case(
                "cannot tell",
                (
                    {**_OS, "value": "12.4", "ci": ("9.0", "15.1"), "section": "abstract"},
                    {**_OS, "value": "14.2", "ci": ("9.0", "15.1")},
                    {**_OS, "value": "12.4", "population": "per protocol"},
                ),
            ),
            Case("holds", ({**_OS, "value": "12", "section": "abstract"}, {**_OS, "value": "12.4"})),
            Case(None, ({**_OS, "value": "12.4"}, {**_OS, "value": "14.2"})),
        ),
    ),
    Check(
        "one-endpoint",
        "Are the medians of two arms told for one endpoint alone?",
        _one_endpoint,
        (
            Case("fails", (*_both("OS", "12.4", "6.8"), *_both("PFS", "8.2", "3.1"), *_both("OS", "8.2", "3.1", section="caption"))),
            Case(None, (*_both("OS", "12.4", "6.8"), *_both("PFS", "8.2", "3.1"), *_both("OS", "8.2", "3.5", section="caption"))),
            Case(None, (*_both("OS", "8.2", "3.1"), *_both("PFS", "8.2", "3.1"))),
        ),
    ),
)
