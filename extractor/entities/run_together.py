"""Names of groups that run their treatments together: "RT-GC+GC", "DB-TACE", "FOLFIRI-C"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from extractor.entities.arm_book import ArmName
from extractor.entities.drugs import find_drugs, whole_treatment
from extractor.entities.mention import Mention, Part
from extractor.entities.names import in_words

Told = Sequence[tuple[str, Sequence[Mention]]]
"""The sentences of a paper, each with its treatments."""


def compounds_of(groups: Collection[str], sentences: Told) -> dict[str, ArmName]:
    """Names of groups that are nothing but their treatments, run together ("RT-GC+GC"), where the paper has three such groups or more.

    Of two that have the same treatments, the longer one tells a part twice, and that part is what follows.
    """
    found: dict[str, ArmName] = {}
    for group in groups:
        printed, inside = next(((n, m) for text, parts in sentences for n, m in [_parts_of_name(text, parts, group)] if m), ("", []))
        if len(inside) > 1:
            again = [m for i, m in enumerate(inside) if m.norm in {before.norm for before in inside[:i]}]
            norm = _components(inside) + (f" followed by {_components(again)}" if again else "")
            found[group] = ArmName(printed, norm, tuple(dict.fromkeys(p for m in inside for p in m.parts)), False)
    return found if len({name.norm for name in found.values()}) > 2 else {}


def prefixed(groups: Collection[str], sentences: Told) -> dict[str, ArmName]:
    """Names of groups that tell one treatment apart by letters before it ("the DB-TACE group"): such a name is not its tail alone."""
    found: dict[str, ArmName] = {}
    for group in groups:
        name = _printed(group, sentences)
        if _PREFIXED.fullmatch(name) and _is_tail(name):
            found[group] = ArmName(name, name, (Part(name, "procedure"),), False)
    return found if len(found) > 1 else {}


def lettered_behind(groups: Collection[str], sentences: Told) -> frozenset[str]:
    """Names of groups that add letters to the name of a treatment ("the FOLFIRI-C group"): such a group was not given that treatment alone."""
    printed = {group: _printed(group, sentences) for group in groups}
    return frozenset(
        group for group, name in printed.items() if (match := _LETTERED_BEHIND.fullmatch(name)) and whole_treatment(match.group("known"))
    )


def _printed(group: str, sentences: Told) -> str:
    """The name of a group as the paper prints it; empty where it never stands before "group" or "arm"."""
    pattern = re.compile(rf"(?<![\w/+.-]){in_words(group)}(?=\s(?:groups?|arms?)\b)", re.IGNORECASE)
    return next((match.group() for text, _ in sentences for match in [pattern.search(text)] if match), "")


_LETTERED_BEHIND = re.compile(r"(?P<known>[\w-]{3,})[-+/][A-Z][A-Za-z]?\d?")
_PREFIXED = re.compile(r"[A-Za-z]{1,4}\d?-[A-Za-z]{2,10}")


def _is_tail(name: str) -> bool:
    """Whether a name holds a treatment as its tail alone, and nothing known before that."""
    inside = [m for m in find_drugs(name) if m.parts]
    return len(inside) == 1 and inside[0].span.end == len(name) and name[inside[0].span.start - 1] == "-"


def _components(mentions: Sequence[Mention]) -> str:
    """The components of treatments, the drugs first."""
    parts = dict.fromkeys(p for m in mentions for p in m.parts)
    return " + ".join(p.name for p in sorted(parts, key=lambda p: p.kind != "drug"))


def _parts_of_name(text: str, parts: Sequence[Mention], group: str) -> tuple[str, list[Mention]]:
    """The name of a group as printed, and the treatments that it is made of, in order; none where it has letters besides."""
    match = re.search(rf"(?<![\w/+.-]){in_words(group)}\s(?:groups?|arms?)\b", text, re.IGNORECASE) if parts else None
    if match is None:
        return "", []
    end = match.start() + len(group)
    inside = sorted((m for m in parts if match.start() <= m.span.start and m.span.end <= end), key=lambda m: m.span)
    rest = "".join(c for i, c in enumerate(text[match.start() : end], match.start()) if not any(m.span.start <= i < m.span.end for m in inside))
    spelled = [replace(m, parts=_as_spelled(m.span.of(text), m.parts)) for m in inside]
    return text[match.start() : end], spelled if not re.search(r"\w", rest) else []


def _as_spelled(name: str, parts: Sequence[Part]) -> tuple[Part, ...]:
    """The drugs of a regimen in the order of their initials in its name ("GC"); as they are where it has other letters."""
    places = [name.upper().find(p.name[:1].upper()) for p in parts]
    return tuple(p for _, p in sorted(zip(places, parts, strict=True), key=lambda told: told[0])) if min(places, default=-1) >= 0 else tuple(parts)
