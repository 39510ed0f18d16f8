"""Two outcomes of two arms, told in the ways that sentences tell them: each value has its outcome and its arm, and no other record is made."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

WAYS = (
    "{X} and {Y} were higher with docetaxel ({a} and {b}{u}) than with gemcitabine ({c} and {d}{u}).",
    "{X} and {Y} were {a} and {b}{u} with docetaxel, and {c} and {d}{u} with gemcitabine.",
    "{X} and {Y} were {a} and {b}{u} with docetaxel, compared with {c} and {d}{u} with gemcitabine.",
    "{X} and {Y} were higher with docetaxel than with gemcitabine ({a} and {b}{u} vs {c} and {d}{u}, respectively).",
    "{X} and {Y} were higher with docetaxel than with gemcitabine ({a} vs {c}{u} and {b} vs {d}{u}, respectively).",
    "Docetaxel gave higher {X} and {Y} ({a} vs {c}{u} and {b} vs {d}{u}) than gemcitabine.",
    "Compared with gemcitabine, docetaxel gave higher {X} and {Y} ({a} vs {c}{u} and {b} vs {d}{u}).",
    "Compared with gemcitabine, docetaxel gave higher {X} and {Y} ({a} and {b}{u} vs {c} and {d}{u}, respectively).",
    "{X} and {Y} in the docetaxel and gemcitabine arms were {a} vs {c}{u} and {b} vs {d}{u}, respectively.",
    "{X} was {a}{u} and {Y} was {b}{u} in the docetaxel arm, while in the gemcitabine arm {X} was {c}{u} and {Y} was {d}{u}.",
    "{X} ({a}{u} vs {c}{u}) and {Y} ({b}{u} vs {d}{u}) were better with docetaxel than with gemcitabine.",
    "{X} was {a}{u} for docetaxel and {c}{u} for gemcitabine; {Y}, {b}{u} and {d}{u}, respectively.",
    "For docetaxel and gemcitabine, {X} was {a} and {c}{u}, and {Y} was {b} and {d}{u}, respectively.",
    "{X} and {Y} were {a} vs {c}{u} and {b} vs {d}{u} for docetaxel vs gemcitabine.",
    "In the docetaxel arm, {X} and {Y} were {a} and {b}{u}; in the gemcitabine arm, they were {c} and {d}{u}.",
)
OUTCOMES = {
    "medians": ("PFS", "OS", ("6.4", "11.1", "3.3", "6.8"), " months", ("PFS: {} = {} month", "OS: {} = {} month")),
    "rates": ("one-year OS", "response rate", ("61%", "31%", "44%", "13%"), "", ("OS 1 year: {} = {} percent", "ORR: {} = {} percent")),
    "harms": (
        "grade 3-4 nausea",
        "diarrhea",
        ("31%", "13%", "9%", "4%"),
        "",
        ("AE nausea grade 3-4: {} = {} percent", "AE diarrhea grade 3-4: {} = {} percent"),
    ),
}


def measured(sentence: str) -> set[str]:
    """The measurements of a sentence in the results of a trial of docetaxel and gemcitabine, without counts."""
    paper = OWN + sentence + "\n"
    found = PIPELINE.extract_text(paper).records
    return {told(r) for r in found if r.kind == "measurement" and r.evidence[0].start >= len(OWN)}


@pytest.mark.parametrize("outcomes", sorted(OUTCOMES))
@pytest.mark.parametrize("way", WAYS)
def test_all_four_values_have_their_outcome_and_arm(way: str, outcomes: str) -> None:
    one, other, (a, b, c, d), unit, (first, second) = OUTCOMES[outcomes]
    sentence = way.format(X=one, Y=other, a=a, b=b, c=c, d=d, u=unit)
    values = [v.rstrip("%") for v in (a, b, c, d)]
    wanted = {
        first.format("docetaxel", values[0]),
        second.format("docetaxel", values[1]),
        first.format("gemcitabine", values[2]),
        second.format("gemcitabine", values[3]),
    }
    assert measured(sentence[:1].upper() + sentence[1:]) == wanted


SENTENCES = {
    "outcomes of different kinds in one bracket": (
        "Compared with gemcitabine, docetaxel improved response rate and PFS (31.6% versus 9.4% and 6.4 versus 3.3 months, respectively).",
        {"ORR: docetaxel = 31.6 percent", "ORR: gemcitabine = 9.4 percent", "PFS: docetaxel = 6.4 month", "PFS: gemcitabine = 3.3 month"},
    ),
    "the estimate before the arms": (
        "Median OS was 17.6 versus 16.8 months (HR 0.91; 95% CI 0.7 to 1.1; p = 0.44) for docetaxel and gemcitabine, respectively.",
        {"OS: docetaxel = 17.6 month", "OS: gemcitabine = 16.8 month"},
    ),
    "an outcome without a code in a list": (
        "Median OS and TFS were 30.8 months and 19.6 months in the docetaxel arm, respectively.",
        {"OS: docetaxel = 30.8 month"},
    ),
    "an abbreviation of no list in a list": (
        "Median OS and SBP were 30.8 months and 19.6 months in the docetaxel arm, respectively.",
        {"OS: docetaxel = 30.8 month"},
    ),
    "an abbreviation of no list": (
        "Docetaxel gave longer SBP and OS (median SBP: 14.1 and OS: 27.5 months) than gemcitabine (median SBP: 7.5 and OS: 18.7 months).",
        {"OS: docetaxel = 27.5 month", "OS: gemcitabine = 18.7 month"},
    ),
    "a marker is no outcome of the list": (
        "Median PFS was 6.4 months in the docetaxel arm and median PSA was 4.1 ng/ml.",
        {"PFS: docetaxel = 6.4 month", "PSA: docetaxel = 4.1 ng/mL"},
    ),
    "so many in each group": (
        "Grade 3 nausea occurred in ten patients (five from each group).",
        {"AE nausea grade 3: docetaxel = 5 patient", "AE nausea grade 3: gemcitabine = 5 patient"},
    ),
    "no progression": ("There were 18 (35.4%) patients with no reported disease progression in the docetaxel arm.", set()),
    "no progression was seen in some": ("No disease progression was seen in 12% of patients on docetaxel.", set()),
    "alive and without an event": (
        "At 6 months 40% of patients on docetaxel were alive and without neurological progression.",
        {"PFS 6 month: docetaxel = 40 percent"},
    ),
    "an event without progression": (
        "Two patients from each group had grade 3 nausea without evidence of progressive disease.",
        {"AE nausea grade 3: docetaxel = 2 patient", "AE nausea grade 3: gemcitabine = 2 patient"},
    ),
    "an age at follow-up": ("The median age at last follow-up was 72 and 71 years for docetaxel and gemcitabine, respectively.", set()),
    "a bound printed apart": ("Grade > =3 nausea was seen in 12% of patients on docetaxel.", {"AE nausea grade >=3: docetaxel = 12 percent"}),
    "a grade behind its number": (
        "Nausea of III-IV grade was seen in 12% of patients on docetaxel.",
        {"AE nausea grade 3-4: docetaxel = 12 percent"},
    ),
    "what those with an event needed": (
        "Adverse events were rare. Eight of nine (89%) patients with a wound infection who received docetaxel required a new dressing.",
        set(),
    ),
}


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_values_of_two_outcomes_and_what_is_none(name: str) -> None:
    sentence, wanted = SENTENCES[name]
    assert measured(sentence) == wanted


FOUR = """Four arms by mutation

