"""Arms that are told by another: "the same regimen plus A" is what was told before it, and A."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import CharSpan
from extractor.entities.backbones import NEXT_GIVEN, without_doses
from extractor.entities.mention import Mention, MentionKind
from extractor.entities.turns import out_of_brackets

_SAME = re.compile(
    r"""
    \b (?:the\s)? (?:same|identical) \s (?: (?!dose|number|schedule\sof)[\w-]+ \s )?
    (?: treatments? | therap(?:y|ies) | regimens? | (?:radio|chemo|chemoradio|radiochemo)therapy | protocol | combination | drugs | backbone )
    (?= \s? (?: \([^()]*\) \s )? (?: \+ | plus\b | with\b | and\b | combined\b | together\b | in\scombination\b | in\saddition\b ) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NAMES_GROUP = re.compile(r"(?:[\s-]treated)?\s(?:groups?|arms?|patients)\b", re.IGNORECASE)


def with_same_again(text: str, parts: Sequence[Mention]) -> list[Mention]:
    """The treatments of a sentence, and each "the same treatment" with more as what was given together right before it.

    >>> from extractor.entities.drugs import find_drugs
    >>> said = "They were randomised to docetaxel plus cisplatin or to the same regimen with cetuximab."
    >>> [m.norm for m in with_same_again(said, [m for m in find_drugs(said) if m.parts])]
    ['docetaxel', 'cisplatin', 'docetaxel + cisplatin', 'cetuximab']
    """
    found = list(parts)
    for match in _SAME.finditer(text):
        before = [m for m in parts if m.span.end <= match.start() and not _NAMES_GROUP.match(text, m.span.end)]
        run = before[-1:]
        for mention in reversed(before[:-1]):
            if not NEXT_GIVEN.fullmatch(without_doses(out_of_brackets(text[mention.span.end : run[0].span.start]))):
                break
            run.insert(0, mention)
        if run and not any(m.span.start >= match.start() and m.span.end <= match.end() for m in parts):
            whole = tuple(dict.fromkeys(p for m in run for p in m.parts))
            norm = " + ".join(dict.fromkeys(m.norm for m in run))
            found.append(Mention(MentionKind.PROCEDURE, CharSpan(*match.span()), norm, whole))
    return sorted(found, key=lambda m: m.span)
