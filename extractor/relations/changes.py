"""Markers and sizes whose change, or difference between two arms, a sentence tells by nothing but a p-value: "VEGF levels fell with A (P = 0.003)".

A marker may be called anything. That a phrase names one is known by its noun ("levels", "concentration", "count"), or by being written in
capitals and figures, and by what is said of it: that it rose or fell, or was higher in one arm than in the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.document import CharSpan
from extractor.entities import MentionKind
from extractor.quantities import Pattern
from extractor.relations.brackets import opening, statement_start, without_brackets
from extractor.relations.context import arms_in_force
from extractor.relations.contrasts import marker_codes
from extractor.relations.findings import ArmOf, StudyOf
from extractor.relations.patterns import PROGNOSTIC
from extractor.relations.prognosis import SET_AGAINST
from extractor.relations.reading import Reading
from extractor.relations.resolving import resolve
from extractor.relations.tested import tested_first

_NOUN = r"""(?: levels? | concentrations? | expression | counts? | tit(?:er|re)s? | activity | density | uptake | positivity | cells | sizes?
    | diameters? | volumes? | SUV\w* | mass | proliferation | staining | index | values )"""
_NAME = r"(?: [\w/.+αβγδκ-]+ \s ){0,6}? [\w/.+αβγδκ-]+"
_ADVERBS = r"(?: (?: was | were | had | has | have | been | also | did | not | then | be | both | all | \w+ly )\s ){0,5}"
_NAME_ENDS = r"""(?= \s (?: in | with | after | at | on | was | were | from | between | among | during | than | compared | seen | observed | did ) \b
    | \s? [,;(] | \s? $ )"""
CHANGED = Pattern(
    id="marker-that-changed",
    regex=rf"""
        (?P<what> {_NAME} ) \s {_ADVERBS}
        (?: increased | decreased | declined | fell | rose | dropped | reduced | lowered | elevated | changed | diminished | (?<=not\s) change ) \b
    """,
    examples={"Serum VEGF levels decreased significantly": [{"what": "Serum VEGF levels"}]},
    counterexamples=("levels were measured", "the reduction was small"),
    flags=re.VERBOSE | re.IGNORECASE,
)
CHANGE_IN = Pattern(
    id="change-in-a-marker",
    regex=rf"""
        \b (?: increases? | decreases? | reductions? | declines? | falls? | drops? | rises? | changes? | elevations? ) \s (?: in | of )\s
        (?: the\s | mean\s )* (?P<what> {_NAME} ) {_NAME_ENDS}
    """,
    examples={"a significant reduction in Ki-67 in the docetaxel arm": [{"what": "Ki-67"}]},
    counterexamples=("levels were measured", "the reduction was small"),
    flags=re.VERBOSE | re.IGNORECASE,
)
DIFFERED = Pattern(
    id="marker-that-was-higher",
    regex=rf"""
        (?P<what> {_NAME} ) \s {_ADVERBS} (?: higher | lower | greater | smaller | similar | comparable | different | differ ) \b
    """,
    examples={"Post-treatment Ki-67 was lower in": [{"what": "Post-treatment Ki-67"}]},
    counterexamples=("the lowest levels",),
    flags=re.VERBOSE | re.IGNORECASE,
)
HIGHER = Pattern(
    id="higher-marker",
    regex=rf"\b (?: higher | lower | greater | smaller ) \s (?P<what> {_NAME} ) {_NAME_ENDS}",
    examples={"had higher CTC counts after": [{"what": "CTC counts"}]},
    counterexamples=("the lowest levels",),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (CHANGED, CHANGE_IN, DIFFERED, HIGHER)
_IS_MARKER = re.compile(
    rf"""
    \b {_NOUN} \b | \b (?! \d+-[a-z] ) (?= [\w/-]*[A-Za-z] ) (?= [\w-]*[A-Z\d] [\w-]*[A-Z\d] ) [A-Z\d] [\w/-]+ | \b [A-Z][a-z]{{0,4}} -? \d+
    """,
    re.VERBOSE,
)
# Of a name what follows tells when or where it was measured.
_WHEN = re.compile(r"(?:^|\s)(?:at|from|after|following|relative|during|between|within|in|on|over|than|there)(?:\s.*)?$|\sand$", re.IGNORECASE)
_NOUN_ALONE = re.compile(rf"(?: mean\s | median\s | average\s | plasma\s | serum\s )? {_NOUN}", re.VERBOSE | re.IGNORECASE)
_NO_MARKER = re.compile(
    r"""
    \b (?: doses? | education | physical | evidence | fatigue | pain | anxiety | functions? | functioning | satisfaction | quality | income | distress
      | scores? | scales? | QoL | QLQ\S* | FACT\S* | ECOG | WHO | CT | MRI | AUC | Cmax | BMI | weight | risks? | rates? | incidence | frequency | use
      | exposure | sample | hospital | survival | response | prevalence | proportion | odds | hazards? | costs? | participants | drug
      | recurrences? | relapses? | progression | months? | years? | weeks? | days | minutes | patients | groups? | arms? | (?<!-)treatment | mortality
      | deaths? | resulted | trended | showed | was | were | found | HR | PR | CR | BP | VAS | figure | end-?\s?points? ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LEADS = re.compile(
    r"^.*\b(?:that|which|while|whereas|but|and|in|with|on|of\sthe|after|during|both|only|however|the|patients|women|men|had|an?|significant|our)\s(?=\S)",
    re.IGNORECASE,
)
_FROM_START = re.compile(r"\b(?:baseline|pre-?treatment|pretherapy|initial|before\streatment)\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:from|to|with|than(?:\sat)?|versus|vs\.?|over|at\sthe)\s(?:the\s|its\s|their\s)?(?:baseline|pre-?treatment|initial)\b", re.IGNORECASE
)
# What tells a marker under treatment from one at the start.
_LATER = re.compile(
    r"\b(?:post|after|following|during|at\s\d|months?|weeks?|days?|cycles?|chang\w+|decreas\w+|reduc\w+|increas\w+|declin\w+|on\streatment)",
    re.IGNORECASE,
)
_TURN = re.compile(r"\b(?:but|whereas|while)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\b(?:than|versus|vs\.?|compared\s(?:with|to)|relative\sto|between|correlat\w+|associat\w+|with\s(?:increasing\s|higher\s|lower\s)?(?:age|dose|stage|grade))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MarkerCompared:
    """A marker, and what a p-value of it compares: two arms, or an arm with its own baseline."""

    code: str
    name: str
    span: CharSpan
    arm: ArmOf
    comparator: ArmOf


def marker_compared(reading: Reading, at: int, study: StudyOf) -> MarkerCompared | None:
    """The marker that a p-value alone tells of, and what it compares; None where the statement is of anything else."""
    bracket = opening(reading.text, at)
    if bracket is None:
        return None
    flat = without_brackets(reading.text)
    start = statement_start(flat, bracket)
    head = flat[start:bracket]
    if PROGNOSTIC.search(head) or any(start <= e.span.start < at and e.norm not in marker_codes() for e in reading.endpoints):
        return None
    found = _marker_in(reading, head, start)
    if found is None:
        return None
    span, changed = found
    stop = flat.find(";", bracket)
    pair = _compared(reading, flat, (start, bracket, stop if stop >= 0 else len(flat), at), study, changed=changed)
    if pair is None:
        return None
    own = next((e.norm for e in reading.endpoints if e.span.overlaps(span)), "BIOMARKER")
    return MarkerCompared(own, span.of(reading.text), span, *pair)


def _marker_in(reading: Reading, head: str, start: int) -> tuple[CharSpan, bool] | None:
    """The last marker of a statement that is said to have changed, or to differ; and whether it changed."""
    found: list[tuple[CharSpan, bool]] = []
    for pattern in PATTERNS:
        for match in pattern.find(head):
            said = match.group("what")
            leads = _LEADS.match(said) if pattern in (CHANGED, DIFFERED) else None
            lead = leads.end() if leads is not None else 0
            when = _WHEN.search(said, lead)
            end = when.start() if when is not None else len(said)
            span = CharSpan(start + match.start("what") + lead, start + match.start("what") + end) if lead < end else None
            if span is not None and _names_marker(reading, span):
                found.append((span, pattern in (CHANGED, CHANGE_IN)))
    last = max(found, key=lambda one: one[0], default=None)
    return (last[0], any(changed for span, changed in found if span.overlaps(last[0]))) if last is not None else None


def _names_marker(reading: Reading, span: CharSpan) -> bool:
    name = span.of(reading.text)
    if (
        _NOUN_ALONE.fullmatch(name)
        or _NO_MARKER.search(name)
        or _FRAGMENT.search(name)
        or len(name.split()) > _MOST_WORDS
        or any(e.span.overlaps(span) for e in reading.events)
    ):
        return False
    if any(e.span.overlaps(span) for e in reading.endpoints):
        return True
    named = reading.read.of(MentionKind.ARM, MentionKind.DRUG, MentionKind.DRUG_CLASS, MentionKind.PROCEDURE, MentionKind.TRIAL)
    return _IS_MARKER.search(name) is not None and not any(m.span.overlaps(span) for m in named)


_MOST_WORDS = 7
# A piece of a sentence and no name: it opens or ends with a word that only joins others, holds a verb or a time, or says no more than "the activity".
_FRAGMENT = re.compile(
    r"^(?:at|than|of|from|in|to|by|for|and|or|there|this|these|as)\b|\b(?:and|or|to|an?|the|of|with|from|on|in|there|towards?|that)$"
    r"|\b(?:was|were|is|are|been|resulted|found|reduced|trended|tended|showed|(?<!-)treatment|groups?|arms?|weeks?|days?|minutes?|hours?|mortality|deaths?|figure|table)\b"
    r"|^(?:the\s)?(?:activity|expression|values?|levels?|counts?|mass|cells|sizes?|volumes?|density|index|concentrations?)$",
    re.IGNORECASE,
)


_BETWEEN = re.compile(r"\bbetween\b", re.IGNORECASE)
_BETWEEN_GROUPS = re.compile(
    r"\b(?:between|inter)-?\s?(?:the\s)?(?:two\s|both\s)?(?:treatment\s|study\s)?-?(?:groups?|arms?|treatments?)\b", re.IGNORECASE
)
_AGAINST_ARM = re.compile(r"\b(?:than|versus|vs\.?|compared\s(?:with|to)|relative\sto|between)\s(?:(?!baseline\b)[a-z]+\s){0,5}$", re.IGNORECASE)


def _sets_arms_against(reading: Reading, flat: str, start: int, end: int) -> bool:
    """Whether a statement sets one of its arms against what stands before it, or tells a difference between its arms."""
    arms = [a for a in reading.read.of(MentionKind.ARM) if start <= a.span.start < end]
    return any(_AGAINST_ARM.search(flat[start : a.span.start]) is not None for a in arms)


def _compared(reading: Reading, flat: str, places: tuple[int, int, int, int], study: StudyOf, *, changed: bool) -> tuple[ArmOf, ArmOf] | None:
    """What a p-value of a marker compares: two arms that are set against each other, else the one arm with its baseline.

    `places` are where the statement starts, where the bracket of the p-value opens, where the statement ends, and where the p-value stands.
    """
    start, bracket, end, at = places
    named = reading.read.of(MentionKind.ARM)
    arms = {a.norm: a for m in named if start <= m.span.start < end for a in (resolve(reading, m, study),) if a is not None}
    force = arms_in_force(reading.context, study)
    since = _SINCE.search(flat[start:end])
    if not since and (_FROM_START.search(flat[start:bracket]) or not (changed or _LATER.search(flat[start:end]))):
        return None
    if len(arms) == 2 and (
        _sets_arms_against(reading, flat, start, end) or (not since and (SET_AGAINST.search(flat[start:end]) or _BETWEEN.search(flat[start:end])))
    ):
        one, other = arms.values()
        return tested_first(one, other)
    if _BETWEEN_GROUPS.search(reading.text[start:at]):
        return (force[0], force[1]) if len(force) == 2 and {*arms} <= {a.norm for a in force} else None
    if not since and (_TURN.search(flat, start, bracket) or _OF_OTHERS.search(flat, start, end)):
        return None  # "fell with A but not with B", "more in men than in women", "with age": no change of an arm from its start
    if len(arms) == 1 and not changed and not since and len(force) == 2:
        (one,) = arms.values()
        others = [a for a in force if a.norm != one.norm]
        return (one, others[0]) if len(others) == 1 else None
    turn = max((m.end() for m in _TURN.finditer(flat, start, bracket)), default=start)
    here = {a.norm: a for m in named if turn <= m.span.start < bracket for a in (resolve(reading, m, study),) if a is not None}
    near = here or {n: a for n, a in arms.items() if a.span is None or a.span.start < bracket} or arms
    if len(near) != 1 and not (not near and len(force) == 1):
        return None
    one = next(iter(near.values()), force[0] if force else ArmOf("all"))
    return (one, ArmOf("baseline")) if changed or since else None
