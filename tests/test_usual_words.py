"""Words that refuse a reading elsewhere, in the sentences in which oncology papers use them: each row an invented sentence and all that it tells."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

SINGLE = """A phase II study of pembrolizumab in advanced melanoma

Abstract

Background: Pembrolizumab is an antibody to PD-1.

Methods

In this single-arm phase II trial, 60 patients received pembrolizumab 200 mg every 3 weeks.

Results

"""
TRANSPLANT = """Allogeneic stem cell transplantation in acute myeloid leukemia: one center's experience

Abstract

Background: Transplantation may cure leukemia.

Methods

We reviewed 85 consecutive patients who underwent allogeneic stem cell transplantation.

Results

"""
STENTS = """Metal stents for malignant dysphagia in esophageal cancer

Abstract

Background: Stents relieve dysphagia.

Methods

A total of 74 patients with esophageal cancer received self-expanding metal stents.

Results

"""


def _told(paper: str, sentence: str) -> set[str]:
    return {told(r) for r in PIPELINE.extract_text(f"{paper}{sentence}\n").records}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # questions that were asked beside a response of the disease
        (
            "The overall response rate was 31% with docetaxel and 20% with gemcitabine, and quality-of-life questionnaires were completed by 84%.",
            {"ORR: docetaxel = 31 percent", "ORR: gemcitabine = 20 percent"},
        ),
        ("Among responders, 80% completed the questionnaire; the response rate was 31% with docetaxel.", {"ORR: docetaxel = 31 percent"}),
        ("A response rate of 62% to the questionnaire was reached with docetaxel.", set()),
        ("The response rate was 62% among general practitioners, and docetaxel was known to most.", set()),
        # what the patients went without, and what an exception is
        (
            "In patients without prophylactic steroids febrile neutropenia occurred in 21% with docetaxel.",
            {"AE febrile neutropenia: docetaxel = 21 percent"},
        ),
        ("There was no grade 4 toxicity except neutropenia in 12% with docetaxel.", {"AE neutropenia grade 4: docetaxel = 12 percent"}),
        ("Of the docetaxel group 12% were without severe mucositis.", set()),
        # an event that was seen, in a sentence that tells of a history or a score too
        ("With docetaxel, thrombosis was diagnosed in 6 patients (4%) with a history of smoking.", {"AE thrombosis: docetaxel = 4 percent (6/None)"}),
        ("Fatigue scores were higher with docetaxel; fatigue was reported in 40%.", {"AE fatigue: docetaxel = 40 percent"}),
        ("Neutropenia, which was seen in <1% of patients given gemcitabine, was brief.", {"AE neutropenia: gemcitabine = <1 percent"}),
        ("Pain response was seen in 30% of patients on docetaxel.", set()),
        # a share with a drug right behind it
        (
            "ORRs of 31% docetaxel and 20% gemcitabine were seen.",
            {"ORR: docetaxel = 31 percent", "ORR: gemcitabine = 20 percent"},
        ),
        # an end point that is defined, and told behind the colon
        (
            "The primary end point was overall survival: 12.1 months with docetaxel and 9.8 months with gemcitabine.",
            {"OS: docetaxel = 12.1 month", "OS: gemcitabine = 9.8 month"},
        ),
        ("The combination was feasible, and 12 patients (8%) died with docetaxel.", {"DEATH: docetaxel = 8 percent (12/None)"}),
        (
            "Twelve patients (8%) on study discontinued docetaxel because of toxicity.",
            {"DISCONTINUATION toxicity: docetaxel = 8 percent (12/None)"},
        ),
    ],
)
def test_what_two_arms_had(sentence: str, expected: set[str]) -> None:
    assert _told(OWN, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # responses by whatever word stands before them, but for those of senses, glands and minds
        ("Twelve responses (20%) were seen.", {"ORR: pembrolizumab = 20 percent"}),
        ("Abscopal responses were seen in 6 patients (10%).", {"ORR: pembrolizumab = 10 percent (6/None)"}),
        ("Brief responses occurred in 9 patients (15%).", {"ORR: pembrolizumab = 15 percent (9/None)"}),
        ("Liver responses were seen in 6 of 22 patients (27%).", {"ORR: pembrolizumab = 27 percent (6/22)"}),
        ("Hormonal responses were seen in 9 patients (15%).", set()),
        ("Responses were seen in 25 patients (42%), all of whom agreed to continue.", {"ORR: pembrolizumab = 42 percent (25/None)"}),
        ("The response rate of 42% compares well with a national survey of oncologists.", {"ORR: pembrolizumab = 42 percent"}),
        ("Responses by skeletal survey were documented in 22 patients (37%).", {"ORR: pembrolizumab = 37 percent (22/None)"}),
        ("The 5-year survival rate after free flap reconstruction was 61%.", {"OS 5 year: pembrolizumab = 61 percent"}),
        ("The flaps had a survival of 97%.", set()),
        ("Treated mice had a median survival of 42 days.", set()),
        ("After CT simulation, median survival was 31 months.", {"OS: pembrolizumab = 31 month"}),
        ("In simulation studies the response rate was 42%.", set()),
        ("The most common cause of death was sepsis, and 5-year survival was 41%.", {"OS 5 year: pembrolizumab = 41 percent"}),
        ("Melanoma is the fifth leading cause of cancer death, and 41% survive.", set()),
        ("Patients with underlying diseases had pneumonitis in 12% of cases.", {"AE pneumonitis in underlying diseases: pembrolizumab = 12 percent"}),
        ("Responses were seen in 42% and did not depend on a PD-L1 level of 5% or higher.", {"ORR: pembrolizumab = 42 percent"}),
    ],
)
def test_what_one_arm_had(sentence: str, expected: set[str]) -> None:
    assert _told(SINGLE, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Chronic graft-versus-host disease developed in 38%.", {"AE chronic graft-versus-host disease: allo-HSCT = 38 percent"}),
        (
            "Twelve patients (14%) died of graft-versus-host disease.",
            {"DEATH graft-versus-host disease: allo-HSCT = 14 percent (12/None)"},
        ),
    ],
)
def test_a_graft_against_its_host_compares_no_arms(sentence: str, expected: set[str]) -> None:
    assert _told(TRANSPLANT, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Median survival after stent placement was 4.2 months.", {"OS: all = 4.2 month"}),
        ("The 6-month survival rate following stent insertion was 31%.", {"OS 6 month: all = 31 percent"}),
        ("Stent survival was 90% at 6 months.", set()),
    ],
)
def test_patients_survive_with_what_they_were_given(sentence: str, expected: set[str]) -> None:
    assert _told(STENTS, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Complete response was achieved in 5 patients (8%), and 20 patients (33%) achieved a partial response.",
            {"CR: pembrolizumab = 8 percent (5/None)", "PR: pembrolizumab = 33 percent (20/None)"},
        ),
        (
            "The ORR was 42%, and 5 patients (8%) attained a complete remission.",
            {"ORR: pembrolizumab = 42 percent", "CR: pembrolizumab = 8 percent (5/None)"},
        ),
        (
            "Doses were reduced in 11 patients (18%) and 4 patients (7%) discontinued because of toxicity.",
            {"DOSE_REDUCTION toxicity: pembrolizumab = 18 percent (11/None)", "DISCONTINUATION toxicity: pembrolizumab = 7 percent (4/None)"},
        ),
        (
            "Treatment was discontinued for toxicity in 7 patients (12%) and 3 (5%) were lost to follow-up.",
            {"DISCONTINUATION toxicity: pembrolizumab = 12 percent (7/None)"},
        ),
        (
            "Progression of disease was documented in 40 patients (67%), and 12 (20%) remained progression-free.",
            {"PD: pembrolizumab = 67 percent (40/None)"},
        ),
        (
            "Complete remission was achieved in 41 patients (68%), and 5 (8%) were refractory.",
            {"CR: pembrolizumab = 68 percent (41/None)"},
        ),
        (
            "Complete response was achieved by 20%, with 51% achieving a partial response.",
            {"CR: pembrolizumab = 20 percent", "PR: pembrolizumab = 51 percent"},
        ),
        (
            "Of 60 patients, 30 (50%) relapsed and 20 (33%) died.",
            {"DEATH: pembrolizumab = 33 percent (20/None)"},
        ),
        (
            "The overall response rate was 42%, and 55 patients returned quality-of-life questionnaires.",
            {"ORR: pembrolizumab = 42 percent"},
        ),
    ],
)
def test_a_number_of_people_with_a_verb_begins_a_clause(sentence: str, expected: set[str]) -> None:
    assert _told(SINGLE, sentence) == expected


COHORT = """Outcomes after hepatectomy for colorectal liver metastases: a retrospective cohort

