"""Differences between arms with their intervals: "(difference -9.4, 95% CI -17.5 to -1.2)", and those that go on without the word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from extractor.document import CharSpan
from extractor.quantities import Interval, Pattern, PValue, parse_number
from extractor.records import Measure
from extractor.relations.kinds import Effect, Value

_SIZE = r"[-+]?\d{1,3}(?:\.\d{1,3})?"
_OF_A_SHARE = r"(?: \s? (?: % | percent (?:age)? (?:\spoints?)? | points? | pp\b ) )?"
_INTERVAL = rf"""
    \s? (?: [,;:] \s? [\[(]? | [\[(] ) \s? (?: (?P<level> \d\d ) \s? % \s? (?: CI | c\.i\. | confidence\sinterval )? \s? [,:;=]? \s? [\[(]? )?
    (?P<low> {_SIZE} ) \s?%? \s? (?: to | , | ; | - ) \s? (?P<high> {_SIZE} ) \s?%? (?! [\d.] | \s?(?:months|years|weeks|days|mo\b) )
"""
DIFFERENCE_WITH_INTERVAL = Pattern(
    id="difference-with-interval",
    regex=rf"""
        (?: (?<= [(\[;,] ) \s? | (?<= , \s ) )
        (?: (?:absolute|mean|adjusted|risk|rate|treatment|estimated|weighted|between-group|the)\s ){{0,3}} [Dd]ifference
        \s? (?: = | : | , | of | was )? \s? (?P<value> {_SIZE} ) {_OF_A_SHARE} {_INTERVAL}
    """,
    examples={
        "(difference -2.6%; 95% CI -9.5 to 4.3)": [{"value": "-2.6", "low": "-9.5", "high": "4.3"}],
        "and 41% with B, difference 4.7 (-3.8, 13.2)": [{"value": "4.7", "low": "-3.8"}],
        "(difference -11.3 percentage points, 95% CI -19.8 to -2.6)": [{"value": "-11.3"}],
    },
    counterexamples=("a difference of 5.4% (90% CI -0.8% to 11.6%)", "(difference 3 months, 95% CI 1-5 months)", "(difference of 12%, n = 40)"),
)
ELIDED_DIFFERENCE = Pattern(
    id="difference-without-the-word",
    regex=rf"[\[(] \s? (?P<value> {_SIZE} ) {_OF_A_SHARE} {_INTERVAL} [^()\[\]]{{0,25}} [\])]",
    examples={"nausea (-9.4, 95% CI -17.5 to -1.2)": [{"value": "-9.4", "high": "-1.2"}]},
    counterexamples=("nausea (9.4%, n = 20)",),
)
PATTERNS = (DIFFERENCE_WITH_INTERVAL, ELIDED_DIFFERENCE)
_TELLS_DIFFERENCES = re.compile(r"\bdifferences?\b", re.IGNORECASE)


def differences_in(text: str, p_values: Sequence[PValue], p_after: Callable[[str, int, Sequence[PValue]], PValue | None]) -> Iterator[Effect]:
    """The differences of a sentence that go round their interval; without the word for it only those that are below zero, or whose interval is."""
    taken: list[CharSpan] = []
    for pattern in (DIFFERENCE_WITH_INTERVAL, ELIDED_DIFFERENCE) if _TELLS_DIFFERENCES.search(text) else ():
        for match in pattern.find(text):
            number = CharSpan(*match.span("value"))
            value, low, high = (parse_number(match.group(name)) for name in ("value", "low", "high"))
            signed = pattern is DIFFERENCE_WITH_INTERVAL or low < 0
            if not low <= value <= high or low == high or not signed or any(number.overlaps(t) for t in taken):
                continue
            level = parse_number(match.group("level")) if match.group("level") else None
            p = p_after(text, match.end("high"), p_values)
            whole = CharSpan(match.start("value"), max(match.end("high"), p.span.end if p is not None else 0))
            taken.append(whole)
            yield Effect(number, whole, "difference", value, Interval(CharSpan(match.start("low"), match.end("high")), low, high, level), p)


_ROUNDED = 0.0051


def as_ratio_says(measure: Measure, value: Value, effects: Sequence[Effect]) -> Measure:
    """How a change in percent is measured: as a relative one where it is what a ratio of the sentence leaves of 1.

    "Mortality was reduced by 31% (rate ratio 0.69)" tells one reduction twice; "reduced by 4% (rate ratio 0.69)" a difference and a ratio.
    """
    size = value.value
    if measure != "difference" or size is None or value.unit != "percent":
        return measure
    return "risk reduction" if any(e.measure != "difference" and abs(1 - e.estimate - size / 100) <= _ROUNDED for e in effects) else measure
