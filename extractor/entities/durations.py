"""Two arms with one treatment, told apart by how long it was given: "6 or 12 months of trastuzumab", "the 24-week group"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.entities.arm_book import ArmBook, ArmName
from extractor.entities.assignment import RANDOMIZES, AssignedArm
from extractor.entities.mention import Mention, MentionKind, Part
from extractor.quantities import NUMBER_WORDS, Pattern

_N = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})"
_SIZE = r"(?:\s?[(\[]\s?n\s?=\s?\d+[^()\[\]]*[)\]])?"
_UNIT = r"(?:weeks?|wk|months?|mo|years?|yr|cycles?|courses?)"
_OR = r"(?:,?\s(?:or|versus|vs\.?|and|compared\s(?:with|to)|against)\s|\s?/\s?)"
_OF = r"(?:of|with|on)\s(?:the\s|(?:adjuvant|maintenance|postoperative|oral|weekly|additional|standard|treatment\swith|therapy\swith)\s)*"
DURATIONS = Pattern(
    id="so-long-or-so-long",
    regex=rf"""
        (?<![\w.,-]) (?:(?P<earlier>{_UNIT})\s)?? (?P<one>{_N}) {_SIZE} (?: [\s-] (?P<unit>{_UNIT}) \b {_SIZE} (?:\s(?:group|arm))? | - )?
        {_OR} (?:(?P<again>[A-Za-z][\w-]{{3,}})\sfor\s)? (?:(?:a|an|the|of|for)\s)? (?P<two>{_N}) {_SIZE} [\s-] (?P<units>{_UNIT}) \b {_SIZE}
    """,
    examples={
        "randomised to 6 or 12 months of trastuzumab": [{"one": "6", "two": "12", "units": "months"}],
        "3 versus 6 months of adjuvant FOLFOX": [{"one": "3", "two": "6"}],
        "to 48 (n = 94) or 24 (n = 93) weeks of therapy": [{"one": "48", "two": "24", "units": "weeks"}],
        "a 24- or 48-week course": [{"one": "24", "two": "48", "units": "week"}],
        "imatinib for 12 months or for 36 months": [{"one": "12", "unit": "months", "two": "36"}],
        "letrozole for 2 years or letrozole for 5 years": [{"one": "2", "again": "letrozole", "two": "5"}],
        "one year versus three years of imatinib": [{"one": "one", "unit": "year", "two": "three", "units": "years"}],
    },
    counterexamples=("every 2.5 or 3 weeks", "6 months of trastuzumab"),
    flags=re.VERBOSE | re.IGNORECASE,
)
# Times that are told of something else than of how long a treatment was given.
_NO_DURATION = re.compile(
    r"\b(?:every|at|after|within|by|until|median|mean|follow(?:ed)?(?:[\s-]up)?|aged?|survival|progression|last|past|previous|least|than|for\sthe|rates?|months\sand)\s"
    r"(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_TREATED = re.compile(
    rf"^(?:\s?(?:{_OF})|'?\s(?:of\s)?(?:(?:adjuvant|maintenance|postoperative|additional|total)\s)*)(?:(?:treatment|therapy|chemotherapy|duration|courses?)\b)?",
    re.IGNORECASE,
)
_GIVEN_FOR = re.compile(r"\s(?:\S+\s){0,6}?(?:for|given\sfor|over|during)\s(?:either\s|a\stotal\sof\s|an\sadditional\s)*$", re.IGNORECASE)
_GIVEN_WITH = re.compile(r"\s?(?:,|and|plus|\+|/|with|,\sand)\s?(?:(?:weekly|daily|oral|standard|[a-z]+-[a-z]+)\s)?", re.IGNORECASE)
_LONG_ENOUGH = re.compile(r"\b(?:treatment|therapy|duration|course|chemotherapy|prophylaxis)\b", re.IGNORECASE)


def with_durations(book: ArmBook, opening: Sequence[tuple[str, Sequence[Mention]]], texts: Sequence[str]) -> ArmBook:
    """The same book with the two arms that had one treatment for different times, where a trial sets these against each other.

    Args:
        book: the names that the document gives to its treatments.
        opening: the sentences of title and abstract with their treatment parts.
        texts: all sentences that are read.
    """
    if book.settings or not any(map(RANDOMIZES.search, texts)):
        return book
    several = len({a.parts for a in book.assigned}) > 1
    title = next((_first_run(text, parts) for text, parts in opening if parts), [])
    found: list[tuple[tuple[str, ...], Sequence[Mention]]] = []
    for text, parts in opening:
        for one, two, unit, treatment in _contrasts(text, parts, title):
            if several and not (RANDOMIZES.search(text) and _names_no_other(text, treatment, parts)):
                continue
            times = tuple(f"{number} {unit}{'' if number == '1' else 's'}" for number in (one, two))
            if RANDOMIZES.search(text) or all(_calls_an_arm(texts, number, unit) for number in (one, two)):
                found.append((times, treatment))
    by_name = (one for one in found if all(m.kind is MentionKind.DRUG for m in one[1]))  # "oxaliplatin-based therapy" in the title is CAPOX
    told = next(by_name, found[0] if found else None)
    return _told(book, *told) if told is not None else book


def _contrasts(text: str, parts: Sequence[Mention], title: Sequence[Mention]) -> Iterator[tuple[str, str, str, Sequence[Mention]]]:
    """The times that a sentence sets against each other, their unit in the singular, and the treatment that was given so long."""
    for match in DURATIONS.find(text):
        if _NO_DURATION.search(text[: match.start()]):
            continue
        one, two = (_number(match.group(name)) for name in ("one", "two"))
        if one == two:
            continue
        unit = re.sub(r"s$", "", match.group("units").casefold())
        given = {m.span.of(text).casefold() for m in _treatment(text, match, parts)}
        if match.group("again") and match.group("again").casefold() not in given:
            continue
        of = _treatment(text, match, parts) or (title if _LONG_ENOUGH.search(text[match.end() : match.end() + 40]) else [])
        if of and any(m.kind in (MentionKind.DRUG, MentionKind.DRUG_CLASS) for m in of):
            yield one, two, {"wk": "week", "mo": "month", "yr": "year"}.get(unit, unit), of


def _names_no_other(text: str, treatment: Sequence[Mention], parts: Sequence[Mention]) -> bool:
    """Whether a sentence that assigns patients to two times names one treatment alone."""
    return {p for m in parts for p in m.parts} == {p for m in treatment for p in m.parts}


def _number(said: str) -> str:
    return str(NUMBER_WORDS.get(said.casefold(), said))


def _treatment(text: str, match: re.Match[str], parts: Sequence[Mention]) -> list[Mention]:
    """The treatment right behind the times, or the one that was given for them."""
    for mention in sorted((m for m in parts if m.parts), key=lambda m: m.span):
        if mention.span.start >= match.end() and _TREATED.match(text[match.end() : mention.span.start]) and mention.span.start - match.end() < 40:
            return _run(text, mention, parts)
        if mention.span.end <= match.start() and _GIVEN_FOR.fullmatch(text, mention.span.end, match.start()):
            return _run(text, mention, parts)
    return []


def _run(text: str, first: Mention, parts: Sequence[Mention]) -> list[Mention]:
    run = [first]
    for later in sorted((m for m in parts if m.parts and m.span.start >= first.span.end), key=lambda m: m.span):
        if not _GIVEN_WITH.fullmatch(text, run[-1].span.end, later.span.start):
            break
        run.append(later)
    return run


def _first_run(text: str, parts: Sequence[Mention]) -> list[Mention]:
    """The treatment that a title opens with."""
    named = sorted((m for m in parts if m.parts), key=lambda m: m.span)
    return _run(text, named[0], parts) if named else []


def _calls_an_arm(texts: Sequence[str], number: str, unit: str) -> bool:
    """Whether a paper calls an arm or its treatment by a time: "the 6-month group", "12 months of treatment"."""
    said = "|".join((number, *(word for word, n in NUMBER_WORDS.items() if str(n) == number)))
    called = re.compile(
        rf"(?<![\w.-])(?:{said})[\s-]{unit}s?'?\s(?:\w+\s)?(?:groups?|arms?|regimens?|treatment|therapy|course|duration)\b"
        rf"|(?<![\w.-])(?:{said})\s{unit}s?\sof\s(?!follow|age)",
        re.IGNORECASE,
    )
    return any(called.search(text) for text in texts)


def _told(book: ArmBook, times: Sequence[str], treatment: Sequence[Mention]) -> ArmBook:
    parts: tuple[Part, ...] = tuple(dict.fromkeys(p for m in treatment for p in m.parts))
    norm = " + ".join(dict.fromkeys(m.norm for m in treatment))
    settings: dict[str, ArmName] = {}
    names = dict(book.names)
    for time in times:
        number, units = time.split()
        unit = units.removesuffix("s")
        arm = ArmName(f"{number}-{unit}", f"{norm} ({time})", parts, is_drugs=False)
        settings[f"{number}-{unit}"] = arm
        for behind in ("therapy", "treatment", "course", "regimen"):
            names[f"{number}-{unit} {behind}"] = replace(arm, label=f"{number}-{unit} {behind}")
            names[f"{number} {units} of {behind}"] = replace(arm, label=f"{number} {units} of {behind}")
        for said in dict.fromkeys((norm, *(m.norm for m in treatment))):
            names[f"{number} {units} of {said}".casefold()] = replace(arm, label=f"{number} {units} of {said}")
    assigned = tuple(AssignedArm(f"{norm} ({time})", parts) for time in times)
    return replace(book, names=names, settings=settings, assigned=assigned, groups={})