Abstract

Background: Hepatectomy is usual for liver metastases.

Methods

We reviewed the records of 240 patients who underwent hepatectomy.

Results

"""
IRRADIATED = """Stereotactic body radiotherapy for early-stage lung cancer: a retrospective study

Abstract

Background: Stereotactic body radiotherapy is for patients unfit for surgery.

Methods

We reviewed 110 patients treated with stereotactic body radiotherapy.

Results

"""


@pytest.mark.parametrize(
    ("paper", "sentence", "expected"),
    [
        (
            IRRADIATED,
            "Radiation pneumonitis of grade 2 or higher occurred in 11 patients (10%).",
            {"AE radiation pneumonitis grade >=2: SBRT = 10 percent (11/None)"},
        ),
        (
            COHORT,
            "Overall survival at 1, 3, and 5 years was 90%, 62%, and 41%, respectively.",
            {"OS 1 year: all = 90 percent", "OS 3 year: all = 62 percent", "OS 5 year: all = 41 percent"},
        ),
        (TRANSPLANT, "Two-year survival was 52% and was lower in those with anemia.", {"OS 2 year: allo-HSCT = 52 percent"}),
        (SINGLE, "The ORR was 42% in the study group.", {"ORR: pembrolizumab = 42 percent"}),
        (SINGLE, "The ORR was 42% in the PJ group.", set()),
        (SINGLE, "The overall response rate was 42%, and 12 patients (20%) were converted to resection.", {"ORR: pembrolizumab = 42 percent"}),
        (SINGLE, "Responses were ongoing in 18 of 25 responders (72%) at data cutoff.", set()),
        (SINGLE, "The ORR exceeded the historical rate of 10%.", set()),
        (
            SINGLE,
            "Seven patients (12%) discontinued because of toxicity, and two died.",
            {"DISCONTINUATION toxicity: pembrolizumab = 12 percent (7/None)", "DEATH: pembrolizumab = 2 patient"},
        ),
        (SINGLE, "Tumor shrinkage of >=30% was seen in 25 patients (42%).", {"TUMOR_SIZE: pembrolizumab = 42 percent (25/None)"}),
        (SINGLE, "Steroids were given to 12 patients (20%) for immune-related toxicity.", set()),
        (
            SINGLE,
            "Serious adverse events were reported in 14 patients (23%), 6 of which (10%) were related to treatment.",
            {"AE any serious adverse event: pembrolizumab = 23 percent (14/None)"},
        ),
        (OWN, "Of responders to docetaxel, 20% were women.", set()),
        (OWN, "The reasons for stopping docetaxel were progression (60%), toxicity (12%), and refusal (5%).", set()),
        (OWN, "There was more neuropathy with docetaxel, but it was mild in 90% of cases.", set()),
        (SINGLE, "Neither hypophysitis nor colitis was seen in 22 patients over 70 years.", set()),
        (SINGLE, "Previous immune-related adverse events recurred in 20% of patients.", set()),
        (
            IRRADIATED,
            "Three-year freedom from any progression was 61%, and overall survival was 55%.",
            {"PFS 3 year: SBRT = 61 percent", "OS 3 year: SBRT = 55 percent"},
        ),
        (OWN, "Of 149 patients receiving gemcitabine, 30% crossed over and 20% responded.", {"ORR: gemcitabine = 20 percent"}),
        (
            OWN,
            "One-year survival was 45% with docetaxel, a 7% absolute improvement over gemcitabine (38%).",
            {"OS 1 year: docetaxel = 45 percent", "OS 1 year: gemcitabine = 38 percent", "OS 1 year: docetaxel vs gemcitabine: difference 7"},
        ),
        (
            OWN,
            "Grade 3 or 4 rash (8% v 12%) and fatigue (11% v 6%) were seen with docetaxel and gemcitabine, respectively.",
            {
                "AE rash grade 3-4: docetaxel = 8 percent",
                "AE rash grade 3-4: gemcitabine = 12 percent",
                "AE fatigue grade 3-4: docetaxel = 11 percent",
                "AE fatigue grade 3-4: gemcitabine = 6 percent",
            },
        ),
    ],
)
def test_what_usual_results_tell(paper: str, sentence: str, expected: set[str]) -> None:
    assert _told(paper, sentence) == expected


def test_stable_disease_that_lasts_is_no_duration_of_response() -> None:
    lines = _told(SINGLE, "Responses were seen in 25 patients (42%), and stable disease lasting 6 months in 10 (17%).")
    assert "ORR: pembrolizumab = 42 percent (25/None)" in lines
    assert not any(line.startswith("DOR") for line in lines)


def test_a_regimen_that_patients_are_assigned_to_is_one() -> None:
    text = OWN.replace("docetaxel (n = 51) or gemcitabine (n = 49)", "CHOP (n = 51) or CHOP plus rituximab (n = 49)").replace("Docetaxel", "CHOP")
    lines = _told(
        text.replace("gemcitabine", "CHOP plus rituximab"), "The complete response rate was 76% with CHOP plus rituximab and 63% with CHOP."
    )
    assert len(lines) == 2
