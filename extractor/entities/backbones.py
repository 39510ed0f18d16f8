"""What all arms of a study were given besides: "A or placebo in addition to B", "in combination with B, patients received either A or C"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from extractor.entities.mention import Mention
from extractor.entities.turns import out_of_brackets

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


_PEOPLE = r"(?:patients|women|men|participants|subjects|children|individuals|of\sthem)"
_GROUPS = r"(?:arms|groups|treatments|regimens|schedules|cohorts)"
_ALL_GROUPS = rf"(?:both|all|each\sof\sthe|all\sof\sthe)\s(?:(?:two|three|four|\d)\s)?(?:(?:study|treatment|trial|of\sthe)\s)?{_GROUPS}"
_HOW = (
    r"(?:(?:the|same|identical|concurrent|concomitant|standard|a|an|backbone|of|background|weekly|oral|intravenous|daily|with|open-label)\s"
    r"|\d\S*\s(?:m[gl]\S*|cycles|courses)\s)"
)
_RECEIVED = r"(?:received|receive|given|treated\swith|combined\swith|included|contained|consisted\sof|administered|assigned\sto)"
_ALL_HAD = re.compile(
    rf"""
    (?: \b (?:{_ALL_GROUPS}|the\s(?:two|three)\s(?:study\s|treatment\s)?{_GROUPS})
        (?: \s(?:of\spatients|alike|also|additionally|equally|of\sthe\s(?:study|trial)) )*
      | \b{_PEOPLE}\sin\s (?:both|all(?:\s(?:three|four))?)\s (?:(?:study|treatment)\s)? {_GROUPS} (?:\salso)?
      | (?: ^ | [;.]\s | ,\sand\s | \sand\s ) (?: All | all ) \s (?: (?:the|these|study|enrolled|randomi[sz]ed|eligible)\s )? (?:{_PEOPLE}\s)?
        (?: (?:also|additionally|concurrently|concomitantly) \s )?
    ) \s?
    (?: (?:were|was|will\sbe|will) \s (?:also\s|both\s|to\s)? )?
    {_RECEIVED} \s {_HOW}{{0,6}}
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "In both arms, A was given", "the backbone in both arms was A", "backbone chemotherapy consisted of A".
_IN_BOTH = re.compile(
    rf"""
    (?: ^ | [;.]\s ) (?: (?:For|In)\s (?: (?:{_PEOPLE}\sin\s)? {_ALL_GROUPS} | all\s{_PEOPLE} ) ,? \s {_HOW}{{0,4}}
      | (?: The\s | All\s )? (?:common\s)? (?: backbone | background ) (?: \s (?:chemotherapy|treatment|therapy|regimen|systemic\streatment) ){{0,2}}
        (?: \s in\s {_ALL_GROUPS} )? \s (?: was | consisted\sof | comprised | included ) \s {_HOW}{{0,4}} )
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_IN_ALL = re.compile(
    rf"[^.;]{{0,30}}?\s(?:was|were)\s(?:also\s)?(?:given|administered|added|delivered|used|the\s(?:same|backbone))\s(?:[\w-]+\s){{0,3}}?(?:in|to|for)\s(?:patients\sin\s)?"
    rf"(?:(?:both|all|each\sof\sthe)\s(?:(?:two|three|study|treatment)\s)?{_GROUPS}|all\s(?:study\s)?{_PEOPLE})\b",
    re.IGNORECASE,
)
_DOSES = re.compile(r"\s\d[\d.,]*\s?(?:m[gl]|g|Gy|AUC)\S*|\sAUC\s?\d\S*|\s(?:on\sdays?\s[\d,-]+|every\s(?:\w+\s)?weeks|weekly|daily)", re.I)


def without_doses(text: str) -> str:
    """The words between two treatments without how much and how often."""
    return _DOSES.sub(" ", text)


# "Patients starting A were randomized", "patients received A and were randomly assigned": at the same time.
_ENTERS_WITH = re.compile(
    rf"\b{_PEOPLE}\s(?:who\swere\s)?(?:(?:starting|beginning|commencing|initiating)(?:\streatment\swith)?|(?:scheduled|planned|due|about|to)\s(?:to\s)?(?:receive|start|begin)"
    rf"|(?:were\s)?(?:received|given|treated\swith))\s{_HOW}{{0,4}}$",
    re.IGNORECASE,
)
_ON_IT = re.compile(rf"\b{_PEOPLE}\s(?:receiving|undergoing|treated\swith)\s{_HOW}{{0,4}}$", re.IGNORECASE)
_AND_DRAWN = re.compile(r"[^.;:]{0,40}?\s(?:and\s)?(?:were|was)\s(?:also\s|concurrently\s)?(?:randomi[sz]ed|randomly|allocated)\b", re.IGNORECASE)


def given_to_all(text: str, parts: Sequence[Mention], *, ongoing: bool = False) -> list[Mention]:
    """What a sentence says that all patients of a study, or all its arms, were given; none where it says nothing so.

    Args:
        text: the sentence.
        parts: its treatments in their order.
        ongoing: whether what patients were receiving who were assigned to arms counts, too.
    """
    for i, first in enumerate(parts):
        run = [first]
        for before, more in pairwise(parts[i:]):
            if not NEXT_GIVEN.fullmatch(without_doses(out_of_brackets(text[before.span.end : more.span.start]))):
                break
            run.append(more)
        head = text[: first.span.start]
        if _ALL_HAD.search(head) or _IN_BOTH.search(head) or _IN_ALL.match(text, run[-1].span.end):
            return run
        if (_ENTERS_WITH.search(head) or (ongoing and _ON_IT.search(head))) and _AND_DRAWN.match(text, run[-1].span.end) is not None:
            return run
    return []
