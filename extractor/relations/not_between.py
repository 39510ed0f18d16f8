"""P-values that compare no two arms, though both are known: of one group with its own start, of how groups were before treatment, of three groups.

Where nothing in a sentence says what a p-value compares, the arms of the study are a good guess. These are the words that say otherwise.
"""

from __future__ import annotations

import re

from extractor.quantities import Pattern
from extractor.relations.brackets import clause_start, opening, outermost, statement_start, without_brackets
from extractor.relations.groups import PEOPLE_WITH
from extractor.relations.reading import Reading

_START = r"(?: baseline | pre-?(?:treatment|therapy|test|intervention|operative|study|dose|dosing)\b | (?:initial|starting)\s(?:value|level)s? )"
_BEGAN = r"(?: (?:the\s)? (?: treatment | therapy | intervention | trial | study | surgery | randomi[sz]ation | enrol?lment ) )"
_MEASURED = r"(?: characteristics | variables | data | measurements | values | levels | scores )"
_CHANGE = (
    r"(?: increas\w+ | decreas\w+ | improv\w+ | reduc\w+ | declin\w+ | rose | fell | dropp\w+ | chang\w+ | deteriorat\w+ | worsen\w+ | diminish\w+"
    r" | gain\w* | lowered | elevat\w+ )"
)
WITH_ITS_START = Pattern(
    id="group-with-its-own-start",
    regex=rf"""
        \b (?: within | intra ) [\s-]? (?: the\s | an?\s | each\s | both\s | either\s )? (?: [\w-]+\s )??
        (?: groups? | arms? | subjects? | patients? ) \b
      | \b (?: compared\s(?:with|to) | versus | vs\.? | relative\sto | than | against )\s
        (?: (?: that | those | values | the | its | their | at )\s ){{0,3}} (?: {_START} | before\s{_BEGAN} )
      | \b (?: main\s )? effects?\sof\s(?:the\s)?time \b | \b time\s(?:main\s)?effects? \b
      | \b before\sand\safter\s{_BEGAN} \b | \b (?: changed | change ) \s (?: significantly\s )? over\stime \b
    """,
    examples={
        "within-group changes were significant (": [{}],
        "intragroup changes in the scores were significant in both arms (": [{}],
        "pain was less severe than at baseline (": [{}],
        "A significant time effect was seen for fatigue (": [{}],
    },
    counterexamples=("lower with A than with B", "within 12 months", "the change from baseline was greater with A than with B"),
    flags=re.VERBOSE | re.IGNORECASE,
)
IN_EACH = Pattern(
    id="change-in-each-group",
    regex=rf"""
        \b {_CHANGE} \b [^;.]{{0,90}}? \b (?: in | for | within | of )\s (?: both | each | either | all )\s
        (?: (?: of | the | two | study | treatment )\s ){{0,3}} (?: groups? | arms? | treatments? ) \b
      | \b both\s (?: (?: study | treatment )\s )? (?: groups | arms | treatments )\s (?: [\w-]+\s ){{0,6}}? {_CHANGE} \b
    """,
    examples={
        "Appetite improved significantly in both groups (": [{}],
        "both arms had significant reductions in pain (": [{}],
    },
    counterexamples=("rash was similar in both groups", "response rates in both arms"),
    flags=re.VERBOSE | re.IGNORECASE,
)
AT_THE_START = Pattern(
    id="difference-before-treatment",
    regex=rf"""
        \b (?: differ\w* | similar | comparable | balanced | matched | homogen\w+ | equal ) \b [^;]{{0,60}}? \b (?: at\s | before\s | prior\sto\s )
            (?: (?: the\s )? baseline \b | {_BEGAN} )
      | (?: ^ | [;,.]\s ) (?: at\sbaseline | before\s{_BEGAN} | prior\sto\s{_BEGAN} ) \b
      | \b (?: baseline | preintervention | pre-intervention | demographic )\s (?: [\w-]+\s ){{0,3}}? {_MEASURED}
          \b [^;]{{0,60}}? \b (?: differ\w* | similar | comparable | balanced | significan\w+ ) \b
      | \b differen\w+ \b [^;]{{0,40}}? \b (?: baseline | preintervention | demographic )\s (?: [\w-]+\s ){{0,3}}? {_MEASURED} \b
    """,
    examples={
        "There were no differences at baseline between the groups (": [{}],
        "The arms did not differ before treatment (": [{}],
        "baseline pain scores did not differ (": [{}],
    },
    counterexamples=("OS did not differ in patients with anemia at baseline", "changes from baseline were similar"),
    flags=re.VERBOSE | re.IGNORECASE,
)
OF_MORE = Pattern(
    id="more-than-two-groups",
    regex=r"""
        \b (?: among | across | between | in | of | for )\s (?: (?: all | the | these | our )\s ){0,2} (?: three | four | five | six | [3-6] )\s
        (?: [\w-]+\s )? (?: arms | groups | regimens | treatments | schedules | dose\slevels ) \b
      | \b (?: than | versus | vs\.? | compared\s(?:with|to) )\s (?: (?: that | those | in | with | of | for | the | any | all )\s ){0,3}
        other\s (?: (?: two | three | four | study | treatment )\s ){0,2} (?: groups | arms | treatments | regimens ) \b
      | \b [A-Z][\w+-]{0,6} (?: ,\s[A-Z][\w+-]{0,6} )+ ,? \s and \s [A-Z][\w+-]{0,6} \s (?: groups | arms ) \b
    """,
    examples={
        "differed among the three groups (": [{}],
        "was higher in group A than in the other groups (": [{}],
        "in the AX, AY, and BX groups was": [{}],
    },
    counterexamples=("between the two arms", "than in the other group", "in arms A and B"),
)
CORRELATED = Pattern(
    id="coefficient-of-correlation",
    regex=r"(?<![A-Za-z]) (?: [rRρ] (?: s | \s?2 | ² )? | rho | Spearman\S* (?: \s\w+ )? | Pearson\S* (?: \s\w+ )? ) \s? = \s? -? \s? [01]?\.\d",
    examples={"(r = 0.41, ": [{}], "(Spearman's rho = -0.3; ": [{}]},
    counterexamples=("(HR = 0.41, ", "(OR = 0.9"),
)
PATTERNS = (WITH_ITS_START, IN_EACH, AT_THE_START, OF_MORE, CORRELATED)
_SETS_APART = re.compile(
    r"\b(?:than|between|inter-?group|compared|versus|vs\.?|differ\w*|more|greater|less|higher|lower|superior|better|worse|favou?r\w*)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\b|\binter-?group\b", re.IGNORECASE)
