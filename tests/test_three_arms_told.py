"""Three arms, allotted in one sentence and told in usual ways: no value goes to another arm, no estimate to another pair."""

from __future__ import annotations

from collections import Counter

import pytest

from extractor.evaluate.equality import arm
from extractor.pipeline import Pipeline
from extractor.records import Comparison, Measurement

PIPELINE = Pipeline()

# How patients were assigned; and of each arm its name, what the paper calls it, and how a record has it. The control comes last.
TRIALS = {
    "parts and both": (
        "Patients were randomised (1:1:1) to receive the combination of topotecan and cisplatin, topotecan alone, or cisplatin alone.",
        ("the combination", "the combination group", "topotecan + cisplatin"),
        ("topotecan", "the topotecan group", "topotecan"),
        ("cisplatin", "the cisplatin group", "cisplatin"),
    ),
    "letters": (
        "Patients were randomly assigned to axitinib (arm A), pazopanib (arm B), or interferon alfa (arm C).",
        ("axitinib", "arm A", "axitinib"),
        ("pazopanib", "arm B", "pazopanib"),
        ("interferon alfa", "arm C", "interferon alfa"),
    ),
    "numbers before": (
        "Patients were allocated to group 1 (exemestane), group 2 (fulvestrant) or group 3 (anastrozole).",
        ("exemestane", "group 1", "exemestane"),
        ("fulvestrant", "group 2", "fulvestrant"),
        ("anastrozole", "group 3", "anastrozole"),
    ),
    "abbreviations": (
        "Patients were assigned to docetaxel plus oxaliplatin (DO), paclitaxel plus oxaliplatin (PO) or vinorelbine plus cisplatin (VC).",
        ("docetaxel plus oxaliplatin", "the DO arm", "docetaxel + oxaliplatin"),
        ("paclitaxel plus oxaliplatin", "the PO arm", "paclitaxel + oxaliplatin"),
        ("vinorelbine plus cisplatin", "the VC arm", "vinorelbine + cisplatin"),
    ),
    "doses": (
        "Patients were randomly assigned to selumetinib 50 mg, selumetinib 75 mg, or placebo.",
        ("selumetinib 75 mg", "the 75-mg group", "selumetinib (75 mg)"),
        ("selumetinib 50 mg", "the 50-mg group", "selumetinib (50 mg)"),
        ("placebo", "the placebo group", "placebo"),
    ),
    "levels of a dose": (
        "Patients were randomly assigned to low-dose carboplatin, high-dose carboplatin, or radiotherapy alone.",
        ("low-dose carboplatin", "the low-dose group", "carboplatin (low-dose)"),
        ("high-dose carboplatin", "the high-dose group", "carboplatin (high-dose)"),
        ("radiotherapy alone", "the radiotherapy group", "radiotherapy"),
    ),
    "added": (
        "Patients were randomly assigned to FOLFIRI plus ramucirumab (arm 1), FOLFIRI plus panitumumab (arm 2), or FOLFIRI alone (arm 3).",
        ("FOLFIRI plus ramucirumab", "arm 1", "FOLFIRI + ramucirumab"),
        ("FOLFIRI plus panitumumab", "arm 2", "FOLFIRI + panitumumab"),
        ("FOLFIRI alone", "arm 3", "FOLFIRI"),
    ),
    "maintenance": (
        "Patients were randomly assigned to maintenance with bortezomib, maintenance with pomalidomide, or no maintenance.",
        ("bortezomib", "the bortezomib group", "bortezomib"),
        ("pomalidomide", "the pomalidomide group", "pomalidomide"),
        ("no maintenance", "the no-maintenance group", "no maintenance"),
    ),
    "not drugs": (
        "Patients were randomly assigned to hepatectomy, radiofrequency ablation, or transarterial chemoembolization (TACE).",
        ("hepatectomy", "the resection group", "hepatectomy"),
        ("radiofrequency ablation", "the RFA group", "RFA"),
        ("TACE", "the TACE group", "TACE"),
    ),
}
VALUES = (17.3, 12.6, 8.4)
TOLD = [
    "Median OS was 17.3, 12.6 and 8.4 months in {a}, {b} and {c}, respectively.",
    "Median OS was 17.3 months with {A}, 12.6 months with {B}, and 8.4 months with {C}.",
    "The median PFS for {A}, {B} and {C} was 17.3, 12.6, and 8.4 months, respectively.",
    "Median PFS was 17.3 months in {a}, 12.6 months in {b} and 8.4 months in {c} (P = 0.04).",
    "Objective responses were seen in 17.3% of patients in {a}, 12.6% in {b}, and 8.4% in {c}.",
    "Grade 3-4 neutropenia occurred in 17.3%, 12.6% and 8.4% of patients treated with {A}, {B} and {C}, respectively.",
    "Median PFS was longer with {A} than with {B} or {C} (17.3 vs 12.6 vs 8.4 months).",
    "One-year survival rates were 17.3% ({a}), 12.6% ({b}), and 8.4% ({c}).",
    "In {a}, the response rate was 17.3%, compared with 12.6% in {b} and 8.4% in {c}.",
    "Patients receiving {A} had a median OS of 17.3 months; those receiving {B} and {C} had a median OS of 12.6 and 8.4 months, respectively.",
    "Discontinuation due to adverse events was reported for 17.3% of patients in {a}, 12.6% of patients in {b} and 8.4% of those in {c}.",
    "The ORR was 8.4% with {C}; it was 17.3% with {A} and 12.6% with {B}.",
    "The response rate was highest with {A} (17.3%), followed by {B} (12.6%) and {C} (8.4%).",
    "Neutropenia was seen in 20 patients (17.3%) in {a}, 16 (12.6%) in {b} and 14 (8.4%) in {c}.",
    "Objective response: 17.3% vs 12.6% vs 8.4% for {A}, {B} and {C}, respectively.",
]
# Each tells 0.68 of the first arm against the third, and 0.87 of the second against the third.
COMPARED = [
    "OS was longer with {A} than with {C} (HR 0.68; 95% CI 0.55-0.84), and with {B} than with {C} (HR 0.87; 95% CI 0.71-1.07).",
    "The hazard ratio for death was 0.68 (95% CI 0.55-0.84) for {A} versus {C} and 0.87 (95% CI 0.71-1.07) for {B} versus {C}.",
    "Compared with {C}, both {A} (HR 0.68, 95% CI 0.55-0.84) and {B} (HR 0.87, 95% CI 0.71-1.07) improved PFS.",
    "PFS was longer in both experimental groups ({A} vs {C}: HR 0.68, 95% CI 0.55-0.84; {B} vs {C}: HR 0.87, 95% CI 0.71-1.07).",
    "OS was improved with {A} (HR vs {C} 0.68, 95% CI 0.55-0.84) and with {B} (HR vs {C} 0.87, 95% CI 0.71-1.07).",
    "{A} (HR 0.68, 95% CI 0.55-0.84) and {B} (HR 0.87, 95% CI 0.71-1.07) prolonged OS compared with {C}.",
    "The hazard ratios for OS versus {C} were 0.68 (95% CI 0.55-0.84) for {A} and 0.87 (95% CI 0.71-1.07) for {B}.",
    "The HR for PFS was 0.68 (95% CI 0.55-0.84; P = 0.001) in {a} and 0.87 (95% CI 0.71-1.07; P = 0.08) in {b}, each compared with {c}.",
    "Median OS was 8.4 months in {c}, 17.3 months in {a} (HR vs {c} 0.68, 95% CI 0.55-0.84) and 12.6 months in {b}"
    " (HR vs {c} 0.87, 95% CI 0.71-1.07).",
    "Median OS was 17.3 months with {A} versus 8.4 months with {C} (HR 0.68; 95% CI 0.55-0.84) and 12.6 months with {B} versus 8.4 months with {C}"
    " (HR 0.87; 95% CI 0.71-1.07).",
    "Relative to {c}, the risk of death was lower in {a} (HR 0.68, 95% CI 0.55-0.84) but not in {b} (HR 0.87, 95% CI 0.71-1.07).",
    "Hazard ratios for death: {A} vs {C}, 0.68 (95% CI, 0.55-0.84); {B} vs {C}, 0.87 (95% CI, 0.71-1.07).",
]
PAIRS = {0.68: (0, 2), 0.87: (1, 2)}
LEAST_RIGHT = 0.96


