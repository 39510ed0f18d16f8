"""How well sections are told from plain text: each character's section kind against the JATS section that it stands in.

    python -m benchmarks.sections [--confusion] [--worst N] [--show PMCID] [--write DIR]

Takes the JATS files in `../shared/papers` (held-out papers left out), renders each to plain text, a paragraph a line, with its headings as printed
and no other label, and asks `sections.segment` for the section of each character. Rows of the table:

- `headings of the file`: titles that stand in the file alone (no "Abstract", "References" or "Acknowledgements" where the file leaves them to the
  typesetter), captions at their place, no table text; the target of issue 4 is 97 % here;
- `headings as typeset`: the same with the three headings that PMC prints where the file has none;
- `with table text`: as typeset, with the rows of tables as lines, cells apart by tabs;
- `.txt with labels`: the papers' `.txt` as they are (`BODY.RESULTS:`); each line is looked up in the JATS text, and lines that are not found there
  are not counted (the last column says how many characters were counted);
- `.txt, labels as headings`: each label taken off and its names printed as headings, each where it is new (`BODY.METHODS.PATIENTS:` is "METHODS" and
  "PATIENTS", a following `BODY.METHODS.DOSE:` is "DOSE");
- `.txt, no headings at all`: labels taken off and nothing put in their place; nothing tells most sections apart there, measured without a target.

Labels themselves and blanks are never counted. A character that reflow dropped is not counted either. `--confusion` prints which kinds are taken for
which, `--worst` the papers with the most wrong characters, `--show` the wrong paragraphs of one paper, `--write` the renderings as files. Without the
papers it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from extractor.document import SectionKind, fold
from extractor.ingest import from_text
from extractor.ingest.text import LABEL
from extractor.sections import segment
from extractor.sections.wording import Weights

PAPERS = Path(__file__).resolve().parents[2] / "shared" / "papers"

# What `sec-type` says, by its words ("materials|methods"); values suggested by the JATS Tag Library, element <sec>, attribute sec-type.
SEC_TYPES = {
    "intro": SectionKind.INTRODUCTION, "introduction": SectionKind.INTRODUCTION, "background": SectionKind.INTRODUCTION,
    "materials": SectionKind.METHODS, "methods": SectionKind.METHODS, "subjects": SectionKind.METHODS, "patients": SectionKind.METHODS,
    "cases": SectionKind.RESULTS, "results": SectionKind.RESULTS,
    "discussion": SectionKind.DISCUSSION,
    "conclusion": SectionKind.CONCLUSION, "conclusions": SectionKind.CONCLUSION,
    "supplementary-material": SectionKind.BACK, "disclosure": SectionKind.BACK,
}  # fmt: skip

# The published map of headings, for sections without a known `sec-type`: a pattern for the whole heading, in lower case and without its number.
_OF_METHODS = r"methods?|methodology|design|materials?|patients?|subjects|study|trial|procedures?|analysis|experimental"
HEADINGS = (
    (r"introduction(?: and .*)?|backgrounds?(?: and .*)?|rationale|aims?(?: and objectives)?|objectives?|purpose", SectionKind.INTRODUCTION),
    (rf"(?:(?:{_OF_METHODS}|and|,|/|&|\s)*(?:methods?|methodology|procedures)(?:{_OF_METHODS}|and|,|/|&|\s)*)", SectionKind.METHODS),
    (r"statistical (?:analys[ie]s|methods)|data analysis|(?:study|trial) design|treatment methods", SectionKind.METHODS),
    (r"results?(?: and (?:analysis|findings|conclusions?))?|findings|case (?:reports?|presentations?|series)|cases?", SectionKind.RESULTS),
    (r"(?:safety|efficacy) analysis|adverse events", SectionKind.RESULTS),
    (r"(?:results and |general |.*, and )?discussion(?: and conclusions?)?|comments?|limitations", SectionKind.DISCUSSION),
    (r"(?:concluding remarks|conclusions?)(?: and .*)?|summary and conclusions?", SectionKind.CONCLUSION),
    (
        r"(?:list of )?abbreviations.*|competing interests?|.*conflicts? of interests?.*|declarations?.*|disclosures?|funding.*|ac?knowledge?ments?.*"
        r"|author.? ?contributions|authors?[’'] contributions|contributors|pre-publication history|ethics approval.*|consent for publication"
        r"|availability of data.*|(?:electronic )?supplementary .*|supporting information|web extra material|additional information"
        r"|compliance with .*",
        SectionKind.BACK,
    ),
    (r"references|bibliography|literature(?: cited)?", SectionKind.REFERENCES),
    (r"figures and tables|figure legends|tables?|figures?", SectionKind.CAPTION),
)
TYPESET = {"abstract": "Abstract", "ack": "Acknowledgements", "ref-list": "References", "glossary": "Abbreviations"}
"""The headings that PMC prints above elements that have none."""

_PARAGRAPHS = frozenset({"p", "disp-quote", "list", "def-list", "disp-formula", "statement", "verse-group", "speech"})
_FLOATS = frozenset({"fig", "fig-group", "table-wrap", "table-wrap-group"})
_LEFT_OUT = frozenset({"graphic", "media", "supplementary-material", "object-id", "alternatives", "label", "title", "sec-meta", "permissions"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a rendering and the section that JATS puts it in."""

    kind: SectionKind
    text: str


