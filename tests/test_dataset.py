"""JSONL files that are whole or not there, and a corpus that knows its papers by their bytes. All texts are invented."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Pipeline
from extractor.dataset import (
    MANIFEST,
    LineError,
    ManifestLine,
    OutputError,
    check_name,
    failure,
    read_manifest,
    read_mentions,
    read_records,
    read_unattached,
    take_in,
    write,
    writing,
)
from extractor.document import Document
from extractor.ingest import SourceError, read
from extractor.records import EntityMention

TEXT = (
    "TITLE:\nDrugs against a made-up tumour – a small trial\n\nABSTRACT:\n"
    "Median OS was 12.3 months with sorafenib and 10.1 months with placebo (HR 0.80, 95% CI 0.60–0.95; p = 0.02).\n"
)
EXTRACTION = Pipeline().extract_text(TEXT)
MENTION = EntityMention(doc="d", label="DRUG", start=0, end=4, text="α–b\u2028", norm=None)


def paper(path: Path, text: str = TEXT) -> Path:
    """A file with a text; the folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    return path


# --- JSONL


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    assert EXTRACTION.records
    assert EXTRACTION.mentions
    write(tmp_path / "r", EXTRACTION.records)
    write(tmp_path / "m", EXTRACTION.mentions)
    write(tmp_path / "u", EXTRACTION.unattached)
    assert read_records(tmp_path / "r") == EXTRACTION.records
    assert read_mentions(tmp_path / "m") == EXTRACTION.mentions
    assert read_unattached(tmp_path / "u") == EXTRACTION.unattached


