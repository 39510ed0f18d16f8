"""What relation reading finds: values and estimates tied to endpoint, arm, population and study.

The spans of a finding are in the coordinates of what it was read from (`read`): of a sentence its text, of a table the source text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.document import CharSpan
from extractor.entities import Part, ReadSentence
from extractor.quantities import Interval, Number, PValue
from extractor.records import Direction, Measure, Model, PaperKind, Provenance, Spread, Statistic


@dataclass(frozen=True, slots=True)
class TableCell:
    """Where a finding of a table was read: the cell of its number first, then the labels of its row and its column, then the caption.

    `row` is where its row starts: findings of one row are one result. All spans are into the source text.
    """

    pieces: tuple[CharSpan, ...]
    row: int


Origin = ReadSentence | TableCell


@dataclass(frozen=True, slots=True)
class ArmOf:
    """An arm as a finding names it; `span` is None where it was carried over from another sentence. `n` is the size a table's header gives."""

    norm: str
    parts: tuple[Part, ...] = ()
    span: CharSpan | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class StudyOf:
    """Whose result a statement is."""

    name: str | None
    provenance: Provenance
    registry_id: str | None = None
    span: CharSpan | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """What a number is about, the arm aside: the slots that measurements and comparisons of one statement share."""

    endpoint: str
    endpoint_span: CharSpan | None
    statistic: Statistic | None
    study: StudyOf
    population: str | None = None
    population_span: CharSpan | None = None
    timepoint: str | None = None
    timepoint_span: CharSpan | None = None
    criterion: str | None = None
    event: str | None = None
    event_span: CharSpan | None = None
    grade: str | None = None
    grade_span: CharSpan | None = None
    rule: str = ""  # the rule that found the endpoint


@dataclass(frozen=True, slots=True)
class MeasurementFinding:
    """A value of one arm."""

    read: Origin
    topic: Topic
    arm: ArmOf | None
    value: Number | None
    value_span: CharSpan
    unit: str | None
    op: str | None = None
    n: int | None = None
    N: int | None = None
    interval: Interval | None = None
    spread: Spread | None = None
    category: str | None = None
    result: int = 0
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonFinding:
    """An estimate and/or a p-value between two arms, or of a factor."""

    read: Origin
    topic: Topic
    arm: ArmOf | None
    comparator: ArmOf | None
    factor: str | None = None
    factor_span: CharSpan | None = None
    measure: Measure | None = None
    estimate: Number | None = None
    estimate_span: CharSpan | None = None
    interval: Interval | None = None
    p: PValue | None = None
    model: Model | None = None
    direction: Direction | None = None
    result: int = 0
    pattern: str = ""


Finding = MeasurementFinding | ComparisonFinding


@dataclass(frozen=True, slots=True)
class Said:
    """Who did better than whom as words say it, with or without figures beside; `cue` is the word that says it."""

    read: ReadSentence
    endpoint: str
    event: str | None
    study: StudyOf
    population: str | None
    arm: ArmOf
    comparator: ArmOf
    direction: Direction
    endpoint_span: CharSpan
    cue: CharSpan


@dataclass(frozen=True, slots=True)
class Leftover:
    """A number in a result statement that became no finding, and why."""

    read: Origin
    span: CharSpan
    reason: str


@dataclass(frozen=True)
class Related:
    """All that relation reading gives for a document."""

    findings: tuple[Finding, ...] = ()
    leftovers: tuple[Leftover, ...] = field(default=())
    said: tuple[Said, ...] = field(default=())
    kind: PaperKind = "review"
