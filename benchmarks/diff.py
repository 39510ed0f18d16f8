"""Records gained and lost against a commit, on the papers in `../shared/papers` without the held-out ones.

    python benchmarks/diff.py BASE [--papers DIR] [--rows N]    `make diff BASE=commit`

Reads every .txt twice, with the working tree and with the extractor of the commit (its files are put into a temporary folder; nothing in the
repository is touched), and compares records by their slots: an offset that moved is no change. Prints counts for each paper that changed, and up to
N records of each kind with their sentences. Exits with 1 when a paper could not be read on either side, with 2 when there is no such commit or no
paper.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.evaluate import held_out, predicted_entry, table, told
from extractor.records import fact_key

ROOT = Path(__file__).resolve().parents[1]
PAPERS = ROOT.parent / "shared" / "papers"
READER = Path(__file__).resolve().with_name("read_records.py")

Record = Mapping[str, Any]


class DiffError(Exception):
    """Nothing can be compared, and why."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one extractor read: the records of each paper, and the papers that it could not read."""

    records: Mapping[str, tuple[Record, ...]]
    failed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """The records of one paper that only one side has."""

    doc: str
    gained: tuple[Record, ...]
    lost: tuple[Record, ...]


def papers_in(folder: Path) -> tuple[Path, ...]:
    """The .txt files of a folder without those that the split in its `gold` holds out."""
    withheld = held_out(folder / "gold") | held_out(folder)
    return tuple(path for path in sorted(folder.glob("*.txt")) if path.stem not in withheld)


def checked_out(root: Path, base: str, folder: Path) -> None:
    """Put the extractor of a commit into a folder.

    Raises:
        DiffError: when the repository has no such commit, or the commit no extractor.
    """
    packed = subprocess.run(["git", "-C", str(root), "archive", "--format=zip", base, "extractor"], capture_output=True, check=False)
    if packed.returncode:
        raise DiffError(f"no extractor in {base!r}: {packed.stderr.decode(errors='replace').strip()}")
    with zipfile.ZipFile(io.BytesIO(packed.stdout)) as files:
        files.extractall(folder)


def side(root: Path, papers: Sequence[Path], *, jobs: int = 1) -> Side:
    """Read papers with the extractor that lies in a folder.

    Raises:
        DiffError: when it does not start, or another extractor was read with.
    """
    with ThreadPoolExecutor(jobs) as pool:
        parts = list(pool.map(lambda some: _lines(root, some), (papers[i::jobs] for i in range(jobs))))
    found = [line for part in parts for line in part]
    return Side(
        records={line["doc"]: tuple(line["records"]) for line in found if "records" in line},
        failed={line["doc"]: line["failed"] for line in found if "failed" in line},
    )


def _lines(root: Path, papers: Sequence[Path]) -> list[dict[str, Any]]:
    run = subprocess.run(
        [sys.executable, str(READER)],
        input="".join(f"{path.resolve()}\n" for path in papers).encode(),
        env={**os.environ, "PYTHONPATH": str(root)},
        cwd=root,
        capture_output=True,
        check=False,
    )
    if run.returncode:
        raise DiffError(f"the extractor in {root} stopped: {run.stderr.decode(errors='replace').strip().splitlines()[-1:]}")
    origin, *lines = map(json.loads, run.stdout.decode().splitlines())
    if Path(origin) != root.resolve():
        raise DiffError(f"expected the extractor in {root}, found the one in {origin}")
    return lines


def changes(before: Side, after: Side) -> Iterator[Change]:
    """The papers that both sides could read and that changed, by name."""
    for doc in sorted(before.records.keys() & after.records.keys()):
        old, new = ({fact_key(dict(record)): record for record in one.records[doc]} for one in (before, after))
        gained, lost = (tuple(one[key] for key in one if key not in other) for one, other in ((new, old), (old, new)))
        if gained or lost:
            yield Change(doc, gained, lost)


def shown(found: Sequence[Change], *, rows: int) -> str:
    """Changes for reading: counts by paper, then records with the sentence that they were read from."""
    total = Counter(gained=sum(len(one.gained) for one in found), lost=sum(len(one.lost) for one in found))
    counts = [(one.doc, str(len(one.gained)), str(len(one.lost))) for one in found]
    parts = [table(("paper", "gained", "lost"), [*counts, ("all", str(total["gained"]), str(total["lost"]))])]
    for mark, what in (("+", "gained"), ("-", "lost")):
        records = [(one.doc, record) for one in found for record in getattr(one, what)]
        parts.append("\n".join([f"{what}: {len(records)}", *(_row(mark, doc, record) for doc, record in records[:rows])]))
        if len(records) > rows:
            parts.append(f"... and {len(records) - rows} more")
    return "\n\n".join(parts)


def _row(mark: str, doc: str, record: Record) -> str:
    sentence = " ".join(" ".join(place["text"] for place in record["evidence"][:1]).split())
    return f"{mark} {doc}: {told(predicted_entry(record))}\n    {sentence}"


def diff_command(base: str, papers: Path = PAPERS, *, root: Path = ROOT, rows: int = 50) -> int:
    """Print what changed since a commit.

    Returns:
        1 when a paper could not be read on either side, 2 when nothing could be compared, else 0.
    """
    files = papers_in(papers)
    if not files:
        print(f"no paper in {papers}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as both:
        try:
            checked_out(root, base, Path(folder))
            jobs = max(1, (os.cpu_count() or 2) // 2)
            before, after = both.map(lambda one: side(one, files, jobs=jobs), (Path(folder), root))
        except DiffError as error:
            print(error, file=sys.stderr)
            return 2
    print(f"{base} against the working tree: {len(files)} papers\n\n{shown(list(changes(before, after)), rows=rows)}")
    for name, one in ((base, before), ("working tree", after)):
        for doc, reason in one.failed.items():
            print(f"{name}: {doc}: {reason}", file=sys.stderr)
    return int(bool(before.failed or after.failed))


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", metavar="BASE", help="a commit")
    parser.add_argument("--papers", type=Path, default=PAPERS)
    parser.add_argument("--rows", type=int, default=50, help="how many records of each kind are shown")
    said = parser.parse_args(arguments)
    return diff_command(said.base, said.papers, rows=said.rows)


if __name__ == "__main__":
    sys.exit(main())
