"""Arms that a sentence leaves out: what its values are of by the order of the last sentence, by the other arm, by the study."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.entities import MentionKind
from extractor.entities.population_words import PEOPLE
from extractor.relations.brackets import opens_in_turn, without_brackets
from extractor.relations.context import arms_in_force, as_arm
from extractor.relations.findings import ArmOf, MeasurementFinding, StudyOf
from extractor.relations.going_on import arm_going_on
from extractor.relations.groups import PEOPLE_WITH, told_of_one_group
from extractor.relations.patterns import WHOLE_COHORT
from extractor.relations.prognosis import talk_at
from extractor.relations.reading import Reading
from extractor.relations.resolving import Filled, resolve
from extractor.relations.targets import COMPARES_WITH, Series
from extractor.relations.tested import is_control
from extractor.relations.values import Kind

# An arm is spoken of, though none that is known: its numbers are of no other.
_SPEAKS_OF_ARMS = re.compile(
    r"\b(?:(?<!\bone\s)(?<!\bour\s)groups?|arms?|vs\.?|(?<!-)versus|respectively|compared|(?<!more\s)(?<!less\s)(?<!other\s)than(?!\s(?:one|two|\d|grades?)\b)|cohorts?)\b",
    re.IGNORECASE,
)


# "34% failed and 37% died": two statements, not one of two arms.
_OTHER_STATEMENT = re.compile(r"\b(?:had|were|died|experienced|achieved|developed|progressed|relapsed|showed|obtained|received|underwent)\b")


SET_AGAINST = re.compile(r"\b(?:vs?\.?|versus|compared|than|against|and)(?!\w)")


_WHILE = re.compile(r"\b(?:while|whilst|whereas|but)\b")


ALIKE = (
    r"\b(?:(?:no|without(?:\sa|\sany)?)\s(?:\w+\s){0,2}differen\w+|(?:similar|comparable|equal|balanced|the\ssame)|not\s(?:\w+\s)?differ\w*)\s"
    r"(?:\w+\s){0,3}(?:between|among|in|for|across)\s(?:the\s|both\s|patients\s(?:in|on)\s(?:the\s)?)*"
)


_ALIKE_TOLD = re.compile(ALIKE + r"[^.,;()\d]*", re.IGNORECASE)


FOLLOW_UP = re.compile(r"(?:follow\w*[\s-]?up|\bfollowed(?:\sup)?\sfor)[^;]{0,40}$", re.IGNORECASE)


def from_context(reading: Reading, series: Series, resolved: list[ArmOf | None], study: StudyOf) -> list[Filled]:
    """Arms that the sentence leaves out, from the study it speaks of; nothing is filled in where two readings are left."""
    k = len(series.values)
    order = _order_of_last_sentence(reading, series, study)
    if order:
        return [(arm, "order-of-last-sentence") for arm in order]
    before = _order_told_before(reading, series, study) if not any(resolved) else ()
    if before:
        return [(arm, "order-of-last-result") for arm in before]
    on = (
        arm_going_on(reading, study)
        if not any(resolved) and (k == 1 or (_are_listed(reading.text, series) and k in _told_in_turn(reading)))
        else None
    )
    if on is not None and not FOLLOW_UP.search(reading.text[: series.span.start]):
        return [(on, "arm-of-sentences-before")] * k
    alone = study.provenance == "own" and not reading.arms and _of_one_group_in_turn(reading, series, arms_in_force(reading.context, study))
    if k == 1 or alone or (is_course(reading, series) and not reading.arms):
        one = _compared_with_the_other(reading, series, study) or _of_one_value(reading, series, study)
        if one is not None:
            return [one] * k
    if k == 2 and not is_course(reading, series):
        two = _before_the_other(reading, series, study) or _other_of_two(reading, series, resolved, study) or _of_two_values(reading, series, study)
        if two is not None:
            return two
    lettered = _in_order_of_letters(reading, series, study) if k > 2 else ()
    if lettered:
        return [(arm, "arms-by-their-letters") for arm in lettered]
    only = _of_only_arm(reading, study) if not any(resolved) else None
    if only is not None:
        return [(only, ONLY_ARM)] * k
    return [(a, "named-arms") if a else (None, "unknown") for a in resolved]


# What else than arms three values may be listed of: "hepatitis, rash and fever in ...", "for stages I, II and III", "at 1, 2 and 3 years".
_OTHER_LIST = re.compile(
    r"[\w-]+(?:\s[\w-]+){0,3},\s(?:[\w-]+(?:\s[\w-]+){0,3},\s)*(?:and\s)?[\w-]+(?:\s[\w-]+){0,3}\sand\s[\w-]+|[\w-]+,\s[\w-]+,?\sand\s[\w-]+",
    re.IGNORECASE,
)


def _in_order_of_letters(reading: Reading, series: Series, study: StudyOf) -> tuple[ArmOf, ...]:
    """The arms of a paper that calls three or more by letters, for as many values in a sentence that names none and lists nothing else."""
    force = arms_in_force(reading.context, study)
    lettered = all(a.labels for a in reading.context.paper.arms.assigned)
    if study.provenance != "own" or len(force) != len(series.values) or not lettered or reading.arms or reading.populations:
        return ()
    topics = max(len({e.norm for e in reading.endpoints}), len({e.norm for e in reading.events}), len(reading.numbers.landmarks))
    head = without_brackets(reading.text[: series.span.start])
    if topics > 1 or PEOPLE_WITH.search(reading.text) or _OTHER_LIST.search(head) or not _are_listed(reading.text, series):
        return ()
    return tuple(force)


FROM = re.compile(r"\bfrom\s(?:a\smedian\sof\s)?$", re.IGNORECASE)


def _are_listed(text: str, series: Series) -> bool:
    """Whether the values of a series are a list in words: cells that lost their table are none."""
    return all(re.search(r",\s|;|\band\b", without_brackets(text[a.whole.end : b.span.start])) for a, b in pairwise(series.values))


def _of_one_group_in_turn(reading: Reading, series: Series, force: Sequence[ArmOf]) -> bool:
    """Whether values that are only listed are all of the one arm of a study, or of the one group of a paper that has no arms.

    Such a paper tells values of two groups in the same words: its lists are of as many landmarks or endpoints as they have values.
    """
    if not _are_listed(reading.text, series) or len(force) > 1:
        return False
    told = len(series.values) if len(series.values) > 1 else len(reading.numbers.values)
    return bool(force) or (not reading.populations and told > 1 and told in _told_in_turn(reading))


def _told_in_turn(reading: Reading) -> tuple[int, int]:
    """How many endpoints a sentence tells values of, and how many landmarks."""
    return len({e.norm for e in reading.endpoints}), len(reading.numbers.landmarks)


# "4.2 cm before and 2.1 cm after treatment"
_BEFORE_AND = re.compile(
    r"(?:at\sbaseline|before|initially|pre-?(?:treatment|therapy|operatively))\b[^.;\d]{0,40}\b(?:and|to|vs\.?|versus|compared\swith)"
)
_AFTERWARDS = re.compile(r"\s(?:after|afterwards|following|post-?\w+|later|at\s(?:the\s)?(?:end|week|month|day|\d))\b")


def is_course(reading: Reading, series: Series) -> bool:
    """Whether two sizes or levels are a start and an end in one and the same group: "the mean diameter fell from 4.5 to 2.8 cm"."""
    if len(series.values) != 2 or reading.context.paper.is_case:
        return False
    one, other = series.values
    between = without_brackets(reading.text[one.whole.end : other.span.start]).strip()
    if one.kind in (Kind.LEVEL, Kind.SIZE) and _BEFORE_AND.fullmatch(between) and _AFTERWARDS.match(reading.text, other.whole.end):
        return True
    return (
        one.kind in (Kind.LEVEL, Kind.SIZE)
        and bool(FROM.search(reading.text[: series.span.start]))
        and re.fullmatch(r"[%)\]]?\s?(?:[a-z]+\s){0,5}to", between) is not None
    )


# "by investigator and central review", "in the north and the south": the values are of these two, not of the arms.
_OF_TWO_OTHERS = re.compile(r"\b(?:in|by|for|among|at|from)\s(?:the\s)?[\w-]+\s(?:\w+\s)?and\s(?!in\s|was|were)(?:the\s)?[\w-]+", re.IGNORECASE)


def _order_of_last_sentence(reading: Reading, series: Series, study: StudyOf) -> tuple[ArmOf, ...]:
    """As many arms as values, in the order in which the sentence before told theirs, where this one names none of its own."""
    order = reading.context.last_arms
    if study.provenance != "own" or len(order) != len(series.values) or len(order) < 2 or reading.arms or reading.populations:
        return ()
    return order if are_told_alike(reading, series) and not _are_of_others(reading, series) and not PEOPLE_WITH.search(reading.text) else ()


def _order_told_before(reading: Reading, series: Series, study: StudyOf) -> tuple[ArmOf, ...]:
    """As many arms as values, in the order in which the sentence told the last ones: "5% with A and 9% with B; where it had, 6 and 8%"."""
    told = [f for f in reading.findings if isinstance(f, MeasurementFinding) and f.topic.study == study and f.value_span.end <= series.span.start]
    last = [f for f in told if f.result == told[-1].result]
    order = [f.arm for f in last if f.arm is not None and f.arm.norm != "all"]
    if len(order) < 2 or len(order) != len(series.values) or len({a.norm for a in order}) != len(last):
        return ()
    used = max([last[-1].value_span.end, *(a.span.end for a in order if a.span is not None)])
    if any(used <= a.span.start for a in reading.arms) or not are_told_alike(reading, series) or _are_of_others(reading, series):
        return ()
    between = without_brackets(reading.text[used : series.span.start])
    return () if PEOPLE_WITH.search(between) and COMPARES_WITH.search(between) else tuple(order)


def are_told_alike(reading: Reading, series: Series) -> bool:
    """Whether nothing stands between the values of a series but what lists them or sets them against each other."""
    links = [without_brackets(reading.text[a.whole.end : b.whole.start]) for a, b in pairwise(series.values)]
    return all(
        re.fullmatch(r"[\s)\]]*(?:(?:months?|weeks?|years?|days?|%)\s?)?(?:,|,?\s?and|,?\s?(?:vs?\.?|versus|compared\s(?:with|to)))\s*", link)
        for link in links
    )


def _before_the_other(reading: Reading, series: Series, study: StudyOf) -> list[Filled] | None:
    """The arms of two values in one bracket of which the second has its arm ahead of it: "rash (27 [61%]; placebo, 5 [12%])"."""
    force, (one, other) = arms_in_force(reading.context, study), series.values
    between = [a for a in reading.arms if one.whole.end <= a.span.start and a.span.end <= other.span.start]
    if len(force) != 2 or len(between) != 1 or not opens_in_turn(reading.text, one.whole.end, between[0].span, other.span.start):
        return None
    rival = resolve(reading, between[0], study)
    rest = [a for a in force if rival is not None and a.norm != rival.norm]
    return [(rest[0], "other-arm-of-study"), (rival, "named-arms")] if len(rest) == 1 else None


_OF_OTHER_PATIENTS = re.compile(
    r"\b(?:controls?|historical\w*|literature|previous(?:ly)?|reported\sby|other\s(?:studies|series|trials)|expected|assum\w+|arms?)\b", re.IGNORECASE
)


ONLY_ARM = "only-arm-of-study"


def _of_only_arm(reading: Reading, study: StudyOf) -> ArmOf | None:
    """The one arm of a study without comparison: whatever groups its values are of, they were treated with nothing else."""
    single = reading.context.paper.single
    if single is None or study.provenance != "own" or _names_another(reading, (single,)) or _OF_OTHER_PATIENTS.search(reading.text):
        return None
    return single


def _are_of_others(reading: Reading, series: Series) -> bool:
    """Whether values that are only listed answer to two things that are no arms and stand before them."""
    links = [without_brackets(reading.text[a.whole.end : b.span.start]) for a, b in pairwise(series.values)]
    if any(re.search(r"\bvs\.?|versus|compared", link) for link in links):
        return False
    return bool(_OF_TWO_OTHERS.search(without_brackets(reading.text[: series.span.start])))


def _of_one_value(reading: Reading, series: Series, study: StudyOf) -> Filled | None:
    """The arm of a value that stands alone, where the sentence ties it to none; None where it stays unknown."""
    force = arms_in_force(reading.context, study)
    if WHOLE_COHORT.search(reading.text):
        return force[0] if len(force) == 1 else ArmOf("all"), "whole-cohort"
    timed = series.values[0].kind is Kind.TIME or not reading.arms
    if len(force) != 1 and timed and FOLLOW_UP.search(reading.text[: series.span.start]):
        return ArmOf("all"), "follow-up-of-all"
    return _of_no_arm_named(reading, series, study) if not reading.arms else None


def _compared_with_the_other(reading: Reading, series: Series, study: StudyOf) -> Filled | None:
    """The arm of a value that is compared with the other of two arms: "12%, which is higher than with A"."""
    force = arms_in_force(reading.context, study)
    named = {a.norm for a in _in_order_resolved(reading, study, series)}
    behind = [m for m in reading.arms if m.span.start >= series.span.end]
    if study.provenance != "own" or len(force) != 2 or len(named) != 1 or not named < {a.norm for a in force} or len(behind) != len(reading.arms):
        return None
    told = COMPARES_WITH.search(without_brackets(reading.text[series.span.end : behind[0].span.start]))
    return (next(a for a in force if a.norm not in named), "other-arm-of-study") if told else None


# What is told of all arms together, if not in so many words: how many events there were, how long patients were followed.
_TOTAL = re.compile(
    r"\b(?:died|deaths?|outcomes?|frequency|incidence|events?|occurred|experienced|reported|observed|recorded|discontinu\w+|withdr\w+|follow\w*[\s-]?up|complications?|toxicit\w+|relapses?"
    r"|dose\sreductions?|a\stotal\sof|had\sat\sleast\sone|overall|most\scommon|frequent)\b",
    re.IGNORECASE,
)


_OF_PEOPLE = re.compile(
    r"[\s)\]]*(?:of\s(?:the\s|all\s|our\s)?(?:\d+\s)?)?(?:\w+\s)?(?:patients|women|men|cases|subjects|participants|children)\b", re.IGNORECASE
)


def _is_of_people(reading: Reading, series: Series) -> bool:
    """Whether a share is one of the patients, in a sentence that does not go on with an arm of the sentence before it."""
    value = series.values[0]
    alone = reading.context.last_single is None and value.kind is Kind.SHARE
    return alone and _OF_PEOPLE.match(reading.text, value.whole.end) is not None


def _is_of_one_group(reading: Reading, series: Series) -> bool:
    """Whether a value is told of one group of patients, and the sentence does not go on with an arm of the last: all arms have such."""
    apart = [p for p in reading.populations if p.detail not in _OF_AN_ARM]
    near = [p for p in apart if p.span.start < series.values[0].whole.end or p.span.start - series.span.end < _RIGHT_BEHIND]
    named = {p.norm for p in reading.populations}
    if len(named) > 1 and ";" in reading.text:  # "in frail women, it was 46%; in robust women, it was 21%"
        start = reading.text.rfind(";", 0, series.span.start) + 1
        stop = reading.text.find(";", series.span.end)
        named = {p.norm for p in reading.populations if start <= p.span.start and (stop < 0 or p.span.start < stop)}
        near = [p for p in near if p.norm in named and start <= p.span.start]
    return reading.context.last_single is None and bool(near) and len(named) == 1


_OF_AN_ARM = frozenset({"cohort", "numbered-cohorts", "dose-level"})
"""The details of groups that may be of one arm alone."""
_RIGHT_BEHIND = 25
_TWO_ARMS = 2


def _without_groups(reading: Reading) -> str:
    """A sentence with its populations blanked out: what they are called tells of no arms ("older than 65 years", "the low-risk group")."""
    said = reading.text
    for one in reading.populations:
        head = re.match(r"\s?(?:groups?|cohorts?)\b", said[one.span.end : one.span.end + 10])
        end = one.span.end + (head.end() if head is not None else 0)
        said = said[: one.span.start] + " " * (end - one.span.start) + said[end:]
    return said


def _of_no_arm_named(reading: Reading, series: Series, study: StudyOf) -> Filled | None:
    """The arm of a value in a sentence that names none: carried over, the study's only one, or all; None where it stays unknown."""
    force = arms_in_force(reading.context, study)
    own = study.provenance == "own"
    if not own and not force and (after := _after_procedure(reading)) is not None:
        return after, "after-procedure"
    if not force and reading.context.last_single is not None and (own or not reading.context.fresh) and not _OF_ARMS_IN_TURN.search(reading.text):
        return reading.context.last_single, "arm-of-last-sentence"
    if len(force) == 2 and not own and is_control(force[1]) and reading.events:
        return force[0], "arm-under-test"
    if not own and len(force) == 1 and reading.context.last_single is not None and reading.context.last_single.norm == force[0].norm:
        return force[0], "arm-of-study"
    # "PFS and OS were 5 and 11 months, respectively", "the 1- and 2-year rates were ...": told in the order of what is not arms
    listed = max(_told_in_turn(reading)) > 1 if force else own and _of_one_group_in_turn(reading, series, ())
    of_list = (len(force) < _TWO_ARMS and listed) or len(reading.events) > 1
    said = _without_groups(reading)
    said = said.replace("respectively", "") if of_list else said
    said = said[: series.span.end] + _ALIKE_TOLD.sub("", said[series.span.end :])
    if _SPEAKS_OF_ARMS.search(said) or (not own and _names_another(reading, force)):
        return None
    if len(force) == 1:
        return force[0], "arm-of-study"
    if own and not force and reading.context.paper.is_primary:
        return ArmOf("all"), "no-arm-named"
    if own and force:
        pooled = _TOTAL.search(reading.text) or _is_of_people(reading, series) or _is_of_one_group(reading, series)
        return (ArmOf("all"), "no-arm-named") if pooled else None
    return (None, "no-arm-named") if not own and not force else None


