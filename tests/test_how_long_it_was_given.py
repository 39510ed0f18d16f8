"""Arms that had one treatment for different times: found in the paper, and in the sentences that call them by their time."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
PAPER = (
    "How long to give pertuzumab in early breast cancer: a randomised trial\n\nAbstract\n\nMethods: {allotted}\n\nMethods\n\n{allotted}\n\n"
    "Results\n\n{result}\n"
)
OS = "Median OS was 51 months in the 4-month group and 63 months in the 8-month group."


def arms(allotted: str, result: str) -> set[str]:
    """Every value with the arm that it was read for."""
    records = PIPELINE.extract_text(PAPER.format(allotted=allotted, result=result)).records
    return {f"{record.arm}: {record.value}" for record in records if record.kind == "measurement"}


@pytest.mark.parametrize(
    "allotted",
    [
        "Patients were randomised to 4 or 8 months of pertuzumab.",
        "Patients were randomly assigned to 4 months versus 8 months of adjuvant pertuzumab.",
        "Patients were randomly allocated to four months (n = 60) or eight months (n = 61) of pertuzumab.",
        "Patients were randomly assigned to receive pertuzumab for 4 months or for 8 months.",
        "This randomised trial compared a 4- with pertuzumab and an 8-month course; patients were randomised to 4 or 8 months of treatment.",
    ],
)
def test_two_times_of_one_treatment_are_two_arms(allotted: str) -> None:
    assert arms(allotted, OS) == {"pertuzumab (4 months): 51", "pertuzumab (8 months): 63"}


@pytest.mark.parametrize(
    ("allotted", "result", "told"),
    [
        (
            "Patients were randomised to one year or two years of pertuzumab plus docetaxel.",
            "The 3-year OS was 71% in the 1-year group vs 74% in the 2-year group.",
            {"pertuzumab + docetaxel (1 year): 71", "pertuzumab + docetaxel (2 years): 74"},
        ),
        (
            "Patients were randomised to four or eight cycles of pertuzumab.",
            "The response rate was 31% with 4 cycles of pertuzumab and 44% in the eight-cycle group.",
            {"pertuzumab (4 cycles): 31"},
        ),
        (
            "Patients were randomised to pertuzumab or placebo and followed for 4 or 8 months.",
            "The response rate was 31% with pertuzumab and 12% with placebo.",
            {"pertuzumab: 31", "placebo: 12"},
        ),
        ("Patients were randomised to pertuzumab every 2 or 3 weeks.", "The response rate was 31%.", {"all: 31"}),
        ("Patients received pertuzumab; survival after 4 or 8 months of pertuzumab was noted.", "The response rate was 31%.", {"all: 31"}),
    ],
)
def test_a_value_is_of_the_time_that_it_is_told_of(allotted: str, result: str, told: set[str]) -> None:
    assert told <= arms(allotted, result)
    assert not any("months" in one for one in arms(allotted, result)) or "months" in str(told)
