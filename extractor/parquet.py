"""The lines of the contract as Parquet and back, without loss: typed columns derived from the models, nested values kept.

A file holds one kind of line, or several that share a `kind` field: then its columns are the fields of all. Two things that JSON has and Parquet has
not are written so that they come back: a mapping is a list of `{name, value}`, in order; and whether a whole number was printed with a point (54.0)
stands in the last column, `printed_with_point`, by the slot's name.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, Literal, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ValidationError

from extractor.dataset import LineError, OutputError
from extractor.records import SCHEMA_VERSION

MAGIC = b"PAR1"
POINTS = "printed_with_point"

_ROWS = 5_000
"""Rows in a row group. Fixed: the bytes of a file must not depend on how its rows came."""

_SCALARS: Mapping[frozenset[type], pa.DataType] = {
    frozenset({str}): pa.string(),
    frozenset({int}): pa.int64(),
    frozenset({int, float}): pa.float64(),
    frozenset({float}): pa.float64(),
    frozenset({bool}): pa.bool_(),
}

Model = type[BaseModel]


# --- the shape of a model: what its columns are


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value without parts. `exact` where an int and a float of the same value are told apart."""

    type: pa.DataType
    exact: bool = False
    mapped: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values of one shape. `exact` and `mapped`, here and below: whether there is such a number, or a mapping, in it."""

    item: Shape
    exact: bool = field(init=False, compare=False)
    mapped: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Look once, not at every row."""
        object.__setattr__(self, "exact", self.item.exact)
        object.__setattr__(self, "mapped", self.item.mapped)


@dataclass(frozen=True, slots=True)
class Parts:
    """Named values: the fields of a model, each with whether it may be null."""

    fields: tuple[tuple[str, Shape, bool], ...]
    exact: bool = field(init=False, compare=False)
    mapped: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Look once, not at every row."""
        object.__setattr__(self, "exact", any(part.exact for _, part, _ in self.fields))
        object.__setattr__(self, "mapped", any(part.mapped for _, part, _ in self.fields))


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping from names that are not known beforehand."""

    value: Shape
    exact: bool = field(init=False, compare=False)
    mapped: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Look once, not at every row."""
        object.__setattr__(self, "exact", self.value.exact)


Shape = Scalar | Many | Parts | Named


def shape(models: Sequence[Model]) -> Parts:
    """The columns of lines of these kinds: the fields of all, in the order in which they first come.

    Raises:
        TypeError: when two kinds differ in a field, or a field has a type that no column has.
    """
    fields: dict[str, tuple[Shape, bool]] = {}
    for model in models:
        for name, info in model.model_fields.items():
            found, nullable = _of(info.annotation)
            before, was = fields.get(name, (found, False))
            if found != before:
                raise TypeError(f"expected one type for {name!r}, found two")
            fields[name] = found, nullable or was
    missing = {name for model in models for name in fields if name not in model.model_fields}
    return Parts(tuple((name, found, nullable or name in missing) for name, (found, nullable) in fields.items()))


def _of(annotation: Any) -> tuple[Shape, bool]:
    """The shape of a type, and whether it may be None."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        some = [arg for arg in args if arg is not type(None)]
        return (_of(some[0])[0] if len(some) == 1 else _scalar(some)), len(some) < len(args)
    if origin is Literal:
        return _scalar([type(arg) for arg in args]), False
    if origin is tuple:
        return Many(_one(annotation, [arg for arg in args if arg is not Ellipsis])), False
    if origin is dict:
        return Named(_of(args[1])[0]), False
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return shape((annotation,)), False
    return _scalar([annotation]), False


def _one(annotation: Any, items: Sequence[Any]) -> Shape:
    shapes = {_of(item)[0] for item in items}
    if len(shapes) != 1:
        raise TypeError(f"expected items of one type, found {annotation}")
    return shapes.pop()


def _scalar(some: Sequence[Any]) -> Scalar:
    found = _SCALARS.get(frozenset(some))
    if found is None:
        raise TypeError(f"no column holds {some}")
    return Scalar(found, exact=set(some) == {int, float})


def schema(models: Sequence[Model]) -> pa.Schema:
    """The Arrow schema of a file of such lines."""
    return _schema(tuple(models))


@cache
def _schema(models: tuple[Model, ...]) -> pa.Schema:
    fields = [pa.field(name, _arrow(found), nullable=nullable) for name, found, nullable in shape(models).fields]
    if shape(models).exact:
        fields.append(pa.field(POINTS, pa.list_(pa.string()), nullable=False))
    return pa.schema(fields, metadata={"schema_version": SCHEMA_VERSION})


def _arrow(found: Shape) -> pa.DataType:
    if isinstance(found, Scalar):
        return found.type
    if isinstance(found, Many):
        return pa.list_(_arrow(found.item))
    if isinstance(found, Named):
        return pa.list_(pa.struct([pa.field("name", pa.string(), nullable=False), pa.field("value", _arrow(found.value))]))
    return pa.struct([pa.field(name, _arrow(part), nullable=nullable) for name, part, nullable in found.fields])


# --- lines to rows


def _row(found: Parts, item: BaseModel) -> dict[str, Any]:
    row = item.model_dump()
    if found.exact:
        points: list[str] = []
        _find_points(found, row, "", points)
        row[POINTS] = points
    return _laid_out(found, row) if found.mapped else row


