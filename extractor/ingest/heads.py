"""The heads of the columns of a table that was run together: their names with the numbers of patients, or with the unit that stands behind each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.document import CharSpan

_SIZE_AHEAD = r"[nN]\s{0,3}=\s{0,3}\d"
# "patientsn = 40n = 49": what stands before the first of several has run into it; "mean = 40" has no second.
SIZED = re.compile(
    rf"[\[(,]?\s{{0,2}}(?:\b|(?<=\d)|(?<=[a-z])(?=N\s?=|{_SIZE_AHEAD}{{1,5}}\s?{_SIZE_AHEAD}))"
    r"[nN]\s{0,3}=\s{0,3}(?P<n>\d{1,3}(?:,\d{3})+|\d{1,5})\s{0,2}[\])]?"
    r"(?:,\s?(?:[nN]|No\.)\s?\(%\)|\s?(?:[nN]|No\.)?\s?\(%\)(?!\s?(?:[nN]\b|No\.|(?:Events?|Rates?|Episodes)\b|\(|\d\d\s?%\s?CI|[≥>]?\s?[Gg]rade|[Aa](?:ny|ll)\s(?:[Gg]rade|AE))))?"
)
SIZED_IN_WORDS = re.compile(
    r"\s?[\[(]\s?(?:[Nn]o\.?\s?=?\s?|[nN]\s?=\s?)?(?P<n>\d{1,3}(?:,\d{3})+|\d{1,5})\s?(?:patients|pts\.?|cases|subjects|women|men|participants)\s?[\])]"
    r"(?:,?\s?(?:[nN]|No\.)?\s?\(%\))?"
)
"""The number of patients of a head in words: "Drug (40 patients)", "Drug (No. 40 pts)"."""
WITH_UNIT = re.compile(r"[,\s]{0,2}[\[(]?(?:(?:[Nn]o\.?|[Nn]|[Cc]ases|[Pp]atients)\s?)?\(%\)[\])]?")
MARKS = r"\s*†‡§¶║#ªa-e,"
P_HEAD = re.compile(r"\s*(?:[Ss]tatistical\s)?(?:[Ss]ignificance|[Pp](?:[\s-]*[Vv]alues?)?(?:\s?[*†‡§¶]|[a-f](?![a-z]))?)(?![a-z])\s*")

_OF_ALL = re.compile(r"(?<=[a-z]\s)(?:Total|Overall|All(?:\s[a-z]+)?)$")
_JOINS_NAMES = re.compile(r"(?:\+|/|&|\bplus|\band|\bwith|\bor|\bfollowed\sby)\s?$")
_STUB_END = re.compile(r"(?:\b[nN](?:o\.|umbers?)?|\bpatients|\bcases)?,?\s?[(\[]%[)\]]:?\s*(?=\S)(?!of\b)|(?<=[a-z]),\s[nN]\s(?=[A-Z])")
# "Group 1 Group 2 Placebo (n = 40)": what the columns are numbered, in a row of its own above their names.
_NUMBERED_NAMES = re.compile(r"(?:\b(?:Group|Arm|Cohort)\s(?:\d|[A-F]|I{1,3}|IV)\s+){2,}(?=[A-Z])")
_OF_A_TEST = re.compile(r"(?:Tests?|Statistics?|Differences?|Effects?|Changes?|Comparisons?)(?:\s\S+)?")
_STUB = re.compile(
    r"(?:(?:Adverse|Study|Patient|Outcome)\s)?(?:Events?|Variables?|Parameters?|Characteristics?|Outcomes?|Items?|Categor(?:y|ies)|Endpoints?)", re.I
)
_ACRONYM = r"[A-Z][A-Z\d+/-]{2,}"
_BOUND = re.compile(r"\n\s*|\s{2,}|(?<=[a-z)\]])(?=[A-Z\d])|(?<=[A-Z]{3})(?=[A-Z][a-z]{3})")
_FARTHEST = 400
_APART = 90
_LONGEST_NAME = 60
_LONGEST_PANELS = 4_000


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: its name with the number of patients, and that number (None where the head does not print it).

    `size` is where the number stands if it is apart from the name, below it.
    """

    span: CharSpan
    n: int | None
    size: CharSpan | None = None
    spoken: bool = False
    """Whether nothing in the head, but sentences of the paper show where the name ends."""


