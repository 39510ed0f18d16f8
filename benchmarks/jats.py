"""Whether JATS papers are read whole, in place, and with their citations.

    python -m benchmarks.jats [--worst N]

Reads the JATS files in `../shared/papers` (held-out papers left out) and compares what was read with the file itself, walked through by other code:

- `words`: of the title, the abstracts, the body, floats, back matter but for the reference list; counted in both, so that "lost" are words of the
  file that are read less often than they stand there, "made" those read more often. Words that print runs together and the file parts by markup (or
  the other way round) count as both. Left out on purpose: running titles, "Click here" of files, formulas in TeX;
- `order`: pairs of paragraphs that follow one another in the file and in what was read;
- `places`: pieces of text whose XPath leads to one element, and to one that holds their characters (entries of the reference list are put together
  from their parts: one element is asked of them alone);
- `links`: `xref`s to entries of the list; for each entry so many count as right as marks that were read lead there.

`--worst` prints the words lost and made of the N papers with the most. Without the papers it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from lxml import etree

from extractor.document import Document, SectionKind
from extractor.ingest import read

PAPERS = Path(__file__).resolve().parents[2] / "shared" / "papers"
LEFT_OUT = frozenset({"ref-list", "sub-article", "response", "alt-title", "trans-title-group", "tex-math", "graphic", "object-id"})
INLINE = frozenset(
    {"sup", "sub", "italic", "bold", "xref", "sc", "underline", "named-content", "styled-content", "monospace", "ext-link", "email", "uri"}
)
CLICK = re.compile(r"Click here for additional data file\.")


@dataclass
class Score:
    """Counts over papers."""

    words: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    pairs: int = 0
    in_order: int = 0
    places: int = 0
    found: int = 0
    links: int = 0
    linked: int = 0


def papers(folder: Path) -> Iterator[Path]:
    """The files, without the held-out ones."""
    split = folder / "gold" / "split.json"
    held_out = set(json.loads(split.read_text(encoding="utf-8"))["held_out"]) if split.exists() else set()
    yield from (path for path in sorted(folder.glob("*.nxml")) if path.stem not in held_out)


def measure(path: Path) -> Score:
    """One paper."""
    root = etree.parse(
        str(path), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    ).getroot()
    article = root if root.tag == "article" else next(root.iter("article"))
    document = read(path)
    score = Score()
    _words(article, document, score)
    _order(article, document, score)
    _places(root, document, score)
    score.links, score.linked = links(article, document)
    return score


def _words(article: etree._Element, document: Document, score: Score) -> None:
    meta = article.find("front/article-meta")
    parts = [] if meta is None else [*meta.findall("title-group"), *meta.findall("abstract")]
    parts += [part for tag in ("body", "back", "floats-group", "floats-wrap") for part in article.findall(tag)]
    there = Counter(_split(CLICK.sub("", " ".join("".join(_text(part)) for part in parts))))
    entries = [place.raw for place in document.places if re.search(r"/ref\b", place.xpath or "")]
    starts, ends = [0, *(span.end for span in entries)], [*(span.start for span in entries), len(document.raw)]
    here = Counter(_split(CLICK.sub("", " ".join(document.raw[start:end] for start, end in zip(starts, ends, strict=True)))))
    score.words, score.lost, score.made = there.total(), there - here, here - there


def _split(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", text.replace("\xad", ""))


def _text(element: etree._Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in LEFT_OUT:
        return
    note = element.tag == "sup" and re.fullmatch(r"\s*[a-z](?:\s*,\s*[a-z])*\s*", "".join(map(str, element.itertext())))  # of a table
    apart = "" if element.tag in INLINE and not note else " "
    yield apart
    yield element.text or ""
    for one in element:
        yield from _text(one)
        yield one.tail or ""
    yield apart


def _order(article: etree._Element, document: Document, score: Score) -> None:
    """Paragraphs of sections that hold no other block, told by their letters; those that two have in common say nothing."""
    plain = [
        one
        for one in article.iterfind("body//sec/p")
        if not any(e.tag in ("p", "table-wrap", "fig", "list", "disp-quote") for e in one.iterdescendants())
    ]
    letters = [re.sub(r"\W", "", "".join(map(str, one.itertext()))) for one in plain]
    told = [one for one in letters if len(one) > 40 and letters.count(one) == 1]
    front = (SectionKind.TITLE, SectionKind.ABSTRACT)  # which often says the same
    body = next((section.span.start for section in document.sections if section.kind not in front), 0)
    text = re.sub(r"\W", "", document.raw[document.offsets.raw(body).start :])
    at = [text.find(one[:80]) for one in told]
    score.pairs = max(len(at) - 1, 0)
    score.in_order = sum(0 <= one < other for one, other in pairwise(at))


def _places(root: etree._Element, document: Document, score: Score) -> None:
    score.places = len(document.places)
    for place in document.places:
        found = root.getroottree().xpath(place.xpath or "")
        if not isinstance(found, list) or len(found) != 1 or not isinstance(element := found[0], etree._Element):
            continue
        printed = "".join(map(str, element.itertext())) if element.tag == "ref" else _without_floats(element)
        score.found += element.tag == "ref" or _letters(place.raw.of(document.raw)) in _letters(printed)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _without_floats(element: etree._Element) -> str:
    """The text of a line's element: its number may stand beside it, tables and figures in it are lines of their own."""
    beside = element.getparent()
    label = beside.findtext("label") if beside is not None and element.tag in ("title", "p") else None
    return (label or "") + "".join(_shown(element, top=True))


