"""Of whom a value is, and of what, where only an earlier sentence or a heading says it; and where that ends."""

from __future__ import annotations

import pytest

from extractor.evaluate.equality import arm as as_arm
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()

TWO_ARMS = """TITLE:
Irinotecan plus cisplatin versus docetaxel in gastric cancer: a randomised phase 3 trial

BODY.METHODS:
Patients with gastric cancer were randomised to receive irinotecan plus cisplatin or docetaxel.

BODY.RESULTS{}:
{}
"""
ONE_ARM = """TITLE:
Eribulin in soft tissue sarcoma: a phase II trial

BODY.METHODS:
All patients were treated with eribulin in this phase II trial.

BODY.RESULTS{}:
{}
"""
NO_ARM = """TITLE:
PLK1 expression and outcome of esophageal carcinoma

BODY.METHODS:
Tissue of 118 patients was stained for PLK1.

BODY.RESULTS{}:
{}
"""
SERIES = """TITLE:
Radiofrequency ablation in renal tumors: experience in 92 cases

BODY.METHODS:
The charts of 92 patients who underwent radiofrequency ablation were reviewed.

BODY.RESULTS{}:
{}
"""
BASKET = """TITLE:
Palbociclib in solid tumors: a phase II trial

BODY.METHODS:
Patients with breast cancer, lung cancer or prostate cancer were treated with palbociclib in this phase II trial.

BODY.RESULTS{}:
{}
"""
ONE_TUMOR = BASKET.replace("breast cancer, lung cancer or prostate cancer", "breast cancer")
A, B = "irinotecan + cisplatin", "docetaxel"

