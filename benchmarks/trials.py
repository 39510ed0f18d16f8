"""Trial reports that nobody looked at, most of them not of cancer, scored in the stretches that were annotated.

    python -m benchmarks.trials [--shared DIR]

The reports are those of `../shared/text` (one compressed file, reports parted by form feeds; `rct-0042` is the one with index 42), read as text.
What a report on another disease is scored for are the endpoints that mean the same everywhere (`EVERYWHERE`): its own endpoints of response or
relapse have no code in the guideline. `gold/trials/README.md` says how the reports were drawn and how the facts were made.
Prints a Markdown table. Without `../shared/text` it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.further import Regions
from extractor.evaluate import Annotations, Result, accuracy_table, entries_of, read_gold, score
from extractor.pipeline import Pipeline
from extractor.records import Record

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
TRIALS = ROOT / "gold" / "trials"
REPORTS = Path("text") / "rct-fulltext.txt.xz"

EVERYWHERE = frozenset({"OS", "DEATH", "TREATMENT_DEATH", "AE", "DISCONTINUATION", "DOSE_REDUCTION", "FOLLOW_UP"})
"""The endpoints scored in all reports; in those on cancer all endpoints of the guideline are."""


def reports(file: Path, documents: Collection[str]) -> Iterator[tuple[str, str]]:
    """The name and the text of some reports, in the order of the file.

    Raises:
        FileNotFoundError: when the file is not there.
    """
    with lzma.open(file, "rt", encoding="utf-8", newline="") as stream:
        for index, text in enumerate(stream.read().split("\f")):
            name = f"rct-{index:04}"
            if name in documents:
                yield name, text


def _told_in(records: Sequence[Record], stretches: Sequence[tuple[int, int]]) -> Iterator[Record]:
    """The records whose value stands in a stretch; the caption or the head of a table that goes on behind a stretch does not count."""
    return (record for record in records if any(start <= record.evidence[0].start < end for start, end in stretches))


def scored(file: Path, pipeline: Pipeline, folder: Path = TRIALS) -> Result:
    """The annotated stretches of all reports in a folder, against what is read of them."""
    told: Mapping[str, Regions] = json.loads((folder / "regions.json").read_text(encoding="utf-8"))
    regions, of_cancer = told["regions"], frozenset(told["of_cancer"])
    found: list[Record] = []
    for name, text in reports(file, regions):
        records = [record.model_copy(update={"doc": name}) for record in pipeline.extract_text(text).records]
        found += [record for record in _told_in(records, regions[name]) if name in of_cancer or record.endpoint in EVERYWHERE]
    gold = read_gold(folder, documents=regions.keys())
    facts = tuple(entry for entry in gold.facts if entry.fact.doc in of_cancer or entry.fact.endpoint in EVERYWHERE)
    return score(replace(gold, facts=facts), Annotations(facts=entries_of(found)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the reports lie")
    file = parser.parse_args(arguments).shared / REPORTS
    if not file.is_file():
        print(f"Not scored: there is no {file}.")
        return 0
    result = scored(file, Pipeline())
    print(f"### Trial reports that nobody looked at\n\n{result.facts.core.gold} facts.\n\n{accuracy_table(result)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
