"""The checks on figures: each on its own cases, the arithmetic of printed numbers, and papers against each other."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import exp, log
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from extractor.audit import CHECKS, Case, Check, Finding, Trials, audit, audit_across
from extractor.audit.counts import p_values
from extractor.audit.estimates import deviate, told_p, two_sided
from extractor.audit.findings import LEGIBLE, SURE, Paper
from extractor.audit.printed import between, counts_for, of_number, parse_all, parse_printed, rounded, share, totals_for
from extractor.audit.trials import registry_of
from extractor.confidence import shipped
from extractor.quantities import parse_number
from extractor.records import RECORD, Comparison, Measurement, record_id

Record = Measurement | Comparison
Slots = Mapping[str, Any]

CASES = [pytest.param(check, case, id=f"{check.name}-{i}") for check in CHECKS for i, case in enumerate(check.cases)]
HR: Slots = {"kind": "comparison", "measure": "HR", "arm": "zorafenib", "comparator": "placebo"}
MEDIAN: Slots = {"kind": "measurement", "statistic": "median", "unit": "month", "arm": "zorafenib"}

_EMPTY: Slots = {
    **{"doc": "paper", "study": "this study", "provenance": "own", "endpoint": "OS", "section": "results", "pattern": "sketch"},
    **dict.fromkeys("population arm statistic timepoint criterion event grade ci ci_level result".split()),
}


# --- records from a few slots, printed as a statement, so that spans and evidence are those of a text


def sketch(slots: Slots, *, at: int = 0) -> Record:
    """A record of slots as printed: `value`, `estimate` and the ends of `ci` in digits, `p` with its sign ("< 0.001"), `said` before it all.

    `names` are slots that a word of what is said stands for, `also_in` is another section that has the same statement.
    """
    given_slots = dict(slots)
    printed: dict[str, Any] = {name: given_slots.pop(name) for name in ("value", "estimate", "ci", "p", "said") if name in given_slots}
    text, spans = statement(printed, at)
    for slot, word in given_slots.pop("names", {}).items():
        spans[slot] = (at + text.index(word), at + text.index(word) + len(word))
    also_in = given_slots.pop("also_in", None)
    measured = given_slots["kind"] == "measurement"
    number = "value" if measured else "estimate"
    filled: dict[str, Any] = {
        **_EMPTY,
        **dict.fromkeys(("unit", "n", "N", "category") if measured else ("comparator", "factor", "measure", "model")),
        **{number: parse_number(printed[number]) if number in printed else None, f"{number}_text": printed.get(number), "spans": spans},
        **({"ci": [None if end is None else parse_number(end) for end in printed["ci"]], "ci_level": 95} if "ci" in printed else {}),
        **{"start": at, "end": at + len(text)},
    }
    if not measured:
        op, _, p = printed.get("p", "").partition(" ")
        filled["p"] = {"op": op, "value": parse_number(p)} if op else None
    filled |= given_slots
    places = [(at, filled["section"]), *([(at + 100_000, also_in)] if also_in else [])]
    filled["evidence"] = [{"start": start, "end": start + len(text), "text": text, "section": section} for start, section in places]
    filled["source"] = {"file": f"{filled['doc']}.txt", "sha256": "0", "text_sha256": filled["doc"], "format": "txt"}
    return RECORD.validate_python({**filled, "id": record_id(f"{filled['doc']} {at}", filled)})


def statement(printed: Slots, at: int) -> tuple[str, dict[str, tuple[int, int]]]:
    text, spans = printed.get("said", "It"), {}
    for name, lead, end in (("value", " was ", ""), ("estimate", " was ", ""), ("ci", " (95% CI ", ")"), ("p", " p ", "")):
        if name in printed:
            told = " to ".join(bound or "NA" for bound in printed[name]) if name == "ci" else printed[name]
            start = at + len(text) + len(lead)
            spans[name] = (start, start + len(told))
            text += lead + told + end
    return f"{text}.", spans


def sketches(*slots: Slots) -> list[Record]:
    return [sketch(row, at=200 * i) for i, row in enumerate(slots)]


def findings(check: str, *slots: Slots) -> list[Finding]:
    return [finding for finding in audit(sketches(*slots)) if finding.check == check]


def verdicts(check: str, *slots: Slots) -> list[str]:
    return [finding.verdict for finding in findings(check, *slots)]


# --- each check on its cases


@pytest.mark.parametrize(("check", "case"), CASES)
def test_check_judges_its_cases(check: Check, case: Case) -> None:
    found = [*check.run(Paper(sketches(*case.records)))]
    assert {finding.check for finding in found} <= {check.name}
    told = {finding.verdict for finding in found}
    assert next((verdict for verdict in ("fails", "perhaps misread", "cannot tell", "holds") if verdict in told), None) == case.verdict


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_has_a_case_that_fails_and_one_that_does_not(check: Check) -> None:
    told = {case.verdict for case in check.cases}
    assert "fails" in told
    assert told & {"holds", None}


def test_names_of_checks_stand_once() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)


# --- what keeps a check from accusing


UNSURE, ILLEGIBLE = shipped().least(SURE), shipped().least(LEGIBLE)


@pytest.mark.parametrize(("confidence", "verdict"), [(None, "fails"), (UNSURE, "fails"), (UNSURE - 0.01, "perhaps misread")])
def test_a_record_that_is_not_sure_accuses_nobody(confidence: float | None, verdict: str) -> None:
    arm: Slots = {"kind": "measurement", "statistic": "rate", "unit": "percent", "arm": "zorafenib", "confidence": confidence}
    told = findings("never-more-than", {**arm, "endpoint": "ORR", "value": "44%"}, {**arm, "endpoint": "DCR", "value": "40%"})
    assert [one.verdict for one in told] == [verdict]
    assert (told[0].reason is None) == (verdict == "fails")


def test_numbers_printed_together_need_less_confidence_than_arms() -> None:
    wrong = {**HR, "estimate": "0.46", "ci": ("0.51", "0.83")}
    assert ILLEGIBLE < UNSURE
    assert verdicts("estimate-in-interval", {**wrong, "confidence": ILLEGIBLE}) == ["fails"]
    assert verdicts("estimate-in-interval", {**wrong, "confidence": ILLEGIBLE - 0.01}) == ["perhaps misread"]


def test_a_number_between_estimate_and_interval_is_a_doubt() -> None:
    one = sketch({**HR, "estimate": "0.46", "ci": ("0.51", "0.83")})
    text = "It was 0.46 in 12 (95% CI 0.51 to 0.83)."
    moved = one.model_copy(
        update={
            "evidence": (one.evidence[0].model_copy(update={"text": text, "end": len(text)}),),
            "spans": {"estimate": (7, 11), "ci": (text.index("0.51"), text.index(")"))},
        }
    )
    assert [(f.verdict, f.reason) for f in audit([moved]) if f.check == "estimate-in-interval"] == [
        ("perhaps misread", "another number stands between them")
    ]


def test_p_value_of_another_hypothesis_is_not_held_against_the_estimate() -> None:
    told = {**HR, "estimate": "0.65", "ci": ("0.51", "0.83"), "p": "= 0.23"}
    assert verdicts("p-from-interval", told) == ["fails"]
    assert verdicts("p-from-interval", {**told, "said": "Interaction"}) == ["cannot tell"]
    assert verdicts("interval-and-p", {**told, "said": "In a test for trend it"}) == ["cannot tell"]


def test_one_sided_p_value_holds_where_the_statement_says_so() -> None:
    told = {**HR, "estimate": "0.67", "ci": ("0.48", "0.92"), "p": "= 0.0066"}
    assert verdicts("p-from-interval", told) == ["cannot tell"]
    assert verdicts("p-from-interval", {**told, "said": "In a one-sided test it"}) == ["holds"]


def test_only_half_a_two_sided_p_value_is_taken_for_one_sided() -> None:
    told = {**HR, "estimate": "0.67", "ci": ("0.48", "0.92")}
    reasons = [findings("p-from-interval", {**told, "p": p})[0].reason for p in ("= 0.0066", "= 0.003")]
    assert reasons == ["it is the p-value of a one-sided test", "a log-rank or likelihood-ratio test may give so much"]


def test_two_intervals_that_are_not_symmetric_accuse_nobody() -> None:
    odd, even = {**HR, "estimate": "0.69", "ci": ("0.51", "0.83")}, {**HR, "estimate": "0.65", "ci": ("0.51", "0.83")}
    assert verdicts("interval-symmetric", odd, *[even] * 8) == ["fails", *["holds"] * 8]
    assert verdicts("interval-symmetric", odd, *[even] * 7) == ["cannot tell", *["holds"] * 7]
    assert verdicts("interval-symmetric", odd, odd, *[even] * 20) == ["cannot tell", "cannot tell", *["holds"] * 20]
    assert verdicts("interval-symmetric", odd, *[{**even, "provenance": "cited"}] * 8)[0] == "cannot tell"


def test_count_of_another_arm_accuses_nobody() -> None:
    rate = {"kind": "measurement", "statistic": "rate", "unit": "percent", "endpoint": "DEATH"}
    own = [{**rate, "arm": "zorafenib", "arm_n": 548, "n": n, "value": f"{100 * n / 548:.1f}%"} for n in (179, 112, 204, 232)]
    told = findings("percent-of-count", {**rate, "arm": "zorafenib", "arm_n": 548, "n": 148, "value": "26.7%"}, *own)
    assert [one.verdict for one in told] == ["fails", *["holds"] * 4]
    placebo = {**rate, "arm": "placebo", "arm_n": 554, "n": 131, "value": "23.6%"}
    told = findings("percent-of-count", {**rate, "arm": "zorafenib", "arm_n": 548, "n": 148, "value": "26.7%"}, *own, placebo)
    assert (told[0].verdict, told[0].reason) == ("perhaps misread", "it is that of 148 of 554, as other counts of the paper are")


def test_level_of_an_interval_counts() -> None:
    told = {**HR, "estimate": "0.63", "ci": ("0.44", "0.91"), "p": "= 0.0012"}
    assert verdicts("p-from-interval", {**told, "ci_level": 99}) == ["holds"]
    assert verdicts("p-from-interval", told) == ["cannot tell"]


def test_interval_of_a_ratio_in_percent_is_no_interval_of_a_ratio() -> None:
    others = [{**HR, "estimate": "0.65", "ci": ("0.51", "0.83")}] * 9
    assert "fails" not in verdicts("interval-symmetric", {**HR, "measure": "OR", "estimate": "41.7", "ci": ("29.1", "55.1%")}, *others)


def test_share_of_a_time_to_event_is_of_no_count() -> None:
    rate = {"kind": "measurement", "statistic": "rate", "unit": "percent", "n": 12, "N": 66, "value": "21.0%", "said": "In 12 of 66 the rate"}
    assert verdicts("percent-of-count", {**rate, "endpoint": "ORR"}) == ["fails"]
    assert verdicts("percent-of-count", {**rate, "endpoint": "PFS"}) == []


def test_counts_of_evaluable_patients_are_not_those_of_the_arm() -> None:
    rate = {"kind": "measurement", "statistic": "rate", "unit": "percent", "endpoint": "ORR", "n": 12, "arm_n": 50, "value": "26%"}
    assert verdicts("percent-of-count", {**rate, "said": "With zorafenib (n = 50) it"}) == ["fails"]
    assert verdicts("percent-of-count", {**rate, "said": "Of evaluable patients with zorafenib (n = 50) it"}) == ["cannot tell"]


def test_p_value_of_a_stratified_test_is_not_recomputed_from_counts() -> None:
    case = next(case for check in CHECKS if check.name == "p-from-counts" for case in check.cases if case.verdict == "fails")
    comparison, *rates = case.records
    assert verdicts("p-from-counts", {**comparison, "said": "In a stratified test it"}, *rates) == ["cannot tell"]


def test_table_with_one_p_value_for_all_grades_is_not_accused() -> None:
    case = next(case for check in CHECKS if check.name == "p-from-counts" for case in check.cases if case.verdict == "fails")
    table = [{**row, "section": "table", "endpoint": "AE", "event": "rash", "grade": "any"} for row in case.records]
    grades = [{**table[1], "grade": grade} for grade in ("1", "2")]
    assert verdicts("p-from-counts", *table) == ["fails"]
    assert verdicts("p-from-counts", *table, *grades) == ["cannot tell"]


def test_count_that_is_not_its_percentage_gives_no_p_value_unless_both_are_printed_together() -> None:
    case = next(case for check in CHECKS if check.name == "p-from-counts" for case in check.cases if case.verdict == "fails")
    comparison, arm, placebo = case.records
    assert verdicts("p-from-counts", comparison, {**arm, "value": "61.0%"}, placebo) == []
    beside = {**arm, "value": "61.0%", "said": f"In {arm['n']} of {arm['N']} the response rate"}
    assert verdicts("p-from-counts", comparison, beside, placebo) == ["fails"]


def test_responses_of_different_places_are_not_added() -> None:
    arm: Slots = {"kind": "measurement", "statistic": "rate", "unit": "percent", "arm": "zorafenib"}
    rows = [{**arm, "endpoint": endpoint, "value": value} for endpoint, value in (("CR", "4.0%"), ("PR", "20.0%"), ("ORR", "31.0%"))]
    assert verdicts("responses-add-up", *rows) == ["fails"]
    apart = [sketch(row, at=at) for row, at in zip(rows, (0, 200, 2000), strict=True)]
    assert [one.verdict for one in audit(apart) if one.check == "responses-add-up"] == []


def test_survivals_at_one_time_are_not_in_order() -> None:
    rate = {"kind": "measurement", "statistic": "rate", "unit": "percent", "arm": "zorafenib", "endpoint": "OS"}
    rows = [{**rate, "timepoint": when, "value": value} for when, value in (("12 month", "52%"), ("1 year", "61%"))]
    assert verdicts("survival-falls", *rows) == []


def test_ratio_above_one_goes_with_the_shorter_median() -> None:
    ratio: Slots = {**HR, "endpoint": "OS", "estimate": "1.60", "ci": ("1.25", "2.05"), "result": "1"}
    values = [{**MEDIAN, "result": "1", "arm": arm, "value": value} for arm, value in (("zorafenib", "9.3"), ("placebo", "3.9"))]
    assert verdicts("ratio-and-values", ratio, *values) == ["cannot tell"]
    said = {**ratio, "said": "OS was shorter with zorafenib", "direction": "favors_comparator"}
    assert verdicts("ratio-and-values", said, *values) == ["fails"]


def test_figures_that_share_only_a_p_value_contradict_each_other_where_they_are_near() -> None:
    def told(first: str, second: str) -> list[str]:
        rows = []
        for i, (value, section) in enumerate(((first, "abstract"), (second, "results"))):
            rows.append(sketch({**MEDIAN, "value": value, "section": section, "confidence": 0.9}, at=1000 * i))
        p = sketch({**HR, "measure": None, "p": "= 0.03"}, at=0)
        p = p.model_copy(update={"evidence": tuple(row.evidence[0] for row in rows)})
        return [one.verdict for one in audit([*rows, p]) if one.check == "tellings-agree"]

    assert told("12.4", "13.4") == ["fails"]
    assert told("12.4", "24.1") == ["cannot tell"]


def test_two_results_of_one_section_do_not_contradict_each_other() -> None:
    told = {**MEDIAN, "value": "12.4", "ci": ("9.0", "15.1")}
    assert verdicts("tellings-agree", told, {**told, "value": "14.2"}) == []
    assert verdicts("tellings-agree", {**told, "section": "abstract"}, {**told, "value": "14.2", "population": "stage IV"}) == []


# --- findings


def test_finding_names_the_characters_and_its_statement() -> None:
    one = sketch({**HR, "estimate": "0.46", "ci": ("0.51", "0.83")}, at=70)
    found = next(finding for finding in audit([one]) if finding.check == "estimate-in-interval")
    assert [between(one, *span) for span in found.spans] == ["0.46", "0.51 to 0.83"]
    assert found.evidence == one.evidence
    assert found.records == (one.id,)
    assert found.arithmetic == "0.46 is below its interval: 0.46 (95% CI 0.51 to 0.83)"


def test_on_a_record_what_is_left_open_is_undecided_with_its_reason() -> None:
    told = findings("p-from-interval", {**HR, "estimate": "0.67", "ci": ("0.48", "0.92"), "p": "= 0.0066"})[0].on_record()
    assert told.verdict == "undecided"
    assert told.arithmetic.endswith("(cannot tell: it is the p-value of a one-sided test)")


def test_order_of_records_changes_nothing_within_a_paper() -> None:
    rows = [row for check in CHECKS for case in check.cases for row in case.records]
    records = sketches(*rows)
    shuffled = records.copy()
    random.Random(7).shuffle(shuffled)
    assert [*audit(records)] == [*audit(shuffled)]


def test_papers_are_judged_apart() -> None:
    arm: Slots = {"kind": "measurement", "statistic": "rate", "unit": "percent", "arm": "zorafenib"}
    rows = [{**arm, "endpoint": "ORR", "value": "44%"}, {**arm, "endpoint": "DCR", "value": "40%", "doc": "other"}]
    assert verdicts("never-more-than", *rows) == []


# --- printed numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0·60", ["0.60/2"]),
        ("95% CI 0.50–0.75", ["95/0", "0.50/2", "0.75/2"]),
        ("1,204 ng/mL", ["1204/0"]),
        ("P = .904", ["0.904/3"]),
        ("P = 0,022", ["0.022/3"]),
        ("twelve", ["12/0"]),
        ("1.3 × 10-4", ["0.00013/5"]),
        ("none of it", ["0/0"]),
        ("nothing", []),
    ],
)
def test_printed_numbers_are_read_with_their_decimals(text: str, values: list[str]) -> None:
    assert [(one.value, one.places) for one in parse_all(text)] == [
        (Fraction(value.partition("/")[0]), int(value.partition("/")[2])) for value in values
    ]


def test_ranges_that_touch_meet() -> None:
    one, other = parse_printed("0.50").range, parse_printed("0.51").range
    assert one.meets(other)
    assert other.meets(one)
    assert not one.meets(parse_printed("0.52").range)


@given(number=st.decimals(min_value=0, max_value=1000, places=6), places=st.integers(0, 4))
def test_a_rounded_number_lies_within_what_its_print_can_have_been_rounded_from(number: Decimal, places: int) -> None:
    for mode in (ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN):
        printed = parse_printed(f"{number.quantize(Decimal(1).scaleb(-places), rounding=mode):f}")
        assert printed.range.low <= Fraction(number) <= printed.range.high
        assert printed.places == places


@given(number=st.decimals(min_value=0, max_value=1000, places=6), places=st.integers(0, 4))
def test_a_number_as_told_is_the_number_rounded(number: Decimal, places: int) -> None:
    assert rounded(Fraction(number), places) == f"{number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"


@given(number=st.decimals(min_value=0, max_value=1000, places=3))
def test_decimals_come_from_print_and_else_from_the_number(number: Decimal) -> None:
    assert of_number(float(number), f"it was {number:f} (95%").places == 3
    assert of_number(float(number)).range.low <= Fraction(number) <= of_number(float(number)).range.high
    assert of_number(float(number)).places <= 3


@given(total=st.integers(1, 400), places=st.integers(0, 2), data=st.data())
def test_every_share_of_patients_is_found_and_no_other(total: int, places: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, total))
    percent = parse_printed(rounded(share(n, total), places))
    assert n in counts_for(percent, total)
    assert all(abs(share(one, total) - percent.value) * 2 * 10**places <= 1 for one in counts_for(percent, total))
    assert all(abs(share(one, total) - percent.value) * 2 * 10**places > 1 for one in range(total + 1) if one not in counts_for(percent, total))
    assert total in totals_for(percent, total, n)


@given(n=st.integers(0, 60), total=st.integers(1, 60))
def test_a_share_cut_off_is_wrong_exactly_where_rounding_gives_another(n: int, total: int) -> None:
    cut = Decimal(100 * n) / Decimal(total)
    printed = parse_printed(f"{cut.quantize(Decimal('0.1'), rounding=ROUND_DOWN):f}")
    assume(n <= total)
    assert (n in counts_for(printed, total)) == (share(n, total) - printed.value <= Fraction(1, 20))


# --- estimates that a program would print


@given(
    estimate=st.floats(0.2, 4.0),
    error=st.floats(0.05, 0.6),
    places=st.integers(2, 3),
    p_places=st.integers(2, 4),
    level=st.sampled_from([90, 95, 99]),
)
def test_figures_of_one_model_hold_however_they_are_rounded(estimate: float, error: float, places: int, p_places: int, level: int) -> None:
    reach = stats.norm.ppf(0.5 + level / 200) * error
    p = float(2 * stats.norm.sf(abs(log(estimate)) / error))
    printed_p = f"< {10.0**-p_places:.{p_places}f}" if p < 10.0**-p_places else f"= {p:.{p_places}f}"
    low, high = (f"{estimate * exp(sign * reach):.{places}f}" for sign in (-1, 1))
    told = {**HR, "estimate": f"{estimate:.{places}f}", "ci": (low, high), "ci_level": level, "p": printed_p}
    for check in ("estimate-in-interval", "interval-symmetric", "p-from-interval", "interval-and-p"):
        assert set(verdicts(check, told)) <= {"holds"}, check


@given(estimate=st.floats(0.3, 3.0), error=st.floats(0.08, 0.4), shift=st.sampled_from([-0.25, 0.25]))
def test_an_estimate_off_its_place_is_not_in_the_middle(estimate: float, error: float, shift: float) -> None:
    low, high = (f"{estimate * exp(sign * 1.96 * error):.3f}" for sign in (-1, 1))
    told = {**HR, "estimate": f"{estimate * exp(shift * error):.3f}", "ci": (low, high)}
    assert verdicts("interval-symmetric", told) == ["cannot tell"]


@given(p=st.floats(1e-9, 1.0))
def test_deviate_and_p_value_undo_each_other(p: float) -> None:
    assert two_sided(deviate(p)) == pytest.approx(p, rel=1e-4, abs=1e-9)


@given(of_a=st.integers(1, 60), of_b=st.integers(1, 60), data=st.data())
def test_p_values_of_a_table_are_by_the_formula(of_a: int, of_b: int, data: st.DataObject) -> None:
    a, b = data.draw(st.integers(0, of_a)), data.draw(st.integers(0, of_b))
    found = p_values(a, of_a, b, of_b)
    every = {k: stats.hypergeom.pmf(k, of_a + of_b, a + b, of_a) for k in range(max(0, a + b - of_b), min(of_a, a + b) + 1)}
    assert found["Fisher's exact test"] == pytest.approx(min(1.0, sum(p for p in every.values() if p <= every[a] * (1 + 1e-7))), rel=1e-6)
    if 0 < a + b < of_a + of_b:
        pooled = (a + b) / (of_a + of_b)
        z = (a / of_a - b / of_b) / (pooled * (1 - pooled) * (1 / of_a + 1 / of_b)) ** 0.5
        assert found["chi-square"] == pytest.approx(two_sided(z), rel=1e-6)
        less = min(abs(a / of_a - b / of_b), 0.5 * (1 / of_a + 1 / of_b))
        corrected = (abs(a / of_a - b / of_b) - less) / (pooled * (1 - pooled) * (1 / of_a + 1 / of_b)) ** 0.5
        assert found["chi-square with continuity correction"] == pytest.approx(two_sided(corrected), rel=1e-6)


def test_range_of_p_values_is_told_once_where_both_ends_are_one() -> None:
    assert (told_p(0.0312, 0.0309), told_p(0.01, 0.02)) == ("0.031", "0.01 to 0.02")


# --- papers against each other


def cited(doc: str, value: str, arm: str = "zorafenib", **slots: Any) -> Slots:
    return {**MEDIAN, "provenance": "cited", "study": "RESORCE", "doc": doc, "arm": arm, "value": value, **slots}


def agreed(*slots: Slots) -> list[tuple[str, str]]:
    return [(one.about["arm"], one.verdict) for one in audit_across(sketches(*slots))]


def test_papers_that_tell_a_trial_otherwise_contradict_each_other() -> None:
    assert agreed(cited("a", "10.6"), cited("b", "10.9")) == [("zorafenib", "fails")]
    assert agreed(cited("a", "10.6"), cited("b", "11")) == [("zorafenib", "holds")]
    assert agreed(cited("a", "10.6"), cited("a", "10.9")) == []


def test_both_statements_are_told() -> None:
    told = next(audit_across(sketches(cited("a", "10.6"), cited("b", "10.9")))).told
    assert [(one.doc, one.printed, one.evidence.text) for one in told] == [("a", "10.6", "It was 10.6."), ("b", "10.9", "It was 10.9.")]


def test_other_population_arm_time_or_criterion_is_another_result() -> None:
    for slots in ({"population": "stage IV"}, {"timepoint": "1 year"}, {"endpoint": "PFS"}, {"study": "REFLECT"}, {"unit": "week"}):
        assert agreed(cited("a", "10.6"), cited("b", "10.9", **slots)) == []
    assert agreed(cited("a", "10.6", criterion="mRECIST"), cited("b", "10.9", criterion="RECIST 1.1")) == [("zorafenib", "holds")]


def test_arms_are_one_by_what_they_are_made_of() -> None:
    assert agreed(cited("a", "10.6", "cisplatin + 5-FU"), cited("b", "10.9", "fluorouracil + cisplatin")) == [("cisplatin + 5-FU", "fails")]


def test_doubtful_reading_contradicts_nobody_unless_the_other_arm_agrees() -> None:
    unsure: Slots = {"confidence": (ILLEGIBLE + UNSURE) / 2, "result": "1"}
    assert agreed(cited("a", "10.6", **unsure), cited("b", "10.9")) == [("zorafenib", "perhaps misread")]
    other = [cited("a", "7.8", "placebo", result="1"), cited("b", "7.8", "placebo", result="2")]
    assert ("zorafenib", "fails") in agreed(cited("a", "10.6", **unsure), cited("b", "10.9", result="2"), *other)


def test_paper_with_two_figures_of_its_own_is_left_open() -> None:
    assert agreed(cited("a", "10.6"), cited("a", "12.0"), cited("b", "10.9")) == [("zorafenib", "cannot tell")]


# --- trials


def trial_ids(*slots: Slots) -> list[str | None]:
    records = sketches(*slots)
    trials = Trials(records)
    return [trials.id_of(record) for record in records]


def test_spellings_and_variants_of_a_name_are_one_trial() -> None:
    assert trial_ids(cited("a", "1", study="IMbrave 150"), cited("b", "1", study="IMBRAVE150")) == ["IMbrave150", "IMbrave150"]
    assert trial_ids(cited("a", "1", study="SALSA"), cited("b", "1", study="ABCSG-16")) == ["ABCSG-16", "ABCSG-16"]
    assert trial_ids(cited("a", "1", study="KEYNOTE-24"), cited("b", "1", study="KEYNOTE-240")) == ["KEYNOTE-24", "KEYNOTE-240"]


def test_registry_number_joins_names_and_papers_own_results() -> None:
    number = "NCT01234567"
    named = cited("a", "1", study="ZORA-1", registry_id=number)
    assert trial_ids(named, cited("b", "1", study="ZORA 1"), {**MEDIAN, "doc": "c", "value": "1", "registry_id": number}) == [number] * 3
    assert trial_ids(named, cited("b", "1", study=number)) == [number] * 2


def test_name_with_two_numbers_of_one_registry_joins_none() -> None:
    rows = [cited(doc, "1", study="ZORA-1", registry_id=number) for doc, number in (("a", "NCT01234567"), ("b", "NCT07654321"))]
    assert trial_ids(*rows, cited("c", "1", study="NCT01234567")) == ["ZORA-1", "ZORA-1", "NCT01234567"]
    assert (
        trial_ids(cited("a", "1", study="ZORA-1", registry_id="NCT01234567"), cited("b", "1", study="ZORA-1", registry_id="ISRCTN12345678"))
        == ["ISRCTN12345678"] * 2
    )


@pytest.mark.parametrize(
    ("number", "registry"), [("NCT01234567", "nct"), ("ISRCTN12345678", "isrctn"), ("2012-000123-45", "eudract"), ("ChiCTR-TRC-13003001", "chictr")]
)
def test_registry_is_told_by_its_letters(number: str, registry: str) -> None:
    assert registry_of(number) == registry


def test_own_results_and_authors_belong_to_their_papers() -> None:
    own = [{**MEDIAN, "doc": doc, "value": "1"} for doc in ("a", "b")]
    assert trial_ids(*own) == ["a", "b"]
    assert trial_ids(cited("a", "1", study="Doe et al."), cited("b", "1", study="Doe et al.")) == ["Doe et al. (a)", "Doe et al. (b)"]
    marked = [cited(doc, "1", study="Doe et al.", citations=[{"marker": "1", "doi": "10.1/x"}]) for doc in ("a", "b")]
    assert trial_ids(*marked) == ["Doe et al. (10.1/x)"] * 2


def test_pooled_trials_have_both_ids_in_order() -> None:
    assert trial_ids(cited("a", "1", study="REFLECT + IMbrave 150")) == ["IMbrave150 + REFLECT"]


def test_name_of_several_trials_is_told_apart_by_what_was_given() -> None:
    given_drug = [{"name": name, "kind": "drug"} for name in ("ramucirumab", "imatinib")]
    rows = [cited(doc, "1", study="REACH", arm_components=[given_drug[i]]) for doc, i in (("a", 0), ("b", 1), ("c", 0))]
    assert trial_ids(*rows) == ["REACH (ramucirumab)", "REACH (imatinib)", "REACH (ramucirumab)"]
    assert trial_ids(cited("a", "1", study="REACH")) == ["REACH (a)"]


def test_groups_do_not_depend_on_the_order_of_records() -> None:
    rows = [
        *(
            cited(doc, "1", study=name)
            for doc, name in (("a", "IMbrave 150"), ("b", "IMbrave150"), ("c", "ZORA-1"), ("d", "zora 1"), ("e", "Zora-1"))
        ),
        cited("f", "1", study="ZORA1", registry_id="NCT01234567"),
    ]
    records = sketches(*rows)
    assert Trials(records).groups() == Trials(records[::-1]).groups()
    assert [(group.id, group.docs) for group in Trials(records).groups()] == [("IMbrave150", ("a", "b")), ("NCT01234567", ("c", "d", "e", "f"))]
