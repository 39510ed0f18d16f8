"""What a sentence tells of without naming it, as the one before it did: "It was 9 months in women", "In men, these were 7 months and 41%"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind
from extractor.entities.endpoints import quantities_of
from extractor.quantities import COUNT_WORD, Pattern
from extractor.relations.attribution import attribute, population_of
from extractor.relations.brackets import clause_start, without_brackets
from extractor.relations.context import Context, arms_in_force
from extractor.relations.findings import MeasurementFinding, StudyOf, Topic
from extractor.relations.measuring import measurement
from extractor.relations.reading import Reading
from extractor.relations.spoken import AS_BEFORE
from extractor.relations.targets import Series
from extractor.relations.topics import with_population
from extractor.relations.values import Kind, Value

_LENGTH = rf"(?:\d+(?:\.\d)?|{COUNT_WORD})"
IT = Pattern(
    id="it-was",
    regex=r"""
        (?: ^ | ^ [^,;]{1,90} , \s )
        (?P<name> (?: [Ii]t | [Tt]his | [Tt]hey | [Tt]hese | [Tt]hose ) (?= \s (?: was | were | reached | amounted\sto | rose\sto | fell\sto )\s
            (?! (?!only\b|nearly\b)
              (?: not | seen | observed | found | noted | well | also | [a-z]+ed | given | in | [a-z]+ly )\b (?! \s reached ) ) ) )
    """,
    examples={"It was 9.1 months in women": [{"name": "It"}], "In women, it was 31%": [{"name": "it"}]},
    counterexamples=("It was found that", "They were given", "It was well tolerated by 31%"),
)
CORRESPONDING = Pattern(
    id="corresponding-figure",
    regex=r"""
        \b (?P<name> [Tt]he\s (?: corresponding | respective | equivalent | same )\s
            (?: figure | value | rate | number | percentage | proportion | median | result ) ) \b (?= \s [^.;%]{0,110} \b (?: was | were )\b )
    """,
    examples={"The corresponding figure in men was 26%": [{"name": "The corresponding figure"}]},
    counterexamples=("the corresponding author", "The corresponding figures were"),
)
LANDMARK_RATES = Pattern(
    id="rates-at-landmarks-again",
    regex=rf"""
        \b (?P<name> (?: [Tt]he\s | (?=Corresponding | Respective ) )
            (?: (?: [Cc]orresponding | respective | estimated | actuarial | cumulative | Kaplan-Meier )\s )?
            {_LENGTH} -? (?: ,\s {_LENGTH} -? )* (?: ,? \s (?: and | or )\s {_LENGTH} )? [\s-] (?: years? | months? ) \s
            (?: rates? | figures? | values? | probabilit(?:y|ies) | estimates? ) ) \b (?! \s of\s (?! the | these | those | our ) )
      | (?P<at> (?: [Tt]he\s )? [Cc]orresponding\s (?: rates? | figures? | values? ) )
        (?= \s at\s {_LENGTH} \s (?: and\s {_LENGTH}\s )? (?: years? | months? ) \b )
    """,
    examples={"The 1-, 2- and 3-year rates were": [{}], "the 2-year rate was": [{}], "The one- and two-year figures for men": [{}]},
    counterexamples=("The 1-year rates of relapse were", "The 1-year survival rates"),
)
PATTERNS = (IT, CORRESPONDING, LANDMARK_RATES)
_TIMED = ("time",)


def endpoint_again(context: Context, text: str, values: Sequence[Value], taken: Sequence[CharSpan]) -> list[Mention]:
    """The one endpoint of the sentence before, where this one names none and speaks of it as "it", "the 2-year rates"; [] elsewhere.

    Args:
        context: what the sentences before said.
        text: the folded sentence, which names no endpoint and no event.
        values: its values.
        taken: the groups of patients that it names.
    """
    endpoint, timepoint = context.sole_endpoint
    if endpoint is None or not values:
        return []
    timed = quantities_of()[endpoint] == "time"
    for pattern in PATTERNS:
        match = next(pattern.find(text), None)
        if (
            match is None
            or match.end(match.lastgroup or 0) > values[0].span.start
            or any(s.overlaps(CharSpan(*match.span(match.lastgroup or 0))) for s in taken)
        ):
            continue
        shares = {v.kind for v in values} <= {Kind.SHARE, Kind.COUNT}
        fits = timed and shares if pattern is LANDMARK_RATES else _fits(values[0], timed=timed, at_landmark=timepoint is not None)
        if fits:
            return [Mention(MentionKind.ENDPOINT, CharSpan(*match.span(match.lastgroup or 0)), endpoint, detail=AS_BEFORE)]
    return []


def _fits(value: Value, *, timed: bool, at_landmark: bool) -> bool:
    """Whether a value is of the kind that its endpoint is told in."""
    return value.kind in (Kind.TIME, Kind.OPEN) if timed and not at_landmark else value.kind is Kind.SHARE


# What speaks of all figures of the sentence before.
_THESE = re.compile(
    r"\b(?:(?:these|they|those|both)\s(?=were|was|are)"
    r"|(?:the\s|these\s|those\s|their\s)?(?:(?:corresponding|respective|same|equivalent)\s)?"
    r"(?:figures?|values?|rates?|results?|numbers?|percentages?|proportions?|medians?|incidences?|frequenc(?:y|ies))\b)",
    re.IGNORECASE,
)
_LINK = re.compile(r"[\s)\]]*(?:,\sand|,|and)\s+(?:(?:an?|the)\s)?")
_LEAST = 2


def tell_these(reading: Reading, series: Series) -> bool:
    """Add values that one group or arm had of what the sentence before told of another: "In men, these were 7 months and 41%".

    They answer one by one only if there are as many, of the same units, and the sentence says "these" or "the figures" right before them.
    """
    before = reading.context.last_findings
    values = [v for v in reading.numbers.values if v.span.start >= series.span.start]
    start = clause_start(reading.text, series.span.start)
    if not _THESE.search(reading.text, start, series.span.start) or any(
        start <= e.span.start and e.detail != AS_BEFORE for e in (*reading.endpoints, *reading.events)
    ):
        return False
    told = _answered(before, values)
    if not told or not all(_LINK.fullmatch(without_brackets(reading.text), a.whole.end, b.whole.start) for a, b in pairwise(values[: len(told)])):
        return False
    head = Series((replace(series.values[0], whole=CharSpan(series.span.start, values[len(told) - 1].whole.end)),))
    arm, population, pattern = attribute(reading, head, before[0].topic.study)[0]
    if pattern == "unknown" and not reading.arms and not arms_in_force(reading.context, before[0].topic.study):
        arm, population, pattern = before[0].arm, population_of(reading, head), "no-arm-named"
    mine = (arm and arm.norm, population and population.norm)
    if pattern == "unknown" or mine == (before[0].arm and before[0].arm.norm, before[0].topic.population):
        return False
    reading.results += 1
    for value, finding in zip(values, told, strict=False):
        reading.findings.append(measurement(reading, with_population(reading, _elided(finding.topic), population), arm, value, f"these/{pattern}"))
    return True


def _answered(before: Sequence[MeasurementFinding], values: Sequence[Value]) -> Sequence[MeasurementFinding]:
    """What the values of a sentence answer to, one by one: all that the sentence before told of one group, or what it told last in their unit."""
    if len({_group(f) for f in before}) != 1:
        return ()
    units = [v.unit for v in values]
    last = [f for f in before if f.read is before[-1].read]
    same = [f for f in last if f.unit == units[0]] if units else []
    for told in (last, list(before), same):
        if len(told) >= _LEAST and [f.unit for f in told] == units[: len(told)] and len(told) == len(units):
            return told
    return ()


def _group(finding: MeasurementFinding) -> tuple[str | None, str | None, StudyOf]:
    """Of whom a value is: its arm, its population, its study."""
    return (finding.arm.norm if finding.arm is not None else None, finding.topic.population, replace(finding.topic.study, span=None))


def _elided(topic: Topic) -> Topic:
    """A topic as a later sentence tells it without its words."""
    return replace(
        topic, endpoint_span=None, population=None, population_span=None, timepoint_span=None, event_span=None, grade_span=None, rule="as-before"
    )


def last_told(reading: Reading) -> tuple[tuple[MeasurementFinding, ...], tuple[str | None, str | None]]:
    """What a sentence told, in order, and the one endpoint that it was about with its landmark; (None, None) where it was about several.

    Where it goes on with the group of the sentences before, what these told stands in front.
    """
    told = sorted((f for f in reading.findings if isinstance(f, MeasurementFinding)), key=lambda f: f.value_span)
    before = reading.context.last_findings
    goes_on = bool(told) and not reading.arms and not reading.populations and len({_group(f) for f in (*before, *told)}) == 1
    about = {f.topic.endpoint for f in told if f.topic.endpoint != "FOLLOW_UP"} or {e.norm for e in reading.endpoints}
    if len(about) != 1:
        return (*(before if goes_on else ()), *told), (None, None)
    at = {f.topic.timepoint for f in told}
    return (*(before if goes_on else ()), *told), (next(iter(about)), next(iter(at)) if len(at) == 1 else None)