def _find_points(found: Shape, value: Any, path: str, points: list[str]) -> None:
    """Add the paths of whole numbers that are floats, and so were printed with a point."""
    if isinstance(found, Scalar):
        if isinstance(value, float) and value.is_integer():
            points.append(path)
    elif isinstance(found, Many):
        for i, item in enumerate(value):
            if item is not None:
                _find_points(found.item, item, f"{path}.{i}", points)
    elif isinstance(found, Named):
        for name, item in value.items():
            _find_points(found.value, item, f"{path}.{name}", points)
    else:
        for name, part, _ in found.fields:
            if part.exact and (item := value.get(name)) is not None:
                _find_points(part, item, f"{path}.{name}" if path else name, points)


def _laid_out(found: Shape, value: Any) -> Any:
    """The value with its mappings as lists."""
    if value is None or not found.mapped:
        return value
    if isinstance(found, Many):
        return [_laid_out(found.item, item) for item in value]
    if isinstance(found, Named):
        return [{"name": name, "value": _laid_out(found.value, item)} for name, item in value.items()]
    if isinstance(found, Parts):
        return {**value, **{name: _laid_out(part, value[name]) for name, part, _ in found.fields if part.mapped and name in value}}
    return value


# --- rows to lines


def _item(found: Parts, models: Sequence[Model], row: Mapping[str, Any]) -> BaseModel:
    points = frozenset(row.get(POINTS) or ())
    value = {name: _taken_up(part, row[name], name, points) for name, part, _ in found.fields}
    if len(models) == 1:
        return models[0].model_validate(value)
    model = next((model for model in models if model.model_fields["kind"].default == value["kind"]), models[0])
    return model.model_validate({name: one for name, one in value.items() if one is not None or name in model.model_fields})


def _taken_up(found: Shape, value: Any, path: str, points: frozenset[str]) -> Any:
    if value is None:
        return None
    if isinstance(found, Scalar):
        return int(value) if found.exact and value.is_integer() and path not in points else value
    if isinstance(found, Many):
        return [_taken_up(found.item, item, f"{path}.{i}", points) for i, item in enumerate(value)]
    if isinstance(found, Named):
        return {one["name"]: _taken_up(found.value, one["value"], f"{path}.{one['name']}", points) for one in value}
    return {name: _taken_up(part, value[name], f"{path}.{name}", points) for name, part, _ in found.fields}


# --- files


class Rows:
    """An open Parquet file. Rows are written in groups of one size, whatever the steps in which they come."""

    def __init__(self, stream: BinaryIO, models: Sequence[Model], name: Path | str) -> None:
        """Write to a stream of bytes, which the caller closes; the name is what an error says."""
        self._models = tuple(models)
        self._shape = shape(models)
        self._name = name
        self._waiting: list[dict[str, Any]] = []
        self._writer = pq.ParquetWriter(stream, schema(models), compression="zstd", use_dictionary=True, write_statistics=True)

    def __enter__(self) -> Rows:
        """The file itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write what waits and the footer; after an error only let go of the stream."""
        if kind is None:
            self._flush()
        self._writer.close()

    def write(self, items: Iterable[BaseModel]) -> None:
        """Write each item as one row.

        Raises:
            OutputError: for a number that no column holds exactly.
        """
        for item in items:
            self._waiting.append(_row(self._shape, item))
            if len(self._waiting) == _ROWS:
                self._flush()

    def _flush(self) -> None:
        if self._waiting:
            try:
                table = pa.Table.from_pylist(self._waiting, schema=schema(self._models))
            except (pa.ArrowInvalid, OverflowError) as error:
                raise OutputError(self._name, f"cannot hold a number of these lines: {error}") from error
            self._writer.write_table(table, row_group_size=_ROWS)
            self._waiting = []


def is_parquet(path: Path) -> bool:
    """Whether a file says of itself that it is Parquet.

    Raises:
        OSError: when it cannot be read.
    """
    with path.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def read_rows(path: Path, models: Sequence[Model]) -> Iterator[Any]:
    """The lines of a Parquet file, each as the model that it is of.

    Raises:
        LineError: for a row that is none of them, or when the file has other columns. Rows count from 1.
        OSError: when the file cannot be read.
    """
    try:
        with pq.ParquetFile(path) as file:
            _check_columns(path, file, models)
            yield from _lines(path, _batches_of(path, file), models)
    except pa.ArrowInvalid as error:
        raise LineError(path, 1, f"not read as Parquet: {error}") from error


def _batches_of(path: Path, file: pq.ParquetFile) -> Iterator[dict[str, Any]]:
    """The rows of a file, whose damage is told of it and not of what is written from it."""
    batches = _batches(file)
    while True:
        try:
            row = next(batches)
        except StopIteration:
            return
        except OSError as error:
            raise LineError(path, 1, f"not read as Parquet: {error}") from error
        yield row


def _check_columns(path: Path, file: pq.ParquetFile, models: Sequence[Model]) -> None:
    if not file.schema_arrow.equals(schema(models)):
        raise LineError(path, 1, f"expected the columns of schema {SCHEMA_VERSION}, found others: was it written by this tool?")


def _batches(file: pq.ParquetFile) -> Iterator[dict[str, Any]]:
    for batch in file.iter_batches(batch_size=1_000):
        yield from batch.to_pylist()


def _lines(path: Path, rows: Iterable[dict[str, Any]], models: Sequence[Model]) -> Iterator[BaseModel]:
    found = shape(models)
    for number, row in enumerate(rows, 1):
        try:
            yield _item(found, models, row)
        except ValidationError as error:
            first = error.errors()[0]
            raise LineError(path, number, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
