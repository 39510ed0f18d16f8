"""Comparisons as prose words them: whose the contrast is, which outcome an estimate or p-value is of, and where one is of several."""

from __future__ import annotations

import pytest
from test_prose import THREE
from test_relations import OWN, PIPELINE, told

ROWS = {
    "people who have something against those without": (
        "Patients with marrow invasion had a significantly shorter OS than patients without marrow invasion (P = 0.004).",
        {"OS: marrow invasion: p=0.004"},
    ),
    "two kinds of people with a difference between them": (
        "There was no difference in PFS between female and male patients (P = 0.31).",
        {"PFS: female vs male: p=0.31"},
    ),
    "one kind of people fares worse than another": (
        "Smokers had worse OS than never smokers (HR 1.4; 95% CI 1.1-1.9).",
        {"OS: Smokers vs never smokers: HR 1.4 [1.1, 1.9]"},
    ),
    "people of whom nothing but a better outcome is told are not an arm": (
        "Patients achieving pCR had longer OS (HR 0.40; 95% CI 0.20-0.80).",
        set(),
    ),
    "a factor of the estimate before holds for the next endpoint": (
        "KRAS mutation was a negative predictor of OS (P = 0.01) but not of PFS (P = 0.30).",
        {"OS: KRAS mutation: p=0.01", "PFS: KRAS mutation: p=0.3"},
    ),
    "values of two populations, the second a level of a marker": (
        "Median OS was 12.1 months in patients with high CEA and 20.3 months in those with low CEA (P = 0.01).",
        {"OS in high CEA: all = 12.1 month", "OS in low CEA: all = 20.3 month", "OS: high vs low CEA: p=0.01"},
    ),
    "a factor that has an impact": (
        "Tumor grade had a significant impact on OS (P = 0.01) and PFS (P = 0.03).",
        {"OS: Tumor grade: p=0.01", "PFS: Tumor grade: p=0.03"},
    ),
    "factors before the verb": (
        "Tumor grade (P = 0.01) and nodal status (P = 0.02) significantly affected PFS.",
        {"PFS: Tumor grade: p=0.01", "PFS: nodal status: p=0.02"},
    ),
    "values of a factor are not of the arms": (
        "CEA response was associated with longer PFS (7.1 vs 4.2 months; HR 0.60; P = 0.01).",
        {"PFS in CEA response: all = 7.1 month", "PFS in not CEA response: all = 4.2 month", "PFS: CEA response: HR 0.6 p=0.01"},
    ),
    "what a regression identified": (
        "Cox regression identified stage (HR 2.3; P < 0.001) and LDH (HR 1.7; P = 0.01) as independent predictors of OS.",
        {"OS: stage: HR 2.3 p<0.001", "OS: LDH: HR 1.7 p=0.01"},
    ),
    "an interaction": (
        "There was no significant interaction between treatment and age for OS (P for interaction = 0.40).",
        {"OS: interaction between treatment and age: p=0.4"},
    ),
    "the hazard of progression or death": (
        "The hazard ratio for progression or death was 0.66 (95% CI, 0.52 to 0.84; P<0.001).",
        {"PFS: docetaxel vs gemcitabine: HR 0.66 [0.52, 0.84] p<0.001"},
    ),
    "the risk of progression, by the arm that lowers it": (
        "Compared with gemcitabine, docetaxel reduced the risk of progression (HR 0.60; 95% CI 0.40-0.90).",
        {"TTP: docetaxel vs gemcitabine: HR 0.6 [0.4, 0.9]"},
    ),
    "the risk of recurrence, by a factor": (
        "Positive margins increased the risk of recurrence (HR 2.6; 95% CI 1.5-4.4).",
        {"RFS: Positive margins: HR 2.6 [1.5, 4.4]"},
    ),
    "no difference, between whom goes without saying": (
        "No difference was seen in OS (P = 0.45) or PFS (P = 0.62).",
        {"OS: docetaxel vs gemcitabine: p=0.45", "PFS: docetaxel vs gemcitabine: p=0.62"},
    ),
    "a difference between the arms, other drugs told behind": (
        "OS did not differ between the two treatment arms (P = 0.45), which may be due to crossover to erlotinib or cetuximab.",
        {"OS: docetaxel vs gemcitabine: p=0.45"},
    ),
    "one p-value of a list of events": (
        "Neutropenia, fatigue and diarrhea were significantly more common in the docetaxel arm than in the gemcitabine arm (all P < .05).",
        {f"AE {event}: docetaxel vs gemcitabine: p<0.05" for event in ("neutropenia", "fatigue", "diarrhea")},
    ),
    "as many p-values as events": (
        "Neutropenia, fatigue, and diarrhea were significantly more common in the docetaxel arm (P < .001, P = .02 and P = .03, respectively).",
        {
            "AE neutropenia: docetaxel vs gemcitabine: p<0.001",
            "AE fatigue: docetaxel vs gemcitabine: p=0.02",
            "AE diarrhea: docetaxel vs gemcitabine: p=0.03",
        },
    ),
    "this difference, of what the sentence before told": (
        "Median OS was 11.2 months with docetaxel and 9.3 months with gemcitabine. This difference was not statistically significant (P = 0.22).",
        {"OS: docetaxel = 11.2 month", "OS: gemcitabine = 9.3 month", "OS: docetaxel vs gemcitabine: p=0.22"},
    ),
    "a difference in an outcome, between whom goes without saying": (
        "The difference in OS was not statistically significant (P = 0.22).",
        {"OS: docetaxel vs gemcitabine: p=0.22"},
    ),
    "the odds of an adverse event": (
        "Febrile neutropenia occurred more often with docetaxel (odds ratio 3.2; 95% CI 1.4-7.4; P = 0.005).",
        {"AE febrile neutropenia: docetaxel vs gemcitabine: OR 3.2 [1.4, 7.4] p=0.005"},
    ),
    "an effect that did not differ by two factors": (
        "The effect of docetaxel on OS did not differ by sex (P for interaction = 0.33) or age (P for interaction = 0.81).",
        {"OS: sex: p=0.33", "OS: age: p=0.81"},
    ),
    "what remained significant": (
        "OS was analyzed next. In multivariate analysis of OS, only stage remained significant (HR 2.4; 95% CI 1.5-3.8; P < 0.001).",
        {"OS: stage: HR 2.4 [1.5, 3.8] p<0.001"},
    ),
    "one p-value of two endpoints": (
        "There was no difference between the arms in OS or PFS (P > 0.05).",
        {"OS: docetaxel vs gemcitabine: p>0.05", "PFS: docetaxel vs gemcitabine: p>0.05"},
    ),
    "a difference of shares and its interval, in the bracket of the second": (
        "Rash was seen in 13.0% of the docetaxel arm and 29.8% of the gemcitabine arm (difference -16.8%, 95% CI -29.7 to -3.9; p = 0.006).",
        {
            "AE rash: docetaxel vs gemcitabine: difference -16.8 [-29.7, -3.9] p=0.006",
            "AE rash: docetaxel = 13.0 percent",
            "AE rash: gemcitabine = 29.8 percent",
        },
    ),
    "differences of a list of events, the word told once": (
        "Nausea (difference -8.4, 95% CI -15.5 to -1.3) and rash (-11.7, 95% CI -20.0 to -3.4) were less frequent with docetaxel than gemcitabine.",
        {"AE nausea: docetaxel vs gemcitabine: difference -8.4 [-15.5, -1.3]", "AE rash: docetaxel vs gemcitabine: difference -11.7 [-20.0, -3.4]"},
    ),
    "a difference that its interval does not go round": (
        "The response rate was 45% with docetaxel and 41% with gemcitabine (difference 4.7, 95% CI 5.8 to 13.2).",
        {"ORR: docetaxel = 45 percent", "ORR: gemcitabine = 41 percent"},
    ),
}
OF_THREE = {
    "one against two others, each with its p-value": (
        "OS was longer with docetaxel than with gemcitabine (P = 0.03) or vinorelbine (P = 0.10).",
        {"OS: docetaxel vs gemcitabine: p=0.03", "OS: docetaxel vs vinorelbine: p=0.1"},
    ),
    "two against one that is named first": (
        "Compared with gemcitabine, OS was longer with docetaxel (HR 0.7; P = 0.01) and vinorelbine (HR 0.8; P = 0.04).",
        {"OS: docetaxel vs gemcitabine: HR 0.7 p=0.01", "OS: vinorelbine vs gemcitabine: HR 0.8 p=0.04"},
    ),
    "a pair, then another pair": (
        "PFS did not differ between docetaxel and vinorelbine (HR 0.9; P = 0.5), but was longer with docetaxel than gemcitabine (HR 0.6; P = 0.01).",
        {"PFS: docetaxel vs vinorelbine: HR 0.9 p=0.5", "PFS: docetaxel vs gemcitabine: HR 0.6 p=0.01"},
    ),
    "all three": ("OS did not differ among the three arms (P = 0.3).", {"OS: treatment arm: p=0.3"}),
}


@pytest.mark.parametrize("name", OF_THREE)
def test_three_arms_are_compared_pair_by_pair(name: str) -> None:
    text, facts = OF_THREE[name]
    assert {told(r) for r in PIPELINE.extract_text(THREE + text).records} == facts


@pytest.mark.parametrize("name", ROWS)
def test_a_comparison_is_read(name: str) -> None:
    text, facts = ROWS[name]
    assert {told(r) for r in PIPELINE.extract_text(OWN + text).records} == facts
