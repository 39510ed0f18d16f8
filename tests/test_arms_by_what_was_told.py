"""Arms told by what stands before them ("A, B or both"), in counted lists, and with what all of them were given besides."""

from __future__ import annotations

import pytest

from extractor.entities.all_arms import told_to_all_arms
from extractor.entities.assignment import alternatives
from extractor.entities.drugs import find_drugs
from extractor.ingest import from_text
from extractor.pipeline import Pipeline
from extractor.relations.context import about
from extractor.sections import segment

PIPELINE = Pipeline()


def told(text: str) -> list[str]:
    return [a.norm for a in alternatives(text, list(find_drugs(text)))]


def of_paper(methods: str, results: str = "Median OS was 9.1 and 7.2 months.") -> list[str]:
    paper = f"A randomised trial in advanced cancer\n\nABSTRACT:\n\nMETHODS: {methods}\n\nRESULTS: {results}\n"
    document = segment(from_text(paper))
    return [a.norm for a in about(document, PIPELINE.recognize(document)).assigned]


BOTH = {
    "or both": ("Women were randomly assigned to letrozole, goserelin or both.", ["letrozole", "goserelin", "letrozole + goserelin"]),
    "the combination": ("They were randomized to celecoxib, erlotinib, or the combination.", ["celecoxib", "erlotinib", "celecoxib + erlotinib"]),
    "both or neither": (
        "They were randomly assigned to receive gefitinib, bevacizumab, both, or neither.",
        ["gefitinib", "bevacizumab", "gefitinib + bevacizumab", "no treatment"],
    ),
    "each alone, both agents, or placebo": (
        "They were randomized to celecoxib alone, metformin alone, both agents, or placebo.",
        ["celecoxib", "metformin", "celecoxib + metformin", "placebo"],
    ),
    "the two drugs in combination": (
        "We randomly assigned women to tamoxifen, anastrozole, or the two drugs in combination.",
        ["tamoxifen", "anastrozole", "tamoxifen + anastrozole"],
    ),
    "alone and both combined": (
        "Patients were randomly allocated to tamoxifen alone, goserelin alone and both combined.",
        ["tamoxifen", "goserelin", "tamoxifen + goserelin"],
    ),
    "with doses and sizes": (
        "They were randomized to gemcitabine 1000 mg/m2 weekly (n = 40), capecitabine (n = 42) or a combination of both (n = 41).",
        ["gemcitabine", "capecitabine", "gemcitabine + capecitabine"],
    ),
    "both for a time": ("Patients were randomized to docetaxel or gemcitabine, both for six cycles.", ["docetaxel", "gemcitabine"]),
}


@pytest.mark.parametrize("name", BOTH)
def test_the_arm_of_both(name: str) -> None:
    text, wanted = BOTH[name]
    assert told(text) == wanted


def test_a_bracket_behind_both_names_the_two() -> None:
    said = "Women were randomly assigned to letrozole (LET), goserelin (GOS) or both (LG) for two years."
    assert of_paper(said) == ["letrozole", "goserelin", "letrozole + goserelin"]
    document = segment(from_text(f"TITLE: A trial\n\nABSTRACT:\n\nMETHODS: {said}\n\nRESULTS: Median OS was 12 months in the LG group.\n"))
    assert "letrozole + goserelin" in {
        m.norm for r in PIPELINE.recognize(document).sentences for m in r.mentions if m.span.of(r.sentence.text) == "LG"
    }


COUNTED = {
    "two groups, A and B": ("All were randomly allocated in two study groups, mitomycin C and epirubicin.", ["mitomycin", "epirubicin"]),
    "two groups of so many": (
        "They were randomly divided into two groups of 30 patients each: sorafenib and lenvatinib.",
        ["sorafenib", "lenvatinib"],
    ),
    "three": (
        "They were randomized into three groups: gemcitabine, capecitabine and docetaxel.",
        ["gemcitabine", "capecitabine", "docetaxel"],
    ),
    "a combination among two": (
        "They were randomly divided into two groups: gemcitabine plus cisplatin and gemcitabine alone.",
        ["gemcitabine + cisplatin", "gemcitabine"],
    ),
    "another number": ("They were randomly divided into two groups: gemcitabine, cisplatin and docetaxel.", []),
}


