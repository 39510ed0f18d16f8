"""Stage 4: names in the text become typed mentions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.document import CharSpan, Document, SectionKind
from extractor.entities.abbreviations import read_abbreviations
from extractor.entities.acronyms import unlikely_regimens
from extractor.entities.against_placebo import against_placebo
from extractor.entities.all_arms import with_backbone
from extractor.entities.allotted import with_allotted
from extractor.entities.arm_book import ArmBook
from extractor.entities.arms import find_arms, read_names, with_aliases, with_assigned
from extractor.entities.assignment import GIVEN_EITHER, OR_PLACEBO, RANDOMIZES, Alternative, AssignedArm, alternatives, study_arms
from extractor.entities.called_by_role import TESTED_ROLES, find_called_by_role
from extractor.entities.concepts import Concept, concept
from extractor.entities.contrasted import Told, find_contrasted, with_contrasted
from extractor.entities.drugs import code_mentions, find_codes, find_drugs
from extractor.entities.durations import with_durations
from extractor.entities.endpoints import find_endpoints, find_events, find_safety_events
from extractor.entities.frequencies import with_frequencies
from extractor.entities.glossary import Glossary
from extractor.entities.groups import group_names
from extractor.entities.groups_in_full import with_groups_in_full
from extractor.entities.itemized import (
    adding,
    by_additions,
    by_control_bracket,
    by_counts,
    by_letters,
    by_sizes,
    by_untold_control,
)
from extractor.entities.meanings import Meanings, read_meanings
from extractor.entities.mention import Mention, MentionKind, Part
from extractor.entities.populations import find_populations
from extractor.entities.schedules import with_doses_and_routes, with_schedules
from extractor.entities.told_by_group import by_groups, with_groups
from extractor.entities.trials import called_mentions, find_called, find_trials, read_registry_ids
from extractor.entities.unlisted import find_unlisted, unlisted_mentions
from extractor.records import EntityMention
from extractor.syntax import Sentence

__all__ = ["ArmBook", "Concept", "Mention", "MentionKind", "Part", "ReadSentence", "Recognized", "concept", "entity_mentions", "recognize"]


_SHORT_FORM = re.compile(r"\s\((?P<short>[A-Z][A-Z-]{1,6})(?=[,;)])")


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence with its mentions; spans are into the sentence's text."""

    sentence: Sentence
    mentions: tuple[Mention, ...]

    def of(self, *kinds: MentionKind) -> tuple[Mention, ...]:
        """The mentions of some kinds, in order."""
        return tuple(m for m in self.mentions if m.kind in kinds)


@dataclass(frozen=True, slots=True)
class Recognized:
    """All sentences of a document with their mentions, and the document's own names for its arms."""

    sentences: tuple[ReadSentence, ...]
    arms: ArmBook
    registry_ids: Mapping[str, str] = field(default_factory=dict)
    """The registry ids that the document prints beside the names of trials."""


def recognize(sentences: Sequence[Sentence]) -> Recognized:
    """Find everything that has a name."""
    codes = find_codes([s.text for s in sentences if s.section.kind.read])
    meanings = read_meanings([s.text for s in sentences if s.section.kind is not SectionKind.REFERENCES])
    listed = [*_without_unlikely((s, tuple(_as_meant(s.text, [*_named(s.text, codes)], meanings))) for s in sentences)]
    beyond = find_unlisted([(s.text, mentions) for s, mentions in listed if s.section.kind.read])
    called = find_called([s.text for s in sentences if s.section.kind.read], meanings.defined) | meanings.trials
    first = _with_long_events([(s, _with_unlisted(s.text, mentions, beyond, called)) for s, mentions in listed])
    read = [(s, m) for s, m in first if s.section.kind.read]
    groups = group_names([s.text for s, _ in read if s.section.kind in _TELLS_GROUPS])
    book = read_names([(s.text, [m for m in ms if m.parts]) for s, ms in read], groups)
    book = replace(book, glossary=Glossary(meanings, codes, beyond))
    lots = any(s.section.kind in _TELLS_OF_LOTS and RANDOMIZES.search(s.text) for s, _ in read)
    methods = [(s.text, with_aliases(s.text, [m for m in ms if m.parts], book)) for s, ms in read if s.section.kind in _TELLS_OF_LOTS]
    told = [one for s, ms in read for one in _told_arms(s, [m for m in ms if m.parts], book, lots=lots)]
    grouped = [(arms, float(_OF_GROUPS * (2 if lots else 1))) for arms in by_groups(methods)]
    drawn = with_groups(with_groups(study_arms(told), study_arms([*told, *grouped])), study_arms(grouped))
    drawn = drawn or study_arms([*_or_placebo(read, book)])
    book = with_assigned(book, with_backbone(drawn, methods))
    opening = [(s.text, [m for m in ms if m.parts]) for s, ms in read if s.section.kind in (SectionKind.TITLE, SectionKind.ABSTRACT)]
    book = with_durations(with_schedules(book, opening, [s.text for s, _ in read]), opening, [s.text for s, _ in read])
    book = with_frequencies(book, methods)
    book = with_doses_and_routes(
        book, [(s.text, [m for m in ms if m.parts], s.section.kind in _TELLS_RESULTS) for s, ms in read if s.section.kind in _TELLS_GROUPS]
    )
    lots_told = [(s.text, with_aliases(s.text, [m for m in ms if m.parts], book)) for s, ms in read if s.section.kind in _TELLS_OF_LOTS]
    shorts = read_abbreviations(s.text for s, _ in read).items()
    in_sections = [(s.section.kind, s.text) for s, _ in read]
    book = with_groups_in_full(with_allotted(_with_contrast(book, in_sections, shorts), lots_told), in_sections, shorts)
    found = []
    for sentence, mentions in first:
        parts = [m for m in mentions if m.parts]
        named = [m for m in mentions if not m.parts] + with_aliases(sentence.text, parts, book)
        arms = find_arms(sentence.text, parts, book)
        found.append(ReadSentence(sentence, tuple(sorted((*named, *arms), key=lambda m: (m.span, m.kind.value)))))
    return Recognized(tuple(found), book, read_registry_ids([(s.text, m) for s, m in read]))


