"""Characters that fonts without a proper table of their codes give wrong, put right: lost ligatures, and signs of mathematics."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.ingest.pdf.layers import Layer, PageGlyphs, Run
from extractor.lexicons import words

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ue000-\uf8ff]")
_LIGATURES = ("fi", "fl", "ff", "ffi", "ffl")
# "(n ¼ 40)": the Pi fonts of one typesetter have the equals sign where Latin-1 has the quarter.
_QUARTER = re.compile(r"(?<=[A-Za-z)] )¼(?= [\d(<>.-])")


def repaired(pages: Sequence[PageGlyphs]) -> list[PageGlyphs]:
    """The same pages with readable characters for those that are none."""
    suspects = [run.text for page in pages for layer in page.layers for run in layer.runs if _CONTROL.search(run.text)]
    meant = _meant(suspects)
    return [replace(page, layers=tuple(_repaired_layer(layer, meant) for layer in page.layers)) for page in pages]


def _repaired_layer(layer: Layer, meant: dict[str, str]) -> Layer:
    """A layer without what nothing is left of."""
    return replace(layer, runs=tuple(mended for run in layer.runs if (mended := _with(run, meant)).text.strip()))


def _meant(texts: Iterable[str]) -> dict[str, str]:
    """For each control character the ligature that makes most words of the words that it stands in; "" where none does."""
    seen: dict[str, Counter[str]] = {}
    for text in texts:
        for word in re.findall(r"[^ \d.,;:()]+", text):
            for sign in set(_CONTROL.findall(word)):
                seen.setdefault(sign, Counter())[word] += 1
    known = words()
    found = {}
    for sign, those in seen.items():
        score = {ligature: sum(n for word, n in those.items() if known.get(word.replace(sign, ligature).casefold())) for ligature in _LIGATURES}
        best = max(_LIGATURES, key=lambda ligature: score[ligature])
        found[sign] = best if score[best] else ""
    return found


def _with(run: Run, meant: dict[str, str]) -> Run:
    text = _QUARTER.sub("=", run.text) if "¼" in run.text else run.text
    if meant and _CONTROL.search(text):
        at = [0]
        for c in text:
            at.append(at[-1] + len(meant.get(c, c)))
        text = "".join(meant.get(c, c) for c in text)
        return replace(
            run,
            text=text,
            raised=tuple((at[start], at[end]) for start, end in run.raised if at[start] < at[end]),
            blanks=tuple((at[i], x0, x1) for i, x0, x1 in run.blanks),
        )
    return run if text is run.text else replace(run, text=text)