@dataclass
class Score:
    """Characters by wanted and found kind, all papers together and each alone."""

    pairs: Counter[tuple[SectionKind, SectionKind]] = field(default_factory=Counter)
    papers: dict[str, Counter[bool]] = field(default_factory=dict)

    def add(self, paper: str, pairs: Counter[tuple[SectionKind, SectionKind]]) -> None:
        """Count one paper."""
        self.pairs.update(pairs)
        self.papers[paper] = Counter()
        for (wanted, found), n in pairs.items():
            self.papers[paper][wanted is found] += n

    def rate(self, without: Iterable[SectionKind] = ()) -> float:
        """The share of characters whose kind is right, among those whose wanted kind is not left out; 0 to 1."""
        counted = {pair: n for pair, n in self.pairs.items() if pair[0] not in set(without)}
        return sum(n for (wanted, found), n in counted.items() if wanted is found) / max(sum(counted.values()), 1)


def kind_of(sec_type: str | None, heading: str) -> SectionKind | None:
    """The section that `sec-type` or the heading names; None where neither does.

    PLoS marks its section "Discussion" with `sec-type="conclusions"`; there, and only there, the heading has the last word.
    """
    bare = re.sub(r"^\s*(?:\d+(?:\.\d+)*|[ivx]+)\.?\s+(?=\S)", "", fold(" ".join(heading.split())).casefold()).strip(" :.")
    by_heading = next((kind for pattern, kind in HEADINGS if re.fullmatch(pattern, bare)), None)
    by_type = next((SEC_TYPES[word] for word in re.split(r"[|\s]+", (sec_type or "").casefold()) if word in SEC_TYPES), None)
    if by_type is SectionKind.CONCLUSION and by_heading is SectionKind.DISCUSSION:
        return by_heading
    return by_type or by_heading


def _kind_within(section: ElementTree.Element, above: SectionKind, before: SectionKind, *, top: bool) -> SectionKind:
    """The kind of a section: below the top that of the section above, save for a conclusion; one without a heading goes on with the one before."""
    heading = _text(section.find("title"))
    own = kind_of(section.get("sec-type"), heading)
    if top:
        return own or (SectionKind.OTHER if heading else before)
    concludes = own is SectionKind.CONCLUSION and above in (SectionKind.DISCUSSION, SectionKind.RESULTS, SectionKind.OTHER)
    return SectionKind.CONCLUSION if concludes else above


