"""What the rows of a table of effects are called: the factor and its level, without what only says how or of whom it was measured."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities.endpoints import quantities_of
from extractor.entities.populations import find_populations
from extractor.relations.tables.arms import WHOLE
from extractor.relations.tables.facets import Slot, generic, population_norm
from extractor.relations.tables.grid import Entry, Row
from extractor.relations.tables.labels import Label, Role
from extractor.relations.tables.sheet import Sheet, SheetCell
from extractor.relations.tables.subjects import What

SET = re.compile(
    r"(?:(?:training|validation|testing|test|derivation|development|discovery|primary|internal|external|entire|whole)\s)+(?:data\s?)?(?:set|cohort|sample|series)",
    re.IGNORECASE,
)

_HEAD = re.compile(
    r"predictors?|prognostic|(?:uni|multi)varia\w+|(?:co)?variables?|factors?\b|models?\b|(?:patient|tumou?r|disease|clinical\w*)\s(?:\w+\s)?"
    r"(?:characteristics|features|factors|variables|parameters)$",
    re.IGNORECASE,
)
# "Grade", "Primary tumour", "Treatment": words that say nothing elsewhere, and yet are the factor of the levels below them.
_FACTOR = re.compile(
    r"(?:(?:histolog\w+|nuclear|tumou?r|primary|clinical|overall|disease|menopausal|best)\s)*"
    r"(?:grade|status|tumou?r|treatment|therapy|regimen|response|category|class|group|arm)s?",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(?:at\sleast\s(?:one|1)\s|both\s|either\s)?(?:positiv|negativ|present|absent|yes\b|no\b|high|low|unknown|[<>≤≥+-]|\d)", re.IGNORECASE
)
_KINDS = tuple(
    re.compile(kind, re.IGNORECASE)
    for kind in (
        r"(?:fe)?males?|(?:wo)?men",
        r"yes|no|none|ever|never|current|former",
        r"(?:\w+\s)?(?:positive|negative|unknown)",
        r"high|low|intermediate|moderate",
        r"present|absent",
        r"(?:stage\s|grade\s|T|N|M|G)?(?:\d|I{1,3}|IV)[abc]?(?:\s?[-/]\s?(?:\d|I{1,3}|IV)[abc]?)?",
        r"[<>≤≥]=?\s?\d[\d.,]*(?:\s\w+)?|\d[\d.]*\s?-\s?\d[\d.]*(?:\s\w+)?",
        r"mutant|mutated|wild[\s-]type",
    )
)
TREATMENT = re.compile(
    r"\b(?:treatments?|therap(?:y|ies|eutic)|arms?|regimens?|procedures?|surgery|excision\smargin|study\sdrug|groups?|randomi[sz]ation)\b",
    re.IGNORECASE,
)
_MODEL = re.compile(
    r"(?:(?:uni|multi)[\s-]?varia\w+|un-?adjusted|adjusted|crude|fully\sadjusted)(?:\s(?:cox\b.*|analys[ei]s|models?|regression|hazard.*|HR|for\b.*|by\b.*))?",
    re.IGNORECASE,
)
# "Stage (ref: I)", "Location (reference = lower)": the level that the others are compared with, told with the factor.
_REFERENCE = re.compile(r"\s*[,;]?\s*[(\[]\s*ref(?:erence)?(?:\s(?:group|category|level))?\.?\s*(?:[:=,]|is\b)\s*[^()\[\]]*[)\]]", re.IGNORECASE)


def names_of(sheet: Sheet, row: Row) -> list[tuple[Entry, str]]:
    """The labels of a row that name a factor or its level: the row's own, and those above it that are no mere heads."""
    entries = (*row.groups, *row.labels)
    labels = [(e, sheet.reader.label(e)) for e in entries]
    labels = [(e, label) for e, label in labels if label.core and not is_model(label.core)]
    labels = [*labels[:-2], *(pair for pair in labels[-2:-1] if not _are_siblings(pair[1].core, labels[-1][1].core)), *labels[-1:]]
    kept = [(e, label) for (e, label), (_, below) in pairwise(labels) if not is_head(label) or _is_factor(e, label, below)] + labels[-1:]
    names = [(e, without_reference(label.core)) for e, label in kept]
    if len(names) == 1 and _is_bare(names[0][1]) and not row.groups:
        head = sheet.reader.heads.get(names[0][0].cell.column, "").strip()
        named = head and len(head.split()) < 4 and not is_plain(head)
        return [(names[0][0], head), *names] if named else names
    return names


