"""Bare numbers that count patients: of each arm ("64 in the A group vs 75 in the B group"), and of all arms together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.quantities import COUNT_WORD, parse_number
from extractor.relations.brackets import opening, without_brackets
from extractor.relations.endpoint_events import DID_SOMETHING
from extractor.relations.headcounts import headcounts
from extractor.relations.nobody import counts_nobody
from extractor.relations.patterns import GRADE, NO_VALUE
from extractor.relations.spoken import spoken
from extractor.relations.targets import Series, spread_over
from extractor.relations.values import Kind, Numbers, Value

COUNTED = frozenset({"AE", "DEATH", "TREATMENT_DEATH", "DISCONTINUATION", "DOSE_REDUCTION"})
"""Endpoints that are told in bare counts of patients or events."""
_RESPONSES = frozenset({"CR", "PR", "SD", "PD", "PCR", "ORR"})

# "64 in the", "165 in the", "241 occurred in", "(31", "3" of "3 sorafenib-treated patients"; the arm follows.
_BEFORE_ARM = re.compile(
    rf"""
    (?<![\w.,/<>=≥≤-]) (?<!\d\s) (?P<n> \d{{1,4}} | (?i:\b{COUNT_WORD}) )
    (?: (?: \s (?: occurred | died | were | deaths? | events? | patients? | cases? ) ){{0,2}} (?: \soverall )?
        (?: \s (?: in | among | of ) \s (?:the\s)? (?P<N> \d{{1,5}} ) \s (?: patients | women | men | cases ) (?: \s \w+ed )? )?
        \s (?: in | on | from | among | for | with | of | given | taking | using | receiving | (?:assigned|allocated)\sto )
        (?: \s (?: the | those | patients | in | on | receiving | treated | with | assigned | allocated | to | who | received | given ) ){{0,5}}
        (?: \s (?: peri-?operative | pre-?operative | post-?operative | adjuvant | neoadjuvant | standard | investigational ) )?
    )? \s
    $
    """,
    re.VERBOSE,
)
_PEOPLE_OF_ARM = re.compile(r"(?:-treated)?\s(?:patients?|deaths?|cases?|women|men)\b|(?:\s(?:arm|group))?\s?(?:[,;)(]|and\s\d)")
_WHO_WERE_STUDIED = re.compile(r"(?:^|[.;,]\s)\W*(?:[Oo]f|[Aa]mong)\s(?:the\s|all\s|these\s)?$")
_OF_THOSE = re.compile(r"\b(?:the|of|among|all|between|these|those|other)\s$", re.IGNORECASE)
# What is told of those who were studied rather than of what became of them.
_STUDIED = re.compile(
    r"""
    \b (?: random\w+ | assigned | allocated | enrol\w+ | recruited | eligible | evaluab\w+ | assessable | analy[sz]\w+ | treated | included\sin
         | excluded | received | underwent | based\son | started | screened | lost | available | completed | median | mean )
    \b [^.;:]* $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "(partial or complete response vs death) is based on 875 patients (438 in the chemotherapy alone group"
_RIGHT_BEFORE = re.compile(
    r"\b(?:based\son|(?:in|ex)cluded|excluding|including|analy[sz]ed(?:\sin)?|(?:assessed|evaluated|available|assessable|evaluable)\s(?:in|for|from)|randomi[sz]ed|enrolled)\s"
    r"(?:a\stotal\sof\s)?(?:all\s)?\d+\s(?:[a-z]+\s){0,2}(?:patients|women|men|participants|subjects|cases)\s?$"
)
_WHAT_BECAME = re.compile(r"\b(?:died|deaths?|experienced|had|developed|occurred|discontinued|stopped|withdr\w+|reported|observed)\b", re.IGNORECASE)


