"""Groups that sentences call by names which tell the arms only together: "in the 60 Gy group ... in the 74 Gy group", "the LDG and ODG arms".

Alone each name may be much else; it is the name of an arm where it stands beside the names of all the others, each is of one, and in one way only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind, ReadSentence, Recognized
from extractor.entities.concepts import is_a
from extractor.entities.populations import find_populations
from extractor.relations.context import Paper, as_arm
from extractor.relations.findings import ArmOf
from extractor.relations.tables.arms import Naming
from extractor.relations.tables.jointly import one_by_one

_WORD = (
    r"(?!(?:the|a|an|in|of|for|to|than|with|both|each|either|two|three|other|and|or|per|between|versus|vs|this|that|from)\b)[A-Za-z0-9µμ][\w./+%-]*"
)
_NAME = rf"{_WORD}(?:\s{_WORD}){{0,3}}"
_CALLED = re.compile(
    rf"(?<![\w-])(?:(?P<first>{_NAME})\s(?:and|versus|vs\.?|or)\s(?:the\s)?)?(?P<name>{_NAME})(?:\s|-)(?:treatment\s|study\s)?(?:groups?|arms?)\b"
)
# What is called a group and is none of the study's arms.
_NO_ARM = re.compile(
    r"\b(?:age|risk|sex|prognostic|sub|patient|elderly|young\w*|old\w*|expression|responder|marker|ethnic|racial|income|training|validation|study|whole|entire|same"
    r"|cooperative|working|focus|peer|support|functional|blood|methyl|amino|steering|writing|guideline|oncology|research|collaborative|remaining|respective|present)\b",
    re.IGNORECASE,
)
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class _Named:
    """A name of a group, its place in a sentence, and the arm that it is known to be of."""

    name: str
    span: CharSpan
    arm: ArmOf | None


def with_groups_together(recognized: Recognized, paper: Paper) -> Recognized:
    """The sentences of a document with the groups as arms that their names tell together; as they are where there are none.

    Args:
        recognized: the sentences with their mentions.
        paper: what the document studies.
    """
    arms = paper.assigned
    if not paper.is_primary or len(arms) < 2:
        return recognized
    named = {id(read): _named(read, arms) for read in recognized.sentences if read.sentence.section.kind.read}
    known = _meant(named.values(), Naming(recognized.arms, paper, {}))
    if not known:
        return recognized
    return replace(recognized, sentences=tuple(_with(read, named.get(id(read), []), known) for read in recognized.sentences))


_BARE = re.compile(r"\b(?:after|following|before|from|since|of|to|at|during|until|prior\sto)\s(?:the\s)?$", re.IGNORECASE)


def _named(read: ReadSentence, arms: Sequence[ArmOf]) -> list[_Named]:
    """The names of groups and treatments in a sentence of which nothing is known, and those of arms."""
    own = {a.norm for a in arms}
    text = read.sentence.text
    found: list[_Named] = []
    for name, span in _called(text):
        inside = [m for m in read.mentions if m.span.overlaps(span) and m.kind is not MentionKind.PROCEDURE]
        arm = next((as_arm(m) for m in inside if m.kind is MentionKind.ARM and m.norm in own), None)
        if arm is None and (inside or _NO_ARM.search(name) or any(find_populations(f"the {name} group"))):
            continue
        found.append(_Named(name, span, replace(arm, span=None) if arm is not None else None))
    # Where how it was given is all that tells one arm from another, or how they were operated on, treatments are told in short.
    twins = len({a.parts for a in arms}) == 1 or not any(p.kind in ("drug", "drug_class") for a in arms for p in a.parts)
    for mention in read.of(MentionKind.ARM):
        bare = _BARE.search(text[: mention.span.start]) is not None
        wide = bare and sum(any(is_a(p.name, mention.norm) for p in a.parts) for a in arms) > 1  # "9 days after surgery"
        if (
            mention.detail == "treatment"
            and not wide
            and (twins or mention.norm in own)
            and not any(mention.span.overlaps(one.span) for one in found)
        ):
            known = replace(as_arm(mention), span=None) if mention.norm in own else None
            found.append(_Named(mention.span.of(text), mention.span, known))
    return found


def _called(text: str) -> Iterator[tuple[str, CharSpan]]:
    for match in _CALLED.finditer(text):
        if match.group("first"):
            yield match.group("first"), CharSpan(*match.span("first"))
        yield match.group("name"), CharSpan(*match.span("name"))


def _meant(told: Iterable[list[_Named]], naming: Naming) -> dict[str, ArmOf]:
    """The arms by the names that sentences tell together, where no other sentence has another meaning for them."""
    arms = naming.paper.assigned
    votes: dict[str, Counter[str]] = {}
    for named in told:
        names = list(dict.fromkeys(one.name for one in named))
        if len(names) != len(arms) or all(one.arm is not None for one in named):
            continue
        for name, arm in one_by_one(names, naming).items():
            votes.setdefault(name, Counter())[arm.norm] += 1
    by_norm = {a.norm: a for a in arms}
    return {name: by_norm[next(iter(meant))] for name, meant in votes.items() if len(meant) == 1}


def _with(read: ReadSentence, named: Iterable[_Named], known: Mapping[str, ArmOf]) -> ReadSentence:
    more = [
        Mention(MentionKind.ARM, one.span, known[one.name].norm, known[one.name].parts, "label")
        for one in named
        if one.arm is None and one.name in known
    ]
    kept = [m for m in read.mentions if not any(m.span.overlaps(one.span) for one in more)]
    return replace(read, mentions=tuple(sorted((*kept, *more), key=lambda m: (m.span, m.kind.value)))) if more else read