def is_plain(head: str) -> bool:
    """Whether the head of a column of labels says no more than that factors or patients stand below it."""
    return generic(head) or bool(_HEAD.match(head) or _NO_FACTOR.search(head))


def _is_bare(core: str) -> bool:
    """Whether a label is a level that does not say of what: "low", "mutant", "High, > 3.7"."""
    return any(kind.fullmatch(core) for kind in _KINDS) or bool(re.match(r"(?:high|low|intermediate)\b(?!\s[a-z]{3})", core, re.IGNORECASE))


def _are_siblings(one: str, other: str) -> bool:
    """Whether two labels are levels of one factor, so that neither heads the other: a reference level without a value stands above the rest."""
    return one != other and any(kind.fullmatch(one) and kind.fullmatch(other) for kind in _KINDS)


def is_model(text: str) -> bool:
    """Whether a label tells the model alone: "Univariable", "Adjusted for age and sex"."""
    return bool(_MODEL.fullmatch(text))


def without_reference(core: str) -> str:
    """A label without the level that it says is the reference."""
    return _REFERENCE.sub("", core).strip()


def _is_factor(entry: Entry, label: Label, below: Label) -> bool:
    """Whether a label that else heads factors is one here: a set of patients, or a word that is the factor of the levels below it.

    "PR" over "positive" is the receptor, and an interval without disease is no survival.
    """
    if SET.fullmatch(label.core):
        return True
    if label.endpoints:
        shared = all(quantities_of()[e.norm] == "share" for e in label.endpoints)
        return bool(_LEVEL.match(below.core)) and (shared or bool(re.search(r"\binterval\b", label.core, re.IGNORECASE)))
    return entry.cell.column_span == 1 and bool(_FACTOR.fullmatch(label.core))


def is_head(label: Label) -> bool:
    """Whether a label heads factors rather than being one: it names the endpoint, or says no more than that predictors follow."""
    named = any(quantities_of()[e.norm] in ("time", "share", "count") for e in label.endpoints)
    return named or generic(label.core) or bool(_HEAD.match(label.core))


