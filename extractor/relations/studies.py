"""Whose results a sentence tells: the paper's own, those of a study it cites, or of each some.

A sentence is searched for cues (`cues.py`). Cues of one kind say whose the whole sentence is. Where both kinds stand in it, each number goes with
the cue of its own part of the sentence. A sentence without a cue goes on about the study of the sentence before it, until the paragraph ends or the
paper speaks of itself again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.document import CharSpan, SectionKind
from extractor.entities import MentionKind, Part, ReadSentence
from extractor.entities.assignment import RANDOMIZES, Alternative, alternatives
from extractor.entities.concepts import is_a
from extractor.entities.joins import COMPARED_WITH
from extractor.relations.abstracts import opens_a_paper, part_told
from extractor.relations.brackets import opening
from extractor.relations.context import COMPARED, Context, Study, as_arm, by_choice, compared_pair, foreground
from extractor.relations.cues import (
    KNOWN,
    LIKENED,
    OF_THEM,
    OWN,
    OWN_WORDS,
    THIS_STUDY,
    Cue,
    cited_cues,
    entries_of,
    listed_studies,
    own_cues,
    printed_in,
)
from extractor.relations.findings import ArmOf, StudyOf
from extractor.relations.headed import arm_of_heading
from extractor.relations.paragraphs import paragraph_at
from extractor.relations.tested import is_control, tested_first

_OF_THE_PAPER = frozenset(
    {
        SectionKind.RESULTS,
        SectionKind.ABSTRACT,
        SectionKind.METHODS,
        SectionKind.CAPTION,
        SectionKind.TABLE,
        SectionKind.CONCLUSION,
        SectionKind.TITLE,
    }
)

_PART = re.compile(
    r"""
    ; \s | : \s
  | ,?\s
    (?: vs\.? | versus | while | whereas | whilst | although | but | however | than | which
      | as\scompared | compared | compares? (?=\s(?:\w+\s)?(?:with|to)\b) | similar\sto | close(?:r)?\sto | comparable\s(?:to|with)
      | in\scontrast | consistent\swith | in\s(?:line|agreement|comparison|accordance)\swith | against | as\sopposed
      | relative\sto | higher | lower | better ) (?!\w)
  | ,\s (?= we\b | our\b )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def enter(context: Context, read: ReadSentence) -> Context:
    """The context in which a sentence is read: its section noted, its study found or kept, and whose its numbers are."""
    section = read.sentence.section
    if section.heading != context.heading:
        context = replace(
            context,
            heading=section.heading,
            study=None,
            in_safety=bool(re.search(r"toxicit|safety|adverse|tolerab", section.heading, re.IGNORECASE)),
            last_endpoint=None,
            first_told=(None, None),
            grade=None,
            contrast=(),
            population=None,
            cohort=None,
            arm=None,
            arm_of_heading=arm_of_heading(context.paper.pair or context.paper.assigned, section.heading)
            if section.kind is SectionKind.RESULTS
            else None,
            of_heading=context.paper.headed.get(section.heading) if section.kind is SectionKind.RESULTS else None,
        )
    block = paragraph_at(context.paper.paragraphs, read.sentence.span.start)
    context = replace(context, recent=block == context.block and bool(context.told) and context.told[-1][1].provenance == "cited")
    if block != context.block:
        kept = None if context.paper.is_primary or context.paper.is_case else context.study
        context = replace(
            context,
            block=block,
            study=kept,
            contrast=(),
            population=context.population if kept else None,
            cohort=None,
            spoken_of=None,
            last_single=None,
            last_event=None,
            last_findings=(),
            arm=None,
            sole_endpoint=(None, None),
            last_measure=None,
            last_comparison=None,
            last_arms=(),
        )
    cited = cited_cues(context, read)
    told_before = context.told
    before = context.study.of.name if context.study is not None else None
    if part_told(section) in _OF_THE_PAPER and (context.paper.is_primary or context.paper.is_case):
        context = _in_own_part(context, read, cited)
    else:
        context = _in_discourse(context, read, cited)
    now = context.study.of.name if context.study is not None else None
    fresh = (now is not None and now != before) or any(_ANOTHER.match(c.span.of(read.sentence.text)) for c in cited)
    cohort = context.cohort if _same_study(told_before, context.told) else None
    return _with_study_arms(replace(context, listed=listed_studies(context, read), fresh=fresh, cohort=cohort), read)


