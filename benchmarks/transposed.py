"""The mini-papers of `gold/transposed`, in which real papers' constructions stand in words of our own, scored by halves.

    python -m benchmarks.transposed

Prints a Markdown table for the half whose misses were read while rules were written, and for the half of which only totals were looked at.
Needs nothing but the project. `gold/transposed/README.md` says how texts and facts were made.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.evaluate import Annotations, Result, accuracy_table, entries_of, read_gold, score
from extractor.pipeline import Pipeline

TRANSPOSED = Path(__file__).resolve().parents[1] / "gold" / "transposed"
HALVES = {
    "read": "Mini-papers, whose misses were read while rules were written",
    "blind": "Mini-papers, of which only totals were looked at",
}


def scored(documents: Sequence[str], pipeline: Pipeline, folder: Path = TRANSPOSED) -> Result:
    """The score of some mini-papers."""
    found = [record for doc in documents for record in pipeline.extract(folder / f"{doc}.txt").records]
    return score(read_gold(folder, documents=frozenset(documents)), Annotations(facts=entries_of(found)))


def report(folder: Path = TRANSPOSED) -> Iterator[str]:
    """A title and a table for each half."""
    halves = json.loads((folder / "halves.json").read_text(encoding="utf-8"))
    pipeline = Pipeline()
    for name, title in HALVES.items():
        result = scored(halves[name], pipeline, folder)
        yield f"### {title}\n\n{len(halves[name])} documents, {result.facts.core.gold} facts.\n\n{accuracy_table(result)}\n"


def main() -> int:
    """Print the tables."""
    for table in report():
        print(table, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