@dataclass(frozen=True, slots=True)
class Rendering:
    """How a paper is made into plain text."""

    typeset: bool = False
    tables: bool = False

    def lines(self, article: ElementTree.Element) -> list[Line]:
        """The paper's lines in reading order, each with its section."""
        found = [Line(SectionKind.TITLE, _text(article.find("front/article-meta/title-group/article-title")))]
        for abstract in article.findall("front/article-meta/abstract"):
            found += self._titled(abstract, SectionKind.ABSTRACT)
        body = article.find("body")
        found += self._children(body, SectionKind.INTRODUCTION, top=True) if body is not None else []
        for part in article.findall("back/*"):
            found += self._back(part)
        for part in (*article.findall("floats-group/*"), *article.findall("floats-wrap/*")):
            found += self._float(part)
        return [line for line in found if line.text]

    def _back(self, part: ElementTree.Element) -> list[Line]:
        if part.tag == "ref-list":
            heading = _text(part.find("title")) or (TYPESET["ref-list"] if self.typeset else "")
            entries = [f"{i}. {_entry(ref)}" for i, ref in enumerate(part.iter("ref"), 1)]
            return [Line(SectionKind.REFERENCES, text) for text in (heading, *entries)]
        if part.tag == "sec":
            return self._titled(part, kind_of(part.get("sec-type"), _text(part.find("title"))) or SectionKind.BACK)
        return self._titled(part, SectionKind.BACK)

    def _titled(self, part: ElementTree.Element, kind: SectionKind) -> list[Line]:
        heading = " ".join(filter(None, (_text(part.find("label")), _text(part.find("title")))))
        if not heading and self.typeset:
            heading = TYPESET.get(part.tag, "")
        return [Line(kind, heading), *self._children(part, kind)]

    def _children(self, part: ElementTree.Element, kind: SectionKind, *, top: bool = False) -> list[Line]:
        found: list[Line] = []
        current = kind
        for child in part:
            if child.tag == "sec":
                current = _kind_within(child, kind, current, top=top)
                found += self._titled(child, current)
            elif child.tag in _FLOATS:
                found += self._float(child)
            elif child.tag == "boxed-text":
                box = _text(child.find("caption/title")) or _text(child.find("title"))
                found += [Line(SectionKind.OTHER, box), *self._children(child, SectionKind.OTHER)]
            elif child.tag in _PARAGRAPHS:
                found += self._paragraph(child, kind)
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                found += self._titled(child, kind)
                found += [] if len(child) else [Line(kind, _text(child))]
        return found

    def _paragraph(self, part: ElementTree.Element, kind: SectionKind) -> list[Line]:
        """The paragraph, its lists item by item, and behind it the floats that stand inside it."""
        items = [e for e in part.iter() if e.tag in ("list-item", "def-item")]
        texts = [_text(part, leave=("list", "def-list"))] if part.tag not in ("list", "def-list") else []
        found = [Line(kind, text) for text in (*texts, *(_text(item) for item in items))]
        for inner in part.iter():
            if inner.tag in ("fig", "table-wrap"):
                found += self._float(inner)
        return found

    def _float(self, part: ElementTree.Element) -> list[Line]:
        found: list[Line] = []
        for one in [part] if part.tag in ("fig", "table-wrap") else [e for e in part.iter() if e.tag in ("fig", "table-wrap")]:
            label, caption = _text(one.find("label")), [_text(e) for e in one.findall("caption/*")]
            found.append(Line(SectionKind.CAPTION, " ".join(filter(None, (label, *caption)))))
            if self.tables:
                rows = ["\t".join(_text(cell) for cell in row) for row in one.iter("tr")]
                notes = [_text(e) for e in one.findall("table-wrap-foot/*")]
                found += [Line(SectionKind.TABLE, text) for text in (*rows, *notes)]
        return found


def _text(part: ElementTree.Element | None, leave: Sequence[str] = ()) -> str:
    """The characters of an element in one line, floats and what is named in `leave` left out."""
    if part is None:
        return ""
    return " ".join("".join(_strings(part, frozenset(leave))).split())


def _strings(part: ElementTree.Element, leave: frozenset[str]) -> Iterator[str]:
    yield part.text or ""
    for child in part:
        if isinstance(child.tag, str) and child.tag not in _FLOATS | _LEFT_OUT - {"title", "label"} | leave:
            yield from _strings(child, leave)
            yield " " if child.tag in ("p", "title", "label", "term", "break") else ""
        yield child.tail or ""


