"""One sentence read: its numbers tied to endpoint, arm, population, landmark and study."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractor.document import CharSpan, SectionKind
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.quantities import PValue
from extractor.records import Direction, Model, Statistic
from extractor.relations.context import Context, arms_in_force, as_arm, foreground, is_baseline, is_control, study_at, tested_first
from extractor.relations.factors import factor_before, model_at
from extractor.relations.findings import ArmOf, ComparisonFinding, Finding, Leftover, MeasurementFinding, StudyOf, Topic
from extractor.relations.patterns import CRITERION, PLANNED, PROGNOSTIC, WHOLE_COHORT
from extractor.relations.targets import (
    Series,
    clause_start,
    compatible,
    endpoint_list,
    endpoint_of,
    event_of,
    grade_at,
    opening,
    series_of,
    spread_over,
    without_brackets,
)
from extractor.relations.values import Effect, Kind, Landmark, Numbers, Value, read_numbers

MORE_IS_GOOD = frozenset({"OS", "PFS", "TTP", "DFS", "RFS", "EFS", "DOR", "TTF", "CSS", "ORR", "CR", "PR", "DCR", "CBR", "PCR"})
MORE_IS_BAD = frozenset({"AE", "DISCONTINUATION", "DOSE_REDUCTION", "DEATH", "TREATMENT_DEATH", "PD"})
_SAFETY = frozenset({"AE", "DISCONTINUATION", "DOSE_REDUCTION", "TREATMENT_DEATH"})
_DUE_TO = re.compile(
    r"\b(?:due\sto|because\sof|caus\w+|leading\sto|led\sto|result\w+\sin|owing\sto|reasons?\sfor|requiring|related\sto)\b", re.IGNORECASE
)
_RELATED = re.compile(r"\b(?:treatment|drug|therapy|immune)[\s-](?:related|emergent)\b", re.IGNORECASE)
_ENROLLED = re.compile(r"\b(?:enrol\w+|recruit\w+|included|randomi[sz]ed|eligible|excluded|screened|participants\shad)\b[^.;]*$", re.IGNORECASE)
_BASELINE_HEADING = re.compile(
    r"(?:patient|baseline|demographic|population|participant|clinical)s?\s(?:and\s\w+\s)?characteristics|^\W*(?:[\d.]+\s)?(?:study\s)?(?:patients|population|participants|subjects|demographics|patient\sflow|enrol\w+|accrual)\W*$",
    re.IGNORECASE,
)
_FACTOR_TALK = re.compile(r"\bafter\sstratif|stratified\sby", re.IGNORECASE)
_RANDOM_CATEGORY = re.compile(r"\b(?:could|may|might|would|should|can|define\w*|achieve(?=\s)|if|whether|no)\b", re.IGNORECASE)
_CHARACTERISTICS = re.compile(
    r"\b(?:patients?|baseline|clinical|tumou?r|demographic)\s(?:\w+\s)?characteristics\b|\bat\sbaseline\b|\bwell[\s-]balanced\b", re.IGNORECASE
)
_DIFFERENCE = re.compile(
    r"\b(?:improvement|increase|prolongation|gain|benefit|difference|advantage|reduction|decrease)s?\s(?:in|of|for)\b(?P<rest>[^.;()]*(?:\([^()]*\)[^.;()]*)*)\b(?:of|by)\s(?:around\s|about\s|approximately\s|nearly\s|~\s?)?$",
    re.IGNORECASE,
)
_CYCLE = re.compile(
    r"\b(?:after\s)?(?:the\s|a\s|an\sadditional\s)?(?:(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth)\s(?:and\s\w+\s)?cycle|(?P<n>\d+)\scycles)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b(?:between|ranging\sfrom|ranged\sfrom|range\sof|ranging)\s?$", re.IGNORECASE)
# An arm is spoken of, though none that is known: its numbers are of no other.
_SPEAKS_OF_ARMS = re.compile(r"\b(?:groups?|arms?|vs\.?|versus|respectively|compared|than|cohorts?)\b", re.IGNORECASE)
_PEOPLE_WITH = re.compile(r"\b(?:patients|those|women|men|subjects|cases)\s(?:with|who|whose|aged)\b", re.IGNORECASE)
_REASON = re.compile(
    r"(?:\b(?:because\sof|due\sto|owing\sto)\s(?:\w+\s)?|\breasons?\b[^.;]{0,80}|\b(?:until|unless|if|before|whether)\s(?:\w+\s){0,4})$",
    re.IGNORECASE,
)
_NODE = re.compile(r"\b(?:lymph\s)?nod(?:e|es|al)\b", re.IGNORECASE)
_MASS = re.compile(r"\b(?:mass|tumou?rs?|lesions?|nodules?|HCC|carcinoma|metastas[ei]s)\b", re.IGNORECASE)
# Kinds of population that later sentences on the same study still speak of.
_CARRIED = frozenset({"marker-level", "cohort", "subgroup-of-patients"})


def _is_carried(population: Mention) -> bool:
    return population.detail in _CARRIED and (population.detail != "cohort" or population.norm.startswith("cohort"))


_CATEGORIES = {"CR": "complete response", "PR": "partial response", "SD": "stable disease", "PD": "progressive disease"}


@dataclass
class Reading:
    """Everything known about a sentence while it is read. `used` collects the numbers that found a home."""

    read: ReadSentence
    numbers: Numbers
    context: Context
    arms: list[Mention]
    populations: list[Mention]
    endpoints: list[Mention]
    events: list[Mention]
    findings: list[Finding] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    results: int = 0

    @property
    def text(self) -> str:
        """The sentence's folded text."""
        return self.read.sentence.text


