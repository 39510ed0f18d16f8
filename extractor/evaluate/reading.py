"""Gold files, records and mentions, read into the one form that scoring knows."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeVar

from extractor.records import GOLD_FACT, Comparison, ComparisonFact, EntityMention, Frozen, GoldFact, Measurement, MeasurementFact

FACTS, ENTITIES = ".facts.jsonl", ".entities.jsonl"
SPLIT = "split.json"

Where = Literal["prose", "caption", "table"]
ItemT = TypeVar("ItemT")

# Slots that gold written before the guideline named them may lack: absent is null.
_LATER_SLOTS = {"op": "measurement", "ci_level": None}
_FACT_FIELDS: Mapping[str, frozenset[str]] = {
    "measurement": frozenset(MeasurementFact.model_fields),
    "comparison": frozenset(ComparisonFact.model_fields),
}


class LineError(ValueError):
    """A line that is no fact, record or mention: file, line, and what is wrong with it."""


class Entry(Frozen):
    """A fact on either side of the scoring, with where it stands.

    Attributes:
        fact: its slots and its span.
        where: what a gold line says of its place.
        section: the section that a record was read in, or that `in_sections` found for a gold fact.
    """

    fact: GoldFact
    where: Where | None = None
    section: str | None = None

    @property
    def place(self) -> str:
        """The section where known, else what gold says of the place, else `unknown`."""
        return self.section or self.where or "unknown"


@dataclass(frozen=True, slots=True)
class Annotations:
    """What one side says of some documents.

    Attributes:
        facts: in the order read.
        mentions: in the order read.
        documents: the documents that were annotated for facts, those without a fact included; None when only the facts tell.
        mention_documents: the same for mentions.
    """

    facts: tuple[Entry, ...] = ()
    mentions: tuple[EntityMention, ...] = ()
    documents: frozenset[str] | None = None
    mention_documents: frozenset[str] | None = None


def gold_entry(line: Mapping[str, Any]) -> Entry:
    """One line of a gold file: a fact that may carry `where` and `quote`, and may lack a later slot. The quote is dropped.

    Raises:
        ValidationError: when it is no fact.
    """
    slots = {name: value for name, value in line.items() if name not in ("where", "quote")}
    for name, kind in _LATER_SLOTS.items():
        if kind in (None, slots.get("kind")):
            slots.setdefault(name, None)
    return Entry.model_validate({"fact": slots, "where": line.get("where")})


def predicted_entry(line: Mapping[str, Any]) -> Entry:
    """One line of a records file: of a record only its fact and its section matter, so that records of another schema version are still scored.

    Raises:
        ValidationError: when it holds no fact.
    """
    fields = _FACT_FIELDS.get(str(line.get("kind")), frozenset(line))
    fact = GOLD_FACT.validate_python({name: value for name, value in line.items() if name in fields})
    return Entry(fact=fact, section=line.get("section"))


def mention(line: Mapping[str, Any]) -> EntityMention:
    """One line of a mentions file.

    Raises:
        ValidationError: when it is no mention.
    """
    return EntityMention.model_validate(dict(line))


def entries_of(records: Iterable[Measurement | Comparison]) -> tuple[Entry, ...]:
    """Records as scoring sees them."""
    return tuple(predicted_entry(record.model_dump()) for record in records)


def numbered(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a JSONL file that are not blank, with their numbers from 1. A line ends at a line feed and nowhere else.

    Raises:
        LineError: when the file is not UTF-8.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineError(f"{path}: expected text in UTF-8, found byte 0x{error.object[error.start]:02x} at {error.start}") from error
    for i, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield i, line


def _no_number(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


def parsed(line: str) -> Any:
    """The JSON value of a line. NaN and Infinity, which Python would take, are refused: NaN does not even agree with itself.

    Raises:
        ValueError: when it is no JSON.
    """
    return json.loads(line, parse_constant=_no_number)


def _read(path: Path, parse: Callable[[Mapping[str, Any]], ItemT]) -> Iterator[ItemT]:
    for i, line in numbered(path):
        try:
            item = parse(parsed(line))
        except (ValueError, AttributeError) as error:
            raise LineError(f"{path}, line {i}: {error}") from error
        yield item


def gold_files(folder: Path, ending: str) -> dict[str, Path]:
    """The files of one kind in a gold folder, by document; none of them is opened."""
    return {path.name.removesuffix(ending): path for path in sorted(folder.glob(f"*{ending}"))}


def held_out(folder: Path) -> frozenset[str]:
    """The documents that a gold folder's `split.json` keeps for a last measurement; none where there is no such file.

    Raises:
        LineError: when `held_out` is no list of names: then nobody knows what may be read.
    """
    return _split(folder, "held_out")


def tables_partial(folder: Path) -> frozenset[str]:
    """The documents of which gold holds only some rows of the adverse-event tables, as `split.json` lists them.

    Raises:
        LineError: when `tables_partial` is no list of names.
    """
    return _split(folder, "tables_partial")


def _split(folder: Path, part: str) -> frozenset[str]:
    path = folder / SPLIT
    if not path.is_file():
        return frozenset()
    try:
        split = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise LineError(f"{path}: no JSON: {error}") from error
    names = split.get(part, []) if isinstance(split, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise LineError(f"{path}: {part} is no list of documents")
    return frozenset(names)


def read_gold(folder: Path, *, documents: Collection[str] | None = None) -> Annotations:
    """The gold set in a folder: `<doc>.facts.jsonl` and `<doc>.entities.jsonl`.

    Args:
        folder: where the files lie.
        documents: read these and open no other file; None reads all but the held-out ones.

    Raises:
        LineError: for a line that does not fit.
    """
    withheld = held_out(folder) if documents is None else frozenset()

    def files(ending: str) -> dict[str, Path]:
        found = gold_files(folder, ending)
        return {doc: path for doc, path in found.items() if doc not in withheld and (documents is None or doc in documents)}

    facts, mentions = files(FACTS), files(ENTITIES)
    return Annotations(
        facts=tuple(entry for path in facts.values() for entry in _read(path, gold_entry)),
        mentions=tuple(found for path in mentions.values() for found in _read(path, mention)),
        documents=frozenset(facts),
        mention_documents=frozenset(mentions),
    )


def read_predicted(records: Path, mentions: Path | None = None) -> Annotations:
    """Predicted records and, where asked for, mentions, one file each.

    Raises:
        LineError: for a line that does not fit.
    """
    facts = tuple(_read(records, predicted_entry))
    return Annotations(facts, () if mentions is None else tuple(_read(mentions, mention)))


def located(annotations: Annotations) -> Annotations:
    """Without the facts that have no offsets: their text is not in the .txt that was scored."""
    return replace(annotations, facts=tuple(entry for entry in annotations.facts if entry.fact.start is not None))


def unlocated(annotations: Annotations) -> Annotations:
    """The same facts without their offsets: those of gold are into the `.txt` and say nothing in another format of the same paper."""
    facts = (entry.model_copy(update={"fact": entry.fact.model_copy(update={"start": None, "end": None})}) for entry in annotations.facts)
    return replace(annotations, facts=tuple(facts))


def in_sections(annotations: Annotations, sections: Mapping[str, Sequence[tuple[int, int, str]]]) -> Annotations:
    """The same with the section of each located fact filled in.

    Args:
        annotations: gold, which knows no sections by itself.
        sections: for each document its sections in the coordinates of gold: start, end, name.
    """

    def placed(entry: Entry) -> Entry:
        at = entry.fact.start
        found = [name for start, end, name in sections.get(entry.fact.doc, ()) if at is not None and start <= at < end]
        return entry.model_copy(update={"section": found[0]}) if found else entry

    return replace(annotations, facts=tuple(placed(entry) for entry in annotations.facts))
