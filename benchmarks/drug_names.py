"""How many names of drugs are found, in the lexicon or not, and how many of those found are drugs.

    python -m benchmarks.drug_names [--shared DIR] [--twin FILE] [--missed] [--sample SEED]

`../shared/drug-mentions/development.jsonl` holds sentences with their drugs. Its names are split in two by a hash of their letters: one half was
looked at while lexicon and rules were made, the other never. Recall is told for both, in sentences on cancer and in all, by overlap and exactly:

- `lexicon`: with everything that is shipped;
- `its names taken out`: with the names of the unseen half taken out of the lexicon, of the regimens and of the word list, and with a recogniser that
  was trained without them (`--twin`, made by `models/train_unlisted.py --without`; without the option it is trained here, which takes some minutes).
  All other names of those drugs are taken out too: brands, codes, salts.

The gold is not complete, so that precision is not told from it: `--sample` prints three hundred mentions of the papers (held-out papers left out) to
be read by eye, `drug_names.tsv` holds the verdicts on one such sample, and their count is printed. Last come misspelt names (at a random place of
each INN a letter is left out, added, changed, swapped), names that lie close to another's, and the speed of recognition. Without the data it says so
and exits 0.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import string
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from extractor import lexicons
from extractor.document import CharSpan, SectionKind, fold
from extractor.entities import Mention, MentionKind, drugs, recognize, spelling, unlisted
from extractor.ingest import from_text, read
from extractor.pipeline import Pipeline
from extractor.sections import segment
from extractor.syntax import Parser

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
VERDICTS = Path(__file__).with_suffix(".tsv")
SAMPLE = 300
ON_CANCER = re.compile(
    r"cancer|tumou?r|carcino|leuka?emi|lymphom|myelom|sarcom|melanom|gliom|glioblast|neoplas|malignan|metasta|oncolog|antineoplast|blastoma|chemotherap"
    r"|mesotheliom",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the drugs that are marked in it."""

    text: str
    drugs: tuple[CharSpan, ...]


