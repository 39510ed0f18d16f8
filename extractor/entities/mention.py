"""What recognition finds: typed mentions over the clean text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from extractor.document import CharSpan
from extractor.records import ComponentKind, EntityLabel


class MentionKind(str, Enum):
    """What a mention names; the values are the labels of the entity files."""

    _value_: EntityLabel

    DRUG = "DRUG"
    DRUG_CLASS = "DRUG_CLASS"
    PROCEDURE = "PROCEDURE"
    TRIAL = "TRIAL"
    ENDPOINT = "ENDPOINT"
    ARM = "ARM"
    POPULATION = "POPULATION"
    ADVERSE_EVENT = "ADVERSE_EVENT"


@dataclass(frozen=True, slots=True)
class Part:
    """A component of a treatment: its name as a slot holds it, and what it is."""

    name: str
    kind: ComponentKind


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the clean text.

    `norm` is the form that a slot holds (INN, endpoint code, trial name, arm). `parts` are the components of a drug, class, procedure or arm.
    `detail` tells variants apart that the norm does not: the setting of an arm, the registry id of a trial.
    """

    kind: MentionKind
    span: CharSpan
    norm: str
    parts: tuple[Part, ...] = ()
    detail: str = ""

    def shifted(self, by: int) -> Mention:
        """The same mention, moved."""
        return Mention(self.kind, self.span.shifted(by), self.norm, self.parts, self.detail)


GROUP_LETTER = r"(?:(?-i:[A-Z])|[A-F]|[1-6]|I{1,3}|IV|VI)"
"""What a group may be called by behind "group" or "arm": any capital, one of the first small letters where a pattern ignores case, a number."""
