"""Lists of treatments of which each patient was given one: "A 20 mg (n = 18), B 50 mg/day (n = 9), or placebo".

The commas of such a list stand for the "or" at its end, whatever doses, days and sizes stand before them. An "and" sets two arms apart where the
size of a group closes the first, or where the plural says that there are two groups.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities.joins import TWO_GROUPS
from extractor.entities.turns import out_of_brackets

DOSED = (
    r"(?:(?:\d[\d.,/×–-]*(?:\s(?:and|to)\s\d[\d.,/]*)?|[µμ]?g|m[gcl](?:/\w+)*(?:\s?m-2|\s?kg-1)?|[µμ]g(?:/\w+)*|Gy|mL|IU|AUC|once|twice|three|two|four|times|a|an|the|per|every|each|on|at|of|for|over"
    r"|in|day|days|daily|week|weeks|weekly|month|months|hours?|min|minutes|h|cycles?|courses?|fractions?|doses?|q\.?d\.?|b\.?i\.?d\.?|t\.?i\.?d\.?|o\.?d\.?|q\d+\s?[wdh]|QD|BID|TID|OD"
    r"|i\.?v\.?|p\.?o\.?|s\.?c\.?|intravenous(?:ly)?|oral(?:ly)?|subcutaneous(?:ly)?|tablets?|capsules?|alone|only|monotherapy|therapy|treatment|arm|group"
    r"|low-dose|high-dose|active|matching|matched|(?:maintenance|adjuvant|neoadjuvant|consolidation|induction)(?:\s(?:treatment|therapy))?(?:\swith)?|treatment\swith|therapy\swith|administration\sof|(?:infusions?|injections?|doses?)\sof)(?![\w-]))"
)
"""How much, how often and how long, and what else may stand beside the name of a treatment without naming another."""
OPENS_BEHIND = re.compile(rf"\s?(?:{DOSED}\s?)*[\[(]\s?", re.IGNORECASE)
"""What stands between a treatment and the bracket that tells more of it: its dose, if anything."""
_NEXT_OF_LIST = re.compile(rf"\s?(?:{DOSED}\s?)*,\s?(?:{DOSED}\s?)*", re.IGNORECASE)
CHOOSES = re.compile(rf"\s?(?:{DOSED}\s?)*,?\s?\bor\s(?:to\s)?(?:{DOSED}\s?)*(?:combination\s(?:\w+\s)?(?:of|with)\s|combined\s)?", re.IGNORECASE)
"""What stands before the last of a list: "or", "weekly, or to a"."""
_ADDS_ONE = re.compile(
    r"\s(?:plus|combined\swith|in\scombination\swith|with|(?:followed|preceded)\sby|before|after|then|and\sthen)\s(?:[\w-]+\s){0,2}|\s?\+\s?"
)
_AND = frozenset(("and", "and the", "and to", "and to the", ", and", ", and the", ", and to"))
_COMMA_OR_AND = re.compile(rf"\s?(?:{DOSED}\s?)*(?:,|,?\sand)\s?(?:to\s)?(?:{DOSED}\s?)*", re.IGNORECASE)
_DIVIDES = re.compile(r"\b(?:randomi[sz]\w+|randomly|allocat\w+|assigned|divided|split)\b[^.;]*$", re.IGNORECASE)
_SIZE = re.compile(r"[\[(][^()\[\]]*\bn\s?=\s?\d|[\[(]\d+\s(?:patients|women|men|participants|subjects)", re.IGNORECASE)
_BOTH_GIVEN = re.compile(r"\b(?:combin\w+|concurrent\w*)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)


def in_choice(text: str, spans: Sequence[CharSpan], i: int) -> bool:
    """Whether the comma before a treatment stands for the "or" at the end of its list: "docetaxel, vinorelbine plus cisplatin, or gemcitabine".

    Args:
        text: the sentence.
        spans: the treatments that follow each other in it.
        i: which of them is asked for.
    """
    gaps = [out_of_brackets(text[a.end : b.start]) for a, b in pairwise(spans)]
    if not _NEXT_OF_LIST.fullmatch(gaps[i - 1]):
        return False
    last = next((n for n, gap in enumerate(gaps) if n >= i and CHOOSES.fullmatch(gap)), None)
    if last is None:
        return False
    return all(_NEXT_OF_LIST.fullmatch(gap) or CHOOSES.fullmatch(gap) or _ADDS_ONE.fullmatch(gap) for gap in gaps[: last + 1])


def are_two_groups(text: str, spans: Sequence[CharSpan], i: int) -> bool:
    """Whether an "and" or a comma before a treatment sets two arms apart.

    It does behind the size of a group, where patients were assigned ("A (n = 40) and B (n = 38)"), and before two groups ("the A and B groups").
    """
    gap = text[spans[i - 1].end : spans[i].start]
    flat = out_of_brackets(gap)
    if _is_next_of_counted(text, spans, i):
        return True
    if _SIZE.search(gap) and _COMMA_OR_AND.fullmatch(flat):
        return _DIVIDES.search(text[: spans[i - 1].start]) is not None
    if " ".join(flat.split()).casefold() not in _AND or _BOTH_GIVEN.search(text[: spans[0].start]):
        return False
    return TWO_GROUPS.match(text, spans[i].end) is not None


_NUMBERS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5}
_GROUPS_COME = re.compile(
    r"\b(?P<number>two|three|four|five|[2-5])\s(?:[\w-]+\s){0,3}(?:groups|arms|treatments|regimens|schedules|strategies|drugs|agents|cohorts)(?:\s(?:of|with|containing)\s\d+(?:\s\w+){0,2}(?:\seach)?)?"
    r"(?:\s(?:were|are)\scompared)?\s?(?:\([^()]*\)\s?)?(?:,|:|;|-|–|were|are|\sto\sreceive|\sreceiving|\snamely|\sof|\sas|\sby|\sto)\s"
    r"(?:(?:either|the|an?|receive[sd]?|receiving|who|which|were|given|treated|with|by|either|oral|intravenous)\s)*$",
    re.IGNORECASE,
)
_JOINS_WITHIN = re.compile(rf"\s?(?:{DOSED}\s?)*(?:plus|\+|/|with|combined\swith|in\scombination\swith|followed\sby)\s(?:{DOSED}\s?)*", re.IGNORECASE)


def _is_next_of_counted(text: str, spans: Sequence[CharSpan], i: int) -> bool:
    """Whether a treatment is the next of a list as long as the number of groups before it ("two groups: A and B", "three arms, A, B and C")."""
    first, count = next(((n, m) for n in range(i) for m in [_GROUPS_COME.search(text[: spans[n].start])] if m is not None), (i, None))
    if count is None:
        return False
    gaps = [out_of_brackets(text[a.end : b.start]) for a, b in pairwise(spans[first:])]
    turns = [n for n, gap in enumerate(gaps, first + 1) if _COMMA_OR_AND.fullmatch(gap)]
    known = all(_COMMA_OR_AND.fullmatch(gap) or _JOINS_WITHIN.fullmatch(gap) for gap in gaps[: turns[-1] - first]) if turns else False
    return known and i in turns and len(turns) + 1 == _NUMBERS[count.group("number").casefold()]


_WHO_HAD = re.compile(
    r"\b(?:patients|women|men|children|adults|subjects|participants|individuals|volunteers|cases|those)\b(?:(?!\b(?:were|was|are|is)\b)[^.;:])*?"
    r"\s(?:undergoing|scheduled\sfor|posted\sfor|planned\sfor|awaiting|candidates\sfor|after|following|who\s(?:had|have|underwent|received|were\streated)"
    r"|(?:previously\s)?treated\swith|receiving|on)\s(?:(?!\b(?:were|was)\s(?:\w+\s)?(?:random|alloc|assign|divid))[^.;:])*?"
    r"\b(?:were|was|are|will\sbe)\s(?:then\s|equally\s|prospectively\s|\w+ly\s)?(?P<lots>randomi[sz]ed|randomly|allocated|assigned|divided)\b",
    re.IGNORECASE,
)


def had_before_lots(text: str) -> int:
    """Up to where a sentence tells what patients had who were drawn to arms ("women undergoing mastectomy were randomized"); 0 where it does not."""
    match = _WHO_HAD.search(text)
    return match.start("lots") if match is not None else 0
