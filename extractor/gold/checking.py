"""Is the gold set sound? Every fault that a program can see in gold files, with the line it stands in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from extractor.evaluate.equality import NOT_SCORED, AnyFact, slots
from extractor.evaluate.mentions import LABELS
from extractor.evaluate.reading import ENTITIES, FACTS, Entry, LineError, gold_entry, gold_files, held_out, mention, numbered, parsed
from extractor.gold.printed import prints
from extractor.records import ComparisonFact, EndpointCode, EntityMention, Frozen, MeasurementFact

DOCUMENTS = "documents.jsonl"

_ENDPOINTS = frozenset(EndpointCode.__args__) - NOT_SCORED  # type: ignore[attr-defined]

ItemT = TypeVar("ItemT", Entry, EntityMention)
Line = tuple[int, ItemT]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in a gold file.

    Attributes:
        file: its name inside the gold folder.
        line: from 1; 0 for the file as a whole.
        what: the fault, for the one who mends it.
    """

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        """In the form that editors jump to."""
        return f"{self.file}:{self.line}: {self.what}"


class Listed(Frozen):
    """A row of `documents.jsonl`: the document that gold annotates, its file, and the hash of the bytes that offsets refer to."""

    doc: str
    file: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


@dataclass(frozen=True, slots=True)
class Places:
    """The files of the documents of a gold set.

    Attributes:
        found: by document.
        absent: documents whose file lies in no corpus folder.
        other: files that have a listed document's name and are not it.
    """

    found: Mapping[str, Path]
    absent: tuple[str, ...]
    other: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Texts:
    """The source texts that were found for a gold set.

    Attributes:
        found: the text of each document, decoded as it stands, so that offsets are offsets into it.
        absent: listed documents whose file lies in no corpus folder; their offsets cannot be checked.
        other: files that have a listed document's name and are not it.
    """

    found: Mapping[str, str]
    absent: tuple[str, ...]
    other: Mapping[str, Path]


def _rows(path: Path) -> Iterator[tuple[int, Listed | Fault]]:
    for i, line in numbered(path):
        try:
            row: Listed | Fault = Listed.model_validate_json(line)
        except ValidationError as error:
            row = Fault(path.name, i, _told(error))
        yield i, row


def listed(folder: Path) -> dict[str, Listed]:
    """The rows of a gold folder's `documents.jsonl`, by document; what is no row is left out."""
    path = folder / DOCUMENTS
    return {row.doc: row for _, row in _rows(path) if isinstance(row, Listed)} if path.is_file() else {}


