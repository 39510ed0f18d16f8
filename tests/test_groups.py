"""Groups of patients and factors in sentences: whom a value is about, and what an estimate compares when it compares no two arms."""

from __future__ import annotations

import pytest

from extractor.entities.population_forms import find_forms
from extractor.entities.populations import find_populations
from extractor.pipeline import Pipeline
from extractor.relations.groups import is_entry

PIPELINE = Pipeline()
PAPER = """A study of tumor markers in colon cancer

Methods

We read the charts of 310 people.

Results

{}
"""
FACTORS: tuple[tuple[str, list[str] | None], ...] = (
    ("High Ki67 was associated with shorter OS (P = 0.004).", ["High Ki67 | OS 0.004"]),
    ("PFS did not differ by smoking status (P = 0.61).", ["smoking status | PFS 0.61"]),
    ("Nodal status was linked to response but was associated with longer DFS (P = 0.02).", ["Nodal status | DFS 0.02"]),
    ("OS was shorter in women with bulky nodes than in those without (P = 0.03).", ["bulky nodes | OS 0.03"]),
    ("OS and PFS were shorter in never-smokers than in current smokers (P = 0.04 and P = 0.2).", None),
    ("OS was poorer in patients with high as compared to low CD44 levels (P = 0.01).", ["high vs low CD44 levels | OS 0.01"]),
    ("High Ki67 was associated with larger nodules (P = 0.004).", []),
    ("Children with fever had a shorter OS when treated late (P = 0.02).", []),
    ("Cox regression showed that stage was associated with OS (P = 0.01).", ["stage | OS 0.01"]),
)
POPULATIONS: tuple[tuple[str, list[str]], ...] = (
    ("in patients with KRAS mutations was", ["KRAS mutation"]),
    ("than in women without nodal disease (", ["without nodal disease"]),
    ("for patients whose tumors had low Ki67, OS", ["low Ki67"]),
    ("follow-up in patients not known to have relapsed was", ["not known to have relapsed"]),
    ("in patients with advanced carcinoma was", ["advanced carcinoma"]),
    ("among patients with LGX was", ["LGX"]),
    ("in previously irradiated patients with mild asthma was", ["mild asthma"]),
    ("for patients with a scan and 7 months for the remaining study population.", ["scan", "remaining study population"]),
    ("Of the 14 patients who responded, 9 were", ["responders"]),
    ("in the patients who did not respond (", ["non-responders"]),
    ("in the low XQ2 expression group and the AQ4-high group (", ["low XQ2 expression", "AQ4-high"]),
    ("for the high- and low-risk groups, respectively", ["high-risk", "low-risk"]),
    ("with strong versus weak XQ2 expression (", ["strong XQ2 expression", "weak XQ2 expression"]),
    ("in patients with moderate or strong XQ2 expression (", ["moderate or strong XQ2 expression"]),
    ("that patients with lower levels of QXP (<40 ng/mL) had", ["QXP < 40 ng/mL"]),
    ("in women over 70 years of age and in those ≤70 years (", ["aged > 70 years", "aged <= 70 years"]),
    ("lower in blacks than in whites (", ["blacks", "whites"]),
    ("in the training and validation cohorts, respectively", ["training cohort", "validation cohort"]),
    ("were: low risk, 93%; high risk, 64%", ["low-risk", "high-risk"]),
    ("for patients with T<3 versus T3 tumors (", ["T<3", "T3 tumors"]),
    ("in women with visible scars vs no scars, OS", ["visible scars", "without scars"]),
    ("that 30% of patients with palate cancer experience low mood.", ["palate cancer"]),
    ("of QRX2 mutation carriers and non-carriers (", ["QRX2 mutation carriers", "non-carriers"]),
    ("in the PP set, 40%", ["per protocol"]),
    ("of 5 versus 3 months in the 90 with visceral lesions (", ["visceral lesions"]),
    ("in those whose QXP promoter was silenced.", ["QXP promoter silenced"]),
    ("in 30% aged 60 or over (", ["aged >= 60"]),
    ("rate before crossover was 9%", ["before crossover"]),
    ("one death in the extension period, of", ["extension period"]),
    ("in cohorts 1B and 3, one", ["cohort 1B", "cohort 3"]),
    ("one at dose level 4, two", ["dose level 4"]),
)
FORMS: tuple[tuple[str, list[str]], ...] = (
    ("Of the nine mucinous tumors one responded.", ["mucinous"]),
    ("Drug A did not lengthen OS in the lowest tertile (HR 0.9).", ["lowest tertile"]),
    ("PFS was 5.1 months in fibrosarcomas and 2.4 in the other histotypes.", ["fibrosarcomas", "other histotypes"]),
    ("OS was 8 months in the chemotherapy-naive and 5 months in the rest.", ["chemotherapy-naive"]),
    ("Where no surgery had been planned (n = 70), OS was 9 months.", ["no surgery had been planned"]),
    ("OS was 70% when the PLR exceeded 3.1 and 52% when it did not.", ["PLR > 3.1"]),
    ("Fatigue was told by 30% of women and 20% of men.", ["women", "men"]),
    ("OS was 8 months in the treatment group and 9 months in the control group.", []),
    ("Of the 40 eligible patients 12 responded.", []),
)


