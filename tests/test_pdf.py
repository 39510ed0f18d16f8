from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract
from extractor.cli.inputs import find_papers
from extractor.cli.reading import read_one
from extractor.document import Block, BlockKind, CharSpan, Document, Table
from extractor.ingest import SourceError, read
from extractor.ingest.citations import Mark
from extractor.ingest.pdf.layers import Frame, Layer, PageGlyphs, Run
from extractor.ingest.pdf.marks import with_marks
from extractor.ingest.pdf.words import repaired
from extractor.ingest.text import compose

WORDS = (
    "charts of one ward were read by two people who had never met before and who agreed on most of what they saw while the rest was settled by a"
    " third who did not know the names of the patients or the order in which the charts had been filed"
).split()


def paragraph(seed: int, sentences: int = 5) -> str:
    """Sentences that differ from paragraph to paragraph, each with a number of its own."""
    said = []
    for i in range(sentences):
        turned = WORDS[(seed * 7 + i * 5) % len(WORDS) :] + WORDS
        said.append(f"In part {seed}.{i} the " + " ".join(turned[: 14 + (seed + i) % 9]) + ".")
    return " ".join(said)


def typeset(source: str, folder: Path) -> Document:
    """A document from the PDF that typst makes of a source."""
    typst = pytest.importorskip("typst", reason="typst is not installed")
    (folder / "paper.typ").write_text(source, encoding="utf-8")
    (folder / "paper.pdf").write_bytes(typst.compile(str(folder / "paper.typ"), ignore_system_fonts=True))
    return read(folder / "paper.pdf")


TWO_COLUMNS = """
#set page(width: 400pt, height: 420pt, margin: 40pt, columns: 2,
  header: context [#text(7pt)[Journal of Made-up Medicine 2031;4:{page}] #h(1fr) #counter(page).display()])
#set columns(gutter: 14pt)
#set text(9pt, font: "Libertinus Serif", hyphenate: true)
#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)
#show heading: it => block(above: 1em, below: 0.6em, text(10pt, weight: "bold", it.body))
"""


def blocks(document: Document, *kinds: BlockKind) -> list[str]:
    return [b.span.of(document.text) for b in document.blocks if not kinds or b.kind in kinds]


def maps_back(document: Document) -> bool:
    """Whether every clean character is its raw character, or a blank that stands for blanks, a line end or a mark."""
    return all(
        (raw := document.offsets.raw(i).of(document.raw)) == c or (c in " \n" and (not raw.strip() or bool(re.search(r"\d", raw))))
        for i, c in enumerate(document.text)
    )


def grid(table: Table) -> list[list[str]]:
    rows = max(c.row for c in table.cells) + 1
    columns = max(c.column for c in table.cells) + 1
    found = [[""] * columns for _ in range(rows)]
    for cell in table.cells:
        found[cell.row][cell.column] = cell.text
    return found


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    told = [paragraph(i) for i in range(14)]
    body = "\n\n".join(told)
    document = typeset(
        TWO_COLUMNS.replace("{page}", "#counter(page).display()")
        + '#place(top, scope: "parent", float: true)[#text(15pt)[On the reading of charts in one ward]\n\n'
        + paragraph(90)
        + "]\n= Methods\n"
        + body,
        tmp_path,
    )
    assert max(p.page or 0 for p in document.places) > 1
    assert blocks(document)[0] == "On the reading of charts in one ward"
    assert [b.kind for b in document.blocks][:3] == [BlockKind.HEADING, BlockKind.TEXT, BlockKind.HEADING]
    assert blocks(document, BlockKind.TEXT) == [paragraph(90), *told]
    assert "Made-up Medicine" not in document.raw
    assert maps_back(document)


