"""Direction of effect against `direction.jsonl`: who did better, for which endpoint, in papers in which readers said so.

    python -m benchmarks.direction [SHARED]

A row of the gold names an outcome, an intervention, a comparator and whether the intervention increased the outcome, decreased it or made no
difference, with the place that says so in the `.txt`. Of the rows whose outcome has a code with a polarity (`direction_outcomes.tsv` says which; the
polarity is `more_is` in `extractor/lexicons/endpoints.toml`) it counts how many are *covered*: for that endpoint and those two arms the paper is read
to have a direction; and of those how many are *right*. Read are the directions of comparison records, and those that sentences say in words.

Of several directions for one row that which was read at the row's place counts, else that of the whole population, else the first. Rows that ask the
same question (one prompt, several readers or places) are counted once more as one. Documents are in two halves by the parity of the SHA-256 of their
names; rules were written looking at the even half alone. Papers that are held out are not opened.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from extractor.document import fold
from extractor.entities.endpoints import find_events
from extractor.pipeline import Extraction, Pipeline
from extractor.records import Comparison, Direction
from extractor.relations.polarity import more_is_good, opposite

OUTCOMES = Path(__file__).with_name("direction_outcomes.tsv")
SHARED = Path(__file__).resolve().parents[1].parent / "shared"
_CHANGE = {"increased": True, "decreased": False}
_EMPTY = frozenset("a an the of and or in for with to patients patient treatment therapy group arm by on plus mg kg day per as iv".split())


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of the gold, or all that ask one question: what it is about and the direction that it has, the intervention being the arm.

    `outcomes` are endpoint codes, each with its event or "".
    """

    doc: str
    prompt: str
    outcomes: frozenset[tuple[str, str]]
    intervention: str
    comparator: str
    change: str
    called: str
    places: tuple[tuple[int, int], ...]

    def wanted(self, endpoint: str) -> Direction | None:
        """Whom the row favors; None where the endpoint has no polarity."""
        if self.change not in _CHANGE:
            return "no_difference"
        good = more_is_good(endpoint, self.called)
        return None if good is None else "favors_arm" if _CHANGE[self.change] == good else "favors_comparator"


@dataclass(frozen=True, slots=True)
class Read:
    """A direction that was read: of which endpoint and event, between which arms by all that they are called, and where.

    Of a factor, that it makes no difference: its name stands for both arms.
    """

    endpoint: str
    event: str | None
    arm: str
    comparator: str
    direction: Direction
    population: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row and what was read for it; None where nothing was."""

    asked: Asked
    read: Read | None
    right: bool


def half_of(doc: str) -> str:
    """The half of a document: "even" is the one that rules were written with."""
    return "odd" if int(sha256(doc.encode()).hexdigest(), 16) % 2 else "even"


def outcomes(path: Path = OUTCOMES) -> dict[str, frozenset[tuple[str, str]]]:
    """For each prompt the codes of its outcome, each with its event or ""."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = (line.split("\t") for line in lines[1:])
    return {prompt: frozenset((code.partition(" ")[0], code.partition(" ")[2]) for code in codes.split("; ")) for prompt, codes in rows}


