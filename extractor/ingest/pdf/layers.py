"""What the stages of reading a PDF hand on: runs of characters and ruled lines, in points from the top left corner of upright text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""

ABOVE, BELOW = 0.76, 0.24
"""How far a line of type reaches above and below its baseline, in font sizes. The fonts' own figures differ by a factor of three."""


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
        (ax, ay), (bx, by) = turned(page[0], page[1], turns), turned(page[2], page[3], turns)
        return cls(turns, min(ax, bx), max(ay, by), abs(bx - ax), abs(by - ay))

    def to_frame(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of user space in the frame."""
        (ax, ay), (bx, by) = turned(x0, y0, self.turns), turned(x1, y1, self.turns)
        return min(ax, bx) - self.left, self.top - max(ay, by), max(ax, bx) - self.left, self.top - min(ay, by)

    def to_user(self, box: Box) -> Box:
        """A box of the frame in user space (x0, y0, x1, y1; y upwards)."""
        (ax, ay), (bx, by) = (turned(x + self.left, self.top - y, -self.turns) for x, y in (box[:2], box[2:]))
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def turned(x: float, y: float, turns: int) -> tuple[float, float]:
    """Coordinates along and across a direction that is so many quarter turns from the x axis."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turns % 4]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that follow one another on one line without a wide gap.

    Attributes:
        text: the characters, with single blanks between words.
        x0: left edge; `x1` right edge; `top` and `bottom` those of the line of type, all in points of the frame.
        size: the font size of most of its characters.
        bold: whether it is set in bold from end to end.
        face: the name of its font; empty where it changes.
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
    face: str = ""
    raised: tuple[tuple[int, int], ...] = ()
    blanks: tuple[tuple[int, float, float], ...] = ()

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def base(self) -> float:
        """Height of the line that it stands on."""
        return self.bottom - BELOW * self.size

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


def joined_ranges(ranges: Iterable[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Ranges that touch, or have nothing but a blank between them, as one; without blanks at their ends."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    trimmed = ((start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())) for start, end in found)
    return tuple((start, end) for start, end in trimmed if start < end)
