"""Two arms with one treatment, told apart by how it was given: "weekly versus three-weekly docetaxel", "the bolus arm"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.entities.abbreviations import read_abbreviations
from extractor.entities.arm_book import ARM_WORD, ArmBook, ArmName
from extractor.entities.arm_settings import SETTINGS
from extractor.entities.arms import compose, with_aliases
from extractor.entities.assignment import AssignedArm
from extractor.entities.mention import Mention, MentionKind, Part
from extractor.entities.settings import ELIDED
from extractor.entities.ways import Told, find_ways, shortened

# How a treatment may be given: the settings of arms save those that tell who was treated, and what only such a contrast tells.
_WAYS = (
    *(s for s in SETTINGS if s not in ("first-line", "second-line", "maintenance", "induction", "consolidation")),
    *"tri-weekly triweekly three-weekly 3-weekly biweekly bi-weekly two-weekly 2-weekly 4-weekly daily twice-daily split-dose dose-dense".split(),
    *"dose-intense short-course long-course short-term long-term single-dose fixed-dose conventional-dose prolonged".split(),
)
_WAY = rf"(?:{'|'.join(re.escape(way) for way in sorted(_WAYS, key=len, reverse=True))})"
_CONTRAST = re.compile(
    rf"""
    \b (?P<one> {_WAY} (?: \s (?!vs\b|versus\b|or\b|compared\b|of\b) [\w-]+ ){{0,2}}? )
    \s (?: vs\.? | versus | or | compared\s(?:with|to) ) \s (?: a\s | an\s | the\s )?
    (?P<two> {_WAY} (?: \s (?!of\b) [\w-]+ ){{0,2}}? )
    \s (?: (?:administration|infusions?|schedules?|regimens?|treatment|therapy|dosing) \s )? (?: (?:of|with) \s )? (?: (?:the|adjuvant|oral) \s )?
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_JOINS = re.compile(
    r"\s?(?:,|and|plus|\+|/|with|combined\swith|in\scombination\swith|,\sand)(?:\s(?!neoadjuvant|adjuvant|preoperative|perioperative)[\w-]+)?\s?|-|\s?/\s?",
    re.IGNORECASE,
)
_CALLED = rf"(?:{ARM_WORD}|therapy|treatment|schedules?|administration|infusions?|patients)"
_LEAST_CALLED = 1


def with_schedules(book: ArmBook, opening: Iterable[tuple[str, Sequence[Mention]]], texts: Sequence[str]) -> ArmBook:
    """The same book with the two ways in which the one treatment of a paper was given, where its title or abstract sets them against each other.

    Args:
        book: the names that the document gives to its treatments.
        opening: the sentences of title and abstract with their treatment parts.
        texts: all sentences that are read.
    """
    if book.settings or len({a.parts for a in book.assigned}) > 1:
        return book
    short = {long.casefold(): s for s, long in read_abbreviations(texts).items()}
    for text, parts in opening:
        for one, two, treatment in _contrasts(text, parts):
            ways = [[way, *((short[way],) if way in short else ())] for way in (_full(one, short), _full(two, short))]
            drug = re.escape(treatment[0].span.of(text))
            if all(any(_called(texts, name, drug) for name in names) for names in ways):
                return _told(book, ways, treatment)
    return book


def _contrasts(text: str, parts: Sequence[Mention]) -> Iterator[tuple[str, str, list[Mention]]]:
    ordered = sorted((m for m in parts if m.parts), key=lambda m: m.span)
    for i, mention in enumerate(ordered):
        match = _CONTRAST.search(text, max(mention.span.start - 120, 0), mention.span.start)
        if match is None or _way(match.group("one")) == _way(match.group("two")):
            continue
        if not any(match.start() < m.span.end and m.kind is MentionKind.DRUG for m in ordered[:i]):
            run = [mention]
            for later in ordered[i + 1 :]:
                if not _JOINS.fullmatch(text[run[-1].span.end : later.span.start]):
                    break
                run.append(later)
            yield _way(match.group("one")), _way(match.group("two")), run


def _way(words: str) -> str:
    """The words of a way without what they are said of."""
    return re.sub(r"(?:\s(?:chemotherapy|therapy|treatment|administration|schedule|regimen|dosing))+$", "", words.casefold())