def _with_contrast(book: ArmBook, told: Told, shorts: Collection[tuple[str, str]]) -> ArmBook:
    """The book with the arms that the paper sets against each other by no name of a list, where it has no others."""
    if book.assigned or book.settings or book.ways:
        return book
    tested = against_placebo(told, shorts)
    if tested is not None:
        return replace(book, contrasted=(tested,), groups={}, assigned=(AssignedArm(tested.norm, tested.parts), _PLACEBO))
    found = find_contrasted(told, shorts, grouped=len(book.groups) > 1)
    if set(book.groups) <= _ROLES and (not found or any(c.norm in _ROLES for c in found)):
        by_role = find_called_by_role(told, shorts)
        if by_role is not None:
            return replace(book, contrasted=by_role.contrasted, groups={}, assigned=by_role.assigned)
    results = [text for kind, text in told if kind in _TELLS_RESULTS]
    by_groups = sum(len(find_arms(text, [], replace(book, names={}))) > 1 for text in results) if len(book.groups) > 1 else 0
    if by_groups > sum(len(with_contrasted(text, [], found)) > 1 for text in results):
        return book
    return replace(book, contrasted=found, assigned=tuple(AssignedArm(c.norm, c.parts) for c in found))


_ROLES = frozenset((*TESTED_ROLES, "control"))
_PLACEBO = AssignedArm("placebo", (Part("placebo", "placebo"),))
_TELLS_GROUPS = frozenset({SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS, SectionKind.RESULTS, SectionKind.CAPTION})
_TELLS_RESULTS = frozenset({SectionKind.ABSTRACT, SectionKind.RESULTS, SectionKind.CAPTION})

# What a statement of the arms weighs by where it stands; elsewhere a paper speaks of other studies.
_TELLS_OF_LOTS = frozenset({SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS})
_OF_GROUPS = 3
_WEIGHTS = {SectionKind.TITLE: 4, SectionKind.ABSTRACT: 3, SectionKind.METHODS: 3, SectionKind.RESULTS: 1}


def _told_arms(sentence: Sentence, parts: Sequence[Mention], book: ArmBook, *, lots: bool) -> Iterator[tuple[tuple[Alternative, ...], float]]:
    """What a sentence tells of the arms, and what it weighs; where lots were drawn, how many were given what is told of much that is no arm."""
    weight = _WEIGHTS.get(sentence.section.kind, 0)
    named = with_aliases(sentence.text, parts, book) if weight else []
    found = alternatives(sentence.text, named)
    items = by_letters(sentence.text, named)
    told = {a.label: a.names for a in found if a.label}
    fuller = len(items) > len(told) or all(told.get(a.label, frozenset()) <= a.names for a in items)
    counted = () if lots else by_counts(sentence.text, named)
    sized = by_sizes(sentence.text, named) if lots else ()
    if sized:
        yield sized, 2 * max(weight, _OF_GROUPS)  # so many patients entered each: no other study is told so
        return
    found = (items if fuller else ()) or by_additions(sentence.text, named) or by_control_bracket(sentence.text, named) or counted or found
    found = found or by_untold_control(sentence.text, named)
    if found:
        yield found, weight * (2 if RANDOMIZES.search(sentence.text) or GIVEN_EITHER.search(sentence.text) else 1)
    elif added := adding(sentence.text, named):
        yield added, weight


def _or_placebo(read: Iterable[tuple[Sentence, Sequence[Mention]]], book: ArmBook) -> Iterator[tuple[tuple[Alternative, ...], float]]:
    """What a paper tells by the way of a treatment "or placebo", each with its weight; asked for where it tells its arms in no other words."""
    for sentence, mentions in read:
        if sentence.section.kind in _TELLS_OF_LOTS and OR_PLACEBO.search(sentence.text):
            found = alternatives(sentence.text, with_aliases(sentence.text, [m for m in mentions if m.parts], book), OR_PLACEBO)
            if found:
                yield found, _WEIGHTS[sentence.section.kind]


