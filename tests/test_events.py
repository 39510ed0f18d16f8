"""Sentences of our own on adverse events and deaths: one row a construction, the whole result compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_relations import OWN, PIPELINE, Row, told

from extractor.relations.patterns import GRADE_OF_LIST

ROWS = (
    Row(
        "none at all set against a share",
        "The commonest adverse events were nausea (11 patients [22%] in the docetaxel group vs six [12%] in the gemcitabine group) "
        "and vertigo (five [10%] vs none).",
        (
            "AE nausea: docetaxel = 22 percent (11/None)",
            "AE nausea: gemcitabine = 12 percent (6/None)",
            "AE vertigo: docetaxel = 10 percent (5/None)",
            "AE vertigo: gemcitabine = 0 patient",
        ),
    ),
    Row(
        "a share below one is not none at all",
        "Flushing was seen with docetaxel and gemcitabine (12% vs 0.6%).",
        ("AE flushing: docetaxel = 12 percent", "AE flushing: gemcitabine = 0.6 percent"),
    ),
    Row(
        "deaths of two arms by their cause",
        "Seven deaths in the docetaxel group were due to tumor progression compared with 15 in the gemcitabine group.",
        ("DEATH tumor progression: docetaxel = 7 patient", "DEATH tumor progression: gemcitabine = 15 patient"),
    ),
    Row(
        "no percent sign behind none at all",
        "Flushing (12% vs 0) was commoner with docetaxel than with gemcitabine.",
        ("AE flushing: docetaxel = 12 percent", "AE flushing: gemcitabine = 0 patient"),
    ),
    Row(
        "events in total",
        "A total of 52 adverse events were recorded with docetaxel.",
        ("AE any: docetaxel = 52 event",),
    ),
    Row(
        "events of two arms",
        "There were 14 serious adverse events in the docetaxel arm compared with 9 in the gemcitabine arm.",
        ("AE any serious adverse event: docetaxel = 14 event", "AE any serious adverse event: gemcitabine = 9 event"),
    ),
    Row(
        "reductions of a drug by its name",
        "Docetaxel dose reductions were required in 14 patients (27%).",
        ("DOSE_REDUCTION: docetaxel = 27 percent (14/None)",),
    ),
    Row(
        "the dose of a drug",
        "The dose of gemcitabine was reduced in 6 patients (12%).",
        ("DOSE_REDUCTION: gemcitabine = 12 percent (6/None)",),
    ),
    Row(
        "exposure to a drug",
        "Median exposure to docetaxel was 5.1 months.",
        ("DURATION: docetaxel = 5.1 month",),
    ),
    Row(
        "from the first infusion to the last",
        "The median time between the first and the last infusion was 71 days in the docetaxel group.",
        ("DURATION: docetaxel = 71 day",),
    ),
    Row(
        "cycles behind their range",
        "Patients in the docetaxel group received a median of six (range 1-12) postoperative cycles.",
        ("DURATION: docetaxel = 6 cycle",),
    ),
    Row(
        "one patient for each of a list",
        "One patient each had grade 3 pancreatitis, hepatitis and nephritis on docetaxel.",
        (
            "AE hepatitis grade 3: docetaxel = 1 patient",
            "AE nephritis grade 3: docetaxel = 1 patient",
            "AE pancreatitis grade 3: docetaxel = 1 patient",
        ),
    ),
    Row(
        "two grades, each of so many",
        "Of those on docetaxel, 20 had grade 3 and 5 had grade 4 neutropenia.",
        ("AE neutropenia grade 3: docetaxel = 20 patient", "AE neutropenia grade 4: docetaxel = 5 patient"),
    ),
    Row(
        "another grade of the same event in so many",
        "Grade 3 neutropenia occurred in 20 patients and grade 4 in 5 patients on docetaxel.",
        ("AE neutropenia grade 3: docetaxel = 20 patient", "AE neutropenia grade 4: docetaxel = 5 patient"),
    ),
    Row(
        "deaths said to be related some words behind",
        "Three deaths (6%) in the docetaxel arm were considered related to treatment.",
        ("TREATMENT_DEATH treatment: docetaxel = 6 percent (3/None)",),
    ),
    Row(
        "deaths put down to the drug",
        "Two deaths on gemcitabine were attributed to study drug.",
        ("TREATMENT_DEATH study drug: gemcitabine = 2 patient",),
    ),
    Row(
        "morbidity",
        "Overall morbidity was 31% with docetaxel and 22% with gemcitabine (p = 0.3).",
        (
            "AE overall morbidity: docetaxel = 31 percent",
            "AE overall morbidity: docetaxel vs gemcitabine: p=0.3",
            "AE overall morbidity: gemcitabine = 22 percent",
        ),
    ),
    Row(
        "complications beside mortality",
        "The mortality rate was 0.4% and the rate of complications was 9% with docetaxel.",
        ("AE complication: docetaxel = 9 percent", "DEATH: docetaxel = 0.4 percent"),
    ),
    Row(
        "toxicity of an organ",
        "Bladder toxicity of grade 3 was seen in 4% of patients on docetaxel.",
        ("AE bladder toxicity grade 3: docetaxel = 4 percent",),
    ),
    Row(
        "possibly related events, the most of them behind a semicolon",
        "Possibly related adverse events were seen in 21 patients on docetaxel; cough (n=6) and headache (n=4) were the most common.",
        (
            "AE any possibly related: docetaxel = 21 patient",
            "AE treatment-related cough: docetaxel = 6 patient",
            "AE treatment-related headache: docetaxel = 4 patient",
        ),
    ),
    Row(
        "related toxicities and a bracket of brackets",
        "Of the related toxicities on docetaxel, five were of grade 3 (colitis (n=2), gastritis and syncope (each n=1)).",
        (
            "AE treatment-related colitis grade 3: docetaxel = 2 patient",
            "AE treatment-related gastritis grade 3: docetaxel = 1 patient",
            "AE treatment-related syncope grade 3: docetaxel = 1 patient",
        ),
    ),
    Row(
        "events in a bracket with n and no bracket of their own",
        "Drug-related adverse events occurred in 14 patients on docetaxel (vertigo, n = 5; pruritus, n = 3).",
        (
            "AE any treatment-related: docetaxel = 14 patient",
            "AE drug-related pruritus: docetaxel = 3 patient",
            "AE drug-related vertigo: docetaxel = 5 patient",
        ),
    ),
    Row(
        "events judged to be related in many words",
        "Twelve adverse events on docetaxel were judged to be possibly or probably related to the docetaxel therapy.",
        ("AE any treatment-related: docetaxel = 12 event",),
    ),
    Row(
        "serious events as a whole",
        "Serious adverse events were recorded in 14% of patients on docetaxel.",
        ("AE any serious adverse event: docetaxel = 14 percent",),
    ),
    Row(
        "mortality in shares is death",
        "The overall mortality was 8% (4/51) with docetaxel and 14% (7/49) with gemcitabine.",
        ("DEATH: docetaxel = 8 percent (4/51)", "DEATH: gemcitabine = 14 percent (7/49)"),
    ),
    Row(
        "where a swelling was",
        "Swelling of the feet was seen in 9% and numbness in the fingers in 6% of patients on docetaxel.",
        ("AE numbness in the finger: docetaxel = 6 percent", "AE swelling of the feet: docetaxel = 9 percent"),
    ),
    Row(
        "a bruise at a site",
        "Bruising at the puncture site was reported by 11 patients (22%) on docetaxel.",
        ("AE bruising at the puncture site: docetaxel = 22 percent (11/None)",),
    ),
    Row(
        "how bad it was is no part of a name, and a bleeding event is a bleeding",
        "High-grade diarrhea was seen in 12% of patients on docetaxel, and thrombosis events in 3%.",
        ("AE diarrhea: docetaxel = 12 percent", "AE thrombosis: docetaxel = 3 percent"),
    ),
    Row(
        "some of the deaths by their cause",
        "Of 60 deaths in the docetaxel group, 41 were from lung cancer.",
        ("DEATH lung cancer: docetaxel = 41 patient", "DEATH: docetaxel = 60 patient"),
    ),
    Row(
        "some who had died by the cause",
        "At last contact 33 patients (65%) on docetaxel had died, 28 of them of recurrence.",
        ("DEATH recurrence: docetaxel = 28 patient", "DEATH: docetaxel = 65 percent (33/None)"),
    ),
    Row(
        "an unknown cause of death in so many of each arm",
        "Cause of death was unknown for six patients (two in the docetaxel group, four in the gemcitabine group).",
        ("DEATH unknown: all = 6 patient", "DEATH unknown: docetaxel = 2 patient", "DEATH unknown: gemcitabine = 4 patient"),
    ),
    Row(
        "causes of death in pairs",
        "Most deaths were due to progression (20 [83%] of 24 with docetaxel vs 18 [78%] of 23 with gemcitabine).",
        ("DEATH progression: docetaxel = 83 percent (20/24)", "DEATH progression: gemcitabine = 78 percent (18/23)"),
    ),
    Row(
        "fatal cases of an event",
        "There were three fatal cases of sepsis, two with docetaxel and one with gemcitabine.",
        ("DEATH sepsis: all = 3 patient", "DEATH sepsis: docetaxel = 2 patient", "DEATH sepsis: gemcitabine = 1 patient"),
    ),
    Row(
        "how bad how many of a few were",
        "Only four of 40 patients on docetaxel had colitis (three with grade 2 and one with grade 3).",
        ("AE colitis grade 2: docetaxel = 3 patient", "AE colitis grade 3: docetaxel = 1 patient", "AE colitis: docetaxel = 4 patient (4/40)"),
    ),
    Row(
        "one man died",
        "One man in the docetaxel group died of stroke.",
        ("DEATH stroke: docetaxel = 1 patient",),
    ),
    Row(
        "the hazard of early death",
        "Early deaths were more common with docetaxel (10% vs 6%; HR 1.70, 95% CI 0.90-3.20).",
        ("DEATH: docetaxel = 10 percent", "DEATH: docetaxel vs gemcitabine: HR 1.7 [0.9, 3.2]", "DEATH: gemcitabine = 6 percent"),
    ),
    Row(
        "events and the patients that had them",
        "Altogether 143 adverse events were reported by 74/171 (43%) patients receiving docetaxel.",
        ("AE any: docetaxel = 143 event", "AE any: docetaxel = 43 percent (74/171)"),
    ),
    Row(
        "a reason in the next part of a sentence",
        "Docetaxel was reduced in 11 (48%); three patients discontinued gemcitabine because of rash.",
        ("DISCONTINUATION rash: gemcitabine = 3 patient", "DOSE_REDUCTION: docetaxel = 48 percent (11/None)"),
    ),
    Row(
        "the parts of a total, the last told as the other one",
        "Two deaths occurred in the docetaxel group, one as a result of sepsis and the second from aspiration pneumonia.",
        (
            "DEATH aspiration pneumonia: docetaxel = 1 patient",
            "DEATH sepsis: docetaxel = 1 patient",
            "DEATH: docetaxel = 2 patient",
        ),
    ),
    Row(
        "causes of death with their numbers",
        "In the docetaxel group other causes of death were stroke (n = 2) and pneumonia (n = 1).",
        ("DEATH pneumonia: docetaxel = 1 patient", "DEATH stroke: docetaxel = 2 patient"),
    ),
    Row(
        "given up in so many for an event",
        "Docetaxel was given up in two patients on account of eczema.",
        ("DISCONTINUATION eczema: docetaxel = 2 patient",),
    ),
    Row(
        "none beside a count",
        "Febrile neutropenia occurred in three patients on docetaxel and none on gemcitabine.",
        ("AE febrile neutropenia: docetaxel = 3 patient", "AE febrile neutropenia: gemcitabine = 0 patient"),
    ),
    Row(
        "the event of the sentence before under a pronoun",
        "Rash was seen in 12% of patients on docetaxel. With gemcitabine, it occurred in 7%.",
        ("AE rash: docetaxel = 12 percent", "AE rash: gemcitabine = 7 percent"),
    ),
    Row(
        "a bare count behind one event, and one in its bracket",
        "With docetaxel, anemia was seen in 12% and alopecia in 14, besides rash (n = 3).",
        (
            "AE anemia: docetaxel = 12 percent",
            "AE alopecia: docetaxel = 14 patient",
            "AE rash: docetaxel = 3 patient",
        ),
    ),
    Row(
        "so many had an event, without a word for the people",
        "On docetaxel grade 3 rash was recorded in 4 patients, and one had febrile neutropenia.",
        (
            "AE rash grade 3: docetaxel = 4 patient",
            "AE febrile neutropenia: docetaxel = 1 patient",
        ),
    ),
    Row(
        "a subject that is told who it is before what it did",
        "Eight patients using docetaxel discontinued treatment because of adverse events.",
        ("DISCONTINUATION adverse event: docetaxel = 8 patient",),
    ),
    Row(
        "treatment given up for an event",
        "Docetaxel had to be stopped because of colitis in 9% and the dose was reduced in 31%.",
        ("DISCONTINUATION colitis: docetaxel = 9 percent", "DOSE_REDUCTION: docetaxel = 31 percent"),
    ),
    Row(
        "came off for toxicity",
        "Eleven patients (14%) on docetaxel came off for toxicity.",
        ("DISCONTINUATION toxicity: docetaxel = 14 percent (11/None)",),
    ),
    Row(
        "those whom an event brings in are no count of it",
        "Docetaxel was reduced for patients with leakage (n = 4).",
        (),
    ),
    Row(
        "an event that is said to be commoner",
        "Heart failure was commoner with docetaxel than with gemcitabine (4.7% vs 1.6%).",
        ("AE heart failure: docetaxel = 4.7 percent", "AE heart failure: gemcitabine = 1.6 percent"),
    ),
    Row(
        "bare counts of arms in a bracket behind their total",
        "Altogether 35 patients died (16 in the docetaxel group and 19 in the gemcitabine group).",
        (
            "DEATH: all = 35 patient",
            "DEATH: docetaxel = 16 patient",
            "DEATH: gemcitabine = 19 patient",
        ),
    ),
    Row(
        "bare counts directly before their arm",
        "In all, 35 deaths were recorded (16 docetaxel and 19 gemcitabine).",
        (
            "DEATH: all = 35 patient",
            "DEATH: docetaxel = 16 patient",
            "DEATH: gemcitabine = 19 patient",
        ),
    ),
    Row(
        "a count out of the patients of its arm",
        "16 deaths occurred among 51 patients in the docetaxel group and 19 occurred among 49 patients in the gemcitabine group.",
        (
            "DEATH: docetaxel = 16 patient (16/51)",
            "DEATH: gemcitabine = 19 patient (19/49)",
        ),
    ),
    Row(
        "a total of two equal counts",
        "A total of six deaths were reported (three deaths in each treatment arm).",
        (
            "DEATH: all = 6 patient",
            "DEATH: docetaxel = 3 patient",
            "DEATH: gemcitabine = 3 patient",
        ),
    ),
    Row(
        "the total of shares with counts",
        "A total of 20 patients (20.0%) died: nine patients (17.6%) on docetaxel and 11 patients (22.4%) on gemcitabine.",
        (
            "DEATH: all = 20.0 percent (20/None)",
            "DEATH: docetaxel = 17.6 percent (9/None)",
            "DEATH: gemcitabine = 22.4 percent (11/None)",
        ),
    ),
    Row(
        "how many were studied is no count of events",
        "100 patients (51 in the docetaxel group and 49 in the gemcitabine group) were evaluable for toxicity.",
        (),
    ),
    Row(
        "count, share in brackets, total behind",
        "Nausea occurred in 13 [25%] of 51 patients in the docetaxel group and in 9 [18%] of 49 patients given gemcitabine.",
        (
            "AE nausea: docetaxel = 25 percent (13/51)",
            "AE nausea: gemcitabine = 18 percent (9/49)",
        ),
    ),
    Row(
        "a count that stands some words before its share",
        "Febrile neutropenia was observed in 6 out of 51 patients treated with docetaxel (11.8%) and 7 out of 49 patients treated with "
        "gemcitabine (14.3%).",
        (
            "AE febrile neutropenia: docetaxel = 11.8 percent (6/51)",
            "AE febrile neutropenia: gemcitabine = 14.3 percent (7/49)",
        ),
    ),
    Row(
        "events behind the counts of two arms",
        "Twenty-one of 51 patients (41%) on docetaxel and 12 of 49 patients (24%) on gemcitabine experienced at least one grade 3+ "
        "event possibly related to treatment (p=0.07).",
        (
            "AE any treatment-related grade >=3: docetaxel = 41 percent (21/51)",
            "AE any treatment-related grade >=3: docetaxel vs gemcitabine: p=0.07",
            "AE any treatment-related grade >=3: gemcitabine = 24 percent (12/49)",
        ),
    ),
    Row(
        "serious events with their relation",
        "Four patients (8%) on docetaxel and one patient (2%) on gemcitabine had serious AEs thought to be related to the study drug.",
        (
            "AE serious adverse event thought to be related to the study drug: docetaxel = 8 percent (4/None)",
            "AE serious adverse event thought to be related to the study drug: gemcitabine = 2 percent (1/None)",
        ),
    ),
    Row(
        "toxicity of an organ",
        "Grade 3-4 hepatic toxicity was present in 8 patients on docetaxel (16%).",
        ("AE hepatic toxicity grade 3-4: docetaxel = 16 percent (8/None)",),
    ),
    Row(
        "complications",
        "Surgical complications were reported in 9 (18%) of 51 patients in the docetaxel group and 14 (29%) of 49 patients in the gemcitabine group.",
        (
            "AE surgical complication: docetaxel = 18 percent (9/51)",
            "AE surgical complication: gemcitabine = 29 percent (14/49)",
        ),
    ),
    Row(
        "an event before the values of another clause",
        "Anemia was observed more often with docetaxel than with gemcitabine: 18 out of 51 patients (35.3%) versus 12 out of 49 "
        "patients (24.5%), respectively (P = 0.02).",
        (
            "AE anemia: docetaxel = 35.3 percent (18/51)",
            "AE anemia: docetaxel vs gemcitabine: p=0.02",
            "AE anemia: gemcitabine = 24.5 percent (12/49)",
        ),
    ),
    Row(
        "names that no lexicon has, in a list",
        "The most common grade 3 events in the docetaxel vs gemcitabine arms were hypertension (20% vs 5%), zygonal lysis (12% vs 3%) "
        "and alkaline phosphatase increase (6% vs 1%).",
        (
            "AE alkaline phosphatase increase grade 3: docetaxel = 6 percent",
            "AE alkaline phosphatase increase grade 3: gemcitabine = 1 percent",
            "AE hypertension grade 3: docetaxel = 20 percent",
            "AE hypertension grade 3: gemcitabine = 5 percent",
            "AE zygonal lysis grade 3: docetaxel = 12 percent",
            "AE zygonal lysis grade 3: gemcitabine = 3 percent",
        ),
    ),
    Row(
        "not every word before a bracket is an event",
        "Grade 3 diarrhea was increased in the docetaxel group, but this was not significant (5.9% versus 0%, P = 0.24).",
        (
            "AE diarrhea grade 3: docetaxel = 5.9 percent",
            "AE diarrhea grade 3: docetaxel vs gemcitabine: p=0.24",
            "AE diarrhea grade 3: gemcitabine = 0 percent",
        ),
    ),
    Row(
        "deaths with causes for each arm",
        "So far 12 patients have died; 5 on docetaxel (3 from progressive disease, 1 of septic shock, and one from unknown causes) and "
        "7 on gemcitabine (4 from disease progression, 2 from second cancers, and 1 in an accident).",
        (
            "DEATH accident: gemcitabine = 1 patient",
            "DEATH disease progression: gemcitabine = 4 patient",
            "DEATH progressive disease: docetaxel = 3 patient",
            "DEATH second cancer: gemcitabine = 2 patient",
            "DEATH septic shock: docetaxel = 1 patient",
            "DEATH unknown cause: docetaxel = 1 patient",
            "DEATH: all = 12 patient",
            "DEATH: docetaxel = 5 patient",
            "DEATH: gemcitabine = 7 patient",
        ),
    ),
    Row(
        "causes with n behind them",
        "Two patients in the docetaxel arm died from other causes (stroke, n=1; sudden cardiac death, n=1).",
        (
            "DEATH other cause: docetaxel = 2 patient",
            "DEATH stroke: docetaxel = 1 patient",
            "DEATH sudden cardiac death: docetaxel = 1 patient",
        ),
    ),
    Row(
        "a list behind a colon",
        "Five deaths occurred: two because of pneumonia and three because of cerebral haemorrhage.",
        (
            "DEATH cerebral haemorrhage: all = 3 patient",
            "DEATH pneumonia: all = 2 patient",
            "DEATH: all = 5 patient",
        ),
    ),
    Row(
        "reasons to stop for each arm",
        "Treatment was discontinued owing to toxicity in 9 docetaxel (seven for mucositis, and two for allergic reactions) and four "
        "gemcitabine patients (three for rash and one for vomiting).",
        (
            "DISCONTINUATION toxicity: docetaxel = 9 patient",
            "DISCONTINUATION toxicity: gemcitabine = 4 patient",
            "DISCONTINUATION allergic reaction: docetaxel = 2 patient",
            "DISCONTINUATION mucositis: docetaxel = 7 patient",
            "DISCONTINUATION rash: gemcitabine = 3 patient",
            "DISCONTINUATION vomiting: gemcitabine = 1 patient",
        ),
    ),
    Row(
        "countries are no causes",
        "AEs led to discontinuation in 12% (n = 12) of the overall population (Norway, n = 7; Canada, n = 5).",
        ("DISCONTINUATION adverse event: all = 12 percent (12/None)",),
    ),
    Row(
        "cases are events",
        "Of six patients with cardiac toxicity on docetaxel (4 cases of angina and 2 cases of arrhythmia), all recovered.",
        (
            "AE angina: docetaxel = 4 event",
            "AE arrhythmia: docetaxel = 2 event",
        ),
    ),
    Row(
        "one rate of each event, by grade",
        "Other events in the docetaxel arm included grade 3 sepsis, dehydration, zygonal lysis, and pneumonia (3.9% each), and grade 4 "
        "stroke and thrombocytopenia (5.9% each).",
        (
            "AE dehydration grade 3: docetaxel = 3.9 percent",
            "AE pneumonia grade 3: docetaxel = 3.9 percent",
            "AE sepsis grade 3: docetaxel = 3.9 percent",
            "AE stroke grade 4: docetaxel = 5.9 percent",
            "AE thrombocytopenia grade 4: docetaxel = 5.9 percent",
            "AE zygonal lysis grade 3: docetaxel = 3.9 percent",
        ),
    ),
    Row(
        "one patient each",
        "Vomiting, fatigue and rash occurred in one patient each on docetaxel.",
        (
            "AE fatigue: docetaxel = 1 patient",
            "AE rash: docetaxel = 1 patient",
            "AE vomiting: docetaxel = 1 patient",
        ),
    ),
    Row(
        "each before the count",
        "In the gemcitabine arm, the most frequently reported were fatigue, chest pain, and hypertension (each n=3).",
        (
            "AE chest pain: gemcitabine = 3 patient",
            "AE fatigue: gemcitabine = 3 patient",
            "AE hypertension: gemcitabine = 3 patient",
        ),
    ),
    Row(
        "events and rates in one order",
        "Grade 3-4 anaemia and grade 3-4 thrombocytopenia occurred in 4 and 6% of patients on docetaxel, respectively.",
        (
            "AE anaemia grade 3-4: docetaxel = 4 percent",
            "AE thrombocytopenia grade 3-4: docetaxel = 6 percent",
        ),
    ),
    Row(
        "grades in a list",
        "Toxicity was of grade 1 (24%), 2 (61%), and 3 (8%) with docetaxel.",
        (
            "AE any grade 1: docetaxel = 24 percent",
            "AE any grade 2: docetaxel = 61 percent",
            "AE any grade 3: docetaxel = 8 percent",
        ),
    ),
    Row(
        "the share of a grade has no count",
        "On docetaxel, grade 1 or 2 AEs (45.1%) were more frequent than grade 3 (29.4%), grade 4 (3.9%), or grade 5 (2.0%) AEs.",
        (
            "AE any grade 1-2: docetaxel = 45.1 percent",
            "AE any grade 3: docetaxel = 29.4 percent",
            "AE any grade 4: docetaxel = 3.9 percent",
            "AE any grade 5: docetaxel = 2.0 percent",
        ),
    ),
    Row(
        "a cause of death",
        "17 deaths attributed to sepsis occurred in the docetaxel group compared with 21 in the gemcitabine group.",
        (
            "DEATH sepsis: docetaxel = 17 patient",
            "DEATH sepsis: gemcitabine = 21 patient",
        ),
    ),
    Row(
        "death by the treatment",
        "Three patients on docetaxel died of treatment-related causes.",
        ("TREATMENT_DEATH treatment-related cause: docetaxel = 3 patient",),
    ),
    Row(
        "two causes and their ratios",
        "There was a lower risk of death from melanoma (HR 0.52, 95% CI 0.30-0.90; p = 0.02) and of death from all causes (HR 0.71, "
        "95% CI 0.55-0.92; p = 0.01) with docetaxel than with gemcitabine.",
        (
            "CSS: docetaxel vs gemcitabine: HR 0.52 [0.3, 0.9] p=0.02",
            "OS: docetaxel vs gemcitabine: HR 0.71 [0.55, 0.92] p=0.01",
        ),
    ),
    Row(
        "events that led to discontinuation",
        "The most common AEs leading to discontinuation were diarrhea (7% vs 0% with docetaxel and gemcitabine), and rash (5% vs 0%).",
        (
            "DISCONTINUATION diarrhea: docetaxel = 7 percent",
            "DISCONTINUATION diarrhea: gemcitabine = 0 percent",
            "DISCONTINUATION rash: docetaxel = 5 percent",
            "DISCONTINUATION rash: gemcitabine = 0 percent",
        ),
    ),
    Row(
        "a drug that was stopped for toxicity",
        "Seven patients discontinued docetaxel due to toxic effects.",
        ("DISCONTINUATION toxic effect: docetaxel = 7 patient",),
    ),
    Row(
        "reductions that were required",
        "Dose reduction due to adverse events was required in 14% of patients in the docetaxel arm and in 20% of patients in the "
        "gemcitabine arm (p = 0.31).",
        (
            "DOSE_REDUCTION adverse event: docetaxel = 14 percent",
            "DOSE_REDUCTION adverse event: docetaxel vs gemcitabine: p=0.31",
            "DOSE_REDUCTION adverse event: gemcitabine = 20 percent",
        ),
    ),
    Row(
        "reasons to stop are no deaths",
        "Further reasons for discontinuation were patient refusal (19.1% for docetaxel and 11.8% for gemcitabine), and death (3.7 "
        "and 5.2%, respectively).",
        (),
    ),
    Row(
        "events that led to death",
        "AEs leading to death occurred in 5 patients (9.8%) on docetaxel.",
        ("DEATH adverse event: docetaxel = 9.8 percent (5/None)",),
    ),
    Row(
        "cycles in words",
        "Patients received a median of five cycles (range, 1-18) in the docetaxel arm and three cycles (range, 1-12) in the gemcitabine arm.",
        (
            "DURATION: docetaxel = 5 cycle",
            "DURATION: gemcitabine = 3 cycle",
        ),
    ),
    Row(
        "time on a drug",
        "Median time on study drug was 1.6 (gemcitabine) and 2.4 (docetaxel) months.",
        (
            "DURATION: docetaxel = 2.4 month",
            "DURATION: gemcitabine = 1.6 month",
        ),
    ),
    Row(
        "events and not patients",
        "Serious adverse events included anastomotic leaks (20 events in the docetaxel group vs 29 in the gemcitabine group), and "
        "infections (32 events vs 43).",
        (
            "AE serious anastomotic leak: docetaxel = 20 event",
            "AE serious anastomotic leak: gemcitabine = 29 event",
            "AE serious infection: docetaxel = 32 event",
            "AE serious infection: gemcitabine = 43 event",
        ),
    ),
    Row(
        "what patients came with did not happen to them",
        "Fatigue scores at baseline were high in 23% of patients on docetaxel.",
        (),
    ),
    Row(
        "two in each arm of four",
        "Four patients (2 in each arm) had grade 4 neutropenia.",
        (
            "AE neutropenia grade 4: all = 4 patient",
            "AE neutropenia grade 4: docetaxel = 2 patient",
            "AE neutropenia grade 4: gemcitabine = 2 patient",
        ),
    ),
    Row(
        "an event that patients had, by arm",
        "Three patients (2 in the docetaxel arm and 1 in the gemcitabine arm) had liver damage.",
        (
            "AE liver damage: all = 3 patient",
            "AE liver damage: docetaxel = 2 patient",
            "AE liver damage: gemcitabine = 1 patient",
        ),
    ),
    Row(
        "progression in a list of serious events",
        "SAEs were reported by 14 patients (14%) and the most frequently reported (>1%) were disease progression (n = 4 [4%]), "
        "pneumonia (n = 3 [3%]), and back pain (n = 2 [2%]).",
        (
            "AE any serious adverse event: all = 14 percent (14/None)",
            "AE serious back pain: all = 2 percent (2/None)",
            "AE serious disease progression: all = 4 percent (4/None)",
            "AE serious pneumonia: all = 3 percent (3/None)",
        ),
    ),
    Row(
        "an event said to be the most common",
        "Neutropenia was the most common grade 3 or worse adverse event, occurring in 14 [27%] of 51 patients in the docetaxel group "
        "and 11 [22%] of 49 patients in the gemcitabine group.",
        (
            "AE neutropenia grade >=3: docetaxel = 27 percent (14/51)",
            "AE neutropenia grade >=3: gemcitabine = 22 percent (11/49)",
        ),
    ),
    Row(
        "two events in the order of the parts of a bracket",
        "Anemia and increased ALP of any grade occurred more often in the docetaxel group than in the gemcitabine group (respectively, "
        "39.2% versus 8.2%; 21.6% versus 2.0%).",
        (
            "AE anemia grade any: docetaxel = 39.2 percent",
            "AE anemia grade any: gemcitabine = 8.2 percent",
            "AE increased alp grade any: docetaxel = 21.6 percent",
            "AE increased alp grade any: gemcitabine = 2.0 percent",
        ),
    ),
    Row(
        "a list behind its total is not what the total is of",
        "Four patients on docetaxel had one or more grade 3 AEs (syncope, pain, and cough).",
        ("AE any grade 3: docetaxel = 4 patient",),
    ),
    Row(
        "other matter than death",
        "In the docetaxel group, three (7%) of 43 patients died within 30 days and new operations were required in 22 (51%) of 43 patients.",
        ("DEATH 30 day: docetaxel = 7 percent (3/43)",),
    ),
    Row(
        "a share of an arm's cycles",
        "Grade 3 neutropenia occurred in 12% of docetaxel cycles.",
        ("AE neutropenia grade 3 in cycles: docetaxel = 12 percent",),
    ),
    Row(
        "those who were treated, and what became of them",
        "Among those treated, rash developed in 9 in the docetaxel group and 4 in the gemcitabine group.",
        ("AE rash: docetaxel = 9 patient", "AE rash: gemcitabine = 4 patient"),
    ),
    Row("how far a dose was reduced", "A 25% dose reduction of docetaxel was made for rash.", ()),
    Row("one scale is no event", "One toxicity scale was used with docetaxel.", ()),
    Row(
        "what was put off is told of nothing before",
        "The response rate was 31% with docetaxel; 5% of patients had surgery postponed.",
        ("ORR: docetaxel = 31 percent",),
    ),
    Row("an event that is the reason", "Toxicity\n\nBecause of rash, 24% of patients on docetaxel were seen weekly.", ()),
    Row("an event that got better", "Toxicity\n\nA reduction in fatigue was reported by 31% of patients on docetaxel.", ()),
    Row("those who had an event, counted", "Toxicity\n\nWith docetaxel, patients having diarrhea (n = 4) got loperamide.", ()),
    Row(
        "events of those before",
        "Rash was seen in 24% with docetaxel, most of these being grade 1 events (20%).",
        ("AE rash grade 1: docetaxel = 20 percent", "AE rash: docetaxel = 24 percent"),
    ),
    Row(
        "an event with the mark of a note",
        "Rash, dizzyness2 (12%) and flushes (9%) were seen with docetaxel.",
        ("AE dizzyness: docetaxel = 12 percent", "AE flush: docetaxel = 9 percent"),
    ),
    Row(
        "how much of it is no sort of events",
        "With docetaxel, significant toxicity was seen in 12% of patients.",
        ("AE any: docetaxel = 12 percent",),
    ),
    Row(
        "how much of it is no sort of events where a sentence begins",
        "Significant toxicity was seen in 12% of patients on docetaxel.",
        ("AE any: docetaxel = 12 percent",),
    ),
    Row(
        "the same cycles in each arm",
        "Patients received a median of 4 cycles (range, 1-6 cycles) in each arm.",
        (
            "DURATION: docetaxel = 4 cycle",
            "DURATION: gemcitabine = 4 cycle",
        ),
    ),
    Row(
        "a share of those who died in both arms",
        "73 patients died; 40 in the docetaxel group and 33 in the gemcitabine group, with 89% (65 of 73) of deaths attributed to "
        "progressive disease.",
        (
            "DEATH progressive disease: all = 89 percent (65/73)",
            "DEATH: all = 73 patient",
            "DEATH: docetaxel = 40 patient",
            "DEATH: gemcitabine = 33 patient",
        ),
    ),
    Row(
        "shares of cycles",
        "With docetaxel, mucositis (11.9% of cycles) and leucopenia (3.2% of cycles) were the usual reasons for dose reductions.",
        (
            "DOSE_REDUCTION leucopenia in cycles: docetaxel = 3.2 percent",
            "DOSE_REDUCTION mucositis in cycles: docetaxel = 11.9 percent",
        ),
    ),
    Row(
        "time to an event",
        "The median time to the onset of hypertension was 3.1 weeks in the docetaxel arm and 2.2 weeks in the gemcitabine arm.",
        (
            "AE time to onset of hypertension: docetaxel = 3.1 week",
            "AE time to onset of hypertension: gemcitabine = 2.2 week",
        ),
    ),
    Row(
        "two counts of one arm are not one of each arm",
        "In the docetaxel group, grade III neutropenia was seen in two (3.9%) patients and three (5.9%) patients experienced grade II neutropenia.",
        ("AE neutropenia grade 2: docetaxel = 5.9 percent (3/None)", "AE neutropenia grade 3: docetaxel = 3.9 percent (2/None)"),
    ),
    Row(
        "a percentage in words",
        "Sixty-two percent of patients on docetaxel experienced nausea.",
        ("AE nausea: docetaxel = 62 percent",),
    ),
    Row(
        "a share whose percent sign stands behind its interval",
        "Severe neutropenia was recorded in four (7.8, 95% CI 2.2 to 18.9%) docetaxel patients "
        "and three (6.1, 95% CI 1.3 to 16.9%) gemcitabine patients.",
        (
            "AE neutropenia grade severe: docetaxel = 7.8 percent [2.2, 18.9] (4/None)",
            "AE neutropenia grade severe: gemcitabine = 6.1 percent [1.3, 16.9] (3/None)",
        ),
    ),
    Row(
        "grades by their letter",
        "Docetaxel caused G3/4 neutropenia (41%) and diarrhoea (12%), whereas gemcitabine caused thrombocytopenia (46%).",
        (
            "AE diarrhoea grade 3-4: docetaxel = 12 percent",
            "AE neutropenia grade 3-4: docetaxel = 41 percent",
            "AE thrombocytopenia grade 3-4: gemcitabine = 46 percent",
        ),
    ),
    Row(
        "who experienced something is no treatment before",
        "Five patients on docetaxel experienced grade 3 rash.",
        ("AE rash grade 3: docetaxel = 5 patient",),
    ),
    Row(
        "one patient of an arm",
        "One patient on docetaxel died of neutropenic sepsis.",
        ("DEATH neutropenic sepsis: docetaxel = 1 patient",),
    ),
    Row(
        "a landmark in words",
        "Thirty-day mortality was 1.9% for docetaxel and 2.2% for gemcitabine.",
        (
            "DEATH 30 day: docetaxel = 1.9 percent",
            "DEATH 30 day: gemcitabine = 2.2 percent",
        ),
    ),
    Row(
        "treatment that was interrupted for toxicity",
        "Eight patients in the docetaxel group and three in the gemcitabine group interrupted therapy because of toxicity.",
        (
            "DISCONTINUATION toxicity: docetaxel = 8 patient",
            "DISCONTINUATION toxicity: gemcitabine = 3 patient",
        ),
    ),
    Row(
        "toxicity as the reason",
        "Treatment was discontinued for toxicity in 12% of patients with docetaxel compared with 4% with gemcitabine.",
        (
            "DISCONTINUATION toxicity: docetaxel = 12 percent",
            "DISCONTINUATION toxicity: gemcitabine = 4 percent",
        ),
    ),
    Row(
        "what toxicity led to in so many",
        "Toxicity led to withdrawal of 9 patients in the docetaxel arm.",
        ("DISCONTINUATION adverse event: docetaxel = 9 patient",),
    ),
    Row(
        "who was hospitalized is no event",
        "Thirteen patients were hospitalized for toxicity, nine in the docetaxel group and four in the gemcitabine group.",
        (),
    ),
    Row(
        "pairs of rates for each event of a list",
        "Docetaxel was more toxic than gemcitabine with grade 3-4 neutropenia and diarrhea of 45% versus 21% and 12% versus 2%, respectively.",
        (
            "AE diarrhea grade 3-4: docetaxel = 12 percent",
            "AE diarrhea grade 3-4: gemcitabine = 2 percent",
            "AE neutropenia grade 3-4: docetaxel = 45 percent",
            "AE neutropenia grade 3-4: gemcitabine = 21 percent",
        ),
    ),
    Row(
        "events of two severities",
        "Eleven mild and five moderate adverse events were classified as related to docetaxel.",
        (
            "AE any grade mild: docetaxel = 11 event",
            "AE any grade moderate: docetaxel = 5 event",
        ),
    ),
    Row(
        "events that are counted with their arm behind",
        "Two major complications occurred, including one liver abscess in the docetaxel group and one bleeding in the gemcitabine group.",
        (
            "AE bleeding: gemcitabine = 1 event",
            "AE liver abscess: docetaxel = 1 event",
            "AE major complication: all = 2 event",
        ),
    ),
    Row(
        "two grades and two rates",
        "Grade 3 and 4 neutropenia occurred in 20% and 10% of patients on docetaxel, respectively.",
        (
            "AE neutropenia grade 3: docetaxel = 20 percent",
            "AE neutropenia grade 4: docetaxel = 10 percent",
        ),
    ),
    Row(
        "three events and three rates without a word for it",
        "Nail changes, tearing and skin cracking were reported by 12%, 10% and 8% of patients on docetaxel.",
        (
            "AE nail change: docetaxel = 12 percent",
            "AE skin cracking: docetaxel = 8 percent",
            "AE tearing: docetaxel = 10 percent",
        ),
    ),
    Row(
        "bare rates behind their events",
        "In the docetaxel arm, adverse events were: neutropenia 40%, anemia 22%, skin cracking 10%.",
        (
            "AE anemia: docetaxel = 22 percent",
            "AE neutropenia: docetaxel = 40 percent",
            "AE skin cracking: docetaxel = 10 percent",
        ),
    ),
    Row(
        "arms before a colon",
        "Docetaxel: neutropenia 40%, anemia 22%; gemcitabine: neutropenia 20%, anemia 30%.",
        (
            "AE anemia: docetaxel = 22 percent",
            "AE anemia: gemcitabine = 30 percent",
            "AE neutropenia: docetaxel = 40 percent",
            "AE neutropenia: gemcitabine = 20 percent",
        ),
    ),
    Row(
        "bare counts behind their events",
        "Overall, 12 patients had complications: wound infection in 5, pneumonia in 4, and ileus in 3.",
        (
            "AE complication: all = 12 patient",
            "AE ileus: all = 3 patient",
            "AE pneumonia: all = 4 patient",
            "AE wound infection: all = 5 patient",
        ),
    ),
    Row(
        "a sort of toxicity by its adjective",
        "Lacrimal grade 3-4 toxicity was seen in 6% of patients on docetaxel.",
        ("AE lacrimal toxicity grade 3-4: docetaxel = 6 percent",),
    ),
    Row(
        "severity of the patients' disease is no grade",
        "In patients with severe renal impairment, bleeding was seen in 22% of those on docetaxel.",
        ("AE bleeding in severe renal impairment: docetaxel = 22 percent",),
    ),
    Row(
        "cycles with an arm behind",
        "Febrile neutropenia occurred in 24% of cycles with docetaxel and 5% of cycles with gemcitabine.",
        (
            "AE febrile neutropenia in cycles: docetaxel = 24 percent",
            "AE febrile neutropenia in cycles: gemcitabine = 5 percent",
        ),
    ),
    Row(
        "a reason that is an event by name",
        "Nine patients (18%) stopped docetaxel because of neuropathy.",
        ("DISCONTINUATION neuropathy: docetaxel = 18 percent (9/None)",),
    ),
    Row(
        "a count and why",
        "Docetaxel was stopped in 9 patients because of neuropathy.",
        ("DISCONTINUATION neuropathy: docetaxel = 9 patient",),
    ),
    Row(
        "three severities in a row",
        "Neurotoxicity was mild in 20%, moderate in 10% and severe in 4% of patients given docetaxel.",
        (
            "AE neurotoxicity grade mild: docetaxel = 20 percent",
            "AE neurotoxicity grade moderate: docetaxel = 10 percent",
            "AE neurotoxicity grade severe: docetaxel = 4 percent",
        ),
    ),
    Row(
        "whom an event affected",
        "Alopecia affected 60% of the docetaxel group and 15% of the gemcitabine group.",
        (
            "AE alopecia: docetaxel = 60 percent",
            "AE alopecia: gemcitabine = 15 percent",
        ),
    ),
    Row(
        "disorders of a system",
        "Nervous system disorders were reported in 66% of patients in the docetaxel group and 31% in the gemcitabine group.",
        (
            "AE nervous system disorder: docetaxel = 66 percent",
            "AE nervous system disorder: gemcitabine = 31 percent",
        ),
    ),
    Row(
        "the place of a pain",
        "Application site pain occurred in 12% and 10% of patients in the docetaxel and gemcitabine groups, respectively.",
        (
            "AE application site pain: docetaxel = 12 percent",
            "AE application site pain: gemcitabine = 10 percent",
        ),
    ),
    Row(
        "an event by its form",
        "Hypouricemia was seen in 12% of patients on docetaxel.",
        ("AE hypouricemia: docetaxel = 12 percent",),
    ),
    Row(
        "an event that the paper abbreviates",
        "Clinically relevant bleeding (CRB) was rare. CRB was seen in 12% of patients on docetaxel.",
        ("AE clinically relevant bleeding: docetaxel = 12 percent",),
    ),
    Row(
        "cases of whatever it is",
        "Toxicity was mild. Two cases of tumor lysis were seen in the docetaxel group.",
        ("AE tumor lysis: docetaxel = 2 event",),
    ),
    Row(
        "a landmark within what is counted",
        "One 60-day death was recorded in the docetaxel arm.",
        ("DEATH 60 day: docetaxel = 1 patient",),
    ),
    Row(
        "landmarks before brackets",
        "Early deaths were rare, and 30-day (9% with docetaxel vs 8% with gemcitabine) and 60-day (15% with docetaxel "
        "vs 14% with gemcitabine) deaths were alike.",
        (
            "DEATH 30 day: docetaxel = 9 percent",
            "DEATH 30 day: gemcitabine = 8 percent",
            "DEATH 60 day: docetaxel = 15 percent",
            "DEATH 60 day: gemcitabine = 14 percent",
        ),
    ),
    Row(
        "reasons with their counts in brackets",
        "During treatment, 40 patients discontinued the study because of disease progression (25), adverse events (8), "
        "patient request (4) and death (3).",
        (
            "DEATH: all = 3 patient",
            "DISCONTINUATION adverse event: all = 8 patient",
        ),
    ),
    Row(
        "parts of a total behind it",
        "Twelve patients had complications, including wound infection (5), ileus (4) and bleeding (3).",
        (
            "AE bleeding: all = 3 patient",
            "AE complication: all = 12 patient",
            "AE ileus: all = 4 patient",
            "AE wound infection: all = 5 patient",
        ),
    ),
    Row(
        "what two arms were reported to have had",
        "Thirty-nine (13%) of the 309 subjects in the docetaxel group and 22 (7%) of the 318 subjects in the "
        "gemcitabine group were reported to have experienced at least one mesenteric vascular event.",
        (
            "AE mesenteric vascular event: docetaxel = 13 percent (39/309)",
            "AE mesenteric vascular event: gemcitabine = 7 percent (22/318)",
        ),
    ),
    Row(
        "one p-value of several events",
        "Fever, chills and rash occurred more often in the docetaxel group than in the gemcitabine group (P < 0.01).",
        (
            "AE chills: docetaxel vs gemcitabine: p<0.01",
            "AE fever: docetaxel vs gemcitabine: p<0.01",
            "AE rash: docetaxel vs gemcitabine: p<0.01",
        ),
    ),
    Row(
        "one p-value of two events, the last before its bracket",
        "Nausea was alike in both groups, but anemia and rash were more frequent with docetaxel than with gemcitabine (P = 0.01).",
        (
            "AE anemia: docetaxel vs gemcitabine: p=0.01",
            "AE rash: docetaxel vs gemcitabine: p=0.01",
        ),
    ),
    Row(
        "related in many words",
        "Immune-related adverse events occurred in 12% of patients on docetaxel, and procedure-related serious adverse events in 4%.",
        (
            "AE immune-related adverse event: docetaxel = 12 percent",
            "AE procedure-related serious adverse event: docetaxel = 4 percent",
        ),
    ),
    Row(
        "what bled",
        "Bleeding from the stump was seen in 4% of patients on docetaxel.",
        ("AE bleeding from the stump: docetaxel = 4 percent",),
    ),
    Row(
        "toxicity as the cause",
        "Toxicity was the cause of discontinuation in 14% of docetaxel patients.",
        ("DISCONTINUATION: docetaxel = 14 percent",),
    ),
    Row(
        "who came off treatment",
        "Nine patients in the docetaxel group (18%) and four in the gemcitabine group (8%) came off treatment because of side effects.",
        (
            "DISCONTINUATION side effect: docetaxel = 18 percent (9/None)",
            "DISCONTINUATION side effect: gemcitabine = 8 percent (4/None)",
        ),
    ),
    Row(
        "who did not complete treatment",
        "Fourteen patients did not complete treatment because of toxicity (10 docetaxel, 4 gemcitabine).",
        (
            "DISCONTINUATION toxicity: docetaxel = 10 patient",
            "DISCONTINUATION toxicity: gemcitabine = 4 patient",
        ),
    ),
    Row(
        "an event that was rare",
        "Febrile neutropenia was rare (2%) with gemcitabine.",
        ("AE febrile neutropenia: gemcitabine = 2 percent",),
    ),
    Row(
        "a grade with its own rate in the bracket",
        "Peripheral neuropathy was common with docetaxel (60%, grade 3 in 8%).",
        (
            "AE peripheral neuropathy grade 3: docetaxel = 8 percent",
            "AE peripheral neuropathy: docetaxel = 60 percent",
        ),
    ),
    Row(
        "events with their brackets, the last in no list",
        "Docetaxel was associated with more neutropenia (40% vs 20%), febrile neutropenia (12% vs 3%) and skin cracking (9% vs 1%).",
        (
            "AE febrile neutropenia: docetaxel = 12 percent",
            "AE febrile neutropenia: gemcitabine = 3 percent",
            "AE neutropenia: docetaxel = 40 percent",
            "AE neutropenia: gemcitabine = 20 percent",
            "AE skin cracking: docetaxel = 9 percent",
            "AE skin cracking: gemcitabine = 1 percent",
        ),
    ),
    Row(
        "who were studied is no event",
        "Of 51 patients on docetaxel, 10 (20%) had at least one SAE.",
        ("AE any serious adverse event: docetaxel = 20 percent (10/None)",),
    ),
    Row(
        "counts of what patients had",
        "With docetaxel, 3 patients had grade 4 neutropenia, 2 had grade 3 anemia, and 1 had grade 2 rash.",
        (
            "AE anemia grade 3: docetaxel = 2 patient",
            "AE neutropenia grade 4: docetaxel = 3 patient",
            "AE rash grade 2: docetaxel = 1 patient",
        ),
    ),
    Row(
        "what deaths were due to",
        "Of the 12 deaths in the docetaxel arm, 8 were due to progression and 4 to infection.",
        (
            "DEATH infection: docetaxel = 4 patient",
            "DEATH progression: docetaxel = 8 patient",
            "DEATH: docetaxel = 12 patient",
        ),
    ),
    Row(
        "one patient on another arm",
        "Cardiac toxicity was seen in 2 patients on docetaxel, and hepatic toxicity in 1 patient on gemcitabine.",
        (
            "AE cardiac toxicity: docetaxel = 2 patient",
            "AE hepatic toxicity: gemcitabine = 1 patient",
        ),
    ),
    Row(
        "who stopped is told behind who had the event",
        "On docetaxel most rashes were mild (18 of 24 events; 75% of the rashes) and few patients (1; 2%) discontinued because of rash.",
        (
            "AE rash grade mild: docetaxel = 75 percent (18/24)",
            "DISCONTINUATION rash: docetaxel = 2 percent",
        ),
    ),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r.name)
def test_safety_in_prose(row: Row) -> None:
    extraction = PIPELINE.extract_text(OWN + row.text)
    assert sorted(told(r) for r in extraction.records) == sorted(row.facts)
    assert {(r.study, r.provenance, r.section) for r in extraction.records} <= {("this study", "own", "results")}


def test_a_part_of_a_total_that_was_not_read_is_left_over() -> None:
    left = PIPELINE.extract_text(OWN + "Compared with the others, 5 patients died (3 from pneumonia and 2 from sepsis).").unattached
    assert "a part of a total that was not read" in {one.reason for one in left}


def test_parts_that_do_not_add_up_are_no_parts() -> None:
    records = PIPELINE.extract_text(OWN + "On docetaxel 5 patients died (3 from pneumonia and 4 from sepsis).").records
    assert [r.pattern for r in records if r.pattern == "part-of-total"] == []


def test_grades_in_a_list_are_no_counts() -> None:
    assert GRADE_OF_LIST.search("of grade 1 (24%), 2") is not None
    assert GRADE_OF_LIST.search("in patients 1 (24%), 2") is None


@given(st.lists(st.integers(1, 60), min_size=2, max_size=5), st.sampled_from(["sepsis", "pneumonia", "renal failure"]))
def test_parts_of_a_total_point_at_what_is_printed(counts: list[int], cause: str) -> None:
    parts = ", ".join(f"{n} from {cause}" for n in counts)
    extraction = PIPELINE.extract_text(OWN + f"On docetaxel {sum(counts)} patients died ({parts}).")
    assert sum(counts) in {r.value for r in extraction.records if r.kind == "measurement"}
    for record in extraction.records:
        place = record.spans["value"]
        assert extraction.document.raw[place[0] : place[1]].strip() == str(record.value if record.kind == "measurement" else None)


@given(st.integers(1, 51), st.integers(1, 49))
def test_counts_of_arms_and_their_total(ours: int, others: int) -> None:
    text = f"Altogether {ours + others} patients died ({ours} in the docetaxel group and {others} in the gemcitabine group)."
    told_of = {(r.arm, r.value) for r in PIPELINE.extract_text(OWN + text).records if r.kind == "measurement"}
    assert told_of == {("docetaxel", ours), ("gemcitabine", others), ("all", ours + others)}
