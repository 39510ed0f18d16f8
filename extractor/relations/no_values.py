"""Numbers that look like values of an arm and are none: cut-offs, ages, changes, spreads, ranges, lengths of treatment, whom a statement is about."""

from __future__ import annotations

import re

from extractor.document import CharSpan
from extractor.entities import MentionKind
from extractor.entities.endpoints import quantities_of
from extractor.relations.reading import Reading
from extractor.relations.studies import study_at
from extractor.relations.targets import Series
from extractor.relations.topics import DIFFERENCE
from extractor.relations.values import Kind, Value

# "events that occurred in >=10% of patients": which events are shown, not how often one was seen, as in "fever was seen in <1%".
AT_LEAST_IN = re.compile(
    r"\b(?:that|which|(?:events?|AEs|toxicities)(?!\s(?:was|were|is|are|have|has|had)\b))\s(?:\w+\s){0,2}(?:in|by|among)\s$"
    r"|(?<!was\s)(?<!were\s)(?<!been\s)(?<!is\s)(?<!are\s)\b(?:occurring|reported|seen|observed|recorded|noted)\s(?:\w+\s){0,2}(?:in|by|among)\s$"
    r"|\b(?:common|frequent|frequently|commonly|reported|observed|occurring)(?:\s(?:adverse\s|side\s)?(?:events?|reactions?|effects?|toxicities|(?:TE|TR|S)?AEs))?"
    r"\s\((?:i\.?e\.?,?\s|occurring\sin\s)?$"
    r"|\boccurring\sat\san?\s(?:rate|frequency|incidence)\s(?:of\s)?$",
    re.IGNORECASE,
)
# "A lasting response was observed in more than 50% of the responders": of no event, such a bound says whom the sentence is about.
WAS_SEEN_IN = re.compile(r"\b(?:was|were|been|is|are)\s(?:\w+ly\s)?(?:reported|seen|observed|recorded|noted)\s(?:\w+\s){0,2}in\s$", re.IGNORECASE)
# "events seen in more than one patient were": the same of a count.
# "26 patients survived more than 3 months": the length of time by which they were told, no survival.
SURVIVED_LONGER = re.compile(
    r"\b(?:surviv(?:ed|ing)|lived|(?:were|are)\s(?:still\s)?alive)\s(?:for\s|beyond\s|past\s)?(?:(?:(?:more|longer|greater|less|shorter)\sthan|at\sleast|over|beyond|[>≥<≤])\s?)?$",
    re.IGNORECASE,
)
# "... and could be included in the 3 month follow up": which visit it was.
THE_FOLLOW_UP = re.compile(
    r"\b(?:the|our|this|their|each)\s(?P<time>\d+(?:\.\d+)?[\s-](?:months?|years?|weeks?|days?))[\s-]follow[\s-]?up\b", re.IGNORECASE
)
SHOWN_FROM = re.compile(
    r"\b(?:that|which|events?|AEs|SAEs|toxicities|reactions|occurring|occurred|reported|seen|observed|recorded|noted)\s(?:\w+\s){0,2}in\s(?:at\sleast|more\sthan|over|≥)\s?$",
    re.IGNORECASE,
)


# "mild in 20%, moderate in 10%", "(60%, grade 3 in 8%)"
SO_SEVERE_IN = re.compile(r"\b(?:mild|moderate|severe|grades?\s[1-5](?:\s?[-/]\s?[45])?)\sin\s(?=\d)", re.IGNORECASE)


_OF_WHAT = re.compile(r"(?P<name>[\w-]+)\s?$")
_BEFORE_BOUND = re.compile(
    r"(?:was|were|is|are|be|been|being|of|in|to|than|vs|versus|and|or|by|from|at|for|with|only|rates?|approximately|about|remained|reached|exceeded|had|has|have)",
    re.IGNORECASE,
)


def says_what_is_shown(reading: Reading, value: Value) -> bool:
    """Whether a bound says which events are shown: "events seen in >=10% were"; not how often one was, as in "rash, which was seen in <1%"."""
    shown = AT_LEAST_IN.search(reading.text[: value.span.start]) if value.op else None
    if shown is None:
        return False
    named = any(re.fullmatch(r",?\s?", reading.text[e.span.end : shown.start()]) for e in reading.events)
    return not (named and value.op in ("<", "<="))


