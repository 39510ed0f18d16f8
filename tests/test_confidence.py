"""How sure a record is, how that is fitted and measured. All papers, facts and figures are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import confidence
from benchmarks.confidence import calibration_error, parts, reliability, sure_line, unseen_line
from benchmarks.judged import judge_paper
from extractor.confidence import Model, features, rated, read_model, shipped
from extractor.pipeline import Extraction, Pipeline
from models import build_confidence
from models.build_confidence import Example, examples, fit, left_out, written

PAPER = """Sorafenib against placebo in a tumour that nobody has

Abstract
Methods: Patients were randomly assigned to sorafenib or placebo.

Results
Median OS was 12.3 months with sorafenib and 10.1 months with placebo (HR 0.80, 95% CI 0.60-0.95; p = 0.02). The ORR was 24% (12 of 50) with
sorafenib. In patients with ECOG PS 2, grade 3 rash occurred in 7% with sorafenib.

Discussion
The OS of 12.3 months with placebo was a surprise.
"""


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return Pipeline().extract_text(PAPER)


def told(extraction: Extraction) -> dict[object, frozenset[str]]:
    """The features of each record, by its value or estimate."""
    found = features(extraction.records, extraction.unattached, extraction.kind)
    return {record.value if record.kind == "measurement" else record.estimate: names for record, names in zip(extraction.records, found, strict=True)}


def test_every_record_has_the_confidence_of_its_features(extraction: Extraction) -> None:
    found = features(extraction.records, extraction.unattached, extraction.kind)
    assert [record.confidence for record in extraction.records] == [round(shipped().probability(names), 2) for names in found]
    assert all(0 < (record.confidence or 0) < 1 for record in extraction.records)
    assert len({record.confidence for record in extraction.records}) > 2


def test_features_say_where_a_record_was_read_and_what_of_it_is_printed(extraction: Extraction) -> None:
    found = told(extraction)
    assert extraction.kind == "randomised trial"
    assert {"rule: endpoint-before-value/named-arms", "arm named in prose", "endpoint named", "section: results", "has n", "share holds"} <= found[24]
    assert {"population: named in prose", "event of 1 words", "has grade", "statistic: rate"} <= found[7]
    assert {"measure: HR", "comparator named", "no factor", "p beside an estimate", "has ci"} <= found[0.8]
    assert "population: none in prose" in found[24]
    assert not {"section: table", "share does not hold"} & frozenset[str]().union(*found.values())


def test_a_share_that_its_counts_do_not_give_and_a_value_told_of_two_arms_are_seen() -> None:
    wrong = told(Pipeline().extract_text(PAPER.replace("12 of 50", "30 of 50")))
    assert "share does not hold" in wrong[24]
    assert "share holds" not in wrong[24]
    twice = [names for names in told(Pipeline().extract_text(PAPER)).values() if "value told otherwise too, in prose" in names]
    assert len(twice) == 1
    assert told(Pipeline().extract_text(PAPER.replace("12.3 months with placebo", "9.9 months with placebo")))[10.1] >= {
        "answered otherwise too, in prose"
    }


def test_confidence_follows_the_weights(extraction: Extraction) -> None:
    model = Model(-1.0, {"endpoint: OS": 3.0, "nothing has this": 9.0})
    sure = {record.endpoint: record.confidence for record in rated(extraction.records, extraction.unattached, extraction.kind, model)}
    assert (sure["OS"], sure["ORR"]) == (0.88, 0.27)
    assert Model(-800.0, {}).probability(()) < 1e-9


def drawn(paper: str, right: int, wrong: int, *names: str, unseen: bool = True) -> list[Example]:
    return [Example(paper, True, "results", frozenset(names), True, i < right, unseen) for i in range(right + wrong)]


def test_weights_are_learned_from_what_was_right() -> None:
    found = [one for paper in "abcdef" for one in (*drawn(paper, 60, 3, "good"), *drawn(paper, 5, 40, "bad"))]
    model = fit(found)
    assert model.weights["good"] > 0 > model.weights["bad"]
    assert model == fit(found[::-1])
    assert 0.65 < model.probability({"good"}) < 0.97
    assert model.probability({"bad"}) < 0.4
    assert read_model(written(model)) == model


def test_ranks_divide_the_records_of_papers_that_nobody_looked_at() -> None:
    unseen = [one for paper in "abcdef" for one in (*drawn(paper, 30, 1, "good"), *drawn(paper, 1, 9, "bad"))]
    model = fit([*unseen, *(one for paper in "xyz" for one in drawn(paper, 0, 50, "worst", unseen=False))])
    bad, good = (model.probability({name}) for name in ("bad", "good"))
    assert len(model.ranks) == 101
    assert [*model.ranks] == sorted(model.ranks)
    assert [model.least(percent) for percent in (0, 24, 25, 100)] == pytest.approx([bad, bad, good, good], abs=0.001)


def test_ranks_of_the_shipped_weights_spread() -> None:
    assert 0 < shipped().least(1) < shipped().least(10) < shipped().least(50) < shipped().least(90) < 1


def test_a_confidence_is_for_papers_that_nobody_looked_at() -> None:
    looked_at = [one for paper in "abc" for one in drawn(paper, 57, 3, "x", unseen=False)]
    unseen = [one for paper in "defghijklmnopq" for one in drawn(paper, 30, 30, "x")]
    assert fit(looked_at + unseen).probability({"x"}) == pytest.approx(0.5, abs=0.04)
    assert fit([*looked_at, *(replace(one, unseen=True) for one in looked_at)]).probability({"x"}) > 0.8


def test_a_paper_of_many_records_counts_no_more_than_others() -> None:
    found = [*drawn("a", 0, 900, "x"), *(one for paper in "bcd" for one in drawn(paper, 60, 0, "x"))]
    assert fit(found).probability({"x"}) == pytest.approx(0.75, abs=0.05)


def test_a_paper_is_rated_by_the_others_alone() -> None:
    found = [*drawn("a", 50, 0, "x"), *drawn("b", 0, 50, "x"), *drawn("c", 0, 50, "x")]
    sure = dict(zip((one.paper for one in found), left_out([*found, *drawn("d", 25, 25, "y")]), strict=False))
    assert sure["a"] < 0.4
    assert sure["b"] > sure["a"]


def test_reliability_is_counted_in_ranges() -> None:
    rows = [*[(one, 0.97) for one in drawn("a", 9, 1)], *[(one, 0.92) for one in drawn("a", 0, 2)], *[(one, 0.35) for one in drawn("b", 1, 3)]]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in reliability(rows).splitlines()]
    assert ["0.95 to 1.00", "97.0", "100.0", "90.0", "10"] in lines
    assert ["0.30 to 0.40", "35.0", "100.0", "25.0", "4"] in lines
    assert ["0.40 to 0.50", "-", "-", "-", "0"] in lines
    assert ["all", "80.9", "100.0", "62.5", "16"] in lines
    assert sure_line(rows) == "records with confidence >= 0.9: 12 of 16, right core 100.0 %, key 75.0 %"
    assert calibration_error(rows) == pytest.approx((0.7 + 1.84 + 0.4) / 16)
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in parts(rows).splitlines()]
    assert ["prose", "16", "96.2", "100.0", "75.0", "12"] in cells


def test_records_that_gold_cannot_judge_teach_nothing_and_formats_share_a_name(tmp_path: Path) -> None:
    pipeline = Pipeline()
    (tmp_path / "PMC1.txt").write_text(PAPER, encoding="utf-8")
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "PMC1.facts.jsonl").write_text("", encoding="utf-8")
    paper = judge_paper(gold, tmp_path / "PMC1.txt", pipeline, tuning=True)
    found = list(examples([paper]))
    assert {(one.paper, one.tuning, one.core, one.key) for one in found} == {("PMC1", True, False, False)}
    assert len(found) == len(paper.extraction.records)


def test_without_gold_nothing_is_fitted_or_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "papers" / "gold").mkdir(parents=True)
    target = tmp_path / "confidence.json"
    assert build_confidence.main(["--shared", str(tmp_path), "--to", str(target)]) == 1
    assert not target.exists()
    assert confidence.main(["--shared", str(tmp_path)]) == 1
    (tmp_path / "papers" / "PMC2.txt").write_text(PAPER, encoding="utf-8")
    monkeypatch.setattr(confidence, "SURE", 0.0)
    count = len(Pipeline().extract_text(PAPER).records)
    assert unseen_line(tmp_path / "papers", Pipeline()) == f"papers without gold: {count} of {count} records have confidence >= 0.0"


def test_the_shipped_weights_name_features_that_there_are(extraction: Extraction) -> None:
    known = frozenset[str]().union(*told(extraction).values())
    assert 2 * len(known & shipped().weights.keys()) >= len(known) > 0
    assert shipped().probability({"no such feature"}) == shipped().probability(())
