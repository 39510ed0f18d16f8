"""Which of two arms stands above the line of a ratio, and which outcome the ratio is of, where the sentence says it in other words."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
TRIAL = "TITLE:\nA randomised trial\n\nBODY.METHODS:\nPatients were randomly assigned to cediranib or placebo.\n\nBODY.RESULTS:\n{told}\n"
TESTED = ("cediranib", "placebo")


def comparisons(told: str) -> list[tuple[str, str | None, str | None, object]]:
    records = PIPELINE.extract_text(TRIAL.format(told=told)).records
    return sorted((r.endpoint, r.arm, r.comparator, r.estimate) for r in records if r.kind == "comparison" and r.estimate is not None)


@pytest.mark.parametrize(
    ("told", "order"),
    [
        ("OS was significantly shorter in the placebo group (HR 1.53; 95% CI 1.21-1.93; P = 0.001).", TESTED[::-1]),
        ("OS was significantly longer in the cediranib group (HR 1.53; 95% CI 1.21-1.93; P = 0.001).", TESTED[::-1]),
        ("OS was significantly longer in the cediranib group (HR 0.65; 95% CI 0.52-0.83; P = 0.001).", TESTED),
        ("OS was significantly shorter in the placebo group (HR 0.65; 95% CI 0.52-0.83; P = 0.001).", TESTED),
        ("OS did not differ between the placebo group and the cediranib group (HR 0.94; 95% CI 0.74-1.19).", TESTED),
        ("OS was similar in the two groups (HR 1.03; 95% CI 0.82-1.29).", TESTED),
    ],
)
def test_the_arm_above_the_line(told: str, order: tuple[str, str]) -> None:
    assert [(arm, comparator) for _, arm, comparator, _ in comparisons(told)] == [order]


@pytest.mark.parametrize(
    ("told", "endpoint"),
    [
        ("The hazard ratio for disease progression or death was 0.57 (95% CI, 0.45 to 0.72).", "PFS"),
        ("The hazard ratio for progression or death in the cediranib group was 0.57 (95% CI, 0.45 to 0.72).", "PFS"),
        ("The hazard ratio for disease progression was 0.57 (95% CI, 0.45 to 0.72).", "TTP"),
        ("DFS at 3 years was 81% with cediranib and 70% with placebo (HR for recurrence or death 0.57; 95% CI 0.45-0.72).", "DFS"),
        ("OS at 3 years was 81% with cediranib and 70% with placebo (HR for recurrence or death 0.57; 95% CI 0.45-0.72).", "RFS"),
        ("The hazard ratio for recurrence or death was 0.57 (95% CI 0.45-0.72).", "RFS"),
    ],
)
def test_the_outcome_of_a_ratio(told: str, endpoint: str) -> None:
    assert [found for found, *_ in comparisons(told)] == [endpoint]
