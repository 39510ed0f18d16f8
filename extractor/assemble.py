"""Stage 6: findings become records; the same fact told twice becomes one record with two places of evidence."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from pydantic import TypeAdapter

from extractor.confidence import rated
from extractor.document import CharSpan, CitationMark, Document
from extractor.entities import ArmBook, MentionKind, Part, ReadSentence
from extractor.records import (
    RECORD,
    Citation,
    Comparison,
    Component,
    Evidence,
    Measurement,
    PValue,
    SectionName,
    SourceFile,
    Spread,
    Unattached,
    record_id,
)
from extractor.relations import ComparisonFinding, Finding, Leftover, MeasurementFinding, Origin, Related, TableCell
from extractor.relations.findings import ArmOf

BRIDGE = 80
"""Raw characters between two pieces of a sentence that still count as one place: a line break, a citation mark that was cut out."""

_SECTION_NAME: TypeAdapter[SectionName] = TypeAdapter(SectionName)

# Slots that one telling of a fact may leave out and another give.
_MAY_BE_MISSING = ("ci", "ci_level", "n", "N", "criterion", "grade", "timepoint", "model", "statistic", "p", "op")
_SAME = tuple("kind study provenance population arm comparator factor endpoint event value unit category".split())
_WHO = (*_SAME, "measure", "estimate")


@dataclass(frozen=True)
class Assembled:
    """What one document gives."""

    records: tuple[Measurement | Comparison, ...]
    unattached: tuple[Unattached, ...]


@dataclass
class _Draft:
    """A record in the making: its slots, and every place that told it."""

    slots: dict[str, Any]
    finding: Finding
    places: list[Finding]

    @property
    def defaulted(self) -> bool:
        """Whether the arm was not named but filled in for the whole study."""
        return self.finding.pattern.endswith("no-arm-named")


def assemble(document: Document, arms: ArmBook, related: Related, sentences: Sequence[ReadSentence] = ()) -> Assembled:
    """Records in the order of the text, and what was left over; the sentences say where a study that is spoken of again was cited."""
    sources = _Sources(document, sentences)
    drafts: dict[tuple[Any, ...], list[_Draft]] = {}
    for finding in related.findings:
        draft = _Draft(_slots(document, finding), finding, [finding])
        _add(drafts.setdefault(tuple(draft.slots.get(name) for name in _SAME), []), draft)
    told, again = _without_defaults([draft for group in drafts.values() for draft in group])
    records = [_record(document, arms, sources, draft) for draft in told]
    unique = {r.id: r for r in reversed(records)}
    ordered = sorted(unique.values(), key=lambda r: (r.start or 0, r.end or 0, r.kind, r.id))
    unattached = tuple(_unattached(document, [*related.leftovers, *_told_again(again)]))
    return Assembled(rated(ordered, unattached, related.kind), unattached)


def _add(drafts: list[_Draft], draft: _Draft) -> None:
    for i, known in enumerate(drafts):
        if _same_fact(known.slots, draft.slots):
            best, other = (draft, known) if _completeness(draft) > _completeness(known) else (known, draft)
            slots = {name: value if value is not None else other.slots[name] for name, value in best.slots.items()}
            drafts[i] = _Draft(slots, best.finding, [*best.places, *other.places])
            return
    drafts.append(draft)


def _same_fact(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two tellings are of one fact: the same arm, study and value, and nowhere two different answers."""
    if one["kind"] != other["kind"]:
        return False
    for name in _WHO:
        if name in ("measure", "estimate") and one["kind"] == "comparison" and one["p"] == other["p"] and one["p"] is not None:
            if None not in (one[name], other[name]) and one[name] != other[name]:
                return False
        elif one.get(name) != other.get(name):
            return False
    if one["kind"] == "comparison" and (one["estimate"] is None) != (other["estimate"] is None) and one["timepoint"] != other["timepoint"]:
        return False
    return all(one.get(n) is None or other.get(n) is None or one[n] == other[n] for n in _MAY_BE_MISSING)


def _completeness(draft: _Draft) -> int:
    return sum(v is not None for v in draft.slots.values())


