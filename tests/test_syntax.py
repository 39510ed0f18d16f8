"""Where sentences end, the door to spaCy, and how trees are read."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

import extractor.syntax
from extractor.document import CharSpan, Document, fold
from extractor.ingest import from_text
from extractor.sections import segment
from extractor.syntax import SHIPPED, Node, Parser, Relation, Tree, from_universal, relation, split

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
    ["It rose.", "p53 fell, as did vs. p53.", "γH2AX rose."],
    ["We thank J. Doe, R. Roe, A. Poe, and K. Loe.", "They left."],
    ["They were in arms A, B or C.", "Patients were old."],
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


# ---- trees, whatever made them


def hand_made(rows: str) -> Tree:
    """A tree from "word label head" triples, each head the number of a word, a root's its own, with Universal Dependencies turned."""
    triples = [row.split() for row in rows.split(",")]
    heads, labels = [int(head) for _, _, head in triples], [label for _, label, _ in triples]
    if {"obl", "case", "cop", "nsubj:pass"} & set(labels):
        heads, labels = from_universal(heads, labels)
    return Tree(
        tuple(
            Node(CharSpan(2 * at, 2 * at + 1), word, "NN", word, relation(label), head)
            for at, ((word, _, _), label, head) in enumerate(zip(triples, labels, heads, strict=True))
        )
    )


def told(tree: Tree) -> set[tuple[str, str, str]]:
    return {(node.text, node.relation.value, tree.nodes[node.head].text) for node in tree.nodes}


SCHEMES = [
    # OS was months in arm
    ("OS nsubj 1, was ROOT 1, months attr 1, in prep 2, arm pobj 3", "OS nsubj 2, was cop 2, months root 2, in case 4, arm nmod 2"),
    # A improved OS with B
    ("A nsubj 1, improved ROOT 1, OS dobj 1, with prep 1, B pobj 3", "A nsubj 1, improved root 1, OS obj 1, with case 4, B obl 1"),
    # A was stopped after B
    ("A nsubjpass 2, was auxpass 2, stopped ROOT 2, after prep 2, B pobj 3", "A nsubj:pass 2, was aux:pass 2, stopped root 2, after case 4, B obl 2"),
]


@pytest.mark.parametrize(("clear", "universal"), SCHEMES)
def test_both_schemes_are_read_as_one(clear: str, universal: str) -> None:
    assert told(hand_made(clear)) == told(hand_made(universal))


def test_a_copula_below_another_verb_and_its_preposition_are_turned() -> None:
    # we saw that it was in arm
    tree = hand_made("we nsubj 1, saw root 1, that mark 6, it nsubj 6, was cop 6, in case 6, arm ccomp 1")
    assert ("was", "clause", "saw") in told(tree)
    assert {("it", "subject", "was"), ("in", "preposition", "was"), ("arm", "prepositional_object", "in")} <= told(tree)
    assert all(tree.path(at)[-1] == 1 for at in range(len(tree.nodes)))


@given(st.lists(st.sampled_from("cop case nsubj obl obj conj punct root nmod".split()), min_size=1, max_size=9), st.data())
def test_turning_a_tree_leaves_a_tree(labels: list[str], data: st.DataObject) -> None:
    heads = [0] + [data.draw(st.integers(0, at - 1)) for at in range(1, len(labels))]
    turned, named = from_universal(heads, labels)
    assert len(turned) == len(named) == len(labels)
    for at in range(len(turned)):
        seen = [at]
        while turned[seen[-1]] != seen[-1]:
            assert turned[seen[-1]] not in seen
            seen.append(turned[seen[-1]])


def test_conjuncts_of_either_scheme_and_the_head_of_a_stretch() -> None:
    chained, flat = "A nsubj 3, B conj 0, C conj 1, fell ROOT 3", "A nsubj 3, B conj 0, C conj 0, fell root 3"
    for rows in (chained, flat):
        tree = hand_made(rows)
        assert tree.conjuncts(0) == (0, 1, 2)
        assert tree.at(CharSpan(0, 6)) == 0
        assert tree.at(CharSpan(1, 2)) is None
        assert tree.children(3, Relation.SUBJECT) == (0,)
        assert tree.children(3, Relation.OBJECT) == ()


# ---- the shipped pipeline


@pytest.fixture(scope="session")
def shipped() -> Parser:
    return Parser()


def arcs(parser: Parser, text: str) -> set[tuple[str, str, str]]:
    (tree,) = parser.parse([fold(text)])
    assert tree is not None
    return told(tree)


@pytest.mark.model
def test_subject_complement_and_preposition(shipped: Parser) -> None:
    found = arcs(shipped, "The median PFS was 7.3 months in the zorafenib arm.")
    assert {
        ("PFS", "subject", "was"),
        ("months", "complement", "was"),
        ("arm", "prepositional_object", "in"),
        ("zorafenib", "modifier", "arm"),
    } <= found


