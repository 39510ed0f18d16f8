"""Printed numbers as the ranges that they were rounded from, in exact fractions.

A number that is printed with two decimals says that the number behind it lay within half a unit of the second. All checks compare such ranges: what
they call wrong cannot be put right by rounding. Both ends belong to the range, since papers round a half up, down or to the even digit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from extractor.document import fold
from extractor.quantities import COUNT_WORD, parse_number
from extractor.records import Comparison, Measurement

AnyRecord = Measurement | Comparison

_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?<=\d)")
_POWER = re.compile(r"(\d(?:\.\d+)?)\s?[x×]\s?10\s?\^?-?\s?(\d+)")
_DECIMAL_COMMA = re.compile(r"(?<![\d,])0,\d+")


@dataclass(frozen=True, slots=True)
class Range:
    """All numbers from `low` to `high`, both among them."""

    low: Fraction
    high: Fraction

    def meets(self, other: Range) -> bool:
        """Whether a number lies in both."""
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: Range) -> Range:
        """The sums of a number of one and a number of the other."""
        return Range(self.low + other.low, self.high + other.high)

    def __mul__(self, other: Range) -> Range:
        """The products of a number of one and a number of the other, neither below nought."""
        return Range(self.low * other.low, self.high * other.high)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: its value, and how many decimals it has."""

    value: Fraction
    places: int
    text: str

    @property
    def range(self) -> Range:
        """What it can have been rounded from."""
        half = Fraction(1, 2 * 10**self.places)
        return Range(self.value - half, self.value + half)

    @property
    def exactly(self) -> Range:
        """The value alone: a count is not rounded."""
        return Range(self.value, self.value)


def parse_printed(text: str) -> Printed:
    """The first number of a text with its decimals.

    >>> parse_printed("0·60").value, parse_printed("54.0%").places, parse_printed("1,204 ng/mL").value
    (Fraction(3, 5), 1, Fraction(1204, 1))

    Raises:
        ValueError: when there is none.
    """
    found = parse_all(text)
    if not found:
        raise ValueError(f"expected a number, found {text!r}")
    return found[0]


_IN_WORDS = re.compile(rf"{COUNT_WORD}(?!\S)", re.IGNORECASE)


def parse_all(text: str) -> list[Printed]:
    """The numbers of a text in order, without their signs; one in words (`twelve`) where it is all that the text holds."""
    folded = _DECIMAL_COMMA.sub(lambda match: match.group().replace(",", "."), fold(text))
    power = _POWER.search(folded)
    if power is not None:
        digits, exponent = power.group(1), int(power.group(2))
        return [Printed(Fraction(digits) / 10**exponent, len(digits.partition(".")[2]) + exponent, power.group())]
    found = [match.group() for match in _DIGITS.finditer(folded) if match.group()]
    if not found:
        word = _IN_WORDS.match(text.strip())
        return [] if word is None else [Printed(Fraction(parse_number(word.group())), 0, text.strip())]
    return [Printed(Fraction(digits.replace(",", "")), len(digits.partition(".")[2]), digits) for digits in found]


def of_number(number: float, printed: str | None = None) -> Printed:
    """A number of a record as it is printed in `printed`; where it does not stand there, with the decimals that it needs itself.

    That can take a printed `0.50` for `0.5`, which widens its range: what is then called wrong is wrong with the printed digits too.
    """
    exact = Fraction(repr(abs(number)) if isinstance(number, float) else abs(number))
    sign = -1 if number < 0 else 1
    for one in parse_all(printed) if printed else ():
        if one.value == exact:
            return Printed(sign * exact, one.places, one.text if sign > 0 else f"-{one.text}")
    text = f"{abs(number):.10f}".rstrip("0").rstrip(".")
    return Printed(sign * exact, len(text.partition(".")[2]), text if sign > 0 else f"-{text}")


def characters(record: AnyRecord, slot: str) -> str | None:
    """The characters of the source text that a slot was read from, where the record's evidence holds them all."""
    return between(record, *record.spans[slot]) if slot in record.spans else None


def between(record: AnyRecord, start: int, end: int) -> str | None:
    """The characters of the source text in a stretch of it, as the evidence of a record has them; pieces that touch are put together."""
    found: list[str] = []
    at = start
    for piece in sorted(record.evidence, key=lambda piece: piece.start):
        if piece.start <= at + 1 and at < piece.end:  # between two cells of a row stands one character
            found.append(piece.text[max(at, piece.start) - piece.start : end - piece.start])
            at = piece.end
        if at >= end:
            return "\t".join(found)
    return None


def share(n: int, total: int) -> Fraction:
    """A share in percent."""
    return Fraction(100 * n, total)


def rounded(number: Fraction, places: int) -> str:
    """A number with so many decimals, a half away from nought.

    >>> rounded(Fraction(1200, 66), 1), rounded(Fraction(1, 2), 0)
    ('18.2', '1')
    """
    unit = 10**places
    scaled = int(abs(number) * unit + Fraction(1, 2))
    whole, part = divmod(scaled, unit)
    sign = "-" if number < 0 and scaled else ""
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"


def counts_for(percent: Printed, total: int) -> Sequence[int]:
    """The whole numbers of `total` patients that are printed as this percentage, in order."""
    wanted = percent.range
    first = -(-wanted.low * total // 100)
    last = wanted.high * total // 100
    return range(max(int(first), 0), min(int(last), total) + 1)


def totals_for(percent: Printed, most: int, n: int | None = None) -> list[int]:
    """The totals of up to `most` patients of which `n`, or any whole number, is printed as this percentage, the greatest first."""
    fits = [total for total in range(most, 0, -1) if (n in counts_for(percent, total) if n is not None else counts_for(percent, total))]
    return [total for total in fits if n is None or n <= total]


def chance(places: int, total: int) -> float:
    """How likely a percentage with so many decimals is one that some whole number of `total` patients gives, if it has nothing to do with them."""
    return min(1.0, (total + 1) / (100.0 * 10.0**places + 1))
