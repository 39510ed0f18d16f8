"""What numbers are of: the endpoint or the adverse event that their row, their column or the caption names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractor.document import CharSpan
from extractor.entities.endpoints import quantities_of
from extractor.relations.tables.facets import Facets, generic, grade_only, names_arm
from extractor.relations.tables.grid import Entry
from extractor.relations.tables.kinds import Frame
from extractor.relations.tables.labels import Label, Role, Said, bare_grade
from extractor.relations.topics import singular

SAFETY = frozenset({"AE", "DISCONTINUATION", "DOSE_REDUCTION", "DEATH", "TREATMENT_DEATH"})

_SERIOUS = re.compile(r"\bserious\b|\bSAEs?\b", re.IGNORECASE)
_RELATED = re.compile(
    r"\b(?:treatment|drug|therapy|study[\s-]drug|immune)[\s-](?:related|emergent)\b"
    r"|\b(?:related|attributable|attributed) to (?:the\s)?(?:study\s|trial\s)?(?:treatment|drugs?|medication|therapy)\b"
    r"|^(?:possibly\s|probably\s)?related (?:(?:TE)?AEs?|adverse\sevents?)\b",
    re.IGNORECASE,
)
_ANY_EVENT = re.compile(
    r"""
    (?: (?:(?:patients?|subjects|number|no\.?|n|percent)\s(?:of\s)?)* (?:(?:with|experiencing|having|reporting)\s)? (?:patients?\s(?:with|having)\s)?
        (?: any | all | overall | total | ≥\s?1 | at\sleast\s(?:1|one)
          | (?:1|one)\sor\smore )? \s? (?:patients?\swith\s)? (?:treatment[\s-]emergent\s|grade\s?|clinical\s)*
        (?: adverse\s(?:events?|effects?|reactions?) | (?:TE|TR)?AEs? | toxicit(?:y|ies) | events? | side[\s-]effects? ) (?:\s?\(AEs?\))? )
  | any (?:\stypes?)? | overall
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NO_EVENT = re.compile(
    r"""
    ^\W* (?: patients? | no\b | not\b | none\b | numbers? | total\b | subtotal | missing | data\b | unknown | median | mean\b | range
      | average | duration | cycles?\b | courses?\b | dos(?:e|es|ing)\b
       | delivered | yes\b | n\b | age\b | sex\b | administration\sof | relative\sdose | days?\b | time\b | weeks?\b | reasons?\b
       | variables? | sums?\b | p[\s-]?values? | evaluable | assessable | treated
       | reasonably | possibly | probably | unlikely | definite | related$ | mild | moderate | severe$ | life-threatening | completed
       | received | transfusions? | hospitali[sz]ations? | any\sother | (?:[\w-]+\s){0,3}stay\b | length\sof | return\sto | re-?admi\w+ | discharge
       | (?:operati(?:ve|ng|on)|surgical)\s(?:time|duration) | (?:intra-?operative\s)?blood\sloss | conversion | interruption )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REASONS = re.compile(
    r"\b(?:reasons?|causes?)\s(?:for|of)\s(?:[\w-]+\s){0,3}(?:(?P<stop>discontinu\w+|withdraw\w+|stopping|cessation)|(?P<death>deaths?))"
    r"|\b(?:primary|main)\sreasons?\b",
    re.IGNORECASE,
)
_REASONS_ALONE = re.compile(r"\W*(?:main\s|primary\s)?(?:reasons?|causes?)\s(?:for|of)\b(?!.*\band\b)", re.IGNORECASE)
_TOXICITY = re.compile(
    r"(?:unacceptable\s)?(?:drug\s)?(?:toxicity|toxicities|adverse\s(?:events?|effects?|reactions?)|AEs?|side\seffects?)", re.IGNORECASE
)
_FATAL = re.compile(r"\b(?:leading\sto|resulting\sin|with\san?\soutcome\sof|causing)\sdeath|\bfatal\b|\bgrade\s5\b", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?:[A-Z]{1,4}-)?[A-Z]{2,6}")
# "Progression-free survival by competing risks": each row is one kind of event.
_BY_EVENT = re.compile(
    r"\bcompeting\s(?:risks?|events?)\b|\b(?:types?|causes?|kinds?)\sof\s(?:\w+\s)?(?:events?|failures?)\b|\bfirst\sevents?\b", re.IGNORECASE
)
_OF_CAUSE = re.compile(
    r"(?:not\s|un)?(?:related|due|attributable)(?:\sto)?\b|from\b|(?:\w+[\s-]){0,2}(?:cancer|tumou?r|disease|progression|toxicity|infections?|cardiac|sepsis"
    r"|other|unknown|second|accidents?|suicide|pneumonia|ha?emorrhage|stroke|cardiovascular|causes?)\b",
    re.IGNORECASE,
)
_OR_DIED = re.compile(r"\b(?:or|and/or)\s(?:had\s|have\s)?(?:death|died|dead|dying)\b|\b(?:death|died)\sor\b", re.IGNORECASE)
_FAILED = re.compile(r"\b(?:progress\w*|relaps\w+|recurr\w+|PD)\b", re.IGNORECASE)
_EVENTS = re.compile(r"\bevents?\b", re.IGNORECASE)
_WHO_HAD = re.compile(
    r"(?:(?:no\.?|number)\s(?:of\s)?)?(?:patients|subjects)\s(?:with|experiencing|having|reporting)\s"
    r"(?:(?P<some>any|at\sleast\s(?:one|1)|one\sor\smore|≥\s?1)\s|an?\s)?(?=\S)",
    re.IGNORECASE,
)


_COMPLICATIONS = re.compile(
    r"(?:(?:any|all|overall|total|major|minor|severe|serious|early|late|surgical|medical|general|(?:post|peri|intra)-?\s?operative|(?:treatment|procedure)-related)\s)*"
    r"(?:complications?|morbidity)(?:\srates?)?",
    re.IGNORECASE,
)
_CLAVIEN = re.compile(r"(?:(?:complications?|morbidity)[\s,(]+)?clavien[\s-]*dindo(?:\s(?:classification|complications?))?\)?", re.IGNORECASE)
_SUBGROUPS = re.compile(r"\bsub-?\s?groups?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class What:
    """What numbers are of: an endpoint or an adverse event, and where that is said."""

    endpoint: str
    span: CharSpan | None
    event: str | None = None
    event_span: CharSpan | None = None


_BY_CAUSE = re.compile(
    r"(?<!not\s)(?<!non-)(?<!non\s)\b(?P<cause>treatment|drug|therapy|immune)[\s-]related\s(?:\w+\s){0,2}(?:adverse|toxic|side|AEs?\b)", re.IGNORECASE
)


# "Treatment-emergent and treatment-related adverse events", "Adverse events, all-cause and related": what the rows alone do not tell apart.
_ALL_CAUSES = re.compile(
    r"\b(?:treatment-emergent|all-cause|any[\s-]cause|all\scauses|regardless|irrespective|and\s\w+[\s-]related|or\snot)\b", re.IGNORECASE
)


def what_of(frame: Frame, rows: Facets, column: Facets, *, role: Role = Role.VALUE) -> What | str:
    """What the numbers of a cell are of, by its row, else its column, else the caption; the reason where they do not say, or say two things.

    Any event in a table of treatment-related ones is any treatment-related.
    """
    found = _of_kind_of_event(_of_organ(_what_of(frame, rows, column, role), rows), rows)
    cause = _BY_CAUSE.search(frame.caption.text) if not _ALL_CAUSES.search(frame.caption.text) else None
    if isinstance(found, What) and found.endpoint == "AE" and found.event == "any" and cause is not None:
        return replace(found, event="any immune-related" if cause.group("cause").casefold() == "immune" else "any treatment-related")
    return found


_ORGANS = re.compile(
    r".*\b(?:disorders?|systems?|infections?(?:\sand\sinfestations?)?|investigations|conditions|complications|reactions?|neoplasms\b.*|disturbances?)"
    r"|(?!(?:serious|total|overall|additional|individual)$)(?:[a-z]+(?:al|ic|ary|ar|ory|ous)(?:\sand\s|/|,\s)?)+",
    re.IGNORECASE,
)


def _of_organ(found: What | str, rows: Facets) -> What | str:
    """Any event in the first row under the name of a class of organs is any of that class: "Any event" below "Skin disorders"."""
    if not isinstance(found, What) or found.event != "any" or found.endpoint != "AE" or len(rows.labels) < 2:
        return found
    (above, head), (entry, _) = rows.labels[-2:]
    plain = not head.endpoints and not head.toxic and head.grade is None and head.timepoint is None and head.role is Role.VALUE
    if plain and entry.cell.row == above.cell.row + 1 and _ORGANS.fullmatch(head.core):
        return replace(found, event=event_norm(head.core), event_span=above.raw)
    return found


_KIND = re.compile(
    r"(?P<related>(?:treatment|drug|therapy)[\s-]related)\s(?:adverse\s)?(?:events?|AEs?|toxicit(?:y|ies))|(?P<immune>immune[\s-](?:related|mediated))\s(?:adverse\s)?(?:events?|AEs?)"
    r"|(?P<serious>serious)\s(?:adverse\s)?(?:events?|AEs?)",
    re.IGNORECASE,
)


def _of_kind_of_event(found: What | str, rows: Facets) -> What | str:
    """Any event under a head that names a kind of events is any of that kind: "Any event" below "Treatment-related events"."""
    if not isinstance(found, What) or found.event != "any" or found.endpoint != "AE" or len(rows.labels) < 2:
        return found
    kind = _KIND.fullmatch(rows.labels[-2][1].core)
    if kind is None:
        return found
    return replace(
        found,
        event="any treatment-related" if kind.group("related") else "any immune-related" if kind.group("immune") else "any serious adverse event",
    )


def _what_of(frame: Frame, rows: Facets, column: Facets, role: Role) -> What | str:
    toxic = frame.toxic or any(label.toxic for _, label in rows.labels)
    reason = _of_reasons(frame, rows)
    if reason is not None:
        return reason
    if rows.labels and rows.grade is None and re.fullmatch(r"[\d.]+", rows.labels[-1][1].core) and not names_arm(rows, rows.labels[-1][0]):
        return "a row that is called by a number alone"
    rows = replace(rows, labels=tuple((e, label) for e, label in rows.labels if label.endpoints or not names_arm(rows, e)))
    events = _events_of_time(rows, column) or _cause_under(rows)
    if events is not None:
        return events
    words = False
    for i, (entry, label) in enumerate(reversed(rows.labels)):
        found = _named(entry, label, rows, toxic=toxic and (i == 0 or _only_qualifies(rows))) if not _whose(frame, label) else None
        found = _under(found, rows) if i > 0 and isinstance(found, What) else found
        if found is not None:
            if i > 0 and words and rows.arm is None and _is_efficacy(found) and (rows.population is None or not rows.population.known):
                return "a row of which only the head above it says of what"
            if isinstance(found, What) and column.endpoint is not None and found.endpoint not in ("AE", column.endpoint.value):
                return "row and column name two endpoints"
            return found
        words = words or (i == 0 and _says_who(label))
    if column.endpoint is not None and words and rows.arm is None and _ABBREVIATION.fullmatch(rows.labels[-1][1].core):
        return "a row that may be of another endpoint"
    if column.endpoint is not None:
        return What(column.endpoint.value, column.endpoint.span)
    event = _event_of(column, toxic=toxic)
    if event is not None and (rows.arm is not None or column.arm is not None):
        return event
    if column.endpoints > 1:
        return "the column names several endpoints"
    if role is Role.COUNT:
        return "a count of which only the caption says of what"
    return _of_caption(frame, rows, words, by_arm=column.arm is not None and column.arm.norm != "all")


def _whose(frame: Frame, label: Label) -> bool:
    """Whether complications are who had what the caption counts, not what is counted."""
    return (
        frame.caption.event is not None
        and not frame.toxic
        and not re.search(r"complications?\b|\bmorbidity\b", frame.caption.text, re.IGNORECASE)
        and bool(_COMPLICATIONS.fullmatch(label.core))
    )


def _event_of(column: Facets, *, toxic: bool) -> What | None:
    """The adverse event that a column names over rows of arms; None where it names none, or nothing says that events are counted."""
    counted = toxic or any(_EVENTS.search(label.core) for _, label in column.labels)
    for entry, label in reversed(column.labels):
        if counted and label.event is not None and not label.endpoints and not names_arm(column, entry):
            return What("AE", None, event_norm(label.core), entry.raw)
        if toxic and re.fullmatch(r"(?:total|overall)(?:\sincidence)?(?:\srates?)?", label.core, re.IGNORECASE) and label.grade is None:
            return What("AE", None, "any", entry.raw)
    return None


_CAUSES = re.compile(
    r"(?:(?:progressive|disease)\s)?(?:disease|progression|progressive\sdisease)(?:\s(?:progression|under\sstudy))?|adverse\sevents?|toxicity|study\s(?:drug|treatment)"
    r"(?:\stoxicity)?|.{0,30}\brelated(?:\sto\s.*)?|infections?|sepsis|unknown(?:\scause)?|others?(?:\scauses?)?",
    re.IGNORECASE,
)
_OF_TREATMENT = re.compile(
    r"(?:(?:study\s)?(?:treatment|drug|therapy|toxicity)[\s-]related"
    r"|related\sto\s(?:the\s)?(?:study\s)?(?:treatment|drug|therapy))\b.*",
    re.IGNORECASE,
)
_DUE_TO = re.compile(r"(?:due|owing|attributed|secondary)\sto\s|because\sof\s|caused\sby\s|from\s|for\s", re.IGNORECASE)
_CAUSED = frozenset({"DEATH", "DISCONTINUATION", "DOSE_REDUCTION"})


_NO_TOXICITY = re.compile(
    r"\b(?:progress\w+|withdr[ae]w\w*|consent|refus\w+|decisions?|choice|request|lost|follow-?up|protocol|efficacy|responses?|complian\w+|physicians?"
    r"|investigators?|patients?|subjects?|others?|deaths?|died|deceased|administrative|pregnan\w+|relaps\w+|recurrence|surgery|reasons?|worsening)\b",
    re.IGNORECASE,
)


def _cause_under(rows: Facets) -> What | str | None:
    """What a row set in under deaths, discontinuations or dose reductions tells: how many of those were for that cause; None where it is no cause.

    Only toxicity makes a discontinuation one that counts.
    """
    if len(rows.labels) < 2:
        return None
    (above, head), (entry, own) = rows.labels[-2:]
    codes = {e.norm for e in own.endpoints}
    if [e.norm for e in head.endpoints if e.norm != "AE"] == [] or own.grade is not None or own.timepoint is not None or own.role is not Role.VALUE:
        return None
    said = next(e for e in head.endpoints if e.norm != "AE")
    due = _DUE_TO.match(own.core)
    if said.norm not in _CAUSED or not codes <= {"PD", "AE"} or (head.event is not None and said.norm == "DEATH"):
        return None
    span, cause = above.span(said.start, said.end), own.core[due.end() :] if due is not None else own.core
    if said.norm == "DISCONTINUATION" and head.event is None:
        if _TOXICITY.fullmatch(cause):
            return What(said.norm, span, "adverse event", entry.raw)
        if codes or (own.event is None and _NO_TOXICITY.search(cause)):
            return "a reason that is no outcome"
    if said.norm == "DEATH" and _OF_TREATMENT.fullmatch(own.core):
        return What("TREATMENT_DEATH", entry.raw)
    fatal = said.norm == "DEATH" and (_CAUSES.fullmatch(cause) or (not codes and (_OF_CAUSE.match(cause) or own.event is not None)))
    if fatal or (not codes and (own.event is not None or due is not None) and said.norm != "DEATH"):
        return What(said.norm, span, event_norm(cause), entry.raw)
    return None


def _under(head: What, rows: Facets) -> What | str:
    """What a row is of that stands under a head: "no" denies it, and under deaths a row may be what they were of."""
    entry, own = rows.labels[-1]
    if own.core.casefold() == "no":
        return "a row of those who had not what the head above it names"
    if head.endpoint == "DEATH" and head.event is None and _OF_CAUSE.match(own.core):
        return What("DEATH", head.span, event_norm(own.core), entry.raw)
    return head


def _events_of_time(rows: Facets, column: Facets) -> What | None:
    """The events of a time to event under its name: "disease progression or death, no." or "events" under "progression-free survival"."""
    if not rows.labels:
        return None
    own = rows.labels[-1][1]
    codes = {e.norm for e in own.endpoints}
    eventful = codes <= {"PD", "DEATH"} and bool(_OR_DIED.search(own.core) and _FAILED.search(own.core))
    if not eventful and not (not codes and generic(own.core) and _EVENTS.search(own.core)):
        return None
    for entry, label in reversed(rows.labels[:-1]):
        if len(label.endpoints) == 1 and quantities_of()[label.endpoints[0].norm] == "time":
            said = label.endpoints[0]
            return What(said.norm, entry.span(said.start, said.end), "event", rows.labels[-1][0].raw)
        if label.endpoints:
            return None
    if column.endpoint is not None and quantities_of()[column.endpoint.value] == "time":
        return What(column.endpoint.value, column.endpoint.span, "event", rows.labels[-1][0].raw)
    return None


def _is_efficacy(found: What | str) -> bool:
    return isinstance(found, What) and found.endpoint not in SAFETY


# "Response according to receptor status": of all who responded.
_RESPONSES_BY = re.compile(
    r"^\W*(?P<what>(?:(?:objective|overall|tumou?r|clinical|radiolog\w+)\s)*respon(?:se|ses|ders)(?:\srates?)?)\s(?:by|according\sto|in\srelation\sto|stratified\sby)\b"
    r"(?!\s(?:\w+\s)?(?:treatment|arms?|groups?|doses?|regimens?|schedules?|cycles?|assess\w*|review\w*|investigator\w*|RECIST|WHO|criteria)\b)",
    re.IGNORECASE,
)


def _responses_by(caption: str) -> list[Said]:
    match = _RESPONSES_BY.match(caption)
    return [Said("ORR", *match.span("what"))] if match is not None else []


def _of_caption(frame: Frame, rows: Facets, words: bool, *, by_arm: bool = False) -> What | str:
    named = [e for e in frame.caption.endpoints if e.norm != "AE"] or _responses_by(frame.caption.text)
    if len(named) != 1 or frame.toxic:
        return "neither row, column nor caption names one endpoint"
    if words and quantities_of()[named[0].norm] == "time" and _BY_EVENT.search(frame.caption.text):
        entry, label = rows.labels[-1]
        return What(named[0].norm, None, event_norm(label.core), entry.raw)
    by_subgroup = by_arm and bool(_SUBGROUPS.search(frame.caption.text) or _RESPONSES_BY.match(frame.caption.text))
    if words and rows.arm is None and not by_subgroup and (rows.population is None or not rows.population.known):
        return "neither row nor column names an endpoint"
    span = frame.caption_span
    return What(named[0].norm, CharSpan(span.start + named[0].start, span.start + named[0].end) if span is not None else None)


def _of_reasons(frame: Frame, rows: Facets) -> What | str | None:
    """Under "reasons for discontinuation" a row is why, and only toxicity counts; under "causes of death" a row is of what."""
    if not rows.labels:
        return None
    entry, own = rows.labels[-1]
    above = [*(label.core for _, label in rows.labels[:-1]), frame.caption.text if _REASONS_ALONE.match(frame.caption.text) else ""]
    match = next((m for text in above if (m := _REASONS.search(text)) is not None), None)
    if match is None:
        return None
    if match.group("death") and match.string is frame.caption.text and any(e.norm != "AE" for e in own.endpoints):
        return None
    if match.group("death"):
        return (
            What("DEATH", None, event_norm(own.core), entry.raw)
            if own.core and (not generic(own.core) or _TOXICITY.fullmatch(own.core))
            else "a cause of death that is none"
        )
    if own.event is not None and not own.endpoints:
        return What("DISCONTINUATION", entry.raw, event_norm(own.core), entry.raw)
    return What("DISCONTINUATION", entry.raw, "adverse event", entry.raw) if _TOXICITY.fullmatch(own.core) else "a reason that is no outcome"


def _only_qualifies(rows: Facets) -> bool:
    """Whether the innermost label is a grade alone, so that the label above it says of what."""
    _, label = rows.labels[-1]
    return grade_only(label, label.grade or bare_grade(label))


def _says_who(label: Label) -> bool:
    return bool(label.core) and (not generic(label.core) or label.core == "No") and label.role is Role.VALUE


def _graded(rows: Facets) -> bool:
    """Whether a row stands under an event whose grades are its rows, and is none of them."""
    return len(rows.labels) > 1 and bool(re.search(r"\b(?:maximum|worst|highest)\sgrade", rows.labels[-2][1].text, re.IGNORECASE))


def _named(entry: Entry, label: Label, rows: Facets, *, toxic: bool) -> What | str | None:
    """What a label names; None where it names nothing and the labels around it may tell."""
    inner = rows.labels[-1][0] is entry
    if toxic and inner and rows.grade is None and _graded(rows):
        return "no adverse event"
    codes = {e.norm: e for e in label.endpoints}
    codes = {c: e for c, e in codes.items() if c != "AE"} or codes
    if codes.keys() == {"OS", "DEATH"}:
        codes.pop("OS")  # "Overall survival, deaths"
    if len(codes) > 1:
        return "the row names several endpoints"
    if codes and "AE" not in codes:
        ((code, said),) = codes.items()
        if toxic and inner and code not in SAFETY:
            return "no adverse event"
        return What(code, entry.span(said.start, said.end), *_cause(entry, label, code))
    if "AE" in codes:
        return _of_events(entry, label, codes["AE"])
    if label.role is Role.VALUE and label.event is not None and _COMPLICATIONS.fullmatch(label.core):
        return What("AE", None, event_norm(label.core), entry.raw) if inner or toxic else _of_kind(rows)
    graded = _of_grades(label, rows) if inner and (toxic or label.grade is not None) else None
    if graded is not None and (toxic or graded != "any"):
        return What("AE", None, graded, entry.raw)
    told = _graded_or_fatal(entry, label, toxic=toxic) if inner else None
    if told is not None or not toxic or not label.core or grade_only(label, label.grade or bare_grade(label)):
        return told
    who_had = _WHO_HAD.match(label.core)
    if who_had is not None and (label.event is not None or who_had.group("some")) and label.role is Role.VALUE:
        return What("AE", None, event_norm(label.core[who_had.end() :]), entry.raw)
    if _NO_EVENT.match(label.core) or label.role not in (Role.VALUE, Role.OTHER):
        return "no adverse event"
    if not inner and _ANY_EVENT.fullmatch(label.core) is None and label.event is None:
        return None
    return What("AE", None, "any" if _ANY_EVENT.fullmatch(label.core) else event_norm(label.core), entry.raw)


def _graded_or_fatal(entry: Entry, label: Label, *, toxic: bool) -> What | None:
    """An adverse event that a row names with its grade, whatever the table is of; and events that killed, in a table of events."""
    if toxic and _EVENTS.match(label.core) and _FATAL.search(label.core):
        return What("TREATMENT_DEATH", entry.raw) if _RELATED.search(label.core) else What("DEATH", entry.raw, "adverse event", entry.raw)
    named = not toxic and label.grade is not None and label.event is not None and label.role is Role.VALUE
    return What("AE", None, event_norm(label.core), entry.raw) if named else None


def _of_grades(label: Label, rows: Facets) -> str | None:
    """What happened in a row that tells no more than of what grade, or that anything did: "Clavien-Dindo grade >= III", "Any"."""
    if label.grade is not None:
        return "complication" if _CLAVIEN.fullmatch(label.core) else "any" if _ANY_EVENT.fullmatch(label.core) else None
    return "any" if label.core.casefold() == "any" and not any(above.event is not None for _, above in rows.labels[:-1]) else None


def _of_kind(rows: Facets) -> What:
    """The complication that a row is under "complications": "wound" is a wound complication, "anastomotic leak" what it says."""
    entry, own = rows.labels[-1]
    return What("AE", None, event_norm(own.core) if own.event is not None else f"{event_norm(own.core)} complication", entry.raw)


def _cause(entry: Entry, label: Label, code: str) -> tuple[str | None, CharSpan | None]:
    """What somebody died of, or what became of them besides: "deaths from other causes"."""
    kind = re.match(r"(?P<cause>[A-Za-z-]+-related|cardiac|accidental|cancer|disease|other)\sdeaths?$", label.core, re.IGNORECASE)
    if kind is not None and code == "DEATH":
        return kind.group("cause").casefold(), entry.raw
    match = (
        re.search(r"\b(?:from|due\sto|caused\sby)\s(?P<cause>[^,;(]{3,40}(?:\(s\))?)", label.core) if code in ("DEATH", "TREATMENT_DEATH") else None
    )
    if match is None or re.match(r"[\d≤<]|(?:any|all)[\s-]causes?\b", match.group("cause"), re.IGNORECASE):
        return None, None
    return match.group("cause").replace("(s)", "s").strip().casefold(), entry.raw


_STOPPED = r"(?:withdr[ae]w\w*|discontinu\w+|stopp(?:ed|ing)|cessation)"
_STOPPED_FOR = re.compile(
    rf"\b{_STOPPED}\b.*\b(?:due|owing|because|for|caused|following)\b|\b(?:leading|led|resulting|requiring|causing|prompting)\b.*\b{_STOPPED}\b",
    re.IGNORECASE,
)


def _of_events(entry: Entry, label: Label, said: Said) -> What | str:
    span = entry.span(said.start, said.end)
    rest = label.core
    if _STOPPED_FOR.search(rest):
        return What("DISCONTINUATION", span)
    if _FATAL.search(rest):
        return What("TREATMENT_DEATH", span) if _RELATED.search(rest) else What("DEATH", span, "adverse event", entry.raw)
    if _SERIOUS.search(rest):
        return What("AE", span, "any serious adverse event", span)
    if _RELATED.search(rest):
        return What("AE", span, "any treatment-related", span)
    plain = re.sub(r"\s?\((?:each|patients?|any|counted|n\b)[^()]*\)", "", rest)
    if _ANY_EVENT.fullmatch(plain) or generic(re.sub(r"(?i)\bh(?:a?e)mat?\w+|\bnon-", "x", plain)):
        return What("AE", span, "any", span)
    return What("AE", span, event_norm(rest), entry.raw)


def event_norm(core: str) -> str:
    """An adverse event as a slot holds it: lower-case, its last word in the singular."""
    return singular(re.sub(r"\s*/\s*", "/", core.strip(" ,;:*")))
