"""Which adverse event a number is of, and of which grade.

An event is known from the lexicon, or by its place: what stands right before the bracket of a rate in a sentence on adverse events.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.quantities import COUNT_WORD, ROMAN
from extractor.relations.brackets import clause_start, opening, without_brackets
from extractor.relations.occurrence import INCIDENCE_OF
from extractor.relations.patterns import GRADE, GRADE_OF_LIST
from extractor.relations.sublists import graded_brackets
from extractor.relations.targets import Series, without_arms
from extractor.relations.values import Kind, Value


def _is_all_of_bracket(text: str, value: Value, grade: re.Match[str]) -> bool:
    """Whether a grade is all that the bracket right behind a value says: "3% (grade 4)"."""
    opened = re.match(r"\s?[(\[]\s?", text[value.whole.end :])
    behind = text[grade.end() : grade.end() + 2].lstrip()
    return opened is not None and grade.start() <= value.whole.end + opened.end() and behind[:1] in (")", "]")


def grade_at(
    text: str, value: Value, carried: str | None, people: Sequence[CharSpan] = (), events: Sequence[CharSpan] = ()
) -> tuple[str | None, CharSpan | None]:
    """The toxicity grade of a value: the last named before it, else one right behind it in brackets; "severe" not where it says who they are.

    The first of `events` is the value's own, the others those of its sentence: "grade 3 rash in 4, and one had fever" tells no grade of the fever.
    """
    bracket = opening(text, value.span.start)
    listed = GRADE_OF_LIST.search(text[:bracket].rstrip()) if bracket is not None else None
    if listed is not None:
        return re.sub(r"\s?[-/]\s?", "-", listed.group("grade")), CharSpan(*listed.span("grade"))
    parts = [b for b in graded_brackets(text) if not b.covers(value.span)]
    matches = [
        m
        for m in GRADE.find(text)
        if not (m.group("severe") and any(p.start <= m.start() < p.end for p in people)) and not any(b.start < m.end() <= b.end for b in parts)
    ]
    counted = next((m for m in matches if value.span.end <= m.start() and m.end() <= value.whole.end), None)
    counted = counted or next((m for m in GRADE.find(text) if m.start() >= value.whole.end and _is_all_of_bracket(text, value, m)), None)
    if counted is not None:
        return grade_norm(counted), CharSpan(*counted.span())
    if events and events[0].start >= value.whole.end:
        others = [e for e in events[1:] if e.of(text).casefold() != events[0].of(text).casefold()]
        matches = [m for m in matches if not any(0 <= e.start - m.end() <= 1 and e.end <= value.span.start for e in others)]
    own = events[0].start if events else 0
    before = [m for m in matches if m.end() <= value.span.start and not _IN_LAST_CLAUSE.search(text[m.end() : max(m.end(), own)])]
    after = [
        m
        for m in matches
        if m.start() >= value.span.end
        and re.fullmatch(
            r"[\s\])%]{0,3}\s?[\[(]?\s?(?:of\s|for\s|had\s|experienced\s|developed\s)?(?:(?:as|was|were|deemed|considered|graded|classified|rated|being)\s){0,3}(?:(?:of\s|in\s)?(?:[\w-]+\s){0,5}?patients\s(?:had|experienced|developed)\s)?(?:an?\s)?",
            text[value.whole.end : _begins(m)],
        )
    ]
    alone = [
        m
        for m in matches[:1]
        if len(matches) == 1
        and not _OF_SO_MANY.match(text, m.end())
        and not (m.start() > value.span.end and _ITS_SHARE.match(text, m.end()))
        and not _OF_SOME.search(text, value.whole.end + len(") of these "), max(m.start(), 0))
    ]
    had = [m for m in after if re.search(r"\b(?:had|experienced|developed|as|deemed|considered|graded|rated)\s", text[value.whole.end : _begins(m)])]
    match = next(iter((*had, *before[-1:], *after, *alone)), None)
    if match is None:
        return carried, None
    return grade_norm(match), CharSpan(*match.span())


# "in 15 patients, most of whom had grade 2": the grade of these alone.
_OF_SOME = re.compile(
    r"\bof\s(?:whom|which|these|those|them)\b|\d\s?%\sbeing\b|\b(?:usually|mostly|mainly|generally|predominantly|largely|often)(?:\s(?:of|was|were))?\s?$"
)
# "rash in 15 patients, and was grade 3 in six", "although grade 3 toxicity was seen in four": the grade of those that follow.
_OF_SO_MANY = re.compile(
    rf"(?:\s\w+)?(?:\s(?:was|were)(?:\sonly)?\s(?:seen|observed|reported|found|noted|recorded))?\sin\s(?:only\s)?(?:\d|(?i:{COUNT_WORD})\b)"
)
# "(34% vs 22%; grade 3-4, 14% vs 11%)": the grade of what is told next.
_ITS_SHARE = re.compile(r"(?:[,:=]\s?|\s)\d[\d.]*\s?%")
_IN_LAST_CLAUSE = re.compile(r",\s(?:while|whilst|whereas|but|although)\s")


def _begins(grade: re.Match[str]) -> int:
    """Where the first word of a grade begins."""
    return grade.end() - len(grade.group().lstrip())


def norm_of_grade(printed: str) -> str:
    """One grade, or two, printed alone.

    >>> norm_of_grade("IV"), norm_of_grade("3/4")
    ('4', '3-4')
    """
    return "-".join(ROMAN.get(part, part) for part in re.split(r"[-/]", printed))


def grade_norm(match: re.Match[str]) -> str:
    """A grade as a slot holds it: `>=3`, `3-4`, `any`, `3`."""
    if match.group("any"):
        return "any"
    if match.group("severe"):
        return "-".join(re.split(r"[\s-](?:to|or|and)[\s-]", match.group("severe").casefold()))
    low, high = match.group("low"), match.group("high")
    low, high = ROMAN.get(low, low), ROMAN.get(high or "", high or "")
    if match.group("least") or match.group("least2") or re.search(r"higher|greater|above|more|worse|over|severe|\+", match.group("above") or ""):
        return f">={low}"
    return f"{low}-{high}" if high else low


# What is no part of an event's name before it, and where the name must begin.
_NO_PART = re.compile(
    r"""
    ^ (?:
        (?: the | a | an | any | all | above | chiefly | mainly | mostly | notably | especially | some | other | only | mild | moderate
        | severe | serious | fatal | most | common | commonly | frequent | few | fewer | many | several | numerous | additional | further
        | another | overall | total | (?:NCI-?\s?)?CTC(?:AE)?
        | frequently
          | frequency | reported | drug-related | treatment-related | treatment-emergent | and | or | as\swell\sas | followed | by | namely
          | including
          | included | such\sas | incidence | rates? | higher | lower | more | less | cases? | patients? | episodes? | events? | with | of | in
          | for | had
          | both | either | were | was | are | is | any-grade | all-grade | asymptomatic | symptomatic | new | transient | toxicit\w+ | [a-z] | \d+
          | experienced | developed | being | be | caus(?:e[sd]?|ing) | it | these | this | those
          | such | significant | defining | (?:gr\.?|g|grade|grades) [\s\d/≥>=<.IV-]{1,8} (?:or\s(?:higher|greater|worse|more)\s)?
        ) (?: \s+ | $ )
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_EDGE = re.compile(
    r"""
    .* (?: [,;:()\[\]%] | (?<![\w-]) (?: and | or | vs\.? | versus | were | was | are | is | being | included? | including | than | as | by | had
    | experienced
      | developed | reported | observed | noted | that | which | who | to | namely | with | from | on | but | while | whereas
      | besides | plus | affected | involved
      | (?: grades? | Grades? ) \s [\d/≥>=<.IV-]+ | \d[\d.]*
      | (?<! increase\s ) (?<! increases\s ) (?<! decrease\s ) (?<! elevation\s ) (?<! elevations\s ) (?<! rise\s ) (?<! rises\s )
        (?<! pain\s ) (?<! loss\s ) (?<! reduction\s ) (?<! infection\s ) (?<! edema\s ) (?<! swelling\s ) (?<! inflammation\s )
        (?: of | in | for )
    ) (?= \s ) ) \s*
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_NO_EVENT = re.compile(
    r"""
    \b (?: significan\w+ | not | no | groups? | arms? | patients? | differ\w* | stud(?:y|ies) | trial | tables? | figures? | overall | total
    | respectively
      | rates? | response\w* | survival | progress\w* | deaths? | died | decision | refus\w+ | with(?:drew|drawal) | request | cohort | dose\w*
      | cycles?
      | months? | weeks? | days? | years? | reasons? | causes? | treatments? | therapy | chemotherapy | commonly | result\w* | analys\w+ | p-?value
      | compar\w+ | ratio | interval | range | women | men | males? | females? | this | these | it | they | there | all | events? | similar\w*
      | common
      | frequent\w* | respectively | occurr\w+ | each | baseline | score | status | positive | negative | ones? | dogs? | class | stage | be | being
      | been | mainly | \w+-related | recorded
      | maximum | minimum | severity | participants? | infants? | children | persons? | people | subjects? | volunteers? | receiv\w+ | underw\w+
      | biops\w+ | broad-spectrum )\b
      | ly $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_NAME = 6
"""Words of the longest name of an event that no lexicon has."""


# "diarrhea did not differ (10% v 8%)": a verb ends the name.
_WENT_ON = re.compile(r"\s(?:did|does|do|was|were|is|are|had|has|have|also|differed|occurred|appeared|seemed|remained|tended)\b")
_NAME_WITHIN = 300
"""Characters in which a name and what stands before it are looked for."""
_MARK_BEHIND = re.compile(r"(?<=[a-z]{4})\d{1,2}$")


# "use of surfactant (18% vs 17%)": what was given, or done.
_USE_OF = re.compile(r"\b(?:use|need|requirement|administration|receipt|placement)s?\s(?:of|for)\s(?:the\s|an?\s)?$", re.IGNORECASE)


def phrase_before(read: ReadSentence, end: int, events: Sequence[Mention]) -> Mention | None:
    """The event that is named right before a place: one of the lexicon that reaches into it, else the words since the last edge; None for no name.

    A name goes as far to the right as the place: "alkaline phosphatase increase" is no "alkaline phosphatase".
    """
    text = read.sentence.text
    end = len(text[:end].rstrip())
    window = max(end - _NAME_WITHIN, 0)
    edge = _EDGE.match(text[window:end])
    start = window + (edge.end() if edge else 0)
    crossing = [e.span.start for e in events if e.span.start < start < e.span.end]
    start = min([start, *crossing])
    while match := _NO_PART.match(text[start:end]):
        if any(e.span.start <= start and e.span.end > start for e in events):
            break
        start += match.end()
    linked = [e.span.start for e in events if re.fullmatch(r"\s(?:with|without|of|in|to)\s", text[e.span.end : start])]
    start = min([start, *linked])
    end -= len(text[start:end]) - len(_MARK_BEHIND.sub("", text[start:end]))
    name = text[start:end]
    if not re.match(r"[A-Za-zγα]", name) or len(name.split()) > _LONGEST_NAME or len(name) < 3:
        return None
    span = CharSpan(start, end)
    if _USE_OF.search(text[:start]) and not any(e.span.overlaps(span) for e in events):
        return None
    if any(m.span.overlaps(span) for m in read.of(MentionKind.ARM, MentionKind.ENDPOINT, MentionKind.POPULATION, MentionKind.TRIAL)):
        return None
    inside = [e for e in events if e.span.overlaps(span)]
    if inside and _WENT_ON.match(text, inside[-1].span.end, end):
        return inside[-1]
    norm = re.sub(r"\s+", " ", name).casefold()
    if len(inside) == 1 and inside[0].span == span:
        return inside[0]
    return Mention(MentionKind.ADVERSE_EVENT, span, norm, detail=inside[-1].detail if inside else "")


def _of_part(read: ReadSentence, bracket: int, at: int, events: Sequence[Mention]) -> Mention | None:
    """The event of a part of a bracket that tells a list of events in its order: "nausea and rash ... (respectively, 12% vs 4%; 8% vs 1%)"."""
    text = read.sentence.text
    close = text.find(")", bracket)
    inside = text[bracket : close if close > 0 else len(text)]
    before = [e for e in events if e.span.end <= bracket]
    if "respectively" not in inside or not before:
        return None
    for event in reversed(before):
        listed = _list_before(read, event.span.end, events)
        if len(listed) >= 2 and len(listed) == inside.count(";") + 1:
            return listed[text.count(";", bracket, at)]
    return None


# "in 12% (of the 34 patients) had grade 3 or higher (fatigue)"
_HAD_EVENT = re.compile(
    r"""
    [\s)\]]*
    (?: of\s (?: them | these | those | whom | which )\s )? (?: also\s | later\s | subsequently\s )?
    (?: (?:of|in)\s (?: the\s | all\s | our\s )? (?:\d+\s)? (?: (?:[\w-]+\s){0,2}
        (?: patients | cases | women | men | participants | subjects | dogs ) )? \s? )?
    (?: (?:who\s)? (?: received | treated\swith | on | with ) \s @ \s? )?
    (?: @ \s? (?: groups? | arms? )? \s? )?
    (?: (?:(?:has|have|had)\sbeen|was|were)\s (?:reported|found|known|noted|observed|said)\s to\s (?:have\s)? )?
    (?: had | have | experienced? | developed? | develop | report(?:ed)? | with | suffer(?:ed)?(?:\sfrom)? | sustained
      | showed | exhibited
      | complain(?:s|ed)?\sof | affected\sby | presented\swith | met\swith | for )?
    \s? (?:an?\s|at\sleast\sone\s|one\sor\smore\s|some\s(?:(?:grade|degree|form|kind)\sof\s)?|(?:an\s)?episodes?\sof\s)?
    (?: severe\s | any\s | of\s | \s )*
    """,
    re.VERBOSE,
)


def event_of(read: ReadSentence, series: Series, events: Sequence[Mention]) -> Mention | None:
    """The adverse event that rates belong to: in whose bracket they stand, or which they are said of; None where the sentence names none."""
    text, value = read.sentence.text, series.values[0]
    counted = next((e for e in events if value.kind is Kind.COUNT and value.whole.covers(e.span)), None)
    if counted is not None:
        return counted
    incidence = [e for e in events if value.kind is Kind.SHARE and INCIDENCE_OF.fullmatch(text[value.whole.end : max(e.span.start, value.whole.end)])]
    if incidence and len(series.values) == 1:
        return incidence[0]
    told = next((e for e in events if e.span.start >= value.whole.end), None)
    if value.kind is Kind.COUNT and told is not None and had_event(read, value, told):
        return _in_full(told, [e for e in events if e.span.end <= value.span.start])
    bracket = opening(text, value.whole.start)
    if bracket is not None:
        ordered = _of_part(read, bracket, value.span.start, events)
        if ordered is not None:
            return ordered
        inside = [e for e in events if bracket < e.span.start and e.span.end <= value.span.start]
        if inside:
            return inside[-1]
        named = phrase_before(read, bracket, events)
        if named is not None and (named.detail or _in_list(text, named, events) or _next_of_list(text, named, events)):
            return named
    before = [e for e in events if e.span.end <= value.span.start and opening(text, e.span.start) in (None, bracket)]
    after = [e for e in events if e.span.start >= value.whole.end and opening(text, e.span.start) in (None, bracket)]
    last = series.values[-1].whole.end
    behind = [e for e in after if e.span.start >= last]
    if behind and had_event(read, series.values[-1], behind[0]):
        return _in_full(behind[0], before)
    start = clause_start(text, value.span.start)
    near = [e for e in before if e.span.start >= start]
    if near:
        return _in_full(near[-1], before)
    if before and len({e.detail or e.norm for e in before}) == 1 and not _NEW_SUBJECT.search(text, before[-1].span.end, value.whole.end + 1):
        return before[-1]
    if (
        after
        and after[0].span.start - value.whole.end < 60
        and not _ANOTHER_MATTER.search(_without_grades(text[value.whole.end : after[0].span.start]))
    ):
        return after[0]
    return None


_ANOTHER_MATTER = re.compile(r"\band\b|;\s|[)\]]\s?,|,\s\w|\d")


def is_event_name(name: str) -> bool:
    """Whether a phrase may be the name of an event: no people, no arms, no statistics."""
    return _NO_EVENT.search(name) is None and len(name.split()) <= _LONGEST_NAME + 3


_EACH = re.compile(r"\s?(?:patients?\s|cases?\s|of\spatients\s)?\s?,?\s?each\b")
_EACH_BEFORE = re.compile(r"\beach,?\s(?:in\s|with\s)?(?:[nN]\s?=\s?)?$")
_ITEM_LINK = re.compile(
    r"(?:,\s?and|,\s?or|,|;|(?<![\w-])(?:and|or|as\swell\sas))\s(?:(?:gr\.?|[Gg]rades?)\s[\d/≥>=<.IV-]+\s(?:or\s\w+\s)?|severe\s)?$"
)


def events_of_each(read: ReadSentence, series: Series, events: Sequence[Mention]) -> list[Mention]:
    """The events that one rate is told of, one by one: "nausea, rash and fever (2% each)"; none where it is told of one."""
    if len(series.values) != 1:
        return []
    text, value = read.sentence.text, series.values[0]
    if _EACH.match(text, value.whole.end) is None and not _EACH_BEFORE.search(text[: value.whole.start]):
        return []
    had = _EACH_HAD.match(text, value.whole.end)
    if had is not None:
        behind = _list_after(text, had.end(), events)
        return behind if len(behind) >= 2 else []
    bracket = opening(text, value.whole.start)
    found = _list_before(read, bracket if bracket is not None else before_people(text, value.whole.start), events)
    return found if len(found) >= 2 else []


# "One patient each had grade 3 colitis, gastritis and rash"
_EACH_HAD = re.compile(
    r"\s?,?\s?each\s(?:had|developed|experienced|suffered(?:\sfrom)?|with|reported)\s(?:an?\s)?(?:(?:gr\.?|[Gg]rades?)\s[\d/≥>=<.IV-]+\s(?:or\s\w+\s)?)?"
)
_NEXT_ITEM = re.compile(r"(?:,\s(?:and\s)?|\s(?:and|or|as\swell\sas)\s)(?:(?:gr\.?|[Gg]rades?)\s[\d/≥>=<.IV-]+\s|an?\s)?")


def _list_after(text: str, start: int, events: Sequence[Mention]) -> list[Mention]:
    """The list of events that begins at a place."""
    found: list[Mention] = []
    for event in (e for e in events if e.span.start >= start):
        if found and not _NEXT_ITEM.fullmatch(text, found[-1].span.end, event.span.start):
            break
        if not found and event.span.start - start > len("severe "):
            break
        found.append(event)
    return found


_TO_RATES = re.compile(
    r"""
    (?: ,?\s of\s (?:which|whom)\s the\s (?: incidences? | rates? | frequency | frequencies ) )?
    (?: \s (?: rates? | incidences? | frequency | each | were | was | are | is | have | has | had | been | occurr\w+ | seen
      | observed | reported | noted
      | recorded | experienced | developed | present | found | affect\w+ | complicated | by | in | for | of | at | with | about | approximately | only
      | the ) )* \s (?:[\[(]\s?)? $
    """,
    re.VERBOSE,
)
SET_AGAINST = re.compile(r"\b(?:vs?\.?|versus|compared\s(?:with|to)|as\sagainst)(?!\w)")


def listed_before(read: ReadSentence, at: int, events: Sequence[Mention]) -> list[Mention]:
    """The list of events that stands before a list of rates, whether its last is in the lexicon or not."""
    tie = _TO_RATES.search(read.sentence.text[:at])
    found = _list_before(read, tie.start(), events) if tie is not None else []
    before = [e for e in events if e.span.end <= at]
    return found if len(found) > 1 or not before else _list_before(read, before[-1].span.end, events)


_GRADE_ALONE = r"(?:[1-5]|I{1,3}|IV|V)"
_GRADES_LISTED = re.compile(
    rf"\b[Gg]rades?\s(?P<listed>{_GRADE_ALONE}(?:(?:,|,?\s?and|,?\sor)\s(?:grade\s)?{_GRADE_ALONE})+)\b(?!\s?(?:[-/%]|patients|of\b|or\s(?:higher|more|worse)))"
)


def grades_in_order(read: ReadSentence, series: Series) -> list[str]:
    """The grade of each of several rates: "grade 3 and 4 neutropenia in 20% and 10%, respectively"; none where it is not said.

    Of two rates it must be said that they are told in order; as many of each of two arms, or three, are told so without a word.
    """
    text, k = read.sentence.text, len(series.values)
    listed = [m for m in _GRADES_LISTED.finditer(text) if m.end() <= series.span.start or 0 <= m.start() - series.span.end < _TO_GRADES]
    if k < 2 or len(listed) != 1:
        return []
    grades = [ROMAN.get(g, g) for g in re.findall(_GRADE_ALONE, re.sub(r"and|or|grade", "", listed[0].group("listed")))]
    in_turn = k > len(grades) and k % len(grades) == 0
    if k != len(grades) and not in_turn:
        return []
    if k == len(grades) and len({m.norm for m in read.of(MentionKind.ARM) if m.span.start < series.span.end}) > 1:
        return []
    if not in_turn and " or " in listed[0].group("listed") and len({m.norm for m in read.of(MentionKind.ARM)}) > 1:
        return []  # "grade 3 or 4 rash in 12% and 5%, respectively, of those on A and B"
    in_order = re.match(r"[^.;]{0,90}\brespectively\b", text[series.span.end :]) is not None
    if (k == len(grades) < _LEAST_GRADES and not in_order) or (not in_turn and SET_AGAINST.search(text[series.span.start : series.span.end])):
        return []
    return grades * (k // len(grades))


_LEAST_GRADES = 3
_TO_GRADES = 60


_CASES_OF = re.compile(
    rf"""
    (?<![\w.,-]) (?! (?i:no|none|zero)\b ) (?: [1-9] | [1-4]\d | (?i:{COUNT_WORD}) ) \s (?: \([^()]*\)\s )? cases?\sof\s
    (?P<name> [a-z][a-z-]+ (?: \s (?!was\b|were\b|in\b|on\b|had\b)[a-z-]+ ){{0,4}}? )
    (?= \s (?: \([^()]*\)\s )? (?: (?:was|were|have\sbeen|has\sbeen)\s (?:seen|observed|reported|noted|recorded|documented|found)
      | occurred | developed | arose | (?:in|on|with)\s ) )
    """,
    re.VERBOSE,
)


def events_in_cases(read: ReadSentence, events: Sequence[Mention]) -> list[Mention]:
    """The event that a few cases are told of, whatever it is: "two cases of tumor lysis were seen in the docetaxel group"."""
    text = read.sentence.text
    taken = [m.span for m in (*read.of(MentionKind.ARM, MentionKind.ENDPOINT, MentionKind.POPULATION, MentionKind.TRIAL), *events)]
    spans = [CharSpan(*m.span("name")) for m in _CASES_OF.finditer(text)]
    return [
        Mention(MentionKind.ADVERSE_EVENT, s, s.of(text).casefold())
        for s in spans
        if not any(s.overlaps(t) for t in taken) and is_event_name(s.of(text))
    ]


_WITH_RATE = re.compile(
    r"(?:^|[,;:]\s(?:and\s)?|\band\s)(?P<name>(?!(?:with|while|whereas|but|only|about|than|from|including|compared|versus)\b)[A-Za-z][a-z-]{3,}(?:[\s/][a-z-]+){0,4}),?\s(?:in\s)?(?=\d+(?:\.\d+)?\s?%)",
    re.MULTILINE,
)


def events_by_place(read: ReadSentence, events: Sequence[Mention]) -> list[Mention]:
    """The events that no lexicon has, by their place in a list of events with bare rates: "neutropenia 40%, anemia 22%, skin cracking 10%"."""
    taken = [m.span for m in (*read.of(MentionKind.ARM, MentionKind.ENDPOINT, MentionKind.POPULATION, MentionKind.TRIAL), *events)]
    items = [CharSpan(*m.span("name")) for m in _WITH_RATE.finditer(read.sentence.text)]
    known = [i for i in items if any(e.span.overlaps(i) for e in events)]
    if not known or 2 * len(known) < len(items):
        return []
    new = [i for i in items if not any(i.overlaps(t) for t in taken) and is_event_name(i.of(read.sentence.text))]
    return [Mention(MentionKind.ADVERSE_EVENT, i, re.sub(r"\s+", " ", i.of(read.sentence.text)).casefold()) for i in new]


def before_people(text: str, at: int) -> int:
    """Where the words begin that tie a count to the list before it: " in", " occurred in"."""
    tie = re.search(r"(?:\s(?:each|were|was|occurred|seen|observed|reported|noted|present))*\s(?:in|for|with)\s$", text[:at])
    return tie.start() if tie else at


def _list_before(read: ReadSentence, end: int, events: Sequence[Mention]) -> list[Mention]:
    """The list of events that ends at a place, in its order."""
    text = read.sentence.text
    found: list[Mention] = []
    while (named := phrase_before(read, end, events)) is not None:
        if not named.detail and not is_event_name(named.norm):
            break
        found.insert(0, _with_head(named, found[0]) if found else named)
        link = _ITEM_LINK.search(text[: named.span.start])
        if link is None:
            break
        end = link.start()
    return found if any(e.detail for e in found) else []


# "abdominal and perineal wound infections": the first lacks what both are.
_ADJECTIVE = re.compile(r"[a-z]+(?:al|ic|ar|ous|ary|ory)")


def _with_head(named: Mention, following: Mention) -> Mention:
    """A name of a list that is but an adjective, with the noun that it shares with the name behind it."""
    head = following.norm.split(" ", 1)
    if len(head) < 2 or named.detail or not _ADJECTIVE.fullmatch(named.norm):
        return named
    return replace(named, norm=f"{named.norm} {head[1]}")


def had_event(read: ReadSentence, value: Value, event: Mention) -> bool:
    """Whether an event is told right behind its rate: "12% of patients had nausea"."""
    if event.span.start < value.whole.end:
        return False
    named = phrase_before(read, event.span.end, [event])
    start = named.span.start if named is not None and value.whole.end <= named.span.start < event.span.start else event.span.start
    gap = without_brackets(without_arms(read, value.whole.end, start))
    return bool(_HAD_EVENT.fullmatch(_without_grades(gap)))


def _without_grades(text: str) -> str:
    return GRADE.compiled.sub("", text)


_OWN_BRACKET = re.compile(r"\s?[(\[][^()\[\]]*\d[^()\[\]]*[)\]](?:,\s(?:and\s)?|\s(?:and|or)\s)")


def _next_of_list(text: str, named: Mention, events: Sequence[Mention]) -> bool:
    """Whether a name that no lexicon has stands right behind an event with a bracket of its own: "rash (12% vs 3%) and skin cracking"."""
    return is_event_name(named.norm) and any(_OWN_BRACKET.fullmatch(text, e.span.end, named.span.start) for e in events)


def _in_list(text: str, named: Mention, events: Sequence[Mention]) -> bool:
    """Whether a name that no lexicon has is one of a list of events."""
    opens = re.search(r"(?:^|[,;:]|\band|\bor|\bwere|\bincluded|\bincluding|\bwas)\s?(?:[\w/≥-]+\s){0,3}$", text[: named.span.start])
    return bool(events) and opens is not None and bool(_LISTS.search(text)) and _NO_EVENT.search(named.norm) is None


def _in_full(event: Mention, before: Sequence[Mention]) -> Mention:
    """Complications under the name that the sentence gave them before: "postoperative complications ... 12% reporting complications"."""
    longer = [e for e in before if e.norm != event.norm and e.norm.endswith(event.norm)]
    return longer[-1] if longer and event.norm.startswith("complication") else event


# The words before a name of the lexicon that are part of it, and what it is of: "application site pain", "pain of the jaw".
_PART_BEFORE = re.compile(
    r"""
    (?: first-[a-z]+ | post-operative | organ | space | deep
      | [a-z]{3,} (?: al | ic | ar | ory | ary | oid | ous ) | non-[a-z]+ | major | minor | late | early | active | relevant | acute | chronic
      | application | injection | infusion | puncture | donor | port | site | wound | catheter | line | stump | nail | hair | skin | bone
      | joint | muscle
      | limb | mouth | oral | eye | liver | kidney | lung | heart | bowel | tract | vein | bile | duct | blood | body | chest | breast
      | urine | cell | tumou?r
    ) $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WHAT_OF = re.compile(
    r"""
    \s (?: of | from | (?:associated|related)\s(?:with|to) ) \s (?: the\s | an?\s )?
    (?! patients | grades? | any | all | which | whom | these | those | treatment | study | drug | chemotherapy | therapy | cases )
    [a-z][a-z-]+ (?: \s (?! was | were | in | on | and | or | with | had | occurr | developed | after | requir | who | that | which | than | at | for
      | from | by | compared | vs | versus | among | during | between | led | resolved | is | are | of | to | seen | reported
      | observed | grade )[a-z][a-z-]+ ){0,2}
    (?= \s? (?: [,;.()\[] | $ ) | \s (?: was | were | in | and | or | occurr | developed | requir ) )
    """,
    re.VERBOSE,
)
# "bruising at the injection site", "swelling in the legs"
_WHERE_OF = re.compile(
    r"""
    \s (?: at | in | around )\s (?: the\s | their\s ) (?: [a-z-]+\s ){0,2}
    (?: sites? | areas? | regions? | limbs? | legs? | extremit(?:y|ies) | joints? | muscles? | jaws? | chest | abdomen | back | mouth | throat | feet
      | hands? | fingers? | toes? | eyes? | skin | scalp | neck ) \b
    """,
    re.VERBOSE,
)
# An event that happened is the event: "bleeding events", "episodes of" it; and how bad it was is no part of its name.
_ONCE = re.compile(r"(?<=ing|ism|sis|tis|mia|nia|ion|age|ash|ain|ure|oke)\s(?:events?|episodes?)$")
_HOW_BAD = re.compile(r"^(?:high|low|any|all)-grade\s")
_LONGEST_ADDITION = 3


def in_full(read: ReadSentence, event: Mention, events: Sequence[Mention]) -> str:
    """The name of an event as a sentence has it, with the words before the lexicon's name and what it is of."""
    text = read.sentence.text
    named = phrase_before(read, event.span.end, events)
    norm = event.norm
    if named is not None and named.span.start < event.span.start and named.span.end == event.span.end and event.detail:
        words = text[named.span.start : event.span.start].split()
        kept: list[str] = []
        for word in reversed(words[-_LONGEST_ADDITION:]):
            if not _PART_BEFORE.fullmatch(word):
                break
            kept.insert(0, word.casefold())
        norm = " ".join([*kept, norm])
    norm = _ONCE.sub("", _HOW_BAD.sub("", norm))
    behind = _WHAT_OF.match(text, event.span.end) or _WHERE_OF.match(text, event.span.end)
    if behind is None or any(m.span.start < behind.end() and m.span.end > event.span.end for m in read.of(MentionKind.ARM, MentionKind.POPULATION)):
        return norm
    return singular_noun(norm) + re.sub(r"\s+", " ", behind.group()).casefold()


def singular_noun(name: str) -> str:
    """A name whose last word loses a plural s: "complications"."""
    return re.sub(r"(?<=[a-z]{3})(?<![suiy])s$", "", name)


_LISTS = re.compile(r"\b(?:adverse|toxicit\w+|AEs?|events?|effects?|complications?|grades?|common\w*|frequent\w*|included?|were)\b", re.IGNORECASE)
_NEW_SUBJECT = re.compile(
    r";\s(?!it\b|this\b|these\b|they\b|\d|(?:(?:all|any|high)[\s-])?grades?\b|(?:one|two|three|four|five|six|seven|eight|nine|ten)\s)|\.\s[A-Z]|\b(?:respon\w+|survival|progress\w+|remission|deaths?|died|discontinu\w+)\b"
)


_OF_ORGAN = r"""
    (?: non-?\s? )? (?: ha?ematolog\w+ | ha?eme? | gastrointestinal | genitourinary | GI | GU | cardi[ao]\w* | pulmonary | respiratory
    | hepat\w+ | liver
      | bladder | lung | heart | brain | auditory | vestibular | dental | thyroid | pancreatic | o?esophageal | vaginal | sexual | wound | airway
      | nail | hair
      | renal | kidney | neuro\w+ | skin | dermatolog\w+ | cutaneous | ocular | metabolic | infectious | musculoskeletal | urinary | rectal
      | bowel | oral
      | mucosal | vascular | thromboembolic | cerebral | endocrine | laboratory | bone\smarrow | late | acute | chronic
      | [A-Za-z][\w-]*-(?:associated|induced)
      | \w{4,}mab-related | \w{4,}ib-related | bleeding | surgical | local | systemic | biochemical | psychiatric )
"""
_KIND_OF_EVENT = re.compile(rf"(?P<kind> {_OF_ORGAN} (?: \s? (?: , | and | or | / | \s ) \s? {_OF_ORGAN} )? ) \s+ $", re.IGNORECASE | re.VERBOSE)
_GRADE_LAST = re.compile(rf"(?:{GRADE.regex})\s*$", GRADE.flags)
# "sequential toxicity", "major complications": what sort of adverse events; not how many, how often, or how bad.
_SORT = re.compile(
    r"""
    (?: ^ | \s ) (?P<kind> (?: [a-z]+ (?: al | ic | ar | ous | ory | ary | oid | ive | ine | ent | ant ) \s ){1,2} ) $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NO_SORT = re.compile(
    r"(?i)\b(?:significant|frequent|prevalent|total|similar|initial|potential|several|clinical|additional|individual|different|equivalent|important|relevant"
    r"|minimal|general|typical|substantial|considerable|apparent|consistent|subsequent|recent|optimal|principal|predominant|excessive|cumulative"
    r"|serious|particular|respective|actual|usual|crucial|critical|comparative|relative|evident|prominent|favou?rable|chemotherapeutic|medic\w+)\b"
)
_HOW_RELATED = re.compile(
    r"\b(?P<how>(?:(?:possibly|probably|definitely|likely)\s(?:(?:treatment|drug)[\s-])?|procedure-|immune-)(?:related|mediated))\s", re.IGNORECASE
)
_WORDS_BEFORE = re.compile(r"(?:[\w≥>/+-]+\s+){0,6}$")
_TREATMENT = r"(?:(?:the\s)?(?:study|protocol|trial)\s)?(?:treatment|drugs?|therapy|medication|chemotherapy)"
_RELATED_BEFORE = re.compile(
    rf"\b(?:{_TREATMENT}|immune|[a-z]+ly)[\s-](?:related|mediated)\s|(?:^|(?<!or)(?<!not)(?<!un)\s)related\s|\b(?:TR|ir)AE", re.IGNORECASE
)
_RELATED_AFTER = re.compile(
    rf"\s(?:\([A-Z]+\)\s)?(?:(?:that|which)\swere\s)?(?P<how>(?:(?!not\b)[\w\"“”'‘’-]+\s){{0,10}}(?:related|attribut(?:ed|able)|due)\sto\s(?:the\s)?(?:[\w-]+\s)?{_TREATMENT})\b",
    re.IGNORECASE,
)
_LEADING_TO = re.compile(
    r"\s(?:\([A-Z]+\)\s)?(?:(?:that|which)\s)?(?:leading|led|resulting|resulted)\s(?:to|in)\s(?P<what>(?:treatment\s|dose\s)?(?:interruptions?|delays?|death|hospitali[sz]ation))",
    re.IGNORECASE,
)
_SERIOUS = re.compile(r"\bserious\s(?:[\w-]+\s){0,3}$|\bSAEs?\b", re.IGNORECASE)


def name_of_all(text: str, span: CharSpan) -> str:
    """What a slot calls adverse events that are told of as a whole: `any`, `any treatment-related`, serious ones, those of an organ.

    >>> name_of_all("Late gastrointestinal toxicity was rare.", CharSpan(22, 30))
    'late gastrointestinal toxicity'
    """
    head = text[: span.start]
    words = _WORDS_BEFORE.search(head)
    before = (words.group() if words else "") + text[span.start : span.end]
    after = _RELATED_AFTER.match(text, span.end)
    leading = _LEADING_TO.match(text, span.end)
    if leading is not None:
        return f"adverse event leading to {leading.group('what').casefold()}"
    related = _HOW_RELATED.search(before)
    how = " ".join(related.group("how").split()).casefold() if related is not None else ""
    if _SERIOUS.search(before if re.search("SAE", before) else head[-60:]):
        return f"serious adverse event {after.group('how')}" if after else f"{how or 'any'} serious adverse event"
    if re.match(r"dose[\s-]limiting|DLT", text[span.start : span.end], re.IGNORECASE):
        return "dose-limiting toxicity"
    if how:
        return f"{how} adverse event" if how.startswith(("immune", "procedure")) else f"any {how}"
    kind = _KIND_OF_EVENT.search(head) or _SORT.search(_GRADE_LAST.sub(" ", head))
    if kind is not None and not _NO_SORT.search(kind.group("kind")):
        noun = "toxicity" if text[span.start : span.start + 5].casefold() == "toxic" else "adverse event"
        return f"{' '.join(kind.group('kind').split()).casefold()} {noun}"
    if after is not None or _RELATED_BEFORE.search(before) or _RELATED_BEFORE.match(text[span.start : span.end]):
        return "any treatment-related"
    return "any"
