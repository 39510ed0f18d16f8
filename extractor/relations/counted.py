"""The counts that are printed with a share: "12 (35%)", "35% (12 of 34)", "12 of 34 (35%)", "(n = 12, 35%)", "(12, 35% vs 7, 21%)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.document import CharSpan
from extractor.quantities import COUNT_WORD, parse_number
from extractor.relations.kinds import Value
from extractor.relations.patterns import GRADE_OF_LIST


@dataclass(frozen=True)
class PrintedCounts:
    """The counts of a sentence by how they are printed: "12 of 34", and "n = 12"."""

    out_of: tuple[re.Match[str], ...]
    equals: tuple[re.Match[str], ...]

    @property
    def spans(self) -> list[CharSpan]:
        """Where they stand."""
        return [CharSpan(*m.span()) for m in (*self.out_of, *self.equals)]


_SHARE_THEN_COUNT = re.compile(
    r"""
    \s* [\[(,;] \s*
    (?: i\.e\.,?\s*
      | [\w\s.,%-]{0,40}? CI [^()]{0,30} [,;]\s*
    )?
    """,
    re.VERBOSE,
)
_COUNT_THEN_SHARE = re.compile(r"(?:\s\w+){0,3}\s*[\[(,;]\s*")
_COUNT_BEFORE_BRACKET = re.compile(
    rf"""
    (?<![\w.,-])
    (?P<n> \d{{1,3}}(?:,\d{{3}})+ | \d{{1,5}} | (?i:{COUNT_WORD}) )
    (?: \s(?: patients? | cases? | events? | deaths? | women | men | responders? | CRs? | PRs? | SD | PD | MR | VGPRs?
        | (?:complete|partial)\s(?:responses?|remissions?) | (?:stable|progressive)\sdiseases? ) )?
    \s? [\[(] \s? $
    """,
    re.VERBOSE,
)


# "31 [24%] of 129"
_TOTAL_BEHIND = re.compile(r"\s?[\])]\s(?:out\s)?of\s(?:the\s|all\s)?(?P<N>\d{1,5})(?![\d.,]*\d|\s?%)")


# "33% (13 patients)", "33% (13 patients; 95% CI", "33% (13) of patients on A", "33% of 39 patients (13 patients)", "33% of the 39 patients"
_OF_SO_MANY = r"\sof\s(?:the\s|all\s|our\s)?(?P<N>\d{1,5})\s(?:[a-z]+\s)?(?:patients|cases|women|men|subjects|participants|children)\b"
_PEOPLE_BEHIND = re.compile(
    rf"(?:{_OF_SO_MANY})?\s?[\[(]\s?(?P<n>\d{{1,4}}|{COUNT_WORD})(?:\s(?P<what>patients?|cases?|women|men|responders?|subjects?)\s?(?=[\]);,])"
    r"|(?=[)\]]\sof\s(?:the\s)?(?:patients|women|men|those|subjects|participants)\b))"
)


_OF_THE_WHOLE = re.compile(_OF_SO_MANY)


@dataclass(frozen=True, slots=True)
class _Counts:
    """The counts of a share. `whole` goes over share and counts, `source` are the numbers that are no values of their own then."""

    n: int | None
    N: int | None
    whole: CharSpan
    source: tuple[CharSpan, ...]


def counts_of(text: str, value: Value, before: Sequence[Value], printed: PrintedCounts) -> _Counts | None:
    """The n and N printed with a share: "12 (35%)", "35% (12 of 34)", "12 of 34 (35%)", "(n = 12, 35%)"; None where none are.

    `before` are the values that stand before the share.
    """
    for match in printed.out_of:
        span = CharSpan(*match.span())
        behind = span.start >= value.span.end and _SHARE_THEN_COUNT.fullmatch(text[value.span.end : span.start])
        ahead = span.end <= value.span.start and _COUNT_THEN_SHARE.fullmatch(text[span.end : value.span.start])
        if behind or ahead or _adds_up(text, match, value):
            return _counts_in(match, value)
        if _adds_up_behind(text, match, value):
            return replace(_counts_in(match, value), whole=value.whole)
    for match in printed.equals:
        if match.start() >= value.span.end and _SHARE_THEN_COUNT.fullmatch(text[value.span.end : match.start()]):
            return _counts_in(match, value)
        between = text[min(match.end(), value.span.end) : max(match.start(), value.span.start)]
        if re.fullmatch(r"\s*[,;(\[]?\s*", between):
            return _counts_in(match, value)
    people = _PEOPLE_BEHIND.match(text, value.span.end)
    if people is not None:
        whole = CharSpan(value.whole.start, people.end())
        places = tuple(CharSpan(*people.span(name)) for name in ("n", "N") if people.group(name))
        return _Counts(int(parse_number(people.group("n"))), int(people.group("N")) if people.group("N") else None, whole, places)
    count = _COUNT_BEFORE_BRACKET.search(text[: value.span.start]) or _count_by_comma(text, value)
    if count is None or GRADE_OF_LIST.search(text[: count.end("n")]):
        of_all = _OF_THE_WHOLE.match(text, value.span.end)
        return _Counts(None, int(of_all.group("N")), value.whole, (CharSpan(*of_all.span("N")),)) if of_all is not None else None
    number = CharSpan(*count.span("n"))
    read_as_value = [v.span for v in before if v.span.overlaps(number) and v.unit is None]
    n = int(parse_number(count.group("n")))
    total = _TOTAL_BEHIND.match(text, value.whole.end)
    if total is None or int(total.group("N")) < n:
        return _Counts(n, None, CharSpan(number.start, value.whole.end), (number, *read_as_value))
    return _Counts(n, int(total.group("N")), CharSpan(number.start, total.end()), (number, *read_as_value, CharSpan(*total.span("N"))))


# "(31, 15.2% vs 14, 6.9%)": told so of both arms.
_COUNTS_BY_COMMA = re.compile(r"[(\[]\s?\d{1,4},\s\d+(?:\.\d+)?\s?%,?\s(?:vs?\.?|versus|and|compared\swith)\s\d{1,4},\s\d+(?:\.\d+)?\s?%")
_COUNT_BY_COMMA = re.compile(r"(?<![\d.,])(?P<n>\d{1,4}),\s$")


def _count_by_comma(text: str, value: Value) -> re.Match[str] | None:
    """The count that a comma parts from its share in a bracket that tells both arms so."""
    both = any(m.start() < value.span.start < m.end() for m in _COUNTS_BY_COMMA.finditer(text))
    return _COUNT_BY_COMMA.search(text[: value.span.start]) if both else None


_WORDS_THEN_BRACKET = re.compile(r"[^\d()\[\];:.]{0,70}[(\[]\s?")


def _adds_up(text: str, match: re.Match[str], value: Value) -> bool:
    """Whether a count that stands some words before a share in brackets has the same value: "36 of 327 patients who were given A (11.0%)"."""
    ahead = match.end() <= value.span.start and _WORDS_THEN_BRACKET.fullmatch(text, match.end(), value.span.start)
    return bool(ahead) and _is_its_share(match, value)


def _adds_up_behind(text: str, match: re.Match[str], value: Value) -> bool:
    """Whether a count in a bracket some words behind a share has the same value: "11.0% with A (36/327)"."""
    behind = match.start() >= value.span.end and _WORDS_THEN_BRACKET.fullmatch(text, value.span.end, match.start())
    return bool(behind) and _is_its_share(match, value)


def _is_its_share(match: re.Match[str], value: Value) -> bool:
    n, total = int(parse_number(match.group("n"))), int(parse_number(match.group("N") or "0"))
    return total > 0 and value.value is not None and abs(100 * n / total - float(value.value)) < 1


def _counts_in(match: re.Match[str], value: Value) -> _Counts:
    span = CharSpan(*match.span())
    whole = CharSpan(min(value.whole.start, span.start), max(value.whole.end, span.end))
    total = int(parse_number(match.group("N"))) if match.group("N") else None
    return _Counts(int(parse_number(match.group("n"))), total, whole, (span,))


# Beside these, SD is stable disease: "PR 36%, SD 30% and PD 26%".
