"""Arms that a sentence leaves to the reader: standing controls beside one named arm, groups that enter late, lists of a paper without arms."""

from __future__ import annotations

import pytest
from test_relations import told

from extractor.ingest import from_text
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
PAPER = "{title}\n\nAbstract\n\nBackground: Little is known. Methods: {methods} Results: See below.\n\nMethods\n\n{methods}\n\nResults\n\n{said}\n"
PAPERS = {
    "two": ("Docetaxel versus gemcitabine in urachal cancer", "400 patients were randomly assigned to docetaxel or gemcitabine."),
    "standard first": (
        "Gemcitabine and docetaxel in urachal cancer",
        "Patients were randomly assigned to either gemcitabine or docetaxel. The two arms were alike.",
    ),
    "lettered": ("Docetaxel versus gemcitabine in urachal cancer", "Patients were randomly assigned to docetaxel (arm A) or gemcitabine (arm B)."),
    "told in brackets": (
        "Rolapitant with urachal chemotherapy",
        "Patients were given either the standard regimen (granisetron and methylprednisolone) or the rolapitant one (rolapitant plus granisetron).",
    ),
    "none": ("Outcome of urachal cancer", "We read the charts of 310 people with urachal cancer."),
    "called by roles": (
        "Honey against mucositis",
        "Patients were assigned to receive either honey lozenges (test group) or saline rinse (control group) during radiotherapy."
        " The test group and the control group were alike.",
    ),
    "three groups": (
        "Pressure support in urachal surgery",
        "Patients were randomly allocated to one of three groups. The helmet group had pressure by helmet, the mask group by mask."
        " The control group had oxygen. Survival was compared between the helmet group, the mask group and the control group.",
    ),
}


def read(kind: str, said: str) -> set[str]:
    title, methods = PAPERS[kind]
    return {told(r) for r in PIPELINE.extract_document(from_text(PAPER.format(title=title, methods=methods, said=said))).records}


ROWS: dict[str, tuple[str, str, set[str]]] = {
    "the standard arm is the one that is not named beside it": (
        "standard first",
        "Grade 3 rash was seen in 31% in the docetaxel arm versus 18% in the standard arm.",
        {"AE rash grade 3: docetaxel = 31 percent", "AE rash grade 3: gemcitabine = 18 percent"},
    ),
    "the control is the one named, in apposition": (
        "two",
        "In the control arm with docetaxel the response rate was 21%.",
        {"ORR: docetaxel = 21 percent"},
    ),
    "a regimen told in brackets": (
        "told in brackets",
        "Fever was seen in 12% of patients receiving the rolapitant regimen and 19% of those receiving the standard regimen.",
        {"AE fever: rolapitant = 12 percent", "AE fever: granisetron + methylprednisolone = 19 percent"},
    ),
    "a control beside two groups": (
        "three groups",
        "Death occurred in 6 patients in the helmet group, 8 in the mask group and 11 in the control group."
        " Rash was seen in 12% of the helmet group, 9% of the mask group and 4% of the control group. Two patients in the control group had fever.",
        {
            "DEATH: helmet = 6 patient",
            "DEATH: mask = 8 patient",
            "DEATH: control = 11 patient",
            "AE rash: helmet = 12 percent",
            "AE rash: mask = 9 percent",
            "AE rash: control = 4 percent",
            "AE fever: control = 2 patient",
        },
    ),
    "what groups called by their roles were given": (
        "called by roles",
        "Rash was seen in 12% of the test group and 19% of the control group. Pain was seen in 9 cases (21%) in the test group, compared with 8 cases"
        " (25%) in the control group.",
        {
            "AE rash: honey lozenges = 12 percent",
            "AE rash: saline rinse = 19 percent",
            "AE pain: honey lozenges = 21 percent (9/None)",
            "AE pain: saline rinse = 25 percent (8/None)",
        },
    ),
    "alive after a follow-up, of those included in an arm": (
        "lettered",
        "After a median follow-up of 15 months, 67% of patients included in arm A were still alive, compared to 58% of those included in arm B.",
        {"FOLLOW_UP: all = 15 month", "OS: docetaxel = 67 percent", "OS: gemcitabine = 58 percent"},
    ),
    "landmarks in turn, of a paper without arms": (
        "none",
        "Overall survival was 91% (95% CI 82% to 96%), 77% (95% CI 66% to 85%) and 55% (95% CI 41% to 67%) at 1, 2 and 4 years, respectively.",
        {"OS 1 year: all = 91 percent [82, 96]", "OS 2 year: all = 77 percent [66, 85]", "OS 4 year: all = 55 percent [41, 67]"},
    ),
    "endpoints in turn, of a paper without arms": (
        "none",
        "The median OS and PFS were 21.5 and 9.6 months, respectively.",
        {"OS: all = 21.5 month", "PFS: all = 9.6 month"},
    ),
    "two groups that have no name": ("none", "Median OS was 21.5 and 9.6 months in the two groups, respectively.", set()),
}


@pytest.mark.parametrize("name", ROWS)
def test_whose_values_they_are(name: str) -> None:
    kind, said, want = ROWS[name]
    assert read(kind, said) == want
