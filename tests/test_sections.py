"""The parts of a paper, from its headings as printed."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import Document, SectionKind
from extractor.ingest import SourceError, from_text
from extractor.sections import segment
from extractor.sections.order import FOLLOWS, KINDS, OPENS, Step, cheapest, step
from extractor.sections.wording import shipped

FILLER = "The drug was given to all of them for as long as they could stand it, and for no longer."


def kinds(*paragraphs: str) -> list[str]:
    """The kinds of the sections in which some paragraphs stand, one after the other."""
    document = segment(from_text("\n\n".join(paragraphs)))
    found, at = [], 0
    for paragraph in paragraphs:
        at = document.text.index(paragraph, at)
        section = document.section_at(at)
        assert section is not None
        found.append(section.kind.value)
        at += len(paragraph)
    return found


def pairs(*rows: tuple[str, str]) -> None:
    """Check headings, each with filler under it, against the sections that they should open."""
    paragraphs = [p for heading, _ in rows for p in (heading, FILLER)]
    assert kinds(*paragraphs) == [kind for _, kind in rows for _ in range(2)]


def test_plain_headings() -> None:
    pairs(
        ("Abstract", "abstract"),
        ("Introduction", "introduction"),
        ("Patients and Methods", "methods"),
        ("Results", "results"),
        ("Discussion", "discussion"),
        ("Conclusions", "conclusion"),
        ("Acknowledgements", "back"),
        ("References", "references"),
    )


def test_numbered_headings_and_their_subheadings() -> None:
    pairs(
        ("1 Introduction", "introduction"),
        ("2. Materials and methods", "methods"),
        ("2.1 Charts and wards", "methods"),
        ("2.2. Statistics", "methods"),
        ("3 Results", "results"),
        ("3.1 Something quite new", "results"),
        ("IV. Discussion", "discussion"),
        ("5. Conclusion", "conclusion"),
    )


def test_headings_in_capitals() -> None:
    pairs(("INTRODUCTION", "introduction"), ("METHODS", "methods"), ("CASE REPORT", "results"), ("DISCUSSION", "discussion"))


def test_headings_with_a_colon() -> None:
    pairs(("Introduction:", "introduction"), ("Case presentation:", "results"), ("Discussion:", "discussion"), ("Conclusion:", "conclusion"))


def test_unknown_headings_of_a_trial_report_stay_where_they_stand() -> None:
    pairs(("Introduction", "introduction"), ("Options of Today", "introduction"), ("Methods", "methods"), ("Wards and Charts", "methods"))


def test_unknown_headings_of_a_review_open_sections_of_their_own() -> None:
    pairs(("Introduction", "introduction"), ("Options of Today", "other"), ("Wards and Charts", "other"), ("Conclusions", "conclusion"))


def test_a_structured_abstract_with_headings_of_its_own() -> None:
    pairs(
        ("Abstract", "abstract"),
        ("Purpose", "abstract"),
        ("Methods", "abstract"),
        ("Results", "abstract"),
        ("Conclusion", "abstract"),
        ("Introduction", "introduction"),
        ("Methods", "methods"),
    )


def test_a_structured_abstract_with_labels_in_its_lines() -> None:
    labels = ("Background", "Materials and Methods", "Results", "Conclusion")
    assert kinds(*(f"{label}: {FILLER}" for label in labels), "1 Introduction", FILLER) == ["abstract"] * 4 + ["introduction"] * 2


def test_what_stands_before_the_introduction_is_the_abstract() -> None:
    assert kinds(FILLER, "Introduction", FILLER) == ["abstract", "introduction", "introduction"]


def test_keywords_stand_alone() -> None:
    assert kinds("Abstract", FILLER, "Keywords: drug, chart, ward", FILLER, "Introduction", FILLER) == [
        "abstract", "abstract", "back", "abstract", "introduction", "introduction",
    ]  # fmt: skip


def test_labels() -> None:
    pairs(
        ("ABSTRACT.BACKGROUND:", "abstract"),
        ("ABSTRACT.SUMMARY.METHODS:", "abstract"),
        ("ABSTRACT.RESULTS::", "abstract"),
        ("ABSTRACT.TRIAL REGISTRATION:", "back"),
        ("BODY:", "introduction"),
        ("BODY.PATIENTS AND METHODS:", "methods"),
        ("BODY.WARDS AND CHARTS:", "methods"),
        ("BODY.STATISTICAL ANALYSIS:", "methods"),
        ("BODY.RESULTS:", "results"),
        ("BODY.RESULTS.WARDS:", "results"),
        ("BODY.WARDS AGAIN:", "results"),
        ("BODY.STATISTICAL ANALYSIS:", "results"),
        ("BODY.D:ISCUSSION", "discussion"),
        ("BODY.CONCLUSIONS:", "conclusion"),
        ("BACK.ANYTHING:", "back"),
    )


def test_a_label_says_its_section_though_its_headings_were_left_out() -> None:
    pairs(("BODY.INTRODUCTION:", "introduction"), ("BODY.STATISTICAL ANALYSIS:", "methods"), ("BODY.ADVERSE EVENTS:", "results"))


def test_labels_that_kept_the_first_letter_of_their_heading_alone() -> None:
    pairs(
        ("ABSTRACT.RESULTS::", "abstract"),
        ("BODY.B:", "introduction"),
        ("BODY.M:", "methods"),
        ("BODY.M.WARDS:", "methods"),
        ("BODY.R:", "results"),
        ("BODY.R.CHARTS:", "results"),
        ("BODY.D:", "discussion"),
        ("BODY.C:", "conclusion"),
        ("BODY.C.CONFLICTS OF INTEREST:", "back"),
    )


def test_labels_behind_the_number_of_their_section() -> None:
    pairs(
        ("ABSTRACT.RESULTS:", "abstract"),
        ("1BODY.INTRODUCTION:", "introduction"),
        ("2BODY.PATIENTS AND METHODS:", "methods"),
        ("2.1BODY.WARDS:", "methods"),
        ("3BODY.RESULTS:", "results"),
        ("3.2BODY.TOLERABILITY:", "results"),
        ("4BODY.DISCUSSION:", "discussion"),
    )


def test_a_body_that_the_file_calls_abstract() -> None:
    rows = [("ABSTRACT.OBJECTIVE:", "abstract"), ("ABSTRACT.RESULTS:", "abstract")]
    body = [("ABSTRACT.INTRODUCTION:", "introduction"), ("ABSTRACT.METHODS:", "methods"), ("ABSTRACT.WARDS:", "methods")]
    body += [("ABSTRACT.RESULTS:", "results"), ("ABSTRACT.DISCUSSION:", "discussion")]
    told = kinds(*(p for heading, _ in rows for p in (heading, FILLER)), *(p for heading, _ in body for p in (heading, FILLER * 12)))
    assert told == [kind for _, kind in rows + body for _ in range(2)]
    pairs(("ABSTRACT.INTRODUCTION:", "abstract"), ("ABSTRACT.RESULTS:", "abstract"), ("BODY.RESULTS:", "results"))


def test_a_title_ends_before_the_first_paragraph() -> None:
    title = "A made-up drug for a made-up tumor in forty women"
    assert kinds("TITLE:", title, FILLER * 4, "BODY.METHODS:", FILLER) == ["title", "title", "abstract", "methods", "methods"]
    assert kinds(title, FILLER, "Introduction", FILLER) == ["title", "abstract", "introduction", "introduction"]


def test_an_address_is_no_title() -> None:
    assert kinds("1Department of Charts, Hospital of Nowhere, Nocity, Nolands", FILLER, "Introduction", FILLER)[0] == "abstract"


def test_a_text_without_any_heading() -> None:
    assert kinds(FILLER, FILLER) == ["other", "other"]


REFERENCES = [f"{i}. Doe J, Roe R. On charts and wards. J Imag Med. 20{i:02d};{i}(3):4-5. doi:10.1000/{i} PMID: 1{i}" for i in range(1, 9)]


def test_a_reference_list_ends_with_the_back_matter() -> None:
    assert kinds("Results", FILLER, "References", *REFERENCES, "Funding", FILLER) == ["results"] * 2 + ["references"] * 9 + ["back"] * 2


def test_a_reference_list_without_heading() -> None:
    assert kinds("Results", *[FILLER] * 9, *REFERENCES) == ["results"] * 10 + ["references"] * 8


def test_captions_are_sections_inside_their_section() -> None:
    paragraphs = ["Results", FILLER, "Figure 1. Survival of all women.", FILLER]
    assert kinds(*paragraphs) == ["results", "results", "caption", "results"]
    document = segment(from_text("\n\n".join(paragraphs)))
    assert [s.heading for s in document.sections] == ["Results"] * 3


def test_sections_carry_their_heading_as_printed(paper: Document) -> None:
    assert [(s.kind.value, s.heading) for s in paper.sections if s.heading][:4] == [
        ("abstract", "Abstract"), ("abstract", "Background"), ("introduction", "1 Introduction"), ("methods", "2 Materials and methods"),
    ]  # fmt: skip


def test_a_whole_paper(paper: Document) -> None:
    order: list[SectionKind] = []
    for section in paper.sections:
        if section.kind not in (*order[-1:], SectionKind.CAPTION):
            order.append(section.kind)
    names = ["title", "abstract", "introduction", "methods", "results", "discussion", "conclusion", "back", "references"]
    assert [kind.value for kind in order] == names


lines = st.sampled_from(
    [
        FILLER, "Abstract", "Introduction", "2. Methods", "2.1 Wards", "RESULTS", "BODY:", "BODY.RESULTS:", "TITLE: A drug", "ABSTRACT.X:",
        "Figure 1. Wards.", "Table 2", "References", REFERENCES[0], "Keywords: drug", "Results: all were well.", "417", "", "\f",
        "Funding", ":", "I. V.", "Ward\tDrug\tPlacebo", "First\t12\t13", "Methods. All were seen.", FILLER * 40,
    ]
)  # fmt: skip


@given(st.lists(st.one_of(lines, st.text(max_size=20)), max_size=25), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_sections_are_gapless_and_in_order(paragraphs: list[str], end: str) -> None:
    try:
        document = segment(from_text(end.join(paragraphs)))
    except SourceError:
        return
    assert document.sections[0].span.start == document.blocks[0].span.start
    assert document.sections[-1].span.end == len(document.text)
    for one, other in pairwise(document.sections):
        assert one.span.end == other.span.start
    for block in document.blocks:
        section = document.section_at(block.span.start)
        assert section is not None
        assert section.span.covers(block.span)


def test_a_structured_abstract_is_told_by_the_headings_that_come_again() -> None:
    parts = ("Background", "Methods", "Results", "Conclusions")
    rows = [
        ("Background", "introduction"),
        ("Methods", "methods"),
        ("Results", "results"),
        ("Discussion", "discussion"),
        ("Conclusions", "conclusion"),
    ]
    pairs(*[(part, "abstract") for part in parts], *rows)


def test_headings_of_back_matter_below_methods_stay_there() -> None:
    pairs(
        ("Introduction", "introduction"),
        ("Methods", "methods"),
        ("Ethics approval and consent to participate", "methods"),
        ("Wards and Charts", "methods"),
        ("Results", "results"),
        ("Discussion", "discussion"),
        ("Funding", "back"),
    )


def test_a_longer_heading_is_known_by_the_word_it_is_made_around() -> None:
    pairs(
        ("Introduction", "introduction"),
        ("Methods of the ward part of this study", "methods"),
        ("Results of the ward part of this study", "results"),
        ("Summary and discussion of the wards", "discussion"),
        ("Conclusions for the wards", "conclusion"),
    )


TOLD = {
    "abstract": [
        "We randomly assigned 80 women with a made-up tumor to a made-up drug or to placebo, all of them untreated before. The primary endpoint "
        "was survival. Median survival was 9.1 months with the drug and 7.2 months with placebo (P = 0.04). In conclusion, the drug prolongs life."
    ],
    "introduction": [
        "Breast cancer is the most common malignancy among women worldwide and remains a leading cause of cancer death [1, 2]. Despite "
        "advances in treatment, the prognosis of women with advanced disease is poor [3], and new therapies are needed [4-6].",
        "Previous studies have shown that such drugs are active in this disease [7, 8]. It has been suggested that they may improve survival [9]. "
        "The aim of this study was therefore to evaluate their efficacy and safety as first-line treatment.",
    ],
    "methods": [
        "Eligible patients were aged 18 years or older and had histologically confirmed disease, an ECOG performance status of 0 or 1 and adequate "
        "organ function. Written informed consent was obtained from all patients, and the protocol was approved by the ethics committee.",
        "Patients were randomly assigned in a 1:1 ratio to receive the drug at a dose of 40 mg daily or placebo. Treatment was continued until "
        "progression or unacceptable toxicity. Tumor assessments were performed every 6 weeks by computed tomography.",
        "The sample size gave 80% power to detect a difference of 15% at a two-sided alpha of 0.05. Survival was "
        "estimated by the Kaplan-Meier method and compared by the log-rank test; hazard ratios were calculated with a Cox model.",
    ],
    "results": [
        "Between May 2001 and June 2004, 80 patients were enrolled, of whom 41 were assigned to the drug. Their baseline "
        "characteristics are listed in Table 1. The median age was 61 years, and 52 patients (65%) had visceral metastases.",
        "Median survival was 9.1 months (95% CI 7.7-10.4) in the drug group and 7.2 months (95% CI 6.1-8.5) in the placebo group (HR 0.71, 95% CI "
        "0.51-0.98; P = 0.04). The response rate was 24% compared with 11% (P = 0.09), and 12 patients had stable disease.",
        "Grade 3 or 4 adverse events occurred in 14 patients (34%) treated with the drug and in 6 patients (15%) of the placebo group. The most "
        "common were neutropenia (17%), fatigue (10%) and diarrhea (7%). No treatment-related deaths were observed.",
    ],
    "discussion": [
        "In this study we found that the drug prolonged survival in women with advanced disease. To our knowledge, this is the first trial "
        "to show such a benefit. Our findings are consistent with those of previous studies, although these were small [10, 11].",
        "There are several limitations of our study. The sample size was small, and the results should be interpreted with caution. Further "
        "studies are needed to confirm our findings and to find out which women may benefit from this approach [12].",
    ],
}  # fmt: skip


def test_a_paper_without_any_heading_is_told_by_its_words_and_their_order() -> None:
    told = [(kind, paragraph) for kind, paragraphs in TOLD.items() for paragraph in paragraphs]
    found = kinds("A made-up drug in women with a made-up tumor", *(paragraph for _, paragraph in told), *REFERENCES)
    wanted = ["title", *(kind for kind, _ in told), *["references"] * len(REFERENCES)]
    # Where an abstract of one paragraph ends, nothing says.
    assert (found[:2], found[3:]) == (wanted[:2], wanted[3:])


def test_headings_that_their_paragraphs_run_on_from() -> None:
    labels = {"introduction": "Introduction", "methods": "Patients and Methods", "results": "Results", "discussion": "Discussion"}
    told = [(kind, f"{label}. {p}" if p is TOLD[kind][0] else p) for kind, label in labels.items() for p in TOLD[kind]]
    assert kinds("Abstract", *TOLD["abstract"], *(p for _, p in told)) == ["abstract"] * 2 + [kind for kind, _ in told]


def test_a_section_whose_heading_is_missing_is_found_between_the_others() -> None:
    rows = [("Methods", "methods"), ("Results", "results"), ("Discussion", "discussion")]
    paragraphs = ["Abstract", *TOLD["abstract"], *TOLD["introduction"], *(p for h, kind in rows for p in (h, *TOLD[kind]))]
    expected = ["abstract"] * 2 + ["introduction"] * 2 + ["methods"] * 4 + ["results"] * 4 + ["discussion"] * 3
    assert kinds(*paragraphs) == expected


def test_the_paragraph_below_a_heading_is_its_own() -> None:
    assert kinds("Abstract", TOLD["introduction"][0], "Methods", *TOLD["methods"], "Results", *TOLD["results"])[:3] == [
        "abstract",
        "abstract",
        "methods",
    ]


def test_paragraphs_below_a_heading_stay_there_whatever_they_tell() -> None:
    paragraphs = ["Methods", *TOLD["methods"], "Results", *TOLD["results"], "Discussion", *TOLD["discussion"], TOLD["results"][1], TOLD["methods"][1]]
    assert kinds(*paragraphs) == ["methods"] * 4 + ["results"] * 4 + ["discussion"] * 5


def test_a_title_and_a_paragraph_are_an_abstract() -> None:
    assert kinds("A made-up drug in women with a made-up tumor", *TOLD["abstract"]) == ["title", "abstract"]


def test_a_piece_of_a_paper_is_of_no_section() -> None:
    assert kinds(TOLD["methods"][1], TOLD["methods"][2]) == ["other", "other"]


def test_captions_behind_the_references_are_captions() -> None:
    assert kinds("Results", FILLER, "References", *REFERENCES, "Figure 1. Survival of all women.")[-2:] == ["references", "caption"]


def test_rows_of_a_table_are_a_section_of_their_own() -> None:
    paragraphs = ["Results", FILLER, "Table 1. What they got.", "Ward\tDrug\tPlacebo", "First\t12 (30%)\t14 (35%)", "Second\t3 (8%)\t2 (5%)", FILLER]
    assert kinds(*paragraphs) == ["results", "results", "caption", "table", "table", "table", "results"]


def test_notes_of_tables_do_not_end_the_results() -> None:
    assert kinds("Methods", FILLER, "Results", FILLER, "Abbreviations: CI, confidence interval; OS, overall survival.", FILLER, "Discussion")[4:] == [
        "results", "results", "discussion",
    ]  # fmt: skip


def test_the_cheapest_reading_keeps_the_open_section_where_nothing_speaks_against_it() -> None:
    says = {kind: step(enter=9, stay=9, entering={kind: 0}, staying={kind: 0}) for kind in KINDS}
    nothing = step(enter=1, stay=0)
    methods, results = SectionKind.METHODS, SectionKind.RESULTS
    assert cheapest([says[methods], nothing, nothing, says[results], nothing]) == [methods, methods, methods, results, results]
    assert cheapest([]) == []


@given(st.lists(st.lists(st.floats(0, 20), min_size=20, max_size=20), min_size=1, max_size=5))
def test_no_other_reading_is_cheaper(costs: list[list[float]]) -> None:
    steps = [Step(np.array(row[:10]), np.array(row[10:])) for row in costs]
    best = cost_of(cheapest(steps), steps)
    assert all(cost_of([kind] * len(steps), steps) >= best - 1e-9 for kind in KINDS)
    first = cheapest(steps)[0]
    assert all(cost_of([first, *([kind] * (len(steps) - 1))], steps) >= best - 1e-9 for kind in KINDS)


def cost_of(path: list[SectionKind], steps: list[Step]) -> float:
    """What a reading costs, paragraph by paragraph."""
    places = [KINDS.index(kind) for kind in path]
    total = OPENS[places[0]] + steps[0].enter[places[0]]
    for (a, b), here in zip(pairwise(places), steps[1:], strict=True):
        total += here.stay[b] if a == b else FOLLOWS[a, b] + here.enter[b]
    return float(total)


def test_weights_name_the_sections_in_their_order() -> None:
    header = files("extractor.lexicons").joinpath("section_words.tsv").read_text(encoding="utf-8").splitlines()[2]
    assert header.split("\t") == ["feature", *(kind.value for kind in KINDS)]
    weights = shipped()
    assert {len(row) for row in weights.rows.values()} == {len(KINDS)}
    assert sum(weights.shares) == pytest.approx(1, abs=0.001)


def test_a_paragraph_never_says_more_than_the_rest_of_the_paper() -> None:
    for kind, paragraphs in TOLD.items():
        for paragraph in paragraphs:
            costs = shipped().of(paragraph, heading=False, cites=0, entries=0)
            assert (costs.min(), costs.max() <= 4) == (0, True), kind
