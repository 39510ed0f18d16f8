"""A value with what it is told of, as a finding."""

from __future__ import annotations

from dataclasses import replace

from extractor.relations.endpoint_events import TOLD_IN_EVENTS
from extractor.relations.findings import ArmOf, MeasurementFinding, Topic
from extractor.relations.phases import with_part
from extractor.relations.reading import Reading
from extractor.relations.values import Kind, Value

_DEATHS = ("DEATH", "TREATMENT_DEATH")


def measurement(reading: Reading, topic: Topic, arm: ArmOf | None, value: Value, pattern: str) -> MeasurementFinding:
    """The finding of a value: what it is of, in which arm, and the pattern that read it."""
    statistic = topic.statistic
    if value.kind is Kind.COUNT:
        statistic = "count"
    if topic.endpoint == "DURATION" and value.unit == "cycle":
        statistic = topic.statistic
    event = topic.event or ("event" if value.unit == "event" and topic.endpoint in TOLD_IN_EVENTS else None)
    return MeasurementFinding(
        read=reading.read,
        topic=with_part(reading.read, replace(topic, statistic=statistic, event=event), reading.parts, value.span.start),
        arm=arm,
        value=value.value,
        value_span=value.span,
        unit=("patient" if value.unit == "event" and topic.endpoint in _DEATHS else value.unit) if value.kind is not Kind.OPEN else None,
        op=value.op,
        n=value.n,
        N=value.N,
        interval=value.interval,
        spread=value.spread,
        category=value.category,
        result=reading.results,
        pattern=pattern,
    )
