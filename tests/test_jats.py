"""Papers and abstracts in XML: every part where it belongs, every mark at its entry, every character traceable, and nothing trusted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from extractor.document import BlockKind, Document, SectionKind
from extractor.ingest import SourceError, read
from extractor.ingest.jats import kind_of
from extractor.ingest.markup import flat
from extractor.pipeline import Pipeline
from extractor.sections import segment

PAPERS = Path(__file__).resolve().parents[2] / "shared" / "papers"

REFS = """<ref-list><title>References</title>
<ref id="r1"><label>1.</label><element-citation><person-group person-group-type="author">
<name><surname>Doe</surname><given-names>J</given-names></name>
<name><surname>Roe</surname><given-names>RS</given-names></name><etal/></person-group><article-title>A drug in a disease</article-title>
<source>J Invent</source><year>2011</year><volume>7</volume><issue>2</issue><fpage>11</fpage><lpage>19</lpage>
<pub-id pub-id-type="doi">10.1000/inv.2011</pub-id><pub-id pub-id-type="pmid">11111111</pub-id></element-citation></ref>
<ref id="r2"><label>2.</label><mixed-citation><name><surname>Poe</surname><given-names>E</given-names></name>.
<article-title>Another drug</article-title>. <source>Ann Made Up</source>
<year>2012</year>;<volume>3</volume>:<fpage>4</fpage>. doi:10.1000/ann.5.</mixed-citation></ref>
<ref id="r3"><label>3.</label><mixed-citation>Coe A. Third work. Invent Lett 2013.</mixed-citation></ref>
<ref id="r4"><label>4.</label><mixed-citation>Loe B. Fourth work. Invent Lett 2014.</mixed-citation></ref>
<ref id="r5"><label>5.</label><mixed-citation>Moe C. Fifth work. Invent Lett 2015.</mixed-citation></ref>
<ref id="r6"><label>6.</label><mixed-citation>Noe D. Sixth work. Invent Lett 2016.</mixed-citation></ref></ref-list>"""

TABLE = """<table-wrap id="t1"><label>Table 1</label><caption><title>Outcomes by arm</title></caption><table>
<thead><tr><th rowspan="2">Endpoint</th><th colspan="2">Arm</th></tr><tr><th>Drug (n = 50)</th><th>Placebo (n = 48)</th></tr></thead>
<tbody><tr><td colspan="3">Survival</td></tr><tr><td>Median OS, months<sup>a</sup></td><td>12.1<sup>b</sup></td><td>9.8</td></tr>
<tr><td>Missing</td><td/><td> </td></tr></tbody></table>
<table-wrap-foot><fn id="a"><label>a</label><p>From randomisation.</p></fn><p>OS, overall survival.</p></table-wrap-foot></table-wrap>"""


def article(body: str = "", *, front: str = "", back: str = REFS, after: str = "", attributes: str = "") -> str:
    meta = f"<title-group><article-title>Drug for disease: an invented trial</article-title></title-group>{front}"
    front = f"<front><journal-meta><journal-title>J Invent</journal-title></journal-meta><article-meta>{meta}</article-meta></front>"
    return f"<article {attributes}>{front}<body>{body}</body><back>{back}</back>{after}</article>"


@pytest.fixture
def jats(tmp_path: Path) -> Any:
    def make(*parts: str, **named: str) -> Document:
        path = tmp_path / "paper.nxml"
        path.write_text("<?xml version='1.0' encoding='UTF-8'?>\n" + article(*parts, **named), encoding="utf-8")
        document = read(path)
        assert_sound(document, path)
        return document

    return make


def assert_sound(document: Document, path: Path) -> None:
    """Clean characters are raw ones or stand for a cut; sections are gapless; marks, cells, entries and places point at their own characters."""
    for piece in document.offsets.pieces:
        clean = document.text[piece.clean : piece.clean + piece.length]
        assert clean in (piece.raw.of(document.raw), " ")
    ends = [0, *(s.span.end for s in document.sections)]
    assert [s.span.start for s in document.sections] == ends[:-1]
    assert ends[-1] == len(document.text)
    for mark in document.citations:
        assert mark.raw.of(document.raw) == mark.text
        assert mark.span is None or mark.span.of(document.text) == mark.text
    for cell in (cell for table in document.tables for cell in table.cells):
        assert cell.text == (cell.raw.of(document.raw) if cell.raw else "")
    for reference in document.references:
        assert reference.raw is None or reference.raw.of(document.raw) == reference.text
    tree = etree.parse(path)
    for place in document.places:
        found = tree.xpath(str(place.xpath))
        assert isinstance(found, list)
        assert len(found) == 1, place
    assert segment(document) is document


def texts(document: Document, kind: SectionKind) -> list[str]:
    """The blocks of the sections of a kind."""
    found = []
    for block in document.blocks:
        section = document.section_at(block.span.start)
        if section is not None and section.kind is kind:
            found.append(block.span.of(document.text))
    return found


def marks(document: Document) -> list[tuple[str, tuple[int, ...], bool]]:
    return [(m.text, m.numbers, m.span is None) for m in document.citations]


def test_parts_of_a_paper_stand_in_their_sections(jats: Any) -> None:
    document = jats(
        "<p>Disease is bad.</p><sec sec-type='materials|methods'><title>What we did</title><p>We gave it.</p><sec><title>Results of tests</title>"
        "<p>Tests were done.</p></sec></sec><sec><label>2.</label><title>Results</title><p>It worked.</p></sec>"
        "<sec sec-type='conclusions'><title>Discussion</title><p>Why it worked.</p><sec><title>Conclusion</title><p>Give it.</p></sec></sec>"
        "<sec><title>Trial of colours</title><p>Blue.</p></sec>",
        front="<contrib-group><contrib><name><surname>Zed</surname></name></contrib></contrib-group><aff>Nowhere</aff><abstract><sec><title>Methods</title>"
        "<p>A trial.</p></sec></abstract><trans-abstract><p>Ein Versuch.</p></trans-abstract><kwd-group><kwd>drug</kwd></kwd-group>",
        back=f"<ack><p>We thank all.</p></ack>{REFS}<app-group><app><title>Appendix A</title><p>More.</p></app></app-group>",
        after="<sub-article><body><p>A reply.</p></body></sub-article><response><body><p>An answer.</p></body></response>",
    )
    assert texts(document, SectionKind.TITLE) == ["Drug for disease: an invented trial"]
    assert texts(document, SectionKind.ABSTRACT) == ["Methods", "A trial."]
    assert texts(document, SectionKind.INTRODUCTION) == ["Disease is bad."]
    assert texts(document, SectionKind.METHODS) == ["What we did", "We gave it.", "Results of tests", "Tests were done."]
    assert texts(document, SectionKind.RESULTS) == ["2. Results", "It worked."]
    assert texts(document, SectionKind.DISCUSSION) == ["Discussion", "Why it worked."]
    assert texts(document, SectionKind.CONCLUSION) == ["Conclusion", "Give it."]
    assert texts(document, SectionKind.OTHER) == ["Trial of colours", "Blue."]
    assert texts(document, SectionKind.BACK) == ["We thank all.", "Appendix A", "More."]
    assert not any(word in document.raw for word in ("Zed", "Nowhere", "Versuch", "reply", "answer"))
    assert document.source.format == "xml"
    assert document.source.sha256 != document.source.text_sha256


@pytest.mark.parametrize(
    ("sec_type", "heading", "kind"),
    [
        ("materials|methods", "Patients", SectionKind.METHODS),
        ("conclusions", "Discussion", SectionKind.DISCUSSION),
        (None, "III. RESULTS", SectionKind.RESULTS),
        (None, "Results and conclusion", SectionKind.RESULTS),
        (None, "Assessment, analysis, and discussion", SectionKind.DISCUSSION),
        (None, "Assessment method for arm B", None),
        ("subsection", "Competing interests", SectionKind.BACK),
        (None, "", None),
    ],
)
def test_sections_are_told_by_type_then_by_heading(sec_type: str | None, heading: str, kind: SectionKind | None) -> None:
    assert kind_of(sec_type, heading) is kind


def test_lists_quotes_boxes_and_floats_break_no_sentence(jats: Any) -> None:
    document = jats(
        "<sec><title>Results</title><p>Of all <fig id='f1'><label>Figure 1</label><caption><title>Flow.</title><p>Of patients.</p></caption></fig>"
        "50 women these were seen: <list><list-item><label>a)</label><p>one <bold>arm</bold></p></list-item><list-item><p>other arm</p>"
        "<list><list-item><p>deep</p></list-item></list></list-item></list>as planned.<disp-quote><p>I felt well.</p></disp-quote></p>"
        "<boxed-text><caption><title>Panel</title></caption><p>In a box.</p></boxed-text></sec>"
    )
    assert texts(document, SectionKind.RESULTS) == [
        "Results", "Of all 50 women these were seen:", "a) one arm", "other arm", "deep", "as planned.", "I felt well.",
    ]  # fmt: skip
    assert texts(document, SectionKind.CAPTION) == ["Figure 1 Flow.", "Of patients."]
    assert texts(document, SectionKind.OTHER) == ["Panel", "In a box."]
    assert [b.span.of(document.text) for b in document.blocks if b.kind is BlockKind.CAPTION] == ["Figure 1 Flow.", "Of patients."]


@pytest.mark.parametrize(
    ("xml", "table", "text"),
    [
        ("below 10<sup>-4</sup> cells", False, "below 10^-4 cells"),
        ("1.0 × 10<sup>9</sup>/L", False, "1.0 × 10^9/L"),
        ("85 mg/m<sup>2</sup> and 3 mg kg<sup>–1</sup>", False, "85 mg/m2 and 3 mg kg–1"),
        ("CD4<sup>+</sup> on the 11<sup>th</sup> day", False, "CD4+ on the 11th day"),
        ("<sup>18</sup>F in VO<sub>2</sub><italic>max</italic>", False, "18F in VO2max"),
        ("T0<sub>1</sub>", False, "T0_1"),
        ("0.45<sup>a</sup>", True, "0.45 a"),
        ("12 (50%)<sup>a,b</sup>", True, "12 (50%) a,b"),
        ("Response rate<sup>c</sup>", True, "Response rate c"),
        ("Low risk<sup>4</sup>", True, "Low risk^4"),
        ("23<sup>1</sup>", True, "23^1"),
        ("Dose, mg/m<sup>2</sup>; cm<sup>2</sup>", True, "Dose, mg/m2; cm2"),
        ("<sup>a</sup>From the start", True, "a From the start"),
        ("rate<xref ref-type='table-fn' rid='x'>b</xref>", True, "rate b"),
        ("one<break/>two<p>three</p>four", True, "one two three four"),
        ("x = <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> and <math><msup><mn>10</mn><mn>6</mn></msup></math>", False, "x = 1/2 and 10^6"),
        ("<alternatives><tex-math>\\begin{document}$$\\eta$$\\end{document}</tex-math><graphic/></alternatives>", False, "\\eta"),
    ],
)
def test_height_is_told_where_digits_would_run_together(xml: str, table: bool, text: str) -> None:
    assert flat(etree.fromstring(f"<td>{xml}</td>"), table=table).text == text


def x(number: int, text: str | None = None) -> str:
    return f"<xref ref-type='bibr' rid='r{number}'>{text or number}</xref>"


@pytest.mark.parametrize(
    ("paragraph", "wanted", "clean"),
    [
        (f"It was better.<sup>{x(1)}</sup> More", [("1", (1,), True)], "It was better. More"),
        (f"in 0.75<sup>{x(1)},{x(2)}</sup> of all", [("1,2", (1, 2), True)], "in 0.75 of all"),
        ("seen <xref ref-type='bibr' rid='r1'><sup>1</sup></xref>. More", [("1", (1,), True)], "seen. More"),
        (f"seen [{x(2)}–{x(5)}].", [("[2–5]", (2, 3, 4, 5), False)], "seen [2–5]."),
        (f"seen [{x(1)}, {x(3)}-{x(5)}].", [("[1, 3-5]", (1, 3, 4, 5), False)], "seen [1, 3-5]."),
        (f"seen ({x(2)},3,{x(5)}).", [("(2,3,5)", (2, 3, 5), False)], "seen (2,3,5)."),
        (f"seen [{x(4)}-6].", [("[4-6]", (4, 5, 6), False)], "seen [4-6]."),
        (f"well{x(4, '4 6')}. It", [("4 6", (4, 6), True)], "well. It"),
        (f"as {x(2, 'Poe, 2012')}; {x(3, 'Coe, 2013')} say", [("Poe, 2012; Coe, 2013", (2, 3), False)], "as Poe, 2012; Coe, 2013 say"),
        ("Poe (<xref ref-type='other' rid='r2'>2012</xref>) said", [("(2012)", (2,), False)], "Poe (2012) said"),
        ("old rules<sup>3</sup> and 5 m<sup>2</sup>", [("3", (3,), True)], "old rules and 5 m2"),
        ("old rules<sup>99</sup>", [], "old rules99"),
        (f"a{x(1)}B", [], ""),
    ],
)
def test_marks_link_to_their_entries(jats: Any, paragraph: str, wanted: list[tuple[str, tuple[int, ...], bool]], clean: str) -> None:
    document = jats(f"<sec><title>Results</title><p>First {x(1)}, {x(2)} then.</p><p>{paragraph}</p></sec>")
    if clean:
        assert marks(document)[1:] == wanted
        assert texts(document, SectionKind.RESULTS)[2] == clean
    own = [m for m in document.citations if m.numbers]
    assert all(n in {r.number for r in document.references} for m in own for n in m.numbers)


def test_a_cut_mark_between_two_words_leaves_a_blank(jats: Any) -> None:
    document = jats(f"<p>the arms<sup>{x(1)}</sup>and so<sup>{x(2)},{x(3)}</sup>on.</p>")
    assert texts(document, SectionKind.OTHER)[0] == "the arms and so on."
    assert [document.text[: m.at][-4:] for m in document.citations] == ["arms", "d so"]


def test_references_have_what_identifies_them(jats: Any) -> None:
    document = jats("<p>Text.</p>")
    first, second, third = document.references[:3]
    assert (first.text, first.year, first.doi, first.pmid) == (
        "Doe J, Roe RS, et al. A drug in a disease. J Invent. 2011;7(2):11-19.", 2011, "10.1000/inv.2011", "11111111",
    )  # fmt: skip
    assert (second.text, second.year, second.doi) == ("Poe E. Another drug. Ann Made Up 2012;3:4. doi:10.1000/ann.5.", 2012, "10.1000/ann.5")
    assert (third.number, third.year, third.doi, third.pmid) == (3, 2013, None, None)
    assert texts(document, SectionKind.REFERENCES)[1].startswith("1. Doe J")


def test_tables_are_grids(jats: Any) -> None:
    document = jats(
        f"<sec><title>Results</title><p>See <xref ref-type='table' rid='t1'>Table 1</xref>.</p></sec><sec><title>Discussion</title>{TABLE}</sec>"
    )
    (table,) = document.tables
    assert (table.label, table.header_rows, table.section) == ("Table 1", 2, "results")
    assert table.caption is not None
    assert table.caption.of(document.raw) == "Table 1 Outcomes by arm"
    assert [note.of(document.raw) for note in table.footnotes] == ["a From randomisation.", "OS, overall survival."]
    assert [(c.row, c.column, c.text, c.row_span, c.column_span, c.header) for c in table.cells] == [
        (0, 0, "Endpoint", 2, 1, True), (0, 1, "Arm", 1, 2, True),
        (1, 1, "Drug (n = 50)", 1, 1, True), (1, 2, "Placebo (n = 48)", 1, 1, True),
        (2, 0, "Survival", 1, 3, False),
        (3, 0, "Median OS, months a", 1, 1, False), (3, 1, "12.1 b", 1, 1, False), (3, 2, "9.8", 1, 1, False),
        (4, 0, "Missing", 1, 1, False), (4, 1, "", 1, 1, False), (4, 2, "", 1, 1, False),
    ]  # fmt: skip
    assert "Median OS, months a\t12.1 b\t9.8\n" in document.raw
    assert all(cell.raw is None for cell in table.cells if not cell.text)
    (block,) = [b for b in document.blocks if b.kind is BlockKind.TABLE and "Endpoint" in b.span.of(document.text)]
    assert block.span.of(document.text).count("\n") == 4


@pytest.mark.parametrize(
    ("rows", "header_rows"),
    [
        ("<tr><th>Arm</th><th>OS</th></tr><tr><td>A</td><td>9</td></tr>", 1),
        ("<tr><td><bold>Arm</bold></td><td><bold>OS</bold></td></tr><tr><td>A</td><td>9</td></tr>", 1),
        ("<tr><td><bold>Arm</bold></td><td>OS</td></tr><tr><td>A</td><td>9</td></tr>", 0),
        ("<tr><td colspan='2'><bold>Survival</bold></td></tr><tr><td>A</td><td>9</td></tr>", 0),
        ("<tr><th>A</th><td>9</td></tr><tr><th>B</th><td>8</td></tr>", 0),
        ("<thead><tr><td>Arm</td><td>OS</td></tr></thead><tbody><tr><th>A</th><td>9</td></tr></tbody>", 1),
    ],
)
def test_header_rows_are_told_from_the_head_the_cells_or_bold(jats: Any, rows: str, header_rows: int) -> None:
    document = jats(f"<table-wrap><label>Table 2</label><table>{rows}</table></table-wrap>")
    assert document.tables[0].header_rows == header_rows


def test_a_span_that_lies_reaches_no_further_than_its_rows(jats: Any) -> None:
    rows = "<tr><td rowspan='9'>A</td><td rowspan='x' colspan='0'>1</td></tr><tr><td>2</td></tr>"
    document = jats(f"<table-wrap><table><tbody>{rows}</tbody><tbody><tr><td>B</td><td>3</td></tr></tbody></table></table-wrap>")
    assert [(c.row, c.column, c.row_span, c.text) for c in document.tables[0].cells] == [
        (0, 0, 2, "A"), (0, 1, 1, "1"), (1, 1, 1, "2"), (2, 0, 1, "B"), (2, 1, 1, "3"),
    ]  # fmt: skip


def test_the_foot_of_a_table_comes_last(jats: Any) -> None:
    rows = "<tfoot><tr><td>All</td><td>5</td></tr></tfoot><tbody><tr><td>A</td><td>3</td></tr></tbody>"
    document = jats(f"<table-wrap><table>{rows}<thead><tr><td>Arm</td><td>n</td></tr></thead></table></table-wrap>")
    assert [c.text for c in document.tables[0].cells if c.column == 0] == ["Arm", "A", "All"]


def test_cals_tables_are_read(jats: Any) -> None:
    document = jats(
        "<table-wrap><label>Table 3</label><o:table><o:tgroup cols='3'>"
        "<o:colspec colname='c1'/><o:colspec colname='c2'/><o:colspec colname='c3'/><o:thead>"
        "<o:row><o:entry morerows='1'>Arm</o:entry><o:entry namest='c2' nameend='c3'>OS</o:entry></o:row><o:row>"
        "<o:entry colname='c2'>median</o:entry><o:entry>CI</o:entry></o:row></o:thead>"
        "<o:tbody><o:row><o:entry>A</o:entry><o:entry colname='c3'>8-10</o:entry></o:row></o:tbody></o:tgroup>"
        "</o:table></table-wrap>",
        attributes="xmlns:o='http://www.niso.org/standards/z39-96/ns/oasis-exchange/table'",
    )
    (table,) = document.tables
    assert table.header_rows == 2
    assert [(c.row, c.column, c.text, c.row_span, c.column_span) for c in table.cells] == [
        (0, 0, "Arm", 2, 1), (0, 1, "OS", 1, 2), (1, 1, "median", 1, 1), (1, 2, "CI", 1, 1), (2, 0, "A", 1, 1), (2, 2, "8-10", 1, 1),
    ]  # fmt: skip


def test_floats_after_the_body_belong_where_they_are_spoken_of(jats: Any) -> None:
    mention = (
        "<sec><title>Results</title><p>See <xref ref-type='table' rid='t1'>Table 1</xref>.</p></sec><sec><title>Discussion</title><p>So.</p></sec>"
    )
    document = jats(mention, after=f"<floats-group>{TABLE}<fig><caption><p>Curves.</p></caption></fig></floats-group>")
    assert document.tables[0].section == "results"
    assert texts(document, SectionKind.CAPTION) == ["Table 1 Outcomes by arm", "Curves."]


def test_records_name_their_element(tmp_path: Path) -> None:
    path = tmp_path / "p.xml"
    results = "<p>Median overall survival was 12.1 months with drotinib and 9.8 months with placebo (HR 0.70, 95% CI 0.52-0.93).</p>"
    methods = "<p>Patients were randomised to drotinib or placebo.</p>"
    path.write_text(article(f"<sec><title>Methods</title>{methods}</sec><sec><title>Results</title>{results}</sec>"), encoding="utf-8")
    extraction = Pipeline().extract(path)
    evidence = [place for record in extraction.records for place in record.evidence]
    assert evidence
    assert {place.xpath for place in evidence} == {"/article/body/sec[2]/p"}
    assert all(place.text == extraction.document.raw[place.start : place.end] for place in evidence)


def test_pubmed_xml_is_read(tmp_path: Path) -> None:
    path = tmp_path / "1.xml"
    path.write_text(
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Drug <i>in</i> disease.</ArticleTitle><Abstract>"
        "<AbstractText Label='METHODS'>We gave 5 mg/m<sup>2</sup>.</AbstractText><AbstractText Label='UNLABELLED'>It worked.</AbstractText>"
        "<CopyrightInformation>Ours</CopyrightInformation></Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    document = read(path)
    assert_sound(document, path)
    assert document.raw == "Drug in disease.\nMETHODS\nWe gave 5 mg/m2.\nIt worked.\n"
    assert [(s.kind, s.heading) for s in document.sections] == [
        (SectionKind.TITLE, ""), (SectionKind.ABSTRACT, "METHODS"), (SectionKind.ABSTRACT, ""),
    ]  # fmt: skip


def test_medline_text_is_read_in_place(tmp_path: Path) -> None:
    path = tmp_path / "1.txt"
    raw = (
        "\nPMID- 123\nOWN - NLM\nAB  - BACKGROUND: Disease is\n      bad. RESULTS: It\n      worked.\n"
        "FAU - Zed, A\nTI  - Drug in\n      disease.\nSO  - J Invent\n"
    )
    path.write_text(raw)
    document = read(path)
    assert (document.raw, document.source.format) == (raw, "medline")
    assert document.text == "Drug in disease.\nBACKGROUND: Disease is bad.\nRESULTS: It worked."
    assert [s.kind for s in document.sections] == [SectionKind.TITLE, SectionKind.ABSTRACT]
    for i, character in enumerate(document.text):
        assert character in (document.offsets.raw(i).of(raw), " ", "\n")
    assert [document.offsets.raw_spans(b.span, bridge=9)[0].of(raw) for b in document.blocks] == [
        "Drug in\n      disease.", "BACKGROUND: Disease is\n      bad.", "RESULTS: It\n      worked.",
    ]  # fmt: skip


LAUGHS = "<!DOCTYPE article [<!ENTITY a 'ha'>{}]>".format("".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)))
WHOLE = article("<sec><title>Results</title><p>It worked in most.</p></sec>")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (WHOLE[: len(WHOLE) // 2], "broken XML"),
        ("<?xml version='1.0'?>", "broken XML"),
        ("<?xml version='1.0' encoding='UTF-8'?>" + WHOLE.replace("most", "caf\udce9"), "broken XML"),
        ("<?xml version='1.0' encoding='klingon'?>" + WHOLE, "broken XML"),
        (WHOLE.replace("most", "&nosuch;"), "broken XML"),
        (LAUGHS + WHOLE.replace("most", "&j;"), "declares entities"),
        ("<!DOCTYPE article [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>" + WHOLE.replace("most", "&e;"), "declares entities"),
        ("<!DOCTYPE article [<!ENTITY % e SYSTEM 'http://localhost:1/e.dtd'> %e;]>" + WHOLE, "declares entities"),
        ("<i>" * 150 + "</i>" * 150, "100 deep"),
        ("<svg><text>Survival</text></svg>", "XML of another kind, <svg>"),
        ("<articles><article/><article/></articles>", "2 articles"),
        ("<article><front/></article>", "without any text"),
        ("<!DOCTYPE html>\n<html><body><p>Results</p></body></html>", "an HTML page"),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><html><body/></html>", "an HTML page"),
        ("<PubmedArticleSet/>", "0 articles"),
        ("PMID- 1\nTI  - One.\n\nPMID- 2\nTI  - Two.\n", "2 records"),
        ("PMID- 1\nSO  - J Invent\n", "neither title"),
    ],
)
def test_what_is_no_paper_is_refused_in_one_line(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "bad.xml"
    path.write_bytes(content.encode("utf-8", errors="surrogateescape"))
    with pytest.raises(SourceError, match=r"expected one .*, found ") as error:
        read(path)
    assert said in error.value.reason
    assert "\n" not in error.value.reason


def test_a_public_dtd_is_not_fetched_and_its_entities_are_known_by_name(tmp_path: Path) -> None:
    path = tmp_path / "p.nxml"
    doctype = "<!DOCTYPE article PUBLIC '-//NLM//DTD JATS v1.0//EN' 'http://localhost:1/JATS-archivearticle1.dtd'>"
    path.write_text(doctype + WHOLE.replace("most", "&alpha; <!-- no -->&lt; <?pi?>10<sup>&minus;4</sup>"))
    assert "It worked in α < 10^−4." in read(path).raw


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_the_encoding_is_the_one_declared(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "p.xml"
    declared = encoding.removesuffix("-sig")
    path.write_bytes(f"<?xml version='1.0' encoding='{declared}'?>{WHOLE.replace('most', 'café')}".encode(encoding))
    assert "It worked in café." in read(path).raw


WORDS = st.sampled_from(["arms", "12", " ", "0.5 ", ", ", "(", "]", "β", "\n ", ". The", "–"])
LEAVES = WORDS | st.integers(1, 6).map(x) | st.sampled_from([TABLE, "<fig><caption><p>Curves</p></caption></fig>", "<break/>"])


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pieces = st.lists(inner, max_size=4).map("".join)
    tags = st.sampled_from(["sup", "sub", "bold", "p", "disp-quote", "fn", "boxed-text", "list-item", "x"])
    return st.tuples(tags, pieces).map(lambda t: f"<list><list-item>{t[1]}</list-item></list>" if t[0] == "list-item" else f"<{t[0]}>{t[1]}</{t[0]}>")


@pytest.mark.parametrize("attributes", ["", "xmlns='http://jats.nlm.nih.gov'", "xmlns:oasis='urn:oasis' xmlns:mml='urn:mml'"])
def test_every_place_is_one_element_that_holds_its_characters(jats: Any, tmp_path: Path, attributes: str) -> None:
    rows = "<oasis:row><oasis:entry>Five.</oasis:entry></oasis:row><oasis:row><oasis:entry>Six.</oasis:entry></oasis:row>"
    oasis = f"<oasis:table xmlns:oasis='urn:oasis'><oasis:tgroup cols='1'><oasis:tbody>{rows}</oasis:tbody></oasis:tgroup></oasis:table>"
    tables = f"{TABLE}{TABLE}<table-wrap>{oasis}</table-wrap><list><list-item><p>Three.</p></list-item></list>"
    body = f"<p>One.</p><!-- no --><?pi no?><p>Two <sup>a</sup>.</p>{tables}"
    document = jats(f"<sec><title>Results</title>{body}</sec><sec><title>Results</title><p>Four.</p></sec>", attributes=attributes)
    tree = etree.parse(tmp_path / "paper.nxml", etree.XMLParser(remove_blank_text=False))
    for place in document.places:
        found = tree.xpath(str(place.xpath))
        assert isinstance(found, list)
        assert len(found) == 1
        element = found[0]
        assert isinstance(element, etree._Element)
        if element.tag.rpartition("}")[2] != "ref":  # entries are put together from their parts
            printed = re.sub(r"\W", "", "".join(map(str, element.itertext())))
            assert re.sub(r"\W", "", place.raw.of(document.raw)) in printed
    assert [p.xpath for p in document.places if p.raw.of(document.raw) in ("One.", "Six.", "Four.")] == (
        ["/article/body/sec[1]/p[1]", "/article/body/sec[1]/table-wrap[3]/*[1]/*[1]/*[1]/*[2]/*[1]", "/article/body/sec[2]/p"]
        if "jats" not in attributes
        else ["/*[1]/*[2]/*[1]/*[2]", "/*[1]/*[2]/*[1]/*[6]/*[1]/*[1]/*[1]/*[2]/*[1]", "/*[1]/*[2]/*[2]/*[2]"]
    )


def test_a_table_in_a_cell_is_a_table_of_its_own_and_no_text_twice(jats: Any) -> None:
    inner = "<table><tr><td>ORR</td><td>12%</td></tr></table>"
    wrap = (
        f"<table-wrap><label>Table 2</label><table><tr><th>Set</th><th>Arm</th></tr><tr><td>Inner {inner}</td><td>7%</td></tr></table></table-wrap>"
    )
    document = jats(f"<sec><title>Results</title><p>So.</p>{wrap}</sec>")
    assert [[cell.text for cell in table.cells] for table in document.tables] == [["Set", "Arm", "Inner", "7%"], ["ORR", "12%"]]
    assert document.raw.count("ORR") == 1


def test_captions_of_tables_and_files_and_labels_of_boxes_are_kept(jats: Any) -> None:
    wrap = TABLE.replace("by arm<", "by arm<sup>a</sup><")
    file = "<p><media id='m'><label>File 1:</label><caption><p>A sheet.</p></caption></media></p>"
    file += "<supplementary-material><media><caption><p>Another sheet.</p></caption></media></supplementary-material>"
    box = "<boxed-text><label>Panel</label><caption><title>In context</title></caption><p>It fits.</p></boxed-text>"
    document = jats(f"<sec><title>Results</title><p>So.</p>{wrap}{box}</sec>", back=f"<sec><title>Files</title>{file}</sec>{REFS}")
    for line in ("Table 1 Outcomes by arm a", "Panel In context", "File 1: A sheet.", "Another sheet."):
        assert f"\n{line}\n" in document.raw


@settings(max_examples=150, deadline=None)
@given(st.lists(st.recursive(LEAVES, nested, max_leaves=8), max_size=8).map("".join))
def test_whatever_stands_in_a_paragraph_every_character_is_traced(tmp_path_factory: pytest.TempPathFactory, paragraph: str) -> None:
    path = tmp_path_factory.mktemp("jats") / "p.xml"
    path.write_text(article(f"<sec><title>Results</title><p>{paragraph}</p></sec>"), encoding="utf-8")
    assert_sound(read(path), path)


@pytest.mark.skipif(not PAPERS.is_dir(), reason=f"there is no {PAPERS}")
def test_every_link_of_real_papers_is_a_mark_of_its_entry() -> None:
    held_out = json.loads((PAPERS / "gold" / "split.json").read_text())["held_out"]
    missed = []
    for path in sorted(PAPERS.glob("*.nxml"))[::6]:
        if path.stem in held_out:
            continue
        document = read(path)
        assert_sound(document, path)
        tree = etree.parse(path)
        numbers = {
            str(e.get("id")): r.number for r, ref in zip(document.references, tree.iter("ref"), strict=True) for e in ref.iter() if e.get("id")
        }
        linked = [numbers[i] for one in tree.iter("xref") for i in (one.get("rid") or "").split() if i in numbers]
        marked = [n for mark in document.citations for n in mark.numbers]
        missed += [(path.stem, n) for n in set(linked) if marked.count(n) < 1]
        assert len(marked) >= len(linked)
    assert missed == []
