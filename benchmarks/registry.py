"""The part of ClinicalTrials.gov's model of results (API version 2) that exports use, as a reader of them would write it down.

Independent of the writer: field names, which of them are strings, and the registry's closed lists. Tests and `benchmarks.export` check with it.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """A part of the registry's model; the numbers beside its strings are taken off before."""

    model_config = ConfigDict(extra="forbid")


class Group(Strict):
    """An arm."""

    id: str = Field(pattern=r"^OG\d{3}$")
    title: str


class Count(Strict):
    """A number of participants in a group."""

    groupId: str
    value: str


class Denominator(Strict):
    """How many were analysed, by group."""

    units: str
    counts: list[Count]


class Measured(Strict):
    """A value of a group."""

    groupId: str
    value: str
    spread: str | None = None
    lowerLimit: str | None = None
    upperLimit: str | None = None
    comment: str | None = None


class Category(Strict):
    """The values of one category."""

    measurements: list[Measured]


class Class(Strict):
    """The categories of one class."""

    categories: list[Category]


class Analysis(Strict):
    """A comparison of two groups."""

    groupIds: list[str] = Field(min_length=2, max_length=2)
    paramType: str | None = None
    paramValue: str | None = None
    ciPctValue: str | None = None
    ciNumSides: Literal["ONE_SIDED", "TWO_SIDED"] | None = None
    ciLowerLimit: str | None = None
    ciUpperLimit: str | None = None
    ciLowerLimitComment: str | None = None
    ciUpperLimitComment: str | None = None
    pValue: str | None = None
    statisticalComment: str | None = None


class Outcome(Strict):
    """An outcome measure."""

    title: str = Field(min_length=1, max_length=255)
    description: str
    populationDescription: str
    reportingStatus: Literal["POSTED", "NOT_POSTED"]
    paramType: Literal["MEDIAN", "MEAN", "NUMBER", "COUNT_OF_PARTICIPANTS"] | None = None
    dispersionType: str | None = None
    unitOfMeasure: str | None = None
    timeFrame: str
    groups: list[Group]
    denoms: list[Denominator] = []
    classes: list[Class] = []
    analyses: list[Analysis] = []


def without_numbers(value: Any) -> Any:
    """The registry's own part: each number has its string beside it."""
    if isinstance(value, dict):
        for name, number in value.items():
            if name.startswith("numeric"):
                string = value[name[7].lower() + name[8:]]
                assert float(string.lstrip("<>=")) == number
        return {name: without_numbers(item) for name, item in value.items() if not name.startswith("numeric")}
    return [without_numbers(item) for item in value] if isinstance(value, list) else value


def check_ctgov(data: bytes) -> list[Outcome]:
    """The outcome measures of all studies, each of the registry's form and with groups that are there."""
    found = []
    for study in json.loads(data)["studies"]:
        assert study["protocolSection"]["identificationModule"]["orgStudyIdInfo"]["id"]
        for one in study["resultsSection"]["outcomeMeasuresModule"]["outcomeMeasures"]:
            outcome = Outcome.model_validate(without_numbers(one))
            ids = {group.id for group in outcome.groups}
            measured = [part.groupId for kind in outcome.classes for category in kind.categories for part in category.measurements]
            assert len(measured) == len(set(measured))
            assert {*measured, *(name for one in outcome.analyses for name in one.groupIds)} == ids
            assert {count.groupId for one in outcome.denoms for count in one.counts} <= ids
            found.append(outcome)
    return found
