"""Constructions that whole reports, read from end to end, showed to be read wrong; the sentences are our own."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

from extractor.entities.joins import without_modes

RESULTS = {
    # one bracket of the other arm
    "two harms and a bracket of the other arm": (
        "Nausea (61%) and rash (33%) were more common with docetaxel than with gemcitabine (40 and 19%, respectively).",
        {
            "AE nausea: docetaxel = 61 percent",
            "AE rash: docetaxel = 33 percent",
            "AE nausea: gemcitabine = 40 percent",
            "AE rash: gemcitabine = 19 percent",
        },
    ),
    "three harms and a bracket of the other arm": (
        "Docetaxel caused more nausea (61%), rash (33%) and fever (9%) than gemcitabine (40%, 19% and 3%, respectively).",
        {
            "AE nausea: docetaxel = 61 percent",
            "AE rash: docetaxel = 33 percent",
            "AE fever: docetaxel = 9 percent",
            "AE nausea: gemcitabine = 40 percent",
            "AE rash: gemcitabine = 19 percent",
            "AE fever: gemcitabine = 3 percent",
        },
    ),
    "an outcome without a name stays unattached in both arms": (
        "Nausea (61%) and the wobbles (33%) occurred more often with docetaxel than with gemcitabine (40% and 19%, respectively).",
        {"AE nausea: docetaxel = 61 percent", "AE nausea: gemcitabine = 40 percent"},
    ),
    "an outcome without a name and dose reductions": (
        "There were more administration delays (61%) and dose reductions (33%) with docetaxel than with gemcitabine (40 and 19%, respectively).",
        {"DOSE_REDUCTION: docetaxel = 33 percent", "DOSE_REDUCTION: gemcitabine = 19 percent"},
    ),
    "how long they survived at least": (
        "Thirty-one patients survived more than 4 months and could be included in the 4 month follow up.",
        set(),
    ),
    # whose values
    "in favor of one arm, and on": (
        "Survival was better for gemcitabine over docetaxel, with a median OS of 6.1 months versus 7.8 months in favor of gemcitabine (HR 0.79; 95% "
        "CI 0.64 to 0.97) and a 12-month survival of 17% and 25%, respectively.",
        {
            "OS: docetaxel = 6.1 month",
            "OS: gemcitabine = 7.8 month",
            "OS: gemcitabine vs docetaxel: HR 0.79 [0.64, 0.97]",
            "OS 12 month: docetaxel = 17 percent",
            "OS 12 month: gemcitabine = 25 percent",
        },
    ),
    "groups before a remark on the difference": (
        "Survival was longer in patients who had a late relapse, but the difference was not significant (median OS 31.4 months vs 22.9 months).",
        {"OS in late relapse: all = 31.4 month", "OS in without late relapse: all = 22.9 month"},
    ),
    "one list of arms behind all groups": (
        "The median PFS was 8.8 and 6.1 months in women and 5.9 and 4.8 months in men for docetaxel and gemcitabine, respectively.",
        {
            "PFS in women: docetaxel = 8.8 month",
            "PFS in women: gemcitabine = 6.1 month",
            "PFS in men: docetaxel = 5.9 month",
            "PFS in men: gemcitabine = 4.8 month",
        },
    ),
    # which outcome
    "parts of an event without a code": (
        "The effect was due to fewer disease events (relapse, progression, death of the tumor; HR 0.61, 95% CI 0.40-0.93) with docetaxel.",
        set(),
    ),
    "progression where the sentence tells of PFS": (
        "No difference in PFS was seen between the arms, with a hazard ratio for progression of 1.17 (95% CI 0.88 to 1.55).",
        {"PFS: docetaxel vs gemcitabine: HR 1.17 [0.88, 1.55]"},
    ),
    "progression by itself": (
        "Docetaxel lowered the risk of progression compared with gemcitabine (HR 0.71; 95% CI 0.52 to 0.97).",
        {"TTP: docetaxel vs gemcitabine: HR 0.71 [0.52, 0.97]"},
    ),
    "survival with disease": (
        "Survival with disease (P = .011) and overall survival (P = .006) were longer with docetaxel than with gemcitabine.",
        {"OS: docetaxel vs gemcitabine: p=0.006"},
    ),
    "an outcome without a code in a list of outcomes": (
        "Docetaxel improved QOL (P = .02), cheerfulness (P = .03) and PFS (P = .04) compared with gemcitabine.",
        {"QOL: docetaxel vs gemcitabine: p=0.02", "PFS: docetaxel vs gemcitabine: p=0.04"},
    ),
    "an increase in a rate at a time": (
        "There was a 4.5% increase in 5-year survival with docetaxel compared with gemcitabine.",
        {"OS 5 year: docetaxel vs gemcitabine: difference 4.5"},
    ),
    "an increase from one rate to another": (
        "The absolute increase in the rate of PFS at 3 years was 6.9% (from 27.5% to 34.4%; HR 0.78 [0.61-0.99]) in all patients and 8.7% (from "
        "31.4% to 40.1%; HR 0.74 [0.57-0.96]) in patients undergoing resection.",
        {"PFS 3 year: docetaxel vs gemcitabine: difference 6.9"},
    ),
    "what deaths were due to": ("Progression accounted for 93.1% of patient deaths in both arms.", set()),
    "an outcome before its value and one behind": (
        "In the docetaxel group there were 3 PR (13%) and 12 (52%) patients with SD.",
        {"PR: docetaxel = 13 percent (3/None)", "SD: docetaxel = 52 percent (12/None)"},
    ),
    "scales of one outcome": (
        "Docetaxel improved quality of life on two scales (cognitive [P = .011] and physical functioning [P = .024]) compared with gemcitabine.",
        {"QOL: docetaxel vs gemcitabine: p=0.011", "QOL: docetaxel vs gemcitabine: p=0.024"},
    ),
    # stops and reductions
    "harms that led to reductions": (
        "Diarrhea (21%) and neutropenia (34%), leading to dose reductions, were seen with docetaxel.",
        {"AE diarrhea: docetaxel = 21 percent", "AE neutropenia: docetaxel = 34 percent"},
    ),
    "reductions because of harms": (
        "Dose reductions because of diarrhea (21%) and neutropenia (34%) were common with docetaxel.",
        {"DOSE_REDUCTION diarrhea: docetaxel = 21 percent", "DOSE_REDUCTION neutropenia: docetaxel = 34 percent"},
    ),
    "the whole of a reason": (
        "Three patients stopped docetaxel because of intolerable treatment-related toxicity, and five stopped gemcitabine because of renal "
        "insufficiency.",
        {
            "DISCONTINUATION intolerable treatment-related toxicity: docetaxel = 3 patient",
            "DISCONTINUATION renal insufficiency: gemcitabine = 5 patient",
        },
    ),
    "the whole of a cause": (
        "Two patients died of pulmonary infection with docetaxel and one died of myocardial infarction with gemcitabine.",
        {"DEATH pulmonary infection: docetaxel = 2 patient", "DEATH myocardial infarction: gemcitabine = 1 patient"},
    ),
    "stopped by their wish": (
        "One patient in each arm stopped because of toxicity; six patients receiving docetaxel and four patients receiving gemcitabine either "
        "withdrew consent or refused further treatment.",
        {"DISCONTINUATION toxicity: docetaxel = 1 patient", "DISCONTINUATION toxicity: gemcitabine = 1 patient"},
    ),
}


@pytest.mark.parametrize("name", RESULTS)
def test_results(name: str) -> None:
    text, expected = RESULTS[name]
    assert {told(r) for r in PIPELINE.extract_text(OWN + text).records if r.study == "this study"} == expected


def arms_of(methods: str, results: str) -> set[str]:
    """The arms of all values of a small paper, each with its value."""
    text = f"A trial of docetaxel\n\nMethods\n\n{methods}\n\nResults\n\n{results}\n"
    return {f"{r.arm} {r.value:g}" for r in PIPELINE.extract_text(text).records if r.kind == "measurement" and r.value is not None}


@pytest.mark.parametrize(
    "methods",
    [
        "Women were allotted to letrozole (2.5 mg daily) with (group LE) or without (group L) everolimus for two years.",
        "The same number of women were to take letrozole with (LE group) or without (L group) everolimus every day.",
        "Patients were randomly assigned to letrozole with (LE, n = 48) or without everolimus (L, n = 47).",
        "Patients were randomly assigned to letrozole alone (L) or combined with everolimus (LE).",
    ],
)
def test_names_of_groups_with_and_without_one_more_treatment(methods: str) -> None:
    results = "Median PFS was 2.9 months for the LE group and 2.4 months for the L group. OS was 9.9 months for the LE group and 9.1 for the L group."
    expected = {"letrozole + everolimus 2.9", "letrozole 2.4", "letrozole + everolimus 9.9", "letrozole 9.1"}
    assert arms_of(methods, results) == expected


def test_why_patients_were_not_eligible_is_no_harm() -> None:
    methods = "Patients were randomly assigned to docetaxel (n = 120) or gemcitabine (n = 118)."
    results = (
        "The reasons for ineligibility were more advanced disease than allowed (five in the docetaxel group and six in the gemcitabine group), a "
        "second cancer (one in the gemcitabine group), and high serum creatinine (one in the docetaxel group)."
    )
    assert arms_of(methods, results) == set()


def test_the_abbreviation_of_an_endpoint_names_no_arm() -> None:
    methods = "Patients were randomly assigned to either an induction chemotherapy plus surgery group or a surgery-alone group."
    results = (
        "The median survival time (MST) in the induction chemotherapy arm was lower than that of surgery-alone arm (MST, 14.4 months vs 17.9 months)."
    )
    assert arms_of(methods, results) == {"induction chemotherapy + surgery 14.4", "surgery 17.9"}


def test_what_is_based_on_a_drug_of_one_arm() -> None:
    methods = "Patients were randomly assigned to docetaxel plus irinotecan or to gemcitabine."
    results = "The irinotecan-based combination had a higher response rate than gemcitabine (44 vs 23%)."
    assert arms_of(methods, results) == {"docetaxel + irinotecan 44", "gemcitabine 23"}


@pytest.mark.parametrize(
    ("treatment", "parts"),
    [
        ("gemcitabine plus weekly paclitaxel", {"gemcitabine", "paclitaxel"}),
        ("gemcitabine with high-dose cisplatin", {"gemcitabine", "cisplatin"}),
        ("continuous fluorouracil infusion plus irinotecan", {"fluorouracil", "irinotecan"}),
        (
            "weekly irinotecan (80 mg/m2) plus 24-h fluorouracil (2300 mg/m2) preceded by leucovorin 500 mg/m2",
            {"irinotecan", "fluorouracil", "leucovorin"},
        ),
        ("irinotecan plus an AIO-based regimen of fluorouracil", {"irinotecan", "fluorouracil"}),
        ("docetaxel 75 mg/m2 every 3 weeks plus cisplatin", {"docetaxel", "cisplatin"}),
        ("oxaliplatin plus bolus or infusional fluorouracil", {"oxaliplatin", "fluorouracil"}),
        ("irinotecan/cisplatin plus bevacizumab", {"irinotecan", "cisplatin", "bevacizumab"}),
        ("irinotecan with bolus-LV/5-FU", {"irinotecan", "FUFA"}),
        ("cisplatin and weekly paclitaxel", None),  # both, or each: the sentence does not say
        ("cisplatin/carboplatin plus etoposide", None),  # one or the other
    ],
)
def test_treatments_are_joined_over_how_they_are_given(treatment: str, parts: set[str] | None) -> None:
    text = f"A review of drugs\n\nIntroduction\n\nIn a phase II trial by Rossi et al, {treatment} gave a response rate of 23% in advanced cancer.\n"
    arms = [set(r.arm.split(" + ")) for r in PIPELINE.extract_text(text).records if r.arm is not None]
    assert arms == ([parts] if parts is not None else [])


def test_what_parts_two_treatments_stays() -> None:
    assert without_modes(" weekly versus ") == " versus "
    assert without_modes(" or ") == " or "


def test_a_survival_was_reported_by_those_just_cited() -> None:
    text = (
        "A study of late docetaxel\n\nMethods\n\nPatients were randomly assigned to docetaxel or to observation.\n\nDiscussion\n\n"
        "In the only study of a size comparable to that of the present study, Rossi et al [13] noted 98 events in 430 patients. "
        "An 81% 10-year disease-free survival in patients on docetaxel was reported, as compared to 72% in controls (p = 0.02).\n"
    )
    assert {r.study for r in PIPELINE.extract_text(text).records if r.endpoint == "DFS"} == {"Rossi et al."}
