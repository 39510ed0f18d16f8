"""The arms of a study from what its paper tells of them by the way: how many entered each, what it was to be better than, what the other half got."""

from __future__ import annotations

import pytest
from test_relations import PIPELINE

from extractor.ingest import from_text
from extractor.relations.context import about
from extractor.sections import segment

PAPER = """TITLE:
{title}

BODY.METHODS:
{methods}

BODY.RESULTS:
{results} The trial was closed early.
"""
TITLE, METHODS = "Results of a randomized trial in advanced cancer", "Treatment was assigned at random."
TOLD = {
    "randomised, with sizes in one bracket": (TITLE, METHODS, "A total of 214 patients were randomised and treated ({A}, n = 109; {b}, n = 105)."),
    "so many received each": (TITLE, METHODS, "Of 214 patients, 109 received {a} and 105 received {b}."),
    "so many were assigned to each": (TITLE, METHODS, "In all, 109 patients were assigned to {a} and 105 to {b}."),
    "so many in each arm": (TITLE, METHODS, "From 2011 on, 214 patients were enrolled: 109 in the {a} arm and 105 in the {b} arm."),
    "so many to each, in a bracket": (TITLE, METHODS, "Overall, 214 patients were randomized (109 to {a}, 105 to {b})."),
    "superiority": (TITLE, "This trial was designed to show the superiority of {a} over {b}.", ""),
    "non-inferior": (TITLE, "This trial was designed to show that {a} is non-inferior to {b}.", ""),
    "the other group": (TITLE, "One group was treated with {a}, the other with {b}.", ""),
    "the comparator": (TITLE, "Patients in the investigational arm were treated with {a}; the comparator was {b}.", ""),
    "two regimens": (TITLE, "Two regimens were compared: {a} and {b}.", ""),
    "the two treatments": (TITLE, "The two treatments were {a} and {b}.", ""),
    "what patients had not responded to is none": (
        TITLE,
        "The aim was to show that {a} is non-inferior to {b} in adults with an inadequate response to interferon.",
        "",
    ),
}
ARMS = {
    "two drugs": ("docetaxel", "gemcitabine", ("docetaxel", "gemcitabine")),
    "placebo": ("zanubrutinib", "placebo", ("zanubrutinib", "placebo")),
    "one added": ("FOLFOX plus bevacizumab", "FOLFOX alone", ("FOLFOX + bevacizumab", "FOLFOX")),
    "radiotherapy": ("radiotherapy plus temozolomide", "radiotherapy alone", ("radiotherapy + temozolomide", "radiotherapy")),
}


def arms_of(title: str, methods: str, results: str) -> set[str]:
    """The arms of the study of a paper."""
    document = segment(from_text(PAPER.format(title=title, methods=methods, results=results)))
    paper = about(document, PIPELINE.recognize(document))
    return {arm.norm for arm in paper.pair or paper.assigned}


@pytest.mark.parametrize("arms", sorted(ARMS))
@pytest.mark.parametrize("told", sorted(TOLD))
def test_arms_are_found(told: str, arms: str) -> None:
    title, methods, results = TOLD[told]
    one, other, wanted = ARMS[arms]
    assert arms_of(title, methods.format(a=one, b=other), results.format(a=one, b=other, A=one[0].upper() + one[1:])) == set(wanted)


@pytest.mark.parametrize(
    "results",
    [
        "After progression, 41 patients received docetaxel and 38 received gemcitabine.",
        "Of the 79 patients who relapsed, 41 were assigned to docetaxel and 38 to gemcitabine as salvage treatment.",
        "Neutropenia was seen in 41 patients receiving docetaxel and in 38 receiving gemcitabine.",
    ],
)
def test_later_treatments_and_harms_make_no_arms(results: str) -> None:
    assert arms_of(TITLE, METHODS, results) == set()


UNTOLD = {
    "Patients were randomly assigned to thalidomide or to the control group.": {"thalidomide", "control"},
    "Patients were assigned to thalidomide (100 mg/day) or to the control group, which was observed.": {"thalidomide", "observation"},
    "Patients were randomly assigned to thalidomide or to a control group without treatment.": {"thalidomide", "observation"},
    "Patients were randomly assigned to receive thalidomide or to be observed.": {"thalidomide", "observation"},
    "Patients were randomized to maintenance with thalidomide or not.": {"thalidomide", "no thalidomide"},
    "Infusions of tislelizumab or matching placebo were due on days 1 and 22.": {"tislelizumab", "placebo"},
    # The control is told: no rule for untold ones.
    "Patients were randomly assigned to thalidomide or to a control group, which received docetaxel.": {"thalidomide", "docetaxel"},
}


@pytest.mark.parametrize("methods", sorted(UNTOLD))
def test_a_control_of_which_nothing_is_told(methods: str) -> None:
    assert arms_of(TITLE, methods, "The response rate was 31% in the thalidomide group and 12% in the control group.") == UNTOLD[methods]
