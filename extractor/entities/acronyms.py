"""Short names of regimens that a document means otherwise without saying so: the "MAP" of a paper on blood pressure is no chemotherapy."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.entities.mention import Mention

_LONGEST = 4
_ALONGSIDE = re.compile(
    r"\b(?:chemotherap\w+|chemo\w*|regimens?|cycles?|courses?|protocol|combination|salvage|induction|consolidation|arms?|treatment|therapy)\b",
    re.IGNORECASE,
)
_REACH = 40
# "assigned to CHOP", "epirubicin followed by CMF", "CHOP plus rituximab": what patients are given.
_GIVEN_BEFORE = re.compile(
    r"(?:\b(?:received|receiving|treated\s(?:with|by)|given|(?:assigned|allocated|randomi[sz]ed)\s(?:\w+\s){0,2}to|followed\sby|plus)|[+/])\s?$",
    re.IGNORECASE,
)
_GIVEN_BEHIND = re.compile(r"-(?:based|treated)\b|\s(?:alone|plus|followed\sby|with\sor\swithout|(?:\d+\s)?times)\b|\s?[+]|\s?[x×]\s?\d")


def unlikely_regimens(told: Sequence[tuple[str, Sequence[Mention]]]) -> frozenset[str]:
    """The short names of regimens, as printed, that a document bears out nowhere: by none of their drugs, and by no word for a treatment beside them.

    Args:
        told: the sentences of a document with their treatments.
    """
    drugs = {p.name for _, mentions in told for m in mentions if len(m.parts) == 1 for p in m.parts}
    short = {(m.span.of(text), m.parts) for text, mentions in told for m in mentions if len(m.parts) > 1 and _is_short(m.span.of(text))}
    doubtful = {name for name, parts in short if not any(p.name in drugs for p in parts)}
    called = {m.span.of(text) for text, mentions in told for m in mentions if m.span.of(text) in doubtful and _is_given(text, m)}
    return frozenset(doubtful - called)


def _is_given(text: str, regimen: Mention) -> bool:
    start, end = regimen.span.start, regimen.span.end
    given = _GIVEN_BEFORE.search(text[max(start - _REACH, 0) : start]) or _GIVEN_BEHIND.match(text, end)
    return given is not None or _ALONGSIDE.search(text, max(start - _REACH, 0), end + _REACH) is not None


def _is_short(name: str) -> bool:
    return len(name) <= _LONGEST and name.isalpha() and name.isupper()
