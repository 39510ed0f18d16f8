"""Tables of toxicities that were run together: the grades below the names of the columns, numbers of patients in words, cells without a number."""

from __future__ import annotations

import itertools

import pytest

from extractor.ingest import from_text
from extractor.ingest.flattened import find_flattened
from extractor.ingest.subheads import sub_heads
from extractor.pipeline import Pipeline
from extractor.records import Measurement

PIPELINE = Pipeline()
TEXT = """TITLE:
Topotecan versus lurbinectedin in small cell lung cancer: a randomised phase 3 trial

BODY.METHODS:
Patients were randomly assigned to topotecan or lurbinectedin.

BODY.RESULTS:
Nausea was more frequent in the topotecan group than in the lurbinectedin group. Toxicities are given in Table 1.   Table 1 {table} Both were
feasible.
"""
ONE_ARM = """TITLE:
Lurbinectedin in small cell lung cancer: a phase II trial

BODY.METHODS:
All 60 patients were treated with lurbinectedin.

BODY.RESULTS:
Toxicities are given in Table 1.   Table 1 {table} It was feasible.
"""
EVENTS = ("Nausea", "Fatigue", "Rash", "Anemia", "Diarrhea", "Vomiting", "Mucositis")
SIZES = (60, 80)
COUNTS = ((24, 3), (18, 6), (9, 2), (33, 12), (12, 4), (21, 5), (15, 1)), ((32, 4), (16, 8), (20, 5), (44, 10), (24, 2), (28, 7), (12, 3))
"""Patients of each arm with each event: of any grade or grade 1-2, and grade 3-4."""


def heads(form: str) -> str:
    return " ".join(form.format(name=name, n=n) for name, n in zip(("Topotecan", "Lurbinectedin"), SIZES, strict=True))


def cell(form: str, count: int, n: int) -> str:
    return form.format(count=count, share=f"{100 * count / n:.1f}")


def rows(form: str) -> str:
    told = []
    for i, event in enumerate(EVENTS):
        cells = [cell(form, count, n) for arm, n in enumerate(SIZES) for count in COUNTS[arm][i]]
        told.append(" ".join((event, *cells)))
    return " ".join(told)


def found(text: str) -> dict[tuple[str | None, str | None, str | None], float | None]:
    records = PIPELINE.extract_document(from_text(text)).records
    return {(r.arm, r.event, r.grade): r.value for r in records if isinstance(r, Measurement) and r.endpoint == "AE" and r.value is not None}


BELOW = {
    "All grades Grade 3-4": ("any", "3-4"),
    "Any grade Grade ≥3": ("any", ">=3"),
    "1-2 3-4": ("1-2", "3-4"),
    "G1-2 G3-4": ("1-2", "3-4"),
    "I-II III-IV": ("1-2", "3-4"),
    "All 3/4": ("any", "3-4"),
    "All grades, n (%) Grade 3-4, n (%)": ("any", "3-4"),
}
NAMES = ("{name} (n = {n})", "{name} n = {n}", "{name} ({n} patients)", "{name} (No. {n} pts)", "{name} arm (n = {n}), n (%)", "{name} group")


@pytest.mark.parametrize(("name", "below"), list(itertools.product(NAMES, BELOW)))
def test_grades_below_the_names(name: str, below: str) -> None:
    table = f"Toxicity by grade Toxicity {heads(name)} {below} {below} {rows('{count} ({share})')}"
    told = found(TEXT.format(table=table))
    for (arm, drug), (i, event), (j, grade) in itertools.product(
        enumerate(("topotecan", "lurbinectedin")), enumerate(EVENTS), enumerate(BELOW[below])
    ):
        assert told.get((drug, event.lower(), grade)) == round(100 * COUNTS[arm][i][j] / SIZES[arm], 1), (drug, event, grade)


def test_grades_as_bare_numbers_over_counts() -> None:
    body = "Nausea 12 5 2 0 14 4 1 1 Rash - 1 - 1 9 2 - 4 Fatigue 8 6 3 - 2 - 1 - Anemia 10 9 4 2 12 8 3 1 Diarrhea 5 3 1 1 7 2 2 0"
    told = found(TEXT.format(table=f"Toxicity by grade Event {heads('{name} (n = {n})')} Grade 1 2 3 4 1 2 3 4 {body}"))
    assert told[("topotecan", "nausea", "1")] == 12
    assert told[("topotecan", "rash", "4")] == 1
    assert told[("lurbinectedin", "rash", "1")] == 9
    assert told[("lurbinectedin", "fatigue", "3")] == 1
    assert all(" " not in (event or "") for _, event, _ in told)


