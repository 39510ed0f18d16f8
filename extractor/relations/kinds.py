"""What a sentence says in numbers: values, estimates and landmarks as they are printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from extractor.document import CharSpan
from extractor.quantities import Interval, Number, PValue
from extractor.records import Measure, Spread


class Kind(str, Enum):
    """What kind of number a value is."""

    TIME = "time"
    SHARE = "share"
    COUNT = "count"
    LEVEL = "level"
    SIZE = "size"
    OPEN = "not reached"


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its unit. `span` is the printed value, `whole` includes the brackets that belong to it."""

    kind: Kind
    span: CharSpan
    whole: CharSpan
    value: Number | None
    unit: str | None
    op: str | None = None
    n: int | None = None
    N: int | None = None
    interval: Interval | None = None
    spread: Spread | None = None
    category: str | None = None
    parts: tuple[tuple[str, CharSpan], ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect estimate and what is printed with it."""

    span: CharSpan
    whole: CharSpan
    measure: Measure
    estimate: Number
    interval: Interval | None = None
    p: PValue | None = None
    contrast: CharSpan | None = None


@dataclass(frozen=True, slots=True)
class Landmark:
    """A landmark time ("12-month", "at 1 year")."""

    span: CharSpan
    text: str


@dataclass(frozen=True)
class Numbers:
    """All that a sentence says in numbers."""

    values: tuple[Value, ...] = ()
    effects: tuple[Effect, ...] = ()
    p_values: tuple[PValue, ...] = ()
    landmarks: tuple[Landmark, ...] = ()
    stray: tuple[CharSpan, ...] = field(default=())


def is_nobody(one: Value, other: Value) -> bool:
    """Whether a share is set against none at all: "four [8%] vs none"."""
    counts = [v for v in (one, other) if v.kind is Kind.COUNT]
    return {one.kind, other.kind} == {Kind.SHARE, Kind.COUNT} and counts[0].value == 0 and counts[0].N is None
