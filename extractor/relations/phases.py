"""Of which part of a treatment a result is told: one of its drugs ("cisplatin dose reductions"), or a phase of it ("during maintenance therapy")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.entities.arm_book import ARM_WORD
from extractor.quantities import Pattern
from extractor.relations.findings import ArmOf, Topic

_OF_PART_BEFORE = re.compile(
    r"\b(?:dos(?:e|age)s?\s(?:reductions?|modifications?)\s(?:of|for|in)|doses?\sof|durations?\sof)\s(?:the\s|concurrent\s|concomitant\s|study\s)*$",
    re.IGNORECASE,
)
_OF_PART_BEHIND = re.compile(r"\s(?:dos(?:e|age)s?\s(?:reductions?|modifications?|(?:was|were)\sreduced)|durations?\b)", re.IGNORECASE)
PHASE = Pattern(
    id="phase-of-treatment",
    regex=r"""
        \b [Dd]uring\s (?:the\s)?
        (?P<phase>
            (?: maintenance | induction | consolidation | re-?induction | intensification | concurrent | concomitant | sequential | adjuvant
              | neoadjuvant )
            (?: \s (?: phase | period | chemo-?therapy | radio-?therapy | chemoradio-?therapy | chemoradiation | immunotherapy | therapy
              | treatment ) )+
        ) \b
    """,
    examples={
        "during maintenance chemotherapy were": [{"phase": "maintenance chemotherapy"}],
        "During the induction phase": [{"phase": "induction phase"}],
    },
    counterexamples=("during the study", "maintenance chemotherapy was given"),
)
CALLED_ARM = re.compile(rf"[\s-](?:{ARM_WORD})\b")
_TOLD_OF_PARTS = frozenset({"DOSE_REDUCTION", "DURATION"})
_TOLD_OF_PHASES = frozenset({"AE", "DOSE_REDUCTION", "DISCONTINUATION", "DEATH", "TREATMENT_DEATH"})


def parts_named(read: ReadSentence, force: Sequence[ArmOf]) -> list[Mention]:
    """The drugs and procedures that a sentence names as parts of a treatment: whose dose was reduced, how long it was given."""
    text = read.sentence.text
    found = []
    for mention in read.of(MentionKind.ARM):
        mine = {p.name for p in mention.parts}
        if not mine or not any(mine < {p.name for p in arm.parts} for arm in force):
            continue
        if _OF_PART_BEFORE.search(text[: mention.span.start]):
            found.append(_one_part(read, mention, first=True))
        elif _OF_PART_BEHIND.match(text, mention.span.end):
            found.append(_one_part(read, mention, first=False))
    return found


def _one_part(read: ReadSentence, mention: Mention, *, first: bool) -> Mention:
    """The drug or procedure at one end of a mention that names several."""
    named = [
        m
        for m in read.of(MentionKind.DRUG, MentionKind.DRUG_CLASS, MentionKind.PROCEDURE)
        if (m.span.start == mention.span.start if first else m.span.end == mention.span.end) and mention.span.covers(m.span)
    ]
    return replace(mention, norm=named[0].norm, span=named[0].span) if named else mention


def of_all_arms(mention: Mention, force: Sequence[ArmOf]) -> bool:
    """Whether a mention names what all arms of a study have and none is made of alone: it tells none of them from the others."""
    mine = {p.name for p in mention.parts}
    return bool(mine) and len(force) > 1 and all(mine < {p.name for p in arm.parts} for arm in force)


def phases_named(read: ReadSentence) -> list[CharSpan]:
    """Where a sentence says during which phase of the treatment something happened: what is named there is no arm."""
    return [CharSpan(*m.span("phase")) for m in PHASE.find(read.sentence.text)]


_ENDS_PHASE = re.compile(r";|\.\s|\b(?:after|before|following|over|throughout|overall|thereafter)\b", re.IGNORECASE)


def with_part(read: ReadSentence, topic: Topic, parts: Sequence[Mention], at: int) -> Topic:
    """The topic of a number at a place, narrowed to the part of the treatment, or to its phase, that it is told of."""
    if topic.population is not None:
        return topic
    near = [p for p in parts if p.span.start < at]
    if near and topic.endpoint in _TOLD_OF_PARTS:
        return replace(topic, population=near[-1].norm, population_span=near[-1].span)
    text = read.sentence.text
    phases = [span for span in phases_named(read) if span.start < at and _ENDS_PHASE.search(text[span.end : at]) is None]
    if phases and topic.endpoint in _TOLD_OF_PHASES:
        name = " ".join(phases[-1].of(read.sentence.text).split()).casefold()
        return replace(topic, population=f"during {name}", population_span=phases[-1])
    return topic