def test_counts_and_percentages_in_columns_of_their_own() -> None:
    for name in ("{name} (n = {n})", "{name} group"):
        body = " ".join(
            f"{event} {COUNTS[0][i][0]} {100 * COUNTS[0][i][0] / 60:.1f} {COUNTS[1][i][0]} {100 * COUNTS[1][i][0] / 80:.1f}"
            for i, event in enumerate(EVENTS)
        )
        told = found(TEXT.format(table=f"Toxicity Event {heads(name)} n % n % {body}"))
        assert told[("topotecan", "nausea", None)] == 40.0
        assert told[("lurbinectedin", "mucositis", None)] == 15.0
    wrong = body.replace("40.0", "61.0").replace("30.0", "71.0").replace("15.0", "25.0").replace("20.0", "44.0")
    assert not found(TEXT.format(table=f"Toxicity Event {heads('{name} (n = {n})')} n % n % {wrong}"))


def test_a_row_that_lacks_a_cell_goes_into_no_label() -> None:
    body = rows("{count}").replace("Rash 9 2 20 5", "Rash 9 2 5") + " Cough 3 1 4 2 Fever 5 1 6 2 Pain 7 2 8 1"
    told = found(TEXT.format(table=f"Toxicity Event {heads('{name} (n = {n})')} Grade 1-2 Grade 3-4 Grade 1-2 Grade 3-4 {body}"))
    assert told[("topotecan", "fatigue", "1-2")] == 18
    assert all(" " not in (event or "") for _, event, _ in told)


def test_names_of_kinds_of_events_stand_above_their_rows() -> None:
    for blank in (" ", ""):
        body = rows("{count} ({share})").replace("Nausea", f"Gastrointestinal{blank}Nausea").replace("Anemia", f"Hematologic{blank}Anemia")
        told = found(TEXT.format(table=f"Toxicity Event {heads('{name} (n = {n})')} All grades Grade 3-4 All grades Grade 3-4 {body}"))
        assert told[("topotecan", "nausea", "any")] == 40.0
        assert told[("lurbinectedin", "anemia", "3-4")] == 12.5


def test_what_the_column_of_names_is_called_is_no_arm() -> None:
    told = found(TEXT.format(table=f"Toxicity Adverse event, n (%) {heads('{name}, n (%)')} {' '.join(f'{e} 6 (10.0) 8 (10.0)' for e in EVENTS)}"))
    assert {arm for arm, *_ in told} == {"topotecan", "lurbinectedin"}


def test_cells_without_a_blank_between_them() -> None:
    body = "Nausea24 (40.0)3 (5.0)32 (40.0)4 (5.0)Rash9 (15.0)-20 (25.0)5 (6.2)Fatigue18 (30.0)6 (10.0)16 (20.0)8 (10.0)"
    table = f"ToxicityEventTopotecan (n = 60)Lurbinectedin (n = 80)All gradesGrade 3-4All gradesGrade 3-4{body}Vomiting21 (35.0)-28 (35.0)7 (8.8)"
    told = found(TEXT.format(table=table))
    assert told[("lurbinectedin", "rash", "3-4")] == 6.2
    assert told[("lurbinectedin", "vomiting", "any")] == 35.0
    assert all("(" not in (event or "") for _, event, _ in told)


@pytest.mark.parametrize(
    ("above", "grades"),
    [
        ("All grades Grade 3-4", ("any", "3-4")),
        ("Grade 1-2 Grade 3-4", ("1-2", "3-4")),
        ("G1-2 G3-4", ("1-2", "3-4")),
        ("Grade 1-2 3-4", ("1-2", "3-4")),
    ],
)
def test_grades_of_one_group(above: str, grades: tuple[str, str]) -> None:
    body = " ".join(
        f"{event} {one} ({100 * one / 60:.1f}) {other} ({100 * other / 60:.1f})" for event, (one, other) in zip(EVENTS, COUNTS[0], strict=True)
    )
    told = found(ONE_ARM.format(table=f"Toxicity Event {above} {body}"))
    assert told[("lurbinectedin", "nausea", grades[0])] == 40.0
    assert told[("lurbinectedin", "mucositis", grades[1])] == 1.7


