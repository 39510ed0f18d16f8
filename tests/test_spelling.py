"""Misspelt names of drugs: linked where there can be no doubt, never to another drug."""

from __future__ import annotations

import random
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.entities.spelling import Slip, meant, slips, speller
from extractor.lexicons import Drug, drugs


@pytest.mark.parametrize(
    ("word", "name", "found"),
    [
        ("carbozantinib", "cabozantinib", [Slip.CONSONANT_MOVED]),
        ("regorefenib", "regorafenib", [Slip.VOWEL_CHANGED]),
        ("anastrozol", "anastrozole", [Slip.VOWEL_MOVED]),
        ("flourouracil", "fluorouracil", [Slip.SWAPPED]),
        ("gemcittabine", "gemcitabine", [Slip.DOUBLED]),
        ("apatinib", "afatinib", [Slip.CHANGED]),
        ("docetaxel", "docetaxel", []),
    ],
)
def test_what_went_wrong(word: str, name: str, found: list[Slip]) -> None:
    assert slips(word, name) == tuple(found)


def test_three_slips_are_too_many() -> None:
    assert slips("dosetacsal", "docetaxel") is None


@pytest.mark.parametrize(
    ("word", "inn"),
    [
        ("carbozantinib", "cabozantinib"), ("Regorefenib", "regorafenib"), ("ramucirimab", "ramucirumab"), ("epiribicin", "epirubicin"),
        ("adriamicin", "doxorubicin"), ("nedaplatine", "nedaplatin"), ("fluourouracil", "fluorouracil"),
        ("lenvatinb", "lenvatinib"), ("atezolizumb", "atezolizumab"),
        # names, and what only resembles one
        ("apatinib", None), ("afatinib", None), ("sorafenib", None), ("prednisolone", None), ("idarubicinol", None), ("abatinib", None),
        ("taxol", None), ("cis", None), ("", None), ("flat", None),
    ],
)  # fmt: skip
def test_which_drug_is_meant(word: str, inn: str | None) -> None:
    assert meant(word) == inn


def test_no_name_of_the_lexicon_is_linked_to_another() -> None:
    assert [(name, meant(name)) for drug in drugs() for name in drug.names if meant(name) is not None] == []


def slip(name: str, dice: random.Random) -> str:
    """A name with one slip, its first letter as it is."""
    at = dice.randrange(1, len(name) - 1)
    kind = dice.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + dice.choice(string.ascii_lowercase) + name[at:]
    if kind == 2:
        return name[:at] + dice.choice(string.ascii_lowercase) + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def test_slips_of_a_letter_are_linked_and_none_to_another_drug() -> None:
    dice = random.Random(11)
    names = dice.sample([d.inn for d in drugs() if re.fullmatch("[a-z]{8,}", d.inn)], 250)
    pairs = [(name, slip(name, dice)) for name in names]
    found = [(name, word, meant(word)) for name, word in pairs if word != name]
    assert [row for row in found if row[2] not in (None, row[0])] == []
    assert sum(inn == name for name, _, inn in found) >= 0.85 * len(found)


def drug(inn: str) -> Drug:
    return Drug.model_validate({"inn": inn, "kind": "general", "class": "x", "target": "", "atc": "", "brands": "", "codes": "", "synonyms": ""})


def test_where_two_drugs_are_as_near_none_is_meant() -> None:
    assert speller([drug("zorvatinabe")]).meant("zorvatinibe") == "zorvatinabe"
    assert speller([drug("zorvatinabe"), drug("zorvatinobe")]).meant("zorvatinibe") is None


def test_a_nearer_name_that_may_not_be_meant_keeps_a_farther_one_from_being_meant() -> None:
    # One letter for another in a short name could be another drug, and two slips away there is a long one.
    assert speller([drug("zorbatinab")]).meant("zorbatin") is None
    assert speller([drug("zorbafin"), drug("zorbatinib")]).meant("zorbatin") is None


words = st.text("abcde", min_size=1, max_size=9)


@given(words, words)
def test_slips_are_counted_the_same_from_both_sides(one: str, other: str) -> None:
    forth, back = slips(one, other), slips(other, one)
    assert (forth is None) == (back is None)
    assert forth is None or back is None or len(forth) == len(back)


@given(words)
def test_a_word_has_no_slips_against_itself(word: str) -> None:
    assert slips(word, word) == ()
