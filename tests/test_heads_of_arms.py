"""What stands over the columns of two arms: roles, sorts, letters, what one of them lacks. All papers are invented."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()

TWO_DRUGS = "Patients were randomly assigned to lapatinib plus anastrozole or lapatinib plus placebo."
DOUBLET = "Patients were randomly assigned to docetaxel and carboplatin (DC, arm A) or docetaxel (D, arm B)."
NUMBERED = "Patients were assigned to group 1 (oxaliplatin plus capecitabine, XELOX) or group 2 (capecitabine alone)."
REGIMEN = "Patients were randomised to receive FOLFIRI plus panitumumab (arm B) or FOLFIRI (arm A)."
TREATED = {
    TWO_DRUGS: ({"lapatinib", "anastrozole"}, {"lapatinib", "placebo"}),
    DOUBLET: ({"docetaxel", "carboplatin"}, {"docetaxel"}),
    NUMBERED: ({"oxaliplatin", "capecitabine"}, {"capecitabine"}),
    REGIMEN: ({"FOLFIRI", "panitumumab"}, {"FOLFIRI"}),
}


def columns(methods: str, heads: tuple[str, str], folder: Path) -> dict[float, set[str]]:
    """The components of the arm of each value of a table with two heads."""
    first, second = map(escape, heads)
    table = (
        f"<thead><tr><th>Outcome</th><th>{first}</th><th>{second}</th></tr></thead><tbody><tr><td>Median overall survival, months</td><td>14.2</td>"
        "<td>11.3</td></tr></tbody>"
    )
    file = folder / "paper.nxml"
    file.write_text(
        "<article><front><article-meta><title-group><article-title>A randomised trial in advanced cancer</article-title></title-group>"
        f"<abstract><p>{methods} Outcomes differed.</p></abstract></article-meta></front><body>"
        f"<sec><title>Methods</title><p>{methods}</p></sec><sec><title>Results</title><p>See Table 1.</p>"
        f"<table-wrap><label>Table 1</label><caption><p>Outcomes</p></caption><table>{table}</table></table-wrap></sec></body></article>",
        encoding="utf-8",
    )
    measured = (r for r in PIPELINE.extract(file).records if r.kind == "measurement")
    return {r.value: set((r.arm or "").split(" + ")) for r in measured if r.value is not None}


@pytest.mark.parametrize(
    ("methods", "heads"),
    [
        (TWO_DRUGS, ("Experimental", "Control")), (TWO_DRUGS, ("Experimental arm (N=100)", "Control arm (N=101)")),
        (TWO_DRUGS, ("Investigational", "Standard")), (TWO_DRUGS, ("Active", "Placebo")), (TWO_DRUGS, ("Combination therapy", "Monotherapy")),
        (DOUBLET, ("Combination", "Single agent")), (DOUBLET, ("Doublet", "Single-agent therapy")), (DOUBLET, ("Carboplatin", "No carboplatin")),
        (DOUBLET, ("With carboplatin", "Without carboplatin")), (NUMBERED, ("Group I", "Group II")), (NUMBERED, ("Oxaliplatin", "No oxaliplatin")),
        (REGIMEN, ("Chemotherapy + panitumumab", "Chemotherapy alone")),
    ],
)  # fmt: skip
def test_two_heads_are_the_two_arms(methods: str, heads: tuple[str, str], tmp_path: Path) -> None:
    tested, other = TREATED[methods]
    assert columns(methods, heads, tmp_path) == {14.2: tested, 11.3: other}
    assert columns(methods, heads[::-1], tmp_path) == {14.2: other, 11.3: tested}


def test_a_regimen_with_a_letter_behind_it_is_not_the_regimen_alone(tmp_path: Path) -> None:
    assert columns(REGIMEN, ("FOLFIRI-C", "FOLFIRI"), tmp_path) == {11.3: {"FOLFIRI"}}


def test_of_two_arms_without_a_control_none_is_called_by_its_role(tmp_path: Path) -> None:
    methods = "Patients were randomly assigned to docetaxel or vinorelbine."
    assert columns(methods, ("Experimental", "Control"), tmp_path) == {14.2: {"intervention"}, 11.3: {"control"}}
    assert columns(methods, ("Combination", "Single agent"), tmp_path) == {}


def test_a_sort_that_both_arms_are_of_is_neither(tmp_path: Path) -> None:
    methods = "Patients were randomly assigned to docetaxel or vinorelbine."
    assert columns(methods, ("Chemotherapy (n = 40)", "Placebo (n = 41)"), tmp_path)[14.2] == {"chemotherapy"}


DOSES = "Patients were randomly assigned to sunitinib 50 mg or sunitinib 37.5 mg."
TIMES = "Women were randomly assigned to 6 or 12 months of trastuzumab. Age was alike in the 6-month group and the 12-month group."


@pytest.mark.parametrize(
    ("methods", "heads", "arms"),
    [
        (DOSES, ("50 mg", "37.5 mg"), ("sunitinib (50 mg)", "sunitinib (37.5 mg)")),
        (DOSES, ("37.5 mg (n = 60)", "50 mg (n = 61)"), ("sunitinib (37.5 mg)", "sunitinib (50 mg)")),
        (TIMES, ("12-month trastuzumab", "6-month trastuzumab"), ("trastuzumab (12 months)", "trastuzumab (6 months)")),
        (TIMES, ("Trastuzumab 6 months (n = 60)", "Trastuzumab 12 months (n = 61)"), ("trastuzumab (6 months)", "trastuzumab (12 months)")),
    ],
)
def test_what_tells_two_arms_of_one_drug_apart(methods: str, heads: tuple[str, str], arms: tuple[str, str], tmp_path: Path) -> None:
    assert columns(methods, heads, tmp_path) == {14.2: {arms[0]}, 11.3: {arms[1]}}