def _same_study(before: Sequence[tuple[int, StudyOf]], now: Sequence[tuple[int, StudyOf]]) -> bool:
    """Whether two sentences are about one study; of two that are not named nobody knows."""
    if not before or not now:
        return True
    one, other = before[-1][1], now[-1][1]
    return (one.provenance, one.name) == (other.provenance, other.name) and (one.provenance == "own" or one.name is not None)


_ANOTHER = re.compile(r"(?:another|other)\b", re.IGNORECASE)


def study_at(context: Context, position: int) -> StudyOf:
    """Whose result the number at a position of the sentence is."""
    return next((study for start, study in reversed(context.told) if start <= position), OWN)


def _in_own_part(context: Context, read: ReadSentence, cited: Sequence[Cue]) -> Context:
    """In the sections in which a paper tells its own results another study is one that is named, and in results alone."""
    named = [c for c in cited if c.study.of.name is not None]
    says_own = bool(OWN_WORDS.compiled.search(read.sentence.text) or THIS_STUDY.compiled.search(read.sentence.text))
    trials = [c for c in named if any(m.span == c.span for m in read.of(MentionKind.TRIAL))]
    if read.sentence.section.kind is SectionKind.RESULTS and trials and not says_own:
        return _told_of(context, trials)
    earlier = [c for c in cited if c.study.by_authors]
    if read.sentence.section.kind is SectionKind.ABSTRACT and earlier and not THIS_STUDY.compiled.search(read.sentence.text):
        return _told_of(context, earlier)
    return replace(context, told=((0, OWN),), study=named[-1].study if named else context.study)


def _in_discourse(context: Context, read: ReadSentence, cited: Sequence[Cue]) -> Context:
    """In an introduction, a discussion or a review."""
    text, paper = read.sentence.text, context.paper
    review = not paper.is_primary and not paper.is_case
    marks = entries_of(paper.document, read)
    strong = [c for c in cited if c.study.of.name is not None or not KNOWN.compiled.fullmatch(c.span.of(text))]
    own = [] if review else own_cues(context, read, [c.span for c in cited])
    if own and not cited:
        if context.study is not None and context.study.by_authors and not _SPEAKS_OF_NOW.search(text):
            return replace(context, told=((0, context.study.of),))
        if context.study is not None and context.recent and all(_only_likened(text, c) for c in own):
            return replace(context, told=((0, context.study.of),))
        others = _DATA_OF_OTHERS.search(text) if not review else None
        is_theirs = others is not None and (others.group("figure") is not None or re.search(r"\d", text[: others.start()]) is not None)
        theirs = ((others.start(), StudyOf(None, "cited")),) if others is not None and is_theirs else ()
        return replace(context, told=((0, OWN), *theirs), study=None)
    own = [c for c in own if not _only_likened(text, c)] if strong else own
    if own:
        return _by_part(context, text, own, cited)
    if (
        not review
        and not opens_a_paper(read.sentence.section)
        and not strong
        and _repeats_own(context, text)
        and not (context.recent and _of_them(read))
        and not _names_others_alone(context, read)
    ):
        return replace(context, told=((0, OWN),), study=None)
    if cited:
        apart = None if review or opens_a_paper(read.sentence.section) else _set_against(read, cited)
        return _told_of(context, cited) if not apart else _by_part(context, text, [Cue(CharSpan(0, apart), Study(OWN))], cited)
    if not marks and not review and not (context.recent and _of_them(read)) and _names_own_arms(context, read):
        return replace(context, told=((0, OWN),))
    if paper.is_case and not marks and context.study is None:
        return replace(context, told=((0, OWN),))
    if marks or review or context.study is not None or opens_a_paper(read.sentence.section):
        return _going_on(context, read, marks)
    return replace(context, told=((0, OWN),))


