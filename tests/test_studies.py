"""Whose results a sentence tells, and which arms: invented sentences, one row a construction, study and arms compared."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline
from extractor.records import Comparison, Measurement

PIPELINE = Pipeline()
PAPER = """Docetaxel versus gemcitabine in older patients

Abstract

Background: Docetaxel was compared with gemcitabine in older patients.

Introduction

{introduction}

Methods

Patients were randomly assigned to docetaxel (n = 51) or gemcitabine (n = 49).

Results

Median OS was 14.3 months with docetaxel and 11.9 months with gemcitabine.

Discussion

{discussion}
"""
NOTHING = "Little is known of older patients with this tumor."


def told(record: Measurement | Comparison) -> str:
    """Study, arms, endpoint and number of a record in one line."""
    study = record.study if record.provenance == "cited" else "OWN"
    if isinstance(record, Measurement):
        return f"{study}: {record.arm} {record.endpoint} {record.value}"
    return f"{study}: {record.arm} vs {record.comparator} {record.endpoint} {record.estimate or (record.p and record.p.value)}"


def cited(introduction: str = NOTHING, discussion: str = "It was a small trial.") -> set[str]:
    records = PIPELINE.extract_text(PAPER.format(introduction=introduction, discussion=discussion)).records
    return {told(r) for r in records} - {"OWN: docetaxel OS 14.3", "OWN: gemcitabine OS 11.9"}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param(
            "Roe et al. reported that addition of cetuximab to gemcitabine improved survival (OS: 9.1 vs. 7.2 months [HR: 0.81]).",
            {
                "Roe et al.: cetuximab + gemcitabine OS 9.1",
                "Roe et al.: gemcitabine OS 7.2",
                "Roe et al.: cetuximab + gemcitabine vs gemcitabine OS 0.81",
            },
            id="what something was added to is the other arm",
        ),
        pytest.param(
            "In a phase II trial, gemcitabine gave a response rate of 13% (Roe et al, 2003).",
            {"Roe et al.: gemcitabine ORR 13"},
            id="the author in the only entry of a mark",
        ),
        pytest.param(
            "In phase II trials, gemcitabine gave a response rate of 13% (Roe et al, 2003; Poe et al, 2004).",
            {"None: gemcitabine ORR 13"},
            id="a mark with several entries names no one study",
        ),
        pytest.param(
            "In two phase II trials, gemcitabine gave response rates of 13% and 17%, respectively (Roe et al, 2003; Poe et al, 2004).",
            {"Roe et al.: gemcitabine ORR 13", "Poe et al.: gemcitabine ORR 17"},
            id="several studies in the order of their entries",
        ),
        pytest.param(
            "The response rate was 13% with gemcitabine (Roe et al, 2003) and 21% with cisplatin (Poe et al, 2004).",
            {"Roe et al.: gemcitabine ORR 13", "Poe et al.: cisplatin ORR 21"},
            id="each mark tells of what stands before it",
        ),
        pytest.param(
            "The PERIDOT trial compared cetuximab with placebo. This study showed a median PFS of 5.1 vs 3.7 months.",
            {"PERIDOT: cetuximab PFS 5.1", "PERIDOT: placebo PFS 3.7"},
            id="this study is the one before in an introduction",
        ),
        pytest.param(
            "Cetuximab increased median OS compared with placebo from 4.4 to 6.3 months [3].",
            {"None: placebo OS 4.4", "None: cetuximab OS 6.3"},
            id="raised from and to",
        ),
        pytest.param(
            "In a randomized trial, gemcitabine was compared with cisplatin. The median OS was 6.2 versus 7.9 months in favor of cisplatin [3].",
            {"None: gemcitabine OS 6.2", "None: cisplatin OS 7.9"},
            id="the favored arm has the higher value",
        ),
        pytest.param(
            "In a retrospective study, patients were treated with either gefitinib or erlotinib. The median PFS was 6.1 months [3].",
            {"None: gefitinib or erlotinib PFS 6.1"},
            id="either one or the other is one arm",
        ),
        pytest.param(
            "The PERIDOT trial randomized patients to cetuximab or placebo [3]. Later, OS was 9.2 months with cetuximab and"
            " 7.4 months with placebo [4].",
            {"PERIDOT: cetuximab OS 9.2", "PERIDOT: placebo OS 7.4"},
            id="another citation on the same arms",
        ),
        pytest.param(
            "The PERIDOT trial tested cetuximab in older patients. After these results its activity in combination with the MEK inhibitor trametinib"
            " was looked at in another arm. The response rate was 31%.",
            {"PERIDOT: cetuximab + trametinib ORR 31"},
            id="a study that went on to a combination",
        ),
        pytest.param(
            "A trial comparing cetuximab (weekly, six weeks) without chemotherapy with cisplatin was closed [3]. Median OS was 6.1 vs 3.9 months.",
            {"None: cetuximab OS 6.1", "None: cisplatin OS 3.9"},
            id="more is told of the first arm before the second is named",
        ),
        pytest.param("In a single arm trial, 5-year survival was 31% with cisplatin [3].", {"None: cisplatin OS 31"}, id="survival at a landmark"),
        pytest.param(
            "The response rate to second-line gefitinib or erlotinib is approximately 8-11% [3].",
            {"None: gefitinib or erlotinib ORR 8", "None: gefitinib or erlotinib ORR 11"},
            id="one treatment or the other, and a range",
        ),
        pytest.param(
            "Median survival ranges from 4 to 6 months with best supportive care [3].",
            {"None: best supportive care OS 4", "None: best supportive care OS 6"},
            id="a range from one value to another",
        ),
        pytest.param(
            "The five-year survival rate is from 20% to 60% after a radical cystectomy [3].",
            {"None: cystectomy OS 20", "None: cystectomy OS 60"},
            id="a range after a procedure",
        ),
        pytest.param(
            "In a phase II trial of cisplatin and vinorelbine, the response rate was 33% [3].",
            {"None: cisplatin + vinorelbine ORR 33"},
            id="a trial of two drugs together",
        ),
        pytest.param(
            "Dr Roe presented a trial of cetuximab versus placebo [3]. Median PFS was 6.1 versus 3.9 months.",
            {"Roe: cetuximab PFS 6.1", "Roe: placebo PFS 3.9"},
            id="a speaker at a meeting",
        ),
        pytest.param(
            "The Zeta Versus Placebo Trial (ZEPT) revealed a response rate of 33% with cisplatin [3]. In ZEPT, nausea was seen in 41% [3].",
            {"ZEPT: cisplatin ORR 33", "ZEPT: cisplatin AE 41"},
            id="a trial by its full name and in short",
        ),
    ],
)
def test_introduction(text: str, facts: set[str]) -> None:
    assert cited(introduction=text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param(
            "In our previous trial, the response rate was 22% with docetaxel [7].",
            {"None: docetaxel ORR 22"},
            id="earlier work of the authors is cited",
        ),
        pytest.param(
            "In our previous trial, the response rate was 22% with docetaxel [7]. Here, we found a response rate of 26% with docetaxel.",
            {"None: docetaxel ORR 22", "OWN: docetaxel ORR 26"},
            id="earlier work of the authors ends where they speak of now",
        ),
        pytest.param(
            "In three phase II studies (Roe et al., Poe et al. and Doe et al.), the response rate was 39% with cisplatin.",
            {"Roe et al. + Poe et al. + Doe et al.: cisplatin ORR 39"},
            id="one value of several studies",
        ),
        pytest.param(
            "The response rate with docetaxel was 26% in the present study, whereas it was 39% in the PERIDOT trial [7].",
            {"OWN: docetaxel ORR 26", "PERIDOT: docetaxel ORR 39"},
            id="each part of a sentence is of its own cue",
        ),
        pytest.param(
            "The response rate with docetaxel was 26%, which is lower than that reported in the PERIDOT trial (39%) [7].",
            {"OWN: docetaxel ORR 26", "PERIDOT: docetaxel ORR 39"},
            id="higher than in another study",
        ),
        pytest.param(
            "In another trial, the response rate was 39% with cisplatin [7]. Our response rate was 26% with docetaxel. The PFS was 5.5 months with"
            " docetaxel.",
            {"None: cisplatin ORR 39", "OWN: docetaxel ORR 26", "OWN: docetaxel PFS 5.5"},
            id="a study ends where the paper speaks of itself",
        ),
        pytest.param(
            "The 3-year overall survival of 26% with docetaxel compares well with the 39% reported in the PERIDOT trial [7].",
            {"OWN: docetaxel OS 26", "PERIDOT: docetaxel OS 39"},
            id="compares well with another study",
        ),
        pytest.param(
            "The 3-year overall survival of 26% in the docetaxel group is better than the overall survival of 39% achieved in the PERIDOT trial [7].",
            {"OWN: docetaxel OS 26"},
            id="a figure of another study that this one is better than",
        ),
        pytest.param(
            "Specifically, 1 study reported a response rate of 39% with docetaxel compared to 26% seen in this study.",
            {"None: docetaxel ORR 39", "OWN: docetaxel ORR 26"},
            id="one study in digits",
        ),
        pytest.param(
            "The reported response rate in patients treated with cisplatin is 39% [7].", {"None: cisplatin ORR 39"}, id="what is reported elsewhere"
        ),
        pytest.param(
            "The PERIDOT trial compared cetuximab with placebo [7]. Median OS was 14.3 months with docetaxel and 11.9 months with gemcitabine.",
            set(),
            id="what the paper found before is its own",
        ),
        pytest.param(
            "Roe et al. compared sorafenib with cabozantinib [7]. However, cabozantinib and sorafenib had response rates of 14.3% and"
            " 11.9%, respectively.",
            {"Roe et al.: cabozantinib ORR 14.3", "Roe et al.: sorafenib ORR 11.9"},
            id="figures that the paper has too, of other treatments",
        ),
        pytest.param(
            "Our results compare favourably with the response rates of 20% to 25% reported for paclitaxel.",
            {"None: paclitaxel ORR 20", "None: paclitaxel ORR 25"},
            id="figures that others reported, and none of ours",
        ),
        pytest.param(
            "The response rate of 34% in our trial compares favourably with the 20% reported for paclitaxel.",
            {"None: paclitaxel ORR 20"},
            id="a figure that others reported, behind what it is likened to",
        ),
        pytest.param(
            "The 14.3 months in the docetaxel arm are similar to the median OS of 11.0 months reported by Roe et al. for cetuximab plus S-1.",
            {"Roe et al.: cetuximab + tegafur/gimeracil/oteracil OS 11.0"},
            id="a group of the paper's own study got nothing of another's",
        ),
        pytest.param(
            "Roe et al. reported a median OS of 8.9 months with cisplatin and fluorouracil, compared with 7.2 months with fluorouracil alone.",
            {"Roe et al.: cisplatin + fluorouracil OS 8.9", "Roe et al.: fluorouracil OS 7.2"},
            id="two drugs set against one of them alone were given together",
        ),
        pytest.param(
            "In REGATTA-2, the median OS was 9.4 months with trabectedin.",
            {"REGATTA-2: trabectedin OS 9.4"},
            id="a trial that goes on under an earlier one's name",
        ),
    ],
)
def test_discussion(text: str, facts: set[str]) -> None:
    assert cited(discussion=text) == facts


def test_two_values_of_one_arm_in_two_studies_are_left_over() -> None:
    text = "Nausea was rarer with docetaxel in our trial than in the PERIDOT trial (13% vs 19%)."
    extraction = PIPELINE.extract_text(PAPER.format(introduction=NOTHING, discussion=text))
    assert {r.endpoint for r in extraction.records} == {"OS"}
    assert {u.text for u in extraction.unattached} >= {"13%", "19%"}


def test_another_publication_of_a_study_is_the_same_study() -> None:
    text = (
        "Second-line treatment: a review\n\nThe PERIDOT trial randomized patients to cetuximab or placebo [3]. Later, cetuximab was ahead of placebo:"
        " median OS was 9.2 and 7.4 months, respectively [4]."
    )
    assert {told(r) for r in PIPELINE.extract_text(text).records} == {"PERIDOT: cetuximab OS 9.2", "PERIDOT: placebo OS 7.4"}


@pytest.mark.parametrize(
    "text", ["Cetuximab gave a 21% reduction in the risk of death [3].", "Median OS was reached after 2 years of cetuximab [3]."]
)
def test_a_change_and_the_length_of_a_treatment_are_no_values(text: str) -> None:
    assert cited(introduction=text) == set()


def test_a_likeness_to_earlier_series_without_a_figure_is_no_study() -> None:
    text = (
        "Letrozole in breast cancer\n\nMethods\n\nPatients were treated with letrozole.\n\nResults\n\nThe response rate was 31%.\n\n"
        "Discussion\n\nThe pattern of events is familiar from earlier series [3,4]. Nausea was seen in 17% of patients.\n"
    )
    records = Pipeline().extract_text(text).records
    assert {r.provenance for r in records} == {"own"}


@pytest.mark.parametrize(
    ("text", "population", "arm"),
    [
        ("The prognosis for patients with ovarian cancer is poor, with a 5-year survival rate of about 21%.", "ovarian cancer", None),
        ("Median survival is only 4 months in patients with brain metastases [3].", "brain metastases", None),
        ("The response rate with cisplatin is 21% in patients with ovarian cancer [3].", None, "cisplatin"),
    ],
)
def test_a_result_that_no_treatment_is_told_of_is_of_those_with_the_disease(text: str, population: str | None, arm: str | None) -> None:
    records = PIPELINE.extract_text(PAPER.format(introduction=text, discussion="It was a small trial.")).records
    assert [(r.population, r.arm) for r in records if r.provenance == "cited"] == [(population, arm)]


def test_an_author_of_the_references_is_known_by_the_name_alone() -> None:
    text = PAPER.format(introduction=NOTHING, discussion="In the study of Mendez [1], the response rate was 31% with cisplatin.")
    text += "\nReferences\n\n1. Mendez A, Roe B. Cisplatin in older patients. J Oncol. 2001;3:12-19.\n2. Poe C. Vinorelbine. J Oncol. 2003;5:1-9.\n"
    assert "Mendez et al.: cisplatin ORR 31" in {told(r) for r in PIPELINE.extract_text(text).records}


def test_what_a_paper_calls_its_own_study_in_short() -> None:
    text = (
        "A docetaxel registry in sarcoma\n\nMethods\n\nAll 60 patients of the registry (DORREG) received docetaxel.\n\n"
        "Results\n\nThe response rate was 31%.\n\nDiscussion\n\n"
        "In the PERIDOT trial, the response rate was 12% with cetuximab [3]. In DORREG, nausea was seen in 33% of patients.\n"
    )
    found = {told(r) for r in PIPELINE.extract_text(text).records}
    assert found == {"OWN: docetaxel ORR 31", "PERIDOT: cetuximab ORR 12", "OWN: docetaxel AE 33"}


@pytest.mark.parametrize(
    "said",
    [
        "with radiotherapy and 61% without radiotherapy",
        "with radiotherapy vs 61% without (HR = 1.3)",
        "in patients who received radiotherapy and 61% in those who did not",
        "vs 61% in patients treated with and without radiotherapy",
        "for patients receiving radiotherapy and 61% for patients not receiving radiotherapy",
    ],
)
def test_those_who_went_without_a_treatment_are_an_arm(said: str) -> None:
    text = PAPER.format(introduction=NOTHING, discussion=f"In another trial, 5-year OS was 83% {said} [3].")
    found = {told(r) for r in PIPELINE.extract_text(text).records if isinstance(r, Measurement)}
    assert found >= {"None: radiotherapy OS 83", "None: no radiotherapy OS 61"}


def test_a_treatment_without_another_is_that_treatment() -> None:
    assert cited(introduction="In a phase II trial, surgery without radiotherapy gave a 5-year OS of 61% [3].") == {"None: surgery OS 61"}


def test_who_did_not_receive_something_is_no_arm_where_nobody_is_told_apart() -> None:
    text = PAPER.format(introduction=NOTHING, discussion="Five patients did not receive gemcitabine, and one had febrile neutropenia.")
    assert {r.arm for r in PIPELINE.extract_text(text).records} == {"docetaxel", "gemcitabine"}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("The response rate was 26%, which is higher than that with gemcitabine.", {"OWN: docetaxel ORR 26"}),
        ("Median OS was 3 months longer than with gemcitabine.", set()),
        ("Adjusting for age, gemcitabine, and stage, the response rate was 26% with docetaxel.", {"OWN: docetaxel ORR 26"}),
    ],
)
def test_what_a_value_is_compared_with_or_adjusted_for_is_not_its_arm(text: str, facts: set[str]) -> None:
    assert {f for f in cited(discussion=text) if " vs " not in f} == facts


@pytest.mark.parametrize(
    ("discussion", "study"),
    [
        ("Roeling21 introduced cetuximab in older patients. Among his patients, the ORR was 21% with cetuximab.", "Roeling et al."),
        ("In the study conducted by Roeling21, the ORR with cetuximab was 21%.", "Roeling et al."),
        ("Cetuximab was first given by Doering et.al. In the Doering study, the ORR with cetuximab was 21%.", "Doering et al."),
        ("With FOLFOX4 treatment is long. In a FOLFOX4 study, the ORR with cetuximab was 21%.", "None"),
    ],
)
def test_an_author_is_known_by_a_number_behind_the_name(discussion: str, study: str) -> None:
    assert cited(discussion=discussion) == {f"{study}: cetuximab ORR 21"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ABSTRACT:\nWe have prospectively assessed lung function. Fatigue was seen in 12% of patients.", "study"),
        ("ABSTRACT:\nA multicenter, double-blind, two-period study was performed. Fatigue was seen in 12% of patients.", "study"),
        ("ABSTRACT:\nOf 88 women, 71 women with pain completed it. Fatigue was seen in 12% of patients.", "study"),
        ("ABSTRACT:\nSorafenib causes diarrhea. Its use has become common in the clinic, and fatigue is seen in 12% of patients.", "review"),
        ("BODY.RESULTS AND DISCUSSION:\nFatigue was seen in 12% of patients.\n\nBODY.METHODS:\nPatients were given sorafenib once a day.", "study"),
    ],
)
def test_a_report_of_which_parts_are_left_out_is_no_review(text: str, kind: str) -> None:
    extraction = PIPELINE.extract_text(f"TITLE:\nSorafenib in patients with a tumor of the liver\n\n{text}\n")
    assert extraction.kind == kind
    assert {r.provenance for r in extraction.records} == {"cited" if kind == "review" else "own"}


@pytest.mark.parametrize(
    "introduction",
    [
        "Low back pain is a common disorder, and 26% of adults have pain.",
        "Fatigue is seen in 12% of patients with a stroke, and 9% have depression.",
        "Anemia affects up to 30% of women in the country [2].",
        "Smoking causes 22% of all deaths from cancer.",
        "In the Oslo Elderly Nutrition Survey, 41% of children had anemia.",
        "In one report, 35% of women over 70 had fractures.",
    ],
)
def test_how_common_a_condition_is_in_nobody_treated_is_no_adverse_event(introduction: str) -> None:
    assert cited(introduction=introduction) == set()


def test_events_of_the_treated_and_the_prognosis_stay_in_an_introduction() -> None:
    assert cited(introduction="Fatigue was seen in 12% of patients given sorafenib.") == {"None: sorafenib AE 12"}
    assert cited(introduction="Toxicity of grade 3 was seen in 14% of patients.") == {"None: None AE 14"}
    assert cited(introduction="Five-year survival is 8% in stage IV disease.") == {"None: None OS 8"}
    assert "None: None AE 31" not in cited(discussion="Anemia affects 31% of the population of the country [4].")


ABSTRACT = """TITLE:
Docetaxel versus gemcitabine in older patients

