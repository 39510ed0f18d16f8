"""Numbers and names that look like a result and are none, beside their like that is one: each row an invented sentence and all that it tells."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

from extractor.entities.endpoints import find_endpoints
from extractor.entities.meanings import read_meanings

ROWS = {
    # who answers, reacts or survives
    "those who answer a survey": ("The response rate to the survey at home was 35% (423 of 1196) with docetaxel.", set()),
    "questionnaires that come back": ("A response rate of 81% was achieved for the mailed forms, with docetaxel 80%.", set()),
    "answers to questions": ("On docetaxel 85% gave positive responses to the questions.", set()),
    "reactions of another kind": ("Vascular responses were seen in 30% of patients on docetaxel.", set()),
    "responses of the tumor": ("Confirmed responses were seen in 30% of patients on docetaxel.", {"ORR: docetaxel = 30 percent"}),
    "responses of a disease by where it is": ("Nodal responses were seen in 30% of patients on docetaxel.", {"ORR: docetaxel = 30 percent"}),
    "a gene that is called like a box": (
        "On docetaxel the response rate was 30% and KIT was not mutated.",
        {"ORR: docetaxel = 30 percent"},
    ),
    "a change that a sentence opens with": (
        "14% absolute improvement in response rate was seen with docetaxel.",
        {"ORR: docetaxel vs gemcitabine: difference 14"},
    ),
    "patients who attend a clinic": (
        "In those attending our clinic the objective response rate was 30% on docetaxel.",
        {"ORR: docetaxel = 30 percent"},
    ),
    "implants that survive": ("The implants of the docetaxel group had a survival rate of 90%.", set()),
    "patients with implants survive": (
        "The 2-year survival rate was 90% on docetaxel; two patients had implants.",
        {"OS 2 year: docetaxel = 90 percent"},
    ),
    "cells in the name of a cancer": (
        "The median survival in small cell cancer of the knee was 9 months with docetaxel.",
        {"OS: docetaxel = 9 month"},
    ),
    "with whom they live": ("On docetaxel 24 (47%) were living with a partner.", set()),
    "the time of an end-point": ("Survival to 6 months was the main outcome with docetaxel.", set()),
    "survival that rose to a time": ("Docetaxel increased survival to 14 months.", {"OS: docetaxel = 14 month"}),
    "a trial that was stopped": ("Accrual was stopped because of toxicity after 12 patients (24%) on docetaxel.", set()),
    "treatment that was stopped": (
        "Treatment was stopped because of toxicity in 12 patients (24%) on docetaxel.",
        {"DISCONTINUATION toxicity: docetaxel = 24 percent (12/None)"},
    ),
    # outcomes that count death with something else
    "death or something else": ("Death or infarction occurred in 12% on docetaxel and in 9% on gemcitabine.", set()),
    "a composite that a bracket spells out": ("A major event [death, stroke and bleeding] was seen in 12% with docetaxel.", set()),
    "a composite by its name": ("The composite end-point of stroke and death was met by 12% on docetaxel.", set()),
    "death or progression": (
        "Seven patients (14%) on docetaxel died or had disease progression.",
        {"PFS event: docetaxel = 14 percent (7/None)"},
    ),
    "death of one cause or another": (
        "Five patients on docetaxel died of sepsis or stroke.",
        {"DEATH sepsis: docetaxel = 5 patient"},
    ),
    # people who did another thing than what is named
    "another verb behind two groups": ("None died, and 19 (38%) on docetaxel and six (12%) on gemcitabine were intubated again.", set()),
    "a verb with its object": (
        "One patient on docetaxel died of sepsis, and three patients changed their mind.",
        {"DEATH sepsis: docetaxel = 1 patient"},
    ),
    "brackets behind others": (
        "In all, 32 died (13 on docetaxel, 19 on gemcitabine), and 21 were lost to follow-up (10 on docetaxel, 11 on gemcitabine).",
        {"DEATH: all = 32 patient", "DEATH: docetaxel = 13 patient", "DEATH: gemcitabine = 19 patient"},
    ),
    "what is named has a number of its own": ("Twenty patients (20%) did not finish: three died.", {"DEATH: all = 3 patient"}),
    "two counts that share their noun": (
        "Sixteen mild and six severe AEs were seen with docetaxel.",
        {"AE any grade mild: docetaxel = 16 event", "AE any grade severe: docetaxel = 6 event"},
    ),
    "those who started": ("Forty-eight patients (94%) started docetaxel.", set()),
    "those assigned to an arm, who died": (
        "At the cut-off, eleven out of 51 patients (22%) assigned to docetaxel had died compared with 15 out of 49 (31%) assigned to gemcitabine.",
        {"DEATH: docetaxel = 22 percent (11/51)", "DEATH: gemcitabine = 31 percent (15/49)"},
    ),
    # shares, levels and times that are none of an arm
    "a share of the deaths of the trial": ("Sepsis caused 13% of all deaths on docetaxel.", {"DEATH: docetaxel = 13 percent"}),
    "a rate by person-years": ("With docetaxel there were 8.8 deaths per 100 person years.", set()),
    "the people of a country": ("About 2,600,000 women with cancer are alive.", set()),
    "a benefit is a difference": ("Docetaxel gave a 10% overall survival benefit at two years.", set()),
    "how much lower": ("Death rates were 20-40% higher in men than in women on docetaxel.", set()),
    "reduced by a further share": ("Docetaxel reduced the survival rate by a further 10%.", set()),
    "a level above which something is done": ("A biopsy was taken where PSA was higher than 4 ng/mL on docetaxel.", set()),
    "a zone of levels": ("In men with a PSA of 4 to 10 ng/mL docetaxel was given.", set()),
    "a level that was reached": ("The median PSA was 5.8 ng/mL on docetaxel.", {"PSA: docetaxel = 5.8 ng/mL"}),
    "a marker that fell by so much": ("CEA fell by 30% with docetaxel.", set()),
    "the shortest and the longest": ("The mean follow-up was 3.2 years (min: 3.1, max: 3.3 years).", {"FOLLOW_UP: all = 3.2 year"}),
    "when they were seen": ("After 12 months of follow-up, patients on docetaxel felt better.", set()),
    "an age, whatever was followed": ("The mean age of those for whom follow-up was complete was 11 years.", set()),
    "suppose": ("Now suppose that the response rate is 40% with docetaxel.", set()),
    "how many must be treated": ("With docetaxel 48 patients had to be treated to prevent one death.", set()),
    "an analysis after so many events": ("The analysis was performed after 88 PFS events.", set()),
    # a result all the same
    "looked at in those who could be": (
        "Stable disease was seen in 12 of 28 evaluable patients (43%) on docetaxel.",
        {"SD: docetaxel = 43 percent (12/28)"},
    ),
    "mortality as a count and its share": (
        "Mortality with docetaxel was 9 (18%) of 51, compared with 4 (8%) of 49 with gemcitabine.",
        {"DEATH: docetaxel = 18 percent (9/51)", "DEATH: gemcitabine = 8 percent (4/49)"},
    ),
    "who dropped out for an event": (
        "Three patients on docetaxel (6%) dropped out because of severe pruritus.",
        {"DISCONTINUATION severe pruritus: docetaxel = 6 percent (3/None)"},
    ),
    "who dropped out for another reason": ("Three patients on docetaxel (6%) dropped out for reasons of their own.", set()),
    "a marker that fell in some and rose in others": (
        "PSA fell in 30% of patients on docetaxel and rose in 10%.",
        {"PSA: docetaxel = 30 percent", "PSA: docetaxel = 10 percent"},
    ),
    "what rose with an arm, from and to": (
        "The response rate rose from 21% to 33% with docetaxel.",
        {"ORR: gemcitabine = 21 percent", "ORR: docetaxel = 33 percent"},
    ),
    "a course within an arm": ("Within the docetaxel arm of 51 patients the ORR rose from 20% to 30%.", set()),
    "a length of survival after surgery": (
        "The 5-year OS and median survival were 36% and 31 months after R0 resection on docetaxel.",
        {"OS 5 year: docetaxel = 36 percent", "OS: docetaxel = 31 month"},
    ),
    # markers by their names
    "a marker with the time of its measurement": (
        "UACR at week 24 was lower with docetaxel than with gemcitabine (P = 0.03).",
        {"BIOMARKER UACR: docetaxel vs gemcitabine: p=0.03"},
    ),
    "a piece of a sentence is no marker": (
        "The score 2 h after lunch at 28 weeks of stay was lower with docetaxel than with gemcitabine (P < 0.05).",
        set(),
    ),
    "mortality is no marker": ("Mortality at day 90 was similar with docetaxel and gemcitabine (P = 0.3).", set()),
    # what is told of another
    "a further share of another response": (
        "PR was seen in 20% and a further 36% achieving SD on docetaxel.",
        {"PR: docetaxel = 20 percent", "SD: docetaxel = 36 percent"},
    ),
    "a disease that stabilised": ("Disease stabilised in 46% on docetaxel.", {"SD: docetaxel = 46 percent"}),
    "stabilization of the disease": (
        "Of those on docetaxel 28% had a response, while 46% had stabilization of the disease.",
        {"ORR: docetaxel = 28 percent", "SD: docetaxel = 46 percent"},
    ),
    "a rate behind another rate": (
        "Docetaxel had a lower survival rate (28.5% vs 29.5%) and hospital discharge rate (5.8% vs 9.9%).",
        {"OS: docetaxel = 28.5 percent", "OS: gemcitabine = 29.5 percent"},
    ),
    "a 50% responder rate": (
        "In all, 35% on docetaxel and 30% on gemcitabine had a 50% responder rate.",
        {"ORR: docetaxel = 35 percent", "ORR: gemcitabine = 30 percent"},
    ),
    "treatment ahead of the study": ("The mean duration of treatment prior to study entry was 3.1 years.", set()),
    "the grade of a reason": (
        "One patient on docetaxel withdrew due to a CTC grade 2 constipation.",
        {"DISCONTINUATION constipation: docetaxel = 1 patient"},
    ),
    # numbers
    "hundreds in words": ("One hundred and twelve patients (56%) on docetaxel died.", {"DEATH: docetaxel = 56 percent (112/None)"}),
    "thousands out of thousands": (
        "Death occurred in 1,151/5,427 (21.2%) patients on docetaxel.",
        {"DEATH: docetaxel = 21.2 percent (1151/5427)"},
    ),
    "a share of so many": ("In all, 13% of 38 patients (5 patients) on docetaxel died.", {"DEATH: docetaxel = 13 percent (5/38)"}),
    "no cause of death": ("With docetaxel the mortality was up to 60%.", {"DEATH: docetaxel = <60 percent"}),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_is_no_result_is_none(name: str) -> None:
    text, facts = ROWS[name]
    assert {told(r) for r in PIPELINE.extract_text(OWN + text).records} == facts


def test_a_share_of_the_deaths_of_a_country_is_none() -> None:
    text = "TITLE:\nDocetaxel\nBODY.INTRODUCTION:\nStroke is thought to cause 13% of all deaths [3].\nBODY.RESULTS:\nDocetaxel was given.\n"
    assert PIPELINE.extract_text(text).records == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a change per 1 SD of the marker", []),
        ("around one SD", []),
        ("aged 54 years [SD 11.3]", []),
        ("one CR and 3 SD were seen", ["CR", "SD"]),
        ("no change in weight", []),
        ("no change was made to the drugs", []),
        ("the tumor response: no change in 12 patients", ["SD"]),
        ("at the last look at the tumors, no change was seen in 12 patients", ["SD"]),
        ("SpO2 <92% and RR <8", []),
        ("RR <10%", ["ORR"]),
    ],
)
def test_abbreviations_of_other_things_are_no_endpoints(text: str, codes: list[str]) -> None:
    assert [m.norm for m in find_endpoints(text)] == codes


def test_a_paper_that_never_speaks_of_it_means_something_else() -> None:
    paper = ["Vomiting was less common in the PD group (SD 3.1), and CR scores rose. "] * 60
    assert {"PD", "SD", "CR"} <= read_meanings(paper).others
    assert not {"PD", "SD"} & read_meanings([*paper, "Progressive disease and stable disease were as in RECIST."]).others
    assert not {"PD", "SD", "CR"} & read_meanings(paper[:3]).others, "a piece of a paper explains nothing"
