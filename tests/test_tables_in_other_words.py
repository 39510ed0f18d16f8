"""Tables of results in other layouts: what is left to the sentences, to arithmetic or to the column beside. Invented grids."""

from __future__ import annotations

from typing import Any

import pytest
import test_tables
from test_tables import ARMS, PLACEBO, SORAFENIB, Printed, extract, told

from extractor.relations.tables.labels import Role, read_label

MEDIANS = "We compared sorafenib plus docetaxel with placebo plus docetaxel. The median overall survival did not differ."


def values(caption: str, rows: list[tuple[Printed, ...]], *names: str, **more: Any) -> list[tuple[Any, ...]]:
    return told([r for r in extract(caption, rows, **more).records if r.kind == "measurement"], *names)


def ratios(caption: str, rows: list[tuple[Printed, ...]], *names: str, **more: Any) -> list[tuple[Any, ...]]:
    return told([r for r in extract(caption, rows, **more).records if r.kind == "comparison"], *names)


TIMES: list[tuple[Printed, ...]] = [ARMS, ("PFS, months (95% CI)", "5.1 (4.2-6.3)", "3.3 (2.5-4.0)"), ("OS (months)", "9.2", "7.7")]


def test_a_time_to_event_is_the_median_where_the_sentences_tell_medians() -> None:
    assert values("Table 2. Efficacy", TIMES, "endpoint", "statistic", "value", "unit", prose=MEDIANS) == [
        ("PFS", "median", 5.1, "month"),
        ("PFS", "median", 3.3, "month"),
        ("OS", "median", 9.2, "month"),
        ("OS", "median", 7.7, "month"),
    ]


@pytest.mark.parametrize("prose", ["We compared sorafenib with placebo.", MEDIANS + " The mean overall survival was longer."])
def test_a_time_to_event_is_left_where_the_sentences_tell_no_median_or_means(prose: str) -> None:
    assert values("Table 2. Efficacy", TIMES, "value", prose=prose) == []


def test_a_bound_that_was_not_reached_is_of_a_median() -> None:
    rows: list[tuple[Printed, ...]] = [ARMS, ("Duration of response, months", "11.4 (7.1-NE)", "6.0 (3.2-NE)")]
    assert values("Table 2. Efficacy", rows, "statistic", "value", "ci") == [("median", 11.4, (7.1, None)), ("median", 6.0, (3.2, None))]


def test_numbers_of_patients_below_a_time_to_event_are_no_medians() -> None:
    rows: list[tuple[Printed, ...]] = [ARMS, ("Duration of response, days", "", ""), ("N", "4", "2"), ("Median", "210", "188")]
    assert values("Table 2. Efficacy", rows, "value", prose=MEDIANS) == [(210,), (188,)]


def test_one_patient_has_no_median() -> None:
    rows: list[tuple[Printed, ...]] = [("Patient", "Age", "PFS (months)"), ("1", "61", "8"), ("2", "47", "11")]
    assert values("Table 2. Outcome", rows, "statistic", "value", prose=MEDIANS) == [("value", 8), ("value", 11)]


def test_shares_of_events_whose_caption_says_percent() -> None:
    rows: list[tuple[Printed, ...]] = [ARMS, ("Fatigue", "41", "12"), ("Rash", "30", "7")]
    assert values("Table 3. Common adverse events (%)", rows, "event", "value", "unit", "N")[:2] == [
        ("fatigue", 41, "percent", 50),
        ("fatigue", 12, "percent", 40),
    ]


def test_numbers_of_events_with_the_share_of_some_are_counts() -> None:
    rows: list[tuple[Printed, ...]] = [ARMS, ("Fatigue", "20 (40)", "6 (15)"), ("Rash", "3 (6)", "1")]
    assert values("Table 3. Common adverse events, n (%)", rows, "event", "value", "unit")[-1] == ("rash", 1, "patient")


