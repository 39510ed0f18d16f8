"""Whether an adverse event that is named happened to patients under a treatment.

The same words name what patients had before ("a history of stroke"), what they were treated for or spared ("pain relief", "seizure-free"), what was
asked of them ("if side effects occur") and how common a disease is: no number beside them is a rate of an adverse event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import CharSpan
from extractor.relations.findings import Finding, Leftover, MeasurementFinding
from extractor.relations.values import Value

# Right before the event: what patients came with, were treated for, were kept from, or what was only feared.
_NOT_NEW = re.compile(
    r"""
    \b (?:
        (?: histor(?:y|ies) | reliefs? | absence | freedom | resolution | prevention | prophylaxis | management | avoidance | likelihood | fear
          | improvements? )\s (?: of | from | for | against )
      | free\s (?: of | from ) | reliev(?: ed | ing )\s (?: of | from ) | recover(?: y | ed )\s from
      | (?: relieved? | relieves | relieving | prevent(?: ed | s | ing )? | alleviat(?: e[sd]? | ing ) | avoid(?: ed | s | ing )? | combat
          | improv(?: e[sd]? | ing ) )
    )
    \s (?: (?! and\b | or\b | but\b | with\b | of\b | in\b | had\b | who\b ) [\w-]+ \s ){0,2} $
  | \b (?: previous | prior | pre-?existing | underlying | co-?morbid | antecedent )\s
    (?: [a-z-]+ (?: al | ic | ous | ar | ory | ary | ive )\s | (?: episodes? | attacks? )\sof\s )? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "if severe side effects occur", "in case of vomiting"
_CONDITION = re.compile(r"\b(?:if|whether|unless|until|in\s(?:the\s)?(?:case|event)\sof|in\scase)\s(?:(?!and\b|or\b)[\w-]+\s){0,4}$", re.IGNORECASE)
# Right behind it: those who have it, what measures it, and what is done about it.
_OF_ANOTHER_NOUN = re.compile(
    r"""
    [-\s]free\b
  | \s (?: (?: severity | intensity | symptom | disability | impact | frequency )\s )?
    (?: scores? | (?:sub)?scales? | questionnaires? | ind(?:ex|ices) | inventor(?:y|ies) | thresholds? | ratings? | relief | reliev\w+
      | control (?! \s (?:arm|group) ) | prevention | prophylaxis | management | care | clinics? | units? | packs? | programs? | programmes?
      | strateg(?:y|ies) | goals? | targets? | reductions? | improvements? | resolution | knowledge | awareness | education | history | status
      | assessments?
      | (?: sufferers | patients | participants | population ) (?! \s? [(\[] )
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_new(text: str, event: CharSpan) -> bool:
    """Whether a name of an event may tell what happened: not what patients had before or were spared, nor what something else is called by.

    >>> text = "Twelve had a history of stroke and nine had stroke."
    >>> is_new(text, CharSpan(24, 30)), is_new(text, CharSpan(44, 50))
    (False, True)
    """
    before = text[: event.start]
    return not (_NOT_NEW.search(before) or _CONDITION.search(before) or _OF_ANOTHER_NOUN.match(text, event.end))


_NONE = re.compile(r"\b(?:no|without|never)\s(?:(?!differences?\b|in\b|of\b|between\b|than\b|with\b|increases?\b)[\w-]+\s){0,2}$", re.IGNORECASE)
_SET_AGAINST = re.compile(r"\b(?:but|whereas|while|compared|versus|vs|than|against|and|or|had|with(?=\s\d))\b|[;,]|\d")
# What may stand between how far something fell and the word for it: "a 10% total body weight loss".
_DEGREE = re.compile(
    r"(?:loss|gain|reduction|decrease|decline|increase|drop|rise)s?$|^(?:decrease|increase|reduction|loss|drop|fall|rise)\b", re.IGNORECASE
)
_TO_DEGREE = re.compile(r"\s?(?:or\s(?:more|greater|higher|over)\s)?(?:(?:of|in|total|initial|baseline|mean|significant|the|their|body)\s){0,3}")
_SO_MUCH = re.compile(
    r"\b(?:an?|the|mean|average|least|than|over|approximately|about|achiev\w+|lost|losing|further|additional|exceeding|between)\s(?:[<>≥≤~]\s?)?$",
    re.IGNORECASE,
)
_AS_A_RATE = re.compile(r"\b(?:incidences?|rates?|frequenc(?:y|ies)|prevalence|in|had|experienced|developed|reported)\b[^.;,]{0,40}$", re.IGNORECASE)
_EXTENT = re.compile(
    r"\s(?:of|between|by|exceeding|greater\sthan|more\sthan|at\sleast|≥|>)\s(?:(?:at\sleast|more\sthan|over|≥|>|about)\s?)?[<>≥≤~]?\s?$"
)


def why_no_rate(text: str, event: CharSpan, value: Value) -> str | None:
    """Why a number beside an event is no rate of it: those who had none, or how far something fell; None where it may be one."""
    behind = event.start >= value.whole.end
    if value.value != 0 and _NONE.search(text[: event.start]):
        between = text[value.whole.end : event.start] if behind else text[event.end : value.whole.start]
        if not _SET_AGAINST.search(_NONE.sub("", between) if behind else between):
            return "those in whom an event did not occur"
    if _DEGREE.search(event.of(text)) and value.unit == "percent":
        head = text[: value.span.start]
        near = _TO_DEGREE.fullmatch(text, value.whole.end, event.start) if behind else None
        if near is not None and (value.op is not None or near.group().lstrip().startswith("or ") or _SO_MUCH.search(head)):
            return "how far something fell or rose"
        if not behind and _EXTENT.fullmatch(text, event.end, value.span.start) and not _AS_A_RATE.search(text[: event.start]):
            return "how far something fell or rose"
    return None


def of_treatments(findings: Sequence[Finding], *, called_adverse: bool) -> tuple[list[Finding], list[Leftover]]:
    """The findings of a sentence without events and deaths of other studies that no treatment is told of: these are how common a disease is.

    Where it calls them adverse events, or tells of a trial, it means those of some treatment.
    """
    background = [f for f in findings if isinstance(f, MeasurementFinding) and not called_adverse and _of_no_treatment(f)]
    left = [Leftover(f.read, f.value_span, "how common an event is, of no treatment") for f in background]
    return [f for f in findings if f not in background], left


def _of_no_treatment(finding: MeasurementFinding) -> bool:
    study = finding.topic.study
    trial = study.name is not None and not study.name.endswith(("et al.", "Survey", "Registry", "Study"))
    # Deaths at a time from some start are a prognosis; of others it is told how many a disease is the cause of.
    common = finding.topic.endpoint == "AE" or (finding.topic.endpoint == "DEATH" and finding.topic.timepoint is None)
    return common and finding.arm is None and study.provenance == "cited" and not trial
