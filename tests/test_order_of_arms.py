"""Values without arms behind a sentence that named the arms, and "the former", "the latter": in the order in which the arms stood there."""

from __future__ import annotations

import pytest
from test_relations import PIPELINE, told

HEAD = """Docetaxel versus gemcitabine in older patients

Methods

Patients were randomly assigned to docetaxel (n = 51) or gemcitabine (n = 49).

Results

"""
THREE = HEAD.replace("(n = 51) or gemcitabine (n = 49)", "(n = 51), gemcitabine (n = 49) or vinorelbine (n = 50)")
LISTS = {
    "values": "Median PFS was 3.4 months with gemcitabine and 6.2 months with docetaxel.",
    "counts of patients": "Of 100 patients, 49 were assigned to gemcitabine and 51 to docetaxel.",
    "evaluable": "Response was assessed in 45 patients of the gemcitabine arm and 48 of the docetaxel arm.",
    "names": "The gemcitabine and docetaxel arms were well balanced.",
}
VALUES = {
    "respectively": ("Median OS was 6.9 and 11.3 months, respectively.", "OS", "month", "6.9", "11.3"),
    "rates": ("Response rates were 11% and 33% (P = 0.02).", "ORR", "percent", "11", "33"),
    "former": ("In the former, the response rate was 11%, in the latter 33%.", "ORR", "percent", "11", "33"),
    "latter arm": ("The former arm had a response rate of 11% and the latter of 33%.", "ORR", "percent", "11", "33"),
    "deaths": ("There were 11 and 33 deaths, respectively.", "DEATH", "patient", "11", "33"),
}


def measured(head: str, first: str, second: str) -> set[str]:
    """The measurements of the second of two sentences of one paragraph."""
    found = PIPELINE.extract_text(head + first + " " + second + "\n").records
    return {told(r) for r in found if r.kind == "measurement" and r.evidence[0].start >= len(head) + len(first)}


@pytest.mark.parametrize("values", sorted(VALUES))
@pytest.mark.parametrize("first", sorted(LISTS))
def test_values_follow_the_order_told_last(first: str, values: str) -> None:
    sentence, code, unit, one, other = VALUES[values]
    assert measured(HEAD, LISTS[first], sentence) == {f"{code}: gemcitabine = {one} {unit}", f"{code}: docetaxel = {other} {unit}"}


@pytest.mark.parametrize(
    "first",
    [
        "Of 150 patients, 51 were assigned to docetaxel, 49 to gemcitabine and 50 to vinorelbine.",
        "Response was assessed in 48 patients of the docetaxel arm, 45 of the gemcitabine arm and 47 of the vinorelbine arm.",
    ],
)
def test_three_values_follow_three_arms(first: str) -> None:
    wanted = {"OS: docetaxel = 11.3 month", "OS: gemcitabine = 6.9 month", "OS: vinorelbine = 7.7 month"}
    assert measured(THREE, first, "Median OS was 11.3, 6.9 and 7.7 months, respectively.") == wanted


def test_an_arm_that_patients_changed_to_gives_no_order() -> None:
    first = "Patients in the gemcitabine arm could cross over to docetaxel."
    assert measured(HEAD, first, "Median OS was 11.3 and 6.9 months (HR 0.70).") == {"OS: docetaxel = 11.3 month", "OS: gemcitabine = 6.9 month"}


def test_the_latter_of_no_two_arms_is_left_over() -> None:
    read = PIPELINE.extract_text(HEAD + "In the latter, the response rate was 33%.\n")
    assert not read.records
    assert [u.text for u in read.unattached] == ["33%"]