ABSTRACT.BACKGROUND:
{background}

ABSTRACT.METHODS:
{methods}

ABSTRACT.RESULTS:
Median OS was 14.3 months with docetaxel and 11.9 months with gemcitabine.

BODY.METHODS:
Patients were randomly assigned to docetaxel (n = 51) or gemcitabine (n = 49).

BODY.RESULTS:
Median PFS was 4.4 months with docetaxel.
"""


@pytest.mark.parametrize(
    ("background", "methods", "facts"),
    [
        ("Anemia is found in 40% of older people.", "Patients were treated in two wards.", set()),
        ("Cisplatin gave a response rate of 22%.", "Patients were treated in two wards.", {"None: cisplatin ORR 22"}),
        ("Little is known.", "Doses were reduced if fatigue of grade 3 was seen in 20% of cycles.", set()),
        ("Little is known.", "Patients were followed for a median of 31 months.", {"OWN: all FOLLOW_UP 31"}),
    ],
)
def test_the_parts_of_an_abstract_tell_what_their_headings_say(background: str, methods: str, facts: set[str]) -> None:
    records = PIPELINE.extract_text(ABSTRACT.format(background=background, methods=methods)).records
    own = {"OWN: docetaxel OS 14.3", "OWN: gemcitabine OS 11.9", "OWN: docetaxel PFS 4.4"}
    assert {told(r) for r in records} - own == facts


@pytest.mark.parametrize(
    ("discussion", "facts"),
    [
        ("In placebo-controlled trials of sunitinib, sunitinib caused rash in 7% of patients.", {"None: sunitinib AE 7"}),
        ("In published studies, the response rate with sunitinib was 21%.", {"None: sunitinib ORR 21"}),
        ("In Roe's study, rash was seen in 18% of patients given sunitinib.", {"Roe et al.: sunitinib AE 18"}),
        (
            "The Oslo Elderly Lung Study found a response rate of 24% with sunitinib.",
            {"Oslo Elderly Lung Study: sunitinib ORR 24"},
        ),
        (
            "Doe et al. gave sunitinib to 40 patients. In line with our results, rash was seen in only 11% of their patients.",
            {"Doe et al.: sunitinib AE 11"},
        ),
        (
            "As survival with sunitinib was 8 months in most reports, the median survival of 14.3 months with docetaxel in our study is long.",
            {"None: sunitinib OS 8"},
        ),
        (
            "In an older trial, the response rate was 23% (31% in our study) and the complete response rate was 16%.",
            {"None: None ORR 23", "None: None CR 16"},
        ),
        (
            "Sunitinib was given in this study after surgery. The response rate of 31% with docetaxel in our study compares well with that reported "
            "in other trials of sunitinib (21%).",
            {"OWN: docetaxel ORR 31", "None: sunitinib ORR 21"},
        ),
        (
            "Rash was seen in 31% of patients given docetaxel in the present study, comparable to 21% with sunitinib in a recent large survey.",
            {"OWN: docetaxel AE 31", "None: sunitinib AE 21"},
        ),
        (
            "A phase II trial of sunitinib (ROSEATE 2) in patients similar to those in our study gave a response rate of 17%. It was short.",
            {"None: sunitinib ORR 17"},
        ),
        (
            "With docetaxel the response rate was low (13%), similar to the results (14%) of a previous systematic review.",
            {"OWN: docetaxel ORR 13", "None: docetaxel ORR 14"},
        ),
        (
            "Rash was seen with sunitinib in 14% of patients in Doe and Roe studies. Doe et al. saw it early.",
            {"Doe et al.: sunitinib AE 14"},
        ),
        ("If 30% of all patients had responded, 900 women would have died.", set()),
        ("With such rates, 40 patients would have to be treated to spare one death.", set()),
        ("The primary end point was survival to six months.", set()),
        ("In imaging studies, rash was seen in 13% of patients given docetaxel.", {"OWN: docetaxel AE 13"}),
        ("In these trials, rash was seen in 15% of patients given docetaxel.", {"OWN: docetaxel AE 15"}),
        ("In line with our hypothesis, rash was seen in 15% of patients given docetaxel.", {"OWN: docetaxel AE 15"}),
    ],
)
def test_words_that_say_whose_study(discussion: str, facts: set[str]) -> None:
    assert cited(discussion=discussion) == facts


SPECTRUM = " Toxicity was as expected and no patient died of it. The treatment can be given to outpatients." * 6
RESULT = "Median overall survival was 11.5 months with amifostine and 10.5 months without it."


@pytest.mark.parametrize(
    ("title", "abstract", "beside"),
    [
        (
            "Amifostine in small cell lung cancer",
            "Fifty-one patients with extensive disease, in none of whom the brain was involved when they came to our clinic, were randomised to"
            f" amifostine or no amifostine. {RESULT}",
            "",
        ),
        ("A first randomised, blinded trial of amifostine in small cell lung cancer", f"Most patients relapse. {RESULT}", ""),
        ("Amifostine in small cell lung cancer", f"Amifostine and nothing were compared in a double-blind crossover study. {RESULT}", ""),
        ("Amifostine in small cell lung cancer", f"The study was a placebo-controlled, randomised one. {RESULT}", ""),
        ("A phase II/III multicentre study of amifostine in small cell lung cancer", f"Most patients relapse. {RESULT}", ""),
        (
            "Amifostine in small cell lung cancer",
            f"Patients were randomised to amifostine or no amifostine. {RESULT}{SPECTRUM}",
            "Shown as a poster in the spring at a meeting in Lund. Part of the thesis of the first author.",
        ),
    ],
)
def test_an_abstract_alone_is_of_a_study_that_its_title_or_its_sentences_tell(title: str, abstract: str, beside: str) -> None:
    body = f"\n\nBody\n\n{beside}\n" if beside else ""
    assert PIPELINE.extract_text(f"{title}\n\nAbstract\n\n{abstract}{body}").kind != "review"


def test_a_short_report_of_a_trial_has_no_abstract_beside_it() -> None:
    title = "A first randomised, blinded trial of amifostine in small cell lung cancer"
    assert PIPELINE.extract_text(f"TITLE:\n{title}\n\nBODY:\nMost patients relapse. {RESULT}\n").kind != "review"
    assert PIPELINE.extract_text(f"TITLE:\n{title}\n\nBODY:\nMost patients relapse. {RESULT}{SPECTRUM * 8}\n").kind == "review"


@pytest.mark.parametrize(
    "title",
    [
        "A review of randomised trials of amifostine in small cell lung cancer",
        "Amifostine in small cell lung cancer",
        "Rationale of randomised trial ONE of amifostine",
        "Erratum to: Amifostine in small cell lung cancer, first randomised trial",
        "Pooled analysis of a phase III study of amifostine",
    ],
)
def test_an_abstract_alone_without_a_study_is_a_review(title: str) -> None:
    assert PIPELINE.extract_text(f"{title}\n\nAbstract\n\nMost patients relapse. {RESULT}\n").kind == "review"
