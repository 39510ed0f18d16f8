"""The mini-papers in words of our own: they are whole, and what they say is read no worse than it was."""

from __future__ import annotations

import json
import re

import pytest

from benchmarks.transposed import HALVES, TABLES, TRANSPOSED, main, scored
from extractor.evaluate import read_gold
from extractor.ingest import from_text
from extractor.pipeline import Extraction, Pipeline

PIPELINE = Pipeline()

LEAST = {
    ("", "read"): (0.70, 0.42),
    ("", "blind"): (0.59, 0.245),
    (TABLES, "read"): (0.89, 0.86),
    (TABLES, "blind"): (0.83, 0.675),
}
"""Core and key F1 of texts and tables below which a change has broken something."""


def halves() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((TRANSPOSED / "halves.json").read_text(encoding="utf-8"))
    return found


def test_each_mini_paper_is_in_one_half_and_has_facts() -> None:
    texts = sorted(path.stem for path in TRANSPOSED.glob("*.txt"))
    assert sorted(doc for docs in halves().values() for doc in docs) == texts
    assert sorted(path.name.removesuffix(".facts.jsonl") for path in TRANSPOSED.glob("*.facts.jsonl")) == texts


def test_each_fact_stands_where_it_says() -> None:
    for entry in read_gold(TRANSPOSED).facts:
        fact = entry.fact
        text = (TRANSPOSED / f"{fact.doc}.txt").read_text(encoding="utf-8")
        assert fact.start is not None
        assert fact.end is not None
        assert 0 <= fact.start < fact.end <= len(text)
        said = fact.value if fact.kind == "measurement" else fact.estimate
        quote = text[fact.start : fact.end].replace(",", "").replace("·", ".")
        if said is not None and not float(said).is_integer():
            assert re.search(rf"(?<!\d){re.escape(f'{abs(said):g}')}0*(?!\d)", quote), (fact.doc, said)


@pytest.mark.parametrize(("where", "half"), LEAST)
def test_reading_gets_no_worse(where: str, half: str) -> None:
    folder = TRANSPOSED / where
    documents = [doc for doc in halves()[half] if (folder / f"{doc}.facts.jsonl").is_file()]
    facts = scored(folder, documents, PIPELINE).facts
    core, key = LEAST[where, half]
    assert (facts.core.f1 or 0) >= core
    assert (facts.key.f1 or 0) >= key


def test_each_table_has_facts_and_is_of_a_half() -> None:
    tables = sorted(path.stem for path in (TRANSPOSED / TABLES).glob("*.nxml"))
    assert sorted(path.name.removesuffix(".facts.jsonl") for path in (TRANSPOSED / TABLES).glob("*.facts.jsonl")) == tables
    assert set(tables) <= {doc for docs in halves().values() for doc in docs}


def test_a_table_for_each_half(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("benchmarks.transposed.Pipeline.extract", lambda self, source: Extraction(from_text("Nothing."), (), (), ()))
    assert main() == 0
    titles = [line for line in capsys.readouterr().out.splitlines() if line.startswith("###")]
    assert titles == [f"### {what}, {title}" for what in ("Mini-papers", "Tables of mini-papers") for title in HALVES.values()]
