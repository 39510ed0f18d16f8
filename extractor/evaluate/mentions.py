"""Entity mentions: strict, by overlap, and whether their norm is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from extractor.evaluate.counts import Accuracy, Counts
from extractor.evaluate.equality import normal
from extractor.records import EntityMention, Frozen

# The labels that gold holds; other mentions of the extractor are not scored.
LABELS = ("DRUG", "TRIAL", "ENDPOINT")


class MentionVerdict(str, Enum):
    """What became of a mention."""

    EXACT = "exact"
    OVERLAP = "overlap"
    MISSED = "missed"
    SPURIOUS = "spurious"


class JudgedMention(Frozen):
    """A pair of mentions of one label (`exact`: the same span; `overlap`: a shared character), or a mention that stands alone."""

    verdict: MentionVerdict
    gold: EntityMention | None
    predicted: EntityMention | None

    @property
    def shown(self) -> EntityMention:
        """The gold mention where there is one, else the predicted one.

        Raises:
            ValueError: when there is neither.
        """
        mention = self.gold or self.predicted
        if mention is None:
            raise ValueError("a verdict is about a mention")
        return mention


def _distinct(mentions: Iterable[EntityMention]) -> dict[tuple[int, int], EntityMention]:
    """Mentions of one document and label by span; a span counts once, with the first of its norms in alphabetical order."""
    found: dict[tuple[int, int], EntityMention] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end, m.norm or "", m.text)):
        found.setdefault((mention.start, mention.end), mention)
    return found


def _overlapping(gold: Sequence[EntityMention], predicted: Sequence[EntityMention]) -> Iterator[tuple[int, int]]:
    """As many disjoint pairs that share a character as there can be. Spans are half-open: adjacent mentions share none."""
    starts, ends = (np.array([getattr(m, name) for m in gold]).reshape(-1, 1) for name in ("start", "end"))
    other_starts, other_ends = (np.array([getattr(m, name) for m in predicted]).reshape(1, -1) for name in ("start", "end"))
    shared = (starts < other_ends) & (other_starts < ends)
    for i, j in zip(*linear_sum_assignment(shared, maximize=True), strict=True):
        if shared[i, j]:
            yield int(i), int(j)


def _judged(gold: Iterable[EntityMention], predicted: Iterable[EntityMention]) -> Iterator[JudgedMention]:
    want, got = _distinct(gold), _distinct(predicted)
    for span in want.keys() & got.keys():
        yield JudgedMention(verdict=MentionVerdict.EXACT, gold=want[span], predicted=got[span])
    missing = [mention for span, mention in want.items() if span not in got]
    extra = [mention for span, mention in got.items() if span not in want]
    pairs = dict(_overlapping(missing, extra))
    for i, mention in enumerate(missing):
        other = extra[pairs[i]] if i in pairs else None
        yield JudgedMention(verdict=MentionVerdict.MISSED if other is None else MentionVerdict.OVERLAP, gold=mention, predicted=other)
    for j in sorted(set(range(len(extra))) - set(pairs.values())):
        yield JudgedMention(verdict=MentionVerdict.SPURIOUS, gold=None, predicted=extra[j])


def judge_mentions(gold: Iterable[EntityMention], predicted: Iterable[EntityMention]) -> tuple[JudgedMention, ...]:
    """Every mention of both sides in exactly one verdict, by document and place.

    Mentions pair within a document and label, one to one: equal spans first, then as many overlapping ones as possible among what is left. The
    verdicts do not depend on the order in which mentions are given; that the number of pairs is greatest holds for what exact pairs leave.
    """
    sides: dict[tuple[str, str], tuple[list[EntityMention], list[EntityMention]]] = {}
    for side, mentions in enumerate((gold, predicted)):
        for mention in mentions:
            if mention.label in LABELS:
                sides.setdefault((mention.doc, mention.label), ([], []))[side].append(mention)
    judged = [one for both in sides.values() for one in _judged(*both)]
    return tuple(sorted(judged, key=lambda j: (j.shown.doc, j.shown.start, j.shown.end, j.shown.label, j.gold is None)))


def counted_mentions(judged: Iterable[JudgedMention], *, overlap: bool) -> Counts:
    """The counts of mentions: pairs of equal spans, or with `overlap` of all that share a character."""
    right = {MentionVerdict.EXACT, MentionVerdict.OVERLAP} if overlap else {MentionVerdict.EXACT}
    counts = Counts()
    for one in judged:
        hit, gold, predicted = int(one.verdict in right), int(one.gold is not None), int(one.predicted is not None)
        counts += Counts(found=hit, gold=gold, correct=hit, predicted=predicted)
    return counts


def norm_accuracy(judged: Iterable[JudgedMention]) -> Accuracy:
    """How often the norm agrees over mentions found exactly, as strings after normalization; no synonym is taken for a norm."""
    found = Accuracy()
    for one in judged:
        if one.verdict is MentionVerdict.EXACT and one.gold is not None and one.predicted is not None:
            said, answered = (None if m.norm is None else normal(m.norm) for m in (one.gold, one.predicted))
            right, stated = int(said == answered), int(said is not None or answered is not None)
            found += Accuracy(right, 1, right * stated, stated)
    return found
