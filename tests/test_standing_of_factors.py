"""Prognostic factors whose outcome is told before them, or whose effect is told as a noun or a verb; lists of them with a number each."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline
from extractor.records import Comparison, Measurement

PIPELINE = Pipeline()
COHORT = (
    "TITLE:\nPrognostic factors in sarcoma: a retrospective study\n\nBODY.METHODS:\nWe reviewed the records of 204 patients.\n\n"
    "BODY.RESULTS:\n{told}\n"
)
TRIAL = (
    "TITLE:\nDocetaxel or gemcitabine in sarcoma: a randomised trial\n\nBODY.METHODS:\nWe randomly assigned 204 patients to docetaxel (n = 102) or "
    "gemcitabine (n = 102).\n\nBODY.RESULTS:\n{told}\n"
)


def _shown(comparison: Comparison) -> str:
    whom = comparison.factor or f"{comparison.arm} vs {comparison.comparator}"
    measured = "" if comparison.estimate is None else f" {comparison.measure} {comparison.estimate}"
    tested = "" if comparison.p is None else f" p{comparison.p.op}{comparison.p.value}"
    within = f" in {comparison.population}" if comparison.population else ""
    model = f" ({comparison.model})" if comparison.model else ""
    return f"{comparison.endpoint}{within}: {whom}:{measured}{tested}{model}"


def _compared(paper: str, told: str) -> set[str]:
    records = PIPELINE.extract_text(paper.format(told=told)).records
    return {_shown(r) for r in records if isinstance(r, Comparison)}


STANDS = {
    "kept its significance": (
        "Nine variables were tested for OS. High ferritin retained its significance after adjustment (HR 1.64; P = .03).",
        {"OS: High ferritin: HR 1.64 p=0.03"},
    ),
    "denied what the others were": (
        "On multivariate analysis, high ferritin (HR 1.8, P = .004) and bone invasion (HR 1.5, P = .02) were predictors of death, "
        "whereas sex was not (P = .37).",
        {
            "OS: high ferritin: HR 1.8 p=0.004 (multivariate)",
            "OS: bone invasion: HR 1.5 p=0.02 (multivariate)",
            "OS: sex: p=0.37 (multivariate)",
        },
    ),
    "denied in the next sentence": (
        "On multivariate analysis, high ferritin was a predictor of OS (HR 1.8, P = .004). By contrast, bone invasion was not (P = .37).",
        {"OS: high ferritin: HR 1.8 p=0.004 (multivariate)", "OS: bone invasion: p=0.37 (multivariate)"},
    ),
    "no bearing, beside another level": (
        "High-risk tumours did worse (PFS HR 2.1; P = .04), while ferritin above normal had no bearing (P = .6).",
        {"PFS: High-risk: HR 2.1 p=0.04", "PFS: ferritin above normal: p=0.6"},
    ),
    "the subject of the verb before": (
        "High ferritin was associated with OS (P = .03), but lost its significance in the Cox model (P = .2).",
        {"OS: High ferritin: p=0.03", "OS: High ferritin: p=0.2"},
    ),
    "several that stand together": (
        "Nine variables were tested for OS. Ferritin and bone invasion had no prognostic value (both P > .4).",
        {"OS: Ferritin: p>0.4", "OS: bone invasion: p>0.4"},
    ),
    "behind its verb": (
        "High ferritin was a predictor of OS (HR 1.8, P = .004), as was bone invasion (HR 1.5, P = .02).",
        {"OS: High ferritin: HR 1.8 p=0.004", "OS: bone invasion: HR 1.5 p=0.02"},
    ),
    "called a predictor": (
        "Age over 60 years, a predictor of OS on univariate analysis (HR 1.6, P = .008), dropped out (HR 1.2, P = .3).",
        {"OS: Age over 60 years: HR 1.6 p=0.008 (univariate)", "OS: Age over 60 years: HR 1.2 p=0.3 (univariate)"},
    ),
    "a trial that failed": ("The Roman trial of Verdi et al. failed to reach significance for OS (HR 0.78; 95% CI, 0.56 to 1.08).", set()),
    "an outcome that was not": ("OS was longer with high ferritin; PFS was not (P = .4).", set()),
    "a difference that remained": ("The difference in nausea remained significant (P = .02).", set()),
    "the effect of it": ("The effect of ferritin on OS was not significant (HR 1.13; P = .5).", {"OS: ferritin: HR 1.13 p=0.5"}),
    "an association between both": ("No association was found between OS and ferritin (P = .44).", {"OS: ferritin: p=0.44"}),
    "it acts on an outcome": (
        "Irrespective of age, bone invasion halved the chance of a response (OR 0.47; P = .02).",
        {"ORR: bone invasion: OR 0.47 p=0.02"},
    ),
    "better outcomes that were trended to": ("Patients in remission trended towards improved PFS (HR 0.9; P = .09).", set()),
    "with a ratio behind": ("Bone invasion was an independent predictor of DFS, with a hazard ratio of 2.3.", {"DFS: Bone invasion: HR 2.3"}),
    "told between two commas": (
        "Nine variables were tested for OS. A FUS fusion, found in one in ten, was the strongest predictor of all in the Cox model "
        "(HR 2.4, P = .001).",
        {"OS: FUS fusion: HR 2.4 p=0.001"},
    ),
    "divided by it": ("When grouped by ferritin, OS differed significantly (P = .002).", {"OS: ferritin: p=0.002"}),
    "the effects of two": (
        "The effects of bone invasion and high ferritin on OS were significant (P = .03 and P = .04, respectively).",
        {"OS: bone invasion: p=0.03", "OS: high ferritin: p=0.04"},
    ),
    "its prognostic value": ("The prognostic value of ferritin for OS was confirmed (HR 1.83).", {"OS: ferritin: HR 1.83"}),
    "worse with it": (
        "OS was shorter with high ferritin (HR 1.47; P = .03) and with bone invasion (HR 1.39; P = .04).",
        {"OS: high ferritin: HR 1.47 p=0.03", "OS: bone invasion: HR 1.39 p=0.04"},
    ),
    "better with time": ("OS was longer with longer follow-up (P = .04).", set()),
    "the former of two": (
        "Bone invasion and high ferritin were associated with OS (P = .01 and P = .02). In the multivariate model only the former kept its weight "
        "(HR 1.7; P = .03).",
        {"OS: Bone invasion: p=0.01", "OS: high ferritin: p=0.02"},
    ),
    "of borderline significance": ("Bone invasion was of borderline significance for OS (P = .06).", {"OS: Bone invasion: p=0.06"}),
    "irrelevant": ("Sex was irrelevant to OS (P = .8).", {"OS: Sex: p=0.8"}),
    "had none": (
        "Ferritin had a significant impact on OS (P = .006), whereas sex had none (P = .77).",
        {"OS: Ferritin: p=0.006", "OS: sex: p=0.77"},
    ),
    "linked to it": (
        "Of all variables, bone invasion (P = .01), but not high ferritin (P = .19), was linked to OS.",
        {"OS: bone invasion: p=0.01", "OS: high ferritin: p=0.19"},
    ),
    "an adverse factor": ("Bone invasion emerged as an independent adverse factor for OS (P = .03).", {"OS: Bone invasion: p=0.03"}),
}


@pytest.mark.parametrize(("told", "comparisons"), STANDS.values(), ids=STANDS.keys())
def test_how_a_factor_stands(told: str, comparisons: set[str]) -> None:
    assert _compared(COHORT, told) == comparisons


LISTED = {
    "one number each": (
        "Significant factors for OS included bone invasion and a REX score of 3 or more (P = .01 and P = .03, respectively).",
        {"OS: bone invasion: p=0.01", "OS: REX score of 3 or more: p=0.03"},
    ),
    "one for both": (
        "Significant factors for OS were bone invasion and high ferritin (both P < .01).",
        {"OS: bone invasion: p<0.01", "OS: high ferritin: p<0.01"},
    ),
    "the factors that did": (
        "The factors that predicted OS were bone invasion (P = .01) and high ferritin (P = .03).",
        {"OS: bone invasion: p=0.01", "OS: high ferritin: p=0.03"},
    ),
    "differences by several": (
        "OS did not differ by sex (P = .5), depth (P = .2) or ferritin (P = .8).",
        {"OS: sex: p=0.5", "OS: depth: p=0.2", "OS: ferritin: p=0.8"},
    ),
    "differences, and another clause": (
        "TTF did not differ by sex (P = .5), whereas ferritin was associated with OS (P = .02).",
        {"TTF: sex: p=0.5", "OS: ferritin: p=0.02"},
    ),
    "adversely": (
        "Bone invasion (P = .01) and high ferritin (P = .03) adversely affected OS.",
        {"OS: Bone invasion: p=0.01", "OS: high ferritin: p=0.03"},
    ),
    "a cut-off in percent": (
        "Predictors of death were weight loss of more than 8% (HR 1.9; P = .006) and high ferritin (HR 1.6; P = .01).",
        {"OS: weight loss of more than 8%: HR 1.9 p=0.006", "OS: high ferritin: HR 1.6 p=0.01"},
    ),
    "that of another": (
        "In the Cox model for PFS, the hazard ratio for bone invasion was 1.71 (95% CI 1.11-2.63), "
        "and that for high ferritin was 1.52 (95% CI 1.04-2.20).",
        {"PFS: bone invasion: HR 1.71", "PFS: high ferritin: HR 1.52"},
    ),
    "in no brackets": (
        "Independent predictors of OS were: ferritin, HR 1.9 (95% CI 1.2-3.0); sex, HR 1.5 (95% CI 1.0-2.2).",
        {"OS: ferritin: HR 1.9", "OS: sex: HR 1.5"},
    ),
    "an interval that is a factor": (
        "Predictors of OS were age (P = .02) and a short disease-free interval (P = .01).",
        {"OS: age: p=0.02", "OS: short disease-free interval: p=0.01"},
    ),
    "a level of another factor is no population": (
        "LDH above 250 U/l was a predictor of OS (HR 1.6, P = .01). By contrast, histology was not (P = .41).",
        {"OS: LDH above 250 U/l: HR 1.6 p=0.01", "OS: histology: p=0.41"},
    ),
    "a marker whose outcome the heading told": (
        "Prognostic factors for overall survival\n\nIn univariate analysis, LDH above 250 U/l (P = .03) was significant.",
        {"OS: LDH above 250 U/l: p=0.03 (univariate)"},
    ),
}


@pytest.mark.parametrize(("told", "comparisons"), LISTED.values(), ids=LISTED.keys())
def test_factors_of_a_list(told: str, comparisons: set[str]) -> None:
    assert _compared(COHORT, told) == comparisons


def test_a_cut_off_in_percent_is_no_share() -> None:
    told = "Predictors of death were weight loss of more than 8% (HR 1.9; P = .006) and high ferritin (HR 1.6; P = .01)."
    assert not [r for r in PIPELINE.extract_text(COHORT.format(told=told)).records if isinstance(r, Measurement)]


IN_A_TRIAL = {
    "groups right behind": (
        "The HR for death was 2.2 (95% CI 1.4-3.5; P = .001) for men compared with women.",
        {"OS: men vs women: HR 2.2 p=0.001"},
    ),
    "groups right behind, told by what they have": (
        "The HR for death was 2.2 (95% CI 1.4-3.5) for patients with a FUS fusion compared with those without.",
        {"OS: FUS fusion: HR 2.2"},
    ),
    "one group behind": (
        "The HR for death was 0.8 (95% CI 0.5-1.2) for men.",
        {"OS in men: docetaxel vs gemcitabine: HR 0.8"},
    ),
    "medians in two clauses": (
        "Men had a median OS of 12.3 months; in women it was 20.5 months (P = .006).",
        {"OS: men vs women: p=0.006"},
    ),
    "the effect of it": ("The effect of ferritin on OS was not significant (HR 1.13; P = .5).", {"OS: ferritin: HR 1.13 p=0.5"}),
    "those who responded": (
        "Responders had a lower risk of death than non-responders (HR 0.6; P = .02).",
        {"OS: Responders vs non-responders: HR 0.6 p=0.02"},
    ),
    "two compared first": (
        "Comparing men with women, the HR for OS was 1.59 (95% CI 1.06-2.39).",
        {"OS: men vs women: HR 1.59"},
    ),
    "worse with it": ("OS was shorter with high ferritin (HR 1.47; P = .03).", {"OS: high ferritin: HR 1.47 p=0.03"}),
    "better with a treatment": ("OS was longer with docetaxel (HR 0.8; P = .03).", {"OS: docetaxel vs gemcitabine: HR 0.8 p=0.03"}),
    "a treatment that acts": ("Docetaxel prolonged OS (HR 0.7; P = .02).", {"OS: docetaxel vs gemcitabine: HR 0.7 p=0.02"}),
    "it acts on an outcome": ("A high tumour burden shortened PFS (HR 1.7; P = .02).", {"PFS: high tumour burden: HR 1.7 p=0.02"}),
    "one ratio of a model": (
        "In the multivariate model for OS, the hazard ratio for bone invasion was 1.71 (95% CI 1.11-2.63).",
        {"OS: bone invasion: HR 1.71 (multivariate)"},
    ),
    "a cancer that did worse": ("High-risk tumours did worse (PFS HR 2.1; P = .04).", {"PFS: High-risk: HR 2.1 p=0.04"}),
    "within one arm": (
        "In the docetaxel arm, bone invasion was associated with a shorter OS (HR 1.9; P = .02).",
        {"OS in docetaxel arm: bone invasion: HR 1.9 p=0.02"},
    ),
    "among those assigned to one": (
        "Among patients assigned docetaxel, rash was associated with longer OS (HR 0.6; P = .02).",
        {"OS in assigned docetaxel: rash: HR 0.6 p=0.02"},
    ),
    "within both": (
        "In patients given docetaxel or gemcitabine, bone invasion was associated with shorter OS (P = .02).",
        {"OS: bone invasion: p=0.02"},
    ),
    "interaction with a factor": (
        "The test for interaction with ferritin was not significant for PFS (P = .27) or OS (P = .71).",
        {"PFS: interaction between treatment and ferritin: p=0.27", "OS: interaction between treatment and ferritin: p=0.71"},
    ),
    "interaction, told behind the estimate of a group": (
        "In women, OS was longer with docetaxel than gemcitabine (HR 0.84; 95% CI 0.76-0.93), and the test for interaction with age was negative "
        "(P = .38).",
        {"OS in women: docetaxel vs gemcitabine: HR 0.84", "OS: interaction between treatment and age: p=0.38"},
    ),
    "interaction, a p-value for each outcome": (
        "P for interaction with ferritin was .02 for PFS and .08 for OS.",
        {"PFS: interaction between treatment and ferritin: p=0.02", "OS: interaction between treatment and ferritin: p=0.08"},
    ),
    "a marker told before": (
        "Tumour size fell from 4.1 to 3.2 cm with docetaxel and from 4.0 to 3.9 cm with gemcitabine. "
        "Ferritin was positively correlated to sex (P = .002).",
        set(),
    ),
}


@pytest.mark.parametrize(("told", "comparisons"), IN_A_TRIAL.values(), ids=IN_A_TRIAL.keys())
def test_a_factor_is_no_arm(told: str, comparisons: set[str]) -> None:
    assert _compared(TRIAL, told) == comparisons


@pytest.mark.parametrize(
    ("told", "values"),
    [
        ("Women lived longer than men (31.2 v 18.4 months; P = .02).", {("women", 31.2), ("men", 18.4)}),
        ("Women lived longer than 5 months in most cases (P = .02).", set()),
    ],
)
def test_those_who_lived_longer(told: str, values: set[tuple[str, float]]) -> None:
    records = PIPELINE.extract_text(COHORT.format(told=told)).records
    assert {(str(r.population).lower(), r.value) for r in records if isinstance(r, Measurement) and r.endpoint == "OS"} == values