@dataclass(frozen=True)
class Told:
    """A series with what it was found to be about, for the estimates and p-values that follow it."""

    series: Series
    topics: tuple[Topic, ...]
    arms: tuple[ArmOf | None, ...]
    populations: tuple[Mention | None, ...]
    result: int


def read_statement(context: Context, read: ReadSentence, marks: Sequence[CharSpan]) -> tuple[Context, list[Finding], list[Leftover]]:
    """The findings of one sentence, what found no home, and the context for the next."""
    masked = [
        m.span
        for m in read.mentions
        if m.kind in (MentionKind.TRIAL, MentionKind.DRUG, MentionKind.DRUG_CLASS, MentionKind.POPULATION, MentionKind.PROCEDURE)
    ]
    masked += [m.span for m in read.of(MentionKind.ARM) if m.detail == "label"]
    masked += [m.span for m in read.of(MentionKind.ENDPOINT) if any(c.isdigit() for c in m.span.of(read.sentence.text))]
    numbers = read_numbers(read.sentence.text, [*masked, *marks])
    reading = Reading(
        read,
        numbers,
        context,
        foreground(read, case=context.paper.is_case),
        [p for p in read.of(MentionKind.POPULATION) if not _ENROLLED.search(read.sentence.text[: p.span.start])],
        _endpoints(read),
        _events(context, read),
    )
    refusal = _refused(reading)
    if refusal is not None:
        reading.leftovers += [Leftover(read, v.span, refusal) for v in numbers.values]
    else:
        told = _tell_values(reading)
        _tell_effects(reading, told)
        _tell_p_values(reading, told)
        if context.paper.is_case:
            _tell_categories(reading)
    return _carried(context, reading), reading.findings, reading.leftovers


def _refused(reading: Reading) -> str | None:
    """Why a sentence is not read for results, None if it is."""
    sentence = reading.read.sentence
    if sentence.section.kind is SectionKind.METHODS:
        return "methods: no result"
    if PLANNED.search(sentence.text):
        return "planned figure, threshold or definition"
    if _CHARACTERISTICS.search(sentence.text) and not any(e.norm not in ("AE", "AFP", "TUMOR_SIZE") for e in reading.endpoints):
        return "baseline characteristics"
    if _BASELINE_HEADING.search(sentence.section.heading) and not reading.context.paper.is_case:
        return "baseline characteristics"
    return None


def _endpoints(read: ReadSentence) -> list[Mention]:
    """The endpoints of a sentence, without those that only give the reason of another ("discontinuation due to adverse events")."""
    text = read.sentence.text
    found = list(read.of(MentionKind.ENDPOINT))
    strong = [e for e in found if e.norm in ("DISCONTINUATION", "DOSE_REDUCTION", "TREATMENT_DEATH")]
    kept = []
    for e in found:
        if e.norm in ("PD", "DEATH") and _REASON.search(text[: e.span.start]):
            continue
        if e.norm in ("AE", "DEATH") and any(
            _DUE_TO.search(text[min(s.span.start, e.span.start) : max(s.span.end, e.span.end)]) and abs(s.span.start - e.span.start) < 90
            for s in strong
        ):
            continue
        kept.append(e)
    return kept


def _events(context: Context, read: ReadSentence) -> list[Mention]:
    """The adverse events of a sentence that speaks of toxicity; the same words elsewhere are diagnoses."""
    events = list(read.of(MentionKind.ADVERSE_EVENT))
    codes = {e.norm for e in read.of(MentionKind.ENDPOINT)}
    toxicity = bool(codes & _SAFETY) or context.in_safety or bool(re.search(r"\b[Gg]rades?\s[1-5≥]|\btoxic", read.sentence.text))
    return events if toxicity or len(events) >= 3 else []


def _tell_values(reading: Reading) -> list[Told]:
    breaks = [m.span for m in (*reading.endpoints, *reading.events)]
    breaks += [e.whole for e in reading.numbers.effects] + [p.span for p in reading.numbers.p_values] + [m.span for m in reading.numbers.landmarks]
    told: list[Told] = []
    for series in series_of(reading.read, reading.numbers, breaks):
        if any(isinstance(f, MeasurementFinding) and f.value_span == series.values[0].span for f in reading.findings):
            continue
        if all(v.op and (v.kind is Kind.LEVEL or (v.kind is Kind.TIME and v.unit == "year")) for v in series.values):
            reading.leftovers += [Leftover(reading.read, v.span, "a cut-off") for v in series.values]
            continue
        one = _tell_difference(reading, series) or _tell_series(reading, series, told)
        if one is not None:
            told.append(one)
    return told


def _tell_series(reading: Reading, series: Series, told: Sequence[Told]) -> Told | None:
    listed = _over_endpoints(reading, series)
    if listed is not None:
        return listed
    topic = _topic(reading, series)
    if topic is None:
        reason = "no endpoint in the sentence that is told in such numbers"
        reading.leftovers += [Leftover(reading.read, v.span, reason) for v in series.values]
        return None
    found = _targets(reading, series, topic.study)
    reading.results += 1
    arms, populations = [], []
    topics = tuple(_landmarked(reading, topic, series, i) for i in range(len(series.values)))
    for i, (value, (arm, population, pattern)) in enumerate(zip(series.values, found, strict=True)):
        arms.append(arm)
        populations.append(population)
        if pattern == "unknown":
            reading.leftovers.append(Leftover(reading.read, value.span, "the sentence does not say which arm"))
            continue
        about = _with_population(topics[i], population)
        about = replace(about, **_grade_slots(reading, value, about))
        reading.findings.append(_measurement(reading, about, arm, value, f"{_how(topic)}/{pattern}"))
    return Told(series, topics, tuple(arms), tuple(populations), reading.results)