# "in the Sensor On and Sensor Off arm, respectively": of groups by names that are not known.
_OF_ARMS_IN_TURN = re.compile(
    r"\b(?:groups?|arms?)\s?,?\s?respectively\b|\brespectively,?\s(?:in|for|among)\b[^.;]*\b(?:groups?|arms?)\b", re.IGNORECASE
)
_RIGHT_AFTER = re.compile(r"\b(?:after|following|from)\s(?:the\s|an?\s)?(?:[\w-]+\s){0,2}$", re.IGNORECASE)


def _after_procedure(reading: Reading) -> ArmOf | None:
    """The one procedure that a result is told after, where a sentence names no other treatment: "a recurrence rate of 9% after ablation"."""
    arms = {m.norm: m for m in reading.read.of(MentionKind.ARM)}
    if len(arms) != 1:
        return None
    (arm,) = arms.values()
    alone = all(p.kind == "procedure" for p in arm.parts)
    return as_arm(arm) if alone and _RIGHT_AFTER.search(reading.text[: arm.span.start]) else None


def _names_another(reading: Reading, force: Sequence[ArmOf]) -> bool:
    """Whether a sentence names a treatment, if as one given before, that is none of a study's arms or their parts."""
    known = {p.name for a in force for p in a.parts}
    return bool(force) and any({p.name for p in m.parts} - known for m in reading.read.of(MentionKind.ARM))


