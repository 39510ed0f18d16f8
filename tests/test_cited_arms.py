"""Arms of cited trials told in prose, with all that they were given: invented trials, one row a construction, arm and value compared."""

from __future__ import annotations

import pytest

from extractor.evaluate.equality import arm
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
REVIEW = """TITLE:
Treatment of advanced tumors: a review

BODY.Recent trials:
Treatment has changed over ten years. {told}
"""
TRIPLET, DOUBLET = "olaratumab + doxorubicin + ifosfamide", "doxorubicin + ifosfamide"
PAIR, ONE = "lapatinib + capecitabine", "capecitabine"
CASES = {
    "the rest told again": (
        "In the VESTA-2 trial, olaratumab plus doxorubicin and ifosfamide prolonged median OS compared with doxorubicin "
        "and ifosfamide (14.6 vs 11.9 months).",
        (TRIPLET, DOUBLET),
    ),
    "compared, values behind": (
        "VESTA-2 was a phase III trial that compared olaratumab plus doxorubicin and ifosfamide with doxorubicin and ifosfamide. "
        "The median OS was 14.6 and 11.9 months, respectively.",
        (TRIPLET, DOUBLET),
    ),
    "adding, by number": (
        "In a randomized phase III trial [14], adding olaratumab to doxorubicin and ifosfamide improved median OS from 11.9 to 14.6 months.",
        (TRIPLET, DOUBLET),
    ),
    "nothing told apart": (
        "The phase II VESTA-1 trial evaluated olaratumab plus doxorubicin and ifosfamide in 63 patients. Median OS was 14.6 months.",
        (TRIPLET,),
    ),
    "two choices stay two": (
        "Median OS was 14.6 and 11.9 months with olaratumab plus doxorubicin and ifosfamide, respectively, in the VESTA-2 trial.",
        ("olaratumab + doxorubicin", "ifosfamide"),
    ),
    "named by what was added": (
        "In the VESTA-3 trial, lapatinib plus capecitabine was compared with capecitabine. Median OS was 14.6 months in the lapatinib group and "
        "11.9 months in the control group.",
        (PAIR, ONE),
    ),
    "named so in a study without a name": (
        "A phase III trial [14] compared lapatinib plus capecitabine with capecitabine. Median OS was 14.6 months in the lapatinib group and "
        "11.9 months in the control group.",
        (PAIR, ONE),
    ),
    "a class beside it": (
        "In the VESTA-4 trial, the median OS was 14.6 months with panitumumab plus chemotherapy and 11.9 months with chemotherapy.",
        ("panitumumab + chemotherapy", "chemotherapy"),
    ),
    "the trial added": (
        "The VESTA-3 trial added lapatinib to capecitabine. Median OS was 14.6 months in the lapatinib group and 11.9 months in the control group.",
        (PAIR, ONE),
    ),
    "when it was added": (
        "The VESTA-3 trial showed a longer OS when lapatinib was added to capecitabine (14.6 vs 11.9 months).",
        (PAIR, ONE),
    ),
    "with it and without it": (
        "A trial [14] evaluated capecitabine with or without lapatinib. Median OS was 14.6 months with lapatinib and 11.9 months without it.",
        (PAIR, ONE),
    ),
    "a class alone beside it": (
        "In the VESTA-4 trial, the median OS was 14.6 months with panitumumab plus chemotherapy and 11.9 months with chemotherapy alone.",
        ("panitumumab + chemotherapy", "chemotherapy"),
    ),
    "a class alone against the combination": (
        "The VESTA-4 trial tested panitumumab in combination with chemotherapy. The combination gave a median OS of 18.2 months, compared with "
        "14.6 months for chemotherapy alone.",
        ("chemotherapy",),
    ),
}


@pytest.mark.parametrize(("told", "arms"), CASES.values(), ids=list(CASES))
def test_an_arm_of_a_cited_trial_has_all_its_parts(told: str, arms: tuple[str, ...]) -> None:
    records = PIPELINE.extract_text(REVIEW.format(told=told)).records
    for value, expected in zip((14.6, 11.9), arms, strict=False):
        (record,) = [r for r in records if getattr(r, "value", None) == value]
        assert record.provenance == "cited"
        assert record.arm is not None
        assert arm(record.arm).agrees(arm(expected)), record.arm


OWN = """TITLE:
Erlotinib plus vorinostat in advanced tumors: a phase II trial

METHODS:
Patients received erlotinib 150 mg and vorinostat 400 mg daily in this single-arm phase II trial.

RESULTS:
Fifty-one patients were treated with erlotinib plus vorinostat. The disease control rate was 66.2%.

DISCUSSION:
In the VESTA-3 trial, patients treated with lapatinib had a median PFS of 7.2 months. Here, the median PFS was 8.6 months.
"""


def test_here_speaks_of_the_paper_itself() -> None:
    told = {getattr(r, "value", None): r for r in PIPELINE.extract_text(OWN).records}
    assert (told[7.2].study, told[7.2].arm) == ("VESTA-3", "lapatinib")
    assert 8.6 not in told or told[8.6].study == "this study"
