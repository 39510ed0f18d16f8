"""What all arms of a trial were given, in the many ways that methods tell it, and what its groups mean in the results."""

from __future__ import annotations

import pytest

from extractor.ingest import from_text
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
PAPER = "{title}\n\nAbstract\n\nMethods: {methods} Results: See below.\n\nMethods\n\n{methods}\n\nResults\n\n{said}\n"
ADDED, ALONE = "vandetanib + carboplatin + etoposide", "carboplatin + etoposide"
PLACEBO = "placebo + carboplatin + etoposide"


def arms(methods: str, one: str, other: str, title: str = "Randomised trial of vandetanib in lung cancer") -> list[str | None]:
    said = f"Median overall survival was 13.1 months {one} and 9.4 months {other}."
    found = PIPELINE.extract_document(from_text(PAPER.format(title=title, methods=methods, said=said))).records
    return [next((r.arm for r in found if r.kind == "measurement" and r.value == value), None) for value in (13.1, 9.4)]


@pytest.mark.parametrize(
    "methods",
    [
        "Patients were randomised to vandetanib or placebo. All patients received carboplatin and etoposide.",
        "Patients were randomised to vandetanib or placebo. In both arms, carboplatin and etoposide were given every three weeks.",
        "Patients were randomised to vandetanib or placebo. The backbone in both arms was carboplatin and etoposide.",
        "All patients were treated with carboplatin and etoposide and were randomised to vandetanib or placebo.",
        "Patients starting carboplatin and etoposide were randomised to vandetanib or placebo.",
        "Patients received carboplatin and etoposide and were randomly assigned to additional vandetanib or placebo.",
        "Vandetanib or placebo was added to carboplatin and etoposide.",
    ],
)
def test_a_drug_or_placebo_beside_what_all_had(methods: str) -> None:
    found = arms(methods, "in the vandetanib group", "in the placebo group")
    assert [sorted(a.split(" + ")) for a in found if a] == [sorted(ADDED.split(" + ")), sorted(PLACEBO.split(" + "))]


@pytest.mark.parametrize(
    "methods",
    [
        "Patients were randomised to vandetanib or no vandetanib, both with carboplatin and etoposide.",
        "Patients were randomised to vandetanib or control. Carboplatin and etoposide were given to both groups.",
        "Patients were randomised to vandetanib or no additional treatment in addition to carboplatin and etoposide.",
        "The control group received carboplatin and etoposide; those in the vandetanib group received the same treatment plus vandetanib.",
        "The control arm received carboplatin and etoposide and the experimental arm received vandetanib in addition.",
        "All patients received carboplatin and etoposide; half of them were randomly assigned to receive vandetanib as well.",
        "Patients receiving carboplatin and etoposide were randomly assigned to vandetanib or to a control group without vandetanib.",
        "Patients were randomised to carboplatin and etoposide (control) or the same regimen with vandetanib.",
        "Patients treated with carboplatin and etoposide were randomised to a vandetanib group or a control group.",
    ],
)
def test_a_drug_beside_what_all_had(methods: str) -> None:
    found = arms(methods, "in the vandetanib group", "in the control group")
    assert [sorted(a.split(" + ")) for a in found if a] == [sorted(ADDED.split(" + ")), sorted(ALONE.split(" + "))]


@pytest.mark.parametrize(
    "methods",
    [
        "All patients had received carboplatin and etoposide. Patients were randomised to vandetanib or placebo.",
        "All patients were treated with carboplatin and etoposide and were then randomised to vandetanib or placebo.",
        "Patients were randomised to vandetanib or placebo. All patients received granisetron.",
        "Patients were randomised to vandetanib or placebo. After progression, all patients received carboplatin and etoposide.",
        "Patients receiving carboplatin and etoposide were randomised to vandetanib or placebo.",
    ],
)
def test_what_patients_had_before_or_besides_is_no_part_of_an_arm(methods: str) -> None:
    assert arms(methods, "in the vandetanib group", "in the placebo group") == ["vandetanib", "placebo"]


def test_what_treats_a_cancer_where_it_is_counts() -> None:
    methods = "Patients were randomised to sorafenib or placebo. All patients received transarterial chemoembolization (TACE)."
    found = arms(methods, "in the sorafenib group", "in the placebo group", "Sorafenib versus placebo in hepatocellular carcinoma")
    assert found == ["sorafenib + TACE", "placebo + TACE"]


def test_in_a_trial_of_support_all_that_both_had_counts() -> None:
    methods = "Patients were randomised to azasetron or ondansetron. Both groups received dexamethasone."
    found = arms(methods, "in the azasetron group", "in the ondansetron group", "Azasetron against nausea in solid tumours")
    assert found == ["azasetron + dexamethasone", "ondansetron + dexamethasone"]
