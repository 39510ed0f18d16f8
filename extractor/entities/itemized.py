"""Arms told one by one, each closed by its letter: "A 1,000 mg/m2 weekly (arm A), A as an infusion plus B on day 2 (arm B), or A with C (arm C)".

The brackets part the arms, whatever stands between them: doses, days and commas need not be understood. A title tells three arms by what is added to
one treatment: "A alone, with B, or with C".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.entities.assignment import Alternative, given_in_arms, without_appositions
from extractor.entities.concepts import is_a
from extractor.entities.mention import Mention, Part
from extractor.entities.sequences import is_in_sequence, with_named_chemotherapy
from extractor.entities.turns import out_of_brackets

_LETTER = re.compile(
    r"[\[(]\s?(?:the\s)?(?:(?P<word>arm|group|cohort|regimen)\s(?P<which>[A-E]|[1-5]|I{1,3}|IV)|(?P<bare>[A-E]))(?=\s?[\]),;:=])[^()\[\]]*[\])]", re.I
)
_LOTS = re.compile(r"\b(?:randomi[sz]ed|randomly|allocated|assigned|divided|split|stratified)\b", re.IGNORECASE)
_CHOICE = re.compile(r"\b(?:or|versus|vs\.?|either)(?!\w)", re.IGNORECASE)
_ANEW = re.compile(r"\b(?:the\ssame|identical)\b", re.IGNORECASE)
# "A before (arm C) or after B (arm D)", "with (arm 1) or without (arm 2) A": the letter stands within its arm.
_LEFT_OPEN = re.compile(r"\b(?:before|after|with|without|plus|or|and|to|either)\s?$", re.IGNORECASE)
_ADDED = re.compile(r"\+|&|\bplus\b|\bcombin|\band\b|\bfollowed\b|\bthen\b|/|,", re.IGNORECASE)
_LEAST_ARMS = 2


def by_letters(text: str, parts: Sequence[Mention]) -> tuple[Alternative, ...]:
    """The arms that a sentence tells one by one, each with its letter in a bracket behind it; () where it tells them otherwise.

    Args:
        text: the sentence.
        parts: its drugs, classes, procedures and controls.
    """
    brackets = list(_LETTER.finditer(text))
    labels = [f"{m.group('word') or 'arm'} {m.group('which') or m.group('bare')}".casefold() for m in brackets]
    bare = [m.group("bare") for m in brackets if m.group("bare")]
    if len(set(labels)) < max(_LEAST_ARMS, len(labels)) or (bare and "".join(bare) not in "ABCDE"):
        return ()
    told = given_in_arms(text, parts)
    found: list[Alternative] = []
    start = max((m.end() for m in _LOTS.finditer(text, 0, brackets[0].start())), default=0)
    for bracket, label in zip(brackets, labels, strict=True):
        own = [m for m in told if start <= m.span.start and m.span.end <= bracket.start()]
        if not own or _LEFT_OPEN.search(text[: bracket.start()]):
            return ()
        if any(_CHOICE.search(out_of_brackets(text[a.span.end : b.span.start])) for a, b in pairwise(own)):
            return ()
        shared = found[0].parts if found and _ANEW.search(text[start : own[0].span.start]) else ()
        arm = arm_of(text, own, label, text[start : bracket.start()])
        more = tuple(dict.fromkeys((*shared, *arm.parts)))
        found.append(arm if more == arm.parts else Alternative(more, f"{found[0].norm} + {arm.norm}", label, arm.words))
        start = bracket.end()
    return tuple(found)


_NAMED_GROUP = re.compile(r"[\[(](?:the\s|as\s)?(?P<label>[^()\[\],;:]{1,40}?)\s(?:group|arm)\b[^()\[\]]*[\])]", re.IGNORECASE)
_AFTERWARDS = re.compile(r"\b(?:before|prior\sto|until)\s(?:the\s|an?\s)?(?:[\w-]+\s)?$", re.IGNORECASE)
_CONTROL = Part("control", "other")


def by_control_bracket(text: str, parts: Sequence[Mention]) -> tuple[Alternative, ...]:
    """The arms of a sentence that closes each with the name of its group, the one as "control" of which nothing known is told.

    >>> from extractor.entities.drugs import find_drugs
    >>> said = "They were allocated to docetaxel (docetaxel group; n = 30) and imaging without more (control group; n = 31)."
    >>> [a.norm for a in by_control_bracket(said, [m for m in find_drugs(said) if m.parts])]
    ['docetaxel', 'control']
    """
    brackets = list(_NAMED_GROUP.finditer(text))
    lots = max((m.end() for m in _LOTS.finditer(text, 0, brackets[0].start())), default=0) if brackets else 0
    if not lots or len(brackets) < _LEAST_ARMS:
        return ()
    told, found, start = [m for m in given_in_arms(text, parts) if not _AFTERWARDS.search(text[: m.span.start])], [], lots
    for bracket in brackets:
        own = [m for m in told if start <= m.span.start and m.span.end <= bracket.start()]
        is_control = bracket.group("label").casefold() in ("control", "reference", "comparison")
        if (not own and not is_control) or any(_CHOICE.search(out_of_brackets(text[a.span.end : b.span.start])) for a, b in pairwise(own)):
            return ()
        words = text[start : bracket.start()]
        found.append(arm_of(text, own, "", words) if own else Alternative((_CONTROL,), "control", "", words))
        start = bracket.end()
    return tuple(found) if [a.norm for a in found].count("control") == 1 else ()


def arm_of(text: str, own: Sequence[Mention], label: str, words: str) -> Alternative:
    """The arm that was given some treatments of a sentence."""
    kept = [m for i, m in enumerate(own) if not (i + 1 < len(own) and _only_announces(text, m, own[i + 1]))]
    parts, norms = tuple(dict.fromkeys(p for m in kept for p in m.parts)), tuple(dict.fromkeys(m.norm for m in kept))
    if not is_in_sequence(text, [(m.span, m.parts) for m in kept]):
        parts, norms = with_named_chemotherapy(parts, norms)
    told_twice = sum(len(m.parts) for m in {m.norm: m for m in kept}.values()) != len(parts)
    return Alternative(parts, " + ".join((p.name for p in parts) if told_twice else norms), label, words)


def _only_announces(text: str, mention: Mention, following: Mention) -> bool:
    """Whether a class of drugs only announces the drug behind it: "chemotherapy with docetaxel"."""
    of_sort = any(is_a(p.name, m.name) for p in following.parts for m in mention.parts)
    return mention.parts[0].kind == "drug_class" and of_sort and not _ADDED.search(out_of_brackets(text[mention.span.end : following.span.start]))


_ALONE = r"(?:\s?\([^()]*\))?,?\s(?:alone|only|monotherapy|by\sitself|as\s(?:a\s)?(?:single\sagent|monotherapy)),?"
_WITH = r"(?:plus|with|combined\swith|in\scombination\swith|together\swith)\s(?:either\s)?"
_FIRST_MORE = re.compile(rf"{_ALONE}\s(?:(?:or|versus|vs\.?)\s)?{_WITH}", re.IGNORECASE)
_NEXT_MORE = re.compile(rf"(?:\s?\([^()]*\))?,?\s(?:(?:or|versus|vs\.?|and)\s)?(?:{_WITH})?", re.IGNORECASE)


_OR = re.compile(r"\b(?:or|versus|vs)\b", re.IGNORECASE)


def by_additions(text: str, parts: Sequence[Mention]) -> tuple[Alternative, ...]:
    """The arms of "A alone, with B, or with C": A, A with B, and A with C; () where a sentence adds to no treatment that was given alone.

    >>> from extractor.entities.drugs import find_drugs
    >>> title = "Docetaxel Alone, With Bevacizumab, or With Erlotinib in Lung Cancer"
    >>> [a.norm for a in by_additions(title, [m for m in find_drugs(title) if m.parts])]
    ['docetaxel', 'docetaxel + bevacizumab', 'docetaxel + erlotinib']
    """
    told = given_in_arms(text, parts)
    for i, base in enumerate(told[:-1]):
        if not _FIRST_MORE.fullmatch(text, base.span.end, told[i + 1].span.start):
            continue
        added = [told[i + 1]]
        for more in told[i + 2 :]:
            if not _NEXT_MORE.fullmatch(text, added[-1].span.end, more.span.start):
                break
            added.append(more)
        first_gap = text[base.span.end : added[0].span.start]
        if not _OR.search(first_gap if len(added) == 1 else text[added[-2].span.end : added[-1].span.start]):
            continue
        if len({m.norm for m in (base, *added)}) == 1 + len(added):
            return (arm_of(text, [base], "", text), *(arm_of(text, [base, m], "", text) for m in added))
    return ()


_ADDING_ONE = re.compile(r"\b(?:adding|addition\sof)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_TO_ANOTHER = re.compile(r"\sto\s(?:[\w-]+\s){0,2}")
_ADDED_TO = re.compile(r"\s(?:adds?|added)\s(?:[\w-]+\s){0,2}?to\s(?:[\w-]+\s){0,2}")


def adding(text: str, parts: Sequence[Mention]) -> tuple[Alternative, ...]:
    """The arms of a study that added one treatment to another, where the sentence names no more: "adding A to B" is B and A against B."""
    ordered = without_appositions(text, [m for m in parts if m.parts])
    if len({m.parts for m in ordered}) != 2:
        return ()
    for added, base in pairwise(ordered):
        gap = text[added.span.end : base.span.start]
        before = text[max(added.span.start - 60, 0) : added.span.start]
        if (_ADDING_ONE.search(before) and _TO_ANOTHER.fullmatch(gap)) or _ADDED_TO.fullmatch(gap):
            both = (*base.parts, *(p for p in added.parts if p not in base.parts))
            return (Alternative(both, f"{base.norm} + {added.norm}", "", text), Alternative(base.parts, base.norm, "", text))
    return ()


_RECEIVED = r"(?:received|(?:treated|managed)\s(?:with|by)|underwent|took|given|had|chose|started|got|assigned\sto|allocated\sto|with|on)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?"
_IN_WORDS = (
    rf"(?:(?:one|two|three|four|five|six|seven|eight|nine)\shundred(?:\sand\s[a-z-]+)?|{_TENS}|ten|eleven|twelve|[a-z]+teen|the\s(?:remaining|other))"
)
_COUNTED = re.compile(
    rf"""
    (?<! [\w.,/%-] ) (?: \d{{1,3}}(?:,\d{{3}})+ | \d{{2,5}} | {_IN_WORDS} ) (?: \s? \( \d[^()]*\) )? \s
    (?: (?:patients|women|men|cases|children|subjects|participants|of\sthem|others) \s )?
    (?: who \s )? (?: (?:were|was|had|have) \s (?:been \s)? )? (?: \w+ly \s )?
    {_RECEIVED} \s (?: (?!either\b|both\b|no\b|neither\b) [\w/-]+ \s ){{0,3}}?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LATER = re.compile(
    r"\b(?:progress\w*|relapse\w*|recurren\w*|salvage|subsequent\w*|second-line|third-line|later[\s-]line|prior|previous\w*|cross\w*|refus\w+|withdr\w+|before\sentry"
    r"|thereafter|post-study|further|at\sbaseline|dose\sreduc\w+)\b",
    re.IGNORECASE,
)