def records_of(trial: str, sentence: str) -> list[Measurement | Comparison]:
    allotted, *arms = TRIALS[trial]
    names = {key: arms[i][0] for i, key in enumerate("ABC")} | {key: arms[i][1] for i, key in enumerate("abc")}
    told = sentence.format(**names)
    each = f"{arms[0][1]}, {arms[1][1]} and {arms[2][1]}"
    text = (
        f"TITLE:\nA randomised three-arm trial in advanced cancer\n\nBODY.METHODS:\n{allotted}\n\n"
        f"BODY.RESULTS:\nCompliance was good in {each}.\n\n{told[0].upper()}{told[1:]}\n"
    )
    return list(PIPELINE.extract_text(text).records)


def how(read: str | None, arms: list[str], own: str) -> str:
    if read is None:
        return "of no arm"
    if arm(read).agrees(arm(own)):
        return "right"
    return "another arm" if any(arm(read).agrees(arm(other)) for other in arms) else f"as {read}"


@pytest.mark.parametrize("sentence", TOLD)
def test_each_value_has_its_arm(sentence: str) -> None:
    found: Counter[str] = Counter()
    for trial, (_, *arms) in TRIALS.items():
        names = [name for _, _, name in arms]
        read = {r.value: r.arm for r in records_of(trial, sentence) if r.kind == "measurement"}
        found.update(how(read[value], names, own) if value in read else "not read" for value, own in zip(VALUES, names, strict=True))
    assert set(found) <= {"right", "not read", "of no arm"}, found
    assert found["right"] >= LEAST_RIGHT * sum(found.values()), found