def sentences(path: Path) -> list[Sentence]:
    """The sentences of the file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Sentence(row["sentence"], tuple(CharSpan(s["start"], s["end"]) for s in row["spans"])) for row in rows]


def letters(name: str) -> str:
    """What makes two names one: letters and digits, in small letters."""
    return "".join(c for c in name.casefold() if c.isalnum())


def is_unseen(name: str) -> bool:
    """Whether a name is of the half that was never looked at."""
    return hashlib.sha256(letters(name).encode()).digest()[0] % 2 == 1


def found_in(text: str) -> list[CharSpan]:
    """The drugs that are found in a sentence that stands alone."""
    document = segment(from_text(text))
    clean = [(document, read) for read in recognize(Parser().sentences(document)).sentences]
    spans = [
        document.offsets.raw_spans(one.sentence.clean(m.span), bridge=12)
        for document, one in clean
        for m in one.mentions
        if m.kind is MentionKind.DRUG
    ]
    return [CharSpan(min(s.start for s in places), max(s.end for s in places)) for places in spans]


def recall(data: Sequence[Sentence], half: Callable[[str], bool], *, missed: bool) -> dict[str, tuple[int, int, int]]:
    """Names of a half: how many there are, how many are found by overlap and exactly, in sentences on cancer and in all."""
    counts: Counter[tuple[str, str]] = Counter()
    lost: Counter[str] = Counter()
    for one in data:
        wanted = [span for span in one.drugs if half(span.of(one.text))]
        predicted = found_in(one.text) if wanted else []
        for span in wanted:
            overlap, exact = any(p.overlaps(span) for p in predicted), span in predicted
            for scope in ("cancer", "all") if ON_CANCER.search(one.text) else ("all",):
                counts.update({(scope, "n"): 1, (scope, "overlap"): int(overlap), (scope, "exact"): int(exact)})
            if not overlap:
                lost[span.of(one.text)] += 1
    if missed:
        print(f"missed: {lost.most_common()}", file=sys.stderr)
    return {scope: (counts[scope, "n"], counts[scope, "overlap"], counts[scope, "exact"]) for scope in ("cancer", "all")}


@dataclass(frozen=True, slots=True)
class World:
    """What is known when some names were never heard of."""

    drugs: tuple[lexicons.Drug, ...]
    regimens: tuple[lexicons.Regimen, ...]
    words: dict[str, int]
    gone: frozenset[str]

    @staticmethod
    def without(names: set[str]) -> World:
        """A world without some names (as `letters` has them) and all other names of the same drugs."""
        kept = tuple(d for d in lexicons.drugs() if not any(letters(n) in names for n in d.names))
        lost = [n for d in lexicons.drugs() if d not in set(kept) for n in d.names] + [n for n in names if n.isalpha()]
        inns = {d.inn for d in lexicons.drugs()} - {d.inn for d in kept}
        known = {w.lower() for d in kept for n in d.names for w in re.findall(r"[A-Za-z]{5,}", n)}
        single = {n.lower() for n in lost if re.fullmatch(r"[A-Za-z]{5,}", n)}
        gone = single | ({w.lower() for n in lost for w in re.findall(r"[A-Za-z]{5,}", n)} - known)
        regimens = tuple(r for r in lexicons.regimens() if not set(r.components) & inns)
        return World(kept, regimens, {w: n for w, n in lexicons.words().items() if w not in gone}, frozenset(gone))

    def measured(self, twin: Path, measure: Callable[[], dict[str, tuple[int, int, int]]]) -> dict[str, tuple[int, int, int]]:
        """A measurement made in this world, with a recogniser that was trained in it."""
        model = unlisted.read_weights(twin)
        caches = (drugs._index_with, drugs._exceptions, spelling._speller, spelling._meant, unlisted._common)
        for cache in caches:
            cache.cache_clear()
        try:
            with (
                patch.object(drugs, "drugs", lambda: self.drugs),
                patch.object(drugs, "regimens", lambda: self.regimens),
                patch.object(drugs, "words", lambda: self.words),
                patch.object(spelling, "drugs", lambda: self.drugs),
                patch.object(unlisted, "words", lambda: self.words),
                patch.object(unlisted, "weights", lambda: model),
            ):
                return measure()
        finally:
            for cache in caches:
                cache.cache_clear()


def trained(world: World, shared: Path, folder: Path) -> Path:
    """A recogniser trained without the names that a world lacks."""
    names, out = folder / "names.txt", folder / "twin.npz"
    names.write_text("\n".join(sorted(world.gone)), encoding="utf-8")
    command = [sys.executable, "-m", "models.train_unlisted", str(shared / "text" / "rct-fulltext.txt.xz"), str(out), "--without", str(names)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return out


def mentions_of(papers: Path) -> Iterator[tuple[str, str, str, str]]:
    """The drug mentions of the papers that may be opened: paper, text, norm, and the words around."""
    held_out = set(json.loads((papers / "gold" / "split.json").read_text(encoding="utf-8"))["held_out"])
    pipeline = Pipeline()
    for path in sorted(papers.glob("*.txt")):
        if path.stem in held_out:
            continue
        for one in pipeline.recognize(segment(read(path))).sentences:
            if one.sentence.section.kind is not SectionKind.REFERENCES:
                yield from (
                    (path.stem, m.span.of(one.sentence.text), m.norm, _around(one.sentence.text, m))
                    for m in one.mentions
                    if m.kind is MentionKind.DRUG
                )


def _around(text: str, mention: Mention) -> str:
    start, end = mention.span.start, mention.span.end
    return fold(f"{text[max(start - 60, 0) : start]}[[{mention.span.of(text)}]]{text[end : end + 40]}").replace("\n", " ")


def print_sample(papers: Path, seed: int) -> None:
    """Mentions to be read by eye."""
    found = list(mentions_of(papers))
    print(f"{len(found)} mentions")
    for number, (paper, _, norm, around) in enumerate(sorted(random.Random(seed).sample(found, SAMPLE))):
        print(number, paper, norm, "|", around)


def verdicts(path: Path = VERDICTS) -> Counter[str]:
    """The verdicts on the mentions that were read."""
    return Counter(line.split("\t")[2] for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith(("#", "paper\t")))


def slips_told(seed: int = 1) -> list[str]:
    """How names with one slip are linked, and how many names would be linked to another drug if their own were in no list."""
    rows, dice = lexicons.drugs(), random.Random(seed)
    speller = spelling.speller(rows)
    counts: Counter[str] = Counter()
    for inn in (drug.inn for drug in rows if re.fullmatch("[a-z]{8,}", drug.inn)):
        at, letter = dice.randrange(1, len(inn) - 1), dice.choice(string.ascii_lowercase)
        for word in (
            inn[:at] + inn[at + 1 :],
            inn[:at] + letter + inn[at:],
            inn[:at] + letter + inn[at + 1 :],
            inn[:at] + inn[at + 1] + inn[at] + inn[at + 2 :],
        ):
            meant = speller.meant(word) if word != inn else inn
            counts["right" if meant == inn else "none" if meant is None else "wrong"] += 1
    alone = [
        name.lower()
        for drug in rows
        for name in drug.names
        if re.fullmatch("[A-Za-z]{7,}", name) and spelling.Speller(_others(speller, drug, name), speller.known - {name.lower()}).meant(name)
    ]
    linked = [name for drug in rows for name in drug.names if speller.meant(name) is not None]
    return [
        f"Names with a slip: {counts['right']} of {counts.total()} linked rightly, {counts['wrong']} wrongly, {counts['none']} left.",
        f"Names of the lexicon linked to another: {len(linked)}; with their own drug in no list: {len(alone)} ({', '.join(alone)}).",
    ]


def _others(speller: spelling.Speller, drug: lexicons.Drug, name: str) -> dict[str, list[spelling.Name]]:
    return {name[0].lower(): [n for n in speller.names.get(name[0].lower(), ()) if n.inn != drug.inn]}


def speed(papers: Path, most: int = 30) -> str:
    """Words a second of recognition, in processor time, on the first papers that may be opened."""
    held_out = set(json.loads((papers / "gold" / "split.json").read_text(encoding="utf-8"))["held_out"])
    documents = [segment(read(path)) for path in sorted(papers.glob("*.txt"))[:most] if path.stem not in held_out]
    pipeline = Pipeline()
    pipeline.recognize(documents[0])
    started, words = time.process_time(), sum(len(document.text.split()) for document in documents)
    for document in documents:
        pipeline.recognize(document)
    return f"Recognition: {words / (time.process_time() - started):,.0f} words a second of processor time ({len(documents)} papers)."


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the data lies")
    parser.add_argument("--twin", type=Path, help="a recogniser trained without the unseen names")
    parser.add_argument("--missed", action="store_true", help="list what was missed of the half that may be looked at")
    parser.add_argument("--sample", type=int, metavar="SEED", help="print mentions of the papers, to be read by eye, and nothing else")
    said = parser.parse_args(arguments)
    source = said.shared / "drug-mentions" / "development.jsonl"
    if not source.is_file():
        print(f"Not measured: there is no {source}.")
        return 0
    if said.sample is not None:
        print_sample(said.shared / "papers", said.sample)
        return 0
    data = sentences(source)
    names = {letters(span.of(one.text)) for one in data for span in one.drugs if is_unseen(span.of(one.text))}
    world = World.without(names)
    rows = {
        "seen half, lexicon": recall(data, lambda name: not is_unseen(name), missed=said.missed),
        "unseen half, lexicon": recall(data, is_unseen, missed=False),
    }
    with tempfile.TemporaryDirectory() as folder:
        twin = said.twin or trained(world, said.shared, Path(folder))
        rows["unseen half, its names taken out"] = world.measured(twin, lambda: recall(data, is_unseen, missed=False))
    print("| names | sentences | mentions | recall, overlap | recall, exact |\n| --- | --- | --- | --- | --- |")
    for title, scopes in rows.items():
        for scope, (n, overlap, exact) in scopes.items():
            print(f"| {title} | {'on cancer' if scope == 'cancer' else 'all'} | {n} | {100 * overlap / n:.1f} | {100 * exact / n:.1f} |")
    read_by_eye = verdicts()
    total = read_by_eye.total()
    print("", *slips_told(), speed(said.shared / "papers"), sep="\n")
    print(f"\nPrecision on papers, read by eye: {read_by_eye['right']} of {total}, {100 * read_by_eye['right'] / total:.1f} %.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
