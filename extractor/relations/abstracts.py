"""The parts of an abstract: each does the work of a section of the paper."""

from __future__ import annotations

import re

from extractor.document import Section, SectionKind
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
