"""Counts of an endpoint's events and of responses, and values whose unit, bound or statistic is told in other words."""

from __future__ import annotations

import pytest
from test_relations import OWN, PIPELINE, told

ROWS = {
    # events of an endpoint
    "events before their endpoint's arms": (
        "We recorded 31 progression-free survival events in the docetaxel group and 38 in the gemcitabine group.",
        {"PFS event: docetaxel = 31 event", "PFS event: gemcitabine = 38 event"},
    ),
    "a number of events": (
        "The total number of DFS events was 27 in the docetaxel group and 33 in the gemcitabine group.",
        {"DFS event: docetaxel = 27 event", "DFS event: gemcitabine = 33 event"},
    ),
    "all events, then those of each arm": (
        "At data cutoff, 64 OS events had occurred (30 with docetaxel and 34 with gemcitabine).",
        {"OS event: all = 64 event", "OS event: docetaxel = 30 event", "OS event: gemcitabine = 34 event"},
    ),
    "events far behind their endpoint": (
        "Median EFS was longer with docetaxel than with gemcitabine (hazard ratio 0.81, 95% CI 0.52 to 1.27), a finding that was as small as had been"
        " feared in the light of what is known of the natural history of it, with 29 events with docetaxel and 35 events with gemcitabine.",
        {
            "EFS: docetaxel vs gemcitabine: HR 0.81 [0.52, 1.27]",
            "EFS event: docetaxel = 29 event",
            "EFS event: gemcitabine = 35 event",
        },
    ),
    "events that were planned": ("The analysis was to take place when 70 PFS events would have been seen.", set()),
    "how many behind their share": (
        "A disease-free survival event was recorded in 14.1% (7) of women on docetaxel and 18.2% (9) of those on gemcitabine.",
        {"DFS event: docetaxel = 14.1 percent (7/None)", "DFS event: gemcitabine = 18.2 percent (9/None)"},
    ),
    "some died, some live": (
        "With docetaxel, 31 patients (61%) have died, and 20 are still alive.",
        {"DEATH: docetaxel = 61 percent (31/None)", "OS: docetaxel = 20 patient"},
    ),
    "responders whose survival is told": (
        "Median survival of the 14 responders to docetaxel was 16.2 months.",
        {"OS in responders: docetaxel = 16.2 month"},
    ),
    "patients who were stable": (
        "With docetaxel, 14 (27%) responded, 20 (39%) were stable, and 17 (33%) progressed.",
        {"ORR: docetaxel = 27 percent (14/None)", "SD: docetaxel = 39 percent (20/None)", "PD: docetaxel = 33 percent (17/None)"},
    ),
    # responses
    "responses of the second arm without what they count": (
        "CR was achieved in 5 patients in the docetaxel group and 3 in the gemcitabine group.",
        {"CR: docetaxel = 5 patient", "CR: gemcitabine = 3 patient"},
    ),
    "responses in words": (
        "Complete responses were four with docetaxel and two with gemcitabine.",
        {"CR: docetaxel = 4 patient", "CR: gemcitabine = 2 patient"},
    ),
    "those responding": (
        "The proportion of patients responding to treatment was similar (20 [39%] of 51 patients with docetaxel vs 18 [37%] of 49 with gemcitabine).",
        {"ORR: docetaxel = 39 percent (20/51)", "ORR: gemcitabine = 37 percent (18/49)"},
    ),
    "those achieving a response": (
        "More patients ended up achieving a response with docetaxel than with gemcitabine (39.2% vs 22.4%).",
        {"ORR: docetaxel = 39.2 percent", "ORR: gemcitabine = 22.4 percent"},
    ),
    "a best response that is named": (
        "Stable disease was the best overall response in 16 patients (31.4%) with docetaxel.",
        {"SD: docetaxel = 31.4 percent (16/None)"},
    ),
    "a blank that was lost": (
        "With docetaxel, 5 had a partial remission,11 had stable disease and 9 had PD.",
        {"PR: docetaxel = 5 patient", "SD: docetaxel = 11 patient", "PD: docetaxel = 9 patient"},
    ),
    "a response that was maintained": (
        "With docetaxel, the response was maintained for a median of 7.2 months (range, 2-20+).",
        {"DOR: docetaxel = 7.2 month"},
    ),
    # markers and sizes in shares
    "how far a marker had to fall, and in how many it did": (
        "PSA declined by at least 50% in 20 of 51 patients (39.2%) with docetaxel.",
        {"PSA: docetaxel = 39.2 percent (20/51)"},
    ),
    "a decline of so much or more": (
        "A decline in CEA of 30% or more was seen in 39.2% with docetaxel and 22.4% with gemcitabine.",
        {"CEA: docetaxel = 39.2 percent", "CEA: gemcitabine = 22.4 percent"},
    ),
    "lesions that shrank": (
        "Tumor shrinkage was seen in 31 of 51 patients (60.8%) with docetaxel.",
        {"TUMOR_SIZE: docetaxel = 60.8 percent (31/51)"},
    ),
    "a clause for each count": ("With docetaxel, 25 patients have relapsed and 13 have died.", {"DEATH: docetaxel = 13 patient"}),
    "the disease progressed in so many": ("With docetaxel, the disease progressed in 14 patients.", {"PD: docetaxel = 14 patient"}),
    "how many had an event of an endpoint": (
        "Relapse-free survival events occurred in 12 (23.5%) patients on docetaxel and 18 (36.7%) on gemcitabine.",
        {"RFS event: docetaxel = 23.5 percent (12/None)", "RFS event: gemcitabine = 36.7 percent (18/None)"},
    ),
    "a count right behind the word group": (
        "In the docetaxel group 20 of 51 patients responded, and in the gemcitabine group 12 of 49.",
        {"ORR: docetaxel = 20 patient (20/51)", "ORR: gemcitabine = 12 patient (12/49)"},
    ),
    "a response or better": (
        "At least a partial response was seen in 39.2% with docetaxel and 22.4% with gemcitabine.",
        {"ORR: docetaxel = 39.2 percent", "ORR: gemcitabine = 22.4 percent"},
    ),
    "both arms in a bracket behind both values": (
        "The response rate was 39.2 v 22.4 per cent (docetaxel v gemcitabine).",
        {"ORR: docetaxel = 39.2 percent", "ORR: gemcitabine = 22.4 percent"},
    ),
    "an interval behind who they are": (
        "Thirty-nine percent of patients responded (95% CI 26-54%) with docetaxel.",
        {"ORR: docetaxel = 39 percent [26, 54]"},
    ),
    "an interval of what was not reached, behind its arm": (
        "Median OS was not reached with docetaxel (95% CI 20.1-not reached).",
        {"OS: docetaxel = not reached [20.1, None]"},
    ),
    "the parts of a rate in its bracket": (
        "The ORR was 44.1% (CR, 8.2%; PR, 35.9%) in the docetaxel arm, as compared with 35.3% (CR, 5.1%; PR, 30.2%) in the gemcitabine arm.",
        {
            "ORR: docetaxel = 44.1 percent",
            "CR: docetaxel = 8.2 percent",
            "PR: docetaxel = 35.9 percent",
            "ORR: gemcitabine = 35.3 percent",
            "CR: gemcitabine = 5.1 percent",
            "PR: gemcitabine = 30.2 percent",
        },
    ),
    "SD beside other responses": (
        "Best responses with docetaxel were CR 8%, PR 36%, SD 30% and PD 26%.",
        {"CR: docetaxel = 8 percent", "PR: docetaxel = 36 percent", "SD: docetaxel = 30 percent", "PD: docetaxel = 26 percent"},
    ),
    "NR of an arm": (
        "Median OS was NR with docetaxel and 12.1 months with gemcitabine.",
        {"OS: docetaxel = not reached", "OS: gemcitabine = 12.1 month"},
    ),
    "a difference behind its median": (
        "Median OS with docetaxel was 14.2 months, which was 2.1 months longer than with gemcitabine.",
        {"OS: docetaxel = 14.2 month"},
    ),
    "a share of those alive": (
        "The proportion of patients alive at 2 years was 32.1% with docetaxel and 25.4% with gemcitabine.",
        {"OS 2 year: docetaxel = 32.1 percent", "OS 2 year: gemcitabine = 25.4 percent"},
    ),
    "those who survived so long": (
        "In the docetaxel group, 32.1% of patients survived for more than five years.",
        {"OS 5 year: docetaxel = 32.1 percent"},
    ),
    "a unit ahead": (
        "Median OS in months (95% CI) was 14.2 (12.0-16.1) with docetaxel. The median PFS (months) was 5.6 with docetaxel and 4.1 with gemcitabine.",
        {"OS: docetaxel = 14.2 month [12.0, 16.1]", "PFS: docetaxel = 5.6 month", "PFS: gemcitabine = 4.1 month"},
    ),
    "a response by its degree": (
        "Response to docetaxel was complete in 4 patients (8%) and partial in 18 (35%).",
        {"CR: docetaxel = 8 percent (4/None)", "PR: docetaxel = 35 percent (18/None)"},
    ),
    "of which some were": (
        "The overall response rate with docetaxel was 43.1%, of which 7.8% were complete responses.",
        {"ORR: docetaxel = 43.1 percent", "CR: docetaxel = 7.8 percent"},
    ),
    "another matter of one arm": (
        "Median OS from diagnosis was 24.2 months and from randomisation 14.2 months with docetaxel.",
        {"OS: docetaxel = 14.2 month"},
    ),
    "two rates, then what they are at": (
        "With docetaxel, 55.2% and 21.4% of patients were alive at 12 and 24 months.",
        {"OS 12 month: docetaxel = 55.2 percent", "OS 24 month: docetaxel = 21.4 percent"},
    ),
    "before and after": (
        "The mean tumor diameter was 4.2 cm before and 2.1 cm after surgery.",
        set(),
    ),
    "a length with a hyphen": (
        "Docetaxel yielded a 31.4% response rate and a 5.1-month median PFS.",
        {"ORR: docetaxel = 31.4 percent", "PFS: docetaxel = 5.1 month"},
    ),
    # times
    "two landmarks, each in its unit": (
        "The 6-month and 2-year PFS rates were 48.1% and 22.4% with docetaxel.",
        {"PFS 6 month: docetaxel = 48.1 percent", "PFS 2 year: docetaxel = 22.4 percent"},
    ),
    "two times, each in its unit": (
        "At 18 months and 3 years, OS was 61.2% and 44.1% with docetaxel.",
        {"OS 18 month: docetaxel = 61.2 percent", "OS 3 year: docetaxel = 44.1 percent"},
    ),
    "where a change started": (
        "With docetaxel, the mean CEA level fell from 45.2 ng/mL to 12.1 ng/mL after two cycles.",
        {"CEA baseline: docetaxel = 45.2 ng/mL", "CEA 2 cycle: docetaxel = 12.1 ng/mL"},
    ),
    # units, bounds
    "a response still going on": (
        "The duration of response with docetaxel ranged from 2 to 14+ months.",
        {"DOR: docetaxel = 2 month", "DOR: docetaxel = >14 month"},
    ),
    "the median behind its range": (
        "Overall survival ranged from 3 to 40 months with docetaxel, with a median of 15.",
        {"OS: docetaxel = 3 month", "OS: docetaxel = 40 month", "OS: docetaxel = 15 month"},
    ),
    "no more than": ("The ORR was no more than 12% with docetaxel.", {"ORR: docetaxel = <12 percent"}),
    "time to PD": (
        "The median time to PD was 102 (95% CI: 52, 169) days with docetaxel and 80 (95% CI: 50, 130) days with gemcitabine.",
        {"TTP: docetaxel = 102 day [52, 169]", "TTP: gemcitabine = 80 day [50, 130]"},
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_count_or_bound_is_read(name: str) -> None:
    text, facts = ROWS[name]
    assert {told(r) for r in PIPELINE.extract_text(OWN + text).records} == facts


@pytest.mark.parametrize(
    ("text", "statistics"),
    [
        ("Median OS was 18 (±4) months with docetaxel and 10 (±1) months with gemcitabine.", {"median"}),
        ("OS was 18 (±4) months with docetaxel and 10 (±1) months with gemcitabine.", {"mean"}),
        ("Survival ranged from 3 to 40 months with docetaxel, with a median of 15.", {"value", "median"}),
        ("A median decrease of 35% in tumour volume was seen with docetaxel.", {"median"}),
        ("At data cutoff, 64 OS events had occurred.", {"count"}),
    ],
)
def test_the_statistic_that_is_named(text: str, statistics: set[str]) -> None:
    assert {r.statistic for r in PIPELINE.extract_text(OWN + text).records} == statistics
