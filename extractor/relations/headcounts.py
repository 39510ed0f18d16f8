"""Bare counts of patients beside what became of them: "rash in 4", "rash (n = 4)", "one had rash", "of whom two died"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.document import CharSpan
from extractor.entities import MentionKind, ReadSentence
from extractor.quantities import COUNT_WORD, Pattern, parse_number
from extractor.relations.patterns import GRADE, NO_VALUE
from extractor.relations.values import Kind, Value

_NUMBER = rf"(?: \d{{1,3}} | (?i: (?!no\b|none\b|zero\b) {COUNT_WORD} ) \b )"
_PEOPLE = r"(?: patients? | women | woman | men | man | subjects? | participants? | individuals? | children | child | cases? )"
IN_SO_MANY = Pattern(
    id="event-in-so-many",
    regex=rf"""
        ^ (?: \s? (?: \( [A-Z][\w-]{{1,9}} \) | (?:of\s)? [Gg]rades?\s [\dIV][\d\sIV/,-]* (?:or\s\w+)? ) )?
        (?: ,? \s (?: occurred | developed | arose | appeared | ensued
              | (?: (?:was|were|has\sbeen|have\sbeen|being)\s )? (?: seen | observed | reported | noted | recorded | found
                  | diagnosed | documented | present ) ) )?
        ,? \s in \s (?: only\s | just\s | another\s | a\sfurther\s )?
        (?P<n> {_NUMBER} )
        (?! [\d.,]*\d | \s? (?:%|percent|per\scent) | \s? / | \s(?:out\s)?of\s (?:the\s)? (?:\d|{COUNT_WORD}\b) | \s? [-] )
        (?: (?P<people> \s (?: (?!of\b)[A-Za-z][\w+-]*\s ){{0,2}}? {_PEOPLE} \b (?! \s (?:each|with|who\s(?:were|had\sbeen|received)) ) )
          | (?= \s? (?: [,;.)] | (?:and|or|but)\s ) | $ ) )
        (?! \s? [(\[] \s? [\d.]+ \s? [%)] )
    """,
    examples={
        " in 17.": [{"n": "17"}],
        " (DVT) occurred in four patients": [{"n": "four", "people": " patients"}],
        " of grade 3 in 2, and": [{"n": "2"}],
    },
    counterexamples=(" in 17%", " in 3 of 40", " in 3 trials", " in 4 (10%)", " in no patient"),
)
IN_BRACKET = Pattern(
    id="event-with-its-number",
    regex=rf"^ ,? \s? [(\[]? \s? [nN] \s? = \s? (?P<n> \d{{1,3}} ) (?: \s {_PEOPLE} )? \s? (?= [;,)\]] )",
    examples={" (n = 4)": [{"n": "4"}], " [n=12; p": [{"n": "12"}], ", n = 5; rash": [{"n": "5"}]},
    counterexamples=(" (4)", " in n = 4", " (n = 4/12)"),
)
_ONE_OF_LIST = re.compile(
    r"\b(?:cohorts?|arms?|groups?|grades?|levels?|cycles?|phases?|stages?|days?|weeks?|months?|courses?)\s\S{1,4},?\s(?:and|or)\s$", re.IGNORECASE
)
WHO_DID = Pattern(
    id="so-many-had",
    regex=rf"""
        (?: ^ | [,;:(] \s? (?: (?: and | but | while | whereas | with )\s )? | \b (?: and | but | while | whereas | whom )\s | \bwho[,]?\s | - \s )
        (?: (?: only | another | a\sfurther | of\swhom | of\swhich | of\sthem | of\sthese | additionally | also ),?\s )?
        (?P<n> {_NUMBER} ) \s
        (?: (?: of\s (?:whom|them|these|those|which) (?: \s(?:additional\s)? {_PEOPLE} )?
              | others? | further | more | additional | in\s\w+
              | (?: (?!of\b|and\b|to\b|with\b|in\b) [\w+-]+ \s ){{0,3}} {_PEOPLE} )\s ){{0,2}}
        (?: (?: had | have | has )\s (?: since\s | already\s | also\s )? )? (?: also\s | later\s | subsequently\s | eventually\s )?
        (?P<did> had | experienced | developed | suffered | sustained | died | discontinued | stopped | withdrew | refused | succumbed | complained
          | (?: came | went )\soff )
        \b
    """,
    examples={
        "At level 2, one had fever": [{"n": "one", "did": "had"}],
        "four patients, two of whom stopped because": [{"n": "two", "did": "stopped"}],
        "rash and three died": [{"n": "three", "did": "died"}],
        "; 5 stage III patients had died": [{"n": "5", "did": "died"}],
    },
    counterexamples=("cohort 2 had fever", "12% died", "3.4 had", "patients had"),
)
STOPPED_IN = Pattern(
    id="treatment-stopped-in-so-many",
    regex=rf"""
        \b (?: stopped | discontinued | withdrawn | abandoned | given\sup | terminated | reduced )\s in\s (?: only\s )?
        (?P<n> {_NUMBER} ) (?! [\d.,]*\d | \s? (?:%|percent|/|-) | \s(?:out\s)?of\b | \s? [(\[] )
        (?: \s {_PEOPLE} \b (?! \s? [(\[] ) | (?= \s? (?: [,;.)] | and\s | on\saccount | because | due\sto | for\s | owing ) | $ ) )
    """,
    examples={"was given up in one child because": [{"n": "one"}], "were reduced in 11.": [{"n": "11"}]},
    counterexamples=("stopped in 12%", "reduced in 3 of 40", "stopped in 2 weeks", "reduced in 13 (31%)", "stopped in 4 patients (8%)"),
)
# Those whom an event brings in are the patients that are told of, not what became of them: "patients with leakage (n = 4)".
_THOSE_WITH = re.compile(rf"\b{_PEOPLE}\s(?:with|without|who\shad|having)\s(?:[\w-]+\s){{0,2}}$", re.IGNORECASE | re.VERBOSE)


def headcounts(read: ReadSentence) -> Iterator[Value]:
    """The bare counts of a sentence that stand beside an adverse event, or are the subject of what patients did or had."""
    text, events = read.sentence.text, read.of(MentionKind.ADVERSE_EVENT)
    busy = [CharSpan(*m.span()) for pattern in (NO_VALUE, GRADE) for m in pattern.find(text)]
    spans = []
    for event in events:
        for pattern in (IN_SO_MANY, IN_BRACKET):
            match = next(iter(pattern.find(text[event.span.end :])), None)
            if match is not None and not _THOSE_WITH.search(text[: event.span.start]):
                spans.append((CharSpan(*match.span("n")).shifted(event.span.end), event.span.end + match.end()))
    for match in WHO_DID.find(text):
        told = match.group("did") != "had" or any(0 <= e.span.start - match.end() < _TO_EVENT for e in events)
        if told and not _ONE_OF_LIST.search(text[: match.start("n")]):
            spans.append((CharSpan(*match.span("n")), match.end("n")))
    spans += [(CharSpan(*m.span("n")), m.end()) for m in STOPPED_IN.find(text)]
    for span, end in spans:
        if not any(span.overlaps(b) for b in busy):
            yield Value(Kind.COUNT, span, CharSpan(span.start, end), parse_number(span.of(text)), "patient", parts=(("value", span),))


_TO_EVENT = 30