# "between the first and the second cycle": two of something, none of it an arm.
_BETWEEN_TWO = re.compile(r"\bbetween\s(?P<what>[^;:]{3,120}?\s(?:and|or)\s[^;:]{2,120})$", re.IGNORECASE)
_OF_ARMS = re.compile(
    r"\b(?:groups?|arms?|treatments?|regimens?|therap\w+|strateg\w+|drugs?|agents?|doses?|trials?|placebo|controls?|interventions?|procedures?|schedules?"
    r"|techniques?|vaccin\w+|combinations?|treated|untreated|allocat\w+|assigned|randomi[sz]ed)\b",
    re.IGNORECASE,
)
# "more often than those who lived alone": what is named as the other side.
_OTHER_SIDE = re.compile(
    r"\b(?:than|as\scompared\s(?:with|to)|compared\s(?:with|to)|versus|relative\sto)\s(?P<what>[^,;:()\[\]]{3,120})", re.IGNORECASE
)
_NAMES_NONE = re.compile(r"\d|\b(?:that|those|each|other|others|it|them|expected|usual|standard|alone|conventional)\s*$", re.IGNORECASE)


def compares_no_arms(reading: Reading, at: int) -> bool:
    """Whether the statement of a p-value says that it compares no two arms."""
    bracket = opening(reading.text, at)
    end = at if bracket is None else bracket
    flat = without_brackets(reading.text[:end])
    start = statement_start(flat, end)
    head, inside = flat[start:], reading.text[end:at]
    if CORRELATED.within(inside) or WITH_ITS_START.within(inside) or OF_MORE.within(head):
        return True
    own = list(WITH_ITS_START.find(head))
    if own and not _BETWEEN.search(head, own[-1].end()) and not _BETWEEN.search(inside):
        return True
    each = list(IN_EACH.find(head))
    if each and not _SETS_APART.search(head) and not _SETS_APART.search(inside):
        return True
    clause = max(clause_start(flat, end) - start, 0)
    first = [m for m in AT_THE_START.find(head) if m.end() > clause and not _of_people(reading, start + m.start(), start + m.end())]
    return bool(first) or _between_others(reading, flat, start) or _of_an_unlisted_outcome(reading, bracket)


