"""What a paper calls its arms, read as these arms: labels that readers marked (`gold/labels`), each put into its own paper as a value's.

    python -m benchmarks.labels [--shared DIR] [--show]

To the end of each paper go a table of survival with an arm for each column, and for each label a sentence ("Median overall survival was ... months
in the GP arm."). Counted are the columns and the sentences whose value is read with the arm that was marked, with another arm of the paper, with
`all`, with another name or no arm, and those that nothing is read of: then the value is left over with its reason. Prints a Markdown table with a
row for prose and for tables of each half; `--show` lists what was not read right in the first half, which was read when rules were written. Without
the papers it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from benchmarks.trials import REPORTS, SHARED, reports
from extractor.evaluate.equality import arm as as_scored
from extractor.pipeline import Pipeline
from extractor.records import Record

MARKS = Path(__file__).resolve().parents[1] / "gold" / "labels" / "labels.jsonl"
HALVES = ("read", "blind")
READ_AS = ("right", "another arm", "all", "another name or none", "not read")


@dataclass(frozen=True, slots=True)
class Marked:
    """The arms of a paper: their names, what its sentences call each of them, and what heads the column of each."""

    doc: str
    half: str
    arms: tuple[str, ...]
    called: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Probe:
    """A value put into a paper: where, behind which label, and of which arm."""

    place: str
    label: str
    arm: int
    value: float


def marked(file: Path = MARKS) -> tuple[Marked, ...]:
    """The papers that were marked, in the order of their names."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        arms = one["arms"]
        heads = tuple(arm.get("heads", [_head(arm["called"][0])])[0] for arm in arms)
        found.append(Marked(one["doc"], one["half"], tuple(a["arm"] for a in arms), tuple(tuple(a["called"]) for a in arms), heads))
    return tuple(found)


def _head(called: str) -> str:
    """What stands over a column where the marks do not say it: "GP" for "the GP arm"."""
    bare = re.sub(r"^(?:the|an?)\s|\s(?:groups?|arms?|patients)$", "", re.sub(r"^(?:the|an?)\s", "", called))
    return bare[:1].upper() + bare[1:]


_OF_PEOPLE = re.compile(r"\b(?:groups?|arms?|patients|cohorts?|women|men|controls)$", re.IGNORECASE)


def with_probes(paper: etree._Element, one: Marked) -> tuple[Probe, ...]:
    """Put the values into a paper, behind all that it has.

    Args:
        paper: the article as JATS; changed in place.
        one: its marks.

    Returns:
        what was put in. No two values are the same, and none is a figure that papers print as a survival.
    """
    probes = [Probe("prose", label, arm, round(2111.13 + 0.37 * count, 2)) for count, (arm, label) in enumerate(_labels(one))]
    columns = [[Probe("table", head, arm, round(start + 0.53 * arm, 2)) for arm, head in enumerate(one.heads)] for start in (3331.17, 4441.17)]
    rows = zip(("Median overall survival, months", "Median progression-free survival, months"), columns, strict=True)
    head = _of("tr", _of("th", "Outcome"), *(_of("th", text) for text in one.heads))
    table = _of("table", _of("thead", head), _of("tbody", *(_row(name, cells) for name, cells in rows)))
    wrap = _of("table-wrap", _of("label", "Table 9"), _of("caption", _of("p", "Survival")), table)
    results = _of("sec", _of("title", "Results"), _of("p", "Survival is given in Table 9."), wrap)
    told = _of("sec", _of("title", "Further results"), *(_of("p", _sentence(probe)) for probe in probes))
    body = next(paper.iter("body"))
    body.extend([results, told])
    return (*probes, *(probe for column in columns for probe in column))


def _labels(one: Marked) -> Iterator[tuple[int, str]]:
    return ((arm, label) for arm, labels in enumerate(one.called) for label in labels)


def _sentence(probe: Probe) -> str:
    return f"Median overall survival was {probe.value} months {'in' if _OF_PEOPLE.search(probe.label) else 'with'} {probe.label}."


def _row(name: str, cells: Sequence[Probe]) -> etree._Element:
    return _of("tr", _of("td", name), *(_of("td", str(cell.value)) for cell in cells))


