"""Groups that a sentence sets beside each other and tells in short: "gallbladder primaries responded in 35% and intrahepatic ones in 18%".

Of the second group only what tells it from the first is said: "ones" stands for its noun, "the other 47" for all that is not the first, "in the
second" for a cohort, and what two groups have more or less of is named with one of them alone ("in patients with one and in those with more than one
metastatic site"). Whether such a group is one of the patients is for the reader of the sentence to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.document import CharSpan
from extractor.entities.mention import Mention, MentionKind
from extractor.entities.population_each import EACH, HISTORY, LINE, set_beside, told_each
from extractor.entities.population_lists import FIGURE
from extractor.entities.population_words import PHRASE, WORD, ascii_operators
from extractor.quantities import COUNT_WORD, Pattern

_ANY = r"(?:[^.;]|\.(?=\d))"
"""Any character of a statement."""
_N = rf"(?:\d+|{COUNT_WORD})"
_NOUN = (
    r"(?:tumou?rs|cancers?|carcinomas?|primaries|lesions|lymphomas?|sarcomas?|melanomas?|disease|types|sub-?types|histolog(?:y|ies)|histotypes|sites"
    r"|ones|origins?|locations?|patients|women|men|cases)"
)
_KIND = (
    r"(?!(?:tumou?rs?|disease|lesions?|\w+ed)\s(?:in|for|at|\w+ed)\b)"
    rf"(?:(?!by\s|even\s|only\s|also\s){WORD}\s){{0,3}}? (?: {_NOUN} | (?!responders\b){WORD} )"
)
_RESPONSES = r"(?:an?\s)?(?:objective\s|partial\s)?(?:responses?|relapses?)"
_DID = rf"(?:responded|relapsed|recurred|progressed|died|survived|lived|failed|showed\sresponses?|had\s{_RESPONSES})"
_AND = r"(?: ,?\s? (?: and | but | while | whereas | against | as\sagainst | compared\s(?:with|to) | versus | vs\.? ) \s | [,;]\s )"
_AT = r"(?: (?:in|for|at\sa\srate\sof)\s )? (?: (?:only|a\smedian\sof|about|just)\s ){0,2}"
_ENDS = r"(?= \s? [,;:.()\[] | \s (?: was | were | had | did | responded | and )\b | \s? $ )"
DOING = Pattern(
    id="kinds-that-did-so",
    regex=rf"""
        (?: ^ | [;:,.]\s | \b (?: that | whereas | while | and | but )\s ) (?: [Tt]he\s )? (?: {_N}\s )?
        (?P<one> {_KIND} ) \s (?: \([^()]*\)\s )? {_DID} \s {_AT} {FIGURE} {_AND}
        (?: the\s )? (?: {_N}\s )? (?P<other> (?:(?:other|remaining)\s)? {_KIND} | others | rest ) \s (?: {_DID} \s )? {_AT} (?=\d)
    """,
    examples={
        "Distal primaries responded in 31.3% (5/16) and proximal ones in 18.4% (7/38).": [{"one": "Distal primaries", "other": "proximal ones"}],
        "By histology, liposarcoma responded in 6/26 (23%), other types in 5/13 (38%)": [{"one": "liposarcoma", "other": "other types"}],
    },
    counterexamples=("The tumour responded in 31% and progressed in 12%", "Five patients responded in 2004 and 3 in 2005"),
)
_PEOPLE = r"(?:patients|women|men|those|cases|children|tumou?rs|subjects|the\s(?:sub-?)?groups?)"
_HAVING = r"(?:with|having|who\s(?:had|had\shad|had\sreceived|received)|aged)"
_MANY = (
    rf"(?:no|none|zero|an?\ssingle|only\sone|{COUNT_WORD}|\d+(?!\.\d)|(?:more|fewer|less)\sthan\s{_N}|at\sleast\s{_N}"
    rf"|{_N}\s(?:or|to)\s(?:more|fewer|{COUNT_WORD}|\d+)|multiple|several|[<>≤≥]\s?\d+)"
)
_SORT = r"(?:low(?:er)?|high(?:er)?|normal|elevated|raised|abnormal|increased|intermediate|positive|negative|poor|good|mutant|mutated|wild[\s-]type)"
_HOW = rf"(?: {_MANY} | {_SORT} )"
SHARING = Pattern(
    id="groups-of-one-noun",
    regex=rf"""
        \b {_PEOPLE} \s {_HAVING} \s (?P<one> {_HOW} )
        (?: ,?\s (?: and | versus | vs\.? | but | against | as\sagainst | compared\s(?:with|to) | than )\s (?: (?:only|just|a\smedian\sof)\s )?
            (?: {FIGURE} \s )? (?:(?:in|for|among)\s)? {_PEOPLE} \s {_HAVING} \s (?P<other> {_HOW} )
          | (?P<more> (?: ,\s {_HOW} )* ) ,?\s (?:and|or|versus|vs\.?)\s (?P<last> {_HOW} ) (?= {_ANY}* \b respectively\b ) )
        \s (?P<noun> (?:involved\s|earlier\s|prior\s|previous\s)? {PHRASE} )
        (?= \s? [,;:.()\[] | \s (?: was | were | had | and | versus | vs | respectively | responded | survived | lived )\b | \s? $ )
    """,
    examples={
        "7.1 months in patients with one and 4.0 in those with more than one metastatic site.": [{"one": "one", "noun": "metastatic site"}],
        "rates in women with one, two and three or more involved nodes were 3%, 2% and 1%, respectively": [{"last": "three or more"}],
    },
    counterexamples=("in patients with one and a half", "in patients with two or more sites were 3%"),
)
_ITEM_OF_MORE = re.compile(_HOW, re.VERBOSE)
MORE_OF_SAME = Pattern(
    id="more-of-the-same",
    regex=rf"""
        (?: \b (?:in|for|of|than|and|versus|vs\.?|with)\s | [,;]\s ) (?:those|patients|women|men) \s {_HAVING} \s (?P<what> {_MANY} )
        (?= \s? [,;:.()\[] | \s (?:was|were|had|did)\b | \s \d+ \. \d | \s? $ )
    """,
    examples={"as opposed to 22% for those with more than three.": [{"what": "more than three"}]},
    counterexamples=("those with more than three lesions",),
)
OTHERS = Pattern(
    id="so-many-others",
    regex=rf"\b (?:of|in|among|for)\s (?P<what> the\s (?:other|remaining)\s {_N} ) (?= \s? [(\[,.;] | \s(?:did|responded|had|were|it)\b | \s? $ )",
    examples={"as against 10 of the other 47 (21%)": [{"what": "the other 47"}]},
    counterexamples=("in the other 47 patients", "the other two drugs"),
)
_ORDINAL = r"(?:first|second|third|fourth|initial|later|earlier)"
IN_SECOND = Pattern(
    id="cohorts-by-their-order",
    regex=rf"""
        \b (?:in|of|for|from)\s the\s (?P<one> {_ORDINAL} )\s (?P<head> cohort | period | half | stage | stratum | part | decade | era )\b
        (?= {_ANY}*? \d ) {_ANY}*? (?: [,;]\s | \b(?:and|but|versus|vs\.?|than|against|to|compared\s(?:with|to))\s )
        (?: \S+\s )?? (?:in|of|for|from)\s the\s (?P<other> {_ORDINAL} ) (?! \s (?!{_DID}|had|it|was|were|only|the)[a-z] )
    """,
    examples={
        "In the first cohort, 4 of 20 patients responded (20%), in the second 8 of 36": [{"one": "first", "head": "cohort", "other": "second"}]
    },
    counterexamples=("in the first cohort and in the second line, 12%",),
    flags=re.VERBOSE | re.IGNORECASE,
)
ONES = Pattern(
    id="ones-of-a-kind",
    regex=rf"\b (?:in|among|for|of|than|with)\s (?: the\s | (?=[a-z]+er\s) ) (?P<what> (?!first|last|only|same|other){WORD} )\s ones \b",
    examples={"against 24% among the younger ones.": [{"what": "younger"}]},
    counterexamples=("among the other ones", "the first ones"),
)
NEGATED = Pattern(
    id="some-and-those-who-are-not",
    regex=rf"""
        \b (?: in | for | among | of | than )\s (?:the\s)? (?P<one> [A-Za-z]\w+s ) \b (?! \s (?:of|with|who)\b )
        {_ANY}*? \b (?: in | for | among | of | than | and )\s (?:the\s)? (?P<other> non-?(?P=one) ) \b
    """,
    examples={"In cirrhotics mortality was 9.1%, whereas it was 1.9% in non-cirrhotics.": [{"one": "cirrhotics", "other": "non-cirrhotics"}]},
    counterexamples=("in diabetics mortality was 9.1%",),
    flags=re.VERBOSE | re.IGNORECASE,
)
_CANCER = r"(?:melanomas?|\w*sarcomas?|myelomas?|lymphomas?|leuk[a-z]+|\w*carcinomas?|cancers?|glio[a-z]+|mesotheliomas?)"
AND_OTHERS = Pattern(
    id="a-disease-and-the-others",
    regex=rf"""
        \b (?: [Ii]n | [Ff]or | [Aa]mong | [Oo]f )\s (?:the\s)? (?: {_N}\s )? (?P<one> (?: {WORD}\s ){{0,2}} {_CANCER} ) (?: \s patients )? \b
        {_ANY}*? \b (?: in | for | among | of | than )\s (?P<other> (?:all\s)?(?:the\s)? (?: others | rest | remainder
          | other\s (?:tumou?rs?|cancers?|types|sub-?types|histolog(?:y|ies)|diseases|entities|malignancies|patients)(?:\stypes)? ) ) \b
    """,
    examples={"3.7 months in the 18 melanoma patients and 1.9 months in the others.": [{"one": "melanoma", "other": "the others"}]},
    counterexamples=("in melanoma and in sarcoma",),
)
_OF_SO_MANY = rf"{_N}\s(?:\([^()]*\)\s)?of\s(?:the\s)?{_N}\s(?:\([^()]*\)\s)?"
_NOT_COUNTED = (
    r"(?:\S+\s)?(?:cases|women|men|subjects|children|cycles|courses|deaths|relapses|recurrences|events|cent(?:re|er)s|studies|trials|responses)\b"
)
_COUNTED = rf"(?!{_NOT_COUNTED})(?:{WORD}\s){{0,2}}?(?:{WORD}|carcinomas|lymphomas|melanomas|sarcomas|cancers|leuk[a-z]+s)"
KINDS_COUNTED = Pattern(
    id="so-many-of-two-kinds",
    regex=rf"""
        \b {_OF_SO_MANY} (?P<one> {_COUNTED} ) \s? (?: \([^()]*\) )? (?: \s (?:and|but|versus|vs\.?|compared\swith) | , (?:\sand)? )
        \s (?:(?:in|only)\s){{0,2}} {_OF_SO_MANY} (?P<other> {_COUNTED} ) {_ENDS}
    """,
    examples={"in 3 of 14 thymic carcinomas (21%) and in 1 of 9 thymomas (11%).": [{"one": "thymic carcinomas", "other": "thymomas"}]},
    counterexamples=("in 3 of 14 patients (21%) and in 1 of 9 women (11%)", "3 of 14 cycles and 1 of 9 courses"),
)
RESPONDING = Pattern(
    id="responders-that-fared-so",
    regex=r"""
        (?: ^ | [,;]\s | \b(?:and|while|whereas|but)\s ) (?:[Tt]he\s)? (?:\d+\s)? (?P<what> (?:(?:complete|partial)\s)? (?:[Nn]on-?)?[Rr]esponders )
        (?= \s (?: had | have | lived | survived | fared | one\sof | for\s\d | a\smedian )\b )
    """,
    examples={"The 12 nonresponders had a median survival of": [{"what": "nonresponders"}]},
    counterexamples=("Responders were rare", "the 12 responders, 3"),
)
PAST = Pattern(
    id="those-with-a-past",
    regex=rf"\b (?:of|in|among|for|than)\s those\s (?P<what> (?:not|never|previously|already|recently|heavily|initially)\s [a-z-]+ed ) {_ENDS}",
    examples={"but 35% of those previously irradiated.": [{"what": "previously irradiated"}]},
    counterexamples=("those irradiated before", "of those not included in"),
)
_VALUE = r"\d[\d.]*\s?(?:%|months?|years?|weeks?|days?)?"
_LEVEL = rf"(?:\d+|[IV]{{1,3}}|{_MANY})(?:\s(?:or|to)\s{_N})?"
BY_LEVELS = Pattern(
    id="levels-in-brackets",
    regex=rf"""
        \b (?:by|according\sto)\s (?:the\s)? (?: number\sof\s )? (?P<of> {PHRASE} ) \s (?: (?:was|were)\s )? (?: (?:a\s)?median\s(?:of\s)? )?
        (?P<items> {_VALUE} \s? \( {_LEVEL} \) (?: ,?\s (?:and\s)? {_VALUE} \s? \( {_LEVEL} \) )+ )
    """,
    examples={"by number of nodules was 46% (one), 35% (two or three) and 18% (four or more)": [{"of": "nodules"}]},
    counterexamples=("by number of nodules was 46% (n = 3)",),
)
_IN_BRACKETS = re.compile(r"\((?P<what>[^()]*)\)")
_ALONE = (RESPONDING, PAST, MORE_OF_SAME, OTHERS, ONES)
_TWO = (NEGATED, AND_OTHERS, KINDS_COUNTED, DOING)
PAIRS = frozenset(p.id for p in (*_ALONE, *_TWO, SHARING, IN_SECOND, BY_LEVELS, EACH, LINE, HISTORY))
"""The details of groups that are told in short beside another."""


def find_pairs(text: str) -> Iterator[Mention]:
    """The groups of a folded text that are told in short beside another."""
    yield from set_beside(text)
    yield from _told_twice(text)
    yield from _of_one_noun(text)
    yield from _in_brackets(text)
    for match in IN_SECOND.find(text):
        for name in ("one", "other"):
            yield _mention(IN_SECOND, match.span(name), f"{match.group(name)} {match.group('head')}".lower())
    for pattern in _ALONE:
        for match in pattern.find(text):
            yield _mention(pattern, (match.start("what"), match.end()), match.group("what"))
    yield from told_each(text)


def _told_twice(text: str) -> Iterator[Mention]:
    """Two groups of which each has a name, or the second "ones" of the first's noun."""
    for pattern in _TWO:
        for match in pattern.find(text):
            noun = match.group("one").split()[-1]
            for name in ("one", "other"):
                yield _mention(pattern, match.span(name), re.sub(r"\bones$", noun, match.group(name)))


def _of_one_noun(text: str) -> Iterator[Mention]:
    """Groups that have more and less of what is named with the last of them."""
    for match in SHARING.find(text):
        noun, more = match.group("noun"), match.start("more")
        places = [match.span("one")]
        if match.group("last"):
            places += [(more + m.start(), more + m.end()) for m in _ITEM_OF_MORE.finditer(match.group("more"))]
        for start, end in places:
            yield _mention(SHARING, (start, end), f"{text[start:end]} {noun}")
        last = (match.start("last" if match.group("last") else "other"), match.end("noun"))
        yield _mention(SHARING, last, text[last[0] : last[1]])


def _in_brackets(text: str) -> Iterator[Mention]:
    """The levels of what values are listed by: "by performance status was 14 months (0) and 10 months (1)"."""
    for match in BY_LEVELS.find(text):
        for item in _IN_BRACKETS.finditer(match.group("items")):
            start, said = match.start("items") + item.start("what"), item.group("what")
            bare = re.fullmatch(r"\d+|[IV]+", said) is not None
            yield _mention(BY_LEVELS, (start, start + len(said)), f"{match.group('of')} {said}" if bare else f"{said} {match.group('of')}")


def _mention(pattern: Pattern, span: tuple[int, int], said: str) -> Mention:
    return Mention(MentionKind.POPULATION, CharSpan(*span), re.sub(r"^the\s", "", ascii_operators(said)), detail=pattern.id)
