"""Arms and populations that a sentence lists: each list as a group, and values told in runs with a list for each run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities import Mention
from extractor.entities.arm_book import ARM_WORD
from extractor.entities.joins import without_modes
from extractor.relations.brackets import opening
from extractor.relations.kinds import Value

_AT_DOSE = r"(?:\s(?:at\s)?\d[\d.,–-]*[\s-]?(?:mg|g|µg|μg|mcg|Gy|IU|ml)(?:/\w+)*)?(?:\s(?:once|twice|daily|weekly))*"
COORDINATION = re.compile(
    rf"""
    (?:\s*\([^()]*\))? {_AT_DOSE} \s* (?:rates?\s*)?
    (?:\s(?: {ARM_WORD} | patients | treatment | (?:mono)?therapy | levels? ))? (?:\s(?: alone | only ))? \s*
    (?: ,\s*and | ,\s*or | , | ; | and | or | & | vs?\.? | versus | / | than | compared\s(?:with|to) | as\scompared\s(?:with|to) | as\swell\sas
      | followed\sby | against | over )\s*
    (?: (?: the | an? | in | for | with | of | on | that | those | patients? | serum | median | mean | receiving | treated | randomi[sz]ed | who
          | received | among | group | to | from | best | estimated | actuarial )\s+ )*
    (?: (?: \d{{1,2}} | (?:one|two|three|four|five|six|ten|twelve) ) [\s-]? (?: year | month | week )s? [\s-] )?
    """,
    re.IGNORECASE | re.VERBOSE,
)


def coordinated(text: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions listed together; the two forms of one thing ("overall survival (OS)") count once."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        if groups:
            last = groups[-1][-1]
            between = without_modes(text[last.span.end : mention.span.start])
            if mention.norm == last.norm and (re.fullmatch(r"\s?\(", between) or mention.span.start < last.span.end):
                continue
            if COORDINATION.fullmatch(re.sub(r"^\s?\)", "", between)):
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return groups


def listed_by_runs(text: str, values: Sequence[Value], targets: Sequence[Mention]) -> list[Mention] | None:
    """The target of each value where values come in runs and each run has a list of its own, as long, behind it, or ahead of it.

    "61% and 70% for arms A and B, and 50% and 44% for arms C and D"; None unless there are two runs of two or more and every run has its list.
    """
    starts, ends = [v.whole.start for v in values], [v.whole.end for v in values]
    gaps = [[t for t in targets if end <= t.span.start and t.span.end <= start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)]
    cuts = [0, *(k for k in range(1, len(values)) if gaps[k]), len(values)]
    runs = [values[a:b] for a, b in pairwise(cuts)]
    if len(runs) < 2 or any(len(run) < 2 for run in runs):
        return None
    for lists in ([gaps[k] for k in cuts[1:]], [gaps[k] for k in cuts[:-1]]):
        found = [groups[0] if (groups := coordinated(text, told)) and len(groups) == 1 else [] for told in lists]
        if all(len(run) == len(group) == len({m.norm for m in group}) for run, group in zip(runs, found, strict=True)):
            return [m for group in found for m in group]
    return None


_AMOUNT = r"[<>~]?\s?\d[\d.]*\s?(?:%|months?|years?|weeks?|days?)?"
_CONTRAST = re.compile(rf"{_AMOUNT}\s(?:vs?\.?|versus)\s{_AMOUNT}")
_NEXT = re.compile(r"\s?(?:,\s?and|,|;|and)\s")
_LAST = re.compile(r"\s?,?\s?(?:respectively)?\s?[)\]]")


def listed_before_bracket(text: str, bracket: int, value: Value, endpoints: Sequence[Mention]) -> Mention | None:
    """The endpoint of a list before a bracket that answers to the pair of values that one stands in: "ORR and PFS (31% vs 9% and 6 vs 3 months)".

    None unless the bracket holds nothing but as many pairs as the list has endpoints.
    """
    pairs, at = [], bracket + 1
    while (pair := _CONTRAST.match(text, at)) is not None:
        pairs.append(pair.span())
        step = _NEXT.match(text, pair.end())
        at = step.end() if step is not None else pair.end()
        if step is None:
            break
    groups = coordinated(text, endpoints)
    fits = len(pairs) > 1 and _LAST.match(text, at) is not None and bool(groups) and len(groups[-1]) == len(pairs)
    if not fits or text[groups[-1][-1].span.end : bracket].strip():
        return None
    return next((e for (start, end), e in zip(pairs, groups[-1], strict=True) if start <= value.span.start < end), None)


_CLOSES = re.compile(r"%?\s?[)\]]")
_TO_BRACKET = re.compile(r"(?:\s(?:arms?|groups?|patients|recipients|alone))?\s?")


def fills_bracket_of(text: str, values: CharSpan, targets: Sequence[Mention]) -> bool:
    """Whether values are all that the bracket right behind a target holds: "were more frequent with A (31% and 12%) than with B (9% and 4%)"."""
    bracket = opening(text, values.start)
    if bracket is None or text[bracket + 1 : values.start].strip() or not _CLOSES.match(text, values.end):
        return False
    return any(m.span.end <= bracket and _TO_BRACKET.fullmatch(text, m.span.end, bracket) for m in targets)
