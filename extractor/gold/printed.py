"""Which numbers a stretch of text prints, whatever it writes them with."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.document import fold

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NOTHING = ("no", "none", "zero")
_WORDS: Mapping[str, int] = {
    **dict.fromkeys(_NOTHING, 0),
    **{word: i for i, word in enumerate((*_UNITS, *_TEENS), 1)},
    **{word: 10 * i for i, word in enumerate(_TENS, 2)},
    **{f"{ten}-{unit}": 10 * i + j for i, ten in enumerate(_TENS, 2) for j, unit in enumerate(_UNITS, 1)},
}

# "1,234" is one number; "1 234" may be one or two, and both readings count.
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ']\d{3})+(?![\d])(?:\.\d+)?")
_WORD = re.compile(rf"(?:{'|'.join(_TENS)})-(?:{'|'.join(_UNITS)})\b|[a-z]+")
# A line may break after a point or a comma inside a number.
_BROKEN = re.compile(r"(?<=\d[.,·])\s*[\r\n]\s*(?=\d)")


def numbers(text: str) -> frozenset[float]:
    """Every number that a text may be read to print, without its sign.

    Mid-dots are points; blanks, apostrophes and commas between groups of three digits are thousands separators; number words count up to
    ninety-nine, `no` and `none` being 0.

    >>> sorted(numbers("two of 1,204 (0·60)"))
    [0.6, 2.0, 1204.0]
    """
    plain = fold(_BROKEN.sub("", text)).casefold()
    digits = {float(match.replace(",", "")) for match in _NUMBER.findall(plain)}
    spaced = {float(match.replace(" ", "").replace("'", "")) for match in _SPACED.findall(plain)}
    words = {float(_WORDS[word]) for word in _WORD.findall(plain) if word in _WORDS}
    return frozenset(digits | spaced | words)


def prints(text: str, value: float) -> bool:
    """Whether a text prints a value: `0.60` prints 0.6, and a sign may stand apart from its number.

    >>> prints("a change of −0.60", -0.6)
    True
    """
    return abs(float(value)) in numbers(text)
