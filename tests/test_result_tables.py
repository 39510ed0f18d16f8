"""Tables of results whose arms, doses, phases or grades stand where one does not look first; invented grids, read end to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from test_tables import ARMS, PLACEBO, SORAFENIB, Printed, document, extract, told
from test_tables_more import reasons

from extractor.pipeline import Pipeline
from extractor.relations.context import about
from extractor.relations.tables.arms import Naming, beside_endpoint, is_dose, several_doses
from extractor.relations.tables.labels import read_label

S, L = "Sorafenib + docetaxel", "Placebo + docetaxel"
FIGURES = ("endpoint", "arm", "comparator", "value", "estimate", "ci", "p")


def test_rows_of_arms_are_compared_by_the_p_values_of_the_first() -> None:
    rows = [
        ("Arm", "N", "ORR, n (%)", "P", "Median PFS, months (95% CI)", "P"),
        (S, "50", "20 (40)", "0.03", "6.1 (5.0-7.2)", "<0.001"),
        (L, "40", "9 (22.5)", "", "3.9 (3.1-5.0)", ""),
    ]
    found = extract("Table 2. Efficacy", rows).records
    assert sorted(told(found, *FIGURES), key=str) == sorted(
        [
            ("ORR", SORAFENIB, None, 40, None, None, None),
            ("ORR", PLACEBO, None, 22.5, None, None, None),
            ("ORR", SORAFENIB, PLACEBO, None, None, None, "=0.03"),
            ("PFS", SORAFENIB, None, 6.1, None, (5.0, 7.2), None),
            ("PFS", PLACEBO, None, 3.9, None, (3.1, 5.0), None),
            ("PFS", SORAFENIB, PLACEBO, None, None, None, "<0.001"),
        ],
        key=str,
    )


@pytest.mark.parametrize(
    "rows",
    [
        [("Arm", "Median OS (months)", "HR (95% CI)", "P"), (S, "12.1", ("0.80 (0.60-0.95)", 1, 2), ("0.02", 1, 2)), (L, "10.3")],
        [("Arm", "Median OS (months)", "HR (95% CI)", "P"), (S, "12.1", "0.80 (0.60-0.95)", "0.02"), (L, "10.3", "1 (reference)", "")],
        [("Arm", "Median OS (months)", "HR", "95% CI", "P"), (L, "10.3", "1.00", "", ""), (S, "12.1", "0.80", "0.60-0.95", "0.02")],
        [
            ("", "Events/N", "Median, months", "HR (95% CI)", "P"),
            (("Overall survival", 5),),
            (S, "30/50", "12.1", "0.80 (0.60-0.95)", "0.02"),
            (L, "32/40", "10.3", "1", ""),
            (("Disease-free survival", 5),),
            (S, "40/50", "6.1", "", ""),
            (L, "38/40", "4.3", "", ""),
        ],
    ],
)
def test_the_ratio_of_a_block_compares_its_arms(rows: Sequence[Sequence[Printed]]) -> None:
    found = [r for r in extract("Table 2. Outcome", rows).records if r.kind == "comparison"]
    assert told(found, "endpoint", "arm", "comparator", "measure", "estimate", "ci", "p") == [
        ("OS", SORAFENIB, PLACEBO, "HR", 0.8, (0.6, 0.95), "=0.02")
    ]


def test_p_values_in_the_rows_of_both_arms_are_of_something_else() -> None:
    rows = [("Arm", "ORR, n (%)", "P"), (S, "20 (40)", "0.03"), (L, "9 (22.5)", "0.20")]
    assert {r.kind for r in extract("Table 2. Response", rows).records} == {"measurement"}
    assert set(reasons("Table 2. Response", rows).values()) == {"an estimate or p-value without the two arms that it compares"}


def test_a_p_value_behind_all_categories_is_of_none_of_them() -> None:
    rows = [("Arm", "PD", "SD", "PR", "P"), (S, "10", "24", "11", "0.026"), (L, "14", "11", "3", "")]
    found = extract("Table 2. Response, number of patients", rows).records
    assert {r.kind for r in found} == {"measurement"}


def test_a_p_value_behind_the_grades_of_an_event_is_of_the_event() -> None:
    rows = [
        ("Event", ("Sorafenib + docetaxel (n = 50)", 3), ("Placebo + docetaxel (n = 40)", 3), "P"),
        ("", "1-2", "3", "4", "1-2", "3", "4", ""),
        ("Nausea", "10", "5", "1", "9", "2", "0", "0.4"),
    ]
    found = [r for r in extract("Table 3. Toxicity", rows, head=2).records if r.kind == "comparison"]
    assert told(found, "endpoint", "event", "grade", "arm", "comparator", "p") == [("AE", "nausea", None, SORAFENIB, PLACEBO, "=0.4")]


@pytest.mark.parametrize("head", [("HR", "95% CI", "P value"), ("P value", "HR", "95% CI")])
def test_ratio_interval_and_p_value_in_columns_of_their_own(head: tuple[str, ...]) -> None:
    shown = {"HR": "0.80", "95% CI": "0.60-0.95", "P value": "0.02"}
    rows = [("Endpoint", *ARMS[1:], *head), ("Median OS (months)", "12.1", "10.3", *(shown[h] for h in head))]
    found = extract("Table 2. Efficacy", rows)
    assert told(found.records[2:], *FIGURES) == [("OS", SORAFENIB, PLACEBO, None, 0.8, (0.6, 0.95), "=0.02")]
    assert found.unattached == ()


def test_p_values_under_each_arm_but_one_compare_with_that_one() -> None:
    rows = [
        ("", "Placebo (n = 40)", "Sorafenib 200 mg (n = 41)", "Sorafenib 400 mg (n = 42)"),
        ("ORR", "4 (10%)", "10 (24%)", "20 (48%)"),
        ("P value", "", "0.04", "<0.001"),
    ]
    found = extract("Table 2. Response", rows).records[3:]
    assert told(found, "arm", "comparator", "p") == [
        (f"{SORAFENIB} (200 mg)", PLACEBO, "=0.04"),
        (f"{SORAFENIB} (400 mg)", PLACEBO, "<0.001"),
    ]


@pytest.mark.parametrize("unit", ["Years of follow-up", "Time (years)", "Years after randomisation"])
def test_bare_numbers_under_a_unit_of_time_are_landmarks(unit: str) -> None:
    columns = [("", (unit, 2)), ("", "1", "5"), (S, "80", "40"), (L, "75", "30")]
    found = extract("Table 2. Overall survival rates (%)", columns, head=2).records
    assert told(found, "arm", "timepoint", "value") == [
        (SORAFENIB, "1 year", 80),
        (SORAFENIB, "5 year", 40),
        (PLACEBO, "1 year", 75),
        (PLACEBO, "5 year", 30),
    ]


def test_bare_numbers_in_the_rows_under_a_unit_of_time_are_landmarks() -> None:
    found = extract("Table 2. Overall survival (%)", [("Year", *ARMS[1:]), ("1", "80", "75"), ("3", "60", "50")]).records
    assert told(found[:2], "arm", "timepoint", "value") == [(SORAFENIB, "1 year", 80), (PLACEBO, "1 year", 75)]
    assert extract("Table 2. Overall survival (%)", [("Stage", *ARMS[1:]), ("1", "80", "75"), ("3", "60", "50")]).records == ()


def test_mortality_with_its_days() -> None:
    rows = [(*ARMS, "p"), ("30-day mortality", "2 (4%)", "1 (2.5%)", "0.9"), ("Postoperative mortality", "3 (6%)", "2 (5%)", "0.8")]
    found = extract("Table 3. Outcome of surgery", rows).records
    assert told(found, "endpoint", "arm", "timepoint", "value", "p") == [
        ("DEATH", SORAFENIB, "30 day", 4, None),
        ("DEATH", PLACEBO, "30 day", 2.5, None),
        ("DEATH", SORAFENIB, "30 day", None, "=0.9"),
        ("DEATH", SORAFENIB, None, 6, None),
        ("DEATH", PLACEBO, None, 5, None),
        ("DEATH", SORAFENIB, None, None, "=0.8"),
    ]


def test_follow_up_with_its_unit_and_its_mean() -> None:
    found = extract("Table 2. Results", [ARMS, ("Follow-up (mean ± SD, days)", "766.2 ± 211.5", "739.0 ± 222.8"), ("Follow-up", "12", "14")]).records
    assert told(found, "endpoint", "statistic", "value", "unit") == [("FOLLOW_UP", "mean", 766.2, "day"), ("FOLLOW_UP", "mean", 739.0, "day")]


def test_events_in_columns_over_rows_of_arms() -> None:
    rows = [("Arm", "Neutropenia, n (%)", "Nausea, n (%)"), (S, "10 (20)", "2 (4)"), (L, "4 (10)", "1 (2.5)")]
    found = extract("Table 3. Grade 3-4 toxicity", rows).records
    assert told(found, "endpoint", "event", "grade", "arm", "population", "value") == [
        ("AE", "neutropenia", "3-4", SORAFENIB, None, 20),
        ("AE", "nausea", "3-4", SORAFENIB, None, 4),
        ("AE", "neutropenia", "3-4", PLACEBO, None, 10),
        ("AE", "nausea", "3-4", PLACEBO, None, 2.5),
    ]


def test_complications_are_events_where_most_rows_are() -> None:
    rows = [
        ARMS,
        ("Any complications", "20 (40%)", "10 (25%)"),
        ("Delirium", "5 (10%)", "4 (10%)"),
        ("Wound infection", "3 (6%)", "2 (5%)"),
        ("ICU stay", "3 (6%)", "2 (5%)"),
        ("Return to the OR", "1 (2%)", "1 (2.5%)"),
    ]
    found = extract("Table 3. Short-term outcomes", rows).records
    assert {r.event for r in found} == {"any complication", "delirium", "wound infection"}


def test_rows_set_in_under_complications_are_of_that_kind() -> None:
    rows = [ARMS, ("Stoma", "27 (54%)", "25 (62%)"), ("Complications", "24 (48%)", "19 (47%)"), ("  Wound", "7 (14%)", "6 (15%)")]
    found = extract("Table 2. Type of surgery and complications", rows).records
    assert told(found, "event", "population", "value")[::2] == [("complication", None, 48), ("wound complication", None, 14)]
    subgroup = [ARMS, ("Intraoperative complications", "7/10 (70%)", "6/12 (50%)")]
    assert extract("Table 2. Surgical site infection", subgroup).records == ()


def test_numbered_groups_over_their_treatments() -> None:
    rows = [
        ("", ("Group 1", 2), ("Group 2", 2)),
        ("", ("Sorafenib + docetaxel (n = 50)", 2), ("Placebo + docetaxel (n = 40)", 2)),
        ("", "Any grade", "Grade 3-4", "Any grade", "Grade 3-4"),
        ("Nausea, n (%)", "20 (40)", "5 (10)", "10 (25)", "2 (5)"),
    ]
    found = extract("Table 3. Adverse events", rows, head=3).records
    assert told(found, "arm", "grade", "value", "N") == [
        (SORAFENIB, "any", 40, 50),
        (SORAFENIB, "3-4", 10, 50),
        (PLACEBO, "any", 25, 40),
        (PLACEBO, "3-4", 5, 40),
    ]


def test_doses_under_their_treatment() -> None:
    rows = [
        ("Event", "Group 1", ("Sorafenib + docetaxel", 3)),
        ("", "Placebo + docetaxel", "Group 2", "Group 3", "Groups 2 and 3 combined"),
        ("", "", "200 mg", "400 mg", ""),
        ("Patients with one or more rashes of any kind", "20 (50)", "10 (40)", "12 (48)", "22 (44)"),
    ]
    found = extract("Table 3. Adverse events, n (%)", rows, head=3).records
    assert told(found, "arm", "population", "value") == [
        (PLACEBO, None, 50),
        (f"{SORAFENIB} (200 mg)", None, 40),
        (f"{SORAFENIB} (400 mg)", None, 48),
        (SORAFENIB, None, 44),
    ]


def test_doses_of_the_one_drug_of_the_title() -> None:
    rows = [("", ("Part 1", 1), ("Part 2", 2)), ("", "1, 3 or 6 mg/kg q2w", "3 mg/kg q3w", "Total"), ("PR, n (%)", "1 (9)", "2 (12)", "3 (8)")]
    paper = document("Table 2. Response", rows, head=2)
    title = "A phase I/II study of sorafenib in renal cancer".ljust(paper.sections[0].span.end - 1)
    text = title + paper.text[len(title) :]
    prose = text.replace("docetaxel plus sorafenib or docetaxel plus placebo.", "sorafenib at one of several doses.".ljust(51))
    prose = prose.replace(
        "We compared sorafenib plus docetaxel with placebo plus docetaxel", "We gave sorafenib at doses that were drawn by lot to".ljust(64)
    )
    found = Pipeline().extract_document(replace(paper, raw=prose, text=prose)).records
    assert told(found, "arm", "population", "value") == [
        ("sorafenib", "Part 1", 9),
        ("sorafenib (3 mg/kg q3w)", "Part 2", 12),
        ("sorafenib", "Part 2", 8),
    ]


@pytest.mark.parametrize(
    "printed", ["3 mg/kg q3w", "6 mg kg-1 every 2 weeks", "200 mg twice daily", "Dose level 2 (40 mg)", "1, 3 or 6 mg/kg on days 1, 29"]
)
def test_doses(printed: str) -> None:
    assert is_dose(printed)
    assert several_doses(printed) == printed.startswith("1,")


@pytest.mark.parametrize("printed", ["CRP > 10 mg/l", "Group 3", "40 patients", "Sorafenib 400 mg", "Grade 3", "6 months"])
def test_what_is_no_dose(printed: str) -> None:
    assert not is_dose(printed)


def test_heads_over_the_whole_width_stand_over_the_others() -> None:
    rows: list[Sequence[Printed]] = [
        ARMS,
        (("Toxicity during induction chemotherapy", 3),),
        ("Nausea", "", ""),
        ("  Grade 3", "5 (10%)", "4 (10%)"),
        ("Vomiting", "", ""),
        ("  Grade 3", "2 (4%)", "1 (2.5%)"),
        (("Tolerance to consolidation therapy (N = 60)", 3),),
        ("Nausea grade 3", "3 (6%)", "1 (2.5%)"),
    ]
    found = extract("Table 3. Adverse events", rows).records
    assert told(found, "event", "grade", "population", "value")[::2] == [
        ("nausea", "3", "during induction chemotherapy", 10),
        ("vomiting", "3", "during induction chemotherapy", 4),
        ("nausea", "3", "consolidation therapy", 6),
    ]


def test_severities_are_grades_and_causes_are_not() -> None:
    rows: list[Sequence[Printed]] = [
        ("", ("Severity", 2), ("Causality", 2)),
        ("", "Mild", "Severe", "Possible", "Definite"),
        ("Nausea", "4", "1", "2", "3"),
        ("Sum", "4", "1", "2", "3"),
    ]
    found = extract("Table 3. Adverse events of sorafenib", rows, head=2, notes=["Results are expressed as number of adverse events."]).records
    assert told(found, "event", "grade", "value", "unit") == [("nausea", "mild", 4, "event"), ("nausea", "severe", 1, "event")]


def test_row_labels_of_an_arm_and_a_population() -> None:
    rows: list[Sequence[Printed]] = [
        ("", ("Years of follow-up", 2)),
        ("", "5", "10"),
        ("Placebo, stage I", "46", "31"),
        ("Placebo, stage II", "40", "25"),
        ("Sorafenib, stage I", "66", "51"),
        ("Sorafenib, stage II", "60", "45"),
    ]
    found = extract("Table 2. Overall survival, %", rows, head=2).records
    assert told(found, "arm", "population", "timepoint", "value")[::2] == [
        (PLACEBO, "stage I", "5 year", 46),
        (PLACEBO, "stage II", "5 year", 40),
        (SORAFENIB, "stage I", "5 year", 66),
        (SORAFENIB, "stage II", "5 year", 60),
    ]


def test_headers_of_an_arm_with_its_endpoint() -> None:
    rows = [("Subgroup", f"{S} median OS (months)", f"{L} median OS (months)", "HR (95% CI)"), ("Male", "12.1", "10.3", "0.80 (0.60-0.95)")]
    found = extract("Table 4. Overall survival by subgroup", rows).records
    assert told(found, "arm", "comparator", "population", "endpoint", "value", "estimate") == [
        (SORAFENIB, None, "male", "OS", 12.1, None),
        (PLACEBO, None, "male", "OS", 10.3, None),
        (SORAFENIB, PLACEBO, "male", "OS", None, 0.8),
    ]


def test_an_arm_tied_to_the_endpoint_is_no_arm_of_the_header() -> None:
    doc = document("Table 1. Outcome", [ARMS, ("ORR", "1", "2")])
    paper = about(doc, Pipeline().recognize(doc))
    naming = Naming(paper.arms, paper, {})
    labels = [read_label(text) for text in ("Sorafenib median OS", "OS sorafenib", "ORR to sorafenib", "OS after sorafenib")]
    read = [beside_endpoint(label.text, (label.endpoints[0].start, label.endpoints[0].end), naming) is not None for label in labels]
    assert read == [True, True, False, False]


@pytest.mark.parametrize("head", ["Response to study treatment (RECIST 1.1)", "Administration of study treatment", "Extent of disease"])
def test_heads_that_are_no_population(head: str) -> None:
    found = extract("Table 2. Outcome", [ARMS, ((head, 3),), ("Partial response", "15 (30%)", "7 (18%)")]).records
    assert {r.population for r in found} == {None}


def test_reasons_for_discontinuation_in_the_caption() -> None:
    rows = [
        ("Reason", *ARMS[1:]),
        ("Rash", "5 (10%)", "2 (5%)"),
        ("Progressive disease", "15 (30%)", "7 (18%)"),
        ("Patient's wish", "1 (2%)", "1 (2%)"),
    ]
    found = extract("Table 4. Reasons for early discontinuation", rows).records
    assert told(found, "endpoint", "event", "value") == [("DISCONTINUATION", "rash", 10), ("DISCONTINUATION", "rash", 5)]


@pytest.mark.parametrize(
    ("label", "endpoints"),
    [
        ("30-day mortality", ("DEATH",)),
        ("In-hospital mortality rate, %", ("DEATH",)),
        ("Mortality ratio", ()),
        ("Follow-up, median (months)", ("FOLLOW_UP",)),
        ("Follow-up", ()),
        ("Follow-up visit, mean score", ()),
    ],
)
def test_endpoints_of_labels(label: str, endpoints: tuple[str, ...]) -> None:
    assert tuple(e.norm for e in read_label(label).endpoints) == endpoints


def test_a_row_of_the_operating_room_holds_no_odds_ratio() -> None:
    assert (read_label("Return to the OR").measure, read_label("OR (95% CI)").measure) == (None, "OR")


def test_a_head_says_the_form_of_the_rows_of_arms_below_it() -> None:
    rows: list[Sequence[Printed]] = [
        ("", "1 year", "3 years"),
        (("Overall survival, %", 3),),
        (S, "80", "60"),
        (L, "75", "50"),
        ("χ2", "", "4.1"),
        ("P", "", "0.03"),
    ]
    found = extract("Table 2. Outcome", rows).records
    assert told(found, "arm", "comparator", "timepoint", "value", "p") == [
        (SORAFENIB, None, "1 year", 80, None),
        (SORAFENIB, None, "3 year", 60, None),
        (PLACEBO, None, "1 year", 75, None),
        (PLACEBO, None, "3 year", 50, None),
        (SORAFENIB, PLACEBO, "3 year", None, "=0.03"),
    ]


def test_a_ratio_set_in_under_the_row_that_it_compares() -> None:
    rows = [ARMS, ("ORR, % (95% CI)", "40 (26-55)", "23 (11-38)"), ("  Odds ratio (95% CI)", ("2.3 (1.1-5.0)", 2)), ("  P value", ("0.03", 2))]
    found = extract("Table 2. Response", rows).records
    assert told(found[2:], "endpoint", "arm", "comparator", "measure", "estimate", "p") == [("ORR", SORAFENIB, PLACEBO, "OR", 2.3, "=0.03")]


def test_a_ratio_in_the_row_of_its_endpoint_above_the_values() -> None:
    rows = [(*ARMS, "HR (95% CI)", "P value"), ("PFS", "", "", "0.70 (0.50-0.85)", "0.01"), ("  Median, months", "6.1", "4.3", "", "")]
    found = extract("Table 2. Survival", rows).records
    assert told(found, *FIGURES) == [
        ("PFS", SORAFENIB, PLACEBO, None, 0.7, (0.5, 0.85), "=0.01"),
        ("PFS", SORAFENIB, None, 6.1, None, None, None),
        ("PFS", PLACEBO, None, 4.3, None, None, None),
    ]


@pytest.mark.parametrize(("printed", "estimate", "ci"), [("17.5 (1.0 to 34.0)", 17.5, (1.0, 34.0)), ("-4.2 (-9.0 to 0.6)", -4.2, (-9.0, 0.6))])
def test_differences_of_two_arms(printed: str, estimate: float, ci: tuple[float, float]) -> None:
    rows = [(*ARMS, "Difference (95% CI)", "P"), ("ORR, n (%)", "20 (40)", "9 (22.5)", printed, "0.04")]
    found = extract("Table 2. Response", rows).records
    assert told(found[2:], "arm", "comparator", "measure", "estimate", "ci", "p") == [(SORAFENIB, PLACEBO, "difference", estimate, ci, "=0.04")]
    assert read_label("Mean difference in change from baseline (95% CI)").measure is None


def test_what_patients_died_of_is_no_other_endpoint() -> None:
    rows = [ARMS, ("All deaths, n (%)", "20 (40)", "18 (45)"), ("  Disease progression", "15 (30)", "15 (38)"), ("  Adverse event", "3 (6)", "1 (2)")]
    found = extract("Table 4. Deaths", rows).records
    assert told(found, "endpoint", "event", "value")[::2] == [
        ("DEATH", None, 40),
        ("DEATH", "disease progression", 30),
        ("DEATH", "adverse event", 6),
    ]


def test_adverse_events_that_led_to_death_are_deaths() -> None:
    rows = [ARMS, ("AE leading to death, n (%)", "2 (4)", "1 (2)"), ("Treatment-related AE leading to death, n (%)", "1 (2)", "0 (0)")]
    found = extract("Table 4. Safety", rows).records
    assert told(found, "endpoint", "event", "value")[::2] == [("DEATH", "adverse event", 4), ("TREATMENT_DEATH", None, 2)]


def test_letters_that_notes_spell_out() -> None:
    rows = [("", "Arm A", "Arm B"), ("CR, n (%)", "5 (10)", "2 (5)")]
    notes = ["Arm A: sorafenib plus docetaxel; Arm B: placebo plus docetaxel."]
    assert told(extract("Table 2. Response", rows, notes=notes).records, "arm") == [(SORAFENIB,), (PLACEBO,)]
    assert told(extract("Table 2. Response", rows, notes=["Arm A: sorafenib."]).records, "arm") == [("arm a",), ("arm b",)]


def test_totals_of_events_in_columns_and_the_size_of_each_row() -> None:
    rows = [
        ("Group", "n", "Nausea", "Rash", "Total incidence"),
        ("Study group", "50", "5 (10)", "3 (6)", "8 (16)"),
        ("Control group", "40", "8 (20)", "4 (10)", "12 (30)"),
    ]
    found = extract("Table 4. Adverse reactions in the two groups [n (%)]", rows).records
    assert told(found, "arm", "event", "value", "n", "N") == [
        (SORAFENIB, "nausea", 10, 5, 50),
        (SORAFENIB, "rash", 6, 3, 50),
        (SORAFENIB, "any", 16, 8, 50),
        (PLACEBO, "nausea", 20, 8, 40),
        (PLACEBO, "rash", 10, 4, 40),
        (PLACEBO, "any", 30, 12, 40),
    ]


def test_a_row_without_an_arm_among_rows_of_arms_is_left() -> None:
    rows = [("", "ORR, n (%)"), (S, "20 (40)"), (L, "9 (22.5)"), ("Total or unknown", "3 (10)")]
    assert reasons("Table 2. Response", rows)["3 (10)"] in {
        "a row without an arm beside others that have one",
        "a row or column that may be of an arm or of a population",
    }


def test_heads_that_set_two_of_three_arms_against_each_other() -> None:
    rows = [
        ("", "Sorafenib (A)", "Docetaxel (B)", "Sorafenib + docetaxel (C)", "P, A vs C", "P, B vs C", "P, A vs D"),
        ("ORR, n (%)", "5 (17)", "6 (19)", "12 (38)", "0.04", "0.05", "0.06"),
    ]
    found = [r for r in extract("Table 2. Response", rows).records if r.kind == "comparison"]
    assert {(r.arm or "", r.comparator) for r in found} == {(f"{SORAFENIB} (A)", f"{SORAFENIB} (C)"), (f"{SORAFENIB} (C)", "docetaxel")}
    assert sorted(told(found, "p")) == [("=0.04",), ("=0.05",)]


def test_a_p_value_over_an_arm_that_was_not_understood_is_left() -> None:
    rows = [("", "Sorafenib", "Docetaxel", "Sorafenib + docetaxel", "P"), ("ORR, n (%)", "5 (17)", "6 of some", "12 (38)", "0.04")]
    assert {r.kind for r in extract("Table 2. Response", rows).records} == {"measurement"}
    counted = [("", "Sorafenib", "Docetaxel", "Sorafenib + docetaxel", "P"), ("CR", "1 (3%)", "0", "2 (6%)", "0.3")]
    found = extract("Table 2. Response", counted).records
    assert told(found, "value", "unit", "factor") == [
        (3, "percent", None),
        (0, "patient", None),
        (6, "percent", None),
        (None, None, "treatment arm"),
    ]


def test_columns_of_cycles_hold_no_patients() -> None:
    rows: list[Sequence[Printed]] = [
        ("Toxicity", ("Patients (n = 50)", 2), ("Cycles (n = 200)", 2)),
        ("", "Grade 3, n (%)", "Grade 4, n (%)", "Grade 3, n (%)", "Grade 4, n (%)"),
        ("Neutropenia", "10 (20)", "5 (10)", "20 (10)", "8 (4)"),
    ]
    found = extract("Table 3. Haematological toxicity", rows, head=2)
    assert told(found.records, "grade", "value", "N") == [("3", 20, 50), ("4", 10, 50)]
    assert {u.reason for u in found.unattached} == {"a column of cycles, not of patients"}


def test_counts_out_of_totals_in_a_column_beside_their_share() -> None:
    rows: list[Sequence[Printed]] = [
        ("", (S, 2), (L, 2), ""),
        ("Outcome", "n/N", "%", "n/N", "%", "P"),
        ("ORR", "20/50", "40", "9/40", "22.5", "0.04"),
    ]
    found = extract("Table 2. Outcomes", rows, head=2).records
    assert told(found, "value", "n", "N", "p") == [(40, 20, 50, None), (22.5, 9, 40, None), (None, None, None, "=0.04")]


def test_two_values_in_a_cell_are_no_label() -> None:
    rows = [
        ("Endpoint", "Result", "HR (95% CI)", "P"),
        ("Median OS, months", "12.1 vs 10.3", "0.80 (0.60-0.95)", "0.02"),
        ("ORR, %", "40 vs 22.5", "", ""),
    ]
    found = extract("Table 2. Outcomes: sorafenib + docetaxel versus placebo + docetaxel", rows)
    assert {r.population for r in found.records} <= {None}
    assert "12.1 vs 10.3" in {u.text for u in found.unattached}


def test_an_interval_in_a_column_of_its_own_is_of_the_value_left_of_it() -> None:
    rows = [
        ("", "No. of deaths", "Median OS (months)", "95% CI", "P value"),
        (S, "30", "12.1", "10.0-14.2", "0.02"),
        (L, "32", "10.3", "8.0-12.2", ""),
    ]
    found = extract("Table 2. Survival", rows).records
    assert sorted(told(found, "endpoint", "arm", "value", "ci", "p"), key=str) == sorted(
        [
            ("DEATH", SORAFENIB, 30, None, None),
            ("OS", SORAFENIB, 12.1, (10.0, 14.2), None),
            ("OS", SORAFENIB, None, None, "=0.02"),
            ("DEATH", PLACEBO, 32, None, None),
            ("OS", PLACEBO, 10.3, (8.0, 12.2), None),
        ],
        key=str,
    )


def test_a_head_says_the_form_of_the_landmarks_below_it() -> None:
    rows: list[Sequence[Printed]] = [ARMS, (("Overall survival rate, % (95% CI)", 3),), ("  1-year", "52 (40-60)", "41 (30-50)")]
    found = extract("Table 2. Efficacy", rows).records
    assert told(found, "timepoint", "value", "unit", "ci") == [("1 year", 52, "percent", (40, 60)), ("1 year", 41, "percent", (30, 50))]


def test_the_size_in_the_caption_of_a_table_without_arms() -> None:
    rows = [("Toxicity", "Grade 3, n (%)"), ("Nausea", "5 (12.5)")]
    assert told(extract("Table 3. Toxicity of sorafenib (n = 40)", rows).records, "value", "n", "N") == [(12.5, 5, 40)]


def test_changes_of_dose_are_outcomes_where_treatment_was_stopped() -> None:
    rows = [ARMS, ("Dose reduction, n (%)", "10 (20)", "3 (8)"), ("Relative dose intensity, %", "90", "95")]
    assert told(extract("Table 4. Dose modifications", rows).records, "endpoint", "value") == [("DOSE_REDUCTION", 20), ("DOSE_REDUCTION", 8)]
    assert extract("Table 4. Dose modifications", [ARMS, ("Relative dose intensity, %", "90", "95")]).records == ()


def test_intervals_below_their_values_in_a_row_without_a_label() -> None:
    rows = [(*ARMS, "HR", "P"), ("Median OS, months", "12.1", "10.3", "0.80", "0.02"), ("", "(10.0-14.2)", "(8.0-12.2)", "(0.60-0.95)", "")]
    found = extract("Table 2. Survival", rows)
    assert told(found.records, "arm", "value", "estimate", "ci", "p") == [
        (SORAFENIB, 12.1, None, (10.0, 14.2), None),
        (PLACEBO, 10.3, None, (8.0, 12.2), None),
        (SORAFENIB, None, 0.8, (0.6, 0.95), "=0.02"),
    ]
    assert [e.text for e in found.records[2].evidence[:2]] == ["0.80", "(0.60-0.95)"]


def test_an_interval_that_does_not_hold_the_ratio_above_it_is_left() -> None:
    rows = [(*ARMS, "HR"), ("Median OS, months", "12.1", "10.3", "0.80"), ("", "(10.0-14.2)", "(8.0-12.2)", "(1.60-1.95)")]
    found = extract("Table 2. Survival", rows)
    assert told(found.records, "estimate", "ci")[2] == (0.8, None)
    assert [u.text for u in found.unattached] == ["(1.60-1.95)"]


def test_a_p_value_behind_all_landmarks_is_of_the_endpoint() -> None:
    rows: list[Sequence[Printed]] = [
        ("", (S, 2), (L, 2), "P"),
        ("", "1-year", "3-year", "1-year", "3-year", ""),
        ("OS, %", "80", "60", "75", "50", "0.03"),
        ("ORR, %", "40", "35", "30", "20", "0.01"),
    ]
    found = [r for r in extract("Table 2. Outcome", rows, head=2).records if r.kind == "comparison"]
    assert told(found, "endpoint", "timepoint", "arm", "comparator", "p") == [("OS", None, SORAFENIB, PLACEBO, "=0.03")]


def test_a_p_value_for_each_grade() -> None:
    rows: list[Sequence[Printed]] = [
        ("", (f"{S} (n = 50)", 2), (f"{L} (n = 40)", 2), ("P", 2)),
        ("", "Grade 1-2", "Grade 3-4", "Grade 1-2", "Grade 3-4", "Grade 1-2", "Grade 3-4"),
        ("Nausea, n (%)", "20 (40)", "5 (10)", "10 (25)", "2 (5)", "0.1", "0.4"),
    ]
    found = [r for r in extract("Table 3. Adverse events", rows, head=2).records if r.kind == "comparison"]
    assert told(found, "event", "grade", "p") == [("nausea", "1-2", "=0.1"), ("nausea", "3-4", "=0.4")]


@pytest.mark.parametrize("printed", ["NR (15.0-NR)", "NE [95% CI 15.0, NE]", "Not reached (15.0 to NR)"])
def test_a_median_that_was_not_reached_with_its_interval(printed: str) -> None:
    found = extract("Table 2. Survival", [ARMS, ("Median OS, months (95% CI)", printed, "NR")]).records
    assert told(found, "arm", "category", "ci") == [(SORAFENIB, "not reached", (15.0, None))]


@pytest.mark.parametrize(
    ("printed", "measure", "estimate", "ci", "p"),
    [
        ("HR = 0.80 (95% CI 0.60-0.95); P = 0.02", "HR", 0.8, (0.6, 0.95), "=0.02"),
        ("Hazard ratio, 0.80 (95% CI, 0.60 to 0.95)", "HR", 0.8, (0.6, 0.95), None),
        ("Odds ratio 2.30, log-rank p < 0.001", "OR", 2.3, None, "<0.001"),
    ],
)
def test_cells_that_say_what_they_hold(printed: str, measure: str, estimate: float, ci: tuple[float, float] | None, p: str | None) -> None:
    rows: list[Sequence[Printed]] = [ARMS, ("Median OS, months", "12.1", "10.3"), ("", (printed, 2))]
    found = extract("Table 2. Survival", rows).records
    assert told(found[2:], "endpoint", "arm", "comparator", "measure", "estimate", "ci", "p") == [
        ("OS", SORAFENIB, PLACEBO, measure, estimate, ci, p)
    ]


def test_a_cell_whose_interval_does_not_hold_its_ratio_is_left() -> None:
    rows: list[Sequence[Printed]] = [ARMS, ("Median OS, months", "12.1", "10.3"), ("", ("HR 0.80 (95% CI 0.90-0.95)", 2))]
    found = extract("Table 2. Survival", rows)
    assert {r.kind for r in found.records} == {"measurement"}
    assert len(found.unattached) == 1


def test_each_ratio_of_several_arms_is_compared_with_the_one_marked_as_reference() -> None:
    rows = [
        ("Arm", "Median OS (months)", "HR (95% CI)"),
        ("Placebo", "10.3", "1 (reference)"),
        ("Sorafenib", "12.1", "0.80 (0.60-0.95)"),
        ("Docetaxel", "11.1", "0.90 (0.70-1.20)"),
        ("Capecitabine", "9.1", ""),
    ]
    found = [r for r in extract("Table 2. Survival", rows).records if r.kind == "comparison"]
    assert [(r.estimate, r.comparator) for r in found] == [(0.8, found[0].comparator), (0.9, found[0].comparator)]
    assert "placebo" in str(found[0].comparator).casefold()
    rows[1] = ("Placebo", "10.3", "")
    assert {r.kind for r in extract("Table 2. Survival", rows).records} == {"measurement"}


@pytest.mark.parametrize("form", ["% (n)", "percentage of patients (number)"])
def test_percentages_with_their_counts_in_brackets(form: str) -> None:
    rows = [ARMS, ("Nausea", "20 (10)", "30 (12)"), ("Rash", "6 (3)", "0")]
    found = extract(f"Table 3. Adverse events, {form}", rows).records
    assert told(found, "value", "unit", "n", "N")[:3] == [(20, "percent", 10, 50), (30, "percent", 12, 40), (6, "percent", 3, 50)]


@pytest.mark.parametrize(
    ("caption", "unit"),
    [
        ("Table 3. Number of adverse events", "event"),
        ("Table 3. Numbers of episodes of toxicity", "event"),
        ("Table 3. Number of patients with adverse events", "patient"),
    ],
)
def test_counts_of_events(caption: str, unit: str) -> None:
    rows = [("", "Sorafenib + docetaxel", "Placebo + docetaxel"), ("Nausea", "20", "10"), ("Rash", "6", "3")]
    assert set(told(extract(caption, rows).records, "unit")) == {(unit,)}


def test_grades_in_a_column_of_their_own() -> None:
    rows: list[Sequence[Printed]] = [
        ("Toxicity", "Grade", *ARMS[1:]),
        (("Nausea", 1, 2), "1-2", "10 (20%)", "4 (10%)"),
        ("3-4", "2 (4%)", "1 (2.5%)"),
        (("Rash", 1, 2), "1-2", "8 (16%)", "6 (15%)"),
        ("3-4", "1 (2%)", "2 (5%)"),
    ]
    assert told(extract("Table 3. Toxicity", rows).records, "event", "grade", "value")[:3] == [
        ("nausea", "1-2", 20),
        ("nausea", "1-2", 10),
        ("nausea", "3-4", 4),
    ]


def test_a_median_under_a_caption_of_shares() -> None:
    rows = [("", *ARMS[1:]), ("1 year", "60", "45"), ("Median (months)", "16.1", "10.2")]
    found = extract("Table 3. Overall survival (%)", rows).records
    assert told(found, "statistic", "value", "unit")[::2] == [("rate", 60, "percent"), ("median", 16.1, "month")]


def test_values_below_the_row_that_compares_the_arms() -> None:
    rows = [
        ("", *ARMS[1:], "HR (95% CI)"),
        ("Overall survival", "", "", "0.70 (0.50-0.98)"),
        ("Events", "30", "32", ""),
        ("Median, months", "16.0", "12.0", ""),
        ("2-year rate (%)", "40", "25", ""),
        ("Sunny days", "4", "5", ""),
    ]
    found = extract("Table 3. Outcomes", rows).records
    assert [r.endpoint for r in found] == ["OS"] * 7
    assert told(found, "statistic", "event", "timepoint", "value")[1::2] == [
        ("count", "event", None, 30),
        ("median", None, None, 16),
        ("rate", None, "2 year", 40),
    ]


def test_a_p_value_of_two_populations_side_by_side() -> None:
    rows = [("", "<65 years", "≥65 years", "P"), ("ORR (%)", "45", "32", "0.05")]
    found = extract("Table 3. Response by age", rows).records
    assert told(found, "factor", "population", "p")[-1] == ("< 65 years vs >= 65 years", None, "=0.05")


@pytest.mark.parametrize(
    ("caption", "note", "scale"),
    [
        ("Table 3. Toxicity (NCI-CTC version 2.0)", "", "NCI-CTC 2.0"),
        ("Table 3. Toxicity", "Graded by the National Cancer Institute Common Toxicity Criteria, version 3.0.", "NCI-CTC 3.0"),
        ("Table 3. Toxicity", "CTCAE = Common Terminology Criteria for Adverse Events v4.0", "CTCAE 4.0"),
        ("Table 3. Toxicity by WHO criteria", "", "WHO"),
        ("Table 3. Toxicity by RTOG and NCI-CTC", "", None),
        ("Table 3. Toxicity", "", None),
    ],
)
def test_by_what_toxicity_was_graded(caption: str, note: str, scale: str | None) -> None:
    rows = [ARMS, ("Nausea", "5 (10%)", "4 (10%)"), ("Rash", "20 (40%)", "8 (20%)")]
    found = extract(caption, rows, notes=(note,) if note else ()).records
    assert set(told(found, "endpoint", "criterion")) == {("AE", scale)}


def test_columns_that_are_headed_by_events_count_events() -> None:
    rows = [ARMS, ("", "Events, n", "Events, n"), ("Nausea", "15", "12"), ("Rash", "4", "3")]
    found = extract("Table 2. Adverse events", rows, head=2).records
    assert told(found, "event", "value", "unit") == [("nausea", 15, "event"), ("nausea", 12, "event"), ("rash", 4, "event"), ("rash", 3, "event")]


def test_what_a_row_under_a_head_was_due_to() -> None:
    for head, code in (("Deaths, n (%)", "DEATH"), ("Dose reduction, n (%)", "DOSE_REDUCTION")):
        rows = [ARMS, (head, "10 (20)", "8 (20)"), ("  Due to sepsis", "5 (10)", "4 (10)")]
        found = extract("Table 2. Outcome", rows).records
        assert told(found, "endpoint", "event", "value")[2:] == [(code, "sepsis", 10), (code, "sepsis", 10)]
