"""Which of two arms is the one under test, in invented papers: the contrast of a p-value without names has it in front."""

from __future__ import annotations

import pytest
from test_relations import PIPELINE

from extractor.records import Comparison
from extractor.relations import tested as ordering
from extractor.relations.findings import ArmOf

PAPER = """{title}

Abstract

Methods. We report a comparison of two treatments.

Methods

Between 2004 and 2009, 180 patients with oesophageal cancer were randomly assigned to {first} (n = 90) or {second} (n = 90).

Results

{told} Median overall survival was 14.1 and 11.3 months, respectively (P = 0.02).
"""

PAPERS = {
    "in the order of the assignment where nothing says another": ("Two drugs in oesophageal cancer", "docetaxel", "irinotecan", "", "docetaxel"),
    "as the title sets them": ("Irinotecan versus docetaxel in oesophageal cancer", "docetaxel", "irinotecan", "", "irinotecan"),
    "what patients were switched from is the comparator": (
        "Switching patients with oesophageal cancer from docetaxel to irinotecan",
        "docetaxel",
        "irinotecan",
        "",
        "irinotecan",
    ),
    "set against the other again and again": (
        "Two drugs in oesophageal cancer",
        "docetaxel",
        "irinotecan",
        "Quality of life was similar for irinotecan versus docetaxel. Weight was stable with irinotecan as compared with docetaxel.",
        "irinotecan",
    ),
    "set against the other once is not enough": (
        "Two drugs in oesophageal cancer",
        "docetaxel",
        "irinotecan",
        "Quality of life was similar for irinotecan versus docetaxel.",
        "docetaxel",
    ),
    "what did better than the other need not be under test": (
        "Two drugs in oesophageal cancer",
        "docetaxel",
        "irinotecan",
        "Weight was better with irinotecan than docetaxel. Appetite was better with irinotecan than docetaxel.",
        "docetaxel",
    ),
    "called the standard": (
        "Two drugs in oesophageal cancer",
        "docetaxel",
        "irinotecan",
        "Weight was lost with standard docetaxel. Appetite was poor with conventional docetaxel.",
        "irinotecan",
    ),
    "the other named ahead": (
        "Two drugs in oesophageal cancer",
        "docetaxel",
        "irinotecan",
        "Compared with docetaxel, irinotecan had no effect on weight. Relative to docetaxel, irinotecan had no effect on appetite.",
        "irinotecan",
    ),
    "what is made of more goes first, whatever is set against what": (
        "Two treatments in oesophageal cancer",
        "docetaxel",
        "docetaxel plus irinotecan",
        "Weight was stable with docetaxel versus docetaxel plus irinotecan. Appetite was poor with docetaxel versus docetaxel plus irinotecan.",
        "docetaxel + irinotecan",
    ),
    "chemoradiotherapy has radiotherapy in it": (
        "Two treatments in oesophageal cancer",
        "radiotherapy",
        "chemoradiotherapy",
        "",
        "chemoradiotherapy",
    ),
}


@pytest.mark.parametrize("case", PAPERS)
def test_the_arm_under_test_is_in_front(case: str) -> None:
    title, first, second, told, tested = PAPERS[case]
    records = PIPELINE.extract_text(PAPER.format(title=title, first=first, second=second, told=told)).records
    (contrast,) = [r for r in records if isinstance(r, Comparison) and r.endpoint == "OS"]
    assert contrast.arm == tested


@pytest.mark.parametrize(
    ("tested", "other"),
    [
        ("robotic surgery", "laparoscopic surgery"),
        ("laparoscopic gastrectomy", "open gastrectomy"),
        ("minimally invasive oesophagectomy", "open oesophagectomy"),
        ("early radiotherapy", "deferred radiotherapy"),
        ("intermittent androgen deprivation", "continuous androgen deprivation"),
        ("hyperfractionated radiotherapy", "conventionally fractionated radiotherapy"),
        ("short-course radiotherapy", "long-course radiotherapy"),
        ("telephone follow-up", "standard follow-up by visits"),
        ("honey", "no treatment"),
    ],
)
def test_names_tell_the_newer(tested: str, other: str) -> None:
    one, two = ArmOf(tested), ArmOf(other)
    assert ordering.tested_first(one, two) == ordering.tested_first(two, one) == (one, two)


def test_names_that_tell_nothing_leave_the_order() -> None:
    one, two = ArmOf("wide excision"), ArmOf("narrow excision")
    assert ordering.tested_first(one, two) == (one, two)
    assert ordering.tested_first(two, one) == (two, one)
    assert not ordering.is_control(one)
