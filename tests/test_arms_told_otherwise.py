"""Arms of papers that do not say "randomised to A or B": by letters, by counts, by roles, between two, concurrent with what both had."""

from __future__ import annotations

import pytest

from extractor.evaluate.equality import arm
from extractor.ingest import from_text
from extractor.pipeline import Pipeline
from extractor.records import Measurement
from extractor.relations.context import about
from extractor.sections import segment

PIPELINE = Pipeline()
PAPER = """{title}

ABSTRACT:
{abstract}

METHODS:
{methods}

RESULTS:
{results}
"""


def arms(title: str, abstract: str, methods: str = "Patients were followed.", results: str = "Median PFS was 7.1 and 5.2 months.") -> list[str]:
    document = segment(from_text(PAPER.format(title=title, abstract=abstract, methods=methods, results=results)))
    return [a.norm for a in about(document, PIPELINE.recognize(document)).assigned]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Patients were randomly assigned to docetaxel 75 mg/m2 every 3 weeks (arm A), docetaxel 75 mg/m2 as a 60-minute infusion on day 1 plus"
            " ramucirumab 10 mg/kg on day 1 (arm B), or docetaxel plus nintedanib 200 mg twice daily (arm C).",
            ["docetaxel", "docetaxel + ramucirumab", "docetaxel + nintedanib"],
        ),
        (
            "Patients were randomised to receive capecitabine 1,250 mg/m2 on days 1 to 14 (group 1; n = 80), capecitabine at the same dose with"
            " bevacizumab 7.5 mg/kg on day 1 (group 2; n = 82), or capecitabine 1,000 mg/m2 in combination with irinotecan (group 3; n = 81).",
            ["capecitabine", "capecitabine + bevacizumab", "capecitabine + irinotecan"],
        ),
        (
            "Men who had failed bicalutamide were allocated to docetaxel for six cycles (A), the same treatment plus estramustine on days 1 to 5 (B),"
            " or mitoxantrone 12 mg/m2 (C).",
            ["docetaxel", "docetaxel + estramustine", "mitoxantrone"],
        ),
    ],
)
def test_letters_in_brackets_part_the_arms_whatever_stands_between(said: str, expected: list[str]) -> None:
    assert arms("A three-arm trial in advanced cancer", said) == expected


def test_a_letter_of_a_list_calls_the_whole_arm() -> None:
    said = (
        "Patients were assigned to vinorelbine (arm A), vinorelbine on day 1 plus lapatinib daily (arm B), or vinorelbine plus trastuzumab (arm C)."
    )
    found = PIPELINE.extract_text(
        PAPER.format(
            title="Vinorelbine in breast cancer",
            abstract=said,
            methods="Scans were read.",
            results="Median OS was 9.1 months in arm A, 12.4 months in arm B, and 13.0 months in arm C.",
        )
    ).records
    assert {(r.arm, r.value) for r in found if isinstance(r, Measurement) and r.endpoint == "OS"} == {
        ("vinorelbine", 9.1),
        ("vinorelbine + lapatinib", 12.4),
        ("vinorelbine + trastuzumab", 13.0),
    }


