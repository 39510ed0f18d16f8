"""Tables that list studies: who names them, how their arms stand, what compares them. All papers and results are invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from extractor.pipeline import Pipeline
from extractor.records import Comparison, Measurement

PIPELINE = Pipeline()
HEADS = ("Treatment", "No. of patients", "ORR (%)", "Median OS (months)")
REVIEW = ("A review of gastric cancer", "Several trials were reported.", "Clinical trials")
OWN = ("Ramucirumab in gastric cancer: a phase II study", "Patients received ramucirumab 8 mg/kg. We enrolled 45 patients.", "Results")

Facts = set[tuple[str | None, str | None, float | None]]


def mark(number: int) -> str:
    return f'<xref ref-type="bibr" rid="b{number}">{number}</xref>'


def records(paper: tuple[str, str, str], heads: Sequence[str], rows: Sequence[Sequence[str]], folder: Path) -> list[Measurement | Comparison]:
    """What a paper with one table tells; a cell that begins with a number and a bar spans so many rows, with a number and a tilde so many columns."""

    def cell(text: str) -> str:
        for sign, span in (("|", "rowspan"), ("~", "colspan")):
            if text[1:2] == sign:
                return f'<td {span}="{text[0]}">{text[2:]}</td>'
        return f"<td>{text}</td>"

    title, methods, section = paper
    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    head = "".join(f"<th>{h}</th>" for h in heads)
    references = "".join(
        f'<ref id="b{i}"><label>{i}</label><mixed-citation>{who} H. A trial. J Trials 2011;1:1-9.</mixed-citation></ref>'
        for i, who in ((1, "Tester"), (2, "Sample-Roe"))
    )
    file = folder / "paper.nxml"
    file.write_text(
        f"<article><front><article-meta><title-group><article-title>{title}</article-title></title-group><abstract><p>{methods}</p></abstract>"
        f"</article-meta></front><body><sec><title>{section}</title><p>{methods} See Table 1.</p><table-wrap><label>Table 1</label><caption><p>"
        f"Chemotherapy of gastric cancer</p></caption><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></table-wrap></sec></body>"
        f"<back><ref-list>{references}</ref-list></back></article>",
        encoding="utf-8",
    )
    return list(PIPELINE.extract(file).records)


def measured(found: Sequence[Measurement | Comparison]) -> Facts:
    return {(r.study, r.arm, r.value) for r in found if isinstance(r, Measurement)}


BOTH = {
    (who, arm, value)
    for who, values in (("first", ((21.1, 9.5), (11.2, 8.4))), ("second", ((31.3, 12.6), (15.4, 7.7))))
    for arm, pair in zip(("paclitaxel", "irinotecan"), values, strict=True)
    for value in pair
}


@pytest.mark.parametrize("paper", [REVIEW, OWN])
@pytest.mark.parametrize(
    ("column", "names"),
    [
        (("Trial", "WJOG 4007", "COUGAR-02"), ("WJOG 4007", "COUGAR-02")),
        (("Trial", "FUGATO", f"NOVA-B [{mark(2)}]"), ("FUGATO", "NOVA-B")),
        (("Study", "Tester et al, 2011", "Sample-Roe et al. (2014)"), ("Tester et al.", "Sample-Roe et al.")),
        (("Reference", f"Tester et al.<sup>{mark(1)}</sup>", f"Sample-Roe et al.<sup>{mark(2)}</sup>"), ("Tester et al.", "Sample-Roe et al.")),
        (("Study", f"Tester and Miller, 2011 [{mark(1)}]", "Sample-Roe HT, 2014"), ("Tester et al.", "Sample-Roe et al.")),
        (("", '<xref ref-type="bibr" rid="b1">Tester et al, 2011</xref>', f"Sample-Roe [{mark(2)}]"), ("Tester et al.", "Sample-Roe et al.")),
        (("Study", "Tester et al. 2011 (FUGATO)", "Sample-Roe et al. 2014 (NOVA-B)"), ("FUGATO", "NOVA-B")),
        (("Ref.", f"[{mark(1)}]", f"[{mark(2)}]"), (None, None)),
    ],
)  # fmt: skip
def test_who_names_the_studies(
    paper: tuple[str, str, str], column: tuple[str, str, str], names: tuple[str | None, str | None], tmp_path: Path
) -> None:
    head, first, second = column
    rows = [(first, "Paclitaxel", "108", "21.1", "9.5"), (second, "Irinotecan", "90", "15.4", "7.7")]
    found = records(paper, (head, *HEADS), rows, tmp_path)
    assert measured(found) == {
        (names[0], "paclitaxel", 21.1), (names[0], "paclitaxel", 9.5), (names[1], "irinotecan", 15.4), (names[1], "irinotecan", 7.7),
    }  # fmt: skip
    assert {r.provenance for r in found} == {"cited"}


A, B = ("Paclitaxel", "108", "21.1", "9.5"), ("Irinotecan", "111", "11.2", "8.4")
C, D = ("Paclitaxel", "90", "31.3", "12.6"), ("Irinotecan", "92", "15.4", "7.7")
ONE, OTHER = "Tester et al, 2011", "Sample et al, 2014"


@pytest.mark.parametrize(
    "rows",
    [
        [(ONE, *map(" vs ".join, zip(A, B, strict=True))), (OTHER, *map(" vs ".join, zip(C, D, strict=True)))],
        [(ONE, *map("<break/>".join, zip(A, B, strict=True))), (OTHER, *map("<break/>".join, zip(C, D, strict=True)))],
        [(f"2|{ONE}", *A), B, (f"2|{OTHER}", *C), D],
        [(ONE, *A), ("", *B), (OTHER, *C), ("", *D)],
        [(ONE, *A), (ONE, *B), (OTHER, *C), (OTHER, *D)],
    ],
    ids=["vs", "lines", "rowspan", "blank", "repeated"],
)
def test_how_the_arms_of_a_study_stand(rows: list[tuple[str, ...]], tmp_path: Path) -> None:
    wanted = {({"first": "Tester et al.", "second": "Sample et al."}[who], arm, value) for who, arm, value in BOTH}
    assert measured(records(OWN, ("Study", *HEADS), rows, tmp_path)) == wanted


def test_studies_stand_over_their_rows(tmp_path: Path) -> None:
    found = records(OWN, HEADS, [(f"4~{ONE}",), A, B, (f"4~{OTHER}",), C, D], tmp_path)
    assert measured(found) == {({"first": "Tester et al.", "second": "Sample et al."}[who], arm, value) for who, arm, value in BOTH}


@pytest.mark.parametrize("over", ["one row", "two rows", "both arms in a cell"])
def test_a_ratio_behind_the_two_arms_of_a_study(over: str, tmp_path: Path) -> None:
    ratios = ("0.84 (0.66-1.08)", "0.17")
    if over == "both arms in a cell":
        rows = [(ONE, *map(" vs ".join, zip(A, B, strict=True)), *ratios), (OTHER, *map(" vs ".join, zip(C, D, strict=True)), "0.61 (0.5-0.8)", "")]
    elif over == "two rows":
        rows = [(f"2|{ONE}", *A, *(f"2|{r}" for r in ratios)), B, (f"2|{OTHER}", *C, "2|0.61 (0.5-0.8)", "2|-"), D]
    else:
        rows = [(ONE, *A, *ratios), ("", *B, "1 (ref)", ""), (OTHER, *C, "1 (ref)", ""), ("", *D, "0.61 (0.5-0.8)", "")]
    found = records(REVIEW, ("Study", *HEADS, "HR for OS (95% CI)", "P value"), rows, tmp_path)
    compared = {(r.study, r.endpoint, r.arm, r.comparator, r.estimate, r.p.value if r.p else None) for r in found if isinstance(r, Comparison)}
    second = ("irinotecan", "paclitaxel") if over == "one row" else ("paclitaxel", "irinotecan")
    assert compared == {
        ("Tester et al.", "OS", "paclitaxel", "irinotecan", 0.84, 0.17),
        ("Sample et al.", "OS", *second, 0.61, None),
    }


def test_a_ratio_of_one_of_two_endpoints_that_nothing_names_is_left_over(tmp_path: Path) -> None:
    rows = [
        (ONE, "Paclitaxel vs irinotecan", "5.5 vs 4.4", "9.5 vs 8.4", "0.84"),
        (OTHER, "Paclitaxel vs irinotecan", "6.5 vs 3.4", "12 vs 7", "0.6"),
    ]
    found = records(REVIEW, ("Study", "Treatment", "Median PFS (months)", "Median OS (months)", "HR"), rows, tmp_path)
    assert [r for r in found if isinstance(r, Comparison)] == []
    assert len(found) == 8


def test_this_study_beside_others(tmp_path: Path) -> None:
    found = records(OWN, ("Study", *HEADS), [(ONE, *A), (OTHER, *D), ("Present study", "Ramucirumab", "45", "44.4", "12.9")], tmp_path)
    assert {(r.study, r.arm) for r in found if r.provenance == "own"} == {("this study", "ramucirumab")}
    assert {r.value for r in found if isinstance(r, Measurement) and r.provenance == "own"} == {44.4, 12.9}


def test_rows_of_one_study_that_nothing_tells_apart_are_left_over(tmp_path: Path) -> None:
    rows = [(ONE, *A), ("", "Paclitaxel", "40", "30.1", "9.9"), (OTHER, *D)]
    assert {r.study for r in records(REVIEW, ("Study", *HEADS), rows, tmp_path)} == {"Sample et al."}


def test_rows_of_one_study_and_treatment_are_of_its_populations(tmp_path: Path) -> None:
    rows = [
        (f"2|{ONE}", "KRAS wild type", "Cetuximab", "60", "44.1", "21.2"), ("KRAS mutant", "Cetuximab", "40", "12.1", "9.9"),
        (OTHER, "All", "Panitumumab", "30", "20.2", "10.1"),
    ]  # fmt: skip
    found = records(REVIEW, ("Study", "Population", *HEADS), rows, tmp_path)
    assert {(r.population, r.value) for r in found if isinstance(r, Measurement) and r.study == "Tester et al."} == {
        ("KRAS wild type", 44.1), ("KRAS wild type", 21.2), ("KRAS mutant", 12.1), ("KRAS mutant", 9.9),
    }  # fmt: skip


@pytest.mark.parametrize("years", [("Before 2005", "Since 2005"), ("January, 2004", "December, 2006")])
def test_years_are_no_studies(years: tuple[str, str], tmp_path: Path) -> None:
    found = records(OWN, ("Period", "No. of patients", "Median OS (months)"), [(years[0], "40", "9.5"), (years[1], "44", "12.4")], tmp_path)
    assert {r.study for r in found} <= {"this study"}


def test_a_row_that_goes_on_with_words_is_of_no_other_arm(tmp_path: Path) -> None:
    rows = [(ONE, *A), ("", "80 mg/m2 weekly", "", "", ""), (OTHER, *D)]
    assert {r.study for r in records(REVIEW, ("Study", *HEADS), rows, tmp_path)} == {"Tester et al.", "Sample et al."}


def test_the_arms_of_a_study_in_two_columns_with_their_ratio(tmp_path: Path) -> None:
    rows = [(ONE, "Paclitaxel", "Placebo", "18.1 vs 14.1", "0.74 (0.60-0.91)"), (OTHER, "Irinotecan", "Placebo", "10.2 vs 6.9", "0.69 (0.52-0.91)")]
    found = records(REVIEW, ("Study", "Treatment", "Control", "Median OS, months", "HR for death (95% CI)"), rows, tmp_path)
    assert {(r.arm, r.comparator, r.estimate) for r in found if isinstance(r, Comparison)} == {
        ("paclitaxel", "placebo", 0.74), ("irinotecan", "placebo", 0.69),
    }  # fmt: skip
    assert {r.value for r in found if isinstance(r, Measurement) and r.arm == "placebo"} == {14.1, 6.9}


def test_the_size_of_an_arm_behind_its_name(tmp_path: Path) -> None:
    rows = [(f"2|{ONE}", "Paclitaxel (n = 90)", "9.5"), ("Irinotecan (n = 92)", "8.4"), (OTHER, "Paclitaxel (n = 30)", "7.1")]
    found = records(REVIEW, ("Study", "Arm", "Median OS (months)"), rows, tmp_path)
    assert measured(found) == {("Tester et al.", "paclitaxel", 9.5), ("Tester et al.", "irinotecan", 8.4), ("Sample et al.", "paclitaxel", 7.1)}


def test_levels_of_a_marker_beside_the_arms_of_a_study(tmp_path: Path) -> None:
    rows = [
        (f"4|{ONE}", "2|Wild type", "Cetuximab + irinotecan", "57.3"), ("Irinotecan", "39.7"), ("2|Mutant", "Cetuximab + irinotecan", "31.3"),
        ("Irinotecan", "36.1"), (OTHER, "All", "Paclitaxel", "20.2"),
    ]  # fmt: skip
    found = records(REVIEW, ("Study", "KRAS", "Arm", "ORR (%)"), rows, tmp_path)
    assert {(r.population, r.arm, r.value) for r in found if isinstance(r, Measurement) and r.study == "Tester et al."} == {
        ("KRAS wild type", "cetuximab + irinotecan", 57.3), ("KRAS wild type", "irinotecan", 39.7),
        ("KRAS mutant", "cetuximab + irinotecan", 31.3), ("KRAS mutant", "irinotecan", 36.1),
    }  # fmt: skip


@pytest.mark.parametrize("heads", [("FUGATO", "NOVA-B"), (f"FUGATO [{mark(1)}]", f"NOVA-B [{mark(2)}]"), ("WJOG 4007", "COUGAR-02")])
def test_columns_are_studies(heads: tuple[str, str], tmp_path: Path) -> None:
    rows = [("Regimen", "Paclitaxel", "Irinotecan"), ("ORR, %", "21.1", "15.4"), ("Median OS, months", "9.5", "7.7")]
    names = [h.split(" [")[0] for h in heads]
    found = records(REVIEW, ("", *heads), rows, tmp_path)
    assert {(r.study, r.value) for r in found if isinstance(r, Measurement)} == {
        (names[0], 21.1), (names[0], 9.5), (names[1], 15.4), (names[1], 7.7),
    }  # fmt: skip


def test_columns_of_treatments_are_no_studies(tmp_path: Path) -> None:
    rows = [("ORR, %", "21.1", "15.4"), ("Median OS, months", "9.5", "7.7")]
    assert {r.study for r in records(OWN, ("", "FOLFOX", "FOLFIRI"), rows, tmp_path)} <= {"this study"}
    assert {r.study for r in records(OWN, ("", "EGFR", "KRAS"), rows, tmp_path)} <= {"this study"}


def test_a_treatment_that_is_not_told_is_none(tmp_path: Path) -> None:
    found = records(REVIEW, ("Study", *HEADS), [(ONE, "Not specified", "40", "30.1", "9.9"), (OTHER, *D)], tmp_path)
    assert {r.arm for r in found if r.study == "Tester et al."} == {"all"}
