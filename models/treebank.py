"""CRAFT's dependency trees as spaCy documents: one document a paragraph, with the corpus's own split of articles.

CRAFT 5 (Colorado Richly Annotated Full Text, CC BY 3.0, https://github.com/UCDenver-ccp/CRAFT) is read from the CoNLL-U files of
`craft-dependency.tar.xz`; the lists of articles stand beside it. Nothing of the text goes into the package: only what the models learned from it.
"""

from __future__ import annotations

import io
import random
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

ARCHIVE = "craft-dependency.tar.xz"
TREEBANK = Path(__file__).resolve().parents[2] / "shared" / "treebank"
SPLITS = ("train", "dev", "test")
_RELATIVE = frozenset({"WDT", "WP", "DT", "IN"})
_OBJECTS = frozenset({"dobj", "attr", "acomp", "ccomp"})


@dataclass(frozen=True, slots=True)
class Word:
    """A token of a tree: its form, Penn tag, relation, the index of its head in the sentence (a root's is its own), and whether a blank follows."""

    text: str
    tag: str
    relation: str
    head: int
    blank: bool


Tree = tuple[Word, ...]
Paragraph = tuple[Tree, ...]


def articles(split: str, folder: Path = TREEBANK) -> Iterator[tuple[Paragraph, ...]]:
    """The articles of one split (`train`, `dev` or `test`), each as its paragraphs in order; a heading is a paragraph.

    Raises:
        FileNotFoundError: when the archive or the list of articles is not in the folder.
        ValueError: when the archive lacks an article of the list.
    """
    wanted = (folder / f"craft-ids-{split}.txt").read_text(encoding="utf-8").split()
    with tarfile.open(folder / ARCHIVE) as archive:
        for name in wanted:
            try:
                stream = archive.extractfile(f"craft-dependency/{name}.conllu")
            except KeyError:
                stream = None
            if stream is None:
                raise ValueError(f"{folder / ARCHIVE}: expected article {name} of craft-ids-{split}.txt, found none")
            with io.TextIOWrapper(stream, encoding="utf-8") as lines:
                yield tuple(_paragraphs(lines))


def _paragraphs(lines: Iterator[str] | io.TextIOWrapper) -> Iterator[Paragraph]:
    trees: list[Tree] = []
    rows: list[list[str]] = []
    for line in lines:
        line = line.rstrip("\n")  # noqa: PLW2901
        if line.startswith("# newpar") and trees:
            yield tuple(trees)
            trees = []
        if line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            trees.append(_tree(rows))
            rows = []
    if rows:
        trees.append(_tree(rows))
    if trees:
        yield tuple(trees)


def _tree(rows: list[list[str]]) -> Tree:
    """The tree of one sentence: its CoNLL-U rows with relative pronouns labelled by what they do."""
    heads = [int(row[6]) - 1 if row[6] != "0" else at for at, row in enumerate(rows)]
    relations = ["ROOT" if row[7] == "root" else row[7] for row in rows]
    for at, row in enumerate(rows):
        if relations[at] == "dep" and row[4] in _RELATIVE and "ref=" in row[9]:
            relations[at] = _relative(at, heads, relations)
    return tuple(
        Word(row[1], row[4], relation, head, "SpaceAfter=No" not in row[9]) for row, relation, head in zip(rows, relations, heads, strict=True)
    )


def _relative(at: int, heads: list[int], relations: list[str]) -> str:
    """What a relative pronoun is to its verb. CRAFT labels all of them `dep`: the subject where the verb has none, else the object."""
    beside = {relations[i] for i, head in enumerate(heads) if head == heads[at] and i != at}
    if not beside & {"nsubj", "nsubjpass", "csubj", "expl"}:
        return "nsubjpass" if "auxpass" in beside else "nsubj"
    return "dep" if beside & _OBJECTS else "dobj"


def document(vocab: Vocab, trees: Sequence[Tree]) -> Doc:
    """Sentences one after the other as one document with gold tokens, tags, heads, relations and sentence starts."""
    words = [word for tree in trees for word in tree]
    starts: list[bool | int | None] = [at == 0 for tree in trees for at in range(len(tree))]
    bases = [base for base, tree in _bases(trees) for _ in tree]
    return Doc(
        vocab,
        words=[word.text for word in words],
        spaces=[word.blank for word in words],
        tags=[word.tag for word in words],
        heads=[base + word.head for base, word in zip(bases, words, strict=True)],
        deps=[word.relation for word in words],
        sent_starts=starts,
    )


def _bases(trees: Sequence[Tree]) -> Iterator[tuple[int, Tree]]:
    base = 0
    for tree in trees:
        yield base, tree
        base += len(tree)


def glued(article: Sequence[Paragraph], chance: float, draw: random.Random) -> Iterator[Paragraph]:
    """The paragraphs of an article, each joined with that chance to the one before: so are headings glued to text in papers whose lines were lost."""
    held: list[Tree] = []
    for paragraph in article:
        if held and draw.random() >= chance:
            yield tuple(held)
            held = []
        if held:
            held = list(open_ended(held))
        held.extend(paragraph)
    if held:
        yield tuple(held)


def open_ended(trees: Sequence[Tree]) -> Paragraph:
    """The sentences with a blank after the last word, so that more can follow."""
    return (*trees[:-1], (*trees[-1][:-1], replace(trees[-1][-1], blank=True)))
