"""Populations known by grammar, whatever they are called: a noun phrase where a sentence tells of whom a result is.

The patterns of `population_patterns.py` know what groups of patients are called. Here any modifier of people, tumours or groups will do ("the serous
tumors", "the top quartile"), any noun phrase that a value is set against another in ("4.6 months in A-sarcomas and 2.3 in the other histotypes"), any
condition that a clause opens with ("Where no surgery was planned, ..."). Which of them are arms, events or the study's own eligibility is for
the reader of the sentence to say: these forms are offered where nothing else is known of their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.document import CharSpan
from extractor.entities.mention import Mention, MentionKind
from extractor.entities.population_ends import ON, tells_people, whole_phrase
from extractor.entities.population_lists import IN_LISTS, find_lists
from extractor.entities.population_pairs import PAIRS, find_pairs
from extractor.entities.population_patterns import BOUNDARY, OPERATOR
from extractor.entities.population_words import PEOPLE, WORD, ascii_operators
from extractor.quantities import COUNT_WORD, Pattern

_BEHIND = (
    r"(?=\s?[,;:.()\[\]]|\s(?:was|were|had|has|have|is|are|did|do|and|or|than|versus|vs|compared|respectively|but|while|whereas|at|in|on"
    r"|with|after|for|to|as|of|one|two|three|four|five|six|none|treated|receiving|given|who|whose|this|the|that|lived|survived|responded|fared|died|relapsed|progressed|recurred|developed|experienced|achieved|showed)\b|\s?\d|\s?$)"
)
_PEOPLE = (
    r"(?:patients|women|men|children|adults|adolescents|boys|girls|subjects|participants|individuals|cases|tumou?rs|primaries|carcinomas|lesions"
    r"|survivors|recipients)"
)
_GROUP = (
    r"(?:groups?|sub-?groups?|subsets?|sub-?populations?|cohorts?|strat(?:um|a)|categor(?:y|ies)|class(?:es)?|histolog(?:y|ies)|histotypes?|subtypes?"
    r"|genotypes?|phenotypes?|karyotypes?|cytogenetics)"
)
_ORDERED = r"(?:quartiles?|tertiles?|quintiles?|terciles?|septiles?|deciles?)"
_LEAD = (
    r"(?:\b(?:[Ii]n|[Ff]or|[Aa]mong|[Aa]mongst|[Oo]f|[Ww]ithin|[Ff]rom|than|versus|vs\.?|between|and|or|compared\s(?:with|to)"
    r"|against|(?:(?<=compared\s)|(?<=similar\s)|(?<=relative\s)|(?<=equal\s)|(?<=identical\s)|(?<=comparable\s)|(?<=superior\s)|(?<=inferior\s))to|with)\s"
    rf"(?:(?:the|those|our|all|both)\s)?(?:(?:\d+|{COUNT_WORD})\s)?"
    r"|\bof\s(?:the\s)?\d+\s?\([^()]{1,20}\)\s)"
)
_PLAIN_LEAD = r"(?:in|of|for|the|and|or|with|to|on|at|from|by|than|were|was|had|who|not|all|no)(?![\w-])"
HEADED = Pattern(
    id="people-or-group-of-any-kind",
    regex=rf"""
        {_LEAD} (?P<what> {WORD} (?: \s {WORD} ){{0,3}}? | (?: \d(?:st|nd|rd|th) | first | second | third | fourth | fifth )(?= \s {_ORDERED} ) )
        \s (?P<head> {_PEOPLE} | {_GROUP} | {_ORDERED} ) \b {_BEHIND}
    """,
    examples={
        "Of the eight mucinous tumors one responded": [{"what": "mucinous", "head": "tumors"}],
        "survival in the top quartile (": [{"what": "top", "head": "quartile"}],
        "5 months in visceral disease patients and": [{"what": "visceral disease"}],
    },
    counterexamples=("in the control group", "of the 40 eligible patients", "in all patients"),
)
SUBJECT = Pattern(
    id="people-of-any-kind-did",
    regex=rf"""
        (?: ^ | [;:,.]\s | \b (?: whereas | while | that | but | and )\s ) (?: [Tt]he\s | [Oo]ur\s )? (?: (?: \d+ | {COUNT_WORD} )\s )?
        (?P<what> (?!However\b|Overall\b) {WORD} (?: \s {WORD} ){{0,2}}? ) \s (?P<head> {_PEOPLE} | {_GROUP} ) \s (?: \( [^()]* \) \s )?
        (?= (?: had | have | lived | survived | fared | did | achieved | responded | showed | experienced | reported | reached | relapsed | progressed
              | gained | derived | benefit\w* ) \b )
    """,
    examples={"Distal primaries (n = 90) did poorly": [{"what": "Distal", "head": "primaries"}]},
    counterexamples=("The patients had", "Most patients (n = 9) had"),
)
_ADJECTIVE = (
    r"(?:[\w/-]+-(?:naive|na[iï]ve|positive|negative|mutant|mutated|low|high|poor|rich|refractory|sensitive|resistant|pretreated|treated|deficient"
    r"|proficient|risk|unmutated|amplified|free|fit|unfit|eligible|ineligible|sided)|youngest|oldest|elderly|young|old|middle-aged|fit|unfit|frail"
    r"|postmenopausal|premenopausal|unmethylated|methylated|pretreated|untreated|obese)"
)
AS_NOUN = Pattern(
    id="adjective-for-people",
    regex=rf"""
        \b (?: in | among | for | of | than | with )\s the\s (?P<what> (?: [\w-]+\s )?? {_ADJECTIVE} )
        (?= \s?[,;.()\[] | \s(?: and | than | versus | vs | this | the | was | were | had | but | it )\b | \s? $ )
    """,
    examples={
        "6.8 in the chemotherapy-naive and 3.7 in the rest": [{"what": "chemotherapy-naive"}],
        "months in the youngest (HR 0.6)": [{"what": "youngest"}],
    },
    counterexamples=("in the low-risk group", "in the HER2-positive cohort"),
    flags=re.VERBOSE | re.IGNORECASE,
)
_MEASURED_SO = (
    r"(?:exceeded|fell\sbelow|(?:was|were)\s(?:not\s)?(?:above|below|at\sleast|over|under|(?:more|less|greater|longer|shorter|higher|lower)\sthan|present|absent"
    r"|positive|negative|involved|high|low|free|clear|spared|preserved|achieved|complete|incomplete))"
)
# What a clause says of the figures or of the conduct of a study, not of people.
_NOT_OF_PEOPLE = (
    r"[^,;()]{0,40}?\b(?:results?|data|analys[ie]s|model|values?|rates?|figures?|consent|criteria|study|trial|interaction|assumptions?|normality"
    r"|significan\w+|questionnaires?|measurements?)\s(?:was|were|had)\b"
)
WHERE = Pattern(
    id="clause-of-a-condition",
    regex=rf"""
        (?: ^ | [.;]\s | \d[%)\]]?\s | months\s | \b(?:and|but|However,|whereas|while)\s ) (?P<lead> [Ww]here | [Ii]f
          | [Ww]hen(?=\s (?: (?:the\s)? [\w/-]+ (?: \s [\w/-]+ ){{0,2}}? \s {_MEASURED_SO} | there\s(?:was|were) )\b ) )\s
        (?: the\s | an?\s )?
        (?P<what> (?! (?: it | they | we | you | these | this | those | such | anyone )\b | necessary | possible | appropriate | applicable
          | indicated | available | {_NOT_OF_PEOPLE} ) (?= [^,;()]{{0,80}}? \b (?: was | were | had | fell | rose | \w{{3,}}ed )\b )
            [^,;.()\d≥≤<>]{{3,60}}? (?: (?:{OPERATOR}\s?)? \d[\d.]* (?: \s? [A-Za-z%][\w/%]{{0,8}} )? )? )
        (?= \s? [,;(] | \s (?: and | vs | versus )\s \d | \s the\s )
    """,
    examples={
        "Where no surgery had been planned (n = 26), rates of": [{"what": "no surgery had been planned"}],
        "was 71% when the PLR exceeded 4.2 and 58%": [{"what": "PLR exceeded 4.2"}],
        "When bypass time exceeded ≥75 min, leaks were": [{"what": "bypass time exceeded ≥75 min"}],
        "However, if there was no rupture, the rate": [{"what": "there was no rupture"}],
    },
    counterexamples=(
        "where appropriate, doses",
        "when treatment was stopped, OS",
        "If these rates were applied to the whole country, 40",
        "If any lesion is found, it",
    ),
)
GIVEN = Pattern(
    id="people-given-something",
    regex=rf"""
        (?: \b (?: in | for | among | amongst | of | than | versus | vs\.? | and | or )\s | (?: ^ | [;:]\s ) )
        (?: (?: the | all | those | our )\s )? (?: (?: \d+ | {COUNT_WORD} )\s )? (?: (?!{_PLAIN_LEAD})[\w-]+\s ){{0,2}}?
        (?: {PEOPLE} | {_PEOPLE} | those )\s (?: \(n\s?=\s?\d+\)\s )?
        (?: (?:who|that)\s (?: (?:had|were|have)\s )? (?: (?:also|later|subsequently|eventually|then)\s )?
              (?: received | undergone | given | treated\swith )
          | receiving | undergoing | given | (?: (?:previously|already|recently)\s | pre-? )? treated\swith )\s (?: an?\s | the\s )?
        (?P<what> (?!in\b|with\b|for\b){ON}{{3,70}}? ) {BOUNDARY}
    """,
    examples={
        "In patients undergoing cystectomy, PFS": [{"what": "cystectomy"}],
        "for those who received at least four cycles was": [{"what": "at least four cycles"}],
    },
    counterexamples=("patients who were treated,", "the dose given was"),
    flags=re.VERBOSE | re.IGNORECASE,
)
_RESPONSE = (
    r"(?:(?:(?:pathologic(?:al)?|clinical|radiologic(?:al)?)\s)?(?:complete|partial|objective|major|minor)\s(?:responses?|remissions?)|stable\sdisease"
    r"|progressive\sdisease|disease\scontrol|pCR|CR|PR|SD|PD)(?:\s\([^()]*\))?"
)
# Who is told of by the response: only where an outcome other than response is told.
BY_RESPONSE = Pattern(
    id="people-by-response",
    regex=rf"""
        (?: (?<! \d\s )(?<! %\s )(?<! \d\)\s ) \b (?: in | for | among | of | than )\s | ^ | [;,]\s )
        (?: (?: the | those )\s )? (?: (?: \d+ | {COUNT_WORD} )\s )? (?: patients | women | men | those | subjects )\s
        (?: with | achieving | attaining | reaching | who\s(?:achieved|had|attained|reached) )\s (?: an?\s | the\s )? (?: best\sresponse\sof\s )?
        (?P<what> {_RESPONSE} (?: \s or\s (?: better | {_RESPONSE} ) )? ) (?P<more> (?: ,\s {_RESPONSE} )* ,? \s and\s {_RESPONSE} )? {_BEHIND}
    """,
    examples={
        "Patients achieving a CR had a": [{"what": "CR"}],
        "for patients with CR, PR and SD was": [{"what": "CR", "more": ", PR and SD"}],
    },
    counterexamples=("12% of patients with CR had", "a CR in patients"),
    flags=re.VERBOSE | re.IGNORECASE,
)
COUNTED = Pattern(
    id="so-many-of-those-with",
    regex=rf"""
        \b of\s (?:the\s)? \d+\s (?: [(\[] \s? [\d.]+ \s? % \s? [)\]] \s ) with\s (?: an?\s | the\s )?
        (?P<what> {WORD} (?: \s {WORD} ){{0,3}}? ) {_BEHIND}
    """,
    examples={"as did 9 of 30 (30%) with visceral disease.": [{"what": "visceral disease"}]},
    counterexamples=("of 30 patients (30%) with",),
)
BOUND = Pattern(
    id="bound-of-a-level",
    regex=rf"""
        \b (?: in | for | of | with | and | vs\.? | versus | than )\s
        (?P<what> (?! (?: P | HR | OR | RR | CI | N | AUC\w* | SD | SE | SEM | IQR | ICC | Alpha | Alfa | Beta | Power | Cmax | Mean | Median )\b )
            [A-Z][A-Za-z\d-]{{1,9}} (?: \s (?:score|level|expression) )? \s? (?: (?!=) {OPERATOR} \s? | (?<=score\s)=\s? | =\s?(?=\d(?!\.?\d)) )
            \d+ (?:\.\d+)? (?!\.?\d) \s?%? )
        (?= \s? [,;.()] | \s (?: and | versus | vs | was | were | had | group ) \b | \s? $ )
    """,
    examples={"compared with 20% for KPS <80.": [{"what": "KPS <80"}]},
    counterexamples=("with P <0.05.", "with an AUC >5 and", "with AUC >5 and", "for SD = 0.1,"),
)
LEFT_OUT = Pattern(
    id="what-an-analysis-leaves-out",
    regex=r"""
        (?: ^ | [;.,]\s | \b (?: and | but )\s ) (?P<what> (?: leaving\sout | excluding | omitting
          | (?: after\s(?:excluding|removing|omitting|(?:exclusion|removal|omission)\sof) | with\sthe\s(?:exclusion|omission)\sof )
            (?= \s [^,;.()]{0,60}? \b (?: patients | women | men | participants | subjects | individuals | cases | deaths | stud(?:y|ies) | trials?
              | cent(?:re|er)s? | sites? | outliers? | those | protocol | violat\w+ | cohorts? | groups? | drop-?outs | relapses? | events?
              | withdrawals | losses | (?-i:[A-Z][A-Z\d-]{2,}) )\b ) ) \s
          [^,;.()]{3,70}? ) (?= , )
    """,
    examples={"; leaving out the smallest study, 0.81": [{"what": "leaving out the smallest study"}]},
    counterexamples=("events, excluding relapse (", "patients excluding those with", "After removal of the drain, bleeding"),
    flags=re.VERBOSE | re.IGNORECASE,
)
AROUND_SURGERY = "around-surgery"
PATTERNS = (GIVEN, BY_RESPONSE, HEADED, SUBJECT, AS_NOUN, COUNTED, BOUND, WHERE, LEFT_OUT)
CONDITIONS = frozenset({WHERE.id, LEFT_OUT.id})
"""The details of what a clause gives as a condition."""
GROUPS = frozenset({HEADED.id, SUBJECT.id})
STATE = re.compile(rf"(?:previously\s|heavily\s)?(?!\S+-treated\b){_ADJECTIVE}|.+\s{_ORDERED}", re.IGNORECASE)
"""What people are, whatever they are treated with: no name of an arm."""
FORMS = frozenset({"men-and-women", AROUND_SURGERY, *IN_LISTS, *PAIRS, *(p.id for p in PATTERNS)})
AGAIN = re.compile(r"\b(?:[Ww]hen|[Ww]here|[Ii]f)\s(?P<what>it\s(?:did|had|was|were|is|does)(?P<denied>\snot)?)(?=\s?[,;.()]|\s(?:and|or)\b|\s?$)")
_SEXES = re.compile(r"(?<!-)\b(?:(?P<women>women|females|girls)|(?P<men>men|males|boys))\b(?!\swith\s|\swho\s|\swhose\s)", re.IGNORECASE)
_SEX = {"males": "male", "females": "female"}
# "24 men (60%) and 16 women", "35% men": how many they were, no result of theirs.
_SO_MANY = re.compile(
    rf"(?<!\d[.,]\d)(?<!\d)(?<!\bof\s)(?<!\bof\sthe\s)(?<!\bin\s)(?<!\bamong\s)(?<!\bthe\s)(?:\b\d+(?:[.,]\d+)?\s?%?|\b{COUNT_WORD})\s$",
    re.IGNORECASE,
)
_TELLS_NOTHING = re.compile(
    r"\s(?:was|were|had\sbeen|has\sbeen|have\sbeen)\s(?:present|found|detected|seen|noted|recorded)$|\s(?:existed|occurred)$", re.IGNORECASE
)
_COMPARED = (
    (re.compile(r"\s(?:exceeded|was|were)\s(?=[<>])(?P<sign>[<>]=?)\s?(?=\d)"), r" \g<sign> "),
    (re.compile(r"\s(?:exceeded|(?:was|were)\s(?:above|over|more\sthan|greater\sthan|longer\sthan|higher\sthan))\s(?=\d)"), " > "),
    (re.compile(r"\s(?:fell\sbelow|(?:was|were)\s(?:below|under|less\sthan|shorter\sthan|lower\sthan))\s(?=\d)"), " < "),
    (re.compile(r"\s(?:was|were)\sat\sleast\s(?=\d)"), " >= "),
    (re.compile(r"^there\s(?:was|were|had\sbeen)\sno\s(?:evidence\sof\s)?"), "without "),
    (re.compile(r"^there\s(?:was|were|had\sbeen)\s(?:an?\s)?(?:evidence\sof\s)?"), ""),
)


# What makes a clause of a condition: one that breaks off before its verb is none.
_VERB = re.compile(r"\b(?:was|were|had|fell|rose|exceeded|\w{3,}ed)\b")


def find_forms(text: str, taken: Sequence[CharSpan]) -> Iterator[Mention]:
    """The populations that the grammar of a folded text shows, but for those that overlap what is known already."""
    found = [*_sexes(text), *_around_surgery(text), *find_pairs(text)]
    for pattern in PATTERNS:
        found += find_lists(text) if pattern is WHERE else ()
        for match in pattern.find(text):
            norm = whole_phrase(_norm(pattern, match, "what"))
            if tells_people(norm) and (pattern is not WHERE or _VERB.search(match.group("what"))):
                found.append(Mention(MentionKind.POPULATION, _span(match, "what"), norm, detail=pattern.id))
            if pattern is BY_RESPONSE and match.group("more"):
                found += _other_responses(match)
    kept = [*taken]
    for one in found:
        if not any(one.span.overlaps(k) for k in kept):
            kept.append(one.span)
            yield one


def _other_responses(match: re.Match[str]) -> Iterator[Mention]:
    for one in re.finditer(_RESPONSE, match.group("more"), re.IGNORECASE):
        span = CharSpan(*one.span()).shifted(match.start("more"))
        yield Mention(MentionKind.POPULATION, span, one.group(), detail=BY_RESPONSE.id)


def _span(match: re.Match[str], name: str) -> CharSpan:
    """The place of a form, with the noun that heads it."""
    return CharSpan(match.start(name), match.end("head") if "head" in match.re.groupindex else match.end(name))


def _norm(pattern: Pattern, match: re.Match[str], name: str) -> str:
    said = ascii_operators(match.group(name))
    if pattern is BOUND:
        return re.sub(r"\s?([<>]=?|=)\s?", r" \1 ", said)
    if pattern is WHERE:
        for words, sign in _COMPARED:
            said = words.sub(sign, said)
        return _TELLS_NOTHING.sub("", said)
    if "head" in match.re.groupindex and re.match(_ORDERED, match.group("head")):
        return f"{said} {match.group('head')}"
    return said


# "pre-operatively ... and post-operatively", "before surgery ... and after it": the two sides of an operation, where a sentence tells of both.
_OPERATED = re.compile(
    r"\b(?:(?P<before>pre-?operatively|before\s(?:the\s)?(?:surgery|operation|resection))"
    r"|(?P<after>post-?operatively|after\s(?:the\s)?(?:surgery|operation|resection)))\b",
    re.IGNORECASE,
)


def _around_surgery(text: str) -> Iterator[Mention]:
    """Before and after an operation, where a figure stands beside each of the two."""
    found = [m for m in _OPERATED.finditer(text) if not _SO_LONG.search(text, max(0, m.start() - _FEW), m.start())]
    if not (any(m.group("before") for m in found) and any(m.group("after") for m in found)):
        return
    ends = [0, *(m.end() for m in found)]
    starts = [*(m.start() for m in found), len(text)]
    told = [re.search(r"\d", text[a:b]) is not None for a, b in zip(ends, starts, strict=True)]
    if all(told[1:]) or all(told[:-1]) or (told[-1] and text.rstrip(" .").endswith("respectively")):
        for match in found:
            norm = "pre-operative" if match.group("before") else "post-operative"
            yield Mention(MentionKind.POPULATION, CharSpan(*match.span()), norm, detail=AROUND_SURGERY)


# "two weeks before surgery": when, not in whom.
_SO_LONG = re.compile(r"\b(?:hours?|days?|weeks?|months?|years?|minutes?|shortly|immediately|just)\s$", re.IGNORECASE)
_FEW = 15


def _sexes(text: str) -> Iterator[Mention]:
    """Women and men where a sentence tells of both."""
    found = [m for m in _SEXES.finditer(text) if not _SO_MANY.search(text, max(0, m.start() - _FEW), m.start())]
    if not (any(m.group("women") for m in found) and any(m.group("men") for m in found)):
        return
    for match in found:
        yield Mention(MentionKind.POPULATION, CharSpan(*match.span()), _SEX.get(match.group().lower(), match.group().lower()), detail="men-and-women")
