"""What a table's layout says: heads over the same arms, nested heads of rows, factors with their tests, sums of grades. Invented grids."""

from __future__ import annotations

import pytest
import test_tables
from test_tables import ARMS, PLACEBO, SORAFENIB, Printed, extract, told

from extractor.relations.tables.cells import parse_cell
from extractor.relations.tables.labels import read_label

TWO = ("Sorafenib + docetaxel", "Placebo + docetaxel")


@pytest.mark.parametrize(
    ("printed", "value", "share", "pair"),
    [
        ("85 (39.5 [33.0-46.4])", 85, 39.5, (33.0, 46.4)),
        ("28 (13.7%; 95% CI 9.3 to 19.1)", 28, 13.7, (9.3, 19.1)),
        ("18 [9%, 5-14]", 18, 9, (5, 14)),
        ("33 (50 [37 to 63])†", 33, 50, (37, 63)),
    ],
)
def test_a_share_and_its_interval_in_one_bracket(printed: str, value: int, share: float, pair: tuple[float, float]) -> None:
    cell = parse_cell(printed)
    assert cell is not None
    single, interval = cell.single(), cell.pair()
    assert single is not None
    assert interval is not None
    assert (cell.value, single.low, (interval.low, interval.high)) == (value, share, pair)
    assert printed[single.start : single.end].startswith(str(share))


@pytest.mark.parametrize("printed", ["12 (3.4, 5.6)", "5.6 (3.1; 9.8)", "2 (33.0,46.4-50)"])
def test_an_interval_alone_is_no_share(printed: str) -> None:
    cell = parse_cell(printed)
    assert cell is None or cell.single() is None


def test_units_of_time_in_any_letters() -> None:
    cells = [parse_cell(printed) for printed in ("183 Months", "7 WEEKS")]
    assert [cell.unit for cell in cells if cell is not None] == ["month", "week"]


def test_a_cell_that_names_its_ratio() -> None:
    cell = parse_cell("HR 0.87 (0.80-0.95)")
    assert cell is not None
    assert (cell.measure, cell.value) == ("HR", 0.87)
    assert parse_cell("HR 4021") is None


def test_shares_with_their_intervals_in_labels() -> None:
    assert read_label("No. of patients (% [95% CI])").form.share_in_brackets
    assert read_label("Responders, n (%, 95% CI)").form.share_in_brackets


def test_any_grade_in_capitals() -> None:
    grade = read_label("Any Grade").grade
    assert grade is not None
    assert grade.norm == "any"


def test_a_head_over_all_patients_is_no_other_arm() -> None:
    rows = [("", ("Overall", 2), ("Women", 2)), ("", *TWO, *TWO), ("ORR (%)", "30", "20", "35", "25")]
    found = extract("Table 2. Response", rows, head=2).records
    assert told(found, "population", "arm", "value") == [
        (None, SORAFENIB, 30),
        (None, PLACEBO, 20),
        ("women", SORAFENIB, 35),
        ("women", PLACEBO, 25),
    ]


def test_rows_that_are_arms_under_a_head_over_all_patients() -> None:
    rows: list[tuple[Printed, ...]] = [
        ("", ("Overall", 2), ("Women", 2)),
        ("Months", "6", "12", "6", "12"),
        (TWO[0], "80%", "60%", "82%", "63%"),
        (TWO[1], "70%", "50%", "71%", "52%"),
    ]
    found = extract("Table 2. Overall survival", rows, head=2).records
    assert told(found, "population", "arm", "timepoint")[:3] == [
        (None, SORAFENIB, "6 month"),
        (None, SORAFENIB, "12 month"),
        ("women", SORAFENIB, "6 month"),
    ]


def test_heads_over_the_same_arms_part_the_patients_whatever_they_are_called() -> None:
    rows = [
        ("", ("New lesions", 3), ("No progression", 3)),
        ("", *TWO, "Total", *TWO, "Total"),
        ("Median OS, months", "9.1", "7.2", "8.3", "14.0", "13.1", "13.6"),
    ]
    found = extract("Table 2. Survival in groups of patients", rows, head=2).records
    assert told(found, "population", "arm", "endpoint", "value")[2:4] == [
        ("new lesions", "all", "OS", 8.3),
        ("no progression", SORAFENIB, "OS", 14.0),
    ]


