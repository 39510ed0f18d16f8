"""Heads below the names of the columns of a table that was run together: "Drug (n = 40) Placebo (n = 38) 1-2 3-4 1-2 3-4", "n % n %".

What stands below each name is the same, so it comes as often as there are names; each of its parts is a grade, or says what kind of number follows.
A grade is a bare number in most tables of toxicities: only that the whole line is told by such parts, each time in the same order, shows that its
numbers are heads and no row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.document import CharSpan
from extractor.ingest.heads import MARKS, P_HEAD
from extractor.ingest.shares import Columns, Row

_LEVEL = r"(?:[0-5]|IV|V|III|II|I)"
_UNIT = r"(?:,?\s?(?:[nN]|No\.?)?\s?[(\[]\s?%\s?[)\]])"
_GRADE = rf"(?:[≥>]\s?)?{_LEVEL}(?:\s?(?:-|/|\bor\b|\band\b|\bto\b)\s?{_LEVEL})?\+?{_UNIT}?(?![\w.])"
_COUNT = r"(?:[nN]o\.?(?:\sof\s(?:patients|cases|pts))?|[nN]|[Nn]umber|[Pp]atients|[Pp]ts|[Cc]ases)"
_SHARE = r"(?:[(\[]\s?%\s?[)\]]|%|[Pp]er\s?cent(?:age)?)"
_PART = (
    rf"(?:(?:[Aa]ll|[Aa]ny|[Tt]otal)(?:\s(?:[Gg]rades?|AEs|events|[Pp]atients|[Nn]o\.))?{_UNIT}?(?!\w)"
    rf"|(?:[Gg]rades?|[Gg]r\.?|G)\s?{_GRADE}(?:\s(?:or|and)\s[Gg]rade\s{_GRADE})?(?:\s(?:AEs|events))?|{_GRADE}|{_COUNT}{_UNIT}?(?!\w)|{_SHARE}(?!\w))"
)
# Between the names and what stands below them: what the column of names is called, and "Grade" above the bare numbers.
_LEAD = rf"(?:{P_HEAD.pattern})?[{MARKS}]*(?:[^\d\n]{{1,60}}?\s)?"
_FARTHEST = 160
_MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class SubHeads:
    """The heads below each name, in order, and where the last of them ends."""

    parts: tuple[tuple[CharSpan, ...], ...]
    end: int


def sub_heads(text: str, start: int, end: int, names: int) -> SubHeads | None:
    """The heads below so many names; None where the words behind the names are no such heads.

    Args:
        text: the folded text.
        start: where the last name ends.
        end: where the table ends at the latest.
        names: how many names there are, two at least.
    """
    stop = min(end, start + _FARTHEST)
    for count in range(_MOST_PARTS, 1, -1):
        unit = r"\s+".join([_PART] * count)
        match = re.compile(rf"{_LEAD}(?P<unit>{unit})(?P<others>(?:\s+(?P=unit)){{{names - 1}}})(?=[{MARKS}]*(?:\s|$))").match(text, start, stop)
        if match is None:
            continue
        bounds = re.compile(r"\s*" + r"\s+".join([f"({_PART})"] * count))
        found, at = [], match.start("unit")
        for _ in range(names):
            own = bounds.match(text, at, match.end())
            if own is None:
                return None
            found.append(tuple(CharSpan(*own.span(i)) for i in range(1, count + 1)))
            at = own.end()
        told = [part.of(text) for part in found[0]]
        return SubHeads(tuple(found), match.end()) if len(set(told)) == count else None
    return None


_NAMED_PART = rf"(?:(?:[Aa]ll|[Aa]ny)\s(?:[Gg]rades?|AEs){_UNIT}?|(?:[Gg]rades?|[Gg]r\.?|G)\s?{_GRADE}(?:\s(?:or|and)\s[Gg]rade\s{_GRADE})?)"
_CAPTION = 400


def lone_heads(text: str, start: int, end: int) -> tuple[CharSpan, ...]:
    """The grades that stand side by side above the columns of a table of one group: "All grades Grade 3-4"; () where the same come again.

    Bare numbers are taken for grades behind that word alone: no name above them shows how often they come.
    """
    stop = min(end, start + _CAPTION)
    for part, lead in ((_NAMED_PART, r"(?<=\s)"), (_GRADE, r"(?<=[Gg]rade\s)")):
        run = re.compile(rf"{lead}{part}(?:\s+{part})+(?=\s)").search(text, start, stop)
        if run is None:
            continue
        parts = tuple(CharSpan(*m.span()) for m in re.compile(part).finditer(text, run.start(), run.end()))
        if len({" ".join(one.of(text).casefold().split()) for one in parts}) == len(parts):
            return parts
    return ()


def is_share(head: str) -> bool:
    """Whether a head says that percentages stand below it, and no counts."""
    return re.fullmatch(_SHARE, head.strip()) is not None


def with_percentages_beside(text: str, rows: Sequence[Row], columns: Columns) -> list[Row]:
    """The rows in which a count has the percentage of the column beside it, where the heads are a count and a share ("n %").

    A percentage that stands in a column of its own proves as much as one in brackets.
    """
    below = [part.of(text) for part in columns.below[0]] if columns.below else []
    beside = [i for i in range(len(below) - 1) if re.fullmatch(_COUNT, below[i]) and is_share(below[i + 1])]
    places = [head * columns.each + i for head in range(len(columns.below)) for i in beside]
    return [_paired(text, row, places) if row.fits and places else row for row in rows]


def _paired(text: str, row: Row, places: Sequence[int]) -> Row:
    cells = list(row.cells)
    for i in places:
        share = re.fullmatch(r"(\d{1,3}(?:\.(\d+))?)\s?%?", cells[i + 1].span.of(text)) if i + 1 < len(cells) else None
        if share is not None and cells[i].count is not None and cells[i].percent is None:
            cells[i] = replace(cells[i], percent=float(share.group(1)), decimals=len(share.group(2) or ""))
    return replace(row, cells=tuple(cells))
