"""Printed numbers and what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.quantities import NUMBER_WORDS, Number, find_intervals, find_p_values, parse_bound, parse_number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("0.60", 0.6), ("12", 12), ("1,234", 1234), ("1,234.5", 1234.5), (".03", 0.03), ("10.2%", 10.2), ("10 %", 10), (" 7 ", 7), ("-0.4", -0.4),
        ("Twelve", 12), ("twenty-one", 21), ("no", 0), ("None", 0),
    ],
)  # fmt: skip
def test_numbers(printed: str, number: Number) -> None:
    got = parse_number(printed)
    assert got == number
    assert type(got) is type(number)


@pytest.mark.parametrize("printed", ["", "abc", "0,62", "1.2.3", "12-14", "%"])
def test_what_is_no_number_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match=r"could not convert|invalid literal"):
        parse_number(printed)


@given(st.integers(0, 99))
def test_number_words_are_read_over_their_whole_domain(number: int) -> None:
    words = [w for w, n in NUMBER_WORDS.items() if n == number]
    if number < 21 or number % 10 == 0 or number > 20:
        assert words, number
    for word in words:
        assert parse_number(word) == number


def test_number_words_say_what_they_mean() -> None:
    assert [NUMBER_WORDS[w] for w in ("thirteen", "nineteen", "twenty", "thirty", "forty-two", "ninety-nine")] == [13, 19, 20, 30, 42, 99]


@given(st.floats(0, 1e6, allow_nan=False).map(lambda x: f"{x:.2f}"))
def test_a_decimal_keeps_its_value(printed: str) -> None:
    assert parse_number(printed) == float(printed)


@given(st.integers(0, 10**9))
def test_an_integer_keeps_its_value_with_and_without_commas(number: int) -> None:
    assert parse_number(str(number)) == number
    assert parse_number(f"{number:,}") == number


@pytest.mark.parametrize("printed", ["NA", "NR", "NE", "not reached", "not yet reached", "Not estimable", "∞", "upper limit not reached"])
def test_a_bound_that_was_not_reached(printed: str) -> None:
    assert parse_bound(printed) is None


@pytest.mark.parametrize(
    ("text", "intervals"),
    [
        ("HR 0.61 (95% CI 0.50-0.75)", [(0.5, 0.75, 95)]),
        ("(95% CI: 9.1, NA)", [(9.1, None, 95)]),
        ("(95% CI NR to 12.1)", [(None, 12.1, 95)]),
        ("(CI 3.1-4.1)", [(3.1, 4.1, None)]),
        ("(99.5% CI 0.44-0.92)", [(0.44, 0.92, 99.5)]),
        ("95% CI -3.1 to 4.1", [(-3.1, 4.1, 95)]),
        ("95% CI NA-NA", []),
        ("7.1 (95% CI 6-8) and 9.1 (95% CI 8-10)", [(6, 8, 95), (8, 10, 95)]),
        ("a CI was planned", []),
    ],
)
def test_intervals(text: str, intervals: list[tuple[Number | None, Number | None, Number | None]]) -> None:
    assert [(i.low, i.high, i.level) for i in find_intervals(text)] == intervals
    assert all("CI" in i.span.of(text) for i in find_intervals(text))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("p < 0.001", [("<", 0.001)]),
        ("P=.04 and p≥0.5", [("=", 0.04), (">=", 0.5)]),
        ("a p value of 0.03", [("=", 0.03)]),
        ("p-value was 0.03", [("=", 0.03)]),
        ("p = 0,03", [("=", 0.03)]),
        ("p = 3.1 x 10-5", [("=", 3.1e-5)]),
        ("p for trend = 0.2", [("=", 0.2)]),
        ("p (two-sided) = 0.2", [("=", 0.2)]),
        ("p = NS", []),
        ("p = 1.2", []),
        ("grp = 0.04", []),
    ],
)
def test_p_values(text: str, values: list[tuple[str, Number]]) -> None:
    assert [(p.op, p.value) for p in find_p_values(text)] == values


@given(st.text(st.one_of(st.sampled_from("0123456789.,%-()[] pP=<CIHRtoNA"), st.characters()), max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    for interval in find_intervals(text):
        assert interval.low is not None or interval.high is not None
    for p in find_p_values(text):
        assert 0 <= p.value <= 1
        assert p.op in {"=", "<", ">", "<=", ">="}
