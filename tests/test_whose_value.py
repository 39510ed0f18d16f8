"""Whose a value is, in the paper's own study of two arms: each row a construction in invented sentences, and the whole result compared."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

from extractor.ingest import from_text

ROWS = {
    "the unit told once, each value before its arm": (
        "PFS was 11 months with docetaxel and 6 with gemcitabine.",
        {"PFS: docetaxel = 11 month", "PFS: gemcitabine = 6 month"},
    ),
    "those without what patients had, not without a treatment": (
        "PFS in patients with ascites was 11 months with docetaxel and 6 months with gemcitabine; in those without, it was 9 and 7 months.",
        {
            "PFS in ascites: docetaxel = 11 month",
            "PFS in ascites: gemcitabine = 6 month",
            "PFS in without ascites: docetaxel = 9 month",
            "PFS in without ascites: gemcitabine = 7 month",
        },
    ),
    "counts in a bracket behind the arm of their share": (
        "The response rate was 36% with docetaxel (8/22) and 33% in the gemcitabine arm (4 of 12).",
        {"ORR: docetaxel = 36 percent (8/22)", "ORR: gemcitabine = 33 percent (4/12)"},
    ),
    "counts in a bracket that are not those of the share": (
        "The response rate was 36% with docetaxel (9/22).",
        {"ORR: docetaxel = 36 percent", "ORR: docetaxel = 9 patient (9/22)"},
    ),
    "groups of a figure are none that the next results are told of": (
        "Survival curves for patients with and without ascites are shown in Figure 3. Median OS was 11 months with docetaxel.",
        {"OS: docetaxel = 11 month"},
    ),
    "a table of safety announces no group": (
        "Adverse events in patients with at least one dose are listed in Table 3. Nausea occurred in 40% with docetaxel.",
        {"AE nausea: docetaxel = 40 percent"},
    ),
    "what an arm changed, compared with the other named ahead": (
        "Compared with gemcitabine, docetaxel increased OS from 8 to 12 months.",
        {"OS: gemcitabine = 8 month", "OS: docetaxel = 12 month"},
    ),
    "grades each in a bracket of their own": (
        "Nausea occurred in 12% (grade 3) and 3% (grade 4) with docetaxel.",
        {"AE nausea grade 3: docetaxel = 12 percent", "AE nausea grade 4: docetaxel = 3 percent"},
    ),
    "a count before an arm that something else is said of": (
        "Partial responses were seen in 12 patients with docetaxel and 3 with gemcitabine progressed.",
        {"PR: docetaxel = 12 patient"},
    ),
    "a test behind a p-value is no factor": (
        "OS was longer with docetaxel than with gemcitabine (P = 0.02 for the log-rank test).",
        {"OS: docetaxel vs gemcitabine: p=0.02"},
    ),
    "a p-value of the clause behind that of heterogeneity": (
        "There was no heterogeneity across sites, and median PFS was 6 vs 4 months (p = 0.01).",
        {"PFS: docetaxel = 6 month", "PFS: gemcitabine = 4 month", "PFS: docetaxel vs gemcitabine: p=0.01"},
    ),
    "a marker that fell in one arm and not in the other": ("VEGF levels decreased with docetaxel but not with gemcitabine (p = 0.003).", set()),
    "a marker that rose more in some than in others": ("In the docetaxel arm, VEGF levels increased more in men than in women (p = 0.02).", set()),
    "where a change starts is not of the arm that made it": (
        "DFS rose from 18.8 to 27.9 months and OS from 47.3 to 62.2 months with docetaxel.",
        {
            "DFS: gemcitabine = 18.8 month",
            "DFS: docetaxel = 27.9 month",
            "OS: gemcitabine = 47.3 month",
            "OS: docetaxel = 62.2 month",
        },
    ),
    "deaths by cause in pairs are of no group of a bare number": (
        "Most deaths were due to progression (20 [83%] of 24 with docetaxel vs 18 [78%] of 23 with gemcitabine) or related to surgery"
        " (two [8%] in each group).",
        {
            "DEATH progression: docetaxel = 83 percent (20/24)",
            "DEATH progression: gemcitabine = 78 percent (18/23)",
            "DEATH surgery: docetaxel = 8 percent (2/None)",
            "DEATH surgery: gemcitabine = 8 percent (2/None)",
        },
    ),
    "shares of counts in one bracket are in the order of their arms": (
        "Fewer patients had nausea with gemcitabine than with docetaxel (9 [18%] vs 17 [33%] patients).",
        {"AE nausea: gemcitabine = 18 percent (9/None)", "AE nausea: docetaxel = 33 percent (17/None)"},
    ),
    "a colon within a bracket begins no clause": (
        "Docetaxel was characterised by nausea (grade 3-4: 11%) and rash (grade 3-4: 9%), whereas gemcitabine by rash (grade 3-4: 6%).",
        {
            "AE nausea grade 3-4: docetaxel = 11 percent",
            "AE rash grade 3-4: docetaxel = 9 percent",
            "AE rash grade 3-4: gemcitabine = 6 percent",
        },
    ),
    "a list that ends in a group of the singular": (
        "The response rate was 31% and 19% in the docetaxel and gemcitabine group, respectively.",
        {"ORR: docetaxel = 31 percent", "ORR: gemcitabine = 19 percent"},
    ),
    "a value of all, and the arms that do not differ": (
        "The response rate was 25%, with no significant difference between docetaxel (31%) and gemcitabine (19%).",
        {"ORR: all = 25 percent", "ORR: docetaxel = 31 percent", "ORR: gemcitabine = 19 percent"},
    ),
    "a value of all, and the arms that do not differ, without values": (
        "Nausea was seen in 25%, with no difference between the docetaxel and gemcitabine arms.",
        {"AE nausea: all = 25 percent"},
    ),
    "a value of all, and the groups that do not differ": (
        "A total of 25% of patients had nausea, with no difference between the two groups.",
        {"AE nausea: all = 25 percent"},
    ),
    "what the ones did and the others are no two arms": ("During follow-up, 34% relapsed and 37% died.", {"DEATH: all = 37 percent"}),
    "how many had a marker is not whom the next value is of": (
        "With docetaxel, 43% of patients had CEA > 5 ng/mL and median OS was 9 months.",
        {"OS: docetaxel = 9 month"},
    ),
    "while for the other arm": (
        "The response rate was 31%, while for gemcitabine it was 19%.",
        {"ORR: docetaxel = 31 percent", "ORR: gemcitabine = 19 percent"},
    ),
    "with, and without": (
        "The response rate was 31% with docetaxel versus 19% without (P = 0.09).",
        {"ORR: docetaxel = 31 percent", "ORR: gemcitabine = 19 percent", "ORR: docetaxel vs gemcitabine: p=0.09"},
    ),
    "the order of the sentence before, though each value has its arm": (
        "The response rate was higher with gemcitabine (31%) than with docetaxel (19%). Five-year survival did not differ (23% vs 22%).",
        {
            "ORR: gemcitabine = 31 percent",
            "ORR: docetaxel = 19 percent",
            "OS 5 year: gemcitabine = 23 percent",
            "OS 5 year: docetaxel = 22 percent",
        },
    ),
    "in both arms, and in each": (
        "Patients had a median of six courses (range 1-8) in both arms. Rash was seen in one patient in each group.",
        {
            "DURATION: docetaxel = 6 cycle",
            "DURATION: gemcitabine = 6 cycle",
            "AE rash: docetaxel = 1 patient",
            "AE rash: gemcitabine = 1 patient",
        },
    ),
    "after one treatment and after the other, each with its value": (
        "PFS at 2 years was better after docetaxel (31%) than after gemcitabine (19%).",
        {"PFS 2 year: docetaxel = 31 percent", "PFS 2 year: gemcitabine = 19 percent"},
    ),
    "a count in both arms may be one of all": (
        "There were four treatment-related deaths in both arms.",
        {"TREATMENT_DEATH: all = 4 patient"},
    ),
    "from one to the other, in years and with an interval between": (
        "Docetaxel prolonged median OS from 3 (95% CI 2-4) years to 5 years.",
        {"OS: docetaxel = 5 year", "OS: gemcitabine = 3 year [2, 4]"},
    ),
    "a result with its clinic visits is no epidemiology": (
        "Patients were seen every year and the 5-year OS was 43% with docetaxel.",
        {"OS 5 year: docetaxel = 43 percent"},
    ),
    "an interval behind a spread": (
        "The mean OS was 10 ± 2 months (95% CI 8-12) with docetaxel.",
        {"OS: docetaxel = 10 month [8, 12]"},
    ),
    "two ends of a range, each with a group that no treatment is known of": (
        "Median OS was between 7 months (standard group) and 9 months (novel group).",
        set(),
    ),
    "drugs joined after a word that ends in or": (
        "PFS was 9 months with an inhibitor plus carboplatin, paclitaxel, and bevacizumab.",
        {"PFS: carboplatin + paclitaxel + bevacizumab = 9 month"},
    ),
    "what patients had failed is their population, no arm": (
        "Median OS was 9 months in patients who failed lapatinib.",
        {"OS in failed lapatinib: all = 9 month"},
    ),
    "a share of the patients without a word on arms": (
        "The study was well run. Anaemia was frequent: 45% of patients needed iron and had anaemia.",
        {"AE anaemia: all = 45 percent"},
    ),
    "grades in order, and each arm behind its list": (
        "Rash of grade 1, 2, and 3 was reported by 18.1%, 9.4%, and 2.2% of those on docetaxel and 7.3%, 4.1%, and 1.0% of those on gemcitabine.",
        {
            "AE rash grade 1: docetaxel = 18.1 percent",
            "AE rash grade 2: docetaxel = 9.4 percent",
            "AE rash grade 3: docetaxel = 2.2 percent",
            "AE rash grade 1: gemcitabine = 7.3 percent",
            "AE rash grade 2: gemcitabine = 4.1 percent",
            "AE rash grade 3: gemcitabine = 1.0 percent",
        },
    ),
    "three rates of one arm, of which nobody says what sets them apart": (
        "An objective response was achieved, in this order, by 41%, 36%, and 22% of the docetaxel arm.",
        set(),
    ),
    "the other arm follows in the same bracket": (
        "Stomatitis was seen most often (14 [27.4%]; gemcitabine, 5 [10.2%]).",
        {"AE stomatitis: docetaxel = 27.4 percent (14/None)", "AE stomatitis: gemcitabine = 10.2 percent (5/None)"},
    ),
    "the order of the result before, in the same sentence": (
        "In primary disease, PFS at 3 years was 41% for docetaxel and 33% for gemcitabine; after surgery, 52 and 48%.",
        {
            "PFS 3 year: docetaxel = 41 percent",
            "PFS 3 year: gemcitabine = 33 percent",
            "PFS 3 year: docetaxel = 52 percent",
            "PFS 3 year: gemcitabine = 48 percent",
        },
    ),
    "arms within the one group that is named": (
        "The difference in ORR was widest in patients below 65 years: 36%, against 14%.",
        {"ORR in aged < 65 years: docetaxel = 36 percent", "ORR in aged < 65 years: gemcitabine = 14 percent"},
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_value_is_of_its_arm(name: str) -> None:
    sentence, expected = ROWS[name]
    assert {told(r) for r in PIPELINE.extract_document(from_text(OWN + sentence + "\n")).records} == expected


SINGLE = """Phase II study of weekly irinotecan with escalating oral vinorelbine in refractory tumors

