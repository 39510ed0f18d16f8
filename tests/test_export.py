"""Exports as their readers meet them: metafor, RevMan, the registry's model, FHIR, brat. All papers are invented but `corpus/`'s."""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from benchmarks import export as export_benchmark
from benchmarks.registry import check_ctgov
from extractor.cli import app
from extractor.dataset import read_records, write
from extractor.evaluate.reading import entries_of
from extractor.export import FORMS, AnyRecord, Told
from extractor.export.contrasts import Effect, effect_of
from extractor.export.forms import endpoint_name, printed_at, study_name
from extractor.export.sheets import COLUMNS, METAFOR, NETMETA, REVMAN
from extractor.gold import from_brat
from extractor.lexicons import endpoints
from extractor.pipeline import Pipeline
from extractor.records import Citation, Comparison, Component, ComponentKind, EntityMention, Measurement, Spread

ROOT = Path(__file__).resolve().parents[1]
REVIEW = ROOT / "corpus" / "retold-second-line-review.txt"
PIPELINE = Pipeline(model="none")

TRIAL = (
    "Median OS was 12.0 months (95% CI 10.1-NR) with sorafenib and 10.1 months with placebo (HR 0.80, 95% CI 0.60-1.07; p = 0.12). "
    "The ORR was 24% (36/150) with sorafenib and 8% (12/148) with placebo. "
    "Hypertension of grade 3 occurred in 11% of the sorafenib group."
)

runner = CliRunner()


@pytest.fixture(scope="module")
def review() -> tuple[AnyRecord, ...]:
    """The records of the corpus's review of trials."""
    return Pipeline().extract(REVIEW).records


def read_in(text: str, doc: str = "paper") -> list[AnyRecord]:
    """The records of a text, as of a document."""
    return [record.model_copy(update={"doc": doc}) for record in PIPELINE.extract_text(text).records]


def export(form: str, records: Any) -> tuple[bytes, Told]:
    """What a form makes of records; each record is carried or left with a reason."""
    records = list(records)
    stream = io.BytesIO()
    told = FORMS[form](records, stream)
    assert told.carried + sum(told.left.values()) == len(records)
    return stream.getvalue(), told


def rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def ratio(**slots: Any) -> Comparison:
    """A hazard ratio with its interval."""
    found = next(record for record in read_in(TRIAL) if isinstance(record, Comparison) and record.estimate is not None)
    return found.model_copy(update=slots)


def arms(first: dict[str, Any], second: dict[str, Any]) -> list[Measurement]:
    """The response rates of two arms."""
    found = [record for record in read_in(TRIAL) if isinstance(record, Measurement) and record.endpoint == "ORR"]
    return [record.model_copy(update=slots) for record, slots in zip(sorted(found, key=printed_at), (first, second), strict=True)]


# --- effects: worked by hand

WORKED = [
    ({"estimate": 0.61, "ci": (0.50, 0.75)}, math.log(0.61), math.log(0.75 / 0.50) / (2 * 1.959964)),
    ({"estimate": 0.61, "ci": (0.50, 0.75), "ci_level": 90}, math.log(0.61), math.log(0.75 / 0.50) / (2 * 1.644854)),
    ({"estimate": 0.63, "ci": (0.44, 0.91), "ci_level": 99}, math.log(0.63), math.log(0.91 / 0.44) / (2 * 2.575829)),
    ({"estimate": 2, "ci": (1, 4), "measure": "OR", "ci_level": None}, math.log(2), math.log(4) / (2 * 1.959964)),
    ({"estimate": -3.0, "ci": (-5.0, -1.0), "measure": "difference"}, -3.0, 4 / (2 * 1.959964)),
]


@pytest.mark.parametrize(("slots", "estimate", "error"), WORKED)
def test_effect_as_worked_by_hand(slots: dict[str, Any], estimate: float, error: float) -> None:
    found = effect_of(ratio(**slots))
    assert isinstance(found, Effect)
    assert [found.estimate, found.error] == pytest.approx([estimate, error], rel=1e-6)


