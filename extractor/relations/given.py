"""Patients who are told apart by a treatment that their study did not give: "those who underwent cystectomy", "patients receiving salvage surgery".

What a study gave is its arm; what some of its patients got besides, or how much of it, sets them apart from the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.entities import Mention, MentionKind
from extractor.entities.concepts import is_a
from extractor.quantities import COUNT_WORD

_TREATS = frozenset({"drug", "drug_class", "procedure"})
_TREATMENTS = (MentionKind.ARM, MentionKind.DRUG, MentionKind.DRUG_CLASS, MentionKind.PROCEDURE)
# How much of the treatment some got: "at least four cycles", "more than 8 weeks of treatment", "the planned dose". One dose all have had.
_SO_MUCH = re.compile(
    rf"""
    \b (?: (?: at\sleast | more\sthan | less\sthan | fewer\sthan | up\sto | only | all | [<>≥≤]=? )\s? (?!one\b|1\b|a\b)(?: \d+ | {COUNT_WORD} )
      | \d+ (?: \s(?:or\smore|or\sfewer|to\s\d+) | - ) | (?: one\sor\stwo | two\sor\sthree | [12]\sor\s[23] )(?=\s)
      | (?!one\b)(?:{COUNT_WORD})\s (?: or\smore ) | all | planned | full | complete\w* | entire )
    \b [^,;()]*? \b (?: cycles? | courses? | doses? | infusions? | weeks | months | days | lines | agents | drugs
      | treatments | injections | sessions )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A drug that nobody says was given besides may be an arm by a name that is not known.
_LATER = re.compile(
    r"\b(?:subsequent\w*|later|further|salvage|post-?\w+|additional\w*|second-line|third-line|adjuvant|neo-?adjuvant|maintenance|prior|previous\w*|after)\b",
    re.IGNORECASE,
)
# What was given before a study is nothing that it gave.
_BEFORE = re.compile(r"\b(?:prior|previous|earlier)\b(?!\sto\b)", re.IGNORECASE)
_UNDERWENT = re.compile(r"\b(?:underwent|undergone|undergoing)\b", re.IGNORECASE)


def is_besides(said: str, inside: Sequence[Mention], given: frozenset[str]) -> bool:
    """Whether what some patients got is nothing that their study gave, or so much of it.

    Args:
        said: what they got, in words.
        inside: the treatments that these words name.
        given: what the arms of the study are made of; empty where they are not known.
    """
    named = [m for m in inside if m.kind in _TREATMENTS]
    if named and _BEFORE.search(said):
        return True
    if not named:
        return _SO_MUCH.search(said) is not None
    kinds = {p.kind for m in named for p in m.parts}
    if not given or any(m.kind is MentionKind.ARM and not m.parts for m in named) or not kinds <= _TREATS:
        return False
    if "drug" in kinds and not _LATER.search(said):
        return False
    names = {p.name for m in named for p in m.parts} | {m.norm for m in named if not m.parts}
    return not any(one == other or is_a(one, other) or is_a(other, one) for one in names for other in given)


def underwent_besides(people: str, arms: Sequence[Mention], given: frozenset[str]) -> bool:
    """Whether people are told by a procedure that they underwent, and that their study did not give."""
    return _UNDERWENT.search(people) is not None and bool(arms) and is_besides(people, arms, given)


# "the response rate in patients treated with A was 12%": who they are, not what became of them.
WHO_WERE = re.compile(
    r"\b(?:patients|women|men|those|subjects|cases|participants|people|individuals|children)\s"
    r"(?:(?:initially|previously|concurrently|actually|only|first)\s)?(?:treated|enrolled|randomi[sz]ed|assigned|started|evaluable|assessable"
    r"|who\s(?:(?:were|had|have|had\sbeen)\s)?(?:treated|received|underwent|enrolled|randomi[sz]ed|started))\b"
    r"|\b(?:in|of|for|among|within|from)\s(?:(?:the|all|our|those)\s){0,2}(?:\d+\s)?(?:[\w/+-]+[\s-]){0,2}?(?:evaluable|assessable|treated|enrolled"
    r"|randomi[sz]ed|positive|negative)\s(?:patients|women|men|subjects|cases|participants|people|individuals|children|populations?|groups?|cohorts?"
    r"|tumou?rs)\b",
    re.IGNORECASE,
)
