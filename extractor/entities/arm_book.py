"""What a document calls its arms, and what they are: the names that later sentences are read by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractor.entities.assignment import AssignedArm
from extractor.entities.contrasted import Contrasted
from extractor.entities.glossary import Glossary
from extractor.entities.mention import Part
from extractor.entities.ways import Way

ARM_WORD = r"(?:groups?|arms?|cohorts?|recipients|regimens?|-treated\s(?:patients|group|arm))"


@dataclass(frozen=True, slots=True)
class ArmName:
    """A name that the document gives to a treatment."""

    label: str
    norm: str
    parts: tuple[Part, ...]
    is_drugs: bool


@dataclass(frozen=True)
class ArmBook:
    """The arms of a document: its own names for treatments, and the settings that tell arms with one treatment apart."""

    names: Mapping[str, ArmName] = field(default_factory=dict)
    settings: Mapping[str, ArmName] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    studied: tuple[str, ...] = ()
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    combinations: frozenset[frozenset[str]] = frozenset()
    assigned: tuple[AssignedArm, ...] = ()
    groups: Mapping[str, ArmName] = field(default_factory=dict)
    """Groups that the paper sets against each other by names that are no treatments, by these names, folded."""
    compounds: frozenset[str] = frozenset()
    """Arms that the paper calls by what they were given, run together ("RT-GC+GC")."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """Abbreviations of groups that are called by their role ("CG": "control")."""
    glossary: Glossary = field(default_factory=Glossary)
    ways: tuple[Way, ...] = ()
    contrasted: tuple[Contrasted, ...] = ()
    """Arms that no list names, in the paper's own words."""
    in_full: tuple[Contrasted, ...] = ()
    """Groups that the paper calls by an abbreviation, by what it stands for."""

    def n_of(self, norm: str) -> int | None:
        """The number of patients in an arm; None where the document does not give it."""
        return self.counts.get(norm)
