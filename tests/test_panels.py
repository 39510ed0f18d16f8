"""Tables that were run together and tell other numbers of patients below some rows: panels of their own. All papers here are invented."""

from __future__ import annotations

from extractor.document import Table
from extractor.ingest.flattened import find_flattened


def rows(table: Table) -> list[list[str]]:
    grid = [[""] * (max(c.column + c.column_span for c in table.cells)) for _ in range(max(c.row for c in table.cells) + 1)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text.strip()
    return grid


def only(text: str) -> Table:
    (found,) = find_flattened(text)
    return found.table


SIZES = (
    "Table 2.Response: all patients, colon patients, and rectum patientsResponseNumber of patients (%)20 mg axofen40 mg axofenUsual care (X/Y)"
    "All patientsn = 20n = 25n = 40 3 months  Complete response (CR)5 (25%)5 (20%)4 (10%)  Partial response2 (10%)10 (40%)8 (20%)"
    "  Progressive disease01 (4%)2 (5%) 9 months  Complete response (CR)3 (15%)4 (16%)4 (10%)  Partial response4 (20%)5 (20%)6 (15%)"
    "  Progressive disease02 (8%)3 (8%)Colon patientsn = 10n = 12n = 30 3 months  Complete response (CR)2 (20%)3 (25%)3 (10%)"
    "  Partial response1 (10%)6 (50%)6 (20%)  Progressive disease01 (8%)1 (3%) 9 months  Complete response (CR)1 (10%)3 (25%)3 (10%)"
    "  Partial response2 (20%)3 (25%)6 (20%)  Progressive disease1 (10%)2 (17%)0\nCR, complete response.\n"
)


def test_a_panel_has_the_columns_of_the_heads_and_patients_of_its_own() -> None:
    table = only(SIZES)
    assert table.header_rows == 1
    assert rows(table) == [
        ["", "20 mg axofen", "40 mg axofen", "Usual care (X/Y)"],
        ["All patients", "n = 20", "n = 25", "n = 40"],
        ["3 months", "", "", ""],
        ["Complete response (CR)", "5 (25%)", "5 (20%)", "4 (10%)"],
        ["Partial response", "2 (10%)", "10 (40%)", "8 (20%)"],
        ["Progressive disease", "0", "1 (4%)", "2 (5%)"],
        ["9 months", "", "", ""],
        ["Complete response (CR)", "3 (15%)", "4 (16%)", "4 (10%)"],
        ["Partial response", "4 (20%)", "5 (20%)", "6 (15%)"],
        ["Progressive disease", "0", "2 (8%)", "3 (8%)"],
        ["Colon patients", "n = 10", "n = 12", "n = 30"],
        ["3 months", "", "", ""],
        ["Complete response (CR)", "2 (20%)", "3 (25%)", "3 (10%)"],
        ["Partial response", "1 (10%)", "6 (50%)", "6 (20%)"],
        ["Progressive disease", "0", "1 (8%)", "1 (3%)"],
        ["9 months", "", "", ""],
        ["Complete response (CR)", "1 (10%)", "3 (25%)", "3 (10%)"],
        ["Partial response", "2 (20%)", "3 (25%)", "6 (20%)"],
        ["Progressive disease", "1 (10%)", "2 (17%)", "0"],
    ]


def test_rows_that_do_not_fit_the_patients_of_a_panel_are_left_out() -> None:
    other = SIZES.replace("Colon patientsn = 10n = 12n = 30", "Colon patientsn = 14n = 19n = 22")
    assert rows(only(other))[-1][0] == "Progressive disease"
    assert all("Colon" not in cell.text for cell in only(other).cells)


PARTS = (
    "Table 4Best response\nAxofen (n = 30)Placebo (n = 40)All patients Best response, n (%)  CR3 (10.0)1 (2.5)  PR9 (30.0)8 (20.0)  SD12 (40.0)"
    "10 (25.0)  PD6 (20.0)21 (52.5)"
    "Patients by mutation\nMutated (n = 10)\nUnmutated (n = 20)\nMutated (n = 15)\nUnmutated (n = 25) Best response, n (%)"
    "  CR02 (10.0)01 (4.0)  PR4 (40.0)5 (25.0)3 (20.0)5 (20.0)  SD4 (40.0)8 (40.0)4 (26.7)6 (24.0)  PD2 (20.0)4 (20.0)8 (53.3)13 (52.0)\n"
)


def test_a_panel_may_divide_the_columns() -> None:
    table = only(PARTS)
    grid = rows(table)
    assert grid[0] == ["", "Axofen (n = 30)", "", "Placebo (n = 40)", ""]
    assert [cell.column_span for cell in table.cells if cell.row == 0] == [2, 2]
    assert grid[-6] == ["Patients by mutation", "Mutated (n = 10)", "Unmutated (n = 20)", "Mutated (n = 15)", "Unmutated (n = 25)"]
    assert grid[-4:] == [
        ["CR", "0", "2 (10.0)", "0", "1 (4.0)"],
        ["PR", "4 (40.0)", "5 (25.0)", "3 (20.0)", "5 (20.0)"],
        ["SD", "4 (40.0)", "8 (40.0)", "4 (26.7)", "6 (24.0)"],
        ["PD", "2 (20.0)", "4 (20.0)", "8 (53.3)", "13 (52.0)"],
    ]


def test_parts_that_are_more_than_the_whole_are_no_panel() -> None:
    other = PARTS.replace("Placebo (n = 40)", "Placebo (n = 39)").replace("10 (25.0)", "10 (25.6)").replace("21 (52.5)", "21 (53.8)")
    assert all("Mutated" not in cell.text for cell in only(other.replace("1 (2.5)", "1 (2.6)").replace("8 (20.0)  SD", "8 (20.5)  SD")).cells)


def test_a_mean_is_no_number_of_patients() -> None:
    assert not find_flattened(
        "Table 1 Ages and events mean = 40n = 49 Nausea 4 (10) 5 (10) Rash 8 (20) 10 (20) Fever 2 (5) 5 (10) Cough 4 (10) 0 (0)\n"
    )


def test_rows_set_in_below_the_name_of_a_group() -> None:
    text = (
        "Table 3 Events by grade Drug (n = 40) Placebo (n = 38) Diarrhoea \u2003Grade 1 4 (10%) 2 (5%) \u2003Grade 2 2 (5%) 1 (3%)"
        " Isolated  Candida  infection \u2003Grade 1 1 (3%) 2 (5%) \u2003Grade 2 8 (20%) 4 (11%) \u2003Grade 3 not applicable n.a. 1 (3%)\n"
    )
    assert rows(only(text))[1:] == [
        ["Diarrhoea", "", ""],
        ["Grade 1", "4 (10%)", "2 (5%)"],
        ["Grade 2", "2 (5%)", "1 (3%)"],
        ["Isolated Candida infection", "", ""],
        ["Grade 1", "1 (3%)", "2 (5%)"],
        ["Grade 2", "8 (20%)", "4 (11%)"],
        ["Grade 3 not applicable", "n.a.", "1 (3%)"],
    ]


def test_a_number_behind_a_nought_and_percentages_begins_the_next_name() -> None:
    text = (
        "Table 3 Response Drug (n = 40) Placebo (n = 38) 3 months Response 4 (10%) 2 (5%) Stable 4 (10%) 3 (8%) Missing 0 1 (3%) 6 months"
        " Response 6 (15%) 3 (8%) Stable 8 (20%) 9 (24%)\n"
    )
    grid = rows(only(text))
    assert grid[3:5] == [["Missing", "0", "1 (3%)"], ["6 months Response", "6 (15%)", "3 (8%)"]]


def test_a_nought_before_percentages_and_a_p_value_is_of_the_name() -> None:
    text = (
        "Table 3 Response Drug (n = 40) Placebo (n = 38) P Response 4 (10%) 2 (5%) 0.40 Failure 6 (15%) 3 (8%) 0.33 Stable 8 (20%) 9 (24%) 0.70"
        " Level 0 20 (50%) 19 (50%) 1.00 Missing 0 1 (3%) 0.49\n"
    )
    grid = rows(only(text))
    assert grid[-2] == ["Level 0", "20 (50%)", "19 (50%)", "1.00"]
    assert grid[-1] == ["Missing", "0", "1 (3%)", "0.49"]


def test_rows_that_all_end_in_a_grade() -> None:
    text = "Table 3 Mucositis Drug (n = 40) Placebo (n = 38) Grade 1 4 (10%) 2 (5%) Grade 2 6 (15%) 3 (8%) Grade 3 8 (20%) 9 (24%) Grade 4 1 (3%) 0\n"
    assert rows(only(text))[-4:] == [
        ["Grade 1", "4 (10%)", "2 (5%)"],
        ["Grade 2", "6 (15%)", "3 (8%)"],
        ["Grade 3", "8 (20%)", "9 (24%)"],
        ["Grade 4", "1 (3%)", "0"],
    ]


def test_a_unit_that_is_not_of_each_column_tells_no_names() -> None:
    text = (
        "Table 3 Pain and cough Item Pain Cough n (%) Median (range) n (%) Median (range) Grade 0 7 (22.6) 9 (29.0) Grade 1 6 (19.4) 8 (25.8)"
        " Grade 2 12 (38.7) 7 (22.6) Grade 3 4 (12.9) 6 (19.4) Grade 4 2 (6.5) 1 (3.2)\n"
    )
    assert not find_flattened(text)


def test_what_the_column_of_names_is_called_is_no_group() -> None:
    rest = (
        "25% increase 14 (24.1%) 9 (17.3%) 0.20 Stage 1 11 (19.0%) 13 (25.0%) 0.49 All stages 12 (20.7%) 13 (25.0%) 0.65 Any 8 (13.8%) 8 (15.4%) 0.99"
    )
    text = f"An event on placebo or ABC.  Table 2 Injury after placebo or ABC Event Placebo ABC P-value (n = 58) (n = 52) {rest}\n"
    assert rows(only(text))[0] == ["", "Placebo", "ABC", "P-value"]


def test_a_name_goes_on_behind_a_plus() -> None:
    text = (
        "On abax + ome, on ome + MMF or ome alone.  Table 2 Events on abax + OME, Ome + MMF, ome Abax + OME Ome + MMF Ome (n = 50) (n = 40) (n = 20)"
        " Any 25 (50.0) 20 (50.0) 10 (50.0) Rash 5 (10.0) 8 (20.0) 2 (10.0) Fever 1 (2.0) 4 (10.0) 0 (0.0)\n"
    )
    assert rows(only(text))[0] == ["", "Abax + OME", "Ome + MMF", "Ome"]


def test_names_in_lines_above_the_numbers_of_patients() -> None:
    text = (
        "Table 3Safety\n\nPlacebo\nAxofen 90 mg\nMelodine\n\n(N = 357)\n(N = 353)\n(N = 181)\nWith any event\n55 (15.4)\n82 (23.2)\n35 (19.3)\n"
        "With a serious event\n3 (0.8)\n7 (2.0)\n3 (1.7)\nStopped for an event\n6 (1.7)\n9 (2.5)\n5 (2.8)\n"
    )
    table = only(text)
    assert rows(table)[:3] == [
        ["", "Placebo", "Axofen 90 mg", "Melodine"],
        ["", "(N = 357)", "(N = 353)", "(N = 181)"],
        ["With any event", "55 (15.4)", "82 (23.2)", "35 (19.3)"],
    ]


def test_lines_below_numbers_of_patients_without_names_tell_no_columns() -> None:
    rows_of_it = "Female\n25 (50)\n20 (50)\nSmokers\n10 (20)\n8 (20)\nOld\n30 (60)\n12 (30)\nMarried\n5 (10)\n4 (10)\n"
    found = find_flattened(f"Table 2Patients\nAllTested(N = 50)(N = 40)\n{rows_of_it}")
    assert all(cell.text != "(N = 40)" for one in found for cell in one.table.cells if cell.header and cell.row == 0)


def test_a_number_that_was_parted_at_its_point_is_one() -> None:
    text = (
        "Table 3 Response Drug (n = 40) Placebo (n = 38) P Response 4 (10%) 2 (5%) 0.40 Failure 6 (15%) 3 (8%) \n 0 . 03 \n"
        " Stable 8 (20%) 9 (24%) 0.70"
        " Missing 0 1 (3%) 0.49\n"
    )
    assert rows(only(text))[2:4] == [["Failure", "6 (15%)", "3 (8%)", "0.03"], ["Stable", "8 (20%)", "9 (24%)", "0.70"]]


def test_numbers_of_patients_below_the_heads_are_no_name_of_a_row() -> None:
    text = (
        "Table 3 Toxicity Item Long arm (%) Short arm (%) P 40 patients 50 patients GI toxicity 4 (10) 5 (10) 0.99"
        " GU toxicity 6 (15) 5 (10) 0.50 Rash 8 (20) 9 (18) 0.70 Fever 2 (5) 1 (2) 0.49\n"
    )
    assert rows(only(text))[1] == ["GI toxicity", "4 (10)", "5 (10)", "0.99"]


def test_acronyms_within_names_begin_none() -> None:
    text = (
        "On abax HD + MMF, LD + MMF, tac + MMF or tac.  Table 2 Type Basil + abax HD + MMF Abax HD + MMF Abax LD + MMF (n = 50) (n = 40) (n = 20)"
        " Any 25 (50.0) 20 (50.0) 10 (50.0) Rash 5 (10.0) 8 (20.0) 2 (10.0) Fever 1 (2.0) 4 (10.0) 0 (0.0)\n"
    )
    assert not find_flattened(text)


def test_more_names_than_numbers_of_patients_are_not_told_apart() -> None:
    cells = (
        "Age\n45.7 (9.2)\n45.1 (9.8)\nF = 1.5\nWomen\n14 (31.1)\n12 (26.7)\nX = 6.8\nMen\n31 (68.9)\n33 (73.3)\n\nOld\n9 (20.0)\n3 (6.7)\nX = 1.1\n"
    )
    for last in ("Test", "Kruskal"):
        found = find_flattened(f"Table 2Patients\nVariableSite onlyNo site{last}N = 45N = 45{cells}")
        assert not any(cell.header and "site" in cell.text for one in found for cell in one.table.cells)


def test_two_names_behind_what_their_rows_are_called() -> None:
    cells = "Women\n14 (31.1)\n12 (26.7)\nMen\n31 (68.9)\n33 (73.3)\nOld\n9 (20.0)\n3 (6.7)\nRich\n18 (40.0)\n9 (20.0)\n"
    assert rows(only(f"Table 2Patients\nVariableSite onlyNo siteN = 45N = 45{cells}"))[0] == ["", "Site only", "No site"]
