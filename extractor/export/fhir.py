"""Records as `Evidence` of FHIR R5, one resource a line, as FHIR's bulk data are written.

A record is one resource: its population, arms and endpoint are variables, its value or estimate the statistic, its interval, spread and p-value
attributes of that. `status` is draft and the note says so: nobody has checked what a program read.

Resource: https://hl7.org/fhir/R5/evidence.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from extractor.export.forms import AnyRecord, Told, outcome_name, study_name
from extractor.records import Comparison, Component, Measurement

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
_STATISTICS: Mapping[str | None, tuple[str, str]] = {
    "median": ("C28007", "Median"),
    "mean": ("C53319", "Mean"),
    "rate": ("C53236", "Proportion"),
    "count": ("C25463", "Count"),
    "HR": ("C93150", "Hazard Ratio"),
    "OR": ("C16932", "Odds Ratio"),
    "RR": ("C93152", "Relative Risk"),
}
_ATTRIBUTES: Mapping[str, tuple[str, str]] = {
    "ci": ("C53324", "Confidence interval"),
    "p": ("C44185", "P-value"),
    "sd": ("C53322", "Standard deviation"),
    "se": ("0000037", "Standard error of the mean"),
    "iqr": ("C53245", "Interquartile range"),
    "range": ("C38013", "Range"),
}
_UNITS: Mapping[str, str] = {"month": "mo", "year": "a", "week": "wk", "day": "d", "percent": "%", "cm": "cm", "mm": "mm", "ng/mL": "ng/mL"}
_ROLES = {"population": "population", "exposure": "exposure", "reference": "referenceExposure", "measured": "measuredVariable"}
_NOTE = "Read from the paper's text by a program, rule {}; nobody has checked it."


def write_fhir(records: Iterable[AnyRecord], stream: BinaryIO) -> Told:
    """One `Evidence` a line."""
    told = Told()
    for record in records:
        stream.write(json.dumps(evidence(record), ensure_ascii=False, allow_nan=False).encode("utf-8") + b"\n")
        told.carried += 1
        told.rows += 1
    return told


def evidence(record: AnyRecord) -> dict[str, Any]:
    """A record as an `Evidence` resource."""
    return {
        "resourceType": "Evidence",
        "id": record.id,
        "identifier": [{"system": f"urn:sha256:{record.source.text_sha256}", "value": record.id}],
        "status": "draft",
        "title": _title(record),
        "description": _text(record.evidence[0].text),
        "relatedArtifact": _artifacts(record),
        "note": [{"text": _NOTE.format(record.pattern)}],
        "variableDefinition": _variables(record),
        "statistic": [_statistic(record)],
        **({"certainty": [_certainty(record.confidence)]} if record.confidence is not None else {}),
    }


def _text(text: str) -> str:
    """A text as FHIR takes it: no control characters but blanks, and not empty."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split()) or "-"


def _title(record: AnyRecord) -> str:
    compared = f" versus {record.comparator or record.factor}" if isinstance(record, Comparison) and (record.comparator or record.factor) else ""
    return _text(f"{study_name(record)}: {outcome_name(record)}, {record.arm or 'all patients'}{compared}")


def _artifacts(record: AnyRecord) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"type": "derived-from", "label": _text(record.source.file), "display": _text(record.doc)}]
    for citation in record.citations:
        found.append({"type": "citation", "label": _text(citation.marker), **({"citation": _text(citation.text)} if citation.text else {})})
    if record.registry_id:
        found.append({"type": "documentation", "label": "registry", "display": _text(record.registry_id)})
    return found


def _concept(system: str, code: str, display: str) -> dict[str, Any]:
    return {"coding": [{"system": f"{_TERMINOLOGY}/{system}", "code": code, "display": display}]}


