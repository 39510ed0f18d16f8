"""The command line as a user meets it: streams, exit status, files. All papers are invented."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractor import __version__
from extractor.cli import app, reading
from extractor.cli.boundary import printable
from extractor.cli.explain import explain_text, told
from extractor.cli.extract import extract_files
from extractor.cli.inputs import find_papers
from extractor.cli.reading import readings
from extractor.cli.schema import record_schema
from extractor.dataset import read_mentions, read_records, read_unattached
from extractor.pipeline import Extraction, Pipeline
from extractor.records import Comparison, Measurement, Unattached

ROOT = Path(__file__).resolve().parents[1]

SENTENCE = "Median OS was 12.3 months with sorafenib and 10.1 months with placebo (HR 0.80, 95% CI 0.60-0.95; p = 0.02)."

REPORT = """Sorafenib against placebo in a tumour that nobody has: the invented FIRST-DRAFT trial

Abstract
Background: Nobody had tried this before, since there was nothing to try it on.
Results: The trial assigned 300 people to sorafenib (n = 150) or placebo (n = 150). Median OS was 14.2 months with sorafenib and
9.8 months with placebo (HR 0·71, 95% CI 0·58–0·88; p = 0.002).

Methods
Tumours were measured every eight weeks, by people who did not know what they were measuring.

Results
Median PFS was 6.1 months (95% CI 5.0-7.4) in the sorafenib group versus 3.9 months (95% CI 3.1-4.6) in the placebo group; the hazard
ratio was 0.64 (95% CI 0.51-0.80; p < 0.001). The ORR was 24% (36/150) with sorafenib and 8% (12/150) with placebo.
Grade 3 hypertension occurred in 11% of the sorafenib group. Each of the 47 centres sent us a postcard.

