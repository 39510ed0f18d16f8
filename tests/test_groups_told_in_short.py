"""In a study without comparison every own result is of the one treatment: whom it was seen in, however short the sentence tells the groups."""

from __future__ import annotations

import pytest

from extractor.ingest import from_text
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
TRIAL = (
    "Phase II trial of sunitinib plus topotecan in urachal cancer\n\nAbstract\n\nMethods: 60 patients received sunitinib plus topotecan."
    "\n\nMethods\n\n60 patients received sunitinib plus topotecan.\n\n{}"
)
DOSES = (
    "Phase I study of dovitinib in advanced solid tumours\n\nAbstract\n\nMethods: Patients received dovitinib in escalating doses of 4, 8 and 12 mg."
    "\n\nMethods\n\nCohorts of three to six patients received dovitinib 4, 8 or 12 mg.\n\n{}"
)
BOTH = "sunitinib + topotecan"
GROUPS: dict[str, tuple[str, set[str]]] = {
    "ones of the noun before": (
        "Pleural primaries responded in 41.2% (7/17) and peritoneal ones in 20.0% (6/30).",
        {"Pleural primaries 41.2", "peritoneal primaries 20"},
    ),
    "kinds, the second without its verb": (
        "By histology, chondrosarcoma responded in 4/16 (25%), other types in 8/20 (40%).",
        {"chondrosarcoma 25", "other types 40"},
    ),
    "so many of two kinds": (
        "Responses were seen in 4 of 16 chordomas (25%) and in 1 of 10 epitheliomas (10%).",
        {"chordomas 25", "epitheliomas 10"},
    ),
    "what two groups have more or less of": (
        "Median PFS was 8.2 months in patients with one and 5.1 in those with more than one metastatic site.",
        {"one metastatic site 8.2", "more than one metastatic site 5.1"},
    ),
    "three in turn": (
        "Response rates in women with one, two and three or more involved sites were 44%, 31% and 12%, respectively.",
        {"one involved sites 44", "two involved sites 31", "three or more involved sites 12"},
    ),
    "more of the same": (
        "Patients with one or two earlier regimens had a median PFS of 7.3 months, those with three or more 3.1 months.",
        {"one or two earlier regimens 7.3", "three or more 3.1"},
    ),
    "the younger ones": (
        "Among the 18 patients older than 65 years the response rate was 17%, against 29% among the younger ones.",
        {"older than 65 years 17", "younger 29"},
    ),
    "younger ones, each before a bracket": (
        "The response rate was higher in patients over 65 years (31%) than in younger ones (22%).",
        {"aged > 65 years 31", "younger 22"},
    ),
    "so many others": (
        "In the 19 patients with pleural effusion the response rate was 16%, in the remaining 41 it was 34%.",
        {"pleural effusion 16", "remaining 41 34"},
    ),
    "cohorts by their order": (
        "In the first cohort, 5 of 25 patients responded (20%), in the second 12 of 35 (34%).",
        {"first cohort 20", "second cohort 34"},
    ),
    "those who are, and those who are not": (
        "In diabetics mortality was 9.4%, whereas it was 2.9% in non-diabetics.",
        {"diabetics 9.4", "non-diabetics 2.9"},
    ),
    "responders and non-responders": (
        "Median PFS was 9.3 months in responders and 2.9 months in non-responders.",
        {"responders 9.3", "non-responders 2.9"},
    ),
    "responders as the subject": (
        "The 13 nonresponders had a median survival of 6.0 months, the 15 responders one of 17.4 months.",
        {"nonresponders 6", "responders 17.4"},
    ),
    "a disease and the others": (
        "Median PFS was 4.7 months in the 14 thymoma patients and 5.9 in the 12 sarcoma patients, but 2.4 months in the others.",
        {"thymoma 4.7", "sarcoma 5.9", "others 2.4"},
    ),
    "a disease told first, and the others": ("In melanoma, 4 of 16 patients (25%) responded, in other tumours none.", {"melanoma 25"}),
    "levels in brackets": (
        "Median survival by number of lesions was 15.0 months (one), 11.2 months (two or three) and 5.5 months (four or more).",
        {"one lesions 15", "two or three lesions 11.2", "four or more lesions 5.5"},
    ),
    "one is of all": ("PFS at 6 months was 47% overall, 55% for pleural and 31% for peritoneal tumours.", {"47", "pleural 55", "peritoneal 31"}),
    "all, and those with a past": (
        "Grade 3-4 anaemia affected 17% of the patients overall, but 38% of those previously irradiated.",
        {"17", "previously irradiated 38"},
    ),
    "the group without": (
        "In the subgroup with pleural effusion, median PFS was 4.4 months versus 7.9 months in the subgroup without.",
        {"pleural effusion 4.4", "without pleural effusion 7.9"},
    ),
    "a level with its digit": (
        "Median OS was 14.5 months in patients with ECOG 0 compared with 7.4 months in those with ECOG 1.",
        {"ECOG PS 0 14.5", "ECOG PS 1 7.4"},
    ),
    "a marker of those counted": (
        "Of the 25 patients with an elevated LDH, only three (12%) responded, whereas 11 of the 35 (31%) with a normal LDH did.",
        {"elevated LDH 12", "normal LDH 31"},
    ),
    "those who had one level or the other": (
        "The 1-year survival was 68% for those who had normal CEA and 33% for those who had elevated CEA.",
        {"normal CEA 68", "elevated CEA 33"},
    ),
    "more with something than with another": (
        "A greater percentage of patients with KIT mutation than with wild-type KIT (41 vs 8%) responded.",
        {"KIT mutation 41", "wild-type KIT 8"},
    ),
    "a bracket with a contrast of its own": (
        "Grade 3 neutropenia occurred in 39% of the patients, more often in the elderly than in the younger group (57% vs 31%).",
        {"39", "the elderly 57", "younger 31"},
    ),
    "shares of two groups": (
        "Disease control was achieved in 64% of ER-positive and 39% of ER-negative patients.",
        {"ER-positive 64", "ER-negative 39"},
    ),
    "a count without": (
        "Among the 24 patients with bulky disease, 3 (12%) responded, compared with 10 of 36 (28%) without.",
        {"bulky disease 12", "without bulky disease 28"},
    ),
    "from one group to another": (
        "PFS was 29% at 2 years, ranging from 36% in low-risk to 14% in high-risk patients.",
        {"29", "low-risk 36", "high-risk 14"},
    ),
}
DOSE_LEVELS: dict[str, tuple[str, set[str]]] = {
    "counts at doses": (
        "Rash occurred in 1 of 6 patients at 4 mg and 7 of 12 at 8 mg.",
        {"4 mg 1", "8 mg 7"},
    ),
    "toxicities at doses, each with its own behind": (
        "Dose-limiting toxicities were observed in 1 of 6 patients at 4 mg (grade 3 rash) and in 3 of 6 at 8 mg (grade 3 diarrhoea).",
        {"4 mg 1", "8 mg 3"},
    ),
    "the highest level": ("At the highest dose level, 3 of 6 patients (50%) had grade 3 rash.", {"highest dose level 50"}),
    "the last group": ("In the last dose group, 5 of 6 patients had diarrhoea.", {"last dose group 5"}),
}
SERIES = (
    "Hepatic resection for metastases of urachal cancer: results in 105 consecutive patients\n\nAbstract\n\nFrom 1990 to 2004, 105 patients underwent"
    " hepatic resection.\n\nMethods\n\nHepatic resection was performed by three surgeons.\n\n{}"
)
THEIRS = {
    "less than our treatment, alone": "The median survival of 12.4 months in our patients exceeds the 9.1 months obtained with topotecan alone [5].",
    "historical controls": "The response rate was higher than the 12% of historical controls.",
}