NO_EFFECT = [
    ({"estimate": None}, "a p-value without an estimate"),
    ({"ci": None}, "no interval, so no standard error"),
    ({"ci": (0.6, None)}, "an interval with an open end"),
    ({"ci": (0, 0.95)}, "a ratio whose logarithm is not a number"),
    ({"ci": (0.95, 0.6)}, "an estimate that is not inside its interval"),
    ({"ci": (0.85, 0.95)}, "an estimate that is not inside its interval"),
    ({"ci": (0.8, 0.8)}, "an estimate that is not inside its interval"),
    ({"ci_level": 5}, "a level that no interval has"),
    ({"measure": "risk reduction"}, "an estimate that is no ratio and no difference"),
    ({"measure": None}, "an estimate whose measure is not told"),
]


@pytest.mark.parametrize(("slots", "reason"), NO_EFFECT)
def test_what_has_no_effect_is_left_out_with_its_reason(slots: dict[str, Any], reason: str) -> None:
    record = ratio(**slots)
    assert effect_of(record) == reason
    for form in ("metafor", "netmeta", "revman"):
        data, told = export(form, [record])
        assert (rows(data), told.left) == ([], Counter({reason: 1}))


# --- metafor, netmeta, RevMan


def test_row_of_an_estimate_and_row_of_counts() -> None:
    data, told = export("metafor", read_in(TRIAL))
    estimate, counts = rows(data)
    assert list(estimate) == list(METAFOR)
    assert (estimate["slab"], estimate["arm"], estimate["comparator"], estimate["measure"]) == ("paper", "sorafenib", "placebo", "HR")
    assert float(estimate["yi"]) == pytest.approx(math.log(0.8))
    assert [estimate[name] for name in ("ai", "n1i", "ci", "n2i", "estimate", "ci.lb", "ci.ub", "level")] == [
        "",
        "",
        "",
        "",
        "0.8",
        "0.6",
        "1.07",
        "95",
    ]
    assert [counts[name] for name in ("arm", "comparator", "endpoint", "ai", "n1i", "ci", "n2i", "yi", "oriented")] == [
        "sorafenib", "placebo", "ORR", "36", "150", "12", "148", "", "control",
    ]  # fmt: skip
    assert told.left == {"a median in one arm, no count": 2, "a share without the count behind it": 1}


def test_placebo_is_the_control_though_it_is_printed_first() -> None:
    data, _ = export("metafor", read_in("The ORR was 8% (12/148) with placebo and 24% (36/150) with sorafenib."))
    (row,) = rows(data)
    assert [row[name] for name in ("arm", "ai", "n1i", "ci", "n2i", "oriented")] == ["sorafenib", "36", "150", "12", "148", "control"]


@pytest.mark.parametrize(
    ("kinds", "under_test"),
    [(("placebo", "supportive_care"), "second"), (("drug", "placebo"), "first"), ((), "first")],
)
def test_arm_of_nothing_but_controls_is_the_control(kinds: tuple[ComponentKind, ...], under_test: str) -> None:
    parts = tuple(Component(name=kind, kind=kind) for kind in kinds)
    drug = (Component(name="sorafenib", kind="drug"),)
    (row,) = rows(export("metafor", arms({"arm": "first", "arm_components": parts}, {"arm": "second", "arm_components": drug}))[0])
    assert row["arm"] == under_test


def test_of_two_treatments_the_one_printed_first_is_under_test() -> None:
    text = "The ORR was 24% (36/150) with {} and 8% (12/148) with {}."
    for one, other in (("sorafenib", "lenvatinib"), ("lenvatinib", "sorafenib")):
        (row,) = rows(export("metafor", read_in(text.format(one, other)))[0])
        assert [row[name] for name in ("arm", "comparator", "ai", "ci", "oriented")] == [one, other, "36", "12", "order"]


