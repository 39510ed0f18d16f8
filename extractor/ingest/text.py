"""Plain text as it comes out of PDFs and web pages, put back into paragraphs.

Line breaks, blank lines between lines, hyphens kept and lost at line ends, captions and page furniture between the halves of a sentence, and
citation marks stuck to words are undone once, here; the offset map keeps the way back for every character.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from statistics import median

from extractor.document import Block, BlockKind, CharSpan, CitationMark, OffsetMap, Piece, Reference, Table, fold
from extractor.ingest.citations import Mark, apart, find_marks
from extractor.ingest.flattened import find_flattened
from extractor.ingest.hyphens import Vocabulary, suspends
from extractor.ingest.references import ReferenceList, find_references
from extractor.ingest.rows import table_lines
from extractor.lexicons import headings, names

# What follows the number in a sentence that speaks of a figure.
_OF_A_FIGURE = r"""
    and | or | to | in | of | for | is | are | was | were | shows? | lists? | summari[sz]es? | depicts? | illustrates? | presents? | provides?
    | gives? | reports? | displays? | compares? | describes? | details? | demonstrates? | outlines? | contains? | also | below | above
"""
CAPTION = re.compile(
    rf"""
    (?: Supplement(?:al|ary)\s+ | Appendix\s+ | Online\s+ )?
    (?: Figure | Fig\.? | FIGURE | FIG\.? | Table | TABLE | Scheme | Chart ) \s* [A-Z]? \d{{1,3}} (?!\d) (?: [A-Za-z] (?![A-Za-z]) )?
    (?! [A-Za-z]? \s* [)\]] | [A-Za-z]? \s* [,;]\s | [A-Za-z]? \s+ (?: {_OF_A_FIGURE} ) \b )
    """,
    re.VERBOSE,
)
FURNITURE = re.compile(
    r"""
    (?: (?: page \s* )? \d{1,5} (?: \s* (?: of | / ) \s* \d{1,4} )? | views | altmetric | crossref\ citations?\ to\ date
      | submit\ your\ manuscript .* | dovepress | (?: https?:// | www\.) \S+ | downloaded\ (?: from | by ) .* | ©.* | powered\ by .* | doi: \s* \S+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
REFERENCES = re.compile(
    r"^[ \t]*(?:\d{1,2}\.?[ \t]+)?(?:references?|bibliography|literature cited|references and notes)[ \t]*:?[ \t]*$", re.IGNORECASE | re.MULTILINE
)
# The number of a section may stand in front: "2.1BODY.PATIENTS:".
LABEL = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?\s?)?(?:TITLE|ABSTRACT|BODY|BACK)(?:\.[^\n]{1,200})?:")
# "... was better." and, with a citation that lost its height, "... was better.24"
SENTENCE_END = re.compile(r"[.!?][\"')\]]*$|(?<=[A-Za-z)\]%])[.!?][\"')\]]*\d{1,3}(?:[-,]\d{1,3})*$")
RUNS_ON = re.compile(
    r"(?:[,;(\[=<>≥≤/+]|\b(?:the|an?|of|and|or|with|without|in|on|at|to|for|from|by|as|than|that|which|vs|versus|median|mean|was|were|is|are|had|has|CI|HR|P|p))$"
)
# "... are told in" / "Table 2 and ...": the sentence speaks of the table.
REFERS = re.compile(r"(?:[,;(\[/+]|\b(?:of|and|or|with|in|on|at|to|for|from|by|as|than|see|also))$", re.IGNORECASE)
NUMBERED_HEADING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,4}\.)\s+[A-Z][^.]{2,80}$")

