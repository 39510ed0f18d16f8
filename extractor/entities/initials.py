"""Names of combinations that are the initials of their parts: "docetaxel plus cisplatin (DC regimen)", "epirubicin followed by CMF (E-CMF)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.entities.joins import WINDOW
from extractor.entities.labels import is_known
from extractor.entities.mention import Mention, MentionKind

_IN_BRACKETS = re.compile(r"[\[(](?P<label>[A-Z]{2,5})(?P<word>\s(?:regimens?|combination|therapy|group|arm|treatment))?[\])]")
_LEAST_BARE = 3


def by_initials(text: str, parts: Sequence[Mention]) -> Iterator[tuple[str, list[Mention]]]:
    """A regimen named by the initials of the drugs named just before: "Docetaxel ... plus Platinol ... (DP regimen)"; each name with these drugs."""
    for match in _IN_BRACKETS.finditer(text):
        label = match.group("label")
        if not match.group("word") and (len(label) < _LEAST_BARE or is_known(label)):
            continue
        spelled = _spelled_by(text, label, match.start(), parts)
        if spelled:
            yield label, spelled


def _spelled_by(text: str, label: str, at: int, parts: Sequence[Mention]) -> list[Mention]:
    """The drugs before a place whose initials a label has: in its order, or in any where their list ends right there ("A plus B and C (ACB)")."""
    drugs = [m for m in sorted(parts, key=lambda m: m.span) if m.span.end <= at and m.kind is MentionKind.DRUG]
    last = drugs[-len(label) :]
    if [m.span.of(text)[0].upper() for m in last] == list(label):
        return last
    named = {m.norm: m for m in reversed(drugs)}  # "fluorouracil (5-FU)" tells one drug twice
    told = sorted(named.values(), key=lambda m: m.span)[-len(label) :]
    joined = told and _LISTED_TO_END.fullmatch(_without_names(text[told[0].span.start : at], told[0].span.start, drugs))
    return told if joined and sorted(m.norm[0].upper() for m in told) == sorted(label) else []


def _without_names(text: str, start: int, mentions: Sequence[Mention]) -> str:
    """A stretch of a sentence with an "X" in the place of each treatment."""
    for mention in sorted(mentions, key=lambda m: -m.span.start):
        if mention.span.start >= start and mention.span.end <= start + len(text):
            text = text[: mention.span.start - start] + "X" + text[mention.span.end - start :]
    return text


_JOINED = r"(?:\s?[,+/]\s?(?:and\s)?|\s(?:plus|and|with|in\scombination\swith)\s)(?:[a-z-]+\s){0,2}"
_LISTED_TO_END = re.compile(rf"X(?:\s?\(X\))?(?:{_JOINED}X(?:\s?\(X\))?)+\s?")
_STEPS = re.compile(r"\s?[\[(]\s?(?P<label>[A-Z]{1,6}(?:(?:\s?(?:→|->)\s?|[-+/>])[A-Z]{1,6})+)\s?[\]),;]")


def by_steps(text: str, parts: Sequence[Mention]) -> Iterator[tuple[str, list[Mention]]]:
    """A sequence named by initials and regimens, each for a treatment just before: "epirubicin followed by CMF (E-CMF)"."""
    treated = [m for m in sorted(parts, key=lambda m: m.span) if m.parts]
    for match in _STEPS.finditer(text):
        steps = re.split(r"\W+", match.group("label"))
        before = [m for m in treated if match.start() - WINDOW < m.span.start and m.span.end <= match.start()][-len(steps) :]
        names = [m.span.of(text) for m in before]
        if len(names) == len(steps) and all(n == s or (len(s) == 1 and n[:1].upper() == s) for n, s in zip(names, steps, strict=True)):
            yield match.group("label"), before
