"""How often each rule fires, and how often it is right.

    python -m benchmarks.rules [--shared DIR] [--quick]

Reads every paper of `../shared/papers` but the held-out six, and the five sources, from `.nxml` and `.txt`. A rule is what a record's `pattern`
names: of prose "how the endpoint was found/how the arm was", of a table one name. `fired` counts its records. Precision is told on the tuning papers
and the sources: of the records that gold can judge (`judged.py` says which it cannot) the share whose core, and whose key, is right.

Below it stand the rules that never fire: names in the code of `extractor/relations` that no record bears, and the patterns and regular expressions of
`extractor/relations` and `extractor/entities` that match nowhere in all these papers. They are there to be deleted, or to be given a reason.

With --quick only the papers with gold are read, and nothing is said of rules that do not fire.
"""

from __future__ import annotations

import argparse
import ast
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
from extractor.evaluate import table
from extractor.evaluate.report import percent
from extractor.ingest import SourceError
from extractor.pipeline import Pipeline

_RULE = re.compile(r"[a-z]+(?:-[a-z]+)+")


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


def named_rules(folder: Path) -> dict[str, str]:
    """The names of rules that the code under a folder may give to a record, each with the file that it stands in.

    Names are read where code hands them on: in what a function returns or appends, and in what it calls `pattern`, `how` or `rule`; not where it
    compares. A constant of a module stands for the name that it holds.
    """
    found: dict[str, str] = {}
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))}
    constants = dict(one for tree in trees.values() for one in _constants(tree))
    for path, tree in trees.items():
        for node in ast.walk(tree):
            for value in _handed_on(node):
                found.update(dict.fromkeys(_names(value), path.name))
                found.update({constants[name]: path.name for name in _constants_in(value) if name in constants})
    return found


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The constants of a module that hold what may be the name of a rule."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(value))) if _RULE.fullmatch(value):
                yield name, value


def _constants_in(value: ast.expr) -> Iterator[str]:
    """The constants that an expression hands on, by name; those that it compares are left aside."""
    if isinstance(value, ast.Name):
        yield value.id
    elif isinstance(value, (ast.Tuple, ast.List)):
        for one in value.elts:
            yield from _constants_in(one)
    elif isinstance(value, ast.IfExp):
        yield from (*_constants_in(value.body), *_constants_in(value.orelse))
    elif isinstance(value, ast.BinOp):
        yield from (*_constants_in(value.left), *_constants_in(value.right))


def _handed_on(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Return(value=ast.expr() as value) | ast.keyword(arg="pattern" | "how" | "rule", value=value):
            yield value
        case ast.Assign(targets=[ast.Name(id="pattern" | "how" | "rule" | "told")], value=value):
            yield value
        case ast.Call(func=ast.Attribute(attr="append") | ast.Name(id="_measurement" | "_of_arms" | "_of_factor" | "Contrast"), args=values):
            yield from values


def _names(value: ast.expr) -> Iterator[str]:
    """The names of rules in an expression, what it compares and passes to functions left aside."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        name = value.value.strip("/")
        if _RULE.fullmatch(name) or (name.isalpha() and value.value.endswith("/")):  # "matrix/" of f"matrix/{rule}"
            yield name
    elif isinstance(value, (ast.Tuple, ast.List)):
        for one in value.elts:
            yield from _names(one)
    elif isinstance(value, ast.IfExp):
        yield from (*_names(value.body), *_names(value.orelse))
    elif isinstance(value, (ast.JoinedStr, ast.BoolOp)):
        for one in value.values:
            yield from _names(one)
    elif isinstance(value, ast.BinOp):
        yield from (*_names(value.left), *_names(value.right))
    elif isinstance(value, ast.ListComp):
        yield from _names(value.elt)


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
        1 when a record bears a name that the code does not seem to give: then the list of rules that never fire cannot be believed.
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
    named = named_rules(Path(extractor.relations.__file__).parent)
    unknown = sorted(tallies.parts - named.keys())
    if not quick:
        silent = sorted(named.keys() - tallies.parts)
        print(f"\nRules that never fire: {len(silent)} of {len(named)}")
        print("".join(f"- {name} ({named[name]})\n" for name in silent))
        dead = sorted(name for name, counter in counters.items() if not counter.matches)
        print(f"Expressions that match nowhere: {len(dead)} of {len(counters)}")
        print("".join(f"- {name}\n" for name in dead), end="")
    for name in unknown:
        print(f"no rule of this name stands in the code: {name}", file=sys.stderr)
    return int(bool(unknown))


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the sources and the papers lie")
    parser.add_argument("--quick", action="store_true", help="only the papers with gold")
    said = parser.parse_args(arguments)
    return rules_command(said.shared, quick=said.quick)


if __name__ == "__main__":
    sys.exit(main())
