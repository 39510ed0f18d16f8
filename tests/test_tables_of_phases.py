"""Who a table of results is of: phases of treatment and patients that a caption, a head over rows or a column sets apart. Invented grids."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_tables import ARMS, PLACEBO, SORAFENIB, Printed, extract, told

from extractor.relations.tables.phases import phase_in, phase_of

EVENTS = [ARMS, ("Nausea", "5 (10%)", "2 (5%)"), ("Rash", "20 (40%)", "12 (30%)")]


def populations(caption: str, rows: Sequence[Sequence[Printed]] = EVENTS) -> list[str | None]:
    """The populations of the measurements of a table, each once."""
    return list(dict.fromkeys(r.population for r in extract(caption, rows).records if r.section == "table"))


@pytest.mark.parametrize(
    ("caption", "population"),
    [
        ("Table 2. Toxicity during induction chemotherapy", "during induction chemotherapy"),
        ("Table 2. Toxicity of preoperative chemotherapy", "preoperative chemotherapy"),
        ("Table 2. Adverse events in the maintenance phase", "maintenance phase"),
        ("Table 2. Adverse events in the first cycle", "first cycle"),
        ("Table 2. Adverse events in patients aged ≥70 years", "aged >= 70 years"),
        ("Table 2. Adverse events in patients with renal impairment", "renal impairment"),
        ("Table 2. Adverse events during treatment", None),
        ("Table 2. Postoperative toxicity", None),
        ("Table 2. Toxicity of induction and of maintenance treatment", None),
        ("Table 2. Adverse events in patients with gastric cancer", None),
        ("Table 2. Toxicity in the phase II study", None),
    ],
)
def test_a_caption_sets_a_phase_or_some_patients_apart(caption: str, population: str | None) -> None:
    assert populations(caption) == [population]


def test_a_caption_sets_patients_apart_for_any_endpoint() -> None:
    rows = [ARMS, ("ORR", "20 (40%)", "8 (20%)")]
    assert populations("Table 2. Response in patients with liver metastases", rows) == ["liver metastases"]
    assert populations("Table 2. Response (per-protocol population)", rows) == ["per protocol"]
    assert populations("Table 2. Response by presence of liver metastases", rows) == [None]
    assert populations("Table 2. Response in the KRAS mutant group", rows) == ["KRAS mutant"]
    assert populations("Table 2. Factors that predict response in women", rows) == [None]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Course 1", "Course 2"),
        ("Induction", "Chemoradiotherapy"),
        ("Preoperative", "Postoperative"),
        ("<70 years", ">=70 years"),
        ("Elderly patients", "Younger patients"),
        ("Poor metabolisers", "Rapid metabolisers"),
    ],
)
def test_heads_over_the_same_events_part_the_patients(first: str, second: str) -> None:
    below = [("Nausea", "5", "2"), ("Neutropenia", "20", "11")]
    rows = [ARMS, (first, "", ""), *below, (second, "", ""), *below]
    found = extract("Table 2. Grade 3-4 toxicity (%)", rows).records
    assert {(r.population or "").casefold().replace(" ", "") for r in found} == {
        first.casefold().replace(" ", ""),
        second.casefold().replace(" ", ""),
    }
    assert {r.arm for r in found} == {SORAFENIB, PLACEBO}
    assert {r.timepoint for r in found} == {None}


@pytest.mark.parametrize(("first", "second"), [("Haematological", "Other"), ("Treatment-related", "Serious"), ("Grade 1-2", "Grade 3-4")])
def test_heads_that_part_events_part_no_patients(first: str, second: str) -> None:
    below = [("Anaemia", "5", "2"), ("Neutropenia", "20", "11")]
    others = below if first != "Haematological" else [("Nausea", "4", "1"), ("Rash", "3", "2")]
    assert populations("Table 2. Toxicity (%)", [ARMS, (first, "", ""), *below, (second, "", ""), *others]) == [None]


def test_columns_of_phases() -> None:
    rows = [("Toxicity", "Cycle 1", "Cycles 2-6"), ("Nausea", "5", "2"), ("Neutropenia", "20", "11")]
    assert populations("Table 2. Grade 3-4 toxicity (%)", rows) == ["cycle 1", "cycles 2-6"]
    rows = [("Toxicity", "Preoperative", "Postoperative"), ("Nausea", "5", "2"), ("Neutropenia", "20", "11")]
    assert populations("Table 2. Grade 3-4 toxicity (%)", rows) == ["preoperative", "postoperative"]


def test_a_treatment_that_stands_alone_over_its_column_is_an_arm() -> None:
    rows = [("Toxicity", "Maintenance gemcitabine (n = 20)", "Observation (n = 20)"), ("Nausea", "5", "2"), ("Neutropenia", "20", "11")]
    assert populations("Table 2. Grade 3-4 toxicity (%)", rows) == [None]


@pytest.mark.parametrize(
    "label", ["Course 1", "Cycle 2 and later", "During and after chemoradiotherapy", "Dose-escalation phase", "Subsequent cycles"]
)
def test_phases(label: str) -> None:
    assert phase_of(label) is not None


@pytest.mark.parametrize(
    "label", ["Nausea", "Chemotherapy", "Neutropenia after chemotherapy", "Death during treatment", "Postoperative complications"]
)
def test_no_phases(label: str) -> None:
    assert phase_of(label) is None


def test_a_caption_with_two_phases_names_none() -> None:
    assert phase_in("Toxicity during induction and during consolidation") is None


def test_columns_of_what_came_of_treatment_beside_those_of_all_causes() -> None:
    rows = [
        ("", ("All causality", 2), ("Treatment related", 2)),
        ("", *ARMS[1:], *ARMS[1:]),
        ("Nausea", "20 (40%)", "8 (20%)", "15 (30%)", "5 (12.5%)"),
    ]
    found = extract("Table 2. Adverse events", rows, head=2).records
    assert told(found, "population", "value") == [(None, 40), (None, 20), ("treatment related", 30), ("treatment related", 12.5)]


def test_reviewers_part_responses() -> None:
    rows: list[Sequence[Printed]] = [
        ("", ("Investigator", 2), ("Independent review", 2)),
        ("", *ARMS[1:], *ARMS[1:]),
        ("ORR (%)", "40", "20", "36", "15"),
    ]
    assert populations("Table 2. Response", rows) == ["investigator", "independent review"]


def test_diseases_and_levels_of_dose_are_no_arms() -> None:
    rows = [("", "Gastric cancer (n = 50)", "Colon cancer (n = 40)"), ("ORR (%)", "40", "20")]
    assert populations("Table 2. Response", rows) == ["gastric cancer", "colon cancer"]
    rows = [("", "Dose level 1 (n = 6)", "Dose level 2 (n = 6)"), ("Nausea", "4", "2"), ("Rash", "1", "0")]
    assert populations("Table 2. Toxicity, number of patients", rows) == ["Dose level 1", "Dose level 2"]


def test_rows_are_levels_of_the_factor_over_them() -> None:
    rows = [("Stage", "No. of patients", "Median survival (months)", "5-year survival (%)"), ("I", "20", "60", "50"), ("II", "30", "40", "30")]
    found = extract("Table 4. Survival by stage", rows).records
    assert told(found, "population", "endpoint", "value") == [
        ("stage I", "OS", 60),
        ("stage I", "OS", 50),
        ("stage II", "OS", 40),
        ("stage II", "OS", 30),
    ]
    others = [("Regimen", "Median survival (months)"), ("Daily", "10"), ("Weekly", "12")]
    assert not extract("Table 4. Survival by regimen", others).records


def test_the_size_of_a_column_is_not_that_of_a_subgroup() -> None:
    rows = [ARMS, ("All patients", "50%", "40%"), ("Liver metastases", "", ""), ("  Yes", "55%", "45%")]
    found = extract("Table 2. Objective response rate by subgroup", rows).records
    assert told(found, "population", "N") == [(None, 50), (None, 40), ("liver metastases, yes", None), ("liver metastases, yes", None)]


def test_the_size_of_a_subgroup_stands_beside_its_head() -> None:
    rows = [
        ("", "Sorafenib + docetaxel", "Placebo + docetaxel"),
        ("All patients", "n = 50", "n = 40"),
        ("ORR (%)", "40", "20"),
        ("Women", "n = 20", "n = 18"),
        ("ORR (%)", "45", "22"),
    ]
    assert told(extract("Table 2. Response", rows).records, "population", "N")[2:] == [("women", 20), ("women", 18)]


@pytest.mark.parametrize(
    "caption",
    [
        "Events during the core treatment",
        "Events during the 7-day post-treatment period",
        "Events over the study drug period",
        "Events during the main phase",
    ],
)
def test_a_while_in_which_all_were_treated_is_no_phase(caption: str) -> None:
    assert phase_in(caption) is None


@pytest.mark.parametrize("caption", ["Events during the extension phase", "Toxicity during maintenance", "Events during cycle 1"])
def test_a_while_apart_is_a_phase(caption: str) -> None:
    assert phase_in(caption) is not None
