"""One id for the records of one trial, over papers and over its names and registry numbers.

Names are one where the trial lexicon has them as variants of one trial, where they differ in case, blanks and hyphens alone, and where papers print
them with one registry number. The id is the name as the lexicon writes it, else the registry number, else the name as most records have it; it does
not depend on the order of the records.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractor.audit.printed import AnyRecord
from extractor.evaluate.equality import normal
from extractor.lexicons import Trial, trials

_REGISTRIES = re.compile(r"(?i)(NCT|ISRCTN|UMIN|ChiCTR|ACTRN|NTR|DRKS|JapicCTI|jRCT|KCT|CTRI|NCRN|EudraCT|C0000)?\D*([\d/-]*\d)")
_REGISTRY_ID = re.compile(r"(?:NCT|ISRCTN|UMIN|ChiCTR|ACTRN|NTR|DRKS|JapicCTI|jRCT|KCT|NCRN)[\s-]?[\w-]*\d{4,}|20\d\d-0\d{5}-\d\d")
_AUTHOR = " et al."
POOLED = " + "


@dataclass(frozen=True, slots=True)
class TrialGroup:
    """A trial: its id, all that it is called, its registry numbers and the papers that tell of it."""

    id: str
    names: tuple[str, ...]
    registry_ids: tuple[str, ...]
    docs: tuple[str, ...]
    records: int


def spelling(name: str) -> str:
    """A name without what writers vary.

    >>> spelling("IMbrave 150") == spelling("IMBRAVE-150"), spelling("REACH-2") == spelling("REACH")
    (True, False)
    """
    return re.sub(r"[^a-z0-9]", "", normal(name))


def registry_of(number: str) -> str:
    """The registry that a number is of, by its letters; the European register has none."""
    found = _REGISTRIES.match(number)
    return (found.group(1) or "EudraCT").casefold() if found else ""


@cache
def _listed() -> Mapping[str, Trial | None]:
    """The trials of the lexicon by all their spellings; None where a spelling is of several."""
    found: dict[str, Trial | None] = {}
    for trial in trials():
        for name in trial.names:
            known = found.setdefault(spelling(name), trial)
            found[spelling(name)] = trial if known is trial and ";" not in trial.disease else None
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """A trial that a record is of: what it is told apart by, and how it is called."""

    key: str
    called: str


class Trials:
    """The trials that records are of."""

    def __init__(self, records: Iterable[AnyRecord]) -> None:
        """Group the records."""
        self._records = tuple(records)
        self._drugs = _main_drugs(self._records)
        self._parents: dict[str, str] = {}
        self._join()
        self._called: dict[str, Counter[str]] = {}
        for record in self._records:
            for part in self._parts(record):
                self._called.setdefault(self._root(part.key), Counter())[part.called] += 1
        self._ids = {root: self._id(root) for root in self._called}

    def id_of(self, record: AnyRecord) -> str | None:
        """The id of the trial that a record is of, of several together all their ids; None where it is of none that has a name."""
        return POOLED.join(sorted({self._ids[self._root(part.key)] for part in self._parts(record)})) or None

    def groups(self) -> tuple[TrialGroup, ...]:
        """The trials, in the order of their ids."""
        found: dict[str, list[AnyRecord]] = {}
        for record in self._records:
            if (trial := self.id_of(record)) is not None:
                found.setdefault(trial, []).append(record)
        return tuple(_group(trial, found[trial]) for trial in sorted(found))

    def _join(self) -> None:
        """Names and registry numbers that belong together; a name with two numbers of one registry is of two trials, and joins neither."""
        numbers: dict[str, set[str]] = {}
        for record in self._records:
            parts = [*self._parts(record)]
            if record.registry_id is not None and len(parts) == 1 and not parts[0].key.startswith("number:"):
                numbers.setdefault(parts[0].key, set()).add(_number(record.registry_id))
        for name, found in sorted(numbers.items()):
            if len({registry_of(number.partition(":")[2]) for number in found}) == len(found):
                for number in sorted(found):
                    self._unite(name, number)
        for trial in trials():
            if trial.registry and _listed().get(spelling(trial.name)) is trial:
                self._unite(f"listed:{trial.name}", _number(trial.registry))

    def _root(self, key: str) -> str:
        while (parent := self._parents.get(key, key)) != key:
            key = parent
        return key

    def _unite(self, one: str, other: str) -> None:
        """The root of a group is its first key: `listed:` sorts before `name:`, `number:` and `own:`."""
        first, second = sorted((self._root(one), self._root(other)))
        if first != second:
            self._parents[second] = first

    def _id(self, root: str) -> str:
        kind, _, said = root.partition(":")
        if kind != "name":
            return said
        numbers = sorted(key.partition(":")[2] for key in self._parents if key.startswith("number:") and self._root(key) == root)
        called = self._called[root]
        return numbers[0] if numbers else min(called, key=lambda name: (-called[name], name))

    def _parts(self, record: AnyRecord) -> Iterator[_Part]:
        """The trials of a record; several where it pools several."""
        if record.study == "this study":
            yield _Part(_number(record.registry_id) if record.registry_id is not None else f"own:{record.doc}", record.doc)
        elif record.study is not None and record.study.endswith(_AUTHOR):
            sources = sorted({source for citation in record.citations if (source := citation.doi or citation.pmid) is not None})
            yield _Part(f"own:{record.study} ({sources[0] if len(sources) == 1 else record.doc})", record.study)
        elif record.study is not None:
            for name in record.study.split(POOLED):
                yield _Part(self._key(name, record.doc), name)

    def _key(self, name: str, doc: str) -> str:
        if _REGISTRY_ID.fullmatch(name):
            return _number(name)
        known = _listed().get(spelling(name), ...)
        if known is None:  # several trials have the name: it is told apart by what was given
            return f"own:{name} ({self._drugs.get((doc, spelling(name)), doc)})"
        return f"listed:{known.name}" if isinstance(known, Trial) else f"name:{spelling(name) or name}"


def _main_drugs(records: Iterable[AnyRecord]) -> Mapping[tuple[str, str], str]:
    """For each trial that a paper names the part of an arm that it names most often with it."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for record in records:
        for name in (record.study or "").split(POOLED):
            parts = (part.name for part in record.arm_components if part.kind != "placebo")
            found.setdefault((record.doc, spelling(name)), Counter()).update(parts)
    return {key: min(counted, key=lambda name: (-counted[name], name)) for key, counted in found.items() if counted}


def _number(registry_id: str) -> str:
    return "number:" + re.sub(r"\s", "", registry_id)


def _group(trial: str, records: Sequence[AnyRecord]) -> TrialGroup:
    return TrialGroup(
        id=trial,
        names=tuple(sorted({record.study for record in records if record.study is not None})),
        registry_ids=tuple(sorted({record.registry_id for record in records if record.registry_id is not None})),
        docs=tuple(sorted({record.doc for record in records})),
        records=len(records),
    )
