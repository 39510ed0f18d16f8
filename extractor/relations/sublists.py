"""Lists that tell what a total is made of: "12 patients died (7 from progression, 3 of sepsis and two from unknown causes)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.document import CharSpan
from extractor.entities import MentionKind, ReadSentence
from extractor.quantities import COUNT_WORD, parse_number
from extractor.relations.tallies import COUNTED, count_of
from extractor.relations.values import Numbers, Value

_NUMBER = rf"(?: \d{{1,3}} | (?i:{COUNT_WORD}) )"
_LINK = r"(?: ,\sand | ;\sand | , | ; | \sand )"
_NAME = r"[A-Za-z][^,;:()\d=%]{2,80}?"
_ITEM = re.compile(
    rf"""
    (?P<n> {_NUMBER} | the\s(?:other|second|third|last|remaining\sone) | (?:an|a\s)?(?:other|third) ) \s
    (?: of\s (?: them | these | those | which | whom ) \s )?
    (?: (?P<of> cases? | episodes? | events? | patients? | deaths? | each ) \s )?
    (?: (?: died | had | was | were | attribut(?:ed|able) | related | deaths? ) \s )*
    (?: (?: with | of | from | for | to | due\sto
      | because\sof | in | owing\sto | caused\sby | as\sa\sresult\sof | secondary\sto | attributed\sto ) \s )?
    (?: an?\s | the\s )?
    (?P<name> {_NAME} )
    (?= \s* $ | {_LINK} \s (?: {_NUMBER} | the\s(?:other|second|third|last|remaining) | (?:an|a\s)?(?:other|third) ) \s )
    """,
    re.VERBOSE,
)
_ITEM_WITH_N = re.compile(rf"(?P<name> {_NAME} ) \s? [,:]? \s? n \s? = \s? (?P<n> \d{{1,3}} ) (?= \s* $ | \s? [,;] | \sand\s )", re.VERBOSE)
# "progression (25), adverse events (8) and death (3)": at least two, up to the end of what they are listed in.
_NAMED_WITH_N = (
    r"(?: [A-Za-z][A-Za-z\s/'-]{2,60}? \s [(\[] \s? (?:n\s?=\s?)? \d{1,3} (?: \s(?:patients?|cases?) )? (?: [,;]?\s[\d.]+\s?% )? \s? [)\]] )"
)
_RUN = re.compile(
    rf"""
    (?: \b (?: due\sto | because\sof | owing\sto | including | included | were | was | namely | from | of | for )\s | :\s )
    (?P<run> {_NAMED_WITH_N} (?: (?: ,\s(?:and\s|or\s)? | ;\s(?:and\s)? | \s(?:and|or)\s ) {_NAMED_WITH_N} )+ )
    """,
    re.VERBOSE,
)
_OF_RUN = re.compile(
    r"(?:due\sto\s|because\sof\s)?(?:an?\s|the\s)?(?P<name>[A-Za-z][A-Za-z\s/'-]{2,60}?)\s[(\[]\s?(?:n\s?=\s?)?(?P<n>\d{1,3})(?:\s(?:patients?|cases?))?(?:[,;]?\s[\d.]+\s?%)?\s?[)\]](?:,\s(?:and\s|or\s)?|;\s(?:and\s)?|\s(?:and|or)\s|$)"
)
_TO_RUN = 130
_BETWEEN = re.compile(rf"{_LINK}\s", re.VERBOSE)
_BRACKET = re.compile(r"\((?P<inside>[^()]*)\)|:\s(?P<colon>[^():;]*?)(?=\.?\s*$|;)")
# "Of the 12 deaths in the docetaxel arm, 8 were due to progression and 4 to infection": what stands behind the comma.
_OF_DEATHS = re.compile(
    r"(?:(?<=deaths)|(?<=died))(?:[^,;:()]{0,70})[,;] (?:with )?(?P<inside>(?=[^()]*\b(?:due|because|from|of|attribut\w+|caused)\b)[^():;]*?)"
    r"(?P<colon>)(?=\s?[(;]|\.?\s*$)"
    r"|(?:discontinued|withdrew|stopped|came\soff)(?:[^,;:()]{0,70}), (?P<why>(?=[^()]*\b(?:due|because|owing|for)\b)[^():;]*?)(?=\s?[(;]|\.?\s*$)"
)
_FROM_TOTAL = 70
"""Characters between a total and its list: the arm that it is of."""


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a total: how many, of what."""

    count: int
    span: CharSpan
    name: str
    name_span: CharSpan
    unit: str
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Sublist:
    """The parts of a total; `total` is where the total is printed."""

    total: CharSpan
    items: tuple[Item, ...]


