"""Mentions of arms as the arms of a study: by role, by part, by sort."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.entities import Mention
from extractor.entities.arm_book import ARM_WORD
from extractor.entities.arm_settings import has_setting
from extractor.entities.concepts import has_sort, is_a
from extractor.relations.context import arms_in_force, as_arm, is_denied
from extractor.relations.findings import ArmOf, StudyOf
from extractor.relations.reading import Reading
from extractor.relations.tested import is_control

Filled = tuple[ArmOf | None, str]
"""An arm, and the name of the reading that gave it."""


def resolve(reading: Reading, mention: Mention, study: StudyOf) -> ArmOf | None:
    """An arm mention as an arm; one named by its role alone is looked up among the arms in force, None where these are not two."""
    force = arms_in_force(reading.context, study)
    observed = mention.norm == "observation" and reading.context.paper.observed and study.provenance == "own"
    if mention.detail != "role" and not observed:
        rest = _without(mention.norm, force) if is_denied(mention.norm) else None
        return replace(rest, span=mention.span) if rest is not None else as_studied(reading, as_arm(mention), study)
    if len(force) < 2:
        return _control_alone(reading, mention, study)
    role = "test" if observed else mention.norm.split()[0]  # observed for what it adds, beside a control group
    if len(force) != 2:
        called = [a for a in force if a.norm == role] or _of_several(role, force)
        return replace(called[0], span=mention.span) if called else None
    if is_control(force[0]) and not is_control(force[1]):
        force = (force[1], force[0])  # the arms as they were told, the control first
    if role in (*_STANDING, "observation", "monotherapy", "single-agent"):
        chosen = force[1]
    elif role == "combination":
        chosen = _combination(*force)
    else:
        chosen = force[0]
    if role != "combination":
        chosen = _beside_the_other(reading, mention, chosen, force, study)
    return replace(chosen, span=mention.span)


def _beside_the_other(reading: Reading, role: Mention, chosen: ArmOf, force: Sequence[ArmOf], study: StudyOf) -> ArmOf:
    """The arm that a role stands for in a sentence that names one of two arms beside it: the other one, or, in apposition, that arm itself.

    "69% with B versus 63% in the standard arm": no arm is told once by its name and once by its role, whatever the paper took for its control.
    """
    named = {a.norm: m for m in reading.arms if m.detail != "role" and (a := as_studied(reading, as_arm(m), study)).norm in {f.norm for f in force}}
    if len(named) != 1 or len({told.provenance for _, told in reading.context.told}) > 1:
        return chosen
    ((norm, mention),) = named.items()
    first, second = sorted((mention, role), key=lambda m: m.span)
    between = reading.text[first.span.end : second.span.start]
    if APPOSITION.fullmatch(between):
        return next(f for f in force if f.norm == norm)
    apart = norm == chosen.norm and _SET_APART.search(between)
    return next(f for f in force if f.norm != norm) if apart else chosen


APPOSITION = re.compile(
    r"\s?[(\[]\s?(?:i\.e\.,?\s)?|\s(?:with|using|receiving|given|of)\s(?:the\s)?|,?\s(?:[ai]s|was)\s(?:the\s)?(?:chosen\sas\s)?|\s(?=$)",
    re.IGNORECASE,
)
"""What stands between an arm's name and its role where the two are one: "the standard arm (docetaxel)", "docetaxel as the control"."""
_SET_APART = re.compile(r"\b(?:than|versus|vs\.?|compared|and|or|while|whilst|whereas|but|against)(?!\w)", re.IGNORECASE)


def _combination(first: ArmOf, second: ArmOf) -> ArmOf:
    """The arm that "the combination" is of two: the one with more parts; of two single treatments neither, but a third that is both."""
    kinds = {p.kind for p in (*first.parts, *second.parts)}
    if len(first.parts) == len(second.parts) == 1 and not kinds & {"placebo", "supportive_care"}:
        return ArmOf(f"{first.norm} + {second.norm}", (*first.parts, *second.parts))
    return second if len(second.parts) > len(first.parts) else first


_STANDING = ("control", "comparator", "reference", "standard", "comparison")


def _of_several(role: str, force: Sequence[ArmOf]) -> list[ArmOf]:
    """Of three arms or more the one that a role calls, where it can call no other; [] elsewhere.

    "The combination" is the arm that holds all that each other has, or the only one of several parts; the control is the one without treatment, or
    the one whose treatment all others have.
    """
    made = [{p.name for p in arm.parts if p.kind not in ("placebo", "supportive_care")} for arm in force]
    if role == "combination":
        fits = [i for i, one in enumerate(made) if len(one) > 1 and all(len(other) == 1 for k, other in enumerate(made) if k != i)]
        fits = fits or [i for i, one in enumerate(made) if all(other < one for k, other in enumerate(made) if k != i)]
    elif role in _STANDING:
        fits = [i for i, arm in enumerate(force) if is_control(arm)]
        fits = fits or [i for i, one in enumerate(made) if one and all(one < other for k, other in enumerate(made) if k != i)]
    else:
        return []
    return [force[fits[0]]] if len(fits) == 1 else []


