"""The one treatment of a study without comparison."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.document import SectionKind
from extractor.entities import Mention, MentionKind, Part, ReadSentence
from extractor.relations.findings import ArmOf

_ONE_ARM = re.compile(
    r"""
    \b (?:
        phase\s(?: I | II | 1 | 2 | Ib | Ib/II | I/II | 1/2 | IIa | IIb | 1b | 2a )\b
      | (?: single | one )[\s-]arm | non-?randomi[sz]ed | open-label\s(?!randomi) | expanded\saccess | compassionate\suse | uncontrolled
      | (?: all | these | the | eligible )\s (?:\w+\s)? PEOPLE\s (?: received | were\streated\swith )
      | PEOPLE\s (?: treated\swith | who\sreceived | receiving )
      | PEOPLE\s (?:[^.;]{1,150}\s)? (?: received | (?:were|was|had\sbeen)\s(?:given|treated\s(?:with|by)) )
    ) \b
    """.replace("PEOPLE", "(?:patients|women|men|children|adults|cases|subjects|participants)"),
    re.IGNORECASE | re.VERBOSE,
)
_SEVERAL_ARMS = re.compile(
    r"\b(?:randomi[sz](?:ed|ation)|placebo-controlled|control\s(?:group|arm)|versus|vs\.?|case-control|two\s(?:\w+\s)?(?:groups|arms))\b|\b(?:alone|without)\s(?:chemo|radio|surg|adjuvant)",
    re.IGNORECASE,
)
_ALLOCATES = re.compile(r"\brandomi[sz]ed\b|\brandomly\b|placebo-controlled|\bcontrol\s(?:group|arm)\b", re.IGNORECASE)
# Who was given what, told of all: "women with one prior regimen received A plus B", "A was given every 3 weeks".
_GIVEN = re.compile(
    r"\b(?:received|receive|(?:was|were)\s(?:given|treated|administered)|had\s(?:had|received|completed)|consisted\sof|underwent)\b", re.IGNORECASE
)
_TO_ALL = re.compile(
    r"\ball\s(?:\d+\s)?(?:[\w-]+\s)?(?:patients|participants|women|men|children|subjects|survivors|cases)\s(?:had\s|were\s)?(?:received|completed|treated|given|undergone|underwent)\b",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\s?(?:[\w-]+\s){0,2}?(?:and|with|plus|\+|/|combined\swith|in\scombination\swith|together\swith)\s?(?!in\b)(?:[\w-]+\s){0,3}", re.IGNORECASE
)
_NO_TREATMENT = frozenset({"drug_class", "placebo", "supportive_care"})

Foreground = Callable[[ReadSentence], list[Mention]]


def single_arm(sentences: Sequence[ReadSentence], foreground: Foreground) -> ArmOf | None:
    """The one treatment of a study without comparison; None where nothing says so.

    It is named in the title, or else above all others in the abstract, or all are said to have been given it. A title or abstract that sets
    treatments against each other belongs to no such study.
    """
    title = _of(sentences, SectionKind.TITLE)
    opening = _of(sentences, SectionKind.TITLE, SectionKind.ABSTRACT)
    methods = _of(sentences, SectionKind.METHODS)
    if any(_SEVERAL_ARMS.search(r.sentence.text) for r in opening) or any(_ALLOCATES.search(r.sentence.text) for r in methods):
        return _in_doses_alone(title, [*opening, *methods], foreground)
    told_in_full = [r for r in opening if r not in title and _GIVEN.search(r.sentence.text)]
    together = _given_together(title, [*told_in_full, *methods], foreground)
    if together is not None:
        return together
    if any(_ONE_ARM.search(r.sentence.text) for r in (*opening, *methods)):
        combined = next((arm for r in title if (arm := _told_as_one(r, foreground)) is not None), None)
        if combined is not None:
            return combined
        for told in (title, opening):
            found = _ranked(told, foreground)
            one = _above_others(found, _FAR if told is opening else 0)
            if one is not None:
                return one
            if found and told is title:
                return None
    underwent = _UNDERWENT.search(" ".join(r.sentence.text for r in (*opening, *methods)))
    of_series = _of_series(title, foreground) or (_above_others(_ranked(title, foreground), 0) if underwent is not None else None)
    return _above_others(_ranked([r for r in methods if _TO_ALL.search(r.sentence.text)], foreground), 0) or of_series


# What was done to the patients of a series: enough where the title names no other treatment.
_UNDERWENT = re.compile(r"\b(?:patients|women|men|children|adults|cases|subjects)\s(?:who\s(?:had\s)?)?under(?:went|gone|going)\b", re.IGNORECASE)
_SERIES = re.compile(
    r"^(?:TITLE:\s+)?(?:the\s)?(?:(?:[\w-]+\s){0,3}(?:experience|results?|outcomes?|use|place|role|value|complications|mortality)\s(?:with|of|after|following|in)\s)?"
    r"(?:the\s)?(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_OPERATION = re.compile(r"(?:ectomy|otomy|ostomy|plasty|exenteration|resection|transplantation|surgery)$")


def _of_series(title: Sequence[ReadSentence], foreground: Foreground) -> ArmOf | None:
    """The operation that a title opens with, and nothing else: "Oesophagectomy for carcinoma: experience of 150 cases"."""
    named = [(r.sentence.text, m) for r in title for m in foreground(r) if m.parts]
    if len(named) != 1:
        return None
    ((text, mention),) = named
    behind = re.match(r"\s(?:for|in)\s", text[mention.span.end :])
    operates = len(mention.parts) == 1 and _OPERATION.search(mention.parts[0].name)
    return ArmOf(mention.norm, mention.parts) if operates and behind and _SERIES.match(text[: mention.span.start]) else None


# What a treatment is compared with that is no other dose or schedule of it.
_CONTROLLED = re.compile(
    r"""
    \b (?: placebo | controls | (?: control | comparison | reference ) \s (?: groups? | arms? | patients | subjects | regimen | treatment )
      | controlled \s (?:[\w-]+\s){0,3} (?: trial | study ) | comparators? | observation(?!al) | observed\sonly | untreated | alone | sham
      | standard \s (?: arm | group | treatment | therapy | care )
      | (?: no | without ) \s (?: further\s | additional\s | adjuvant\s )? (?:[\w-]+\s)? (?: treatment | therapy )
      | usual\scare | supportive\scare | with\sor\swithout
      | (?: physician | investigator ) \W s?\s choice | cross-?over ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OF_DOSES = re.compile(
    r"\b(?:dos(?:e|es|age|ages|ing)|schedules?|mg|phase\s(?:I|1)(?:b|/II|/2|/IIa)?|parts?\s(?:[A-C]|[1-3]|I{1,3}))\b", re.IGNORECASE
)


def _in_doses_alone(title: Sequence[ReadSentence], told: Sequence[ReadSentence], foreground: Foreground) -> ArmOf | None:
    """The one drug of a study whose groups differ in dose, schedule or part; None where the paper names a control, or assigns to another."""
    if any(_CONTROLLED.search(r.sentence.text) for r in told) or not any(_ONE_ARM.search(r.sentence.text) for r in told):
        return None
    parted = [r for r in told if _SEVERAL_ARMS.search(r.sentence.text) or _ALLOCATES.search(r.sentence.text)]
    if not any(_OF_DOSES.search(r.sentence.text) for r in parted):
        return None
    one = _above_others(_ranked(title, foreground), 0)
    if one is None or any(p.kind != "drug" for p in one.parts):
        return None
    mine = {p.name for p in one.parts}
    others = (m for r in (*told, *parted) if r in parted or r.sentence.section.kind is SectionKind.ABSTRACT for m in foreground(r))
    return one if all({p.name for p in m.parts if p.kind not in _NO_TREATMENT} <= mine for m in others) else None


_FAR = 3
"""How many times as often as the next one a treatment is named in an abstract that is about it."""


def _of(sentences: Iterable[ReadSentence], *kinds: SectionKind) -> list[ReadSentence]:
    return [r for r in sentences if r.sentence.section.kind in kinds]


def _given_together(title: Sequence[ReadSentence], given: Sequence[ReadSentence], foreground: Foreground) -> ArmOf | None:
    """All treatments of the title, where the methods name them all: "A and B for cancer of X"."""
    named = [(r.sentence.text, m) for r in title for m in foreground(r) if any(p.kind not in _NO_TREATMENT for p in m.parts)]
    apart = {m.parts for _, m in named}
    if len(apart) > 1 and not all(_JOINS.fullmatch(text[a.span.end : b.span.start]) for (text, a), (_, b) in pairwise(named)):
        return None
    parts = {p.name: p for _, m in named for p in m.parts if p.kind not in _NO_TREATMENT}
    here = {p.name for read in given for m in read.of(MentionKind.ARM) for p in m.parts}
    told = set(parts) <= here and any(p.kind == "drug" for p in parts.values())
    return ArmOf(" + ".join(parts), tuple(parts.values())) if told else None


# "irinotecan with escalating oral vinorelbine", "olaparib tablets plus carboplatin"
_GIVEN_WITH = re.compile(
    r"\s(?!(?:or|in|for|after|to|versus|vs)\b)(?:[\w-]+\s)?(?:and|with|plus|\+|combined\swith|in\scombination\swith)\s(?!or\b)(?:(?!or\b|in\b|for\b|after\b)[\w-]+\s){0,2}"
)


def _told_as_one(title: ReadSentence, foreground: Foreground) -> ArmOf | None:
    """Treatments that a title without comparison joins, as one; None where it names one alone, or any that it does not join."""
    arms = [m for m in foreground(title) if m.parts and m.detail == "treatment"]
    joined = all(_GIVEN_WITH.fullmatch(title.sentence.text[a.span.end : b.span.start]) for a, b in pairwise(arms))
    parts = tuple(dict.fromkeys(p for m in arms for p in m.parts))
    known = all(p.kind in ("drug", "regimen", "procedure") for p in parts)
    return ArmOf(" + ".join(p.name for p in parts), parts) if len(arms) > 1 and len(parts) > 1 and joined and known else None


def _ranked(told: Iterable[ReadSentence], foreground: Foreground) -> list[tuple[int, ArmOf]]:
    """The treatments of some sentences, each with how often it is named, the most frequent first."""
    found: dict[frozenset[Part], tuple[int, ArmOf]] = {}
    for mention in (m for r in told for m in foreground(r) if any(p.kind not in _NO_TREATMENT for p in m.parts)):
        key = frozenset(mention.parts)
        times, arm = found.get(key, (0, ArmOf(mention.norm, mention.parts)))
        found[key] = (times + 1, arm)
    return sorted(found.values(), key=lambda f: (-f[0], f[1].norm))


def _above_others(ranked: Sequence[tuple[int, ArmOf]], far: int) -> ArmOf | None:
    """The one treatment of which all others are parts, or that is named so much more often; None where two are left."""
    if not ranked:
        return None
    # The parts of a combination, each told by itself, are no other treatments.
    _, whole = max(ranked, key=lambda f: (len(f[1].parts), f[1].norm))
    if all(set(arm.parts) <= set(whole.parts) for _, arm in ranked):
        return replace(whole, span=None)
    return replace(ranked[0][1], span=None) if far and ranked[0][0] >= far * ranked[1][0] else None