def _tell_difference(reading: Reading, series: Series) -> Told | None:
    """ "an improvement in OS and TTP of around 4 months": a difference between two arms, not a value of one."""
    value = series.values[0]
    match = (
        _DIFFERENCE.search(reading.text[: value.span.start])
        if len(series.values) == 1 and value.value is not None and value.kind in (Kind.TIME, Kind.SHARE)
        else None
    )
    endpoints = [e for e in reading.endpoints if match and match.start() <= e.span.start and compatible(value.kind, e.norm)]
    if match is None or not endpoints or value.value is None:
        return None
    study = study_at(reading.context, reading.read, value.span.start)
    arms = [a for a in (_resolve(reading, m, study) for m in reading.arms) if a]
    pair = tuple({a.norm: a for a in arms}.values()) if len({a.norm for a in arms}) == 2 else arms_in_force(reading.context, study)
    if len(pair) != 2:
        reading.leftovers.append(Leftover(reading.read, value.span, "a difference without its two arms"))
        return Told(series, (), (), (), 0)
    first, second = _order(reading, pair[0], pair[1], study)
    for endpoint in {e.norm: e for e in endpoints}.values():
        topic = Topic(endpoint.norm, endpoint.span, None, study)
        reading.findings.append(
            ComparisonFinding(
                reading.read,
                topic,
                first,
                second,
                None,
                None,
                "difference",
                value.value,
                value.span,
                value.interval,
                None,
                None,
                pattern="difference-of-value",
            )
        )
    return Told(series, (), (), (), 0)


def _how(topic: Topic) -> str:
    return "event-rate" if topic.event_span is not None else "endpoint-value"


def _grade_slots(reading: Reading, value: Value, topic: Topic) -> dict[str, object]:
    if topic.endpoint != "AE":
        return {}
    grade, span = grade_at(reading.text, value, reading.context.grade)
    return {"grade": grade, "grade_span": span}


def _over_endpoints(reading: Reading, series: Series) -> Told | None:
    """A list of values over a list of endpoints of the same length: "median PFS and OS were 5 and 11 months"."""
    run = _value_run(reading, series)
    if run is None:
        return None
    values, endpoints = run
    study = study_at(reading.context, reading.read, series.span.start)
    whole = Series(tuple(values))
    arm, population, pattern = _one_target(reading, whole, study)
    reading.results += 1
    topics = []
    for value, endpoint in zip(values, endpoints, strict=True):
        topic = _topic_of(reading, endpoint, value, study)
        topic = _with_population(topic, population)
        topics.append(topic)
        if pattern == "unknown":
            reading.leftovers.append(Leftover(reading.read, value.span, "the sentence does not say which arm"))
        else:
            reading.findings.append(_measurement(reading, topic, arm, value, f"endpoint-list/{pattern}"))
    return Told(series, tuple(topics), (arm,) * len(values), (population,) * len(values), reading.results)


def _value_run(reading: Reading, series: Series) -> tuple[list[Value], list[Mention]] | None:
    """A series, or a run of values of several kinds that starts with it, that answers to a list of endpoints."""
    text = reading.text
    if any(f.value_span == series.values[0].span for f in reading.findings if isinstance(f, MeasurementFinding)):
        return None
    values = list(series.values)
    following = [v for v in reading.numbers.values if v.span.start > series.span.end]
    for value in following:
        gap = text[values[-1].whole.end : value.whole.start]
        if not re.fullmatch(r"[\s)\]]*(?:,\s*and|,|and)\s*", gap):
            break
        values.append(value)
    links = [text[a.whole.end : b.whole.start] for a, b in zip(values, values[1:], strict=False)]
    for k in range(len(values), 1, -1):
        if any(re.search(r"\bvs\.?|versus|compared|than", link) for link in links[: k - 1]):
            continue
        endpoints = endpoint_list(reading.read, values[0].span.start, k, reading.endpoints)
        if endpoints and all(compatible(v.kind, e.norm) for v, e in zip(values[:k], endpoints, strict=True)):
            if k < len(values) and len(series.values) > k:
                continue
            return values[:k], endpoints
    return None


def _one_target(reading: Reading, series: Series, study: StudyOf) -> tuple[ArmOf | None, Mention | None, str]:
    head = Series((replace(series.values[0], whole=series.span),))
    return _targets(reading, head, study)[0]


def _topic(reading: Reading, series: Series) -> Topic | None:
    """What a series is about."""
    value = series.values[0]
    study = study_at(reading.context, reading.read, value.span.start)
    event = event_of(reading.read, value, reading.events) if value.kind in (Kind.SHARE, Kind.COUNT) and reading.events else None
    found = endpoint_of(reading.read, series, reading.endpoints)
    if value.kind is Kind.SIZE:
        return _size_topic(reading, value, study)
    if event is not None and (found is None or _event_wins(reading, event, found[0], value)):
        return _event_topic(reading, event, study)
    if found is not None:
        return _topic_of(reading, found[0], value, study)
    return None


def _size_topic(reading: Reading, value: Value, study: StudyOf) -> Topic | None:
    """A size is of what is named last before it: a lymph node, or the tumor."""
    if not reading.context.paper.is_case and not any(e.norm in ("TUMOR_SIZE", "LYMPH_NODE_SIZE") for e in reading.endpoints):
        return None
    head = reading.text[: value.span.start]
    node, mass = ([m for m in pattern.finditer(head)] for pattern in (_NODE, _MASS))
    if not node and not mass and not any(e.norm == "TUMOR_SIZE" for e in reading.endpoints):
        return None
    code = "LYMPH_NODE_SIZE" if node and (not mass or node[-1].start() > mass[-1].start()) else "TUMOR_SIZE"
    last = (node if code == "LYMPH_NODE_SIZE" else mass)[-1:]
    timepoint, span = _cycle(reading)
    return Topic(
        code,
        CharSpan(*last[0].span()) if last else None,
        "value" if reading.context.paper.is_case else _statistic(reading, value),
        study,
        timepoint=timepoint,
        timepoint_span=span,
    )


