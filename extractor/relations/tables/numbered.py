"""Rows called by a number alone, of which the head of their column says what it counts: "3" under "Dose level", "800" under "Dose (mg/m2)"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from extractor.relations.tables.facets import Facets, Slot, generic, population_norm
from extractor.relations.tables.labels import Role

_BY_LEVEL = re.compile(
    r"(?P<what>dos(?:e|age)\s?levels?|levels?|dose\s(?:cohorts?|groups?|steps?)|cohorts?|stratum|strata|course|cycle)"
    r"(?:\s?(?:no\.?|number|#))?",
    re.IGNORECASE,
)
_BY_DOSE = re.compile(
    r"(?:starting\s|daily\s|total\s|planned\s|[A-Z]?[a-z-]+\s){0,3}dos(?:e|age)s?(?:\slevel)?[\s,]*[(\[,]?\s?(?P<unit>(?:mg|g|µg|μg|mcg|Gy|MBq|GBq|IU|MU)(?:\W{0,3}(?:m-?\s?2|m²|kg|m\(2\)|day|d|min)(?:-1)?){0,2})\s?[)\]]?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-\u2212]?(?:\d{1,5}(?:\.\d+)?(?:[a-z]|\s?[-/]\s?\d{1,4}(?:\.\d+)?)?|[IVX]{1,4}[ab]?)", re.IGNORECASE)
_LAST_LETTER = re.compile(r"(?:levels|cohorts|groups|steps)$", re.IGNORECASE)


def with_number(facets: Facets, heads: Mapping[int, str]) -> Facets:
    """The same with the patients that a bare number stands for, where the head above it says what it counts; else as it is."""
    if not facets.labels or facets.grade is not None or facets.timepoint is not None:
        return facets
    entry, own = facets.labels[-1]
    core = own.core.strip(" .")
    name = (_name(core, heads.get(entry.cell.column, "").strip()) or _level(core, facets)) if _NUMBER.fullmatch(core) else None
    if name is None:
        return facets
    start = max(own.text.find(core), 0)
    population = Slot(name, entry.span(start, start + len(core)))
    return replace(facets, population=population, labels=(*facets.labels[:-1], (entry, replace(own, core=name))))


def _name(number: str, head: str) -> str | None:
    """What the patients of a numbered row are called."""
    level = _BY_LEVEL.fullmatch(head)
    if level is not None:
        what = re.sub(r"\s+", " ", level.group("what").casefold())
        return f"{_LAST_LETTER.sub(lambda m: m.group()[:-1], what)} {number}"
    dose = _BY_DOSE.fullmatch(head)
    return f"{number} {_unit(dose.group('unit'))}" if dose is not None else None


def _level(number: str, facets: Facets) -> str | None:
    """A bare number under the factor of which it is a level: "1" under "ECOG PS", "2" under "No. of metastatic sites"."""
    above = facets.labels[-2][1] if len(facets.labels) > 1 and number.isdigit() else None
    if above is None or above.endpoints or above.event is not None or above.toxic or above.role is not Role.VALUE or generic(above.core):
        return None
    return population_norm(f"{above.core} {number}")


def _unit(printed: str) -> str:
    """A unit of dose as slots hold it: "mg m-2" is "mg/m2"."""
    plain = re.sub(r"m\W{0,2}2\)?|m²", "m2", printed.strip())
    return re.sub(r"\s?/\s?|\s", "/", re.sub(r"-1$", "", plain))
