"""Tables that were run together into lines: rebuilt where their numbers prove the columns, left alone elsewhere. All papers here are invented."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import BlockKind, Table, fold
from extractor.ingest import from_text
from extractor.ingest.flattened import find_flattened

LINE = (
    "Rash was common.   Table 2. Toxicities of both groups Event Docetaxel (n = 40) Placebo (n = 38) No. (%) No. (%) Nausea 10 (25.0) 4 (10.5)"
    " Hair loss 20 (50.0) 0 (0.0) Grade 3 fatigue 3 (7.5) 1 (2.6) Any event 30 (75.0) 19 (50.0)\n\nThe others were well.\n"
)


def rows(table: Table) -> list[list[str]]:
    """The grid as text, '' for what is empty or covered by a span."""
    grid = [[""] * (max(c.column for c in table.cells) + 1) for _ in range(max(c.row for c in table.cells) + 1)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text
    return grid


def only(text: str) -> Table:
    (found,) = find_flattened(text)
    assert all(c.raw is not None and "".join(c.text.split()) == "".join(fold(c.raw.of(text)).split()) for c in found.table.cells)
    return found.table


def test_a_table_in_a_line() -> None:
    table = only(LINE)
    assert table.label == "Table 2"
    assert table.caption is not None
    assert table.caption.of(LINE) == "Table 2. Toxicities of both groups Event"
    assert rows(table) == [
        ["", "Docetaxel (n = 40)", "Placebo (n = 38)"],
        ["", "No. (%)", "No. (%)"],
        ["Nausea", "10 (25.0)", "4 (10.5)"],
        ["Hair loss", "20 (50.0)", "0 (0.0)"],
        ["Grade 3 fatigue", "3 (7.5)", "1 (2.6)"],
        ["Any event", "30 (75.0)", "19 (50.0)"],
    ]
    assert table.header_rows == 2


def test_no_sentence_is_read_from_it() -> None:
    document = from_text(LINE)
    kinds = [(b.kind, b.span.of(document.text)[:20]) for b in document.blocks]
    assert kinds == [(BlockKind.TEXT, "Rash was common."), (BlockKind.TABLE, "Table 2. Toxicities "), (BlockKind.TEXT, "The others were well")]
    assert len(document.tables) == 1


@given(st.integers(0, 5), st.integers(1, 40))
def test_what_stands_behind_a_table_is_read_once(paragraphs: int, sentences: int) -> None:
    behind = ["".join(f"Sentence {i} of paragraph {k} follows it. " for i in range(sentences)).strip() for k in range(paragraphs)]
    before = "Nothing was amiss here. " * sentences
    document = from_text("\n\n".join([before + LINE.strip(), *behind]))
    assert document.text.count("Nothing was amiss here.") == sentences
    for k in range(paragraphs):
        assert all(document.text.count(f"Sentence {i} of paragraph {k} ") == 1 for i in range(sentences))
    copied = sorted(p.raw for p in document.offsets.pieces if p.length == p.raw.end - p.raw.start > 1)
    assert all(one.end <= other.start for one, other in pairwise(copied))


def test_cells_and_labels_that_lost_their_blanks() -> None:
    text = (
        "seen in both.Table 3Most common events (in ≥15% of patients)Adverse events, n (%)Axitinib + letrozole (n = 47)Placebo + letrozole (n = 50)"
        "Any gradeGrade 3a\nAny gradeGrade 3a\nAny event47 (100)32 (68.1)47 (94.0)19 (38.0)Diarrhea37 (78.7)7 (14.9)16 (32.0)2 (4.0)"
        "Vomiting27 (57.4)3 (6.4)4 (8.0)0Dyspepsia12 (25.5)000Dry eyes10 (21.3)03 (6.0)0Itch9 (19.1)5 (10.6)b\n4 (8.0)3 (6.0)\n"
    )
    assert rows(only(text)) == [
        ["", "Axitinib + letrozole (n = 47)", "", "Placebo + letrozole (n = 50)", ""],
        ["", "Any grade", "Grade 3", "Any grade", "Grade 3"],
        ["Any event", "47 (100)", "32 (68.1)", "47 (94.0)", "19 (38.0)"],
        ["Diarrhea", "37 (78.7)", "7 (14.9)", "16 (32.0)", "2 (4.0)"],
        ["Vomiting", "27 (57.4)", "3 (6.4)", "4 (8.0)", "0"],
        ["Dyspepsia", "12 (25.5)", "0", "0", "0"],
        ["Dry eyes", "10 (21.3)", "0", "3 (6.0)", "0"],
        ["Itch", "9 (19.1)", "5 (10.6)", "4 (8.0)", "3 (6.0)"],
    ]


def test_cells_in_lines_of_their_own_under_groups() -> None:
    text = (
        "Table 4Events\nEvents, n (%)Olaparib(N = 59)Placebo(N = 30)Any\n58 (98.3)\n30 (100.0)\nBlood disorders\n\n\nAnemia\n14 (23.7)\n8 (26.7)\n"
        "Leukopenia\n9 (15.3)\n2 (6.7)\nRelated to study drug\n\n\nProbably\n13 (22.0)\nNA\n"
    )
    assert [r[0] for r in rows(only(text))] == ["", "Any", "Blood disorders", "Anemia", "Leukopenia", "Related to study drug", "Probably"]


def test_a_column_of_p_values() -> None:
    text = (
        "Table 1 Response to therapy FCR-B (Arm A) (N = 33) FCR (Arm B) (N = 32) p -value ORR 33 (100%) 31 (96.9%) 0.49 CR 18 (54.5%) 10 (31.3%) 0.08"
        " PR 7 (21.2%) 5 (15.6%) SD 5 (15.2%) 13 (40.6%) 0.028\n"
    )
    assert rows(only(text)) == [
        ["", "FCR-B (Arm A) (N = 33)", "FCR (Arm B) (N = 32)", "p -value"],
        ["ORR", "33 (100%)", "31 (96.9%)", "0.49"],
        ["CR", "18 (54.5%)", "10 (31.3%)", "0.08"],
        ["PR", "7 (21.2%)", "5 (15.6%)", ""],
        ["SD", "5 (15.2%)", "13 (40.6%)", "0.028"],
    ]


def test_the_mark_of_a_footnote_is_no_cell() -> None:
    text = LINE.replace("Hair loss 20", "Hair loss 1 20")
    assert rows(only(text))[3] == ["Hair loss", "20 (50.0)", "0 (0.0)"]


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("percentages of other columns", LINE.replace("(n = 40)", "(n = 91)").replace("(n = 38)", "(n = 77)")),
        ("names apart from their numbers", LINE.replace("Docetaxel (n = 40) Placebo (n = 38)", "Docetaxel Placebo (n = 40) (n = 38)")),
        ("no numbers of patients", LINE.replace("(n = 40)", "").replace("(n = 38)", "")),
        ("counts without percentages", re.sub(r" \(\d+\.\d\)", "", LINE)),
        ("two rows", LINE[: LINE.index("Grade 3")] + "\n"),
        (
            "a sentence that speaks of a table",
            "Table 2 shows 10 (25.0%) of them (n = 40) and 4 (10.5%) of the others (n = 38), and then 5 (12.5%) more.\n",
        ),
    ],
)
def test_what_is_not_proven_is_left(why: str, text: str) -> None:
    assert find_flattened(text) == [], why


def test_a_row_that_does_not_fit_is_one_cell_that_nobody_reads() -> None:
    wide = LINE.replace(
        "Any event", "Chills 2 (5.0) 1 (2.6) Pain 4 (10.0) 2 (5.3) Thirst 6 (15.0) 3 (7.9) Fever 1 (2.5) 5 (13.2) Cough 8 (20.0) 9 (77.0) Any event"
    )
    table = only(wide)
    assert [r[0] for r in rows(table)][-3:] == ["Fever", "Cough", "Any event"]
    (cough,) = [c.row for c in table.cells if c.text == "Cough"]
    assert [(c.text, c.column_span) for c in table.cells if c.row == cough and c.column > 0] == [("8 (20.0) 9 (77.0)", 2)]


def test_a_number_before_a_label_is_the_label_s() -> None:
    text = LINE.replace("Any event", "≥1 event")
    assert rows(only(text))[-2:] == [["Grade 3 fatigue", "3 (7.5)", "1 (2.6)"], ["≥1 event", "30 (75.0)", "19 (50.0)"]]


def test_acronyms_in_a_row_before_the_numbers_of_patients() -> None:
    heads = "ZORFIRI ZORFOX n = 40 N = 38"
    table = only(LINE.replace("Docetaxel (n = 40) Placebo (n = 38)", heads))
    assert [c.text for c in table.cells if c.header] == ["ZORFIRI", "n = 40", "No. (%)", "ZORFOX", "N = 38", "No. (%)"]
    assert find_flattened(LINE.replace("Docetaxel (n = 40) Placebo (n = 38)", "PHASE " + heads)) == []


def test_a_table_with_a_roman_number() -> None:
    assert only(LINE.replace("Table 2", "Table IV", 1)).label == "Table IV"


COUNTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 38)), min_size=4, max_size=12).filter(
    lambda c: sum(bool(a) + bool(b) for a, b in c) > 4
)


@given(counts=COUNTS, glued=st.booleans())
def test_every_cell_comes_back_in_its_column(counts: list[tuple[int, int]], glued: bool) -> None:
    gap = "" if glued else " "
    names = [f"{word} disorder" for word in "Blood Heart Liver Skin Bone Brain Lung Eye Nail Hair Throat Ear".split()]
    told = [(name, f"{a} ({100 * a / 40:.1f})", f"{b} ({100 * b / 38:.1f})") for name, (a, b) in zip(names, counts, strict=False)]
    text = f"Table 2. Toxicities Docetaxel (n = 40){gap}Placebo (n = 38){gap}" + gap.join(gap.join(row) for row in told) + "\n"
    table = only(text)
    assert [tuple(r) for r in rows(table)[1:]] == told


UNITS = (
    "Table 6Events in both arms Event FAC arm [cases (%)]TP arm [cases (%)] P value Neutropenia 9 (5.96) 17 (11.97) 0.031"
    " Anemia 6 (3.97) 10 (7.04) 0.248 Nausea 30 (19.87) 22 (15.49) Rash 3 (1.99) 4 (2.82) 0.7 Fever 12 (7.95) 20 (14.08)\n"
)


def test_heads_that_print_a_unit_and_no_number_of_patients() -> None:
    assert rows(only(UNITS))[:3] == [
        ["", "FAC arm [cases (%)]", "TP arm [cases (%)]", "P value"],
        ["Neutropenia", "9 (5.96)", "17 (11.97)", "0.031"],
        ["Anemia", "6 (3.97)", "10 (7.04)", "0.248"],
    ]


def test_percentages_of_no_one_number_prove_nothing() -> None:
    assert find_flattened(UNITS.replace("(3.97)", "(9.97)").replace("(19.87)", "(29.87)")) == []


def test_a_row_without_a_label_is_left_out() -> None:
    text = LINE.replace("Grade 3 fatigue 3", "Chills 2 (5.0) 1 (2.6)  ‡ * 3 (7.5) 1 (2.6) Itch 3").replace("1 (2.6)  ‡", "1 (2.6) 9 8 7\n‡†*#,  \n")
    assert all(row[0] for row in rows(only(text))[2:])


def test_two_tables_without_a_character_between() -> None:
    text = LINE.replace("\n\nThe others were well.\n", "") + "Table 3. Events of both" + LINE.split("Toxicities of both", 1)[1]
    assert [t.label for t in from_text(text).tables] == ["Table 2", "Table 3"]


def test_counts_alone_in_rows_of_one_length() -> None:
    text = (
        "Table 3 Events ABC (n = 210) DE (n = 205) p value N. of events 31 45 p = 0.21 Local relapse 8 9 p = 0.81 New tumour 3 11 p = 0.03"
        "  ER+ 1 9 p = 0.01  ER- 2 2 p = 1.00\n"
    )
    assert rows(only(text)) == [
        ["", "ABC (n = 210)", "DE (n = 205)", "p value"],
        ["N. of events", "31", "45", "p = 0.21"],
        ["Local relapse", "8", "9", "p = 0.81"],
        ["New tumour", "3", "11", "p = 0.03"],
        [" ER+", "1", "9", "p = 0.01"],
        [" ER-", "2", "2", "p = 1.00"],
    ]
    assert find_flattened(text.replace("31 45", "31").replace("3 11", "3 11 4")) == []
    longer = text.replace(" New tumour", " Lung 4 5 p = 0.90 Liver 2 0 p = 0.20 New tumour").replace("ER+ 1 9", "ER+ grade 1 9")
    assert rows(only(longer))[6] == [" ER+ grade", "1 9 p = 0.01", "", ""]


FEWER = (
    "Table 4 Deaths ABC (n = 50) DE (n = 60) P Death 10 (20) 15 (25) 0.43 Local relapse 9 (20) 12 (21.4) 0.345 Bone 18 (40) 14 (25)"
    " Brain 27 (60) 28 (50) Lung 5 (10) 6 (10)\n"
)


def test_percentages_of_those_who_could_be_assessed() -> None:
    assert [r[:3] for r in rows(only(FEWER))[1:]] == [
        ["Death", "10 (20)", "15 (25)"],
        ["Local relapse", "9 (20)", "12 (21.4)"],
        ["Bone", "18 (40)", "14 (25)"],
        ["Brain", "27 (60)", "28 (50)"],
        ["Lung", "5 (10)", "6 (10)"],
    ]
    assert find_flattened(FEWER.replace("9 (20)", "9 (31)").replace("18 (40)", "18 (71)").replace("27 (60)", "27 (88)")) == []


def test_most_rows_without_a_p_value() -> None:
    assert [r[3:] for r in rows(only(FEWER))] == [["P"], ["0.43"], ["0.345"], [""], [""], [""]]


def test_numbers_that_ran_together_are_in_no_label() -> None:
    table = only(FEWER.replace(" Bone 18", " Skin1212 Bone 18"))
    assert [[c.text for c in table.cells if c.row == r] for r in (3, 4)] == [["Skin", "1212"], ["Bone", "18 (40)", "14 (25)"]]


def test_a_unit_behind_the_number_of_patients() -> None:
    heads = "Surgery plus zorfimab N=40 n (%) Surgery alone N=38 n (%)"
    text = "Of those with Surgery plus zorfimab, some did. " + LINE.replace("Docetaxel (n = 40) Placebo (n = 38) No. (%) No. (%)", heads)
    table = only(text)
    assert rows(table)[0] == ["", "Surgery plus zorfimab N=40 n (%)", "Surgery alone N=38 n (%)"]
    assert rows(table)[1][0] == "Nausea"


def test_the_first_head_of_all_patients() -> None:
    text = LINE.replace("Event Docetaxel (n = 40) Placebo (n = 38) No. (%) No. (%)", "arms Total n = 78 (%) dose dense ABC n = 40 (%) DE n = 38 (%)")
    text = re.sub(
        r"(\d+) \((\d+\.\d)\) (\d+) \((\d+\.\d)\)", lambda m: f"{int(m[1]) + int(m[3])} ({(int(m[1]) + int(m[3])) / 0.78:.1f}) {m[0]}", text
    )
    assert [c.text for c in only(text).cells if c.header] == ["Total n = 78 (%)", "dose dense ABC n = 40 (%)", "DE n = 38 (%)"]


PACKED = (
    "we saw them.Table 4Harms of each periodHarmFirst period (N = 43)Second period (N = 29)All grades (%)>Grade 3 (%)"
    "All grades (%)>Grade 3 (%)Blood toxicity69.825.648.331.0 Anemia20.906.90 Fever–4.7–3.4 Skin toxicity0013.83.4 Itch9.3000 Pain76.716.320.73.4"
    "N number  The others were well.\n"
)


def test_percentages_with_nothing_between_them() -> None:
    table = only(PACKED)
    assert rows(table) == [
        ["", "First period (N = 43)", "", "Second period (N = 29)", ""],
        ["", "All grades (%)", ">Grade 3 (%)", "All grades (%)", ">Grade 3 (%)"],
        ["Blood toxicity", "69.8", "25.6", "48.3", "31.0"],
        ["Anemia", "20.9", "0", "6.9", "0"],
        ["Fever", "-", "4.7", "-", "3.4"],
        ["Skin toxicity", "0", "0", "13.8", "3.4"],
        ["Itch", "9.3", "0", "0", "0"],
        ["Pain", "76.7", "16.3", "20.7", "3.4"],
    ]
    assert find_flattened(PACKED.replace("(N = 43)", "(N = 41)")) == []


def test_counts_and_percentages_with_nothing_between_them() -> None:
    heads = "First period(N = 43)Second period(N = 29)No. of patients%No. of patients%"
    text = f"seen.Table 3Responses of bothResponse{heads}CR511.626.9PR2251.2724.1SD1227.91034.5PD49.31034.5RR (%)62.888.431.065.5\n"
    assert rows(only(text))[1:] == [
        ["", "No. of patients", "%", "No. of patients", "%"],
        ["CR", "5", "11.6", "2", "6.9"],
        ["PR", "22", "51.2", "7", "24.1"],
        ["SD", "12", "27.9", "10", "34.5"],
        ["PD", "4", "9.3", "10", "34.5"],
        ["RR (%)", "62.888.431.065.5", "", "", ""],
    ]


SHARES = st.lists(st.tuples(st.integers(0, 43), st.integers(0, 43), st.integers(0, 29), st.integers(0, 29)), min_size=5, max_size=10)


@given(counts=SHARES)
def test_what_is_told_apart_is_what_was_printed(counts: list[tuple[int, int, int, int]]) -> None:
    names = "Blood Heart Liver Skin Bone Brain Lung Eye Nail Hair".split()
    shares = [[f"{100 * c / n:.1f}" if c else "0" for c, n in zip(row, (43, 43, 29, 29), strict=True)] for row in counts]
    told = [(f"{n} harm", *row) for n, row in zip(names, shares, strict=False)]
    text = PACKED[: PACKED.index("Blood toxicity")] + " ".join("".join(row) for row in told) + "\n"
    for found in find_flattened(text):
        assert all(row in told or len([c for c in row if c]) < 3 for row in map(tuple, rows(found.table)[2:]))


def test_percentages_under_heads_that_do_not_say_so() -> None:
    heads = "Table 2Why it was endedFirst period(ABC + DE)(N = 43)Second period(XYZ + DE)(N = 29)"
    text = f"seen.{heads}Courses Median127Progression46.562.1 Harms30.210.3 Resection (%)14.03.4\n"
    assert rows(only(text)) == [
        ["", "First period (ABC + DE) (N = 43)", "Second period (XYZ + DE) (N = 29)"],
        ["Courses Median", "127", ""],
        ["Progression", "46.5", "62.1"],
        ["Harms", "30.2", "10.3"],
        ["Resection (%)", "14.0", "3.4"],
    ]
    assert find_flattened(text.replace("(N = 43)", "(N = 430)")) == []


def test_a_footnote_does_not_swallow_the_next_paragraph() -> None:
    table = LINE.replace("\n\nThe others were well.\n", "")
    for gap in ("\n\n", "  "):
        text = f"{table} * One left early.{gap}Median survival was 9.1 months with docetaxel.\n"
        assert [f.of(text) for f in only(text).footnotes] == ["* One left early."]
        told = [b.span.of(d.text) for d in [from_text(text)] for b in d.blocks if b.kind is BlockKind.TEXT]
        assert told[-1].endswith("Median survival was 9.1 months with docetaxel.")
