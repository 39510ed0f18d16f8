"""How many of the abbreviations that papers define are found: our rule beside scispaCy's detector.

    python -m benchmarks.abbreviations [--shared DIR] [--missed]

`abbreviations.tsv` lists the definitions in brackets of the five source documents and of eighteen papers (none held out), read by hand: our rule was
made with those of set `a` in view, `b` was listed afterwards (it found 63 of them before three misses were mended). Prints what is found of each set,
and how many others each finder finds. scispaCy runs on the whole document, on its own tokenizer and on spaCy's. Without the papers it says so and
exits 0.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import spacy
from scispacy.abbreviation import AbbreviationDetector  # (registers the component)
from scispacy.custom_tokenizer import combined_rule_tokenizer

from extractor.document import SectionKind
from extractor.entities.abbreviations import definitions
from extractor.ingest import read
from extractor.sections import segment
from extractor.syntax import Parser

SHARED = Path(__file__).resolve().parents[2] / "shared"
LISTED = Path(__file__).with_suffix(".tsv")

Finder = Callable[[Sequence[str]], set[str]]


def listed() -> dict[str, dict[str, set[str]]]:
    """The abbreviations by set and document."""
    found: dict[str, dict[str, set[str]]] = {}
    for line in LISTED.read_text(encoding="utf-8").splitlines()[3:]:
        part, document, short = line.split("\t")
        found.setdefault(part, {}).setdefault(document, set()).add(short)
    return found


def ours(sentences: Sequence[str]) -> set[str]:
    """The abbreviations that our rule finds."""
    return {one.short.of(text) for text in sentences for one in definitions(text)}


def detector(*, own_tokenizer: bool) -> Finder:
    """SciSpaCy's detector on its own tokenizer or on spaCy's."""
    nlp = spacy.blank("en")
    if own_tokenizer:
        nlp.tokenizer = combined_rule_tokenizer(nlp)
    nlp.add_pipe("abbreviation_detector")

    def found(sentences: Sequence[str]) -> set[str]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return {str(short) for short in nlp("\n".join(sentences))._.abbreviations}

    return found


def texts(path: Path) -> list[str]:
    """The sentences of a document that are looked at."""
    document = segment(read(path))
    return [s.text for s in Parser().sentences(document) if s.section.kind not in (SectionKind.REFERENCES, SectionKind.BACK)]


def table(gold: Mapping[str, Mapping[str, set[str]]], shared: Path, *, missed: bool) -> list[str]:
    """The lines of the table."""
    assert AbbreviationDetector
    finders: dict[str, Finder] = {
        "our rule": ours,
        "scispaCy, its tokenizer": detector(own_tokenizer=True),
        "scispaCy, spaCy's tokenizer": detector(own_tokenizer=False),
    }
    lines = ["| set | finder | listed | found | recall | others found |", "| --- | --- | --- | --- | --- | --- |"]
    for part, documents in gold.items():
        read_in = {
            doc: texts(next(f / f"{doc}.txt" for f in (shared / "sources", shared / "papers") if (f / f"{doc}.txt").is_file())) for doc in documents
        }
        for name, finder in finders.items():
            predicted = {(doc, short) for doc, sentences in read_in.items() for short in finder(sentences)}
            wanted = {(doc, short) for doc, shorts in documents.items() for short in shorts}
            both = len(predicted & wanted)
            lines.append(f"| {part} | {name} | {len(wanted)} | {both} | {100 * both / len(wanted):.1f} | {len(predicted - wanted)} |")
            if missed:
                print(f"{part}, {name}, missed: {sorted(wanted - predicted)}", file=sys.stderr)
                print(f"{part}, {name}, others: {sorted(predicted - wanted)}", file=sys.stderr)
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the sources and the papers lie")
    parser.add_argument("--missed", action="store_true", help="list what was missed and what else was found")
    said = parser.parse_args(arguments)
    if not (said.shared / "papers").is_dir():
        print(f"Not measured: there is no {said.shared / 'papers'}.")
        return 0
    print("\n".join(table(listed(), said.shared, missed=said.missed)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
