"""Sentences that tell no result, and why: methods, plans, eligibility, epidemiology, patients' characteristics, tables without cells."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.document import SectionKind
from extractor.relations.abstracts import part_told
from extractor.relations.patterns import PLANNED
from extractor.relations.reading import Reading
from extractor.relations.spoken import UNLISTED
from extractor.relations.units import AVERAGE
from extractor.relations.values import Kind

# Who was let into the study, and how the arms were balanced; with an estimate, or a median, beside it the sentence tells a result all the same.
_ENTRY = re.compile(
    r"\b(?:eligib\w+|(?:in|non-?)eligib\w+|inclusion\scriteria|exclusion\scriteria|were\sexcluded|stratified\s(?:by|based|according))\b",
    re.IGNORECASE,
)
_TELLS = re.compile(r"\b(?:median|mean)\s(?:\w+\s){0,3}(?:survival|OS|PFS|DFS|TTP|time\sto)\b|\bdied\b|\bin\s(?:all\s)?eligible\spatients\b")
_BASELINE_HEADING = re.compile(
    r"""
    (?: patient | baseline | demographic | population | participant | clinical )s?\s (?:and\s\w+\s)? characteristics
  | ^ \W* (?:[\d.]+\s)? (?:study\s)?
    (?: patients | population | participants | subjects | demographics | patient\sflow | enrol\w+ | accrual )
    \W* $
    """,
    re.IGNORECASE | re.VERBOSE,
)


_CHARACTERISTICS = re.compile(
    r"\b(?:patients?|baseline|clinical|tumou?r|demographic)\s(?:\w+\s)?characteristics\b|\bat\sbaseline\b|\bwell[\s-]balanced\b", re.IGNORECASE
)


def refused(reading: Reading) -> str | None:
    """Why a sentence is not read for results, None if it is."""
    sentence = reading.read.sentence
    if part_told(sentence.section) is SectionKind.METHODS and not _tells_follow_up(reading) and not any(e.p for e in reading.numbers.effects):
        return "methods: no result"
    if PLANNED.search(sentence.text) or (_ENTRY.search(sentence.text) and not (reading.numbers.effects or _TELLS.search(sentence.text))):
        return "planned figure, threshold or definition"
    if _EPIDEMIOLOGY.search(sentence.text):
        return "epidemiology"
    if _HYPOTHETICAL.search(sentence.text) or _only_defines(sentence.text):
        return "planned figure, threshold or definition"
    if not reading.endpoints and _CAME_WITH.search(sentence.text) and not _HAPPENED_SINCE.search(sentence.text):
        return "baseline characteristics"
    if sentence.section.kind is SectionKind.TABLE or is_lost_table(sentence.text):
        return "a table that lost its cells"
    if (
        _CHARACTERISTICS.search(sentence.text)
        and not any(e.norm not in ("AE", "AFP", "TUMOR_SIZE") for e in reading.endpoints)
        and not _HAPPENED_SINCE.search(sentence.text)
    ):
        return "baseline characteristics"
    if _BASELINE_HEADING.search(sentence.section.heading) and not reading.context.paper.is_case and not _tells_outcome(reading):
        return "baseline characteristics"
    return None


# "Of those with renal impairment at baseline, 24% experienced bleeding": baseline says who they are.
_HAPPENED_SINCE = re.compile(r"\b(?:experienc\w+|occurr\w+|develop(?:ed|ing)|suffered)\b")
# What patients brought with them: told in a sentence of events that names no outcome beside.
_CAME_WITH = re.compile(
    r"""
    \b (?: co-?morbid\w* | medical\shistory
      | (?<!with\s)(?:underlying|concomitant|coexisting|associated)\s(?:diseases?|conditions?|illness\w*|disorders?)
      | (?: at | on | upon | before )\s (?: the\s (?: time | moment )\s of\s )? (?: the\s )? (?: study\s | trial\s | hospital\s | ICU\s )?
        (?: entry | enrol?lment | inclusion | admission | recruitment ) ) \b
      | ^ \W* (?: before | prior\sto )\s (?: the\s )? (?: (?: start | initiation | beginning | onset )\sof\s )? (?: the\s | study\s )?
        [\w-]+ (?: \s [\w-]+ )? , \s
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TO_FOLLOW = re.compile(r"\b(?:minimum|at\sleast|planned|will|should|would|every|expected|anticipated|estimated\sto)\b", re.IGNORECASE)


def _tells_follow_up(reading: Reading) -> bool:
    """Whether a sentence of the Methods tells for how long patients were followed: "They were followed for a median of 4 years"."""
    text = reading.text
    named = any(e.norm == "FOLLOW_UP" for e in reading.endpoints)
    return named and bool(AVERAGE.search(text)) and not _TO_FOLLOW.search(text)


def keep_follow_up(reading: Reading) -> None:
    """Leave of a sentence of the Methods that tells of follow-up nothing but this."""
    if part_told(reading.read.sentence.section) is not SectionKind.METHODS or not _tells_follow_up(reading):
        return
    reading.endpoints = [e for e in reading.endpoints if e.norm == "FOLLOW_UP"]
    reading.events = []
    told = tuple(v for v in reading.numbers.values if v.kind is Kind.TIME)
    reading.numbers = replace(reading.numbers, values=told, effects=(), p_values=())


_OF_OUTCOME = frozenset({"OS", "PFS", "DFS", "RFS", "EFS", "CSS", "TTP", "FOLLOW_UP", "DEATH", "TREATMENT_DEATH"})


