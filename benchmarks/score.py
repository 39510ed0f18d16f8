"""The figures that the README prints, the floors that they hold, and the last measurement.

    python -m benchmarks.score [--shared DIR]                                         `make score`
    python -m benchmarks.score agreement                                              `make agreement`
    python -m benchmarks.score held-out [--gold DIR --corpus DIR --log FILE --force]  `make score-held-out`

`score` prints a Markdown table for each set of documents that is there, says which is not, and exits with 1 when a floor in `gold/floors.toml` is
not held. `agreement` scores one pass of annotation against the other. `held-out` reads the held-out papers from `.nxml` and from `.txt`, shows totals
alone and writes a line for each format into a log; it is the one way to these papers, and wants the code to be committed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import direction, further, sentences
from extractor.cli.scoring import ScopeError, Scored, evaluate_gold, scope_of
from extractor.evaluate import Result, accuracy_table, arm_line, measured, slot_line, unheld
from extractor.pipeline import Pipeline

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
GOLD = ROOT / "gold"
FLOORS = GOLD / "floors.toml"
LOG = GOLD / "held-out.log"

HELD_OUT = {".nxml": "efficacy in all, safety where the tables are complete in gold", ".txt": "facts that stand in it"}
LOGGED = ("core", "key", "full", "key.efficacy", "key.safety")


@dataclass(frozen=True, slots=True)
class Set:
    """Documents that are scored together.

    Attributes:
        title: what the table is called.
        gold: their gold folder.
        corpus: where their texts lie.
        chosen: whether a document of the gold folder is one of them.
        only_located: leave out facts without offsets.
        jats: read the `.nxml` of each document, and score safety only where gold holds every row of the adverse-event tables.
    """

    title: str
    gold: Path
    corpus: Path
    chosen: Callable[[str], bool]
    only_located: bool = False
    jats: bool = False

    @property
    def absent(self) -> str | None:
        """Why the set cannot be scored here; None when it can."""
        return next((f"there is no {folder}" for folder in (self.gold, self.corpus) if not folder.is_dir()), None)

    def evaluate(self) -> Scored:
        """Read the texts and score what was read."""
        documents = frozenset(filter(self.chosen, scope_of(self.gold)))
        return evaluate_gold(self.gold, corpus=[self.corpus], documents=documents, only_located=self.only_located, jats=self.jats)


def sets(shared: Path = SHARED) -> dict[str, Set]:
    """The sets by the names that the floors use."""
    papers = shared / "papers"
    return {
        "sources": Set("The five source documents", GOLD, shared / "sources", lambda doc: not doc.startswith("retold-")),
        "retellings": Set("Their retellings in `corpus/`", GOLD, ROOT / "corpus", lambda doc: doc.startswith("retold-")),
        "tuning-nxml": Set(
            "The twelve tuning papers from `.nxml`: efficacy in all, safety in the eight whose tables are complete in gold",
            papers / "gold",
            papers,
            lambda _: True,
            jats=True,
        ),
        "tuning": Set("The twelve tuning papers from `.txt`: facts that stand in it", papers / "gold", papers, lambda _: True, only_located=True),
    }


def floors(path: Path = FLOORS) -> dict[str, dict[str, float]]:
    """The floors of each set: the least F1 by measure."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def faults(scored: Scored, least: Mapping[str, float]) -> Iterator[str]:
    """What keeps a set from passing: a text that is not there or cannot be read, and each floor that is not held."""
    yield from (f"{doc}: its text is not there" for doc in scored.absent)
    yield from (f"{path}: {reason}" for path, reason in scored.failed)
    yield from unheld(scored.result, least)


def score_command(shared: Path) -> int:
    """Print the table of each set.

    Returns:
        1 when a set does not pass, else 0.
    """
    least, status = floors(), 0
    for name, one in sets(shared).items():
        print(f"### {one.title}\n")
        if one.absent is not None:
            print(f"Not scored: {one.absent}.\n")
            continue
        scored = one.evaluate()
        print(f"{len(scored.result.documents)} documents, {scored.result.facts.core.gold} facts.\n\n{accuracy_table(scored.result)}\n", flush=True)
        for fault in faults(scored, least.get(name, {})):
            print(f"{name}: {fault}", file=sys.stderr)
            status = 1
    print("\n".join(further.report(shared / "papers")) if (shared / "papers").is_dir() else f"Further papers: there is no {shared / 'papers'}.")
    print(f"### Arm and measure linked, in sentences on other diseases\n\n{sentences_told(shared / 'tables-from-sentences')}\n")
    print(f"### Direction of effect\n\n{direction.table(shared)}\n")
    return status


