"""Several values of two arms in one sentence: lists, brackets, landmarks, and those of the second arm in the order of the first."""

from __future__ import annotations

import pytest

from extractor.ingest import from_text
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
METHODS = "Patients were randomly assigned to docetaxel or gemcitabine."
PAPER = (
    f"Docetaxel versus gemcitabine in urachal cancer\n\nAbstract\n\nMethods: {METHODS} Results: See below.\n\nMethods\n\n{METHODS}\n\n"
    "Results\n\n{said}\n"
)
A, B, ALL = "docetaxel", "gemcitabine", "all"


def read(said: str) -> set[tuple[str | None, str, str | None, float | str | None]]:
    found = PIPELINE.extract_document(from_text(PAPER.format(said=said))).records
    return {(r.arm, r.endpoint, r.event, r.value) for r in found if r.kind == "measurement"}


SAID: dict[str, set[tuple[str, str, str | None, float]]] = {
    # "events" alone speaks of toxicity where it says which were common
    "The most common events were neutropenia (31%) and anemia (12%) with docetaxel.": {(A, "AE", "neutropenia", 31), (A, "AE", "anemia", 12)},
    "Neutropenia (31% with docetaxel vs 17% with gemcitabine) and anemia (12% vs 9%) were the most frequent events.": {
        (A, "AE", "neutropenia", 31),
        (B, "AE", "neutropenia", 17),
        (A, "AE", "anemia", 12),
        (B, "AE", "anemia", 9),
    },
    "Fatigue was the most frequent event in both groups (docetaxel: 31%; gemcitabine: 24%).": {(A, "AE", "fatigue", 31), (B, "AE", "fatigue", 24)},
    "There were fewer infections in the docetaxel group (20.7 vs. 37.5%; p = 0.044).": {(A, "AE", "infection", 20.7), (B, "AE", "infection", 37.5)},
    # counts that add up to the one before their bracket
    "A total of 118 deaths had occurred (docetaxel, 61; gemcitabine, 57).": {
        (ALL, "DEATH", None, 118),
        (A, "DEATH", None, 61),
        (B, "DEATH", None, 57),
    },
    "After the cutoff, 118 patients had died (docetaxel arm: 61; gemcitabine arm: 57).": {
        (ALL, "DEATH", None, 118),
        (A, "DEATH", None, 61),
        (B, "DEATH", None, 57),
    },
    "A total of 119 deaths had occurred (docetaxel, 61; gemcitabine, 57).": set(),
    # the second arm in the order of the first
    "Patients on docetaxel had a median PFS of 5.2 months and a median OS of 11.4 months, and those on gemcitabine 4.1 and 9.3 months.": {
        (A, "PFS", None, 5.2),
        (A, "OS", None, 11.4),
        (B, "PFS", None, 4.1),
        (B, "OS", None, 9.3),
    },
    "With docetaxel median PFS was 5.2 months and median OS 11.4 months, compared with 4.1 and 9.3 months for gemcitabine.": {
        (A, "PFS", None, 5.2),
        (A, "OS", None, 11.4),
        (B, "PFS", None, 4.1),
        (B, "OS", None, 9.3),
    },
    "Patients given docetaxel had a response rate of 31% and a disease control rate of 64%, whereas those given gemcitabine had 24% and 51%.": {
        (A, "ORR", None, 31),
        (A, "DCR", None, 64),
        (B, "ORR", None, 24),
        (B, "DCR", None, 51),
    },
    # several landmarks of both
    "Overall survival was 91% and 84% in the docetaxel and gemcitabine groups at 6 months, and 62% and 51% at 12 months.": {
        (A, "OS", None, 91),
        (B, "OS", None, 84),
        (A, "OS", None, 62),
        (B, "OS", None, 51),
    },
    "The 1- and 2-year survival rates were 67.9% and 35.7% after docetaxel, and were 48.4% and 21.0% after gemcitabine.": {
        (A, "OS", None, 67.9),
        (A, "OS", None, 35.7),
        (B, "OS", None, 48.4),
        (B, "OS", None, 21.0),
    },
    "Operative mortality was less than 2% in both groups.": {(A, "DEATH", None, 2), (B, "DEATH", None, 2)},
}


@pytest.mark.parametrize("said", SAID)
def test_values_of_two_arms(said: str) -> None:
    assert read(said) == SAID[said]
