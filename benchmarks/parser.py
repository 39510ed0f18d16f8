"""How well the language pipeline tags, parses and cuts sentences, and how fast.

    python -m benchmarks.parser                            the shipped pipeline
    python -m benchmarks.parser --model A --model B        those pipelines side by side ("shipped" names the shipped one)
    python -m benchmarks.parser --arcs FILE.jsonl          the arcs of another file
    python -m benchmarks.parser --arcs-only                only key arcs in result sentences (seconds)

CRAFT: the 30 articles of the corpus's own test list, never trained on and never used to choose anything, as raw text: a heading (a paragraph of one
sentence that ends without a stop) is glued by a blank to what follows, the pipeline tokenizes, tags, cuts and parses, and spaCy's scorer aligns
its tokens with
the corpus's. A corpus token that is cut otherwise counts as missed. Labelled and unlabelled attachment leave out punctuation. Relative pronouns,
which CRAFT
labels `dep`, count as what they are to their verb (see `models/treebank.py`). Sentence F: a sentence is right when both its ends are.

Key arcs: sentences of our own with hand-made arcs, one a line:
{"text": ..., "arcs": [{"dependent": [start, end], "head": [start, end], "relation": ...}]}, offsets of single words in `text`. A sentence is given
whole to each pipeline, folded, as the extractor does. An arc is right when the dependent's token has its head's token as head; labelled: and its
relation in the vocabulary of `extractor.syntax`; of an arc called `other` the head alone counts (`gold/arcs/labels.json`).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.training import Example

from extractor.document import CharSpan, fold
from extractor.syntax import SHIPPED, Parser, Relation, Tree, split
from models import treebank

ARCS = Path(__file__).resolve().parents[1] / "gold" / "arcs"
SHIPPED_NAME = "shipped"
TOLD = frozenset(
    {
        Relation.SUBJECT, Relation.PASSIVE_SUBJECT, Relation.OBJECT, Relation.COMPLEMENT, Relation.CONJUNCT, Relation.PREPOSITION,
        Relation.PREPOSITIONAL_OBJECT, Relation.APPOSITION, Relation.MODIFIER, Relation.CLAUSE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arc:
    """One key arc: two words of a sentence and what the first is to the second."""

    dependent: CharSpan
    head: CharSpan
    relation: str


@dataclass(frozen=True, slots=True)
class Key:
    """A sentence with its key arcs."""

    text: str
    arcs: tuple[Arc, ...]


def keys(path: Path) -> Iterator[Key]:
    """The sentences of one file of key arcs.

    Raises:
        ValueError: for a line that is not of that form, or whose offsets are no word of the text; the message says where.
    """
    relations = {relation.value for relation in TOLD} | {Relation.OTHER.value}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        arcs = tuple(Arc(CharSpan(*arc["dependent"]), CharSpan(*arc["head"]), arc["relation"]) for arc in row["arcs"])
        for arc in arcs:
            if arc.relation not in relations:
                raise ValueError(f"{path}, line {number}: expected a relation of {', '.join(sorted(relations))}, found {arc.relation!r}")
            for span in (arc.dependent, arc.head):
                if span.end > len(row["text"]) or span.of(row["text"]) != span.of(row["text"]).strip():
                    raise ValueError(f"{path}, line {number}: [{span.start}, {span.end}] is no word of the sentence")
        yield Key(row["text"], arcs)


def agreement(tree: Tree | None, key: Key) -> Iterator[tuple[Arc, bool, bool]]:
    """Each arc of a sentence, whether the tree attaches it so, and whether it also names it so."""
    for arc in key.arcs:
        dependent = None if tree is None else _word(tree, arc.dependent)
        head = None if tree is None else _word(tree, arc.head)
        attached = tree is not None and dependent is not None and head is not None and dependent != head and tree.nodes[dependent].head == head
        named = tree is not None and dependent is not None and arc.relation in ("other", _told(tree.nodes[dependent].relation))
        yield arc, attached, attached and named


def _told(relation: Relation) -> str:
    return (relation if relation in TOLD else Relation.OTHER).value


def _word(tree: Tree, span: CharSpan) -> int | None:
    """The token of an arc's end. Where a word is cut into several ("PD-1"), the one that heads them."""
    return tree.at(span)


