"""Whose number it is: the arm and the population of each value, as the sentence says it or as the study is known to have it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.document import CharSpan, SectionKind
from extractor.entities import Mention, MentionKind
from extractor.entities.endpoints import quantities_of
from extractor.entities.population_forms import FORMS
from extractor.entities.population_lists import LOCAL
from extractor.entities.population_words import PEOPLE
from extractor.quantities import COUNT_WORD
from extractor.relations.blocks import LISTED, over_blocks
from extractor.relations.brackets import clause_start, opening, outermost, without_brackets
from extractor.relations.cases import treatment_at
from extractor.relations.context import arms_in_force, as_arm, by_choice, is_baseline
from extractor.relations.each_group import groups_of_values
from extractor.relations.findings import ArmOf, StudyOf
from extractor.relations.groups import PEOPLE_WITH, bracketed, label_in_bracket, negated, of_own_bracket, outer_of, qualified_arms
from extractor.relations.in_turn import of_unknown_group
from extractor.relations.left_out import ALIKE, DENIED, FOLLOW_UP, FROM, SET_AGAINST, are_told_alike, from_context, is_course
from extractor.relations.patterns import PROGNOSTIC, SPEAKS_OF_ALL, WHOLE_COHORT
from extractor.relations.polarity import more_is_good
from extractor.relations.prognosis import talk_at, told_worse
from extractor.relations.reading import Reading
from extractor.relations.resolving import Filled, as_studied, resolve
from extractor.relations.studies import study_at
from extractor.relations.tallies import is_overall, lies_between_arms, total_of_arms
from extractor.relations.targets import Series, spread_over
from extractor.relations.tested import is_control, tested_first
from extractor.relations.topics import RANGE
from extractor.relations.values import Kind

Target = tuple[ArmOf | None, Mention | None, str]


def attribute(reading: Reading, series: Series, study: StudyOf) -> list[Target]:
    """For each value its arm, its population, and the name of the reading that gave them; "unknown" where the sentence does not say.

    What grammar alone shows as populations must not stand in the way of what the sentence says without them.
    """
    theirs = [m for m in reading.arms if study_at(reading.context, m.span.start).provenance == "cited"]
    if study.provenance == "cited" and theirs:
        reading = replace(reading, arms=[m for m in reading.arms if m in theirs or not _is_group_of_ours(reading, m)])
    if study.provenance == "own" and theirs and reading.context.paper.single is not None:
        reading = replace(reading, arms=[m for m in reading.arms if m not in theirs])
    outer = outer_of(reading.text, reading.populations)
    if outer is not None:
        within = attribute(replace(reading, populations=[p for p in reading.populations if p.norm != outer.norm]), series, study)
        return [(arm, population or outer, pattern) for arm, population, pattern in within]
    found = _attributed(reading, series, study)
    known = [p for p in reading.populations if p.detail not in FORMS]
    if reading.context.paper.single is not None and study.provenance == "own" and any(p is not None for _, p, _ in found):
        return _with_overall(reading, series, found)
    if len(known) == len(reading.populations) or all(pattern != "unknown" for _, _, pattern in found):
        return found
    return _attributed(replace(reading, populations=known), series, study)


def _with_overall(reading: Reading, series: Series, found: list[Target]) -> list[Target]:
    """Values of groups in a study of one arm, with that arm for the one that is said to be of all: "48% overall, 56% for X and 35% for Y"."""
    single = reading.context.paper.single
    ends = [v.whole.end for v in series.values]
    return [
        (single, None, "whole-cohort") if _OVERALL_BEHIND.match(reading.text, end) else (arm, p, pattern)
        for (arm, p, pattern), end in zip(found, ends, strict=True)
    ]


_OVERALL_BEHIND = re.compile(
    r"[\s)\]%]*(?:(?:months?|years?|weeks?|days?)\s)?(?:of\s(?:the\s|all\s)?patients\s)?(?:overall|(?:in|for)\s(?:all|the\s(?:whole|entire|overall|total|full))\b|altogether|in\stotal)(?![\w-])"
)


# "11.2 months in the A arm is similar to the 11.0 months reported by others with B": whose arm it is, is said.
_CALLED_GROUP = re.compile(r"(?:\s\([^()]{0,30}\))?(?:\s|-)(?:arms?|groups?)\b", re.IGNORECASE)


def _is_group_of_ours(reading: Reading, mention: Mention) -> bool:
    """Whether a mention is of a group of the paper's own study, in a sentence that also tells of another."""
    return study_at(reading.context, mention.span.start).provenance == "own" and _CALLED_GROUP.match(reading.text, mention.span.end) is not None


