"""Fit what says how sure a record is: how `extractor/confidence.json` is made.

    python -m models.build_confidence [--shared DIR]

Input: the records of the papers with gold, held-out papers left out, each with whether its core and key are right (`benchmarks.judged`: five
sources, twelve tuning papers from `.nxml` and `.txt`, and the papers of `gold/further`). Output: the weight of each feature of `extractor.confidence`
in a logistic regression on the key (scikit-learn, newton-cholesky, so the same records give the same weights), rounded. A key is right only where
its core is: one probability serves both.

A confidence is for a paper that nobody looked at while rules were written. In papers that were looked at more records are right; that they were is
one more feature while weights are learned, so that it takes up the difference, and has no weight afterwards. They count less besides, and no paper
counts for more than so many records of its text or its tables.

`python -m benchmarks.confidence` measures it: each paper with weights learned from the others.
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.judged import ROOT, SHARED, Paper, further_papers, judged_papers
from extractor.confidence import DIGITS, Model, features
from extractor.pipeline import Pipeline

TARGET = ROOT / "extractor" / "confidence.json"
STRENGTH = 0.03
"""Inverse of the penalty on large weights: among 0.01, 0.03 and 0.1 the one with the least log loss on the text of unseen papers left out."""
DECIMALS = 3
LOOKED_AT = "rules were written with the paper in view"
WEIGHT_LOOKED_AT = 0.3
"""What a record of such a paper counts: among 0.1, 0.3 and 1, as above."""
FOLDS = 20
MOST = 60
"""Records of the text, or of the tables, of one paper that count whole; of more, all count as much as so many."""


@dataclass(frozen=True, slots=True)
class Example:
    """A judged record: the paper that it is of, its features, and what of it is right."""

    paper: str
    tuning: bool
    section: str
    features: frozenset[str]
    core: bool
    key: bool
    unseen: bool = False


def examples(papers: Iterable[Paper]) -> Iterator[Example]:
    """The judged records of papers. Both formats of a paper have its name."""
    for paper in papers:
        read = paper.extraction
        told = dict(zip((record.id for record in read.records), features(read.records, read.unattached, read.kind), strict=True))
        for one in paper.judged:
            yield Example(paper.name, paper.tuning, one.record.section, told[one.record.id], one.core, one.key, paper.unseen)


def all_papers(pipeline: Pipeline, shared: Path) -> Iterator[Paper]:
    """The papers that confidence is learned from and measured on."""
    yield from judged_papers(pipeline, shared)
    yield from further_papers(pipeline, shared)


def fit(found: Sequence[Example]) -> Model:
    """The weights that examples give, for a paper that nobody looked at."""
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([dict.fromkeys((*sorted(one.features), *(() if one.unseen else (LOOKED_AT,))), 1) for one in found])
    regression = LogisticRegression(C=STRENGTH, solver="newton-cholesky").fit(
        rows.toarray(), [one.key for one in found], sample_weight=_counted(found)
    )
    named = zip(vectorizer.feature_names_, regression.coef_[0], strict=True)
    weights = {str(name): round(float(weight), DECIMALS) for name, weight in named if name != LOOKED_AT}
    model = Model(round(float(regression.intercept_[0]), DECIMALS), {name: weight for name, weight in weights.items() if weight})
    return replace(model, ranks=_ranks(model, [one for one in found if one.unseen] or found))


def _ranks(model: Model, found: Sequence[Example]) -> tuple[float, ...]:
    """The confidences that divide the examples into hundredths, each counted as while weights are learned."""
    rated = sorted(zip((model.probability(one.features) for one in found), _counted(found), strict=True))
    reached = [*accumulate(counts for _, counts in rated)]
    places = (bisect_left(reached, reached[-1] * percent / 100) for percent in range(101))
    return tuple(round(rated[min(place, len(rated) - 1)][0], DECIMALS) for place in places)


def _counted(found: Sequence[Example]) -> list[float]:
    """What each example counts."""
    place = [(one.paper, one.section == "table") for one in found]
    sizes = Counter(place)
    return [min(1, MOST / sizes[here]) * (1 if one.unseen else WEIGHT_LOOKED_AT) for one, here in zip(found, place, strict=True)]


def left_out(found: Sequence[Example]) -> list[float]:
    """The confidence of each example under weights that were learned without its paper; papers are left out a few at a time."""
    papers = sorted({one.paper for one in found})
    models: dict[str, Model] = {}
    for first in range(min(FOLDS, len(papers))):
        out = set(papers[first::FOLDS])
        models |= dict.fromkeys(out, fit([one for one in found if one.paper not in out]))
    return [round(models[one.paper].probability(one.features), DIGITS) for one in found]


def written(model: Model) -> str:
    """The file of weights, a weight a line."""
    about = "Log-odds that a record with a feature has a right key, made by models/build_confidence.py; do not edit."
    return (
        json.dumps(
            {"about": about, "intercept": model.intercept, "ranks": " ".join(map(str, model.ranks)), "weights": dict(sorted(model.weights.items()))},
            indent=1,
            ensure_ascii=False,
        )
        + "\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the sources and the papers lie")
    parser.add_argument("--to", type=Path, default=TARGET, help="the file that is written")
    said = parser.parse_args(arguments)
    found = list(examples(all_papers(Pipeline(), said.shared)))
    if len({one.key for one in found}) < 2:
        print("not fitted: there are no right and wrong records to learn from", file=sys.stderr)
        return 1
    model = fit(found)
    said.to.write_text(written(model), encoding="utf-8")
    print(f"{said.to.name}: {len(model.weights)} weights from {len(found)} records of {len({one.paper for one in found})} papers")
    return 0


if __name__ == "__main__":
    sys.exit(main())
