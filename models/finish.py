"""The trained pipeline made ready to ship: lemmas by rule added, everything left out that only training needs.

    python -m models.finish TRAINED SENTENCES OUT

TRAINED and SENTENCES are what `spacy train` wrote (their `model-last`): tagger and parser, and the model of sentence boundaries, which goes first and
whose boundaries the parser keeps. Lemmas come from spaCy's rule lemmatizer with the tables of spacy-lookups-data
(MIT; WordNet's exceptions), because CRAFT's own are too poor to learn from. No string of the training texts is kept but labels and lemma tables.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.lookups import load_lookups
from spacy.strings import StringStore

from models import tokens  # registers the tokenizer's callback

# Penn tags as universal parts of speech, which the lemmatizer goes by.
_PARTS = {
    "NOUN": "NN NNS AFX FW", "PROPN": "NNP NNPS", "ADJ": "JJ JJR JJS", "ADV": "RB RBR RBS WRB", "VERB": "VB VBD VBG VBN VBP VBZ",
    "AUX": "MD", "ADP": "IN RP", "DET": "DT PDT WDT", "PRON": "PRP PRP$ WP WP$ EX", "CCONJ": "CC", "NUM": "CD", "PART": "TO POS",
    "PUNCT": ", . : -LRB- -RRB- HYPH `` ''", "SYM": "SYM", "X": "LS", "INTJ": "UH",
}  # fmt: skip

# What tells the lemmatizer that a form is the base form ("PFS" is no plural of "pf").
_FORMS = {
    "NN": "Number=Sing",
    "NNP": "Number=Sing",
    "NNS": "Number=Plur",
    "VB": "VerbForm=Inf",
    "VBP": "VerbForm=Fin|Tense=Pres|Number=Plur",
    "JJ": "Degree=Pos",
}


def main() -> None:
    """Read one folder, write the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trained", type=Path)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    nlp = spacy.load(given.trained)
    nlp.add_pipe("senter", source=spacy.load(given.sentences), first=True)
    nlp = finished(nlp)
    shutil.rmtree(given.out, ignore_errors=True)
    nlp.to_disk(given.out)
    print(f"{given.out}: {sum(path.stat().st_size for path in given.out.rglob('*') if path.is_file()) / 1e6:.1f} MB")


def finished(nlp: Language) -> Language:
    """The pipeline with parts of speech and lemmas, without paths, training settings and strings of the corpus."""
    nlp.tokenizer = tokens.tokenizer(nlp)
    ruler = nlp.add_pipe("attribute_ruler")
    for part, tags in _PARTS.items():
        ruler.add([[{"TAG": {"IN": tags.split()}}]], {"POS": part})  # type: ignore[attr-defined]
    for tag, morph in _FORMS.items():
        ruler.add([[{"TAG": tag}]], {"MORPH": morph})  # type: ignore[attr-defined]
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lookups=load_lookups("en", ["lemma_rules", "lemma_exc", "lemma_index"]))  # type: ignore[attr-defined]
    config = nlp.config
    for section in ("paths", "corpora", "training", "initialize", "pretraining"):
        config[section] = {}
    nlp.config = config
    _forget(nlp)
    nlp.meta.update(
        name="onco_syntax", version="1", description="Tagger, parser and lemmatizer for papers on treatment outcomes.", license="MIT",
        author="The onco-extractor developers", spacy_version=">=3.7.5,<3.9.0", performance={},
        sources=[{"name": "CRAFT 5 dependency trees", "license": "CC BY 3.0", "url": "https://github.com/UCDenver-ccp/CRAFT"},
                 {"name": "spacy-lookups-data", "license": "MIT", "url": "https://github.com/explosion/spacy-lookups-data"}],
    )  # fmt: skip
    return nlp


def _forget(nlp: Language) -> None:
    """Keep of the strings only labels and the tokenizer's own: words are hashed anew when they are met."""
    kept = {label for labels in nlp.pipe_labels.values() for label in labels}
    kept.update(word for rule in nlp.tokenizer.rules for word in (rule, rule.rstrip(".")))  # type: ignore[union-attr]
    kept.update(_PARTS)
    strings = StringStore()
    for text in sorted(kept):
        strings.add(text)
    nlp.vocab.strings._reset_and_load(strings)


if __name__ == "__main__":
    main()
