"""Runs of characters that do not stand upright: tables set sideways, labels of axes, stamps at the edge of a page."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw_pdfium

from extractor.ingest.pdf.layers import ABOVE, BELOW, Run, joined_ranges, turned

_ASKEW = 0.05
"""Radians from a quarter turn: what stands further askew is a watermark."""

_BLANK = 0.19
"""Gap between two words, in font sizes, where boxes are those of the ink: a gap between letters is up to 0.15 of the size, a blank at least 0.2."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A turned character: index, text, start and end along its direction, baseline across it, font size."""

    index: int
    text: str
    start: float
    end: float
    base: float
    size: float


def turned_runs(text_page: Any, signs: Iterable[tuple[int, str]], is_bold: Callable[[int], bool], widest: float) -> dict[int, list[Run]]:
    """Runs of characters that are not upright, by quarter turns, in coordinates along and across their direction.

    Args:
        text_page: pdfium's handle of the page's text.
        signs: index and text of each character.
        is_bold: whether the character of an index is bold.
        widest: gap that ends a run, in font sizes.
    """
    by_turns: dict[int, list[_Glyph]] = {}
    for index, sign in signs:
        angle = raw_pdfium.FPDFText_GetCharAngle(text_page, index)
        turns = round(angle / (math.pi / 2))
        if abs(angle - turns * math.pi / 2) <= _ASKEW:
            turns = -turns % 4  # pdfium counts the angle clockwise from the x axis
            by_turns.setdefault(turns, []).append(_glyph(text_page, index, sign, turns))
    return {turns: [_run(line, is_bold) for line in _lines(glyphs, widest)] for turns, glyphs in by_turns.items()}


def _glyph(text_page: Any, index: int, sign: str, turns: int) -> _Glyph:
    sides = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = sides
    origin = [ctypes.c_double(), ctypes.c_double()]
    matrix = raw_pdfium.FS_MATRIX()
    raw_pdfium.FPDFText_GetCharBox(text_page, index, *map(ctypes.byref, sides))
    raw_pdfium.FPDFText_GetCharOrigin(text_page, index, *map(ctypes.byref, origin))
    raw_pdfium.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix))
    size = raw_pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.a, matrix.b)
    (ax, _), (bx, _) = turned(left.value, bottom.value, turns), turned(right.value, top.value, turns)
    _, base = turned(origin[0].value, origin[1].value, turns)
    return _Glyph(index, sign, min(ax, bx), max(ax, bx), base, max(size, 1.0))


def _lines(glyphs: Iterable[_Glyph], widest: float) -> Iterator[list[_Glyph]]:
    here: list[_Glyph] = []
    for glyph in glyphs:
        if here:
            before = here[-1]
            gap = (glyph.start - before.end) / before.size
            if not (-0.5 < gap < widest and abs(glyph.base - before.base) < 0.5 * before.size):
                yield here
                here = []
        here.append(glyph)
    if here:
        yield here


def _run(glyphs: Sequence[_Glyph], is_bold: Callable[[int], bool]) -> Run:
    """One run; its top and bottom still count upwards from the frame's own zero."""
    size = Counter(g.size for g in glyphs).most_common(1)[0][0]
    base = Counter(g.base for g in glyphs if g.size == size).most_common(1)[0][0]
    text = ""
    raised: list[tuple[int, int]] = []
    for before, glyph in zip([None, *glyphs], glyphs, strict=False):
        if before is not None and glyph.start - before.end > _BLANK * size:
            text += " "
        if glyph.size < 0.82 * size and glyph.base - base > 0.1 * size:
            raised.append((len(text), len(text) + len(glyph.text)))
        text += glyph.text
    bold = all(is_bold(i) for i in {glyphs[0].index, glyphs[-1].index})
    right = max(g.end for g in glyphs)
    return Run(text, glyphs[0].start, base + ABOVE * size, right, base - BELOW * size, size, bold, raised=joined_ranges(raised, text))
