"""Efficacy values and estimates as papers word them: each row a construction in an invented sentence, and the whole result compared."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

from extractor.relations.spoken import spoken

ROWS = {
    # numbers with what is printed behind them
    "a spread between a value and its unit": (
        "Median OS was 22.3 ± 1.9 [range 8-30] months with docetaxel and 17.1 (IQR 6-31) months with gemcitabine.",
        {"OS: docetaxel = 22.3 month", "OS: gemcitabine = 17.1 month"},
    ),
    "an interval behind CL, in percent": (
        "The response rate was 39.4% (95% CL, from 27.2 to 52.8%) with docetaxel.",
        {"ORR: docetaxel = 39.4 percent [27.2, 52.8]"},
    ),
    "bare intervals in percent hold no values": (
        "The ORRs (95% CIs) were 29.5% (17.1% to 44.2%) in the docetaxel arm and 11.0% (4.0% to 22.9%) in the gemcitabine arm.",
        {"ORR: docetaxel = 29.5 percent [17.1, 44.2]", "ORR: gemcitabine = 11.0 percent [4.0, 22.9]"},
    ),
    "what was not reached has an interval": (
        "The median (95% CI) OS was not reached (15.2 months-NE) in the docetaxel arm and was 21.8 (14.1-NE) months in the gemcitabine arm.",
        {"OS: docetaxel = not reached [15.2, None]", "OS: gemcitabine = 21.8 month [14.1, None]"},
    ),
    "a p-value between a ratio and its interval": (
        "Median OS was longer with docetaxel (HR, 0.71; P = .004; 95% CI, 0.57-0.89).",
        {"OS: docetaxel vs gemcitabine: HR 0.71 [0.57, 0.89] p=0.004"},
    ),
    "a ratio that became another": (
        "The HR for PFS was 0.92 (95% CI = 0.61 to 1.39; P = .70), which became 0.88 (95% CI = 0.58 to 1.34; P = .55) after adjustment.",
        {"PFS: docetaxel vs gemcitabine: HR 0.92 [0.61, 1.39] p=0.7", "PFS: docetaxel vs gemcitabine: HR 0.88 [0.58, 1.34] p=0.55"},
    ),
    "a p-value in the next clause": (
        "The HR for OS was 1.04 (95% CI 0.79 to 1.37), and the difference between groups was not significant (P = .77).",
        {"OS: docetaxel vs gemcitabine: HR 1.04 [0.79, 1.37] p=0.77"},
    ),
    # endpoints without their names
    "survival alone at a time": (
        "The 5-year survival was 41% with docetaxel and 27% with gemcitabine.",
        {"OS 5 year: docetaxel = 41 percent", "OS 5 year: gemcitabine = 27 percent"},
    ),
    "survival of a sort at a time": ("The 5-year postoperative survival with docetaxel reached 41%.", {"OS 5 year: docetaxel = 41 percent"}),
    "survival alone is no share of itself": ("Survival was better, and 12% of patients on docetaxel smoked.", set()),
    "progressed and stable": (
        "Eight patients (17%) on docetaxel achieved stable disease, while four patients (8%) progressed during treatment.",
        {"SD: docetaxel = 17 percent (8/None)", "PD: docetaxel = 8 percent (4/None)"},
    ),
    "who had progressed before": ("Of those who had progressed, 14 patients received docetaxel.", set()),
    "alive and free of progression": (
        "Sixteen patients (38.1%) in each group were living and free from local progression at 3 months.",
        {"PFS 3 month: docetaxel = 38.1 percent (16/None)", "PFS 3 month: gemcitabine = 38.1 percent (16/None)"},
    ),
    "an endpoint without a code keeps its numbers": ("Treatment-free survival was 6 months with docetaxel and 5 months with gemcitabine.", set()),
    "a p-value of an endpoint without a code": (
        "PFS was longer with docetaxel (p=0.03) and so was TFS (p=0.04).",
        {"PFS: docetaxel vs gemcitabine: p=0.03"},
    ),
    "the rates again": (
        "The 6-month OS rates were 53.1% (docetaxel, n = 9 and 4 deaths) and 41.0% (gemcitabine, n = 11 and 9 deaths). "
        "Later, the rates were: 22.7% (docetaxel); and 15.4% (gemcitabine).",
        {
            "OS 6 month: docetaxel = 53.1 percent",
            "OS 6 month: gemcitabine = 41.0 percent",
            "DEATH: docetaxel = 4 patient",
            "DEATH: gemcitabine = 9 patient",
            "OS 6 month: docetaxel = 22.7 percent",
            "OS 6 month: gemcitabine = 15.4 percent",
        },
    ),
    # counts
    "counts of responses": (
        "Seven CR and 21 PR were recorded in the docetaxel arm.",
        {"CR: docetaxel = 7 patient", "PR: docetaxel = 21 patient"},
    ),
    "a response between a count and its share": ("In the docetaxel group, there were 4 PR (16%).", {"PR: docetaxel = 16 percent (4/None)"}),
    "who responded, in words": (
        "Of 15 patients on docetaxel, eight showed PR as the best response, and three patients (with a deletion) had progressive disease.",
        {"PR: docetaxel = 8 patient", "PD: docetaxel = 3 patient"},
    ),
    "parts of a total": (
        "141 patients died (66 in the docetaxel group vs 75 in the gemcitabine group).",
        {"DEATH: all = 141 patient", "DEATH: docetaxel = 66 patient", "DEATH: gemcitabine = 75 patient"},
    ),
    "parts that do not add up leave the total alone": (
        "141 patients died (66 in the docetaxel group vs 74 in the gemcitabine group).",
        {"DEATH: docetaxel = 66 patient", "DEATH: gemcitabine = 74 patient"},
    ),
    "events of an endpoint": (
        "The HR for PFS was 0.72 (95% CI 0.44-1.18), with 28 events in the docetaxel arm and 33 events in the gemcitabine arm.",
        {"PFS: docetaxel vs gemcitabine: HR 0.72 [0.44, 1.18]", "PFS event: docetaxel = 28 event", "PFS event: gemcitabine = 33 event"},
    ),
    # two lists at once
    "endpoints by arms, set against each other": (
        "The 3-year PFS and OS for docetaxel vs. gemcitabine were 70.4% vs. 45.1%, and 86.3% vs. 66.2%, respectively.",
        {
            "PFS 3 year: docetaxel = 70.4 percent",
            "PFS 3 year: gemcitabine = 45.1 percent",
            "OS 3 year: docetaxel = 86.3 percent",
            "OS 3 year: gemcitabine = 66.2 percent",
        },
    ),
    "landmarks by arms": (
        "The 1- and 5-year PFS rates were 92% (±4%) and 79% (±8%) in the docetaxel group, and 73% (±6%) and 60% (±7%) in the gemcitabine group.",
        {
            "PFS 1 year: docetaxel = 92 percent",
            "PFS 5 year: docetaxel = 79 percent",
            "PFS 1 year: gemcitabine = 73 percent",
            "PFS 5 year: gemcitabine = 60 percent",
        },
    ),
    "three landmarks by arms": (
        "OS at 5, 10, and 15 years was 29%, 23%, and 21%, respectively in the docetaxel arm and 46%, 31%, and 20%, respectively "
        "in the gemcitabine arm.",
        {
            "OS 5 year: docetaxel = 29 percent",
            "OS 10 year: docetaxel = 23 percent",
            "OS 15 year: docetaxel = 21 percent",
            "OS 5 year: gemcitabine = 46 percent",
            "OS 10 year: gemcitabine = 31 percent",
            "OS 15 year: gemcitabine = 20 percent",
        },
    ),
    "arms by populations": (
        "The median PFS was 9.9 months and 5.7 months in the HER2-positive subgroup and 5.4 months and 5.3 months in the HER2-negative subgroup "
        "for the docetaxel and gemcitabine arms, respectively.",
        {
            "PFS in HER2-positive: docetaxel = 9.9 month",
            "PFS in HER2-positive: gemcitabine = 5.7 month",
            "PFS in HER2-negative: docetaxel = 5.4 month",
            "PFS in HER2-negative: gemcitabine = 5.3 month",
        },
    ),
    "each arm ahead of its value": (
        "Median OS for patients randomised to docetaxel was 9.4 months, and for patients randomly assigned to gemcitabine 7.1 months.",
        {"OS: docetaxel = 9.4 month", "OS: gemcitabine = 7.1 month"},
    ),
    "the same in both arms": (
        "PFS (median 4 months) and survival (median 11 months) were identical in the two arms.",
        {"PFS: docetaxel = 4 month", "PFS: gemcitabine = 4 month", "OS: docetaxel = 11 month", "OS: gemcitabine = 11 month"},
    ),
    # estimates over lists, and differences
    "ratios over endpoints": (
        "The hazard ratios of docetaxel vs gemcitabine for PFS and OS were 0.64 (95% CI, 0.46 to 0.89) and 0.78 (95% CI, 0.57 to 1.07), "
        "respectively.",
        {"PFS: docetaxel vs gemcitabine: HR 0.64 [0.46, 0.89]", "OS: docetaxel vs gemcitabine: HR 0.78 [0.57, 1.07]"},
    ),
    "p-values over endpoints": (
        "OS and DFS did not differ between docetaxel and gemcitabine (P = 0.94 and 0.97, respectively).",
        {"OS: docetaxel vs gemcitabine: p=0.94", "DFS: docetaxel vs gemcitabine: p=0.97"},
    ),
    "a difference before its word": (
        "The HR for PFS was 0.81 (95% CI 0.63-1.04), corresponding to a 6.9% increase in the rate of PFS with docetaxel.",
        {"PFS: docetaxel vs gemcitabine: HR 0.81 [0.63, 1.04]", "PFS: docetaxel vs gemcitabine: difference 6.9"},
    ),
    "a difference by a verb, then both values": (
        "Median OS with docetaxel increased by 2.2 months, from 4.3 months to 6.5 months.",
        {"OS: docetaxel vs gemcitabine: difference 2.2", "OS: gemcitabine = 4.3 month", "OS: docetaxel = 6.5 month"},
    ),
    "a risk reduction": (
        "Docetaxel prolonged median PFS (9.8 vs 5.1 months), with an estimated 33% risk reduction compared with gemcitabine.",
        {"PFS: docetaxel = 9.8 month", "PFS: gemcitabine = 5.1 month", "PFS: docetaxel vs gemcitabine: risk reduction 33"},
    ),
    "a hazard ratio for death is one of survival": (
        "Docetaxel was compared with gemcitabine, and the hazard ratio for death was 0.83 (95% CI 0.66 to 1.04).",
        {"OS: docetaxel vs gemcitabine: HR 0.83 [0.66, 1.04]"},
    ),
    # the formats that a published extractor misses
    "percent with a blank, comma in the interval": (
        "OS was shorter with docetaxel than with gemcitabine (HR = 2.31 (95 % CI 1.07, 4.98)).",
        {"OS: docetaxel vs gemcitabine: HR 2.31 [1.07, 4.98]"},
    ),
    "in favor of an arm": (
        "For OS the estimate favored docetaxel (HR, 0.7 in favor of docetaxel; 95% CI, 0.5 to 0.9).",
        {"OS: docetaxel vs gemcitabine: HR 0.7 [0.5, 0.9]"},
    ),
    "a whole interval in square brackets": (
        "PFS was similar with docetaxel and gemcitabine (hazard ratio 1.731 [1.01-2.97]).",
        {"PFS: docetaxel vs gemcitabine: HR 1.731 [1.01, 2.97]"},
    ),
    "an interval behind a semicolon": (
        "PFS was similar with docetaxel and gemcitabine (HR, 1.08; 1.01 to 1.17).",
        {"PFS: docetaxel vs gemcitabine: HR 1.08 [1.01, 1.17]"},
    ),
    "95 percent in words": (
        "The hazard ratio for PFS with docetaxel was 0.56 (95 percent confidence interval, 0.41 to 0.76).",
        {"PFS: docetaxel vs gemcitabine: HR 0.56 [0.41, 0.76]"},
    ),
    "an endpoint in a bracket of its own is not that of the next bracket": (
        "The overall response rate was 62% (complete response 51%), with no difference between docetaxel (64%) and gemcitabine (59%).",
        {"ORR: all = 62 percent", "CR: all = 51 percent", "ORR: docetaxel = 64 percent", "ORR: gemcitabine = 59 percent"},
    ),
    "what is told of a part of those counted": (
        "After docetaxel, 21 of 60 lesions (35%) shrank, of which there was one complete response.",
        set(),
    ),
    "a share between those of the arms is that of all": (
        "The 5-year DFS was 71%; 64% for docetaxel and 78% for gemcitabine.",
        {"DFS 5 year: all = 71 percent", "DFS 5 year: docetaxel = 64 percent", "DFS 5 year: gemcitabine = 78 percent"},
    ),
    "a share beyond those of the arms is of something else": (
        "The 5-year DFS was 91%; 64% for docetaxel and 78% for gemcitabine.",
        {"DFS 5 year: docetaxel = 64 percent", "DFS 5 year: gemcitabine = 78 percent"},
    ),
    "an age is no survival": (
        "Longer survival with docetaxel may be explained by the lower median age (52 years) of this group.",
        set(),
    ),
    "a length that no trial lasts is an age": ("Median survival was asked about by men, 41 years, in the docetaxel arm.", set()),
    "a ratio that was asked for is no result": (
        "The HR for PFS was 0.71 (0.38-1.33), which did not meet the criterion for efficacy (HR <0.60).",
        {"PFS: docetaxel vs gemcitabine: HR 0.71 [0.38, 1.33]"},
    ),
    "a margin is no result": ("Docetaxel was to be regarded as non-inferior if the non-inferiority margin for the HR was less than 1·98.", set()),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_construction_is_read(name: str) -> None:
    text, facts = ROWS[name]
    assert {told(r) for r in PIPELINE.extract_text(OWN + text).records} == facts


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Immune responses were seen in 12 patients", []),
        ("Of 40 who got the questionnaire, 31 responded", []),
        ("the survival curves of both groups", []),
        ("Responses were 8/70 with A", ["ORR"]),
        ("tumour-specific survival and survival at 2 years", ["CSS", "OS"]),
    ],
)
def test_what_is_told_without_a_name(text: str, codes: list[str]) -> None:
    assert [e.norm for e in spoken(text, ())] == codes


def test_a_named_endpoint_is_not_told_twice() -> None:
    text = "Overall survival was 9 months"
    assert list(spoken(text, ())) != []
    named = next(iter(spoken(text, ())))
    assert list(spoken(text, [named])) == []
