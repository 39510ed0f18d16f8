"""How far a score would move had other documents, or other facts, been drawn: percentile bootstrap."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractor.evaluate.counts import Level
from extractor.evaluate.matching import Verdict

_VERDICTS = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The 2.5th and the 97.5th percentile of F1 over resamples."""

    low: float
    high: float


def tallies(judged: Iterable[tuple[str, Verdict]], documents: Collection[str]) -> npt.NDArray[np.int64]:
    """How often each verdict was given in each document; `judged` gives the document of each verdict.

    Returns:
        Shape (documents in alphabetical order, verdicts in the order of `Verdict`).
    """
    rows = {doc: i for i, doc in enumerate(sorted(documents))}
    found = np.zeros((len(rows), len(_VERDICTS)), dtype=np.int64)
    for doc, verdict in judged:
        found[rows[doc], _VERDICTS.index(verdict)] += 1
    return found


def _f1(drawn: npt.NDArray[np.int64], level: Level) -> npt.NDArray[np.float64]:
    """F1 of each row of verdict counts; rows with nothing to score are left out. A pair stands for a gold and a predicted fact."""
    right = drawn @ np.array([level.reached(verdict) for verdict in _VERDICTS], dtype=np.int64)
    sides = drawn @ np.array([1 if verdict in (Verdict.MISSED, Verdict.SPURIOUS) else 2 for verdict in _VERDICTS], dtype=np.int64)
    scored = sides > 0
    return np.asarray(2 * right[scored] / sides[scored], dtype=np.float64)


def _bounds(drawn: npt.NDArray[np.int64]) -> dict[Level, Bounds | None]:
    found: dict[Level, Bounds | None] = {}
    for level in Level:
        f1 = _f1(drawn, level)
        low, high = np.percentile(f1, (2.5, 97.5)) if f1.size else (np.nan, np.nan)
        found[level] = Bounds(float(low), float(high)) if f1.size else None
    return found


def _resampled(counts: npt.NDArray[np.int64], *, resamples: int, seed: int) -> npt.NDArray[np.int64]:
    """How often each unit is drawn when as many are drawn as there are, with replacement.

    `counts` says how many alike units each class holds: drawing facts one by one is drawing verdicts in proportion to their counts.
    """
    total = int(counts.sum())
    return np.random.default_rng(seed).multinomial(total, counts / total, size=resamples)


def over_documents(tally: npt.NDArray[np.int64], *, resamples: int, seed: int) -> Mapping[Level, Bounds | None]:
    """The 95 % interval of F1 when documents are drawn anew; None at every level for fewer than two documents, which say nothing of others."""
    if len(tally) < 2 or not resamples:
        return dict.fromkeys(Level)
    return _bounds(_resampled(np.ones(len(tally), dtype=np.int64), resamples=resamples, seed=seed) @ tally)


def over_facts(tally: npt.NDArray[np.int64], *, resamples: int, seed: int) -> Mapping[Level, Bounds | None]:
    """The 95 % interval of F1 when facts are drawn anew. A unit is a verdict: a pair, a missed or a spurious fact. None for fewer than two."""
    verdicts = tally.sum(axis=0)
    if verdicts.sum() < 2 or not resamples:
        return dict.fromkeys(Level)
    return _bounds(_resampled(verdicts, resamples=resamples, seed=seed))
