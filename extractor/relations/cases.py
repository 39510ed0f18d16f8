"""Case reports: where the course of a patient is told, and drugs that were given together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.document import CharSpan, SectionKind
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.quantities import Pattern
from extractor.relations.findings import ArmOf

OPENS = Pattern(
    id="a-case-opens",
    regex=r"""
        ^ \W* (?: (?: CASE | Case ) \s? (?: \d+ | (?i: report | presentation ) )? \s? :
          | (?: This\sis\s (?: a | the )\scase\sof\san? | An? | The ) \s \d{1,2} [\s-] years? [\s-] old \b )
    """,
    examples={
        "CASE 2: This is": [{}],
        "A 61-year-old man presented": [{}],
        "This is the case of a 61-year-old": [{}],
        "Case presentation: The": [{}],
    },
    counterexamples=("In case 2 the", "Patients aged 61 years", "The case of a man"),
)
TOGETHER = Pattern(
    id="given-together",
    regex=r"\b (?: and | plus | (?:combined|together|along)\swith | in\s(?:association|combination)\swith ) \b",
    examples={" at a dose of 900 mg and IV ": [{}], " in association with IV ": [{}]},
    counterexamples=(" followed by ", " with "),
)
NUMBERED = Pattern(
    id="one-of-several-cases",
    regex=r"""
        ^ \W* (?P<what> case | patient ) \s? (?: (?: report | presentation )\s? )? (?: no\.?\s? | number\s | \# )?
        (?P<which> \d{1,2} | [IVX]{1,4} | (?-i: [A-H] ) ) (?: \s? [:.-] | \s (?: was | is | a | this | the | presented )\b | \s? $ )
    """,
    examples={
        "CASE 2: This is": [{"what": "CASE", "which": "2"}],
        "Patient 3 was a 61-year-old": [{"what": "Patient", "which": "3"}],
        "Case Report II": [{"what": "Case", "which": "II"}],
    },
    counterexamples=("In case 2 the", "Patients 61 years old", "Case presentation"),
    flags=re.VERBOSE | re.IGNORECASE,
)
_APART = re.compile(r"\b(?:followed|then|after|before|until|switch\w*|progress\w*|later|because)\b|[.;]\s", re.IGNORECASE)


_UNHEADED = (SectionKind.INTRODUCTION, SectionKind.OTHER)
_NEXT = re.compile(
    r"\b(?:followed\sby|then|hence|therefore|subsequently|thus|switch\w*|(?:was|were)\s(?:\w+\s)?(?:started|initiated|given|treated|commenced|put|re-?treated))\b",
    re.IGNORECASE,
)


def treatment_at(text: str, place: int, course: Sequence[tuple[int, ArmOf]], now: ArmOf) -> ArmOf:
    """The treatment that something told at a place of a sentence follows: not one that the sentence says was given next."""
    if not any(at > place and _NEXT.search(text[place:at]) for at, _ in course):
        return now
    return [arm for at, arm in course if at <= place][-1]


def told_as_results(reads: Iterable[ReadSentence]) -> Iterator[tuple[ReadSentence, bool]]:
    """The sentences of a case report, those of a case told within the introduction as results; and whether a case opens with the sentence."""
    within: str | None = None
    for read in reads:
        section = read.sentence.section
        opens = OPENS.within(read.sentence.text) and section.kind in (*_UNHEADED, SectionKind.RESULTS)
        if opens:
            within = section.heading
        told = within is not None and section.heading == within and section.kind in _UNHEADED
        yield (replace(read, sentence=replace(read.sentence, section=replace(section, kind=SectionKind.RESULTS))) if told else read), opens


def case_of(read: ReadSentence) -> Mention | None:
    """The one of several cases that a sentence opens, or that its heading names, as the population of what is told from there on."""
    for text in (read.sentence.text, read.sentence.section.heading.strip(" :.").rpartition(".")[2]):
        match = NUMBERED.compiled.search(text)
        if match is not None:
            norm = f"{match.group('what').casefold()} {match.group('which')}"
            return Mention(MentionKind.POPULATION, CharSpan(0, 1), norm, detail="one-of-several-cases")
    return None


def are_several(reads: Iterable[ReadSentence]) -> bool:
    """Whether a case report tells more than one case by its number."""
    return len({one.norm for one in map(case_of, reads) if one is not None}) > 1


def given_together(between: str) -> bool:
    """Whether two drugs with these words between them were given together."""
    return TOGETHER.within(between) and _APART.search(between) is None
