"""The order in which a text told arms last, for what comes behind it: values "respectively", "the former", "the latter"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.quantities import COUNT_WORD
from extractor.relations.brackets import without_brackets
from extractor.relations.context import Context, arms_in_force, as_arm
from extractor.relations.cues import OWN
from extractor.relations.findings import ArmOf, MeasurementFinding
from extractor.relations.reading import Reading
from extractor.relations.resolving import resolve
from extractor.relations.studies import study_at


def order_of_arms(reading: Reading) -> tuple[ArmOf, ...]:
    """The arms that the values of one series, or of one endpoint, were told of, in order; else those that are listed; () where there are none.

    A sentence that tells values of arms gives their order by these, whatever else it names.
    """
    found: dict[object, dict[str, ArmOf]] = {}
    for finding in reading.findings:
        if isinstance(finding, MeasurementFinding) and finding.arm is not None and finding.arm.norm != "all":
            found.setdefault((finding.result, finding.topic.population), {}).setdefault(finding.arm.norm, replace(finding.arm, span=None))
    orders = [tuple(arms.values()) for arms in found.values() if len(arms) > 1]
    return orders[-1] if orders else _order_of_endpoint(reading) or _order_listed(reading)


def _order_of_endpoint(reading: Reading) -> tuple[ArmOf, ...]:
    """The arms of a sentence that tells one endpoint of each of them once ("A (71%) and B (66%)"), in order; () for other sentences."""
    told = [f for f in reading.findings if isinstance(f, MeasurementFinding) and f.arm is not None and f.arm.norm != "all" and f.arm.parts]
    told.sort(key=lambda f: f.value_span)
    arms = {f.arm.norm: replace(f.arm, span=None) for f in told if f.arm is not None}
    return tuple(arms.values()) if len(arms) == len(told) > 1 and len({f.topic.endpoint for f in told}) == 1 else ()


# "to docetaxel, 118 to gemcitabine", "of the docetaxel arm and 55 of the gemcitabine arm": one list, with or without the numbers of patients.
_LISTED = re.compile(
    rf"""
    [\s)\]]* (?: (?:therapy|treatment|alone|monotherapy) \s )? (?: (?:arms?|groups?|patients) \b )? \s* (?: [,;] \s? (?:and\s)? | and\s )
    (?: (?: \d+ | {COUNT_WORD} (?:-{COUNT_WORD})? ) (?: \s? %? ) \s? )? (?: (?:of\s)? (?:patients|women|men|participants|subjects|others|those) \s )?
    (?: (?:were|was|had) \s )?
    (?: (?: randomly \s )? (?: randomi[sz]ed | assigned | allocated | allotted | treated | received | receiving | given ) \s )?
    (?: (?: to | of | in | with | on | for | from | into | by ) \s )? (?: the\s | either\s )? (?: (?:arm|group) \s )?
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _order_listed(reading: Reading) -> tuple[ArmOf, ...]:
    """The arms of a paper's own study where a sentence without results lists all of them, each once; () for other sentences."""
    force = arms_in_force(reading.context, OWN)
    named = sorted(reading.arms, key=lambda a: a.span)
    if reading.findings or len(force) < 2 or len(named) != len(force):
        return ()
    if any(told.provenance != "own" for _, told in reading.context.told):
        return ()
    arms = [resolve(reading, a, OWN) for a in named]
    if {a.norm for a in arms if a is not None} != {a.norm for a in force}:
        return ()
    between = [without_brackets(reading.text[a.span.end : b.span.start]) for a, b in pairwise(named)]
    return tuple(replace(a, span=None) for a in arms if a is not None) if all(_LISTED.fullmatch(text) for text in between) else ()


_FORMER = re.compile(
    r"\bthe\s(?P<which>former|latter)(?:\s(?P<noun>(?:treatment\s)?(?:arms?|groups?)|treatment|therapy|regimen|combination|drug|agent|schedule)\b"
    r"|(?=[,;.)]|\s(?:\(|had\b|was\b|were\b|and\b|than\b|versus\b|vs\b|\d)))"
)
_GROUP = re.compile(r"groups?")


def with_former_and_latter(context: Context, read: ReadSentence) -> ReadSentence:
    """A sentence with the arms that "the former" and "the latter" stand for: of two that it names before, else of the two told last."""
    text, arms = read.sentence.text, read.of(MentionKind.ARM)
    found = []
    for match in _FORMER.finditer(text):
        named = {a.norm: as_arm(a) for a in arms if a.span.end <= match.start()}
        order = tuple(named.values()) or (context.last_arms if study_at(context, match.start()).provenance == "own" else ())
        of_people = context.contrast and (match.group("noun") is None or _GROUP.fullmatch(match.group("noun")))
        if len(order) == 2 and not of_people and len({a.norm for a in order}) == 2:
            arm = order[0 if match.group("which") == "former" else 1]
            found.append(Mention(MentionKind.ARM, CharSpan(*match.span()), arm.norm, arm.parts))
    return replace(read, mentions=tuple(sorted((*read.mentions, *found), key=lambda m: m.span))) if found else read
