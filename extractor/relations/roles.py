"""Groups that a paper calls by their roles alone: what it gave them ("controls received only docetaxel"), or, where it tells no drug, these names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.entities.mention import Part
from extractor.relations.findings import ArmOf

_ROLE = re.compile(
    r"\b(?P<role>trial|study|test|experimental|intervention|treatment|control)\s(?:group|arm)s?\b|\b(?P<controls>controls)\b", re.IGNORECASE
)
_AT_ANOTHER_TIME = re.compile(
    r"\b(?:before|prior|previous(?:ly)?|(?:at|after|upon)\s(?:the\s)?(?:progression|relapse|failure|recurrence)|prophyla\w+|anti-?emetic\w*|supportive)\b",
    re.IGNORECASE,
)
"""What a group had before the study, after it or against side effects is not what it was given in it."""
TESTED = frozenset(("trial", "study", "test", "experimental", "intervention", "treatment"))
_GIVEN_TO = re.compile(
    r"[^.;]{0,40}?\b(?:was|were)\s(?:only\s)?(?:given|administered|added|used|injected|applied|offered)\s(?:only\s)?(?:to|in|for)\s"
    r"(?:the\s|patients\s(?:in|of)\s(?:the\s)?)?",
    re.IGNORECASE,
)
_WAS_GIVEN = re.compile(
    r"""
    (?: \s \([^()]*\) )? ,? (?: \s patients )?
    (?:
        \s (?: (?:were|was) \s )? (?: only \s )? (?: received | receiving | given | treated\s(?:with|by) | underwent | had )
        \s (?: (?: only|also|just|the|same|an?|additional|standard|conventional|routine|injections?|of|\d+|cycles ) \s ){0,5}
      | \s (?:injections?|infusions?|administration) \s of \s
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TOGETHER = re.compile(
    r"\b(?:combined\swith|in\scombination\swith|together\swith|in\saddition\sto|concurrent(?:ly)?\swith|plus)\s(?:\w+\s)?$", re.IGNORECASE
)


def told_by_role(own: Iterable[ReadSentence]) -> dict[str, ArmOf]:
    """The treatment of the group under test ("tested") and of the control group ("control"), of each only where the sentences agree."""
    told: dict[str, dict[str, ArmOf]] = {}
    for read in own:
        for role, arm in _told_in(read):
            told.setdefault(role, {}).setdefault(" + ".join(sorted(p.name for p in arm.parts)), arm)
    return {role: next(iter(arms.values())) for role, arms in told.items() if len(arms) == 1}


# Arms under test that a paper has several of: "intervention group 2", "three intervention groups", "both treatment groups".
_SEVERAL_TESTED = re.compile(
    r"\b(?:trial|study|test|experimental|intervention|active)\s(?:groups|arms)\b|\b(?:trial|study|test|experimental|intervention|treatment|control|active)\s"
    r"(?:group|arm)\s(?:[A-D]|[1-4]|I{1,3}|IV)\b|\b(?:three|four|five|3|4|5)\s(?:\w+\s){0,2}(?:groups|arms)\b|\b(?:three|four|five)-arm(?:ed)?\b",
    re.IGNORECASE,
)
_LEAST_TOLD = 2


def called_by_role(own: Iterable[ReadSentence]) -> tuple[ArmOf, ...]:
    """The arm under test and the control as the paper calls them, where it sets two groups of these names against each other; () where it does not.

    Names of treatments go before these: this is for a paper whose treatments have no name that is known ("supervised training").
    """
    called: dict[str, int] = {}
    control = ArmOf("control")
    controls = together = 0
    for read in own:
        text = read.sentence.text
        if _SEVERAL_TESTED.search(text):
            return ()
        roles = {m.span.of(text).casefold().split()[0].rstrip("s"): m for m in read.of(MentionKind.ARM) if m.detail in ("role", "label")}
        tested = roles.keys() & (TESTED | {"active"})
        controls += "control" in roles
        together += "control" in roles and bool(tested)
        control = ArmOf(roles["control"].norm, roles["control"].parts) if "control" in roles and roles["control"].parts else control
        for role in tested:
            called[role] = called.get(role, 0) + 1
    if min(controls, sum(called.values())) < _LEAST_TOLD or not together:
        return ()
    return ArmOf(max(called, key=lambda role: (called[role], role))), control


_GIVEN = r"[\w-]+(?:\s(?!or\b|and\b|either\b)[\w-]+){0,4}?"
# "assigned to receive either honey lozenges (test group) or saline rinse (control group)"
_NAMED = re.compile(
    rf"\b(?:receiv\w+|given|to|with)\s(?:either\s)?(?:the\s)?(?P<tested>(?!either\b|receive\b){_GIVEN})"
    rf"\s\((?:the\s)?(?:{'|'.join(sorted(TESTED))})\s(?:group|arm)[^()]*\),?\s"
    rf"(?:or|and|versus|vs\.?)\s(?:(?:to|with|receive)\s)?(?:the\s)?(?P<control>{_GIVEN})\s\((?:the\s)?control\s(?:group|arm)",
    re.IGNORECASE,
)


def named_by_role(arms: tuple[ArmOf, ...], own: Iterable[ReadSentence]) -> tuple[ArmOf, ...]:
    """Two arms that are known by their roles alone, each by what the paper says in so many words that it was given; as they are where it does not."""
    if len(arms) != 2 or arms[0].norm not in TESTED or arms[1].norm != "control":
        return arms
    match = next((m for read in own if (m := _NAMED.search(read.sentence.text)) is not None), None)
    if match is None:
        return arms
    names = [match.group(name).casefold() for name in ("tested", "control")]
    return tuple(replace(arm, norm=name, parts=(Part(name, "other"),)) for arm, name in zip(arms, names, strict=True))


def _told_in(read: ReadSentence) -> Iterator[tuple[str, ArmOf]]:
    text = read.sentence.text
    if _AT_ANOTHER_TIME.search(text):
        return
    treatments = [m for m in read.of(MentionKind.ARM) if m.parts and m.detail != "role"]
    for match in _ROLE.finditer(text):
        role = "control" if match.group("controls") or match.group("role").casefold() == "control" else "tested"
        for mention in treatments:
            given = mention.span.end <= match.start() and _GIVEN_TO.fullmatch(text, mention.span.end, match.start())
            if given or (match.end() <= mention.span.start and _WAS_GIVEN.fullmatch(text, match.end(), mention.span.start)):
                yield role, _with_rest(text, mention, treatments)
                break


def _with_rest(text: str, mention: Mention, treatments: Iterable[Mention]) -> ArmOf:
    """A treatment with what the sentence says later was given together with it."""
    arm = ArmOf(mention.norm, mention.parts)
    for other in treatments:
        later = other.span.start > mention.span.end and not set(other.parts) & set(arm.parts)
        if later and _TOGETHER.search(text[max(other.span.start - 40, 0) : other.span.start]):
            arm = ArmOf(f"{arm.norm} + {other.norm}", (*arm.parts, *other.parts))
    return arm
