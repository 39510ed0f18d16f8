"""When do two slots agree? The guideline's "Scoring", one function a sentence.

Two relations are kept apart. *Agreement* is what scoring asks for; with "overlap by half or more" and "the setting compared where both give one" it
is not transitive. *Sameness* (`==` on the normalized slots) is what merges the duplicates of one fact, and has to be an equivalence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractor import lexicons
from extractor.records import KEY_SLOTS, ComparisonFact, EndpointCode, MeasurementFact

AnyFact = MeasurementFact | ComparisonFact

NOT_SCORED: frozenset[EndpointCode] = frozenset({"QOL", "OTHER"})

# Every slot of each kind, in the order of the guideline; `doc` and the offsets are no slots.
SLOTS: Mapping[str, tuple[str, ...]] = {
    "measurement": tuple(name for name in KEY_SLOTS if name in MeasurementFact.model_fields),
    "comparison": tuple(name for name in KEY_SLOTS if name in ComparisonFact.model_fields),
}

# What key agreement adds to the core; `event` joins for AE measurements. "The contrast" is arm, comparator and factor.
_KEY: Mapping[str, tuple[str, ...]] = {
    "measurement": ("arm", "study", "population", "statistic", "timepoint"),
    "comparison": ("arm", "comparator", "factor", "study", "population", "measure", "ci", "p"),
}
KEYED = frozenset({"event", *(name for names in _KEY.values() for name in names)})
"""The slots that key agreement asks for in facts of some kind."""

# Function words alone: "any", "all", "no" and "without" say something in a population or an event.
_STOP_WORDS = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "had", "has", "have", "in", "into", "is", "it", "its", "of", "on",
        "or", "than", "that", "the", "their", "these", "this", "those", "to", "was", "were", "which", "who", "whose", "with",
    }
)  # fmt: skip

_WORD = re.compile(r"[<>]=?|=|[^\W_]+(?:\.\d+)*")
_SETTING = re.compile(r"\s*\(([^()]*)\)")
_DASHES = {"\u2212": "-", "\u2043": "-", "\xad": "-"}


def normal(text: str) -> str:
    """A string as scoring compares it: NFKC, case folded, accents off, ASCII hyphens, blanks in runs of one.

    The guideline does not name blanks; a doubled or trailing one is taken for a slip of the keyboard.

    >>> normal("Sjögren\u2010like  Ⅲ")
    'sjogren-like iii'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = (c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    hyphened = "".join("-" if unicodedata.category(c) == "Pd" else _DASHES.get(c, c) for c in letters)
    return " ".join(unicodedata.normalize("NFKC", hyphened).split())


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm as its components, and the settings it gives in brackets."""

    components: frozenset[str]
    settings: frozenset[str]

    def agrees(self, other: Arm) -> bool:
        """Whether the components are the same set and the settings too, where both arms give one."""
        unsaid = not (self.settings and other.settings)
        return self.components == other.components and (unsaid or self.settings == other.settings)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A population, an event or a factor: free words."""

    text: str
    words: frozenset[str]

    def agrees(self, other: Phrase) -> bool:
        """Whether half or more of the words of both are shared. Phrases of stop words alone agree when they are the same."""
        shared, every = len(self.words & other.words), len(self.words | other.words)
        return self.text == other.text or (every > 0 and 2 * shared >= every)


def phrase(text: str) -> Phrase:
    """The words of a phrase: runs of letters and digits, and signs of comparison, so that a hyphen more or less does no harm.

    >>> sorted(phrase("the Child-Pugh score >=7.5").words)
    ['7.5', '>=', 'child', 'pugh', 'score']
    """
    said = normal(text)
    return Phrase(said, frozenset(_WORD.findall(said)) - _STOP_WORDS)


@cache
def _components() -> Mapping[str, frozenset[str]]:
    """What each name in the lexicons stands for. Where two lexicons hold a name, a drug goes before a class, a procedure and a regimen."""
    found: dict[str, frozenset[str]] = {}

    def add(names: Iterable[str], parts: Iterable[str]) -> None:
        whole: frozenset[str] = frozenset().union(*(found.get(normal(part), frozenset({normal(part)})) for part in parts))
        for name in names:
            found.setdefault(normal(name), whole)

    for drug in lexicons.drugs():
        add([drug.inn], drug.inn.split("/"))  # a fixed combination is its drugs, as "+" joins them
    for drug in lexicons.drugs():
        add(drug.names, [drug.inn])
    for drug_class in lexicons.drug_classes():
        add((drug_class.name, *drug_class.synonyms), [drug_class.name])
    for procedure in lexicons.procedures():
        add((procedure.name, *procedure.synonyms), [procedure.name])
    for regimen in lexicons.regimens():
        add((regimen.name, *regimen.synonyms), regimen.components)
    return found


@cache
def arm(text: str) -> Arm:
    """An arm's components under one name each, regimens taken apart into their drugs, settings set aside."""
    said = normal(text)
    known = _components()
    # A name may itself hold brackets or stand for several drugs: look it up whole before taking it apart.
    bare = said if said in known else _SETTING.sub("", said).strip()
    settings = [] if said in known else _SETTING.findall(said)
    parts = [bare] if bare in known else [part.strip() for part in bare.split(" + ")]
    return Arm(frozenset().union(*(known.get(part, frozenset({part})) for part in parts)), frozenset(settings))


def _scalar(said: str | float | None) -> str | float | None:
    """Numbers as numbers: 54 and 54.0 are one."""
    if said is None:
        return None
    return normal(said) if isinstance(said, str) else float(said)


def _slot(fact: AnyFact, name: str) -> object:
    said = getattr(fact, name)
    if name == "ci_level" and said is None and fact.ci is not None:
        return 95.0
    if said is None or name not in _READ:
        return _scalar(said)
    return _READ[name](said)


_READ: Mapping[str, Callable[[Any], object]] = {
    **dict.fromkeys(("arm", "comparator"), arm),
    **dict.fromkeys(("population", "event", "factor"), phrase),
    "ci": lambda bounds: tuple(map(_scalar, bounds)),
    "p": lambda p: (p.op, _scalar(p.value)),
}


def slots(fact: AnyFact) -> dict[str, object]:
    """Every slot of a fact in the form that scoring compares: None, number, string, `Arm`, `Phrase`, CI as a pair, p-value as (op, number)."""
    return {name: _slot(fact, name) for name in SLOTS[fact.kind]}


def agree(one: object, other: object) -> bool:
    """Whether two normalized values of one slot agree; null agrees with null alone."""
    if isinstance(one, Arm) and isinstance(other, Arm):
        return one.agrees(other)
    if isinstance(one, Phrase) and isinstance(other, Phrase):
        return one.agrees(other)
    return one == other


def core(said: Mapping[str, object]) -> tuple[object, ...]:
    """What two facts must share to be candidates for each other.

    A measurement with a value: kind, endpoint, value and unit. Without: kind, endpoint and category (its unit is then a slot like any other).
    A comparison with an estimate: kind, endpoint and estimate. Without: kind, endpoint and the p-value, sign and number.
    """
    told = ("value", "unit") if said["kind"] == "measurement" else ("estimate",)
    if said[told[0]] is None:
        told = ("category",) if said["kind"] == "measurement" else ("p",)
    return (said["kind"], said["endpoint"], *told, *(said[name] for name in told))


def key_slots(said: Mapping[str, object]) -> tuple[str, ...]:
    """The slots that key agreement adds to the core of this fact: exactly the guideline's lists.

    A comparison's timepoint, statistic and event are not among them; nor is the event of a measurement that is no adverse event.
    """
    kind = str(said["kind"])
    return (*_KEY[kind], "event") if kind == "measurement" and said["endpoint"] == normal("AE") else _KEY[kind]


def wrong_slots(gold: Mapping[str, object], predicted: Mapping[str, object]) -> tuple[str, ...]:
    """The slots in which two facts of one kind disagree, in the order of `SLOTS`."""
    return tuple(name for name in gold if not agree(gold[name], predicted[name]))
