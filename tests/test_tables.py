"""Tables to records: invented grids, read end to end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import Block, BlockKind, Cell, CharSpan, Document, OffsetMap, Piece, Section, SectionKind, Source, Table, fold
from extractor.pipeline import Extraction, Pipeline
from extractor.records import Comparison, Measurement
from extractor.relations.tables.amounts import agrees
from extractor.relations.tables.cells import parse_cell
from extractor.relations.tables.grid import lay_out, rows_of
from extractor.relations.tables.labels import Role, read_label

TITLE = "Sorafenib plus docetaxel versus placebo plus docetaxel in gastric cancer: a randomised trial"
METHODS = "Patients received docetaxel plus sorafenib or docetaxel plus placebo."
RESULTS = "We compared sorafenib plus docetaxel with placebo plus docetaxel in all patients."
ARMS = ("", "Sorafenib + docetaxel (n = 50)", "Placebo + docetaxel (n = 40)")


@dataclass
class _Text:
    """A source text while it is put together."""

    text: str = ""

    def add(self, piece: str, end: str = "\n") -> CharSpan | None:
        start = len(self.text)
        self.text += piece + end
        return CharSpan(start, start + len(piece)) if piece else None


Printed = str | tuple[str, int] | tuple[str, int, int]


def _cells(text: _Text, rows: Sequence[Sequence[Printed]], head: int) -> Iterable[Cell]:
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for printed in row:
            while (r, column) in taken:
                column += 1
            said, wide, deep = (printed, 1, 1) if isinstance(printed, str) else (*printed, 1)[:3]
            taken |= {(r + i, column + j) for i in range(deep) for j in range(wide)}
            yield Cell(r, column, said, text.add(said, "\t"), deep, wide, header=r < head)
            column += wide
        text.add("")


def document(caption: str, rows: Sequence[Sequence[Printed]], *, head: int = 1, notes: Sequence[str] = (), prose: str = RESULTS) -> Document:
    """A paper with one table."""
    text = _Text()
    parts = [
        (SectionKind.TITLE, BlockKind.HEADING, TITLE),
        (SectionKind.METHODS, BlockKind.TEXT, METHODS),
        (SectionKind.RESULTS, BlockKind.TEXT, prose),
    ]
    sections, blocks = [], []
    for kind, block, said in parts:
        span = text.add(said)
        assert span is not None
        sections.append(Section(kind, kind.value.title(), CharSpan(span.start, span.end + 1)))
        blocks.append(Block(block, span))
    named = text.add(caption)
    assert named is not None
    sections.append(Section(SectionKind.CAPTION, "", CharSpan(named.start, named.end + 1)))
    start = len(text.text)
    cells = tuple(_cells(text, rows, head))
    feet = tuple(span for note in notes if (span := text.add(note)) is not None)
    whole = CharSpan(start, len(text.text))
    sections.append(Section(SectionKind.TABLE, "", whole))
    blocks.append(Block(BlockKind.TABLE, whole))
    sha = hashlib.sha256(text.text.encode()).hexdigest()
    return Document(
        name="invented",
        source=Source("invented.xml", "xml", sha, sha),
        raw=text.text,
        text=text.text,
        offsets=OffsetMap((Piece(0, len(text.text), CharSpan(0, len(text.text))),)),
        blocks=tuple(blocks),
        sections=tuple(sections),
        tables=(Table("Table 1", cells, head, named, feet),),
    )


def extract(caption: str, rows: Sequence[Sequence[Printed]], **more: Any) -> Extraction:
    return Pipeline().extract_document(document(caption, rows, **more))


def told(records: Iterable[Measurement | Comparison], *names: str) -> list[tuple[Any, ...]]:
    """Some slots of the records, p-values as printed with their sign."""

    def slot(record: Measurement | Comparison, name: str) -> Any:
        value = getattr(record, name, None)
        return f"{value.op}{value.value}" if name == "p" and value is not None else value

    return [tuple(slot(r, name) for name in names) for r in records]


SORAFENIB, PLACEBO = "sorafenib + docetaxel", "placebo + docetaxel"


def test_shares_with_their_counts_and_the_size_of_the_header() -> None:
    found = extract("Table 1. Tumour response", [ARMS, ("Complete response, n (%)", "5 (10)", "2 (5)"), ("ORR, n (%)", "20 (40)", "0")]).records
    assert told(found, "endpoint", "arm", "value", "unit", "statistic", "n", "N") == [
        ("CR", SORAFENIB, 10, "percent", "rate", 5, 50),
        ("CR", PLACEBO, 5, "percent", "rate", 2, 40),
        ("ORR", SORAFENIB, 40, "percent", "rate", 20, 50),
        ("ORR", PLACEBO, 0, "patient", "count", None, 40),
    ]


def test_evidence_is_the_cell_then_its_labels_then_the_caption() -> None:
    extraction = extract("Table 1. Tumour response", [ARMS, ("ORR, n (%)", "20 (40)", "9 (22.5)")])
    record = extraction.records[0]
    assert [e.text for e in record.evidence] == ["20 (40)", "ORR, n (%)", "Sorafenib + docetaxel (n = 50)", "Table 1. Tumour response"]
    assert {e.section for e in record.evidence} == {"table"}
    raw = extraction.document.raw
    assert {name: raw[a:b] for name, (a, b) in record.spans.items()} == {"value": "40", "endpoint": "ORR", "arm": "Sorafenib + docetaxel"}
    assert (record.study, record.provenance, record.arm_n) == ("this study", "own", 50)


def test_medians_with_intervals_ratio_and_p_value() -> None:
    rows = [
        (*ARMS, "HR (95% CI)", "p value"),
        ("Median PFS, months (95% CI)", "6.1 (5.0–7.2)", "3.9 (3.1–NE)", "0.61 (0.45–0.83)", "<0.001"),
    ]
    found = extract("Table 2. Efficacy", rows).records
    assert told(found, "endpoint", "arm", "comparator", "value", "unit", "estimate", "ci", "p") == [
        ("PFS", SORAFENIB, None, 6.1, "month", None, (5.0, 7.2), None),
        ("PFS", PLACEBO, None, 3.9, "month", None, (3.1, None), None),
        ("PFS", SORAFENIB, PLACEBO, None, None, 0.61, (0.45, 0.83), "<0.001"),
    ]
    assert found[2].result == found[0].result


def test_a_p_value_alone_compares_the_two_arms() -> None:
    found = extract("Table 2. Response", [(*ARMS, "P"), ("ORR, n (%)", "20 (40)", "9 (22.5)", "0.03")]).records
    assert told(found[2:], "endpoint", "arm", "comparator", "p", "statistic", "measure") == [("ORR", SORAFENIB, PLACEBO, "=0.03", "rate", None)]


def test_grades_are_columns_under_an_arm() -> None:
    rows: list[Sequence[Printed]] = [
        (("Adverse event, n (%)", 1, 2), ("Sorafenib + docetaxel (n = 50)", 2), ("Placebo + docetaxel (n = 40)", 2)),
        ("Any grade", "Grade 3–4", "Any grade", "Grade 3–4"),
        (("Gastrointestinal disorders", 5),),
        ("Diarrhoea", "25 (50)", "5 (10)", "10 (25)", "0"),
        ("Wobbly knees", "3 (6)", "0", "1 (3)", "0"),
    ]
    found = extract("Table 3. Adverse events", rows, head=2).records
    assert told(found[:4], "event", "arm", "grade", "value", "unit") == [
        ("diarrhoea", SORAFENIB, "any", 50, "percent"),
        ("diarrhoea", SORAFENIB, "3-4", 10, "percent"),
        ("diarrhoea", PLACEBO, "any", 25, "percent"),
        ("diarrhoea", PLACEBO, "3-4", 0, "patient"),
    ]
    assert [r.event for r in found[4:]] == ["wobbly knee"] * 4


def test_grades_are_rows_under_an_event() -> None:
    rows = [
        ARMS,
        ("Rash", "", ""),
        ("Grade 1", "9 (18%)", "4 (10%)"),
        ("Grade 2", "2 (4%)", "0"),
        ("Fatigue", "", ""),
        ("Grade 1", "5 (10%)", "6 (15%)"),
    ]
    found = extract("Table 3. Toxicity", rows).records
    assert told(found, "event", "grade", "arm", "value") == [
        ("rash", "1", SORAFENIB, 18),
        ("rash", "1", PLACEBO, 10),
        ("rash", "2", SORAFENIB, 4),
        ("rash", "2", PLACEBO, 0),
        ("fatigue", "1", SORAFENIB, 10),
        ("fatigue", "1", PLACEBO, 15),
    ]


@pytest.mark.parametrize(
    ("label", "event", "endpoint"),
    [
        ("Any toxicity (each patient counted once)", "any", "AE"),
        ("Patients with at least 1 AE", "any", "AE"),
        ("Serious adverse events", "any serious adverse event", "AE"),
        ("Treatment-related AEs", "any treatment-related", "AE"),
        ("Haematological toxicity", "haematological toxicity", "AE"),
        ("AEs leading to discontinuation", None, "DISCONTINUATION"),
    ],
)
def test_adverse_events_as_a_whole(label: str, event: str | None, endpoint: str) -> None:
    found = extract("Table 3. Adverse events", [ARMS, (label, "20 (40%)", "8 (20%)")]).records
    assert told(found, "endpoint", "event", "value") == [(endpoint, event, 40), (endpoint, event, 20)]


def test_counts_and_shares_in_columns_beside_each_other() -> None:
    rows: list[Sequence[Printed]] = [
        (("Response", 1, 2), ("Sorafenib + docetaxel (N = 50)", 2), ("Placebo + docetaxel (N = 40)", 2)),
        ("No. of patients", "%", "No. of patients", "%"),
        ("PR", "12", "24.0", "6", "15.0"),
    ]
    found = extract("Table 4. Response", rows, head=2).records
    assert told(found, "arm", "value", "unit", "n", "N") == [(SORAFENIB, 24.0, "percent", 12, 50), (PLACEBO, 15.0, "percent", 6, 40)]


def test_intervals_in_a_column_and_in_a_row_of_their_own() -> None:
    beside = [
        ("", "Sorafenib + docetaxel", "", "Placebo + docetaxel", ""),
        ("", "n (%)", "95% CI", "n (%)", "95% CI"),
        ("ORR", "20 (40)", "(26–55)", "8 (20)", "(9–36)"),
    ]
    found = extract("Table 4. Response", beside, head=2).records
    assert told(found, "arm", "value", "ci") == [(SORAFENIB, 40, (26, 55)), (PLACEBO, 20, (9, 36))]
    below: list[Sequence[Printed]] = [ARMS, (("Overall survival (months)", 3),), ("Median", "10.1", "8.2"), ("95% CI", "9.0–11.5", "7.7–9.9")]
    found = extract("Table 4. Outcome", below).records
    assert told(found, "endpoint", "value", "unit", "ci") == [("OS", 10.1, "month", (9.0, 11.5)), ("OS", 8.2, "month", (7.7, 9.9))]
    assert [e.text for e in found[0].evidence][:2] == ["10.1", "9.0–11.5"]


def test_p_values_and_ratios_in_rows_of_their_own() -> None:
    rows: list[Sequence[Printed]] = [ARMS, ("Median OS, months", "10.1", "8.2"), ("HR (95% CI)", ("0.80 (0.66–0.97)", 2)), ("p value", ("0.02", 2))]
    found = extract("Table 4. Outcome", rows).records
    assert told(found[2:], "endpoint", "arm", "comparator", "measure", "estimate", "ci", "p") == [
        ("OS", SORAFENIB, PLACEBO, "HR", 0.8, (0.66, 0.97), "=0.02")
    ]


def test_landmark_rates() -> None:
    found = extract("Table 4. Outcome", [ARMS, ("1-year OS rate (%)", "44.1", "31.0"), ("Patients alive at 2 years", "9 (18%)", "4 (10%)")]).records
    assert told(found, "endpoint", "timepoint", "statistic", "value") == [
        ("OS", "1 year", "rate", 44.1),
        ("OS", "1 year", "rate", 31.0),
        ("OS", "2 year", "rate", 18),
        ("OS", "2 year", "rate", 10),
    ]


def test_subgroups_are_columns_or_heads() -> None:
    columns: list[Sequence[Printed]] = [
        ("", ("Sorafenib + docetaxel", 2), ("Placebo + docetaxel", 2)),
        ("", "KRAS wild type (n = 30)", "KRAS mutant (n = 20)", "KRAS wild type (n = 25)", "KRAS mutant (n = 15)"),
        ("ORR, n (%)", "15 (50)", "5 (25)", "5 (20)", "3 (20)"),
    ]
    found = extract("Table 5. Response", columns, head=2).records
    assert told(found, "arm", "population", "N") == [
        (SORAFENIB, "KRAS wild type", 30),
        (SORAFENIB, "KRAS mutant", 20),
        (PLACEBO, "KRAS wild type", 25),
        (PLACEBO, "KRAS mutant", 15),
    ]
    heads = [(ARMS[0], "Sorafenib + docetaxel", "Placebo + docetaxel"), ("Liver metastases", "n = 30", "n = 25"), ("ORR, n (%)", "15 (50)", "5 (20)")]
    found = extract("Table 5. Response", heads).records
    assert told(found, "population", "arm", "N") == [("liver metastases", SORAFENIB, 30), ("liver metastases", PLACEBO, 25)]


def test_factors_of_a_regression() -> None:
    rows: list[Sequence[Printed]] = [
        ("", ("Univariate", 2), ("Multivariate", 2)),
        ("", "HR (95% CI)", "p", "HR (95% CI)", "p"),
        (("Sex", 5),),
        ("Female", "1.00", "", "1.00", ""),
        ("Male", "1.40 (1.10–1.78)", "0.006", "1.31 (1.02–1.68)", "0.03"),
        ("ECOG 2 vs 0–1", "2.10 (1.50–2.94)", "<0.001", "1.90 (1.30–2.78)", "0.001"),
    ]
    found = extract("Table 6. Prognostic factors for overall survival", rows, head=2).records
    assert told(found, "endpoint", "factor", "arm", "estimate", "ci", "p", "model") == [
        ("OS", "Sex Male", None, 1.4, (1.1, 1.78), "=0.006", "univariate"),
        ("OS", "Sex Male", None, 1.31, (1.02, 1.68), "=0.03", "multivariate"),
        ("OS", "ECOG 2 vs 0-1", None, 2.1, (1.5, 2.94), "<0.001", "univariate"),
        ("OS", "ECOG 2 vs 0-1", None, 1.9, (1.3, 2.78), "=0.001", "multivariate"),
    ]


def test_levels_of_the_treatment_are_its_arms() -> None:
    rows: list[Sequence[Printed]] = [
        ("", "HR", "95% CI", "P"),
        (("Treatment", 4),),
        ("Placebo", "1", "", ""),
        ("Sorafenib", "0.70", "0.55–0.89", "0.004"),
    ]
    found = extract("Table 6. Cox model of progression-free survival", rows).records
    assert told(found, "endpoint", "arm", "comparator", "factor", "estimate", "ci", "p") == [
        ("PFS", SORAFENIB, PLACEBO, None, 0.7, (0.55, 0.89), "=0.004")
    ]


def test_a_caption_that_compares_two_arms_makes_rows_subgroups() -> None:
    rows = [("", "HR (95% CI)"), ("KRAS mutant", "0.90 (0.60–1.35)"), ("KRAS wild type", "0.50 (0.33–0.76)")]
    found = extract("Table 6. Overall survival by subgroup: sorafenib plus docetaxel versus placebo plus docetaxel", rows).records
    assert told(found, "arm", "comparator", "population", "estimate") == [
        (SORAFENIB, PLACEBO, "KRAS mutant", 0.9),
        (SORAFENIB, PLACEBO, "KRAS wild type", 0.5),
    ]


def test_names_that_a_header_or_a_footnote_defines() -> None:
    notes = ["SD sorafenib, N number"]
    rows = [
        ("", "First-line therapy (docetaxel + sorafenib) (N = 50)", "Second-line therapy (irinotecan) (N = 20)"),
        ("ORR, n (%)", "20 (40)", "2 (10)"),
    ]
    found = extract("Table 1. Response", rows, notes=notes, prose="All patients were followed.").records
    assert told(found, "arm", "N") == [(SORAFENIB, 50), ("irinotecan", 20)]


def test_one_treatment_in_two_doses() -> None:
    rows = [("", "Lenvatinib 8 mg (n = 20)", "Lenvatinib 12 mg (n = 25)"), ("ORR, n (%)", "4 (20)", "5 (20)")]
    assert told(extract("Table 1. Response", rows).records, "arm") == [("lenvatinib (8 mg)",), ("lenvatinib (12 mg)",)]


def test_a_cell_over_two_rows_that_holds_a_number_for_each() -> None:
    rows: list[Sequence[Printed]] = [ARMS, ("ORR (%)", ("40.0 70.0", 1, 2), ("22.5 55.0", 1, 2)), ("DCR (%)",)]
    found = extract("Table 1. Response", rows).records
    assert sorted(told(found, "endpoint", "arm", "value")) == [
        ("DCR", PLACEBO, 55.0),
        ("DCR", SORAFENIB, 70.0),
        ("ORR", PLACEBO, 22.5),
        ("ORR", SORAFENIB, 40.0),
    ]


def test_deaths_under_a_row_with_its_landmark() -> None:
    rows: list[Sequence[Printed]] = [
        ("", "", "Sorafenib + docetaxel", "Placebo + docetaxel"),
        (("Total deaths from 2–4 years", 2), "9", "8"),
        ("", "Deaths from other causes", "2", "1"),
    ]
    found = extract("Table 1. Deaths", rows).records
    assert told(found, "endpoint", "event", "timepoint", "value", "unit") == [
        ("DEATH", None, "2-4 year", 9, "patient"),
        ("DEATH", None, "2-4 year", 8, "patient"),
        ("DEATH", "other causes", "2-4 year", 2, "patient"),
        ("DEATH", "other causes", "2-4 year", 1, "patient"),
    ]


def test_markers_are_called_by_the_head_of_their_column() -> None:
    rows: list[Sequence[Printed]] = [
        ("Cytokine", "Number of samples", "Baseline median (min, max)", "Change from baseline median (min, max)"),
        ("VEGF", "25", "29.8 (9.6, 83.9)", "−2.5 (−56, 66)"),
    ]
    found = extract("Table 1. Kinetics of cytokines with sorafenib", rows).records
    assert told(found, "endpoint", "event", "timepoint", "value", "N", "arm") == [
        ("BIOMARKER", "VEGF", "baseline", 29.8, 25, "sorafenib"),
        ("BIOMARKER", "VEGF change from baseline", None, -2.5, 25, "sorafenib"),
    ]


@pytest.mark.parametrize(
    ("caption", "row", "reason"),
    [
        (
            "Table 1. Baseline characteristics",
            ("Complete response to earlier therapy, n (%)", "5 (10)", "4 (10)"),
            "a table of baseline characteristics",
        ),
        ("Table 1. Pharmacokinetics", ("Cmax", "5 (10)", "4 (10)"), "a table of doses, schedules or drug levels"),
        ("Table 1. Toxicity (% of cycles)", ("Anaemia", "5", "4"), "a table of cycles, not of patients"),
        ("Table 1. Outcomes of previous trials", ("ORR, n (%)", "5 (10)", "4 (10)"), "a table of other studies' results"),
    ],
)
def test_tables_that_are_not_read(caption: str, row: Sequence[str], reason: str) -> None:
    found = extract(caption, [ARMS, row])
    assert found.records == ()
    assert [u.reason for u in found.unattached if u.section == "table"] == [reason]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("ORR", "40", "22"), "nothing says whether this is a count or a percentage"),
        (("Median OS (95% CI)", "10.1 (9–11)", "8.2 (7–9)"), "no unit of time in row, column or caption"),
        (("OS, months", "10.1", "8.2"), "neither a median nor a mean by its labels"),
        (("PFS, n (%)", "20 (40)", "9 (22.5)"), "a share of a time to event without its landmark"),
        (("Left-handed, n (%)", "20 (40)", "9 (22.5)"), "neither row, column nor caption names one endpoint"),
        (("ORR, n (%)", "60 (40)", "50 (22.5)"), "more than there can be"),
        (("ORR", "20 (3.1)", "9 (2.2)"), "the number in brackets is not said to be a percentage"),
    ],
)
def test_numbers_that_are_left_over(row: Sequence[str], reason: str) -> None:
    found = extract("Table 1. Outcome", [ARMS, row])
    assert found.records == ()
    left = [u for u in found.unattached if u.section == "table"]
    assert {u.reason for u in left} == {reason}
    assert [u.text for u in left] == list(row[1:])


def test_a_cell_that_says_more_than_is_understood() -> None:
    found = extract(
        "Table 1. Outcome", [ARMS, ("CR, n (%)", "5 (10)", "4 (10)"), ("PR, n (%)", "20 vs 9", "8 (20)"), ("ORR, n (%)", "25 (50)", "12 (30)")]
    )
    assert told(found.records, "endpoint", "value") == [("CR", 10), ("CR", 10), ("PR", 20), ("ORR", 50), ("ORR", 30)]
    assert [(u.text, u.reason) for u in found.unattached if u.section == "table"] == [("20 vs 9", "a cell that is not understood")]


def test_a_row_of_one_arm_under_a_column_of_another() -> None:
    rows = [("", "ORR (%)", "DCR (%)"), ("Sorafenib + docetaxel", "40", "12"), ("Irinotecan", "30", "11")]
    found = extract("Table 1. Outcome", rows)
    assert told(found.records, "arm", "endpoint", "value") == [
        (SORAFENIB, "ORR", 40),
        (SORAFENIB, "DCR", 12),
        ("irinotecan", "ORR", 30),
        ("irinotecan", "DCR", 11),
    ]
    crossed = extract("Table 1. Outcome: ORR (%)", [ARMS, ("Irinotecan", "40", "12"), ("Lenvatinib", "30", "11")])
    assert crossed.records == ()
    assert {u.reason for u in crossed.unattached if u.section == "table"} == {"row and column name two arms"}


def test_the_head_that_names_the_endpoint_says_the_landmark() -> None:
    rows: list[Sequence[Printed]] = [
        ("", ("Five-year overall survival", 2)),
        ("", "Sorafenib + docetaxel, %", "Placebo + docetaxel, %"),
        (("Two-year analysis", 3),),
        ("Women", "44", "31"),
        ("D-FFS", "40", "30"),
    ]
    found = extract("Table 1. Outcome", rows, head=2)
    assert told(found.records, "timepoint", "population", "value") == [("5 year", "women", 44), ("5 year", "women", 31)]
    assert {u.reason for u in found.unattached if u.section == "table"} == {"a row that may be of another endpoint"}


def test_an_unknown_column_is_no_arm() -> None:
    found = extract("Table 1. Response", [("", "Cohort of gold", "Cohort of silver"), ("ORR, n (%)", "20 (40%)", "9 (22.5%)")])
    assert found.records == ()


def test_a_ratio_outside_its_interval_is_refused() -> None:
    found = extract("Table 6. Factors for overall survival", [("", "HR (95% CI)"), ("Male", "1.40 (1.50–1.78)")])
    assert found.records == ()


@pytest.mark.parametrize(
    ("text", "value", "brackets"),
    [
        ("12 (35.3%)", 12, [("single", 35.3, None)]),
        ("12 (<1)†", 12, [("single", 1, None)]),
        ("5/7 (71.4)", 5, [("single", 71.4, None)]),
        ("13 (27.7) [15.6–42.6]", 13, [("single", 27.7, None), ("pair", 15.6, 42.6)]),
        ("10.3 (5.6, NE)", 10.3, [("pair", 5.6, None)]),
        ("71.4 (5/7)", 71.4, [("fraction", 5, 7)]),
        ("(4.0 to 9.0)", None, [("pair", 4.0, 9.0)]),
        ("−2.5", -2.5, []),
        ("1,204", 1204, []),
        ("Not reached (12.0–NR)", None, [("pair", 12.0, None)]),
        ("0.85*", 0.85, []),
    ],
)
def test_cells(text: str, value: float | None, brackets: list[tuple[Any, ...]]) -> None:
    cell = parse_cell(fold(text))
    assert cell is not None
    assert cell.value == value
    assert [(b.kind, b.low, b.high) for b in cell.brackets] == brackets


@pytest.mark.parametrize("text", ["", "–", "..", "NA", "n/a", "14.2 vs 13.7", "see text", "12 (about a third)", "NS", "3 of them"])
def test_cells_that_hold_no_value(text: str) -> None:
    assert parse_cell(fold(text)) is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("p value", Role.P),
        ("Log-rank P value", Role.P),
        ("P for interaction", Role.OTHER),
        ("HR (95% CI)", Role.RATIO),
        ("HER2-positive", Role.VALUE),
        ("95% CI", Role.INTERVAL),
        ("No. of patients", Role.COUNT),
        ("%", Role.SHARE),
        ("t value", Role.OTHER),
        ("Overall response rate (CR + PR) [95% CI], n (%)", Role.VALUE),
    ],
)
def test_roles(text: str, role: Role) -> None:
    assert read_label(text).role is role


def test_what_headers_stand_over() -> None:
    rows: list[Sequence[Printed]] = [
        ("", ("A", 2), ("B", 2)),
        ("", "x", "y", "x", "y"),
        (("Head", 5),),
        ("one", "1", "2", "3", "4"),
        ("  two", "5", "6", "7", "8"),
    ]
    made = document("Table 1.", rows, head=2)
    grid = lay_out(made, made.tables[0])
    assert [[e.text for e in grid.path(c)] for c in range(1, 5)] == [["A", "x"], ["A", "y"], ["B", "x"], ["B", "y"]]
    assert [([g.text for g in r.groups], r.labels[-1].text.strip()) for r in rows_of(grid)] == [(["Head"], "one"), (["Head", "one"], "two")]


@given(st.integers(0, 400), st.integers(1, 400))
def test_a_share_agrees_with_its_count(n: int, total: int) -> None:
    n = min(n, total)
    assert agrees(n, total, round(100 * n / total, 1))
    assert not agrees(n, total, round(100 * n / total + 3.0, 1))


_WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\t\n", exclude_categories=("Cs", "Cc")), max_size=14)
_VALUES = st.sampled_from(["", "–", "12 (24%)", "0", "6.1 (5.0–7.2)", "0.61 (0.45–0.83)", "<0.001", "NE", "5/7 (71.4)", "40.0 70.0"])


@given(_WORDS, st.lists(st.tuples(_WORDS, _VALUES, _VALUES), min_size=1, max_size=5), _WORDS)
def test_any_grid_gives_records_whose_text_stands_where_they_say(head: str, rows: list[tuple[str, str, str]], note: str) -> None:
    known = ["ORR, n (%)", "Median PFS, months (95% CI)", "Nausea"]
    body = [(f"{known[i % 3]} {label}", *values) for i, (label, *values) in enumerate(rows)]
    extraction = extract("Table 1. Efficacy and adverse events", [(head, *ARMS[1:]), *body], notes=[note])
    raw = extraction.document.raw
    for record in extraction.records:
        assert all(raw[e.start : e.end] == e.text for e in record.evidence)
        assert all(0 <= a < b <= len(raw) for a, b in record.spans.values())
    for left in extraction.unattached:
        assert raw[left.start : left.end] == left.text
