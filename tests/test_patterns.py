"""Every pattern, wherever it stands, does on its own examples what it says there, and nothing on its counterexamples."""

from __future__ import annotations

import re

import pytest

from extractor import quantities
from extractor.audit import prose
from extractor.document import fold
from extractor.entities import population_forms, population_lists, population_pairs, population_patterns, population_states
from extractor.quantities import Pattern
from extractor.relations import (
    announced,
    cases,
    cues,
    cycles,
    directions,
    elided,
    factor_lists,
    interactions,
    leads,
    patterns,
    peoples,
    phases,
    prognosis,
    ratios,
    risks,
    spoken,
    standing,
)
from extractor.relations import differences as intervals_of_differences

Groups = dict[str, str]

MODULES = (
    *(quantities, population_patterns, population_forms, population_lists, population_pairs, population_states, cues, patterns, prognosis, ratios),
    *(factor_lists, interactions, standing),
    *(spoken, intervals_of_differences, directions, leads, peoples, phases, risks, cases, cycles, prose, elided, announced),
)
PATTERNS = {v.id: v for module in MODULES for v in vars(module).values() if isinstance(v, Pattern)}
EXAMPLES = [pytest.param(p, text, want, id=f"{p.id}: {text}") for p in PATTERNS.values() for text, want in p.examples.items()]
COUNTEREXAMPLES = [pytest.param(p, text, id=f"{p.id}: {text}") for p in PATTERNS.values() for text in p.counterexamples]


def differences(pattern: Pattern, text: str, want: list[Groups]) -> list[str]:
    """What a pattern reads otherwise than its row says: another number of matches, another group."""
    got = [m.groupdict() for m in pattern.find(fold(text))]
    if len(got) != len(want):
        return [f"{len(want)} matches expected, {len(got)} found: {got}"]
    return [
        f"match {i}, {group}: expected {text!r}, found {hit.get(group)!r}"
        for i, (hit, row) in enumerate(zip(got, want, strict=True))
        for group, text in row.items()
        if hit.get(group) != text
    ]


@pytest.mark.parametrize(("pattern", "text", "want"), EXAMPLES)
def test_pattern_reads_its_examples(pattern: Pattern, text: str, want: list[Groups]) -> None:
    assert differences(pattern, text, want) == []


@pytest.mark.parametrize(("pattern", "text"), COUNTEREXAMPLES)
def test_pattern_leaves_its_counterexamples_alone(pattern: Pattern, text: str) -> None:
    assert [m.group() for m in pattern.find(fold(text))] == []


def test_every_pattern_has_examples_and_counterexamples() -> None:
    assert [p.id for p in PATTERNS.values() if not (p.examples and p.counterexamples and all(p.examples.values()))] == []


def test_ids_are_phrases_and_stand_once() -> None:
    objects = [v for module in MODULES for v in vars(module).values() if isinstance(v, Pattern)]
    assert len({id(v) for v in objects}) == len(PATTERNS)
    assert [i for i in PATTERNS if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", i)] == []


def test_every_group_of_a_row_is_a_group_of_its_pattern() -> None:
    named = {(p.id, g) for p in PATTERNS.values() for rows in p.examples.values() for row in rows for g in row}
    assert sorted((i, g) for i, g in named if g not in PATTERNS[i].compiled.groupindex) == []


@pytest.mark.parametrize(
    ("text", "want", "wrong"),
    [
        ("n = 12", [{"n": "12"}], 0),
        ("n = 12", [{"n": "13"}], 1),
        ("n = 12", [], 1),
        ("n = 12, n = 13", [{"n": "12"}], 1),
        ("n = 12", [{"n": "12"}, {"n": "12"}], 1),
        ("none", [{"n": "12"}], 1),
        ("n = 12", [{"N": "12"}], 1),
    ],
)
def test_the_comparison_sees_each_kind_of_difference(text: str, want: list[Groups], wrong: int) -> None:
    assert len(differences(quantities.N_EQUALS, text, want)) == wrong
