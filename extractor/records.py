"""The outcome record: the public contract.

A *fact* holds the slots of the annotation guideline, and is what gold files hold. A *record* is a fact with everything that shows where it was
read. Names and meaning of all fields are fixed by the design document; `SCHEMA_VERSION` follows semantic versioning.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator
from typing_extensions import Self

SCHEMA_VERSION = "1.0.0"

Number = int | float
Interval = tuple[Number | None, Number | None]

EndpointCode = Literal[
    "OS", "PFS", "TTP", "DFS", "RFS", "EFS", "DOR", "TTR", "TTF", "CSS", "FOLLOW_UP", "DURATION",
    "ORR", "CR", "PR", "SD", "PD", "DCR", "CBR", "PCR", "BEST_RESPONSE",
    "AFP", "PIVKA_II", "CEA", "PSA", "CA19_9", "BIOMARKER", "TUMOR_SIZE", "LYMPH_NODE_SIZE",
    "AE", "DISCONTINUATION", "DOSE_REDUCTION", "DEATH", "TREATMENT_DEATH",
    "QOL", "OTHER",
]  # fmt: skip
Statistic = Literal["median", "mean", "rate", "count", "value", "category"]
Measure = Literal["HR", "OR", "RR", "difference", "risk reduction"]
Provenance = Literal["own", "cited"]
Model = Literal["univariate", "multivariate", "stratified", "adjusted"]
SectionName = Literal["title", "abstract", "introduction", "methods", "results", "discussion", "conclusion", "table", "caption", "other"]
ComponentKind = Literal["drug", "drug_class", "procedure", "placebo", "supportive_care", "other"]
PaperKind = Literal["randomised trial", "study", "case report", "review"]
Direction = Literal["favors_arm", "favors_comparator", "no_difference"]


class Frozen(BaseModel):
    """An immutable value that knows no field but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class PValue(Frozen):
    """A printed p-value: `p<0.001` is a bound, not a number."""

    op: Literal["=", "<", ">", "<=", ">="]
    value: Number = Field(ge=0, le=1)


class Spread(Frozen):
    """What was printed beside a value to show its spread: `{kind, low, high}` or `{kind, value}`."""

    kind: Literal["sd", "se", "iqr", "range"]
    low: Number | None = None
    high: Number | None = None
    value: Number | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.value is None) == (self.low is None and self.high is None):
            raise ValueError("a spread has either low and high, or a value")
        return self


class Component(Frozen):
    """One part of an arm."""

    name: str
    kind: ComponentKind


class Citation(Frozen):
    """A citation mark as printed and, where the paper's list is read, the entry it points to."""

    marker: str
    text: str | None = None
    year: int | None = None
    doi: str | None = None
    pmid: str | None = None