# "24 months from diagnosis and from randomisation 14 months with A": told of something else of one arm.
_OF_ANOTHER_MATTER = re.compile(r"\band\s(?:in|from|for|at|by|among|after|within)\s")
_PLAINLY = re.compile(r"\b(?:vs?\.?|versus|compared|than|against)(?!\w)")


def _tell_both(between: str) -> bool:
    """Whether what stands between two values sets them against each other, and does not only go on to another matter."""
    return SET_AGAINST.search(between) is not None and (_PLAINLY.search(between) is not None or _OF_ANOTHER_MATTER.search(between) is None)


_BARE_AND = re.compile(r"[\s)\]%]*(?:months?|years?|weeks?|days?|patients)?\s?and\s(?:in\s)?[(\[]?")


def _other_of_two(reading: Reading, series: Series, resolved: list[ArmOf | None], study: StudyOf) -> list[Filled] | None:
    """Two values set against each other of which one stands at its arm: the other is of the other arm of two."""
    force = arms_in_force(reading.context, study)
    known = [a for a in resolved if a is not None]
    one, other = series.values
    between = without_brackets(reading.text[one.whole.end : other.span.start])
    if len(force) != 2 or len(known) != 1 or known[0].norm not in {a.norm for a in force} or not _tell_both(between):
        return None
    if resolved[0] is None and _BARE_AND.fullmatch(between):
        return None  # "12% and 15% of patients on A": both may be of A
    rest = next(a for a in force if a.norm != known[0].norm)
    return [(a, "named-arms") if a is not None else (rest, "other-arm-of-study") for a in resolved]


