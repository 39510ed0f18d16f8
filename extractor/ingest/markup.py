"""XML read without trusting it, and the running text of its elements.

Inline formatting is kept as text. What height told is kept where characters would otherwise run together: a raised number after a digit is written
with a caret ("10^-4", "10^9/L"), and so is one after a word in a table that is no unit ("Low risk^4", a footnote's mark); a raised letter after a
digit, and any letter that is the mark of a footnote, is set off by a blank ("0.45 a"); a lowered number after a digit is written with an underscore.
Units and names stay as print shows them without height: "mg/m2", "CD4+", "VO2max", "11th". Raised citation marks are links, see `Link`.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lxml import etree

from extractor.document import fold
from extractor.ingest.citations import numbers_in

DEEPEST = 100
"""Elements inside one another, at most: the deepest JATS files have some 25."""

MOST_TAGS = 1_000_000
"""Of a file: the richest of a hundred papers has 6,000. A tree takes some hundred bytes for each."""

_BLANKS = re.compile(r"[ \t\r\n]+")
_ENTITIES = tuple("<!ENTITY".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_UTF16 = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*['\"]utf-?16", re.IGNORECASE)
_ADVICE = re.compile(r" [(]<string>.*|,? (?:try|use|see) (?:XML_PARSE_HUGE|xmlCtxt\w+)(?: option)?[.]?", re.DOTALL)
_NUMBERS = r"[1-9]\d{0,2}(?:\s?[,;\u2013\u2014-]\s?[1-9]\d{0,2})*"
_LINKED = r"[1-9]\d{0,2}(?:[\s,;\u2013\u2014-]+[1-9]\d{0,2})*"  # links say that these are marks: BMJ sets "3 4" for 3 and 4
_APART = re.compile(r"[\s,;\u2010-\u2014\u2212-]*")
_EXPONENT = re.compile(r"[-\u2212\u2013+]?\d[\d.,]*")
_LENGTHS = frozenset({"cm", "mm", "dm", "km", "nm", "μm", "µm"})
_FOOTNOTES = re.compile(r"[a-z](?:\s?,\s?[a-z])*")
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_CITED_WORD = re.compile(r"(?:[a-z]{3}[\])]?|[a-z\])][.,;:])$")
_PAIRS = {"[": "]", "(": ")"}

FOOTNOTE_LINKS = frozenset({"fn", "table-fn", "aff", "author-notes", "corresp"})
_OUT_OF_LINE = frozenset({"graphic", "inline-graphic", "object-id", "alt-text", "long-desc", "index-term", "x", "processing-meta"})
_BLOCKS = frozenset({"p", "list", "def-list", "disp-quote", "verse-group", "speech", "statement"})
_FLOATS = frozenset({"fig", "fig-group", "table-wrap", "table-wrap-group", "boxed-text", "fn", "fn-group", "supplementary-material", "media"})
_BROKEN = frozenset({"break", "p", "list-item"})
_SPACED = frozenset({"break", "p", "title", "label", "list-item", "def", "list", "term", "disp-formula", "row", "entry", "tr", "td", "th"})


class MarkupError(ValueError):
    """A file that is not XML of a kind that is read; the message says what was found."""


def parse(data: bytes) -> etree._ElementTree:
    """The tree of an XML file; nothing outside the file is looked at and no entity is expanded.

    Raises:
        MarkupError: for XML that is broken, declares entities, or nests deeper than any paper.
    """
    if any(entity in data for entity in _ENTITIES):  # wherever it stands: no paper prints one
        raise MarkupError("an XML file that declares entities of its own, which are not expanded")
    if (tags := data.count(b"<")) > MOST_TAGS:
        raise MarkupError(f"{tags:,} tags (at most {MOST_TAGS:,} are read)")
    if _UTF16.match(data):  # read as bytes, so that it is not
        raise MarkupError("XML that says it is in UTF-16 and is not")
    try:
        tree = _tree(data)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise MarkupError(f"broken XML: {' '.join(_ADVICE.sub('', str(error)).split()).rstrip('.') or 'nothing in it'}") from error
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise MarkupError(f"XML whose elements stand in one another more than {DEEPEST} deep")
    internal = tree.docinfo.internalDTD
    if internal is not None and internal.entities():  # type: ignore[attr-defined]  # not in the stubs
        raise MarkupError("an XML file that declares entities of its own, which are not expanded")
    return tree


def _tree(data: bytes) -> etree._ElementTree:
    """The tree; a prefix that is not declared is let pass, for old files leave that to a DTD, which is not read."""
    try:
        return etree.ElementTree(etree.fromstring(data, _parser(recover=False)))
    except etree.XMLSyntaxError as error:
        if not str(error).startswith("Namespace prefix"):
            raise
        lenient = _parser(recover=True)
        root = etree.fromstring(data, lenient)
        if root is None or any(one.domain_name != "NAMESPACE" for one in lenient.error_log):
            raise
        return etree.ElementTree(root)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def name(element: etree._Element) -> str:
    """The element's name without its namespace or prefix; "" for what is no element (an entity reference)."""
    return re.split("[:}]", element.tag)[-1] if isinstance(element.tag, str) else ""


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first child of one of the names."""
    return next(children(element, *names), None)


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The children of the names, whatever their namespace; all children where none is given."""
    for one in element if element is not None else ():
        if isinstance(one.tag, str) and (not names or name(one) in names):
            yield one