def find_sublists(read: ReadSentence, numbers: Numbers) -> tuple[Sublist, ...]:
    """The lists of a sentence on deaths or adverse events that add up to the count they stand behind."""
    if not {e.norm for e in read.of(MentionKind.ENDPOINT)} & COUNTED and not read.of(MentionKind.ADVERSE_EVENT):
        return ()
    found = tuple(_sublists(read, numbers))
    spans = [item.span for one in found for item in one.items]
    return (*found, *(run for run in _runs(read, numbers) if not any(item.span.overlaps(s) for item in run.items for s in spans)))


def _sublists(read: ReadSentence, numbers: Numbers) -> Iterator[Sublist]:
    text = read.sentence.text
    arms = [m.span for m in read.of(MentionKind.ARM)]
    lists = [(m, False) for m in _BRACKET.finditer(text)] + [(m, True) for m in _OF_DEATHS.finditer(text)]
    for match, of_deaths in lists:
        group = "inside" if match.group("inside") is not None else "why" if of_deaths else "colon"
        whole = CharSpan(match.start(group) if of_deaths else match.start(), max(match.end(), match.start() + 1))
        items = tuple(_items(match.group(group), match.start(group)) if of_deaths else _parts(match.group(group), match.start(group)))
        if not items or any(whole.overlaps(a) for a in arms):
            continue
        total = _total_before(text, numbers.values, match.start())
        if total is None or not _adds_up(items, count_of(total), some=of_deaths):
            continue
        if items[0].grade or _plausible(read, items):
            yield Sublist(total.span, items)


def _adds_up(items: Sequence[Item], total: int | None, *, some: bool) -> bool:
    """Whether the items are all that a total counts, or where `some` of them will do, or how bad some were, no more than it."""
    whole = sum(item.count for item in items)
    return total is not None and (whole == total or ((some or items[0].grade is not None) and whole < total))


_GRADE = r"(?: [Gg]rades?\s | G(?=\d) ) (?P<{name}> \d (?: [-/] \d )? | IV | I{{1,3}} ) \b"
# "two with grade 3", "grade 4 in one", "grade 3, n = 2": how bad how many of a total were.
_GRADED = re.compile(
    rf"""
    (?: (?P<n> {_NUMBER} ) \s
        (?: (?: patients? | cases? | events? | episodes? | of\sthem | of\sthese | was | were | had | with | at | of | being | an? )\s ){{0,3}}
        {_GRADE.format(name="grade")} (?: \s (?: events? | toxicity ) )?
      | {_GRADE.format(name="graded")} \s? (?: [:,=]\s? | in\s | [,:]?\s? n\s?=\s? ) (?P<number> {_NUMBER} )
        (?: \s (?: patients? | cases? | events? ) )?
    )
    (?= \s* $ | {_LINK} \s )
    """,
    re.VERBOSE,
)


def _parts(inside: str, at: int) -> Iterator[Item]:
    """The items of a list by their grades, or by their names."""
    found: list[Item] = []
    place = 0
    while match := _GRADED.match(inside, place):
        count, grade = ("n", "grade") if match.group("n") else ("number", "graded")
        span, named = (CharSpan(at + match.start(g), at + match.end(g)) for g in (count, grade))
        found.append(Item(_how_many(match.group(count)), span, match.group(grade), named, "patient", match.group(grade)))
        place = match.end()
        link = _BETWEEN.match(inside, place)
        if link is None:
            break
        place = link.end()
    yield from found if found and not inside[place:].strip(" .") else _items(inside, at)


def graded_brackets(text: str) -> list[CharSpan]:
    """The brackets that tell how bad how many of a total were: these grades are of no number outside."""
    brackets = [m for m in _BRACKET.finditer(text) if m.group("inside")]
    return [CharSpan(*m.span()) for m in brackets if any(item.grade for item in _parts(m.group("inside"), 0))]


