"""The outcome of an estimate that is told as a risk: "the risk of progression or death (HR 0.6)", "HR for recurrence, 0.7".

Progression and recurrence are events, and a share of patients with them is no survival rate; a ratio of their hazards, though, is one of the time to
them. So they are read as endpoints of estimates alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind
from extractor.quantities import Pattern
from extractor.relations.brackets import opening, statement_start, without_brackets

_BACK = r"""(?: disease[\s-] | tumou?r\s | cancer\s | breast\scancer\s )? (?: recurrences? | relapses? ) \b
    (?! [\s-] (?: free | rates? | scores? ) )"""
_QUALIFIED = r"""(?: (?: the | an? | any | early | earlier | late | later | subsequent | future | developing | having | first | lower | higher
    | better | poor | poorer | worse | increased | decreased | reduced | improved | shorter | longer | fewer | more | less | both | either
    | melanoma )[\s-] ){0,3}"""
AT_RISK = Pattern(
    id="outcome-at-risk",
    regex=r"""
        \b (?: risks? | hazards? | odds | likelihood | ratios? | a?HRs? | RRs? | a?ORs? ) (?: \s? [\[(] a?(?:HR|RR|OR)s? [\])] )?
        \s (?: of | for ) \s (?: (?: the | an? | any | earl(?:y|ier) | melanoma | developing | having | subsequent )[\s-] ){0,3}
        (?P<what>
            (?: disease[\s-] | tumou?r\s | cancer\s )? progression
                (?P<pfs> \s? (?: or | and | / ) \s? (?:of\s|for\s)? (?: any-cause\s | all-cause\s )? death )?
          | (?P<pfs2> death \s? (?: or | and | / ) \s? (?:of\s|for\s)? (?: disease[\s-] | tumou?r\s )? progression )
          | (?: disease[\s-] | tumou?r\s | cancer\s | breast\scancer\s )? (?P<back> recurrences? | relapses? ) \b
            (?: \s? (?: or | and | / ) \s? (?:of\s|for\s)? (?:any-cause\s)? death )?
          | (?P<back2> death \s? (?: or | and | / ) \s? (?: disease[\s-] | tumou?r\s )? (?: recurrence | relapse ) )
        ) (?! [\s-] free ) (?! \s? rate )
    """,
    examples={
        "reduced the risk of disease progression (HR": [{"what": "disease progression"}],
        "The hazard ratio for progression or death was": [{"what": "progression or death", "pfs": " or death"}],
        "a higher risk of recurrence (": [{"what": "recurrence", "back": "recurrence"}],
    },
    counterexamples=("the risk of local recurrence", "HR for recurrence-free survival", "time to progression"),
    flags=re.VERBOSE | re.IGNORECASE,
)
TOLD_OF = Pattern(
    id="outcome-of-an-association",
    regex=rf"""
        \b (?: (?: predictors? | factors? | markers? | determinants? | indicators? | predictive | prognostic ) \s (?: of | for )
          | (?: associat\w+ | correlat\w+ | related | linked | relationship ) \s (?: with | to )
          | predict (?: s | ed )? | (?: effect | impact | influence ) \s (?: on | upon )
          | (?: affect | reduc | increas | decreas | lower | influenc | impact ) (?: s | ed | es | e | ing )?
          | (?: nor | or | and ) ) \s {_QUALIFIED}
        (?P<what> (?P<back> {_BACK} ) | (?P<died> (?<! early\s ) (?: mortality | death ) )
            (?! \s (?: rates? | from | due | caused | attribut\w+ | receptor | ligand ) )
          | (?P<responded> (?: tumou?r\s | clinical\s | objective\s | treatment\s | local\s )? response )
            (?! [\s-] (?: rates? | duration | criteria | eval\w+ ) ) )
        \b
    """,
    examples={
        "an independent prognostic factor for early relapse (HR": [{"back": "relapse"}],
        "did not affect mortality (": [{"died": "mortality"}],
        "was associated with a better response (": [{"responded": "response"}],
    },
    counterexamples=("patients with relapse", "associated with in-hospital mortality", "associated with the response rate", "after local recurrence"),
    flags=re.VERBOSE | re.IGNORECASE,
)
FARED = Pattern(
    id="outcome-that-was-delayed",
    regex=rf"""
        (?: (?: ^ | [,;.]\s | \b (?: and | but | that | while | whereas )\s ) (?: the\s )?
          | (?P<turned> \b (?: nor | neither | so | as )\s (?: was | were | did )\s ) (?: the\s )? )
        (?P<what> (?P<back> {_BACK} ) | (?P<died> mortality ) | (?: disease\s | tumou?r\s )? progression (?! [\s-] free ) )
        (?(turned) \b (?= \s? [(,;.] ) | \s (?: was | were | occurred | did\snot\sdiffer ) \b )
    """,
    examples={
        "Relapse was less frequent with A (HR": [{"back": "Relapse"}],
        "and progression was delayed (HR": [{"what": "progression"}],
        "neither was progression (0.9": [{"what": "progression"}],
    },
    counterexamples=("at progression", "progression-free survival was"),
    flags=re.VERBOSE | re.IGNORECASE,
)
DYING = Pattern(
    id="risk-of-dying",
    regex=r"""
        (?: \b (?: risks? | hazards? | odds | likelihood | chances? | probability ) \s of \s | \b likely \s to \s (?: have\s )? )
        (?P<what> dying | die d? ) \b
    """,
    examples={"had a lower risk of dying (HR": [{"what": "dying"}], "were less likely to die than": [{"what": "die"}]},
    counterexamples=("the risk of death", "those who were dying"),
    flags=re.VERBOSE | re.IGNORECASE,
)
RESPONDING = Pattern(
    id="odds-of-responding",
    regex=r"""
        \b (?: odds (?: \sratios? )? | likelihood | probability | chances? ) \s (?: of | for ) \s
        (?: (?: an? | the | any | achieving | having | obtaining | attaining | clinical | objective | tumou?r | overall )\s ){0,3}
        (?P<what> response ) \b (?! [\s-] (?: rates? | duration | criteria ) )
    """,
    examples={"The odds of an objective response were higher (OR": [{"what": "response"}]},
    counterexamples=("the odds of a complete response", "odds of death", "a lower response"),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (AT_RISK, TOLD_OF, FARED, DYING, RESPONDING)
_GOES_ON = re.compile(r"(?:nor|or|and)\s", re.IGNORECASE)
_WITH_RESPONSE = re.compile(r"associat|correlat|predict|factors?|markers?|determin|indicat|related|linked|prognos|relationship", re.IGNORECASE)


def risks_named(text: str) -> list[Mention]:
    """The outcomes that a text speaks of the risk of, or sets a factor or treatment against, as endpoints."""
    found = []
    for match in AT_RISK.find(text):
        code = "PFS" if match.group("pfs") or match.group("pfs2") else "RFS" if match.group("back") or match.group("back2") else "TTP"
        found.append(Mention(MentionKind.ENDPOINT, CharSpan(*match.span("what")), code))
    for match in TOLD_OF.find(text):
        said = match.group()[: match.start("what") - match.start()]
        if (match.group("responded") and not _WITH_RESPONSE.search(said)) or (not found and _GOES_ON.match(said)):
            continue
        code = "RFS" if match.group("back") else "OS" if match.group("died") else "ORR"
        found.append(Mention(MentionKind.ENDPOINT, CharSpan(*match.span("what")), code))
    found += [Mention(MentionKind.ENDPOINT, CharSpan(*m.span("what")), "DEATH") for m in DYING.find(text)]
    found += [Mention(MentionKind.ENDPOINT, CharSpan(*m.span("what")), "ORR") for m in RESPONDING.find(text)]
    return _each_once(found)


def hazards_named(text: str) -> list[Mention]:
    """The outcomes that a hazard ratio can be of by their plain names: what happened sooner or later, less or more often."""
    return [
        Mention(MentionKind.ENDPOINT, CharSpan(*m.span("what")), "RFS" if m.group("back") else "OS" if m.group("died") else "TTP")
        for m in FARED.find(text)
    ]


def _each_once(found: Sequence[Mention]) -> list[Mention]:
    """Mentions in order; of two that overlap the first."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: m.span):
        if not kept or kept[-1].span.end <= mention.span.start:
            kept.append(mention)
    return kept


def risk_of(text: str, at: int, others: Sequence[Mention], *, hazard: bool = False) -> Mention | None:
    """The outcome at risk that an estimate or p-value at a place is of: the last before it, with no other endpoint and no new sentence between."""
    named = _each_once([*risks_named(text), *hazards_named(text)]) if hazard else risks_named(text)
    ahead = [m for m in named if m.span.end <= at]
    if not ahead:
        return None
    last = ahead[-1]
    passed = [e for e in others if last.span.end <= e.span.start < at and not e.span.overlaps(last.span)]
    bracket = opening(text, at)
    behind = text[last.span.end : max(bracket + 1, last.span.end)] if bracket is not None else text[last.span.end : at]
    told = {e.norm for e in others if e.span.end <= last.span.start}
    if last.norm == "TTP" and "PFS" in told and "TTP" not in told:
        last = replace(last, norm="PFS")  # "no difference in PFS was seen, with a hazard ratio for progression of 1.1"
    return None if passed or re.search(r";\s(?!HR|9|[Pp]\b)|\.\s", behind) or _ANOTHER.search(behind) else last


def risk_behind(text: str, at: int) -> Mention | None:
    """The outcome that the factors of a list are said to foretell behind their numbers: "X (HR 2.1) and Y (HR 1.9) were predictors of relapse"."""
    named = [m for m in risks_named(text) if m.span.start > at]
    if not named or len({m.norm for m in named}) > 1:
        return None
    behind = without_brackets(text)[at : named[0].span.start]
    return named[0] if _FORETELLS.search(behind) and not re.search(r"[;]|[a-z]\.\s", behind) else None


_FORETELLS = re.compile(
    r"""
    \b (?: predictors? | (?: risk | prognostic | predictive | independent )\sfactors? | determinants? | markers? )\s (?: of | for )\s [^,]*$
  | \b (?: predicted | predictive\sof | prognostic\sfor | prognosticators?\sof | (?: associated | correlated )\swith | increased | influenced
      | affected )\s [^,]*$
    """,
    re.IGNORECASE | re.VERBOSE,
)


# "relapse (HR 1.6) and nodal disease (": an outcome of its own, unless it is but other patients.
_ANOTHER = re.compile(
    r"""
    \) [^()]* \b (?: and | or | nor ) \s
    (?! (?: not\s | also\s | only\s )* (?: in | for | among | with | on | at | by | of ) \b
      | [^()]* \b (?: cohorts? | sets? | groups? | patients | women | men | arms? | analys[ie]s | trials? ) \b )
    [^()]{2,60} [(\[] [^()\[\]]* $
    """,
    re.IGNORECASE | re.VERBOSE,
)


_PREDICTS = re.compile(
    r"\b(?:predictors?|(?:risk|prognostic|predictive)\s(?:factors?|markers?))\s(?:of|for)\s(?:the\s|an?\s)?"
    r"(?!(?:outcomes?|prognosis|survival|it|this|these|that|both|same|either|death|patients|risk|all)\b)[A-Za-z]",
    re.IGNORECASE,
)


def names_another(text: str) -> bool:
    """Whether a sentence names an outcome of its own that is no endpoint: "a predictor of thrombosis"; what was told before is not meant."""
    return _PREDICTS.search(text) is not None


# "the risk of wound dehiscence was lower (RR 0.7)": the outcome that is at risk, whatever it is called.
_AT_RISK_OF = re.compile(
    r"\b(?:risks?|hazards?|odds|likelihood|probability)\s(?:of|for)\s(?:(?:the|an?|any|developing|having|experiencing|subsequent|future)\s){0,3}"
    r"(?P<what>[A-Za-z][\w-]*(?:\s(?!was|were|is|are|in|on|by|with|among|for|between|than|compared|versus|vs|after|at)[\w-]+){0,5})",
    re.IGNORECASE,
)
_MAY_BE_MEANT = re.compile(
    r"respon|remission|event|failure|surviv|death|dying|die|mortality|progress|relaps|recurren|control|improv|benefit|outcomes?$|toxicit|cancer|patients"
    r"|women|men\b|those|both|each|this|that|it$|disease|such|all\b",
    re.IGNORECASE,
)


def risk_of_another(text: str, at: int, named: Sequence[CharSpan]) -> bool:
    """Whether a statement speaks of the risk of something that nothing which is known names: the number behind it is of that.

    Args:
        text: the sentence.
        at: the number.
        named: what the sentence names: outcomes, treatments, patients.
    """
    bracket = opening(text, at)
    flat = without_brackets(text[: at if bracket is None else bracket])
    said = list(_AT_RISK_OF.finditer(flat, statement_start(flat, len(flat))))
    if not said or _MAY_BE_MEANT.search(said[-1].group("what")):
        return False
    return not any(said[-1].start("what") <= span.start or span.overlaps(CharSpan(*said[-1].span("what"))) for span in named if span.end <= at)
