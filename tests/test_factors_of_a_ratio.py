"""What a ratio is of where a paper compares no arms: the factor between its name and its figure, and two groups with the compared one in front."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
COHORT = (
    "TITLE:\nPrognostic factors in sarcoma: a retrospective study\n\nBODY.METHODS:\nWe reviewed the records of 204 patients.\n\n"
    "BODY.RESULTS:\nThe median age was 58 years.\n\n{told}\n"
)


@pytest.mark.parametrize(
    ("told", "factor"),
    [
        ("In the Cox model, the HR for death for high ferritin was 1.74 (95% CI 1.22-2.48).", "high ferritin"),
        ("After adjustment for age, the hazard ratio of OS for a TP53 mutation was 1.74 (95% CI 1.22-2.48).", "TP53 mutation"),
        ("In the Cox model, the HR for death for ECOG PS 2 was 1.74 (95% CI 1.22-2.48).", "ECOG PS 2"),
        ("In the Cox model, the HR for death for tumor depth > 5 cm was 1.74 (95% CI 1.22-2.48).", "tumor depth > 5 cm"),
        ("Age >= 60 years was associated with shorter OS (HR 1.74; 95% CI 1.22-2.48).", "Age >= 60 years"),
        ("Compared with women, men had worse OS (HR 1.74, 95% CI 1.22-2.48).", "men vs women"),
        ("Compared with patients with normal LDH, patients with high LDH had worse OS (HR 1.74, 95% CI 1.22-2.48).", "high vs normal LDH"),
        ("Men had worse OS than women (HR 1.74, 95% CI 1.22-2.48).", "men vs women"),
    ],
)
def test_the_factor_of_an_estimate(told: str, factor: str) -> None:
    records = PIPELINE.extract_text(COHORT.format(told=told)).records
    assert [(r.factor, r.arm, r.estimate) for r in records if r.kind == "comparison"] == [(factor, None, 1.74)]


@pytest.mark.parametrize(
    "told",
    [
        "The HR for OS was 1.74 (95% CI 1.22-2.48).",
        "The HR for death for those groups was 1.74 (95% CI 1.22-2.48).",
    ],
)
def test_no_factor_is_made_of_an_outcome(told: str) -> None:
    records = PIPELINE.extract_text(COHORT.format(told=told)).records
    assert not [r for r in records if r.kind == "comparison" and r.factor]