_OF_SO_MUCH = re.compile(r"\b(?:of|with|at|level|expression)\s$")


def is_level_of(reading: Reading, value: Value) -> bool:
    """Whether a bound is what something else was above or below, and no result: "patients with KPS >80%", "PD-L1 ≥1%"; not "was <1%", "ORR <1%"."""
    or_more = _OR_MORE.match(reading.text, value.span.end)
    if value.op is None and or_more is not None and _OF_SO_MUCH.search(reading.text[: value.span.start]):
        return not _OF_PEOPLE.match(reading.text, or_more.end())
    if _is_level_of_factor(reading, value):
        return True
    if value.op is None or reading.text[value.span.start] not in "<>≤≥":
        return False
    name = _OF_WHAT.search(reading.text[: value.span.start])
    if name is None or _BEFORE_BOUND.fullmatch(name.group("name")) or name.group("name").replace("%", "").isdigit():
        return False
    return not any(m.span.end == name.end("name") for m in (*reading.endpoints, *reading.events, *reading.arms))


# "weight loss of more than 10% (HR 1.9", "Ki-67 above 20% (HR 1.4": what an estimate stands right behind is its factor.
_BOUND_OF = re.compile(
    r"(?P<of>\bof\s)?\b(?:(?:more|less|greater|higher|lower|fewer)\sthan|above|below|over|under|at\sleast|exceeding|up\sto)\s[\d.]+\s?%?$",
    re.IGNORECASE,
)


def _is_level_of_factor(reading: Reading, value: Value) -> bool:
    """Whether a share is the cut-off of a factor: a bound in words, with an estimate (or, behind "of", a p-value) right behind it."""
    bound = _BOUND_OF.search(reading.text[: value.span.end])
    if bound is None or any(m.span.end == bound.start() or m.span.end + 1 == bound.start() for m in reading.endpoints):
        return False
    starts = [e.whole.start for e in reading.numbers.effects] + [p.span.start for p in reading.numbers.p_values if bound.group("of")]
    return any(_OPENS.fullmatch(reading.text, value.whole.end, start) for start in starts if start >= value.whole.end)


_OPENS = re.compile(r"\s?[(\[]\s?(?:both\s|all\s)?")
_OR_MORE = re.compile(r"\s(?:or|and)\s(?:more|greater|higher|above|over|better|less)\b")


def is_degree(reading: Reading, value: Value) -> bool:
    """Whether a share is how far a marker or a lesion had to change in those who are counted behind it: "PSA fell by at least 50% in 12 patients"."""
    bounded = value.op is not None or _OR_MORE.match(reading.text, value.span.end) is not None
    if value.kind is not Kind.SHARE or not bounded or not any(quantities_of()[e.norm] in ("level", "size") for e in reading.endpoints):
        return False
    return any(
        v.kind in (Kind.SHARE, Kind.COUNT) and v.unit in ("percent", "patient") and v.whole.start >= value.whole.end for v in reading.numbers.values
    )


FROM_VALUE = re.compile(r"\bfrom\s(?=(?:a\smedian\sof\s)?\d)", re.IGNORECASE)
_A_CHANGE = re.compile(
    r"[\s)\]]*\((?:i\.?e\.?,?\s)?from\s(?=\d)|"  # "an increase of 7% (from 28% to 35%)"
    r"[\s)\]]*(?:(?:absolute|relative|overall|significant)\s)*(?:risk\s)?(?:reduction|increase|improvement|decrease|gain|difference)s?\b"
    r"|[\s)\]]*(?:[a-z-]+\s){0,3}(?:survival|response|OS|PFS|DFS)\s(?:rate\s)?(?:benefit|gain|advantage|difference|improvement|increase)s?\b"
    r"|[\s)\]]*(?:longer|shorter|higher|lower|greater|better|worse)\s(?:in|for|with|among|after|under|without)\b"
    r"|[\s)\]]*(?:(?:significantly|absolute)\s)?(?:longer|shorter|higher|lower|greater|better|worse)\s(?:[\w\s]{0,40}\s)?than\b"
    r"|[\s)\]]*(?:(?:significantly|relative|about)\s)?(?:higher|lower|greater|reduced|increased|decreased|elevated)\s(?:[\w-]+\s){0,2}(?:risk|odds|likelihood|hazard)\b",
    re.IGNORECASE,
)
_SPREAD_SIGN = re.compile(r"(?:±|\+/-)\s?$")
_BY = re.compile(
    r"\b(?:reduc|increas|improv|prolong|decreas|lower|rais|extend|declin|fell\b|fall|drop|rose\b|rise|shr[aiu]nk)\w*\b[^.;:]{0,90}"
    r"\sby\s(?:(?:an?|about|another|further|additional|approximately|nearly|up\sto|as\smuch\sas|at\sleast|over|more\sthan|less\sthan|almost|some|≥|>)\s?){0,2}$",
    re.IGNORECASE,
)


