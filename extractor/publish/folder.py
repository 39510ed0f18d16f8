"""A data set as a folder: written whole or not at all, and the same bytes for the same papers."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow
import pydantic

from extractor.dataset import OutputError, read_lines, write_text, writing
from extractor.document import Source
from extractor.parquet import Rows
from extractor.publish.card import Facts, card, licence_of, split_file
from extractor.publish.croissant import croissant
from extractor.publish.splits import SPLITS, Identity, Split, splits
from extractor.publish.tables import DOCUMENTS, MENTIONS, RECORDS, TABLES, UNATTACHED, PublishedDocument, Table, json_schemas
from extractor.records import SCHEMA_VERSION, Comparison, EntityMention, Measurement, PaperKind, Unattached

MANIFEST = "manifest.json"
FORMAT = "onco-extractor data set"


@dataclass(frozen=True, slots=True)
class Paper:
    """What one paper gives to a data set. `licence` and `retells` are what the corpus's manifest says of it."""

    doc: str
    source: Source
    text: str
    kind: PaperKind
    records: tuple[Measurement | Comparison, ...]
    mentions: tuple[EntityMention, ...]
    unattached: tuple[Unattached, ...]
    title: str | None = None
    licence: str | None = None
    retells: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How a data set is made.

    Attributes:
        version: of this tool.
        title: what the card calls it.
        licence: of the whole; None for that which the documents share.
        seed: of the splits.
        texts: whether the papers' texts are in it.
        overwrite: whether a data set that is there may be replaced.
    """

    version: str
    title: str = "Outcomes reported in oncology papers"
    licence: str | None = None
    seed: int = 0
    texts: bool = True
    overwrite: bool = False


def check_target(target: Path, *, overwrite: bool) -> None:
    """Refuse a place for a data set before anything is read.

    Raises:
        OutputError: when something is there that is not to be replaced, or when the folder above is missing.
    """
    if not target.parent.is_dir():
        raise OutputError(target, f"cannot be written: there is no folder {target.parent}")
    if not os.path.lexists(target):
        return
    if not target.is_dir() or target.is_symlink():
        raise OutputError(target, "cannot be written: it is there and no folder")
    if any(target.iterdir()):
        if not overwrite:
            raise OutputError(target, "is there already: name another folder, or replace it with --overwrite")
        if not _is_dataset(target):
            raise OutputError(target, "is not replaced: it holds something that is no data set of this tool")


def _is_dataset(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("format") == FORMAT


def publish(papers: Iterable[Paper | tuple[str, str]], target: Path, settings: Settings) -> Facts | None:
    """Write a data set.

    Args:
        papers: in the order of the rows; a pair is a file that could not be read, with the reason.
        target: the folder.
        settings: how it is made.

    Returns:
        What is in it; None when no paper could be read, and nothing was written.

    Raises:
        OutputError: when the folder cannot be written.
    """
    check_target(target, overwrite=settings.overwrite)
    with _replacing_folder(target) as folder:
        failed, identities, licences = _write_lines(papers, folder, settings)
        if not identities:
            return None
        placed = _place(folder, identities, settings.seed)
        rows = _write_parquet(folder, placed)
        facts = Facts(
            title=settings.title,
            licence=settings.licence or licence_of(licences),
            version=settings.version,
            seed=settings.seed,
            rows=rows,
            sizes={path: (folder / path).stat().st_size for path in (split_file(table, split) for table in TABLES for split in rows[table.name])},
            failed=tuple(failed),
            texts=settings.texts,
        )
        _describe(folder, facts)
        return facts


def _write_lines(
    papers: Iterable[Paper | tuple[str, str]], folder: Path, settings: Settings
) -> tuple[list[tuple[str, str]], dict[str, tuple[str, ...]], list[str | None]]:
    """The JSONL files as they come. The split of a document is not known before all are read: `_place` puts it in.

    Returns:
        The papers that could not be read; the keys of each document; the licences.
    """
    failed: list[tuple[str, str]] = []
    identities: dict[str, tuple[str, ...]] = {}
    licences: list[str | None] = []
    with ExitStack() as stack:
        lines = {table: stack.enter_context(writing(folder / f"{table.name}.jsonl")) for table in TABLES}
        for paper in papers:
            if isinstance(paper, tuple):
                failed.append(paper)
                continue
            identities[paper.doc] = tuple(Identity(paper.retells or paper.doc, paper.text, paper.title).keys())
            licences.append(paper.licence)
            lines[RECORDS].write(paper.records)
            lines[MENTIONS].write(paper.mentions)
            lines[UNATTACHED].write(paper.unattached)
            lines[DOCUMENTS].write([_document(paper, texts=settings.texts)])
    return failed, identities, licences


def _document(paper: Paper, *, texts: bool) -> PublishedDocument:
    return PublishedDocument(
        doc=paper.doc,
        split=SPLITS[0],
        file=paper.source.file,
        format=paper.source.format,
        sha256=paper.source.sha256,
        text_sha256=paper.source.text_sha256,
        title=paper.title,
        kind=paper.kind,
        licence=paper.licence,
        retells=paper.retells,
        characters=len(paper.text),
        records=len(paper.records),
        mentions=len(paper.mentions),
        unattached=len(paper.unattached),
        warnings=paper.warnings,
        text=paper.text if texts else None,
    )


def _place(folder: Path, identities: Mapping[str, tuple[str, ...]], seed: int) -> dict[str, Split]:
    """The split of each document, written into its line."""
    placed = dict(zip(identities, splits(identities.values(), seed=seed), strict=True))
    path = folder / f"{DOCUMENTS.name}.jsonl"
    with writing(path) as lines:
        lines.write(one.model_copy(update={"split": placed[one.doc]}) for one in read_lines(path, DOCUMENTS.adapter))
    return placed


def _write_parquet(folder: Path, placed: Mapping[str, Split]) -> dict[str, dict[Split, int]]:
    """Parquet of each table, whole and by split; how many rows each split of a table has. Without a row there is no file: no hub loads it."""
    there = [split for split in SPLITS if split in placed.values()]
    rows: dict[str, dict[Split, int]] = {}
    for split in there:
        (folder / split_file(RECORDS, split)).parent.mkdir(parents=True)
    for table in TABLES:
        counted: Counter[Split] = Counter()
        with ExitStack() as stack:
            whole = _rows(stack, folder / f"{table.name}.parquet", table)
            parts = {split: _rows(stack, folder / split_file(table, split), table) for split in there}
            for line in read_lines(folder / f"{table.name}.jsonl", table.adapter):
                split = placed[line.doc]
                counted[split] += 1
                whole.write([line])
                parts[split].write([line])
        rows[table.name] = {split: counted[split] for split in there if counted[split]}
        for split in there:
            if not counted[split]:
                (folder / split_file(table, split)).unlink()
    return rows


def _rows(stack: ExitStack, path: Path, table: Table) -> Rows:
    stream = stack.enter_context(path.open("xb"))
    return stack.enter_context(Rows(stream, table.models, path))


def _describe(folder: Path, facts: Facts) -> None:
    write_text(folder / "schema.json", _json(json_schemas()))
    write_text(folder / "README.md", card(facts))
    tables = sorted(path for path in _files(folder) if path.endswith((".jsonl", ".parquet")))
    write_text(folder / "croissant.json", _json(croissant(facts, [(path, *_hashed(folder / path)) for path in tables])))
    write_text(folder / MANIFEST, _json(_manifest(folder, facts)))


def _manifest(folder: Path, facts: Facts) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "versions": {"onco-extractor": facts.version, "schema": SCHEMA_VERSION, "pyarrow": pyarrow.__version__, "pydantic": pydantic.VERSION},
        "seed": facts.seed,
        "counts": {table.name: {"all": facts.total(table), **facts.rows[table.name]} for table in TABLES},
        "failed": [{"file": file, "reason": reason} for file, reason in facts.failed],
        "files": {path: {"bytes": size, "sha256": sha256} for path in sorted(_files(folder)) for size, sha256 in [_hashed(folder / path)]},
    }


def _files(folder: Path) -> Iterator[str]:
    for root, _, names in os.walk(folder):
        for name in names:
            yield Path(root, name).relative_to(folder).as_posix()


def _hashed(path: Path) -> tuple[int, str]:
    with path.open("rb") as stream:
        digest = hashlib.sha256()
        while block := stream.read(1 << 20):
            digest.update(block)
    return path.stat().st_size, digest.hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


@contextmanager
def _replacing_folder(target: Path) -> Iterator[Path]:
    """A folder beside the target that takes its place when the block ends well and has left a manifest; else nothing is left of it."""
    folder = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        try:
            folder.mkdir()
            yield folder
            if (folder / MANIFEST).exists():
                _take_place(folder, target)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(target, f"cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _take_place(folder: Path, target: Path) -> None:
    if not target.exists():
        folder.replace(target)
        return
    old = target.with_name(f".{secrets.token_hex(8)}.old")
    target.replace(old)
    try:
        folder.replace(target)
    except OSError:
        old.replace(target)
        raise
    with suppress(OSError):
        shutil.rmtree(old)
