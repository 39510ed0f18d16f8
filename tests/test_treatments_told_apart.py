"""Treatments that trials set against each other: two names in the lexicons, in reading and in scoring."""

from __future__ import annotations

import pytest

from extractor.entities.drugs import find_drugs
from extractor.evaluate.equality import arm

COMPARED = [
    ("laparoscopic gastrectomy", "open gastrectomy"),
    ("laparoscopic colectomy", "open colectomy"),
    ("robot-assisted radical cystectomy", "open radical cystectomy"),
    ("robotic prostatectomy", "laparoscopic radical prostatectomy"),
    ("minimally invasive esophagectomy", "transthoracic esophagectomy"),
    ("transthoracic esophagectomy", "transhiatal esophagectomy"),
    ("total gastrectomy", "distal gastrectomy"),
    ("segmentectomy", "lobectomy"),
    ("VATS lobectomy", "open lobectomy"),
    ("simple hysterectomy", "radical hysterectomy"),
    ("primary debulking surgery", "interval debulking surgery"),
    ("quadrantectomy", "modified radical mastectomy"),
    ("laparoscopic surgery", "open surgery"),
    ("immediate surgery", "delayed surgery"),
    ("sequential chemoradiotherapy", "concurrent chemoradiotherapy"),
    ("SBRT", "external beam radiotherapy"),
    ("IMRT", "3D-CRT"),
    ("VMAT", "IMRT"),
    ("HA-WBRT", "WBRT"),
    ("accelerated radiotherapy", "hyperfractionated radiotherapy"),
    ("HDR brachytherapy", "LDR brachytherapy"),
    ("DEB-TACE", "conventional TACE"),
    ("talc poudrage", "indwelling pleural catheter"),
    ("talc slurry", "talc poudrage"),
    ("enteral nutrition", "parenteral nutrition"),
    ("electroacupuncture", "sham acupuncture"),
    ("acupressure", "acupuncture"),
    ("reflexology", "massage therapy"),
    ("aerobic exercise", "resistance training"),
    ("guided imagery", "music therapy"),
    ("progressive muscle relaxation", "guided imagery"),
    ("mindfulness-based cognitive therapy", "mindfulness-based stress reduction"),
    ("nurse-led follow-up", "patient education"),
    ("psychoeducation", "support group"),
    ("early palliative care", "palliative care"),
    ("watchful waiting", "observation"),
    ("single-agent chemotherapy", "combination chemotherapy"),
    ("long-term ADT", "short-term ADT"),
    ("PEG-rhG-CSF", "rhG-CSF"),
    ("third-generation EGFR-TKI", "first-generation EGFR-TKI"),
    ("dendritic cell vaccine", "peptide vaccine"),
    ("steroidal aromatase inhibitor", "non-steroidal aromatase inhibitor"),
]


@pytest.mark.parametrize(("one", "other"), COMPARED)
def test_what_trials_compare_has_two_names(one: str, other: str) -> None:
    read = [[mention.norm for mention in find_drugs(text)] for text in (one, other)]
    assert all(len(norms) == 1 for norms in read), read
    assert read[0] != read[1]
    assert not arm(one).agrees(arm(other))
    assert not arm(read[0][0]).agrees(arm(read[1][0]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("liver resection", "partial hepatectomy"),
        ("radical nephrectomy", "nephrectomy"),
        ("LADG", "laparoscopy-assisted distal gastrectomy"),
        ("SABR", "SBRT"),
    ],
)
def test_other_words_for_one_treatment_are_one_name(one: str, other: str) -> None:
    assert arm(one).agrees(arm(other))
    assert [m.norm for m in find_drugs(one)] == [m.norm for m in find_drugs(other)]
