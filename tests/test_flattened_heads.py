"""Heads and row labels of tables that were run together: where names begin and end. All papers here are invented."""

from __future__ import annotations

import pytest

from extractor.document import Table
from extractor.ingest.flattened import find_flattened


def only(text: str) -> Table:
    (found,) = find_flattened(text)
    return found.table


def heads(table: Table) -> list[str]:
    return [c.text for c in table.cells if c.row == 0]


def labels(table: Table) -> list[str]:
    return [c.text for c in table.cells if c.column == 0 and c.row >= table.header_rows]


def row(table: Table, label: str) -> list[str]:
    at = next(c.row for c in table.cells if c.column == 0 and c.text == label)
    return [c.text for c in table.cells if c.row == at and c.column]


ROWS = " Rash 10 (20.0) 5 (10.0) Cough 20 (40.0) 10 (20.0) Fever 5 (10.0) 15 (30.0) Pain 4 (8.0) 6 (12.0)"
SIZES = "(n = 50)", "(n = 50)"


@pytest.mark.parametrize(
    ("before", "first", "second"),
    [
        ("Safety. Adverse event, n (%) ", "Zoltane XR + carbide", "Zoltane XR + placebo"),
        ("Side effects seen Events ", "All ZLT 20 mg Q2W", "All ZLT 40 mg Q4W"),
        ("Safety Number of patients (%) ", "10 mg zoltane", "Standard care"),
        ("Safety Patients, n Event, No. (%) ", "Zoltane", "Standard care (carbide or surgery)"),
    ],
)
def test_where_the_first_head_begins(before: str, first: str, second: str) -> None:
    text = f"They had rash.   Table 2 {before}{first} {SIZES[0]} {second} {SIZES[1]}{ROWS}\n\nThe others were well.\n"
    assert heads(only(text)) == [f"{first} (n = 50)", f"{second} (n = 50)"]


def test_a_head_that_is_no_stub() -> None:
    text = f"They had rash.   Table 2 Number (%) of adverse events Event Zoltane cream (n = 50) Vehicle cream (n = 50){ROWS}\n\nEnd.\n"
    assert heads(only(text)) == ["Zoltane cream (n = 50)", "Vehicle cream (n = 50)"]


@pytest.mark.parametrize(
    "names",
    [
        "Events  Zoltane  Standard care  n = 50  n = 50",
        "EventsZoltane\nStandard care\nn = 50n = 50",
        "Zoltane Standard care (n = 50) (n = 50)",
    ],
)
def test_names_before_all_numbers(names: str) -> None:
    text = f"We compared zoltane with standard care.   Table 2 Adverse events {names}{ROWS}\n\nEnd.\n"
    assert heads(only(text)) == ["Zoltane", "Standard care"]


def test_names_that_the_paper_never_uses_are_not_told_apart() -> None:
    text = f"We compared two groups.   Table 2 Adverse events Quiet Rooms Loud Rooms (n = 50) (n = 50){ROWS}\n\nEnd.\n"
    assert all(heads(f.table) != ["Rooms", "Loud Rooms"] for f in find_flattened(text))


def test_the_p_value_before_the_numbers() -> None:
    rows = " Rash 10 (20.0) 5 (10.0) 0.16 Cough 20 (40.0) 10 (20.0) 0.03 Fever 5 (10.0) 15 (30.0) 0.01 Pain 4 (8.0) 6 (12.0) 0.50"
    text = f"We compared zoltane with carbide.   Table 2 Adverse events Zoltane Carbide P value (n = 50) (n = 50){rows}\n\nEnd.\n"
    table = only(text)
    assert heads(table) == ["Zoltane", "Carbide", "P value"]
    assert row(table, "Cough") == ["20 (40.0)", "10 (20.0)", "0.03"]


def test_dashes_without_blanks_are_cells() -> None:
    text = (
        "Well.   Table S4Events by termTermZoltane n=40\nControl n=50\nN(%)N(%)All AEs20(50.0)25(50.0)Angina2(5.0)--Belching2(5.0)1(2.0)"
        "Nausea--2(4.0)Cough4(10.0)5(10.0)Dizziness2(5.0)––Fever2(5.0)3(6.0)\n\nEnd.\n"
    )
    table = only(text)
    assert row(table, "Angina") == ["2(5.0)", "--"]
    assert row(table, "Nausea") == ["--", "2(4.0)"]
    assert row(table, "Dizziness") == ["2(5.0)", "--"]
    assert "Belching" in labels(table)


@pytest.mark.parametrize("before", ["10.9999/journal.pxyz.0001234.t002 ", "10.9999/journal.pxyz.0001234.t002", "No. 0.72"])
def test_labels_behind_numbers(before: str) -> None:
    text = (
        f"Well. {before}Table 2{'' if before[-1] == '2' and 't' not in before[-5:] else ' '}Events Zoltane (n = 50) Carbide (n = 50){ROWS}\n\nEnd.\n"
    )
    assert only(text).label == "Table 2"