def test_every_line_has_its_page_and_box(tmp_path: Path) -> None:
    document = typeset(TWO_COLUMNS + "\n\n".join(paragraph(i) for i in range(12)), tmp_path)
    assert document.source.format == "pdf"
    assert document.source.sha256 != document.source.text_sha256
    for place in document.places:
        assert place.page in (1, 2, 3)
        assert place.box is not None
        x0, top, x1, bottom = place.box
        assert 38 <= x0 < x1 <= 362
        assert 30 <= top < bottom <= 390
        assert "\n" not in place.raw.of(document.raw)
    left, right = (sum(p.box is not None and p.page == 1 and (p.box[0] > 190) is side for p in document.places) for side in (False, True))
    assert left > 5
    assert right > 5


def test_a_table_between_the_halves_of_a_sentence_comes_behind_it(tmp_path: Path) -> None:
    table = """#place(bottom, float: true, block(breakable: false)[
#text(8pt)[*Table 1.* Patients of both groups]
#table(columns: 3, stroke: none, inset: 2pt, table.hline(), [Group], [Readers], [Others], table.hline(),
[Age, years], [61], [59], [Median OS, months], [9.1], [6.2], table.hline())])
"""
    told = [paragraph(i, 6) for i in range(8)]
    document = typeset(TWO_COLUMNS + told[0] + "\n\n" + table + "\n\n" + "\n\n".join(told[1:]), tmp_path)
    assert blocks(document, BlockKind.TEXT) == told
    assert blocks(document, BlockKind.CAPTION) == ["Table 1. Patients of both groups"]
    (found,) = document.tables
    assert grid(found) == [["Group", "Readers", "Others"], ["Age, years", "61", "59"], ["Median OS, months", "9.1", "6.2"]]
    assert found.header_rows == 1
    assert found.caption is not None
    assert found.caption.of(document.raw) == "Table 1. Patients of both groups"
    for cell in found.cells:
        assert cell.raw is not None
        assert cell.raw.of(document.raw) == cell.text
        assert any(p.raw == cell.raw and p.page == 1 for p in document.places)


RULINGS = {
    "lines above and below": ("none", "table.hline(),", "table.hline(y: 2),", "table.hline()"),
    "a full grid": ("0.5pt", "", "", ""),
    "no lines": ("none", "", "", ""),
}


@pytest.mark.parametrize("ruling", RULINGS)
def test_tables_with_and_without_rules(ruling: str, tmp_path: Path) -> None:
    stroke, first, middle, last = RULINGS[ruling]
    document = typeset(
        f"""
#set page(width: 420pt, height: 400pt, margin: 30pt)
#set text(9pt)
{paragraph(1)}

#text(8pt)[
Table 2. What was seen in both groups of charts

#table(columns: (1.4fr, 1fr, 1fr, 0.7fr), stroke: {stroke}, inset: (x: 3pt, y: 3pt), align: left, {first}
[*Outcome*], table.cell(colspan: 2)[*Charts read, n = 40*], [*P*],
[], [*Early*], [*Late*], [], {middle}
[Overall response rate, with all that were read twice], [12 (30.0)], [9 (22.5)], [0.45],
[Deaths], [3#super[a]], [4], [—],
[10-year survival, %], [−1.5], [2.0 (1.1 to 3.2)], [\\<0.001], {last})
#super[a] One of them is not sure.
]

{paragraph(2)}
""",
        tmp_path,
    )
    (table,) = document.tables
    found = grid(table)
    assert found[0][:2] == ["Outcome", "Charts read, n = 40"]
    assert found[1][1:3] == ["Early", "Late"]
    assert found[2] == ["Overall response rate, with all that were read twice", "12 (30.0)", "9 (22.5)", "0.45"]
    assert found[3][0] == "Deaths"
    assert found[3][2:] == ["4", "—"]
    assert found[4] == ["10-year survival, %", "−1.5", "2.0 (1.1 to 3.2)", "<0.001"]
    assert table.header_rows == 2
    assert table.label == "Table 2"
    texts = blocks(document, BlockKind.TEXT)
    assert texts[0] == paragraph(1)
    assert paragraph(2) in texts


