"""The group of patients that a further estimate of a sentence is told in: each clause may name its own.

"In men the hazard ratio was 0.7 (0.5-0.9), and among women it was 0.9 (0.7-1.3)"; "not in the top quartile (HR 0.9) nor in the lower three (1.1)".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import CharSpan
from extractor.entities import Mention
from extractor.relations.findings import Topic
from extractor.relations.reading import Reading
from extractor.relations.values import Effect

_CLAUSE_OF_GROUP = re.compile(
    r"""
    [\s)\]]* [,;]? \s? (?P<joined> (?: and | but | nor | or | while | whereas | whilst )\s )? (?: not\s | less\sso\s | only\s | also\s )?
    (?: in | among | for )\s (?P<group> [^()\[\],;.]{2,60}? ) (?<! \sand ) (?<! \sor ) ,?
    (?: \s (?: it | this | that | the\s(?:\w+\s)?(?:ratio|HR|OR|RR|estimate|figure) )\s (?: was | is ) | (?(joined) | \b ) )
    \s? [(\[]? \s? (?: (?: the\s )? a? (?: HR | OR | RR ) \s? [=:,]? \s? )?
    """,
    re.IGNORECASE | re.VERBOSE,
)


def group_of_clause(text: str, effect: Effect, effects: Sequence[Effect]) -> CharSpan | None:
    """Where the clause of a further estimate says in whom it is: from the estimate before it to its own figure nothing else is told.

    >>> group_of_clause("HR 0.7 (0.5-0.9)", Effect(CharSpan(3, 6), CharSpan(0, 15), "HR", 0.7), ())
    """
    before = [e.whole.end for e in effects if e.whole.end <= effect.span.start]
    match = _CLAUSE_OF_GROUP.fullmatch(text, before[-1], effect.span.start) if before else None
    return CharSpan(*match.span("group")) if match is not None else None


def group_inside(text: str, effect: Effect, populations: Sequence[Mention]) -> Mention | None:
    """The group between the name of a ratio and its figure: "(HR for death in men 0.7, in women 0.8)"."""
    here = [p for p in populations if effect.whole.start <= p.span.start and p.span.end <= effect.span.start]
    only = len({p.norm for p in here}) == 1 and _TO_FIGURE.fullmatch(text, here[0].span.end, effect.span.start)
    return here[0] if only and _IN.search(text[: here[0].span.start] if not _IN_IT.match(here[0].span.of(text)) else "in ") else None


_TO_FIGURE = re.compile(r",?\s?(?:was|is|of|=|:)?\s?")
_IN = re.compile(r"\b(?:in|among|for)\s(?:the\s)?$", re.IGNORECASE)
_IN_IT = re.compile(r"(?:in|among|for)\b", re.IGNORECASE)
# "Smokers had a hazard ratio for death of 1.6": it sets them against all others.
_HAD_A_RATIO = re.compile(r"\s(?:\([^()]*\)\s)?(?:had|have|has|showed|carried)\s(?:an?|the)\s(?:[\w-]+\s){0,2}$")


def with_a_ratio_of_its_own(reading: Reading, effect: Effect) -> Mention | None:
    """The group that is said to have had a ratio, in a sentence that names no arm: a factor that is set against all other patients."""
    found = [
        p for p in reading.populations if p.span.end <= effect.whole.start and _HAD_A_RATIO.fullmatch(reading.text, p.span.end, effect.whole.start)
    ]
    return found[0] if found and not reading.arms else None


def in_an_unknown_group(reading: Reading, effect: Effect | None, topic: Topic) -> bool:
    """Whether the clause of an estimate names a group that is not known, and its topic has the group of the estimates before."""
    span = group_of_clause(reading.text, effect, reading.numbers.effects) if effect is not None else None
    taken_over = span is not None and topic.population_span is not None and topic.population_span.end <= span.start
    known = (*reading.populations, *reading.endpoints, *reading.arms, *reading.events)
    return taken_over and span is not None and not any(m.span.overlaps(span) for m in known)