def test_arms_whose_heads_say_how_numbers_are_printed() -> None:
    rows: list[tuple[Printed, ...]] = [
        ("Subgroup", "Placebo + docetaxel (events/n)", "Sorafenib + docetaxel (events/n)", "HR (95% CI)"),
        ("All patients", "30/40", "28/50", "0.61 (0.40-0.92)"),
        ("Age", "", "", ""),
        ("\u2003<60 years", "14/18", "12/20", "0.66 (0.35-1.25)"),
    ]
    assert ratios("Table 3. Subgroup analysis of progression-free survival", rows, "arm", "comparator", "factor", "population", "estimate") == [
        (SORAFENIB, PLACEBO, None, None, 0.61),
        (SORAFENIB, PLACEBO, None, "age, < 60 years", 0.66),
    ]


@pytest.mark.parametrize("label", ["Death — no. (%)", "Death, n (%)"])
def test_the_ratio_beside_deaths_under_survival_is_of_survival(label: str) -> None:
    rows: list[tuple[Printed, ...]] = [
        (*ARMS, "Hazard ratio (95% CI)", "P"),
        ("Overall survival", "", "", "", ""),
        (f"\u2003{label}", "20 (40)", "22 (55)", "0.70 (0.50-0.98)", "0.04"),
    ]
    assert values("Table 2. Efficacy", rows, "endpoint", "value", "n") == [("DEATH", 40, 20), ("DEATH", 55, 22)]
    assert ratios("Table 2. Efficacy", rows, "endpoint", "estimate", "p") == [("OS", 0.7, "=0.04")]


def test_deaths_that_a_row_of_survival_counts() -> None:
    rows: list[tuple[Printed, ...]] = [(*ARMS, "HR (95% CI)"), ("Overall survival, deaths", "21", "25", "0.81 (0.62-1.06)")]
    assert values("Table 2. Efficacy", rows, "endpoint", "value", "unit") == [("DEATH", 21, "patient"), ("DEATH", 25, "patient")]
    assert ratios("Table 2. Efficacy", rows, "endpoint", "estimate") == [("OS", 0.81)]


def test_grades_in_a_list_of_three() -> None:
    grade = read_label("Grade 3, 4, or 5").grade
    assert grade is not None
    assert grade.norm == "3-5"


def test_any_event_and_deaths_below_a_kind_of_events() -> None:
    rows: list[tuple[Printed, ...]] = [
        ARMS,
        ("Treatment-related event", "", ""),
        ("\u2003Any event", "40 (80)", "20 (50)"),
        ("\u2003Event leading to death", "1 (2)", "2 (5)"),
    ]
    found = values("Table 3. Adverse events, n (%)", rows, "endpoint", "event", "value")
    assert found == [
        ("AE", "any treatment-related", 80),
        ("AE", "any treatment-related", 50),
        ("DEATH", "adverse event", 2),
        ("DEATH", "adverse event", 5),
    ]


def test_patients_of_each_arm_beside_what_became_of_them() -> None:
    rows: list[tuple[Printed, ...]] = [
        ("", ("Sorafenib + docetaxel", 2), ("Placebo + docetaxel", 2), "P"),
        ("", "n", "RFS, %", "n", "RFS, %", ""),
        ("Tumour size, cm", "", "", "", "", ""),
        ("\u2003<5", "143", "90", "149", "81", "0.05"),
        ("\u2003≥5", "93", "70", "86", "50", "<0.001"),
    ]
    found = values("Table 3. Two-year recurrence-free survival by tumour size", rows, "population", "arm", "endpoint", "value", "N", head=2)
    assert found[2:] == [("tumour size, cm, >= 5", SORAFENIB, "RFS", 70, 93), ("tumour size, cm, >= 5", PLACEBO, "RFS", 50, 86)]


def test_a_marker_with_a_level_is_who_and_not_what() -> None:
    rows: list[tuple[Printed, ...]] = [("Subgroup", *ARMS[1:]), ("CEA > 5 ng/mL", "9.1", "7.0"), ("CEA ≤ 5 ng/mL", "12.1", "9.9")]
    found = values("Table 3. Median overall survival (months) in subgroups", rows, "population", "endpoint", "value")
    assert found[:2] == [("CEA > 5 ng/mL", "OS", 9.1), ("CEA > 5 ng/mL", "OS", 7.0)]


