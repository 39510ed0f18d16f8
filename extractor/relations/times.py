"""The times that a sentence tells its values at, as they are printed: "the 12-month rate", "at 1 and 2 years", "Six weeks after surgery"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.document import CharSpan
from extractor.quantities import parse_number
from extractor.relations.kinds import Landmark
from extractor.relations.patterns import AT_TIMEPOINT, FIRST_NUMBERS, LANDMARK_LIST, TIMEPOINT
from extractor.relations.units import singular_unit


def landmarks_in(text: str, busy: Sequence[CharSpan], named: Sequence[CharSpan]) -> list[Landmark]:
    """The landmarks of a folded sentence.

    Args:
        text: the sentence.
        busy: spans that hold no landmark.
        named: those of them in which a time that opens a clause, or has its unit first, is none either.
    """
    found = list(_landmarks(text, busy))
    return sorted([*found, *_dated(text, [*named, *(m.span for m in found)])], key=lambda m: m.span)


def _hits(span: CharSpan, others: Sequence[CharSpan]) -> bool:
    return any(span.overlaps(o) for o in others)


def _landmarks(text: str, busy: Sequence[CharSpan]) -> Iterator[Landmark]:
    taken: list[CharSpan] = []
    for match in TIMEPOINT.find(text):
        span = CharSpan(*match.span())
        if not _hits(span, busy):
            taken.append(span)
            unit = singular_unit(match.group("unit"))
            yield Landmark(span, f"{_plain_count(match.group('number'))} {unit}")
            for earlier, own in _listed_before(text, match.start("number")):
                taken.append(earlier)
                yield Landmark(earlier, f"{_plain_count(earlier.of(text))} {own or unit}")
    for match in (*_IN_BRACKET_BEHIND.finditer(text), *_IN_BRACKET_BEFORE.finditer(text)):
        span = CharSpan(match.start("number"), match.end("unit"))
        if not _hits(span, [*busy, *taken]):
            yield Landmark(span, f"{_plain_count(match.group('number'))} {singular_unit(match.group('unit'))}")
    for match in AT_TIMEPOINT.find(text):
        span = CharSpan(match.start("first"), match.end())
        if _hits(span, busy) or _hits(span, taken):
            continue
        for ahead in _UNIT_BEHIND.finditer(text, 0, match.start()):
            yield Landmark(CharSpan(*ahead.span("number")), f"{ahead.group('number')} {singular_unit(match.group('unit'))}")
        another = _AND_ANOTHER.match(text, match.end())
        if another is not None:
            yield Landmark(CharSpan(*another.span("number")), f"{_plain_count(another.group('number'))} {singular_unit(another.group('unit'))}")
        for name in ("first", "second", "third"):
            if match.group(name):
                yield Landmark(CharSpan(*match.span(name)), f"{_plain_count(match.group(name))} {singular_unit(match.group('unit'))}")


# "at 18 months and 3 years"
_AND_ANOTHER = re.compile(
    rf",?\s(?:and|or)\s(?:\([A-Za-z]\)\s)?(?P<number>\d{{1,3}}|{FIRST_NUMBERS})[\s-](?P<unit>months?|years?|yrs?|weeks?|days?)\b", re.IGNORECASE
)
# "at week 24", "by day 15 and 29": the unit stands first; "Six weeks after surgery": it opens a clause.
_UNIT_FIRST = re.compile(
    r"\b(?:at|by|on|after|until|in)\s(?:the\s)?(?:end\sof\s)?(?P<unit>week|day|month|year|cycle)(?:(?<=on\sday)|(?<=in\scycle)|s?)\s(?P<number>\d{1,3})"
    r"(?:\s?(?:and|,|/)\s?(?:(?:week|day|month|year|cycle)s?\s)?(?P<second>\d{1,3}))?(?!\.?\d|\s?%|\s?-\s?\d|,\s\d)",
    re.IGNORECASE,
)
_SO_LONG_AFTER = re.compile(
    rf"(?:^\W*|[;:,]\s|(?<!%\s)(?<!\d\s)\b(?:and|but)\s)(?P<number>\d{{1,3}}|{FIRST_NUMBERS})[\s-](?P<unit>week|day|month|year|cycle)s?"
    r"\s(?:after|from|into|post|following|later)\b",
    re.IGNORECASE,
)


# "32% of patients survived (for more than) 2 years", "the share surviving 2 years": how long they were looked for, not how long they lived.
_SURVIVED_FOR = re.compile(
    rf"\b(?:survived|surviving|lived|survival)\s(?:(?:their|the)\s(?:cancer|disease|tumou?r)\s)?(?:for\s|beyond\s|past\s|of\s)?(?:(?:more|longer|greater)\sthan\s|at\sleast\s|over\s|[>≥]\s?)?"
    rf"(?P<number>\d{{1,2}}|{FIRST_NUMBERS})\s(?P<unit>year|month)s?\b",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(
    r"(?:%|percent)\s(?:of\s)?[^.;,%\d]{0,70}$|\b(?:proportions?|percentages?|shares?|fractions?|rates?)\s(?:of\s)?[^.;,%\d]{0,50}$", re.IGNORECASE
)


def _dated(text: str, busy: Sequence[CharSpan]) -> Iterator[Landmark]:
    """Landmarks that are told with their unit first, or as so long after something."""
    survived = [m for m in _SURVIVED_FOR.finditer(text) if _SHARE_BEFORE.search(text[: m.start()])]
    for match in (*_UNIT_FIRST.finditer(text), *_SO_LONG_AFTER.finditer(text), *survived):
        unit = singular_unit(match.group("unit"))
        for name in ("number", "second"):
            number = match.groupdict().get(name)
            if number and not _hits(CharSpan(*match.span(name)), busy):
                yield Landmark(CharSpan(*match.span(name)), f"{_plain_count(number)} {unit}")


# "92% (1 year), 78% (3 years)": the time of each rate stands in a bracket behind it.
_IN_BRACKET_BEHIND = re.compile(
    rf"(?<=%)\s?[(\[](?:at\s|after\s)?(?P<number>\d{{1,3}}|{FIRST_NUMBERS})[\s-]?(?P<unit>months?|years?|yrs?|weeks?)[)\]]", re.IGNORECASE
)
# "survival (3 years) was 61%"
_IN_BRACKET_BEFORE = re.compile(
    rf"(?<=[a-zS])\s[(\[](?:at\s|after\s)?(?P<number>\d{{1,3}}|{FIRST_NUMBERS})[\s-](?P<unit>months?|years?|yrs?|weeks?)[)\]](?=\s(?:rates?\s)?(?:was|were|of)\s[\d.]+\s?%)",
    re.IGNORECASE,
)
# "92% at 1, 78% at 3 and 70% at 5 years": the unit stands behind the last.
_UNIT_BEHIND = re.compile(r"%\s(?:[(\[][^()\[\]]*[)\]]\s)?at\s(?P<number>\d{1,2})(?=,?\s(?:and\s)?\d[\d.]*\s?%)")


_LISTED = re.compile(rf"(?P<number>\d+|\b{FIRST_NUMBERS}\b)(?:[\s-](?P<unit>months?|years?|yrs?|weeks?|days?)\b)?", re.IGNORECASE)


def _listed_before(text: str, at: int) -> Iterator[tuple[CharSpan, str | None]]:
    """The numbers of a list of landmarks whose unit stands behind the last, and the unit of each that has its own: "1-, 3- and 5-year"."""
    listed = LANDMARK_LIST.compiled.search(text[:at])
    if listed is not None:
        for match in _LISTED.finditer(listed.group()):
            span = CharSpan(listed.start() + match.start("number"), listed.start() + match.end("number"))
            yield span, singular_unit(match.group("unit")) if match.group("unit") else None


def _plain_count(printed: str) -> str:
    return str(parse_number(printed)) if printed.isalpha() else printed
