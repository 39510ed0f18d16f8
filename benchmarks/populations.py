"""The populations of records against those that readers marked in their sentences (`gold/populations`).

    python -m benchmarks.populations [--shared DIR]

For each record whose value stands in a marked sentence: where the readers marked populations, whether the record has one of them, another or none;
where they marked none, whether it has one all the same. Prints a Markdown table. Without the texts it says so and exits 0.
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
from typing import NamedTuple

from benchmarks.trials import REPORTS, SHARED, reports
from extractor.evaluate.equality import phrase
from extractor.pipeline import Pipeline

MARKS = Path(__file__).resolve().parents[1] / "gold" / "populations" / "marks.jsonl"


class Marked(NamedTuple):
    """A sentence and the stretches of it that say which people its results are of; offsets into the text of the document."""

    start: int
    end: int
    populations: tuple[tuple[int, int], ...]


def marked(file: Path = MARKS) -> dict[str, list[Marked]]:
    """The marked sentences of each document."""
    found: dict[str, list[Marked]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        found.setdefault(one["doc"], []).append(Marked(one["start"], one["end"], tuple((s, e) for s, e in one["populations"])))
    return found


def texts(shared: Path, documents: Mapping[str, Sequence[Marked]]) -> Iterator[tuple[str, str]]:
    """The name and the text of each document, papers first.

    Raises:
        FileNotFoundError: when the texts are not there.
    """
    for name in sorted(documents):
        if not name.startswith("rct-"):
            yield name, (shared / "papers" / f"{name}.txt").read_text(encoding="utf-8")
    yield from reports(shared / REPORTS, documents)


def compared(text: str, sentences: Sequence[Marked], pipeline: Pipeline) -> Counter[str]:
    """How many records of a text have one of the populations of their sentence (`agrees`), another, none; and those of sentences without."""
    counts: Counter[str] = Counter()
    for record in pipeline.extract_text(text).records:
        told = next((one for one in sentences if one.start <= record.evidence[0].start < one.end), None)
        if told is None:
            continue
        right = [phrase(text[start:end]) for start, end in told.populations]
        if record.population is None:
            counts["none, rightly" if not right else "none, wrongly"] += 1
        elif not right:
            counts["one where there is none"] += 1
        else:
            counts["agrees" if any(phrase(record.population).agrees(one) for one in right) else "another"] += 1
    return counts


@cache
def _pipeline() -> Pipeline:
    """One for each process."""
    return Pipeline()


def _of(job: tuple[str, str, Sequence[Marked]]) -> tuple[str, Counter[str]]:
    name, text, sentences = job
    return "reports" if name.startswith("rct-") else "papers", compared(text, sentences, _pipeline())


COLUMNS = ("agrees", "another", "none, wrongly", "none, rightly", "one where there is none")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where papers and reports lie")
    shared = parser.parse_args(arguments).shared
    if not (shared / REPORTS).is_file():
        print(f"Not compared: there is no {shared / REPORTS}.")
        return 0
    sentences = marked()
    total: dict[str, Counter[str]] = {}
    with ProcessPoolExecutor(2) as processes:
        for what, counts in processes.map(_of, [(name, text, sentences[name]) for name, text in texts(shared, sentences)], chunksize=8):
            total.setdefault(what, Counter()).update(counts)
    print(f"| records in marked sentences of | {' | '.join(COLUMNS)} |\n| --- |{' --- |' * len(COLUMNS)}")
    for what, counts in total.items():
        print(f"| {what} | {' | '.join(str(counts[column]) for column in COLUMNS)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
