"""Short names that a sentence of allocation gives to its arms, each in a bracket behind it: "A and X (AX) or A, B and X (ABX)".

They are known by the arms, which are known by then: what stands before each bracket is one of them, each has its own bracket, and none is left out.
So they are read where the name is no abbreviation that a lexicon or the initials of one drug explain, and where a list hides what belongs together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extractor.entities.arm_book import ArmBook, ArmName
from extractor.entities.assignment import AssignedArm
from extractor.entities.groups import ROLES
from extractor.entities.labels import NOT_LABELS, is_known
from extractor.entities.letters import abbreviates
from extractor.entities.mention import Mention

_LETTERED = r"(?:arm|group)\s(?:[A-D]|[1-4]|I{1,3}|IV)"
_BRACKET = re.compile(
    rf"""
    [\[(] \s?
    (?:
        (?P<lettered> (?i:{_LETTERED}) )
      | (?:(?:arm|group)\s)? (?P<label> [A-Za-z]{{0,2}}[A-Z][A-Za-z0-9+/-]{{0,8}} ) (?P<word> [\s-](?:group|arm|regimen)s? )?
    )
    (?: [,;:]? \s? [nN] \s? = \s? \d+ (?:\spatients)? )? \s? [\])]
    """,
    re.VERBOSE,
)
_GIVES = re.compile(
    r"\b(?:randomi[sz]\w+|assigned|allocated|divided|receiv\w+|either|between|compar(?:ed|ing|es?|ison)|treated|to|with)\b(?:\s(?:to|with|of|between|either|receive))*",
    re.IGNORECASE,
)
_LOT = re.compile(r"\b(?:randomi[sz]\w+|randomly|assigned|allocated|divided|compar\w+|versus|vs)\b", re.IGNORECASE)
_SETTING = re.compile(r"\((?P<setting>[^()]+)\)$")
_TWO = 2


def with_allotted(book: ArmBook, told: Iterable[tuple[str, Sequence[Mention]]]) -> ArmBook:
    """The same book with the names that the first such sentence gives to all arms of the paper.

    Args:
        book: the names that the document gives to its treatments, and its arms.
        told: sentences in which a paper tells what its patients were given, each with its treatment parts.
    """
    if len(book.assigned) < _TWO:
        return book
    for text, parts in told:
        named = _allotted(text, parts, book)
        if named:
            return replace(book, names={**book.names, **named})
    return book


def _allotted(text: str, parts: Sequence[Mention], book: ArmBook) -> Mapping[str, ArmName]:
    """The names of a sentence by their labels, folded; {} where they do not answer the arms of the paper one to one."""
    brackets = [m for m in _BRACKET.finditer(text) if not (m.group("label") and _is_no_label(m.group("label")))]
    if len(brackets) < len(book.assigned) or not _LOT.search(text[: brackets[-1].start()]):
        return {}
    found: dict[str, AssignedArm] = {}
    end = 0
    for bracket in brackets:
        last = next(reversed(found.values()), None)
        arm = _told_before(text, end, bracket, parts, book.assigned) or _of_same_treatment(text[end : bracket.start()], last, book.assigned)
        label = bracket.group("lettered") or bracket.group("label")
        if arm is not None:
            found[re.sub(r"\s+", " ", label).casefold() if bracket.group("lettered") else label] = arm
            end = bracket.end()
    if len(found) != len(book.assigned) or len({a.norm for a in found.values()}) != len(found):
        return {}
    if any(label.casefold() in book.groups for label in found):
        return {}  # read by these names of the groups, whatever a lexicon knows by them
    return {label.casefold(): _name(label, arm) for label, arm in found.items()}


def _is_no_label(label: str) -> bool:
    return label.casefold() in NOT_LABELS or label.casefold() in ROLES


def _name(label: str, arm: AssignedArm) -> ArmName:
    is_drugs = all(p.kind == "drug" for p in arm.parts) and len(label) > 1 and " " not in label and not _SETTING.search(arm.norm)
    return ArmName(label, arm.norm, arm.parts, is_drugs)


def _told_before(text: str, start: int, bracket: re.Match[str], parts: Sequence[Mention], assigned: Sequence[AssignedArm]) -> AssignedArm | None:
    """The one arm of the paper that all treatments between a place and a bracket make up; before the first bracket, from a word of giving on."""
    opened = [m.end() for m in _GIVES.finditer(text, 0, bracket.start())] if start == 0 else []
    for begin in opened or [start]:
        here = [m for m in parts if begin <= m.span.start and m.span.end <= bracket.start()]
        names = {p.name for m in here for p in m.parts}
        fits = _by_setting([a for a in assigned if names and {p.name for p in a.parts} == names], text[begin : bracket.start()])
        if len(fits) == 1:
            return fits[0] if not _is_of_last(bracket, text, here) else None
    return None


_ANOTHER_DOSE = re.compile(r"(?:[\s,;]|\bor\b|\band\b|\bat\b|\bthe\b|\b(?:a|an)\b|\bdose\b|\bof\b)*\d[\w.,/ -]*", re.IGNORECASE)


def _of_same_treatment(words: str, last: AssignedArm | None, assigned: Sequence[AssignedArm]) -> AssignedArm | None:
    """The arm whose bracket follows a dose alone, as one more of the treatment named before: "A 5 mg (group I), 10 mg (group II)"."""
    if last is None or not _SETTING.search(last.norm) or not _ANOTHER_DOSE.fullmatch(words):
        return None
    fits = _by_setting([a for a in assigned if a.parts == last.parts and a is not last and _SETTING.search(a.norm)], words)
    return fits[0] if len(fits) == 1 else None


def _by_setting(arms: Sequence[AssignedArm], words: str) -> list[AssignedArm]:
    """Of arms with one treatment those whose way, dose or time is told in some words."""
    settings = [m.group("setting") if (m := _SETTING.search(a.norm)) is not None else "" for a in arms]
    return [a for a, s in zip(arms, settings, strict=True) if not s or re.search(rf"(?<![\w.-]){re.escape(s)}(?![\w-])", words, re.IGNORECASE)]


def _is_of_last(bracket: re.Match[str], text: str, here: Sequence[Mention]) -> bool:
    """Whether a bracket abbreviates the last treatment before it, and not what it was given with: "A plus temozolomide (TMZ)"."""
    label = bracket.group("label")
    if label is None or bracket.group("word") or len({p.name for m in here for p in m.parts}) < _TWO:
        return False
    last = max(here, key=lambda m: m.span)
    initials = [m.span.of(text)[0].casefold() for m in here]
    if all(i in label.casefold() for i in initials) and len(label) >= len(initials):
        return False
    return is_known(label) or abbreviates(label, last.span.of(text))
