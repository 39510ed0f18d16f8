"""Numbers of cycles whose unit stands behind a bracket: "a median of six (range 1-12) cycles"."""

from __future__ import annotations

from dataclasses import replace

from extractor.document import CharSpan
from extractor.quantities import COUNT_WORD, Pattern, parse_number
from extractor.relations.kinds import Kind, Numbers, Value

CYCLES_BEHIND = Pattern(
    id="cycles-behind-their-range",
    regex=rf"""
        \b (?: median | mean | average )\s (?: number\s )? (?: of\s )?
        (?P<n> \d{{1,2}} (?: \.\d+ )? | (?i:{COUNT_WORD}) ) \s
        [(\[] \s? (?: range ,? \s? | IQR ,? \s? | SD ,? \s? )? [\d.]+ (?: \s? (?: [-,] | to ) \s? [\d.]+ )? \s? [)\]] \s
        (?: (?!patients\b)[a-z-]+ \s ){{0,3}} (?: cycles | courses ) \b
    """,
    examples={
        "a median of six (range 1-12) cycles": [{"n": "six"}],
        "a median four (1-8) postoperative courses": [{"n": "four"}],
    },
    counterexamples=("a median of six cycles (range 1-12)", "six (12%) cycles"),
)


def with_cycles(text: str, numbers: Numbers) -> Numbers:
    """The numbers of a sentence with those of its cycles that are told so; what is in their brackets goes with them."""
    found = []
    for match in CYCLES_BEHIND.find(text):
        span = CharSpan(*match.span("n"))
        value = parse_number(match.group("n"))
        found.append(Value(Kind.TIME, span, CharSpan(span.start, match.end()), value, "cycle", parts=(("value", span),)))
    if not found:
        return numbers
    kept = [v for v in numbers.values if not any(f.whole.overlaps(v.whole) for f in found)]
    stray = tuple(s for s in numbers.stray if not any(f.whole.overlaps(s) for f in found))
    return replace(numbers, values=tuple(sorted((*kept, *found), key=lambda v: v.span)), stray=stray)
