"""Which arm is above the line of a ratio, and in whom: what the words around an estimate say of it.

A paper has an arm under test, and a ratio mostly compares it with the other one. Where the sentence itself says what is divided by what ("the hazard
ratio of surgery alone vs. surgery plus vaccine was 1.8"), that holds: read the other way round it would say the opposite.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities import Mention
from extractor.quantities import Pattern
from extractor.relations.brackets import opening, without_brackets
from extractor.relations.groups import NAMES_GROUP, of_own_bracket
from extractor.relations.values import Effect

_CALLED = r"(?:[\s-]*(?:arms?|groups?|patients|recipients|treatment|therapy|cohort|treated|alone))*(?:\s?\([^()]*\))?"
_THAT_OF = r"(?:(?:the|those|patients|women|men|that|treated|receiving|assigned|randomi[sz]ed|who|received|in|to|with|for|of|on|dogs)\s)*"
AGAINST = Pattern(
    id="divided-by",
    regex=rf"{_CALLED},?\s?(?:versus|vs\.?|as\scompared\s(?:with|to)|compared\s(?:with|to)|relative\sto|over)\s{_THAT_OF}",
    examples={" vs ": [{}], " patients as compared to those in the ": [{}]},
    counterexamples=(" and ", " than "),
    flags=re.IGNORECASE,
)
RATIO_OF = Pattern(
    id="ratio-of-arms",
    regex=r"""
        \b (?: (?:hazards?|odds|risk|rate) \s ratios? (?: \s? [(\[] \s? a?(?:HR|OR|RR)s? \s? [)\]] )? | a?HRs? | a?ORs? | RRs? | relative\srisks? ) \b
        (?P<said> [^.;]* ) $
    """,
    examples={"The hazard ratio for death of A vs B was ": [{"said": " for death of A vs B was "}]},
    counterexamples=("The hazard was ", "The ratio was "),
    flags=re.VERBOSE,
)
IN_FAVOR = Pattern(
    id="in-favor-of",
    regex=rf"[^.;()]{{0,12}}\b(?:in\sfavou?r\sof|favou?ring)\s{_THAT_OF}",
    examples={" in favor of the ": [{}], ", favouring ": [{}]},
    counterexamples=(" against the ",),
    flags=re.IGNORECASE,
)
PATTERNS = (AGAINST, RATIO_OF, IN_FAVOR)


def divided(text: str, effect: Effect, arms: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """The two arms that an estimate divides, the one above the line first; None where the sentence does not say so.

    Args:
        text: the sentence.
        effect: the estimate.
        arms: the arms that the sentence names, in order.
    """
    name = RATIO_OF.compiled.search(text, 0, effect.span.start)
    start = name.start("said") if name is not None else effect.whole.start
    between = [a for a in arms if start <= a.span.start and a.span.end <= effect.span.start]
    pair = _against(text, between)
    if pair is not None:
        return pair
    bracket = opening(text, effect.span.start)
    if bracket is not None:
        inside = _against(text, [a for a in arms if bracket <= a.span.start and a.span.end <= effect.whole.start])
        if inside is not None:
            return inside
    behind = [a for a in arms if a.span.start >= effect.whole.end]
    if len({a.norm for a in between}) == 1 and behind:
        apart = text[effect.whole.end : behind[0].span.start].lstrip(" )],")
        if AGAINST.compiled.fullmatch(" " + apart):
            return between[0], behind[0]
    return None


def _against(text: str, arms: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """The two neighbours of a list of arms with "versus" between them; None where there is no such pair, or more than one."""
    found = [(a, b) for a, b in pairwise(arms) if a.norm != b.norm and AGAINST.compiled.fullmatch(text[a.span.end : b.span.start])]
    return found[0] if len(found) == 1 else None


def favored(text: str, effect: Effect, arms: Sequence[Mention]) -> Mention | None:
    """The arm that an estimate is said to favor, right behind it: "HR 0.6 (0.4-0.9) in favor of sorafenib"."""
    for arm in arms:
        if arm.span.start >= effect.whole.end and IN_FAVOR.compiled.fullmatch(text[effect.whole.end : arm.span.start].lstrip(" )]")):
            return arm
    return None


_BEHIND = re.compile(r"[\s)\]]*(?:,\s)?(?:in|for|among)\s(?:the\s)?(?:patients\s(?:(?:with|in)\s(?:the\s)?)?)?(?=\S)", re.IGNORECASE)


def group_behind(text: str, effect: Effect, populations: Sequence[Mention]) -> Mention | None:
    """The group that an estimate is told for right behind it: "HR 1.2 (0.7-2.2) for stage II and HR 1.3 (0.9-2.0) for stage III"."""
    match = _BEHIND.match(text, effect.whole.end)
    if match is None or of_own_bracket(text, effect.whole.start, populations) is not None:
        return None
    return next((p for p in populations if match.start() <= p.span.start <= match.end() <= p.span.end), None)


_RR = re.compile(r"RRs?")
_TO_ITS_FIGURE = re.compile(r"[)\]]?(?:\s?[=:,]|\s(?:of|was|is|were))?\s?")


def called_ratio(text: str, endpoints: Sequence[Mention], effects: Sequence[Effect]) -> list[CharSpan]:
    """Where "RR" is the name of a relative risk, and no response rate: right before one, or within the words that name one ("relative risk (RR)").

    What such a ratio is of may stand in its name and is an endpoint all the same: "the relative risk of death was 0.8".
    """
    letters = [e.span for e in endpoints if _RR.fullmatch(e.span.of(text))]
    told = [e for e in effects if e.measure == "RR"]
    return [s for s in letters if any(e.whole.overlaps(s) or _TO_ITS_FIGURE.fullmatch(text, s.end, max(e.span.start, s.end)) for e in told)]


_EFFECT_OF_ARM = re.compile(
    r"""
    \b (?: benefit\w* | effect | effects | efficac\w+ | favou?r\w* | advantage | superior\w* | inferior\w* | interaction | sub-?groups?
      | better \s with | worse \s with | improv\w+ \s with ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def group_labelled(text: str, effect: Effect, populations: Sequence[Mention]) -> Mention | None:
    """The group that an estimate stands right behind, where several are told: "AIB1 low 0.85 (0.6-1.2) and AIB1 high 1.08 (0.8-1.5)"."""
    if len({p.norm for p in populations}) < _TWO:
        return None
    at = effect.span.start  # the name of the measure may stand far ahead, of all
    return next((p for p in populations if p.span.end <= at and re.fullmatch(r"[\s:,=]*(?:a?HR\s?[=:,]?\s?)?", text[p.span.end : at])), None)


def set_of_data(text: str, effect: Effect, populations: Sequence[Mention]) -> Mention | None:
    """The set of data before the bracket of an estimate, of several: "in the training (HR 3.4) and the validation cohort (HR 3.9)"."""
    bracket = opening(text, effect.span.start)
    sets = [p for p in populations if p.detail == "named-cohort"]
    if bracket is None or len({p.norm for p in sets}) < _TWO:
        return None
    return next((p for p in sets if p.span.end <= bracket and re.fullmatch(r"\s?[\w-]*\s?", text[p.span.end : bracket])), None)


_TWO = 2


def group_before(text: str, effect: Effect, populations: Sequence[Mention], *, of_arm: bool = False) -> Mention | None:
    """The group right before the bracket of an estimate, where the sentence speaks of what a treatment does in groups: "... in men (HR 1.5)"."""
    bracket = opening(text, effect.span.start)
    if bracket is None or not (of_arm or _EFFECT_OF_ARM.search(text)):
        return None
    return next((p for p in populations if p.span.end <= bracket and NAMES_GROUP.fullmatch(text[p.span.end : bracket])), None)


_OPENS_ITEM = re.compile(r"\s*(?:and\s|or\s|in\s|for\s|the\s|those\s|patients\s|with\s)*")


def group_of_item(text: str, effect: Effect, populations: Sequence[Mention]) -> Mention | None:
    """The group that opens the item of a list that an estimate stands in: "...: stage IV, HR 0.7 (0.5-0.9); women, OS HR 0.6 (...)"."""
    flat = without_brackets(text[: effect.whole.start])
    start = max(flat.rfind("; "), flat.rfind(": ")) + 1
    here = [p for p in populations if start <= p.span.start and p.span.end <= effect.whole.start]
    if start == 0 or len({p.norm for p in here}) != 1:
        return None
    opens = _OPENS_ITEM.fullmatch(text[start : here[0].span.start]) is not None
    return here[0] if opens and re.match(r"\s?[,(]", text[here[0].span.end :]) else None
