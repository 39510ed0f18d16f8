"""Which arms a study has by what the paper says of it: invented papers, one a construction."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
DOSES = """A phase I/II study of {drug} in advanced sarcoma

Abstract

Background: {drug} was studied in patients with sarcoma.

Methods: In part 1, 12 patients received escalating doses; in part 2, 30 patients were randomly assigned to 2 or 4 mg/kg every 3 weeks.

Results: In part 2, 9 of 30 patients (30%) had a partial response.

Introduction

Few drugs help.

Methods

Part 2 was a randomised evaluation of two doses of {drug}. {more}

Results

Nausea occurred in 12 patients (40%) in part 2.
"""


def arms(text: str) -> set[str | None]:
    return {r.arm for r in PIPELINE.extract_text(text).records}


@pytest.mark.parametrize(
    ("more", "one"),
    [
        ("Patients had measurable disease and used birth control.", True),
        ("Patients who had had doxorubicin before were let in.", True),
        ("A control group received placebo.", False),
        ("Patients were randomly assigned to olaratumab or doxorubicin.", False),
    ],
)
def test_a_study_whose_groups_differ_in_dose_alone_has_one_arm(more: str, one: bool) -> None:
    assert (arms(DOSES.format(drug="olaratumab", more=more)) == {"olaratumab"}) is one


def test_the_combination_of_two_single_treatments_is_a_third_arm() -> None:
    text = """Local treatment of lung metastases

Abstract

Methods: We compared cryoablation with lobectomy. Results: survival was alike.

Methods

Patients had cryoablation or lobectomy.

Results

Three-year OS was 41% in the cryoablation group, 52% in the lobectomy group, and 35% in the combination therapy group.
"""
    found = {(r.arm, r.value) for r in PIPELINE.extract_text(text).records if r.kind == "measurement"}
    assert found == {("cryoablation", 41), ("lobectomy", 52), ("cryoablation + lobectomy", 35)}


@pytest.mark.parametrize(
    ("said", "pair"),
    [
        ("Compared with anastrozole, fulvestrant prolonged PFS in a trial (16.6 vs 13.8 months).", ("fulvestrant", "anastrozole")),
        ("Roe et al. found that, when compared to dacarbazine alone, nivolumab improved OS (HR 0.42).", ("nivolumab", "dacarbazine")),
        (
            "Roe et al. compared chemotherapy with capecitabine after hepatectomy to surgery alone. The trial showed longer DFS (30 vs 21 months).",
            ("capecitabine + surgery", "surgery"),
        ),
    ],
)
def test_the_two_arms_of_a_cited_study(said: str, pair: tuple[str, str]) -> None:
    text = f"Drugs for cancer\n\nIntroduction\n\n{said} More is to be learnt.\n\nDiscussion\n\nMuch remains."
    records = PIPELINE.extract_text(text).records
    compared = {(r.arm, r.comparator) for r in records if r.kind == "comparison"}
    measured = tuple(r.arm for r in sorted((r for r in records if r.kind == "measurement"), key=lambda r: -(r.value or 0)))
    assert compared == {pair} or measured == pair


def test_the_choice_of_the_physician_is_no_standard_of_care() -> None:
    text = "Roe et al. compared sacituzumab govitecan with treatment of physician's choice. Median OS was 12.1 vs 6.7 months."
    records = PIPELINE.extract_text(f"A review\n\nIntroduction\n\n{text}\n").records
    assert {(r.arm, r.value) for r in records if r.kind == "measurement"} == {("sacituzumab govitecan", 12.1), ("physician's choice", 6.7)}


def test_a_list_that_ends_in_a_drug_gives_it_no_other_name() -> None:
    text = """Interleukin-2 before nephrectomy

Abstract

Methods: Patients were allocated to IL-2 before surgery (IL-2 group) or to no such treatment (control group).

Methods

Later, four patients received interferon and fluorouracil (IL-2 group: three; control group: one).

Results

