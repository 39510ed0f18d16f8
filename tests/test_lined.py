"""Tables of plain text whose cells stand in lines of their own. All papers here are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import Table
from extractor.ingest import from_text
from extractor.ingest.flattened import find_flattened


def rows(table: Table) -> list[list[str]]:
    """The grid as text, '' for what is empty or covered by a span."""
    grid = [[""] * (max(c.column for c in table.cells) + 1) for _ in range(max(c.row for c in table.cells) + 1)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text
    return grid


def only(text: str) -> Table:
    (found,) = find_flattened(text)
    assert all(c.raw is not None and "".join(c.text.split()) == "".join(c.raw.of(text).split()) for c in found.table.cells)
    return found.table


GRADES = (
    "It was mild.\nTable 3Harms of both groups\nHarm\nDrug (n = 30)\nSham (n = 31)\nP*\n\n\n\n\n\nNone\nI\nII\nNone\nI\nII\n\n"
    "Itch\n20\n6\n4\n25\n4\n2\n0.31\nChill / ague\n18\n9\n3\n30\n1\n0\n\n"
    "Hives\n28\n2\n0\n31\n0\n0\n0.24\n\n* By Fisher's test.\n\nThe others were well.\n"
)


def test_heads_that_come_again_below_each_group() -> None:
    table = only(GRADES)
    assert rows(table) == [
        ["Harm", "Drug (n = 30)", "", "", "Sham (n = 31)", "", "", "P*"],
        ["", "None", "I", "II", "None", "I", "II", ""],
        ["Itch", "20", "6", "4", "25", "4", "2", "0.31"],
        ["Chill / ague", "18", "9", "3", "30", "1", "0", ""],
        ["Hives", "28", "2", "0", "31", "0", "0", "0.24"],
    ]
    assert [c.column_span for c in table.cells if c.row == 0] == [1, 3, 3, 1]
    assert table.caption is not None
    assert table.caption.of(GRADES) == "Table 3Harms of both groups"
    assert [f.of(GRADES) for f in table.footnotes] == ["* By Fisher's test."]
    assert [b.span.of(d.text) for d in [from_text(GRADES)] for b in d.blocks][-1] == "The others were well."


def test_a_second_column_of_names() -> None:
    text = "Table 2Answers\n\nGroup\nn\nCR\nPR\np\nSkin\nDrug\n21\n2\n5\n0.3\n\nSham\n9\n1\n2\n\nBone\nDrug\n14\n3\n4\n0.8\n\nSham\n8\n1\n1\n\n"
    assert rows(only(text)) == [
        ["", "Group", "n", "CR", "PR", "p"],
        ["Skin", "Drug", "21", "2", "5", "0.3"],
        ["", "Sham", "9", "1", "2", ""],
        ["Bone", "Drug", "14", "3", "4", "0.8"],
        ["", "Sham", "8", "1", "1", ""],
    ]


def test_empty_lines_between_heads_and_a_heading_behind_them() -> None:
    text = (
        "Table 2Answers\n\nMarker negative\n\nMarker positive\n\nP-value\nProliferation\nLow\n40 (40.0%)\n33 (55.0%)\n0.061\n\nHigh\n60 (60.0%)\n"
        "27 (45.0%)\n\n\nReceptor\n\nNormal\n70 (70.0%)\n45 (75.0%)\n0.520\n\nRaised\n30 (30.0%)\n15 (25.0%)\n\n\n"
    )
    head = ["", "Marker negative", "Marker positive", "P-value"]
    assert rows(only(text))[:3] == [head, ["Proliferation", "", "", ""], ["Low", "40 (40.0%)", "33 (55.0%)", "0.061"]]


GLUED = (
    "Table 2Answers of those seen\nDrug/Other(N = 41)Other(N = 22)n (%)95% CIn (%)95% CIP valueResponse rate\n24 (58.5)\n(42.1, 73.7)\n9 (40.9)\n"
    "(20.7, 63.6)\n0.21\nBest response\n"
    "\u2003Complete\n2 (4.9)\n(0.6, 16.5)\n0\nNA\n\n\u2003Partial\n22 (53.7)\n(37.4, 69.3)\n9 (40.9)\n(20.7, 63.6)\n0.42\n"
    "Length of response\n\n\nHR (95% CI)\nWith response\n24\n9\n\n\u2003Median (95% CI)\n9.1 (4.4, NE)\n4.5 (1.2, NE)\n0.81 (0.2, 3.3)\n"
)


def test_heads_that_ran_together_above_rows_in_lines() -> None:
    assert rows(only(GLUED)) == [
        ["", "Drug/Other (N = 41)", "", "Other (N = 22)", "", "P value"],
        ["", "n (%)", "95% CI", "n (%)", "95% CI", ""],
        ["Response rate", "24 (58.5)", "(42.1, 73.7)", "9 (40.9)", "(20.7, 63.6)", "0.21"],
        ["Best response", "", "", "", "", ""],
        ["Complete", "2 (4.9)", "(0.6, 16.5)", "0", "NA", ""],
        ["Partial", "22 (53.7)", "(37.4, 69.3)", "9 (40.9)", "(20.7, 63.6)", "0.42"],
        ["Length of response", "", "", "", "", "HR (95% CI)"],
        ["With response", "24", "", "9", "", ""],
        ["Median (95% CI)", "9.1 (4.4, NE)", "", "4.5 (1.2, NE)", "", "0.81 (0.2, 3.3)"],
    ]


def test_a_row_of_another_length_is_one_cell() -> None:
    table = only(GRADES.replace("Hives\n28\n2\n0\n31\n", "Hives\n28\n2\n31\n"))
    (hives,) = [c.row for c in table.cells if c.text == "Hives"]
    assert [(c.text, c.column_span) for c in table.cells if c.row == hives and c.column] == [("28 2 31 0 0 0.24", 7)]


@pytest.mark.parametrize(
    ("why", "old", "new"),
    [
        ("a head is missing", "Sham (n = 31)\n", ""),
        ("the heads below differ", "\nNone\nI\nII\n\nItch", "\nNone\nI\nIII\n\nItch"),
        ("a value among the heads", "\nHarm\n", "\nHarm\n0.5 (0.1)\n"),
    ],
)
def test_heads_that_do_not_tell_their_columns(why: str, old: str, new: str) -> None:
    assert find_flattened(GRADES.replace(old, new)) == [], why


def test_values_that_are_not_what_their_head_says() -> None:
    text = "Table 4Effects\nSubgroup\nHR\nP\n{}All\n0.95\n{}\nLow\n0.85\n{}\nHigh\n1.08\n{}\nOther\n0.91\n{}\n\n"
    assert find_flattened(text.format("", *(f"(0.{i}1-1.4)" for i in range(5))).replace("1.4)\n\n", "1.4)\n")) == []
    assert len(find_flattened(text.format("", *(f"0.{i}1" for i in range(4))))) == 1


VALUES = st.lists(
    st.lists(st.sampled_from(["", "12", "3 (7.5)", "0.4", "<0.001", "NA", "5.1 (2.0-9.9)"]), min_size=3, max_size=3), min_size=4, max_size=9
)


@given(values=VALUES)
def test_every_cell_comes_back_in_its_column(values: list[list[str]]) -> None:
    cells = [row if any(row) else ["1", "", "2"] for row in values]
    cells[0] = ["1", "2", "3"]
    names = [f"{word} disorder" for word in "Blood Heart Liver Skin Bone Brain Lung Eye Nail".split()]
    told = [[name, *row] for name, row in zip(names, cells, strict=False)]
    text = (
        "Table 2Toxicities\nHarm\nFirst arm\nSecond arm\nThird arm\n"
        + "".join("\n".join(row) + "\n" for row in told)
        + "\nIn all, they did well, and we saw no others.\n"
    )
    if all(len({bool(row[i]) for row in cells}) == 2 or all(row[i] for row in cells) for i in range(3)) and sum(map(all, cells)) > 2:
        for found in find_flattened(text):
            table = [[*row, *[""] * 3][:4] for row in rows(found.table)[1:]]
            assert all(row in told for row in table if any(row[1:]))


def test_a_name_above_empty_lines_is_no_row_of_them() -> None:
    body = "Itch\n12\n14\nAge\n\n\n\n9\n8\nHives\n28\n2\nChill\n18\n9\nAgue\n7\n6\n"
    text = f"Table 2Answers\nHarm\nDrug\nSham\n{body}\nThe others were well, and no more was seen.\n"
    shown = rows(only(text))
    assert ["Itch", "12", "14"] in shown
    assert ["Ague", "7", "6"] in shown
    assert ["Age", "", ""] not in shown


def test_a_row_with_one_value_too_many_below_heads_that_ran_together() -> None:
    kept = "".join(f"{name}\n{n} ({n}.5)\n9 (4.1)\n0.{n}1\n" for n, name in enumerate(["Cure", "Relapse", "Harm", "Itch", "Hives", "Ague"], 2))
    text = f"Table 2Answers of those seen\nDrug (N = 41)Other (N = 22)P valueResponse\n24 (58.5)\n9 (40.9)\n0.21\n{kept}Length\n1\n2\n3\n4\n{kept}\n"
    assert ["Cure", "2 (2.5)", "9 (4.1)", "0.21"] in rows(only(text))
