"""A difference between two arms that is told by its size, and not by the values of both: "an improvement of 2 months", "cut the risk by 27%"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.entities import Mention, Part
from extractor.quantities import Interval, find_intervals
from extractor.records import Measure
from extractor.relations.attribution import in_order
from extractor.relations.comparisons import sole_population
from extractor.relations.context import arms_in_force
from extractor.relations.contrasts import distinct_arms
from extractor.relations.deaths import survival_of
from extractor.relations.differences import as_ratio_says
from extractor.relations.findings import ArmOf, ComparisonFinding, Leftover, Topic
from extractor.relations.landmarks import landmark_of
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
        timepoint, at = landmark_of(reading, endpoint, value) if measure == "difference" else (None, None)
        topic = with_event(reading.read, Topic(endpoint.norm, endpoint.span, None, study, timepoint=timepoint, timepoint_span=at))
        of_hazard = measure == "risk reduction" and not any(e.measure in ("RR", "OR") for e in reading.numbers.effects)
        topic = survival_of(reading, topic, value.span.start) if of_hazard and endpoint.norm == "DEATH" else topic
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
                interval=value.interval or _interval_of(reading, value),
                pattern="difference-of-value",
            )
        )
    return Told(series, (), (), (), 0)


# "a 13.6% difference (95% CI 4.9-22.3)", "6.2% in favour of A (95% CI 0.9-11.5)"
_TO_ITS_INTERVAL = re.compile(r"[^()\[\]\d.;]{0,60}[(\[]\s?")


def _interval_of(reading: Reading, value: Value) -> Interval | None:
    """The interval in the next bracket behind a difference, if the difference is in it."""
    size = value.value or 0
    for one in find_intervals(reading.text):
        held = one.low is not None and one.high is not None and one.low <= size <= one.high
        if held and one.span.start >= value.whole.end and _TO_ITS_INTERVAL.fullmatch(reading.text, value.whole.end, one.span.start):
            return one
    return None


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
# "the difference in survival at 3 years between the arms was ...", "the absolute benefit at 5 years came to ..."
_DIFFERENCE_WAS = re.compile(
    r"""
    (?: \b differences? \s in
      | \b (?: (?P<relative> relative | risk ) | absolute | net | between-group )\s
        (?: risk\s | survival\s )?
        (?: differences? | increase | improvement | gain | benefit | reduction | decrease | advantage )\s (?: in | of | at | for )
      | \b survival\s (?: benefit | gain | advantage | difference )\s (?: in | of | at | for ) )
    \s [^.;()\d]{0,80} (?: \b \d{1,2} [\s-] \w+ \b )? [^.;()\d]{0,80}
    \b (?: was | were | came\sto | amounted\sto | reached | being )\s (?: only\s | about\s )? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "an improvement of 2 months in median survival"
_IN_WHAT = re.compile(r"[\s)\]]*(?:\([^()]*\)\s)?(?:in|for)\s(?:the\s)?(?:[\w-]+\s){0,2}", re.IGNORECASE)


def _told_behind(reading: Reading, value: Value, usable: Sequence[Mention]) -> list[Mention]:
    """The endpoint that a difference is said to be in right behind its size."""
    return [e for e in usable if e.span.start >= value.whole.end and _IN_WHAT.fullmatch(reading.text, value.whole.end, e.span.start)][:1]


def _difference_of(reading: Reading, value: Value) -> tuple[list[Mention], Measure] | None:
    """The endpoints that a value is a difference in, and how it is measured; None where it is a value of one arm."""
    usable = [e for e in reading.endpoints if compatible(value.kind, e.norm) and e.detail != UNLISTED]
    at_risk = risks_named(reading.text) if value.kind is Kind.SHARE else []
    usable = sorted([*(e for e in usable if not any(e.span.overlaps(r.span) for r in at_risk)), *at_risk], key=lambda e: e.span)
    match = DIFFERENCE.search(reading.text[: value.span.start]) if not _RISK_CUT_BY.search(reading.text[: value.span.start]) else None
    if match is None:
        was = _DIFFERENCE_WAS.search(reading.text[: value.span.start])
        inside = [e for e in usable if was is not None and was.start() <= e.span.start]
        inside = inside[:1] or (_told_behind(reading, value, usable) if was is not None else [])
        if was is not None and inside:
            return inside[:1], "risk reduction" if was.group("relative") else "difference"
    if match is not None:
        endpoints = [e for e in usable if match.start() <= e.span.start]
        if match.group("rest") is None:
            endpoints = [e for e in usable if e.span.end <= match.start()][-1:] or _told_behind(reading, value, usable)
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
