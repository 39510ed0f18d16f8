"""From lines to paragraphs, headings and captions, and what comes after what: the halves of a paragraph meet again over columns and pages.

What stands between the halves (tables, captions, footnotes, boxes) is told by its type size and by the sentence that is not finished, and comes after
the paragraph that it cut in two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from statistics import median

from extractor.document import BlockKind
from extractor.ingest.pdf.columns import Line
from extractor.ingest.pdf.layers import Run
from extractor.ingest.pdf.tables import Grid
from extractor.ingest.text import CAPTION, REFERENCE_START, RUNS_ON, SENTENCE_END, is_heading

_BULLET = re.compile(r"[•▪■◼●–*‣]\s|\(?(?:[a-z]|\d{1,2}|[ivx]{2,4})[.)]\s")
_ENTRY = re.compile(r"\[?(\d{1,3})[.\]]?\s+[^\W\d_]")
_NUMBERED_ENTRY = re.compile(r"\[?\d{1,3}[.\]]?\s+\S")
_LONGEST_HEADING = 160
_SHORTEST_PROSE = 25
_FARTHEST_PAGES = 2
_FARTHEST = 60
"""So many blocks may stand between the halves of a paragraph: a page of footnotes, tables and figures."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together and what they are, with the number of the layer that each stands on; or a table, which has no lines."""

    lines: tuple[Line, ...]
    kind: BlockKind
    layers: tuple[int, ...]
    grid: Grid | None = None

    @property
    def size(self) -> float:
        """The font size of most of its characters."""
        weight = Counter[float]()
        for line in self.lines:
            weight[round(line.size * 2) / 2] += len(line.text)
        return weight.most_common(1)[0][0]

    @property
    def text(self) -> str:
        """Its lines in one."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Body:
    """What most of a paper's text is set in: font size in points, and the name of the font."""

    size: float
    face: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a column is set: the usual distance of lines by font size, in points, and what the paper's text is set in."""

    leading: dict[float, float]
    body: Body


def is_caption(text: str) -> bool:
    """Whether a line begins a caption: "Figure 3. Survival" and "Figure 3 Survival", not "Figure 3 reflects"."""
    label = CAPTION.match(text)
    return label is not None and not re.match(r"\s+[a-z]", text[label.end() :])


def body_of(runs: Iterable[Run]) -> Body:
    """What most of the text is set in; sizes that differ by a few percent are one."""
    weight = Counter[float]()
    faces = Counter[str]()
    for run in runs:
        if len(run.text) > 25:
            weight[round(run.size, 1)] += len(run.text)
            faces[run.face] += len(run.text)
    if not weight:
        return Body(10.0, "")
    around = {size: sum(n for other, n in weight.items() if abs(other - size) <= 0.05 * size) for size in weight}
    best = max(around, key=lambda size: around[size])
    face = max((name for name in faces if name), key=lambda name: faces[name], default="")
    return Body(max((size for size in weight if abs(size - best) <= 0.05 * best), key=lambda size: weight[size]), face)


def paragraphs(lines: Sequence[Line], body: Body, layer: int) -> list[Paragraph]:
    """The paragraphs of one column from top to bottom; `layer` is the number of the layer that the lines stand on."""
    if not lines:
        return []
    setting = _Setting(_leading(lines), body)
    groups: list[list[Line]] = [[lines[0]]]
    for i in range(1, len(lines)):
        if _parts(groups[-1], lines[i], lines[i + 1] if i + 1 < len(lines) else None, setting):
            groups.append([lines[i]])
        else:
            groups[-1].append(lines[i])
    return [Paragraph(tuple(group), kind_of(group, body), (layer,) * len(group)) for group in groups]


def _leading(lines: Sequence[Line]) -> dict[float, float]:
    """The usual distance of lines by font size, in points."""
    distances: dict[float, list[float]] = {}
    for above, below in pairwise(lines):
        if abs(above.size - below.size) < 0.6 and 0 < below.baseline - above.baseline < 3 * below.size:
            distances.setdefault(round(below.size), []).append(below.baseline - above.baseline)
    return {size: min(median(found), 1.6 * size) for size, found in distances.items()}


