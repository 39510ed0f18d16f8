"""Records from findings: evidence exact, spans inside it, ids stable, duplicates merged."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.pipeline import Extraction, Pipeline

CORPUS = sorted((Path(__file__).resolve().parents[1] / "corpus").glob("*.txt"))
PIPELINE = Pipeline()

SENTENCES = (
    "The phase III RESORCE trial compared regorafenib with placebo.",
    "Median OS was 11.1 vs 7.2 months with regorafenib and placebo (HR=0.64, 95% CI 0.52–0.79; p<0.001).12",
    "In patients with AFP ≥300 ng/mL, the ORR was 12% with regorafenib.",
    "Grade 3 or 4 adverse events were hypertension (14%), fatigue (6%), and rash (2%).",
    "DCR was 61% (33 of 54 patients) in the regorafenib arm.",
    "Median PFS was not reached.",
    "Figure 1. Survival by arm.",
)


def check(extraction: Extraction) -> None:
    """What holds for every record of every text."""
    raw = extraction.document.raw
    ids = [r.id for r in extraction.records]
    assert len(ids) == len(set(ids))
    for record in extraction.records:
        assert (record.start, record.end) == (record.evidence[0].start, record.evidence[0].end)
        for evidence in record.evidence:
            assert raw[evidence.start : evidence.end] == evidence.text
        for name, (start, end) in record.spans.items():
            assert any(e.start <= start < end <= e.end for e in record.evidence), name
    for left in extraction.unattached:
        assert raw[left.start : left.end] == left.text


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_evidence_of_the_corpus_is_exact(path: Path) -> None:
    extraction = PIPELINE.extract(path)
    check(extraction)
    assert extraction.records


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8), st.sampled_from([" ", "\n", "\n\n", " \n", "\r\n"]))
def test_evidence_is_exact_however_the_lines_break(sentences: list[str], between: str) -> None:
    text = between.join(sentences).replace("regorafenib", f"rego{between}rafenib" if between == "\n" else "regorafenib")
    check(PIPELINE.extract_text(text))


def test_same_fact_has_the_same_id_in_every_run() -> None:
    text = " ".join(SENTENCES)
    assert [r.id for r in Pipeline().extract_text(text).records] == [r.id for r in Pipeline().extract_text(text).records]


def test_population_of_an_earlier_sentence_has_no_span_here() -> None:
    text = "The CheckMate 040 trial tested nivolumab. In cohort 5 the ORR was 12% with nivolumab. The DCR was 55% with nivolumab."
    records = PIPELINE.extract_text(text).records
    (later,) = (r for r in records if r.endpoint == "DCR")
    assert later.population == "cohort 5"
    assert "population" not in later.spans
