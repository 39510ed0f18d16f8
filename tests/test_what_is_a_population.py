"""What may be a population at all, and where its phrase ends: by sentences of our own, each with what tells its people apart."""

from __future__ import annotations

import pytest

from extractor.entities.population_forms import find_forms
from extractor.entities.populations import find_populations
from extractor.ingest import from_text
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
PAPERS = {
    "two": ("Docetaxel versus gemcitabine in urachal cancer", "400 patients were randomly assigned to docetaxel or gemcitabine."),
    "one": ("Phase II trial of docetaxel in urachal cancer", "60 patients received docetaxel."),
}
# A sentence, and the populations that it names.
NAMED: dict[str, tuple[str, list[str]]] = {
    "a verb to come ends it": ("By then 40% of women with severe gout will have died.", ["severe gout"]),
    "what may befall them ends it": ("Of patients with cirrhosis 12% may bleed again.", ["cirrhosis"]),
    "a verb of telling ends it": ("A survey of patients with severe gout reported figures of 61%.", ["severe gout"]),
    "a bound and its figure": ("Sepsis was seen in 3% of those who were ventilated for ≥ 48 h.", ["ventilated for >= 48 h"]),
    "a decimal": ("Sepsis was seen in 3% of patients with HbA1c levels <5.7% and in 4%.", ["HbA1c levels <5.7%"]),
    "a sort by its number": ("Sepsis was seen in 3% of patients with type 2 diabetes.", ["type 2 diabetes"]),
    "more than so many": ("Sepsis was seen in 3% of patients with more than three ulcers.", ["more than three ulcers"]),
    "a preposition is left off": ("In the subgroup of women aged ≥70 years in the pooled trials, 12% fell.", ["aged >=70 years"]),
    "a colon ends it": ("Four deaths were in patients older than 80 years: a man with gout and a woman.", ["older than 80 years"]),
    "with regard to": ("The rates of patients with regard to the pain classes were 12% and 15%.", []),
    "what a share is of": ("The proportion of women with severe rash was 12%.", []),
    "what a number is of": ("The number of patients who developed grade 2 cystitis was 12.", []),
    "a share of a group that did something": ("The proportion of women with gout who relapsed was 12%.", ["gout"]),
    "all of them": ("Of the patients included in the study 12% fell.", []),
    "what is supposed": ("If these rates were applied to the country, 4000 would fall.", []),
    "a clause that breaks off": ("If bypass due to stenosis at any site in the target artery is counted, 12% failed.", []),
    "after an act": ("After removal of the drain, fever was seen in 12%.", []),
    "after people were left out": ("After removal of two outliers, fever was seen in 12%.", ["After removal of two outliers"]),
    "a covariate": ("After adjusting for effects of age, the difference was 12%.", []),
    "what came later": ("After adjusting for subsequent therapies, the HR was 0.8.", ["adjusting for subsequent therapies"]),
    "a time of life": ("Infections in the neonatal period were seen in 12%.", []),
    "a part of the study": ("Infections in the open-label period were seen in 12%.", ["open-label period"]),
    "studies of an extension": ("Infections in the five extension studies were seen in 12%.", []),
    "as the protocol has it": ("116 patients completed the trial per protocol and 12% fell.", []),
    "a set of an analysis": ("In the per protocol analysis 12% fell.", ["per protocol"]),
    "who judged": ("Progression was seen in 12% (investigator) and 15% (central review).", []),
    "how it was reckoned": ("The rate was 12% (unadjusted) and 15% (adjusted).", []),
    "what was reached": ("The medians were 5.1 months (PFS1) and 9.2 months (PFS2).", []),
    "what happened": ("The share was 3% for progression and 5% for death.", []),
    "how many": ("The rate was 12% (n40) and 15% (n51).", []),
    "by how much": ("PSA fell in 12% (≥30%) and in 15% (≥50%).", []),
    "levels side by side": ("The rate was 12% (<1%), 15% (1-49%) and 21% (≥50%).", ["< 1%", "1-49%", ">= 50%"]),
    "a cause of death": ("The mortality from disease was 12%.", []),
    "what did not come back": ("Survival without disease recurrence was 60%.", []),
    "those in whom it is gone": ("Survival without disease was 60%.", ["without disease"]),
    "before an operation alone": ("Pain was noted before surgery, and after surgery 5% died.", []),
    "on either side of an operation": ("Pain was seen in 12% before surgery and in 5% after surgery.", ["pre-operative", "post-operative"]),
    "how long before": ("Pain was seen in 12% two weeks before surgery and in 5% after surgery.", []),
    "an area under a curve": ("The response rate was 40% with AUC >5 and 12% otherwise.", []),
    "to do something": ("To identify patients, 12% were called; to enroll patients, 15%.", []),
    "dogs that had something": ("Fever was seen in 12% of dogs that had bony lesions.", ["bony lesions"]),
    "people still in it": ("Fever was seen in 12 patients still on dialysis at week 9.", ["still on dialysis at week 9"]),
    "people by what they do not bear": ("Fever was rarer in women intolerant to iron than in men.", ["intolerant to iron", "men"]),
    "unable to, counted": ("At week 9 12% of patients unable to walk.", []),
    "unable to, of whom something is told": ("At week 9 12% of patients unable to walk had fever.", ["unable to walk"]),
    "all have the disease": ("Of patients diagnosed with lymphoma 12% fell.", []),
    "children of an age": ("Fever was seen in 12% of children younger than 3 years.", ["younger than 3 years"]),
    "the remaining so many": ("Fever was seen in 3 women with gout and in the remaining 34 patients.", ["gout", "remaining patients"]),
    "those who stayed": ("Completers had a fever in 12%.", ["Completers"]),
    "so many of those who stayed": ("Of the 23 completers, 5 had a fever.", ["completers"]),
    "a mean age": ("The dropouts (mean age = 51 years) were 12%.", []),
    "how many men": ("Of the 40 who took part (24 men and 16 women), 12% fell.", []),
    "of so many men": ("Of 24 men 12%, and of 16 women 15% fell.", ["men", "women"]),
    "what they were": ("Twelve percent were current smokers.", []),
    "an age between two": ("In men aged between 35 and 45 years 12% fell.", ["aged between 35 and 45 years"]),
    "a kind of tumour tissue": ("Fever was seen in 12% with serous histology.", ["serous"]),
    "a marker than in": ("PFS was longer in KRT wild-type than in KRT mutant tumors.", ["KRT wild-type", "KRT mutant"]),
    "a share that opens a phrase": ("The shop was found among adults with 57% use.", []),
    "without said of patients": ("It was 4 with rash in patients with rash and 9 in patients without.", ["rash", "without rash"]),
    "the remaining, alone": ("In the remaining 34 patients, 12% fell.", []),
    "statuses of a disease": ("12% fell with EBV-positive nasal cancer and 15% with EBV-negative nasal cancer.", ["EBV-positive", "EBV-negative"]),
    "one status of a disease": ("12% fell with EBV-positive nasal cancer.", []),
    "so many in turn": ("Of women with no, one and two scars, 12%, 15% and 21% fell, respectively.", ["no scars", "one scars", "two scars"]),
    "so many events in turn": ("Iron was given to women with 12 versus 15 events, respectively.", []),
    "dogs given so many": ("Fever was rare in dogs that received one or two agents.", ["one or two agents"]),
    "symptoms end in ing": ("Fever was seen in 12% of patients with swelling.", ["swelling"]),
}