def _of_two_values(reading: Reading, series: Series, study: StudyOf) -> list[Filled] | None:
    """The study's two arms for two values set against each other, where the sentence names one arm or none; None where it stays unknown."""
    force = arms_in_force(reading.context, study)
    mentioned = _in_order_resolved(reading, study, series)
    if len(force) != 2 or not {a.norm for a in mentioned} <= {a.norm for a in force}:
        return None
    one, other = series.values
    between = without_brackets(reading.text[one.whole.end : other.span.start])
    named_between = bool(mentioned) and mentioned[0].span is not None and one.whole.end <= mentioned[0].span.start < other.span.start
    if mentioned and not named_between and (not _tell_both(between) or _is_what_both_are_compared_with(reading, series, mentioned)):
        return None
    if mentioned and _BARE_AND.fullmatch(between) and all(a.span is not None and a.span.start >= series.span.end for a in mentioned):
        return None
    if not (SET_AGAINST.search(between) or (named_between and _WHILE.search(between))) or _OTHER_STATEMENT.search(between.replace(" were ", " ")):
        return None
    if mentioned and reading.events and _ONLY_LISTED.fullmatch(between):
        return None  # two counts of one arm as soon as one of each: "12 patients on A and 3 had ..."
    if not mentioned and not told_of_one_group(reading.text, reading.populations, series.span):
        return None
    if not mentioned and (_are_of_others(reading, series) or _of_a_factor(reading, series) or _against_people(reading, series)):
        return None
    if not mentioned and (_SETS_OTHERS_APART.search(reading.text) or _each_of_people(reading.text, series)):
        return None
    last = reading.context.last_arms
    as_told = last[0] if study.provenance == "own" and {a.norm for a in last} == {a.norm for a in force} else force[0]
    first = mentioned[0] if mentioned else as_told
    second = next(a for a in force if a.norm != first.norm)
    told = ("one-arm-named", "other-arm-of-study") if mentioned else ("arms-of-study", "arms-of-study")
    if mentioned and (_is_set_against(reading, series, first) or _gets_second(reading, series, first) or _compared_upwards(reading, series, first)):
        return [(second, told[1]), (first, told[0])]
    return [(first, told[0]), (second, told[1])]