def test_comparison_says_which_arm_is_under_test() -> None:
    first, second = arms({"arm": "a", "arm_components": ()}, {"arm": "b", "arm_components": ()})
    data, _ = export("metafor", [first, second])
    assert [(row["arm"], row["ai"], row["oriented"]) for row in rows(data)] == [("a", "36", "order")]
    p = ratio(estimate=None, ci=None, measure=None, arm="b", comparator="a", endpoint="ORR", result=first.result)
    same = {name: getattr(first, name) for name in ("study", "population", "timepoint", "event", "grade", "criterion", "provenance")}
    data, told = export("metafor", [first, second, p.model_copy(update=same)])
    assert [(row["arm"], row["ai"], row["ci"], row["oriented"]) for row in rows(data)] == [("b", "12", "36", "comparison")]
    assert told.carried == 3


NO_PAIR = [
    ({"N": None}, {}, {"a count without its number of patients": 1, "no second arm in its result": 1}),
    ({"n": None}, {}, {"a share without the count behind it": 1, "no second arm in its result": 1}),
    ({"n": 151}, {}, {"more events than patients": 1, "no second arm in its result": 1}),
    ({"N": 0, "n": 0}, {}, {"more events than patients": 1, "no second arm in its result": 1}),
    ({"arm": "all"}, {}, {"an arm that is not told apart from others": 1, "no second arm in its result": 1}),
    ({"result": None}, {"result": None}, {"an arm that is not told apart from others": 2}),
    ({"population": "women"}, {}, {"no second arm in its result": 2}),
    ({"arm": "placebo"}, {}, {"no second arm in its result": 2}),
]


@pytest.mark.parametrize(("first", "second", "left"), NO_PAIR)
def test_counts_are_never_paired_by_guess(first: dict[str, Any], second: dict[str, Any], left: dict[str, int]) -> None:
    for form in ("metafor", "revman"):
        data, told = export(form, arms(first, second))
        assert (rows(data), told.left) == ([], left)


def test_three_arms_are_no_pair() -> None:
    one, other = arms({}, {})
    _, told = export("metafor", [one, other, one.model_copy(update={"arm": "regorafenib"})])
    assert told.left == {"more than two arms or counts in its result: no pair is told": 3}


def test_count_of_none_is_a_count() -> None:
    none = {"statistic": "count", "unit": "patient", "value": 0, "n": None}
    (row,) = rows(export("metafor", arms({}, none))[0])
    assert [row[name] for name in ("ai", "n1i", "ci", "n2i")] == ["36", "150", "0", "148"]
    _, told = export("metafor", arms({}, {**none, "unit": "event"}))
    assert told.left["a share without the count behind it"] == 1


def test_contrast_must_say_what_it_is_of() -> None:
    for slots in ({"comparator": None}, {"arm": None, "comparator": None}):
        _, told = export("metafor", [ratio(**slots)])
        assert told.left == {"a contrast that names neither two arms nor a factor": 1}
    data, told = export("metafor", [ratio(arm=None, comparator=None, factor="ECOG PS 2")])
    assert [row["factor"] for row in rows(data)] == ["ECOG PS 2"]
    for form, reason in (("netmeta", "a contrast that is not of two named treatments"), ("revman", "a contrast that is not of two named arms")):
        _, told = export(form, [ratio(arm=None, comparator=None, factor="ECOG PS 2")])
        assert told.left == {reason: 1}


def test_netmeta_has_contrasts_of_treatments(review: tuple[AnyRecord, ...]) -> None:
    data, told = export("netmeta", review)
    table = rows(data)
    assert list(table[0]) == list(NETMETA)
    (row,) = (row for row in table if (row["studlab"], row["endpoint"], row["population"]) == ("RESORCE", "OS", ""))
    assert (row["treat1"], row["treat2"], row["sm"]) == ("regorafenib", "placebo", "HR")
    assert [float(row["TE"]), float(row["seTE"])] == pytest.approx([math.log(0.61), 0.1034369], abs=1e-6)
    assert all(row["treat1"] and row["treat2"] and row["treat1"] != row["treat2"] for row in table)
    assert told.left["a value in one arm, no contrast"] == sum(isinstance(record, Measurement) for record in review)
    assert export("netmeta", [ratio(comparator="sorafenib")])[1].left == {"one treatment on both sides": 1}


