"""Whether a confidence is what it says: how many records of each confidence are right.

    python -m benchmarks.confidence [--shared DIR] [--unseen]

Each paper with gold (five sources; twelve tuning papers, from `.nxml` and `.txt`; the papers of `gold/further`) is given confidences by weights that
were learned from the other papers (both formats of a paper are left out together), as if nobody had looked at it. For each range of confidence: how
many records, the mean confidence, and the share whose core and whose key is right; first for the papers that nobody looked at, for which a
confidence is meant, then for those that rules were written with. A record counts as right where its key is. `benchmarks/judged.py` says which
records gold cannot judge.

With --unseen: how many records of the papers without gold reach 0.9 under the weights that are shipped.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.judged import SHARED, files_of, papers_without_gold
from extractor.evaluate import table
from extractor.evaluate.report import percent
from extractor.pipeline import Pipeline
from models.build_confidence import Example, all_papers, examples, left_out

SURE, FAIRLY_SURE = 0.9, 0.8
BOUNDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)

Rated = tuple[Example, float]


def _shares(rated: Sequence[Rated]) -> tuple[str, str, str, str]:
    n = len(rated)
    if not n:
        return ("-", "-", "-", "0")
    predicted, core, key = (sum(values) / n for values in zip(*((sure, one.core, one.key) for one, sure in rated), strict=True))
    return (percent(predicted), percent(core), percent(key), str(n))


def reliability(rated: Sequence[Rated]) -> str:
    """The table of ranges."""
    rows = []
    for low, high in pairwise(BOUNDS):
        rows.append((f"{low:.2f} to {min(high, 1):.2f}", *_shares([one for one in rated if low <= one[1] < high])))
    return table(("confidence", "mean confidence", "core right", "key right", "records"), [*rows, ("all", *_shares(rated))])


def parts(rated: Sequence[Rated]) -> str:
    """What is sure, of tables and of prose, of the sources and of the tuning papers."""
    kinds: dict[str, Callable[[Example], bool]] = {
        "tables": lambda one: one.section == "table",
        "prose": lambda one: one.section != "table",
        "sources": lambda one: not one.tuning,
        "papers that rules were written with": lambda one: one.tuning and not one.unseen,
        "papers that nobody looked at: prose": lambda one: one.unseen and one.section != "table",
        "papers that nobody looked at: tables": lambda one: one.unseen and one.section == "table",
    }
    rows = []
    for name, chosen in kinds.items():
        here = [one for one in rated if chosen(one[0])]
        rows.append((name, str(len(here)), *_shares([one for one in here if one[1] >= FAIRLY_SURE])))
    return table(("", "records", "mean confidence", "core right", "key right", f"of confidence >= {FAIRLY_SURE}"), rows)


def sure_line(rated: Sequence[Rated], least: float = SURE) -> str:
    """How many records are sure, and how many of them are right."""
    sure = [one for one in rated if one[1] >= least]
    _, core, key, n = _shares(sure)
    return f"records with confidence >= {least}: {n} of {len(rated)}, right core {core} %, key {key} %"


def calibration_error(rated: Sequence[Rated]) -> float:
    """The mean distance between confidence and share of right keys over the ranges, each weighted with its records; 0 to 1."""
    total = 0.0
    for low, high in pairwise(BOUNDS):
        here = [one for one in rated if low <= one[1] < high]
        total += abs(sum(sure - one.key for one, sure in here))
    return total / len(rated)


def unseen_line(papers: Path, pipeline: Pipeline) -> str:
    """How many records of papers without gold are sure under the shipped weights."""
    found = [record.confidence or 0.0 for path in files_of(papers, papers_without_gold(papers)) for record in pipeline.extract(path).records]
    return f"papers without gold: {sum(sure >= SURE for sure in found)} of {len(found)} records have confidence >= {SURE}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the sources and the papers lie")
    parser.add_argument("--unseen", action="store_true", help="read the papers without gold too")
    said = parser.parse_args(arguments)
    pipeline = Pipeline()
    found = list(examples(all_papers(pipeline, said.shared)))
    if len({one.paper for one in found}) < 3:
        print(f"not measured: fewer than three papers with gold in {said.shared}", file=sys.stderr)
        return 1
    rated = list(zip(found, left_out(found), strict=True))
    for title, chosen in (("nobody looked at", True), ("rules were written with", False)):
        here = [one for one in rated if one[0].unseen == chosen]
        if here:
            print(f"### Papers that {title}\n\n{reliability(here)}\n\n{sure_line(here)}\n{sure_line(here, FAIRLY_SURE)}")
            print(f"calibration error: {100 * calibration_error(here):.1f} points\n")
    print(parts(rated))
    if said.unseen:
        print(unseen_line(said.shared / "papers", pipeline))
    return 0


if __name__ == "__main__":
    sys.exit(main())
