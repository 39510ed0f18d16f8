"""Numbers that stand where a count of people would and count nobody: "no one", "0.6 per 100 patient-years", "six patients out of 37"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.document import CharSpan
from extractor.quantities import COUNT_WORD, parse_number

_BEFORE_NOBODY = re.compile(
    rf"""
    \b (?: [Nn]o | per | every )\s $
  | (?: (?<![\w.]) \d+ | \b (?i:{COUNT_WORD}) )\s (?: (?: patients? | cases? | women | men | subjects? | participants? | children )\s )?
    (?: out\s )? of\s (?: the\s | all\s | a\stotal\sof\s )? $
  | \b (?: trials? | study | studies | cohorts? | series | analysis )\s (?: and | with | of | including | involving | comprising | enrolling )\s
    (?: over\s | more\sthan\s | about\s | a\stotal\sof\s )? $
    """,
    re.VERBOSE,
)
_ONE_IN = re.compile(rf"\b(?i:{COUNT_WORD})\sin\s$")
_BEHIND_NOBODY = re.compile(
    r"\s?-?\s?(?:patients?|persons?|subjects?|women|infants?)?[\s-](?:years?|months?|weeks?|days?)\b|-(?:third|half|quarter)s?\b"
)


def counts_nobody(text: str, number: CharSpan) -> bool:
    """Whether a number before people counts none who had something: it is what they are out of, a length of exposure, or the word "one" of "no one".

    >>> counts_nobody("0.6 per 100 patient-years", CharSpan(8, 11)), counts_nobody("in 100 patients", CharSpan(3, 6))
    (True, False)
    """
    before = text[: number.start]
    if _BEFORE_NOBODY.search(before) or (number.of(text).isalpha() and _ONE_IN.search(before)):
        return True
    return _BEHIND_NOBODY.match(text, number.end) is not None


def side_by_side(fractions: Iterable[re.Match[str]]) -> bool:
    """Whether the fractions of a sentence are two counts each, as one of them is of more than its whole: "pain (2/0), fatigue (0/1)"."""
    return any("/" in m.group() and parse_number(m.group("n")) > parse_number(m.group("N")) for m in fractions)