def by_counts(text: str, parts: Sequence[Mention]) -> tuple[Alternative, ...]:
    """The arms that a sentence tells by how many were given each: "96 received A and 104 received B"; () where it tells none so.

    >>> from extractor.entities.drugs import find_drugs
    >>> said = "Of these, 96 took letrozole and 104 were treated with tamoxifen plus goserelin."
    >>> [a.norm for a in by_counts(said, [m for m in find_drugs(said) if m.parts])]
    ['letrozole', 'tamoxifen + goserelin']
    """
    if _LATER.search(text):
        return ()
    told = given_in_arms(text, parts)
    at = [(i, match) for i, m in enumerate(told) if (match := _counted_before(text, m.span.start)) is not None]
    ends = [*(i for i, _ in at), len(told)][1:]
    groups = [_run(text, told[i:end]) for (i, _), end in zip(at, ends, strict=True)]
    if len(groups) < _LEAST_ARMS or any(not run for run in groups):
        return ()
    if any(len(between) > _FARTHEST or ". " in between for between in (text[a[-1].span.end : b[0].span.start] for a, b in pairwise(groups))):
        return ()
    return tuple(arm_of(text, run, "", text[run[0].span.start - 20 : run[-1].span.end + 20]) for run in groups)


_FARTHEST = 140
"""Between one group and the next stand doses and days, never another sentence."""


