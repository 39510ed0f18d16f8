"""What is read from the tables of papers, against gold.

    python -m benchmarks.tables [--papers DIR] [--paper PMC...] [--missed] [--sample N]

Reads the JATS files of the tuning papers (`split.json`; the held-out ones are never opened) and looks at the gold facts marked
`"where": "table"` whose endpoint is scored. For each paper and in total:

- `read`: gold facts with a table record of the same endpoint, event and value (a comparison: estimate, p-value and measure), one to one;
- `column`: of these, those under the right column header: the record's arm stands for the same arm of gold throughout the paper (the arm that gold
  gives most of its records), so that a column whose arm the paper's own text misleads about still counts as the right column;
- `arm`: those whose arm is the arm of gold by name, or whose factor is;
- recall of core and key over the table facts, and precision over the records that stand in a table. Precision counts a record as right when any gold
  fact of the paper answers it, and is told for the papers whose tables are annotated in full.

With `--sample` prints N records of the other papers that are allowed, drawn with a fixed seed, with their evidence, to be read by eye.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.evaluate import Entry, Level, entries_of, judge, read_gold
from extractor.evaluate.counts import counted
from extractor.evaluate.equality import NOT_SCORED, agree, slots
from extractor.ingest import SourceError
from extractor.pipeline import Pipeline
from extractor.records import Comparison, Measurement

PAPERS = Path(__file__).resolve().parents[2] / "shared" / "papers"
SEED = 20

Slots = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of a paper, or of all."""

    gold: int = 0
    read: int = 0
    column: int = 0
    arm: int = 0
    core: int = 0
    key: int = 0
    predicted: int = 0
    right: int = 0
    right_key: int = 0

    def __add__(self, other: Row) -> Row:
        """The figures of both taken together."""
        return Row(*(getattr(self, name) + getattr(other, name) for name in Row.__slots__))

    def line(self, title: str) -> str:
        """One line of the table that `main` prints."""
        shares = [_share(n, self.gold) for n in (self.read, self.column, self.arm, self.core, self.key)]
        precision = [_share(n, self.predicted) for n in (self.right, self.right_key)]
        f1 = [_f1(found, self.gold, right, self.predicted) for found, right in ((self.core, self.right), (self.key, self.right_key))]
        return f"| {title} | {self.gold} | {' | '.join(shares)} | {self.predicted or '-'} | {' | '.join(precision)} | {' | '.join(f1)} |"


