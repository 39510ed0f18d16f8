"""Arms that no list of treatments names: invented papers whose title, allotment or bracketed groups set two things against each other."""

from __future__ import annotations

import pytest

from extractor.document import SectionKind
from extractor.entities.abbreviations import read_abbreviations
from extractor.entities.contrasted import find_contrasted, with_contrasted
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()


def contrasted(title: str, *body: str) -> list[str]:
    """The arms that a title and some sentences of results set against each other."""
    return [c.norm for c in find_contrasted([(SectionKind.TITLE, title), *((SectionKind.RESULTS, text) for text in body)])]


def paper(title: str, methods: str, results: str) -> str:
    abstract = f"Background: Little is known. Methods: {methods} Results: see below."
    return f"{title}\n\nAbstract\n\n{abstract}\n\nMethods\n\n{methods}\n\nResults\n\n{results}\n"


def measured(text: str) -> set[tuple[str | None, float | None]]:
    """Arm and value of each measurement in a paper."""
    return {(r.arm, r.value) for r in PIPELINE.extract_text(text).records if r.kind == "measurement"}


def compared(text: str) -> set[tuple[str | None, str | None, float | None]]:
    """Arm, comparator and estimate of each comparison in a paper."""
    return {(r.arm, r.comparator, r.estimate) for r in PIPELINE.extract_text(text).records if r.kind == "comparison"}


@pytest.mark.parametrize(
    ("title", "told", "arms"),
    [
        (
            "Thoracoscopic versus open lobectomy for lung cancer: a matched study",
            "Patients underwent lobectomy; survival was 71% in the thoracoscopic group and 66% in the open group.",
            ["thoracoscopic lobectomy", "open lobectomy"],
        ),
        (
            "Wide or narrow excision of thick melanoma",
            "Women were randomised, and survival was 64% after wide and 61% after narrow excision.",
            ["wide excision", "narrow excision"],
        ),
        (
            "Small-incision vs laparoscopic cholecystectomy: a randomised trial",
            "Patients were randomised; pain was 3 in the small-incision group and 2 in the laparoscopic group.",
            ["small-incision cholecystectomy", "laparoscopic cholecystectomy"],
        ),
        (
            "Telephone follow-up versus hospital visits after breast cancer",
            "Women were randomised. Relapse was found in 5% of the telephone group and 6% of the hospital group.",
            ["telephone follow-up", "hospital visits"],
        ),
        (
            "Protection of the kidney with cold versus warm perfusion: a randomised trial",
            "Patients were randomised to the cold group and the warm group.",
            ["cold perfusion", "warm perfusion"],
        ),
        (
            "Matched sibling or unrelated donor transplantation for leukaemia",
            "Patients underwent donor transplantation: survival was 55% in the sibling group and 50% in the unrelated group.",
            ["matched sibling donor transplantation", "unrelated donor transplantation"],
        ),
    ],
    ids=["technique", "or", "hyphen", "two nouns", "behind with", "donors"],
)
def test_what_a_title_sets_against_each_other_are_arms(title: str, told: str, arms: list[str]) -> None:
    assert contrasted(title, told) == arms


@pytest.mark.parametrize(
    "title",
    [
        "Men versus women with lung cancer: survival after lobectomy",
        "Right-sided versus left-sided colon cancer: outcome after colectomy",
        "HER2-low versus HER2-zero breast cancer after mastectomy",
        "Young versus elderly patients with rectal cancer after resection",
        "Matched versus unmatched cohorts of patients after resection",
        "Lymph node metastasis versus local relapse after resection",
        "Ultrasound versus scintigraphy for detection of sentinel nodes",
    ],
)
def test_populations_and_examinations_that_a_title_sets_against_each_other_are_no_arms(title: str) -> None:
    first, second = (side.split(maxsplit=1)[0] for side in title.split(" versus "))
    assert not contrasted(
        title, f"Patients underwent resection: survival was 60% in the {first.lower()} group and 50% in the {second.lower()} group."
    )


def test_tumours_that_a_title_sets_against_each_other_are_no_arms_even_where_they_are_called_groups() -> None:
    told = "Patients were randomised; survival was 40% in the ruptured group and 60% in the intact group."
    assert contrasted("Ruptured versus intact hepatic tumours after hepatectomy", told) == []