def _tells_outcome(reading: Reading) -> bool:
    """Whether a sentence under a heading of patients' characteristics tells an outcome all the same: a survival, deaths, a median follow-up."""
    return any(e.norm in _OF_OUTCOME and e.detail != UNLISTED for e in reading.endpoints)


# What would be, if: "if these rates held for all, 900 women would die", "20 would have to be treated to spare one".
_HYPOTHETICAL = re.compile(
    r"^\W*If\b[^.;]*\bwould\b|\bwould\s(?:\w+ly\s)?(?:have\sto|need|require|experience|be\s(?:needed|required|necessary|of\sinterest|less\sthan|one))\b"
)
# "Primary end point: survival to one month", "The secondary outcome was relapse within 2 years".
_DEFINES = re.compile(
    r"\W*(?:The\s)?(?:(?:co-)?primary|main|key\ssecondary|secondary|tertiary|exploratory)\s(?:efficacy\s|safety\s|study\s)?(?:end-?\s?points?|outcomes?)"
    r"(?:\s(?:measures?|variables?))?(?:\s(?:of|in)\s(?:the|this|our)\s(?:study|trial))?\s?(?::|(?:was|were|is|are|included?|comprised)\b)",
    re.IGNORECASE,
)
_GIVES_FIGURE = re.compile(
    r"\d\s?%|\d\s?percent|\bp\s?[=<>]|\bHR\b|[(\[]\d|\b(?:was|were|which)\s(?:\w+\s){0,3}\d|\bvs\b|\bversus\b|\bmedian\b[^.]*\d", re.IGNORECASE
)


# "The primary end point was survival: 12.1 months with A"
_TOLD_BEHIND_COLON = re.compile(r":\s(?:an?\s)?(?:median\s|mean\s)?(?:of\s)?\d[\d.]*\s(?:months?|years?|weeks?|days?)\b")


def _only_defines(text: str) -> bool:
    """Whether a sentence says what an end point is, and gives no figure of it."""
    defines = _DEFINES.match(text)
    return defines is not None and not _GIVES_FIGURE.search(text) and not _TOLD_BEHIND_COLON.search(text, defines.end())


_EPIDEMIOLOGY = re.compile(
    r"""
    \b (?: worldwide | globally | new\scases
      | (?: cases | deaths | people | diagnos\w+ | incidence | mortality ) \b [^;.]{0,60} \b (?: annually | (?:per|each|every|a)\syear )
      | (?: annually | (?:per|each|every)\syear ) \b [^;.]{0,60} \b (?: cases | deaths | people | diagnos\w+ | incidence )
      | age-standardi[sz]ed | in\sthe\sgeneral\spopulation
      | relative\ssurvival\srates? | cancer\sstatistics
      | (?:leading|most\scommon|second|third|frequent)\s(?:\w+\s){0,3}cause\sof\s(?:\w+-?\s?){0,2}deaths?
        (?! \s(?:was|were|in\s(?:our|this|these|both))\b )
      | population\s (?: is\s | are\s )? (?: affected | suffer\w* )
      | affect(?:s|ing)\s (?: [a-z]+\s ){0,2} [<>~]?\s? [\d.]+ (?: \s?[-–]\s?[\d.]+ )? \s? (?: % | percent ) \s? of\s
        (?: the\s | all\s )? (?: [\w-]+ \s ){0,2} (?: population | people | adults | children | women | men | individuals | persons )
      | (?<!cumulative\s)incidence\s(?:of|rate)s?\s(?:\w+\s){0,4}(?:cancer|carcinoma|lymphoma|melanoma) ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TABLE_TOKEN = re.compile(r"\S+")
_FEWEST_CELLS = 14
_MOST_WORDS = 2.2
"""A table that was run together into a line has few words to a number; the densest result sentences have about three."""


# "Fever 12 (8.1%) 15 (9.9%)": two cells of one row, with nothing between them.
_CELLS_SIDE_BY_SIDE = re.compile(r"(?<![\w.])\d+\s?\(\s?\d+(?:\.\d+)?\s?%?\s?\)\s+\d+\s?\(\s?\d+(?:\.\d+)?\s?%?\s?\)")


def is_lost_table(text: str) -> bool:
    """Whether a "sentence" is the cells of a table run together: whose number is whose went with the columns.

    >>> is_lost_table("Toxicity A B Nausea 4 (8) 5 (10) Rash 3 (6) 2 (4) Fever 1 (2) 9 (18) Pain 2 (4) 4 (8) Cough 3 (6) 1 (2)")
    True
    >>> is_lost_table("Adverse event, n (%) Any 44 (88.2) 21 (42.8) Serious 14 (28.2)")
    True
    >>> is_lost_table("Median OS was 10.6 vs 7.8 months (HR 0.61, 95% CI 0.50-0.75).")
    False
    """
    tokens = _TABLE_TOKEN.findall(text)
    numbers = sum(any(c.isdigit() for c in t) for t in tokens)
    words = sum(t[:1].isalpha() for t in tokens)
    if _CELLS_SIDE_BY_SIDE.search(text):
        return True
    return numbers >= _FEWEST_CELLS and words <= _MOST_WORDS * numbers and len(re.findall(r"\d\s?\(\s?\d|\d%?\)\s?\d", text)) >= _FEWEST_CELLS // 2