# "ischemic stroke by 40% and bleeding by 12%": how much rarer an event was.
_BY_SO_MUCH = re.compile(
    r"(?:\s\([^()]*\))?(?:\s(?:was|were|had|has|have|been))*(?:\s(?:[a-z]+ly\s)?(?:decreased|reduced|lowered|fell|dropped|declined|increased|rose|cut))?"
    r"(?:\s[a-z]+ly)?\s(?:by|up\sto)\s(?:(?:about|approximately|nearly|up\sto|at\sleast|more\sthan|over)\s)?(?:[<>≥≤]|up\sto\s)?"
)
_MADE_RARER = re.compile(r"\b(?:reduc|lower|decreas|increas|cut|halv|rais|diminish|protect)\w*\b", re.IGNORECASE)
_TOLD_BY = re.compile(r"\b(?:noted|reported|experienced|suffered|developed|seen|had)\b", re.IGNORECASE)


def _fell_by(text: str, event: CharSpan, value: Value) -> bool:
    """Whether a share says by how much an event became rarer; not "nausea was noted by 33% and alopecia by 9%"."""
    head = text[: value.span.start]
    by = _BY_SO_MUCH.fullmatch(text, event.end, value.span.start) or (
        text[event.end : value.span.start] == " " and text.startswith("up to", value.span.start)
    )
    return bool(by and _MADE_RARER.search(head) and not _TOLD_BY.search(head))


# "exceeded the historical rate of 10%"
_EXPECTED = re.compile(
    r"\b(?:historical|anticipated|null|target|hypothesi[sz]ed|prespecified|benchmark)\s(?:(?!and\b|but\b|was\b|in\b|by\b|vs\b)[\w-]+\s){0,4}of\s(?:about\s|only\s)?$",
    re.IGNORECASE,
)


def is_change(reading: Reading, value: Value) -> bool:
    """Whether a share is by how much something was better, by the words behind it: "a 7% absolute improvement"; not one end of "20-40% higher"."""
    ends = _OF_A_RANGE.search(reading.text[: value.whole.start]) is not None
    return value.kind is Kind.SHARE and not ends and _A_CHANGE.match(reading.text, value.whole.end) is not None


_OF_A_RANGE = re.compile(r"\d\s?%?\s?(?:[-–]|\bto|\band)\s?$")


# "using 2% lidocaine", "the 4% lidocaine group", "an intranasal 2% solution"
_GIVEN_AT = re.compile(
    r"\b(?:the|an?|using|used|of|with|received|receiving|administered|given|intranasal|topical|intravenous|applied|than|between)\s$", re.IGNORECASE
)
_STRENGTH_ALONE = re.compile(r"\s(?:group|arm|solution|concentration)s?\b")


def _is_strength(reading: Reading, value: Value) -> bool:
    """Whether a share is how strong the drug behind it was made."""
    given = _GIVEN_AT.search(reading.text[: value.span.start])
    if value.kind is not Kind.SHARE or value.n is not None or given is None or any(e.span.end + 1 == given.start() for e in reading.endpoints):
        return False
    if _STRENGTH_ALONE.match(reading.text, value.span.end) and re.search(r"\bthe\s$", reading.text[: value.span.start], re.IGNORECASE):
        return True
    drugs = reading.read.of(MentionKind.DRUG)
    return any(d.span.start == value.span.end + 1 and not _TREATED.match(reading.text, d.span.end) for d in drugs)


_TREATED = re.compile(r"[\s-](?:treated|patients?|recipients?|users?|versus|vs)\b|\s?[,);]")


_MONTHS = {"day": 12 / 365.25, "week": 84 / 365.25, "month": 1.0, "year": 12.0}


