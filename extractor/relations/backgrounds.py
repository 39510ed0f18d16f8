"""What a paper tells of a disease before and beside any study: how common it is, what it goes with, of how many deaths it is the cause."""

from __future__ import annotations

import re

from extractor.document import CharSpan, Section, SectionKind
from extractor.relations.findings import ComparisonFinding, Finding, Leftover
from extractor.relations.reading import Reading
from extractor.sections.headings import heading_of

_LONGEST_PART = 1500
_RESULTS_TOO = re.compile(r"result|finding|outcomes?\s*$", re.IGNORECASE)
_BACKGROUND = re.compile(r"background|introduction|context|rationale|importance", re.IGNORECASE)


def part_told(section: Section) -> SectionKind:
    """The kind of a section; for a part of an abstract that has a heading of its own ("ABSTRACT.BACKGROUND") that of the section whose work it does.

    Aims and objectives stay parts of the abstract: they tell of the paper's own study.
    """
    # A heading that its paragraph runs on from may be followed by the others in one paragraph.
    labelled = section.heading.startswith("ABSTRACT.") and section.span.end - section.span.start < _LONGEST_PART
    if section.kind is not SectionKind.ABSTRACT or not labelled or _RESULTS_TOO.search(section.heading):
        return section.kind
    name = section.heading.strip(" :").rpartition(".")[2]
    kind = heading_of(name).in_abstract
    known = kind is SectionKind.METHODS or (kind is SectionKind.INTRODUCTION and _BACKGROUND.search(name))
    return kind if known and kind is not None else section.kind


def opens_a_paper(section: Section) -> bool:
    """Whether a section is an introduction, or the part of an abstract that stands for one."""
    return part_told(section) is SectionKind.INTRODUCTION


# What makes an event one of a treatment though none is named: "severe toxicity in up to 20%".
_OF_TREATMENT = re.compile(
    r"\btoxic|\badverse\b|\bside[\s-]?effects?\b|\btolera(?:te|bil)|\bcomplications?\s(?:of|after|rates?|following)\b"
    r"|(?:treatment|therapy|drug|dose|radiation|infusion|procedure)-(?:related|induced|emergent|limiting)",
    re.IGNORECASE,
)
# How common a condition is in a people.
_COMMON = re.compile(
    r"""
    \b prevalen(?:t|ce)
  | \b affect (?:s|ing|ed) \s (?:[\w-]+\s){0,4} [~∼≈]?\d
  | \b (?: world | country | nation ) (?:'s)? \b | \b (?: population | populace | lifetime ) \b
  | \b (?: annually | (?:each|every|per)\syear ) \b
  | \b epidemiologic
    """,
    re.IGNORECASE | re.VERBOSE,
)


def without_background(reading: Reading) -> None:
    """Take out of a reading what tells how common a condition is: an event of nobody treated, and deaths at no time from the start of anything."""
    kind = part_told(reading.read.sentence.section)
    if kind not in (SectionKind.INTRODUCTION, SectionKind.DISCUSSION, SectionKind.OTHER) or _OF_TREATMENT.search(reading.text):
        return
    first = kind is SectionKind.INTRODUCTION
    dropped = [f for f in reading.findings if _of_nobody_treated(f) and (first or _COMMON.search(reading.text))]
    kept = [f for f in reading.findings if f not in dropped]
    reading.leftovers += [Leftover(reading.read, span, "epidemiology") for f in dropped for span in _number_of(f)]
    reading.findings[:] = kept


def _number_of(finding: Finding) -> list[CharSpan]:
    if not isinstance(finding, ComparisonFinding):
        return [finding.value_span]
    span = finding.estimate_span or (finding.p.span if finding.p is not None else None)
    return [] if span is None else [span]


def _of_nobody_treated(finding: Finding) -> bool:
    topic = finding.topic
    if finding.arm is not None or topic.study.provenance == "own" or (isinstance(finding, ComparisonFinding) and finding.factor is not None):
        return False
    return topic.endpoint == "AE" or (topic.endpoint in ("DEATH", "TREATMENT_DEATH") and topic.timepoint is None)