Methods

Patients received irinotecan weekly and vinorelbine at three levels.

Results

"""


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "Nausea was seen in 41%, and the median number of cycles was 4 (range 1-9).",
            {"AE nausea: irinotecan + vinorelbine = 41 percent", "DURATION: irinotecan + vinorelbine = 4 cycle"},
            id="treatments that the title joins are one",
        ),
        pytest.param(
            "Median PFS was 5.1 months in patients with liver metastases and 7.4 months in those without.",
            {
                "PFS in liver metastases: irinotecan + vinorelbine = 5.1 month",
                "PFS in without liver metastases: irinotecan + vinorelbine = 7.4 month",
            },
            id="its groups were treated with nothing else",
        ),
        pytest.param(
            "A partial response was achieved in 18/50 patients (36%).",
            {"PR: irinotecan + vinorelbine = 36 percent (18/50)"},
            id="counts are no group",
        ),
        pytest.param(
            "The proportion of patients who were progression-free at 6 months was 44%.",
            {"PFS 6 month: irinotecan + vinorelbine = 44 percent"},
            id="what a share is of is no group",
        ),
        pytest.param(
            "A durable response was observed in more than 40% of the responders, with a median duration of response of 11.3 months.",
            {"DOR: irinotecan + vinorelbine = 11.3 month"},
            id="a response lasts in responders, always",
        ),
    ],
)
def test_a_study_of_one_arm(sentence: str, expected: set[str]) -> None:
    assert {told(r) for r in PIPELINE.extract_document(from_text(SINGLE + sentence + "\n")).records} == expected


def test_what_is_told_of_historical_controls_is_not_of_the_one_arm() -> None:
    text = SINGLE + "In historical controls, median PFS and OS were 3 and 7 months.\n"
    assert PIPELINE.extract_document(from_text(text)).records == ()


def test_treatments_that_the_title_joins_are_one_where_the_methods_name_none() -> None:
    text = SINGLE.replace("irinotecan weekly and vinorelbine at three levels", "both drugs") + "The response rate was 31%.\n"
    assert {told(r) for r in PIPELINE.extract_document(from_text(text)).records} == {"ORR: irinotecan + vinorelbine = 31 percent"}
