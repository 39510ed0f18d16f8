"""What an estimate or a p-value sets against what: two arms, or a factor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind
from extractor.entities.population_forms import FORMS
from extractor.relations.again import comparison_told
from extractor.relations.attribution import in_order
from extractor.relations.brackets import clause_start, opening, without_brackets
from extractor.relations.context import arms_in_force, is_denied
from extractor.relations.each_estimate import pair_of_estimate
from extractor.relations.factor_lists import item_before, listed_before
from extractor.relations.factors import Factor, factor_before, impact_of
from extractor.relations.findings import ArmOf, ComparisonFinding, StudyOf
from extractor.relations.group_of_estimate import group_inside, group_of_clause, with_a_ratio_of_its_own
from extractor.relations.groups import BETWEEN_ARMS, PEOPLE_WITH, locus, told_of_one_group, words_of
from extractor.relations.interactions import interaction_at, speaks_of_interaction
from extractor.relations.not_between import names_other_side, sets_people_apart
from extractor.relations.patterns import PROGNOSTIC
from extractor.relations.peoples import set_apart, set_apart_after
from extractor.relations.prognosis import SET_AGAINST, Talk, factor_behind, factor_inside, factor_of_ratio, set_against, talk_at, told_worse
from extractor.relations.ranked import factor_behind_ratio, ranked_at
from extractor.relations.ratios import divided, group_before, group_behind, group_labelled, group_of_item
from extractor.relations.reading import Reading, Told
from extractor.relations.resolving import resolve
from extractor.relations.risks import risks_named
from extractor.relations.standing import acts_at, effect_at, fared_with, standing_at
from extractor.relations.studies import study_at
from extractor.relations.values import Effect


def _between_arms(reading: Reading, at: int) -> bool:
    """Whether the clause of a number speaks of a difference "between the two arms"."""
    bracket = opening(reading.text, at)
    end = at if bracket is None else bracket
    return BETWEEN_ARMS.search(reading.text[clause_start(reading.text, end) : end]) is not None


def marker_codes() -> frozenset[str]:
    """The endpoints that are levels and sizes, of which no estimate is told."""
    return frozenset({"AFP", "PIVKA_II", "CEA", "PSA", "CA19_9", "BIOMARKER", "TUMOR_SIZE", "LYMPH_NODE_SIZE"})


@dataclass(frozen=True, slots=True)
class Contrast:
    """What is set against what: an arm against a comparator, or the levels of a factor; and the name of the reading, and the result it belongs to."""

    arm: ArmOf | None
    comparator: ArmOf | None
    factor: str | None
    factor_span: CharSpan | None
    pattern: str
    result: int


def _of_arms(pair: Sequence[ArmOf], pattern: str, result: int = 0) -> Contrast:
    return Contrast(pair[0], pair[1], None, None, pattern, result)


def _of_factor(name: str, span: CharSpan | None, pattern: str, result: int = 0) -> Contrast:
    return Contrast(None, None, name, span, pattern, result)


def contrast_of(reading: Reading, told: Sequence[Told], owner: Told | None, at: int, effect: Effect | None) -> Contrast | None:
    """The two arms, or the factor, that an estimate or p-value is about; where nothing says so, those of the one before it in the sentence."""
    test = next((p.span for p in reading.numbers.p_values if p.span.start == at), None) if effect is None else None
    if test is not None and speaks_of_interaction(reading.text, test):
        return _of_interaction(reading, at)
    noun = effect_at(reading.text, at, outcomes(reading))
    impact = impact_of(reading.text, at) if effect is not None and noun is None else None
    if impact is not None and not any(a.span.overlaps(impact.span) for a in reading.arms):
        return _of_factor(impact.norm, impact.span, "factor-associated", owner.result if owner else 0)
    people = with_a_ratio_of_its_own(reading, effect) if effect is not None else None
    if people is not None:
        return _of_factor(people.norm, people.span, "group-with-a-ratio", owner.result if owner else 0)
    behind = (
        factor_behind(reading.text, test, [*reading.arms, *reading.populations, *outcomes(reading), *reading.events]) if test is not None else None
    )
    if behind is not None and len({a.norm for a in reading.arms}) < 2:
        return _of_factor(behind.norm, behind.span, "factor-behind-p", owner.result if owner else 0)
    found = _contrast_told(reading, told, owner, at, effect) or _contrast_before(reading, at)
    known = [p for p in reading.populations if p.detail not in FORMS]
    if found is not None or len(known) == len(reading.populations):
        return found
    return _contrast_told(replace(reading, populations=known), told, owner, at, effect)


def _of_interaction(reading: Reading, at: int) -> Contrast | None:
    """The interaction that a p-value tests: as told, else of the factor that the sentence, or the last comparison, is of; None where neither is."""
    factor = interaction_at(reading.text, at)
    if factor is not None:
        return _of_factor(factor.norm, factor.span, "interaction-tested")
    talk = talk_at(reading.text, at, outcomes(reading))
    if talk is not None and talk.factor is not None:
        norm = talk.factor.norm if talk.outcome is None else f"interaction of {talk.factor.norm} and treatment"
        return _of_factor(norm, talk.factor.span, "factor-associated")
    marker = _shared_word([p for p in reading.populations if p.span.end <= at])
    if marker is not None:
        return _of_factor(f"interaction between treatment and {marker}", None, "interaction-of-groups")
    before = [f for f in reading.findings if isinstance(f, ComparisonFinding)]
    last = before[-1] if before else reading.context.last_comparison
    if last is None or last.factor is None or reading.arms:
        return None
    return _of_factor(last.factor if "interaction" in last.factor else f"interaction of {last.factor} and treatment", None, "interaction-just-told")


def _shared_word(groups: Sequence[Mention]) -> str | None:
    """What the names of two groups have in common, the variable whose levels they are: "HER3-high" and "HER3-low"; None for other groups."""
    names = list({g.norm: re.split(r"[\s-]+", g.norm) for g in groups}.values())
    if len(names) != 2:
        return None
    shared = [w for w in names[0] if w in names[1] and w.casefold() not in _PEOPLE_WORDS and re.search(r"[A-Za-z]{2}", w)]
    return " ".join(shared) if shared and len(names[0]) == len(names[1]) else None


_PEOPLE_WORDS = frozenset(
    "patients tumors tumours women men group groups subgroup with without risk years of the aged age older younger than".split()
)


def _contrast_before(reading: Reading, at: int) -> Contrast | None:
    """The contrast of the estimate or p-value before, where nothing but another endpoint stands between: "... PFS (HR ...) nor OS (HR ...)"."""
    before = [
        (span.end, f)
        for f in reading.findings
        if isinstance(f, ComparisonFinding)
        for span in (_number_of(f),)
        if span is not None and span.end <= at
    ]
    if not before:
        return None
    end, last = max(before, key=lambda one: one[0])
    others = [*reading.arms, *reading.populations]
    between = without_brackets(reading.text)[end:at]
    named = any(end <= e.span.start and e.span.end <= at for e in endpoints_told(reading))
    if not named or any(end <= o.span.start < at for o in others) or re.search(r";|\.\s", between) or PEOPLE_WITH.search(between):
        return None
    return Contrast(last.arm, last.comparator, last.factor, last.factor_span, "contrast-of-the-one-before", 0)


def _as_just_told(told: ComparisonFinding, *, here: bool) -> Contrast:
    """The contrast of a comparison told before; what is named in another sentence has no place in this one."""
    arm, comparator = (a if a is None or here else replace(a, span=None) for a in (told.arm, told.comparator))
    return Contrast(arm, comparator, told.factor, told.factor_span if here else None, "contrast-just-told", 0)


def _number_of(finding: ComparisonFinding) -> CharSpan | None:
    """Where the estimate of a comparison stands, or where it has none its p-value."""
    return finding.estimate_span or (finding.p.span if finding.p is not None else None)


def _contrast_told(reading: Reading, told: Sequence[Told], owner: Told | None, at: int, effect: Effect | None) -> Contrast | None:
    """The two arms, or the factor, that the sentence tells of an estimate or p-value."""
    study = study_at(reading.context, at)
    result = owner.result if owner else 0
    explicit = _explicit_contrast(reading, effect, study) if effect is not None else None
    of_its_own = pair_of_estimate(reading, effect, study) if effect is not None and explicit is None else None
    told_pair = explicit or of_its_own
    if told_pair is not None:
        return _of_arms(told_pair, "ratio-of-named-arms" if explicit is not None else "pair-of-each-estimate", result)
    behind = _of_group_behind(reading, effect, study) if effect is not None and owner is None else None
    if behind is not None:
        return behind
    of_values = _contrast_of_values(reading, told, owner, effect) if owner is not None else None
    if of_values is not None:
        return of_values
    of_arms = _contrast_of_arms(reading, owner.result if owner else 0, at, effect, study)
    if of_arms is not None:
        return of_arms
    factor_told = _of_ratio(reading, effect, study) or _factor_told(reading, at, owner.result if owner else 0, study)
    if factor_told is not None:
        return factor_told
    level = _level_before(reading, at, study) if owner is None else None
    if level is not None:
        return _of_factor(level.norm, level.span, "population-before-bracket")
    if _talk(reading, at) is not None:
        return None
    again = comparison_told(reading, at) if owner is None else None
    if again is not None and again.topic.study.name == study.name:
        return _as_just_told(again, here=again.read is reading.read)
    if PROGNOSTIC.search(reading.text) and owner is None and not _of_an_arm(reading, at):
        return _factor_contrast(reading, at, study)
    distinct = distinct_arms(reading, study)
    if len(distinct) == 2:
        return _of_arms(_ordered(reading, distinct, at, study), "arms-of-sentence", owner.result if owner else 0)
    force = arms_in_force(reading.context, study)
    of_others = owner is not None and len(owner.series.values) > 1 and not any(owner.arms)
    if (
        len(force) == 2
        and not of_others
        and {a.norm for a in distinct} <= {a.norm for a in force}
        and told_of_one_group(reading.text, reading.populations, owner.series.span if owner is not None else CharSpan(at, at + 1))
        and not (owner is None and names_other_side(reading, at))
        and not (not distinct and sets_people_apart(reading.text, at))
        and (distinct or owner or (effect is not None and study.provenance == "own") or _SPEAKS_OF_GROUPS.search(reading.text))
    ):
        return _of_arms(force, "arms-of-study", owner.result if owner else 0)
    factor = factor_before(reading.read, at) if reading.context.last_model is not None and not distinct else None
    if factor is not None and not any(e.span.overlaps(factor[1]) for e in reading.endpoints):
        return _of_factor(factor[0], factor[1], "factor-before-bracket")
    return None


def _of_group_behind(reading: Reading, effect: Effect, study: StudyOf) -> Contrast | None:
    """What an estimate without values sets apart in the groups that it is told for: two groups, or the two arms in one; None where it names none."""
    apart = _set_apart_behind(reading, effect)
    if apart is not None:
        return _of_factor(apart.norm, apart.span, "people-set-against")
    if group_of(reading, effect, study) is None:
        return None
    arms = distinct_arms(reading, study)
    pair = in_order(reading, arms[0], arms[1], study) if len(arms) == 2 else arms_in_force(reading.context, study)
    return _of_arms(pair, "arms-in-a-group")


def _set_apart_behind(reading: Reading, effect: Effect) -> Factor | None:
    """The two groups that an estimate is told for right behind it: "HR 1.9 (1.2-3.0) for men compared with women"; None where they are not two."""
    text = reading.text
    closes = _CLOSES.match(text, effect.whole.end)
    end = closes.end() if closes is not None else effect.whole.end
    behind = [p for p in reading.populations if p.span.start >= end]
    pair = set_apart_after(text, end)
    if pair is not None:
        return pair if not _is_arm(reading, pair.span) else None
    if len(behind) < _TWO or not _FOR_GROUP.fullmatch(text, end, behind[0].span.start):
        return None
    between = text[behind[0].span.end : behind[1].span.start]
    if not SET_AGAINST.search(between) or re.search(r"[\d;.()]", between) or behind[0].norm == behind[1].norm:
        return None
    return Factor(_levels_as_contrast(behind[0].norm, behind[1].norm), behind[0].span)


# The rest of the bracket of an estimate: its p-value, other words of the same statement.
_CLOSES = re.compile(r"[^()\[\]]{0,40}[)\]]")
_FOR_GROUP = re.compile(r"\s?,?\s?(?:for|in|among|with)\s(?:the\s|those\s|patients\s|women\s|men\s|with\s|who\s|had\s|an?\s)*")


def _of_ratio(reading: Reading, effect: Effect | None, study: StudyOf) -> Contrast | None:
    """The factor that the words between the name of a ratio and its estimate tell; in a study that compares arms, only of a model of factors."""
    compares_arms = len(arms_in_force(reading.context, study)) > 1
    if effect is None or (compares_arms and (reading.arms or not PROGNOSTIC.search(reading.text))):
        return None
    found = factor_of_ratio(reading.text, effect.whole, effect.span.start, outcomes(reading), reading.arms)
    found = found or factor_behind_ratio(reading.text, effect.whole.end, [*outcomes(reading), *reading.arms, *reading.populations])
    return _of_factor(found.norm, found.span, "factor-of-the-ratio") if found is not None else None


def _contrast_of_arms(reading: Reading, result: int, at: int, effect: Effect | None, study: StudyOf) -> Contrast | None:
    """The arms of a number that the sentence tells one by one, or only as "the arms"; None where it does neither."""
    each = _each_against(reading, at, study)
    if each is not None:
        return _of_arms(each, "each-against-one", result)
    force = arms_in_force(reading.context, study)
    against_none = _against_none(reading, force, at, study) if effect is not None else None
    if against_none is not None:
        return _of_arms(against_none, "each-against-none", result)
    if len(force) == 2:
        return _of_arms(force, "between-the-arms", result) if _between_arms(reading, at) else None
    among = effect is None and _AMONG_ARMS.search(reading.text[clause_start(reading.text, at) : at])
    return _of_factor("treatment arm", None, "values-of-all-arms", result) if among else None


def _contrast_of_values(reading: Reading, told: Sequence[Told], owner: Told, effect: Effect | None) -> Contrast | None:
    """The populations or arms whose values an estimate or p-value stands behind."""
    by_population = [p for p in owner.populations if p]
    if len(by_population) == 2 and by_population[0].norm != by_population[1].norm:
        first, second = by_population
        span = first.span if first in reading.populations else None
        norm = first.norm if _THE_REST.match(second.norm) or second.norm == f"not {first.norm}" else _levels_as_contrast(first.norm, second.norm)
        return _of_factor(norm, span, "values-by-population", owner.result)
    levels = list(dict.fromkeys(p.norm for p in by_population))
    if len(levels) > 2 and len(levels) == len(owner.series.values):
        span = by_population[0].span if by_population[0] in reading.populations else None
        return _of_factor(" vs ".join(levels), span, "values-by-population", owner.result)
    other = _other_population(reading, told, owner) if len(by_population) == 1 else None
    if other is not None:
        span = other.span if other in reading.populations else None
        return _of_factor(_levels_as_contrast(other.norm, by_population[0].norm), span, "values-by-population", owner.result)
    arms = [a for a in owner.arms if a]
    if len(arms) == 2 and arms[0].norm != arms[1].norm:
        return _of_arms(in_order(reading, arms[0], arms[1], owner.topics[0].study), "values-then-estimate", owner.result)
    if len({a.norm for a in arms}) > 2 and effect is None:
        return _of_factor("treatment arm", None, "values-of-all-arms", owner.result)
    against = _first_told(reading, told, owner) if len(arms) == 1 else None
    if against is None:
        return None
    return _of_arms(in_order(reading, against, arms[0], owner.topics[0].study), "compared-with-first", owner.result)


def _other_population(reading: Reading, told: Sequence[Told], owner: Told) -> Mention | None:
    """The population of the values before those of another: "12 months in patients with X and 20 months in those without (p = 0.01)"."""
    before = [t for t in told if t.series.span.end <= owner.series.span.start and t.topics]
    if not before or before[-1].topics[0].endpoint != owner.topics[0].endpoint or len(before[-1].series.values) != len(owner.series.values):
        return None
    others = {p.norm: p for p in before[-1].populations if p is not None}
    mine = {p.norm for p in owner.populations if p is not None}
    between = without_brackets(reading.text)[before[-1].series.span.end : owner.series.span.start]
    return next(iter(others.values())) if len(others) == 1 and not mine & set(others) and not re.search(r"\.\s", between) else None


_THE_REST = re.compile(r"(?:all\s)?(?:other|remaining|the\s(?:rest|others))\b", re.IGNORECASE)


def _first_told(reading: Reading, told: Sequence[Told], owner: Told) -> ArmOf | None:
    """The arm that others are compared with one by one, each with its p-value: "40% on A compared with 30% on B (p = 0.2) and 20% on C (p = 0.1)"."""
    of_same = [
        t
        for t in told
        if t.series.span.end <= owner.series.span.start
        and t.topics
        and (t.topics[0].endpoint, t.topics[0].timepoint, t.topics[0].event)
        == (owner.topics[0].endpoint, owner.topics[0].timepoint, owner.topics[0].event)
    ]
    if not of_same or not of_same[0].arms or of_same[0].arms[0] is None:
        return None
    between = without_brackets(reading.text[: owner.series.span.start])[of_same[0].series.values[0].whole.end :]
    mine = next((a for a in owner.arms if a is not None), None)
    if mine is None or mine.norm == of_same[0].arms[0].norm or not SET_AGAINST.search(between) or re.search(r";|\.\s", between):
        return None
    return of_same[0].arms[0]


def _talk(reading: Reading, at: int) -> Talk | None:
    """What the sentence says of the factor of a number; None where the one that is spoken of is an arm."""
    numbers = [e.span.start for e in reading.numbers.effects] or [p.span.start for p in reading.numbers.p_values]
    listed = listed_before(reading.text, at, numbers)
    talk = (
        listed
        or ranked_at(reading.text, at, [*outcomes(reading), *reading.arms])
        or effect_at(reading.text, at, outcomes(reading))
        or stands_at(reading, at)
        or talk_at(reading.text, at, outcomes(reading))
    )
    talk = talk or acts_at(reading.text, at, [*outcomes(reading), *reading.arms]) or fared_with(reading.text, at, [*outcomes(reading), *reading.arms])
    return None if talk is None or (talk.factor is not None and _is_arm(reading, talk.factor.span)) else talk


def stands_at(reading: Reading, at: int) -> Talk | None:
    """What the sentence says of how the factor of a number stands, whose outcome was told before; None where it says nothing of it."""
    arms = [a for a in reading.arms if a.parts or a.detail in ("label", "role")]
    of_factors = _tells_of_factors(reading, at)
    named = [*outcomes(reading), *([] if of_factors else reading.events), *arms]
    return standing_at(reading.text, at, named, listed=of_factors)


def _tells_of_factors(reading: Reading, at: int) -> bool:
    """Whether the last comparison told before a number is one of a factor, or the sentence speaks of factors alone."""
    here = [f for f in reading.findings if isinstance(f, ComparisonFinding) and (span := _number_of(f)) is not None and span.end <= at]
    last = max(here, key=_end_of) if here else reading.context.last_comparison
    return last.factor is not None if last is not None else PROGNOSTIC.search(reading.text) is not None


def _end_of(finding: ComparisonFinding) -> int:
    span = _number_of(finding)
    return span.end if span is not None else 0


_AMONG_ARMS = re.compile(
    r"\b(?:among|across|between)\s(?:all\s|the\s|these\s)*(?:three|four|five|six)\s(?:[\w-]+\s)?(?:arms|groups|regimens|treatments)\b", re.IGNORECASE
)


_GAP = re.compile(r"\s*(?:(?:alone|arm|group|treatment|therapy|patients|recipients)\s*)*")


def _each_against(reading: Reading, at: int, study: StudyOf) -> tuple[ArmOf, ArmOf] | None:
    """Of three arms or more the two of a number: "longer with A than with B (p = 0.3) or C (p = 0.1)", "compared with C, longer with A (p = 0.3)"."""
    bracket = opening(reading.text, at)
    if bracket is None or len(distinct_arms(reading, study)) < 3:
        return None
    flat = without_brackets(reading.text[:bracket])
    start = clause_start(reading.text, bracket)
    clause = [m for m in reading.arms if start <= m.span.start and m.span.end <= bracket and flat[m.span.start : m.span.end].strip()]
    links = list(SET_AGAINST.finditer(flat, start))
    if len(clause) == 2 and re.search(r"\bbetween\s(?:the\s)?$", flat[: clause[0].span.start]):
        links = list(re.finditer(r"\band\b", flat[: clause[1].span.start]))[-1:]
    if not links or len(clause) < 2 or not _GAP.fullmatch(flat[clause[-1].span.end :]):
        return None
    ahead = [m for m in clause if m.span.end <= links[-1].start()]
    other = ahead[0] if ahead else clause[0]
    one, reference = (other, clause[-1]) if ahead else (clause[-1], other)
    arm, comparator = resolve(reading, one, study), resolve(reading, reference, study)
    if arm is None or comparator is None or arm.norm == comparator.norm:
        return None
    return in_order(reading, arm, comparator, study)


def _against_none(reading: Reading, force: Sequence[ArmOf], at: int, study: StudyOf) -> tuple[ArmOf, ArmOf] | None:
    """Of three arms, one of them without any treatment, the two of an estimate: the last named before it, and that one.

    "A cut mortality by 20% (RR 0.80) and B by 12% (RR 0.88)": each is told by what it did, and does so against nothing.
    """
    none = [a for a in force if is_denied(a.norm)]
    named = [a for m in reading.arms if m.span.end <= at and (a := resolve(reading, m, study)) is not None and a.norm in {f.norm for f in force}]
    if len(force) <= _TWO or len(none) != 1 or not named or SET_AGAINST.search(without_brackets(reading.text[:at])):
        return None
    return (replace(named[-1], span=None), none[0]) if named[-1].norm != none[0].norm else None


_TWO = 2


def _of_an_arm(reading: Reading, at: int) -> bool:
    """Whether what is associated with the outcome is one of the arms: "receipt of A was associated with a lower risk of death"."""
    talk = talk_at(reading.text, at, outcomes(reading))
    return talk is not None and talk.factor is not None and _is_arm(reading, talk.factor.span)


def _ordered(reading: Reading, pair: Sequence[ArmOf], at: int, study: StudyOf) -> tuple[ArmOf, ArmOf]:
    """Two arms in order; that which the outcome is said to be associated with goes before the one that it is set against."""
    talk = talk_at(reading.text, at, outcomes(reading))
    told = [a for a in reading.arms if talk is not None and talk.factor is not None and a.span.overlaps(talk.factor.span)]
    subject = resolve(reading, told[0], study) if told and _AS_REFERENCE.search(reading.text) else None
    if subject is None or subject.norm not in {a.norm for a in pair}:
        return in_order(reading, pair[0], pair[1], study)
    return (pair[0], pair[1]) if subject.norm == pair[0].norm else (pair[1], pair[0])


_AS_REFERENCE = re.compile(r"\bas\s(?:the\s|a\s)?(?:reference|comparator|control)\b", re.IGNORECASE)


def outcomes(reading: Reading) -> list[Mention]:
    """The endpoints of the sentence, and what it speaks of the risk of; markers are none."""
    return [*(e for e in endpoints_told(reading) if e.norm not in marker_codes()), *risks_named(reading.text)]


def endpoints_told(reading: Reading) -> list[Mention]:
    """The endpoints of the sentence without what is told of patients beside another: "responders lived longer", "a short disease-free interval"."""
    of_patients = [e for e in reading.endpoints if _OF_PATIENTS.search(reading.text[: e.span.end])]
    others = [e for e in reading.endpoints if e not in of_patients]
    return others if others or (of_patients and risks_named(reading.text)) else reading.endpoints


_OF_PATIENTS = re.compile(
    r"\b(?:responders?|(?:short|long|shorter|longer|brief|prior|previous)\s(?:disease|relapse|progression)-free\sinterval)$", re.IGNORECASE
)


# What was before, during or after a treatment is not the treatment.
_BESIDE_TREATMENT = re.compile(
    r"\b(?:assigned|allocated|receiving|given|taking|before|during|after|following|prior\sto|since|at|under|between|with|on|to)\s(?:\w+\s)?$",
    re.IGNORECASE,
)


# "positive resection margins", "the transplantation date"
_TRAIT_OF_TREATMENT = re.compile(r"\s(?:margins?|specimens?|status|extent|dates?|years?|sites?|volume|weight|line)\b", re.IGNORECASE)


def _is_arm(reading: Reading, factor: CharSpan) -> bool:
    inside = [a for a in reading.arms if (a.parts or a.detail in ("label", "role")) and a.span.overlaps(factor)]
    inside = [a for a in inside if not _TRAIT_OF_TREATMENT.match(reading.text, a.span.end)]
    return any(a.span.start <= factor.start or not _BESIDE_TREATMENT.search(reading.text[factor.start : a.span.start]) for a in inside)


def _factor_told(reading: Reading, at: int, result: int, study: StudyOf) -> Contrast | None:
    """The factor that the sentence tells in words: two groups set against each other, one that did worse, or what is associated with the outcome."""
    talk = _talk(reading, at)
    pair = set_against(reading.text, at, reading.populations)
    if pair is not None:
        return _of_factor(_levels_as_contrast(pair[0].norm, pair[1].norm), pair[0].span, "populations-set-against", result)
    apart = set_apart(reading.text, at)
    if apart is not None and not _is_arm(reading, apart.span) and not any(e.span.overlaps(apart.span) for e in reading.endpoints):
        return _of_factor(apart.norm, apart.span, "people-set-against", result)
    inside = _factor_inside(reading, at, talk) or (item_before(reading.text, at) if PROGNOSTIC.search(reading.text) and not reading.arms else None)
    if inside is not None:
        return _of_factor(inside.norm, inside.span, "factor-in-bracket", result)
    if talk is not None and talk.factor is not None:
        return _of_factor(talk.factor.norm, talk.factor.span, "factor-associated", result)
    one = factor_of_list(reading, talk, at) if talk is not None else None
    if one is not None:
        return _of_factor(one.norm, one.span, LISTED_FACTOR, result)
    arms = len(arms_in_force(reading.context, study)) > 1
    beside = all(_BESIDE_TREATMENT.search(reading.text[: a.span.start]) for a in reading.arms)
    worse = told_worse(reading.text, at, reading.populations, arms=arms) if talk is None and beside else None
    return _of_factor(worse.norm, worse.span, "population-did-worse", result) if worse is not None else None


_LEVEL = re.compile(r"[<>≤≥\d]|\b(?:high|low|intermediate|moderate|strong|weak|positive|negative|poor|well|[IV]{1,3})\b", re.IGNORECASE)


def _factor_inside(reading: Reading, at: int, talk: Talk | None) -> Factor | None:
    """The factor, or the level of the one spoken of, that each estimate of a bracket stands behind: "(stage II: HR 1.2; stage III: HR 2)"."""
    bracket = opening(reading.text, at)
    together = [e for e in reading.numbers.effects if bracket is not None and opening(reading.text, e.whole.start) == bracket]
    inside = factor_inside(reading.text, at, reading.endpoints) if len(together) > 1 else None
    if inside is None or _is_arm(reading, inside.span):
        return None
    spoken_of = talk.factor if talk is not None else None
    is_level = spoken_of is None or _LEVEL.search(inside.norm) or words_of(spoken_of.norm) & words_of(inside.norm)
    return inside if is_level else None


LISTED_FACTOR = "factor-of-a-list"
"""The name of the reading of one of several factors that are told together."""


def factor_of_list(reading: Reading, talk: Talk, at: int) -> Factor | None:
    """Of factors told together the one that a number is of: the nth of as many numbers, the first where one p-value is of all of them."""
    bracket = opening(reading.text, at)
    numbers = sorted([*(e.whole.start for e in reading.numbers.effects), *(p.span.start for p in reading.numbers.p_values)])
    beside = [n for n in numbers if bracket is not None and opening(reading.text, n) == bracket]
    told_of = {e.norm for e in outcomes(reading) if talk.outcome is not None and talk.outcome.covers(e.span)}
    if not talk.listed or at not in beside or any(_is_arm(reading, f.span) for f in talk.listed) or (talk.outcome is not None and not told_of):
        return None
    if len(beside) == len(talk.listed) and len(told_of) <= 1:
        return talk.listed[beside.index(at)]
    return talk.listed[0] if len(beside) == 1 and any(p.span.start == at for p in reading.numbers.p_values) else None


def factors_with(reading: Reading, at: int) -> tuple[Factor, ...]:
    """The other factors that a p-value is of together with the first: "age and stage were associated with OS (both p < 0.01)"."""
    talk = _talk(reading, at)
    bracket = opening(reading.text, at)
    beside = [p for p in reading.numbers.p_values if opening(reading.text, p.span.start) == bracket]
    return talk.listed[1:] if talk is not None and len(beside) == 1 else ()


def distinct_arms(reading: Reading, study: StudyOf) -> list[ArmOf]:
    """The arms that a sentence names, each once, in the order of their first mention."""
    found: dict[str, ArmOf] = {}
    for mention in reading.arms:
        arm = resolve(reading, mention, study)
        if arm is not None:
            found.setdefault(arm.norm, arm)
    return list(found.values())


def _levels_as_contrast(first: str, second: str) -> str:
    """Two levels of a factor as one contrast, the factor told once: "ECOG PS 0-1 vs 2", "high vs low X"; X against no X is X."""
    if second in (f"without {first}", f"no {first}"):
        return first
    ours, others = first.split(" "), second.split(" ")
    shared = 0
    while shared < min(len(ours), len(others)) - 1 and ours[shared] == others[shared]:
        shared += 1
    if not shared and len(ours) == len(others) > 1 and ours[1:] == others[1:]:
        return f"{ours[0]} vs {second}"
    return f"{first} vs {' '.join(others[shared:])}"


_SPEAKS_OF_GROUPS = re.compile(
    r"\b(?:groups?|arms?|treatments?|both|either|drugs?|agents?|regimens?|versus|vs\.?)\b|\b(?:differen\w+|(?:was|were)\s(?:\w+ly\s)?(?:similar|comparable|equivalent|identical))\b(?![^.;]*\b(?:among|across|between|by|according)\b)",
    re.IGNORECASE,
)


def _level_before(reading: Reading, at: int, study: StudyOf) -> Mention | None:
    """The level of a factor that stands right before the bracket of an estimate: "AFP >=400 ng/mL (HR 3.0, ...)"."""
    bracket = opening(reading.text, at)
    compares_arms = len(arms_in_force(reading.context, study)) > 1 and reading.context.last_model is None
    if bracket is None or (compares_arms and not PROGNOSTIC.search(reading.text)):
        return None
    for population in reading.populations:
        between = reading.text[population.span.end : bracket]
        if population.span.end <= bracket and re.fullmatch(r"\s?(?:score|class|group|patients)?\s?", between):
            return population
    return None


def group_of(reading: Reading, effect: Effect, study: StudyOf) -> Mention | None:
    """The group of patients that an estimate between the two arms of a study is told for; None where it is not said so."""
    arms = distinct_arms(reading, study)
    force = arms_in_force(reading.context, study)
    if len(arms) != 2 and (len(force) != 2 or not {a.norm for a in arms} <= {a.norm for a in force} or study.provenance != "own"):
        return None
    if PROGNOSTIC.search(reading.text):
        return None
    named = reading.populations
    apart = group_of_clause(reading.text, effect, reading.numbers.effects)
    own = next((p for p in named if apart is not None and p.span.overlaps(apart)), None) or group_inside(reading.text, effect, named)
    item = group_of_item(reading.text, effect, named)
    item = item or group_labelled(reading.text, effect, named)
    behind = group_behind(reading.text, effect, named)
    if own is not None and behind is None:
        return own
    group = behind or item or group_before(reading.text, effect, named, of_arm=_is_of_arms(reading, effect, arms))
    opens = locus(reading.text, reading.populations) or (_of_whole_list(reading, item) if item is not None and group == item else None)
    return replace(group, norm=f"{group.norm}, {opens.norm}") if group is not None and opens is not None and opens != group else group


def _of_whole_list(reading: Reading, item: Mention) -> Mention | None:
    """The one group that a list of others is told within: "in those with a rash, OS was longer in all subgroups: stage IV, HR 0.7"."""
    colon = without_brackets(reading.text[: item.span.start]).find(": ")
    head = {p.norm: p for p in reading.populations if p.span.end <= colon}
    return next(iter(head.values())) if len(head) == 1 else None


def _is_of_arms(reading: Reading, effect: Effect, arms: Sequence[ArmOf]) -> bool:
    """Whether a sentence that names an arm tells what it did in a group, and not how the group fared: "drug A did not improve OS in men (HR 0.9)"."""
    at, named = effect.span.start, reading.populations
    return bool(arms) and set_against(reading.text, at, named) is None and told_worse(reading.text, at, named, arms=False) is None


def _explicit_contrast(reading: Reading, effect: Effect, study: StudyOf) -> tuple[ArmOf, ArmOf] | None:
    if effect.contrast is None:
        pair = divided(reading.text, effect, reading.arms)
        first, second = (resolve(reading, m, study) for m in pair) if pair is not None else (None, None)
        return (first, second) if first is not None and second is not None and first.norm != second.norm else None
    inside = [m for m in reading.read.of(MentionKind.ARM) if effect.contrast.covers(m.span)]
    if len(inside) == 1 and len(inside[0].parts) == 2 and re.search(r"\w\s?/\s?\w", inside[0].span.of(reading.text)):
        return ArmOf(inside[0].parts[0].name, inside[0].parts[:1]), ArmOf(inside[0].parts[1].name, inside[0].parts[1:])
    if len(inside) == 2:
        first, second = (resolve(reading, m, study) for m in inside)
        if first and second:
            return first, second
    return None


def _factor_contrast(reading: Reading, at: int, study: StudyOf) -> Contrast | None:
    factor = factor_before(reading.read, at)
    if factor is None:
        return None
    name, span = factor
    if any(e.span.overlaps(span) and e.norm not in marker_codes() for e in endpoints_told(reading)):
        arms = distinct_arms(reading, study)
        return _of_arms(in_order(reading, arms[0], arms[1], study), "arms-of-sentence") if len(arms) == 2 else None
    inside = [m for m in reading.arms if span.overlaps(m.span)]
    if not inside:
        bracket = opening(reading.text, at) or at
        inside = [m for m in reading.arms if 0 <= bracket - m.span.end <= 3]
    if inside:
        near = [m for m in reading.arms if inside[-1].span.start - 70 <= m.span.start <= inside[-1].span.start]
        arms = [a for a in (resolve(reading, m, study) for m in near) if a]
        if len({a.norm for a in arms}) == 2:
            return _of_arms((arms[-2], arms[-1]), "factor-of-two-arms")
        force = arms_in_force(reading.context, study)
        if len(force) == 2 and arms and arms[-1].norm in {a.norm for a in force}:
            other = next(a for a in force if a.norm != arms[-1].norm)
            return _of_arms((arms[-1], other), "factor-of-one-arm")
    return _of_factor(name, span, "factor-before-bracket")