def _of(tag: str, *content: etree._Element | str) -> etree._Element:
    """An element of a text or of other elements."""
    element = etree.Element(tag)
    for one in content:
        if isinstance(one, str):
            element.text = one
        else:
            element.append(one)
    return element


_LABELLED = re.compile(r"^(?P<part>TITLE|ABSTRACT|BODY)(?:\.(?P<heading>[^\n:]*))?:(?P<rest>.*)", re.DOTALL)


def as_jats(report: str) -> etree._Element:
    """A labelled report ("TITLE:", "ABSTRACT.RESULTS:", "BODY.METHODS:") as JATS."""
    title, abstract, body = _of("article-title"), _of("abstract"), _of("body")
    into = body
    for block in filter(None, (" ".join(one.split()) for one in re.split(r"\n\s*\n", report))):
        match = _LABELLED.match(block)
        text = match.group("rest").strip() if match is not None else block
        if match is not None:
            heading = (match.group("heading") or "").split(".")[-1].strip().capitalize()
            part = {"TITLE": title, "ABSTRACT": abstract, "BODY": body}[match.group("part")]
            into = part if part is title else etree.SubElement(part, "sec")
            if heading and part is not title:
                into.append(_of("title", heading))
        if into is title:
            title.text = f"{title.text or ''} {text}".strip()
        elif text:
            into.append(_of("p", text))
    return _of("article", _of("front", _of("article-meta", _of("title-group", title), abstract)), body)


@cache
def _pipeline() -> Pipeline:
    """One for each process."""
    return Pipeline()


def _job(job: tuple[Marked, Path | None, str]) -> tuple[Marked, list[tuple[Probe, str, str | None]]]:
    """How each value that was put into a paper is read: the probe, as what, and the arm of the record."""
    one, file, text = job
    paper = etree.parse(file, etree.XMLParser(load_dtd=False, no_network=True)).getroot() if file is not None else as_jats(text)
    probes = with_probes(paper, one)
    with TemporaryDirectory() as folder:
        target = Path(folder) / f"{one.doc}.nxml"
        target.write_bytes(etree.tostring(paper, encoding="utf-8", xml_declaration=True))
        records = _pipeline().extract(target).records
    return one, [(probe, *_read(probe, one, records)) for probe in probes]


def _read(probe: Probe, one: Marked, records: Sequence[Record]) -> tuple[str, str | None]:
    found = next((record for record in records if record.kind == "measurement" and record.value == probe.value), None)
    if found is None:
        return "not read", None
    if found.arm is None:
        return "another name or none", None
    read = as_scored(found.arm)
    if read.agrees(as_scored(one.arms[probe.arm])):
        return "right", found.arm
    if any(read.agrees(as_scored(other)) for other in one.arms):
        return "another arm", found.arm
    return ("all" if found.arm == "all" else "another name or none"), found.arm


def _jobs(shared: Path) -> Iterator[tuple[Marked, Path | None, str]]:
    marks = {one.doc: one for one in marked()}
    for doc, one in marks.items():
        if (file := shared / "papers" / f"{doc}.nxml").is_file():
            yield one, file, ""
    if (shared / REPORTS).is_file():
        for doc, text in reports(shared / REPORTS, marks):
            yield marks[doc], None, text


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the papers and the reports lie")
    parser.add_argument("--show", action="store_true", help="list what is not read right in the first half")
    asked = parser.parse_args(arguments)
    if not asked.shared.is_dir():
        print(f"Not read: there is no {asked.shared}.")
        return 0
    counts: Counter[tuple[str, str, str]] = Counter()
    with ProcessPoolExecutor(2) as processes:
        for one, read in processes.map(_job, _jobs(asked.shared), chunksize=4):
            counts.update((one.half, probe.place, how) for probe, how, _ in read)
            if asked.show and one.half == "read":
                for probe, how, arm in read:
                    if how != "right":
                        print(f"{one.doc} {probe.place} {how}: {probe.label!r} is {one.arms[probe.arm]!r}, read as {arm!r}")
    print(f"| half | place | values | {' | '.join(READ_AS)} |\n| --- |" + " --- |" * (2 + len(READ_AS)))
    for half in HALVES:
        for place in ("prose", "table"):
            found = [counts[half, place, how] for how in READ_AS]
            print(f"| {half} | {place} | {sum(found)} | {' | '.join(map(str, found))} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
