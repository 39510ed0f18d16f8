"""Sentences of our own and the facts that must be read from them: one row a construction, the whole result compared.

A row is told in one line a fact. `arm = value` for measurements, `arm vs comparator: measure estimate [interval] p` for comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from extractor.pipeline import Pipeline
from extractor.records import Comparison, Measurement

PIPELINE = Pipeline()

TRIAL = "The phase III RESORCE trial compared regorafenib with placebo. "
OWN = """Docetaxel versus gemcitabine in older patients

Abstract

Background: Docetaxel was compared with gemcitabine in older patients.

Introduction

Little is known of older patients with this tumor.

Methods

Patients were randomly assigned to docetaxel (n = 51) or gemcitabine (n = 49).

Results

"""


def told(record: Measurement | Comparison) -> str:
    """A record in one line."""
    about = [
        record.endpoint,
        record.timepoint,
        record.event,
        record.grade and f"grade {record.grade}",
        record.population and f"in {record.population}",
    ]
    head = " ".join(part for part in about if part)
    interval = f" [{record.ci[0]}, {record.ci[1]}]" if record.ci else ""
    if isinstance(record, Measurement):
        value = record.category if record.value is None else f"{record.op or ''}{record.value} {record.unit}"
        share = f" ({record.n}/{record.N})" if record.n is not None else ""
        return f"{head}: {record.arm} = {value}{interval}{share}"
    p = f" p{record.p.op}{record.p.value}" if record.p else ""
    estimate = f" {record.measure} {record.estimate}" if record.measure else ""
    who = record.factor if record.factor else f"{record.arm} vs {record.comparator}"
    return f"{head}: {who}:{estimate}{interval}{p}"


@dataclass(frozen=True)
class Row:
    """A construction: its name, a text, and all that is told in it."""

    name: str
    text: str
    facts: tuple[str, ...]


CITED = (
    Row(
        "two values with vs in one bracket, ratio and interval",
        TRIAL + "Median OS was longer with regorafenib than with placebo (11.1 vs 7.2 months; HR=0.64, 95% CI 0.52-0.79; p<0.001).",
        ("OS: placebo = 7.2 month", "OS: regorafenib = 11.1 month", "OS: regorafenib vs placebo: HR 0.64 [0.52, 0.79] p<0.001"),
    ),
    Row(
        "each value before its arm",
        TRIAL + "Median PFS was 3.2 months for regorafenib and 1.4 months in the placebo arm (HR=0.47, 95% CI 0.36-0.55).",
        ("PFS: placebo = 1.4 month", "PFS: regorafenib = 3.2 month", "PFS: regorafenib vs placebo: HR 0.47 [0.36, 0.55]"),
    ),
    Row(
        "only one of the two arms is named",
        TRIAL + "The DCR was also better in the regorafenib arm (61% vs 33%; p<0.0001).",
        ("DCR: placebo = 33 percent", "DCR: regorafenib = 61 percent", "DCR: regorafenib vs placebo: p<0.0001"),
    ),
    Row(
        "endpoints in a row, each with its bracket",
        TRIAL + "With regorafenib instead of placebo, OS (9.9 vs 6.5 months; HR=0.72) and PFS (4.1 vs 2.2 months; HR=0.51) were longer.",
        (
            "OS: placebo = 6.5 month",
            "OS: regorafenib = 9.9 month",
            "OS: regorafenib vs placebo: HR 0.72",
            "PFS: placebo = 2.2 month",
            "PFS: regorafenib = 4.1 month",
            "PFS: regorafenib vs placebo: HR 0.51",
        ),
    ),
    Row("a bound", TRIAL + "An ORR of <2% was seen with placebo.", ("ORR: placebo = <2 percent",)),
    Row(
        "events with their rates in brackets",
        TRIAL + "Grade 3 or 4 adverse events with regorafenib were hypertension (14%), fatigue (6%), and rash (2%).",
        (
            "AE fatigue grade 3-4: regorafenib = 6 percent",
            "AE hypertension grade 3-4: regorafenib = 14 percent",
            "AE rash grade 3-4: regorafenib = 2 percent",
        ),
    ),
    Row(
        "a subgroup by a marker's level",
        TRIAL + "In patients with AFP ≥300 ng/mL, regorafenib improved OS compared to placebo (8.8 vs 4.9 months; p=0.02).",
        (
            "OS in AFP >= 300 ng/mL: placebo = 4.9 month",
            "OS in AFP >= 300 ng/mL: regorafenib = 8.8 month",
            "OS in AFP >= 300 ng/mL: regorafenib vs placebo: p=0.02",
        ),
    ),
    Row(
        "an addition to a backbone, and the backbone alone",
        "Roe et al. reported that addition of ramucirumab to irinotecan-based chemotherapy improved survival as compared with chemotherapy alone"
        " (OS: 21.3 vs. 16.6 months [HR: 0.67; P < or = 0.001], RR: 45.8 vs. 35.8 %).",
        (
            "ORR: irinotecan-based chemotherapy = 35.8 percent",
            "ORR: ramucirumab + irinotecan-based chemotherapy = 45.8 percent",
            "OS: irinotecan-based chemotherapy = 16.6 month",
            "OS: ramucirumab + irinotecan-based chemotherapy = 21.3 month",
            "OS: ramucirumab + irinotecan-based chemotherapy vs irinotecan-based chemotherapy: HR 0.67 p<=0.001",
        ),
    ),
    Row(
        "not reached",
        TRIAL + "Median OS was not reached with regorafenib.",
        ("OS: regorafenib = not reached",),
    ),
)

OWN_RESULTS = (
    Row(
        "landmark rates with intervals in two arms",
        "The 12-month survival rates were 52.5% (95% CI 40.1-63.2) with docetaxel and 41.0% (95% CI 29.8-52.7) with gemcitabine (p = 0.12).",
        (
            "OS 12 month: docetaxel = 52.5 percent [40.1, 63.2]",
            "OS 12 month: docetaxel vs gemcitabine: p=0.12",
            "OS 12 month: gemcitabine = 41.0 percent [29.8, 52.7]",
        ),
    ),
    Row(
        "responders out of all",
        "The objective response rate was 31.4% (16 of 51 patients) in the docetaxel group.",
        ("ORR: docetaxel = 31.4 percent (16/51)",),
    ),
    Row(
        "two endpoints, two values, respectively",
        "In patients treated with docetaxel, the median PFS and OS were 4.4 months and 9.1 months, respectively.",
        ("OS: docetaxel = 9.1 month", "PFS: docetaxel = 4.4 month"),
    ),
    Row(
        "a prognostic factor",
        "In multivariate analysis, tumor size >7 cm (HR 1.88, 95% CI: 1.12-3.16, p = 0.016) was associated with OS.",
        ("OS: tumor size > 7 cm: HR 1.88 [1.12, 3.16] p=0.016",),
    ),
    Row(
        "ratios of several endpoints, named and not",
        "The adjusted hazard ratio (HR) for PFS was 0.56 (95% CI 0.38-0.83, p=0.004) and for overall survival was 0.58 (0.39-0.86, p=0.01).",
        (
            "OS: docetaxel vs gemcitabine: HR 0.58 [0.39, 0.86] p=0.01",
            "PFS: docetaxel vs gemcitabine: HR 0.56 [0.38, 0.83] p=0.004",
        ),
    ),
    Row(
        "a ratio without its name in brackets",
        "OS was longer with docetaxel than with gemcitabine (HR 0.78, 95% CI 0.65-0.94, p=0.006), as was PFS (0.68, 0.56-0.83, p<0.001).",
        (
            "OS: docetaxel vs gemcitabine: HR 0.78 [0.65, 0.94] p=0.006",
            "PFS: docetaxel vs gemcitabine: HR 0.68 [0.56, 0.83] p<0.001",
        ),
    ),
    Row(
        "rates in front of the arm that they are of",
        "Grade 3-4 toxicities were rash (16%) and nausea (13%) in the docetaxel group and fever (6%) and fatigue (4%) in the gemcitabine group.",
        (
            "AE fatigue grade 3-4: gemcitabine = 4 percent",
            "AE fever grade 3-4: gemcitabine = 6 percent",
            "AE nausea grade 3-4: docetaxel = 13 percent",
            "AE rash grade 3-4: docetaxel = 16 percent",
        ),
    ),
    Row(
        "a p-value in front of its ratio",
        "Median OS was 5.4 months with docetaxel and 6.8 months with gemcitabine [p = .61; HR 1.2].",
        ("OS: docetaxel = 5.4 month", "OS: docetaxel vs gemcitabine: HR 1.2 p=0.61", "OS: gemcitabine = 6.8 month"),
    ),
    Row(
        "values before the endpoints that they are for",
        "In the docetaxel arm, medians were 9.4 months for OS and 5.3 months for PFS.",
        ("OS: docetaxel = 9.4 month", "PFS: docetaxel = 5.3 month"),
    ),
    Row(
        "a ratio of another endpoint than the values before it",
        "Median OS was 9.4 months with docetaxel and 7.8 months with gemcitabine, and the hazard ratio for PFS was 0.58 (95% CI 0.39-0.86).",
        ("OS: docetaxel = 9.4 month", "OS: gemcitabine = 7.8 month", "PFS: docetaxel vs gemcitabine: HR 0.58 [0.39, 0.86]"),
    ),
    Row(
        "a subgroup in a sentence that also speaks of prognosis",
        "In patients with high ALK2 levels, a marker associated with poor outcome, median OS was 3.4 months with docetaxel"
        " and 1.1 months with gemcitabine.",
        ("OS in high ALK2 levels: docetaxel = 3.4 month", "OS in high ALK2 levels: gemcitabine = 1.1 month"),
    ),
    Row(
        "a list in which each bracket is told of what it stands behind",
        "The outcomes were regular end of therapy (44 patients, 47%), progressive disease (21 patients, 23%).",
        ("PD: all = 21 patient", "PD: all = 23 percent"),
    ),
    Row(
        "an improvement of so many months",
        "Median OS with docetaxel was only 8.6 months, representing a modest improvement of 1.9 months when compared with gemcitabine.",
        ("OS: docetaxel = 8.6 month", "OS: docetaxel vs gemcitabine: difference 1.9"),
    ),
    Row(
        "a range is two values",
        "With docetaxel, an ORR of 21-26% was seen.",
        ("ORR: docetaxel = 21 percent", "ORR: docetaxel = 26 percent"),
    ),
    Row(
        "one value told of each arm",
        "Median OS was not reached in either arm. The ORR was 12% in each group.",
        (
            "ORR: docetaxel = 12 percent",
            "ORR: gemcitabine = 12 percent",
            "OS: docetaxel = not reached",
            "OS: gemcitabine = not reached",
        ),
    ),
    Row(
        "reasons to stop treatment, of which toxicity counts",
        "With docetaxel, treatment was discontinued because of disease progression in 21 patients (41.2%), adverse events in 14 patients (27.5%)"
        " and patient's refusal in two patients (3.9%).",
        ("DISCONTINUATION: docetaxel = 27.5 percent (14/None)",),
    ),
    Row(
        "groups by a marker",
        "The ORR was 76.0% in the ALK-mutant group and 31.8% in the ALK wild-type group.",
        ("ORR in ALK wild-type: all = 31.8 percent", "ORR in ALK-mutant: all = 76.0 percent"),
    ),
    Row(
        "follow-up of all",
        "The median follow-up was 21.5 months.",
        ("FOLLOW_UP: all = 21.5 month",),
    ),
)

NOTHING = (
    Row("a hormone receptor is no hazard ratio", TRIAL + "Patients with HR+ disease (n = 41) were included.", ()),
    Row("a dose", TRIAL + "Regorafenib was given at 160 mg once daily.", ()),
    Row("a sample size", TRIAL + "It included 573 patients and its primary endpoint was OS.", ()),
    Row("a threshold", TRIAL + "A p value of p<0.05 was considered statistically significant for OS.", ()),
    Row("how many were looked at", TRIAL + "Of them, 546 patients (97%) were evaluable for toxicity.", ()),
    Row("no number", TRIAL + "OS did not differ.", ()),
)


def records_of(text: str) -> list[str]:
    return sorted(told(r) for r in PIPELINE.extract_text(text).records)


@pytest.mark.parametrize("row", CITED, ids=lambda r: r.name)
def test_cited_results(row: Row) -> None:
    extraction = PIPELINE.extract_text(row.text)
    assert sorted(told(r) for r in extraction.records) == sorted(row.facts)
    assert {(r.study, r.provenance) for r in extraction.records} <= {("RESORCE", "cited"), ("Roe et al.", "cited")}


@pytest.mark.parametrize("row", OWN_RESULTS, ids=lambda r: r.name)
def test_own_results(row: Row) -> None:
    extraction = PIPELINE.extract_text(OWN + row.text)
    assert sorted(told(r) for r in extraction.records) == sorted(row.facts)
    assert {(r.study, r.provenance, r.section) for r in extraction.records} == {("this study", "own", "results")}


@pytest.mark.parametrize("row", NOTHING, ids=lambda r: r.name)
def test_no_result(row: Row) -> None:
    assert records_of(row.text) == []


def test_statement_shares_one_result() -> None:
    text = TRIAL + "Median OS was 11.1 vs 7.2 months with regorafenib and placebo, respectively (HR=0.64, 95% CI 0.52-0.79)."
    records = PIPELINE.extract_text(text).records
    assert sorted(r.kind for r in records) == ["comparison", "measurement", "measurement"]
    assert len({r.result for r in records}) == 1
    assert records[0].result is not None


def test_size_of_the_arm_is_kept() -> None:
    records = PIPELINE.extract_text(OWN + "The ORR was 12% with gemcitabine.").records
    assert [(r.arm, r.arm_n) for r in records] == [("gemcitabine", 49)]


def test_fact_told_twice_is_one_record_with_two_places() -> None:
    text = OWN + "The ORR was 12.2% (6 of 49 patients) with gemcitabine.\n\nDiscussion\n\nIn our study, the ORR was 12.2% with gemcitabine."
    (record,) = PIPELINE.extract_text(text).records
    assert isinstance(record, Measurement)
    assert (record.n, record.N) == (6, 49)
    assert [e.section for e in record.evidence] == ["results", "discussion"]


def test_number_without_an_arm_is_left_over_with_its_reason() -> None:
    extraction = PIPELINE.extract_text(OWN + "The ORR was 12.2% in the third of the groups.")
    assert extraction.records == ()
    assert [(u.text, u.reason) for u in extraction.unattached] == [("12.2%", "the sentence does not say which arm")]


def test_rows_of_a_table_in_plain_text_are_left_over_with_their_reason() -> None:
    rows = "Table 1. Response.\n\nOutcome\tDocetaxel\tGemcitabine\nORR\t12.2%\t14.3%\nDisease control\t40.8%\t42.9%\n\n"
    extraction = PIPELINE.extract_text(OWN + rows + "The drug was well tolerated.")
    assert extraction.records == ()
    assert {u.reason for u in extraction.unattached} == {"a table that lost its cells"}


ABSTRACT = """Docetaxel or gemcitabine in older patients

Abstract

Ninety patients were randomised to docetaxel or gemcitabine. The objective response rate was 31% with docetaxel and 12% with gemcitabine.
"""


def test_an_abstract_without_headings_tells_its_own_results() -> None:
    records = PIPELINE.extract_text(ABSTRACT).records
    assert sorted((told(r), r.provenance) for r in records) == [("ORR: docetaxel = 31 percent", "own"), ("ORR: gemcitabine = 12 percent", "own")]


def test_an_abstract_of_a_review_does_not() -> None:
    text = ABSTRACT.replace("Ninety patients were randomised to docetaxel or gemcitabine. The", "In trials so far, the")
    assert {r.provenance for r in PIPELINE.extract_text(text).records} == {"cited"}
