"""Efficacy and subgroups of two arms in tables: what belongs to which endpoint and to which patients. All papers are invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from test_heads_of_arms import columns
from test_tables import ARMS, PLACEBO, SORAFENIB, extract, told

from extractor.records import Comparison, Measurement


def compared(caption: str, rows: Sequence[Sequence[Any]], **more: Any) -> set[tuple[Any, ...]]:
    """Each comparison of the two arms: in whom, on what, the estimate."""
    found = [r for r in extract(caption, rows, **more).records if isinstance(r, Comparison) and r.arm is not None]
    assert {(r.arm, r.comparator) for r in found} <= {(SORAFENIB, PLACEBO)}
    return {(r.population, r.endpoint, r.estimate) for r in found}


def test_an_interval_in_a_column_behind_each_arm() -> None:
    rows = [
        ("", "Sorafenib + docetaxel", "95% CI", "Placebo + docetaxel", "95% CI"),
        ("Median OS (months)", "14.6", "11.2-18.3", "10.1", "8.7-12.4"),
    ]
    found = extract("Table 1. Efficacy", rows).records
    assert told(found, "arm", "value", "ci") == [(SORAFENIB, 14.6, (11.2, 18.3)), (PLACEBO, 10.1, (8.7, 12.4))]


def test_an_interval_behind_the_last_of_two_arms_is_of_neither() -> None:
    rows = [("", "Sorafenib + docetaxel", "Placebo + docetaxel", "95% CI"), ("Median OS (months)", "14.6", "10.1", "8.7-18.4")]
    assert [ci for (ci,) in told(extract("Table 1. Efficacy", rows).records, "ci")] == [None, None]


def test_a_ratio_of_patients_who_are_only_counted() -> None:
    rows = [
        (*ARMS, "HR (95% CI)"),
        ("Men", "30", "25", "0.72 (0.54-0.96)"),
        ("Women", "20", "15", "0.69 (0.44-1.08)"),
        ("All patients", "50", "40", "0.7 (0.5-0.9)"),
    ]
    assert compared("Table 2. Overall survival by subgroup", rows) == {("men", "OS", 0.72), ("women", "OS", 0.69), (None, "OS", 0.7)}
    assert compared("Table 2. Overall and progression-free survival by subgroup", rows) == set()


def test_levels_below_the_row_of_an_interaction() -> None:
    rows = [
        (*ARMS, "HR (95% CI)", "P for interaction"),
        ("ECOG performance status", "", "", "", "0.81"),
        ("0", "18.8", "13.1", "0.74 (0.49-1.11)", ""),
        ("1", "12.3", "8.1", "0.66 (0.47-0.93)", ""),
    ]
    who = {r.population for r in extract("Table 2. Median overall survival (months) by subgroup", rows).records}
    assert who == {"ECOG performance status 0", "ECOG performance status 1"}
    assert {e for _, _, e in compared("Table 2. Median overall survival (months) by subgroup", rows)} == {0.74, 0.66}


def test_a_row_of_ratios_names_an_endpoint_told_further_above() -> None:
    rows = [ARMS, ("Median OS, months", "14.6", "10.1"), ("Response rate, %", "40.4", "22.4"), ("HR for OS (95% CI)", "0.71 (0.55-0.92)", "")]
    assert compared("Table 1. Efficacy", rows) == {(None, "OS", 0.71)}
    rows[-1] = ("HR for PFS (95% CI)", "0.71 (0.55-0.92)", "")
    assert compared("Table 1. Efficacy", rows) == set()


def test_a_relative_risk_of_counted_patients_is_of_no_response() -> None:
    rows = [(*ARMS, "RR", "95% CI"), ("Men", "2/30 (6.7)", "3/25 (12.0)", "0.56", "0.11-3.37"), ("Women", "1/20 (5)", "3/15 (20)", "0.25", "0.1-2.3")]
    assert compared("Table 2. Wound infection in subgroups", rows) == set()


def test_two_arms_in_one_column() -> None:
    head = "Sorafenib + docetaxel vs placebo + docetaxel"
    rows = [("", head, "HR (95% CI)", "P"), ("Median PFS, months", "4.6 vs 1.6", "0.31 (0.24-0.40)", "0.01"), ("ORR, %", "27.5 vs 11.3", "", "0.004")]
    found = extract("Table 1. Efficacy", rows).records
    assert {(r.arm, r.value) for r in found if isinstance(r, Measurement)} == {
        (SORAFENIB, 4.6), (PLACEBO, 1.6), (SORAFENIB, 27.5), (PLACEBO, 11.3),
    }  # fmt: skip
    assert compared("Table 1. Efficacy", rows) == {(None, "PFS", 0.31), (None, "ORR", None)}


def test_two_arms_in_one_column_of_which_a_cell_holds_one_value_stay_together() -> None:
    rows = [("", "Sorafenib + docetaxel vs placebo + docetaxel"), ("Median PFS, months", "4.6 vs 1.6"), ("Median OS, months", "9.9")]
    assert 4.6 not in {r.value for r in extract("Table 1. Efficacy", rows).records if isinstance(r, Measurement)}


def test_an_arm_that_is_called_p(tmp_path: Path) -> None:
    methods = "Patients were randomized to receive pemetrexed plus carboplatin (CP) or pemetrexed (P)."
    assert columns(methods, ("CP (n = 50)", "P (n = 40)"), tmp_path) == {14.2: {"pemetrexed", "carboplatin"}, 11.3: {"pemetrexed"}}


def test_levels_of_sizes_under_the_row_of_their_p_value() -> None:
    rows = [
        ("Variable", "No. of patients", "5-year OS (%)", "P value"), ("Tumor size", "", "", "0.004"), ("\u00a0\u00a0≤5 cm", "130", "61.2", ""),
        ("\u00a0\u00a0>5 cm", "82", "39.5", ""), ("Vascular invasion", "", "", "0.01"), ("\u00a0\u00a0Absent", "151", "60.1", ""),
        ("\u00a0\u00a0Present", "61", "33.3", ""),
    ]  # fmt: skip
    found = extract("Table 3. Prognostic factors for overall survival", rows, prose="We studied 212 patients.").records
    assert [r.value for r in found if isinstance(r, Measurement) and (r.endpoint, r.timepoint) == ("OS", "5 year")] == [61.2, 39.5, 60.1, 33.3]


@pytest.mark.parametrize(
    ("caption", "population"),
    [
        ("Efficacy of sorafenib compared with placebo in patients aged 70 years or older", "aged >= 70 years"),
        ("Efficacy of sorafenib versus placebo in women", "women"),
        ("Efficacy in women versus men", None),
        ("Efficacy of sorafenib by age: patients aged 70 years or older", None),
    ],
)
def test_a_caption_that_sets_two_arms_against_each_other_in_some_patients(caption: str, population: str | None) -> None:
    found = extract(f"Table 2. {caption}", [ARMS, ("Median OS (months)", "12.6", "10.7")]).records
    assert {r.population for r in found} == {population}


def test_letters_of_arms_that_a_note_spells_out_with_short_names() -> None:
    rows = [("", "Arm 1", "Arm 2"), ("Median OS (months)", "12.6", "10.7")]
    found = extract("Table 2. Efficacy", rows, notes=["Arm 1: S-1; Arm 2: 5-FU."], prose="We treated patients.").records
    assert told(found, "arm", "value") == [("tegafur/gimeracil/oteracil", 12.6), ("fluorouracil", 10.7)]
