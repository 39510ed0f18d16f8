"""What stands on the pages of a PDF: runs of characters and ruled lines, in points from the top left corner of upright text.

The one module that talks to pdfium. Two calls for a character (its code and its loose box, whose height is the effective font size) are what a page
costs; everything rarer (fonts, angles) is asked once for a run.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw_pdfium

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""

MOST_CHARACTERS = 200_000
"""On one page: a page set solid in the smallest type holds some 20,000."""

_MOST_OBJECTS = 200_000
_MOST_SEGMENTS = 40
_DEEPEST_FORM = 3

WORD_GAP = 0.3
"""Gap between two glyphs of a word, at most, in font sizes; pdfium marks most spaces itself."""

NARROW_GAP = 0.1
"""Gap that parts words in a run where few gaps are so wide: the tightest word space of justified text. In spaced out type it parts letters."""

LEAST_GAP = 0.07
"""Gap after a ligature that is no gap between words, in font sizes: some journals print a blank without width there ("effi cacy")."""

RUN_GAP = 0.7
"""Gap that ends a run, in font sizes: the widest word space of justified text is about that, the narrowest gutter and column gap of a table above."""

_THIN = 2.6
_SHORTEST_RULE = 12.0
_LINE_END_HYPHEN = "\x02"  # how pdfium gives it
_HYPHENS = {_LINE_END_HYPHEN: "-", "\ufffe": "-", "\xad": "-"}
_WORD = re.compile(r"[A-Za-z]{3,}")
_LIGATURE_ENDS = frozenset({"fi", "fl", "ff"})
_STUCK_DIGIT = re.compile(r"(?<=[^\W\d_]|[.,;:)\]%\"'”’*])[1-9]\d{0,2}(?:[,–-]\d{1,3})*(?=[\s.,;:)\]]|$)")
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
_TEXT_OF = _HYPHENS | _LIGATURES
_BLANKS = frozenset(" \t\xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000")
_NOTHING = frozenset("\0\n\r\u200b\ufeff")
_BOLD = re.compile(r"bold|black|heavy|demi|semib|[-.]bd?$|[-.]b[io]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Frame:
    """A page turned so that text of one direction is upright: `turns` quarter turns counter-clockwise in PDF user space."""

    turns: int
    left: float
    top: float
    width: float
    height: float

    @classmethod
    def of(cls, turns: int, page: Box) -> Frame:
        """The frame of a page whose box in user space (x0, y0, x1, y1; y upwards) is given."""
        (ax, ay), (bx, by) = _turned(page[0], page[1], turns), _turned(page[2], page[3], turns)
        return cls(turns, min(ax, bx), max(ay, by), abs(bx - ax), abs(by - ay))

    def to_frame(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of user space in the frame."""
        (ax, ay), (bx, by) = _turned(x0, y0, self.turns), _turned(x1, y1, self.turns)
        return min(ax, bx) - self.left, self.top - max(ay, by), max(ax, bx) - self.left, self.top - min(ay, by)

    def along(self, x: float) -> float:
        """A coordinate along the text of an upright frame."""
        return x - self.left

    def to_user(self, box: Box) -> Box:
        """A box of the frame in user space (x0, y0, x1, y1; y upwards)."""
        (ax, ay), (bx, by) = (_turned(x + self.left, self.top - y, -self.turns) for x, y in (box[:2], box[2:]))
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _turned(x: float, y: float, turns: int) -> tuple[float, float]:
    """Coordinates along and across a direction that is so many quarter turns from the x axis."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turns % 4]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that follow one another on one line without a wide gap.

    Attributes:
        text: the characters, with single blanks between words.
        x0: left edge; `x1` right edge; `top` and `bottom` those of the font's line, all in points of the frame.
        size: the effective font size of most of its characters.
        bold: whether it is set in bold from end to end.
        raised: half-open ranges of `text` that are set as superscripts.
        blanks: where the blanks are: offset in `text`, and the x between which each lies.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    raised: tuple[tuple[int, int], ...] = ()
    blanks: tuple[tuple[int, float, float], ...] = ()

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def middle_x(self) -> float:
        """Its middle from left to right."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, horizontal or vertical, in points of the frame."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether it is wider than high."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Layer:
    """The text of one direction on a page. `view` is the frame of the page as it is displayed, which boxes are published in."""

    page: int
    frame: Frame
    view: Frame
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...] = ()

    def published(self, box: Box) -> Box:
        """A box of this layer as a reader sees it on the page."""
        found = self.view.to_frame(*self.frame.to_user(box))
        return tuple(round(v, 1) for v in found)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """A page: its layers, the largest first, and whether it is a picture without text."""

    number: int
    layers: tuple[Layer, ...]
    scanned: bool