# "longer in N0 versus N1 disease (20 vs 12 months)": what is set against each other by names is no arm, or one by a name that is not known.
_SETS_OTHERS_APART = re.compile(
    r"(?<![\w.-])(?!(?:months?|years?|weeks?|days?|patients|cases|arms?|groups?)\b)[A-Za-z][\w+/-]*\s(?:versus|vs\.?)\s"
    r"(?!(?:an?|only|just|about|median|mean|approximately|nearly|the|those|that|in|at|for|with|less|more|over|none|one|two|three|four|five)\b)[A-Za-z]"
)


# "9 months in patients from towns and 7 months in those from villages": each value has its people behind it, who are no arm of a known name.
_PEOPLE_BEHIND = re.compile(
    rf"[\s)\]%]*(?:months?|years?|weeks?|days?)?\s?(?:[(\[][^()\[\]]*[)\]]\s)?,?\s?(?:in|for|among|of)\s(?!both\b|all\b|each\b|either\b)"
    rf"(?:(?!(?:arms?|groups?|and|or|versus|vs)\b)[\w/+-]+\s){{0,4}}?(?:{PEOPLE}|those|ones)\b"
)


_SOME_BEHIND = re.compile(
    r"[\s)\]%]*(?:months?|years?|weeks?|days?)?\s?(?:[(\[][^()\[\]]*[)\]]\s)?,?\s?(?:in|for|among)\s(?!both\b|all\b|each\b|either\b|the\s(?:first|second|two)\b)[A-Za-z]"
)
# "9 months in the 60 Gy group and 7 months in the 74 Gy group": of groups by names that are not known; which is which is no matter of order.
_GROUP_BEHIND = re.compile(
    r"[\s)\]%]*(?:months?|years?|weeks?|days?)?\s?(?:[(\[][^()\[\]]*[)\]]\s)?,?\s?(?:in|for|among|of|with)\sthe\s"
    r"(?!(?:first|second|former|latter|one|other|two|treatment|study|control|experimental|both)\b)(?:(?!(?:and|or|versus|vs)\b)[\w/+.-]+\s){1,4}?(?:arm|group)\b"
)