def _without_defaults(drafts: Sequence[_Draft]) -> tuple[list[_Draft], list[_Draft]]:
    """The drafts, and apart from them those whose arm was only filled in while another draft names the arm of the same value."""
    named = {_told(d) for d in drafts if not d.defaulted and d.slots["kind"] == "measurement"}
    again = [d.defaulted and _told(d) in named for d in drafts]
    return [d for d, more in zip(drafts, again, strict=True) if not more], [d for d, more in zip(drafts, again, strict=True) if more]


def _told(draft: _Draft) -> tuple[Any, ...]:
    return tuple(draft.slots.get(name) for name in ("endpoint", "value", "unit", "study"))


def _told_again(drafts: Sequence[_Draft]) -> Iterator[Leftover]:
    """What is left over of values whose arm another statement names."""
    for place in [place for draft in drafts for place in draft.places]:
        spans = (getattr(place, "value_span", None), place.interval.span if place.interval else None)
        for span in spans:
            if span is not None:
                yield Leftover(place.read, span, "told again, without its arm")


def _slots(document: Document, finding: Finding) -> dict[str, Any]:
    topic = finding.topic
    interval = finding.interval
    slots: dict[str, Any] = {
        "kind": "measurement" if isinstance(finding, MeasurementFinding) else "comparison",
        "doc": document.name,
        "study": topic.study.name,
        "provenance": topic.study.provenance,
        "population": topic.population,
        "arm": finding.arm.norm if finding.arm else None,
        "endpoint": topic.endpoint,
        "statistic": topic.statistic,
        "timepoint": topic.timepoint,
        "criterion": topic.criterion,
        "event": topic.event,
        "grade": topic.grade,
        "ci": (interval.low, interval.high) if interval else None,
        "ci_level": (interval.level or 95) if interval else None,
    }
    if isinstance(finding, MeasurementFinding):
        op = finding.op if finding.op in ("<", ">") else None
        return slots | {"value": finding.value, "op": op, "unit": finding.unit, "n": finding.n, "N": finding.N, "category": finding.category}
    p = PValue.model_validate({"op": finding.p.op, "value": finding.p.value}) if finding.p else None
    comparator = finding.comparator.norm if finding.comparator else None
    return slots | {
        "comparator": comparator,
        "factor": finding.factor,
        "measure": finding.measure,
        "estimate": finding.estimate,
        "p": p,
        "model": finding.model,
    }


def _record(document: Document, arms: ArmBook, sources: _Sources, draft: _Draft) -> Measurement | Comparison:
    finding = draft.finding
    places = [e for place in _distinct_places(draft) for e in _evidence(document, place.read)]
    slots = dict(draft.slots)
    keyed = slots | {"p": slots["p"].model_dump() if slots.get("p") else None}
    own = slots["provenance"] == "own"
    common: dict[str, Any] = slots | {
        "start": places[0].start,
        "end": places[0].end,
        "id": record_id(document.source.text_sha256, keyed),
        "result": _result_id(document, finding),
        "registry_id": finding.topic.study.registry_id,
        "citations": tuple(_citations(document, sources.marks(finding), slots["study"])) if not own else (),
        "arm_n": _size(arms, finding.arm, own),
        "arm_components": _components(finding.arm.parts if finding.arm else ()),
        "endpoint_text": _raw_text(document, finding, finding.topic.endpoint_span or finding.topic.event_span),
        "section": _section(finding.read),
        "evidence": tuple(places),
        "spans": _spans(document, finding),
        "pattern": finding.pattern,
        "source": SourceFile(
            file=document.source.file, sha256=document.source.sha256, text_sha256=document.source.text_sha256, format=document.source.format
        ),
    }
    if isinstance(finding, MeasurementFinding):
        spread = Spread.model_validate(finding.spread) if finding.spread else None
        return RECORD.validate_python(common | {"value_text": _raw_text(document, finding, finding.value_span), "spread": spread})
    return RECORD.validate_python(
        common
        | {
            "direction": finding.direction,
            "comparator_n": _size(arms, finding.comparator, own),
            "comparator_components": _components(finding.comparator.parts if finding.comparator else ()),
            "estimate_text": _raw_text(document, finding, finding.estimate_span),
        }
    )


def _size(arms: ArmBook, arm: ArmOf | None, own: bool) -> int | None:
    """The size of an arm: as the header of its column has it, else as the paper's own text gives it."""
    if arm is None:
        return None
    return arm.n if arm.n is not None else arms.n_of(arm.norm) if own else None