@pytest.mark.parametrize("sentence", COMPARED)
def test_each_estimate_has_its_two_arms(sentence: str) -> None:
    found: Counter[str] = Counter()
    for trial, (_, *arms) in TRIALS.items():
        names = [name for _, _, name in arms]
        read = {r.estimate: (r.arm, r.comparator) for r in records_of(trial, sentence) if r.kind == "comparison"}
        for estimate, pair in PAIRS.items():
            got = read.get(estimate)
            found.update(["not read"] if got is None else [how(one, names, names[i]) for one, i in zip(got, pair, strict=True)])
    assert set(found) <= {"right", "not read", "of no arm"}, found
    assert found["right"] >= LEAST_RIGHT * sum(found.values()), found


LETTERS = "Patients were randomly assigned to axitinib (arm A), pazopanib (arm B), or interferon alfa (arm C)."
BOTH = "Patients were randomised to axitinib, pazopanib, or the combination of axitinib and pazopanib."
DOUBLE = "Patients were randomly assigned to ipilimumab plus nivolumab, ipilimumab plus placebo, or nivolumab plus placebo."
DAILY = "Patients were assigned to estradiol 1 mg daily, estradiol 5 mg daily, or placebo."


@pytest.mark.parametrize(
    ("allotted", "sentence", "expected"),
    [
        (LETTERS, "The hazard ratio for PFS in arm A compared with arm C was 0.63 (95% CI 0.50-0.79).", [("axitinib", "interferon alfa", 0.63)]),
        (
            LETTERS,
            "Axitinib improved OS over interferon alfa (HR 0.63, 95% CI 0.50-0.79), but not over pazopanib (HR 0.94, 95% CI 0.75-1.18).",
            [("axitinib", "interferon alfa", 0.63), ("axitinib", "pazopanib", 0.94)],
        ),
        (
            LETTERS,
            "Neither axitinib (HR 1.06, 95% CI 0.85-1.32) nor pazopanib (HR 1.11, 95% CI 0.89-1.38) improved OS compared with interferon alfa.",
            [("axitinib", "interferon alfa", 1.06), ("pazopanib", "interferon alfa", 1.11)],
        ),
        (
            LETTERS,
            "OS was 8.4 months with interferon alfa versus 17.3 months with axitinib (HR 0.63; 95% CI 0.50-0.79) and 12.6 months with pazopanib.",
            [("axitinib", "interferon alfa", 0.63)],
        ),
        (
            BOTH,
            "Both axitinib (HR 0.63, 95% CI 0.50-0.79) and pazopanib (HR 0.94, 95% CI 0.75-1.18) had shorter PFS than the combination.",
            [("axitinib + pazopanib", "axitinib", 0.63), ("axitinib + pazopanib", "pazopanib", 0.94)],
        ),
        (
            DOUBLE,
            "OS favored ipilimumab plus nivolumab over nivolumab (HR 0.63, 95% CI 0.50-0.79) and over ipilimumab (HR 0.55, 95% CI 0.44-0.69).",
            [("ipilimumab + nivolumab", "nivolumab + placebo", 0.63), ("ipilimumab + nivolumab", "ipilimumab + placebo", 0.55)],
        ),
    ],
)
def test_an_estimate_of_two_of_three(allotted: str, sentence: str, expected: list[tuple[str, str, float]]) -> None:
    text = f"TITLE:\nA randomised three-arm trial\n\nBODY.METHODS:\n{allotted}\n\nBODY.RESULTS:\n{sentence}\n"
    read = [r for r in PIPELINE.extract_text(text).records if r.kind == "comparison"]
    told = {(r.arm, r.comparator, r.estimate) for r in read}
    assert told >= set(expected)
    assert len(told) == len(expected)


