"""Abbreviations that a document defines, and what they mean to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.entities import MentionKind, recognize
from extractor.entities.abbreviations import definitions, listed_definitions, read_abbreviations
from extractor.ingest import from_text
from extractor.sections import segment
from extractor.syntax import Parser

DEFINED = [
    ("We gave hepatic arterial infusion chemotherapy (HAIC) to all.", "HAIC", "hepatic arterial infusion chemotherapy"),
    ("The hazard ratio [HR] was 0.71.", "HR", "hazard ratio"),
    ("Raised α-fetoprotein (AFP) was common.", "AFP", "α-fetoprotein"),
    ("HCC (hepatocellular carcinoma) is frequent.", "HCC", "hepatocellular carcinoma"),
    ("Hand-foot skin reaction (HFSR, 31.4%) was seen.", "HFSR", "Hand-foot skin reaction"),
    ("Immune checkpoint inhibitors (ICIs) were stopped.", "ICIs", "Immune checkpoint inhibitors"),
    ("They were given lenvatinib plus PD-1 inhibitors (LP) daily.", "LP", "lenvatinib plus PD-1 inhibitors"),
    ("Care at St. Anthony General Hospital (SAGH) was free.", "SAGH", "St. Anthony General Hospital"),
    ("Scores on the Vormbalt Fatigue Inventory (VFI-14) rose.", "VFI-14", "Vormbalt Fatigue Inventory"),
    ("complete response (CR)+partial response (PR)", "PR", "partial response"),
    ('Objective response rate ("ORR") was 12%.', "ORR", "Objective response rate"),
    ("an odds ratio (OR) of 2", "OR", "odds ratio"),
    ("They had docetaxel plus oxaliplatin (DO) or paclitaxel plus oxaliplatin (PO).", "PO", "paclitaxel plus oxaliplatin"),
    ("atezolizumab-bevacizumab (ate-beva)", "ate-beva", "atezolizumab-bevacizumab"),
]


@pytest.mark.parametrize(("text", "short", "long"), DEFINED)
def test_a_definition_is_read(text: str, short: str, long: str) -> None:
    assert (short, long) in [(one.short.of(text), one.long.of(text)) for one in definitions(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Patients in stage III (n = 12) and others (17%) were older.",
        "Survival was longer (Fig. 3, Table 2).",
        "One patient (Arm B) died; it was classified (class III) so.",
        "Age was 61 years (SD 9) in both groups.",
        "Lenvatinib was given (see above).",
        "The youngest patients (Min) and the median (Median) were told.",
        "The trial (NCT01234567) was stopped.",
        "The response (R) was good.",
    ],
)
def test_what_defines_nothing(text: str) -> None:
    assert list(definitions(text)) == []


def test_a_list_of_abbreviations_is_read_and_a_lone_colon_is_none() -> None:
    text = "EC: Ethics committee; OS, overall survival; QoL = quality of life."
    found = [(one.short.of(text), one.long.of(text)) for one in listed_definitions(text)]
    assert found == [("EC", "Ethics committee"), ("OS", "overall survival"), ("QoL", "quality of life")]
    assert list(listed_definitions("EC: Ethics committee.")) == []


def test_the_first_definition_counts() -> None:
    texts = ["The progesterone receptor (PR) was lost.", "A partial response (PR) was rare."]
    assert read_abbreviations(texts) == {"PR": "progesterone receptor"}


@given(st.text("ABCab αβ()[]-,;.5", max_size=60))
def test_both_forms_are_spans_of_the_text_that_lie_apart(text: str) -> None:
    for one in (*definitions(text), *listed_definitions(text)):
        assert one.short.end <= len(text)
        assert one.long.end <= len(text)
        assert not one.short.overlaps(one.long)
        assert one.long.of(text) == one.long.of(text).strip()


def mentions(text: str) -> list[tuple[str, str, str]]:
    sentences = recognize(Parser().sentences(segment(from_text(text)))).sentences
    wanted = (MentionKind.DRUG, MentionKind.ENDPOINT, MentionKind.DRUG_CLASS, MentionKind.PROCEDURE)
    return [(m.kind.value, m.span.of(read.sentence.text), m.norm) for read in sentences for m in read.mentions if m.kind in wanted]


@pytest.mark.parametrize(
    ("definition", "use", "mention"),
    [
        ("Tumours had lost the progesterone receptor (PR).", "PR was lost in 14 cases.", ("ENDPOINT", "PR", "PR")),
        ("Care was shared with a general practitioner (GP).", "GP chemotherapy was given.", ("DRUG", "GP", "GP")),
        ("The tumor microenvironment (TME) is dense.", "The TME was altered.", ("PROCEDURE", "TME", "TME")),
        ("We studied osteosarcoma (OS) in dogs.", "OS is rare.", ("ENDPOINT", "OS", "OS")),
    ],
)
def test_what_a_document_means_otherwise_is_not_read(definition: str, use: str, mention: tuple[str, str, str]) -> None:
    assert mention in mentions(use)
    assert mention not in mentions(f"{definition} {use}")


@pytest.mark.parametrize(
    ("definition", "use", "mention"),
    [
        ("All received leucovorin (LCVN) first.", "Then LCVN was stopped.", ("DRUG", "LCVN", "leucovorin")),
        ("We measured progression-free survival (PGFS).", "PGFS was 7 months.", ("ENDPOINT", "PGFS", "PFS")),
        ("They had usual care (UCR) only.", "UCR cost less.", ("PROCEDURE", "UCR", "usual care")),
    ],
)
def test_what_a_document_calls_a_thing_is_read(definition: str, use: str, mention: tuple[str, str, str]) -> None:
    assert mention not in mentions(use)
    assert mention in mentions(f"{definition} {use}")


@pytest.mark.parametrize(
    ("definition", "use", "mention"),
    [
        ("Progression disease (PD) was frequent.", "PD was seen in 9%.", ("ENDPOINT", "PD", "PD")),
        ("Median overall survival (OS) was told.", "OS was 11 months.", ("ENDPOINT", "OS", "OS")),
        ("They had stability of disease (SD).", "SD was seen in 9%.", ("ENDPOINT", "SD", "SD")),
    ],
)
def test_a_definition_of_what_is_read_anyway_changes_nothing(definition: str, use: str, mention: tuple[str, str, str]) -> None:
    assert mention in mentions(f"{definition} {use}")