def rows(gold: Path) -> list[Asked]:
    """The rows on an outcome with a code, without those of papers that are held out."""
    held_out = set(json.loads((gold / "split.json").read_text(encoding="utf-8"))["held_out"])
    coded = outcomes()
    found = []
    for line in (gold / "direction.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["doc"] not in held_out and row["prompt"] in coded:
            places = ((row["start"], row["end"]),)
            change, called = row["direction"], row["outcome"]
            found.append(Asked(row["doc"], row["prompt"], coded[row["prompt"]], row["intervention"], row["comparator"], change, called, places))
    return found


def questions(asked: Iterable[Asked]) -> list[Asked]:
    """Rows that ask the same made one, with all their places."""
    found: dict[str, Asked] = {}
    for one in asked:
        known = found.get(one.prompt)
        found[one.prompt] = one if known is None else replace(known, places=(*known.places, *one.places))
    return [*found.values()]


def read_of(extraction: Extraction) -> Iterator[Read]:
    """All directions of a paper: of its comparisons, then of its sentences."""
    for record in extraction.records:
        if isinstance(record, Comparison) and record.direction is not None:
            slots = ("arm", "comparator") if record.factor is None else ("factor", "factor")
            names = [_called(extraction, record, slot) for slot in slots]
            place = record.evidence[0]
            yield Read(record.endpoint, record.event, names[0], names[1], record.direction, record.population, place.start, place.end)
    document = extraction.document
    for one in extraction.said:
        pieces = document.offsets.raw_spans(one.read.sentence.span)
        arms = [f"{arm.norm} {arm.span.of(one.read.sentence.text) if arm.span else ''}" for arm in (one.arm, one.comparator)]
        yield Read(one.endpoint, one.event, arms[0], arms[1], one.direction, one.population, pieces[0].start, pieces[-1].end)


def _called(extraction: Extraction, record: Comparison, slot: str) -> str:
    start, end = record.spans.get(slot, (0, 0))
    return f"{getattr(record, slot)} {extraction.document.raw[start:end]}"


def judged(asked: Asked, directions: Iterable[Read]) -> Verdict:
    """What was read for a row, and whether it is right."""
    fits = [(one, turned) for one in directions if _same_outcome(asked, one) and (turned := _orientation(asked, one)) is not None]
    if not fits:
        return Verdict(asked, None, right=False)
    one, turned = min(
        fits, key=lambda fit: (not any(fit[0].start < end and start < fit[0].end for start, end in asked.places), fit[0].population is not None)
    )
    return Verdict(asked, one, right=(opposite(one.direction) if turned else one.direction) == asked.wanted(one.endpoint))


def _same_outcome(asked: Asked, one: Read) -> bool:
    if one.endpoint != "AE":
        return (one.endpoint, "") in asked.outcomes
    events = {m.detail for m in find_events(one.event or "")} or {""}
    return any(("AE", event) in asked.outcomes for event in events)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", fold(name).casefold())) - _EMPTY


def _orientation(asked: Asked, one: Read) -> bool | None:
    """Whether the two arms are told the other way round; None where they are not those of the row, by the words that they share with each.

    Each of the two shares a word with the arm of the row that it stands for: "gemcitabine vs fluorouracil" is no comparison of erlotinib and
    gemcitabine with gemcitabine.
    A factor is that of a row by a word that tells the two arms of the row apart ("patients with HER2 status", "patients with p53 status").
    """
    ours, others = _words(asked.intervention), _words(asked.comparator)
    arm, comparator = _words(one.arm), _words(one.comparator)
    if arm == comparator:
        return False if arm & (ours ^ others) else None
    straight = _fit(arm, ours, others) + _fit(comparator, others, ours)
    turned = _fit(arm, others, ours) + _fit(comparator, ours, others)
    if straight == turned or max(straight, turned) <= 0:
        return None
    is_turned = turned > straight
    one_side, other_side = (others, ours) if is_turned else (ours, others)
    return is_turned if arm & one_side and comparator & other_side else None


def _fit(name: frozenset[str], one: frozenset[str], other: frozenset[str]) -> float:
    """How much nearer the words of a name are to those of one arm than to those of another."""
    return len(name & one) / len(name | one) - len(name & other) / len(name | other)


def verdicts(shared: Path = SHARED) -> tuple[list[Verdict], list[Verdict]]:
    """What was read for each row of the gold, and for each question."""
    papers = shared / "papers"
    asked = rows(papers / "gold")
    pipeline = Pipeline()
    read = {doc: [*read_of(pipeline.extract(papers / f"{doc}.txt"))] for doc in sorted({one.doc for one in asked})}
    return [judged(one, read[one.doc]) for one in asked], [judged(one, read[one.doc]) for one in questions(asked)]


_TITLES = {"even": "half that rules were written with", "odd": "half that no rule was written with", "both": "both halves"}


def table(shared: Path = SHARED) -> str:
    """The figures of both halves as a Markdown table; one line that says so where there is no gold."""
    if not (shared / "papers" / "gold" / "direction.jsonl").is_file():
        return f"Not scored: there is no direction.jsonl in {shared / 'papers' / 'gold'}."
    found = verdicts(shared)
    lines = ["| | documents | rows | covered | right of those | questions | covered | right of those |", f"| --- |{' ---: |' * 7}"]
    for name, title in _TITLES.items():
        cells: list[str] = []
        for part in ([v for v in every if name in ("both", half_of(v.asked.doc))] for every in found):
            covered = [v for v in part if v.read is not None]
            cells += [str(len(part)), _share(len(covered), len(part)), _share(sum(v.right for v in covered), len(covered))]
        documents = {v.asked.doc for v in found[0] if name in ("both", half_of(v.asked.doc))}
        lines.append(f"| {title} | {len(documents)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _share(some: int, of: int) -> str:
    return f"{some}/{of} ({some / of:.2f})" if of else "-"


if __name__ == "__main__":
    print(table(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED))
