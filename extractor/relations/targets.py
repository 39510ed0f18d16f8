"""Which endpoint, arm and population a number belongs to.

All answers are read from the sentence: from the bracket that holds the number, from lists of equal length, from what stands right before or right
after it. What is not said is answered with None, never with the likelier one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.entities.arm_book import ARM_WORD
from extractor.entities.endpoints import quantities_of
from extractor.entities.joins import COMPARED_WITH
from extractor.relations import predicates
from extractor.relations.brackets import clause_start, depth_at, holds_a_contrast, opening, opens_in_turn, outermost, without_brackets
from extractor.relations.endpoint_events import TOLD_IN_EVENTS, counted_events, endpoint_of_events
from extractor.relations.given import WHO_WERE
from extractor.relations.in_turn import NEXT_CLAUSE, its_own, opens_the_next, told_behind
from extractor.relations.kinds import Kind, Numbers, Value, is_nobody
from extractor.relations.lists_of_targets import coordinated, listed_before_bracket, listed_by_runs
from extractor.relations.markers import response_of_marker
from extractor.relations.patterns import NEW_CLAUSE
from extractor.relations.spoken import ALIVE, SURVIVES, UNLISTED
from extractor.relations.survival_told import tells_survival
from extractor.relations.units import is_apart

_COMPATIBLE = {
    Kind.TIME: {"time"},
    Kind.OPEN: {"time"},
    Kind.SHARE: {"share", "time", "count"},
    Kind.COUNT: {"share", "count"},
    Kind.LEVEL: {"level"},
    Kind.SIZE: {"size"},
}
_TOLD_IN_CYCLES = {"DURATION", "TTR"}
_TIME_ONLY = {"FOLLOW_UP", "DURATION", "TTR", "TTF", "TTP"}

_AFTER_ARM = re.compile(
    r"""
    [\s,]*
    (?: (?: (?:was|were)\s(?: seen | observed | reported | found | achieved | noted | recorded | obtained ) | (?:had\s)?occurred )\s )?
    (?: (?:had\s)? (?: died | relapsed | progressed | recurred | responded (?:\sto(?=\s))? ) \s? )?
    (?: (?: complete\s )? (?: and | , )\s [\w-]+\s (?=partial\s) )?
    (?: (?<! ,\s ) (?: (?! (?: no | and | but | while | whereas | with | without | an? )\s ) [a-z-]+\s ){0,2}?
        (?: responses? | remissions? | relapses? | recurrences? | deaths? )\s
        (?: (?:was|were)\s (?: seen | observed | reported | found | achieved | noted | recorded | obtained | confirmed )\s | occurred\s )? )?
    (?: (?:of\s)? (?:the\s)? (?:\d{1,5}\s)? (?: patients? | cases? | participants? | women | men
        | subjects? | dogs? | cycles | courses | infusions )?\s?
        (?: who\s (?: underwent | started | completed | had )\s [\w-]+\s )? )?
    (?: (?: had\s | have\s )? (?: died | relapsed | progressed | recurred | responded ) \s )?
    (?: ,?\s?(?:respectively,?\s)? )?
    (?: (?<=responded\s)to
      | in | for | with | on | at | among | from | under | by | after | treated\swith | receiving | given | using | taking | who\sreceived | of
      | assigned(?:\sto)? | allocated(?:\sto)? | randomi[sz]ed\sto | (?:included | enrolled | entered | treated)\s(?:in|into|on) )\s
    (?: (?: the | those | patients | of | all | both | receiving | treated | given | with | in | who | received | randomi[sz]ed | assigned
          | allocated | included | enrolled | to | on | cases | women | men | participants | single-agent | \d+ )\s ){0,7}
    $
  | \s (?: months?\s | years?\s )? (?: when | where )\s (?: the\s | an?\s )? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "80% without A", "12 of the patients who did not": the preposition is a part of the name.
