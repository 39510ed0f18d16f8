"""The size of an arm against what is printed of it: "9 (22.0%)" is of an arm of 41, and of none of 27."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations

from extractor.entities import Mention
from extractor.relations.findings import ArmOf
from extractor.relations.targets import Series
from extractor.relations.values import Kind, Value

Target = tuple[ArmOf | None, Mention | None, str]
_MOST_ARMS = 4


def by_sizes(text: str, series: Series, targets: Sequence[Target], force: Sequence[ArmOf], size_of: Callable[[str], int | None]) -> list[Target]:
    """The arms of counts with their shares as their sizes prove them, where what the words gave does not fit and one other order does.

    Args:
        text: the sentence.
        series: the values, in the order in which they stand.
        targets: for each value its arm, its population and the reading that gave them.
        force: the arms of the study that the sentence speaks of, for values whose arms the words leave open.
        size_of: the number of patients of an arm, None where the paper does not give it.
    """
    told = [arm for arm, _, _ in targets if arm is not None]
    arms = told if len(told) == len(targets) else list(force)
    known = {arm.norm: size for arm in arms if (size := size_of(arm.norm)) is not None}
    if not 2 <= len(targets) == len(arms) == len(known) <= _MOST_ARMS or len(set(known.values())) < len(known):
        return list(targets)
    if any(population is not None for _, population, _ in targets) or any(
        v.kind is not Kind.SHARE or not v.n or v.N is not None for v in series.values
    ):
        return list(targets)

    def fits(order: Sequence[ArmOf]) -> bool:
        return all(is_share_of(text, value, known[arm.norm]) for value, arm in zip(series.values, order, strict=True))

    if len(told) == len(targets) and fits(told):
        return list(targets)
    orders = [order for order in permutations(arms) if fits(order)]
    return [(arm, None, "arms-by-size") for arm in orders[0]] if len(orders) == 1 else list(targets)


def is_share_of(text: str, value: Value, size: int) -> bool:
    """Whether a count is the printed share of a number of patients, as far as the printed digits tell, rounded or cut off."""
    if value.n is None or value.value is None or value.n > size:
        return False
    printed = value.span.of(text).rstrip("% ")
    unit = 10.0 ** -len(printed.partition(".")[2])
    return -unit < 100 * value.n / size - value.value < unit if value.op is None else True
