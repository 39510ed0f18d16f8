"""Brackets and clauses: what of a sentence stands in a bracket, and where the clause of a place begins."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.document import CharSpan


def without_brackets(text: str) -> str:
    """The text with what stands in brackets blanked out, character for character.

    >>> without_brackets("10 (95% CI 8-12) vs 7")
    '10               vs 7'
    """
    for _ in range(3):
        text = re.sub(r"[\[(][^()\[\]]*[\])]", lambda m: " " * len(m.group()), text)
    return text


@lru_cache(maxsize=32)
def _brackets(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For every place of a text, the end included: where the innermost open bracket opens (-1 outside), and how many are open."""
    openings, depths, stack = [], [], [-1]
    for i, c in enumerate((*text, "")):
        openings.append(stack[-1])
        depths.append(len(stack) - 1)
        if c and c in "([":
            stack.append(i)
        elif c and c in ")]" and len(stack) > 1:
            stack.pop()
    return tuple(openings), tuple(depths)


def depth_at(text: str, at: int) -> int:
    """How many brackets are open at a place."""
    return _brackets(text)[1][at]


def opening(text: str, at: int) -> int | None:
    """Where the innermost bracket opens that holds a place; None outside brackets."""
    found = _brackets(text)[0][at]
    return None if found < 0 else found


_CLAUSE = re.compile(
    r";\s|:\s|,?\s(?:whereas|while|whilst|but|although|however)\s|,\s(?:and|with)\s(?=(?:the|an?|in|there|this|it|median|its|was|were|\d|one|two|three|four|five|six|seven|eight|nine|ten)\b)"
)


def clause_start(text: str, at: int) -> int:
    """Where the clause begins that a place stands in."""
    flat = without_brackets(text[:at])
    ends = [m.end() for m in _CLAUSE.finditer(flat)]
    return ends[-1] if ends else 0


# "vs. ", "i.e. ", "et al. ": no end of anything.
_ENDS = re.compile(r";\s|(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)(?<!\bal)\.\s")


def statement_start(flat: str, at: int) -> int:
    """Where the statement begins that a place stands in: behind the last semicolon or full stop before it.

    Args:
        flat: the text without its brackets, or that of the brackets alone that are asked about.
        at: the place.

    >>> statement_start("OS was longer; PFS was 5 vs. 4 months", 30)
    14
    """
    return max((m.end() for m in _ENDS.finditer(flat, 0, at)), default=1) - 1


def outermost(text: str, at: int) -> int | None:
    """Where the outermost bracket opens that holds a place: the values of "(10 [3%] vs 22 [7%])" stand in one."""
    found = opening(text, at)
    while found is not None and (around := opening(text, found)) is not None:
        found = around
    return found


_NEXT_IN_BRACKET = re.compile(
    r"[\s)\]%]*[;,]\s(?:(?:vs?\.?|versus|against|as\sagainst|compared\s(?:with|to))\s)?(?:(?:the|for|in|with|on)\s)*", re.IGNORECASE
)
_ITS_NUMBER = re.compile(r"(?:\s(?:arm|group|patients))?[,:]?\s(?:\d+\s)?[(\[]?[<>]?")


def opens_in_turn(text: str, end: int, name: CharSpan, start: int) -> bool:
    """Whether a name between the end of one number and the start of another, all in one bracket, opens what is told of the second.

    >>> text = "(27%; placebo, 10%)"
    >>> opens_in_turn(text, 4, CharSpan(6, 13), 15), opens_in_turn(text.replace(";", " of"), 4, CharSpan(8, 15), 17)
    (True, False)
    """
    bracket = outermost(text, end)
    within = bracket is not None and outermost(text, start) == bracket
    return within and _NEXT_IN_BRACKET.fullmatch(text, end, name.start) is not None and _ITS_NUMBER.fullmatch(text, name.end, start) is not None


_CONTRAST_IN_BRACKET = re.compile(
    r"[(\[]\s?(?:(?:median|mean)\s)?[\d.]+\s?(?:%|months?|years?|weeks?|days?)?\s(?:vs?\.?|versus|compared\s(?:with|to))\s[\d.]+"
)


def holds_a_contrast(text: str, bracket: int) -> bool:
    """Whether a bracket sets two values against each other, which one ahead of it is no third of: "12% of all, more in X than in Y (20% vs 8%)"."""
    return _CONTRAST_IN_BRACKET.match(text, bracket) is not None