The response rate was 31% in the IL-2 group and 20% in the control group. Rash was seen in 12% of the IL-2 group and 2% of the control group.
"""
    assert "fluorouracil" not in {r.arm for r in PIPELINE.extract_text(text).records}


def test_how_a_dose_of_radiotherapy_is_parted_tells_two_arms() -> None:
    text = """Accelerated versus conventional fractionation in cancer of the larynx

Abstract

Methods: Patients were randomly assigned to accelerated fractionation (AF) or conventional fractionation (CF).

Methods

Patients were randomized to AF or CF.

Results

Mucositis occurred in 54% (AF) and 31% (CF) of patients.
"""
    found = {(r.arm, r.value) for r in PIPELINE.extract_text(text).records if r.kind == "measurement"}
    assert found == {("accelerated radiotherapy", 54), ("conventionally fractionated radiotherapy", 31)}


def measured(text: str) -> set[tuple[str | None, str | None, float | None]]:
    """The arm, population and value of each measurement."""
    return {(r.arm, r.population, r.value) for r in PIPELINE.extract_text(text).records if r.kind == "measurement"}


def trial(title: str, methods: str, results: str) -> str:
    return f"{title}\n\nAbstract\n\nMethods: {methods}\n\nResults: {results}\n"


@pytest.mark.parametrize(
    ("title", "methods", "results", "expected"),
    [
        (
            "Laparoscopic versus open gastrectomy for cancer of the stomach",
            "We studied 300 patients with laparoscopic gastrectomy (LG) and 320 with open gastrectomy (OG).",
            "Pneumonia occurred in 12% of the LG group and 19% of the OG group. The 3-year DFS was 77% vs 75%.",
            {
                ("gastrectomy (laparoscopic)", None, 12),
                ("gastrectomy (open)", None, 19),
                ("gastrectomy (laparoscopic)", None, 77),
                ("gastrectomy (open)", None, 75),
            },
        ),
        (
            "Robotic versus laparoscopic hepatectomy",
            "Ninety patients had robotic hepatectomy and 120 had laparoscopic hepatectomy.",
            "Three-year OS was 71% in the robotic group and 69% in the laparoscopic group.",
            {("hepatectomy (robotic)", None, 71), ("hepatectomy (laparoscopic)", None, 69)},
        ),
        (
            "Total compared with subtotal gastrectomy",
            "Patients underwent total gastrectomy (TG group) or subtotal gastrectomy (SG group).",
            "Median OS was 31 months in the TG group and 42 months in the SG group.",
            {("gastrectomy (total)", None, 31), ("gastrectomy (subtotal)", None, 42)},
        ),
    ],
)
def test_one_operation_in_two_ways(title: str, methods: str, results: str, expected: set[tuple[str, str | None, float]]) -> None:
    assert measured(trial(title, methods, results)) == expected


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("The response rate was 38% in the 960 mg cohort.", {("sotorasib", "960 mg", 38)}),
        (
            "Rash was seen in 4% of patients receiving 720 mg and 9% of patients receiving 960 mg.",
            {("sotorasib", "720 mg", 4), ("sotorasib", "960 mg", 9)},
        ),
        ("At 180 mg once daily, rash was seen in 4% of patients.", {("sotorasib", "180 mg", 4)}),
        ("Rash was seen in 4% of patients, whose dose was reduced to 360 mg.", {("sotorasib", None, 4)}),
    ],
)
def test_those_who_were_given_one_dose_of_several_are_a_population(results: str, expected: set[tuple[str, str | None, float]]) -> None:
    methods = "Patients received sotorasib at doses of 180, 360, 720 or 960 mg once daily in dose-escalation cohorts."
    assert measured(trial("A phase 1 trial of sotorasib in cancer of the lung", methods, results)) == expected


def test_a_dose_is_no_population_of_a_study_with_one_dose() -> None:
    found = measured(trial("A phase 2 trial of sotorasib", "Patients received sotorasib 960 mg.", "The response rate was 37% at 960 mg."))
    assert found == {("sotorasib", None, 37)}


def test_the_study_group_is_the_arm_under_test_though_a_bracket_names_it_behind_its_last_drug() -> None:
    methods = "Patients received zoledronic acid plus chemotherapy (study group) or chemotherapy alone (control group)."
    found = measured(
        trial("Zoledronic acid for metastases in bone", methods, "Rash occurred in 10% of the study group and 24% of the control group.")
    )
    assert found == {("zoledronic acid + chemotherapy", None, 10), ("chemotherapy", None, 24)}


def test_women_and_cases_are_people_of_a_study_of_one_arm() -> None:
    found = measured(trial("Outcomes of SBRT for ovarian cancer", "We reviewed 82 women treated with SBRT.", "Two-year OS was 71%."))
    assert found == {("SBRT", None, 71)}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Roe et al. found that ramucirumab added to paclitaxel and carboplatin improved median OS from 10.8 to 13.1 months.",
            {("ramucirumab + paclitaxel + carboplatin", 13.1), ("paclitaxel + carboplatin", 10.8)},
        ),
        (
            "The combination of lapatinib with trastuzumab and vinorelbine gave a PFS of 7.8 months compared with 5.6 months for trastuzumab and"
            " vinorelbine alone.",
            {("lapatinib + trastuzumab + vinorelbine", 7.8), ("trastuzumab + vinorelbine", 5.6)},
        ),
        ("Roe et al. treated 40 patients with lapatinib and vinorelbine; the response rate was 48%.", {("lapatinib + vinorelbine", 48)}),
        (
            "In a trial, median OS was 42 months in patients treated with mitotane versus 17 months in untreated patients.",
            {("mitotane", 42), ("no mitotane", 17)},
        ),
    ],
)
def test_arms_of_a_cited_study_in_its_own_sentence(said: str, expected: set[tuple[str, float]]) -> None:
    text = f"A review\n\nIntroduction\n\n{said} More is to be learnt.\n"
    assert {(arm, value) for arm, _, value in measured(text)} == expected


TWO = """Docetaxel versus gemcitabine

