"""What is drawn on a page: ruled lines, pictures, and the paths that hide text which lies outside of them."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw_pdfium

from extractor.ingest.pdf.layers import Box

_MOST_OBJECTS = 200_000
_MOST_SEGMENTS = 40
_THIN = 2.6
_SHORTEST_RULE = 12.0


def has_picture(page: pdfium.PdfPage) -> bool:
    """Whether anything but text is on a page."""
    return any(kind in (raw_pdfium.FPDF_PAGEOBJ_IMAGE, raw_pdfium.FPDF_PAGEOBJ_PATH) for kind, _ in _objects(page.raw))


def _objects(page: Any) -> Iterator[tuple[int, Any]]:
    """The objects of a page with their types, those in forms not among them."""
    for i in range(min(raw_pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = raw_pdfium.FPDFPage_GetObject(page, i)
        yield raw_pdfium.FPDFPageObj_GetType(item), item


def ruled_lines(page: pdfium.PdfPage) -> Iterator[Box]:
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
    through = _through(matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = before = (0.0, 0.0)
    for i in range(raw_pdfium.FPDFPath_CountSegments(path)):
        segment = raw_pdfium.FPDFPath_GetPathSegment(path, i)
        raw_pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        kind, here = raw_pdfium.FPDFPathSegment_GetType(segment), through(x.value, y.value)
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


def _through(matrix: Any) -> Callable[[float, float], tuple[float, float]]:
    """What a matrix makes of a point."""

    def point(x: float, y: float) -> tuple[float, float]:
        return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f

    return point


def is_clipped(text_page: Any, index: int, x: float, y: float) -> bool:
    """Whether a point of user space lies outside of what the clipping paths of a character let show: figures are pasted as whole pages of a draft."""
    item = raw_pdfium.FPDFText_GetTextObject(text_page, index)
    path = raw_pdfium.FPDFPageObj_GetClipPath(item) if item else None
    count = raw_pdfium.FPDFClipPath_CountPaths(path) if path else 0
    if count < 1:
        return False
    x, y = _in_form(text_page, index, item, x, y)
    for i in range(min(count, _MOST_SEGMENTS)):
        corners = list(_corners(path, i))
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        if corners and not (min(xs) - 1 <= x <= max(xs) + 1 and min(ys) - 1 <= y <= max(ys) + 1):
            return True
    return False


def _in_form(text_page: Any, index: int, item: Any, x: float, y: float) -> tuple[float, float]:
    """A point of user space in the coordinates of the form that a text object stands in, which are those of its clipping paths.

    pdfium does not name the form, but gives the matrix of a text both in the form and on the page: what leads from one to the other is the form's.
    """
    inner, outer = raw_pdfium.FS_MATRIX(), raw_pdfium.FS_MATRIX()
    raw_pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(inner))
    raw_pdfium.FPDFText_GetMatrix(text_page, index, ctypes.byref(outer))
    area = outer.a * outer.d - outer.b * outer.c
    if abs(area) < 1e-9:
        return x, y
    dx, dy = x - outer.e, y - outer.f
    return _through(inner)((outer.d * dx - outer.c * dy) / area, (outer.a * dy - outer.b * dx) / area)


def _corners(clip: Any, index: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(raw_pdfium.FPDFClipPath_CountPathSegments(clip, index), _MOST_SEGMENTS)):
        segment = raw_pdfium.FPDFClipPath_GetPathSegment(clip, index, i)
        raw_pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        yield x.value, y.value
