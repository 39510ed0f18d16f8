"""`onco-extract evaluate` and `gold`, and what `make score`, `diff` and `score-held-out` run. All papers and facts are invented."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks import diff, score
from extractor.cli import app
from extractor.cli.scoring import ScopeError, evaluate_gold
from extractor.evaluate import MEASURES, entries_of, measured, unheld
from extractor.evaluate.mentions import LABELS
from extractor.gold import fact_line, mention_line
from extractor.pipeline import Pipeline

MEDIANS = "Median OS was 12.3 months with sorafenib and 10.1 months with placebo (HR 0.80, 95% CI 0.60-0.95; p = 0.02)."
PAPER = f"""Sorafenib against placebo in a tumour that nobody has

Abstract
Nobody had tried this before.

Results
{MEDIANS}
The ORR was 24% with sorafenib & <b>bold</b> hope.

Discussion
Others may say what that means.
"""

runner = CliRunner()


def onco(*arguments: str | Path) -> Any:
    return runner.invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path: Path, rows: list[Any]) -> Path:
    """Lines of JSON; a string among them stands as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


JATS = f"""<?xml version="1.0"?>
<article article-type="research-article"><front><article-meta><title-group><article-title>Sorafenib against placebo</article-title></title-group>
<abstract><p>Nobody had tried this before.</p></abstract></article-meta></front>
<body><sec><title>Results</title><p>{MEDIANS}</p><p>The ORR was 24% with sorafenib.</p>
<p>Grade 3 rash occurred in 7% with sorafenib and 2% with placebo.</p></sec></body></article>
"""


def annotate(gold: Path, corpus: Path, doc: str = "d", text: str = PAPER, *, file: str | None = None) -> None:
    """A paper, and as its gold what the extractor reads in it: these tests are about counting, not about reading."""
    corpus.mkdir(exist_ok=True)
    gold.mkdir(exist_ok=True)
    path = corpus / (file or f"{doc}.txt")
    path.write_text(text, encoding="utf-8")
    found = Pipeline().extract_text(text)
    facts = [{**json.loads(fact_line(entry)), "doc": doc} for entry in entries_of(found.records)]
    assert len(facts) == 4
    write(gold / f"{doc}.facts.jsonl", sorted(facts, key=lambda fact: fact["kind"] != "measurement"))
    mentions = [{**json.loads(mention_line(mention)), "doc": doc} for mention in found.mentions if mention.label in LABELS]
    write(gold / f"{doc}.entities.jsonl", mentions)
    listed = gold / "documents.jsonl"
    row = {"doc": doc, "file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    write(listed, [*(lines(listed) if listed.exists() else []), row])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    annotate(tmp_path / "gold", tmp_path / "corpus")
    return tmp_path / "gold"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


def spoil(gold: Path, **said: Any) -> None:
    """Change slots of the first gold fact."""
    path = gold / "d.facts.jsonl"
    first, *others = lines(path)
    write(path, [{**first, **said}, *others])


def rows(printed: str, name: str) -> list[list[str]]:
    """The table rows that begin with a name."""
    cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in printed.splitlines() if line.startswith("|")]
    return [row for row in cells if row[0] == name]


# --- evaluate: what comes out


def test_texts_are_read_and_scored(gold: Path, corpus: Path) -> None:
    done = onco("evaluate", "--gold", gold, "--corpus", corpus)
    assert done.exit_code == 0
    assert rows(done.stdout, "facts")[1] == ["facts", "key", "4", "4", "100.0", "100.0", "100.0"]
    assert [row[-1] for row in rows(done.stdout, "DRUG")] == ["100.0", "100.0", "100.0"]
    assert MEDIANS not in done.stdout


def test_a_wrong_value_is_missed_and_spurious_and_shown_with_its_sentence(gold: Path, corpus: Path) -> None:
    spoil(gold, value=99.5)
    done = onco("evaluate", "--gold", gold, "--corpus", corpus, "--details")
    assert done.exit_code == 0
    assert rows(done.stdout, "facts")[0][2:] == ["4", "4", "75.0", "75.0", "75.0"]
    assert "Missed facts: 1" in done.stdout
    assert "Spurious facts: 1" in done.stdout
    assert "value 99.5" in done.stdout
    assert done.stdout.count(MEDIANS) == 2


