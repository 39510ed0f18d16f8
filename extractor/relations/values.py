"""The numbers of a sentence as typed values: each with its unit, its interval, its counts and its spread.

Runs on the folded text of one sentence; spans are into it. What no pattern knows stays no value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from extractor.document import CharSpan
from extractor.quantities import (
    COUNT_WORD,
    ELIDED_RATIO,
    N_EQUALS,
    NUMBER,
    OUT_OF,
    RATIO,
    Interval,
    PValue,
    find_intervals,
    find_p_values,
    parse_bound,
    parse_number,
    spreads_evenly,
)
from extractor.records import Measure, Spread
from extractor.relations.bounds import op_of
from extractor.relations.counted import PrintedCounts, counts_of
from extractor.relations.differences import differences_in
from extractor.relations.kinds import Effect, Kind, Landmark, Numbers, Value
from extractor.relations.nobody import counts_nobody, side_by_side
from extractor.relations.p_values import p_after, p_of_estimate
from extractor.relations.patterns import (
    ASIDE,
    CRITERION,
    GRADE,
    IMPLICIT_INTERVAL,
    NO_VALUE,
    NOT_REACHED,
    PEOPLE_COUNT,
    RESPONDERS,
    RESPONSE_COUNT,
    SPREAD,
    SUBJECT_DID,
    TOXICITY_SCALE,
    VALUE,
    VALUE_RANGE,
    WORD_VALUE,
)
from extractor.relations.times import landmarks_in
from extractor.relations.units import Told, level_unit, singular_unit, with_shared_units

__all__ = ["Effect", "Kind", "Landmark", "Numbers", "Value", "intervals_named", "passed_over", "read_numbers"]

_SPREADS: dict[str, Literal["sd", "se", "iqr", "range"]] = {
    "range": "range",
    "iqr": "iqr",
    "interquartile range": "iqr",
    "sd": "sd",
    "standard deviation": "sd",
    "s.d.": "sd",
    "se": "se",
    "sem": "se",
    "standard error": "se",
}


def read_numbers(text: str, masked: Iterable[CharSpan], measure: Measure | None = None, told: Sequence[Told] = ()) -> Numbers:
    """The values, estimates, p-values and landmarks of a sentence.

    Args:
        text: the folded sentence.
        masked: spans that hold no value (names, marks).
        measure: the measure of the estimates told before, for one that goes without its name.
        told: where endpoints are named, and in what numbers each is told.
    """
    names = list(masked)
    mask = [*names, *(CharSpan(*m.span()) for pattern in (NO_VALUE, GRADE, CRITERION, TOXICITY_SCALE) for m in pattern.find(text))]
    intervals = [i for i in find_intervals(text) if not _hits(i.span, names)]
    p_values = [p for p in find_p_values(text) if not _hits(p.span, names)]
    effects = [*_effects(text, intervals, p_values, mask), *differences_in(text, p_values, p_after)]
    effects += [*_elided(text, effects, p_values, mask, measure)]
    effects = sorted([*effects, *_of_other_groups(text, effects, [*mask, *(i.span for i in intervals)])], key=lambda e: e.span)
    used = [*(e.whole for e in effects), *(i.span for i in intervals), *(p.span for p in p_values)]
    landmarks = landmarks_in(text, [*mask, *used], [*names, *used])
    busy = [*mask, *used, *(m.span for m in landmarks), *_asides(text)]
    counts = [CharSpan(*m.span()) for pattern in (N_EQUALS, OUT_OF) for m in pattern.find(text) if not _is_busy(m, busy)]
    plain = with_shared_units(text, [v for v in _plain_values(text, busy) if v.unit or v.category or not _hits(v.span, counts)], told)
    counted = _with_counts(text, plain, busy)
    complete = [_with_brackets(text, v, intervals) for v in _with_counted_shares(text, counted)]
    effect_p = {e.p.span for e in effects if e.p}
    alone = tuple(p for p in p_values if p.span not in effect_p)
    values = tuple(sorted((v for v in complete if v.unit is not None or v.category), key=lambda v: v.span))
    stray = tuple(v.span for v in complete if v.unit is None and not v.category)
    return Numbers(values, tuple(effects), alone, tuple(landmarks), stray)


def _asides(text: str) -> Iterator[CharSpan]:
    """Where a spread or a bare interval stands behind a number: what is printed there are no values."""
    for match in ASIDE.find(text):
        if match.group("kind") or match.group("plus"):
            yield CharSpan(*match.span("aside"))
            continue
        low, high = parse_bound(match.group("low")), parse_bound(match.group("high"))
        value = parse_number(match.group("value")) if match.group("value") else None
        if low is not None and (value is None or (low <= value and (high is None or value <= high))):
            yield CharSpan(*match.span("aside"))


def _hits(span: CharSpan, others: Iterable[CharSpan]) -> bool:
    return any(span.overlaps(o) for o in others)


def _is_busy(count: re.Match[str], others: Sequence[CharSpan]) -> bool:
    """Whether a number of a printed count is of something else; what is counted may have a name."""
    return any(_hits(CharSpan(*count.span(name)), others) for name in ("n", "N") if count.group(name) is not None)


def _effects(text: str, intervals: Sequence[Interval], p_values: Sequence[PValue], mask: Sequence[CharSpan]) -> Iterator[Effect]:
    taken: list[CharSpan] = []
    for match in RATIO.find(text):
        number = CharSpan(*match.span("value"))
        if (
            _hits(number, mask)
            or _hits(number, taken)
            or any(i.span.covers(number) for i in intervals)
            or any(p.span.covers(number) for p in p_values)
        ):
            continue
        measure: Measure = "HR" if match.group("hr") is not None else "OR" if match.group("or") is not None else "RR"
        whole = CharSpan(*match.span())
        interval = _interval_after(text, number, intervals, p_values)
        if interval is not None and interval.low is not None and interval.high is not None and interval.low > interval.high:
            interval = None
        end = max(interval.span.end if interval else 0, number.end)
        p = p_of_estimate(text, CharSpan(whole.start, end), number, [p for p in p_values if not _hits(p.span, taken)])
        whole = CharSpan(min(whole.start, p.span.start if p else whole.start), max(end, p.span.end if p else 0))
        taken.append(whole)
        if match.group("op") and interval is None and p is None:
            continue  # "HR < 0.65": what was asked for, no result
        contrast = CharSpan(*match.span("contrast")) if match.group("contrast") else None
        yield Effect(number, whole, measure, parse_number(match.group("value")), interval, p, contrast)


# "(1.8, 95% CI 1.1-2.8) and 2.0 (95% CI ...": a list of ratios, the measure named once.
_RATIO_LINK = re.compile(r"[\s)\]]*(?:,\s?and|,|and|vs\.?|versus)\s")


def _elided(text: str, named: Sequence[Effect], p_values: Sequence[PValue], mask: Sequence[CharSpan], measure: Measure | None) -> Iterator[Effect]:
    """Estimates that go without the name of their measure, told before: "(HR 0.76, 95% CI 0.63-0.92), as was PFS (0.66, 0.54-0.80)"."""
    for match in ELIDED_RATIO.find(text):
        number, whole = CharSpan(*match.span("value")), CharSpan(*match.span())
        before = [e.measure for e in named if e.span.end <= number.start]
        told = before[-1] if before else measure
        if told is None or _hits(number, mask) or any(e.whole.overlaps(whole) for e in named) or any(p.span.overlaps(whole) for p in p_values):
            continue
        low, high = match.group("low"), match.group("high")
        listed = match.group("named") and any(_RATIO_LINK.fullmatch(text[e.whole.end : number.start]) for e in named if e.whole.end < number.start)
        if spreads_evenly(match.group("value"), low, high) or (listed and float(low) < float(match.group("value")) < float(high)):
            interval = Interval(CharSpan(match.start("low"), match.end("high")), parse_number(low), parse_number(high), None)
            p = p_after(text, match.end(), p_values)
            whole = CharSpan(whole.start, max(whole.end, p.span.end if p else 0))
            yield Effect(number, whole, told, parse_number(match.group("value")), interval, p)


# "0.62 in men and 0.85 in women": the second ratio of a list that tells them of groups goes without the measure.
_OF_ANOTHER_GROUP = re.compile(
    r"[\s)\]]*(?:in|for|among)\s[^;.()]{2,70}?(?:\s?\([^()]*\))?,?\s(?:and|versus|vs\.?|but|compared\s(?:with|to))\s(?P<value>\d\.\d{1,2})"
    r"(?![\d.%-]|\s?%)(?=\s(?:in|for|among)\s)"
)


def _of_other_groups(text: str, told: Sequence[Effect], mask: Sequence[CharSpan]) -> Iterator[Effect]:
    """Estimates of further groups, each behind that of the group before it."""
    for effect in told:
        last = effect
        while (match := _OF_ANOTHER_GROUP.match(text, last.whole.end)) is not None:
            number = CharSpan(*match.span("value"))
            if _hits(number, mask) or any(e.whole.overlaps(number) for e in told):
                break
            last = Effect(number, number, effect.measure, parse_number(match.group("value")), None, None)
            yield last


def _interval_after(text: str, number: CharSpan, intervals: Sequence[Interval], p_values: Sequence[PValue] = ()) -> Interval | None:
    """The interval of an estimate: called so close behind it (its p-value may stand between), or printed without a name directly behind it."""
    for interval in intervals:
        between = (p for p in p_values if p.span.start >= number.end and re.fullmatch(r"\s?[;,(]?\s?", text[number.end : p.span.start]))
        start = next((p.span.end for p in between), number.end)
        gap = text[start : interval.span.start]
        if 0 <= interval.span.start - start <= 60 and not re.search(r"\d", gap) and "." not in gap:
            return interval
    value = parse_number(number.of(text))
    match = IMPLICIT_INTERVAL.compiled.match(text, number.end)
    if match:
        low, high = parse_bound(match.group("low")), parse_bound(match.group("high"))
        if low is not None and low <= value and (high is None or high >= value):
            return Interval(CharSpan(match.start("low"), match.end("high")), low, high, None)
    return None


# "for 4 weeks", "within 28 days", "a maximum of 6 months": how long something was done, not how long somebody lived.
_SPAN_OF_TIME = re.compile(
    r"""
    \b (?: for | within | after | every | during | over | up\sto | (?:maximum|minimum)\sof | first | until | last | next | remaining
         | receiv(?:ed|ing|e) | additional | than | least | by )\s
    (?: the\s | a\s | another\s | up\sto\s | at\sleast\s | approximately\s | about\s | last\s | first\s )*
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)


