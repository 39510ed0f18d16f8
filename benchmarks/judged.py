"""The records of papers with gold, each with its verdict: what `rules` and `confidence` count, and `models/build_confidence.py` learns from.

The papers are the five sources (`.txt`) and the twelve tuning papers (`.nxml` and `.txt`). A record is compared with all gold facts of its paper,
those without offsets included. What gold does not know cannot be judged, and is left out, right or wrong: in the papers of the split's
`tables_partial`, safety records from tables, and from `.nxml` all records of tables that the `.txt`, on which this gold was made, lacks.

`further_papers` yields the papers of `gold/further` besides: what was annotated of their `.txt`, and of the `.nxml` what stands in tables.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.further import BLIND, FURTHER, SETS, TABLES, in_tables, inside
from extractor.cli.scoring import scope_of
from extractor.document import CharSpan, Document, cover
from extractor.evaluate import Level, gold_files, held_out, read_gold, tables_partial, verdicts_of
from extractor.evaluate.counts import SAFETY
from extractor.evaluate.reading import FACTS
from extractor.gold import places
from extractor.pipeline import Extraction, Pipeline
from extractor.records import Comparison, Measurement

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class JudgedRecord:
    """A record of a paper with gold; `core` and `key` say whether it is right so far."""

    record: Measurement | Comparison
    core: bool
    key: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with gold as it was read from one file.

    `tuning` tells it from the five sources; `unseen` says that nobody looked at its misses while rules were written.
    """

    name: str
    path: Path
    tuning: bool
    extraction: Extraction
    judged: tuple[JudgedRecord, ...]
    unseen: bool = False


def judge_paper(gold: Path, path: Path, pipeline: Pipeline, *, tuning: bool, name: str | None = None) -> Paper:
    """Read a paper and judge its records; records of endpoints that are not scored, and those that gold cannot judge, are left out."""
    doc = name or path.stem
    extraction = pipeline.extract(path)
    records = [record.model_copy(update={"doc": doc}) for record in extraction.records]
    partial = doc in tables_partial(gold)
    unknown = list(_tables_not_in(path.with_suffix(".txt"), extraction.document)) if partial else []
    judged = [
        one
        for one in _judged(gold, doc, records)
        if not (partial and one.record.section == "table" and (one.record.endpoint in SAFETY or any(_in(span, one.record) for span in unknown)))
    ]
    return Paper(doc, path, tuning, extraction, tuple(judged))


def _judged(gold: Path, doc: str, records: Sequence[Measurement | Comparison]) -> Iterator[JudgedRecord]:
    for record, verdict in zip(records, verdicts_of(read_gold(gold, documents=[doc]), records), strict=True):
        if verdict is not None:
            yield JudgedRecord(record, Level.CORE.reached(verdict), Level.KEY.reached(verdict))


def _tables_not_in(text: Path, document: Document) -> Iterator[CharSpan]:
    """The tables of a document of whose rows less than half stand in a text, blanks and signs aside."""
    printed = _LETTERS.sub("", text.read_text(encoding="utf-8")) if text.is_file() else ""
    for table in document.tables:
        rows: dict[int, str] = defaultdict(str)
        for cell in table.cells:
            rows[cell.row] += _LETTERS.sub("", cell.text)
        places = [cell.raw for cell in table.cells if cell.raw is not None]
        if places and 2 * sum(row in printed for row in rows.values()) < len(rows):
            yield cover(places)


def _in(span: CharSpan, record: Measurement | Comparison) -> bool:
    return span.start <= record.evidence[0].start < span.end


def judged_papers(pipeline: Pipeline, shared: Path = SHARED) -> Iterator[Paper]:
    """The five sources, then the tuning papers, each from `.nxml` and from `.txt`; what is not there is left out."""
    sources = [doc for doc in gold_files(ROOT / "gold", FACTS) if not doc.startswith("retold-")]
    if (shared / "sources").is_dir():
        for doc, path in places(ROOT / "gold", [shared / "sources"], sources).found.items():
            yield judge_paper(ROOT / "gold", path, pipeline, tuning=False, name=doc)
    papers = shared / "papers"
    for doc in sorted(scope_of(papers / "gold")) if (papers / "gold").is_dir() else ():
        for path in files_of(papers, [doc]):
            yield judge_paper(papers / "gold", path, pipeline, tuning=True)


def further_papers(pipeline: Pipeline, shared: Path = SHARED, folder: Path = FURTHER) -> Iterator[Paper]:
    """The papers of `gold/further` that are there, from `.txt` and, where their tables were annotated, from `.nxml`."""
    told = json.loads((folder / "regions.json").read_text(encoding="utf-8"))
    tabled = gold_files(folder / TABLES, FACTS).keys() if (folder / TABLES).is_dir() else ()
    for name in SETS:
        for path in files_of(shared / "papers", told[name]):
            doc, prose = path.stem, path.suffix == ".txt"
            if prose or doc in tabled:
                read = pipeline.extract(path)
                records = list(inside(read.records, told["regions"])) if prose else list(in_tables(read.records))
                judged = tuple(_judged(folder if prose else folder / TABLES, doc, records))
                yield Paper(doc, path, True, read, judged, unseen=name in BLIND)


def files_of(papers: Path, documents: Iterable[str]) -> list[Path]:
    """The files of some papers, `.nxml` before `.txt`."""
    return [path for doc in documents for path in (papers / f"{doc}.nxml", papers / f"{doc}.txt") if path.is_file()]


def papers_without_gold(papers: Path) -> list[str]:
    """The papers of a folder that have no gold. The held-out ones have gold, and what the split holds out is left out besides."""
    found = {path.stem for ending in ("nxml", "txt") for path in papers.glob(f"*.{ending}")}
    return sorted(found - gold_files(papers / "gold", FACTS).keys() - held_out(papers / "gold"))
