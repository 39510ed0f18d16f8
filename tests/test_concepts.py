"""One concept for each mention; what is a drug here and there, and what is not."""

from __future__ import annotations

import pytest

from extractor.entities import Concept, MentionKind
from extractor.entities.concepts import is_a
from extractor.entities.drugs import find_drugs
from extractor.entities.trials import called_mentions, find_called, find_trials, read_registry_ids
from extractor.ingest import from_text
from extractor.pipeline import Pipeline
from extractor.relations.topics import singular
from extractor.sections import segment


def concepts(text: str) -> dict[str, Concept]:
    pipeline = Pipeline()
    recognized = pipeline.recognize(segment(from_text(text)))
    return {m.span.of(read.sentence.text): pipeline.concept(m, recognized) for read in recognized.sentences for m in read.mentions if not m.detail}


def test_all_spellings_of_a_drug_are_one_concept() -> None:
    found = concepts("Lenvima, lenvatinib, E7080 and lenvatanib were the same drug.")
    drugs = {printed: concept for printed, concept in found.items() if concept.kind is MentionKind.DRUG}
    assert set(drugs) == {"Lenvima", "lenvatinib", "E7080", "lenvatanib"}
    assert set(drugs.values()) == {Concept(MentionKind.DRUG, "lenvatinib", "tyrosine kinase inhibitor", "L01EX08")}


def test_a_drug_of_no_list_is_its_own_concept() -> None:
    found = concepts("Patients received vorbasetine 40 mg daily.")["vorbasetine"]
    assert (found.name, found.drug_class, found.listed, found.told) == ("vorbasetine", "", False, "in no list")


def test_endpoints_and_classes_have_concepts_too() -> None:
    found = concepts("Overall survival (OS) with a PD-1 inhibitor was told.")
    assert found["Overall survival"] == found["OS"] == Concept(MentionKind.ENDPOINT, "OS")
    assert found["PD-1 inhibitor"].name == "PD-1 inhibitor"


@pytest.mark.parametrize(
    ("texts", "ids"),
    [
        (["In IMbrave150 (NCT09999991), all died."], {"IMbrave150": "NCT09999991"}),
        (["The REACH-2 trial (ClinicalTrials.gov number NCT09999992) ended."], {"REACH-2": "NCT09999992"}),
        (["It is registered as NCT09999993 (RESORCE)."], {"RESORCE": "NCT09999993"}),
        (["IMbrave150 (NCT09999991) ran.", "Later IMbrave150 (NCT09999994) ran."], {}),
        (["IMbrave150 was stopped, and NCT09999991 was not."], {}),
        (["IMbrave150 and REACH-2 (NCT09999992) ran."], {"REACH-2": "NCT09999992"}),
    ],
)
def test_a_trial_has_the_id_that_the_text_prints_beside_it(texts: list[str], ids: dict[str, str]) -> None:
    assert read_registry_ids([(text, list(find_trials(text))) for text in texts]) == ids


def test_the_id_is_known_wherever_the_trial_is_named() -> None:
    text = "IMbrave150 (NCT09999991) was large. Survival in IMbrave150 was longer."
    pipeline = Pipeline()
    recognized = pipeline.recognize(segment(from_text(text)))
    found = [pipeline.concept(m, recognized) for read in recognized.sentences for m in read.mentions if m.norm == "IMbrave150"]
    assert [concept.registry_id for concept in found] == ["NCT09999991", "NCT09999991"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The progesterone receptor was lost", []), ("progesterone was given", ["progesterone"]),
        ("a vitamin D deficiency was common", []), ("serum vitamin D was low", []), ("they took vitamin D daily", ["vitamin D"]),
        ("soluble IL-2, IL-6 and TNF were measured", []), ("high-dose IL-2 was stopped", ["IL-2"]),
        ("4000 IE/day were taken", []), ("see the S1 Table", []), ("S-1 was given", ["S-1"]), ("an R2 resection", []),
        ("BODY.AIM:", []), ("SORAFENIB AGAINST PLACEBO", ["SORAFENIB"]),
    ],
)  # fmt: skip
def test_what_is_measured_or_something_else_is_no_drug(text: str, found: list[str]) -> None:
    assert [m.span.of(text) for m in find_drugs(text) if m.kind is MentionKind.DRUG] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The VORMABELLE trial was small.", {"VORMABELLE"}), ("the ZQR9604 study", {"ZQR9604"}), ("In the ZQRG-14 trial, all died.", {"ZQRG-14"}),
        ("We saw this in both VORMABELLE and ZORDINA trials.", {"ZORDINA"}),
        ("a phase III trial", set()), ("the HCC trials", set()), ("the EORTC study", set()), ("the RCT study design", set()),
        ("the ZQRTG trial", set()), ("the DCE-MRI study", set()), ("THE VORMABELLE TRIAL", set()), ("the IMbrave150 trial", set()),
        ("In patients of VORMABELLE phase III trials", {"VORMABELLE"}), ("the SCCHNs trial", set()),
    ],
)  # fmt: skip
def test_trials_of_no_list_are_those_that_a_document_calls_so(text: str, found: set[str]) -> None:
    assert find_called([text]) == found