@dataclass(slots=True)
class _Draft:
    """A run while it is read, in user space with y upwards; `styles` are where in `chars` a line height begins: its bottom and top."""

    chars: list[str]
    styles: list[tuple[int, float, float]]
    x0: float
    x1: float
    bottom: float
    top: float
    size: float
    left: float
    first: int
    last: int
    level: bool = True
    ligature: bool = False
    blanks: list[tuple[int, float, float]] = field(default_factory=list)
    narrow: list[tuple[int, float, float]] = field(default_factory=list)

    def widen(self) -> None:
        """Take narrow gaps for blanks unless they are so many that they part letters."""
        if len(self.narrow) > max(0.25 * len(self.chars), 1):
            return
        for at, x0, x1 in reversed(self.narrow):
            self.chars.insert(at, " ")
            self.styles = [(start + (start >= at and start > 0), low, high) for start, low, high in self.styles]
            self.blanks = sorted([*((i + (i >= at), a, b) for i, a, b in self.blanks), (at, x0, x1)])

    def blank(self, left: float) -> None:
        """Put a blank before a character that starts at an x."""
        if self.chars and not (self.ligature and left - self.x1 < LEAST_GAP * self.size):
            self.blanks.append((len(self.chars), self.x1, left))
            self.chars.append(" ")

    def turn(self, bottom: float, top: float) -> None:
        """Go on in another style; the largest is that of the line."""
        if abs(top - bottom - (self.styles[-1][2] - self.styles[-1][1])) > 0.4 or abs(bottom - self.styles[-1][1]) > 0.4:
            self.styles.append((len(self.chars), bottom, top))
        if top - bottom > self.size * 1.1:
            self.size, self.bottom, self.top = top - bottom, bottom, top
        self.level = bottom == self.bottom and top == self.top


_NO_DRAFT = _Draft([], [], 0.0, float("-inf"), 0.0, 0.0, 0.0, float("-inf"), 0, 0)


@dataclass(slots=True)
class _Turned:
    """Characters that are not upright: index in the text page."""

    indices: list[int] = field(default_factory=list)


def page_glyphs(document: pdfium.PdfDocument, index: int) -> PageGlyphs:
    """Read one page (from 0).

    Raises:
        ValueError: when the page holds more characters than a page can.
        pypdfium2.PdfiumError: when the page cannot be loaded.
    """
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            view, finished = _frames(page)
            runs = _runs(text_page.raw, Frame.of(0, view_box(page)), index)
            layers = _layers(runs, page, index + 1, view, finished)
            return PageGlyphs(index + 1, layers, not any(layer.runs for layer in layers) and _has_picture(page))
        finally:
            text_page.close()
    finally:
        page.close()


def view_box(page: pdfium.PdfPage) -> Box:
    """The part of user space that is displayed (x0, y0, x1, y1; y upwards)."""
    x0, y0, x1, y1 = page.get_cropbox()
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _frames(page: pdfium.PdfPage) -> tuple[Frame, Box]:
    """The frame of the displayed page, and the box of the finished page: what is printed outside of it is cut off (printer's marks)."""
    shown = view_box(page)
    trim = page.get_trimbox()
    kept = (max(trim[0], shown[0]), max(trim[1], shown[1]), min(trim[2], shown[2]), min(trim[3], shown[3]))
    area = max(kept[2] - kept[0], 0) * max(kept[3] - kept[1], 0)
    whole = (shown[2] - shown[0]) * (shown[3] - shown[1])
    turns = page.get_rotation() // 90
    return Frame.of(turns, shown), kept if area > whole / 2 else shown


