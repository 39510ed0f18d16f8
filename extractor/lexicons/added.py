"""Names that a user adds for a run: drugs, trials and endpoints, in the form of the lexicons' own tables.

A file holds one table or several; each begins with its header, which says what its rows are: `inn` begins a table of drugs, `name` one of trials,
`code` one of endpoints. Columns may stand in any order and those that nobody needs may be left out. The rows are read while `adding` is open, in
front of the lexicons' own: where both have a name, the user's meaning counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError, field_validator

from extractor.lexicons import Drug, LexiconError, Row, Trial
from extractor.records import EndpointCode


class Terms(Row):
    """More spellings of an endpoint."""

    code: EndpointCode
    terms: tuple[str, ...]

    @field_validator("terms", mode="before")
    @classmethod
    def _listed(cls, cell: object) -> object:
        return tuple(part.strip() for part in cell.split(";") if part.strip()) if isinstance(cell, str) else cell

    @property
    def names(self) -> tuple[str, ...]:
        """Its spellings."""
        return self.terms


@dataclass(frozen=True, eq=False)
class Added:
    """What a user added; told apart by what it is, not by what it holds, so that indices can be kept for it."""

    drugs: tuple[Drug, ...] = ()
    trials: tuple[Trial, ...] = ()
    endpoints: tuple[Terms, ...] = ()


NOTHING: Final = Added()
_ADDED: ContextVar[Added] = ContextVar("added", default=NOTHING)

_SCHEMAS: Final[Mapping[str, type[Row]]] = {"inn": Drug, "name": Trial, "code": Terms}
# What a row says when its file leaves a column out.
_DEFAULTS: Final[Mapping[type[Row], Mapping[str, str]]] = {
    Drug: {"kind": "antineoplastic", "class": "", "target": "", "atc": "", "brands": "", "codes": "", "synonyms": ""},
    Trial: {"registry": "", "disease": "", "cue": "", "variants": ""},
    Terms: {},
}


def added() -> Added:
    """What is added now."""
    return _ADDED.get()


@contextmanager
def adding(names: Added) -> Iterator[None]:
    """Read with more names than the lexicons hold."""
    token = _ADDED.set(names)
    try:
        yield
    finally:
        _ADDED.reset(token)


def read_added(path: Path) -> Added:
    """The names in a user's file.

    Raises:
        LexiconError: when the file cannot be read, and for a line that does not fit: file, line, what was expected, what was found.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise LexiconError(f"{path}, line {line}: expected text in UTF-8, found byte 0x{error.object[error.start]:02x}") from error
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror or error}") from error
    rows = [row for _, row in _rows(path, text)]
    if not rows:
        raise LexiconError(f"{path}: expected a table with a header and rows under it, found none")
    _refuse_twice(path, text)
    return Added(
        tuple(row for row in rows if isinstance(row, Drug)),
        tuple(row for row in rows if isinstance(row, Trial)),
        tuple(row for row in rows if isinstance(row, Terms)),
    )


def _rows(path: Path, text: str) -> Iterator[tuple[int, Row]]:
    schema, header = None, []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        opened = _SCHEMAS.get(cells[0])
        if opened is not None and (schema is None or set(cells) <= _columns(opened)):
            schema, header = opened, _header(path, number, cells, opened)
        elif schema is None:
            raise LexiconError(
                f"{path}, line {number}: expected a header that begins with 'inn' (drugs), 'name' (trials) or 'code' (endpoints), "
                f"with tabs between the columns; found {line[:60]!r}"
            )
        else:
            yield number, _row(path, number, schema, header, cells)


def _columns(schema: type[Row]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in schema.model_fields.items())


def _header(path: Path, number: int, cells: list[str], schema: type[Row]) -> list[str]:
    unknown = [cell for cell in cells if cell not in _columns(schema)]
    needed = _columns(schema) - _DEFAULTS[schema].keys() - set(cells)
    if unknown or needed or len(set(cells)) < len(cells):
        wrong = f"{unknown[0]!r}" if unknown else f"no {min(needed)!r}" if needed else "a column twice"
        raise LexiconError(f"{path}, line {number}: expected columns among {', '.join(sorted(_columns(schema)))}; found {wrong}")
    return cells


def _row(path: Path, number: int, schema: type[Row], header: list[str], cells: list[str]) -> Row:
    if len(cells) > len(header):
        raise LexiconError(f"{path}, line {number}: expected {len(header)} cells with tabs between, found {len(cells)}")
    values = {**_DEFAULTS[schema], **dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True))}
    if schema is Drug:
        values["inn"] = values["inn"].lower()
    try:
        row = schema.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = " ".join(str(part) for part in first["loc"])
        raise LexiconError(f"{path}, line {number}: {where}: {first['msg']}; found {first['input']!r}") from error
    if not any(row.names) or not all(any(c.isalnum() for c in name) for name in row.names):
        raise LexiconError(f"{path}, line {number}: expected names with a letter or a digit, found {list(row.names)}")
    return row


def _refuse_twice(path: Path, text: str) -> None:
    seen: dict[tuple[type[Row], str], int] = {}
    for number, row in _rows(path, text):
        for name in dict.fromkeys(name.casefold() for name in row.names):
            before = seen.setdefault((type(row), name), number)
            if before != number:
                raise LexiconError(f"{path}, line {number}: expected a name of its own, found {name!r}, which line {before} has")
