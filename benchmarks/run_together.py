"""Tables of papers when they lose their cells: run together into a line, or a cell a line, against what is read from their grids.

    python -m benchmarks.run_together [--papers DIR]

Takes the JATS files of `../shared/papers` (the held-out ones are never opened), writes each table into the paper's text in one of the forms that
plain texts of papers have, reads that text, and compares the records of its tables with those of the grids. The grids are no gold: what is
measured is what is lost, or comes out otherwise, with the cells. Prints a Markdown table, a row a form. Without the papers it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from benchmarks.further import in_tables
from extractor.document import Document, Table
from extractor.evaluate import Annotations, entries_of, score
from extractor.evaluate.counts import Counts
from extractor.evaluate.report import percent
from extractor.ingest import from_text
from extractor.pipeline import Pipeline

PAPERS = Path(__file__).resolve().parents[2] / "shared" / "papers"

Rows = Sequence[tuple[bool, Sequence[str]]]
"""Whether a row is set in below another, and its cells; an empty cell is ""."""


def _in_a_line(rows: Rows) -> str:
    return (
        " ".join(" ".join(("\u2003" if i == 0 and deeper else "") + cell for i, cell in enumerate(filter(None, cells))) for deeper, cells in rows)
        + " "
    )


def _packed(rows: Rows) -> str:
    return "".join(("  " if deeper else "") + "".join(cells) for deeper, cells in rows)


def _in_lines(rows: Rows) -> str:
    return "\n".join("\n".join(cells) for _, cells in rows) + "\n"


FORMS: dict[str, Callable[[Rows], str]] = {"in a line": _in_a_line, "in a line, no blanks": _packed, "a cell a line": _in_lines}


def run_together(document: Document, form: str) -> str:
    """The text of a document with its tables in a form; those in a line go on behind the paragraph before their caption."""
    text, out, at = document.raw, [], 0
    for table in sorted((t for t in document.tables if _places(t)), key=lambda t: min(_places(t))):
        begin, end = min(_places(table))[0], max(stop for _, stop in _places(table))
        if begin < at:
            continue
        before = text[at:begin].rstrip("\n\t ")
        if form != "a cell a line":
            body, _, caption = before.rpartition("\n")
            before = f"{body}{'' if form == 'in a line, no blanks' else '   '}{caption}{'' if form == 'in a line, no blanks' else ' '}"
        else:
            before += "\n"
        out += [before, FORMS[form](_rows(table, text))]
        at = end + (form != "a cell a line" and text[end : end + 1] == "\n")
    return "".join((*out, text[at:]))


def _places(table: Table) -> list[tuple[int, int]]:
    return [(cell.raw.start, cell.raw.end) for cell in table.cells if cell.raw is not None]


def _rows(table: Table, text: str) -> Rows:
    rows: dict[int, list[tuple[int, str]]] = {}
    deeper: set[int] = set()
    for cell in table.cells:
        printed = cell.raw.of(text) if cell.raw is not None else ""
        if cell.column == 0 and cell.raw is not None and "\u2003" in text[cell.raw.start - 1 : cell.raw.start + 1]:
            deeper.add(cell.row)
        rows.setdefault(cell.row, []).append((cell.column, re.sub(r"\s+", " ", printed).strip()))
    return [(row in deeper, [printed for _, printed in sorted(cells)]) for row, cells in sorted(rows.items())]


@cache
def _pipeline() -> Pipeline:
    """One for each process."""
    return Pipeline()


def _of(path: Path) -> dict[str, tuple[Counts, int]]:
    """For each form the records of the tables at core, and how many of them agree in the key."""
    pipeline = _pipeline()
    grids = pipeline.extract(path)
    told = entries_of(in_tables(grids.records))
    found = {}
    for form in FORMS if told else ():
        records = pipeline.extract_document(from_text(run_together(grids.document, form))).records
        read = entries_of(in_tables([record.model_copy(update={"doc": path.stem}) for record in records]))
        result = score(Annotations(facts=tuple(told), documents=frozenset({path.stem})), Annotations(facts=tuple(read)))
        core = result.facts.core
        found[form] = (Counts(core.correct, core.gold, core.correct, core.predicted), result.facts.key.correct)
    return found


def _readable(papers: Path) -> Iterator[Path]:
    held_out = json.loads((papers / "gold" / "split.json").read_text(encoding="utf-8"))["held_out"]
    yield from (path for path in sorted(papers.glob("*.nxml")) if path.stem not in held_out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, default=PAPERS, help="where the JATS files lie")
    papers = parser.parse_args(arguments).papers
    if not papers.is_dir():
        print(f"Not compared: there is no {papers}.")
        return 0
    core = {form: Counts() for form in FORMS}
    keys = dict.fromkeys(FORMS, 0)
    with ProcessPoolExecutor(2) as processes:
        for found in processes.map(_of, _readable(papers), chunksize=2):
            for form, (counts, key) in found.items():
                core[form] += counts
                keys[form] += key
    print("| tables | records of the grids | read | right in core | recall | precision | right in key |\n| --- |" + " --- |" * 6)
    for form, counts in core.items():
        rates = f"{percent(counts.recall)} | {percent(counts.precision)}"
        print(f"| {form} | {counts.gold} | {counts.predicted} | {counts.correct} | {rates} | {keys[form]} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
