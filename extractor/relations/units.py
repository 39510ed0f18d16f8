"""Units that a number has of another: told once for two, or for a list, or by the counts printed behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.quantities import LEVEL_UNIT, SIZE_UNIT, TIME_UNIT, TIME_UNITS
from extractor.relations.kinds import Kind, Value


@dataclass(frozen=True, slots=True)
class Told:
    """Where an endpoint is named, and in what numbers it is told ("time", "share", "level", "size")."""

    at: int
    quantity: str


_LIST_LINK = re.compile(
    r"""
    \s* (?: (?: ± | \+/- )\s?[\d.]+\s* )? (?: [\[(][^()\[\]]*[\])]\s* )? (?: % | , | ; )? \s*
    (?: vs?\.? | versus | and | or | to | - | , | ,[ ]and | compared[ ](?:with|to) | against | than | / | up[ ]to | from )\s*
    (?: only\s | just\s | about\s | approximately\s | a\s )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "6 (range, 3-15) for A and 6 months": the unit stands with the second value alone.
_ARM_LINK = re.compile(
    r"\s?[\[(][^()\[\]]*[\])]\s(?:for|with|in|on|under)\s(?:the\s)?[A-Za-z][\w+-]{1,40}(?:\s(?:group|arm|patients))?,?\s(?:and|vs\.?|versus|compared\s(?:with|to))\s"
)
_UNITS = rf"(?:{TIME_UNIT}|%|{LEVEL_UNIT}|{SIZE_UNIT}|cycles?(?![A-Za-z]))"
_UNIT_AFTER_BRACKET = re.compile(rf"\s*(?:(?:±|\+/-)\s?[\d.]+\s?)?(?:[\[(](?:[^()\[\]]|\[[^()\[\]]*\])*[\])]\s*)?,?\s*(?P<unit>{_UNITS})(?![A-Za-z])")
# "5.9 (95% CL, from 1.6 to 14.4%)", "11.3 (range 2-18 months)": the unit stands once, behind what goes round the value.
_UNIT_IN_BRACKET = re.compile(
    r"\s?[,;(\[]\s?(?:\d\d\s?%\s?)?(?:CIs?|CL|CrI|confidence\s(?:interval|limit)s?|range|IQR)\b[\s,:=]*(?:from\s|of\s)?"
    rf"-?[\d.]+\s?(?:-|to|and|,)\s?-?[\d.]+\s?(?P<unit>{_UNITS})\s?[;,)\]]"
)
# "2.8 months for ramucirumab vs 1.6": the second value goes without its unit.
_SAME_UNIT = re.compile(
    r"""
    (?: \s? [\[(] [^()\[\]]* [\])] )?
    (?: \s (?: for | with | in | on | under ) \s [A-Za-z][\w\s+-]{2,40}? )? \s* ,? \s*
    (?: vs?\.? | versus | as\sagainst | against | compared\s(?:with|to) ) \s* (?: only\s )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "11 months with docetaxel and 6 with gemcitabine": each value before its arm.
_AND_OF_ARM = re.compile(
    r"(?:\s?[\[(][^()\[\]]*[\])])?\s(?:for|with|in|on|under)\s[A-Za-z][\w\s+-]{2,40}?"
    r"\s?,?\s(?:and|but|while|whereas)\s(?:only\s|just\s)?",
    re.IGNORECASE,
)
_OF_ARM_BEHIND = re.compile(r"(?:\s?[\[(][^()\[\]]*[\])])?\s(?:for|with|in|on|under)\s[A-Za-z]", re.IGNORECASE)
# "45.4 (118/260)", "38.2 [21/55]": the counts behind it say that it is their share.
_ITS_COUNTS = re.compile(r"\s?[\[(]\s?(?P<n>\d{1,5})\s?(?:/|of|out\sof)\s?(?P<N>\d{1,5})\s?[\]),;]")
# "40 (74.1) and 22 (81.5) patients, n (%)": each count with its share.
_COUNT_AND_SHARE = re.compile(r"(?:\b[nN]o?\.?|\bnumber|\bpatients|\bwomen|\bmen)\s?[(\[]%[)\]]")
_BEHIND_COUNT = re.compile(r"(?<![\d.,])\d{1,4}\s?[(\[]$")
_ROUNDED_WHOLE, _ROUNDED = 0.6, 0.06


def singular_unit(unit: str) -> str:
    """A unit of time as a slot holds it."""
    return TIME_UNITS.get(unit.casefold(), unit.casefold().rstrip("s"))


def level_unit(printed: str) -> str:
    """A unit of a marker's level as a slot holds it."""
    return re.sub(r"\s", "", printed).replace("/ml", "/mL").replace("/dl", "/dL")


def with_shared_units(text: str, values: list[Value], told: Sequence[Told] = ()) -> list[Value]:
    """The values with units that stand once and belong to several: "10.6 vs 7.8 months", "12.8 months with A and 11.6 with B".

    Args:
        text: the folded sentence.
        values: its numbers with and without a unit.
        told: where endpoints are named, and in what numbers each is told.
    """
    values = sorted(values, key=lambda v: v.span)
    for i in range(len(values) - 1, -1, -1):
        if values[i].unit is None and values[i].kind is not Kind.OPEN:
            values[i] = _in_unit_behind(text, values[i], _next_outside(text, values, i))
    for i in range(1, len(values)):
        here, before = values[i], values[i - 1]
        same = _SAME_UNIT.fullmatch(text, before.span.end, here.span.start) or (
            _AND_OF_ARM.fullmatch(text, before.span.end, here.span.start) and _OF_ARM_BEHIND.match(text, here.span.end)
        )
        if here.unit is None and before.kind in (Kind.TIME, Kind.SHARE) and same:
            values[i] = replace(here, kind=before.kind, unit=before.unit)
    for i, value in enumerate(values):
        ahead = _UNIT_AHEAD.search(text[: value.span.start]) if value.unit is None and value.kind is not Kind.OPEN else None
        if ahead is not None and _NO_NOUN_BEHIND.match(text, value.span.end) and not _OF_ANOTHER_SORT.search(text[: value.span.start]):
            values[i] = _in_unit(value, ahead.group("unit"))
    for i in range(1, len(values)):
        if values[i].unit is None and values[i].kind is Kind.COUNT and _is_median_of_range(text, values[i - 1], values[i]):
            values[i] = replace(values[i], kind=Kind.TIME, unit=values[i - 1].unit)
    for order in (range(len(values)), range(len(values) - 1, -1, -1)):
        for i in order:
            if values[i].unit is None and values[i].kind is not Kind.OPEN:
                values[i] = _in_unit_of_another(text, values, i, told)
    return values


# "ranged from 3 to 40 months, with a median of 15", "from 2 to 14 months (median, 6)"
_TO_MEDIAN = re.compile(r"[^.;\d]{0,40}\b(?:median|mean|average)\b(?:\s(?:of|was|being|duration|time|value))*[\s,:=]*", re.IGNORECASE)


def _is_median_of_range(text: str, before: Value, here: Value) -> bool:
    """Whether a bare number is the median of the range of times right before it."""
    if before.kind is not Kind.TIME or not _NO_NOUN_BEHIND.match(text, here.span.end) or here.value is None:
        return False
    return _TO_MEDIAN.fullmatch(text, before.whole.end, here.span.start) is not None and here.value <= (before.value or 0)


_CAME_FROM = re.compile(r"[\s)\]]*,\s?from\s(?:a\smedian\sof\s)?")
AVERAGE = re.compile(r"\b(?:median|mean|average)\b", re.IGNORECASE)
_OF_RANGE = re.compile(r"\b(?:rang(?:e|ed|es|ing)|between|var(?:y|ied|ying)|from)\b[^.;,()]{0,25}$")


# "14 months, which was 2 months longer than with B"
_LONGER_THAN = re.compile(r"\s(?:[a-z]+ly\s)?(?:longer|shorter|higher|lower|greater|more|less|better|worse)\sthan\b")


def is_apart(text: str, start: int, between: str, end: int) -> bool:
    """Whether a number is told apart from the one before it: "by 3 months, from 5 months"; "from 3 to 40 months, with a median of 15".

    Args:
        text: the folded sentence.
        start: where the first number stands.
        between: what stands between the two, without brackets.
        end: where the second ends.
    """
    if _CAME_FROM.fullmatch(between) or _LONGER_THAN.match(text, end):
        return True
    return AVERAGE.search(between) is not None and _OF_RANGE.search(text[:start]) is not None


# "Median OS in months (95% CI) was 14.2", "the median PFS (months) was 5.1"
_UNIT_AHEAD = re.compile(
    r"\b(?:survival|OS|PFS|DFS|EFS|RFS|TTP|response|progression|follow-up|duration|time)(?:\stime)?,?\s(?:in\s|[(\[](?:in\s)?)(?P<unit>months|years|weeks|days)[)\]]?"
    r"(?:\s[(\[][^()\[\]]*[)\]])?\s(?:[a-z]+\s){0,6}(?:was|were|of)\s(?:[a-z]+\s)?$"
)


def _next_outside(text: str, values: Sequence[Value], i: int) -> Value | None:
    """The number that follows, apart from those in a bracket right behind this one."""
    bracket = re.compile(r"\s?[\[(][^()\[\]]*[\])]").match(text, values[i].span.end)
    end = bracket.end() if bracket is not None else values[i].span.end
    return next((v for v in values[i + 1 :] if v.span.start >= end), None)


def _in_unit_behind(text: str, here: Value, following: Value | None) -> Value:
    """A number in the unit that stands behind its bracket, or behind the number that it is listed with."""
    if _COUNT_AND_SHARE.search(text) and _BEHIND_COUNT.search(text[: here.span.start]) and text[here.span.end : here.span.end + 1] in (")", "]"):
        return _in_unit(here, "%")
    counts = _ITS_COUNTS.match(text, here.span.end)
    if counts is not None and _is_share_of(text, here, int(counts.group("n")), int(counts.group("N"))):
        return _in_unit(here, "%")
    behind = _UNIT_AFTER_BRACKET.match(text, here.span.end) or _UNIT_IN_BRACKET.match(text, here.span.end)
    if behind:
        return _in_unit(here, behind.group("unit"))
    if following is None or following.unit is None:
        return here
    gap = (here.span.end, following.span.start)
    of_arm = following.kind is Kind.TIME and _ARM_LINK.fullmatch(text, *gap)
    return replace(here, kind=following.kind, unit=following.unit) if of_arm or _LIST_LINK.fullmatch(text, *gap) else here


def _is_share_of(text: str, value: Value, n: int, total: int) -> bool:
    off = _ROUNDED if "." in value.span.of(text) else _ROUNDED_WHOLE
    return value.value is not None and 0 < n <= total and total > 1 and abs(100 * n / total - float(value.value)) <= off


_SHARED = (Kind.TIME, Kind.SHARE, Kind.LEVEL, Kind.SIZE)
_TOLD_IN = {
    Kind.TIME: {"time"},
    Kind.SHARE: {"share", "count"},
    Kind.LEVEL: {"level"},
    Kind.SIZE: {"size"},
}
# What may follow a number that goes without its unit; a noun would be what it counts.
_NO_NOUN_BEHIND = re.compile(
    r"\s?(?:[,;:)\]\[(.]|$|±|\+/-|->|→)|\s(?:with|without|for|in|on|under|after|from|to|among|at|by|of(?=\s(?:the|those|these|patients)\b)|and|or|vs\.?|versus|as|against|compared|than"
    r"|when|where|if|while|whereas|but|respectively|over|until|only)(?![A-Za-z-])",
    re.IGNORECASE,
)
# A number with a sign or a name of its own, or in a bracket right behind another number.
_OF_ANOTHER_SORT = re.compile(
    r"(?:[=<>≤≥/×^*~]\s?|[A-Za-z]-|\b(?:AUC|version|score|index|ratio|level|stage|grade|df|chi|INR|pH|point|factor|cycles?|day|week|month|year|BMI|n|no|HR|OR|RR|[pP])s?"
    r"\s(?:of\s|was\s|were\s|is\s|:\s?)?|\d\s?(?:%|months?|years?|weeks?|days?)?\s?[\[(]\s?)$"
)
_FAR = 160


def _in_unit_of_another(text: str, values: Sequence[Value], i: int, told: Sequence[Told]) -> Value:
    """A number in the unit of the next one that is printed as exactly and told of no other sort of endpoint: "12.8 months with A, 11.6 with B"."""
    here = values[i]
    if not _NO_NOUN_BEHIND.match(text, here.span.end):
        return here
    spread = re.match(r"\s?(?:±|\+/-)", text[here.span.end :])
    if _OF_ANOTHER_SORT.search(text[: here.span.start]) and not spread:
        return here
    before = next((v for v in reversed(values[:i]) if v.unit is not None), None)
    behind = next((v for v in values[i + 1 :] if v.unit is not None), None)
    for other in (before, behind):
        if other is not None and _goes_with(text, here, other, told):
            return replace(here, kind=other.kind, unit=other.unit)
    return here


def _goes_with(text: str, here: Value, other: Value, told: Sequence[Told]) -> bool:
    """Whether two numbers are told alike: printed to the same decimals, near each other, and no endpoint between that is told in other numbers."""
    if other.kind not in _SHARED:
        return False
    start, end = (other.span.end, here.span.start) if other.span < here.span else (here.span.end, other.span.start)
    exactly = _decimals(text, here), _decimals(text, other)
    level = other.kind is Kind.LEVEL
    between = [t.quantity for t in told if start <= t.at < (end if other.span < here.span else other.span.start)]
    if end - start > _FAR or any(q not in _TOLD_IN[other.kind] for q in between):
        return False
    return exactly[0] == exactly[1] > 0 or (level and bool(between or spread_behind(text, here)))


def spread_behind(text: str, value: Value) -> bool:
    """Whether a spread stands behind a number: it is a mean."""
    return re.match(r"\s?(?:±|\+/-)", text[value.span.end :]) is not None


def _decimals(text: str, value: Value) -> int:
    return len(re.sub(r"[^\d.].*$", "", value.parts[0][1].of(text) if value.parts else value.span.of(text)).partition(".")[2])


def _in_unit(value: Value, printed: str) -> Value:
    if printed == "%":
        return replace(value, kind=Kind.SHARE, unit="percent")
    if re.fullmatch(SIZE_UNIT, printed):
        return replace(value, kind=Kind.SIZE, unit=printed)
    if "/" in printed:
        return replace(value, kind=Kind.LEVEL, unit=level_unit(printed))
    return replace(value, kind=Kind.TIME, unit=singular_unit(printed))