def _without_unlikely(listed: Iterable[tuple[Sentence, tuple[Mention, ...]]]) -> Iterator[tuple[Sentence, tuple[Mention, ...]]]:
    """The sentences with their mentions, but for short names of regimens that nothing in the document bears out."""
    read = list(listed)
    unlikely = unlikely_regimens([(s.text, [m for m in ms if m.parts]) for s, ms in read if s.section.kind.read])
    yield from ((s, tuple(m for m in ms if not (len(m.parts) > 1 and m.span.of(s.text) in unlikely))) for s, ms in read)


def _with_long_events(found: list[tuple[Sentence, tuple[Mention, ...]]]) -> list[tuple[Sentence, tuple[Mention, ...]]]:
    """Adverse events that the document abbreviates ("hand-foot skin reaction (HFSR)") under the name that it gives in full."""
    long: dict[str, str] = {}
    for sentence, mentions in found:
        for mention in mentions:
            short = _SHORT_FORM.match(sentence.text, mention.span.end) if mention.kind is MentionKind.ADVERSE_EVENT else None
            if short is not None:
                long.setdefault(short.group("short"), mention.norm)
    return [(s, tuple(_under_long_name(m, m.span.of(s.text), long) for m in ms)) for s, ms in found]


def _under_long_name(mention: Mention, printed: str, long: Mapping[str, str]) -> Mention:
    """An adverse event that stands under its abbreviation, with the name in full; one that has it already stays."""
    unknown = mention.kind is MentionKind.ADVERSE_EVENT and mention.norm == printed.casefold()
    return replace(mention, norm=long.get(printed, mention.norm)) if unknown else mention


def _as_meant(text: str, mentions: list[Mention], meanings: Meanings) -> Iterator[Mention]:
    """The mentions of a sentence as the document's definitions have it."""
    kept = [*meanings.kept(text, mentions)]
    yield from kept
    yield from _apart([*meanings.find(text)], [m.span for m in kept if m.kind is not MentionKind.POPULATION])


def _with_unlisted(text: str, mentions: tuple[Mention, ...], beyond: Mapping[str, str], called: frozenset[str]) -> tuple[Mention, ...]:
    """The mentions of a sentence with the drugs and trials that no list holds."""
    found = [*unlisted_mentions(text, beyond), *called_mentions(text, called)]
    return (*mentions, *_apart(found, [m.span for m in mentions if m.kind is not MentionKind.POPULATION]))


def _named(text: str, codes: frozenset[str] = frozenset()) -> Iterator[Mention]:
    trials = list(find_trials(text))
    yield from trials
    taken = [t.span for t in trials]
    events = [*find_events(text)]
    for mention in _apart([*find_drugs(text)], taken):
        if any(e.span.covers(mention.span) and e.span != mention.span for e in events):
            continue  # "radiation pneumonitis" is what happened
        taken.append(mention.span)
        yield mention
    for mention in _apart([*code_mentions(text, codes)], taken):
        taken.append(mention.span)
        yield mention
    for mention in _apart([*find_endpoints(text), *find_safety_events(text)], taken):
        taken.append(mention.span)
        yield mention
    yield from _apart(events, taken)
    yield from find_populations(text)


def _apart(mentions: list[Mention], taken: Sequence[CharSpan]) -> Iterator[Mention]:
    for mention in mentions:
        if not any(mention.span.overlaps(t) for t in taken):
            yield mention


def entity_mentions(document: Document, recognized: Recognized) -> Iterator[EntityMention]:
    """The mentions as lines of an entity file: offsets into the source text, everything outside the reference list, in order."""
    lines = []
    for read in recognized.sentences:
        if read.sentence.section.kind.value == "references":
            continue
        for mention in (named for one in read.mentions for named in _as_named(read.sentence.text, one)):
            spans = document.offsets.raw_spans(read.sentence.clean(mention.span), bridge=12)
            start, end = min(s.start for s in spans), max(s.end for s in spans)
            lines.append((start, end, mention.kind.value, mention.norm))
    for start, end, label, norm in sorted(set(lines)):
        yield EntityMention(doc=document.name, label=label, start=start, end=end, text=document.raw[start:end], norm=norm)


_TWO_RESPONSES = re.compile(r"(?P<CR>CR)\s?(?:or|\+)\s?(?P<PR>PR)")


def _as_named(text: str, mention: Mention) -> Iterator[Mention]:
    """A mention, "CR or PR" as the two endpoints that it names, though their sum is read as one."""
    two = _TWO_RESPONSES.fullmatch(mention.span.of(text)) if mention.kind is MentionKind.ENDPOINT else None
    if two is None:
        yield mention
        return
    for code in ("CR", "PR"):
        yield replace(mention, span=CharSpan(*two.span(code)).shifted(mention.span.start), norm=code)