def test_a_heading_over_several_columns_spans_them(tmp_path: Path) -> None:
    document = typeset(
        """
#set page(width: 420pt, height: 300pt, margin: 30pt)
#set text(9pt)
Table 1. Two groups at two times

#table(columns: (1fr, 1fr, 1fr, 1fr, 1fr), stroke: none, inset: 3pt, table.hline(),
[], table.cell(colspan: 2, align: center)[Readers], table.cell(colspan: 2, align: center)[Others],
table.hline(start: 1, end: 3), table.hline(start: 3, end: 5),
[Item], [June], [July], [June], [July], table.hline(),
[Charts], [10], [20], [30], [40],
[Wards], [1], [2], [3], [4], table.hline())
""",
        tmp_path,
    )
    (table,) = document.tables
    assert [(c.text, c.column, c.column_span) for c in table.cells if c.row == 0] == [("Readers", 1, 2), ("Others", 3, 2)]
    assert table.header_rows == 2


@pytest.mark.parametrize("typographic", ["true", "false"])
def test_raised_numbers_cite_and_powers_of_ten_do_not(typographic: str, tmp_path: Path) -> None:
    document = typeset(
        f"""
#set page(width: 420pt, height: 500pt, margin: 30pt)
#set text(10pt, font: "Libertinus Serif")
#set super(typographic: {typographic})
The first group was read twice.#super[1] Others had seen the same,#super[2,3] or less.#super[4–6]
Leukocytes were 3 × 10#super[9]/L at 85 mg/m#super[2] each.

{paragraph(3)}
""",
        tmp_path,
    )
    said = blocks(document)[0]
    assert said.startswith("The first group was read twice. Others had seen the same, or less. Leukocytes were 3 × 10")
    assert "10⁹/L" in said
    assert "mg/m2 each." in said
    assert [m.numbers for m in document.citations] == [(1,), (2, 3), (4, 5, 6)]
    assert [m.text for m in document.citations] == ["1", "2,3", "4–6"]
    assert maps_back(document)


def test_stamps_line_numbers_and_page_numbers_are_taken_off(tmp_path: Path) -> None:
    told = [paragraph(i, 7) for i in range(9)]
    document = typeset(
        """
#set page(width: 420pt, height: 420pt, margin: 60pt, footer: context align(center)[#counter(page).display()],
  background: rotate(40deg, text(40pt, fill: luma(220))[ACCEPTED DRAFT]),
  foreground: place(left + horizon, dx: 6pt, rotate(-90deg, reflow: true, text(8pt)[Author copy, not for sale])))
#set text(10pt)
#set par.line(numbering: "1")
"""
        + "\n\n".join(told),
        tmp_path,
    )
    assert max(p.page or 0 for p in document.places) >= 3
    assert blocks(document) == told


def test_footnotes_do_not_part_a_paragraph(tmp_path: Path) -> None:
    told = [paragraph(i, 9) for i in range(5)]
    told[1] = told[1].replace("by two people", "by two people#footnote[One of them was on leave in the second week of the study.]", 1)
    document = typeset("#set page(width: 400pt, height: 300pt, margin: 40pt)\n#set text(10pt)\n" + "\n\n".join(told), tmp_path)
    texts = blocks(document, BlockKind.TEXT)
    assert [re.sub(r"(?<=people)1", "", t) for t in texts if t.startswith("In part")] == [paragraph(i, 9) for i in range(5)]
    assert any("One of them was on leave in the second week of the study." in t for t in texts)


def test_words_inside_a_figure_are_furniture(tmp_path: Path) -> None:
    labels = "".join(f"#place(dx: {20 * i}pt, dy: {9 * (i % 5)}pt, text(6pt)[{i}0])" for i in range(8))
    document = typeset(
        f"""
#set page(width: 420pt, height: 500pt, margin: 30pt)
#set text(10pt)
{paragraph(1)}

#box(width: 100%, height: 70pt, stroke: 0.5pt)[{labels}#place(dx: 60pt, dy: 58pt, text(6pt)[Time (months)])]

#text(9pt)[Figure 1. Survival of both groups of charts.]

{paragraph(2)}
""",
        tmp_path,
    )
    assert blocks(document, BlockKind.TEXT) == [paragraph(1), paragraph(2)]
    assert blocks(document, BlockKind.CAPTION) == ["Figure 1. Survival of both groups of charts."]
    assert any("Time (months)" in text for text in blocks(document, BlockKind.FURNITURE))


