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
    assert found == {("hyperfractionated radiotherapy", 54), ("conventionally fractionated radiotherapy", 31)}
