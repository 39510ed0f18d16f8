"""Whom results favor: by figures, by words, and by both; from the tree and from the line."""

from __future__ import annotations

import itertools
from typing import Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import direction as benchmark
from extractor.document import CharSpan
from extractor.entities.endpoints import polarities
from extractor.pipeline import Extraction, Pipeline
from extractor.quantities import Interval, PValue
from extractor.records import Comparison, Direction, EndpointCode, Measure
from extractor.relations.claims import Claim, claimed_of
from extractor.relations.polarity import Figures, by_figures, is_significant, more_is_good, opposite, settled
from extractor.syntax import Parser

PIPELINE, LINES = Pipeline(), Pipeline("none")
PAPER = """Docetaxel versus gemcitabine in older patients

Abstract

Background: Docetaxel was compared with gemcitabine in older patients.

Methods

Patients were randomly assigned to docetaxel (n = 51) or gemcitabine (n = 49).

Results

"""
Arms = Literal["docetaxel", "gemcitabine", "neither"]


def said(text: str, pipeline: Pipeline = PIPELINE) -> list[str]:
    """What the words of a sentence in the results of a trial of docetaxel against gemcitabine say: endpoint and the better arm, in one line each."""
    better = {"favors_arm": "docetaxel", "favors_comparator": "gemcitabine", "no_difference": "neither"}
    found = [one for one in pipeline.extract_text(PAPER + text).said if one.read.sentence.section.kind.value == "results"]
    assert {(one.arm.norm, one.comparator.norm) for one in found} <= {("docetaxel", "gemcitabine")}
    return [f"{one.event or one.endpoint}: {better[one.direction]}" for one in found]


# A sentence and what it says, in the order in which the endpoints stand.
SAYS = {
    "Docetaxel significantly prolonged overall survival compared with gemcitabine.": ["OS: docetaxel"],
    "Overall survival was shorter with docetaxel than with gemcitabine.": ["OS: gemcitabine"],
    "Patients given docetaxel had a higher response rate and shorter PFS than those given gemcitabine.": ["ORR: docetaxel", "PFS: gemcitabine"],
    "Compared with gemcitabine, docetaxel reduced the risk of death by a third.": ["DEATH: docetaxel"],
    "Docetaxel lowered the hazard of death for OS in comparison with gemcitabine.": ["DEATH: docetaxel", "OS: docetaxel"],
    "Docetaxel was associated with fewer adverse events than gemcitabine.": ["AE: docetaxel"],
    "Nausea and diarrhea were more common in the docetaxel arm than in the gemcitabine arm.": ["nausea: gemcitabine", "diarrhea: gemcitabine"],
    "More patients assigned docetaxel had nausea than did those assigned gemcitabine (40% vs 12%, p<0.001).": ["nausea: gemcitabine"],
    "A survival advantage was seen with docetaxel over gemcitabine.": ["OS: docetaxel"],
    "The hazard ratio for PFS was 0.72 in favor of docetaxel.": ["PFS: docetaxel"],
    "The 1-year overall mortality was lower with docetaxel than with gemcitabine.": ["OS: docetaxel"],
    "The toxicity profile was more favorable with docetaxel than with gemcitabine.": ["AE: docetaxel"],
    "There was a smaller improvement in quality of life with docetaxel than with gemcitabine.": ["QOL: gemcitabine"],
    "Events leading to permanent discontinuation of treatment were fewer with docetaxel than with gemcitabine.": ["DISCONTINUATION: docetaxel"],
    # one arm named, or none
    "Adding docetaxel improved PFS.": ["PFS: docetaxel"],
    "PFS was longer in the docetaxel group (9 of 51 progressed in the docetaxel group vs 20 of 49 in the gemcitabine group).": ["PFS: docetaxel"],
    "There was no significant difference in PFS or OS between the two arms.": ["PFS: neither", "OS: neither"],
    "Overall survival was similar in both groups.": ["OS: neither"],
    "The 2-year survival was 61%, with no difference between the treatment groups.": ["OS: neither"],
    "Docetaxel did not affect overall survival.": ["OS: neither"],
    # denied, or taken back
    "Docetaxel did not improve overall survival compared with gemcitabine.": ["OS: neither"],
    "Docetaxel failed to prolong PFS compared with gemcitabine.": ["PFS: neither"],
    "Neither OS nor PFS was improved by docetaxel compared with gemcitabine.": ["OS: neither", "PFS: neither"],
    "There was a trend toward longer OS with docetaxel than with gemcitabine.": ["OS: neither"],
    "OS was numerically longer with docetaxel than with gemcitabine.": ["OS: neither"],
    "OS was longer with docetaxel than with gemcitabine, but the difference was not statistically significant.": ["OS: neither"],
    "OS was longer with docetaxel than with gemcitabine (p = 0.21).": ["OS: neither"],
    "Docetaxel improved PFS, but not OS, compared with gemcitabine.": ["PFS: docetaxel", "OS: neither"],
    "PFS was improved by docetaxel, but OS was not.": ["PFS: docetaxel", "OS: neither"],
    "OS was longer with docetaxel than with gemcitabine, as was PFS.": ["OS: docetaxel", "PFS: docetaxel"],
    "PFS was longer with docetaxel, but OS was similar in both groups.": ["PFS: docetaxel", "OS: neither"],
    "Docetaxel not only prolonged OS but also PFS compared with gemcitabine.": ["OS: docetaxel", "PFS: docetaxel"],
    # nothing said of the arms
    "Compared with gemcitabine, OS was longer in the two arms.": [],
    "High expression was associated with longer OS in the docetaxel arm.": [],
    "Patients given docetaxel who had nausea had longer OS than those given docetaxel who had none.": [],
    "OS was longer with docetaxel than in patients of earlier series.": [],
    "In the docetaxel arm, the rate of nausea decreased as the dose fell.": [],
    "No difference in the association between age and OS was seen between the arms.": [],
    "Docetaxel may prolong OS compared with gemcitabine.": [],
    "To reduce nausea, ondansetron was given with docetaxel.": [],
    "CEA levels were higher with docetaxel than with gemcitabine.": [],
    "Nausea was no longer seen with docetaxel.": [],
    "PFS analysis showed that docetaxel reduced the number of visits compared with gemcitabine.": [],
    "Rates of adverse events were similar in both arms, except for nausea.": ["AE: neither"],
}
# The line alone knows no subject and no clause: what it says of these is not promised.
TREE_ALONE = {
    "There was a smaller improvement in quality of life with docetaxel than with gemcitabine.",
    "Patients given docetaxel had a higher response rate and shorter PFS than those given gemcitabine.",
    "The toxicity profile was more favorable with docetaxel than with gemcitabine.",
    "High expression was associated with longer OS in the docetaxel arm.",
    "In the docetaxel arm, the rate of nausea decreased as the dose fell.",
    "PFS analysis showed that docetaxel reduced the number of visits compared with gemcitabine.",
    "Nausea and diarrhea were more common in the docetaxel arm than in the gemcitabine arm.",
    "No difference in the association between age and OS was seen between the arms.",
    "Docetaxel lowered the hazard of death for OS in comparison with gemcitabine.",
}


