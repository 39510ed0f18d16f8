"""Bare counts of an endpoint's events ("212 PFS events with A and 230 with B"), and of a response in the second arm ("5 CR with A and 3 with B")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.quantities import COUNT_WORD, Pattern, parse_number
from extractor.relations.kinds import Kind, Numbers, Value
from extractor.relations.spoken import spoken

TOLD_IN_EVENTS = frozenset({"PFS", "OS", "DFS", "RFS", "EFS", "TTP"})
"""Endpoints whose events are counted."""
COUNTED_EVENTS = "events"
"""The part of a count that holds the name of the events that it counts."""
_NUMBER = rf"(?: \d{{1,3}}(?:,\d{{3}})+ | \d{{1,4}} | (?i: \b (?!no\b|none\b|zero\b) {COUNT_WORD} ) \b )"
_EVENTS = re.compile(r"(?:\s\([^()]{1,20}\))?[\s-](?:primary\s|end-?point\s)?events?\b(?!\s?(?:rate|-free|free|driven))")
EVENTS_BEFORE_NAME = Pattern(
    id="number-of-events-of-an-endpoint",
    regex=rf"""
        (?<![\w.,/<>=≥≤%-]) (?P<n> {_NUMBER} ) \s (?: (?!than\b|of\b|and\b|or\b|planned\b|required\b|expected\b) [a-z][a-z-]+ \s ){{0,3}} $
    """,
    examples={"We recorded 212 ": [{"n": "212"}], "After thirty investigator-assessed ": [{"n": "thirty"}]},
    counterexamples=("the 3-year ", "12 of the ", "the 260 required "),
)
NUMBER_OF_EVENTS = Pattern(
    id="number-of-events",
    regex=r"\b [Nn]umbers?\s of\s (?: [a-z-]+\s ){0,2} events? \b (?! \s? (?:rate|planned|required|needed) )",
    examples={"so the total number of events was 88": [{}], "numbers of recorded events were": [{}]},
    counterexamples=("number of adverse reactions", "number of events required"),
)
# A bare number that goes on counting: "230 in the A group", "(110 with A", "88 vs 93", "was 57.".
_COUNTS = re.compile(
    r"\s(?:(?:occurred|were|recorded|observed|reported|seen|events?)\s){0,2}(?:in|on|with|for|among|under|vs\.?|versus|compared|and|for)\b|\s?[,;.)\]]|$"
)
_NO_COUNT = re.compile(
    r"(?:[=<>≤≥±/-]|%\s?[(\[]|\b(?:planned|required|needed|expected|at|after|by|of|to|than|p|n|N|day|week|month|year|grade|stage|phase|table|figure))\s?$"
)


_PLANNED = re.compile(r"\b(?:planned|scheduled|required|requires|expected|would|will|anticipated|predicted|projected|calculated|assumed)\b")


_TO_VERB = 40


def counted_events(value: Value) -> CharSpan | None:
    """Where the events that a value counts are named; None where it counts none."""
    return next((span for name, span in value.parts if name == COUNTED_EVENTS), None)


def endpoint_of_events(read: ReadSentence, first: Value, before: Sequence[Mention]) -> tuple[Mention, str] | None:
    """The endpoint whose events are counted, however far before: "(HR 0.68) ..., with 30 events in the A arm"."""
    ours = [e for e in before if e.norm in TOLD_IN_EVENTS]
    if first.unit != "event" or not ours or len(ours) < len(before) or read.of(MentionKind.ADVERSE_EVENT):
        return None
    return ours[-1], "endpoint-of-events"


def names_events(text: str, endpoint: Mention) -> bool:
    """Whether it is the events of an endpoint that are told: "PFS events occurred in 60%"."""
    return endpoint.norm in TOLD_IN_EVENTS and _EVENTS.match(text, endpoint.span.end) is not None


def with_endpoint_events(read: ReadSentence, numbers: Numbers) -> Numbers:
    """The numbers of a sentence with its bare counts of an endpoint's events, and of the second arm's patients with a response, among the values."""
    found = [*_of_endpoints(read, numbers), *_of_second_arm(read, numbers)]
    found += [v for v in _of_responses(read, numbers) if not any(v.span.overlaps(other.span) for other in found)]
    if not found:
        return numbers
    spans = [v.span for v in found]
    kept = [v for v in numbers.values if not any(v.span.overlaps(s) for s in spans)]
    stray = tuple(s for s in numbers.stray if not any(s.overlaps(one) for one in spans))
    return replace(numbers, values=tuple(sorted((*kept, *found), key=lambda v: v.span)), stray=stray)


def _of_endpoints(read: ReadSentence, numbers: Numbers) -> Iterator[Value]:
    text, endpoints = read.sentence.text, read.of(MentionKind.ENDPOINT)
    anchors: list[CharSpan] = []
    for endpoint in endpoints:
        events = _EVENTS.match(text, endpoint.span.end) if endpoint.norm in TOLD_IN_EVENTS else None
        if events is None:
            continue
        anchor = CharSpan(endpoint.span.start, events.end())
        anchors.append(anchor)
        ahead = next(EVENTS_BEFORE_NAME.find(text[: endpoint.span.start]), None)
        if ahead is not None and _PLANNED.search(text[: anchor.end + _TO_VERB]) is None:
            span = CharSpan(*ahead.span("n"))
            yield _events(text, span, CharSpan(span.start, anchor.end), anchor)
    if any(e.norm in TOLD_IN_EVENTS for e in endpoints):
        anchors += [CharSpan(*m.span()) for m in NUMBER_OF_EVENTS.find(text)]
    for anchor in anchors:
        end = _end_of_clause(text, anchor, [*(e.span.start for e in endpoints), *(e.span.start for e in numbers.effects)])
        for span in numbers.stray:
            if anchor.end <= span.start < end and _goes_on_counting(text, span):
                yield _events(text, span, span, anchor)


def _end_of_clause(text: str, anchor: CharSpan, others: Sequence[int]) -> int:
    """Where what is told of an anchor ends: at the next endpoint or estimate, or with its clause."""
    stop = re.compile(r"[.;]\s").search(text, anchor.end)
    return min([stop.start() if stop else len(text), *(at for at in others if at >= anchor.end)])


def _goes_on_counting(text: str, span: CharSpan) -> bool:
    return (
        span.of(text).isdigit()
        and _PLANNED.search(text[: span.start]) is None
        and _COUNTS.match(text, span.end) is not None
        and _NO_COUNT.search(text[: span.start]) is None
    )


def _events(text: str, span: CharSpan, whole: CharSpan, anchor: CharSpan) -> Value:
    return Value(Kind.COUNT, span, whole, parse_number(span.of(text)), "event", parts=(("value", span), (COUNTED_EVENTS, anchor)))


_RESPONSES = frozenset({"CR", "PR", "SD", "PD", "PCR", "ORR", "CBR", "DCR"})
# "... in 5 patients with A and 3 with B", "three with A versus two with B": the number that follows, and the arm behind it.
_AND_SO_MANY = re.compile(
    rf"\s?(?:groups?|arms?|patients)?\s?,?\s?(?:and|vs\.?|versus|compared\s(?:with|to)|but|against|as\sagainst)\s(?:in\s|only\s){{0,2}}(?P<n>{_NUMBER})"
    r"\s(?:patients\s)?(?:in|on|with|for|from|given|receiving|treated\swith)\s(?:the\s|those\s|those\swith\s)?$",
    re.VERBOSE,
)


# "3 with B progressed": the count is of that.
DID_SOMETHING = re.compile(r"\s(?:had|have|were|was|died|withdrew|developed|experienced|underwent|received|[a-z]{3,}ed)\b")
"""What stands behind an arm whose patients did something else than what was counted before."""


def _of_second_arm(read: ReadSentence, numbers: Numbers) -> Iterator[Value]:
    """The count of responses that leaves out what it counts, behind one that does not and its arm."""
    text, arms = read.sentence.text, read.of(MentionKind.ARM)
    endpoints = _all_told(read)
    told = [e.span for e in (*endpoints, *read.of(MentionKind.ADVERSE_EVENT))]
    for one, other in pairwise(arms):
        match = _AND_SO_MANY.search(text[: other.span.start], one.span.end)
        if match is None or match.start() != one.span.end:
            continue
        before = [v for v in numbers.values if v.kind is Kind.COUNT and v.unit == "patient" and v.whole.end <= one.span.start]
        span = CharSpan(*match.span("n"))
        if not before or any(v.whole.overlaps(span) and v.unit for v in numbers.values):
            continue
        named = _response_of(endpoints, before[-1])
        did = DID_SOMETHING.match(text, other.span.end)
        if named is not None and did is None and not any(before[-1].whole.end <= t.start < span.start for t in told):
            yield Value(Kind.COUNT, span, span, parse_number(span.of(text)), "patient", parts=(("value", span),))


def _all_told(read: ReadSentence) -> list[Mention]:
    """The endpoints of a sentence, those that it tells without their name among them."""
    named = read.of(MentionKind.ENDPOINT)
    return sorted([*named, *spoken(read.sentence.text, named)], key=lambda e: e.span)


# "Disease was stable in 17 and had progressed in 14": patients, whose word is left out.
_IN_SO_MANY = re.compile(
    rf"""
    \s (?: as\s (?: the\s | their\s )? best\s response\s )? (?: (?: was | were | has\sbeen )\s )?
    (?: (?: seen | observed | noted | found | recorded | achieved | obtained | documented | reported | confirmed )\s )?
    in\s (?: only\s | another\s | a\sfurther\s )? (?P<n> {_NUMBER} )
    (?= \s? [.;)] | \s? $ | ,?\s and\s (?! \d | {COUNT_WORD}\b ) | ,\s (?! \d | {COUNT_WORD}\b ) )
    """,
    re.VERBOSE,
)


def _of_responses(read: ReadSentence, numbers: Numbers) -> Iterator[Value]:
    """The bare counts that the name of a response stands right before."""
    text = read.sentence.text
    for endpoint in _all_told(read):
        match = _IN_SO_MANY.match(text, endpoint.span.end) if endpoint.norm in _RESPONSES else None
        if match is None:
            continue
        span = CharSpan(*match.span("n"))
        if span in numbers.stray or not any(v.whole.overlaps(span) for v in numbers.values):
            yield Value(Kind.COUNT, span, span, parse_number(span.of(text)), "patient", parts=(("value", span),))


def _response_of(endpoints: Sequence[Mention], value: Value) -> Mention | None:
    """The response that a count is told of: the last endpoint before it; None where that is none."""
    before = [e for e in endpoints if e.span.end <= value.span.start or value.whole.covers(e.span)]
    return before[-1] if before and before[-1].norm in _RESPONSES else None
