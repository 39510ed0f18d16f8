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
    # treatment and follow-up
    "cycles of a drug": ("A median of 4 cycles of docetaxel were administered.", {"DURATION: 4 cycle"}),
    "a number of cycles": ("The median number of cycles per patient was 4.", {"DURATION: 4 cycle"}),
    "given for a median": ("Treatment was given for a median of 14 weeks.", {"DURATION: 14 week"}),
    "the cycle of a response is no duration": ("Responses were seen after a median of 2 cycles.", set()),
    "followed for a mean": ("Patients were followed for a mean of 5.3 years.", {"FOLLOW_UP: 5.3 year"}),
    "a time of observation": ("Median time of observation was 31 months.", {"FOLLOW_UP: 31 month"}),
    # numbers
    "a number in words": ("The median survival was only four months.", {"OS: 4 month"}),
    "percent in words": ("Twelve percent of the patients achieved a CR and 33% a PR.", {"CR: 12 percent", "PR: 33 percent"}),
    "the unit in the interval": ("The response rate was 33 (95% CI 25-40%).", {"ORR: 33 percent [25, 40]"}),
    "an error behind the value": ("Median survival was 11.3 +/- 1.2 months.", {"OS: 11.3 month"}),
    "a size before and after": (
        "Mean tumor volume fell from 45.2 cm3 (95% CI 38.1-52.3) to 21.0 cm3 (95% CI 16.3-25.7).",
        {"TUMOR_SIZE: 45.2 cm3 [38.1, 52.3]", "TUMOR_SIZE: 21.0 cm3 [16.3, 25.7]"},
    ),
}
OF_TWO = {
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
