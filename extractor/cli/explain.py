"""`onco-extract explain`: what each stage saw in a sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.cli.boundary import boundary, say

if TYPE_CHECKING:
    from extractor.entities import Concept, Mention
    from extractor.pipeline import Extraction
    from extractor.records import Comparison, Measurement
    from extractor.relations import Said
    from extractor.syntax import Sentence


@dataclass(frozen=True, slots=True)
class SentenceSeen:
    """A sentence as the stages saw it. Spans of mentions are into its text; each has its concept."""

    sentence: Sentence
    tokens: tuple[str, ...]
    mentions: tuple[Mention, ...]
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What each stage saw in a text."""

    sentences: tuple[SentenceSeen, ...]
    extraction: Extraction


def explain_command(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help='The text in quotes, or "-" to read it from stdin.')],
    *,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="A spaCy pipeline with a parser: an installed package or a folder; none for no trees.")
    ] = None,
    lexicon: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, metavar="FILE", help="More drugs, trials and endpoints, as a table with tabs.")
    ] = None,
) -> None:
    """Show what each stage saw in a sentence: text, tokens, mentions, results, and the numbers that became none."""
    with boundary():
        text = _decoded(sys.stdin.buffer.read(), "stdin") if sentence == "-" else _decoded(os.fsencode(sentence), "the sentence")
        say(told(explain_text(text, model=model, lexicon=lexicon)))


def explain_text(text: str, *, model: str | None = None, lexicon: Path | None = None) -> Explanation:
    """Send a text through all stages and keep what each saw.

    Raises:
        SourceError: when there is no text.
        LexiconError: when the lexicon does not have the form of the project's own.
    """
    from extractor.ingest import from_text  # noqa: PLC0415  (loads every stage)
    from extractor.pipeline import Pipeline  # noqa: PLC0415
    from extractor.sections import segment  # noqa: PLC0415
    from extractor.syntax import Parser  # noqa: PLC0415

    pipeline, parser = Pipeline(model, lexicon), Parser(model)
    document = from_text(text, file="the sentence")
    recognized = pipeline.recognize(segment(document))
    seen = tuple(
        SentenceSeen(
            read.sentence,
            tuple(span.of(read.sentence.text) for span in parser.tokens(read.sentence)),
            read.mentions,
            tuple(pipeline.concept(mention, recognized) for mention in read.mentions),
        )
        for read in recognized.sentences
    )
    return Explanation(seen, pipeline.extract_document(document))


def _decoded(data: bytes, origin: str) -> str:
    """Text from outside: UTF-8, whatever the locale says."""
    from extractor.ingest import SourceError  # noqa: PLC0415  (loads the first stage)

    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(origin, f"expected text in UTF-8, found byte 0x{data[error.start]:02x} at {error.start}") from error


def told(explanation: Explanation) -> str:
    """An explanation for reading. Offsets in "results" and "unattached" are into the text as given, all others into the clean text."""
    document = explanation.extraction.document
    parts = [_part("clean text", [document.text])]
    for number, seen in enumerate(explanation.sentences, 1):
        span = seen.sentence.span
        parts.append(_part(f"sentence {number} [{span.start}:{span.end}], section {seen.sentence.section.kind.value}", _sentence(seen)))
    if not explanation.sentences:
        parts.append(_part("sentences", ["none"]))
    results = [line for record in explanation.extraction.records for line in _record(record, document.raw)]
    parts.append(_part("results", results or ["none: nothing in this text was read as a result"]))
    said = _columns([_said(one) for one in explanation.extraction.said])
    parts.append(_part("who did better, in words", said or ["nothing said"]))
    left = [f"{u.text!r} [{u.start}:{u.end}]: {u.reason}" for u in explanation.extraction.unattached]
    parts.append(_part("unattached numbers", left or ["none"]))
    return "\n\n".join(parts)


def _part(heading: str, lines: list[str]) -> str:
    return "\n".join([heading, *(f"  {line}" for text in lines for line in text.split("\n"))])


def _sentence(seen: SentenceSeen) -> list[str]:
    lines = [f"text      {seen.sentence.text}", f"tokens    {' | '.join(seen.tokens)}"]
    names = _columns([(m.kind.value, m.norm, _place(seen, m), c.told) for m, c in zip(seen.mentions, seen.concepts, strict=True)])
    return [*lines, *(f"{'mentions' if i == 0 else '':<10}{name}" for i, name in enumerate(names or ["none"]))]


def _place(seen: SentenceSeen, mention: Mention) -> str:
    span = seen.sentence.clean(mention.span)
    return f"{mention.span.of(seen.sentence.text)!r} [{span.start}:{span.end}]"


def _said(one: Said) -> tuple[str, ...]:
    """A direction that a sentence says in words: of what, between whom, whom it favors, and by which word."""
    of = one.read.sentence
    cue = of.clean(one.cue)
    of_what = one.endpoint + (f" {one.event}" if one.event else "")
    return of_what, f"{one.arm.norm} vs {one.comparator.norm}", one.direction, f"{one.cue.of(of.text)!r} [{cue.start}:{cue.end}]"


def _record(record: Measurement | Comparison, raw: str) -> Iterator[str]:
    """A record: what kind, which pattern read it, and each slot that is filled, with the characters it was read from."""
    from extractor import lexicons  # noqa: PLC0415  (loads pydantic)
    from extractor.records import KEY_SLOTS  # noqa: PLC0415  (loads pydantic)

    slots = record.model_dump(mode="json")
    yield f"{record.kind}, pattern {record.pattern}" + (f", result {record.result}" if record.result else "")
    says = {rule.name: rule.says for rule in lexicons.rules()}
    yield from (f"  {part}: {says[part]}" for part in record.pattern.split("/"))
    rows = []
    for name in KEY_SLOTS:
        if name != "kind" and slots.get(name) is not None:
            start, end = record.spans.get(name, (0, 0))
            rows.append((name, _value(slots[name]), f"{raw[start:end]!r} [{start}:{end}]" if end else ""))
    if record.direction is not None:
        rows.append(("direction", record.direction, ""))
    for place in record.evidence:
        rows.append(("evidence", f"[{place.start}:{place.end}]", ""))
    yield from (f"  {row}" for row in _columns(rows))


def _value(value: Any) -> str:
    """A slot's value as one would write it: `= 0.03`, `0.5 to 0.8`."""
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())
    if isinstance(value, list):
        return " to ".join("?" if part is None else str(part) for part in value)
    return str(value)


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max((len(cell) for cell in column), default=0) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