def with_tallies(read: ReadSentence, numbers: Numbers) -> Numbers:
    """The numbers of a sentence on deaths or adverse events, with its bare counts of an arm's patients among the values."""
    named = read.of(MentionKind.ENDPOINT)
    codes = {e.norm for e in (*named, *spoken(read.sentence.text, named))}
    if not codes & (COUNTED | _RESPONSES) and not read.of(MentionKind.ADVERSE_EVENT):
        return numbers
    taken = [v.whole for v in numbers.values] + [e.whole for e in numbers.effects] + [p.span for p in numbers.p_values]
    people = list(headcounts(read))
    found = [
        v
        for v in (
            *_of_arms(read),
            *_of_each(read),
            *_of_second_arm(read),
            *_adding_up(read),
            *_with_event(read),
            *_of_grades(read, [*numbers.values, *people]),
            *_of_events(read),
        )
        if (v.N is not None or not any(v.whole.overlaps(t) for t in taken)) and not (codes <= _RESPONSES and _of_verb_behind(read, v))
    ]
    found, people = ([v for v in some if not counts_nobody(read.sentence.text, v.span)] for some in (found, people))
    found = [v for v in found if not any(m.span.start < v.span.start < m.span.end for m in read.of(MentionKind.POPULATION))]  # "PS of 2 given A"
    beside = [v for v in people if not any(v.whole.overlaps(t) for t in taken)]
    sized = [v for v in found if _is_size(read.sentence.text, v)]
    found = list({v.span: v for v in (*beside, *(v for v in found if v not in sized))}.values())
    numbers = _shares_of_people(read, numbers)
    found += [v for v in _of_nobody(read.sentence.text, numbers.values) if not any(v.span.overlaps(f.whole) for f in found)]
    counted: list[Value] = []
    for v in sorted(found, key=lambda v: v.span):
        counted.append(_as_counted(read.sentence.text, v, [*numbers.values, *counted]))
    found, numbers = _with_shares(read, counted, numbers)
    wholes = [v.whole for v in found]
    kept = [v for v in numbers.values if not any(v.whole.overlaps(w) for w in wholes)]
    stray = tuple(s for s in numbers.stray if not any(s.overlaps(w) for w in wholes))
    return replace(numbers, values=tuple(sorted((*kept, *found), key=lambda v: v.span)), stray=stray)


def _of_verb_behind(read: ReadSentence, count: Value) -> bool:
    """Whether a count behind the name of a response is of what its patients did: "PR in 12 patients with A and 3 with B progressed"."""
    arm = next((m for m in read.of(MentionKind.ARM) if m.span.start >= count.whole.end), None)
    before = any(e.norm in _RESPONSES and e.span.end <= count.span.start for e in read.of(MentionKind.ENDPOINT))
    return before and arm is not None and DID_SOMETHING.match(read.sentence.text, arm.span.end) is not None


_CATEGORIES = frozenset({"CR", "PR", "SD", "PD", "PCR"})
_COUNT = rf"(?P<n>\d{{1,3}}|(?i:\b(?!no\b|none\b|zero\b){COUNT_WORD}))"
# "13 patients were classified as", "11 a", "14 with": the category follows.
_THEY_HAD = re.compile(
    rf"""
    (?<![\w.,/<>=≥≤%-]) (?<! [Gg]rade\s | [Cc]ycle\s | [Cc]lass\s | [Ss]tage\s | [Pp]hase\s | [Mm]onth\s ) (?<! [Ww]eek\s | \s[Dd]ay\s )
    {_COUNT} \s
    (?: (?: of\sthem | of\sthese | patients? | cases? | women | men | further | additional | more | others? | evaluable )\s ){{0,2}}
    (?: (?: was | were | had | has | have | with | achieved | obtained | showed | experienced | reached | attained | developed | remained | in
          | an? | only | classified | evaluated | assessed | considered | rated | recorded | confirmed | unconfirmed | durable | maintained | best
          | response | of | as )\s ){{0,5}}
    $
    """,
    re.VERBOSE,
)
# "SD in 14", "PR: 11", "(PR) was the best response in 11".
_SEEN_IN = re.compile(
    rf"""
    (?: \s? \( [A-Za-z]{{2,5}} \) )? (?: \s responses? )?
    (?: \s? [:=] \s?
      | \s (?: was | were )\s (?= (?: \d{{1,3}} | (?i:{COUNT_WORD}) )\s (?: in | with | on | for | under | among )\s )
      | \s (?: (?: was | were | seen | observed | noted | achieved | documented | recorded | obtained | found | reported | the | best | overall
                  | response | only | a | total )\s ){{0,6}} (?: in | of | for )\s )
    {_COUNT} (?! [\d.,/-]*\d | \s? (?: % | percent | months? | weeks? | years? | of\s\d | out\sof | / | [(\[]\s?[\d.]+\s?% ) )
    """,
    re.VERBOSE,
)


