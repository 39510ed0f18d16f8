"""How well PDFs are read: papers are set in columns by a typesetting program and read back, and real PDFs are read beside plain pdfplumber.

    python -m benchmarks.pdf [--papers N] [--seed N] [--errors N] [--keep DIR] [--pdfplumber]

Takes JATS papers of `../shared/papers` (held-out papers left out) that have a body and a table, and sets each with typst: two or three columns,
running
heads, page numbers, justified and hyphenated lines, tables over one or all columns in four styles of ruling with their footnotes, a figure with
labels
and a caption, a footnote on the first page, citations as superscripts (in half of the papers those that the paper prints in brackets too), in every
eighth paper line numbers. Then each PDF is read back and compared with the JATS text:

- sequence: headings and paragraphs of title, abstract and body, up to the references, as two lists of words (split at blanks, dashes and quotes in
  their plain form). 200 % of the length of their longest matching blocks (difflib) over the length of both: a word that is lost, added, broken,
  glued,
  or out of reading order counts against it, a caption, table, running head or label that is read as text too.
- words: share of the words of the JATS text that are there again, in whatever order.
- cells: share of the cells with text that stand in the same column of a row; rows are paired in order so that most cells agree, and text is
  compared
  without blanks and hyphens. A table that is not found under its label loses all its cells.
- marks: share of the superscript citations that are found and name the same entries of the reference list.

Tables of more than twelve columns, forty rows or six hundred words are not set (on paper they would stand sideways over pages), and at most five
a paper.

With --pdfplumber the cells are counted once more from what pdfplumber's `extract_tables` finds on the pages, by ruled lines or by aligned text,
whichever gives more of a table's cells.

Then the files in `../shared/pdfs` are read to the end (text, tables, references) and each by plain pdfplumber (`extract_text` of each page), file
by file in
turns. Pages per second are of processor time, which other work on the machine does not change. What is not there (papers, PDFs, typst) is left
out with a
line that says so.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from extractor.document import BlockKind, Document, SectionKind, Table, fold
from extractor.ingest import read

SHARED = Path(__file__).resolve().parents[2] / "shared"
WIDEST_TABLE, LONGEST_TABLE, WORDIEST_TABLE = 12, 40, 600
RULINGS = ("booktabs", "lines", "grid", "none")
FOOTNOTE = "* Correspondence: the first author of this paper, at an address that nobody has."
Said = list[tuple[str, tuple[int, ...]]]
"""A paragraph in pieces: text, and the entries that the superscript behind it cites."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a paper is set."""

    columns: int
    ruling: str
    size: float
    numbered_lines: bool
    font: str
    indent: bool
    raised: bool

    def __str__(self) -> str:
        """As a row of the table names it."""
        return (
            f"{self.columns} columns, tables {self.ruling}" + (", raised" if self.raised else "") + (", line numbers" if self.numbered_lines else "")
        )


