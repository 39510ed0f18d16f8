"""Ratios in sentences: which arm is above the line, in which group of patients, and of which endpoint."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
PAPER = """Everolimus versus placebo in advanced renal tumors: a randomized trial

Methods

Patients were randomly assigned to receive everolimus or placebo.

Results

{}
"""
RATIOS: tuple[tuple[str, list[str]], ...] = (
    (
        "The hazard ratio of death for placebo patients compared to everolimus patients was 1.42 (95% CI 1.10-1.83).",
        ["placebo vs everolimus | None | OS 1.42"],
    ),
    ("The HR for PFS with placebo was 1.61 (95% CI 1.20-2.16) compared with everolimus.", ["placebo vs everolimus | None | PFS 1.61"]),
    ("OS did not differ (placebo vs. everolimus: HR 1.08, 95% CI 0.90-1.30).", ["placebo vs everolimus | None | OS 1.08"]),
    ("The HR for OS was 0.70 (95% CI 0.55-0.89) in favor of everolimus.", ["everolimus vs placebo | None | OS 0.7"]),
    ("The HR for OS was 1.43 (95% CI 1.12-1.82) in favor of everolimus.", ["placebo vs everolimus | None | OS 1.43"]),
    (
        "PFS did not differ between the arms, with HR = 1.12 (0.81-1.55) for stage II tumors and HR = 0.94 (0.70-1.26) for stage III tumors.",
        ["everolimus vs placebo | stage II tumors | PFS 1.12", "everolimus vs placebo | stage III tumors | PFS 0.94"],
    ),
    (
        "Among patients without fever, OS seemed worse for some subgroups, such as women (HR 1.31, 95% CI 1.02-1.68).",
        ["everolimus vs placebo | women, without fever | OS 1.31"],
    ),
    (
        "In the 77 patients in whom nephrectomy was done before entry, the analysis showed that the HR was 0.66 (95% CI 0.48-0.91) for OS.",
        ["everolimus vs placebo | nephrectomy was done before entry | OS 0.66"],
    ),
    (
        "HRs for patients assigned everolimus who did not develop stomatitis, compared with placebo, were 1.04 (95% CI 0.85-1.27) for OS.",
        ["everolimus vs placebo | without stomatitis | OS 1.04"],
    ),
    ("OS was significantly worse for patients with weight loss during radiotherapy (HR 1.5, 95% CI 1.1-2.0).", ["F weight loss | None | OS 1.5"]),
)


def ratios_of(sentence: str) -> list[str]:
    records = PIPELINE.extract_text(PAPER.format(sentence)).records
    told = [r for r in records if r.kind == "comparison" and r.estimate is not None]
    return sorted(
        f"{'F ' + r.factor if r.factor is not None else f'{r.arm} vs {r.comparator}'} | {r.population} | {r.endpoint} {r.estimate}" for r in told
    )


@pytest.mark.parametrize(("sentence", "want"), RATIOS)
def test_ratios_of_a_sentence(sentence: str, want: list[str]) -> None:
    assert ratios_of(sentence) == want


def test_parts_of_an_arm_that_are_named_with_it() -> None:
    text = "Median OS was 8.1 months for everolimus and stomatitis, 4.4 months for everolimus without stomatitis, and 5.0 months for placebo."
    found = {(r.arm, r.population, r.value) for r in PIPELINE.extract_text(PAPER.format(text)).records if r.kind == "measurement"}
    assert found == {("everolimus", "stomatitis", 8.1), ("everolimus", "without stomatitis", 4.4), ("placebo", None, 5.0)}
