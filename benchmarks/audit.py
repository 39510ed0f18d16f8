"""What the audit finds: planted faults, the five sources, and the papers.

    python -m benchmarks.audit [--shared DIR] [--papers] [--made N]

`audit.toml` holds statements with one planted fault each, and the same statements without it. Each goes through the whole pipeline, as a paper of its
own. A fault is found when the check that should find it says `fails`; any `fails` on a statement without a fault is a false alarm. With fewer than
95 % found, or more than 2 % false alarms, the command fails.

Statements made by chance follow (`audit_generated.py`): sound ones, which nothing may accuse, and the same with one digit changed.

Then it lists what the audit holds against the five sources, each by itself and against each other, and with --papers against the papers of
`../shared/papers` from `.nxml`, but those that are held out or that nobody reads (`gold/further/regions.json`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.audit_generated import made, misprinted
from extractor.audit import CHECKS, Finding, audit, audit_across
from extractor.ingest import SourceError
from extractor.pipeline import Pipeline
from extractor.records import Comparison, Measurement

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PLANTED = Path(__file__).with_name("audit.toml")
SHARED = Path(__file__).resolve().parents[1].parent / "shared"
UNREAD = Path(__file__).resolve().parents[1] / "gold" / "further" / "regions.json"
SEED = 7
GRAVEST = ("fails", "perhaps misread", "cannot tell", "holds")
LEAST_FOUND = 0.95
MOST_FALSE = 0.02


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement with a fault, the check that should find it, and the statement without it."""

    check: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a pair: the checks that failed on each of its statements."""

    pair: Pair
    found: tuple[str, ...]
    false: tuple[str, ...]

    @property
    def hit(self) -> bool:
        """Whether the right check found the fault."""
        return self.pair.check in self.found


def pairs(path: Path = PLANTED) -> list[Pair]:
    """The planted faults."""
    return [Pair(**row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["pair"]]


def tried(pipeline: Pipeline, planted: Iterable[Pair]) -> list[Tried]:
    """The pairs, each read and audited."""
    return [Tried(pair, _failing(pipeline, pair.wrong), _failing(pipeline, pair.right)) for pair in planted]


def _failing(pipeline: Pipeline, text: str) -> tuple[str, ...]:
    return tuple(finding.check for finding in audit(pipeline.extract_text(text).records) if finding.verdict == "fails")


def told(results: Sequence[Tried]) -> str:
    """The planted faults as a table."""
    lines = [f"{'check':<22}{'faults':>8}{'found':>8}{'false alarms':>14}"]
    for check in CHECKS:
        rows = [one for one in results if one.pair.check == check.name]
        lines.append(f"{check.name:<22}{len(rows):>8}{sum(one.hit for one in rows):>8}{sum(bool(one.false) for one in rows):>14}")
    found, false = sum(one.hit for one in results), sum(bool(one.false) for one in results)
    lines.append(f"{'all':<22}{len(results):>8}{found:>8}{false:>14}    {found / len(results):.1%} found, {false / len(results):.1%} false alarms")
    lines += [f"not found: {' '.join(one.pair.wrong.split())}" for one in results if not one.hit]
    lines += [f"false alarm ({', '.join(one.false)}): {' '.join(one.pair.right.split())}" for one in results if one.false]
    return "\n".join(lines)


def holds(results: Sequence[Tried]) -> bool:
    """Whether enough was found, and little enough that is not there."""
    found, false = sum(one.hit for one in results), sum(bool(one.false) for one in results)
    return found >= LEAST_FOUND * len(results) and false <= MOST_FALSE * len(results)


def by_chance(pipeline: Pipeline, count: int) -> tuple[int, Counter[str]]:
    """How many sound statements are accused, and what is said of the same statements with one digit changed: the gravest verdict on each."""
    sound = [*made(SEED, count)]
    accused = sum(bool(_failing(pipeline, statement.text)) for statement in sound)
    said: Counter[str] = Counter()
    for text in misprinted(sound, SEED):
        verdicts = {finding.verdict for finding in audit(pipeline.extract_text(text).records)}
        said[next((verdict for verdict in GRAVEST if verdict in verdicts), "no check")] += 1
    return accused, said


def _read(pipeline: Pipeline, files: Iterable[Path]) -> list[Measurement | Comparison]:
    records: list[Measurement | Comparison] = []
    for file in files:
        try:
            records += pipeline.extract(file).records
        except SourceError as error:
            print(f"not read: {error}", file=sys.stderr)
    return records


def _closed(shared: Path) -> frozenset[str]:
    """The papers that nobody looks at."""
    held_out = json.loads((shared / "papers/gold/split.json").read_text(encoding="utf-8"))["held_out"]
    return frozenset(held_out) | frozenset(json.loads(UNREAD.read_text(encoding="utf-8"))["unread"])


def accusations(findings: Sequence[Finding]) -> str:
    """What fails, one a line, and how many there are of each verdict."""
    lines = [f"{finding.doc}  {finding.check}: {finding.arithmetic}" for finding in findings if finding.verdict == "fails"]
    counted = Counter(finding.verdict for finding in findings)
    return "\n".join([*lines, ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counted.items()))])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print all of it; 1 where the planted faults do not come out."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audit", description="What the audit finds.")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder with sources/ and papers/")
    parser.add_argument("--papers", action="store_true", help="audit the papers too (some minutes)")
    parser.add_argument("--made", type=int, default=400, metavar="N", help="how many statements are made by chance (400)")
    options = parser.parse_args(arguments)
    pipeline = Pipeline()
    results = tried(pipeline, pairs())
    print(told(results))
    accused, said = by_chance(pipeline, options.made)
    told_said = ", ".join(f"{said[verdict]} {verdict}" for verdict in (*GRAVEST, "no check"))
    print(f"\n{options.made} sound statements made by chance: {accused} accused; with one digit changed: {told_said}")
    sources = sorted((options.shared / "sources").glob("*.txt"))
    if sources:
        records = _read(pipeline, sources)
        print(f"\nthe {len(sources)} sources\n{accusations([*audit(records)])}")
        for one in audit_across(records):
            print(f"{one.trial} {' '.join(one.about.values())}: {one.verdict}: {', '.join(f'{said.doc} {said.printed}' for said in one.told)}")
    if options.papers:
        files = [file for file in sorted((options.shared / "papers").glob("*.nxml")) if file.stem not in _closed(options.shared)]
        print(f"\n{len(files)} papers\n{accusations([*audit(_read(pipeline, files))])}")
    return 0 if holds(results) and accused <= MOST_FALSE * options.made else 1


if __name__ == "__main__":
    sys.exit(main())
