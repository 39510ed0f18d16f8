"""One concept for each mention: what stands behind a name, however it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractor.entities.mention import Mention, MentionKind, Part
from extractor.lexicons import Drug, DrugClass, drug_classes, drugs, trials
from extractor.lexicons.added import Added, added


@dataclass(frozen=True, slots=True)
class Concept:
    """What a mention names.

    Attributes:
        kind: what sort of thing it is.
        name: the INN, the name of the class, the procedure or the trial, the code of the endpoint: one for all spellings.
        drug_class: of a drug that the lexicon has.
        atc: the drug's ATC code where the lexicon has it, else empty.
        registry_id: a trial's id where the document prints it beside the name, or where the mention is the id itself; else empty.
        listed: whether a lexicon has it; a name read by its form, or misspelt beyond doubt of what is meant, has only its own letters.
    """

    kind: MentionKind
    name: str
    drug_class: str = ""
    atc: str = ""
    registry_id: str = ""
    listed: bool = True

    @property
    def told(self) -> str:
        """What is known besides the name, for reading."""
        parts = (self.drug_class, self.atc, self.registry_id, "" if self.listed else "in no list")
        return ", ".join(part for part in parts if part)


def concept(mention: Mention, registry_ids: Mapping[str, str] | None = None) -> Concept:
    """The concept of a mention; `registry_ids` are those that its document prints beside names of trials."""
    if mention.kind is MentionKind.DRUG:
        drug = _drugs(added()).get(mention.norm)
        if drug is not None:
            return Concept(mention.kind, drug.inn, drug.drug_class, drug.atc)
        return Concept(mention.kind, mention.norm, listed=len(mention.parts) > 1)
    if mention.kind is MentionKind.TRIAL:
        if mention.detail:
            return Concept(mention.kind, mention.norm, registry_id=mention.norm)
        return Concept(mention.kind, mention.norm, registry_id=(registry_ids or {}).get(mention.norm, ""), listed=mention.norm in _trials(added()))
    return Concept(mention.kind, mention.norm)


def class_of(inn: str) -> str | None:
    """The class of a drug; None where no lexicon has the drug."""
    drug = _drugs(added()).get(inn)
    return drug.drug_class if drug is not None else None


_CYTOTOXIC = ("L01A", "L01B", "L01C", "L01D", "L01XA", "L01CE")
_HORMONAL = ("L02",)
_CYTOTOXIC_CLASSES = re.compile(
    r"anthracycline|taxane|platinum|alkylat|antimetabolite|fluoropyrimidine|antifolate|purine|pyrimidine|vinca|topoisomerase|nitrosourea|podophyllo|epothilone|nucleoside",
    re.IGNORECASE,
)


def is_a(name: str, general: str) -> bool:
    """Whether a component of an arm is of the sort that a general name calls: fluorouracil is "adjuvant chemotherapy", hepatectomy is "surgery".

    Cytotoxic and hormonal drugs are told by their ATC group (WHO Collaborating Centre for Drug Statistics Methodology), else by their class.
    """
    sort = general.casefold().split()[-1]
    if name == general or class_of(name) == general:
        return True
    if sort == "chemotherapy":
        return name.endswith("chemotherapy") or _of_group(name, _CYTOTOXIC) or bool(_CYTOTOXIC_CLASSES.search(class_of(name) or name))
    if general in ("endocrine therapy", "hormonal therapy", "hormone therapy"):
        return _of_group(name, _HORMONAL)
    if general in _IMMUNE_SORTS:
        return _aims_at(name, "immune checkpoint inhibitor") or bool(_IMMUNE_CLASSES.search(class_of(name) or name))
    if general in ("targeted therapy", "monoclonal antibody", "tyrosine kinase inhibitor"):
        return _is_targeted(name, general)
    if _aims_at(name, general):
        return True
    if sort == "radiotherapy":
        return name.casefold().endswith(("radiotherapy", "wbrt", "imrt", "sbrt", "irradiation")) and "chemo" not in name
    if sort == "surgery":
        return name.casefold().endswith(("surgery", "resection", "ectomy"))
    return general in ("resection", "surgical resection") and name.casefold().endswith(("resection", "ectomy"))


def has_sort(parts: Iterable[Part], sort: str) -> bool:
    """Whether one of the parts of an arm is of a sort; chemoradiotherapy is of two."""
    names = {p.name for p in parts}
    halves = ("chemotherapy", "radiotherapy") if sort == "chemoradiotherapy" else ()
    return any(is_a(name, sort) for name in names) or (bool(halves) and all(any(is_a(name, half) for name in names) for half in halves))


_IMMUNE_SORTS = frozenset({"immunotherapy", "cancer immunotherapy"})
_IMMUNE_CLASSES = re.compile(r"cytokine|interferon|vaccine|T-cell|checkpoint", re.IGNORECASE)
_ANTIBODY = re.compile(r"antibod", re.IGNORECASE)
_KINASE = re.compile(r"kinase", re.IGNORECASE)
_CONJUGATE = re.compile(r"conjugate", re.IGNORECASE)


def _is_targeted(name: str, general: str) -> bool:
    """Whether a drug is an antibody, a kinase inhibitor, or one of the two."""
    told = class_of(name) or ""
    antibody = name.endswith("mab") or (_ANTIBODY.search(told) is not None and not _CONJUGATE.search(told))
    kinase = name.endswith("nib") or _KINASE.search(told) is not None
    return (antibody and general != "tyrosine kinase inhibitor") or (kinase and general != "monoclonal antibody")


def _aims_at(name: str, general: str) -> bool:
    """Whether a drug has a target of a class that is called by its target, and is of the form that the class names.

    Gefitinib is an "EGFR tyrosine kinase inhibitor" and an "EGFR inhibitor", cetuximab the latter and an "anti-EGFR antibody"; what carries a poison
    to its target inhibits nothing.
    """
    drug, sort = _drugs(added()).get(name), _classes().get(general)
    if drug is None or sort is None or not any(_same_target(one, other) for one in sort.target.split(";") for other in drug.target):
        return False
    antibody, kinase, conjugate = (form.search(drug.drug_class) is not None for form in (_ANTIBODY, _KINASE, _CONJUGATE))
    if _ANTIBODY.search(general):
        return (antibody or name.endswith("mab")) and not conjugate
    return (kinase or not _KINASE.search(general)) and not conjugate


_AGAINST_CANCER = ("L01", "L02")
_SYSTEMIC = re.compile(r"(?:deprivation|endocrine|hormonal|targeted|immuno|radio)\s?-?therapy$", re.IGNORECASE)

_LOCAL = frozenset(
    "TACE|cTACE|DEB-TACE|TAE|TARE|HAIC|HIPEC|CRS-HIPEC|PIPAC|RFA|MWA|HIFU|PEI|cryoablation|radioiodine|thermal ablation|intraperitoneal chemotherapy"
    "|isolated limb perfusion|percutaneous hepatic perfusion".split("|")
)
"""Procedures that treat a cancer where it is, by their names in `procedures.tsv`."""


def treats_cancer(name: str) -> bool:
    """Whether a component is a drug against cancer, radiotherapy or the like, and nothing that only supports."""
    return (
        _of_group(name, _AGAINST_CANCER)
        or name in _LOCAL
        or _SYSTEMIC.search(name) is not None
        or any(is_a(name, sort) for sort in ("chemotherapy", "radiotherapy", "endocrine therapy"))
    )


def _of_group(inn: str, groups: tuple[str, ...]) -> bool:
    drug = _drugs(added()).get(inn)
    return drug is not None and drug.atc.startswith(groups)


@lru_cache(maxsize=4)
def _drugs(more: Added) -> Mapping[str, Drug]:
    """Drugs by their INN; a user's own row counts before the lexicon's, save that it may leave out what that knows."""
    return {**{d.inn: d for d in more.drugs}, **{d.inn: d for d in drugs()}}


def _same_target(sort: str, drug: str) -> bool:
    """Whether a drug's target is that of a class: "VEGFR2" and "EGFR exon 20" are of VEGFR and EGFR."""
    return re.match(rf"{re.escape(sort.strip())}(?:\d|\s|$)", drug) is not None


_TOLD_CLOSER = re.compile(r"generation|steroidal")


@lru_cache(maxsize=1)
def _classes() -> Mapping[str, DrugClass]:
    """The classes that are called by their target alone; "taxane" and "vinca alkaloid" have one target and are two classes."""
    told = [one for one in drug_classes() if not _TOLD_CLOSER.search(one.name)]
    named = (one for one in told if any(t.strip().casefold() in one.name.casefold() for t in one.target.split(";") if t.strip()))
    return {one.name: one for one in (*named, *(one for one in drug_classes() if one.name == "immune checkpoint inhibitor"))}


@lru_cache(maxsize=4)
def _trials(more: Added) -> frozenset[str]:
    return frozenset(trial.name for trial in (*more.trials, *trials()))
