"""The one arm within which a factor was looked at: "in the docetaxel arm, a mutation went with a shorter OS (HR 1.9)".

The estimate compares levels of the factor; the arm is its population, in the words of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind
from extractor.relations.brackets import clause_start, opening, statement_start, without_brackets
from extractor.relations.context import arms_in_force
from extractor.relations.contrasts import LISTED_FACTOR, Contrast
from extractor.relations.findings import Topic
from extractor.relations.groups import words_of
from extractor.relations.reading import Reading

_LEADS = re.compile(
    r"""
    (?: ^ | [\s(] ) (?: in | among | for | within | amongst | of ) \s
    (?: (?: the | those | patients | women | men | people | individuals | all | who | whom | were | had | been | both )\s )*
    (?P<how> (?: assigned | allocated | randomi[sz]ed | given | receiving | received | treated | taking | on ) (?: \s (?: to
        | with ) )? \s )? (?: the\s )? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_GROUP = re.compile(r"\s?-?(?P<what>arm|group|patients|recipients|cohort|users|alone|treated)?\b", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:,|[(\[;.]|$|\s(?:in|on|at|by|the|an?|was|were|had|only|no|neither)\b)")
_JOINED = re.compile(r"\s(?:and|or|plus|versus|vs\.?|than|compared)\s", re.IGNORECASE)


def within_one_arm(text: str, at: int, arms: Sequence[Mention], factor: CharSpan | None) -> Mention | None:
    """The arm within which the factor of a number was looked at, as a population; None where the sentence tells none, or of more than one.

    Args:
        text: the sentence.
        at: where the number stands.
        arms: the arms that it names.
        factor: where the factor is named.
    """
    bracket = opening(text, at)
    end = at if bracket is None else bracket
    start = statement_start(without_brackets(text[:end]), end)
    found = [
        (m, lead, group)
        for m in arms
        if start <= m.span.start and (factor is None or not m.span.overlaps(factor))
        for lead in [_LEADS.search(text[: m.span.start])]
        for group in [_GROUP.match(text, m.span.end)]
        if lead is not None and group is not None and _ENDS.match(text, group.end())
    ]
    ahead = [f for f in found if f[0].span.end <= end and not _JOINED.search(text[f[0].span.end : f[2].end() + 6])]
    named = {m.norm for m in arms if start <= m.span.start <= end}
    if not ahead or len(named) != 1:
        return None
    mention, lead, group = ahead[-1]
    span = CharSpan(mention.span.start, group.end() if group.group("what") else mention.span.end)
    how = lead.group("how") or ""
    return Mention(MentionKind.POPULATION, span, f"{how}{span.of(text)}", detail="within-arm")


_TOLD_IN_WORDS = frozenset({"factor-associated", LISTED_FACTOR, "interaction-tested"})


def topic_of_factor(reading: Reading, topic: Topic, contrast: Contrast, at: int) -> Topic:
    """The topic of a factor: without its landmark or the level of another factor, and within the one arm that it was looked at in."""
    if contrast.factor_span is not None and topic.timepoint_span is not None and contrast.factor_span.covers(topic.timepoint_span):
        topic = replace(topic, timepoint=None, timepoint_span=None)  # "the count after 6 weeks was associated with OS"
    span, last = topic.population_span, reading.context.last_comparison
    of_another = contrast.pattern in _TOLD_IN_WORDS and span is not None and span.end < clause_start(reading.text, at)
    level = span is None and last is not None and last.factor is not None and bool(words_of(topic.population or "") & words_of(last.factor))
    numbers = [*(e.whole.start for e in reading.numbers.effects), *(p.span.start for p in reading.numbers.p_values)]
    passed = contrast.pattern.startswith("interaction") and (span is None or any(span.end <= n < at for n in numbers))
    if topic.population is not None and (of_another or level or passed):
        topic = replace(topic, population=None, population_span=None)
    compares_arms = len(arms_in_force(reading.context, topic.study)) > 1
    arm = within_one_arm(reading.text, at, reading.arms, contrast.factor_span) if compares_arms and topic.population is None else None
    if arm is None or not contrast.pattern.startswith(("factor", "population-did", "people-set")):
        return topic
    return replace(topic, population=arm.norm, population_span=arm.span)