def _distinct_places(draft: _Draft) -> Iterator[Finding]:
    seen: set[object] = set()
    for place in (draft.finding, *draft.places):
        where = place.read.pieces if isinstance(place.read, TableCell) else place.read.sentence.index
        if where not in seen:
            seen.add(where)
            yield place


def _evidence(document: Document, read: Origin) -> Iterator[Evidence]:
    pieces = read.pieces if isinstance(read, TableCell) else document.offsets.raw_spans(read.sentence.span, bridge=BRIDGE)
    for span in pieces:
        text = span.of(document.raw)
        if text.strip():
            yield Evidence(start=span.start, end=span.end, text=text, section=_section(read), **_place(document, span))


def _place(document: Document, span: CharSpan) -> dict[str, Any]:
    """Where in the file a stretch of the source text stands: its element, or its first page and the box around what it takes of a column there."""
    first = max(bisect_right(document.places, span.start, key=lambda place: place.raw.start) - 1, 0)
    found = [place for place in takewhile(lambda place: place.raw.start < span.end, document.places[first:]) if place.raw.overlaps(span)]
    if not found:
        return {}
    boxes = [place.box for place in found if place.box is not None and place.page == found[0].page and _one_above_another(place.box, found[0].box)]
    x0, top, x1, bottom = zip(*boxes, strict=True) if boxes else ((), (), (), ())
    box = (min(x0), min(top), max(x1), max(bottom)) if boxes else None
    return {"xpath": found[0].xpath, "page": found[0].page, "box": box}


def _one_above_another(box: Sequence[float], other: Sequence[float] | None) -> bool:
    return other is not None and box[0] < other[2] and other[0] < box[2]


def _section(read: Origin) -> SectionName:
    return "table" if isinstance(read, TableCell) else _SECTION_NAME.validate_python(read.sentence.section.kind.published)


def _result_id(document: Document, finding: Finding) -> str | None:
    if not finding.result:
        return None
    read = finding.read
    at = read.row if isinstance(read, TableCell) else document.offsets.raw(read.sentence.span.start).start
    return hashlib.sha256(f"{document.source.text_sha256}\n{at}\n{finding.result}".encode()).hexdigest()[:16]


class _Sources:
    """The citation marks of findings. A study that is named with its mark once ("the ALPHA trial.12") is not cited again in each sentence on it."""

    def __init__(self, document: Document, sentences: Sequence[ReadSentence]) -> None:
        """Keep the sentences that have marks, each with its marks."""
        self._document = document
        self._cited = [(read, marks) for read in sentences if read.sentence.section.kind.read and (marks := [*document.marks_in(read.sentence.span)])]

    def marks(self, finding: Finding) -> Sequence[CitationMark]:
        """The marks in the sentence or the cells of a finding, else those that its study is named with.

        That is the nearest sentence before it in the paragraph that names the study with a mark, else the first such in the document.
        """
        read, study = finding.read, finding.topic.study.name
        if isinstance(read, TableCell):
            return [mark for mark in self._document.citations if any(piece.overlaps(mark.raw) for piece in read.pieces)]
        own = [*self._document.marks_in(read.sentence.span)]
        if own or study is None:
            return own
        naming = [(other, marks) for other, all_marks in self._cited if (marks := _behind_name(other, all_marks, study))]
        near = [marks for other, marks in naming if other.sentence.block == read.sentence.block and other.sentence.index < read.sentence.index]
        return near[-1] if near else naming[0][1] if naming else ()


def _behind_name(read: ReadSentence, marks: Sequence[CitationMark], study: str) -> list[CitationMark]:
    """The marks of a sentence between the name of a study and that of another."""
    named = [m for m in read.mentions if m.kind is MentionKind.TRIAL]
    words = re.escape(study.removesuffix(" et al."))  # however the others are named ("and colleagues")
    spans = [m.span for m in named if m.norm == study] or [CharSpan(*m.span()) for m in re.finditer(rf"\b{words}(?![\w-])", read.sentence.text)]
    if not spans:
        return []
    start = read.sentence.clean(spans[0]).end
    others = [read.sentence.clean(m.span).start for m in named if m.norm not in (study, m.detail)]  # not the study's own registry number
    end = min((other for other in others if other >= start), default=read.sentence.span.end)
    return [mark for mark in marks if start <= mark.at <= end]


