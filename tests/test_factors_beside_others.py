"""Factors that are told beside others or by their ratio alone, and two groups behind the values that they have."""

from __future__ import annotations

import pytest
from test_relations import PIPELINE, told

HEAD = """Prognosis after gastrectomy: a retrospective study

Methods

We reviewed the records of 412 patients. Survival was analyzed by the Cox model.

Results

"""
ONE = "HR 1.80, 95% CI 1.10-2.90, P = 0.02"
OTHER = "HR 1.40; 95% CI 1.05-1.90; P = 0.04"
MALE, LOW = "OS: male sex: HR 1.8 [1.1, 2.9] p=0.02", "OS: low albumin: HR 1.4 [1.05, 1.9] p=0.04"
SENTENCES = {
    "followed by": (f"Male sex was the strongest predictor of OS ({ONE}), followed by low albumin ({OTHER}).", {MALE, LOW}),
    "significant for": (f"Male sex remained significant for OS in multivariate analysis ({ONE}).", {MALE}),
    "only": ("Only male sex was significant for OS (P = 0.02).", {"OS: male sex: p=0.02"}),
    "the ratio as a verb's object": (
        "In the Cox model for OS, male sex had a hazard ratio of 1.80 (95% CI 1.10-2.90; P = 0.02).",
        {MALE},
    ),
    "behind the ratio": ("The hazard ratio for death was 1.80 (95% CI 1.10-2.90) for a KRAS mutation.", {"OS: KRAS mutation: HR 1.8 [1.1, 2.9]"}),
    "found for": (
        "A significant impact on OS was found for male sex (P = 0.02) and low albumin (P = 0.04).",
        {"OS: male sex: p=0.02", "OS: low albumin: p=0.04"},
    ),
    "factors that were significant": (
        "The following factors were significant for OS: male sex (P = 0.02) and low albumin (P = 0.04).",
        {"OS: male sex: p=0.02", "OS: low albumin: p=0.04"},
    ),
    "margins of a resection": (
        f"Positive resection margins were associated with shorter OS ({ONE}).",
        {"OS: positive resection margins: HR 1.8 [1.1, 2.9] p=0.02"},
    ),
    "a ratio of cells": (
        "There was no association between a high neutrophil-to-lymphocyte ratio and OS (HR 1.10; 95% CI 0.80-1.50).",
        {"OS: high neutrophil-to-lymphocyte ratio: HR 1.1 [0.8, 1.5]"},
    ),
    "a difference is no factor": ("The difference was significant for OS (P = 0.02).", set()),
    "what was not told of a factor is none": ("For OS, anemia was often followed by low albumin (P = 0.02).", set()),
}


def compared(sentence: str) -> set[str]:
    """The comparisons of a sentence, with the names of their factors in small letters."""
    found = PIPELINE.extract_text(HEAD + sentence + "\n").records
    lines = {told(r) for r in found if r.kind == "comparison"}
    return {line.replace(": Male", ": male").replace(": Low", ": low").replace(": Positive", ": positive").replace(": a ", ": ") for line in lines}


@pytest.mark.parametrize("case", sorted(SENTENCES))
def test_each_factor_has_its_own_number(case: str) -> None:
    sentence, wanted = SENTENCES[case]
    assert compared(sentence) == wanted


GROUPS = {
    "two kinds": (
        "Response rates were 54% and 39% in patients with liver metastases and lung metastases, respectively.",
        "liver metastases",
        "lung metastases",
    ),
    "one noun": ("Response rates were 54% and 39% in patients with liver and lung metastases, respectively.", "liver metastases", "lung metastases"),
    "steps": ("Response rates were 54% and 39% for patients with stage II and III disease, respectively.", "stage II disease", "stage III disease"),
    "ahead": ("Response rates in patients with stage II and III disease were 54% and 39%, respectively.", "stage II disease", "stage III disease"),
}


@pytest.mark.parametrize("case", sorted(GROUPS))
def test_two_groups_have_a_value_each(case: str) -> None:
    sentence, one, other = GROUPS[case]
    found = {told(r) for r in PIPELINE.extract_text(HEAD + sentence + "\n").records if r.kind == "measurement"}
    assert found == {f"ORR in {one}: all = 54 percent", f"ORR in {other}: all = 39 percent"}
