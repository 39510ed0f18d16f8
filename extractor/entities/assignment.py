"""Which arms a study has: read from the sentences that assign patients to them, and from those that set one arm against another.

A sentence is taken as a run of treatment parts with the words between them. Those words either join two parts into one arm ("plus", "followed by"),
set the next arm against the last ("or", "versus"), or leave the next part to chance ("with or without"). What both arms share is told once: before
"either" ("gemcitabine plus either A or placebo"), or before the last part of the first arm where the second is a placebo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from extractor.document import CharSpan
from extractor.entities.arm_settings import doses_in, settings_in
from extractor.entities.backbones import leads_to_all, told_of_all
from extractor.entities.based_on import with_based_on
from extractor.entities.choices import CHOOSES, are_two_groups, had_before_lots, in_choice
from extractor.entities.concepts import class_of, is_a, treats_cancer
from extractor.entities.factorial import all_told_alone, is_both, is_two_by_two, with_both
from extractor.entities.mention import GROUP_LETTER, Mention, MentionKind, Part
from extractor.entities.same_again import with_same_again
from extractor.entities.sequences import is_in_sequence, with_named_chemotherapy
from extractor.entities.turns import AND_WORDS, operation_called, out_of_brackets, surgery_alone, turns_at_and, turns_to_other, with_operation

ASSIGNS = re.compile(
    r"""
    \b (?:
        randomi[sz](?:ed|ation|ing) | randomly | allocated | assign(?:ed|ment)
      | compar(?:e[ds]?|ing|isons?) | (?:non-?inferior|superior|equivalent)(?:ity)?\s(?:to|of)
      | the\s(?:comparator|control)\s(?:was|being) | one\s(?:group|arm|half)\b[^.;]{0,120}?\bthe\sother | half\sof\sthe[^.;]{0,120}?\bthe\sother
      | the\s(?:two|three)\s(?:treatments|regimens|schedules)\s(?:were|are)
      | versus | vs\.? | against | relative\sto | (?:divided|split)\sinto
      | (?:treated\s(?:with|by) | received | receive | receiving | (?:was|were)\sgiven)\s(?:with\s)?either
      | (?:treated\s(?:with|by)|receiv(?:ed?|ing)|given)\s
        (?:[^.;]{0,80}?\sor\s(?:(?:an?|oral|intravenous|match\w+|identical|dummy)\s){0,3}placebo|placebo\sor)
      | or\s(?:[\w-]+\s)?placebo\s(?:was|were)\s(?:added|given)
      | (?:control|standard|reference)\s(?:group|arm)\b[^.;]{0,40}?\b(?:received|given|treated)
      | (?:arms?|groups?)\s(?:[A-D]|[1-4]|I{1,3}|IV)\b | with\sor\swithout | or\s(?:[\w-]+\s){1,5}alone
    ) (?!\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
OR_PLACEBO = re.compile(r"\bor\s(?:(?:an?|the)\s)?(?:[\w-]+\s)?placebo\b", re.IGNORECASE)
"""A choice between something and a placebo, whatever is said of it: only a trial has one."""
RANDOMIZES = re.compile(r"\brandomi[sz](?:ed|ation|ing)\b|\brandomly\b|\b(?:allocated|assigned)\sto\b", re.IGNORECASE)
GIVEN_EITHER = re.compile(r"\b(?:was|were)\sgiven\seither\b")

_LABEL = re.compile(rf"\b(?P<word>arm|group|cohort)\s?(?P<which>{GROUP_LETTER})\b(?!\s?[-/]\s?\d)", re.IGNORECASE)
_LETTER = re.compile(r"(?:arm|group|cohort) (?:[a-z]\d?|\d|i{1,3}|iv|vi)")
_OPTION = re.compile(
    r"\b(?:with\s(?:or|and|/)\s?without|with/without|alone\sor\s(?:combined\s|in\scombination\s)?with)\b|±|\+\s?/\s?[-−]", re.IGNORECASE
)
_AGAINST = re.compile(
    r"""
    \b (?: (?<! and/ ) or | versus | vs\.? | against | whereas | while | than ) (?!\w)
  | \b compar(?:ed|ison|ing) \s (?:with|to) \b
  | \b relative \s to \b
  | \b (?:non-?inferior|superior|equivalent) (?:ity)? \s to \b
  | ^ \s (?:(?:alone|therapy|treatment)\s)? over \s
  | , \s (?: but | and ) \s not \b
  | ; \s
  | , \s (?: and \s )? (?: the\sother | others | those | \d+ | patients ) \b
  | \b and \s (?: the\sother | others | those | \d+ \s? (?:patients | to | in | received)? | in\sthe | to\sthe | patients | (?:arm|group) ) \b
  | \b (?:arm|group|control) s? \b [^.]{0,12} \b and \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_JOINS = re.compile(
    r"""
    ^ [\s,)\]]* (?:\([^()]*\))? [\s,]*
    (?: [\w\s/.%-]{0,40}? (?: \s | (?=,) ) )?
    (?: \+ | & | / | plus | with | combined\swith | in\scombination\swith | together\swith | along\swith | added\sto
      | in\saddition\sto | on\stop\sof | as\swell\sas | followed\sby
      | then | before | after | concurrent(?:ly)?\swith | and | , | -(?:plus|and|with)- | - )
    (?: \s [\w\s/.%-]{0,40} )?
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_EITHER = re.compile(r"\beither\b|\ba\schoice\sof\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|compar(?:e|ed|ing|es|isons?\sof)\s(?:of\s)?)\s*(?:[\w-]+\s){0,6}$", re.IGNORECASE)
_ALONE = re.compile(r"^\s?(?:\([^()]*\)\s?)?(?:alone|only|monotherapy|single[\s-]agent|as\s(?:a\s)?(?:single\sagent|monotherapy))\b", re.IGNORECASE)
_FAILED_BEFORE = re.compile(
    r"\b(?:prior|previous(?:ly)?|pretreated\swith|refractory\sto|failure\sof|failed|after\sfailure\sof|progress\w*\s(?:on|after)|resistant\sto|such\sas|including"
    r"|(?:responses?|intoleran(?:t|ce)|refractoriness|resistance|suitable|candidates?|eligib(?:le|ility)|contraindications?)\s(?:to|of|for))\s"
    r"(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
# "cisplatin-induced nausea", "taxane-refractory disease": what a treatment did, or did not do, and none that was given.
_NO_TREATMENT = re.compile(
    r"-(?:induced|related|associated|refractory|resistant|intolerant|na[iï]ve|pre-?treated|sensitive|free|sparing|exposed|experienced|ineligible)\b"
    r"|\s(?:induced|refractory|resistan\w+|intoleran\w+|na[iï]ve|pre-?treated|ineligible)\b",
    re.IGNORECASE,
)
_FARTHEST = 160
"""Characters between two parts of one statement of the arms: doses and schedules stand there, never a page."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One arm as a sentence tells it.

    Attributes:
        parts: its components.
        norm: the arm as a slot holds it: a regimen by its name; by components where two names tell one of them twice.
        label: the letter or number that it is given ("arm a"), or its name where a bracket spells it out ("bth1677 arm"); "" if none.
        words: the words that it is told in.
    """

    parts: tuple[Part, ...]
    norm: str
    label: str
    words: str

    @property
    def names(self) -> frozenset[str]:
        """Its components by name."""
        return frozenset(p.name for p in self.parts)


@dataclass(frozen=True, slots=True)
class AssignedArm:
    """An arm of the paper's own study, with the letters or numbers that the paper gives it ("arm a")."""

    norm: str
    parts: tuple[Part, ...]
    labels: tuple[str, ...] = ()


def without_appositions(text: str, parts: Sequence[Mention]) -> list[Mention]:
    """The parts without the classes that only explain a drug: "lenvatinib, another kinase inhibitor", "apatinib (a TKI)", "taxol chemotherapy"."""
    kept: list[Mention] = []
    for mention in sorted(parts, key=lambda m: m.span):
        if mention.kind is MentionKind.DRUG_CLASS and kept and kept[-1].kind is MentionKind.DRUG:
            between = text[kept[-1].span.end : mention.span.start]
            if between == " " and any(is_a(p.name, mention.norm) for p in kept[-1].parts):
                kept[-1] = replace(kept[-1], span=CharSpan(kept[-1].span.start, mention.span.end))
                continue
            if re.fullmatch(r"\s?[,(]\s?(?:an?|another|the|which\sis\s(?:an?|the))\s(?:[\w/-]+\s){0,6}(?:[\w/-]+-)?", between):
                continue
        kept.append(mention)
    return kept


_DENIED = re.compile(
    r"""
    (?<! [\w-] )
    (?: no | (?P<without> (?<!group\s)(?<!groups\s)(?<!arm\s)(?<!arms\s) without )
      | (?: (?P<told>(?<!who\s)(?<!that\s)\b)? (?:did|do|does|had|have|has|were|was) \s )? not \s (?: been\s )?
        (?: receive[ds]? | receiving | having\sreceived | treated\s(?:with|by) | given | under(?:go|went|gone|going) | undergoing | get )
      | never\s (?: received | underwent ) ) \s
    (?: (?: any | the | an? | adjuvant | further | additional | post-?operative | pre-?operative | systemic | concurrent | maintenance | other
      | consolidat\w+ | concomitant | use\sof ) \s ){0,3} $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SAME_ARM = re.compile(
    r"(?:[\s-](?:alone|only|(?:mono|chemo|radio)?therapy|treatment|regimens?|chemotherapy|groups?|arms?|patients|recipients|\([^()]*\)))*,?\s(?:but\s)?"
)
_WITH = re.compile(r"\b(?P<with>with)\s(?:and|versus|vs\.?)\s$", re.IGNORECASE)
_OR = re.compile(r"\b(?:or|and/or|/)\s?$", re.IGNORECASE)
_LOOK_BACK = 60
# Who went without what was told before: "90% with A vs 80% without", "those who did not".
_ELIDED = re.compile(
    r"""
    \b (?: without (?:\sit)?
      | (?<!previously\s) (?<!hitherto\s) untreated\s (?:patients|women|men|controls|cases|ones)
      | (?:those|patients|women|men|others)\s (?: who\s(?:did|had|were|have)\snot | not ) )
    (?= \s? (?: [(\[,.;)] | $ ) | \s (?: was | were | had | and | but ) \b )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TOLD_WITH = re.compile(
    r"\b(?:with|receiv(?:ed|ing)|under(?:went|going)|given|after|had)\s(?:(?:the|an?|adjuvant|additional|post-?operative|pre-?operative|concurrent)\s){0,2}$",
    re.IGNORECASE,
)
_BY_LINE = re.compile(r"\bpre-?treated|\bpreviously\b|-?na[iï]ve\b|\b(?:first|second|third)[\s-]line\b", re.IGNORECASE)
_PEOPLE_WITH = re.compile(r"\b(?:patients|those|women|men|cases|children|tumou?rs)\s(?:with|having|who\shad)\s(?:an?\s|the\s)?", re.IGNORECASE)
_ANOTHER_RELATION = re.compile(r"\b(?:who|whose|with|without|respon\w+)\b", re.IGNORECASE)


def with_denied(text: str, parts: Sequence[Mention]) -> list[Mention]:
    """The parts with treatments that an arm went without as what they are: "no endocrine treatment" is no endocrine treatment.

    Of "surgery without radiotherapy" the arm is surgery. "With and without A" is A and no A, and "those who did not" went without what was told last.
    """
    found: list[Mention] = []
    for mention in parts:
        start = max(mention.span.start - _LOOK_BACK, 0)
        can_be = mention.parts and mention.norm != "no treatment" and not any(p.kind == "placebo" for p in mention.parts)
        match = _DENIED.search(text, start, mention.span.start) if can_be else None
        if match is None or text.startswith(("-", "/"), mention.span.end) or (match.group("without") and _OR.search(text[: match.start()])):
            found.append(mention)
            continue
        if match.group("told") is not None or (match.group("without") and found and _SAME_ARM.fullmatch(text, found[-1].span.end, match.start())):
            continue  # "five patients did not receive A": no group of the study; "A without B": the arm is A
        both = _WITH.search(text[: match.start()]) if match.group("without") else None
        if both is not None:
            found.append(replace(mention, span=CharSpan(*both.span("with"))))
        found.append(_no(mention, CharSpan(match.start(), mention.span.end)))
    return sorted([*found, *_elided(text, found)], key=lambda m: m.span)


def _no(mention: Mention, span: CharSpan) -> Mention:
    name = f"no {mention.norm}"
    return Mention(MentionKind.PROCEDURE, span, name, (Part(name, "other"),))


def _elided(text: str, parts: Sequence[Mention]) -> Iterator[Mention]:
    """Where a text says that others went without the treatment that it told last, without naming that again."""
    for match in _ELIDED.finditer(text):
        told = next((m for m in reversed(parts) if m.span.end <= match.start()), None)
        if told is None or told.norm.startswith("no ") or _ANOTHER_RELATION.search(text[told.span.end : match.start()]):
            continue
        if match.group().casefold().startswith("untreated") and _BY_LINE.search(text):
            continue  # "in pretreated patients ... and in untreated ones": before the study
        people = [m.end() for m in _PEOPLE_WITH.finditer(text, 0, match.start())]
        if any(all(m.span.start != at for m in parts) for at in people):
            continue  # "patients with ascites ... with A; in those without": without ascites
        if _TOLD_WITH.search(text[max(told.span.start - _LOOK_BACK, 0) : told.span.start]):
            yield _no(told, CharSpan(*match.span()))


def alternatives(text: str, parts: Sequence[Mention], told: re.Pattern[str] = ASSIGNS) -> tuple[Alternative, ...]:
    """The arms that a sentence sets against each other, in order, each with all that it was given; () where it sets no two against each other.

    Args:
        text: the sentence.
        parts: its drugs, classes, procedures and controls.
        told: what a sentence must say to tell arms at all.
    """
    if not (told.search(text) or _OPTION.search(out_of_brackets(text))) or _HAD_ANY.search(text):
        return ()
    statements = (found for run in _runs(text, _spelled_out(text, given_in_arms(text, with_both(text, parts)))) for found in _split(text, run))
    best = max(statements, key=lambda found: (len({(a.names, a.label) for a in found}), any(a.label for a in found)), default=())
    denied = {n for a in best for n in a.names if n.startswith("no ") and n != "no treatment"}
    return _spoken_of_again(best) if len(best) > 1 and len(denied) < _TWO else ()  # "A or no A and B or no B": two questions at once


def given_in_arms(text: str, parts: Sequence[Mention]) -> list[Mention]:
    """The treatments of a sentence that arms can be made of: not what patients had before lots were drawn, nor what a treatment did."""
    apart = without_appositions(text, with_denied(text, with_based_on(text, [m for m in parts if m.parts])))
    apart = apart[1:] if apart and _OPENS_AFTER.search(text[: apart[0].span.start]) and text.startswith(",", apart[0].span.end) else apart
    before = had_before_lots(text)
    told = [m for m in apart if not (_NAMES_ITS_GROUP.match(text, m.span.end) and any(o.span.start > m.span.end for o in apart))]
    given = [
        m
        for m in told
        if m.span.start >= before
        and not _FAILED_BEFORE.search(text[max(m.span.start - 60, 0) : m.span.start])
        and not _NO_TREATMENT.match(text, m.span.end)
    ]
    return with_same_again(text, given)


# "those in the A group received B plus A": what the group was given comes behind.
_NAMES_ITS_GROUP = re.compile(
    r"\s(?:group|arm)\s(?:\([^()]*\)\s)?(?:also\s)?(?:received|got|(?:was|were)\s(?:given|treated\swith)|consisted\sof)\s(?:the\ssame\b|[^.;,]*\bplus\b)",
    re.IGNORECASE,
)


# "From the first day after surgery, ..."
_OPENS_AFTER = re.compile(r"\b(?:after|following|before|prior\sto|until|since)\s(?:the\s)?(?:[\w-]+\s)?$", re.IGNORECASE)
# "all randomized patients who received any amount of A, B, or C": who was looked at, and no choice.
_HAD_ANY = re.compile(r"\breceiv\w+\s(?:any|at\sleast\sone|one\sor\smore)\b", re.IGNORECASE)


def _spoken_of_again(arms: tuple[Alternative, ...]) -> tuple[Alternative, ...]:
    """The arms of a statement, the chemotherapy of the first by its drugs in the others: "cisplatin chemotherapy or chemotherapy plus A"."""
    first, *others = arms
    if not all(p.kind == "drug" and is_a(p.name, "chemotherapy") for p in first.parts):
        return arms
    return (first, *(_with_drugs(arm, first) if len(arm.parts) > 1 and not arm.names & first.names else arm for arm in others))


def _with_drugs(arm: Alternative, first: Alternative) -> Alternative:
    """An arm with the drugs of the first in the place of its bare "chemotherapy"."""
    if "chemotherapy" not in arm.names:
        return arm
    parts = tuple(dict.fromkeys(p for own in arm.parts for p in (first.parts if own.name == "chemotherapy" else (own,))))
    return replace(arm, parts=parts, norm=" + ".join(first.norm if n == "chemotherapy" else n for n in arm.norm.split(" + ")))


@dataclass(frozen=True, slots=True)
class _Told:
    """A mention, or an arm whose bracket spells it out, as one step of a run."""

    span: CharSpan
    parts: tuple[Part, ...]
    norms: tuple[str, ...]
    label: str = ""


_SPELLED_OUT = re.compile(
    r"(?<![\w/+-])(?P<label>(?:standard|control|conventional)(?=\sregimens?\s)|[\w/+-]+(?=\s(?:arms?|groups?|cohort)))\s\w+\s?[\[(]", re.IGNORECASE
)


def _spelled_out(text: str, ordered: Sequence[Mention]) -> list[_Told]:
    """The steps of a sentence: a bracket behind "arm" is all that this arm was given; one behind a regimen only spells the regimen out."""
    brackets: dict[CharSpan, tuple[str, list[Mention]]] = {}
    for match in _SPELLED_OUT.finditer(text):
        inside = [m for m in ordered if match.end() <= m.span.start < _closing(text, match.end())]
        if len(inside) > 1 and not _LABEL.search(match.group()):
            brackets[CharSpan(match.start("label"), _closing(text, match.end()))] = (match.group("label"), inside)
    found: list[_Told] = []
    for span, (label, inside) in brackets.items():
        parts = tuple(dict.fromkeys(p for m in inside for p in m.parts))
        regimen = [m.norm for m in ordered if m.span.start == span.start and m.span.of(text) == label and len(m.parts) > 1]
        found.append(_Told(span, parts, tuple(regimen or dict.fromkeys(m.norm for m in inside)), label.casefold()))
    for mention in ordered:
        if any(span.overlaps(mention.span) for span in brackets) or _explains(text, mention, found):
            continue
        found.append(_Told(mention.span, mention.parts, (mention.norm,)))
    return sorted(found, key=lambda f: f.span)


_ADDS = re.compile(r"\s?(?:with|plus|\+|in\scombination|combined|followed|and)\b", re.IGNORECASE)
# What some were given besides, in brackets: no part of the arm.
_LEFT_OPEN = re.compile(
    r"\bwith\s(?:or|and)\swithout\b|\b(?:on\sdemand|(?:if|as|when|where)\s(?:needed|required|necessary|indicated)|optional\w*|allowed)\b", re.I
)


def _explains(text: str, mention: Mention, found: Sequence[_Told]) -> bool:
    """Whether a mention stands in a bracket that only says again what was told before it: "lenvatinib plus pembrolizumab (LP; arm A)"."""
    opened = text.rfind("(", 0, mention.span.start)
    if opened < 0 or ")" in text[opened : mention.span.start]:
        return False
    if _ADDS.match(text[opened + 1 :]) and not _LEFT_OPEN.search(text[opened + 1 : _closing(text, opened + 1)]):
        return False
    before = [f for f in found if f.span.end <= opened]
    return bool(before) and not re.search(r"[.;:]|(?:arm|group)s?\s?\w?\s?$", text[max(f.span.end for f in before) : opened], re.IGNORECASE)


def _closing(text: str, at: int) -> int:
    """Where the bracket closes that is open at a place; the end of the text where it never does."""
    depth = 1
    for i in range(at, len(text)):
        depth += (text[i] in "([") - (text[i] in ")]")
        if not depth:
            return i
    return len(text)


def _runs(text: str, steps: Sequence[_Told]) -> Iterator[list[_Told]]:
    """Steps that stand close enough to be of one statement."""
    run: list[_Told] = []
    for step in steps:
        if run and step.span.start < run[-1].span.end:
            continue
        if run and len(out_of_brackets(text[run[-1].span.end : step.span.start]).strip()) > _FARTHEST:
            yield run
            run = []
        run.append(step)
    if run:
        yield run


@dataclass(slots=True)
class _Arm:
    """An arm while it is read: its steps, and how many of the first of them the next arm shares."""

    steps: list[_Told]
    shared: int = 0


def _split(text: str, run: Sequence[_Told]) -> Iterator[tuple[Alternative, ...]]:
    """The statements of a run: a new one begins where nothing is known of the words between two steps."""
    arms = [_Arm([run[0]])]
    common: list[_Told] = []
    for i in range(1, len(run)):
        step, gap = run[i], text[run[i - 1].span.end : run[i].span.start]
        flat = out_of_brackets(gap)
        if _OPTION.search(flat):
            told_of_people = _PEOPLE_GIVEN.search(text[: run[0].span.start]) and not RANDOMIZES.search(text)
            yield from (_with_option(text, arms[-1], step, gap),) if len(arms) == 1 and not told_of_people else ()
            arms[-1].steps.append(step)
        elif len(arms) > 1 and (given := told_of_all(flat, text[step.span.end :][:60], alone=_one_alone(text, arms), goes_on=run[i - 1] in common)):
            if given == "apart" or (given == "added" and not any(treats_cancer(p.name) for p in step.parts)):
                break  # "both before surgery", "in addition to usual care": of no arm
            for arm in arms:
                arm.steps.insert(len(common), step)
                arm.shared += 1
            common.append(step)
        elif len(arms) == 1 and leads_to_all(text[: run[0].span.start], flat):
            arms = [_Arm([*arms[0].steps, step], len(arms[0].steps))]
        elif _sets_against(text, run, i, gap, flat):
            apart = all_told_alone([[step.parts for step in arm.steps] for arm in arms])
            arms.append(_Arm([*(() if apart else _shared(text, arms[-1], run, i)), step], arms[-1].shared))
        elif _JOINS.match(flat) and not _DRAWS_LOTS.search(flat):
            if _EITHER.search(flat):
                arms[-1].shared = len(arms[-1].steps)
            arms[-1].steps.append(step)
        else:
            yield _finished(text, arms)
            arms = [_Arm([step])]
    yield _finished(text, arms)


# "patients treated with A with or without B were asked": what they had had.
_PEOPLE_GIVEN = re.compile(
    r"\b(?:patients|women|men|those|cases|survivors|participants)\b[^.;,]*\b(?:treated\s(?:with|by)|who\s(?:had|have|underwent|received)|undergoing|after|following)\s"
    r"(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)


def _one_alone(text: str, arms: Sequence[_Arm]) -> bool:
    return any(_ALONE.match(text[arm.steps[-1].span.end :]) is not None for arm in arms[:-1])


def _with_option(text: str, arm: _Arm, step: _Told, gap: str) -> tuple[Alternative, ...]:
    """An arm with and without one more step, each with the letter behind its word: "A with (arm 1) or without (arm 2) B"."""
    both = (_alternative(text, _Arm([*arm.steps, step]), None), _alternative(text, arm, None))
    letters = [f"{m.group('word')} {m.group('which')}".casefold() for m in _LABEL.finditer(gap)]
    if not letters:
        return both
    return tuple(replace(one, label=letter) for one, letter in zip(both, letters if len(letters) == 2 else ("", ""), strict=True))


def _finished(text: str, arms: Sequence[_Arm]) -> tuple[Alternative, ...]:
    arms = _without_lone_surgery(_without_common_course(text, _with_tail(text, arms)))
    ends = [*(a.steps[a.shared if a.shared < len(a.steps) else -1].span.start for a in arms[1:]), None]
    told = _each_with_its_letter(_alternative(text, arm, end) for arm, end in zip(arms, ends, strict=True))
    name = surgery_alone([a.parts for a in told])
    return tuple(replace(a, parts=with_operation(a.parts, name), norm=operation_called(a.norm, name)) for a in told) if name else told


def _each_with_its_letter(told: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """The arms of a statement, a letter that stands between two of them with the first alone: "docetaxel (group D), gemcitabine (group G)"."""
    found: list[Alternative] = []
    for arm in told:
        found.append(replace(arm, label="") if found and arm.label == found[-1].label and arm.names != found[-1].names else arm)
    return tuple(found)


def _sets_against(text: str, run: Sequence[_Told], i: int, gap: str, flat: str) -> bool:
    if _OF_SOMETHING.search(flat):
        return False
    spans = [step.span for step in run]
    if (
        _AGAINST.search(_LEVELS.sub("", flat))
        or _LABEL.search(gap)
        or _ITEM.search(gap)
        or in_choice(text, spans, i)
        or are_two_groups(text, spans, i)
    ):
        return True
    words = flat.strip().casefold()
    if turns_to_other(text, spans, i) or any(is_both(text, span) for span in spans[i : i + 2]):
        return True
    compares = _BETWEEN.search(text[max(run[0].span.start - 80, 0) : run[0].span.start])
    if compares is not None and compares.group().casefold().startswith("between"):
        return turns_at_and(text, spans, i)
    if compares is not None and words in ("with", "to", *AND_WORDS):
        return i == 1 and len(run) == 2
    # "between A plus B, B alone, or A alone"
    later = out_of_brackets(text[run[i].span.end : run[-1].span.start]) if i < len(run) - 1 else ""
    return words in (",", "") and bool(_ALONE.match(text[run[i].span.end :])) and bool(re.search(r"\bor\b", later))


# "lumpectomy and level I or II dissection": one of two sorts, and no other arm.
_LEVELS = re.compile(
    r"\b(?:levels?|grades?|stages?|types?|class|phase)\s(?:\d|I{1,3}|IV)[ABC]?\s?(?:or|/)\s?(?:(?:level|grade|stage|type)\s)?(?:\d|I{1,3}|IV)[ABC]?\b",
    re.I,
)
# "(1) A, (2) B and (3) C"
_ITEM = re.compile(r"(?:,|;|\band|\bor)\s\(?(?:[1-5]|i{1,3}|iv|[a-d])\)\s")
# "olanzapine against nausea in patients given carboplatin": against a disease, and no arm.
_OF_SOMETHING = re.compile(
    r"\bagainst\b[^,;]*\b(?:in|for|among)\s(?:[\w-]+\s){0,3}(?:patients|women|men|children|adults|people|participants)\b", re.IGNORECASE
)
# "after chemoradiation, patients were randomly divided into": what comes then is not joined to what was told before.
_DRAWS_LOTS = re.compile(r"\b(?:randomi[sz]ed|randomly|allocated|assigned|divided|split)\b", re.IGNORECASE)


def _shared(text: str, arm: _Arm, run: Sequence[_Told], i: int) -> list[_Told]:
    """What the next arm was given too: what was told before "either", or all but the last step where the next is a placebo."""
    step = run[i]
    if _ALONE.match(text[step.span.end :]):
        return []
    if arm.shared:
        return arm.steps[: arm.shared]
    if _is_partner(text, arm, step):
        return arm.steps[:-1]
    if len(arm.steps) > 1 and text[arm.steps[-2].span.end : arm.steps[-1].span.start].strip() in ("-", "/"):
        return []  # "A-B or placebo": one tablet
    goes_on = i + 1 < len(run) and _JOINS.match(out_of_brackets(text[step.span.end : run[i + 1].span.start])) is not None
    return arm.steps[:-1] if any(p.kind == "placebo" for p in step.parts) and not goes_on else []


def _is_partner(text: str, arm: _Arm, step: _Told) -> bool:
    """Whether a drug takes the place of the one that radiotherapy was combined with: "radiotherapy with concurrent cisplatin or cetuximab"."""
    if len(arm.steps) != 2:
        return False
    first, last = arm.steps
    with_it = re.fullmatch(r"\s(?:with|plus|combined\swith)\s(?:(?:concurrent|concomitant|weekly)\s)?", text[first.span.end : last.span.start])
    in_place = CHOOSES.fullmatch(out_of_brackets(text[last.span.end : step.span.start]))
    drugs = all(p.kind == "drug" for p in (*last.parts, *step.parts))
    return bool(with_it and in_place) and drugs and all(is_a(p.name, "radiotherapy") for p in first.parts)


def _with_tail(text: str, arms: Sequence[_Arm]) -> Sequence[_Arm]:
    """What is told behind a drug and a placebo belongs to both ("A or placebo with B"), and radiotherapy behind two drugs ("A versus B with RT")."""
    if len(arms) != 2 or len(arms[0].steps) != 1 or len(arms[1].steps) < 2:
        return arms
    first, second, tail = arms[0].steps[0], arms[1].steps[0], arms[1].steps[1:]
    both = (*first.parts, *second.parts)
    irradiated = all(is_a(p.name, "radiotherapy") for s in tail for p in s.parts) and not _ALONE.match(text[first.span.end :])
    shared = any(p.kind == "placebo" for p in both) or (irradiated and all(p.kind == "drug" for p in both))
    if not shared or set(first.parts) & {p for s in arms[1].steps for p in s.parts}:
        return arms
    return [_Arm([first, *tail], 0), arms[1]]


_BEFORE_OR_AFTER = re.compile(r"\b(?:before|after|prior\sto|following)\b", re.IGNORECASE)


def _without_common_course(text: str, arms: Sequence[_Arm]) -> Sequence[_Arm]:
    """What is told behind the last arm as before or after it was so of all: "A versus observation after first-line chemotherapy"."""
    last = arms[-1]
    if len(arms) < 2 or len(last.steps) - last.shared < 2:
        return arms
    *own, step = last.steps
    others = {p for arm in arms[:-1] for s in arm.steps for p in s.parts}
    same = [arm for arm in arms[:-1] if {p for s in arm.steps for p in s.parts} == {p for s in own for p in s.parts}]
    if others & set(step.parts) or same or not _BEFORE_OR_AFTER.search(out_of_brackets(text[own[-1].span.end : step.span.start])):
        return arms
    return [*arms[:-1], _Arm(own, min(last.shared, len(own)))]


def _without_lone_surgery(arms: Sequence[_Arm]) -> Sequence[_Arm]:
    """Surgery told behind the last arm alone is what follows both: "preoperative A versus B with delayed surgery"."""
    operated = [any(p.name.endswith(("surgery", "resection")) for s in arm.steps for p in s.parts) for arm in arms]
    last = arms[-1].steps[-1]
    if len(arms) < 2 or operated.count(True) != 1 or not operated[-1] or len(arms[-1].steps) < 2 or not last.parts[0].name.endswith("surgery"):
        return arms
    return [*arms[:-1], _Arm(arms[-1].steps[:-1], min(arms[-1].shared, len(arms[-1].steps) - 1))]


# What a named drug makes superfluous: "neoadjuvant chemotherapy with epirubicin" is epirubicin, "chemotherapy plus bevacizumab" is both.
_ADDED = re.compile(r"\+|&|\bplus\b|\bcombin|\band\b|\bfollowed\b|\bthen\b|/", re.IGNORECASE)


def _alternative(text: str, arm: _Arm, end: int | None) -> Alternative:
    given = [s for i, s in enumerate(arm.steps) if i < arm.shared or not (arm.shared and _is_lack(s))]  # "no A, both with B": B
    steps = [s for i, s in enumerate(given) if not _told_by_next(text, s, given[i + 1 : i + 2])]
    last = arm.steps[-1]
    own = arm.steps[min(arm.shared, len(arm.steps) - 1)]
    behind = text[last.span.end : end][:60]
    label = _LABEL.search(behind)
    before = next(reversed([*_LABEL.finditer(text[max(own.span.start - 40, 0) : own.span.start])]), None)  # the nearest
    told = label if label is not None and re.search(r"[\[(][^()]{0,15}$", behind[: label.start()]) else before
    name = f"{told.group('word')} {told.group('which')}".casefold() if told is not None else next((s.label for s in arm.steps if s.label), "")
    parts, norms = tuple(dict.fromkeys(p for s in steps for p in s.parts)), tuple(dict.fromkeys(n for s in steps for n in s.norms))
    if not is_in_sequence(text, [(s.span, s.parts) for s in steps]):
        parts, norms = with_named_chemotherapy(parts, norms)
    words = text[max(own.span.start - 40, 0) : last.span.end + 40 if end is None else end]
    told_twice = sum(len(s.parts) for s in {s.norms: s for s in steps}.values()) != len(parts)
    return Alternative(parts, " + ".join((p.name for p in parts) if told_twice else norms), name, words)


def _is_lack(step: _Told) -> bool:
    return all(p.name.startswith("no ") for p in step.parts)


def _told_by_next(text: str, step: _Told, following: Sequence[_Told]) -> bool:
    """Whether a class of drugs only announces the drugs that follow."""
    if not following or {p.kind for p in step.parts} != {"drug_class"} or following[0].parts[0].kind != "drug":
        return False
    flat = out_of_brackets(text[step.span.end : following[0].span.start])
    if flat.strip() in ("-", "–") and not any(is_a(p.name, c.name) for p in following[0].parts for c in step.parts):
        return False  # "platinum-pemetrexed"
    return not _ADDED.search(flat) and not _OPTION.search(flat) and not leads_to_all(text[: step.span.start], flat)


@dataclass(frozen=True, slots=True)
class _Family:
    """Arms that sentences set against each other, and how much that weighs."""

    arms: tuple[Alternative, ...]
    weight: float


def study_arms(told: Sequence[tuple[Sequence[Alternative], float]]) -> tuple[AssignedArm, ...]:
    """The arms of the study that a paper reports, from all sentences that tell arms, each with its weight; () where they agree on none.

    Lettered arms are those that are lettered. Else the statement counts that most others are a shorter form of.
    """
    lettered = _lettered(told)
    if len(lettered) > 1:
        return lettered
    families = _not_refuted(_families(told))
    scored = [(family.weight + sum(0.75 * other.weight for other in families if _shorter(other, family)), family) for family in families]
    least = [(score, family) for score, family in scored if family.weight >= _LEAST_OWN and score >= _LEAST]
    if not least and len(families) == 1 and families[0].weight >= _LEAST_OWN:
        least = [(families[0].weight, families[0])]  # told once, and nothing else is told
    if not least:
        return ()
    _, best = max(least, key=lambda one: (one[0], one[1].weight, -sum(len(a.parts) for a in one[1].arms)))
    return _with_settings([(a, ()) for a in (*best.arms, *_of_other_trial(best, families))])


def _of_other_trial(best: _Family, families: Sequence[_Family]) -> list[Alternative]:
    """The third arm of a paper on two trials that share one: both statements drew patients by lot, in the abstract and in the methods."""
    for other in families:
        shared = {a.names for a in best.arms} & {a.names for a in other.arms}
        if len(best.arms) == len(other.arms) == _TWO and len(shared) == 1 and min(best.weight, other.weight) >= 2 * _LEAST:
            (mine,), (third,) = ([a for a in f.arms if a.names not in shared] for f in (best, other))
            if not (_within(mine, third) or _within(third, mine)):
                return [third]
    return []


def _not_refuted(families: list[_Family]) -> list[_Family]:
    """The families but those with an arm that holds two arms of a longer statement, by which patients were drawn to three arms or more.

    Such an arm was put together out of a list ("A, B, and C versus placebo").
    """
    drawn = [f for f in families if len(f.arms) > _TWO and f.weight >= _LEAST]

    def joins_two(family: _Family, full: _Family) -> bool:
        apart = {a.names for a in full.arms}
        return len(family.arms) < len(full.arms) and any(a.names not in apart and sum(n < a.names for n in apart) > 1 for a in family.arms)

    return [f for f in families if not any(joins_two(f, full) for full in drawn if full.weight >= f.weight)]


_TWO = 2
_LEAST_OWN, _LEAST = 3, 6
"""An abstract or a section of methods tells the arms once (3) and says that they were drawn by lot (twice that), or is borne out by others."""


def _lettered(told: Sequence[tuple[Sequence[Alternative], float]]) -> tuple[AssignedArm, ...]:
    forms: dict[str, dict[frozenset[str], float]] = {}
    examples: dict[tuple[str, frozenset[str]], list[Alternative]] = {}
    for arms, weight in told:
        for arm in arms:
            if _LETTER.fullmatch(arm.label):
                form = forms.setdefault(arm.label, {})
                form[arm.names] = form.get(arm.names, 0) + weight
                examples.setdefault((arm.label, arm.names), []).append(arm)
    chosen = []
    for label in sorted(forms):
        form = forms[label]
        # A shorter form of an arm bears out the longer one.
        names = max(form, key=lambda n: (sum(w for other, w in form.items() if other <= n), len(n), sorted(n)))
        said = examples[label, names]
        chosen.append((replace(said[0], words=" ".join(a.words for a in said)), (label,)))
    if len({a.names for a, _ in chosen}) < 2 and not any(settings_in(a.words) for a, _ in chosen):
        return ()
    return _with_settings(chosen)


def _families(told: Sequence[tuple[Sequence[Alternative], float]]) -> list[_Family]:
    weights: dict[frozenset[frozenset[str]], float] = {}
    orders: dict[frozenset[frozenset[str]], dict[tuple[Alternative, ...], float]] = {}
    for arms, weight in told:
        distinct: dict[frozenset[str], Alternative] = {}
        for arm in arms:
            distinct.setdefault(arm.names, arm)
        by_two = is_two_by_two([a.names for a in distinct.values()])
        if 2 <= len(distinct) <= _MOST_ARMS and (by_two or not any(_no_two_arms(a, b) for a, b in permutations(distinct.values(), 2))):
            key = frozenset(distinct)
            weights[key] = weights.get(key, 0) + weight
            orders.setdefault(key, {})[tuple(distinct.values())] = weight
    return [_Family(max(orders[key], key=lambda o: orders[key][o]), weights[key]) for key in weights]


_MOST_ARMS = 5


def _no_two_arms(arm: Alternative, other: Alternative) -> bool:
    return _double(arm, other) or _is_its_class(arm, other) or _told_in_drugs(arm, other)


def _told_in_drugs(arm: Alternative, other: Alternative) -> bool:
    """Whether one arm has by its sort ("chemotherapy") what the other has drug by drug: the two are told by different sentences."""
    return any(sum(is_a(part, name) for part in other.names) > 1 and name not in other.names for name in arm.names)


def _is_its_class(arm: Alternative, other: Alternative) -> bool:
    """Whether an arm is nothing but the class of a drug of the other: one treatment told by two names."""
    own = {class_of(p.name) for p in other.parts if p.kind == "drug"}
    return len(arm.parts) == 1 and arm.parts[0].kind == "drug_class" and arm.parts[0].name in own


def _double(arm: Alternative, other: Alternative) -> bool:
    """Whether an arm is another one and a placebo: the two were not told apart."""
    return any(p.kind == "placebo" for p in arm.parts) and other.names < arm.names and len(arm.names - other.names) == 1


def _shorter(short: _Family, full: _Family) -> bool:
    """Whether each arm of a statement is a part of an arm of another that is longer, each of its own."""
    if len(short.arms) != len(full.arms) or {a.names for a in short.arms} == {a.names for a in full.arms}:
        return False
    return any(all(_within(s, f) for s, f in zip(short.arms, order, strict=True)) for order in permutations(full.arms))


def _within(short: Alternative, full: Alternative) -> bool:
    """Whether an arm names nothing but parts of another, by their own names or by their sort."""
    return all(any(is_a(part, name) for part in full.names) for name in short.names)


def _with_settings(chosen: Sequence[tuple[Alternative, tuple[str, ...]]]) -> tuple[AssignedArm, ...]:
    """The arms, those with the same treatment told apart by the one setting that is said of each alone."""
    found = []
    for i, (arm, labels) in enumerate(chosen):
        twins = [other for j, (other, _) in enumerate(chosen) if j != i and other.names == arm.names]
        theirs = {s for other in twins for s in settings_in(other.words)}
        own = [s for s in dict.fromkeys(settings_in(arm.words)) if s not in theirs]
        own = own or ([d for d in doses_in(arm.words) if all(d not in doses_in(other.words) for other in twins)] if twins and labels else [])
        if twins and not own:
            return ()
        found.append(AssignedArm(f"{arm.norm} ({own[0]})" if twins else arm.norm, arm.parts, labels))
    return tuple(found)