def test_revman_has_a_row_for_each_type_of_data() -> None:
    mean = {"statistic": "mean", "spread": Spread(kind="sd", value=2.5), "endpoint": "QOL", "unit": None}
    records = [*read_in(TRIAL), *(one.model_copy(update=mean) for one in arms({"value": 61, "result": "r"}, {"value": 58.5, "result": "r"}))]
    data, _ = export("revman", records)
    table = rows(data)
    assert list(table[0]) == list(REVMAN)
    by_type = {row["Data type"]: {name: value for name, value in row.items() if value} for row in table}
    assert by_type.keys() == {"Generic inverse variance", "Dichotomous", "Continuous"}
    assert by_type["Dichotomous"].items() >= {"Experimental cases": "36", "Experimental N": "150", "Control cases": "12", "Control N": "148"}.items()
    assert by_type["Continuous"].items() >= {"Experimental mean": "61", "Experimental SD": "2.5", "Control mean": "58.5", "Control N": "148"}.items()
    assert float(by_type["Generic inverse variance"]["GIV Mean"]) == pytest.approx(math.log(0.8))
    assert by_type["Dichotomous"]["Comparison"] == "sorafenib versus placebo"
    assert "GIV Mean" not in by_type["Dichotomous"]


# --- pooled

POOL = """
import numpy, pandas
from statsmodels.stats.meta_analysis import combine_effects
trials = pandas.read_csv("metafor.csv").query("endpoint == 'OS' and measure == 'HR' and comparator == 'placebo' and population.isna()")
best = trials.loc[trials.groupby("slab").confidence.idxmax()]
print(numpy.exp(combine_effects(best.yi, best.sei**2, row_names=list(best.slab)).summary_frame()[["eff", "ci_low", "ci_upp"]]).round(2))
"""
"""Five lines from the export of the corpus's review to a pooled forest. The README shows them."""


def pooled_by_hand(table: list[dict[str, str]]) -> tuple[float, float]:
    """Inverse-variance weights: what any tool does for a fixed effect."""
    weights = [1 / float(row["sei"]) ** 2 for row in table]
    return sum(w * float(row["yi"]) for w, row in zip(weights, table, strict=True)) / sum(weights), 1 / math.sqrt(sum(weights))


def test_five_lines_pool_the_trials(review: tuple[AnyRecord, ...], tmp_path: Path) -> None:
    data, _ = export("metafor", review)
    (tmp_path / "metafor.csv").write_bytes(data)
    lines = textwrap.dedent(POOL).strip()
    assert len(lines.splitlines()) == 5
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", lines], cwd=tmp_path, capture_output=True, text=True, check=True)
    found = {line.rsplit(maxsplit=3)[0]: [float(cell) for cell in line.split()[-3:]] for line in done.stdout.splitlines()[1:]}
    chosen = [
        row for row in rows(data) if row["slab"] in found and row["endpoint"] == "OS" and row["comparator"] == "placebo" and not row["population"]
    ]
    best = {row["slab"]: row for row in sorted(chosen, key=lambda row: float(row["confidence"]))}
    assert best.keys() == {"RESORCE", "CELESTIAL", "REACH-2"}
    mean, error = pooled_by_hand(list(best.values()))
    assert found["fixed effect"] == [round(math.exp(mean + z * error), 2) for z in (0, -1.959964, 1.959964)]
    assert found["RESORCE"] == [0.61, 0.50, 0.75]


R_SCRIPT = """
suppressPackageStartupMessages(library(metafor))
options(digits = 15)
d <- subset(read.csv("metafor.csv"), measure == "HR" & endpoint == "OS" & comparator == "placebo" & population == "")
for (method in c("FE", "DL")) { r <- rma(yi, sei = sei, slab = slab, data = d, method = method); cat(r$b, r$se, "\\n") }
e <- escalc(measure = "OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = subset(read.csv("counts.csv"), !is.na(ai)))
cat(e$yi, e$vi, "\\n")
"""


