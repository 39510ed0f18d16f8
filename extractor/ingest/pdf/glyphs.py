"""The characters of a page put together into runs, with their type sizes, superscripts and gaps.

pdfium gives characters one by one. Two calls for a character (its code and its loose box) are what a page costs; everything rarer (the font, the
true size, the baseline, the angle) is asked once for a stretch of one style.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw_pdfium

from extractor.ingest.pdf.drawing import has_picture, is_clipped, ruled_lines
from extractor.ingest.pdf.layers import ABOVE, BELOW, Box, Frame, Layer, PageGlyphs, Rule, Run, joined_ranges
from extractor.ingest.pdf.marks import with_marks
from extractor.ingest.pdf.turned import turned_runs
from extractor.lexicons import words

MOST_CHARACTERS = 200_000
"""On one page: a page set solid in the smallest type holds some 20,000."""

WORD_GAP = 0.3
"""Gap between two glyphs of a word, at most, in font sizes; pdfium marks most spaces itself."""

NARROW_GAP = 0.1
"""Gap that parts words in a run where few gaps are so wide: the tightest word space of justified text. In spaced out type it parts letters."""

LEAST_GAP = 0.07
"""Gap after a ligature that is no gap between words, in font sizes: some journals print a blank without width there ("effi cacy")."""

RUN_GAP = 0.7
"""Gap that ends a run, in font sizes: the widest word space of justified text is about that, the narrowest gutter and column gap of a table above."""

_RAISED = 0.12
"""A superscript stands so much above the line, in sizes of the line's type, at least; one in the size of the line `_RAISED_WHOLE`."""

_RAISED_WHOLE = 0.28
_SMALL = 0.85
"""Size of a superscript in sizes of the line's type, at most."""

_HIGH = 0.2
"""The ink of a digit that is drawn as a superscript begins so much above the line, in font sizes."""

_SAME = 0.3
"""Loose boxes of one style differ by so much, in points, at most: rounding."""

_WIDE_SIGN = 0.72
"""Width of a sign of a Pi font, in font sizes, at least; a full stop has a quarter, a digit half, a digit of a typewriter six tenths."""

