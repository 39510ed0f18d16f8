"""Groups that a paper calls by an abbreviation of no list have the name that it stands for: invented papers."""

from __future__ import annotations

import pytest

from extractor.entities.groups_in_full import names_arm
from extractor.ingest import from_text
from extractor.pipeline import Pipeline
from extractor.relations.context import about
from extractor.sections import segment

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
        "Median progression-free survival was 11.2 months with WWG. Median overall survival was 14.1 months with GSB.",
        "Median PFS was 11.2 months with written weekly goals. Median overall survival was 14.1 months with guided starlight baths.",
        "Median overall survival was 14.1 months with Guided Starlight Baths (GSB) and 11.2 months in the written-weekly-goals group.",
    ],
    ids=["groups", "bare", "in full", "both"],
)
def test_a_group_called_by_an_abbreviation_has_its_name_in_full(results: str) -> None:
    assert measured(results) >= {("guided starlight baths", 14.1), ("written weekly goals", 11.2)}


def test_a_side_of_a_title_called_by_an_abbreviation_has_its_name_in_full() -> None:
    text = (
        "A trial of rest in thymoma\n\nAbstract\n\nMethods: Women were randomised to baths or usual care. Results: see below.\n\nMethods\n\n"
        "The trial compared guided starlight baths (GSB) to usual care (UC). GSB took an hour.\n\nResults\n\n"
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


LETTERED = (
    "Rest in thymoma: a randomised trial\n\nAbstract\n\nMethods: Women were randomised. Results: see below.\n\nMethods\n\n{}\n\nResults\n\n"
    "Group A and group B were alike. Falls were rarer in group A than in group B. Pain was the same in group A and group B."
    " Median overall survival was 14.1 months in group A and 11.2 months in group B.\n"
)


@pytest.mark.parametrize(
    ("methods", "arms"),
    [
        ("Women were drawn to starlight baths (group A) or written weekly goals (group B).", ("starlight baths", "written weekly goals")),
        ("Women of group A received guided starlight baths. Guided starlight baths took an hour.", ("guided starlight baths", "group b")),
        (
            "Group A (starlight baths) met weekly. Group B took part in two goal lessons. Goal lessons were held daily.",
            ("starlight baths", "goal lessons"),
        ),
        ("Group A received a booklet, a diary and two visits. Group B did not receive a diary.", ("group a", "group b")),
    ],
    ids=["brackets", "received", "bracket behind", "in parts"],
)
def test_a_group_called_by_a_letter_has_the_name_of_what_it_was_given(methods: str, arms: tuple[str, str]) -> None:
    found = {(r.arm, r.value) for r in PIPELINE.extract_text(LETTERED.format(methods)).records if r.kind == "measurement"}
    assert found >= {(arms[0], 14.1), (arms[1], 11.2)}


def test_groups_in_full_stand_beside_one_that_a_list_knows() -> None:
    text = PAPER.format(
        "Music therapy (MG group) was the third.",
        "The MG group and the GSB group were alike. The MG and the WWG group were alike. Falls were rarer in the MG group than in the WWG group."
        " Median overall survival was 14.1 months in the GSB group, 11.2 months in the WWG group and 12.3 months in the MG group.",
    )
    document = segment(from_text(text))
    paper = about(document, PIPELINE.recognize(document))
    assert {a.norm for a in paper.assigned} == {"guided starlight baths", "written weekly goals", "music therapy"}
