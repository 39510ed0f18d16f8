"""Results told over several arms, groups and sentences: each row a construction in invented sentences, and the whole result compared."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

THREE = """Docetaxel at two doses or gemcitabine in older patients

Abstract

Background: Docetaxel at 50 mg or 75 mg was compared with gemcitabine in older patients.

Methods

Patients were randomly assigned to docetaxel (arm A), gemcitabine (arm B) or vinorelbine (arm C).

Results

"""
ROWS = {
    "a p-value before a semicolon is of the values before it": (
        "The response rate was 31% with docetaxel and 19% with gemcitabine (P = 0.06); the disease control rate was similar.",
        {"ORR: docetaxel = 31 percent", "ORR: gemcitabine = 19 percent", "ORR: docetaxel vs gemcitabine: p=0.06"},
    ),
    "a p-value in words": (
        "Median OS was longer with docetaxel than with gemcitabine (P less than 0.04).",
        {"OS: docetaxel vs gemcitabine: p<0.04"},
    ),
    "a p-value that is called Sig": (
        "The response rate was 31% with docetaxel and 19% with gemcitabine (Sig 0.311).",
        {"ORR: docetaxel = 31 percent", "ORR: gemcitabine = 19 percent", "ORR: docetaxel vs gemcitabine: p=0.311"},
    ),
    "an interval behind the arm of its value": (
        "Median OS was 11.2 months with docetaxel (95% CI 8.1-14.9) and 9.3 months in the gemcitabine group (95% CI: 7.4-12.8).",
        {"OS: docetaxel = 11.2 month [8.1, 14.9]", "OS: gemcitabine = 9.3 month [7.4, 12.8]"},
    ),
    "an interval that was not defined": (
        "Median OS was 11.2 months (95% CI 8.1 to not defined [ND]) with docetaxel.",
        {"OS: docetaxel = 11.2 month [8.1, None]"},
    ),
    "landmarks behind their rates": (
        "Tumour-specific survival with docetaxel and gemcitabine was 93 vs 84% after 1 year and 71 vs 52% after 3 years.",
        {
            "CSS 1 year: docetaxel = 93 percent",
            "CSS 1 year: gemcitabine = 84 percent",
            "CSS 3 year: docetaxel = 71 percent",
            "CSS 3 year: gemcitabine = 52 percent",
        },
    ),
    "a landmark from which on": (
        "PFS was alike at first, but starting from 18 months, PFS rates were higher with docetaxel (33%) than with gemcitabine (21%).",
        {"PFS 18 month: docetaxel = 33 percent", "PFS 18 month: gemcitabine = 21 percent"},
    ),
    "the order of the last sentence, the unit with each value": (
        "Median PFS was 5 months with docetaxel and 4 months with gemcitabine. Median OS was 12 (±3) months and 9 months (±2), respectively.",
        {"PFS: docetaxel = 5 month", "PFS: gemcitabine = 4 month", "OS: docetaxel = 12 month", "OS: gemcitabine = 9 month"},
    ),
    "patients who did something": (
        "With docetaxel, median OS for patients who completed the study was 14.1 months.",
        {"OS in completed the study: docetaxel = 14.1 month"},
    ),
    "two countries set against each other": (
        "Median OS with docetaxel was 9.1 months in patients in Canada and 7.7 months in those in the United States.",
        {"OS in Canada: docetaxel = 9.1 month", "OS in United States: docetaxel = 7.7 month"},
    ),
    "one country is where the study was": (
        "In patients from Japan, median OS with docetaxel was 9.1 months.",
        {"OS: docetaxel = 9.1 month"},
    ),
    "several levels of a variable that is named last": (
        "In univariate analysis, stage was prognostic for survival. Tumors of the hip had the longest survival, followed by those of the knee,"
        " foot and other sites (P = 0.02).",
        {"OS: site: p=0.02"},
    ),
    "several levels of a variable that is named nowhere": (
        "In univariate analysis, stage was prognostic for survival. Tumors of the hip had longer survival than those of the knee and foot"
        " (P = 0.02).",
        set(),
    ),
    "levels in the bracket behind their variable": (
        "In univariate analysis, no differences in survival were found among gender groups (men vs. women; P = 0.51) and age groups"
        " (<50 vs. 50-65 vs. >65 years; P = 0.24).",
        {"OS: gender: p=0.51", "OS: age: p=0.24"},
    ),
    "figures before the entries of a bracket": (
        "In a trial of docetaxel against gemcitabine, median OS was longer with docetaxel (9 months) than with gemcitabine"
        " (7 months, P = 0.04; Doe et al, 2008).",
        {"OS: docetaxel = 9 month", "OS: gemcitabine = 7 month", "OS: docetaxel vs gemcitabine: p=0.04"},
    ),
    "the landmark of the first of two rates": (
        "The 3-year OS was 71% with docetaxel vs 64% with gemcitabine (P = 0.31), while DFS was 52% vs 41%.",
        {
            "OS 3 year: docetaxel = 71 percent",
            "OS 3 year: gemcitabine = 64 percent",
            "OS 3 year: docetaxel vs gemcitabine: p=0.31",
            "DFS 3 year: docetaxel = 52 percent",
            "DFS 3 year: gemcitabine = 41 percent",
        },
    ),
    "the control named first in a list": (
        "Median OS was 7.1 months and 9.2 months for patients in the control and docetaxel groups, respectively.",
        {"OS: gemcitabine = 7.1 month", "OS: docetaxel = 9.2 month"},
    ),
    "two values read as of one arm are of none": (
        "The 5-year survival rates were 41% with docetaxel in the north versus 33% with docetaxel in the south.",
        set(),
    ),
    "two values set against each other are not of one arm": (
        "Docetaxel or gemcitabine compared, the median OS (9 vs 7 months) was improved by docetaxel every week.",
        {"OS: docetaxel = 9 month", "OS: gemcitabine = 7 month"},
    ),
    "a p-value of groups that are not known is none of the arms": (
        "In the shrinking vs static vs growing groups, the median OS was 15 months vs 11 months vs 6 months, respectively (P = 0.03).",
        set(),
    ),
    "patients with and without": (
        "The response rate for tumors with and for those without PTEN loss was 21% and 34% (P = 0.04).",
        {
            "ORR in PTEN loss: all = 21 percent",
            "ORR in without PTEN loss: all = 34 percent",
            "ORR: PTEN loss: p=0.04",
        },
    ),
    "two endpoints of two groups set against each other, with two p-values": (
        "The 2-year OS and DFS rates for patients with severe pain were 44% and 31%, compared with 58% and 47% for patients without severe pain"
        " (P=0.02; P=0.01).",
        {
            "OS 2 year in severe pain: all = 44 percent",
            "DFS 2 year in severe pain: all = 31 percent",
            "OS 2 year in without severe pain: all = 58 percent",
            "DFS 2 year in without severe pain: all = 47 percent",
            "OS 2 year: severe pain: p=0.02",
            "DFS 2 year: severe pain: p=0.01",
        },
    ),
    "a stage": (
        "Median OS in stage II disease was 19 months with docetaxel and 14 months with gemcitabine (P = 0.2).",
        {
            "OS in stage II disease: docetaxel = 19 month",
            "OS in stage II disease: gemcitabine = 14 month",
            "OS in stage II disease: docetaxel vs gemcitabine: p=0.2",
        },
    ),
    "p-values listed over populations": (
        "OS did not differ between the two arms for stage I and stage III disease (P = 0.61; P = 0.08, respectively).",
        {
            "OS in stage I: docetaxel vs gemcitabine: p=0.61",
            "OS in stage III disease: docetaxel vs gemcitabine: p=0.08",
        },
    ),
    "in the one but not in the other": (
        "For docetaxel, a difference in survival was found in stage II disease but not in stage I disease (median OS 19 months vs 14 months).",
        {"OS in stage II disease: docetaxel = 19 month", "OS in stage II disease: gemcitabine = 14 month"},
    ),
    "an increase from and to, with brackets between": (
        "This was a 9% increase in the rate of DFS at 2 years from 31% (22-41) to 40% (30-50) with docetaxel.",
        {
            "DFS 2 year: docetaxel vs gemcitabine: difference 9",
            "DFS 2 year: gemcitabine = 31 percent",
            "DFS 2 year: docetaxel = 40 percent",
        },
    ),
    "between the one arm and the other": (
        "Median OS ranged between 7.1 months (gemcitabine) and 9.2 months (docetaxel).",
        {"OS: gemcitabine = 7.1 month", "OS: docetaxel = 9.2 month"},
    ),
    "parts of a rate are no rate of theirs": (
        "With docetaxel, the clinical remission rate was 41.2% (21 patients), including two patients with complete remission.",
        {"ORR: docetaxel = 41.2 percent (21/None)", "CR: docetaxel = 2 patient"},
    ),
    "who could be looked at had died": (
        "At the cut-off, 81 of all 90 patients (90%) that were evaluated for OS had died.",
        {"DEATH: all = 90 percent (81/90)"},
    ),
    "ages are no lengths of survival": (
        "Follow-up was short in patients on docetaxel, whose median age was higher (64 years) than that of the others (58 years).",
        set(),
    ),
    "the unit behind the second arm": (
        "The median duration of response was 6 (range: 2-14) for docetaxel and 5 months (range: 3-21) for the gemcitabine group.",
        {"DOR: docetaxel = 6 month", "DOR: gemcitabine = 5 month"},
    ),
    "a count after a count in patients": (
        "Complete responses were observed in 6 patients in the docetaxel arm and in 5 patients in the gemcitabine arm.",
        {"CR: docetaxel = 6 patient", "CR: gemcitabine = 5 patient"},
    ),
    "a recurrence is no death": (
        "Patients rarely died early, but four of 49 (8%) gemcitabine patients had a tumor recurrence.",
        set(),
    ),
    "an interval behind both groups is not of each": (
        "The median OS was 11 months in both groups (95% CI 9-14 for docetaxel and 8-13 for gemcitabine).",
        {"OS: docetaxel = 11 month", "OS: gemcitabine = 11 month"},
    ),
    "those of an arm with and without something": (
        "Median OS was 6.2 months (95% CI 4.9-7.4) for docetaxel and rash, 2.8 months (2.1-3.6) for the docetaxel without rash group, and 4.4 months"
        " (3.8-5.1) for gemcitabine.",
        {
            "OS in rash: docetaxel = 6.2 month [4.9, 7.4]",
            "OS in without rash: docetaxel = 2.8 month [2.1, 3.6]",
            "OS: gemcitabine = 4.4 month [3.8, 5.1]",
        },
    ),
    "a group that did worse has the first value": (
        "Median PFS was significantly shorter among Hispanic women (5.1 months versus 7.3 months; P = 0.01).",
        {"PFS in Hispanic women: all = 5.1 month", "PFS in not Hispanic women: all = 7.3 month", "PFS: Hispanic women: p=0.01"},
    ),
    "a feature that goes with a worse outcome parts those with it from those without": (
        "The spindle-cell phenotype was associated with a reduction in OS (5.1 versus 7.3 months).",
        {"OS in spindle-cell phenotype: all = 5.1 month", "OS in not spindle-cell phenotype: all = 7.3 month"},
    ),
    "the group that another did worse than": (
        "The median OS was shorter in patients with visible scars than QX-wild patients (5.1 vs 7.3 months).",
        {"OS in visible scars: all = 5.1 month", "OS in QX-wild patients: all = 7.3 month"},
    ),
    "each item of a list has its own population": (
        "Five-year OS rates were 93% for the low-risk group with docetaxel; 90% for the low-risk group with gemcitabine; 71% for the"
        " high-risk group with docetaxel; 64% for the high-risk group with gemcitabine.",
        {
            "OS 5 year in low-risk: docetaxel = 93 percent",
            "OS 5 year in low-risk: gemcitabine = 90 percent",
            "OS 5 year in high-risk: docetaxel = 71 percent",
            "OS 5 year in high-risk: gemcitabine = 64 percent",
        },
    ),
    "a population that a sentence opens with holds for the next one": (
        "In patients with brain metastases, median OS was 9.3 months with docetaxel and 5.1 months with gemcitabine."
        " Median PFS was 4.1 and 2.2 months, respectively.",
        {
            "OS in brain metastases: docetaxel = 9.3 month",
            "OS in brain metastases: gemcitabine = 5.1 month",
            "PFS in brain metastases: docetaxel = 4.1 month",
            "PFS in brain metastases: gemcitabine = 2.2 month",
        },
    ),
    "an endpoint in an earlier bracket is not that of a later one": (
        "The overall response rate was 61% (complete response 14%), with no difference between docetaxel (64%) and gemcitabine (58%).",
        {"ORR: all = 61 percent", "CR: all = 14 percent", "ORR: docetaxel = 64 percent", "ORR: gemcitabine = 58 percent"},
    ),
    "what was complied with is no response": (
        "The compliance with docetaxel was 97% and the overall response rate (CR+CRi) was 51%.",
        {"ORR: docetaxel = 51 percent"},
    ),
    "what is related to an endpoint is no rate of it": (
        "With docetaxel, the gene was found in 91% of tumors, and its levels were closely related to tumor progression.",
        set(),
    ),
    "the landmark of corresponding numbers": (
        "At 5 years, DFS was 41% with docetaxel versus 33% with gemcitabine. The corresponding numbers for overall survival were 57% versus 48%.",
        {
            "DFS 5 year: docetaxel = 41 percent",
            "DFS 5 year: gemcitabine = 33 percent",
            "OS 5 year: docetaxel = 57 percent",
            "OS 5 year: gemcitabine = 48 percent",
        },
    ),
    "a landmark of another endpoint": (
        "With docetaxel, the overall response rate was 51% and survival at 5 years was 12%.",
        {"ORR: docetaxel = 51 percent", "OS 5 year: docetaxel = 12 percent"},
    ),
    "the proportions of an event": (
        "Median OS was 9 months with docetaxel. For grade 3-4 rash, the proportions were 11% for docetaxel and 4% for gemcitabine.",
        {"OS: docetaxel = 9 month", "AE rash grade 3-4: docetaxel = 11 percent", "AE rash grade 3-4: gemcitabine = 4 percent"},
    ),
    "groups that parts of a bracket are labelled with": (
        "PFS was better with docetaxel than with gemcitabine (normal LDH, median 6.1 months vs. 4.2 months; raised LDH, median 3.3 months vs."
        " 2.1 months).",
        {
            "PFS in normal LDH: docetaxel = 6.1 month",
            "PFS in normal LDH: gemcitabine = 4.2 month",
            "PFS in raised LDH: docetaxel = 3.3 month",
            "PFS in raised LDH: gemcitabine = 2.1 month",
        },
    ),
    "endpoints in the parts of a bracket are no groups": (
        "Docetaxel was better than gemcitabine (PFS, median 6.1 months vs. 4.2 months; OS, median 9.3 months vs. 8.1 months).",
        {
            "PFS: docetaxel = 6.1 month",
            "PFS: gemcitabine = 4.2 month",
            "OS: docetaxel = 9.3 month",
            "OS: gemcitabine = 8.1 month",
        },
    ),
    "two groups set against each other, the p-value behind a figure": (
        "OS was better for patients with tumors demonstrating strong COX-9 expression (score 6-9) than those whose tumors showed weak expression"
        " (Figure 2A; p = 0.033).",
        {"OS: strong COX-9 expression vs weak expression: p=0.033"},
    ),
    "with, and without": (
        "The 5-year survival rates were 41% and 33%, respectively, in patients with severe pain and without severe pain.",
        {"OS 5 year in severe pain: all = 41 percent", "OS 5 year in without severe pain: all = 33 percent"},
    ),
}
OF_THREE = {
    "one p-value for three arms": (
        "Median OS was 9.1, 7.2, and 6.6 months for docetaxel, gemcitabine and vinorelbine (P = 0.37).",
        {"OS: docetaxel = 9.1 month", "OS: gemcitabine = 7.2 month", "OS: vinorelbine = 6.6 month", "OS: treatment arm: p=0.37"},
    ),
    "each arm compared with the first": (
        "The 1-year survival rate was higher with docetaxel (41%, 95% CI: 29-53) compared with gemcitabine (30%, 95% CI: 19-41, p = .23) and"
        " vinorelbine (24%, 95% CI: 13-35, p = .07).",
        {
            "OS 1 year: docetaxel = 41 percent [29, 53]",
            "OS 1 year: gemcitabine = 30 percent [19, 41]",
            "OS 1 year: vinorelbine = 24 percent [13, 35]",
            "OS 1 year: docetaxel vs gemcitabine: p=0.23",
            "OS 1 year: docetaxel vs vinorelbine: p=0.07",
        },
    ),
    "the arm behind the bracket of its value": (
        "Median OS was 9.1 months with docetaxel compared with 7.2 months with gemcitabine (p = .41), and 6.6 months (95% CI: 5.1-8.2, p = .33)"
        " with the vinorelbine group.",
        {
            "OS: docetaxel = 9.1 month",
            "OS: gemcitabine = 7.2 month",
            "OS: vinorelbine = 6.6 month [5.1, 8.2]",
            "OS: docetaxel vs gemcitabine: p=0.41",
            "OS: docetaxel vs vinorelbine: p=0.33",
        },
    ),
}
DISEASES = """Docetaxel versus gemcitabine in sarcoma

