"""The footnotes of a table that was run together: those right behind its last row, or lines below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.document import CharSpan
from extractor.ingest.heads import trimmed

_FOOT = re.compile(
    r"\s?[ \t]*(?:[*†‡§¶║#]|[a-e][A-Z]|Abbreviations?\b|NOTE\b|Note\b|[A-Z][A-Z\d/+-]{0,9}\s[a-z][a-z -]{3,60},\s[A-Z][A-Za-z\d/+-]{0,9}\s[a-z])"
    r"(?:(?!(?:Table|TABLE|Fig)\.?\s?\d|\s{2}[A-Z][a-z-]+\s[a-z]).){0,1500}"
)
_FOOT_LINE = re.compile(
    r"[*†‡§¶║#]|[a-j](?:[A-Z]|\s[A-Z][a-z])|Abbreviations?\b|NOTES?\b|Notes?\b|[A-Z][\w/-]{1,9}\s?(?:=|[a-z]+\s[a-z]+,|[:,]\s[a-z]+\s[a-z]+[;,])"
)
_PARAGRAPH = re.compile(r"\n\s*\n")


def foot_behind(raw: str, text: str, end: int) -> CharSpan | None:
    """The footnotes right behind the last row, to the end of their paragraph."""
    paragraph = _PARAGRAPH.search(raw, end + 1)
    foot = _FOOT.match(text, end, paragraph.start() if paragraph is not None else len(text))
    return trimmed(text, foot.start(), foot.end()) if foot is not None else None


def feet_below(text: str, raw: str, end: int, label: re.Pattern[str]) -> Iterator[CharSpan]:
    """The footnotes: lines below the last row that begin as footnotes do."""
    at = raw.find("\n", end) + 1
    begun = 0
    while at > 0:
        stop = raw.find("\n", at)
        line = text[at : stop if stop >= 0 else len(text)].strip()
        goes_on = begun and line[:1].islower() and not text[begun:at].rstrip().endswith(".")
        if (line and not goes_on and not _FOOT_LINE.match(line)) or label.search(line):
            return
        if line:
            yield trimmed(text, at, stop if stop >= 0 else len(text))
            begun = at
        elif raw[at - 2 : at] == "\n\n":
            return
        at = stop + 1
