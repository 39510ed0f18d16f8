"""Files that cannot be read, each between two good papers: one line, exit status 1, the rest done. The files are built by `benchmarks.broken`."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.broken import AS_ANYBODY, KINDS, SENTENCE, Kind, arguments, article, main, not_as_promised, run, waited
from extractor.cli import app
from extractor.document import BlockKind
from extractor.ingest import SourceError, read
from extractor.pipeline import Pipeline

NAMED = {kind.name: kind for kind in KINDS}
FORBIDDEN = "a file that may not be read"
HEAVY = ("XML, 60 MB in short paragraphs", "XML with 20 million elements", "a row of 100,000 cells")
POSIX = hasattr(os, "mkfifo")

pytestmark = pytest.mark.skipif(not POSIX, reason="needs named pipes and the like")


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Break off what hangs."""

    def ring(_: int, __: object) -> None:
        raise TimeoutError(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name not in (FORBIDDEN, *HEAVY)], ids=lambda kind: kind.name)
def test_a_broken_file_has_its_line_and_the_batch_goes_on(kind: Kind, tmp_path: Path) -> None:
    words = arguments(kind, tmp_path)
    with at_most(60):
        result = CliRunner().invoke(app, words)
    written = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert list(not_as_promised(kind, tmp_path / kind.file, result.stderr, written, result.exit_code)) == []


@pytest.mark.parametrize("name", HEAVY)
def test_what_is_too_large_takes_neither_time_nor_memory(name: str, tmp_path: Path) -> None:
    assert run(NAMED[name], tmp_path).wrong == ()


@pytest.mark.skipif(os.geteuid() == 0 and shutil.which(AS_ANYBODY[0]) is None, reason="root may read everything")
def test_a_file_that_may_not_be_read_stops_no_batch(tmp_path: Path) -> None:
    assert run(NAMED[FORBIDDEN], tmp_path).wrong == ()


def test_the_table_says_what_is_not_as_promised(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("benchmarks.broken.KINDS", (NAMED["empty file"], Kind("wrong", "bad.txt", NAMED["blanks only"].make, "a full file")))
    assert main([]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed[2].startswith("| empty file | expected the text of a paper, found an empty file | 1 | ")
    assert printed[4].startswith("    WRONG: expected one line with 'a full file'")
    assert printed[-1].startswith("2 kinds, 1 not as promised")


def test_nobody_is_called(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        include = f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{address}/x.xml'/>"
        prolog = f"<?xml-stylesheet type='text/xsl' href='{address}/x.xsl'?><!DOCTYPE article SYSTEM '{address}/x.dtd'>"
        schema = f"<p xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:noNamespaceSchemaLocation='{address}/x.xsd'>It worked.</p>"
        path = tmp_path / "paper.xml"
        path.write_text(article(schema + include, prolog=prolog))
        assert "It worked." in read(path).raw
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_table_too_large_for_results_is_text_and_is_said(tmp_path: Path) -> None:
    path = tmp_path / "paper.xml"
    NAMED["a row of 100,000 cells"].make(path)
    document = read(path)
    assert document.tables == ()
    assert document.warnings == ("Table 1 has 100,100,000 cells (at most 20,000 are read as a table): read as text alone",)
    assert [block.kind for block in document.blocks].count(BlockKind.TABLE) == 1


@pytest.mark.parametrize(("name", "kind"), [("paper.txt", "txt"), ("paper", "txt"), ("paper.PDF", None), ("paper.nxml", None)])
def test_plain_text_is_read_unless_it_is_called_something_else(tmp_path: Path, name: str, kind: str | None) -> None:
    path = tmp_path / name
    path.write_text("It worked.\n")
    if kind is None:
        with pytest.raises(SourceError, match="as it is called, found plain text"):
            read(path)
    else:
        assert read(path).source.format == kind


def test_what_is_longer_than_any_sentence_is_not_read_and_is_said() -> None:
    extraction = Pipeline().extract_text(f"{SENTENCE} {'12% OS sorafenib ' * 400}")
    assert {record.evidence[0].text for record in extraction.records} == {SENTENCE}
    (warning,) = extraction.document.warnings
    assert warning.startswith("6,799 characters without the end of a sentence are not read ('12% OS sorafenib 12%")


def test_the_memory_of_a_process_is_its_own_and_not_what_these_tests_hold() -> None:
    status, megabytes = waited(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(0.1)"]))
    assert status == 0
    assert 1 < megabytes < 60  # a bare Python; the process of the tests holds hundreds