# What fonts with signs of mathematics have in the places of punctuation and digits: "Mathematical Pi", which typesetters of the 1990s and 2000s used.
# Its names of glyphs say the same: H11001 is plus, H11002 minus, H11003 times, H11005 equals (stackoverflow.com/questions/13188587).
_PI_SIGNS = {",": "<", ".": ">", "¼": "=", "1": "+", "2": "−", "3": "×", "5": "=", "6": "±", "#": "≤", "$": "≥"}
_HALF = re.compile("[\ud800-\udfff]")  # halves of characters, which broken tables of codes name
_AROUND_WORDS = "(,;:)"
_LINE_END_HYPHEN = "\x02"  # how pdfium gives it
_SOFT_HYPHEN = "\ufffe"  # how it gives it in the text of a page
_HYPHENS = {_LINE_END_HYPHEN: "-", _SOFT_HYPHEN: "-", "\xad": "-"}
_WORD = re.compile(r"\(?[A-Za-z]{2,}[,;:)]?")  # not of digits: signs of mathematics hide among them
_LIGATURE_ENDS = frozenset({"fi", "fl", "ff"})
# A number stuck to a word or a stop, or to the 10 that it may be the power of.
_STUCK_NUMBER = re.compile(r"(?:(?<=[^\W\d_]|[.,;:)\]%\"'”’*])[1-9]\d{0,2}(?:[,–-]\d{1,3})*|(?<=\b10)\d{1,2})(?=[\s.,;:)\]/]|$)")
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
_TEXT_OF = _HYPHENS | _LIGATURES
_BLANKS = frozenset(" \t\xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000")
_NOTHING = frozenset("\0\n\r\u200b\ufeff")
_BOLD = re.compile(r"bold|black|heavy|demi|semib|[-.]bd?$|[-.]b[io]$", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123: font flags
_FONT_NAME = ctypes.create_string_buffer(128)
_FONT_FLAGS = ctypes.c_int()


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
            runs = _runs(text_page.raw, Frame.of(0, _shown(page)), index)
            layers = _layers(runs, page, index + 1)
            return PageGlyphs(index + 1, layers, not any(layer.runs for layer in layers) and has_picture(page))
        finally:
            text_page.close()
    finally:
        page.close()


def _shown(page: pdfium.PdfPage) -> Box:
    """The part of user space that is displayed (x0, y0, x1, y1; y upwards)."""
    x0, y0, x1, y1 = page.get_cropbox()
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _finished_page(page: pdfium.PdfPage, shown: Box) -> Box:
    """The box of the finished page: what is printed outside of it is cut off (printer's marks)."""
    trim = page.get_trimbox()
    kept = (max(trim[0], shown[0]), max(trim[1], shown[1]), min(trim[2], shown[2]), min(trim[3], shown[3]))
    area = max(kept[2] - kept[0], 0) * max(kept[3] - kept[1], 0)
    return kept if area > (shown[2] - shown[0]) * (shown[3] - shown[1]) / 2 else shown


def _layers(runs: dict[int, list[Run]], page: pdfium.PdfPage, number: int) -> tuple[Layer, ...]:
    """The runs in layers by their direction, the largest first, each with the ruled lines of the page."""
    shown = _shown(page)
    finished = _finished_page(page, shown)
    view = Frame.of(page.get_rotation() // 90, shown)
    layers = []
    for turns, found in runs.items():
        frame = Frame.of(turns, shown)
        inside = frame.to_frame(*finished)
        upright = (_in_frame(run, frame) for run in found) if turns else found
        kept = list(_once(run for run in upright if _within(run, inside)))
        layers.append(Layer(number, frame, view, tuple(with_marks(kept))))
    layers.sort(key=lambda layer: -sum(len(run.text) for run in layer.runs))
    rules = list(ruled_lines(page)) if layers else []
    return tuple(replace(layer, rules=tuple(Rule(*layer.frame.to_frame(*box)) for box in rules)) for layer in layers)


def _in_frame(run: Run, frame: Frame) -> Run:
    return replace(run, x0=run.x0 - frame.left, x1=run.x1 - frame.left, top=frame.top - run.top, bottom=frame.top - run.bottom)


def _within(run: Run, box: Box) -> bool:
    x, y = (run.x0 + run.x1) / 2, run.middle
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _once(runs: Iterable[Run]) -> Iterator[Run]:
    """Each run once: bold type and shadows are made by printing a run twice, a hair apart."""
    seen: dict[str, set[tuple[int, int]]] = {}
    for run in runs:
        x, y = round(run.x0 / 2), round(run.top / 2)
        places = seen.setdefault(run.text, set())
        if places and any((x + dx, y + dy) in places for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            continue
        places.add((x, y))
        yield run


def _runs(text_page: Any, upright: Frame, index: int) -> dict[int, list[Run]]:
    """The runs of a page by their direction in quarter turns.

    Raises:
        ValueError: when the page holds more characters than a page can.
    """
    count = raw_pdfium.FPDFText_CountChars(text_page)
    if count > MOST_CHARACTERS:
        raise ValueError(f"expected at most {MOST_CHARACTERS:,} characters on a page, found {count:,} on page {index + 1}")
    characters = _Characters(text_page, count)
    found = [_finished(text_page, draft, upright) for draft in characters.drafts()]
    layers: dict[int, list[Run]] = {0: [run for run in found if run is not None]}
    signs = ((i, _TEXT_OF.get(sign, sign)) for i in characters.turned if (sign := characters.text[i]) not in _BLANKS and sign not in _NOTHING)
    for turns, runs in turned_runs(text_page, signs, lambda i: _font(text_page, i)[1], RUN_GAP).items():
        layers.setdefault(turns, []).extend(runs)
    return layers


class _Piece(NamedTuple):
    """A word or a sign: its characters in the text page, and its loose box in user space, with the left edge of its last character."""

    start: int
    end: int
    left: float
    bottom: float
    top: float
    right: float
    last_left: float


class _Style(NamedTuple):
    """A stretch of one style: where it begins in the characters of the run, the loose box's height, and the true baseline and font size."""

    start: int
    bottom: float
    top: float
    base: float
    size: float


@dataclass(slots=True)
class _Draft:
    """A run while it is read, in user space with y upwards.

    `bottom`, `top` and `size` are those of its largest style; `level` says that the last piece was in that.
    """

    chars: list[str]
    styles: list[_Style]
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
            self.styles = [style._replace(start=style.start + 1) if style.start >= at > 0 else style for style in self.styles]
            self.blanks = sorted([*((i + (i >= at), a, b) for i, a, b in self.blanks), (at, x0, x1)])

    def part(self, left: float, *, space: bool) -> None:
        """Put a blank before a character that starts at an x, where there was one or the gap is as wide."""
        gap = left - self.x1
        if not space and gap <= WORD_GAP * self.size:
            if gap > NARROW_GAP * self.size and self.level:
                self.narrow.append((len(self.chars), self.x1, left))
            return
        if self.chars and not (self.ligature and gap < LEAST_GAP * self.size):
            self.blanks.append((len(self.chars), self.x1, left))
            self.chars.append(" ")

    def turn(self, style: _Style) -> None:
        """Go on in another style; the largest is that of the line."""
        self.styles.append(style)
        if style.size > self.size * 1.1:
            self.size, self.bottom, self.top = style.size, style.bottom, style.top
        self.level = abs(style.bottom - self.bottom) < _SAME and abs(style.top - self.top) < _SAME


_NO_DRAFT = _Draft([], [], 0.0, float("-inf"), 0.0, 0.0, 0.0, float("-inf"), 0, 0, level=False)


class _Characters:
    """The characters of a page, read once in the order of its content; `turned` are the indices of those that do not stand upright."""

    def __init__(self, text_page: Any, count: int) -> None:
        self.text = _HALF.sub("\ufffd", _text_of(text_page, count))
        self.turned: list[int] = []
        self._page = text_page
        self._rect, self._last = raw_pdfium.FS_RECTF(), raw_pdfium.FS_RECTF()
        self._rect_at, self._last_at = ctypes.byref(self._rect), ctypes.byref(self._last)
        self._draft = _NO_DRAFT
        self._known = words()

    def drafts(self) -> Iterator[_Draft]:
        """Runs in the order of the page's content. What is done here for a word or a sign is what reading a paper costs."""
        ends = {match.start(): match.end() for match in _WORD.finditer(self.text)}
        space = False
        end = at = 0
        while at < len(self.text):
            sign = self.text[at]
            if sign in _BLANKS or sign in _NOTHING:
                space = space or sign in _BLANKS
                at += 1
                continue
            if sign == _LINE_END_HYPHEN and self._draft.chars:
                self._draft.chars.append("-")  # its box is now and then that of the stroke alone
                self._draft.last = at
                at += 1
                continue
            end = ends.get(at, at + 1 if at >= end else end)  # the rest of a word that has a gap
            piece = self._piece(at, end)
            at = piece.end
            before = self._draft
            if self._takes(piece, space=space):
                space = False
                if self._draft is not before and before.chars:
                    yield before
        if self._draft.chars:
            yield self._draft

    def _piece(self, start: int, end: int) -> _Piece:
        """A word as one piece: up to a gap in it if the word list does not know it; its first letter where it is in two styles or on two lines."""
        raw_pdfium.FPDFText_GetLooseCharBox(self._page, start, self._rect_at)
        left, bottom, top, right = self._rect.left, self._rect.bottom, self._rect.top, self._rect.right
        if end - start == 1:
            return _Piece(start, end, left, bottom, top, right, left)
        raw_pdfium.FPDFText_GetLooseCharBox(self._page, end - 1, self._last_at)
        last = self._last
        level = abs(last.bottom - bottom) < _SAME and abs(last.top - top) < _SAME
        if level and left < last.left < left + (end - start) * (top - bottom) and last.right - last.left < _WIDE_SIGN * (top - bottom):
            if self.text[start:end].strip(_AROUND_WORDS).lower() not in self._known:
                return self._up_to_gap(_Piece(start, end, left, bottom, top, right, left))
            return _Piece(start, end, left, bottom, top, last.right, last.left)
        return _Piece(start, start + 1, left, bottom, top, right, left)

    def _up_to_gap(self, piece: _Piece) -> _Piece:
        """The letters of a piece, which is given with the edges of the first, up to a gap: pdfium misses blanks in lines that are set tight."""
        right, last_left = piece.right, piece.last_left
        for i in range(piece.start + 1, piece.end):
            raw_pdfium.FPDFText_GetLooseCharBox(self._page, i, self._last_at)
            if self._last.left - right > NARROW_GAP * (piece.top - piece.bottom):
                return piece._replace(end=i, right=right, last_left=last_left)
            right, last_left = max(right, self._last.right), self._last.left
        return piece._replace(right=right, last_left=last_left)

    def _takes(self, piece: _Piece, *, space: bool) -> bool:
        """Put a piece into the run or into a new one; False where it does not stand upright."""
        draft = self._draft
        gap, size = piece.left - draft.x1, draft.size
        near = -0.5 * size < gap < RUN_GAP * size
        if draft.level and near and -_SAME < piece.bottom - draft.bottom < _SAME and -_SAME < piece.top - draft.top < _SAME:
            draft.part(piece.left, space=space)
        elif piece.top - piece.bottom < 0.5:
            self.turned.extend(range(piece.start, piece.end))
            return False
        elif not self._turns(piece, near=near or piece.left == draft.left, space=space):
            if abs(raw_pdfium.FPDFText_GetCharAngle(self._page, piece.start)) > 0.03:
                self.turned.extend(range(piece.start, piece.end))
                return False
            base, size = _baseline(self._page, piece)
            style = _Style(0, piece.bottom, piece.top, base, size)
            x0 = piece.left
            self._draft = _Draft([], [style], x0, x0, piece.bottom, piece.top, size, x0, piece.start, piece.start)
        self._add(piece)
        return True

    def _turns(self, piece: _Piece, *, near: bool, space: bool) -> bool:
        """Whether the run goes on with a piece in another style."""
        draft = self._draft
        if not near or not draft.chars:
            return False
        last = draft.styles[-1]
        if -_SAME < piece.bottom - last.bottom < _SAME and -_SAME < piece.top - last.top < _SAME:
            draft.part(piece.left, space=space)
            return True
        base, size = _baseline(self._page, piece)
        if not _same_line(draft, base, size):
            return False
        draft.part(piece.left, space=space)
        draft.turn(_Style(len(draft.chars), piece.bottom, piece.top, base, size))
        return True

    def _add(self, piece: _Piece) -> None:
        draft = self._draft
        if piece.end - piece.start > 1:
            draft.chars.extend(self.text[piece.start : piece.end])
            draft.ligature = self.text[piece.end - 2 : piece.end] in _LIGATURE_ENDS and self._shares_box(piece.end - 1)
        else:
            sign = self.text[piece.start]
            if sign in _PI_SIGNS and piece.right - piece.left > _WIDE_SIGN * draft.styles[-1].size and self._is_pi(piece.start):
                sign = _PI_SIGNS[sign]
            draft.chars.append(sign if "!" <= sign <= "~" else _TEXT_OF.get(sign, sign))
            draft.ligature = piece.left == draft.left or sign in _LIGATURES
        draft.left, draft.last = piece.last_left, piece.end - 1
        draft.x1 = max(draft.x1, piece.right)

    def _is_pi(self, index: int) -> bool:
        """Whether a sign is set in a font of its own: that of no word or number beside it."""
        name = _font_name(self._page, index)
        beside = (i for i in (*range(index - 1, index - 4, -1), *range(index + 1, index + 4)) if 0 <= i < len(self.text) and self.text[i].isalnum())
        return all(_font_name(self._page, i) != name for i in beside)

    def _shares_box(self, i: int) -> bool:
        """Whether a letter has the box of the one before it: they are printed as one."""
        boxes = raw_pdfium.FS_RECTF(), raw_pdfium.FS_RECTF()
        for box, at in zip(boxes, (i - 1, i), strict=True):
            raw_pdfium.FPDFText_GetLooseCharBox(self._page, at, ctypes.byref(box))
        return bool(boxes[0].left == boxes[1].left)


def _text_of(text_page: Any, count: int) -> str:
    """The characters of a page, one for each index: at once, or one by one where the text at once is of another length."""
    buffer = (ctypes.c_ushort * (count + 1))()
    length = raw_pdfium.FPDFText_GetText(text_page, 0, count, buffer) - 1
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
    if length == len(text) == count:
        return text.replace(_SOFT_HYPHEN, _LINE_END_HYPHEN)
    return "".join([chr(raw_pdfium.FPDFText_GetUnicode(text_page, i)) for i in range(count)])


def _same_line(draft: _Draft, base: float, size: float) -> bool:
    """Whether type of a size on a baseline goes on the line of a run: level with it or raised or lowered, but not much larger (a dropped capital)."""
    last = draft.styles[-1]
    low = max(base - BELOW * size, last.base - BELOW * last.size)
    high = min(base + ABOVE * size, last.base + ABOVE * last.size)
    return max(size, draft.size) < 1.95 * min(size, draft.size) and high - low >= 0.35 * min(size, last.size)


def _baseline(text_page: Any, piece: _Piece) -> tuple[float, float]:
    """The height of the line that a character stands on, in user space, and its font size in points, told by its matrix.

    The loose box is as high as the font says, which is from half to twice the size; it serves where the matrix tells nothing (fonts of drawn glyphs).
    """
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = raw_pdfium.FS_MATRIX()
    loose = piece.top - piece.bottom
    if not raw_pdfium.FPDFText_GetMatrix(text_page, piece.start, ctypes.byref(matrix)):
        return piece.bottom + BELOW * loose, loose
    size = raw_pdfium.FPDFText_GetFontSize(text_page, piece.start) * math.hypot(matrix.c, matrix.d)
    raw_pdfium.FPDFText_GetCharOrigin(text_page, piece.start, ctypes.byref(x), ctypes.byref(y))
    if not 0.5 * loose < size < 2.2 * loose:
        return piece.bottom + BELOW * loose, loose
    return y.value, size


def _finished(text_page: Any, draft: _Draft, frame: Frame) -> Run | None:
    """The run of a draft; None where it is blank or hidden."""
    if draft.narrow:
        draft.widen()
    text = "".join(draft.chars)
    ends = [*(style.start for style in draft.styles[1:]), len(draft.chars)]
    main = _main_style(draft.styles, ends)
    if not text.strip() or is_clipped(text_page, draft.first, (draft.x0 + draft.x1) / 2, main.base + (ABOVE - BELOW) / 2 * main.size):
        return None
    at = range(len(text) + 1) if len(text) == len(draft.chars) else list(accumulate(map(len, draft.chars), initial=0))
    raised = [(at[style.start], at[end]) for style, end in zip(draft.styles, ends, strict=True) if _is_raised(style, main)]
    if _STUCK_NUMBER.search(text):
        drawn = _raised_by_shape(text_page, draft, text, main.size)
        raised = sorted([*raised, *((a, b) for a, b in drawn if all(b <= start or end <= a for start, end in raised))])
    blanks = tuple([(at[i], x0 - frame.left, x1 - frame.left) for i, x0, x1 in draft.blanks])
    x0, above, x1, below = frame.to_frame(draft.x0, main.base - BELOW * main.size, draft.x1, main.base + ABOVE * main.size)
    fonts = {_font(text_page, i) for i in {draft.first, (draft.first + draft.last) // 2, draft.last}}
    bold = all(font[1] for font in fonts)
    face = next(iter(fonts))[0] if len(fonts) == 1 else ""
    return Run(text, x0, above, x1, below, main.size, bold, face, joined_ranges(raised, text), blanks)


def _main_style(styles: Sequence[_Style], ends: Sequence[int]) -> _Style:
    """The style that most characters of a run are set in."""
    if len(styles) == 1:
        return styles[0]
    weight: Counter[tuple[float, float]] = Counter()
    for style, end in zip(styles, ends, strict=True):
        weight[round(style.base, 1), round(style.size, 1)] += end - style.start
    most = max(weight, key=lambda key: weight[key])
    return next(style for style in styles if (round(style.base, 1), round(style.size, 1)) == most)


def _is_raised(style: _Style, main: _Style) -> bool:
    rise = (style.base - main.base) / main.size
    return rise > _RAISED_WHOLE or (rise > _RAISED and style.size < _SMALL * main.size)


def _raised_by_shape(text_page: Any, draft: _Draft, text: str, size: float) -> Iterator[tuple[int, int]]:
    """Numbers stuck to words whose digits are drawn raised: fonts with superscripts of their own set them on the line in the size of the text."""
    signs = [chr(raw_pdfium.FPDFText_GetUnicode(text_page, i)) for i in range(draft.first, draft.last + 1)]
    indices = [draft.first + k for k, sign in enumerate(signs) if sign not in _BLANKS and sign not in _NOTHING]
    printed = [k for k, sign in enumerate(text) if sign != " "]
    if len(indices) != len(printed):
        return
    index_of = dict(zip(printed, indices, strict=True))
    for match in _STUCK_NUMBER.finditer(text):
        if all(_is_high(text_page, index_of[k], size) for k in range(*match.span()) if text[k].isdigit()):
            yield match.span()


def _is_high(text_page: Any, i: int, size: float) -> bool:
    sides = [ctypes.c_double() for _ in range(4)]
    origin = [ctypes.c_double() for _ in range(2)]
    raw_pdfium.FPDFText_GetCharBox(text_page, i, *map(ctypes.byref, sides))
    raw_pdfium.FPDFText_GetCharOrigin(text_page, i, *map(ctypes.byref, origin))
    return sides[2].value - origin[1].value > _HIGH * size


def _font_name(text_page: Any, i: int) -> bytes:
    length = raw_pdfium.FPDFText_GetFontInfo(text_page, i, _FONT_NAME, len(_FONT_NAME), ctypes.byref(_FONT_FLAGS))
    return _FONT_NAME.value if length else b""


def _font(text_page: Any, i: int) -> tuple[str, bool]:
    """The name of a character's font without the mark of its subset, and whether it is bold."""
    name = _font_name(text_page, i)
    return _face(name, _FONT_FLAGS.value if name else 0, raw_pdfium.FPDFText_GetFontWeight(text_page, i))


@lru_cache(maxsize=1024)
def _face(name: bytes, flags: int, weight: int) -> tuple[str, bool]:
    text = name.decode("latin-1")
    return text.split("+")[-1], weight >= _BOLD_WEIGHT or bool(flags & _FORCE_BOLD) or bool(_BOLD.search(text))
