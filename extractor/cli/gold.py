"""`onco-extract gold`: the gold set checked, and to and from tools that people have."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.cli.boundary import Status, boundary, complain, printable, say
from extractor.cli.evaluate import CorpusOption, corpora, refusals

if TYPE_CHECKING:
    from extractor.gold import Fault

COLLECTION = "collection.jsonl"
"""Beside the exported pairs: which text each document was, and which kinds of gold it had."""

gold = typer.Typer(name="gold", help="The gold set: check it, export it, import it.", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False, metavar="DIR", help="The gold set.")]


class Form(str, Enum):
    """What gold is exported to."""

    BRAT = "brat"


@dataclass(frozen=True, slots=True)
class Checked:
    """The faults of a gold set; `absent` and `held_out` name the documents whose spans or lines were not checked."""

    faults: tuple[Fault, ...]
    absent: tuple[str, ...]
    held_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """The documents that were exported or imported, and why others were not."""

    documents: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


@gold.command("check")
def check_command(folder: Folder = Path("gold"), *, corpus: CorpusOption = None) -> None:
    """Print every fault of a gold set, one a line: file:line: what. Exit status 1 when there is any."""
    with boundary(), refusals():
        checked = check_gold(folder, corpus=corpora(corpus))
        for said, names in (("no text, spans not checked", checked.absent), ("held out, not read", checked.held_out)):
            if names:
                complain(f"{said}: {', '.join(names)}")
        for fault in checked.faults:
            say(f"{printable(folder / fault.file)}:{fault.line}: {fault.what}")
        typer.echo(f"faults: {len(checked.faults)}", err=True)
        if checked.faults:
            raise typer.Exit(Status.SOME_FAILED)


def check_gold(folder: Path, *, corpus: Sequence[Path]) -> Checked:
    """Check a gold folder against the texts that lie in corpus folders.

    Raises:
        LineError: when the folder's split cannot be read.
    """
    from extractor.evaluate import ENTITIES, FACTS, gold_files, held_out  # noqa: PLC0415  (loads scipy)
    from extractor.gold import check, texts  # noqa: PLC0415

    annotated = gold_files(folder, FACTS).keys() | gold_files(folder, ENTITIES).keys()
    found = texts(folder, corpus).found
    withheld = held_out(folder)
    return Checked(tuple(check(folder, corpus)), tuple(sorted(annotated - found.keys() - withheld)), tuple(sorted(annotated & withheld)))


@gold.command("export")
def export_command(
    folder: Folder,
    *,
    to: Annotated[Form, typer.Option(help="The form.")],
    output: Annotated[Path, typer.Option("--output", "-o", file_okay=False, metavar="OUT", help="The folder to write; made when it is missing.")],
    corpus: CorpusOption = None,
) -> None:
    """Write a gold set for another tool: for brat, an .ann and a .txt file for each document whose text is found."""
    with boundary(), refusals():
        _report({Form.BRAT: export_brat}[to](folder, output, corpus=corpora(corpus)), output)


def export_brat(folder: Path, output: Path, *, corpus: Sequence[Path]) -> Moved:
    """Export the documents of a gold folder whose texts lie in corpus folders, held-out ones left alone.

    Raises:
        LineError: for a line of gold that does not fit.
        OutputError: when the folder cannot be written.
    """
    from extractor.cli.scoring import scope_of  # noqa: PLC0415  (loads every stage)
    from extractor.dataset import write_text  # noqa: PLC0415
    from extractor.evaluate import ENTITIES, FACTS, gold_files, read_gold  # noqa: PLC0415
    from extractor.gold import CONFIGURATION, BratError, listed, places, to_brat  # noqa: PLC0415

    rows, known = listed(folder), places(folder, corpus, scope_of(folder))
    failed = [(doc, "no corpus folder has its text") for doc in known.absent]
    collection: dict[str, dict[str, Any]] = {}
    _make(output)
    for doc, path in sorted(known.found.items(), key=lambda one: list(rows).index(one[0]) if one[0] in rows else len(rows)):
        data = path.read_bytes()
        said = read_gold(folder, documents={doc})
        try:
            ann, text = to_brat(said.facts, said.mentions, data.decode("utf-8"))
        except (BratError, UnicodeDecodeError) as error:
            failed.append((doc, str(error)))
            continue
        write_text(output / f"{doc}.txt", text)
        write_text(output / f"{doc}.ann", ann)
        collection[doc] = {
            "doc": doc,
            "file": rows[doc].file if doc in rows else f"{doc}.txt",
            "sha256": hashlib.sha256(data).hexdigest(),
            "facts": doc in gold_files(folder, FACTS),
            "entities": doc in gold_files(folder, ENTITIES),
        }
    write_text(output / "annotation.conf", CONFIGURATION)
    write_text(output / COLLECTION, _lines(json.dumps(row, ensure_ascii=False) for row in collection.values()))
    return Moved(tuple(collection), tuple(failed))


@gold.command("import")
def import_command(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, metavar="BRATDIR", help="Pairs of .ann and .txt files.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", file_okay=False, metavar="DIR", help="The gold set to write; made when it is missing.")],
) -> None:
    """Read a brat folder into a gold set; files of the same documents are replaced, documents.jsonl is kept and added to."""
    with boundary(), refusals():
        _report(import_brat(folder, output), output)


def import_brat(folder: Path, output: Path) -> Moved:
    """Import the pairs of .ann and .txt files in a folder. A pair that cannot be read, or whose text is another one, is left out.

    Raises:
        LineError: when the gold folder's own lists cannot be read.
        OutputError: when the gold folder cannot be written.
    """
    from extractor.dataset import write_text  # noqa: PLC0415  (loads pydantic)
    from extractor.evaluate import ENTITIES, FACTS, held_out  # noqa: PLC0415
    from extractor.gold import DOCUMENTS, fact_line, from_brat, listed, mention_line  # noqa: PLC0415

    _make(output)
    exported, rows, withheld = _collection(folder), {doc: row.model_dump() for doc, row in listed(output).items()}, held_out(output)
    done: list[str] = []
    failed: list[tuple[str, str]] = []
    order = list(exported)
    for path in sorted(folder.glob("*.ann"), key=lambda path: (order.index(path.stem) if path.stem in order else len(order), path.name)):
        doc = path.stem
        try:
            data = path.with_suffix(".txt").read_bytes()
            row = _row(doc, data, withheld, [known for known in (exported.get(doc), rows.get(doc)) if known is not None])
            facts, mentions = from_brat(path.read_bytes().decode("utf-8"), data.decode("utf-8"), doc=doc)
        except (ValueError, OSError) as error:  # of brat, pydantic, the encoding or the disk
            failed.append((doc, " ".join(str(error).split())))
            continue
        if facts or row["facts"]:
            write_text(output / f"{doc}{FACTS}", _lines(map(fact_line, facts)))
        if mentions or row["entities"]:
            write_text(output / f"{doc}{ENTITIES}", _lines(map(mention_line, mentions)))
        rows.setdefault(doc, {name: row[name] for name in ("doc", "file", "sha256")})
        done.append(doc)
    write_text(output / DOCUMENTS, _lines(json.dumps(row, ensure_ascii=False) for row in rows.values()))
    return Moved(tuple(done), tuple(failed))


def _row(doc: str, data: bytes, withheld: Collection[str], known: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What is known of a document that is imported.

    Raises:
        ValueError: when it is held out, or when its text is not the one that offsets refer to.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    if doc in withheld:
        raise ValueError("held out, not written")
    if any(row["sha256"] != sha256 for row in known):
        raise ValueError("its text is not the one that was exported, or that the gold set lists: offsets would point elsewhere")
    return {"doc": doc, "file": f"{doc}.txt", "sha256": sha256, "facts": True, "entities": True, **(known[0] if known else {})}


def _collection(folder: Path) -> dict[str, dict[str, Any]]:
    """What the export said of each document; nothing for a folder that was not exported from here."""
    path = folder / COLLECTION
    if not path.is_file():
        return {}
    return {row["doc"]: row for row in map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").split("\n")))}


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _make(folder: Path) -> None:
    from extractor.dataset import OutputError  # noqa: PLC0415  (loads pydantic)

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(folder, f"cannot be made: {error.strerror or error}") from error


def _report(moved: Moved, output: Path) -> None:
    for doc, reason in moved.failed:
        complain(reason, about=doc)
    typer.echo(f"{len(moved.documents)} documents; written: {printable(output)}", err=True)
    if moved.failed or not moved.documents:
        raise typer.Exit(Status.SOME_FAILED)
