"""Fit what says how sure a record is: how `extractor/confidence.json` is made.

    python -m models.build_confidence [--shared DIR]

Input: the records of the papers with gold, held-out papers left out, each with whether its core and key are right (`benchmarks.judged`: five
sources and twelve tuning papers, these from `.nxml` and `.txt`). Output: the weight of each feature of `extractor.confidence` in a logistic
regression on the key (scikit-learn, newton-cholesky, so the same records give the same weights), rounded. A key is right only where its core is:
one probability serves both.

`python -m benchmarks.confidence` measures it: each paper with weights learned from the others.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.judged import ROOT, SHARED, Paper, judged_papers
from extractor.confidence import DIGITS, Model, features
from extractor.pipeline import Pipeline

TARGET = ROOT / "extractor" / "confidence.json"
STRENGTH = 0.03
"""Inverse of the penalty on large weights: among 0.01, 0.02, 0.03, 0.05 and 0.1 the one with the least log loss on papers left out."""
DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A judged record: the paper that it is of, its features, and what of it is right."""

    paper: str
    tuning: bool
    section: str
    features: frozenset[str]
    core: bool
    key: bool


def examples(papers: Iterable[Paper]) -> Iterator[Example]:
    """The judged records of papers. Both formats of a paper have its name."""
    for paper in papers:
        read = paper.extraction
        told = dict(zip((record.id for record in read.records), features(read.records, read.unattached, read.kind), strict=True))
        for one in paper.judged:
            yield Example(paper.name, paper.tuning, one.record.section, told[one.record.id], one.core, one.key)


def fit(found: Sequence[Example]) -> Model:
    """The weights that examples give."""
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([dict.fromkeys(sorted(one.features), 1) for one in found])
    regression = LogisticRegression(C=STRENGTH, solver="newton-cholesky").fit(rows.toarray(), [one.key for one in found])
    weights = {str(name): round(float(weight), DECIMALS) for name, weight in zip(vectorizer.feature_names_, regression.coef_[0], strict=True)}
    return Model(round(float(regression.intercept_[0]), DECIMALS), {name: weight for name, weight in weights.items() if weight})


def left_out(found: Sequence[Example]) -> list[float]:
    """The confidence of each example under weights that were learned without its paper."""
    models = {paper: fit([one for one in found if one.paper != paper]) for paper in sorted({one.paper for one in found})}
    return [round(models[one.paper].probability(one.features), DIGITS) for one in found]


def written(model: Model) -> str:
    """The file of weights, a weight a line."""
    about = "Log-odds that a record with a feature has a right key, made by models/build_confidence.py; do not edit."
    return (
        json.dumps({"about": about, "intercept": model.intercept, "weights": dict(sorted(model.weights.items()))}, indent=1, ensure_ascii=False)
        + "\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the sources and the papers lie")
    parser.add_argument("--to", type=Path, default=TARGET, help="the file that is written")
    said = parser.parse_args(arguments)
    found = list(examples(judged_papers(Pipeline(), said.shared)))
    if len({one.key for one in found}) < 2:
        print("not fitted: there are no right and wrong records to learn from", file=sys.stderr)
        return 1
    model = fit(found)
    said.to.write_text(written(model), encoding="utf-8")
    print(f"{said.to.name}: {len(model.weights)} weights from {len(found)} records of {len({one.paper for one in found})} papers")
    return 0


if __name__ == "__main__":
    sys.exit(main())
