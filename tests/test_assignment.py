"""Sentences of our own that tell the arms of a study, and the arms that must be read from them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractor.entities.assignment import AssignedArm, alternatives, study_arms
from extractor.entities.drugs import find_drugs
from extractor.entities.itemized import adding
from extractor.ingest import from_text
from extractor.pipeline import Pipeline


def told(text: str) -> list[str]:
    """The arms of a sentence, each with its letter in front where it has one."""
    return [f"{a.label}: {a.norm}" if a.label else a.norm for a in alternatives(text, list(find_drugs(text)))]


SENTENCES = {
    "or": ("Patients were randomly assigned to docetaxel or gemcitabine.", ["docetaxel", "gemcitabine"]),
    "a list that ends in a placebo": ("Each was randomized to letrozole, exemestane or a placebo.", ["letrozole", "exemestane", "placebo"]),
    "what was given before is of all": (
        "Capecitabine versus observation after first-line docetaxel: a randomised trial.",
        ["capecitabine", "observation"],
    ),
    "what both were given before": (
        "Chemoradiotherapy against chemotherapy alone, both before surgery, was studied.",
        ["chemoradiotherapy", "chemotherapy"],
    ),
    "what both were given": (
        "Patients were randomized to letrozole or exemestane, both with palbociclib.",
        ["palbociclib + letrozole", "palbociclib + exemestane"],
    ),
    "items with numbers": (
        "They were randomly assigned to (1) docetaxel plus cisplatin, (2) gemcitabine and cisplatin and (3) vinorelbine.",
        ["docetaxel + cisplatin", "gemcitabine + cisplatin", "vinorelbine"],
    ),
    "divided into groups": ("They were randomly divided into metronomic docetaxel (MD) and gemcitabine (GE) groups.", ["docetaxel", "gemcitabine"]),
    "after what all had": ("Women who had docetaxel were randomly divided into letrozole and exemestane groups.", ["letrozole", "exemestane"]),
    "left open in a bracket": (
        "Patients were assigned to mastectomy or lumpectomy (with or without radiotherapy of the breast).",
        ["mastectomy", "lumpectomy"],
    ),
    "relative to": ("The risk with letrozole plus ribociclib relative to letrozole alone was pooled.", ["letrozole + ribociclib", "letrozole"]),
    "against nausea": ("A randomized study of olanzapine against delayed nausea in patients given carboplatin.", []),
    "joined by hyphens": ("A randomized comparison of letrozole versus letrozole-plus-ribociclib.", ["letrozole", "letrozole + ribociclib"]),
    "plus one or plus the other": (
        "Women were randomized to letrozole plus ribociclib or letrozole plus placebo.",
        ["letrozole + ribociclib", "letrozole + placebo"],
    ),
    "and, each with its size": ("Women were randomly assigned to letrozole (n = 40) and exemestane (n = 38).", ["letrozole", "exemestane"]),
    "a backbone before either": (
        "Patients were randomised to receive carboplatin and paclitaxel with either cediranib or placebo.",
        ["carboplatin + paclitaxel + cediranib", "carboplatin + paclitaxel + placebo"],
    ),
    "a placebo takes the place of the last drug": (
        "We compared gemcitabine plus erlotinib or placebo in older patients.",
        ["gemcitabine + erlotinib", "gemcitabine + placebo"],
    ),
    "what is told behind drug and placebo belongs to both": (
        "Patients were randomized 2:1 to neratinib or placebo in combination with fulvestrant.",
        ["neratinib + fulvestrant", "placebo + fulvestrant"],
    ),
    "also with the placebo first": (
        "They were randomly assigned to placebo (n = 31) or gefitinib (250 mg, n = 33) given concurrently with WBRT (30 Gy).",
        ["placebo + WBRT", "gefitinib + WBRT"],
    ),
    "alone shares nothing": (
        "Patients were randomly assigned to cetuximab plus irinotecan or irinotecan alone.",
        ["cetuximab + irinotecan", "irinotecan"],
    ),
    "with or without": ("A randomized trial of docetaxel with or without ramucirumab", ["docetaxel + ramucirumab", "docetaxel"]),
    "three arms": (
        "Patients were randomised between axitinib in combination with avelumab, axitinib alone or avelumab alone.",
        ["axitinib + avelumab", "axitinib", "avelumab"],
    ),
    "a list that ends in or": (
        "Patients were randomly assigned to docetaxel, vinorelbine, or gemcitabine.",
        ["docetaxel", "vinorelbine", "gemcitabine"],
    ),
    "a numbered list with a combination": (
        "Patients were randomized to one of three arms: (1) letrozole, (2) anastrozole plus fulvestrant, or (3) tamoxifen.",
        ["letrozole", "anastrozole + fulvestrant", "tamoxifen"],
    ),
    "a drug in the place of another beside radiotherapy": (
        "Patients were randomized to radiotherapy with concurrent cisplatin or cetuximab.",
        ["radiotherapy + cisplatin", "radiotherapy + cetuximab"],
    ),
    "a drug alone in the place of radiotherapy with another": (
        "Patients were randomized to radiotherapy with concurrent cisplatin or cetuximab alone.",
        ["radiotherapy + cisplatin", "cetuximab"],
    ),
    "with and without, each with its letter": (
        "Patients were randomized to receive paclitaxel with (arm A) or without (arm B) carboplatin.",
        ["arm a: paclitaxel + carboplatin", "arm b: paclitaxel"],
    ),
    "a list that ends in and, and its placebo": (
        "Patients were randomly assigned to cisplatin, etoposide, and tiragolumab or placebo.",
        ["cisplatin + etoposide + tiragolumab", "cisplatin + etoposide + placebo"],
    ),
    "letters behind": (
        "Patients were randomized to receive FOLFOX plus panitumumab (FP; arm A) or FOLFOX alone (arm B).",
        ["arm a: FOLFOX + panitumumab", "arm b: FOLFOX"],
    ),
    "letters in front": (
        "Patients were assigned to Arm A (pemetrexed/cisplatin plus sugemalimab) or Arm B (pemetrexed/cisplatin plus placebo).",
        ["arm a: pemetrexed + cisplatin + sugemalimab", "arm b: pemetrexed + cisplatin + placebo"],
    ),
    "one treatment after the other": (
        "Patients first received two cycles of gefitinib and were then treated by chemoradiotherapy with"
        " either gefitinib (arm A) or docetaxel (arm B).",
        ["arm a: gefitinib + radiotherapy", "arm b: gefitinib + radiotherapy + docetaxel"],
    ),
    "brackets that spell the arms out": (
        "Patients were randomized to the veliparib arm (N = 42; oral veliparib, 120 mg; carboplatin, AUC 6; and paclitaxel, 200 mg/m2)"
        " or Control arm (N = 41; carboplatin/paclitaxel as above).",
        ["veliparib: veliparib + carboplatin + paclitaxel", "control: carboplatin + paclitaxel"],
    ),
    "a bracket that spells a regimen out": (
        "Patients were randomised to either the CAPIRI (irinotecan 200 mg and capecitabine 800 mg) or the FOLFIRI arm"
        " (irinotecan 180 mg, 5-FU 400 mg, leucovorin 200 mg).",
        ["XELIRI", "folfiri: FOLFIRI"],
    ),
    "an apposition is no component": (
        "We compared everolimus, an mTOR inhibitor, versus sunitinib in kidney cancer.",
        ["everolimus", "sunitinib"],
    ),
    "a class that its drugs follow": (
        "Patients were randomised to neoadjuvant chemotherapy with epirubicin and docetaxel or to surgery alone.",
        ["epirubicin + docetaxel", "surgery"],
    ),
    "treatment that failed before is no arm": (
        "Patients previously treated with sorafenib were randomized to cabozantinib or placebo.",
        ["cabozantinib", "placebo"],
    ),
    "a list of what one drug was given with": (
        "Patients were randomized to bevacizumab in combination with cisplatin and capecitabine or to cisplatin and capecitabine alone.",
        ["bevacizumab + cisplatin + capecitabine", "cisplatin + capecitabine"],
    ),
    "two names that tell one drug twice": (
        "Patients were randomized to FOLFOX plus oxaliplatin or docetaxel.",
        ["fluorouracil + leucovorin + oxaliplatin", "docetaxel"],
    ),
    "compared with what was told alone": (
        "The trial compared cisplatin plus vinorelbine after lobectomy with surgery alone.",
        ["cisplatin + vinorelbine + surgery", "surgery"],
    ),
    "compared at to, not at with": (
        "Two studies compared adjuvant chemotherapy with gemcitabine after resection of the tumor to surgery alone.",
        ["gemcitabine + surgery", "surgery"],
    ),
    "compared a combination with a part of it": (
        "A study comparing docetaxel in combination with ramucirumab with docetaxel alone was negative.",
        ["docetaxel + ramucirumab", "docetaxel"],
    ),
    "compared with one, in those who had another": (
        "We compared sunitinib with temsirolimus in patients treated with nephrectomy.",
        [],
    ),
    "a drug in a device": (
        "Patients were randomized to a paclitaxel wafer or temozolomide.",
        ["paclitaxel wafer", "temozolomide"],
    ),
    "a bead that sets a drug free": (
        "Patients were randomized to epirubicin-loaded microspheres or sorafenib.",
        ["epirubicin microsphere", "sorafenib"],
    ),
    "a drug after a device": ("Patients were randomized to gemcitabine after a stent or to docetaxel.", ["gemcitabine", "docetaxel"]),
    "received one thing or a part of it alone": (
        "Patients received radiotherapy followed by brachytherapy or radiotherapy alone.",
        ["radiotherapy + brachytherapy", "radiotherapy"],
    ),
    "a list with doses and sizes": (
        "Patients were randomly assigned to letrozole 2.5 mg (n = 18), exemestane 25 mg/day (n = 9) or placebo (n = 9).",
        ["letrozole", "exemestane", "placebo"],
    ),
    "a list with days": (
        "They were randomized to docetaxel 75 mg/m2 every 3 weeks, gemcitabine 1,000 mg/m2 on days 1 and 8, or placebo.",
        ["docetaxel", "gemcitabine", "placebo"],
    ),
    "a list of arms, each with its size": (
        "Women were randomized to letrozole plus ribociclib (n = 30), letrozole (n = 31) and placebo plus ribociclib (n = 29).",
        ["letrozole + ribociclib", "letrozole", "placebo + ribociclib"],
    ),
    "a list of one combination stays one": (
        "Patients were randomized to cisplatin, etoposide, and durvalumab, or cisplatin and etoposide.",
        ["cisplatin + etoposide + durvalumab", "cisplatin + etoposide"],
    ),
    "two groups against a third": (
        "Fewer relapses were seen in the docetaxel (17%) and gemcitabine (19%) groups compared with placebo (27%).",
        ["docetaxel", "gemcitabine", "placebo"],
    ),
    "but not": ("Response was better with docetaxel, but not gemcitabine, versus placebo.", ["docetaxel", "gemcitabine", "placebo"]),
    "what a drug brought on": (
        "A randomized trial of olanzapine for cisplatin-related nausea versus dexamethasone.",
        ["olanzapine", "dexamethasone"],
    ),
    "what a drug failed in": ("Docetaxel or gemcitabine in taxane-refractory disease: a randomized trial", ["docetaxel", "gemcitabine"]),
    "a drug before a device": (
        "Patients were randomized to cisplatin before stent placement or to radiotherapy.",
        ["cisplatin + stenting", "radiotherapy"],
    ),
    "a drug against a device": ("A randomized trial of cisplatin versus beads or radiotherapy", ["cisplatin", "radiotherapy"]),
    "a drug in a device of a material": (
        "Patients were randomized to a cisplatin gelatin sponge or docetaxel.",
        ["cisplatin gelatin sponge", "docetaxel"],
    ),
    "three treatments, two of them told as such": (
        "They were randomly assigned to receive best supportive care (control), treatment with letrozole for 5 days, or treatment with exemestane.",
        ["best supportive care", "letrozole", "exemestane"],
    ),
    "after what all had, in front": (
        "From the second day after surgery, docetaxel or gemcitabine was begun, as allocated.",
        ["docetaxel", "gemcitabine"],
    ),
    "what people had had": ("Survivors treated with lobectomy with or without radiotherapy were asked to take part.", []),
    "no assignment": ("Gemcitabine is given weekly and erlotinib daily.", []),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_the_arms_of_a_sentence(name: str) -> None:
    text, wanted = SENTENCES[name]
    assert told(text) == wanted


def arms(*sentences: tuple[str, float]) -> Sequence[AssignedArm]:
    return study_arms([(alternatives(text, list(find_drugs(text))), weight) for text, weight in sentences])


def test_the_fullest_statement_counts_when_others_bear_it_out() -> None:
    found = arms(
        ("Neratinib versus placebo in breast cancer", 4),
        ("Patients were randomized to neratinib plus fulvestrant or placebo plus fulvestrant.", 6),
        ("Response was seen in 20% with neratinib versus 9% with placebo.", 1),
    )
    assert [a.norm for a in found] == ["neratinib + fulvestrant", "placebo + fulvestrant"]


def test_an_arm_that_two_drawn_arms_were_joined_to_is_none() -> None:
    found = arms(
        ("Patients were randomized to letrozole, exemestane, or placebo.", 6),
        ("Letrozole and exemestane versus placebo in breast cancer", 4),
        ("Relapse was seen in 20% with letrozole and exemestane versus 9% with placebo and exemestane.", 3),
    )
    assert [a.norm for a in found] == ["letrozole", "exemestane", "placebo"]


def test_two_trials_that_share_an_arm_have_three_arms() -> None:
    found = arms(("Patients were randomized to letrozole or exemestane.", 12), ("Patients were randomized to letrozole or tamoxifen.", 12))
    assert [a.norm for a in found] == ["letrozole", "exemestane", "tamoxifen"]


def test_a_class_is_no_arm_beside_its_own_drug() -> None:
    assert arms(("Patients were randomized to epoetin alfa or an erythropoiesis-stimulating agent.", 12)) == ()


def test_one_statement_of_results_is_not_enough() -> None:
    assert arms(("Response was seen in 20% with neratinib versus 9% with placebo.", 1)) == ()


def test_one_treatment_in_two_orders_is_told_apart_by_the_setting() -> None:
    found = arms(
        (
            "Patients had either induction therapy with docetaxel followed by radiotherapy (arm A)"
            " or radiotherapy followed by consolidation therapy with docetaxel (arm B).",
            6,
        )
    )
    assert [(a.norm, a.labels) for a in found] == [
        ("docetaxel + radiotherapy (induction)", ("arm a",)),
        ("radiotherapy + docetaxel (consolidation)", ("arm b",)),
    ]


def test_one_treatment_told_twice_without_a_setting_is_no_two_arms() -> None:
    assert arms(("Patients received docetaxel (arm A) or docetaxel (arm B).", 6)) == ()


PAPER = """Tivozanib with fulvestrant or fulvestrant alone

