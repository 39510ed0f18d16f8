"""Groups that have a value each, whatever they are called: "34% in patients from towns and 11% in those from villages".

Behind each of two values of one sort stand people, and more than the word for people: what tells the ones from the others. Nothing is read that says
what people were given: they are an arm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.document import CharSpan
from extractor.entities.mention import Mention, MentionKind
from extractor.entities.population_ends import ON, tells_people, whole_phrase
from extractor.entities.population_lists import FIGURE
from extractor.entities.population_words import PEOPLE, ascii_operators
from extractor.quantities import Pattern

_IN = r"(?:in|for|among|of)\s(?!(?:all|both|each|either|these|every|any)\b)(?:the\s)?"
_ENDS = r"(?= \s? [,;:.()\[] | \s (?: and | versus | vs | but | compared | while | whereas | respectively )\b | \s? $ )"
_IS = r"(?:(?!(?:the|with|without|and|or|who|whose|than|versus|vs|to|in|of|for|was|were|had)\b)[A-Za-z][\w/+-]*\s)"
_GROUP = rf"(?: {_IS}{{1,3}} (?:{PEOPLE}|ones) | (?:{PEOPLE}|those)\s {ON}{{4,60}}? )"
_AND = (
    r"(?: \s? [(\[][^()\[\]]*[)\]] )? ,? \s (?: and | versus | vs\.? | but | while | whereas | compared\s(?:with|to) )\s"
    r"(?: (?: it\swas | was | only | just )\s ){0,2}"
)
EACH = Pattern(
    id="people-with-a-value-each",
    regex=rf"(?<![\w.<>≤≥-]) {FIGURE} ,? \s {_IN} (?P<one> {_GROUP} ) {_ENDS} {_AND} {FIGURE} ,? \s {_IN} (?P<other> {_GROUP} ) {_ENDS}",
    examples={"34% in patients from towns and 11% in those from villages.": [{"one": "patients from towns", "other": "those from villages"}]},
    counterexamples=("34% in patients and 11% in women.", "34% in both arms and 11% in the others"),
    flags=re.VERBOSE | re.IGNORECASE,
)
# What people were given, or whom they were put with: an arm. What was counted of them is an event.
_GIVEN = re.compile(
    r"\b(?:receiv\w+|given|assigned|allocated|randomi[sz]ed|arms?|groups?|treated\s(?:with|by)|taking|on|undergo\w+|underwent|placebo|control|in\sthe\s\w+\sarm"
    r"|died|events?|grade)\b",
    re.IGNORECASE,
)
# "treated in the second line": plain words all, but for the line.
_LINE = re.compile(r"\b(?:first|second|third|fourth|1st|2nd|3rd|later|earlier)[\s-]lines?\b", re.IGNORECASE)
_HEAD = re.compile(rf"^(?:{PEOPLE}|those)\s(?:with\s|who\s(?:were|had)\s|(?=\w))|\s(?:{PEOPLE}|ones)$", re.IGNORECASE)


def told_each(text: str) -> Iterator[Mention]:
    """The two groups of a folded text that have a value each right before them."""
    for match in EACH.find(text):
        said = {name: whole_phrase(_HEAD.sub("", ascii_operators(match.group(name)))) for name in ("one", "other")}
        if said["one"] == said["other"] or any(_GIVEN.search(s) or not (tells_people(s) or _LINE.search(s)) for s in said.values()):
            continue
        for name, norm in said.items():
            yield Mention(MentionKind.POPULATION, CharSpan(*match.span(name)), norm, detail=EACH.id)