def test_what_was_done_with_a_treatment_is_no_part_of_its_name() -> None:
    told = "Patients were randomised; costs were lower in the stepped feedback group than in the usual care group."
    assert contrasted("Cost-effectiveness of stepped feedback in comparison with usual care", told) == ["stepped feedback", "usual care"]


def test_a_title_that_chooses_between_what_two_groups_of_people_were_is_no_contrast() -> None:
    title = "Serum zinc concentrations in infants fed human milk or formula with zinc"
    assert contrasted(title, "Infants were randomised: serum zinc concentrations were higher in the formula group.") == []


def test_techniques_by_their_abbreviations_and_by_what_is_counted_beside_them() -> None:
    text = paper(
        "Thoracoscopic versus open lobectomy for stage I lung cancer",
        "Records were reviewed. There were 150 patients in the thoracoscopic group (TL) and 160 in the open group (OL).",
        "Five-year survival was 71% in TL and 66% in OL.",
    )
    assert measured(text) >= {("thoracoscopic lobectomy", 71), ("open lobectomy", 66)}
    told = [
        (SectionKind.TITLE, "Interrupted or continuous closure of the abdomen after cystectomy"),
        (SectionKind.METHODS, "They were allocated by envelope (88 interrupted, 91 running)."),
        (SectionKind.RESULTS, "Survival was 70% in the running group and 72% in the interrupted group."),
    ]
    found = find_contrasted(told)
    assert [m.norm for m in with_contrasted(told[2][1], [], found)] == ["continuous closure", "interrupted closure"]


def test_those_who_were_invited_and_those_who_were_left_alone() -> None:
    text = paper(
        "Mammography from the age of 40 and death from breast cancer: the Hillside trial",
        "A total of 50,000 women were invited to mammography and 100,000 formed the control group.",
        "In the invited women 130 died of breast cancer, as against 300 controls.",
    )
    assert ("mammography", 130) in measured(text)
    told = "Of 9000 men, 3000 were invited to ultrasonography, 3000 to antigen testing (PAT) and 3000 left uninvited."
    used = "There were 12 deaths in the ultrasonography arm, 14 in the PAT arm and 17 among controls."
    assert contrasted("Two tests for one tumour", told, used) == ["ultrasonography", "PAT", "no screening"]


def test_an_estimate_of_one_of_three_arms_is_against_the_one_without_treatment() -> None:
    text = paper(
        "Chest radiography and sputum cytology against no screening: lung cancer mortality",
        "Of 9000 men, 3000 were invited to chest radiography, 3000 to sputum cytology and 3000 left uninvited.",
        "In the radiography group, the cytology group and among controls 20, 22 and 25 died of lung cancer. "
        "Invitation to chest radiography cut mortality from lung cancer (RR 0.71, 95% CI 0.56 to 0.90) and invitation to sputum cytology did less "
        "(RR 0.83, 95% CI 0.66 to 1.03).",
    )
    assert {(a, c) for a, c, e in compared(text) if e == 0.83} == {("sputum cytology", "no screening")}
    assert {(a, c) for a, c, e in compared(text) if e == 0.71} == {("chest radiography", "no screening")}


def test_groups_by_the_names_that_brackets_give_them_and_all_that_the_title_says() -> None:
    text = paper(
        "A compression sleeve with nurse visits after axillary clearance: two-year results",
        "Half of the women were given a sleeve and visits at home (the sleeve group), the others had written advice (the advice group).",
        "Swelling was seen in 20% in the sleeve group and 34% in the advice group.",
    )
    assert measured(text) >= {("compression sleeve + nurse visits", 20), ("advice", 34)}


def test_what_patients_were_drawn_to() -> None:
    text = paper(
        "Malignant pleural effusion: a randomised trial in two hospitals",
        "Patients were randomly assigned to repeated aspiration (n = 40) or an indwelling catheter (n = 41).",
        "Pain was reported by 30% in the aspiration group and 12% in the catheter group.",
    )
    assert measured(text) >= {("aspiration", 30), ("indwelling catheter", 12)}


def test_the_more_extended_dissection_is_the_one_under_test() -> None:
    text = paper(
        "D1 versus D2 dissection for gastric cancer",
        "Patients were randomly allocated.",
        "Overall survival at 5 years was 35% in the D1 group and 33% in the D2 group (hazard ratio 0.97).",
    )
    assert compared(text) == {("D2 dissection", "D1 dissection", 0.97)}


