"""Data sets: whole or not there, the same bytes, splits that stay, and read by the tools that people use. All papers are invented but `corpus/`'s."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from extractor.cli import app
from extractor.dataset import OutputError, read_lines, read_records
from extractor.document import Source
from extractor.parquet import read_rows, schema
from extractor.pipeline import Pipeline
from extractor.publish import SPLITS, TABLES, Identity, Paper, Settings, Split, Table, publish
from extractor.publish.card import licence_of
from extractor.publish.splits import split_of
from extractor.publish.splits import splits as splits_of_keys
from extractor.publish.tables import MEANINGS, RECORDS
from extractor.records import RECORD, Measurement, json_schema

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"

SENTENCES = (
    "Median OS was 12.0 months with sorafenib and 10.1 months with placebo (HR 0.80, 95% CI 0.60-0.95; p = 0.02).",
    "The ORR was 24% (36/150) with sorafenib and 8% (12/150) with placebo.",
    "Median PFS was 6.1 months (95% CI 5.0-7.4) with sorafenib and 3.9 months (95% CI 3.1-4.6) with placebo.",
)

runner = CliRunner()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set of `corpus/`, made once."""
    folder = tmp_path_factory.mktemp("made") / "data"
    result = runner.invoke(app, ["dataset", str(CORPUS), "-o", str(folder)])
    assert result.exit_code == 0, result.output
    return folder


def splits(identities: Iterable[Identity], *, seed: int) -> tuple[Split, ...]:
    """The splits of documents by what they are."""
    return splits_of_keys([one.keys() for one in identities], seed=seed)


