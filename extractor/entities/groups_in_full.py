"""Groups that a paper calls by an abbreviation of its own ("the GSB group") or a letter ("group B"): the arm has the name of what was given.

What a list knows is read by the list, and so is what is an agent; a group that is called by who is in it is no arm.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from extractor.document import SectionKind
from extractor.entities.arm_book import ArmBook
from extractor.entities.called_by_role import called_so, forms, given_to, is_known
from extractor.entities.contrasted import IS_TEST, OF_WHOM, Contrasted, Told, lowered
from extractor.entities.drugs import find_drugs
from extractor.entities.groups import is_of_patients
from extractor.entities.mention import Part
from extractor.entities.names import in_words

_AGENT = re.compile(
    r"\b(?:recombinant|monoclonal|antibod\w+|vaccine|inhibitors?|factor|peptides?|interferon|interleukin|virus|plasmid|cells?|extract|acids?|proteins?"
    r"|hormones?|compounds?|complex|conjugates?|derivatives?|toxin|nanoparticles?|cream|gel|ointment|oil)\b",
    re.IGNORECASE,
)


def with_groups_in_full(book: ArmBook, told: Told, shorts: Collection[tuple[str, str]]) -> ArmBook:
    """The same book, its groups that are called by an abbreviation of no list by what that stands for, those called by a letter by what they got.

    Args:
        book: the names that the document gives to its treatments and groups.
        told: its sentences, each with the section that it stands in.
        shorts: its abbreviations, each with its long form.
    """
    long_of = {short.casefold(): (short, long) for short, long in shorts}
    found: dict[str, Contrasted] = {}
    groups = dict(book.groups)
    for label, name in book.groups.items():
        short, long = long_of.get(label, ("", ""))
        if short and name.norm.casefold() == label and all(p.kind == "other" for p in name.parts) and names_arm(short, long):
            arm = Contrasted(lowered(long), in_both_forms(short, long))
            found[label] = arm
            groups[label] = replace(name, norm=arm.norm, parts=(Part(arm.norm, "other"),))
    for label, given in _by_letters(book, told).items():
        found[label] = Contrasted(given, called_so(given, (given,), shorts))
        groups[label] = replace(groups[label], norm=given, parts=(Part(given, "other"),))
    return replace(book, groups=groups, in_full=tuple(found.values())) if found else book


def _by_letters(book: ArmBook, told: Told) -> dict[str, str]:
    """What the groups that are called by a letter alone were given, where no list knows it and it is told of one group alone."""
    letters = [g for g, name in book.groups.items() if name.norm == g and _LETTERED.fullmatch(g)]
    title = next((text for kind, text in told if kind is SectionKind.TITLE), "")
    tells = [text for kind, text in told if kind in (SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS)]
    found = {}
    for label in letters:
        word, letter = label.split()
        group = rf"\b{word}\s(?-i:{letter.upper()})\b"
        given = given_to(forms(group, rf"{word}\s(?-i:{letter.upper()})"), tells, title, [text for _, text in told])
        if given is not None and not is_known(given):
            found[label] = given
    return {label: given for label, given in found.items() if list(found.values()).count(given) == 1}


_LETTERED = re.compile(r"(?:group|arm) (?:[a-e]|[1-5]|i{1,3})")


def names_arm(short: str, long: str) -> bool:
    """Whether what an abbreviation stands for is the name of an arm of no list: not who is in a group, no agent and no test."""
    head = re.split(r"\s(?:of|for|with|in|by)\s", long)[0].split()[-1:]
    return (
        sum(c.isupper() for c in short) > 1
        and bool(head)
        and not OF_WHOM.fullmatch(head[0])
        and not is_of_patients(head[0])
        and not _AGENT.search(long)
        and not IS_TEST.search(long)
        and not any(m.parts for m in find_drugs(short))
        and not any(m.parts and m.span.end == len(long) for m in find_drugs(long))
    )


def in_both_forms(short: str, long: str) -> re.Pattern[str]:
    """An abbreviation as it is printed and what it stands for, wherever they stand."""
    return re.compile(rf"(?<![\w/+.-])(?:{re.escape(short)}(?![\w/+]|-\w)|(?i:{in_words(long)})(?![\w-]))(?:\s?\({re.escape(short)}\))?")
