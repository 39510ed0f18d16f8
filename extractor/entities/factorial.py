"""Arms that are told by the treatments before them: "A, B or both", "A, B, the combination, or neither".

Two treatments are set side by side, each an arm; a word at the end of the list makes an arm of the two, another one of neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.document import CharSpan
from extractor.entities.mention import Mention, MentionKind, Part
from extractor.entities.turns import out_of_brackets

_THE_TWO = r"(?:both|the\stwo|these(?:\stwo)?)(?:\s(?:drugs|agents|treatments|therapies|interventions|modalities|supplements|of\sthem))?"
# What the last but one of the list stands behind: "or both", "and both", ", both".
_BEFORE = r"(?P<how>,?\s(?:or|and|versus|vs\.?)\s(?:(?:to|with|of)\s)?|,\s)"
_BEHIND = r"(?=\s?(?:[,.;:(\[]|$)|\s(?:or|and|vs\.?|versus|for|in|as|during|before|after|once|twice|daily|weekly|every|at|over|until)\b)"
_ENDS = re.compile(
    rf"""
    {_BEFORE} (?P<word>
        {_THE_TWO} (?: \s (?: in\scombination | combined | together | concomitantly | simultaneously | concurrently ) )?
      | (?: the | a | their ) \s (?: combination | combined\s(?:treatment|therapy) | two\scombined ) (?: \s (?:treatment|therapy|regimen) )?
        (?: \s of \s (?: {_THE_TWO} | them ) )?
      | (?: combination | combined ) \s (?: treatment | therapy ) | (?: a | the ) \s combination \s of \s {_THE_TWO}
    ) {_BEHIND}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WORDS = re.compile(r"(?:both|the(?:se)?\stwo|these|(?:(?:the|a|their)\s)?combin(?:ation|ed))\b.*", re.IGNORECASE)