def test_a_surgical_series_is_of_the_operation_that_its_title_opens_with() -> None:
    text = paper(
        "Oesophagectomy for carcinoma: experience of 150 cases",
        "Between 1980 and 1990, 150 patients came to operation.",
        "Survival at 5 years was 21%. Wound infection complicated 14 resections (9%).",
    )
    assert measured(text) >= {("esophagectomy", 21), ("esophagectomy", 9)}


def test_how_long_patients_were_watched_is_no_arm() -> None:
    text = paper(
        "Thoracoscopic versus open lobectomy for stage I lung cancer",
        "There were 150 patients in the thoracoscopic group (TL) and 160 in the open group (OL).",
        "The median observation period was 58 months in TL and 67 months in OL. Survival was 71% in TL and 66% in OL.",
    )
    assert measured(text) >= {("thoracoscopic lobectomy", 58), ("open lobectomy", 67)}


@pytest.mark.parametrize(
    ("methods", "results", "arms"),
    [
        (
            "Women were randomly assigned to receive pain lessons alone (control arm) or pain lessons plus daily calls (experimental arm).",
            "Fear was rarer in the pain lessons plus daily calls group than in the pain lessons alone group.",
            {"pain lessons + daily calls", "pain lessons"},
        ),
        (
            "Women were randomised to guided drawing (GD), written goals (WG) or usual care.",
            "Fear was 3 in the GD group, 4 in the WG group and 5 with usual care. The GD and WG groups were alike.",
            {"guided drawing", "written goals", "usual care"},
        ),
        (
            "Of these, 20 were randomised to the bracelet (12 with cancer) and 18 to the use of the nose clip (9 with cancer).",
            "Fear was 3 with the bracelet and 5 with the nose clip. In the bracelet group it fell.",
            {"bracelet", "nose clip"},
        ),
        (
            "Women were allocated to one of three groups: 1) sleep diary (SD), 2) evening walks (EW), or 3) both leaflets (BL).",
            "Fear was 3 in the SD group, 4 in the EW group and 5 in the BL group.",
            {"sleep diary", "evening walks", "both leaflets"},
        ),
    ],
    ids=["alone and plus", "abbreviations", "counted", "numbered"],
)
def test_a_list_that_patients_were_drawn_to_tells_the_arms(methods: str, results: str, arms: set[str]) -> None:
    told = [(SectionKind.TITLE, "Fear after thymoma"), (SectionKind.METHODS, methods)]
    shorts = read_abbreviations([methods]).items()
    found = find_contrasted([*told, *((SectionKind.RESULTS, one) for one in results.split(". "))], shorts)
    assert {c.norm for c in found} == arms


@pytest.mark.parametrize(
    "methods",
    [
        "Women were randomly allocated to age, sex and stage (TNM).",
        "Women were randomised to one of two groups (A and B) or to none.",
        'Points of 2 and 0 were assigned to "apt" and "false or no answer" replies.',
        "Cases were assigned to low risk (LR), intermediate risk (IR) or high risk (HR).",
        "In part 2, 30 women were randomly assigned to 2 or 4 mg/kg every 3 weeks.",
        "Women were randomised to docetaxel (D) or docetaxel plus bevacizumab (DB).",
    ],
    ids=["factors", "letters", "points", "risk", "doses", "listed drugs"],
)
def test_a_list_of_something_else_tells_no_arms(methods: str) -> None:
    told = [(SectionKind.TITLE, "Fear after thymoma"), (SectionKind.METHODS, methods)]
    assert not find_contrasted(
        [
            *told,
            (
                SectionKind.RESULTS,
                'Fear was 3 in the LR, 4 in the IR, 2 in the HR, 4 in the D group, 2 with 4 mg/kg, and "apt" in 2 of the control group.',
            ),
        ]
    )


def test_a_list_whose_brackets_stand_behind_some_items_alone_is_read_to_its_end() -> None:
    methods = "Men were randomly assigned to lessons, calls (by a nurse) and leaflets, a diary (on paper), songs (in choirs) or dances (in pairs)."
    text = f"TITLE:\nLessons for men in pain\n\nBODY.METHODS:\n{methods}\n\nBODY.RESULTS:\nNobody died.\n"
    assert PIPELINE.extract_text(text).kind == "study"