def test_what_is_added_to_one_treatment_makes_arms_of_it() -> None:
    title = "Irinotecan Alone, With Cetuximab, or With Panitumumab in Colorectal Cancer: A Randomized Trial"
    assert arms(title, "We studied 300 patients.") == ["irinotecan", "irinotecan + cetuximab", "irinotecan + panitumumab"]
    said = "Patients were randomly assigned to irinotecan alone, with cetuximab, or with panitumumab."
    assert arms(title, said) == ["irinotecan", "irinotecan + cetuximab", "irinotecan + panitumumab"]


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        (
            "Lobaplatin versus cisplatin concurrent with radiotherapy for cervical cancer: a retrospective comparison",
            "A total of 210 patients were included, 100 received lobaplatin 30 mg/m2 and 110 received cisplatin 40 mg/m2 weekly for 4 or 5 cycles.",
            {"lobaplatin + radiotherapy", "cisplatin + radiotherapy"},
        ),
        (
            "Concurrent cetuximab versus cisplatin with radiotherapy in oropharyngeal carcinoma: one institution's experience",
            "Methods: Of 265 patients treated between 2006 and 2013, 120 had cetuximab and 145 had cisplatin.",
            {"cetuximab + radiotherapy", "cisplatin + radiotherapy"},
        ),
        (
            "Goserelin in premenopausal breast cancer",
            "Methods: Of 300 women, 140 were treated with goserelin plus tamoxifen, whereas 160 took tamoxifen alone. Results: DFS was alike.",
            {"goserelin + tamoxifen", "tamoxifen"},
        ),
        (
            "S-1 in elderly patients with oesophageal cancer",
            "Methods: Between 2010 and 2018, 150 patients were treated, 80 with S-1 during radiotherapy and 70 with radiotherapy only.",
            {"tegafur/gimeracil/oteracil + radiotherapy", "radiotherapy"},
        ),
        (
            "Pembrolizumab alone or with chemotherapy in lung cancer: real-world data",
            "Methods: Of 300 patients, 160 received pembrolizumab alone and 140 received pembrolizumab plus carboplatin and pemetrexed.",
            {"pembrolizumab", "pembrolizumab + carboplatin + pemetrexed"},
        ),
    ],
)
def test_how_many_were_given_what_tells_the_arms(title: str, abstract: str, expected: set[str]) -> None:
    assert set(arms(title, abstract)) == expected


ABSTRACT_ALONE = "{title}\n\nABSTRACT:\n{abstract}\n"


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        (
            "Two strategies were compared in 140 patients. Seventy-two patients were managed with ibrutinib plus rituximab; the remaining 68 had"
            " ibrutinib alone. Two-year PFS was 82% and 71% (P = 0.1).",
            {"ibrutinib + rituximab", "ibrutinib"},
        ),
        (
            "Records of 260 patients were reviewed. One hundred and twenty patients received nivolumab with ipilimumab and 140 patients received"
            " nivolumab monotherapy. The ORR was 54% and 41% (P = 0.03).",
            {"nivolumab + ipilimumab", "nivolumab"},
        ),
        (
            "Men were given goserelin 3.6 mg every 4 weeks, with (n = 110) or without (n = 108) bicalutamide 50 mg daily. We compared survival."
            " Median OS was 39 and 34 months.",
            {"goserelin + bicalutamide", "goserelin"},
        ),
        (
            "Group 1 received radiotherapy (60 Gy in 30 fractions), group 2 received the same radiotherapy plus weekly cisplatin 40 mg/m2."
            " OS was 80% in group 1 and 81% in group 2.",
            {"radiotherapy + cisplatin", "radiotherapy"},
        ),
    ],
)
def test_an_abstract_without_headings_tells_its_arms(abstract: str, expected: set[str]) -> None:
    document = segment(from_text(ABSTRACT_ALONE.format(title="Treatment of advanced cancer in daily practice", abstract=abstract)))
    assert {a.norm for a in about(document, PIPELINE.recognize(document)).assigned} == expected


def test_what_some_were_given_after_progression_is_no_arm() -> None:
    said = "Methods: Patients received sunitinib. After progression 60 received axitinib and 40 received everolimus."
    assert arms("Sunitinib in kidney cancer", said) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "ARGON randomised patients with colorectal cancer between FOLFOX4 alone and FOLFOX4 with panitumumab.",
            ["FOLFOX4", "FOLFOX4 + panitumumab"],
        ),
        ("Women were randomly allocated between letrozole plus palbociclib and letrozole.", ["letrozole + palbociclib", "letrozole"]),
        ("We randomised men between prednisone only and prednisone with abiraterone.", ["prednisone", "prednisone + abiraterone"]),
    ],
)
def test_between_turns_at_its_and(said: str, expected: list[str]) -> None:
    assert arms("A biomarker study", f"Methods: {said} We asked whether expression separates those who gain.") == expected


