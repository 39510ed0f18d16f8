"""The reference list of a paper, and which of its entries each citation mark points to.

Lists come in a few layouts, told apart by what repeats: numbers that count up from 1 ("1. Doe J", "[1] Doe J", "(1) Doe J"), bullets, or bare
paragraphs, one an entry or broken over lines. An entry without a number has that of its place. A mark that prints numbers names entries by number;
one that prints authors and years names those that begin with that author and carry that year.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from extractor.document import CharSpan, Reference, fold
from extractor.ingest.citations import Mark, apart

HEADING = re.compile(
    r"""
    ^[ \t]* (?: BACK\. )? (?: \d{1,2}\.?[ \t]+ )?
    (?: references? | bibliography | literature(?:\ cited)? | references\ and\ notes | reference\ list | cited\ literature )
    [ \t]* (?: :?[ \t]*$ | :?[ \t]+ (?= \[1\]\s | \(1\)\s | 1\.\s+[A-Z] ) )
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)

_UPPER = "A-ZÀ-ÖØ-ÞŁŠŞŽČĆĐİŚŹŻŘŐŰĽŤĎŇĚ"
_PARTICLE = r"(?:(?:van|von|vom|zu|de|den|der|del|della|di|du|da|dos|das|la|le|los|ten|ter|el|al|af|st\.?|d'|o'|'t)[ -]?)"

# The numbers that entries may start with, and the same inside a line. A number must be followed by something that an entry starts with.
_NUMBERED = {
    "1.": re.compile(r"(\d{1,3})\.(?!\d)\s*(?=\S)"),
    "[1]": re.compile(r"\[\s?(\d{1,3})\s?\]\.?\s*(?=\S|$)"),
    "(1)": re.compile(r"\((\d{1,3})\)\.?\s*(?=\S|$)"),
    "1)": re.compile(r"(\d{1,3})\)\s*(?=\S)"),
    "1": re.compile(rf"(\d{{1,3}})(?:\s+(?=[\"'*]?[{_UPPER}]|{_PARTICLE}{{1,3}}[{_UPPER}])|\s*$|(?={_PARTICLE}{{0,3}}[{_UPPER}][^\W\d_]))"),
}
_INLINE = {
    "1.": re.compile(rf"(?<=[\s.;)\]])(\d{{1,3}})\.\s+(?=[\"'*]?[{_UPPER}]|{_PARTICLE})"),
    "[1]": re.compile(r"(?<=[\s.;)\]\d])\[(\d{1,3})\]\s*(?=\S)"),
    "(1)": re.compile(rf"(?<=[\s.;)\]])\((\d{{1,3}})\)\s+(?=[\"'*]?[{_UPPER}])"),
}
_FIRST = re.compile(r"^[ \t]*[\[(]?1[.)\]]{1,2}[ \t]*(?=\S)", re.MULTILINE)
_BULLET = re.compile(r"[.*•▪‣◦●○-]\s+(?=\S)")  # in folded text: "•" is "." there