def _each_of_people(text: str, series: Series) -> bool:
    """Whether behind each value of a series stand people of its own, or a group by a name that is not known.

    Of two the other may be told in fewer words: "64% for patients with low albumin versus 56% for high albumin".
    """
    if all(_SOME_BEHIND.match(text, value.span.end) for value in series.values) and _PEOPLE_BEHIND.match(text, series.values[0].span.end):
        return True
    return any(all(behind.match(text, value.span.end) for value in series.values) for behind in (_PEOPLE_BEHIND, _GROUP_BEHIND))


def _is_what_both_are_compared_with(reading: Reading, series: Series, mentioned: Sequence[ArmOf]) -> bool:
    """Whether the arms of a sentence are told behind its values, as what each was compared with: "85% and 72% (P = 0.4 vs. placebo)"."""
    at = min(a.span.start for a in mentioned if a.span is not None) if all(a.span for a in mentioned) else 0
    return (
        at > series.span.end and re.search(r"[(\[]", reading.text[series.span.end : at]) is not None and _THAN.search(reading.text[:at]) is not None
    )


# "10.4 months compared to 6.9 months for patients without the mutation": the second value is of these, the first of the others.
_COMPARED_TO = re.compile(r"\b(?:compared|comparison|than|as\sopposed|in\scontrast)\b", re.IGNORECASE)
_PEOPLE_APART = re.compile(
    r"[\s)\]]*(?:for|in|among|of)\s(?:(?:the|all|those|other|remaining)\s){0,3}(?:patients|those|women|men|subjects|cases)\s(?:with|without|who|whose|not|lacking)\b",
    re.IGNORECASE,
)


