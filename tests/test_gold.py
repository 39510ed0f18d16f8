"""The gold set's validator and its way to brat and back. All texts and facts are invented."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluate import Entry, read_gold
from extractor.gold import BratError, Fault, check, fact_line, from_brat, mention_line, prints, texts, to_brat
from extractor.records import ComparisonFact, EntityMention, MeasurementFact

TEXT = "Median OS with drugamab was 10·50 months (95 % CI 8–12, twelve of 1,200 patients)\nand the hazard ratio for OS was 0.70 (p<.001)."
FIRST, SECOND = (0, TEXT.index("\n")), (TEXT.index("\n") + 1, len(TEXT))


def measurement(**said: Any) -> dict[str, Any]:
    """The median OS of TEXT; a test says what is different."""
    fact = {
        "kind": "measurement", "doc": "d", "study": "this study", "provenance": "own", "population": None, "arm": "drugamab", "endpoint": "OS",
        "statistic": "median", "timepoint": None, "criterion": None, "event": None, "grade": None, "value": 10.5, "op": None, "unit": "month",
        "ci": [8, 12], "ci_level": 95, "n": 12, "N": 1200, "category": None, "start": FIRST[0], "end": FIRST[1],
    }  # fmt: skip
    return {**fact, **said}


def comparison(**said: Any) -> dict[str, Any]:
    """The hazard ratio of TEXT; a test says what is different."""
    fact = {
        "kind": "comparison", "doc": "d", "study": "this study", "provenance": "own", "population": None, "arm": "drugamab", "comparator": "placebo",
        "factor": None, "endpoint": "OS", "statistic": None, "timepoint": None, "criterion": None, "event": None, "grade": None, "measure": "HR",
        "estimate": 0.7, "ci": None, "ci_level": None, "p": {"op": "<", "value": 0.001}, "model": None, "start": SECOND[0], "end": SECOND[1],
    }  # fmt: skip
    return {**fact, **said}


def entity(text: str, /, *, label: str = "DRUG", norm: str | None = "drugamab", **said: Any) -> dict[str, Any]:
    """The first place in TEXT where a text stands, as a mention; a test says what is different."""
    start = TEXT.index(text)
    return {"doc": "d", "label": label, "start": start, "end": start + len(text), "text": text, "norm": norm, **said}


OS = entity("OS", label="ENDPOINT", norm="OS")
FACTS = [measurement(), comparison()]
ENTITIES = [OS, entity("drugamab")]


def written(folder: Path, *, facts: list[Any] = FACTS, entities: list[Any] = ENTITIES, text: str = TEXT) -> tuple[Path, list[Path]]:
    """A gold folder and a corpus folder with one document; a string among the lines is written as it stands."""
    gold, corpus = folder / "gold", folder / "corpus"
    gold.mkdir()
    corpus.mkdir()
    for name, lines in (("d.facts.jsonl", facts), ("d.entities.jsonl", entities)):
        (gold / name).write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines), encoding="utf-8")
    listed = {"doc": "d", "file": "d.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
    (gold / "documents.jsonl").write_text(json.dumps(listed) + "\n")
    (corpus / "d.txt").write_bytes(text.encode())
    return gold, [corpus]


def test_sound_gold_has_no_fault(tmp_path: Path) -> None:
    assert check(*written(tmp_path)) == []


PLANTED_FACTS = {
    "schema: a slot is missing": ({k: v for k, v in measurement().items() if k != "arm"}, "arm: Field required"),
    "schema: an unknown slot": (measurement(color="red"), "color: Extra inputs"),
    "no JSON": ('{"kind": ', "no JSON"),
    "no JSON object": ("[1]", "no JSON object"),
    "not a number": (json.dumps(measurement(value=float("nan"))), "NaN"),
    "neither value nor category": (measurement(value=None), "a value or a category"),
    "unknown endpoint code": (measurement(endpoint="OSS"), "endpoint: unknown code 'OSS'"),
    "unknown measure": (comparison(measure="HRR"), "measure: unknown code 'HRR'"),
    "unknown kind": (measurement(kind="rumor"), "unknown code"),
    "beyond the text": (measurement(arm="other", end=len(TEXT) + 1), "beyond the text"),
    "reversed span": (measurement(arm="other", start=5, end=5), "start 5 is not before end 5"),
    "half a span": (measurement(arm="other", start=None), "only one of start and end"),
    "value not printed": (measurement(value=10.4), "value 10.4 is not printed"),
    "value outside its span": (measurement(arm="other", start=SECOND[0], end=SECOND[1]), "value 10.5 is not printed"),
    "estimate not printed": (comparison(estimate=0.07), "estimate 0.07 is not printed"),
    "CI bound not printed": (measurement(ci=[8, 13]), "ci bound 13 is not printed"),
    "p not printed": (comparison(p={"op": "<", "value": 0.01}), "p 0.01 is not printed"),
    "n above N": (measurement(n=1201), "n 1201 is more than N 1200"),
    "CI backwards": (measurement(ci=[12, 8]), "ci runs backwards: 12 to 8"),
    "another document": (measurement(doc="e"), "doc 'e' in the file of 'd'"),
    "duplicate": (measurement(value=10.50, ci_level=None, start=1), "the same as line 1"),
}


@pytest.mark.parametrize(("line", "told"), PLANTED_FACTS.values(), ids=PLANTED_FACTS)
def test_a_planted_fault_in_a_fact_is_found(tmp_path: Path, line: Any, told: str) -> None:
    faults = check(*written(tmp_path, facts=[*FACTS, line]))
    assert [(fault.file, fault.line) for fault in faults if told in fault.what] == [("d.facts.jsonl", 3)]
    assert {fault.line for fault in faults} == {3}


PLANTED_ENTITIES = {
    "unknown label": (entity("months", label="UNIT"), "label: unknown code 'UNIT'"),
    "label that gold does not hold": (entity("months", label="ARM"), "gold has no label 'ARM'"),
    "norm is no endpoint code": (entity("months", label="ENDPOINT", norm="overall survival"), "no endpoint code"),
    "norm is not scored": (entity("months", label="ENDPOINT", norm="QOL"), "no endpoint code"),
    "text is not what stands there": (entity("months", text="Months"), "is not what stands at"),
    "beyond the text": (entity("months", end=10_000), "beyond the text"),
    "reversed span": (entity("months", end=1), "is not before end 1"),
    "overlap with the same label": (entity("drugamab was"), "overlaps the DRUG of line 2"),
    "duplicate": (entity("drugamab", norm="other"), "the same as line 2"),
}


@pytest.mark.parametrize(("line", "told"), PLANTED_ENTITIES.values(), ids=PLANTED_ENTITIES)
def test_a_planted_fault_in_a_mention_is_found(tmp_path: Path, line: Any, told: str) -> None:
    faults = check(*written(tmp_path, entities=[*ENTITIES, line]))
    assert [(fault.file, fault.line) for fault in faults if told in fault.what] == [("d.entities.jsonl", 3)]
    assert {fault.line for fault in faults} == {3}


def test_mentions_of_two_labels_and_neighbors_may_stand(tmp_path: Path) -> None:
    beside = [entity("with drug", label="TRIAL"), entity("drug"), entity("amab")]
    assert check(*written(tmp_path, entities=beside)) == []


def test_ten_faults_at_once(tmp_path: Path) -> None:
    facts = [line for line, _ in list(PLANTED_FACTS.values())[:12] if line is not None]
    gold, corpus = written(tmp_path, facts=[*FACTS, *facts])
    assert {fault.line for fault in check(gold, corpus)} == set(range(3, 3 + len(facts)))


def test_another_text_is_told_and_not_read(tmp_path: Path) -> None:
    gold, corpus = written(tmp_path, text="short")
    (fault,) = check(gold, corpus)
    assert "its sha256 differs" in fault.what
    assert texts(gold, corpus).absent == ("d",)


def test_without_its_text_gold_is_checked_as_far_as_can_be(tmp_path: Path) -> None:
    gold, _ = written(tmp_path, facts=[measurement(value=99, n=2000)])
    assert [fault.what for fault in check(gold, [])] == ["n 2000 is more than N 1200"]
    assert texts(gold, []).absent == ("d",)


def test_the_list_of_documents_is_checked(tmp_path: Path) -> None:
    gold, corpus = written(tmp_path)
    listed = (gold / "documents.jsonl").read_text()
    (gold / "documents.jsonl").write_text(listed + listed + listed.replace('"doc": "d"', '"doc": "e"') + '{"doc": "f"}\n')
    told = {(fault.line, fault.what) for fault in check(gold, corpus) if fault.line}
    assert {line for line, _ in told} == {2, 3, 4}
    (gold / "documents.jsonl").write_text("")
    assert [fault.what for fault in check(gold, corpus)] == ["does not list 'd', which has a gold file"]
    (gold / "documents.jsonl").unlink()
    assert [str(fault).startswith("documents.jsonl:0: not there") for fault in check(gold, corpus)] == [True]


def test_faults_are_sorted() -> None:
    assert sorted([Fault("b", 1, ""), Fault("a", 2, ""), Fault("a", 1, "")])[0] == Fault("a", 1, "")


@pytest.mark.parametrize(
    ("text", "value", "printed"),
    [
        ("0.60", 0.6, True),
        ("0·60", 0.6, True),
        ("p<.05", 0.05, True),
        ("1,204 patients", 1204, True),
        ("1,204 patients", 204, False),
        ("1 204 patients", 1204, True),
        ("1\u2009204 patients", 1204, True),
        ("10,20 and 30", 20, True),
        ("a change of −3.5", -3.5, True),
        ("8–12", 12, True),
        ("Seven patients", 7, True),
        ("Twenty patients", 20, True),
        ("twenty-four patients", 24, True),
        ("no patient", 0, True),
        ("someone", 1, False),
        ("10.\n5 months", 10.5, True),
        ("16.0", 6, False),
        ("", 0, False),
    ],
)
def test_printed(text: str, value: float, printed: bool) -> None:
    assert prints(text, value) is printed


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10),
        ("eleven", 11), ("twelve", 12), ("thirteen", 13), ("fourteen", 14), ("fifteen", 15), ("sixteen", 16), ("seventeen", 17), ("eighteen", 18),
        ("nineteen", 19), ("twenty", 20), ("ninety-nine", 99),
    ],
)  # fmt: skip
def test_number_words(word: str, value: int) -> None:
    assert prints(f"{word} of them", value)
    assert not prints(f"{word} of them", value + 1)


# brat


def test_standoff_as_brat_wants_it() -> None:
    broken = EntityMention(doc="d", label="DRUG", start=3, end=12, text="drug-\namab", norm=None).model_copy(update={"end": 13})
    ann, txt = to_brat([], [broken], "of drug-\namab.")
    assert txt == "of drug-\namab."
    assert ann.split("\n")[0] == "T1\tDRUG 3 8;9 13\tdrug- amab"
    assert from_brat(ann, txt, doc="d") == ((), (broken,))


def test_gold_lines_round_trip(tmp_path: Path) -> None:
    gold, _ = written(tmp_path, facts=[measurement(where="prose"), comparison(start=None, end=None)])
    read = read_gold(gold)
    facts, mentions = from_brat(*to_brat(read.facts, read.mentions, TEXT), doc="d")
    assert (facts, mentions) == (read.facts, read.mentions)
    assert [json.loads(fact_line(entry)) for entry in facts] == [measurement(where="prose"), comparison(start=None, end=None)]
    assert list(json.loads(fact_line(facts[0])))[:4] == ["kind", "doc", "study", "provenance"]
    assert [json.loads(mention_line(mention)) for mention in mentions] == ENTITIES


def test_what_an_annotator_moves_or_adds_wins() -> None:
    ann, _ = to_brat([], [EntityMention.model_validate(OS)], TEXT)
    moved = ann.replace("T1\tENDPOINT 7 9\tOS", "T1\tENDPOINT 0 9\tMedian OS") + "T2\tDRUG 15 23\tdrugamab\n#2\tAnnotatorNotes T2\tsure?\n"
    _, (endpoint, drug) = from_brat(moved, TEXT, doc="d")
    assert (endpoint.text, endpoint.norm) == ("Median OS", "OS")
    assert (drug.doc, drug.text, drug.norm) == ("d", "drugamab", None)


@pytest.mark.parametrize("ann", ["T1\tDRUG 0\tx", "T1\tDRUG 0 999\tx"])
def test_broken_standoff_is_refused(ann: str) -> None:
    with pytest.raises(BratError):
        from_brat(ann, TEXT, doc="d")


def test_gold_that_does_not_fit_the_text_is_refused() -> None:
    with pytest.raises(BratError, match="is not what stands"):
        to_brat([], [EntityMention.model_validate(entity("drugamab", text="drugomab"))], TEXT)
    with pytest.raises(BratError, match="holds no character"):
        to_brat([Entry.model_validate({"fact": measurement(start=500, end=600)})], [], TEXT)
    with pytest.raises(BratError, match="needs a text"):
        to_brat([Entry.model_validate({"fact": measurement(start=None, end=None)})], [], "")


_strings = st.none() | st.text(min_size=1, max_size=8)
_numbers = st.none() | st.integers(-5, 10**6) | st.floats(-1e6, 1e6)


@st.composite
def _annotated(draw: st.DrawFn) -> tuple[list[Entry], list[EntityMention], str]:
    """A text with line breaks of all kinds, and facts and mentions on spans that hold at least one character that is no line break."""
    text = "a" + draw(st.text(alphabet="ab \n\r\t\x85\u2028é", max_size=30))

    def span() -> tuple[int, int]:
        at = draw(st.sampled_from([i for i, c in enumerate(text) if c not in "\r\n"]))
        return draw(st.integers(0, at)), draw(st.integers(at + 1, len(text)))

    facts: list[Entry] = []
    for _ in range(draw(st.integers(0, 3))):
        start, end = draw(st.sampled_from([span(), (None, None)]))
        place = {"start": start, "end": end, "arm": draw(_strings), "population": draw(_strings)}
        low, high = draw(_numbers), draw(_numbers)
        either = draw(st.booleans())
        said = measurement(**place, value=draw(_numbers), category="x") if either else comparison(**place, estimate=1, ci=[low, high])
        model = MeasurementFact if either else ComparisonFact
        facts.append(Entry(fact=model.model_validate(said), where=draw(st.sampled_from([None, "table"]))))
    mentions = []
    for start, end in [span() for _ in range(draw(st.integers(0, 3)))]:
        mentions.append(EntityMention(doc="d", label="DRUG", start=start, end=end, text=text[start:end], norm=draw(_strings)))
    return facts, mentions, text


@given(_annotated())
def test_brat_loses_nothing(annotated: tuple[list[Entry], list[EntityMention], str]) -> None:
    facts, mentions, text = annotated
    ann, txt = to_brat(facts, mentions, text)
    assert txt == text
    assert from_brat(ann, txt, doc="other") == (tuple(facts), tuple(mentions))
