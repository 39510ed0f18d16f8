"""Columns that print no number of patients, named by groups that the paper's sentences speak of. All papers here are invented."""

from __future__ import annotations

from test_flattened import only, rows

from extractor.ingest.flattened import find_flattened

PROSE = "Pain was milder in the zoltane group. We set zoltane against carbide, zoltane and carbide alike, and those who received carbide slept."
SHARES = " Rash 10 (20.0) 5 (12.5) Cough 20 (40.0) 8 (20.0) Fever 5 (10.0) 15 (37.5) Pain 4 (8.0) 6 (15.0)"
COUNTS = " Rash Grade 1 1 2 Grade 2 3 0 Grade 3 4 2 Cough Grade 1 0 1 Grade 2 0 1 Grade 3 0 0 Fever Grade 1 0 7 Grade 2 1 1"


def test_percentages_under_groups() -> None:
    assert rows(only(f"{PROSE}   Table 2 Adverse events of all Event Zoltane Carbide{SHARES}\n\nEnd.\n"))[:3] == [
        ["", "Zoltane", "Carbide"],
        ["Rash", "10 (20.0)", "5 (12.5)"],
        ["Cough", "20 (40.0)", "8 (20.0)"],
    ]


def test_p_values_behind_groups() -> None:
    text = f"{PROSE}   Table 2 Adverse events Event Zoltane Carbide P value{SHARES.replace(')', ') ?')}\n\nEnd.\n".replace("?", "", 1)
    with_p = (
        text.replace("5 (12.5) ?", "5 (12.5) 0.33").replace("8 (20.0) ?", "8 (20.0) 0.04").replace("15 (37.5) ?", "15 (37.5) 0.02").replace("?", "")
    )
    assert rows(only(with_p))[:3] == [
        ["", "Zoltane", "Carbide", "P value"],
        ["Rash", "10 (20.0)", "5 (12.5)", "0.33"],
        ["Cough", "20 (40.0)", "8 (20.0)", "0.04"],
    ]


def test_counts_of_grades_under_groups() -> None:
    assert rows(only(f"{PROSE}   Table 2 Toxicity of zoltane and carbide Toxicity Zoltane Carbide{COUNTS}\n\nEnd.\n"))[:6] == [
        ["", "Zoltane", "Carbide"],
        ["Rash", "", ""],
        ["Grade 1", "1", "2"],
        ["Grade 2", "3", "0"],
        ["Grade 3", "4", "2"],
        ["Cough", "", ""],
    ]


def test_names_that_no_sentence_makes_groups_are_not_guessed() -> None:
    for prose in ("Zoltane and carbide are old.", "Rash and cough were seen.", "Pain was milder in the zoltane group. Carbide group patients slept."):
        assert find_flattened(f"{prose}   Table 2 Adverse events Event Zoltane Carbide{SHARES}\n\nEnd.\n") == []


def test_percentages_of_other_numbers_are_not_of_one_column() -> None:
    assert find_flattened(f"{PROSE}   Table 2 Adverse events Event Zoltane Carbide{SHARES.replace('20.0', '31.7')}\n\nEnd.\n") == []


def test_counts_of_which_one_row_is_short_prove_nothing() -> None:
    assert find_flattened(f"{PROSE}   Table 2 Toxicity Toxicity Zoltane Carbide{COUNTS.replace('4 2 Cough', '4 (2) Cough')}\n\nEnd.\n") == []
