"""Gold to and from brat standoff, so that it can be corrected in a tool that people have.

A mention is a text-bound annotation of its label, a fact one of its kind on its evidence. What brat cannot hold stands as JSON in an annotator's note
on it. Where the two differ on import, brat's span and label win: they are what an annotator moves. A fact without offsets hangs on the first
character of the text, with the label `UNPLACED`.

Format: https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.evaluate.reading import Entry, gold_entry, mention
from extractor.records import EntityMention

_UNPLACED = "UNPLACED"
_FACT_LABELS: Mapping[str, str] = {"MEASUREMENT": "measurement", "COMPARISON": "comparison"}
_LINE = re.compile(r"[^\r\n]+")
_BOUND = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_NOTE = re.compile(r"#\S*\tAnnotatorNotes (T\S+)\t(.*)")

CONFIGURATION = "[entities]\nDRUG\nTRIAL\nENDPOINT\nMEASUREMENT\nCOMPARISON\nUNPLACED\n\n[relations]\n\n[events]\n\n[attributes]\n"
"""What brat wants to know of a folder: `annotation.conf`."""

Fragments = tuple[tuple[int, int], ...]


class BratError(ValueError):
    """Standoff that cannot be read, or gold that standoff cannot hold: what, and in which line."""


@dataclass(frozen=True, slots=True)
class _Bound:
    """A text-bound annotation with its note."""

    label: str
    fragments: Fragments
    note: str | None


def _fragments(text: str, start: int, end: int) -> Fragments:
    """A span without its line breaks: brat wants a span over several lines as one fragment a line."""
    return tuple(match.span() for match in _LINE.finditer(text, start, end))


def _bound_line(number: int, label: str, fragments: Fragments, text: str) -> str:
    offsets = ";".join(f"{start} {end}" for start, end in fragments)
    return f"T{number}\t{label} {offsets}\t{' '.join(text[start:end] for start, end in fragments)}"


def _note_line(number: int, note: Mapping[str, Any]) -> str:
    # ASCII: no character in a note can be taken for the end of a line or a field.
    return f"#{number}\tAnnotatorNotes T{number}\t{json.dumps(note)}"


def _placed(label: str, span: tuple[int | None, int | None], text: str) -> tuple[str, Fragments]:
    start, end = span
    if start is None or end is None:
        first = _LINE.search(text)
        if first is None:
            raise BratError("a fact without offsets needs a text to hang on, and this one is empty")
        return _UNPLACED, ((first.start(), first.start() + 1),)
    fragments = _fragments(text, start, end)
    if not fragments or not 0 <= start < end <= len(text):
        raise BratError(f"[{start}, {end}) holds no character of the text, which has {len(text)}")
    return label, fragments


def _exported(facts: Iterable[Entry], mentions: Iterable[EntityMention]) -> Iterator[tuple[str, tuple[int | None, int | None], dict[str, Any]]]:
    for found in mentions:
        yield found.label, (found.start, found.end), found.model_dump(mode="json", exclude={"label"})
    for entry in facts:
        where = {} if entry.where is None else {"where": entry.where}
        yield entry.fact.kind.upper(), (entry.fact.start, entry.fact.end), {**entry.fact.model_dump(mode="json"), **where}


def to_brat(facts: Sequence[Entry], mentions: Sequence[EntityMention], text: str) -> tuple[str, str]:
    """The standoff and the text of one document.

    Returns:
        The contents of the .ann and of the .txt file. The text is the source text, unchanged: write it without newline translation.

    Raises:
        BratError: when a span lies outside the text, or a mention's text is not what stands there.
    """
    lines: list[str] = []
    for found in mentions:
        if text[found.start : found.end] != found.text:
            raise BratError(f"{found.label} {found.text!r} is not what stands at [{found.start}, {found.end})")
    for number, (label, span, note) in enumerate(_exported(facts, mentions), 1):
        shown, fragments = _placed(label, span, text)
        lines += [_bound_line(number, shown, fragments, text), _note_line(number, note)]
    return "".join(f"{line}\n" for line in lines), text


def _bounds(ann: str) -> Iterator[_Bound]:
    """The text-bound annotations in the order of the file. Relations, attributes and the rest carry no gold.

    Raises:
        BratError: for a text-bound annotation that is not written as one.
    """
    lines = [(i, line) for i, line in enumerate(ann.split("\n"), 1) if line.strip()]
    notes = {match[1]: match[2] for _, line in lines if (match := _NOTE.fullmatch(line.rstrip("\r")))}
    for i, line in lines:
        if not line.startswith("T"):
            continue
        match = _BOUND.fullmatch(line.rstrip("\r"))
        if match is None:
            raise BratError(f"line {i}: expected a text-bound annotation, found {line!r}")
        pairs = (part.split(" ") for part in match[3].split(";"))
        yield _Bound(match[2], tuple((int(start), int(end)) for start, end in pairs), notes.get(match[1]))


def _note(bound: _Bound) -> dict[str, Any]:
    """The slots in a note. A note that an annotator wrote in plain words holds none."""
    try:
        note = json.loads(bound.note or "{}")
    except json.JSONDecodeError:
        return {}
    return note if isinstance(note, dict) else {}


def _span(bound: _Bound, note: Mapping[str, Any], text: str) -> tuple[int, int]:
    """The span of the note while brat's fragments are still what it was exported as; else brat's, from its first to its last character."""
    start, end = note.get("start"), note.get("end")
    if isinstance(start, int) and isinstance(end, int) and _fragments(text, start, end) == bound.fragments:
        return start, end
    return bound.fragments[0][0], bound.fragments[-1][1]


def _imported(bound: _Bound, text: str, doc: str) -> Entry | EntityMention:
    note = {"doc": doc, **_note(bound)}
    if bound.label == _UNPLACED:
        return gold_entry({**note, "start": None, "end": None})
    start, end = _span(bound, note, text)
    if end > len(text):
        raise BratError(f"{bound.label} ends at {end}, beyond the text, which has {len(text)} characters")
    place = {**note, "start": start, "end": end}
    if bound.label in _FACT_LABELS:
        return gold_entry({**place, "kind": _FACT_LABELS[bound.label]})
    return mention({"norm": None, **place, "label": bound.label, "text": text[start:end]})


def from_brat(ann: str, text: str, *, doc: str) -> tuple[tuple[Entry, ...], tuple[EntityMention, ...]]:
    """The facts and mentions of one document, in the order of the file; what `to_brat` was given when nothing was changed.

    Args:
        ann: the contents of the .ann file.
        text: the contents of the .txt file.
        doc: the document's name, for annotations that were added in brat.

    Raises:
        BratError: for a line that is no standoff.
        ValidationError: for an annotation whose note holds no fact or whose label is unknown.
    """
    found = [_imported(bound, text, doc) for bound in _bounds(ann)]
    return tuple(one for one in found if isinstance(one, Entry)), tuple(one for one in found if isinstance(one, EntityMention))
