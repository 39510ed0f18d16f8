"""What earlier sentences tell the reader of a later one: whose study, which arms, which treatment so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractor.document import CharSpan, Document, SectionKind, fold
from extractor.entities import ArmBook, Mention, MentionKind, ReadSentence, Recognized
from extractor.entities.drugs import find_drugs
from extractor.records import Measure
from extractor.relations.findings import ArmOf, StudyOf

OWN_WORDS = re.compile(
    r"""
    \b (?:
        our | ours | we | us
      | present\s(?: study | trial | analysis | series | report | work )
      | this\s(?: study | trial | analysis | report | series | phase | randomi[sz]ed | retrospective | case | cohort )
      | current\s(?: study | trial | analysis )
      | (?: the | in )\scase\sreported
      | herein
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SAYS_OWN_RESULT = re.compile(
    r"\b(?:[Ii]n\sour\s(?:\w+\s)?(?:trial|study|series|cohort|patients|experience|center|centre|hospital)|[Ww]e\s(?:treated|observed|found|report\w*\sthat))\b"
)
AUTHOR = re.compile(r"\b(?P<name>[A-Z][\w'-]+(?:-[A-Z][\w'-]+)?)\s(?:et\sal\b\.?|and\sco-?(?:workers|lleagues|authors)|and\scolleagues)")
OTHER_STUDY = re.compile(
    r"""
    \b (?: an? | another | one | other | previous | prior | earlier | recent | several | similar | both | two | three )\s
    (?: (?! (?: the | that | this | of | post-hoc | pooled | exploratory | subgroup | press )\b ) [\w/-]+\s ){0,5}?
    (?: stud(?:y|ies) | trials? | meta-analys[ie]s | series | investigators ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
BACKGROUND_BEFORE = re.compile(
    r"""
    (?:
        progress\w*\s(?: on | after | following | with | during )
      | fail(?: ure | ed | ing )?\s (?: of | on | to | with | after )?
      | refractory\sto | intoleran\w+\s(?:of|to) | resistan\w+\sto
      | \bprior | \bprevious(?:ly)? | pretreated\swith | \bpost | \bafter | \bfollowing
      | na[iï]ve\sto | ineligible\sfor | exposure\sto
      | duration\s(?:of|with) | \b(?: time | onset | start | initiation | use )\sof
      | prior\sto | (?: previously | prior )\s(?: treated | received | exposed )\s (?:with|to)?
      | tolerate | refused | since
      | approv(?: al | ed )\s (?:of|to)?
      | role\sof | dose\sof | addition\sof | subsequent
      | results\s(?: from | of | with )(?:\sa\scombination\sof)?
      | \b(?: such\sas | including | includes? | like | e\.g\.,? )
    )\s
    (?: (?: the | or | and | a | prior | first-line | previous | systemic | treatment | therapy | with )\s ){0,3}
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)
BACKGROUND_AFTER = re.compile(
    r"""
    \s? -? \s?
    (?:
        refractory | resistan\w+ | intoleran\w+ | failure\b
      | na[iï]ve | pretreated | experienced | exposed | sparing | eligible
      | initiation | discontinuation | use\b
      | clearance | exposure | concentration | dose\s | dosing | included\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ADDITION = re.compile(r"\b(?:addition\sof|adding)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_FULL_STOP = re.compile(r"(?<!\bvs)\.")
_COMPARED = re.compile(r"\b(?:compar\w+|vs\.?|versus|or|than|over|against|to)\b", re.IGNORECASE)
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


@dataclass(frozen=True)
class Study:
    """A cited study as its own sentences tell it."""

    of: StudyOf
    arms: tuple[ArmOf, ...] = ()


@dataclass(frozen=True)
class Context:
    """The state of reading at a sentence. Replaced, never changed, from one sentence to the next."""

    paper: Paper
    heading: str = ""
    study: Study | None = None
    last_endpoint: str | None = None
    last_arms: tuple[ArmOf, ...] = ()
    last_model: str | None = None
    last_measure: Measure | None = None
    last_single: ArmOf | None = None
    contrast: tuple[Mention, ...] = ()
    population: Mention | None = None
    own_values: frozenset[tuple[str, object]] = frozenset()
    block: int = -1
    cycle: str | None = None
    in_safety: bool = False
    grade: str | None = None
    treatment: ArmOf = field(default=ArmOf("baseline"))
    before: tuple[ArmOf, ...] = ()


_BESIDE_AN_ABSTRACT = frozenset({SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.BACK, SectionKind.REFERENCES})
# What an abstract says that tells a study of its own, whether or not its parts are headed.
_STUDIED = re.compile(
    r"""
    \b (?:
        (?: patients | women | men | cases | subjects | children | participants )\s (?:[^.;]{0,60}\s)?
        (?: were | was | had\sbeen | have\sbeen )\s (?:\w+\s)? (?: randomi[sz]ed | assigned | allocated | treated | enrolled | entered | included
          | recruited | studied | analy[sz]ed | evaluated | followed | given | identified )
      | (?: this | the\spresent | our )\s (?:\w+\s){0,2} (?: study | trial | analysis | series )
      | an?\s (?:\w+\s){0,2} randomi[sz]ed\s (?:\w+\s){0,2} (?: study | trial | comparison )\s (?: of | comparing | was )
      | we\s (?: randomi[sz]ed | assigned | treated | enrolled | compared | conducted | analy[sz]ed | studied | evaluated | investigated | report )
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)


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
    alone = SectionKind.ABSTRACT in kinds and set(kinds) <= _BESIDE_AN_ABSTRACT
    is_primary = is_primary or (not is_case and alone and bool(_STUDIED.search(opening)))
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
    pair = _own_pair(recognized) if is_primary and not arms else None
    pair = _in_full(recognized, pair) if pair is not None else None
    if len(arms) == 2:
        pair = tested_first(*_as_titled(arms, recognized))
    studied = recognized.arms.studied
    single = None
    if (
        pair is None
        and not arms
        and is_primary
        and len(studied) == 1
        and any(p.kind != "drug_class" for p in recognized.arms.parts.get(studied[0], ()))
    ):
        single = ArmOf(studied[0], recognized.arms.parts.get(studied[0], ()))
    composed = tuple(
        {
            frozenset(p.name for p in m.parts)
            for r in recognized.sentences
            for m in r.of(MentionKind.ARM)
            if len(m.parts) > 1 and m.detail == "treatment"
        }
    )
    return Paper(
        document, recognized.arms, is_case, is_primary and not is_case, own, arms or pair or (), pair, single, tuple(sorted(composed, key=sorted))
    )


def _as_titled(arms: Sequence[ArmOf], recognized: Recognized) -> list[ArmOf]:
    """Arms in the order in which the title names what each has alone; in the order given where it names but one of them, or none, first."""
    title = [r for r in recognized.sentences if r.sentence.section.kind is SectionKind.TITLE]
    named = [p.name for r in title for m in r.of(MentionKind.ARM) for p in m.parts]

    def place(arm: ArmOf) -> int:
        own = {p.name for p in arm.parts} - {p.name for other in arms if other is not arm for p in other.parts}
        return min((named.index(name) for name in own if name in named), default=len(named))

    return sorted(arms, key=place)


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
        if pair:
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
    if not all(ours) or ours[0] & ours[1] or "(" in pair[0].norm + pair[1].norm:
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


def tested_first(first: ArmOf, second: ArmOf) -> tuple[ArmOf, ArmOf]:
    """Two arms with the arm under test in front: not the placebo, not the control, not the part of the other."""
    if _has_placebo(first) != _has_placebo(second):
        return (second, first) if _has_placebo(first) else (first, second)
    if is_control(first) and not is_control(second):
        return second, first
    mine, others = {p.name for p in first.parts}, {p.name for p in second.parts}
    if mine and mine < others and not is_control(second):
        return second, first
    return first, second


def _has_placebo(arm: ArmOf) -> bool:
    return any(p.kind == "placebo" for p in arm.parts)


def is_control(arm: ArmOf) -> bool:
    """Whether an arm is a control by what it is called or made of."""
    if any(p.kind in ("placebo", "supportive_care") for p in arm.parts) and len(arm.parts) == 1:
        return True
    return bool(re.match(r"(?:control|placebo|observation|no\s(?:further\s)?treatment|standard|reference|comparator|usual care|sham)", arm.norm))


def foreground(read: ReadSentence, *, case: bool = False) -> list[Mention]:
    """The arms of a sentence that its results can belong to: not the treatment that failed before, not a drug's history."""
    text = read.sentence.text
    found = []
    for arm in read.of(MentionKind.ARM):
        before, after = text[max(arm.span.start - 60, 0) : arm.span.start], text[arm.span.end : arm.span.end + 30]
        added = len(arm.parts) > 1 and _ADDITION.search(before)
        if not case and arm.detail != "label" and not added and (BACKGROUND_BEFORE.search(before) or BACKGROUND_AFTER.match(after)):
            continue
        found.append(arm)
    return found


def as_arm(mention: Mention) -> ArmOf:
    """A mention as the arm of a finding."""
    return ArmOf(mention.norm, mention.parts, mention.span)


def compared_pair(read: ReadSentence) -> tuple[ArmOf, ArmOf] | None:
    """Two arms that a sentence sets against each other, the one under test in front; None where it compares no two."""
    text = read.sentence.text
    arms = [a for a in foreground(read) if a.detail != "role"]
    for first, second in pairwise(arms):
        between = text[first.span.end : second.span.start]
        listed = re.fullmatch(r"\s?(?:\([^()]*\)\s?)?(?:with|and|to)\s(?:the\s|an?\s)?", between) and re.search(
            r"\bcompar\w+\s(?:of\s)?(?:\w+\s){0,4}$", text[: first.span.start]
        )
        if first.norm != second.norm and len(between) < 120 and (listed or _COMPARED.search(between)) and not _FULL_STOP.search(between):
            return tested_first(as_arm(first), as_arm(second))
    return None


def enter(context: Context, read: ReadSentence) -> Context:
    """The context in which a sentence is read: its study found or kept, its section noted."""
    section = read.sentence.section
    if section.heading != context.heading:
        context = replace(
            context,
            heading=section.heading,
            study=None,
            in_safety=_speaks_of_safety(section.heading),
            last_endpoint=None,
            grade=None,
            contrast=(),
            population=None,
        )
    block = read.sentence.block.span.start
    if block != context.block:
        kept = None if context.paper.is_primary or context.paper.is_case else context.study
        context = replace(
            context,
            block=block,
            study=kept,
            contrast=(),
            population=context.population if kept else None,
            last_arms=(),
            last_single=None,
            last_measure=None,
        )
    study = _study_of(context, read)
    if study is not None and (context.study is None or study.of.name != context.study.of.name or study.of.name is None):
        context = replace(context, study=study, population=None)
    elif (context.study is not None or not context.paper.is_primary) and OTHER_STUDY.search(read.sentence.text) and not read.of(MentionKind.TRIAL):
        unnamed = Study(StudyOf(None, "cited")) if not context.paper.is_primary or section.kind is not SectionKind.RESULTS else None
        context = replace(context, study=unnamed, population=None)
    return _with_study_arms(context, read)


def _speaks_of_safety(heading: str) -> bool:
    return bool(re.search(r"toxicit|safety|adverse|tolerab", heading, re.IGNORECASE))


def _with_study_arms(context: Context, read: ReadSentence) -> Context:
    if context.study is None:
        return context
    pair = compared_pair(read)
    if pair is not None and len(context.study.arms) < 2:
        arms = tuple(replace(a, span=None) for a in pair)
        return replace(context, study=replace(context.study, arms=arms))
    if not context.study.arms:
        arms = tuple(replace(as_arm(a), span=None) for a in foreground(read) if a.detail != "role" and not is_control(as_arm(a)))[:1]
        return replace(context, study=replace(context.study, arms=arms))
    if len(context.study.arms) == 1:
        found = foreground(read)
        for role, other in pairwise(found):
            between = read.sentence.text[role.span.end : other.span.start]
            if (
                role.detail == "role"
                and other.detail != "role"
                and other.norm != context.study.arms[0].norm
                and len(between) < 60
                and _COMPARED.search(between)
            ):
                return replace(context, study=replace(context.study, arms=(context.study.arms[0], replace(as_arm(other), span=None))))
    return context


def _study_of(context: Context, read: ReadSentence) -> Study | None:
    """The study that a sentence names, if it names one that is not the paper's own."""
    text = read.sentence.text
    trials = [t for t in read.of(MentionKind.TRIAL) if t.norm not in context.paper.own_names]
    if trials:
        names = [t for t in trials if not t.detail]
        registry = next((t.detail for t in trials if t.detail), None)
        if len(names) >= 2 and re.search(r"\bpooled|\bcombined analysis", text, re.IGNORECASE):
            distinct = list(dict.fromkeys(t.norm for t in names))
            return Study(StudyOf(" + ".join(distinct), "cited", registry, names[0].span))
        if names:
            return Study(StudyOf(names[-1].norm if len(names) == 1 else names[0].norm, "cited", registry, names[0].span))
        return Study(StudyOf(trials[0].norm, "cited", registry, trials[0].span))
    author = AUTHOR.search(text)
    if author:
        return Study(StudyOf(f"{author.group('name')} et al.", "cited", None, CharSpan(*author.span())))
    return None


def study_at(context: Context, read: ReadSentence, position: int) -> StudyOf:
    """Whose result the number at a position of a sentence is."""
    own = StudyOf("this study", "own")
    section, paper = read.sentence.section.kind, context.paper
    trials = [t for t in read.of(MentionKind.TRIAL) if not t.detail and t.norm not in paper.own_names]
    near = [t for t in trials if t.span.start < position] or trials
    text = read.sentence.text
    if not paper.is_primary and not paper.is_case:
        return own if not near and _SAYS_OWN_RESULT.search(text) else _cited(context, near)
    cites = bool(near) or bool(AUTHOR.search(text))
    marks = any(True for _ in paper.document.marks_in(read.sentence.span))
    says_own = bool(OWN_WORDS.search(text))
    if section in (
        SectionKind.RESULTS,
        SectionKind.ABSTRACT,
        SectionKind.METHODS,
        SectionKind.CAPTION,
        SectionKind.TABLE,
        SectionKind.CONCLUSION,
        SectionKind.TITLE,
    ):
        return _cited(context, near) if cites and near and section in (SectionKind.RESULTS,) and not says_own else own
    if (says_own and not near) or (not near and _repeats_own(context, read)):
        return own
    if cites or (marks and not says_own):
        return _cited(context, near)
    if section is SectionKind.INTRODUCTION:
        return _cited(context, near)
    if context.study is not None and not says_own:
        return context.study.of
    return own


def _repeats_own(context: Context, read: ReadSentence) -> bool:
    """Whether a discussion repeats figures that the paper's own results gave before."""
    printed = set(re.findall(r"\d+\.\d+|\d{2,}", read.sentence.text))
    own = {str(value) for _, value in context.own_values}
    return len(printed & own) >= 2 or (len(printed) == 1 and bool(printed & own))


def _cited(context: Context, near: Sequence[Mention]) -> StudyOf:
    if context.study is not None and context.study.of.name and (not near or near[-1].norm in context.study.of.name):
        return context.study.of
    if near:
        return StudyOf(near[-1].norm, "cited", None, near[-1].span)
    return context.study.of if context.study is not None else StudyOf(None, "cited")


def arms_in_force(context: Context, study: StudyOf) -> tuple[ArmOf, ...]:
    """The arms that a statement without arms is about: those of the study it speaks of."""
    if study.provenance == "own":
        if context.paper.pair is not None or context.paper.assigned:
            return context.paper.pair or context.paper.assigned
        return (context.paper.single,) if context.paper.single is not None else ()
    if context.study is not None and context.study.of.name == study.name and context.study.arms:
        return context.study.arms
    return _arm_of_heading(context.heading)


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
    text = read.sentence.text
    if not _STARTS.search(text):
        return context
    for mention in foreground(read, case=True):
        if any(p.kind in ("drug", "procedure") for p in mention.parts) and not _only_for_support(text, mention):
            context = replace(context, treatment=_joined_treatment(context, mention))
    return context


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
                else (*context.treatment.parts, *mention.parts)
            )
            return ArmOf(" + ".join(p.name for p in parts), parts)
    return ArmOf(mention.norm, mention.parts)


def is_baseline(text: str, position: int) -> bool:
    """Whether a value is told as one from before treatment."""
    start = max(text.rfind(";", 0, position), text.rfind(". ", 0, position), 0)
    return bool(_BASELINE.search(text[start:position]) or re.match(r"[\d.,]+\s?[\w/]*\s(?:before\b|at\s(?:baseline|diagnosis)\b)", text[position:]))


def documents_of(recognized: Recognized) -> Iterator[ReadSentence]:
    """The sentences that outcomes are looked for in."""
    for read in recognized.sentences:
        if read.sentence.section.kind.read:
            yield read