Abstract

Methods: Patients were randomly assigned to tivozanib plus fulvestrant (arm A) or fulvestrant alone (arm B). Results: more responses.

Introduction

Little is known.

Methods

Patients were randomly assigned to tivozanib plus fulvestrant or fulvestrant alone.

Results

"""


@pytest.mark.parametrize(
    ("result", "wanted"),
    [
        ("Median PFS was 7.1 months in arm A and 4.4 months in arm B.", {("tivozanib + fulvestrant", 7.1), ("fulvestrant", 4.4)}),
        ("Median PFS was 7.1 and 4.4 months in arms A and B.", {("tivozanib + fulvestrant", 7.1), ("fulvestrant", 4.4)}),
        ("Median PFS was 7.1 months in the tivozanib arm.", {("tivozanib + fulvestrant", 7.1)}),
        ("Median PFS was 4.4 months in the fulvestrant arm.", {("fulvestrant", 4.4)}),
    ],
)
def test_later_names_of_an_arm(result: str, wanted: set[tuple[str, float]]) -> None:
    found = Pipeline().extract_document(from_text(PAPER + result)).records
    assert {(r.arm, r.value) for r in found if r.kind == "measurement"} == wanted


def test_an_arm_called_by_a_part_that_both_have_is_the_smaller_one() -> None:
    paper = PAPER.replace("fulvestrant (arm A)", "fulvestrant and letrozole (arm A)").replace("fulvestrant alone", "fulvestrant plus letrozole")
    found = Pipeline().extract_document(from_text(paper + "Median PFS was 4.4 months in the letrozole arm.")).records
    assert [(r.arm, r.value) for r in found if r.kind == "measurement"] == [("fulvestrant + letrozole", 4.4)]


def test_surgery_behind_the_last_arm_follows_both() -> None:
    assert told("A trial of preoperative gemcitabine versus docetaxel with delayed surgery") == ["gemcitabine", "docetaxel"]
    assert told("Patients were randomized to docetaxel followed by surgery or to surgery alone.") == ["docetaxel + surgery", "surgery"]


def test_levels_of_an_operation_are_no_two_arms() -> None:
    assert told("Sealant after quadrantectomy and level I or II axillary lymph node dissection: a randomized trial") == []
    assert told("A randomized trial of quadrantectomy or axillary lymph node dissection") == ["quadrantectomy", "axillary lymph node dissection"]


def test_an_arm_told_by_its_sort_is_not_set_against_its_own_drugs() -> None:
    assert arms(("Patients were randomized to chemotherapy or epirubicin plus cisplatin plus bevacizumab.", 12)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Adding radiotherapy to docetaxel in cancer of the lung", ["docetaxel + radiotherapy", "docetaxel"]),
        ("Bevacizumab added to docetaxel in cancer of the lung", ["docetaxel + bevacizumab", "docetaxel"]),
        ("Does hyperthermia add to radiotherapy?", ["radiotherapy + hyperthermia", "radiotherapy"]),
        ("Doubling docetaxel or adding bevacizumab", []),
    ],
)
def test_what_is_added_to_what(text: str, expected: list[str]) -> None:
    assert [a.norm for a in adding(text, list(find_drugs(text)))] == expected
