"""What the next sentence may need of one that was read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from extractor.document import SectionKind
from extractor.entities import Mention
from extractor.entities.population_forms import CONDITIONS
from extractor.quantities import COUNT_WORD
from extractor.relations.announced import announced, introduced
from extractor.relations.context import Context, as_arm, is_denied
from extractor.relations.elided import last_told
from extractor.relations.factors import model_at
from extractor.relations.findings import ComparisonFinding, MeasurementFinding
from extractor.relations.going_on import arm_after
from extractor.relations.groups import PEOPLE_WITH, locus
from extractor.relations.landmarks import SAFETY, cycle_of
from extractor.relations.order_of_arms import order_of_arms
from extractor.relations.patterns import SPEAKS_OF_ALL
from extractor.relations.peoples import PEOPLE
from extractor.relations.reading import Reading

# Kinds of population that later sentences on the same study still speak of.
_CARRIED = frozenset({"marker-level", "cohort", "subgroup-of-patients"})


# What other groups can be told of within.
_WIDE = frozenset({"named-cohort", "disease-group"})


def _is_carried(reading: Reading, population: Mention) -> bool:
    if population.detail == "cohort" and (not population.norm.casefold().startswith("cohort") or _is_one_of(reading, population)):
        return False
    return population.detail in _CARRIED


def _is_one_of(reading: Reading, group: Mention) -> bool:
    """Whether a sentence tells of a few of a group alone, and no result: "one patient in cohort 5 fell"."""
    return not reading.findings and _ONE_OF_THEM.search(reading.text[: group.span.start]) is not None


# "Of the responders, half had one that lasted. Rash (23%) was common.": told of in passing.
_RESPONSES = frozenset({"responders", "non-responders", "nonresponders"})
_ONE_OF_THEM = re.compile(
    rf"(?:\b(?:\d{{1,2}}|{COUNT_WORD}|an?)\s(?:\([^()]*\)\s)?(?:{PEOPLE}|patient|subject|case|participant|woman|man)\s(?:[\w-]+\s){{0,2}})$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"^\W*(?:In|Among|For|Of|Within)\b[^,;.]{0,60}$")


def _cohort_after(reading: Reading) -> Mention | None:
    """The patients that the sentences behind this one are about: those it announces, or opens with.

    None if it speaks of all or of others, else those of before. A set of data or a disease holds while others are told of within it.
    """
    if not reading.findings and reading.read.sentence.section.kind is SectionKind.RESULTS:
        next_ones = announced(reading.text, reading.populations, reading.context.paper.entry)
        if next_ones is not None:
            return next_ones
    opens = locus(reading.text, [p for p in reading.populations if p.detail not in CONDITIONS and p.norm not in _RESPONSES])
    if opens is not None and any(f.value_span.end <= opens.span.start for f in reading.findings if isinstance(f, MeasurementFinding)):
        opens = None  # of others first: "most responses lasted (DOR 9 months); in the validation set it was 12"
    wide = [p for p in reading.populations if p.detail in _WIDE]
    if len({p.norm for p in wide}) == 1 and opens is None:
        opens = wide[0] if _leads(reading, wide[0]) else None
    if opens is not None or wide:
        return opens
    cohort = reading.context.cohort
    kept = cohort is not None and cohort.detail in _WIDE
    others = [p for p in reading.populations if cohort is None or p.norm != cohort.norm] or PEOPLE_WITH.search(reading.text)
    return None if (others and not kept) or SPEAKS_OF_ALL.search(reading.text) else cohort


def _leads(reading: Reading, group: Mention) -> bool:
    """Whether a sentence opens with a group, or tells no result and speaks of the group as a whole."""
    before = reading.text[: group.span.start]
    if _OPENS.match(before) and re.match(r"[^,;.]{0,25},", reading.text[group.span.end :]):
        return True
    return not reading.findings and group.detail == "named-cohort" and not _is_one_of(reading, group)


def _is_apposition(text: str, arm: Mention, others: Iterable[Mention]) -> bool:
    """Whether a class only says what the drug before it is: "Sorafenib, an oral kinase inhibitor, was ..."."""
    if any(p.kind != "drug_class" for p in arm.parts):
        return False
    return any(re.fullmatch(r",\s(?:an?|the)\s[^.;,]{0,60}", text[o.span.end : arm.span.start]) for o in others if o.span.end < arm.span.start)


def context_after(context: Context, reading: Reading) -> Context:
    """What the next sentence may need of this one."""
    told = [f for f in reading.findings if f.topic.endpoint not in ("AE", "FOLLOW_UP")]
    named = [e.norm for e in reading.endpoints if e.norm != "FOLLOW_UP"]
    endpoint = told[-1].topic.endpoint if told else (named[-1] if named else None)
    model = model_at(reading.text, len(reading.text)) or context.last_model
    safety = context.in_safety or any(e.norm in SAFETY for e in reading.endpoints) or any(f.topic.endpoint == "AE" for f in reading.findings)
    before = (*context.before, context.treatment)[-2:] if context.before[-1:] != (context.treatment,) else context.before
    named_here = {a.norm: a for a in reading.arms if a.detail != "role"}
    single = {n: a for n, a in named_here.items() if not _is_apposition(reading.text, a, named_here.values())} or named_here
    patterns = [f.pattern for f in reading.findings if isinstance(f, MeasurementFinding)]
    by_population = any(p.endswith("by-population") for p in patterns)
    goes_on = bool(patterns) and all(p.endswith("populations-of-last-sentence") for p in patterns)
    pops = {p.norm: p for p in reading.populations}
    carried = next(iter(pops.values())) if len(pops) == 1 and _is_carried(reading, next(iter(pops.values()))) else None
    comparisons = [f for f in reading.findings if isinstance(f, ComparisonFinding)]
    values = {(f.topic.endpoint, f.value) for f in reading.findings if isinstance(f, MeasurementFinding) and f.topic.study.provenance == "own"}
    last_findings, sole_endpoint = last_told(reading)
    context = replace(
        context,
        last_findings=last_findings,
        arm=arm_after(reading),
        sole_endpoint=sole_endpoint,
        last_single=replace(as_arm(next(iter(single.values()))), span=None) if len(single) == 1 and not is_denied(*single) else None,
        last_event=reading.events[-1] if len({e.norm for e in reading.events}) == 1 else None,
        contrast=tuple(pops.values()) if by_population and len(pops) > 1 else context.contrast if goes_on or not reading.findings else (),
        population=carried
        if carried and (told or carried.detail == "cohort")
        else context.population
        if not pops and not SPEAKS_OF_ALL.search(reading.text)
        else None,
        cohort=_cohort_after(reading),
        spoken_of=next(iter(pops.values())) if len(pops) == 1 else introduced(reading.text, context.paper.entry) if not pops else None,
        own_values=context.own_values | values
        if reading.read.sentence.section.kind in (SectionKind.RESULTS, SectionKind.ABSTRACT)
        else context.own_values,
        first_told=(told[0].topic.endpoint, told[0].topic.timepoint) if told else context.first_told,
        last_arms=order_of_arms(reading) or context.last_arms,
        cycle=cycle_of(reading)[0] if context.paper.is_case else None,
        last_comparison=comparisons[-1] if comparisons else None if reading.findings else context.last_comparison,
        last_measure=reading.numbers.effects[-1].measure if reading.numbers.effects else context.last_measure,
    )
    return replace(context, last_endpoint=endpoint, last_model=model if endpoint else context.last_model, in_safety=safety, before=before)
