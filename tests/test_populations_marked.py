"""Populations of records against those that readers marked, shown with a text of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.populations import Marked, compared, main, marked
from benchmarks.trials import REPORTS
from extractor.pipeline import Pipeline

TEXT = (
    "Sunitinib in urachal cancer\n\nMethods\n\nSixty patients received sunitinib.\n\nResults\n\nThe response rate was 30% in the whole group. "
    "The response rate was 41% in women. The response rate was 19% in men. The response rate was 25% among smokers."
)
PIPELINE = Pipeline()


def sentence(start: str, *populations: str) -> Marked:
    """The sentence that starts so, with what was marked in it."""
    at = TEXT.index(start)
    end = TEXT.index(".", at) + 1
    return Marked(at, end, tuple((TEXT.index(one, at, end), TEXT.index(one, at, end) + len(one)) for one in populations))


ALL, WOMEN, MEN = (sentence(f"The response rate was {share}%") for share in (30, 41, 19))


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        (sentence("The response rate was 41", "women"), {"agrees": 1}),
        (sentence("The response rate was 41", "response"), {"another": 1}),
        (sentence("The response rate was 30", "group"), {"none, wrongly": 1}),
        (ALL, {"none, rightly": 1}),
        (MEN, {"one where there is none": 1}),
    ],
)
def test_a_record_is_held_against_the_marks_of_its_sentence(told: Marked, counts: dict[str, int]) -> None:
    assert compared(TEXT, [told], PIPELINE) == counts


def test_marks_lie_in_their_sentences() -> None:
    for sentences in marked().values():
        for one in sentences:
            assert all(one.start <= start < end <= one.end for start, end in one.populations)


def test_without_the_reports_nothing_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"Not compared: there is no {tmp_path / REPORTS}.\n"
