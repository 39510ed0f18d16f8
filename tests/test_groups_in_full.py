"""Groups that a paper calls by an abbreviation of no list have the name that it stands for: invented papers."""

from __future__ import annotations

import pytest

from extractor.entities.groups_in_full import names_arm
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
PAPER = (
    "Rest after surgery of thymoma: a randomised trial\n\nAbstract\n\nMethods: Women were randomised. Results: see below.\n\n"
    "Methods\n\nThe study tested guided starlight baths (GSB) and written weekly goals (WWG). {} \n\nResults\n\n"
    "The GSB group and the WWG group were alike. Pain was the same in the GSB group and the WWG group."
    " Falls were rarer in the GSB group than in the WWG group.\n\n{}\n"
)


def measured(results: str, methods: str = "Visits were weekly.") -> set[tuple[str | None, float | None]]:
    """Arm and value of each measurement in a paper of two groups that have abbreviations."""
    return {(r.arm, r.value) for r in PIPELINE.extract_text(PAPER.format(methods, results)).records if r.kind == "measurement"}


@pytest.mark.parametrize(
    "results",
    [
        "Median overall survival was 14.1 months in the GSB group and 11.2 months in the WWG group.",
        "Median overall survival was 14.1 months with GSB and 11.2 months with WWG.",
        "Median overall survival was 14.1 months with guided starlight baths and 11.2 months with written weekly goals.",
        "Median overall survival was 14.1 months with Guided Starlight Baths (GSB) and 11.2 months in the written-weekly-goals group.",
    ],
    ids=["groups", "bare", "in full", "both"],
)
def test_a_group_called_by_an_abbreviation_has_its_name_in_full(results: str) -> None:
    assert measured(results) >= {("guided starlight baths", 14.1), ("written weekly goals", 11.2)}


def test_a_side_of_a_title_called_by_an_abbreviation_has_its_name_in_full() -> None:
    text = (
        "A trial of rest after surgery of thymoma\n\nAbstract\n\nMethods: Women were randomised to guided starlight baths (GSB)"
        " or usual care (UC). Results: see below.\n\nMethods\n\nWomen were randomised to GSB or usual care. GSB took an hour.\n\nResults\n\n"
        "Women of the GSB group and of the usual care group were alike."
        " Median overall survival was 14.1 months with GSB and 11.2 months with usual care.\n"
    )
    found = {(r.arm, r.value) for r in PIPELINE.extract_text(text).records if r.kind == "measurement"}
    assert found >= {("guided starlight baths", 14.1), ("usual care", 11.2)}


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("EOP", "early onset patients"),
        ("rcTF", "recombinant chimeric thymic factor"),
        ("ICT", "immunochemotherapy"),
        ("TNC", "triple-negative cancers"),
        ("gsb", "guided starlight baths"),
        ("BBT", "breath bubble testing"),
    ],
    ids=["people", "agent", "listed", "disease", "no capitals", "test"],
)
def test_what_an_abbreviation_stands_for_need_not_be_an_arm(short: str, long: str) -> None:
    assert not names_arm(short, long)
