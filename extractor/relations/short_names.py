"""A paper's own arms called by one word of their names: "with screening" for annual screening, "without maintenance", "the vaccine".

A paper that compares an arm with one that went without it calls the first by the noun that it alone has. Read so are the results of the paper
alone, where the word stands for the arm: behind "with", "without", "after" and the like, or as what did something, and before no other noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.document import CharSpan, SectionKind
from extractor.entities import Mention, MentionKind, Part, ReadSentence, Recognized
from extractor.relations.context import Paper, is_denied
from extractor.relations.findings import ArmOf
from extractor.relations.tested import is_control

_READ = (SectionKind.ABSTRACT, SectionKind.RESULTS, SectionKind.CONCLUSION)
_TOLD = (SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS)
_WORD = re.compile(r"[a-z]{5,}")
# Nouns that say of what kind an arm is, and that its comparator may be just as well.
_OF_ANY_KIND = frozenset(
    "therapy treatment group surgery operation procedure program programme intervention regimen schedule dose placebo alone control standard care"
    " support course weekly daily control method technique approach strategy training addition combination".split()
)
_AHEAD = (
    r"(?:(?:^|[(;,]\s?)(?:the\s)?"
    r"|\b(?:with|after|by|from|of|receiving|given|than|versus|vs\.?|against|under|adding|to|for|between|and|or)\s(?:the\s)?)"
)
_BEHIND = (
    r"(?=\s?(?:[.,;:()\[\]/]|$)|\s(?:and|or|but|was|were|is|are|had|has|did|does|could|may|might|in|on|with|without|than|versus|vs\.?|v\.?|arms?|groups?"
    r"|over|alone|to|compared|as|at|it|the|an?|gave|led|cut|cuts|(?!randomi[sz]ed|allocated|assigned|planned)[a-z]+ed|[a-z]+ly|\d))"
)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the arm under test is called in short, that arm, and the one that went without it."""

    words: tuple[str, ...]
    tested: ArmOf
    other: ArmOf


def with_short_names(recognized: Recognized, paper: Paper) -> Recognized:
    """The sentences of a paper of two arms with what they call its arms by one word; as they are where there is no such word."""
    names = _names_of(recognized, paper)
    if names is None:
        return recognized
    read = tuple(_named(one, names) if one.sentence.section.kind in _READ else one for one in recognized.sentences)
    return replace(recognized, sentences=read)


def _names_of(recognized: Recognized, paper: Paper) -> _Names | None:
    """The short names of the arm under test, where the other arm went without anything in its place."""
    if paper.pair is None or not _went_without(*paper.pair):
        return None
    tested, other = paper.pair
    own = [p.name for p in tested.parts if p not in other.parts] or [tested.norm]
    words = [own[0].casefold().split()[-1]] if len(own) == 1 and len(own[0].split()) > 1 else []
    words += [w for w in _ahead_of_its_name(recognized, tested) if is_denied(other.norm) or other.norm in _WITHOUT]
    known = {p.name for p in (*tested.parts, *other.parts)}
    kept = [w for w in dict.fromkeys(words) if _WORD.fullmatch(w) and w not in _OF_ANY_KIND and w not in known and not _is_of(w, other)]
    return _Names(tuple(kept), tested, other) if kept else None


def _went_without(tested: ArmOf, other: ArmOf) -> bool:
    """Whether an arm has nothing, or a placebo, in place of what is tested."""
    rest = {p.name for p in other.parts if p.kind != "placebo"}
    return is_control(other) or is_denied(other.norm) or bool(rest and rest < {p.name for p in tested.parts})


_WITHOUT = frozenset(("observation", "no treatment", "no further treatment", "surveillance"))


def _is_of(word: str, arm: ArmOf) -> bool:
    """Whether an arm is called by a word, and not said to have gone without it."""
    return not is_denied(arm.norm) and word in arm.norm.casefold().split()


# "maintenance rituximab": a word that says when or to what end it was given, never how.
_TO_WHAT_END = re.compile(r"\b(?P<word>maintenance|consolidation|prophylaxis)\s(?:treatment\s|therapy\s)?(?:with\s)?$", re.IGNORECASE)


def _ahead_of_its_name(recognized: Recognized, arm: ArmOf) -> Iterator[str]:
    own = {p.name for p in arm.parts}
    for one in recognized.sentences:
        for m in one.of(MentionKind.ARM) if one.sentence.section.kind in _TOLD else ():
            ahead = _TO_WHAT_END.search(one.sentence.text[: m.span.start])
            if ahead is not None and {p.name for p in m.parts} == own:
                yield ahead.group("word").casefold()


def _named(read: ReadSentence, names: _Names) -> ReadSentence:
    text = read.sentence.text
    any_of = "|".join(re.escape(w) for w in names.words)
    taken = [m.span for m in read.of(MentionKind.ARM, MentionKind.DRUG, MentionKind.PROCEDURE, MentionKind.TRIAL)]
    found: list[Mention] = []
    for match in re.finditer(rf"\b(?:without|no)\s(?:the\s)?(?:{any_of}){_BEHIND}", text, re.IGNORECASE):
        found.append(_without(names, CharSpan(*match.span())))
    for match in re.finditer(rf"{_AHEAD}(?P<name>(?:{any_of})){_BEHIND}", text, re.IGNORECASE):
        found.append(_arm(names.tested, CharSpan(*match.span("name"))))
    found = [m for m in found if not any(m.span.overlaps(t) for t in taken)]
    denied = [m.span for m in found if m.norm != names.tested.norm]
    found = [m for m in found if m.norm != names.tested.norm or not any(m.span.overlaps(d) for d in denied)]
    if not found:
        return read
    rest = [m for m in read.mentions if m.kind not in (MentionKind.POPULATION, MentionKind.ADVERSE_EVENT) or not _hits(m.span, found)]
    return replace(read, mentions=tuple(sorted((*rest, *found), key=lambda m: m.span)))


def _without(names: _Names, span: CharSpan) -> Mention:
    """The arm that went without what is tested, as any sentence names it that says so."""
    if len(names.tested.parts) != 1:
        return _arm(names.other, span)
    part = names.tested.parts[0]
    return Mention(MentionKind.ARM, span, f"no {part.name}", (Part(f"no {part.name}", part.kind),), "treatment")


def _arm(arm: ArmOf, span: CharSpan) -> Mention:
    return Mention(MentionKind.ARM, span, arm.norm, arm.parts, "label")


def _hits(span: CharSpan, found: Sequence[Mention]) -> bool:
    return any(span.overlaps(m.span) for m in found)