def test_a_gold_fact_stands_in_the_section_of_its_text(gold: Path, corpus: Path) -> None:
    done = onco("evaluate", "--gold", gold, "--corpus", corpus, "--details")
    assert [row[1:4] for row in rows(done.stdout, "results")] == [[level, "4", "4"] for level in ("core", "key", "full")]


def test_html_is_escaped_and_json_holds_no_sentence(gold: Path, corpus: Path, tmp_path: Path) -> None:
    for i in range(3):
        spoil(gold, arm=f"<i>{i}</i> & co")
    path = gold / "d.facts.jsonl"
    facts = lines(path)
    write(path, [{**fact, "value": 25} if fact["endpoint"] == "ORR" else fact for fact in facts])
    done = onco("evaluate", "--gold", gold, "--corpus", corpus, "--html", tmp_path / "r.html", "--json", tmp_path / "r.json")
    assert done.exit_code == 0
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "&lt;i&gt;2&lt;/i&gt; &amp; co" in html
    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert "<b>bold</b>" not in html
    assert "<i>2" not in html
    written = (tmp_path / "r.json").read_text(encoding="utf-8")
    assert json.loads(written)["facts"]["core"]["found"] == 3
    assert "Median OS was" not in written


def test_facts_gained_and_lost(gold: Path, corpus: Path, tmp_path: Path) -> None:
    base = ("evaluate", "--gold", gold, "--corpus", corpus)
    assert onco(*base, "--json", tmp_path / "old.json").exit_code == 0
    records = write(tmp_path / "records.jsonl", lines(gold / "d.facts.jsonl")[1:])
    done = onco(*base, "--records", records, "--compare", tmp_path / "old.json")
    assert done.exit_code == 0
    assert "gained 0, lost 1, newly spurious 0" in done.stdout
    assert [line[:4] for line in done.stdout.splitlines() if line.startswith(("+", "-"))] == ["- d:"]