def _has_metafor() -> bool:
    if shutil.which("Rscript") is None:
        return False
    return subprocess.run(["Rscript", "-e", "library(metafor)"], capture_output=True, check=False).returncode == 0


def test_metafor_itself_pools_as_statsmodels_does(review: tuple[AnyRecord, ...], tmp_path: Path) -> None:
    if not _has_metafor():
        pytest.skip("Rscript with the package metafor is not on this machine (Debian: r-cran-metafor)")
    from statsmodels.stats.meta_analysis import combine_effects  # noqa: PLC0415

    data, _ = export("metafor", review)
    (tmp_path / "metafor.csv").write_bytes(data)
    (tmp_path / "counts.csv").write_bytes(export("metafor", read_in(TRIAL))[0])
    done = subprocess.run(["Rscript", "-e", R_SCRIPT], cwd=tmp_path, capture_output=True, text=True, check=True)
    fixed, random, counts = ([float(cell) for cell in line.split()] for line in done.stdout.splitlines())
    table = [row for row in rows(data) if (row["measure"], row["endpoint"], row["comparator"], row["population"]) == ("HR", "OS", "placebo", "")]
    estimates, errors = (np.array([float(row[name]) for row in table]) for name in ("yi", "sei"))
    pooled = combine_effects(estimates, errors**2, method_re="dl")
    assert fixed == pytest.approx([pooled.mean_effect_fe, pooled.sd_eff_w_fe], rel=1e-9)
    assert random == pytest.approx([pooled.mean_effect_re, pooled.sd_eff_w_re], rel=1e-9)
    odds = math.log(36 * 136 / (114 * 12))
    assert counts == pytest.approx([odds, 1 / 36 + 1 / 114 + 1 / 12 + 1 / 136], rel=1e-4)


# --- CSV


def test_columns_are_stable() -> None:
    """They are public: a change here is a change of the contract. Columns may be added at the end."""
    assert ",".join(COLUMNS) == (
        "id,kind,doc,study,registry_id,provenance,population,arm,comparator,factor,endpoint,statistic,timepoint,criterion,event,grade,value,op,unit,"
        "category,n,N,measure,estimate,ci_low,ci_high,ci_level,p_op,p_value,spread_kind,spread_low,spread_high,spread_value,model,arm_n,comparator_n,"
        "direction,endpoint_text,value_text,estimate_text,section,start,end,pattern,confidence,result,source_file,source_format,source_sha256,"
        "source_text_sha256,schema_version,arm_components,comparator_components,citations,evidence,spans,checks"
    )
    assert {name.split("_")[0] for name in COLUMNS} >= {"ci", "p", "spread", "source"}
    assert (Measurement.model_fields.keys() | Comparison.model_fields.keys()) - set(COLUMNS) == {"ci", "p", "spread", "source"}


