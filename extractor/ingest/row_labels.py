"""The labels of rows that were run together: what stands above a row's own name, in a line of its own or before it, names a group of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractor.document import CharSpan
from extractor.ingest.heads import trimmed

_MARK_ALONE = re.compile(r"\s*[a-k](?:,\s?[a-k])*\s*")
# "Gastrointestinal disorders Nausea": a small word, then a name that begins with a capital.
_GROUP = re.compile(
    r"""
    (?<![\w-]) (?! (?:of|with|without|to|due|and|or|for|in|by|the|than|at|from|on|per|an?|not|no|one|more|least|other|vs|versus|including|requiring
      |leading|related|any|all|nor|as|be|is|was|were|had|has) \s )
    (?: [a-z][a-z-]{2,} [)\]]? \s+ | (?:TE|S|irS|ir)?AEs \s+ | [A-Z][a-z]+ \s+ (?=Any\s) )
    (?= (?! (?:Grades?|Stages?|Levels?|Types?|Days?|Weeks?|Months?|Years?|Cycles?|Arms?|Groups?|Phases?|Class|Version) \b ) [A-Z][a-z]{2,} )
  | ^ (?: Non-? )? [A-Z]? [a-z]+ (?:ic|al|ary|ous) (?:,?\s(?:n\s?)?\(%\))? \s* (?= [A-Z][a-z]{2,} )
  | (?: (?<= [a-z]{3} ) | (?<= [a-z]{2}[)] ) ) (?= [A-Z][a-z]{2,} )
  | (?: [(\[] (?:%|kg|years|cm|months|days) [)\]] | ,\s[nN] ) \s+ (?= [A-Z][a-z]{2,} )
    """,
    re.VERBOSE,
)
_WIDE = re.compile(r"[ \xa0]?[\u2002\u2003]+[ \xa0]?")
_LINE_END = re.compile(r"\n")
# Wide blanks are of nothing else; two narrow ones may stand around words in italics, before small letters more often than before a capital.
_INDENTS = (re.compile(r"[\u2001-\u2003]|\xa0{2}"), re.compile(r"(?<=\S) {2}(?=[A-Z]|$)| {2}(?=$)"))
_FEWEST_INDENTED = 3
_SHARE_INDENTED = 0.4
_MOST_PARTED = 0.4
_FEWEST_AT_MARGIN = 2
_FEWEST_LABELS = 5


def indent_of(raw: str, labels: Iterable[CharSpan]) -> re.Pattern[str] | None:
    """What names of rows are set in by, so that one within a label begins the row below the name of a group; None where they are not set in."""
    before = [raw[max(label.start - 2, 0) : label.start] for label in labels]
    for indent in _INDENTS:
        if sum(indent.search(blank) is not None for blank in before) >= max(_FEWEST_INDENTED, _SHARE_INDENTED * len(before)):
            return indent
    return None


def lines_of_label(raw: str, span: CharSpan, indent: re.Pattern[str] | None = None) -> list[CharSpan]:
    """The lines of a label: those above the last name a group of rows, and so does what stands before an indent."""
    ends = [m.start() for m in (indent or _LINE_END).finditer(raw, span.start, span.end)]
    lines = []
    for a, b in pairwise([span.start, *sorted({*ends, *(m.start() for m in _LINE_END.finditer(raw, span.start, span.end))}), span.end]):
        if re.search(r"\w", raw[a:b]) and not _MARK_ALONE.fullmatch(raw[a:b]):
            lines.append(trimmed(raw, a, b))
    return lines or [span]


def set_in(raw: str, labels: Sequence[CharSpan]) -> list[int]:
    """How far each row is set in: by how many blanks more stand before its name than before those that stand farthest left.

    Where cells ran together without a blank, or with one, a blank more is what is left of a name that was set in below another. The first name
    stands behind the heads and shows nothing.
    """
    blanks = [len(before) - len(before.rstrip(" \xa0\u2002\u2003")) for label in labels if (before := raw[max(label.start - 8, 0) : label.start])]
    margin = min(blanks[1:], default=0)
    at_margin = [label for label, count in zip(labels[1:], blanks[1:], strict=True) if count == margin]
    if len(at_margin) < _FEWEST_AT_MARGIN and not any(_WIDE.search(label.of(raw)) for label in at_margin):
        return [0] * len(labels)
    return [0, *(count - margin for count in blanks[1:])]


def headed(raw: str, label: CharSpan, deeper: bool) -> list[CharSpan]:
    """The name of a group of rows and that of its first row, where a wide blank in the label sets the second in as the rows below are."""
    bounds = list(_WIDE.finditer(raw, label.start, label.end)) if deeper else []
    if len(bounds) != 1 or not all(
        re.search(r"[^\W\d_]{2}|\d", part) for part in (raw[label.start : bounds[0].start()], raw[bounds[0].end() : label.end])
    ):
        return [label]
    return [trimmed(raw, label.start, bounds[0].start()), trimmed(raw, bounds[0].end(), label.end)]


def writes_small(labels: Iterable[str]) -> bool:
    """Whether names of rows begin with a capital and go on in small letters, so that a second capital begins another name."""
    told = [bool(_GROUP.search(label)) for label in labels]
    return len(told) >= _FEWEST_LABELS and sum(told) <= _MOST_PARTED * len(told)


def parted(text: str, span: CharSpan, *, first: bool = False) -> list[CharSpan]:
    """The name of a group of rows and that of its first row, where both run together in a label: "Gastrointestinal disorders Nausea".

    The last words of the head may stand before the first label of a table: there, nothing but an adjective alone is taken for a group.
    """
    label = span.of(text)
    bound = _GROUP.search(label)
    if bound is None or not re.match(r"[A-Z]", label) or (first and bound.start()):
        return [span]
    return [trimmed(text, span.start, span.start + bound.end()), trimmed(text, span.start + bound.end(), span.end)]


def numbered_below(text: str, label: CharSpan, below: CharSpan | None) -> list[CharSpan]:
    """The name of a group of rows and its first level, where the next row is called by the next level alone: "Nausea Grade 1", "Grade 2"."""
    level = _LEVEL.fullmatch(text, below.start, below.end) if below is not None else None
    if level is None:
        return [label]
    own = re.search(rf"(?<=[A-Za-z)])\s+(?={re.escape(level.group(1))}\s?(?:\d|[IV]+\b))", text[label.start : label.end], re.IGNORECASE)
    if own is None:
        return [label]
    return [trimmed(text, label.start, label.start + own.start()), trimmed(text, label.start + own.end(), label.end)]


_LEVEL = re.compile(r"([≥>]?\s?(?:[Gg]rades?|[Ss]tages?|[Ll]evel|[Tt]ype|[Cc]lass))\s?(?:\d(?:\s?[-/]\s?\d)?|[IV]+(?:[-/][IV]+)?)")
