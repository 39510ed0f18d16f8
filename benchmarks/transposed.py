"""Invented papers, scored by halves: mini-papers and tables with real papers' constructions, and ordinary papers that strangers wrote.

    python -m benchmarks.transposed

Prints for texts, for tables and for ordinary papers a Markdown table of the half whose misses were read while rules were written, and of the
half of which only totals were looked at.
Needs nothing but the project. `gold/transposed/README.md` and `gold/written/README.md` say how texts and facts were made.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.further import in_tables
from extractor.evaluate import Annotations, Result, accuracy_table, entries_of, read_gold, score
from extractor.pipeline import Pipeline
from extractor.records import Record

GOLD = Path(__file__).resolve().parents[1] / "gold"
TRANSPOSED, WRITTEN = GOLD / "transposed", GOLD / "written"
TABLES = "tables"
SETS = (("Mini-papers", TRANSPOSED, TRANSPOSED), ("Tables of mini-papers", TRANSPOSED / TABLES, TRANSPOSED), ("Ordinary papers", WRITTEN, WRITTEN))
"""What each set is called, where its papers are, and where its halves are told."""
HALVES = {"read": "whose misses were read while rules were written", "blind": "of which only totals were looked at"}


def scored(folder: Path, documents: Sequence[str], pipeline: Pipeline) -> Result:
    """The score of some documents of a folder, be they `.txt` or `.nxml`; of tables what is told in them."""
    found: list[Record] = []
    for doc in documents:
        path = next(folder / f"{doc}{ending}" for ending in (".txt", ".nxml") if (folder / f"{doc}{ending}").is_file())
        records = pipeline.extract(path).records
        found += in_tables(records) if path.suffix == ".nxml" else records
    return score(read_gold(folder, documents=frozenset(documents)), Annotations(facts=entries_of(found)))


def halves(folder: Path) -> dict[str, list[str]]:
    """The documents of each half of a folder."""
    found: dict[str, list[str]] = json.loads((folder / "halves.json").read_text(encoding="utf-8"))
    return found


def report() -> Iterator[str]:
    """A title and a table for each half of each set."""
    pipeline = Pipeline()
    for what, where, told in SETS:
        for half, title in HALVES.items():
            documents = [doc for doc in halves(told)[half] if (where / f"{doc}.facts.jsonl").is_file()]
            result = scored(where, documents, pipeline)
            yield f"### {what}, {title}\n\n{len(documents)} documents, {result.facts.core.gold} facts.\n\n{accuracy_table(result)}\n"


def main() -> int:
    """Print the tables."""
    for table in report():
        print(table, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