def test_a_group_of_rows_and_its_first_row() -> None:
    text = (
        "Well.   Table 2 Adverse events Event Zoltane (n = 50) Carbide (n = 50) Overall 20 (40.0) 10 (20.0) Gut disorders Nausea 5 (10.0) 15 (30.0)"
        " Loss of appetite 4 (8.0) 6 (12.0) Skin reactions Dry skin 10 (20.0) 5 (10.0) Rash 1 (2.0) 2 (4.0) Ear Any event 2 (4.0) 3 (6.0)"
        " Patients with Grade 3 events 2 (4.0) 3 (6.0) Deafness 1 (2.0) 1 (2.0) Tinnitus 1 (2.0) 2 (4.0)\n\nEnd.\n"
    )
    shown = labels(only(text))
    assert shown[:8] == ["Overall", "Gut disorders", "Nausea", "Loss of appetite", "Skin reactions", "Dry skin", "Rash", "Ear"]
    assert "Patients with Grade 3 events" in shown


def test_names_in_capitals_are_one_name() -> None:
    rows = " Skin Rash 10 (20.0) 5 (10.0) dry Cough 20 (40.0) 10 (20.0) high Fever 5 (10.0) 15 (30.0) back Pain 4 (8.0) 6 (12.0)"
    table = only(f"Well.   Table 2 Events Zoltane (n = 50) Carbide (n = 50){rows}\n\nEnd.\n")
    assert "high Fever" in labels(table)


LINES = "\n".join(
    ["Zoltane group (n = 50)Carbide group (n = 50)", "P", "Complications", *"Rash|10 (20.0)|5 (10.0)|0.16|Cough|20 (40.0)|10 (20.0)|0.03".split("|")]
)
MORE = "\n".join("Fever|5 (10.0)|15 (30.0)|0.01|Pain|4 (8.0)|6 (12.0)|0.50".split("|"))


def test_several_heads_in_one_line_are_not_one() -> None:
    table = only(f"Well.\nTable 2 Events of both groups\n{LINES}\n{MORE}\n\nEnd.\n")
    assert heads(table) == ["Zoltane group (n = 50)", "Carbide group (n = 50)", "P"]
    assert row(table, "Rash") == ["10 (20.0)", "5 (10.0)", "0.16"]


def test_no_head_of_a_line_is_passed_over() -> None:
    lines = "Adverse eventPlacebo (n = 6)ZLT 3 mg (n = 6)ZLT 7 mg (n = 7)Total number of AEs n = 53\n5 (9%)\n10 (19%)\n38 (72%)\n"
    text = f"Well.\nTable 3Number of adverse events by organ\n{lines}Fever\n0\n1 (2%)\n0\nNausea\n0\n0\n1 (2%)\nCough\n1 (2%)\n0\n1 (2%)\n\nEnd.\n"
    table = only(text)
    assert heads(table) == ["Placebo (n = 6)", "ZLT 3 mg (n = 6)", "ZLT 7 mg (n = 7)"]
    assert row(table, "Total number of AEs n = 53") == ["5 (9%)", "10 (19%)", "38 (72%)"]


def test_abbreviations_behind_the_last_row_are_its_footnote() -> None:
    rows = ROWS.replace(" 6 (12.0)", " 6 (12.0)ZB zoltane plus carbide, N number, CI confidence interval")
    text = f"They had rash.   Table 2 Safety Event, n (%) Zoltane (n = 50) Carbide (n = 50){rows}  The others were well.\n"
    (foot,) = only(text).footnotes
    assert foot.of(text) == "ZB zoltane plus carbide, N number, CI confidence interval"


def test_no_treatment_is_one_name() -> None:
    text = (
        f"The intervention was compared with no intervention.   Table 2 Harms Outcomes Intervention No Intervention {' '.join(SIZES)}{ROWS}\n\nEnd.\n"
    )
    assert heads(only(text)) == ["Intervention", "No Intervention"]


def test_rates_beside_counts_under_each_head() -> None:
    rows = " Rash 10 (20.0) 4.7 (4.1 to 5.3) 5 (10.0) 2.7 (2.4 to 3.1) Cough 20 (40.0) 9.1 (8.0 to 9.9) 10 (20.0) 3.1 (2.8 to 3.5)"
    rows += " Fever 5 (10.0) 1.2 (0.9 to 1.4) 15 (30.0) 6.2 (5.9 to 6.6) Pain 4 (8.0) 1.1 (0.8 to 1.3) 6 (12.0) 1.7 (1.5 to 2.0)"
    units = "n (%) Events per patient-year n (%) Events per patient-year"
    table = only(f"Well.   Table 2 Events to week 24 Zoltane (n = 50) Carbide (n = 50) {units}{rows}\n\nEnd.\n")
    assert [c.text for c in table.cells if c.row == 1] == ["n (%)", "Events per patient-year"] * 2
    assert row(table, "Cough") == ["20 (40.0)", "9.1 (8.0 to 9.9)", "10 (20.0)", "3.1 (2.8 to 3.5)"]