@pytest.mark.parametrize(("text", "want"), SAYS.items(), ids=SAYS)
def test_words_say_who_did_better(text: str, want: list[str]) -> None:
    assert said(text) == want


@pytest.mark.parametrize(("text", "want"), [row for row in SAYS.items() if row[0] not in TREE_ALONE], ids=[t for t in SAYS if t not in TREE_ALONE])
def test_without_a_tree_the_line_says_it(text: str, want: list[str]) -> None:
    assert said(text, LINES) == want


def test_a_difference_without_an_endpoint_is_of_the_sentence_before() -> None:
    text = "Median PFS was 5 months with docetaxel and 4 months with gemcitabine. The difference was not statistically significant."
    assert said(text) == ["PFS: neither"]
    assert said(text.replace("not statistically", "statistically")) == []


def test_spans_are_those_of_the_words() -> None:
    (one,) = PIPELINE.extract_text(f"{PAPER}OS was longer with docetaxel than with gemcitabine.").said
    assert (one.endpoint_span.of(one.read.sentence.text), one.cue.of(one.read.sentence.text)) == ("OS", "longer")


def _spans(text: str) -> list[CharSpan]:
    return [CharSpan(text.index("PFS"), text.index("PFS") + 3)]


@pytest.mark.parametrize("text", ["PFS was longer.", "They had longer PFS.", "It was shown that PFS was longer.", "Longer PFS was seen."])
def test_a_claim_has_its_word(text: str) -> None:
    spans = _spans(text)
    for tree in (Parser().parse([text]).__next__(), None):
        claimed = claimed_of(text, tree, spans[0], spans)
        assert claimed is not None
        assert (claimed.claim, claimed.cue.of(text).casefold(), claimed.denied) == (Claim.MORE, "longer", False)