# "A 10-year survival of 83% was reported": by those whom the sentence before cites. Of harms patients report too.
_WAS_REPORTED = re.compile(r"\b(?:was|were|has\sbeen|have\sbeen)\s(?:also\s)?reported\b(?!\s(?:here|in\s(?:this|our|the\spresent|the\scurrent))\b)")


def _of_them(read: ReadSentence) -> bool:
    """Whether a sentence that follows one on others speaks of them: "they found", "their trial", "a survival of 83% was reported"."""
    text = read.sentence.text
    return OF_THEM.search(text) is not None or (_WAS_REPORTED.search(text) is not None and not read.of(MentionKind.ADVERSE_EVENT))


def _only_likened(text: str, cue: Cue) -> bool:
    """Whether others are likened to what a cue names, and no figure of it is told: "in line with our results", "(similar to ours)"."""
    return bool(LIKENED.search(text[: cue.span.start])) and not _ITS_FIGURE.match(text, cue.span.end)


_ITS_FIGURE = re.compile(r"(?:\s?[\w-]+){0,3}?\s?[(\[]?\d")


def _names_own_arms(context: Context, read: ReadSentence) -> bool:
    """Whether a sentence of a discussion names arms of the paper's own study, and none of the study that was spoken of."""
    if opens_a_paper(read.sentence.section) or context.study is None:
        return False
    named = {a.norm for a in foreground(read) if a.detail != "role"}
    return bool(named) and named <= {a.norm for a in context.paper.assigned} and not named & {a.norm for a in context.study.arms}


def _names_others_alone(context: Context, read: ReadSentence) -> bool:
    """Whether a sentence names treatments, none of which is in an arm of the paper's own study."""
    own = {p.name for a in context.paper.assigned for p in a.parts}
    named = [a for a in foreground(read) if a.detail != "role" and a.parts]
    return bool(own and named) and not any(p.name in own for a in named for p in a.parts)


_SPEAKS_OF_NOW = re.compile(r"\b(?:now|here|herein|hereby|present|current|hypothesi[sz]e\w*|therefore|thus|aim\w*)\b", re.IGNORECASE)


_ANAPHORA = re.compile(
    r"\b(?:respective(?:ly)?|both|the\s(?:two|three)|either|each|between|vs\.?|versus|these|those|they|their|this|the\s(?:study|trial|combination|regimen))(?!\w)",
    re.IGNORECASE,
)
# What is known of a disease, not from a study.
_GENERAL = re.compile(
    r"\bprognosis\b|\bremains?\s(?:very\s|extremely\s)?(?:poor|dismal|limited|low)\b|\bnatural\s(?:history|course)\b|\btypically\b"
    r"|\b(?:outcomes?|outlook|survival)\b[^,;.\d]{0,60}\b(?:is|are)\s(?:\w+\s)?(?:poor|dismal|unfavou?rable)\b",
    re.IGNORECASE,
)


def _on_its_arms(study: Study, read: ReadSentence) -> bool:
    """Whether a sentence with another citation still tells of a study: it names its arms and no other, or none and speaks of "the two arms"."""
    named = {a.norm for a in foreground(read) if a.detail != "role"}
    return named <= {a.norm for a in study.arms} if named else bool(study.arms and _ANAPHORA.search(read.sentence.text))


def _going_on(context: Context, read: ReadSentence, marks: frozenset[int]) -> Context:
    """A sentence that names no study goes on with the last one, unless it cites another source."""
    study, text = context.study, read.sentence.text
    review = not context.paper.is_primary and not context.paper.is_case
    if study is None or _GENERAL.search(text):
        study = Study(StudyOf(None, "cited"))
        context = replace(context, last_single=None if _GENERAL.search(text) else context.last_single)
    elif marks and study.marks and not marks & study.marks and not (review and study.of.name) and not _on_its_arms(study, read):
        study = Study(StudyOf(None, "cited"))
    study = replace(study, marks=study.marks | marks)
    return replace(context, study=study, told=((0, study.of),))