@pytest.mark.parametrize("name", COUNTED)
def test_a_list_as_long_as_the_number_of_groups(name: str) -> None:
    text, wanted = COUNTED[name]
    assert told(text) == wanted


BACKBONES = {
    "in addition to": (
        "They were randomly assigned to receive bevacizumab or placebo in addition to docetaxel.",
        ["docetaxel + bevacizumab", "docetaxel + placebo"],
    ),
    "after doses": (
        "They were randomized to erlotinib 150 mg daily or placebo for up to two years, in addition to standard gemcitabine.",
        ["gemcitabine + erlotinib", "gemcitabine + placebo"],
    ),
    "two drugs and two": (
        "Patients were randomized to erlotinib or sunitinib, both combined with pemetrexed and cisplatin.",
        ["pemetrexed + cisplatin + erlotinib", "pemetrexed + cisplatin + sunitinib"],
    ),
    "one arm alone": (
        "Patients were randomized to docetaxel alone or bevacizumab in addition to docetaxel.",
        ["docetaxel", "bevacizumab + docetaxel"],
    ),
    "told first": (
        "In combination with carboplatin and paclitaxel, patients were randomly assigned to cediranib or placebo.",
        ["carboplatin + paclitaxel + cediranib", "carboplatin + paclitaxel + placebo"],
    ),
    "all received": (
        "Patients were randomized to letrozole or exemestane, and all patients received palbociclib.",
        ["palbociclib + letrozole", "palbociclib + exemestane"],
    ),
    "premedication": (
        "Patients were randomized to docetaxel or paclitaxel, and all patients received dexamethasone premedication.",
        ["docetaxel", "paclitaxel"],
    ),
    "surgery": ("Patients were randomized to docetaxel or to paclitaxel, in addition to surgery.", ["docetaxel", "paclitaxel"]),
    "only some of them": (
        "Patients were randomized to letrozole or exemestane, and all patients received radiotherapy if nodes were involved.",
        ["letrozole", "exemestane"],
    ),
    "what they had before": ("Patients were randomized to celecoxib or placebo in addition to their ongoing letrozole.", ["celecoxib", "placebo"]),
    "antiemetics": (
        "Patients were randomized to olanzapine or placebo for five days, on top of granisetron and dexamethasone.",
        ["olanzapine", "placebo"],
    ),
}


@pytest.mark.parametrize("name", BACKBONES)
def test_what_all_were_given_in_the_same_sentence(name: str) -> None:
    text, wanted = BACKBONES[name]
    assert told(text) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Both arms received carboplatin AUC 5 and paclitaxel 175 mg/m2.", ["carboplatin", "paclitaxel"]),
        ("Carboplatin AUC 5 was given in both arms.", ["carboplatin"]),
        ("Patients in both groups were given letrozole 2.5 mg daily.", ["letrozole"]),
        ("All patients also received radiotherapy.", ["radiotherapy"]),
        ("Both groups received dexamethasone and ondansetron.", []),
        ("Both arms received carboplatin as second-line treatment.", []),
        ("Both arms received radiotherapy when indicated.", []),
    ],
)
def test_what_all_arms_were_given_in_a_sentence_of_its_own(said: str, wanted: list[str]) -> None:
    assert [m.norm for m in told_to_all_arms(said, list(find_drugs(said)))] == wanted


def test_arms_with_what_both_were_given() -> None:
    said = "Patients were randomized to cediranib or placebo. Both groups received carboplatin and paclitaxel every 3 weeks."
    assert of_paper(said) == ["cediranib + carboplatin + paclitaxel", "placebo + carboplatin + paclitaxel"]
    assert of_paper("Patients were randomized to cetuximab or observation. All patients also received radiotherapy.") == [
        "cetuximab + radiotherapy",
        "radiotherapy",
    ]
    told_already = "Patients were randomized to docetaxel plus carboplatin or carboplatin. Both arms received gemcitabine."
    assert of_paper(told_already) == ["docetaxel + carboplatin", "carboplatin"]


