"""No number of a result statement is lost in silence. All sentences are invented; the properties run over sentences made of random pieces."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import completeness
from benchmarks.completeness import DROPPED, IN_RECORD, LEFT_OVER, Fate, fates, report
from extractor.pipeline import Pipeline
from extractor.records import Measurement
from extractor.relations.unread import plain

PIPELINE = Pipeline()
OPENING = """Sorafenib against placebo in a tumour that nobody has

Abstract
Methods: Patients were randomly assigned to sorafenib or placebo.

Results
"""


def told(sentence: str) -> list[Fate]:
    extraction = PIPELINE.extract_text(OPENING + sentence)
    return list(fates(extraction.document, extraction, PIPELINE.recognize(extraction.document).sentences))


def left(sentence: str) -> list[tuple[str, str]]:
    return [(one.text, one.reason) for one in PIPELINE.extract_text(OPENING + sentence).unattached]


@pytest.mark.parametrize(
    ("sentence", "fate"),
    [
        ("Median OS was 12.3 months with sorafenib.", {"12.3": IN_RECORD}),
        ("The ORR was 24% (12 of 50; 95% CI 13-38) with sorafenib.", {"24": IN_RECORD, "12": IN_RECORD, "50": IN_RECORD, "13": IN_RECORD}),
        ("The ORR of 24% was seen in three wards and 17 rooms.", {"17": LEFT_OVER}),
        ("Grade 3 rash was rare at 400 mg in Table 2.", {"3": "a grade", "400": "a dose, date, age, schedule, level or numbered thing"}),
        ("OS was short (n = 36) in those who were treated for 9 months.", {"36": "the size of a sample", "9": "a length of time"}),
        ("OS after fluoro-4 and in CheckMate 040 was short.", {"040": "in a name (trial)"}),
    ],
)
def test_what_becomes_of_a_number(sentence: str, fate: dict[str, str]) -> None:
    found = {one.number: one.kind for one in told(sentence)}
    assert DROPPED not in found.values()
    assert found.items() >= fate.items()


def test_what_stands_beside_a_value_and_is_not_read_with_it_is_left_over() -> None:
    found = left("The ORR was 24% (at 3.4 of all 18 wards, 12 of 50 patients) with sorafenib.")
    assert [text for text, _ in found] == ["3.4", "18"]


def test_an_interval_before_the_counts_of_its_value_is_read() -> None:
    text = "The ORR was 24% (95% CI, 13-38, 12 of 50 assessable patients) with sorafenib."
    (record,) = PIPELINE.extract_text(OPENING + text).records
    assert isinstance(record, Measurement)
    assert (record.ci, record.n, record.N, left(text)) == ((13, 38), 12, 50, [])


def test_numbers_of_a_refused_statement_are_left_over_with_the_reason_of_the_statement() -> None:
    found = left("An OS of 11 months (HR 0.7; 3 looks) was assumed with a sample size of 400 patients.")
    assert ("3", "planned figure, threshold or definition") in found


def test_a_value_told_again_without_its_arm_is_left_over() -> None:
    text = "Median OS was 12.3 months with sorafenib and 10.1 months with placebo. Overall survival was 12.3 months (95% CI 9.9-15.0)."
    extraction = PIPELINE.extract_text(OPENING + text)
    if sum(getattr(record, "value", None) == 12.3 for record in extraction.records) == 1:
        assert ("12.3 months", "told again, without its arm") in left(text)
    assert DROPPED not in {one.kind for one in told(text)}


def test_sentences_that_state_no_result_say_nothing() -> None:
    assert told("There were 7 wards and 12 rooms in 3 houses.") == []
    assert left("There were 7 wards and 12 rooms in 3 houses.") == []


PIECES = st.sampled_from(
    "median OS was|the ORR was|12.3 months|24%|7|(HR 0.80, 95% CI 0.60-0.95)|p = 0.02|with sorafenib|with placebo|vs|and|in 40 patients|1,204"
    "|(12 of 50)|grade 3 rash|0·7|at 6 months|95% CI|3/40|respectively|5-8%|of whom 9 died|(range 2-30)|n = 12|in those aged 65 years".split("|")
)


@given(st.lists(PIECES, min_size=1, max_size=9))
def test_no_number_of_a_statement_is_dropped(pieces: list[str]) -> None:
    sentence = " ".join(pieces)
    assert [fate for fate in told(f"The PFS {sentence}.") if fate.kind == DROPPED] == []


@given(st.lists(PIECES, min_size=1, max_size=9))
def test_what_is_left_over_is_what_stands_there(pieces: list[str]) -> None:
    extraction = PIPELINE.extract_text(f"{OPENING}The PFS {' '.join(pieces)}.")
    for one in extraction.unattached:
        assert extraction.document.raw[one.start : one.end] == one.text
        assert one.reason


def test_printed_numbers_as_python_writes_them() -> None:
    assert [plain(one) for one in ("1,204", "0·60", "12.30", "1,5", "1.2.3", "10,000")] == ["1204", "0.6", "12.3", "1.5", "1.2.3", "10000"]


def test_the_report_counts_by_place_and_always_says_how_many_were_dropped() -> None:
    lines = report([Fate("1", IN_RECORD, "abstract", ""), Fate("2", IN_RECORD, "table", ""), Fate("3", LEFT_OVER, "table", "")]).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0] == ["what became of a number", "abstract", "table", "all"]
    assert cells[2:] == [[IN_RECORD, "1", "1", "2"], [LEFT_OVER, "0", "1", "1"], [DROPPED, "0", "0", "0"]]


def test_papers_are_read_but_for_those_held_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "papers" / "gold"
    gold.mkdir(parents=True)
    (gold / "split.json").write_text('{"held_out": ["PMC9"]}')
    (gold / "PMC9.facts.jsonl").write_bytes(b"\xff")
    (tmp_path / "papers" / "PMC9.txt").write_bytes(b"\0")
    (tmp_path / "papers" / "PMC1.txt").write_text(f"{OPENING}Median OS was 12.3 months with sorafenib.\n", encoding="utf-8")
    assert completeness.main(["--shared", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("1 files")
    assert printed.err == ""
    assert completeness.main(["--shared", str(tmp_path), "--paper", "PMC9"]) == 2
    assert "held out" in capsys.readouterr().err