def test_records_are_scored_alone_or_with_mentions(gold: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    alone = onco("evaluate", "--gold", gold, "--corpus", nowhere, "--records", gold / "d.facts.jsonl", "--details")
    assert alone.exit_code == 0
    assert rows(alone.stdout, "DRUG") == []
    both = onco("evaluate", "--gold", gold, "--corpus", nowhere, "--records", gold / "d.facts.jsonl", "--mentions", gold / "d.entities.jsonl")
    assert rows(both.stdout, "facts")[2][-1] == rows(both.stdout, "all")[0][-1] == "100.0"


def test_two_passes_are_scored_against_each_other(gold: Path, corpus: Path, tmp_path: Path) -> None:
    annotate(tmp_path / "b", corpus)
    annotate(gold, corpus, "only-a")
    spoil(tmp_path / "b", arm="somebody else's")
    done = onco("evaluate", "--gold", gold, "--predicted-gold", tmp_path / "b", "--corpus", corpus)
    assert done.exit_code == 0
    assert [row[-1] for row in rows(done.stdout, "facts")] == ["100.0", "75.0", "75.0"]
    assert "only-a" in done.stderr


def test_only_located_facts_on_demand(gold: Path, corpus: Path) -> None:
    spoil(gold, value=99.5, start=None, end=None)
    assert rows(onco("evaluate", "--gold", gold, "--corpus", corpus).stdout, "facts")[0][2:4] == ["4", "4"]
    assert rows(onco("evaluate", "--gold", gold, "--corpus", corpus, "--located").stdout, "facts")[0][2:4] == ["3", "4"]


def test_what_is_read_of_facts_without_offsets_is_not_counted(gold: Path, corpus: Path) -> None:
    spoil(gold, start=None, end=None)
    assert rows(onco("evaluate", "--gold", gold, "--corpus", corpus).stdout, "facts")[0][2:4] == ["4", "4"]
    assert rows(onco("evaluate", "--gold", gold, "--corpus", corpus, "--located").stdout, "facts")[0][2:4] == ["3", "3"]


def test_documents_are_chosen_by_list_or_file(gold: Path, corpus: Path, tmp_path: Path) -> None:
    annotate(gold, corpus, "e")
    annotate(gold, corpus, "f")
    chosen = tmp_path / "chosen"
    chosen.write_text("d\n\nf\n")
    for documents in ("d, f", chosen):
        done = onco("evaluate", "--gold", gold, "--corpus", corpus, "--documents", documents)
        assert rows(done.stdout, "facts")[0][2] == "8"
    assert onco("evaluate", "--gold", gold, "--corpus", corpus, "--documents", "d,g").exit_code == 2
    assert onco("evaluate", "--gold", gold, "--corpus", corpus, "--documents", " ,").exit_code == 2


def test_a_text_is_known_by_its_hash(gold: Path, corpus: Path) -> None:
    annotate(gold, corpus, "e", file="another name.txt")
    assert rows(onco("evaluate", "--gold", gold, "--corpus", corpus).stdout, "facts")[0][2:] == ["8", "8", "100.0", "100.0", "100.0"]
    (corpus / "d.txt").write_text("Another text.")
    changed = onco("evaluate", "--gold", gold, "--corpus", corpus)
    assert rows(changed.stdout, "facts")[0][2:4] == ["4", "4"]
    assert "d" in changed.stderr.split()[-1]


def test_without_a_list_of_documents_a_text_is_known_by_its_name(gold: Path, corpus: Path) -> None:
    (gold / "documents.jsonl").unlink()
    assert rows(onco("evaluate", "--gold", gold, "--corpus", corpus).stdout, "facts")[0][-1] == "100.0"


# --- evaluate: exit status


@pytest.mark.parametrize(
    ("floors", "status"),
    [
        (["core=1.0", "full.efficacy=1", "DRUG=.9"], 0),
        (["key=0.8"], 0),
        (["key=0.8", "key.safety=0"], 1),  # no safety fact: nothing to score, nothing reached
        (["TRIAL=0.1"], 1),
    ],
)
def test_floors_decide_the_exit_status(gold: Path, corpus: Path, floors: list[str], status: int) -> None:
    options = [part for floor in floors for part in ("--fail-under", floor)]
    assert onco("evaluate", "--gold", gold, "--corpus", corpus, *options).exit_code == status


def test_a_floor_that_is_not_held_is_told(gold: Path, corpus: Path) -> None:
    spoil(gold, arm="somebody else's")
    done = onco("evaluate", "--gold", gold, "--corpus", corpus, "--fail-under", "core=1", "--fail-under", "key=0.76")
    assert done.exit_code == 1
    assert done.stderr.strip() == "onco-extract: below its floor: key: 0.7500, expected 0.76 or more"


@pytest.mark.parametrize("floor", ["key", "key=80", "key=", "keys=0.8", "DRUG.efficacy=0.5", "core=nan", "core=-1", "core=1.01"])
def test_a_floor_that_is_none_is_wrong_use(gold: Path, corpus: Path, floor: str) -> None:
    assert onco("evaluate", "--gold", gold, "--corpus", corpus, "--fail-under", floor).exit_code == 2


def test_wrong_use(gold: Path, corpus: Path, tmp_path: Path) -> None:
    base = ("evaluate", "--gold", gold, "--corpus", corpus)
    facts = gold / "d.facts.jsonl"
    empty = tmp_path / "empty"
    empty.mkdir()
    for arguments in (
        ("evaluate", "--gold", tmp_path / "none"),
        ("evaluate", "--gold", empty, "--corpus", corpus),
        ("evaluate", "--gold", gold, "--corpus", empty),
        (*base, "--mentions", gold / "d.entities.jsonl"),
        (*base, "--records", facts, "--predicted-gold", gold),
        (*base, "--records", tmp_path / "none"),
        (*base, "--records", facts, "--json", facts),
        (*base, "--compare", facts),
        (*base, "--json", tmp_path / "none" / "r.json"),
    ):
        assert onco(*arguments).exit_code == 2, arguments


def test_a_line_that_does_not_fit_is_named(gold: Path, corpus: Path) -> None:
    write(gold / "d.facts.jsonl", [*lines(gold / "d.facts.jsonl"), '{"kind": '])
    done = onco("evaluate", "--gold", gold, "--corpus", corpus)
    assert done.exit_code == 2
    assert "d.facts.jsonl, line 5" in done.stderr
    (gold / "d.facts.jsonl").write_bytes(b"\xff\n")
    assert "expected text in UTF-8" in onco("evaluate", "--gold", gold, "--corpus", corpus).stderr


def test_a_text_that_cannot_be_read_is_told_and_the_others_are_scored(gold: Path, corpus: Path) -> None:
    annotate(gold, corpus, "e")
    (gold / "documents.jsonl").unlink()
    (corpus / "d.txt").write_bytes(b"\0\1\2")
    done = onco("evaluate", "--gold", gold, "--corpus", corpus)
    assert done.exit_code == 1
    assert "binary data" in done.stderr
    assert rows(done.stdout, "facts")[0][2:4] == ["4", "4"]
    (corpus / "e.txt").write_bytes(b"\0")
    assert onco("evaluate", "--gold", gold, "--corpus", corpus).exit_code == 1


def test_an_absent_text_is_told_and_fails_where_it_was_asked_for(gold: Path, corpus: Path) -> None:
    annotate(gold, corpus, "e")
    (corpus / "e.txt").unlink()
    whole, asked = (onco("evaluate", "--gold", gold, "--corpus", corpus, *more) for more in ((), ("--documents", "d,e")))
    assert (whole.exit_code, asked.exit_code) == (0, 1)
    assert whole.stderr.strip().endswith(": e")


# --- what is held out


@pytest.fixture
def split(gold: Path, corpus: Path) -> Path:
    """A gold folder with a held-out document that cannot be opened without an error."""
    annotate(gold, corpus, "secret")
    (gold / "secret.facts.jsonl").write_bytes(b"\xff{")
    (gold / "secret.entities.jsonl").write_bytes(b"\xff{")
    (corpus / "secret.txt").write_bytes(b"\0")
    (gold / "split.json").write_text('{"tune": ["d"], "held_out": ["secret"]}')
    return gold


def test_no_command_reads_what_is_held_out(split: Path, corpus: Path, tmp_path: Path) -> None:
    base = ("evaluate", "--gold", split, "--corpus", corpus)
    for more in ((), ("--details",), ("--records", split / "d.facts.jsonl"), ("--predicted-gold", split)):
        done = onco(*base, *more)
        assert done.exit_code == 0
        assert rows(done.stdout, "facts")[0][2:4] == ["4", "4"]
        assert "secret" not in done.stdout + done.stderr
    checked = onco("gold", "check", split, "--corpus", corpus)
    assert (checked.exit_code, checked.stdout) == (0, "")
    assert "held out, not read: secret" in checked.stderr
    assert onco("gold", "export", split, "--to", "brat", "-o", tmp_path / "brat", "--corpus", corpus).exit_code == 0
    assert not list((tmp_path / "brat").glob("secret*"))


def test_what_is_held_out_cannot_be_asked_for(split: Path, corpus: Path) -> None:
    done = onco("evaluate", "--gold", split, "--corpus", corpus, "--documents", "d,secret")
    assert done.exit_code == 2
    assert "held out" in done.stderr
    with pytest.raises(ScopeError, match="held out"):
        evaluate_gold(split, corpus=[corpus], documents={"secret"})


def test_a_split_that_cannot_be_read_opens_nothing(split: Path, corpus: Path) -> None:
    for broken in ("{", "[]", '{"held_out": "secret"}', '{"held_out": [1]}'):
        (split / "split.json").write_text(broken)
        assert onco("evaluate", "--gold", split, "--corpus", corpus).exit_code == 2
        assert onco("gold", "check", split, "--corpus", corpus).exit_code == 2


def git(root: Path, *arguments: str) -> None:
    settings = ("-c", "user.name=n", "-c", "user.email=e@e", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null")
    subprocess.run(["git", "-C", str(root), *settings, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    (root / "code.py").write_text("1\n")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "first")
    return root


def test_held_out_papers_are_measured_and_logged(split: Path, corpus: Path, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    annotate(split, corpus, "secret")
    (corpus / "secret.nxml").write_text(JATS, encoding="utf-8")
    spoil(split, arm="somebody else's")
    log = repository / "held-out.log"
    for _ in range(2):
        assert score.held_out_command(split, corpus, log=log, root=repository) == 0
    printed = capsys.readouterr().out
    first, second, *again = log.read_text().splitlines()
    assert again == [first, second]
    logged = "documents 1 F1 core {:.4f} key {:.4f} full {:.4f} key.efficacy {:.4f} key.safety {}"
    assert first.split(maxsplit=3)[2:] == ["clean", f".nxml {logged.format(0.8, 0.8, 0.8, 1, '0.0000')}"]
    assert second.split(maxsplit=3)[2:] == ["clean", f".txt {logged.format(1, 1, 1, 1, '-')}"]
    assert [row[1:3] for row in rows(printed, "core")] == [["4", "6"], ["4", "4"]] * 2
    assert [len(row) for row in rows(printed, "key, efficacy")] == [8] * 4
    assert printed.count("Of the pairs of one core agree in study 4/4, ") == 4
    assert "sorafenib" not in printed
    assert "somebody" not in printed
    assert "secret" not in printed


def test_held_out_papers_wait_for_a_commit(split: Path, corpus: Path, repository: Path, tmp_path: Path) -> None:
    annotate(split, corpus, "secret")
    (corpus / "secret.nxml").write_text(JATS, encoding="utf-8")
    log = repository / "held-out.log"
    (repository / "new.py").write_text("2\n")
    assert score.held_out_command(split, corpus, log=log, root=repository) == 2
    assert score.held_out_command(tmp_path / "none", corpus, log=log, root=repository, force=True) == 1
    assert not log.exists()
    assert score.held_out_command(split, corpus, log=log, root=repository, force=True) == 0
    assert [line.split()[2:4] for line in log.read_text().splitlines()] == [["dirty", ".nxml"], ["dirty", ".txt"]]


def test_from_jats_offsets_and_mentions_are_left_aside_and_safety_where_gold_is_partial(gold: Path, corpus: Path) -> None:
    for doc in ("d", "e"):
        annotate(gold, corpus, doc)
        (corpus / f"{doc}.nxml").write_text(JATS, encoding="utf-8")
        path = gold / f"{doc}.facts.jsonl"
        write(path, [*lines(path), {**lines(path)[0], "endpoint": "AE", "event": "rash", "value": 7, "unit": "percent", "statistic": "rate"}])
    whole = evaluate_gold(gold, corpus=[corpus], jats=True).result
    assert (whole.mentions, whole.facts.core.gold, whole.facts.core.predicted) == (None, 10, 12)
    assert (whole.facts.core.found, whole.breakdowns["group"]["efficacy"].key.f1) == (10, 1)
    (gold / "split.json").write_text('{"tables_partial": ["e"]}')
    partial = evaluate_gold(gold, corpus=[corpus], jats=True).result
    assert [partial.breakdowns["group"][name].core.predicted for name in ("efficacy", "safety")] == [8, 2]
    assert [partial.breakdowns["group"][name].core.gold for name in ("efficacy", "safety")] == [8, 1]
    assert evaluate_gold(gold, corpus=[corpus]).result.facts.core.gold == 10


def test_of_held_out_papers_the_totals_alone_are_told(split: Path, corpus: Path) -> None:
    annotate(split, corpus, "secret")
    scored = evaluate_gold(split, corpus=[corpus], last=True)
    assert scored.result.documents == ("secret",)
    assert (scored.texts, scored.result.verdicts.all(), scored.result.mention_verdicts) == ({}, (), ())
    assert set(scored.result.breakdowns) == {"group"}


# --- gold


PLANTED = (
    ("kind", "rumor", "unknown code"),
    ("endpoint", "OSS", "unknown code 'OSS'"),
    ("color", "red", "Extra inputs"),
    ("value", 77, "value 77 is not printed"),
    ("end", 100_000, "beyond the text"),
    ("start", 100_000, "is not before end"),
    ("start", None, "only one of start and end"),
    ("doc", "e", "doc 'e' in the file of 'd'"),
    ("ci", [9, 8], "ci runs backwards"),
    ("start", 0, "the same as line 1"),
)


def test_check_finds_each_of_ten_planted_faults(gold: Path, corpus: Path) -> None:
    sound = onco("gold", "check", gold, "--corpus", corpus)
    assert (sound.exit_code, sound.stdout) == (0, "")
    facts = lines(gold / "d.facts.jsonl")
    write(gold / "d.facts.jsonl", [*facts, *({**facts[0], slot: value} for slot, value, _ in PLANTED)])
    done = onco("gold", "check", gold, "--corpus", corpus)
    assert done.exit_code == 1
    for i, (_, _, what) in enumerate(PLANTED, len(facts) + 1):
        assert any(line.startswith(f"{gold / 'd.facts.jsonl'}:{i}: ") and what in line for line in done.stdout.splitlines()), what


def test_check_says_which_texts_it_did_not_have(gold: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    done = onco("gold", "check", gold, "--corpus", nowhere)
    assert done.exit_code == 0
    assert "spans not checked: d" in done.stderr


def test_gold_to_brat_and_back_is_the_same_bytes(gold: Path, corpus: Path, tmp_path: Path) -> None:
    annotate(gold, corpus, "b", file="named otherwise.txt", text=f"\ufeff{PAPER}".replace("\n", "\r\n"))
    write(gold / "c.entities.jsonl", [])
    write(gold / "documents.jsonl", [*lines(gold / "documents.jsonl"), {**lines(gold / "documents.jsonl")[0], "doc": "c"}])
    (corpus / "c.txt").write_bytes((corpus / "d.txt").read_bytes())
    (gold / "b.entities.jsonl").unlink()
    brat, back = tmp_path / "brat", tmp_path / "back"
    assert onco("gold", "export", gold, "--to", "brat", "-o", brat, "--corpus", corpus).exit_code == 0
    assert {path.name for path in brat.iterdir()} >= {"d.ann", "d.txt", "b.ann", "b.txt", "annotation.conf"}
    assert (brat / "b.txt").read_bytes() == (corpus / "named otherwise.txt").read_bytes()
    for _ in range(2):  # into nothing, and over what is there
        assert onco("gold", "import", brat, "-o", back).exit_code == 0
        assert {path.name: path.read_bytes() for path in back.iterdir()} == {path.name: path.read_bytes() for path in gold.iterdir()}


def test_a_correction_in_brat_arrives(gold: Path, corpus: Path, tmp_path: Path) -> None:
    brat = tmp_path / "brat"
    onco("gold", "export", gold, "--to", "brat", "-o", brat, "--corpus", corpus)
    start = PAPER.index("placebo (HR")
    (brat / "d.ann").write_text((brat / "d.ann").read_text() + f"T99\tDRUG {start} {start + 7}\tplacebo\n")
    assert onco("gold", "import", brat, "-o", gold).exit_code == 0
    assert lines(gold / "d.entities.jsonl")[-1]["text"] == "placebo"


def test_what_cannot_be_imported_is_told(gold: Path, corpus: Path, tmp_path: Path) -> None:
    brat = tmp_path / "brat"
    onco("gold", "export", gold, "--to", "brat", "-o", brat, "--corpus", corpus)
    before = (gold / "d.facts.jsonl").read_bytes()
    (brat / "d.txt").write_text("Another text.")
    (brat / "lonely.ann").write_text("")
    (brat / "broken.ann").write_text("T1 no tabs\n")
    (brat / "broken.txt").write_text("Text.")
    done = onco("gold", "import", brat, "-o", gold)
    assert done.exit_code == 1
    assert [line.split(": ")[1] for line in done.stderr.splitlines()[:-1]] == ["d", "broken", "lonely"]
    assert (gold / "d.facts.jsonl").read_bytes() == before


def test_what_cannot_be_exported_is_told(gold: Path, corpus: Path, tmp_path: Path) -> None:
    annotate(gold, corpus, "e")
    (corpus / "e.txt").unlink()
    done = onco("gold", "export", gold, "--to", "brat", "-o", tmp_path / "brat", "--corpus", corpus)
    assert done.exit_code == 1
    assert "e: no corpus folder has its text" in done.stderr
    assert (tmp_path / "brat" / "d.ann").is_file()
    assert onco("gold", "export", gold, "--to", "word", "-o", tmp_path / "brat", "--corpus", corpus).exit_code == 2


# --- floors


def test_floors_name_measures_of_sets_that_there_are() -> None:
    least = score.floors()
    assert set(least) <= set(score.sets())
    assert all(name in MEASURES and 0 < value < 1 for floors in least.values() for name, value in floors.items())


def test_a_floor_has_to_be_a_rate_of_a_measure(gold: Path, corpus: Path) -> None:
    result = evaluate_gold(gold, corpus=[corpus]).result
    assert [measured(result, name) for name in ("full", "key.efficacy", "key.safety", "DRUG", "TRIAL")] == [1, 1, None, 1, None]
    assert unheld(result, {"full": 1.0}) == ()
    with pytest.raises(ValueError, match="no measure"):
        unheld(result, {"fool": 0.5})
    with pytest.raises(ValueError, match="0 to 1"):
        unheld(result, {"full": 80})


@pytest.mark.parametrize("name", score.sets())
def test_every_floor_is_held(name: str) -> None:
    one = score.sets()[name]
    if one.absent is not None:
        pytest.skip(one.absent)
    assert list(score.faults(one.evaluate(), score.floors().get(name, {}))) == []


def test_score_tells_what_is_absent_and_what_falls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    annotate(tmp_path / "gold", tmp_path / "corpus")
    here = score.Set("Here", tmp_path / "gold", tmp_path / "corpus", lambda _: True)
    nowhere = score.Set("Nowhere", tmp_path / "none", tmp_path, lambda _: True)
    monkeypatch.setattr(score, "sets", lambda _: {"here": here, "nowhere": nowhere})
    monkeypatch.setattr(score, "floors", lambda: {"here": {"key": 0.9}, "nowhere": {"key": 0.9}})
    assert score.score_command(tmp_path) == 0
    printed = capsys.readouterr().out
    assert rows(printed, "key, efficacy")[0][1:6] == ["4", "4", "100.0", "100.0", "100.0"]
    assert "Not scored: there is no" in printed
    spoil(tmp_path / "gold", arm="somebody else's")
    assert score.score_command(tmp_path) == 1
    assert "here: key: 0.7500, expected 0.9 or more" in capsys.readouterr().err


# --- records gained and lost since a commit


EXTRACTOR = """
class Record:
    def __init__(self, value):
        self.value = value

    def model_dump(self, mode):
        return {"kind": "measurement", "doc": "p", "study": None, "provenance": "own", "population": None, "arm": "drugamab", "endpoint": "OS",
                "statistic": "median", "timepoint": None, "criterion": None, "event": None, "grade": None, "value": self.value, "op": None,
                "unit": "month", "ci": None, "ci_level": None, "n": None, "N": None, "category": None, "start": 0, "end": 1,
                "evidence": [{"text": f"It was\\n{self.value} months."}]}


class Extraction:
    def __init__(self, records):
        self.records = records


class Pipeline:
    def extract(self, path):
        if path.read_text() == "unreadable":
            raise ValueError("not today")
        return Extraction([Record(value) for value in VALUES])


VALUES = """


def test_records_gained_and_lost(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, papers = repository / "extractor", tmp_path / "papers"
    (papers / "gold").mkdir(parents=True)
    for name, text in (("p", "Text."), ("secret", "Text.")):
        (papers / f"{name}.txt").write_text(text)
    (papers / "gold" / "split.json").write_text('{"held_out": ["secret"]}')
    code.mkdir()
    (code / "__init__.py").write_text("")
    (code / "pipeline.py").write_text(f"{EXTRACTOR}(1, 2)\n")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "second")
    assert diff.diff_command("HEAD", papers, root=repository) == 0
    assert "gained: 0" in capsys.readouterr().out
    (code / "pipeline.py").write_text(f"{EXTRACTOR}(2, 3, 4)\n")
    assert diff.diff_command("HEAD", papers, root=repository, rows=1) == 0
    printed = capsys.readouterr().out
    assert rows(printed, "p") == [["p", "2", "1"]]
    assert "+ p: endpoint OS, statistic median, value 3, unit month, arm drugamab, provenance own\n    It was 3 months.\n\n... and 1 more" in printed
    assert "- p: endpoint OS, statistic median, value 1" in printed
    assert "secret" not in printed
    (papers / "q.txt").write_text("unreadable")
    assert diff.diff_command("HEAD", papers, root=repository) == 1
    assert "q: ValueError: not today" in capsys.readouterr().err


def test_without_a_commit_or_a_paper_nothing_is_compared(repository: Path, tmp_path: Path) -> None:
    assert diff.diff_command("HEAD", tmp_path / "none", root=repository) == 2
    (tmp_path / "p.txt").write_text("Text.")
    assert diff.diff_command("HEAD", tmp_path, root=repository) == 2  # this repository has no extractor
    assert diff.diff_command("no-such-commit", tmp_path, root=repository) == 2
