"""Arm and measure linked in single sentences (`benchmarks/sentences.py`). All sentences are invented."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.sentences import Read, counts, pairs, printed, read_sentence, report, why_missed
from extractor.evaluate import Counts
from extractor.pipeline import Pipeline

TOKENS = "The response rate was 24 % ( 12 of 50 ) with sorafenib and 10 % with placebo ."


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def line(text: str, *rows: tuple[str, str, str | None]) -> dict[str, Any]:
    """An annotated sentence: its rows as outcome, measure and arm, each the first such words in it."""

    def at(words: str) -> list[int]:
        return [text.index(words), text.index(words) + len(words)]

    relations = [{"label": "OC_RES", "head": at(outcome), "child": at(measure)} for outcome, measure, _ in rows]
    relations += [{"label": "A1_RES", "head": at(arm), "child": at(measure)} for _, measure, arm in rows if arm is not None]
    return {"text": text, "spans": [], "relations": relations}


def counted(read: Read) -> Counts:
    return counts([read])[read.text]


RIGHT = (("response rate", "24 %", "sorafenib"), ("response rate", "10 %", "placebo"))


def test_the_blanks_between_tokens_go_and_places_follow() -> None:
    text, places = printed(TOKENS)
    assert text == "The response rate was 24% (12 of 50) with sorafenib and 10% with placebo."
    for words in ("24 %", "( 12 of 50 )", "sorafenib", "placebo"):
        start = TOKENS.index(words)
        assert text[places[start] : places[start + len(words)]] == printed(words)[0]


def test_rows_that_are_read_as_annotated(pipeline: Pipeline) -> None:
    read = read_sentence(line(TOKENS, *RIGHT), pipeline)
    assert [row.codes for row in read.rows] == [{"ORR"}, {"ORR"}]
    assert counted(read) == Counts(found=2, gold=2, correct=2, predicted=2)
    assert list(why_missed(read)) == []


def test_a_wrong_arm_is_a_miss_and_a_false_positive(pipeline: Pipeline) -> None:
    read = read_sentence(line(TOKENS, ("response rate", "24 %", "placebo"), RIGHT[1]), pipeline)
    assert counted(read) == Counts(found=1, gold=2, correct=1, predicted=2)
    assert list(why_missed(read)) == ["another arm"]
    assert [len(pairs(read, lambda *_: True)), len(pairs(read, lambda *_: False))] == [2, 0]


def test_a_row_without_an_arm_is_not_answered_by_a_record_that_names_one(pipeline: Pipeline) -> None:
    read = read_sentence(line(TOKENS, ("response rate", "24 %", None), RIGHT[1]), pipeline)
    assert (counted(read).found, list(why_missed(read))) == (1, ["arm read where none is linked"])


def test_what_has_no_code_is_no_row_and_what_is_read_of_it_is_wrong(pipeline: Pipeline) -> None:
    read = read_sentence(line(TOKENS, ("rate", "24 %", "sorafenib"), ("was", "10 %", "placebo")), pipeline)
    assert counted(read) == Counts(found=1, gold=1, correct=1, predicted=2)


@pytest.mark.parametrize(
    ("text", "outcome", "measure", "codes"),
    [
        ("Mean weight gain was 2.5 kg with sorafenib .", "weight gain", "2.5 kg", set()),
        ("Weight gain was seen in 12 % with sorafenib .", "Weight gain", "12 %", {"AE"}),
        ("The irritability score fell by 12 % with sorafenib .", "irritability score", "12 %", set()),
    ],
)
def test_an_adverse_event_is_told_in_shares_and_counts(pipeline: Pipeline, text: str, outcome: str, measure: str, codes: set[str]) -> None:
    (row,) = read_sentence(line(text, (outcome, measure, "sorafenib")), pipeline).rows
    assert row.codes == codes


def test_a_count_and_its_share_are_one_measure(pipeline: Pipeline) -> None:
    text = "There were 12 deaths ( 24 % ) with sorafenib and 5 deaths with placebo ."
    rows = (("deaths", "12", "sorafenib"), ("deaths", "24 %", "sorafenib"), ("deaths", "5", "placebo"))
    read = read_sentence(line(text, *rows), pipeline)
    assert [read.text[slice(*row.measure)] for row in read.rows] == ["12 deaths (24%", "5"]


def test_the_report_says_how_many_rows_have_a_code(pipeline: Pipeline) -> None:
    told = report([read_sentence(line(TOKENS, *RIGHT, ("was", "12 of 50", "placebo")), pipeline)])
    assert "1 sentences, 3 rows, of which the outcome of 2 has a code (ORR 2)" in told
    assert "| 2    | 2         | 100.0     | 100.0  | 100.0 | 100.0 to 100.0" in told