def _same_length(text: str, first: Value, second: Value) -> bool:
    """Whether a length of time in a bracket says the one before it in another unit: "5.7 years (68 months)"."""
    ends = (first.value, second.value)
    if first.kind is not Kind.TIME or second.kind is not Kind.TIME or first.unit == second.unit or None in ends:
        return False
    if not re.fullmatch(r"\s?[(\[]", text[first.whole.end : second.span.start]):
        return False
    one, other = ((v.value or 0) * _MONTHS.get(v.unit or "", 0) for v in (first, second))
    return abs(one - other) <= 0.06 * one


# "nausea was reported by 31% and vomiting by 18% of patients": by whom, not by how much.
_OF_PEOPLE = re.compile(r"\sof\s(?:the\s|all\s|those\s)?(?:[\w-]+\s)?(?:patients|participants|subjects|women|men|children|responders|group)\b")


def no_value(reading: Reading, series: Series) -> str | None:
    """Why a number that looks like a value of an arm is none: it is a change, or how long a treatment was given; None where it may be one."""
    value = series.values[0]
    if any(_SPREAD_SIGN.search(reading.text[: v.span.start]) for v in series.values) or _is_range_of_median(reading, series):
        return "a spread"
    if value.kind is Kind.SHARE and _says_how_far(reading, value):
        return "how far a dose was reduced"
    reason = _no_people(reading, series)
    if reason is not None:
        return reason
    by_whom = _OF_PEOPLE.match(reading.text, value.whole.end) is not None
    fell = value.kind is Kind.SHARE and not by_whom and any(_fell_by(reading.text, e.span, value) for e in reading.events)
    if fell or (len(series.values) == 2 and value.kind is Kind.SHARE and _UP_OR_DOWN.match(reading.text, series.values[1].whole.end)):
        return "a change, no value of an arm"
    if any(_is_strength(reading, v) for v in series.values):
        return "the strength of a drug"
    if len(series.values) > 1 or value.kind not in (Kind.TIME, Kind.SHARE):
        return None
    if any(_same_length(reading.text, other, value) for other in reading.numbers.values):
        return "the same length of time in another unit"
    before = reading.text[: value.span.start]
    if value.kind is Kind.TIME and (_EXTREME.search(before) or (_LONGEST.search(before) and any(e.norm == "FOLLOW_UP" for e in reading.endpoints))):
        return "a spread"
    if _is_age(reading, value):
        return "an age"
    if value.kind is Kind.TIME and _AHEAD_OF_STUDY.search(reading.text) and any(e.norm == "DURATION" for e in reading.endpoints):
        return "baseline characteristics"
    if _is_name_of_response(reading, value):
        return "a cut-off"
    of_event = value.kind is Kind.SHARE and bool(reading.events) and not reading.endpoints
    if _A_CHANGE.match(reading.text, value.whole.end) or (_BY.search(before) and not by_whom and (of_event or not DIFFERENCE.search(before))):
        return "a change, no value of an arm"
    behind = value.kind is Kind.TIME and reading.text[value.span.end : value.span.end + 4] == " of "
    given = behind and any(m.span.start == value.span.end + 4 for m in reading.read.of(MentionKind.ARM))
    lasted = any(e.norm == "DURATION" and e.span.end <= value.span.start for e in reading.endpoints)
    return "how long treatment was given" if given and not lasted else None


_AHEAD_OF_STUDY = re.compile(
    r"\b(?:prior\sto|before|previous\sto)\s(?:the\s|their\s)?(?:study|trial|inclusion|enrol\w+|randomi\w+|entry|entering|screening)\b", re.IGNORECASE
)
# "30% on A had a 50% responder rate": those who are called so.
_RESPONDERS = re.compile(r"[\s-]responders?\b", re.IGNORECASE)


def _is_name_of_response(reading: Reading, value: Value) -> bool:
    """Whether a share is how much better those had to be who are counted by another: "a 50% responder rate of 30%"."""
    others = [v for v in reading.numbers.values if v.kind is Kind.SHARE and v is not value]
    return value.kind is Kind.SHARE and value.n is None and bool(others) and _RESPONDERS.match(reading.text, value.span.end) is not None