def trimmed(text: str, start: int, end: int) -> CharSpan:
    """The span without the blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return CharSpan(start, end)


def head_of_labels(name: str) -> bool:
    """Whether a name is what the column of names is called: it ends in "event", "toxicity" and the like.

    >>> head_of_labels("Adverse events"), head_of_labels("Control event-free")
    (True, False)
    """
    return (
        re.search(r"(?:^|\s)(?:events?|toxicit(?:y|ies)|characteristics?|variables?|parameters?|outcomes?|symptoms?)$", name.strip(), re.I)
        is not None
    )


def ends_of_heads(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """The ends of the heads: the numbers of patients, or the unit that stands behind each name ("FEC arm, n (%)")."""
    found: list[re.Match[str]] = []
    for match in pattern.finditer(text, start, end):
        near = match.start() - (found[-1].end() if found else start)
        if near > (_APART if found else _FARTHEST) or (found and re.search(r"\d\s?[(\[]\s?\d", text[found[-1].end() : match.start()])):
            break
        found.append(match)
    return found


def readings(raw: str, text: str, start: int, matches: Sequence[re.Match[str]]) -> Iterator[list[Head]]:
    """The ways in which heads can be read: each name before its number, or all names before all numbers."""
    yield named(text, start, matches)
    yield _apart(raw, text, start, matches)


def named(text: str, start: int, matches: Sequence[re.Match[str]]) -> list[Head]:
    """The heads with their names: each begins where the one before it ends; where the first begins, its words and those of the others tell."""
    heads = []
    for before, match in pairwise(matches):
        marks = re.match(rf"[{MARKS}]*(?=\s|[A-Z\d])", text[before.end() : match.start()])
        begin = before.end() + (marks.end() if marks else 0)
        heads.append(Head(trimmed(text, begin, match.end()), patients_of(match)))
    second = text[heads[0].span.start : matches[1].start()] if heads else ""
    begin = _first(text, start, matches[0].start(), second)
    begin = _behind_glued(text, begin, matches[0].start())
    return [Head(trimmed(text, begin, matches[0].end()), patients_of(matches[0])), *heads]


def _behind_glued(text: str, begin: int, end: int) -> int:
    """Where a name begins that what the column of names is called ran into: "Adverse eventPlacebo"; no word elsewhere is written so."""
    glued = re.match(r"[A-Za-z]*[a-z]{3}(?=[A-Z])", text[begin:end])
    at = begin + (glued.end() if glued else 0)
    at += max((m.end() for m in re.finditer(r"[a-z]{3}\s\d{1,2}(?=[A-Z][a-z]{3})", text[at:end])), default=0)  # "at week 4Placebo"
    for word in re.finditer(r"(?<![A-Za-z])([A-Za-z]*[a-z]{3})[A-Z][a-z]+", text[at:end]):
        if text.count(word.group()) == 1:
            at += word.end(1)
            break
    return at


def _first(text: str, start: int, end: int, second: str) -> int:
    """Where the name of the first head begins: behind what the column of names is called ("Event, n (%)"), or where the second begins alike.

    Else it has as many words as the second, or is the longest name of fewer words that the paper's sentences use.
    """
    line = text.rfind("\n", start, end) + 1
    if line > start and "\n" not in second and re.search(r"[A-Za-z]{2}", text[line:end]) and not _JOINS_NAMES.search(text[:line].rstrip()):
        start = line
    numbered = list(_NUMBERED_NAMES.finditer(text, start, end))
    start = numbered[-1].end() if numbered else start
    stubs = [m for m in _STUB_END.finditer(text, start, end) if re.search(r"[A-Za-z]{2}", text[m.end() : end])]
    if stubs and end - stubs[-1].end() <= _LONGEST_NAME:
        return stubs[-1].end()
    words = list(re.finditer(r"(?:(?<=[)\]])(?=[A-Z])|\b|(?<=\s))\S+?(?=\s|$|(?<=[)\]])[A-Z])", text[start:end]))
    if not words:
        return end
    at = max(len(words) - max(len(second.split()), 1), 0)
    alike = _alike([w.group() for w in words], second)
    if alike is not None:
        return start + words[_back(text[start:end], words, alike)].start()
    at = _back(text[start:end], words, at)
    known = _known_from(text, [start + w.start() for w in words[at:]], end)
    return known if known is not None else start + words[at].start()


def _back(text: str, words: Sequence[re.Match[str]], at: int) -> int:
    """The word where a name begins that goes on before one: behind "+", "with", "and"."""
    while at > 0 and (_JOINS_NAMES.search(text[: words[at].start()]) or _JOINS_NAMES.fullmatch(words[at].group())):
        at -= 1
    return at


def _alike(words: Sequence[str], second: str) -> int | None:
    """Which word the first name begins with, where it is the one that the second begins with ("Drug A + drug B", "Drug A + placebo")."""
    first, *others = second.split() or [""]
    if not others or not re.match(r"[A-Z][A-Za-z]+", first):
        return None
    nearest = [i for i in range(max(len(words) - len(others) - 3, 0), len(words)) if words[i] == first]
    return nearest[-1] if nearest and nearest[-1] < len(words) - 1 else None


def _known_from(text: str, starts: Sequence[int], end: int) -> int | None:
    """Where the longest name before a number of patients begins that the paper uses in its sentences too; None where it uses none of them."""
    whole = _OF_ALL.search(text[:end].rstrip(" ([,"), starts[0])
    if whole is not None:
        return whole.start()
    for begin in starts:
        name = text[begin:end].strip(" ([,")
        begins = (begin == starts[0] or name[:1].isupper() or name[:1].isdigit()) and not _JOINS_NAMES.search(text[:begin].rstrip())
        if begins and re.search(rf"(?<!\w){re.escape(name)}(?!\w|\s?[(\[,]?\s?[nN]\s?=)", text):
            return begin
    return None


def patients_of(head: re.Match[str]) -> int | None:
    """The number of patients that a head prints."""
    return int(head.group("n").replace(",", "")) if "n" in head.re.groupindex else None


def _apart(raw: str, text: str, start: int, matches: Sequence[re.Match[str]]) -> list[Head]:
    """The heads where the names stand in a row before the numbers of patients, or before the units of the columns.

    "ABCDE FGHIJ n = 41 n = 46", "Event  Drug A  Drug B  n = 41  n = 46", "DrugPlaceboP valuen (%)n (%)".
    """
    if any(re.sub(r"[\s()\[\]]", "", text[a.end() : b.start()]) for a, b in pairwise(matches)):
        return []
    end = matches[0].start()
    before = re.search(rf"(?:(?<=[\sa-z)\]])|(?<=\d))(?:{P_HEAD.pattern})$", text[start:end])
    end = start + before.start() if before is not None else end
    panels = _panel_names(text, matches)
    if panels:
        end = _before_name(raw, start, end, panels)
    names = _acronyms(text, start, end, len(matches)) or _bounded(raw, start, end, len(matches)) or _spoken(text, start, end, len(matches))
    return [Head(name, patients_of(m), trimmed(text, m.start(), m.end())) for name, m in zip(names, matches, strict=True)] if names else []


def _panel_names(text: str, matches: Sequence[re.Match[str]]) -> list[str]:
    """What stands before further rows of as many numbers of patients with nothing between them, which tell the panels of a table."""
    chain = re.compile(rf"(?:{re.sub(r'[(][?]P<n>', '(?:', SIZED.pattern)}){{{len(matches)}}}")
    last = matches[-1].end()
    return [text[max(last, m.start() - _LONGEST_NAME) : m.start()] for m in chain.finditer(text, last, last + _LONGEST_PANELS)]


def _before_name(raw: str, start: int, end: int, panels: Sequence[str]) -> int:
    """Where the names of the columns end before the name of the first panel, which ends in the word of the others ("All women", "Old women")."""
    begins = [m.end() for m in _BOUND.finditer(raw, start, end)]
    word = re.search(r"[A-Za-z]{3,}\s*$", raw[start:end])
    if begins and word is not None and any(panel.rstrip().endswith(word.group().rstrip()) for panel in panels):
        return begins[-1]
    return end


def _acronyms(text: str, start: int, end: int, count: int) -> list[CharSpan]:
    """As many acronyms, and none before them."""
    names = re.search(rf"(?<!\S)(?:{_ACRONYM}\s+){{{count - 1}}}{_ACRONYM}\s*$", text[start:end])
    if names is None or re.search(rf"{_ACRONYM}\s+$", text[start : start + names.start()]):
        return []
    return [CharSpan(*m.span()).shifted(start + names.start()) for m in re.finditer(_ACRONYM, names.group())]


def _bounded(raw: str, start: int, end: int, count: int) -> list[CharSpan]:
    """The last names of those that their bounds show: lines, wide blanks, or a capital behind a small letter."""
    bounds = [start, *(m.end() for m in _BOUND.finditer(raw, start, end)), end]
    pieces = [trimmed(raw, a, b) for a, b in pairwise(bounds) if re.search(r"[A-Za-z]{2}", raw[a:b])]
    names = pieces[-count:]
    stubs = [i for i, piece in enumerate(pieces) if _STUB.fullmatch(piece.of(raw))]
    others = (stubs and len(pieces) - stubs[-1] - 1 != count) or any(_OF_A_TEST.fullmatch(name.of(raw)) for name in names)
    return names if len(pieces) > count and not others and all(span.end - span.start <= _LONGEST_NAME for span in names) else []


def _spoken(text: str, start: int, end: int, count: int) -> list[CharSpan]:
    """The last names that begin with a capital, where the paper uses each of them elsewhere too; else the last words, if each is a name by itself."""
    elsewhere = text[:start] + " " + text[end:]
    for begin, longest in ((r"[A-Z][a-z]", 4), (r"(?:[A-Z][a-z]|[A-Z]{2,})", 1)):
        capitals = [start + m.start() for m in re.finditer(rf"(?<!\S)(?:(?:No|Without|With)\s)?{begin}", text[start:end])]
        begins = [at for at in capitals if not _JOINS_NAMES.search(text[start:at].rstrip())][-count:]
        names = [trimmed(text, a, b) for a, b in pairwise([*begins, end])]
        words = [name.of(text) for name in names]
        told = len(names) == count and not any(_STUB.fullmatch(word) for word in words)
        if told and all(len(w.split()) <= longest and re.search(rf"(?<!\w){re.escape(w)}(?!\w)", elsewhere, re.IGNORECASE) for w in words):
            return names
    return []
