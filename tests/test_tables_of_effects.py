"""Tables of effects and of levels as papers print them: invented grids, read end to end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_tables import ARMS, PLACEBO, SORAFENIB, Printed, document, extract, told

from extractor.relations.tables.cells import is_reference
from extractor.relations.tables.grid import lay_out, rows_of
from extractor.relations.tables.labels import Role, read_label

Rows = Sequence[Sequence[Printed]]


def comparisons(caption: str, rows: Rows, *names: str, **more: object) -> list[tuple[object, ...]]:
    records = extract(caption, rows, **more).records
    return told([r for r in records if r.kind == "comparison"], *names)


def levels(caption: str, rows: Rows, *names: str, **more: object) -> list[tuple[object, ...]]:
    records = extract(caption, rows, **more).records
    return told([r for r in records if r.kind == "measurement"], *names)


def test_p_values_left_of_their_ratios() -> None:
    rows: Rows = [
        ("Variable", ("Univariate", 2), ("Multivariate", 2)),
        ("", "P value", "HR (95% CI)", "P value", "HR (95% CI)"),
        ("Age (>58 vs ≤58)", "0.013", "1.45 (1.09-1.93)", "0.031", "1.38 (1.03-1.85)"),
        ("Smoker (yes vs no)", "0.62", "1.08 (0.80-1.46)", "", ""),
    ]
    found = comparisons("Table 1. Overall survival", rows, "estimate", "p", "model", head=2)
    assert found == [(1.45, "=0.013", "univariate"), (1.38, "=0.031", "multivariate"), (1.08, "=0.62", "univariate")]


def test_p_values_as_powers_of_ten() -> None:
    rows: Rows = [("Variable", "HR (95% CI)", "P"), ("Stage", "1.74 (1.28-2.37)", "1.2 x 10-5"), ("Age", "1.20 (1.02-1.41)", "3.4E-04")]
    found = comparisons("Table 1. Overall survival", rows, "factor", "p")
    assert found == [("Stage", "=1.2e-05"), ("Age", "=0.00034")]


def test_a_head_that_says_no_more_than_that_factors_follow_is_no_factor() -> None:
    rows: Rows = [("Predictor", "HR (95% CI)"), ("High", "1.74 (1.28-2.37)"), ("Low", "1.20 (0.91-1.58)")]
    assert comparisons("Table 1. Overall survival", rows, "factor") == [("High",), ("Low",)]


def test_a_relative_risk_is_no_response_rate() -> None:
    rows: Rows = [("Variable", "RR (95% CI)", "P"), ("Age", "1.74 (1.28-2.37)", "0.01")]
    assert comparisons("Table 1. Overall survival", rows, "endpoint", "estimate") == [("OS", 1.74)]


@pytest.mark.parametrize(("death", "endpoints"), [("Death", [("OS",)]), ("Early death", []), ("Death from other causes", [])])
def test_the_hazard_of_some_deaths_is_not_that_of_survival(death: str, endpoints: list[tuple[str]]) -> None:
    rows: Rows = [("Variable", f"{death} HR (95% CI)"), ("Age", "1.74 (1.28-2.37)")]
    assert comparisons("Table 1. Cox regression", rows, "endpoint") == endpoints


def test_the_first_of_two_endpoints_that_share_their_last_word() -> None:
    assert {e.norm for e in read_label("Disease-free and cancer-specific survival").endpoints} == {"DFS", "CSS"}


def test_a_head_of_p_values_that_names_no_model_is_of_the_ratio_beside_it() -> None:
    rows = [("", "Univariate HR (95% CI)", "P", "Multivariate HR (95% CI)", "P"), ("Age", "1.40 (1.10-1.80)", "0.006", "1.30 (1.01-1.67)", "0.04")]
    found = comparisons("Table 1. Overall survival", rows, "estimate", "p", "model")
    assert found == [(1.4, "=0.006", "univariate"), (1.3, "=0.04", "multivariate")]


def test_a_p_value_of_several_ratios_is_given_to_none() -> None:
    rows = [("", "OS HR (95% CI)", "PFS HR (95% CI)", "P"), ("Age", "1.40 (1.10-1.80)", "1.30 (1.01-1.67)", "0.04")]
    assert comparisons("Table 1. Cox regression", rows, "endpoint", "p") == [("OS", None), ("PFS", None)]


def test_p_values_of_a_factor_as_a_whole() -> None:
    rows = [
        ("Variable", "HR (95% CI)", "P value"),
        ("Grade", "", "0.004"),
        ("  1", "Reference", ""),
        ("  2", "1.20 (0.91-1.58)", ""),
        ("  3", "1.74 (1.28-2.37)", ""),
        ("Nodes", "", ""),
        ("  Negative", "1", "0.02"),
        ("  Positive", "1.62 (1.22-2.15)", ""),
        ("Sex", "", "0.7"),
    ]
    found = comparisons("Table 1. Multivariable Cox model of overall survival", rows, "factor", "estimate", "p")
    assert set(found) == {
        ("Grade 2", 1.2, None),
        ("Grade 3", 1.74, None),
        ("Nodes Positive", 1.62, "=0.02"),
        ("Grade", None, "=0.004"),
        ("Sex", None, "=0.7"),
    }


def test_a_test_of_interaction_is_not_that_of_the_factor() -> None:
    rows = [
        ("Marker", "Model", "HR (95% CI)", "P"),
        ("Ferritin", "Univariable", "1.20 (1.01-1.43)", "0.04"),
        ("Ferritin", "Adjusted for age", "1.10 (0.92-1.32)", "0.30"),
        ("Ferritin", "Interaction with treatment", "-", "0.55"),
    ]
    found = comparisons("Table 1. Overall survival", rows, "factor", "estimate", "p", "model")
    assert found == [
        ("Ferritin", 1.2, "=0.04", "univariate"),
        ("Ferritin", 1.1, "=0.3", "adjusted"),
        ("Ferritin Interaction with treatment", None, "=0.55", None),
    ]


def test_a_ratio_of_one_with_its_interval_is_no_reference() -> None:
    rows = [("", "OR", "95 % CI (OR)", "P"), ("Ferritin", "1.000", "0.992 - 1.008", "0.9"), ("Calcium", "1.10", "1.02 - 1.19", "0.01")]
    found = comparisons("Table 1. Logistic regression of complete response", rows, "factor", "estimate", "ci", "p")
    assert found == [("Ferritin", 1.0, (0.992, 1.008), "=0.9"), ("Calcium", 1.1, (1.02, 1.19), "=0.01")]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("95% CI for HR", Role.INTERVAL),
        ("95.0% CI for Exp(B)", Role.INTERVAL),
        ("95 % CI (OR)", Role.INTERVAL),
        ("CI 95%", Role.INTERVAL),
        ("HR (95% CI)", Role.RATIO),
        ("Exp(B)", Role.RATIO),
        ("Sig.", Role.P),
        ("P a value", Role.P),
        ("Significant nodes", Role.VALUE),
    ],
)
def test_roles_of_ratios_and_their_intervals(text: str, role: Role) -> None:
    assert read_label(text).role is role


def test_ratios_as_a_statistics_program_heads_them() -> None:
    rows = [
        ("", "B", "SE", "Wald", "df", "Sig.", "Exp(B)", "95.0% CI for Exp(B)"),
        ("Stage", "0.52", "0.20", "6.8", "1", "0.009", "1.68", "1.14-2.49"),
    ]
    slots = ("measure", "estimate", "ci", "p")
    assert comparisons("Table 1. Cox model of overall survival", rows, *slots) == [("HR", 1.68, (1.14, 2.49), "=0.009")]
    assert comparisons("Table 1. Logistic regression of complete response", rows, *slots) == [("OR", 1.68, (1.14, 2.49), "=0.009")]


def test_a_column_of_intervals_that_holds_the_ratios_too() -> None:
    rows = [("", "P", "95% CI"), ("Ferritin > 300", "0.002", "1.51 (1.29, 1.76)"), ("Age > 70", "0.04", "1.20 (1.01, 1.43)")]
    note = ["Cox proportional hazards model."]
    found = comparisons("Table 1. Overall survival", rows, "measure", "estimate", "ci", "p", notes=note)
    assert found == [("HR", 1.51, (1.29, 1.76), "=0.002"), ("HR", 1.2, (1.01, 1.43), "=0.04")]
    assert not comparisons("Table 1. Overall survival", rows, "measure")


def test_levels_that_are_numbers_are_labels() -> None:
    rows: Rows = [
        ("Variable", "Category", "HR", "95% CI", "p"),
        (("Age", 1, 2), "<60", "1", "", ""),
        ("≥60", "1.31", "1.02-1.68", "0.034"),
        (("ECOG", 1, 2), "0", "1", "", ""),
        ("1", "1.72", "1.30-2.28", "<0.001"),
    ]
    assert comparisons("Table 1. Cox model of overall survival", rows, "factor") == [("Age >= 60",), ("ECOG 1",)]


def test_the_reference_is_not_part_of_the_factor() -> None:
    rows = [("", "HR (95% CI)", "P"), ("Stage (ref: I)", "", "<0.001"), ("  II", "2.1 (1.2-3.7)", "0.01"), ("  III", "4.0 (2.3-7.0)", "<0.001")]
    found = comparisons("Table 1. Cox model of overall survival", rows, "factor", "estimate")
    assert set(found) == {("Stage II", 2.1), ("Stage III", 4.0), ("Stage", None)}


@pytest.mark.parametrize(
    ("caption", "factor"),
    [
        (
            "Table 1. Association between serum ferritin (high vs. low), progression-free survival and overall survival",
            "serum ferritin (high vs. low)",
        ),
        ("Table 1. Prognostic value of high serum ferritin", "high serum ferritin"),
        ("Table 1. High serum ferritin as a risk factor for survival", "High serum ferritin"),
        ("Table 1. Hazard ratios according to serum ferritin", "serum ferritin"),
        ("Table 1. Prognostic value of clinical variables", None),
    ],
)
def test_the_factor_of_a_table_of_endpoints_is_that_of_its_caption(caption: str, factor: str | None) -> None:
    rows = [("", "HR (95% CI)", "P"), ("PFS", "1.52 (1.10-2.10)", "0.011"), ("OS", "1.83 (1.27-2.64)", "0.001")]
    wanted = [("PFS", factor, 1.52, "=0.011"), ("OS", factor, 1.83, "=0.001")] if factor is not None else []
    assert comparisons(caption, rows, "endpoint", "factor", "estimate", "p") == wanted


def test_the_factor_of_a_table_of_arms_is_that_of_its_column() -> None:
    rows = [
        ("Time and arm", "log ferritin crude HR (95% CI)", "P"),
        ("Baseline all treatment arms", "1.10 (0.70-1.73)", "0.70"),
        ("4 weeks sorafenib plus docetaxel", "0.40 (0.18-0.89)", "0.03"),
    ]
    found = comparisons("Table 1. Overall survival", rows, "population", "factor", "estimate", "p")
    assert found == [(None, "log ferritin baseline", 1.1, "=0.7"), (SORAFENIB, "log ferritin 4 weeks", 0.4, "=0.03")]


def test_factors_beside_one_that_the_caption_names_stay_factors() -> None:
    rows = [("", "HR (95% CI)", "P"), ("Ferritin", "1.52 (1.10-2.10)", "0.011"), ("ECOG 2", "1.83 (1.27-2.64)", "0.001")]
    caption = "Table 1. Association between ferritin and overall survival"
    assert comparisons(caption, rows, "factor", "population") == [("Ferritin", None), ("ECOG 2", None)]


def test_a_size_below_a_label_carries_the_label_on() -> None:
    rows = [
        ("Population", "Endpoint", "HR (95% CI)"),
        ("Only wild type", "DFS", "1.27 (1.04-1.55)"),
        ("(N = 113)", "OS", "1.24 (0.97-1.58)"),
    ]
    found = comparisons("Table 1. Association between ferritin, DFS and OS", rows, "endpoint", "population", "factor")
    assert found == [("DFS", "only wild type", "ferritin"), ("OS", "only wild type", "ferritin")]


TESTED = [
    ("Subgroup", "HR", "95% CI", "P for interaction"),
    ("Sex", "", "", "0.41"),
    ("  Male", "0.70", "0.50-0.98", ""),
    ("  Female", "0.85", "0.52-1.39", ""),
]


def test_a_test_of_interaction_makes_ratios_those_of_the_treatment_in_subgroups() -> None:
    found = comparisons("Table 1. Hazard ratios for overall survival", TESTED, "arm", "comparator", "population")
    assert found == [(SORAFENIB, PLACEBO, "sex Male"), (SORAFENIB, PLACEBO, "sex Female")]


def test_levels_without_a_test_of_interaction_are_of_factors() -> None:
    rows = [row[:3] for row in TESTED]
    assert comparisons("Table 1. Hazard ratios for overall survival", rows, "arm", "factor") == [(None, "Sex Male"), (None, "Sex Female")]
    assert comparisons("Table 1. Overall survival in subgroups", rows, "arm", "factor") == [(SORAFENIB, None)] * 2


@pytest.mark.parametrize(
    ("head", "endpoint"),
    [("Breast cancer death", "CSS"), ("Death", "OS"), ("Ferritin", None), ("Treatment-related deaths", None)],
)
def test_a_hazard_of_death_is_that_of_survival(head: str, endpoint: str | None) -> None:
    rows: Rows = [("", (head, 2)), ("", "HR (95% CI)", "P"), ("Age > 60", "1.40 (1.10-1.80)", "0.006")]
    assert comparisons("Table 1. Cox model", rows, "endpoint", head=2) == ([(endpoint,)] if endpoint else [])


def test_a_hazard_ratio_of_responses_where_its_column_says_so() -> None:
    rows: Rows = [("", ("Hazard ratio (95% CI)", 2)), ("", "Objective response", "OS"), ("Age > 60", "1.40 (1.10-1.80)", "1.20 (1.00-1.44)")]
    assert comparisons("Table 1. Cox model", rows, "endpoint", "estimate", head=2) == [("ORR", 1.4), ("OS", 1.2)]
    under: Rows = [("", "Hazard ratio (95% CI)"), (("Objective response", 2),), ("Age > 60", "1.40 (1.10-1.80)")]
    assert not comparisons("Table 1. Cox model", under, "endpoint")


def test_the_endpoint_of_a_table_by_the_text_from_near_to_far() -> None:
    rows = [("", "HR (95% CI)", "P"), ("Age > 60", "1.40 (1.10-1.80)", "0.006")]
    near = "Factors of overall survival are listed in table 1. A Cox model of progression-free survival was fitted."
    far = "The factors are listed in table 1. Nothing else was found.\nA Cox model of progression-free survival was fitted."
    both = "A Cox model of progression-free survival and of overall survival was fitted."
    assert comparisons("Table 1. Cox model", rows, "endpoint", prose=near) == [("OS",)]
    assert comparisons("Table 1. Cox model", rows, "endpoint", prose=far) == [("PFS",)]
    assert not comparisons("Table 1. Cox model", rows, "endpoint", prose=both)


def test_what_the_text_says_is_not_of_columns_beside_one_that_names_its_endpoint() -> None:
    rows: Rows = [("", ("PFS", 1), ("Spread", 1)), ("", "HR (95% CI)", "HR (95% CI)"), ("Age", "1.40 (1.10-1.80)", "1.20 (1.00-1.44)")]
    prose = "Factors of overall survival are listed in Table 1."
    assert comparisons("Table 1. Cox model", rows, "endpoint", "estimate", head=2, prose=prose) == [("PFS", 1.4)]


def test_a_marker_of_which_the_heads_are_levels_is_not_the_endpoint() -> None:
    rows = [("Marker", "HR (95% CI)", "P"), ("CEA", "", ""), ("  > 5 ng/mL", "1.40 (1.10-1.80)", "0.006")]
    assert comparisons("Table 1. Cox model of overall survival", rows, "endpoint", "factor") == [("OS", "CEA > 5 ng/mL")]


def test_rows_that_lost_the_label_above_them() -> None:
    rows: list[Sequence[Printed]] = [("Marker", "", "HR (95% CI)", "P")]
    for name in ("Ferritin", "Calcium"):
        rows += [(name, "Univariable", "1.20 (1.01-1.43)", "0.04"), ("Adjusted for age", "1.10 (0.92-1.32)", "0.30")]
    found = comparisons("Table 1. Overall survival", rows, "factor", "estimate", "p", "model")
    one = [(1.2, "=0.04", "univariate"), (1.1, "=0.3", "adjusted")]
    assert found == [(name, *slots) for name in ("Ferritin", "Calcium") for slots in one]
    once = lay_out(doc := document("Table 1. Overall survival", rows[:3]), doc.tables[0])
    assert [e.text for e in list(rows_of(once))[1].labels] == ["Adjusted for age", "1.10 (0.92-1.32)"]


def test_a_table_of_one_column_is_no_reason_to_stop() -> None:
    assert not extract("Table 1. Cox regression of overall survival", [("Hazard ratio",), ("Age",), ("1.40 (1.10-1.80)",)]).records


MEDIANS: Rows = [
    ("Factor", "No. of patients", "Median OS (months)", "95% CI", "P value"),
    ("Age", "", "", "", "0.032"),
    ("  <65", "80", "18.4", "14.2-22.6", ""),
    ("  ≥65", "60", "12.1", "9.8-14.4", ""),
    ("PR", "", "", "", ""),
    ("  Positive", "70", "21.0", "17.0-25.0", "0.2"),
    ("  Negative", "70", "16.3", "8.1-22.5", ""),
]


def test_medians_of_levels_with_their_intervals_and_the_p_values_of_factors() -> None:
    caption = "Table 1. Univariate analysis of patient characteristics"
    assert levels(caption, MEDIANS, "arm", "population", "statistic", "value", "unit", "ci") == [
        ("all", "age < 65", "median", 18.4, "month", (14.2, 22.6)),
        ("all", "age >= 65", "median", 12.1, "month", (9.8, 14.4)),
        ("all", "PR Positive", "median", 21.0, "month", (17.0, 25.0)),
        ("all", "PR Negative", "median", 16.3, "month", (8.1, 22.5)),
    ]
    assert comparisons(caption, MEDIANS, "endpoint", "factor", "p", "model") == [
        ("OS", "Age", "=0.032", "univariate"),
        ("OS", "PR", "=0.2", "univariate"),
    ]


def test_a_table_of_patients_without_outcomes_stays_unread() -> None:
    rows = [tuple(c for i, c in enumerate(row) if i in (0, 1, 4)) for row in MEDIANS]
    assert not extract("Table 1. Patient characteristics", [*rows, ("Sex", "", ""), ("Stage", "", "")]).records


def test_rates_of_levels_of_two_endpoints_each_with_its_p_values() -> None:
    rows = [
        ("Factor", "n", "5-year OS (%)", "P value", "5-year DFS (%)", "P value"),
        ("Stage", "", "", "<0.001", "", "0.03"),
        ("  I", "40", "88.1", "", "80.0", ""),
        ("  II", "95", "51.3", "", "41.2", ""),
    ]
    assert comparisons("Table 1. Outcome", rows, "endpoint", "factor", "p") == [("OS", "Stage", "<0.001"), ("DFS", "Stage", "=0.03")]
    assert levels("Table 1. Outcome", rows, "endpoint", "population", "timepoint", "value", "N")[:2] == [
        ("OS", "stage I", "5 year", 88.1, 40),
        ("DFS", "stage I", "5 year", 80.0, 40),
    ]


def test_a_level_is_an_arm_only_where_its_factor_is_the_treatment() -> None:
    rows = [
        ("", "Median OS, months", "P"),
        ("Sex", "", "0.3"),
        *((f"  {word}", str(i), "") for i, word in enumerate(("Male", "Female"), 4)),
        ("Grade", "", "0.3"),
        *((f"  {word}", str(i), "") for i, word in enumerate(("Well differentiated", "Moderate", "Poor", "Undifferentiated"), 4)),
        ("Stage", "", "0.3"),
        *((f"  {word}", str(i), "") for i, word in enumerate(("I", "II", "III", "IV", "Recurrent", "Unknown"), 4)),
        ("Regimen", "", "0.01"),
        ("  Docetaxel", "9.1", ""),
        ("  Cisplatin", "7.2", ""),
        ("Resistance", "", "0.2"),
        ("  Docetaxel", "8.1", ""),
        ("  Cisplatin", "8.3", ""),
    ]
    found = levels("Table 1. Univariate analysis", rows, "arm", "population")[12:]
    assert found == [("docetaxel", None), ("cisplatin", None), ("all", "resistance Docetaxel"), ("all", "resistance Cisplatin")]


def test_rows_of_arms_are_no_levels() -> None:
    rows: Rows = [
        ("", "Treatment", "ORR, n (%)", "P value"),
        ("Comparison of both", "Sorafenib + docetaxel", "20 (40)", "0.13"),
        ("", "Placebo + docetaxel", "10 (25)", ""),
    ]
    assert levels("Table 1. Response", rows, "arm", "n") == [(SORAFENIB, 20), (PLACEBO, 10)]


def test_rows_of_endpoints_are_no_levels() -> None:
    rows = [("", "n", "Median, months", "P"), ("Survival", "", "", ""), ("  PFS", "50", "5.1", "0.1"), ("  OS", "50", "9.1", "0.2")]
    assert {r for (r,) in levels("Table 1. Overall survival", rows, "population")} <= {None}


ACROSS: Rows = [
    ("Marker", "Positive", "Negative", "P value"),
    ("ER", "34.1 months", "20.5 months", "0.01"),
    ("PR", "30.0 months", "22.2 months", "0.12"),
]


def test_levels_side_by_side_with_the_median_of_the_caption() -> None:
    caption = "Table 1. Median overall survival by marker"
    assert levels(caption, ACROSS, "endpoint", "statistic", "arm", "population", "value", "unit") == [
        ("OS", "median", "all", "ER positive", 34.1, "month"),
        ("OS", "median", "all", "ER negative", 20.5, "month"),
        ("OS", "median", "all", "PR positive", 30.0, "month"),
        ("OS", "median", "all", "PR negative", 22.2, "month"),
    ]
    assert comparisons(caption, ACROSS, "factor", "p") == [("ER positive vs negative", "=0.01"), ("PR positive vs negative", "=0.12")]


def test_levels_side_by_side_of_what_no_caption_says_are_not_read() -> None:
    assert not extract("Table 1. Marker levels", ACROSS).records


@pytest.mark.parametrize(
    "heads",
    [
        ("HR", "95% CI lower", "95% CI upper", "P"),
        ("HR", "Lower 95% CI", "Upper 95% CI", "P>|z|"),
        ("Relative hazard", "95% CI lower limit", "95% CI upper limit", "Sig."),
    ],
)
def test_bounds_in_columns_of_their_own(heads: Sequence[str]) -> None:
    rows = [("", *heads), ("Stage", "1.68", "1.14", "2.49", "0.009")]
    assert comparisons("Table 1. Cox model of overall survival", rows, "measure", "ci", "p") == [("HR", (1.14, 2.49), "=0.009")]


def test_an_interval_right_of_the_p_value_of_its_ratio() -> None:
    rows = [("", "HR", "SE", "z", "P>|z|", "95% CI"), ("Stage", "1.68", "0.33", "2.6", "0.009", "1.14-2.49")]
    assert comparisons("Table 1. Cox model of overall survival", rows, "estimate", "ci", "p") == [(1.68, (1.14, 2.49), "=0.009")]


def test_reference_levels_without_a_value_head_nothing() -> None:
    rows = [("", "HR (95% CI)"), ("Sex", ""), ("Male", ""), ("Female", "0.80 (0.65-0.98)"), ("T stage", ""), ("T1", ""), ("T2", "1.30 (1.05-1.61)")]
    assert comparisons("Table 1. Cox model of overall survival", rows, "factor") == [("Sex Female",), ("T stage T2",)]


def test_a_p_value_over_the_levels_of_its_factor() -> None:
    rows: Rows = [
        ("Factor", "Level", "HR (95% CI)", "P"),
        (("Sex", 1, 2), "Male", "1", ("0.03", 1, 2)),
        ("Female", "0.80 (0.65-0.98)"),
        (("ECOG", 1, 3), "0", "1", ("<0.001", 1, 3)),
        ("1", "1.40 (1.10-1.78)"),
        ("2", "2.00 (1.50-2.67)"),
    ]
    found = comparisons("Table 1. Cox model of overall survival", rows, "factor", "estimate", "p")
    assert set(found) == {("Sex Female", 0.8, "=0.03"), ("ECOG 1", 1.4, None), ("ECOG 2", 2.0, None), ("ECOG", None, "<0.001")}


def test_responses_beside_ratios_are_of_levels() -> None:
    rows = [
        ("", "ORR, n (%)", "OR (95% CI)", "P"),
        ("Sex", "", "", ""),
        ("  Male", "30 (50)", "1", ""),
        ("  Female", "10 (25)", "0.33 (0.14-0.80)", "0.01"),
    ]
    assert levels("Table 1. Objective response", rows, "population", "n", "value") == [("sex Male", 30, 50), ("sex Female", 10, 25)]


@pytest.mark.parametrize(
    ("caption", "endpoint"),
    [
        ("Table 1. Multivariate analysis for survival", "OS"),
        ("Table 1. Multivariate analysis for survival after relapse", None),
        ("Table 1. Multivariate analysis for metastasis-specific survival", None),
    ],
)
def test_survival_in_a_caption_is_that_of_patients(caption: str, endpoint: str | None) -> None:
    rows = [("", "Hazard ratio", "95% CI", "P"), ("Age", "1.36", "1.08-1.72", "0.010")]
    assert comparisons(caption, rows, "endpoint") == ([(endpoint,)] if endpoint else [])
    spoken = "Factors of disease-specific survival are listed in Table 1."
    assert comparisons("Table 1. Multivariate analysis for survival", rows, "endpoint", prose=spoken) == [("CSS",)]


def test_levels_are_called_by_the_head_of_their_column() -> None:
    rows = [
        ("Risk group", "n", "Median OS (months)", "HR", "95% CI", "P"),
        ("Low", "40", "32.1", "1", "", ""),
        ("High", "30", "10.4", "3.9", "2.4-6.3", "<0.001"),
    ]
    caption = "Table 1. Survival according to risk"
    assert levels(caption, rows, "population", "value") == [("risk group Low", 32.1), ("risk group High", 10.4)]
    assert comparisons(caption, rows, "factor", "estimate", "p") == [("Risk group High", 3.9, "<0.001")]
    plain = [("Variable", *rows[0][1:]), *rows[1:]]
    assert comparisons(caption, plain, "factor") == [("High",)]


def test_a_row_of_p_values_compares_the_levels_above_it() -> None:
    rows = [
        ("KRAS", "n", "ORR (%)", "Median PFS (months)"),
        ("Wild type", "60", "45", "9.8"),
        ("Mutant", "40", "20", "6.2"),
        ("P value", "", "0.01", "0.002"),
    ]
    caption = "Table 1. Response and survival by tumour status"
    assert levels(caption, rows, "population", "value") == [
        ("KRAS Wild type", 45),
        ("KRAS Wild type", 9.8),
        ("KRAS Mutant", 20),
        ("KRAS Mutant", 6.2),
    ]
    assert comparisons(caption, rows, "endpoint", "factor", "p") == [("ORR", "KRAS", "=0.01"), ("PFS", "KRAS", "=0.002")]


def test_rates_at_landmarks_under_a_caption_of_survival() -> None:
    rows = [("Factor", "1-year (%)", "5-year (%)", "P"), ("Grade", "", "", ""), ("  1", "90", "60", "0.001"), ("  2", "70", "13", "")]
    found = levels("Table 1. Univariate analysis of survival", rows, "endpoint", "population", "timepoint", "value")
    assert found == [
        ("OS", "grade 1", "1 year", 90),
        ("OS", "grade 1", "5 year", 60),
        ("OS", "grade 2", "1 year", 70),
        ("OS", "grade 2", "5 year", 13),
    ]


def test_a_p_value_in_the_cell_of_its_ratio() -> None:
    rows = [("", "HR (95% CI), P"), ("Age", "1.36 (1.08-1.72), p=0.010"), ("Stage", "1.68 (1.14-2.49) (P < 0.001)"), ("Sex", "1.10 (0.80-1.51); 0.6")]
    found = comparisons("Table 1. Cox model of overall survival", rows, "factor", "estimate", "ci", "p")
    assert found == [("Age", 1.36, (1.08, 1.72), "=0.01"), ("Stage", 1.68, (1.14, 2.49), "<0.001")]


def test_a_p_value_in_the_cell_of_a_ratio_below_the_medians_of_two_arms() -> None:
    rows: Rows = [ARMS, ("Median PFS, months", "5.1", "4.2"), ("HR (95% CI)", ("0.71 (0.55-0.92), p = 0.009", 2))]
    assert comparisons("Table 1. Efficacy", rows, "arm", "estimate", "p") == [(SORAFENIB, 0.71, "=0.009")]


def test_a_p_value_beside_ratios_of_another_matter_is_of_no_factor() -> None:
    rows: Rows = [
        ("", ("OS", 1), ("PFS", 1), ("DFS", 1)),
        ("", "HR (95% CI)", "HR (95% CI)", "P"),
        ("Age", "1.40 (1.10-1.80)", "1.30 (1.01-1.67)", "0.04"),
    ]
    assert comparisons("Table 1. Cox regression", rows, "endpoint", "estimate", "p", head=2) == [("OS", 1.4, None), ("PFS", 1.3, None)]


def test_a_ratio_keeps_its_own_p_value() -> None:
    rows = [("", "HR (95% CI)", "P"), ("Nodes", "", "0.03"), ("  Negative", "1", ""), ("  Positive", "1.62 (1.22-2.15)", "0.02")]
    found = comparisons("Table 1. Cox model of overall survival", rows, "factor", "estimate", "p")
    assert set(found) == {("Nodes Positive", 1.62, "=0.02"), ("Nodes", None, "=0.03")}


def test_odds_are_not_of_the_level_of_a_marker() -> None:
    rows: Rows = [("", "OR (95% CI)", "P"), (("CEA", 3),), ("> 5 ng/mL", "1.40 (1.10-1.80)", "0.006")]
    assert comparisons("Table 1. Logistic regression of complete response", rows, "endpoint") == [("CR",)]


def test_sets_of_patients_are_populations() -> None:
    rows: Rows = [("", "HR (95% CI)", "P"), (("Primary cohort", 3),), ("Stage III", "1.40 (1.10-1.80)", "0.006")]
    assert comparisons("Table 1. Cox model of overall survival", rows, "population", "factor") == [("primary cohort", "Stage III")]


def test_survival_is_of_no_patients_where_the_text_speaks_of_several_kinds() -> None:
    rows = [("", "Hazard ratio", "95% CI", "P"), ("Age", "1.36", "1.08-1.72", "0.010")]
    spoken = "Factors of disease-specific survival and of progression-free survival are listed in Table 1."
    assert not comparisons("Table 1. Multivariate analysis for survival", rows, "endpoint", prose=spoken)


def test_two_arms_in_several_diseases_are_no_levels() -> None:
    rows: list[Sequence[Printed]] = [("", "Group", "ORR, n (%)", "P value")]
    for disease in ("Gastric cancer", "Colorectal cancer"):
        rows += [(disease, "Sorafenib + docetaxel", "20 (40)", "0.13"), ("", "Placebo + docetaxel", "10 (25)", "")]
    assert {r for (r,) in levels("Table 1. Response", rows, "arm")} == {SORAFENIB, PLACEBO}


def test_outcomes_beside_what_patients_were_like_are_read() -> None:
    rows = [*MEDIANS, ("Stage", "", "", "", ""), ("  II", "50", "20.1", "15.0-25.2", "0.4"), ("  III", "90", "14.0", "11.0-17.0", "")]
    rows += [("Sex", "", "", "", ""), ("  Male", "50", "19.1", "15.0-25.2", "0.4"), ("  Female", "90", "16.0", "11.0-17.0", "")]
    assert len(levels("Table 1. Patient characteristics", rows, "value")) == 8


def test_arms_side_by_side_are_no_levels() -> None:
    rows = [("Site", "Sorafenib + docetaxel", "Placebo + docetaxel", "P"), ("Liver", "34.1 months", "20.5 months", "0.01")]
    assert {p for (p,) in levels("Table 1. Median overall survival by site", rows, "arm")} <= {SORAFENIB, PLACEBO}


def test_a_column_of_intervals_beside_one_of_ratios_is_what_its_head_says() -> None:
    rows = [("", "HR", "95% CI"), ("Ferritin", "1.30", "1.51 (1.29, 1.76)"), ("Age", "1.10", "1.20 (1.01, 1.43)")]
    assert 1.51 not in {e for (e,) in comparisons("Table 1. Cox model of overall survival", rows, "estimate")}


def test_a_reference_full_of_blanks_takes_no_time() -> None:
    assert is_reference("1.00  (ref)")
    assert not is_reference(" " * 20_000 + "x")
    assert not is_reference("1.0 (" + "- " * 9_000 + "x")