# "Doe J, ", "van der Roe AB and", "Abou-Poe GK. ", "DOE, J."
_AUTHOR = re.compile(
    rf"""
    ["'*]? {_PARTICLE}{{0,3}} [{_UPPER}][\w'-]{{1,40}} (?: \s[{_UPPER}][\w'-]{{1,40}} ){{0,2}} ,? \s
        (?: [{_UPPER}]{{1,4}}\b | (?: [{_UPPER}]\.[-\s]? ){{1,4}} )
    | [{_UPPER}]\.\s? (?: [{_UPPER}]\.\s? )? [{_UPPER}][\w'-]{{1,40}} ,
    """,
    re.VERBOSE,
)
_AUTHOR_AND_STOP = re.compile(rf"(?:{_AUTHOR.pattern}) [,;.]{{0,2}} \s* (?: (?:and|&) \s )?", re.VERBOSE)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?P<letter>[a-z])?(?!\d)"
# Where the year of an entry stands, the surest place first: "2021;71(3)", "(2021)" and "(2021 Mar)", "2021 Mar 4;7", after the authors, anywhere.
_YEARS_OF_AN_ENTRY = tuple(
    re.compile(rf"(?<!\d){form}")
    for form in (
        rf"{_YEAR}(?:\s(?:[A-Z][a-z]{{2,8}}\.?)(?:[-\s]\S{{1,8}})?(?:\s\d\d?)?)?\s?;\s?(?:\d|[A-Z]|\()",
        rf"(?<=\(){_YEAR}(?:,?\s[A-Z][a-z]{{2,8}}\.?(?:\s\d\d?)?)?\)",
        rf"(?<=[.,]\s){_YEAR}\s?[,.;:](?!\d)",
        rf"{_YEAR}(?=\s\d+\s?[:(,])",
        rf"{_YEAR}(?=[,.;:]?\s(?:doi|https?:|pmid|\d+\b)|[.,;]?\s*$)",
        _YEAR,
    )
)
# "2001", "2001a", "2001a, b" in a mark; the brackets and names that such a year may stand in.
_YEARS = re.compile(r"(?<![\d-])(?:(?P<year>(?:19|20)\d\d)|in\spress)(?P<letters>(?:[a-z](?:\s?[,&]\s?[a-z]\b)*)?)(?!\w)")
_INSIDE = r"(?:[^()\[\]]|[(\[][^()\[\]]{0,100}[)\]])"
_YEAR_IN_BRACKETS = re.compile(
    rf"""
    [(\[] (?= {_INSIDE}{{0,900}} [)\]] )
    [^()\[\]]{{0,900}}? (?: [(\[][^()\[\]]{{0,100}}[)\]] [^()\[\]]{{0,900}}? )?
    (?<!\d) (?: (?:19|20)\d\d[a-z]?(?!\d) | in\ press )
    {_INSIDE}{{0,900}} [)\]]
    """,
    re.VERBOSE,
)
_NAME_AND_YEAR = re.compile(
    rf"""
    (?: \b {_PARTICLE}{{0,3}} [{_UPPER}][\w'-]{{1,40}} \s ){{1,2}}
    (?: et\.?\sal\.? ,? \s | (?:and|&)\s {_PARTICLE}{{0,3}} [{_UPPER}][\w'-]{{1,40}} ,? \s | and\s (?:colleagues|co-?workers) ,? \s )
    (?:19|20)\d\d[a-z]? (?!\w)
    | \b {_PARTICLE}{{0,3}} [{_UPPER}][\w'-]{{1,40}} ,\s (?:19|20)\d\d[a-z]? (?!\w)
    """,
    re.VERBOSE,
)
_DOI = re.compile(r"\b10\.\d{4,9}/(?:[^\s\"<>]|<(?=\d)|>(?=\d))+")
_PMID = re.compile(r"(?:PMID|PubMed(?:\s(?:ID|PMID))?|pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)\s?[:/]?\s?(\d{5,8})\b", re.IGNORECASE)

# What the page of a journal puts behind an entry: links that say nothing of it.
_LINKS = re.compile(
    r"\s*(?:[\[(]?\s?(?:cross\s?ref|pubmed|google\s?scholar|web\sof\sscience(?:®)?|medline|scopus|view(?:\sarticle)?|full\stext|pdf|abstract|cas)"
    r"\s?[\])]?[\s,;|•·]*)+",
    re.IGNORECASE,
)
_LINKS_BEHIND = re.compile(
    r"(?<=[.\]/)\d])(?:\s[\[(]?(?:cross\s?ref|pubmed|google\s?scholar|web\sof\sscience(?:®)?|medline|scopus|full\stext|cas)[\])]?[,;|•·]?){1,9}\s*$",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:Supplement\w*\s+|Appendix\s+)?(?:Figure|Fig\.?|Table|FIGURE|FIG\.?|TABLE)\s*[A-Z]?\d{1,3}\b")