HEAD = (
    "| paper | gold | read | column | arm | core R | key R | records | core P | key P | core F1 | key F1 |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


def _f1(found: int, gold: int, right: int, predicted: int) -> str:
    if not gold or not predicted or not found + right:
        return "-"
    recall, precision = found / gold, right / predicted
    return f"{200 * recall * precision / (recall + precision):.1f}"


def of_tables(papers: Path, paper: str, pipeline: Pipeline) -> tuple[Measurement | Comparison, ...]:
    """The records of a paper with evidence in a table.

    Raises:
        SourceError: when the file cannot be read.
    """
    records = pipeline.extract(papers / f"{paper}.nxml").records
    return tuple(r for r in records if any(e.section == "table" for e in r.evidence))


def says_the_same(gold: Slots, found: Slots) -> bool:
    """Whether a record has the endpoint, the event and the value of a gold fact, whatever its arm."""
    if gold["kind"] != found["kind"] or gold["endpoint"] != found["endpoint"]:
        return False
    told = ["category"] if gold.get("value") is None else ["value", "unit"]
    names = ["estimate", "p", "measure"] if gold["kind"] == "comparison" else told
    return all(agree(gold[n], found[n]) for n in (*names, *(["event"] if gold["endpoint"] == "ae" else [])))


def whose(said: Slots) -> tuple[object, ...]:
    """The arm of a measurement; the two arms or the factor of a comparison."""
    return (said["arm"],) if said["kind"] == "measurement" else (said["arm"], said["comparator"], said["factor"])


def paired(gold: Sequence[Slots], found: Sequence[Slots]) -> list[tuple[Slots, Slots]]:
    """Gold facts with the record that says the same, one to one, records of the same arm first."""
    left = list(found)
    pairs: list[tuple[Slots, Slots]] = []
    for same_arm in (True, False):
        for fact in [g for g in gold if not any(g is p for p, _ in pairs)]:
            fits = (f for f in left if says_the_same(fact, f) and (not same_arm or all(map(agree, whose(fact), whose(f)))))
            best = next(fits, None)
            if best is not None:
                left = [f for f in left if f is not best]
                pairs.append((fact, best))
    return pairs


def right_columns(pairs: Sequence[tuple[Slots, Slots]]) -> int:
    """How many pairs stand under the right column: the arms of a paper's records and of its gold stand for each other one to one."""
    counts = Counter((str(whose(g)), str(whose(f))) for g, f in pairs)
    ours: dict[str, str] = {}
    for (gold, found), _ in counts.most_common():
        if gold not in ours and found not in ours.values():
            ours[gold] = found
    return sum(n for (gold, found), n in counts.items() if ours.get(gold) == found)


def measured(paper: str, gold: Sequence[Entry], found: Sequence[Entry], *, complete: bool) -> tuple[Row, list[Entry]]:
    """The figures of a paper, and the table facts that no record says."""
    facts = [e for e in gold if e.where == "table" and e.fact.endpoint not in NOT_SCORED]
    of_facts = [slots(e.fact) for e in facts]
    said = dict(zip(map(id, of_facts), facts, strict=True))
    pairs = paired(of_facts, [slots(e.fact) for e in found])
    missed = [said[id(s)] for s in of_facts if not any(s is g for g, _ in pairs)]
    on_tables, on_all = judge(facts, found), judge(gold, found)
    core, key = (counted(on_tables, level).found for level in (Level.CORE, Level.KEY))
    right, right_key = (counted(on_all, level) for level in (Level.CORE, Level.KEY))
    arm = sum(all(map(agree, whose(g), whose(f))) for g, f in pairs)
    row = Row(len(facts), len(pairs), right_columns(pairs), arm, core, key)
    if complete:
        row += Row(predicted=right.predicted, right=right.correct, right_key=right_key.correct)
    return row, missed


def shown(record: Measurement | Comparison) -> str:
    """A record in two lines: its slots, and the cells it was read from."""
    names = "arm comparator factor population endpoint event grade statistic timepoint value op unit category n N ci measure estimate p model".split()
    said = {name: value for name in names if (value := getattr(record, name, None)) is not None}
    told = " ".join(f"{name}={value.op + str(value.value) if name == 'p' else value}" for name, value in said.items())
    return f"{record.doc} {told}\n    {' || '.join(' '.join(e.text.split())[:70] for e in record.evidence)}"


def sample(papers: Path, pipeline: Pipeline, size: int, held_out: frozenset[str]) -> Iterator[str]:
    """Records drawn from the tables of all papers that may be read."""
    records: list[Measurement | Comparison] = []
    for path in sorted(papers.glob("*.nxml")):
        if path.stem not in held_out:
            try:
                records += of_tables(papers, path.stem, pipeline)
            except SourceError as error:
                print(error, file=sys.stderr)
    by_paper = Counter(r.doc for r in records)
    yield f"{len(records)} records from the tables of {len(by_paper)} papers"
    # A paper with a hundred rows of adverse events is drawn no more often than one with ten.
    weights = [1 / max(by_paper[r.doc], 10) for r in records]
    chosen = random.Random(SEED).choices(range(len(records)), weights, k=3 * size)
    yield from (shown(records[i]) for i in list(dict.fromkeys(chosen))[:size])


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, default=PAPERS, help="where the papers lie")
    parser.add_argument("--paper", nargs="+", help="these tuning papers alone")
    parser.add_argument("--missed", action="store_true", help="list the table facts that no record says")
    parser.add_argument("--sample", type=int, metavar="N", help="print N records of all papers instead")
    said = parser.parse_args(arguments)
    gold = said.papers / "gold"
    if not (gold / "split.json").is_file():
        print(f"not measured: there is no {gold / 'split.json'}")
        return 0
    split = json.loads((gold / "split.json").read_text(encoding="utf-8"))
    pipeline = Pipeline()
    if said.sample:
        for line in sample(said.papers, pipeline, said.sample, frozenset(split["held_out"])):
            print(line)
        return 0
    total = Row()
    print(HEAD)
    for paper in [p for p in split["tune"] if not said.paper or p in said.paper]:
        found = entries_of(of_tables(said.papers, paper, pipeline))
        entries = read_gold(gold, documents={paper}).facts
        row, missed = measured(paper, entries, found, complete=paper in split["tables_complete"])
        total += row
        print(row.line(paper), flush=True)
        for entry in missed if said.missed else ():
            print(f"    missed: {entry.fact.model_dump(exclude_none=True, exclude={'doc', 'start', 'end', 'study', 'provenance'})}")
    print(total.line("all"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
