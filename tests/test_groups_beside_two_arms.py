"""Subgroups beside two arms in running text: which group a value, an estimate or a p-value of a trial of two arms is of."""

from __future__ import annotations

import pytest
from test_relations import PIPELINE

from extractor.records import Comparison, Measurement

PAPER = (
    "Tarolimab versus denozatinib in advanced thymic carcinoma\n\nMethods\n\nIn all, 412 patients were randomly assigned (1:1) to tarolimab "
    "(n = 206) or denozatinib (n = 206). The primary endpoint was overall survival.\n\nResults\n\n"
)
FIRST, SECOND = "tarolimab", "denozatinib"


def told(text: str) -> set[str]:
    """The records of a results section: endpoint, what of whom, group and number."""
    extraction = PIPELINE.extract_text(PAPER + text + "\n")
    found = set()
    for record in extraction.records:
        group = f" in {record.population}" if record.population else ""
        if isinstance(record, Measurement):
            found.add(f"{record.endpoint} {record.arm}{group}: {record.value}")
        elif isinstance(record, Comparison):
            number = record.estimate if record.estimate is not None else f"p {record.p.value if record.p else None}"
            of = record.factor or f"{record.arm} v {record.comparator}"
            found.add(f"{record.endpoint} {of}{group}: {number}")
    return found


def pair(endpoint: str, group: str | None, one: float, other: float) -> set[str]:
    """The values of the two arms in a group."""
    where = f" in {group}" if group else ""
    return {f"{endpoint} {FIRST}{where}: {one}", f"{endpoint} {SECOND}{where}: {other}"}


def contrast(endpoint: str, group: str | None, number: float | str) -> set[str]:
    """An estimate, or a p-value, between the two arms in a group."""
    where = f" in {group}" if group else ""
    return {f"{endpoint} {FIRST} v {SECOND}{where}: {number}"}