_POPULATIONS_HEAD = re.compile(r"(?:study\s|patient\s)?(?:populations?|patients|cohorts?|(?:sub)?sets?)", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?:at\s)?(?P<when>baseline|pre-?treatment|post-?treatment|(?:week|month|cycle|day)\s\d{1,2}|\d{1,2}\s?(?:weeks?|months?|cycles?))\b",
    re.IGNORECASE,
)
_RATIO_WORDS = re.compile(
    r"""
    \b (?: a?(?:HR|OR|RR)s? | hazards?\sratios? | odds\sratios? | relative\srisks? | crude | (?:un-?)?adjusted | (?:uni|multi)varia\w+ | analys[ie]s
      | models? | cox | (?:(?:absolute|risk|rate|treatment|mean|median|estimated)\s)?differences? ) \b
  | [(\[]? \s? 9\d \s? % \s? (?:C\.?I\.?|confidence\sintervals?) \s? [)\]]? | [(\[]\s*[)\]] | [,;:*]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_END = r"(?=\s(?:for|on|in|with|regarding|as|at|among|after|from)\b|[,.;:(]|$)"
_OF_CAPTION = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        r"\b(?:association|relation(?:ship)?|correlation)s?\s(?:of|between)\s(?P<factor>.+?)\s?(?:,|\band\b|\bwith\b|\bto\b)\s(?:[^,.;]{0,40}?)$",
        r"^\s*(?P<factor>[^,.;:]{3,50}?)\sand\s(?:\w+\s){0,3}$",
        rf"\b(?:prognostic|predictive)\s(?:value|impact|significance|effect|role|importance|ability)\sof\s(?P<factor>.+?){_END}",
        r"\b(?:effect|impact|influence)\sof\s(?P<factor>.+?)\son\b",
        r"^(?P<factor>[^.:;]+?)\sas\s(?:an?\s)?(?:\w+\s){0,2}(?:risk\s|prognostic\s|predictive\s)?(?:factor|marker|predictor)\b",
        r"\b(?:according\sto|stratified\sby|in\srelation\sto)\s(?P<factor>.+?)(?=[,.;:(]|$)",
        r"(?:^|[,:;]\s|\b(?:of|for|comparing|between|in)\s)(?P<factor>[^,:;()]+?\s(?:vs\.?|versus)\s[^,:;()]+?)(?=[,.;:()]|$)",
    )
)
_NO_FACTOR = re.compile(
    r"\b(?:factors?|variables?|characteristics|parameters|features|bio-?markers|markers|covariates|outcomes?|subgroups?|patients?|each|different|studied|selected)\b",
    re.IGNORECASE,
)


def qualified(sheet: Sheet, row: Row) -> tuple[bool, Slot | None, str | None]:
    """Whether the labels of a row say only of what endpoint, of whom and when an effect is; the population and the time that they say."""
    population: Slot | None = None
    when: str | None = None
    for entry in (*row.groups, *row.labels):
        label = sheet.reader.label(entry)
        time = _WHEN.search(label.core)
        core = label.core if time is None else f"{label.core[: time.start()]} {label.core[time.end() :]}".strip(" ,;:-")
        when = time.group("when").casefold() if time is not None else when
        if not core or is_model(core) or WHOLE.fullmatch(core) or is_endpoint(label):
            continue
        arm = sheet.reader.naming.read(core)
        headed = not entry.cell.header and _POPULATIONS_HEAD.fullmatch(sheet.reader.heads.get(entry.cell.column, "").strip())
        if arm is not None and arm.norm == "all":
            continue
        if arm is None and not headed and not SET.fullmatch(core):
            return False, None, None
        population = Slot(arm.norm if arm is not None else population_norm(core), entry.raw)
    return True, population, when


def is_endpoint(label: Label) -> bool:
    """Whether a label is the name of endpoints and nothing else."""
    if not label.endpoints:
        return False
    rest = label.text
    for said in reversed(label.endpoints):
        rest = rest[: said.start] + " " + rest[said.end :]
    return generic(re.sub(r"\([^()]*\)", " ", rest))


def all_qualify(sheet: Sheet, rows: Iterable[Row]) -> bool:
    """Whether no row of a table names a factor: the table is of one, which its caption or the heads of its columns name."""
    labels = [row for row in rows if not (row.labels and sheet.reader.label(row.labels[-1]).role is Role.P)]
    return bool(labels) and all(qualified(sheet, row)[0] for row in labels)


def factor_of_table(sheet: Sheet, shown: SheetCell) -> str | None:
    """The factor that a table is of as a whole: by the head of the column, else by the caption."""
    for _, label in reversed(shown.facets.labels):
        head = re.sub(r"\s+", " ", _RATIO_WORDS.sub(" ", label.core)).strip(" ()[]-")
        if head and not label.endpoints and not generic(head) and not any(find_populations(head)) and sheet.reader.naming.read(head) is None:
            return head
    return _factor_of_caption(sheet)


def _factor_of_caption(sheet: Sheet) -> str | None:
    """The factor that a caption speaks of: "Association between X and overall survival", "Prognostic value of X", "X as a risk factor"."""
    text = sheet.frame.caption.text.strip()
    ends = min((e.start for e in sheet.frame.caption.endpoints if e.start > 0), default=len(sheet.frame.caption.text))
    for i, pattern in enumerate(_OF_CAPTION):
        match = pattern.search(sheet.frame.caption.text[:ends].rstrip() + " " if i < 2 else text)
        if match is None:
            continue
        factor = match.group("factor").strip(" ,;:")
        if 1 < len(factor) <= 80 and not generic(factor) and not _NO_FACTOR.search(factor):
            return factor
    return None


_SURVIVAL = re.compile(
    r"(?<![\w-])(?<!free\s)(?<!specific\s)(?<!related\s)survival(?![\s-]+(?:after|following|since|from|of\sresponders)\b)", re.IGNORECASE
)


def bare_survival(sheet: Sheet) -> What | None:
    """Survival as a caption names it that says no more: of patients, unless the text near it speaks of one cause of death."""
    text, span = sheet.frame.caption.text, sheet.frame.caption_span
    match = _SURVIVAL.search(text)
    if match is None or span is None or "CSS" in sheet.told or re.search(r"\boverall\s$", text[: match.start()], re.IGNORECASE):
        return None
    if any(e.norm != "OS" and quantities_of()[e.norm] == "time" for e in sheet.frame.caption.endpoints):
        return None
    return What("OS", CharSpan(span.start + match.start(), span.start + match.end()))


def caption_time(sheet: Sheet) -> What | None:
    """The one time to event that a caption names."""
    said = [e for e in sheet.frame.caption.endpoints if quantities_of()[e.norm] == "time"]
    if sheet.frame.caption_span is None or len(said) > 1:
        return None
    start = sheet.frame.caption_span.start
    return What(said[0].norm, CharSpan(start + said[0].start, start + said[0].end)) if said else bare_survival(sheet)