Discussion
We saw OS and PFS grow. What that means for a tumour that does not exist is for others to say.
"""

runner = CliRunner()


def paper(path: Path, text: str | bytes = REPORT) -> Path:
    """A file with a text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def onco(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """The real command, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    command = [sys.executable, "-m", "extractor", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=environment, timeout=120, check=False, **options)


def lines(printed: str | bytes) -> list[str]:
    """What was printed, line by line."""
    return (printed if isinstance(printed, str) else printed.decode("utf-8")).splitlines()


# --- extract: what comes out


def test_records_are_written_and_each_evidence_is_what_stands_there(tmp_path: Path) -> None:
    source = paper(tmp_path / "report.txt", REPORT.replace("\n", "\r\n"))
    result = runner.invoke(app, ["extract", str(source), "-o", str(tmp_path / "out.jsonl")])
    assert result.exit_code == 0, result.output
    text = source.read_bytes().decode("utf-8")
    records = read_records(tmp_path / "out.jsonl")
    assert {(r.endpoint, r.value) for r in records if isinstance(r, Measurement)} >= {("OS", 14.2), ("OS", 9.8), ("PFS", 6.1), ("PFS", 3.9)}
    assert {(r.endpoint, r.estimate) for r in records if isinstance(r, Comparison)} >= {("OS", 0.71)}
    for record in records:
        assert record.doc == "report"
        for place in record.evidence:
            assert place.text == text[place.start : place.end]


def test_without_an_output_records_go_to_stdout_and_nothing_else_does(tmp_path: Path) -> None:
    good, bad = paper(tmp_path / "report.txt"), tmp_path / "missing.txt"
    runner.invoke(app, ["extract", str(good), "-o", str(tmp_path / "out.jsonl")])
    result = runner.invoke(app, ["extract", str(good), str(bad)])
    assert result.stdout == (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert all(json.loads(line)["kind"] in ("measurement", "comparison") for line in lines(result.stdout))
    assert result.stderr == f"onco-extract: {bad}: no such file\n"
    assert runner.invoke(app, ["extract", str(good), "-o", "-"]).stdout == result.stdout


def test_with_an_output_stdout_is_empty_and_a_table_ends_it(tmp_path: Path) -> None:
    files = [paper(tmp_path / "report.txt"), paper(tmp_path / "[bold]other.txt", SENTENCE)]
    out = tmp_path / "out.jsonl"
    result = runner.invoke(app, ["extract", *map(str, files), "-o", str(out)])
    assert result.stdout == ""
    assert [
        word for word in ("report.txt", "[bold]other.txt", "total", f"{len(REPORT):,}", f"2 of 2 read; records: {out}") if word not in result.stderr
    ] == []


def test_mentions_and_left_over_numbers_are_written_where_asked(tmp_path: Path) -> None:
    source, m, u = paper(tmp_path / "report.txt"), tmp_path / "m.jsonl", tmp_path / "u.jsonl"
    result = runner.invoke(app, ["extract", str(source), "--mentions", str(m), "--unattached", str(u)])
    assert result.exit_code == 0
    assert {mention.norm for mention in read_mentions(m)} >= {"OS", "PFS", "sorafenib"}
    for mention in read_mentions(m):
        assert mention.text == REPORT[mention.start : mention.end]
    for number in read_unattached(u):
        assert number.text == REPORT[number.start : number.end]


def test_hash_seeds_and_jobs_change_no_byte(tmp_path: Path) -> None:
    files = [paper(tmp_path / f"{name}.txt", REPORT.replace("14.2", f"14.{i}")) for i, name in enumerate("cabd")]
    outputs = []
    for seed, jobs in (("0", "1"), ("1", "1"), ("2", "2")):
        folder = tmp_path / seed
        folder.mkdir()
        options: list[str | Path] = ["-o", folder / "r", "--mentions", folder / "m", "--unattached", folder / "u", "--jobs", jobs]
        assert onco("extract", *files, *options, env={"PYTHONHASHSEED": seed}).returncode == 0
        outputs.append([(folder / name).read_bytes() for name in "rmu"])
    assert outputs[0] == outputs[1] == outputs[2]
    assert len(outputs[0][0]) > 0


# --- extract: what is read


def test_folders_are_searched_in_order_and_each_file_is_read_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "sub/c.txt", "a/z.txt", ".hidden.txt", ".git/d.txt", "notes.md", "folder.txt/e.txt"):
        paper(tmp_path / name, SENTENCE)
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = find_papers([tmp_path / "sub" / "c.txt", tmp_path, tmp_path / "notes.md", tmp_path / "sub" / ".." / "b.txt"])
    names = ["sub/c.txt", "a.TXT", "b.txt", "broken.txt", "a/z.txt", "folder.txt/e.txt", "notes.md"]
    assert [str(path.relative_to(tmp_path)) for path in found.files] == names
    assert found.barren == ()


def test_a_folder_that_cannot_be_searched_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(top: Path, onerror: Any) -> Any:
        onerror(PermissionError(13, "Permission denied", str(top)))
        return iter(())

    monkeypatch.setattr("os.walk", refuse)
    assert find_papers([tmp_path]).barren == ((tmp_path, "cannot be searched: Permission denied"),)


def test_the_same_name_twice_is_pointed_out(tmp_path: Path) -> None:
    files = [paper(tmp_path / "1" / "a.txt", SENTENCE), paper(tmp_path / "2" / "a.txt", REPORT)]
    result = runner.invoke(app, ["extract", *map(str, files)])
    assert result.exit_code == 0
    assert "2 papers are called a" in result.stderr


# --- extract: what fails


UNREADABLE = {
    "empty": (b"", "found an empty file"),
    "binary": (bytes(range(256)) * 20, "found binary data"),
    "latin-1": ("Die Überlebenszeit war kürzer.".encode("latin-1"), "perhaps Latin-1, convert it to UTF-8"),
    "one-line": (b"a" * 20_000_000, "longest line 20,000,000"),
    "missing": (None, "no such file"),
    "broken-link": (None, "no such file"),
    "folder": (None, "found no .txt"),
    "long-name" * 40: (None, "File name too long"),
}


def unreadable(path: Path, kind: str) -> None:
    """Put there what cannot be read."""
    content, _ = UNREADABLE[kind]
    if content is not None:
        paper(path, content)
    elif kind == "broken-link":
        path.symlink_to(path.with_name("nowhere"))
    elif kind == "folder":
        path.mkdir()


@pytest.mark.parametrize("kind", UNREADABLE)
def test_an_input_that_cannot_be_read_has_its_line_and_the_others_are_written(tmp_path: Path, kind: str) -> None:
    bad, reason = tmp_path / f"{kind}.txt", UNREADABLE[kind][1]
    unreadable(bad, kind)
    first, last, out = paper(tmp_path / "first" / "a.txt", SENTENCE), paper(tmp_path / "last" / "b.txt"), tmp_path / "out.jsonl"
    result = onco("extract", first, bad, last, "-o", out)
    assert result.returncode == 1
    told = [line for line in lines(result.stderr) if line.startswith("onco-extract: ")]
    assert len(told) == 1
    assert told[0].startswith(f"onco-extract: {bad}: ")
    assert reason in told[0]
    assert b"Traceback" not in result.stderr
    assert {record.doc for record in read_records(out)} == {"a", "b"}


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good, read_bytes = paper(tmp_path / "bad.txt"), paper(tmp_path / "good.txt"), Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self == bad:
            raise PermissionError(13, "Permission denied")
        return read_bytes(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = runner.invoke(app, ["extract", str(bad), str(good)])
    assert result.exit_code == 1
    assert result.stderr == f"onco-extract: {bad}: cannot be read: Permission denied\n"
    assert result.stdout


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="their file names are Unicode")
def test_names_with_any_bytes_stay_on_one_line(tmp_path: Path) -> None:
    strange = Path(os.fsdecode(os.fsencode(tmp_path) + b"/n\xff.txt"))
    paper(strange)
    paper(tmp_path / "a\n\x1b[31mb.txt", "")
    result = onco("extract", tmp_path, "-o", tmp_path / "out.jsonl")
    assert result.returncode == 1
    told = lines(result.stderr)
    assert "its name is not UTF-8: rename it" in told[1]
    assert told[0].endswith("found an empty file")
    assert "\x1b" not in told[0]
    assert printable(strange).isprintable()


def test_when_nothing_could_be_read_the_old_output_stays(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old", encoding="utf-8")
    result = runner.invoke(app, ["extract", str(tmp_path / "misspelt.txt"), "-o", str(out)])
    assert result.exit_code == 1
    assert "0 of 1 read; nothing written" in result.stderr
    assert out.read_text(encoding="utf-8") == "old"


def fails_on(name: str, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the stages fail on the paper of a name."""
    extract = Pipeline.extract

    def fail(self: Pipeline, source: Path | str) -> Extraction:
        if Path(source).stem == name:
            raise error
        return extract(self, source)

    monkeypatch.setattr(Pipeline, "extract", fail)


def test_an_internal_error_stays_with_its_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_on("b", ZeroDivisionError("two\nlines"), monkeypatch)
    files = [str(paper(tmp_path / f"{name}.txt")) for name in "abc"]
    result = runner.invoke(app, ["extract", *files])
    assert result.exit_code == 1
    assert result.stderr == f"onco-extract: {files[1]}: internal error: ZeroDivisionError: two lines; please report\n"
    assert [json.loads(line)["doc"] for line in lines(result.stdout)] == sorted(["a", "c"] * (len(lines(result.stdout)) // 2))
    debugged = runner.invoke(app, ["extract", *files, "--debug", "--jobs", "2"])
    assert isinstance(debugged.exception, ZeroDivisionError)


def test_ctrl_c_leaves_no_half_written_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_on("b", KeyboardInterrupt(), monkeypatch)
    files = [str(paper(tmp_path / "in" / f"{name}.txt")) for name in "abc"]
    (tmp_path / "out.jsonl").write_text("old", encoding="utf-8")
    result = runner.invoke(app, ["extract", *files, "-o", str(tmp_path / "out.jsonl"), "--mentions", str(tmp_path / "m.jsonl")])
    assert result.exit_code == 130
    assert result.stderr == "onco-extract: interrupted\n"
    assert sorted(os.listdir(tmp_path)) == ["in", "out.jsonl"]
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_real_ctrl_c_ends_all_processes_quietly(tmp_path: Path, jobs: str) -> None:
    for i in range(2000):
        paper(tmp_path / "in" / f"{i}.txt", f"{REPORT}\n{i}")
    command = [sys.executable, "-m", "extractor", "extract", str(tmp_path / "in"), "-o", str(tmp_path / "out.jsonl"), "--jobs", jobs]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".*.tmp")) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (130, b"onco-extract: interrupted\n")
    assert os.listdir(tmp_path) == ["in"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_a_ctrl_c_while_processes_start_is_not_lost() -> None:
    went_on: list[str] = []

    def start() -> None:
        with reading._interrupts_held():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.05)
            went_on.append("started")

    with pytest.raises(KeyboardInterrupt):
        start()
    assert went_on == ["started"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_processes_started_meanwhile_see_no_ctrl_c() -> None:
    asks = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))"
    with reading._interrupts_held():
        child = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert child.stdout == "True\n"
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def die(_: Path, model: str | None, lexicon: Path | None) -> None:
    """End a process as running out of memory does: without a word."""
    os._exit(1 if model is None and lexicon is None else 2)