def _cycle(reading: Reading) -> tuple[str | None, CharSpan | None]:
    """In a case report: the cycle after which something was seen, in this sentence or carried over."""
    match = _CYCLE.search(reading.text)
    if match is None:
        return reading.context.cycle, None
    number = match.group("n") or str("first second third fourth fifth sixth seventh eighth".split().index(match.group("word").casefold()) + 1)
    return f"{number} cycle", CharSpan(*match.span())


def _event_wins(reading: Reading, event: Mention, endpoint: Mention, value: Value) -> bool:
    """Whether a rate is of the event rather than of the endpoint that the sentence also names."""
    if endpoint.norm in ("DISCONTINUATION", "DOSE_REDUCTION", "DEATH", "TREATMENT_DEATH"):
        if event.span.start > endpoint.span.start and opening(reading.text, value.span.start) is not None and event.span.end <= value.span.start:
            return endpoint.norm not in ("DISCONTINUATION", "DOSE_REDUCTION")
        return False
    if endpoint.norm == "AE":
        return event.span.start > endpoint.span.start or value.span.start < endpoint.span.start
    near = abs(event.span.start - value.span.start)
    return near < abs(endpoint.span.start - value.span.start)


def _event_topic(reading: Reading, event: Mention, study: StudyOf) -> Topic:
    return Topic("AE", None, "rate", study, event=singular(event.norm), event_span=event.span, criterion=_criterion(reading, prefix="CTCAE"))


def singular(event: str) -> str:
    """An event's name as a slot holds it: lower-case, singular."""
    text = re.sub(r"\s+", " ", event.replace("-", "-")).strip().casefold()
    if re.search(r"(?:ss|us|is|itis|osis|chills|hiccups|ascites|diabetes|rigors)$", text):
        return text
    return re.sub(r"ies$", "y", text) if text.endswith("ies") else text[:-1] if text.endswith("s") and not text.endswith("as") else text


def _topic_of(reading: Reading, endpoint: Mention, value: Value, study: StudyOf) -> Topic:
    event = None
    if endpoint.norm == "AE":
        around = reading.text[max(endpoint.span.start - 30, 0) : endpoint.span.end]
        event = (
            "any treatment-related" if _RELATED.search(around) else "serious adverse event" if re.search(r"\bserious\b|\bSAEs?\b", around) else "any"
        )
    timepoint, span = _landmark(reading, endpoint, value)
    return Topic(
        endpoint.norm,
        endpoint.span,
        _statistic(reading, value),
        study,
        timepoint=timepoint,
        timepoint_span=span,
        criterion=_criterion(reading),
        event=event,
    )


def _statistic(reading: Reading, value: Value) -> Statistic:
    if value.kind is Kind.SHARE:
        return "rate"
    if value.kind is Kind.COUNT:
        return "count"
    before = reading.text[max(value.span.start - 160, 0) : value.span.start]
    mean, median = before.rfind("mean"), before.rfind("median")
    if value.kind is Kind.TIME and _RANGE.search(re.sub(r"[\d.]+\s?\w*\sand\s$", "", reading.text[: value.span.start])):
        return "value"
    if value.kind in (Kind.LEVEL, Kind.SIZE):
        return "median" if median > max(mean, -1) else "mean" if mean >= 0 else "value"
    return "mean" if mean > median else "median"


def _criterion(reading: Reading, prefix: str = "") -> str | None:
    if reading.read.sentence.section.kind is SectionKind.METHODS:
        return None
    for match in CRITERION.find(reading.text):
        printed = match.group()
        if prefix and not printed.startswith(prefix):
            continue
        name = re.sub(r"modified.*", "mRECIST", printed) if printed.startswith("modified") else printed.replace("RESIST", "RECIST")
        return re.sub(r"(RECIST|CTCAE)\s?(?:v(?:ersion)?\.?\s?)?(\d)", r"\1 \2", name)
    return None


def _landmark(reading: Reading, endpoint: Mention, value: Value) -> tuple[str | None, CharSpan | None]:
    """The landmark of a rate: the one at the endpoint, else the last before the value."""
    case = reading.context.paper.is_case
    if value.kind not in (Kind.SHARE, Kind.COUNT) and not (case and value.kind in (Kind.LEVEL, Kind.SIZE)):
        return None, None
    if case:
        return (None, None) if is_baseline(reading.text, value.span.start) else _cycle(reading)
    same = [e for e in reading.endpoints if e.norm == endpoint.norm and e.span.start <= max(value.span.start, endpoint.span.start)]
    near = [m for m in reading.numbers.landmarks if any(-40 <= e.span.start - m.span.end <= 60 or 0 <= m.span.start - e.span.end <= 60 for e in same)]
    near = [m for m in near if m.span.end <= value.span.start] or [m for m in reading.numbers.landmarks if 0 <= m.span.start - value.whole.end <= 25]
    if not near:
        return None, None
    best = min(near, key=lambda m: abs(m.span.start - endpoint.span.start))
    return best.text, best.span


def _landmarked(reading: Reading, topic: Topic, series: Series, i: int) -> Topic:
    """The topic of the i-th value: over a list of landmarks of the same length each has its own."""
    if topic.timepoint is None or topic.endpoint_span is None or len(series.values) < 2 or reading.context.paper.is_case:
        return topic
    before = [m for m in reading.numbers.landmarks if m.span.end <= series.span.start]
    tail: list[Landmark] = []
    for mark in reversed(before):
        if tail and not re.fullmatch(r"[\s,-]*(?:and|or|,)?[\s,-]*", reading.text[mark.span.end : tail[0].span.start]):
            break
        tail.insert(0, mark)
    if len(tail) == len(series.values) and len(tail) > 1:
        return replace(topic, timepoint=tail[i].text, timepoint_span=tail[i].span)
    return topic