def arcs_table(names: Sequence[str], paths: Iterable[Path]) -> str:
    """Attachment of key arcs by file and by relation, a column pair a pipeline."""
    lines: list[str] = []
    for path in paths:
        found = list(keys(path))
        counts = [_counted(name, found) for name in names]
        lines += [f"Key arcs of `{path.name}` ({len(found)} sentences): attached and named / attached", ""]
        lines += ["| relation | arcs | " + " | ".join(names) + " |", "| --- | ---: |" + " ---: |" * len(names)]
        total = Counter(arc.relation for key in found for arc in key.arcs)
        for relation, number in [*sorted(total.items(), key=lambda pair: -pair[1]), ("all", total.total())]:
            cells = (f"{100 * count[relation, 'named'] / number:.1f} / {100 * count[relation, 'attached'] / number:.1f}" for count in counts)
            lines.append(f"| {relation} | {number} | " + " | ".join(cells) + " |")
        errors = [total.total() - count["all", "named"] for count in counts]
        lines += ["| errors (attached and named) | | " + " | ".join(str(number) for number in errors) + " |"]
        if len(errors) > 1 and errors[0]:
            lines += ["| fewer than the first | | " + " | ".join(f"{100 * (1 - number / errors[0]):.0f}%" for number in errors) + " |"]
            bare = [total.total() - count["all", "attached"] for count in counts]
            lines += ["| errors (attached) | | " + " | ".join(str(number) for number in bare) + " |"]
            lines += ["| fewer than the first | | " + " | ".join(f"{100 * (1 - number / max(1, bare[0])):.0f}%" for number in bare) + " |"]
        lines.append("")
    return "\n".join(lines)


def _counted(name: str, found: Sequence[Key]) -> Counter[tuple[str, str]]:
    parser = Parser(_path(name))
    counts: Counter[tuple[str, str]] = Counter()
    for key, tree in zip(found, parser.parse(fold(key.text) for key in found), strict=True):
        for arc, attached, named in agreement(tree, key):
            for relation in (arc.relation, "all"):
                counts[relation, "attached"] += attached
                counts[relation, "named"] += named
    return counts


def _path(name: str) -> str | None:
    return None if name == SHIPPED_NAME else name


def _load(name: str) -> Language:
    return spacy.load(SHIPPED if name == SHIPPED_NAME else name)


def raw_texts(part: str) -> Iterator[tuple[treebank.Tree, ...]]:
    """The paragraphs of one split, each with the headings before it."""
    for article in treebank.articles(part):
        held: list[treebank.Tree] = []
        for paragraph in article:
            heading = len(paragraph) == 1 and paragraph[0][-1].text not in {".", "?", "!", ":", ";"}
            held.extend(treebank.open_ended(paragraph) if heading else paragraph)
            if not heading:
                yield tuple(held)
                held = []
        if held:
            yield tuple(held)


def craft_table(names: Sequence[str], part: str = "test") -> str:
    """CRAFT's figures, a column a pipeline."""
    rows = [_craft(name, part) for name in names]
    lines = [f"CRAFT, {part} articles, raw text, headings glued on", "", "| | " + " | ".join(names) + " |", "| --- |" + " ---: |" * len(names)]
    lines += [f"| {measure} | " + " | ".join(row[measure] for row in rows) + " |" for measure in rows[0]]
    return "\n".join([*lines, ""])


def _craft(name: str, part: str) -> dict[str, str]:
    nlp = _load(name)
    golds = [treebank.document(nlp.vocab, trees) for trees in raw_texts(part)]
    scores: dict[str, Any] = nlp.evaluate([Example(nlp.make_doc(gold.text), gold) for gold in golds])
    return {
        "LAS": f"{100 * scores['dep_las']:.1f}",
        "UAS": f"{100 * scores['dep_uas']:.1f}",
        "tag": f"{100 * scores['tag_acc']:.1f}",
        "token F": f"{100 * scores['token_f']:.1f}",
        "sentence F": f"{100 * scores['sents_f']:.1f}",
    }


def sentences_table(names: Sequence[str], part: str = "test") -> str:
    """Sentence F of the extractor's rule, which runs where headings are split off, and of each pipeline's own boundaries."""
    lines = [f"Sentence F on CRAFT, {part} articles", "", "| | headings split off | headings glued on |", "| --- | ---: | ---: |"]
    apart = [paragraph for article in treebank.articles(part) for paragraph in article]
    glued = list(raw_texts(part))
    lines.append(f"| `extractor.syntax.split` | {_rule(apart):.1f} | {_rule(glued):.1f} |")
    for name in names:
        nlp = _load(name)
        with nlp.select_pipes(disable=[pipe for pipe in nlp.pipe_names if pipe in {"tagger", "attribute_ruler", "lemmatizer"}]):
            cells = [_sentence_f(nlp, texts) for texts in (apart, glued)]
        lines.append(f"| {name} | {cells[0]:.1f} | {cells[1]:.1f} |")
    return "\n".join([*lines, ""])