def factors_of(sentence: str) -> list[str]:
    records = PIPELINE.extract_text(PAPER.format(sentence)).records
    return sorted(f"{r.factor} | {r.endpoint} {r.p.value}" for r in records if r.kind == "comparison" and r.p is not None)


@pytest.mark.parametrize(("sentence", "want"), [row for row in FACTORS if row[1] is not None])
def test_factor_of_a_sentence(sentence: str, want: list[str]) -> None:
    assert factors_of(sentence) == want


def test_p_values_go_with_the_endpoints_in_order() -> None:
    assert factors_of(FACTORS[4][0]) == ["never-smokers vs current smokers | OS 0.04", "never-smokers vs current smokers | PFS 0.2"]


@pytest.mark.parametrize(("text", "want"), POPULATIONS)
def test_populations_of_a_text(text: str, want: list[str]) -> None:
    assert [m.norm for m in find_populations(text)] == want


@pytest.mark.parametrize(("text", "want"), FORMS)
def test_populations_by_grammar(text: str, want: list[str]) -> None:
    assert [m.norm for m in find_forms(text, [])] == want


TRIAL = """Drug therapy of colon cancer

Methods

We randomized 310 people to regorafenib or placebo.

Results

{}
"""


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Where a mucinous part was present, median OS was 9.1 vs 6.3 months.", {("mucinous part", 9.1), ("mucinous part", 6.3)}),
        ("Median OS was 9.1 months when the PLR exceeded 3.1 and 6.3 months when it did not.", {("PLR > 3.1", 9.1), ("PLR <= 3.1", 6.3)}),
        ("Regorafenib did not prolong OS in the lowest tertile (HR 0.91, 95% CI 0.70-1.20).", {("lowest tertile", 0.91)}),
    ],
)
def test_whom_a_clause_tells_of(text: str, want: set[tuple[str, float]]) -> None:
    records = PIPELINE.extract_text(TRIAL.format(text)).records
    assert {(r.population or "", r.value if r.kind == "measurement" else r.estimate) for r in records} == want


def test_values_of_two_groups() -> None:
    text = "Women with KRAS mutations had shorter OS than those without KRAS mutations (9.5 versus 15.4 months; P = 0.002)."
    records = PIPELINE.extract_text(PAPER.format(text)).records
    assert sorted((r.population or "", r.arm, r.value) for r in records if r.kind == "measurement") == [
        ("KRAS mutation", "all", 9.5),
        ("without KRAS mutation", "all", 15.4),
    ]


def test_what_all_patients_are_is_no_population() -> None:
    entry = (("women", "with", "her2", "positive", "breast", "tumors"),)
    assert is_entry("HER2-positive tumors", entry)
    assert not is_entry("HER2-negative tumors", entry)


def test_a_paper_that_lets_in_only_such_patients_gives_them_no_population() -> None:
    criteria = "Eligible patients had HER2-positive tumors of the breast."
    text = f"A study of women\n\nMethods\n\n{criteria}\n\nResults\n\nMedian OS was 14 months in patients with {{}}.\n"
    found = {p: {r.population for r in PIPELINE.extract_text(text.format(p)).records} for p in ("HER2-positive tumors", "bulky nodes")}
    assert found == {"HER2-positive tumors": {None}, "bulky nodes": {"bulky nodes"}}
