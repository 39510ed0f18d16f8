"""Where a sentence parts the values that it tells: an outcome, an estimate, a landmark, a grade or a reason between two parts them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.document import CharSpan
from extractor.relations.brackets import opening, without_brackets
from extractor.relations.each_group import groups_of_values
from extractor.relations.no_values import FROM_VALUE, SO_SEVERE_IN, is_change
from extractor.relations.patterns import GRADE, GRADE_OF_LIST, WHOLE_COHORT
from extractor.relations.reading import Reading
from extractor.relations.stops import STOPPED, changes_in, reasons_in
from extractor.relations.targets import Series
from extractor.relations.topics import GAIN, OF_CYCLES, SOME_WERE
from extractor.relations.values import Value


def breaks_of(reading: Reading) -> list[CharSpan]:
    """What parts the values of a sentence; values with none of these between them may be one series."""
    outcomes = [m.span for m in (*reading.endpoints, *reading.events)]
    flat = without_brackets(reading.text)
    of_both = [span for span in outcomes if _tells_both(reading, flat, span)]
    breaks = [span for span in outcomes if span not in of_both]
    breaks += [e.whole for e in reading.numbers.effects] + [p.span for p in reading.numbers.p_values]
    breaks += [m.span for m in reading.numbers.landmarks if not _is_of_both(reading, m.span)]
    breaks += [CharSpan(*m.span()) for m in GAIN.finditer(reading.text)]
    breaks += [CharSpan(*m.span()) for pattern in (OF_CYCLES, _NEEDED) for m in pattern.finditer(reading.text)]
    breaks += [CharSpan(*m.span()) for m in WHOLE_COHORT.finditer(reading.text)]
    breaks += [CharSpan(start, start + 1) for start, _ in reading.context.told[1:]]
    breaks += [CharSpan(v.whole.start - 1, v.whole.start) for v in _with_its_outcome_behind(reading, outcomes)]
    grouped = groups_of_values(reading)
    breaks += [CharSpan(at - 1, at) for before, at in pairwise(sorted(grouped)) if grouped[at] is not grouped[before]]
    breaks += [CharSpan(*m.span("grade")) for m in _listed_grades(reading.text)]
    graded = [CharSpan(*m.span()) for m in GRADE.find(reading.text) if not m.group("severe") and opening(reading.text, m.start()) is None]
    breaks += [span for span in graded if not any(0 <= one.start - span.end <= 1 for one in of_both)]
    breaks += [CharSpan(*m.span()) for m in FROM_VALUE.finditer(reading.text)]
    breaks += [
        CharSpan(v.whole.start - 1, v.whole.start) for v in reading.numbers.values if v.unit == "event" and v.whole.end > v.span.end and v.whole.start
    ]
    breaks += [CharSpan(*m.span()) for m in SO_SEVERE_IN.finditer(reading.text)]
    breaks += [CharSpan(at, at + 1) for v in reading.numbers.values if is_change(reading, v) for at in (v.whole.start - 1, v.whole.end) if at >= 0]
    some_of = [SOME_WERE.search(reading.text[: e.span.start]) for e in reading.endpoints]
    breaks += [CharSpan(m.start() - 1, m.start()) for m in some_of if m is not None and m.start()]
    if any(e.norm == "DISCONTINUATION" for e in reading.endpoints):
        breaks += reasons_in(reading.text)
    if any(e.norm in STOPPED for e in reading.endpoints):
        breaks += changes_in(reading.text)
    return breaks


_AT = re.compile(r"[\s)\]]*\s(?:at|after|by)\s(?:the\s)?")
_OF_ARM = re.compile(r"(?:[\s-]?(?:months?|years?|weeks?|days?))?\s(?:with|in|on|for|among|under|after)\s(?:the\s)?")


def _is_of_both(reading: Reading, mark: CharSpan) -> bool:
    """Whether the one landmark of a sentence stands between the first value and its arm: "61% at 3 years with A and 52% with B"."""
    if len(reading.numbers.landmarks) != 1:
        return False
    arms = [a.span.start for a in reading.arms if _OF_ARM.fullmatch(reading.text, mark.end, a.span.start)]
    return bool(arms) and any(_AT.fullmatch(without_brackets(reading.text[v.whole.end : mark.start])) for v in reading.numbers.values)


_PEOPLE_WITH = re.compile(
    r"[\s)%\]]*(?:patients|women|men|cases|subjects|dogs|cats)\s(?:with|had|having|achieving|achieved|showing|showed)\s(?:an?\s)?"
)
_ITS_BRACKET = re.compile(r"\s?[(\[]\s?")


def _with_its_outcome_behind(reading: Reading, outcomes: Sequence[CharSpan]) -> Iterator[Value]:
    """The values with their outcome behind them, that follow one in the bracket of another: "3 PR (13%) and 13 (54%) patients with SD"."""
    for before, value in pairwise(reading.numbers.values):
        told = any(_ITS_BRACKET.fullmatch(reading.text, o.end, before.span.start) for o in outcomes if o.end <= before.span.start)
        if told and any(_PEOPLE_WITH.fullmatch(reading.text, value.whole.end, o.start) for o in outcomes if o.start >= value.whole.end):
            yield value


def told_of(reading: Reading, series: Series) -> Series:
    """The values that a series' outcome is looked for around: the first alone, where it is told behind that one ("38% were alive with A vs 27%")."""
    first, *more = series.values
    within = more and any(first.whole.end <= o.span.start < more[0].span.start for o in (*reading.endpoints, *reading.events))
    return Series((first,)) if within else series


_NEEDED = re.compile(r"\b(?:was|were)\s(?:required|needed|necessary)\s(?:in|for)\b")


_OF_ONE = re.compile(
    r"\d\s?%?\s(?:of\s(?:the\s|all\s)?)?(?:(?:patients|women|men)\s)?(?:(?:were|was|remained)\s)?"
    r"(?:(?:had|experienced|developed|achieved|obtained|showed|suffered|reported)\s(?:an?\s)?(?:[\w-]+\s){0,4})?$"
    r"|\b(?:\d+|[a-z]+)\s(?:cases?|patients|women|men|deaths)\s(?:of|with|from)\s$"
)
_OF_THE_OTHER = re.compile(
    r"\s(?:(?:with|in|on|after|for|under|among)\s[^.;,()\d]{3,60}?,?\s(?:(?P<listed>and)|vs?\.?|versus|(?:as\s)?compared\s(?:with|to)|(?:as\s)?against)"
    r"|(?:vs?\.?|versus|(?:as\s)?compared\s(?:with|to)|(?:as\s)?against))\s(?:only\s|in\s)?\d"
)


def _tells_both(reading: Reading, flat: str, named: CharSpan) -> bool:
    """Whether an outcome told behind the first of two values is that of the second too: "38% were alive with A versus 27%".

    `flat` is the sentence with blanks for its brackets.
    """
    other = _OF_THE_OTHER.match(flat, named.end)
    if other is None or _OF_ONE.search(re.sub(r"\s+", " ", flat[: named.start])) is None:
        return False
    # Values that are only listed are of two arms where each has its own.
    return other.group("listed") is None or any(a.span.start >= other.end() for a in reading.arms)


def _listed_grades(text: str) -> Iterator[re.Match[str]]:
    """The grades of "grade 1 (24%), 2 (67%), and 3 (9%)"."""
    for bracket in re.finditer(r"\s?[(\[]", text):
        match = GRADE_OF_LIST.search(text[: bracket.start()])
        if match is not None:
            yield match
