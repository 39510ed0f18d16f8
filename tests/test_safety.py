"""Sentences of our own on safety: what a list of events inherits, who stopped and why, who died when. One row a construction."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, Row, told

ROWS = (
    Row(
        "what is told regardless of cause is not from the drug",
        "The most common treatment-related adverse events with docetaxel were nausea (40%), fatigue (30%), and, regardless of cause, rash (20%).",
        (
            "AE rash: docetaxel = 20 percent",
            "AE treatment-related fatigue: docetaxel = 30 percent",
            "AE treatment-related nausea: docetaxel = 40 percent",
        ),
    ),
    Row(
        "a phase ends with what came after",
        "During maintenance therapy, compliance was good; over the whole trial, rash occurred in 12% of patients on docetaxel.",
        ("AE rash: docetaxel = 12 percent",),
    ),
    Row(
        "led to discontinuation",
        "Adverse events led to discontinuation in 7 patients (13.7%) on docetaxel.",
        ("DISCONTINUATION adverse event: docetaxel = 13.7 percent (7/None)",),
    ),
    Row(
        "a list inherits what the events led to",
        "Treatment-related adverse events leading to study drug discontinuation occurred in 6 patients (11.8%) on docetaxel; "
        "those seen in at least two patients were rash (n = 3 [5.9%]) and neuropathy (n = 2 [3.9%]).",
        (
            "DISCONTINUATION treatment-related adverse event: docetaxel = 11.8 percent (6/None)",
            "DISCONTINUATION treatment-related neuropathy: docetaxel = 3.9 percent (2/None)",
            "DISCONTINUATION treatment-related rash: docetaxel = 5.9 percent (3/None)",
        ),
    ),
    Row(
        "a list before the events that it is of",
        "Pneumonia (5.9%) and sepsis (3.9%) were the most common serious adverse events with docetaxel.",
        (
            "AE serious pneumonia: docetaxel = 5.9 percent",
            "AE serious sepsis: docetaxel = 3.9 percent",
        ),
    ),
    Row(
        "a list of serious events from the drug",
        "The most common drug-related serious adverse events in the docetaxel group were pneumonia (5.9%) and sepsis (3.9%).",
        (
            "AE drug-related serious pneumonia: docetaxel = 5.9 percent",
            "AE drug-related serious sepsis: docetaxel = 3.9 percent",
        ),
    ),
    Row(
        "an event behind a list of another kind",
        "Serious adverse events were reported in 20% of patients in the docetaxel group; fatigue occurred in 40% of patients in the docetaxel group.",
        (
            "AE fatigue: docetaxel = 40 percent",
            "AE any serious adverse event: docetaxel = 20 percent",
        ),
    ),
    Row(
        "what led to death, whatever it is",
        "The most frequent event leading to death on docetaxel was tumor progression in 4 patients (7.8%).",
        ("DEATH tumor progression: docetaxel = 7.8 percent (4/None)",),
    ),
    Row(
        "from the drug and fatal",
        "Drug-related adverse events leading to death occurred in two patients (3.9%) on docetaxel.",
        ("TREATMENT_DEATH: docetaxel = 3.9 percent (2/None)",),
    ),
    Row(
        "interruptions have no code",
        "Adverse events leading to dose interruption occurred in 9 patients (17.6%) on docetaxel; the most common were nausea "
        "(7.8%) and rash (5.9%).",
        (
            "OTHER adverse event leading to dose interruption: docetaxel = 17.6 percent (9/None)",
            "OTHER nausea leading to dose interruption: docetaxel = 7.8 percent",
            "OTHER rash leading to dose interruption: docetaxel = 5.9 percent",
        ),
    ),
    Row(
        "each grade of a list",
        "On docetaxel, grade 1 or 2 adverse events (60.8%) were more frequent than grade 3 (21.6%) or grade 4 (5.9%) adverse events.",
        (
            "AE any grade 1-2: docetaxel = 60.8 percent",
            "AE any grade 3: docetaxel = 21.6 percent",
            "AE any grade 4: docetaxel = 5.9 percent",
        ),
    ),
    Row(
        "events of those who had one",
        "Rash was reported in 15 patients (29.4%) on docetaxel, most of whom had grade 2 (n = 9 [17.6%]) events.",
        (
            "AE rash grade 2: docetaxel = 17.6 percent (9/None)",
            "AE rash: docetaxel = 29.4 percent (15/None)",
        ),
    ),
    Row(
        "counts by grade",
        "Six events of rash on docetaxel were considered related to the study drug; four were graded as grade 2 and two as grade 3.",
        (
            "AE treatment-related rash grade 2: docetaxel = 4 event",
            "AE treatment-related rash grade 3: docetaxel = 2 event",
            "AE treatment-related rash: docetaxel = 6 event",
        ),
    ),
    Row(
        "this event",
        "Of three patients with rash in the docetaxel group, two (3.9%) developed grade 1 and one (2.0%) developed grade 3. This "
        "event in the gemcitabine group was seen in 8.2% (grade 2).",
        (
            "AE rash grade 1: docetaxel = 3.9 percent (2/None)",
            "AE rash grade 2: gemcitabine = 8.2 percent",
            "AE rash grade 3: docetaxel = 2.0 percent (1/None)",
            "AE rash: docetaxel = 3 patient",
        ),
    ),
    Row(
        "a grade behind what had it",
        "Of those treated, 12% of the docetaxel patients had grade 3-4 neuropathy.",
        ("AE neuropathy grade 3-4: docetaxel = 12 percent",),
    ),
    Row(
        "grade of patients and not of the event",
        "In patients with severe asthma, bleeding occurred in 4 of 20 (20%) on docetaxel and 6 of 24 (25%) on gemcitabine.",
        (
            "[severe asthma] AE bleeding in severe asthma: docetaxel = 20 percent (4/20)",
            "[severe asthma] AE bleeding in severe asthma: gemcitabine = 25 percent (6/24)",
        ),
    ),
    Row(
        "events of people with another",
        "The incidence of bleeding in patients with renal impairment was 10% on docetaxel and 8% on gemcitabine.",
        (
            "[renal impairment] AE bleeding in renal impairment: docetaxel = 10 percent",
            "[renal impairment] AE bleeding in renal impairment: gemcitabine = 8 percent",
        ),
    ),
    Row(
        "stopped for toxicity",
        "In five patients (5%) study treatment was terminated because of an adverse event.",
        ("DISCONTINUATION adverse event: all = 5 percent (5/None)",),
    ),
    Row(
        "stopped for another reason",
        "In five patients (5%) study treatment was terminated because of progression.",
        (),
    ),
    Row(
        "reasons that are none of ours",
        "The main reasons for dose reduction on docetaxel were logistics (8%) and toxicity (4%).",
        ("DOSE_REDUCTION: docetaxel = 4 percent",),
    ),
    Row(
        "how far a dose was reduced",
        "Dose reductions of more than 25% were needed in 12% of patients on docetaxel.",
        ("DOSE_REDUCTION: docetaxel = 12 percent",),
    ),
    Row(
        "shares of cycles",
        "Dose reductions occurred in docetaxel patients (29 out of 417 cycles, 7.0%).",
        ("[cycles] DOSE_REDUCTION in cycles: docetaxel = 7.0 percent (29/417)",),
    ),
    Row(
        "time to discontinuation",
        "The median time to treatment discontinuation was 5.1 months (95% CI 3.9-6.2) on docetaxel.",
        ("TTF: docetaxel = 5.1 month [3.9, 6.2]",),
    ),
    Row(
        "died within",
        "Six patients (11.8%) died in the docetaxel group within the first 8 weeks, nine patients in the gemcitabine group "
        "(18.4%) died within 4 months.",
        (
            "DEATH 4 month: gemcitabine = 18.4 percent (9/None)",
            "DEATH 8 week: docetaxel = 11.8 percent (6/None)",
        ),
    ),
    Row(
        "who was evaluated",
        "Overall survival: at the last visit, 71 of the 90 patients (79%) that were evaluated for OS had died.",
        ("DEATH: all = 79 percent (71/90)",),
    ),
    Row(
        "more in the arm that has more",
        "Late relapse deaths were increased in the docetaxel group (6% vs 11%).",
        (
            "DEATH: docetaxel = 11 percent",
            "DEATH: gemcitabine = 6 percent",
        ),
    ),
    Row(
        "than in the arm that is named",
        "Anemia was seen more often with the new drug than in the gemcitabine group: 41 patients (80%) versus 20 patients (41%).",
        (
            "AE anemia: docetaxel = 80 percent (41/None)",
            "AE anemia: gemcitabine = 41 percent (20/None)",
        ),
    ),
    Row(
        "an endpoint in the bracket of another",
        "The overall response rate was 44% (complete remission (CR) 20%), with little difference between docetaxel (46%) and gemcitabine (42%).",
        (
            "ORR: all = 44 percent",
            "CR: all = 20 percent",
            "ORR: docetaxel = 46 percent",
            "ORR: gemcitabine = 42 percent",
        ),
    ),
    Row(
        "an endpoint with a value of its own",
        "Compliance was 97% and the overall response rate (CR+PR) was 44% on docetaxel.",
        ("ORR: docetaxel = 44 percent",),
    ),
    Row(
        "the range of a median",
        "The median follow-up was 26 months with a range of 3 to 48 months.",
        ("FOLLOW_UP: all = 26 month",),
    ),
    Row(
        "the whole population and the arms",
        "The median follow-up was 26 months in the whole population and 27 months in the docetaxel group and 25 months in the gemcitabine group.",
        (
            "FOLLOW_UP: all = 26 month",
            "FOLLOW_UP: docetaxel = 27 month",
            "FOLLOW_UP: gemcitabine = 25 month",
        ),
    ),
    Row(
        "who a sentence is about",
        "Of the 20/100 (20%) patients who had a leak, 3/20 (15%) required dose reductions on docetaxel.",
        ("DOSE_REDUCTION: docetaxel = 15 percent (3/20)",),
    ),
    Row(
        "a p-value of an event",
        "The frequency of neuropathy was higher in the docetaxel group than in the gemcitabine group (P = 0.02).",
        ("AE neuropathy: docetaxel vs gemcitabine: p=0.02",),
    ),
    Row(
        "stable and progressive cases",
        "In the docetaxel group there were 2 CR cases, 9 PR cases, 12 SD cases and 20 PD cases.",
        (
            "CR: docetaxel = 2 patient",
            "PD: docetaxel = 20 patient",
            "PR: docetaxel = 9 patient",
            "SD: docetaxel = 12 patient",
        ),
    ),
    Row(
        "patients who had an operation",
        "Operative mortality was similar (3 [6%] of 51 patients who underwent resection in the docetaxel group vs 2 [4%] of 49 "
        "who underwent resection in the gemcitabine group).",
        (
            "[resection] DEATH in resection: docetaxel = 6 percent (3/51)",
            "[resection] DEATH in resection: gemcitabine = 4 percent (2/49)",
        ),
    ),
    Row(
        "a clause of its own",
        "The response rate in colon cancer was 5.0% (1/20), while no response was seen in the gemcitabine group (0/12).",
        ("ORR: gemcitabine = 0 patient (0/12)",),
    ),
    Row(
        "during a phase",
        "The most frequent grade 3/4 toxicities during maintenance therapy on docetaxel were nausea (6%) and fatigue (4%).",
        (
            "[during maintenance therapy] AE fatigue grade 3-4 in during maintenance therapy: docetaxel = 4 percent",
            "[during maintenance therapy] AE nausea grade 3-4 in during maintenance therapy: docetaxel = 6 percent",
        ),
    ),
    Row(
        "a total before its parts",
        "By then 31 patients had died: 17 (33%) in the docetaxel group and 14 (29%) in the gemcitabine group.",
        (
            "DEATH: all = 31 patient",
            "DEATH: docetaxel = 33 percent (17/None)",
            "DEATH: gemcitabine = 29 percent (14/None)",
        ),
    ),
    Row(
        "a spread between two values",
        "Mean follow-up periods were 25.0 ± 3.4 and 24.3 ± 5.1 months in the docetaxel and gemcitabine groups, respectively.",
        (
            "FOLLOW_UP: docetaxel = 25.0 month",
            "FOLLOW_UP: gemcitabine = 24.3 month",
        ),
    ),
    Row(
        "cells side by side",
        "Delirium 6 (11.8%) 5 (10.2%) 0.52",
        (),
    ),
    Row(
        "a histological response",
        "A histopathological complete response was found in 3 (5.9%) cases on docetaxel and 5 (10.2%) on gemcitabine.",
        (
            "PCR: docetaxel = 5.9 percent (3/None)",
            "PCR: gemcitabine = 10.2 percent (5/None)",
        ),
    ),
    Row(
        "what patients did else",
        "Eight patients died on docetaxel, one patient did not take the drug and was excluded, and 2 patients were lost to follow-up.",
        ("DEATH: docetaxel = 8 patient",),
    ),
    Row(
        "who went on",
        "Of these, 31 (61%) went on to receive maintenance and 4 (13%) of these 31 patients reported a grade 3 toxicity on docetaxel.",
        ("AE any grade 3: docetaxel = 13 percent (4/None)",),
    ),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r.name)
def test_safety_in_sentences(row: Row) -> None:
    records = PIPELINE.extract_text(OWN + row.text).records
    assert sorted((f"[{r.population}] " if r.population else "") + told(r) for r in records) == sorted(row.facts)