Told = tuple[str, str | None]
"""Endpoint and population of a value."""
POPULATIONS = [
    # A part of some of them, one of them and a group told of second are not whom the next sentence is about.
    (
        ONE_ARM,
        "",
        "One patient in cohort 4 stopped treatment. Nausea was seen in 31% and rash in 17%.",
        {31.0: ("AE", None), 17.0: ("AE", None)},
    ),
    (
        ONE_ARM,
        "",
        "The median PFS was 5.2 months; in the dose-escalation phase the median PFS was 6.4 months. The ORR was 21%.",
        {6.4: ("PFS", "dose-escalation phase"), 21.0: ("ORR", None)},
    ),
    (
        ONE_ARM,
        "",
        "In cohort 4, rash was seen in 14%. Over all levels and cycles, nausea was seen in 31%.",
        {14.0: ("AE", "cohort 4"), 31.0: ("AE", None)},
    ),
    # The endpoint is that of the sentence before.
    (
        ONE_ARM,
        "",
        "Median PFS was 6.7 months. It was only 4.1 months in patients with ascites and 8.8 months in those without ascites.",
        {6.7: ("PFS", None), 4.1: ("PFS", "ascites"), 8.8: ("PFS", "without ascites")},
    ),
    (
        ONE_ARM,
        "",
        "In patients with ascites, median OS was 9.4 months. The 1- and 2-year rates were 33% and 12%, respectively.",
        {9.4: ("OS", "ascites"), 33.0: ("OS", "ascites"), 12.0: ("OS", "ascites")},
    ),
    (
        ONE_ARM,
        "",
        "The response rate was 41% in patients with ascites. The corresponding figure in patients younger than 70 years was 26%.",
        {41.0: ("ORR", "ascites"), 26.0: ("ORR", "younger than 70 years")},
    ),
    # As many values as the sentence before told.
    (
        ONE_ARM,
        "",
        "In patients with ascites, median PFS was 7.1 months and the 1-year OS rate 44%. In those without ascites, these were 9.3 months and 61%.",
        {7.1: ("PFS", "ascites"), 44.0: ("OS", "ascites"), 9.3: ("PFS", "without ascites"), 61.0: ("OS", "without ascites")},
    ),
    (
        NO_ARM,
        "",
        "In women with ascites, the 2-year OS rate was 44% and the 2-year DFS rate 21%. For those without ascites, the rates were 66% and 35%.",
        {66.0: ("OS", "without ascites"), 35.0: ("DFS", "without ascites")},
    ),
    # Where a group ends.
    (
        ONE_ARM,
        "",
        "In patients with ascites, median OS was 8.2 months. Overall, the disease control rate was 64%.",
        {8.2: ("OS", "ascites"), 64.0: ("DCR", None)},
    ),
    (
        ONE_ARM,
        "",
        "Among patients with ascites, the response rate was 15%. In the ITT population, median PFS was 4.7 months.",
        {15.0: ("ORR", "ascites"), 4.7: ("PFS", None)},
    ),
    (
        ONE_ARM,
        "",
        "Weight loss was more frequent in patients with ascites. The response rate was 33%.",
        {33.0: ("ORR", None)},
    ),
    # Who a group is that a sentence opens with, announces or introduces.
    (
        NO_ARM,
        "",
        "In patients in the high-risk group, the 2-year OS rate was 38%. Median DFS was 11.3 months.",
        {38.0: ("OS", "high-risk"), 11.3: ("DFS", "high-risk")},
    ),
    (
        ONE_ARM,
        "",
        "In patients with ascites the response rate was 15%. Median PFS was 3.3 months.",
        {15.0: ("ORR", "ascites"), 3.3: ("PFS", "ascites")},
    ),
    (ONE_ARM, "", "Patients with ascites fared worse. Their median OS was 8.2 months.", {8.2: ("OS", "ascites")}),
    (NO_ARM, "", "High CD44 expression was found in 52 patients. Their median OS was 12.4 months.", {12.4: ("OS", "High CD44 expression")}),
    (
        ONE_ARM,
        "",
        "As of June 2011, 23 patients had experienced brain metastases. Of these, 15 (65%) had died.",
        {65.0: ("DEATH", "brain metastases")},
    ),
    (ONE_ARM, "", "Chemotherapy-naive patients (n = 37) were analysed separately. The response rate was 24%.", {24.0: ("ORR", "Chemotherapy-naive")}),
    (ONE_ARM, "", "Patients in the high-risk group (n = 37) were analysed separately. The response rate was 24%.", {24.0: ("ORR", "high-risk")}),
    (
        ONE_ARM,
        "",
        "At dose level 2, the response rate was 17%. Median PFS was 5.6 months.",
        {17.0: ("ORR", "dose level 2"), 5.6: ("PFS", "dose level 2")},
    ),
    (
        NO_ARM,
        "",
        "The score was then tested in the validation cohort. Median OS was 17.1 months.",
        {17.1: ("OS", "validation cohort")},
    ),
    (
        ONE_ARM,
        "",
        "The response rate was 47% in cohort 1 and 32% in cohort 2. Median PFS was 11.2 and 7.3 months, respectively. "
        "The 1-year OS rates were 81% and 66%.",
        {11.2: ("PFS", "cohort 1"), 7.3: ("PFS", "cohort 2"), 81.0: ("OS", "cohort 1"), 66.0: ("OS", "cohort 2")},
    ),
    # Headings.
    (ONE_ARM, ".Patients with liver metastases", "Median OS was 8.4 months.", {8.4: ("OS", "liver metastases")}),
    (NO_ARM, ".Training set", "Median OS was 18.4 months.", {18.4: ("OS", "training set")}),
    (NO_ARM, ".Elevated LDH", "Median OS was 18.4 months.", {18.4: ("OS", "elevated LDH")}),
    # Kinds of tumor, where a paper has several.
    (
        BASKET,
        "",
        "The response rates for breast, lung and prostate cancer were 21%, 10% and 5%, respectively. For breast cancer, median PFS was 5.2 months.",
        {21.0: ("ORR", "breast cancer"), 10.0: ("ORR", "lung cancer"), 5.0: ("ORR", "prostate cancer"), 5.2: ("PFS", "breast cancer")},
    ),
    (
        ONE_TUMOR,
        "",
        "For breast cancer, median PFS was 5.2 months. In breast cancer, the response rate was 21%.",
        {5.2: ("PFS", None), 21.0: ("ORR", None)},
    ),
    (ONE_ARM, "", "Patients had a median PFS of 5.5 months, and 19% of them responded.", {5.5: ("PFS", None), 19.0: ("ORR", None)}),
]


