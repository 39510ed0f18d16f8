"""Prognostic factors: what an estimate or p-value is about when it compares no two arms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.document import CharSpan
from extractor.entities import ReadSentence
from extractor.entities.population_words import ascii_operators
from extractor.relations.brackets import opening
from extractor.relations.patterns import MODEL

_STRIP = re.compile(
    r"^(?:(?:the|an?|having|only|that|and|or|nor|neither|either|along|with|being|of|by|as|both|well|were|was|identified|presence\sof\san?)\s)+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s(?:score|remained|was|were|as|an?|significantly|independent\w*)$", re.IGNORECASE)
_CUT = re.compile(
    r"""
    ^ (?: In | On | By | Using | With | After | At ) \s (?: an?\s | the\s | our\s )? (?: [\w-]+\s ){0,2}
      (?: analys[ie]s | models? | regressions? | testing ) \s
      (?! (?: of | in | for | with | using | adjust\w* | and | was | were | showed | revealed ) \b )
  | [,;:]\s (?: and\s | along\swith\s )?
  | \)\s? (?:and\s)? | \s-\s | \b(?: affected | influenced | determined | predicted )\sby\s (?: the\s | an?\s )?
  | \b (?: were | was | are | is | that | revealed | showed | identified | confirmed
      | demonstrated | found | including | namely | with | and | among | between )\s (?: the\s | an?\s )?
    """,
    re.VERBOSE,
)
_MAX = 70


_MOST_WORDS = 9
_NO_FACTOR = re.compile(
    r"""
    \b (?:
        worse | better | evaluated | obtained | than (?! \s \d ) | using | were | was | had | showed | according | respectively | survival | rates?
          | differences? | categories | values? | curves?
      | signific\w+ | analys[ie]s | persist\w+ | reach\w* | retained | irrespective | regardless | stratification | causes? | nor | but
      | former | latter | not | seen | still | this | these
      | prognostic | predictors? | control | (?:sub-?)?groups? | arms?
      | (?: similar | comparable | consistent | identical | same )\s (?: results? | findings? )
      | review | improvements? | reductions?\sin | scales? | versus | vs\.? | mean | median
    ) \b
    | ± | (?<![<>≥≤=]) (?<![<>≥≤=]\s) (?<!after\s) (?<!\bthan\s) (?<!\babove\s) (?<!\bbelow\s) (?<!\bover\s) (?<!\bunder\s)
        \b \d+(?:\.\d+)? \s? (?: % | months?\b | weeks?\b )
    """,
    re.IGNORECASE | re.VERBOSE,
)


# "17 patients in PG (P = 0.02)", "consistent for PFS (HR 1.6)": where or of what something was, no factor.
_TELLS_WHERE = re.compile(r"(?:in|on|for|from|to|at|into|during|within)\s", re.IGNORECASE)


def factor_before(read: ReadSentence, at: int) -> tuple[str, CharSpan] | None:
    """The factor right before the bracket that holds a place, and its span: "tumor size >8 cm (HR 1.9, ...)"; None outside brackets."""
    text = read.sentence.text
    bracket = opening(text, at)
    if bracket is None:
        return None
    levels = levels_ranked(text, bracket)
    if levels is not None:
        return levels.variable
    head = text[max(bracket - _MAX, 0) : bracket].rstrip()
    head = _SIGNIFICANT.sub("", head)
    head = _OF_GROUPS.sub("", head) if _SETS_LEVELS.match(text, bracket) else head
    offset = max(bracket - _MAX, 0)
    cuts = [m.end() for m in _CUT.finditer(head)]
    start = cuts[-1] if cuts else 0 if offset == 0 else head.find(" ") + 1
    phrase = head[start:]
    stripped = _STRIP.sub("", phrase)
    start += len(phrase) - len(stripped)
    phrase = _TAIL.sub("", stripped) if not stripped.endswith("score") else stripped
    if len(phrase.split()) > _MOST_WORDS or _NO_FACTOR.search(phrase) or _TELLS_WHERE.match(phrase):
        return None
    if not phrase.strip() or len(phrase) < 2 or re.fullmatch(r"[\d\s.%]+", phrase):
        return None
    span = CharSpan(offset + start, offset + start + len(phrase))
    return factor_norm(phrase), span


# "only stage remained significant (HR 2.4)", "age retained statistical significance (p = 0.01)"
_SIGNIFICANT = re.compile(
    r"""
    \s (?: (?: was | were | is | are | remained | remain | emerged\sas | proved | proved\sto\sbe | also | still | the\sonly | an? )\s )+
        (?: \w+ly\s )? (?: significant | predictive | prognostic | independent ) (?: \s (?: factors? | predictors? | variables? ) )? \s? $
  | \s (?: carr(?:y|ies|ied) | had | has | confer(?:s|red) )\s (?:an?\s)? (?:\w+ly\s)? (?: worse | poorer | better | poor | good | adverse
      | (?:un)?favou?rable )\s (?:prognosis|outcome) \s? $
  | \s (?: retained | reached | had | attained | approached ) \s (?: only\s )? (?: borderline\s | statistical\s | independent\s )? significance \s? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "age groups (< 60 vs. 60-70 vs. > 70 years; P = 0.1)": the bracket lists the levels of what stands before it.