def cells(table: str) -> set[str]:
    return {one.text for found in find_flattened(TEXT.format(table=table)) for one in found.table.cells}


def test_a_range_with_blanks_is_one_cell() -> None:
    body = "Nausea 24 32 Fatigue 18 16 Rash 9 20 Anemia 33 44 Days 3 - 9 2 - 8 Diarrhea 12 24 Vomiting 21 28"
    assert {"3 - 9", "2 - 8"} <= cells(f"Cycles Event {heads('{name} (n = {n})')} {body}")


def test_a_row_with_one_cell_leaves_the_table_as_it_is_where_nothing_else_proves_it() -> None:
    body = rows("{count}").replace("Rash 9 2 20 5", "Rash 9")
    assert not found(TEXT.format(table=f"Toxicity Event {heads('{name} group')} Grade 1-2 Grade 3-4 Grade 1-2 Grade 3-4 {body}"))
    one = " ".join(f"{event} {a} {b}" for event, (a, b) in zip(EVENTS, COUNTS[0], strict=True)).replace("Rash 9 2", "Rash 9")
    assert not found(ONE_ARM.format(table=f"Toxicity Event All grades Grade 3-4 {one} Cough 3 1 Fever 5 1"))


def test_cells_that_a_label_swallowed_are_no_name() -> None:
    body = rows("{count} ({share})").replace("Rash 9 (15.0) 2 (3.3) 20", "Rash 9 (15.0) ? 20")
    told = found(TEXT.format(table=f"Toxicity Event {heads('{name} (n = {n})')} All grades Grade 3-4 All grades Grade 3-4 {body}"))
    assert told[("topotecan", "fatigue", "any")] == 30.0
    assert not any("(" in (event or "") for _, event, _ in told)


def test_a_name_goes_on_before_the_word_that_both_begin_with() -> None:
    named = "Ad5-IL/ Topotecan/ carboplatin (n = 60) Topotecan/ carboplatin (n = 80)"
    assert "Ad5-IL/ Topotecan/ carboplatin (n = 60)" in cells(f"Toxicity Event {named} {' '.join(f'{e} 6 (10.0) 8 (10.0)' for e in EVENTS)}")


def test_kinds_of_events_in_several_words() -> None:
    body = rows("{count} ({share})").replace("Anemia", "Blood disordersAnemia")
    told = found(TEXT.format(table=f"Toxicity Event {heads('{name} (n = {n})')} All grades Grade 3-4 All grades Grade 3-4 {body}"))
    assert told[("lurbinectedin", "anemia", "3-4")] == 12.5


def test_percentages_beside_counts_prove_unsized_columns() -> None:
    body = "Nausea 24 40.0 32 40.0 Fatigue 18 30.0 16 20.0 Rash 9 15.0 20 25.0 Anemia 33 55.0 44 55.0"
    assert found(TEXT.format(table=f"Toxicity Event {heads('{name} group')} n % n % {body}"))[("topotecan", "nausea", None)] == 40.0


def test_heads_below_more_names_than_were_found() -> None:
    text = "Drug A Drug B n % n % n % n % Nausea 1 2"
    assert sub_heads(text, 13, len(text), 2) is None
    assert sub_heads(text, 13, len(text), 4) is not None


def test_a_table_whose_labels_and_columns_have_units() -> None:
    body = (
        "Hematologic Fatigue 35 (40) 14 (16) 20 (14) 24 (17) 0.94 Diarrhea 1 (1) 4 (5) 26 (19) 15 (11) 0.43 Nausea 23 (26) 8 (9) 5 (4) 8 (6) 0.92 "
        "Alopecia 17 (19) 14 (16) 2 (1) 0.51 Vomiting 16 (18) 8 (9) 43 (31) 26 (19) 0.15 Non-hematologic Rash 10 (11) 9 (10) 36 (26) 10 (7) 0.23 "
        "Cough 1 (1) 10 (7) 1 (1) 0.02 Fever 15 (17) 6 (7) 5 (4) 0.39 Pain 15 (17) 3 (3) 39 (28) 11 (8) 0.66 Anemia 7 (8) 1 (1) 7 (5) 19 (14) 0.07"
    )
    below = "Grade 1-2 Grade 3-4 Grade 1-2 Grade 3-4"
    told = found(TEXT.format(table=f"Toxicity Adverse event, n (%) {heads('{name}, n (%)')} P value {below} {body}"))
    assert {grade for *_, grade in told} <= {"1-2", "3-4"}
