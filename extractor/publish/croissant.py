"""The data set described for machines in Croissant 1.0 (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from extractor.parquet import POINTS, Many, Named, Parts, Scalar, Shape, schema, shape
from extractor.publish.card import Facts
from extractor.publish.splits import SPLITS
from extractor.publish.tables import DOCUMENTS, MEANINGS, TABLES, Table

# As the specification prints it: parsers compare it.
_CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {"string": "sc:Text", "int64": "sc:Integer", "double": "sc:Float", "bool": "sc:Boolean"}
_FORMATS = {".jsonl": "application/jsonlines", ".json": "application/json", ".parquet": "application/x-parquet", ".md": "text/markdown"}


def croissant(facts: Facts, files: Sequence[tuple[str, int, str]]) -> dict[str, Any]:
    """The description of a data set.

    Args:
        facts: what is in it.
        files: path in the data set, bytes and sha256 of each file that is described.
    """
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "onco-extractor-outcomes",
        "alternateName": facts.title,
        "description": "Outcomes that oncology papers report, read from their text by rules, each with the characters it was read from.",
        "inLanguage": "en",
        "keywords": ["oncology", "clinical trials", "information extraction", "meta-analysis"],
        "license": facts.licence,
        "citeAs": f"{facts.title}. Read from the papers by onco-extractor {facts.version}.",
        "version": facts.version,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": path,
                "name": path.replace("/", "-"),
                "contentUrl": path,
                "contentSize": f"{size} B",
                "encodingFormat": _FORMATS[path[path.rindex(".") :]],
                "sha256": sha256,
            }
            for path, size, sha256 in files
        ],
        "recordSet": [_split_set(), *(_record_set(table) for table in TABLES)],
    }


def _split_set() -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": "split",
        "name": "split",
        "description": "The splits; which document is in which stands in documents.",
        "dataType": "cr:Split",
        "key": {"@id": "split/name"},
        "field": [{"@type": "cr:Field", "@id": "split/name", "name": "name", "description": "name of the split", "dataType": "sc:Text"}],
        "data": [{"split/name": split} for split in SPLITS],
    }


def _record_set(table: Table) -> dict[str, Any]:
    parts = {POINTS: Many(Scalar(pa.string())), **{name: part for name, part, _ in shape(table.models).fields}}
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"A row is {table.line}.",
        **({"key": {"@id": "documents/doc"}} if table is DOCUMENTS else {}),
        "field": [_field(table, name, parts[name]) for name in schema(table.models).names],
    }


def _field(table: Table, name: str, part: Shape) -> dict[str, Any]:
    """A column. What has parts is described by them, one level deep: what lies deeper, or in a list of lists, is left to the JSON Schema."""
    source = {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": name}}
    found: dict[str, Any] = {"@type": "cr:Field", "@id": f"{table.name}/{name}", "name": name, "description": MEANINGS[table.name][name]}
    item = part.item if isinstance(part, Many) else part
    if isinstance(part, Many | Named):
        found["repeated"] = True
    if isinstance(item, Scalar):
        found |= {"dataType": _TYPES[str(item.type)], "source": source}
    else:
        inner = item.fields if isinstance(item, Parts) else (("name", Scalar(pa.string()), False),)
        found["subField"] = [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{name}/{sub}",
                "name": sub,
                "dataType": _TYPES[str(one.type)],
                "source": {**source, "transform": {"jsonPath": sub}},
            }
            for sub, one, _ in inner
            if isinstance(one, Scalar)
        ]
    if name == "split":
        found["references"] = {"field": {"@id": "split/name"}}
    return found