def _attributed(reading: Reading, series: Series, study: StudyOf) -> list[Target]:
    named = {a.norm for a in reading.arms}
    reach = _in_reach(reading, series)
    contrast = {p.norm for p in reach}
    of_last = len(reading.context.contrast) == len(series.values) and not PEOPLE_WITH.search(reading.text)
    if not named and not contrast and of_last and study.provenance == "own" and are_told_alike(reading, series):
        return [(_only_arm(reading, study), p, "populations-of-last-sentence") for p in reading.context.contrast]
    if _starts_a_change(reading.text, series) and not reading.context.paper.is_case:
        return [(None, None, "unknown")]
    if not named and len(contrast) < 2 and (_IF_SO.match(reading.text, series.values[0].whole.end) or _tells_of_kinds(reading.text, series)):
        return [(None, None, "unknown")] * len(series.values)
    if len(series.values) == 1 and (_of_other_reports(reading, series, study) or _is_last_of_choices(reading.text, series)):
        return [(None, None, "unknown")]
    if len(series.values) == 1 and _OF_ALL_BEHIND.match(without_brackets(reading.text[series.values[0].span.end :])):
        force = arms_in_force(reading.context, study)
        return [(force[0] if len(force) == 1 else ArmOf("all"), None, "whole-cohort")]
    follow_up = _of_follow_up(reading, series, study)
    if follow_up is not None:
        return [follow_up]
    if len(contrast) >= 2 and len(named) < 2 and series.values[0].whole.start not in groups_of_values(reading):
        spread = _completed(series, spread_over(reading.read, series, reach), reach)
        if any(spread):
            arm = _only_arm(reading, study)
            return [(arm, p, "by-population") if p else (None, None, "unknown") for p in spread]
    of_group = (_of_own_bracket(reading, series, study) or _of_group_told_worse(reading, series, study)) if not named else None
    if of_group is not None:
        return of_group
    population = _labelled(reading, series) or population_of(reading, series)
    head = reading.text[: series.span.start]
    if len(series.values) > 1 and (_IN_A_RANGE.search(head) or RANGE.search(head) or _is_one_range(reading.text, series)):
        ends = spread_over(reading.read, series, reading.arms, also_single=False) if reading.arms else []
        starts = [*(v.span.start for v in series.values[1:]), len(reading.text)]
        behind = [m is not None and v.span.end <= m.span.start < start for v, m, start in zip(series.values, ends, starts, strict=False)]
        if all(behind) and len({m.norm for m in ends if m}) == len(series.values):  # "between 7 months (A) and 9 months (B)"
            of_ends = [resolve(reading, m, study) for m in ends if m]
            return [(arm, population, "named-arms") if arm else (None, None, "unknown") for arm in of_ends]
        if _GROUP_BEHIND.match(reading.text, series.values[0].whole.end):
            return [(None, None, "unknown")] * len(series.values)
        (first, _, pattern) = attribute(reading, Series((replace(series.values[0], whole=series.span),)), study)[0]
        return [(first, population, pattern)] * len(series.values)
    return _to_arms(reading, series, study, population)


# "58% if the nodes were clear": of those who fulfil a condition, and of no arm.
_IF_SO = re.compile(
    r"[\s)\]%]*(?:[(\[][^()\[\]]*[)\]]\s)?(?:if|when|where|whenever|provided)\s(?:the|they|it|there|this|these|their|no|more|fewer|all|tumou?r)\b"
)
# "primaries of one sort responded in 35% and those of another in 18%": between two values stand other people than those of an arm.
_OTHER_KIND = re.compile(
    r"(?:\band|\bbut|\bwhile|\bwhereas|,)\s(?!in\b|with\b|for\b|the\b|on\b)(?:[a-z-]+\s){1,2}(?:ones|primaries|tumou?rs|cancers|carcinomas|lesions|types)\s"
)


def _tells_of_kinds(text: str, series: Series) -> bool:
    """Whether two values are of two kinds of tumor that the sentence names between them, and of no arms."""
    return len(series.values) == 2 and _OTHER_KIND.search(text, series.values[0].whole.end, series.values[1].whole.start) is not None


_IN_OTHER_REPORTS = re.compile(
    r"[\s)\]]*(?:in|from)\s(?:the\sliterature|(?:most|many|other|several|all|some|earlier|historical|previous|prior)\s(?:[\w-]+\s)?(?:reports?|studies|series|trials))\b",
    re.IGNORECASE,
)


def _of_other_reports(reading: Reading, series: Series, study: StudyOf) -> bool:
    """Whether a value of the paper's own, as it seems, is said to be of other reports: "OS of <9 months in most reports, the OS of 12 months"."""
    return study.provenance == "own" and _IN_OTHER_REPORTS.match(reading.text, series.span.end) is not None


_CHOICE_BEFORE = re.compile(rf"(?:\b\d+|\b(?i:{COUNT_WORD}))\sor\s$")


def _is_last_of_choices(text: str, series: Series) -> bool:
    """Whether a count is the last of a list in turn of which the first was not read: "12 or 22 responses in A or B, respectively"."""
    counted = series.values[0].kind is Kind.COUNT and "respectively" in text[series.span.end :]
    return counted and _CHOICE_BEFORE.search(text[: series.span.start]) is not None


