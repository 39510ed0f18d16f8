"""JATS XML (NISO Z39.96, and the NLM journal DTDs before it): the paper as a `Document`, with its sections, tables, references and citation marks.

Read are the title, the abstracts, the body, floats at their place or after the body, back matter and the reference list. Left out are what the front
says of authors, affiliations, dates and licences, keywords, translated abstracts, and the `sub-article`s and `response`s that are printed with a
paper. Sections are told by `sec-type`, else by their heading (`lexicons/headings.tsv`); below the top a section is of its parent's kind, but for
conclusions, and for back matter inside a discussion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from lxml import etree

from extractor.document import BlockKind, Cell, CharSpan, Reference, SectionKind, Table, cover, fold
from extractor.ingest.bibliography import Bibliography
from extractor.ingest.composing import Composed, Composer, Where
from extractor.ingest.grids import MOST_PLACES, Grid, grids
from extractor.ingest.markup import Line, MarkupError, Paths, below, child, children, flat, name, paragraph, plain
from extractor.lexicons import headings

# Words of `sec-type`, as the JATS Tag Library suggests them and as publishers write them ("materials|methods", "intro").
SEC_TYPES = {
    "intro": SectionKind.INTRODUCTION, "introduction": SectionKind.INTRODUCTION, "background": SectionKind.INTRODUCTION,
    "materials": SectionKind.METHODS, "methods": SectionKind.METHODS, "subjects": SectionKind.METHODS, "patients": SectionKind.METHODS,
    "cases": SectionKind.RESULTS, "results": SectionKind.RESULTS,
    "discussion": SectionKind.DISCUSSION,
    "conclusion": SectionKind.CONCLUSION, "conclusions": SectionKind.CONCLUSION,
    "supplementary-material": SectionKind.BACK, "disclosure": SectionKind.BACK, "coi-statement": SectionKind.BACK,
    "data-availability": SectionKind.BACK, "ethics-statement": SectionKind.BACK, "author-contributions": SectionKind.BACK,
    "funding-information": SectionKind.BACK, "acknowledgement": SectionKind.BACK, "abbreviations": SectionKind.BACK,
    "display-objects": SectionKind.OTHER,
}  # fmt: skip

# A heading that is not in the list, by the word that says most: "Methods of the trial", "Assessment, Analysis, and Discussion".
_BY_WORD = (
    (re.compile(r"^(?:methods?|methodology)\b|\b(?:methods|methodology)$"), SectionKind.METHODS),
    (re.compile(r"^(?:main |study |clinical )?(?:results?|findings)\b"), SectionKind.RESULTS),
    (re.compile(r"\bdiscussion\b"), SectionKind.DISCUSSION),
    (re.compile(r"^conclu(?:sions?|ding)\b"), SectionKind.CONCLUSION),
    (re.compile(r"^(?:introduction|backgrounds?)\b"), SectionKind.INTRODUCTION),
    (re.compile(r"^ac?knowledg|\bcontributions?$|\bconflicts? of interests?\b|^supplementa|^funding\b|^ethics\b|^declaration"), SectionKind.BACK),
)
_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,4}(?=\.))\.?\s+(?=\S)", re.IGNORECASE)
_WORK = frozenset({SectionKind.METHODS, SectionKind.RESULTS, SectionKind.DISCUSSION})
_ENDS = frozenset({SectionKind.DISCUSSION, SectionKind.CONCLUSION, SectionKind.OTHER})
_PARAGRAPHS = frozenset({"p", "disp-quote", "verse-group", "speech", "statement", "disp-formula", "disp-formula-group", "preformat", "attrib"})
_GROUPS = frozenset({"fig-group", "table-wrap-group", "floats-group", "floats-wrap"})
_SILENT = frozenset({"title", "label", "sec-meta", "graphic", "object-id", "alternatives", "permissions", "ref-list", "kwd-group", "subtitle"})


@dataclass(frozen=True, slots=True)
class JatsPaper:
    """What a JATS file holds; warnings are as in `Document`."""

    composed: Composed
    tables: tuple[Table, ...]
    references: tuple[Reference, ...]
    warnings: tuple[str, ...]


def read_jats(tree: etree._ElementTree) -> JatsPaper:
    """The paper in a JATS tree, whatever its article is wrapped in.

    Raises:
        MarkupError: when the tree holds no article, several, or one without text.
    """
    root = tree.getroot()
    articles = [root] if name(root) == "article" else [one for one in below(root, "article") if not _inside(one, "article")]
    if len(articles) != 1:
        found = f"{len(articles)} articles" if articles else f"XML of another kind, <{name(root)}>"
        raise MarkupError(found)
    paper = _Reader(articles[0]).read()
    if not paper.composed.text.strip():
        raise MarkupError("a JATS article without any text")
    return paper


def _inside(element: etree._Element, tag: str) -> bool:
    return any(name(one) == tag for one in element.iterancestors())


def kind_of(sec_type: str | None, heading: str) -> SectionKind | None:
    """The section that `sec-type` or a heading opens, None where neither says.

    PLoS gives "Discussion" the type `conclusions`: there the heading has the last word.

    >>> kind_of("materials|methods", "Patients"), kind_of(None, "2. Patients and methods"), kind_of(None, "Pharmacology of the drug")
    (<SectionKind.METHODS: 'methods'>, <SectionKind.METHODS: 'methods'>, None)
    """
    told = next((SEC_TYPES[word] for word in re.split(r"[|\s]+", (sec_type or "").casefold()) if word in SEC_TYPES), None)
    read = _of_heading(heading)
    return read if told is SectionKind.CONCLUSION and read is SectionKind.DISCUSSION else told or read


def _of_heading(heading: str) -> SectionKind | None:
    bare = _bare(heading)
    return _main_headings().get(bare) or next((kind for word, kind in _BY_WORD if word.search(bare)), None)


def _bare(heading: str) -> str:
    return re.sub(r"\s+", " ", _NUMBER.sub("", fold(heading)).strip(" :.-").casefold().replace("&", "and"))


@cache
def _main_headings() -> dict[str, SectionKind]:
    return {h.replace("&", "and"): row.section for row in headings() if row.kind == "main" for h in row.headings}


@cache
def _sub_headings() -> dict[str, SectionKind]:
    return {h.replace("&", "and"): row.section for row in headings() if row.kind == "sub" for h in row.headings}


@dataclass(slots=True)
class _Reader:
    """Walks an article in reading order."""

    article: etree._Element
    tables: list[Table] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    mentioned: dict[str, SectionKind] = field(default_factory=dict)
    paths: Paths = field(default_factory=Paths)
    bibliography: Bibliography = field(init=False)
    out: Composer = field(init=False)

    def __post_init__(self) -> None:
        """Read the reference list first: marks are numbered by it."""
        own = tuple(children(self.article, "front", "body", "back", "floats-group", "floats-wrap"))
        self.bibliography = Bibliography.of(self.article, own)
        for one in below(self.article, "xref"):  # some publishers say "ref" or "other": what a link is, its target tells
            if any(target in self.bibliography.ids for target in (one.get("rid") or "").split()):
                one.set("ref-type", "bibr")
        self.out = Composer(self.bibliography.numbers)

    def read(self) -> JatsPaper:
        meta = child(child(self.article, "front"), "article-meta")
        titles = child(meta, "title-group")
        for title in children(titles, "article-title", "subtitle"):
            self._line(_without_notes(title), BlockKind.TEXT, Where(SectionKind.TITLE), title)
        for abstract in children(meta, "abstract"):
            self._titled(abstract, Where(SectionKind.ABSTRACT))
        body, back = child(self.article, "body"), child(self.article, "back")
        if body is not None:
            self._body(body)
        for floats in children(self.article, "floats-group", "floats-wrap"):
            self._floats(floats, Where(SectionKind.OTHER))
        for part in children(back):
            self._back(part)
        return JatsPaper(self.out.done(), tuple(self.tables), tuple(self.references), tuple(self.warnings))

    def _body(self, body: etree._Element) -> None:
        """The top sections. What stands before the first is the introduction where the paper tells of its own work."""
        secs = list(children(body, "sec"))
        kinds = {kind_of(sec.get("sec-type"), _heading(sec)) for sec in secs}
        where = Where(SectionKind.INTRODUCTION if kinds & _WORK else SectionKind.OTHER)
        for part in children(body):
            if name(part) == "sec":
                heading = _heading(part)
                below_top = _sub_headings().get(_bare(heading)) if kinds & _WORK else None  # "Safety analysis" beside "Results"
                kind = kind_of(part.get("sec-type"), heading) or below_top or (SectionKind.OTHER if heading else where.kind)
                where = Where(kind, heading or where.heading)
                self._titled(part, where)
            else:
                self._part(part, where)

    def _titled(self, part: etree._Element, where: Where) -> None:
        """An element with its heading, then what it holds."""
        heading = _heading(part)
        inside = replace(where, heading=heading or where.heading)
        title = child(part, "title")
        if title is not None and heading:
            self._line(_with_label(part, title), BlockKind.HEADING, inside, title)
        for one in children(part):
            self._part(one, inside)

    def _part(self, part: etree._Element, where: Where) -> None:
        tag = name(part)
        if tag in _SILENT:
            return
        if tag == "sec":
            self._titled(part, Where(_nested(part, where.kind), _heading(part) or where.heading))
        elif tag in _PARAGRAPHS:
            self._paragraph(part, where)
        elif tag in ("list", "def-list"):
            self._list(part, where)
        elif tag in ("fig", "table-wrap", "boxed-text", "fn", "fn-group", "supplementary-material", "media") or tag in _GROUPS:
            self._float(part, where)
        elif len(part):
            self._titled(part, where)
        else:
            self._line(flat(part), BlockKind.TEXT, where, part)

    def _paragraph(self, part: etree._Element, where: Where) -> None:
        """Its lines and lists in order, the floats that stand in it behind it: no sentence is cut in two by them."""
        found = paragraph(part)
        for one in found.parts:
            if isinstance(one, Line):
                self._line(one, BlockKind.TEXT, where, part)
                self._note_mentions(part, where.kind)
            else:
                self._part(one, where)
        for one in found.floats:
            self._float(one, where)

    def _list(self, part: etree._Element, where: Where) -> None:
        """Each item a paragraph; a term with its definition in one line."""
        self._heading_of(part, where)
        for item in children(part):
            if name(item) == "def-item":
                term, meaning = plain(child(item, "term")), child(item, "def")
                line = flat(meaning) if meaning is not None else Line("")
                self._line(_behind(f"{term}: " if term and line else term, line), BlockKind.TEXT, where, item)
            elif name(item) == "list-item":
                label = plain(child(item, "label"))
                for i, one in enumerate(one for one in children(item) if name(one) != "label"):
                    if i == 0 and label and name(one) == "p" and not any(True for _ in below(one, "list", "p")):
                        self._line(_behind(f"{label} ", flat(one)), BlockKind.TEXT, where, one)
                    else:
                        self._part(one, where)

    def _heading_of(self, part: etree._Element, where: Where) -> None:
        title = child(part, "title")
        if title is not None:
            self._line(flat(title), BlockKind.HEADING, where, title)

    def _float(self, part: etree._Element, where: Where) -> None:
        tag = name(part)
        if tag in _GROUPS:
            self._floats(part, where)
        elif tag == "boxed-text":
            self._box(part, where)
        elif tag in ("fn", "fn-group"):
            for one in [part] if tag == "fn" else children(part):
                self._note(one, where)
        elif tag in ("supplementary-material", "media"):
            self._caption(part, Where(SectionKind.BACK, where.heading))
        elif tag == "table-wrap":
            self._table(part, where)
        else:
            self._caption(part, Where(SectionKind.CAPTION, where.heading))

    def _floats(self, part: etree._Element, where: Where) -> None:
        self._caption(part, Where(SectionKind.CAPTION, where.heading))
        for one in children(part):
            if name(one) not in _SILENT and name(one) != "caption":
                self._float(one, where)

    def _note(self, part: etree._Element, where: Where) -> None:
        if name(part) == "fn":
            for one in children(part, "p"):
                self._paragraph(one, where)
        elif name(part) == "title":
            self._line(flat(part), BlockKind.HEADING, where, part)
        else:
            self._part(part, where)

    def _box(self, part: etree._Element, where: Where) -> None:
        """A box is a section of its own, told by its heading, not by where it stands."""
        caption = child(part, "caption")
        title = child(caption, "title") if caption is not None else child(part, "title")
        if title is None and caption is None:
            inside = Where(SectionKind.OTHER, where.heading)
        else:
            inside = Where(_of_heading(plain(title)) or SectionKind.OTHER, plain(title) or where.heading)
        if title is not None:
            self._line(_with_label(part, title), BlockKind.HEADING, inside, title)
        for one in (*children(caption, "p"), *(one for one in children(part) if name(one) not in ("caption", "title"))):
            self._part(one, inside)

    def _caption(self, part: etree._Element, where: Where) -> CharSpan | None:
        """Label and title in one line, each further paragraph in its own.

        Returns:
            Their characters in the source text, None where there are none.
        """
        within = part if child(part, "label", "caption") is not None else child(part, "media")  # of a supplementary file
        label, caption = plain(child(within, "label")), child(within, "caption")
        lines = [(one, flat(one, table=name(part) == "table-wrap")) for one in children(caption) if name(one) in ("title", "p")]
        kind = BlockKind.CAPTION if where.kind is SectionKind.CAPTION else BlockKind.TEXT
        first = _behind(f"{label} ", lines[0][1]) if lines and label else lines[0][1] if lines else Line(label)
        spans = [self._line(first, kind, where, part)]
        spans += [self._line(line, kind, where, one) for one, line in lines[1:]]
        shown = [span for span in spans if span is not None]
        return cover(shown) if shown else None

    def _table(self, wrap: etree._Element, where: Where) -> None:
        label = plain(child(wrap, "label"))
        caption = self._caption(wrap, Where(SectionKind.CAPTION, where.heading))
        inside = Where(SectionKind.TABLE, label or where.heading)
        found = [(grid, self._rows(grid, inside)) for grid in grids(wrap)]
        notes = [self._line(note, BlockKind.TABLE, inside, element) for element, note in _footnotes(wrap)]
        footnotes = tuple(note for note in notes if note is not None)
        section = self.mentioned.get(wrap.get("id", ""), where.kind).published if found else ""
        for grid, cells in found:
            if grid.places > MOST_PLACES:
                self.warnings.append(
                    f"{label or 'a table'} has {grid.places:,} cells (at most {MOST_PLACES:,} are read as a table): read as text alone"
                )
                continue
            self.tables.append(Table(label, cells, grid.header_rows, caption, footnotes, section))

    def _rows(self, grid: Grid, where: Where) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        first = True
        for row in grid.rows:
            lines = [flat(cell.element, table=True) for cell in row]
            spans = self.out.row([(line, self.paths.of(cell.element)) for line, cell in zip(lines, row, strict=True)], where, first=first)
            first = first and not any(spans)
            for cell, line, span in zip(row, lines, spans, strict=True):
                cells.append(Cell(cell.row, cell.column, line.text if span else "", span, cell.row_span, cell.column_span, cell.header, line.breaks))
        return tuple(cells)

    def _back(self, part: etree._Element) -> None:
        if name(part) == "ref-list" or child(part, "ref-list") is not None:
            for one in [part] if name(part) == "ref-list" else children(part, "ref-list"):
                self._references(one)
        if name(part) == "ref-list":
            return
        heading = _heading(part)
        told = kind_of(part.get("sec-type"), heading) if name(part) == "sec" else None
        kind = told if told in (SectionKind.CONCLUSION, SectionKind.METHODS, SectionKind.DISCUSSION) else SectionKind.BACK
        self._part_of_back(part, Where(kind, heading))

    def _part_of_back(self, part: etree._Element, where: Where) -> None:
        if name(part) in ("sec", "ack", "app", "notes", "glossary", "bio"):
            self._titled(part, where)
        elif name(part) in ("app-group", "fn-group"):
            self._heading_of(part, where)
            for one in children(part):
                self._part_of_back(one, Where(where.kind, _heading(one) or where.heading))
        else:
            self._part(part, where)

    def _references(self, part: etree._Element) -> None:
        where = Where(SectionKind.REFERENCES, _heading(part))
        self._heading_of(part, where)
        known = dict(self.bibliography.entries)
        for ref in below(part, "ref"):
            reference = known[ref]
            span = self._line(_behind(f"{reference.number}. ", Line(reference.text)), BlockKind.TEXT, where, ref) if reference.text else None
            text = CharSpan(span.end - len(reference.text), span.end) if span else None
            self.references.append(replace(reference, raw=text))

    def _line(self, line: Line, kind: BlockKind, where: Where, element: etree._Element) -> CharSpan | None:
        return self.out.line(line, kind, replace(where, xpath=self.paths.of(element)))

    def _note_mentions(self, part: etree._Element, kind: SectionKind) -> None:
        """The section that first speaks of a table is the table's, where the file puts it with the floats."""
        for one in below(part, "xref"):
            for target in (one.get("rid") or "").split():
                self.mentioned.setdefault(target, kind)


