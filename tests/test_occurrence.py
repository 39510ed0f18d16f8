"""Events that are named and did not happen under a treatment: sentences of our own, one row a construction."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told


def _events(sentence: str, text: str = OWN) -> list[str]:
    """What the results of a paper are read to say of adverse events in a sentence, one line a record."""
    return [told(r) for r in PIPELINE.extract_text(f"{text}Toxicity was mild. {sentence}\n").records if r.endpoint == "AE"]


@pytest.mark.parametrize(
    "sentence",
    [
        "A history of deep vein thrombosis was reported by 9% of the docetaxel group.",
        "Prior myocardial infarction was reported in 7% of the docetaxel group and 6% of the gemcitabine group.",
        "In the docetaxel group 12 patients (30%) were seizure-free.",
        "Relief of pain was experienced by 61% with docetaxel and 48% with gemcitabine.",
        "Pain relief was reported in 61% of those given docetaxel.",
        "Resolution of grade 3 diarrhea was seen in 80% with docetaxel.",
        "Knowledge of what to do in case of vomiting was reported by 55% with docetaxel.",
        "Grade 3 mucositis was observed with a 0.2% morphine mouthwash in the docetaxel arm.",
        "No vomiting was reported in 82% of those given docetaxel.",
        "Overall 36% reported no significant nausea with docetaxel.",
        "No one in the docetaxel group experienced rash.",
        "The incidence of stroke was 0.65 per 100 patient-years in the docetaxel group.",
        "Docetaxel reduced events markedly: ischemic stroke by 40% and bleeding by 12%.",
        "A 10% weight loss was reported with docetaxel.",
        "Weight loss of more than 5% was a reason to stop docetaxel when toxicity occurred.",
        "At study entry, anemia was found in 24% of the docetaxel group and 26% of the gemcitabine group.",
        "Comorbid conditions were hypertension (35%), anemia (12%) and dyspnea (4%).",
    ],
)
def test_what_did_not_happen_is_no_adverse_event(sentence: str) -> None:
    assert _events(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("No rash was seen with docetaxel, whereas 5% given gemcitabine had rash.", "AE rash: gemcitabine = 5 percent"),
        ("Nausea was seen in six patients out of 37 patients with docetaxel.", "AE nausea: docetaxel = 6 patient"),
        ("There was no difference in nausea with docetaxel (12%).", "AE nausea: docetaxel = 12 percent"),
        ("Weight loss was seen in 12% with docetaxel.", "AE weight loss: docetaxel = 12 percent"),
        ("Previous studies reported grade 3 rash in 12% of patients given docetaxel.", "AE rash grade 3: docetaxel = 12 percent"),
    ],
)
def test_what_happened_stays(sentence: str, expected: str) -> None:
    assert expected in _events(sentence)


def test_how_common_a_disease_is_elsewhere_is_no_adverse_event() -> None:
    background = OWN.replace("Little is known of older patients with this tumor.", "{}")
    assert _events("", background.format("Falls occur in 22% of older people each winter and lead to fracture in 5% of them (Meyer et al.).")) == []
    kept = background.format("Docetaxel caused grade 3 nausea in 12% of older patients (Meyer et al.).")
    assert any(line.startswith("AE nausea") for line in _events("", kept))