def _entry(ref: ElementTree.Element) -> str:
    """A reference as printed, or put together from its parts."""
    mixed = ref.find("mixed-citation")
    if mixed is not None and mixed.find("source") is not None and (mixed.find("source").tail or "").strip():  # type: ignore[union-attr]
        return _text(mixed)
    people = [(_text(n.find("surname")), _text(n.find("given-names"))) for n in ref.iter() if n.tag in ("name", "string-name")]
    names = ", ".join(" ".join(filter(None, person)) for person in people)
    part = {tag: next((_text(e) for e in ref.iter(tag)), "") for tag in ("article-title", "source", "year", "volume", "fpage", "lpage")}
    pages = "-".join(filter(None, (part["fpage"], part["lpage"])))
    return f"{names}. {part['article-title']}. {part['source']}. {part['year']};{part['volume']}:{pages}."


def wanted_of(lines: Sequence[Line]) -> tuple[str, list[SectionKind | None]]:
    """The lines as one text, and for each of its characters the section that JATS says (None for line breaks)."""
    text, kinds = "", []
    for line in lines:
        text += line.text + "\n"
        kinds += [line.kind] * len(line.text) + [None]
    return text, kinds


def found_in(text: str, weights: Weights | None = None) -> list[SectionKind | None]:
    """For each character of a text the section that `segment` says, with other weights if there are any; None where reflow dropped it."""
    document = segment(from_text(text), weights)
    kinds: list[SectionKind | None] = [None] * len(text)
    for section in document.sections:
        for span in document.offsets.raw_spans(section.span):
            kinds[span.start : span.end] = [section.kind] * (span.end - span.start)
    return kinds


def compared(text: str, wanted: Sequence[SectionKind | None], weights: Weights | None = None) -> Iterator[tuple[int, SectionKind, SectionKind]]:
    """Offset, wanted and found kind of each character that counts."""
    for i, (character, want, got) in enumerate(zip(text, wanted, found_in(text, weights), strict=True)):
        if want is not None and got is not None and not character.isspace():
            yield i, want, got


def wanted_in_txt(raw: str, lines: Sequence[Line]) -> list[SectionKind | None]:
    """For each character of a `.txt` the section of the JATS line that holds the same words; None for labels and for lines that are not in JATS."""
    jats, kinds = "", []
    for line in lines:
        letters = _letters(line.text)
        jats += letters
        kinds += [line.kind] * len(letters)
    wanted: list[SectionKind | None] = []
    at = 0
    for printed in raw.splitlines(keepends=True):
        label = LABEL.match(printed)
        content = printed[label.end() :] if label else printed
        place = _place(_letters(content), jats, at)
        at = place if place is not None else at
        kind = kinds[place] if place is not None else None
        wanted += [None] * (len(printed) - len(content)) + [kind] * len(content)
    return wanted


def _place(letters: str, jats: str, at: int) -> int | None:
    """Where the letters of a line stand in the JATS letters, first from the last place on; short lines are not looked up."""
    if len(letters) < 30:
        return None
    found = (jats.find(head, start) for head in (letters[:120], letters[:50], letters[-50:]) for start in (at, 0))
    return next((place for place in found if place >= 0), None)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.casefold())


def unlabelled(raw: str, wanted: Sequence[SectionKind | None], *, headings: bool) -> tuple[str, list[SectionKind | None]]:
    """A `.txt` without its labels, and its kinds; the names in the labels become headings, which do not count, or go."""
    text, kinds, at, path = "", list[SectionKind | None](), 0, list[str]()
    for printed in raw.splitlines(keepends=True):
        label = LABEL.match(printed)
        cut = label.end() if label else 0
        if label and headings:
            names = label.group().strip().rstrip(":").removeprefix("BODY.").removeprefix("BACK.").split(".")
            new = [name for i, name in enumerate(names) if path[: i + 1] != names[: i + 1] and name not in ("TITLE", "BODY", "BACK")]
            path = names
            text += "".join(name + "\n" for name in new)
            kinds += [None] * sum(len(name) + 1 for name in new)
        text += printed[cut:]
        kinds += wanted[at + cut : at + len(printed)]
        at += len(printed)
    return text, kinds


