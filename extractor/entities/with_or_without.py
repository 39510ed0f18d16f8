"""Names of two groups of which one had one more treatment: "letrozole with (group LE) or without (group L) everolimus"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.entities.labels import NOT_LABELS
from extractor.entities.mention import Mention


def _label(name: str) -> str:
    """A bracket with a short name and perhaps a count."""
    called = r"[A-Z][A-Za-z\d]{0,6}(?:[-+/][A-Z\d][A-Za-z\d]{0,5})?"
    return rf"[(\[]\s?(?:(?:group|arm)\s)?(?P<{name}>{called})(?:\s(?:group|arm))?(?:\s?[,;:=][^()\[\]]{{0,30}})?\s?[)\]]"


_BOTH = re.compile(rf"\bwith\s?{_label('more')},?\s(?:or|and|versus|vs\.?)\swithout\b(?:\s?{_label('less')})?", re.IGNORECASE)
_JOINED = re.compile(r"\s?(?:,|\+|/|and|plus|with|combined\swith|in\scombination\swith|,\sand)\s?")
_FARTHEST = 60
"""Characters between a treatment and "with", or "without" and the next: a dose and a way stand there."""


def names_with_option(text: str, treatments: Sequence[Mention]) -> Iterator[tuple[str, list[Mention]]]:
    """The name of the group with one more treatment, and that of the group without it, each with what it was given."""
    for match in _BOTH.finditer(text):
        given = _before(text, match.start(), treatments)
        added = next((t for t in treatments if 0 <= t.span.start - match.end() <= _FARTHEST), None)
        if not given or added is None:
            continue
        for label, parts in ((match.group("more"), [*given, added]), (match.group("less") or "", given)):
            if label[:1].isupper() and label.casefold() not in NOT_LABELS:
                yield label, parts


def _before(text: str, end: int, treatments: Sequence[Mention]) -> list[Mention]:
    """The treatments that are told right before a place, as one combination."""
    found: list[Mention] = []
    for mention in sorted(treatments, key=lambda t: -t.span.start):
        if not found and 0 <= end - mention.span.end <= _FARTHEST:
            found = [mention]
        elif found and mention.span.end <= found[0].span.start and _JOINED.fullmatch(text, mention.span.end, found[0].span.start):
            found = [mention, *found]
    return found