def test_labels_beside_an_abstract_are_read_before_it(tmp_path: Path) -> None:
    told = [paragraph(i, 3) for i in range(3)]
    labels = ("Background and Aims", "Methods", "Results")
    rows = "".join(f"[*{label}*], [{text}]," for label, text in zip(labels, told, strict=True))
    document = typeset(
        f"#set page(width: 420pt, height: 500pt, margin: 30pt)\n#set text(10pt)\n#grid(columns: (70pt, 1fr), gutter: 8pt, {rows})", tmp_path
    )
    assert blocks(document) == [text for pair in zip(labels, told, strict=True) for text in pair]


def test_a_box_over_two_columns_is_read_before_the_text_below_it(tmp_path: Path) -> None:
    boxed, told = [paragraph(i, 4) for i in range(20, 22)], [paragraph(i, 6) for i in range(8)]
    inside = '#columns(2, gutter: 14pt)[#set text(8pt, font: "New Computer Modern")\n' + "\n\n".join(boxed) + "]"
    box = '#place(top, scope: "parent", float: true, clearance: 2em)[#block(height: 130pt, ' + f"[{inside}])]\n"
    document = typeset(TWO_COLUMNS.replace("{page}", "1") + box + "\n\n".join(told), tmp_path)
    assert blocks(document, BlockKind.TEXT) == [*boxed, *told]


def test_headings_in_a_typeface_of_their_own_part_paragraphs(tmp_path: Path) -> None:
    source = (
        '#set page(width: 420pt, height: 500pt, margin: 30pt)\n#set text(10pt, font: "Libertinus Serif")\n#set par(spacing: 0.65em, justify: true)\n'
    )
    heading = '#text(font: "DejaVu Sans Mono", size: 9.5pt)[What the readers saw]'
    document = typeset(f"{source}{paragraph(1)}\n\n{heading}\n\n{paragraph(2)}", tmp_path)
    assert blocks(document, BlockKind.HEADING) == ["What the readers saw"]
    assert blocks(document, BlockKind.TEXT) == [paragraph(1), paragraph(2)]


def test_entries_of_a_list_are_told_by_their_numbers(tmp_path: Path) -> None:
    entries = [f"{i}. Reader A, Other B. {paragraph(i, 1)[:-1]} doi: 10.1000/{i}" for i in range(8, 13)]
    lines = "\n\n".join(f'#par(hanging-indent: 1.2em)[#"{entry}"]' for entry in entries)
    document = typeset(
        f"#set page(width: 300pt, height: 500pt, margin: 30pt)\n#set text(9pt)\n#set par(spacing: 0.65em, justify: true)\n{lines}", tmp_path
    )
    assert blocks(document) == entries


def test_a_name_that_stands_above_two_columns_heads_both(tmp_path: Path) -> None:
    document = typeset(
        """
#set page(width: 420pt, height: 300pt, margin: 30pt)
#set text(9pt)
Table 1. Risk of both groups

#table(columns: (1.5fr, 1fr, 1fr, 1fr, 1fr), stroke: none, inset: 3pt, align: (left, center, center, center, center), table.hline(),
[Item], [Ratio], table.cell(colspan: 2)[95% CI], [P value], [], [], [Low], [High], [], table.hline(),
[Charts], [1.1], [0.8], [1.4], [0.41], [Wards], [2.0], [1.2], [3.3], [0.01], [Beds], [1.7], [], [], [], [Doors], [0.9], [], [], [], table.hline())
""",
        tmp_path,
    )
    (table,) = document.tables
    found = grid(table)
    assert found[0] == ["Item", "Ratio", "95% CI", "", "P value"]
    assert found[1][2:4] == ["Low", "High"]
    assert found[2] == ["Charts", "1.1", "0.8", "1.4", "0.41"]
    assert next(c.column_span for c in table.cells if c.text == "95% CI") == 2