def paper(doc: str, text: str = SENTENCES[0], **more: Any) -> Paper:
    """A paper with what is read in its text."""
    extraction = Pipeline(model="none").extract_text(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    records = tuple(record.model_copy(update={"doc": doc}) for record in extraction.records)
    left = tuple(one.model_copy(update={"doc": doc}) for one in extraction.unattached)
    return Paper(doc, Source(f"{doc}.txt", "txt", digest, digest), text, extraction.kind, records, (), left, **more)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def in_split(wanted: Split) -> Iterator[str]:
    """Names of documents that fall into a split."""
    return (f"paper{i}" for i in range(10_000) if splits([Identity(f"paper{i}", f"text {i}")], seed=0) == (wanted,))


# --- what is in the folder


def test_every_table_is_there_as_lines_and_as_parquet(made: Path) -> None:
    names = set(contents(made))
    assert names >= {"README.md", "croissant.json", "manifest.json", "schema.json"}
    for table in TABLES:
        assert {f"{table.name}.jsonl", f"{table.name}.parquet", f"splits/train/{table.name}.parquet"} <= names
        lines = list(read_lines(made / f"{table.name}.jsonl", table.adapter))
        assert lines
        assert list(read_rows(made / f"{table.name}.parquet", table.models)) == lines
        parts = [row for split in SPLITS for row in rows_of(made, table, split)]
        assert sorted(map(repr, parts)) == sorted(map(repr, lines))


def rows_of(folder: Path, table: Table, split: Split) -> list[Any]:
    """The rows of a split; none where it has no document."""
    path = folder / "splits" / split / f"{table.name}.parquet"
    return list(read_rows(path, table.models)) if path.exists() else []


def test_split_without_a_row_has_no_file(three: Path) -> None:
    for path in three.glob("splits/*/*.parquet"):
        table = next(one for one in TABLES if one.name == path.stem)
        assert list(read_rows(path, table.models))
    assert not list(three.glob("splits/test/records.parquet"))


def test_lines_of_the_records_are_those_that_extract_writes(made: Path, tmp_path: Path) -> None:
    result = runner.invoke(app, ["extract", *map(str, sorted(CORPUS.glob("*.txt"))), "-o", str(tmp_path / "records.jsonl")])
    assert result.exit_code == 0
    assert (made / "records.jsonl").read_bytes() == (tmp_path / "records.jsonl").read_bytes()


def test_evidence_is_found_in_the_text_of_its_document(made: Path) -> None:
    texts = {document.doc: document.text for document in read_lines(made / "documents.jsonl", TABLES[1].adapter)}
    records = read_records(made / "records.jsonl")
    assert records
    for record in records:
        assert all(texts[record.doc][one.start : one.end] == one.text for one in record.evidence)


def test_manifest_holds_the_hash_of_every_other_file(made: Path) -> None:
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    found = {name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in contents(made).items()}
    del found["manifest.json"]
    assert manifest["files"] == found
    assert manifest["counts"]["records"]["all"] == len((made / "records.jsonl").read_bytes().splitlines())
    assert manifest["counts"]["documents"]["all"] == 5


def test_schema_holds_the_form_of_every_table(made: Path) -> None:
    schemas = json.loads((made / "schema.json").read_text(encoding="utf-8"))
    assert [one["$ref"] for one in schemas["anyOf"]] == [f"#/$defs/{table.name}" for table in TABLES]
    own = json_schema()
    assert schemas["$defs"]["records"]["oneOf"] == own["oneOf"]
    assert schemas["$defs"]["Measurement"]["properties"].keys() == Measurement.model_fields.keys()


def test_every_column_has_a_meaning() -> None:
    assert {table.name: set(schema(table.models).names) for table in TABLES} == {name: set(columns) for name, columns in MEANINGS.items()}


def test_columns_are_typed_and_nested() -> None:
    columns = schema(RECORDS.models)
    types = {name: str(columns.field(name).type) for name in ("value", "n", "study", "ci", "p", "spans")}
    assert types == {
        "value": "double",
        "n": "int64",
        "study": "string",
        "ci": "list<item: double>",
        "p": "struct<op: string not null, value: double not null>",
        "spans": "list<item: struct<name: string not null, value: list<item: int64>>>",
    }
    assert not columns.field("doc").nullable
    assert columns.field("estimate").nullable


# --- made again


def test_made_again_it_is_the_same_bytes(made: Path, tmp_path: Path) -> None:
    code = "import sys; from extractor.cli import app; app(sys.argv[1:])"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    again = subprocess.run(
        [sys.executable, "-c", code, "dataset", str(CORPUS), "-o", str(tmp_path / "again"), "-j", "2"], cwd=ROOT, env=environment, check=False
    )
    assert again.returncode == 0
    assert contents(tmp_path / "again") == contents(made)


def test_without_texts_none_is_in_it(tmp_path: Path) -> None:
    publish([paper("a")], tmp_path / "data", Settings("0", texts=False))
    assert [json.loads(line)["text"] for line in (tmp_path / "data/documents.jsonl").read_text().splitlines()] == [None]


# --- whole or not at all


def test_folder_that_is_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/thesis.txt").write_text("ten years of work")
    result = runner.invoke(app, ["dataset", str(CORPUS), "-o", str(tmp_path / "data")])
    assert (result.exit_code, "is there already" in result.output) == (2, True)
    result = runner.invoke(app, ["dataset", str(CORPUS), "-o", str(tmp_path / "data"), "--overwrite"])
    assert (result.exit_code, "no data set" in result.output) == (2, True)
    assert contents(tmp_path) == {"data/thesis.txt": b"ten years of work"}


def test_overwriting_leaves_nothing_of_the_old_one(tmp_path: Path) -> None:
    publish([paper("a"), paper("b", SENTENCES[1])], tmp_path / "data", Settings("0"))
    publish([paper("a")], tmp_path / "fresh", Settings("0"))
    publish([paper("a")], tmp_path / "data", Settings("0", overwrite=True))
    assert contents(tmp_path / "data") == contents(tmp_path / "fresh")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "fresh"]


def test_error_halfway_leaves_nothing_new(tmp_path: Path) -> None:
    publish([paper("a")], tmp_path / "data", Settings("0"))
    before = contents(tmp_path)

    def broken() -> Iterator[Paper]:
        yield paper("b")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(broken(), tmp_path / "data", Settings("0", overwrite=True))
    assert contents(tmp_path) == before


