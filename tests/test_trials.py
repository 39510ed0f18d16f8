"""Trial reports scored in the stretches that were annotated, shown with reports of our own."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from benchmarks.trials import EVERYWHERE, REPORTS, TRIALS, main, reports, scored
from extractor.evaluate import read_gold
from extractor.pipeline import Pipeline

REPORT = (
    "TITLE:\nLetrozole versus placebo\nBODY.METHODS:\nPatients were randomly assigned to letrozole or placebo.\nBODY.RESULTS:\n"
    "Nausea was seen in 12% of patients with letrozole and 7% with placebo. The response rate was 41% with letrozole.\n"
)
FACT: dict[str, object] = {
    "kind": "measurement", "study": "this study", "provenance": "own", "population": None, "statistic": "rate", "timepoint": None, "criterion": None,
    "event": None, "grade": None, "op": None, "unit": "percent", "ci": None, "ci_level": None, "n": None, "N": None, "category": None,
}  # fmt: skip


def told(folder: Path, of_cancer: list[str]) -> Path:
    """A folder with the gold of two reports, and the reports beside it."""
    facts = [
        FACT | {"arm": "letrozole", "endpoint": "AE", "event": "nausea", "value": 12},
        FACT | {"arm": "letrozole", "endpoint": "ORR", "value": 41},
    ]
    start = REPORT.index("Nausea")
    for name in ("rct-0000", "rct-0002"):
        lines = [json.dumps(fact | {"doc": name, "start": start, "end": len(REPORT)}) for fact in facts]
        (folder / f"{name}.facts.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    regions = {name: [[start, len(REPORT)]] for name in ("rct-0000", "rct-0002")}
    (folder / "regions.json").write_text(json.dumps({"of_cancer": of_cancer, "regions": regions}), encoding="utf-8")
    file = folder / "reports.xz"
    file.write_bytes(lzma.compress("\f".join([REPORT, "another", REPORT]).encode()))
    return file


def test_reports_are_found_by_their_index(tmp_path: Path) -> None:
    assert [name for name, _ in reports(told(tmp_path, []), {"rct-0002", "rct-0009"})] == ["rct-0002"]


@pytest.mark.parametrize(("of_cancer", "gold", "predicted"), [([], 2, 4), (["rct-0002"], 3, 5)])
def test_other_diseases_are_scored_for_what_means_the_same_everywhere(tmp_path: Path, of_cancer: list[str], gold: int, predicted: int) -> None:
    facts = scored(told(tmp_path, of_cancer), Pipeline(), tmp_path).facts
    assert (facts.key.gold, facts.key.predicted, facts.key.found) == (gold, predicted, gold)


def test_without_the_reports_nothing_is_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"Not scored: there is no {tmp_path / REPORTS}.\n"


def test_every_fact_stands_in_a_stretch_that_was_annotated() -> None:
    told = json.loads((TRIALS / "regions.json").read_text(encoding="utf-8"))
    for entry in read_gold(TRIALS, documents=told["regions"].keys()).facts:
        fact = entry.fact
        assert fact.start is not None
        assert any(start <= fact.start < end for start, end in told["regions"][fact.doc])
        assert fact.doc in told["of_cancer"] or fact.endpoint in EVERYWHERE