def test_endpoints_over_the_same_arms_are_endpoints() -> None:
    rows = [("", ("PFS rate (%)", 2), ("OS rate (%)", 2)), ("", *TWO, *TWO), ("1 year", "30", "20", "60", "50")]
    found = extract("Table 2. Rates", rows, head=2).records
    assert told(found, "endpoint", "arm", "value")[1:3] == [("PFS", PLACEBO, 20), ("OS", SORAFENIB, 60)]


def test_a_p_value_of_all_patients_beside_those_of_some() -> None:
    rows = [("", ("Overall", 3), ("Women", 3)), ("", *TWO, "P", *TWO, "P"), ("ORR (%)", "30", "20", "0.04", "35", "25", "0.20")]
    found = [r for r in extract("Table 2. Response", rows, head=2).records if r.kind == "comparison"]
    assert told(found, "population", "p") == [(None, "=0.04"), ("women", "=0.2")]


def test_a_head_as_wide_as_the_table_outlasts_one_within_it() -> None:
    rows: list[tuple[Printed, ...]] = [
        ("", "", *TWO),
        (("Induction", 4),),
        (("Rash grade 3", 2), "5 (10%)", "2 (5%)"),
        (("Vomiting", 2), "", ""),
        ("", "Grade 3", "4 (8%)", "1 (3%)"),
        ("", "Grade 4", "1 (2%)", "0"),
        (("Fever grade 3", 2), "3 (6%)", "2 (5%)"),
        (("Maintenance", 4),),
        (("Rash grade 3", 2), "6 (12%)", "1 (3%)"),
        (("Fever grade 3", 2), "2 (4%)", "1 (3%)"),
    ]
    found = extract("Table 2. Adverse events", rows).records
    assert told(found, "population", "event", "value")[::2] == [
        ("induction", "rash", 10),
        ("induction", "vomiting", 8),
        ("induction", "vomiting", 2),
        ("induction", "fever", 6),
        ("maintenance", "rash", 12),
        ("maintenance", "fever", 4),
    ]


def test_ratios_against_the_arm_that_their_row_names() -> None:
    rows = [
        ("", "Lapatinib", "Trastuzumab", "Letrozole"),
        ("Median PFS, months", "8.1", "9.3", "5.2"),
        ("Hazard ratio (95% CI) vs letrozole", "0.72 (0.60-0.88)", "0.62 (0.50-0.76)", ".."),
        ("p value", "0.001", "<0.001", ".."),
    ]
    found = [r for r in extract("Table 2. Efficacy", rows).records if r.kind == "comparison"]
    assert told(found, "arm", "comparator", "estimate", "p") == [
        ("lapatinib", "letrozole", 0.72, "=0.001"),
        ("trastuzumab", "letrozole", 0.62, "<0.001"),
    ]


def test_a_column_of_ones_is_what_the_others_are_compared_with() -> None:
    rows = [
        ("", "Lapatinib", "Trastuzumab", "Letrozole"),
        ("Median PFS, months", "8.1", "9.3", "5.2"),
        ("HR (95% CI)", "0.72 (0.60-0.88)", "0.62 (0.50-0.76)", "1.00"),
    ]
    found = [r for r in extract("Table 2. Efficacy", rows).records if r.kind == "comparison"]
    assert told(found, "arm", "comparator") == [("lapatinib", "letrozole"), ("trastuzumab", "letrozole")]


def test_numbers_under_a_factor_are_its_levels() -> None:
    rows = [("", *TWO), ("Performance score", "", ""), ("\xa0\xa00", "12.1", "10.3"), ("\xa0\xa01", "8.4", "7.7")]
    found = extract("Table 2. Median overall survival, months", rows).records
    assert list(dict.fromkeys(r.population for r in found)) == ["performance score 0", "performance score 1"]


def test_factors_with_their_tests_head_the_levels_below() -> None:
    rows = [
        ("Factor", "No.", "Median OS (months)", "P"),
        ("All", "90", "11.0", ""),
        ("Liver metastases", "", "", "0.01"),
        ("Present", "30", "7.0", ""),
        ("Absent", "60", "13.0", ""),
        ("Performance score", "", "", "0.20"),
        ("0-1", "70", "12.0", ""),
        ("2", "20", "9.0", ""),
    ]
    found = extract("Table 2. Outcome by factor", rows).records
    assert [r.population for r in found if r.kind == "measurement"][1:] == [
        "liver metastases Present",
        "liver metastases Absent",
        "performance score 0-1",
        "performance score 2",
    ]


