"""How often rules fire and are right (`benchmarks/rules.py`, `benchmarks/judged.py`). All papers and facts are invented."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import extractor.relations
from benchmarks import rules
from benchmarks.judged import files_of, judge_paper, papers_without_gold
from benchmarks.rules import Tallies, Tally, counting, precision_table, rules_command
from extractor import lexicons
from extractor.evaluate import entries_of
from extractor.gold import fact_line
from extractor.pipeline import Pipeline
from extractor.quantities import Pattern

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_RULES = lexicons.rules()

PAPER = """Sorafenib against placebo in a tumour that nobody has

Abstract
Methods: Patients were randomly assigned to sorafenib or placebo.

Results
Median OS was 12.3 months with sorafenib and 10.1 months with placebo (HR 0.80, 95% CI 0.60-0.95; p = 0.02).
"""
JATS = """<?xml version="1.0"?>
<article article-type="research-article"><front><article-meta><title-group><article-title>Sorafenib against placebo</article-title></title-group>
</article-meta></front><body>
<sec><title>Methods</title><p>Patients were randomly assigned to sorafenib or placebo.</p></sec>
<sec><title>Results</title><p>The ORR was 24% with sorafenib.</p>
<table-wrap><label>Table 1</label><caption><p>Adverse events, n (%)</p></caption><table>
<thead><tr><th>Event</th><th>Sorafenib (N = 50)</th><th>Placebo (N = 50)</th></tr></thead>
<tbody><tr><td>Rash</td><td>10 (20)</td><td>5 (10)</td></tr><tr><td>Nausea</td><td>20 (40)</td><td>15 (30)</td></tr></tbody></table></table-wrap>
</sec></body></article>
"""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def shelf(root: Path, pipeline: Pipeline, **split: Any) -> Path:
    """A folder of papers with gold that agrees with what is read, but for the slots of the first fact that a test changes."""
    papers = root / "papers"
    (papers / "gold").mkdir(parents=True)
    (papers / "PMC1.txt").write_text(PAPER, encoding="utf-8")
    (papers / "PMC2.nxml").write_text(JATS, encoding="utf-8")
    for path in (papers / "PMC1.txt", papers / "PMC2.nxml"):
        facts = [json.loads(fact_line(entry)) for entry in entries_of(pipeline.extract(path).records)]
        write(papers / "gold" / f"{path.stem}.facts.jsonl", [{**fact, "doc": path.stem} for fact in facts])
    (papers / "gold" / "split.json").write_text(json.dumps(split), encoding="utf-8")
    return papers


def write(path: Path, facts: list[dict[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(fact)}\n" for fact in facts), encoding="utf-8")


def facts_of(papers: Path, doc: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (papers / "gold" / f"{doc}.facts.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_record_is_right_at_key_at_core_or_not_at_all(tmp_path: Path, pipeline: Pipeline) -> None:
    papers = shelf(tmp_path, pipeline)
    facts = facts_of(papers, "PMC1")
    assert sorted(fact["kind"] for fact in facts) == ["comparison", "measurement", "measurement"]
    changed: dict[Any, dict[str, Any]] = {("measurement", 12.3): {"arm": "surgery"}, ("measurement", 10.1): {"value": 99}}
    write(papers / "gold" / "PMC1.facts.jsonl", [{**fact, **changed.get((fact["kind"], fact.get("value")), {})} for fact in facts])
    judged = judge_paper(papers / "gold", papers / "PMC1.txt", pipeline, tuning=True).judged
    found = {one.record.kind if one.record.kind == "comparison" else one.record.value: (one.core, one.key) for one in judged}
    assert found == {12.3: (True, False), 10.1: (False, False), "comparison": (True, True)}


def test_safety_records_of_tables_that_gold_holds_in_part_are_not_judged(tmp_path: Path, pipeline: Pipeline) -> None:
    papers = shelf(tmp_path, pipeline)
    write(papers / "gold" / "PMC2.facts.jsonl", [fact for fact in facts_of(papers, "PMC2") if fact["event"] != "nausea"])
    whole = judge_paper(papers / "gold", papers / "PMC2.nxml", pipeline, tuning=True).judged
    assert sorted((one.record.endpoint, one.key) for one in whole) == [("AE", False), ("AE", False), ("AE", True), ("AE", True), ("ORR", True)]
    (papers / "gold" / "split.json").write_text('{"tables_partial": ["PMC2"]}')
    partial = judge_paper(papers / "gold", papers / "PMC2.nxml", pipeline, tuning=True).judged
    assert [(one.record.endpoint, one.key) for one in partial] == [("ORR", True)]


def test_every_rule_is_told_with_its_precision(tmp_path: Path, pipeline: Pipeline, capsys: pytest.CaptureFixture[str]) -> None:
    papers = shelf(tmp_path, pipeline)
    facts = facts_of(papers, "PMC1")
    write(papers / "gold" / "PMC1.facts.jsonl", [{**fact, "arm": "surgery"} if fact["kind"] == "measurement" else fact for fact in facts])
    assert rules_command(tmp_path, quick=True) == 0
    printed = {cells[1]: cells[2:6] for line in capsys.readouterr().out.splitlines() if (cells := [cell.strip() for cell in line.split("|")])[1:]}
    assert printed["values-then-estimate"] == ["1", "1", "100.0", "100.0"]
    assert printed["table-cell"] == ["4", "4", "100.0", "100.0"]
    assert printed["endpoint-before-value/named-arms"] == ["3", "3", "100.0", "33.3"]
    assert printed["all"] == ["8", "8", "100.0", "75.0"]


def test_held_out_papers_are_neither_judged_nor_read(tmp_path: Path, pipeline: Pipeline, capsys: pytest.CaptureFixture[str]) -> None:
    papers = shelf(tmp_path, pipeline, held_out=["PMC1", "PMC4"])
    (papers / "PMC4.nxml").write_bytes(b"\0")
    (papers / "PMC1.txt").write_bytes(b"\0")
    (papers / "gold" / "PMC1.facts.jsonl").write_bytes(b"\xff")
    (papers / "PMC3.txt").write_text(PAPER, encoding="utf-8")
    assert papers_without_gold(papers) == ["PMC3"]
    assert files_of(papers, ["PMC2", "PMC3"]) == [papers / "PMC2.nxml", papers / "PMC3.txt"]
    assert rules_command(tmp_path, quick=True) == 0
    assert "| all        | 5     | 5      |" in re.sub(r"\| all +\|", "| all        |", capsys.readouterr().out)


def test_every_rule_of_the_table_stands_in_the_code() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(extractor.relations.__file__).parent.rglob("*.py")))
    assert [rule.name for rule in lexicons.rules() if not re.search(rf'["/]{rule.name}["/]', code)] == []


def test_every_rule_that_reads_the_corpus_is_in_the_table(pipeline: Pipeline) -> None:
    known = {rule.name for rule in lexicons.rules()}
    read = [record for path in sorted(CORPUS.glob("*.txt")) for record in pipeline.extract(path).records]
    assert len(read) > 200
    assert {part for record in read for part in record.pattern.split("/")} - known == set()


def test_expressions_that_match_nowhere_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    package, module = ModuleType("invented"), ModuleType("invented.part")
    package.__path__ = []
    held = Pattern("held", r"\d+", {}, ())
    vars(package).update(USED=re.compile("a"), SILENT=re.compile("z"), HELD=held)
    vars(module).update(USED=vars(package)["USED"])
    monkeypatch.setitem(sys.modules, "invented.part", module)
    monkeypatch.setattr(rules, "_modules", lambda one: [one, module])
    counters = counting([package])
    assert set(counters) == {"invented.USED", "invented.SILENT", "invented.HELD"}
    used, silent = vars(module)["USED"], vars(package)["SILENT"]
    assert (used.search("cat").group(), used.sub("o", "banana"), used.split("bab"), used.findall("aa"), used.pattern) == (
        "a", "bonono", ["b", "b"], ["a", "a"], "a",
    )  # fmt: skip
    assert (silent.search("cat"), silent.match("a"), silent.fullmatch(""), list(silent.finditer("b"))) == (None, None, None, [])
    assert [match.group() for match in held.find("4 and 5")] == ["4", "5"]
    assert {name: counter.matches for name, counter in counters.items()} == {"invented.USED": 7, "invented.SILENT": 0, "invented.HELD": 2}


def test_precision_of_rules_that_gold_cannot_judge_is_none() -> None:
    tallies = Tallies()
    tallies.add(["a-b", "a-b", "c-d/e-f"])
    assert tallies.rules == {"a-b": Tally(2), "c-d/e-f": Tally(1)}
    assert tallies.parts == {"a-b", "c-d", "e-f"}
    assert "| a-b     | 2     | 0      | -          | -         |" in precision_table(tallies.rules)


def test_a_rule_that_the_table_lacks_is_told(
    tmp_path: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf(tmp_path, pipeline)
    monkeypatch.setattr(lexicons, "rules", lambda: tuple(rule for rule in _RULES if rule.name != "table-cell"))
    assert rules_command(tmp_path, quick=True) == 1
    assert "rules.tsv does not know the rule table-cell" in capsys.readouterr().err


def test_a_silent_rule_needs_a_reason(
    tmp_path: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf(tmp_path, pipeline)
    fires = {"table-cell", "endpoint-before-value", "named-arms", "values-then-estimate", "arm-of-study", "only-arm-of-study", "no-arm-named"}
    kept = [rule for rule in _RULES if rule.name in fires or rule.kept]
    monkeypatch.setattr(rules, "counting", lambda: {})
    monkeypatch.setattr(lexicons, "rules", lambda: tuple(kept))
    rules_command(tmp_path, quick=False)
    assert "- value-for-endpoint: papers told" in capsys.readouterr().out
    monkeypatch.setattr(lexicons, "rules", lambda: (*kept, lexicons.Rule(name="matrix", finds="both", says="two lists at once", kept="")))
    assert rules_command(tmp_path, quick=False) == 1
    told = capsys.readouterr()
    assert "- matrix: no reason to stay" in told.out
    assert "matrix never fires, and rules.tsv gives no reason why it stays" in told.err
