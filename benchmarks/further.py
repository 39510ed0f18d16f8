"""Twenty papers outside the tuning set, scored in the stretches that were annotated.

    python -m benchmarks.further [--shared DIR]

Prints a Markdown table for the papers whose misses were looked at while rules were written, and for those of which only totals are looked at.
`gold/further/README.md` says how the facts were made. Without `../shared/papers` it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from extractor.evaluate import Annotations, Result, accuracy_table, entries_of, read_gold, score
from extractor.pipeline import Pipeline
from extractor.records import Record

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FURTHER = ROOT / "gold" / "further"
SETS = {
    "looked_at": "Further papers, looked at while rules were written",
    "unread": "Further papers of which only totals are looked at",
}

Regions = Mapping[str, Sequence[tuple[int, int]]]


def inside(records: Sequence[Record], regions: Regions) -> Iterator[Record]:
    """The records with evidence that starts in a region of their document; regions are half-open spans of characters of its source text."""
    for record in records:
        if any(start <= piece.start < end for piece in record.evidence for start, end in regions.get(record.doc, ())):
            yield record


def scored(papers: Path, documents: Sequence[str], regions: Regions, pipeline: Pipeline, folder: Path = FURTHER) -> Result:
    """The score of some documents, read from their `.txt` in a folder."""
    read = (pipeline.extract(papers / f"{doc}.txt").records for doc in documents)
    found = [record for records in read for record in inside(records, regions)]
    return score(read_gold(folder, documents=frozenset(documents)), Annotations(facts=entries_of(found)))


def report(papers: Path, folder: Path = FURTHER) -> Iterator[str]:
    """A title and a table for each set."""
    told = json.loads((folder / "regions.json").read_text(encoding="utf-8"))
    pipeline = Pipeline()
    for name, title in SETS.items():
        result = scored(papers, told[name], told["regions"], pipeline, folder)
        yield f"### {title}\n\n{len(told[name])} documents, {result.facts.core.gold} facts.\n\n{accuracy_table(result)}\n"


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
