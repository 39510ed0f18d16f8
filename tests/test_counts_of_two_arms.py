"""Counts of two arms, told in the ways that sentences tell them: each has its arm, and where one cannot be read neither is given to the other."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told
from test_two_outcomes_of_two_arms import measured

WAYS = (
    "There were {a} and {b} {X} in the docetaxel and gemcitabine arms, respectively.",
    "{a} and {b} patients {did} in the docetaxel and gemcitabine arms, respectively.",
    "{a} and {b} {X} {occ} with docetaxel and gemcitabine, respectively.",
    "In the docetaxel and gemcitabine arms, {a} and {b} patients {did}, respectively.",
    "There were {a} {X} with docetaxel and {b} with gemcitabine.",
    "The numbers of {X} were {a} and {b} in the docetaxel and gemcitabine arms, respectively.",
    "The number of {X} was {a} with docetaxel and {b} with gemcitabine.",
    "{a} patients in the docetaxel arm and {b} in the gemcitabine arm {did}.",
    "There were more {X} with docetaxel than with gemcitabine ({a} vs {b}).",
    "There were more {X} with docetaxel ({a}) than with gemcitabine ({b}).",
    "In the docetaxel arm there were {a} {X}, and in the gemcitabine arm {b}.",
    "In the docetaxel arm, {a} patients {did}; in the gemcitabine arm, {b}.",
    "At the data cut-off, {a} and {b} {X} had been reported in the docetaxel and gemcitabine arms.",
)
COUNTED = {
    "deaths": ("deaths", "occurred", "died", "DEATH"),
    "responses": ("complete responses", "were seen", "had a complete response", "CR"),
    "fatal": ("treatment-related deaths", "occurred", "died of toxicity", "TREATMENT_DEATH"),
    "stops": ("discontinuations due to toxicity", "occurred", "discontinued treatment because of toxicity", "DISCONTINUATION toxicity"),
}
# Read of the second arm alone; the first number is left over.
UNREAD = {("There were {a} {X} with docetaxel and {b} with gemcitabine.", "stops")}


@pytest.mark.parametrize("numbers", [("14", "8"), ("Fourteen", "eight")])
@pytest.mark.parametrize("counted", sorted(COUNTED))
@pytest.mark.parametrize("way", WAYS)
def test_both_counts_have_their_arm(way: str, counted: str, numbers: tuple[str, str]) -> None:
    if (way, counted) in UNREAD:
        pytest.skip("one of the two counts is left over")
    noun, occurred, did, head = COUNTED[counted]
    sentence = way.format(a=numbers[0] if way.startswith("{a}") else numbers[0].lower(), b=numbers[1], X=noun, occ=occurred, did=did)
    found = {one.replace(" event", " patient").replace(head + " toxicity", head) for one in measured(sentence)}
    assert found == {f"{head}: docetaxel = 14 patient", f"{head}: gemcitabine = 8 patient"}


SENTENCES = {
    "a responder's total is no count": (
        "There were 17 responders out of the 51 patients in the docetaxel group and 9 responders out of the 49 patients in the gemcitabine group.",
        {"ORR: docetaxel = 17 patient (17/51)", "ORR: gemcitabine = 9 patient (9/49)"},
    ),
    "those whom an analysis is of are none that responded": (
        "The analysis of responses (complete or partial response vs stable disease or death) is based on 97 patients "
        "(49 in the docetaxel group and 48 in the gemcitabine group).",
        set(),
    ),
    "figures that deny their sentence": ("There were more bile leaks with docetaxel than with gemcitabine (2 vs 17).", set()),
    "grades are no counts": (
        "Grades 3 and 4 neutropenia was seen in 12% of patients on docetaxel.",
        {"AE neutropenia grade 3-4: docetaxel = 12 percent"},
    ),
    "who progressed": (
        "Fourteen patients in the docetaxel group and eight in the gemcitabine group progressed.",
        {"PD: docetaxel = 14 patient", "PD: gemcitabine = 8 patient"},
    ),
    "who progressed on a drug by its name": (
        "Fourteen patients on docetaxel and eight on gemcitabine progressed.",
        {"PD: docetaxel = 14 patient", "PD: gemcitabine = 8 patient"},
    ),
    "numbers of cohorts are no counts": ("In cohorts 2 and 14 patients on docetaxel died.", {"DEATH in cohort 2: docetaxel = 14 patient"}),
    "who had progressed before is none": ("Eight patients on docetaxel who progressed after surgery were older.", set()),
}


@pytest.mark.parametrize("case", sorted(SENTENCES))
def test_counts_in_other_sentences(case: str) -> None:
    sentence, wanted = SENTENCES[case]
    assert measured(sentence) == wanted


def test_n_of_an_arm_is_given_with_its_total() -> None:
    found = PIPELINE.extract_text(OWN + "Six of 51 patients in the docetaxel group and three of 49 patients in the gemcitabine group died.\n").records
    assert {told(r) for r in found if r.endpoint == "DEATH"} == {"DEATH: docetaxel = 6 patient (6/51)", "DEATH: gemcitabine = 3 patient (3/49)"}