@dataclass
class Score:
    """Counts over papers; rates are properties."""

    matched: int = 0
    wanted: int = 0
    found: int = 0
    recalled: int = 0
    cells: int = 0
    cells_right: int = 0
    marks: int = 0
    marks_right: int = 0

    @property
    def similarity(self) -> float:
        """Of the two sequences of words, from 0 to 1."""
        return 2 * self.matched / (self.wanted + self.found)

    @property
    def recall(self) -> float:
        """Share of the words that are there again, in whatever order."""
        return self.recalled / self.wanted

    @property
    def cell_rate(self) -> float | None:
        """Share of cells with their text in their row and column."""
        return self.cells_right / self.cells if self.cells else None

    @property
    def mark_rate(self) -> float | None:
        """Share of citation marks that name the same entries."""
        return self.marks_right / self.marks if self.marks else None

    def add(self, other: Score) -> None:
        """Count another paper in."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def papers(count: int, rng: random.Random) -> list[Document]:
    """JATS papers with body and tables, none of them held out."""
    folder = SHARED / "papers"
    held_out = set(json.loads((folder / "gold" / "split.json").read_text(encoding="utf-8"))["held_out"])
    files = [p for p in sorted(folder.glob("*.nxml")) if p.stem not in held_out]
    rng.shuffle(files)
    found: list[Document] = []
    for path in files:
        document = read(path)
        if len(found) < count and len(document.text) > 15_000 and any(_fits(t) for t in document.tables):
            found.append(document)
    return found


def layouts(count: int, rng: random.Random) -> Iterator[Layout]:
    """As many layouts: mostly two columns, every ruling in turn, every eighth with line numbers."""
    for i in range(count):
        columns = 3 if i % 6 == 4 else 2
        font = ("Libertinus Serif", "New Computer Modern")[i % 2]
        size = rng.choice((8.5, 9.0, 9.5)) if columns == 2 else 8.0
        yield Layout(columns, RULINGS[i % 4], size, i % 8 == 7, font, i % 3 != 2, i // 2 % 2 == 0)


def _fits(table: Table) -> bool:
    rows = max(c.row + c.row_span for c in table.cells)
    columns = max(c.column + c.column_span for c in table.cells)
    words = sum(len(c.text.split()) for c in table.cells)
    return 1 < columns <= WIDEST_TABLE and 2 < rows <= LONGEST_TABLE and words <= WORDIEST_TABLE and bool(table.label)


def _blocks(document: Document) -> list[tuple[BlockKind, int, int]]:
    """The headings and paragraphs of a paper up to its references: kind, start and end in the clean text."""
    found: list[tuple[BlockKind, int, int]] = []
    for block in document.blocks:
        section = document.section_at(block.span.start)
        if block.kind in (BlockKind.TEXT, BlockKind.HEADING) and section is not None and section.kind is not SectionKind.REFERENCES:
            found.append((block.kind, block.span.start, block.span.end))
    return found


def _string(text: str) -> str:
    """A typst string."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\t", " ")
    return f'"{text}"'


def _said(document: Document, start: int, end: int, layout: Layout) -> Said:
    """A paragraph with the marks that are set as superscripts taken out: those that JATS sets so, and bracketed ones where the layout does."""
    parts: Said = []
    at = start
    for mark in document.citations:
        bracketed = mark.span is not None and mark.text.startswith("[") and layout.raised
        if not start < mark.at <= end or not mark.numbers or not (mark.span is None or bracketed):
            continue
        till = mark.at if mark.span is None else mark.span.start
        text = document.text[at:till].rstrip()
        if text:
            parts.append((text, mark.numbers))
            at = mark.at
    return [*parts, (document.text[at:end], ())]


def _content(document: Document, start: int, end: int, layout: Layout) -> str:
    """A paragraph as typst content."""
    said = _said(document, start, end, layout)
    return "".join(f"#{_string(text)}" + (f"#super({_string(_listed(numbers))})" if numbers else "") for text, numbers in said)


def _listed(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))


def typeset(document: Document, layout: Layout, rng: random.Random) -> tuple[bytes, list[Table]]:
    """The paper as a PDF, and the tables in it."""
    import typst  # noqa: PLC0415  (a wheel that only benchmarks and tests need)

    tables = [t for t in document.tables if _fits(t)][:5]
    blocks = _blocks(document)
    title, abstract, body = _parts(document, blocks, layout)
    places = sorted(rng.sample(range(2, max(len(body) - 1, 3)), min(len(tables) + 1, max(len(body) - 3, 1))))
    lines = [
        _preamble(document, layout),
        '#place(top, scope: "parent", float: true)[',
        f'#text(16pt, weight: "bold", hyphenate: false)[{title}]',
        "#v(4pt)",
    ]
    lines += [f"#par(first-line-indent: 0pt)[{text}]" for text in abstract]
    lines.append("#v(8pt)]")
    lines.append(f"#place(bottom, float: true)[#line(length: 30%, stroke: 0.4pt)#par(first-line-indent: 0pt, text(7pt)[#{_string(FOOTNOTE)}])]")
    floats = [_table(document, t, layout) for t in tables]
    floats.insert(rng.randrange(len(floats) + 1), _figure(rng))
    for i, (kind, text) in enumerate(body):
        lines.append(f"#heading(outlined: false)[{text}]" if kind is BlockKind.HEADING else f"\n{text}\n")
        if i in places and floats:
            lines.append(floats.pop(0))
    lines += floats
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "paper.typ")
        source.write_text("\n".join(lines), encoding="utf-8")
        return typst.compile(str(source), ignore_system_fonts=True), tables


