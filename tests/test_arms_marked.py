"""Arms of a study against those that readers marked, shown with a report of our own."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from benchmarks import arms
from benchmarks.trials import REPORTS
from extractor.evaluate.counts import Counts
from extractor.pipeline import Pipeline

REPORT = (
    "Letrozole versus placebo in breast cancer\n\nMethods\n\nPatients were randomly assigned to letrozole 2.5 mg or placebo.\n\n"
    "Results\n\nNausea was seen in 12% of patients with letrozole and 7% with placebo.\n"
)


def test_arms_of_a_report() -> None:
    assert set(arms.arms_of(REPORT, Pipeline())) == {"letrozole", "placebo"}


@pytest.mark.parametrize(
    ("said", "found", "counts"),
    [
        (("letrozole", "placebo"), ("placebo", "letrozole"), (2, 2, 2)),
        (("5-FU", "surgery"), ("fluorouracil",), (1, 2, 1)),
        (("letrozole (1 mg)", "letrozole (2 mg)"), ("letrozole (2 mg)", "letrozole (4 mg)"), (1, 2, 2)),
        (("letrozole (1 mg)", "letrozole (2 mg)"), ("letrozole",), (1, 2, 1)),
        ((), ("control",), (0, 0, 1)),
    ],
)
def test_arms_agree_one_to_one_as_scoring_says(said: tuple[str, ...], found: tuple[str, ...], counts: tuple[int, int, int]) -> None:
    right, gold, predicted = counts
    assert arms.compared(said, found) == Counts(found=right, gold=gold, correct=right, predicted=predicted)


def test_the_table_has_a_row_for_each_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / REPORTS
    file.parent.mkdir()
    file.write_bytes(lzma.compress("\f".join([REPORT, REPORT]).encode()))
    lines = [
        {"doc": "rct-0000", "half": "read", "arms": ["letrozole", "placebo"]},
        {"doc": "rct-0001", "half": "blind", "arms": ["letrozole", "surgery", "rest"]},
    ]
    (tmp_path / "arms.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    marked = arms.marked(tmp_path / "arms.jsonl")
    monkeypatch.setattr(arms, "marked", lambda: marked)
    assert arms.main(["--shared", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "| read | 1 | 1 | 2 | 2 | 100.0 | 100.0 | 100.0 |",
        "| blind | 1 | 0 | 3 | 2 | 50.0 | 33.3 | 40.0 |",
    ]


def test_without_the_reports_nothing_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert arms.main(["--shared", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"Not compared: there is no {tmp_path / REPORTS}.\n"


def test_every_marked_report_is_of_one_half_and_has_arms() -> None:
    read, blind = arms.marked().values()
    assert not read.keys() & blind.keys()
    assert all((*read.values(), *blind.values()))
