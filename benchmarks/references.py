"""How many citation marks lead to the entry that the paper means, from plain text.

    python -m benchmarks.references [--seed N] [--errors N] [--paper PMC...]

Takes the JATS files in `../shared/papers` (held-out papers left out), in which each citation mark is linked to its entry, and prints each as plain
text in four styles: superscripts stuck to their words, square brackets, round brackets, authors and years. The list of references stands behind, in
one of the layouts that go with the style; every other text is wrapped at a random width. What the reader makes of it is compared with the links:
an entry is the same when its text is. Prints for each style the links (one for each entry of each mark, ranges expanded), the share found, the links
that are not in the paper, the entries of the lists, and the share read whole, with year, DOI and PMID; last the links of the JATS files, read as
JATS. Without the papers it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from lxml import etree

from benchmarks.jats import links
from extractor.document import Document, fold
from extractor.ingest import from_text
from extractor.ingest import read as read_file
from extractor.ingest.citations import numbers_in

PAPERS = Path(__file__).resolve().parents[2] / "shared" / "papers"
STYLES = ("superscript", "square brackets", "round brackets", "author-year")
LAYOUTS = {
    "superscript": ("1. ", "1 ", "• "),
    "square brackets": ("[1] ", "1. ", ""),
    "round brackets": ("(1) ", "1. ", "• "),
    "author-year": ("", "• "),
}
NOT_READ = frozenset({"table-wrap", "fig", "disp-formula", "tex-math", "supplementary-material", "boxed-text"})
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
OPEN, CLOSE, RAISE, LOWER = "\ue000\ue001\ue002\ue003"
_X = f"{OPEN}[^{CLOSE}]*{CLOSE}"
GROUP = re.compile(rf"{_X}(?:(?:[\s,;{RAISE}{LOWER}]|[\]\)][,\s]*[\[\(]|[-–—‐]|\band\b)*{_X})*")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list: who, what, where, when."""

    id: str
    authors: tuple[tuple[str, str], ...]
    more: bool
    rest: str
    year: int | None
    journal: str
    where: str
    doi: str | None
    pmid: str | None

    @property
    def surname(self) -> str:
        """The name that a mark begins with."""
        return self.authors[0][0] if self.authors else self.rest.split(".")[0].split(",")[0]


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of text that is linked: its words as printed, and the entries."""

    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The paragraphs of a paper, each link an `OPEN number CLOSE`."""

    name: str
    paragraphs: tuple[str, ...]
    links: tuple[Link, ...]
    entries: tuple[Entry, ...]
    authored: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper in one style, with where its marks stand and what they mean, and its entries as printed in the order of the list."""

    text: str
    marks: tuple[tuple[int, int, tuple[str, ...]], ...]
    entries: tuple[tuple[Entry, str], ...]


@dataclass
class Score:
    """Counts over papers."""

    marks: int = 0
    links: int = 0
    found: int = 0
    extra: int = 0
    entries: int = 0
    whole: int = 0
    years: tuple[int, int] = (0, 0)
    dois: tuple[int, int] = (0, 0)
    pmids: tuple[int, int] = (0, 0)
    errors: list[tuple[str, str]] = field(default_factory=list)


def papers(folder: Path) -> Iterator[Paper]:
    """The papers that have links, without the held-out ones."""
    split_file = folder / "gold" / "split.json"
    held_out = set(json.loads(split_file.read_text(encoding="utf-8"))["held_out"]) if split_file.exists() else set()
    for path in sorted(folder.glob("*.nxml")):
        if path.stem in held_out:
            continue
        paper = read(path)
        if paper.links and paper.entries:
            yield paper


def read(path: Path) -> Paper:
    """One JATS file."""
    root = etree.parse(str(path), PARSER).getroot()
    entries = tuple(_entry(ref) for ref in root.iter("ref"))
    order = [e.id for e in entries]
    links: list[Link] = []
    paragraphs = []
    for element in root.iter("p", "title"):
        if any(a.tag in NOT_READ or a.tag in ("p", "ref", "ref-list") for a in element.iterancestors()):
            continue
        text = re.sub(r"\s+", " ", "".join(_printed(element, links, order))).strip()
        if text:
            paragraphs.append(text)
    numbers = sum(bool(re.fullmatch(r"\W*\d{1,3}(?:\W+\d{1,3})*\W*", link.text)) for link in links)
    return Paper(path.stem, tuple(paragraphs), tuple(links), entries, numbers < len(links) / 2)


def _printed(element: etree._Element, links: list[Link], order: Sequence[str]) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in NOT_READ:
        return
    ids = tuple(i for i in (element.get("rid") or "").split() if i in order)
    if element.tag == "xref" and element.get("ref-type") == "bibr" and ids:
        text = "".join(map(str, element.itertext())).strip()
        links.append(Link(text, _several(text, ids, order)))
        yield f"{OPEN}{len(links) - 1}{CLOSE}"
        return
    yield RAISE if element.tag == "sup" else ""
    yield element.text or ""
    for child in element:
        yield from _printed(child, links, order)
        yield child.tail or ""
    yield LOWER if element.tag == "sup" else ""


def _several(text: str, ids: tuple[str, ...], order: Sequence[str]) -> tuple[str, ...]:
    """The entries of a link that prints several numbers ("4–10") and names the first alone."""
    numbers = numbers_in(re.sub(r"[^\d,–-]", "", text))
    if len(ids) > 1 or len(numbers) < 2 or not re.fullmatch(r"[\d\s,–-]+", text):
        return ids
    first = order.index(ids[0])
    return tuple(order[first + n - numbers[0]] for n in numbers if 0 <= first + n - numbers[0] < len(order))


def _entry(ref: etree._Element) -> Entry:
    cited = next((c for c in ref if c.tag in ("citation", "element-citation", "mixed-citation", "nlm-citation")), ref)
    authors = tuple(
        (_of(n, "surname"), re.sub(r"[\s.]", "", _of(n, "given-names")))
        for n in cited.iter("name", "string-name")
        if next(n.iterancestors()).get("person-group-type", "author") == "author" and _of(n, "surname")
    )
    if not authors and cited.tag == "mixed-citation":  # printed before the first element
        authors = tuple(re.findall(r"([^\W\d_][\w'’ -]+?)\s([A-Z]{1,3})\b(?=[,.\s]|$)", (cited.text or "").strip(" (.")))
    year = re.search(r"(?:19|20)\d\d", _of(cited, "year"))
    title, journal = _of(cited, "article-title") or _of(cited, "chapter-title"), _of(cited, "source")
    pages = "–".join(filter(None, (_of(cited, "fpage"), _of(cited, "lpage"))))
    where = _of(cited, "volume") + (f"({_of(cited, 'issue')})" if _of(cited, "issue") else "") + (f":{pages}" if pages else "")
    ids = {p.get("pub-id-type"): "".join(map(str, p.itertext())).strip() for p in cited.iter("pub-id")}
    rest = title or journal
    if not rest or (not authors and year is None):  # all in one: as printed
        rest, authors, journal, where = re.sub(r"\s+", " ", "".join(map(str, cited.itertext()))).strip(), (), "", ""
        found = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", rest)
        return Entry(ref.get("id") or "", (), False, rest, int(found[-1]) if found else None, "", "", None, None)
    group = _of(cited, "collab")
    more = cited.find(".//etal") is not None or len(authors) > 6
    return Entry(
        ref.get("id") or "",
        authors[:6] if authors else (((group, ""),) if group else ()),
        more,
        rest.rstrip("."),
        int(year.group()) if year else None,
        journal.rstrip(".") if title else "",
        where,
        ids.get("doi"),
        ids.get("pmid"),
    )


def _of(element: etree._Element, name: str) -> str:
    found = element.find(f".//{name}")
    return re.sub(r"\s+", " ", "".join(map(str, found.itertext()))).strip() if found is not None else ""


def show(paper: Paper, style: str, rng: random.Random) -> Printed:
    """A paper as plain text in one style."""
    if style == "author-year" and not paper.authored:
        order = sorted(paper.entries, key=lambda e: (fold(e.surname).casefold(), e.year or 0))
    elif style == "superscript" and paper.authored:
        cited = list(dict.fromkeys(i for link in paper.links for i in link.ids))
        order = sorted(paper.entries, key=lambda e: cited.index(e.id) if e.id in cited else len(cited))
    else:
        order = list(paper.entries)
    letters = _letters(order) if style == "author-year" and not paper.authored else {}
    listed = [(e, _listed(e, style, letters.get(e.id, ""), paper.name)) for e in order]
    shower = _Shower(paper, style, order, letters, rng)
    width = rng.choice((None, rng.randint(70, 110)))
    layout = rng.choice(LAYOUTS[style])
    lines: list[str] = []
    for paragraph in paper.paragraphs:
        lines += [*_wrapped(shower.shown(paragraph), width, ""), ""]
    lines += ["References", ""]
    for number, (_, entry) in enumerate(listed, 1):
        lines += _wrapped(layout.replace("1", str(number)) + entry, width, "" if layout else "    ")
    return _without_signs("\n".join([*lines, ""]), shower.meant, listed)


def _wrapped(text: str, width: int | None, indent: str) -> list[str]:
    return [text] if width is None else textwrap.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


def _without_signs(text: str, meant: Sequence[tuple[str, ...]], listed: Sequence[tuple[Entry, str]]) -> Printed:
    marks: list[tuple[int, int, tuple[str, ...]]] = []
    kept: list[str] = []
    starts: list[int] = []
    for c in text:
        if c == OPEN:
            starts.append(len(kept))
        elif c == CLOSE:
            marks.append((starts[-1], len(kept), meant[len(marks)]))
        else:
            kept.append(c)
    return Printed("".join(kept), tuple(marks), tuple(listed))


def _letters(entries: Sequence[Entry]) -> Mapping[str, str]:
    """The letters that tell the works of an author in a year apart."""
    found = {}
    for _, group in groupby(entries, key=lambda e: (fold(e.surname).casefold(), e.year)):
        same = list(group)
        if len(same) > 1:
            found.update({e.id: chr(ord("a") + i) for i, e in enumerate(same)})
    return found


def _listed(entry: Entry, style: str, letter: str, name: str) -> str:
    """An entry in the form that goes with the style; two forms each, by the paper."""
    who = ", ".join(f"{surname} {given}".strip() for surname, given in entry.authors) + (" et al" if entry.more else "")
    year = f"{entry.year}{letter}" if entry.year else ""
    other = sum(map(ord, name)) % 2
    if not entry.authors and not entry.journal:
        said = entry.rest if year[:4] in entry.rest and not letter else f"{entry.rest}. {year}"
    elif style == "author-year":
        head = (f"{who} ({year})" if year else who) if other else f"{who}. {year}."
        said = f"{head} {entry.rest}. {entry.journal} {entry.where}"
    else:
        said = f"{who}. {entry.rest}. {entry.journal}. " + (f"({year}) {entry.where}" if other else f"{year};{entry.where}")
    said = re.sub(r"\s+", " ", said).strip(" .;") + "."
    if entry.doi and other:
        said += f" doi: {entry.doi}"
    elif entry.doi:
        said += f" https://doi.org/{entry.doi}"
    return said + (f" PMID: {entry.pmid}" if entry.pmid and sum(map(ord, name)) % 3 else "")


class _Shower:
    """Prints paragraphs in one style, and notes what its marks mean, in order."""

    def __init__(self, paper: Paper, style: str, order: Sequence[Entry], letters: Mapping[str, str], rng: random.Random) -> None:
        self.meant: list[tuple[str, ...]] = []
        self._paper, self._style, self._letters = paper, style, letters
        self._numbers = {e.id: i for i, e in enumerate(order, 1)}
        self._entries = {e.id: e for e in order}
        self._order = [e.id for e in paper.entries]
        self._inside = rng.random() < 0.7
        self._comma, self._and = rng.choice((", ", " ")), rng.choice((" and ", " & "))
        self._al = rng.choice((" et al", " et al."))
        self._dash, self._gap = rng.choice("-–"), rng.choice(("", " "))

    def shown(self, paragraph: str) -> str:
        """The paragraph with its marks between signs."""
        if self._style == "author-year" and self._paper.authored:
            return re.sub(_X, self._as_it_is, _plain(paragraph))
        found, at = [], 0
        for match in GROUP.finditer(paragraph):
            before, after = paragraph[at : match.start()], paragraph[match.end() :]
            pair = re.search(rf"[\[(]\s?{RAISE}?$", before), re.match(rf"{LOWER}?\s?[\])]", after)
            end = match.end()
            if pair[0] and pair[1]:
                before, end = before[: pair[0].start()], end + pair[1].end()
            before = before.removesuffix(RAISE)
            ids = self._ids(match.group())
            text, end = self._placed(before, paragraph, end, ids)
            found.append(_plain(text))
            at = end
        return "".join([*found, _plain(paragraph[at:])])

    def _as_it_is(self, match: re.Match[str]) -> str:
        link = self._paper.links[int(match.group()[1:-1])]
        self.meant.append(link.ids)
        return f"{OPEN}{link.text}{CLOSE}"

    def _ids(self, group: str) -> tuple[str, ...]:
        """The entries of a group of links, ranges expanded."""
        found: list[str] = []
        between = re.split(_X, group)
        for i, one in enumerate(re.findall(_X, group)):
            link = self._paper.links[int(one[1:-1])]
            if re.search(r"[-–—‐]", between[i]) and found and len(link.ids) == 1:
                first, last = self._order.index(found[-1]), self._order.index(link.ids[0])
                found += self._order[first + 1 : last]
            found += link.ids
        return tuple(dict.fromkeys(found))

    def _placed(self, before: str, paragraph: str, end: int, ids: tuple[str, ...]) -> tuple[str, int]:
        """The text up to the mark with it, and where the paragraph goes on: marks change sides of a full stop with the style."""
        stop = re.search(r"[.,;:]\s?$", before.rstrip() or " ")
        after = paragraph[end : end + 1]
        following = paragraph[end + 1 : end + 2] if after == LOWER else after
        if after == LOWER:
            end += 1
        self.meant.append(ids)
        if self._style == "superscript":
            bare = before.rstrip(f"{RAISE}{LOWER} ")
            if following in (".", ",") and not self._inside:
                return f"{bare}{following}{OPEN}{self._numbered(ids)}{CLOSE}", end + 1
            return f"{bare}{OPEN}{self._numbered(ids)}{CLOSE}", end
        mark = self._mark(before, ids)
        if stop and not re.search(r"(?:al|vs)\.\s?$", before) and (self._inside or self._style == "author-year"):
            bare = before.rstrip()
            return f"{bare[:-1]} {mark}{bare[-1]}", end
        return f"{before.rstrip()} {mark}", end

    def _mark(self, before: str, ids: tuple[str, ...]) -> str:
        if self._style == "square brackets":
            return f"{OPEN}[{self._numbered(ids)}]{CLOSE}"
        if self._style == "round brackets":
            return f"{OPEN}({self._numbered(ids)}){CLOSE}"
        entries = [self._entries[i] for i in ids]
        first = entries[0]
        told = re.search(r"([^\W\d_][\w'’-]+)\s(?:et\.?\sal\.?,?|and\s(?:colleagues|co-?workers|[A-Z]\w+))\s?$", before)
        if told and fold(told.group(1)) == fold(first.surname).split()[-1] and len(ids) == 1:
            return f"{OPEN}({first.year}{self._letters.get(first.id, '')}){CLOSE}"
        return f"{OPEN}({'; '.join(map(self._named, entries))}){CLOSE}"

    def _named(self, entry: Entry) -> str:
        names = [surname for surname, _ in entry.authors]
        year = f"{entry.year or 'in press'}{self._letters.get(entry.id, '')}"
        if not names:
            return f"{' '.join(entry.surname.split()[:6])}, {year}"
        if len(names) == 1 and not entry.more:
            return f"{names[0]}{self._comma}{year}"
        return (f"{names[0]}{self._and}{names[1]}" if len(names) == 2 and not entry.more else f"{names[0]}{self._al}") + self._comma + year

    def _numbered(self, ids: tuple[str, ...]) -> str:
        numbers = sorted(self._numbers[i] for i in ids)
        parts: list[str] = []
        for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
            run = [n for _, n in group]
            parts += [f"{run[0]}{self._dash}{run[-1]}"] if len(run) > 2 else map(str, run)
        return ("," + ("" if self._style == "superscript" else self._gap)).join(parts)


def _plain(text: str) -> str:
    return text.replace(RAISE, "").replace(LOWER, "")


def measure(printed: Printed, document: Document, score: Score, name: str) -> None:
    """Count into the score what was found and what not."""
    texts = {e.id: said for e, said in printed.entries}
    ids = {_letters_of(said): e.id for e, said in printed.entries}
    read = {r.number: ids.get(_letters_of(r.text)) for r in document.references}
    claimed: Counter[int] = Counter()
    for start, end, meant in printed.marks:
        over = [m for m in document.citations if m.raw.start < end and start < m.raw.end]
        found = {read.get(n) for m in over for n in m.numbers}
        same = {i for i in meant if i in found or any(texts[i] == texts.get(f or "") for f in found)}
        score.marks += 1
        score.links += len(meant)
        score.found += len(same)
        claimed.update(id(m) for m in over)
        if len(same) < len(meant):
            kind = "no mark seen" if not over else "no entry for it" if not any(m.numbers for m in over) else "another entry"
            context = printed.text[max(start - 40, 0) : end + 15].replace("\n", " ")
            score.errors.append((kind, f"{name} {context!r} -> {[(m.text, m.numbers) for m in over]}"))
    for mark in document.citations:
        if not claimed[id(mark)] and mark.numbers:
            named = bool(re.search(r"(?:19|20)\d\d", mark.text))  # an author and year of the list: the paper means it, and does not link it
            score.extra += 0 if named else len(mark.numbers)
            context = printed.text[max(mark.raw.start - 40, 0) : mark.raw.end + 15].replace("\n", " ")
            score.errors.append(("named without a link" if named else "no mark there", f"{name} {context!r} -> {mark.text!r} {mark.numbers}"))
    _measure_entries(printed, document, score, name)


def _measure_entries(printed: Printed, document: Document, score: Score, name: str) -> None:
    read = {_letters_of(r.text): r for r in document.references}
    for entry, said in printed.entries:
        found = read.get(_letters_of(said))
        score.entries += 1
        score.whole += found is not None
        if found is None:
            score.errors.append(("entry not read whole", f"{name} {said[:100]!r}"))
            continue
        for slot, want, got in (("years", entry.year, found.year), ("dois", entry.doi, found.doi), ("pmids", entry.pmid, found.pmid)):
            if want is not None and (slot != "pmids" or f"PMID: {entry.pmid}" in said):
                right, all_ = getattr(score, slot)
                setattr(score, slot, (right + (got == want), all_ + 1))
                if got != want:
                    score.errors.append((f"other {slot[:-1]}", f"{name} {want!r} read {got!r} in {said!r}"))


def _letters_of(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the styles, print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each kind and style")
    parser.add_argument("--paper", help="only this one")
    options = parser.parse_args(arguments)
    if not PAPERS.is_dir():
        print(f"no papers in {PAPERS}: nothing measured")
        return 0
    chosen = [p for p in papers(PAPERS) if options.paper in (None, p.name)]
    print(f"{len(chosen)} papers with linked marks, seed {options.seed}")
    print(f"\n| style | marks | links | found | extra | entries | whole | year | DOI | PMID |\n|{' --- |' * 10}")
    for style in STYLES:
        rng, score = random.Random(f"{options.seed} {style}"), Score()
        for paper in chosen:
            printed = show(paper, style, rng)
            measure(printed, from_text(printed.text, name=paper.name), score, paper.name)
        _report(style, score, options.errors)
    counted = [links(etree.parse(str(path), PARSER).getroot(), read_file(path)) for path in (PAPERS / f"{paper.name}.nxml" for paper in chosen)]
    there, found = map(sum, zip(*counted, strict=True))
    print(f"| JATS itself | | {there} | {found / max(there, 1):.2%} | | | | | | |")
    return 0


def _report(style: str, score: Score, errors: int) -> None:
    found, whole = score.found / max(score.links, 1), score.whole / max(score.entries, 1)
    slots = " | ".join(f"{right / max(all_, 1):.2%}" for right, all_ in (score.years, score.dois, score.pmids))
    print(f"| {style} | {score.marks} | {score.links} | {found:.2%} | {score.extra} | {score.entries} | {whole:.2%} | {slots} |", flush=True)
    kinds = Counter(kind for kind, _ in score.errors)
    if errors:
        print("    " + ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()))
    for kind in kinds:
        for error in [e for k, e in score.errors if k == kind][:errors]:
            print(f"      {kind}: {error}")


if __name__ == "__main__":
    sys.exit(main())