def test_three_columns(tmp_path: Path) -> None:
    told = [paragraph(i, 6) for i in range(14)]
    source = "#set page(width: 500pt, height: 400pt, margin: 30pt, columns: 3)\n#set columns(gutter: 12pt)\n#set text(8pt)\n#set par(justify: true)\n"
    document = typeset(source + "\n\n".join(told), tmp_path)
    assert blocks(document, BlockKind.TEXT) == told


def test_records_of_a_pdf_name_page_and_box(tmp_path: Path) -> None:
    typeset(
        f"""
#set page(width: 420pt, height: 500pt, margin: 30pt)
#set text(10pt)
= Results
{paragraph(1)}

Median overall survival was 9.1 months (95% CI 7.5 to 10.4) with zorafenib and 6.2 months with placebo (HR 0.61, 95% CI 0.45 to 0.82; P = 0.001).
""",
        tmp_path,
    )
    records = extract(tmp_path / "paper.pdf")
    assert records
    for record in records:
        (evidence,) = record.evidence
        assert evidence.page == 1
        assert evidence.box is not None
        assert evidence.box[1] > 60
        assert evidence.xpath is None
        assert "Median overall survival" in evidence.text


# What no typesetter makes: files written byte by byte.


def pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF file of numbered objects, the first of which is the catalog."""
    out, offsets = b"%PDF-1.4\n", []
    for i, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d %s>>\n" % (len(objects) + 1, table, len(objects) + 1, trailer)
    return out + end + b"startxref\n%d\n%%%%EOF\n" % len(out)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (extra, len(content), content)


def paged(*contents: bytes, page: bytes = b"/MediaBox[0 0 300 400]") -> bytes:
    """A PDF file with one page for each content stream."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(contents)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents))]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for i, content in enumerate(contents):
        objects.append(b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>%s>>" % (5 + 2 * i, page))
        objects.append(stream(content))
    return pdf(objects)


def shown(*lines: str, size: int = 10, x: int = 30, y: int = 340) -> bytes:
    return b"".join(b"BT /F %d Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (size, x, y - 14 * i, line.encode("latin-1")) for i, line in enumerate(lines))


TOLD = ("We read the charts of forty patients who had come to", "one ward in a single year. Median OS was 9.1 months", "in all of them.")
PICTURE = b"0 0 m 200 0 l 200 200 l 0 200 l f"
TREE = b"<</Type/Catalog/Pages 2 0 R>>"


def read_bytes(data: bytes, folder: Path) -> Document:
    (folder / "paper.pdf").write_bytes(data)
    return read(folder / "paper.pdf")


def test_a_page_without_text_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    document = read_bytes(paged(shown(*TOLD), PICTURE, shown("More was not found.")), tmp_path)
    assert document.warnings == ("page 2 has no text (a scan?)",)
    assert document.text.startswith(" ".join(TOLD))
    assert read_one(tmp_path / "paper.pdf", None).warnings == document.warnings


def test_an_empty_page_is_no_scan(tmp_path: Path) -> None:
    assert read_bytes(paged(shown(*TOLD), b""), tmp_path).warnings == ()


BROKEN = {
    "truncated": (paged(shown(*TOLD))[:400], "found one that breaks off"),
    "cut at the end": (paged(shown(*TOLD))[:-8], "found one that breaks off"),
    "nothing but a signature": (b"%PDF-1.7\n%%EOF\n", "found a broken PDF file"),
    "noise": (b"%PDF-1.4\n" + bytes(range(256)) * 9 + b"\n%%EOF", "found a broken PDF file"),
    "no pages": (pdf([TREE, b"<</Type/Pages/Kids[]/Count 0>>"]), "broken"),
    "a tree of pages that holds itself": (pdf([TREE, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"]), "page 1 of 1 cannot be read"),
    "a tree whose branch holds the trunk": (
        pdf([TREE, b"<</Type/Pages/Kids[3 0 R]/Count 5>>", b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 5>>"]),
        "page 1 of 5 cannot be read",
    ),
    "pages that are missing": (
        pdf([TREE, b"<</Type/Pages/Kids[3 0 R]/Count 500>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>"]),
        "page 2 of 500 cannot be read",
    ),
    "encrypted": (
        pdf(
            [
                *(TREE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>"),
                b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"11" * 32, b"22" * 32),
            ],
            b"/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]",
        ),
        "needs a password",
    ),
    "a scan": (paged(PICTURE, PICTURE), "found 2 pages without text (a scan? it needs optical character recognition)"),
    "a blank page": (paged(b""), "found 1 page without text"),
    "a form that shows itself": (
        pdf(
            [
                *(TREE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                *(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>", stream(b"/X Do")),
                stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 300 400]/Resources<</XObject<</X 5 0 R>>>>"),
            ]
        ),
        "without text",
    ),
    "packed twice": (
        pdf([TREE, b"<</Type/Pages/Kids[]/Count 0>>", stream(zlib.compress(zlib.compress(b" " * 9)), b"/Filter[/FlateDecode /FlateDecode]")]),
        "a zip bomb",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_is_refused_in_one_line(case: str, tmp_path: Path) -> None:
    data, reason = BROKEN[case]
    with pytest.raises(SourceError) as refused:
        read_bytes(data, tmp_path)
    assert reason in refused.value.reason
    assert "\n" not in str(refused.value)


@pytest.fixture(scope="module")
def bomb() -> bytes:
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(bytes(70_000_000)) for _ in range(3)) + packer.flush()


@pytest.mark.parametrize("extra", [b"/Filter/FlateDecode", b"/Filter/FlateDecode/DecodeParms<</Predictor 1>>", b"/Filter[/FlateDecode]"])
def test_a_zip_bomb_is_not_unpacked(bomb: bytes, extra: bytes, tmp_path: Path) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R>>"
    with pytest.raises(SourceError, match="a zip bomb"):
        read_bytes(pdf([TREE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(bomb, extra)]), tmp_path)


def test_a_page_with_more_characters_than_a_page_can_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.ingest.pdf.glyphs.MOST_CHARACTERS", 100)
    with pytest.raises(SourceError, match="expected at most 100 characters on a page"):
        read_bytes(paged(shown(*TOLD)), tmp_path)


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.ingest.pdf.MOST_PAGES", 2)
    with pytest.raises(SourceError, match="at most 2 pages, found 3"):
        read_bytes(paged(*(shown(*TOLD) for _ in range(3))), tmp_path)


def test_what_stands_before_the_signature_is_passed_over(tmp_path: Path) -> None:
    assert "9.1 months" in read_bytes(b"HTTP/1.1 200 OK\n\n" + paged(shown(*TOLD)), tmp_path).text


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_read_and_boxes_are_of_the_page_as_shown(turn: int, tmp_path: Path) -> None:
    matrix = {90: b"0 1 -1 0 %d 30 Tm", 180: b"-1 0 0 -1 270 %d Tm", 270: b"0 -1 1 0 %d 370 Tm"}[turn]
    starts = {90: (60, 14), 180: (60, 14), 270: (240, -14)}[turn]
    content = b"".join(b"BT /F 10 Tf %s (%s) Tj ET\n" % (matrix % (starts[0] + i * starts[1]), line.encode()) for i, line in enumerate(TOLD))
    document = read_bytes(paged(content, page=b"/MediaBox[0 0 300 400]/Rotate %d" % turn), tmp_path)
    assert document.text == " ".join(TOLD)
    tops = [place.box[1] for place in document.places if place.box]
    assert tops == sorted(tops)
    x0, _, x1, bottom = document.places[0].box or (0, 0, 0, 0)
    assert (round(x0), x1 - x0 > 200) == (30, True)
    assert bottom < 80


def test_a_table_set_sideways_is_read_too(tmp_path: Path) -> None:
    rows = [f"Item {i} of the charts that were read    {i}.5    {i}.7" for i in range(9)]
    content = b"".join(b"BT /F 9 Tf 0 1 -1 0 %d 20 Tm (%s) Tj ET\n" % (50 + 14 * i, row.encode()) for i, row in enumerate(rows))
    document = read_bytes(paged(shown(*TOLD * 8, size=8) + content), tmp_path)
    assert document.text.startswith("We read the charts")
    assert "Item 8 of the charts that were read" in document.text


def test_text_outside_of_the_clipping_path_is_not_read(tmp_path: Path) -> None:
    hidden = b"q 0 0 300 100 re W n " + shown("A page that is hidden behind a figure.", y=300) + b" Q\n"
    assert read_bytes(paged(shown(*TOLD) + hidden), tmp_path).text == " ".join(TOLD)


def test_clipping_paths_inside_of_a_form_are_in_its_coordinates(tmp_path: Path) -> None:
    inside = b"q 0 0 300 100 re W n " + shown(*TOLD, y=80) + shown("What lies outside of the frame.", y=-120) + b" Q"
    form = stream(inside, b"/Type/XObject/Subtype/Form/BBox[-900 -900 900 900]/Resources<</Font<</F 3 0 R>>>>")
    objects = [TREE, b"<</Type/Pages/Kids[4 0 R]/Count 1>>", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 5 0 R/Resources<</XObject<</X 6 0 R>>>>>>"
    assert read_bytes(pdf([*objects, page, stream(b"1 0 0 1 0 200 cm /X Do"), form]), tmp_path).text == " ".join(TOLD)


def test_signs_of_a_font_of_mathematics_are_not_read_as_punctuation(tmp_path: Path) -> None:
    """Its "less than" has the code of a comma, and is as wide as a letter m."""
    pi = b"<</Type/Font/Subtype/Type1/BaseFont/MathPi/FirstChar 44/LastChar 54/Widths[833 833 833 833 833 833 833 833 833 833 833]>>"
    said = b"BT /F 10 Tf 30 300 Td (The ratio fell \\(P) Tj /G 10 Tf (,) Tj /F 10 Tf (0.01\\) in 61) Tj /G 10 Tf (6) Tj "
    said += b"/F 10 Tf (9, 7.5 or 8 of all) Tj ET"
    objects = [TREE, b"<</Type/Pages/Kids[5 0 R]/Count 1>>", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", pi]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 6 0 R/Resources<</Font<</F 3 0 R/G 4 0 R>>>>>>"
    assert read_bytes(pdf([*objects, page, stream(said)]), tmp_path).text == "The ratio fell (P<0.01) in 61±9, 7.5 or 8 of all"


def test_half_of_a_character_is_read_as_a_sign_that_cannot_be_read(tmp_path: Path) -> None:
    codes = stream(b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 beginbfchar <41> <D92E> endbfchar endcmap end end")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    said = stream(shown("We read A of them."))
    document = read_bytes(pdf([TREE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, font, said, codes]), tmp_path)
    assert document.text == "We read \ufffd of them."


def test_characters_that_mean_nothing_leave_no_line(tmp_path: Path) -> None:
    nothing = b"BT /F 10 Tf 30 280 Td (\x7f\x7f) Tj ET\n"
    assert read_bytes(paged(shown(*TOLD) + nothing), tmp_path).text == " ".join(TOLD)


def test_text_printed_twice_for_bold_type_is_read_once(tmp_path: Path) -> None:
    assert read_bytes(paged(shown(*TOLD) + shown(*TOLD, x=31)), tmp_path).text == " ".join(TOLD)


def test_pdfs_are_found_in_folders(tmp_path: Path) -> None:
    (tmp_path / "Paper.PDF").write_bytes(paged(shown(*TOLD)))
    assert [path.name for path in find_papers([tmp_path]).files] == ["Paper.PDF"]


def run_of(text: str, **more: object) -> Run:
    return Run(text, 0.0, 0.0, 10.0, 10.0, 10.0, **more)  # type: ignore[arg-type]


def test_lost_ligatures_are_found_by_the_words_they_make() -> None:
    frame = Frame(0, 0.0, 0.0, 100.0, 100.0)
    runs = (run_of("signi\x02cant bene\x02t of the \x02rst", raised=((13, 17),)), run_of("e\x1fect and di\x1ference (n ¼ 40)"))
    (page,) = repaired([PageGlyphs(1, (Layer(1, frame, frame, runs),), False)])
    first, second = page.layers[0].runs
    assert first.text == "significant benefit of the first"
    assert first.text[slice(*first.raised[0])] == "bene"[1:] + "f" or first.text[slice(*first.raised[0])]
    assert second.text == "effect and difference (n = 40)"


def placed(text: str, x0: float, base: float, size: float, width: float) -> Run:
    return Run(text, x0, base - 0.76 * size, x0 + width, base + 0.24 * size, size)


def test_marks_that_stand_apart_go_to_the_word_before_or_the_note_behind() -> None:
    told = placed("We read them.", 10, 100, 10, 60)
    on = placed("Others did not.", 80, 100, 10, 60)
    note = placed("Data of one ward.", 24, 200, 8, 90)
    axis = placed("12", 10, 300, 5, 6)
    marks = (placed("3,4", 70.5, 96, 6, 8), placed("a", 20, 197, 5, 3))
    told_now, on_now, note_now, axis_now = sorted(with_marks([told, marks[0], on, marks[1], note, axis]), key=lambda run: (run.base, run.x0))
    assert (told_now.text, told_now.raised, told_now.x1) == ("We read them.3,4", ((13, 16),), 78.5)
    assert (note_now.text, note_now.raised, note_now.x0) == ("aData of one ward.", ((0, 1),), 20)
    assert (on_now, axis_now) == (on, axis)


@st.composite
def lines(draw: st.DrawFn) -> list[list[str]]:
    word = st.text(st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd"), include_characters=".,;-()%"), min_size=1, max_size=9)
    line = st.lists(word, min_size=1, max_size=6).map(" ".join)
    return draw(st.lists(st.lists(line, min_size=1, max_size=4), min_size=1, max_size=4))


@given(lines(), st.data())
def test_composed_text_maps_back_to_its_lines(told: list[list[str]], data: st.DataObject) -> None:
    raw, spans = "", []
    for part in told:
        here = []
        for line in part:
            here.append(CharSpan(len(raw), len(raw) + len(line)))
            raw += line + "\n"
        spans.append((BlockKind.TEXT, here))
        raw += "\n"
    marks = list(raised(raw, spans, data))
    flowed = compose(raw, spans, marks)
    assert len(flowed.blocks) == len(told)
    for i, character in enumerate(flowed.text):
        behind = flowed.offsets.raw(i).of(raw)
        assert behind == character or (character in " \n" and (not behind.strip() or any(m.span.of(raw) == behind for m in marks)))
    for mark in marks:
        assert any(c.raw == mark.span and c.numbers == mark.numbers for c in flowed.citations)


def raised(raw: str, spans: Sequence[tuple[BlockKind, Sequence[CharSpan]]], data: st.DataObject) -> Iterator[Mark]:
    """Some stretches inside lines as marks, apart from each other."""
    for _, here in spans:
        for span in here:
            if span.end - span.start > 4 and data.draw(st.booleans()):
                start = data.draw(st.integers(span.start + 1, span.end - 2))
                yield Mark(CharSpan(start, start + 1), (data.draw(st.integers(1, 200)),), stuck=True)


def test_blocks_are_those_of_the_layout() -> None:
    raw = "Methods\n\nWe read\ncharts.\n\nTable 1\t2\n"
    parts = [(BlockKind.HEADING, [CharSpan(0, 7)]), (BlockKind.TEXT, [CharSpan(9, 16), CharSpan(17, 24)]), (BlockKind.TABLE, [CharSpan(26, 35)])]
    flowed = compose(raw, parts)
    assert flowed.text == "Methods\nWe read charts.\nTable 1\t2"
    assert flowed.blocks == (
        Block(BlockKind.HEADING, CharSpan(0, 7)),
        Block(BlockKind.TEXT, CharSpan(8, 23)),
        Block(BlockKind.TABLE, CharSpan(24, 33)),
    )
