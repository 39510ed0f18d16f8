"""Which of two arms is the one under test: by what they are, by the title, and by what the paper sets against what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractor.document import SectionKind
from extractor.entities import Mention, MentionKind, ReadSentence, Recognized
from extractor.entities.joins import COMPARED_WITH
from extractor.relations.findings import ArmOf

_WITHIN = {"chemoradiotherapy": ("chemotherapy", "radiotherapy")}
"""What is given as a part of a treatment that has a name of its own: the comparator, where one is set against the other."""
_STANDS = re.compile(r"\b(?:convention\w+|standard|traditional|classical)\b", re.IGNORECASE)
_NEWER = (
    # A technique or schedule and what it is held against, in the words of those who compare them: (under test, comparator).
    (re.compile(r"\brobot", re.IGNORECASE), re.compile(r"\blaparoscop|\bthoracoscop|\bopen\b", re.IGNORECASE)),
    (
        re.compile(r"\blaparoscop|\bthoracoscop|\bminimally[\s-]invasive|\bendoscop|\bkeyhole", re.IGNORECASE),
        re.compile(r"\bopen\b|\blaparotom|\bthoracotom", re.IGNORECASE),
    ),
    (re.compile(r"\b(?:early|earlier|immediate)\b", re.IGNORECASE), re.compile(r"\b(?:delayed|deferred|late|later)\b", re.IGNORECASE)),
    (re.compile(r"\bintermittent\b", re.IGNORECASE), re.compile(r"\bcontinuous\b", re.IGNORECASE)),
    (re.compile(r"\bD[23]\b|\bextended\b"), re.compile(r"\bD1\b|\blimited\b|\bstandard\b")),
    (re.compile(r"\bshort-course\b", re.IGNORECASE), re.compile(r"\blong-course\b", re.IGNORECASE)),
)


def is_control(arm: ArmOf) -> bool:
    """Whether an arm is a control by what it is called or made of."""
    if any(p.kind in ("placebo", "supportive_care") for p in arm.parts) and len(arm.parts) == 1:
        return True
    return bool(
        re.match(
            r"(?:control|placebo|observation|no\s|follow-up\b|standard|reference|comparator|usual care|wait(?:ing)?[\s-]?list|sham"
            r"|physician|investigator)",
            arm.norm,
        )
    )


def tested_first(first: ArmOf, second: ArmOf) -> tuple[ArmOf, ArmOf]:
    """Two arms with the arm under test in front: not the placebo, not the control, not the part of the other, not the older of two techniques."""
    told = by_what_they_are(first, second)
    return (second, first) if told == 1 else (first, second)


def by_what_they_are(first: ArmOf, second: ArmOf) -> int | None:
    """Which of two arms is under test, 0 or 1; None where neither their names nor what they are made of says so."""
    if _has_placebo(first) != _has_placebo(second):
        return 1 if _has_placebo(first) else 0
    if is_control(first) != is_control(second):
        return 1 if is_control(first) else 0
    mine, others = _made_of(first), _made_of(second)
    if mine and others and (mine < others or others < mine):
        return 1 if mine < others else 0
    if bool(_STANDS.search(first.norm)) != bool(_STANDS.search(second.norm)):
        return 1 if _STANDS.search(first.norm) else 0
    for newer, older in _NEWER:
        for i, (one, other) in enumerate(((first.norm, second.norm), (second.norm, first.norm))):
            if newer.search(one) and older.search(other) and not newer.search(other):
                return i
    return None


def _made_of(arm: ArmOf) -> set[str]:
    return {name for p in arm.parts for name in (p.name, *_WITHIN.get(p.name, ()))}


def _has_placebo(arm: ArmOf) -> bool:
    return any(p.kind == "placebo" for p in arm.parts)


_ONE_NOT_NAMED = ""
_CONVENTIONAL = re.compile(r"\b(?:conventional|standard|classical|traditional)\s(?:[\w-]+\s)?$", re.IGNORECASE)
_SWITCHED_FROM = re.compile(r"\b(?:switch\w*|chang\w+|conver\w+|transition\w*)\s(?:[^.;]{0,60}\s)?from\s(?:(?!to\b)[\w-]+\s){0,2}$", re.IGNORECASE)


def as_titled(arms: Sequence[ArmOf], recognized: Recognized) -> list[ArmOf]:
    """Arms in the order in which the title names what each has alone; in the order given where it names but one of them, or none, first.

    What the title calls conventional, and what patients were switched from, is what the other is compared with, be that one named or not.
    """
    title = [r for r in recognized.sentences if r.sentence.section.kind is SectionKind.TITLE]
    told = [(m, _ahead_of(m, r.sentence.text)) for r in title for m in r.of(MentionKind.ARM)]
    behind = [(m, bool(_CONVENTIONAL.search(before) or _SWITCHED_FROM.search(before))) for m, before in told]
    named = [p.name for m, last in behind if not last for p in m.parts]
    named += [_ONE_NOT_NAMED, *(p.name for m, last in behind if last for p in m.parts)]

    def place(arm: ArmOf) -> int:
        own = {p.name for p in arm.parts} - {p.name for other in arms if other is not arm for p in other.parts}
        return min((named.index(name) for name in own if name in named), default=named.index(_ONE_NOT_NAMED))

    return sorted(arms, key=place)


def _ahead_of(arm: Mention, text: str) -> str:
    """What stands ahead of the name of an arm, with the adjective that may be part of the name."""
    adjective = _ADJECTIVE.match(text, arm.span.start)
    end = arm.span.start if adjective is None else adjective.end()
    return text[max(end - _NEAR, 0) : end]


_NEAR = 100
_ADJECTIVE = re.compile(r"(?:conventional|standard|classical|traditional)(?:ly)?\s", re.IGNORECASE)
_LEAST_TOLD = 2
_STANDING = frozenset(("control", "standard", "reference", "comparator"))
_BESIDE_STANDING = re.compile(r"\b(?:than|versus|vs\.?|compared|and|or|while|whereas|against)(?!\w)", re.IGNORECASE)
_IS_IT = re.compile(r"\s?[(\[]\s?|\s(?:with|using|receiving|of)\s(?:the\s)?|\s(?:as|was)\s(?:the\s)?", re.IGNORECASE)


def control_last(pair: tuple[ArmOf, ArmOf], own: Iterable[ReadSentence]) -> tuple[ArmOf, ArmOf]:
    """Two arms, the second of them what the paper calls its control: not the one that it sets its control or standard group against by name."""
    if any(is_control(arm) for arm in pair):
        return pair
    votes = [0, 0]
    for read in own:
        text = read.sentence.text
        arms = read.of(MentionKind.ARM)
        here = [(i, m) for m in arms if m.detail != "role" and m.parts for i, arm in enumerate(pair) if _is_of(m, arm)]
        roles = [m for m in arms if m.detail == "role" and m.norm.split()[0] in _STANDING]
        if not roles or len({i for i, _ in here}) != 1:
            continue
        place, mention = here[0]
        first, second = sorted((mention, roles[0]), key=lambda m: m.span)
        between = text[first.span.end : second.span.start]
        if _IS_IT.fullmatch(between):
            votes[place] += 1
        elif _BESIDE_STANDING.search(between):
            votes[1 - place] += 1
    return pair[::-1] if votes[0] >= _LEAST_TOLD and votes[0] > 2 * votes[1] else pair


def _is_of(mention: Mention, arm: ArmOf) -> bool:
    """Whether a paper may call an arm by what is mentioned."""
    return {p.name for p in mention.parts} <= {p.name for p in arm.parts}


# "than" and "over" are not among them: they tell which arm did better, be it the tested one or not.
_AGAINST = re.compile(
    r"\b(?:versus|vs?\.?|compared\s(?:with|to)|comparison\s(?:with|to)|relative\sto|against|instead\sof|rather\sthan|in\splace\sof|alternative\sto"
    r"|non-?inferior\sto)(?!\w)",
    re.IGNORECASE,
)
# "Compared with A, B prolonged survival"
OPENS_WITH_OTHER = re.compile(rf"(?:^|[.;,:]\s|\b(?:that|and)\s)(?:when\s|as\s)?{COMPARED_WITH}\s(?:[\w-]+\s){{0,2}}$", re.IGNORECASE)
_NEW = re.compile(r"\b(?:new|novel|newer|experimental|investigational|innovative)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_ENDS = re.compile(r"[.;]\s")
_FARTHEST = 110
_TIMES_AS_OFTEN = 3


def set_against(pair: tuple[ArmOf, ArmOf], own: Iterable[ReadSentence]) -> tuple[ArmOf, ArmOf]:
    """Two arms, the second of them what the paper sets the other against ("A versus B", "compared with B, A ...") or calls the standard.

    Only where neither their names nor what they are made of says which is under test, and the paper sets them the other way round at least twice
    and thrice as often as in this order.
    """
    if by_what_they_are(*pair) is not None:
        return pair
    votes = [0, 0]
    for read in own:
        text = read.sentence.text
        told = [(i, m) for m in read.of(MentionKind.ARM) if (i := _which(m, pair)) is not None]
        for i, mention in told:
            before = text[max(mention.span.start - 40, 0) : mention.span.start]
            votes[1 - i] += _CONVENTIONAL.search(before) is not None
            votes[i] += _NEW.search(before) is not None
        for (i, one), (k, other) in pairwise(told):
            between = text[one.span.end : other.span.start]
            if i == k or len(between) > _FARTHEST or _ENDS.search(between):
                continue
            if OPENS_WITH_OTHER.search(text[: one.span.start]):
                votes[k] += 1
            elif _AGAINST.search(between):
                votes[i] += 1
    return pair[::-1] if votes[1] >= max(_LEAST_TOLD, _TIMES_AS_OFTEN * votes[0]) else pair


def _which(mention: Mention, pair: tuple[ArmOf, ArmOf]) -> int | None:
    """Which of two arms a paper calls by what is mentioned: by its name, or by a part that the other has not."""
    for i, arm in enumerate(pair):
        if mention.norm == arm.norm:
            return i
    parts = {p.name for p in mention.parts}
    mine, others = ({p.name for p in arm.parts} for arm in pair)
    whose = [i for i, (has, lacks) in enumerate(((mine, others), (others, mine))) if parts <= has and parts & (has - lacks)]
    return whose[0] if len(whose) == 1 else None
