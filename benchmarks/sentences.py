"""Arm and measure linked in single sentences of trials in other diseases (RCT-ART).

    python -m benchmarks.sentences [--sentences DIR] [--missed]

Each sentence is read alone, as a paper of one sentence. Its annotation marks outcomes (OC), arms (INTV) and measures (MEAS), and links them. A row is
one measure with the outcome and the arm that it is linked to; a count and its share, printed as one ("12 (34%)"), are one measure. A row is scored
where its outcome has a code: where the lexicons find an endpoint in it, or an adverse event told as a share or a count ("a weight gain of 2 kg"
and the irritability of a score are none). The sentences are of autism, diabetes and heart disease, so that few outcomes have one.

A record answers a row whose measure holds the record's value, whose outcome has its code and touches its endpoint or event, and whose arm touches its
arm (a row without an arm: the record names none there). Pairs are made one to one. A record that answers no row is a false positive, a row that
nothing answers a miss; so a value under the wrong arm is both.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from extractor.evaluate import Counts, table
from extractor.evaluate.equality import NOT_SCORED
from extractor.evaluate.report import percent
from extractor.evaluate.results import RESAMPLES, SEED
from extractor.pipeline import Pipeline
from extractor.records import Measurement, Unattached

SENTENCES = Path(__file__).resolve().parents[2] / "shared" / "tables-from-sentences"
PEER = 0.53
"""F1 of a BioBERT system on its own test sentences, all diseases, rescored one to one with a wrong row as a false positive and a miss."""

OUTCOME = "OC_RES"
_CODED = ("ENDPOINT", "ADVERSE_EVENT")

Span = tuple[int, int]

# The sentences come as tokens joined by blanks; a paper prints no blank there.
_LOOSE = re.compile(r" (?=[,.;:%)\]](?:\s|$))|(?<=[(\[]) | (?=[,.;:]\s)|(?<=\d) (?=%)")


@dataclass(frozen=True, slots=True)
class Row:
    """A measure with the outcome and the arm that it is linked to, as spans of the sentence; `codes` are those of the outcome."""

    measure: Span
    outcome: Span
    arm: Span | None
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as it would be printed, the rows annotated in it, and what was read in it."""

    text: str
    rows: tuple[Row, ...]
    records: tuple[Measurement, ...]
    unattached: tuple[Unattached, ...] = ()


def printed(text: str) -> tuple[str, list[int]]:
    """A sentence without the blanks between its tokens that a paper does not print, and where each of its characters went.

    >>> text, places = printed("died ( 4 % ) , not 5")
    >>> text, text[places[7] :][:2]
    ('died (4%), not 5', '4%')
    """
    loose = {match.start() for match in _LOOSE.finditer(text)}
    kept = [i for i in range(len(text)) if i not in loose]
    places, gone = [], 0
    for i in range(len(text) + 1):
        places.append(i - gone)
        gone += i in loose
    return "".join(text[i] for i in kept), places


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _links(line: Mapping[str, Any], places: Sequence[int]) -> list[tuple[str, Span, Span]]:
    """The links of a sentence, head and child placed in the text as printed."""
    return [(r["label"], (places[r["head"][0]], places[r["head"][1]]), (places[r["child"][0]], places[r["child"][1]])) for r in line["relations"]]


_TOGETHER = re.compile(r"\s?(?:patients?|deaths?|cases?)?\s?[(\[,]\s?")
_SHARE_OR_COUNT = re.compile(r"%|percent|^\W*\d+\W*$|\bof\b|\d/\d|^[A-Za-z -]+$|patients|cases|\bn\s?=", re.IGNORECASE)
_SCORE = re.compile(r"\b(?:scores?|scales?|sub-?scales?|ind(?:ex|ices)|ratings?|improve\w*)\b", re.IGNORECASE)