def test_one_test_of_rows_beside_each_other_is_of_what_tells_them_apart() -> None:
    rows = [("Margin", "n", "5-year OS (%)", "P"), ("<1 mm", "60", "31", "0.004"), ("1-10 mm", "140", "44", ""), (">10 mm", "100", "47", "")]
    found = [r for r in extract("Table 2. Survival according to margin", rows).records if r.kind == "comparison"]
    assert told(found, "factor", "p") == [("Margin", "=0.004")]


def test_one_test_after_two_endpoints_is_of_neither() -> None:
    rows = [("Stage", "n", "5-year OS (%)", "5-year DFS (%)", "P"), ("I", "60", "81", "70", "0.004"), ("II", "140", "64", "55", "")]
    assert [r for r in extract("Table 2. Survival according to stage", rows).records if r.kind == "comparison"] == []


def test_ratios_behind_each_of_two_endpoints() -> None:
    rows = [
        ("", ("3-year DFS (%)", 2), "HR (95% CI)", ("5-year OS (%)", 2), "HR (95% CI)"),
        ("", *TWO, "", *TWO, ""),
        ("All patients", "75", "70", "0.85 (0.70-1.03)", "82", "80", "0.91 (0.72-1.15)"),
    ]
    found = [r for r in extract("Table 2. Outcome", rows, head=2).records if r.kind == "comparison"]
    assert told(found, "endpoint", "estimate") == [("DFS", 0.85), ("OS", 0.91)]


def test_single_grades_that_add_up_are_counts() -> None:
    rows = [
        ("Event", "Grade 1", "Grade 2", "Grade 3", "Grade 4", "Grade 3-4, n (%)"),
        ("Rash", "8", "10", "5", "0", "5 (16)"),
        ("Fever", "4", "6", "3", "1", "4 (13)"),
    ]
    found = extract("Table 2. Adverse events of sorafenib plus docetaxel (n = 31)", rows).records
    assert told([r for r in found if r.event == "fever"], "grade", "value", "statistic") == [
        ("1", 4, "count"),
        ("2", 6, "count"),
        ("3", 3, "count"),
        ("4", 1, "count"),
        ("3-4", 13, "rate"),
    ]
    wrong = [*rows[:2], ("Fever", "4", "6", "3", "2", "4 (13)")]
    assert {r.grade for r in extract("Table 2. Adverse events of sorafenib plus docetaxel (n = 31)", wrong).records} == {"3-4"}


def test_any_event_of_treatment_related_ones() -> None:
    found = extract("Table 2. Treatment-related adverse events", [ARMS, ("All events", "20 (40%)", "8 (20%)"), ("Rash", "5 (10%)", "2 (5%)")]).records
    assert told(found, "event")[1:3] == [("any treatment-related",), ("rash",)]


def test_any_in_a_row_of_its_own() -> None:
    rows = [ARMS, ("Any", "20 (40%)", "8 (20%)"), ("Rash", "5 (10%)", "2 (5%)")]
    found = extract("Table 2. Adverse events of grade 2 or worse", rows).records
    assert told(found, "event", "grade")[:3] == [("any", ">=2"), ("any", ">=2"), ("rash", ">=2")]


def test_any_event_under_the_columns_of_grades() -> None:
    rows = [("", "Any grade", "Grade 3"), ("Any", "62 (70%)", "4 (5%)"), ("Rash", "21 (24%)", "0")]
    found = extract("Table 2. Adverse events of sorafenib plus docetaxel (n = 88)", rows).records
    assert told(found, "event", "grade", "value")[:2] == [("any", "any", 70), ("any", "3", 5)]


def test_letters_with_their_patients_are_no_ratio() -> None:
    assert [read_label(text).measure for text in ("HR (n = 120)", "HR (95% CI)", "HR")] == [None, "HR", "HR"]


def test_patients_with_event_under_a_caption_of_a_time_to_event() -> None:
    found = extract("Table 2. Progression-free survival", [ARMS, ("Patients with event, n (%)", "20 (40)", "8 (20)")]).records
    assert told(found, "endpoint", "event", "value") == [("PFS", "event", 40), ("PFS", "event", 20)]


def test_complications_by_their_grade() -> None:
    rows = [ARMS, ("Clavien-Dindo grade ≥III", "5 (10%)", "2 (5%)"), ("Pneumonia", "4 (8%)", "1 (3%)"), ("Wound infection", "4 (8%)", "1 (3%)")]
    found = extract("Table 2. Postoperative complications", rows).records
    assert told(found, "event", "grade")[0] == ("complication", ">=3")


