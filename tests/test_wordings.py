"""Outcomes in the words that authors have for them, besides their names: each row one sentence in an invented paper of docetaxel and gemcitabine."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

ROWS = {
    # survival
    "those who survive so long": (
        "The proportion of patients surviving 2 years was 31% with docetaxel and 22% with gemcitabine.",
        {"OS 2 year: docetaxel = 31 percent", "OS 2 year: gemcitabine = 22 percent"},
    ),
    "time to death": (
        "Median time to death was 12.4 months with docetaxel and 9.9 months with gemcitabine.",
        {"OS: docetaxel = 12.4 month", "OS: gemcitabine = 9.9 month"},
    ),
    "time to death of one cause": ("Median time to death from stroke was 12.4 months with docetaxel.", set()),
    "survival whose verb is left out": (
        "Disease-free survival at 3 years was 55% versus 44% (P = 0.03), and survival 68% versus 61% (P = 0.3).",
        {
            "DFS 3 year: docetaxel = 55 percent",
            "DFS 3 year: gemcitabine = 44 percent",
            "DFS 3 year: docetaxel vs gemcitabine: p=0.03",
            "OS 3 year: docetaxel = 68 percent",
            "OS 3 year: gemcitabine = 61 percent",
            "OS 3 year: docetaxel vs gemcitabine: p=0.3",
        },
    ),
    # without the event
    "freedom from disease progression": (
        "Freedom from disease progression at 1 year was 28% with docetaxel and 19% with gemcitabine.",
        {"PFS 1 year: docetaxel = 28 percent", "PFS 1 year: gemcitabine = 19 percent"},
    ),
    "free from disease progression": (
        "At 1 year 28% of the docetaxel group were free from disease progression.",
        {"PFS 1 year: docetaxel = 28 percent"},
    ),
    "survival without an event": (
        "Survival without recurrence at 3 years was 47% with docetaxel and 38% with gemcitabine.",
        {"RFS 3 year: docetaxel = 47 percent", "RFS 3 year: gemcitabine = 38 percent"},
    ),
    "those without an event": (
        "At three years 47% of the docetaxel group and 38% of the gemcitabine group were without relapse.",
        {"RFS 3 year: docetaxel = 47 percent", "RFS 3 year: gemcitabine = 38 percent"},
    ),
    # responses
    "progression that was the best response": (
        "Progression as best response was seen in 23 patients given docetaxel.",
        {"PD: docetaxel = 23 patient"},
    ),
    "tumor control": ("Tumour control was achieved in 64% of those given docetaxel.", {"DCR: docetaxel = 64 percent"}),
    "local control is another matter": ("Local tumour control was achieved in 64% of those given docetaxel.", set()),
    "response beside a time": (
        "Median PFS was 6.1 v 4.4 months and response 39% v 25%.",
        {
            "PFS: docetaxel = 6.1 month",
            "PFS: gemcitabine = 4.4 month",
            "ORR: docetaxel = 39 percent",
            "ORR: gemcitabine = 25 percent",
        },
    ),
    "those who responded to an arm": (
        "39% of patients responded to docetaxel and 25% to gemcitabine.",
        {"ORR: docetaxel = 39 percent", "ORR: gemcitabine = 25 percent"},
    ),
    "responses counted before their arms": (
        "There were 9 complete and 31 partial responses with docetaxel and 2 complete and 19 partial responses with gemcitabine.",
        {
            "CR: docetaxel = 9 patient",
            "PR: docetaxel = 31 patient",
            "CR: gemcitabine = 2 patient",
            "PR: gemcitabine = 19 patient",
        },
    ),
    "responses of each arm named again": (
        "There were 9 complete responses with docetaxel and 2 complete responses with gemcitabine.",
        {"CR: docetaxel = 9 patient", "CR: gemcitabine = 2 patient"},
    ),
    "the second arm of responses without a name": (
        "Disease was stable in 40 patients given docetaxel and 52 given gemcitabine.",
        {"SD: docetaxel = 40 patient", "SD: gemcitabine = 52 patient"},
    ),
    "patients whose word is left out": (
        "In the docetaxel arm disease was stable in 19 and had progressed in 12.",
        {"SD: docetaxel = 19 patient", "PD: docetaxel = 12 patient"},
    ),
    "a time is no count of patients": ("In the docetaxel arm disease had progressed in 12 months.", set()),
    # harms
    "deaths that go with treatment": (
        "Treatment-associated deaths occurred in 4 patients given docetaxel and 1 given gemcitabine.",
        {"TREATMENT_DEATH: docetaxel = 4 patient", "TREATMENT_DEATH: gemcitabine = 1 patient"},
    ),
    "an event that was notified": (
        "Cardiac failure was notified in 5 patients on docetaxel and 2 on gemcitabine.",
        {"AE cardiac failure: docetaxel = 5 patient", "AE cardiac failure: gemcitabine = 2 patient"},
    ),
    # prognostic factors
    "an outcome that factors foretell behind their numbers": (
        "Bone metastases (HR 2.31, 95% CI 1.44-3.71) and low albumin (HR 1.72, 95% CI 1.15-2.57) were the independent predictors of relapse.",
        {"RFS: Bone metastases: HR 2.31 [1.44, 3.71]", "RFS: low albumin: HR 1.72 [1.15, 2.57]"},
    ),
    "factors that foretold it": (
        "Bone metastases (HR 2.31, p = 0.01) and low albumin (HR 1.72, p = 0.02) independently predicted recurrence.",
        {"RFS: Bone metastases: HR 2.31 p=0.01", "RFS: low albumin: HR 1.72 p=0.02"},
    ),
    "a factor right behind the analysis": (
        "On multivariable analysis vascular invasion (HR 1.8; p = 0.006) and poor differentiation (HR 1.4; p = 0.03) "
        "retained significance for disease-free survival.",
        {"DFS: vascular invasion: HR 1.8 p=0.006", "DFS: poor differentiation: HR 1.4 p=0.03"},
    ),
    "factors that had no influence": (
        "Sex (p = 0.61), alcohol (p = 0.34) and body mass (p = 0.18) had no influence on overall survival.",
        {"OS: Sex: p=0.61", "OS: alcohol: p=0.34", "OS: body mass: p=0.18"},
    ),
    "neither of two factors": (
        "Neither sex (p = 0.61) nor alcohol (p = 0.34) influenced progression-free survival.",
        {"PFS: sex: p=0.61", "PFS: alcohol: p=0.34"},
    ),
    "a factor that did not influence it": (
        "Age did not influence survival (HR 1.06; 95% CI 0.84-1.34).",
        {"OS: Age: HR 1.06 [0.84, 1.34]"},
    ),
    # other groups than the arms
    "a condition is no arm": ("Five-year survival was 61% if the margins were clear and 24% if they were involved (P < 0.001).", set()),
    "tumors of two kinds are no arms": (
        "Gastric primaries responded in 41.2% (7/17) and hepatic ones in 21.4% (6/28) (P = 0.28).",
        {
            "ORR in Gastric primaries: all = 41.2 percent (7/17)",
            "ORR in hepatic primaries: all = 21.4 percent (6/28)",
            "ORR: Gastric vs hepatic primaries: p=0.28",
        },
    ),
    "groups of risk in turn": (
        "CR rates were 61%, 44% and 23% in the good-, intermediate- and poor-risk groups, respectively (P < 0.001).",
        {
            "CR in good-risk: all = 61 percent",
            "CR in intermediate-risk: all = 44 percent",
            "CR in poor-risk: all = 23 percent",
            "CR: good-risk vs intermediate-risk vs poor-risk: p<0.001",
        },
    ),
    "those with a feature, before a ratio": (
        "In patients with bone metastases the HR for death was 0.66 (95% CI 0.47-0.93).",
        {"OS in bone metastases: docetaxel vs gemcitabine: HR 0.66 [0.47, 0.93]"},
    ),
    "an interaction of the groups just told": (
        "For OS the HR was 0.68 (0.49 to 0.95) in XB3-high and 1.07 (0.78 to 1.47) in XB3-low patients (P for interaction = .05).",
        {
            "OS in XB3-high: docetaxel vs gemcitabine: HR 0.68 [0.49, 0.95]",
            "OS in XB3-low: docetaxel vs gemcitabine: HR 1.07 [0.78, 1.47]",
            "OS: interaction between treatment and XB3: p=0.05",
        },
    ),
    "an interaction for response": (
        "The interaction of treatment with XB3 status was significant for PFS (P = .01) and for response (P = .03).",
        {"PFS: interaction between treatment and XB3 status: p=0.01", "ORR: interaction between treatment and XB3 status: p=0.03"},
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_wording_is_read(name: str) -> None:
    text, facts = ROWS[name]
    assert {told(r) for r in PIPELINE.extract_text(OWN + text).records} == facts
