"""A paper's own arms called by one word of their names, or by "it"; the sentences are our own."""

from __future__ import annotations

import pytest
from test_relations import PIPELINE

PAPERS = {
    "maintenance": (
        "Maintenance rituximab or observation in follicular lymphoma\n\nMethods\n\n"
        "Patients in remission were randomly assigned to maintenance rituximab (n = 90) or to observation (n = 92).\n\nResults\n\n"
    ),
    "screening": (
        "Annual screening for lung cancer against no screening\n\nMethods\n\n"
        "Smokers were randomly assigned to annual screening (n = 900) or to no screening (n = 920).\n\nResults\n\n"
    ),
    "therapy": (
        "Hormone therapy in early prostate cancer\n\nMethods\n\n"
        "Men were randomly assigned to hormone therapy (n = 90) or to no hormone therapy (n = 92).\n\nResults\n\n"
    ),
}
ROWS = {
    "without and with it": (
        "maintenance",
        "Grade 3 neutropenia was seen in 4% without maintenance and in 11% with it.",
        {"AE observation 4", "AE rituximab 11"},
    ),
    "without and with": (
        "maintenance",
        "There were 33 deaths without and 21 deaths with maintenance.",
        {"DEATH observation 33", "DEATH rituximab 21"},
    ),
    "without first, and with it": (
        "maintenance",
        "Without maintenance the median overall survival was 41 months, and with it 53 months.",
        {"OS observation 41", "OS rituximab 53"},
    ),
    "with and without": ("maintenance", "Median OS was 53 months with and 41 months without maintenance.", {"OS rituximab 53", "OS observation 41"}),
    "a word of any arm calls none": ("therapy", "Grade 3 fatigue was seen in 12% after therapy.", set()),
    "a word of both arms calls neither": ("screening", "At the screening visit 41% had a response.", set()),
}


@pytest.mark.parametrize("name", ROWS)
def test_arms_called_in_short(name: str) -> None:
    paper, text, expected = ROWS[name]
    records = PIPELINE.extract_text(PAPERS[paper] + text + "\n").records
    named = {f"{r.endpoint} {r.arm} {r.value:g}" for r in records if r.kind == "measurement" and r.value is not None and r.arm != "all"}
    assert named == expected
