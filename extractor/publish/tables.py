"""The tables of a data set: which lines each holds, and what each of their columns means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, TypeAdapter

from extractor.publish.splits import Split
from extractor.records import RECORD, SCHEMA_VERSION, Comparison, EntityMention, Frozen, Measurement, PaperKind, Unattached


class PublishedDocument(Frozen):
    """A paper of a data set. `text` is the source text that all offsets refer to; null where the data set was made without texts."""

    doc: str
    split: Split
    file: str
    format: str
    sha256: str
    text_sha256: str
    title: str | None
    kind: PaperKind
    licence: str | None
    retells: str | None
    characters: int
    records: int
    mentions: int
    unattached: int
    warnings: tuple[str, ...]
    text: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, the models of its lines, what a line is, and how a line is read."""

    name: str
    models: tuple[type[BaseModel], ...]
    line: str
    adapter: TypeAdapter[Any]


TABLES: tuple[Table, ...] = (
    Table(
        "records", (Measurement, Comparison), "an outcome: a measurement in one arm, or a comparison, with the characters it was read from", RECORD
    ),
    Table("documents", (PublishedDocument,), "a paper, with its split and its text", TypeAdapter(PublishedDocument)),
    Table(
        "mentions",
        (EntityMention,),
        "a name in the text: a drug, a trial, an endpoint, an arm, a population, an adverse event",
        TypeAdapter(EntityMention),
    ),
    Table("unattached", (Unattached,), "a number of a result statement that became no record, and why", TypeAdapter(Unattached)),
)

RECORDS, DOCUMENTS, MENTIONS, UNATTACHED = TABLES

_PLACE = {
    "doc": "name of the document",
    "start": "first character in the source text, from 0",
    "end": "behind the last character in the source text",
    "text": "the characters of the source text",
}

MEANINGS: Mapping[str, Mapping[str, str]] = {
    "records": {
        "doc": _PLACE["doc"],
        "kind": "measurement (a value observed in one arm) or comparison (an effect estimate or a p-value)",
        "study": "name of the trial, else its registry number or the first author; `this study` for the paper's own results",
        "provenance": "own (the paper's own data) or cited",
        "population": "subgroup; null for all patients of the arm",
        "arm": "treatment, drugs by their names with + between",
        "endpoint": "code of the endpoint: OS, PFS, ORR, AE ...",
        "statistic": "median, mean, rate (in percent), count, value or category",
        "timepoint": "landmark of the value, as 12 month",
        "criterion": "criteria by which it was judged, as RECIST 1.1",
        "event": "adverse event, cause, or name of an outcome without a code",
        "grade": "grades of the adverse event",
        "ci": "interval, low and high; null for a bound that was not reached",
        "ci_level": "level of the interval in percent; null beside an interval means 95",
        "start": "first character of the evidence in the source text, from 0",
        "end": "behind the last character of the evidence",
        "value": "the value, in the unit beside it",
        "op": "< or > where the value is a bound",
        "unit": "unit of the value, singular",
        "n": "patients or events behind the value",
        "N": "patients or events that it is a share of",
        "category": "the result where it is no number, as partial response or not reached",
        "id": "the same fact in the same text has the same id in every run",
        "result": "shared by the records that one statement reports together",
        "registry_id": "registry number of the study where it is printed",
        "citations": "marks of what is cited, each with its entry of the reference list",
        "arm_n": "patients in the arm",
        "arm_components": "what the arm is made of",
        "endpoint_text": "the endpoint as printed",
        "direction": "whom the comparison favors",
        "section": "part of the paper that it was read in",
        "evidence": "the statements that it was read from, the most complete first",
        "spans": "for each slot that was read from the text, its first character and the one behind its last",
        "pattern": "the rule that read it",
        "confidence": "probability that the record is right, 0 to 1",
        "checks": "arithmetic checks of what is printed",
        "source": "the file that it was read from",
        "schema_version": "version of this contract",
        "value_text": "the value as printed",
        "spread": "standard deviation, standard error, quartiles or range printed with the value",
        "comparator": "the arm that the first one is compared with",
        "factor": "the contrast of a prognostic factor, where no arms are compared",
        "measure": "HR, OR, RR, difference or risk reduction (in percent); null for a p-value alone",
        "estimate": "the estimate",
        "p": "the p-value and how it is related to what is printed",
        "model": "univariate, multivariate, stratified or adjusted where stated",
        "comparator_n": "patients in the comparator",
        "comparator_components": "what the comparator is made of",
        "estimate_text": "the estimate as printed",
        "printed_with_point": "slots whose whole number was printed with a point (54.0), which a column of numbers does not tell",
    },
    "documents": {
        "doc": "name of the document, that all other tables refer to",
        "split": "train, validation or test: files of one paper are in one split",
        "file": "name of the file",
        "format": "txt, pdf, jats or pubmed",
        "sha256": "of the file",
        "text_sha256": "of the source text",
        "title": "title where the paper marks it as such",
        "kind": "randomised trial, study, case report or review",
        "licence": "licence of the paper as the corpus lists it",
        "retells": "the document that this one retells",
        "characters": "length of the source text",
        "records": "how many records it gave",
        "mentions": "how many mentions it gave",
        "unattached": "how many numbers were left over",
        "warnings": "what of the file could not be read",
        "text": "the source text, that all offsets refer to; null where the data set was made without texts",
    },
    "mentions": {
        **_PLACE,
        "label": "DRUG, TRIAL, ENDPOINT, DRUG_CLASS, PROCEDURE, ARM, POPULATION or ADVERSE_EVENT",
        "norm": "the name's normal form",
    },
    "unattached": {
        **_PLACE,
        "section": "part of the paper",
        "sentence_start": "first character of its sentence",
        "sentence_end": "behind the last character of its sentence",
        "reason": "why it became no record",
    },
}  # fmt: skip


def json_schemas() -> dict[str, Any]:
    """One JSON Schema for the lines of all tables; `$defs` holds that of each by itself, under the table's name."""
    refs, shared = TypeAdapter.json_schemas([(table.name, "serialization", table.adapter) for table in TABLES])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"onco-extractor data set {SCHEMA_VERSION}",
        "anyOf": [{"$ref": f"#/$defs/{table.name}"} for table in TABLES],
        "$defs": {**{table.name: refs[(table.name, "serialization")] for table in TABLES}, **shared.get("$defs", {})},
    }
