"""Case reports told within an introduction: each response follows the treatment that was given before it, not the one given next."""

from __future__ import annotations

import pytest
from test_relations import PIPELINE, told

REPORT = """Sarcoma of the thigh: a case report

Introduction

Sarcomas of the thigh are rare. In this article we describe two patients.

Case 1: This is the case of a 52-year-old woman with a tumor of the thigh. {course}

Discussion

Little is known of such tumors.
"""
COURSES = (
    (
        "drugs with doses between them were given together",
        "She was started on docetaxel 75 mg/m2 on day one and gemcitabine 900 mg/m2 on day eight. She achieved a partial response and no toxicity.",
        ("BEST_RESPONSE: docetaxel + gemcitabine = partial response",),
    ),
    (
        "progression before the next treatment",
        "She received docetaxel. Five months later the disease had progressed, and hence she was started on pazopanib.",
        ("BEST_RESPONSE: docetaxel = progressive disease",),
    ),
    (
        "a response before what followed",
        "She received docetaxel with a partial response followed by maintenance pazopanib.",
        ("BEST_RESPONSE: docetaxel = partial response",),
    ),
    (
        "a pair that was not given yet is still a pair",
        "There was pain at baseline, when no docetaxel/gemcitabine had been given. She received docetaxel/gemcitabine (docetaxel plus gemcitabine)"
        " with a partial response.",
        ("BEST_RESPONSE: docetaxel + gemcitabine = partial response",),
    ),
    ("no response", "She received docetaxel. There was no partial response.", ()),
    (
        "drugs joined by a word that sets them apart in time were not given together",
        "She received docetaxel and then gemcitabine. She achieved a partial response.",
        ("BEST_RESPONSE: gemcitabine = partial response",),
    ),
    (
        "a size before and a size now",
        "She received docetaxel. After that the lymph node had grown (1.9 cm before, 3.3 cm now).",
        ("LYMPH_NODE_SIZE: baseline = 1.9 cm", "LYMPH_NODE_SIZE: docetaxel = 3.3 cm"),
    ),
)


@pytest.mark.parametrize(("name", "course", "facts"), COURSES, ids=[name for name, *_ in COURSES])
def test_course_of_a_case(name: str, course: str, facts: tuple[str, ...]) -> None:
    records = PIPELINE.extract_text(REPORT.format(course=course)).records
    assert sorted(told(r) for r in records) == sorted(facts)


def test_second_case_begins_without_treatment() -> None:
    course = "She received docetaxel.\n\nCase 2: This is the case of a 60-year-old man with a mass of 7 cm."
    records = PIPELINE.extract_text(REPORT.format(course=course)).records
    assert [told(r) for r in records] == ["TUMOR_SIZE in case 2: baseline = 7 cm"]


def test_the_response_of_a_caption_follows_the_treatment_that_the_caption_names() -> None:
    course = (
        "She received docetaxel/gemcitabine. Pazopanib was started on progression.\n\nFig 1: 2019/03/05 MRI: tumor progression after 2 cycles of {}."
    )
    named = [told(r) for r in PIPELINE.extract_text(REPORT.format(course=course.format("docetaxel + gemcitabine"))).records]
    assert "BEST_RESPONSE 2 cycle: docetaxel + gemcitabine = progressive disease" in named