def _hashed(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _named(doc: str, row: Listed | None, corpus: Sequence[Path], ending: str) -> list[Path]:
    names = dict.fromkeys((f"{doc}{ending}", *([] if row is None else [row.file])))
    return [folder / name for folder in corpus for name in names if (folder / name).is_file()]


def places(folder: Path, corpus: Sequence[Path], documents: Collection[str], ending: str | None = None) -> Places:
    """The files of some documents, looked for by name in the corpus folders.

    A document that `documents.jsonl` lists is recognized by its hash: a file of another hash is not it. One that is not listed is `DOC.txt`. With an
    ending, which asks for another format of the document than the one that is listed, it is known by its name alone.
    """
    found: dict[str, Path] = {}
    other: dict[str, Path] = {}
    rows = listed(folder)
    for doc in sorted(documents):
        row = rows.get(doc) if ending is None else None
        for path in _named(doc, row, corpus, ending or ".txt"):
            if row is None or _hashed(path) == row.sha256:
                found[doc] = path
                break
            other.setdefault(doc, path)
    return Places(found, tuple(sorted(set(documents) - found.keys())), {doc: path for doc, path in other.items() if doc not in found})


def texts(folder: Path, corpus: Sequence[Path]) -> Texts:
    """The source texts of the documents that `documents.jsonl` lists, held-out ones left alone."""
    known = places(folder, corpus, listed(folder).keys() - held_out(folder))
    return Texts({doc: path.read_bytes().decode("utf-8") for doc, path in known.found.items()}, known.absent, known.other)


def _told(error: ValidationError) -> str:
    """What a validation error says, one clause for each place, without the list of all codes that would have been right."""
    clauses = []
    for detail in error.errors():
        at = ".".join(str(part) for part in detail["loc"] if part not in ("fact", "measurement", "comparison"))
        said = f"unknown code {detail['input']!r}" if detail["type"] in ("literal_error", "union_tag_invalid") else detail["msg"]
        clauses.append(f"{at}: {said}" if at else said)
    return "; ".join(clauses)


def _parsed(path: Path, parse: Callable[[Mapping[str, Any]], ItemT]) -> tuple[list[Line[ItemT]], list[Fault]]:
    lines: list[Line[ItemT]] = []
    faults: list[Fault] = []
    try:
        numbers = list(numbered(path))
    except LineError as error:
        return [], [Fault(path.name, 0, str(error))]
    for i, line in numbers:
        try:
            lines.append((i, parse(parsed(line))))
        except ValidationError as error:
            faults.append(Fault(path.name, i, _told(error)))
        except ValueError as error:
            faults.append(Fault(path.name, i, f"no JSON: {error}"))
        except AttributeError:
            faults.append(Fault(path.name, i, "no JSON object"))
    return lines, faults


def _misplaced(start: int | None, end: int | None, text: str | None) -> str | None:
    if start is None and end is None:
        return None
    if start is None or end is None:
        return f"only one of start and end is given: {start}, {end}"
    if not 0 <= start < end:
        return f"start {start} is not before end {end}"
    if text is not None and end > len(text):
        return f"end {end} is beyond the text, which has {len(text)} characters"
    return None


def _amounts(fact: AnyFact) -> Iterator[tuple[str, float]]:
    """The numbers of a fact that its span has to print; n and N may be told elsewhere."""
    if isinstance(fact, MeasurementFact) and fact.value is not None:
        yield "value", fact.value
    if isinstance(fact, ComparisonFact) and fact.estimate is not None:
        yield "estimate", fact.estimate
    for bound in fact.ci or ():
        if bound is not None:
            yield "ci bound", bound
    if isinstance(fact, ComparisonFact) and fact.p is not None:
        yield "p", fact.p.value


def _disordered(fact: AnyFact) -> Iterator[str]:
    low, high = fact.ci or (None, None)
    if low is not None and high is not None and low > high:
        yield f"ci runs backwards: {low} to {high}"
    if isinstance(fact, MeasurementFact) and fact.n is not None and fact.N is not None and fact.n > fact.N:
        yield f"n {fact.n} is more than N {fact.N}"


def _fact_faults(fact: AnyFact, text: str | None) -> Iterator[str]:
    yield from _disordered(fact)
    misplaced = _misplaced(fact.start, fact.end, text)
    if misplaced is not None:
        yield misplaced
    elif text is not None and fact.start is not None:
        span = text[fact.start : fact.end]
        yield from (f"{name} {value} is not printed in [{fact.start}, {fact.end})" for name, value in _amounts(fact) if not prints(span, value))


def _mention_faults(found: EntityMention, text: str | None) -> Iterator[str]:
    if found.label not in LABELS:
        yield f"unknown code: gold has no label {found.label!r}"
    if found.label == "ENDPOINT" and found.norm not in _ENDPOINTS:
        yield f"unknown code: norm {found.norm!r} is no endpoint code"
    misplaced = _misplaced(found.start, found.end, text)
    if misplaced is not None:
        yield misplaced
    elif text is not None and text[found.start : found.end] != found.text:
        yield f"text {found.text!r} is not what stands at [{found.start}, {found.end}): {text[found.start : found.end]!r}"


def _repeated(lines: Iterable[tuple[int, object]]) -> Iterator[tuple[int, str]]:
    first: dict[object, int] = {}
    for i, identity in lines:
        if identity in first:
            yield i, f"the same as line {first[identity]}"
        first.setdefault(identity, i)


def _overlaps(lines: Iterable[Line[EntityMention]]) -> Iterator[tuple[int, str]]:
    """Mentions of one label that share a character with an earlier one; equal mentions are duplicates instead."""
    before: dict[str, Line[EntityMention]] = {}
    for i, found in sorted(lines, key=lambda line: (line[1].start, line[1].end)):
        last = before.get(found.label)
        if last is not None and found.start < last[1].end and (found.start, found.end) != (last[1].start, last[1].end):
            yield i, f"overlaps the {found.label} of line {last[0]}, [{last[1].start}, {last[1].end})"
        if last is None or found.end > last[1].end:
            before[found.label] = (i, found)


def _elsewhere(path: Path, doc: str, docs: Iterable[tuple[int, str]]) -> list[Fault]:
    return [Fault(path.name, i, f"doc {said!r} in the file of {doc!r}") for i, said in docs if said != doc]


def _check_facts(path: Path, text: str | None) -> list[Fault]:
    doc = path.name.removesuffix(FACTS)
    lines, faults = _parsed(path, gold_entry)
    faults += [Fault(path.name, i, what) for i, entry in lines for what in _fact_faults(entry.fact, text)]
    faults += [Fault(path.name, i, what) for i, what in _repeated((i, tuple(slots(entry.fact).items())) for i, entry in lines)]
    return faults + _elsewhere(path, doc, ((i, entry.fact.doc) for i, entry in lines))


def _check_mentions(path: Path, text: str | None) -> list[Fault]:
    doc = path.name.removesuffix(ENTITIES)
    lines, faults = _parsed(path, mention)
    faults += [Fault(path.name, i, what) for i, found in lines for what in _mention_faults(found, text)]
    faults += [Fault(path.name, i, what) for i, what in _repeated((i, (found.label, found.start, found.end)) for i, found in lines)]
    faults += [Fault(path.name, i, what) for i, what in _overlaps(lines)]
    return faults + _elsewhere(path, doc, ((i, found.doc) for i, found in lines))


def _check_list(folder: Path, annotated: frozenset[str]) -> Iterator[Fault]:
    path = folder / DOCUMENTS
    if not path.is_file():
        yield Fault(DOCUMENTS, 0, "not there: it says which text each document is")
        return
    rows = list(_rows(path))
    yield from (row for _, row in rows if isinstance(row, Fault))
    listed = [(i, row.doc) for i, row in rows if isinstance(row, Listed)]
    yield from (Fault(DOCUMENTS, i, f"document {what}") for i, what in _repeated(listed))
    yield from (Fault(DOCUMENTS, i, f"no gold file for {doc!r}") for i, doc in listed if doc not in annotated)
    missing = annotated - {doc for _, doc in listed}
    yield from (Fault(DOCUMENTS, 0, f"does not list {doc!r}, which has a gold file") for doc in sorted(missing))


def check(folder: Path, corpus: Sequence[Path]) -> list[Fault]:
    """Every fault in a gold folder, by file and line. The files of held-out documents are not opened.

    Args:
        folder: holds `<doc>.facts.jsonl`, `<doc>.entities.jsonl` and `documents.jsonl`.
        corpus: folders in which the source texts may lie. What needs a text is not checked for a document whose text is absent: ask `texts` which.
    """
    known, withheld = texts(folder, corpus), held_out(folder)
    files: list[tuple[Path, str, Callable[[Path, str | None], list[Fault]]]] = []
    for ending, checked in ((FACTS, _check_facts), (ENTITIES, _check_mentions)):
        files += [(path, doc, checked) for doc, path in gold_files(folder, ending).items()]
    faults = [fault for path, doc, checked in files if doc not in withheld for fault in checked(path, known.found.get(doc))]
    faults += _check_list(folder, frozenset(doc for _, doc, _ in files))
    faults += [Fault(DOCUMENTS, 0, f"{path} is not the text listed for {doc!r}: its sha256 differs") for doc, path in known.other.items()]
    return sorted(faults)
