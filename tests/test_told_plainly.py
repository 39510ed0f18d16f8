"""Facts told in plain words that a too narrow reading loses: who had an event in each arm, lists of events by arm, groups without a drug."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

BOTH = {"AE nausea: docetaxel = 31.4 percent", "AE nausea: gemcitabine = 26.5 percent"}
EACH = {
    "AE neutropenia: docetaxel = 45.1 percent",
    "AE rash: docetaxel = 5.9 percent",
    "AE neutropenia: gemcitabine = 26.5 percent",
    "AE rash: gemcitabine = 20.4 percent",
}
ROWS = {
    # who had it, by arm
    "patients named by their drug": ("In all, 31.4% of docetaxel patients and 26.5% of gemcitabine patients had nausea.", BOTH),
    "treated patients": ("Of note, 31.4% of docetaxel-treated patients and 26.5% of gemcitabine-treated patients experienced nausea.", BOTH),
    "those of the other arm": ("In all, 31.4% of patients on docetaxel and 26.5% of those on gemcitabine had nausea.", BOTH),
    "those who received": (
        "We saw that 31.4% of patients who received docetaxel and 26.5% of those who received gemcitabine developed nausea.",
        BOTH,
    ),
    "some grade of it": ("In all, 31.4% in the docetaxel arm and 26.5% in the gemcitabine arm had some degree of nausea.", BOTH),
    "more of it": ("Docetaxel-treated patients had more nausea (31.4% v 26.5%).", BOTH),
    "more of one, less of the other": (
        "Patients on docetaxel had more neutropenia (45.1% v 26.5%) but less rash (5.9% v 20.4%).",
        EACH,
    ),
    "those with an event are not those who had it": ("Of those with nausea, 31.4% of docetaxel patients needed another drug.", set()),
    # a tumor that did not change, and a weight
    "no change of a tumor": (
        "Partial responses were seen in 5 patients and no change in 12 patients on docetaxel.",
        {"PR: docetaxel = 5 patient", "SD: docetaxel = 12 patient"},
    ),
    "no change of a weight": ("There was no change of weight in 12 patients on docetaxel.", set()),
    # lists of events, arm after arm
    "a list of two": (
        "Neutropenia and rash were seen in 45.1% and 5.9% of patients on docetaxel and in 26.5% and 20.4% of those on gemcitabine.",
        EACH,
    ),
    "rates of a list": ("Neutropenia and rash rates were 45.1% and 5.9% with docetaxel and 26.5% and 20.4% with gemcitabine, respectively.", EACH),
    "a list of three": (
        "Rates of neutropenia, fever and rash were 45.1%, 9.8% and 5.9% with docetaxel and 26.5%, 8.2% and 20.4% with gemcitabine.",
        EACH | {"AE fever: docetaxel = 9.8 percent", "AE fever: gemcitabine = 8.2 percent"},
    ),
    "two rates of two events, the groups alike": (
        "The total rates of leakage and bleeding were 22.2% and 15.8% without differences between the docetaxel and gemcitabine groups.",
        {"AE leakage: all = 22.2 percent", "AE bleeding: all = 15.8 percent"},
    ),
    "as many brackets as events, doses behind the arms": (
        "Nausea (31.4% and 26.5%) and rash (5.9% and 20.4%) occurred with docetaxel 75 mg/m2 and gemcitabine 1000 mg/m2, respectively.",
        BOTH | {"AE rash: docetaxel = 5.9 percent", "AE rash: gemcitabine = 20.4 percent"},
    ),
    "by whom, not by how much": (
        "Nausea was reported by 31.4% and rash by 5.9% of patients on docetaxel; in the gemcitabine group, these rates were 26.5% and 20.4%.",
        BOTH | {"AE rash: docetaxel = 5.9 percent", "AE rash: gemcitabine = 20.4 percent"},
    ),
    "a pair in a bracket before its arm": (
        "There was more neutropenia (45.1% v 26.5%) and less rash (5.9% v 20.4%) with docetaxel.",
        EACH,
    ),
    "a pair in a bracket before what it is compared with": (
        "Neutropenia was less common (26.5% v 45.1%) than with docetaxel.",
        {"AE neutropenia: gemcitabine = 26.5 percent", "AE neutropenia: docetaxel = 45.1 percent"},
    ),
    "a verb ends the name of an event": (
        "The incidence of grade 3 diarrhea did not differ (9.8% v 8.2%).",
        {"AE diarrhea grade 3: docetaxel = 9.8 percent", "AE diarrhea grade 3: gemcitabine = 8.2 percent"},
    ),
    # the figures of the other arm in the order of the first
    "these were": (
        "In the docetaxel arm, the ORR was 37.3% and median PFS 5.2 months; in the gemcitabine arm, these were 22.4% and 3.9 months.",
        {"ORR: docetaxel = 37.3 percent", "PFS: docetaxel = 5.2 month", "ORR: gemcitabine = 22.4 percent", "PFS: gemcitabine = 3.9 month"},
    ),
    "the corresponding figures": (
        "Complete responses were seen in 5 patients (9.8%) and partial responses in 14 (27.5%) in the docetaxel arm; the corresponding figures in the"
        " gemcitabine arm were 2 (4.1%) and 9 (18.4%).",
        {
            "CR: docetaxel = 9.8 percent (5/None)",
            "PR: docetaxel = 27.5 percent (14/None)",
            "CR: gemcitabine = 4.1 percent (2/None)",
            "PR: gemcitabine = 18.4 percent (9/None)",
        },
    ),
    # survival and mortality
    "where deaths occurred": (
        "Of all deaths, 40 occurred in the docetaxel group and 44 in the gemcitabine group.",
        {"DEATH: docetaxel = 40 patient", "DEATH: gemcitabine = 44 patient"},
    ),
    "a follow-up before a count of one arm": (
        "With a median follow-up of 31 months, 40 patients in the docetaxel group had died.",
        {"FOLLOW_UP: all = 31 month", "DEATH: docetaxel = 40 patient"},
    ),
    "survived longer": (
        "Patients treated with docetaxel survived longer than those treated with gemcitabine (median, 9.1 v 7.2 months; HR, 0.71).",
        {"OS: docetaxel = 9.1 month", "OS: gemcitabine = 7.2 month", "OS: docetaxel vs gemcitabine: HR 0.71"},
    ),
    "rates of arms with their doses": (
        "The response rate was 37.3% and 22.4% for docetaxel 75 mg/m2 and gemcitabine 1000 mg/m2, respectively.",
        {"ORR: docetaxel = 37.3 percent", "ORR: gemcitabine = 22.4 percent"},
    ),
    "survival at one landmark after the other": (
        "The actuarial survival with docetaxel was 72.5% at 1 year, 50.9% at 2 years and 31.4% at 3 years.",
        {"OS 1 year: docetaxel = 72.5 percent", "OS 2 year: docetaxel = 50.9 percent", "OS 3 year: docetaxel = 31.4 percent"},
    ),
    "mortality at a day": (
        "Mortality at day 60 was 5.9% with docetaxel and 4.1% with gemcitabine.",
        {"DEATH 60 day: docetaxel = 5.9 percent", "DEATH 60 day: gemcitabine = 4.1 percent"},
    ),
    "mortality between the groups": (
        "Mortality did not differ between the docetaxel and gemcitabine groups (5.9% vs 4.1%).",
        {"DEATH: docetaxel = 5.9 percent", "DEATH: gemcitabine = 4.1 percent"},
    ),
    "mortality that fell": ("Mortality has decreased to 3% and more since.", set()),
}


@pytest.mark.parametrize("name", ROWS)
def test_told_plainly(name: str) -> None:
    text, facts = ROWS[name]
    assert {told(r) for r in PIPELINE.extract_text(OWN + text).records} == facts


ROLES = """Supervised walking after surgery for bowel cancer

