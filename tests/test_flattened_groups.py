"""Columns of run-together tables that come again for several groups of patients. All papers here are invented."""

from __future__ import annotations

from test_flattened import only, rows

from extractor.ingest.flattened import find_flattened

HEADS = "ZoltaneCarbideZoltaneCarbide(n = 40)(n = 50)(n = 20)(n = 25)"
ROWS = "Rash10 (25.0)5 (10.0)5 (25.0)5 (20.0)Cough20 (50.0)10 (20.0)4 (20.0)1 (4.0)"
ROWS += "Fever4 (10.0)15 (30.0)1 (5.0)2 (8.0)Pain8 (20.0)1 (2.0)2 (10.0)3 (12.0)"


def test_columns_that_come_again_stand_under_groups() -> None:
    table = only(f"well.Table 2Events in study 12Patients with metastasesPatients without metastases{HEADS}{ROWS}\n\nEnd.\n")
    assert rows(table)[:4] == [
        ["", "Patients with metastases", "", "Patients without metastases", ""],
        ["", "Zoltane", "Carbide", "Zoltane", "Carbide"],
        ["", "(n = 40)", "(n = 50)", "(n = 20)", "(n = 25)"],
        ["Rash", "10 (25.0)", "5 (10.0)", "5 (25.0)", "5 (20.0)"],
    ]
    assert table.header_rows == 3


def test_columns_that_come_again_for_groups_without_a_name_are_not_read() -> None:
    assert find_flattened(f"well.Table 2Events{HEADS}{ROWS}\n\nEnd.\n") == []
    assert find_flattened(f"well.Table 2Events in men and women{HEADS}{ROWS}\n\nEnd.\n") == []


SUMMED = (
    "well.Table 4Survival in ZENITHPatients with metastasesPatients without metastasesZoltaneTPCTotalZoltaneTPCTotal(n = 40)(n = 50)(N = 90)(n = 20)"
    "(n = 25)(N = 45)Median OS, months (95 % CI)14.6 (12.4, 17.1)11.3 (9.2, 13.4)13.0 (11.6, 14.4)18.0 (14.7, 19.7)16.7 (14.2, 19.9)17.1 (15.5, 19.4)"
    "\nThese were well\n\nEnd.\n"
)


def test_one_row_of_columns_whose_numbers_add_up() -> None:
    _, names, sizes, values = rows(only(SUMMED))
    assert names == ["", "Zoltane", "TPC", "Total", "Zoltane", "TPC", "Total"]
    assert sizes == ["", "(n = 40)", "(n = 50)", "(N = 90)", "(n = 20)", "(n = 25)", "(N = 45)"]
    assert values[0] == "Median OS, months (95 % CI)"
    assert values[4:] == ["18.0 (14.7, 19.7)", "16.7 (14.2, 19.9)", "17.1 (15.5, 19.4)"]
    assert find_flattened(SUMMED.replace("N = 45", "N = 44")) == []
    assert find_flattened(SUMMED.replace("16.7 (14.2, 19.9)", "")) == []


def test_columns_of_one_name_in_no_order_are_not_read() -> None:
    heads = HEADS.replace("ZoltaneCarbide(n", "OtherCarbide(n")
    assert find_flattened(f"well.Table 2Events in study 12Patients with metastasesPatients without metastases{heads}{ROWS}\n\nEnd.\n") == []