_GROUP_BEHIND = re.compile(
    r"\s?(?:months?|years?|weeks?|days?|%)?\s?(?:[(\[]|(?:in|for|with)\s)[^()\[\]\d,;]{0,50}\b(?:groups?|arms?)\b", re.IGNORECASE
)


def _to_arms(reading: Reading, series: Series, study: StudyOf, population: Mention | None) -> list[Target]:
    """The arms of values that are all of one population, or of none that is told."""
    if total_of_arms(reading.read, series, reading.numbers.values, reading.arms) or is_overall(reading.text, series, reading.arms):
        return [(ArmOf("all"), population, "total-of-arms")]
    if lies_between_arms(reading.read, series, reading.numbers.values, reading.arms) or _is_alike_in_arms(reading, series):
        return [(ArmOf("all"), population, "between-the-arms")]
    known = [*reading.read.of(MentionKind.ARM), *reading.populations]
    alone = reading.context.paper.single is not None
    if len(series.values) == 1 and of_unknown_group(reading.text, series.values[0], known, alone=alone):
        return [(None, population, "unknown")]
    case = case_arms(reading, series, study)
    if case is not None:
        return [(arm, population, pattern) for arm, pattern in case]
    weighed = _favored(reading, series, study) or _raised(reading, series, study)
    if weighed is not None:
        return [(arm, population, pattern) for arm, pattern in weighed]
    choice = by_choice(reading.read) if len(series.values) == 1 and not arms_in_force(reading.context, study)[1:] else None
    if choice is not None and {m.norm for m in reading.arms} <= set(choice.norm.split(" or ")):
        return [(choice, population, "one-or-the-other")]
    spread = spread_over(reading.read, series, reading.arms) if reading.arms else [None] * len(series.values)
    if is_course(reading, series):  # "fell from 4.5 to 2.8 cm with A and from 4.4 to 3.9 cm with B"
        spread = spread_over(reading.read, Series(series.values[1:]), reading.arms, also_single=len({a.norm for a in reading.arms}) == 1) * 2
    if _of_others_than_one(reading, series, spread[-1]):
        return [(resolve(reading, m, study), population, "named-arms") if m else (None, None, "unknown") for m in (*spread[:-1], None)]
    listed = over_blocks(reading.text, series, spread, reading.arms)
    pattern, spread = ("named-arms", spread) if listed == spread else (LISTED, listed)
    resolved = [resolve(reading, m, study) if m else None for m in spread]
    less = [m is not None and _is_less_than_the_only_arm(reading, m) for m in spread]
    if study.provenance == "own" and any(less):
        only = reading.context.paper.single
        return [(None, population, "unknown") if of_part else (arm or only, population, pattern) for of_part, arm in zip(less, resolved, strict=True)]
    if _of_two_studies(reading, series) and len({a.norm for a in resolved if a}) < len(resolved):
        return [(None, None, "unknown")] * len(resolved)
    if all(resolved):
        qualified = qualified_arms(reading.text, reading.arms)
        return [(arm, population or (qualified.get(m.span.start) if m else None), pattern) for arm, m in zip(resolved, spread, strict=True)]
    return [(arm, population, pattern) for arm, pattern in from_context(reading, series, resolved, study)]


_THAN_OTHERS = re.compile(
    r"\bthan\s(?:in|for|with|among|on|of)\s(?:those|patients|the\s[a-z]+s|women|men|subjects|participants)\s(?:in|on|with|who|not|given|from|under)\b"
)


def _of_others_than_one(reading: Reading, series: Series, arm: Mention | None) -> bool:
    """Whether the last value is of people who are no known arm: "51% with A than in those in follow-up (5%)" is not 5% with A."""
    at = series.values[-1].whole.start
    if arm is None or arm.span.end > at:
        return False
    return _THAN_OTHERS.search(without_brackets(reading.text[:at]), arm.span.end) is not None


_ALONE = re.compile(r"\s(?:alone|monotherapy|only|as\s(?:a\s)?(?:single|sole)\s(?:agent|drug))\b")


def _is_less_than_the_only_arm(reading: Reading, mention: Mention) -> bool:
    """Whether what is named is but a part of a study's one treatment, given alone: nobody was, so that its value is of others."""
    single = reading.context.paper.single
    fewer = single is not None and {p.name for p in mention.parts} < {p.name for p in single.parts}
    return fewer and _ALONE.match(reading.text, mention.span.end) is not None


_ALIKE_AHEAD = re.compile(ALIKE + r"(?:[\w-]+\s(?:and|or)\s(?:the\s)?)?$", re.IGNORECASE)


def _is_alike_in_arms(reading: Reading, series: Series) -> bool:
    """Whether a value is of all, as the arms named behind it are said not to differ: "in 12% of patients, with no difference between A and B"."""
    if len(series.values) != 1 or not reading.arms or series.values[0].kind not in (Kind.SHARE, Kind.COUNT):
        return False
    first = min(reading.arms, key=lambda m: m.span)
    return first.span.start > series.span.end and _ALIKE_AHEAD.search(reading.text[series.span.end : first.span.start]) is not None