def _counted_before(text: str, at: int) -> re.Match[str] | None:
    return next((m for m in _COUNTED.finditer(text, max(at - 90, 0), at) if m.end() == at), None)


_GIVEN_TOO = re.compile(
    r"(?:(?:,|\+|/|&|-|\b(?:plus|and|with|during|concurrent\w*|in|followed\sby|then|combined|combination|after|before))\s?)+", re.IGNORECASE
)


def _run(text: str, told: Sequence[Mention]) -> list[Mention]:
    """The treatments of one group: the first, and what is told behind it as given with it; none where one of two was given."""
    run = list(told[:1])
    for mention in told[1:]:
        between = out_of_brackets(text[run[-1].span.end : mention.span.start])
        if _CHOICE.search(between):
            return []
        if not _GIVEN_TOO.fullmatch(between.strip() + " "):
            break
        run.append(mention)
    return run


_SIZE_BEHIND = re.compile(r"\bn\s?=\s?\d{2,5}\b")
_COUNTED_OUT = re.compile(
    rf"""
    (?<! [\w.,/%-] ) (?: \d{{1,3}}(?:,\d{{3}})+ | \d{{2,5}} | {_IN_WORDS} ) (?: \s? \( \d[^()]*\) )? \s
    (?: (?:patients|women|men|cases|children|subjects|participants|of\sthem|others) \s )? (?: (?:were|was) \s )? (?: randomly \s )?
    (?: (?:assigned|allocated|allotted|randomi[sz]ed|enrolled|received|receiving|treated\s(?:with|by)|given) \s )?
    (?: (?:to|in|into|on) \s )? (?: the \s )? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ENTERED = re.compile(
    r"\b(?:randomi[sz]\w+|randomly|assigned|allocated|allotted|enrolled|recruited|entered)\b|^\W*of\s(?:the\s|these\s)?\d+", re.IGNORECASE
)


def by_sizes(text: str, parts: Sequence[Mention]) -> tuple[Alternative, ...]:
    """The arms that a sentence tells by how many entered each: "120 to A and 118 to B", "(A, n = 120; B, n = 118)"; () where it tells none so.

    >>> from extractor.entities.drugs import find_drugs
    >>> said = "In all, 214 patients were randomised (letrozole, n = 106; tamoxifen plus goserelin, n = 108)."
    >>> [a.norm for a in by_sizes(said, [m for m in find_drugs(said) if m.parts])]
    ['letrozole', 'tamoxifen + goserelin']
    """
    if _LATER.search(text) or not _ENTERED.search(text):
        return ()
    told = given_in_arms(text, parts)
    ends = [m.start() for m in _SIZE_BEHIND.finditer(text)]
    if len(ends) >= _LEAST_ARMS:
        bounds = [max((m.end() for m in _OPENS_LIST.finditer(text, 0, ends[0])), default=0), *ends]
        groups = [_run(text, [m for m in told if a <= m.span.start < b]) for a, b in pairwise(bounds)]
    else:
        at = [i for i, m in enumerate(told) if _COUNTED_OUT.search(text[: m.span.start])]
        groups = [_run(text, told[i:end]) for i, end in zip(at, [*at, len(told)][1:], strict=True)]
    if len(groups) < _LEAST_ARMS or any(not run for run in groups):
        return ()
    arms = tuple(arm_of(text, run, "", text[run[0].span.start - 20 : run[-1].span.end + 20]) for run in groups)
    return arms if len({a.names for a in arms}) == len(arms) else ()


_OPENS_LIST = re.compile(r"[(\[:]\s?")


_OR_CONTROL = re.compile(
    r"(?:\s?\([^()]*\))?,?\sor\s(?:to\s)?(?:(?:the|an?)\s)?(?:(?P<observed>be\s(?:observed|followed|monitored)|follow-up\salone)|(?P<none>not)(?=\s?[.,;(]|$)"
    r"|(?:(?P<untreated>untreated|observation(?:al)?|no-treatment)\s)?controls?(?:\s(?:group|arm))?)\b(?P<more>[^.;]{0,60})",
    re.IGNORECASE,
)
_LEFT_ALONE = re.compile(r"\b(?:observ\w+|untreated|without|no\s(?:\w+\s)?(?:treatment|therapy|maintenance))\b", re.IGNORECASE)
_OBSERVED = Part("observation", "procedure")


def by_untold_control(text: str, parts: Sequence[Mention]) -> tuple[Alternative, ...]:
    """The treatment that some were drawn to and the control of which nothing more is told: "to A or to the control group"; () elsewhere.

    >>> from extractor.entities.drugs import find_drugs
    >>> said = "They were randomly assigned to letrozole 2.5 mg or to a control group, which was observed."
    >>> [a.norm for a in by_untold_control(said, [m for m in find_drugs(said) if m.parts])]
    ['letrozole', 'observation']
    """
    control = next((m for m in _OR_CONTROL.finditer(text)), None)
    lots = max((m.end() for m in _LOTS.finditer(text, 0, control.start())), default=0) if control is not None else 0
    if control is None or not lots:
        return ()
    own = [m for m in given_in_arms(text, parts) if m.span.start >= lots and m.span.end <= control.start()]
    if not own or _run(text, own) != own:
        return ()
    tested = arm_of(text, own, "", text[lots : control.start()])
    left_alone = control.group("observed") or control.group("untreated") or _LEFT_ALONE.search(control.group("more"))
    part = _OBSERVED if left_alone else Part(f"no {tested.norm}", "other") if control.group("none") else _CONTROL
    return (tested, Alternative((part,), part.name, "", control.group()))
