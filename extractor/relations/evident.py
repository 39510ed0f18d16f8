"""Arms that no sentence assigns: what the results tell their numbers of, as groups, again and again in the same sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from extractor.document import SectionKind
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.relations.findings import ArmOf

_RESULTS = frozenset({SectionKind.ABSTRACT, SectionKind.RESULTS, SectionKind.CAPTION})
# "the A group", "A-treated patients", "A recipients"; the first of "the A and B groups".
_AS_GROUP = re.compile(
    r"(?:-treated)?(?:\s\([^()]{0,40}\))?\s(?:(?:and|or|versus|vs\.?)\s(?:the\s)?[\w+/-]+(?:\s[\w+/-]+)?\s(?=groups|arms|recipients|patients))?"
    r"(?:(?:treatment|therapy)\s)?(?:groups?|arms?|recipients|patients|subjects|women|men|children|cases)\b",
    re.IGNORECASE,
)
_AS_SIZE = re.compile(r"(?:\s(?:groups?|arms?|patients))?\s?[,(:]\s?\(?n\s?=\s?\d", re.IGNORECASE)  # "(A, n = 240; B, n = 232)"
_OF_VALUE = re.compile(r"\d\s?%?\s?(?:\([^()]{0,40}\)\s)?(?:[a-z]+\s){0,3}(?:with|for|on|under|given|after|receiving|in|among)\s(?:the\s)?$")
_LEAST_TOGETHER = 2
_LEAST_AS_GROUPS = 3


def evident_arms(own: Iterable[ReadSentence]) -> tuple[ArmOf, ...]:
    """The arms that results are told of, where at least two sentences tell numbers of the same two as groups; () where there are none.

    A third is one where sentences tell it together with both of the others.
    """
    groups: Counter[str] = Counter()
    together: Counter[frozenset[str]] = Counter()
    arms: dict[str, ArmOf] = {}
    for read in own:
        if read.sentence.section.kind not in _RESULTS:
            continue
        told = dict(_told_of(read))
        here = {m.norm for m in told}
        for mention in told:
            arms.setdefault(mention.norm, ArmOf(mention.norm, mention.parts))
        groups.update({m.norm for m, as_group in told.items() if as_group})
        if any(told.values()):
            together.update(frozenset(pair) for pair in combinations(sorted(here), 2))
    pairs = [(n, sorted(pair)) for pair, n in together.items() if n >= _LEAST_TOGETHER and all(groups[norm] for norm in pair)]
    best = max(pairs, key=lambda one: (one[0], sum(groups[norm] for norm in one[1]), one[1]), default=None)
    if best is None or sum(groups[norm] for norm in best[1]) < _LEAST_AS_GROUPS:
        return ()
    first, second = best[1]
    others = [
        norm
        for norm in arms
        if norm not in best[1] and groups[norm] and min(together[frozenset((norm, first))], together[frozenset((norm, second))]) >= _LEAST_TOGETHER
    ]
    return tuple(arm for norm, arm in arms.items() if norm in (first, second, *others))


def _told_of(read: ReadSentence) -> Iterator[tuple[Mention, bool]]:
    """The arms of a sentence with numbers that these are told of, each with whether it is told as a group."""
    text = read.sentence.text
    for mention in read.of(MentionKind.ARM):
        as_group = bool(_AS_GROUP.match(text, mention.span.end) or _AS_SIZE.match(text, mention.span.end)) or mention.detail == "role"
        if as_group or _OF_VALUE.search(text[: mention.span.start]):
            yield mention, as_group
