"""The reference list of a JATS file, and which of its entries a citation mark names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from extractor.document import Reference, fold
from extractor.ingest.citations import numbers_in
from extractor.ingest.markup import Link, below, child, children, flat, name, plain

_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")
_PEOPLE = ("name", "string-name", "collab")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;:)\]]")
_LONGEST_RANGE = 60
_NUMERIC = re.compile(r"[\[(]?\d+(?:[\s,;-]+\d+)*[\])]?")
_IDENTIFIERS = frozenset({"pub-id", "object-id", "ext-link", "uri"})


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The entries in order, the number that each id stands for, and whether marks print these numbers (else authors and years)."""

    entries: tuple[tuple[etree._Element, Reference], ...]
    ids: Mapping[str, int]
    numbered: bool

    @classmethod
    def of(cls, article: etree._Element, parts: tuple[etree._Element, ...]) -> Bibliography:
        """The list of an article, of those of its parts that are its own (no reply printed with it)."""
        refs = [ref for part in parts for ref in below(part, "ref")]
        numbers = _numbers(refs)
        entries = tuple((ref, _reference(ref, number)) for ref, number in zip(refs, numbers, strict=True))
        ids = {one.get("id", ""): number for ref, number in zip(refs, numbers, strict=True) for one in ref.iter() if one.get("id")}
        links = [x for x in below(article, "xref") if x.get("rid") in ids and re.fullmatch(r"\W*\d+\W*", plain(x))]
        right = sum(int(re.sub(r"\D", "", plain(x))) == ids[x.get("rid", "")] for x in links)
        return cls(entries, ids, right >= 0.9 * len(links) and right > 0)

    def numbers(self, printed: str, link: Link) -> tuple[int, ...]:
        """The entries that a mark names, in order: by its links, the ranges between them, and its numbers where the paper's marks print such."""
        found = {self.ids[i] for i in link.ids if i in self.ids}
        for first, last in link.ranges:
            if first in self.ids and last in self.ids and 0 < self.ids[last] - self.ids[first] <= _LONGEST_RANGE:
                found.update(range(self.ids[first], self.ids[last] + 1))
        if self.numbered and _NUMERIC.fullmatch(fold(printed)):
            found.update(numbers_in(re.sub(r"\s*;\s*|(?<=\d)\s+(?=\d)", ",", fold(printed))))
        known = {reference.number for _, reference in self.entries}
        return tuple(sorted(found & known))


def _numbers(refs: list[etree._Element]) -> list[int]:
    """The numbers printed as labels where they count up, else each entry's place, from 1."""
    labels = [re.sub(r"\D", "", plain(child(ref, "label"))) for ref in refs]
    if all(labels):
        printed = [int(label) for label in labels]
        if all(one < other for one, other in pairwise(printed)):
            return printed
    return list(range(1, len(refs) + 1))


def _reference(ref: etree._Element, number: int) -> Reference:
    cited = list(_cited(ref))
    text = " ".join(filter(None, (_entry(one) for one in cited))) or plain(ref)
    first = cited[0] if cited else ref
    year = re.search(r"(?:1[89]|20)\d\d", plain(next(below(first, "year"), None)))
    return Reference(number, text, year=int(year.group()) if year else _year_in(text), doi=_doi(first), pmid=_pmid(first))


def _year_in(text: str) -> int | None:
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    return int(years[-1]) if years else None


def _cited(ref: etree._Element) -> Iterator[etree._Element]:
    """The works of an entry: one as a rule, several in "3. (a) ... (b) ..."; of alternatives the first."""
    for one in children(ref):
        if name(one) in _CITATIONS:
            yield one
        elif name(one) == "citation-alternatives":
            found = child(one, *_CITATIONS)
            if found is not None:
                yield found


def _doi(cited: etree._Element) -> str | None:
    tagged = next((plain(one) for one in below(cited, "pub-id", "object-id") if one.get("pub-id-type") == "doi"), "")
    links = [str(value) for one in below(cited, "ext-link", "uri") for key, value in one.items() if str(key).endswith("href")]
    found = next((m for text in (tagged, *links, flat(cited).text) if (m := _DOI.search(text))), None)
    return found.group() if found else None


def _pmid(cited: etree._Element) -> str | None:
    tagged = next((plain(one) for one in below(cited, "pub-id") if one.get("pub-id-type") == "pmid"), "")
    return tagged if tagged.isdigit() else None


def _entry(cited: etree._Element) -> str:
    """A work in one line: as printed where its punctuation is in the file, else put together from its parts."""
    between = [(one.tail or "").strip() for one in cited if name(one) not in _IDENTIFIERS]
    if name(cited) == "mixed-citation" and (not len(cited) or sum(map(bool, between)) >= len(between) / 3):
        return _printed(cited)
    if not any(True for _ in children(cited)):
        return plain(cited)
    people = ", ".join(filter(None, (_person(one) for one in _authors(cited))))
    part = {
        tag: plain(child(cited, tag))
        for tag in ("article-title", "chapter-title", "source", "year", "volume", "issue", "fpage", "lpage", "elocation-id")
    }
    pages = "-".join(filter(None, (part["fpage"] or part["elocation-id"], part["lpage"])))
    issue = f"({part['issue']})" if part["issue"] else ""
    place = f"{part['year']};{part['volume']}{issue}:{pages}".rstrip(":;")
    rest = " ".join(plain(one) for one in children(cited, "publisher-name", "publisher-loc", "comment", "date-in-citation"))
    parts = (people, part["article-title"] or part["chapter-title"], part["source"], place, rest)
    return " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in parts if text)


def _printed(cited: etree._Element) -> str:
    """A work as printed; names that stand side by side without a blank are set apart, identifiers that print does not show are left out."""
    shown = [_printed(one) if name(one) == "person-group" else _person(one) if name(one) in _PEOPLE else flat(one).text for one in children(cited)]
    text = cited.text or ""
    for one, words in zip(children(cited), shown, strict=True):
        hidden = name(one) in ("pub-id", "object-id")
        apart = " " if text[-1:].isalnum() and words[:1].isalnum() else ""
        text += ("" if hidden else apart + words) + (one.tail or "")
    return " ".join(text.split())


def _authors(cited: etree._Element) -> Iterator[etree._Element]:
    groups = [one for one in children(cited, "person-group") if one.get("person-group-type", "author") in ("author", "collab")]
    for part in (*groups, cited):
        yield from (one for one in children(part, *_PEOPLE, "etal"))


def _person(one: etree._Element) -> str:
    if name(one) == "etal":
        return plain(one) or "et al"
    names = " ".join(filter(None, (plain(child(one, tag)) for tag in ("surname", "given-names", "suffix"))))
    return names or plain(one)