# "the five-year rate is from 30% to 70%"
_IN_A_RANGE = re.compile(r"\b(?:is|was|were|are|of|lies|lay|be)\s(?:reported\s|estimated\s)?(?:to\sbe\s)?from\s$")
_LOWER = re.compile(
    r"\b(?:shorter|worse|lower|poorer|inferior|reduc\w+|decreas\w+|decrement|detriment\w*|declin\w+|smaller|worst|shortest|lowest|poorest|poor)\b",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"\b(?:longer|better|higher|superior|improv\w+|increas\w+|greater|prolong\w+|benefit\w*|best|longest|highest|favou?rable)\b", re.IGNORECASE
)
_VERSUS = re.compile(r"[\s)\]]*(?:months?|years?|weeks?|days?|%)?,?\s?(?:vs\.?|versus|compared\s(?:with|to))\s", re.IGNORECASE)


def _of_group_told_worse(reading: Reading, series: Series, study: StudyOf) -> list[Target] | None:
    """Two values of a group that did worse or better: the first is the group's, the other is of those who are not of it.

    The group is one of patients, or what is said to be associated with the outcome: "X positivity was associated with shorter OS (5 vs 9 months)".
    """
    text, (one, *rest) = reading.text, series.values
    if len(rest) != 1 or len({p.norm for p in reading.populations}) > 1 or not _VERSUS.fullmatch(text, one.whole.end, rest[0].span.start):
        return None
    if one.value is None or rest[0].value is None or one.value == rest[0].value:
        return None
    bracket = opening(text, series.span.start)
    end = series.span.start if bracket is None else bracket
    fits = _LOWER if one.value < rest[0].value else _HIGHER
    said = text[clause_start(text, end) : end]
    if not fits.search(said) or DENIED.search(said):
        return None
    group = told_worse(text, series.span.start, reading.populations, arms=False) or _factor_told_worse(reading, series, end, fits)
    if group is None or group.span.end > end:
        return None
    arm = _only_arm(reading, study)
    against = _SET_AGAINST_GROUP.search(without_brackets(text[group.span.end : end]))
    if against is not None and len(against.group("what").split()) <= _FEW_WORDS:
        other = CharSpan(group.span.end + against.start("what"), group.span.end + against.end("what"))
        return [
            (arm, group, "group-told-worse"),
            (arm, Mention(MentionKind.POPULATION, other, other.of(text), detail="set-against"), "group-told-worse"),
        ]
    return [(arm, group, "group-told-worse"), (arm, replace(group, norm=negated(group)), "group-told-worse")]


def _of_own_bracket(reading: Reading, series: Series, study: StudyOf) -> list[Target] | None:
    """One value in the bracket behind its group, where another group has a bracket too; None elsewhere."""
    group = bracketed(reading.text, series.span.start, reading.populations) if len(series.values) == 1 else None
    return [(_only_arm(reading, study), group, "by-population")] if group is not None else None


_FEW_WORDS = 5
# "longer in X patients than in Y ones (9 vs 7 months)": who the others are.
_SET_AGAINST_GROUP = re.compile(
    r"\b(?:than|compared\s(?:with|to)|versus|vs\.?)\s(?:(?:in|for|the|that|those|of|with|among|patients|women|men|did|had)\s)*(?P<what>[^,;]*?[A-Za-z][^,;]*?)\s*$"
)


def _factor_told_worse(reading: Reading, series: Series, end: int, fits: re.Pattern[str]) -> Mention | None:
    """What is said to go with a better or worse outcome, as the group of those who have it; None for a variable that has no worse side."""
    talk = talk_at(reading.text, series.span.start, reading.endpoints)
    if talk is None or talk.factor is None or not fits.search(reading.text[talk.factor.span.end : end]):
        return None
    known = next((p for p in reading.populations if p.span.overlaps(talk.factor.span)), None)
    return known or Mention(MentionKind.POPULATION, talk.factor.span, talk.factor.norm, detail="factor")


# "38 months in the whole population and 36 months in the A group"
_OF_ALL_BEHIND = re.compile(
    r"[\s)\]]*(?:in|for|of)\s(?:the\s)?(?:(?:whole|entire|overall|total|full)\s(?:\w+\s)?(?:population|cohort|group|series)|all\s(?:\d+\s)?(?:patients|cases|women|men))\b(?!\s(?:in|on|with|who|treated|receiving|from)\b)",
    re.IGNORECASE,
)
_FAVORING = re.compile(
    r"\b(?:in\sfavou?r\sof|favou?ring|favou?red|favou?rs)\s(?:the\s)?(?:use\sof\s)?(?:(?:patients|group|those|arm)\s(?:with|on|in|receiving)\s(?:the\s)?)?$",
    re.IGNORECASE,
)
_NEXT_RESULT = re.compile(r";|,\s(?:and|while|whereas|but)\b|\d\s?%")