Methods

Patients with the mutation were randomly assigned to arm A (docetaxel) or arm B (gemcitabine). Patients without it were randomly assigned to
arm C (paclitaxel) or arm D (vinorelbine).

Results

"""
FOUR_TOLD = {"ORR: docetaxel = 61.4 percent", "ORR: gemcitabine = 70.1 percent", "ORR: paclitaxel = 50.2 percent", "ORR: vinorelbine = 43.9 percent"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The response rate was 61.4% and 70.1% for arm A and B, and 50.2% and 43.9% for arm C and D.",
        "The response rate was 61.4% and 70.1% for arms A and B, respectively, and 50.2% and 43.9% for arms C and D, respectively.",
        "Response rates in arms A and B were 61.4% and 70.1%, and in arms C and D 50.2% and 43.9%.",
    ],
)
def test_runs_of_values_each_with_a_list_of_arms(sentence: str) -> None:
    assert {told(r) for r in PIPELINE.extract_text(FOUR + sentence + "\n").records if r.endpoint == "ORR"} == FOUR_TOLD


def test_an_estimate_stands_between_values_and_their_arms() -> None:
    sentence = "Median OS was 17.6 versus 16.8 months (HR 0.91; p = 0.44) for paclitaxel and vinorelbine, respectively."
    found = {told(r) for r in PIPELINE.extract_text(FOUR + sentence + "\n").records if r.kind == "measurement"}
    assert found == {"OS: paclitaxel = 17.6 month", "OS: vinorelbine = 16.8 month"}


def test_an_arm_called_by_its_letter_before_the_word() -> None:
    text = (
        "Two schedules of radiotherapy\n\nMethods\n\nPatients in S-Arm received docetaxel and those in L-Arm received gemcitabine.\n\nResults\n\n"
        "The response rate was 71% in L-Arm and 64% in S-ARM.\n"
    )
    assert {told(r) for r in PIPELINE.extract_text(text).records} == {"ORR: gemcitabine = 71 percent", "ORR: docetaxel = 64 percent"}


def test_similar_results_are_no_factor() -> None:
    text = (
        "Drugs\n\nMethods\n\nPatients were followed.\n\nResults\n\nIn multivariate analysis, age was associated with PFS (HR 1.4; p = 0.01). "
        "Sensitivity analysis of PFS using log-rank test showed similar results (median 5.8 vs. 5.1 months; HR 0.70; p = 0.009).\n"
    )
    factors = {r.factor for r in PIPELINE.extract_text(text).records if r.kind == "comparison"}
    assert factors == {"age"}