def below(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The elements of the names at any depth, in order."""
    for one in element.iter() if element is not None else ():
        if name(one) in names and one is not element:
            yield one


class Paths:
    """The XPaths of the elements of a tree, without prefixes, which an XPath could not be evaluated with: "/article/body/sec[2]/*[3]"."""

    def __init__(self) -> None:
        self._known: dict[etree._Element, str] = {}

    def of(self, element: etree._Element) -> str:
        """The path of an element. All its siblings are counted at once: lxml's own `getpath` counts them anew for each."""
        if element not in self._known:
            parent = element.getparent()
            above = "" if parent is None else self.of(parent)
            siblings = list(children(parent)) if parent is not None else [element]
            alike = Counter(str(one.tag) for one in siblings)
            seen: Counter[str] = Counter()
            for place, one in enumerate(siblings, 1):
                tag = str(one.tag)
                seen[tag] += 1
                step = f"*[{place}]" if "}" in tag or ":" in tag else tag if alike[tag] == 1 else f"{tag}[{seen[tag]}]"
                self._known[one] = f"{above}/{step}"
        return self._known[element]


def plain(element: etree._Element | None) -> str:
    """The text of an element in one line, without what is written out of line; "" for none."""
    if element is None:
        return ""
    return flat(element).text


@dataclass(frozen=True, slots=True)
class Link:
    """A citation mark in a line, and the ids of the entries it links to.

    `start`, `end` are the printed mark with its brackets, `cut` where the cut begins if it is stuck to a word (a caret, a blank before it); of
    `ranges` only the two ends are links ("4-6").
    """

    start: int
    end: int
    cut: int
    ids: tuple[str, ...]
    ranges: tuple[tuple[str, str], ...]
    stuck: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Running text in one line, blanks made single, and its citation marks in order; `breaks` are where the print begins a new line."""

    text: str
    links: tuple[Link, ...] = ()
    breaks: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """Whether it holds anything to read."""
        return bool(self.text.strip())


def flat(element: etree._Element, *, table: bool = False) -> Line:
    """All of an element in one line, lists and paragraphs inside it too; floats are left out."""
    run = _Run(flat=True, table=table)
    run.inside(element)
    return run.line()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph taken apart: its lines and, between them, the lists and quotes that break it; the floats that stand in it."""

    parts: tuple[Line | etree._Element, ...]
    floats: tuple[etree._Element, ...]


def paragraph(element: etree._Element) -> Paragraph:
    """The parts of a paragraph in order."""
    run = _Run()
    run.inside(element)
    run.flush()
    return Paragraph(tuple(run.parts), tuple(run.floats))


@dataclass(slots=True)
class _Linked:
    start: int
    end: int
    ids: tuple[str, ...]
    raised: bool


class _Run:
    """Collects running text, its links, and what interrupts it."""

    def __init__(self, *, flat: bool = False, table: bool = False) -> None:
        self._flat = flat
        self._table = table
        self._text = ""
        self._links: list[_Linked] = []
        self._raised: list[tuple[int, int]] = []  # stretches that stand high, each from its caret on
        self._height = 0
        self._breaks: list[int] = []
        self.parts: list[Line | etree._Element] = []
        self.floats: list[etree._Element] = []

    def put(self, text: str | None) -> None:
        """Add characters; blanks that follow blanks are lost."""
        single = _BLANKS.sub(" ", text or "")
        if single[:1] == " " and (not self._text or self._text[-1] == " "):
            single = single[1:]
        self._text += single

    def inside(self, element: etree._Element) -> None:
        """Add the text of an element and of what is in it."""
        self.put(element.text)
        for one in element:
            self._add(one)
            self.put(one.tail)

    def flush(self) -> None:
        """End a line."""
        line = self.line()
        if line:
            self.parts.append(line)
        self._text, self._links, self._raised, self._breaks = "", [], [], []

    def _add(self, element: etree._Element) -> None:
        tag = name(element)
        if not tag:
            self.put(html.unescape(element.text or ""))
        elif tag in _FLOATS:
            self.floats.append(element)
            self.put(" ")
        elif tag == "alternatives":
            self._one_of(element)
        elif tag == "tex-math":
            self.put(_formula(element))
        elif tag in _OUT_OF_LINE or (self._table and tag == "table"):  # a table inside a cell is a grid of its own
            return
        elif tag in _BLOCKS and not self._flat:
            self.flush()
            self.parts.append(element)
        elif tag == "xref":
            self._xref(element)
        elif tag in ("sup", "msup"):
            self._sup(element)
        elif tag == "sub":
            self._sub(element)
        elif tag == "mfrac" and len(element) == 2:
            self._joined(element, "/")
        else:
            self._joined(element, " " if tag in _SPACED else "")
            if tag in _BROKEN:
                self._breaks.append(len(self._text))

    def _joined(self, element: etree._Element, by: str) -> None:
        if by == "/":
            self._add(element[0])
            self.put("/")
            self._add(element[1])
            return
        self.put(by)
        self.inside(element)
        self.put(by)

    def _one_of(self, element: etree._Element) -> None:
        """The form of something given in several that says most in text."""
        forms = {name(one): one for one in children(element)}
        best = next((forms[tag] for tag in ("textual-form", "math", "tex-math") if tag in forms), None)
        if best is not None:
            self._add(best)

    def _xref(self, element: etree._Element) -> None:
        kind = element.get("ref-type")
        if kind in FOOTNOTE_LINKS:
            mark = plain(element)
            if self._height == 0 and mark.isalnum() and self._text[-1:].isalnum():
                self.put(_before_raised(mark, self._text, footnote=True))
            self._raw_inside(element)
            return
        if kind != "bibr":
            self.inside(element)
            return
        high = self._height
        start = len(self._text)
        self.inside(element)
        raised = high > 0 or any(s >= start for s, _ in self._raised)
        self._links.append(_Linked(start, len(self._text), tuple((element.get("rid") or "").split()), raised))

    def _raw_inside(self, element: etree._Element) -> None:
        """The text of a footnote's mark, without a second look at its height."""
        self._height += 1
        self.put(plain(element))
        self._height -= 1

    def _sup(self, element: etree._Element) -> None:
        if name(element) == "msup":
            self.inside_first(element)
            content = plain(element[-1]) if len(element) > 1 else ""
        else:
            content = plain(element)
        start = len(self._text)
        footnote = any(one.get("ref-type") in FOOTNOTE_LINKS for one in below(element, "xref"))
        if self._height == 0 and self._text:
            self.put(
                _before_raised(content, self._text, footnote=footnote or (self._table and bool(_FOOTNOTES.fullmatch(content))), table=self._table)
            )
        self._height += 1
        if name(element) == "msup":
            self.put(content)
        else:
            self.inside(element)
        self._height -= 1
        if not start and _FOOTNOTES.fullmatch(content):
            self.put(" ")  # the mark of a footnote, before its text
        self._raised.append((start, len(self._text)))

    def inside_first(self, element: etree._Element) -> None:
        """The base of a power."""
        if len(element):
            self._add(element[0])

    def _sub(self, element: etree._Element) -> None:
        content = plain(element)
        if content[:1].isdigit() and self._text[-1:].isdigit():
            self.put("_")
        self.inside(element)

    def line(self) -> Line:
        """What was collected, with its citation marks."""
        text = self._text.rstrip(" ")
        return Line(text, tuple(self._marks(text)), tuple(sorted({b for b in self._breaks if 0 < b < len(text)})))

    def _marks(self, text: str) -> list[Link]:
        groups: list[list[_Linked]] = []
        for one in self._links:
            one.end = min(one.end, len(text))
            if one.start >= one.end:
                continue
            if groups and groups[-1][-1].raised is one.raised and _APART.fullmatch(text, groups[-1][-1].end, one.start):
                groups[-1].append(one)
            else:
                groups.append([one])
        unlinked = [] if self._table else [_Linked(s, e, (), True) for s, e in self._raised if _cites(text, s, e, self._links)]
        found: list[Link] = []
        for group in sorted([*groups, *([one] for one in unlinked)], key=lambda g: g[0].start):
            link = self._mark(text, group)
            if found and link.cut < found[-1].end:  # "[1, 2, 3]" of which 1 and 3 are links
                last = found.pop()
                ids, ranges = (*last.ids, *link.ids), (*last.ranges, *link.ranges)
                link = replace(last, end=max(last.end, link.end), ids=ids, ranges=ranges)
            found.append(link)
        return found

    def _mark(self, text: str, group: Sequence[_Linked]) -> Link:
        start, end = group[0].start, group[-1].end
        high = next(((s, e) for s, e in self._raised if s <= start < e), None)
        cut = start
        if text[start] == "^":
            start += 1
        if high is not None and re.fullmatch(rf"\^?[\[(]?{_LINKED}[\])]?", fold(text[slice(*high)])):
            cut, end = high[0], max(end, high[1])
            start = cut + (text[cut] == "^")
        elif re.fullmatch(_LINKED, fold(text[start:end])):
            start, end = _whole_list(text, start, end)
        if start and _PAIRS.get(text[start - 1]) == text[end : end + 1] != "":
            start, end = start - 1, end + 1
        cut = min(cut, start)
        stuck = all(one.raised for one in group) or _stuck(text, start, end)
        if stuck and cut and text[cut - 1] == " " and (end == len(text) or text[end] in " .,;:)]"):
            cut -= 1
        ids = dict.fromkeys(i for one in group for i in one.ids)
        return Link(start, end, cut, tuple(ids), tuple(_ranges(text, group)), stuck)


def _ranges(text: str, group: Sequence[_Linked]) -> Iterator[tuple[str, str]]:
    """The ids at the ends of each range whose ends alone are links."""
    for one, other in pairwise(group):
        if one.ids and other.ids and re.fullmatch(r"\s*[\u2010-\u2014\u2212-]\s*", text[one.end : other.start]):
            yield one.ids[-1], other.ids[0]


def _whole_list(text: str, start: int, end: int) -> tuple[int, int]:
    """A bracketed list of numbers of which only some are links, whole."""
    before = re.search(r"[\[(](?:[1-9]\d{0,2}\s?[,;\u2010-\u2014-]\s?)*$", text[:start][-60:])
    after = re.match(r"(?:\s?[,;\u2010-\u2014-]\s?[1-9]\d{0,2})*[\])]", text[end : end + 60])
    if not before or not after:
        return start, end
    return start - len(before.group()) + 1, end + after.end() - 1


def _stuck(text: str, start: int, end: int) -> bool:
    """Whether a number that is not set high is stuck to a word, as where a publisher's style sets it high."""
    bare = bool(re.fullmatch(_LINKED, fold(text[start:end])))
    return bare and start > 0 and bool(re.match(r"[^\W\d_]|[.,;:)\]%\"'\u201d\u2019]", text[start - 1])) and not re.match(r"\w", text[end : end + 1])


def _cites(text: str, start: int, end: int, links: Sequence[_Linked]) -> bool:
    """Whether a raised number without a link looks like a citation mark; whether the list has the entry is looked at later."""
    content = fold(text[start:end])
    if any(one.start < end and start < one.end for one in links) or not re.fullmatch(_NUMBERS, content) or max(numbers_in(content)) > 500:
        return False
    return bool(_CITED_WORD.search(text[:start][-5:])) and not re.match(r"\w", text[end : end + 1])


def _before_raised(content: str, before: str, *, footnote: bool = False, table: bool = False) -> str:
    """What keeps a raised text apart from the characters before it: a caret, a blank, or nothing."""
    last = before[-1:]
    if _EXPONENT.match(content):
        word = re.search(r"[^\W\d_]+$", before) if table and content.isdigit() else None
        marks = (word and len(word.group()) > 1 and word.group() not in _LENGTHS) or (table and last == ")")
        return "^" if last.isdigit() or marks else ""
    if content[:1].isalpha() and (last.isdigit() or last in ")%" or (footnote and last.isalpha())):
        return "" if content in _ORDINAL or (len(content) > 2 and not footnote) else " "
    return ""


def _formula(element: etree._Element) -> str:
    """The formula of a TeX document, without what typesets it."""
    source = "".join(str(t) for t in element.itertext())
    inner = re.search(r"\\begin\{document\}(.*?)\\end\{document\}", source, re.DOTALL)
    return (inner.group(1) if inner else source).strip(" \t\r\n$")
