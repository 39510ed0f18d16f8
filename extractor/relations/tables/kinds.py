"""What a table is of, and which tables are not read: patients as they came, doses, drug levels, criteria."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractor.document import CharSpan, Document, fold
from extractor.entities.endpoints import quantities_of
from extractor.relations.findings import StudyOf
from extractor.relations.tables.grid import Grid, Row
from extractor.relations.tables.labels import Form, Label, bare_grade, criterion_in, form_of, read_label, scale_in

BASELINE = "a table of baseline characteristics"
DOSES = "a table of doses, schedules or drug levels"
RULES = "a table of criteria, definitions or procedures"
CYCLES = "a table of cycles, not of patients"

_BASELINE_CAPTION = re.compile(
    r"""
    \b (?: characteristics? | demographics? | demographical | features | clinico-?patholog\w* | disposition | accrual | comorbidit\w+
      | prior\streatments? )\b
  | (?<!from\s)(?<!versus\s)(?<!therapy\s) \b baseline \b (?! .{0,30} (?: respon | chang | kinetic | surviv | outcome ) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OUTCOME_CAPTION = re.compile(
    r"""
    \b (?: surviv\w+ | respon\w+ | outcomes? | efficacy | toxicit\w+ | adverse | safety | hazard | progression | recurren\w+ | mortality
      | deaths? | predict\w+ | prognos\w+
         | univaria\w+ | multivaria\w+ | cox ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DOSE_CAPTION = re.compile(
    r"\b(?:pharmaco-?kinetics?|PK|dos(?:es?|ing|age)|schedules?|protocols?|regimens|treatment\splan|compliance|exposure|delivery|concentrations?"
    r"|drugs?\sused)\b",
    re.IGNORECASE,
)
_RULES_CAPTION = re.compile(
    r"\b(?:criteria|definitions?|eligibility|inclusion|exclusion|study\sassessments|questionnaire|recommendations?|guidelines?|costs?|economic)\b",
    re.IGNORECASE,
)
TRAIT = re.compile(
    r"""
    ^\W* (?: (?P<sex> sex | gender | (?:fe)?males?\b | (?:wo)?men\b ) | (?P<age> (?:median\s|mean\s)?age\b ) | (?P<ps> ECOG
      | performance\s(?:status|score) | karnofsky | KPS | WHO\sPS | PS\b )
      | (?P<stage> (?:clinical\s|disease\s|tumou?r\s|TNM\s)*stage ) | (?P<histology> histolog | pathology | cell\stype | tumou?r\stype )
      | (?P<race> race | ethnic )
      | (?P<smoke> smok ) | (?P<site> primary\s(?:site|tumou?r) | sites?\sof | metastatic\ssites? ) | (?P<prior> prior | previous
      | adjuvant ) | (?P<body> weight | height | BMI | body )
      | (?P<nodes> (?:lymph\s)?nod | T\sstatus | N\sstatus | tumou?r\ssize ) | (?P<receptor> ER\b | PR\b | HER-?2 | estrogen | EGFR ) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PK_ROW = re.compile(r"\bAUC|\bC\s?max\b|\bt\s?max\b|\bt\s?1/2|half-life|clearance|\bCL\b.*L/h|\bVss\b|trough", re.IGNORECASE)
_DATA_ARE = re.compile(
    r"[^.;]*\b(?:data|values?|numbers?|figures|results?|percentages?|deaths?)\b[^.;]{0,40}?\b(?:are|is|were|presented|shown|expressed|given|reported|in)\b[^.]*",
    re.IGNORECASE,
)
_CYCLES = re.compile(r"(?:%|percent\w*|number|no\.)\s*(?:of|per)\s(?:all\s)?(?:cycles|courses)\b|\b(?:per|by)\s(?:cycles?|courses?)\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:previous|prior|earlier|published|reported|other|literature|review|selected|recent|major|key|randomi[sz]ed|phase\sI+)\b[^.]{0,60}\b(?:stud(?:y|ies)|trials?|reports|series|literature)\b",
    re.IGNORECASE,
)
# "(safety population)": who was counted, not what was.
_ANALYSED = re.compile(
    r"[(\[]?\b(?:primary\s)?(?:safety|efficacy|toxicity)(?:[\s-]evaluable)?\s(?:analysis\s)?(?:population|set|cohort)\b", re.IGNORECASE
)
_NAMES_ROWS = re.compile(r"events?|patients?|cases?|subjects", re.IGNORECASE)  # over the labels of rows: what they are, not how numbers are printed
_MARK = re.compile(r"\s*(?P<letter>[a-j])(?:\s|\)|:\s|(?=[A-Z(≥≤<>\d]))")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a table: its caption as a label, what its footnotes say of the form of all its numbers, its footnote letters."""

    caption: Label
    caption_span: CharSpan | None
    form: Form
    notes: str
    marks: frozenset[str]
    toxic: bool
    criterion: str | None = None
    scale: str | None = None


def frame_of(document: Document, grid: Grid) -> Frame:
    """Read caption and footnotes, and the headers above the row labels ("Adverse event")."""
    table = grid.table
    caption = fold(table.caption.of(document.raw)) if table.caption is not None else ""
    caption = _ANALYSED.sub(lambda m: " " * len(m.group()), caption)
    caption = re.sub(r"^\s*T(?:able|ABLE)\s*[\dIVX]+[a-z]?\s*[.:]?\s*", lambda m: " " * len(m.group()), caption)
    notes = [fold(span.of(document.raw)) for span in table.footnotes]
    marks = frozenset(m.group("letter") for note in notes if (m := _MARK.match(note)) is not None)
    label = read_label(caption)
    corner = " ".join(dict.fromkeys(e.text for c in range(grid.labels) for e in grid.path(c)))
    form = Form()
    stub = "" if _NAMES_ROWS.fullmatch(corner.strip(" :")) else corner
    for text in (caption, stub, *(m.group() for note in notes for m in _DATA_ARE.finditer(note))):
        form = form.over(form_of(text))
    toxic = label.toxic or read_label(corner).toxic
    around = (caption, corner, " ; ".join(notes))
    criterion, scale = (next(filter(None, map(read, around)), None) for read in (criterion_in, scale_in))
    return Frame(label, table.caption, form, " ".join((caption, *notes)), marks, toxic, criterion, scale)


def refusal(frame: Frame, grid: Grid, rows: Iterable[Row], *, by_trait: bool) -> str | None:
    """Why a table is not read at all; None where it may hold results."""
    caption = frame.caption.text
    outcome = bool(_OUTCOME_CAPTION.search(caption))
    labels = [e.text for row in rows for e in (*row.groups, *row.labels)]
    traits = {m.lastgroup for text in labels if (m := TRAIT.match(text)) is not None}
    if (
        _BASELINE_CAPTION.search(caption)
        and not by_trait
        and not _tells_who_left(caption, labels)
        and (not outcome or len(traits) >= 3)
        and not _heads_outcomes(grid)
    ):
        return BASELINE
    if sum(bool(_PK_ROW.search(text)) for text in labels) >= 2 or re.search(r"pharmaco-?kinetic", caption, re.IGNORECASE):
        return DOSES
    if _DOSE_CAPTION.search(caption) and not outcome and not any(_STOPPED & {e.norm for e in read_label(text).endpoints} for text in labels):
        return DOSES
    if _RULES_CAPTION.search(caption) and not outcome:
        return RULES
    heads = " ".join(e.text for c in range(grid.labels, grid.width) for e in grid.path(c))
    effects = frame.caption.measure is not None or read_label(heads).measure is not None
    if len(traits) >= 4 and not outcome and not effects and not _heads_outcomes(grid):
        return BASELINE
    return None


_LEFT = re.compile(r"\b(?:discontinu\w+|withdr[ae]w\w*|stopped)\b", re.IGNORECASE)


def _tells_who_left(caption: str, labels: Iterable[str]) -> bool:
    """Whether a table of the patients' disposition tells who left treatment, and that some did for adverse events."""
    told = list(labels)
    return (
        bool(re.search(r"\bdisposition\b", caption, re.IGNORECASE))
        and not re.search(r"\b(?:demograph\w+|baseline|characteristics?)\b", caption, re.IGNORECASE)
        and any(map(_LEFT.search, told))
        and any(any(e.norm == "AE" for e in read_label(text).endpoints) for text in told)
    )


def _heads_outcomes(grid: Grid) -> bool:
    """Whether a column holds the medians, the rates or the ratios of a time to event beside what the patients were like."""
    for column in range(grid.labels, grid.width):
        label = read_label(" ".join(e.text for e in grid.path(column)))
        timed = any(quantities_of()[e.norm] == "time" for e in label.endpoints)
        if timed and (label.measure is not None or label.form.statistic is not None or (label.form.share and label.timepoint is not None)):
            return True
    return False


_BY_PATIENT = re.compile(r"(?:(?:by|per|no\.?\sof|number\sof|%\sof)\s)?(?:patients?|subjects)\b", re.IGNORECASE)


def counts_cycles(frame: Frame, grid: Grid) -> bool:
    """Whether the numbers are of cycles, not of patients; where columns of patients stand beside those of cycles, the columns say it."""
    heads = [read_label(e.text).core for c in range(grid.labels, grid.width) for e in grid.path(c)]
    both = any(map(_BY_PATIENT.match, heads)) and any(re.search(r"\b(?:cycles?|courses?)\b", head, re.IGNORECASE) for head in heads)
    return bool(_CYCLES.search(frame.notes)) and not both


def with_toxicity(frame: Frame, grid: Grid, rows: Sequence[Row]) -> Frame:
    """The frame of a table that is of adverse events by its rows: one says so, and half of the others are such events.

    Or they are grades that stand under such events, where caption or corner speak of grades.
    """
    if frame.toxic:
        return frame
    corner = " ".join(e.text for c in range(grid.labels) for e in grid.path(c))
    groups = {e.text for row in rows for e in row.groups}
    graded = all(row.labels and bare_grade(read_label(row.labels[-1].text)) is not None for row in rows if row.values)
    if groups and graded and re.search(r"\bgrades?\b", f"{frame.caption.text} {corner}", re.IGNORECASE):
        under = [label for text in groups if (label := read_label(text)).event is not None and not label.endpoints]
        return replace(frame, toxic=2 * len(under) >= len(groups))
    labels = [read_label(row.labels[-1].text) for row in rows if row.labels]
    told = [frame.caption.text, *(label.core for label in labels if label.event is not None)]
    said = any(any(e.norm == "AE" for e in label.endpoints) for label in labels) or any(_COMPLICATIONS.search(text) for text in told)
    events = sum(label.event is not None and not label.endpoints for label in labels)
    return replace(frame, toxic=True) if said and events >= 3 and 2 * events >= len(labels) else frame


_STOPPED = frozenset({"DISCONTINUATION", "DOSE_REDUCTION"})
_COMPLICATIONS = re.compile(r"\b(?:complications?|morbidity)\b", re.IGNORECASE)


def of_other_studies(frame: Frame) -> bool:
    """Whether a table gathers the results of studies that are not this one."""
    return bool(_EARLIER.search(frame.caption.text))


def of_several_studies(frame: Frame) -> bool:
    """Whether a table of other studies' results is of more than one."""
    return bool(re.search(r"\b(?:studies|trials|reports|series|literature|review)\b", frame.caption.text, re.IGNORECASE))


def of_earlier_study(frame: Frame) -> bool:
    """Whether the caption says that the one study it speaks of is not this one."""
    return bool(
        re.search(r"\b(?:previous|prior|earlier|published|other|literature)\b[^.]{0,60}\b(?:study|trial|report)\b", frame.caption.text, re.IGNORECASE)
    )


OWN = StudyOf("this study", "own")
