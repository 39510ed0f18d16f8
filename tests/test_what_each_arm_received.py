"""Arms told by what each was given: behind the name of its group, or before its role."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()


def read(methods: str, results: str) -> dict[float, frozenset[str]]:
    """The components of the arm of each value."""
    text = f"TITLE:\nA randomised trial in advanced cancer\n\nBODY.METHODS:\n{methods}\n\nBODY.RESULTS:\n{results}\n"
    measured = (r for r in PIPELINE.extract_text(text).records if r.kind == "measurement")
    return {r.value: frozenset((r.arm or "").split(" + ")) for r in measured if r.value is not None}


@pytest.mark.parametrize(
    "methods",
    [
        "Treatment consisted of lapatinib plus capecitabine in the experimental arm and capecitabine in the control arm.",
        "Lapatinib (1250 mg) plus capecitabine was given in the investigational arm and capecitabine alone in the standard arm.",
        "The experimental arm received lapatinib plus capecitabine. The standard arm received capecitabine.",
        "The control group was treated with capecitabine, the intervention group received lapatinib plus capecitabine.",
    ],
)
@pytest.mark.parametrize(
    "results",
    [
        "Median overall survival was 14.2 months in the experimental arm and 11.3 months in the control arm.",
        "Median overall survival was 11.3 months in the standard arm versus 14.2 months in the investigational arm.",
    ],
)
def test_two_arms_by_their_roles(methods: str, results: str) -> None:
    assert read(methods, results) == {14.2: frozenset({"lapatinib", "capecitabine"}), 11.3: frozenset({"capecitabine"})}


USED = "Compliance was good in the {one} group and in the {other} group. Age did not differ between the {one} group and the {other} group. "
VALUES = "Median overall survival was 14.2 months in the {one} group and 11.3 months in the {other} group."


@pytest.mark.parametrize(
    ("one", "given", "other", "beside", "arms"),
    [
        ("DC", "docetaxel and carboplatin", "VC", "vinorelbine and cisplatin", ({"docetaxel", "carboplatin"}, {"vinorelbine", "cisplatin"})),
        ("HR", "hepatic resection", "RFA", "radiofrequency ablation", ({"hepatectomy"}, {"RFA"})),
        ("FOLFOX-P", "FOLFOX plus panitumumab", "FOLFOX", "FOLFOX", ({"FOLFOX", "panitumumab"}, {"FOLFOX"})),
    ],
)
def test_a_group_is_all_that_it_received(one: str, given: str, other: str, beside: str, arms: tuple[set[str], set[str]]) -> None:
    methods = f"Patients were randomly allocated into two groups: the {one} group received {given}, and the {other} group received {beside}."
    assert read(methods, (USED + VALUES).format(one=one, other=other)) == {14.2: arms[0], 11.3: arms[1]}
