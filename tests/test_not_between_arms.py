"""Estimates and p-values that compare no two arms, and those that do: what the words around a number say of it."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

ROWS = {
    "a group with its own start": (
        "Fatigue was less frequent than before treatment in the docetaxel arm (P = 0.02) with gemcitabine given later.",
        set(),
    ),
    "within groups": ("Within-group changes of nausea were significant with docetaxel (P = 0.01) and gemcitabine (P = 0.03).", set()),
    "a change in both groups": ("The frequency of diarrhea decreased significantly in both groups (P < 0.01).", set()),
    "both groups had it": ("Both arms showed a significant reduction of pain (P < 0.001).", set()),
    "no change, but a difference between both": (
        "Grade 3 diarrhea was more common with docetaxel than gemcitabine in both groups of age (P < 0.01).",
        {"AE diarrhea: docetaxel vs gemcitabine: p<0.01"},
    ),
    "an effect of time": ("A significant time effect was seen for nausea in the docetaxel and gemcitabine arms (P = 0.03).", set()),
    "before the treatment": ("Fatigue did not differ between the docetaxel and gemcitabine arms before treatment (P = 0.7).", set()),
    "before, and then after": (
        "Fatigue did not differ before treatment, but OS was longer with docetaxel than gemcitabine (P = 0.02).",
        {"OS: docetaxel vs gemcitabine: p=0.02"},
    ),
    "who they were at the start": (
        "In patients with anemia at baseline, OS did not differ between the docetaxel and gemcitabine arms (P = 0.4).",
        {"OS in anemia at baseline: docetaxel vs gemcitabine: p=0.4"},
    ),
    "a correlation": ("Response was related to dose in the docetaxel and gemcitabine arms (r = 0.31, P = 0.04).", set()),
    "two cycles": ("In the docetaxel arm, nausea did not differ between the first and the second cycle (P = 0.4).", set()),
    "other people": ("Rash was more frequent than in those who had never smoked (P = 0.02).", set()),
    "the outcome stands in the next statement": (
        "The pain scores did not differ (P = 0.06 (first week), P = 0.4. The discontinuation rate was 4%.",
        None,
    ),
    "an interval by another name": (
        "OS favored docetaxel over gemcitabine (HR 0.70; 95% nominal confidence interval [CI]: 0.52-0.94).",
        {"OS: docetaxel vs gemcitabine: HR 0.7 [0.52, 0.94]"},
    ),
    "an interval in full stops": (
        "OS favored docetaxel over gemcitabine (HR 0.70, 95% C.I. 0.52-0.94; P = 0.02).",
        {"OS: docetaxel vs gemcitabine: HR 0.7 [0.52, 0.94] p=0.02"},
    ),
    "a time in the name of an estimate": (
        "The hazard ratio for death at 90 days with docetaxel, as compared with gemcitabine, was 0.81 (95% CI 0.60-1.10).",
        {"OS: docetaxel vs gemcitabine: HR 0.81 [0.6, 1.1]"},
    ),
    "a heart rate": ("HR rose with docetaxel, 3 min after the response to gemcitabine.", set()),
    "another test of one estimate": (
        "OS was longer with docetaxel (HR 0.62; P = 0.004 by log-rank test and P < 0.001 by Wilcoxon test).",
        {"OS: docetaxel vs gemcitabine: HR 0.62 p=0.004", "OS: docetaxel vs gemcitabine: p<0.001"},
    ),
    "a risk that was cut": (
        "Docetaxel reduced the risk of death by 38% (HR 0.62; P = 0.004).",
        {"OS: docetaxel vs gemcitabine: risk reduction 38", "OS: docetaxel vs gemcitabine: HR 0.62 p=0.004"},
    ),
    "a risk that was lowered": (
        "The hazard of relapse was significantly lowered by about 20% with docetaxel.",
        {"RFS: docetaxel vs gemcitabine: risk reduction 20"},
    ),
    "another cause of death": (
        "The risk of death from heart failure was lower with docetaxel than gemcitabine (HR 0.62; P = 0.004).",
        {"DEATH heart failure: docetaxel vs gemcitabine: HR 0.62 p=0.004"},
    ),
    "a kind of death": (
        "Cardiovascular death was rarer with docetaxel than gemcitabine (HR 0.62; P = 0.004).",
        {"DEATH: docetaxel vs gemcitabine: HR 0.62 p=0.004"},
    ),
    "dying of the tumor": (
        "Patients on docetaxel were less likely to die of melanoma than those on gemcitabine (HR 0.62; P = 0.004).",
        {"CSS: docetaxel vs gemcitabine: HR 0.62 p=0.004"},
    ),
    "dying": (
        "Patients on docetaxel had a lower risk of dying than those on gemcitabine (HR 0.62; P = 0.004).",
        {"OS: docetaxel vs gemcitabine: HR 0.62 p=0.004"},
    ),
    "death or something else": ("The risk of death or hospitalization was lower with docetaxel than gemcitabine (HR 0.62; P = 0.004).", set()),
    "several events, each with its grade": (
        "Grade 3 rash and grade 3 nausea were less frequent with docetaxel than gemcitabine (P = 0.02 and P = 0.04, respectively).",
        {"AE rash: docetaxel vs gemcitabine: p=0.02", "AE nausea: docetaxel vs gemcitabine: p=0.04"},
    ),
    "two patients' groups, the second against the first": (
        "Nine patients were ALK+ and had a median OS of 11.2 months compared to 6.1 months for patients without ALK (P = 0.5).",
        set(),
    ),
    "one group, both arms": (
        "Median OS was 9.5 vs 6.9 months in patients with an ALK mutation (P = 0.02).",
        {"OS in ALK mutation: docetaxel vs gemcitabine: p=0.02"},
    ),
    "levels of what some patients had more of": (
        "Patients with a denser stroma had shorter OS: low, 7.8 months; intermediate, 6.7 months; high, 4.5 months (P = 0.7).",
        set(),
    ),
    "a risk of something else": (
        "The risk of death was similar with docetaxel and gemcitabine (RR 0.69; 95% CI 0.35-1.39), as was the risk of poor wound healing (RR 0.76).",
        {"DEATH: docetaxel vs gemcitabine: RR 0.69 [0.35, 1.39]"},
    ),
    "a risk of an event": (
        "The risk of neutropenia was higher with docetaxel than gemcitabine (OR 2.1; 95% CI 1.2-3.9).",
        {"AE neutropenia: docetaxel vs gemcitabine: OR 2.1 [1.2, 3.9]"},
    ),
    "the odds of a response": (
        "OS was longer with docetaxel than gemcitabine. The odds of response were higher with docetaxel (OR 2.1; 95% CI 1.2-3.9).",
        {"ORR: docetaxel vs gemcitabine: OR 2.1 [1.2, 3.9]"},
    ),
    "a marker and when it was measured": (
        "Serum ferritin levels at week 12 were lower with docetaxel than with gemcitabine (P = 0.02).",
        {"BIOMARKER Serum ferritin levels: docetaxel vs gemcitabine: p=0.02"},
    ),
    "a time is no marker": ("The frequency was lower at 180 minutes with docetaxel than with gemcitabine (P = 0.02).", set()),
    "a change of a marker, between the arms": (
        "The change in serum ferritin levels from baseline to week 12 was greater with docetaxel compared with gemcitabine (P = 0.02).",
        {"BIOMARKER ferritin levels: docetaxel vs gemcitabine: p=0.02"},
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_is_compared_is_what_the_words_say(name: str) -> None:
    text, facts = ROWS[name]
    found = {told(r) for r in PIPELINE.extract_text(OWN + text).records if r.kind == "comparison"}
    assert found == (facts or set())


def test_each_of_several_p_values_has_the_grade_in_its_place() -> None:
    split = "Grade 3 (14%) and grade 4 nausea were less frequent with docetaxel than gemcitabine (P = 0.02 and P = 0.04, respectively)."
    one = "Grade 3 nausea was less frequent with docetaxel than gemcitabine (P = 0.02 and P = 0.04, respectively)."
    found = [{(r.p.value, r.grade) for r in PIPELINE.extract_text(OWN + t).records if r.kind == "comparison" and r.p} for t in (split, one)]
    assert found == [{(0.02, "3"), (0.04, "4")}, set()]
