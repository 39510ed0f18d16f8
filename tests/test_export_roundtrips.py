"""What is exported comes back: any record through Parquet and CSV, any interval through its standard error."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.dataset import LineError, OutputError
from extractor.export import FORMS, AnyRecord, OrderError, read_any
from extractor.export.contrasts import Effect, effect_of
from extractor.export.forms import by_document
from extractor.export.sheets import COLUMNS, uncell
from extractor.parquet import schema
from extractor.pipeline import Pipeline
from extractor.records import RECORD, Comparison, Measurement

# No NUL: Python 3.10 reads no CSV that has one. No lone surrogate: it is no text.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12) | st.sampled_from(
    ["", "'", "=1+1", "-5", "@x", "\r\n", '"', ",", "\u2028"]
)
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([0, 0.0, -0.0, 54, 54.0, 0.1])
wholes = st.integers(0, 2**40)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What may also be null."""
    return st.none() | strategy


@st.composite
def evidences(draw: st.DrawFn) -> dict[str, Any]:
    text, start = draw(texts), draw(wholes)
    return {
        "start": start,
        "end": start + len(text),
        "text": text,
        "section": draw(st.sampled_from(["abstract", "table", "other"])),
        "page": draw(maybe(wholes)),
        "box": draw(maybe(st.tuples(numbers, numbers, numbers, numbers))),
        "xpath": draw(maybe(texts)),
    }


spans = st.tuples(wholes, wholes)
components = st.lists(st.fixed_dictionaries({"name": texts, "kind": st.sampled_from(["drug", "placebo"])}), max_size=3)
spreads = st.one_of(
    st.fixed_dictionaries({"kind": st.just("sd"), "value": numbers}),
    st.fixed_dictionaries({"kind": st.just("iqr"), "low": numbers, "high": maybe(numbers)}),
)
_SHARED: dict[str, st.SearchStrategy[Any]] = {
    "doc": texts, "study": maybe(texts), "provenance": st.sampled_from(["own", "cited"]), "population": maybe(texts), "arm": maybe(texts),
    "endpoint": st.sampled_from(["OS", "AE"]), "statistic": maybe(st.sampled_from(["median", "rate"])), "timepoint": maybe(texts),
    "criterion": maybe(texts), "event": maybe(texts), "grade": maybe(texts), "ci": maybe(st.tuples(maybe(numbers), maybe(numbers))),
    "ci_level": maybe(numbers), "start": maybe(wholes), "end": maybe(wholes), "id": texts, "result": maybe(texts), "registry_id": maybe(texts),
    "citations": st.lists(st.fixed_dictionaries({"marker": texts, "year": maybe(wholes), "doi": maybe(texts)}), max_size=2),
    "arm_n": maybe(wholes), "arm_components": components, "endpoint_text": maybe(texts), "direction": maybe(st.just("favors_arm")),
    "section": st.just("results"), "evidence": st.lists(evidences(), min_size=1, max_size=3),
    "spans": st.dictionaries(texts, spans, max_size=3), "pattern": texts, "confidence": maybe(st.floats(0, 1)),
    "checks": st.lists(
        st.fixed_dictionaries({"name": texts, "verdict": st.just("holds"), "arithmetic": texts, "spans": st.lists(spans, max_size=2)}), max_size=2
    ),
    "source": st.fixed_dictionaries({"file": texts, "sha256": texts, "text_sha256": texts, "format": texts}), "schema_version": texts,
}  # fmt: skip
measurements = st.fixed_dictionaries(
    {
        **_SHARED, "kind": st.just("measurement"), "value": numbers, "op": maybe(st.just("<")), "unit": maybe(texts), "n": maybe(wholes),
        "N": maybe(wholes), "category": maybe(texts), "value_text": maybe(texts), "spread": maybe(spreads),
    }
)  # fmt: skip
comparisons = st.fixed_dictionaries(
    {
        **_SHARED, "kind": st.just("comparison"), "comparator": maybe(texts), "factor": maybe(texts), "measure": maybe(st.sampled_from(["HR", "OR"])),
        "estimate": numbers, "p": maybe(st.fixed_dictionaries({"op": st.just("<="), "value": st.sampled_from([0, 1, 0.0, 1.0, 0.05])})),
        "model": maybe(st.just("stratified")), "comparator_n": maybe(wholes), "comparator_components": components, "estimate_text": maybe(texts),
    }
)  # fmt: skip
records = st.lists((measurements | comparisons).map(RECORD.validate_python), max_size=4)


