"""Phases of treatment: what sets the events of a while apart from those of another, in a label or a caption."""

from __future__ import annotations

import re

_NUMBER = r"(?:\d{1,2}|I{1,3}V?|IV|V)"
_SPAN = rf"""
    {_NUMBER} (?: \s?(?:-|to|and|or|,|/|&)\s?{_NUMBER} )*
    (?: \s(?:and|or)\s(?:later|above|beyond|more|subsequent|further|following)(?:\s(?:cycles|courses))? | \s?\+ )?
"""
_ORDINAL = r"""
    (?: first|second|third|fourth|fifth|sixth | \d{1,2}(?:st|nd|rd|th) | initial|final|last | subsequent|later|further|following|remaining
      | all\sother )
"""
_OF_TREATMENT = r"(?: (?:treatment|chemotherapy|therapy) \s )?"
_COUNTED = rf"""
    (?: {_OF_TREATMENT} (?:cycles?|courses?|blocks?|phases?|periods?|segments?) \s (?:no\.?\s|\#\s?)? {_SPAN}
      | {_ORDINAL} \s (?:\d\s|two\s|three\s|four\s|six\s)? {_OF_TREATMENT} (?:cycles?|courses?|blocks?|phases?|periods?) )
"""
# What a phase is called by where its noun stands with it, and the nouns.
_KIND = r"""
    (?: (?:pre|post|peri|neo)-?\s?(?:operative(?:ly)?|surgical|adjuvant|transplant(?:ation)?|induction|treatment) | adjuvant | (?:re-?)?induction
      | consolidation | maintenance | concurrent | concomitant | sequential | intensification | radiation | double-blind | blinded
      | placebo-controlled | open-label | randomi[sz]ed | extension | run-in | lead-in | loading | escalation | expansion
      | dose-(?:escalation|finding|expansion)
      | titration | on-treatment | off-treatment | follow-up | cross-?over | continuation | remission | mobili[sz]ation | conditioning )
"""
_NOUN = r"""
    (?: chemotherapy | radiotherapy | chemo-?\s?radiotherapy | radio-?\s?chemotherapy | chemo-?\s?radiation(?:\stherapy)? | radiation(?:\stherapy)?
      | irradiation | immunotherapy | therapy | treatments? | phases? | periods? | parts? | cycles? | courses? | CRT | CT | RT | CCRT )
"""
_PLAIN = r"(?: induction | consolidation | maintenance | intensification | re-?induction | run-in | lead-in | cross-?over | follow-up )"
_ACT = rf"(?: {_NOUN} | surgery | (?:stem[\s-]cell\s)? transplant(?:ation)? | resection | {_PLAIN} (?! \s {_NOUN} ) )"
_WHILE = r"(?: during | after | before | following | until | throughout | within )"
_SAID = r"""
    (?: (?: acute | late | adverse | toxic | side | grade | serious | common | reported | occurring | related | observed )\s )*
    (?: toxicit(?:y|ies) | tolerance | tolerability | events? | effects? | safety | complications? | morbidity ) \s
    (?: (?:of|to|with|in|from|due\sto)\s )?
"""
_NAME = rf"""
    {_COUNTED}
  | {_KIND} (?: \s?(?:-|/|\+|and|plus)\s?{_KIND} )? \s {_NOUN}
  | {_WHILE} (?: \s?(?:and|or|/)\s?{_WHILE} )? \s (?:the\s)? (?:[\w-]+\s){{0,3}}? (?: {_COUNTED} | {_ACT} ) (?: \s (?:and|or|plus) \s {_ACT} )?
"""
_LABEL = re.compile(
    rf"""
    (?:{_SAID})? (?:(?:of|to|with|in)\s)? (?:the\s)?
    (?P<phase> {_NAME} | (?:pre|post|peri|intra)-?\s?operative(?:ly)? | {_PLAIN} ) (?:\s(?:toxicit(?:y|ies)|events))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_IN_CAPTION = re.compile(rf"(?<![\w-]) (?P<phase> {_NAME} ) (?![\w-]|\s(?:stud(?:y|ies)|trials?)\b)", re.IGNORECASE | re.VERBOSE)
_OTHER_KIND = re.compile(rf"(?<![\w-])(?:{_KIND})(?![\w-])", re.IGNORECASE | re.VERBOSE)
# While all were treated, by words that say no more than that they were.
_OF_ALL = re.compile(
    r"(?:during|throughout|within|after|following)\s(?:the\s)?(?:(?:whole|entire|study|protocol|all|overall|assigned|randomi[sz]ed|drug|on|course\sof|core|main|primary|active"
    r"|observation|(?:post|on)-?\s?treatment|\d+[\s-](?:day|week|month|year)s?)\s)*"
    r"(?:treatments?|therapy|periods?|follow-up|phases?|chemotherapy|radiotherapy)(?:\s(?:phase|period))?|randomi[sz]ed\s(?:treatment|therapy|phase|period)|follow-up\speriods?"
    r"|treatment\s(?:phase|period)s?",
    re.IGNORECASE,
)


def phase_of(label: str) -> tuple[int, int] | None:
    """Where a label names a phase, and nothing else: "Course 1", "Toxicity during induction", "Preoperative chemotherapy"; None where it does not."""
    match = _LABEL.fullmatch(label.strip(" ,:;-"))
    if match is None:
        return None
    at = label.find(match.group("phase"))
    return at, at + len(match.group("phase"))


def phase_in(caption: str) -> tuple[int, int] | None:
    """Where a caption names one phase among others; None where it names none, or several, or the treatment as a whole."""
    found = [m for m in _IN_CAPTION.finditer(caption) if not _OF_ALL.fullmatch(m.group("phase"))]
    if len(found) != 1:
        return None
    start, end = found[0].span("phase")
    return None if _OTHER_KIND.search(caption[:start]) or _OTHER_KIND.search(caption[end:]) else (start, end)
