"""Whether every number of a result statement is in a record or in the list of numbers left over.

    python -m benchmarks.completeness [--shared DIR] [--examples N] [--paper NAME ...]

Reads every paper of `../shared/papers` but the held-out six, and the five sources, from `.nxml` and `.txt`. A result statement is a sentence of the
abstract, the results or a caption that names an endpoint or an adverse event, or prints an effect estimate or a p-value. A result table is one that
gave a record. Each number of theirs is counted once, by what became of it:

- `in a record`: in a span of a record, or its n, N, spread or arm's size; in a table, in the cell or the labels that a record shows;
- `left over`: in the list of numbers left over, with its reason;
- else why it is no result, by what it stands in: a name, a citation mark, a grade, a landmark, and the kinds that the reader itself passes over
  (doses, dates, ages, schedules, the level of an interval; sizes of samples; lengths of time that nobody lived);
- `dropped`: none of these. There should be none.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.judged import SHARED, files_of, papers_without_gold
from extractor.cli.scoring import scope_of
from extractor.document import CharSpan, Document, SectionKind, fold
from extractor.entities import MentionKind, ReadSentence
from extractor.evaluate import table
from extractor.ingest import SourceError
from extractor.pipeline import Extraction, Pipeline
from extractor.quantities import RATIO, find_p_values
from extractor.records import Comparison, Measurement
from extractor.relations.unread import PRINTED_NUMBER, no_results, plain

IN_RECORD, LEFT_OVER, DROPPED = "in a record", "left over", "dropped"
_LABEL = re.compile(r"[A-Za-z]{3}|\bCI\b|^\W*\d+\s?%?\s?CI")
_READ = frozenset({SectionKind.ABSTRACT, SectionKind.RESULTS, SectionKind.CAPTION})


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a number, and the statement that it stands in."""

    number: str
    kind: str
    where: str
    statement: str


@dataclass(frozen=True)
class _Known:
    """What a paper gave, to look numbers up in: raw spans, and the numbers that a record holds without a span of their own."""

    spans: tuple[CharSpan, ...]
    beside: Mapping[tuple[int, int], frozenset[str]]
    cells: tuple[CharSpan, ...]
    left: tuple[CharSpan, ...]


def fates(document: Document, extraction: Extraction, sentences: Iterable[ReadSentence]) -> Iterator[Fate]:
    """What became of every number in the result statements and result tables of a paper."""
    known = _known(extraction)
    for one in sentences:
        if _states_results(one):
            yield from _of_sentence(document, one, known)
    yield from _of_tables(document, known)


def _known(extraction: Extraction) -> _Known:
    beside: dict[tuple[int, int], set[str]] = {}
    for record in extraction.records:
        for place in record.evidence:
            beside.setdefault((place.start, place.end), set()).update(_held(record))
    return _Known(
        tuple(CharSpan(*span) for record in extraction.records for span in record.spans.values()),
        {place: frozenset(numbers) for place, numbers in beside.items()},
        tuple(CharSpan(e.start, e.end) for record in extraction.records if record.section == "table" for e in record.evidence),
        tuple(CharSpan(left.start, left.end) for left in extraction.unattached),
    )


def _held(record: Measurement | Comparison) -> Iterator[str]:
    """The numbers that a record holds, as `plain` writes them: also those of its other tellings, whose places are evidence without spans."""
    values: list[object] = [record.arm_n, *(record.ci or ()), record.ci_level]
    if isinstance(record, Measurement):
        values += [record.value, record.n, record.N, *((record.spread.low, record.spread.high, record.spread.value) if record.spread else ())]
    else:
        values += [record.estimate, record.comparator_n, record.p.value if record.p else None]
    for value in values:
        if isinstance(value, (int, float)):
            yield f"{float(value):g}"


def _states_results(one: ReadSentence) -> bool:
    text = one.sentence.text
    if one.sentence.section.kind not in _READ:
        return False
    named = one.of(MentionKind.ENDPOINT, MentionKind.ADVERSE_EVENT)
    return bool(named) or any(True for _ in RATIO.find(text)) or any(True for _ in find_p_values(text))


