"""The marks of what papers call their arms, and the probe that puts them into a paper."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from benchmarks.labels import Marked, as_jats, marked, with_probes

ONE = Marked("d", "read", ("capecitabine", "capecitabine + celecoxib"), (("the CAP arm",), ("the CAP-CEL arm", "CAP-CEL")), ("CAP", "CAP-CEL"))
ABSTRACT = "TITLE:\nCapecitabine with or without celecoxib\n\nABSTRACT.RESULTS:\nNobody died.\n\n"
REPORT = f"{ABSTRACT}BODY.METHODS.TREATMENT:\nTablets were taken.\n\nFor a year.\n"


def test_every_paper_is_marked_once_with_two_arms_or_more_that_differ_and_labels_for_each() -> None:
    papers = marked()
    assert len({one.doc for one in papers}) == len(papers)
    for one in papers:
        assert len(set(one.arms)) == len(one.arms) > 1, one.doc
        assert len(one.called) == len(one.heads) == len(one.arms), one.doc
        assert all(one.called), one.doc
        assert all(len(label.split()) <= 5 for labels in one.called for label in labels), one.doc


def test_both_halves_are_there() -> None:
    assert Counter(one.half for one in marked()) == {"read": 99, "blind": 39}


def test_a_labelled_report_becomes_title_abstract_and_sections() -> None:
    paper = as_jats(REPORT)
    assert paper.findtext(".//article-title") == "Capecitabine with or without celecoxib"
    assert [p.text for p in paper.iterfind(".//abstract/sec/p")] == ["Nobody died."]
    assert paper.findtext("body/sec/title") == "Treatment"
    assert [p.text for p in paper.iterfind("body/sec/p")] == ["Tablets were taken.", "For a year."]


def test_each_label_and_each_column_gets_a_value_of_its_own() -> None:
    paper = as_jats(REPORT)
    probes = with_probes(paper, ONE)
    assert Counter(probe.place for probe in probes) == {"prose": 3, "table": 4}
    assert len({probe.value for probe in probes}) == len(probes)
    text = etree.tostring(paper, encoding="unicode")
    assert all(str(probe.value) in text for probe in probes)
    assert f"was {probes[1].value} months in the CAP-CEL arm." in text
    assert f"was {probes[2].value} months with CAP-CEL." in text
    assert [th.text for th in paper.iter("th")] == ["Outcome", "CAP", "CAP-CEL"]
