"""What a paper says that all arms of a study were given: "Both arms received carboplatin", "all were treated with A and randomized to B or C".

It may stand in a sentence of its own or in the one that tells the arms; what all of them had before or after is no part of what they are called by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.entities.arm_settings import has_setting
from extractor.entities.assignment import RANDOMIZES, AssignedArm
from extractor.entities.backbones import given_to_all
from extractor.entities.concepts import treats_cancer
from extractor.entities.mention import Mention

# What was given to all before, after or besides, and is no part of what the arms are called by.
_APART = re.compile(
    r"\b(?:premedic\w*|anti-?emetic\w*|prophyla\w*|rescue|previous\w*|prior|before|after\w*|following|followed|subsequent\w*|thereafter|then|progress\w*|relapse\w*"
    r"|induction|maintenance|adjuvant|salvage|second-line|at\sleast|median|mean|average|total\sdose|most|cross\w*|neither|same\snumber|if|unless|when"
    r"|transplant\w*|conditioning)\b",
    re.IGNORECASE,
)
_NO_TREATMENT = ("observation", "no treatment", "control")


def told_to_all_arms(text: str, parts: Sequence[Mention], own: Iterable[str] = (), *, ongoing: bool = False) -> list[Mention]:
    """What a sentence says that all arms were given: "Both arms received carboplatin and paclitaxel."; none where it says nothing so.

    Args:
        text: the sentence.
        parts: its treatments.
        own: the components of the arms as the paper assigns them. Beside treatments of the disease only such treatments count: what else all
            were given was to help them bear it.
        ongoing: whether what patients were receiving when lots were drawn counts: it is all that a control group had.
    """
    if _APART.search(text):
        return []
    common = given_to_all(text, sorted((m for m in parts if m.parts), key=lambda m: m.span), ongoing=ongoing)
    against_disease = not own or any(treats_cancer(name) for name in own)
    return common if not against_disease or any(treats_cancer(p.name) for m in common for p in m.parts) else []


def with_backbone(arms: Sequence[AssignedArm], told: Iterable[tuple[str, Sequence[Mention]]]) -> tuple[AssignedArm, ...]:
    """The arms with what all of them were given besides, where the paper tells that and the arms share nothing yet.

    Args:
        arms: the arms as the assignment tells them; none where one group was but called the control.
        told: the sentences of abstract and methods, each with its treatments.
    """
    said = list(told)
    drawn = tuple(arms) or _against_control(said)
    shared = set.intersection(*({p.name for p in arm.parts} for arm in drawn)) if drawn else set()
    if not drawn or shared or any(has_setting(arm.norm) or (_is_unknown(arm) and not _went_without(arm, drawn)) for arm in drawn):
        return tuple(arms)
    own = {p.name for arm in drawn for p in arm.parts if not _went_without(arm, drawn)}
    alone = any(arm.norm == "control" or arm.norm.startswith("no ") for arm in drawn)
    for text, parts in said:
        common = told_to_all_arms(text, parts, own, ongoing=alone)
        given = {p.name for m in common for p in m.parts}
        if common and all({p.name for p in arm.parts} == given or not given & {p.name for p in arm.parts} for arm in drawn):
            return tuple(_beside(arm, common, drawn) for arm in drawn)
    return tuple(arms)


def _is_unknown(arm: AssignedArm) -> bool:
    return any(p.kind == "other" for p in arm.parts)


def _went_without(arm: AssignedArm, arms: Sequence[AssignedArm]) -> bool:
    """Whether an arm is nothing but the lack of what another was given."""
    return arm.norm in _NO_TREATMENT or arm.norm.removeprefix("no ") in {a.norm for a in arms if a is not arm}


def _beside(arm: AssignedArm, common: Sequence[Mention], arms: Sequence[AssignedArm]) -> AssignedArm:
    norm, parts = " + ".join(dict.fromkeys(m.norm for m in common)), tuple(dict.fromkeys(p for m in common for p in m.parts))
    if _went_without(arm, arms) or set(arm.parts) == set(parts):
        return replace(arm, norm=norm, parts=parts)
    return replace(arm, norm=f"{arm.norm} + {norm}", parts=(*arm.parts, *parts))


_OR_CONTROL = re.compile(
    r"(?:\s?[\[(][^()\[\]]*[\])])?(?:\s(?:groups?|arms?|treatment|therapy))?,?\s(?:or|versus|vs\.?|and)\s(?:to\s)?(?:(?:an?|the|no)\s)?(?:untreated\s|treatment\s)?"
    r"controls?\b(?:\s(?:groups?|arms?))?",
    re.IGNORECASE,
)


def _against_control(told: Sequence[tuple[str, Sequence[Mention]]]) -> tuple[AssignedArm, ...]:
    """The treatment and the control that patients were assigned to by lot, where nothing is told of the control: "to A or to a control group"."""
    for text, parts in told:
        if (lots := RANDOMIZES.search(text)) is None:
            continue
        for mention in sorted((m for m in parts if m.parts), key=lambda m: m.span):
            if mention.span.start > lots.start() and _OR_CONTROL.match(text, mention.span.end):
                return AssignedArm(mention.norm, mention.parts), AssignedArm("control", ())
    return ()