def _favored(reading: Reading, series: Series, study: StudyOf) -> list[Filled] | None:
    """Two values "in favor of" an arm: the higher one is its, where the sentence speaks of nothing but survival and response."""
    if len(series.values) != 2 or reading.events or not all(more_is_good(e.norm) for e in reading.endpoints):
        return None
    one, other = (v.value for v in series.values)
    behind = [m for m in reading.read.of(MentionKind.ARM) if m.span.start >= series.span.end and _FAVORING.search(reading.text[: m.span.start])]
    told = [m for m in behind if not _NEXT_RESULT.search(without_brackets(reading.text[series.span.end : m.span.start]))]
    best = resolve(reading, told[0], study) if told else None
    pair = {a.norm: a for a in _pair(reading, study, series.span.start) or ()}
    if best is None or one is None or other is None or one == other or best.norm not in pair:
        return None
    (rest,) = (arm for norm, arm in pair.items() if norm != best.norm)
    return [(arm, "favored-arm") for arm in ((best, rest) if one > other else (rest, best))]


def _pair(reading: Reading, study: StudyOf, until: int) -> tuple[ArmOf, ArmOf] | None:
    """The two arms that a sentence sets against each other: those it names before a place, or names at all, else those of the study."""
    ahead = [m for m in reading.arms if m.span.end <= until]
    named: dict[str, ArmOf] = {}
    for mention in ahead if len({m.norm for m in ahead}) == 2 else reading.arms:
        arm = resolve(reading, mention, study)
        if arm is not None:
            named.setdefault(arm.norm, arm)
    force = {a.norm: a for a in arms_in_force(reading.context, study)}
    if len(named) == 1 and len(force) == 2 and set(named) <= set(force):
        named |= {norm: arm for norm, arm in force.items() if norm not in named}
    first, second, *more = (*(named or force).values(), None, None)
    return (first, second) if first is not None and second is not None and more == [None, None] else None


_TO_MORE = re.compile(r"\s?(?:months?|years?|weeks?|days?|%)?\s?(?:[(\[][^()\[\]]*[)\]]\s)?to\s(?:a\smedian\sof\s)?\d")


def _starts_a_change(text: str, series: Series) -> bool:
    """Whether a value alone is where a change starts, the end of which was read apart: the arm that changed it is not its own."""
    return len(series.values) == 1 and FROM.search(text[: series.span.start]) is not None and _TO_MORE.match(text, series.span.end) is not None


_CHANGED = re.compile(
    r"\b(?:increas|improv|prolong|extend|rais|reduc|decreas|lower|diminish|shorten|lengthen|elevat|rose\b|doubl)\w*"
    r"|\b(?:went\s(?:up|down)|grew|climbed|fell|dropped)\b",
    re.IGNORECASE,
)


_IN_THE = re.compile(
    r"(?<!compared\s)(?<!comparison\s)\b(?:with|within|in|on|for|under|among)\s(?:the\s|patients\s(?:on|with|in|receiving)\s)*$", re.IGNORECASE
)


def _raised(reading: Reading, series: Series, study: StudyOf) -> list[Filled] | None:
    """What an arm raised or lowered "from 4 to 7 months": the first value is of the arm that it is set against."""
    if len(series.values) != 2 or series.values[0].kind not in (Kind.TIME, Kind.SHARE) or reading.events or reading.context.paper.is_case:
        return None
    before = reading.text[: series.span.start]
    between = re.sub(r"\s+", " ", without_brackets(reading.text[series.values[0].span.end : series.values[1].span.start]))
    changed = _CHANGED.search(before)
    if changed is None or not FROM.search(before) or not re.fullmatch(r"\s?(?:months?|years?|weeks?|days?|%)?\s?to\s(?:a\smedian\sof\s)?", between):
        return None
    within = any(m.span.end <= changed.start() and _IN_THE.search(before[: m.span.start]) for m in reading.arms)
    if within and not re.search(r"\bby\s\d", before):
        return None  # "with A it increased from 40 to 55%": a course of time in one arm
    pair = _pair(reading, study, series.span.start)
    named = [m for m in reading.arms if series.values[0].span.end <= m.span.start and m.span.end <= series.values[1].span.start]
    start = resolve(reading, named[0], study) if len(named) == 1 else None
    if start is not None and pair is not None and start.norm in {a.norm for a in pair}:
        (end,) = (a for a in pair if a.norm != start.norm)
        return [(start, "raised-from"), (end, "raised-to")]  # "from 33% (A alone) to 42%"
    ordered = _subject_first(reading, pair, changed.start(), study)
    return [(ordered[1], "raised-from"), (ordered[0], "raised-to")] if ordered is not None else None


def _subject_first(reading: Reading, pair: tuple[ArmOf, ArmOf] | None, verb: int, study: StudyOf) -> tuple[ArmOf, ArmOf] | None:
    """Two arms with the one in front that is said to have changed something; None where the sentence does not say which."""
    if pair is None:
        return None
    if not reading.arms:
        tested, other = tested_first(*pair)
        return (tested, other) if is_control(other) or {p.name for p in other.parts} <= {p.name for p in tested.parts} else None
    before = [m for m in reading.arms if m.span.end <= verb] or (reading.arms if len({m.norm for m in reading.arms}) == 1 else [])
    subject = resolve(reading, before[-1], study) if before else None
    return next((order for order in (pair, pair[::-1]) if subject is not None and order[0].norm == subject.norm), None)