def exported(form: str, given_records: list[AnyRecord]) -> bytes:
    """The bytes of an export."""
    stream = io.BytesIO()
    told = FORMS[form](given_records, stream)
    assert told.carried + sum(told.left.values()) == len(given_records)
    return stream.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@given(records)
def test_parquet_gives_the_same_lines_back(folder: Path, some: list[AnyRecord]) -> None:
    lines = exported("jsonl", some)
    (folder / "records.parquet").write_bytes(exported("parquet", some))
    assert exported("jsonl", list(read_any(folder / "records.parquet"))) == lines
    (folder / "records.jsonl").write_bytes(lines)
    assert exported("parquet", list(read_any(folder / "records.jsonl"))) == (folder / "records.parquet").read_bytes()


@given(records)
def test_csv_tells_every_slot(some: list[AnyRecord]) -> None:
    header, *rows = csv.reader(io.StringIO(exported("csv", some).decode(), newline=""))
    assert header == list(COLUMNS)
    assert len(rows) == len(some)
    for row, record in zip(rows, some, strict=True):
        same = record if record.ci != (None, None) else record.model_copy(update={"ci": None})  # no bound and no interval are the same empty cells
        assert _unflat(dict(zip(header, row, strict=True))) == same


_NUMBERS = {"value", "estimate", "ci_level", "ci_low", "ci_high", "p_value", "spread_low", "spread_high", "spread_value", "confidence", "n", "N",
            "arm_n", "comparator_n", "start", "end"}  # fmt: skip
_JSON = {"arm_components", "comparator_components", "citations", "evidence", "spans", "checks"}


def _unflat(cells: dict[str, str]) -> AnyRecord:
    """A row of CSV as the record that it was."""
    slots: dict[str, Any] = {}
    for name, cell in cells.items():
        if name in _NUMBERS | _JSON:
            slots[name] = json.loads(cell) if cell else None
        else:
            slots[name] = uncell(cell)
    model = Measurement if slots["kind"] == "measurement" else Comparison
    bounds = [json.loads(cells[name]) if cells[name] else None for name in ("ci_low", "ci_high")]
    slots["ci"] = None if bounds == [None, None] else bounds
    slots["p"] = {"op": slots["p_op"], "value": slots["p_value"]} if slots["p_op"] else None
    slots["spread"] = {name: slots[f"spread_{name}"] for name in ("kind", "low", "high", "value")} if slots["spread_kind"] else None
    slots["source"] = {name: slots[f"source_{name}"] or "" for name in ("file", "format", "sha256", "text_sha256")}
    for name in ("arm_components", "comparator_components", "citations", "checks"):
        slots[name] = slots[name] or []
    slots["spans"] = slots["spans"] or {}
    return model.model_validate({name: slots[name] for name in model.model_fields})


def test_int_and_float_come_back_as_they_were(tmp_path: Path) -> None:
    """54 and 54.0 are one number in a column: the point is kept beside it."""
    (record, *_) = Pipeline(model="none").extract_text("The ORR was 54.0% with sorafenib and 54% with placebo.").records
    both = [record.model_copy(update={"value": value, "ci": (value, 60.5)}) for value in (54, 54.0)]
    (tmp_path / "a.parquet").write_bytes(exported("parquet", both))
    assert pq.read_table(tmp_path / "a.parquet")["printed_with_point"].to_pylist() == [[], ["ci.0", "value"]]
    assert [repr(one.value) for one in read_any(tmp_path / "a.parquet")] == ["54", "54.0"]  # type: ignore[union-attr]


