"""How well reflow undoes a layout: real paragraphs are wrapped in every way that PDFs and pages do it, and read back.

    python -m benchmarks.reflow [--seed N] [--paragraphs N] [--errors N]

Takes paragraphs from the JATS files in `../shared/papers` (held-out papers left out), lays each paper's paragraphs out at a random width, with or
without hyphenation, with or without blank lines between all lines, with or without captions of the paper's figures thrown in between two lines of
every other paragraph, and compares what reflow and the sentence splitter make of it with the paragraphs themselves; a caption has to be a block of
its own, behind the sentence that it cut in two. Prints for each layout the share of words, paragraph ends and sentence ends restored, and the
offsets that point at another character (line breaks between blocks are reflow's own and point nowhere). Without the papers it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from xml.etree import ElementTree

from extractor.document import BlockKind, CharSpan, fold
from extractor.ingest.text import Flowed, reflow
from extractor.syntax import split

PAPERS = Path(__file__).resolve().parents[2] / "shared" / "papers"
FROM_ONE_PAPER = 5
DROPPED = frozenset({"table-wrap", "fig", "disp-formula", "inline-formula", "supplementary-material", "list"})
HYPHENATIONS = ("none", "kept", "lost")
SYLLABLE_END = re.compile(r"[aeiouy][b-df-hj-np-tv-xz]??(?=[b-df-hj-np-tv-xz][aeiouy])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to set text: what happens to a word at a line end, whether a blank line stands between all lines, and whether captions cut in."""

    hyphens: str
    spaced: bool
    captions: bool

    def __str__(self) -> str:
        """As a row of the table names it."""
        return f"hyphens {self.hyphens}, {'blank lines between' if self.spaced else 'lines plain'}{', captions' if self.captions else ''}"


@dataclass
class Score:
    """Counts over documents; rates are properties."""

    words: int = 0
    words_restored: int = 0
    ends: int = 0
    ends_found: int = 0
    ends_right: int = 0
    paragraphs: int = 0
    paragraphs_right: int = 0
    offsets_wrong: int = 0

    @property
    def word_rate(self) -> float:
        """Share of words that are there again, in order."""
        return self.words_restored / self.words

    @property
    def sentence_rate(self) -> float:
        """F1 of sentence ends."""
        return 2 * self.ends_right / (self.ends + self.ends_found)

    @property
    def paragraph_rate(self) -> float:
        """Share of paragraph ends that are block ends again."""
        return self.paragraphs_right / self.paragraphs


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some paragraphs in a row of one paper, and its captions."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]


def papers(folder: Path, count: int, rng: random.Random) -> Iterator[Chosen]:
    """Some paragraphs in a row from each of as many papers as it takes."""
    split_file = folder / "gold" / "split.json"
    held_out = set(json.loads(split_file.read_text(encoding="utf-8"))["held_out"]) if split_file.exists() else set()
    files = [p for p in sorted(folder.glob("*.nxml")) if p.stem not in held_out]
    rng.shuffle(files)
    left = count
    for path in files:
        found = tuple(_paragraphs(path))
        if left <= 0 or len(found) < FROM_ONE_PAPER:
            continue
        at = rng.randrange(len(found) - FROM_ONE_PAPER + 1)
        chosen = found[at : at + min(FROM_ONE_PAPER, left)]
        left -= len(chosen)
        yield Chosen(chosen, tuple(_captions(path)))


def _paragraphs(path: Path) -> Iterator[str]:
    """The paragraphs of a paper's body in plain text, without citations, tables, formulas and figures."""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError:
        return
    for element in root.iterfind(".//body//sec/p"):
        text = re.sub(r"\s+", " ", "".join(_kept(element))).strip()
        text = re.sub(r"\s*(?:\[[\s,;–-]*\]|\([\s,;–-]*\))", "", text)
        if 300 <= len(text) <= 3000 and text[-1] == "." and text[0].isupper():
            yield text


def _captions(path: Path) -> Iterator[str]:
    """The captions of a paper's figures in one line each, label first."""
    for figure in ElementTree.parse(path).getroot().iterfind(".//body//fig"):
        label, caption = figure.find("label"), figure.find("caption")
        told = re.sub(r"\s+", " ", " ".join(t for one in (label, caption) if one is not None for t in _kept(one))).strip()
        if re.match(r"Fig(?:ure|\.)? \d", told) and 40 <= len(told) <= 600 and told[-1] == ".":
            yield told


def _kept(element: ElementTree.Element) -> Iterator[str]:
    if element.tag not in DROPPED and element.get("ref-type") != "bibr":
        yield element.text or ""
        for child in element:
            yield from _kept(child)
            yield child.tail or ""


def lay_out(chosen: Chosen, layout: Layout, rng: random.Random) -> str:
    """The paragraphs as they would come out of a page set so."""
    width = rng.randint(45, 100)
    between = "\n\n" if layout.spaced else "\n"
    captions = list(chosen.captions) if layout.captions else []
    laid = []
    for i, paragraph in enumerate(chosen.paragraphs):
        lines = list(_wrapped(paragraph, width, layout, rng))
        if captions and i % 2 == 0 and len(lines) > 3:
            at = rng.randrange(2, len(lines) - 1)
            caption = between.join(_wrapped(captions.pop(0), width, Layout("none", layout.spaced, captions=False), rng))
            lines[at - 1 : at + 1] = [f"{lines[at - 1]}{between}\n{caption}{between}\n{lines[at]}"]
        laid.append(between.join(lines))
    return f"{between}\n".join(laid) + "\n"