Methods

Patients were randomly assigned to docetaxel (n = 51) or gemcitabine (n = 49).

Results

LMS and UPS patients were treated alike. Of LMS patients and UPS patients, most were old. Few UPS patients or LMS patients were young.

"""
OF_DISEASES = {
    "a disease tells patients apart": (
        "In LMS patients, median OS was 9.4 months with docetaxel and 8.2 months with gemcitabine.",
        {"OS in LMS: docetaxel = 9.4 month", "OS in LMS: gemcitabine = 8.2 month"},
    ),
    "a cohort is carried to the next sentences": (
        "In the LMS cohort, the response rate was 12% with docetaxel. Median OS was 9.4 months with docetaxel.",
        {"ORR in LMS: docetaxel = 12 percent", "OS in LMS: docetaxel = 9.4 month"},
    ),
    "a disease in a heading": (
        "3.2 LMS patients\n\nMedian OS was 9.4 months with docetaxel and 8.2 months with gemcitabine.",
        {"OS in LMS: docetaxel = 9.4 month", "OS in LMS: gemcitabine = 8.2 month"},
    ),
    "a cohort that a sentence opens with, its patients told by something else": (
        "Among all tumors of the validation cohort, the response rate was 12% with docetaxel. Median OS was 9.4 months with docetaxel.",
        {"ORR in validation cohort: docetaxel = 12 percent", "OS in validation cohort: docetaxel = 9.4 month"},
    ),
    "a cohort ends with all patients": (
        "In the validation cohort, the response rate was 12% with docetaxel. In the whole cohort, median OS was 9.4 months with docetaxel.",
        {"ORR in validation cohort: docetaxel = 12 percent", "OS: docetaxel = 9.4 month"},
    ),
    "a cohort ends with the section": (
        "In the validation cohort, the response rate was 12% with docetaxel.\n\nSurvival\n\nMedian OS was 9.4 months with docetaxel.",
        {"ORR in validation cohort: docetaxel = 12 percent", "OS: docetaxel = 9.4 month"},
    ),
}
SHARED = """Docetaxel plus cisplatin versus docetaxel plus cisplatin plus cetuximab in older patients