def _parts(group: Sequence[Line], line: Line, following: Line | None, setting: _Setting) -> bool:
    """Whether a line starts a new paragraph."""
    above = group[-1]
    usual = setting.leading.get(round(line.size), 1.25 * line.size)
    distance = line.baseline - above.baseline
    wide = 1.22 if SENTENCE_END.search(above.text) or not line.text[0].islower() else 1.45
    if distance > wide * usual + 0.4 or distance < -1 or abs(line.size - above.size) > 0.09 * max(line.size, above.size) + 0.3:
        return True
    if _next_entry(group, line) or (is_caption(line.text) and not RUNS_ON.search(above.text)):
        return True
    if is_caption(group[0].text):  # the words beside a figure are as wide as it leaves room, and its title is bold
        return is_heading(line.text) or (line.bold and not above.bold and bool(SENTENCE_END.search(above.text)))
    turns = _style_turns(group, line) if line.bold != above.bold else line.face != above.face and _face_turns(group, line, setting.body)
    if turns or _opens_with_label(line):
        return True
    return _indent_parts(group, line, following) or _short_above_parts(above, line)


def _next_entry(group: Sequence[Line], line: Line) -> bool:
    """Whether a line begins the next entry of a numbered list: at the same edge as this one, numbered one higher."""
    here, new = _ENTRY.match(group[0].text), _ENTRY.match(line.text)
    if here is None or new is None or int(new.group(1)) != int(here.group(1)) + 1:
        return False
    return abs(line.x0 - group[0].x0) < 0.8 * line.size


def _opens_with_label(line: Line) -> bool:
    """Whether a line opens with a label in bold that stands apart, as those of structured abstracts do: "Results", then the words."""
    return len(line.pieces) > 1 and line.pieces[0].bold and not line.bold and is_heading(line.pieces[0].text)


def _style_turns(group: Sequence[Line], line: Line) -> bool:
    """Whether bold type begins or ends with a heading; a bold word that fills a line inside a sentence is none."""
    if group[-1].bold:
        return len(group) <= 3 and (len(group) == 1 or all(above.bold for above in group)) and not line.text[:1].islower()
    return bool(SENTENCE_END.search(group[-1].text)) or is_heading(line.text)


def _face_turns(group: Sequence[Line], line: Line, body: Body) -> bool:
    """Whether a heading in a typeface of its own ends or begins."""
    above = group[-1]
    if not line.text[:1].isupper():
        return False
    if _own_face(group, body):
        short = above.x1 < above.column[1] - 3 * above.size
        return len(group) <= 3 and short and not SENTENCE_END.search(above.text) and not RUNS_ON.search(above.text)
    short = line.x1 < line.column[1] - 3 * line.size
    return _own_face([line], body) and short and bool(SENTENCE_END.search(above.text)) and not SENTENCE_END.search(line.text)


def _indent_parts(group: Sequence[Line], line: Line, following: Line | None) -> bool:
    """Whether the left edge of a line shows a new paragraph: it is indented, or hangs out before lines that are indented."""
    above, em = group[-1], line.size
    shift = line.x0 - above.x0
    if abs(shift) < 0.55 * em:
        return _starts_entry(line, above)
    if shift > 0:
        if len(group) == 1 and (_BULLET.match(above.text) or _hangs(above, line, following)):
            return False
        if shift > 5 * em or _centred(above, line):
            return not _centred(above, line) or above.text.endswith(".")
        back = following is None or following.x0 < line.x0 - 0.4 * em or following.baseline - line.baseline > 2 * em
        return back or bool(SENTENCE_END.search(above.text))
    if len(group) == 1:
        return bool(_BULLET.match(line.text)) and bool(SENTENCE_END.search(above.text))
    return not _centred(above, line) or bool(SENTENCE_END.search(above.text))


def _starts_entry(line: Line, above: Line) -> bool:
    if REFERENCE_START.match(line.text) and (SENTENCE_END.search(above.text) or not RUNS_ON.search(above.text)):
        return True
    return bool(re.match(r"[•▪■◼●‣]", line.text))


