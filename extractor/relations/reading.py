"""One sentence while it is read: everything known about it, and what was found so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.entities import Mention, ReadSentence
from extractor.relations.context import Context
from extractor.relations.findings import ArmOf, Finding, Leftover, Said, Topic
from extractor.relations.targets import Series
from extractor.relations.values import Numbers


@dataclass
class Reading:
    """Everything known about a sentence while it is read."""

    read: ReadSentence
    numbers: Numbers
    context: Context
    arms: list[Mention]
    populations: list[Mention]
    endpoints: list[Mention]
    events: list[Mention]
    parts: list[Mention]
    """Drugs and procedures that it names as parts of a treatment."""
    findings: list[Finding] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    results: int = 0
    said: list[Said] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The sentence's folded text."""
        return self.read.sentence.text


@dataclass(frozen=True)
class Told:
    """A series with what it was found to be about, for the estimates and p-values that follow it."""

    series: Series
    topics: tuple[Topic, ...]
    arms: tuple[ArmOf | None, ...]
    populations: tuple[Mention | None, ...]
    result: int
