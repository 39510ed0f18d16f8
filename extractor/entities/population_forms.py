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
from extractor.entities.population_patterns import OPERATOR
from extractor.quantities import COUNT_WORD, Pattern

# What tells no patients from others: function words, verbs, roles in a study, measures of a result, times.
_PLAIN = (
    r"(?i:the|an?|this|that|these|those|such|all|any|each|every|both|either|neither|no|not|none|some|most|many|few|several|more|less|fewer|other|another"
    r"|others|same|similar|different|respective|various|certain|our|their|its|his|her|we|they|it|which|who|whom|whose|where|when|while|whereas|but|and|or"
    r"|nor|if|than|as|to|of|in|on|at|by|for|from|with|without|among|amongst|within|between|per|via|versus|vs|compared|after|before|during|until"
    r"|since|under|over|about|only|also|just|even|still|further|additional|new|next|previous|subsequent|following|preceding|aforementioned|above|below"
    r"|was|were|is|are|be|been|being|had|has|have|having|did|do|does|can|could|may|might|will|would|should|there|here|then|thus|half|third|quarter"
    r"|proportion|percentage|percent|number|majority|minority|total|overall|entire|whole|full|study|studies|trial|trials|treatment|treated|control|controls"
    r"|placebo|experimental|intervention|interventional|investigational|comparator|reference|standard|active|combination|combined|monotherapy|arm|arms"
    r"|regimen|dose|doses|therapy|randomi[sz]ed|assigned|allocated|enrolled|included|recruited|screened|eligible|registered|consecutive|evaluable"
    r"|assessable|analy[sz]ed|available|sampled|individual|single|large|small|larger|smaller|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|first|second|last|final"
    r"|years?|months?|weeks?|days?|hours?|cycles?|age|aged|mean|median|average|rates?|survival|response|responses|hazard|ratio|risk|odds|confidence|interval"
    r"|adverse|events?|toxicit\w+|deaths?|grades?|safety|efficacy|intention|intent|itt|mitt|fas|baseline|hospital|institution\w*|center|centre|clinical|patients?|people|human|cancer"
    r"|carcinoma|leuk\w+|lymphoma|melanoma|myeloma|sarcoma|present|parent|main|own|general|historical|matching|corresponding|receiving|received|given"
    r"|taking|showed|achieved|experienced|reported|observed|seen|noted|occurred|developed|remaining|rest|comparison|parallel|involved|target|index|test|case|strateg\w+|schedules?|protocols?|approach\w*|modalit\w+|techniques?"
    r"|program\w*|polic(?:y|ies)|weekly|daily|\d+(?:st|nd|rd|th)|[\d.]+-?m?g(?:/\w+)?|one|c?m|mm|[kmµ]?g|m?l|settings?|lines?|follow-up|assess\w*|measured|tested|followed|studied|examined"
    r"|investigated|however|moreover|similarly|(?:pre-?)?planned|pre-?specified|pre-?defined|exploratory|post-?hoc|key|important|relevant|largest|smallest|specific"
    r"|particular|\w+(?<!surviv)ing)"
)
_WORD = (
    rf"(?:(?!{_PLAIN}(?![\w/-])|[a-z]*(?:mab|nib|tinib|platin|taxel|rubicin)(?!\w)"
    r"|\d+(?:\.\d+)?(?:[\s%,;.)]|$))[A-Za-z0-9≥≤<>](?:[\w/+≥≤<>%'-]|\.(?=\w))*)"
)
_BEHIND = (
    r"(?=\s?[,;:.()\[\]]|\s(?:was|were|had|has|have|is|are|did|do|and|or|than|versus|vs|compared|respectively|but|while|whereas|at|in|on"
    r"|with|after|for|to|as|of|one|two|three|four|five|six|none|treated|receiving|given|who|whose|this|the|that|lived|survived|responded|fared)\b|\s?\d|\s?$)"
)
_PEOPLE = (
    r"(?:patients|women|men|children|adults|adolescents|boys|girls|subjects|participants|individuals|cases|tumou?rs|primaries|carcinomas|lesions"
    r"|survivors|recipients)"
)
_GROUP = r"(?:groups?|sub-?groups?|subsets?|sub-?populations?|cohorts?|strat(?:um|a)|categor(?:y|ies)|class(?:es)?)"
_ORDERED = r"(?:quartiles?|tertiles?|quintiles?|terciles?|septiles?|deciles?)"
_LEAD = (
    r"(?:\b(?:[Ii]n|[Ff]or|[Aa]mong|[Aa]mongst|[Oo]f|[Ww]ithin|[Ff]rom|than|versus|vs\.?|between|and|or|compared\s(?:with|to)|against|to|with)\s"
    rf"(?:(?:the|those|our|all|both)\s)?(?:(?:\d+|{COUNT_WORD})\s)?)"
)
HEADED = Pattern(
    id="people-or-group-of-any-kind",
    regex=rf"""
        {_LEAD} (?P<what> {_WORD} (?: \s {_WORD} ){{0,3}}? ) \s (?P<head> {_PEOPLE} | {_GROUP} | {_ORDERED} ) \b {_BEHIND}
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
        (?P<what> (?!However\b|Overall\b) {_WORD} (?: \s {_WORD} ){{0,2}}? ) \s (?P<head> {_PEOPLE} | {_GROUP} ) \s (?: \( [^()]* \) \s )?
        (?= (?: had | have | lived | survived | fared | did | achieved | responded | showed | experienced | reported | reached | relapsed | progressed
              | gained | derived | benefit\w* ) \b )
    """,
    examples={"Distal primaries (n = 90) did poorly": [{"what": "Distal", "head": "primaries"}]},
    counterexamples=("The patients had", "Most patients (n = 9) had"),
)
_ADJECTIVE = (
    r"(?:[\w/]+-(?:naive|na[iï]ve|positive|negative|mutant|mutated|low|high|poor|rich|refractory|sensitive|resistant|pretreated|treated|deficient"
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
_NUMBER = r"(?:<|>|≤|≥|~)?\d+(?:\.\d+)?\s?(?:%|months?|years?|weeks?|days?|mo|of\s\d+|per\scent|/\s?\d+)?(?:\s?[(\[][^()\[\]]*[)\]])?"
_PHRASE = rf"(?:{_WORD}(?:\s(?:with\s|without\s|of\s)?{_WORD}){{0,3}})"
PARALLEL = Pattern(
    id="values-in-one-and-the-other",
    regex=rf"""
        (?<![\w.]) {_NUMBER} \s (?: in\s(?:the\s)? | for\s(?:the\s)?
          | among\s(?:the\s)? ) (?:those\s(?:with|who\swere)\s)? (?P<one> {_PHRASE} ) (?: \s?\([^()]*\) )?
        ,? \s (?: (?: and | versus | vs\.? | but | as\sagainst | against | compared\s(?:with|to) | while | whereas | to )\s )? (?: (?: only
          | just | was | it\swas | a\smedian\sof | median )\s ){{0,2}}
        {_NUMBER} \s (?: in | for | among )\s (?:the\s)? (?:those\s(?:with|who\swere)\s)? (?P<other> (?: other\s | remaining\s )? {_PHRASE} )
        (?= \s? [,;.()\[\]] | \s (?: and | at | respectively | was | were | had )\b | \s? $ )
    """,
    examples={
        "a PFS of 4.1 months in uterine leiomyosarcomas and 2.2 in the other histotypes,": [
            {"one": "uterine leiomyosarcomas", "other": "other histotypes"}
        ],
    },
    counterexamples=("4 months in the treatment arm and 5 in the control arm",),
)
WHERE = Pattern(
    id="clause-of-a-condition",
    regex=r"""
        (?: ^ | [.;]\s | \d[%)\]]?\s | months\s | \b(?:and|but)\s ) (?P<lead> [Ww]here | [Ii]f
          | [Ww]hen(?=\s (?:the\s)? [\w/-]+ (?: \s [\w/-]+ )? \s (?: exceeded | was\s(?:above|below|at\sleast|over|under) | fell\sbelow )) )\s
        (?: the\s | an?\s )?
        (?P<what> (?! it\b | they\b | there\b | necessary | possible | appropriate | applicable | indicated
          | available ) (?= [^,;()]*? \b (?: was | were | had | has | have | is | are | fell | rose | \w{3,}ed )\b )
            [^,;.()\d]{3,60}? (?: \d[\d.]* )? )
        (?= \s? [,;(] | \s (?: and | vs | versus )\s \d | \s the\s )
    """,
    examples={
        "Where no surgery had been planned (n = 26), rates of": [{"what": "no surgery had been planned"}],
        "was 71% when the PLR exceeded 4.2 and 58%": [{"what": "PLR exceeded 4.2"}],
    },
    counterexamples=("where appropriate, doses", "when treatment was stopped, OS"),
)
LEFT_OUT = Pattern(
    id="what-an-analysis-leaves-out",
    regex=r"""
        (?: ^ | [;.,]\s | \b (?: and | but )\s ) (?P<what> (?: leaving\sout | excluding | omitting
          | after\s(?:excluding|removing|omitting|(?:exclusion|removal|omission)\sof)
          | with\sthe\s(?:exclusion|omission)\sof ) \s [^,;.()]{3,70}? ) (?= , )
    """,
    examples={"; leaving out the smallest study, 0.81": [{"what": "leaving out the smallest study"}]},
    counterexamples=("events, excluding relapse (", "patients excluding those with"),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (HEADED, SUBJECT, AS_NOUN, PARALLEL, WHERE, LEFT_OUT)
CONDITIONS = frozenset({WHERE.id, LEFT_OUT.id})
"""The details of what a clause gives as a condition."""
GROUPS = frozenset({HEADED.id, SUBJECT.id})
LOCAL = frozenset({PARALLEL.id})
"""The details of what one value alone is told of."""
FORMS = frozenset({"men-and-women", *(p.id for p in PATTERNS)})
AGAIN = re.compile(r"\b(?:[Ww]hen|[Ww]here|[Ii]f)\s(?P<what>it\s(?:did|had|was|were|is|does)(?P<denied>\snot)?)(?=\s?[,;.()]|\s(?:and|or)\b|\s?$)")
_SEXES = re.compile(r"(?<!-)\b(?:(?P<women>women|females|girls)|(?P<men>men|males|boys))\b(?!\swith\s|\swho\s|\swhose\s)", re.IGNORECASE)
_TELLS_NOTHING = re.compile(
    r"\s(?:was|were|had\sbeen|has\sbeen|have\sbeen)\s(?:present|found|detected|seen|noted|recorded)$|\s(?:existed|occurred)$", re.IGNORECASE
)
_COMPARED = (
    (re.compile(r"\s(?:exceeded|was\s(?:above|over|more\sthan|greater\sthan))\s(?=\d)"), " > "),
    (re.compile(r"\s(?:fell\sbelow|was\s(?:below|under|less\sthan))\s(?=\d)"), " < "),
    (re.compile(r"\swas\sat\sleast\s(?=\d)"), " >= "),
)
_LEVEL_WORD = re.compile(OPERATOR)


def find_forms(text: str, taken: Sequence[CharSpan]) -> Iterator[Mention]:
    """The populations that the grammar of a folded text shows, but for those that overlap what is known already."""
    found = list(_sexes(text))
    for pattern in PATTERNS:
        for match in pattern.find(text):
            for name in ("one", "other") if pattern is PARALLEL else ("what",):
                found.append(Mention(MentionKind.POPULATION, _span(match, name), _norm(pattern, match, name), detail=pattern.id))
    kept = [*taken]
    for one in found:
        if not any(one.span.overlaps(k) for k in kept):
            kept.append(one.span)
            yield one


def _span(match: re.Match[str], name: str) -> CharSpan:
    """The place of a form, with the noun that heads it."""
    return CharSpan(match.start(name), match.end("head") if "head" in match.re.groupindex else match.end(name))


def _norm(pattern: Pattern, match: re.Match[str], name: str) -> str:
    said = " ".join(match.group(name).split()).replace("≥", ">=").replace("≤", "<=")
    if pattern is WHERE:
        for words, sign in _COMPARED:
            said = words.sub(sign, said)
        return _TELLS_NOTHING.sub("", said)
    if "head" in match.re.groupindex and re.match(_ORDERED, match.group("head")):
        return f"{said} {match.group('head')}"
    return said


def _sexes(text: str) -> Iterator[Mention]:
    """Women and men where a sentence tells of both."""
    found = list(_SEXES.finditer(text))
    if not (any(m.group("women") for m in found) and any(m.group("men") for m in found)):
        return
    for match in found:
        yield Mention(MentionKind.POPULATION, CharSpan(*match.span()), match.group().lower(), detail="men-and-women")
