"""Names of arms that put the letters of their parts together, defined nowhere: "IMQ-TAZ" of a paper on imiquimod plus tazarotene."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.entities.drugs import find_drugs
from extractor.entities.mention import Mention

_LABEL = re.compile(
    r"(?<![\w/+.-])[A-Za-z]{1,5}\d*(?:\.\d)?(?:\s?[/+&]\s?|-)[A-Za-z]{1,5}\d*(?:\.\d)?(?:(?:\s?[/+&]\s?|-)[A-Za-z]{1,5}\d*(?:\.\d)?)?(?![\w/+-])"
)
_PIECE = re.compile(r"[A-Za-z]+")
_PHASE = re.compile(r"[IVX]+[ab]?(?:\W+[IVX]+[ab]?)+")


def lettered_names(texts: Iterable[str], treatments: Sequence[Mention]) -> Iterator[tuple[str, Mention]]:
    """The labels of a document that are made of the letters of one of its combinations, each with that combination.

    Each piece of a label abbreviates a part of its own, and no other combination of the document fits.
    """
    combinations = {frozenset(t.parts): t for t in treatments if len(t.parts) > 1}
    found = {m.group() for text in texts for m in _LABEL.finditer(text)} if combinations else set()
    labels = {label for label in found if any(c.isupper() for c in label) and not _PHASE.fullmatch(label)}
    for label in sorted(labels):
        pieces = _PIECE.findall(label)
        fits = [t for parts, t in combinations.items() if len(parts) == len(pieces) and _fits(pieces, [p.name for p in t.parts])]
        if len(fits) == 1 and not any(m.parts for m in find_drugs(label)):
            yield label, fits[0]


def _fits(pieces: Sequence[str], names: Sequence[str]) -> bool:
    """Whether each piece abbreviates a name of its own."""
    if not pieces:
        return not names
    return any(
        name[0].casefold() == pieces[0][0].casefold() and abbreviates(pieces[0], name) and _fits(pieces[1:], [n for n in names if n != name])
        for name in names
    )


def abbreviates(label: str, text: str) -> bool:
    """Whether the letters of a label occur in a text in order, the first as the first of a word."""
    letters, words = re.sub(r"[^a-z]", "", label.casefold()), text.casefold()
    for start in re.finditer(rf"(?<![a-z]){re.escape(letters[:1])}", words) if letters else ():
        rest = iter(words[start.end() :])
        if all(c in rest for c in letters[1:]):
            return True
    return False