@pytest.mark.parametrize("text", ["=HYPERLINK(A1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    data, _ = export("csv", [ratio(population=text, arm_n=-5)])
    (row,) = rows(data)
    assert row["population"] == f"'{text}"
    assert row["estimate"] == "0.8"  # numbers stay numbers
    for form in ("metafor", "netmeta", "revman"):
        for row in rows(export(form, [ratio(population=text)])[0]):
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r", "＝")) for cell in row.values())


# --- ClinicalTrials.gov


def test_registry_has_outcomes_with_groups_measurements_and_analyses() -> None:
    data, told = export("ctgov", read_in(TRIAL))
    survival, response, toxicity = check_ctgov(data)
    assert (survival.title, survival.paramType, survival.unitOfMeasure, survival.dispersionType) == (
        "Overall survival", "MEDIAN", "months", "95% Confidence Interval",
    )  # fmt: skip
    assert [group.title for group in survival.groups] == ["sorafenib", "placebo"]
    first, second = survival.classes[0].categories[0].measurements
    assert (first.value, first.lowerLimit, first.upperLimit, second.value, second.lowerLimit) == ("12.0", "10.1", "NA", "10.1", None)
    (analysis,) = survival.analyses
    assert (analysis.groupIds, analysis.paramType, analysis.paramValue) == (["OG000", "OG001"], "Hazard Ratio (HR)", "0.80")
    assert (analysis.ciPctValue, analysis.ciLowerLimit, analysis.ciUpperLimit, analysis.pValue) == ("95", "0.6", "1.07", "0.12")
    assert [count.value for count in response.denoms[0].counts] == ["150", "148"]
    assert toxicity.title == "Adverse event, hypertension, grade 3"
    assert told.left == {}


def test_registry_tells_what_it_has_no_place_for() -> None:
    _, told = export("ctgov", [ratio(arm=None, comparator=None, factor="ECOG PS 2")])
    assert told.left == {"a contrast that is not of two named arms: the model's groups are arms": 1}
    assert told.rows == 0
    category = arms({"statistic": "category", "value": None, "category": "partial response"}, {"spread": Spread(kind="sd", value=1), "ci": (1, 20)})
    data, told = export("ctgov", category)
    assert told.left == {"a category: the model counts participants in categories": 1}
    assert told.partly == {"a spread beside an interval: the model has one dispersion": 1}
    not_reached = arms({"statistic": "median", "unit": None, "value": None, "category": "not reached"}, {})
    outcome, _ = check_ctgov(export("ctgov", not_reached)[0])
    (measured,) = outcome.classes[0].categories[0].measurements
    assert (measured.value, measured.comment) == ("NA", "not reached; 36 of 150 participants")
    assert data.startswith(b'{"studies": [')


def test_values_of_one_result_stand_in_one_measure() -> None:
    one, other = arms({}, {})
    early = one.model_copy(update={"result": "early", "value": 10})
    late = [each.model_copy(update={"result": "late", "value": value}) for each, value in ((one, 20), (other, 22))]
    data, _ = export("ctgov", [early, *late])
    assert [len(outcome.groups) for outcome in check_ctgov(data)] == [1, 2]


def test_second_value_of_an_arm_is_a_measure_of_its_own() -> None:
    one, other = arms({}, {})
    data, told = export("ctgov", [one, other, one.model_copy(update={"value": 25})])
    assert [len(outcome.groups) for outcome in check_ctgov(data)] == [2, 1]
    assert told.carried == 3


def test_studies_of_a_review_are_apart(review: tuple[AnyRecord, ...]) -> None:
    data, told = export("ctgov", review)
    check_ctgov(data)
    studies = [study["protocolSection"]["identificationModule"]["orgStudyIdInfo"]["id"] for study in json.loads(data)["studies"]]
    assert len(studies) == len(set(studies)) == told.rows > 10
    assert f"{REVIEW.stem}/RESORCE" in studies


def test_no_study_is_an_empty_list() -> None:
    assert json.loads(export("ctgov", [])[0]) == {"studies": []}


# --- FHIR


@pytest.mark.filterwarnings("ignore")
def test_every_record_is_evidence_by_the_library(review: tuple[AnyRecord, ...]) -> None:
    from fhir.resources.evidence import Evidence  # noqa: PLC0415

    odd = ratio(population=" \t", study="\x0b", comparator="", ci=(None, None), registry_id="NCT01234567", p=None, confidence=None)
    data, told = export(
        "fhir", [*review, *read_in(TRIAL), odd, *arms({"spread": Spread(kind="iqr", low=1, high=None)}, {"value": None, "category": "x"})]
    )
    lines = data.decode("utf-8").splitlines()
    assert told.carried == len(lines)
    for line in lines:
        assert json.loads(Evidence.model_validate_json(line).model_dump_json()) == json.loads(line)


def test_evidence_holds_estimate_interval_and_arms() -> None:
    one = json.loads(export("fhir", [ratio(ci_level=97.5, p=None)])[0])
    (statistic,) = one["statistic"]
    assert (statistic["statisticType"]["coding"][0]["code"], statistic["quantity"]) == ("C93150", {"value": 0.8})
    (interval,) = statistic["attributeEstimate"]
    assert (interval["level"], interval["range"]) == (0.975, {"low": {"value": 0.6}, "high": {"value": 1.07}})
    roles = {variable["variableRole"]["coding"][0]["code"]: variable["observed"]["display"] for variable in one["variableDefinition"]}
    assert roles == {"population": "all patients", "exposure": "sorafenib", "referenceExposure": "placebo", "measuredVariable": "overall survival"}
    assert one["status"] == "draft"
    two = json.loads(export("fhir", arms({"op": "<"}, {})[:1])[0])["statistic"][0]
    assert two["quantity"] == {"value": 24, "comparator": "<", "unit": "percent", "system": "http://unitsofmeasure.org", "code": "%"}
    assert (two["numberAffected"], two["sampleSize"]) == (36, {"numberOfParticipants": 150})


# --- brat


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, Path]:
    """A corpus of one paper with a word outside ASCII, and its records."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "paper.txt").write_text(f"A trial – “small”.\n\n{TRIAL}\n", encoding="utf-8")
    result = runner.invoke(app, ["extract", str(corpus), "-o", str(tmp_path / "records.jsonl"), "--mentions", str(tmp_path / "mentions.jsonl")])
    assert result.exit_code == 0
    return corpus, tmp_path / "records.jsonl"


def test_brat_gives_the_facts_and_mentions_back(written: tuple[Path, Path], tmp_path: Path) -> None:
    corpus, records = written
    options = ["--corpus", str(corpus), "--mentions", str(tmp_path / "mentions.jsonl")]
    result = runner.invoke(app, ["export", str(records), "--to", "brat", "-o", str(tmp_path / "brat"), *options])
    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / "brat").iterdir()} == {"paper.txt", "paper.ann", "annotation.conf"}
    text = (tmp_path / "brat/paper.txt").read_bytes().decode("utf-8")
    assert text == (corpus / "paper.txt").read_bytes().decode("utf-8")
    facts, mentions = from_brat((tmp_path / "brat/paper.ann").read_text(encoding="utf-8"), text, doc="paper")
    assert [one.fact for one in facts] == [one.fact for one in entries_of(read_records(records))]
    assert mentions == tuple(EntityMention.model_validate_json(line) for line in (tmp_path / "mentions.jsonl").read_text().splitlines())


def test_brat_does_not_write_over_annotations_that_are_there(written: tuple[Path, Path], tmp_path: Path) -> None:
    corpus, records = written
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat/paper.ann").write_text("T1\tmine")
    result = runner.invoke(app, ["export", str(records), "--to", "brat", "-o", str(tmp_path / "brat"), "--corpus", str(corpus)])
    assert "not written over" in result.output
    assert (tmp_path / "brat/paper.ann").read_text() == "T1\tmine"


def test_brat_tells_which_texts_are_missing(written: tuple[Path, Path], tmp_path: Path) -> None:
    corpus, records = written
    (corpus / "paper.txt").write_text("another text")
    result = runner.invoke(app, ["export", str(records), "--to", "brat", "-o", str(tmp_path / "brat"), "--corpus", str(corpus)])
    assert (result.exit_code, "a document whose text is not found" in result.output) == (0, True)
    assert [path.name for path in (tmp_path / "brat").iterdir()] == ["annotation.conf"]


def test_brat_writes_nowhere_else(written: tuple[Path, Path], tmp_path: Path) -> None:
    corpus, records = written
    write(records, [record.model_copy(update={"doc": "../../out"}) for record in read_records(records)])
    result = runner.invoke(app, ["export", str(records), "--to", "brat", "-o", str(tmp_path / "a/b"), "--corpus", str(corpus)])
    assert "a document whose name no file can have" in result.output
    assert [path.name for path in (tmp_path / "a").rglob("*")] == ["b", "annotation.conf"]


# --- the command


@pytest.mark.parametrize("form", sorted(FORMS))
def test_command_writes_what_the_form_gives(written: tuple[Path, Path], tmp_path: Path, form: str) -> None:
    _, records = written
    data, told = export(form, read_records(records))
    result = runner.invoke(app, ["export", str(records), "--to", form, "-o", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert (tmp_path / "out").read_bytes() == data
    for reason, times in told.left.items():
        assert f"left out, {times} of " in result.output
        assert reason in result.output
    assert f"{told.carried} of {told.carried + sum(told.left.values())} records" in result.output
    assert runner.invoke(app, ["export", str(records), "--to", form]).stdout_bytes == data


def test_lines_to_parquet_to_lines_are_the_same_bytes(written: tuple[Path, Path], tmp_path: Path) -> None:
    _, records = written
    assert runner.invoke(app, ["export", str(records), "--to", "parquet", "-o", str(tmp_path / "r.parquet")]).exit_code == 0
    assert runner.invoke(app, ["export", str(tmp_path / "r.parquet"), "--to", "jsonl", "-o", str(tmp_path / "back.jsonl")]).exit_code == 0
    assert (tmp_path / "back.jsonl").read_bytes() == records.read_bytes()


def test_line_that_is_no_record_leaves_the_output_as_it_was(written: tuple[Path, Path], tmp_path: Path) -> None:
    _, records = written
    (tmp_path / "out.csv").write_text("mine")
    with records.open("a") as stream:
        stream.write('{"kind": "neither"}\n')
    for form in FORMS:
        result = runner.invoke(app, ["export", str(records), "--to", form, "-o", str(tmp_path / "out.csv")])
        assert (result.exit_code, "records.jsonl, line" in result.output) == (2, True)
    assert (tmp_path / "out.csv").read_text() == "mine"


WRONG = [
    (["--to", "csv", "--corpus", "."], "for brat"),
    (["--to", "brat"], "name it with -o"),
    (["--to", "csv", "-o", "RECORDS"], "would be overwritten"),
    (["--to", "csv", "-o", "none/out.csv"], "there is no folder"),
    (["--to", "excel"], "is not one of"),
]


@pytest.mark.parametrize(("options", "reason"), WRONG)
def test_wrong_use_is_told(written: tuple[Path, Path], options: list[str], reason: str) -> None:
    _, records = written
    result = runner.invoke(app, ["export", str(records), *(str(records) if one == "RECORDS" else one for one in options)], env={"COLUMNS": "200"})
    assert (result.exit_code, reason in " ".join(result.output.split())) == (2, True)


def test_every_endpoint_has_a_name() -> None:
    names = [endpoint_name(entry.code) for entry in endpoints()]
    assert all(names)
    assert len(set(names)) == len(names)


# --- the benchmark's checks, on a corpus that is always there


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("check", export_benchmark.CHECKS, ids=lambda check: check.__name__)
def test_checks_of_the_benchmark_hold_on_the_review(review: tuple[AnyRecord, ...], tmp_path: Path, check: Callable[[Path, Path], str]) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / REVIEW.name).symlink_to(REVIEW)
    write(tmp_path / "records.jsonl", review)
    assert check(tmp_path / "records.jsonl", tmp_path)


def test_many_records_are_of_many_documents(review: tuple[AnyRecord, ...], tmp_path: Path) -> None:
    many = list(export_benchmark.many(review[:3], 7))
    assert len(many) == 7
    assert len({record.source.sha256 for record in many}) == len({record.doc for record in many}) == 3
    write(tmp_path / "many.jsonl", many)
    seconds, cpu, megabytes = export_benchmark.timed(tmp_path / "many.jsonl", "csv", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == export("csv", many)[0]
    assert 0 < cpu < 60 * seconds
    assert 20 < megabytes < 500


def test_two_cited_studies_without_a_name_are_two_studies() -> None:
    one = Pipeline(model="none").extract_text("The hazard ratio for OS was 0.60 (95% CI 0.45-0.80) with sorafenib versus placebo.").records[0]
    first, second = (one.model_copy(update={"study": None, "provenance": "cited", "citations": (Citation(marker=m),)}) for m in ("[3]", "[7]"))
    assert study_name(first) != study_name(second)
    assert study_name(one.model_copy(update={"study": "this study", "provenance": "own"})) == one.doc