def told(paper: str, sentence: str, heading: str = "Results") -> set[str]:
    """Population and value of each measurement of a sentence, with its arm where that is not the paper's one treatment."""
    found = set()
    for r in PIPELINE.extract_document(from_text(paper.format(f"{heading}\n\n{sentence}\n"))).records:
        if r.kind == "measurement" and r.value is not None:
            who = f"{r.population} " if r.population else ""
            arm = "" if r.arm in (BOTH, "dovitinib", "hepatectomy") else f" of {r.arm}"
            found.add(f"{who}{r.value:g}{arm}")
    return found


@pytest.mark.parametrize("name", GROUPS)
def test_groups_of_the_one_arm(name: str) -> None:
    sentence, want = GROUPS[name]
    assert told(TRIAL, sentence) == want


@pytest.mark.parametrize("name", DOSE_LEVELS)
def test_dose_levels_of_the_one_arm(name: str) -> None:
    sentence, want = DOSE_LEVELS[name]
    assert told(DOSES, sentence) == want


@pytest.mark.parametrize("name", THEIRS)
def test_what_others_reported_is_not_of_the_one_arm(name: str) -> None:
    assert not {one for one in told(TRIAL, THEIRS[name], "Discussion") if one.split()[0] in ("9.1", "12")}


def test_groups_of_an_operation() -> None:
    assert told(SERIES, "Survival at 5 years was 43% after R0 and 11% after R1 resection.") == {"R0 43", "R1 resection 11"}


def test_values_of_the_groups_of_the_last_sentence() -> None:
    last = "Median PFS was 9.1 months in men and 5.2 months in women."
    assert told(TRIAL, f"{last} Median OS was 15.1 and 11.4 months.") == {"men 9.1", "women 5.2", "men 15.1", "women 11.4"}
    apart = told(TRIAL, f"{last} The responses appeared after a median of 1.7 months and were maintained for a median of 6.6 months.")
    assert not apart & {"men 1.7", "women 6.6"}


def test_a_result_of_ours_beside_theirs() -> None:
    sentence = "In contrast to the 9.1 months of topotecan in the UROTOP trial, our patients lived for a median of 12.4 months."
    assert {"12.4", "9.1 of topotecan"} >= told(TRIAL, sentence, "Discussion") >= {"12.4"}


def test_a_result_of_ours_like_theirs() -> None:
    sentence = "Our response rate of 33% is similar to the 26% reported with topotecan plus cisplatin in the UROTOP trial."
    assert "33" in told(TRIAL, sentence, "Discussion")


COMPARED = (
    "Dovitinib versus topotecan in urachal cancer\n\nAbstract\n\nMethods: 90 patients were randomly assigned to dovitinib or topotecan."
    "\n\nMethods\n\n90 patients were randomly assigned to dovitinib or topotecan.\n\n{}"
)


def test_a_start_and_an_end_are_no_count_of_an_arm() -> None:
    levels = "11.7 ng/ml from 17.9 ng/ml in the dovitinib group and 14.2 ng/ml from 20.3 ng/ml in the topotecan group"
    sentence = f"Mean PSA at 52 weeks was lower than at baseline ({levels})."
    assert "14.2" not in told(COMPARED, sentence)


def test_a_count_that_opens_a_contrast() -> None:
    sentence = "Topotecan produced the smaller fall, with its maximum on day 28 (23% vs. 44% with dovitinib)."
    assert told(COMPARED, sentence) == {"23 of topotecan", "44"}


def test_responders_told_of_in_passing_are_not_those_of_the_next_sentence() -> None:
    said = "Of the responders, 60% had a response of more than a year. Fatigue (31%) and nausea (17%) were the usual adverse events."
    assert {"31", "17"} <= told(TRIAL, said)