def test_terminated_run_leaves_nothing(tmp_path: Path) -> None:
    code = """
import sys, time
from extractor.cli import app, reading
def slow(*arguments, **named):
    print("reading", flush=True)
    time.sleep(600)
reading.read_one = slow
app(sys.argv[1:])
"""
    run = subprocess.Popen([sys.executable, "-c", code, "dataset", str(CORPUS), "-o", str(tmp_path / "data")], cwd=ROOT, stdout=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stdout.readline() == b"reading\n"
    assert any(path.name.endswith(".tmp") for path in tmp_path.iterdir())
    run.send_signal(signal.SIGTERM)
    assert run.wait(timeout=120) == 130
    run.stdout.close()
    assert list(tmp_path.iterdir()) == []


def test_bad_paper_is_named_and_the_rest_is_there(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "good.txt").write_text(SENTENCES[0])
    (corpus / "bad.txt").write_bytes(b"\xff\xfe\x00\x00 not text")
    result = runner.invoke(app, ["dataset", str(corpus), "-o", str(tmp_path / "data")])
    assert result.exit_code == 1
    assert "bad.txt" in result.output
    manifest = json.loads((tmp_path / "data/manifest.json").read_text())
    assert [one["file"] for one in manifest["failed"]] == ["bad.txt"]
    assert {record.doc for record in read_records(tmp_path / "data/records.jsonl")} == {"good"}
    assert "bad.txt" in (tmp_path / "data/README.md").read_text()


def test_nothing_is_written_when_nothing_is_read(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "bad.txt").write_bytes(b"\xff\xfe\x00\x00 not text")
    result = runner.invoke(app, ["dataset", str(corpus), "-o", str(tmp_path / "data")])
    assert result.exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_second_file_of_a_name_is_refused(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    for folder in ("one", "two"):
        (corpus / folder).mkdir(parents=True)
        (corpus / folder / "paper.txt").write_text(SENTENCES[0] + folder)
    result = runner.invoke(app, ["dataset", str(corpus), "-o", str(tmp_path / "data"), "--model", "none"])
    assert result.exit_code == 1
    assert "a document name of its own" in result.output
    assert [json.loads(line)["doc"] for line in (tmp_path / "data/documents.jsonl").read_text().splitlines()] == ["paper"]


def test_corpus_is_what_its_manifest_lists(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(CORPUS, corpus)
    case = "retold-lenvatinib-pembrolizumab-case.txt"
    for path in corpus.glob("*.txt"):
        if path.name != case:
            path.write_text("edited")
    (corpus / "stray.txt").write_text(SENTENCES[0])
    result = runner.invoke(app, ["dataset", str(corpus), "-o", str(tmp_path / "data"), "--model", "none"])
    assert result.exit_code == 1
    assert "stray.txt: not in the corpus's manifest" in result.output
    assert result.output.count("take it in again") == 4
    (row,) = (json.loads(line) for line in (tmp_path / "data/documents.jsonl").read_text().splitlines())
    assert (row["file"], row["licence"], row["retells"]) == (case, "MIT", "hcc-lenvatinib-pembrolizumab-case")


def test_missing_folder_above_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no folder"):
        publish([paper("a")], tmp_path / "none/data", Settings("0"))


# --- splits

names = st.lists(st.text("abcdefgh", min_size=1, max_size=6), unique=True, min_size=1, max_size=30)


@given(names, st.integers(0, 3))
def test_paper_that_is_added_moves_no_other(docs: list[str], seed: int) -> None:
    alone = splits([Identity(doc, f"text of {doc}") for doc in docs[:-1]], seed=seed)
    more = splits([Identity(doc, f"text of {doc}") for doc in docs], seed=seed)
    assert more[:-1] == alone
    assert splits([Identity(doc, f"text of {doc}") for doc in reversed(docs)], seed=seed) == more[::-1]


@given(names)
def test_one_paper_is_in_one_split(docs: list[str]) -> None:
    """By its text, its name or its title; and by way of another."""
    title = "A trial of one drug against another"
    for seed in range(8):
        same_text = splits([Identity(doc, "Median  OS was\n9 months.") for doc in docs], seed=seed)
        same_title = splits([Identity(doc, f"text of {doc}", title) for doc in docs], seed=seed)
        chain = splits([Identity("a", "one"), Identity("b", "two", title), Identity("b", "one"), Identity("c", "three", title)], seed=seed)
        assert {len(set(same_text)), len(set(same_title)), len(set(chain))} == {1}


def test_short_titles_and_empty_texts_join_nothing() -> None:
    many = [Identity(f"paper{i}", "", "A case report") for i in range(100)]
    assert len(set(splits(many, seed=0))) == 3


def test_shares_and_seed() -> None:
    found = [split_of(f"name {i}", 0) for i in range(5_000)]
    assert {split: round(found.count(split) / 5_000, 1) for split in SPLITS} == {"train": 0.8, "validation": 0.1, "test": 0.1}
    assert found != [split_of(f"name {i}", 1) for i in range(5_000)]


def test_retelling_is_with_what_it_retells(tmp_path: Path) -> None:
    one, other = next(in_split("train")), next(in_split("test"))
    publish([paper(one, SENTENCES[0]), paper(other, SENTENCES[1], retells=one)], tmp_path / "data", Settings("0"))
    rows = [json.loads(line) for line in (tmp_path / "data/documents.jsonl").read_text().splitlines()]
    assert [row["split"] for row in rows] == ["train", "train"]


def test_licence_that_no_hub_knows_is_other() -> None:
    assert licence_of(["MIT", "MIT"]) == "mit"
    assert licence_of(["MIT", "CC BY 4.0"]) == "other"
    assert licence_of(["all rights reserved"]) == "other"


# --- read by others


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set with all splits, in which some have a table without a row."""
    folder = tmp_path_factory.mktemp("three") / "data"
    docs = {split: next(in_split(split)) for split in SPLITS}
    papers = [
        paper(docs["train"], " ".join((*SENTENCES, "Median OS was longer by 3.1."))),
        paper(docs["validation"], SENTENCES[1]),
        paper(docs["test"], "Nothing was found, and we say so."),
    ]
    publish(papers, folder, Settings("0", title='A "quoted" title: with a colon'))
    return folder


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The `datasets` library, kept from the network and from the user's cache."""
    patch = pytest.MonkeyPatch()
    home = tmp_path_factory.mktemp("hub")
    for name, value in {"HF_HOME": str(home), "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}.items():
        patch.setenv(name, value)
    yield pytest.importorskip("datasets")
    patch.undo()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_datasets_reads_lines_and_card(made: Path, three: Path, hub: Any, tmp_path: Path, table: Table) -> None:
    lines = [json.loads(line) for line in (made / f"{table.name}.jsonl").read_text(encoding="utf-8").splitlines()]
    loaded = hub.load_dataset("json", data_files=str(made / f"{table.name}.jsonl"), split="train", cache_dir=str(tmp_path))
    assert len(loaded) == len(lines)
    assert loaded["doc"][:] == [line["doc"] for line in lines]
    if table.name == "mentions":  # none is in the papers of `three`
        return
    card = hub.load_dataset(str(three), table.name, cache_dir=str(tmp_path))
    assert {split: len(rows) for split, rows in card.items()} == {split: len(rows) for split in SPLITS if (rows := rows_of(three, table, split))}
    assert all(rows.features == hub.Features.from_arrow_schema(schema(table.models)) for rows in card.values())


@pytest.mark.filterwarnings("ignore")
def test_card_declares_the_features_that_datasets_would_write(three: Path, hub: Any) -> None:
    import yaml  # noqa: PLC0415  (comes with datasets)

    metadata = yaml.safe_load((three / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    assert metadata["pretty_name"] == 'A "quoted" title: with a colon'
    assert metadata["size_categories"] == ["n<1K"]
    declared = {info["config_name"]: info for info in metadata["dataset_info"]}
    assert declared.keys() == {one["config_name"] for one in metadata["configs"]} == {"records", "documents", "unattached"}
    for table in (table for table in TABLES if table.name in declared):
        assert declared[table.name]["features"] == hub.Features.from_arrow_schema(schema(table.models))._to_yaml_list()
        for one in declared[table.name]["splits"]:
            path = three / "splits" / one["name"] / f"{table.name}.parquet"
            assert one["num_bytes"] == path.stat().st_size
            assert one["num_examples"] == len(rows_of(three, table, one["name"]))


@pytest.mark.filterwarnings("ignore")
def test_pandas_reads_it(made: Path) -> None:
    import pandas as pd  # noqa: PLC0415

    lines, rows = pd.read_json(made / "records.jsonl", lines=True), pd.read_parquet(made / "records.parquet")
    assert list(lines["id"]) == list(rows["id"])
    assert rows["value"].dtype == "float64"
    assert lines["value"].dropna().tolist() == rows["value"].dropna().tolist()


@pytest.mark.filterwarnings("ignore")
def test_polars_reads_it(made: Path) -> None:
    import polars as pl  # noqa: PLC0415

    lines, rows = pl.read_ndjson(made / "records.jsonl", infer_schema_length=None), pl.read_parquet(made / "records.parquet")
    assert lines["id"].to_list() == rows["id"].to_list()
    assert lines["estimate"].to_list() == rows["estimate"].to_list()
    assert rows["p"].struct.field("value").to_list() == [None if p is None else p["value"] for p in rows["p"].to_list()]


@pytest.mark.filterwarnings("ignore")
def test_duckdb_reads_it(made: Path) -> None:
    import duckdb  # noqa: PLC0415

    asked = "SELECT doc, count(*) FROM '{}' WHERE p.value < 0.05 GROUP BY doc ORDER BY doc"
    found = duckdb.sql(asked.format(made / "records.jsonl")).fetchall()
    assert found
    assert found == duckdb.sql(asked.format(made / "records.parquet")).fetchall()


@pytest.mark.filterwarnings("ignore")
def test_croissant_is_read_by_its_library(made: Path) -> None:
    croissant = pytest.importorskip("mlcroissant")
    described = croissant.Dataset(jsonld=str(made / "croissant.json"))
    assert not described.metadata.issues.errors
    assert {one.split('"')[1] for one in described.metadata.issues.warnings} == {"https://schema.org/datePublished"}  # a date would change the bytes
    records = read_records(made / "records.jsonl")
    rows = list(described.records("records"))
    assert [row["records/id"].decode() for row in rows] == [record.id for record in records]
    assert [row["records/confidence"] for row in rows] == [record.confidence for record in records]
    assert [[part["records/arm_components/name"].decode() for part in row["records/arm_components"] or ()] for row in rows] == [
        [part.name for part in record.arm_components] for record in records
    ]
    for table in TABLES[1:]:
        assert len(list(described.records(table.name))) == len((made / f"{table.name}.jsonl").read_bytes().splitlines())


def test_croissant_describes_every_column_and_file(made: Path) -> None:
    """What the specification asks for, whether or not its library is there."""
    described = json.loads((made / "croissant.json").read_text(encoding="utf-8"))
    assert described["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    files = {one["@id"]: one["sha256"] for one in described["distribution"]}
    assert files == {name: hashlib.sha256(data).hexdigest() for name, data in contents(made).items() if name.endswith(("l", "t"))}
    sets = {one["@id"]: [field["name"] for field in one["field"]] for one in described["recordSet"]}
    assert sets == {"split": ["name"], **{table.name: schema(table.models).names for table in TABLES}}


def test_records_of_the_data_set_are_lines_of_the_contract(made: Path) -> None:
    for line in (made / "records.jsonl").read_bytes().splitlines():
        assert json.loads(line) == RECORD.validate_json(line).model_dump(mode="json")