# "(min: 3.1, max: 3.3 years)", "the maximum follow-up was 10 years"
_EXTREME = re.compile(r"\b(?:min|max|minimum|maximum|shortest|longest)\.?\s?[:=,]\s?$", re.IGNORECASE)
_LONGEST = re.compile(r"\b(?:maximum|minimum|longest|shortest|minimal|maximal)\s(?:[\w-]+\s){1,3}(?:was|of|:)\s$", re.IGNORECASE)
# "20-40% higher in A than in B"
_UP_OR_DOWN = re.compile(r"[\s)\]]*(?:longer|shorter|higher|lower|greater|better|worse)\s(?:in|for|with|among|than)\b")
# "30% of all deaths are due to stroke": of those who die in a country, and no share of patients; a trial's own deaths are told by their causes.
_OF_DEATHS = re.compile(
    r"[\s)\]]*(?:of|in)\s(?:all\s|the\s|these\s|such\s|those\s|total\s|annual\s|our\s|reported\s){0,3}(?:(?!patients\b|women\b|men\b|cases\b)[\w'./-]+\s){0,4}"
    r"(?:deaths?|mortality)\b",
    re.IGNORECASE,
)
_ACCOUNTED = re.compile(r"\baccount(?:ed|ing|s)?\sfor\s(?:(?:about|only|approximately|nearly|over)\s)?$", re.IGNORECASE)
_PER = re.compile(r"\bper\s$", re.IGNORECASE)
_EACH_SO_MANY = re.compile(r"\b(?:each|both)\s(?:group\s|arm\s)?[nN]\s?=\s?$")
# "The analysis was done after 88 PFS events": when it was to be done.
_TIME_OF_ANALYSIS = re.compile(
    r"\b(?:analys[ei]s|cut-?off)\b[^.;]{0,60}\b(?:performed|conducted|carried\sout|undertaken|done|made|took\splace|occurred|triggered|planned|scheduled)\s"
    r"(?:after|at|when|once|until|upon|by|following|with)\s(?:a\stotal\sof\s|the\sfirst\s|about\s|approximately\s)?$",
    re.IGNORECASE,
)
_MOST_PATIENTS = 200_000
"""No trial has as many: more are the people of a country."""


def _no_people(reading: Reading, series: Series) -> str | None:
    """Why numbers that look like patients or a share of them are none: deaths by their causes, rates by a population, a nation."""
    value, before = series.values[0], reading.text[: series.span.start]
    cited = study_at(reading.context, value.span.start).provenance == "cited"
    unnamed = cited or _ACCOUNTED.search(before) is not None
    if value.kind is Kind.SHARE and value.n is None and unnamed and _OF_DEATHS.match(reading.text, value.whole.end):
        return "a share of deaths"
    if value.kind is Kind.COUNT and (_PER.search(before) or (not reading.events and _EACH_SO_MANY.search(before))):
        return "the size of a sample"
    if value.kind in (Kind.SHARE, Kind.TIME) and _EXPECTED.search(before):
        return "planned figure, threshold or definition"
    if value.kind is Kind.COUNT and value.n is None and _TIME_OF_ANALYSIS.search(before):
        return "planned figure, threshold or definition"
    if value.kind is Kind.COUNT and (value.value or 0) >= _MOST_PATIENTS:
        return "epidemiology"
    return None


# "A PSA of 4 to 10 ng/mL", "an AFP higher than 400 ng/mL", "not exceeding a diameter of 4 cm": who or what is meant, and no result.
_ABOVE_OR_BELOW = re.compile(
    r"\b(?:(?:higher|greater|more|less|lower|larger|smaller)\sthan|above|below|under|exceed(?:s|ed|ing)?|cut-?offs?(?:\s(?:value|level|point)s?)?(?:\s(?:was|were|set|at|as|of|is))*)"
    r"\s(?:an?\s|the\s)?(?:(?:normal|maximum|maximal|largest)\s(?:diameter|size|value|level)\s(?:of\s)?)?$",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\b(?:patients|men|women|those|subjects|people|cases|persons|individuals|zone|category|range|with|whose)\b[^.;,()\d]{0,40}?\s(?:levels?\s)?(?:of|between|from)\s$",
    re.IGNORECASE,
)