def _against_people(reading: Reading, series: Series) -> bool:
    """Whether the first of two values is compared to the second as that of some patients."""
    one, other = series.values
    between = without_brackets(reading.text[one.whole.end : other.span.start])
    return _COMPARED_TO.search(between) is not None and _PEOPLE_APART.match(reading.text, other.whole.end) is not None


def _of_a_factor(reading: Reading, series: Series) -> bool:
    """Whether values stand behind what is said of a factor, no arm: "CEA response was associated with longer PFS (7.1 vs 4.2 months)"."""
    talk = talk_at(reading.text, series.span.start, reading.endpoints)
    return talk is not None and talk.factor is not None and not any(a.span.overlaps(talk.factor.span) for a in reading.arms)


_THAN = re.compile(
    r"\b(?:than|compared\s(?:with|to)|relative\sto|vs\.?|versus|over)\s(?:(?:that|those|the|patients|in|for|with|of|on|among|receiving|treated)\s)*$",
    re.IGNORECASE,
)


def _is_set_against(reading: Reading, series: Series, subject: ArmOf) -> bool:
    """Whether the one arm that a sentence names is what another is compared with: "more often than with B: 19% versus 5%", "12%, and B in 8%"."""
    if subject.span is None:
        return False
    if series.values[0].whole.end <= subject.span.start <= series.values[1].span.start:
        gap = reading.text[series.values[0].whole.end : subject.span.start]
        return (SET_AGAINST.search(gap) or _WHILE.search(gap)) is not None
    return _THAN.search(reading.text[: subject.span.start]) is not None