# "of the 40 patients with PD", "all 40 patients with a PR": who they are, not what became of them.
_ALL_THOSE = re.compile(r"\b(?:(?:[Oo]f|[Aa]mong|[Ii]n|[Ff]or)\s(?:the|these|those|all)|[Aa]ll)\s$")


def with_responses(read: ReadSentence, numbers: Numbers) -> Numbers:
    """The numbers of a sentence with its bare counts of patients by their response: "11 a PR, 14 with SD", "SD in 14 and PD in 13"."""
    text = read.sentence.text
    taken = [v.whole for v in numbers.values if v.unit] + [e.whole for e in numbers.effects] + [p.span for p in numbers.p_values]
    busy = [*taken, *(CharSpan(*m.span()) for pattern in (NO_VALUE, GRADE) for m in pattern.find(text)), *(m.span for m in numbers.landmarks)]
    found: list[Value] = []
    for category in read.of(MentionKind.ENDPOINT):
        if category.norm not in _CATEGORIES:
            continue
        match = _THEY_HAD.search(text[: category.span.start])
        if match is not None and _ALL_THOSE.search(text[: match.start()]):
            continue
        match = match or _SEEN_IN.match(text, category.span.end)
        if match is None:
            continue
        span = CharSpan(*match.span("n"))
        if not any(span.overlaps(b) for b in (*busy, *(v.whole for v in found))):
            whole = CharSpan(min(span.start, category.span.start), max(span.end, category.span.end))
            found.append(Value(Kind.COUNT, span, whole, parse_number(match.group("n")), "patient", parts=(("category", category.span),)))
    wholes = [v.span for v in found]
    kept = [v for v in numbers.values if not any(v.span.overlaps(w) for w in wholes)]
    stray = tuple(s for s in numbers.stray if not any(s.overlaps(w) for w in wholes))
    return replace(numbers, values=tuple(sorted((*kept, *found), key=lambda v: v.span)), stray=stray)


def _of_arms(read: ReadSentence) -> Iterator[Value]:
    text = read.sentence.text
    busy = [CharSpan(*m.span()) for pattern in (NO_VALUE, GRADE) for m in pattern.find(text)]
    for arm in read.of(MentionKind.ARM):
        match = _BEFORE_ARM.search(text[: arm.span.start])
        if match is None:
            continue
        span = CharSpan(*match.span("n"))
        direct = not text[match.end("n") : arm.span.start].strip()
        if direct and (_OF_THOSE.search(text[: span.start]) or not _PEOPLE_OF_ARM.match(text, arm.span.end)):
            continue
        if (match.group("n").casefold() in ("no", "none") and not _NONE_BESIDE.search(text[: span.end])) or any(span.overlaps(b) for b in busy):
            continue
        if not direct and match.group("N") is None and _WHO_WERE_STUDIED.search(text[: span.start]):
            continue
        total = match.group("N")
        if total is not None and int(parse_number(match.group("n"))) > int(total):
            continue
        whole = CharSpan(span.start, match.end("N")) if total is not None else span
        count = parse_number(match.group("n"))
        n = int(count) if total is not None else None
        yield Value(Kind.COUNT, span, whole, count, "patient", n=n, N=int(total) if total else None, parts=(("value", span),))


