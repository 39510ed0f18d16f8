"""Rows of tables that were run together: where a label ends and its cells begin, what is of the next row. All papers here are invented."""

from __future__ import annotations

import pytest

from extractor.document import Table
from extractor.ingest.flattened import find_flattened

GLUED = (
    "as Table 3 shows.Table 3Outcome of surgeryVariableSurgery (%)\nn = 80Waiting (%)\nn = 75\nP\nRadical resection60 (75.0)66 (88.0)0.061"
    "Hospital stay (days)9.21 (SD = 4.1)8.77 (SD = 3.9)0.412Permanent stoma30 (37.5)27 (36.0)0.551Any complication20 (25.0)15 (20.0)0.480"
    " Leak4 (5.0)3 (4.0) Bleeding6 (7.5)6 (8.0) Abscess2 (2.5)3 (4.0)Reoperation8 (10.0)3 (4.0)0.144\n\n\n"
)


def only(text: str) -> Table:
    (found,) = find_flattened(text)
    return found.table


def row(table: Table, label: str) -> list[str]:
    (at,) = [c.row for c in table.cells if c.column == 0 and c.text.strip() == label]
    return [c.text for c in table.cells if c.row == at and c.column > 0]


def labels(table: Table) -> list[str]:
    return [c.text for c in table.cells if c.column == 0 and not c.header]


def test_a_spread_that_is_named_is_of_its_cell() -> None:
    table = only(GLUED)
    assert row(table, "Hospital stay (days)") == ["9.21 (SD = 4.1)", "8.77 (SD = 3.9)", "0.412"]
    assert row(table, "Permanent stoma") == ["30 (37.5)", "27 (36.0)", "0.551"]


def test_what_is_set_in_stays_so() -> None:
    shown = labels(only(GLUED))
    assert shown[3:8] == ["Any complication", " Leak", " Bleeding", " Abscess", "Reoperation"]
    table = (
        "Table 2 Harms Event Zoltane (n = 50) Carbide (n = 50) Any 20 (40.0) 10 (20.0) Skin \u2003Rash 5 (10.0) 15 (30.0) \u2003Itch 4 (8.0) 6 (12.0)"
    )
    assert labels(only(f"Well.   {table} Fever 10 (20.0) 5 (10.0) Pain 1 (2.0) 2 (4.0)\n\nEnd.\n")) == [
        "Any",
        "Skin",
        " Rash",
        " Itch",
        "Fever",
        "Pain",
    ]


def test_a_section_ends_a_table() -> None:
    prose = "BODY.RESULTS.SURVIVAL:\nA relapse was seen in 20 (25.0%), 15 (20.0%) of whom had surgery and radiotherapy.\n"
    assert find_flattened(GLUED + prose)[0].table == only(GLUED)


def test_a_few_misprints_among_many_percentages() -> None:
    margins = " Near margin (R+)20 Far margin (CRM)88 Both (R and CRM)10 Any wound (day 30)21Hernia7 (8.8)5 (6.7)"
    wrong = (
        GLUED.replace("4 (5.0)", "4 (5.9)")
        .replace("3 (4.0) Bl", "3 (4.3) Bl")
        .replace("2 (2.5)", "2 (2.7)")
        .replace("Permanent", f"{margins}Permanent")
    )
    assert row(only(wrong), "Leak") == ["4 (5.9)", "3 (4.3)"]
    assert find_flattened(wrong.replace("n = 80", "n = 96").replace("n = 75", "n = 61")) == []


def test_a_number_that_a_name_ends_in() -> None:
    text = (
        "well.Table 3PathologyFindingSurgery\nn = 80Waiting\nn = 75\nP\npT04 (5.0)9 (12.0)0.112pT18 (10.0)6 (8.0)pT220 (25.0)15 (20.0)"
        "pT348 (60.0)45 (60.0)Grade 115 (18.8)21 (28.0)0.306Any spread40 (50.0)30 (40.0)Margin4 (5.0)3 (4.0)\n\n\n"
    )
    table = only(text)
    assert labels(table) == ["pT0", "pT1", "pT2", "pT3", "Grade 1", "Any spread", "Margin"]
    assert row(table, "pT0") == ["4 (5.0)", "9 (12.0)", "0.112"]
    assert row(table, "pT3") == ["48 (60.0)", "45 (60.0)"]
    assert row(table, "Grade 1") == ["15 (18.8)", "21 (28.0)", "0.306"]


SPACED = (
    "Well.   Table 2 Outcome Zoltane (n = 50) Carbide (n = 40) p value Change in pain -1.64 (4.1) 2.39 (7.8) 0.14 Change in mood 1.5 (7.1) -0.7 (7.8)"
    " 0.15 Days in bed 15.2 ± 3.2 19.8 ± 0.5 0.38 Fever, n (%) 20 (40.0) 10 (25.0) 0.20 Score ≥11 5 (10.0) 8 (20.0) 0.31 Rash 4 (8.0) 6 (15.0) 0.47"
    " Rank 0 11 (22.0) 9 (22.5) 0.90 Rank 1 9 (18.0) 11 (27.5) 0.30\n\nEnd.\n"
)


def test_numbers_below_nought() -> None:
    table = only(SPACED)
    assert row(table, "Change in pain") == ["-1.64 (4.1)", "2.39 (7.8)", "0.14"]
    assert row(table, "Change in mood") == ["1.5 (7.1)", "-0.7 (7.8)", "0.15"]


def test_units_bounds_and_levels_are_of_the_label() -> None:
    table = only(SPACED)
    assert row(table, "Fever, n (%)") == ["20 (40.0)", "10 (25.0)", "0.20"]
    assert row(table, "Score ≥11") == ["5 (10.0)", "8 (20.0)", "0.31"]
    assert row(table, "Rank 0") == ["11 (22.0)", "9 (22.5)", "0.90"]
    assert row(table, "Rank 1") == ["9 (18.0)", "11 (27.5)", "0.30"]


@pytest.mark.parametrize(
    "head", ["Zoltane (n = 50) Carbide (n = 40) Difference (95% CI) Value Pain", "Zoltane (n = 50) Carbide (n = 40) Test of P value Pain"]
)
def test_columns_behind_those_that_were_read(head: str) -> None:
    rows = " 0.88 (0.76) 0.11 Rash 4 (8.0) 6 (15.0) Fever 20 (40.0) 10 (25.0) Cough 5 (10.0) 8 (20.0) Itch 1 (2.0) 2 (5.0)"
    table = only(f"Well.   Table 2 Outcome {head}{rows}\n\nEnd.\n")
    assert "0.88 (0.76)" not in [c.text for c in table.cells]
    assert row(table, "Rash") == ["4 (8.0)", "6 (15.0)"]


def test_a_row_with_a_cell_too_many_is_not_placed() -> None:
    table = only(SPACED.replace(" p value ", " ").replace(" 0.20 Score", " Score").replace(" 0.31 Rash", " Rash").replace(" 0.47 Rank", " Rank"))
    assert "19.8 ± 0.5" not in [c.text for c in table.cells]
