"""`onco-extract evaluate`: what is extracted against a gold set."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.boundary import Status, boundary, complain, say

if TYPE_CHECKING:
    from extractor.cli.scoring import Scored
    from extractor.evaluate import Result

CORPORA = (Path("corpus"), Path("../shared/sources"))
"""Where texts are looked for when no folder is named."""

CorpusOption = Annotated[
    list[Path] | None,
    typer.Option(exists=True, file_okay=False, metavar="DIR", help="Where the texts lie; may be repeated. Else corpus and ../shared/sources."),
]


def evaluate_command(  # noqa: PLR0913  (one for each option)
    *,
    gold: Annotated[Path, typer.Option(exists=True, file_okay=False, metavar="DIR", help="The gold set.")],
    corpus: CorpusOption = None,
    records: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, metavar="FILE", help="Score these; else texts are read now.")] = None,
    mentions: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, metavar="FILE", help="Score these too, beside --records.")] = None,
    predicted_gold: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, metavar="DIR", help="Score another gold set as prediction: do two passes agree?")
    ] = None,
    lexicon: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, metavar="FILE", help="More drugs, trials and endpoints, as a table with tabs.")
    ] = None,
    documents: Annotated[str | None, typer.Option(metavar="LIST", help="Names with commas between, or a file with one a line; else all.")] = None,
    located: Annotated[bool, typer.Option("--located", help="Leave out gold facts without offsets: their text is not in the file.")] = False,
    details: Annotated[bool, typer.Option("--details", help="All tables, and each missed, spurious and wrong fact with its sentence.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the whole result, without sentences.")] = None,
    html_file: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write all that --details shows as a page.")] = None,
    old: Annotated[
        Path | None, typer.Option("--compare", exists=True, dir_okay=False, metavar="OLD", help="Show facts gained and lost since an earlier --json.")
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=X", help="Exit with 1 when an F1 is below X, 0 to 1: key, full.safety, DRUG, ...; may be repeated."),
    ] = None,
) -> None:
    """Score facts and mentions against a gold set, as the annotation guideline says."""
    with boundary(), refusals():
        if mentions is not None and records is None:
            raise typer.BadParameter("--mentions goes with --records")
        if lexicon is not None and (records is not None or predicted_gold is not None):
            raise typer.BadParameter("--lexicon is for texts that are read now, not for --records or --predicted-gold")
        if records is not None and predicted_gold is not None:
            raise typer.BadParameter("either --records or --predicted-gold is scored, not both")
        _check_outputs((json_file, html_file), (records, mentions))
        floors, before = floors_of(fail_under or ()), None if old is None else read_result(old)
        from extractor.cli.scoring import evaluate_gold  # noqa: PLC0415  (loads every stage)

        scored = evaluate_gold(
            gold,
            corpus=corpora(corpus),
            documents=names_of(documents),
            records=records,
            mentions=mentions,
            predicted_gold=predicted_gold,
            only_located=located,
            lexicon=lexicon,
        )
        for path, reason in scored.failed:
            complain(reason, about=path)
        if scored.absent:
            complain(f"not scored, for there is nothing to score them with: {', '.join(scored.absent)}")
        say(told(scored, before, details=details).rstrip("\n"))
        _write(scored, json_file, html_file)
        if _missed(scored.result, floors) or scored.failed or (documents is not None and scored.absent):
            raise typer.Exit(Status.SOME_FAILED)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what a gold set and the like may have wrong into a line and the status of wrong use.

    Raises:
        Exit: with the status.
    """
    from extractor.cli.scoring import ScopeError  # noqa: PLC0415  (loads every stage)
    from extractor.evaluate import LineError  # noqa: PLC0415

    try:
        yield
    except (ScopeError, LineError) as error:
        complain(" ".join(str(error).split()))
        raise typer.Exit(Status.WRONG_USE) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(f"cannot be read: {error.strerror or error}", about=error.filename)
        raise typer.Exit(Status.WRONG_USE) from error


def corpora(named: Sequence[Path] | None) -> tuple[Path, ...]:
    """The corpus folders that were named, else those of the usual places that are there."""
    return tuple(named) if named else tuple(folder for folder in CORPORA if folder.is_dir())


def names_of(documents: str | None) -> frozenset[str] | None:
    """The documents in a list, which is a file where there is one of that name.

    Raises:
        BadParameter: when it names none.
    """
    if documents is None:
        return None
    text = Path(documents).read_text(encoding="utf-8", errors="replace") if os.path.isfile(documents) else documents
    names = frozenset(filter(None, (name.strip() for name in re.split(r"[,\n]", text))))
    if not names:
        raise typer.BadParameter("it names no document", param_hint="--documents")
    return names


def floors_of(said: Sequence[str]) -> dict[str, float]:
    """The least that each measure has to reach.

    Raises:
        BadParameter: for what is no `NAME=X` with the name of a measure and a rate of 0 to 1.
    """
    from extractor.evaluate import MEASURES  # noqa: PLC0415  (loads scipy)

    floors: dict[str, float] = {}
    for one in said:
        name, _, least = one.partition("=")
        if name not in MEASURES or not re.fullmatch(r"[01]|0?\.\d+|1\.0+", least):
            expected = f"expected NAME=X, NAME one of {', '.join(MEASURES)}, X from 0 to 1"
            raise typer.BadParameter(f"{expected}; found {one!r}", param_hint="--fail-under")
        floors[name] = float(least)
    return floors


def read_result(path: Path) -> Result:
    """What an earlier run wrote with `--json`.

    Raises:
        BadParameter: when it is no result.
    """
    from extractor.evaluate import Result  # noqa: PLC0415  (loads scipy)

    try:
        return Result.model_validate_json(path.read_bytes())
    except ValueError as error:
        reason = f"{path} is no result of an earlier --json: {' '.join(str(error).split())[:200]}"
        raise typer.BadParameter(reason, param_hint="--compare") from error


def told(scored: Scored, before: Result | None, *, details: bool) -> str:
    """A result for reading: tables, with `details` all of them and the faults with their sentences, and what changed."""
    from extractor.evaluate import changes_text, compare, listing, summary  # noqa: PLC0415  (loads scipy)
    from extractor.evaluate import details as every_table  # noqa: PLC0415

    parts = [every_table(scored.result), listing(scored.result, scored.texts)] if details else [summary(scored.result)]
    parts += [] if before is None else [changes_text(compare(before, scored.result))]
    return "\n".join(parts)


def _missed(result: Result, floors: dict[str, float]) -> bool:
    from extractor.evaluate import unheld  # noqa: PLC0415  (loads scipy)

    said = unheld(result, floors)
    for line in said:
        complain(f"below its floor: {line}")
    return bool(said)


def _check_outputs(outputs: Sequence[Path | None], inputs: Sequence[Path | None]) -> None:
    taken = {os.path.realpath(path) for path in inputs if path is not None}
    for path in outputs:
        if path is not None and os.path.realpath(path) in taken:
            raise typer.BadParameter(f"{path} is read: it would be overwritten")


def _write(scored: Scored, json_file: Path | None, html_file: Path | None) -> None:
    from extractor.dataset import write_text  # noqa: PLC0415  (loads pydantic)
    from extractor.evaluate import to_html  # noqa: PLC0415

    if json_file is not None:
        write_text(json_file, json.dumps(scored.result.to_json(), ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    if html_file is not None:
        write_text(html_file, to_html(scored.result, scored.texts))