ROWS = {
    "told again of another group": (
        "Median OS was 16.1 months with tarolimab and 12.9 months with denozatinib (HR 0.84; 95% CI 0.70-1.01). "
        "Similar results were seen in women (HR 0.77; 95% CI 0.58-1.02).",
        pair("OS", None, 16.1, 12.9) | contrast("OS", None, 0.84) | contrast("OS", "women", 0.77),
    ),
    "values of both behind a colon": (
        "The benefit was greatest among women: median OS, 17.2 vs 11.4 months for tarolimab and denozatinib; HR, 0.69 (95% CI, 0.50-0.95).",
        pair("OS", "women", 17.2, 11.4) | contrast("OS", "women", 0.69),
    ),
    "values of both behind a colon, in other words": (
        "The benefit was greatest among women: median OS, 17.2 months compared with 11.4 months for tarolimab and denozatinib; "
        "HR, 0.69 (95% CI, 0.50-0.95).",
        pair("OS", "women", 17.2, 11.4) | contrast("OS", "women", 0.69),
    ),
    "values of both behind a claim": (
        "Overall survival was longer, 17.2 vs 11.4 months for tarolimab and denozatinib (HR 0.69; 95% CI 0.50-0.95).",
        pair("OS", None, 17.2, 11.4) | contrast("OS", None, 0.69),
    ),
    "treated earlier": (
        "Among patients previously treated with an anthracycline, median PFS was 6.3 months with tarolimab and 4.4 months with denozatinib.",
        pair("PFS", "previously treated with an anthracycline", 6.3, 4.4),
    ),
    "entered somewhere": (
        "In patients enrolled in Scandinavia, median PFS was 6.3 months with tarolimab and 4.4 months with denozatinib.",
        pair("PFS", "enrolled in Scandinavia", 6.3, 4.4),
    ),
    "a line of treatment": (
        "For patients receiving third-line therapy, the median OS was 9.3 months with tarolimab and 7.4 months with denozatinib.",
        pair("OS", "third-line", 9.3, 7.4),
    ),
    "each group told behind the values of both arms": (
        "The response rate was 38% with tarolimab and 25% with denozatinib in never-smokers and 21% and 19%, respectively, "
        "in current or former smokers.",
        pair("ORR", "never-smokers", 38, 25) | pair("ORR", "current or former smokers", 21, 19),
    ),
    "each group told behind two values, the arms not named": (
        "The response rates were 38% and 25%, respectively, in women and 21% and 19%, respectively, in men.",
        pair("ORR", "women", 38, 25) | pair("ORR", "men", 21, 19),
    ),
    "one group behind two values": ("The response rates were 38% and 25%, respectively, in women.", pair("ORR", "women", 38, 25)),
    "named with the first value alone": (
        "Grade 3 rash occurred in 14% of patients with bulky disease given tarolimab and in 5% of those given denozatinib.",
        pair("AE", "bulky disease", 14, 5),
    ),
    "not of all": (
        "Rash occurred in 14% of patients with bulky disease given tarolimab and in 5% of the whole denozatinib group.",
        pair("AE", None, 14, 5),
    ),
    "p-values in the brackets of groups": (
        "The difference in OS between tarolimab and denozatinib was significant in patients with bulky disease (P = 0.02) "
        "but not in patients with effusions (P = 0.61).",
        contrast("OS", "bulky disease", "p 0.02") | contrast("OS", "effusions", "p 0.61"),
    ),
    "the items of a list": (
        "Subgroup analyses of OS favoured tarolimab: patients with bulky disease (HR 0.74; 95% CI 0.55-0.99), women (HR 0.80; 95% CI 0.60-1.07).",
        contrast("OS", "bulky disease", 0.74) | contrast("OS", "women", 0.8),
    ),
    "limited to women": (
        "When the analysis was restricted to women, the median OS was 17.2 months for tarolimab and 11.4 months for denozatinib.",
        pair("OS", "women", 17.2, 11.4),
    ),
    "so many women, and their ratio": (
        "The hazard ratio for death was 0.84 (95% CI 0.70-1.01). The hazard ratio among the 96 Asian patients was 0.66 (95% CI 0.40-1.09).",
        contrast("OS", None, 0.84) | contrast("OS", "Asian patients", 0.66),
    ),
    "a level that ends in a number": (
        "Rash occurred in 14% of patients with an ECOG performance status of 2 given tarolimab and in 5% of those given denozatinib.",
        pair("AE", "ECOG PS 2", 14, 5),
    ),
    "people in a group that has a name": (
        "The hazard ratio for PFS with tarolimab versus denozatinib was 0.71 (95% CI 0.52-0.97) in patients in the intermediate-risk group and "
        "0.97 (95% CI 0.70-1.34) in patients in the poor-risk group.",
        contrast("PFS", "intermediate-risk", 0.71) | contrast("PFS", "poor-risk", 0.97),
    ),
    "labels of levels": (
        "Hazard ratios for tarolimab versus denozatinib were as follows: for PFS, TRX2 low 0.81 (95% CI 0.60-1.09) and TRX2 high 1.12 "
        "(95% CI 0.80-1.57).",
        contrast("PFS", "TRX2 low", 0.81) | contrast("PFS", "TRX2 high", 1.12),
    ),
    "levels, and no arms": (
        "PFS at 2 years was 61% (95% CI 55-67%) for patients with a low TRX2 versus 48% (95% CI 42-54%) for high TRX2.",
        {"PFS all in low TRX2: 61", "PFS all in high TRX2: 48"},
    ),
    "people, and others in fewer words": ("Median PFS was 9.6 months in patients with effusions and 5.8 months for no effusion.", set()),
    "a second group in a clause of its own": (
        "Patients with low albumin had a shorter PFS (2.1 months with tarolimab versus 3.3 months with denozatinib), whereas patients with normal "
        "albumin benefited from it (7.4 months with tarolimab versus 2.6 months with denozatinib).",
        pair("PFS", "low albumin", 2.1, 3.3) | pair("PFS", "normal albumin", 7.4, 2.6),
    ),
    "others, told in words that name no group": (
        "Patients with low albumin had a shorter PFS (2.1 months with tarolimab versus 3.3 months with denozatinib), whereas patients who came on "
        "foot benefited from it (7.4 months with tarolimab versus 2.6 months with denozatinib).",
        pair("PFS", "low albumin", 2.1, 3.3) | pair("PFS", None, 7.4, 2.6),
    ),
    "people who are no arm": (
        "Hot flushes occurred more frequently with tarolimab (46%) than in those who declined it (7%).",
        {f"AE {FIRST}: 46"},
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_group_of_what_two_arms_had(name: str) -> None:
    text, expected = ROWS[name]
    assert told(text) == expected


def test_arms_told_before_have_no_place_in_the_sentence() -> None:
    text = PAPER + ROWS["told again of another group"][0] + "\n"
    (again,) = (r for r in PIPELINE.extract_text(text).records if r.population == "women")
    assert not {"arm", "comparator"} & again.spans.keys()
    assert again.evidence[0].text in text