@given(st.text(alphabet="PFS no longer,;() than.'", min_size=1, max_size=80))
def test_any_line_can_be_read(text: str) -> None:
    line = f"{text} PFS"
    spans = [CharSpan(len(text) + 1, len(line))]
    claimed = claimed_of(line, None, spans[0], spans)
    assert claimed is None or (0 <= claimed.cue.start < claimed.cue.end <= len(line) and not claimed.cue.overlaps(spans[0]))


# --- figures


def p(printed: str) -> PValue:
    op = "<=" if printed.startswith("<=") else printed[0]
    return PValue(CharSpan(0, 1), op, float(printed.removeprefix(op)))


def ci(low: float | None, high: float | None) -> Interval:
    return Interval(CharSpan(0, 1), low, high, 95)


@pytest.mark.parametrize(
    ("printed", "want"), [("<0.05", True), ("=0.049", True), ("=0.05", None), ("=0.051", False), (">0.05", False), ("<0.1", None), (">0.01", None)]
)
def test_significance(printed: str, want: bool | None) -> None:
    assert is_significant(p(printed)) is want


@pytest.mark.parametrize(
    ("endpoint", "figures", "want"),
    [
        ("OS", Figures("HR", 0.6, ci(0.5, 0.8)), ("favors_arm", False)),
        ("OS", Figures("HR", 1.6, ci(1.2, 2.1)), ("favors_comparator", False)),
        ("DEATH", Figures("HR", 0.6, ci(0.5, 0.8)), ("favors_arm", False)),
        ("AE", Figures("OR", 2.0, ci(1.2, 3.0)), ("favors_comparator", False)),
        ("ORR", Figures("OR", 2.0, ci(1.2, 3.0)), ("favors_arm", False)),
        ("OS", Figures("OR", 2.0, ci(1.2, 3.0)), (None, False)),
        ("OS", Figures("RR", 0.7, ci(0.5, 0.9)), ("favors_arm", False)),
        ("TTR", Figures("HR", 0.7, ci(0.5, 0.9)), (None, False)),
        ("OS", Figures("risk reduction", 30, ci(12, 45)), ("favors_arm", False)),
        ("OS", Figures("difference", 3.1, ci(1.0, 5.2)), (None, False)),
        ("OS", Figures("difference", 3.1, ci(-1.0, 5.2)), ("no_difference", False)),
        ("OS", Figures("difference", 3.1, ci(1.0, 5.2), None, (11, 8)), ("favors_arm", True)),
        ("OS", Figures("HR", 0.8, ci(0.6, 1.1)), ("no_difference", False)),
        ("OS", Figures("HR", 0.8, ci(0.6, 1.1), p("<0.001")), ("no_difference", False)),
        ("OS", Figures("HR", 0.8, ci(0.6, 0.9), p("=0.07")), (None, False)),
        ("OS", Figures("HR", 0.8, ci(0.6, 1), p("=0.04")), ("favors_arm", False)),
        ("OS", Figures("HR", 0.8, ci(0.6, 1)), ("no_difference", False)),
        ("OS", Figures("HR", 0.8, ci(0.6, None)), (None, False)),
        ("OS", Figures("HR", 0.8, None, p("=0.01")), ("favors_arm", False)),
        ("OS", Figures(p=p("=0.01"), values=(8, 11)), ("favors_comparator", True)),
        ("AE", Figures(p=p("=0.01"), values=(8, 11)), ("favors_arm", True)),
        ("OS", Figures(p=p("=0.01"), values=(8, 8)), (None, False)),
        ("OS", Figures(p=p("=0.3"), values=(8, 11)), ("no_difference", False)),
        ("OS", Figures(values=(8, 11)), (None, False)),
        ("OS", Figures("HR", 0.6, ci(0.5, 0.8), None, (8, 11)), (None, False)),
        ("CEA", Figures(p=p("=0.01"), values=(8, 11)), (None, False)),
        ("CEA", Figures(p=p("=0.3")), ("no_difference", False)),
    ],
)
def test_figures_favor(endpoint: str, figures: Figures, want: tuple[Direction | None, bool]) -> None:
    assert by_figures(endpoint, figures) == want


@given(
    st.sampled_from(sorted(polarities())),
    st.sampled_from(get_args(Measure)[:3]),
    st.lists(st.floats(0.01, 100), min_size=3, max_size=3).map(sorted),
)
def test_a_ratio_turned_over_favors_the_other(endpoint: str, measure: Measure, numbers: list[float]) -> None:
    low, estimate, high = numbers
    one, _ = by_figures(endpoint, Figures(measure, estimate, ci(low, high)))
    other, _ = by_figures(endpoint, Figures(measure, 1 / estimate, ci(1 / high, 1 / low)))
    assert one == (opposite(other) if other is not None else None)