def _runs(text_page: Any, upright: Frame, index: int) -> dict[int, list[Run]]:
    """The runs of a page by their direction in quarter turns."""
    count = raw_pdfium.FPDFText_CountChars(text_page)
    if count > MOST_CHARACTERS:
        raise ValueError(f"expected at most {MOST_CHARACTERS:,} characters on a page, found {count:,} on page {index + 1}")
    turned = _Turned()
    found = [_finished(text_page, draft, upright) for draft in _drafts(text_page, count, turned)]
    layers: dict[int, list[Run]] = {0: [run for run in found if run is not None]}
    for turns, runs in _turned_runs(text_page, turned.indices).items():
        layers.setdefault(turns, []).extend(runs)
    return layers


def _drafts(text_page: Any, count: int, turned: _Turned) -> Iterator[_Draft]:
    """Runs in the order of the page's content. What is done here for a word or a sign is what reading a paper costs."""
    code_of, box_of = raw_pdfium.FPDFText_GetUnicode, raw_pdfium.FPDFText_GetLooseCharBox
    text = "".join([chr(code_of(text_page, i)) for i in range(count)])
    ends = {match.start(): match.end() for match in _WORD.finditer(text)}
    rect, last = raw_pdfium.FS_RECTF(), raw_pdfium.FS_RECTF()
    there, last_there = ctypes.byref(rect), ctypes.byref(last)
    draft = _NO_DRAFT
    space = False
    end = 0
    while end < count:
        i, sign = end, text[end]
        end = ends.get(i, i + 1)
        if sign in _BLANKS:
            space = True
            continue
        if sign in _NOTHING:
            continue
        if sign == _LINE_END_HYPHEN and draft.chars:
            draft.chars.append("-")  # its box is now and then that of the stroke alone
            draft.last = i
            continue
        box_of(text_page, i, there)
        left, bottom, top, right, last_left = rect.left, rect.bottom, rect.top, rect.right, rect.left
        if end - i > 1:
            box_of(text_page, end - 1, last_there)
            if last.bottom == bottom and last.top == top and left < last.left < left + (end - i) * (top - bottom):
                last_left, right = last.left, last.right
            else:
                end = i + 1  # a word in two styles, or on two lines: letter by letter
        gap, size = left - draft.x1, draft.size
        if draft.level and -0.5 * size < gap < RUN_GAP * size and bottom == draft.bottom and top == draft.top:
            if space or gap > WORD_GAP * size:
                draft.blank(left)
            elif gap > NARROW_GAP * size:
                draft.narrow.append((len(draft.chars), draft.x1, left))
        elif top - bottom < 0.5:
            turned.indices.extend(range(i, end))
            continue
        elif (-0.5 * size < gap < RUN_GAP * size or left == draft.left) and _same_line(draft, bottom, top):
            if space or gap > WORD_GAP * size:
                draft.blank(left)
            draft.turn(bottom, top)
        else:
            if abs(raw_pdfium.FPDFText_GetCharAngle(text_page, i)) > 0.03:
                turned.indices.extend(range(i, end))
                continue
            if draft.chars:
                yield draft
            draft = _Draft([], [(0, bottom, top)], left, left, bottom, top, top - bottom, left, i, i)
        space = False
        if end - i > 1:
            draft.chars.extend(text[i:end])
            draft.ligature = text[end - 2 : end] in _LIGATURE_ENDS and _shares_box(text_page, end - 1)
        else:
            draft.chars.append(sign if "!" <= sign <= "~" else _TEXT_OF.get(sign, sign))
            draft.ligature = left == draft.left or sign in _LIGATURES
        draft.left, draft.last = last_left, end - 1
        draft.x1 = max(draft.x1, right)
    if draft.chars:
        yield draft


def _shares_box(text_page: Any, i: int) -> bool:
    """Whether a letter has the box of the one before it: they are printed as one."""
    boxes = raw_pdfium.FS_RECTF(), raw_pdfium.FS_RECTF()
    for box, at in zip(boxes, (i - 1, i), strict=True):
        raw_pdfium.FPDFText_GetLooseCharBox(text_page, at, ctypes.byref(box))
    return bool(boxes[0].left == boxes[1].left)


def _same_line(draft: _Draft, bottom: float, top: float) -> bool:
    """Whether a character stands on the line of a run: level with it or raised or lowered, but not much larger (a dropped capital)."""
    size = top - bottom
    small, large = (size, draft.size) if size < draft.size else (draft.size, size)
    return large < 1.95 * small and min(top, draft.top) - max(bottom, draft.bottom) >= 0.4 * small