def _parts(document: Document, blocks: Sequence[tuple[BlockKind, int, int]], layout: Layout) -> tuple[str, list[str], list[tuple[BlockKind, str]]]:
    """Title, abstract and body, each paragraph as typst content."""
    title = ""
    abstract: list[str] = []
    body: list[tuple[BlockKind, str]] = []
    for kind, start, end in blocks:
        section = document.section_at(start)
        content = _content(document, start, end, layout)
        if section is not None and section.kind is SectionKind.TITLE:
            title += content
        elif section is not None and section.kind is SectionKind.ABSTRACT and not body:
            abstract.append(f"#strong[{content}]" if kind is BlockKind.HEADING else content)
        else:
            body.append((kind, content))
    return title, abstract, body


def _preamble(document: Document, layout: Layout) -> str:
    head = _string(f"Journal of Invented Typography 2031;7:{len(document.text) % 900}")
    return f"""
#set document(title: "paper")
#set page(paper: "a4", columns: {layout.columns}, margin: (x: {"20mm" if layout.numbered_lines else "15mm"}, y: 18mm),
  header: context [#set text(7.5pt); #{head} #h(1fr) #counter(page).display()], footer: [#set text(7pt); #h(1fr) downloaded by a reader #h(1fr)])
#set columns(gutter: 6mm)
#set text({layout.size}pt, font: "{layout.font}", hyphenate: true, lang: "en")
#set par(justify: true, first-line-indent: {"1em" if layout.indent else "0pt"}, spacing: {"0.65em" if layout.indent else "1em"}, leading: 0.55em)
{"#set par.line(numbering: n => text(6pt)[#n])" if layout.numbered_lines else ""}
#show heading: it => block(above: 1.1em, below: 0.6em, text(1.1em, weight: "bold", hyphenate: false, it.body))
#set figure(placement: auto)
#set figure.caption(position: top, separator: [. ])
#show figure.caption: set text(0.9em)
#show figure.caption: set align(left)
#show table: set text(0.85em, hyphenate: false)
#show table: set par(justify: false, leading: 0.45em)
"""


def _table(document: Document, table: Table, layout: Layout) -> str:
    columns = max(c.column + c.column_span for c in table.cells)
    wide = columns > 3 or layout.columns == 3 or sum(len(c.text) for c in table.cells) > 900
    stroke = {"grid": "0.5pt", "none": "none", "booktabs": "none", "lines": "none"}[layout.ruling]
    between = "table.hline(stroke: 0.3pt)," if layout.ruling == "lines" else ""
    rows: list[list[str]] = [[] for _ in range(max(c.row + c.row_span for c in table.cells))]
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        bold = f"#strong({_string(cell.text)})" if cell.header else f"#{_string(cell.text)}"
        rows[cell.row].append(f"table.cell(x: {cell.column}, y: {cell.row}, colspan: {cell.column_span}, rowspan: {cell.row_span})[{bold}],")
    parts = []
    for i, row in enumerate(rows):
        if layout.ruling in ("booktabs", "lines") and i in (0, table.header_rows):
            parts.append(f"table.hline(y: {i}),")
        elif between and i:
            parts.append(f"table.hline(y: {i}, stroke: 0.3pt),")
        parts += row
    if layout.ruling in ("booktabs", "lines"):
        parts.append(f"table.hline(y: {len(rows)}),")
    widths = "(1.6fr, " + ", ".join(["1fr"] * (columns - 1)) + ",)"
    label = _string(f"{table.label.rstrip('. ')}. A table of this paper and its numbers")
    scope = '"parent"' if wide else '"column"'
    notes = "".join(f"#par[#{_string(note.of(document.raw))}]" for note in table.footnotes)
    return (
        f'#figure(scope: {scope}, kind: "t", supplement: none, numbering: none, caption: [#{label}])['
        f"#table(columns: {widths}, align: left + top, stroke: {stroke}, inset: (x: 3pt, y: 2.4pt),\n"
        + "\n".join(parts)
        + f")#align(left, text(0.8em)[{notes}])]"
    )


