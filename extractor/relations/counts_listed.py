"""Counts that a list leaves bare: "17 and 9 deaths", "17 deaths with A, and with B 9", "more deaths with A than with B (17 vs 9)".

Only the last number of such a list stands at the noun that says what is counted, and in a bracket none does. Read without the others, that one number
would be given to the first arm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.quantities import COUNT_WORD, Pattern, parse_number
from extractor.relations.endpoint_events import COUNTED_EVENTS
from extractor.relations.kinds import Kind, Numbers, Value
from extractor.relations.patterns import GRADE, NO_VALUE
from extractor.relations.spoken import spoken

_NUMBER = rf"(?: \d{{1,4}} | (?i: (?!no\b|none\b|zero\b|a\b|an\b) {COUNT_WORD} ) )"
OF_THE_OTHER_ARM = "other arm"
"""The part of a count that holds the second arm, where it counts what was counted of the first."""
_LINK = r"(?: ,?\s and\s | \s vs\.?\s | \s versus\s | \s compared\s(?:with|to)\s )"
AHEAD_OF_COUNT = Pattern(
    id="numbers-ahead-of-a-count",
    regex=rf"""
        (?<![\w.,/<>=≥≤%+-])
        (?P<first> {_NUMBER} ) (?P<more> (?: ,\s {_NUMBER} ){{0,3}} ) {_LINK} (?:only\s)? $
    """,
    examples={
        "There were 17 and ": [{"first": "17"}],
        "Seventeen, 12 and ": [{"first": "Seventeen", "more": ", 12"}],
        "in 17 vs ": [{"first": "17"}],
    },
    counterexamples=("0.7 and ", "17% and ", "the 17 patients and "),
)
_MORE = re.compile(rf",\s({_NUMBER})", re.VERBOSE)
IN_BRACKET = Pattern(
    id="two-counts-in-a-bracket",
    regex=rf"""
        [(\[]\s? (?P<n> {_NUMBER} ) \s (?: vs\.? | versus | and | compared\swith ) \s (?P<m> {_NUMBER} )
        (?= ,?\s respectively | \s?[)\];] | ,\s (?:HR|OR|RR|[Pp]|hazard|odds|risk)\b )
      | [(\[] (?P<one> {_NUMBER} ) [)\]] (?= [^.;()]{{0,30}} \b (?: than | versus | vs\.? | compared\swith )\s
            [^.;()]{{2,50}} [(\[] (?P<other> {_NUMBER} ) [)\]] )
    """,
    examples={"(17 vs 9)": [{"n": "17", "m": "9"}], "A (17) than with B (9)": [{"one": "17", "other": "9"}]},
    counterexamples=("(17% vs 9%)", "(17)", "(17 vs 9 months)"),
)
# "..., and in the gemcitabine arm nine.", "; of 118 on gemcitabine, 9 did": the number behind the other arm counts what was counted of the first.
_IN_THE_OTHER = re.compile(
    rf"""
    [;,]\s (?: (?: and | while | whereas | but )\s )? (?: in | on | with | for | among | of )\s (?: the\s | those\s )?
    (?: {_NUMBER} \s (?: (?: patients | women | men | those )\s )? (?: in | on | with | given | receiving | treated\swith )\s (?: the\s )? )? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
SO_MANY_BEHIND_ARM = Pattern(
    id="so-many-behind-the-other-arm",
    regex=rf"""
        ^ (?: \s (?: arm | group | patients | recipients ) )? ,? \s (?: only\s )? (?P<n> {_NUMBER} )
        (?= \s? [.;)] (?! \d ) | $ | \s did\b | , \s (?! \d ) )
    """,
    examples={" arm, nine.": [{"n": "nine"}], " 9 did.": [{"n": "9"}], " group only 9;": [{"n": "9"}]},
    counterexamples=(" arm, 9%", " arm, 9.4 months", " arm, 9 patients had", " nine months"),
)
# "arm 9" behind "and in the gemcitabine": no arm is called by a number as high.
_CALLED = re.compile(r"(?:arms?|groups?)\s(?:[5-9]|\d{2,4})", re.IGNORECASE)
_MANY = re.compile(
    r"\b(?:(?P<up>more|(?:higher|greater|larger)\snumbers?\sof)|(?P<down>fewer|(?:lower|smaller)\snumbers?\sof)|(?:similar|equal|same|the)\snumbers?\sof)"
    r"\s(?:[\w-]+\s){0,4}$",
    re.IGNORECASE,
)
_TOLD_IN_COUNTS = frozenset({"DEATH", "TREATMENT_DEATH", "DISCONTINUATION", "DOSE_REDUCTION", "CR", "PR", "SD", "PD", "PCR", "ORR", "AE"})


