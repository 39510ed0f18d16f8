"""Treatments that trials set against each other: two names in the lexicons, in reading and in scoring.

One operation in two ways ("laparoscopic or open gastrectomy") is told apart by the setting in brackets instead (`extractor.entities.ways`).
"""

from __future__ import annotations

import pytest

from extractor.entities.drugs import find_drugs
from extractor.evaluate.equality import arm

COMPARED = [
    ("segmentectomy", "lobectomy"),
    ("simple hysterectomy", "radical hysterectomy"),
    ("primary debulking surgery", "interval debulking surgery"),
    ("quadrantectomy", "modified radical mastectomy"),
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
        ("DEB-TACE", "transarterial chemoembolization with drug-eluting beads"),
    ],
)
def test_other_words_for_one_treatment_are_one_name(one: str, other: str) -> None:
    assert arm(one).agrees(arm(other))
    assert [m.norm for m in find_drugs(one)] == [m.norm for m in find_drugs(other)]