def _figure(rng: random.Random) -> str:
    labels = "".join(f"#place(dx: {rng.randrange(5, 130)}pt, dy: {rng.randrange(5, 90)}pt, text(6pt)[{rng.randrange(100)}])" for _ in range(14))
    return (
        '#figure(scope: "column", kind: "f", supplement: none, numbering: none, caption: figure.caption(position: bottom)['
        "Figure 1. A figure without meaning, drawn to have its labels left out.])"
        f"[#box(width: 100%, height: 100pt, stroke: 0.5pt)[{labels}#place(dx: 60pt, dy: 85pt, text(6pt)[Time (months)])]]"
    )


def compare(document: Document, got: Document, layout: Layout, tables: Sequence[Table], errors: list[str]) -> Score:
    """Count how much of a paper was read back; what went wrong is added to `errors`."""
    score = Score()
    said = [_said(document, start, end, layout) for _, start, end in _blocks(document)]
    want = [w for parts in said for w in _words("".join(text for text, _ in parts))]
    texts = [block.span.of(got.text) for block in got.blocks if block.kind in (BlockKind.TEXT, BlockKind.HEADING)]
    have = [w for text in texts if text != FOOTNOTE for w in _words(text)]
    score.wanted, score.found = len(want), len(have)
    score.recalled = (Counter(want) & Counter(have)).total()
    for kind, a, b, c, d in SequenceMatcher(None, want, have, autojunk=False).get_opcodes():
        if kind == "equal":
            score.matched += b - a
        else:
            errors.append(f"words {' '.join(want[a:b])[:150]!r} read {' '.join(have[c:d])[:150]!r}")
    for table in tables:
        right, cells = _cells_right(table, [t for t in got.tables if t.label.split()[-1] == table.label.rstrip(". ").split()[-1]], errors)
        score.cells, score.cells_right = score.cells + cells, score.cells_right + right
    printed = Counter(numbers for parts in said for _, numbers in parts if numbers)
    score.marks, score.marks_right = printed.total(), (printed & Counter(m.numbers for m in got.citations)).total()
    return score


def _words(text: str) -> list[str]:
    """The words of a paragraph as they are compared: dashes and blanks in their plain form."""
    return fold(text).split()


def _plain(text: str) -> str:
    return re.sub(r"[\s\xad-]", "", fold(text))


def _cells_right(want: Table, found: Sequence[Table], errors: list[str]) -> tuple[int, int]:
    """How many of a table's cells have their text in their row and column; rows are paired in order so that most do."""
    rows = _rows(want)
    total = sum(map(len, rows))
    if not found:
        errors.append(f"{want.label} was not found")
        return 0, total
    right, lost = max((_alike(rows, _rows(other)) for other in found), key=lambda result: result[0])
    errors += [f"{want.label}: lost {sorted(row)}" for row in lost]
    return right, total


def _alike(rows: Sequence[set[tuple[int, str]]], have: Sequence[set[tuple[int, str]]]) -> tuple[int, list[set[tuple[int, str]]]]:
    """How many cells are the same when rows are paired in order so that most are, and the cells of each row that are nowhere."""
    best = [[0] * (len(have) + 1) for _ in range(len(rows) + 1)]
    for i, row in enumerate(rows):
        for j, other in enumerate(have):
            same = len(row & other)
            best[i + 1][j + 1] = max(best[i][j] + same, best[i][j + 1], best[i + 1][j])
    there = set().union(*have)
    return best[-1][-1], [row - there for row in rows if row - there]


