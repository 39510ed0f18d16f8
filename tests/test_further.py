"""Papers scored in the stretches that were annotated, shown with a paper of our own."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.further import FURTHER, SETS, TABLES, agreement, inside, main, report, scored_tables
from extractor.evaluate import read_gold
from extractor.pipeline import Pipeline

TEXT = "Results\n\nMedian OS was 7.1 months with letrozole. Median PFS was 3.2 months with letrozole.\n"
FACT = {
    "kind": "measurement", "doc": "paper", "study": "this study", "provenance": "own", "population": None, "arm": "letrozole", "endpoint": "PFS",
    "statistic": "median", "timepoint": None, "criterion": None, "event": None, "grade": None, "value": 3.2, "op": None, "unit": "month",
    "ci": None, "ci_level": None, "n": None, "N": None, "category": None, "start": TEXT.index("Median PFS"), "end": len(TEXT) - 1,
}  # fmt: skip


def test_only_records_that_start_in_a_region_count() -> None:
    records = Pipeline().extract_text(TEXT).records
    at, paper = TEXT.index("Median PFS"), records[0].doc
    assert [r.endpoint for r in inside(records, {paper: [(at, len(TEXT))]})] == ["PFS"]
    assert [r.endpoint for r in inside(records, {paper: [(0, at), (at, len(TEXT))]})] == ["OS", "PFS"]
    assert list(inside(records, {"another": [(0, len(TEXT))]})) == []


def test_a_table_for_each_set(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "paper.facts.jsonl").write_text(json.dumps(FACT) + "\n", encoding="utf-8")
    told = {name: ["paper"] for name in SETS} | {"regions": {"paper": [[FACT["start"], FACT["end"]]]}}
    (tmp_path / "regions.json").write_text(json.dumps(told), encoding="utf-8")
    tables = list(report(tmp_path, tmp_path))
    assert [t.splitlines()[0] for t in tables] == [f"### {title}" for title in SETS.values()]
    assert all("1 documents, 1 facts." in t for t in tables)


def test_the_tables_of_the_papers_that_have_some(tmp_path: Path) -> None:
    rows = "<tr><td>Median PFS, months</td><td>3.2</td><td>1.9</td></tr><tr><td>Objective response rate (%)</td><td>24</td><td>9</td></tr>"
    head = "<thead><tr><th></th><th>Letrozole (n = 50)</th><th>Placebo (n = 48)</th></tr></thead>"
    table = f"<table-wrap><label>Table 1</label><caption><p>Efficacy</p></caption><table>{head}<tbody>{rows}</tbody></table></table-wrap>"
    methods = "<sec><title>Methods</title><p>Patients were randomly assigned to receive letrozole or placebo.</p></sec>"
    results = f"<sec><title>Results</title><p>Median PFS was 3.2 months with letrozole.</p>{table}</sec>"
    (tmp_path / "paper.nxml").write_text(f"<article><body>{methods}{results}</body></article>", encoding="utf-8")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "paper.facts.jsonl").write_text(
        json.dumps({**FACT, "start": None, "end": None, "where": "table"}) + "\n", encoding="utf-8"
    )
    result = scored_tables(tmp_path, ["paper"], Pipeline(), tmp_path)
    assert (result.facts.key.gold, result.facts.key.predicted, result.facts.key.found) == (1, 4, 1)


def test_two_readers_are_set_against_each_other(tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    (tmp_path / "paper.facts.jsonl").write_text(json.dumps(FACT) + "\n", encoding="utf-8")
    (tmp_path / "other.facts.jsonl").write_text(json.dumps(FACT | {"doc": "other"}) + "\n", encoding="utf-8")
    again = FACT | {"population": "elderly"}
    (tmp_path / "second" / "paper.facts.jsonl").write_text(json.dumps(again) + "\n", encoding="utf-8")
    facts = agreement(tmp_path).facts
    assert (facts.core.gold, facts.core.found, facts.key.found) == (1, 1, 0)


def test_without_the_papers_it_says_so(tmp_path: Path) -> None:
    assert main(["--shared", str(tmp_path)]) == 0


def test_every_fact_stands_in_a_region_of_its_paper() -> None:
    told = json.loads((FURTHER / "regions.json").read_text(encoding="utf-8"))
    facts = read_gold(FURTHER).facts
    assert {f.fact.doc for f in facts} == {doc for name in SETS for doc in told[name]} == told["regions"].keys()
    assert sum(len(told[name]) for name in SETS) == len(told["regions"])  # no paper is in two sets
    assert {f.fact.doc for f in read_gold(FURTHER / TABLES).facts} <= told["regions"].keys()
    outside = [f.fact.doc for f in facts if not any(a <= f.fact.start < b for a, b in told["regions"][f.fact.doc])]
    assert outside == []
