"""What the text says of a table that does not say it itself: the endpoint of its ratios."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.document import BlockKind, Document, fold
from extractor.entities.endpoints import find_endpoints, quantities_of
from extractor.relations.tables.grid import Grid

_END = re.compile(r"(?<=[.;])\s+(?=[A-Z(])")
_REGRESSION = re.compile(
    r"\bcox\b|\bproportional[\s-]hazards?\b|\bregression\b|\bmulti-?varia\w+|\bprognostic\s(?:factors?|value|variables?|significance)", re.IGNORECASE
)


def told_in_text(document: Document, grid: Grid) -> frozenset[str]:
    """The times to an event that a table of ratios may be of by the text.

    The sentences that speak of the table by its number come first, then their paragraphs, then the sentences that speak of the
    regression. What is nearer and names several endpoints is not settled by what is further away.
    """
    label = grid.table.label.rstrip(".") if grid.table.label else ""
    paragraphs = [fold(b.span.of(document.text)) for b in document.blocks if b.kind is BlockKind.TEXT]
    named = (
        re.compile(rf"(?<!Supplementary\s)(?<!Supplemental\s)(?<!Additional\s)\b{re.escape(label)}(?![\dA-Za-z])", re.IGNORECASE) if label else None
    )
    about = [p for p in paragraphs if named is not None and named.search(p)]
    mentions = [s for p in about for s in _END.split(p) if named is not None and named.search(s)]
    regressions = [s for p in paragraphs for s in _END.split(p) if _REGRESSION.search(s)]
    for texts in (mentions, about, regressions):
        found = _times(texts)
        if found:
            return frozenset(found)
    return frozenset()


_MEDIAN = re.compile(r"\bmedians?\b(?P<of>[^.;]{0,90})|\b(?P<short>m(?:OS|PFS|TTP|DFS))\b", re.IGNORECASE)
_MEAN = re.compile(r"\b(?:mean|average)\b(?P<of>[^.;]{0,60})", re.IGNORECASE)


def tells_medians(document: Document) -> bool:
    """Whether the sentences of a paper tell medians of times to an event, and no means: then its tables do so too."""
    text = fold(" ".join(b.span.of(document.text) for b in document.blocks if b.kind is BlockKind.TEXT))
    medians = any(m.group("short") or _times([m.group("of")]) for m in _MEDIAN.finditer(text))
    return medians and not any(_times([m.group("of")]) for m in _MEAN.finditer(text))


def _times(texts: Iterable[str]) -> set[str]:
    """The times to an event that texts name; follow-up and the like are none."""
    found = {m.norm for text in texts for m in find_endpoints(text) if quantities_of()[m.norm] == "time"}
    return found - {"FOLLOW_UP", "DURATION", "TTR", "DEATH"}