def _with_population(topic: Topic, population: Mention | None) -> Topic:
    if population is None:
        return topic
    return replace(topic, population=population.norm, population_span=population.span)


Target = tuple[ArmOf | None, Mention | None, str]


def _targets(reading: Reading, series: Series, study: StudyOf) -> list[Target]:
    """For each value its arm, its population, and the name of the reading that gave them; "unknown" where the sentence does not say."""
    named = {a.norm for a in reading.arms}
    contrast = {p.norm for p in reading.populations}
    if not named and not contrast and len(reading.context.contrast) == len(series.values) and study.provenance == "own":
        return [(ArmOf("all"), p, "populations-of-last-sentence") for p in reading.context.contrast]
    if len(contrast) >= 2 and (len(named) < 2 or _FACTOR_TALK.search(reading.text)):
        spread = spread_over(reading.read, series, reading.populations)
        if any(spread):
            arm = _only_arm(reading, study)
            return [(arm, p, "by-population") if p else (None, None, "unknown") for p in spread]
    population = _population_of(reading, series)
    if len(series.values) > 1 and _RANGE.search(reading.text[: series.span.start]):
        (first, _, pattern) = _targets(reading, Series((replace(series.values[0], whole=series.span),)), study)[0]
        return [(first, population, pattern)] * len(series.values)
    case = _case_targets(reading, series, study)
    if case is not None:
        return [(arm, population, pattern) for arm, pattern in case]
    spread = spread_over(reading.read, series, reading.arms) if reading.arms else [None] * len(series.values)
    resolved = [_resolve(reading, m, study) if m else None for m in spread]
    if all(resolved):
        return [(arm, population, "named-arms") for arm in resolved]
    return [(arm, population, pattern) for arm, pattern in _from_context(reading, series, resolved, study)]


def _only_arm(reading: Reading, study: StudyOf) -> ArmOf | None:
    named = [a for a in reading.arms if a.detail != "role"]
    if len({a.norm for a in named}) == 1:
        return _as_studied(reading, as_arm(named[0]), study)
    force = arms_in_force(reading.context, study)
    return force[0] if len(force) == 1 else ArmOf("all")


def _population_of(reading: Reading, series: Series) -> Mention | None:
    """The population that a whole series is about: one that the sentence names before it, or right behind it."""
    if not reading.populations and series.values[0].kind is not Kind.LEVEL:
        return reading.context.population
    if not reading.populations or PROGNOSTIC.search(reading.text):
        return None
    ahead = {p.norm: p for p in reading.populations if p.span.end <= series.span.start}
    if len(ahead) == 1 and len({p.norm for p in reading.populations}) > 1:
        return next(iter(ahead.values()))
    if len(series.values) == 1 and len(reading.populations) > 1:
        only = spread_over(reading.read, series, reading.populations)[0]
        return only
    if len({p.norm for p in reading.populations}) != 1:
        return None
    population = reading.populations[0]
    start = clause_start(reading.text, series.span.start)
    if population.span.end <= series.span.start or 0 <= population.span.start - series.span.end < 60 or population.span.start >= start:
        return population
    return None


def _resolve(reading: Reading, mention: Mention, study: StudyOf) -> ArmOf | None:
    """An arm mention as an arm; one named by its role alone is looked up among the arms in force."""
    if mention.detail != "role":
        return _as_studied(reading, as_arm(mention), study)
    force = arms_in_force(reading.context, study)
    if len(force) != 2:
        return None
    role = mention.norm.split()[0]
    if role in ("control", "comparator", "reference", "standard", "observation", "comparison", "monotherapy", "single-agent"):
        chosen = force[1]
    elif role in ("combination",):
        chosen = force[0] if len(force[0].parts) > len(force[1].parts) else force[1] if len(force[1].parts) > len(force[0].parts) else force[0]
    else:
        chosen = force[0]
    return replace(chosen, span=mention.span)


def _as_studied(reading: Reading, arm: ArmOf, study: StudyOf) -> ArmOf:
    """An arm called by a part of it ("the dovitinib arm") as the paper's own arm that has this part and is the only one to have it."""
    if study.provenance != "own" or not arm.parts:
        return arm
    mine = {p.name for p in arm.parts}
    force = arms_in_force(reading.context, study)
    fits = [a for a in force if mine <= {p.name for p in a.parts}]
    if len(force) == 2 and len(fits) == 1 and "(" not in arm.norm:
        return replace(fits[0], span=arm.span)
    return arm


def _from_context(reading: Reading, series: Series, resolved: list[ArmOf | None], study: StudyOf) -> list[tuple[ArmOf | None, str]]:
    """Arms that the sentence leaves out, from the study it speaks of; nothing is filled in where two readings are left."""
    force = arms_in_force(reading.context, study)
    k = len(series.values)
    named = [a for a in resolved if a]
    if WHOLE_COHORT.search(reading.text) and not named and k == 1:
        return [(force[0] if len(force) == 1 else ArmOf("all"), "whole-cohort")]
    if k == 1 and not named and len(force) != 1 and re.search(r"follow\w*[\s-]?up[^;]{0,40}$", reading.text[: series.span.start]):
        return [(ArmOf("all"), "follow-up-of-all")]
    if k == 1 and not reading.arms and not force and reading.context.last_single is not None:
        return [(reading.context.last_single, "arm-of-last-sentence")]
    if k == 1 and not reading.arms and len(force) == 2 and study.provenance == "cited" and is_control(force[1]) and reading.events:
        return [(force[0], "arm-under-test")]
    mentioned = _in_order_resolved(reading, study, series)
    if k == 2 and len(force) == 2 and {a.norm for a in mentioned} <= {a.norm for a in force}:
        first = mentioned[0] if mentioned else None
        vs = re.search(
            r"\bvs\.?|versus|compared|than|against|and\b", without_brackets(reading.text[series.values[0].whole.end : series.values[1].span.start])
        )
        if first is not None and vs:
            second = next(a for a in force if a.norm != first.norm)
            return [(first, "one-arm-named"), (second, "other-arm-of-study")]
        if not mentioned and vs and not reading.populations and not _PEOPLE_WITH.search(reading.text):
            return [(force[0], "arms-of-study"), (force[1], "arms-of-study")]
    if k == 1 and not reading.arms and not _SPEAKS_OF_ARMS.search(reading.text):
        if len(force) == 1:
            return [(force[0], "arm-of-study")]
        if len(force) == 2 and study.provenance == "own":
            return [(ArmOf("all"), "no-arm-named")]
        if not force and study.provenance == "own" and reading.context.paper.is_primary:
            return [(ArmOf("all"), "no-arm-named")]
        if not force and study.provenance == "cited":
            return [(None, "no-arm-named")]
    return [(a, "named-arms") if a else (None, "unknown") for a in resolved]


