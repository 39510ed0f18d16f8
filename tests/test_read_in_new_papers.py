"""Constructions that papers nobody had tuned to tell their results in: groups in turn, arms in a bracket, those who had none, what is no share."""

from __future__ import annotations

import pytest
from test_relations import told

from extractor.ingest import from_text
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
PAPER = "{title}\n\nAbstract\n\nBackground: Little is known. Methods: {methods} Results: See below.\n\nMethods\n\n{methods}\n\nResults\n\n{said}\n"
PAPERS = {
    "two": ("Docetaxel versus gemcitabine in urachal cancer", "Patients were randomly assigned to docetaxel or gemcitabine."),
    "one": ("Phase II trial of docetaxel in urachal cancer", "Patients received docetaxel."),
    "none": ("Outcome of urachal cancer", "We read the charts of 310 people with urachal cancer."),
}


def read(kind: str, said: str) -> set[str]:
    title, methods = PAPERS[kind]
    return {told(r) for r in PIPELINE.extract_document(from_text(PAPER.format(title=title, methods=methods, said=said))).records}


ROWS: dict[str, tuple[str, str, set[str]]] = {
    # groups of which the marker, or the head, is told once
    "two markers, one status": (
        "one",
        "Response rates of 61% and 52% were seen in XB1 and XB2 mutant sarcoma patients, respectively.",
        {"ORR in XB1 mutant: docetaxel = 61 percent", "ORR in XB2 mutant: docetaxel = 52 percent"},
    ),
    "one marker, two statuses": (
        "one",
        "Response rates were 61% and 52% in XB-1 positive and negative patients, respectively.",
        {"ORR in XB-1 positive: docetaxel = 61 percent", "ORR in XB-1 negative: docetaxel = 52 percent"},
    ),
    "two genes, one change": (
        "one",
        "Response rates of 61% and 52% were noticed in patients with XB1 and XB2 mutations, respectively.",
        {"ORR in XB1 mutations: docetaxel = 61 percent", "ORR in XB2 mutations: docetaxel = 52 percent"},
    ),
    "two sorts of tumors": (
        "one",
        "The response rate was 61% and 52% for mucinous and non-mucinous tumors, respectively.",
        {"ORR in mucinous: docetaxel = 61 percent", "ORR in non-mucinous: docetaxel = 52 percent"},
    ),
    "arms in turn are no groups": (
        "two",
        "The response rate was 61% and 52% for docetaxel and gemcitabine patients, respectively.",
        {"ORR: docetaxel = 61 percent", "ORR: gemcitabine = 52 percent"},
    ),
    "people of a kind who died": (
        "none",
        "Only 21.5% (43/200) of embolized patients died compared with 33% (99/300) in the nonembolized group.",
        {"DEATH in embolized: all = 21.5 percent (43/200)", "DEATH in nonembolized: all = 33 percent (99/300)"},
    ),
    # arms
    "the arm closes the bracket of its value": (
        "two",
        "The main toxicities were vomiting (19%, docetaxel) and neutropenia (55%, gemcitabine).",
        {"AE vomiting: docetaxel = 19 percent", "AE neutropenia: gemcitabine = 55 percent"},
    ),
    "each arm closes its part of a bracket": (
        "two",
        "Rash was common (12%, docetaxel group; 3%, gemcitabine group).",
        {"AE rash: docetaxel = 12 percent", "AE rash: gemcitabine = 3 percent"},
    ),
    "what the next clause tells is of its own arm": (
        "two",
        "Neuropathy was observed in 33 patients (66%) in the docetaxel arm, and was grade 3 in six patients (12%), while hot flushes were seen in"
        " eight patients (17%) in the gemcitabine arm.",
        {
            "AE neuropathy: docetaxel = 66 percent (33/None)",
            "AE neuropathy grade 3: docetaxel = 12 percent (6/None)",
            "AE hot flush: gemcitabine = 17 percent (8/None)",
        },
    ),
    "an overall rate behind those of the arms": (
        "two",
        "Toxic deaths were one with docetaxel (2%) and three (6%) with gemcitabine, which represents an overall rate of toxic deaths of 4%.",
        {
            "TREATMENT_DEATH: docetaxel = 2 percent (1/None)",
            "TREATMENT_DEATH: gemcitabine = 6 percent (3/None)",
            "TREATMENT_DEATH: all = 4 percent",
        },
    ),
    "an overall response rate is an endpoint": (
        "two",
        "In the docetaxel arm 12% had CR and 8% PR, for an overall response rate of 20%.",
        {"CR: docetaxel = 12 percent", "PR: docetaxel = 8 percent", "ORR: docetaxel = 20 percent"},
    ),
    "doses told as per square meter": (
        "none",
        "With irinotecan 180 mg m-2 plus leucovorin 125 mg m-2 plus fluorouracil 400 mg m-2 the response rate was 29%.",
        {"ORR: irinotecan + leucovorin + fluorouracil = 29 percent"},
    ),
    "groups behind the values of both arms": (
        "two",
        "The response rates with docetaxel and gemcitabine were, respectively, 57 and 47% for women (P = 0.9), 37 and 34% for men (P = 0.6) and"
        " 29 and 20% for children (P = 0.8).",
        {
            "ORR in women: docetaxel = 57 percent",
            "ORR in women: gemcitabine = 47 percent",
            "ORR in women: docetaxel vs gemcitabine: p=0.9",
            "ORR in men: docetaxel = 37 percent",
            "ORR in men: gemcitabine = 34 percent",
            "ORR in men: docetaxel vs gemcitabine: p=0.6",
            "ORR in children: docetaxel = 29 percent",
            "ORR in children: gemcitabine = 20 percent",
            "ORR in children: docetaxel vs gemcitabine: p=0.8",
        },
    ),
    "a value of other reports": (
        "two",
        "While OS is <9 months in most reports, the OS of 12.1 months in the docetaxel arm is promising.",
        {"OS: docetaxel = 12.1 month"},
    ),
    "the last of counts in turn": (
        "two",
        "Best responses were nine or two stable disease and 12 or 22 progressive disease in the docetaxel or gemcitabine arm, respectively.",
        set(),
    ),
    # grades
    "usually of a grade": (
        "two",
        "Overall, 33 patients (66%) had some toxicity with docetaxel and 31 patients (69%) with gemcitabine, usually grade 1-2.",
        {"AE any: docetaxel = 66 percent (33/None)", "AE any: gemcitabine = 69 percent (31/None)"},
    ),
    "although of a grade in some": (
        "one",
        "Docetaxel caused neuropathy in 62% of patients, although it was grade 3-4 in only 10%.",
        {"AE neuropathy: docetaxel = 62 percent", "AE neuropathy grade 3-4: docetaxel = 10 percent"},
    ),
    # what is of nobody, or of those who had none
    "did not develop": ("one", "Of 40 patients, 9 (22.5%) did not experience any rash.", set()),
    "a percentage of none": ("two", "A higher percentage of no vomiting was seen with docetaxel than with gemcitabine (81% vs 71%).", set()),
    "two counts side by side": ("two", "Events (docetaxel/gemcitabine) were fever (2/0), rash (0/1) and nausea (1/0).", set()),
    "a number in the name of proteins": ("one", "Rash was common (JNK1/2).", set()),
    "days of a week": ("one", "Docetaxel was given 5/7 days a week with best responses at 15 mg.", set()),
    "those with a disease who responded": ("one", "This induced responses in 15/29 (52%) patients with thrombocytopenia.", set()),
    "a difference and its interval": (
        "two",
        "The difference of 6% more rash with docetaxel has a 95% confidence interval ranging from -16% to + 28%.",
        set(),
    ),
    "the event that a share is an incidence of": (
        "two",
        "In trials on seizures, docetaxel was associated with a 0.7% incidence of psychosis.",
        {"AE psychosis: docetaxel = 0.7 percent"},
    ),
    # estimates and p-values
    "each p-value with its endpoint behind it": (
        "two",
        "The interaction between CA-125 and docetaxel was not significant (p = 0.22 for PFS and p = 0.35 for OS).",
        {"PFS: interaction between CA-125 and docetaxel: p=0.22", "OS: interaction between CA-125 and docetaxel: p=0.35"},
    ),
    "associations with an outcome": (
        "none",
        "The strongest associations with OS were T3 stage (HR = 1.97, 95% CI: 1.17-3.33) and male sex (HR = 1.54, 95% CI: 1.30-1.83).",
        {"OS: T3 stage: HR 1.97 [1.17, 3.33]", "OS: male sex: HR 1.54 [1.3, 1.83]"},
    ),
    "what a trend is of": (
        "none",
        "The increase of XB cells tended to be also associated with favorable OS (HR = 0.52, 95% CI 0.26-1.11).",
        {"OS: increase of XB cells: HR 0.52 [0.26, 1.11]"},
    ),
    "who carries a poorer prognosis": (
        "none",
        "OS by sex: male gender carries a poorer prognosis (log rank test p=0.05).",
        {"OS: male gender: p=0.05"},
    ),
    "the impact of a factor": (
        "two",
        "The impact of elevated XB-40 (PFS HR 1.84 and OS HR 1.94) was comparable to that of poor performance status.",
        {"PFS: elevated XB-40: HR 1.84", "OS: elevated XB-40: HR 1.94"},
    ),
    "a test of interaction is no course of a marker": (
        "two",
        "CRP decreased in the docetaxel group (P = 0.02) and there was a trend towards an interaction effect (P = 0.09).",
        {"BIOMARKER CRP: docetaxel vs baseline: p=0.02"},
    ),
    "control of disease": ("one", "Control of disease (CR+PR+SD) was achieved in 33 patients (66%).", {"DCR: docetaxel = 66 percent (33/None)"}),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_a_new_paper_tells(name: str) -> None:
    kind, said, want = ROWS[name]
    assert read(kind, said) == want


def test_data_reported_for_others_are_theirs() -> None:
    """What a discussion likens its own figure to, with the treatments that each was seen with."""
    title, methods = PAPERS["two"]
    said = (
        "There was a trend for longer median survival with docetaxel in this study (10.8 months) and this compares well with data reported for"
        " newer combinations such as capecitabine and cisplatin (10.5 months), and epirubicin, oxaliplatin and cisplatin (11.0 months)."
    )
    paper = PAPER.format(title=title, methods=methods, said="Responses were common.") + f"\nDiscussion\n\n{said}\n"
    found = {(r.provenance, r.arm, r.value) for r in PIPELINE.extract_document(from_text(paper)).records if r.kind == "measurement"}
    assert found == {
        ("own", "docetaxel", 10.8),
        ("cited", "capecitabine + cisplatin", 10.5),
        ("cited", "epirubicin + oxaliplatin + cisplatin", 11.0),
    }


def test_more_than_all_in_words_is_a_fault_of_the_paper_and_is_read() -> None:
    text = "Lomustine against placebo in glioma\n\nMethods\nPatients were randomly assigned to lomustine or placebo.\n\nResults\n{}\n"
    said = "In total, 44 of 41 patients in the lomustine arm died."
    found = [(r.value, r.N) for r in PIPELINE.extract_text(text.format(said)).records if r.kind == "measurement"]
    assert found == [(44, 41)]
