"""The 200 sentences with key arcs (gold/arcs): every line can be used as it is printed, whatever wrote it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from gold.arcs.build import RELATIONS, compiled, entries, locate, tokens

FOLDER = Path(__file__).resolve().parents[1] / "gold" / "arcs"
LINES: list[dict[str, Any]] = [json.loads(line) for line in (FOLDER / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]
ENGLISH = spacy.blank("en")
DECLARED = {"\u2013", "\u2265"}  # en dash between numbers, greater or equal
PREPOSITIONS = set(
    "above after against among as at before below between by compared during following for from in of on over per since than through to under with "
    "within without".split()
)
FRAME = PREPOSITIONS | set("a all and but had no not only or respectively that the was were whereas which while who whose".split())


def named(line: dict[str, Any], arc: dict[str, Any], end: str) -> str:
    start, stop = arc[end]
    text: str = line["text"]
    return text[start:stop]


@pytest.fixture(params=LINES, ids=lambda line: line["id"])
def line(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_there_are_200_in_five_constructions() -> None:
    assert [line["id"] for line in LINES] == [f"a{n:03}" for n in range(1, 201)]
    assert Counter(line["construction"] for line in LINES) == {
        "gapped coordination": 60, "values with arms": 50, "respectively": 40, "clauses": 25, "other": 25,
    }  # fmt: skip


def test_the_file_is_what_the_word_pairs_say() -> None:
    assert json.loads(json.dumps(compiled())) == LINES


def test_no_two_sentences_share_a_skeleton() -> None:
    def skeleton(text: str) -> str:
        words = (w if w in FRAME else "0" if w[0].isdigit() else "w" for w in re.findall(r"[\w.]+|%", text.lower()))
        return re.sub(r"(?:w )+", "w ", " ".join(words) + " ")

    same = Counter(skeleton(line["text"]) for line in LINES)
    assert [text for text, n in same.items() if n > 1] == []


def test_every_relation_has_labels() -> None:
    assert list(json.loads((FOLDER / "labels.json").read_text(encoding="utf-8"))) == list(RELATIONS.values())


def test_shape_length_and_characters(line: dict[str, Any]) -> None:
    assert set(line) == {"id", "construction", "text", "arcs"}
    assert 10 <= len(line["text"].split()) <= 45
    assert {c for c in line["text"] if not c.isascii()} <= DECLARED
    assert line["text"] == " ".join(line["text"].split())
    assert line["text"].endswith(".")
    assert 4 <= len(line["arcs"]) <= 10
    for arc in line["arcs"]:
        assert set(arc) == {"dependent", "head", "relation"}
        assert arc["relation"] in RELATIONS.values()


def test_each_end_is_one_token_that_no_tokenizer_cuts(line: dict[str, Any]) -> None:
    text = line["text"]
    for arc in line["arcs"]:
        for start, stop in (arc["dependent"], arc["head"]):
            assert 0 <= start < stop <= len(text)
            assert re.fullmatch(r"[0-9]+(?:[.,][0-9]+)*|[A-Za-z][A-Za-z0-9]*|%", text[start:stop])
            assert not re.search(r"(?:\w|[-/'\u2013]|\d[.,])$", text[:start]) or text[start:stop] == "%"
            assert not re.match(r"\w|[-/'\u2013]|[.,]\d", text[stop:])


def test_spacy_cuts_the_same_tokens(line: dict[str, Any]) -> None:
    doc = ENGLISH(line["text"])
    for arc in line["arcs"]:
        for start, stop in (arc["dependent"], arc["head"]):
            span = doc.char_span(start, stop)
            assert span is not None, line["text"][start:stop]
            assert len(span) == 1


def test_one_head_and_no_cycle(line: dict[str, Any]) -> None:
    heads = {tuple(arc["dependent"]): tuple(arc["head"]) for arc in line["arcs"]}
    assert len(heads) == len(line["arcs"])
    for above in heads.values():
        seen: set[tuple[int, int]] = set()
        at: tuple[int, int] | None = above
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = heads.get(at)


def test_arcs_do_not_cross(line: dict[str, Any]) -> None:
    ends = [sorted((arc["dependent"][0], arc["head"][0])) for arc in line["arcs"]]
    assert [(one, two) for one in ends for two in ends if one[0] < two[0] < one[1] < two[1]] == []


def test_prepositions_are_prepositions(line: dict[str, Any]) -> None:
    for arc in line["arcs"]:
        if arc["relation"] == "preposition":
            assert named(line, arc, "dependent").lower() in PREPOSITIONS
        if arc["relation"] == "prepositional_object":
            assert named(line, arc, "head").lower() in PREPOSITIONS
            assert arc["head"][0] < arc["dependent"][0]
        if arc["relation"] == "conjunct":
            assert arc["head"][0] < arc["dependent"][0]


WORD = st.text(alphabet="abcXYZ019%", min_size=1, max_size=3).filter(lambda word: bool(re.fullmatch(r"[a-zA-Z][a-zA-Z0-9]*|[0-9]+|%", word)))


@given(st.lists(WORD, min_size=1, max_size=12), st.data())
def test_a_word_pair_names_the_token_that_was_meant(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    text = " ".join(words) + "."
    nth = words[: at + 1].count(words[at])
    assert locate(text, f"{words[at]}#{nth}") == (len(" ".join(words[:at])) + (at > 0), len(" ".join(words[: at + 1])))
    assert [text[slice(*span)] for span in tokens(text)] == [*words, "."]
    with pytest.raises(ValueError, match="such tokens"):
        locate(text, f"{words[at]}#{words.count(words[at]) + 1}")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("[x]\nPFS was long.\nPFS>was:s long>was", "line 3.*dependent>head:relation"),
        ("[x]\nPFS was long.\nPFS>were:s", "line 3.*'were'.*found 0"),
        ("[x]\nPFS-free life was long.\nfree>was:s", "line 3.*'free'.*found 0"),
        ("[x]\nPFS-free life was long.\nPFS-free>was:s", "line 3.*plain word"),
        ("[x]\nPFS was long.\nPFS>was:q", "line 3.*dependent>head:relation"),
        ("[x]\nPFS was long.", "has no arcs"),
    ],
)
def test_a_bad_word_pair_is_refused(source: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        list(entries(source))
