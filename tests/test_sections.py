"""The parts of a paper, from its headings as printed."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extractor.document import Document, SectionKind
from extractor.ingest import SourceError, from_text
from extractor.sections import segment

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
        "Funding", ":", "I. V.",
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
