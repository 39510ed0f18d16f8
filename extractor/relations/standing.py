"""How a factor is said to stand, where no outcome is told with it: "X retained its significance (P = .02)", "whereas Y was not (P = .4)".

The verbs of association (`prognosis.py`) tell an outcome behind them. A list of factors also says of one that it kept, lost or never had its weight,
or only that it was not what the one before was; the outcome is that of the list. And the effect of a factor is told as a
noun: "the effect of X on OS".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import CharSpan
from extractor.entities import Mention
from extractor.quantities import Pattern
from extractor.relations.brackets import clause_start, opening, without_brackets
from extractor.relations.factors import Factor, factor_norm
from extractor.relations.peoples import DEGREE
from extractor.relations.prognosis import ASSOCIATION, Talk, items_of, subject_of, subjects_of

_SOMEHOW = r"(?: (?: [a-z]+ly | also | still | again | even | then | too | both | all | only | however | never | not | no\slonger ) \s ){0,3}"
_WEIGHT = r"""(?: significance | weight | value | influence | importance | impact | power | effects? | role | bearing | relevance | meaning
    | association | independence )"""
STANDS = Pattern(
    id="standing-of-a-factor",
    regex=rf"""
        \b {_SOMEHOW}
        (?: (?: retain | maintain | preserv | regain | attain | reach | approach | los[et] | lost | ke(?:pt|ep) | h[eo]ld | gain | carr(?:y|ied)
              | had | has | have | exert | show | demonstrat | exhibit | achiev ) (?: s | ed | d | es )? \s
            (?: (?: its | their | the | an? | any | no | only | borderline | all | much | some | most\sof\sits )\s ){{0,2}}
            (?: (?: statistical | prognostic | predictive | independent | significant | adverse | further | additional | own )\s ){{0,3}}
            {_WEIGHT} \b
            (?: \s (?: on | upon | in | after | with | at | under | as | when | for )\s [^,;:.]{{1,80}}? )?
          | (?: failed | ceased | continued | proved | appeared | seemed | turned\sout | happened ) \s to\s (?: \w+\s ){{0,2}}?
            (?: significance | significant | prognostic | predictive | independent ) (?: \s (?: in | after | on | upon | at
                | under )\s [^,;:.]{{1,80}}? )?
          | (?: remain(?:ed|s)? | stayed | became | was | were | proved ) \s {_SOMEHOW}
            (?: significant | prognostic | predictive | nonsignificant | non-significant | insignificant | independent | (?:un)?important
                | of\sno\s\w+
              | without\s(?:\w+\s)?(?:influence|effect|significance|importance|impact) | retained | (?: the\sonly | an?)\s (?: \w+\s ){{0,2}}?
                (?: factor | predictor | variable | determinant | marker ) )
            (?: \s (?: factors? | predictors? | variables? | determinants? ) )?
            (?: \s (?: in | after | on | upon | at | when | under )\s [^,;:.]{{1,80}}? )?
          | (?: dropped | fell | lost ) \s (?: out | away | off ) (?: \s of \s [^,;:.]{{1,40}}? )?
          | did\s not\s (?: matter | count | tell | weigh ) | made \s (?: no | little )\s (?: \w+\s )? difference
        ) \s* $
    """,
    examples={
        "High ferritin retained its significance after adjustment ": [{}],
        "ferritin lost its independent value ": [{}],
        "ferritin had no bearing ": [{}],
        "the ferritin level remained significant in the multivariate model": [{}],
        "ferritin dropped out ": [{}],
    },
    counterexamples=("patients retained their ferritin level", "OS remained longer", "response had occurred"),
    flags=re.VERBOSE | re.IGNORECASE,
)
DENIED = Pattern(
    id="factor-denied-what-was-told",
    regex=r"""
        \b (?: was | were | is | are | did | does | do | had | has | have ) \s
        (?: not | none | no\slonger ) (?: \s (?: so | either | statistically | significant(?:ly)? | independent(?:ly)? | retained
            | associated | prognostic
            | predictive ) ){0,3} \s* $
    """,
    examples={"whereas ferritin was not ": [{}], "ferritin did not ": [{}], "but ferritin was no longer significant ": [{}]},
    counterexamples=("was not longer with A ", "did not improve OS "),
    flags=re.VERBOSE | re.IGNORECASE,
)
TURNED = Pattern(
    id="factor-behind-its-verb",
    regex=r"""
        (?: \b (?: as | so | nor | neither ) \s (?: was | were | did | had | is )
          | \b but \s not (?! \s (?: in | on | for | at | with | by | when | after ) \b ) | \b as \s (?: opposed | distinct ) \s (?: to
              | from ) | \b unlike )
        \s (?: the\s | an?\s )? (?P<what> [^,;:.()]{2,60}? ) \s* $
    """,
    examples={"were predictors, as was ferritin ": [{"what": "ferritin"}], "but not ferritin ": [{"what": "ferritin"}]},
    counterexamples=("as ferritin was ", "but not in patients with ferritin "),
    flags=re.VERBOSE | re.IGNORECASE,
)
APPOSED = Pattern(
    id="factor-that-is-called-so",
    regex=r"""
        (?: ^ | [,;.]\s | \b (?: and | but | that | while | whereas )\s ) (?: the\s | an?\s )? (?P<what> [^,;:.()]{2,60}? ) \s? ,
        \s (?: (?: an? | the | also | another | itself )\s ){1,3} (?: [\w-]+\s ){0,3}? (?: predictor | factor | variable | determinant | marker )
        (?: \s (?: on | in | by | at | of | for )\s [^,;:.()]{2,60}? )? \s* $
    """,
    examples={"Age over 65 years, a predictor on univariate analysis ": [{"what": "Age over 65 years"}]},
    counterexamples=("Age over 65 years was a predictor ",),
    flags=re.VERBOSE | re.IGNORECASE,
)
EFFECT_OF = Pattern(
    id="effect-of-a-factor",
    regex=r"""
        \b (?: effects? | influence | impact | bearing | (?: prognostic | predictive )\s (?: value | significance | importance | role | impact )
          | significance | associations? | relation (?:ship)? s? | correlations? | links? | interrelations? | dependence )
        \s (?: (?: was | were | could\sbe | is )\s (?: \w+\s ){0,2} (?: found | seen | observed | detected | noted | evident | apparent
            | demonstrated )\s )?
        (?: of | (?P<between> between ) )\s (?: the\s | an?\s )? (?P<one> [^,;:.()]{2,70}? )
        \s (?(between) (?: and | with ) | (?: on | upon | with | for | to ) )\s
            (?: the\s | an?\s )? (?: [\w-]+\s ){0,3}? (?P<other> [^,;:.()]{2,70}? )
        (?= \s* $ | \s (?: was | were | is | did | had | has | reached | remained | could | persisted | failed | in | on | among ) \b )
    """,
    examples={
        "The effect of ferritin on OS was not significant ": [{"one": "ferritin", "other": "OS"}],
        "No association was found between OS and ferritin ": [{"one": "OS", "other": "ferritin"}],
    },
    counterexamples=("the effect of ferritin was", "an association with OS"),
    flags=re.VERBOSE | re.IGNORECASE,
)
ACTS_ON = Pattern(
    id="factor-that-acts-on-an-outcome",
    regex=r"""
        \b (?: halved | doubled | tripled | trebled | quadrupled | impaired | worsened | shortened | lengthened | prolonged | reduced
            | increased | improved
          | lowered | raised | compromised | decreased | diminished | lessened | enhanced | favou?red | curtailed | carried | brought
              | meant | portended
          | heralded | foretold | forecast | implied | signalled | told\son | weighed\son | bore\son )
        (?= \s [^,;:.()]* \b (?: risks? | hazards? | odds | chances? | probability | likelihood | prognosis | outcomes? | mortality | survival
          | respon\w+ | recurrences? | relapses? | progression | [A-Z]{1,4}FS | OS | death ) \b )
    """,
    examples={
        "nodal disease halved the chance of a response (": [{}],
        "High ferritin impaired survival (": [{}],
        "ferritin told on OS (": [{}],
    },
    counterexamples=("the dose was halved in patients (", "survival improved ("),
    flags=re.VERBOSE | re.IGNORECASE,
)
FARED_WITH = Pattern(
    id="outcome-that-is-worse-with-a-factor",
    regex=rf"""
        \b (?: was | were | is ) \s (?: [a-z]+ly\s | also\s | much\s ){{0,2}} {DEGREE} \b (?! [^;:]* \b (?: than | versus | vs | compared )\b )
        [^;:.]*? \b (?: with | in\sthe\s(?:presence|absence)\sof ) \s (?: the\s | an?\s )? (?P<what> [^,;:.()]{{3,60}}? ) \s* $
    """,
    examples={"OS was shorter with high ferritin ": [{"what": "high ferritin"}]},
    counterexamples=("OS was shorter with A than with B ", "OS was shorter in patients with high ferritin, and PFS "),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (STANDS, DENIED, TURNED, APPOSED, EFFECT_OF, ACTS_ON, FARED_WITH)
# What keeps or loses its significance, and is no factor.
_NO_FACTOR = re.compile(
    r"""
    \b (?: differences? | effects? | benefits? | advantages? | improvements? | associations? | trends? | treatments? | arms? | groups? | results?
      | correlations? | relationships? | increases? | decreases? | reductions? | changes? | findings? | analys[ie]s | interactions? | comparisons?
      | values? | others? | hypothes[ie]s | tests? | models? | superiority | rates? | incidences? | frequency | toxicit\w+ | survival | outcomes?
      | curves? | hazards? | (?<!lymphocyte\s)(?<!monocyte\s)(?<!globulin\s)(?<!node\s)ratios?
      | contrasts? | impact | influence | power | therap(?:y|ies) | regimens? | combinations? | studies
          | trials? | scores?\sfor
      | variables? | factors? | predictors? | patients | dos(?:es|e|age) ) $
  | \b (?: trials? | study | studies | series | cohorts? | et\sal ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def standing_at(text: str, at: int, named: Sequence[Mention], *, listed: bool) -> Talk | None:
    """What is said of how the factor of a number stands; None where nothing is, or of what is no factor.

    Args:
        text: the sentence.
        at: where the number stands.
        named: what has a name and is no factor: endpoints, events, arms.
        listed: whether factors were told before, so that "Y was not" denies of Y what was told of X.
    """
    bracket = opening(text, at)
    if bracket is None:
        return None
    head = without_brackets(text[:bracket])
    verb = next(iter(STANDS.find(head)), None) or (next(iter(DENIED.find(head)), None) if listed else None)
    if verb is not None:
        factor = subject_of(text, head, verb.start()) or _subject_before(text, head, verb.start())
        several = subjects_of(head, verb.start()) if factor is None else ()
        return Talk(factor, None, several) if are_factors([*([factor] if factor else []), *several], text, named) else None
    turned = next(iter(APPOSED.find(head)), None) or (next(iter(TURNED.find(head)), None) if listed else None)
    if turned is None:
        return None
    behind = Factor(factor_norm(turned.group("what")), CharSpan(*turned.span("what")))
    return Talk(behind) if are_factors([behind], text, named) else None


_NO_SUBJECT_OF_ITS_OWN = re.compile(r"(?:,\s|;\s)?(?:\b(?:and|but|or|although|though)\s)?(?:\w+\s)?$")


def _subject_before(text: str, head: str, end: int) -> Factor | None:
    """The subject of the verb before, where one has none of its own: "X was associated with OS, but lost its significance"."""
    before = list(ASSOCIATION.find(head[:end]))
    apart = _JOINED.search(head[:end])
    return subject_of(text, head, before[-1].start()) if before and apart is not None and before[-1].end() <= apart.start() else None


_JOINED = re.compile(r",?\s(?:and|but|although|though|yet)\s(?:\w+ly\s)?$", re.IGNORECASE)


def are_factors(factors: Sequence[Factor], text: str, named: Sequence[Mention]) -> bool:
    """Whether what stands as it does are factors: plain names, of nothing that is an outcome or an arm."""
    return bool(factors) and not any(_NO_FACTOR.search(f.span.of(text)) or any(m.span.overlaps(f.span) for m in named) for f in factors)


def acts_at(text: str, at: int, named: Sequence[Mention]) -> Talk | None:
    """The factor that is said to do something to an outcome: "nodal disease halved the odds of a response (OR 0.5)"; None for a treatment.

    Args:
        text: the sentence.
        at: where the number stands.
        named: what has a name and is no factor: endpoints, events, arms.
    """
    bracket = opening(text, at)
    head = without_brackets(text[: at if bracket is None else bracket])
    found = [m for m in ACTS_ON.find(head) if clause_start(text, len(head)) <= m.end() and not re.search(r"\.\s|\s{4}.*\S", head[m.end() :])]
    factor = subject_of(text, head, found[-1].start()) if found else None
    if factor is None or not are_factors([factor], text, named) or NO_DOER.search(factor.span.of(text)):
        return None
    return Talk(factor, CharSpan(found[-1].end(), at))


def fared_with(text: str, at: int, named: Sequence[Mention]) -> Talk | None:
    """The factor that an outcome is said to be worse, or better, with: "OS was shorter with high ferritin (HR 1.5)"; None for a treatment."""
    bracket = opening(text, at)
    head = without_brackets(text[:bracket]) if bracket is not None else ""
    match = next(iter(FARED_WITH.find(head[clause_start(text, len(head)) :])), None)
    if match is None or _IN_PEOPLE.search(match.group()):
        return None
    start = clause_start(text, len(head)) + match.start("what")
    span = CharSpan(start, start + len(match.group("what")))
    start = max([span.start, *(span.start + m.end() for m in _WITH_AGAIN.finditer(span.of(text)))])
    span = CharSpan(start, span.end)
    factor = Factor(factor_norm(span.of(text)), span)
    return Talk(factor) if are_factors([factor], text, named) and not NO_DOER.search(span.of(text)) else None


_WITH_AGAIN = re.compile(r"\bwith\s(?:an?\s|the\s)?")
_IN_PEOPLE = re.compile(
    r"\b(?:in|for|among|of)\s(?:the\s|those\s|all\s)*(?:patients|women|men|people|those|subjects|tumou?rs|cases)\b", re.IGNORECASE
)
# What is done to patients may be an arm of the study, however it is called.
NO_DOER = re.compile(
    r"""
    \b (?: \w*therap\w+ | treat\w+ | surgery | \w+ectomy | resection | transplant\w* | vaccin\w+ | addition | adding | use | using
        | combin\w+ | regimens?
      | drugs? | doses? | dosing | \w+mab | \w+nib | \w+platin | \w+taxel | \w+rubicin | administration | delivery | intensification | maintenance
      | consolidation | schedules? | arms? | groups? | switch\w* | continu\w+ | randomi[sz]\w+ | allocat\w+ | interventions?
          | supplement\w* | screening
      | exercise | care | support | infusions? | injections? | prophyla\w+ | radiation | irradiation | boost | RT | CT | CRT | it | this | these
      | trials? | study | studies | follow-?up | time | et\sal | trended | tended | showed | had | experienced | analys[ei]s | results? )\b
  | \b (?: towards? | to | with | an? | of | by | for | the | no | their | in ) $
    """,
    re.IGNORECASE | re.VERBOSE,
)


_ONE_MORE = re.compile(r"\band\b")


def effect_at(text: str, at: int, endpoints: Sequence[Mention]) -> Talk | None:
    """The factor whose effect on an outcome, or whose association with it, the statement of a number tells as a noun; None where it does not."""
    bracket = opening(text, at)
    head = without_brackets(text[: at if bracket is None else bracket])
    found = [m for m in EFFECT_OF.find(head) if not re.search(r"[;.]\s|\s{4}.*\S", head[m.end() :])]
    if not found:
        return None
    last = found[-1]
    for what, outcome in (("one", "other"), ("other", "one")):
        factor, told = CharSpan(*last.span(what)), CharSpan(*last.span(outcome))
        beside = [e for e in endpoints if e.span.overlaps(told)]
        several = items_of(head, factor.start, factor.end) if beside else ()
        if several:
            return Talk(None, beside[0].span, several)
        if _ONE_MORE.search(last.group(outcome)):
            continue
        if beside and not any(e.span.overlaps(factor) for e in endpoints) and not _NO_FACTOR.search(factor.of(text)):
            return Talk(Factor(factor_norm(factor.of(text)), factor), beside[0].span)
    return None
