"""What stands in a cell: one number with its brackets, an interval alone, a p-value, or nothing.

Runs on the folded text of one cell. A cell that is not understood to its last character is not read at all: a number out of a cell that says more
than is known would be a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from extractor.quantities import NUMBER, OPEN_END, TIME_UNIT, TIME_UNITS, Number, parse_bound, parse_number
from extractor.records import Measure

_SIGNED = rf"(?:[-+]\s?(?=[\d.]))?{NUMBER}"
_BOUND = rf"(?:[<>≤≥]\s?)?{_SIGNED}\s?(?:%|\+(?=\s?(?:-|to|,|;|[)\]])))?|{OPEN_END}"
_FOOTNOTE = r"(?:[*∗†‡§¶‖║#^+⌘]+|[a-j](?=[\s()\[\],*∗†‡]|$)(?:,\s?[a-j*∗†‡])*)"

EMPTY = re.compile(r"\s*(?:[-.…~_\s]*|n/?[ad]\.?|N/?[AD]\.?|not (?:applicable|available|done|reported|assessed|stated)|ns|NS|n\.s\.?|none stated)\s*")
_NOT_REACHED = re.compile(
    r"(?:median\s)?not(?:\syet)?(?:\sbeen)?\sreached|NYR|(?-i:N[RE])(?=\s?[(\[]\s?(?:95\s?%\s?CI[:,]?\s?)?[\d.]+\s?(?:-|to|,|;))", re.IGNORECASE
)  # "NR (15.0-NR)": an interval shows that it is not what was "not reported"
_HEAD = re.compile(
    rf"""
    \s* (?: (?P<p> [pP] \s? (?: -?\s?[vV]alue \s?)? (?= [=<>≤≥] ) ) )?
    (?P<op> <= | >= | [<>≤≥=~] )? \s*
    (?P<value> {_SIGNED} )
    (?: \s? (?P<percent> % ) | \s? (?P<unit> (?i:{TIME_UNIT}) ) )?
    (?: \s? (?: / | of | out\sof ) \s? (?P<of> \d{{1,5}} ) (?!\.\d) )?
    (?: \s? {_FOOTNOTE} (?!\s?\d) )?
    (?: \s* (?: ± | \+ \s? / \s? - ) \s* (?P<spread> {NUMBER} ) )?
    """,
    re.VERBOSE,
)
_POWER = re.compile(r"\s*(?P<op>[<>=])?\s*(?P<mantissa>\d(?:\.\d+)?)\s?(?:[x×]\s?10\s?\^?|[eE])\s?-\s?(?P<power>\d{1,2})\s*")
_OPEN, _CLOSE = r"\s*[,;]?\s*[(\[]\s*", r"\s*[)\]]"
_BRACKET = re.compile(
    rf"""
    (?: {_OPEN} (?: 95\s?%\s?C[IL][:,]?\s? | range[:,]?\s? )?
        (?: (?P<low> {_BOUND} ) \s* (?: - | to | , | ; | ~ )\s* (?P<high> {_BOUND} )
          | (?P<n> \d{{1,5}} ) \s? (?: / | of ) \s? (?P<N> \d{{1,5}} )
          | (?: (?:n|SD|SE|SEM)\s?[=:]?\s? )? (?P<op> [<>≤≥~] )? \s? (?P<value> {_SIGNED} ) \s? (?P<percent> % )?
          | (?P<blank> [-.\s]* | NA | ND | ref(?:erence)?\.? )
        ) (?: \s? (?: months? | years? | weeks? | days? ) )? {_FOOTNOTE}? {_CLOSE}
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PAIR = re.compile(rf"\s*(?P<low>{_BOUND})\s*(?:-|to|,|;|~)\s*(?P<high>{_BOUND})\s*(?P<percent>%)?", re.IGNORECASE)
_WITH_P = re.compile(
    rf"(?P<main>.+[)\]])\s*[;,]?\s*[(\[]?\s*[pP](?:\s?-?\s?[vV]alue)?\s?(?P<op>[=<>≤≥])\s?(?P<p>0?\.\d+|1\.0+)\s*[)\]]?\s*{_FOOTNOTE}?\s*"
)
_TAIL = re.compile(rf"\s*(?:(?P<percent>%)|(?P<unit>(?i:{TIME_UNIT})))?\s*(?:{_FOOTNOTE}|\d{{1,2}})?\s*")


_REFERENCE = re.compile(
    r"(?:1(?:\.0{1,3})? ?(?:\( ?[-. ]*\))?)? ?[(\[]? ?(?:ref(?:erence)?\.?(?: (?:group|category))?)? ?[)\]]? ?[*†‡§a-e]?",
    re.IGNORECASE,
)


def is_reference(text: str) -> bool:
    """Whether a cell of ratios says that its row is the one the others are compared with, or is empty as such cells are.

    >>> [is_reference(t) for t in ("1.00 (ref)", " 1 ", "Reference group", "1.0 (-)", "", "1.4", "0.98 (ref)")]
    [True, True, True, True, True, False, False]
    """
    return _REFERENCE.fullmatch(" ".join(text.split())) is not None


@dataclass(frozen=True, slots=True)
class Bracket:
    """What stands in a bracket behind a number: an interval, a share or a spread, or a count out of a total."""

    kind: Literal["pair", "single", "fraction", "blank"]
    start: int
    end: int
    low: Number | None = None
    high: Number | None = None
    op: str | None = None
    percent: bool = False


@dataclass(frozen=True, slots=True)
class CellValue:
    """The number of a cell. `start` and `end` are the printed number in the cell's text; `value` is None for an interval alone.

    `tested` is the p-value that stands in the cell with a ratio: its sign, its number, where it starts and ends; `measure` the ratio that the cell
    says that it holds.
    """

    value: Number | None
    start: int
    end: int
    op: str | None = None
    percent: bool = False
    unit: str | None = None
    of: int | None = None
    spread: Number | None = None
    brackets: tuple[Bracket, ...] = ()
    is_p: bool = False
    tested: tuple[str, Number, int, int] | None = None
    not_reached: bool = False
    measure: Measure | None = None

    def pair(self) -> Bracket | None:
        """The one interval in its brackets; None where there is none, or more than one."""
        pairs = [b for b in self.brackets if b.kind == "pair"]
        return pairs[0] if len(pairs) == 1 else None

    def single(self) -> Bracket | None:
        """The one number in its brackets; None where there is none, or more than one."""
        singles = [b for b in self.brackets if b.kind == "single"]
        return singles[0] if len(singles) == 1 else None


@lru_cache(maxsize=4096)
def parse_cell(text: str) -> CellValue | None:
    """The value of a cell; None where the cell is empty, or is not understood as a whole.

    >>> parse_cell("12 (35.3%)").single().low
    35.3
    >>> parse_cell("10.3 (5.6, NE)").pair().high is None
    True
    >>> parse_cell("14.2 vs 13.7") is None
    True
    """
    if EMPTY.fullmatch(text):
        return None
    return _p_power(text) or _number(text) or _pair_alone(text) or _open(text) or _with_p(text) or _nested(text) or _named_ratio(text)


_RATIO_NAME = re.compile(r"\s*(?P<measure>a?HR|a?OR|RR|hazard ratio|odds ratio|relative risk|risk ratio)\s?[:=,]?\s(?=\d)", re.IGNORECASE)


def _named_ratio(text: str) -> CellValue | None:
    """A ratio by its name, with its interval: "HR 0.87 (0.80-0.95)"."""
    match = _RATIO_NAME.match(text)
    rest = text if match is None else " " * match.end() + text[match.end() :]
    cell = _number(rest) or _with_p(rest) if match is not None else None
    if match is None or cell is None or cell.pair() is None or cell.percent:
        return None
    letter = match.group("measure").casefold().removeprefix("a")[0]
    return replace(cell, measure="HR" if letter == "h" else "OR" if letter == "o" else "RR")


# "85 (39.5 [33.0-46.4])", "28 (13.7%; 95% CI 9.3 to 19.1)", "18 [9%, 5-14]": a share and its interval in one bracket behind the count.
_NESTED = re.compile(
    rf"(?P<count>[^()\[\]]*\d\s?){_FOOTNOTE}?(?P<open>[(\[])\s?(?P<share>\d{{1,3}}(?:\.\d+)?(?:\s?%)?)(?P<cut>\s?[;,:]?\s{{0,2}})(?P<inner>[(\[])?"
    rf"(?P<pair>\s?(?:9\d\s?%\s?CI[:,=]?\s?)?(?:{_BOUND})\s?(?:-|to|,|;|~)\s?(?:{_BOUND})\s?)(?P<shut>[)\]])(?P<last>[)\]]\s*)?{_FOOTNOTE}?\s*"
)


def _nested(text: str) -> CellValue | None:
    """A count with its share and the interval of this in one bracket, read as two brackets, character for character."""
    match = _NESTED.fullmatch(text)
    if match is None or not match.group("cut") or bool(match.group("inner")) != bool(match.group("last")):
        return None
    wide = len(match.group("cut")) + len(match.group("inner") or "")
    if wide < 2:
        return None  # no place for the two brackets: "(33.0,46.4-50)" is none
    middle = ")" + "(".rjust(wide - 1)
    cell = _number(
        f"{match.group('count')}{'('.rjust(match.start('share') - match.end('count'))}{match.group('share')}{middle}"
        f"{match.group('pair')}){' ' * len(match.group('last') or '')}"
    )
    return cell if cell is not None and cell.single() is not None and cell.pair() is not None else None


def _with_p(text: str) -> CellValue | None:
    """A number with its interval and, behind it, what says itself that it is a p-value: "0.71 (0.55-0.92), p=0.009"."""
    match = _WITH_P.fullmatch(text)
    cell = _number(match.group("main")) if match is not None else None
    if match is None or cell is None or cell.value is None or cell.pair() is None:
        return None
    op = {"≤": "<=", "≥": ">="}.get(match.group("op"), match.group("op"))
    return replace(cell, tested=(op, parse_number(match.group("p")), *match.span("p")))


def digits(text: str) -> bool:
    """Whether a cell holds any number."""
    return any(c.isdigit() for c in text)


def _p_power(text: str) -> CellValue | None:
    match = _POWER.fullmatch(text)
    if match is None:
        return None
    value = float(f"{match.group('mantissa')}e-{match.group('power')}")
    return CellValue(value, match.start("mantissa"), match.end("power"), op=match.group("op"), is_p=True)


def _number(text: str) -> CellValue | None:
    head = _HEAD.match(text)
    if head is None:
        return None
    brackets, at = _brackets(text, head.end())
    tail = _TAIL.fullmatch(text, at)
    if tail is None:
        return None
    unit = head.group("unit") or tail.group("unit")
    op = head.group("op")
    return CellValue(
        parse_number(head.group("value").replace(" ", "")),
        head.start("value"),
        head.end("value"),
        op=None if op in ("=", "~") else op,
        percent=bool(head.group("percent") or (tail.group("percent") and not brackets)),
        unit=TIME_UNITS.get(unit.casefold()) if unit else None,
        of=int(head.group("of")) if head.group("of") else None,
        spread=parse_number(head.group("spread")) if head.group("spread") else None,
        brackets=brackets,
        is_p=head.group("p") is not None,
    )


def _brackets(text: str, at: int) -> tuple[tuple[Bracket, ...], int]:
    found: list[Bracket] = []
    while match := _BRACKET.match(text, at):
        found.append(_bracket(match))
        at = match.end()
    return tuple(found), at


def _bracket(match: re.Match[str]) -> Bracket:
    if match.group("low"):
        return Bracket("pair", match.start("low"), match.end("high"), bound(match.group("low")), bound(match.group("high")))
    if match.group("n"):
        return Bracket("fraction", match.start("n"), match.end("N"), int(match.group("n")), int(match.group("N")))
    if match.group("value"):
        value = parse_number(match.group("value").replace(" ", ""))
        op = match.group("op")
        return Bracket("single", match.start("value"), match.end("value"), value, op=None if op == "~" else op, percent=bool(match.group("percent")))
    return Bracket("blank", match.start(), match.end())


def bound(printed: str) -> Number | None:
    """A bound of an interval; None where it was not reached. The sign of "<0.01" is left out."""
    return parse_bound(re.sub(r"^[<>≤≥]\s?|\s(?=\d)|\+$", "", printed.strip()))


def _pair_alone(text: str) -> CellValue | None:
    """An interval without its number: "(45.3, 74.2)", "4.0-9.0"."""
    stripped = text.strip()
    brackets, at = _brackets(text, 0)
    if len(brackets) == 1 and brackets[0].kind == "pair" and _TAIL.fullmatch(text, at):
        return CellValue(None, brackets[0].start, brackets[0].end, brackets=brackets)
    match = _PAIR.fullmatch(stripped)
    if match is None:
        return None
    offset = len(text) - len(text.lstrip())
    start, end = offset + match.start("low"), offset + match.end("high")
    pair = Bracket("pair", start, end, bound(match.group("low")), bound(match.group("high")), percent=bool(match.group("percent")))
    return CellValue(None, start, end, brackets=(pair,))


def _open(text: str) -> CellValue | None:
    """A median that was not reached, with its interval where that is printed."""
    match = _NOT_REACHED.match(text.strip())
    if match is None:
        return None
    offset = len(text) - len(text.lstrip())
    start, end = offset + match.start(), offset + match.end()
    brackets, at = _brackets(text, end)
    if _TAIL.fullmatch(text, at) is None:
        return None
    return CellValue(None, start, end, brackets=brackets, not_reached=True)