def _hangs(above: Line, line: Line, following: Line | None) -> bool:
    """Whether a line goes on under an entry that hangs out: the next is as far in, or the entry starts with its number."""
    if _NUMBERED_ENTRY.match(above.text):
        return True
    level = following is not None and abs(following.x0 - line.x0) < 0.4 * line.size and following.baseline - line.baseline < 2 * line.size
    return level and not SENTENCE_END.search(above.text)


def _centred(above: Line, line: Line) -> bool:
    return abs((above.x0 + above.x1) - (line.x0 + line.x1)) < 0.8 * line.size


def _short_above_parts(above: Line, line: Line) -> bool:
    """Whether the line above ended early: the first word of this one would have had room there."""
    first = line.text.split(" ", 1)[0]
    right = max(line.x1, above.column[1] - 2 * line.size) if above.column[1] - above.x1 > 4 * line.size else above.column[1]
    room = right - above.x1 - 0.3 * above.size
    width = (line.x1 - line.x0) * len(first) / max(len(line.text), 1)
    if room < 1.25 * width + 0.6 * above.size:
        return False
    if SENTENCE_END.search(above.text) or is_heading(above.text):
        return True
    return not (line.text[0].islower() or RUNS_ON.search(above.text) or above.text[-1] in "-," or above.bold) and room > 0.3 * (right - above.x0)


def kind_of(group: Sequence[Line], body: Body) -> BlockKind:
    """What lines of one paragraph are, by their words and their type."""
    text = " ".join(line.text for line in group)
    if is_caption(text):
        return BlockKind.CAPTION
    if len(group) <= 3 and len(text) <= _LONGEST_HEADING and text[:1].isalnum():
        styled = all(line.bold for line in group) or (group[0].size > 1.08 * body.size and len(text) <= 90) or _own_face(group, body)
        if is_heading(text) or (styled and not SENTENCE_END.search(text) and text[-1] not in ";," and re.search(r"[^\W\d_]{3}", text)):
            return BlockKind.HEADING
    return BlockKind.TEXT


def _own_face(group: Sequence[Line], body: Body) -> bool:
    """Whether lines are set in a typeface of their own in the size of the text, as journals set headings that are not bold."""
    own = bool(body.face) and all(line.face not in ("", body.face) and line.size >= 0.92 * body.size for line in group)
    return own and group[0].text[:1].isupper() and sum(len(line.text) for line in group) <= 90


def without_labels(found: Sequence[Paragraph], body: float) -> list[Paragraph]:
    """The paragraphs of a page with the words inside its figures as furniture: short pieces before a figure's caption, small ones behind it."""
    kinds = [p.kind for p in found]
    for i, paragraph in enumerate(found):
        if paragraph.kind is not BlockKind.CAPTION or not re.match(r"\W*fig", paragraph.text, re.IGNORECASE):
            continue
        before = _labels(found[:i][::-1], body)
        if len(before) > 1 or any(p.size < 0.95 * body for p in before):
            kinds[i - len(before) : i] = [BlockKind.FURNITURE] * len(before)
        behind = [p for p in _labels(found[i + 1 :], body) if p.size < 0.95 * body]
        kinds[i + 1 : i + 1 + len(behind)] = [BlockKind.FURNITURE] * len(behind)
    return [replace(p, kind=kind) if kind is not p.kind else p for p, kind in zip(found, kinds, strict=True)]


def _labels(found: Iterable[Paragraph], body: float) -> list[Paragraph]:
    return list(takewhile(lambda p: _is_label(p, body), found))


def _is_label(paragraph: Paragraph, body: float) -> bool:
    """Whether a paragraph is words of a figure: narrow lines without a sentence."""
    if paragraph.kind in (BlockKind.CAPTION, BlockKind.TABLE) or SENTENCE_END.search(paragraph.text):
        return False
    if is_heading(paragraph.text) and paragraph.size >= 0.95 * body:
        return False
    if not re.search(r"[^\W\d_]{3}", paragraph.text):
        return True  # the numbers along an axis
    wide = sum(_inked(line) > 0.62 * (line.column[1] - line.column[0]) and len(line.text) > 30 for line in paragraph.lines)
    return not wide and sum(map(_longest_piece, paragraph.lines)) / len(paragraph.lines) < 45