def _rows(text: str, links: Sequence[tuple[str, Span, Span]], coded: Sequence[tuple[str, Span]]) -> tuple[Row, ...]:
    arms = {child: head for label, head, child in links if label != OUTCOME}
    found: list[Row] = []
    for measure, outcome in sorted({(child, head) for label, head, child in links if label == OUTCOME}):
        arm = arms.get(measure)
        known = next(
            (row for row in found if (row.outcome, row.arm) == (outcome, arm) and _TOGETHER.fullmatch(text[row.measure[1] : measure[0]])), None
        )
        if known is not None:
            found.remove(known)
        whole = (known.measure[0], measure[1]) if known is not None else measure
        codes = {code for code, span in coded if _touch(span, outcome)}
        if _SCORE.search(text[slice(*outcome)]) or not _SHARE_OR_COUNT.search(text[slice(*whole)]):
            codes -= {"AE"}
        found.append(Row(whole, outcome, arm, frozenset(codes)))
    return tuple(found)


def read_sentence(line: Mapping[str, Any], pipeline: Pipeline) -> Read:
    """One line of the annotation, and what is read in its sentence.

    The code of an outcome is that of an endpoint or adverse event that the lexicons find in it.
    """
    text, places = printed(line["text"])
    extraction = pipeline.extract_text(text)
    coded = [("AE" if m.label == "ADVERSE_EVENT" else str(m.norm), (m.start, m.end)) for m in extraction.mentions if m.label in _CODED]
    links = _links(line, places)
    rows = _rows(text, links, [(code, span) for code, span in coded if code not in NOT_SCORED])
    records = (r for r in extraction.records if isinstance(r, Measurement) and r.endpoint not in NOT_SCORED)
    return Read(text, rows, tuple(records), extraction.unattached)


def _holds(row: Row, record: Measurement) -> bool:
    """Whether a record answers the measure and the outcome of a row; its arm aside."""
    value = record.spans.get("value") or record.spans.get("category")
    if value is None or not _touch(value, row.measure) or record.endpoint not in row.codes:
        return False
    named = [record.spans[name] for name in ("endpoint", "event") if name in record.spans]
    return not named or any(_touch(span, row.outcome) for span in named)


def _linked(row: Row, record: Measurement) -> bool:
    """Whether a record answers a whole row."""
    arm = record.spans.get("arm")
    return _holds(row, record) and (arm is None if row.arm is None else arm is not None and _touch(arm, row.arm))


def pairs(read: Read, answers: Callable[[Row, Measurement], bool] = _linked) -> list[tuple[Row, Measurement]]:
    """As many pairs of a row and a record that answers it as can be made, one to one."""
    rows = [row for row in read.rows if row.codes]
    fits = np.array([[answers(row, record) for record in read.records] for row in rows]).reshape(len(rows), len(read.records))
    return [(rows[i], read.records[j]) for i, j in zip(*linear_sum_assignment(fits, maximize=True), strict=True) if fits[i, j]]


def counts(reads: Iterable[Read], answers: Callable[[Row, Measurement], bool] = _linked) -> dict[str, Counts]:
    """Rows and records counted for each sentence, by its text. Every record counts, also in a sentence of which no outcome has a code."""
    found: dict[str, Counts] = {}
    for read in reads:
        hits = len(pairs(read, answers))
        found[read.text] = Counts(found=hits, gold=sum(bool(row.codes) for row in read.rows), correct=hits, predicted=len(read.records))
    return found


def why_missed(read: Read) -> Iterator[str]:
    """For each row that nothing answers why, as far as the output tells."""
    answered = [row for row, _ in pairs(read)]
    for row in read.rows:
        if not row.codes or row in answered:
            continue
        here = [r for r in read.records if _touch(r.spans.get("value", (0, 0)), row.measure)]
        left = [u.reason for u in read.unattached if _touch((u.start, u.end), row.measure)]
        if any(_holds(row, r) for r in here):
            held = next(r for r in here if _holds(row, r))
            yield "arm read where none is linked" if row.arm is None else "no arm read" if "arm" not in held.spans else "another arm"
        elif here:
            yield "another outcome"
        else:
            yield f"left over: {left[0]}" if left else "value not seen"