def _told_of(context: Context, cited: Sequence[Cue]) -> Context:
    """The numbers of a sentence that speaks of other studies alone: each is of the study named last before it, else of the first."""
    told = [(c.span.start, _known(context, c.study)) for c in cited]
    last = told[-1][1]
    return replace(_changed(context, last), told=tuple((0 if i == 0 else start, study.of) for i, (start, study) in enumerate(told)))


def _changed(context: Context, study: Study) -> Context:
    """The context with another study spoken of; the same where it is that of before."""
    now = context.study
    if now is not None and now.of.name == study.of.name and now.of.name is not None:
        return replace(context, study=replace(now, marks=now.marks | study.marks))
    return replace(context, study=study, population=None)


def _known(context: Context, study: Study) -> Study:
    """A study as it was told before, if it was."""
    before = context.known.get(study.of.name) if study.of.name is not None else None
    return study if before is None else replace(before, of=replace(study.of, registry_id=study.of.registry_id or before.of.registry_id))


def _by_part(context: Context, text: str, own: Sequence[Cue], cited: Sequence[Cue]) -> Context:
    """A sentence that sets the paper's results against others: each part of it is of the cue that stands in it, at its end or before it."""
    every = sorted((*own, *cited), key=lambda c: c.span)
    inserted = {c: bracket for c in every if (bracket := _bracket_of(text, c)) is not None}
    cues = [c for c in every if c not in inserted] or every
    parts = [0, *(m.start() for m in _PART.finditer(text)), len(text)]
    bounds = sorted({*parts, *_turns(text, cues, parts)})
    told: list[tuple[int, StudyOf]] = []
    last: Cue | None = None
    for start, end in pairwise(bounds):
        here = [c for c in cues if start <= c.span.start < end]
        if not here and len({study.provenance for _, study in told}) > 1:
            continue  # "less often in ours than in theirs (4 vs 6)": both stand behind both
        if not here:
            nearest = last or next((c for c in cues if c.span.start >= end), cues[0])
            told.append((start, nearest.study.of if last is not None or nearest.own else OWN))
            continue
        told.append((start, here[0].study.of))
        told += [(c.span.start, c.study.of) for c in here[1:]]
        last = here[-1]
    for cue, bracket in inserted.items() if cues != every else ():
        around = next((study for start, study in sorted(told, key=lambda t: t[0], reverse=True) if start <= bracket.start), OWN)
        told += [(bracket.start, cue.study.of), (bracket.end, around)]
    told.sort(key=lambda t: t[0])
    known = [_known(context, c.study) for c in cited]
    goes_on = not cues[-1].own and (not cues[0].own or known[-1].of.name is not None)
    return replace(_changed(context, known[-1]) if goes_on else replace(context, study=None), told=tuple(told))


def _bracket_of(text: str, cue: Cue) -> CharSpan | None:
    """The bracket that a cue stands in with a figure of its own: "in 55% of them (58% in our study)"; None where it stands in none."""
    start = opening(text, cue.span.start)
    end = text.find(")", cue.span.end)
    if start is None or end < 0 or not _FIGURE.search(text, start, end):
        return None
    return CharSpan(start, end + 1)


def _turns(text: str, cues: Sequence[Cue], bounds: Sequence[int]) -> Iterator[int]:
    """Where one part speaks of others and of the paper itself: the comma behind the one, ahead of the numbers that the other stands behind.

    "Since it is 9 months in most reports, the 12.1 months of the present study are long."
    """
    for one, other in pairwise(cues):
        if one.own == other.own or any(one.span.start < bound <= other.span.start for bound in bounds):
            continue
        commas = [m.start() for m in re.finditer(r",\s", text[: other.span.start]) if m.start() >= one.span.end]
        behind = [at for at in commas if _FIGURE.search(text, at, other.span.start)]
        yield from behind[-1:]


