"""Whose a number is in a paper whose arms are known: its records carry these arms by whatever name a sentence gives them. All texts invented."""

from __future__ import annotations

import pytest

from extractor.ingest import from_text
from extractor.pipeline import Pipeline
from extractor.sections import segment

PIPELINE = Pipeline()
PAPER = """TITLE: A randomised trial in advanced sarcoma

ABSTRACT

BACKGROUND: Two treatments were compared.

METHODS: {methods}

RESULTS: {results}
"""


def told(methods: str, results: str) -> dict[float, tuple[str | None, str | None]]:
    """The arm and the population of each value."""
    records = PIPELINE.extract_text(PAPER.format(methods=methods, results=results)).records
    return {r.value: (r.arm, r.population) for r in records if r.kind == "measurement" and r.value is not None}


BY_NAME = (
    "The response rate was 24% with {a} and 15% with {b}. Nausea occurred in 12% ({a}) versus 31% ({b}) of patients. "
    "Five-year survival was 71% for {a} and 73% for {b}. "
    "Median progression-free survival was 6.1 months in the {a} group and 5.2 months in the {b} group."
)


@pytest.mark.parametrize(
    ("methods", "names", "arms"),
    [
        (
            "Patients were randomised to fluorouracil and radiotherapy (FR) or fluorouracil, mitomycin and radiotherapy (FMR).",
            ("FR", "FMR"),
            ("fluorouracil + radiotherapy", "fluorouracil + mitomycin + radiotherapy"),
        ),
        (
            "Patients were randomly assigned to ifosfamide and hyperthermia (arm A, n = 40) or ifosfamide alone (arm B, n = 41).",
            ("arm A", "arm B"),
            ("ifosfamide + hyperthermia", "ifosfamide"),
        ),
        (
            "Patients were randomised to receive dasatinib plus zoledronic acid (DZ) or zoledronic acid alone (Z).",
            ("DZ", "Z"),
            ("dasatinib + zoledronic acid", "zoledronic acid"),
        ),
        (
            "Patients were randomly assigned to surgery followed by radiotherapy (SR) or surgery alone (S).",
            ("SR", "S"),
            ("surgery + radiotherapy", "surgery"),
        ),
        (
            "Patients were randomised to pegylated liposomal doxorubicin (PLD) or topotecan (T).",
            ("PLD", "T"),
            ("pegylated liposomal doxorubicin", "topotecan"),
        ),
        (
            "Patients were randomised to surgery alone (S) or surgery plus intraoperative injection of pazopanib (SP).",
            ("S", "SP"),
            ("surgery", "surgery + pazopanib"),
        ),
        (
            "Patients were allocated to gemcitabine and radiotherapy (GR) or to gemcitabine, docetaxel and radiotherapy (GDR group).",
            ("GR", "GDR"),
            ("gemcitabine + radiotherapy", "gemcitabine + docetaxel + radiotherapy"),
        ),
    ],
)
def test_arms_by_the_names_that_the_allocation_gives_them(methods: str, names: tuple[str, str], arms: tuple[str, str]) -> None:
    a, b = names
    found = told(methods, BY_NAME.format(a=a, b=b))
    assert {v: found.get(v) for v in (24, 15, 12, 31, 71, 73, 6.1, 5.2)} == {
        v: (arms[i % 2], None) for i, v in enumerate((24, 15, 12, 31, 71, 73, 6.1, 5.2))
    }


def test_arms_of_one_drug_by_their_letters() -> None:
    found = told(
        "Patients were randomly assigned to weekly docetaxel (arm A) or three-weekly docetaxel (arm B).",
        "Median overall survival was 8.1 months in arm A and 7.4 months in arm B. ",
    )
    assert found[8.1] == ("docetaxel (weekly)", None)
    assert found[7.4] == ("docetaxel (three-weekly)", None)


def test_arms_of_one_drug_in_doses_by_their_numbers() -> None:
    found = told(
        "Patients were randomly assigned to placebo (group I), everolimus 5 mg (group II), 10 mg (group III) or 20 mg (group IV).",
        "The response rate was 1% in group I, 5% in group II, 9% in group III and 12% in group IV.",
    )
    assert {v: a for v, (a, _) in found.items()} == {1: "placebo", 5: "everolimus (5 mg)", 9: "everolimus (10 mg)", 12: "everolimus (20 mg)"}


def test_the_abbreviation_of_the_last_treatment_is_no_name_of_the_arm() -> None:
    lot = "Patients were randomised to gemcitabine plus masitinib (MAS) or gemcitabine (GEM)."
    document = segment(from_text(PAPER.format(methods=lot, results="The response rate was 24% with GEM plus MAS and 15% with GEM.")))
    assert PIPELINE.recognize(document).arms.names["mas"].norm == "masitinib"


@pytest.mark.parametrize("other", ["standard of care", "standard care", "observation", "the control group", "no intervention"])
@pytest.mark.parametrize("control", ["usual care", "standard care", "observation"])
def test_one_control_in_several_words(control: str, other: str) -> None:
    found = told(
        f"Patients were randomly assigned to supervised exercise or {control}.",
        f"Median overall survival was 40 months with exercise and 38 months with {other}. "
        f"Fatigue was seen in 20% of the exercise group and 31% of those on {control}.",
    )
    assert found[40][0] == found[20][0] == "exercise"
    assert found[38][0] == found[31][0]


def test_standard_care_beside_three_arms_is_another_arm_than_observation() -> None:
    found = told(
        "Patients were randomly assigned to exercise, standard of care or observation.",
        "The response rate was 24% with exercise, 15% with standard of care and 9% with observation.",
    )
    assert found[15][0] != found[9][0]


def test_the_parts_of_a_name_are_the_names_of_the_parts() -> None:
    found = told(
        "Patients were randomised to cisplatin plus vinorelbine (CS-VN) or cisplatin plus lapatinib (CS-LP). Group 2 received cisplatin plus LP.",
        "The response rate was 24% with CS plus VN and 15% with cisplatin plus LP. Nausea was seen in 12% of group 2.",
    )
    assert {v: a for v, (a, _) in found.items()} == {24: "cisplatin + vinorelbine", 15: "cisplatin + lapatinib", 12: "cisplatin + lapatinib"}


@pytest.mark.parametrize(
    "results",
    [
        "Median overall survival was 31, 41 and 43 months with MP, MPT and MPV, respectively.",
        "Median overall survival was 31, 41, and 43 months in the MP, MPT, and MPV groups, respectively.",
        "The response rate was 31%, 41% and 43% with MP, MPT and MPV, respectively.",
        "Neuropathy was seen in 31%, 41% and 43% of the MP, MPT and MPV arms.",
    ],
)
def test_arms_listed_in_the_order_of_their_values(results: str) -> None:
    lot = "Patients were randomised to melphalan plus prednisone (MP), MP plus thalidomide (MPT), or MP plus bortezomib (MPV)."
    last = {value: (arm or "").split(" + ")[-1] for value, (arm, _) in told(lot, results).items()}
    assert last == {31: "prednisone", 41: "thalidomide", 43: "bortezomib"}