def test_letters_alone_over_columns_are_the_arms_that_a_note_spells_out() -> None:
    rows: list[tuple[Printed, ...]] = [("", "A (%)", "B (%)", "p"), ("Neutropenia", "51", "57", "0.64"), ("Rash", "0", "16", "0.03")]
    found = extract("Table 3. Grade 3-4 toxicities", rows, notes=["A: docetaxel plus placebo; B: docetaxel plus sorafenib."]).records
    assert told(found, "arm", "comparator", "value")[:3] == [(PLACEBO, None, 51), (SORAFENIB, None, 57), (SORAFENIB, PLACEBO, None)]


def test_letters_that_nothing_explains_are_no_arms() -> None:
    rows: list[tuple[Printed, ...]] = [("", "C (%)", "D (%)"), ("Neutropenia", "51", "57")]
    found = values("Table 3. Grade 3-4 toxicities", rows, "arm")
    assert not {SORAFENIB, PLACEBO} & {arm for (arm,) in found}


def test_responses_that_add_up_to_their_percentage_are_counts() -> None:
    rows: list[tuple[Printed, ...]] = [
        ("Treatment", "n", "CR", "PR", "ORR (%)"),
        ("Sorafenib + docetaxel", "154", "10", "75", "55"),
        ("Placebo + docetaxel", "170", "6", "55", "36"),
    ]
    assert values("Table 2. Response rates", rows, "endpoint", "value", "unit", "N")[:2] == [("CR", 10, "patient", 154), ("PR", 75, "patient", 154)]


def test_a_p_value_that_names_its_endpoint_in_a_bracket() -> None:
    assert read_label("P (OS)").role is Role.P
    assert read_label("P (mg/mL)").role is not Role.P
    rows: list[tuple[Printed, ...]] = [
        ("Treatment", "DFS", "OS", "P (OS)"),
        ("Sorafenib + docetaxel", "70.5%", "81.1%", "0.34"),
        ("Placebo + docetaxel", "66.0%", "79.4%", ""),
    ]
    assert ratios("Table 2. Survival at 5 years", rows, "endpoint", "p") == [("OS", "=0.34")]


def test_deaths_in_a_column_of_whole_numbers_are_counted() -> None:
    rows: list[tuple[Printed, ...]] = [
        ("Treatment", "No. of patients", "Deaths", "5-year OS (%)"),
        ("Sorafenib + docetaxel", "154", "25", "81.1"),
        ("Placebo + docetaxel", "170", "33", "79.4"),
    ]
    assert values("Table 2. Outcome", rows, "endpoint", "value", "unit", "N")[0] == ("DEATH", 25, "patient", 154)


def test_an_event_with_its_grade_among_other_outcomes() -> None:
    rows: list[tuple[Printed, ...]] = [ARMS, ("1-year overall survival, %", "61", "66"), ("Grade 3-4 neutropenia, %", "38", "26")]
    assert values("Table 2. Outcomes", rows, "endpoint", "event", "grade", "value")[2:] == [
        ("AE", "neutropenia", "3-4", 38),
        ("AE", "neutropenia", "3-4", 26),
    ]


def test_groups_that_the_title_sets_against_each_other_are_arms(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[Printed, ...]] = [("", "Haploidentical (n = 150)", "Matched sibling (n = 150)"), ("Overall survival, %", "61", "66")]
    said = "Table 2. Outcomes at 3 years"
    assert values(said, rows, "arm") == []
    monkeypatch.setattr(test_tables, "TITLE", "Haploidentical versus matched sibling transplantation in leukemia")
    assert values(said, rows, "arm", "value") == [("Haploidentical", 61), ("Matched sibling", 66)]


SERIES: list[tuple[Printed, ...]] = [
    ("Case", "Age/sex", "First-line treatment", ("CEA (ng/mL)", 2), "Best response", "PFS (months)"),
    ("", "", "", "Before", "6 weeks", "", ""),
    ("1", "64/M", "Docetaxel", "1,240", "88", "PR", "9.4"),
    ("2", "51/F", "Sorafenib", "31", "40", "PD", "2.0"),
    ("3", "58/M", "Docetaxel", "12", "9", "SD", "11.5+"),
]


