"""Groups that a sentence sets beside each other, each with a value, in a trial of two arms: the arms must not take what is told of people."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
PAPER = (
    "Docetaxel versus gemcitabine in urachal cancer\n\nMethods\n\n400 patients were randomly assigned to docetaxel or gemcitabine.\n\n"
    "Results\n\n{said}\n"
)
OS = "Median overall survival was 9.2 months in {0} and 7.1 months in {1}."
FARED = "{0} had a median overall survival of 9.2 months, compared with 7.1 months for {1}."
RATIO = "The hazard ratio for overall survival was 0.62 in {0} and 0.85 in {1}."
SHARE = "The response rate was 34.2% of {0} and 11.3% of {1}."
# A form, the two groups as they are told, and what their values are told of.
EACH: dict[str, tuple[str, tuple[str, str], list[str]]] = {
    "by a word of any kind": (OS, ("frail patients", "fit ones"), ["frail: all 9.2", "fit: all 7.1"]),
    "by where they come from": (OS, ("patients from towns", "those from villages"), ["from towns: all 9.2", "from villages: all 7.1"]),
    "by where they were treated": (
        OS,
        ("patients treated at large hospitals", "those treated at small hospitals"),
        ["treated at large hospitals: all 9.2", "treated at small hospitals: all 7.1"],
    ),
    "by the line": (
        OS,
        ("patients treated in the second line", "those treated in the third line"),
        ["treated in the second line: all 9.2", "treated in the third line: all 7.1"],
    ),
    "by what was done before": (
        OS,
        ("previously untreated patients", "previously treated patients"),
        ["previously untreated: all 9.2", "previously treated: all 7.1"],
    ),
    "of whom the second scale is left out": (
        OS,
        ("patients with an ECOG performance status of 0", "those with a performance status of 1"),
        ["ECOG PS 0: all 9.2", "PS 1: all 7.1"],
    ),
    "by bounds in words": (
        OS,
        ("patients with PD-L1 expression of at least 50%", "those with PD-L1 expression below 50%"),
        ["PD-L1 expression >= 50%: all 9.2", "PD-L1 expression < 50%: all 7.1"],
    ),
    "by a bound behind its number": (
        OS,
        ("patients with a baseline AFP of 400 ng/mL or more", "those with a lower AFP"),
        ["AFP >= 400 ng/mL: all 9.2", "lower AFP: all 7.1"],
    ),
    "all beside those of the protocol": (
        OS,
        ("the intention-to-treat population", "the per-protocol population"),
        ["None: all 9.2", "per protocol: all 7.1"],
    ),
    "men who had, against women": (FARED, ("Men", "women"), ["men: all 9.2", "women: all 7.1"]),
    "a level who had": (
        FARED,
        ("Patients with an ECOG performance status of 0", "those with a performance status of 1"),
        ["ECOG PS 0: all 9.2", "PS 1: all 7.1"],
    ),
    "those treated before who had": (
        FARED,
        ("Previously untreated patients", "previously treated patients"),
        ["previously untreated: all 9.2", "previously treated: all 7.1"],
    ),
    "patients of a line who had": (
        FARED,
        ("Patients treated in the second line", "those treated in the third line"),
        ["treated in the second line: all 9.2", "treated in the third line: all 7.1"],
    ),
    "shares of those treated before": (
        SHARE,
        ("previously untreated patients", "previously treated patients"),
        ["previously untreated: all 34.2", "previously treated: all 11.3"],
    ),
    "two ratios, the second bare": (RATIO, ("men", "women"), ["men: docetaxel v gemcitabine 0.62", "women: docetaxel v gemcitabine 0.85"]),
    "two ratios by age": (
        RATIO,
        ("patients aged 65 years or older", "those younger than 65 years"),
        ["aged >= 65 years: docetaxel v gemcitabine 0.62", "younger than 65 years: docetaxel v gemcitabine 0.85"],
    ),
    "those who were given something are an arm": (
        OS,
        ("patients who received docetaxel", "patients who received gemcitabine"),
        ["None: docetaxel 9.2", "None: gemcitabine 7.1"],
    ),
}


def told(said: str) -> list[str]:
    """The values of a sentence in a trial of two arms, each with its population and its arms."""
    found = []
    for record in PIPELINE.extract_text(PAPER.format(said=said)).records:
        number = record.value if record.kind == "measurement" else record.estimate
        arms = record.arm if record.kind == "measurement" else f"{record.arm} v {record.comparator}"
        found.append(f"{record.population}: {arms} {number}")
    return sorted(found)


@pytest.mark.parametrize("case", EACH)
def test_groups_with_a_value_each(case: str) -> None:
    form, groups, expected = EACH[case]
    assert told(form.format(*groups)) == sorted(expected)


def test_whom_a_study_took_in_is_no_group() -> None:
    said = "Median overall survival was 9.2 months with docetaxel in this trial of patients with advanced disease and adequate liver function."
    assert told(said) == ["None: docetaxel 9.2"]


def test_two_values_of_unknown_people_are_not_the_arms() -> None:
    said = "Median overall survival was 9.2 months in the patients and 7.1 months in the other people."
    assert not [one for one in told(said) if "docetaxel" in one or "gemcitabine" in one]
