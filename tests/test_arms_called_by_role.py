"""Arms that a paper calls by their roles alone, by what it says that these groups were given: invented papers."""

from __future__ import annotations

import pytest

from extractor.document import SectionKind
from extractor.entities.called_by_role import find_called_by_role
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
BOTH = "The intervention group and the control group were alike. Falls were rarer in the intervention group than in the control group."


def named(title: str, methods: str) -> list[str]:
    """The arms of a paper with a title and some sentences of methods, whose results speak of an intervention and a control group."""
    told = [(SectionKind.TITLE, title), *((SectionKind.METHODS, f"{one}.") for one in methods.split(". "))]
    found = find_called_by_role([*told, *((SectionKind.RESULTS, f"{one}.") for one in BOTH.split(". "))])
    return [a.norm for a in found.assigned] if found is not None else []


@pytest.mark.parametrize(
    ("title", "methods", "arms"),
    [
        (
            "Effect of a peer support programme on distress in women with thymoma: a randomised trial",
            "Women were randomised to the intervention or the control group. The control group received usual care",
            ["peer support programme", "usual care"],
        ),
        (
            "Distress in women with thymoma",
            "Women were allocated to bedside storytelling (intervention group) or a printed leaflet (control group)",
            ["bedside storytelling", "printed leaflet"],
        ),
        (
            "Humour rooms reduce distress in thymoma",
            "Women in the intervention group, i.e. humour rooms, were seen weekly. Controls were put on a waiting list",
            ["humour rooms", "control"],
        ),
        (
            "A garden visit programme: a pilot trial in thymoma",
            "Participants were randomised to the garden visit programme or to a waiting list control group",
            ["garden visit programme", "waiting list control"],
        ),
        (
            "Sleep in thymoma",
            "The intervention group took part in six sessions of guided storytelling. Guided storytelling was led by a nurse."
            " The control group had treatment as usual",
            ["guided storytelling", "usual care"],
        ),
        (
            "A randomised trial of a breathing app for dyspnoea in thymoma",
            "Patients were randomised to either standard care or intervention",
            ["breathing app", "usual care"],
        ),
        (
            "Evaluation of propolis against mucositis: a randomised trial",
            "Patients rinsed with propolis three times a day. Control patients had no rinse",
            ["propolis", "control"],
        ),
        (
            "Nurse-led thymoma clinics: feasibility",
            "Patients were randomised to the intervention group (shared care clinic) or routine nursing care (control)",
            ["shared care clinic", "routine nursing care"],
        ),
        (
            "The living after thymoma programme: a multicentre randomised trial",
            "Patients were randomised 1:1 to the intervention or usual care. The control group had visits as before",
            ["living after thymoma programme", "usual care"],
        ),
        (
            "Outcome in thymoma",
            "The control group received routine follow-up. The intervention group received a booklet, a diary and two visits",
            ["intervention", "routine follow-up"],
        ),
    ],
    ids=["title and care", "brackets", "that is", "waiting list", "sessions", "beside", "one word", "bracket behind", "named programme", "in parts"],
)
def test_what_a_group_called_by_its_role_was_given(title: str, methods: str, arms: list[str]) -> None:
    assert named(title, methods) == arms


@pytest.mark.parametrize(
    ("title", "methods"),
    [
        ("Outcome in thymoma", "The intervention group received a booklet, a diary and two visits. The control group did not receive usual care"),
        ("Outcome in thymoma", "The intervention group received a goal booklet, a diary and two visits. The goal booklet was printed"),
        ("Outcome in thymoma", "The intervention group received an assessment. The control group completed a questionnaire"),
        ("Effect of docetaxel on thymoma", "The intervention group received docetaxel. The control group received the same chemotherapy"),
        ("Effect of reading on thymoma", "There were two intervention groups. The control group received usual care"),
        ("Survival of patients with thymoma: a controlled study", "Patients of the intervention group were older"),
    ],
    ids=["in parts", "in parts again", "tested and asked", "a listed drug", "two under test", "a title on people"],
)
def test_roles_stay_where_nothing_is_told_shortly_and_plainly(title: str, methods: str) -> None:
    assert named(title, methods) == []


PAPER = (
    "{title}\n\nAbstract\n\nBackground: Little is known. Methods: Women were randomised. Results: see below.\n\nMethods\n\n{methods}\n\n"
    "Results\n\n{results}\n"
)


def measured(title: str, methods: str, results: str) -> set[tuple[str | None, float | None]]:
    """Arm and value of each measurement in a paper."""
    text = PAPER.format(title=title, methods=methods, results=results)
    return {(r.arm, r.value) for r in PIPELINE.extract_text(text).records if r.kind == "measurement"}


def test_a_role_and_a_name_are_labels_of_one_arm() -> None:
    found = measured(
        "Effect of a peer support programme on survival in thymoma: a randomised trial",
        "Women with thymoma were randomised to the intervention group or the control group. The control group received usual care.",
        f"{BOTH} Median overall survival was 14.1 months in the intervention group and 11.2 months in the control group."
        " Median progression-free survival was 7.3 months with peer support programme and 6.1 months with usual care.",
    )
    assert found >= {("peer support programme", 14.1), ("usual care", 11.2), ("peer support programme", 7.3), ("usual care", 6.1)}


def test_the_experiment_group_is_the_arm_under_test() -> None:
    found = measured(
        "Effect of a laughter course on survival in thymoma: a randomised trial",
        "Women with thymoma were divided into the experiment and control groups. The experiment group met weekly.",
        "The experiment group and the control group were alike."
        " Median overall survival was 14.1 months in the experiment group."
        " Median progression-free survival was 11.2 months in the control group.",
    )
    assert found >= {("laughter course", 14.1), ("control", 11.2)}
