"""Groups of patients that a sentence sets against each other in plain words, whatever it calls them.

What is a population is known by how it is called (`groups.py`); a prognostic factor may be called anything. The grammar around it is always the same:
people who have something against people who have something else ("patients with X had a shorter OS than those without"), a difference between two
kinds of people ("between smokers and never smokers"), or one kind of people who fared worse ("OS was shorter in patients with X").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.document import CharSpan
from extractor.quantities import Pattern
from extractor.relations.brackets import opening, without_brackets
from extractor.relations.factors import Factor, factor_norm

PEOPLE = (
    r"(?:patients|women|men|subjects|participants|individuals|people|persons|cases|children|adults|carriers|males|females|tumou?rs|cancers"
    r"|carcinomas|dogs|cats|those|survivors|respondents)"
)
HAVING = r"""(?: with (?! \s+ (?:respect|regard) ) | without | having | lacking | aged | expressing | harbou?ring | carrying | exhibiting | bearing
    | (?: presenting | diagnosed )\s+with
    | (?: who | that )\s+ (?: had | have | has | were | are | did\s+not\s+\w+ | never\s+\w+ | received | underwent | developed | achieved
        | experienced | expressed | survived | responded | relapsed | progressed )
    | (?: achiev | develop | respond | experienc | show | present | receiv | undergo | complet | reach | remain | maintain | progress )ing
    | whose\s+ (?:[\w-]+\s+){1,3}? (?: was | were | had | showed | expressed | harbou?red | carried ) )"""
_AGAINST = r"(?:than|versus|vs\.?|(?:when\s+|as\s+)?compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|relative\s+to)"
_FARED = (
    r"(?:had|have|has|showed|show|experienced|demonstrated|exhibited|presented|displayed|trended|tended|lived|survived|achieved|did|were|was|fared)"
)
DEGREE = (
    r"(?:worse|worst|poorer|poor|shorter|inferior|lower|longer|better|higher|superior|improved|reduced|decreased|increased|greater|un?favou?rable"
    r"|favou?rable|prolonged)"
)
_WHAT = r"[^,;:.()\s][^,;:.()]{0,70}?"
_ENDS = r"(?=\s*[,;:.()]|\s+(?:was|were|had|in|for|at|after|and|on|did|is)\b|\s*$)"
SET_AGAINST = Pattern(
    id="people-against-people",
    regex=rf"""
        \b {PEOPLE} \s+ (?P<how> {HAVING} ) \s+ (?P<one> {_WHAT} )
        (?: \s+ {_FARED} \b [^;:.]{{1,110}}? )? ,? \s+ {_AGAINST} \s+
        (?: (?:that|those)\s+(?:of|in|for)\s+ )? (?: (?: in | for | among | of | [^,;:.()]{{1,25}} \s in )\s+ )? (?: the\s+ | all\s+ | other\s+ )?
        (?: {PEOPLE}\s+ )? (?P<then> {HAVING} ) (?: \s+ (?P<other> {_WHAT} ) )? {_ENDS}
    """,
    examples={
        "patients with brain metastases had a shorter OS than those without (": [{"one": "brain metastases", "then": "without"}],
        "longer in women aged 50 years than in women aged 70 years,": [{"one": "50 years", "other": "70 years"}],
    },
    counterexamples=("patients with brain metastases had a shorter OS", "patients with pain received more drugs than planned"),
    flags=re.VERBOSE | re.IGNORECASE,
)
BETWEEN_PEOPLE = Pattern(
    id="between-people-and-people",
    regex=rf"""
        \b between \s+ (?: the\s+ )? {PEOPLE} \s+ (?P<how> {HAVING} ) \s+ (?P<one> {_WHAT} ) \s+ and \s+ (?: the\s+ )?
        (?: {PEOPLE}\s+ )? (?P<then> {HAVING} ) (?: \s+ (?P<other> {_WHAT} ) )? {_ENDS}
    """,
    examples={"between patients with profile A and those with profile B.": [{"one": "profile A", "other": "profile B"}]},
    counterexamples=("between patients with profile A and the arms",),
    flags=re.VERBOSE | re.IGNORECASE,
)
_KIND = rf"(?:[\w/-]+\s+){{0,3}}?(?:{PEOPLE}|[\w-]*smokers|responders|non-?responders)"
_NAME = r"[^\W_][\w+/≥≤<>=.-]*(?:\s+[^\W_][\w+/≥≤<>=.-]*){0,3}?"
DIFFERS_BETWEEN = Pattern(
    id="difference-between-levels",
    regex=rf"""
        \b (?: differ\w* | similar | comparable | identical ) \b [^;:]{{0,250}}? \b between \s+ (?: the\s+ )? (?P<one> {_NAME} ) (?: \s+ {PEOPLE} )?
        \s+ and \s+ (?: the\s+ )? (?P<other> {_NAME} ) (?: \s+ (?P<what> {PEOPLE} | groups? | status | disease ) )?
        (?= \s*[,;:.()] | \s+ (?: for | in | with | was | were | at | regarding | had | did | on ) \b | \s*$ )
    """,
    examples={
        "no difference in OS between smokers and never smokers (": [{"one": "smokers", "other": "never smokers"}],
        "PFS did not differ between female and male dogs,": [{"one": "female", "other": "male"}],
    },
    counterexamples=("the time between diagnosis and surgery was", "no difference between the arms"),
    flags=re.VERBOSE | re.IGNORECASE,
)
KIND_AGAINST_KIND = Pattern(
    id="kind-against-kind",
    regex=rf"""
        (?: ^ | [,;.]\s+ | \b (?: that | and | while | whereas | but )\s+ ) (?: the\s+ )?
        (?P<one> (?: [\w+/-]+ \s+ ){{0,3}} [\w+/-]+ s ) \s+
        (?: (?: had | have | showed | show | experienced | demonstrated | exhibited | lived | survived | achieved | did | were | fared ) \s+
            (?: an?\s+ )? (?: \w+ly\s+ )? (?: {DEGREE} | more\s+\w+ | less\s+\w+ ) \b [^,;:.]{{0,80}}? ) \s+ {_AGAINST} \s+
        (?P<other> (?: [\w+/-]+ \s+ ){{0,3}} [\w+/-]+ s ) {_ENDS}
    """,
    examples={"Smokers had a worse OS than never smokers (": [{"one": "Smokers", "other": "never smokers"}]},
    counterexamples=("Smokers had a worse OS (", "OS was longer than PFS"),
    flags=re.VERBOSE | re.IGNORECASE,
)
KINDS_COMPARED = Pattern(
    id="among-a-kind-against-a-kind",
    regex=rf"""
        \b (?: in | among | for ) \s+ (?: the\s+ )? (?P<one> {_NAME} ) (?: \s+ {PEOPLE} )? ,? \s+ {_AGAINST} \s+
        (?: (?:that|those)\s+ )? (?: (?: in | among | for | of )\s+ )? (?: the\s+ )? (?P<other> {_NAME} ) \s+ {PEOPLE} {_ENDS}
    """,
    examples={
        "a lower risk of death among screened men compared to unscreened men,": [{"one": "screened", "other": "unscreened"}],
        "was longer in female than in male patients (": [{"one": "female", "other": "male"}],
    },
    counterexamples=("among patients with ascites compared with those without", "in men and women"),
    flags=re.VERBOSE | re.IGNORECASE,
)
ONE_KIND_FARED = Pattern(
    id="one-kind-of-people-fared",
    regex=rf"""
        \b {PEOPLE} \s+ (?P<how> {HAVING} ) \s+ (?P<one> {_WHAT} ) \s+ {_FARED} \s+ (?: to\s+\w+\s+ | toward\s?s?\s+ )? (?: an?\s+ | the\s+ )?
        (?: \w+ly\s+ ){{0,2}} (?P<degree> {DEGREE} ) \b
    """,
    examples={"Patients with high ferritin had a significantly shorter PFS": [{"one": "high ferritin", "degree": "shorter"}]},
    counterexamples=("Patients with high ferritin had a PFS of",),
    flags=re.VERBOSE | re.IGNORECASE,
)
FARED_IN_ONE_KIND = Pattern(
    id="fared-in-one-kind-of-people",
    regex=rf"""
        \b (?P<degree> {DEGREE} ) (?: \s+ [^,;:.()\d]{{2,60}}? )? \s+ (?: in | for | among | of ) \s+ (?: the\s+ | those\s+ )?
        {PEOPLE} \s+ (?P<how> {HAVING} ) \s+ (?P<one> {_WHAT} ) \s* $
    """,
    examples={"OS was significantly shorter in patients with high ferritin ": [{"one": "high ferritin", "degree": "shorter"}]},
    counterexamples=("OS was 12 months in patients with high ferritin ",),
    flags=re.VERBOSE | re.IGNORECASE,
)
COMPARING_PEOPLE = Pattern(
    id="comparing-people-with-people",
    regex=rf"""
        \b comparing \s+ (?: the\s+ )? {PEOPLE} \s+ (?P<how> {HAVING} ) \s+ (?P<one> {_WHAT} ) \s+ (?: with | to | and ) \s+ (?: the\s+ )?
        {PEOPLE} \s+ (?P<then> {HAVING} ) (?: \s+ (?P<other> {_WHAT} ) )? {_ENDS}
    """,
    examples={"comparing patients with bone metastases with those without, the HR was": [{"one": "bone metastases", "then": "without"}]},
    counterexamples=("comparing A with B, the HR was",),
    flags=re.VERBOSE | re.IGNORECASE,
)
COMPARING_KINDS = Pattern(
    id="comparing-a-kind-with-a-kind",
    regex=rf"""
        \b comparing \s+ (?P<one> {_KIND} ) \s+ (?: with | to ) \s+ (?P<other> {_KIND} ) (?= \s*, )
    """,
    examples={"Comparing men with women, the HR was": [{"one": "men", "other": "women"}]},
    counterexamples=("Comparing docetaxel with gemcitabine, the HR was", "comparing both arms, the HR was"),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (
    SET_AGAINST,
    BETWEEN_PEOPLE,
    COMPARING_PEOPLE,
    COMPARING_KINDS,
    DIFFERS_BETWEEN,
    KIND_AGAINST_KIND,
    KINDS_COMPARED,
    ONE_KIND_FARED,
    FARED_IN_ONE_KIND,
)
# What is no level of a factor: places in time, groups without a name, names of arms.
_NO_LEVEL = re.compile(
    r"""
    \b (?: two | three | four | both | treatments? | study | arms? | groups? | cohorts? | regimens? | baseline | placebo | controls? | intervention
      | experimental | weeks? | months? | years? | days? | cycles? | visits? | before | after | pre\w* | post\w* | end | start | time | trials?
      | studies | schedules? | methods? | drugs? | agents? | therap\w+ | them | each | present | previous | reviewers? | assessments?
      | investigators? | random\w* ) \b
  | [%=] | ^ [A-Z\d] $ | ^ (?: in | for | with | on | among | those | that | all | other ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MANNER = re.compile(r"\b(?:\w+ly|less|more|higher|lower|longer|shorter|better|worse|fewer)$", re.IGNORECASE)
_DENIED = re.compile(r"without|lacking|(?:who|that)\s+(?:did\s+not|never)", re.IGNORECASE)
_PARTS = re.compile(r";\s|\.\s+(?=[A-Z])")


def _part(text: str, at: int) -> tuple[str, int]:
    """The part of a sentence that a number stands in, brackets blanked out, and where it starts: semicolons part it, but for those in brackets."""
    flat = without_brackets(text)
    ends = [0, *(m.end() for m in _PARTS.finditer(flat)), len(text)]
    place = opening(text, at)
    here = at if place is None else place
    start, end = max(e for e in ends if e <= here), min(e for e in ends if e > here or e == len(text))
    return flat[start:end], start


def set_apart(text: str, at: int) -> Factor | None:
    """The two groups of people that the sentence part of a number sets against each other, as one factor; None where it does not."""
    part, offset = _part(text, at)
    found = sorted(_pairs(part, offset), key=lambda f: f.span)
    ahead = [f for f in found if f.span.start < at]
    if ahead:
        return ahead[-1] if not _AND_DID.search(part[ahead[-1].span.end - offset : at - offset]) else None
    place = opening(text, at)
    if not found or place is None or not _BETWEEN_BEHIND.fullmatch(part[place - offset : found[0].span.start - offset]):
        return None
    return found[0] if not _ANOTHER_NUMBER.search(text, found[0].span.end, offset + len(part)) else None


def set_apart_after(text: str, at: int) -> Factor | None:
    """The two groups of people that are set against each other right behind a place: " for patients with X compared with those without"."""
    stop = _STOPS.search(text, at)
    part = text[at : stop.start() if stop is not None else len(text)]
    leads = _TOLD_FOR.match(part)
    match = SET_AGAINST.compiled.match(part, leads.end()) if leads is not None else None
    return Factor(_contrast(match), CharSpan(at + match.start("one"), at + match.end("one"))) if match is not None else None


_TOLD_FOR = re.compile(r"\s?,?\s?(?:for|in|among)\s(?:the\s)?")
_STOPS = re.compile(r"[;(]|\.\s|\.$")


# "X was more common in men than in women, and was associated with a shorter OS (p = 0.1)"
_AND_DID = re.compile(r"\b(?:and|but)\s(?:\w+ly\s|also\s)?(?:was|were|had|has|have|showed)\b", re.IGNORECASE)
# "(HR 0.9) was seen between smokers and ...": what stands behind the number is still told of it.
_BETWEEN_BEHIND = re.compile(
    r"""
    (?! .* (?: , \s (?: and | but | while | which | who ) \b | \b (?: but | whereas | while | with\san? ) \b ) )
    \s* [^;:.]{0,250}? \b (?: between | among | in | for | of ) \b [^;:.,]{0,60}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ANOTHER_NUMBER = re.compile(r"\b[pP]\s?[=<>]|\b(?:HR|OR|RR)\b|\d\s?%|\bratio\b")


def _pairs(part: str, offset: int) -> Iterator[Factor]:
    for pattern in (SET_AGAINST, BETWEEN_PEOPLE, COMPARING_PEOPLE):
        for match in pattern.find(part):
            span = CharSpan(offset + match.start("one"), offset + match.end("one"))
            yield Factor(_contrast(match), span)
    for match in (*COMPARING_KINDS.find(part), *DIFFERS_BETWEEN.find(part), *KIND_AGAINST_KIND.find(part), *KINDS_COMPARED.find(part)):
        one, other = match.group("one"), match.group("other")
        if (
            not _NO_LEVEL.search(one)
            and not _MANNER.search(one)
            and not _NO_LEVEL.search(other)
            and match.groupdict().get("what") not in ("group", "groups")
        ):
            yield Factor(f"{factor_norm(one)} vs {factor_norm(other)}".rstrip("."), CharSpan(offset + match.start("one"), offset + match.end("one")))


@dataclass(frozen=True, slots=True)
class OneKind:
    """People who are said to have fared better or worse, and the word that says so."""

    factor: Factor
    degree: str


_TURNS = re.compile(r"[;.]|\b(?:when|if|with|after|on|than|whereas|while|but)\b")


def one_kind(text: str, at: int) -> OneKind | None:
    """The one kind of people that an outcome before a bracket is said to be better or worse in; None where it is not said so."""
    bracket = opening(text, at)
    if bracket is None:
        return None
    flat = without_brackets(text[:bracket])
    found = [m for m in ONE_KIND_FARED.find(flat) if not _TURNS.search(flat[m.end() :])] or list(FARED_IN_ONE_KIND.find(flat))
    if not found:
        return None
    match = found[-1]
    one = _plain(match.group("one"))
    norm = f"no {one}" if _DENIED.match(match.group("how")) else one
    return OneKind(Factor(norm, CharSpan(*match.span("one"))), match.group("degree"))


def _contrast(match: re.Match[str]) -> str:
    """Two levels as one contrast; having something against not having it is named by what is had."""
    one, other = _plain(match.group("one")), _plain(match.group("other") or "")
    denied = _DENIED.match(match.group("how")) is not None
    if _DENIED.match(match.group("then")) and not denied:
        return one
    if denied:
        return f"no {one}"
    return f"{one} vs {other}" if other and other != one else one


def _plain(said: str) -> str:
    return factor_norm(re.sub(r"^(?:an?|the)\s", "", " ".join(said.split())))
