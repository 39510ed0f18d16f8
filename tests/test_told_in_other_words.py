"""Endpoints told in other words, or told on from the sentence before."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

ROWS = {
    # in other words
    "doses that were reduced": (
        "Doses had to be reduced in 16 (31.4%) docetaxel patients and in 12 (24.5%) gemcitabine patients.",
        {"DOSE_REDUCTION: docetaxel = 31.4 percent (16/None)", "DOSE_REDUCTION: gemcitabine = 24.5 percent (12/None)"},
    ),
    "a drug that was reduced": ("Docetaxel was reduced in 16 (31.4%) patients.", {"DOSE_REDUCTION: docetaxel = 31.4 percent (16/None)"}),
    "the duration of a drug": ("The mean duration of docetaxel was 4.2 ± 1.1 months.", {"DURATION: docetaxel = 4.2 month"}),
    "when responses came and how long they lasted": (
        "With docetaxel, responses came after a median 1.9 months and lasted 6.4 months.",
        {"TTR: docetaxel = 1.9 month", "DOR: docetaxel = 6.4 month"},
    ),
    "alive, and the other arm": (
        "At one year, 43.1% on docetaxel were alive, vs 32.7% on gemcitabine.",
        {"OS 1 year: docetaxel = 43.1 percent", "OS 1 year: gemcitabine = 32.7 percent"},
    ),
    "mortality": ("Mortality at 6 months was 5.9% with docetaxel.", {"DEATH 6 month: docetaxel = 5.9 percent"}),
    "a size of what is treated": (
        "The mean diameter of the main nodule was 3.1 cm with docetaxel and 2.9 cm with gemcitabine.",
        {"TUMOR_SIZE: docetaxel = 3.1 cm", "TUMOR_SIZE: gemcitabine = 2.9 cm"},
    ),
    "a marker in percent": (
        "The mean reduction of PSA was 31.4 ± 18.2% with docetaxel and 17.9 ± 20.5% with gemcitabine.",
        {"PSA: docetaxel = 31.4 percent", "PSA: gemcitabine = 17.9 percent"},
    ),
    "a median that opens a sentence": (
        "During a median of 18.5 months (IQR 11.2-24.0), the OS rate was 43.1% with docetaxel.",
        {"FOLLOW_UP: docetaxel = 18.5 month", "OS: docetaxel = 43.1 percent"},
    ),
    "rates without an event": ("Event-free rates at 2 years were 43.1% with docetaxel.", {"EFS 2 year: docetaxel = 43.1 percent"}),
    "what is told behind a semicolon": (
        "Docetaxel was reduced in 16 (31.4%); three docetaxel patients (5.9%) discontinued because of rash.",
        {"DOSE_REDUCTION: docetaxel = 31.4 percent (16/None)", "DISCONTINUATION rash: docetaxel = 5.9 percent (3/None)"},
    ),
    # told on
    "medians without their name": (
        "Median OS was 11.3 months with docetaxel and 9.1 months with gemcitabine. In the update there was no difference (8.0 v 8.2 months).",
        {
            "OS: docetaxel = 11.3 month",
            "OS: gemcitabine = 9.1 month",
            "OS: docetaxel = 8.0 month",
            "OS: gemcitabine = 8.2 month",
        },
    ),
    "other lengths of time": (
        "Median OS was 11.3 months with docetaxel. The hospital stay was 8.0 v 8.2 months.",
        {"OS: docetaxel = 11.3 month"},
    ),
    "the rate again": (
        "The ORR was 43.1% with docetaxel. After crossover, the rate improved with gemcitabine (33.5%).",
        {"ORR: docetaxel = 43.1 percent", "ORR in after crossover: gemcitabine = 33.5 percent"},
    ),
    "a median of another matter": (
        "The partial response was seen in 12 patients on docetaxel."
        " The median index of mitoses fell to 5% with docetaxel and to 6.5% with gemcitabine.",
        {"PR: docetaxel = 12 patient"},
    ),
    "a median of what has another name": (
        "Median OS was 12 months with docetaxel. Median nPFS was 1.9 months in both arms.",
        {"OS: docetaxel = 12 month"},
    ),
    "one event in two grades, before its count and behind": (
        "In the docetaxel group, grade III neutropenia was seen in one (3.1%) patient and two (6.2%) patients experienced grade II neutropenia in the"
        " gemcitabine group.",
        {"AE neutropenia grade 3: docetaxel = 3.1 percent (1/None)", "AE neutropenia grade 2: gemcitabine = 6.2 percent (2/None)"},
    ),
    "a rate of complications behind mortality": (
        "Docetaxel was safe, with a mortality rate of 0.4% and a major complication rate of 3.1%.",
        {"AE major complication: docetaxel = 3.1 percent", "DEATH: docetaxel = 0.4 percent"},
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_told_in_other_words(name: str) -> None:
    text, facts = ROWS[name]
    assert {told(r) for r in PIPELINE.extract_text(OWN + text).records} == facts
