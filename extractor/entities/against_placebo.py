"""An agent that no lexicon knows, where patients were allotted to it or a placebo: "assigned to Silybum marianum extract or placebo".

Whatever stands in that place is the treatment under test. It counts where the paper speaks of it again, by that name, its first words or its
abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from extractor.document import SectionKind
from extractor.entities.contrasted import Contrasted
from extractor.entities.drugs import find_drugs
from extractor.entities.names import in_words

_LOTS = re.compile(r"\b(?:randomi[sz]ed|randomly|allocated|assigned|double-blind\w*|placebo-controlled|cross-?over)\b", re.IGNORECASE)
_LEADS = (
    r"(?:(?:either|an?|the|oral|daily|weekly|intravenous|subcutaneous|topical|active|low-dose|high-dose|of|with|to|receive|capsules|tablets|doses?|servings"
    r"|\d[\d.,]*(?:\s?(?:m[gl]|g|[µμ]g|IU|%)(?:/\w+)?)?|one|two|three|four)\s){0,6}"
)
_NAME = r"(?P<name>[A-Za-z][\w’'-]*(?:[\s,]{1,2}[\w’'-]+){0,4}?)"
_AMOUNT = (
    r"(?:\s?[\[(][^()\[\]]{0,60}[\])]|\s\d[\d.,]*\s?(?:m[gl]|g|[µμ]g|IU|%)?(?:/\w+)*|\s(?:once|twice|three\stimes|daily|weekly|a\sday|per\sday)){0,4}"
)
_BLANK = r"(?:(?:to|a|an|the|receive|with|oral|matching|matched|identical|inert|equivalent|dummy|topical|intravenous|of)\s){0,4}placebo"
_ALLOTTED = (
    re.compile(
        rf"\b(?:receiv(?:ed?|ing)|(?:assigned|allocated|randomi[sz]ed|allotted)(?:\s\([^()]*\)|\sin\sa\s[\d:]+\sratio|\s\d:\d)?\s(?:to|with)|(?:given|treated\swith|took|take|consumed?|ingest\w*))\s"
        rf"{_LEADS}{_NAME}{_AMOUNT},?\s(?:or|versus|vs\.?)\s{_BLANK}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bplacebo{_AMOUNT},?\s(?:or|versus|vs\.?)\s{_LEADS}{_NAME}(?={_AMOUNT}(?:[.,;:]|$|\s(?:for|in|over|during|on|at|before|after|every|containing|as|by)\b))",
        re.IGNORECASE,
    ),
)
_NO_NAME = re.compile(
    r"\b(?:active|drugs?|agents?|substances?|products?|study|treatments?|interventions?|verum|either|placebo|groups?|arms?|one|two|three|the|an?|and|or|not|were|was|who|which|to|for|in|on|with|by|from|ratio"
    r"|patients|therapy|therapies|medications?|test|experimental|control|both|all|other|same|sequence|order|receive|regimen|condition|capsules?|tablets?|supplements?)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s(?:supplementation|supplements?|capsules?|tablets?|treatment|therapy|gel|cream|once|twice|daily|weekly|solution|powder|infusions?|injections?))+$",
    re.IGNORECASE,
)
_TOLD_IN = frozenset({SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS, SectionKind.RESULTS, SectionKind.CAPTION})
_ALLOTS_IN = frozenset({SectionKind.ABSTRACT, SectionKind.METHODS})
_LEAST_USES = 3
_SHORTEST = 3


def against_placebo(told: Sequence[tuple[SectionKind, str]], shorts: Collection[tuple[str, str]] = ()) -> Contrasted | None:
    """The agent that patients were allotted to where the others got a placebo, if no list knows it; None where the paper tells none.

    Args:
        told: the sentences of a paper, each with the section that it stands in.
        shorts: its abbreviations, each with its long form.
    """
    texts = [text for kind, text in told if kind in _TOLD_IN]
    for name in (name for kind, text in told if kind in _ALLOTS_IN for name in _allotted(text)):
        pattern = _pattern(name, shorts)
        if sum(pattern.search(text) is not None for text in texts) >= _LEAST_USES:
            long = next((long for short, long in shorts if short == name), name)
            known = {m.norm for m in find_drugs(long) if m.parts and m.span.start == 0}
            return Contrasted(known.pop() if len(known) == 1 else _in_slot(name), pattern)
    return None


def _allotted(text: str) -> Iterator[str]:
    if _LOTS.search(text) is None:
        return
    for form in _ALLOTTED:
        for match in form.finditer(text):
            name = _TAIL.sub("", match.group("name"))
            if len(name) >= _SHORTEST and not _NO_NAME.search(name) and not _is_known(name):
                yield name


def _is_known(name: str) -> bool:
    return any(m.parts for m in find_drugs(name))


def _in_slot(name: str) -> str:
    return " ".join(word if any(c.isdigit() for c in word) or word.isupper() else word.lower() for word in name.split())


def _pattern(name: str, shorts: Collection[tuple[str, str]]) -> re.Pattern[str]:
    """How the paper calls the agent: by its name, by the first two words of a longer one, or by its abbreviation."""
    words = name.split()
    forms = {name, *([" ".join(words[:2])] if len(words) > 2 else []), *(s for s, long in shorts if long.casefold().startswith(name.casefold()))}
    forms |= {long for short, long in shorts if short == name}
    told = "|".join(in_words(form) for form in sorted(forms, key=lambda f: (-len(f), f)))
    return re.compile(rf"(?<![\w-])(?:{told})(?![\w-])", re.IGNORECASE)
