"""Arms that the size of each proves: a count and its share are of one number of patients only."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
PAPER = """Docetaxel versus gemcitabine in older patients

Methods

Patients were randomly assigned to docetaxel (n = 51) or gemcitabine (n = 37).

Results

{}
"""
ROWS: tuple[tuple[str, str, set[tuple[str, float]]], ...] = (
    (
        "the order of the first statement does not fit the second",
        "One patient (2.0%) on docetaxel and 3 (8.1%) on gemcitabine had a CR, whereas 9 (24.3%) and 12 (23.5%) patients achieved PR.",
        {("gemcitabine", 24.3), ("docetaxel", 23.5)},
    ),
    (
        "an order that fits stays",
        "One patient (2.0%) on docetaxel and 3 (8.1%) on gemcitabine had a CR, whereas 12 (23.5%) and 9 (24.3%) patients achieved PR.",
        {("docetaxel", 23.5), ("gemcitabine", 24.3)},
    ),
    (
        "shares that fit no order prove nothing",
        "One patient (2.0%) on docetaxel and 3 (8.1%) on gemcitabine had a CR, whereas 12 (40.0%) and 9 (30.0%) patients achieved PR.",
        {("docetaxel", 40.0), ("gemcitabine", 30.0)},
    ),
)


@pytest.mark.parametrize(("text", "want"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_arms_by_their_sizes(text: str, want: set[tuple[str, float]]) -> None:
    records = PIPELINE.extract_text(PAPER.format(text)).records
    assert {(r.arm, r.value) for r in records if r.kind == "measurement" and r.endpoint == "PR"} == want


def test_the_two_arms_of_a_placebo_controlled_trial_that_names_one() -> None:
    text = "Everolimus, a kinase inhibitor, was studied first. The placebo-controlled ZEST trial showed an improvement in OS of around 4 months."
    records = PIPELINE.extract_text(f"A review of renal tumors\n\nDiscussion\n\n{text}\n").records
    assert {(r.arm, r.comparator, r.measure, r.estimate) for r in records if r.kind == "comparison"} == {("everolimus", "placebo", "difference", 4)}