_BEHIND_ARM = re.compile(r"(?:\s(?:groups?|arms?|patients))?(?:,|:|\s?=|,?\sn\s?=)?\s?(?P<n>\d{1,4})(?=\s?(?:[;,)\]]|and\s))")
_COUNTED_AHEAD = re.compile(r"(?<![\w.,])(?P<n>\d{1,4})\b(?!\.\d|\s?%)[^()\d]{0,60}$")


def _adding_up(read: ReadSentence) -> Iterator[Value]:
    """Bare counts behind the arms of a bracket that add up to the count before it: "118 deaths had occurred (A, 61; B, 57)"."""
    text = read.sentence.text
    for bracket in re.finditer(r"[(\[](?P<inside>[^()\[\]]*)[)\]]", text):
        total = _COUNTED_AHEAD.search(text[: bracket.start()])
        arms = [a for a in read.of(MentionKind.ARM) if bracket.start() < a.span.start and a.span.end < bracket.end()]
        told = [match for a in arms if (match := _BEHIND_ARM.match(text, a.span.end)) is not None]
        if total is not None and len(told) == len(arms) > 1 and sum(int(m.group("n")) for m in told) == int(total.group("n")):
            for match in told:
                span = CharSpan(*match.span("n"))
                yield Value(Kind.COUNT, span, span, parse_number(match.group("n")), "patient", parts=(("value", span),))


# "eight patients on A and none on B": a zero that is told beside a count.
_NONE_BESIDE = re.compile(
    rf"(?:\d|\b(?i:(?!no|none|zero){COUNT_WORD})\b)[^.;]*\b(?:and|but|versus|vs\.?|while|whereas|with|to|against|,)\s(?:in\s)?none$", re.IGNORECASE
)
# "(four [8%] vs none)", "(none vs 12%)"
_AGAINST = r"(?:vs?\.?|versus|against|compared\s(?:with|to))"
_VS_NONE = re.compile(rf"[\s)\]]*{_AGAINST}\s(?P<n>none|0|no\spatients?|zero)(?=\s?(?:[)\]]|[,;.](?!\d)|$))", re.IGNORECASE)
_NONE_VS = re.compile(rf"[(\[]\s?(?P<n>none|0|no\spatients?|zero)\s{_AGAINST}\s$", re.IGNORECASE)


def _of_nobody(text: str, values: Sequence[Value]) -> Iterator[Value]:
    """None at all, where a share is set against it."""
    for value in values:
        match = value.kind is Kind.SHARE and (_VS_NONE.match(text, value.whole.end) or _NONE_VS.search(text[: value.whole.start]))
        if match:
            span = CharSpan(*match.span("n"))
            yield Value(Kind.COUNT, span, span, 0, "patient", parts=(("value", span),))


_OF_EACH = re.compile(
    rf"""
    [(\[] \s? each,? \s (?: [nN] \s? = \s? )? (?P<before> \d{{1,3}} ) \s? [)\]]
  | [(\[] \s? (?: [nN] \s? = \s? )? (?P<behind> \d{{1,3}} ) (?: \spatients? )? ,? \s each \s? [)\]]
  | (?<![\w.,-]) (?P<arms> \d{{1,3}}
  | (?i:\b{COUNT_WORD}) ) (?= (?: \s (?: patients? | woman | women | man | men | cases? | subjects? ) )?
        \s (?:in|on|from|for) \s (?:each|either) \s (?:treatment\s|study\s)? (?:arm|group) \b )
  | \b in \s (?P<people> \d{{1,3}} | (?i:{COUNT_WORD}) ) \s (?: patients? | cases? ) \s each \b (?! \s (?: of | group | arm ) )
    """,
    re.VERBOSE,
)


def _of_each(read: ReadSentence) -> Iterator[Value]:
    """Counts that are told of each event of a list: "(each n=2)", "in one patient each"."""
    for match in _OF_EACH.finditer(read.sentence.text):
        group = match.lastgroup or "before"
        span = CharSpan(*match.span(group))
        yield Value(Kind.COUNT, span, span, parse_number(match.group(group)), "patient", parts=(("value", span),))


