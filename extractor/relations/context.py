"""What earlier sentences tell the reader of a later one: whose study, which arms, which treatment so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractor.document import CharSpan, Document, Section, SectionKind, fold
from extractor.entities import ArmBook, Mention, MentionKind, ReadSentence, Recognized
from extractor.entities.arm_settings import has_setting
from extractor.entities.assignment import RANDOMIZES
from extractor.entities.concepts import is_a
from extractor.entities.drugs import find_drugs
from extractor.records import Measure
from extractor.relations.cases import given_together
from extractor.relations.dose_levels import in_several_doses
from extractor.relations.findings import ArmOf, ComparisonFinding, MeasurementFinding, StudyOf
from extractor.relations.groups import Phrases, disease_groups, entry_phrases
from extractor.relations.headed import headed_populations
from extractor.relations.kinds_of_tumor import kinds_of_tumor
from extractor.relations.paragraphs import paragraph_starts
from extractor.relations.roles import TESTED, called_by_role, observed_is_tested, told_by_role
from extractor.relations.single_arm import single_arm
from extractor.relations.tested import OPENS_WITH_OTHER, as_titled, by_what_they_are, control_last, is_control, set_against, tested_first

BACKGROUND_BEFORE = re.compile(
    r"""
    (?:
        progress\w*\s(?: on | after | following | with | during )
      | \bfail(?: ure | ed | ing )? (?: \s (?: of | on | to | with | after ) )?
      | refractory\sto | intoleran\w+\s(?:of|to) | resistan\w+\sto
      | \bprior | \bat(?:\sthe\stime\sof)? | \bprevious(?:ly)? | pretreated\swith | \bpost | \bafter | \bfollowing
      | na[iï]ve\sto | unrelated\sto | ineligible\sfor | (?<!duration\sof\s)(?<!median\s)(?<!mean\s)(?<!Median\s)(?<!Mean\s)exposure\sto
      | (?<!median\s)(?<!mean\s)(?<!average\s)duration\s(?:of|with) | \b(?: time | onset | start | initiation | use )\sof
      | prior\sto | (?: previously | prior )\s(?: treated | received | exposed ) (?: \s (?:with|to) )?
      | tolerate | refused | (?<=\w\s)since
      | \bdespite | \bin\sspite\sof | \brequir(?:ed|es?|ing) | \bneed(?:ed|s|ing)?(?:\sfor)? | \bscheduled\sfor | \bawaiting | \bcandidates?\sfor
      | approv(?: al | ed ) (?: \s (?:of|to) )?
      | role\sof | dose\sof | addition\sof | subsequent
      | results\s(?: from | of | with )(?:\sa\scombination\sof)?
      | \bconverted\sto | \bproceed(?:ed|ing)\sto | \bwent\son\sto
      | \b(?: such\sas | including | includes? | like | e\.g\.,? )
    )\s
    (?: (?: the | or | and | a | prior | first-line | previous | systemic | treatment | therapy | with )\s ){0,3}
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)
BACKGROUND_AFTER = re.compile(
    r"""
    -induced\b
  | \s? - \s? experienced | \s experienced (?= \s (?: patients | women | men | cohorts? | groups? | populations? | disease | cases | subjects )\b )
  | \s? -? \s?
    (?:
        refractory | resistan\w+ | intoleran\w+ | failure\b
      | na[iï]ve | pretreated | exposed | sparing | eligible
      | initiation | discontinuation | use\b
      | clearance | exposure | concentration | dose\s | dosing | included\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "3 cases (4.4%) after A and 8 (11.1%) after B": each arm behind its number.
_COUNTED_AFTER = re.compile(
    r"(?:[\d%)\]]|cases|patients|women|men|months|weeks|years|rates?|responses?|survival|recurrences?)\s(?:after|following)\s(?:the\s)?$",
    re.IGNORECASE,
)
# "better after A (75%) than after B (59%)"
_RIGHT_AFTER = re.compile(r"\b(?:after|following)\s(?:the\s)?$", re.IGNORECASE)
_ITS_VALUE = re.compile(r"\s?(?:(?:groups?|arms?|alone)\s)?[(\[]\s?(?:[<>≥≤~]\s?)?(?:n\s?=\s?)?\d|\s(?:was|were)\s(?:[<>≥≤~]\s?)?\d", re.IGNORECASE)
# "combinations such as A and B (10.5 months)": an example with a value of its own.
_EXAMPLE = re.compile(r"\b(?:such\sas|like|e\.g\.,?|including)\s$", re.IGNORECASE)
_ADDITION = re.compile(r"\b(?:addition\sof|adding)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_FULL_STOP = re.compile(r"(?<!\bvs)\.")
COMPARED = re.compile(r"\b(?:compar\w+|vs\.?|versus|(?<!and/)or|than|over|against|to)\b", re.IGNORECASE)
_STARTS = re.compile(
    r"""
    \b (?:
        received | receiving | started | began | begun | initiated | treated | administered | prescribed
      | underwent | undertaken | given | agreed | switched | completed | completing | commenced | added
      | continu\w+ | salvage | carried\sout | performed | put\son
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BASELINE = re.compile(
    r"""
    \b (?:
        before | prior\sto | baseline | at\s(?: diagnosis | presentation | admission )
      | initial(?:ly)? | pre-?treatment | on\sadmission | first\spresent\w*
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CASE = re.compile(
    r"""
    \b (?:
        case\s(?: report | presentation )
      | we\s(?: report | describe | present )\s (?:on\s)? (?: a | an | the )\s (?:\w+[\s-]){0,4} (?: case | patient )
      | \d{1,2}[\s-]years?[\s-]old\s (?:\w+\s){0,2} (?: man | woman | male | female | patient | boy | girl )
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Paper:
    """What kind of paper it is and what it studies: read once, before its sentences."""

    document: Document
    arms: ArmBook
    is_case: bool
    is_primary: bool
    own_names: frozenset[str]
    assigned: tuple[ArmOf, ...]
    pair: tuple[ArmOf, ArmOf] | None
    single: ArmOf | None
    composed: tuple[frozenset[str], ...]
    entry: Phrases = ()
    diseases: frozenset[str] = frozenset()
    headed: Mapping[str, Mention] = field(default_factory=dict)
    paragraphs: tuple[int, ...] = (0,)
    in_doses: bool = False
    """Whether its one treatment was given in several doses."""
    observed: bool = False
    """Whether its "observation group" is the arm under test."""
    control: ArmOf | None = None
    """What it says that its control group was given."""


@dataclass(frozen=True)
class Study:
    """A cited study as its own sentences tell it: its arms, the entries that it is cited by, and whether it is an earlier one of the same authors."""

    of: StudyOf
    arms: tuple[ArmOf, ...] = ()
    marks: frozenset[int] = frozenset()
    by_authors: bool = False


@dataclass(frozen=True)
class Context:
    """The state of reading at a sentence. Replaced, never changed, from one sentence to the next."""

    paper: Paper
    heading: str = ""
    study: Study | None = None
    told: tuple[tuple[int, StudyOf], ...] = ()
    listed: tuple[StudyOf, ...] = ()
    known: Mapping[str, Study] = field(default_factory=dict)
    authors: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()
    recent: bool = False
    fresh: bool = False
    last_endpoint: str | None = None
    first_told: tuple[str | None, str | None] = (None, None)  # endpoint and landmark of the last sentence's first result
    last_arms: tuple[ArmOf, ...] = ()
    last_model: str | None = None
    last_measure: Measure | None = None
    last_comparison: ComparisonFinding | None = None
    last_single: ArmOf | None = None
    last_event: Mention | None = None
    arm: ArmOf | None = None  # the one that sentences without an arm go on with
    arm_of_heading: ArmOf | None = None
    last_findings: tuple[MeasurementFinding, ...] = ()
    sole_endpoint: tuple[str | None, str | None] = (None, None)  # the one that the last sentence was about, with its landmark
    contrast: tuple[Mention, ...] = ()
    population: Mention | None = None
    cohort: Mention | None = None
    of_heading: Mention | None = None
    spoken_of: Mention | None = None
    own_values: frozenset[tuple[str, object]] = frozenset()
    block: int = -1
    cycle: str | None = None
    in_safety: bool = False
    grade: str | None = None
    treatment: ArmOf = field(default=ArmOf("baseline"))
    before: tuple[ArmOf, ...] = ()
    course: tuple[tuple[int, ArmOf], ...] = ()  # in a case report: the treatments of this sentence, each with where it is named

    @property
    def carried(self) -> Mention | None:
        """The population that a sentence without one goes on with: of the sentence before, else the cohort of its paragraph or its heading."""
        return self.population or self.within

    @property
    def within(self) -> Mention | None:
        """The cohort that a paragraph is about since a sentence opened with it, else that of the heading."""
        return self.cohort or self.of_heading


_BESIDE_AN_ABSTRACT = frozenset({SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.BACK, SectionKind.REFERENCES})
# What an abstract says that tells a study of its own, whether or not its parts are headed.
_STUDIED = re.compile(
    r"""
    \b (?:
        (?: patients | women | men | cases | subjects | children | participants )\s (?:[^.;]{0,120}\s)?
        (?: were | was | had\sbeen | have\sbeen )\s (?:\w+\s)? (?: randomi[sz]ed | assigned | allocated | treated | enrolled | entered | included
          | recruited | studied | analy[sz]ed | evaluated | followed | given | identified | selected )
      | \d+\s (?:[\w-]+\s){0,4} (?: patients | women | men | subjects | children | participants )\s (?:[^.;]{0,60}\s)?
        (?: completed | entered | received | underwent )
      | (?: compared\swith | against )\s placebo \s in\s \d
      | (?: this | the\spresent | our )\s (?:\w+\s){0,2} (?: study | trial | analysis | series )
      | an?\s (?:[\w-]+,?\s){0,8}? (?: study | trial | comparison )\s (?: was\s(?: conducted | performed | carried\sout | done | undertaken ) )
      | an?\s (?:\w+\s){0,2} randomi[sz]ed\s (?:\w+\s){0,2} (?: study | trial | comparison )\s (?: of | comparing | was )
      | (?: were | was )\s compared\sin\san?\s (?:[\w-]+,?\s){0,6}? (?: study | trial )
      | the\s(?:study | trial)\swas\san?\s (?:[\w-]+,?\s){0,4}? randomi[sz]ed
      | (?: were | was )\s (?: compared | studied | evaluated | assessed | reviewed )\s in \s (?:a\stotal\sof\s)? \d+
      | (?: records | data | charts | files | outcomes | results )\s of \s (?:a\stotal\sof\s)? \d[\d,]* \s [^.;]{0,60} (?: were | was )
      | (?: group | arm )\s (?: [A-D] | [1-4] | I{1,3} ) \s (?: (?:was|were)\s )? (?: received | treated | given )
      | we\s (?:have\s)? (?:(?:\w+ly|now)\s)?
        (?: randomi[sz]ed | assigned | treated | enrolled | compared | conducted | analy[sz]ed | studied | evaluated | investigated | report
          | assessed )
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _tells_a_study(document: Document, opening: str) -> bool:
    """Whether a paper is a report of a study of its own, of which parts were left out: its abstract alone, or results and discussion in one."""
    kinds = {s.kind for s in document.sections}
    of_work = {SectionKind.METHODS, SectionKind.DISCUSSION} <= kinds
    of_abstract = sum(_length(s, document) for s in document.sections if s.kind is SectionKind.ABSTRACT)
    of_body = sum(_length(s, document) for s in document.sections if s.kind not in _BESIDE_AN_ABSTRACT)
    alone = SectionKind.ABSTRACT in kinds and (of_body < _LEAST_OF_A_BODY or of_body * _TIMES_A_NOTE < of_abstract)
    if SectionKind.METHODS in kinds and any(_RESULTS_IN_ONE.search(s.heading) for s in document.sections):
        return True
    title = " ".join(s.span.of(document.text) for s in document.sections if s.kind is SectionKind.TITLE)
    titled = _TITLED_TRIAL.search(title) is not None and not _TITLED_NO_REPORT.search(title)
    return ((of_work or alone) and (titled or bool(_STUDIED.search(opening)))) or (titled and of_body + of_abstract < _SHORT)


def _length(section: Section, document: Document) -> int:
    return len(section.span.of(document.text).strip())


_LEAST_OF_A_BODY = 60
"""So few characters beside an abstract are a label of the file whose text was left out."""
_TIMES_A_NOTE = 6
"""An abstract so many times as long as what is beside it stands alone: credits, where it was presented, whose thesis it is part of."""
_SHORT = 4500
"""Characters of a report that is an abstract, whatever it is headed with."""
_TITLED_TRIAL = re.compile(
    r"\brandomi[sz]ed,?\s(?:[\w-]+,?\s){0,4}?(?:trial|study|comparison)\b|\bphase\s(?:[1-4]|I{1,3}V?)(?:/(?:[1-4]|I{1,3}V?))?[ab]?\s(?:[\w-]+,?\s){0,4}?(?:trial|study)\b",
    re.IGNORECASE,
)
_TITLED_NO_REPORT = re.compile(
    r"\b(?:review|meta-?analys[ie]s|pooled|overview|protocol|rationale|design|trials|studies|editorial|comment\w*|errat(?:um|a)"
    r"|correct(?:ion|ed|ing)|corrigend(?:um|a)|repl(?:y|ies)|response\sto|letter|retract\w+)\b",
    re.IGNORECASE,
)
_RESULTS_IN_ONE = re.compile(r"\bresults?\s(?:and|&|with)\sdiscussions?\b", re.IGNORECASE)


def about(document: Document, recognized: Recognized) -> Paper:
    """What kind of paper this is, and the two arms it compares where it compares two."""
    kinds = [s.kind for s in document.sections]
    opening = fold(document.text[:6000])
    headings = {s.heading.casefold() for s in document.sections}
    headed_as_case = any("case" in h and ("report" in h or "presentation" in h) for h in headings)
    is_case = SectionKind.METHODS not in kinds and (bool(_CASE.search(opening)) or headed_as_case)
    abstracts = (document.text[s.span.start : s.span.end][:4000] for s in document.sections if s.kind is SectionKind.ABSTRACT)
    is_primary = (not is_case and SectionKind.METHODS in kinds and SectionKind.RESULTS in kinds) or any(
        "methods" in fold(text).casefold() for text in abstracts
    )
    is_primary = is_primary or (not is_case and _tells_a_study(document, opening))
    own = (
        frozenset(
            m.norm
            for r in recognized.sentences
            if r.sentence.section.kind in (SectionKind.TITLE, SectionKind.METHODS)
            for m in r.of(MentionKind.TRIAL)
        )
        if is_primary
        else frozenset()
    )
    arms = tuple(ArmOf(a.norm, a.parts) for a in recognized.arms.assigned) if is_primary else ()
    given = _given_by_role(recognized) if is_primary else {}
    if is_primary:
        arms = _compound_arms(recognized) or arms or _by_group_names(recognized, known=True)
        unknown = _by_group_names(recognized, known=False)
        more = {a.norm for a in unknown} < {a.norm for a in arms}  # the same groups, and others whose treatment a list knows
        arms = unknown if unknown and not more and not recognized.arms.contrasted and not any(is_control(a) for a in unknown[:2]) else arms
        arms = (_by_roles(given) or arms) if {a.norm for a in arms} <= _BY_ROLE else _with_control_told(arms, given.get("control"))
    arms = _with_control_apart(arms, recognized)
    pair = _own_pair(recognized) if is_primary and not arms else None
    arms = arms or (called_by_role(sentences_of(recognized)) if is_primary and pair is None else ())
    pair = _in_full(recognized, pair) if pair is not None else None
    if len(arms) == 2:
        pair = tested_first(*as_titled(arms, recognized))
    control = given.get("control")
    if pair is not None and by_what_they_are(*pair) is None and control is not None and control.parts == pair[0].parts:
        pair = pair[::-1]
    elif pair is not None:
        pair = set_against(control_last(pair, sentences_of(recognized)), sentences_of(recognized))
    single = single_arm(recognized.sentences, foreground) if is_primary and pair is None and not arms else None
    composed = tuple(
        {
            frozenset(p.name for p in m.parts)
            for r in recognized.sentences
            for m in r.of(MentionKind.ARM)
            if len(m.parts) > 1 and m.detail == "treatment"
        }
    )
    entry = entry_phrases(recognized.sentences) if is_primary else ()
    diseases = (disease_groups(recognized.sentences) | kinds_of_tumor(recognized.sentences)) if is_primary else frozenset()
    return Paper(
        document,
        recognized.arms,
        is_case,
        is_primary and not is_case,
        own,
        arms or pair or (),
        pair,
        single,
        tuple(sorted(composed, key=sorted)),
        entry,
        diseases,
        headed_populations(document, entry, diseases) if is_primary else {},
        paragraph_starts(document),
        single is not None and in_several_doses(recognized.sentences),
        is_primary and observed_is_tested(sentences_of(recognized)),
        control,
    )


def _compound_arms(recognized: Recognized) -> tuple[ArmOf, ...]:
    """Three arms or more that the paper calls by what they were given, run together ("RT-5-FU", "RT-GC", "RT-GC+GC"); () where there are none."""
    compounds = recognized.arms.compounds
    found = {m.norm: as_arm(m) for r in recognized.sentences if r.sentence.section.kind.read for m in r.of(MentionKind.ARM) if m.norm in compounds}
    return tuple(replace(arm, span=None) for arm in found.values()) if len(found) > 2 else ()


def _by_group_names(recognized: Recognized, *, known: bool) -> tuple[ArmOf, ...]:
    """The arms of a paper by the names that it sets against each other; () where there are not two.

    `known` also takes names behind which it tells a treatment.
    """
    names = {name.norm for name in recognized.arms.groups.values() if known or all(p.kind == "other" for p in name.parts)}
    told: dict[str, ArmOf] = {}
    together = 0
    for read in recognized.sentences:
        if read.sentence.section.kind not in (SectionKind.ABSTRACT, SectionKind.RESULTS, SectionKind.CAPTION):
            continue
        here = {m.norm: m for m in read.of(MentionKind.ARM) if m.norm in names or m.detail == "role" or is_control(as_arm(m))}
        if len(here) > 1:
            together += 1
            for mention in sorted(here.values(), key=lambda m: m.span):
                told.setdefault(mention.norm, replace(as_arm(mention), span=None))
    named = [a for a in told.values() if a.norm in names]
    others = [a for a in told.values() if is_control(a) and a.norm not in names]
    arms = (*named, *(others[:1] if len(named) == 1 or (others and _told_beside_all(recognized, [*named, others[0]])) else ()))
    return arms if together >= _LEAST_CONTRASTS and len(arms) > 1 else ()


_LEAST_CONTRASTS = 2


def _told_beside_all(recognized: Recognized, arms: Sequence[ArmOf]) -> bool:
    """Whether a paper sets several arms against each other in one sentence, and more than once."""
    norms = {a.norm for a in arms}
    told = (r for r in recognized.sentences if r.sentence.section.kind in _TELLS_ARMS)
    return sum(norms <= {m.norm for m in r.of(MentionKind.ARM)} for r in told) >= _LEAST_CONTRASTS


_BY_ROLE = frozenset((*TESTED, "control", "observation"))


def _by_roles(given: Mapping[str, ArmOf]) -> tuple[ArmOf, ...]:
    """The arm under test and the control, where the paper tells what groups of these names were given; () where it does not, of both."""
    return (given["tested"], given["control"]) if len(given) > 1 and given["tested"].parts != given["control"].parts else ()


def _given_by_role(recognized: Recognized) -> dict[str, ArmOf]:
    return told_by_role(r for r in recognized.sentences if r.sentence.section.kind in (SectionKind.ABSTRACT, SectionKind.METHODS))


def _with_control_told(arms: tuple[ArmOf, ...], told: ArmOf | None) -> tuple[ArmOf, ...]:
    """Two arms, the one that is but called "control" by what the paper says that its control group was given."""
    if told is None or len(arms) != 2 or [a.norm for a in arms].count("control") != 1 or any(told.parts == a.parts for a in arms):
        return arms
    return tuple(told if a.norm == "control" else a for a in arms)


_IS_GROUP = re.compile(r"\s?(?:\([^()]{0,30}\)\s)?(?:groups?|arms?)\b", re.IGNORECASE)


def _beside_control(recognized: Recognized) -> dict[str, int]:
    """How many sentences set each arm that the paper calls a group against its control group."""
    beside: dict[str, int] = {}
    for read in recognized.sentences:
        if read.sentence.section.kind.read:
            named = [m for m in read.of(MentionKind.ARM) if m.detail == "role" or _IS_GROUP.match(read.sentence.text, m.span.end)]
            here = {m.norm for m in named if m.detail != "role" and m.parts}
            for norm in here if any(m.norm == "control" for m in named) else ():
                beside[norm] = beside.get(norm, 0) + 1
    return beside


def _with_control_apart(arms: tuple[ArmOf, ...], recognized: Recognized) -> tuple[ArmOf, ...]:
    """Two arms, the second as "control" where the paper sets its control group against the first, and tells the second apart from it.

    What both groups were given ("the control group of the A arm") is told in the same sentences as the assignment, and is no arm.
    """
    if len(arms) == 2 and is_denied(arms[1].norm):
        return (arms[0], ArmOf("control")) if _is_called_control(arms[1], recognized) else arms
    if len(arms) != 2 or any(is_control(a) or not a.parts for a in arms):
        return arms
    beside = _beside_control(recognized)
    tested, other = sorted(arms, key=lambda a: -beside.get(a.norm, 0))
    apart = beside.get(tested.norm, 0) > _LEAST_APART * beside.get(other.norm, 0) and beside.get(other.norm, 0) >= _LEAST_CONTRASTS
    return (tested, ArmOf("control")) if apart else arms


_LEAST_APART = 2


def _is_called_control(arm: ArmOf, recognized: Recognized) -> bool:
    """Whether a paper calls the arm that went without a treatment its control, and seldom by what it went without."""
    told = [m.norm for r in recognized.sentences if r.sentence.section.kind in _TELLS_ARMS for m in r.of(MentionKind.ARM)]
    return told.count("control") > max(_LEAST_CONTRASTS, told.count(arm.norm))


_TELLS_ARMS = frozenset({SectionKind.ABSTRACT, SectionKind.RESULTS, SectionKind.CAPTION})


def _own_pair(recognized: Recognized) -> tuple[ArmOf, ArmOf] | None:
    """The two arms of the paper's own comparison: the pair most often compared in title, abstract and results."""
    weight: dict[tuple[str, str], int] = {}
    arms: dict[str, ArmOf] = {}
    for read in recognized.sentences:
        gain = {SectionKind.TITLE: 6, SectionKind.ABSTRACT: 3, SectionKind.RESULTS: 2, SectionKind.METHODS: 2, SectionKind.CAPTION: 1}.get(
            read.sentence.section.kind, 0
        )
        if not gain:
            continue
        pair = compared_pair(read)
        if pair and not any(_only_without(read, arm) for arm in pair):
            key = (pair[0].norm, pair[1].norm)
            weight[key] = weight.get(key, 0) + gain
            arms.setdefault(pair[0].norm, pair[0])
            arms.setdefault(pair[1].norm, pair[1])
    if not weight:
        return None
    totals: dict[frozenset[str], int] = {}
    for key, value in weight.items():
        totals[frozenset(key)] = totals.get(frozenset(key), 0) + value
    best = max(totals, key=lambda k: (totals[k], sorted(k)))
    if totals[best] < 4:
        return None
    order = max((k for k in weight if frozenset(k) == best), key=lambda k: (weight[k], k))
    first, second = (replace(arms[n], span=None) for n in order)
    return tested_first(first, second)


def _in_full(recognized: Recognized, pair: tuple[ArmOf, ArmOf]) -> tuple[ArmOf, ArmOf]:
    """Two arms with the backbone that both were given, where the paper tells it: "erlotinib" is "WBRT + erlotinib" beside "WBRT + placebo"."""
    told: dict[frozenset[str], tuple[int, ArmOf]] = {}
    for read in recognized.sentences:
        gain = {SectionKind.TITLE: 3, SectionKind.ABSTRACT: 2}.get(read.sentence.section.kind, 1) if read.sentence.section.kind.read else 0
        for mention in foreground(read) if gain else ():
            if len(mention.parts) > 1 and mention.detail != "role":
                key = frozenset(p.name for p in mention.parts)
                told[key] = (told.get(key, (0, as_arm(mention)))[0] + gain, as_arm(mention))
    ours = [frozenset(p.name for p in arm.parts) for arm in pair]
    if not all(ours) or ours[0] & ours[1] or any(has_setting(a.norm) for a in pair):
        return pair
    for i in (0, 1):
        weight, both = told.get(ours[0] | ours[1], (0, pair[i]))
        if weight >= 4 and len(ours[1 - i]) >= 2:
            added, alone = replace(both, span=None), pair[1 - i]
            return added, alone
    for key, (weight, arm) in sorted(told.items(), key=lambda item: (-item[1][0], sorted(item[0]))):
        for i in (0, 1):
            backbone = key - ours[i]
            if not (ours[i] < key and weight >= 4 and not key & ours[1 - i]):
                continue
            other = told.get(ours[1 - i] | backbone)
            if other is not None or is_control(pair[1 - i]):
                shared = tuple(p for p in arm.parts if p.name in backbone)
                rest = (
                    replace(other[1], span=None)
                    if other is not None
                    else ArmOf(" + ".join([pair[1 - i].norm, *(p.name for p in shared)]), (*pair[1 - i].parts, *shared))
                )
                full = replace(arm, span=None)
                return (full, rest) if i == 0 else (rest, full)
    return pair


# "the dose of A was reduced in", "A dose reductions": what became of those who got it.
_DOSE_REDUCED = re.compile(
    r"\s(?:dos(?:es?|ages?)\s)?(?:(?:was|were|had|has|have|been|to|be|needed|required)\s){0,4}(?:reduc(?:ed|tions?)|modifi(?:ed|cations?)|de-?escalated)\b",
    re.IGNORECASE,
)
_REDUCTIONS_OF = re.compile(r"\breduc(?:tions?|ed|ing)\s(?:(?:in|of)\s)?(?:the\s)?(?:doses?|dosage)\sof\s$", re.IGNORECASE)


def foreground(read: ReadSentence, *, case: bool = False) -> list[Mention]:
    """The arms of a sentence that its results can belong to: not the treatment that failed before, not a drug's history."""
    text = read.sentence.text
    found = []
    told_after = [
        a
        for a in read.of(MentionKind.ARM)
        if _COUNTED_AFTER.search(text[max(a.span.start - 40, 0) : a.span.start])
        or (_RIGHT_AFTER.search(text, max(a.span.start - 20, 0), a.span.start) and _ITS_VALUE.match(text, a.span.end))
    ]
    each_after = told_after if len({a.norm for a in told_after}) > 1 else []
    for arm in read.of(MentionKind.ARM):
        before, after = text[max(arm.span.start - 60, 0) : arm.span.start], text[arm.span.end : arm.span.end + 30]
        added = len(arm.parts) > 1 and _ADDITION.search(before)
        if (
            not case
            and arm.detail != "label"
            and not added
            and arm not in each_after
            and not _DOSE_REDUCED.match(text, arm.span.end)
            and not _REDUCTIONS_OF.search(before)
            and not (_EXAMPLE.search(before) and _ITS_VALUE.match(text, arm.span.end))
            and (BACKGROUND_BEFORE.search(before) or BACKGROUND_AFTER.match(after) or _is_adjusted_for(text, arm.span))
        ):
            continue
        found.append(arm)
    return found


_ADJUSTED_FOR = re.compile(
    r"\b(?:adjust\w*|controll\w*|correct\w*|stratif\w*)\s(?:for|by)\s(?:[\w/+-]+(?:\s[\w/+-]+){0,4},\s(?:and\s)?|[\w/+-]+(?:\s[\w/+-]+){0,4}\sand\s)*(?:(?!and\b)[\w-]+\s){0,3}$",
    re.IGNORECASE,
)


def _is_adjusted_for(text: str, span: CharSpan) -> bool:
    """Whether a treatment is one of the factors that an analysis was adjusted for ("adjusting for age, chemotherapy, and stage")."""
    listed = re.match(r"\s?(?:[,.;)]|and\b|$)|\s(?:use|status|receipt)\b", text[span.end :])
    return listed is not None and _ADJUSTED_FOR.search(text[max(span.start - 200, 0) : span.start]) is not None


def _only_without(read: ReadSentence, arm: ArmOf) -> bool:
    """Whether a sentence tells an arm by nothing but what it lacked ("the group without A"): that is no name of it."""
    return is_denied(arm.norm) and arm.span is not None and not arm.span.of(read.sentence.text).casefold().startswith("no ")


def is_denied(norm: str) -> bool:
    """Whether an arm is called by the treatment that it went without."""
    return norm.startswith("no ")


def as_arm(mention: Mention) -> ArmOf:
    """A mention as the arm of a finding."""
    return ArmOf(mention.norm, mention.parts, mention.span)


_THEN = re.compile(r"(?:\s(?:alone|monotherapy|treatment|therapy|group|arm))?,\s(?:[\w-]+\s){0,4}", re.IGNORECASE)


def compared_pair(read: ReadSentence) -> tuple[ArmOf, ArmOf] | None:
    """Two arms that a sentence sets against each other, the one under test in front; None where it compares no two."""
    text = read.sentence.text
    arms = [a for a in foreground(read) if a.detail != "role"]
    for first, second in pairwise(arms):
        between = text[first.span.end : second.span.start]
        listed = re.fullmatch(r"\s?(?:\([^()]*\)\s?)?(?:with|and|to)\s(?:the\s|an?\s)?", between) and re.search(
            r"\bcompar\w+\s(?:of\s)?(?:\w+\s){0,4}$", text[: first.span.start]
        )
        if first.norm != second.norm and OPENS_WITH_OTHER.search(text[: first.span.start]) and _THEN.fullmatch(between):
            return as_arm(second), as_arm(first)
        if first.norm != second.norm and len(between) < 120 and (listed or COMPARED.search(between)) and not _FULL_STOP.search(between):
            return tested_first(as_arm(first), as_arm(second))
    return None


_OR = re.compile(r"\s(?:and/)?or\s(?:\w+\s)?", re.IGNORECASE)
_SETS_APART = re.compile(r"\bcompar|\bvs\b|\bversus\b|\barms\b|\bgroups\b|\brespectively\b|\bthan\b", re.IGNORECASE)


def by_choice(read: ReadSentence) -> ArmOf | None:
    """One arm of which each patient was given one treatment or the other ("treated with A or B"), where nobody was randomized or compared."""
    text = read.sentence.text
    if RANDOMIZES.search(text) or _SETS_APART.search(text):
        return None
    arms = [a for a in foreground(read) if a.parts and a.detail == "treatment"]
    for one, other in pairwise(arms):
        told_once = sum(a.norm in (one.norm, other.norm) for a in arms) == 2
        if told_once and one.norm != other.norm and _OR.fullmatch(text[one.span.end : other.span.start]):
            return ArmOf(f"{one.norm} or {other.norm}", tuple(dict.fromkeys((*one.parts, *other.parts))), CharSpan(one.span.start, other.span.end))
    return None


def arms_in_force(context: Context, study: StudyOf) -> tuple[ArmOf, ...]:
    """The arms that a statement without arms is about: those of the study it speaks of."""
    if study.provenance == "own":
        if context.paper.pair is not None or context.paper.assigned:
            return context.paper.pair or context.paper.assigned
        return (context.paper.single,) if context.paper.single is not None else ()
    if context.study is not None and context.study.of.name == study.name and context.study.arms:
        return () if _one_by_two_names(context.study.arms) else context.study.arms
    return _arm_of_heading(context.heading)


def _one_by_two_names(arms: Sequence[ArmOf]) -> bool:
    """Whether one of two arms is nothing but the sort of the other ("adjuvant chemotherapy", "FUFA"): they are not set against each other."""
    if len(arms) != 2 or not all(a.parts for a in arms):
        return False
    return any(all(is_a(p.name, general.name) for p in one.parts for general in other.parts) for one, other in (arms, arms[::-1]))


def _arm_of_heading(heading: str) -> tuple[ArmOf, ...]:
    """In a review: the treatment that a section is headed with, where the heading is nothing else ("Pembrolizumab")."""
    found = [m for m in find_drugs(fold(heading)) if m.parts]
    if len(found) == 1 and found[0].span.of(heading).casefold() == heading.strip(" :.").casefold():
        return (ArmOf(found[0].norm, found[0].parts),)
    return ()


def follow_treatment(context: Context, read: ReadSentence) -> Context:
    """In a case report: the treatment that values of this and later sentences follow."""
    if not context.paper.is_case or read.sentence.section.kind in (SectionKind.INTRODUCTION, SectionKind.DISCUSSION, SectionKind.CONCLUSION):
        return context
    text, context = read.sentence.text, replace(context, course=())
    if not _STARTS.search(text):
        return context
    given: Mention | None = None
    course = [(-1, context.treatment)]
    for mention in foreground(read, case=True):
        if any(p.kind in ("drug", "procedure") for p in mention.parts) and not _only_for_support(text, mention):
            joined = given is not None and given_together(text[given.span.end : mention.span.start])
            context = replace(context, treatment=_with_part(context.treatment, mention) if joined else _joined_treatment(context, mention))
            given = mention
            course.append((mention.span.start, context.treatment))
    return replace(context, course=tuple(course))


def _with_part(treatment: ArmOf, mention: Mention) -> ArmOf:
    """A treatment with what was given together with it."""
    parts = (*treatment.parts, *(p for p in mention.parts if p not in treatment.parts))
    return ArmOf(" + ".join(p.name for p in parts), parts)


def _only_for_support(text: str, mention: Mention) -> bool:
    return bool(
        re.search(r"(?:history\sof|plan\s(?:was|to)|candidate\sfor|before|await\w*)\s(?:\w+\s){0,4}$", text[: mention.span.start], re.IGNORECASE)
    ) or bool(re.match(r"\s(?:\w+\s){0,3}for\s(?:hepatitis|pain|infection|nausea)", text[mention.span.end :]))


def _joined_treatment(context: Context, mention: Mention) -> ArmOf:
    """The new treatment, with the one so far where the paper speaks of the two as one."""
    now, new = {p.name for p in context.treatment.parts}, {p.name for p in mention.parts}
    if new <= now:
        return context.treatment
    for composed in context.paper.composed:
        if composed == now | new and now:
            parts = (
                (*mention.parts, *(p for p in context.treatment.parts if p not in mention.parts))
                if len(new) < len(now)
                else (*context.treatment.parts, *(p for p in mention.parts if p not in context.treatment.parts))
            )
            return ArmOf(" + ".join(p.name for p in parts), parts)
    return ArmOf(mention.norm, mention.parts)


# "(1.9 cm before, 3.3 cm now)": said of the first alone.
_OF_THE_NUMBER = re.compile(r"(?<=\d)\s?[\w/]*\sbefore(?=\s?[,;)])")


def is_baseline(text: str, position: int) -> bool:
    """Whether a value is told as one from before treatment."""
    start = max(text.rfind(";", 0, position), text.rfind(". ", 0, position), 0)
    said = _OF_THE_NUMBER.sub("", text[start:position])
    return bool(_BASELINE.search(said) or re.match(r"[\d.,]+\s?[\w/]*\s(?:before\b|at\s(?:baseline|diagnosis)\b)", text[position:]))


def sentences_of(recognized: Recognized) -> Iterator[ReadSentence]:
    """The sentences that outcomes are looked for in."""
    for read in recognized.sentences:
        if read.sentence.section.kind.read:
            yield read