def _runs(read: ReadSentence, numbers: Numbers) -> Iterator[Sublist]:
    """Lists in the run of a sentence, each part with its count in brackets behind it, where they add up to a count before them."""
    text = read.sentence.text
    arms = [m.span for m in read.of(MentionKind.ARM)]
    for match in _RUN.finditer(text):
        at = match.start("run")
        parts = list(_OF_RUN.finditer(match.group("run")))
        items = tuple(
            Item(int(p.group("n")), CharSpan(*(at + i for i in p.span("n"))), p.group("name"), CharSpan(*(at + i for i in p.span("name"))), "patient")
            for p in parts
        )
        if len(items) < 2 or any(item.name_span.overlaps(a) for a in arms for item in items):
            continue
        before = [v for v in numbers.values if v.span.end <= at and (count_of(v) or v.N) is not None]
        totals = [v for v in before if count_of(v) == sum(item.count for item in items) and at - v.whole.end <= _TO_RUN]
        if totals and _plausible(read, items, reasons=True):
            yield Sublist(totals[-1].span, items)


def _items(inside: str, at: int) -> Iterator[Item]:
    """The items of a list that is made of nothing else; none where something is left over."""
    found: list[Item] = []
    pattern = _ITEM if _ITEM.match(inside) else _ITEM_WITH_N
    place = 0
    while match := pattern.match(inside, place):
        name = match.group("name").strip()
        start = at + match.start("name")
        unit = "event" if pattern is _ITEM and (match.group("of") or "").startswith(("case", "episode", "event")) else "patient"
        span = CharSpan(at + match.start("n"), at + match.end("n"))
        found.append(Item(_how_many(match.group("n")), span, name, CharSpan(start, start + len(name)), unit))
        place = match.end()
        link = _BETWEEN.match(inside, place)
        if link is None:
            break
        place = link.end()
    if not inside[place:].strip(" ."):
        yield from found


def _how_many(printed: str) -> int:
    """How many an item counts: "the other", "a third" is one."""
    return 1 if re.search(r"other|second|third|last|remaining", printed) else int(parse_number(printed))


_OF_DISEASE = re.compile(
    r"\b(?:progress\w*|disease|cancers?|tumou?r|malignan\w+|infections?|sepsis|causes?|failure|\w*toxic\w*|adverse|side\seffects?|unknown|reactions?"
    r"|ha?emorrhage|bleeding|embolism|infarction|pneumon\w+|recurren\w+|\w+oma|treatment|cardi\w+|stroke|accident|suicide|\w+itis|\w+emia|\w+penia|\w+pathy|syndrome|relapse)\b",
    re.IGNORECASE,
)
_REASON_TO_STOP = re.compile(
    r"\b(?:AEs?|deaths?|request|consent|withdrawal|refus\w+|decision|choice|los[st]|follow-?up|reasons?|complian\w+)\b", re.IGNORECASE
)
# What happened to a patient is no cause that others died of: "seven died, one could not be scanned".
_ANOTHER_FATE = re.compile(
    r"(?:could|can|would|refused|withdrew|left\s(?:the|study|treatment)|declined|dropped|changed|did|moved|violated|emigrated)\b", re.IGNORECASE
)
_PEOPLE_ALONE = re.compile(r"(?:patients?|cases?|events?|deaths?|women|men|episodes?)", re.IGNORECASE)


def _plausible(read: ReadSentence, items: Sequence[Item], *, reasons: bool = False) -> bool:
    """Whether the items are events or causes, or reasons to stop: half at least are called so, and none is but people."""
    if any(_PEOPLE_ALONE.fullmatch(item.name) and not (reasons and item.name.startswith("death")) for item in items):
        return False
    if any(_ANOTHER_FATE.match(item.name) for item in items):
        return False
    events = [m.span for m in read.of(MentionKind.ADVERSE_EVENT)]
    known = [
        item
        for item in items
        if _OF_DISEASE.search(item.name) or (reasons and _REASON_TO_STOP.search(item.name)) or any(item.name_span.overlaps(e) for e in events)
    ]
    return 2 * len(known) >= len(items) and (len(items) >= 2 or bool(known))


def _total_before(text: str, values: Sequence[Value], at: int) -> Value | None:
    before = [v for v in values if v.span.end <= at and count_of(v) is not None]
    if not before or at - before[-1].whole.end > _FROM_TOTAL or re.search(r"[;:.]\s|\d", text[before[-1].whole.end : at]):
        return None
    return before[-1]


def without_items(numbers: Numbers, lists: Sequence[Sublist]) -> Numbers:
    """The numbers of a sentence without those of its lists."""
    spans = [item.span for one in lists for item in one.items]
    if not spans:
        return numbers
    return replace(
        numbers,
        values=tuple(v for v in numbers.values if not any(v.whole.overlaps(s) for s in spans)),
        stray=tuple(s for s in numbers.stray if not any(s.overlaps(span) for span in spans)),
    )