def test_one_patient_a_row() -> None:
    found = values("Table 1. Course of three patients", SERIES, "population", "arm", "endpoint", "timepoint", "value", "op", "category", head=2)
    assert found[:4] == [
        ("case 1", "baseline", "CEA", "baseline", 1240, None, None),
        ("case 1", "docetaxel", "CEA", "6 week", 88, None, None),
        ("case 1", "docetaxel", "BEST_RESPONSE", None, None, None, "partial response"),
        ("case 1", "docetaxel", "PFS", None, 9.4, None, None),
    ]
    assert found[-1] == ("case 3", "docetaxel", "PFS", None, 11.5, ">", None)
    assert {s for (s,) in values("Table 1. Course of three patients", SERIES, "statistic", head=2)} == {"value", "category"}


def test_a_level_before_treatment_alone_is_no_outcome() -> None:
    rows: list[tuple[Printed, ...]] = [("Patient", "CEA before (ng/mL)", "PFS (months)"), ("1", "30", "8"), ("2", "12", "11")]
    assert values("Table 1. Course of two patients", rows, "endpoint", "value") == [("PFS", 8), ("PFS", 11)]


@pytest.mark.parametrize(("head", "first"), [("No.", "1"), ("Patient", "3"), ("Cohort", "1")])
def test_rows_with_numbers_that_are_no_patients(head: str, first: str) -> None:
    rows: list[tuple[Printed, ...]] = [(head, "Best response", "PFS (months)"), (first, "PR", "8"), ("7", "SD", "11")]
    assert values("Table 1. Outcome by cohort", rows, "endpoint") == []


def test_a_cell_that_says_that_its_bracket_is_an_interval() -> None:
    rows: list[tuple[Printed, ...]] = [
        ARMS,
        ("Median OS (months)", "9.4 (95% CI 7.0-12.1)", "6.0 (4.2-8.7)"),
        ("Median PFS (months)", "5 (3-7)", "4 (2-6)"),
    ]
    assert values("Table 2. Survival", rows, "value", "ci") == [(9.4, (7.0, 12.1)), (6.0, (4.2, 8.7)), (5, None), (4, None)]


def test_brackets_that_one_number_of_patients_fits_hold_percentages() -> None:
    rows: list[tuple[Printed, ...]] = [
        ("Toxicity", "Sorafenib + docetaxel", "Placebo + docetaxel"),
        ("Fatigue", "36 (60.0)", "31 (50.8)"),
        ("Rash", "24 (40.0)", "9 (14.8)"),
        ("Nausea", "13 (21.7)", "4 (6.6)"),
    ]
    assert values("Table 3. Adverse events", rows, "event", "value", "n")[:2] == [("fatigue", 60, 36), ("fatigue", 50.8, 31)]
    rows[-1] = ("Nausea", "13 (21.9)", "4 (9.6)")
    assert values("Table 3. Adverse events", rows, "event", "value", "n") == []


@pytest.mark.parametrize("caption", ["Table 2. Tumour response (%)", "Table 2. Best response (%)"])
def test_categories_of_response_by_a_word_alone(caption: str) -> None:
    rows: list[tuple[Printed, ...]] = [ARMS, ("Complete", "4", "1"), ("Partial", "30", "22"), ("Stable", "41", "50")]
    assert values(caption, rows, "endpoint", "value", "unit")[::2] == [("CR", 4, "percent"), ("PR", 30, "percent"), ("SD", 41, "percent")]
    assert values("Table 2. Extent of resection (%)", rows, "endpoint") == []


def test_responses_by_what_patients_were_like() -> None:
    rows: list[tuple[Printed, ...]] = [("Receptor", *ARMS[1:]), ("Present", "60% (12/20)", "40% (8/20)"), ("Not known", "50% (15/30)", "35% (7/20)")]
    found = values("Table 2. Response according to receptor status", rows, "population", "endpoint", "value", "n")
    assert found[0] == ("present", "ORR", 60, 12)
    assert values("Table 2. Response according to treatment group", rows, "endpoint") == []


