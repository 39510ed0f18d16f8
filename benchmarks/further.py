"""Papers outside the tuning set, scored in the stretches that were annotated, and in their result tables.

    python -m benchmarks.further [--shared DIR]

Prints a Markdown table for the papers whose misses were looked at while rules were written and for those that nobody looked at; then the same for
their tables, read from `.nxml`, and how well two readers of some papers agree. `gold/further/README.md` says how the facts were made.
Without `../shared/papers` it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from extractor.evaluate import Annotations, Result, accuracy_table, entries_of, gold_files, read_gold, score
from extractor.evaluate.reading import FACTS
from extractor.pipeline import Pipeline
from extractor.records import Record

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FURTHER = ROOT / "gold" / "further"
TABLES, SECOND = "tables", "second"
"""The folders with the facts of tables, and with those that a second reader made of some papers, beside those of running text."""

SETS = {
    "looked_at": "Further papers, looked at while rules were written",
    "unread": "Further papers that nobody looked at",
}

BLIND = frozenset({"unread"})
"""The set of which nobody looked at a miss."""

Regions = Mapping[str, Sequence[tuple[int, int]]]


def inside(records: Sequence[Record], regions: Regions) -> Iterator[Record]:
    """The records with evidence that starts in a region of their document; regions are half-open spans of characters of its source text."""
    for record in records:
        if any(start <= piece.start < end for piece in record.evidence for start, end in regions.get(record.doc, ())):
            yield record


def in_tables(records: Sequence[Record]) -> Iterator[Record]:
    """The records with evidence in a table, also where running text tells them more fully."""
    return (record for record in records if any(piece.section == "table" for piece in record.evidence))


def scored(papers: Path, documents: Sequence[str], regions: Regions, pipeline: Pipeline, folder: Path = FURTHER) -> Result:
    """The score of some documents, read from their `.txt` in a folder."""
    read = (pipeline.extract(papers / f"{doc}.txt").records for doc in documents)
    found = [record for records in read for record in inside(records, regions)]
    return score(read_gold(folder, documents=frozenset(documents)), Annotations(facts=entries_of(found)))


def scored_tables(papers: Path, documents: Sequence[str], pipeline: Pipeline, folder: Path = FURTHER) -> Result:
    """The score of what some documents tell in tables, there or besides, read from their `.nxml`."""
    read = (pipeline.extract(papers / f"{doc}.nxml").records for doc in documents)
    found = [record for records in read for record in in_tables(records)]
    return score(read_gold(folder / TABLES, documents=frozenset(documents)), Annotations(facts=entries_of(found)))


def report(papers: Path, folder: Path = FURTHER) -> Iterator[str]:
    """A title and a table for each set; a set without tables has none of those."""
    told = json.loads((folder / "regions.json").read_text(encoding="utf-8"))
    pipeline = Pipeline()
    for name, title in SETS.items():
        yield _shown(title, told[name], scored(papers, told[name], told["regions"], pipeline, folder))
    with_tables = gold_files(folder / TABLES, FACTS).keys() if (folder / TABLES).is_dir() else ()
    for name, title in SETS.items():
        documents = [doc for doc in told[name] if doc in with_tables]
        if documents:
            yield _shown(f"{title}: tables", documents, scored_tables(papers, documents, pipeline, folder))
    if (folder / SECOND).is_dir():
        yield _shown("Two readers of further papers, the first as gold", sorted(gold_files(folder / SECOND, FACTS)), agreement(folder))


def agreement(folder: Path = FURTHER) -> Result:
    """The facts of the second reader scored against those of the first, in the papers that both read."""
    documents = gold_files(folder / SECOND, FACTS).keys()
    return score(read_gold(folder, documents=documents), read_gold(folder / SECOND, documents=documents))


def _shown(title: str, documents: Sequence[str], result: Result) -> str:
    return f"### {title}\n\n{len(documents)} documents, {result.facts.core.gold} facts.\n\n{accuracy_table(result)}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the papers lie")
    papers = parser.parse_args(arguments).shared / "papers"
    if not papers.is_dir():
        print(f"Not scored: there is no {papers}.")
        return 0
    for table in report(papers):
        print(table, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
