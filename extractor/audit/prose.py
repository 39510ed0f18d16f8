"""Counts with their percentages anywhere in the prose of a paper, results or not: "47 patients (60.1%)" of how many?

No record holds how many patients were male. But of a count and a percentage that are printed together no more need be known: there is a whole number
of patients that the count is this percentage of, or there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from pydantic import TypeAdapter

from extractor.audit.findings import Finding
from extractor.audit.printed import Printed, counts_for, parse_printed, rounded, share
from extractor.document import CharSpan, Document, Section, fold
from extractor.quantities import COUNT_WORD, PEOPLE, Pattern, parse_number
from extractor.records import Evidence, SectionName

CHECK = "count-and-percent"

_VERB = r"(?:were|was|had|have|has|achieved|received|experienced|presented|died|responded|developed|showed|underwent|completed|discontinued)"
_COUNT = rf"(?: \d{{1,4}} | \b(?i:{COUNT_WORD}) )"
COUNTED = Pattern(
    id="count-with-its-percentage",
    regex=rf"""
        (?<![\w.,/<>=±-]) (?<! [<>=±/~]\s ) (?<! \bto\s ) (?<! hundred\s ) (?<! thousand\s ) (?<! hundred\sand\s ) (?<! thousand\sand\s )
        (?: (?P<n> {_COUNT} ) \s? (?: /\s? | (?:out\s)? of \s (?:the\s|all\s|these\s|our\s)? ) (?P<N> {_COUNT} ) | (?P<alone> {_COUNT} ) )
        (?P<people> \s (?: (?! (?:of|with|in|hundred|thousand)\b ) [a-z-]+\s ){{0,2}}? {PEOPLE} )?
        \s? [(\[] (?P<percent> \d{{1,2}} (?:\.\d{{1,2}})? ) \s? % [)\]]
        (?P<verb> \s {_VERB} \b )?
    """,
    examples={
        "Forty-seven patients (60.1%) had": [{"alone": "Forty-seven", "percent": "60.1"}],
        "Of these, 62 (91.2%) were male": [{"alone": "62", "percent": "91.2", "verb": " were"}],
        "in 12 of 44 patients (27.3%)": [{"n": "12", "N": "44", "percent": "27.3"}],
        "Two of the five patients (40%)": [{"n": "Two", "N": "five"}],
        "responses in 12/44 (27.3%)": [{"n": "12", "N": "44"}],
        "Two hundred forty-seven patients (29.8%)": [{"alone": "Two hundred forty-seven"}],
    },
    counterexamples=("41% (12 of 29)", "p = 12 (3.1%)", "12 patients (95% CI", "a score of 1.2 (3.1%)", "Two thousand and seven patients (29.8%)"),
)
_NO_COUNT = re.compile(
    r"\b(?:grades?|stage|cohort|phase|arms?|groups?|levels?|day|week|month|cycles?|type|figure|fig\.?|tables?|score|PS|age|version|than|every|or|CTCAE)\s?$",
    re.IGNORECASE,
)
_SECTION_NAME: TypeAdapter[SectionName] = TypeAdapter(SectionName)


def audit_prose(document: Document) -> Iterator[Finding]:
    """What is wrong with the counts of a segmented document that have a percentage, and those that are right."""
    for section in document.sections:
        if section.kind.read and section.kind.published not in ("table", "caption"):
            yield from _of_section(document, section)


def _of_section(document: Document, section: Section) -> Iterator[Finding]:
    text = fold(section.span.of(document.text))
    for match in COUNTED.find(text):
        if match.group("N") is None and not (match.group("people") or match.group("verb")):
            continue
        if _NO_COUNT.search(text[max(match.start() - 20, 0) : match.start()]):
            continue
        n, percent = parse_number(match.group("n") or match.group("alone")), parse_printed(match.group("percent"))
        if isinstance(n, int) and n > 0:
            place = document.offsets.raw_spans(CharSpan(*match.span()).shifted(section.span.start), bridge=80)[0]
            total = match.group("N")
            found = _of_total(n, int(parse_number(total)), percent) if total is not None else _of_any(n, percent)
            yield _finding(document, section, place, *found)


def _of_total(n: int, total: int, percent: Printed) -> tuple[bool, str]:
    if not 0 < n <= total:
        return True, f"{n} of {total}: not read as a count and its total"
    told = f"{n}/{total} = {rounded(share(n, total), percent.places + 2)} %; printed {percent.text}"
    return n in counts_for(percent, total), told


def _of_any(n: int, percent: Printed) -> tuple[bool, str]:
    """Whether there is a number of patients of which so many are this percentage."""
    if percent.range.low <= 0:
        return True, f"{n} is {percent.text} % of very many"
    first, last = ceil(100 * n / percent.range.high), floor(100 * n / percent.range.low)
    if first <= last:
        return True, f"{n} is {percent.text} % of {first}" + (f" to {last}" if last > first else "")
    about = int(100 * n / percent.value)
    near = ", ".join(f"{n}/{total} = {rounded(share(n, total), percent.places + 1)} %" for total in (about, about + 1) if total >= n)
    cut = next((total for total in (about, about + 1) if _cut_off(share(n, total), percent)), None)
    return False, f"{n} is {percent.text} % of no whole number of patients: {near}" + (f" ({n} of {cut} cut off, not rounded)" if cut else "")


def _cut_off(number: Fraction, percent: Printed) -> bool:
    return 0 <= number - percent.value < Fraction(1, 10**percent.places)


def _finding(document: Document, section: Section, place: CharSpan, right: bool, told: str) -> Finding:
    evidence = Evidence(start=place.start, end=place.end, text=place.of(document.raw), section=_SECTION_NAME.validate_python(section.kind.published))
    return Finding(
        doc=document.name,
        check=CHECK,
        verdict="holds" if right else "fails",
        arithmetic=told,
        records=(),
        spans=((place.start, place.end),),
        evidence=(evidence,),
    )
