"""Finding names of closed lists, however they are spaced, hyphenated or cased."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extractor.entities.names import NameIndex, is_abbreviation, plain
from extractor.pipeline import Pipeline


def found(text: str, *names: str, plurals: bool = False) -> list[tuple[str, str]]:
    return [(h.span.of(text), h.concept) for h in NameIndex(((n, n) for n in names), plurals=plurals).find(text)]


@pytest.mark.parametrize("printed", ["QUArk150", "QUArk 150", "QUArk-150", "QUArk - 150"])
def test_blanks_and_hyphens_are_interchangeable(printed: str) -> None:
    assert found(f"In {printed}, all", "QUArk150") == [(printed, "QUArk150")]


@pytest.mark.parametrize(
    ("name", "printed", "so"),
    [
        # a word in any case
        ("zorafenib", "Zorafenib", True), ("zorafenib", "ZORAFENIB", True), ("overall survival", "Overall Survival", True),
        ("Zortruda", "zortruda", True),
        # an abbreviation as printed, a long one also in another case that is not all small
        ("OS", "OS", True), ("OS", "os", False), ("OS", "Os", False), ("pCR", "pCR", True), ("pCR", "PCR", False), ("TACE", "Tace", False),
        ("KEYSTONE-2", "Keystone-2", True), ("KEYSTONE-2", "keystone-2", False), ("QUArk150", "QUARK150", True),
    ],
)  # fmt: skip
def test_case(name: str, printed: str, so: bool) -> None:
    assert found(f"All of {printed} was told", name) == ([(printed, name)] if so else [])


@pytest.mark.parametrize(
    ("name", "printed", "so"),
    [
        ("adverse event", "adverse events", True),
        ("toxicity", "toxicities", True),
        ("AE", "AEs", True),
        ("OS", "OSs", False),
        ("zorafenib", "zorafenibx", False),
    ],
)
def test_plurals(name: str, printed: str, so: bool) -> None:
    assert found(f"The {printed} were told", name, plurals=True) == ([(printed, name)] if so else [])
    assert found(f"The {printed} were told", name) == []


def test_accents_make_no_difference() -> None:
    assert found("a naïve patient", "naive patient") == [("naïve patient", "naive patient")]
    assert plain("Naïve") == "naive"


def test_the_longest_name_wins_and_names_do_not_overlap() -> None:
    names = ("survival", "overall survival", "overall survival rate")
    assert found("overall survival rate and overall survival", *names) == [
        ("overall survival rate", "overall survival rate"),
        ("overall survival", "overall survival"),
    ]


def test_the_first_of_two_meanings_counts_and_the_print_chooses() -> None:
    index = NameIndex([("PCR", "the assay"), ("pCR", "the response"), ("PCR", "another")])
    assert [h.concept for h in index.find("PCR and pCR")] == ["the assay", "the response"]


@pytest.mark.parametrize("text", ["REACHED", "preREACH", "REACH2go", "BREACH", "REACHÉ"])
def test_no_name_inside_a_word(text: str) -> None:
    assert found(text, "REACH", "REACH-2") == []


@pytest.mark.parametrize(("text", "so"), [("5-FU", True), ("5FU", True), ("15-FU", False), ("5-FUX", False), ("FU", False)])
def test_digits_are_parts(text: str, so: bool) -> None:
    assert bool(found(f"gave {text} to", "5-FU")) is so


@pytest.mark.parametrize("between", [". ", ", ", "; ", ") (", ": "])
def test_a_name_does_not_reach_over_the_end_of_a_phrase(between: str) -> None:
    assert found(f"overall{between}survival", "overall survival") == []


def test_an_initial_belongs_to_its_name() -> None:
    assert found("given C. parvum in", "C. parvum") == [("C. parvum", "C. parvum")]


words = st.text(string.ascii_lowercase, min_size=4, max_size=9)


@given(st.lists(words, min_size=1, max_size=4, unique=True), words, words)
def test_a_name_is_found_where_it_stands_and_never_within_a_word(name: list[str], before: str, after: str) -> None:
    assume(not {before, after} & set(name))
    whole = " ".join(name)
    assert found(f"{before} {whole}, {after}", whole) == [(whole, whole)]
    assert found(f"{before}{whole} {after}", whole) == []
    assert found(f"{before} {whole}{after}", whole) == []


@given(st.lists(words, min_size=1, max_size=3), st.text(st.characters(), max_size=60))
def test_every_hit_is_a_span_of_whole_words(name: list[str], text: str) -> None:
    text = f"{text} {' '.join(name)} {text}"
    end = 0
    for hit in NameIndex([(" ".join(name), 1)], plurals=True).find(text):
        assert hit.span.start >= end
        end = hit.span.end
        assert not text[hit.span.start - 1 : hit.span.start].isalnum()
        assert not text[hit.span.end : hit.span.end + 1].isalnum()


@pytest.mark.parametrize(
    ("name", "so"),
    [
        ("OS", True),
        ("pCR", True),
        ("5-FU", True),
        ("TACE", True),
        ("Zortruda", False),
        ("overall survival", False),
        ("REACH-2", True),
        ("mTOR", True),
    ],
)
def test_abbreviations(name: str, so: bool) -> None:
    assert is_abbreviation(name) is so


def test_two_responses_summed_are_two_mentions() -> None:
    read = Pipeline().extract_text("Results\n\nCR or PR was seen in 12 patients and CR+PR+SD in 20.\n")
    assert [(m.text, m.norm) for m in read.mentions if m.label == "ENDPOINT"][:2] == [("CR", "CR"), ("PR", "PR")]


def test_an_association_for_the_study_of_something_is_no_trial() -> None:
    text = "The Eastern Association for the Study of Moles (EASMO) told how. The Rhine Study of Old Moles (RHISMO) did so too.\n"
    assert [m.text for m in Pipeline().extract_text(f"Results\n\n{text}").mentions if m.label == "TRIAL"] == ["RHISMO"]


def test_a_share_behind_compared_with_is_no_group() -> None:
    read = Pipeline().extract_text("Results\n\nRash was seen in 12% of patients with docetaxel compared with 4% with gemcitabine.\n")
    assert not [m.text for m in read.mentions if m.label == "POPULATION" and "%" in m.text]
