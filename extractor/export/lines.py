"""Records as they are: JSON Lines and Parquet, each the other without loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from extractor import parquet
from extractor.dataset import Lines, read_lines
from extractor.export.forms import AnyRecord, Told
from extractor.records import RECORD, Comparison, Measurement

MODELS = (Measurement, Comparison)


def read_any(path: Path) -> Iterator[AnyRecord]:
    """The records of a file, JSON Lines or Parquet.

    Raises:
        LineError: for a line or row that is no record.
        OSError: when the file cannot be read.
    """
    yield from parquet.read_rows(path, MODELS) if parquet.is_parquet(path) else read_lines(path, RECORD)


def write_jsonl(records: Iterable[AnyRecord], stream: BinaryIO) -> Told:
    """One record a line, as `extract` writes them."""
    told = Told()
    Lines(stream, "records").write(_counted(records, told))
    return told


def write_parquet(records: Iterable[AnyRecord], stream: BinaryIO) -> Told:
    """One record a row, in the columns of `extractor.parquet`."""
    told = Told()
    with parquet.Rows(stream, MODELS, "records") as rows:
        rows.write(_counted(records, told))
    return told


def _counted(records: Iterable[AnyRecord], told: Told) -> Iterator[AnyRecord]:
    for record in records:
        told.carried += 1
        told.rows += 1
        yield record