_OF_GRADE = re.compile(
    rf"""
    (?<![\w.,/<>=≥≤-]) (?P<n> \d{{1,3}} | (?i:\b{COUNT_WORD}) ) \s
    (?: (?: of\sthem | of\sthese | patients? | events? | cases? )\s )?
    (?: (?: were | was | had | developed | experienced | deemed | considered | rated | graded | classified | assessed | as | with | of | being
      | an? )\s ){{1,4}}
    """,
    re.VERBOSE,
)


_TO_EVENT = 12


def _of_grades(read: ReadSentence, values: Sequence[Value]) -> Iterator[Value]:
    """How many of those counted before had an event or a grade: "five events of rash were reported; four were grade 2", "3 had rash, 2 had fever"."""
    text, events = read.sentence.text, read.of(MentionKind.ADVERSE_EVENT)
    for match in _OF_GRADE.finditer(text):
        span = CharSpan(*match.span("n"))
        before = [v for v in values if v.kind is Kind.COUNT and v.whole.end <= span.start]
        graded = re.match(r"[Gg]rades?\s", text[match.end() :]) or any(0 <= e.span.start - match.end() < _TO_EVENT for e in events)
        if before and graded and match.group("n").casefold() not in ("no", "none"):
            yield Value(Kind.COUNT, span, span, parse_number(match.group("n")), before[-1].unit or "patient", parts=(("value", span),))
    for match in _GRADE_IN.finditer(text):
        span = CharSpan(*match.span("n"))
        if any(v.kind is Kind.COUNT and v.whole.end <= span.start for v in values):
            yield Value(Kind.COUNT, span, span, parse_number(match.group("n")), "patient", parts=(("value", span),))


# "and grade 4 in 5 patients"
_GRADE_IN = re.compile(
    rf"\b[Gg]rades?\s(?:[1-5]|IV|V|I{{1,3}})\sin\s(?:only\s|another\s)?(?P<n>\d{{1,3}}|(?i:(?!no\b|none\b|zero\b){COUNT_WORD}))"
    r"(?=\s(?:patients?|women|men|cases?)\b|\s?[,;.)]|\s(?:and|with|on)\s|$)(?!\s(?:patients\s)?\()"
)


_THOSE_WITH = re.compile(
    rf"(?:of|among)\s(?:the\s)?(?P<whole>(?P<n>\d{{1,3}}|{COUNT_WORD})\s(?:patients|cases|women|men))\s(?:with|who\s(?:had|developed))\s",
    re.IGNORECASE,
)


def _with_event(read: ReadSentence) -> Iterator[Value]:
    """How many had the event that a sentence opens with: "Of two patients with rash, one had grade 3"."""
    match = _THOSE_WITH.match(read.sentence.text)
    if match is not None and any(e.span.start == match.end() for e in read.of(MentionKind.ADVERSE_EVENT)):
        span = CharSpan(*match.span("n"))
        yield Value(Kind.COUNT, span, CharSpan(*match.span("whole")), parse_number(match.group("n")), "patient", parts=(("value", span),))


_NO_SORT = "of|in|and|or|the|to|with|for|at|on|by|from|than|these|those|had|were|was|such|patients?|cases?|most|main|other|more|common|frequent"
_SORT = rf"(?: (?!(?:{_NO_SORT})\s) [a-z]+(?:-[a-z]+)* \s )"
_COUNT_OF_EVENTS = re.compile(
    rf"""
    (?<![\w.,/<>=≥≤%-]) (?<!\d\s) (?<!than\s) (?<!least\s) (?<![Tt]he\s) (?<![Tt]hese\s) (?<![Tt]hose\s) (?<!leading\s) (?<!common\s) (?<!frequent\s)
    (?<!top\s) (?<!first\s) (?<!last\s) (?: (?<!of\s) | (?<=total\sof\s) ) (?<!grade\s) (?<!grades\s)
    (?P<n> \d{{1,3}} | (?i:\b{COUNT_WORD}) ) \s
    (?P<sort> {_SORT}{{0,3}}? )
    (?: (?:,\s|,?\sand\s|and\s) (?P<second> \d{{1,3}} | {COUNT_WORD} ) \s (?P<other> {_SORT}{{1,2}}? ) )?
    (?: grades?\s [\dIV]\S* \s (?: (?:or|and)\s [\dIV]+ \s )? )?
    $
    """,
    re.VERBOSE,
)


