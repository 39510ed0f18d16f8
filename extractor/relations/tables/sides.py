"""What an effect compares: two arms, perhaps in a population, or the levels of a factor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities import Mention
from extractor.entities.arms import find_arms, treatments
from extractor.relations.factors import factor_norm
from extractor.relations.findings import ArmOf
from extractor.relations.tables.arms import WHOLE
from extractor.relations.tables.facets import Slot, population_norm
from extractor.relations.tables.factors import SET, TREATMENT, factor_of_table, is_endpoint, names_of, qualified
from extractor.relations.tables.grid import Row
from extractor.relations.tables.sheet import Sheet, SheetCell

VERSUS = re.compile(r"\b(?:vs\.?|versus|compared\s(?:with|to))\s", re.IGNORECASE)
_CONTRAST = re.compile(r"(?P<first>.+?)\s(?:vs\.?|versus|compared\s(?:with|to))\s(?P<second>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contrast:
    """What an effect compares: two arms, perhaps in a population, or the levels of a factor."""

    arms: tuple[ArmOf, ArmOf] | None = None
    factor: str | None = None
    population: Slot | None = None


def contrast_of(sheet: Sheet, row: Row, reference: Row | None, shown: SheetCell) -> Contrast | str:
    """The two arms, or the factor, that a row compares; the reason where its labels name neither."""
    names = names_of(sheet, row)
    sets = [(e, name) for e, name in names[:-1] if SET.fullmatch(name)]
    if sets:
        entry, name = sets[-1]
        inner = contrast_of(sheet, replace(row, groups=tuple(g for g in row.groups if g is not entry)), reference, shown)
        return inner if isinstance(inner, str) or inner.population is not None else replace(inner, population=Slot(population_norm(name), entry.raw))
    whole = _of_table(sheet, shown)
    if whole:
        names = [(e, name) for e, name in names if not WHOLE.fullmatch(name) and not is_endpoint(sheet.reader.label(e))]
        words = " ".join(name for _, name in names)
        return Contrast(arms=(whole[0], whole[1]), population=Slot(population_norm(words), names[-1][0].raw) if words else None)
    if sheet.by_qualifiers:
        factor = factor_of_table(sheet, shown)
        _, population, time = qualified(sheet, row)
        told = " ".join(filter(None, (factor, time)))
        return Contrast(factor=factor_norm(told), population=population) if factor is not None else "a row that names no factor"
    if whole == ():
        return "a contrast of which one side is no arm that is known"
    if not names:
        return "a row that names no factor"
    if sheet.by_subgroup:
        return _in_subgroup(sheet, [(e.raw, name) for e, name in names if not WHOLE.fullmatch(name)][-2:])
    own = names[-1][1]
    match = _CONTRAST.fullmatch(own)
    if match is not None:
        first, second = (sheet.reader.naming.read(match.group(g)) for g in ("first", "second"))
        if first is not None and second is not None and first.norm != second.norm:
            return Contrast(arms=(replace(first, span=None), replace(second, span=None)))
        set_in = len(row.labels) > 1 or row.labels[-1].text[:1].isspace()
        return Contrast(factor=factor_norm(" ".join(name for _, name in names[-2 if set_in else -1 :])))
    arms = _levels_as_arms(sheet, reference, [name for _, name in names])
    if arms is not None:
        return Contrast(arms=arms)
    return Contrast(factor=factor_norm(" ".join(name for _, name in names[-2:])))


def _in_subgroup(sheet: Sheet, names: Sequence[tuple[CharSpan, str]]) -> Contrast:
    """The paper's two arms in a subgroup; where they are not known, the treatment as a factor."""
    assigned = sheet.paper.assigned
    pair = sheet.paper.pair or ((assigned[0], assigned[1]) if len(assigned) == 2 else None)
    words = " ".join(name for _, name in names)
    population = Slot(population_norm(words), names[-1][0]) if words else None
    return Contrast(pair, factor="treatment arm" if pair is None else None, population=population)


def _of_table(sheet: Sheet, shown: SheetCell) -> tuple[ArmOf, ...] | None:
    """The two arms that a header or the caption sets against each other; () where it compares what is no arm, None where it compares nothing."""
    texts = [label.text for _, label in shown.facets.labels] + [sheet.frame.caption.text]
    for text in texts:
        if VERSUS.search(text) is None:
            continue
        drugs = treatments(text, sheet.reader.naming.book)
        arms = [m for m in find_arms(text, drugs, sheet.reader.naming.book) if m.detail != "role"]
        pairs = [(a, b) for a, b in pairwise(arms) if a.norm != b.norm and VERSUS.search(text[a.span.end : b.span.start])]
        return tuple(_with_denial(text, m) for m in pairs[0]) if len(pairs) == 1 else ()
    return None


def _with_denial(text: str, mention: Mention) -> ArmOf:
    """An arm of a contrast; "no endocrine treatment" is not the treatment."""
    denied = re.search(r"\b(?:no|without)\s(?:\w+\s)?$", text[: mention.span.start], re.IGNORECASE)
    return ArmOf(f"no {mention.norm}") if denied else ArmOf(mention.norm, mention.parts)


def _levels_as_arms(sheet: Sheet, reference: Row | None, names: Sequence[str]) -> tuple[ArmOf, ArmOf] | None:
    """The two levels of a factor that is the treatment, the reference level as comparator."""
    if reference is None or not reference.labels or not names:
        return None
    other = sheet.reader.label(reference.labels[-1]).core
    first, second = sheet.reader.naming.read(names[-1]), sheet.reader.naming.read(other)
    if first is not None and second is not None and first.norm != second.norm:
        return replace(first, span=None), replace(second, span=None)
    if len(names) > 1 and TREATMENT.search(names[-2]) and not re.search(r"\b(?:age|risk|prior|previous|blood)\b", names[-2], re.IGNORECASE):
        noun = names[-2].casefold()
        return ArmOf(f"{names[-1]} {noun}"), ArmOf(f"{other} {noun}")
    return None
