"""Results told one after the other, each with its arm behind it: "rash (16%) and nausea (13%) with A and fever (6%) with B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.entities import Mention
from extractor.quantities import COUNT_WORD
from extractor.relations.brackets import opening, without_brackets
from extractor.relations.kinds import Kind, Value

_PLACE = re.compile(
    r"\b(?:in|with|for|on|among)\s(?:the\s|those\s(?:on|in|with)\s(?:the\s)?|patients\s(?:on|in|with|receiving)\s(?:the\s)?)*$", re.IGNORECASE
)


def told_behind(text: str, value: Value, targets: Sequence[Mention]) -> Mention | None:
    """The target that is told behind a value, in a sentence that names each target behind its values; None in other sentences."""
    if len({t.norm for t in targets}) < _TWO:
        return None
    placed = [t for t in targets if _PLACE.search(text[: t.span.start])]
    return _behind_its_count(text, value, placed) if opening(text, value.span.start) is None else _behind_its_rates(text, value, placed, targets)


_TWO = 2


def _behind_its_rates(text: str, value: Value, placed: Sequence[Mention], targets: Sequence[Mention]) -> Mention | None:
    rates = [m.start() for m in re.finditer(r"[(\[][^()\[\]]*\d\s?%[^()\[\]]*[)\]]", text)]
    if len(placed) != len(targets) or len(rates) < _TWO or placed[0].span.start < rates[0] or placed[-1].span.start < rates[-1]:
        return None
    between = [any(a.span.end < r < b.span.start for r in rates) for a, b in pairwise(placed)]
    after = [t for t in placed if t.span.start > value.span.end]
    if not after or NEXT_CLAUSE.search(without_brackets(text[value.whole.end : after[0].span.start])):
        return None
    return after[0] if all(between) else None


NEXT_CLAUSE = re.compile(r";|,\s(?:while|whilst|whereas|but|although)\s")
# "two cases of sepsis with A and one of pneumonia with B": what goes on with another count.
_GOES_ON = re.compile(r"\s?(?:arm|group)?\s?,?\s?(?:and|,|;)\s?", re.IGNORECASE)
_OF_SOMETHING = re.compile(
    r"\s(?:(?:patients?|cases?|events?|episodes?|deaths?|women|men)\s)?"
    r"(?:of|had|with|from|died\s(?:of|from|due\sto|because\sof)|developed|experienced|suffered(?:\sfrom)?)\s[a-z][a-z\s/-]{2,50}?\s?"
)
_NEXT_COUNT = re.compile(rf"{_GOES_ON.pattern}(?:\d+|{COUNT_WORD})\b", re.IGNORECASE)


def _behind_its_count(text: str, value: Value, placed: Sequence[Mention]) -> Mention | None:
    """The target behind a count and what was counted, where the target before it ends what was told of that one, or another count goes on."""
    before = [t for t in placed if t.span.end <= value.span.start]
    after = [t for t in placed if t.span.start >= value.whole.end]
    if value.kind is not Kind.COUNT or not after:
        return None
    beside = before[-1] if before else after[1] if len(after) > 1 else after[0]
    place = _PLACE.search(text[: after[0].span.start])
    if place is None or beside.norm == after[0].norm:
        return None
    if not before and not _NEXT_COUNT.match(without_brackets(text), after[0].span.end):
        return None
    if before and not _GOES_ON.fullmatch(without_brackets(text[before[-1].span.end : value.whole.start])):
        return None
    return after[0] if _OF_SOMETHING.fullmatch(text[value.whole.end : place.start()]) else None


def stands_beside(text: str, value: Value, target: Mention) -> bool:
    """Whether a target closes the part of a bracket that a value opens: "(55%, A)", "(12%, A group; 3%, B group)"."""
    gap = text[value.whole.end : target.span.start] if target.span.start >= value.whole.end else "?"
    opens = text[: value.whole.start].rstrip()[-1:]
    return bool(opens in ("(", "[", ";") and _BESIDE.fullmatch(gap) and _CLOSES.match(text, target.span.end))


def its_own(text: str, value: Value, targets: Sequence[Mention]) -> Mention | None:
    """The target that a value is told with: in the part of a bracket that it opens, or what it counts ("3 of 14 thymic carcinomas (21%)")."""
    beside = [t for t in targets if stands_beside(text, value, t)]
    counted = [t for t in targets if value.N is not None and value.whole.covers(t.span)]
    return beside[0] if beside else counted[0] if len({t.norm for t in counted}) == 1 else None


def opens_the_next(text: str, gap: str, target: Mention) -> bool:
    """Whether a target behind a value and a comma has a value of its own: "4 of 18 (22%) responded, in other tumours none"."""
    return _OPENS_NEXT.search(gap) is not None and _OF_ITS_OWN.match(text, target.span.end) is not None


_OPENS_NEXT = re.compile(r",\s(?:in|for|among)\s(?:(?:the|those|patients|with)\s)*$")
_OF_ITS_OWN = re.compile(r"\s(?:(?:patients|ones|cases|women|men)\s)?(?:none\b|no\s|(?:it|this)\swas\s|(?:was|were|had)\s\d|\d)")


_BESIDE = re.compile(r"\s?%?(?:\s(?:months?|years?|weeks?|days?|patients))?,\s(?:the\s)?")
_CLOSES = re.compile(r"\s?(?:groups?|arms?|alone)?\s?[);\]]")


_GROUP_BEHIND = re.compile(
    r"[\s)\]%]*(?:(?:of\s(?:the\s)?(?:\d+\s)?)?(?:months?|weeks?|days?|years?|patients?|women|men|cases?|events?|participants?|subjects?|deaths?)\s)?"
    r"(?:in|from|of|on|with)\sthe\s(?P<name>(?!other\b|two\b|both\b|three\b|same\b|entire\b|whole\b|overall\b|respective\b|latter\b|former\b)"
    r"[\w/+.-]+(?:\s(?!and\b|or\b|than\b|versus\b|vs\b|of\b|in\b)[\w/+.-]+){0,2})\s(?:group|arm)\b(?!\s(?:[A-D]|[1-4]|I{1,3}|IV)\b)"
)


_IN_GROUP_CALLED = re.compile(
    r"[\s)\]%]*(?:(?:patients?|women|men|cases?|events?|participants?|subjects?)\s)?(?:in|from|of|on)\s(?:the\s)?(?:[Gg]roup|[Aa]rm)\s(?P<name>[A-Z][\w.-]*\w|[A-Z])\b"
)


# The one group of a study without others.
_THE_ONE = re.compile(r"(?:study|treatment|treated|patient|present|experimental|intervention|protocol|trial)", re.IGNORECASE)


def of_unknown_group(text: str, value: Value, known: Sequence[Mention], *, alone: bool = False) -> bool:
    """Whether a value is told of a group by a name that nothing is known of: "one patient in the PJ group".

    Args:
        text: the sentence.
        value: the value.
        known: the arms and populations of the sentence.
        alone: whether the study has one group, which "the study group" is.
    """
    said = without_brackets(text[value.whole.end : value.whole.end + 120])
    match = _GROUP_BEHIND.match(said) or _IN_GROUP_CALLED.match(said)
    if match is None or (alone and _THE_ONE.fullmatch(match.group("name"))):
        return False
    name = re.escape(match.group("name"))
    at = re.search(rf"(?<![\w-]){name}(?![\w-])", text[value.whole.end :])
    return at is not None and not any(
        m.span.start < value.whole.end + at.end() + len(" group") and value.whole.end + at.start() < m.span.end for m in known
    )