def _in_order_resolved(reading: Reading, study: StudyOf, series: Series) -> list[ArmOf]:
    found: dict[str, ArmOf] = {}
    for mention in reading.arms:
        if mention.span.start > series.span.start and found:
            continue
        arm = _resolve(reading, mention, study)
        if arm is not None:
            found.setdefault(arm.norm, arm)
    return list(found.values())


def _case_targets(reading: Reading, series: Series, study: StudyOf) -> list[tuple[ArmOf | None, str]] | None:
    """In a case report: the treatment that the values follow; of "from 588 to 326" the first follows what came before."""
    context = reading.context
    if not context.paper.is_case or study.provenance == "cited":
        return None
    out: list[tuple[ArmOf | None, str]] = []
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
            out.append((context.treatment, "case-treatment"))
    return out


def _measurement(reading: Reading, topic: Topic, arm: ArmOf | None, value: Value, pattern: str) -> MeasurementFinding:
    statistic = topic.statistic
    if value.kind is Kind.COUNT:
        statistic = "count"
    if topic.endpoint == "DURATION" and value.unit == "cycle":
        statistic = topic.statistic
    return MeasurementFinding(
        read=reading.read,
        topic=replace(topic, statistic=statistic),
        arm=arm,
        value=value.value,
        value_span=value.span,
        unit=value.unit if value.kind is not Kind.OPEN else None,
        op=value.op,
        n=value.n,
        N=value.N,
        interval=value.interval,
        spread=value.spread,
        category=value.category,
        result=reading.results,
        pattern=pattern,
    )


def _tell_effects(reading: Reading, told: Sequence[Told]) -> None:
    for effect in reading.numbers.effects:
        finding = _comparison(reading, told, effect.whole.start, effect, effect.p)
        if finding is None:
            reading.leftovers.append(Leftover(reading.read, effect.span, "no endpoint, or no two arms and no factor, for this estimate"))
        else:
            reading.findings.append(finding)


def _tell_p_values(reading: Reading, told: Sequence[Told]) -> None:
    for p in reading.numbers.p_values:
        for finding in _p_comparisons(reading, told, p):
            reading.findings.append(finding)


def _p_comparisons(reading: Reading, told: Sequence[Told], p: PValue) -> Iterator[ComparisonFinding]:
    """A p-value that stands alone; one given for two endpoints makes two comparisons."""
    owner = _owner(reading, told, p.span.start)
    if owner is not None and len({t.endpoint for t in owner.topics}) > 1:
        reading.leftovers.append(Leftover(reading.read, p.span, "a p-value behind values of several endpoints"))
        return
    finding = _comparison(reading, told, p.span.start, None, p)
    if finding is None:
        reading.leftovers.append(Leftover(reading.read, p.span, "no endpoint, or no two arms and no factor, for this p-value"))
        return
    yield finding


def _owner(reading: Reading, told: Sequence[Told], at: int) -> Told | None:
    """The series that an estimate or p-value belongs to: the last before it with no other endpoint between, or the next in its bracket."""
    before = [t for t in told if t.series.span.start < at]
    if before:
        last = before[-1]
        between = [e for e in reading.endpoints if last.series.span.end <= e.span.start < at and e.norm != last.topics[0].endpoint]
        if not between and not re.search(
            r"\.\s[A-Z]|;\s(?!\s?(?:HR|hazard|95|p\b|P\b|odds|OR\b|RR\b|stratified|unstratified|adjusted|log))",
            reading.text[last.series.span.end : at + 12],
        ):
            return last
        return None
    after = [t for t in told if t.series.span.start > at]
    if after and not [e for e in reading.endpoints if at < e.span.start < after[0].series.span.start] and opening(reading.text, at) is None:
        return None
    return None


def _comparison(reading: Reading, told: Sequence[Told], at: int, effect: Effect | None, p: PValue | None) -> ComparisonFinding | None:
    owner = _owner(reading, told, at)
    study = study_at(reading.context, reading.read, at)
    topic = _comparison_topic(reading, owner, at, effect, study)
    if topic is None:
        return None
    contrast = _contrast(reading, owner, at, effect, study)
    if contrast is None:
        return None
    arm, comparator, factor, factor_span, pattern, result = contrast
    model = model_at(reading.text, at) or (reading.context.last_model if factor is not None else None)
    estimate = effect.estimate if effect else None
    return ComparisonFinding(
        read=reading.read,
        topic=topic,
        arm=arm,
        comparator=comparator,
        factor=factor,
        factor_span=factor_span,
        measure=effect.measure if effect else None,
        estimate=estimate,
        estimate_span=effect.span if effect else None,
        interval=effect.interval if effect else None,
        p=p,
        model=_as_model(model),
        direction=_direction(topic.endpoint, effect, p, owner, arm),
        result=result,
        pattern=pattern,
    )


