"""What the language pipeline is trained on, and how it is measured."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest
import spacy

from benchmarks.parser import agreement, keys
from extractor.document import CharSpan
from extractor.syntax import Node, Relation, Tree
from models import templates, treebank
from models.tokens import tokenizer

CONLLU = """\
# newdoc id = 7
# newpar id = 7-p0
# sent_id = 0
# text = Results
1	Results	result	NOUN	NNS	_	0	root	_	_

# newpar id = 7-p1
# sent_id = 1
# text = We saw mice that fell.
1	We	we	PRON	PRP	_	2	nsubj	_	_
2	saw	see	VERB	VBD	_	0	root	_	_
3	mice	mouse	NOUN	NNS	_	2	dobj	_	_
4	that	that	DET	WDT	_	5	dep	_	3:ref=
5	fell	fall	VERB	VBD	_	3	relcl	_	SpaceAfter=No
6	.	.	PUNCT	.	_	2	punct	_	_

"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "craft-ids-dev.txt").write_text("7\n", encoding="utf-8")
    (tmp_path / "7.conllu").write_text(CONLLU, encoding="utf-8")
    with tarfile.open(tmp_path / treebank.ARCHIVE, "w:xz") as archive:
        archive.add(tmp_path / "7.conllu", "craft-dependency/7.conllu")
    return tmp_path


def test_an_article_is_read_as_paragraphs_of_trees(folder: Path) -> None:
    (article,) = treebank.articles("dev", folder)
    assert [[word.text for word in tree] for paragraph in article for tree in paragraph] == [["Results"], ["We", "saw", "mice", "that", "fell", "."]]
    doc = treebank.document(spacy.blank("en").vocab, article[1])
    assert doc.text.strip() == "We saw mice that fell."
    assert [token.head.text for token in doc] == ["saw", "saw", "saw", "fell", "mice", "saw"]


def test_a_relative_pronoun_is_what_it_is_to_its_verb(folder: Path) -> None:
    (article,) = treebank.articles("dev", folder)
    assert article[1][0][3].relation == "nsubj"


def test_an_article_that_is_not_there_is_named(folder: Path) -> None:
    (folder / "craft-ids-dev.txt").write_text("7 8\n", encoding="utf-8")
    with pytest.raises(ValueError, match="article 8 of craft-ids-dev"):
        list(treebank.articles("dev", folder))


def test_glued_paragraphs_have_a_blank_between(folder: Path) -> None:
    import random  # noqa: PLC0415

    (article,) = treebank.articles("dev", folder)
    (paragraph,) = treebank.glued(article, 1.0, random.Random(1))
    assert treebank.document(spacy.blank("en").vocab, paragraph).text.strip() == "Results We saw mice that fell."


def test_templates_are_trees_and_the_same_each_time() -> None:
    made = list(templates.paragraphs(6000, 7))
    assert made == list(templates.paragraphs(6000, 7))
    for tree in (tree for paragraph in made for tree in paragraph):
        assert [word.relation for word in tree].count("ROOT") == 1
        assert all(0 <= word.head < len(tree) for word in tree)
        spans = [sorted((at, word.head)) for at, word in enumerate(tree) if word.relation != "ROOT"]
        crossing = [(one, other) for one in spans for other in spans if one[0] < other[0] < one[1] < other[1]]
        assert not crossing


def test_templates_are_cut_as_the_tokenizer_cuts_them() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer(nlp)
    missed = made = 0
    for paragraph in templates.paragraphs(6000, 7):
        gold = treebank.document(nlp.vocab, paragraph)
        found = {(token.idx, len(token)) for token in nlp.make_doc(gold.text)}
        missed += sum((token.idx, len(token)) not in found for token in gold)
        made += len(gold)
    assert missed < made / 200


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("HR=0.61 (95%CI 0.50-0.75)", "HR = 0.61 ( 95 % CI 0.50 - 0.75 )"),
        ("progression-free, non-diabetic, 3-fold", "progression - free , non-diabetic , 3-fold"),
        ("PD-1/PD-L1 (HBV)-related", "PD - 1 / PD - L1 ( HBV ) - related"),
        ("10,000 of 6,7 vs. Fig. 2", "10,000 of 6 , 7 vs. Fig. 2"),
        ("37°C, 5mg, p<.001.", "37 °C , 5 mg , p < .001 ."),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer(nlp)
    assert [token.text for token in nlp.make_doc(text)] == tokens.split()


def test_key_arcs_are_counted_by_attachment_and_by_name(tmp_path: Path) -> None:
    arcs = [
        {"dependent": [0, 2], "head": [3, 7], "relation": "subject"},
        {"dependent": [8, 10], "head": [3, 7], "relation": "modifier"},
        {"dependent": [8, 10], "head": [0, 2], "relation": "modifier"},
    ]
    path = tmp_path / "arcs.jsonl"
    path.write_text(json.dumps({"text": "OS rose by", "arcs": arcs}) + "\n", encoding="utf-8")
    (key,) = keys(path)
    words = [("OS", CharSpan(0, 2), Relation.SUBJECT), ("rose", CharSpan(3, 7), Relation.ROOT), ("by", CharSpan(8, 10), Relation.PREPOSITION)]
    tree = Tree(tuple(Node(span, text, "NN", text, relation, 1) for text, span, relation in words))
    assert [(attached, named) for _, attached, named in agreement(tree, key)] == [(True, True), (True, False), (False, False)]
    assert not any(attached for _, attached, _ in agreement(None, key))


@pytest.mark.parametrize(
    ("relation", "offsets", "said"), [("subj", [0, 2], "expected a relation"), ("subject", [0, 99], "is no word"), ("subject", [0, 3], "is no word")]
)
def test_a_bad_line_of_key_arcs_is_named(tmp_path: Path, relation: str, offsets: list[int], said: str) -> None:
    path = tmp_path / "arcs.jsonl"
    row = {"text": "OS rose", "arcs": [{"dependent": offsets, "head": [3, 7], "relation": relation}]}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"line 1: .*{said}"):
        list(keys(path))