_OF_GROUPS = re.compile(r"\s(?:groups?|categories|levels|classes|strata)$")
_SETS_LEVELS = re.compile(r"[\[(](?!\d[\d.]*\s?(?:%|months?|years?|weeks?|days?)\s)[^()\[\]]{1,60}?\b(?:vs\.?|versus)\s")
# Several levels of a variable, one after the other: "X had the longest survival, followed by Y, Z and other sites (P < 0.001)".
_RANKED = re.compile(
    r"""
    \b (?: had | have | showed | experienced | was | were )\s (?: the\s | an?\s )? (?: \w+ly\s )?
    (?: most\s\w+ | least\s\w+ | (?:low|high|long|short|bett|wors|poor|great)(?:er|est)? | best | worse | worst )\b
    [^.;()]{0,60}? ,? \s (?: followed\sby | than | compared\s(?:with|to) )\s (?P<others> [^.;]{3,250} ) $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AMONG_ALL = re.compile(
    r"\b(?:among|across|between)\s(?:all\s|the\s(?:different\s)?|different\s)(?P<what>[a-z][a-z\s-]{2,30}?s)\b(?=\s(?:in|of)\b|,)", re.IGNORECASE
)
_OTHER = re.compile(r"\b(?:and|or)\s(?:patients\s(?:on|with|in)\s|the\s)?other\s(?P<what>[a-z][a-z\s-]{2,40}?)s$")


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor as a slot holds it, and where it stands."""

    norm: str
    span: CharSpan


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels of a variable that are ranked by their outcome; `variable` is None where the sentence does not name it."""

    variable: tuple[str, CharSpan] | None


def levels_ranked(text: str, at: int) -> Levels | None:
    """The variable of which a sentence ranks three levels or more before a place; None where it ranks none."""
    head = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), text[:at]).rstrip()
    ranked = _RANKED.search(head)
    if ranked is None or not re.search(r",|\s(?:and|or)\s", ranked.group("others")):
        return None
    for pattern, ending in ((_AMONG_ALL, 1), (_OTHER, 0)):
        match = pattern.search(head)
        if match is not None:
            start, end = match.span("what")
            span = CharSpan(start, end - ending)
            return Levels((factor_norm(span.of(text)), span))
    return Levels(None)


_IMPACT_OF = re.compile(
    r"\b(?:impact|influence|prognostic\s(?:value|significance|impact|role))\sof\s(?:(?:an?|the)\s)?(?P<what>[^,;:()\d][^,;:()]{2,60}?)\s?$",
    re.IGNORECASE,
)


def impact_of(text: str, at: int) -> Factor | None:
    """The factor whose impact the bracket of a number is said to tell: "the impact of a high XB1 level (PFS HR 1.8 and OS HR 1.9)"."""
    bracket = opening(text, at)
    match = _IMPACT_OF.search(text[:bracket]) if bracket is not None else None
    return Factor(factor_norm(match.group("what")), CharSpan(*match.span("what"))) if match is not None else None


_TENDED = re.compile(r"\s(?:also\s)?(?:tended|appeared|seemed)\sto(?:\salso)?(?:\sbe)?$")


def factor_norm(phrase: str) -> str:
    """A factor as a slot holds it: ASCII operators with one blank around them, dashes plain."""
    text = _TENDED.sub("", ascii_operators(phrase))
    return re.sub(r"\s*(>=|<=|>|<)\s*", r" \1 ", text).strip()


def model_at(text: str, at: int) -> str | None:
    """The regression model named last before a place ("univariate", "multivariate", "stratified", "adjusted"); None where none is."""
    found = None
    for match in MODEL.find(text):
        if match.start() < at:
            found = match.lastgroup
    return found
