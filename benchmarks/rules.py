"""How often each rule fires, and how often it is right.

    python -m benchmarks.rules [--shared DIR] [--quick]

Reads every paper of `../shared/papers` but the held-out six, and the five sources, from `.nxml` and `.txt`. A rule is what a record's `pattern`
names: of prose "how the endpoint was found/how the arm was", of a table one name. `fired` counts its records. Precision is told on the tuning papers
and the sources: of the records that gold can judge (`judged.py` says which it cannot) the share whose core, and whose key, is right.

Below it stand the rules that never fire: those of `extractor/lexicons/rules.tsv` that no record bears, with the reason why they stay, and the
regular expressions of `extractor/relations` and `extractor/entities` that match nowhere in all these papers. They are there to be deleted, or to be
given a reason.

With --quick only the papers with gold are read, and nothing is said of rules that do not fire.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import extractor.entities
import extractor.relations
from benchmarks.judged import SHARED, JudgedRecord, files_of, judged_papers, papers_without_gold
from extractor import lexicons
from extractor.evaluate import table
from extractor.evaluate.report import percent
from extractor.ingest import SourceError
from extractor.pipeline import Pipeline


@dataclass
class Tally:
    """What became of the records of one rule."""

    fired: int = 0
    judged: int = 0
    core: int = 0
    key: int = 0

    def add(self, one: JudgedRecord) -> None:
        """Count a judged record; it has fired already."""
        self.judged += 1
        self.core += one.core
        self.key += one.key


@dataclass
class Tallies:
    """Every rule that fired."""

    rules: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def add(self, patterns: Iterable[str], judged: Iterable[JudgedRecord] = ()) -> None:
        """Count the records of a paper."""
        for pattern in patterns:
            self.rules[pattern].fired += 1
        for one in judged:
            self.rules[one.record.pattern].add(one)

    @property
    def parts(self) -> frozenset[str]:
        """The names that a rule is made of."""
        return frozenset(part for rule in self.rules for part in rule.split("/"))


class Counted:
    """A compiled regular expression that counts its matches."""

    def __init__(self, compiled: re.Pattern[str]) -> None:
        """Stand for an expression."""
        self._compiled = compiled
        self.matches = 0

    def __getattr__(self, name: str) -> Any:
        """What is not counted: the expression's own."""
        return getattr(self._compiled, name)

    def search(self, *arguments: Any, **named: Any) -> re.Match[str] | None:
        """Counted."""
        return self._seen(self._compiled.search(*arguments, **named))

    def match(self, *arguments: Any, **named: Any) -> re.Match[str] | None:
        """Counted."""
        return self._seen(self._compiled.match(*arguments, **named))

    def fullmatch(self, *arguments: Any, **named: Any) -> re.Match[str] | None:
        """Counted."""
        return self._seen(self._compiled.fullmatch(*arguments, **named))

    def finditer(self, *arguments: Any, **named: Any) -> Iterator[re.Match[str]]:
        """Counted."""
        for match in self._compiled.finditer(*arguments, **named):
            self.matches += 1
            yield match

    def sub(self, *arguments: Any, **named: Any) -> str:
        """Counted."""
        text, n = self._compiled.subn(*arguments, **named)
        self.matches += n
        return text

    def split(self, *arguments: Any, **named: Any) -> list[Any]:
        """Counted: more than one part is a match."""
        parts = self._compiled.split(*arguments, **named)
        self.matches += len(parts) > 1
        return parts

    def findall(self, *arguments: Any, **named: Any) -> list[Any]:
        """Counted."""
        found = self._compiled.findall(*arguments, **named)
        self.matches += len(found)
        return found

    def _seen(self, match: re.Match[str] | None) -> re.Match[str] | None:
        self.matches += match is not None
        return match


def _modules(package: ModuleType) -> list[ModuleType]:
    names = [info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return [package, *(importlib.import_module(name) for name in names)]


def counting(packages: Sequence[ModuleType] = (extractor.relations, extractor.entities)) -> dict[str, Counted]:
    """Put a counter in the place of every expression that a module of these packages names, for the rest of the process.

    Returns:
        The counters by "module.NAME".
    """
    known: dict[int, Counted] = {}
    found: dict[str, Counted] = {}
    for module in [module for package in packages for module in _modules(package)]:
        for name, value in list(vars(module).items()):
            compiled = value if isinstance(value, re.Pattern) else getattr(value, "compiled", None)
            if not isinstance(compiled, re.Pattern):
                continue
            if id(compiled) not in known:
                known[id(compiled)] = Counted(compiled)
                found[f"{module.__name__}.{name}"] = known[id(compiled)]
            if value is compiled:
                setattr(module, name, known[id(compiled)])
            else:
                object.__setattr__(value, "compiled", known[id(compiled)])
    return found


def precision_table(rules: Mapping[str, Tally]) -> str:
    """The rules by how often they fired."""
    ordered = sorted(rules.items(), key=lambda item: (-item[1].fired, item[0]))
    total = Tally(*(sum(getattr(tally, name) for tally in rules.values()) for name in ("fired", "judged", "core", "key")))
    rows = [
        (rule, str(tally.fired), str(tally.judged), percent(_share(tally.core, tally.judged)), percent(_share(tally.key, tally.judged)))
        for rule, tally in (*ordered, ("all", total))
    ]
    return table(("rule", "fired", "judged", "core right", "key right"), rows)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def rules_command(shared: Path, *, quick: bool) -> int:
    """Print both lists.

    Returns:
        1 when a record bears a name that `rules.tsv` lacks, or a rule never fires and no reason is given why it stays.
    """
    counters = {} if quick else counting()
    pipeline, tallies = Pipeline(), Tallies()
    for paper in judged_papers(pipeline, shared):
        tallies.add((record.pattern for record in paper.extraction.records), paper.judged)
    papers = shared / "papers"
    for path in [] if quick else files_of(papers, papers_without_gold(papers)):
        try:
            tallies.add(record.pattern for record in pipeline.extract(path).records)
        except SourceError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
    print(precision_table(tallies.rules))
    known = {rule.name: rule for rule in lexicons.rules()}
    unknown = sorted(tallies.parts - known.keys())
    silent = [] if quick else sorted(known.keys() - tallies.parts)
    if not quick:
        print(f"\nRules that never fire: {len(silent)} of {len(known)}")
        print("".join(f"- {name}: {known[name].kept or 'no reason to stay'}\n" for name in silent))
        dead = sorted(name for name, counter in counters.items() if not counter.matches)
        print(f"Expressions that match nowhere: {len(dead)} of {len(counters)}")
        print("".join(f"- {name}\n" for name in dead), end="")
    for name in unknown:
        print(f"rules.tsv does not know the rule {name}", file=sys.stderr)
    for name in (name for name in silent if not known[name].kept):
        print(f"{name} never fires, and rules.tsv gives no reason why it stays", file=sys.stderr)
    return int(bool(unknown) or any(not known[name].kept for name in silent))


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the sources and the papers lie")
    parser.add_argument("--quick", action="store_true", help="only the papers with gold")
    said = parser.parse_args(arguments)
    return rules_command(said.shared, quick=said.quick)


if __name__ == "__main__":
    sys.exit(main())
