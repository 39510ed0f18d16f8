"""How is an arm wrong? Of the pairs that agree in their core, what stands in place of the arm: totals that may be shown of papers nobody may read."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.evaluate.equality import Arm, slots
from extractor.evaluate.matching import Judged
from extractor.records import Frozen

WAYS: tuple[str, ...] = (
    "nothing for an arm",
    "nothing for all",
    "all for an arm",
    "an arm for all",
    "an arm for nothing",
    "all for nothing",
    "baseline for an arm",
    "an arm for baseline",
    "another arm of the paper",
    "fewer components",
    "more components",
    "some components",
    "another setting",
    "another name",
)
"""What was read, for what stands in gold. An arm is of the paper when gold gives it to another fact of that document."""


class Wrong(Frozen):
    """How often an arm is wrong in one way.

    Attributes:
        pairs: pairs of one core in which it is.
        readings: how many different mistakes these are: one arm of one document taken for one other arm is one, however many values it has.
    """

    pairs: int
    readings: int


_NO_ARM = frozenset({"all", "baseline"})


def arm_errors(judged: Iterable[Judged]) -> dict[str, Wrong]:
    """How often an arm is wrong in each way, in the order of `WAYS`; ways that no pair of one core has are left out."""
    every = tuple(judged)
    of_paper: dict[str, set[Arm]] = {}
    for one in every:
        if one.gold is not None and isinstance(arm := slots(one.gold.fact)["arm"], Arm):
            of_paper.setdefault(one.doc, set()).add(arm)
    pairs = [
        (one.doc, slots(one.gold.fact)["arm"], slots(one.predicted.fact)["arm"]) for one in every if "arm" in one.wrong and one.gold and one.predicted
    ]
    found: dict[str, list[tuple[str, object, object]]] = {}
    for doc, meant, read in pairs:
        found.setdefault(_way(meant, read, of_paper.get(doc, set())), []).append((doc, meant, read))
    return {way: Wrong(pairs=len(found[way]), readings=len(set(found[way]))) for way in WAYS if way in found}


def _way(meant: object, read: object, of_paper: Iterable[Arm]) -> str:
    kinds = _kind(read), _kind(meant)
    if kinds != ("an arm", "an arm") or not isinstance(meant, Arm) or not isinstance(read, Arm):
        told = f"{kinds[0]} for {kinds[1]}"
        return told if told in WAYS else "another name"
    if read.components == meant.components:
        return "another setting"
    if any(read.agrees(other) for other in of_paper):
        return "another arm of the paper"
    if read.components < meant.components:
        return "fewer components"
    if read.components > meant.components:
        return "more components"
    return "some components" if read.components & meant.components else "another name"


def _kind(arm: object) -> str:
    if not isinstance(arm, Arm):
        return "nothing"
    return next(iter(arm.components)) if len(arm.components) == 1 and arm.components <= _NO_ARM else "an arm"
