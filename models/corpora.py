"""The training corpora: CRAFT's articles and sentences from templates, as spaCy's binary documents.

    python -m models.corpora OUT [--template-words N]

writes OUT/train.spacy and OUT/dev.spacy. Paragraphs are documents, half of them joined to the one before by a blank, so that headings are seen
glued to
text; half of the training documents have their dashes, quotes and blanks in plain form (`extractor.document.fold`), as the pipeline reads them.
With no
template words the corpus is that of the recipe's model (a), unfolded. The test articles are not read.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import replace
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from extractor.document import fold
from models import templates, treebank

SEED = 20261121
GLUED = 0.5
FOLDED = 0.5


def main() -> None:
    """Write the corpora of one training."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--template-words", type=int, default=0)
    parser.add_argument("--glued", type=float, default=GLUED, help="the share of paragraphs that are joined to the one before")
    parser.add_argument("--treebank", type=Path, default=treebank.TREEBANK)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for split in ("train", "dev"):
        documents = list(_craft(split, given, FOLDED if given.template_words and split == "train" else 0))
        if split == "train" and given.template_words:
            documents.extend(templates.paragraphs(given.template_words, SEED))
        _write(given.out / f"{split}.spacy", documents)


def _craft(split: str, given: argparse.Namespace, folded: float) -> list[treebank.Paragraph]:
    draw = random.Random(SEED)
    documents = [paragraph for article in treebank.articles(split, given.treebank) for paragraph in treebank.glued(article, given.glued, draw)]
    return [_plain(document) if draw.random() < folded else document for document in documents]


def _plain(document: treebank.Paragraph) -> treebank.Paragraph:
    return tuple(tuple(replace(word, text=fold(word.text)) if fold(word.text).strip() else word for word in tree) for tree in document)


def _write(path: Path, documents: list[treebank.Paragraph]) -> None:
    nlp = spacy.blank("en")
    found = DocBin(store_user_data=False)
    for document in documents:
        found.add(treebank.document(nlp.vocab, document))
    found.to_disk(path)
    print(f"{path.name}: {len(documents)} documents, {sum(len(tree) for document in documents for tree in document)} words")


if __name__ == "__main__":
    main()
