"""The data card: what a reader of the data set, and the hub that shows it, are told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from extractor.parquet import schema
from extractor.publish.splits import SPLITS, Split
from extractor.publish.tables import DOCUMENTS, MEANINGS, RECORDS, TABLES, Table

# What the hub knows; anything else is `other` there.
_LICENCES = frozenset(
    {
        "apache-2.0", "cc-by-2.0", "cc-by-3.0", "cc-by-4.0", "cc-by-nc-2.0", "cc-by-nc-3.0", "cc-by-nc-4.0", "cc-by-nc-nd-4.0", "cc-by-nc-sa-4.0",
        "cc-by-nd-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc0-1.0", "mit", "odbl", "odc-by", "pddl", "unknown",
    }
)  # fmt: skip
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the card, croissant.json and the manifest say of a data set.

    Attributes:
        title: what it is called.
        licence: in a word, as the hub knows it or as printed.
        version: of this tool.
        rows: for each table, its rows in each split that has any.
        sizes: for each split file, its bytes.
        failed: papers that could not be read, with the reason.
        texts: whether the papers' texts are in it.
    """

    title: str
    licence: str
    version: str
    seed: int
    rows: Mapping[str, Mapping[Split, int]]
    sizes: Mapping[str, int]
    failed: tuple[tuple[str, str], ...]
    texts: bool

    @property
    def splits(self) -> tuple[Split, ...]:
        """The splits that have a document."""
        return tuple(split for split in SPLITS if split in self.rows[DOCUMENTS.name])

    def total(self, table: Table) -> int:
        """The rows of a table over all splits."""
        return sum(self.rows[table.name].values())


def split_file(table: Table, split: Split) -> str:
    """Where the rows of a table that are of a split lie in the data set."""
    return f"splits/{split}/{table.name}.parquet"


def licence_of(licences: Sequence[str | None]) -> str:
    """One licence for all documents: theirs where they share one, `unknown` where none is told, else `other`.

    >>> licence_of(["CC BY 4.0", "CC BY 4.0"]), licence_of([None]), licence_of(["MIT", None])
    ('cc-by-4.0', 'unknown', 'other')
    """
    told = {"-".join(licence.casefold().split()) if licence else "unknown" for licence in licences}
    only = told.pop() if len(told) == 1 else "other"
    return only if only in _LICENCES else "other"


def card(facts: Facts) -> str:
    """The README.md of a data set: metadata in YAML, then what a person wants to know."""
    return "\n".join(["---", *_yaml(_metadata(facts), ""), "---", "", *_body(facts)])


def _metadata(facts: Facts) -> dict[str, Any]:
    known = facts.licence in _LICENCES
    total = facts.total(RECORDS)
    there = [table for table in TABLES if facts.rows[table.name]]
    return {
        "pretty_name": facts.title,
        "language": ["en"],
        "license": facts.licence if known else "other",
        **({} if known else {"license_name": facts.licence}),
        "task_categories": ["token-classification"],
        "tags": ["biology", "medical", "oncology", "clinical-trials", "information-extraction", "meta-analysis"],
        "size_categories": [next((name for limit, name in _SIZES if total < limit), "10M<n<100M")],
        "configs": [
            {
                "config_name": table.name,
                **({"default": True} if table is RECORDS else {}),
                "data_files": [{"split": split, "path": split_file(table, split)} for split in facts.rows[table.name]],
            }
            for table in there
        ],
        "dataset_info": [
            {
                "config_name": table.name,
                "features": [_feature(field.name, field.type) for field in schema(table.models)],
                "splits": [
                    {"name": split, "num_bytes": facts.sizes[split_file(table, split)], "num_examples": facts.rows[table.name][split]}
                    for split in facts.rows[table.name]
                ],
            }
            for table in there
        ],
    }


def _feature(name: str, kind: pa.DataType) -> dict[str, Any]:
    """A column in the words of the hub's `dataset_info`."""
    return {"name": name, **_dtype(kind)}