def read_all(folder: Path, pipeline: Pipeline) -> list[Read]:
    """Every sentence of a folder, in the order of its files."""
    files = sorted(folder.glob("*.jsonl"))
    return [read_sentence(json.loads(line), pipeline) for path in files for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _f1(found: Iterable[Counts]) -> tuple[Counts, tuple[float, float] | None]:
    """The sum of the counts, and the 95 % interval of its F1 over sentences drawn anew."""
    each = list(found)
    total = sum(each, Counts())
    tally = np.array([(one.found, one.gold, one.predicted) for one in each], dtype=np.int64).reshape(len(each), 3)
    if not total.gold + total.predicted:
        return total, None
    weights = np.random.default_rng(SEED).multinomial(len(each), np.full(len(each), 1 / len(each)), size=RESAMPLES)
    drawn = weights @ tally
    sides = drawn[:, 1] + drawn[:, 2]
    low, high = np.percentile(2 * drawn[sides > 0, 0] / sides[sides > 0], (2.5, 97.5))
    return total, (float(low), float(high))


def report(reads: Sequence[Read]) -> str:
    """The table that `make score` prints."""
    rows = [row for read in reads for row in read.rows]
    lines = []
    for name, answers in (("arm, outcome and measure linked", _linked), ("outcome and measure, arm aside", _holds)):
        total, bounds = _f1(counts(reads, answers).values())
        interval = "-" if bounds is None else f"{percent(bounds[0])} to {percent(bounds[1])}"
        lines.append((name, str(total.gold), str(total.predicted), percent(total.precision), percent(total.recall), percent(total.f1), interval))
    coded = Counter(code for row in rows for code in row.codes)
    return "\n\n".join(
        (
            f"{len(reads)} sentences, {len(rows)} rows, of which the outcome of {sum(bool(row.codes) for row in rows)} has a code "
            f"({', '.join(f'{code} {n}' for code, n in coded.most_common())}). A BioBERT system rescored so: {100 * PEER:.0f}, over the rows of all "
            "diseases and on other sentences.",
            table(("", "gold", "predicted", "precision", "recall", "F1", "95 % over sentences"), lines),
        )
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and why rows were missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=Path, default=SENTENCES)
    parser.add_argument("--missed", action="store_true", help="print each sentence with a miss or a wrong record")
    said = parser.parse_args(arguments)
    if not said.sentences.is_dir():
        print(f"not scored: there is no {said.sentences}", file=sys.stderr)
        return 1
    reads = read_all(said.sentences, Pipeline())
    print(report(reads))
    reasons = Counter(reason for read in reads for reason in why_missed(read))
    print("\n" + table(("rows missed", "n"), [(reason, str(n)) for reason, n in reasons.most_common()]))
    for read in reads if said.missed else ():
        _show(read)
    return 0


def _show(read: Read) -> None:
    """A sentence with a miss or a wrong record, as gold and as read."""
    paired = pairs(read)
    missed = [row for row in read.rows if row.codes and row not in [one for one, _ in paired]]
    wrong = [record for record in read.records if record not in [one for _, one in paired]]
    if not missed and not wrong:
        return
    print(f"\n{read.text}")
    for row in missed:
        arm = "-" if row.arm is None else read.text[slice(*row.arm)]
        print(f"  missed {sorted(row.codes)} {read.text[slice(*row.measure)]!r} arm {arm!r} outcome {read.text[slice(*row.outcome)]!r}")
    for record in wrong:
        print(f"  wrong {record.endpoint} {record.event or ''} {record.value} {record.unit} arm {record.arm!r} ({record.pattern})")
    for left in read.unattached:
        print(f"  left {left.text!r}: {left.reason}")


if __name__ == "__main__":
    sys.exit(main())