def test_number_that_no_column_holds_is_refused() -> None:
    (record, *_) = Pipeline(model="none").extract_text("The ORR was 54% with sorafenib.").records
    for slot, number in (("value", 2**53 + 1), ("n", 2**63)):
        with pytest.raises(OutputError, match="cannot hold a number"):
            exported("parquet", [record.model_copy(update={slot: number})])


def test_parquet_of_another_tool_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"kind": ["measurement"]}), tmp_path / "other.parquet")
    with pytest.raises(LineError, match="expected the columns"):
        list(read_any(tmp_path / "other.parquet"))
    (tmp_path / "cut.parquet").write_bytes(exported("parquet", [])[:-9])
    with pytest.raises(LineError, match="not read as Parquet"):
        list(read_any(tmp_path / "cut.parquet"))
    row = dict.fromkeys(schema((Measurement, Comparison)).names)
    wrong = pa.Table.from_pylist([{**row, "kind": "neither"}], schema=pa.schema([f.with_nullable(True) for f in schema((Measurement, Comparison))]))
    pq.write_table(wrong.cast(pa.schema([f.with_nullable(True) for f in wrong.schema])), tmp_path / "wrong.parquet")
    with pytest.raises(LineError):
        list(read_any(tmp_path / "wrong.parquet"))


# --- the standard error

levels = st.sampled_from([80, 90, 95, 97.5, 99, 99.9])


def comparison(**slots: Any) -> Comparison:
    """A comparison with an estimate."""
    (record,) = (
        one
        for one in Pipeline(model="none").extract_text("The hazard ratio for OS was 0.80 (95% CI 0.60-0.95) with sorafenib versus placebo.").records
        if isinstance(one, Comparison)
    )
    return record.model_copy(update=slots)


RATIO = comparison()


@given(st.floats(-3, 3), st.floats(0.01, 2), levels)
def test_standard_error_is_what_the_interval_was_made_of(mean: float, error: float, level: float) -> None:
    half = NormalDist().inv_cdf(0.5 + level / 200) * error
    ratio = RATIO.model_copy(update={"estimate": math.exp(mean), "ci": (math.exp(mean - half), math.exp(mean + half)), "ci_level": level})
    found = effect_of(ratio)
    assert isinstance(found, Effect)
    assert found.estimate == pytest.approx(mean, abs=1e-12)
    assert found.error == pytest.approx(error, rel=1e-9)
    difference = RATIO.model_copy(update={"measure": "difference", "estimate": mean, "ci": (mean - half, mean + half), "ci_level": level})
    found = effect_of(difference)
    assert isinstance(found, Effect)
    assert found.estimate == mean
    assert found.error == pytest.approx(error, rel=1e-9)


sorted_numbers = st.lists(numbers | st.floats(0.01, 10), min_size=3, max_size=3).map(sorted)


@given(sorted_numbers, st.sampled_from(["HR", "difference"]), st.floats(0, 100) | st.sampled_from([50, 95, 99.99999999999999, 100]))
def test_effect_is_finite_or_a_reason(bounds: list[float], measure: str, level: float) -> None:
    low, estimate, high = bounds
    found = effect_of(RATIO.model_copy(update={"measure": measure, "estimate": estimate, "ci": (low, high), "ci_level": level}))
    if isinstance(found, Effect):
        assert math.isfinite(found.estimate)
        assert 0 < found.error < math.inf


def test_documents_that_come_back_are_refused() -> None:
    one, other = (RATIO.model_copy(update={"doc": doc}) for doc in "ab")
    assert [len(group) for group in by_document([one, one, other])] == [2, 1]
    with pytest.raises(OrderError, match="the records of a stand in two places"):
        list(by_document([one, other, one]))