_CUT_SHORT = frozenset({"DISCONTINUATION", "DOSE_REDUCTION"})
_CUT = re.compile(r"(?:[\w-]+\s){0,3}(?:discontinuations|withdrawals|reductions|modifications)\b", re.IGNORECASE)


def _of_events(read: ReadSentence) -> Iterator[Value]:
    """How many adverse events there were, of one sort or of two: "two major complications", "six mild and two moderate adverse events"."""
    text = read.sentence.text
    busy = [CharSpan(*m.span()) for pattern in (NO_VALUE, GRADE) for m in pattern.find(text)]
    named = [
        m
        for m in (*read.of(MentionKind.ENDPOINT), *read.of(MentionKind.ADVERSE_EVENT))
        if m.norm == "AE" or m.kind is MentionKind.ADVERSE_EVENT or (m.norm in _CUT_SHORT and _CUT.match(m.span.of(text)))
    ]
    for event in named:
        match = _COUNT_OF_EVENTS.search(text[: event.span.start])
        if match is None or _NEXT_NOUN.match(text, event.span.end):
            continue
        if _SHARE_OF_SAME.match(text, event.span.end):
            continue
        for n, sort in (("n", "sort"), ("second", "other")):
            if match.group(n) is None or match.group(n).casefold() in ("no", "none") or any(CharSpan(*match.span(n)).overlaps(b) for b in busy):
                continue
            span, count = CharSpan(*match.span(n)), parse_number(match.group(n))
            if (count == 1) == _is_plural(event.span.of(text)) and match.group("second") is None:
                continue
            end = match.end(sort) - 1 if match.group(sort) else span.end
            whole = CharSpan(span.start, end if match.group("second") is not None and n == "n" else event.span.end)
            yield Value(Kind.COUNT, span, whole, count, "event", parts=(("value", span),))


# "one abscess in the docetaxel group (2.7%, 1/36)": told as a share; "143 events were reported by 74/171 (43%)" tells events and patients.
_SHARE_OF_SAME = re.compile(
    r"(?!\s(?:(?:was\s|were\s)?(?:reported|noted|seen|experienced|observed|recorded)\s)?(?:by|in)\s\d)[^;.()\[\]]{0,90}[(\[]\s?(?:[\d.]+\s?%|\d+/\d+)"
)
# "two toxicity criteria": no toxicities are counted.
_NEXT_NOUN = re.compile(r"\s(?:criteri|grad|score|scale|profile|data|rate|item|event\sform|report|type|categor|analys|free\b|cancer|treatment)")


def _is_plural(name: str) -> bool:
    return bool(re.search(r"(?<![sui])s$|[^aeiou]i$|emboli$|thromboses$", name, re.IGNORECASE)) or name.casefold().endswith(("analyses", "ses"))


_SECOND = re.compile(r"[(\[]\s?\d{1,4}\s(?:events|patients|cases|deaths|episodes)\s(?:vs\.?|versus|and|compared\swith)\s(?P<n>\d{1,4})\s?[)\],;]")


def _of_second_arm(read: ReadSentence) -> Iterator[Value]:
    """The count that leaves out what it counts: "(30 events vs 69)"."""
    for match in _SECOND.finditer(read.sentence.text):
        span = CharSpan(*match.span("n"))
        unit = "event" if "event" in match.group() else "patient"
        yield Value(Kind.COUNT, span, span, parse_number(match.group("n")), unit, parts=(("value", span),))