def _of_two_studies(reading: Reading, series: Series) -> bool:
    """Whether two values may be of one arm in two studies: the sentence sets the paper's results against others."""
    if len(series.values) != 2 or len({study.provenance for _, study in reading.context.told}) < 2:
        return False
    return bool(SET_AGAINST.search(without_brackets(reading.text[series.values[0].whole.end : series.values[1].span.start])))


def _is_one_range(text: str, series: Series) -> bool:
    """Whether two values are the ends of one range ("73-78%")."""
    ends = [v.span for v in series.values]
    return len(ends) == 2 and bool(re.fullmatch(r"\s?%?\s?(?:-|to)\s?", text[ends[0].end : ends[1].start])) and not FROM.search(text[: ends[0].start])


def _of_follow_up(reading: Reading, series: Series, study: StudyOf) -> Target | None:
    """How long a study followed its patients is of all its arms, unless the arm stands right at the number."""
    if (
        len(series.values) != 1
        or series.values[0].kind is not Kind.TIME
        or not FOLLOW_UP.search(reading.text[max(series.span.start - 80, 0) : series.span.start])
    ):
        return None
    force = arms_in_force(reading.context, study)
    if len(force) < 2 or any(spread_over(reading.read, series, reading.arms, also_single=False)):
        return None
    return ArmOf("all"), population_of(reading, series), "follow-up-of-all"


def _only_arm(reading: Reading, study: StudyOf) -> ArmOf | None:
    named = [a for a in reading.arms if a.detail != "role"]
    if len({a.norm for a in named}) == 1:
        return as_studied(reading, as_arm(named[0]), study)
    force = arms_in_force(reading.context, study)
    if not force and study.provenance == "cited" and study.name is None:
        return None  # what is known of a disease: nobody says how it was treated
    return force[0] if len(force) == 1 else ArmOf("all")


def _completed(series: Series, spread: Sequence[Mention | None], populations: Sequence[Mention]) -> Sequence[Mention | None]:
    """Two values of which the second stands with its group: the first is of the other group, where that is named before it."""
    if len(spread) != 2 or spread[0] is not None or spread[1] is None:
        return spread
    others = {p.norm: p for p in populations if p.norm != spread[1].norm and p.span.end <= series.span.start}
    return [next(iter(others.values())), spread[1]] if len(others) == 1 else spread


def _in_reach(reading: Reading, series: Series) -> list[Mention]:
    """The populations that a series may be about: those of its clause, where that names one and has all values together."""
    told = _not_of_values_before(reading, series)
    listed = _of_one_bracket(reading.text, series, told) or _of_local(reading, series, told)
    if listed is not None:
        return [listed]
    start = clause_start(reading.text, series.span.start)
    near = [p for p in told if start <= p.span.start < series.span.start]
    behind = [p for p in told if p.span.start >= series.values[0].whole.end]
    return near if len({p.norm for p in near}) == 1 and not behind and start > 0 else told


def _of_one_bracket(text: str, series: Series, populations: Sequence[Mention]) -> Mention | None:
    """The group right before the bracket that all values of a series stand in; None where each stands in a bracket of its own."""
    together = outermost(text, series.values[0].span.start) == outermost(text, series.values[-1].span.start)
    return of_own_bracket(text, series.span.start, populations) if together else None


def _not_of_values_before(reading: Reading, series: Series) -> list[Mention]:
    """The populations of a sentence, but for those that a value before a series has to itself: "4.1 months in A-sarcomas and 2.2 in the others"."""
    return [p for p in reading.populations if p.detail not in LOCAL or p.span.start > series.span.start]


def _of_local(reading: Reading, series: Series, populations: Sequence[Mention]) -> Mention | None:
    """The group of the item of a list that a series stands in, its bracket included: "(28% vs 35%) in all, (30% vs 36%) in fit patients"."""
    bracket = outermost(reading.text, series.span.start)
    behind = [p for p in populations if p.detail in LOCAL and p.span.start >= series.span.end]
    if bracket is None or not behind:
        return None
    flat = without_brackets(reading.text[series.span.end : behind[0].span.start].partition(")")[2])
    return behind[0] if not re.search(r"[\d;]", flat) and len(flat.split()) <= _FEW_WORDS else None


def _of_item(reading: Reading, series: Series) -> Mention | None:
    """The one population of an item of a list: "93% for the low-risk group, no A; 95% for the low-risk group with A; 60% for the high-risk group"."""
    flat = without_brackets(reading.text)
    start, stop = flat.rfind(";", 0, series.span.start) + 1, flat.find(";", series.span.end)
    stop = len(flat) if stop < 0 else stop
    here = {p.norm: p for p in reading.populations if start <= p.span.start and p.span.end <= stop}
    whole = start == 0 and stop == len(flat)
    return next(iter(here.values())) if len(here) == 1 and not whole and not WHOLE_COHORT.search(flat, start, stop) else None


