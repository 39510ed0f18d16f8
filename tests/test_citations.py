"""What is a citation mark, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.ingest.citations import find_marks, numbers_in

Marks = list[tuple[str, tuple[int, ...]]]


def found(text: str, *, names: tuple[str, ...] = ()) -> Marks:
    return [(m.span.of(text), m.numbers) for m in find_marks(text, names=names)]


# A paper whose marks are superscripts that lost their height, up to number 8.
STUCK = "In most of the cases.1 Two trials,2,3 both old,4 were read.5 One was from Germany.6 In all) it was so.7,8 "


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        pytest.param(STUCK, [("1", (1,)), ("2,3", (2, 3)), ("4", (4,)), ("5", (5,)), ("6", (6,)), ("7,8", (7, 8))], id="series"),
        pytest.param(STUCK + "It was 0.18–0.58)9 and more.", [("9", (9,))], id="after a bracket"),
        pytest.param(STUCK + "It came with the results in 2020.9 In this", [("9", (9,))], id="after a year"),
        pytest.param(STUCK + "It was seen in Germany9 and more.", [("9", (9,))], id="after a word"),
        pytest.param(STUCK + "It was told again.9–12 More of it", [("9–12", (9, 10, 11, 12))], id="range"),
        pytest.param(STUCK + "It was told before.3 More of it", [("3", (3,))], id="cited again"),
        pytest.param(STUCK + "It binds to the receptor VEGFR-2.9 It is so.10 More", [("9", (9,)), ("10", (10,))], id="the one that is lacking"),
        pytest.param(STUCK + "It was seen in HCC9 and more.10 More", [("9", (9,)), ("10", (10,))], id="after an abbreviation, lacking"),
        # Not marks:
        pytest.param(STUCK + "It binds to the receptor VEGFR-2.6 It is so.9 More", [("9", (9,))], id="a decimal that is not lacking"),
        pytest.param(STUCK + "In all 9.4 of them, and 12 more.", [], id="values"),
        pytest.param(STUCK + "It grew to 50 cm3 and 60 mm2 at last.", [], id="units"),
        pytest.param(STUCK + "The IMbrave150 trial and the level of TIMP1 rose.", [], id="far from the series"),
        pytest.param(STUCK + "Fatigue9 (34.0)6 (12.8)10 (26.0)", [], id="cells of a table"),
        pytest.param(STUCK + "Fatigue9%", [], id="percent"),
        pytest.param(STUCK + "It had cytokine9 (CK9) in it", [], id="a name with its short form"),
        pytest.param(STUCK + "It was so.\n\nBODY.9. METHODS:", [], id="label"),
        pytest.param(STUCK + "The tau9 rose, the tau9 fell and the tau9 rose.", [], id="a name that comes again and again"),
        pytest.param(STUCK + "It was so.09 More", [], id="no number starts with naught"),
    ],
)
def test_superscripts_that_lost_their_height(text: str, marks: Marks) -> None:
    assert found(text)[-len(marks) or len(text) :] == marks
    if not marks:
        assert found(text) == found(STUCK)


def test_a_listed_name_is_no_mark() -> None:
    text = STUCK + "So the drugtrial9 showed."
    assert found(text)[-1] == ("9", (9,))
    assert found(text, names=("drugtrial9",)) == found(STUCK)


@pytest.mark.parametrize(
    "text",
    [
        "Only one mark.1 Here, and TIMP1 as well as CXCL12.",
        "A phase 2 study of grade 3 events in 40 patients.",
        "for all women.4 For some.9 For none.31",
        "IMbrave150, KEYNOTE-240 and CheckMate 040",
    ],
)
def test_numbers_that_form_no_series_are_none(text: str) -> None:
    assert found(text) == []


def test_marks_in_round_brackets() -> None:
    text = "One (1). Two (2). Three (3). Four (4–7). Eight (8). Nine (9–11). Twelve (12). Thirteen (13). And the sixteenth (16) of them."
    assert [m for m, _ in found(text)] == ["(1)", "(2)", "(3)", "(4–7)", "(8)", "(9–11)", "(12)", "(13)", "(16)"]


@pytest.mark.parametrize("other", [STUCK, "As told [1]. Then [2]. Then [3,4]. Then [5]. "])
def test_items_of_a_list_are_none_where_another_style_carries_the_citations(other: str) -> None:
    text = other + "They had to be: (1) old enough; (2) without a fever; (3) able to walk; and (4) willing to do so."
    assert found(text) == found(other)


def test_counts_in_brackets_are_none() -> None:
    text = "Its arms had women with fever (3), rash (14), pain (2), cough (31), itching (7), thirst (1), hunger (88) and nothing (40)."
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("as told [12, 14-16] before", []),  # no series starts at 12
        ("one [1], two [2-4], six [5, 6] and more [12]", [("[1]", (1,)), ("[2-4]", (2, 3, 4)), ("[5, 6]", (5, 6))]),
        ("[1-12] told it, then [12, 14-16] did", [("[1-12]", tuple(range(1, 13))), ("[12, 14-16]", (12, 14, 15, 16))]),
        ("at [5.3 months] and [n=12]", []),
    ],
)
def test_marks_in_square_brackets(text: str, marks: Marks) -> None:
    assert found(text) == marks


def test_a_mark_in_the_other_bracket_counts_where_the_series_has_come_so_far() -> None:
    series = "".join(f"It was so ({n}). " for n in range(1, 12))
    assert found(series + "It was told by others [10]. It was told by all [40].")[-1] == ("[10]", (10,))


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("stage.Citation3,Citation4 Treatment", [("Citation3,Citation4", (3, 4))]),
        ("the trial,Citation13 regorafenib", [("Citation13", (13,))]),
        ("all.Citation5–7 More", [("Citation5–7", (5, 6, 7))]),
        ("Citation of others is fair", []),
    ],
)
def test_marks_that_are_spelled_out(text: str, marks: Marks) -> None:
    assert found(text) == marks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("in rats (Roe et al, 1998; Doe and Poe, 2000).", ["(Roe et al, 1998; Doe and Poe, 2000)"]),
        ("by Roe et al (2004) and Doe et al. (2005b)", ["(2004)", "(2005b)"]),
        ("treated (from May to June) in 2004", []),
        ("(J Imag Med 2002;22:69-74)", []),
    ],
)
def test_authors_and_years(text: str, marks: list[str]) -> None:
    assert [m for m, _ in found(text)] == marks


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("12", (12,)),
        ("4-6", (4, 5, 6)),
        ("4–6, 8", (4, 5, 6, 8)),
        ("[1,3]", (1, 3)),
        ("Citation5–7", (5, 6, 7)),
        ("9-3", (9, 3)),
        ("1-900", (1, 900)),
    ],
)
def test_a_printed_list_names_entries(printed: str, numbers: tuple[int, ...]) -> None:
    assert numbers_in(printed) == numbers


@given(
    st.lists(
        st.one_of(st.sampled_from(["word.", "[1]", "(2)", "3", "4,5", "Citation6", "(Roe, 2000)", "VEGFR-2.7 It", "\n", "cm3"]), st.text(max_size=5))
    )
)
def test_marks_are_apart_and_in_order(parts: list[str]) -> None:
    text = " ".join(parts)
    marks = find_marks(text)
    for one, other in pairwise(marks):
        assert one.span.end <= other.span.start
    assert all(mark.span.end <= len(text) for mark in marks)
