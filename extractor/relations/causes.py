"""What patients died of, where a sentence says it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind, ReadSentence

_TIE = r"""
    (?: from | of | due\sto | because\sof | owing\sto | caused\sby | attribut(?:ed|able)\sto | related\sto | secondary\sto | resulting\sfrom
      | as\s(?:a|the)\s(?:result|consequence)\sof )
"""
# "due to a CTC grade 2 constipation": how bad it was is no part of its name.
_GRADED = r"(?: (?: NCI[\s-] )? (?: CTC(?:AE)?\s )? grades?\s (?:\d|I{1,3}|IV|V) (?: \s? (?: - | / | or | and | to )\s? (?:\d|I{1,3}|IV|V) )? \s )?"
_AFTER = re.compile(
    rf"""
    (?: \s (?: rates? | patients | that | which | were | was | are | considered | thought | to | be | being | possibly | probably | mainly
    | all ) ){{0,4}}
    \s {_TIE} \s (?: the\s | an?\s | their\s | his\s | her\s )?
    (?P<cause> [A-Za-z][^,;.:()\[\]\d%]*? )
    (?= \s? (?: $ | [,;.:()\[\]%] )
      | \s (?: in | on | at | within | after | during | before | occurred | was | were | had | has | is | compared | versus | vs\.? | among
      | by | between | not | who | which | that | whose
             | varies | varied | ranges | ranged
             | reported | related | suspected | considered | and | or | with | to | while | but | than | per | without | for )\b | \s [\d<>] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_REASON = re.compile(
    rf"""
    \s (?: the\s | an?\s | their\s | his\s | her\s )?
    {_GRADED} (?P<cause> [A-Za-z][^,;.:()\[\]\d%]*? )
    (?= \s? (?: $ | [,;.:()\[\]%] )
      | \s (?: in | on | at | within | after | during | before | occurred | was | were | had | has | is | compared | versus | vs\.? | among
      | by | between | and | or | with | to | while | but | than | per | without | for | soon | most | all | due | thought | considered | judged
      | deemed | believed | felt | possibly | probably | unrelated | related\sto | attributed | suspected )\b | \s [\d<>] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = re.compile(r"(?<![\w-])(?P<cause>[A-Za-z]+)[\s-](?:specific|related)\s$")
_NO_CAUSE = re.compile(
    r"\b(?:it|this|that|which|any|all|patients?|random\w*|study|start\w*|arms?|groups?|time|follow-?up|date|them|whom|these|those|interest|both|each|others"
    r"|children|infants?|newborns?|women|men|participants?|subjects?|persons?|people|cells?|least|most|more|less|fewer|var(?:y|ies|ied)|rang(?:es|ed|ing))\b"
    r"|^(?:up|about|approximately|only|over|nearly|almost|around|causes?)$",
    re.IGNORECASE,
)
_BY_TREATMENT = re.compile(
    r"\b(?:treatment|drug|therapy|chemotherapy|study\s(?:drug|treatment|medication))-related\b|\btoxic\w*|^(?:study\s)?(?:treatment|drug|medication|therapy)$",
    re.IGNORECASE,
)


# "deaths (6%) in the A arm were considered related to treatment": what is said of deaths some words behind them.
_SAID_OF = re.compile(
    rf"""
    (?: \s \([^()]*\) )? (?: \s (?: in | on | with | among | of | for )\s [^,;:.()\d]{{2,60}}? )? (?: \s \([^()]*\) )?
    \s (?: was | were ) (?: \s (?: considered | thought | judged | deemed | reported | possibly | probably | definitely | mainly | all | both
      | to | be | being | as ) ){{0,4}}
    \s {_TIE} \s (?: the\s | an?\s )? (?P<cause> [A-Za-z][^,;.:()\[\]\d%]*? )
    (?= \s? (?: $ | [,;.:()\[\]%] ) | \s (?: by | in | on | and | or | with | while | but | compared | versus | vs | than | after | among ) \b )
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cause:
    """What some patients died of, as printed, lower-case."""

    name: str
    span: CharSpan

    @property
    def is_treatment(self) -> bool:
        """Whether it was the treatment."""
        return _BY_TREATMENT.search(self.name) is not None


def cause_of(text: str, death: Mention) -> Cause | None:
    """The cause that is told with a mention of death; None where none is, and for death of any cause."""
    after = _AFTER.match(text, death.span.end)
    before = _BEFORE.search(text[: death.span.start])
    match = after or before or (_SAID_OF.match(text, death.span.end) if death.span.of(text).casefold().startswith("death") else None)
    if match is None or (_NO_CAUSE.search(match.group("cause")) and not _BY_TREATMENT.search(match.group("cause"))):
        return None
    return Cause(" ".join(match.group("cause").split()).casefold(), CharSpan(*match.span("cause")))


_OR_ANOTHER = re.compile(
    rf"\b (?: or | and )\s (?: [a-z]+\s ){{0,2}}? {_TIE} \s (?: the\s | an?\s )? (?P<cause> [A-Za-z][^,;.:()\[\]\d%]*? ) \s? [(\[] [^()]* $",
    re.VERBOSE | re.IGNORECASE,
)


def cause_beside(text: str, cause: Cause, at: int) -> Cause:
    """The cause in whose bracket a number stands: "deaths were due to progression (12) or related to surgery (two)"; else the one that was told."""
    match = _OR_ANOTHER.search(text[:at], cause.span.end)
    return cause if match is None else Cause(" ".join(match.group("cause").split()).casefold(), CharSpan(*match.span("cause")))


def reason_behind(text: str, at: int) -> Cause | None:
    """What is named as a reason right behind the words for it: "because of" | "recurrent vomiting" in 4 patients."""
    match = _REASON.match(text, at)
    if match is None or _NO_CAUSE.search(match.group("cause")):
        return None
    return Cause(" ".join(match.group("cause").split()).casefold(), CharSpan(*match.span("cause")))


def causes_in(read: ReadSentence) -> list[CharSpan]:
    """Where a sentence names causes of death: what stands there happened to those who died."""
    found = (cause_of(read.sentence.text, e) for e in read.of(MentionKind.ENDPOINT) if e.norm in ("DEATH", "TREATMENT_DEATH"))
    return [cause.span for cause in found if cause is not None]