def _inked(line: Line) -> float:
    return sum(run.x1 - run.x0 for run in line.pieces)


def _longest_piece(line: Line) -> int:
    return max(len(run.text) for run in line.pieces)


def in_flow(found: Sequence[Paragraph]) -> list[Paragraph]:
    """The halves of paragraphs joined over columns, pages and what stands between them."""
    flow: list[Paragraph] = []
    taken: set[int] = set()
    for i, first in enumerate(found):
        if i in taken:
            continue
        here, between = first, i
        while here.kind is BlockKind.TEXT and (j := _other_half(found, here, between, taken)) is not None:
            taken.add(j)
            here = replace(here, lines=(*here.lines, *found[j].lines), layers=(*here.layers, *found[j].layers))
            between = j
        flow.append(here)
    return flow


def _other_half(found: Sequence[Paragraph], half: Paragraph, at: int, taken: set[int]) -> int | None:
    """The paragraph that goes on where `half`, which ends at index `at`, breaks off."""
    last = half.lines[-1]
    cut = last.text[-1:] in "-\xad\u2010" and last.text[-2:-1].isalpha()
    if not _breaks_off(last, cut=cut):
        return None
    for j in range(at + 1, min(at + _FARTHEST, len(found))):
        other = found[j]
        if _shuts_off(other, half) or (other.lines and other.layers[0] - half.layers[-1] > _FARTHEST_PAGES):
            return None
        if j in taken or other.kind is not BlockKind.TEXT or abs(other.size - half.size) > 0.5:
            continue
        if j == at + 1 and half.layers[-1] == other.layers[0] and other.lines[0].column == last.column:
            # Parted by what the lines look like, in one column: only a word cut in two outweighs that.
            return j if cut and other.text[:1].islower() else None
        if j > at + 1 and found[j - 1].kind is BlockKind.TEXT and j - 1 not in taken and _halves(found[j - 1], other):
            continue  # it goes on from the paragraph right before it
        if _goes_on(half, other):
            return j
        if len(other.lines) >= 4:
            return None
    return None


def _shuts_off(other: Paragraph, half: Paragraph) -> bool:
    """Whether a heading, or larger type, stands below in the same column: what breaks off above it is no sentence."""
    if not other.lines or other.layers[0] != half.layers[-1] or other.lines[0].column != half.lines[-1].column:
        return False
    return other.kind is BlockKind.HEADING or (other.kind is BlockKind.TEXT and other.size > half.size + 0.5)


def _halves(above: Paragraph, below: Paragraph) -> bool:
    last = above.lines[-1]
    return abs(above.size - below.size) <= 0.5 and _breaks_off(last, cut=last.text[-1:] in "-\xad\u2010") and _goes_on(above, below)


def _breaks_off(last: Line, *, cut: bool) -> bool:
    """Whether a line ends inside a sentence at the edge of its column."""
    if SENTENCE_END.search(last.text) or len(last.text) < _SHORTEST_PROSE:
        return False
    full = last.x1 > last.column[1] - max(0.12 * (last.column[1] - last.column[0]), 1.5 * last.size)
    return cut or full or (bool(RUNS_ON.search(last.text)) and last.x1 - last.x0 > 0.6 * (last.column[1] - last.column[0]))


def _goes_on(half: Paragraph, other: Paragraph) -> bool:
    """Whether a paragraph may be the second half of another."""
    first = other.lines[0]
    if REFERENCE_START.match(first.text) or is_heading(first.text) or _BULLET.match(first.text) or first.bold != half.lines[-1].bold:
        return False
    if len(first.text) < _SHORTEST_PROSE and not SENTENCE_END.search(first.text):
        return False
    wide = first.x1 > first.column[1] - 0.15 * (first.column[1] - first.column[0])
    if first.text[:1].islower():
        return wide or len(other.lines) == 1
    return bool(SENTENCE_END.search(other.text) or len(other.lines) > 2) and (wide or len(other.lines) == 1)