def carried_on(reading: Reading) -> Mention | None:
    """The population of the sentences before that one without a population goes on with; None where it speaks of others or of all."""
    return None if PEOPLE_WITH.search(reading.text) or SPEAKS_OF_ALL.search(reading.text) else reading.context.carried


def population_of(reading: Reading, series: Series) -> Mention | None:
    """The population that a whole series is about: one that the sentence names before it, or right behind it."""
    populations = _not_of_values_before(reading, series)
    if not populations and series.values[0].kind is not Kind.LEVEL:
        return carried_on(reading)
    if not populations or (PROGNOSTIC.search(_besides(reading.text, populations)) and len({a.norm for a in reading.arms}) < 2):
        return None
    each = groups_of_values(reading).get(series.values[0].whole.start)
    if each is not None:
        return each
    item = _of_one_bracket(reading.text, series, populations) or _of_local(reading, series, populations) or _of_item(reading, series)
    item = item or _right_behind_two(reading, series, populations) or _of_the_first(reading, series, populations)
    if item is not None:
        return item
    ahead = {p.norm: p for p in populations if p.span.end <= series.span.start}
    if len(ahead) > 1:
        for start in (opening(reading.text, series.span.start), clause_start(reading.text, series.span.start)):
            near = {p.norm: p for p in populations if start is not None and start <= p.span.start < series.span.start}
            if len(near) == 1:
                return next(iter(near.values()))
    last = max((p.span.end for p in populations if p.span.end <= series.span.start), default=series.span.start)
    if _OTHERS_FOLLOW.search(reading.text[last : series.span.start]):
        return None
    if len(ahead) == 1 and len({p.norm for p in populations}) > 1:
        return next(iter(ahead.values()))
    if len(series.values) == 1 and len(populations) > 1:
        return spread_over(reading.read, series, populations)[0]
    if len({p.norm for p in populations}) != 1:
        return None
    population = populations[0]
    start = clause_start(reading.text, series.span.start)
    gap = without_brackets(reading.text[series.span.end : population.span.start])
    inner = reading.text[series.values[0].whole.end : series.values[-1].whole.start]  # "40% in patients with both and 12% in those with neither"
    right_behind = (
        not PEOPLE_WITH.search(inner)
        and 0 <= len(gap) < 60
        and population.span.start >= series.span.end
        and not re.search(r"[,;\d]|\.\s|\b(?:and|but)\s(?:was|were|is)\b|\b(?:than|versus|vs)\b", gap.replace(", respectively,", ""))
    )
    if population.span.end <= series.span.start or right_behind or series.span.start >= population.span.start >= start:
        return population
    return population if _counted_of(reading.text, series, populations) else None


def _besides(text: str, populations: Sequence[Mention]) -> str:
    """A sentence without what its groups are called: "three risk factors" and "a poor prognosis" are of people there, no talk of prognosis."""
    for one in populations:
        text = text[: one.span.start] + " " * (one.span.end - one.span.start) + text[one.span.end :]
    return text


_LEADS_TO = re.compile(r"[^\d()\[\];,]{0,12}[,:]?\s?")  # "in women, 57 and 47%": no figure and no bracket between
_STANDS_BEHIND = re.compile(r"[\s)\]%]*(?:(?:in|for|among)\s(?:the\s|patients\s)*)?")


def _right_behind_two(reading: Reading, series: Series, populations: Sequence[Mention]) -> Mention | None:
    """The one of several groups that stands right behind two values, those of the arms: "57 and 47% for women (p = 0.9), 37 and 34% for men"."""
    if len(series.values) < 2 or len({p.norm for p in populations}) < 2:
        return None
    text = reading.text
    behind = [p for p in populations if p.span.start >= series.span.end and _STANDS_BEHIND.fullmatch(text[series.span.end : p.span.start])]
    ahead = [p for p in populations if p.span.end <= series.span.start]
    labels = bool(ahead) and _LEADS_TO.fullmatch(text[ahead[-1].span.end : series.span.start]) is not None
    return behind[0] if behind and not labels else None


_AT_THE_FIRST = re.compile(r"[\s)\]%]*(?:(?:months?|years?|weeks?|days?)\s)?(?:of|in|among|for)\s(?:(?:the|all|those)\s)?(?:\d+\s)?")
_OTHER_PEOPLE = re.compile(r"\b(?:all|other|others|overall|remaining|rest|entire|whole|without)\b", re.IGNORECASE)