def test_a_trial_is_known_wherever_it_is_named_and_not_within_a_word() -> None:
    text = "The VORMABELLE trial ran. VORMABELLE-based doses, preVORMABELLE ones and VORMABELLE itself."
    called = find_called(["The VORMABELLE trial ran."])
    assert [m.span.of(text) for m in called_mentions(text, called)] == ["VORMABELLE", "VORMABELLE"]
    assert list(called_mentions(text, frozenset())) == []


def test_a_number_behind_a_society_in_brackets_is_its_trial() -> None:
    assert [m.norm for m in find_trials("the Treatment Organisation (EORTC) 98765 adjuvant trial")] == ["EORTC 98765"]


def test_what_the_document_defines_otherwise_is_no_trial() -> None:
    assert find_called(["The VORMABELLE trial ran."], {"VORMABELLE"}) == frozenset()


@pytest.mark.parametrize(
    ("event", "one"),
    [
        ("hot flashes", "hot flash"), ("rashes", "rash"), ("abscesses", "abscess"), ("headaches", "headache"), ("bone metastases", "bone metastasis"),
        ("venous thromboses", "venous thrombosis"), ("overdoses", "overdose"), ("diseases", "disease"), ("neuropathies", "neuropathy"),
        ("arthralgias", "arthralgia"), ("mouth ulcers", "mouth ulcer"), ("herpes", "herpes"), ("mucositis", "mucositis"), ("chills", "chills"),
        ("crises", "crisis"), ("Hot  Flushes", "hot flush"), ("esophageal varices", "esophageal varices"), ("weakness", "weakness"),
    ],
)  # fmt: skip
def test_an_event_in_the_singular(event: str, one: str) -> None:
    assert singular(event) == one
    assert singular(one) == one


@pytest.mark.parametrize(
    ("drug", "sort", "fits"),
    [
        ("gefitinib", "EGFR tyrosine kinase inhibitor", True), ("cetuximab", "EGFR tyrosine kinase inhibitor", False),
        ("cetuximab", "anti-EGFR antibody", True), ("gefitinib", "anti-EGFR antibody", False), ("cetuximab", "EGFR inhibitor", True),
        ("ramucirumab", "VEGF inhibitor", True), ("bevacizumab", "VEGFR tyrosine kinase inhibitor", False),
        ("trastuzumab deruxtecan", "HER2-targeted therapy", False), ("trastuzumab", "HER2-targeted therapy", True),
        ("trastuzumab deruxtecan", "anti-HER2 antibody", False), ("nivolumab", "PD-L1 inhibitor", False),
        ("nivolumab", "PD-1/PD-L1 inhibitor", True), ("nivolumab", "immune checkpoint inhibitor", True), ("nivolumab", "immunotherapy", True),
        ("interferon alfa", "immunotherapy", True), ("docetaxel", "immunotherapy", False), ("imatinib", "tyrosine kinase inhibitor", True),
        ("trastuzumab", "tyrosine kinase inhibitor", False), ("trastuzumab", "monoclonal antibody", True), ("docetaxel", "targeted therapy", False),
        ("trastuzumab", "targeted therapy", True), ("cisplatin", "alkylating agent", False), ("vinorelbine", "taxane", False),
        ("gefitinib", "third-generation EGFR tyrosine kinase inhibitor", False), ("a drug of no list", "EGFR inhibitor", False),
    ],
)  # fmt: skip
def test_a_drug_is_of_the_sorts_that_its_target_and_its_form_tell(drug: str, sort: str, fits: bool) -> None:
    assert is_a(drug, sort) == fits
