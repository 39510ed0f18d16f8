"""The arm that sentences go on with: the results of one arm told over several sentences, or below a heading of its own, then those of the other."""

from __future__ import annotations

import re

from extractor.document import SectionKind
from extractor.entities.population_words import PEOPLE
from extractor.relations.brackets import without_brackets
from extractor.relations.context import arms_in_force
from extractor.relations.findings import ArmOf, MeasurementFinding, StudyOf
from extractor.relations.patterns import SPEAKS_OF_ALL
from extractor.relations.reading import Reading
from extractor.relations.resolving import resolve
from extractor.relations.studies import study_at

# "In the A arm, ...", "Of 205 patients assigned to A, ...", "Patients on A had ...", "The A group showed ...".
_OPENS = re.compile(
    rf"""
    ^ \W* (?: [A-Z]\w+,\s )? (?:
        (?: in | among | with | for | of | on | within | under )\s [^,;.]{{0,60}}
      | (?: (?: the | all | those )\s )? (?: \d+\s )? {PEOPLE} \s (?: in | on | with | given | receiving
          | allocated\sto | assigned\sto | randomi[sz]ed\sto
          | treated\swith | treated\sin | who\sreceived | who\swere\sgiven )\s (?: the\s )?
    ) $
  | ^ \W* the\s $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_THIS_ARM = re.compile(
    r"\b(?:in|for|with|among|of)\s(?:patients\s(?:in|on)\s)?(?:(?P<this>this|that|the\s(?:latter|same))|(?P<other>the\sother))\s(?:treatment\s|study\s)?(?:arm|group)\b",
    re.IGNORECASE,
)
_OF_ARMS = re.compile(
    r"\b(?:groups|arms|vs\.?|(?<!-)versus|compared|(?<!more\s)(?<!less\s)(?<!other\s)than(?!\s(?:one|two|three|\d|grades?)\b)|cohorts?|a\stotal\sof)(?!\w)",
    re.IGNORECASE,
)
_SEVERAL = 2


def arm_after(reading: Reading) -> ArmOf | None:
    """The arm that the sentences behind this one go on with: the one that it opens with and tells all its values of; else that of before."""
    context = reading.context
    if reading.read.sentence.section.kind not in (SectionKind.RESULTS, SectionKind.ABSTRACT) or study_at(context, 0).provenance != "own":
        return None
    if not reading.arms:
        return None if SPEAKS_OF_ALL.search(reading.text) or _OF_ARMS.search(reading.text) else context.arm
    study = study_at(context, 0)
    named = {arm.norm: arm for m in reading.arms if (arm := resolve(reading, m, study)) is not None}
    told = {f.arm.norm if f.arm is not None else None for f in reading.findings if isinstance(f, MeasurementFinding)}
    force = {a.norm: a for a in arms_in_force(context, study)}
    if len(named) != 1 or told != set(named) or not set(named) <= set(force) or len(force) < _SEVERAL:
        return None
    first = min(m.span.start for m in reading.arms)
    return force[next(iter(named))] if _OPENS.search(reading.text[:first]) else None


def arm_going_on(reading: Reading, study: StudyOf) -> ArmOf | None:
    """The arm of values in a sentence that names none: that of the sentences before, of the heading, or "this arm" and "the other"."""
    context = reading.context
    force = arms_in_force(context, study)
    if study.provenance != "own" or len(force) < _SEVERAL or reading.arms or SPEAKS_OF_ALL.search(reading.text):
        return None
    spoken = _THIS_ARM.search(reading.text)
    if spoken is not None:
        told = {f.arm.norm for f in context.last_findings if f.arm is not None}
        mine = [a for a in force if a.norm in told]
        rest = [a for a in force if a.norm not in told]
        if len(told) != 1 or len(mine) != 1:
            return None
        return mine[0] if spoken.group("this") else rest[0] if len(rest) == 1 else None
    return None if _OF_ARMS.search(without_brackets(reading.text)) else context.arm or context.arm_of_heading
