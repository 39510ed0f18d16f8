"""Treatment stopped in some, interrupted in others, reduced in others still: each number is of the verb ahead of it."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
STUDY = (
    "TITLE:\nCediranib in advanced sarcoma: a phase II study\n\nBODY.METHODS:\nPatients were treated with cediranib.\n\nBODY.RESULTS:\n"
    "All was well. {told}\n"
)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "Six patients (9.5%) discontinued treatment because of adverse events, and 17 (27.0%) required a dose reduction.",
            {("DISCONTINUATION", 9.5), ("DOSE_REDUCTION", 27.0)},
        ),
        (
            "Treatment was discontinued in 6 patients (9.5%), interrupted in 22 (34.9%) and reduced in dose in 17 (27.0%).",
            {("DISCONTINUATION", 9.5), ("DOSE_REDUCTION", 27.0)},
        ),
        (
            "Adverse events led to discontinuation in 9.5%, dose interruption in 34.9% and dose reduction in 27.0% of patients.",
            {("DISCONTINUATION", 9.5), ("DOSE_REDUCTION", 27.0)},
        ),
        (
            "Dose interruptions occurred in 34.9%, dose reductions in 27.0% and discontinuation in 9.5% of patients.",
            {("DISCONTINUATION", 9.5), ("DOSE_REDUCTION", 27.0)},
        ),
        ("Treatment was discontinued or interrupted in 6 patients (9.5%).", {("DISCONTINUATION", 9.5)}),
        ("Adverse events led to treatment discontinuation in 9.5% of patients.", {("DISCONTINUATION", 9.5)}),
    ],
)
def test_each_number_is_of_its_verb(told: str, expected: set[tuple[str, float]]) -> None:
    records = PIPELINE.extract_text(STUDY.format(told=told)).records
    assert {(r.endpoint, r.value) for r in records if r.kind == "measurement"} == expected
