"""Abbreviations that a document defines: "hepatic arterial infusion chemotherapy (HAIC)".

The rule is that of Schwartz and Hearst (2003): an abbreviation in brackets, and before it the shortest run of words in which its letters occur in
order, from the last to the first, the first one at the beginning of a word. Added to it are square brackets, the reversed form ("HAIC (hepatic
arterial infusion chemotherapy)"), Greek letters told by their names, plurals, and what else a bracket may hold ("(HFSR, 36.6%)"). Single letters are
left out: only the arms of a study are called so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.document import CharSpan

_BRACKET = re.compile(r"(?P<open>[\[(])(?P<inside>[^()\[\]]{2,120})[\])]")
_SHORT = re.compile(r"[A-Za-z\d][\w+/&.-]{1,11}(?:[ -][A-Z\d][\w-]{0,4})?")
_LEAD = re.compile(r"[\s\"']*(?:(?:i\.e|e\.g)\.,?\s)?")
_REST = re.compile(r"[\s\"']*(?:[,;:=]|$)")
# A word of a name, with the signs inside it; the first letter of each part may be meant.
_WORD = re.compile(r"[^\s()\[\],;:]+")
_WORD_BEFORE = re.compile(r"(?<![\w-])(?P<short>[A-Za-z\d][\w+/&-]{1,9})\s?$")
# One entry of a list of abbreviations, and how many entries make a list.
_ITEM = re.compile(r"(?:^|[;.]\s|:\s)(?P<short>[A-Za-z\d][\w+/-]{1,9})(?:[:,=]\s?|\s=\s)(?P<long>[A-Za-z][^;:=.()]{3,80}?)(?=;|\.?$|\.\s)")
_LISTED = 3
_NO_SHORT = re.compile(
    r"\d+(?:st|nd|rd|th)?|I{1,3}[a-c]?|V?I+V?[a-c]"
    r"|(?:[Mm]in|[Mm]ax|[Vv]s|[Oo]r|[Aa]nd|[Ss]ee|[Dd]ata|[Nn]ot?|[Tt]he|[Aa]ll|[Yy]ears?|[Mm]onths?|[Ww]eeks?|[Dd]ays?|[Rr]ange|[Mm]edian|[Mm]ean|[Yy]es)\.?"
    r"|[Ff]ig\w*|[Tt]ab\w*|NCT\d*|(?:[Cc]lass|[Aa]rm|[Gg]roup|[Cc]ohort|[Pp]art|[Dd]ay|[Cc]ycle|[Ss]tage|[Gg]rade|[Pp]hase|[Ll]evel|[Ss]tep)\s\S+"
)
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "μ": "mu"}
# What no name holds: a bracket that closes and none that opens, an equation, cells of a table.
_NO_LONG = re.compile(r"^[^(\[]*[)\]]|[)\]]\d|=|[a-z][A-Z]{2}|\b(?:which|were|was|are|is)\b|\d\s?%")
# The words of a bracket that are a name: more than one.
_PLAIN = re.compile(r"[A-Za-zα-ω][\w'/-]*(?:[\s-][\w'/-]+)+")
_CLAUSE = re.compile(r"[;:]\s|(?<!\bSt)\.\s")


@dataclass(frozen=True, slots=True)
class Definition:
    """An abbreviation and the words that it stands for, as spans of the text."""

    short: CharSpan
    long: CharSpan


def definitions(text: str) -> Iterator[Definition]:
    """The abbreviations that a folded sentence defines, in order."""
    for match in _BRACKET.finditer(text):
        inside = CharSpan(*match.span("inside"))
        found = _before_bracket(text, match.start(), inside) or _reversed(text, match.start(), inside)
        if found is not None:
            yield found


def listed_definitions(text: str) -> Iterator[Definition]:
    """The abbreviations that a folded list explains: "ECOG: Eastern Cooperative Oncology Group; OS, overall survival"."""
    items = list(_ITEM.finditer(text))
    for match in items if len(items) >= _LISTED else ():
        short, long = CharSpan(*match.span("short")), CharSpan(*match.span("long"))
        if _is_short(short.of(text)) and _long_start(long.of(text) + " ", len(long.of(text)) + 1, short.of(text)) == 0:
            yield Definition(short, long)


def read_abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """The abbreviations of a document with what they stand for where they are defined first."""
    found: dict[str, str] = {}
    for text in texts:
        for one in (*definitions(text), *listed_definitions(text)):
            found.setdefault(one.short.of(text), one.long.of(text))
    return found


def _before_bracket(text: str, bracket: int, inside: CharSpan) -> Definition | None:
    content = inside.of(text)
    match = _SHORT.match(content, _LEAD.match(content).end())  # type: ignore[union-attr]
    if match is None or not _REST.match(content, match.end()) or not _is_short(match.group()):
        return None
    start = _long_start(text, bracket, match.group())
    if start is None:
        return None
    return Definition(CharSpan(inside.start + match.start(), inside.start + match.end()), CharSpan(start, len(text[:bracket].rstrip())))


def _reversed(text: str, bracket: int, inside: CharSpan) -> Definition | None:
    match = _WORD_BEFORE.search(text[max(bracket - 14, 0) : bracket])
    long = inside.of(text).strip()
    short = match.group("short") if match else ""
    if match is None or not _is_short(short) or sum(c.isupper() for c in short) < 2:
        return None
    if not _PLAIN.fullmatch(long) or _long_start(long + " ", len(long) + 1, short) != 0:
        return None
    start = max(bracket - 14, 0) + match.start("short")
    at = inside.start + (len(inside.of(text)) - len(inside.of(text).lstrip()))
    return Definition(CharSpan(start, start + len(short)), CharSpan(at, at + len(long)))


def _is_short(short: str) -> bool:
    letters = [c for c in short if c.isalpha()]
    if len(letters) < 2 or _NO_SHORT.fullmatch(short):
        return False
    return any(c.isupper() for c in letters) or bool(re.fullmatch(r"[a-z]{2,6}[-/+][a-z]{2,6}", short))


def _long_start(text: str, end: int, short: str) -> int | None:
    """Where the words before a place begin that an abbreviation stands for; None where there are none."""
    singular = short[:-1] if short.endswith("s") and short[-2:-1].isupper() else short
    unnumbered = re.sub(r"-\d+$", "", short)  # a questionnaire with its number of questions: "(QLQ-30)"
    for form in dict.fromkeys((short, singular, unnumbered)):
        start = _matched(text, end, form)
        if start is not None:
            return start
    return None


def _matched(text: str, end: int, short: str) -> int | None:
    letters = [c.casefold() for c in short if c.isalnum()]
    most = min(len(letters) + 5, len(letters) * 2)
    head = text[:end].rstrip()
    clause = max((m.end() for m in _CLAUSE.finditer(head)), default=0)
    words = list(_WORD.finditer(head, clause))[-most:]
    if not words or head[words[-1].end() :].strip():
        return None
    at = len(head)
    first = words[0].start()
    for i in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= first and not (_tells(head[at], letters[i]) and (i > 0 or _begins_word(head, at))):
            at -= 1
        if at < first:
            return None
    long = head[at:]
    is_name = len(long) > len(short) and (" " in long or "-" in long or short.isupper()) and not _NO_LONG.search(long)
    return at if is_name and short.casefold() not in (w.casefold() for w in re.findall(r"[\w-]+", long)) else None


# No name begins with what joins it to another: "paclitaxel plus oxaliplatin (PO)".
_JOINS = re.compile(r"(?:plus|and|with|or|versus|vs|followed|combined|added|alone|received?|receiving)\b", re.IGNORECASE)


def _begins_word(text: str, at: int) -> bool:
    return (at == 0 or not text[at - 1].isalnum()) and _JOINS.match(text, at) is None


def _tells(char: str, letter: str) -> bool:
    """Whether a character of a long form is a letter of the short: itself, or a Greek letter by the first of its name."""
    return char.casefold() == letter or _GREEK.get(char, "-")[0] == letter