def _variables(record: AnyRecord) -> list[dict[str, Any]]:
    found = [_variable("population", record.population or "all patients", study_name(record))]
    if record.arm is not None:
        found.append(_variable("exposure", record.arm, _parts(record.arm_components)))
    if isinstance(record, Comparison):
        if record.factor is not None:
            found.append(_variable("exposure", record.factor, "prognostic factor"))
        if record.comparator is not None:
            found.append(_variable("reference", record.comparator, _parts(record.comparator_components)))
    judged = ", ".join(filter(None, (record.endpoint, record.criterion)))
    return [*found, _variable("measured", outcome_name(record), judged)]


def _variable(role: str, name: str, description: str) -> dict[str, Any]:
    code = _ROLES[role]
    found: dict[str, Any] = {"variableRole": _concept("variable-role", code, code), "observed": {"display": _text(name)}}
    return {"description": _text(description), **found} if description else found


def _parts(components: Iterable[Component]) -> str:
    return "; ".join(f"{part.name} ({part.kind.replace('_', ' ')})" for part in components)


def _statistic(record: AnyRecord) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(record, Measurement):
        found |= {"statisticType": _type(record.statistic)}
        if record.value is not None:
            found["quantity"] = _quantity(record.value, record.unit, record.op)
        if record.category is not None:
            found |= {"description": _text(record.category), "category": {"text": _text(record.category)}}
        if record.n is not None:
            found["numberAffected" if record.unit != "event" else "numberOfEvents"] = record.n
        sizes = (record.N, record.arm_n)
    else:
        found |= {"statisticType": _type(record.measure)}
        if record.estimate is not None:
            found["quantity"] = _quantity(record.estimate, "percent" if record.measure == "risk reduction" else None, None)
        both = (record.arm_n, record.comparator_n)
        sizes = (sum(size for size in both if size is not None) if None not in both else None, None)
        if record.model is not None:
            found["modelCharacteristic"] = [{"code": {"text": f"{record.model} analysis"}}]
    size = next((size for size in sizes if size is not None), None)
    if size is not None:
        found["sampleSize"] = {"numberOfParticipants": size}
    attributes = _attributes(record)
    return {**found, **({"attributeEstimate": attributes} if attributes else {})}


def _type(name: str | None) -> dict[str, Any]:
    known = _STATISTICS.get(name)
    return {**(_concept("statistic-type", *known) if known else {}), "text": name or "not stated"}


def _quantity(value: float, unit: str | None, op: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"value": value, **({"comparator": op} if op and op != "=" else {})}
    if unit is not None:
        found["unit"] = unit
        if unit in _UNITS:
            found |= {"system": "http://unitsofmeasure.org", "code": _UNITS[unit]}
    return found


def _attributes(record: AnyRecord) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if record.ci is not None:
        level = 95 if record.ci_level is None else record.ci_level
        found.append({"type": _attribute("ci"), "level": round(level / 100, 6), **_range(*record.ci)})
    if isinstance(record, Comparison) and record.p is not None:
        found.append({"type": _attribute("p"), "quantity": _quantity(record.p.value, None, record.p.op)})
    if isinstance(record, Measurement) and record.spread is not None:
        spread = record.spread
        inner = _range(spread.low, spread.high) if spread.value is None else {"quantity": {"value": spread.value}}
        found.append({"type": _attribute(spread.kind), **inner})
    return found


def _attribute(name: str) -> dict[str, Any]:
    return _concept("attribute-estimate-type", *_ATTRIBUTES[name])


def _range(low: float | None, high: float | None) -> dict[str, Any]:
    """An interval; a bound that was not reached is left out and said."""
    bounds = {name: {"value": bound} for name, bound in (("low", low), ("high", high)) if bound is not None}
    said = {} if len(bounds) == 2 else {"description": "a bound was not reached"}
    return {**said, **({"range": bounds} if bounds else {})}


def _certainty(confidence: float) -> dict[str, Any]:
    return {"description": f"Probability that it was read rightly: {confidence:g}"}