@pytest.mark.parametrize(
    ("allotted", "sentence", "expected"),
    [
        (DAILY, "The ORR was 17.3%, 12.6%, and 8.4% with estradiol 1 mg daily, estradiol 5 mg daily, and placebo, respectively.", [0, 1, 2]),
        (LETTERS, "Responses (17.3%) were seen in arm A, 12.6% in arm B and 8.4% in arm C.", [0, 1, 2]),
        (DOUBLE, "The ORR was highest with ipilimumab plus nivolumab (17.3%), followed by ipilimumab (12.6%) and nivolumab (8.4%).", [0, 1, 2]),
        (BOTH, "The ORR was 8.4% with the combination, 17.3% with axitinib and 12.6% with pazopanib.", [0, 1, 2]),
    ],
)
def test_a_value_beside_its_arm(allotted: str, sentence: str, expected: list[int]) -> None:
    arms = {
        DAILY: ["estradiol (1 mg)", "estradiol (5 mg)", "placebo"],
        LETTERS: ["axitinib", "pazopanib", "interferon alfa"],
        DOUBLE: ["ipilimumab + nivolumab", "ipilimumab + placebo", "nivolumab + placebo"],
        BOTH: ["axitinib", "pazopanib", "axitinib + pazopanib"],
    }[allotted]
    text = f"TITLE:\nA randomised three-arm trial\n\nBODY.METHODS:\n{allotted}\n\nBODY.RESULTS:\n{sentence}\n"
    read = {r.value: r.arm or "" for r in PIPELINE.extract_text(text).records if r.kind == "measurement"}
    assert {v: read.get(v) for v in VALUES} == {v: arms[i] for v, i in zip(VALUES, expected, strict=True)}