def _wrapped(paragraph: str, width: int, layout: Layout, rng: random.Random) -> Iterator[str]:
    """Lines of at most `width` characters; a word is broken where a syllable fits, at its own hyphens in any case."""
    line = ""
    words = paragraph.split(" ")
    while words:
        word = words.pop(0)
        room = width - len(line) - (1 if line else 0)
        if len(word) <= room or (not line and len(word) > width):
            line += (" " if line else "") + word
            continue
        cut = _cut(word, room, layout, rng)
        if cut:
            head, rest, mark = cut
            yield (line + " " if line else "") + head + mark
            words.insert(0, rest)
        else:
            yield line
            words.insert(0, word)
        line = ""
    yield line


def _cut(word: str, room: int, layout: Layout, rng: random.Random) -> tuple[str, str, str] | None:
    own = [m.end() for m in re.finditer(r"(?<=[A-Za-z]{2})-(?=[A-Za-z]{2})", word) if m.end() <= room]
    if own:
        return word[: own[-1]], word[own[-1] :], ""
    if layout.hyphens == "none" or rng.random() < 0.3:
        return None
    bare = re.match(r"[a-z]{5,}", word)
    ends = [m.end() for m in SYLLABLE_END.finditer(bare.group())] if bare else []
    ends = [e for e in ends if 2 <= e <= len(bare.group()) - 2 and e < room] if bare else []
    if not ends:
        return None
    return word[: ends[-1]], word[ends[-1] :], "-" if layout.hyphens == "kept" else ""


def measure(paragraphs: Sequence[str], raw: str, score: Score) -> Iterator[str]:
    """Count into the score; yields what went wrong, for reading."""
    flowed = reflow(raw)
    told = [b.span.of(flowed.text) for b in flowed.blocks if b.kind is not BlockKind.CAPTION]
    want, got = " ".join(paragraphs).split(), " ".join(told).split()
    score.words += len(want)
    for kind, a, b, c, d in SequenceMatcher(None, want, got, autojunk=False).get_opcodes():
        if kind == "equal":
            score.words_restored += b - a
        else:
            yield f"words {' '.join(want[a:b])!r} read {' '.join(got[c:d])!r}"
    yield from _ends(paragraphs, flowed, score)
    for at, character in enumerate(flowed.text):
        behind = flowed.offsets.raw(at).of(raw)
        if behind != character and not (character == " " and not behind.strip()) and character != "\n":
            score.offsets_wrong += 1


def _ends(paragraphs: Sequence[str], flowed: Flowed, score: Score) -> Iterator[str]:
    wanted = Counter(_boundaries(paragraphs))
    blocks = [b.span.of(flowed.text) for b in flowed.blocks if b.kind is not BlockKind.CAPTION]
    found = Counter(_boundaries(blocks))
    both = wanted & found
    score.ends += wanted.total()
    score.ends_found += found.total()
    score.ends_right += both.total()
    yield from (f"sentence end lost: {e}" for e in wanted - found)
    yield from (f"sentence end made: {e}" for e in found - wanted)
    score.paragraphs += len(paragraphs)
    score.paragraphs_right += (Counter(_tail(p) for p in paragraphs) & Counter(_tail(b) for b in blocks)).total()


def _boundaries(blocks: Sequence[str]) -> Iterator[str]:
    """A name for each sentence end: its last letters and the first of the next sentence."""
    for block in blocks:
        sentences: list[CharSpan] = list(split(block))
        for here, following in zip(sentences, [*sentences[1:], None], strict=True):
            yield _tail(here.of(block)) + "|" + (_letters(following.of(block))[:12] if following else "")


def _tail(text: str) -> str:
    return _letters(text)[-24:]


def _letters(text: str) -> str:
    return re.sub(r"[\s-]", "", fold(text))


def main() -> int:
    """Measure all layouts, print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--paragraphs", type=int, default=200)
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each layout")
    options = parser.parse_args()
    if not PAPERS.is_dir():
        print(f"no papers in {PAPERS}: nothing measured")
        return 0
    rng = random.Random(options.seed)
    documents = list(papers(PAPERS, options.paragraphs, rng))
    print(f"{sum(len(d.paragraphs) for d in documents)} paragraphs of {len(documents)} papers, seed {options.seed}")
    print("\n| layout | words | paragraph ends | sentence ends | wrong offsets |\n| --- | --- | --- | --- | --- |")
    for layout in (Layout(h, s, c) for h in HYPHENATIONS for s in (False, True) for c in (False, True)):
        score = Score()
        errors: list[str] = []
        for chosen in documents:
            errors += measure(chosen.paragraphs, lay_out(chosen, layout, rng), score)
        rates = f"{score.word_rate:.2%} | {score.paragraph_rate:.2%} | {score.sentence_rate:.2%}"
        print(f"| {layout} | {rates} | {score.offsets_wrong} |", flush=True)
        for error in errors[: options.errors]:
            print("   ", error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
