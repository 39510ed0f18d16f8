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
    "medians": ("PFS", "OS", ("7.2", "12.4", "4.1", "8.7"), " months", ("PFS: {} = {} month", "OS: {} = {} month")),
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
        "Compared with gemcitabine, docetaxel improved response rate and PFS (33.7% versus 8.2% and 7.2 versus 4.1 months, respectively).",
        {"ORR: docetaxel = 33.7 percent", "ORR: gemcitabine = 8.2 percent", "PFS: docetaxel = 7.2 month", "PFS: gemcitabine = 4.1 month"},
    ),
    "the estimate before the arms": (
        "Median OS was 15.3 versus 14.9 months (HR 0.93; 95% CI 0.7 to 1.1; p = 0.51) for docetaxel and gemcitabine, respectively.",
        {"OS: docetaxel = 15.3 month", "OS: gemcitabine = 14.9 month"},
    ),
    "an outcome without a code in a list": (
        "Median OS and TFS were 28.3 months and 17.9 months in the docetaxel arm, respectively.",
        {"OS: docetaxel = 28.3 month"},
    ),
    "an abbreviation of no list in a list": (
        "Median OS and SBP were 28.3 months and 17.9 months in the docetaxel arm, respectively.",
        {"OS: docetaxel = 28.3 month"},
    ),
    "an abbreviation of no list": (
        "Docetaxel gave longer SBP and OS (median SBP: 13.2 and OS: 24.6 months) than gemcitabine (median SBP: 8.4 and OS: 16.9 months).",
        {"OS: docetaxel = 24.6 month", "OS: gemcitabine = 16.9 month"},
    ),
    "a marker is no outcome of the list": (
        "Median PFS was 7.2 months in the docetaxel arm and median PSA was 4.1 ng/ml.",
        {"PFS: docetaxel = 7.2 month", "PSA: docetaxel = 4.1 ng/mL"},
    ),
    "so many in each group": (
        "Grade 3 nausea occurred in ten patients (five from each group).",
        {"AE nausea grade 3: docetaxel = 5 patient", "AE nausea grade 3: gemcitabine = 5 patient"},
    ),
    "no progression": ("There were 18 (34.2%) patients with no reported disease progression in the docetaxel arm.", set()),
    "no progression was seen in some": ("No disease progression was seen in 12% of patients on docetaxel.", set()),
    "alive and without an event": (
        "At 6 months 40% of patients on docetaxel were alive and without neurological progression.",
        {"PFS 6 month: docetaxel = 40 percent"},
    ),
    "an event without progression": (
        "Two patients from each group had grade 3 nausea without evidence of progressive disease.",
        {"AE nausea grade 3: docetaxel = 2 patient", "AE nausea grade 3: gemcitabine = 2 patient"},
    ),
    "an age at follow-up": ("The median age at last follow-up was 66 and 68 years for docetaxel and gemcitabine, respectively.", set()),
    "a bound printed apart": ("Grade > =3 nausea was seen in 12% of patients on docetaxel.", {"AE nausea grade >=3: docetaxel = 12 percent"}),
    "a grade behind its number": (
        "Nausea of III-IV grade was seen in 12% of patients on docetaxel.",
        {"AE nausea grade 3-4: docetaxel = 12 percent"},
    ),
    "what those with an event needed": (
        "Adverse events were rare. Seven of eight (88%) patients with a wound infection who received docetaxel required a new dressing.",
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
    sentence = "Median OS was 15.3 versus 14.9 months (HR 0.93; p = 0.51) for paclitaxel and vinorelbine, respectively."
    found = {told(r) for r in PIPELINE.extract_text(FOUR + sentence + "\n").records if r.kind == "measurement"}
    assert found == {"OS: paclitaxel = 15.3 month", "OS: vinorelbine = 14.9 month"}


def test_an_arm_called_by_its_letter_before_the_word() -> None:
    text = (
        "Two schedules of radiotherapy\n\nMethods\n\nPatients in S-Arm received docetaxel and those in L-Arm received gemcitabine.\n\nResults\n\n"
        "The response rate was 71% in L-Arm and 64% in S-ARM.\n"
    )
    assert {told(r) for r in PIPELINE.extract_text(text).records} == {"ORR: gemcitabine = 71 percent", "ORR: docetaxel = 64 percent"}


def test_similar_results_are_no_factor() -> None:
    text = (
        "Drugs\n\nMethods\n\nPatients were followed.\n\nResults\n\nIn multivariate analysis, age was associated with PFS (HR 1.4; p = 0.01). "
        "A second analysis of PFS with other weights yielded similar results (median 7.4 vs. 6.1 months; HR 0.83; p = 0.02).\n"
    )
    factors = {r.factor for r in PIPELINE.extract_text(text).records if r.kind == "comparison"}
    assert factors == {"age"}