def _finished(text_page: Any, draft: _Draft, frame: Frame) -> Run | None:
    if draft.narrow:
        draft.widen()
    text = "".join(draft.chars)
    if not text.strip() or _clipped(text_page, draft):
        return None
    ends = [*(start for start, *_ in draft.styles[1:]), len(draft.chars)]
    weight: Counter[tuple[float, float]] = Counter()
    for (start, low, high), end in zip(draft.styles, ends, strict=True):
        weight[(low, high)] += end - start
    bottom, top = max(weight, key=lambda style: weight[style])
    size = top - bottom
    at = list(accumulate(map(len, draft.chars), initial=0))
    raised = tuple(
        (at[start], at[end])
        for (start, low, high), end in zip(draft.styles, ends, strict=True)
        if high - low < 0.82 * size and low - bottom > 0.18 * size
    )
    if not raised and _STUCK_DIGIT.search(text):
        raised = tuple(_raised_by_shape(text_page, draft, text, size))
    blanks = tuple((at[i], frame.along(x0), frame.along(x1)) for i, x0, x1 in draft.blanks)
    x0, above, x1, below = frame.to_frame(draft.x0, bottom, draft.x1, top)
    bold = all(_is_bold(text_page, i) for i in {draft.first, (draft.first + draft.last) // 2, draft.last})
    return Run(text, x0, above, x1, below, size, bold, _joined(raised, text), blanks)


def _raised_by_shape(text_page: Any, draft: _Draft, text: str, size: float) -> Iterator[tuple[int, int]]:
    """Numbers stuck to words whose digits are drawn raised: fonts with superscripts of their own set them on the line in the size of the text."""
    signs = [chr(raw_pdfium.FPDFText_GetUnicode(text_page, i)) for i in range(draft.first, draft.last + 1)]
    indices = [draft.first + k for k, sign in enumerate(signs) if sign not in _BLANKS and sign not in _NOTHING]
    printed = [k for k, sign in enumerate(text) if sign != " "]
    if len(indices) != len(printed):
        return
    index_of = dict(zip(printed, indices, strict=True))
    for match in _STUCK_DIGIT.finditer(text):
        if all(_is_high(text_page, index_of[k], size) for k in range(*match.span()) if text[k].isdigit()):
            yield match.span()


def _is_high(text_page: Any, i: int, size: float) -> bool:
    sides = [ctypes.c_double() for _ in range(4)]
    origin = [ctypes.c_double() for _ in range(2)]
    raw_pdfium.FPDFText_GetCharBox(text_page, i, *map(ctypes.byref, sides))
    raw_pdfium.FPDFText_GetCharOrigin(text_page, i, *map(ctypes.byref, origin))
    return sides[2].value - origin[1].value > 0.2 * size


def _clipped(text_page: Any, draft: _Draft) -> bool:
    """Whether a run lies outside of what its clipping paths let show: figures are pasted as whole pages of which a part is seen."""
    item = raw_pdfium.FPDFText_GetTextObject(text_page, draft.first)
    path = raw_pdfium.FPDFPageObj_GetClipPath(item) if item else None
    count = raw_pdfium.FPDFClipPath_CountPaths(path) if path else 0
    x, y = (draft.x0 + draft.x1) / 2, (draft.bottom + draft.top) / 2
    for i in range(min(count, _MOST_SEGMENTS)):
        corners = list(_corners(path, i))
        if corners and not (
            min(c[0] for c in corners) - 1 <= x <= max(c[0] for c in corners) + 1
            and min(c[1] for c in corners) - 1 <= y <= max(c[1] for c in corners) + 1
        ):
            return True
    return False


def _corners(clip: Any, index: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(raw_pdfium.FPDFClipPath_CountPathSegments(clip, index), _MOST_SEGMENTS)):
        segment = raw_pdfium.FPDFClipPath_GetPathSegment(clip, index, i)
        raw_pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        yield x.value, y.value


def _joined(ranges: Sequence[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Ranges that touch, or have nothing but a blank between them, as one; without blanks at their ends."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    trimmed = ((start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())) for start, end in found)
    return tuple((start, end) for start, end in trimmed if start < end)


_FONT_NAME = ctypes.create_string_buffer(128)
_FONT_FLAGS = ctypes.c_int()
_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123: font flags


def _is_bold(text_page: Any, i: int) -> bool:
    if raw_pdfium.FPDFText_GetFontWeight(text_page, i) >= 600:
        return True
    length = raw_pdfium.FPDFText_GetFontInfo(text_page, i, _FONT_NAME, len(_FONT_NAME), ctypes.byref(_FONT_FLAGS))
    return bool(length) and (bool(_FONT_FLAGS.value & _FORCE_BOLD) or bool(_BOLD.search(_FONT_NAME.value.decode("latin-1"))))


def _turned_runs(text_page: Any, indices: Sequence[int]) -> dict[int, list[Run]]:
    """Runs of the characters that are not upright, by direction, in coordinates along and across it; what stands askew is a watermark."""
    by_turns: dict[int, list[tuple[int, str, float, float, float, float]]] = {}
    for i in indices:
        placed = _placed(text_page, i)
        if placed is not None:
            by_turns.setdefault(placed[0], []).append(placed[1])
    return {turns: list(_runs_along(text_page, glyphs)) for turns, glyphs in by_turns.items()}


def _placed(text_page: Any, i: int) -> tuple[int, tuple[int, str, float, float, float, float]] | None:
    """A turned character: quarter turns, and index, text, start and end along its direction, baseline across it, font size."""
    angle = raw_pdfium.FPDFText_GetCharAngle(text_page, i)
    turns = round(angle / (math.pi / 2))
    sign = chr(raw_pdfium.FPDFText_GetUnicode(text_page, i))
    if abs(angle - turns * math.pi / 2) > 0.05 or sign in _NOTHING or sign in _BLANKS:
        return None
    sides = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = sides
    origin = [ctypes.c_double(), ctypes.c_double()]
    matrix = raw_pdfium.FS_MATRIX()
    raw_pdfium.FPDFText_GetCharBox(text_page, i, *map(ctypes.byref, sides))
    raw_pdfium.FPDFText_GetCharOrigin(text_page, i, *map(ctypes.byref, origin))
    raw_pdfium.FPDFText_GetMatrix(text_page, i, ctypes.byref(matrix))
    size = raw_pdfium.FPDFText_GetFontSize(text_page, i) * math.hypot(matrix.a, matrix.b)
    # pdfium counts the angle clockwise from the x axis.
    turns = -turns % 4
    (ax, _), (bx, _) = _turned(left.value, bottom.value, turns), _turned(right.value, top.value, turns)
    _, base = _turned(origin[0].value, origin[1].value, turns)
    text = _TEXT_OF.get(sign, sign)
    return turns, (i, text, min(ax, bx), max(ax, bx), base, max(size, 1.0))


def _runs_along(text_page: Any, glyphs: Iterable[tuple[int, str, float, float, float, float]]) -> Iterator[Run]:
    """Runs of turned characters; tops and bottoms still count upwards from the frame's own zero."""
    here: list[tuple[int, str, float, float, float, float]] = []
    for glyph in glyphs:
        if here:
            before = here[-1]
            gap = (glyph[2] - before[3]) / before[5]
            if not (-0.5 < gap < RUN_GAP and abs(glyph[4] - before[4]) < 0.5 * before[5]):
                yield _run_along(text_page, here)
                here = []
        here.append(glyph)
    if here:
        yield _run_along(text_page, here)


def _run_along(text_page: Any, glyphs: Sequence[tuple[int, str, float, float, float, float]]) -> Run:
    size = Counter(g[5] for g in glyphs).most_common(1)[0][0]
    base = Counter(g[4] for g in glyphs if g[5] == size).most_common(1)[0][0]
    text = ""
    raised = []
    for before, glyph in zip([None, *glyphs], glyphs, strict=False):
        # Tight boxes: a gap between glyphs of a word is up to 0.15 of the size, a blank at least 0.2.
        if before is not None and glyph[2] - before[3] > 0.19 * size:
            text += " "
        if glyph[5] < 0.82 * size and glyph[4] - base > 0.1 * size:
            raised.append((len(text), len(text) + len(glyph[1])))
        text += glyph[1]
    bold = all(_is_bold(text_page, i) for i in {glyphs[0][0], glyphs[-1][0]})
    return Run(text, glyphs[0][2], base + 0.78 * size, max(g[3] for g in glyphs), base - 0.22 * size, size, bold, _joined(raised, text))


def _layers(runs: dict[int, list[Run]], page: pdfium.PdfPage, number: int, view: Frame, finished: Box) -> tuple[Layer, ...]:
    shown = view_box(page)
    layers = []
    for turns, found in runs.items():
        frame = Frame.of(turns, shown)
        if turns:
            found = [replace(r, x0=r.x0 - frame.left, x1=r.x1 - frame.left, top=frame.top - r.top, bottom=frame.top - r.bottom) for r in found]
        inside = frame.to_frame(*finished)
        kept = tuple(_once(run for run in found if _within(run, inside)))
        layers.append(Layer(number, frame, view, kept))
    layers.sort(key=lambda layer: -sum(len(run.text) for run in layer.runs))
    rules = list(_rules(page)) if layers else []
    return tuple(replace(layer, rules=tuple(Rule(*layer.frame.to_frame(*box)) for box in rules)) for layer in layers)


def _within(run: Run, box: Box) -> bool:
    x, y = (run.x0 + run.x1) / 2, run.middle
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _once(runs: Iterable[Run]) -> Iterator[Run]:
    """Each run once: bold type and shadows are made by printing a run twice, a hair apart."""
    seen: set[tuple[str, int, int]] = set()
    for run in runs:
        x, y = round(run.x0 / 2), round(run.top / 2)
        if any((run.text, x + dx, y + dy) in seen for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            continue
        seen.add((run.text, x, y))
        yield run


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(kind in (raw_pdfium.FPDF_PAGEOBJ_IMAGE, raw_pdfium.FPDF_PAGEOBJ_PATH) for kind, _ in _objects(page.raw))


def _objects(page: Any) -> Iterator[tuple[int, Any]]:
    """The objects of a page with their types, those in forms not among them."""
    for i in range(min(raw_pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = raw_pdfium.FPDFPage_GetObject(page, i)
        yield raw_pdfium.FPDFPageObj_GetType(item), item


def _rules(page: pdfium.PdfPage) -> Iterator[Box]:
    """Ruled lines in user space (x0, y0, x1, y1): thin paths, and the straight sides of simple ones."""
    sides = [ctypes.c_float() for _ in range(4)]
    places = [ctypes.byref(side) for side in sides]
    for kind, item in _objects(page.raw):
        if kind != raw_pdfium.FPDF_PAGEOBJ_PATH or not raw_pdfium.FPDFPageObj_GetBounds(item, *places):
            continue
        x0, y0, x1, y1 = (side.value for side in sides)
        width, height = x1 - x0, y1 - y0
        if max(width, height) < _SHORTEST_RULE:
            continue
        if min(width, height) <= _THIN:
            yield x0, y0, x1, y1
        elif raw_pdfium.FPDFPath_CountSegments(item) <= _MOST_SEGMENTS:
            yield from _straight_sides(item)


def _straight_sides(path: Any) -> Iterator[Box]:
    """The horizontal and vertical sides of a stroked path, in user space."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw_pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value:
        return
    matrix = raw_pdfium.FS_MATRIX()
    raw_pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    point: Callable[[float, float], tuple[float, float]] = lambda x, y: (  # noqa: E731  (one use, beside the matrix that it applies)
        matrix.a * x + matrix.c * y + matrix.e,
        matrix.b * x + matrix.d * y + matrix.f,
    )
    x, y = ctypes.c_float(), ctypes.c_float()
    start = before = (0.0, 0.0)
    for i in range(raw_pdfium.FPDFPath_CountSegments(path)):
        segment = raw_pdfium.FPDFPath_GetPathSegment(path, i)
        raw_pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        kind, here = raw_pdfium.FPDFPathSegment_GetType(segment), point(x.value, y.value)
        if kind == raw_pdfium.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw_pdfium.FPDF_SEGMENT_LINETO:
            yield from _if_straight(before, here)
        if raw_pdfium.FPDFPathSegment_GetClose(segment):
            yield from _if_straight(here, start)
        before = here


def _if_straight(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Box]:
    width, height = abs(a[0] - b[0]), abs(a[1] - b[1])
    if min(width, height) < 0.5 and max(width, height) >= _SHORTEST_RULE:
        yield min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])