def sentences_told(folder: Path) -> str:
    """What is told of the sentences of RCT-ART, where they are there."""
    return sentences.report(sentences.read_all(folder, Pipeline())) if folder.is_dir() else f"Not scored: there is no {folder}."


def agreement_command() -> int:
    """Print how well the two passes over the sources agree, the first as gold and the second as predicted."""
    scored = evaluate_gold(GOLD / "passes" / "a", predicted_gold=GOLD / "passes" / "b")
    print(f"### Agreement of the two passes\n\n{len(scored.result.documents)} documents.\n\n{accuracy_table(scored.result)}")
    for doc in scored.absent:
        print(f"{doc}: not in both passes", file=sys.stderr)
    return int(bool(scored.absent))


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, text=True).stdout


def changed(root: Path, log: Path) -> tuple[str, ...]:
    """What is not committed in a repository, the log left aside: a line that it was given is no change of the code."""
    lines = _git(root, "status", "--porcelain", "--untracked-files=all", "--", ".", f":(exclude,top){log.resolve().relative_to(root.resolve())}")
    return tuple(line[3:] for line in lines.splitlines())


def log_line(result: Result, *, run: str, ending: str) -> str:
    """One format of one run, in one line."""
    rates = {name: measured(result, name) for name in LOGGED}
    told = " ".join(f"{name} {'-' if rate is None else f'{rate:.4f}'}" for name, rate in rates.items())
    return f"{run} {ending} documents {len(result.documents)} F1 {told}\n"


def held_out_command(gold: Path, corpus: Path, *, log: Path = LOG, root: Path = ROOT, force: bool = False) -> int:
    """Score the held-out documents from both formats: totals alone, and the lines in the log before anything is shown.

    Returns:
        2 when something is not committed and `force` does not say to go on; 1 when there is nothing to score or a text is missing; else 0.
    """
    dirty = changed(root, log)
    if dirty and not force:
        print(f"not run: {len(dirty)} uncommitted changes ({dirty[0]} ...); commit them, or say FORCE=1", file=sys.stderr)
        return 2
    try:
        runs = {ending: evaluate_gold(gold, corpus=[corpus], only_located=ending == ".txt", jats=ending == ".nxml", last=True) for ending in HELD_OUT}
    except ScopeError as error:
        print(f"not run: {error}", file=sys.stderr)
        return 1
    run = f"{date.today().isoformat()} {_git(root, 'rev-parse', '--short', 'HEAD').strip()} {'dirty' if dirty else 'clean'}"
    told = {ending: log_line(scored.result, run=run, ending=ending) for ending, scored in runs.items()}
    with log.open("a", encoding="utf-8") as lines:
        lines.writelines(told.values())
    status = 0
    for ending, scored in runs.items():
        print(f"### Held-out papers from `{ending}`: {HELD_OUT[ending]}\n\n{len(scored.result.documents)} documents.\n")
        print(f"{accuracy_table(scored.result)}\n\nOf the pairs of one core agree in {slot_line(scored.result)}.")
        print(f"What was read for a wrong arm: {arm_line(scored.result)}.\n\n{log}: {told[ending]}")
        missing = [*scored.absent, *(path.stem for path, _ in scored.failed)]
        if missing:
            print(f"{ending}: without a text: {len(missing)} documents", file=sys.stderr)
            status = 1
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="?", choices=("score", "agreement", "held-out"), default="score")
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the sources and the papers lie")
    parser.add_argument("--gold", type=Path, help="held-out: the gold folder")
    parser.add_argument("--corpus", type=Path, help="held-out: where its texts lie")
    parser.add_argument("--log", type=Path, default=LOG, help="held-out: what the line is added to")
    parser.add_argument("--force", action="store_true", help="held-out: also with changes that are not committed")
    said = parser.parse_args(arguments)
    if said.command == "score":
        return score_command(said.shared)
    if said.command == "agreement":
        return agreement_command()
    papers = said.shared / "papers"
    return held_out_command(said.gold or papers / "gold", said.corpus or papers, log=said.log, force=said.force)


if __name__ == "__main__":
    sys.exit(main())