def _of_sentence(document: Document, one: ReadSentence, known: _Known) -> Iterator[Fate]:
    text = one.sentence.text
    marks = [m.span.shifted(-one.sentence.span.start) for m in document.citations if m.span is not None and one.sentence.span.covers(m.span)]
    reasons = list(no_results(one, marks))
    pieces = document.offsets.raw_spans(one.sentence.span, bridge=80)
    beside = frozenset[str]().union(*(numbers for place, numbers in known.beside.items() if any(p.overlaps(CharSpan(*place)) for p in pieces)))
    for match in PRINTED_NUMBER.finditer(text):
        here = CharSpan(*match.span())
        raw = document.offsets.raw_spans(one.sentence.clean(here))[0]
        kind = next((reason for reason, span in reasons if span.overlaps(here)), DROPPED)
        if any(span.overlaps(raw) for span in known.spans) or plain(match.group()) in beside:
            kind = IN_RECORD
        elif any(span.overlaps(raw) for span in known.left):
            kind = LEFT_OVER
        yield Fate(match.group(), kind, one.sentence.section.kind.published, text)


def _of_tables(document: Document, known: _Known) -> Iterator[Fate]:
    for one in document.tables:
        places = [cell.raw for cell in one.cells if cell.raw is not None]
        if not any(place.overlaps(cell) for place in places for cell in known.cells):
            continue
        for cell in one.cells:
            if cell.raw is None or cell.row < one.header_rows:
                continue
            for match in PRINTED_NUMBER.finditer(fold(cell.raw.of(document.raw))):
                here = CharSpan(*match.span()).shifted(cell.raw.start)
                kind = DROPPED
                if any(span.overlaps(here) for span in (*known.spans, *known.cells)):
                    kind = IN_RECORD
                elif any(span.overlaps(here) for span in known.left):
                    kind = LEFT_OVER
                elif _LABEL.search(cell.text):
                    kind = "in a label"
                row = " | ".join(other.text for other in one.cells if other.row == cell.row)
                yield Fate(match.group(), kind, "table", f"{one.label}: {row}")


def report(found: Sequence[Fate]) -> str:
    """The table of what became of numbers, in prose and captions and in tables."""
    counted = Counter((fate.kind, fate.where) for fate in found)
    places = sorted({fate.where for fate in found})
    kinds = sorted(
        {fate.kind for fate in found} | {DROPPED}, key=lambda kind: (kind == DROPPED, -sum(counted[kind, place] for place in places), kind)
    )
    rows = [(kind, *(str(counted[kind, place]) for place in places), str(sum(counted[kind, place] for place in places))) for kind in kinds]
    return table(("what became of a number", *places, "all"), rows)


def _papers(shared: Path, names: Sequence[str]) -> list[Path]:
    papers = shared / "papers"
    if names:
        withheld = set(names) - scope_of(papers / "gold") - set(papers_without_gold(papers))
        if withheld:
            raise ValueError(f"held out, or not there: {', '.join(sorted(withheld))}")
        return files_of(papers, names)
    documents = sorted({*scope_of(papers / "gold"), *papers_without_gold(papers)}) if papers.is_dir() else []
    return [*sorted((shared / "sources").glob("*.txt")), *files_of(papers, documents)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table.

    Returns:
        1 when a number was dropped.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the sources and the papers lie")
    parser.add_argument("--paper", nargs="+", default=(), help="only these papers")
    parser.add_argument("--examples", type=int, default=0, help="so many statements with a dropped number are printed")
    said = parser.parse_args(arguments)
    pipeline = Pipeline()
    found: list[Fate] = []
    try:
        paths = _papers(said.shared, said.paper)
    except ValueError as error:
        print(f"not read: {error}", file=sys.stderr)
        return 2
    for path in paths:
        try:
            extraction = pipeline.extract(path)
        except SourceError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        found += fates(extraction.document, extraction, pipeline.recognize(extraction.document).sentences)
    dropped = [fate for fate in found if fate.kind == DROPPED]
    print(f"{len(paths)} files\n\n{report(found)}")
    for fate in dropped[:: max(len(dropped) // said.examples, 1)][: said.examples] if said.examples else ():
        print(f"\n{fate.where}: {fate.number}\n    {' '.join(fate.statement.split())}")
    return int(bool(dropped))


if __name__ == "__main__":
    sys.exit(main())
