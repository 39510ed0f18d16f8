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


def unlikely_regimens(told: Sequence[tuple[str, Sequence[Mention]]]) -> frozenset[str]:
    """The short names of regimens, as printed, that a document bears out nowhere: by none of their drugs, and by no word for a treatment beside them.

    Args:
        told: the sentences of a document with their treatments.
    """
    drugs = {p.name for _, mentions in told for m in mentions if len(m.parts) == 1 for p in m.parts}
    short = {(m.span.of(text), m.parts) for text, mentions in told for m in mentions if len(m.parts) > 1 and _is_short(m.span.of(text))}
    doubtful = {name for name, parts in short if not any(p.name in drugs for p in parts)}
    called = {
        m.span.of(text)
        for text, mentions in told
        for m in mentions
        if m.span.of(text) in doubtful and _ALONGSIDE.search(text, max(m.span.start - _REACH, 0), m.span.end + _REACH)
    }
    return frozenset(doubtful - called)


def _is_short(name: str) -> bool:
    return len(name) <= _LONGEST and name.isalpha() and name.isupper()