_SHARE_BEHIND = re.compile(r"\s(?:groups?\s|arms?\s|patients\s)?[(\[]\s?")


def _shares_of_people(read: ReadSentence, numbers: Numbers) -> Numbers:
    """The numbers of a sentence with counts of patients in the share behind their arm: "six patients in arm B (20%)"."""
    people = [v for v in numbers.values if v.kind is Kind.COUNT and v.unit == "patient" and v.N is None and v.n is None]
    kept, merged = _with_shares(read, [v for v in people if _IN_ARM.match(read.sentence.text, v.whole.end)], numbers)
    gone = {v.span for v in people if _IN_ARM.match(read.sentence.text, v.whole.end)} - {v.span for v in kept}
    return replace(merged, values=tuple(v for v in merged.values if v.span not in gone))


_IN_ARM = re.compile(r"\s(?:patients\s)?(?:in|on|from|of|with)\s")


def _with_shares(read: ReadSentence, found: list[Value], numbers: Numbers) -> tuple[list[Value], Numbers]:
    """The counts without those whose share stands behind their arm ("11 patients on A (22%)"); these go into the share."""
    text, values, kept = read.sentence.text, list(numbers.values), []
    for count in found:
        arms = [m.span.end for m in read.of(MentionKind.ARM) if 0 <= m.span.start - count.whole.end < 40]
        shares = [
            i
            for i, v in enumerate(values)
            if v.kind is Kind.SHARE
            and v.n is None
            and arms
            and _SHARE_BEHIND.fullmatch(text, arms[0], v.whole.start)
            and isinstance(count.value, int)
        ]
        if not shares:
            kept.append(count)
            continue
        share = values[shares[0]]
        n = int(count.value or 0)
        values[shares[0]] = replace(share, n=n, N=share.N or count.N, whole=CharSpan(count.whole.start, share.whole.end))
    return kept, replace(numbers, values=tuple(values))


def _as_counted(text: str, value: Value, others: Sequence[Value]) -> Value:
    """A count in the unit of the one before it in its bracket: "(30 events on A vs 39 on B)"."""
    bracket = opening(text, value.span.start)
    counts = sorted((v for v in others if v.kind is Kind.COUNT and v.span.end <= value.span.start), key=lambda v: v.span)
    before = [v for v in counts if bracket is not None and v.span.start > bracket]
    if counts and counts[-1].unit == "event" and not _BY_PEOPLE.search(text[counts[-1].span.end : value.whole.end + len(" patients")]):
        before = counts[-1:]
    return replace(value, unit=before[-1].unit) if before and before[-1].unit is not None else value


# "143 events were reported by 74 patients": the second counts those who had them.
_BY_PEOPLE = re.compile(r"\b(?:patients?|by|among|women|men|participants|subjects|had|developed|experienced|suffered|died|were\sgrade)\b|[.;]\s")


def _is_size(text: str, value: Value) -> bool:
    """Whether a count is how many were studied: "(182 in the A group vs 182 in the B group)" behind "were randomised"."""
    bracket = opening(text, value.span.start)
    head = text[: value.span.start if bracket is None else bracket]
    if _RIGHT_BEFORE.search(head):
        return True
    studied = _STUDIED.search(head)
    return studied is not None and _WHAT_BECAME.search(studied.group()) is None


_IN_EACH_ARM = re.compile(
    r"[\s)\]]*(?:\w+\s)?(?:in|for|on)\s(?:each|both|either)\s(?:of\sthe\s)?(?:two\s)?(?:treatment\s|study\s)?(?:groups?|arms?)\b"
)


_GROUP = re.compile(r"\b(?:groups?|arms?)\b")


