"""A gold set scored against what is extracted here, against files, or against another gold set."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.dataset import failure
from extractor.document import Document
from extractor.evaluate import (
    ENTITIES,
    FACTS,
    Annotations,
    Entry,
    Result,
    asked,
    entries_of,
    gold_files,
    held_out,
    in_sections,
    located,
    read_gold,
    read_predicted,
    score,
    tables_partial,
    unlocated,
    without_safety,
)
from extractor.gold import places
from extractor.ingest import read
from extractor.pipeline import Pipeline
from extractor.records import EntityMention
from extractor.sections import segment

# Characters that reading left out between two that it kept (a citation mark, a line break) belong to the section around them.
_GAP = 40


class ScopeError(ValueError):
    """Documents that cannot be scored: unknown to the gold set, held out, or without a text."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A result, and what became of the texts.

    Attributes:
        result: of held-out documents the totals alone.
        texts: the source text of each document that was found; nothing of held-out documents.
        absent: documents of the gold set that could not be scored because no corpus folder (or no other gold set) has them.
        failed: documents whose text could not be read, and why.
    """

    result: Result
    texts: Mapping[str, str]
    absent: tuple[str, ...]
    failed: tuple[tuple[Path, str], ...]


def scope_of(gold: Path, documents: Collection[str] | None = None, *, last: bool = False) -> frozenset[str]:
    """The documents of a gold folder that may be read.

    Args:
        gold: the folder; its `split.json` says what is held out.
        documents: only these.
        last: the held-out documents instead of all others.

    Raises:
        ScopeError: for documents that the folder does not have, or that are held out.
        LineError: when the split cannot be read.
    """
    withheld = held_out(gold)
    annotated = gold_files(gold, FACTS).keys() | gold_files(gold, ENTITIES).keys()
    open_to_all = frozenset(annotated & withheld if last else annotated - withheld)
    if documents is None:
        return open_to_all
    asked = frozenset(documents)
    if not last and asked & withheld:
        raise ScopeError(f"held out, read by no command but `make score-held-out`: {', '.join(sorted(asked & withheld))}")
    if asked - open_to_all:
        raise ScopeError(f"{gold} has no gold of {', '.join(sorted(asked - open_to_all))}")
    return asked


def evaluate_gold(  # noqa: PLR0913  (the options of the command, each by its name)
    gold: Path,
    *,
    corpus: Sequence[Path] = (),
    documents: Collection[str] | None = None,
    records: Path | None = None,
    mentions: Path | None = None,
    predicted_gold: Path | None = None,
    only_located: bool = False,
    jats: bool = False,
    last: bool = False,
    model: str | None = None,
    lexicon: Path | None = None,
) -> Scored:
    """Score the documents of a gold folder.

    Args:
        gold: the gold folder.
        corpus: folders in which the texts of its documents may lie.
        documents: score these; None is all that are not held out.
        records: predicted records; without them, and without `predicted_gold`, each text that is found is read by the extractor.
        mentions: predicted mentions, beside `records`.
        predicted_gold: another gold folder to take as prediction, scored where both have the same kind of file.
        only_located: leave out facts without offsets, and what is predicted of them.
        jats: read the `.nxml` of each document instead of its `.txt`. Gold's offsets and mentions, which are into the `.txt`, are left aside, and
            so are, on both sides, safety facts of documents that the split lists as `tables_partial`.
        last: score the held-out documents, and tell their totals only.
        model: the parser of the extractor, by name or folder.
        lexicon: a user's own drugs, trials and endpoints, for the extractor.

    Raises:
        ScopeError: when there is nothing to score.
        LineError: for a line of gold, records or mentions that does not fit.
        LexiconError: when the lexicon does not have the form of the project's own.
        OSError: when one of these files cannot be read.
    """
    scope = scope_of(gold, documents, last=last)
    known = places(gold, corpus, scope, ".nxml" if jats else None)
    in_process = records is None and predicted_gold is None
    extracted = _extracted(known.found, Pipeline(model, lexicon), whole=in_process)
    absent: tuple[str, ...] = ()
    if records is not None:
        predicted = read_predicted(records, mentions)
    elif predicted_gold is not None:
        predicted = read_gold(predicted_gold, documents=scope - held_out(predicted_gold))
        absent = tuple(sorted(scope - (predicted.documents or frozenset()) - (predicted.mention_documents or frozenset())))
    else:
        predicted, absent = extracted.annotations, known.absent
        scope = frozenset(extracted.texts)
    wanted = _shared(read_gold(gold, documents=scope), predicted, mentions=not jats and (records is None or mentions is not None))
    if not (wanted.documents or wanted.mention_documents or extracted.failed):
        raise ScopeError(f"nothing to score: nothing found for {', '.join(absent)}" if absent else f"{gold} holds no gold that may be read")

    def placed(side: Annotations) -> Annotations:
        return unlocated(side) if jats else in_sections(located(side) if only_located else side, extracted.sections)

    partial = tables_partial(gold) if jats else frozenset()
    answered = predicted if predicted_gold is None else placed(predicted)
    answered = asked(wanted, answered) if only_located and not jats else answered
    result = score(without_safety(placed(wanted), partial), without_safety(answered, partial))
    return Scored(result.totals() if last else result, {} if last else extracted.texts, absent, extracted.failed)


def _shared(gold: Annotations, predicted: Annotations, *, mentions: bool) -> Annotations:
    """Gold without the documents, and the kinds of file, that the other side says it does not have."""
    documents, mention_documents = gold.documents or frozenset(), gold.mention_documents or frozenset()
    if predicted.documents is not None:
        documents &= predicted.documents
    if predicted.mention_documents is not None:
        mention_documents &= predicted.mention_documents
    return replace(gold, documents=documents, mention_documents=mention_documents if mentions else frozenset())


@dataclass(frozen=True, slots=True)
class _Extracted:
    """What the extractor made of the documents that were found."""

    annotations: Annotations
    texts: Mapping[str, str]
    sections: Mapping[str, tuple[tuple[int, int, str], ...]]
    failed: tuple[tuple[Path, str], ...]


def _extracted(found: Mapping[str, Path], pipeline: Pipeline, *, whole: bool) -> _Extracted:
    """Read documents: with `whole` all that is in them, else only as far as their sections."""
    facts: list[Entry] = []
    mentions: list[EntityMention] = []
    texts: dict[str, str] = {}
    sections: dict[str, tuple[tuple[int, int, str], ...]] = {}
    failed: list[tuple[Path, str]] = []
    for doc, path in found.items():
        try:
            document = replace(read(path), name=doc)  # gold knows the document by this name, whatever the file is called
            if whole:
                extraction = pipeline.extract_document(document)
                document = extraction.document
                facts.extend(entries_of(extraction.records))
                mentions.extend(extraction.mentions)
            else:
                document = segment(document)
        except Exception as error:  # what fails in one paper is told, the others are scored
            failed.append((path, failure(error)))
            continue
        texts[doc], sections[doc] = document.raw, _sections(document)
    return _Extracted(Annotations(tuple(facts), tuple(mentions)), texts, sections, tuple(failed))


def _sections(document: Document) -> tuple[tuple[int, int, str], ...]:
    """Sections in the coordinates of the source text: first what was read, then with what was left out in between."""
    return tuple(
        (span.start, span.end, section.kind.published)
        for bridge in (0, _GAP)
        for section in document.sections
        for span in document.offsets.raw_spans(section.span, bridge=bridge)
    )