_AHEAD_OF_DENIED = re.compile(r"[\s,]*(?:(?:of\s)?(?:the\s)?(?:\d+\s)?(?:patients|cases|women|men)\s)?(?:who\s|treated\s)?", re.IGNORECASE)
_OWNER_GAP = re.compile(
    r"""
    \s? (?: groups? | arms? | cohorts? | recipients | patients | treatment | therapy | alone | monotherapy | regimens? | combination )?
    \s? [\[(]
    (?: [\w\s-]{0,25}[:,=]\s? )?
    (?: median\s(?:\w+\s)? )?
    (?: n\s?=\s?\d+\s?[,;:]\s? )?
    (?: [<>≥≤~]\s? )?
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FOR_ENDPOINT = re.compile(r"\s*(?:for|in\sterms\sof)\s(?:the\s)?(?:median\s|mean\s)?$", re.IGNORECASE)
_IS_ENDPOINT = re.compile(
    r"""
    [\s-]*
    (?: (?: did\sshow | was | were | had | achieved | experienced | showed | with | reached | having | obtained | attained | reported
          | developed | suffered | required | needed | demonstrated | exhibited | maintained
          | (?: achiev | show | report | experienc | demonstrat | exhibit | attain | obtain | reach )ing
          | (?:were\s)?evaluated\sas )\s )?
    (?: an?\s | the\s | at\sleast\sone\s | one\sor\smore\s | any\s | severe\s | serious\s )*
    (?: best\s(?:overall\s)?response\sof\s (?:an?\s)? )?
    (?: (?:[≥>]\s?)? grades?\s [\d/≥>=<.,+IV-]+ (?:\s?(?:or|and|to)\s(?:\d|IV|higher|greater|worse|more|above))? \s )?
    (?: confirmed\s | objective\s | best\s | overall\s | median\s | serious\s | severe\s | \w+-(?:related|emergent)\s | ha?ematolog\w+\s )*
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind told together: "10.6 vs 7.8 months"."""

    values: tuple[Value, ...]

    @property
    def span(self) -> CharSpan:
        """From the first value to the end of the last with its brackets."""
        return CharSpan(self.values[0].span.start, max(v.whole.end for v in self.values))


def series_of(read: ReadSentence, numbers: Numbers, breaks: Sequence[CharSpan]) -> list[Series]:
    """Values grouped into series; an endpoint, event, landmark, estimate or p-value between two values parts them."""
    groups: list[list[Value]] = []
    for value in numbers.values:
        if groups and (_is_listed(read.sentence.text, groups[-1][-1], value) or _goes_on(read, groups[-1][-1], value, breaks)):
            groups[-1].append(value)
        else:
            groups.append([value])
    return [Series(tuple(g)) for g in groups]


_BARE_LINK = re.compile(r",?\s(?:and|vs\.?|versus|compared\s(?:with|to))\s(?:only\s)?|,\s")
_PART_FOLLOWS = re.compile(r"\bof\s(?:whom|which)\b|\bincluding\b")
_SET_AGAINST = re.compile(r"\b(?:vs?\.?|versus|and|or|compared|than|while|whereas|against|but|to|from)\b")


def _is_listed(text: str, before: Value, value: Value) -> bool:
    """Whether two counts are of one thing that is named once: "17 and 9 deaths", "17 deaths with A, and with B 9"."""
    return (
        before.kind is value.kind is Kind.COUNT
        and before.unit == value.unit
        and _BARE_LINK.fullmatch(text, before.span.end, value.span.start) is not None
    )


def _goes_on(read: ReadSentence, before: Value, value: Value, breaks: Sequence[CharSpan]) -> bool:
    text = read.sentence.text
    kinds = {before.kind, value.kind}
    if any(name == "category" for one in (before, value) for name, _ in one.parts):
        return False  # each counts a response of its own
    inside = [{e.norm for e in read.of(MentionKind.ENDPOINT) if one.whole.covers(e.span)} for one in (before, value)]
    if inside[1] and inside[0] != inside[1]:
        return False  # "one complete response (3%) and 11 partial responses (28%)"
    if len(kinds) > 1 and kinds != {Kind.TIME, Kind.OPEN} and not is_nobody(before, value):
        return False
    if len(kinds) == 1 and before.unit != value.unit:
        return False
    start, end = before.whole.end, value.whole.start
    if start >= end or any(start <= b.start < end for b in breaks):
        return start >= end
    if predicates.begins_clause(text, before, value) or NEW_CLAUSE.compiled.search(text, before.span.start - 5, value.whole.end + 20):
        return False
    brackets = (opening(text, before.whole.start), opening(text, value.whole.start))
    if None not in brackets and brackets[0] != brackets[1]:
        return False
    between = without_brackets(text[start:end].lstrip(")] "))
    arms = [m for m in read.of(MentionKind.ARM, MentionKind.POPULATION) if start <= m.span.start and m.span.end <= end]
    named = sum(m.span.end - m.span.start for m in arms)
    if len(arms) == 1 and opens_in_turn(text, start, arms[0].span, value.span.start):
        return True  # "rash (14 [27%]; placebo, 5 [10%])"
    if _PART_FOLLOWS.search(between) or len(between.strip()) - named > 75 or re.search(r"(?:(?<!\bvs)\.|[;:])\s", between):
        return False
    if is_apart(text, before.span.start, between, value.whole.end):
        return False
    if brackets[0] is not None and brackets[1] is None and any(brackets[0] < e.span.start < before.span.start for e in read.of(MentionKind.ENDPOINT)):
        return False  # "31% (CR 4%, PR 27%), and with B 18%"
    if (
        brackets[0] is None
        and brackets[1] is not None
        and (not _SET_AGAINST.search(between) or (before.whole.end <= brackets[1] and holds_a_contrast(text, brackets[1])))
    ):
        return False
    # "12 (20) 3 (5)" is a row of a table that lost its cells: nothing says that the two belong together.
    joined = not between.strip() and value.whole.start == value.span.start
    return joined or bool(_SET_AGAINST.search(between) or re.search(r"[,/-]", between))


def compatible(kind: Kind, code: str) -> bool:
    """Whether an endpoint is told in numbers of a kind."""
    quantity = quantities_of()[code]
    if kind is Kind.COUNT and code == "DURATION":
        return False
    if kind is Kind.SHARE and code in _TIME_ONLY:
        return False
    if kind is Kind.TIME and code == "DOR":
        return True
    return quantity in _COMPATIBLE[kind]


Found = tuple[Mention, str]
"""An endpoint, and the name of the reading that gave it."""


def endpoint_of(read: ReadSentence, series: Series, endpoints: Sequence[Mention]) -> Found | None:
    """The endpoint of a series and how it was found; None where the sentence names none."""
    text = read.sentence.text
    first, last = series.values[0], series.values[-1]
    told = [e for e in endpoints if e.detail != ALIVE and (e.detail != SURVIVES or tells_survival(text, e, series.values))]
    fits = [
        e
        for e in told
        if e.detail == UNLISTED
        or compatible(first.kind, e.norm)
        or response_of_marker(text, e, first.kind)
        or (first.unit == "event" and e.norm in TOLD_IN_EVENTS and ("event" in first.whole.of(text) or counted_events(first)))
    ]
    if first.unit == "cycle":
        fits = [e for e in fits if e.norm in _TOLD_IN_CYCLES]
    before = [e for e in fits if e.span.end <= first.span.start]
    after = [e for e in fits if e.span.start >= last.span.end and first.unit != "cycle"]
    after = [e for e in after if last.N is None or not _OF_PATIENTS_WITH.fullmatch(text, last.whole.end, e.span.start)]
    named = counted_events(first)
    counted = [e for e in fits if first.kind is Kind.COUNT and (first.whole.covers(e.span) or (named is not None and named.covers(e.span)))]
    if counted:
        return counted[0], "endpoint-counted"
    return (
        _alive_behind(text, series, endpoints)
        or _alive_again(text, series, endpoints)
        or _death_behind(text, series, after)
        or _endpoint_within(first, fits)
        or _endpoint_that_value_is(read, series, after)
        or _endpoint_of_bracket(text, first, before)
        or _endpoint_that_value_is_for(text, series, after)
        or _nearest_endpoint(read, series, before, after)
        or endpoint_of_events(read, first, before)
    )


# "two of the 12 patients with a complete response relapsed": who they are of, not what became of them.
_OF_PATIENTS_WITH = re.compile(r"\s(?:patients|women|men|cases|subjects)\s(?:with|who\shad)\s(?:an?\s)?(?:[a-z]+\s)?")
_WHO_LIVES = re.compile(
    r"[\s)\]]*(?:of\s(?:all\s|the\s|these\s)*)?(?:(?:patients|women|men|subjects|cases)\s?)?(?:\([^()]*\)\s)?(?:(?:in|on|of|from)\s[^,;.()\d]{3,50}?\s)?"
    r"(?:(?:are|were|was|is|remain|remains|remained|have|has|had|been|being|still|currently|also)\s){1,3}$"
)


def _alive_behind(text: str, series: Series, endpoints: Sequence[Mention]) -> Found | None:
    """Survival, where the patients counted are said to be alive: "26 of the 40 patients (65%) were still alive"."""
    last = series.values[-1]
    if last.kind not in (Kind.SHARE, Kind.COUNT):
        return None
    alive = next((e for e in endpoints if e.detail == ALIVE and e.span.start >= last.whole.end), None)
    lives = alive is not None and _WHO_LIVES.fullmatch(text, _end_of_value(text, last), alive.span.start)
    return (alive, "value-is-endpoint") if alive is not None and lives else None


_COUNTED_ALIVE = re.compile(r"\d\s?%|\d\)|\bof\s(?:the\s)?\d+")


def _alive_again(text: str, series: Series, endpoints: Sequence[Mention]) -> Found | None:
    """Survival, where a share follows those said to be alive and nothing else is named between: "41% were alive, vs 31% on A"."""
    first = series.values[0]
    before = [e for e in endpoints if e.span.end <= first.span.start]
    if first.kind is not Kind.SHARE or not before or before[-1].detail != ALIVE:
        return None
    counted = _COUNTED_ALIVE.search(text, max(before[-1].span.start - _TO_COUNT, 0), before[-1].span.start)
    between = text[before[-1].span.end : first.span.start]
    return (before[-1], "endpoint-before-value") if counted and not _OTHER_MATTER.search(between) and "." not in between else None


_TO_COUNT = 80
_WHO_DIED = re.compile(
    r"[\s)\]]*(?:of\s(?:the\s)?patients\s)?(?:(?:that|who)\s(?!had\sdied)[^,;.()\d]{3,60}?\s)?(?:(?:had|have|has)\s)?(?:since\s|already\s)?$"
)


def _death_behind(text: str, series: Series, after: Sequence[Mention]) -> Found | None:
    """Death, where the patients counted are said to have died: "82 of the 93 patients (88%) who could be evaluated for OS had died"."""
    last = series.values[-1]
    if last.kind not in (Kind.SHARE, Kind.COUNT):
        return None
    died = next((e for e in after if e.norm == "DEATH" and e.span.of(text).casefold() == "died"), None)
    who = died is not None and _WHO_DIED.fullmatch(text, _end_of_value(text, last), died.span.start)
    return (died, "value-is-endpoint") if died is not None and who else None


def _end_of_value(text: str, value: Value) -> int:
    """Where a value ends, with the bracket that it stands in."""
    end = value.whole.end
    return end + 1 if text[end : end + 1] in (")", "]") else end


def _endpoint_within(first: Value, fits: Sequence[Mention]) -> Found | None:
    """The endpoint between a count and its share: "3 PR (13%)"."""
    inside = [e for e in fits if first.whole.covers(e.span)]
    return (inside[-1], "endpoint-in-value") if inside else None


def _endpoint_that_value_is(read: ReadSentence, series: Series, after: Sequence[Mention]) -> Found | None:
    """The endpoint that its value stands right before: "12% had an objective response", "12% partial responses"."""
    text, first = read.sentence.text, series.values[0]
    own_value = _HAS_OWN_VALUE.match(text, after[0].span.end) if after else None
    counted = own_value is not None and (first.kind is Kind.COUNT or re.match(r"[\d.]*\s?%", text[own_value.end() - 1 :]) is not None)
    if not after or (counted and own_value is not None and ":" not in own_value.group()):
        return None
    endpoint = after[0]
    if first.kind in (Kind.SHARE, Kind.COUNT) and _MEDIAN_OF.search(text[: endpoint.span.start]):
        return None
    gap = re.sub(r"\s+", " ", without_brackets(without_arms(read, series.span.end, endpoint.span.start).lstrip(")] "))).lstrip()
    gap = _LOOKED_AT.sub("", gap)
    level = depth_at(text, endpoint.span.start) == depth_at(text, first.whole.start)
    return (endpoint, "value-is-endpoint") if level and _IS_ENDPOINT.fullmatch(gap) else None


# "12% with a median OS of 4 months": the share is of what was told before.
_LOOKED_AT = re.compile(
    r"^(?:(?:that|who)\s(?:were|was)\s(?:evalua\w+|assess\w+|analy[sz]\w+|followed)\s(?:for\s[\w-]+(?:\s[a-z]+)?\s)?|,?\s?respectively,?\s|(?:of\s)?(?:them|these|those|whom)\s)"
)
_MEDIAN_OF = re.compile(r"\b(?:median|mean)\s(?:\w+\s)?$", re.IGNORECASE)


def _endpoint_of_bracket(text: str, first: Value, before: Sequence[Mention]) -> Found | None:
    """For a value in a bracket: the endpoint in the same bracket, or the one that the bracket stands behind."""
    bracket = opening(text, first.whole.start)
    if bracket is None:
        return None
    inside = [e for e in before if e.span.start > bracket]
    if inside:
        return inside[-1], "endpoint-in-bracket"
    owner = [e for e in before if e.span.end <= bracket]
    if (listed := listed_before_bracket(text, bracket, first, owner)) is not None:
        return listed, "endpoint-before-bracket"
    chosen = _outside_brackets(text, owner, bracket) if owner else None
    if (
        chosen is not None
        and not re.search(r"[.;]", without_brackets(text[chosen.span.end : bracket]))
        and len(without_brackets(text[chosen.span.end : bracket])) < _TO_BRACKET
        and not predicates.are_others(text, chosen.span.end, bracket)
    ):
        return chosen, "endpoint-before-bracket"
    return None


_TO_BRACKET = 240


def _endpoint_that_value_is_for(text: str, series: Series, after: Sequence[Mention]) -> Found | None:
    """The endpoint that its value is given for: "5.2 months for median PFS"."""
    if not after:
        return None
    gap = text[series.span.end : after[0].span.start].lstrip(")] ")
    return (after[0], "value-for-endpoint") if _FOR_ENDPOINT.fullmatch(" " + gap) else None


def _nearest_endpoint(read: ReadSentence, series: Series, before: Sequence[Mention], after: Sequence[Mention]) -> Found | None:
    """The endpoint named last before the value, in its clause if there is one; else the first behind it."""
    text, first = read.sentence.text, series.values[0]
    start = clause_start(text, first.span.start)
    near = [e for e in before if e.span.start >= start] or before
    others = near and predicates.are_others(text, near[-1].span.end, opening(text, first.whole.start))
    if others or (near and predicates.of_others(text, near[-1].span.end, first, series.values[-1])):
        return None
    of_clause = after and text[start - 2 : start] == "; " and "; " not in text[first.span.end : after[0].span.start]
    if near and near[-1].span.start < start and of_clause and near[-1].norm != after[0].norm:
        near = []  # "doses were reduced in 11 (48%); three patients (13%) discontinued"
    if near and near[-1].span.start < start and first.kind is Kind.SHARE and predicates.PUT_OFF.match(text, first.whole.end):
        return None
    if near:
        chosen = _outside_brackets(text, near, first.span.start)
        too_far = first.kind in (Kind.SHARE, Kind.COUNT) and _far(read, chosen, first)
        return (chosen, "endpoint-before-value") if not too_far else None
    bracket = opening(text, first.span.start)
    if bracket is not None and after and opening(text, after[0].span.start) != bracket and _OWN_BRACKET.match(text, after[0].span.end):
        return None  # in a list each bracket is told of what it stands behind
    if after and first.kind is Kind.SHARE and _without_landmark(text, series, after[0]):
        return None
    own_value = _HAS_OWN_VALUE.match(text, after[0].span.end) if after else None
    told_itself = own_value is not None and (first.kind is Kind.COUNT or ":" not in own_value.group())
    if (
        after
        and bracket is None
        and (own := opening(text, after[0].span.start)) is not None
        and own >= series.span.end
        and re.search(r"\d", text[own : after[0].span.start])
    ):
        return None  # told of a number of its own bracket: "recurred in 21 and 19 patients (17 and 15 of whom died)"
    another = first.kind is Kind.COUNT and predicates.TREATED.match(text, series.span.end) is not None
    another = another or ((first.kind is Kind.COUNT or first.n is not None) and predicates.did_another_thing(text, first))
    counted = bool(after) and first.kind in (Kind.SHARE, Kind.COUNT) and predicates.counted_itself(text, series.span.end, after[0].span.start)
    if told_itself or another or counted or predicates.WENT_ON.match(text, first.whole.end):
        return None  # "47 patients treated with A achieved a response rate of 62%"
    if after and (_PARTS.search(text[series.span.end : after[0].span.start]) or _IS_RELATED.search(text[: after[0].span.start])):
        return None  # "40% (20 patients), including one with a complete response", "35% shrank, of which there was one complete response"
    if after and predicates.NEXT_STATEMENT.match(text, series.span.end) and _HAS_OWN_VALUE.match(text, after[0].span.end):
        return None  # "98% complied and the response rate was 68%"
    if after and after[0].span.start - series.span.end < 120 and not _ONLY_LOOKED_AT.search(text[series.span.end : after[0].span.start]):
        return after[0], "endpoint-after-value"
    return None


_LANDMARK = re.compile(r"\b(?:year|yr|month|week|day)s?\b|\brates?\b|\bat\s\d", re.IGNORECASE)


def _without_landmark(text: str, series: Series, endpoint: Mention) -> bool:
    """Whether a share before the name of a time to an event is of something else: no landmark and no "rate" ties the two."""
    survival = quantities_of()[endpoint.norm] == "time" and endpoint.norm != "DEATH"
    return survival and not _LANDMARK.search(text[max(series.span.start - 30, 0) : endpoint.span.end + 8])


_IS_RELATED = re.compile(r"\b(?:related|associated|correlated?|linked|predictive)\s(?:to|with|of)\s(?:\w+\s)?$")
_PARTS = re.compile(r"\b(?:including|comprising|consisting\sof|composed\sof|of\s(?:which|whom)|among\s(?:which|whom|them))\b")
_ONLY_LOOKED_AT = re.compile(r"\b(?:evaluable|assessable|evaluated|assessed|analy[sz]ed|available|eligible|included)\s(?:for|in)\b", re.IGNORECASE)
_OWN_BRACKET = re.compile(r"\s?(?:\([A-Z]{2,5}\)\s?)?[(\[]\s?[\d<>n]")
_HAS_OWN_VALUE = re.compile(r"\s?(?:\([A-Za-z+/ -]+\)\s?)?(?:rates?\s)?(?:of|was|were|being|:|=)\s(?:[a-z]+\s){0,2}[\d<>]")
_OTHER_MATTER = re.compile(
    r"""
    \b (?:
        complet\w+ | compliance | received | underwent | performed | refus\w+ | (?<!-)(?<!-\s)treated | started | enrol\w+ | random\w+
        | available | underwent | involvement | margins?
      | downstag\w+ | down-staging | resectab\w+ | resection\srates?
      | mutations? | positive | negative | evaluable | assessable | had\sreceived | were\s(?: male | female | men | women )
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)


_GIVEN = r"(?:who\s)?(?:were\s)?(?:in|of|from|on|with|receiv\w+|given|taking|(?:(?:treat|manag|assign|allocat|randomi[sz])ed)\s(?:with|in|to))"
# " of patients in the @ group", " of @-treated patients", " of those given @"
_PEOPLE_OF_ARM = re.compile(
    rf"""
    ^ [\s)\]]* (?:of\s)? (?:the\s)?
    (?: (?: @ (?:-treated)? \s )? (?:patients|cases|women|men|participants|subjects|dogs) | those (?= \s {_GIVEN} \s (?:the\s)? @ ) )?
    \s? (?: {_GIVEN} \s (?:the\s)? @ \s? (?:{ARM_WORD})? )? \s? """,
    re.VERBOSE,
)


def _far(read: ReadSentence, endpoint: Mention, value: Value) -> bool:
    """Whether a share or count stands too far behind an endpoint to be told of it, or behind something else that it is told of."""
    gap = without_brackets(read.sentence.text[endpoint.span.end : value.whole.start])
    told = [m for m in read.of(MentionKind.ARM, MentionKind.POPULATION) if endpoint.span.end <= m.span.start and m.span.end <= value.span.start]
    arms = sum(m.span.end - m.span.start for m in told)
    if endpoint.norm == "DEATH" and (_OTHER_MATTER_THAN_DEATH.search(gap) or _HAD_RECURRENCE.match(read.sentence.text, value.whole.end)):
        return True
    matter = WHO_WERE.sub(" ", _without_people(read, endpoint, value))
    if endpoint.norm == "DOSE_REDUCTION":
        matter = re.sub(r"\b(?:performed|required|made)\b", "", matter)
    return len(re.sub(r"\s+", " ", gap)) - arms > 110 or bool(_OTHER_MATTER.search(matter))


def _without_people(read: ReadSentence, endpoint: Mention, value: Value) -> str:
    """What stands between an endpoint and its value, without brackets and the populations named there: they are whose value it is."""
    text = read.sentence.text
    for people in read.of(MentionKind.POPULATION):
        if endpoint.span.end <= people.span.start and people.span.end <= value.span.start:
            text = text[: people.span.start] + " " * (people.span.end - people.span.start) + text[people.span.end :]
    return without_brackets(text[endpoint.span.end : value.whole.start])


_HAD_RECURRENCE = re.compile(r"[^.;]{0,80}?\s(?:had|developed|experienced)\s(?:an?\s)?(?:\w+\s)?(?:recurrences?|relapses?|metastas[ei]s)\b")
_OTHER_MATTER_THAN_DEATH = re.compile(r"\b(?:required|alive|had\san?|relapsed?|recurrences?|progressed)\b", re.IGNORECASE)


def without_arms(read: ReadSentence, start: int, end: int) -> str:
    """A stretch of the sentence with its arms taken out, and what ties them to a count ("patients in the A group")."""
    text = read.sentence.text[start:end]
    for arm in sorted(read.of(MentionKind.ARM), key=lambda m: -m.span.start):
        if start <= arm.span.start and arm.span.end <= end:
            text = text[: arm.span.start - start] + "@" + text[arm.span.end - start :]
    return _PEOPLE_OF_ARM.sub("", text)


def _outside_brackets(text: str, endpoints: Sequence[Mention], at: int) -> Mention:
    """The last endpoint that is not in a bracket of its own, save as the abbreviation of one that is not."""
    outside = [
        e
        for e in endpoints
        if any(opening(text, o.span.start) in (None, opening(text, at)) for o in endpoints if o is e or (o.norm == e.norm and o.span < e.span))
    ]
    return outside[-1] if outside else endpoints[-1]


def endpoint_list(read: ReadSentence, before: int, k: int, endpoints: Sequence[Mention]) -> list[Mention] | None:
    """The list of k endpoints that ends last before a place."""
    groups = coordinated(read.sentence.text, [e for e in endpoints if e.span.end <= before])
    return groups[-1] if groups and len(groups[-1]) == k == len({e.norm for e in groups[-1]}) else None


def spread_over(read: ReadSentence, series: Series, targets: Sequence[Mention], *, also_single: bool = True) -> list[Mention | None]:
    """For each value of a series the arm (or population) it belongs to, None where the sentence does not say."""
    k = len(series.values)
    ahead = listed_by_runs(read.sentence.text, series.values, targets) or (_one_ahead_of_each(read.sentence.text, series, targets) if k > 1 else None)
    if ahead is not None:
        return list(ahead)
    local = [_local(read, v, series, targets) for v in series.values]
    if all(local):
        return local
    if k == 1:
        return [_single(read, series.values[0], targets)] if also_single else local
    each = _one_each(series, targets)
    if each is not None:
        return list(each)
    ordered = _listed(read, series, targets)
    if ordered is not None and all(one is None or one.norm == other.norm for one, other in zip(local, ordered, strict=True)):
        return list(ordered)
    return _with_the_other(series, local, targets)


def _with_the_other(series: Series, local: list[Mention | None], targets: Sequence[Mention]) -> list[Mention | None]:
    """Values of which all but the first have their target right behind: the first is of another target, the only one told before it."""
    told, known = {t.norm: t for t in targets if t.span.end <= series.span.start}, {t.norm for t in local[1:] if t is not None}
    if local[0] is None and len(known) == len(local) - 1 and len(told) == 1 and not known & set(told):
        return [*told.values(), *local[1:]]
    return local


def _one_ahead_of_each(text: str, series: Series, targets: Sequence[Mention]) -> list[Mention] | None:
    """One target ahead of each value and none behind the last: "for patients on A 9 months, for patients on B 7 months"."""
    starts, ends = [v.whole.start for v in series.values], [v.whole.end for v in series.values]
    found = [[t for t in targets if start <= t.span.start and t.span.end <= end] for start, end in zip([0, *ends[:-1]], starts, strict=True)]
    behind = [t for t in targets if 0 <= t.span.start - ends[-1] < 60 and ";" not in text[ends[-1] : t.span.start]]
    if behind or not all(len({t.norm for t in here}) == 1 for here in found) or len({here[0].norm for here in found}) != len(found):
        return None
    return [here[-1] for here in found]


def _one_each(series: Series, targets: Sequence[Mention]) -> list[Mention] | None:
    """One target before each value, or one behind each: "A had a median of 4 months, those on B one of 6 months"."""
    starts = [v.whole.start for v in series.values]
    ends = [v.whole.end for v in series.values]
    for bounds in (list(zip([0, *ends[:-1]], starts, strict=True)), list(zip(ends, [*starts[1:], 10**9], strict=True))):
        found = [[t for t in targets if start <= t.span.start and t.span.end <= end] for start, end in bounds]
        if all(len({t.norm for t in here}) == 1 for here in found) and len({here[0].norm for here in found}) == len(found):
            return [here[0] for here in found]
    return None


def _local(read: ReadSentence, value: Value, series: Series, targets: Sequence[Mention]) -> Mention | None:
    """The target that stands right behind the value, or that the value stands in a bracket of."""
    text = read.sentence.text
    end = _behind_bracket(text, value)
    while (end < len(text) and text[end] in ")]%") or re.match(r"\s?[\])]", text[end : end + 2]):
        end += 1
    alone = len(series.values) == 1
    own = opening(text, value.span.start)
    if (its := its_own(text, value, targets)) is not None:
        return its
    if len(series.values) == 2 and value is series.values[1] and own is not None and own == opening(text, series.values[0].span.start):
        targets = [t for t in targets if opening(text, t.span.start) == own]  # "rash (12% v 9%) with A": the bracket tells both arms
    for target in targets:
        if 0 <= target.span.start - end <= 70 and not any(value.span.start < v.span.start < target.span.start for v in series.values):
            gap = without_brackets(text[end : target.span.start])
            counted = (value.kind is Kind.COUNT and gap == " ") or (target.norm.startswith(("no ", "without ")) and _AHEAD_OF_DENIED.fullmatch(gap))
            counts = value.kind is Kind.TIME and gap.lstrip(", ")[:1].isdigit()  # "followed for 31 months, 40 patients on A": all were
            told_next = opens_the_next(text, gap, target) or (gap.lstrip()[:1] == "," and (counts or _OWN_VALUE_FOLLOWS.match(text, target.span.end)))
            counted = counted or (value.kind is Kind.COUNT and _STOPPED_IT.fullmatch(gap) is not None)
            counted = counted or (gap == " to " and _RESPONDED_TO.search(text[: value.span.start]) is not None)
            if (counted or _AFTER_ARM.fullmatch(gap)) and not told_next and not _list_follows(text, target, targets, series, value):
                return target
    owned = [t for t in targets if 0 <= t.span.start - value.span.end <= 20 and _IN_BRACKET_BEHIND.fullmatch(text[value.span.end : t.span.start])]
    in_own = owned and opening(text, owned[0].span.start) != opening(text, value.span.start)
    if in_own and not _list_follows(text, owned[0], targets, series, value):
        return owned[0]
    bracket = outermost(text, value.span.start)
    if bracket is not None and (alone or not any(v is not value and outermost(text, v.span.start) == bracket for v in series.values)):
        for target in targets:
            if target.span.end <= bracket and _OWNER_GAP.fullmatch(text[target.span.end : value.whole.start]):
                return target
    return None


# "three stopped A because of toxicity and five stopped B because of rash"
_STOPPED_IT = re.compile(r"\s(?:(?:patients?|women|men|subjects)\s)?(?:stopped|discontinued|interrupted)\s(?:the\s)?")
# "41% responded to A and 28% to B"
_RESPONDED_TO = re.compile(r"\brespond(?:ed|ing)\sto\s[^.;]*$")


def _behind_bracket(text: str, value: Value) -> int:
    """Where a value ends with the bracket that opens behind it, if some of that bracket is not the value's: "11.0 months (95% CI 9-14, p = 0.5)"."""
    bracket = opening(text, value.whole.end)
    if bracket is None or bracket < value.span.end:
        return value.whole.end
    end = value.whole.end
    while end < len(text) and opening(text, end) is not None and (opening(text, end) or 0) >= bracket:
        end += 1
    return end


# "9 months, for patients on A 7 months": the arm opens what comes next.
_OWN_VALUE_FOLLOWS = re.compile(r"\s(?:arm\s|group\s)?(?:(?:was|were|had|it\swas)\s)?[\d.]+\s?(?:months?|years?|weeks?|days?|%)")
# "24% (placebo, n = 30) and 17% (erlotinib, n = 28)".
_IN_BRACKET_BEHIND = re.compile(r"\s?%?\s?[(\[]\s?(?:the\s)?")


def _list_follows(text: str, target: Mention, targets: Sequence[Mention], series: Series, value: Value) -> bool:
    """Whether the target behind the last value opens a list that all values share ("2.8 vs 1.6 months in the A and B arms")."""
    if len(series.values) < 2 or value is not series.values[-1]:
        return False
    following = [t for t in targets if t.span.start >= target.span.start]
    groups = coordinated(text, following)
    return bool(groups) and len(groups[0]) == len(series.values) and len({m.norm for m in groups[0]}) == len(series.values)


def _single(read: ReadSentence, value: Value, targets: Sequence[Mention]) -> Mention | None:
    """The target of a value that stands alone: the nearest before it in its clause, else the nearest behind it."""
    text = read.sentence.text
    bracket = outermost(text, value.span.start)
    start = clause_start(text, value.span.start)
    if bracket is not None and not any(start <= t.span.start < value.span.start for t in targets):
        start = clause_start(text, bracket)  # "whereas B by fever (grade 3: 12%)"
    before = [t for t in targets if start <= t.span.start and t.span.end <= value.span.start]
    before = before or [t for t in targets if t.span.end <= start and _LABEL_END.fullmatch(text, t.span.end, start)]
    behind = told_behind(text, value, targets)
    if behind is not None:
        return behind
    if before:
        groups = coordinated(text, before)
        if len({m.norm for m in groups[-1]}) == 1:
            return before[-1]
        compared = [t for t in before if not re.search(r"(?:compared\s(?:with|to)|than|versus|vs\.?)\s(?:the\s|that\s|in\s)*$", text[: t.span.start])]
        return compared[-1] if len({m.norm for m in compared}) == 1 else None
    after = [t for t in targets if t.span.start >= value.whole.end]
    gap = without_brackets(text)[value.whole.end : after[0].span.start] if after else ""
    told = after and any(m.norm == after[0].norm and m.span.end <= value.span.start for m in read.of(MentionKind.ARM))
    if after and COMPARES_WITH.search(gap) and not told and opening(text, value.span.start) is None:
        return None  # "12%, which is higher than with A"
    if after and NEXT_CLAUSE.search(gap):
        after = []
    stop = NEXT_CLAUSE.search(without_brackets(text), value.whole.end)
    near = [t for t in after if t.span.start - value.whole.end < 90 and (stop is None or t.span.start < stop.start())]
    if near:
        return near[0] if len({t.norm for t in near}) == 1 else None
    earlier = [t for t in targets if t.span.end <= value.span.start]
    if len({t.norm for t in earlier}) == 1:
        return earlier[-1]
    return after[0] if after and len({t.norm for t in targets}) == 1 else None


# What stands behind is what the value is compared with.
COMPARES_WITH = re.compile(
    r"\b(?:than|compar(?:ed|es|able|ing|ison)\s(?:\w+ly\s)?(?:with|to)|versus|vs\.?|relative\sto|as\sopposed\sto|(?:superior|inferior|similar|equivalent)\sto"
    r"|in\s(?:comparison|contrast)\s(?:with|to))(?!\w)",
    re.IGNORECASE,
)
# "docetaxel arm: nausea 12%, rash 4%": what stands before the colon.
_LABEL_END = re.compile(rf"\s?(?:{ARM_WORD})?\s?(?:[(\[][^()\[\]]*[)\]])?\s?:\s", re.VERBOSE)


def _listed(read: ReadSentence, series: Series, targets: Sequence[Mention]) -> list[Mention] | None:
    """As many targets as values, in order: a list right before or behind, or all that the clause names before."""
    text, k = read.sentence.text, len(series.values)
    after = coordinated(text, [t for t in targets if t.span.start >= series.span.end])
    if (
        after
        and len(after[0]) == k
        and after[0][0].span.start - series.span.end < 80
        and len({m.norm for m in after[0]}) == k
        and ";" not in without_brackets(text)[series.span.end : after[0][0].span.start]
    ):
        return after[0]
    before = [t for t in targets if t.span.end <= series.span.start]
    for group in reversed(coordinated(text, before)):
        if len(group) == k and len({m.norm for m in group}) == k and not _HAS_ITS_OWN.search(text, group[0].span.end, group[-1].span.start):
            return subject_first(text, group)
    distinct = _in_order(before)
    if len(distinct) == k:
        return subject_first(text, distinct)
    recent = _in_order([t for t in before if t.span.start >= clause_start(text, series.span.start)])
    return recent if len(recent) == k else None


_HAS_ITS_OWN = re.compile(r"[(\[]\s?(?:n\s?=\s?\d+[,;]\s?)?\d[\d.]*\s?(?:%|months|years|weeks)")
_COMPARED_WITH = re.compile(rf"\b{COMPARED_WITH}\s(?:(?:the|patients|those|in|on|with|of)\s)*$", re.IGNORECASE)


def subject_first(text: str, pair: list[Mention]) -> list[Mention]:
    """Two arms, what is compared before what it is compared with: "Compared with B, A prolonged median PFS (9 vs 7 months)"."""
    behind = len(pair) == 2 and _COMPARED_WITH.search(text[: pair[0].span.start])
    return [pair[1], pair[0]] if behind and not _COMPARED_WITH.search(text[: pair[1].span.start]) else pair


def _in_order(mentions: Sequence[Mention]) -> list[Mention]:
    found: dict[str, Mention] = {}
    for mention in mentions:
        found.setdefault(mention.norm, mention)
    return list(found.values())