@pytest.mark.parametrize(("paper", "heading", "told", "want"), POPULATIONS)
def test_population_and_endpoint(paper: str, heading: str, told: str, want: dict[float, Told]) -> None:
    found = {r.value: (r.endpoint, r.population) for r in PIPELINE.extract_text(paper.format(heading, told)).records if r.kind == "measurement"}
    assert {value: found.get(value) for value in want} == want


ARMS = [
    (
        "",
        "Median overall survival was the primary endpoint. It was 13.3 months with irinotecan plus cisplatin and 10.4 months with docetaxel.",
        {13.3: A, 10.4: B},
    ),
    # One arm over several sentences, then the other.
    (
        "",
        "In the irinotecan arm, 34% responded. Median PFS was 6.1 months. In the docetaxel arm, 21% responded. Median PFS was 4.2 months.",
        {34.0: A, 6.1: A, 21.0: B, 4.2: B},
    ),
    (
        "",
        "Of 205 patients assigned to docetaxel, 70 (34%) responded. The disease control rate was 66%. Median duration of response was 7.4 months.",
        {34.0: B, 66.0: B, 7.4: B},
    ),
    (
        "",
        "Patients in the irinotecan group had a response rate of 34%. They lived a median of 13.3 months. "
        "The corresponding values with docetaxel were 21% and 10.4 months.",
        {34.0: A, 13.3: A, 21.0: B, 10.4: B},
    ),
    (
        "",
        "Median OS was longest with irinotecan plus cisplatin (13.3 months). In this arm, the 1-year survival rate was 55%. "
        "In the other arm, it was 43%.",
        {13.3: A, 55.0: A, 43.0: B},
    ),
    # Where an arm ends.
    ("", "In the docetaxel arm, 31% of patients responded. Overall, 57% of patients had disease control.", {31.0: B, 57.0: "all"}),
    ("", "Docetaxel gave a response rate of 31%. Median PFS was 5.9 months.", {31.0: B, 5.9: None}),
    (".Docetaxel arm", "Median OS was 10.4 months.", {10.4: B}),
    (".Irinotecan plus cisplatin arm", "Median OS was 13.3 months.", {13.3: A}),
    (".Docetaxel", "Median OS was 10.4 months.", {10.4: None}),
]


@pytest.mark.parametrize(("heading", "told", "want"), ARMS)
def test_arm(heading: str, told: str, want: dict[float, str | None]) -> None:
    found = {r.value: r.arm for r in PIPELINE.extract_text(TWO_ARMS.format(heading, told)).records if r.kind == "measurement"}
    for value, name in want.items():
        got = found.get(value)
        assert got is None if name is None else got is not None and as_arm(got).agrees(as_arm(name)), (value, got)


def test_what_all_patients_of_a_series_underwent_is_its_arm() -> None:
    records = PIPELINE.extract_text(SERIES.format("", "Median OS was 31.4 months.")).records
    assert [r.arm for r in records] == ["RFA"]


def test_a_group_is_not_that_of_those_it_is_set_against() -> None:
    told = (
        "In patients with TK1 immunoreactivity there is a trend towards longer OS with irinotecan plus cisplatin (HR 0.48; 95% CI 0.24-0.93). "
        "However, a similar trend for OS (HR 0.64; 95% CI 0.38-1.10) was apparent in patients whose tumors were negative for TK1, suggesting that "
        "the trend is independent of TK1."
    )
    records = PIPELINE.extract_text(TWO_ARMS.format("", told)).records
    found = {r.estimate: r.population for r in records if r.kind == "comparison"}
    assert found[0.48] == "TK1 immunoreactivity"
    assert found[0.64] != "TK1 immunoreactivity"
