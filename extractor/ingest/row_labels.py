"""The labels of rows that were run together: what stands above a row's own name, in a line of its own or before it, names a group of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
  | (?: [(\[] (?:%|kg|years|cm|months|days) [)\]] | ,\s[nN] ) \s+ (?= [A-Z][a-z]{2,} )
    """,
    re.VERBOSE,
)
_MOST_PARTED = 0.4
_FEWEST_LABELS = 5


def lines_of_label(raw: str, span: CharSpan) -> list[CharSpan]:
    """The lines of a label: those above the last name a group of rows."""
    lines = [CharSpan(*m.span()).shifted(span.start) for m in re.finditer(r"[^\n]*\w[^\n]*", span.of(raw)) if not _MARK_ALONE.fullmatch(m.group())]
    return [trimmed(raw, line.start, line.end) for line in lines] or [span]


def writes_small(labels: Iterable[str]) -> bool:
    """Whether names of rows begin with a capital and go on in small letters, so that a second capital begins another name."""
    told = [bool(_GROUP.search(label)) for label in labels]
    return len(told) >= _FEWEST_LABELS and sum(told) <= _MOST_PARTED * len(told)


def parted(text: str, span: CharSpan) -> list[CharSpan]:
    """The name of a group of rows and that of its first row, where both run together in a label: "Gastrointestinal disorders Nausea"."""
    bound = _GROUP.search(text, span.start, span.end)
    if bound is None or not re.match(r"[A-Z]", text[span.start :]):
        return [span]
    return [trimmed(text, span.start, bound.end()), trimmed(text, bound.end(), span.end)]