@pytest.mark.parametrize(
    ("said", "methods", "expected"),
    [
        (
            "Methods: 96 patients were divided into observation group (HAIC + sorafenib, 50 cases) and control group (simple HAIC, 46 cases)."
            " Results: The response of the observation group was higher than that of the control group.",
            "On the third day patients of the observation group took sorafenib 400 mg twice daily.",
            ["HAIC + sorafenib", "HAIC"],
        ),
        (
            "Methods: 92 patients were divided into a control group and an observation group of 46. The control group was treated with gemcitabine"
            " and cisplatin, and the observation group was treated with endostatin on the basis of the control group.",
            "The observation group and the control group were alike in age.",
            ["gemcitabine + cisplatin + endostatin", "gemcitabine + cisplatin"],
        ),
        (
            "Methods: Control group: trastuzumab combined with docetaxel; study group: pertuzumab in addition to the treatment of the control group.",
            "Biopsies were taken.",
            ["trastuzumab + docetaxel + pertuzumab", "trastuzumab + docetaxel"],
        ),
        (
            "Methods: The control group (n = 60, treated with tamoxifen combined with goserelin) was compared with the experimental group (n = 60,"
            " given letrozole combined with goserelin).",
            "Biopsies were taken.",
            ["letrozole + goserelin", "tamoxifen + goserelin"],
        ),
    ],
)
def test_groups_called_by_role_are_what_they_were_given(said: str, methods: str, expected: list[str]) -> None:
    document = segment(
        from_text(PAPER.format(title="Clinical observation of a combined treatment", abstract=said, methods=methods, results="All lived."))
    )
    pair = about(document, PIPELINE.recognize(document)).pair
    assert pair is not None
    assert [a.norm for a in pair] == expected


def test_a_control_group_beside_a_named_group_is_what_it_was_given() -> None:
    said = (
        "Methods: In all, 64 patients were split into a combined group of 32 and a control group of 32. The combined group received radiotherapy with"
        " temozolomide 75 mg/m2 and the control group received radiotherapy only. Results: The ORR of the combined group was 78%, that of the control"
        " group 56%."
    )
    assert arms("Temozolomide concurrent with radiotherapy in brain metastases", said) == ["radiotherapy + temozolomide", "radiotherapy"]


def test_the_observation_group_beside_a_control_group_is_the_arm_under_test() -> None:
    text = PAPER.format(
        title="Clinical observation of camrelizumab in oesophageal cancer",
        abstract="Methods: Patients were divided into an observation group (camrelizumab combined with docetaxel) and a control group (docetaxel).",
        methods="The observation group and the control group were alike in age.",
        results="Median PFS of the observation group was 6.1 months and that of the control group was 4.0 months (P=0.02).",
    )
    found = PIPELINE.extract_text(text).records
    assert {(r.arm, r.value) for r in found if r.kind == "measurement"} == {("camrelizumab + docetaxel", 6.1), ("docetaxel", 4.0)}


def test_an_observation_group_without_a_control_group_went_without() -> None:
    said = "Methods: Women were randomised to tamoxifen or observation. Results: The observation group relapsed more often."
    assert arms("Tamoxifen after ductal carcinoma in situ", said) == ["tamoxifen", "observation"]


SCHEDULES = PAPER.format(
    title="Weekly versus three-weekly docetaxel with cisplatin in elderly patients with gastric cancer: pooled data",
    abstract="Data of 700 patients in three trials were pooled. Both schedules contained cisplatin.",
    methods="Weekly docetaxel was 35 mg/m2.",
    results="{said}",
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Median OS was 11.2 months on the weekly schedule and 10.8 on the three-weekly (HR 0.95).", {("weekly", 11.2), ("three-weekly", 10.8)}),
        ("The 2-year OS was 21% with weekly treatment and 18% with the three-weekly schedule.", {("weekly", 21.0), ("three-weekly", 18.0)}),
        (
            "A response (ORR) was seen in 38% of those on weekly docetaxel, and the three-weekly schedule gave 41%.",
            {("weekly", 38.0), ("three-weekly", 41.0)},
        ),
    ],
)
def test_two_schedules_are_two_arms_though_the_noun_is_left_out(said: str, expected: set[tuple[str, float]]) -> None:
    found = PIPELINE.extract_text(SCHEDULES.format(said=said)).records
    assert {(r.arm, r.value) for r in found if r.kind == "measurement"} == {(f"docetaxel + cisplatin ({way})", value) for way, value in expected}