def _nested(sec: etree._Element, above: SectionKind) -> SectionKind:
    """The kind of a section inside another."""
    own = kind_of(sec.get("sec-type"), _heading(sec))
    if above is SectionKind.ABSTRACT or above is SectionKind.BACK or own is None:
        return above
    if own is SectionKind.CONCLUSION and above in (SectionKind.DISCUSSION, SectionKind.RESULTS):
        return own
    if own is SectionKind.BACK and above in _ENDS:
        return own
    return own if above is SectionKind.OTHER and own in (*_WORK, SectionKind.CONCLUSION) else above


def _heading(part: etree._Element) -> str:
    return plain(child(part, "title"))


def _with_label(part: etree._Element, title: etree._Element) -> Line:
    """A heading as printed, with its number."""
    label = plain(child(part, "label"))
    return _behind(f"{label} ", flat(title)) if label else flat(title)


def _behind(before: str, line: Line) -> Line:
    """A line with something before it; its marks move along."""
    by = len(before)
    links = tuple(replace(link, start=link.start + by, end=link.end + by, cut=link.cut + by) for link in line.links)
    return Line(before + line.text, links, tuple(b + by for b in line.breaks)) if line else Line(before.strip())


def _without_notes(title: etree._Element) -> Line:
    """A title without the marks of its footnotes."""
    line = flat(title)
    for one in below(title, "xref", "fn"):
        mark = plain(one)
        if one.get("ref-type") != "bibr" and line.text.endswith(mark):
            line = Line(line.text.removesuffix(mark).rstrip(" ,^"))
    return line


def _footnotes(wrap: etree._Element) -> Iterator[tuple[etree._Element, Line]]:
    """The notes below a table, each in one line with its mark before it."""
    for foot in children(wrap, "table-wrap-foot"):
        for one in children(foot):
            notes = list(below(one, "fn")) if name(one) in ("fn-group", "table-wrap-foot") else [one]
            for note in notes:
                label = plain(child(note, "label"))
                texts = [flat(part) for part in children(note, "p")] if child(note, "p") is not None else [flat(note)]
                for i, text in enumerate(texts):
                    yield note, _behind(f"{label} ", text) if label and i == 0 and not text.text.startswith(label) else text
