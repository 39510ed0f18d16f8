"""Papers of our own with one treatment, given in two ways."""

from __future__ import annotations

import pytest
from test_in_full import arms

from extractor.entities.arms import compose
from extractor.entities.drugs import find_drugs
from extractor.entities.ways import Told, find_ways

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


def ways(*sentences: str) -> list[str]:
    """The arms by dose or route of a paper of some sentences, each of which tells results."""
    told = [Told(text, tuple(compose(text, [m for m in find_drugs(text) if m.parts])), is_result=True) for text in sentences]
    return sorted(way.norm for way in find_ways(told)[0])


WAYS = {
    "doses behind the drug": (
        (
            "Patients received gefitinib 250 mg (n = 31) or gefitinib 500 mg (n = 33).",
            "Rash was seen in 11% of the 250-mg and 19% of the 500 mg group.",
        ),
        ["gefitinib (250 mg)", "gefitinib (500 mg)"],
    ),
    "doses told as a list, the drug once": (
        ("Randomised to anastrozole 1 mg qd (n = 31), 10 mg qd (n = 33) or placebo.", "Nausea: 4% with 1 mg and 9% with anastrozole 10 mg."),
        ["anastrozole (1 mg)", "anastrozole (10 mg)"],
    ),
    "doses before the drug": (
        ("Women were assigned to 1 or 10 mg of anastrozole.", "Nausea was seen in 4% of those receiving 1 mg and 9% of those receiving 10 mg."),
        ["anastrozole (1 mg)", "anastrozole (10 mg)"],
    ),
    "concentrations": (
        (
            "Patients were randomized to 5 μM trabedersen, 40 μM trabedersen or lomustine.",
            "Survival was 7 months in the 5 μM and 9 in the 40 μM trabedersen group.",
        ),
        ["trabedersen (40 μM)", "trabedersen (5 μM)"],
    ),
    "routes and their letters": (
        ("Subcutaneous versus intravenous bortezomib in myeloma", "The response rate was 41% in the SC group and 43% in the IV group."),
        ["bortezomib (intravenous)", "bortezomib (subcutaneous)"],
    ),
    "letters of the drug and of the route": (
        ("Non-inferiority of subcutaneous to intravenous bortezomib", "The response rate was 41% with B-SC compared with 43% with B-IV."),
        ["bortezomib (intravenous)", "bortezomib (subcutaneous)"],
    ),
    "what both were given besides": (
        (
            "They had melphalan and one of two lots of bortezomib SC, or melphalan and bortezomib IV.",
            "Responses: 41% in the SC and 43% in the IV group.",
        ),
        ["melphalan + bortezomib (intravenous)", "melphalan + bortezomib (subcutaneous)"],
    ),
    "a dose that was lowered": (("Gefitinib 500 mg was reduced to gefitinib 250 mg in 12% of the group.", "The 250 mg and 500 mg doses."), []),
    "doses of a search": (("Escalating doses: gefitinib 250 mg or gefitinib 500 mg.", "The 250 mg group and the 500 mg group did well: 4%."), []),
    "one dose": (("Patients were assigned to gefitinib 250 mg or placebo.", "Rash was seen in 11% of the 250 mg group."), []),
}


@pytest.mark.parametrize(("sentences", "expected"), WAYS.values(), ids=WAYS.keys())
def test_arms_with_one_drug_by_dose_or_route(sentences: tuple[str, ...], expected: list[str]) -> None:
    assert ways(*sentences) == expected


def test_results_by_dose_beside_a_placebo() -> None:
    methods = "Patients were randomly allocated to placebo (n = 30), gefitinib 250 mg (n = 31), and gefitinib 500 mg (n = 33)."
    results = "Median overall survival was 6.5 months with placebo, 8.5 months in the 250-mg group and 9.5 months in the gefitinib 500-mg group."
    found = arms("Gefitinib at two doses in cancer of the lung", methods, results)
    assert found == [("placebo", 6.5), ("gefitinib (250 mg)", 8.5), ("gefitinib (500 mg)", 9.5)]
