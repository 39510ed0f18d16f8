"""Factors that are listed before one bracket which has a number for each: "predictors of OS were X and Y (P = .01 and P = .03, respectively)".

What stands right before a bracket is the last of the list, and only the last number is of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import CharSpan
from extractor.quantities import Pattern
from extractor.relations.brackets import opening, without_brackets
from extractor.relations.factors import Factor
from extractor.relations.prognosis import Talk, items_of

FACTORS_WERE = Pattern(
    id="factors-that-are-listed",
    regex=r"""
        \b (?: factors? | predictors? | variables? | determinants? | parameters? | covariates? | characteristics | markers? | features ) \b
        [^.;:]{0,120}? (?: \b (?: were | was | are | included? | including | being | namely | comprised )\b | : )
        (?: \s (?: found | identified ) (?: \s to\sbe )? )? \s (?: only\s | the\s | both\s | an?\s )*
    """,
    examples={
        "Predictors of OS included age and stage (": [{}],
        "Adverse factors for PFS were: age, stage (": [{}],
    },
    counterexamples=("patients were assigned", "age and stage were predictors ("),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (FACTORS_WERE,)
_OF_EACH = re.compile(r"[(\[]\s?(?:both|all|each)\b", re.IGNORECASE)


def listed_before(text: str, at: int, numbers: Sequence[int]) -> Talk | None:
    """The factors of which the bracket of a number has one each, or one for all; None where they are not as many.

    Args:
        text: the sentence.
        at: where the number stands.
        numbers: where estimates, or else p-values, of the sentence begin.
    """
    bracket = opening(text, at)
    if bracket is None:
        return None
    flat = without_brackets(text[:bracket])
    leads = list(FACTORS_WERE.find(flat))
    if not leads:
        return None
    start = max([leads[-1].end(), *(m.end() for m in _BEHIND_BRACKET.finditer(flat, leads[-1].end()))])
    listed = items_of(flat, start, len(flat.rstrip()))
    beside = [n for n in numbers if opening(text, n) == bracket]
    if len(listed) < _TWO or not (len(beside) == len(listed) or (len(beside) == 1 and _OF_EACH.match(text, bracket))):
        return None
    return Talk(None, None, tuple(Factor(_SHORT.sub("", f.norm), CharSpan(f.span.start, f.span.end)) for f in listed))


def item_before(text: str, at: int) -> Factor | None:
    """The factor of an estimate that stands in no bracket: "were predictors: age, HR 1.9 (1.2-3.0); stage, HR 1.5 (1.0-2.2)"; None where none is."""
    match = _ITEM.search(text[:at]) if opening(text, at) is None else None
    items = items_of(text, *match.span("what"), least=1) if match is not None else ()
    return items[0] if items else None


_ITEM = re.compile(r"(?::|;|;\sand)\s(?:the\s|an?\s)?(?P<what>[^,;:()]{3,60}),\s$")
_TWO = 2
_SHORT = re.compile(r"^(?:an?|the)\s", re.IGNORECASE)
# Where a bracket was blanked out: what stands before it has its own number.
_BEHIND_BRACKET = re.compile(r"\s{4,}(?:,\s?)?(?:and\s|or\s|as\swell\sas\s)?")
