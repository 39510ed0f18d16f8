"""Arms told group by group, each in a clause or a sentence of its own: "Group I received A and B. In group II, all patients were given A alone".

Letters bind sentences together, however far apart; "the first group ... the second group" and "one half ... the other" do where they stand close.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.entities.assignment import Alternative, AssignedArm, given_in_arms
from extractor.entities.choices import DOSED
from extractor.entities.itemized import arm_of
from extractor.entities.mention import Mention
from extractor.entities.turns import out_of_brackets

_ORDER = {"first": 0, "one": 0, "half": 0, "second": 1, "other": 1, "another": 1, "remaining": 1, "third": 2, "fourth": 3}
_SUBJECT = re.compile(
    r"""
    (?<! [\w-] ) (?<! age\s ) (?<! risk\s ) (?<! blood\s ) (?<! to\s )
    (?: (?P<word>group|arm|cohort) \s? \(?(?P<which> (?-i:[A-Z][A-Z0-9]?) | [a-e] | [1-6] | (?-i:I{1,3}) )\)?
      | (?P<turn> first | second | third | fourth | one | other | another | remaining ) (?: \s (?:treatment|study) )? \s (?: group | arm )
      | (?P<control> (?<!\() (?:control|placebo|comparison|comparator|standard|reference|conventional) ) \s (?:treatment\s)? (?:group|arm)
      | (?P<tested> experimental|investigational|intervention|study|test ) \s (?:treatment\s)? (?:group|arm)
      | (?P<half> half ) (?: \s of \s (?:the|these|them) )? | (?P<rest> other|remaining|second ) \s half
    ) (?![\w/-]) (?! \s?[–-]\s?[\dA-E]\b )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WHO = (
    r"(?:\s?[\[(][^()\[\]]{0,80}[\])])?,?(?:\s(?:all|the|each|both))*(?:\s(?:patients|subjects|women|men|children|participants|cases|eyes|individuals|rats|mice|dogs))?"
    r"(?:\s?[\[(][^()\[\]]{0,60}[\])])?"
)
_GIVEN = re.compile(
    rf"""
    {_WHO} (?: \s?[:=,] | \s?[–-]\s | (?: \s who )? )?
    (?: \s (?: was | were | will\sbe | will | had | is | are | to | only | also | \w+ly ) )*
    \s? (?: \b (?: receiv(?:ed?|es|ing) | given | get | got | (?:treated|managed|supplemented) \s (?:with|by) | administered | underwent | undergo
        | consist(?:ed|ing|s)\sof | (?:assigned|allocated|randomi[sz]ed)\sto(?:\sreceive)? | had | took ) | (?<=[:=,]) )
    (?P<words> [^.;:]{{0,70}}? ) $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AT_ONCE = re.compile(rf"{_WHO}(?:,|:|\swith|\sto)?\s(?:the\s|an?\s|only\s|with\s)?$", re.IGNORECASE)
# What does not tell what a group is: what it had before or after, what some of it had, how many.
_NO_ASSIGNMENT = re.compile(
    r"\b(?:more|less|fewer|significant\w*|before|after|prior|previous\w*|if|when|median|mean|additional|rescue|at\sleast|than|not|neither|nor|who|whose|because|due)\b",
    re.IGNORECASE,
)
_CONTROL, _TESTED = -1, -2
"""Groups that are told by their role, in no turn."""
_IN_IT = re.compile(
    rf"(?:\s?\([^()]*\)|\s?{DOSED}|\s(?:alone|only))*(?:\s(?:was|were|is|are)\s(?:given|administered|used))?\s(?:in|for|to)\s(?:the\s)?"
)
"""What stands between a treatment and the group that was given it: "A (50 mg) in the experimental arm"."""
_ON_TOP = re.compile(
    r"[^.;:]{0,40}?\s(?:in\saddition\sto|on\sthe\sbasis\sof|based\son|added\sto|on\stop\sof|besides|plus|with|as\swell\sas)\s(?:[\w-]+\s){0,4}"
    r"(?:control|conventional|standard|other)\s(?:group|arm)",
    re.IGNORECASE,
)
"""What was added to the treatment of another group is no arm by itself."""
_APPOSED = 8
"""Characters between "group C" and "the control group" that it is."""
_NEAR = 3
"""Sentences between the first and the second group."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A group as one clause tells it: what it is called, what it was given, and whether that was besides what the group before it was."""

    sentence: int
    label: str
    turn: int
    arm: Alternative
    besides: bool = False


def by_groups(told: Sequence[tuple[str, Sequence[Mention]]]) -> list[tuple[Alternative, ...]]:
    """The statements of arms that stand in clauses of their own, group by group; [] where a group that is spoken of is told nowhere.

    Args:
        told: the sentences of abstract and methods, each with its treatments.
    """
    groups = _with_what_came_before([group for i, (text, parts) in enumerate(told) for group in _groups(i, text, parts)])
    statements: list[tuple[Alternative, ...]] = []
    for word in ("group", "arm", "cohort"):
        lettered = [g for g in groups if g.label.startswith(word + " ")]
        spoken_of = {_label(m) for text, _ in told for m in _SUBJECT.finditer(text) if (m.group("word") or "").casefold() == word}
        if len({g.label for g in lettered}) > 1 and spoken_of == {g.label for g in lettered}:
            statements += [(g.arm,) for g in lettered]
    turns = [g for g in groups if not g.label]
    controls = [g for g in turns if g.turn == _CONTROL]
    statements += [(*(g.arm for g in run), *_control_beside(run, controls)) for run in _in_turn(turns)]
    tested = [g for g in turns if g.turn == _TESTED]
    statements += [(g.arm, *beside) for g in tested if len({t.arm.names for t in tested}) == 1 and (beside := _control_beside([g], controls))]
    return statements


def with_groups(drawn: tuple[AssignedArm, ...], grouped: tuple[AssignedArm, ...]) -> tuple[AssignedArm, ...]:
    """The arms of a study, as its groups tell them only where these leave out nothing that the other statements say.

    Where there are more groups than other arms, it is enough that no treatment is left out: other statements may have run two groups together.
    """
    told = [{p.name for p in arm.parts} for arm in grouped]
    every = set[str]().union(*told)
    kept = all(any({p.name for p in arm.parts} <= names for names in told) for arm in drawn)
    apart = len(grouped) > len(drawn) > 1 and all({p.name for p in arm.parts} <= every for arm in drawn)
    return grouped if grouped and (kept or apart) else drawn


def _label(match: re.Match[str]) -> str:
    return f"{match.group('word')} {match.group('which')}".casefold() if match.group("word") else ""


def _turn(match: re.Match[str]) -> int:
    word = match.group("turn") or match.group("half") or match.group("rest")
    if match.group("tested"):
        return _TESTED
    return 1 if match.group("rest") else _ORDER[word.casefold()] if word else _CONTROL


def _groups(i: int, text: str, parts: Sequence[Mention]) -> Iterator[_Group]:
    found = list(_SUBJECT.finditer(text))
    subjects = [m for n, m in enumerate(found) if not (n and m.group("control") and m.start() - found[n - 1].end() < _APPOSED)]
    treatments = given_in_arms(text, parts) if subjects else []
    ends = [*(m.start() for m in subjects), len(text)][1:]
    for n, (subject, end) in enumerate(zip(subjects, ends, strict=True)):
        semicolon = text.find(";", subject.end(), end)
        own = [m for m in treatments if subject.end() <= m.span.start and m.span.end <= (end if semicolon < 0 else semicolon)]
        before = _given_in(text, treatments, found[n - 1].end() if n else 0, subject) if _turn(subject) < 0 else []
        if before:
            yield _Group(i, "", _turn(subject), arm_of(text, before, "", text[before[0].span.start : before[-1].span.end + 20]))
        if before or not own:
            continue
        head = text[subject.end() : own[0].span.start]
        given = _GIVEN.fullmatch(head)
        words = given.group("words") if given is not None else head if n and _AT_ONCE.fullmatch(head) else None
        run = given_together(text, own) if words is not None and not _NO_ASSIGNMENT.search(words) else []
        if run and not _ON_TOP.match(text, run[-1].span.end):
            arm = arm_of(text, run, _label(subject), text[subject.start() : run[-1].span.end + 20])
            besides = _BESIDES.match(text, run[-1].span.end) or _ALSO.search(head)
            yield _Group(i, arm.label, _turn(subject), arm, besides is not None)


_BESIDES = re.compile(
    rf"(?:\s?\([^()]*\)|\s?{DOSED})*,?\s(?:in\saddition|as\swell|additionally|besides|on\stop)(?:\s(?:of|to)\s(?:this|that|it|the\ssame\s\w+))?\s?(?:[.,;]|$)",
    re.I,
)
_ALSO = re.compile(r"\b(?:additionally|in\saddition)\b", re.IGNORECASE)


def _with_what_came_before(groups: Sequence[_Group]) -> list[_Group]:
    """The groups, those that were given something in addition with what the group before them was given."""
    found: list[_Group] = []
    for group in groups:
        before = next((g for g in reversed(found) if not g.besides and (g.label, g.turn) != (group.label, group.turn)), None)
        adds = group.besides and before is not None and group.sentence - before.sentence <= _NEAR
        found.append(replace(group, arm=_with(before.arm, group.arm)) if adds and before is not None else group)
    return found


def _with(first: Alternative, more: Alternative) -> Alternative:
    return replace(more, parts=tuple(dict.fromkeys((*first.parts, *more.parts))), norm=f"{first.norm} + {more.norm}")


def _given_in(text: str, treatments: Sequence[Mention], start: int, subject: re.Match[str]) -> list[Mention]:
    """What stands right before a group as what it was given: "A plus B in the experimental arm and A in the control arm"."""
    own = [m for m in treatments if start <= m.span.start and m.span.end <= subject.start()]
    run = given_together(text, own)
    return run if run and run[-1] is own[-1] and _IN_IT.fullmatch(text[run[-1].span.end : subject.start()]) else []


_TOGETHER = re.compile(
    rf"(?:\s?{DOSED}|\s?[\d./%,×-]+|\smg\S*|\s\d\S*|\s?(?:plus|and|with|combined|in\scombination|together|along|as\swell\sas|followed\sby|then|in\saddition\sto|concurrent(?:ly)?"
    r"|concomitant(?:ly)?|intravenous(?:ly)?|oral(?:ly)?|same|dose)(?![\w-])|\s?[+/&,-])+\s?",
    re.IGNORECASE,
)
_GOES_OFF = re.compile(r"\b(?:until|because|if|after|before|when|was|were|during|as|prior|in|for|to)\b", re.IGNORECASE)
_CHOICE = re.compile(r"\b(?:or|versus|vs\.?|either|than)(?!\w)", re.IGNORECASE)


def given_together(text: str, own: Sequence[Mention]) -> list[Mention]:
    """What a group was given together; none where it is one of two, or where the words between two treatments are not known."""
    run = list(own[:1])
    for mention in own[1:]:
        between = out_of_brackets(text[run[-1].span.end : mention.span.start])
        if mention.span.start < run[-1].span.end or _CHOICE.search(between):
            return []
        if _TOGETHER.fullmatch(between):
            run.append(mention)
        elif mention.parts != run[-1].parts:
            return run if _GOES_OFF.search(between) else []
    return run


def _control_beside(run: Sequence[_Group], controls: Sequence[_Group]) -> list[Alternative]:
    """The control arm of groups that are told in their turn, where it is told near them and is none of them."""
    near = [g.arm for g in controls if run[0].sentence - _NEAR <= g.sentence <= run[-1].sentence + _NEAR]
    return [arm for arm in near[:1] if all(arm.names != g.arm.names for g in run)]


def _in_turn(groups: Sequence[_Group]) -> Iterator[list[_Group]]:
    """The groups that are told in their turn, the first, the second and so on, close to each other."""
    run: list[_Group] = []
    for group in (g for g in groups if g.turn >= 0):
        if run and group.turn == len(run) and group.sentence - run[-1].sentence <= _NEAR:
            run.append(group)
            continue
        if len(run) > 1:
            yield run
        run = [group] if group.turn == 0 else []
    if len(run) > 1:
        yield run