def test_columns_of_cohorts_and_levels_are_of_all_patients_in_them() -> None:
    rows: list[tuple[Printed, ...]] = [("", "Training cohort (n = 80)", "Validation cohort (n = 40)", "P"), ("1-year OS, %", "88", "70", "0.03")]
    assert values("Table 2. Outcome", rows, "population", "endpoint", "value", "N") == [
        ("training cohort", "OS", 88, 80),
        ("validation cohort", "OS", 70, 40),
    ]
    rows = [("", "P16 negative", "P16 positive"), ("Median follow-up, months", "31", "28")]
    assert values("Table 2. Outcome", rows, "population", "value") == [("P16 negative", 31), ("P16 positive", 28)]


def test_the_arm_that_a_caption_calls_by_its_group() -> None:
    rows: list[tuple[Printed, ...]] = [("Event", "n", "%"), ("Fatigue", "5", "10"), ("Rash", "9", "18")]
    assert values("Table 3. Adverse events in the placebo group", rows, "arm", "value") == [(PLACEBO, 10), (PLACEBO, 18)]
    assert {a for (a,) in values("Table 3. Adverse events in the placebo and sorafenib groups", rows, "arm")} == {"all"}


def test_a_caption_that_names_two_sets_of_patients_sets_none_apart() -> None:
    rows: list[tuple[Printed, ...]] = [
        ("Population", ("Sorafenib + docetaxel", 2), ("Placebo + docetaxel", 2)),
        ("", "No.", "Median OS, mo", "No.", "Median OS, mo"),
        ("Per protocol", "40", "7.6", "31", "8.0"),
        ("Intention to treat", "50", "7.5", "40", "7.9"),
    ]
    found = values("Table 2. Survival in the per-protocol and intention-to-treat populations", rows, "population", "value", head=2)
    assert found[:2] == [("per protocol", 7.6), ("per protocol", 8)]
    assert not any("per protocol" in (population or "") for population, _ in found[2:])


def test_a_bracket_that_holds_another_grade_is_no_share() -> None:
    rows: list[tuple[Printed, ...]] = [("Event", *ARMS[1:]), ("Rash", "49 [2]", "10 [1]"), ("Fatigue", "35 [3]", "25 [3]")]
    assert values("Table 3. Adverse events of any grade [grade 3/4], no. of patients (%)", rows, "value") == []
    assert values("Table 3. Adverse events, no. of patients [%]", [*rows[:1], ("Rash", "5 [10]", "4 [10]")], "value") == [(10,), (10,)]


def test_counts_out_of_a_total_beside_their_percentage() -> None:
    rows: list[tuple[Printed, ...]] = [
        ("Outcome", ("Sorafenib + docetaxel", 2), ("Placebo + docetaxel", 2), "RR", "95% CI", "p"),
        ("", "No./total", "%", "No./total", "%", "", "", ""),
        ("Hypertension", "9/251", "3.6", "2/124", "1.6", "2.22", "0.49-10.1", "0.30"),
    ]
    assert values("Table 3. Safety outcomes", rows, "event", "value", "n", "N", head=2) == [
        ("hypertension", 3.6, 9, 251),
        ("hypertension", 1.6, 2, 124),
    ]
    assert ratios("Table 3. Safety outcomes", rows, "measure", "estimate", "p", head=2) == [("RR", 2.22, "=0.3")]


def test_all_events_of_an_endpoint_are_counted() -> None:
    rows: list[tuple[Printed, ...]] = [(*ARMS, "HR (95% CI)"), ("All DFS events", "18", "26", "0.68 (0.56-0.82)")]
    assert values("Table 2. Disease-free survival", rows, "endpoint", "value", "unit", "event") == [
        ("DFS", 18, "event", "event"),
        ("DFS", 26, "event", "event"),
    ]
    assert ratios("Table 2. Disease-free survival", rows, "endpoint", "estimate") == [("DFS", 0.68)]