_MORE_OR_LESS = re.compile(
    r"""
    \b (?: (?P<more> higher | greater | increased | elevated | longer | more\s (?:\w+\s)? (?: common | frequent | often | frequently | prevalent ) )
          | (?P<less> lower | reduced | decreased | shorter | fewer | less\s (?:\w+\s)? (?: common | frequent | often | frequently | prevalent ) ) )
    (?: \s (?: frequenc(?:y|ies) | incidences? | rates? | numbers? | proportions? | percentages? | prevalence | risk )
        \s of \s (?: (?!in\b|with\b|for\b|among\b)[\w/-]+ \s ){0,5}? (?= (?:in|with|for|among) \b ) | \s )
    (?: (?: in | with | for | among | on | the | those | patients | receiving | treated | rates? | incidence )\s ){1,5} $
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _compared_upwards(reading: Reading, series: Series, subject: ArmOf) -> bool:
    """Whether the second of two values is of the arm that is said to have more, or less: "was increased in the A arm (8% vs 13%)"."""
    one, other = (v.value for v in series.values)
    if subject.span is None or one is None or other is None or one == other or subject.span.end > series.span.start:
        return False
    said = _MORE_OR_LESS.search(reading.text[: subject.span.start])
    if said is None or re.search(r"\b(?:not|no|neither|nor)\b", reading.text[max(said.start() - 40, 0) : said.start()], re.IGNORECASE):
        return False
    return (one < other) if said.group("more") else (one > other)


_RAISED = re.compile(r"(?<!\bwas\s)(?<!\bwere\s)(?<!ly\s)\b(?:(?:significantly|markedly)\s)?(?:increased|improved|prolonged|extended)\b")


DENIED = re.compile(r"\b(?:not|no|non|fail\w*|neither|nor|without|unlike\w*)\b", re.IGNORECASE)


def _gets_second(reading: Reading, series: Series, subject: ArmOf) -> bool:
    """Whether the second of two values is of the arm that the sentence is about: it raised what is told, and the second is the higher one."""
    one, other = (v.value for v in series.values)
    if subject.span is None or one is None or other is None or subject.span.end > series.span.start or reading.events:
        return False
    said = reading.text[subject.span.end : series.span.start]
    if DENIED.search(said) or re.search(
        r";|,\s(?:and|but|with|while)\b|\band\s(?:the\s)?(?:median|mean|overall|progression)\b", without_brackets(said)
    ):
        return False
    return one < other and bool(_RAISED.search(said))


_ONLY_LISTED = re.compile(r"[\s)\]%]*(?:patients|cases|women|men)?,?\s(?:and|,)\s(?:in\s|only\s)?[\w\s]{0,12}[(\[]?\s?", re.IGNORECASE)


def _in_order_resolved(reading: Reading, study: StudyOf, series: Series) -> list[ArmOf]:
    found: dict[str, ArmOf] = {}
    for mention in reading.arms:
        if mention.span.start > series.span.start and found:
            continue
        arm = resolve(reading, mention, study)
        if arm is not None:
            found.setdefault(arm.norm, arm)
    return list(found.values())