# "... QOL (P = 0.04), mood (" : the next name of a list, each with its p-value.
_NEXT_NAME = re.compile(
    r"""
    [)\]] ,? \s (?: and\s | or\s | as\swell\sas\s )?
    (?P<what> (?! (?: in | for | at | with | among | on | to | of | by | from | than | versus | vs | but | while | whereas | was | were | had
      | compared | between | after | during | both | not | also )\b )
      [A-Za-z][\w-]* (?: \s (?! (?: was | were | in | at | for | with | than )\b ) [\w-]+ ){0,3} )
    \s? (?: [\[(] [A-Z]{2,6} [\])] \s )? $
    """,
    re.VERBOSE,
)
_NO_OUTCOME = re.compile(
    r"\b(?:patients|women|men|groups?|arms?|cohorts?|analys[ie]s|models?|tests?|populations?|sets?|differences?|months?|years?|weeks?|cycles?)\b"
)


def _of_an_unlisted_outcome(reading: Reading, bracket: int | None) -> bool:
    """Whether a bracket with a p-value stands behind the name of an outcome that has no code, in a list of outcomes that have each their own."""
    match = _NEXT_NAME.search(reading.text[:bracket]) if bracket is not None else None
    before = opening(reading.text, match.start()) if match is not None else None
    if match is None or before is None or outermost(reading.text, match.start()) != before or _NO_OUTCOME.search(match.group("what")):
        return False  # not "quality of life on two scales (cognitive [P = .01] and physical functioning [P = .02])"
    named = (*reading.endpoints, *reading.events, *reading.arms, *reading.populations)
    if any(m.span.start < match.end() and match.start("what") < m.span.end for m in named):
        return False
    return any(opening(reading.text, p.span.start) == before for p in reading.numbers.p_values) and any(
        e.span.end <= before for e in reading.endpoints
    )


def _of_people(reading: Reading, start: int, end: int) -> bool:
    """Whether what was at the start only says which patients are meant: "in patients with anemia at baseline"."""
    return any(p.span.start < end and start < p.span.end for p in reading.populations) or _WITH.search(reading.text[start:end]) is not None


_WITH = re.compile(r"\b(?:patients|those|women|men|subjects|participants|adults|who|whose)\b[^,]*\b(?:at|before|prior)\b", re.IGNORECASE)


def _between_others(reading: Reading, flat: str, start: int) -> bool:
    """Whether a difference is told between two things of which none is an arm."""
    between = _BETWEEN_TWO.search(flat, clause_start(reading.text, len(flat)) if start == 0 else start)
    if between is None:
        return False
    inside = [a for a in reading.arms if between.start("what") <= a.span.start]
    return not inside and _OF_ARMS.search(between.group("what")) is None


def names_other_side(reading: Reading, at: int) -> bool:
    """Whether the statement of a number names as the other side of its comparison what is no arm: "more often than those who lived alone"."""
    bracket = opening(reading.text, at)
    flat = without_brackets(reading.text[: at if bracket is None else bracket])
    start = statement_start(flat, len(flat))
    sides = list(_OTHER_SIDE.finditer(flat, start))
    if not sides or _NAMES_NONE.search(sides[-1].group("what").rstrip()):
        return False
    span = sides[-1].span("what")
    return not any(a.span.start < span[1] and span[0] < a.span.end for a in reading.arms) and _OF_ARMS.search(sides[-1].group("what")) is None


_FARED = re.compile(r"\b(?:worse|poorer|shorter|inferior|lower|longer|better|higher|superior|greater|more|less|fewer)\b", re.IGNORECASE)


def sets_people_apart(text: str, at: int) -> bool:
    """Whether a sentence that names no arm says of patients with something that they fared better or worse, before the levels that a number is of."""
    bracket = opening(text, at)
    flat = without_brackets(text[: at if bracket is None else bracket])
    people = PEOPLE_WITH.search(flat)
    fared = _FARED.search(flat, people.end()) if people is not None else None
    levels = flat.find(": ", fared.end()) if fared is not None else -1
    return levels >= 0 and ";" in flat[levels:]