@pytest.mark.parametrize("name", NAMED)
def test_what_is_named_as_a_population(name: str) -> None:
    text, want = NAMED[name]
    known = list(find_populations(text))
    found = [*known, *find_forms(text, [p.span for p in known])]
    assert [p.norm for p in sorted(found, key=lambda p: p.span)] == want


TOLD: dict[str, tuple[str, str, set[str]]] = {
    "treated before or not": (
        "two",
        "In pretreated patients, PFS was 5.1 and 9.3 months in untreated patients.",
        {"[pretreated] all = 5.1", "[untreated] all = 9.3"},
    ),
    "treated before or not, each behind its value": (
        "one",
        "Median OS was 5.1 months in pretreated patients and 9.3 months in untreated patients.",
        {"[pretreated] docetaxel = 5.1", "[untreated] docetaxel = 9.3"},
    ),
    "treated before or not, each ahead of its value": (
        "two",
        "The response rate in previously untreated patients was 40% and in pretreated patients 15%.",
        {"[previously untreated] all = 40", "[pretreated] all = 15"},
    ),
    "a list without a preposition": (
        "two",
        "Responses were seen in 4 of 12 (33%) chemotherapy-naive patients and in 2 of 20 (10%) pretreated patients.",
        {"[chemotherapy-naive] all = 33", "[pretreated] all = 10"},
    ),
    "a score told with of": (
        "one",
        "Median OS was 12.3 months for patients with an ECOG PS of 0 and 6.1 months for those with an ECOG PS of 1.",
        {"[ECOG PS 0] docetaxel = 12.3", "[ECOG PS 1] docetaxel = 6.1"},
    ),
    "two groups in turn": (
        "two",
        "Two-year OS rates for patients with stage II and stage III tumors were 80% and 60%, respectively.",
        {"[stage II tumors] all = 80", "[stage III tumors] all = 60"},
    ),
    "two groups with one head in turn": (
        "one",
        "Median OS for women with lung and liver metastases was 9 and 14 months, respectively.",
        {"[lung metastases] docetaxel = 9", "[liver metastases] docetaxel = 14"},
    ),
    "two arms in turn in two groups together": (
        "two",
        "The ORR for women with lung and liver metastases was 40% and 30%, respectively, with docetaxel and gemcitabine.",
        {"[lung and liver metastases] docetaxel = 40", "[lung and liver metastases] gemcitabine = 30"},
    ),
    "a disease and something else": (
        "one",
        "Median PFS was 5.1 months in squamous tumors and 7.3 months in adenocarcinomas.",
        {"[squamous] docetaxel = 5.1", "[adenocarcinomas] docetaxel = 7.3"},
    ),
    "people restricted to": (
        "one",
        "When the analysis was restricted to women with measurable lesions, the ORR was 32%.",
        {"[measurable lesions] docetaxel = 32"},
    ),
    "an age with its sign": ("one", "In patients aged 65 years or older, the ORR was 20%.", {"[aged >= 65 years] docetaxel = 20"}),
    "responders and the others": (
        "one",
        "Median OS was 24 months for responders and 9 months for non-responders.",
        {"[responders] docetaxel = 24", "[non-responders] docetaxel = 9"},
    ),
    "quartiles of patients": (
        "two",
        "Median OS was 11 months in the first quartile and 8 months in the fourth quartile.",
        {"[first quartile] all = 11", "[fourth quartile] all = 8"},
    ),
    "markers with one head": (
        "two",
        "The ORR was 44% in XB-L1-positive and 12% in XB-L1-negative patients.",
        {"[XB-L1-positive] all = 44", "[XB-L1-negative] all = 12"},
    ),
    "one group of a study of two arms": ("two", "Patients with liver metastases had a median OS of 12.3 months.", {"[liver metastases] all = 12.3"}),
    "one group of one of two arms": (
        "two",
        "Patients with liver metastases had a median OS of 12.3 months with gemcitabine.",
        {"[liver metastases] gemcitabine = 12.3"},
    ),
    "one group behind an arm": (
        "two",
        "In the docetaxel arm, the ORR was 40%. In women with liver metastases, it was 20%.",
        {"docetaxel = 40", "[liver metastases] docetaxel = 20"},
    ),
    "evaluable patients": ("one", "The response rate in evaluable patients was 40%.", {"docetaxel = 40"}),
    "all evaluable patients": ("one", "The response rate among all 38 evaluable patients was 40%.", {"docetaxel = 40"}),
    "who were evaluable": ("one", "Of 45 patients who responded, 40% were evaluable.", set()),
    "responders are what a response rate counts": (
        "two",
        "The rate of responders was higher with docetaxel: 40% of responders vs 30% with gemcitabine.",
        {"docetaxel = 40", "gemcitabine = 30"},
    ),
    "stages beside two arms": (
        "two",
        "The 3-year OS rate was 51% for N0-1 disease and 32% for N2 disease.",
        {"[N0-1 disease] all = 51", "[N2 disease] all = 32"},
    ),
    "risks of a disease beside two arms": (
        "two",
        "3-year OS was 51% in low-risk lymphoma and 32% in high-risk lymphoma.",
        {"[low-risk] all = 51", "[high-risk] all = 32"},
    ),
    "diseases beside two arms": (
        "two",
        "The response rate was 11% for ovarian cancer and 32% for SCLC.",
        {"[ovarian cancer] all = 11", "[SCLC] all = 32"},
    ),
    "those with and those without, told at the end": (
        "two",
        "3-year OS was 51% in those with, and 32% in those without, a fistula.",
        {"[fistula] all = 51", "[without fistula] all = 32"},
    ),
    "without, of patients": (
        "two",
        "Median OS was 5.1 months in patients with ascites compared with 9.3 months in patients without.",
        {"[ascites] all = 5.1", "[without ascites] all = 9.3"},
    ),
    "statuses behind their values": ("two", "The ORR was 61% (RAS mutated) and 12% (wild type).", {"[RAS mutated] all = 61", "[wild type] all = 12"}),
    "abbreviations behind their values may be arms": ("two", "The ORR was 61% (DX) and 12% (GX).", {"docetaxel = 61", "gemcitabine = 12"}),
    "three groups of risk behind their values": (
        "two",
        "The 2-year PFS rates were 61%, 42% and 21% for low-, intermediate- and high-risk women, respectively.",
        {"[low-risk] all = 61", "[intermediate-risk] all = 42", "[high-risk] all = 21"},
    ),
    "risk factors are of people": ("two", "Women with two risk factors had a median OS of 3.3 months.", {"[two risk factors] all = 3.3"}),
    "how long responders lived": ("two", "The 12-month OS rate among responders was 91%.", {"[responders] all = 91"}),
    "nothing before": ("two", "In women who had received no prior chemotherapy, the ORR was 54%.", {"[no prior chemotherapy] all = 54"}),
    "so many agents": ("two", "Dogs that received one or two agents had a median OS of 5.2 months.", {"[one or two agents] all = 5.2"}),
    "one group after a semicolon": (
        "two",
        "In frail women, the ORR was 46%; in robust women, it was 21%.",
        {"[frail] all = 46", "[robust] all = 21"},
    ),
    "one group after the other": (
        "two",
        "In frail women, median OS was 4.6 months, compared with 21 months in robust women.",
        {"[frail] all = 4.6", "[robust] all = 21"},
    ),
    "two groups with one head behind their values": (
        "two",
        "The 2-year PFS rates were 71% and 31% for low- and high-risk women, respectively.",
        {"[low-risk] all = 71", "[high-risk] all = 31"},
    ),
    "groups with a bracket each": (
        "two",
        "Median OS was longer in women (21.1 months) than in men (9.3 months).",
        {"[women] all = 21.1", "[men] all = 9.3"},
    ),
    "what people bear is no arm": (
        "two",
        "Median PFS was 6.1 months in women refractory to platinum and 9.2 months in those sensitive to platinum.",
        {"[refractory to platinum] all = 6.1", "[sensitive to platinum] all = 9.2"},
    ),
    "what a tumour bears is no arm": (
        "two",
        "The ORR was 17% in platinum-resistant disease and 44% in platinum-sensitive disease.",
        {"[platinum-resistant disease] all = 17", "[platinum-sensitive disease] all = 44"},
    ),
    "a cohort keeps its letter": ("one", "In cohort A, the response rate was 12%.", {"[cohort A] docetaxel = 12"}),
}