def test_a_worker_that_dies_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [paper(tmp_path / f"{name}.txt") for name in "ab"]
    monkeypatch.setattr(reading, "read_one", die)
    assert ["died" in (found.reason or "") for found in readings(files, jobs=2)] == [True, True]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell with pipes")
def test_a_closed_pipe_ends_it_quietly(tmp_path: Path) -> None:
    for i in range(30):
        paper(tmp_path / "in" / f"{i}.txt", f"{REPORT}\n{i}")
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", "extract", str(tmp_path / "in")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert json.loads(process.stdout.readline())
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 141


# --- wrong use


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Usage"),
        (["extract"], "Missing argument"),
        (["extract", "{paper}", "--bogus"], "No such option"),
        (["extract", "{empty}"], "nothing to read"),
        (["extract", "{paper}", "--jobs", "0"], "--jobs"),
        (["extract", "{paper}", "--model", "no_such_model"], "no_such_model"),
        (["extract", "{paper}", "-o", "{empty}/no/out.jsonl"], "there is no folder"),
        (["extract", "{paper}", "-o", "{empty}"], "it is a folder"),
        (["extract", "{paper}", "--mentions", "{empty}/no/out.jsonl"], "there is no folder"),
        (["extract", "{paper}", "-o", "{paper}"], "one of the papers"),
        (["extract", "{paper}", "-o", "{empty}/o", "--mentions", "{empty}/o"], "named for two outputs"),
        (["ingest", "{paper}"], "--corpus"),
        (["ingest", "{empty}", "--corpus", "{empty}/corpus"], "nothing to take in"),
        (["ingest", "{paper}", "--corpus", "{paper}"], "there is a file of that name"),
        (["ingest", "{paper}", "--corpus", "{empty}/no/corpus"], "cannot be made a corpus folder"),
        (["explain"], "Missing argument"),
        (["no-such-command"], "No such command"),
    ],
)
def test_wrong_use(tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "e").mkdir()
    source = paper(tmp_path / "p.txt")
    filled = [argument.format(paper=source, empty=tmp_path / "e") for argument in arguments]
    result = runner.invoke(app, filled, env={"COLUMNS": "400"})
    assert result.exit_code == 2
    assert said in result.output
    assert source.read_text(encoding="utf-8") == REPORT
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["e", "p.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["extract", "{paper}"], ["schema"], ["explain", SENTENCE]])
def test_a_full_disk_behind_stdout_is_said(tmp_path: Path, arguments: list[str]) -> None:
    source = paper(tmp_path / "p.txt")
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "extractor", *(argument.format(paper=source) for argument in arguments)]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60, check=False)
    assert result.returncode == 2
    assert result.stderr == b"onco-extract: stdout: cannot be written: No space left on device\n"


