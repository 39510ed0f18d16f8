"""Drugs that no list holds, by their form and by the words around them."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import lexicons
from extractor.document import CharSpan
from extractor.entities import MentionKind, recognize, unlisted
from extractor.entities.unlisted import TABLE_BITS, Weights, candidates, context_features, form_features, read_weights
from extractor.ingest import from_text
from extractor.sections import segment
from extractor.syntax import Parser

INVENTED = ("zelfotrepid", "quarbenilast", "vorbasetine", "prelutamine", "brivolamide", "xandrolimide")


def drugs(text: str) -> list[tuple[str, str]]:
    sentences = recognize(Parser().sentences(segment(from_text(text)))).sentences
    return [(m.span.of(read.sentence.text), m.norm) for read in sentences for m in read.mentions if m.kind is MentionKind.DRUG]


def test_the_invented_names_are_in_no_list() -> None:
    known = {name.casefold() for name in lexicons.names()} | set(lexicons.words())
    assert known.isdisjoint(INVENTED)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Patients received zelfotrepid 35 mg daily or placebo.", ["zelfotrepid"]),
        ("Median OS was 9.7 months with quarbenilast plus docetaxel.", ["quarbenilast", "docetaxel"]),
        ("Women were given vorbasetine and tamoxifen.", ["vorbasetine", "tamoxifen"]),
        ("Docetaxel and Prelutamine were given every 3 weeks.", ["Docetaxel", "Prelutamine"]),
        ("We randomised patients to oral brivolamide (250 mg twice daily) or observation alone.", ["brivolamide"]),
        ("After xandrolimide failure, patients received cabazitaxel.", ["xandrolimide", "cabazitaxel"]),
    ],
)
def test_a_name_of_no_list_is_found(text: str, found: list[str]) -> None:
    assert [printed for printed, _ in drugs(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "Tumours were stained for nuclephosin and mesothelin.",
        "The cell line was treated with trypsin and seeded in methanol.",
        "Expression of ERBB2 and of the kinase flavorinase was measured.",
        "Sections were incubated with streptavidin and counterstained with haematoxylin.",
        "Of all tumours, 62% were HR+ and 14% had lost PR; serum bilirubin was normal.",
        "The study was run in Kanzhavia by the Vormbalt group.",
        "Uracil, cytosine and thymidine were measured in plasma.",
        "Expression of the progesterone receptor was lost in 12%.",
    ],
)
def test_what_only_looks_like_a_drug_is_left(text: str) -> None:
    assert drugs(text) == []


def test_a_word_is_one_thing_throughout_a_document() -> None:
    text = "Patients received vorbasetine 20 mg daily. The vorbasetine group was older. Vorbasetine was stopped in 7 patients."
    assert [printed for printed, _ in drugs(text)] == ["vorbasetine", "vorbasetine", "Vorbasetine"]


def test_a_misspelt_name_has_the_norm_of_the_name() -> None:
    assert drugs("Patients received regorefenib, carbozantinib or cladrabine.") == [
        ("regorefenib", "regorafenib"),
        ("carbozantinib", "cabozantinib"),
        ("cladrabine", "cladribine"),
    ]


def test_known_drugs_are_masked_in_contexts() -> None:
    one, other = "Patients received cisplatin and vorbasetine daily.", "Patients received docetaxel and vorbasetine daily."
    (first,) = candidates(one, [CharSpan(18, 27)], [], frozenset({"patients", "received", "daily"}))
    (second,) = candidates(other, [CharSpan(18, 27)], [], frozenset({"patients", "received", "daily"}))
    assert first.word == second.word == "vorbasetine"
    assert first.context == second.context


def test_common_barred_and_glued_words_are_no_candidates() -> None:
    text = "Measured nuclephosin, quarbenin3 and vorbasetine."
    found = candidates(text, [], [CharSpan(9, 20)], frozenset({"measured"}))
    assert [one.span.of(text) for one in found] == ["vorbasetine"]


def test_scores_are_whole_numbers_that_do_not_depend_on_the_machine() -> None:
    model = unlisted.weights()
    assert model.table.dtype == np.int8
    assert model.table.shape == (1 << TABLE_BITS,)
    assert form_features("vorbasetine")[:3] == form_features("Vorbasetine")[:3]
    assert max(form_features("vorbasetine")) < 1 << TABLE_BITS
    # crc32 is the same everywhere; `hash` is not.
    assert form_features("abcde")[0] == 96082


def test_weights_are_read_as_they_were_written() -> None:
    stream = io.BytesIO()
    np.savez_compressed(stream, table=np.arange(4, dtype=np.int8), scale=np.float64(2.5), bias=np.float64(-1))
    stream.seek(0)
    found = read_weights(stream)
    assert (found.table.tolist(), found.scale, found.bias) == ([0, 1, 2, 3], 2.5, -1.0)


def test_a_model_without_weights_finds_nothing() -> None:
    nothing = Weights(np.zeros(1 << TABLE_BITS, dtype=np.int8), 1.0, -4.0)
    assert unlisted.find_unlisted([("Patients received vorbasetine daily.", ())], nothing) == {}


@given(st.text(max_size=120), st.lists(st.integers(0, 110), max_size=3))
def test_candidates_are_words_of_the_text(text: str, starts: list[int]) -> None:
    known = [CharSpan(s, s + 5) for s in sorted(set(starts)) if s + 5 <= len(text)]
    for one in candidates(text, known, known, frozenset()):
        assert one.word == one.span.of(text)
        assert one.word.isalpha()
        assert not any(one.span.overlaps(k) for k in known)


@given(st.lists(st.text("abc ,5", min_size=1, max_size=4), min_size=1, max_size=12), st.data())
def test_a_context_has_as_many_features_wherever_it_stands(tokens: list[str], data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(tokens) - 1))
    assert 11 <= len(context_features(tokens, i)) <= 19


def test_look_alikes_are_no_drugs() -> None:
    named = {name.casefold() for drug in lexicons.drugs() for name in drug.names}
    assert [word for kind in lexicons.lookalikes() for word in kind.words if word in named or not (word.isalpha() and word.islower())] == []
