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
        "Alopecia was rarer, as cooling reduced toxicity: alopecia by 40% and nail loss by 20% with docetaxel.",
        "The adverse events that were most common (i.e., ≥15% of patients) were rash and fever with docetaxel.",
        "More grade 3 pain was noted by the 4% lidocaine group of the docetaxel arm.",
        "A fall in blood pressure was seen in 12% with docetaxel.",
        "Seven patients left the study; the reasons were progression (n = 2), adverse events (n = 2), or refusal (n = 4).",
        "Three of the 45 patients did not complete docetaxel because of relocation (n = 1) or adverse events (n = 2).",
        "Thrombosis was commoner with docetaxel than with gemcitabine (death 2% vs 0%).",
        "One weakness of our study was seen with docetaxel in 4 patients.",
        "Before radiotherapy, 70% of the docetaxel group had no anemia and 16% had anemia.",
        "In the docetaxel group 71% had no grade 3 rash.",
        "Fifteen of 29 (52%) patients with ascites responded to docetaxel, which was of little toxicity.",
        "In the docetaxel group 40% of patients with grade 3 anemia were transfused.",
        "Adverse events reported by at least 5% of patients with docetaxel were rash and fever.",
        "Twenty-one had earlier been diagnosed with hypertension in the docetaxel group.",
        "Patients were assigned to 1 of 4 treatment groups, and toxicity was mild with docetaxel.",
        "Docetaxel can reduce pain and toxicity; it lowered pain up to 60%.",
        "No grade 3 or 4 rash was met with in over 15% of the docetaxel group.",
        "Grade 3 hot flushes decreased by 50% with docetaxel.",
        "Grade 3 neuropathy resolved in 12 of 14 patients with docetaxel.",
        "Grade 3 rash required steroids in 3 patients with docetaxel.",
        "Grade 3 bleeding was reduced by 45% with docetaxel, though fever was not.",
        "Infections were seen at a rate of 22/100 person years in the docetaxel group.",
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
        ("Stomatitis was noted by 24% of the docetaxel group and alopecia by 9%.", "AE alopecia: docetaxel = 9 percent"),
        ("Falls were seen in 12% with docetaxel.", "AE fall: docetaxel = 12 percent"),
        ("The main events being diarrhea (18%) and fever (4%) with docetaxel.", "AE diarrhea: docetaxel = 18 percent"),
        (
            "Grade 3 sore throat was seen in 26.3% with docetaxel (95% C.I.: 9.7-42.1).",
            "AE sore throat grade 3: docetaxel = 26.3 percent [9.7, 42.1]",
        ),
        ("Sepsis occurred in 20% with docetaxel, the mortality being 7%.", "AE sepsis: docetaxel = 20 percent"),
        ("Grade 4 neutropenia was reported in <1% of patients given docetaxel.", "AE neutropenia grade 4: docetaxel = <1 percent"),
        ("Rash was seen in less than 2% of patients given docetaxel.", "AE rash: docetaxel = <2 percent"),
        ("Docetaxel was given, with dry mouth the predominant adverse event reported in 8%.", "AE dry mouth: docetaxel = 8 percent"),
        ("Nausea was reported as a new adverse event in 2% with docetaxel.", "AE nausea: docetaxel = 2 percent"),
        ("In all, 12% of patients with docetaxel had rash.", "AE rash: docetaxel = 12 percent"),
        ("Rash requiring steroids was seen in 3 patients with docetaxel.", "AE rash: docetaxel = 3 patient"),
        ("Rash resolved with docetaxel and occurred in 12%.", "AE rash: docetaxel = 12 percent"),
        ("Weight loss was seen in 12% with docetaxel.", "AE weight loss: docetaxel = 12 percent"),
        ("Previous studies reported grade 3 rash in 12% of patients given docetaxel.", "AE rash grade 3: docetaxel = 12 percent"),
    ],
)
def test_what_happened_stays(sentence: str, expected: str) -> None:
    assert expected in _events(sentence)


def _results(sentence: str) -> list[str]:
    return [told(r) for r in PIPELINE.extract_text(f"{OWN}{sentence}\n").records]


def test_what_was_reduced_and_no_drug_was() -> None:
    ratios = "The hazards of gemcitabine compared to docetaxel were reduced for stroke (HR 0.65, 95% CI 0.44-0.96)."
    assert not any(line.startswith("DOSE_REDUCTION") for line in _results(ratios))
    assert "DOSE_REDUCTION: docetaxel = 12 percent" in _results("Docetaxel was reduced in 12% of patients.")


def test_a_ratio_is_of_the_one_event_of_its_sentence() -> None:
    lines = _results(
        "The incidence of stroke was 0.65 per 100 patient-years in the docetaxel group and 0.74 per 100 patient-years in the gemcitabine group,"
        " with a hazard ratio of 0.83 (95% CI 0.53-1.30)."
    )
    assert lines == ["AE stroke: docetaxel vs gemcitabine: HR 0.83 [0.53, 1.3]"]


def test_deaths_within_days_of_the_last_dose_are_those_of_their_clause() -> None:
    lines = _results("Four patients died with docetaxel within 30 days of the last dose and 12 deaths were due to progression.")
    assert "DEATH in within 30 days of last dose: docetaxel = 4 patient" in lines
    assert not any("12 patient" in line and "last dose" in line for line in lines)


def test_of_those_counted_some_died() -> None:
    assert _results("PFS events occurred in 30 in the docetaxel arm, 12 of them deaths, and 35 in the gemcitabine arm.") == []
    assert _results("Fourteen patients relapsed with docetaxel and three of these died.") == ["DEATH: docetaxel = 3 patient"]


def test_what_lasts_is_the_response_of_the_disease() -> None:
    assert _results("Antibody responses lasted a median of 12 months with docetaxel.") == []
    assert _results("The vaccine response was maintained for a median of 9 months with docetaxel.") == []
    assert _results("Responses lasted a median of 7 months with docetaxel.") == ["DOR: docetaxel = 7 month"]


def test_how_many_is_no_part_of_a_name() -> None:
    lines = _results("Fewer complications (12% vs 20%) occurred with docetaxel than with gemcitabine.")
    assert set(lines) == {"AE complication: docetaxel = 12 percent", "AE complication: gemcitabine = 20 percent"}


def test_another_fate_is_no_cause_of_death() -> None:
    lines = _results("Seven patients died with docetaxel, one patient could not be scanned because of pain, and one patient refused surgery.")
    assert lines == ["DEATH: docetaxel = 7 patient"]


def test_each_bracket_has_the_cause_before_it() -> None:
    lines = _results("Deaths were due to progression (12 [24%] with docetaxel) or related to infection (two [4%] in each group).")
    assert "DEATH progression: docetaxel = 24 percent (12/None)" in lines
    assert "DEATH infection: gemcitabine = 4 percent (2/None)" in lines


def test_how_common_a_disease_is_elsewhere_is_no_adverse_event() -> None:
    background = OWN.replace("Little is known of older patients with this tumor.", "{}")
    assert _events("", background.format("Falls occur in 22% of older people each winter and lead to fracture in 5% of them (Meyer et al.).")) == []
    kept = background.format("Docetaxel caused grade 3 nausea in 12% of older patients (Meyer et al.).")
    assert any(line.startswith("AE nausea") for line in _events("", kept))
