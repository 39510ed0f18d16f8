"""What all arms of a study were given besides: "A or placebo in addition to B", "in combination with B, patients received either A or C"."""

from __future__ import annotations

import re
from typing import Literal

_ADDED_TO = (
    r"(?:in\saddition\sto|on\stop\sof|added\s(?:on\s)?to|(?:as\s)?(?:an?\s)?(?:add-?on|adjuncts?|adjunctive)\s(?:therapy\s|treatment\s)?to|(?:up)?on\sa\sbackground\sof"
    r"|against\sa\sbackground\sof|superimposed\son|alongside)"
)
_NO_CHOICE = r"(?:(?!\b(?:or|versus|vs|against|than|compared)\b)[^;:.]|\.\d)"
_ALL = (
    r"(?:both|each|all|either)\s(?:of\s(?:the\s|these\s|which\s|whom\s)?)?(?:(?:study|treatment|trial|of\sthem)\s)?"
    r"(?:(?:patients|arms|groups|participants|women|men|subjects|children|treatments|drugs|agents|regimens)\s)?"
)
_GIVEN = (
    r"(?:(?:was|were|being|been|is|are|to\sbe|also|additionally|concurrently|concomitantly|simultaneously|then|will)\s)*"
    r"(?:receiv(?:ed?|ing)|given|(?:treated|combined|administered|delivered)(?!\s(?:for|over|on|at|every|once|until|in\s(?!combination)))|in\scombination|together|plus)"
    r"\s(?:(?:in|with|to|combination|together|on|addition|the|same|concurrent|concomitant|standard|an?|background|of|by)\s)*"
)
_OF_BOTH = re.compile(
    rf"""
    (?: [\s\w]{{0,20}},?\s (?:both|each|all)\s (?:arms\s|groups\s|were\s|being\s|given\s|administered\s)*
        (?: (?P<when>before|after|prior\sto|following|until) | with | plus | (?:combined|together|in\scombination)\swith | followed\sby ) \b
      | {_NO_CHOICE}{{0,90}}? (?:^|\s) (?P<added> {_ADDED_TO} ) \s {_NO_CHOICE}{{0,40}} $
      | {_NO_CHOICE}{{0,60}}? [,;] \s (?P<had>) (?:with\s|and\s|while\s)? {_ALL} {_GIVEN} (?: [\d.,]+ \s? \w+ \s (?:of\s)? )? (?:[\w-]+\s){{0,2}} $
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
NEXT_GIVEN = re.compile(r"\s?(?:,|,?\sand|plus|\sand|\+|/|,?\swith|\splus)\s?(?:(?:the|an?|concurrent|standard)\s)?", re.IGNORECASE)
"""Between two treatments that were given together."""
_ONLY_SOME = re.compile(
    r"(?:\s[\w-]+){0,2}\s(?:premedication|prophyla\w+|rescue|if|when|unless|before|after|until|prior"
    r"|as\s(?:needed|premed\w+|rescue|antiemetic)|for\s(?:nausea|emesis|those))\b",
    re.IGNORECASE,
)
_THEIR_OWN = re.compile(
    r"\b(?:their|his|her|existing|ongoing|usual|stable|current|chronic|regular|previous|concomitant)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE
)
_LEADS = re.compile(
    r"(?:^|[,;:.]\s|\b(?:to|received|and|randomi[sz]ed)\s)"
    r"(?:in\saddition\sto|on\stop\sof|in\s(?:combination|conjunction)\swith|combined\swith|together\swith|along\swith|added\sto|(?:up)?on\sa\sbackground\sof|with\sa\sbackground\sof)"
    r"\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_TO_EITHER = re.compile(
    r"(?:\s[\w-]+){0,3}\s?,\s[^.;]*\b(?:randomi[sz]ed|allocated|assigned|receiv\w+|given|treated|either|to)\b[^.;]*", re.IGNORECASE
)


def told_of_all(flat: str, behind: str, *, alone: bool, goes_on: bool) -> Literal["given", "added", "apart", ""]:
    """Whether a treatment behind two arms was given to both ("given"), they were added to it ("added"), or it came before or after ("apart").

    "" where it is one more step.

    Args:
        flat: the words before it since the last treatment, without brackets.
        behind: the words behind it.
        alone: whether an arm before the last was told to have had its treatment alone.
        goes_on: whether the treatment before it was given to all; then the next of a list is, too.
    """
    if goes_on and NEXT_GIVEN.fullmatch(flat):
        return "given"
    match = _OF_BOTH.match(flat)
    if match is None or (alone and match.group("added")):
        return ""
    if match.group("when") or _THEIR_OWN.search(flat) or _ONLY_SOME.match(behind):
        return "apart"
    return "given" if match.group("added") is None and match.group("had") is None else "added"


def leads_to_all(head: str, flat: str) -> bool:
    """Whether the treatment that a sentence opens with was given to all whom it goes on with: "In addition to A, patients received B or C"."""
    return _LEADS.search(head) is not None and _TO_EITHER.fullmatch(flat) is not None