def _as_model(name: str | None) -> Model | None:
    return name if name in ("univariate", "multivariate", "stratified", "adjusted") else None  # type: ignore[return-value]


def _comparison_topic(reading: Reading, owner: Told | None, at: int, effect: Effect | None, study: StudyOf) -> Topic | None:
    if owner is not None:
        topic = owner.topics[0]
        if len({p.norm for p in owner.populations if p}) == 1 and all(owner.populations) and owner.populations[0] is not None:
            topic = _with_population(topic, owner.populations[0])
        return replace(topic, grade=topic.grade)
    named = _endpoint_at(reading, at)
    if named is not None:
        value = Value(Kind.SHARE, CharSpan(at, at + 1), CharSpan(at, at + 1), None, None)
        timepoint, span = _landmark(reading, named, value)
        population = _sole_population(reading, at)
        topic = Topic(named.norm, named.span, None, study, timepoint=timepoint, timepoint_span=span, criterion=_criterion(reading))
        return _with_population(topic, population)
    carried = reading.context.last_endpoint
    if carried is not None and not reading.endpoints and (effect is not None or PROGNOSTIC.search(reading.text)):
        return Topic(carried, None, None, study)
    return None


def _sole_population(reading: Reading, at: int) -> Mention | None:
    if PROGNOSTIC.search(reading.text) or len({p.norm for p in reading.populations}) != 1:
        return None
    return reading.populations[0] if reading.populations[0].span.end <= at else None


def _endpoint_at(reading: Reading, at: int) -> Mention | None:
    """The endpoint of an estimate without values: in its bracket, before its bracket, the last before it, else the first behind."""
    usable = [e for e in reading.endpoints if e.norm not in ("FOLLOW_UP",) and e.norm not in _marker_codes()]
    bracket = opening(reading.text, at)
    before = [e for e in usable if e.span.end <= at]
    if bracket is not None:
        inside = [e for e in before if e.span.start > bracket]
        if inside:
            return inside[-1]
    if before:
        return before[-1]
    after = [e for e in usable if e.span.start > at]
    return after[0] if after else None


def _marker_codes() -> frozenset[str]:
    return frozenset({"AFP", "PIVKA_II", "CEA", "PSA", "CA19_9", "BIOMARKER", "TUMOR_SIZE", "LYMPH_NODE_SIZE"})


Contrast = tuple[ArmOf | None, ArmOf | None, str | None, CharSpan | None, str, int]


def _contrast(reading: Reading, owner: Told | None, at: int, effect: Effect | None, study: StudyOf) -> Contrast | None:
    """The two arms, or the factor, that an estimate or p-value is about."""
    explicit = _explicit_contrast(reading, effect, study)
    if explicit is not None:
        return (*explicit, None, None, "ratio-of-named-arms", owner.result if owner else 0)
    if owner is not None:
        by_population = [p for p in owner.populations if p]
        if len(by_population) == 2 and by_population[0].norm != by_population[1].norm:
            first, second = by_population
            return None, None, f"{first.norm} vs {second.norm}", first.span, "values-by-population", owner.result
        arms = [a for a in owner.arms if a]
        if len(arms) == 2 and arms[0].norm != arms[1].norm:
            return (*_order(reading, arms[0], arms[1], study), None, None, "values-then-estimate", owner.result)
    if PROGNOSTIC.search(reading.text) and owner is None:
        return _factor_contrast(reading, at, study)
    arms = [a for a in (_resolve(reading, m, study) for m in reading.arms) if a]
    distinct = list({a.norm: a for a in reversed(arms)}.values())
    distinct.sort(key=lambda a: min(m.span.start for m in reading.arms if (r := _resolve(reading, m, study)) is not None and r.norm == a.norm))
    if len(distinct) == 2:
        return (*_order(reading, distinct[0], distinct[1], study), None, None, "arms-of-sentence", owner.result if owner else 0)
    force = arms_in_force(reading.context, study)
    if len(force) == 2 and {a.norm for a in distinct} <= {a.norm for a in force} and not reading.populations:
        return (force[0], force[1], None, None, "arms-of-study", owner.result if owner else 0)
    factor = factor_before(reading.read, at)
    if factor is not None and reading.context.last_model is not None and not arms and not any(e.span.overlaps(factor[1]) for e in reading.endpoints):
        return None, None, factor[0], factor[1], "factor-before-bracket", 0
    return None


def _explicit_contrast(reading: Reading, effect: Effect | None, study: StudyOf) -> tuple[ArmOf, ArmOf] | None:
    if effect is None or effect.contrast is None:
        return None
    inside = [m for m in reading.read.of(MentionKind.ARM) if effect.contrast.covers(m.span)]
    if len(inside) == 2:
        first, second = (_resolve(reading, m, study) for m in inside)
        if first and second:
            return first, second
    return None


def _factor_contrast(reading: Reading, at: int, study: StudyOf) -> Contrast | None:
    factor = factor_before(reading.read, at)
    if factor is None:
        return None
    name, span = factor
    if any(e.span.overlaps(span) and e.norm not in _marker_codes() for e in reading.endpoints):
        arms = list({a.norm: a for a in (_resolve(reading, m, study) for m in reading.arms) if a}.values())
        return (*_order(reading, arms[0], arms[1], study), None, None, "arms-of-sentence", 0) if len(arms) == 2 else None
    inside = [m for m in reading.arms if span.overlaps(m.span)]
    if not inside:
        bracket = opening(reading.text, at) or at
        inside = [m for m in reading.arms if 0 <= bracket - m.span.end <= 3]
    if inside:
        near = [m for m in reading.arms if inside[-1].span.start - 70 <= m.span.start <= inside[-1].span.start]
        arms = [a for a in (_resolve(reading, m, study) for m in near) if a]
        if len({a.norm for a in arms}) == 2:
            return (arms[-2], arms[-1], None, None, "factor-of-two-arms", 0)
        force = arms_in_force(reading.context, study)
        if len(force) == 2 and arms and arms[-1].norm in {a.norm for a in force}:
            other = next(a for a in force if a.norm != arms[-1].norm)
            return (arms[-1], other, None, None, "factor-of-one-arm", 0)
    return None, None, name, span, "factor-before-bracket", 0