# "5 mg/" and "kg": no blank follows a stroke that is stuck to a word.
_SLASHED = re.compile(r"[^\s/]/$")
_TWO_SENTENCES = re.compile(r"[a-z)]\.\d{0,3}\s[A-Z]")
# "12. Doe J, Roe RS, ...": an entry of a reference list.
REFERENCE_START = re.compile(r"\[?\d{1,3}[.\]]\s+(?:[A-Z][\w'-]+\s){1,2}[A-Z]{1,3}[,.]")
RUN_IN_LABEL = re.compile(r"(?P<label>[A-Z][A-Za-z/&, -]{3,60}?)\s?:\s+\S")

_LONG_LINE = 250
"""A line of so many characters was not wrapped: it is a paragraph of its own."""

_WIDE_LINE = 120
"""A line of so many characters is wider than any column of a page."""

_ENOUGH_JOINS = 3
"""So many words that surely lost their hyphen show that the text loses hyphens."""

_MOST_CITED = 300
"""A higher number is no citation, where the list of references was not found."""


@dataclass(frozen=True, slots=True)
class Flowed:
    """Clean text with its offset map, blocks, citation marks and the list that they point into, and the tables that were run together in it."""

    text: str
    offsets: OffsetMap
    blocks: tuple[Block, ...]
    citations: tuple[CitationMark, ...]
    references: tuple[Reference, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that holds something: its raw span without blanks around, its folded text, and what stands before it."""

    span: CharSpan
    text: str
    blank_lines: int
    indented: bool
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class _Paragraph:
    lines: tuple[_Line, ...]
    kind: BlockKind


def reflow(raw: str) -> Flowed:
    """Clean text from raw text: paragraphs in one line each, whole words, no citation marks inside words."""
    vocabulary = Vocabulary.of(raw)
    listed = find_references(raw)
    flattened = find_flattened(raw)
    lines = _lines(raw)
    paragraphs = _classify(_group(_without(lines, [f.span for f in flattened])))
    tables = [_Paragraph(tuple(_within(lines, f.span)), BlockKind.TABLE) for f in flattened]
    paragraphs = _stitch(sorted([*paragraphs, *tables], key=lambda p: p.lines[0].span))
    flowed = _Writer(raw, vocabulary, _marks(raw, listed)).write(paragraphs)
    return replace(flowed, references=listed.entries if listed else (), tables=tuple(f.table for f in flattened))


def _within(lines: Iterable[_Line], span: CharSpan) -> Iterator[_Line]:
    """The lines inside a span, those at its edges cut to it."""
    for line in lines:
        start, end = max(line.span.start, span.start), min(line.span.end, span.end)
        text = line.text[start - line.span.start : end - line.span.start] if start < end else ""
        if text.strip():
            start += len(text) - len(text.lstrip())
            content = text.strip()
            yield replace(line, span=CharSpan(start, start + len(content)), text=content)


def _without(lines: Sequence[_Line], spans: Sequence[CharSpan]) -> tuple[_Line, ...]:
    """The lines without what stands in spans; a line that a span cuts in two becomes two."""
    edges = [0, *(e for span in spans for e in (span.start, span.end)), max((line.span.end for line in lines), default=0)]
    return (
        tuple(line for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end for line in _within(lines, CharSpan(start, end)))
        if spans
        else tuple(lines)
    )


def compose(raw: str, paragraphs: Iterable[tuple[BlockKind, Sequence[CharSpan]]], raised: Sequence[Mark] | None = None) -> Flowed:
    """Clean text from raw text whose paragraphs are known from its layout.

    Args:
        raw: the text; what no paragraph holds (blank lines) is left out.
        paragraphs: what each is, and the raw spans of its lines.
        raised: the superscripts that cite, where the layout shows them; None where it does not, and marks stuck to words are guessed.
    """
    listed = find_references(raw)
    marks = _marks(raw, listed, None if raised is None else len(raised))
    if raised is not None:
        inside = listed.span if listed else CharSpan(len(raw), len(raw) + 1)
        highest = max(e.number for e in listed.entries) if listed and listed.entries else _MOST_CITED
        cited = [m for m in raised if not m.span.overlaps(inside) and max(m.numbers) <= highest]
        marks = apart(sorted([*marks, *cited], key=lambda m: m.span))
    composed = [_Paragraph(tuple(_Line(span, fold(span.of(raw)), 0, False) for span in spans), kind) for kind, spans in paragraphs]
    flowed = _Writer(raw, Vocabulary.of(raw), marks).write(composed, hyphens_printed=True)
    return replace(flowed, references=listed.entries) if listed else flowed


def _marks(raw: str, listed: ReferenceList | None, raised: int | None = None) -> tuple[Mark, ...]:
    """The citation marks around the list of references, with the numbers of its entries."""
    if listed is None:
        return find_marks(raw[: _references_at(raw)], names=_numbered_names(), raised=raised)
    around = raw[: listed.span.start] + "\n" * (listed.span.end - listed.span.start) + raw[listed.span.end :]
    return listed.resolved(around, find_marks(around, names=_numbered_names(), listed=listed.authors, raised=raised))


def _references_at(raw: str) -> int:
    found = [m.start() for m in REFERENCES.finditer(raw) if m.start() > len(raw) // 3]
    return found[-1] if found else len(raw)


@cache
def _numbered_names() -> frozenset[str]:
    return frozenset(re.sub(r"[^a-z0-9]", "", name.casefold()) for name in names() if name[-1:].isdigit())


def _lines(raw: str) -> tuple[_Line, ...]:
    found: list[_Line] = []
    printed_lines = re.split(r"(?<=\n)|(?<=\f)|(?<=\r)(?!\n)", raw)
    in_table = iter(table_lines([printed for printed in printed_lines if fold(printed).strip()]))
    blanks = at = 0
    for printed in printed_lines:
        text = fold(printed)
        content = text.strip()
        if content:
            start = at + len(text) - len(text.lstrip())
            span = CharSpan(start, start + len(content))
            found.append(_Line(span, content, blanks if found else 0, text[:1] == " " and text[1:2] != " ", next(in_table)))
            blanks = 0
        else:
            blanks += 1
        at += len(printed)
    return tuple(found)


def _group(lines: Sequence[_Line]) -> list[tuple[_Line, ...]]:
    """Lines of one paragraph together."""
    widths = [_width_around(lines, i) for i in range(len(lines))]
    gaps = [_gap_around(lines, i) for i in range(len(lines))]
    groups: list[list[_Line]] = []
    for i, line in enumerate(lines):
        if i and not _breaks(lines[i - 1], line, widths[i - 1], gaps[i]) and not _stands_alone(lines, i, widths[i]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [tuple(g) for g in groups]


def _width_around(lines: Sequence[_Line], at: int) -> int:
    """How wide the column is that a line stands in: near the widest of its like around it."""
    near = [len(line.text) for line in lines[max(at - 6, 0) : at + 7] if len(line.text) < _LONG_LINE]
    if not near:
        return _LONG_LINE
    near.sort()
    return near[max(int(len(near) * 0.8) - 1, 0)]


def _stands_alone(lines: Sequence[_Line], at: int, width: int) -> bool:
    """Whether the lines around show that a line starts a paragraph: none is wrapped here, or it is a heading between two sentences."""
    above, line = lines[at - 1], lines[at]
    if _runs_on(above, line):
        return False
    if _unwrapped_around(lines, at):
        return True
    if at + 1 == len(lines) or not SENTENCE_END.search(above.text) or not _looks_like_heading(line.text):
        return False
    following = lines[at + 1].text
    return following[0].isupper() and len(line.text) + 1 + len(following.split()[0]) <= 0.88 * width


def _unwrapped_around(lines: Sequence[_Line], at: int) -> bool:
    """Whether paragraphs stand in one line each here."""
    near = [line.text for line in lines[max(at - 6, 0) : at + 7]]
    long = [text for text in near if len(text) > _LONG_LINE]
    if len(long) >= max(_ENOUGH_JOINS, len(near) / 5):
        return True
    # Wrapped lines end in the middle of a sentence, but for one in five or so.
    wide = [text for text in near if len(text) > _WIDE_LINE]
    return len(wide) >= _ENOUGH_JOINS and sum(bool(SENTENCE_END.search(text)) for text in wide) >= 0.8 * len(wide)


def _runs_on(above: _Line, below: _Line) -> bool:
    """Whether a sentence goes on from one line to the next by the look of its words."""
    return below.text[0].islower() or bool(RUNS_ON.search(above.text)) or _ends_in_hyphen(above.text)


def _gap_around(lines: Sequence[_Line], at: int) -> int:
    """The usual number of blank lines between the lines of a paragraph here."""
    near = [line.blank_lines for line in lines[max(at - 8, 0) : at + 9]]
    return int(median(near)) if near else 0


def _breaks(above: _Line, below: _Line, width: int, usual_gap: int) -> bool:
    """Whether a paragraph ends between two lines."""
    if above.in_table or below.in_table:
        return True
    unwrapped = len(below.text) > _LONG_LINE and not _runs_on(above, below)
    if unwrapped or len(above.text) > _LONG_LINE or len(below.text) > 4 * _LONG_LINE or LABEL.match(below.text) or LABEL.fullmatch(above.text):
        return True
    if REFERENCE_START.match(below.text) or FURNITURE.fullmatch(above.text) or FURNITURE.fullmatch(below.text):
        return True
    if _labelled(below.text) and not RUNS_ON.search(above.text) and not _ends_in_hyphen(above.text):
        return True
    if CAPTION.match(below.text) and (below.blank_lines > usual_gap or not REFERS.search(above.text)):
        return True
    if is_heading(above.text) or _opens_section(below.text) or (is_heading(below.text) and SENTENCE_END.search(above.text)):
        return True
    first = re.match(r"\S+", below.text)
    fitted = len(above.text) + 1 + len(first.group() if first else "") <= 0.88 * width
    ended = bool(SENTENCE_END.search(above.text))
    caption = CAPTION.match(above.text)
    if caption and ended and below.text[0].islower() and len(above.text) > caption.end() + 1:
        return True
    if caption or ended:
        page_turn = below.indented and not above.indented
        return fitted or below.blank_lines > usual_gap or (page_turn and bool(caption))
    if _runs_on(above, below):
        return below.text[:1] in "•*" or (above.text.endswith(":") and fitted)
    return fitted


def _ends_in_hyphen(text: str) -> bool:
    return bool(re.search(r"\w-$", text))


def _labelled(text: str) -> bool:
    """Whether a line starts with the label of a part of an abstract: "Materials and Methods: We looked ..."."""
    label = RUN_IN_LABEL.match(text)
    return bool(label and label.group("label").casefold() in _known_headings())


def is_heading(text: str) -> bool:
    """Whether a line is a heading by its words: one that is known, or a numbered one."""
    bare = re.sub(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,4}\.)\s+", "", text).rstrip(" :.").casefold()
    return len(text) <= 90 and (bare in _known_headings() or bool(NUMBERED_HEADING.fullmatch(text)))


def _opens_section(text: str) -> bool:
    """Whether a line is nothing but the heading of a section of its own."""
    return text[:1].isupper() and len(text) <= 60 and text.rstrip(" :.").casefold() in _main_headings()


@cache
def _main_headings() -> frozenset[str]:
    return frozenset(h for row in headings() if row.kind == "main" for h in row.headings)


@cache
def _known_headings() -> frozenset[str]:
    return frozenset(h for row in headings() if row.kind != "sub" for h in row.headings)


def _classify(groups: Sequence[tuple[_Line, ...]]) -> list[_Paragraph]:
    """Headings, captions and furniture told from text; a caption ends where its lines turn into the column again."""
    repeated = {t for t, n in Counter(g[0].text for g in groups if len(g) == 1 and len(g[0].text) < 80).items() if n >= 3}
    found: list[_Paragraph] = []
    for group in groups:
        text = group[0].text
        if group[0].in_table:
            found.append(_Paragraph(group, BlockKind.TABLE))
        elif CAPTION.match(text):
            cut = _caption_length(group)
            found.append(_Paragraph(group[:cut], BlockKind.CAPTION))
            if group[cut:]:
                found.append(_Paragraph(group[cut:], BlockKind.TEXT))
        elif len(group) == 1 and (FURNITURE.fullmatch(text) or (text in repeated and not is_heading(text) and not text.endswith("."))):
            found.append(_Paragraph(group, BlockKind.FURNITURE))
        elif len(group) <= 2 and _looks_like_heading(" ".join(line.text for line in group)):
            found.append(_Paragraph(group, BlockKind.HEADING))
        else:
            found.append(_Paragraph(group, BlockKind.TEXT))
    return found


def _caption_length(group: Sequence[_Line]) -> int:
    for i in range(1, len(group)):
        turned = group[i].indented and not group[i - 1].indented
        if turned and SENTENCE_END.search(group[i - 1].text):
            return i
    return len(group)


def _looks_like_heading(text: str) -> bool:
    if LABEL.match(text) or is_heading(text):
        return len(text) < 220
    if _labelled(text) or SENTENCE_END.search(text) or _TWO_SENTENCES.search(text):
        return False
    short = len(text) <= 90 and len(text.split()) <= 12
    return short and text[:1].isupper() and not re.search(r"[.;,]$", text) and not re.search(r"[=<>%]|\d\.\d", text)


def _stitch(paragraphs: Sequence[_Paragraph]) -> list[_Paragraph]:
    """Join the halves of a sentence that a caption or page furniture stands between; what stood between comes after."""
    found: list[_Paragraph] = []
    i = 0
    while i < len(paragraphs):
        here = paragraphs[i]
        i += 1
        if here.kind is not BlockKind.TEXT and not _half_a_sentence(here, paragraphs, i):
            found.append(here)
            continue
        lines = list(here.lines)
        between: list[_Paragraph] = []
        while _unfinished(lines[-1]):
            j = _after_insertions(paragraphs, i)
            if j == len(paragraphs) or not _continues(paragraphs[j], lines, interrupted=j > i):
                break
            between.extend(paragraphs[i:j])
            lines.extend(paragraphs[j].lines)
            i = j + 1
        found.extend([_Paragraph(tuple(lines), BlockKind.TEXT), *between])
    return found


def _after_insertions(paragraphs: Sequence[_Paragraph], at: int) -> int:
    while at < len(paragraphs) and paragraphs[at].kind in (BlockKind.CAPTION, BlockKind.FURNITURE, BlockKind.TABLE):
        at += 1
    return at


def _half_a_sentence(paragraph: _Paragraph, paragraphs: Sequence[_Paragraph], after: int) -> bool:
    """Whether what looks like a heading is the first line of a sentence that goes on in lower case."""
    if paragraph.kind is not BlockKind.HEADING or is_heading(paragraph.lines[0].text) or LABEL.match(paragraph.lines[0].text):
        return False
    j = _after_insertions(paragraphs, after)
    return j < len(paragraphs) and paragraphs[j].kind is BlockKind.TEXT and paragraphs[j].lines[0].text[0].islower()


def _unfinished(line: _Line) -> bool:
    return not SENTENCE_END.search(line.text) and not line.text.endswith(":") and not LABEL.match(line.text)


def _continues(paragraph: _Paragraph, before: Sequence[_Line], *, interrupted: bool) -> bool:
    """Whether a paragraph is the other half of an unfinished one; a caption between the two explains why a full line ended."""
    first = paragraph.lines[0]
    if paragraph.kind is not BlockKind.TEXT or LABEL.match(first.text) or _labelled(first.text):
        return False
    full = len(before) > 1 and len(before[-1].text) >= 0.8 * max(len(line.text) for line in before[-6:])
    return _runs_on(before[-1], first) or (interrupted and full)


_AT_LINE_ENDS = "-\xad\u2010\ufeff\u200b \t\r\n"


@dataclass(frozen=True, slots=True)
class _Begun:
    """A mark in brackets whose first lines are copied: where it starts in the clean text, and how far the raw text is copied."""

    mark: Mark
    clean: int
    until: int


class _Writer:
    """Writes clean text piece by piece, and notes where each piece came from."""

    def __init__(self, raw: str, vocabulary: Vocabulary, marks: Iterable[Mark]) -> None:
        self._raw = raw
        self._folded = fold(raw)
        self._vocabulary = vocabulary
        self._marks = tuple(marks)
        self._mark_ends = [m.span.end for m in self._marks]
        self._cut_ends = frozenset(m.span.end for m in self._marks if m.stuck)
        self._text: list[str] = []
        self._pieces: list[Piece] = []
        self._citations: list[CitationMark] = []
        self._length = 0
        self._loses_hyphens = False
        self._begun: _Begun | None = None

    def write(self, paragraphs: Sequence[_Paragraph], *, hyphens_printed: bool = False) -> Flowed:
        joins = (lambda _above, _below: False) if hyphens_printed else self._lost_hyphens(paragraphs)
        blocks = []
        for paragraph in paragraphs:
            if self._length:
                self._replace("\n", self._gap_after_last(paragraph.lines[0].span))
            start, self._begun = self._length, None
            for above, below in zip(paragraph.lines, paragraph.lines[1:], strict=False):
                self._line(above, below, joins)
            self._copy(paragraph.lines[-1].span)
            if self._length > start:
                blocks.append(Block(paragraph.kind, CharSpan(start, self._length)))
        return Flowed("".join(self._text), OffsetMap(tuple(self._pieces)), tuple(blocks), tuple(sorted(self._citations, key=lambda m: m.at)))

    def _gap_after_last(self, following: CharSpan) -> CharSpan:
        last = self._pieces[-1].raw.end
        return CharSpan(last, following.start) if last < following.start else CharSpan(last - 1, last)

    def _line(self, line: _Line, below: _Line, joins: Callable[[_Line, _Line], bool]) -> None:
        """Copy a line and what joins it to the next: a blank, or nothing."""
        gap = self._blanks_between(line.span.end, below.span.start)
        if not _ends_in_hyphen(line.text):
            self._copy(line.span)
            apart = not (joins(line, below) or _SLASHED.search(line.text))
        else:
            self._copy(CharSpan(line.span.start, line.span.end - 1) if self._drops(line, below) else line.span)
            apart = suspends(below.text)
        if gap is not None and apart:
            self._replace(" ", gap)

    def _blanks_between(self, end: int, start: int) -> CharSpan | None:
        """What parts two lines: the blanks up to the next line, or up to the caption that stands between the two."""
        blanks = re.compile(r"\s*").match(self._folded, end, start)
        return CharSpan(end, blanks.end()) if blanks is not None and blanks.end() > end else None

    def _drops(self, line: _Line, below: _Line) -> bool:
        """Whether the hyphen at the end of a line is the line's own; a dash never is."""
        left, right = re.search(r"([^\W\d_]+)-$", line.text), re.match(r"[^\W\d_]+(?!\d)", below.text)
        if left is None or right is None or self._raw[line.span.end - 1] not in "-\xad\u2010":
            return False
        halves = left.group(1), right.group()
        if suspends(below.text) or (self._loses_hyphens and not self._vocabulary.surely_one_word(*halves)):
            return False
        return self._vocabulary.drops_hyphen(*halves)

    def _lost_hyphens(self, paragraphs: Sequence[_Paragraph]) -> Callable[[_Line, _Line], bool]:
        """Whether two lines meet inside a word that lost its hyphen; where doubt is left, only in a text that does so again and again.

        A text that prints a blank at the end of a line after whole words, and none after half a word, is taken at its word.
        """
        meetings = list(self._meetings(paragraphs))
        sure = {above.span.end for above, halves in meetings if self._vocabulary.surely_one_word(*halves)}
        self._loses_hyphens = len(sure) >= _ENOUGH_JOINS
        if not self._loses_hyphens:
            return lambda above, _: above.span.end in sure
        found = sure | {above.span.end for above, halves in meetings if self._vocabulary.one_word(*halves)}
        whole = [self._blank_at(above.span.end) for above, _ in meetings if above.span.end not in found]
        if sum(map(self._blank_at, sure)) <= len(sure) / 20 and sum(whole) > len(whole) / 2:
            halved = {above.span.end for above, halves in meetings if not self._vocabulary.both_known(*halves)}
            found = {end for end in found | halved if not self._blank_at(end)}
        return lambda above, _: above.span.end in found

    def _meetings(self, paragraphs: Sequence[_Paragraph]) -> Iterator[tuple[_Line, tuple[str, str]]]:
        """The lines that may meet inside a word, with its halves."""
        for paragraph in paragraphs:
            for above, below in zip(paragraph.lines, paragraph.lines[1:], strict=False):
                left, right = re.search(r"(?<!\w)[A-Za-z]?[a-z]+$", above.text[-60:]), re.match(r"[a-z]+(?!\w)", below.text)
                if left and right and above.span.end not in self._cut_ends:
                    yield above, (left.group(), right.group())

    def _blank_at(self, raw_end: int) -> bool:
        return self._raw[raw_end : raw_end + 1] in (" ", "\t", "\xa0")

    def _copy(self, span: CharSpan) -> None:
        """Copy raw characters, leaving out the marks that are stuck to words."""
        at = span.start
        for mark in self._marks[bisect_left(self._mark_ends, span.start) :]:
            if mark.span.start >= span.end:
                break
            if mark.span.start < span.start or mark.span.end > span.end:
                self._broken(mark, CharSpan(at, span.end), self._length)
                continue
            if not mark.stuck:
                clean = self._length + mark.span.start - at
                self._note(mark, clean + len(mark.span.of(self._raw)), CharSpan(clean, clean + mark.span.end - mark.span.start))
                continue
            self._verbatim(at, mark.span.start)
            self._note(mark, self._length, None)
            if self._glued(mark.span, span):
                self._replace(" ", mark.span)
            at = mark.span.end
        self._verbatim(at, span.end)

    def _broken(self, mark: Mark, line: CharSpan, clean: int) -> None:
        """Note a mark in brackets that is broken over lines, once its end comes; `clean` is the clean offset that the line starts at."""
        if mark.stuck:
            return
        if line.start <= mark.span.start:
            self._begun = _Begun(mark, clean + mark.span.start - line.start, line.end)
        elif self._begun is not None and self._begun.mark is mark and not self._raw[self._begun.until : line.start].strip(_AT_LINE_ENDS):
            self._begun = replace(self._begun, until=line.end)
            if mark.span.end <= line.end:
                end = clean + mark.span.end - line.start
                self._note(mark, end, CharSpan(self._begun.clean, end))

    def _glued(self, mark: CharSpan, line: CharSpan) -> bool:
        """Whether taking the mark out would glue two words together."""
        return line.start < mark.start and mark.end < line.end and self._raw[mark.end].isalnum()

    def _note(self, mark: Mark, at: int, span: CharSpan | None) -> None:
        self._citations.append(CitationMark(at, mark.span, mark.span.of(self._raw), mark.numbers, span))

    def _verbatim(self, start: int, end: int) -> None:
        if start < end:
            self._put(self._raw[start:end], CharSpan(start, end))

    def _replace(self, by: str, raw: CharSpan) -> None:
        self._put(by, raw)

    def _put(self, text: str, raw: CharSpan) -> None:
        self._text.append(text)
        self._pieces.append(Piece(self._length, len(text), raw))
        self._length += len(text)