Way = Callable[[Path], tuple[str, list[SectionKind | None]]]


def _rendered(rendering: Rendering) -> Way:
    return lambda path: wanted_of(rendering.lines(ElementTree.parse(path).getroot()))


def _labelled(path: Path) -> tuple[str, list[SectionKind | None]]:
    raw = path.with_suffix(".txt").read_bytes().decode("utf-8")
    return raw, wanted_in_txt(raw, Rendering().lines(ElementTree.parse(path).getroot()))


WAYS: dict[str, Way] = {
    "headings of the file": _rendered(Rendering()),
    "headings as typeset": _rendered(Rendering(typeset=True)),
    "with table text": _rendered(Rendering(typeset=True, tables=True)),
    ".txt with labels": _labelled,
    ".txt, labels as headings": lambda path: unlabelled(*_labelled(path), headings=True),
    ".txt, no headings at all": lambda path: unlabelled(*_labelled(path), headings=False),
}


def papers(folder: Path = PAPERS) -> list[Path]:
    """The JATS files of the folder, held-out papers left out."""
    held_out = frozenset(json.loads((folder / "gold" / "split.json").read_text(encoding="utf-8"))["held_out"])
    return [path for path in sorted(folder.glob("*.nxml")) if path.stem not in held_out]


def score(way: Way, files: Iterable[Path], weights: Weights | None = None) -> Score:
    """All papers rendered in one way, segmented and compared."""
    total = Score()
    for path in files:
        total.add(path.stem, Counter((want, got) for _, want, got in compared(*way(path), weights)))
    return total


def _show(name: str, way: Way, path: Path) -> None:
    """The wrong stretches of one paper, each with where it starts."""
    text, wanted = way(path)
    wrong = [(i, want, got) for i, want, got in compared(text, wanted) if want is not got]
    print(f"\n{path.stem}, {name}: {len(wrong)} characters wrong of {sum(not c.isspace() for c in text)}")
    for (want, got), run in groupby(wrong, key=lambda w: w[1:]):
        places = [i for i, _, _ in run]
        print(f"  {places[0]:7} {want.value:>12} read as {got.value:12} {text[places[0] : places[0] + 90]!r} ({len(places)})")


def _print_details(total: Score, *, confusion: bool, worst: int) -> None:
    if confusion:
        for (want, got), n in total.pairs.most_common():
            if want is not got:
                print(f"    {want.value:>12} read as {got.value:12} {n:8}")
    for paper, counts in sorted(total.papers.items(), key=lambda item: -item[1][False])[:worst]:
        print(f"    {paper:12} {counts[False]:7} wrong of {counts[True] + counts[False]}")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--confusion", action="store_true")
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--show")
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    if not PAPERS.is_dir():
        print(f"not measured: there is no {PAPERS}")
        return 0
    files = papers()
    if arguments.show:
        for name, way in WAYS.items():
            _show(name, way, PAPERS / f"{arguments.show}.nxml")
        return 0
    if arguments.write:
        for name, way in WAYS.items():
            folder = arguments.write / re.sub(r"\W+", "-", name).strip("-")
            folder.mkdir(parents=True, exist_ok=True)
            for path in files:
                (folder / f"{path.stem}.txt").write_text(way(path)[0], encoding="utf-8")
    print(f"{len(files)} papers\n")
    print("| text | right, all characters | right, without references | characters |\n| --- | ---: | ---: | ---: |", flush=True)
    for name, way in WAYS.items():
        total = score(way, files)
        rates = f"{100 * total.rate():.2f} % | {100 * total.rate([SectionKind.REFERENCES]):.2f} %"
        print(f"| {name} | {rates} | {sum(total.pairs.values()):,} |", flush=True)
        _print_details(total, confusion=arguments.confusion, worst=arguments.worst)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
