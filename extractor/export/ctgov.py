"""Records in the results model of ClinicalTrials.gov (API version 2): outcome measures with their groups, measurements and analyses.

One study for each study that a document tells of. Values are strings there; each has its number beside it, under the same name with `numeric` before
it. Adverse events are outcome measures too: the registry's own module for them asks for serious and other events apart, and for patients at risk.

Model: https://clinicaltrials.gov/data-api/about-api/study-data-structure
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from extractor.export.forms import AnyRecord, Told, by_document, endpoint_name, outcome_name, printed, printed_at, study_name
from extractor.records import Comparison, Measurement

_NCT = re.compile(r"NCT\d{8}")
_PARAMETERS: Mapping[str | None, str] = {"median": "MEDIAN", "mean": "MEAN"}
_MEASURES: Mapping[str | None, str] = {
    "HR": "Hazard Ratio (HR)",
    "OR": "Odds Ratio (OR)",
    "RR": "Risk Ratio (RR)",
    "difference": "Difference",
    "risk reduction": "Risk Reduction (percent)",
}
_UNITS: Mapping[str | None, str] = {"percent": "percentage of participants", "patient": "Participants", None: "number"}
_SPREADS: Mapping[str, str] = {"sd": "Standard Deviation", "se": "Standard Error", "iqr": "Inter-Quartile Range", "range": "Full Range"}
_NO_ARM = "Arm not stated"
_LONGEST_TITLE = 255
"""Characters that the registry takes."""


def write_ctgov(records: Iterable[AnyRecord], stream: BinaryIO) -> Told:
    """`{"studies": [...]}`, one study a line."""
    told = Told()
    stream.write(b'{"studies": [')
    for group in by_document(records):
        for study in _studies(group, told):
            stream.write(b",\n" if told.rows else b"\n")
            stream.write(json.dumps(study, ensure_ascii=False, allow_nan=False).encode("utf-8"))
            told.rows += 1
    stream.write(b"\n]}\n")
    return told


def _studies(records: Sequence[AnyRecord], told: Told) -> Iterator[dict[str, Any]]:
    named: dict[tuple[str | None, str], list[AnyRecord]] = {}
    for record in sorted(records, key=printed_at):
        named.setdefault((record.study, record.provenance), []).append(record)
    for group in named.values():
        measures = _outcome_measures(group, told)
        if measures:
            yield {
                "protocolSection": {"identificationModule": _identification(group)},
                "resultsSection": {"outcomeMeasuresModule": {"outcomeMeasures": measures}},
                "hasResults": True,
            }


def _identification(records: Sequence[AnyRecord]) -> dict[str, Any]:
    first = records[0]
    ids = dict.fromkeys(record.registry_id for record in records if record.registry_id)
    nct = [one for one in ids if _NCT.fullmatch(one)]
    others = [{"id": one, "type": "REGISTRY"} for one in ids if one not in nct[:1]]
    return {
        **({"nctId": nct[0]} if nct else {}),
        "orgStudyIdInfo": {"id": f"{first.doc}/{first.study or 'study not named'}"},
        **({"secondaryIdInfos": others} if others else {}),
        "briefTitle": study_name(first) if first.provenance == "own" or first.study else f"study not named, cited in {first.doc}",
    }


class _Measure:
    """An outcome measure while its measurements and analyses are gathered."""

    def __init__(self, first: AnyRecord) -> None:
        self.first = first
        self.form: tuple[str | None, str | None, str | None] | None = None
        self.groups: dict[str, str] = {}
        self.measured: list[Measurement] = []
        self.arms: set[str | None] = set()
        self.compared: list[Comparison] = []

    def group(self, arm: str | None) -> str:
        """The id of an arm's group, which is made when it is not there."""
        return self.groups.setdefault(arm or _NO_ARM, f"OG{len(self.groups):03d}")

    def takes(self, record: Measurement) -> bool:
        """Whether a measurement is in this measure's unit and with its kind of dispersion, and of an arm that has none yet."""
        form = (record.statistic, record.unit, _dispersion(record))
        same = self.form is None or (self.form[:2] == form[:2] and (None in (self.form[2], form[2]) or self.form[2] == form[2]))
        return same and record.arm not in self.arms

    def add(self, record: Measurement) -> None:
        """Take a measurement in."""
        dispersion = _dispersion(record) or (self.form[2] if self.form else None)
        self.form = record.statistic, record.unit, dispersion
        self.group(record.arm)
        self.arms.add(record.arm)
        self.measured.append(record)


def _about(record: AnyRecord) -> tuple[object, ...]:
    return record.endpoint, record.event, record.grade, record.population, record.timepoint, record.criterion


def _outcome_measures(records: Iterable[AnyRecord], told: Told) -> list[dict[str, Any]]:
    measures: dict[tuple[object, ...], list[_Measure]] = {}
    comparisons: list[Comparison] = []
    for record in records:
        if isinstance(record, Comparison):
            comparisons.append(record)
        elif record.statistic == "category" or (record.value is None and record.category != "not reached"):
            told.left["a category: the model counts participants in categories"] += 1
        else:
            same = measures.setdefault(_about(record), [])
            open_ones = [one for one in same if one.takes(record)]
            of_result = [one for one in open_ones if any(other.result == record.result for other in one.measured)]
            measure = next(iter((*of_result, *open_ones)), None)
            if measure is None:
                same.append(measure := _Measure(record))
            measure.add(record)
            told.carried += 1
            if record.ci is not None and record.spread is not None:
                told.partly["a spread beside an interval: the model has one dispersion"] += 1
    for comparison in comparisons:
        if comparison.arm is None or comparison.comparator is None:
            told.left["a contrast that is not of two named arms: the model's groups are arms"] += 1
            continue
        _measure_of(comparison, measures.setdefault(_about(comparison), [])).compared.append(comparison)
        told.carried += 1
    return [_outcome(measure) for same in measures.values() for measure in same]


