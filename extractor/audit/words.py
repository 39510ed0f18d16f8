"""What a sentence says of two arms in words, against the figures that it gives for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from extractor.audit.findings import Case, Check, Concerned, Finding, Paper
from extractor.audit.printed import Printed, characters, of_number
from extractor.document import fold
from extractor.records import Comparison, Measurement

_GOOD = frozenset("OS PFS TTP DFS RFS EFS DOR CSS ORR CR DCR CBR PCR".split())
_IN_AN_ARM = r"""(?:\s(?:significantly|notably|markedly|slightly|clearly))?\s(?:in|with|for|among)\s
    (?:the\s|patients\s(?:in|on|treated\swith|receiving)\s(?:the\s)?)?$"""
_FLAGS = re.VERBOSE | re.IGNORECASE
_MORE = re.compile(rf"\b(?:longer|higher|greater|increased|prolonged){_IN_AN_ARM}", _FLAGS)
_LESS = re.compile(rf"\b(?:shorter|lower|decreased){_IN_AN_ARM}", _FLAGS)
_BETTER = re.compile(rf"\b(?:better|superior|improved){_IN_AN_ARM}", _FLAGS)
_WORSE = re.compile(rf"\b(?:worse|inferior|poorer){_IN_AN_ARM}", _FLAGS)
_DENIED = re.compile(r"\b(?:not?|nor|neither|without|whether|if|similar|comparable)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:]|,\s(?:and|but|while|whereas)\b")


def _words_and_values(paper: Paper) -> Iterator[Finding]:
    for record in paper.records:
        if isinstance(record, Comparison) and record.arm is not None and record.comparator is not None and record.section != "table":
            yield from _compared(paper, record)


def _compared(paper: Paper, record: Comparison) -> Iterator[Finding]:
    more = _has_more(record)
    told = [one for one in paper.told_with(record) if isinstance(one, Measurement) and _same(record, one)]
    sides = [[one for one in told if one.arm == name] for name in (record.arm, record.comparator)]
    if more is None or any(len(side) != 1 for side in sides) or sides[0][0].statistic != sides[1][0].statistic:
        return
    arm, other = sides[0][0], sides[1][0]
    first, second = _printed(arm), _printed(other)
    concerned = Concerned(((record, ("arm", "comparator")), (arm, ("value",)), (other, ("value",))))
    said = f"{record.endpoint}: {first.text} for {record.arm}, {second.text} for {record.comparator}; the words give more to {more}"
    has = first.range.low > second.range.high if more == record.arm else second.range.low > first.range.high
    has_less = first.range.high < second.range.low if more == record.arm else second.range.high < first.range.low
    if has:
        yield concerned.found("words-and-values", "holds", said)
    elif has_less:
        sure = _in_order(record, arm, other) or all(_places(one) > 1 for one in (arm, other))
        yield concerned.accused("words-and-values", said, None if sure else "no other statement tells whose figure is whose")


def _same(record: Comparison, one: Measurement) -> bool:
    slots = ("study", "population", "endpoint", "event", "timepoint")
    return one.value is not None and one.op is None and all(getattr(one, slot) == getattr(record, slot) for slot in slots)


def _printed(record: Measurement) -> Printed:
    return of_number(record.value or 0, characters(record, "value"))


def _in_order(record: Comparison, arm: Measurement, other: Measurement) -> bool:
    """Whether a sentence names both arms and then gives their figures in the same order."""
    names = [record.spans.get(slot) for slot in ("arm", "comparator")]
    places = [*names, arm.spans.get("value"), other.spans.get("value")]
    piece = record.evidence[0]
    inside = all(place is not None and piece.start <= place[0] < piece.end for place in places)
    starts = [place[0] for place in places if place is not None]
    return inside and starts == sorted(starts)


def _places(record: Measurement) -> int:
    """In how many sections a figure is told of its arm."""
    return len({piece.section for piece in record.evidence})


def _has_more(record: Comparison) -> str | None:
    """The arm that has more of the endpoint by the words right before its name; None where they say nothing, or deny it."""
    for slot, name in (("arm", record.arm), ("comparator", record.comparator)):
        place = record.spans.get(slot)
        piece = next((piece for piece in record.evidence if place is not None and piece.start <= place[0] < piece.end), None)
        endpoint = record.spans.get("endpoint")
        if place is None or piece is None or endpoint is None or not piece.start <= endpoint[0] < place[0]:
            continue
        said = _said(piece.text[endpoint[0] - piece.start : place[0] - piece.start], good=record.endpoint in _GOOD)
        if said is not None:
            return name if said else record.comparator if slot == "arm" else record.arm
    return None


def _said(between: str, *, good: bool) -> bool | None:
    """Whether the words from an endpoint to the name of an arm give more to that arm, or less."""
    words = " ".join(fold(between).split()) + " "
    if _DENIED.search(words) or _CLAUSE.search(words):
        return None
    if _MORE.search(words) or (good and _BETTER.search(words)):
        return True
    return False if _LESS.search(words) or (good and _WORSE.search(words)) else None


_DCR: Mapping[str, Any] = {"endpoint": "DCR", "arm": "zorafenib", "result": "1"}
_RATE: Mapping[str, Any] = {"kind": "measurement", "statistic": "rate", "unit": "percent", **_DCR}
_WORDS: Mapping[str, Any] = {"kind": "comparison", **_DCR, "comparator": "placebo", "p": "= 0.02"}


def _told(said: str, arm: str, other: str, also_in: str | None = "abstract") -> tuple[Mapping[str, Any], ...]:
    """A comparison whose comparator is named last in what is said, and the values of the two arms, each told in two sections or in one."""
    return (
        {**_WORDS, "said": said, "names": {"endpoint": "DCR", "comparator": "placebo"}},
        {**_RATE, "value": arm, "also_in": also_in},
        {**_RATE, "arm": "placebo", "value": other, "also_in": also_in},
    )


CHECKS = (
    Check(
        "words-and-values",
        "Does the arm that has more by the words have more by the figures?",
        _words_and_values,
        (
            Case("fails", _told("The DCR was better in the placebo group", "73.2%", "44.4%")),
            Case("perhaps misread", _told("The DCR was better in the placebo group", "73.2%", "44.4%", None)),
            Case("holds", _told("The DCR was better in the placebo group", "44.4%", "73.2%")),
            Case("holds", _told("The DCR was lower in the placebo group", "73.2%", "44.4%")),
            Case(None, _told("The DCR was not better in the placebo group", "73.2%", "44.4%")),
        ),
    ),
)
