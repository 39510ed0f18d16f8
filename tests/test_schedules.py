"""Papers of our own with one treatment, given in two ways."""

from __future__ import annotations

import pytest
from test_in_full import arms

BOTH = "Median overall survival was 11.5 months in the {} group and 13.5 months in the {} group."


@pytest.mark.parametrize(
    ("title", "results", "ways"),
    [
        ("Weekly versus three-weekly docetaxel in cancer of the lung", BOTH.format("weekly", "three-weekly"), ("weekly", "three-weekly")),
        (
            "Bolus or infusional therapy with fluorouracil in cancer of the colon",
            "Median overall survival was 11.5 months with bolus therapy and 13.5 months with infusional therapy.",
            ("bolus", "infusional"),
        ),
        (
            "Intermittent versus continuous letrozole in cancer of the breast",
            BOTH.format("intermittent", "continuous"),
            ("intermittent", "continuous"),
        ),
    ],
    ids=["weeks", "therapy", "pauses"],
)
def test_one_treatment_in_two_ways_makes_two_arms(title: str, results: str, ways: tuple[str, str]) -> None:
    found = arms(title, "Patients were randomly assigned to one of two groups.", results)
    drug = next(name for name in ("docetaxel", "fluorouracil", "letrozole") if name in title)
    assert found == [(f"{drug} ({ways[0]})", 11.5), (f"{drug} ({ways[1]})", 13.5)]


def test_a_way_by_the_abbreviation_of_the_paper() -> None:
    methods = "Fluorouracil was given by bolus or by continuous infusion (CI)."
    results = "Median overall survival was 11.5 months in the bolus arm and 13.5 months in the CI arm."
    found = arms("Bolus versus continuous infusion of fluorouracil in cancer of the colon", methods, results)
    assert found == [("fluorouracil (bolus)", 11.5), ("fluorouracil (continuous infusion)", 13.5)]


@pytest.mark.parametrize(
    "title",
    [
        "Weekly docetaxel or continuous letrozole in cancer of the breast",
        "First-line or second-line docetaxel in cancer of the lung",
        "Early or advanced cancer of the lung and docetaxel",
    ],
    ids=["two treatments", "lines of therapy", "stages"],
)
def test_what_is_no_way_of_giving_one_treatment(title: str) -> None:
    results = "Median overall survival was 11.5 months with docetaxel. The weekly group, the early group and the first-line group were small."
    assert arms(title, "Patients were followed.", results) == [("docetaxel", 11.5)]
