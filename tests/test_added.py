"""A user's own names: `--lexicon FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.cli.explain import explain_text
from extractor.cli.scoring import evaluate_gold
from extractor.entities import MentionKind
from extractor.lexicons import LexiconError
from extractor.lexicons.added import NOTHING, added, adding, read_added
from extractor.pipeline import Pipeline

OWN = """# names of this run
inn\tclass\tatc\tsynonyms
zorbavexal\tmade-up class\tL01XX99\tZBX-1; Zorbal

name\tvariants
GRANDIOSE-7\tGRAND SEVEN
code\tterms
PFS\tgrowth-free time; GFT
"""
TEXT = "In GRANDIOSE-7, the median growth-free time was 7.3 months with ZBX-1 and 3.4 months with placebo."

runner = CliRunner()


def own(folder: Path, text: str = OWN) -> Path:
    path = folder / "own.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def named(text: str, lexicon: Path | None) -> list[tuple[str, str]]:
    found = Pipeline(lexicon=lexicon).extract_text(text).mentions
    return [(m.text, m.norm or "") for m in found if m.label in ("DRUG", "TRIAL", "ENDPOINT")]


def test_names_of_three_kinds_are_read(tmp_path: Path) -> None:
    names = [("GRANDIOSE-7", "GRANDIOSE-7"), ("growth-free time", "PFS"), ("ZBX-1", "zorbavexal")]
    assert named(TEXT, own(tmp_path)) == names
    assert not set(names) & set(named(TEXT, None))


def test_values_are_attached_to_them(tmp_path: Path) -> None:
    records = Pipeline(lexicon=own(tmp_path)).extract_text(TEXT).records
    told = [(r.arm, r.endpoint, r.study, r.value) for r in records if r.kind == "measurement"]
    assert sorted(told) == [("placebo", "PFS", "GRANDIOSE-7", 3.4), ("zorbavexal", "PFS", "GRANDIOSE-7", 7.3)]


def test_a_users_meaning_counts_before_the_lexicons(tmp_path: Path) -> None:
    lexicon = own(tmp_path, "inn\tsynonyms\nzorbavexal\tTaxol\n")
    assert ("Taxol", "zorbavexal") in named("Taxol was given.", lexicon)
    assert ("Taxol", "paclitaxel") in named("Taxol was given.", None)


def test_more_names_of_a_known_drug_are_that_drug(tmp_path: Path) -> None:
    seen = explain_text("Lenvabrand was given.", lexicon=own(tmp_path, "inn\tbrands\nLenvatinib\tLenvabrand\n")).sentences[0]
    drugs = [(m.norm, c.name, c.atc) for m, c in zip(seen.mentions, seen.concepts, strict=True) if m.kind is MentionKind.DRUG]
    assert drugs == [("lenvatinib", "lenvatinib", "L01EX08")]


def test_nothing_of_one_run_is_left_for_the_next(tmp_path: Path) -> None:
    pipeline = Pipeline(lexicon=own(tmp_path))
    pipeline.extract_text(TEXT)
    assert added() is NOTHING
    with pytest.raises(RuntimeError, match="stop"), adding(read_added(own(tmp_path))):
        raise RuntimeError("stop")
    assert added() is NOTHING


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("zorbavexal\tx\n", 1, "expected a header that begins with 'inn' (drugs), 'name' (trials) or 'code' (endpoints)"),
        ("inn\tprice\nx\t3\n", 1, "expected columns among atc, brands, class, codes, inn, kind, synonyms, target; found 'price'"),
        ("code\nPFS\n", 1, "found no 'terms'"),
        ("inn\tclass\tclass\n", 1, "found a column twice"),
        ("inn\tclass\nzorbavexal\tx\ty\n", 2, "expected 2 cells with tabs between, found 3"),
        ("inn\tatc\nzorbavexal\tL1\n", 2, "atc"),
        ("inn\tkind\nzorbavexal\tfood\n", 2, "kind"),
        ("# a remark\n\ncode\tterms\nXYZ\tgrowth\n", 4, "code"),
        ("name\tcue\nGRANDIOSE-7\tperhaps\n", 2, "cue"),
        ("code\tterms\nPFS\t\n", 2, "expected names with a letter or a digit"),
        ("inn\tsynonyms\nzorbavexal\tZB\nvorbaxazel\tZorbavexal\n", 3, "found 'zorbavexal', which line 2 has"),
    ],
)
def test_an_error_names_file_line_and_what_was_expected(tmp_path: Path, text: str, line: int, what: str) -> None:
    path = own(tmp_path, text)
    with pytest.raises(LexiconError) as caught:
        read_added(path)
    assert str(caught.value).startswith(f"{path}, line {line}: ")
    assert what in str(caught.value)


@pytest.mark.parametrize(
    ("data", "what"), [(b"", "found none"), (b"inn\tclass\n", "found none"), (b"inn\nzorba\xff\n", "line 2: expected text in UTF-8")]
)
def test_a_file_without_names_and_one_that_is_no_text(tmp_path: Path, data: bytes, what: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes(data)
    with pytest.raises(LexiconError, match="expected") as caught:
        read_added(path)
    assert what in str(caught.value)


def test_extract_reads_them_in_every_process(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    told = []
    for jobs in ("1", "2"):
        out = tmp_path / f"{jobs}.jsonl"
        result = runner.invoke(app, ["extract", str(folder), "--lexicon", str(own(tmp_path)), "-o", str(out), "--jobs", jobs])
        assert result.exit_code == 0, result.output
        told.append(out.read_text(encoding="utf-8"))
    assert told[0] == told[1]
    assert {json.loads(line)["arm"] for line in told[0].splitlines()} == {"zorbavexal", "placebo"}


def test_explain_shows_them_with_their_class_and_code(tmp_path: Path) -> None:
    result = runner.invoke(app, ["explain", TEXT, "--lexicon", str(own(tmp_path))])
    assert result.exit_code == 0
    assert "made-up class, L01XX99" in result.output


@pytest.mark.parametrize("command", [["extract", "{paper}"], ["explain", "OS was 3 months."], ["evaluate", "--gold", "{gold}"]])
def test_a_bad_line_stops_a_command_before_it_reads(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "paper.txt").write_text(TEXT, encoding="utf-8")
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "paper.facts.jsonl").write_text("", encoding="utf-8")
    said = [part.format(paper=tmp_path / "paper.txt", gold=gold) for part in command]
    result = runner.invoke(app, [*said, "--lexicon", str(own(tmp_path, "inn\tprice\nx\t3\n"))])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "own.tsv, line 1: expected columns among" in result.stderr


def test_a_lexicon_is_no_output(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text(TEXT, encoding="utf-8")
    lexicon = own(tmp_path)
    said = ["extract", str(tmp_path / "paper.txt"), "--lexicon", str(lexicon), "-o", str(lexicon)]
    result = runner.invoke(app, said, env={"COLUMNS": "400"})
    assert result.exit_code == 2
    assert "is the lexicon" in result.output
    assert lexicon.read_text(encoding="utf-8") == OWN


def test_evaluate_scores_with_them(tmp_path: Path) -> None:
    gold, corpus = tmp_path / "gold", tmp_path / "corpus"
    gold.mkdir()
    corpus.mkdir()
    (corpus / "p.txt").write_text(TEXT, encoding="utf-8")
    start = TEXT.index("ZBX-1")
    line = {"doc": "p", "label": "DRUG", "start": start, "end": start + 5, "text": "ZBX-1", "norm": "zorbavexal"}
    (gold / "p.entities.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    found = [evaluate_gold(gold, corpus=[corpus], lexicon=lexicon).result for lexicon in (None, own(tmp_path))]
    assert found[0] != found[1]


def test_what_is_scored_from_a_file_takes_no_lexicon(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (tmp_path / "records.jsonl").write_text("", encoding="utf-8")
    said = ["evaluate", "--gold", str(gold), "--records", str(tmp_path / "records.jsonl"), "--lexicon", str(own(tmp_path))]
    assert runner.invoke(app, said).exit_code == 2
