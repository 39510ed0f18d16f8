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
from extractor.entities.population_lists import FIGURE, WHOLE_SET
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
_NTH = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|later)"
LINE = Pattern(
    id="a-line-of-treatment",
    regex=rf"""
        \b (?: (?:{PEOPLE}|those)\s (?:who\swere\s)? (?P<treated> treated\s (?:in|as)\s (?:the\s)? {_NTH}[\s-]line (?:\ssetting)? )
          | (?:in|as)\s (?:the\s)?
            (?P<setting> {_NTH}[\s-]line ) (?: \s (?:setting|patients|cohort|sub-?group|treatment) )? )
          (?: {_ENDS} | (?= \s (?:had|was|were|lived|survived)\b ) )
    """,
    examples={"34% of patients treated in the first line and in 11% in the second line.": [{}, {"setting": "second line"}]},
    counterexamples=("second-line docetaxel was given",),
    flags=re.VERBOSE | re.IGNORECASE,
)
HISTORY = Pattern(
    id="treated-before-or-not",
    regex=rf"""
        \b (?P<what> previously\s (?:un)?treated | (?:pre|un)-?treated | treatment-na[iï]ve | treatment-experienced
          | chemo(?:therapy)?-na[iï]ve )
        \s (?: (?!with\b)[a-z-]+\s )?? {PEOPLE} \b
    """,
    examples={"in previously untreated patients and in pretreated patients": [{"what": "previously untreated"}, {"what": "pretreated"}]},
    counterexamples=("patients previously treated with it",),
    flags=re.VERBOSE | re.IGNORECASE,
)
ALL_MEANT = Pattern(
    id="the-set-of-all",
    regex=r"""
        \b (?: intent(?:ion)?[\s-]to[\s-]treat | (?-i:m?ITT) | full[\s-]analysis ) (?: \s\([A-Za-z]+\) )?
        (?: \s (?: population | patients | set | analysis | cohort | group ) )? \b
    """,
    examples={"in the intention-to-treat population and": [{}]},
    counterexamples=("those we intend to treat",),
    flags=re.VERBOSE | re.IGNORECASE,
)
_ANOTHER_SET = re.compile(r"\b(?:per[\s-]protocol|PP\s(?:population|set|analysis)|as[\s-]treated|evaluable|modified)\b")
# What people were given, or whom they were put with: an arm. What was counted of them is an event.
_GIVEN = re.compile(
    r"\b(?:receiv\w+|given|assigned|allocated|randomi[sz]ed|arms?|groups?|treated\s(?:with|by)|taking|on|undergo\w+|underwent|placebo|control|in\sthe\s\w+\sarm"
    r"|died|events?|grade)\b",
    re.IGNORECASE,
)
# "treated in the second line": plain words all, but for the line.
_LINE = re.compile(r"\b(?:first|second|third|fourth|1st|2nd|3rd|later|earlier)[\s-]lines?\b", re.IGNORECASE)
_HEAD = re.compile(rf"^(?:{PEOPLE}|those)\s(?:with\s|who\s(?:were|had)\s|(?=\w))|\s(?:{PEOPLE}|ones)$", re.IGNORECASE)


def set_beside(text: str) -> Iterator[Mention]:
    """Groups that are read where another of their sort is told beside them: lines of treatment, those treated before, the set of all."""
    for pattern in (LINE, HISTORY):
        found = [(CharSpan(*m.span()), next(g for g in m.groups() if g).lower()) for m in pattern.find(text)]
        if len({re.sub(r"^treated\s(?:in|as)\s(?:the\s)?", "", norm) for _, norm in found}) > 1:
            yield from (Mention(MentionKind.POPULATION, span, norm, detail=pattern.id) for span, norm in found)
    if _ANOTHER_SET.search(text):
        yield from (Mention(MentionKind.POPULATION, CharSpan(*m.span()), m.group(), detail=WHOLE_SET) for m in ALL_MEANT.find(text))


def told_each(text: str) -> Iterator[Mention]:
    """The two groups of a folded text that have a value each right before them."""
    for match in EACH.find(text):
        said = {name: whole_phrase(_HEAD.sub("", ascii_operators(match.group(name)))) for name in ("one", "other")}
        if said["one"] == said["other"] or any(_GIVEN.search(s) or not (tells_people(s) or _LINE.search(s)) for s in said.values()):
            continue
        for name, norm in said.items():
            yield Mention(MentionKind.POPULATION, CharSpan(*match.span(name)), norm, detail=EACH.id)