# --- a terminal


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_bar_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    source, out = paper(tmp_path / "report.txt"), tmp_path / "out.jsonl"
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "extractor", "extract", str(source), "missing.txt"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}
    with out.open("wb") as stdout:
        process = subprocess.Popen(command, stdout=stdout, stderr=theirs, env=environment)
    os.close(theirs)
    seen = b""
    while chunk := _read_some(ours):
        seen += chunk
    os.close(ours)
    assert process.wait(timeout=60) == 1
    assert "2/2" in seen.decode("utf-8")
    assert "1 of 2 read; records: stdout" in seen.decode("utf-8")
    assert re.search(rb"(?:\n|\r|\x1b\[2K)onco-extract: missing.txt: no such file", seen), "the line stands apart from the bar"
    assert read_records(out)
    piped = onco("extract", source, "-o", out)
    assert b"1/1" not in piped.stderr
    assert b"\x1b" not in piped.stderr


def _read_some(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux says that the other end was closed
        return b""


# --- ingest


def test_ingest_takes_new_papers_once(tmp_path: Path) -> None:
    source, bad, corpus = paper(tmp_path / "in" / "a.txt"), paper(tmp_path / "in" / "b.txt", ""), tmp_path / "corpus"
    first = runner.invoke(app, ["ingest", str(source.parent), "--corpus", str(corpus)])
    assert (first.exit_code, first.stdout) == (1, "")
    assert f"onco-extract: {bad}: expected the text of a paper, found an empty file" in lines(first.stderr)
    assert "1 new, 0 known already, 1 refused" in first.stderr
    manifest = (corpus / "manifest.jsonl").read_bytes()
    assert json.loads(manifest)["sha256"] == hashlib.sha256(REPORT.encode()).hexdigest()
    second = runner.invoke(app, ["ingest", str(source), "--corpus", str(corpus)])
    assert second.exit_code == 0
    assert "0 new, 1 known already, 0 refused" in second.stderr
    assert (corpus / "manifest.jsonl").read_bytes() == manifest


def test_a_broken_manifest_is_named(tmp_path: Path) -> None:
    paper(tmp_path / "corpus" / "manifest.jsonl", "{}\n")
    result = runner.invoke(app, ["ingest", str(paper(tmp_path / "a.txt")), "--corpus", str(tmp_path / "corpus")])
    assert result.exit_code == 2
    assert "manifest.jsonl, line 1: doc: Field required" in result.stderr


# --- explain, schema, version


def test_explain_shows_what_each_stage_saw() -> None:
    result = runner.invoke(app, ["explain", SENTENCE])
    assert (result.exit_code, result.stderr) == (0, "")
    shown = [
        "clean text",
        "sentence 1 [0:108]",
        "Median | OS | was | 12.3",
        "ENDPOINT   OS",
        "'sorafenib' [31:40]",
        "comparison, pattern",
        "0.6 to 0.95",
        "= 0.02",
    ]
    assert [text for text in shown if text not in result.stdout] == []
    assert "none: nothing" not in result.stdout


def test_explain_says_so_when_there_is_nothing() -> None:
    result = runner.invoke(app, ["explain", "The postman rang twice."])
    assert result.exit_code == 0
    assert "none: nothing in this text was read as a result" in result.stdout


def test_explain_names_numbers_that_are_left_over_and_why() -> None:
    explanation = explain_text(SENTENCE)
    number = Unattached(doc="d", start=14, end=18, text="12.3", sentence_start=0, sentence_end=108, section="other", reason="nobody wanted it")
    left_over = replace(explanation, extraction=replace(explanation.extraction, unattached=(number,)))
    assert told(left_over).endswith("unattached numbers\n  '12.3' [14:18]: nobody wanted it")
    assert told(replace(left_over, extraction=replace(explanation.extraction, unattached=()))).endswith("unattached numbers\n  none")


def test_explain_reads_stdin() -> None:
    assert runner.invoke(app, ["explain", "-"], input=SENTENCE).stdout == runner.invoke(app, ["explain", SENTENCE]).stdout
    for given, reason in ((b"\xff", "found byte 0xff at 0"), (b"", "found an empty file")):
        result = runner.invoke(app, ["explain", "-"], input=given)
        assert result.exit_code == 1
        assert len(lines(result.stderr)) == 1
        assert reason in result.stderr


def test_schema_prints_the_contract() -> None:
    result = runner.invoke(app, ["schema"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == record_schema()


def test_version_and_help_answer_on_stdout() -> None:
    assert runner.invoke(app, ["--version"]).stdout == f"onco-extract {__version__}\n"
    shown = runner.invoke(app, ["--help"]).stdout
    assert [command for command in ("extract", "ingest", "explain", "schema") if command not in shown] == []
    assert onco("--version").stdout.decode() == f"onco-extract {__version__}\n"


def test_spacy_is_not_loaded_before_a_sentence_needs_it() -> None:
    code = "import sys; from extractor.cli import app; app(['--version'], standalone_mode=False); print('spacy' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60, check=True)
    assert lines(result.stdout)[-1] == "False"


# --- as functions, and on the corpus


def test_the_function_behind_the_command_returns_what_was_done(tmp_path: Path) -> None:
    seen: list[Path] = []
    files = [paper(tmp_path / "a.txt"), tmp_path / "missing.txt"]
    summary = extract_files(files, output=tmp_path / "out.jsonl", watch=lambda found: seen.append(found.path))
    assert seen == files
    assert (summary.failed, summary.written) == (1, True)
    assert [row.reason for row in summary.rows] == [None, "no such file"]
    assert summary.rows[0].records == len(read_records(tmp_path / "out.jsonl"))


@pytest.mark.skipif(not list(ROOT.glob("corpus/*.txt")), reason="needs corpus/")
def test_the_corpus_gives_its_records(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = runner.invoke(app, ["extract", str(ROOT / "corpus"), "-o", str(out)])
    assert result.exit_code == 0, result.stderr
    records = read_records(out)
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in (ROOT / "corpus").glob("*.txt")}
    assert len(records) >= 150
    assert {record.doc for record in records} == set(texts)
    for record in records:
        for place in record.evidence:
            assert place.text == texts[record.doc][place.start : place.end]