def _full(way: str, short: Mapping[str, str]) -> str:
    """The way as the paper abbreviates it, where it does: "continuous pump infusion" is its "continuous infusion (CI)"."""
    words = way.split()
    return next((long for long in sorted(short) if set(long.split()) <= {*words, "infusion"} and long.split()[0] == words[0]), way)


def _called(texts: Iterable[str], name: str, drug: str) -> bool:
    """Whether a paper calls an arm by its way somewhere: "the weekly arm", "on the three-weekly (HR 0.9)", and of its drug "in those on weekly A"."""
    in_time = re.search(r"week|daily|day|month", name, re.IGNORECASE)  # routes and doses are told apart by `ways`
    if in_time is None:
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}\s{_CALLED}\b", re.IGNORECASE if name.islower() else 0)
        return sum(bool(pattern.search(text)) for text in texts) >= _LEAST_CALLED
    called = rf"(?<![\w-]){re.escape(name)}(?:\s{_CALLED}\b|{ELIDED})"
    given = rf"\b(?:with|on|of|in|for|than)\s(?:the\s)?{re.escape(name)}\s{drug}(?!\w|\swith\b|\splus\b)"
    pattern = re.compile(rf"{called}|{given}", re.IGNORECASE if name.islower() else 0)
    return sum(bool(pattern.search(text)) for text in texts) >= _LEAST_CALLED


def _told(book: ArmBook, ways: Sequence[Sequence[str]], treatment: Sequence[Mention]) -> ArmBook:
    parts: tuple[Part, ...] = tuple(dict.fromkeys(p for m in treatment for p in m.parts))
    norm = " + ".join(dict.fromkeys(m.norm for m in treatment))
    settings: dict[str, ArmName] = {}
    names = dict(book.names)
    for way, *others in ways:
        for label in (way, *others):
            arm = ArmName(label, f"{norm} ({way})", parts, is_drugs=False)
            settings[label.casefold()] = arm
            for word in ("therapy", "treatment", "schedule", "administration", "strategy", "regimen"):
                names[f"{label} {word}".casefold()] = replace(arm, label=f"{label} {word}")
    assigned = tuple(AssignedArm(f"{norm} ({way})", parts) for way, *_ in ways)
    return replace(book, names=names, settings=settings, assigned=assigned, groups={})


def with_doses_and_routes(book: ArmBook, read: Sequence[tuple[str, Sequence[Mention], bool]]) -> ArmBook:
    """The same book with the arms that have one drug in several doses or by several routes, in the place of the one arm with that drug.

    Args:
        book: the names that the document gives to its treatments.
        read: all sentences that are read, each with its treatment parts, and whether it tells results.
    """
    if book.settings:
        return book
    told = [Told(text, tuple(compose(text, with_aliases(text, parts, book), book.combinations)), results) for text, parts, results in read]
    ways, others = find_ways(told)
    if not ways or (ways[0].is_of_surgery and _are_within_other_arms(book, ways[0].drug)):
        return book
    apart = tuple(AssignedArm(w.norm, w.parts) for w in ways)
    names = {short.casefold(): ArmName(short, w.norm, w.parts, is_drugs=False) for short, w in shortened(told, ways).items()}
    book = replace(book, names={**book.names, **names}, compounds=book.compounds | {name.norm for name in names.values()})
    if not book.assigned:
        return replace(book, ways=ways, groups={}, assigned=(*apart, *dict.fromkeys(AssignedArm(a.norm, a.parts) for a in others)))
    of_drug = [a for a in book.assigned if ways[0].drug in {p.name for p in a.parts}]
    rest = [a for a in book.assigned if a not in of_drug]
    if not any({p.name for p in a.parts} <= {p.name for p in w.parts} for a in of_drug for w in ways):
        return book  # the arms are others
    return replace(book, ways=ways, groups={}, assigned=(*apart, *rest))


def _are_within_other_arms(book: ArmBook, drug: str) -> bool:
    """Whether ways of operating only describe patients: the groups that the paper speaks of are all of another treatment."""
    if book.assigned or not book.studied:
        return False
    return drug not in {p.name for p in book.parts.get(book.studied[0], ())} and all(drug not in name for name in book.studied)
