"""Further constructions of tables: arms told by their neighbours, levels, subgroups, studies, markers; invented grids, read end to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from test_tables import ARMS, PLACEBO, SORAFENIB, Printed, document, extract, told

from extractor.pipeline import Pipeline
from extractor.relations.context import about
from extractor.relations.findings import ArmOf
from extractor.relations.tables.arms import Naming
from extractor.relations.tables.grid import lay_out
from extractor.relations.tables.labels import Role, read_label
from extractor.relations.tables.listed import listing_of
from extractor.relations.tables.shorts import introduced

WHO = ("arm", "population", "endpoint", "event", "grade", "value")


def reasons(caption: str, rows: Sequence[Sequence[Printed]], **more: object) -> dict[str, str]:
    """Each number that was left over with its reason."""
    found = extract(caption, rows, **more)
    return {left.text.strip(): left.reason for left in found.unattached}


@pytest.mark.parametrize(
    ("printed", "core", "size"),
    [
        ("ZORFIRI (No. 61 pts)", "ZORFIRI", 61),
        ("ZORFOX No. 58 pts (%)", "ZORFOX", 58),
        ("Controls (44 patients)", "Controls", 44),
        ("Marker positive (n = 120; 41.2%)", "Marker positive", 120),
        ("Grade 3 events", "events", None),
    ],
)
def test_sizes_of_headers(printed: str, core: str, size: int | None) -> None:
    label = read_label(printed)
    assert (label.core, label.size) == (core, size)


@pytest.mark.parametrize(
    ("printed", "counted", "shared"),
    [
        ("Death, No.", True, False),
        ("Toxicity grade, no. of patients", True, False),
        ("Number of deaths", True, False),
        ("Percentage of patients", False, True),
        ("Deaths, no. (%)", False, False),
    ],
)
def test_what_a_label_says_of_its_numbers(printed: str, counted: bool, shared: bool) -> None:
    form = read_label(printed).form
    assert (form.count, form.share) == (counted, shared)


def test_a_name_with_its_size_beside_an_arm_is_an_arm() -> None:
    head = ("", "ZQ-Nine weekly (n = 30)", "ZQ-Nine daily (n = 20)", "Placebo + docetaxel (n = 40)", "Total (n = 90)")
    found = extract("Table 1. Tumour response", [head, ("ORR, n (%)", "12 (40)", "9 (45)", "10 (25)", "31 (34)")]).records
    assert told(found, "arm", "value", "N") == [("ZQ-Nine weekly", 40, 30), ("ZQ-Nine daily", 45, 20), (PLACEBO, 25, 40), ("all", 34, 90)]


def test_a_name_beside_one_of_two_arms_is_the_other() -> None:
    row = ("ORR, n (%)", "12 (40)", "10 (25)", "22 (31)")
    sized = [("", "SoDo (n = 30)", "Placebo + docetaxel (n = 40)", "Total (n = 70)"), row]
    assert told(extract("Table 1. Tumour response", sized).records, "arm", "value") == [(SORAFENIB, 40), (PLACEBO, 25), ("all", 31)]
    worded = [("", "SoDo group", "Placebo + docetaxel group", "Total"), row]
    assert told(extract("Table 1. Tumour response", worded).records, "arm", "value") == [(SORAFENIB, 40), (PLACEBO, 25), ("all", 31)]


def test_a_name_without_a_size_is_no_arm() -> None:
    left = reasons("Table 1. Tumour response", [("", "ZQ-Nine weekly", "Placebo + docetaxel (n = 40)"), ("ORR, n (%)", "12 (40)", "10 (25)")])
    assert left["12 (40)"] == "a row or column that may be of an arm or of a population"


def test_the_arms_that_the_paper_assigned_are_known_by_their_names() -> None:
    doc = document("Table 1. Response", [ARMS, ("ORR", "20", "10")])
    paper = about(doc, Pipeline().recognize(doc))
    naming = Naming(paper.arms, replace(paper, assigned=(ArmOf("early schedule"), ArmOf("late schedule"))), {})
    read = [naming.read(text) for text in ("Early schedule", "Late schedule arm", "Other schedule")]
    assert [arm.norm if arm is not None else None for arm in read] == ["early schedule", "late schedule", None]


def test_two_columns_of_what_seems_one_treatment_keep_their_printed_names() -> None:
    head = ("", "Docetaxel + sorafenib-AB (n = 30)", "Sorafenib + docetaxel (n = 20)")
    found = extract("Table 1. Tumour response", [head, ("ORR, n (%)", "12 (40)", "5 (25)")]).records
    assert len({r.arm for r in found}) == 2


def test_rows_under_treatment_are_arms_beside_one_that_is_known() -> None:
    rows = [("Treatment", "PD", "SD", "PR"), ("ZX-C9", "0", "14", "1"), ("Placebo", "4", "11", "0")]
    found = extract("Table 1. Number of patients by response", rows).records
    assert [t for t in told(found, "arm", "endpoint", "value") if t[0] == "ZX-C9"] == [("ZX-C9", "PD", 0), ("ZX-C9", "SD", 14), ("ZX-C9", "PR", 1)]


def test_the_patients_of_a_row_and_its_categories_as_counts() -> None:
    rows = [("Group", "n", "CR", "PR", "SD", "PD", "ORR"), ("Sorafenib + docetaxel", "50", "2", "14", "20", "14", "16/50 (32%)")]
    found = extract("Table 1. Response", rows).records
    assert told(found, "endpoint", "value", "unit", "N") == [
        ("CR", 2, "patient", 50),
        ("PR", 14, "patient", 50),
        ("SD", 20, "patient", 50),
        ("PD", 14, "patient", 50),
        ("ORR", 32, "percent", 50),
    ]


def test_the_row_of_an_arm_holds_the_sizes_of_the_rows_set_in_below_it() -> None:
    rows = [("Group", "First assessment [cases (%)]"), ("Sorafenib + docetaxel", "50"), (" cCR", "5 (10.0)"), (" cPR", "20 (40.0)")]
    found = extract("Table 1. Clinical response", rows).records
    assert told(found, "endpoint", "timepoint", "value", "n", "N") == [
        ("CR", "first assessment", 10, 5, 50),
        ("PR", "first assessment", 40, 20, 50),
    ]


def test_no_is_an_answer_and_not_a_number() -> None:
    rows: list[Sequence[Printed]] = [("", ("Five-year overall survival (%)", 2)), ARMS]
    rows += [("Lung metastases", "", ""), (" Yes", "30", "20"), (" No", "70", "60")]
    found = extract("Table 1. Survival by site", rows, head=2).records
    assert set(told(found, "population", "value")) == {
        ("lung metastases, yes", 30),
        ("lung metastases, yes", 20),
        ("lung metastases, no", 70),
        ("lung metastases, no", 60),
    }
    left = reasons("Table 1. Response", [ARMS, ("Complete response", "", ""), (" Yes", "5 (10%)", "2 (5%)"), (" No", "45 (90%)", "38 (95%)")])
    assert left["45 (90%)"] == "a row of those who had not what the head above it names"


def test_progression_or_death_under_a_time_to_event_counts_its_events() -> None:
    rows = [ARMS, ("Progression-free survival", "", ""), ("Progression or death, no.", "41", "38"), ("Median, months", "5.1", "4.2")]
    found = extract("Table 1. Efficacy", rows).records
    assert told(found, "endpoint", "event", "value", "unit") == [
        ("PFS", "event", 41, "patient"),
        ("PFS", "event", 38, "patient"),
        ("PFS", None, 5.1, "month"),
        ("PFS", None, 4.2, "month"),
    ]


def test_causes_of_death_under_deaths() -> None:
    rows = [ARMS, ("Death", "17 (34%)", "14 (35%)"), (" related to cancer", "12 (24%)", "12 (30%)"), ("Cardiac death", "1 (2%)", "2 (5%)")]
    found = extract("Table 1. Causes of death", rows).records
    assert told(found, "endpoint", "event", "population", "value")[2:6:2] == [("DEATH", "related to cancer", None, 24), ("DEATH", "cardiac", None, 2)]


def test_kinds_of_events_of_a_time_to_event() -> None:
    rows = [ARMS, ("Second relapse", "9 (18%)", "12 (30%)"), ("Refractory", "5 (10%)", "6 (15%)")]
    found = extract("Table 1. Progression-free survival by competing risks", rows).records
    assert told(found, "endpoint", "event", "value")[::2] == [("PFS", "second relapse", 18), ("PFS", "refractory", 10)]


def test_survival_after_a_response_is_not_the_response() -> None:
    assert [e.norm for e in read_label("Survival post CR").endpoints] != ["CR"]


@pytest.mark.parametrize(("row", "measure"), [("Overall survival at 3 years (%)", "HR"), ("ORR (%)", "OR")])
def test_a_head_of_two_measures_tells_each_endpoint_its_own(row: str, measure: str) -> None:
    rows = [(*ARMS, "HR/OR, 95% CI"), (row, "40", "30", "1.31 (0.98-1.74)")]
    assert [r.measure for r in extract("Table 1. Outcomes", rows).records if r.kind == "comparison"] == [measure]


def test_a_header_row_within_the_table_may_begin_with_an_interval() -> None:
    rows: list[Sequence[Printed]] = [("", "OS", "RFS"), ("", "HR", "95% CI"), ("Age > 60", "1.40", "1.10 to 1.80")]
    grid = lay_out(doc := document("Table 1. Cox regression of overall survival", rows), doc.tables[0])
    assert grid.body == 2


def test_a_column_is_headed_anew_by_a_ratio() -> None:
    rows = [
        (*ARMS, "P value"),
        ("Objective response, n (%)", "20 (40)", "10 (25)", "0.13"),
        ("Progression-free survival", "", "", "HR (95% CI)"),
        ("Median PFS (95% CI), months", "5.1 (4.0-6.2)", "4.2 (3.1-5.0)", "0.81 (0.60-1.10)"),
    ]
    found = extract("Table 1. Efficacy", rows).records
    assert told([r for r in found if r.kind == "comparison"], "endpoint", "measure", "estimate", "p") == [
        ("ORR", None, None, "=0.13"),
        ("PFS", "HR", 0.81, None),
    ]


def test_ratios_of_all_levels_with_their_patients_are_of_the_treatment_in_subgroups() -> None:
    rows = [
        ("", "", "OS", ""),
        ("", "", "HR", "95% CI"),
        ("Sex", "Men (n = 50)", "0.72", "0.50-0.98"),
        ("", "Women (n = 40)", "0.88", "0.61-1.20"),
        ("Marker", "High (n = 45)", "0.70", "0.51-0.97"),
        ("", "Low (n = 45)", "0.91", "0.64-1.25"),
    ]
    found = extract("Table 1. Hazard ratios by marker", rows, head=2).records
    assert told(found, "arm", "comparator", "factor") == [(SORAFENIB, PLACEBO, None)] * 4
    assert {r.population for r in found} == {"sex Men", "sex Women", "marker High", "marker Low"}


def test_a_reference_level_makes_the_ratios_those_of_factors() -> None:
    rows = [("", "", "OS HR (95% CI)"), ("Sex", "Men (n = 50)", "1.00"), ("", "Women (n = 40)", "0.88 (0.61-1.20)")]
    (record,) = extract("Table 1. Cox regression", rows).records
    assert told([record], "factor", "arm") == [("Sex Women", None)]


def test_medians_and_rates_beside_ratios_are_of_levels() -> None:
    head = ("", "", "Median OS (months)", "5-year OS (%)", "HR for OS (95% CI)")
    rows = [
        head,
        ("Sex", "Men", "35", "33", "1.00"),
        ("Sex", "Women", "36", "34", "0.98 (0.70-1.40)"),
        ("Age", "< 70", "40", "38", "1.00"),
        ("Age", "≥ 70", "30", "26", "1.81 (1.08-3.05)"),
    ]
    found = extract("Table 1. Predictors of overall survival", rows).records
    levels = [r for r in found if r.kind == "measurement"]
    assert told(levels[4:], "population", "arm", "statistic", "timepoint", "value") == [
        ("age < 70", "all", "median", None, 40),
        ("age < 70", "all", "rate", "5 year", 38),
        ("age >= 70", "all", "median", None, 30),
        ("age >= 70", "all", "rate", "5 year", 26),
    ]


def test_the_endpoint_that_the_text_tells_of_a_table() -> None:
    rows = [("Variable", "Hazard ratio (95% CI)", "P value"), ("Age", "1.40 (1.10-1.80)", "0.006")]
    said = RESULTS_TELL.format("overall survival")
    assert told(extract("Table 1. Cox model", rows, prose=said).records, "endpoint", "factor") == [("OS", "Age")]
    both = RESULTS_TELL.format("overall survival and progression-free survival")
    assert not extract("Table 1. Cox model", rows, prose=both).records


RESULTS_TELL = "The factors associated with {} are shown in Table 1. We treated all patients."


def test_outcomes_of_levels_and_the_p_values_of_factors() -> None:
    rows = [
        ("Variable", "Number of patients", "Response rate (%)", "P value"),
        ("PR", "", "", "0.51"),
        (" Positive", "64", "22", ""),
        (" Negative", "71", "27", ""),
    ]
    found = extract("Table 1. Response rates by patient characteristics", rows).records
    assert told(found, "endpoint", "population", "factor", "value", "N", "p") == [
        ("ORR", None, "PR", None, None, "=0.51"),
        ("ORR", "PR Positive", None, 22, 64, None),
        ("ORR", "PR Negative", None, 27, 71, None),
    ]


def test_a_table_is_of_adverse_events_by_its_rows() -> None:
    rows = [ARMS, ("Subjects with adverse events, n (%)", "22 (44)", "10 (25)"), *((e, "2 (4)", "1 (3)") for e in ("Thrombosis", "Nausea", "Rash"))]
    found = extract("Table 1. Clinically relevant findings", rows).records
    assert {(r.endpoint, r.event) for r in found} == {("AE", e) for e in ("any", "thrombosis", "nausea", "rash")}


def test_patients_with_one_or_more_of_an_event() -> None:
    found = extract("Table 1. Adverse events", [ARMS, ("Patients with one or more infections", "5 (10%)", "2 (5%)")]).records
    assert told(found, "event", "value") == [("infection", 10), ("infection", 5)]


STUDIES = [
    ("Study", "Patients", "Regimen", "Median OS (months)"),
    ("Tester M (1998)", "108 vs 111", "docetaxel vs placebo", "14.5 vs 10.8 (p = 0.15)"),
    ("Sample et al, 2003", "48", "sorafenib", "10.2"),
    ("Example et al, 2004", "90", "docetaxel vs sorafenib", "9.1"),
    ("This study", "90", "sorafenib + docetaxel", "9.9"),
]


def test_rows_that_are_studies() -> None:
    found = extract("Table 1. Previous trials in gastric cancer", STUDIES)
    assert set(told(found.records, "study", "provenance", "arm", "comparator", "value", "p")) == {
        ("Tester et al.", "cited", "docetaxel", None, 14.5, None),
        ("Tester et al.", "cited", "placebo", None, 10.8, None),
        ("Tester et al.", "cited", "docetaxel", "placebo", None, "=0.15"),
        ("Sample et al.", "cited", "sorafenib", None, 10.2, None),
        ("this study", "own", "sorafenib + docetaxel", None, 9.9, None),
    }
    left = {one.text: one.reason for one in found.unattached}
    assert left["9.1"] == "not as many values as the row has arms"


def test_a_cell_that_says_itself_what_it_holds() -> None:
    rows = [("Study", "Drug", "Outcome"), *((f"{who} et al. (2001)", "sorafenib", "5-year EFS 46% (40-52)") for who in ("Tester", "Sample"))]
    found = extract("Table 1. Reported outcomes of trials", rows).records
    assert told(found, "study", "arm", "endpoint", "timepoint", "value", "ci")[0] == ("Tester et al.", "sorafenib", "EFS", "5 year", 46, (40, 52))


def test_rows_of_patients_are_no_studies() -> None:
    doc = document("Table 1. Cases", [("Patient", "Age"), ("A", "50"), ("B", "60")])
    assert listing_of(lay_out(doc, doc.tables[0]), doc) is None


def test_markers_before_and_after_with_what_compares_them() -> None:
    labelled: list[Sequence[Printed]] = [
        (
            "Arm",
            "Cytokine",
            "Baseline median (min, max)",
            "Response median (min, max)",
            "p-value baseline vs. response",
            "p-value change between arms",
        ),
        (("Sorafenib + docetaxel", 1, 2), ("IL-6", 1, 2), "29.7", "57.0", ("0.002", 1, 2), ("0.011", 1, 4)),
        ("(9.5, 83.9)", "(12.6, 99.8)"),
        (("Placebo + docetaxel", 1, 2), ("IL-6", 1, 2), "28.8", "27.7", ("0.237", 1, 2)),
        ("(12.3, 45.0)", "(7.2, 57.9)"),
    ]
    found = extract("Table 1. Cytokines in the two arms", labelled).records
    values = [r for r in found if r.kind == "measurement"]
    assert told(values, "arm", "timepoint", "event", "value")[0] == (SORAFENIB, "baseline", "IL-6", 29.7)
    assert (values[0].spread.low, values[0].spread.high) == (9.5, 83.9)  # type: ignore[union-attr]
    tests = [r for r in found if r.kind == "comparison"]
    assert told(tests, "population", "arm", "comparator", "factor", "event", "p") == [
        (SORAFENIB, None, None, "response vs baseline", "IL-6", "=0.002"),
        (None, SORAFENIB, PLACEBO, None, "IL-6 change from baseline", "=0.011"),
        (PLACEBO, None, None, "response vs baseline", "IL-6", "=0.237"),
    ]


def test_results_in_footnotes_are_left_over() -> None:
    left = reasons("Table 1. Response", [ARMS, ("ORR, n (%)", "20 (40)", "10 (25)")], notes=["* With all randomised: 41 % and 24 % (p = 0.10)."])
    assert {t for t, r in left.items() if r == "a footnote of a table"} == {"41 %", "24 %", "p = 0.10"}


def test_a_number_that_is_the_share_of_its_fraction() -> None:
    found = extract("Table 1. Response", [ARMS, ("ORR", "32.0 (16/50)", "10.0 (4/40)")]).records
    assert told(found, "value", "unit", "n", "N") == [(32.0, "percent", 16, 50), (10.0, "percent", 4, 40)]


def test_a_credible_interval_is_no_response() -> None:
    assert read_label("CRi").role is Role.VALUE


def test_doses_are_rows() -> None:
    rows = [("Dose level", "No. of evaluable patients", "CR", "PR", "NC", "PD"), ("1", "6", "0", "1", "2", "3"), ("2", "5", "1", "1", "2", "1")]
    found = extract("Table 3. Response by dose level", rows, prose="Nothing else was found.").records
    assert told(found, "population", "endpoint", "value", "unit")[:4] == [
        ("dose level 1", "CR", 0, "patient"),
        ("dose level 1", "PR", 1, "patient"),
        ("dose level 1", "SD", 2, "patient"),
        ("dose level 1", "PD", 3, "patient"),
    ]
    several = extract("Table 3. Response", [("Dose levels", *rows[0][1:]), *rows[1:]], prose="Nothing else was found.").records
    assert {r.population for r in several} == {"dose level 1", "dose level 2"}
    by_dose = [("Starting dose (mg m-2)", "Median TTP (wk)"), ("900", "9.5"), ("1100", "12.1")]
    assert told(extract("Table 3. Outcome", by_dose).records, "population", "value") == [("900 mg/m2", 9.5), ("1100 mg/m2", 12.1)]
    assert not extract("Table 3. Outcome", [("Row", "Median TTP (wk)"), ("900", "9.5"), ("1100", "12.1")]).records


def test_medians_in_short_units_stand_under_their_endpoint() -> None:
    rows = [ARMS, ("Disease-free survival", "", ""), ("  Median, mo (95% CI)", "14.2 (11.0-17.3)", "8.1 (6.0-9.9)"), ("  1 year, %", "55.0", "33.0")]
    found = extract("Table 2. Survival", rows).records
    assert told(found, "endpoint", "value", "unit")[:2] == [("DFS", 14.2, "month"), ("DFS", 8.1, "month")]


def test_a_criterion_of_response_is_no_population() -> None:
    rows = [
        ("", ("RECIST 1.1", 3), ("mRECIST", 3)),
        ("", *ARMS[1:], "P", *ARMS[1:], "P"),
        ("ORR, %", "20", "10", "0.04", "30", "15", "0.02"),
    ]
    found = extract("Table 2. Tumor response", rows, head=2).records
    assert told(found, "population", "criterion", "value", "p") == [
        (None, "RECIST 1.1", 20, None),
        (None, "RECIST 1.1", 10, None),
        (None, "RECIST 1.1", None, "=0.04"),
        (None, "mRECIST", 30, None),
        (None, "mRECIST", 15, None),
        (None, "mRECIST", None, "=0.02"),
    ]


def test_rows_under_deaths_and_dose_reductions_are_their_causes() -> None:
    rows = [
        ("Event", "Sorafenib + docetaxel (n = 100)", "Placebo + docetaxel (n = 100)"),
        ("Deaths, total", "20 (20)", "30 (30)"),
        ("\u2003Cardiac failure", "4 (4)", "6 (6)"),
        ("\u2003Treatment-related", "3 (3)", "1 (1)"),
        ("Dose reduction due to adverse events", "40 (40)", "12 (12)"),
        ("\u2003Peripheral neuropathy", "25 (25)", "2 (2)"),
        ("Fatigue", "33 (33)", "21 (21)"),
    ]
    found = extract("Table 3. Adverse events and deaths, no. (%)", rows).records
    assert told(found, "endpoint", "event", "value")[::2] == [
        ("DEATH", None, 20),
        ("DEATH", "cardiac failure", 4),
        ("TREATMENT_DEATH", None, 3),
        ("DOSE_REDUCTION", None, 40),
        ("DOSE_REDUCTION", "peripheral neuropathy", 25),
        ("AE", "fatigue", 33),
    ]


def test_outcomes_by_marker_are_no_levels_of_markers() -> None:
    rows = [("Marker", "Expression", "Median survival (months)", "5-year survival (%)"), ("CD8", "High", "61.0", "70.2"), ("", "Low", "40.2", "41.0")]
    found = extract("Table 2. Overall survival by marker", rows).records
    assert {r.endpoint for r in found} <= {"OS"}


def test_authors_alone_under_their_head_are_studies() -> None:
    rows = [
        ("Author", "Regimen", "No. of patients", "Response rate (%)", "Median OS (months)"),
        ("Tester [4]", "Sorafenib", "44", "21", "8.0"),
        ("Sample and Example (12)", "Docetaxel", "37", "15", "6.9"),
    ]
    found = extract("Table 5. Chemotherapy of this cancer", rows).records
    assert told(found, "study", "provenance", "arm", "value")[:2] == [
        ("Tester et al.", "cited", "sorafenib", 21),
        ("Tester et al.", "cited", "sorafenib", 8.0),
    ]


def test_a_cohort_goes_by_all_of_its_name() -> None:
    rows = [("", "Cohort 1: untreated", "Cohort 2: refractory to taxanes"), ("ORR (%)", "40", "12")]
    found = extract("Table 2. Response", rows).records
    assert told(found, "population", "value") == [("Cohort 1: untreated", 40), ("Cohort 2: refractory to taxanes", 12)]


def test_short_names_of_arms_are_those_that_a_sentence_introduces() -> None:
    rows = [("", "MP", "DP"), ("ORR (%)", "30", "25")]
    paper = document("Table 2. Response", rows)
    said = "We gave mitomycin and cisplatin (MP) or docetaxel and cisplatin (DP)."
    methods = paper.sections[1].span
    text = (
        paper.text[: methods.start] + said.ljust(methods.end - methods.start - 1)[: methods.end - methods.start - 1] + paper.text[methods.end - 1 :]
    )
    told_so = replace(paper, raw=text, text=text)
    context = about(told_so, Pipeline().recognize(told_so))
    found = introduced(["MP", "DP", "XY"], told_so, Naming(context.arms, context, {}))
    assert {name: arm.norm for name, arm in found.items()} == {
        "mp": "mitomycin + cisplatin",
        "dp": "docetaxel + cisplatin",
    }


def test_a_row_of_p_values_below_a_row_of_ratios_under_arms() -> None:
    rows = [
        ("", "Median PFS, mo", "Median OS, mo"),
        ("Sorafenib + docetaxel", "6.1 (5.0-7.2)", "14.3 (11.9-16.4)"),
        ("Placebo + docetaxel", "5.8 (4.7-6.9)", "13.7 (11.2-15.5)"),
        ("HR (95% CI)", "0.95 (0.74-1.22)", "0.92 (0.70-1.21)"),
        ("P value", "0.67", "0.54"),
    ]
    found = [r for r in extract("Table 2. Efficacy", rows).records if r.kind == "comparison"]
    assert told(found, "endpoint", "statistic", "estimate", "p") == [("PFS", "median", 0.95, "=0.67"), ("OS", "median", 0.92, "=0.54")]


def test_a_hazard_ratio_beside_deaths_is_of_survival() -> None:
    rows = [
        ("Subgroup", ("Sorafenib + docetaxel", 2), ("Placebo + docetaxel", 2), ("Comparison", 2)),
        ("", "Deaths/patients", "Median OS, mo", "Deaths/patients", "Median OS, mo", "HR (95% CI)", "P"),
        ("Time since diagnosis", "", "", "", "", "", ""),
        ("\u2003<18 mo", "40/80", "5.0", "44/79", "4.1", "0.84 (0.58-1.21)", "0.34"),
    ]
    found = extract("Table 3. Overall survival by subgroup", rows, head=2).records
    told_of = told([r for r in found if r.kind == "comparison"], "endpoint", "estimate", "p")
    assert told_of == [("OS", 0.84, "=0.34")]
    assert {r.timepoint for r in found} == {None}


def test_the_level_of_a_marker_is_a_factor() -> None:
    rows = [
        ("Variable", "HR", "95% CI", "p"),
        ("Age (>60 vs <=60 years)", "1.2", "0.9-1.6", "0.21"),
        ("AFP (>=300 vs <300 ng/mL)", "1.6", "1.2-2.2", "0.003"),
    ]
    found = extract("Table 4. Cox analysis of overall survival", rows).records
    assert told(found, "endpoint", "estimate") == [("OS", 1.2), ("OS", 1.6)]


EVENT_ROWS = [("Nausea", "12 (40)", "10 (25)"), ("Rash", "3 (10)", "4 (10)")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Zoltane XR + carbidine (n = 30)", "Zoltane XR + placebo (n = 40)"),
        ("ZL-nine (batch) 20 mg QD (n = 30)", "TT-four 30 mg (n = 40)"),
    ],
)
def test_sized_headers_are_arms_by_their_names(first: str, second: str) -> None:
    found = extract("Table 2. Adverse events", [("Event, n (%)", first, second), *EVENT_ROWS]).records
    assert told(found, "arm", "N")[:2] == [(first.split(" (n", maxsplit=1)[0], 30), (second.split(" (n", maxsplit=1)[0], 40)]


@pytest.mark.parametrize(("first", "second"), [("Younger women (n = 30)", "Older women (n = 40)"), ("Marker high (n = 30)", "Marker low (n = 40)")])
def test_sized_headers_of_patients_are_no_arms(first: str, second: str) -> None:
    found = extract("Table 2. Adverse events", [("Event, n (%)", first, second), *EVENT_ROWS]).records
    assert not any(arm in (first.split(" (n", maxsplit=1)[0], second.split(" (n", maxsplit=1)[0]) for (arm,) in told(found, "arm"))


def test_any_cause_is_no_cause_of_death_and_any_event_is_any() -> None:
    rows = [("", *ARMS[1:]), ("Death from any cause by day 90", "4 (10%)", "8 (20%)"), ("Subjects reporting AEs", "20 (50%)", "8 (20%)")]
    found = extract("Table 2. Adverse events", rows).records
    assert {(e, v) for e, v in told(found, "endpoint", "event")} == {("DEATH", None), ("AE", "any")}


TWO = ("", "Sorafenib (n = 30)", "Placebo + docetaxel (n = 40)")


def test_any_event_below_a_class_of_organs_is_of_that_class() -> None:
    rows = [
        TWO,
        ("Any event", "28 (93)", "20 (50)"),
        ("Skin disorders", "", ""),
        ("  Any event", "12 (40)", "10 (25)"),
        ("  Rash", "3 (10)", "4 (10)"),
    ]
    found = extract("Table 2. Treatment-emergent adverse events, n (%)", rows).records
    assert told(found, "event")[::2] == [("any",), ("skin disorder",), ("rash",)]
    rows = [TWO, ("Serious", "", ""), ("  Any event", "12 (40)", "10 (25)"), ("General", "", ""), ("  Any event", "3 (10)", "4 (10)")]
    found = extract("Table 2. Treatment-emergent adverse events, n (%)", rows).records
    assert told(found, "event")[2:] == [("general",), ("general",)]


def test_why_treatment_was_stopped() -> None:
    rows = [
        TWO,
        ("Discontinued treatment", "15 (50)", "20 (50)"),
        ("  Adverse event", "6 (20)", "2 (5)"),
        ("  Disease progression", "6 (20)", "12 (30)"),
        ("  Withdrawal of consent", "3 (10)", "6 (15)"),
        ("Died", "3 (10)", "8 (20)"),
    ]
    found = extract("Table 1. Patient disposition, n (%)", rows).records
    stopped = [("DISCONTINUATION", None, 50), ("DISCONTINUATION", "adverse event", 20), ("DEATH", None, 10)]
    assert told(found, "endpoint", "event", "value")[::2] == stopped


def test_toxicity_as_a_cause_of_death() -> None:
    rows = [TWO, ("Disease progression", "6 (20)", "12 (30)"), ("Toxicity", "3 (10)", "2 (5)"), ("Other", "3 (10)", "4 (10)")]
    found = extract("Table 4. Causes of death, n (%)", rows).records
    assert ("DEATH", "toxicity", 10) in told(found, "endpoint", "event", "value")
    assert not any(endpoint == "AE" for (endpoint,) in told(found, "endpoint"))


def test_doses_of_a_treatment_that_nothing_names_are_arms() -> None:
    rows = [("", "9 Gy/1 (n = 30)", "24 Gy/6 (n = 40)"), ("Complete response", "6 (20%)", "12 (30%)"), ("Partial response", "9 (30%)", "10 (25%)")]
    found = extract("Table 2. Pain response", rows, prose="Patients were given either schedule.").records
    assert told(found, "arm", "endpoint", "value")[:2] == [("9 Gy/1", "CR", 20), ("24 Gy/6", "CR", 30)]


def test_categories_of_arms_in_rows_are_counts_by_their_sum() -> None:
    rows = [("", "CR", "PR", "SD", "PD", "ORR, % (95% CI)"), ("Sorafenib (n = 30)", "2", "10", "12", "6", "40 (23-59)")]
    rows += [("Placebo + docetaxel (n = 40)", "1", "9", "16", "14", "25 (13-41)")]
    found = extract("Table 2. Best response", rows).records
    assert told(found, "arm", "endpoint", "value", "unit")[:2] == [(SORAFENIB, "CR", 2, "patient"), (SORAFENIB, "PR", 10, "patient")]
    assert (PLACEBO, "ORR", 25, "percent") in told(found, "arm", "endpoint", "value", "unit")


def test_columns_of_cycles_beside_those_of_patients() -> None:
    rows = [("", "By patient, n (%)", "By cycle, n (%)"), ("Neutropenia", "10 (20)", "30 (12)"), ("Anaemia", "0", "5 (2)")]
    found = extract("Table 3. Grade 3-4 toxicity by patient (n = 50) and by cycle (n = 250 cycles)", rows).records
    assert told(found, "event", "value", "N") == [("neutropenia", 20, 50), ("anaemia", 0, 50)]


def test_numbers_below_events_where_the_corner_speaks_of_grades() -> None:
    rows = [
        ("Event and grade", *TWO[1:]),
        ("Diarrhoea", "", ""),
        ("  2", "6 (20)", "2 (5)"),
        ("  3", "3 (10)", "0"),
        ("Rash", "", ""),
        ("  2", "9 (30)", "4 (10)"),
    ]
    found = extract("Table 3. Diarrhoea and rash", rows).records
    assert told(found, "event", "grade", "value")[0] == ("diarrhoea", "2", 20)
    assert ("rash", "2", 30) in told(found, "event", "grade", "value")


def test_ranges_that_were_open_when_patients_left() -> None:
    rows = [TWO, ("Median duration of response, months (range)", "4.3 (1.4+-15.4+)", "6.2 (2.0 to 9.1+)")]
    assert told(extract("Table 2. Efficacy", rows).records, "endpoint", "value") == [("DOR", 4.3), ("DOR", 6.2)]


def test_a_difference_is_no_factor() -> None:
    rows = [("", "Alpha", "Beta", "Difference (95% CI)"), ("ORR, n (%)", "16 (46.8)", "19 (50.4)", "-3.6 (-12.3 to 5.1)")]
    found = extract("Table 2. Response", rows, prose="Patients were treated.").records
    assert not any(r.kind == "comparison" and (r.factor or "").casefold() == "difference" for r in found)


def test_a_biosimilar_beside_its_reference() -> None:
    rows = [("", "Biosimilar trastuzumab", "Reference trastuzumab"), ("ORR, n (%)", "16 (46.8)", "19 (50.4)")]
    found = extract("Table 2. Response", rows, prose="Patients received biosimilar trastuzumab or reference trastuzumab.").records
    assert told(found, "arm", "value") == [("trastuzumab (Biosimilar)", 46.8), ("trastuzumab (Reference)", 50.4)]


@pytest.mark.parametrize(
    ("label", "endpoint", "event"),
    [
        ("Withdrawals due to TEAEs", "DISCONTINUATION", None),
        ("TEAEs leading to withdrawal", "DISCONTINUATION", None),
        ("Patients withdrawn because of an adverse event", "DISCONTINUATION", None),
        ("AEs related to the study drug", "AE", "any treatment-related"),
        ("Related TEAEs", "AE", "any treatment-related"),
        ("Withdrawal syndrome", "AE", "withdrawal syndrome"),
        ("AEs leading to dose delay", "AE", "aes leading to dose delay"),
    ],
)
def test_what_adverse_events_led_to(label: str, endpoint: str, event: str | None) -> None:
    found = extract("Table 2. Adverse events, n (%)", [TWO, (label, "6 (20)", "2 (5)")]).records
    assert told(found, "endpoint", "event")[0] == (endpoint, event)