def cells_by_pdfplumber(path: Path, tables: Sequence[Table]) -> int:
    """How many cells of tables pdfplumber finds in a PDF, by the better of its two strategies for each."""
    import pdfplumber  # noqa: PLC0415  (what is compared with)

    found: list[list[set[tuple[int, str]]]] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for strategy in ("lines", "text"):
                for rows in page.extract_tables({"vertical_strategy": strategy, "horizontal_strategy": strategy}):
                    found.append([{(i, _plain(cell)) for i, cell in enumerate(row) if cell and _plain(cell)} for row in rows])
    return sum(max((_alike(_rows(table), other)[0] for other in found), default=0) for table in tables)


def _rows(table: Table) -> list[set[tuple[int, str]]]:
    rows: list[set[tuple[int, str]]] = [set() for _ in range(max(c.row for c in table.cells) + 1)]
    for cell in table.cells:
        if _plain(cell.text):
            rows[cell.row].add((cell.column, _plain(cell.text)))
    return rows


def round_trip(options: argparse.Namespace) -> None:
    """Set papers, read them back, print the table."""
    rng = random.Random(options.seed)
    total = Score()
    theirs = 0
    print(f"{'paper':<12} {'layout':<45} {'pages':>5} {'sequence':>9} {'words':>8} {'cells':>8} {'marks':>8}")
    for document, layout in zip(papers(options.papers, rng), layouts(options.papers, rng), strict=False):
        data, tables = typeset(document, layout, rng)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(options.keep or folder, f"{document.name}.pdf")
            path.write_bytes(data)
            got = read(path)
            if options.pdfplumber:
                theirs += cells_by_pdfplumber(path, tables)
        errors: list[str] = []
        score = compare(document, got, layout, tables, errors)
        total.add(score)
        _print(document.name, str(layout), max(p.page or 0 for p in got.places), score)
        for error in errors[: options.errors]:
            print("   ", error)
    _print("all", "", 0, total)
    if options.pdfplumber:
        print(f"cells by pdfplumber: {theirs / total.cells:.2%}")


def _print(name: str, layout: str, pages: int, score: Score) -> None:
    rates = (score.similarity, score.recall, score.cell_rate, score.mark_rate)
    shown = (f"{rate:.2%}" if rate is not None else "-" for rate in rates)
    print(f"{name:<12} {layout:<45} {pages or '':>5} " + " ".join(f"{rate:>{9 - bool(i)}}" for i, rate in enumerate(shown)))


def speed() -> None:
    """Pages per second of reading a PDF to the end, and of plain pdfplumber's `extract_text`, file by file in turns."""
    import pdfplumber  # noqa: PLC0415  (what is compared with)

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    files = sorted((SHARED / "pdfs").glob("*.pdf"))
    read(files[0])  # word lists and lexicons are loaded once
    pages, ours, theirs = 0, 0.0, 0.0
    for path in files:
        start = time.process_time()
        document = read(path)
        ours += time.process_time() - start
        start = time.process_time()
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_text()
                pages += 1
        theirs += time.process_time() - start
        print(f"{path.stem:<12} {len(document.raw):>7,} characters, {len(document.tables)} tables, {len(document.references)} references")
    print(
        f"{pages} pages of {len(files)} files: {pages / ours:.1f} pages/s, plain pdfplumber {pages / theirs:.1f} pages/s: {theirs / ours:.1f} times"
    )


def main() -> int:
    """Both measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--papers", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each paper")
    parser.add_argument("--keep", metavar="DIR", help="keep the PDFs there")
    parser.add_argument("--pdfplumber", action="store_true", help="count the cells that pdfplumber finds, too")
    options = parser.parse_args()
    try:
        import typst  # noqa: F401, PLC0415
    except ImportError:
        print("no typst (pip install typst): no paper set and read back")
    else:
        if (SHARED / "papers").is_dir():
            round_trip(options)
        else:
            print(f"no papers in {SHARED / 'papers'}: none set and read back")
    if (SHARED / "pdfs").is_dir():
        speed()
    else:
        print(f"no PDFs in {SHARED / 'pdfs'}: no speed measured")
    return 0


if __name__ == "__main__":
    sys.exit(main())
