"""A difference between two arms that is told by its size, and not by the values of both: "an improvement of 2 months", "cut the risk by 27%"."""

from __future__ import annotations

import re

from extractor.entities import Mention, Part
from extractor.records import Measure
from extractor.relations.attribution import in_order
from extractor.relations.comparisons import sole_population
from extractor.relations.context import arms_in_force
from extractor.relations.contrasts import distinct_arms
from extractor.relations.deaths import survival_of
from extractor.relations.differences import as_ratio_says
from extractor.relations.findings import ArmOf, ComparisonFinding, Leftover, Topic
from extractor.relations.reading import Reading, Told
from extractor.relations.risks import risks_named
from extractor.relations.since import with_event
from extractor.relations.spoken import UNLISTED
from extractor.relations.studies import study_at
from extractor.relations.targets import Series, compatible
from extractor.relations.topics import DIFFERENCE, with_population
from extractor.relations.values import Kind, Value


def tell_difference(reading: Reading, series: Series) -> Told | None:
    """A difference between two arms, not a value of one ("an improvement in OS and TTP of around 4 months"); None where it is no such series."""
    value = series.values[0]
    found = _difference_of(reading, value) if len(series.values) == 1 and value.kind in (Kind.TIME, Kind.SHARE) else None
    if found is None or value.value is None:
        return None
    endpoints, measure = found
    measure = as_ratio_says(measure, value, reading.numbers.effects)
    study = study_at(reading.context, value.span.start)
    arms = distinct_arms(reading, study)
    pair = tuple(arms) if len(arms) == 2 else arms_in_force(reading.context, study)
    if len(pair) != 2 and all(p.kind == "placebo" for a in arms for p in a.parts):
        pair = _against_placebo(reading) or pair
    if len(pair) != 2:
        reading.leftovers.append(Leftover(reading.read, value.span, "a difference without its two arms"))
        return Told(series, (), (), (), 0)
    first, second = in_order(reading, pair[0], pair[1], study)
    for endpoint in {e.norm: e for e in endpoints}.values():
        topic = with_event(reading.read, Topic(endpoint.norm, endpoint.span, None, study))
        of_hazard = measure == "risk reduction" and not any(e.measure in ("RR", "OR") for e in reading.numbers.effects)
        topic = survival_of(reading, topic) if of_hazard and endpoint.norm == "DEATH" else topic
        topic = with_population(reading, topic, sole_population(reading, value.span.start))
        reading.findings.append(
            ComparisonFinding(
                read=reading.read,
                topic=topic,
                arm=first,
                comparator=second,
                measure=measure,
                estimate=value.value,
                estimate_span=value.span,
                interval=value.interval,
                pattern="difference-of-value",
            )
        )
    return Told(series, (), (), (), 0)


_CONTROLLED = re.compile(r"\bplacebo-controlled\b", re.IGNORECASE)


def _against_placebo(reading: Reading) -> tuple[ArmOf, ...]:
    """The one treatment that the last sentence spoke of and placebo, where this one speaks of a placebo-controlled trial and of no treatment."""
    tested = reading.context.last_single
    return (tested, ArmOf("placebo", (Part("placebo", "placebo"),))) if tested is not None and _CONTROLLED.search(reading.text) else ()


_GAIN_BEHIND = re.compile(
    r"""
    [\s)]* (?: (?: absolute | significant | estimated | median | overall | statistically | clinically | meaningful )\s )*
    (?: (?P<risk> relative\s(?:risk\s)?reduction | risk\sreduction | reduction\s(?:in|of)\s(?:the\s)?(?:relative\s)?(?:risk|hazards?|odds)\b
          | (?:lower|reduced|decreased)\s(?:relative\s)?(?:risk|hazards?|odds)\b )
      | (?: improvement | increase | prolongation | gain | benefit | difference | advantage | reduction | decrease )\b
        (?! \s (?: was | were ) )
    )
    """,
    re.VERBOSE,
)


# "reduced the risk of death by 38%", "the hazard of relapse was lowered by 20%"
_RISK_CUT_BY = re.compile(
    r"""
    \b (?: (?: reduc | lower | decreas | cut | diminish )\w* \s (?: in\s )? (?: the\s | their\s )? (?: relative\s | estimated\s )?
        (?: risks? | hazards? | odds )\s
        (?: of | for )\s (?: [^.;()\d] | \([^()]*\) ){3,90}? \s by
      | (?: risks? | hazards? | odds )\s (?: of | for )\s (?: [^.;()\d] | \([^()]*\) ){3,60}? \s
        (?: was | were | is | being | had\sbeen )\s (?: \w+ly\s )? (?: reduced | lowered | decreased | cut | diminished )\s by )
    \s (?: about\s | around\s | approximately\s | nearly\s | almost\s | up\sto\s | an\sestimated\s )? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "the difference in survival at 3 years between the arms was ..."
_DIFFERENCE_WAS = re.compile(r"\b[Dd]ifferences?\sin\s[^.;()\d]{0,80}(?:\bat\s\d+\s\w+\s)?[^.;()\d]{0,80}\b(?:was|were)\s(?:only\s)?$")


def _difference_of(reading: Reading, value: Value) -> tuple[list[Mention], Measure] | None:
    """The endpoints that a value is a difference in, and how it is measured; None where it is a value of one arm."""
    usable = [e for e in reading.endpoints if compatible(value.kind, e.norm) and e.detail != UNLISTED]
    at_risk = risks_named(reading.text) if value.kind is Kind.SHARE else []
    usable = sorted([*(e for e in usable if not any(e.span.overlaps(r.span) for r in at_risk)), *at_risk], key=lambda e: e.span)
    match = DIFFERENCE.search(reading.text[: value.span.start]) if not _RISK_CUT_BY.search(reading.text[: value.span.start]) else None
    if match is None:
        was = _DIFFERENCE_WAS.search(reading.text[: value.span.start])
        inside = [e for e in usable if was is not None and was.start() <= e.span.start]
        if inside:
            return inside[:1], "difference"
    if match is not None:
        endpoints = [e for e in usable if match.start() <= e.span.start]
        if match.group("rest") is None:
            endpoints = [e for e in usable if e.span.end <= match.start()][-1:]
        return (endpoints, "difference") if endpoints else None
    cut = _RISK_CUT_BY.search(reading.text[: value.span.start])
    if cut is not None and value.kind is Kind.SHARE:
        endpoints = [e for e in usable if cut.start() <= e.span.start]
        return (endpoints[:1], "risk reduction") if endpoints else None
    behind = _GAIN_BEHIND.match(reading.text, value.whole.end)
    if behind is None:
        return None
    following = [e for e in usable if 0 <= e.span.start - behind.end() <= 45]
    endpoints = following[:1] or [e for e in usable if e.span.end <= value.span.start][-1:]
    return (endpoints, "risk reduction" if behind.group("risk") else "difference") if endpoints else None
