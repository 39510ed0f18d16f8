"""Arms that no sentence assigns, found where results are told of the same two groups again and again."""

from __future__ import annotations

import pytest
from test_relations import PIPELINE

from extractor.records import Measurement

PAPER = """TITLE:
A double-blind study in relapsed follicular lymphoma

BODY.METHODS:
This study was designed to show whether outcomes differ. It was conducted in six countries.

BODY.RESULTS:
{results}
"""

TOLD = {
    "sizes in brackets and the names of both groups": (
        "Altogether 301 patients were treated (acalabrutinib, n=150; ibrutinib, n=151). Fatigue was reported in the acalabrutinib and ibrutinib groups"
        " in 12.0% and 18.5%, respectively.",
        {("acalabrutinib", 12.0), ("ibrutinib", 18.5)},
    ),
    "each group with its values": (
        "In the acalabrutinib group 12.0% had fatigue, and in the ibrutinib group 18.5%. Nausea was seen in 9.0% of acalabrutinib-treated patients and"
        " 7.5% of ibrutinib-treated patients.\n\nBODY.RESULTS.RESPONSE:\nThe response rate was 71% versus 66%.",
        {("acalabrutinib", 12.0), ("ibrutinib", 18.5), ("acalabrutinib", 9.0), ("ibrutinib", 7.5), ("acalabrutinib", 71.0), ("ibrutinib", 66.0)},
    ),
    "told together once alone: nobody is set against anybody": (
        "In the acalabrutinib group 12.0% had fatigue, and in the ibrutinib group 18.5%.\n\nBODY.RESULTS.RESPONSE:\nThe response rate was 71% versus 66%.",
        {("acalabrutinib", 12.0), ("ibrutinib", 18.5)},
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_arms_that_results_are_told_of(case: str) -> None:
    results, values = TOLD[case]
    records = PIPELINE.extract_text(PAPER.format(results=results)).records
    assert {(r.arm, r.value) for r in records if isinstance(r, Measurement) and r.statistic == "rate"} == values