def _measure_of(comparison: Comparison, same: list[_Measure]) -> _Measure:
    """The measure that a comparison belongs to, of those of its outcome: one that has both arms, best of the same result; else one of its own."""
    fitting = [one for one in same if {comparison.arm, comparison.comparator} <= one.groups.keys()]
    if not fitting:
        same.append(own := _Measure(comparison))
        own.group(comparison.arm)
        own.group(comparison.comparator)
        return own
    return next((one for one in fitting if any(record.result == comparison.result for record in one.measured)), fitting[0])


def _outcome(measure: _Measure) -> dict[str, Any]:
    first = measure.first
    statistic, unit, dispersion = measure.form or (None, None, None)
    found: dict[str, Any] = {
        "title": _capital(outcome_name(first))[:_LONGEST_TITLE],
        "description": _description(first),
        "populationDescription": first.population or "All patients",
        "reportingStatus": "POSTED",
    }
    if measure.measured:
        found["paramType"] = _parameter(statistic, unit)
        if dispersion is not None:
            found["dispersionType"] = dispersion
        found["unitOfMeasure"] = (
            "percent"
            if unit == "percent" and statistic not in ("rate", None)
            else _UNITS.get(unit, f"{unit}s" if unit in ("month", "year", "week", "day", "cycle", "event") else unit)
        )
    found["timeFrame"] = first.timepoint or "Not stated"
    found["groups"] = [{"id": name, "title": arm} for arm, name in measure.groups.items()]
    if measure.measured:
        denominators = [
            {"groupId": measure.group(one.arm), "value": str(one.N), "numericValue": one.N} for one in measure.measured if one.N is not None
        ]
        if denominators:
            found["denoms"] = [{"units": "Participants", "counts": denominators}]
        found["classes"] = [{"categories": [{"measurements": [_measurement(one, measure.group(one.arm)) for one in measure.measured]}]}]
    if measure.compared:
        found["analyses"] = [_analysis(one, [measure.group(one.arm), measure.group(one.comparator)]) for one in measure.compared]
    return found


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _description(record: AnyRecord) -> str:
    judged = f" by {record.criterion}" if record.criterion else ""
    return f"{_capital(endpoint_name(record.endpoint))} ({record.endpoint}){judged}, as read from {record.source.file}: {record.evidence[0].text}"


def _parameter(statistic: str | None, unit: str | None) -> str:
    if statistic == "count" and unit == "patient":
        return "COUNT_OF_PARTICIPANTS"
    return _PARAMETERS.get(statistic, "NUMBER")


def _dispersion(record: Measurement) -> str | None:
    if record.ci is not None:
        return f"{_level(record)}% Confidence Interval"
    return _SPREADS[record.spread.kind] if record.spread is not None else None


def _level(record: AnyRecord) -> float:
    return 95 if record.ci_level is None else record.ci_level


def _measurement(record: Measurement, group: str) -> dict[str, Any]:
    found: dict[str, Any] = {"groupId": group, **_number("value", record.value, record.value_text)}
    if record.ci is not None:
        found |= _number("lowerLimit", record.ci[0]) | _number("upperLimit", record.ci[1])
    elif record.spread is not None and record.spread.value is not None:
        found |= _number("spread", record.spread.value)
    elif record.spread is not None:
        found |= _number("lowerLimit", record.spread.low) | _number("upperLimit", record.spread.high)
    said = [
        record.category,
        f"printed as {record.op} {printed(record.value, record.value_text)}" if record.op and record.value is not None else None,
        f"{record.n} of {record.N} participants" if record.n is not None and record.N is not None else None,
        f"{record.n} participants" if record.n is not None and record.N is None else None,
    ]
    if any(said):
        found["comment"] = "; ".join(filter(None, said))
    return found


def _number(name: str, value: float | None, text: str | None = None) -> dict[str, Any]:
    """A number as the registry's string and as itself; `NA`, as the registry writes it, for one that was not reached."""
    if value is None:
        return {name: "NA"}
    return {name: printed(value, text), f"numeric{name[0].upper()}{name[1:]}": value}


def _analysis(record: Comparison, groups: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"groupIds": groups}
    if record.estimate is not None:
        found |= {"paramType": _MEASURES.get(record.measure, "Estimate"), **_number("paramValue", record.estimate, record.estimate_text)}
    if record.ci is not None:
        level = _level(record)
        found |= {"ciPctValue": f"{level:g}", "numericCiPctValue": level, "ciNumSides": "TWO_SIDED"}
        for name, bound in zip(("ciLowerLimit", "ciUpperLimit"), record.ci, strict=True):
            found |= _number(name, bound) | ({f"{name}Comment": "not reached"} if bound is None else {})
    if record.p is not None:
        found |= {"pValue": f"{'' if record.p.op == '=' else record.p.op}{record.p.value}", "numericPValue": record.p.value}
    if record.model is not None:
        found["statisticalComment"] = f"{record.model} analysis"
    return found
