"""Short names of arms in headers, by the sentence that introduces them: "etoposide and cisplatin (EP)" tells what a column "EP" is of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from extractor.document import Document, SectionKind, fold
from extractor.relations.findings import ArmOf
from extractor.relations.tables.arms import Naming

_SHORT = re.compile(r"(?=.*[A-Z])[A-Za-z0-9][A-Za-z0-9/+&-]{1,11}")
_JOINED = re.compile(r"\s?([+/&])\s?")  # "L + T" is "L+T"
_GROUP = re.compile(r"\s(?:groups?|arms?|patients|cohort)$", re.IGNORECASE)
# What stands before the name of a treatment that a bracket then shortens.
_BEFORE = re.compile(
    r"[);:.]\s?,?|,\s(?:or|and)\s|\b(?:either|or|versus|vs\.?|to|between|receiv\w+|given|gave|compar\w+|treated\swith|underwent|consisting\sof|than|the)\s",
    re.IGNORECASE,
)
_DOSES = re.compile(
    r"\s\d[\d.,]*\s?(?:mg|g|Gy|µg|μg)\b(?:\s?/?\s?(?:m2|kg|m-2|day|d))*|\s(?:on\sdays?\s[\d,\s-]+(?:and\s\d+)?|every\s\w+\s\w+|daily|weekly)\b",
    re.IGNORECASE,
)
_READ = (SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS, SectionKind.INTRODUCTION)


def introduced(labels: Iterable[str], document: Document, naming: Naming) -> dict[str, ArmOf]:
    """The arms that labels call by short names, as the sentences that introduce these name them; no name that is introduced in two ways."""
    naming = replace(naming, paper=replace(naming.paper, pair=None, assigned=()))  # as the sentence has it, whatever the pair was taken for
    text = fold(" \n ".join(s.span.of(document.text) for s in document.sections if s.kind in _READ))
    found: dict[str, ArmOf] = {}
    names = list(dict.fromkeys(_GROUP.sub("", label.strip()) for label in labels))
    for label in sorted(names, key=len, reverse=True):
        if not _SHORT.fullmatch(_JOINED.sub(r"\1", label)) and not (re.fullmatch(r"[A-Z]", label) and found):
            continue
        spelled = r"\s?".join(map(re.escape, _JOINED.sub(r" \1 ", label).split()))
        bracket = rf"[(\[]\s?{spelled}(?:\s(?:group|arm|regimen))?\s?[)\],;]"
        arms = [arm for m in re.finditer(bracket, text) if (arm := _arm(text, m.start(), label, naming)) is not None]
        if len({a.norm for a in arms}) == 1:
            found[label.casefold()] = arms[0]
    return found


def _arm(text: str, end: int, label: str, naming: Naming) -> ArmOf | None:
    """The treatment that ends where the bracket opens: the longest that is one, whose words hold the letters of the short name in their order."""
    before = text[max(end - 160, 0) : end].rstrip()
    for start in [m.end() for m in _BEFORE.finditer(before)]:
        phrase = _DOSES.sub("", before[start:]).strip(" ,")
        arm = naming.read(phrase) if phrase and not _BEFORE.search(phrase.replace("the ", "")) else None
        if arm is not None and arm.parts and arm.norm.casefold() != label.casefold() and _fits(label, phrase):
            return replace(arm, span=None)
    return None


def _fits(label: str, phrase: str) -> bool:
    """Whether the letters of a short name stand in a phrase, each where its part of it does: in any order, as names of regimens have them."""
    words = [w for w in re.findall(r"[a-z0-9]+", phrase.casefold()) if w not in ("and", "plus", "with", "alone")]
    letters = [c for c in label.casefold() if c.isalpha()]
    return (
        bool(words) and all(any(c in w for w in words) for c in letters) and sum(any(w[0] == c for w in words) for c in letters) * 2 >= len(letters)
    )