_AGAINST = re.compile(
    r"""
    \b (?: than | compar(?:ed|able)\s(?:with|to) | similar\sto | close(?:r)?\sto | consistent\swith
      | (?:line|agreement|comparison|contrast)\s(?:with|to) | relative\sto | resembl\w+ | corroborat\w+ | confirm\w* | familiar\sfrom
    )
    (?: \s (?: \([^()]*\) | has | have | been | that | those | what | the | an? | results? | rates? | data | findings | values? | figures?
              | was | were | reported | seen | observed | found | described | published | achieved | obtained | noted | previously | earlier
              | in | of | from | by | for | with | other | large | recent ) )*
    \s $
    """,
    re.IGNORECASE | re.VERBOSE,
)


_FIGURE = re.compile(r"\d\s?(?:%|percent|months?|weeks?|years?|patients)|\bp\s?[=<>]", re.IGNORECASE)


# "than the 45% achieved in the ALPHA trial": any words, and a figure, but no other arm: that would be one of the trial's own.
_AGAINST_A_FIGURE = re.compile(
    r"\b(?:than|compared\s(?:with|to)|versus|vs\.?|similar\sto|close(?:r)?\sto|comparable\s(?:with|to)|consistent\swith"
    r"|compar(?:es|ed|ing)\s(?:well|poorly|favou?rably|unfavou?rably)\s(?:with|to))\s(?:[^,;()]|,\d){0,90}$",
    re.IGNORECASE,
)


# "(10.8 months) and compares well with data reported for A (10.5 months)", "... favourably with the response rates of 20% to 25% reported for A"
_DATA_OF_OTHERS = re.compile(
    r"\b(?:compar(?:ed?|es|able|ing)\s(?:\w+ly\s|well\s)?(?:with|to)|similar\sto|consistent\swith|in\sline\swith|than)\s(?:(?:the|an?)\s)?"
    r"(?:(?:data|results?|rates?|findings|figures|those|that|outcomes?|values?)|(?P<figure>(?:(?!\b(?:our|ours|we|present|this)\b)[^,;.()]|\.\d){0,60}\d(?:[^,;.()]|\.\d){0,12}))\s"
    r"(?:(?:previously|recently|earlier|historically)\s)?(?:reported|published|described|observed|seen|achieved|obtained|found|documented)\s"
    r"(?:\w+\s)?(?:for|with|by|in|from|of|after)\b(?!\s(?:our|the\spresent|this|the\s[\w-]+\s(?:arm|group))\b)",
    re.IGNORECASE,
)


def _set_against(read: ReadSentence, cited: Sequence[Cue]) -> int | None:
    """Where a sentence of a discussion turns from the paper's results to others ("... higher than in the ALPHA trial"); None if never."""
    text, first = read.sentence.text, cited[0].span.start
    match = _AGAINST.search(text[:first]) or _AGAINST_A_FIGURE.search(text[:first]) if first > 0 else None
    if match is None or any(match.start() <= a.span.start < first for a in read.of(MentionKind.ARM)):
        return None
    # Without a figure, and without a name, the others are only what the paper's own results look like.
    only_likened = not _FIGURE.search(text) and all(c.study.of.name is None for c in cited)
    return match.start() if only_likened or re.search(r"\d", text[: match.start()]) else None


def _repeats_own(context: Context, text: str) -> bool:
    """Whether a discussion repeats figures that the paper's own results gave before."""
    printed = printed_in(text)
    own = {str(value) for _, value in context.own_values}
    return len(printed & own) >= 2 or (len(printed) == 1 and bool(printed & own))