def told(kind: str, sentence: str) -> set[str]:
    """Population, arm and value of each measurement of a sentence in the results of a paper."""
    title, methods = PAPERS[kind]
    text = f"{title}\n\nAbstract\n\nMethods: {methods} Results: See below.\n\nMethods\n\n{methods}\n\nResults\n\n{sentence}\n"
    found = [r for r in PIPELINE.extract_document(from_text(text)).records if r.kind == "measurement"]
    return {f"[{r.population}] {r.arm} = {r.value:g}" if r.population else f"{r.arm} = {r.value:g}" for r in found}


@pytest.mark.parametrize("name", TOLD)
def test_in_whom_a_value_was_seen(name: str) -> None:
    kind, sentence, want = TOLD[name]
    assert told(kind, sentence) == want


def test_a_benefit_that_holds_in_a_group_is_between_the_arms() -> None:
    title, methods = PAPERS["two"]
    said = "PFS was longer with docetaxel (p = 0.01), and the benefit was seen in women with liver metastases (p = 0.03)."
    text = f"{title}\n\nAbstract\n\nMethods: {methods} Results: See below.\n\nMethods\n\n{methods}\n\nResults\n\n{said}\n"
    found = [r for r in PIPELINE.extract_document(from_text(text)).records if r.kind == "comparison"]
    assert {(r.population, r.arm, r.comparator, r.p.value) for r in found if r.p is not None} == {
        (None, "docetaxel", "gemcitabine", 0.01),
        ("liver metastases", "docetaxel", "gemcitabine", 0.03),
    }
