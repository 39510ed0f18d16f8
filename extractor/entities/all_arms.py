"""What a sentence of its own says that all arms of a study were given: "Both arms received carboplatin and paclitaxel"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.entities.assignment import AssignedArm
from extractor.entities.backbones import NEXT_GIVEN
from extractor.entities.concepts import treats_cancer
from extractor.entities.mention import Mention
from extractor.entities.turns import out_of_brackets

_ARMS_HAD = re.compile(
    r"""
    (?: \b(?:both|all|each\sof\sthe|all\sof\sthe|the)\s (?:(?:two|three|four|\d)\s)? (?:(?:study|treatment|trial|of\sthe)\s)? (?:arms|groups)
        (?: \s(?:of\spatients|alike|also|additionally|then|equally|of\sthe\s(?:study|trial)) )*
      | \b(?:patients|women|men|participants|subjects)\sin\s (?:both|all(?:\s(?:three|four))?)\s (?:(?:study|treatment)\s)? (?:arms|groups)
        (?:\salso)?
      | \ball\s (?:\w+\s)? (?:patients|women|men|participants|subjects) \s (?: also | additionally | concurrently | concomitantly )
    ) \s
    (?: (?:were|was) \s (?:also\s|both\s)? )?
    (?: received | given | treated\swith | combined\swith | included | contained | consisted\sof | administered ) \s
    (?: (?:the|same|identical|concurrent|concomitant|standard|a|backbone|of|background|weekly|oral|intravenous)\s
      | \d\S*\s(?:m[gl]\S*|cycles|courses)\s ){0,6}
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_IN_ALL = re.compile(
    r"[^.;]{0,30}?\s(?:was|were)\s(?:also\s)?(?:given|administered|added|delivered|used|the\s(?:same|backbone))\s(?:[\w-]+\s){0,3}?(?:in|to|for)\s(?:patients\sin\s)?"
    r"(?:both|all|each\sof\sthe)\s(?:(?:two|three|study|treatment)\s)?(?:arms|groups)\b",
    re.IGNORECASE,
)
# What was given to all before, after or besides, and is no part of what the arms are called by.
_APART = re.compile(
    r"\b(?:premedic\w*|anti-?emetic\w*|prophyla\w*|rescue|previous\w*|prior|before|after\w*|following|followed|subsequent\w*|thereafter|progress\w*|relapse\w*|induction"
    r"|maintenance|adjuvant|salvage|second-line|at\sleast|median|mean|average|total\sdose|most|cross\w*|neither|same\snumber|if|unless|when|transplant\w*|conditioning)\b",
    re.IGNORECASE,
)
_NO_TREATMENT = ("observation", "no treatment")


def told_to_all_arms(text: str, parts: Sequence[Mention]) -> list[Mention]:
    """What a sentence of its own says that all arms were given: "Both arms received carboplatin and paclitaxel."; none where it says nothing so."""
    if _APART.search(text):
        return []
    told = sorted((m for m in parts if m.parts), key=lambda m: m.span)
    for i, first in enumerate(told):
        run = [first]
        for before, more in pairwise(told[i:]):
            if not NEXT_GIVEN.fullmatch(_WITHOUT_DOSES.sub(" ", out_of_brackets(text[before.span.end : more.span.start]))):
                break
            run.append(more)
        if _ARMS_HAD.search(text[: first.span.start]) or _IN_ALL.match(text, run[-1].span.end):
            return run if any(treats_cancer(p.name) for m in run for p in m.parts) else []
    return []


_WITHOUT_DOSES = re.compile(r"\s\d[\d.,]*\s?(?:m[gl]|g|Gy|AUC)\S*|\sAUC\s?\d\S*|\s(?:on\sdays?\s[\d,-]+|every\s(?:\w+\s)?weeks|weekly|daily)", re.I)


def with_backbone(arms: Sequence[AssignedArm], told: Iterable[tuple[str, Sequence[Mention]]]) -> tuple[AssignedArm, ...]:
    """The arms with what all of them were given besides, where the paper tells that in a sentence of its own and the arms share nothing yet.

    Args:
        arms: the arms as the assignment tells them.
        told: the sentences of abstract and methods, each with its treatments.
    """
    shared = set.intersection(*({p.name for p in arm.parts} for arm in arms)) if arms else set()
    if not arms or shared or any("(" in arm.norm or any(p.kind == "other" and p.name not in _NO_TREATMENT for p in arm.parts) for arm in arms):
        return tuple(arms)
    own = {p.name for arm in arms for p in arm.parts}
    for text, parts in told:
        common = told_to_all_arms(text, parts)
        if common and not own & {p.name for m in common for p in m.parts}:
            return tuple(_beside(arm, common) for arm in arms)
    return tuple(arms)


def _beside(arm: AssignedArm, common: Sequence[Mention]) -> AssignedArm:
    norm, parts = " + ".join(dict.fromkeys(m.norm for m in common)), tuple(dict.fromkeys(p for m in common for p in m.parts))
    if arm.norm in _NO_TREATMENT:
        return replace(arm, norm=norm, parts=parts)
    return replace(arm, norm=f"{arm.norm} + {norm}", parts=(*arm.parts, *parts))