def _with_study_arms(context: Context, read: ReadSentence) -> Context:
    """The context with the arms of the study that a sentence tells of."""
    study = context.study
    if study is None or len({s.provenance for _, s in context.told}) > 1:
        return context
    told = study_arms_in(read)
    joined = _joined_later(study, read)
    if joined is not None:
        study = replace(study, arms=(joined,))
    elif len(told) > 1 and (len(study.arms) < 2 or RANDOMIZES.search(read.sentence.text)):
        study = replace(study, arms=told)
    elif not study.arms:
        study = replace(study, arms=told[:1])
    elif len(study.arms) == 1 and (other := _set_against_role(study.arms[0], read)) is not None:
        study = replace(study, arms=(study.arms[0], other))
    known = {**context.known, study.of.name: study} if study.of.name is not None and study.arms else context.known
    return replace(context, study=study, known=known)


_ITS_USE_WITH = re.compile(
    r"\bits\s(?:[\w-]+\s){0,3}(?:combination|use)\s(?:together\s)?with\s(?:the\s)?(?:[\w-]+\s){0,3}?$"
    r"|\bits\s(?:efficacy|activity|safety|tolerability|use|effects?)\s(?:and\s\w+\s)?(?:when\s\w+\s|together\s|in\scombination\s)with\s(?:the\s)?(?:[\w-]+\s){0,3}?$",
    re.IGNORECASE,
)


def _joined_later(study: Study, read: ReadSentence) -> ArmOf | None:
    """The combination that a study of one treatment went on to: "after the results of A alone its efficacy in combination with B was looked at"."""
    if len(study.arms) != 1:
        return None
    first = study.arms[0]
    for arm in foreground(read):
        one = as_arm(arm)
        is_another = arm.detail != "role" and any(p.kind != "drug_class" for p in one.parts) and one.norm != first.norm
        if is_another and _ITS_USE_WITH.search(read.sentence.text[: arm.span.start]):
            return ArmOf(f"{first.norm} + {one.norm}", tuple(dict.fromkeys((*first.parts, *one.parts))))
    return None


_SETS_AGAINST = re.compile(r"\bcompar|\bversus\b|\bvs\b|\bwith\sor\swithout\b", re.IGNORECASE)


def _alternatives(read: ReadSentence) -> list[ArmOf]:
    """The arms of a sentence that assigns patients to them or compares them; none of them a treatment that was given before."""
    text = read.sentence.text
    if not (RANDOMIZES.search(text) or _SETS_AGAINST.search(text)):
        return []
    given = {p for a in foreground(read) for p in a.parts}
    parts = [m for m in read.of(MentionKind.DRUG, MentionKind.DRUG_CLASS, MentionKind.PROCEDURE) if m.parts]
    found = alternatives(text, parts)
    return [ArmOf(a.norm, a.parts) for a in found] if all(set(a.parts) - _of_both(found) <= given for a in found) else []


def _of_both(arms: Sequence[Alternative]) -> set[Part]:
    """What an arm was given before or after, where it is all that another arm was given: "A after resection against resection alone"."""
    alone = [a.parts[0] for a in arms if len(a.parts) == 1 and a.parts[0].kind == "procedure"]
    return {p for a in arms for p in a.parts if len(a.parts) > 1 and any(is_a(p.name, one.name) for one in alone)}


def study_arms_in(read: ReadSentence) -> tuple[ArmOf, ...]:
    """The arms that a sentence sets against each other, else the one treatment that it speaks of first; () where it names none."""
    chosen = by_choice(read)
    if chosen is not None:
        return (replace(chosen, span=None),)
    added = _added(read)
    if added is not None:
        return tuple(replace(a, span=None) for a in added)
    told = {a.norm: a for a in _alternatives(read)}
    if len(told) > 1:
        return tested_first(*told.values()) if len(told) == 2 else tuple(told.values())
    pair = _compared(read)
    if pair is not None:
        return tuple(replace(a, span=None) for a in pair)
    return tuple(replace(as_arm(a), span=None) for a in foreground(read) if a.detail != "role" and not is_control(as_arm(a)))[:1]


_SETTING = re.compile(r"\b(?:in|for|as)\s(?:the\s|an?\s)?(?:\w+\s)?$", re.IGNORECASE)


_COMPARED_WITH = re.compile(rf"\b{COMPARED_WITH}\s(?:the\s|standard\s)?$", re.IGNORECASE)


