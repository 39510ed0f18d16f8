"""`onco-extract audit` as a user meets it, on our retellings of the five sources; and the planted faults, through the whole pipeline."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks.audit import LEAST_FOUND, MOST_FALSE, Pair, Tried, by_chance, holds, pairs, told, tried
from benchmarks.audit_generated import made, misprinted
from extractor.audit import CHECKS, audit, prose
from extractor.cli import app
from extractor.cli.audit import _clipped
from extractor.dataset import read_records, write
from extractor.pipeline import Pipeline

ROOT = Path(__file__).resolve().parents[1]
WRONG = "The objective response rate was 31.4% (16 of 52 patients) with nivolumab."
RIGHT = "The objective response rate was 30.8% (16 of 52 patients) with nivolumab."

runner = CliRunner()


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, pipeline: Pipeline) -> Path:
    """The records of the retellings."""
    path = tmp_path_factory.mktemp("corpus") / "records.jsonl"
    write(path, (record for file in sorted((ROOT / "corpus").glob("*.txt")) for record in pipeline.extract(file).records))
    return path


def records(path: Path, pipeline: Pipeline, *texts: str) -> Path:
    write(path, (record for text in texts for record in pipeline.extract_text(text).records))
    return path


def run(*arguments: str | Path, status: int = 0) -> str:
    result = runner.invoke(app, ["audit", *map(str, arguments)])
    assert result.exit_code == status, result.output
    return result.stdout


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


# --- the planted faults


def test_planted_faults_are_found_and_nothing_else(pipeline: Pipeline) -> None:
    results = tried(pipeline, pairs())
    assert len(results) >= 60
    assert holds(results), told(results)
    assert sum(one.hit for one in results) >= LEAST_FOUND * len(results)
    assert sum(bool(one.false) for one in results) <= MOST_FALSE * len(results)


def test_statements_made_by_chance_are_not_accused_and_most_misprints_are_seen(pipeline: Pipeline) -> None:
    accused, said = by_chance(pipeline, 60)
    assert accused == 0
    assert said.total() == 60
    assert said["fails"] >= 30


def test_misprint_changes_one_digit_of_one_figure() -> None:
    sound = [*made(1, 50)]
    assert [*made(1, 50)] == sound
    for statement, text in zip(sound, misprinted(sound, 1), strict=True):
        changed = [i for i, (one, other) in enumerate(zip(statement.text, text, strict=True)) if one != other]
        assert len(changed) == 1
        assert any(start <= changed[0] < end for start, end in statement.figures)


def test_every_check_has_planted_faults() -> None:
    assert {check.name for check in CHECKS} | {prose.CHECK} == {pair.check for pair in pairs()}


def test_planted_statements_are_each_of_their_kind() -> None:
    assert all(pair.wrong != pair.right for pair in pairs())
    assert len({pair.wrong for pair in pairs()} | {pair.right for pair in pairs()}) == 2 * len(pairs())


def test_benchmark_counts_a_fault_as_found_by_its_own_check_alone() -> None:
    pair = Pair("percent-of-count", WRONG, RIGHT)
    assert Tried(pair, ("percent-of-count",), ()).hit
    assert not Tried(pair, ("whole-patients",), ()).hit
    assert holds([Tried(pair, ("percent-of-count",), ())] * 95 + [Tried(pair, (), ())] * 5)
    assert not holds([Tried(pair, ("percent-of-count",), ())] * 94 + [Tried(pair, (), ())] * 6)
    assert not holds([Tried(pair, ("percent-of-count",), ())] * 97 + [Tried(pair, ("percent-of-count",), ("p-from-counts",))] * 3)


TABLED = """<?xml version="1.0"?>
<article article-type="research-article"><front><article-meta>
<title-group><article-title>Lenvatinib against sorafenib in an invented tumour</article-title></title-group>
<abstract><p>Patients were randomly assigned to lenvatinib (n = 150) or sorafenib (n = 148).</p></abstract></article-meta></front>
<body><sec><title>Methods</title><p>Patients were randomly assigned to receive lenvatinib or sorafenib.</p></sec>
<sec><title>Results</title><p>The median PFS was {told} months with lenvatinib and 3.7 months with sorafenib (Table 1).</p>
<table-wrap id="T1"><label>Table 1</label><caption><p>Efficacy</p></caption><table>
<thead><tr><th></th><th>Lenvatinib (n = 150)</th><th>Sorafenib (n = 148)</th></tr></thead>
<tbody><tr><td>Median PFS, months (95% CI)</td><td>7.4 (6.2-8.8)</td><td>3.7 (3.1-4.6)</td></tr>
<tr><td>Objective response rate, n (%)</td><td>36 ({share})</td><td>14 (9.5)</td></tr></tbody></table></table-wrap></sec></body></article>"""


@pytest.mark.parametrize(
    ("told_in_text", "share", "failing"),
    [("7.4", "24.0", []), ("4.7", "24.0", ["tellings-agree"]), ("7.4", "42.0", ["percent-of-count"]), ("7.4", "25.0", [])],
)
def test_text_is_set_against_its_table_and_cells_against_the_head(
    tmp_path: Path, pipeline: Pipeline, told_in_text: str, share: str, failing: list[str]
) -> None:
    paper = tmp_path / "paper.nxml"
    paper.write_text(TABLED.format(told=told_in_text, share=share), encoding="utf-8")
    found = [*audit(pipeline.extract(paper).records)]
    assert [finding.check for finding in found if finding.verdict == "fails"] == failing
    if failing == ["tellings-agree"]:
        (one,) = [finding for finding in found if finding.verdict == "fails"]
        assert {piece.section for piece in one.evidence} == {"results", "table"}
    if share == "25.0":  # it is not 36 of 150, but of 144 who may have been evaluable
        assert [finding.verdict for finding in found if finding.arithmetic.startswith("36/")] == ["cannot tell"]


# --- the command


def test_faults_of_the_retellings_are_listed(corpus: Path) -> None:
    found = lines(run(corpus, "--json"))
    wrong = [(one["doc"].removeprefix("retold-").split("-")[0], one["check"]) for one in found if one["verdict"] == "fails"]
    assert Counter(wrong) >= Counter(
        [
            ("haic", "percent-of-count"),
            ("haic", "p-from-counts"),
            ("haic", "p-from-rates"),
            ("haic", "interval-symmetric"),
            ("second", "interval-symmetric"),
        ]
    )


def test_papers_that_contradict_each_other_are_listed_with_both_statements(corpus: Path) -> None:
    found = lines(run(corpus, "--across", "--json"))
    against = {(one["trial"], one["about"]["endpoint"], one["about"]["arm"]): one for one in found if one["verdict"] in ("fails", "perhaps misread")}
    control = against["REFLECT", "OS", "sorafenib"]
    assert sorted(said["printed"] for said in control["told"]) == ["12.3", "12.7"]
    assert all(said["printed"] in said["evidence"]["text"] for said in control["told"])


def test_table_shows_what_fails_and_counts_the_rest(tmp_path: Path, pipeline: Pipeline) -> None:
    shown = run(records(tmp_path / "r.jsonl", pipeline, WRONG))
    assert "16/52 = 30.769 %" in shown.replace("\n", " ")
    assert shown.splitlines()[-1] == "1 checks: 1 fails, 0 perhaps misread, 0 cannot tell, 0 holds"
    assert "16/52" not in run(records(tmp_path / "r.jsonl", pipeline, RIGHT))
    assert "16/52" in run(tmp_path / "r.jsonl", "--all")


def test_papers_that_are_read_are_not_written_over(tmp_path: Path, pipeline: Pipeline) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("A paper.\n\nResults\n\nThere was none.\n", encoding="utf-8")
    run(records(tmp_path / "r.jsonl", pipeline, RIGHT), "--paper", paper, "-o", paper, status=2)
    assert paper.read_text(encoding="utf-8").startswith("A paper.")


def test_rates_of_nobody_and_bounds_accuse_nobody(tmp_path: Path, pipeline: Pipeline) -> None:
    nobody = "The 12-month OS rate was 0% (95% CI, 5.0-10.0) with sorafenib and 40% (95% CI, 30-50) with placebo (p = 0.01)."
    bound = "In the sorafenib group, median PFS was 12.4 months and median OS was > 10 months."
    found = lines(run(records(tmp_path / "r.jsonl", pipeline, f"Results\n\n{nobody}\n", f"Results\n\n{bound}\n"), "--json"))
    assert not [one for one in found if one["check"] in ("never-more-than", "survival-falls") and one["verdict"] == "fails"]


def test_status_is_one_only_when_asked_to_be_strict(tmp_path: Path, pipeline: Pipeline) -> None:
    wrong, right = records(tmp_path / "wrong.jsonl", pipeline, WRONG), records(tmp_path / "right.jsonl", pipeline, RIGHT)
    run(wrong)
    run(wrong, "--strict", status=1)
    run(right, "--strict")


def test_output_file_and_stdout_hold_the_same_lines(tmp_path: Path, pipeline: Pipeline) -> None:
    path = records(tmp_path / "r.jsonl", pipeline, WRONG)
    shown = run(path, "--json", "-o", tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == shown
    assert [one["verdict"] for one in lines(shown)] == ["fails"]


def test_records_are_written_again_with_their_checks(tmp_path: Path, pipeline: Pipeline) -> None:
    path = records(tmp_path / "r.jsonl", pipeline, WRONG)
    run(path, "--checked", tmp_path / "checked.jsonl")
    (before,), (after,) = read_records(path), read_records(tmp_path / "checked.jsonl")
    assert [(check.name, check.verdict) for check in after.checks] == [("percent-of-count", "fails")]
    assert after.model_copy(update={"checks": ()}) == before
    run(tmp_path / "checked.jsonl", "--checked", tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "checked.jsonl").read_bytes()


def test_several_files_are_audited_together(tmp_path: Path, pipeline: Pipeline) -> None:
    one, other = records(tmp_path / "a.jsonl", pipeline, WRONG), records(tmp_path / "b.jsonl", pipeline, RIGHT)
    assert [finding["verdict"] for finding in lines(run(one, other, "--json"))] == ["fails", "holds"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{folder}/none.jsonl"], "does not exist"),
        (["{records}", "-o", "{records}"], "it would be overwritten"),
        (["{records}", "-o", "{folder}/x", "--checked", "{folder}/x"], "two outputs"),
        (["{records}", "--across", "--checked", "{folder}/x"], "goes without --across"),
        (["{records}", "--across", "--paper", "{folder}"], "goes without --across"),
        (["{records}", "-o", "{folder}/no/x"], "there is no folder"),
        (["{broken}"], "broken.jsonl, line 1"),
        (["{folder}"], "is a directory"),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(tmp_path: Path, pipeline: Pipeline, arguments: list[str], said: str) -> None:
    path = records(tmp_path / "r.jsonl", pipeline, WRONG)
    before = path.read_bytes()
    (tmp_path / "broken.jsonl").write_text('{"kind": "measurement"}\n', encoding="utf-8")
    places = {"folder": str(tmp_path), "records": str(path), "broken": str(tmp_path / "broken.jsonl")}
    result = runner.invoke(app, ["audit", *(argument.format(**places) for argument in arguments)])
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", " ").split())
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["broken.jsonl", "r.jsonl"]


def test_prose_of_a_paper_is_read_for_counts_that_no_record_holds(tmp_path: Path, pipeline: Pipeline) -> None:
    path = records(tmp_path / "r.jsonl", pipeline, RIGHT)
    text = "Results\n\nForty-seven patients (60.1%) had stage C disease, and 21 (30.9%) were women. Five of 20 patients (25%) smoked.\n"
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = lines(run(path, "--json", "--paper", tmp_path / "paper.txt"))
    assert [(one["verdict"], [text[start:end] for start, end in one["spans"]]) for one in found if one["check"] == prose.CHECK] == [
        ("fails", ["Forty-seven patients (60.1%) had"]),
        ("holds", ["21 (30.9%) were"]),
        ("holds", ["Five of 20 patients (25%)"]),
    ]
    assert len(found) == 4
    assert run(path, "--paper", tmp_path / "none.txt", status=1) == ""


def test_file_without_records_has_nothing_to_check(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"")
    assert run(tmp_path / "empty.jsonl").strip() == "0 checks: 0 fails, 0 perhaps misread, 0 cannot tell, 0 holds"
    assert run(tmp_path / "empty.jsonl", "--json") == ""


def test_output_does_not_depend_on_the_hash_seed(corpus: Path) -> None:
    code = """
import sys
from extractor.cli import app
for options in ([], ["--across"]):
    app(["audit", *options, sys.argv[1], "--json"], standalone_mode=False)
"""

    def told_with(seed: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        return subprocess.run([sys.executable, "-c", code, str(corpus)], capture_output=True, env=environment, check=True).stdout

    assert told_with("1") == told_with("2") != b""


def test_statement_is_cut_around_the_place() -> None:
    text = "a " * 300 + "here" + " b" * 300
    cut = _clipped(text, text.index("here"))
    assert "here" in cut
    assert cut.startswith("... ")
    assert cut.endswith(" ...")
    assert _clipped("short\n text", 3) == "short text"
