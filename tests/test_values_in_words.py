"""Efficacy values as papers of one arm and of two word them: counts of responses, survival, durations, follow-up, units that stand once."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

ONE_ARM = """A phase II study of docetaxel in advanced esophageal cancer

Abstract

Background: We studied the activity of docetaxel in advanced esophageal cancer.

Methods

Forty patients received docetaxel 75 mg/m2 every 3 weeks.

Results

"""
OF_ONE = {
    # how many responded
    "who was counted is not the last of a list of cohorts": ("All in cohorts 1 and 2 died.", set()),
    "who died of the induction": ("Induction mortality was 7%.", {"DEATH induction: 7 percent"}),
    "classified as": ("Thirteen patients were classified as SD and six as PD.", {"SD: 13 patient", "PD: 6 patient"}),
    "the first of two names": (
        "There were two complete and 11 partial responses.",
        {"CR: 2 patient", "PR: 11 patient"},
    ),
    "counts with and without a verb": (
        "Two patients had a CR, 11 a PR, 14 SD and 13 PD.",
        {"CR: 2 patient", "PR: 11 patient", "SD: 14 patient", "PD: 13 patient"},
    ),
    "counts behind their names": (
        "The best response was PR in 11 patients, SD in 14 and PD in 13.",
        {"PR: 11 patient", "SD: 14 patient", "PD: 13 patient"},
    ),
    "a list of counts": (
        "CR, PR, SD and PD were seen in 2, 11, 14 and 13 patients, respectively.",
        {"CR: 2 patient", "PR: 11 patient", "SD: 14 patient", "PD: 13 patient"},
    ),
    "counts behind colons": ("CR: 2, PR: 11, PD: 13.", {"CR: 2 patient", "PR: 11 patient", "PD: 13 patient"}),
    "two counts with their shares": (
        "There was one complete response (3%) and 11 partial responses (28%).",
        {"CR: 3 percent (1/None)", "PR: 28 percent (11/None)"},
    ),
    "whom a sentence is about": (
        "Of the 40 patients with PD, many were treated, and two of the 12 patients with a complete response relapsed.",
        set(),
    ),
    "cycles count no patients": ("Patients with SD after 2 cycles continued for 4 cycles.", set()),
    "nobody is no number": ("No complete responses were observed, and none of the patients had a partial response.", set()),
    # survival
    "alive": ("At the time of analysis, 26 of 40 patients (65%) were still alive.", {"OS: 65 percent (26/40)"}),
    "alive at a landmark": ("At 5 years, 61% of patients were alive.", {"OS 5 year: 61 percent"}),
    "alive and dead": ("At the last visit, 12 patients (30%) were alive.", {"OS: 30 percent (12/None)"}),
    "they survived": ("Patients survived for a median of 11.3 months.", {"OS: 11.3 month"}),
    "landmarks told in order": (
        "Median survival time was 11.3 months, and the 1- and 2-year survival rates were 45% and 18%, respectively.",
        {"OS: 11.3 month", "OS 1 year: 45 percent", "OS 2 year: 18 percent"},
    ),
    "time to recurrence": ("The median time to recurrence was 11 months.", {"RFS: 11 month"}),
    "responses lasted": ("The responses lasted a median of 6.5 months.", {"DOR: 6.5 month"}),
    "a median duration behind a response": ("The ORR was 33% and the median duration was 6.5 months.", {"ORR: 33 percent", "DOR: 6.5 month"}),
    "survival at a time, named behind": ("Survival was 41% at 2 years.", {"OS 2 year: 41 percent"}),
    "each rate at the time before it": (
        "The survival rate at one year was 45% and at two years 18%.",
        {"OS 1 year: 45 percent", "OS 2 year: 18 percent"},
    ),
    "times of two endpoints": ("The 6-month PFS and 12-month OS rates were 38% and 45%.", {"PFS 6 month: 38 percent", "OS 12 month: 45 percent"}),
    "two endpoints that share a word": (
        "The 5-year overall and disease-free survival rates were 70% and 61%.",
        {"OS 5 year: 70 percent", "DFS 5 year: 61 percent"},
    ),
    "years told with each number": (
        "1-year, 2-year and 3-year survival rates were 62%, 41% and 22%.",
        {"OS 1 year: 62 percent", "OS 2 year: 41 percent", "OS 3 year: 22 percent"},
    ),
    "a range of rates": ("The five-year survival rate was from 30% to 45%.", {"OS 5 year: 30 percent", "OS 5 year: 45 percent"}),
    "an endpoint without a code in a list": ("At 3 years, OS and local control were 70% and 88%.", {"OS 3 year: 70 percent"}),
    "how many died": ("At the last visit, 12 patients (30%) were alive and 28 had died.", {"OS: 30 percent (12/None)", "DEATH: 28 patient"}),
    "patients behind their share": (
        "The objective response rate was 33% (13 patients), including 2 CRs (5%).",
        {"ORR: 33 percent (13/None)", "CR: 5 percent (2/None)"},
    ),
    "complete or partial": ("CR or PR was achieved in 13 patients (33%).", {"ORR: 33 percent (13/None)"}),
    "a median before a landmark": ("Median event-free survival was 14 months, and 3-year EFS 31%.", {"EFS: 14 month", "EFS 3 year: 31 percent"}),
    "counts behind an interval": ("ORR was 33% (95% CI, 19% to 49%; n = 13/40).", {"ORR: 33 percent [19, 49] (13/40)"}),
    "counts of all kinds with shares": (
        "Response: 2 CR (5%), 11 PR (28%), 14 SD (35%), 13 PD (33%).",
        {"CR: 5 percent (2/None)", "PR: 28 percent (11/None)", "SD: 35 percent (14/None)", "PD: 33 percent (13/None)"},
    ),
    "a count that its share says again": ("Thirteen patients achieved an objective response (34%).", {"ORR: 34 percent (13/None)"}),
    "years by a letter": ("The 5-y OS was 41%, and OS at 8 yr 33%.", {"OS 5 year: 41 percent", "OS 8 year: 33 percent"}),
    "a decimal comma": ("The 5-year OS was 41,2%.", {"OS 5 year: 41.2 percent"}),
    "times listed behind their rates": (
        "Overall survival was 92%, 78% and 70% at 1, 3 and 5 years, respectively.",
        {"OS 1 year: 92 percent", "OS 3 year: 78 percent", "OS 5 year: 70 percent"},
    ),
    "times whose unit stands behind the last": (
        "Overall survival was 92% at 1, 78% at 3 and 70% at 5 years.",
        {"OS 1 year: 92 percent", "OS 3 year: 78 percent", "OS 5 year: 70 percent"},
    ),
    "times in brackets behind their rates": (
        "The OS rate was 92% (1 year), 78% (3 years) and 70% (5 years).",
        {"OS 1 year: 92 percent", "OS 3 year: 78 percent", "OS 5 year: 70 percent"},
    ),
    "rates and times between slashes": (
        "The 1-/3-/5-year OS rates were 92%/78%/70%.",
        {"OS 1 year: 92 percent", "OS 3 year: 78 percent", "OS 5 year: 70 percent"},
    ),
    "another endpoint over the same times": (
        "The 1-year and 3-year OS rates of patients were 92% and 78%, respectively, and the corresponding RFS rates were 81% and 62%.",
        {"OS 1 year: 92 percent", "OS 3 year: 78 percent", "RFS 1 year: 81 percent", "RFS 3 year: 62 percent"},
    ),
    # treatment and follow-up
    "a follow-up period": (
        "During a median follow-up period of 4.1 years, 12 (28%) patients died.",
        {"FOLLOW_UP: 4.1 year", "DEATH: 28 percent (12/None)"},
    ),
    "cycles of a drug": ("A median of 4 cycles of docetaxel were administered.", {"DURATION: 4 cycle"}),
    "a number of cycles": ("The median number of cycles per patient was 4.", {"DURATION: 4 cycle"}),
    "given for a median": ("Treatment was given for a median of 14 weeks.", {"DURATION: 14 week"}),
    "the cycle of a response is no duration": ("Responses were seen after a median of 2 cycles.", {"TTR: 2 cycle"}),
    "followed for a mean": ("Patients were followed for a mean of 5.3 years.", {"FOLLOW_UP: 5.3 year"}),
    "a time of observation": ("Median time of observation was 31 months.", {"FOLLOW_UP: 31 month"}),
    # numbers
    "a number in words": ("The median survival was only four months.", {"OS: 4 month"}),
    "percent in words": ("Twelve percent of the patients achieved a CR and 33% a PR.", {"CR: 12 percent", "PR: 33 percent"}),
    "the unit in the interval": ("The response rate was 33 (95% CI 25-40%).", {"ORR: 33 percent [25, 40]"}),
    "an error behind the value": ("Median survival was 11.3 +/- 1.2 months.", {"OS: 11.3 month"}),
    "a size before and after": (
        "Mean tumor volume fell from 45.2 cm3 (95% CI 38.1-52.3) to 21.0 cm3 (95% CI 16.3-25.7).",
        {"TUMOR_SIZE baseline: 45.2 cm3 [38.1, 52.3]", "TUMOR_SIZE: 21.0 cm3 [16.3, 25.7]"},
    ),
}
OF_TWO = {
    "a unit before a bracket and an arm": (
        "Median OS was 21 months (95% CI 18-25) for docetaxel vs 15 (12-18) for gemcitabine.",
        {"OS: docetaxel = 21 month [18, 25]", "OS: gemcitabine = 15 month [12, 18]"},
    ),
    "what others are above is no result": (
        "The benefit in the 2-year OS rate was larger in patients with KPS >80% than with docetaxel alone.",
        set(),
    ),
    "a bound that is a result": (
        "The ORR was <1% with docetaxel and >5% with gemcitabine.",
        {"ORR: docetaxel = <1 percent", "ORR: gemcitabine = >5 percent"},
    ),
    "cases are no events of survival": ("A registry looked at 1241 cases of this tumor and found no overall survival benefit with docetaxel.", set()),
    "deaths of a cause in a bracket": (
        "All-cause mortality was 7% (4/54) with docetaxel (2 died of sepsis; 4%) and 15% (8/53) with gemcitabine (3 died of sepsis; 6%).",
        {
            "DEATH: docetaxel = 7 percent (4/54)",
            "DEATH: gemcitabine = 15 percent (8/53)",
            "DEATH sepsis: docetaxel = 4 percent (2/None)",
            "DEATH sepsis: gemcitabine = 6 percent (3/None)",
        },
    ),
    "v for versus": ("Median OS favored docetaxel: 11.3 v 9.1 months.", {"OS: docetaxel = 11.3 month", "OS: gemcitabine = 9.1 month"}),
    "they lived": (
        "Patients receiving docetaxel lived a median of 11.3 months, compared with 9.1 months for those receiving gemcitabine.",
        {"OS: docetaxel = 11.3 month", "OS: gemcitabine = 9.1 month"},
    ),
    "died after a median": (
        "Twelve docetaxel patients and nine gemcitabine patients died after a median of 31 and 22 months, respectively.",
        {"DEATH: docetaxel = 12 patient", "DEATH: gemcitabine = 9 patient"},
    ),
    "all died after a median": (
        "All patients died after a median of 31 months with docetaxel and 22 months with gemcitabine.",
        {"OS: docetaxel = 31 month", "OS: gemcitabine = 22 month"},
    ),
    "a rate behind a bracket of its parts": (
        "In the docetaxel arm, the response rate was 31% (CR 4%, PR 27%), and in the gemcitabine arm 18%.",
        {"ORR: docetaxel = 31 percent", "CR: docetaxel = 4 percent", "PR: docetaxel = 27 percent", "ORR: gemcitabine = 18 percent"},
    ),
    "a size before and after in two arms": (
        "The mean tumor diameter fell from 4.5 to 2.8 cm in the docetaxel group and from 4.4 to 3.9 cm in the gemcitabine group.",
        {
            "TUMOR_SIZE baseline: docetaxel = 4.5 cm",
            "TUMOR_SIZE: docetaxel = 2.8 cm",
            "TUMOR_SIZE baseline: gemcitabine = 4.4 cm",
            "TUMOR_SIZE: gemcitabine = 3.9 cm",
        },
    ),
    "a marker's response": (
        "A PSA response was seen in 45% of docetaxel patients and 32% of gemcitabine patients.",
        {"PSA: docetaxel = 45 percent", "PSA: gemcitabine = 32 percent"},
    ),
    "cycles of two arms, the unit behind both": (
        "A median of 7 and 6 chemotherapy cycles was given in the docetaxel and gemcitabine groups, respectively.",
        {"DURATION: docetaxel = 7 cycle", "DURATION: gemcitabine = 6 cycle"},
    ),
    "numbers of cycles in words": (
        "The median number of cycles was five in the docetaxel group and four in the gemcitabine group.",
        {"DURATION: docetaxel = 5 cycle", "DURATION: gemcitabine = 4 cycle"},
    ),
    "limits in percent behind a bare share": (
        "Grade 3 toxicity was recorded in four (7.9, 95% CL, from 2.6 to 17.4%) docetaxel patients "
        "and three (6.1, 95% CL, from 1.9 to 15.5%) gemcitabine patients.",
        {"AE any grade 3: docetaxel = 7.9 percent [2.6, 17.4] (4/None)", "AE any grade 3: gemcitabine = 6.1 percent [1.9, 15.5] (3/None)"},
    ),
}


@pytest.mark.parametrize("name", OF_ONE)
def test_a_value_of_one_arm(name: str) -> None:
    text, facts = OF_ONE[name]
    assert {told(r).replace("docetaxel = ", "") for r in PIPELINE.extract_text(ONE_ARM + text).records} == facts


@pytest.mark.parametrize("name", OF_TWO)
def test_a_value_of_two_arms(name: str) -> None:
    text, facts = OF_TWO[name]
    assert {told(r) for r in PIPELINE.extract_text(OWN + text).records} == facts


def test_the_methods_tell_how_long_patients_were_followed() -> None:
    text = ONE_ARM.replace(
        "every 3 weeks.", "every 3 weeks. They were followed for a median of 4.2 years. Follow-up of at least 2 years was planned."
    )
    assert {told(r) for r in PIPELINE.extract_text(text + "Little was seen.").records} == {"FOLLOW_UP: docetaxel = 4.2 year"}


def test_cycles_and_sides_of_a_lesion_in_a_case_report() -> None:
    text = "A 61-year-old woman with a sarcoma: a case report\n\nCase report\n\nA 61-year-old woman had a mass of 5.5 x 4.2 cm. "
    text += "She was started on doxorubicin 60 mg/m2 every 3 weeks for a total of six cycles."
    facts = {told(r) for r in PIPELINE.extract_text(text).records}
    assert "DURATION: doxorubicin = 6 cycle" in facts
    assert "TUMOR_SIZE: baseline = 5.5 cm" in facts
