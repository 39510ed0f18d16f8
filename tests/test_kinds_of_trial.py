"""Trials of many kinds: how their arms differ, what their groups are called, and whose the values are."""

from __future__ import annotations

import pytest

from extractor.evaluate.equality import arm as as_scored
from extractor.ingest import from_text
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
PAPER = (
    "{title}\n\nAbstract\n\nMethods: {methods} Results: Survival differed.\n\nMethods\n\n{methods} The primary endpoint was overall survival.\n\n"
    "Results\n\nMedian overall survival was 13.1 months {one} and 9.4 months {other}.\n"
)


def read(title: str, methods: str, one: str, other: str) -> list[str | None]:
    found = PIPELINE.extract_document(from_text(PAPER.format(title=title, methods=methods, one=one, other=other))).records
    return [next((r.arm for r in found if r.kind == "measurement" and r.value == value), None) for value in (13.1, 9.4)]


TRIALS: dict[str, tuple[str, str, list[tuple[str, str]], tuple[str, str]]] = {
    "a class with or without a drug": (
        "Trastuzumab during chemotherapy for gastric cancer",
        "Patients were randomised to chemotherapy with or without trastuzumab.",
        [("in the trastuzumab group", "in the control group"), ("with chemotherapy plus trastuzumab", "with chemotherapy alone")],
        ("chemotherapy + trastuzumab", "chemotherapy"),
    ),
    "platinum and a drug": (
        "Atezolizumab in mesothelioma",
        "Patients received platinum-pemetrexed chemotherapy with or without atezolizumab.",
        [("in the atezolizumab group", "in the control group")],
        ("platinum + pemetrexed + atezolizumab", "platinum + pemetrexed"),
    ),
    "every so many weeks": (
        "Docetaxel every 2 weeks versus every 3 weeks in prostate cancer",
        "Men were assigned to docetaxel every 2 weeks or every 3 weeks.",
        [
            ("in the 2-weekly group", "in the 3-weekly group"),
            ("in the every-2-week arm", "in the every-3-week arm"),
            ("with docetaxel q2w", "with docetaxel q3w"),
        ],
        ("docetaxel (every 2 weeks)", "docetaxel (every 3 weeks)"),
    ),
    "weekly or every second week": (
        "Panitumumab every second week versus weekly in colorectal cancer",
        "Patients were randomised to panitumumab weekly or every second week.",
        [("in the weekly arm", "in the every-second-week arm"), ("with weekly panitumumab", "with panitumumab every second week")],
        ("panitumumab (weekly)", "panitumumab (every second week)"),
    ),
    "a dose once or twice a day": (
        "Two doses of imatinib in sarcoma",
        "Patients were randomised to imatinib 400 mg once daily or imatinib 400 mg twice daily.",
        [("in the once-daily arm", "in the twice-daily arm"), ("with imatinib once daily", "with imatinib twice daily")],
        ("imatinib (once daily)", "imatinib (twice daily)"),
    ),
    "months of a regimen that the title tells by its sort": (
        "Three versus six months of oxaliplatin-based therapy for colon cancer",
        "Patients were randomised to 3 or 6 months of CAPOX.",
        [("in the 3-month group", "in the 6-month group"), ("with 3 months of CAPOX", "with 6 months of CAPOX")],
        ("CAPOX (3 months)", "CAPOX (6 months)"),
    ),
    "a name with an isotope in brackets": (
        "177Lu-PSMA-617 for prostate cancer",
        "Men were randomised to 177Lu-PSMA-617 plus standard care or standard care alone.",
        [("in the 177Lu-PSMA-617 group", "in the control group"), ("with 177Lu-PSMA-617", "with standard care")],
        ("lutetium (177lu) vipivotide tetraxetan + usual care", "usual care"),
    ),
    "a code that only the assignment tells": (
        "A new drug in sarcoma",
        "Patients were randomised to XL12 plus doxorubicin or doxorubicin.",
        [("in the XL12 group", "in the doxorubicin group")],
        ("XL12 + doxorubicin", "doxorubicin"),
    ),
    "one way to irradiate and the usual one": (
        "Hypofractionated or conventional radiotherapy for prostate cancer",
        "Men were randomly assigned to hypofractionated radiotherapy (60 Gy in 20 fractions) or conventional radiotherapy (74 Gy in 37 fractions).",
        [("in the hypofractionated group", "in the conventional group"), ("with hypofractionated radiotherapy", "with conventional radiotherapy")],
        ("hypofractionated radiotherapy", "radiotherapy"),
    ),
    "operations called by their sort": (
        "Laparoscopic versus open distal gastrectomy for gastric cancer",
        "Patients were randomised to laparoscopic distal gastrectomy (LDG) or open distal gastrectomy (ODG).",
        [("in the LDG group", "in the ODG group"), ("with laparoscopic surgery", "with open surgery")],
        ("laparoscopic distal gastrectomy", "open distal gastrectomy"),
    ),
    "a drug against a programme": (
        "Pemetrexed versus graded walking programs in lung cancer",
        "Patients were randomised to pemetrexed or graded walking.",
        [("in the pemetrexed group", "in the walking group")],
        ("pemetrexed", "walking program"),
    ),
    "conventional care": (
        "Azacitidine versus conventional care regimens in leukaemia",
        "Patients were randomised to azacitidine or conventional care (CCR).",
        [("in the azacitidine group", "in the conventional care group"), ("with azacitidine", "with CCR")],
        ("azacitidine", "physician's choice"),
    ),
}


@pytest.mark.parametrize("name", TRIALS)
def test_the_values_of_a_kind_of_trial(name: str) -> None:
    title, methods, called, wanted = TRIALS[name]
    for one, other in called:
        found = read(title, methods, one, other)
        assert all(a is not None and as_scored(a).agrees(as_scored(w)) for a, w in zip(found, wanted, strict=True)), (one, found)


def test_groups_by_names_that_tell_nothing_are_no_matter_of_order() -> None:
    title, methods = TRIALS["one way to irradiate and the usual one"][:2]
    assert read(title, methods, "in the 60 Gy group", "in the 74 Gy group") == [None, None]


def test_a_treatment_of_others_is_no_arm_of_ours() -> None:
    said = "In another trial, median overall survival was 13.1 months with FOLFOXIRI and 9.4 months with FOLFIRI [4]."
    methods = "Patients were randomised to FOLFOXIRI plus bevacizumab or FOLFOX plus bevacizumab."
    text = f"Two regimens in colon cancer\n\nMethods\n\n{methods}\n\nResults\n\nResponses were seen.\n\nDiscussion\n\n{said}\n"
    assert {r.arm for r in PIPELINE.extract_document(from_text(text)).records} == {"FOLFOXIRI", "FOLFIRI"}


def test_a_wide_name_of_both_arms_is_none_of_them() -> None:
    text = """TITLE:
Segmentectomy or lobectomy for small lung cancer: a randomised trial

BODY.METHODS:
Patients with lung cancer were randomly assigned to lobectomy or segmentectomy.

BODY.RESULTS:
One patient died from stroke 9 days after surgery (segmentectomy group).
"""
    found = [r for r in PIPELINE.extract_document(from_text(text)).records if r.endpoint == "DEATH"]
    assert [(r.arm, r.event) for r in found] == [("segmentectomy", "stroke")]