def with_counts_listed(read: ReadSentence, numbers: Numbers) -> Numbers:
    """The numbers of a sentence with the bare counts of its lists among the values, each in the unit of the count that says what it counts."""
    text = read.sentence.text
    busy = [CharSpan(*m.span()) for pattern in (NO_VALUE, GRADE) for m in pattern.find(text)]
    busy += [*(e.whole for e in numbers.effects), *(p.span for p in numbers.p_values), *(m.span for m in numbers.landmarks)]
    busy += [m.span for m in read.of(MentionKind.POPULATION, MentionKind.TRIAL)]
    found: list[Value] = []
    behind = list(_behind_other_arm(read, numbers.values))
    busy = [b for b in busy if not any(b.end == v.span.end and _CALLED.fullmatch(b.of(text)) for v in behind)]
    for value in (*_ahead(text, numbers.values), *_in_brackets(read), *behind):
        free = value in behind or not value.span.of(text).isdigit() or value.span in numbers.stray
        if free and not any(value.span.overlaps(b) for b in (*busy, *(v.span for v in found), *(v.span for v in numbers.values))):
            found.append(value)
    if not found:
        return numbers
    stray = tuple(s for s in numbers.stray if s not in {v.span for v in found})
    return replace(numbers, values=tuple(sorted((*numbers.values, *found), key=lambda v: v.span)), stray=stray)


def _ahead(text: str, values: Sequence[Value]) -> Iterator[Value]:
    """The numbers listed right before a count, of what it counts: "17, 12 and 9 patients"."""
    for value in values:
        if value.kind is not Kind.COUNT or value.unit not in ("patient", "event") or value.N is not None or value.n is not None:
            continue
        match = next(AHEAD_OF_COUNT.find(text[: value.span.start]), None)
        if match is None:
            continue
        spans = [CharSpan(*match.span("first"))]
        spans += [CharSpan(*m.span(1)) for m in _MORE.finditer(text, match.start("more"), match.end("more"))]
        named = tuple(part for part in value.parts if part[0] not in ("value", "category"))
        for span in spans:
            yield Value(Kind.COUNT, span, span, parse_number(span.of(text)), value.unit, parts=(("value", span), *named))


def _told_in_counts(read: ReadSentence) -> list[Mention]:
    named = read.of(MentionKind.ENDPOINT)
    told = [e for e in (*named, *spoken(read.sentence.text, named)) if e.norm in _TOLD_IN_COUNTS]
    return sorted((*told, *read.of(MentionKind.ADVERSE_EVENT)), key=lambda e: e.span)


def _count(text: str, span: CharSpan, unit: str) -> Value:
    return Value(Kind.COUNT, span, span, parse_number(span.of(text)), unit, parts=(("value", span),))


def _in_brackets(read: ReadSentence) -> Iterator[Value]:
    """Two bare counts in one bracket, or in one each, of what there were more or fewer of in one arm."""
    text, told = read.sentence.text, _told_in_counts(read)
    for match in IN_BRACKET.find(text):
        before = [e for e in told if e.span.end <= match.start()]
        many = _MANY.search(text[: before[-1].span.start]) if before else None
        if many is None:
            continue
        spans = [CharSpan(*match.span(name)) for name in ("n", "m", "one", "other") if match.group(name) is not None]
        first, second = (parse_number(span.of(text)) for span in spans)
        if not (many.group("up") and first < second) and not (many.group("down") and first > second):
            yield from (_count(text, span, "patient") for span in spans)  # "more with A than with B (2 vs 17)" says what its figures deny


def _behind_other_arm(read: ReadSentence, values: Sequence[Value]) -> Iterator[Value]:
    """The count that stands alone behind the second of two arms, where the first has one that says what it counts."""
    text, arms = read.sentence.text, read.of(MentionKind.ARM)
    for one, other in pairwise(arms):
        match = next(SO_MANY_BEHIND_ARM.find(text[other.span.end :]), None)
        if match is None or not _IN_THE_OTHER.search(text[: other.span.start]):
            continue
        told = [v for v in values if one.span.end <= v.span.start and v.whole.end <= other.span.start]
        if len(told) == 1 and told[0].kind is Kind.COUNT and told[0].unit in ("patient", "event"):
            span = CharSpan(*match.span("n")).shifted(other.span.end)
            named = tuple(part for part in told[0].parts if part[0] == COUNTED_EVENTS)
            yield replace(_count(text, span, told[0].unit), parts=(("value", span), (OF_THE_OTHER_ARM, other.span), *named))