def _rule(texts: Sequence[treebank.Paragraph]) -> float:
    return _f((_gold_spans(trees), {(span.start, span.end) for span in split(_text(trees))}) for trees in texts)


def _sentence_f(nlp: Language, texts: Sequence[treebank.Paragraph]) -> float:
    docs = nlp.pipe(_text(trees) for trees in texts)
    return _f(((_gold_spans(trees), {(sent.start_char, sent.end_char) for sent in doc.sents}) for trees, doc in zip(texts, docs, strict=True)))


def _f(pairs: Iterable[tuple[set[tuple[int, int]], set[tuple[int, int]]]]) -> float:
    right = told = 0
    for gold, seen in pairs:
        right, told = right + len(gold & seen), told + len(gold) + len(seen)
    return 200 * right / told


def _gold_spans(trees: treebank.Paragraph) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    start = 0
    for tree in trees:
        whole = sum(len(word.text) + word.blank for word in tree)
        found.add((start, start + whole - tree[-1].blank))
        start += whole
    return found


def speed_table(names: Sequence[str], part: str = "test") -> str:
    """Words a second beside spaCy's blank English pipeline, in the same run; and what loading costs."""
    texts = [_text(trees) for trees in raw_texts(part)][:400]
    blank = _rate(spacy.blank("en"), texts)
    lines = ["Speed (one process, the same texts in the same run) and cost of loading", ""]
    lines += [
        "| | words/s | times a blank pipeline's | load, s | memory, MB |",
        "| --- | ---: | ---: | ---: | ---: |",
        f"| blank | {blank:,.0f} | 1 | | |",
    ]
    for name in names:
        nlp = _load(name)
        for what, disabled in (("tags and trees", ["lemmatizer", "attribute_ruler"]), ("with lemmas", [])):
            with nlp.select_pipes(disable=[pipe for pipe in disabled if pipe in nlp.pipe_names]):
                rate = _rate(nlp, texts)
            cost = _loading(name) if what == "with lemmas" else ("", "")
            lines.append(f"| {name}, {what} | {rate:,.0f} | {rate / blank:.2f} | {cost[0]} | {cost[1]} |")
    return "\n".join([*lines, ""])


def _text(trees: Iterable[treebank.Tree]) -> str:
    return "".join(word.text + " " * word.blank for tree in trees for word in tree).rstrip()


def _rate(nlp: Language, texts: Sequence[str]) -> float:
    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return words / (time.perf_counter() - start)


def _loading(name: str) -> tuple[str, str]:
    """Seconds to load a pipeline, spaCy imported, and the most memory of a process that has parsed with it (Linux), in megabytes."""
    if not Path("/proc/self/status").exists():
        return "", ""
    folder = str(SHIPPED) if name == SHIPPED_NAME else name
    code = (
        "import sys, time, spacy\n"
        "start = time.perf_counter(); nlp = spacy.load(sys.argv[1]); took = time.perf_counter() - start\n"
        "nlp('The median was 10.6 months in the arm.')\n"
        "print(took, next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    printed = subprocess.run([sys.executable, "-c", code, folder], check=True, capture_output=True, text=True).stdout.split()
    return f"{float(printed[0]):.2f}", f"{int(printed[1]) / 1000:.0f}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", action="append", metavar="NAME", help="a pipeline; again for another, the first is compared with")
    parser.add_argument("--arcs", action="append", type=Path, metavar="FILE")
    parser.add_argument("--part", choices=treebank.SPLITS[1:], default="test", help="which articles of CRAFT; choose by `dev`, report `test`")
    parser.add_argument("--arcs-only", action="store_true")
    given = parser.parse_args()
    names = given.model or [SHIPPED_NAME]
    paths = given.arcs or sorted(ARCS.glob("*.jsonl"))
    print(arcs_table(names, paths))
    if given.arcs_only:
        return
    if not (treebank.TREEBANK / treebank.ARCHIVE).is_file():
        print(f"The treebank is not here ({treebank.ARCHIVE}): its tables are left out.")
        return
    print(craft_table(names, given.part))
    print(sentences_table(names, given.part))
    print(speed_table(names, given.part))


if __name__ == "__main__":
    main()
