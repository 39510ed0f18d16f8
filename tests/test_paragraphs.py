"""Of whom a result is where its own sentence does not say: what headings, paragraphs and the sentences before it tell."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline
from extractor.syntax import split

PIPELINE = Pipeline()
TITLE = "A trial of dolvatinib against docetaxel in gallbladder cancer\n\n"
METHODS = "BODY.METHODS:\nWe randomly assigned 210 patients to dolvatinib or docetaxel. Overall survival (OS) was compared with a log-rank test.\n\n"


def populations(results: str) -> list[str]:
    """The populations and values of a paper with these results."""
    records = PIPELINE.extract_text(TITLE + METHODS + results).records
    told = {(r.population, r.value if r.kind == "measurement" else r.estimate or (r.p.value if r.p else None)) for r in records}
    return sorted(f"{population}: {value}" for population, value in told)


HEADED = {
    "a group that a heading names": (
        "BODY.RESULTS:\nMedian OS was 9.1 months with dolvatinib.\n\n"
        "BODY.RESULTS.SURVIVAL IN PATIENTS WITH LIVER METASTASES:\nMedian OS was 5.2 months with dolvatinib.\n",
        ["None: 9.1", "liver metastases: 5.2"],
    ),
    "a group by the name that the text gives it": (
        "BODY.RESULTS.EFFICACY.HER2-POSITIVE PATIENTS:\nMedian OS was 11.4 months with dolvatinib. Few HER2-positive tumors grew.\n",
        ["HER2-positive: 11.4"],
    ),
    "a group that is told within the one of its heading": (
        "BODY.RESULTS.ELDERLY PATIENTS:\nMedian OS was 7.5 months with dolvatinib. In patients with ascites, OS was 3.1 months with dolvatinib.\n",
        ["elderly patients, ascites: 3.1", "elderly patients: 7.5"],
    ),
    "two studies of a pooled analysis": (
        "BODY.RESULTS.STUDY 11.SURVIVAL:\nMedian OS was 7.5 months with dolvatinib.\n\n"
        "BODY.RESULTS.STUDY 12.SURVIVAL:\nMedian OS was 6.4 months with dolvatinib.\n",
        ["Study 11: 7.5", "Study 12: 6.4"],
    ),
    "one study alone is the whole": ("BODY.RESULTS.STUDY 11.SURVIVAL:\nMedian OS was 7.5 months with dolvatinib.\n", ["None: 7.5"]),
    "a heading of what sets groups apart": (
        "BODY.RESULTS.SURVIVAL BY RECEPTOR STATUS IN ELDERLY AND YOUNG PATIENTS:\nMedian OS was 7.5 months with dolvatinib.\n",
        ["None: 7.5"],
    ),
    "the whole is spoken of below a heading": (
        "BODY.RESULTS.ELDERLY PATIENTS:\nMedian OS was 7.5 months with dolvatinib. "
        "In the entire study population, OS was 8.2 months with dolvatinib.\n",
        ["None: 8.2", "elderly patients: 7.5"],
    ),
}


@pytest.mark.parametrize("name", HEADED)
def test_headings_say_of_whom_results_are(name: str) -> None:
    results, expected = HEADED[name]
    assert populations(results) == expected


AFTER = "Median OS was 3.4 months with dolvatinib. Median PFS was 1.9 months with dolvatinib."
ANNOUNCED = {
    "analysed separately": ("Patients with bone metastases were considered separately, because they had been given zoledronate.", "bone metastases"),
    "as a group": ("The elderly patients were analysed as a separate group.", "elderly patients"),
    "shown in a figure": ("Survival curves of the 86 women with stage III disease are shown in Fig. 2 (dolvatinib, 40).", "stage III disease"),
    "a table shows": ("Table 4 summarises the outcome of women aged over 65 years.", "aged > 65 years"),
    "an analysis made for some": ("A further analysis was carried out in patients with brain metastases.", "brain metastases"),
    "an analysis restricted to some": ("Finally, the analysis was restricted to patients with measurable disease.", "measurable disease"),
    "we look at some": ("We next looked at survival in patients with wild-type KRAS tumors.", "wild-type KRAS tumors"),
    "this subgroup": ("An analysis was done for patients with ascites. This subgroup included 31 patients.", "ascites"),
    "mentioned in passing": ("Ulcers were rarer than in patients with bone metastases.", None),
    "how some were treated": ("Patients with bone metastases were given zoledronate.", None),
    "who they were": ("Characteristics of the 86 women with stage III disease are shown in Table 1.", None),
    "when some were seen": ("Patients with measurable disease were assessed every eight weeks.", None),
    "all are spoken of again": ("We next looked at patients with ascites. All randomised patients were followed.", None),
}


@pytest.mark.parametrize("name", ANNOUNCED)
def test_a_sentence_announces_of_whom_the_next_are(name: str) -> None:
    said, expected = ANNOUNCED[name]
    assert populations(f"BODY.RESULTS:\nSurvival is told first. {said} {AFTER}\n") == [f"{expected}: 1.9", f"{expected}: 3.4"]


def test_arms_keep_their_order_within_an_announced_group() -> None:
    said = "Patients with ascites were analysed separately. Median OS was 8.1 months with dolvatinib and 5.5 months with docetaxel."
    records = PIPELINE.extract_text(f"{TITLE}{METHODS}BODY.RESULTS:\n{said} Median PFS was 4.2 months and 2.3 months, respectively.\n").records
    told = {(r.endpoint, r.population, r.arm, r.value) for r in records if r.kind == "measurement"}
    assert told >= {("PFS", "ascites", "dolvatinib", 4.2), ("PFS", "ascites", "docetaxel", 2.3)}


def test_each_of_several_cases_is_a_population() -> None:
    text = (
        "Dolvatinib in sarcoma: two cases\n\nCase report\n\n"
        "CASE 1: A 51-year-old woman was treated with dolvatinib for six cycles. She achieved a partial response.\n\n"
        "CASE 2: A 64-year-old man was treated with docetaxel for four cycles. He achieved a complete response.\n"
    )
    told = {(r.population, r.arm) for r in PIPELINE.extract_text(text).records}
    assert told == {("case 1", "dolvatinib"), ("case 2", "docetaxel")}


MANY = "Nothing else was seen. No one was lost. All were told. The chart was read twice. A nurse read it too. "


def test_two_blanks_begin_a_paragraph_where_one_parts_sentences() -> None:
    first = "BODY.RESULTS:\nIn patients with ascites, median OS was 3.1 months with dolvatinib. Median PFS was 2.2 months with dolvatinib."
    last = "Median PFS was 4.8 months with docetaxel. "
    assert populations(f"{first} {last}{MANY}") == ["ascites: 2.2", "ascites: 3.1", "ascites: 4.8"]
    assert populations(f"{first}  {last}{MANY}") == ["None: 4.8", "ascites: 2.2", "ascites: 3.1"]
    assert populations(f"{first} {last}{MANY}".replace(". ", ".  ")) == ["ascites: 2.2", "ascites: 3.1", "ascites: 4.8"]


LOST_BREAKS = {
    "a legend without a stop": ("Curves of both arms  Median PFS was longer with the drug than without.", 2),
    "a list of abbreviations": ("PFS progression-free survival  In the older women, there was no gain.", 2),
    "cells of a table": ("Tumor status  Positive 12 (4) 13 (5)  Negative 44 (9) 43 (8)  Partial response rate 12 (4)", 1),
    "blanks in a sentence": ("The p  value was  low in the trial.", 1),
}


@pytest.mark.parametrize("name", LOST_BREAKS)
def test_a_paragraph_begins_behind_a_line_without_a_stop(name: str) -> None:
    text, count = LOST_BREAKS[name]
    assert len(list(split(text))) == count
