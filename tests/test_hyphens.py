"""What a word was before the line ended."""

from __future__ import annotations

import pytest

from extractor.ingest.hyphens import Vocabulary, suspends

PLAIN = Vocabulary.of("")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("bevaci", "zumab"), ("Bevaci", "zumab"), ("mor", "tality"), ("respec", "tively"), ("ramu", "cirumab"), ("signif", "icance"),
        ("pre", "served"), ("hyper", "tension"), ("mono", "therapy"), ("end", "point"), ("anti", "body"), ("a", "zacitidine"),
    ],
)  # fmt: skip
def test_two_halves_are_one_word(left: str, right: str) -> None:
    assert PLAIN.one_word(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("regorafenib", "showed"), ("clinical", "trials"), ("trial", "led"), ("body", "weight"), ("in", "patients"), ("a", "mixture"),
        ("Baetz", "study"), ("food", "qwertzing"), ("an", "interqwertz"),
    ],
)  # fmt: skip
def test_two_words_stay_apart(left: str, right: str) -> None:
    assert not PLAIN.one_word(left, right)


def test_a_pair_that_the_paper_prints_side_by_side_is_no_word() -> None:
    assert PLAIN.one_word("end", "point")
    assert not Vocabulary.of("It was the last end point of all.").one_word("end", "point")


def test_what_is_sure_needs_a_half_that_is_no_word() -> None:
    assert PLAIN.surely_one_word("Bevaci", "zumab")
    assert not PLAIN.surely_one_word("end", "point")
    assert not PLAIN.surely_one_word("qwer", "tzuiop")


@pytest.mark.parametrize(
    ("left", "right", "drops"),
    [
        ("mor", "tality", True), ("chemo", "therapy", True), ("bevacizum", "ab", True), ("Ab", "dominal", True), ("tumo", "rigenesis", True),
        ("first", "line", False), ("double", "blind", False), ("Child", "Pugh", False), ("Kaplan", "Meier", False), ("ABD", "EFC", False),
        ("PIV", "KA", True), ("meta", "analysis", False), ("long", "term", False), ("progression", "free", False), ("well", "tolerated", False),
    ],
)  # fmt: skip
def test_whose_hyphen_it_is(left: str, right: str, drops: bool) -> None:
    assert PLAIN.drops_hyphen(left, right) is drops


def test_the_paper_itself_says_how_it_writes_a_word() -> None:
    assert PLAIN.drops_hyphen("follow", "qwertz") is False
    assert Vocabulary.of("They told of a followqwertz in it.").drops_hyphen("follow", "qwertz") is True
    assert Vocabulary.of("All of the pre-operative, the pre-operative charts.").drops_hyphen("pre", "operative") is False


def test_words_at_line_ends_say_nothing() -> None:
    assert Vocabulary.of("Then qwertz\nzuiop then").counts["qwertz"] == 0
    assert Vocabulary.of("Then qwertz zuiop\nthen").counts["qwertz"] > 0


@pytest.mark.parametrize(
    ("right", "so"), [("and third-line", True), ("or later", True), ("to six", True), ("to-treat", False), ("order", False), ("line", False)]
)
def test_a_suspended_hyphen(right: str, so: bool) -> None:
    assert suspends(right) is so
