"""Where sentences end, and the door to spaCy."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import Document
from extractor.ingest import from_text
from extractor.sections import segment
from extractor.syntax import Parser, split

# Each row is a text cut where its sentences end.
TEXTS = [
    ["It was safe.", "It was good."],
    ["It is told in Fig. 2 and Figs. 3 to 5.", "All of it."],
    ["The drug vs. placebo, i.e. the old vs. New York's, was safe.", "It was good."],
    ["Roe et al. told it.", "So did Doe et al. of Spain."],
    ["OS was 10.6 months (p = 0.03).", "The HR was 0.61."],
    ["The p was p = 0.03.", "The drug was safe."],
    ["It was p = .03.", "It was so."],
    ["It went to the end.", "Next it rose."],
    ["It fell (it rose. It fell) and rose.", "It fell."],
    ["It fell [HR 0.6; p. 3] and rose.", "It fell."],
    ["It fell (which is so.)", "It rose."],
    ['She said "it is so."', "It was."],
    ["J. Doe and R. Roe told it.", "It was so."],
    ["It was Child-Pugh B.", "Patients were old."],
    ["It was done by A. Roe.", "It was so."],
    ["They had to be: 1. old; 2. able to walk."],
    ["1. Women were old.", "They were able to walk."],
    ["a) Women were old.", "They walked."],
    ["Was it so?", "It was!", "Good."],
    ["It was told before.[4]", "It was so."],
    ["It was told before.[4, 6-8]", "It was so."],
    ["In 2019 ca. 5 women, resp. 6 men, came.", "They left."],
    ["It was given in no. 5 of them, etc.", "They left."],
    ["The answer was no.", "They left."],
    ["It rose . ", "It fell ."],
    ["It cost 5.5 mg.", "mTOR fell."],
    ["It was sold by Roe Inc. and Doe Ltd. in Spain.", "They left."],
]


@pytest.mark.parametrize("sentences", TEXTS, ids=[" ".join(t) for t in TEXTS])
def test_sentences(sentences: list[str]) -> None:
    text = " ".join(s.strip() for s in sentences)
    assert [s.of(text) for s in split(text)] == [s.strip() for s in sentences]


def test_sentences_that_are_glued_together() -> None:
    text = "It came to its end.Next it rose again."
    assert [s.of(text) for s in split(text)] == ["It came to its end.", "Next it rose again."]


def test_a_bracket_that_never_closes_does_not_swallow_the_paper() -> None:
    text = "It fell (it rose. " + "It fell again and again. " * 60
    assert len(list(split(text))) > 30


@given(st.text(st.one_of(st.sampled_from("abA1 .!?()[]\"'\n,;:-•*"), st.characters()), max_size=200))
def test_sentences_are_in_order_apart_and_cover_everything_printed(text: str) -> None:
    spans = list(split(text))
    for one, other in pairwise(spans):
        assert one.end <= other.start
    inside = {i for s in spans for i in range(s.start, s.end)}
    assert all(i in inside for i, c in enumerate(text) if not c.isspace() and c not in "\u200b\ufeff")
    assert all(s.of(text) == s.of(text).strip(" \n") for s in spans)


@given(
    st.lists(
        st.sampled_from(["It was safe.", "OS was 9.1 vs. 6.2 months (p = 0.03).", "Was it so?", "All of Fig. 2 says so."]), min_size=1, max_size=8
    )
)
def test_plain_sentences_come_back(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [s.of(text) for s in split(text)] == sentences


def test_no_sentence_crosses_a_block_and_each_knows_its_section(paper: Document, parser: Parser) -> None:
    sentences = parser.sentences(paper)
    assert [s.index for s in sentences] == list(range(len(sentences)))
    for sentence in sentences:
        assert sentence.block.span.covers(sentence.span)
        assert len(sentence.text) == sentence.span.end - sentence.span.start
        assert paper.section_at(sentence.span.start) == sentence.section
    told = {s.span.of(paper.text): s.section.kind.value for s in sentences}
    assert told["Median OS was 9.1 vs. 6.2 months."] == "results"
    assert told["A log-rank test was used."] == "methods"


def test_a_sentence_is_folded_and_finds_its_way_back(parser: Parser) -> None:
    document = segment(from_text("The first.\n\nIt was 0·61 (0.50–0.75) in all of them."))
    sentence = parser.sentences(document)[1]
    assert sentence.text == "It was 0.61 (0.50-0.75) in all of them."
    (number,) = [t for t in parser.tokens(sentence) if t.of(sentence.text) == "0.61"]
    assert sentence.clean(number).of(document.text) == "0·61"


def test_page_furniture_has_no_sentences(parser: Parser) -> None:
    document = segment(from_text("It was given to all of them and to most of us.\n\n417\n\nIt was safe for all of them and for most of us."))
    assert [s.text[:8] for s in parser.sentences(document)] == ["It was g", "It was s"]


def test_without_a_trained_pipeline_there_is_no_tree(paper: Document, parser: Parser) -> None:
    assert parser.tree(parser.sentences(paper)[0]) is None