_AFTER_LIST = re.compile(
    r"""
    (?: acknowledg | fund(?:ing|ed\ by)\b | conflicts?\ of | competing\ int | disclosure | author(?:s|')?s?\ (?:contrib|affil|details|information)
      | supplement | supporting\ inf | appendix | appendices
      | (?: figures? | tables? ) (?: \ legends?)? \s*:?$ | (?: figure | table)s?\ (?: legends | and )
      | data\ avail | publisher | copyright | abbreviations? | ethic | footnotes? | how\ to\ cite | correspondence | received\b | (?: BODY | BACK)\. )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_LATEST_SHARE = 1 / 3
"""A list of references without a heading stands behind so much of the paper."""

_LONGEST_ENTRY = 3000
_UNWRAPPED = 250
"""A list with a line of so many characters has an entry in each line."""

_SKIPPED = 3
"""So many numbers of a list may be lost in a row."""

_FEWEST_WITHOUT_HEADING = 5
_MOST_TRIED = 20
"""So many places of a text may be the start of its list; a paper has one or two."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that holds something: its raw span without blanks around, its first raw character, its folded text, indent, blank lines before it."""

    span: CharSpan
    first: str
    text: str
    indent: int
    blank_lines: int


@dataclass(frozen=True, slots=True)
class _Start:
    """Where an entry starts: the line, the offset in its text behind number or bullet, the number if printed."""

    line: int
    offset: int
    number: int | None


@dataclass(frozen=True)
class ReferenceList:
    """The entries of a list in order, and the raw characters that it takes with its heading."""

    span: CharSpan
    entries: tuple[Reference, ...]

    @cached_property
    def authors(self) -> Mapping[int, str]:
        """The first word of each entry in lower case: mostly its first author's surname."""
        return {e.number: e.text.split()[0].strip(",.;:").casefold() for e in self.entries}

    @cached_property
    def _by_year(self) -> Mapping[int, Sequence[_Named]]:
        found: dict[int, list[_Named]] = defaultdict(list)
        for entry in self.entries:
            found[entry.year or 0].append(_Named.of(entry))
        return found

    def resolved(self, raw: str, marks: Iterable[Mark]) -> tuple[Mark, ...]:
        """The same marks, those of authors and years with the numbers of their entries, and those that only the list shows to be marks."""
        text = fold(raw)
        told = {m.span: m for m in self._told(text)}
        kept = [m for m in marks if not any(m.span.overlaps(span) for span in told)]
        return apart(sorted([*told.values(), *kept], key=lambda m: m.span))

    def _told(self, text: str) -> Iterator[Mark]:
        """What names an author and a year of the list, bracket by bracket, then where there is no bracket."""
        taken = 0
        for match in sorted([*_YEAR_IN_BRACKETS.finditer(text), *_NAME_AND_YEAR.finditer(text)], key=lambda m: (m.start(), -m.end())):
            span = CharSpan(*match.span())
            if span.start >= taken and (numbers := self._authored(text, span)):
                taken = span.end
                yield Mark(span, numbers, stuck=False)

    def _authored(self, text: str, span: CharSpan) -> tuple[int, ...]:
        """The entries that a mark such as "(Doe et al, 2001; Roe and Poe, 2002a, b)" or, behind its author, "(2004)" names."""
        said = span.of(text)
        before = re.split(r"(?<!al)[.;:]\s|[()\[\]]", text[max(span.start - 90, 0) : span.start])[-1]
        authors, at = before, 0
        numbers: list[int] = []
        for match in _YEARS.finditer(said):
            names = said[at : match.start()]
            if re.search(r"[^\W\d_]{2}", re.sub(r"\b(?:and|or|in|&)\b", "", names)):
                authors = names
            at = match.end()
            for letter in re.findall(r"[a-z]", match.group("letters")) or [""]:
                numbers.extend(self._named(authors, int(match.group("year") or 0), letter))
        return tuple(dict.fromkeys(numbers))

    def _named(self, authors: str, year: int, letter: str) -> tuple[int, ...]:
        """The entry of an author and year; none where it is left open which of several is meant."""
        there = self._by_year.get(year, ())
        for first, second, more in _readings_of(authors):
            found = [e for e in there if e.starts_with(first)]
            if second:
                found = [e for e in found if e.tells_of(second)]
            if found:
                return _chosen(found, letter, second=bool(second), more=more)
        return ()


@dataclass(frozen=True, slots=True)
class _Named:
    """An entry by the words it starts with, bare and in lower case, how many authors it lists, and the letter behind its year ('' if none)."""

    number: int
    words: tuple[str, ...]
    authors: int
    letter: str

    @classmethod
    def of(cls, entry: Reference) -> _Named:
        lettered = re.search(rf"(?<!\d){entry.year}([a-z])(?!\w)", entry.text)
        head = fold(entry.text[:300])
        at = authors = 0
        while author := _AUTHOR_AND_STOP.match(head, at):
            at, authors = author.end(), authors + 1
        return cls(entry.number, _bare_words(head), authors + 3 * bool(_MORE.match(head, at)), lettered.group(1) if lettered else "")

    def starts_with(self, name: Sequence[str]) -> bool:
        """Whether a name is the first author's; initials and particles before it do not count."""
        for skipped in range(min(5, len(self.words))):
            if self.words[skipped : skipped + len(name)] == tuple(name):
                return True
            if len(self.words[skipped]) > 3 or (len(self.words[skipped]) > 2 and self.words[skipped] not in _PARTICLES):
                return False
        return False

    def tells_of(self, name: Sequence[str]) -> bool:
        """Whether a name stands among the authors, as far as they can be told from the title: early."""
        head = self.words[:16]
        return any(head[i : i + len(name)] == tuple(name) for i in range(1, len(head)))


_MORE = re.compile(r"\bet\.?\s+al\b|\b(?:and|&)\s+(?:colleagues|co-?workers|others|associates)\b")
_PARTICLES = frozenset("van von vom zu de den der del della di du da dos das la le los ten ter el al af st d o".split())


def find_references(raw: str) -> ReferenceList | None:
    r"""The reference list of a plain text; None where it has none.

    >>> text = "Doe saw it.\n\nReferences\n[1] Doe J. On wards.\nJ Imag 2001;2:3. doi:10.1000/x1.\n[2] Roe R. On charts. J Imag 2002;3:4.\n"
    >>> [(e.number, e.text, e.year, e.doi) for e in find_references(text).entries][0]
    (1, 'Doe J. On wards. J Imag 2001;2:3. doi:10.1000/x1.', 2001, '10.1000/x1')
    """
    headed = list(HEADING.finditer(raw))[-_MOST_TRIED:]
    lists = [found for m in headed if (found := _list(raw, m.start(), m.end())) is not None]
    return max(lists, key=lambda found: len(found.entries), default=None) or _without_heading(raw)


def _list(raw: str, start: int, after_heading: int) -> ReferenceList | None:
    lines = _lines(raw, after_heading)
    starts = _starts(lines)
    if not starts:
        return None
    entries = tuple(_entries(raw, lines, starts))
    last = entries[-1].raw if entries else None
    if last is None or sum(e.year is not None for e in entries) < len(entries) / 2:
        return None
    return ReferenceList(CharSpan(start, last.end), entries)


def _without_heading(raw: str) -> ReferenceList | None:
    """A numbered list that starts without a heading: each entry begins with an author and has a year."""
    at = int(len(raw) * _LATEST_SHARE)
    for first in list(_FIRST.finditer(raw, at))[: -_MOST_TRIED - 1 : -1]:
        found = _list(raw, first.start(), first.start())
        if found is not None and len(found.entries) >= _FEWEST_WITHOUT_HEADING:
            looks = [e.year is not None and bool(_AUTHOR.match(fold(e.text))) for e in found.entries]
            if sum(looks) > 0.7 * len(looks):
                return found
    return None


def _lines(raw: str, start: int) -> list[_Line]:
    found: list[_Line] = []
    at, blanks = start, 0
    for printed in re.split(r"(?<=\n)|(?<=\f)|(?<=\r)(?!\n)", raw[start:]):
        text = fold(printed)
        content = text.strip()
        if content:
            indent = len(text) - len(text.lstrip())
            span = CharSpan(at + indent, at + indent + len(content))
            found.append(_Line(span, raw[span.start], content, indent, blanks))
            blanks = 0
        else:
            blanks += 1
        at += len(printed)
    return found


def _starts(lines: Sequence[_Line]) -> list[_Start]:
    """Where the entries start, by the layout that explains most lines."""
    chains = [_counted(lines, pattern) for pattern in _NUMBERED.values()]
    best = max(chains, key=len)
    inline = max((_counted_inline(lines, name) for name in _INLINE), key=len)
    if len(inline) > len(best) + 2:
        best = inline
    if len(best) >= 2 or (best and len(lines) < 6):
        return best
    first = next((line.first for line in lines[:2] if _BULLET.match(line.text)), "")
    bullets = [_Start(i, m.end(), None) for i, line in enumerate(lines) if line.first == first and (m := _BULLET.match(line.text))]
    if len(bullets) >= 2:
        return bullets
    return _bare(lines)


def _counted(lines: Sequence[_Line], pattern: re.Pattern[str]) -> list[_Start]:
    """The lines that count up from 1."""
    found: list[_Start] = []
    behind: list[tuple[int, re.Match[str], int]] = [(i, m, int(m.group(1))) for i, line in enumerate(lines) if (m := pattern.match(line.text))]
    if not any(number == 1 and i < 4 for i, _, number in behind):
        return []
    for k, (i, match, number) in enumerate(behind):
        expected = (found[-1].number or 0) + 1 if found else 1
        if found and lines[i].span.start - lines[found[-1].line].span.start > _LONGEST_ENTRY * (_SKIPPED + 1):
            break
        lost = expected < number <= expected + _SKIPPED and not any(n == expected for _, _, n in behind[k + 1 : k + 12])
        if number == expected or (found and lost):
            found.append(_Start(i, match.end(), number))
    return found


def _counted_inline(lines: Sequence[_Line], name: str) -> list[_Start]:
    """The same for entries that follow each other on a line."""
    found: list[_Start] = []
    for i, line in enumerate(lines):
        first = _NUMBERED[name].match(line.text)
        for match in sorted([*([first] if first else []), *_INLINE[name].finditer(line.text)], key=lambda m: m.start()):
            expected = (found[-1].number or 0) + 1 if found else 1
            if int(match.group(1)) == expected and (found or i < 3):
                found.append(_Start(i, match.end(), expected))
    return found


def _bare(lines: Sequence[_Line]) -> list[_Start]:
    """The starts of entries that have neither number nor bullet."""
    lines = lines[: next((i for i, line in enumerate(lines) if i and _follows_list(line.text)), len(lines))]
    if not any(re.search(_YEAR, line.text) for line in lines):
        return []
    apart = [i for i, line in enumerate(lines) if i == 0 or line.blank_lines]
    if 3 <= len(apart) < 0.9 * len(lines):
        return [_Start(i, 0, None) for i in apart]
    if max(len(line.text) for line in lines) > _UNWRAPPED:
        return [_Start(i, 0, None) for i, line in enumerate(lines) if not _goes_with_above(line)]
    complete = [bool(re.search(_YEAR, line.text)) and _begins(line) for line in lines]
    if sum(complete) >= 0.7 * len(lines):
        return [_Start(i, 0, None) for i, line in enumerate(lines) if complete[i] or _begins(line)]
    hanging = _hanging(lines)
    if hanging:
        return hanging
    return _by_authors(lines)


def _goes_with_above(line: _Line) -> bool:
    """Whether a line of a list whose entries are not wrapped is no entry: links, a DOI, the rest of a title."""
    return bool(_LINKS.fullmatch(line.text)) or (not _begins(line) and not re.search(_YEAR, line.text))


def _follows_list(text: str) -> bool:
    """Whether a line is the heading or caption of what stands behind the list."""
    return bool(_CAPTION.match(text)) or (text[0].isupper() and len(text) < 90 and not re.search(r"\d", text) and bool(_AFTER_LIST.match(text)))


def _begins(line: _Line) -> bool:
    """Whether a line may be the first of an entry."""
    return bool(re.match(rf"[\"'*]?(?:{_PARTICLE}{{0,3}}[{_UPPER}]|\d{{1,2}}\w+\s[{_UPPER}]|www\.|https?:)", line.text)) and not _LINKS.fullmatch(
        line.text
    )


def _hanging(lines: Sequence[_Line]) -> list[_Start]:
    """Entries whose first line stands out to the left, or whose other lines do."""
    least = min(line.indent for line in lines)
    out = [i for i, line in enumerate(lines) if line.indent <= least + 1]
    into = [i for i in range(len(lines)) if i not in set(out)]
    for starts in (out, into):
        if 2 <= len(starts) < 0.8 * len(lines) and starts[0] == 0 and sum(bool(_AUTHOR.match(lines[i].text)) for i in starts) > 0.8 * len(starts):
            return [_Start(i, 0, None) for i in starts]
    return []


def _by_authors(lines: Sequence[_Line]) -> list[_Start]:
    """Entries told by their first author, where the entry before has come to its year and its end."""
    starts = [_Start(0, 0, None)]
    width = median(len(line.text) for line in lines)
    for i in range(1, len(lines)):
        said = " ".join(line.text for line in lines[starts[-1].line : i])
        above = lines[i - 1].text
        ended = bool(re.search(r"[.\d)\]/]$|10\.\d{4,9}/\S+$", above)) and bool(re.search(_YEAR, said))
        if not ended or not _begins(lines[i]):
            continue
        short = len(above) + 1 + len(lines[i].text.split()[0]) < width
        if _AUTHOR.match(lines[i].text) or (short and re.search(r"\d[.)]?$", above)):
            starts.append(_Start(i, 0, None))
    return starts


def _entries(raw: str, lines: Sequence[_Line], starts: Sequence[_Start]) -> Iterator[Reference]:
    """The entries from start to start; the last one ends with its paragraph, or at the heading of what follows."""
    stop = _end_of_last(lines, starts)
    for i, start in enumerate(starts):
        following = starts[i + 1] if i + 1 < len(starts) else None
        parts = list(_parts(lines, start, following, stop))
        if not parts:
            continue
        text = _joined(raw, parts)
        if not text:
            continue
        year = _year(text)
        doi = _DOI.search(text)
        pmid = _PMID.search(text)
        yield Reference(
            number=start.number or i + 1,
            text=text,
            raw=CharSpan(parts[0].start, parts[-1].end),
            year=year,
            doi=_trimmed_doi(doi.group()) if doi else None,
            pmid=pmid.group(1) if pmid else None,
        )


def _parts(lines: Sequence[_Line], start: _Start, following: _Start | None, stop: int) -> Iterator[CharSpan]:
    """The raw spans of an entry, line by line, without number, bullet, page numbers and links."""
    last = following.line if following is not None else stop - 1
    for i in range(start.line, last + 1):
        line = lines[i]
        begin = line.span.start + (start.offset if i == start.line else 0)
        end = line.span.end
        if following is not None and i == following.line:
            end = line.span.start + _number_at(line, following)
        alone = i != start.line and (re.fullmatch(r"\d{1,4}", line.text) or _LINKS.fullmatch(line.text))
        if begin < end and not alone:
            yield CharSpan(begin, end)


def _number_at(line: _Line, start: _Start) -> int:
    """Where in the line the number or bullet of an entry stands."""
    head = line.text[: start.offset]
    printed = re.search(r"[\[(]?\d{1,3}[.\])]{0,2}\s*$", head)
    return printed.start() if printed and start.number is not None else 0


def _end_of_last(lines: Sequence[_Line], starts: Sequence[_Start]) -> int:
    """The line behind the last entry."""
    at = starts[-1].line
    lengths = [b.line - a.line for a, b in pairwise(starts)]
    longest = max([*lengths, 3]) + 1
    gaps = [lines[i].blank_lines for a, b in pairwise(starts) for i in range(a.line + 1, b.line)]
    usual = max(gaps, default=0)
    for i in range(at + 1, len(lines)):
        line = lines[i]
        if i - at >= longest or line.blank_lines > usual or _follows_list(line.text):
            return i
        if not gaps and max(lengths, default=0) <= 1 and len(lines[at].text) > 60 and not line.text[0].islower() and not _LINKS.match(line.text):
            return i  # every entry had a line of its own
    return len(lines)


def _joined(raw: str, parts: Sequence[CharSpan]) -> str:
    """The lines of an entry in one: a word or DOI broken at a hyphen, slash or point goes on without a blank."""
    text = ""
    for part in parts:
        line = re.sub(r"\s+", " ", part.of(raw)).strip()
        if not line:
            continue
        text += ("" if not text or _goes_on(text, line) else " ") + line
    return _LINKS_BEHIND.sub("", text)


def _goes_on(above: str, below: str) -> bool:
    last = above.rsplit(" ", maxsplit=1)[-1]
    if re.search(r"10\.\d{4,9}/\S*$|https?://\S*$", last):
        return bool(re.match(r"[\w(/-]", below)) and not re.match(r"[A-Z][a-z]|PMID|doi", below) and (last[-1] in "./-_(:" or below[0].isdigit())
    return bool(re.search(r"\w[-\u2010\u2011–]$", above)) or above.endswith("doi:10.")


def _year(text: str) -> int | None:
    """The year of an entry, which a title with years in it does not hide."""
    plain = _DOI.sub(" ", fold(text))
    for pattern in _YEARS_OF_AN_ENTRY:
        found = [int(m.group("year")) for m in pattern.finditer(plain)]
        found = [y for y in found if 1900 <= y <= 2035]
        if found:
            return found[0] if pattern is _YEARS_OF_AN_ENTRY[2] else found[-1]
    return None


def _trimmed_doi(doi: str) -> str:
    doi = doi.rstrip(".,;:'")
    while doi and doi[-1] in ")]" and doi.count(")") + doi.count("]") > doi.count("(") + doi.count("["):
        doi = doi[:-1].rstrip(".,;:")
    return doi


def _bare_words(text: str) -> tuple[str, ...]:
    """The words of a text without accents, points and case.

    >>> _bare_words("Ferrer-Fàbrega J, O'Brien")
    ('ferrer', 'fabrega', 'j', 'obrien')
    """
    plain = unicodedata.normalize("NFKD", fold(text).replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("ß", "ss"))
    bare = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return tuple(re.findall(r"[^\W_]+", bare.replace("'", "")))


def _readings_of(authors: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """First author, second author if two are named, and whether there are more; the longest name first, for words may stand before it.

    >>> next(_readings_of("as told by van der Doe et al"))
    (('as', 'told', 'by', 'van', 'der', 'doe'), (), True)
    """
    said = authors.rsplit(";", maxsplit=1)[-1]
    for part in dict.fromkeys([said, *said.split(",")]):
        more = bool(_MORE.search(part))
        listed = [name for name in re.split(r",|\s(?:and|&)\s", re.sub(rf"{_MORE.pattern}.*|'s?\s*$", "", part)) if name.strip()]
        if not listed:
            continue
        first = _bare_words(listed[0])[-8:]
        second = _bare_words(listed[1])[:2] if len(listed) == 2 or (len(listed) > 2 and more) else ()
        for k in range(len(first)):
            if second:
                yield first[k:], second, more
                yield first[k:], second[:1], more
            yield first[k:], (), more or len(listed) > 2
        if len(listed) == 2:
            last = _bare_words(listed[1])[-3:]  # "as seen by Poe and Roe et al"
            yield from ((last[k:], (), more) for k in range(len(last)))
    whole = _bare_words(authors)[:6]
    if len(whole) > 2:
        yield whole, (), False  # the name of a body, with commas and "and" in it


def _chosen(found: Sequence[_Named], letter: str, *, second: bool, more: bool) -> tuple[int, ...]:
    """Which of the entries of one author and year is meant."""
    if letter:
        lettered = [e for e in found if e.letter == letter]
        if lettered or any(e.letter for e in found):
            return tuple(e.number for e in lettered[:1])
        at = ord(letter) - ord("a")
        return (found[at].number,) if at < len(found) else ()
    if len(found) > 1:
        fitting = [e for e in found if (e.authors > 2 if more else e.authors == 1 + second)]
        found = fitting or found
    return (found[0].number,) if len(found) == 1 else ()