def total_of_arms(read: ReadSentence, series: Series, values: Sequence[Value], arms: Sequence[Mention]) -> bool:
    """Whether a count is of all arms together: the counts behind it, each of an arm of its own, add up to it."""
    total, of = count_of(series.values[0]), series.values[0].N
    if of is not None and len(series.values) == 1:
        of_all = [v for v in values if v.span.end <= series.span.start and count_of(v) == of]
        if of_all and total_of_arms(read, Series((of_all[0],)), values, arms):
            return True
    if len(series.values) != 1 or total is None or total < 2:
        return False
    behind = [v for v in values if v.span.start >= series.span.end]
    if behind and 2 * (count_of(behind[0]) or 0) == total and _IN_EACH_ARM.match(read.sentence.text, behind[0].whole.end):
        return True
    for k in (2, 3, 4):
        parts = behind[:k]
        counts = [count_of(v) for v in parts]
        if len(parts) < k or None in counts or sum(c or 0 for c in counts) != total:
            continue
        owners = spread_over(read, Series(tuple(parts)), arms)
        known = {o.norm for o in owners if o}
        groups = len(_GROUP.findall(read.sentence.text[series.span.end :]))
        if (all(owners) and len(known) == k) or (len(known) == sum(map(bool, owners)) == k - 1 and groups >= k):
            return True
    return False


# "one with A (2%) and three (6%) with B, which represents an overall rate of toxic deaths of 4%"; "an overall response rate" is an endpoint's name.
_OVERALL = re.compile(
    r"\b(?:overall|combined|pooled)\s(?!response|survival|objective|clinical|disease)(?:[\w-]+\s){0,2}?(?:rate|incidence|frequency|mortality|risk)\s(?:of\s(?:[\w-]+\s){1,3}?)?"
    r"(?:of|was|being)\s(?:only\s|about\s)?$",
    re.IGNORECASE,
)


def is_overall(text: str, series: Series, arms: Sequence[Mention]) -> bool:
    """Whether a share is called that of all, behind those of two arms or more."""
    told = {a.norm for a in arms if a.span.end <= series.span.start}
    behind = [a for a in arms if a.span.start >= series.span.end]
    return len(series.values) == 1 and len(told) > 1 and not behind and _OVERALL.search(text[: series.span.start]) is not None


_TOLD_APART = re.compile(
    r"[\s)\]]*(?:of\s(?:all\s|the\s)*patients\s?)?(?:[;:,]\s?)?(?:(?:with|without)\s(?:an?y?\s)?(?:no\s)?(?:\w+\s){0,2}differences?\s"
    r"(?:between|among)|and\swas|it\swas|being|this\swas)?[^.\d]{0,40}"
)


def lies_between_arms(read: ReadSentence, series: Series, values: Sequence[Value], arms: Sequence[Mention]) -> bool:
    """Whether a share or a time is that of all arms together: values of one arm each follow it, and it lies between them, as a whole does.

    "PFS at 5 years was 81%; 69% for A and 93% for B". No arm stands before it.
    """
    (first, *others), text = series.values, read.sentence.text
    if others or first.value is None or first.kind not in (Kind.SHARE, Kind.TIME) or any(a.span.start < first.span.start for a in arms):
        return False
    behind = [v for v in values if v.span.start >= series.span.end and (v.kind, v.unit) == (first.kind, first.unit)]
    for k in (2, 3):
        parts = behind[:k]
        told = [v.value for v in parts if v.value is not None]
        if len(told) < k or not min(told) < first.value < max(told):
            continue
        inside = opening(text, parts[0].span.start)
        if inside is not None and inside >= first.whole.end and any(first.whole.end <= a.span.start < inside for a in arms):
            continue  # "7% with A (4% died of sepsis) and 15% with B"
        owners = spread_over(read, Series(tuple(parts)), arms)
        apart = without_brackets(text[first.whole.end : parts[0].whole.start])
        if all(owners) and len({o.norm for o in owners if o}) == k and _TOLD_APART.fullmatch(apart):
            return True
    return False


def count_of(value: Value) -> int | None:
    """The patients or events that a value counts: a count itself, the n of a share; None where neither is told."""
    if value.kind is Kind.SHARE:
        return value.n
    return value.value if value.kind is Kind.COUNT and isinstance(value.value, int) else None