@pytest.mark.model
def test_the_second_value_joins_the_first_and_each_keeps_its_arm(shipped: Parser) -> None:
    (tree,) = shipped.parse(["Median OS was 13.3 months for zorafenib and 9.5 months in the placebo arm."])
    assert tree is not None
    first, second = (at for at, node in enumerate(tree.nodes) if node.text == "months")
    assert tree.conjuncts(first) == (first, second)
    assert [tree.nodes[at].text for at in tree.children(second, Relation.PREPOSITION)] == ["in"]


@pytest.mark.model
def test_a_clause_after_a_noun_keeps_its_subject(shipped: Parser) -> None:
    found = arcs(shipped, "The trial met its primary endpoint and zorafenib was approved.")
    assert {("zorafenib", "passive_subject", "approved"), ("approved", "conjunct", "met")} <= found


@pytest.mark.model
def test_the_stop_after_a_single_capital_is_a_word_of_its_own(shipped: Parser) -> None:
    (tree,) = shipped.parse(["It rose in arm B."])
    assert tree is not None
    assert [node.text for node in tree.nodes][-2:] == ["B", "."]


@pytest.mark.model
@pytest.mark.parametrize("text", ["It rose. It fell. All of it.", "Efficacy Median OS was 9.1 months.", "rose fell rose", "."])
def test_a_sentence_is_one_tree(shipped: Parser, text: str) -> None:
    (tree,) = shipped.parse([text])
    assert tree is not None
    assert [node.relation for node in tree.nodes].count(Relation.ROOT) == 1
    assert len({tree.path(at)[-1] for at in range(len(tree.nodes))}) == 1


@pytest.mark.model
@given(st.text(st.one_of(st.sampled_from("abA1 .%()[]<=-/,;:\n\t·−'\u2009"), st.characters(exclude_categories=["Cs"])), max_size=80))
def test_every_token_is_exactly_its_characters(shipped: Parser, text: str) -> None:
    (tree,) = shipped.parse([text])
    nodes = tree.nodes if tree is not None else ()
    assert all(node.span.of(text) == node.text == node.text.strip() for node in nodes)
    assert all(one.span.end <= other.span.start for one, other in pairwise(nodes))
    inside = {at for node in nodes for at in range(node.span.start, node.span.end)}
    assert all(at in inside for at, character in enumerate(text) if not character.isspace())
    assert all(0 <= node.head < len(nodes) for node in nodes)


@pytest.mark.model
def test_trees_of_sentences_lead_back_to_the_document(paper: Document, shipped: Parser) -> None:
    sentences = shipped.sentences(paper)
    for sentence, tree in zip(sentences, shipped.trees(sentences), strict=True):
        assert tree is not None
        assert tree == shipped.tree(sentence)
        assert [fold(sentence.clean(node.span).of(paper.text)) for node in tree.nodes] == [node.text for node in tree.nodes]


@pytest.mark.model
def test_words_have_tags_and_lemmas(shipped: Parser) -> None:
    (tree,) = shipped.parse(["Zorafenib prolonged PFS; arms were alike."])
    assert tree is not None
    assert {(node.text, node.tag, node.lemma) for node in tree.nodes} >= {
        ("prolonged", "VBD", "prolong"),
        ("arms", "NNS", "arm"),
        ("were", "VBD", "be"),
    }


@pytest.mark.model
def test_the_shipped_pipeline_loads_without_code_of_ours_and_is_small() -> None:
    code = "import spacy, sys; nlp = spacy.load(sys.argv[1]); print([t.text for t in nlp('HR=0.61 (0.50–0.75)')], 'extractor' in sys.modules)"
    run = subprocess.run([sys.executable, "-W", "error", "-c", code, str(SHIPPED)], capture_output=True, text=True, check=True, cwd="/")
    assert run.stdout.strip() == "['HR', '=', '0.61', '(', '0.50', '–', '0.75', ')'] False"
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) < 40_000_000


@pytest.mark.model
def test_the_shipped_pipeline_holds_no_path_and_no_word_of_its_corpus() -> None:
    config = (SHIPPED / "config.cfg").read_text(encoding="utf-8")
    assert "/" not in config.replace("@architectures", "")
    assert "Ptdsr" not in (SHIPPED / "vocab" / "strings.json").read_text(encoding="utf-8")


def test_spacy_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys; from extractor.syntax import Parser; Parser(); print('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"


def test_a_package_without_its_pipeline_still_reads(paper: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(extractor.syntax, "SHIPPED", tmp_path / "none")
    bare = Parser()
    sentence = bare.sentences(paper)[0]
    assert bare.tree(sentence) is None
    assert bare.tokens(sentence)


def test_a_pipeline_without_a_parser_gives_no_trees(paper: Document, tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    parser = Parser(str(tmp_path))
    assert list(parser.trees(parser.sentences(paper)[:2])) == [None, None]
