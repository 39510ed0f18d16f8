"""How an arm is wrong, a pair for each way."""

from __future__ import annotations

import pytest

from extractor.evaluate import Annotations, Entry, arm_line, score
from extractor.evaluate.arm_errors import WAYS
from extractor.records import MeasurementFact


def told(arm: str | None, value: float) -> Entry:
    said = dict.fromkeys(MeasurementFact.model_fields) | {
        "kind": "measurement", "doc": "d", "provenance": "own", "endpoint": "OS", "statistic": "median", "value": value, "unit": "month", "arm": arm,
    }  # fmt: skip
    return Entry(fact=MeasurementFact.model_validate(said))


def errors(*pairs: tuple[str | None, str | None]) -> dict[str, int]:
    """The arms of gold and what was read for each, every pair with a value of its own."""
    gold, read = ([told(pair[side], value) for value, pair in enumerate(pairs)] for side in (0, 1))
    found = score(Annotations(facts=tuple(gold)), Annotations(facts=tuple(read)), resamples=0).arm_errors
    return {way: wrong.pairs for way, wrong in found.items()}


@pytest.mark.parametrize(
    ("meant", "read", "way"),
    [
        ("sorafenib", None, "nothing for an arm"),
        ("all", None, "nothing for all"),
        ("sorafenib", "all", "all for an arm"),
        ("all", "sorafenib", "an arm for all"),
        (None, "sorafenib", "an arm for nothing"),
        (None, "all", "all for nothing"),
        ("sorafenib", "baseline", "baseline for an arm"),
        ("baseline", "sorafenib", "an arm for baseline"),
        ("sorafenib + erlotinib", "sorafenib", "fewer components"),
        ("sorafenib", "sorafenib + erlotinib", "more components"),
        ("sorafenib + erlotinib", "sorafenib + placebo", "some components"),
        ("sorafenib (first-line)", "sorafenib (second-line)", "another setting"),
        ("sorafenib", "placebo", "another name"),
        ("all", "baseline", "another name"),
    ],
)
def test_each_way_has_its_name(meant: str | None, read: str | None, way: str) -> None:
    assert errors((meant, read)) == {way: 1}


def test_an_arm_that_gold_gives_to_another_value_is_of_the_paper() -> None:
    assert errors(("sorafenib + erlotinib", "sorafenib"), ("sorafenib", "sorafenib")) == {"another arm of the paper": 1}


def test_right_arms_are_no_errors_and_ways_stand_in_their_order() -> None:
    found = errors(("placebo", "sunitinib"), ("sorafenib", "sorafenib"), ("all", None), ("sorafenib", None))
    assert list(found) == [way for way in WAYS if way in found] == ["nothing for an arm", "nothing for all", "another name"]


def test_one_mistake_that_many_values_share_is_one_reading() -> None:
    gold = [told("all", 1), told("sorafenib", 2), told("sorafenib", 3), told("sunitinib", 4)]
    read = [told(None, 1), told("erlotinib", 2), told("erlotinib", 3), told("erlotinib", 4)]
    result = score(Annotations(facts=tuple(gold)), Annotations(facts=tuple(read)), resamples=0)
    assert arm_line(result) == "nothing for all 1 (1 reading), another name 3 (2 readings)" == arm_line(result.totals())
