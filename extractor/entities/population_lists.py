"""Groups that the values of a list are told of one by one: "86% for stage I, 71% for stage II and 40% for stage III", "34 months (T2) and 19 (T3)".

What stands in the same place behind each value of a list tells them apart, whatever it is called: a subgroup, a level, a set of the analysis. Which
of them are arms, events or studies is for the reader of the sentence to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.document import CharSpan
from extractor.entities.mention import Mention, MentionKind
from extractor.entities.population_ends import tells_people
from extractor.entities.population_patterns import OPERATOR
from extractor.entities.population_words import PEOPLE, PHRASE, WORD, ascii_operators
from extractor.quantities import COUNT_WORD, Pattern

_UNIT = r"(?:%|months?|years?|weeks?|days?|mo|of\s\d+|per\scent|/\s?\d+)"
_BARE = rf"(?:<|>|≤|≥|~)?\d+(?:\.\d+)?\s?{_UNIT}?"
FIGURE = rf"{_BARE}(?:\s?[(\[][^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*[)\]])?"
"""A number of a list, with its unit and what stands in brackets behind it."""
_STEP = r"(?:I{1,3}[A-C]?|IV[A-C]?|V|[0-5][a-c]?)"
_HEAD = r"(?:disease|tumou?rs?|patients|lesions|nodes|carcinomas?|cancers?|gliomas?)"
# Levels: what a digit, a sign or "no" opens or ends, of which a plain word of English may be part.
_LEVEL = rf"""(?: (?:[\w/'-]+\s){{0,2}}? (?: stages? | grades? | class(?:es)? | scores? | types? | ISS | ECOG(?:\sPS)? | PS | Dukes'? | FIGO )\s
      {_STEP} (?: \s?(?:-|/|to|or|and)\s? {_STEP} )? (?: \s {_HEAD} )?
  | (?: (?:previously|heavily)\s )? (?: pre- | pre | un )?treated | \w+ (?:-\w+)? -na[iï]ve | (?:first|second|third)-line
  | [A-Z][\w-]{{1,9}} (?: \s (?:score|expression|level|TPS|CPS) )? \s? {OPERATOR}\s? \d+(?:\.\d+)? \s?%?
  | [TNM][0-4][a-c]? (?: \s?[-/]\s? [TNM]?[0-4][a-c]? )? (?: \s {_HEAD} )?
  | {OPERATOR}\s? \d+(?:\.\d+)? \s?%? (?: \s (?!in\b|and\b|for\b|vs\b|versus\b|months?\b|years?\b)[\w-]+ ){{0,3}}
  | no\s [a-z][\w-]+ (?: \s (?!in\b|and\b|for\b|vs\b|versus\b)[\w-]+ )?
  | \d+\s? (?:-|to|or)\s? (?:\d+|more)\s (?!months|years|weeks|days|cycles|courses)[a-z][\w-]+ (?: \s (?!in\b|and\b|for\b)[a-z][\w-]+ )? )"""
_ALL = (
    r"(?:all\s(?:\w+\s)?(?:patients|cases|women|men|participants)|(?:whole|entire|overall|total|full)\s(?:study\s)?(?:population|cohort|group|series)"
    r"|(?:ITT|intent(?:ion)?[\s-]to[\s-]treat|full\sanalysis|randomi[sz]ed)(?:\s\([A-Za-z]+\))?\s(?:population|patients|set|analysis|cohort|group))"
)
_SET = (
    r"(?:(?:response[\s-]|efficacy[\s-])?(?:eligible|evaluable|assessable|operated|resected|unselected)|per[\s-]protocol|as[\s-]treated|safety)"
    r"(?=\s(?:population|patients|set|analysis|cohort|group))"
)
_DISEASE = rf"(?:(?:{WORD}\s){{0,3}}(?:cancers?|carcinomas?|leuk\w+|lymphomas?|melanomas?|myelomas?|sarcomas?))"
_END = (
    r"(?= (?: \s (?: patients | women | men | cases | tumou?rs | population | group | sub-?group | set | setting | cohort | disease | analysis )s? )?"
    r" (?: \s? [,;.()\[\]] | \s (?: and | versus | vs | but | at | to | respectively | was | were | had | compared | while | whereas | as )\b"
    r" | \s? $ ) )"
)
ITEM = Pattern(
    id="value-in-a-group",
    regex=rf"""
        (?<![\w.<>≤≥-]) {FIGURE} \s (?: in | for | among | after | of )\s (?:the\s|our\s)?
        (?: (?: those | patients | women | men | tumou?rs | cases )\s (?: with | at | in | having | who\s(?:were|had) )\s (?:an?\s|the\s)? )?
        (?P<what> (?P<all> {_ALL} ) | {_SET} | {_LEVEL} | {_DISEASE} | (?: (?: other | remaining )\s )? {PHRASE} (?: \s [A-D] )? ) {_END}
    """,
    examples={
        "of 4.1 months in uterine leiomyosarcomas and": [{"what": "uterine leiomyosarcomas"}],
        "was 81% for >5% weight loss,": [{"what": ">5% weight loss"}],
        "and 44% in the evaluable population.": [{"what": "evaluable"}],
        "77% in all patients and": [{"all": "all patients"}],
    },
    counterexamples=("4 months in the treatment arm and", "5% in 2004 and"),
)
IN_BRACKETS = Pattern(
    id="value-with-its-group",
    regex=rf"""
        (?<![\w.<>≤≥-]) {_BARE} \s? [(\[] \s? (?! (?: HR | OR | RR | CI | SD | SE | IQR | NS | ns | n | p | P | range | [Tt]able | [Ff]ig\w* | see
          | all | months? | years? | not )\b )
        (?P<what> {_LEVEL} | {PHRASE} ) \s? [)\]]
    """,
    examples={"34 months (grade 1), 19 months (T3)": [{"what": "grade 1"}, {"what": "T3"}]},
    counterexamples=("34 months (range 3-9)", "34% (n = 12)"),
)
WITH_OR_WITHOUT = Pattern(
    id="value-with-and-without",
    regex=rf"""
        {FIGURE} \s (?: (?:in|for|among)\s (?:those|patients|women|men|tumou?rs)\s )? (?P<with> with )
        (?: \s (?: patients\s )? (?P<one> {PHRASE} ) (?: \s?\([^()]*\) )? )?
        ,? \s (?: and | versus | vs\.? | but | compared\s(?:with|to) )\s {FIGURE} \s
        (?: (?:in|for|among)\s (?:those|patients|women|men|tumou?rs)\s )?
        (?P<without> without ) (?: ,? \s (?:an?\s|the\s)? (?P<other> {PHRASE} ) )? {_END}
    """,
    examples={
        "was 45% with and 62% without vascular invasion.": [{"other": "vascular invasion"}],
        "was 45% with vascular invasion vs 62% without.": [{"one": "vascular invasion"}],
        "62% in those with, and 44% in those without, a donor.": [{"other": "donor"}],
    },
    counterexamples=("45% with and without pain",),
)
STEPS = Pattern(
    id="steps-respectively",
    regex=rf"""
        \b (?P<head> (?: (?:RPA|ISS|FIGO|Dukes'?|AJCC|ASA)\s )? (?: stages? | class(?:es)? | scores? | types? | Dukes'? ) | (?=[TNM]\d) )\s?
        (?P<items> [TNM]?{_STEP} (?: ,\s [TNM]?{_STEP} )* ,? \s (?:and|or|vs\.?|versus)\s [TNM]?{_STEP} ) (?! [\w.%-] )
        (?= [^.;]* \b respectively\b )
    """,
    examples={"for stage I, II and III were 9%, 8% and 7%, respectively": [{"head": "stage", "items": "I, II and III"}]},
    counterexamples=("for stage I and II disease was 9%",),
)
_STATUS = r"(?:mutant|mutated|wild[\s-]type|positive|negative|amplified|non-?amplified|deficient|proficient|rearranged|(?:un)?methylated|high|low)"
_MARKER = r"(?:[A-Z]{1,4}-)?[A-Z\d][\w/]*"
_HEADS = r"(?:patients|women|men|cases|tumou?rs|subjects|individuals|carriers|lesions)"
MARKED_IN_TURN = Pattern(
    id="two-groups-of-a-marker",
    regex=rf"""
        \b (?: in | for | among | of )\s (?:the\s)?
        (?:
            (?P<marker> {_MARKER} ) [\s-] (?P<is> {_STATUS} ) \s (?:and|or|versus|vs\.?)\s (?P<isnt> {_STATUS} ) \s (?:[a-z][\w-]+\s){{0,2}}? {_HEADS}
          | (?P<one> {_MARKER} ) \s (?:and|or|versus|vs\.?)\s (?P<other> {_MARKER} ) [\s-] (?P<status> {_STATUS} ) \s
            (?:[a-z][\w-]+\s){{0,2}}? {_HEADS}
          | patients\swith\s (?P<first> {_MARKER} ) \s (?:and|or)\s (?P<second> {_MARKER} ) \s
            (?P<change> mutations? | amplifications? | rearrangements? | fusions? | alterations? | deletions? | (?:over)?expression )
        ) \b
        (?= [^.;]* \b respectively\b )
    """,
    examples={
        "12% and 9% in XB1 and XB2 mutant melanoma patients, respectively": [{"one": "XB1", "other": "XB2", "status": "mutant"}],
        "12% and 9% in XB1-positive and negative women, respectively": [{"marker": "XB1", "is": "positive", "isnt": "negative"}],
        "12% and 9% in patients with XB1 and XB2 fusions, respectively": [{"first": "XB1", "second": "XB2", "change": "fusions"}],
    },
    counterexamples=("12% and 9% in XB1 and XB2 mutant patients",),
)
TWO_IN_TURN = Pattern(
    id="two-groups-respectively",
    regex=rf"""
        \b (?: in | for | among | of )\s (?:the\s)? (?P<so> {WORD} ) \s (?:and|or|versus|vs\.?)\s (?:the\s)? (?P<not> {WORD} ) \s {_HEADS} \b
        (?= [^.;]* \b respectively\b )
    """,
    examples={"12% and 9% for serous and non-serous tumors, respectively": [{"so": "serous", "not": "non-serous"}]},
    counterexamples=("for serous and non-serous tumors", "in eligible and treated patients, respectively"),
)
_DEGREES = r"(?:very\slow|very\shigh|low|intermediate|standard|average|moderate|high|good|favou?rable|adverse|poor|unfavou?rable)"
RISKS_IN_TURN = Pattern(
    id="groups-of-risk-in-turn",
    regex=rf"""
        \b (?P<degrees> {_DEGREES} -? (?: ,\s (?:and\s)? {_DEGREES} -? ){{1,3}} ,? \s (?:and|or)\s {_DEGREES} )
        (?P<head> [\s-] (?: risk | grade | prognosis | differentiation ) ) \b
        (?= \s? (?: [,;:.)(] | \s (?: groups? | patients | cases | disease | tumou?rs | women | men | cytogenetics | was | were | had
          | respectively ) \b | $ ) )
    """,
    examples={
        "in the low-, intermediate- and high-risk groups, respectively": [{"degrees": "low-, intermediate- and high", "head": "-risk"}],
        "for good, average and poor risk patients": [{"head": " risk"}],
    },
    counterexamples=("a high-risk patient", "low and high doses", "high- and low-risk groups"),
    flags=re.VERBOSE | re.IGNORECASE,
)
_SO_MANY = rf"(?: (?:[<>≥≤]\s?)? \d{{1,2}} (?:-\d)? | no | {COUNT_WORD} ) (?: \s or\s (?: more | fewer | \d | {COUNT_WORD} ) )?"
NUMBERS_IN_TURN = Pattern(
    id="so-many-in-turn",
    regex=rf"""
        \b (?: {PEOPLE} | those )\s (?: with | who\shad | having )\s (?P<items> {_SO_MANY} (?: ,\s {_SO_MANY} )* ,? \s
            (?:and|or|versus|vs\.?)\s {_SO_MANY} ) \s
        (?P<head> (?! patients | months? | years? | weeks? | days? | cycles? | courses? | events? | deaths? | responses?
          | of\b | in\b )[a-z][\w-]+ (?: \s [a-z][\w-]+ ){{0,2}}? )
        (?= \s? [,.;()] | \s (?: was | were | had | respectively | and ) \b ) (?= [^.;]* \b respectively\b )
    """,
    examples={"for those with zero, one and two lesions was 9, 8 and 7%, respectively": [{"items": "zero, one and two", "head": "lesions"}]},
    counterexamples=("with one and two lesions was 9%", "with 3 and 4 months, respectively"),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (ITEM, IN_BRACKETS, WITH_OR_WITHOUT, STEPS, MARKED_IN_TURN, TWO_IN_TURN, RISKS_IN_TURN, NUMBERS_IN_TURN)
WHOLE_SET = "whole-set"
"""The detail of all patients, where a list of values tells of them beside others."""
LOCAL = frozenset({ITEM.id, IN_BRACKETS.id, WHOLE_SET})
"""The details of what one value alone is told of."""
IN_LISTS = frozenset({*(p.id for p in PATTERNS), WHOLE_SET})
_NEXT = re.compile(
    r"(?:\s(?:patients|women|men|cases|tumou?rs|population|group|sub-?group|set|setting|cohort|disease|analysis)s?)?\s?(?:[(\[][^()\[\]]*[)\]])?\s?[,;]?\s"
    r"(?:(?:and|versus|vs\.?|but|as\sagainst|against|compared\s(?:with|to)|while|whereas|to)\s)?(?:(?:only|just|was|it\swas|a\smedian\sof|median)\s){0,2}"
)
_LEAST = 2
_FIGURES = re.compile(r"[\d.,/%\s-]+(?:to[\d.,/%\s-]+)?")
_RANGE = re.compile(r"[\d.]+%?\s?(?:-|to)\s?[\d.]+%?")  # beside "<5%" and ">10%" a level, else an interval
_SETS = re.compile(rf"{_ALL}|{_SET.partition('(?=')[0]}")
_BARE_BOUND = re.compile(rf"{OPERATOR}\s?[\d.]+\s?%?")
# What tells by whom, how or when a figure was found, or what of: a list with such an item tells no people apart.
_OF_A_FIGURE = re.compile(
    r"""
    \b (?: investigator\w* | reviewers? | central(?:ly)? | independent(?:ly)? | IRC | BICR | IRF | ICR | assess\w* | (?:un)?adjusted | crude
      | (?:un)?weighted | observed | expected | estimated | predicted | projected | (?:un)?confirmed | cumulative | absolute | relative
      | standardi[sz]ed | primary\s(?:outcome|analysis) | end-?points? | outcomes? | P[FD]S\d? | OS\d? | [DREM]FS
      | TT[PF] | progressions? | relapses? | recurrences? | deaths? | mortality | survival
      | never | often | sometimes | always | rarely | (?:un)?likely | (?:dis)?agree | extremely ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HEAD_OF_ONE = re.compile(r"(?<=class)es$|(?<![s'])s$")
_HEAD_WORD = re.compile(r"(?<=\w)\s(?:population|group|sub-?group|set|setting|cohort|analysis)$")


def find_lists(text: str) -> Iterator[Mention]:
    """The groups of the lists of values in a folded text."""
    for pattern in (ITEM, IN_BRACKETS):
        for run in _runs(text, list(pattern.find(text))):
            if any(_OF_A_FIGURE.search(match.group("what")) for match in run) or _one_sided(run):
                continue
            bounded = any(re.match(OPERATOR, match.group("what")) for match in run)
            yield from (_listed(pattern, m) for m in run if _may_be_listed(m.group("what"), bounded=bounded))
    for match in WITH_OR_WITHOUT.find(text):
        what = match.group("one") or match.group("other")
        if what and not (match.group("one") and match.group("other")):
            yield _mention(WITH_OR_WITHOUT, match.span("one" if match.group("one") else "with"), what)
            yield _mention(WITH_OR_WITHOUT, (match.start("without"), match.end()), f"without {what}")
    for match in TWO_IN_TURN.find(text):
        for name in ("so", "not"):
            yield _mention(TWO_IN_TURN, match.span(name), match.group(name))
    for match in RISKS_IN_TURN.find(text):
        items = list(re.finditer(rf"({_DEGREES})-?", match.group("degrees"), re.IGNORECASE))
        for item in items:
            start = match.start("degrees") + item.start()
            end = match.end("head") if item is items[-1] else start + len(item.group())
            yield _mention(RISKS_IN_TURN, (start, end), f"{item.group(1)}{match.group('head')}")
    for match in STEPS.find(text):
        for item in re.finditer(rf"[TNM]?{_STEP}(?![\w])", match.group("items")):
            start = match.start("items") + item.start()
            yield _mention(STEPS, (start, start + len(item.group())), f"{_HEAD_OF_ONE.sub('', match.group('head'))} {item.group()}".strip())


def numbered_in_turn(text: str) -> Iterator[Mention]:
    """Groups by how many of something they had, which is told once: "with zero, one and two lesions, respectively"."""
    for match in NUMBERS_IN_TURN.find(text):
        items = list(re.finditer(rf"(?:{_SO_MANY})", match.group("items"), re.VERBOSE | re.IGNORECASE))
        for item in items:
            start = match.start("items") + item.start()
            end = match.end("head") if item is items[-1] else start + len(item.group())
            yield _mention(NUMBERS_IN_TURN, (start, end), f"{item.group()} {match.group('head')}")


def marked_in_turn(text: str) -> Iterator[Mention]:
    """Two groups of which the marker, or what is said of both, is told once: "in XB1 and XB2 mutant patients, respectively"."""
    for match in MARKED_IN_TURN.find(text):
        marker, status = match.group("marker"), match.group("status") or match.group("change")
        for name in ("is", "isnt", "one", "other", "first", "second"):
            if said := match.group(name):
                norm = f"{marker} {said}" if marker else f"{said} {status}"
                yield _mention(MARKED_IN_TURN, (match.start("marker" if name == "is" else name), match.end(name)), norm)


def _runs(text: str, found: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Items with nothing between them but what joins a list, as many as follow one another; none for one item alone."""
    run: list[re.Match[str]] = []
    for match in found:
        if run and not _NEXT.fullmatch(text[run[-1].end() : match.start()]):
            if len(run) >= _LEAST:
                yield run
            run = []
        run.append(match)
    if len(run) >= _LEAST:
        yield run


def _may_be_listed(what: str, *, bounded: bool) -> bool:
    """Whether an item is a group: in a list that has bounds, a level too."""
    named = (_SETS.fullmatch(what) is not None or tells_people(what)) and not _FIGURES.fullmatch(what)
    return named or (bounded and _is_level(what))


def _is_level(what: str) -> bool:
    """Whether an item is a bound or a range: a level, in a list that has bounds."""
    return _RANGE.fullmatch(what) is not None or _BARE_BOUND.fullmatch(what) is not None


def _one_sided(run: Sequence[re.Match[str]]) -> bool:
    """Whether all items are bounds of one direction: by how much something changed ("3% (>=50%) and 11% (>=30%)"), and no levels side by side."""
    said = [match.group("what") for match in run]
    return all(_BARE_BOUND.fullmatch(s) for s in said) and len({s[0] in "<≤" for s in said}) == 1


def _listed(pattern: Pattern, match: re.Match[str]) -> Mention:
    whole = "all" in match.re.groupindex and match.group("all") is not None
    said = _mention(pattern, match.span("what"), match.group("what"))
    return Mention(MentionKind.POPULATION, said.span, said.norm, detail=WHOLE_SET) if whole else said


def _mention(pattern: Pattern, span: tuple[int, int], said: str) -> Mention:
    said = _HEAD_WORD.sub("", said)
    norm = re.sub(r"([<>]=?)\s*(?=\d)", r"\1 ", ascii_operators(said))
    return Mention(MentionKind.POPULATION, CharSpan(*span), norm, detail=pattern.id)
