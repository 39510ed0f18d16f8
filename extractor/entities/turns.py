"""Where a sentence that compares treatments turns from one to the other, and the operation that both were given by one name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities.concepts import is_a
from extractor.entities.joins import COMPARING
from extractor.entities.mention import Part

_TURNS = re.compile(r"[^.;:]*\s(?P<how>with|to)\s(?:(?:the|an?|that\sof|those\sof|standard|conventional|adjuvant|no)\s){0,2}$", re.IGNORECASE)
_ALONE = re.compile(r"\s(?:alone|only)\b", re.IGNORECASE)
_LOOK_BACK = 60
_STEPS_OF_TWO = 3


def out_of_brackets(text: str) -> str:
    """A text without what stands in brackets."""
    for _ in range(2):
        text = re.sub(r"\s?[\[(][^()\[\]]*[\])]", " ", text)
    return re.sub(r"\s{2,}", " ", text)


def turns_to_other(text: str, steps: Sequence[CharSpan], i: int) -> bool:
    """Whether a step is the other arm that "compared" waits for: "compared A with B after C to D alone" turns at "to", not at "with".

    Args:
        text: the sentence.
        steps: the treatments that follow each other in it, all that is told of two arms.
        i: which of them is asked for; it has to be one that was given alone.
    """
    alone = _ALONE.search(text[steps[i].start : steps[i].end]) or _ALONE.match(text, steps[i].end)
    if len(steps) < _STEPS_OF_TWO or not alone or not COMPARING.search(text[max(steps[0].start - _LOOK_BACK, 0) : steps[0].start]):
        return False
    turns = [_TURNS.fullmatch(out_of_brackets(text[a.end : b.start])) for a, b in pairwise(steps)]
    to = [n for n, turn in enumerate(turns, 1) if turn is not None and turn.group("how") == "to"]
    others = [n for n, turn in enumerate(turns, 1) if turn is not None]
    return bool(others) and i == (to or others)[-1]


AND_WORDS = ("and", "and to", "and the")
_ENDS_ARM = re.compile(r"\s?(?:alone|only|monotherapy)\b", re.IGNORECASE)


def turns_at_and(text: str, steps: Sequence[CharSpan], i: int) -> bool:
    """Whether the "and" before a step is the one that "between" waits for: the only one, or the one behind what was given "alone".

    Args:
        text: the sentence.
        steps: the treatments that follow "between" in it.
        i: which of them is asked for: "between A alone and A with B" turns at the second, "between A plus B and A" at the third.
    """
    gaps = {n: out_of_brackets(text[a.end : b.start]) for n, (a, b) in enumerate(pairwise(steps), 1)}
    turns = [n for n, gap in gaps.items() if _ENDS_ARM.sub("", gap, count=1).strip(" ,").casefold() in AND_WORDS]
    behind_alone = [n for n in turns if _ENDS_ARM.match(gaps[n])]
    return len(behind_alone or turns) == 1 and i == (behind_alone or turns)[0]


def surgery_alone(arms: Sequence[Sequence[Part]]) -> str:
    """What the one arm that was given nothing but surgery calls it; "" where there is no such arm."""
    named = {parts[0].name for parts in arms if len(parts) == 1 and parts[0].name.endswith("surgery")}
    return next(iter(named)) if len(named) == 1 else ""


def with_operation(parts: Sequence[Part], name: str) -> tuple[Part, ...]:
    """The parts of an arm, its operation by the name that the arm without anything else gives it: "A after resection against surgery alone".

    >>> [p.name for p in with_operation([Part("cisplatin", "drug"), Part("resection", "procedure")], "surgery")]
    ['cisplatin', 'surgery']
    """
    return tuple(dict.fromkeys(Part(name, p.kind) if is_a(p.name, name) else p for p in parts))


def operation_called(norm: str, name: str) -> str:
    """The same for an arm as a slot holds it.

    >>> operation_called("cisplatin + lobectomy", "surgery")
    'cisplatin + surgery'
    """
    return " + ".join(dict.fromkeys(name if is_a(n, name) else n for n in norm.split(" + ")))
