"""Learn what words say about sections: how `extractor/lexicons/section_words.tsv` was made.

    python -m models.build_sections > extractor/lexicons/section_words.tsv
    python -m models.build_sections --check

Input: the JATS files in `../shared/papers`, held-out papers left out, each rendered to plain text as typeset (`benchmarks.sections`) and read as any
text is read. Every paragraph and heading gives the features of `extractor.sections.wording` and the section that JATS puts it in. Output: for each
feature the weight of each section in a multinomial logistic regression (scikit-learn; lbfgs, so the same papers give the same weights). Single words
and pairs of words that stand in twelve papers or more, words of headings that stand in four: no sentence and no order, nothing can be recovered.

`--check` prints what a paper gets whose weights were learned without it: every way of `benchmarks.sections`, papers in five parts.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.sections import PAPERS, WAYS, Score, papers, score
from extractor.document import BlockKind, SectionKind
from extractor.ingest import from_text
from extractor.sections import features_of
from extractor.sections.order import KINDS
from extractor.sections.wording import BIAS, SHARES, Weights

FEWEST_PAPERS = 12
FEWEST_PAPERS_OF_A_HEADING = 4
STRENGTH = 0.07
"""Inverse of the penalty on large weights, chosen by `--check` among 0.02, 0.07 and 0.1; they differ by less than a point."""
LEAST = 0.05
"""A feature whose weights are all smaller is left out."""
PARTS = 5
LONGEST = 1500
"""So many characters of a paragraph count; longer ones weigh no more."""


@dataclass(frozen=True, slots=True)
class Example:
    """A paragraph or heading: its section, how many characters count, its features."""

    kind: SectionKind
    characters: int
    features: frozenset[str]


def examples(path: Path) -> list[Example]:
    """The paragraphs and headings of one paper."""
    text, wanted = WAYS["headings as typeset"](path)
    document = from_text(text)
    found = []
    for block, said in features_of(document):
        spans = document.offsets.raw_spans(block.span)
        kinds = Counter(kind for span in spans for kind in wanted[span.start : span.end] if kind in KINDS)
        if block.kind in (BlockKind.TEXT, BlockKind.HEADING) and kinds:
            kind = max(kinds, key=lambda k: (kinds[k], k.value))
            found.append(Example(kind, min(kinds.total(), LONGEST), frozenset(said)))
    return found


def learn(by_paper: Sequence[Sequence[Example]]) -> Weights:
    """The weights that some papers teach."""
    seen = Counter(name for paper in by_paper for name in set().union(*(e.features for e in paper)))
    kept = {name for name, n in seen.items() if n >= (FEWEST_PAPERS_OF_A_HEADING if name.startswith("h:") else FEWEST_PAPERS)}
    all_examples = [example for paper in by_paper for example in paper]
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(sorted(e.features & kept), 1.0) for e in all_examples])
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    model.fit(table, [e.kind.value for e in all_examples], sample_weight=[e.characters / LONGEST * 3 for e in all_examples])
    columns = [list(model.classes_).index(kind.value) for kind in KINDS]
    rows = {
        name: tuple(round(float(model.coef_[column, i]), 2) for column in columns)
        for i, name in enumerate(vectorizer.get_feature_names_out())
        if max(abs(model.coef_[:, i])) >= LEAST
    }
    rows[BIAS] = tuple(round(float(model.intercept_[column]), 2) for column in columns)
    total = Counter[SectionKind]()
    for example in all_examples:
        total[example.kind] += example.characters
    return Weights(rows, tuple(round(total[kind] / total.total(), 4) for kind in KINDS))


def check(files: Sequence[Path], by_paper: Sequence[Sequence[Example]]) -> None:
    """Print what papers get whose weights were learned without them."""
    learned = [learn([paper for i, paper in enumerate(by_paper) if i % PARTS != part]) for part in range(PARTS)]
    print(f"{len(files)} papers, each with weights learned from the other {PARTS - 1} parts of {PARTS}\n")
    print("| text | right, all characters | right, without references |\n| --- | ---: | ---: |", flush=True)
    for name, way in WAYS.items():
        total = Score()
        for part, weights in enumerate(learned):
            some = score(way, files[part::PARTS], weights)
            total.pairs.update(some.pairs)
        print(f"| {name} | {100 * total.rate():.2f} % | {100 * total.rate([SectionKind.REFERENCES]):.2f} % |", flush=True)


def main() -> int:
    """Write the weights of all papers to standard output, or print the check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    if not PAPERS.is_dir():
        print(f"nothing to learn from: there is no {PAPERS}")
        return 1
    arguments = parser.parse_args()
    files = papers()
    by_paper = [examples(path) for path in files]
    if arguments.check:
        check(files, by_paper)
        return 0
    weights = learn(by_paper)
    print(
        "# What words, pairs of words, words of headings (h:) and counts (#) say about the section of a paragraph: weights of a logistic regression,"
    )
    print(f"# made by models/build_sections.py from {len(files)} open-access papers, 2026-11-21; no sentence and no order.")
    print("feature\t" + "\t".join(kind.value for kind in KINDS))
    for feature, row in sorted({SHARES: weights.shares, **weights.rows}.items()):
        print(feature + "\t" + "\t".join(f"{weight:g}" for weight in row))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
