"""Records as brat standoff: beside the text of each document its annotations, as `gold export` writes gold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from extractor.dataset import write_text
from extractor.evaluate.reading import entries_of
from extractor.export.forms import AnyRecord, Told, by_document
from extractor.gold import CONFIGURATION, BratError, to_brat
from extractor.records import EntityMention, SourceFile

_PLAIN = re.compile(r"[^/\\\x00-\x1f]+")


def write_brat(
    records: Iterable[AnyRecord],
    folder: Path,
    text_of: Callable[[SourceFile], str | None],
    mentions: Mapping[str, Sequence[EntityMention]],
) -> Told:
    """A `.txt` and an `.ann` file for each document.

    Args:
        records: of one document after another.
        folder: where the files go; it is there.
        text_of: the source text of a file, None where it is not found.
        mentions: of each document.

    Raises:
        OutputError: when a file cannot be written.
        OrderError: when records of a document stand apart.
    """
    told = Told()
    there = {path.stem for path in folder.glob("*.ann")}
    for group in by_document(records):
        doc, text = group[0].doc, text_of(group[0].source)
        if not _PLAIN.fullmatch(doc) or doc.startswith("."):
            told.left["a document whose name no file can have"] += len(group)
        elif doc in there:
            told.left["annotations of this name that are in the folder: they are not written over"] += len(group)
        elif text is None:
            told.left["a document whose text is not found: name its folder with --corpus"] += len(group)
        else:
            try:
                annotations, text = to_brat(entries_of(group), mentions.get(doc, ()), text)
            except BratError as error:
                told.left[f"a text that is not the one read: {error}"] += len(group)
                continue
            write_text(folder / f"{doc}.txt", text)
            write_text(folder / f"{doc}.ann", annotations)
            there.add(doc)
            told.carried += len(group)
            told.rows += 1
    write_text(folder / "annotation.conf", CONFIGURATION)
    return told