_NEITHER = re.compile(
    r"(?:,\s(?:or|and)\s|\s(?:or|nor|and)\s|,\s)(?P<word>neither|none(?:\sof\s(?:them|these|the\stwo))?)(?:\s(?:drug|agent|treatment|of\s(?:them|these)))?"
    r"(?=\s?(?:[,.;:()]|$)|\s(?:or|for|in|as)\b)",
    re.IGNORECASE,
)
# Between the two: a choice, a list, or each given "alone".
_SIDE_BY_SIDE = re.compile(
    r"(?:[\s\d.,/%×]|m[gcl²2]\w*|k?g|[µμ]g|Gy|IU|mL|once|twice|daily|weekly|per|every|a|day|week|alone|only|monotherapy|treatment|therapy|with|to|the)*?"
    r"(?:,|\bor\b|\band\b|\bversus\b|\bvs\b\.?)(?:\s(?:or|and|to|with|the|either|receive|an?|treatment|oral|intravenous|daily|weekly))*\s?",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\s?(?:\([^()]*\)\s?)?(?:alone|only|monotherapy)\b", re.IGNORECASE)
_LOTS = re.compile(r"\b(?:randomi[sz]\w+|randomly|allocat\w+|assign\w+|receiv\w+|divided|given|either|treated|compar\w+)\b", re.IGNORECASE)
_FARTHEST = 60
"""Characters between a treatment and the word that speaks of it: its dose, its size and its name in brackets."""


def with_both(text: str, parts: Sequence[Mention]) -> list[Mention]:
    """The treatments of a sentence with "both" and "neither" as what they stand for, where two treatments were told right before as a choice."""
    told = _once(text, parts)
    found = [*told, *_both(text, told)]
    if len(found) > len(told):
        found += [Mention(MentionKind.PROCEDURE, CharSpan(*m.span("word")), "no treatment", (_NOTHING,)) for m in _nothing_after(text, found)]
        return sorted({*parts, *found}, key=lambda m: m.span)
    return list(parts)


def is_both(text: str, span: CharSpan) -> bool:
    """Whether a treatment is told by such a word alone, and so is an arm of its own whatever stands before it."""
    return _WORDS.fullmatch(span.of(text)) is not None


def names_of_both(text: str, parts: Sequence[Mention]) -> Iterator[tuple[str, list[Mention]]]:
    """What a bracket behind "both" calls the two treatments before it ("letrozole (L), goserelin (G) or both (LG)")."""
    told = _once(text, parts)
    for both in _both(text, told):
        label = _NAMED.match(text, both.span.end)
        if label is not None:
            yield label.group("label"), [m for m in told if m.span.end <= both.span.start][-2:]


_NAMED = re.compile(r"\s?[\[(](?:the\s)?(?P<label>[A-Z][\w+/-]{0,7})(?:\s(?:group|arm))?(?=[\]),;:])")
_NOTHING = Part("no treatment", "other")


def _once(text: str, parts: Sequence[Mention]) -> list[Mention]:
    """The treatments in order, without the bracket that only abbreviates the one before it."""
    found: list[Mention] = []
    for mention in sorted((m for m in parts if m.parts), key=lambda m: m.span):
        again = found and mention.parts == found[-1].parts and re.search(r"[\[(]\s?$", text[: mention.span.start])
        if not again:
            found.append(mention)
    return found


def _both(text: str, told: Sequence[Mention]) -> Iterator[Mention]:
    for match in _ENDS.finditer(text):
        if match.group("how").strip() == "," and not _MORE_OF_LIST.match(text, match.end()):
            continue  # "A and B, both": a comma stands for "or" only where the list goes on
        before = [m for m in told if m.span.end <= match.start()][-2:]
        if len(before) < len(_PAIR) or set(before[0].parts) & set(before[1].parts) or _at_end(text, told, match):
            continue
        gap = out_of_brackets(text[before[0].span.end : before[1].span.start])
        tail = out_of_brackets(text[before[1].span.end : match.start()])
        chosen = _LOTS.search(text[: before[0].span.start]) or _ALONE.match(text, before[0].span.end)
        if chosen and len(tail) <= _FARTHEST and _is_choice(gap, text, before, match) and not re.search(r"[;:.]\s", tail):
            made = tuple(dict.fromkeys(p for m in before for p in m.parts))
            yield Mention(MentionKind.PROCEDURE, CharSpan(*match.span("word")), " + ".join(m.norm for m in before), made)


_PAIR = ("one", "other")
_MORE_OF_LIST = re.compile(r"\s?(?:\([^()]*\)\s?)?,?\s?\b(?:or|and|versus|vs)\b|\s?(?:\([^()]*\)\s?)?,", re.IGNORECASE)
_GOES_ON = re.compile(r"\s(?:with|plus|of|before|after|and)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)


def _is_choice(gap: str, text: str, before: Sequence[Mention], match: re.Match[str]) -> bool:
    """Whether two treatments are set side by side; an "and" does that only where both are given "alone", or what is told of both sets them apart."""
    if len(gap) > _FARTHEST or _SIDE_BY_SIDE.fullmatch(gap) is None:
        return False
    joined = re.search(r"\band\b", gap, re.IGNORECASE) and not re.search(r"\bor\b", gap, re.IGNORECASE)
    return not joined or _ALONE.match(text, before[0].span.end) is not None


def _at_end(text: str, told: Sequence[Mention], match: re.Match[str]) -> bool:
    """Whether what "both" speaks of comes only behind it: "or both A and B"."""
    after = next((m for m in told if m.span.start >= match.end()), None)
    return after is not None and re.fullmatch(r"\s(?:of\s)?", text[match.end() : after.span.start]) is not None


def _nothing_after(text: str, found: Sequence[Mention]) -> Iterator[re.Match[str]]:
    both = max(m.span.end for m in found if m.kind is MentionKind.PROCEDURE and m.norm.count(" + "))
    match = _NEITHER.search(text, both, both + _FARTHEST)
    if match is not None:
        yield match


def all_told_alone(arms: Sequence[Sequence[object]]) -> bool:
    """Whether each component of the last arm is an arm before it: what comes next is no partner of them.

    >>> all_told_alone([["exemestane"], ["celecoxib"], ["exemestane", "celecoxib"]])
    True
    """
    before = [list(arm) for arm in arms[:-1]]
    return len(arms[-1]) > 1 and all([component] in before for component in arms[-1])


def is_two_by_two(arms: Sequence[frozenset[str]]) -> bool:
    """Whether four arms are those of two questions asked at once, whatever placebos stand for: with both drugs, with either, with none.

    >>> is_two_by_two([frozenset({"a", "b"}), frozenset({"a", "placebo"}), frozenset({"b"}), frozenset({"placebo"})])
    True
    """
    given = [arm - {"placebo"} for arm in arms]
    both = max(given, key=len, default=frozenset())
    return sorted(map(len, given)) == [0, 1, 1, 2] and len(set(given)) == 4 and all(arm <= both for arm in given)
