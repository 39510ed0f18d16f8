"""Units that stand once for several numbers, and the times that values are told at."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

ROWS = {
    # units
    "the unit with the first arm alone": (
        "Median OS was 11.3 months with docetaxel and 9.1 with gemcitabine.",
        {"OS: docetaxel = 11.3 month", "OS: gemcitabine = 9.1 month"},
    ),
    "the unit behind the last of a list": (
        "Survival rates at 5 years were: docetaxel, 41.2 (36.3 to 46.9); and gemcitabine, 33.9% (28.8 to 38.4).",
        {"OS 5 year: docetaxel = 41.2 percent", "OS 5 year: gemcitabine = 33.9 percent"},
    ),
    "the unit behind the spread": (
        "Mean CEA was 21.5 ± 9.1 ng/mL in the docetaxel group and 26.4 ± 11.2 ng/mL in the gemcitabine group.",
        {"CEA: docetaxel = 21.5 ng/mL", "CEA: gemcitabine = 26.4 ng/mL"},
    ),
    "shares that their counts give away": (
        "The response rate was 43.1 (22/51) with docetaxel and 32.7 [16/49] with gemcitabine.",
        {"ORR: docetaxel = 43.1 percent (22/51)", "ORR: gemcitabine = 32.7 percent (16/49)"},
    ),
    "an endpoint in other numbers between": (
        "The response rate was 43.1% with docetaxel and PFS 4.2 with gemcitabine.",
        {"ORR: docetaxel = 43.1 percent"},
    ),
    "a number of something is in no unit": ("Median OS was 11.3 months with docetaxel in 4.5 centres.", {"OS: docetaxel = 11.3 month"}),
    "an interval between commas holds no values": (
        "The response rate was 43.1 (22/51) with docetaxel, difference 10.4 (-8.2, 29.0), in the first year.",
        {"ORR: docetaxel = 43.1 percent (22/51)", "ORR: docetaxel vs gemcitabine: difference 10.4 [-8.2, 29.0]"},
    ),
    "counts with their shares": (
        "At least one treatment-related AE was seen in 40 (78.4) of the docetaxel and 22 (44.9) of the gemcitabine patients, N (%).",
        {
            "AE any treatment-related: docetaxel = 78.4 percent (40/None)",
            "AE any treatment-related: gemcitabine = 44.9 percent (22/None)",
        },
    ),
    "a complete and a partial remission": (
        "One had a complete and 13 a partial remission with docetaxel.",
        {"CR: docetaxel = 1 patient", "PR: docetaxel = 13 patient"},
    ),
    # times
    "a level and where it came from": (
        "Mean PSA at week 52 was 12.7 ± 8.4 ng/ml from 18.9 ± 9.6 ng/ml with docetaxel.",
        {"PSA 52 week: docetaxel = 12.7 ng/mL", "PSA baseline: docetaxel = 18.9 ng/mL"},
    ),
    "the unit before the number": (
        "At week 24 an objective response had been obtained in 43.1% of the docetaxel group and 32.7% of the gemcitabine group.",
        {"ORR 24 week: docetaxel = 43.1 percent", "ORR 24 week: gemcitabine = 32.7 percent"},
    ),
    "so long after something": (
        "Six weeks after surgery, the response rate was 43.1% with docetaxel and 32.7% with gemcitabine.",
        {"ORR 6 week: docetaxel = 43.1 percent", "ORR 6 week: gemcitabine = 32.7 percent"},
    ),
    "a marker at a time": (
        "The mean CA 19-9 at week 8 was 189.3 U/mL in the docetaxel group and 220.1 U/mL in the gemcitabine group.",
        {"CA19_9 8 week: docetaxel = 189.3 U/mL", "CA19_9 8 week: gemcitabine = 220.1 U/mL"},
    ),
    "times that each clause ends with": (
        "Disease control was seen in 78.1% of the docetaxel group vs. 68.8% of the gemcitabine group at 12 weeks.",
        {"DCR 12 week: docetaxel = 78.1 percent", "DCR 12 week: gemcitabine = 68.8 percent"},
    ),
    "the time in a name": (
        "The 90-day mortality was 1.8% with docetaxel and 8.0% with gemcitabine.",
        {"DEATH 90 day: docetaxel = 1.8 percent", "DEATH 90 day: gemcitabine = 8.0 percent"},
    ),
    "a median has no time": ("At 12 months, median OS was 11.3 months with docetaxel.", {"OS: docetaxel = 11.3 month"}),
}


@pytest.mark.parametrize("name", ROWS)
def test_units_and_times(name: str) -> None:
    text, facts = ROWS[name]
    assert {told(r) for r in PIPELINE.extract_text(OWN + text).records} == facts


def test_means_are_told_by_their_spread() -> None:
    records = PIPELINE.extract_text(OWN + "CEA was 21.5 ± 9.1 ng/mL with docetaxel; average follow-up was 2.1 years.").records
    assert {getattr(r, "statistic", None) for r in records} == {"mean"}
