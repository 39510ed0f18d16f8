"""Tables of effect estimates that were run together into a line. All papers here are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_lined import only, rows

from extractor.ingest.flattened import find_flattened

ONE = (
    "It was so. Table 2 What told survival Variable HR (95% CI) P value Age 1.20 (1.01-1.43) 0.04 Stage II 0.88 (0.61-1.27) 0.50"
    " Size > 5 cm 2.05 (1.31-3.21) <0.001 Grade 0.93 (0.70-1.23) HR, hazard ratio.\n"
)


def test_heads_that_are_words_of_statistics() -> None:
    table = only(ONE.replace("It was so. ", "It was so.  "))
    assert rows(table) == [
        ["", "HR (95% CI)", "P value"],
        ["Age", "1.20 (1.01-1.43)", "0.04"],
        ["Stage II", "0.88 (0.61-1.27)", "0.50"],
        ["Size > 5 cm", "2.05 (1.31-3.21)", "<0.001"],
        ["Grade", "0.93 (0.70-1.23)", ""],
    ]


TWO = (
    "seen.Table 4Factors of survival Variable Univariate analysis Multivariate analysis P value HR (95% CI) P value HR (95% CI)"
    " Training set Site <0.001 2.41 (1.90, 3.06) <0.001  Upper 0.004 3.20 (1.45, 7.06) Depth 0.012 1.52 (1.10, 2.10) 0.031 1.43 (1.03, 1.98)"
    " Sum of risks <0.001 2.30 (1.70, 3.11) 0.008 1.61 (1.13, 2.29) Validation set Sex 0.020 1.71 (1.09, 2.68) 0.017 1.74 (1.10, 2.75)\n"
)


def test_a_number_that_two_columns_could_hold_is_not_placed() -> None:
    assert rows(only(TWO)) == [
        ["", "Univariate analysis", "", "Multivariate analysis", ""],
        ["", "P value", "HR (95% CI)", "P value", "HR (95% CI)"],
        ["Training set", "", "", "", ""],
        ["Site", "<0.001", "2.41 (1.90, 3.06)", "<0.001", ""],
        [" Upper", "0.004 3.20 (1.45, 7.06)", "", "", ""],
        ["Depth", "0.012", "1.52 (1.10, 2.10)", "0.031", "1.43 (1.03, 1.98)"],
        ["Sum of risks", "<0.001", "2.30 (1.70, 3.11)", "0.008", "1.61 (1.13, 2.29)"],
        ["Validation set", "", "", "", ""],
        ["Sex", "0.020", "1.71 (1.09, 2.68)", "0.017", "1.74 (1.10, 2.75)"],
    ]


def test_dashes_and_references() -> None:
    text = (
        "seen.Table 2 Cox regression ABCLC DCLC Variable Hazard ratio 95%CI P Hazard ratio 95%CI P Sex Female - - - Reference"
        " Male - - - 1.31 0.99-1.73 0.058 60-70 1.08 0.90-1.29 0.402 - - - Kept Reference Reference"
        " Other 1.44 1.20-1.73 <0.001 2.21 1.70-2.87 <0.001 Short 1.18 1.01-1.38 0.037"
        " Long 1.02 0.88-1.18 0.791 1.11 0.84-1.47 0.462\n"
    )
    found = rows(only(text))
    assert found[:2] == [["", "ABCLC", "", "", "DCLC", "", ""], ["", "Hazard ratio", "95%CI", "P", "Hazard ratio", "95%CI", "P"]]
    assert found[2:6] == [
        ["Sex Female", "-", "-", "-", "Reference", "", ""],
        ["Male", "-", "-", "-", "1.31", "0.99-1.73", "0.058"],
        ["60-70", "1.08", "0.90-1.29", "0.402", "-", "-", "-"],
        ["Kept", "Reference", "", "", "Reference", "", ""],
    ]
    assert found[6] == ["Other", "1.44", "1.20-1.73", "<0.001", "2.21", "1.70-2.87", "<0.001"]
    assert found[7][:2] == ["Short", "1.18 1.01-1.38 0.037"]


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("estimates outside their intervals", ONE.replace("1.20 (", "0.20 (").replace("2.05 (", "5.05 (")),
        ("two groups without a name", TWO.replace("Univariate analysis Multivariate analysis", "")),
        ("a column of numbers without a head", ONE.replace("Age 1", "Age 40 1").replace("II 0", "II 30 0")),
        ("two full rows", ONE.replace(" 0.50", "")),
    ],
)
def test_what_is_not_proven_is_left(why: str, text: str) -> None:
    assert find_flattened(text) == [], why


ESTIMATES = st.lists(st.tuples(st.integers(11, 400), st.integers(1, 99), st.booleans()), min_size=4, max_size=9)


@given(told=ESTIMATES)
def test_every_cell_comes_back_in_its_column(told: list[tuple[int, int, bool]]) -> None:
    names = "Age Stage Grade Size Nodes Sex Smoking Place Side".split()
    lines = [
        [n, f"{e / 100:.2f} ({e / 110:.2f}-{e / 90:.2f})", f"0.{p:02d}" if i < 3 or has else ""]
        for i, (n, (e, p, has)) in enumerate(zip(names, told, strict=False))
    ]
    text = "seen.Table 2 What told survival HR (95% CI) P value " + " ".join(" ".join(line).strip() for line in lines) + "\n"
    assert rows(only(text))[1:] == lines


INTERACTION = (
    "seen.   Table 2 Gain from zoltane Group Zoltane versus no therapy Distant recurrence Lung cancer death HR (95% CI) P  value"
    " P interaction * HR (95% CI) P  value P interaction * Smokers \u2003Low marker 0.48 (0.33 to 0.70) 0.0004 0.45 (0.30 to 0.68) 0.0006"
    " \u2003High marker 0.88 (0.47 to 1.65) 0.69 0.035 0.84 (0.37 to 1.90) 0.67 0.06"
    " Others \u2003Low marker 0.36 (0.24 to 0.54) 0.0002 0.34 (0.21 to 0.55)"
    " 0.0001 \u2003High marker 0.71 (0.33 to 1.53) 0.38 0.072 0.82 (0.27 to 2.56) 0.74 0.059"
    " \u2003Middle 0.60 (0.30 to 1.20) 0.14 0.30 0.50 (0.20 to 1.25)"
    " 0.13 0.41\n"
)


def test_p_values_of_interaction_stand_behind_those_of_the_estimates() -> None:
    assert rows(only(INTERACTION)) == [
        ["", "Distant recurrence", "", "", "Lung cancer death", "", ""],
        ["", "HR (95% CI)", "P value", "P interaction *", "HR (95% CI)", "P value", "P interaction *"],
        ["Smokers", "", "", "", "", "", ""],
        [" Low marker", "0.48 (0.33 to 0.70)", "0.0004", "", "0.45 (0.30 to 0.68)", "0.0006", ""],
        [" High marker", "0.88 (0.47 to 1.65)", "0.69", "0.035", "0.84 (0.37 to 1.90)", "0.67", "0.06"],
        ["Others", "", "", "", "", "", ""],
        [" Low marker", "0.36 (0.24 to 0.54)", "0.0002", "", "0.34 (0.21 to 0.55)", "0.0001", ""],
        [" High marker", "0.71 (0.33 to 1.53)", "0.38", "0.072", "0.82 (0.27 to 2.56)", "0.74", "0.059"],
        [" Middle", "0.60 (0.30 to 1.20)", "0.14", "0.30", "0.50 (0.20 to 1.25)", "0.13", "0.41"],
    ]