MORE = {
    "surgery alone and two ways to go on": (
        "They were randomized to surgery alone, surgery followed by radiotherapy, or surgery followed by chemotherapy.",
        ["surgery", "surgery + radiotherapy", "surgery + chemotherapy"],
    ),
    "one tablet of two drugs": ("They were randomized to dabrafenib-trametinib or placebo.", ["dabrafenib + trametinib", "placebo"]),
    "their own drugs": (
        "They were randomized to celecoxib or placebo once daily, in addition to their opioid therapy.",
        ["celecoxib", "placebo"],
    ),
    "received one or a placebo": ("Patients received olanzapine 5 mg or matching placebo before each cycle.", ["olanzapine", "placebo"]),
    "cleaned before one or a placebo": ("Povidone iodine was used to clean wounds before the herb or placebo.", []),
    "two questions at once": (
        "They were randomized in a factorial design to radiotherapy or no radiotherapy and to cisplatin or no cisplatin.",
        [],
    ),
}


@pytest.mark.parametrize("name", MORE)
def test_more_arms_of_a_sentence(name: str) -> None:
    text, wanted = MORE[name]
    assert told(text) == wanted


def test_a_control_group_of_which_nothing_is_known() -> None:
    assert of_paper(
        "Patients were allocated to the two groups: perioperative immunomodulation with sunitinib before surgery (sunitinib group; n=60)"
        " and monitoring without immunomodulation (control group; n=58)."
    ) == ["sunitinib", "control"]


AGAINST_PLACEBO = {
    "a plant": "They were randomly assigned to receive Silybum marianum extract 140 mg twice daily or matching placebo.",
    "after the placebo": "They were randomly assigned to a placebo (n = 30) or to Silybum marianum extract (n = 31) for ten weeks.",
    "in a ratio": "They were randomized in a 1:1 ratio to Silybum marianum extract (n=102) or placebo (n=103).",
}


@pytest.mark.parametrize("name", AGAINST_PLACEBO)
def test_an_agent_of_no_list_against_a_placebo(name: str) -> None:
    results = "Mucositis was seen in 12% with Silybum marianum extract and in 31% with placebo. Silybum marianum was well tolerated."
    assert of_paper(AGAINST_PLACEBO[name], results) == ["silybum marianum extract", "placebo"]


@pytest.mark.parametrize(
    "said", ["They were randomly assigned to active drugs or placebo.", "They were randomly assigned to the study medication or placebo."]
)
def test_what_is_no_name_of_an_agent(said: str) -> None:
    assert of_paper(said, "Active drugs and the study medication did better than placebo. Active drugs. The study medication.") == []


SEQUENCES = {
    "induction": (
        "They were randomly assigned to docetaxel, cisplatin and fluorouracil followed by chemoradiotherapy or to chemoradiotherapy alone.",
        ["docetaxel + cisplatin + fluorouracil + chemoradiotherapy", "chemoradiotherapy"],
    ),
    "consolidation": (
        "They were randomized to chemoradiotherapy followed by docetaxel or to chemoradiotherapy alone.",
        ["chemoradiotherapy + docetaxel", "chemoradiotherapy"],
    ),
    "what it was given with": (
        "They were randomized to chemoradiotherapy with cisplatin or to radiotherapy alone.",
        ["radiotherapy + cisplatin", "radiotherapy"],
    ),
    "and/or": ("They were randomized within two years of completion of chemotherapy and/or radiotherapy.", []),
}


@pytest.mark.parametrize("name", SEQUENCES)
def test_drugs_before_or_after_chemoradiotherapy(name: str) -> None:
    text, wanted = SEQUENCES[name]
    assert told(text) == wanted


def test_lettered_arms_with_one_treatment_are_told_apart_by_their_doses() -> None:
    said = (
        "Patients were randomly assigned to placebo plus methotrexate (group 1), sorafenib 100 mg plus placebo (group 2),"
        " sorafenib 200 mg plus methotrexate (group 3) or sorafenib 400 mg plus methotrexate (group 4)."
    )
    assert of_paper(said) == [
        "placebo + methotrexate",
        "sorafenib + placebo",
        "sorafenib + methotrexate (200 mg)",
        "sorafenib + methotrexate (400 mg)",
    ]