# "7 years after enrolment", "6 weeks of treatment": when, or how long, something was done.
_POINT_IN_TIME = re.compile(
    r"""
    \s? (?: (?:or|and)\s(?:younger|older|over|above|more) | of\sage | old\b
         | after | before | prior\sto | post | following | later | earlier | ago | apart | into
         | of\s(?: follow | treatment | therapy | observation | chemotherapy | radiotherapy ) | HR\b )
    """,
    re.VERBOSE,
)
_PERIOD = re.compile(r"(?<!up\s)(?<!observation\s)\b(?:period|interval|window)s?\sof\s(?:at\sleast\s)?$", re.IGNORECASE)
# "a median age of 58 years", "higher median age at baseline (54 years) than B (43 years)"
_AGE_WAS = re.compile(
    r"\b(?:Male|Female)s?,\s$|\bage(?:\sat\s\w+)?(?:\s(?:was|of|were|is)|,|:|\s?=)?\s?(?:only\s)?[(\[]?\s?$"
    r"|\b(?:median|mean)\sage\b(?:(?!surviv|follow|\bOS\b|\bPFS\b|duration)[^.;]){0,110}[(\[]\s?$",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(?:median|mean|average|survived|lived|lasted)\b", re.IGNORECASE)


_CHANGED_BY = re.compile(r"\b(?:increased|improved|prolonged|extended|lengthened|reduced|decreased|shortened)\sby\s(?:about\s|approximately\s)?$")


# "after 4 weeks and 6 weeks": the second of two.
_ANOTHER_DATE = re.compile(r"\b(?:after|at|by|within|for)\s\d+\s(?:days|weeks|months|years)\s(?:\([^()]*\)\s)?(?:and|or)\s$", re.IGNORECASE)


# "lived for a median of 12 months and those on A for 9 months"
_LIVED_FOR = re.compile(r"\b(?:lived|survived)\sfor\s(?:an?\s(?:median|mean|average)\sof\s)\d[^;.]{0,20}(?:\.\d)?[^;.]{0,60}\bfor\s$")


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Whether a length of time says when something was, or how long it was done, and not how long somebody lived."""
    before = text[: match.start()]
    if _CHANGED_BY.search(before):
        return False
    if _LIVED_FOR.search(before):
        return False
    if _SPAN_OF_TIME.search(before) or _PERIOD.search(before) or _ANOTHER_DATE.search(before):
        return True
    if match.group("time").startswith("y") and _AGE_WAS.search(before):
        return True
    return bool(_POINT_IN_TIME.match(text, match.end())) and not _AVERAGE.search(before[-80:])


# "92%/78%/70%", "92/78/70%": a list of rates.
_SLASHED = re.compile(r"(?<![\w./])\d{1,3}(?:\.\d+)?(?:(?:\s?%\s?/\s?\d{1,3}(?:\.\d+)?)+|(?:/\d{1,3}(?:\.\d+)?){2,})\s?%")
# "5.5 x 4.2 cm": of the sides of one lesion the longest is its size.
_DIMENSIONS = re.compile(
    r"(?<![\w.])(?P<one>\d{1,3}(?:\.\d{1,2})?)\s?(?:[cm]m\s?)?[x×*]\s?(?P<two>\d{1,3}(?:\.\d{1,2})?)"
    r"(?:\s?(?:[cm]m\s?)?[x×*]\s?(?P<three>\d{1,3}(?:\.\d{1,2})?))?\s?(?P<unit>[cm]m)(?:[23²³](?!\d)|\b)"
)
_POWERS = str.maketrans({"²": "2", "³": "3", "^": None})


def _plain_values(text: str, busy: Sequence[CharSpan]) -> Iterator[Value]:
    """Numbers with a unit of their own, numbers that may share one, and what was not reached."""
    printed = [m for m in VALUE_RANGE.find(text) if not _hits(CharSpan(*m.span()), busy)]
    ranges = [m for m in printed if _is_range(text, m)]
    for match in ranges:
        yield from _ends_of(match)
    told = [CharSpan(*m.span()) for m in printed if m in ranges or _SPAN_OF_TIME.search(text[: m.start()])]
    cycles = list(_numbers_of_cycles(text, busy))
    yield from cycles
    told += [v.span for v in cycles]
    run_together = list(_run_together(text, busy))
    yield from run_together
    told += [v.whole for v in run_together]
    for match in VALUE.find(text):
        number = CharSpan(*match.span("number"))
        if _hits(number, busy) or _hits(number, told):
            continue
        kind, unit = Kind.COUNT, None
        end = match.end("number")
        hyphened = text[number.end : number.end + 1] == "-" and not re.match(r"\s(?:median|mean)\s", text[match.end() :])  # "a 5.1-month median PFS"
        if match.group("time") and (hyphened or _is_date(text, match)):
            continue
        if match.group("percent"):
            kind, unit, end = Kind.SHARE, "percent", match.end("percent")
        elif match.group("time"):
            kind, unit, end = Kind.TIME, singular_unit(match.group("time")), match.end("time")
        elif match.group("level"):
            kind, unit, end = Kind.LEVEL, level_unit(match.group("level")), match.end("level")
        elif match.group("size"):
            kind, unit, end = Kind.SIZE, match.group("size").translate(_POWERS), match.end("size")
        op = op_of(match.group("op"))
        span = CharSpan(match.start(), end) if op else CharSpan(number.start, end)
        op = op or (">" if match.group("plus") else None)  # "14+ months": still going on
        yield Value(kind, span, span, parse_number(_plain_decimal(match.group("number"))), unit, op, parts=(("value", number),))
    yield from _in_words(text, [*busy, *told])
    for match in NOT_REACHED.find(text):
        group = "what" if match.group("what") else "code"
        span = CharSpan(*match.span(group))
        if not _hits(span, busy):
            yield Value(Kind.OPEN, span, span, None, None, category="not reached", parts=(("value", span),))


def _plain_decimal(printed: str) -> str:
    """A number with a decimal comma as one with a point: "41,2"."""
    return printed.replace(",", ".") if re.fullmatch(r"\d{1,2},\d{1,2}", printed) else printed


def _run_together(text: str, busy: Sequence[CharSpan]) -> Iterator[Value]:
    """Rates between slashes, each a value; and the sides of a lesion, of which the longest is its size."""
    for match in _SLASHED.finditer(text):
        for number in re.finditer(NUMBER, match.group()):
            span = CharSpan(match.start() + number.start(), match.start() + number.end())
            if not _hits(span, busy):
                yield Value(Kind.SHARE, span, span, parse_number(number.group()), "percent", parts=(("value", span),))
    for match in _DIMENSIONS.finditer(text):
        sizes = [CharSpan(*match.span(name)) for name in ("one", "two", "three") if match.group(name)]
        largest = max(sizes, key=lambda span: parse_number(span.of(text)))
        if not any(_hits(span, busy) for span in sizes):
            yield Value(Kind.SIZE, largest, CharSpan(*match.span()), parse_number(largest.of(text)), match.group("unit"), parts=(("value", largest),))


def _in_words(text: str, busy: Sequence[CharSpan]) -> Iterator[Value]:
    """Numbers in words with a unit, or with one that the number behind them has: "five versus two months", "twelve percent"."""
    for match in WORD_VALUE.find(text):
        span = CharSpan(*match.span("number"))
        if (
            _hits(span, busy)
            or (match.group("time") and (text[span.end : span.end + 1] == "-" or _is_date(text, match)))  # "three-year freedom from progression"
            or (match.group("cycles") and _SPAN_OF_TIME.search(text[: span.start]))
        ):
            continue
        kind = Kind.SHARE if match.group("percent") else Kind.TIME if match.group("time") or match.group("cycles") else Kind.COUNT
        unit = {Kind.SHARE: "percent", Kind.TIME: singular_unit(match.group("time") or "cycle"), Kind.COUNT: None}[kind]
        yield Value(kind, span, CharSpan(*match.span()), parse_number(span.of(text)), unit, parts=(("value", span),))


_NUMBER_OF_CYCLES = re.compile(r"(?<!total\s)\bnumber\sof\s(?:[\w-]+\s){0,3}(?:cycles|courses)\b(?P<told>[^.;]*(?:\.\d[^.;]*)*)", re.IGNORECASE)
_OF_CYCLES = re.compile(
    rf"(?:\b(?:was|were|of|only|and|vs\.?|versus|than|median|mean)\s)(?P<number>\d{{1,2}}(?:\.\d)?|(?i:{COUNT_WORD}))"
    r"(?=\s?(?:[,;.)(\[]|$)|\s(?:in|for|with|and|vs|versus|per|compared)\b)"
)


def _numbers_of_cycles(text: str, busy: Sequence[CharSpan]) -> Iterator[Value]:
    """Numbers that the words "number of cycles" before them give a unit: "the median number of cycles was six with A and 4 with B"."""
    for said in _NUMBER_OF_CYCLES.finditer(text):
        for match in _OF_CYCLES.finditer(text, said.start("told"), said.end("told")):
            span = CharSpan(*match.span("number"))
            if not _hits(span, busy):
                yield Value(Kind.TIME, span, span, parse_number(span.of(text)), "cycle", parts=(("value", span),))


_CHANGE = re.compile(r"\b(?:from|range[ds]?|between|range\sof)[,:]?\s?(?:of\s)?$", re.IGNORECASE)


def _is_range(text: str, match: re.Match[str]) -> bool:
    """Whether two numbers are the ends of one range, not the start and end of a change ("from 18 to 28 months")."""
    if (match.group("time") or "").startswith("y") and _AGE_WAS.search(text[: match.start()]):
        return False
    if _CHANGE.search(text[max(match.start() - 12, 0) : match.start()]) or _SPAN_OF_TIME.search(text[: match.start()]):
        return False
    return parse_number(match.group("low")) < parse_number(match.group("high"))


def _ends_of(match: re.Match[str]) -> Iterator[Value]:
    kind, unit = (Kind.SHARE, "percent") if match.group("percent") else (Kind.TIME, singular_unit(match.group("time")))
    for end in ("low", "high"):
        span = CharSpan(*match.span(end))
        whole = CharSpan(span.start, match.end() if end == "high" else span.end)
        yield Value(kind, span, whole, parse_number(match.group(end)), unit, parts=(("value", span),))


def _with_counts(text: str, values: list[Value], busy: Sequence[CharSpan]) -> list[Value]:
    """Counts as their share's n, "n of N" as n and N, and counts of patients that stand alone as values."""
    free_out_of, free_equals = (tuple(m for m in p.find(text) if not _is_busy(m, busy)) for p in (OUT_OF, N_EQUALS))
    printed = PrintedCounts(free_out_of, free_equals)
    found = [v for v in values if not (v.unit is None and v.kind is Kind.COUNT and _hits(v.span, printed.spans))]
    found, claimed = _shares_with_counts(text, found, printed)
    found = _with_counts_out_of(found, printed, claimed)
    return _with_people(text, found, busy, claimed)


def _shares_with_counts(text: str, values: Sequence[Value], printed: PrintedCounts) -> tuple[list[Value], set[CharSpan]]:
    """The values, each share with its n and N and without the counts that went into them; and the places of those counts."""
    found: list[Value] = []
    claimed: set[CharSpan] = set()
    for i, value in enumerate(values):
        counts = counts_of(text, value, values[:i], printed) if value.kind is Kind.SHARE else None
        found.append(replace(value, n=counts.n, N=counts.N, whole=counts.whole) if counts else value)
        claimed.update(counts.source if counts else ())
    return [v for v in found if v.span not in claimed], claimed


def _with_counts_out_of(values: Sequence[Value], printed: PrintedCounts, claimed: Collection[CharSpan]) -> list[Value]:
    """The values and each "12 of 34" that is no share's; "(2/0)" is two counts side by side."""
    found = list(values)
    for match in () if side_by_side(printed.out_of) else printed.out_of:
        whole, span = CharSpan(*match.span()), CharSpan(*match.span("n"))
        if whole not in claimed and not any(v.whole.overlaps(whole) for v in found):
            n, total = int(parse_number(match.group("n"))), int(parse_number(match.group("N")))
            found.append(Value(Kind.COUNT, span, whole, n, "patient", n=n, N=total, parts=(("value", span),)))
    return found


def _with_people(text: str, values: Sequence[Value], busy: Sequence[CharSpan], claimed: Collection[CharSpan]) -> list[Value]:
    """The values and each count of patients that says what became of them; it takes the place of the bare number."""
    found = list(values)
    for match in sorted((m for p in (PEOPLE_COUNT, RESPONSE_COUNT, RESPONDERS) for m in p.find(text)), key=lambda m: m.start()):
        span = CharSpan(*match.span("number"))
        if match.group("number").casefold() in ("no", "none"):
            continue  # "no toxic deaths" holds no number
        people = match.re.pattern == PEOPLE_COUNT.compiled.pattern
        if (people and _is_sample_size(text, match)) or _hits(span, busy) or span in claimed or any(v.unit and v.whole.overlaps(span) for v in found):
            continue
        found = [v for v in found if not v.span.overlaps(span)]
        happening = people and (_HAPPENINGS.search(match.group("what")) or _CASES_OF.match(text, match.end()))
        unit = "event" if happening else "patient"
        found = [_also_people(text, v, span, unit) for v in found]
        whole = CharSpan(*match.span()) if people else span
        found.append(Value(Kind.COUNT, span, whole, parse_number(match.group("number")), unit, parts=(("value", span),)))
    return found


# "13 achieved an objective response (34%": the share says the count again.
_THEN_SHARE = re.compile(r"(?!.*\bgrade)[^\d()\[\];:.,]{3,70}(?:[(\[]|;)\s?")


def _with_counted_shares(text: str, values: Sequence[Value]) -> list[Value]:
    """The values without the counts that a share in a bracket behind them says again; these go into the share."""
    found = sorted(values, key=lambda v: v.span)
    for one, other in pairwise(list(found)):
        plain = one.kind is Kind.COUNT and one.unit == "patient" and one.N is None and isinstance(one.value, int)
        if plain and other.kind is Kind.SHARE and other.n is None and _THEN_SHARE.fullmatch(text, one.whole.end, other.whole.start):
            found.remove(one)
            found[found.index(other)] = replace(other, n=int(one.value or 0), whole=CharSpan(one.span.start, other.whole.end))
    return found


_HAPPENINGS = re.compile(r"events?$", re.IGNORECASE)
_CASES_OF = re.compile(r"(?<=cases)\sof\s|(?<=case)\sof\s")


def _also_people(text: str, value: Value, following: CharSpan, unit: str) -> Value:
    """A bare number that a count of patients follows in a list: "27 and 17 patients", "2, 11 and 14 patients"."""
    between = text[value.span.end : following.start] if value.span.end < following.start else ""
    linked = re.fullmatch(r"(?:,\s\d{1,4}(?=[,\s])){0,4},?\s(?:and|vs\.?|versus|or)\s", between)
    if linked is None or value.unit is not None or not isinstance(value.value, int):
        return value
    return replace(value, kind=Kind.COUNT, unit=unit)


_SAMPLE_BEFORE = re.compile(
    r"""
    \b (?: of | in | includ(?:e[ds]?|ing) | excluded | enrol\w+ | recruited | randomi[sz]ed | assigned | allocated | among | evaluated | analy[sz]ed
         | treated | involving | comprising | comprised | from | for | with | studied | screened | registered | accrued | other | another
         | additional | these | those | the | all | between | (?<!compared\s)to | had | on | which )\s
    (?: a\stotal\sof\s | approximately\s | about\s | only\s )?
    $
  | ^ \s* (?: A\stotal\sof\s | Overall,?\s )? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_EVENT_VERB = re.compile(
    r"""
    \b (?: observed | seen | occurr\w+ | reported | noted | recorded | documented | found | achieved | experienced | confirmed | detected
         | obtained | diagnosed | developed | stopped | discontinued | discontinuations? | interrupted | withdrawn
         | reduced | reductions? | delayed | delays?
         | required | necessary | needed | present | evident | fatal | progressed | recurred | relapsed | stabili[sz]ed | responded | shrank
         | (?: disease | tumou?rs? | cancer )\s(?:was|were|remained|stayed)\s(?:stable|unchanged) )\s
    (?: in\s (?: \d+ | \w+ )\spatients\s [^;.()\d]{0,60}? \band\s )?
    (?:only\s)? in\s (?: only\s | just\s )?
    $
  | \b (?: unknown | undetermined | unclear | unavailable )\s (?: in | for )\s $
  | [:(]\s? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DID = re.compile(
    r"""
    \s (?: \([^()]*\)\s | each\s )?
    (?: (?: in | on | from )\s(?: the | each | both | either )\s [^,;.]{2,40}\s )?
    (?: have\s | had\ssince\s )? (?: had | achieved | died | experienced | developed | discontinued | withdrew | required | reported | showed
    | responded | attained
      | relapsed | progressed | suffered | stopped
      | were\s(?: alive | dead | withdrawn | taken | reported ) | was\staken | obtained | reached | remain\w*
      | with\s (?:an?\s)? (?: CR | PR | SD | PD | complete | partial | stable | progressive | grade )
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)


_PEOPLE = frozenset(
    "patients patient cases case women woman men man participants participant subjects subject individuals children people dogs dog cats cat".split()
)


# "two cases of tumor lysis were seen"
_CASES_SEEN = re.compile(
    r"(?<=case|ases)\sof\s(?!the\b)[^.;,()\d]{3,60}?\s(?:(?:was|were|have\sbeen|has\sbeen)\s(?:seen|observed|reported|noted|recorded|documented|found|diagnosed)"
    r"|occurred|developed|arose)\b"
)
# "16 (9%) of these 179 patients reported"
_OF_THESE = re.compile(r"[%)\]]\s?\)?\sof\s(?:these|the|those|our|all)\s$")


_SO_MANY_OF = re.compile(r"\d\s(?:out\s)?of\s(?:the\s)?$")
# "of the 40 patients with PD, 12 were treated", "all 40 patients with a PR"
_OF_ALL_THOSE = re.compile(r"\b(?:(?:of|among|in|for)\s(?:the|these|those|all)|all)\s$", re.IGNORECASE)


def _is_sample_size(text: str, match: re.Match[str]) -> bool:
    """Whether a count of patients says how many were studied rather than what became of them."""
    before, what = text[: match.start()], match.group("what").split()[-1]
    if counts_nobody(text, CharSpan(*match.span("number"))):
        return True
    if what not in _PEOPLE:
        return what.startswith("responder") and _OF_ALL_THOSE.search(before) is not None
    if _OF_THESE.search(before) or _SO_MANY_OF.search(before) or (_OF_ALL_THOSE.search(before) and text.startswith(" with ", match.end())):
        return True
    if _DID.match(text, match.end()) or _CASES_SEEN.match(text, match.end()) or (not before.strip() and SUBJECT_DID.within(text[match.end() :])):
        return False
    return bool(_SAMPLE_BEFORE.search(before)) and not _EVENT_VERB.search(before)


_RESPONSES = re.compile(r"\b(?:CR|PR|PD)s?\b")
_ITS_UNIT = re.compile(r"\s?(?:months?|years?|weeks?|days?|%)?")


def _with_brackets(text: str, value: Value, intervals: Sequence[Interval]) -> Value:
    """A value with the interval and the spread printed behind it."""
    if value.kind is Kind.COUNT and value.unit is not None:
        return value
    end = value.whole.end
    unit = _ITS_UNIT.match(text, end)
    end = unit.end() if unit else end
    spread = SPREAD.compiled.match(text, end + len(text[end:]) - len(text[end:].lstrip(" ,")))
    if spread and not (spread.group("kind") == "SD" and _RESPONSES.search(text)):
        unit = _ITS_UNIT.match(text, spread.end())
        end = unit.end() if unit else spread.end()
        value = replace(value, spread=_spread(spread), whole=CharSpan(value.whole.start, spread.end()))
    for interval in intervals:  # in one bracket with the counts, before them: "24% (95% CI 13-38, 12 of 50)"
        if value.span.end <= interval.span.start and interval.span.end <= value.whole.end and value.value is not None:
            return replace(value, interval=interval)
    for interval in intervals:
        gap = text[end : interval.span.start]
        if 0 <= interval.span.start - end <= 30 and re.fullmatch(
            r"\s*[\[(,;]?\s*(?:with\s(?:a\s)?|(?:n\s?=\s?\d+;?\s)|\d+\s(?:of|/)\s?\d+[\w\s]{0,20}[;,]\s*)?", gap
        ):
            return replace(value, interval=interval, whole=CharSpan(value.whole.start, max(interval.span.end, value.whole.end)))
    behind = next((i for i in intervals if i.span.start >= end and _ARM_THEN_BRACKET.fullmatch(text, end, i.span.start)), None)
    if behind is not None and (behind.high is None if value.value is None else behind.holds(value.value)):
        return replace(value, interval=behind)
    match = IMPLICIT_INTERVAL.compiled.match(text, end)
    if match and intervals_named(text) and re.match(r"\s?[\[(]", text[end:]) and value.kind is not Kind.COUNT:
        low, high = parse_bound(match.group("low")), parse_bound(match.group("high"))
        if low is not None and (value.value is None or (low <= value.value and (high is None or value.value <= high))):
            span = CharSpan(match.start("low"), match.end("high"))
            return replace(value, interval=Interval(span, low, high, None), whole=CharSpan(value.whole.start, max(match.end(), value.whole.end)))
    return value


# "13 months with the A group (95% CI 9-15)": the interval stands behind the arm, no other value between.
_ARM_THEN_BRACKET = re.compile(
    r"\s?(?:with|for|in|on|under)\s(?:(?!\b(?:vs\.?|versus|and|compared|than|to|of|had|was|were|both|each|either|all)\b|\d[\d.]*\s?(?:%|months?|years?|weeks?))[^()\[\];,]){2,60}?\s?[\[(]\s?"
    r"|\s?of\s(?:the\s|all\s|our\s)?(?:patients|women|men|cases|subjects|participants)\s(?:(?!and\b|vs\b|versus\b|than\b|but\b)[a-z-]+\s){1,6}[\[(]\s?"
)


def intervals_named(text: str) -> bool:
    """Whether the sentence calls some interval by its name, so that bare ranges behind values are intervals too."""
    return bool(re.search(r"\bCIs?\b|confidence interval", text))


def _spread(match: re.Match[str]) -> Spread | None:
    if match.group("value"):
        return Spread(kind="sd", value=parse_number(match.group("value")))
    kind = _SPREADS[re.sub(r"\s+", " ", match.group("kind")).casefold()]
    low = parse_number(match.group("low"))
    if match.group("high"):
        return Spread(kind=kind, low=low, high=parse_number(match.group("high").rstrip("+")))
    return Spread(kind=kind, value=low) if kind in ("sd", "se") else None


def passed_over(text: str) -> Iterator[tuple[str, CharSpan]]:
    """Numbers that are no values though they have a unit: how long something was done, and how many were studied; each with what it is."""
    for match in VALUE.find(text):
        if match.group("time") and (text[match.end("number") : match.end("number") + 1] == "-" or _SPAN_OF_TIME.search(text[: match.start()])):
            yield "a length of time", CharSpan(*match.span("number"))
    for match in PEOPLE_COUNT.find(text):
        if _is_sample_size(text, match):
            yield "the size of a sample", CharSpan(*match.span("number"))
    for match in N_EQUALS.find(text):
        yield "the size of a sample", CharSpan(*match.span())