Abstract

Background: Patients rest. Methods: Ninety patients were randomised to supervised walking (intervention group) or usual care (control group).
Results: Pain was less in the intervention group than in the control group.

Methods

Patients in the intervention group walked twice a day. The control group received usual care.

Results

"""
INITIALS = """Two ways to close the skin after neck dissection

Abstract

Background: Wounds heal slowly. Methods: A total of 120 patients were randomised to glue (Group GL) or clips (Group CL).
Results: Pain was less in Group GL than in Group CL.

Methods

The skin was glued in Group GL and clipped in Group CL.

Results

Scars were smaller in Group GL than in Group CL. """


@pytest.mark.parametrize(
    ("paper", "text", "facts"),
    [
        (
            ROLES,
            "Lymphoedema occurred in 8 women (18%) in the intervention and 12 (27%) in the control group.",
            {"AE lymphoedema: supervised walking = 18 percent (8/None)", "AE lymphoedema: usual care = 27 percent (12/None)"},
        ),
        (
            ROLES,
            "Falls were reported by 40% of intervention and 61% of control participants.",
            {"AE fall: supervised walking = 40 percent", "AE fall: usual care = 61 percent"},
        ),
        (
            ROLES,
            "Mortality was 2% versus 7%, respectively, in the intervention and control groups.",
            {"DEATH: supervised walking = 2 percent", "DEATH: usual care = 7 percent"},
        ),
        (
            INITIALS,
            "Seroma developed in 6 (10%) patients in Group GL as compared to 15 (25%) patients in Group CL.",
            {"AE seroma: gl = 10 percent (6/None)", "AE seroma: cl = 25 percent (15/None)"},
        ),
        (
            INITIALS,
            "Infection was seen in 5% of Group GL and 8% of Group CL.",
            {"AE infection: gl = 5 percent", "AE infection: cl = 8 percent"},
        ),
    ],
)
def test_groups_called_by_role_or_initials_are_arms(paper: str, text: str, facts: set[str]) -> None:
    assert {told(r) for r in PIPELINE.extract_text(paper + text).records} == facts


def test_several_intervention_groups_are_not_one() -> None:
    several = "Patients in the two intervention groups walked once or twice a day."
    text = ROLES.replace("Patients in the intervention group walked twice a day.", several) + "Infection occurred in 5% and 8%."
    assert not any(r.arm == "intervention" for r in PIPELINE.extract_text(text).records)