def _citations(document: Document, marks: Sequence[CitationMark], study: str | None) -> Iterator[Citation]:
    """One for each entry of each mark, with the mark as printed (broken over lines or not); the mark alone where its entries are not known.

    Of a study that is named by its first author ("Doe et al."), the entries of that author, where a mark has such.
    """
    entries = {entry.number: entry for entry in document.references}
    cited = [(" ".join(mark.text.split()), entries.get(number)) for mark in marks for number in (mark.numbers or (0,))]
    known = [(marker, entry) for marker, entry in cited if entry is not None]
    if study is not None and study.endswith(" et al."):
        author = re.compile(rf"{re.escape(study.removesuffix(' et al.'))}\b")
        cited = [*([one for one in known if author.match(one[1].text)] or known or cited)]
    told = {marker for marker, entry in cited if entry is not None}
    for marker, entry in dict.fromkeys(cited):
        if entry is not None:
            yield Citation(marker=marker, text=entry.text, year=entry.year, doi=entry.doi, pmid=entry.pmid)
        elif marker not in told:
            yield Citation(marker=marker)


def _components(parts: Sequence[Part]) -> tuple[Component, ...]:
    return tuple(Component(name=p.name, kind=p.kind) for p in parts)


def _raw_span(document: Document, finding: Finding, span: CharSpan) -> tuple[int, int]:
    if isinstance(finding.read, TableCell):
        return span.start, span.end
    pieces = document.offsets.raw_spans(finding.read.sentence.clean(span), bridge=BRIDGE)
    return pieces[0].start, pieces[0].end


def _raw_text(document: Document, finding: Finding, span: CharSpan | None) -> str | None:
    if span is None:
        return None
    start, end = _raw_span(document, finding, span)
    return document.raw[start:end]


def _spans(document: Document, finding: Finding) -> dict[str, tuple[int, int]]:
    """The place of every filled slot that was read from the sentence."""
    topic = finding.topic
    slots: dict[str, CharSpan | None] = {
        "endpoint": topic.endpoint_span,
        "event": topic.event_span,
        "grade": topic.grade_span,
        "population": topic.population_span,
        "timepoint": topic.timepoint_span,
        "study": topic.study.span if topic.study.span and _names(finding, topic.study.span) else None,
        "arm": finding.arm.span if finding.arm else None,
        "ci": finding.interval.span if finding.interval else None,
    }
    if isinstance(finding, ComparisonFinding):
        slots |= {
            "comparator": finding.comparator.span if finding.comparator else None,
            "factor": finding.factor_span,
            "estimate": finding.estimate_span,
            "p": finding.p.span if finding.p else None,
        }
    else:
        slots["category" if finding.value is None else "value"] = finding.value_span
    return {name: _raw_span(document, finding, span) for name, span in slots.items() if span is not None}


def _names(finding: Finding, span: CharSpan) -> bool:
    """Whether the study is named in this very sentence (its span may have been carried over from an earlier one); in a table it always is."""
    return isinstance(finding.read, TableCell) or any(m.span == span for m in finding.read.mentions)


def _unattached(document: Document, leftovers: Sequence[Leftover]) -> Iterator[Unattached]:
    for left in leftovers:
        spans, sentence = _places(document, left)
        yield Unattached(
            doc=document.name,
            start=spans[0].start,
            end=spans[0].end,
            text=spans[0].of(document.raw),
            sentence_start=min(s.start for s in sentence),
            sentence_end=max(s.end for s in sentence),
            section=_section(left.read),
            reason=left.reason,
        )


def _places(document: Document, left: Leftover) -> tuple[tuple[CharSpan, ...], tuple[CharSpan, ...]]:
    """Where a number that was left over stands, and its sentence or its row."""
    if isinstance(left.read, TableCell):
        return (left.span,), left.read.pieces[:1]
    clean = left.read.sentence.clean(left.span)
    return document.offsets.raw_spans(clean, bridge=BRIDGE), document.offsets.raw_spans(left.read.sentence.span, bridge=BRIDGE)