def test_the_bytes_are_utf8_with_line_feeds_and_every_field(tmp_path: Path) -> None:
    write(tmp_path / "m", [MENTION, MENTION])
    line = '{"doc": "d", "label": "DRUG", "start": 0, "end": 4, "text": "α–b\u2028", "norm": null}\n'
    assert (tmp_path / "m").read_bytes() == (line * 2).encode("utf-8")
    assert read_mentions(tmp_path / "m") == (MENTION, MENTION)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_survives(text: str) -> None:
    mention = MENTION.model_copy(update={"text": text})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "m.jsonl")
        write(path, [mention, mention])
        assert read_mentions(path) == (mention, mention)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line contains invalid json"),
        ("[" * 100_000, "line contains invalid json: nested too deep"),
        ('{"doc": NaN}', "line contains invalid json: NaN is no number"),
        ("[1, 2]", "line does not match requested type"),
        ('"text"', "line does not match requested type"),
        ("null", "line contains null value"),
        ("{}", "doc: Field required (and 5 more)"),
        ('{"doc": "d", "label": "NOISE", "start": 0, "end": 1, "text": "x", "norm": null}', "label: Input should be"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "mentions.jsonl"
    path.write_text(f"{json.dumps(MENTION.model_dump())}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(LineError) as caught:
        read_mentions(path)
    assert str(caught.value).startswith(f"{path}, line 3: {reason}")
    assert (caught.value.path, caught.value.line) == (path, 3)


def test_numbers_that_are_none_are_refused(tmp_path: Path) -> None:
    """In fields that a person added too: they would be written again."""
    folder = tmp_path / "corpus"
    take_in([paper(tmp_path / "a.txt")], folder)
    manifest = folder / MANIFEST
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("{", '{"impact": NaN, ', 1), encoding="utf-8")
    with pytest.raises(LineError, match="NaN is no number"):
        read_manifest(folder)
    write(tmp_path / "records.jsonl", EXTRACTION.records[:1])
    line = (tmp_path / "records.jsonl").read_text(encoding="utf-8")
    (tmp_path / "records.jsonl").write_text(line.replace('"confidence": ', '"confidence": 1e999, "was": ', 1), encoding="utf-8")
    with pytest.raises(LineError, match="confidence: Input should be"):
        read_records(tmp_path / "records.jsonl")
    huge = json.loads(line) | {"ci_level": 0}
    (tmp_path / "records.jsonl").write_text(json.dumps(huge).replace('"ci_level": 0', '"ci_level": 1e999'), encoding="utf-8")
    with pytest.raises(LineError, match="finite"):
        read_records(tmp_path / "records.jsonl")


def test_a_line_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mentions.jsonl"
    path.write_bytes(b"\n\xff\xfe\n")
    with pytest.raises(LineError, match="line 2: line is not valid utf-8"):
        read_mentions(path)


def test_a_carriage_return_inside_a_line_ends_none(tmp_path: Path) -> None:
    path = tmp_path / "mentions.jsonl"
    path.write_bytes(json.dumps(MENTION.model_dump()).encode() + b"\r\n")
    assert read_mentions(path) == (MENTION,)


# --- whole or not at all


def test_a_failure_midway_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old", encoding="utf-8")

    def fail_midway() -> None:
        with writing(path) as lines:
            lines.write([MENTION] * 10_000)
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        fail_midway()
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_an_item_that_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write(path, [MENTION, MENTION.model_copy(update={"text": "\ud800"})])
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_nothing_is_there_before_all_is(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with writing(path) as lines:
        lines.write([MENTION])
        assert not path.exists()
    assert read_mentions(path) == (MENTION,)


def test_a_replaced_file_keeps_its_permissions_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "out.jsonl", tmp_path / "link.jsonl"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    write(link, [MENTION])
    assert link.is_symlink()
    assert read_mentions(path) == (MENTION,)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_device_is_written_to_and_not_replaced() -> None:
    write(Path(os.devnull), [MENTION])
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path, reason in (
        (tmp_path / "no" / "out", "there is no folder"),
        (tmp_path, "it is a folder"),
        (tmp_path / "file" / "out", "there is no folder"),
        (tmp_path / ("x" * 300), "File name too long"),
    ):
        with pytest.raises(OutputError, match=reason) as caught:
            write(path, [])
        assert caught.value.path == str(path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_of_the_right_file(tmp_path: Path) -> None:
    def fill() -> None:
        with writing(Path("/dev/full")) as full, writing(tmp_path / "other"):
            full.write([MENTION] * 10_000)

    with pytest.raises(OutputError, match="/dev/full: cannot be written: No space left"):
        fill()
    assert not list(tmp_path.iterdir())


# --- failures


def test_failures_are_told_in_one_line() -> None:
    assert failure(SourceError("a.txt", "no such file")) == "no such file"
    assert failure(PermissionError(13, "Permission denied")) == "cannot be read: Permission denied"
    assert failure(ValueError("two\n  lines")) == "internal error: ValueError: two lines; please report"
    assert failure(MemoryError()) == "internal error: MemoryError; please report"


def test_a_name_that_no_record_could_carry_is_refused() -> None:
    check_name(Path("α–b.txt"))
    with pytest.raises(SourceError, match="not UTF-8"):
        check_name(Path("n\udcff.txt"))


# --- the corpus


def test_a_paper_is_taken_in_as_it_is(tmp_path: Path) -> None:
    source = paper(tmp_path / "in" / "a.txt", TEXT.replace("\n", "\r\n"))
    result = take_in([source], tmp_path / "corpus")
    assert [(taken.line.file, taken.new) for taken in result.taken] == [("a.txt", True)]
    assert (tmp_path / "corpus" / "a.txt").read_bytes() == source.read_bytes()
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    assert json.loads((tmp_path / "corpus" / MANIFEST).read_text(encoding="utf-8")) == {
        "doc": "a",
        "file": "a.txt",
        "sha256": sha256,
        "text_sha256": sha256,
        "bytes": len(source.read_bytes()),
        "format": "txt",
        "title": "Drugs against a made-up tumour – a small trial",
    }


def test_the_same_content_twice_is_once(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    one, other = paper(tmp_path / "in" / "a.txt"), paper(tmp_path / "in" / "b.txt")
    assert [t.new for t in take_in([one, other, one], corpus).taken] == [True, False, False]
    before = (corpus / MANIFEST).read_bytes()
    assert [t.new for t in take_in([other, one], corpus).taken] == [False, False]
    assert (corpus / MANIFEST).read_bytes() == before
    assert sorted(os.listdir(corpus)) == ["a.txt", MANIFEST]


def test_another_paper_of_the_same_name_gets_a_name_of_its_own(tmp_path: Path) -> None:
    texts = {
        "1/a.txt": "First text.",
        "2/a.txt": "Second text.",
        "3/A.TXT": "Third text.",
        "4/a.md": "Fourth text.",
        "5/manifest.jsonl": "Fifth text.",
    }
    files = [paper(tmp_path / name, text) for name, text in texts.items()]
    result = take_in(files, tmp_path / "corpus")
    hashes = [hashlib.sha256(text.encode()).hexdigest()[:8] for text in texts.values()]
    names = ["a.txt", f"a-{hashes[1]}.txt", f"A-{hashes[2]}.TXT", f"a-{hashes[3]}.md", f"manifest-{hashes[4]}.jsonl"]
    assert [taken.line.file for taken in result.taken] == names
    assert len({line.doc.casefold() for line in read_manifest(tmp_path / "corpus")}) == len(texts)


def test_the_manifest_is_sorted_and_rebuilt_to_the_same_bytes(tmp_path: Path) -> None:
    files = [paper(tmp_path / "in" / f"{name}.txt", f"The text of {name}.") for name in ("c", "a", "b")]
    take_in(files, tmp_path / "one")
    take_in(files[:1], tmp_path / "two")
    take_in(files[:0:-1], tmp_path / "two")
    assert [line.doc for line in read_manifest(tmp_path / "one")] == ["a", "b", "c"]
    assert (tmp_path / "one" / MANIFEST).read_bytes() == (tmp_path / "two" / MANIFEST).read_bytes()


def test_what_cannot_be_read_is_refused_and_the_rest_taken(tmp_path: Path) -> None:
    empty, missing = paper(tmp_path / "in" / "empty.txt", ""), tmp_path / "in" / "missing.txt"
    result = take_in([empty, missing, paper(tmp_path / "in" / "a.txt")], tmp_path / "corpus")
    assert [(r.path, r.reason) for r in result.refused] == [
        (empty, "expected the text of a paper, found an empty file"),
        (missing, "no such file"),
    ]
    assert [line.doc for line in read_manifest(tmp_path / "corpus")] == ["a"]


def test_nothing_taken_writes_no_manifest(tmp_path: Path) -> None:
    assert take_in([tmp_path / "missing.txt"], tmp_path / "corpus").taken == ()
    assert os.listdir(tmp_path / "corpus") == []


def test_papers_that_lie_in_the_corpus_are_listed_where_they_lie(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    files = [paper(corpus / "a.txt"), paper(corpus / "b.txt", "Another text.")]
    assert [t.new for t in take_in(files, corpus).taken] == [True, True]
    assert sorted(os.listdir(corpus)) == ["a.txt", "b.txt", MANIFEST]


def test_an_edited_paper_of_the_corpus_has_its_line_renewed_and_keeps_what_a_person_wrote_there(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    take_in([paper(corpus / "a.txt")], corpus)
    (line,) = read_manifest(corpus)
    write(corpus / MANIFEST, [ManifestLine.model_validate({**line.model_dump(), "licence": "MIT"})])
    take_in([paper(corpus / "a.txt", "Edited text.")], corpus)
    (renewed,) = read_manifest(corpus)
    assert renewed.sha256 == hashlib.sha256(b"Edited text.").hexdigest()
    assert renewed.model_extra == {"licence": "MIT"}


def test_a_lost_copy_is_written_again_and_an_edited_one_is_not_overwritten(tmp_path: Path) -> None:
    corpus, source = tmp_path / "corpus", paper(tmp_path / "in" / "a.txt")
    take_in([source], corpus)
    (corpus / "a.txt").unlink()
    take_in([source], corpus)
    assert (corpus / "a.txt").read_bytes() == source.read_bytes()
    paper(corpus / "a.txt", "Edited text.")
    (refused,) = take_in([source], corpus).refused
    assert "found that copy edited" in refused.reason
    assert (corpus / "a.txt").read_bytes() == b"Edited text."


def test_two_papers_of_the_corpus_with_one_document_name_are_not_both_listed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    result = take_in([paper(corpus / "a.txt"), paper(corpus / "a.md", "Another text.")], corpus)
    assert [line.file for line in read_manifest(corpus)] == ["a.txt"]
    assert "document name" in result.refused[0].reason


def test_an_internal_error_stays_with_its_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails_on_b(path: Path) -> Document:
        if path.stem == "b":
            raise KeyError("oops")
        return read(path)

    monkeypatch.setattr("extractor.dataset.read", fails_on_b)
    files = [paper(tmp_path / "in" / f"{name}.txt", f"The text of {name}.") for name in "abc"]
    result = take_in(files, tmp_path / "corpus")
    assert [taken.line.doc for taken in result.taken] == ["a", "c"]
    assert [refused.reason for refused in result.refused] == ["internal error: KeyError: 'oops'; please report"]
    with pytest.raises(KeyError):
        take_in(files, tmp_path / "other", debug=True)


def test_a_corpus_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be made a corpus folder: there is a file of that name"):
        take_in([paper(tmp_path / "a.txt")], tmp_path / "a.txt")
    with pytest.raises(OutputError, match="cannot be made a corpus folder"):
        take_in([], tmp_path / "no" / "corpus")


def test_a_broken_manifest_is_an_error_and_stays_as_it_is(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / MANIFEST).write_text("{}\n", encoding="utf-8")
    with pytest.raises(LineError, match=r"manifest\.jsonl, line 1"):
        take_in([paper(tmp_path / "a.txt")], corpus)
    assert (corpus / MANIFEST).read_text(encoding="utf-8") == "{}\n"
