"""Arms of two trials in one: called by what sort of treatment they are, by what the other lacks, or by two drugs with "and" between them."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
TESTED, CONTROL = 14.2, 11.3


def read(one: str, other: str, results: str) -> dict[float, str | None]:
    """The arm of each value in a paper that assigned patients to one treatment or the other."""
    text = (
        "TITLE:\nTreatment of advanced cancer: a randomised trial\n\n"
        f"BODY.METHODS:\nPatients were randomly assigned in a 1:1 ratio to receive {one} or {other}.\n\nBODY.RESULTS:\n{results}\n"
    )
    return {r.value: r.arm for r in PIPELINE.extract_text(text).records if r.kind == "measurement" and r.value is not None}


@pytest.mark.parametrize(
    ("one", "other", "called", "beside"),
    [
        ("atezolizumab", "vinflunine", "the immunotherapy group", "the chemotherapy group"),
        ("atezolizumab", "vinflunine", "the checkpoint inhibitor arm", "the vinflunine arm"),
        ("erlotinib", "pemetrexed plus cisplatin", "the EGFR-TKI arm", "the platinum doublet arm"),
        ("erlotinib", "pemetrexed plus cisplatin", "the targeted therapy arm", "the chemotherapy arm"),
        ("bevacizumab plus carboplatin and docetaxel", "carboplatin and docetaxel", "the anti-VEGF group", "the chemotherapy-alone group"),
        ("ribociclib plus anastrozole", "placebo plus anastrozole", "the CDK4/6 inhibitor arm", "the anastrozole arm"),
        ("abiraterone plus prednisolone", "placebo plus prednisolone", "the abiraterone group", "the prednisolone group"),
        ("sunitinib plus best supportive care", "placebo plus best supportive care", "the sunitinib arm", "the BSC arm"),
        ("radiotherapy plus capecitabine", "radiotherapy alone", "the chemoradiotherapy arm", "the radiotherapy arm"),
        ("nivolumab plus ipilimumab", "pazopanib", "the dual checkpoint blockade arm", "the pazopanib arm"),
    ],
)
def test_an_arm_is_called_by_its_sort_or_by_what_both_have(one: str, other: str, called: str, beside: str) -> None:
    by_name = read(one, other, f"Median overall survival was {TESTED} months with {one} and {CONTROL} months with {other}.")
    assert by_name[TESTED] != by_name[CONTROL]
    by_sort = read(one, other, f"Median overall survival was {TESTED} months in {called} and {CONTROL} months in {beside}.")
    assert by_sort == by_name


@pytest.mark.parametrize(
    "sentence",
    [
        "Median overall survival was 14.2 months with {one} and 11.3 months with {other}.",
        "Median overall survival was 14.2 months for {one} versus 11.3 months for {other}.",
        "Median overall survival was 14.2 and 11.3 months with {one} and {other}, respectively.",
        "Median overall survival was longer with {one} than with {other} (14.2 vs 11.3 months).",
        "In the {one} arm and the {other} arm, median overall survival was 14.2 and 11.3 months.",
    ],
)
@pytest.mark.parametrize(
    ("one", "other", "arms"),
    [
        ("gemcitabine and carboplatin", "gemcitabine", ("gemcitabine + carboplatin", "gemcitabine")),
        ("carboplatin and etoposide", "irinotecan and carboplatin", ("carboplatin + etoposide", "irinotecan + carboplatin")),
        (
            "ramucirumab plus carboplatin and docetaxel",
            "carboplatin and docetaxel",
            ("ramucirumab + carboplatin + docetaxel", "carboplatin + docetaxel"),
        ),
        (
            "epirubicin, cisplatin and capecitabine",
            "cisplatin and capecitabine",
            ("epirubicin + cisplatin + capecitabine", "cisplatin + capecitabine"),
        ),
    ],
)
def test_drugs_that_and_stands_between_are_the_arm_that_they_make(sentence: str, one: str, other: str, arms: tuple[str, str]) -> None:
    found = read(one, other, sentence.format(one=one, other=other))
    assert {value: frozenset((arm or "").split(" + ")) for value, arm in found.items()} == {
        TESTED: frozenset(arms[0].split(" + ")),
        CONTROL: frozenset(arms[1].split(" + ")),
    }


def test_two_arms_that_and_stands_between_are_two_though_there_is_one_of_both() -> None:
    found = read(
        "gemcitabine, carboplatin",
        "gemcitabine plus carboplatin",
        "Median overall survival was 14.2 and 11.3 months with gemcitabine and carboplatin, respectively.",
    )
    assert found == {TESTED: "gemcitabine", CONTROL: "carboplatin"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("FOLFIRI plus panitumumab", "FOLFIRI"),
        ("docetaxel and carboplatin", "vinorelbine and cisplatin"),
        ("gemcitabine plus capecitabine", "gemcitabine"),
    ],
)
@pytest.mark.parametrize("opening", ["Compared with", "As opposed to", "In comparison to"])
def test_a_comma_ends_what_is_compared_with(one: str, other: str, opening: str) -> None:
    by_name = read(one, other, f"Median overall survival was {TESTED} months with {one} and {CONTROL} months with {other}.")
    assert by_name[TESTED] != by_name[CONTROL]
    assert read(one, other, f"{opening} {other}, {one} prolonged median overall survival ({TESTED} versus {CONTROL} months).") == by_name
