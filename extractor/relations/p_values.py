"""Which p-value is printed with an estimate, and which tests an interaction: that one is of no estimate."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import CharSpan
from extractor.quantities import Pattern, PValue

OF_INTERACTION = Pattern(
    id="test-of-interaction",
    regex=r"""
        \b (?: p[\s-]? )? (?: interaction | heterogeneity )s? \s? (?: tests?\s | effects?\s )? (?:,|:|was|were)? \s? $
    """,
    examples={"(HR 0.8; interaction ": [{}], "(test for heterogeneity, ": [{}]},
    counterexamples=("(P", "heterogeneity of the effect, "),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (OF_INTERACTION,)
_SAID = re.compile(r"interaction|heterogeneity", re.IGNORECASE)


def of_interaction(text: str, p: CharSpan) -> bool:
    """Whether a p-value is said to be one of interaction or heterogeneity: "P for interaction = 0.4", "interaction p = 0.4"."""
    return bool(_SAID.search(p.of(text)) or OF_INTERACTION.compiled.search(text[max(p.start - _NEAR, 0) : p.start]))


_NEAR = 40
# "... (95% CI 0.8-1.4), and the difference between groups was not significant (P = .8)": of the same estimate.
_DIFFERENCE_WAS = re.compile(r"^[\s)\]]*,?\s(?:and|but|although|though)\s(?:the|this)\sdifference\s[a-z\s]{0,60}significant\s")


# "(HR 0.8; 95% CI 0.6-1.1) compared with no such treatment (P = 0.2)"
_COMPARED = re.compile(r"[\s)\]]*,?\s?(?:when\s|as\s)?(?:compared\s(?:with|to)|versus|vs\.?|relative\sto|than)\s")


def p_of_estimate(text: str, estimate: CharSpan, number: CharSpan, p_values: Sequence[PValue]) -> PValue | None:
    """The p-value printed with an estimate; behind it, else before it.

    Args:
        text: the sentence.
        estimate: the estimate with its name and interval.
        number: the number alone.
        p_values: those that no estimate before has.
    """
    within = next((p for p in p_values if number.end <= p.span.start and p.span.end <= estimate.end), None)
    return within or p_after(text, estimate.end, p_values) or _p_before(text, estimate.start, number.start, p_values)


def p_after(text: str, end: int, p_values: Sequence[PValue]) -> PValue | None:
    """The p-value that follows an estimate which ends at a place."""
    for p in p_values:
        gap = _DIFFERENCE_WAS.sub("", text[end : p.span.start])
        if (
            0 <= len(gap) <= (70 if _COMPARED.match(gap) else 40)
            and p.span.start >= end
            and not re.search(r"\d", gap)
            and not of_interaction(text, p.span)
            and not re.search(r"[a-z]\)|\.\s|;\s*[A-Z]{2}|\band\s(?:[A-Z]{2,4}|\w+\ssurvival)\b", gap)
        ):
            return p
    return None


def _p_before(text: str, start: int, number: int, p_values: Sequence[PValue]) -> PValue | None:
    """The p-value right before an estimate that says not itself what it is of: "[p = .62; HR 1.1]", "p = .62; RR 0.8", "(p = .62); (OR 1.3)"."""
    if re.search(r"\b(?:for|of|in|with)\s", text[start:number]):
        return None
    return next((p for p in p_values if _RIGHT_BEFORE.fullmatch(text[p.span.end : start])), None)


_RIGHT_BEFORE = re.compile(r"[\s)\]]*[;,]\s?(?:(?:and\s|with\s)?an?\s)?[\[(]?")
