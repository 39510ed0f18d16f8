"""Groups that a paper calls by their roles alone: what it gave them ("controls received only docetaxel"), or, where it tells no drug, these names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.relations.findings import ArmOf

_ROLE = re.compile(
    r"\b(?P<role>trial|study|test|experiment(?:al)?|intervention|treatment|research|combined|combination|observation|control)\s(?:group|arm)s?\b"
    r"|\b(?P<controls>controls)\b",
    re.IGNORECASE,
)
# "the observation group (A plus B) and the control group": observed for what A adds, and no arm that went without treatment.
_OBSERVED = re.compile(r"\bobservation\s(?:group|arm)s?\b", re.IGNORECASE)
_CONTROLS = re.compile(r"\bcontrol\s(?:group|arm)s?\b", re.IGNORECASE)
_AT_ANOTHER_TIME = re.compile(
    r"\b(?:before|prior|previous(?:ly)?|(?:at|after|upon)\s(?:the\s)?(?:progression|relapse|failure|recurrence)|prophyla\w+|anti-?emetic\w*|supportive)\b",
    re.IGNORECASE,
)
"""What a group had before the study, after it or against side effects is not what it was given in it."""
TESTED = frozenset(("trial", "study", "test", "experimental", "experiment", "intervention", "treatment"))
_GIVEN_TO = re.compile(
    r"[^.;]{0,40}?\b(?:was|were)\s(?:only\s)?(?:given|administered|added|used|injected|applied|offered)\s(?:only\s)?(?:to|in|for)\s"
    r"(?:the\s|patients\s(?:in|of)\s(?:the\s)?)?",
    re.IGNORECASE,
)
# "A (n = 40, control group)", "A alone as the control group"
_STANDS_FOR = re.compile(
    r"(?:\s(?:alone|only|treatment|therapy))?(?:\s?[(\[](?:(?![^()]{0,24}\b(?:group|arm)\b[^()]{0,24}[,;])[^()]{1,24}[,;]\s)?|\sas\s)(?:the\s|an?\s)?",
    re.IGNORECASE,
)
_ON_BASIS = re.compile(
    r"\b(?:on|upon)\s(?:this\sbasis|(?:the\s)?bas[ie]s\sof\s(?:the\s)?(?:(?:treatments?|therapy|regimens?)\s(?:of|in|for|given\sto)\s)?(?:the\s)?controls?\b)"
    r"|\b(?:based\son|in\saddition\sto|added\sto)\s(?:the\s)?(?:(?:same\s)?(?:treatments?|therapy|regimens?)\s(?:as|of|in|for|given\sto)\s)?(?:the\s)?controls?\b",
    re.IGNORECASE,
)
"""What one group was given besides all that the control group was."""
_WAS_GIVEN = re.compile(
    r"""
    (?: \s \([^()]*\) )? ,? (?: \s patients )?
    (?:
        \s (?: (?:were|was) \s )? (?: only \s | also \s | additionally \s | orally \s )?
        (?: received | receiving | given | treated\s(?:with|by) | underwent | had | took | with | using )
        \s (?: (?: only|also|just|the|same|an?|additional|standard|conventional|routine|injections?|of|\d+|cycles ) \s ){0,5}
      | \s (?:injections?|infusions?|administration) \s of \s
    )
  | (?: \s? [(\[] | \s? : ) \s? (?: (?: n\s?=\s?\d+ | \d+\s(?:cases|patients) ) \s? [,;] \s? )?
    (?: (?: patients | who | were | was | received | receiving | treated\s(?:with|by) | given | with | using | simple | simply | pure | single | the
      | only | conventional | routine | standard | traditional | alone ) \s ){0,5}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TOGETHER = re.compile(
    r"\b(?:combined\swith|in\scombination\swith|together\swith|in\saddition\sto|concurrent(?:ly)?\swith|plus)\s(?:\w+\s)?$", re.IGNORECASE
)


def observed_is_tested(own: Iterable[ReadSentence]) -> bool:
    """Whether the "observation group" of a paper is its arm under test: it is set against a control group, and twice at least.

    Elsewhere it is the arm that went without treatment.
    """
    return sum(_OBSERVED.search(r.sentence.text) is not None and _CONTROLS.search(r.sentence.text) is not None for r in own) >= _LEAST_TOLD


def told_by_role(own: Iterable[ReadSentence]) -> dict[str, ArmOf]:
    """The treatment of the group under test ("tested") and of the control group ("control"), of each only where the sentences agree.

    They do where one tells all that the others do. What was given "on the basis of the control group" comes on top of that group's.
    """
    told: dict[str, dict[frozenset[str], ArmOf]] = {}
    read = list(own)
    observed = observed_is_tested(read)
    on_basis = False
    for one in read:
        for role, arm in _told_in(one, observed=observed):
            told.setdefault(role, {}).setdefault(frozenset(p.name for p in arm.parts), arm)
            on_basis = on_basis or (role == "tested" and _ON_BASIS.search(one.sentence.text) is not None)
    agreed = {role: arms[full] for role, arms in told.items() if (full := max(arms, key=len)) >= frozenset().union(*arms)}
    if on_basis and len(agreed) > 1:
        tested, control = agreed["tested"], agreed["control"]
        rest = tuple(p for p in tested.parts if p not in control.parts)
        agreed["tested"] = ArmOf(" + ".join((control.norm, *(p.name for p in rest))), (*control.parts, *rest))
    return agreed


# Arms under test that a paper has several of: "intervention group 2", "three intervention groups", "both treatment groups".
_SEVERAL_TESTED = re.compile(
    r"\b(?:trial|study|test|experimental|intervention|active)\s(?:groups|arms)\b|\b(?:trial|study|test|experimental|intervention|treatment|control|active)\s"
    r"(?:group|arm)\s(?:[A-D]|[1-4]|I{1,3}|IV)\b|\b(?:three|four|five|3|4|5)\s(?:\w+\s){0,2}(?:groups|arms)\b|\b(?:three|four|five)-arm(?:ed)?\b",
    re.IGNORECASE,
)
_LEAST_TOLD = 2


def called_by_role(own: Iterable[ReadSentence]) -> tuple[ArmOf, ...]:
    """The arm under test and the control as the paper calls them, where it sets two groups of these names against each other; () where it does not.

    Names of treatments go before these: this is for a paper whose treatments have no name that is known ("supervised training").
    """
    called: dict[str, int] = {}
    control = ArmOf("control")
    controls = together = 0
    told = list(own)
    tests = TESTED | {"active", *(("observation",) if observed_is_tested(told) else ())}
    for read in told:
        text = read.sentence.text
        if _SEVERAL_TESTED.search(text):
            return ()
        roles = {m.span.of(text).casefold().split()[0].rstrip("s"): m for m in read.of(MentionKind.ARM) if m.detail in ("role", "label")}
        tested = roles.keys() & tests
        controls += "control" in roles
        together += "control" in roles and bool(tested)
        control = ArmOf(roles["control"].norm, roles["control"].parts) if "control" in roles and roles["control"].parts else control
        for role in tested:
            called[role] = called.get(role, 0) + 1
    if min(controls, sum(called.values())) < _LEAST_TOLD or not together:
        return ()
    return ArmOf(max(called, key=lambda role: (called[role], role))), control


def _told_in(read: ReadSentence, *, observed: bool) -> Iterator[tuple[str, ArmOf]]:
    text = read.sentence.text
    if _AT_ANOTHER_TIME.search(text):
        return
    treatments = [m for m in read.of(MentionKind.ARM) if m.parts and m.detail != "role"]
    for match in _ROLE.finditer(text):
        if (match.group("role") or "").casefold() == "observation" and not observed:
            continue
        role = "control" if match.group("controls") or match.group("role").casefold() == "control" else "tested"
        for mention in treatments:
            between = (mention.span.end, match.start())
            given = mention.span.end <= match.start() and (_GIVEN_TO.fullmatch(text, *between) or _STANDS_FOR.fullmatch(text, *between))
            if given or (match.end() <= mention.span.start and _WAS_GIVEN.fullmatch(text, match.end(), mention.span.start)):
                yield role, _with_rest(text, mention, treatments, match)
                break


# "received A 1 g/m2 and B": listed behind one group, and not told in turn of two.
_LISTED = re.compile(r"(?:\s?\([^()]*\)|\s\d[\d.,]*\s?[\w/]+)*(?:,\s|,?\sand\s)", re.IGNORECASE)
_IN_TURN = re.compile(
    r"\brespectively\b|\b(?:groups?|arms?|trial|study|test|experimental|intervention|treatment|observation)\s(?:and|or)\s(?:the\s)?$", re.IGNORECASE
)


def _with_rest(text: str, mention: Mention, treatments: Iterable[Mention], role: re.Match[str]) -> ArmOf:
    """A treatment with what the sentence says later was given together with it, or lists behind it as given to the same group."""
    arm = ArmOf(mention.norm, mention.parts)
    end = mention.span.end
    one_group = not role.group().endswith("s") and not _IN_TURN.search(text[: role.start()]) and "respectively" not in text
    for other in treatments:
        if other.span.start < end or set(other.parts) & set(arm.parts):
            continue
        listed = one_group and role.end() <= mention.span.start and _LISTED.fullmatch(text, end, other.span.start)
        if listed or _TOGETHER.search(text[max(other.span.start - 40, 0) : other.span.start]):
            arm = ArmOf(f"{arm.norm} + {other.norm}", (*arm.parts, *other.parts))
            end = other.span.end
    return arm
