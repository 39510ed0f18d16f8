"""Efficacy and subgroups of two arms in tables: what belongs to which endpoint and to which patients. All papers are invented."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from test_tables import ARMS, PLACEBO, SORAFENIB, extract, told

from extractor.records import Comparison


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