def _of_the_first(reading: Reading, series: Series, populations: Sequence[Mention]) -> Mention | None:
    """The group that is named with the first value of two arms alone: "12% of patients with ascites given A and 4% of those given B"."""
    if len(series.values) != len({a.norm for a in reading.arms}) or len(series.values) < 2 or len({p.norm for p in populations}) != 1:
        return None
    text, group = reading.text, populations[0]
    ends = [*(v.whole.start for v in series.values[1:]), len(text)]
    if not (series.values[0].whole.end <= group.span.start < ends[0]):
        return None
    named = all(any(v.whole.end <= a.span.start < end for a in reading.arms) for v, end in zip(series.values, ends, strict=True))
    last = max(a.span.end for a in reading.arms)
    if not named or _OTHER_PEOPLE.search(text[ends[0] : last]) or PEOPLE_WITH.search(text[ends[0] : last]):
        return None
    return group if _AT_THE_FIRST.fullmatch(text[series.values[0].whole.end : group.span.start]) else None


# Another clause, of people who are told in other words than a group: "..., whereas patients on the ward benefited (7 vs 2 months)".
_OTHERS_FOLLOW = re.compile(
    rf"(?:;|,|\.)\s(?:whereas|while|but|however,?|in\scontrast,?)\s(?:in\s|for\s)?(?:the\s|those\s)?{PEOPLE}\s(?:with|who|whose|aged|without)\b"
)
_OF_SO_MANY = re.compile(r"[\s)\]%]*(?:of\s(?:the\s)?(?:\d+\s)?)?$")


def _counted_of(text: str, series: Series, populations: Sequence[Mention]) -> bool:
    """Whether each value is a share of one and the same group: "14 [3%] of 457 who had surgery with A vs 11 [3%] of 438 who had surgery with B"."""
    ends = [v.whole.end for v in series.values]
    return all(
        any(p.span.end > end and _OF_SO_MANY.fullmatch(without_brackets(text[end : max(p.span.start, end)])) for p in populations) for end in ends
    )


def _labelled(reading: Reading, series: Series) -> Mention | None:
    """The group that the part of a bracket is labelled with in which the values stand; lists of events look the same and are read elsewhere."""
    if reading.events or reading.context.in_safety or series.values[0].kind not in (Kind.TIME, Kind.SHARE):
        return None
    told = [e for e in reading.endpoints if quantities_of()[e.norm] not in ("level", "size")]
    return label_in_bracket(reading.text, series.span.start, [*reading.read.of(MentionKind.ARM), *told])


_IN_EACH = re.compile(
    r"[\s)\]%]*(?:(?:courses?|cycles?|months?|weeks?|days?|years?|per|patients?|cases?|events?|of|the)\s){0,4}(?:in|on|for|from|of)\s"
    r"(?P<how>both|each)\s(?:of\sthe\s)?(?:(?:two|three|treatment|study)\s){0,2}(?:arms?|groups?)\b",
    re.IGNORECASE,
)


def of_each_arm(reading: Reading, series: Series, study: StudyOf) -> tuple[ArmOf, ...]:
    """The arms of the study, where a value is told of each of them: "six courses in both arms", "in one patient of each group"; () for other values.

    A count in "both arms" may be one of all their patients.
    """
    told = _IN_EACH.match(re.sub(r"\s+", " ", without_brackets(reading.text[series.span.end :]))) if len(series.values) == 1 else None
    force = arms_in_force(reading.context, study)
    if told is None or len(force) < 2 or (told.group("how").casefold() == "both" and (series.values[0].kind is Kind.COUNT or len(force) > 2)):
        return ()
    return force


def case_arms(reading: Reading, series: Series, study: StudyOf) -> list[Filled] | None:
    """In a case report: for each value the treatment that it follows ("from 588" what came before); None for other papers and cited studies."""
    context = reading.context
    if not context.paper.is_case or study.provenance == "cited" or series.values[0].kind in (Kind.SHARE, Kind.COUNT):
        return None
    out: list[Filled] = []
    composed = [m for m in reading.arms if m.parts]
    if reading.read.sentence.section.kind is SectionKind.CAPTION:
        return [(as_arm(composed[0]) if len({m.norm for m in composed}) == 1 else context.treatment, "case-caption")] * len(series.values)
    falling = len(series.values) == 2 and bool(re.search(r"\bfrom\s*\S{0,3}$", reading.text[: series.span.start]))
    for i, value in enumerate(series.values):
        if falling and i == 0:
            out.append((context.before[-1] if context.before else ArmOf("baseline"), "case-from"))
        elif is_baseline(reading.text, value.span.start) and not (falling and i == 1):
            out.append((ArmOf("baseline"), "case-baseline"))
        else:
            out.append((treatment_at(reading.text, value.span.start, context.course, context.treatment), "case-treatment"))
    return out


def in_order(reading: Reading, first: ArmOf, second: ArmOf, study: StudyOf) -> tuple[ArmOf, ArmOf]:
    """Two arms with the one under test in front: as the study has them, else by what they are, else as told."""
    force = arms_in_force(reading.context, study)
    if len(force) == 2 and {first.norm, second.norm} == {a.norm for a in force}:
        return (first, second) if first.norm == force[0].norm else (second, first)
    return tested_first(first, second)