def test_progression_among_the_categories_of_response() -> None:
    rows = [ARMS, ("Complete response", "5 (10%)", "2 (5%)"), ("Stable disease", "15 (30%)", "12 (30%)"), ("Progression", "10 (20%)", "12 (30%)")]
    assert told(extract("Table 2. Response", rows).records, "endpoint")[-1] == ("PD",)
    assert extract("Table 2. Reasons for stopping", [ARMS, ("Progression", "10 (20%)", "12 (30%)")]).records == ()


def test_deaths_by_where_they_were() -> None:
    found = extract("Table 2. Outcome", [ARMS, ("In-hospital death - no. (%)", "3 (6)", "1 (3)")]).records
    assert told(found, "endpoint", "value") == [("DEATH", 6), ("DEATH", 3)]


def test_a_row_of_patients_holds_the_sizes() -> None:
    rows = [("", *TWO), ("No. of patients", "50", "40"), ("ORR (%)", "30", "20")]
    assert told(extract("Table 2. Response", rows).records, "value", "N") == [(30, 50), (20, 40)]


def test_pooled_effects_on_several_endpoints_and_events() -> None:
    rows = [
        ("Outcome", "HR/RR (95% CI)", "P"),
        ("Overall survival", "HR 0.87 (0.80-0.95)", "0.002"),
        ("Response rate", "RR 1.38 (1.20-1.59)", "<0.001"),
        ("Grade ≥3 hypertension", "RR 5.02 (3.11-8.10)", "<0.001"),
    ]
    found = extract("Table 2. Pooled results for sorafenib plus docetaxel versus placebo plus docetaxel", rows).records
    assert told(found, "arm", "comparator", "endpoint", "event", "measure", "estimate") == [
        (SORAFENIB, PLACEBO, "OS", None, "HR", 0.87),
        (SORAFENIB, PLACEBO, "ORR", None, "RR", 1.38),
        (SORAFENIB, PLACEBO, "AE", "hypertension", "RR", 5.02),
    ]


@pytest.mark.parametrize(
    ("methods", "heads", "arms"),
    [
        ("Patients were randomised to laparoscopic or open gastrectomy.", ("Laparoscopic", "Open"), ("laparoscopic gastrectomy", "open gastrectomy")),
        ("We compared robotic colectomy with manual colectomy.", ("Robotic", "Manual"), ("robotic colectomy", "manual colectomy")),
        (
            "Patients were randomly assigned to weekly docetaxel or 3-weekly docetaxel.",
            ("Weekly", "3-weekly"),
            ("docetaxel (weekly)", "docetaxel (3-weekly)"),
        ),
        (
            "Women were assigned to 6 or 12 months of trastuzumab.",
            ("6 months (n = 50)", "12 months (n = 40)"),
            ("trastuzumab (6 months)", "trastuzumab (12 months)"),
        ),
        ("We compared men and women who had curative surgery.", ("Men", "Women"), ("all", "all")),
        ("Outcomes of elderly versus younger patients given chemotherapy were compared.", ("Elderly", "Younger"), ()),
        ("Patients with early or late relapse were compared after gastrectomy.", ("Early", "Late"), ()),
        ("Patients were compared who had first-line or second-line therapy.", ("First-line", "Second-line"), ()),
    ],
)
def test_heads_that_leave_out_what_they_are_of(monkeypatch: pytest.MonkeyPatch, methods: str, heads: tuple[str, ...], arms: tuple[str, ...]) -> None:
    monkeypatch.setattr(test_tables, "METHODS", methods)
    monkeypatch.setattr(test_tables, "TITLE", "A trial in gastric cancer")
    found = extract("Table 2. Response", [("", *heads), ("ORR (%)", "30", "20")]).records
    assert tuple(r.arm for r in found) == arms
    assert {r.timepoint for r in found} <= {None}


def test_single_letters_that_a_sentence_introduces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_tables, "METHODS", "Women were assigned to lapatinib (L), trastuzumab (T), or lapatinib plus trastuzumab (L+T).")
    monkeypatch.setattr(test_tables, "TITLE", "A trial in breast cancer")
    rows = [("", "L", "T", "L + T", "P (L v T)", "P (L + T v T)"), ("ORR (%)", "30", "20", "40", "0.10", "0.001")]
    found = extract("Table 2. Response", rows).records
    assert [r.arm for r in found if r.kind == "measurement"] == ["lapatinib", "trastuzumab", "lapatinib + trastuzumab"]
    assert told([r for r in found if r.kind == "comparison"], "arm", "comparator", "p") == [
        ("lapatinib", "trastuzumab", "=0.1"),
        ("lapatinib + trastuzumab", "trastuzumab", "=0.001"),
    ]
