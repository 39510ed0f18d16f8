"""Results of two arms in usual words that a too narrow reading loses or gives to the wrong arm: who is the combination, which value is whose."""

from __future__ import annotations

import pytest
from test_relations import PIPELINE

from extractor.records import Measurement

PAPER = (
    "Abstract\n\nPatients and methods\n\nBetween 2011 and 2015, 240 patients with gastric cancer were randomly assigned to ramolimab plus paclitaxel "
    "(n = 120) or paclitaxel alone (n = 120).\n\nResults\n\n"
)
TESTED, CONTROL = "ramolimab + paclitaxel", "paclitaxel"


def both(what: str, one: str, other: str) -> set[str]:
    """The facts of two arms, the tested first."""
    return {f"{what}: {TESTED} = {one}", f"{what}: {CONTROL} = {other}"}


ROWS = {
    # the combination, by its role alone
    "with the combination": ("Median OS with the combination was 11.3 months, with paclitaxel 8.2 months.", both("OS", "11.3 month", "8.2 month")),
    "not superior": (
        "Median OS for the combination was not superior to paclitaxel (9.1 vs 8.2 months).",
        both("OS", "9.1 month", "8.2 month"),
    ),
    "after combined treatment": (
        "The 1-year and 2-year survival rates were 47.3% and 21.6% after combined treatment, and were 33.8% and 12.4% after paclitaxel alone.",
        both("OS at 1 year", "47.3 percent", "33.8 percent") | both("OS at 2 year", "21.6 percent", "12.4 percent"),
    ),
    "in a bracket": ("Median PFS: 4.7 months (combination) and 3.1 months (paclitaxel).", both("PFS", "4.7 month", "3.1 month")),
    "the combination of other drugs": (
        "The combination of cisplatin and capecitabine gave a response rate of 41%.",
        {"ORR: cisplatin + capecitabine = 41 percent"},
    ),
    # an outcome told behind the first of two values
    "alive in each": (
        "At three years, 31.7% of patients were alive in the combination arm and 22.9% in the paclitaxel arm.",
        both("OS at 3 year", "31.7 percent", "22.9 percent"),
    ),
    "alive, without arms": (
        "At three years, 31.7% (95% CI, 23.5-40.1) were alive vs 22.9% (15.6-31.0).",
        both("OS at 3 year", "31.7 percent", "22.9 percent"),
    ),
    "alive, the other left out": (
        "At three years, 31.7% were alive with ramolimab plus paclitaxel vs 22.9%.",
        both("OS at 3 year", "31.7 percent", "22.9 percent"),
    ),
    "cases of": (
        "There were 14 cases of pneumonitis with ramolimab plus paclitaxel and 3 with paclitaxel.",
        both("AE pneumonitis", "14 event", "3 event"),
    ),
    "experienced": (
        "13% of patients experienced grade 3 diarrhoea with the combination and 4% with paclitaxel.",
        both("AE diarrhoea 3", "13 percent", "4 percent"),
    ),
    # several endpoints of one arm against those of the other
    "endpoint by endpoint, then in order": (
        "Median PFS was 4.7 months and median OS 11.3 months in the combination arm versus 3.1 and 8.2 months in the paclitaxel arm.",
        both("PFS", "4.7 month", "3.1 month") | both("OS", "11.3 month", "8.2 month"),
    ),
    "endpoint by endpoint, no arm named": (
        "The objective response rate was 33% and the disease control rate 68%, against 19% and 55%.",
        both("ORR", "33 percent", "19 percent") | both("DCR", "68 percent", "55 percent"),
    ),
    "these were, behind the role of the first": (
        "Median PFS was 4.7 months and median OS was 11.3 months in the combination arm; in the paclitaxel arm they were 3.1 and 8.2 months.",
        both("PFS", "4.7 month", "3.1 month") | both("OS", "11.3 month", "8.2 month"),
    ),
    "landmarks in words": (
        "Survival at one and two years was 47% and 21% with the combination, and 33% and 12% with paclitaxel.",
        both("OS at 1 year", "47 percent", "33 percent") | both("OS at 2 year", "21 percent", "12 percent"),
    ),
    # what sets the values against each other
    "counts before a comma": (
        "Anaemia was commoner in the combination group (23, 19.2% vs 8, 6.7%; p = 0.004).",
        both("AE anaemia", "19.2 percent", "6.7 percent"),
    ),
    "as opposed to": (
        "There were 14 cases of pneumonitis with the combination as opposed to 5 with paclitaxel.",
        both("AE pneumonitis", "14 event", "5 event"),
    ),
    "rose from": ("Progression-free survival rose from a median of 3.1 to 4.7 months (HR 0.68; P = .01).", both("PFS", "4.7 month", "3.1 month")),
    "raised from a median of": (
        "Ramolimab increased overall survival from a median of 8.2 to 11.3 months (HR 0.75; P = .02).",
        both("OS", "11.3 month", "8.2 month"),
    ),
    "lived for": (
        "Patients on the combination lived for a median of 11.3 months and those on paclitaxel for 8.2 months.",
        both("OS", "11.3 month", "8.2 month"),
    ),
    "treated patients survived": (
        "Ramolimab-treated patients survived for a median of 11.3 months and controls for 8.2 months.",
        both("OS", "11.3 month", "8.2 month"),
    ),
    "in both arms": ("In both arms, the one-year survival rate was 41%.", both("OS at 1 year", "41 percent", "41 percent")),
    "the same in both": ("The response rate was the same in both groups (33%).", both("ORR", "33 percent", "33 percent")),
    "what was reduced is no arm": (
        "Paclitaxel had to be reduced because of neutropenia in 24% and 15% (p = 0.09).",
        both("DOSE_REDUCTION neutropenia", "24 percent", "15 percent"),
    ),
    # abbreviations and indices that are no outcome
    "heterogeneity": ("With the combination PFS was longer in all trials (I2 = 47%).", set()),
}


@pytest.mark.parametrize("name", ROWS)
def test_results_of_two_arms(name: str) -> None:
    text, facts = ROWS[name]
    assert measured(text) == facts


def measured(text: str) -> set[str]:
    """The measurements of a sentence in the paper of two arms, each in a line."""
    found = set()
    for record in PIPELINE.extract_text(PAPER + text).records:
        if isinstance(record, Measurement) and record.provenance == "own":
            about = [record.endpoint, record.timepoint and f"at {record.timepoint}", record.event, record.grade]
            found.add(f"{' '.join(part for part in about if part)}: {record.arm} = {record.value} {record.unit}")
    return found


def test_a_relative_risk_is_no_response_rate() -> None:
    text = (
        "Overall, 9/120 (7.5%) of the patients had febrile neutropenia in the combination arm and 4/120 (3.3%) of the others "
        "(RR, 2.2; 95% CI, 0.8-6.1)."
    )
    assert {r.endpoint for r in PIPELINE.extract_text(PAPER + text).records} == {"AE"}