def is_threshold(reading: Reading, series: Series) -> bool:
    """Whether levels or sizes are what something else was above, below or between: "biopsy where PSA is higher than 4 ng/mL", "a PSA of 4 to 10"."""
    value = series.values[0]
    if value.kind not in (Kind.LEVEL, Kind.SIZE) or reading.context.paper.is_case:
        return False
    before = reading.text[: value.span.start]
    between = reading.text[value.span.end : series.values[-1].span.start]
    zone = (
        len(series.values) == 2
        and re.fullmatch(r"\s?(?:[a-zA-Z/]+\s)?(?:to|-|and)\s?", between)
        and _ZONE.search(before)
        and not _AVERAGED.search(before)
    )
    return bool(_ABOVE_OR_BELOW.search(before) or zone)


_AVERAGED = re.compile(r"\b(?:mean|median|average|fell|rose|declin\w+|decreas\w+|increas\w+|reduc\w+|rang\w+)\b", re.IGNORECASE)
_AGE = re.compile(r"\b(?:age|ages|aged|old(?:er)?|younger)\b[^.;]*$", re.IGNORECASE)
# "The mean age of those for whom follow-up was complete was 11 years"
_MEAN_AGE_OF = re.compile(r"\b(?:mean|median|average)\sage\b(?:(?!\b(?:mean|median|average|followed\sfor)\b)[^.;])*\s(?:was|of)\s$", re.IGNORECASE)
_LONGEST_TOLD = 30  # years: no trial of a treatment follows its patients for longer


def _is_age(reading: Reading, value: Value) -> bool:
    """Whether a number of years is an age: that word stands before it and no endpoint between, or it is longer than any follow-up."""
    if value.kind is not Kind.TIME or value.unit != "year":
        return False
    if _MEAN_AGE_OF.search(reading.text[: value.span.start]):
        return True
    told = _AGE.search(reading.text[: value.span.start])
    between = [e for e in reading.endpoints if told is not None and told.start() <= e.span.start < value.span.start]
    return (told is not None and not between) or (value.value or 0) > _LONGEST_TOLD


_WITH_RANGE = re.compile(r"\b(?:range[ds]?|ranging)[\s,:]*(?:of|from|between|was|is)?\s?$", re.IGNORECASE)


def _is_range_of_median(reading: Reading, series: Series) -> bool:
    """Whether two lengths of time are the range of a median told right before them: "a median of 3.6 years with a range of 3 to 4.8 years"."""
    if len(series.values) != 2 or series.values[0].kind is not Kind.TIME or not _WITH_RANGE.search(reading.text[: series.span.start]):
        return False
    before = [v for v in reading.numbers.values if v.whole.end <= series.span.start and v.unit == series.values[0].unit]
    if not before or series.span.start - before[-1].whole.end > _TO_RANGE:
        return False
    low, middle, high = (v.value for v in (series.values[0], before[-1], series.values[1]))
    return None not in (low, middle, high) and (low or 0) <= (middle or 0) <= (high or 0)


_TO_RANGE = 40
_DOSE_CUT = re.compile(
    r"\bdos(?:e|age)s?\s(?:reductions?\s(?:of|by|to)|reduction\s[(\[]|(?:was|were)\s(?:\w+\s)?reduced\s(?:to|by))\s?(?:(?:about|approximately|only|at\sleast|up\sto)\s)?$",
    re.IGNORECASE,
)
_CUT_BEHIND = re.compile(r"\s(?:dose|dosage)\sreduction\b")


def _says_how_far(reading: Reading, value: Value) -> bool:
    """Whether a share is how far a dose was reduced, and not in how many: "a 25% dose reduction", "dose reductions of more than 10%"."""
    return bool(_DOSE_CUT.search(reading.text[: value.span.start]) or _CUT_BEHIND.match(reading.text, value.whole.end))


_OF_WHOM_BEFORE = re.compile(r"(?:^|,\s|;\s|\.\s)(?:of|among)\s(?:the\s|all\s|these\s|those\s)?$", re.IGNORECASE)
_OF_WHOM_BEHIND = re.compile(
    r"[\s)\]]*(?:patients|women|men|cases|subjects|participants)\s(?:[^,;.]{0,60}\s)?(?:with|who|whose|that|in)\b[^;.]{3,200},\s", re.IGNORECASE
)


def says_of_whom(text: str, value: Value) -> bool:
    """Whether a share is who a statement is about: "Of the 12/40 (30%) patients who had a leak, three died"."""
    return bool(_OF_WHOM_BEFORE.search(text[: value.whole.start]) and _OF_WHOM_BEHIND.match(text, value.whole.end))