def _dtype(kind: pa.DataType) -> dict[str, Any]:
    if pa.types.is_list(kind):
        item = _dtype(kind.value_type)
        return {"list": item.get("dtype") or item.get("struct") or item}
    if pa.types.is_struct(kind):
        return {"struct": [_feature(kind.field(i).name, kind.field(i).type) for i in range(kind.num_fields)]}
    return {"dtype": {"double": "float64"}.get(str(kind), str(kind))}


def _yaml(value: Mapping[str, Any] | Sequence[Any], indent: str) -> Iterator[str]:
    """Mappings, lists, and scalars as JSON writes them, which YAML reads as well."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if isinstance(item, Mapping | list) and item:
                yield f"{indent}{name}:"
                yield from _yaml(item, indent if isinstance(item, list) else f"{indent}  ")
            else:
                yield f"{indent}{name}: {json.dumps(item, ensure_ascii=False)}"
        return
    for item in value:
        if isinstance(item, Mapping | list):
            first, *others = _yaml(item, f"{indent}  ")
            yield f"{indent}- {first.removeprefix(indent + '  ')}"
            yield from others
        else:
            yield f"{indent}- {json.dumps(item, ensure_ascii=False)}"


def _body(facts: Facts) -> Iterator[str]:
    yield f"# {facts.title}"
    yield ""
    yield "Outcomes that oncology papers report, read from their text by rules: each with its endpoint, arm, population and study, and with the"
    yield f"characters that it was read from. Made with onco-extractor {facts.version}; the same papers and versions give the same bytes."
    yield ""
    yield "The records are a program's reading and nobody has checked them: `confidence` says how sure the program is, `evidence` what it read."
    yield "Nothing here is medical advice."
    yield ""
    yield from _tables(facts)
    yield from _use(facts)
    for table in TABLES:
        yield f"## Columns of {table.name}"
        yield ""
        yield f"A row is {table.line}."
        yield ""
        yield "| column | type | what |"
        yield "| --- | --- | --- |"
        for field in schema(table.models):
            yield f"| `{field.name}` | {str(field.type).replace('|', ' ')} | {MEANINGS[table.name][field.name].replace('|', ' ')} |"
        yield ""


def _tables(facts: Facts) -> Iterator[str]:
    yield "## What is in it"
    yield ""
    yield f"| table | {' | '.join(facts.splits)} | all |"
    yield f"| --- |{' ---: |' * (len(facts.splits) + 1)}"
    for table in TABLES:
        rows = facts.rows[table.name]
        yield f"| {table.name} | {' | '.join(f'{rows.get(split, 0):,}' for split in facts.splits)} | {facts.total(table):,} |"
    yield ""
    yield "Each table is there as JSON Lines and as Parquet, and in `splits/` as Parquet by split. `schema.json` is the JSON Schema of the lines,"
    yield "`croissant.json` describes the columns for machines, `manifest.json` holds the sha256 of every file. In Parquet a mapping is a list of"
    yield "`{name, value}`."
    yield ""
    yield f"The splits are by document: by a hash of its name with the seed {facts.seed}. Files that share a name, a text or a title, and a text"
    yield "with its retelling, are in one split. A paper that is added moves no other but those that it shows to be one."
    yield ""
    if facts.failed:
        yield "Papers that could not be read:"
        yield ""
        yield from (f"- {file}: {reason}" for file, reason in facts.failed)
        yield ""
    if facts.texts:
        yield "`documents` holds the texts of the papers, each under the licence that is named beside it."
    else:
        yield "The texts of the papers are not in it: offsets refer to the text whose sha256 is `text_sha256`. `evidence` quotes the statements read."
    yield ""


def _use(facts: Facts) -> Iterator[str]:
    yield "## Read it"
    yield ""
    yield "```python"
    yield 'datasets.load_dataset("FOLDER", "records")'
    yield 'pandas.read_parquet("FOLDER/records.parquet")'
    yield 'polars.read_parquet("FOLDER/records.parquet")'
    yield "duckdb.sql(\"SELECT study, arm, value, unit FROM 'FOLDER/records.parquet' WHERE endpoint = 'OS' AND statistic = 'median'\")"
    yield "```"
    yield ""
