"""The landmark of a rate: of its own clause, behind its arms, of the sentence before."""

from __future__ import annotations

import pytest
from test_two_outcomes_of_two_arms import measured

BOTH = {"OS 3 year: docetaxel = 58 percent", "OS 3 year: gemcitabine = 47 percent"}
OVER_TWO = BOTH | {"OS 1 year: docetaxel = 79 percent", "OS 1 year: gemcitabine = 71 percent"}
TIRED = {"AE fatigue grade 3: docetaxel = 58 percent", "AE fatigue grade 3: gemcitabine = 47 percent"}
TIRED_AT = {one.replace("AE fatigue", "AE 3 year fatigue") for one in TIRED}
SENTENCES = {
    "a clause of its own": ("At 1 year, OS was 79% with docetaxel and 71% with gemcitabine; at 3 years, it was 58% and 47%, respectively.", OVER_TWO),
    "between the value and its arm": ("OS was 58% at 3 years with docetaxel and 47% with gemcitabine.", BOTH),
    "behind an interval": ("OS was 58% (95% CI 50-66) at 3 years with docetaxel and 47% with gemcitabine.", None),
    "in a bracket behind the endpoint": ("Overall survival (3 years) was 58% with docetaxel and 47% with gemcitabine.", BOTH),
    "a list of landmarks for mortality": (
        "Mortality at 1 and 3 years was 21% and 42% with docetaxel and 29% and 53% with gemcitabine.",
        {
            "DEATH 1 year: docetaxel = 21 percent",
            "DEATH 3 year: docetaxel = 42 percent",
            "DEATH 1 year: gemcitabine = 29 percent",
            "DEATH 3 year: gemcitabine = 53 percent",
        },
    ),
    "of the sentence before": (
        "At 3 years, OS was 61% with docetaxel and 52% with gemcitabine. In women, OS was 58% with docetaxel and 47% with gemcitabine.",
        {
            "OS 3 year: docetaxel = 61 percent",
            "OS 3 year: gemcitabine = 52 percent",
            "OS 3 year in women: docetaxel = 58 percent",
            "OS 3 year in women: gemcitabine = 47 percent",
        },
    ),
    "not of the sentence before, of another endpoint": (
        "At 3 years, PFS was 31% with docetaxel and 22% with gemcitabine. The response rate was 58% with docetaxel and 47% with gemcitabine.",
        {
            "PFS 3 year: docetaxel = 31 percent",
            "PFS 3 year: gemcitabine = 22 percent",
            "ORR: docetaxel = 58 percent",
            "ORR: gemcitabine = 47 percent",
        },
    ),
    "not where the time is another": (
        "At 3 years, OS was 61% with docetaxel and 52% with gemcitabine. At the last visit, OS was 58% with docetaxel and 47% with gemcitabine.",
        {
            "OS 3 year: docetaxel = 61 percent",
            "OS 3 year: gemcitabine = 52 percent",
            "OS: docetaxel = 58 percent",
            "OS: gemcitabine = 47 percent",
        },
    ),
    "at an adverse event": ("Grade 3 fatigue at 3 years was 58% with docetaxel and 47% with gemcitabine.", TIRED_AT),
    "behind the rates of an adverse event": ("Grade 3 fatigue was 58% with docetaxel and 47% with gemcitabine at 3 years.", TIRED_AT),
    "before the bracket of an adverse event": ("Grade 3 fatigue did not differ at 3 years (58% with docetaxel vs 47% with gemcitabine).", TIRED_AT),
    "between the rate of an adverse event and its arm": ("Grade 3 fatigue was 58% at 3 years with docetaxel and 47% with gemcitabine.", TIRED_AT),
    "of the second rates of an adverse event": (
        "At 1 year, grade 3 fatigue was 79% with docetaxel and 71% with gemcitabine, and at 3 years 58% and 47%.",
        TIRED_AT | {"AE 1 year fatigue grade 3: docetaxel = 79 percent", "AE 1 year fatigue grade 3: gemcitabine = 71 percent"},
    ),
    "how long an adverse event was treated for is none": (
        "Grade 3 fatigue was seen in 58% with docetaxel and 47% with gemcitabine after 3 years of treatment.",
        TIRED,
    ),
    "how long it was treated for, right behind its rates": (
        "With docetaxel and gemcitabine, grade 3 fatigue was 58% and 47% after 3 years.",
        TIRED,
    ),
    "of one group at two landmarks": (
        "No patient on docetaxel had fatigue, compared to 4 (57%) and 2 (29%) of the gemcitabine group at 3 and 6 months, respectively.",
        {"AE 3 month fatigue: gemcitabine = 57 percent", "AE 6 month fatigue: gemcitabine = 29 percent"},
    ),
}


@pytest.mark.parametrize("case", sorted(SENTENCES))
def test_each_rate_has_its_landmark(case: str) -> None:
    sentence, wanted = SENTENCES[case]
    found = measured(sentence)
    if wanted is None:
        assert found == {"OS 3 year: docetaxel = 58 percent [50, 66]", "OS 3 year: gemcitabine = 47 percent"}
    else:
        assert {one.partition(" (")[0] for one in found} == wanted
