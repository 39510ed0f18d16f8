"""How fast exports are, and whether those of all papers are what their readers take.

    python -m benchmarks.export [--records N] [--shared DIR] [--no-papers]

First `--records` records (the corpus's, again and again under other names of documents) are exported in each form by a process of its own: a Markdown
table of seconds, CPU seconds and peak memory. Then, where `../shared/papers` is, all its papers but the held-out six are read from `.nxml`, and each
export is checked: lines to Parquet to lines are the same bytes; each `Evidence` is taken by fhir.resources and given back as it was; each study has
the registry's form; estimates and standard errors give the printed interval back; counts are the records' own; brat gives the facts back. Exit status
1 when a check fails, or when a form takes 20 CPU seconds (on a machine that has nothing else to do, seconds are CPU seconds) or 500 MB. Linux only.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from statistics import NormalDist

from benchmarks.judged import ROOT, SHARED, files_of, papers_without_gold
from benchmarks.registry import check_ctgov
from extractor.cli.export import export_brat, export_file
from extractor.cli.scoring import scope_of
from extractor.dataset import read_records, write
from extractor.evaluate import table
from extractor.evaluate.reading import Entry, entries_of
from extractor.export import FORMS, AnyRecord, read_any
from extractor.gold import from_brat
from extractor.ingest import SourceError
from extractor.pipeline import Pipeline
from extractor.records import Comparison, Measurement

MOST_SECONDS, MOST_MB = 20, 500


def many(records: Iterable[AnyRecord], number: int) -> Iterator[AnyRecord]:
    """The records again and again, each time as of other documents."""
    once = tuple(records)

    def again() -> Iterator[AnyRecord]:
        for i in count():
            for record in once:
                source = record.source.model_copy(update={"sha256": f"{i:08x}{record.source.sha256[8:]}"})
                yield record.model_copy(update={"doc": f"{record.doc}-{i}", "source": source})

    return islice(again(), number)


_ALONE = """
import resource, sys
from pathlib import Path
from extractor.cli.export import export_file
export_file(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
used = resource.getrusage(resource.RUSAGE_SELF)
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(used.ru_utime + used.ru_stime, int(peak) / 1024)
"""  # not ru_maxrss: Linux counts into it what the parent held when it started the process


def timed(path: Path, form: str, output: Path) -> tuple[float, float, float]:
    """Seconds, CPU seconds and peak memory in MB of one export, in a process of its own, the start of Python included."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _ALONE, str(path), form, str(output)], capture_output=True, text=True, check=True, cwd=ROOT)
    cpu, megabytes = map(float, done.stdout.split())
    return time.perf_counter() - started, cpu, megabytes


def speed(records: Iterable[AnyRecord], number: int, folder: Path) -> tuple[str, bool]:
    """The table of all forms, and whether each keeps its limits."""
    path = folder / "many.jsonl"
    write(path, many(records, number))
    rows, kept = [], True
    for form in FORMS:
        seconds, cpu, megabytes = timed(path, form, folder / f"out.{form}")
        kept = kept and cpu < MOST_SECONDS and megabytes < MOST_MB
        rows.append((form, f"{seconds:.1f}", f"{cpu:.1f}", f"{megabytes:.0f}", f"{(folder / f'out.{form}').stat().st_size / 1e6:.1f}"))
    return table(("form", "seconds", "CPU seconds", "peak MB", "file MB"), rows), kept


# --- all exports of all papers


def read_papers(papers: Path, folder: Path) -> tuple[AnyRecord, ...]:
    """The records of all papers that may be read; their files are linked into a folder."""
    pipeline = Pipeline()
    records: list[AnyRecord] = []
    for path in files_of(papers, sorted({*papers_without_gold(papers), *scope_of(papers / "gold")})):
        if path.suffix == ".nxml":
            try:
                records += pipeline.extract(path).records
            except SourceError as error:
                print(error, file=sys.stderr)
            (folder / path.name).symlink_to(path.resolve())
    return tuple(records)


def check_lines(records: Path, folder: Path) -> str:
    """Lines to Parquet to lines."""
    export_file(records, "parquet", folder / "records.parquet")
    export_file(folder / "records.parquet", "jsonl", folder / "back.jsonl")
    assert (folder / "back.jsonl").read_bytes() == records.read_bytes(), "other bytes came back"
    return "the same bytes"


def check_csv(records: Path, folder: Path) -> str:
    """As many rows as records, and no formula."""
    export_file(records, "csv", folder / "records.csv")
    found = list(csv.DictReader((folder / "records.csv").open(encoding="utf-8", newline="")))
    known = list(read_any(records))
    assert [row["id"] for row in found] == [record.id for record in known], "other rows"
    for row in found:
        for name, cell in row.items():
            assert not cell.startswith(("=", "@", "\t", "\r")), f"{name} of {row['id']} is a formula"
            assert not (cell.startswith(("+", "-")) and not _is_number(cell)), f"{name} of {row['id']} is a formula"
    return f"{len(found):,} rows"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def check_estimates(records: Path, folder: Path) -> str:
    """metafor, netmeta, RevMan: the interval comes back from the estimate and its error where it is symmetric; counts are the records'."""
    known = {(record.doc, record.id): record for record in read_any(records)}
    checked = 0
    for form, estimate, error in (("metafor", "yi", "sei"), ("netmeta", "TE", "seTE")):
        export_file(records, form, folder / form)
        for row in csv.DictReader((folder / form).open(encoding="utf-8", newline="")):
            sources = [known[(row["doc"], name)] for name in row["records"].split()]
            if row[estimate]:
                _check_estimate(float(row[estimate]), float(row[error]), next(one for one in sources if isinstance(one, Comparison)))
            if row.get("ai"):
                counts = {row["arm"]: (int(row["ai"]), int(row["n1i"])), row["comparator"]: (int(row["ci"]), int(row["n2i"]))}
                printed = {one.arm: (one.n if one.n is not None else one.value, one.N) for one in sources if isinstance(one, Measurement)}
                assert counts == printed, f"other counts: {row['records']}"
            checked += 1
    export_file(records, "revman", folder / "revman")
    rows = list(csv.DictReader((folder / "revman").open(encoding="utf-8", newline="")))
    for row in rows:
        assert [row[name] != "" for name in ("GIV SE", "Experimental cases", "Experimental mean")].count(True) == 1, f"a row of no type: {row}"
    return f"{checked:,} rows of metafor and netmeta, {len(rows):,} of RevMan"


def _check_estimate(estimate: float, error: float, record: Comparison) -> None:
    assert record.estimate is not None
    assert record.ci is not None
    low, high = record.ci
    assert low is not None
    assert high is not None
    ratio = record.measure != "difference"
    assert math.isclose(estimate, math.log(record.estimate) if ratio else record.estimate, rel_tol=1e-12), record.id
    width = 2 * NormalDist().inv_cdf(0.5 + (record.ci_level or 95) / 200) * error
    assert math.isclose(width, math.log(high / low) if ratio else high - low, rel_tol=1e-9), record.id


def check_registry(records: Path, folder: Path) -> str:
    """ClinicalTrials.gov: every study has the registry's form."""
    told = export_file(records, "ctgov", folder / "ctgov.json")
    return f"{len(check_ctgov((folder / 'ctgov.json').read_bytes())):,} outcome measures of {told.rows:,} studies"


def check_fhir(records: Path, folder: Path) -> str:
    """FHIR: the library takes every resource and gives it back."""
    from fhir.resources.evidence import Evidence  # noqa: PLC0415  (takes a second)

    export_file(records, "fhir", folder / "evidence.ndjson")
    lines = (folder / "evidence.ndjson").read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert json.loads(Evidence.model_validate_json(line).model_dump_json()) == json.loads(line), line
    return f"{len(lines):,} resources"


def check_brat(records: Path, folder: Path) -> str:
    """brat: the facts of every paper come back."""
    told = export_brat(records, folder / "brat", corpus=[folder / "papers"])
    assert not told.left, told.left
    back: list[Entry] = []
    for doc in dict.fromkeys(record.doc for record in read_any(records)):
        text = (folder / "brat" / f"{doc}.txt").read_bytes().decode("utf-8")
        back += from_brat((folder / "brat" / f"{doc}.ann").read_bytes().decode("utf-8"), text, doc=doc)[0]
    assert [entry.fact for entry in back] == [entry.fact for entry in entries_of(read_records(records))], "other facts came back"
    return f"{told.rows:,} papers"


CHECKS: tuple[Callable[[Path, Path], str], ...] = (check_lines, check_csv, check_estimates, check_registry, check_fhir, check_brat)


def main() -> int:
    """Print both parts; 1 when a limit or a check does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--no-papers", action="store_true")
    said = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        corpus = [record for path in sorted((ROOT / "corpus").glob("*.txt")) for record in Pipeline().extract(path).records]
        shown, kept = speed(corpus, said.records, folder)
        print(f"{said.records:,} records\n\n{shown}\n")
        papers = said.shared / "papers"
        if said.no_papers or not papers.is_dir():
            print("papers not read")
            return int(not kept)
        (folder / "papers").mkdir()
        write(folder / "records.jsonl", read_papers(papers, folder / "papers"))
        for check in CHECKS:
            try:
                print(f"{check.__name__.removeprefix('check_')}: {check(folder / 'records.jsonl', folder)}")
            except AssertionError as error:
                print(f"{check.__name__.removeprefix('check_')}: FAILED: {error}")
                kept = False
        return int(not kept)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
