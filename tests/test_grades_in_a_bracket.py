"""An event with its rates of any grade and of grade 3-4 in one bracket: each rate has the grade that stands ahead of it."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
TRIAL = "TITLE:\nA randomised trial\n\nBODY.METHODS:\nPatients were randomly assigned to tivozanib or sorafenib.\n\nBODY.RESULTS:\n{told}\n"
T, S = "tivozanib", "sorafenib"
PAIRS = {(T, None, 41), (S, None, 27), (T, "3-4", 13), (S, "3-4", 8)}
OF_ANY = {(arm, grade or "any", value) for arm, grade, value in PAIRS}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Fatigue was more frequent with tivozanib than with sorafenib (41% vs 27%; grade 3-4, 13% vs 8%).", PAIRS),
        ("Fatigue was more frequent with tivozanib than with sorafenib (any grade, 41% vs 27%; grade 3-4, 13% vs 8%).", OF_ANY),
        ("Fatigue was more frequent with tivozanib than with sorafenib (all grades 41% vs 27%; grade 3-4 13% vs 8%).", OF_ANY),
        ("Fatigue was more frequent with tivozanib than with sorafenib (any grade: 41% vs 27%, grade 3-4: 13% vs 8%).", OF_ANY),
        ("Fatigue (any grade, 41%; grade 3-4, 13%) was frequent with tivozanib.", {(T, "any", 41), (T, "3-4", 13)}),
        ("In the tivozanib group, fatigue (41%; grade 3-4, 13%) was frequent.", {(T, None, 41), (T, "3-4", 13)}),
        ("Fatigue occurred in 41% of patients in the tivozanib group (grade 3-4, 13%).", {(T, None, 41), (T, "3-4", 13)}),
    ],
)
def test_each_rate_has_its_grade(told: str, expected: set[tuple[str, str | None, int]]) -> None:
    records = PIPELINE.extract_text(TRIAL.format(told=told)).records
    assert {(r.arm, r.grade, r.value) for r in records if r.kind == "measurement" and r.event == "fatigue"} == expected
