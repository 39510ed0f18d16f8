"""Factors that are told beside others, or by their ratio alone: "followed by Y (HR 1.6)", "Y had a hazard ratio of 1.6", "only Y was significant".

The verbs of association (`prognosis.py`) tell one factor, or a list of them, and the outcome behind; how a factor stands without an outcome is
read in `standing.py`. Here the outcome is told with the first of several, with the model, or behind what is significant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import CharSpan
from extractor.entities import Mention
from extractor.quantities import Pattern
from extractor.relations.brackets import opening, without_brackets
from extractor.relations.factors import Factor, factor_norm
from extractor.relations.prognosis import ASSOCIATION, Talk, subject_of
from extractor.relations.standing import NO_DOER, are_factors

# "X was the strongest predictor of OS (HR 2.1), followed by Y (HR 1.6)": what is told of the first, the next is told of too.
FOLLOWED_BY = Pattern(
    id="factor-that-follows-another",
    regex=r"\b (?: closely\s | then\s )? followed\sby \s (?: the\s | an?\s )? (?P<what> [^,;:.()]{2,60}? ) \s* $",
    examples={"was the strongest predictor of OS, followed by a low ferritin level ": [{"what": "low ferritin level"}]},
    counterexamples=("followed by surgery, and age ",),
)
SIGNIFICANT_FOR = Pattern(
    id="factor-significant-for-an-outcome",
    regex=r"""
        \b (?: was | were | is | are | remained | remains | proved | stayed ) \s (?: to\sbe\s | also\s | still\s | not\s | the\sonly\s | only\s ){0,2}
        (?: statistically\s | highly\s | independently\s )? (?: non-?)? significant (?: \s (?: factors? | predictors? | variables? ) )?
        \s (?: for | in\srelation\sto | with\s(?:regard|respect)\sto | concerning )\s (?P<of> [^,;:()]{2,80}? ) \s* $
    """,
    examples={
        "Only ferritin was significant for OS ": [{"of": "OS"}],
        "Stage remained significant for PFS in multivariate analysis ": [{"of": "PFS in multivariate analysis"}],
    },
    counterexamples=("OS was significantly longer ", "a significant difference for OS "),
    flags=re.VERBOSE | re.IGNORECASE,
)
FOUND_FOR = Pattern(
    id="impact-that-was-found-for-factors",
    regex=r"""
        \b (?: impact | effect | influence | association | correlation | relation(?:ship)? | significance ) \s
        (?: on | upon | with | for | between | and | to )\s [^.;:()]{2,60}? \b (?: was | were )\s (?: also\s | only\s )?
        (?: found | seen | observed | noted | shown | demonstrated | evident | detected ) \s
        (?: only\s | also\s )? (?: for | with )\s (?P<what> [^;:.]{2,300} ) $
    """,
    examples={"A significant impact on OS was found for ferritin ": [{"what": "ferritin "}]},
    counterexamples=("an impact on OS was found in patients ", "responses were seen for months "),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (FOLLOWED_BY, SIGNIFICANT_FOR, FOUND_FOR)
_HAD_RATIO = re.compile(
    r"\b(?:had|has|have|carried|carries|showed|yielded|conferred)\s(?:an?\s|the\s)?(?:(?:un)?adjusted\s|multivaria\w+\s|univaria\w+\s|estimated\s|significant\s)?$",
    re.IGNORECASE,
)


def ranked_at(text: str, at: int, named: Sequence[Mention]) -> Talk | None:
    """The factor of a number that is told beside others, or by its ratio alone: "followed by Y (HR 1.6)", "Y had a hazard ratio of 1.6".

    Args:
        text: the sentence.
        at: where the number, or the name of its ratio, stands.
        named: what has a name and is no factor: endpoints, arms.
    """
    bracket = opening(text, at)
    head = without_brackets(text[: at if bracket is None else bracket])
    factor: Factor | None = None
    if bracket is None:
        match = _HAD_RATIO.search(head)
        factor = subject_of(text, head, match.start()) if match is not None else None
    elif (match := next(iter(FOLLOWED_BY.find(head)), None)) is not None:
        before = ASSOCIATION.compiled.search(head, 0, match.start())
        factor = Factor(factor_norm(match.group("what")), CharSpan(*match.span("what"))) if before is not None else None
    elif (match := next(iter(SIGNIFICANT_FOR.find(head)), None)) is not None:
        factor = subject_of(text, head, match.start()) if any(e.span.overlaps(CharSpan(*match.span("of"))) for e in named) else None
    elif (match := next(iter(FOUND_FOR.find(head)), None)) is not None:
        factor = _last_item(head, *match.span("what"))
    if factor is None or not are_factors([factor], text, named) or NO_DOER.search(factor.norm):
        return None
    return Talk(factor)


def _last_item(head: str, start: int, end: int) -> Factor | None:
    """The last of a list of factors of which each has its own bracket, blanked out."""
    gaps = [m.end() for m in _BLANKED.finditer(head, start, end)]
    start = gaps[-1] if gaps else start
    said = head[start:end].rstrip()
    words = len(said.split())
    return Factor(factor_norm(said), CharSpan(start, start + len(said))) if 0 < words <= _MOST_OF_ITEM and "," not in said else None


_MOST_OF_ITEM = 7
_BLANKED = re.compile(r"\s{4,}(?:,\s?)?(?:and\s|or\s|as\swell\sas\s)?(?:for\s|with\s)?(?:the\s|an?\s)?|(?<=^)(?:the\s|an?\s)")


# "The hazard ratio for death was 2.1 (95% CI 1.2-3.4) for X": the factor stands behind the interval.
_FOR_FACTOR = re.compile(
    r"[^()\[\]]{0,40}[)\]]\s(?:for|with)\s(?:the\s|an?\s|having\s)?(?P<what>[^,;:.()]{3,60}?)(?=\s?[,;.(]|\s(?:and|compared|versus|vs)\b|\s?$)",
    re.IGNORECASE,
)


def factor_behind_ratio(text: str, end: int, named: Sequence[Mention]) -> Factor | None:
    """The factor that an estimate without groups or values is told for, right behind its bracket; None where that is people, an arm or an outcome.

    Args:
        text: the sentence.
        end: where the estimate with its interval and its p-value ends.
        named: what has a name and is no factor: endpoints, arms, populations.
    """
    match = _FOR_FACTOR.match(text, end)
    if match is None or _PEOPLE.search(match.group("what")):
        return None
    factor = Factor(factor_norm(match.group("what")), CharSpan(*match.span("what")))
    return factor if are_factors([factor], text, named) and not NO_DOER.search(factor.norm) else None


_PEOPLE = re.compile(
    r"\b(?:patients|women|men|those|subjects|cases|people|participants|analys[ie]s|models?|adjust\w*|years?|months?|each|every|all|both)\b"
)
