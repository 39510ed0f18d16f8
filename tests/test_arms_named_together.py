"""Labels that name the arms of a trial only together: over columns, before rows, in captions. All papers are invented."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()

ADDED = "Patients were randomly assigned to paclitaxel plus ramucirumab or paclitaxel alone."
DOUBLET = "Patients were randomly assigned to vinorelbine followed by carboplatin (group 1) or vinorelbine alone (group 2)."
THREE = "Patients were randomly assigned to gefitinib (arm A), pemetrexed (arm B) or gefitinib plus pemetrexed (arm C)."
DOSES = "Patients were randomly assigned to axitinib 2 mg, 5 mg or 7 mg daily."
OFTEN = "Patients were randomly assigned to weekly docetaxel or 3-weekly docetaxel."
LONG = "Women were randomly assigned to 6 or 12 months of trastuzumab. Age was alike in the 6-month group and the 12-month group."
SURGERY = "Patients were randomly assigned to thoracoscopic lobectomy or open lobectomy."
FRACTIONS = "Men were randomly assigned to hypofractionated radiotherapy or conventional radiotherapy."
CARE = "Women were randomly assigned to supervised exercise or usual care."
ADJUVANT = "Patients were randomly assigned to surgery followed by adjuvant chemotherapy or to surgery alone."
BEST = "Patients were randomised to vinorelbine plus oxaliplatin (group A) or best supportive care (group B)."
RADIO = "Patients were randomised to radiotherapy plus temozolomide or radiotherapy alone."
LIST = "Survivors were randomised to cognitive behavioural therapy or waiting list."
WEEKS = "Patients were randomised to 24 weeks or 48 weeks of fluorouracil."
AGAIN = "Women were randomly assigned to receive letrozole for 2 years or letrozole for 5 years."
FOUR = "Women were randomly assigned to tamoxifen, metformin, tamoxifen plus metformin, or placebo."
CROSSED = "In a 2 x 2 factorial design, women were randomly assigned to tamoxifen plus metformin, tamoxifen plus placebo, metformin alone or placebo."
SUM, ALONE = "paclitaxel + ramucirumab", "paclitaxel"
VC, V = "vinorelbine + carboplatin", "vinorelbine"
G, P, GP = "gefitinib", "pemetrexed", "gefitinib + pemetrexed"
EACH = {
    ADDED: (SUM, ALONE), DOUBLET: (VC, V), THREE: (G, P, GP), DOSES: ("axitinib (2 mg)", "axitinib (5 mg)", "axitinib (7 mg)"),
    OFTEN: ("docetaxel (weekly)", "docetaxel (three-weekly)"), LONG: ("trastuzumab (6 months)", "trastuzumab (12 months)"),
    SURGERY: ("lobectomy (thoracoscopic)", "lobectomy (open)"), FRACTIONS: ("hypofractionated radiotherapy", "radiotherapy"),
    CARE: ("exercise", "usual care"), ADJUVANT: ("surgery + adjuvant chemotherapy", "surgery"),
    BEST: ("vinorelbine + oxaliplatin", "best supportive care"), RADIO: ("radiotherapy + temozolomide", "radiotherapy"),
    LIST: ("cognitive behavioural therapy", "waiting list"), WEEKS: ("fluorouracil (24 weeks)", "fluorouracil (48 weeks)"),
    AGAIN: ("letrozole (2 years)", "letrozole (5 years)"), FOUR: ("tamoxifen", "metformin", "tamoxifen + metformin", "placebo"),
    CROSSED: ("tamoxifen + metformin", "tamoxifen + placebo", "metformin", "placebo"),
}  # fmt: skip
VALUES = (14.2, 11.3, 17.9, 9.6)


def read(methods: str, tables: str, folder: Path) -> dict[float, str | None]:
    """The arm of each value of a paper with these tables."""
    file = folder / "paper.nxml"
    file.write_text(
        "<article><front><article-meta><title-group><article-title>A randomised trial in advanced cancer</article-title></title-group>"
        f"<abstract><p>{methods} Outcomes differed.</p></abstract></article-meta></front><body><sec><title>Methods</title><p>{methods}</p></sec>"
        f"<sec><title>Results</title><p>See the tables.</p>{tables}</sec></body></article>",
        encoding="utf-8",
    )
    return {r.value: r.arm for r in PIPELINE.extract(file).records if r.kind == "measurement" and r.value is not None}


def table(rows: list[list[object]], caption: str = "Outcomes") -> str:
    """A table whose first row is its head."""
    head, *body = ["".join(f"<td>{escape(str(cell))}</td>" for cell in row) for row in rows]
    grid = f"<thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in body)}</tbody>"
    return f"<table-wrap><label>Table 1</label><caption><p>{caption}</p></caption><table>{grid}</table></table-wrap>"


def over_columns(methods: str, names: tuple[str, ...], folder: Path) -> list[str | None]:
    found = read(methods, table([["Outcome", *names], ["Median overall survival, months", *VALUES[: len(names)]]]), folder)
    return [found.get(value) for value in VALUES[: len(names)]]


def before_rows(methods: str, names: tuple[str, ...], folder: Path, head: str = "") -> list[str | None]:
    rows: list[list[object]] = [[name, value] for name, value in zip(names, VALUES, strict=False)]
    found = read(methods, table([[head, "Median overall survival (months)"], *rows]), folder)
    return [found.get(value) for value in VALUES[: len(names)]]


NAMES = [
    (ADDED, ("+ Ramucirumab", "- Ramucirumab")), (ADDED, ("RAM (+)", "RAM (-)")), (ADDED, ("RAM+", "RAM-")),
    (ADDED, ("Ramucirumab +", "Ramucirumab −")),
    (ADDED, ("Ramucirumab: yes", "Ramucirumab: no")), (ADDED, ("w/ ramucirumab", "w/o ramucirumab")), (ADDED, ("Ramucirumab-treated", "Untreated")),
    (ADDED, ("Ramucirumab (yes)", "Ramucirumab (no)")), (ADDED, ("Rmab +", "Rmab -")), (BEST, ("CT", "BSC")), (BEST, ("Chemo", "BSC")),
    (RADIO, ("Chemoradiotherapy", "Radiotherapy")), (RADIO, ("CRT", "RT")), (LIST, ("Intervention", "Waiting list")),
    (OFTEN, ("Once weekly", "Once every 3 weeks")),
    (WEEKS, ("24 weeks", "48 weeks")), (WEEKS, ("6 months", "12 months")), (AGAIN, ("2 years", "5 years")), (AGAIN, ("24 months", "60 months")),
    (FOUR, ("T", "M", "T + M", "Placebo")), (FOUR, ("Tamoxifen alone", "Metformin alone", "Both drugs", "Neither")),
    (CROSSED, ("T + M", "T + Pbo", "M", "Pbo")),
    (ADDED, ("Paclitaxel with ramucirumab", "Paclitaxel without ramucirumab")), (ADDED, ("Pac/Ram", "Pac")),
    (ADDED, ("Paclitaxel*+ ramucirumab", "Paclitaxel*")), (ADDED, ("Exp", "Ctrl")), (DOUBLET, ("VC", "V")),
    (DOUBLET, ("VinCarbo", "Vin")), (DOUBLET, ("Carbo-Vin (n = 40)", "Vin (n = 41)")), (THREE, ("Gef", "Pem", "Gef + Pem")),
    (DOUBLET, ("V + C", "V")),
    (THREE, ("A", "B", "C")), (THREE, ("Gefitinib alone", "Pemetrexed alone", "Combination")), (THREE, ("Gefitinib", "Pemetrexed", "Both")),
    (DOSES, ("Low dose", "Medium dose", "High dose")), (DOSES, ("2 mg/day", "5 mg/day", "7 mg/day")), (OFTEN, ("q1w", "q3w")),
    (OFTEN, ("Every week", "Every 3 weeks")), (OFTEN, ("Weekly docetaxel", "3-weekly docetaxel")), (LONG, ("6 months", "12 months")),
    (LONG, ("Short duration", "Long duration")), (SURGERY, ("TL", "OL")), (SURGERY, ("Thoracoscopy", "Open surgery")), (CARE, ("EX", "UC")),
    (FRACTIONS, ("Hypofractionated", "Conventional")), (ADJUVANT, ("Chemotherapy", "Observation")), (ADJUVANT, ("S + CT", "S")),
]  # fmt: skip


@pytest.mark.parametrize(("methods", "names"), NAMES)
def test_labels_together_are_the_arms(methods: str, names: tuple[str, ...], tmp_path: Path) -> None:
    assert over_columns(methods, names, tmp_path) == list(EACH[methods])
    assert before_rows(methods, names, tmp_path) == list(EACH[methods])
    turned = EACH[methods][::-1]
    assert over_columns(methods, names[::-1], tmp_path) == list(turned)


@pytest.mark.parametrize("names", [("1", "2"), ("I", "II")])
def test_numbers_are_groups_where_nothing_else_is_numbered(names: tuple[str, str], tmp_path: Path) -> None:
    assert over_columns(DOUBLET, names, tmp_path) == [VC, V]
    assert before_rows(DOUBLET, names, tmp_path, head="Group") == [VC, V]
    assert V not in before_rows(DOUBLET, names, tmp_path, head="ECOG")
    staged = "<tr><th></th><th colspan='2'>Stage</th></tr><tr><th>Outcome</th><th>I</th><th>II</th></tr>"
    found = read(
        DOUBLET,
        f"<table-wrap><label>Table 1</label><caption><p>Outcomes</p></caption><table><thead>{staged}</thead><tbody>"
        "<tr><td>Median overall survival, months</td><td>14.2</td><td>11.3</td></tr></tbody></table></table-wrap>",
        tmp_path,
    )
    assert not {VC, V} & set(found.values())


def test_grades_are_no_groups(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Event", "1", "2"], ["Diarrhea, %", 14.2, 11.3]]
    assert not {VC, V} & set(read(DOUBLET, table(rows, "Adverse events by grade"), tmp_path).values())
    assert read(DOUBLET, table(rows, "Adverse events by treatment"), tmp_path) == {14.2: VC, 11.3: V}


def test_a_length_of_time_over_a_rate_may_be_a_landmark(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Outcome", "6 months", "12 months"], ["Overall survival, %", 64.2, 51.3]]
    assert set(read(LONG, table(rows), tmp_path).values()) == {"all"}


def test_dashes_before_all_rows_deny_nothing(tmp_path: Path) -> None:
    methods = "Patients were randomly assigned to paclitaxel or ramucirumab."
    assert before_rows(methods, ("- Paclitaxel", "- Ramucirumab"), tmp_path) == ["paclitaxel", "ramucirumab"]


def test_what_a_row_denies_is_not_what_its_patients_had(tmp_path: Path) -> None:
    assert SUM not in before_rows(ADDED, ("Ramucirumab (-)", "Docetaxel"), tmp_path)


def test_numbers_of_patients_deny_nothing(tmp_path: Path) -> None:
    methods = "Patients were randomly assigned to paclitaxel or ramucirumab."
    assert over_columns(methods, ("Pac (no)", "Ramucirumab (no)"), tmp_path) == ["paclitaxel", "ramucirumab"]


def test_names_that_fit_two_ways_are_none(tmp_path: Path) -> None:
    methods = "Patients were randomly assigned to paclitaxel plus carboplatin or pemetrexed plus carboplatin."
    assert not any(over_columns(methods, ("P", "P + C"), tmp_path))
    assert not any(over_columns(methods, ("P + Carbo", "P/Carbo"), tmp_path))


@pytest.mark.parametrize(
    ("methods", "names"), [(ADDED, ("Pac/Ram", "Pac")), (ADDED, ("with ramucirumab", "without ramucirumab")), (THREE, ("arm A", "arm B", "arm C"))]
)
def test_each_table_is_of_the_arm_that_its_caption_names(methods: str, names: tuple[str, ...], tmp_path: Path) -> None:
    tables = "".join(
        table([["Outcome", "Value"], ["Median overall survival, months", v]], f"Outcomes, {n}") for n, v in zip(names, VALUES, strict=False)
    )
    assert read(methods, tables, tmp_path) == dict(zip(VALUES, EACH[methods], strict=False))