def test_a_schedule_of_one_drug_is_the_arm_that_the_drug_is_a_part_of() -> None:
    said = "Median PFS was 6.0 months on weekly docetaxel and 5.1 months on three-weekly docetaxel."
    found = PIPELINE.extract_text(SCHEDULES.format(said=said)).records
    assert {(r.arm, r.value) for r in found if isinstance(r, Measurement)} == {
        ("docetaxel + cisplatin (weekly)", 6.0),
        ("docetaxel + cisplatin (three-weekly)", 5.1),
    }


def test_a_schedule_whose_noun_stands_behind_the_other_one_is_its_arm() -> None:
    said = "The weekly (41%) and the three-weekly (33%) schedule gave responses."
    found = PIPELINE.extract_text(SCHEDULES.format(said=said)).records
    arms = [f"docetaxel + cisplatin ({way})" for way in ("weekly", "three-weekly")]
    assert {(r.arm, r.value) for r in found if isinstance(r, Measurement)} == set(zip(arms, (41, 33), strict=True))


LETTERED = PAPER.format(
    title="Vinorelbine in breast cancer",
    abstract="Patients were assigned to vinorelbine (arm A), vinorelbine on day 1 plus lapatinib (arm B), or vinorelbine plus trastuzumab (arm C).",
    methods="Scans were read.",
    results="{said}",
)
THREE = ("vinorelbine", "vinorelbine + lapatinib", "vinorelbine + trastuzumab")


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("The objective response rate was 18%, 31%, and 40%, respectively.", (18, 31, 40)),
        ("Median PFS was 3.9, 5.5, and 6.2 months for A, B, and C.", (3.9, 5.5, 6.2)),
        ("Diarrhoea of grade 3 occurred in 4%, 21% and 6%.", (4, 21, 6)),
    ],
)
def test_three_values_are_of_three_lettered_arms_in_order(said: str, values: tuple[float, ...]) -> None:
    found = PIPELINE.extract_text(LETTERED.format(said=said)).records
    assert {(r.arm, r.value) for r in found if isinstance(r, Measurement)} == set(zip(THREE, values, strict=True))


@pytest.mark.parametrize(
    "said",
    [
        "The response rates in low, middle and high thirds were 18%, 31% and 40%.",
        "Response rates of liver, lung and bone lesions were 18%, 31%, and 40%.",
        "By stage IIA, IIB and III, the response rate was 18%, 31%, and 40%.",
    ],
)
def test_three_values_of_what_else_is_listed_are_not_of_three_arms(said: str) -> None:
    assert not PIPELINE.extract_text(LETTERED.format(said=said)).records


@pytest.mark.parametrize(
    "said",
    [
        "The objective response rate was 18%, 31%, and 40% for stages II, III and IV.",
        "Diarrhoea, rash and nausea of grade 3 occurred in 4%, 21% and 6%.",
        "A group of nurses read the scans, and a response was seen in 12 patients.",
        "The objective response rates at 2, 4 and 6 months were 18%, 31% and 40%.",
    ],
)
def test_three_values_of_something_else_are_of_no_lettered_arm(said: str) -> None:
    found = PIPELINE.extract_text(LETTERED.format(said=said)).records
    assert not {r.arm for r in found} & set(THREE)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("allo-HSCT", "allogeneic stem cell transplantation", True),
        ("ASCT", "autologous stem cell transplantation", True),
        ("HSCT", "stem cell transplantation", True),
        ("autologous stem cell transplantation", "allogeneic stem cell transplantation", False),
    ],
)
def test_a_transplantation_is_one_by_its_short_and_its_long_name(one: str, other: str, same: bool) -> None:
    assert arm(one).agrees(arm(other)) is same


def test_what_was_found_at_surgery_is_not_of_surgery() -> None:
    said = "With no tumour left at surgery, weekly treatment yielded a 3-year OS of 58% and the three-weekly schedule 56%."
    found = PIPELINE.extract_text(SCHEDULES.format(said=said)).records
    arms = [f"docetaxel + cisplatin ({way})" for way in ("weekly", "three-weekly")]
    assert {(r.arm, r.value) for r in found if isinstance(r, Measurement)} == set(zip(arms, (58.0, 56.0), strict=True))
