"""The doses of a study in which one treatment was given in several: those who were given one of them are a part of its patients."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.document import CharSpan, SectionKind
from extractor.entities import Mention, MentionKind, ReadSentence

_UNIT = r"(?:[mµμn]?g(?:\s?/\s?(?:kg|m2)|\s(?:kg|m)-[12])?|mcg(?:/kg)?|Gy|[GM]Bq|M?IU|[µμn]M)"
_DOSE = rf"(?P<dose>(?P<number>\d+(?:[.,]\d+)?)[\s-]?(?P<unit>{_UNIT}))(?:\s?/\s?(?:day|d|week|wk))?(?![\w/])"
# Where patients were: "at 120 mg", "given 2 Gy"; and what they are called by: "the 4 mg/kg cohort", "12 mg kg-1 treated patients".
_LED = re.compile(
    rf"(?<![\w-])(?i:at|on|with|receiving|received|given|taking|treated\s(?:with|at)|assigned\sto)\s(?:the\s|a\sdose\sof\s|dose\slevel\s)?{_DOSE}"
)
_CALLED = re.compile(
    rf"(?<![\w.,/-]){_DOSE}(?:-treated|\streated|\s(?:once|twice)\sdaily|\s(?:daily|weekly|q\d\s?w))?[\s-](?:dose|cohorts?|groups?|patients|levels?)\b"
)
# "At the highest dose level, 4 of 6 patients had": told by its place among them.
_PLACED = re.compile(
    r"\b(?:at|in)\sthe\s(?P<dose>(?:two\s|three\s)?(?:highest|lowest|top|lower|higher|first|second|third|fourth|fifth|last)\s(?:dos(?:e|ing|age)\s)?"
    r"(?:levels?|groups?|cohorts?)|(?:highest|lowest)\sdoses?)\b(?!\s(?:of|that|planned|tested))",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"\b(?:reduc\w+|increas\w+|escalat\w+|lower\w*|rais\w+|then|thereafter|initial\w*|from|interrupt\w+|modif\w+)\b", re.IGNORECASE)
_SEVERAL = re.compile(
    rf"(?:\d+(?:\.\d+)?(?:\s?{_UNIT})?(?:,\s(?:and\s|or\s)?|\s(?:and|or|to)\s|/))+\d+(?:\.\d+)?\s?{_UNIT}"
    r"|\bdose[\s-](?:escalat\w+|finding|ranging|expansion)\b|\bescalating\sdoses\b",
    re.IGNORECASE,
)


def in_several_doses(sentences: Iterable[ReadSentence]) -> bool:
    """Whether a paper says in title, abstract or methods that its treatment was given in several doses."""
    told = (SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS)
    return any(_SEVERAL.search(r.sentence.text) for r in sentences if r.sentence.section.kind in told)


def of_doses(text: str) -> Iterator[Mention]:
    """The patients that a sentence tells apart by their dose; none where it tells how doses were changed."""
    if _CHANGED.search(text):
        return
    found = {match.span("dose"): match for pattern in (_LED, _CALLED) for match in pattern.finditer(text)}
    for match in _PLACED.finditer(text):
        yield Mention(MentionKind.POPULATION, CharSpan(*match.span("dose")), match.group("dose").lower(), detail="dose-level")
    for span, match in sorted(found.items()):
        per = re.sub(r"\s(?:(kg)-1|(m)-2)$", lambda m: "/kg" if m.group(1) else "/m2", match.group("unit"))
        yield Mention(MentionKind.POPULATION, CharSpan(*span), f"{match.group('number')} {re.sub(' */ *', '/', per)}", detail="dose-level")
