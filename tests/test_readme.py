"""The README's example is what the tool gives, and the sentence of the review reads as the project promises."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from extractor.pipeline import Pipeline
from extractor.records import Comparison, Measurement

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT.parent / "shared" / "sources"
REVIEWS = (
    pytest.param(ROOT / "corpus" / "retold-second-line-review.txt", id="retelling"),
    pytest.param(
        SOURCES / "hcc-second-line-review.txt",
        id="source",
        marks=pytest.mark.skipif(not SOURCES.is_dir(), reason="the source documents are not beside this checkout (../shared/sources)"),
    ),
)


def test_example_of_the_readme_is_what_is_read() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    sentence = re.search(r"^> (.+)$", readme, re.MULTILINE)
    shown = re.search(r"```json\n(.+?)```", readme, re.DOTALL)
    assert sentence is not None
    assert shown is not None
    records = Pipeline().extract_text(sentence.group(1)).records
    assert sorted(r.kind for r in records) == ["comparison", "measurement", "measurement"]
    assert len({r.result for r in records}) == 1
    (comparison,) = (json.loads(r.model_dump_json()) for r in records if isinstance(r, Comparison))
    assert comparison.items() >= json.loads(shown.group(1)).items()


@pytest.mark.parametrize("path", REVIEWS)
def test_two_arm_sentence_of_the_review(path: Path) -> None:
    records = [r for r in Pipeline().extract(path).records if (r.study, r.endpoint, r.population) == ("RESORCE", "OS", None)]
    measurements = {(r.arm, r.value, r.unit) for r in records if isinstance(r, Measurement)}
    (comparison,) = (r for r in records if isinstance(r, Comparison))
    assert measurements == {("regorafenib", 10.6, "month"), ("placebo", 7.8, "month")}
    assert (comparison.arm, comparison.comparator, comparison.measure, comparison.estimate) == ("regorafenib", "placebo", "HR", 0.61)
    assert (comparison.ci, comparison.ci_level) == ((0.5, 0.75), 95)
    assert {r.result for r in records} == {comparison.result}
    assert {r.provenance for r in records} == {"cited"}
    assert {c.marker for r in records for c in r.citations} == {"20"}
