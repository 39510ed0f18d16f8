"""Tables that were run together with estimates and p-values behind the columns of groups. All papers here are invented."""

from __future__ import annotations

import pytest

from extractor.document import Table
from extractor.ingest.flattened import find_flattened

CAPTION = "Table 2 Outcomes Endpoint Axofen (n = 40) Placebo (n = 50)"
ROWS = (
    "Relapse 10 (25.0) 25 (50.0) 0.42 (0.20 to 0.89) 0.02 Death 4 (10.0) 10 (20.0) 0.47 (0.15 to 1.50) 0.20 Any stay in hospital 20 (50.0) 24 (48.0)"
    " 1.05 (0.58 to 1.90) 0.87 Surgery 2 (5.0) 5 (10.0)"
)


def rows(table: Table) -> list[list[str]]:
    grid = [[""] * (max(c.column + c.column_span for c in table.cells)) for _ in range(max(c.row for c in table.cells) + 1)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text.strip()
    return grid


def only(text: str) -> list[list[str]]:
    (found,) = find_flattened(text)
    return rows(found.table)


def test_an_estimate_and_its_p_value_behind_two_groups() -> None:
    assert only(f"{CAPTION} HR (95% CI) \n P value {ROWS}\n") == [
        ["", "Axofen (n = 40)", "Placebo (n = 50)", "HR (95% CI)", "P value"],
        ["Relapse", "10 (25.0)", "25 (50.0)", "0.42 (0.20 to 0.89)", "0.02"],
        ["Death", "4 (10.0)", "10 (20.0)", "0.47 (0.15 to 1.50)", "0.20"],
        ["Any stay in hospital", "20 (50.0)", "24 (48.0)", "1.05 (0.58 to 1.90)", "0.87"],
        ["Surgery", "2 (5.0)", "5 (10.0)", "", ""],
    ]


def test_medians_beside_their_hazard_ratio() -> None:
    grid = only(f"{CAPTION} HR (95% CI) P value {ROWS} Months to relapse 9.1 (7.0 to 11.2) 6.2 (5.1 to 8.0) 0.61 (0.40 to 0.93) 0.02\n")
    assert grid[-1] == ["Months to relapse", "9.1 (7.0 to 11.2)", "6.2 (5.1 to 8.0)", "0.61 (0.40 to 0.93)", "0.02"]


def test_a_p_value_alone_stands_in_its_own_column() -> None:
    grid = only(f"{CAPTION} HR (95% CI) P value {ROWS} Fever 8 (20.0) 5 (10.0) 0.19\n")
    assert grid[-1] == ["Fever", "8 (20.0)", "5 (10.0)", "", "0.19"]


@pytest.mark.parametrize(
    "row",
    [
        "Months to relapse 9.1 (7.0 to 11.2) 0.61 (0.40 to 0.93) 0.02",  # whose median, and is the second one
        "Months to relapse 9.1 (7.0 to 11.2) 6.2 (5.1 to 8.0) 0.98 (0.40 to 0.93) 0.02",  # outside its interval
        "Months to relapse 9.1 (7.0 to 11.2) 6.2 (5.1 to 8.0) 0.02",
    ],
)
def test_a_row_whose_last_cells_are_not_sure_is_not_placed(row: str) -> None:
    grid = only(f"{CAPTION} HR (95% CI) P value {row} {ROWS}\n")
    assert grid[1][2:] == ["", "", ""]


def test_lines_of_cells_beside_their_estimates() -> None:
    text = (
        "Table 2Outcomes\nAxofen (n = 40)Placebo (n = 50)Odds ratio (95% CI)P value\nRelapse\n10 (25.0)\n25 (50.0)\n0.42 (0.20 to 0.89)\n0.02\n"
        "Death\n4 (10.0)\n10 (20.0)\n0.47 (0.15 to 1.50)\n0.20\nSurgery\n2 (5.0)\n5 (10.0)\n\n\nFever\n8 (20.0)\n5 (10.0)\n\n0.19\n"
    )
    assert only(text)[-2:] == [["Surgery", "2 (5.0)", "5 (10.0)", "", ""], ["Fever", "8 (20.0)", "5 (10.0)", "", "0.19"]]
    assert only(text)[0] == ["", "Axofen (n = 40)", "Placebo (n = 50)", "Odds ratio (95% CI)", "P value"]


def test_an_estimate_with_its_p_value_in_one_cell_has_no_head_of_its_own() -> None:
    text = f"{CAPTION} HR (95% CI); p value {ROWS}\n"
    assert all("HR" not in cell for found in find_flattened(text) for cell in rows(found.table)[0])


def test_counts_that_stayed_in_the_names_of_rows_prove_that_columns_are_missing() -> None:
    text = (
        "Table 4 Habits Outcome Trained, n (percent) Others, n (percent) Odds Ratio (95% CI) P Exercise 1,034 (58.8) 1,103 (49.7) 1.42 (1.06-1.92)"
        " 0.02 Fruit 742 (89.7) 1,187 (80.1) 1.03 (0.75-1.42) 0.86 Belts 676 (86.2) 1,003 (79.0) 1.64 (1.15-2.33) 0.006\n"
    )
    assert not find_flattened(text)


def test_groups_that_are_numbered_above_their_names() -> None:
    text = f"Table 2 Outcomes Endpoint Group 1 Group 2 Axofen + placebo (n = 40) Placebo + placebo + salt (n = 50) HR (95% CI) P value {ROWS}\n"
    assert only(text)[0][1] == "Axofen + placebo (n = 40)"