def _without(denied: str, force: Sequence[ArmOf]) -> ArmOf | None:
    """The one arm of a study without a treatment that all others have: "no radiotherapy" is "surgery" beside "surgery + radiotherapy"."""
    rest = [a for a in force if denied.removeprefix("no ") not in {p.name for p in a.parts}]
    return rest[0] if len(rest) == 1 and len(force) > 1 else None


def _control_alone(reading: Reading, mention: Mention, study: StudyOf) -> ArmOf | None:
    """The control as it is called, where the sentence sets it against one treatment and the paper tells nowhere what it was given."""
    others = {m.norm for m in reading.arms if m.detail != "role"}
    called = len(others) == 1 and mention.norm.split()[0] == "control"
    return ArmOf("control", (), mention.span) if called and (reading.context.paper.is_primary or study.provenance == "cited") else None


def as_studied(reading: Reading, arm: ArmOf, study: StudyOf) -> ArmOf:
    """An arm called by a part of it ("the dovitinib arm") as the paper's own arm that has this part.

    Where several have it, the one that has nothing else, or, of a name right before "arm" or "group", the one with the fewest parts: a paper calls
    an arm by the part that the others lack.
    """
    if not arm.parts or has_setting(arm.norm):
        return arm
    if study.provenance != "own":
        return _as_cited(reading, arm, study)
    mine = {p.name for p in arm.parts}
    force = arms_in_force(reading.context, study)
    fits = sorted((a for a in force if mine <= {p.name for p in a.parts}), key=lambda a: len(a.parts))
    same = [a for a in fits if a.norm == arm.norm] or [a for a in fits if {p.name for p in a.parts} == mine]
    if same:
        return replace(same[0], span=arm.span) if len(same) == 1 and (not has_setting(same[0].norm) or same[0].norm == arm.norm) else arm
    drug, _, based = arm.norm.partition("-based ")
    on_it = [a for a in force if drug in {p.name for p in a.parts}] if based else []
    if len(force) > 1 and len(on_it) == 1 and not any(based.split()[-1] in a.norm for a in force):
        return replace(on_it[0], span=arm.span)  # "the irinotecan-based combination" is the one arm with irinotecan
    if len(force) == 1 and fits:
        return replace(force[0], span=arm.span)
    if len(force) < 2 or not fits:
        return _of_that_sort(reading, arm, force)
    called = arm.span is not None and re.match(rf"[\s-](?:{ARM_WORD})\b", reading.text[arm.span.end :])
    bare = [a for a in fits if {p.name for p in a.parts if p.kind != "placebo"} == mine] if called or len(fits) == _TWO else []
    if len(bare) == 1:
        return replace(bare[0], span=arm.span)  # "the letrozole arm" beside one of letrozole and what is tested
    if len(fits) == 1 or (called and len(fits[0].parts) < len(fits[1].parts)):
        return replace(fits[0], span=arm.span)
    return arm


_TWO = 2
_ALONE = re.compile(r"\s(?:alone|only|monotherapy)\b", re.IGNORECASE)


def _as_cited(reading: Reading, arm: ArmOf, study: StudyOf) -> ArmOf:
    """An arm of a cited study as it was introduced: "the A group" of a study of A and B against B is that of A and B."""
    force = arms_in_force(reading.context, study)
    if {p.kind for p in arm.parts} == {"drug_class"} and "-based" not in arm.norm:  # what is based on a drug is told in full
        told = {m.norm for m in reading.arms if m.norm != arm.norm}
        apart = arm.span is not None and len(force) == 1 and _ALONE.match(reading.text, arm.span.end) is not None
        one = arm if apart else _of_that_sort(reading, arm, force)
        return arm if one.norm in told else one
    mine = set(arm.parts)
    fits = [a for a in force if mine < set(a.parts)]
    if len(force) != _TWO or len(fits) != 1 or arm.span is None or any(set(a.parts) == mine for a in force):
        return arm
    rest = next(set(a.parts) for a in force if a is not fits[0])
    called = re.match(rf"[\s-](?:{ARM_WORD})\b", reading.text[arm.span.end :])
    is_meant = study.name is not None or re.search(r"\bwithout\b", reading.text) is not None
    added = is_meant and set(fits[0].parts) == mine | rest and _ALONE.match(reading.text, arm.span.end) is None
    return replace(fits[0], span=arm.span) if called or added else arm


def _of_that_sort(reading: Reading, arm: ArmOf, force: Sequence[ArmOf]) -> ArmOf:
    """An arm called by what it is ("the perioperative chemotherapy group") as the one arm of the study that is of this sort and no other is.

    Of several of this sort, the name of a group, or "alone", calls the one that is nothing else.
    """
    sort = [a for a in force if all(has_sort(a.parts, mine.name) for mine in arm.parts)]
    if len(sort) > 1 and arm.span is not None and re.match(rf"[\s-](?:alone|only)\b|[\s-](?:{ARM_WORD})\b", reading.text[arm.span.end :]):
        sort = [a for a in sort if all(any(is_a(p.name, mine.name) for mine in arm.parts) for p in a.parts)]
    return replace(sort[0], span=arm.span) if len(sort) == 1 else arm
