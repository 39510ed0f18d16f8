"""The invented papers: they are whole, and what they say is read no worse than it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.transposed import HALVES, SETS, TABLES, TRANSPOSED, WRITTEN, halves, main, scored
from extractor.evaluate import read_gold
from extractor.ingest import from_text
from extractor.pipeline import Extraction, Pipeline

PIPELINE = Pipeline()

LEAST = {
    ("Mini-papers", "read"): (0.70, 0.42),
    ("Mini-papers", "blind"): (0.59, 0.245),
    ("Tables of mini-papers", "read"): (0.89, 0.86),
    ("Tables of mini-papers", "blind"): (0.83, 0.675),
    ("Ordinary papers", "read"): (0.69, 0.42),
    ("Ordinary papers", "blind"): (0.62, 0.24),
}
"""Core and key F1 of texts and tables below which a change has broken something."""


@pytest.mark.parametrize("folder", [TRANSPOSED, WRITTEN], ids=lambda folder: folder.name)
def test_each_paper_is_in_one_half_and_has_facts(folder: Path) -> None:
    texts = sorted(path.stem for path in folder.glob("*.txt"))
    assert sorted(doc for docs in halves(folder).values() for doc in docs) == texts
    assert sorted(path.name.removesuffix(".facts.jsonl") for path in folder.glob("*.facts.jsonl")) == texts


@pytest.mark.parametrize("folder", [TRANSPOSED, WRITTEN], ids=lambda folder: folder.name)
def test_each_fact_stands_where_it_says(folder: Path) -> None:
    for entry in read_gold(folder).facts:
        fact = entry.fact
        text = (folder / f"{fact.doc}.txt").read_text(encoding="utf-8")
        assert fact.start is not None
        assert fact.end is not None
        assert 0 <= fact.start < fact.end <= len(text)
        said = fact.value if fact.kind == "measurement" else fact.estimate
        quote = text[fact.start : fact.end].replace(",", "").replace("·", ".")
        if said is not None and not float(said).is_integer():
            assert re.search(rf"(?<!\d){re.escape(f'{abs(said):g}')}0*(?!\d)", quote), (fact.doc, said)


@pytest.mark.parametrize(("what", "half"), LEAST)
def test_reading_gets_no_worse(what: str, half: str) -> None:
    folder, told = next((where, told) for name, where, told in SETS if name == what)
    documents = [doc for doc in halves(told)[half] if (folder / f"{doc}.facts.jsonl").is_file()]
    facts = scored(folder, documents, PIPELINE).facts
    core, key = LEAST[what, half]
    assert (facts.core.f1 or 0) >= core
    assert (facts.key.f1 or 0) >= key


def test_each_table_has_facts_and_is_of_a_half() -> None:
    tables = sorted(path.stem for path in (TRANSPOSED / TABLES).glob("*.nxml"))
    assert sorted(path.name.removesuffix(".facts.jsonl") for path in (TRANSPOSED / TABLES).glob("*.facts.jsonl")) == tables
    assert set(tables) <= {doc for docs in halves(TRANSPOSED).values() for doc in docs}


def test_a_table_for_each_half(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("benchmarks.transposed.Pipeline.extract", lambda self, source: Extraction(from_text("Nothing."), (), (), ()))
    assert main() == 0
    titles = [line for line in capsys.readouterr().out.splitlines() if line.startswith("###")]
    assert titles == [f"### {what}, {title}" for what, *_ in SETS for title in HALVES.values()]
