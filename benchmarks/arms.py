"""The arms of a study as they are found in its paper, against those that readers marked (`gold/arms`).

    python -m benchmarks.arms [--shared DIR]

For each marked trial report of `../shared/text`: how many of its arms are found, how many that are found are right, and in how many reports all
arms are found and no other. Arms agree as scoring says. Prints a Markdown table, a row for each half: what failed in the reports of the first was
read when rules were written, of the second totals alone. Without the texts it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from benchmarks.trials import REPORTS, SHARED, reports
from extractor.evaluate.counts import Counts
from extractor.evaluate.equality import Arm
from extractor.evaluate.equality import arm as as_scored
from extractor.evaluate.report import percent
from extractor.ingest import from_text
from extractor.pipeline import Pipeline
from extractor.relations.context import about
from extractor.sections import segment

MARKS = Path(__file__).resolve().parents[1] / "gold" / "arms" / "arms.jsonl"
HALVES = ("read", "blind")


def marked(file: Path = MARKS) -> dict[str, dict[str, tuple[str, ...]]]:
    """The arms of each report by its name, for each half."""
    found: dict[str, dict[str, tuple[str, ...]]] = {half: {} for half in HALVES}
    for line in file.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        found[one["half"]][one["doc"]] = tuple(one["arms"])
    return found


def arms_of(text: str, pipeline: Pipeline) -> tuple[str, ...]:
    """The arms of the study that a text reports."""
    document = segment(from_text(text))
    paper = about(document, pipeline.recognize(document))
    told = paper.pair or paper.assigned or ((paper.single,) if paper.single is not None else ())
    return tuple(dict.fromkeys(one.norm for one in told))


def compared(said: Sequence[str], found: Sequence[str]) -> Counts:
    """How many of the arms that are said are found and how many of those that are found are right, one to one."""
    left: list[Arm] = [as_scored(one) for one in said]
    right = 0
    for one in map(as_scored, found):
        same = next((other for other in left if one.agrees(other)), None)
        if same is not None:
            left.remove(same)
            right += 1
    return Counts(found=right, gold=len(said), correct=right, predicted=len(found))


@cache
def _pipeline() -> Pipeline:
    """One for each process."""
    return Pipeline()


def _of(job: tuple[str, str, Sequence[str]]) -> tuple[str, Counts]:
    half, text, said = job
    return half, compared(said, arms_of(text, _pipeline()))


def _jobs(file: Path, halves: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[tuple[str, str, Sequence[str]]]:
    of = {doc: half for half, documents in halves.items() for doc in documents}
    for doc, text in reports(file, of):
        yield of[doc], text, halves[of[doc]][doc]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the reports lie")
    file = parser.parse_args(arguments).shared / REPORTS
    if not file.is_file():
        print(f"Not compared: there is no {file}.")
        return 0
    total = {half: Counts() for half in HALVES}
    documents: Counter[tuple[str, bool]] = Counter()
    with ProcessPoolExecutor(2) as processes:
        for half, counts in processes.map(_of, [*_jobs(file, marked())], chunksize=4):
            total[half] += counts
            documents[half, counts.found == counts.gold == counts.predicted] += 1
    print("| half | reports | all arms right | arms | found | precision | recall | F1 |\n| --- |" + " --- |" * 7)
    for half, counts in total.items():
        whole, of = documents[half, True], documents[half, True] + documents[half, False]
        rates = " | ".join(map(percent, (counts.precision, counts.recall, counts.f1)))
        print(f"| {half} | {of} | {whole} | {counts.gold} | {counts.predicted} | {rates} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