def _shown(element: etree._Element, *, top: bool = False) -> Iterator[str]:
    if not isinstance(element.tag, str) or (not top and element.tag in ("table-wrap", "fig", "boxed-text")):
        return
    source = "".join(map(str, element.itertext()))
    formula = re.search(r"\\begin\{document\}(.*?)\\end\{document\}", source, re.DOTALL) if element.tag == "tex-math" else None
    if formula:
        yield formula[1]
        return
    yield element.text or ""
    for one in element:
        yield from _shown(one)
        yield one.tail or ""


def links(article: etree._Element, document: Document) -> tuple[int, int]:
    """How many links an article has to entries of its list, and how many of them a mark of the document makes too."""
    numbers = {
        str(one.get("id")): entry.number
        for entry, ref in zip(document.references, article.iter("ref"), strict=True)
        for one in ref.iter()
        if one.get("id")
    }
    wanted = Counter(numbers[i] for one in article.iter("xref") for i in (one.get("rid") or "").split() if i in numbers)
    marked = Counter(number for mark in document.citations for number in mark.numbers)
    return wanted.total(), (wanted & marked).total()


def main() -> int:
    """Measure all papers, print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    options = parser.parse_args()
    if not PAPERS.is_dir():
        print(f"no papers in {PAPERS}: nothing measured")
        return 0
    scores = {path.stem: measure(path) for path in papers(PAPERS)}
    rows = {
        "words read": (sum(s.words - s.lost.total() for s in scores.values()), sum(s.words for s in scores.values())),
        "words read that stand in the file": (
            sum(s.words - s.lost.total() for s in scores.values()),
            sum(s.words - s.lost.total() + s.made.total() for s in scores.values()),
        ),
        "paragraphs that follow one another as in the file": (sum(s.in_order for s in scores.values()), sum(s.pairs for s in scores.values())),
        "pieces of text whose XPath leads to them": (sum(s.found for s in scores.values()), sum(s.places for s in scores.values())),
        "citation links at their entry": (sum(s.linked for s in scores.values()), sum(s.links for s in scores.values())),
    }
    print(f"{len(scores)} papers\n\n| of JATS papers | share | of |\n| --- | --- | --- |")
    for title, (part, whole) in rows.items():
        print(f"| {title} | {part / whole:.2%} | {whole:,} |")
    for name, s in sorted(scores.items(), key=lambda item: -(item[1].lost.total() + item[1].made.total()))[: options.worst]:
        print(f"    {name} lost {dict(s.lost.most_common(12))} made {dict(s.made.most_common(12))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
