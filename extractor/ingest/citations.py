"""Citation marks in running text, and which of the things that look like them are marks.

A mark is told from a value by the sequence that marks form: papers number their references in the order of citation, so that a true series
starts near 1 and grows by small steps. Nothing else in a paper does.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.document import CharSpan, fold

_LIST = r"[1-9]\d{0,2}(?:\s?[-,]\s?[1-9]\d{0,2}){0,40}"

# "the trial,Citation13 regorafenib", "stage.Citation3,Citation4 Treatment": how one publisher's pages come out as text.
SPELLED_OUT = re.compile(r"Citation\d{1,3}(?:-\d{1,3})?(?:,Citation\d{1,3}(?:-\d{1,3})?){0,40}")

# "cases.1 Unfortunately", "remission.4-6", "Germany5 and", "0.18-0.58)34 and", "results in 2020.9 In this": a superscript that lost its height.
STUCK = re.compile(
    rf"""
    (?<! \bBODY\. ) (?<! \bBACK\. ) (?<! \bABSTRACT\. )
    (?:
      (?<=[a-z][a-z]) | (?<=[a-z%\]\)]["'.,;:)\]]) | (?<=[A-Z]["',;:)\]]) | (?<=[a-z\d]\)) | (?<=\bal\.,)
      | (?<=[\w)]'s) | (?<=["'.,]["'\)]) | (?<=["'][.,]) | (?<=[©®™])
      | (?<=\d%) | (?<=\d\s%) | (?<=\s(?:19|20)\d\d[.,])
      | (?<=\b(?:in|to|of|by)\s(?:19|20)\d\d) (?= \d\d? (?: [.,;)] | \s(?:and|the|to|\() ) )                                # "in 200810, and"
      | (?: (?<=[a-z=<>≥≤~]\s\d\.\d\.) | (?<=[a-z=<>≥≤~]\s\d\.\d\d\.) ) (?= {_LIST} \s+[A-Z] )                            # "was 2.4.1 The"
      | (?<=[A-Z]\.) (?= {_LIST} (?: \s+[A-Z] | \s{{2}} | \s*$ ) | \d+,\d )                          # "of HCC.18 More", not "the BR.21 trial"
    )
    (?P<numbers>{_LIST})
    (?= [\s;:)\]] | [.,](?:\s|$) | \.[A-Z][a-z] | $ )
    (?! \s?% | \s\(\s?[<\d] | \s\([A-Z]{{1,6}}-?\d )   # "Fatigue16 (34%)" is a table that lost its columns, "cytokine19 (CK19)" a name
    """,
    re.VERBOSE,
)

# "the level of CRP18. The", "the TKIs53,54 and", "a gain in OS7.": a mark where the paper has the same letters without a number too.
BEHIND_CAPITALS = re.compile(
    rf"""
    (?: (?<=[A-Z]{{2}}) | (?<=[A-Z]s) | (?<=[A-Z]{{2}}[a-z]) | (?<=[a-z][A-Z]) )
    (?: (?=\d\d|\d[-,]\d) {_LIST} (?= [\s;:)\]] | [.,](?:\s|$) | $ ) (?! \s?% | \s\(\s?[<\d] ) | \d (?= [.,;](?:\s|$) | $ ) )
    """,
    re.VERBOSE,
)

# What no value looks like: "of the disease.12 In", "in rats4,8,12 and".
CERTAIN = re.compile(
    rf"""
    (?: (?<=[a-z]{{2}}[.;,]) | (?<=[A-Z]{{2}}[.;,]) ) {_LIST} (?= \s+[A-Z] | \s*$ )
    | (?: (?<=[a-z]{{2}}) | (?<=[a-z]{{2}}[.,;)]) ) {_LIST}
    """,
    re.VERBOSE,
)

# Too like a decimal, a name or a year to count on their own, but one may be the one that the series lacks: "the receptor VEGFR-2.35 It",
# "in HCC14 and", "on chromosome 10.21 To", "in 20084 and".
WEAK = re.compile(
    rf"""
    (?<=[A-Za-z]-\d[.,]) {_LIST} (?=\s[A-Z][a-z])
    | (?<=\d[.,]) {_LIST} (?=\s+[A-Z] | \s{{2}} | $)
    | (?<=[A-Z]{{2}}) {_LIST} (?=\s[A-Za-z] | [.,;]\s | \s{{2}} | $) (?!\s\(\d)
    | (?<=[A-Za-z]\d[.,]) {_LIST} (?=\s)
    | (?<=\s(?:19|20)\d\d) {_LIST} (?=[\s.,;)])
    """,
    re.VERBOSE,
)

# "[12, 14-16]", and "(16)", "(4-7)" where no number stands before the bracket; where one does, it may be the mark that the series lacks.
SQUARE = re.compile(rf"\[(?P<numbers>{_LIST})\]")
ROUND = re.compile(
    rf"""
    (?: (?<=[A-Za-z.,;:)\]'"©®]\s) | (?<=%\s) (?!\(\d+\s?-) | (?<=[A-Za-z]\d\s) | (?<=[A-Za-z]-\d\s) | (?<=[A-Za-z]\d\d\s) | (?<=[A-Za-z]-\d\d\s)
      | (?<=\b(?:in|to)\s(?:19|20)\d\d\s) | (?=\(\d+(?:,\s?\d+){{2}}) )
    \((?P<numbers>{_LIST})\)
    """,
    re.VERBOSE,
)
WEAK_ROUND = re.compile(rf"(?<=[\d%+]\s)\({_LIST}\)")

# "(Sakata et al, 1998; Koizumi et al, 2000)", "Hong et al (2004)"
AUTHOR_YEAR = re.compile(
    r"""
    \( [^()]{0,200}? \b [A-Z][\w'-]{1,40} (?: \s(?:et\s+al\.?|and\s+[A-Z][\w'-]{1,40}|&\s+[A-Z][\w'-]{1,40}) )? ,? \s (?:19|20)\d\d[a-z]? (?! ;\d )
    [^()]{0,200}? \)
    | (?<=et\sal\s)\((?:19|20)\d\d[a-z]?\) | (?<=et\sal\.\s)\((?:19|20)\d\d[a-z]?\)
    """,
    re.VERBOSE,
)

# "(13 months, P = 0.03; Doe et al, 2008)": the figures in front of the entries are none of the mark.
_FIGURES_FIRST = re.compile(r"\([^();]*(?:\d\s?(?:%|months?|years?|weeks?)|\b[pP]\s?[<=>])[^();]*;\s*(?=[A-Z][\w'-]+(?:\s(?:et|and|&)\s|,\s\d))")


def _before_entries(mark: str) -> int:
    """How many characters of a bracket stand before the entries that it cites."""
    match = _FIGURES_FIRST.match(mark)
    return match.end() if match else 0


_FEWEST = 4
"""So many marks that each name a new entry make a series."""

_LONGEST_JUMP = 3
"""So many numbers may be missing between a mark in square brackets and those before it."""

_LONGEST_GAP = 12
"""The same where the best chain of marks is looked for."""

_WEAK_WORTH, _SKIPPED_COST, _MOST_SKIPPED_COST = 0.3, 0.3, 0.9
"""What a weak mark is worth to a chain beside a sure one, what an entry costs that the chain skips, and what all cost that it skips at once."""

_MOST_OF_A_LIST, _PART_OF_A_LIST = 0.6, 0.3
"""Marks in round and in square brackets that name so much of the list of references are the paper's, in whatever order they come."""

_LONGEST_ITEM = 400
"""Characters from the number of an item to that of the next."""

_LONGEST_RANGE = 30
_OFTEN = 3
_VALUE_BEHIND = re.compile(r"(\d+),\s(\d+)$")
# "Jane Doe1, Richard Roe2,3": the addresses of people.
_PERSON = re.compile(r"[A-Z][\w.-]*\s(?:v[oa]n\s|d[ei]r?\s)?[A-Z][a-z][\w-]*$")
_NEXT_PERSON = re.compile(r"\*?,\s[A-Z]")
# Names of kinds, which a paper may also use without a number.
_NUMBERED_KINDS = frozenset(
    "AKT BCL BRCA CA CCL CD CDK CK COVID CTLA CXCL CYP EGFR ER FGF FGFR HER HHV HLA HPV IL LAG MMP PD PDGFR PDL TGF TIM TLR TNF TP VEGF VEGFR".split()
)
_RAISED_UNITS = frozenset({"m", "cm", "mm", "dm", "km", "kg"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark in raw text. `stuck` marks are no part of the sentence and are cut out of it."""

    span: CharSpan
    numbers: tuple[int, ...]
    stuck: bool


def find_marks(raw: str, *, names: Collection[str] = (), listed: Mapping[int, str] | None = None, raised: int | None = None) -> tuple[Mark, ...]:
    """All citation marks in a text without its reference list, in order.

    Args:
        raw: the text.
        names: words that end in a number by nature ("imbrave150"), in lower case.
        listed: the numbers of the entries in the paper's list, each with its first author's name in lower case.
        raised: how many superscripts the layout shows, none of which is returned; None where it is not known, and they are guessed.

    >>> text = "a lot of cases.1 Two trials,2,3 both old,4 were seen.5 More"
    >>> [m.numbers for m in find_marks(text)]
    [(1,), (2, 3), (4,), (5,)]

    A few numbers that form no series are values, names or the numbers of a list:

    >>> find_marks("the level of TIMP1 and the CXCL12 axis (1) was high (2) was low")
    ()
    """
    text, listed = fold(raw), listed or {}
    authors = [Mark(CharSpan(m.start() + _before_entries(m.group()), m.end()), (), False) for m in AUTHOR_YEAR.finditer(text)]
    spelled = list(_marks(SPELLED_OUT, text, stuck=True))
    rounds = [] if spelled else _rounds(text, listed)
    stuck = _Chain((), ()) if spelled or raised is not None else _stuck(text, names, listed)
    highest = max((n for m in (*spelled, *rounds) for n in m.numbers), default=0) if len(spelled) + len(rounds) >= 2 * _FEWEST else 0
    square = _squares(text, listed, highest)
    # Bracketed numbers also number the items of a list: where another style carries the citations, they are that.
    if len(rounds) < max(len(stuck.marks), len(square), len(authors), raised or 0):
        rounds = []
    kept = stuck.marks if stuck.growth >= max(_FEWEST, _growth(rounds), _growth(square)) else ()
    return apart(sorted([*spelled, *square, *kept, *rounds, *authors], key=lambda m: m.span))


def numbers_in(printed: str) -> tuple[int, ...]:
    """The entries that a printed list names: "4-6,8" is 4, 5, 6, 8.

    >>> numbers_in("4-6, 8")
    (4, 5, 6, 8)
    """
    found: list[int] = []
    for part in re.split(r"\s*,\s*", fold(printed)):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        found.extend(range(ends[0], ends[-1] + 1) if ends and 0 <= ends[-1] - ends[0] <= _LONGEST_RANGE else ends)
    return tuple(found)


def _marks(pattern: re.Pattern[str], text: str, *, stuck: bool) -> Iterator[Mark]:
    for match in pattern.finditer(text):
        end = match.end()
        value = _VALUE_BEHIND.search(match.group()) if stuck and re.match(r"\s+[a-z%]", text[end : end + 3]) else None
        if value and not 0 < int(value.group(2)) - int(value.group(1)) <= _LONGEST_GAP:
            end = match.start() + value.end(1)  # "the end point14, 141 patients"
        yield Mark(CharSpan(match.start(), end), numbers_in(text[match.start() : end]), stuck)


@dataclass(frozen=True, slots=True)
class _Words:
    """What tells words with a mark from names with a number: how often each word stands alone, names that end in a number, authors by entry."""

    alone: Mapping[str, int]
    names: Collection[str]
    authors: Mapping[int, str]

    def is_name(self, word: str, mark: Mark, times: int) -> bool:
        """Whether a word with a number is a name: a listed one, or one that carries the same number again and again ("the SO2", "CA19").

        A word that comes far more often without the number is none ("survivors52"), nor is the author of that very entry ("Doe12"); a short one
        with a capital and one digit is ("Her2", "Chi2"), and a unit always is.
        """
        if word.casefold() in _RAISED_UNITS:
            return True
        if self.authors.get(mark.numbers[0]) == word.casefold():
            return False
        alone = self.alone.get(word, 0)
        listed = f"{word}{mark.numbers[0]}".casefold() in self.names and not (word.islower() and alone)
        short = bool(re.fullmatch(r"[A-Z][a-z]{2}", word)) and mark.numbers[0] < 10
        return listed or short or (times >= _OFTEN and len(mark.numbers) == 1 and alone <= 2 * times)


def _unnamed(marks: Iterable[Mark], text: str, words: _Words) -> Iterator[Mark]:
    """The marks that are no part of a name, and not the address of a person."""
    found: list[tuple[Mark, str]] = []
    for mark in marks:
        match = re.search(r"\w+$", text[max(mark.span.start - 30, 0) : mark.span.start])
        found.append((mark, match.group() if match else ""))
    often = Counter((word.casefold(), mark.numbers[0]) for mark, word in found if word)
    for mark, word in found:
        if not word or not (words.is_name(word, mark, often[word.casefold(), mark.numbers[0]]) or _of_a_person(mark.span, text)):
            yield mark


def _of_a_person(span: CharSpan, text: str) -> bool:
    return bool(_NEXT_PERSON.match(text, span.end)) and bool(_PERSON.search(text, max(span.start - 40, 0), span.start))


def _behind_capitals(text: str, words: _Words) -> Iterator[Mark]:
    """The marks behind abbreviations that the paper also has without a number; a single digit needs more of them."""
    for mark in _unnamed(_marks(BEHIND_CAPITALS, text, stuck=True), text, words):
        match = re.search(r"[A-Za-z]+$", text[max(mark.span.start - 30, 0) : mark.span.start])
        word = match.group() if match else ""
        if not word or word in _NUMBERED_KINDS or re.fullmatch(r"[a-z][A-Z]", word):
            continue
        alone = words.alone.get(word, 0)
        if alone >= 2 * _FEWEST or (len(mark.span.of(text)) > 1 and (alone or len(mark.numbers) > 1 or word.endswith("s"))):
            yield mark


def _certain(mark: Mark, text: str) -> bool:
    """Whether a mark needs no series beside it: several numbers behind a word, or one behind the stop of a sentence."""
    if not CERTAIN.match(text, mark.span.start):
        return False
    return len(mark.numbers) > 1 or (text[mark.span.start - 1] in ".;" and bool(re.match(r"\s+[A-Z]|\s*$", text[mark.span.end : mark.span.end + 3])))


def _stuck(text: str, names: Collection[str], listed: Mapping[int, str]) -> _Chain:
    """The superscripts that lost their height."""
    words = _Words(Counter(re.findall(r"(?<![\w-])[A-Za-z]+(?![\w-])", text)), names, listed)
    sure = [*_unnamed(_marks(STUCK, text, stuck=True), text, words), *_behind_capitals(text, words)]
    weak = _unnamed(_marks(WEAK, text, stuck=True), text, words)
    return _Chain.of(sure, weak, _limit(listed), [m for m in sure if listed and _certain(m, text)])


def _rounds(text: str, listed: Collection[int]) -> list[Mark]:
    """The marks in round brackets: those that count up through the text, with others where all together name most of the list."""
    marks = _without_items(_marks(ROUND, text, stuck=False), text)
    chain = _Chain.of(marks, _marks(WEAK_ROUND, text, stuck=False), _limit(listed)).marks
    if not _names_much(listed, marks, least=_MOST_OF_A_LIST):
        return list(chain) if len(chain) >= 2 * _FEWEST else []
    inside = [m for m in marks if m.numbers and set(m.numbers) <= set(listed)]
    if len(inside) > 1.2 * len(chain):
        return inside
    ends = [m for m in inside if len(m.numbers) > 1 or text[m.span.end : m.span.end + 1] in (".", ",", ";", "")]
    return list({m.span: m for m in (*chain, *ends)}.values())


def _squares(text: str, listed: Collection[int], cited: int) -> list[Mark]:
    """The marks in square brackets: those that name entries of the list in any order, where they name a part of it; else those of a series."""
    marks = list(_marks(SQUARE, text, stuck=False))
    if _names_much(listed, marks, least=_PART_OF_A_LIST):
        return [m for m in marks if set(m.numbers) <= set(listed)]
    return [m for m in _series(marks, cited=cited) if max(m.numbers) <= _limit(listed)]


def _series(marks: Iterable[Mark], *, cited: int = 0) -> list[Mark]:
    """The marks that fit into one growing series, or name entries up to `cited`, which another series reached."""
    highest, kept = cited, []
    for mark in marks:
        if not mark.numbers or min(mark.numbers) < 1:
            continue
        if min(mark.numbers) <= highest + _LONGEST_JUMP and max(mark.numbers) <= highest + 15:
            kept.append(mark)
            highest = max(highest, *mark.numbers)
    return kept


def _growth(marks: Iterable[Mark]) -> int:
    """How many marks of a series name a new entry."""
    highest = grown = 0
    for mark in marks:
        if max(mark.numbers) > highest:
            highest, grown = max(mark.numbers), grown + 1
    return grown


def _limit(listed: Collection[int]) -> int:
    """The highest number that a mark can have; a list of a few entries was cut off."""
    return max(listed) if len(listed) >= 2 * _FEWEST else 999


def _names_much(listed: Collection[int], marks: Sequence[Mark], *, least: float) -> bool:
    """Whether marks name so much of the list, and little that is not in it."""
    inside = [m for m in marks if set(m.numbers) <= set(listed)]
    named = {n for m in inside for n in m.numbers}
    return len(listed) >= _FEWEST and len(named) >= least * len(listed) and len(inside) >= 0.8 * len(marks)


def _without_items(marks: Iterable[Mark], text: str) -> list[Mark]:
    """The marks without those that number the items of a list: "they were (1) old, (2) tired and (3) alone"."""
    found = list(marks)
    items: list[int] = []
    latest: dict[int, int] = {}
    for mark in found:
        if _is_item(mark, text, latest):
            items.append(mark.span.start)
            latest[mark.numbers[0]] = mark.span.start
    ones = [m.span.start for m in found if m.numbers == (1,)]
    first = {ones[i - 1] for at in items if (i := bisect(ones, at)) and at - ones[i - 1] < _LONGEST_ITEM}
    dropped = first.union(items)
    return [m for m in found if m.span.start not in dropped]


def _is_item(mark: Mark, text: str, latest: Mapping[int, int]) -> bool:
    """Whether a number stands before what it numbers, behind a comma or "and", and goes on from an item not far before, or from a one.

    `latest` tells where the latest item of each number is.
    """
    start, end = mark.span.start, mark.span.end
    if len(mark.numbers) != 1 or mark.numbers == (1,) or not re.match(r"\s\w", text[end : end + 2]):
        return False
    if not re.search(r"(?:[,;:]|\b(?:and|or|then))\s$", text[max(start - 6, 0) : start]):
        return False
    before = mark.numbers[0] - 1
    if before == 1 and "(1)" in text[max(start - _LONGEST_ITEM, 0) : start]:
        return True
    return before in latest and start - latest[before] < _LONGEST_ITEM


@dataclass(frozen=True, slots=True)
class _Chain:
    """The marks that make up the series of a paper, and those of them that name a new entry."""

    marks: tuple[Mark, ...]
    new: tuple[Mark, ...]

    @property
    def growth(self) -> int:
        return len(self.new)

    @classmethod
    def of(cls, sure: Iterable[Mark], weak: Iterable[Mark], limit: int, certain: Iterable[Mark] = ()) -> _Chain:
        """The best chain of marks each of which names the next entries, and all sure marks that name entries that it has come to.

        A mark that names a new entry counts 1, an entry that is skipped costs a little; a weak mark counts little, and only names what comes next.
        """
        strong = {m.span: m for m in sure if m.numbers and max(m.numbers) <= limit}
        weaker = {m.span: m for m in weak if m.numbers and max(m.numbers) <= limit and m.span not in strong}
        best: dict[int, tuple[float, _Linked | None]] = {0: (0.0, None)}
        for mark in sorted([*strong.values(), *weaker.values()], key=lambda m: m.span):
            found = max(_steps(mark, mark.span in strong, best), key=lambda step: step[0], default=None)
            highest = max(mark.numbers)
            if found is not None and found[0] > best.get(highest, (0.0, None))[0]:
                best[highest] = found
        chain = _unlinked(max(best.values(), key=lambda step: step[0])[1])
        while chain and chain[-1].span in weaker:
            chain.pop()  # nothing behind it shows that it is lacking
        known = {m.span for m in (*chain, *certain) if m.span in strong or m.span in weaker}
        kept = _reached(sorted({m.span: m for m in (*chain, *strong.values())}.values(), key=lambda m: m.span), known)
        return cls(tuple(kept), tuple(m for m in chain if m.span in strong))


@dataclass(frozen=True, slots=True)
class _Linked:
    """A chain of marks by its last."""

    mark: Mark
    before: _Linked | None


def _steps(mark: Mark, strong: bool, best: Mapping[int, tuple[float, _Linked | None]]) -> Iterator[tuple[float, _Linked | None]]:
    """What the chains come to with one more mark."""
    highest = max(mark.numbers)
    for reached in range(max(min(mark.numbers) - 1 - _LONGEST_GAP, 0), highest):
        if reached not in best:
            continue
        score, before = best[reached]
        skipped = highest - reached - len({n for n in mark.numbers if n > reached})
        if skipped <= (_LONGEST_GAP if strong else int(len(mark.numbers) > 2)):
            yield score + (1.0 if strong else _WEAK_WORTH) - min(_SKIPPED_COST * skipped, _MOST_SKIPPED_COST), _Linked(mark, before)


def _unlinked(linked: _Linked | None) -> list[Mark]:
    found = []
    while linked is not None:
        found.append(linked.mark)
        linked = linked.before
    return found[::-1]


def _reached(marks: Iterable[Mark], known: Collection[CharSpan]) -> Iterator[Mark]:
    """The known marks, and those that name entries which these have come to at their place, or the very next."""
    highest = 0
    for mark in marks:
        if mark.span in known or max(mark.numbers) <= highest or min(n for n in mark.numbers if n > highest) == highest + 1:
            yield mark
            highest = max(highest, *mark.numbers)


def apart(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Of marks in order, those that do not overlap one before."""
    kept: list[Mark] = []
    for mark in marks:
        if not kept or kept[-1].span.end <= mark.span.start:
            kept.append(mark)
    return tuple(kept)