def _compared(read: ReadSentence) -> tuple[ArmOf, ArmOf] | None:
    """Two arms set against each other; not an arm and the setting that it was given in ("superior in the palliative treatment")."""
    pair = compared_pair(read) or _told_in_full(read)
    spans = sorted(a.span for a in pair or () if a.span is not None)
    if pair is None or len(spans) != 2 or _SETTING.search(read.sentence.text[spans[0].end : spans[1].start]):
        return None
    weighed = _COMPARED_WITH.search(read.sentence.text[: spans[0].start]) is not None
    return (pair[1], pair[0]) if weighed and pair[0].span == spans[0] else pair


_COMPARING = re.compile(r"\bcompar(?:ing|ed|e|es|isons?\sof)\s(?:[\w-]+\s){0,4}$", re.IGNORECASE)
_TO_OTHER = re.compile(r"[^.;]{0,120}?\s(?:with|to|versus|vs\.?|against)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)


def _told_in_full(read: ReadSentence) -> tuple[ArmOf, ArmOf] | None:
    """Two arms of which the first is explained: "comparing A, an inhibitor of B, with C"."""
    text = read.sentence.text
    arms = [a for a in foreground(read) if a.detail != "role" and a.parts]
    for i, one in enumerate(arms):
        if _COMPARING.search(text[: one.span.start]):
            others = [a for a in arms[i + 1 :] if a.norm != one.norm and _TO_OTHER.fullmatch(text[one.span.end : a.span.start])]
            if others:
                return tested_first(as_arm(one), as_arm(others[0]))
    return None


_EFFECT = re.compile(
    r"\b(?:improv|increas|prolong|superior|longer|higher|better|significant|benefit|compar|versus|vs\b|differ|reduc|lower|fail|advantage)\w*",
    re.IGNORECASE,
)
_ADDITION = re.compile(r"\b(?:addition\sof|adding)\s(?:the\s)?(?:[\w-]+\s){0,2}$", re.IGNORECASE)


_ADDED_TO = re.compile(r"\sadded\sto\s", re.IGNORECASE)
_ADDS = re.compile(
    r"\b(?:trial|study|investigators|[A-Z]{3,}[\w-]*|al\.?)\s(?:(?:from|in)\s\w+\s|\[[\d,\s-]+\]\s)?(?:has\s)?add(?:ed|s)\s(?:the\s)?(?:[\w-]+\s){0,2}$"
)


def _added(read: ReadSentence) -> tuple[ArmOf, ArmOf] | None:
    """What something was added to is the other arm: "the addition of A to B" is A and B against B."""
    text = read.sentence.text
    effect = _EFFECT.search(text) is not None
    for arm in read.of(MentionKind.ARM):
        head = text[max(arm.span.start - 60, 0) : arm.span.start]
        added = (effect and (_ADDED_TO.search(arm.span.of(text)) or _ADDITION.search(head))) or _ADDS.search(head)
        if len(arm.parts) < 2 or not added:
            continue
        to = re.search(r"\sto\s", text[arm.span.start : arm.span.end])
        inside = [m for m in read.mentions if m.kind is not MentionKind.ARM and m.parts and to and m.span.start >= arm.span.start + to.end()]
        rest = [m for m in inside if m.span.end <= arm.span.end]
        if rest:
            parts = tuple(dict.fromkeys(p for m in rest for p in m.parts if p in arm.parts)) or rest[0].parts
            return as_arm(arm), ArmOf(" + ".join(dict.fromkeys(m.norm for m in rest)), parts)
    return None


def _set_against_role(first: ArmOf, read: ReadSentence) -> ArmOf | None:
    """The arm that "the combination arm" or "the group under test" is set against, where the study's first arm alone is known."""
    for role, other in pairwise(foreground(read)):
        between = read.sentence.text[role.span.end : other.span.start]
        if role.detail == "role" and other.detail != "role" and other.norm != first.norm and len(between) < 60 and COMPARED.search(between):
            return replace(as_arm(other), span=None)
    return None