Abstract

Methods: Patients were randomly assigned to docetaxel or gemcitabine. Results: see below.

Methods

Patients were randomly assigned to docetaxel (n = 51) or gemcitabine (n = 49).

Results

"""


@pytest.mark.parametrize(
    ("result", "wanted"),
    [
        ("There were two fatal cases of sepsis with docetaxel and one of pneumonia with gemcitabine.", {("docetaxel", 2), ("gemcitabine", 1)}),
        ("Overall survival was longer in N0 versus N1 disease (20 vs 12 months).", set()),
        ("Median PFS was 7 versus 4 months.", {("docetaxel", 7), ("gemcitabine", 4)}),
        ("One patient in the PX group reported diarrhea but none in the gemcitabine arm.", {("gemcitabine", 0)}),
        ("Rash was seen in 12% in Group RX, and in 9% in the docetaxel group.", {("docetaxel", 9)}),
        ("There was a higher frequency of grade 1-2 diarrhea in the gemcitabine arm (23 vs 39%).", {("docetaxel", 23), ("gemcitabine", 39)}),
        ("Nausea was seen in 12% and 15% of patients treated with docetaxel.", {("docetaxel", 15)}),
        ("Response rates were 85.1% and 72.7%, respectively, in the high and low level groups (P = 0.4, vs. docetaxel).", set()),
        ("Bleeding requiring transfusion was seen in 12% of patients.", {("all", 12)}),
        ("Nausea was seen in 12% vs 15% with gemcitabine.", {("docetaxel", 12), ("gemcitabine", 15)}),
    ],
)
def test_whose_a_value_is(result: str, wanted: set[tuple[str | None, float | None]]) -> None:
    assert {(r.arm, r.value) for r in PIPELINE.extract_text(TWO + result).records if r.kind == "measurement"} == wanted
