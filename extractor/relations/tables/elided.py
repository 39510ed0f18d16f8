"""Arms whose heads leave out what they are of: "Laparoscopic" and "Open" of a gastrectomy, "6 months" and "12 months" of a drug."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.document import SectionKind, fold
from extractor.entities.arms import treatments
from extractor.relations.findings import ArmOf
from extractor.relations.tables.arms import Header, Naming

_SETS_AGAINST = re.compile(r"\brandomi[sz]\w+|\brandomly\b|\b(?:allocated|assigned)\b|\b(?:vs\.?|versus)\s|\bcompar\w+", re.IGNORECASE)
_NOUN = (
    r"(?:\w*(?:ectomy|plasty|ostomy|scopy|section)|surgery|procedures?|therapy|\w+therapy|chemo-?radiation|radiation|irradiation|ablation|embolization"
    r"|transplant\w*|dissection|reconstruction|anastomosis|approach|techniques?|regimens?|schedules?|fractionation|treatment)"
)
_READ = (SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS, SectionKind.INTRODUCTION)
_SENTENCE_END = re.compile(r"(?<=[.;?!])\s+(?=[A-Z])|\n")


_NAME = re.compile(r"(?!\w+[\s-]line$)(?:\d{1,2}[\s-])?[A-Za-z][\w-]{2,20}", re.IGNORECASE)  # a line of treatment is no kind of it


_OF_PEOPLE = re.compile(
    r"(?:fe)?males?|(?:wo)?men|boys|girls|adults?|children|infants|adolescents|elderly|young(?:er)?|old(?:er)?|smokers?|non-?smokers?|patients|volunteers|survivors|cases"
    r"|left|right|yes|no|present|absent|positive|negative|alive|dead|before|after|baseline|total|overall",
    re.IGNORECASE,
)


def with_their_noun(row: Mapping[int, Header], naming: Naming) -> dict[int, ArmOf]:
    """The arms of a row of heads none of which names one, where a sentence sets all of them against each other as kinds of one treatment."""
    named = {c: h.core.strip() for c, h in row.items() if h.is_name or (h.sized and h.arm is None and _DURATION.fullmatch(h.core.strip()))}
    cores = set(named.values())
    if len(cores) < 2 or any(row[c].arm is not None for c in named) or not all(map(_NAME.fullmatch, cores)) or any(map(_OF_PEOPLE.fullmatch, cores)):
        return {}
    sections = naming.paper.document.sections
    text = "\n".join(s.span.of(naming.paper.document.text) for s in sections if s.kind in _READ)
    for sentence in map(fold, _SENTENCE_END.split(text)):
        rest = _after(sentence, cores) if _SETS_AGAINST.search(sentence) else None
        arms = _kinds(rest, cores, naming) if rest is not None else {}
        if arms:
            return {c: arms[core] for c, core in named.items()}
    return {}


_DURATION = re.compile(r"\d{1,2}[\s-](?:months?|weeks?|years?|cycles?|courses?)", re.IGNORECASE)


def _after(sentence: str, cores: set[str]) -> str | None:
    """What stands behind the last of some heads in a sentence that has all of them."""
    places = [m for core in cores if (m := re.search(rf"(?<![\w-]){_spelled(core)}(?![\w-])", sentence, re.IGNORECASE)) is not None]
    return sentence[max(m.end() for m in places) :] if len(places) == len(cores) and len({m.start() for m in places}) == len(places) else None


def _spelled(core: str) -> str:
    """A head as text may have it: "6 months" is "6-month" before its noun."""
    if _DURATION.fullmatch(core):
        number, unit = re.split(r"[\s-]", core)
        return rf"{number}(?:[\s-]{unit.removesuffix('s')}s?)?"
    return re.escape(core)


# "men and women after surgery", "younger and elderly patients given chemotherapy": the words before are of people, and no kinds of what follows.
_RELATES = (
    r"(?:or|and|after|before|during|following|in|of|on|at|to|by|for|from|with|without|who|whose|that|which|undergoing|underwent|receiv\w+|having|had|given|treated"
    r"|were|was|had|patients|groups?|arms?|disease|stages?|tumou?rs?|cancers?|recurren\w+|relapse\w*)"
)


def _kinds(rest: str, cores: set[str], naming: Naming) -> dict[str, ArmOf]:
    """The arm of each head: of the treatment by its kind where words follow that say one, of a drug that follows with the head in brackets."""
    noun = re.match(rf"(?:[\s-](?!{_RELATES}\b)[\w-]+){{0,2}}?[\s-](?P<noun>{_NOUN})\b", rest, re.IGNORECASE)
    drug = next(iter(treatments(rest, naming.book)), None)
    if (
        drug is not None
        and any(part.kind in ("drug", "drug_class") for part in drug.parts)
        and re.fullmatch(r"\s?(?:(?:of|with|adjuvant|treatment|months?|weeks?|years?|cycles?|-)\s?)*", rest[: drug.span.start])
    ):
        return {core: ArmOf(f"{drug.norm} ({core.casefold()})", drug.parts) for core in cores}
    if noun is None or any(map(_DURATION.fullmatch, cores)):
        return {}
    return _named({core: f"{core} {noun.group('noun').casefold()}" for core in cores}, naming)


def _named(names: Mapping[str, str], naming: Naming) -> dict[str, ArmOf]:
    """The arms of these names: as the paper calls them where it tells them apart, else as they are printed."""
    plain = {core: name[:1].lower() + name[1:] if name[1:2].islower() else name for core, name in names.items()}
    read = {core: arm for core, name in plain.items() if (arm := naming.read(name)) is not None and arm.norm != "all"}
    told = len(read) == len(plain) and len({a.norm for a in read.values()}) == len(set(plain.values()))
    return {core: ArmOf(read[core].norm, read[core].parts) if told else ArmOf(name) for core, name in plain.items()}