Methods

Patients were randomly assigned to docetaxel plus cisplatin (n = 51) or docetaxel plus cisplatin plus cetuximab (n = 49).

Results

"""
STAGES = """Docetaxel versus gemcitabine

Methods

Patients with stage I to III disease were eligible and were randomly assigned to docetaxel (n = 51) or gemcitabine (n = 49).

Results

"""
CONTROL = """A phase II study of adjuvant interferon alfa

Methods

Patients with tumors were treated with interferon alfa or observed.

Results

"""


def facts_of(text: str) -> set[str]:
    return {told(r) for r in PIPELINE.extract_text(text).records}


@pytest.mark.parametrize("name", ROWS)
def test_a_construction_is_read(name: str) -> None:
    text, facts = ROWS[name]
    assert facts_of(OWN + text) == facts


@pytest.mark.parametrize("name", OF_THREE)
def test_three_arms_are_told_apart(name: str) -> None:
    text, facts = OF_THREE[name]
    assert facts_of(THREE + text) == facts


@pytest.mark.parametrize("name", OF_DISEASES)
def test_cohorts_and_diseases_are_populations(name: str) -> None:
    text, facts = OF_DISEASES[name]
    assert facts_of(DISEASES + text) == facts


def test_a_control_that_is_told_nowhere_keeps_its_name() -> None:
    text = "Median OS was 19 months in the interferon alfa group and 11 months in the control group (P = 0.02). It was not reached in either group."
    facts = {"OS: interferon alfa = 19 month", "OS: control = 11 month", "OS: interferon alfa vs control: p=0.02"}
    assert facts <= facts_of(CONTROL + text)


def test_a_stage_within_the_range_of_the_study_is_a_population() -> None:
    assert facts_of(STAGES + "Median OS in stage I disease was 9 months with docetaxel.") == {"OS in stage I disease: docetaxel = 9 month"}


def test_the_drug_whose_dose_was_reduced_is_part_of_an_arm() -> None:
    text = "Cisplatin dose reductions were made in 19% of patients with docetaxel plus cisplatin."
    assert facts_of(SHARED + text) == {"DOSE_REDUCTION in cisplatin: docetaxel + cisplatin = 19 percent"}


def test_survival_is_told_under_a_heading_of_characteristics() -> None:
    text = "3.1 Patient characteristics\n\nMedian age was 61 years. The median follow-up duration was 31 months."
    assert facts_of(OWN + text) == {"FOLLOW_UP: all = 31 month"}
