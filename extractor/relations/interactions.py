"""Tests of whether an effect differs: interaction of a factor with the treatment, heterogeneity over a factor. Their p-values compare no two arms."""

from __future__ import annotations

import re

from extractor.document import CharSpan
from extractor.quantities import Pattern
from extractor.relations.brackets import opening, statement_start, without_brackets
from extractor.relations.factors import Factor, factor_norm
from extractor.relations.p_values import of_interaction

_WHAT = r"[^,;:.()]{2,60}?"
_ENDS = r"(?= \s* [,;:.(] | \s (?: was | were | for | on | in | did | is | or | nor | and | with\srespect | had | showed | reached ) \b | \s* $ )"
CROSSED = Pattern(
    id="interaction-of-two",
    regex=rf"""
        \b interactions? \s (?: (?: tests? | terms? | effects? | was | were | (?:could\s)?be | found | seen | observed | detected | noted | evident
          | significant | statistically | not )\s ){{0,4}}
        (?: between | of )\s (?: the\s )? (?P<one> {_WHAT} ) \s (?: and | with | by )\s (?: the\s )? (?P<other> {_WHAT} ) {_ENDS}
      | \b (?! the\s | an?\s ) (?P<whole> [\w-]+ (?: \s [\w-]+ )? [\s-] by [\s-] [\w-]+ (?: \s [\w-]+ )?? [\s-] interaction ) \b
    """,
    examples={
        "No interaction was found between treatment and sex (": [{"one": "treatment", "other": "sex"}],
        "the interaction test between CEA and treatment was": [{"one": "CEA", "other": "treatment"}],
        "the treatment-by-sex interaction was": [{"whole": "treatment-by-sex interaction"}],
    },
    counterexamples=("an interaction was seen", "interaction with age"),
    flags=re.VERBOSE | re.IGNORECASE,
)
WITH_TREATMENT = Pattern(
    id="interaction-with-a-factor",
    regex=rf"""
        \b interactions? \s (?: (?: tests? | terms? | effects? )\s )? with\s (?: the\s )?
        (?P<what> (?! (?:the\s)? (?: treatment | therapy | arm | study | trial | chemotherapy ) ) {_WHAT} ) {_ENDS}
    """,
    examples={"The test for interaction with sex was negative (": [{"what": "sex"}]},
    counterexamples=("an interaction with treatment was seen (", "an interaction was seen"),
    flags=re.VERBOSE | re.IGNORECASE,
)
HETEROGENEITY = Pattern(
    id="heterogeneity-over",
    regex=rf"""
        \b heterogeneity \b [^;:.]{{0,60}}? \s (?: between | across | among | by | according\sto | in | within | with\s(?:respect|regard)\sto )\s
        (?P<what> (?! (?:OS|PFS|the\seffect)\b ) {_WHAT} ) {_ENDS}
    """,
    examples={
        "no heterogeneity of the effect by sex (": [{"what": "sex"}],
        "a trend toward heterogeneity across age groups (": [{"what": "age groups"}],
    },
    counterexamples=("heterogeneity of tumors", "heterogeneity was absent"),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (CROSSED, WITH_TREATMENT, HETEROGENEITY)
_SPEAKS = re.compile(r"\b(?:interactions?|heterogeneity)\b", re.IGNORECASE)
# "(sex I2 = 0%, p = 0.99; ...": what the index and the p-value are of.
_LABEL = re.compile(r"[(\[;]\s?(?P<what>[A-Za-z][^()\[\];,:=]{1,50}?)[\s,:]+(?:I\s?(?:2|²)\s?=?\s?[\d.]+\s?%\s?[,;]\s?)?$")
_INDEX = re.compile(r"I\s?(?:2|²)\s?=")
# "between treatment and sex (p = 0.3), age (p = 0.5) or stage (p = 0.1)"
_LAST_ITEM = re.compile(r".*(?:,\s*|\b(?:and|or|nor)\s+)(?:(?:and|or|nor|by|between|the)\s+)*(?P<what>[A-Za-z][^,;:.()]{1,50}?)\s*$")
_NO_VARIABLE = re.compile(
    r"\b(?:no|not|but|was|were|test|tests|trials?|studies|subgroups?|overall|evidence|OS|PFS|DFS|survival|response|for|outcomes?)\b", re.IGNORECASE
)


def speaks_of_interaction(text: str, p: CharSpan) -> bool:
    """Whether a p-value is of a test of interaction or heterogeneity: it says so, or the statement that it stands behind does."""
    if of_interaction(text, p):
        return True
    head = _head(text, p.start)
    found = list(_SPEAKS.finditer(head))
    return bool(found) and (found[-1].group().lower().startswith("hetero") or _TESTED.search(head, found[-1].start()) is not None)


_TESTED = re.compile(
    r"\binteractions?\s(?:tests?|terms?|p\b|between|of|was|were|for|is|did|on|with|analys[ei]s|effects?)|\binteractions?\s*$", re.IGNORECASE
)


def _head(text: str, at: int) -> str:
    """The statement before a number, up to its bracket, without other brackets; the text before the last semicolon or full stop blanked out."""
    bracket = opening(text, at)
    flat = without_brackets(text[: at if bracket is None else bracket])
    start = statement_start(flat, len(flat))
    for match in _NEXT_CLAUSE.finditer(flat, start):
        if _HAS_VERB.search(flat, start, match.start()) and _HAS_VERB.search(flat, match.end()):
            start = match.end()
    return " " * start + flat[start:]


_NEXT_CLAUSE = re.compile(r",\s(?:and|but|while|whereas|although)\s")
_HAS_VERB = re.compile(r"\b(?:was|were|is|are|had|has|did|does|showed|improved|differed|remained|favou?red)\b")


def interaction_at(text: str, at: int) -> Factor | None:
    """The interaction, or heterogeneity, that a p-value tests, as a factor; None where the sentence does not say over what."""
    head = _head(text, at)
    crossed = list(CROSSED.find(head))
    if crossed and crossed[-1].group("whole"):
        return Factor(factor_norm(crossed[-1].group("whole")), CharSpan(*crossed[-1].span("whole")))
    if crossed:
        one, other = crossed[-1].group("one"), crossed[-1].group("other")
        item = _last_item(head, crossed[-1].end("other"))
        return Factor(factor_norm(f"interaction between {one} and {item.of(head) if item else other}"), CharSpan(*crossed[-1].span("one")))
    factor = next(iter(WITH_TREATMENT.find(head + _named_by(text, at))), None)
    if factor is not None:
        return Factor(factor_norm(f"interaction between treatment and {factor.group('what')}"), CharSpan(*factor.span("what")))
    over = list(HETEROGENEITY.find(head))
    label = _LABEL.search(text[:at])
    if label is not None and (_INDEX.search(label.group()) or over) and not _NO_VARIABLE.search(label.group("what")):
        return Factor(factor_norm(f"heterogeneity {label.group('what')}"), CharSpan(*label.span("what")))
    if over:
        what = _last_item(head, over[-1].end("what")) or CharSpan(*over[-1].span("what"))
        return Factor(factor_norm(f"heterogeneity {what.of(head)}"), what)
    return None


def _named_by(text: str, at: int) -> str:
    """What a p-value that starts at a place is named: "P for interaction with age was 0.1"."""
    named = _NAMED.match(text, at)
    return named.group() if named is not None and opening(text, at) is None else ""


_NAMED = re.compile(r"[pP][\s-]?(?:values?\s)?for\sinteraction\swith\s[^,;:.()\d]{2,60}?(?=\s(?:was|of)\s|\s?[=<>])")


def _last_item(head: str, start: int) -> CharSpan | None:
    """The last of a list that goes on behind its first item, which ends at a place; None where none goes on."""
    item = _LAST_ITEM.match(head, start)
    return CharSpan(*item.span("what")) if item is not None and not _NO_VARIABLE.search(item.group("what")) else None
