"""The mean of several trained pipelines' weights.

    python -m models.average OUT MODEL MODEL [MODEL...]

The models must come from one another's weights by further training. Their mean keeps what each learned without a further pass over the data
(Wortsman et al. 2022, "Model soups", ICML).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import Model

PIPES = ("tok2vec", "tagger", "parser")


def main() -> None:
    """Read the models, write their mean."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("models", nargs="+", type=Path)
    given = parser.parse_args()
    mean([spacy.load(path) for path in given.models]).to_disk(given.out)


def mean(pipelines: list[Language]) -> Language:
    """The first pipeline with the mean of all their weights.

    Raises:
        ValueError: when they do not have the same labels in the same order, or weights of other shapes.
    """
    first = pipelines[0]
    for pipe in PIPES:
        for other in pipelines[1:]:
            if pipe != "tok2vec" and first.get_pipe(pipe).label_data != other.get_pipe(pipe).label_data:  # type: ignore[attr-defined]
                raise ValueError(f"expected the same labels of {pipe} in all models, found others")
        _average([pipeline.get_pipe(pipe).model for pipeline in pipelines])  # type: ignore[attr-defined]
    return first


def _average(models: list[Model[object, object]]) -> None:
    for nodes in zip(*(list(model.walk()) for model in models), strict=True):
        for name in nodes[0].param_names:
            if nodes[0].has_param(name):
                nodes[0].set_param(name, sum(node.get_param(name) for node in nodes) / len(nodes))


if __name__ == "__main__":
    main()