class Evidence(Frozen):
    """Characters of the source text that a record was read from: `text == source_text[start:end]`.

    `box` is (x0, top, x1, bottom) in points on `page` (from 1), for PDF; `xpath` the element, for XML.
    """

    start: int = Field(ge=0)
    end: int
    text: str
    section: SectionName
    page: int | None = None
    box: tuple[Number, Number, Number, Number] | None = None
    xpath: str | None = None

    @model_validator(mode="after")
    def _lengths_agree(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(f"evidence [{self.start}, {self.end}) cannot hold {len(self.text)} characters")
        return self


class Check(Frozen):
    """An arithmetic or consistency check of what the paper prints."""

    name: str
    verdict: Literal["holds", "fails", "undecided"]
    arithmetic: str
    spans: tuple[tuple[int, int], ...] = ()


class SourceFile(Frozen):
    """The file a record was read from; `text_sha256` is of the source text that offsets refer to."""

    file: str
    sha256: str
    text_sha256: str
    format: str


class Fact(Frozen):
    """The slots that both kinds of fact share. null is "not stated"."""

    kind: Literal["measurement", "comparison"]
    doc: str
    study: str | None
    provenance: Provenance
    population: str | None
    arm: str | None
    endpoint: EndpointCode
    statistic: Statistic | None
    timepoint: str | None
    criterion: str | None
    event: str | None
    grade: str | None
    ci: Interval | None
    ci_level: Number | None
    start: int | None
    end: int | None


class MeasurementFact(Fact):
    """A value observed in one arm, cohort or patient."""

    kind: Literal["measurement"] = "measurement"
    value: Number | None
    op: Literal["<", ">"] | None = None
    unit: str | None
    n: int | None
    N: int | None
    category: str | None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.value is None and self.category is None:
            raise ValueError("a measurement has a value or a category")
        return self


class ComparisonFact(Fact):
    """An effect estimate and/or a p-value between two arms, or between levels of a factor."""

    kind: Literal["comparison"] = "comparison"
    comparator: str | None
    factor: str | None
    measure: Measure | None
    estimate: Number | None
    p: PValue | None
    model: Model | None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.estimate is None and self.p is None:
            raise ValueError("a comparison has an estimate or a p-value")
        return self


class Found(Frozen):
    """What a record has beyond its fact: identity, print, and where it was read."""

    id: str
    result: str | None
    registry_id: str | None = None
    citations: tuple[Citation, ...] = ()
    arm_n: int | None = None
    arm_components: tuple[Component, ...] = ()
    endpoint_text: str | None = None
    direction: Direction | None = None
    section: SectionName
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    spans: dict[str, tuple[int, int]]
    pattern: str
    confidence: float | None = Field(default=None, ge=0, le=1)
    checks: tuple[Check, ...] = ()
    source: SourceFile
    schema_version: str = SCHEMA_VERSION


class Measurement(Found, MeasurementFact):
    """A measurement and its evidence."""

    value_text: str | None = None
    spread: Spread | None = None


class Comparison(Found, ComparisonFact):
    """A comparison and its evidence."""

    comparator_n: int | None = None
    comparator_components: tuple[Component, ...] = ()
    estimate_text: str | None = None


Record = Annotated[Measurement | Comparison, Field(discriminator="kind")]
GoldFact = Annotated[MeasurementFact | ComparisonFact, Field(discriminator="kind")]

RECORD: TypeAdapter[Measurement | Comparison] = TypeAdapter(Record)
GOLD_FACT: TypeAdapter[MeasurementFact | ComparisonFact] = TypeAdapter(GoldFact)

EntityLabel = Literal["DRUG", "TRIAL", "ENDPOINT", "DRUG_CLASS", "PROCEDURE", "ARM", "POPULATION", "ADVERSE_EVENT"]


class EntityMention(Frozen):
    """A name in the source text; DRUG, TRIAL and ENDPOINT are the labels that gold holds."""

    doc: str
    label: EntityLabel
    start: int = Field(ge=0)
    end: int
    text: str
    norm: str | None


class Unattached(Frozen):
    """A number in a result statement that became no record, and why."""

    doc: str
    start: int = Field(ge=0)
    end: int
    text: str
    sentence_start: int
    sentence_end: int
    section: SectionName
    reason: str


# What a fact is about and what it says. The place where it was found is not part of it.
KEY_SLOTS = (
    "kind", "study", "provenance", "population", "arm", "comparator", "factor", "endpoint", "statistic", "timepoint", "criterion",
    "event", "grade", "value", "op", "unit", "ci", "ci_level", "n", "N", "category", "measure", "estimate", "p", "model",
)  # fmt: skip


def fact_key(slots: dict[str, Any]) -> str:
    """One line of JSON that two facts share exactly when all their slots agree; what merges duplicates and feeds `id`."""
    return json.dumps([slots.get(name) for name in KEY_SLOTS], ensure_ascii=False, sort_keys=True, default=str)


def record_id(text_sha256: str, slots: dict[str, Any]) -> str:
    """A stable id: the same fact in the same text has the same id in every run, on every machine."""
    return hashlib.sha256(f"{text_sha256}\n{fact_key(slots)}".encode()).hexdigest()[:16]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of one line of a records file."""
    schema = RECORD.json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = f"onco-extractor outcome record {SCHEMA_VERSION}"
    return schema