def _order(reading: Reading, first: ArmOf, second: ArmOf, study: StudyOf) -> tuple[ArmOf, ArmOf]:
    """Two arms with the one under test in front: as the study has them, else by what they are, else as told."""
    force = arms_in_force(reading.context, study)
    if len(force) == 2 and {first.norm, second.norm} == {a.norm for a in force}:
        return (first, second) if first.norm == force[0].norm else (second, first)
    return tested_first(first, second)


def _direction(endpoint: str, effect: Effect | None, p: PValue | None, owner: Told | None, arm: ArmOf | None) -> Direction | None:
    """Who did better, by arithmetic alone: an interval on one side of 1, or a small p-value with two values to order."""
    good = endpoint in MORE_IS_GOOD
    if arm is None or not (good or endpoint in MORE_IS_BAD):
        return None
    survival = endpoint in ("OS", "PFS", "TTP", "DFS", "RFS", "EFS", "DOR", "TTF", "CSS")
    if effect and effect.interval and effect.interval.low is not None and effect.interval.high is not None:
        low, high = effect.interval.low, effect.interval.high
        if low <= 1 <= high:
            return "no_difference"
        fewer = high < 1
        event_like = survival if effect.measure == "HR" else not good
        return "favors_arm" if fewer == event_like else "favors_comparator"
    if p is not None and p.op in ("=", ">", ">=") and p.value >= 0.05:
        return "no_difference"
    if p is None or p.op not in ("=", "<", "<=") or p.value > 0.05 or owner is None or len(owner.arms) != 2:
        return None
    values = [v.value for v in owner.series.values]
    named = [a.norm if a else None for a in owner.arms]
    if None in values or values[0] == values[1] or arm.norm not in named:
        return None
    mine, other = (values[0], values[1]) if named[0] == arm.norm else (values[1], values[0])
    return "favors_arm" if (mine > other) == good else "favors_comparator"  # type: ignore[operator]


def _tell_categories(reading: Reading) -> None:
    """In a case report: the categories of response that the patient reached."""
    section = reading.read.sentence.section.kind
    if section in (SectionKind.INTRODUCTION, SectionKind.DISCUSSION, SectionKind.METHODS) or _RANDOM_CATEGORY.search(reading.text):
        return
    for endpoint in reading.endpoints:
        if endpoint.norm not in _CATEGORIES or any(
            isinstance(f, MeasurementFinding) and f.topic.endpoint_span == endpoint.span for f in reading.findings
        ):
            continue
        study = study_at(reading.context, reading.read, endpoint.span.start)
        if study.provenance != "own" or reading.context.treatment.norm == "baseline":
            continue
        value = Value(Kind.LEVEL, endpoint.span, endpoint.span, None, None)
        timepoint, span = _landmark(reading, endpoint, value)
        topic = Topic("BEST_RESPONSE", endpoint.span, "category", study, timepoint=timepoint, timepoint_span=span, criterion=_criterion(reading))
        reading.results += 1
        head = Value(Kind.LEVEL, endpoint.span, endpoint.span, None, None)
        (arm, _) = (_case_targets(reading, Series((head,)), study) or [(reading.context.treatment, "")])[0]
        reading.findings.append(
            MeasurementFinding(
                reading.read,
                topic,
                arm,
                None,
                endpoint.span,
                None,
                category=_CATEGORIES[endpoint.norm],
                result=reading.results,
                pattern="case-category",
            )
        )


def _carried(context: Context, reading: Reading) -> Context:
    """What the next sentence may need of this one."""
    told = [f for f in reading.findings if f.topic.endpoint not in ("AE", "FOLLOW_UP")]
    endpoint = told[-1].topic.endpoint if told else (reading.endpoints[-1].norm if reading.endpoints else None)
    model = model_at(reading.text, len(reading.text)) or context.last_model
    safety = context.in_safety or any(e.norm in _SAFETY for e in reading.endpoints)
    before = (*context.before, context.treatment)[-2:] if context.before[-1:] != (context.treatment,) else context.before
    single = {a.norm: a for a in reading.arms if a.detail != "role"}
    by_population = [f.topic.population_span for f in reading.findings if isinstance(f, MeasurementFinding) and f.pattern.endswith("by-population")]
    pops = {p.norm: p for p in reading.populations}
    carried = next(iter(pops.values())) if len(pops) == 1 and _is_carried(next(iter(pops.values()))) else None
    values = {(f.topic.endpoint, f.value) for f in reading.findings if isinstance(f, MeasurementFinding) and f.topic.study.provenance == "own"}
    context = replace(
        context,
        last_single=replace(as_arm(next(iter(single.values()))), span=None) if len(single) == 1 else None,
        contrast=tuple(pops.values()) if by_population and len(pops) == 2 else context.contrast if not reading.findings else (),
        population=carried if carried and (told or carried.detail == "cohort") else context.population if not pops else None,
        own_values=context.own_values | values
        if reading.read.sentence.section.kind in (SectionKind.RESULTS, SectionKind.ABSTRACT)
        else context.own_values,
        cycle=_cycle(reading)[0] if context.paper.is_case else None,
    )
    return replace(context, last_endpoint=endpoint, last_model=model if endpoint else context.last_model, in_safety=safety, before=before)
