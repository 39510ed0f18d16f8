"""The mini-papers in words of our own: they are whole, and what they say is read no worse than it was."""

from __future__ import annotations

import json
import re

import pytest

from benchmarks.transposed import HALVES, TRANSPOSED, main, scored
from extractor.evaluate import read_gold
from extractor.pipeline import Pipeline

LEAST = {"read": (0.55, 0.25), "blind": (0.51, 0.18)}
"""Core and key F1 below which a change has broken something."""


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


@pytest.mark.parametrize("half", HALVES)
def test_reading_gets_no_worse(half: str) -> None:
    facts = scored(halves()[half], Pipeline()).facts
    core, key = LEAST[half]
    assert (facts.core.f1 or 0) >= core
    assert (facts.key.f1 or 0) >= key


def test_a_table_for_each_half(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("###")] == [f"### {title}" for title in HALVES.values()]