FAVORS, AGAINST, NONE = "favors_arm", "favors_comparator", "no_difference"


@pytest.mark.parametrize(
    ("figures", "words", "printed", "ordered", "want"),
    [
        (FAVORS, FAVORS, None, False, FAVORS),
        (FAVORS, None, None, False, FAVORS),
        (None, FAVORS, None, False, FAVORS),
        (FAVORS, AGAINST, None, False, AGAINST),
        (FAVORS, AGAINST, None, True, None),
        (NONE, FAVORS, None, False, NONE),
        (FAVORS, NONE, None, False, None),
        (None, NONE, "<0.001", False, None),
        (None, NONE, None, False, NONE),
        (NONE, NONE, "=0.4", False, NONE),
    ],
)
def test_figures_and_words_together(figures: Direction | None, words: Direction | None, printed: str | None, ordered: bool, want: Direction) -> None:
    assert settled(figures, words, p=p(printed) if printed else None, ordered=ordered) == want


def directions(text: str) -> list[Direction | None]:
    extraction: Extraction = PIPELINE.extract_text(PAPER + text)
    return [record.direction for record in extraction.records if isinstance(record, Comparison)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("OS was longer with docetaxel than with gemcitabine (p = 0.01).", FAVORS),
        ("OS was longer with docetaxel than with gemcitabine (HR 0.7, 95% CI 0.5-0.9).", FAVORS),
        ("OS was longer with docetaxel than with gemcitabine (HR 1.5, 95% CI 1.2-1.9).", AGAINST),  # of gemcitabine against docetaxel
        ("OS was shorter with docetaxel than with gemcitabine (HR 0.9, 95% CI 0.7-1.2).", NONE),
        ("Median OS was 9 months with docetaxel and 7 months with gemcitabine (p = 0.02).", FAVORS),
        ("Median OS was 9 months with docetaxel and 7 months with gemcitabine (p = 0.2).", NONE),
        ("OS differed between docetaxel and gemcitabine (p = 0.01).", None),
    ],
)
def test_a_comparison_has_its_direction(text: str, want: Direction | None) -> None:
    assert directions(text) == [want]


# --- polarity, and the benchmark


def test_every_polarity_is_of_a_code() -> None:
    assert polarities().keys() <= set(get_args(EndpointCode))
    assert [more_is_good(code) for code in ("OS", "PD", "AE", "BIOMARKER", "SD")] == [True, False, False, None, None]


def test_mortality_is_survival_turned_round() -> None:
    assert (more_is_good("CSS", "cancer-specific mortality"), more_is_good("AE", "risk of rash")) == (False, False)


def asked(change: str, outcome: str = "OS") -> benchmark.Asked:
    return benchmark.Asked("doc", "1", frozenset({(outcome, "")}), "docetaxel weekly", "gemcitabine", change, "survival", ((100, 200),))


def read(direction: Direction, arms: tuple[str, str] = ("docetaxel", "gemcitabine"), start: int = 0, population: str | None = None) -> benchmark.Read:
    return benchmark.Read("OS", None, *arms, direction, population, start, start + 50)


def test_a_row_is_judged_by_who_is_better() -> None:
    turned = read("favors_comparator", ("gemcitabine", "docetaxel"))
    for one, change, want in itertools.chain(
        ((read("favors_arm"), change, change == "increased") for change in ("increased", "decreased", "no difference")),
        ((turned, change, change == "increased") for change in ("increased", "decreased", "no difference")),
    ):
        assert benchmark.judged(asked(change), [one]).right is want


def test_a_row_is_judged_by_what_stands_at_its_place() -> None:
    found = [read("no_difference"), read("favors_comparator", population="women"), read("favors_arm", start=150)]
    assert benchmark.judged(asked("increased"), found).right
    assert benchmark.judged(asked("no difference"), found[:2]).right


def test_a_row_of_other_arms_is_not_covered() -> None:
    assert benchmark.judged(asked("increased"), [read("favors_arm", ("paclitaxel", "placebo"))]).read is None
    assert benchmark.judged(asked("increased"), [read("favors_arm", ("docetaxel", "placebo"))]).read is None
    assert benchmark.judged(asked("increased", "PFS"), [read("favors_arm")]).read is None


def test_outcomes_have_codes_with_a_polarity() -> None:
    assert {code for codes in benchmark.outcomes().values() for code, _ in codes} <= polarities().keys()


def test_halves_are_told_by_name() -> None:
    assert {benchmark.half_of(f"PMC{n}") for n in range(20)} == {"even", "odd"}
