"""Words between two treatments of a sentence that join them where "and" alone does not: both were given, or are told again as one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities.mention import Mention, Part

# What each of two did, or how many had it, stands in a bracket of its own; a dose may stand between what is given together.
_OF_ONE = r"%|\bCI\b|\b(?:[HOR]R|[PpNn])\s?[=<>]|\d\s?(?:months|years|weeks)\b"
_BESIDE = rf"(?:\s*\((?![^()]*(?:{_OF_ONE}))[^()]{{1,60}}\))?"
AND = re.compile(rf"{_BESIDE}\s+and\s+(?:the\s|an?\s)?")
COMPARING = re.compile(r"\bcompar(?:e[ds]?|ing|isons?\sof)\s(?:(?!with\b|to\b)[\w-]+\s){0,4}$", re.IGNORECASE)
COMPARED_WITH = r"(?:compared\s(?:with|to)|in\s(?:comparison|contrast)\s(?:with|to)|relative\sto|as\sopposed\sto)"
_OPENS_WITH_OTHER = re.compile(
    rf"(?:^|[.;:]\s)(?:when\s|as\s)?(?:{COMPARED_WITH}|versus|unlike)\s[^,.;:]+,\s?(?:the\s)?$",
    re.IGNORECASE,
)
IN_THEIR_ORDER = re.compile(r"\s?(?:\([^()]*\)\s?)?(?:group|arm|patients),?\srespectively\b", re.IGNORECASE)
TWO_GROUPS = re.compile(r"\s?(?:\([^()]*\)\s?)?(?:groups|arms|recipients)\b", re.IGNORECASE)

_MODE = (
    r"(?:continuous|protracted|prolonged|intermittent|infusional|infused|bolus|intravenous|i\.?v\.?|oral|subcutaneous|s\.c\.|intraperitoneal|intra-?arterial"
    r"|hepatic[\s-]arterial|weekly|bi-?weekly|tri-?weekly|(?:two|three|four|[2-6])-weekly|monthly|(?:once-|twice-)?daily|dose-dense|metronomic|short-term|long-term"
    r"|(?:low|lower|high|higher|full|standard|intermediate|reduced|fixed|moderate|conventional)-dose|\d{1,2}-?(?:h|hour|day|week)s?"
    r"|(?:infusions?|injections?|doses?|cycles?)(?:\sof)?|an?\s[\w-]+-based\s(?:regimen|combination|chemotherapy)\s(?:of|with))"
)
_MODES_BEFORE = re.compile(rf"(?<=\s){_MODE}(?:\sor\s{_MODE})?(?:\s|-(?=$))")
_MODES_BEHIND = re.compile(
    r"^(?:\s(?:infusions?|injections?|tablets?|capsules?|weekly|monthly|(?:once\s|twice\s)?daily|every\s(?:\d|two|three|four)\sweeks|i\.?v\.?|orally|intravenously"
    r"|(?:at|at\sa\sdose\sof)\s(?=\d)|\d[\d.,]*\s?(?:m?g|[µμ]g|mcg|Gy|IU)(?:/\w+|\s(?:m|kg)[-−]?[12])*(?![\w/])|AUC\s?\d))+(?=\s|$)"
)
"""How a treatment is given, before its name and behind it: no words between two treatments that part them."""


def without_modes(between: str) -> str:
    """What stands between two treatments, without how they are given.

    >>> without_modes(" infusion plus weekly "), without_modes(" with bolus-"), without_modes(" 75 mg/m2 plus oral ")
    (' plus ', ' with ', ' plus ')
    """
    between = _MODES_BEHIND.sub("", between)
    while (less := _MODES_BEFORE.sub("", between)) != between:
        between = less
    return between


WINDOW = 120
"""How far back the words are looked for that decide on a mention."""


def words_before(text: str, at: int) -> str:
    """The words right before a place. A window, so that a sentence of ten thousand words costs no hundred million steps."""
    return text[max(at - WINDOW, 0) : at]


def opens_behind_comparison(text: str, mention: Mention) -> bool:
    """Whether a treatment stands behind the comma that ends what it is compared with: "Compared with A and B, C and D prolonged ..."."""
    return _OPENS_WITH_OTHER.search(words_before(text, mention.span.start)) is not None


def told_again(text: str, groups: Sequence[Sequence[Mention]], after: Mention) -> bool:
    """Whether two treatments are told again of three that the sentence joined before: "A with B and C was better than B and C alone"."""
    before = groups[-1]
    pair = {p for m in (*before, after) for p in m.parts}
    if before[-1].span.end > after.span.start or not AND.fullmatch(text[before[-1].span.end : after.span.start]):
        return False
    apart = (
        COMPARING.search(words_before(text, before[0].span.start))
        or TWO_GROUPS.match(text, after.span.end)
        or IN_THEIR_ORDER.match(text, after.span.end)
    )
    return not apart and any(pair < {p for m in group for p in m.parts} for group in groups[:-1])


_ADDED_TO = re.compile(r"\b(?:in\scombination\swith|combined\swith|together\swith|added\sto)\s$", re.IGNORECASE)
_ADDITION_TO = re.compile(r"\b(?:addition\sof|adding|add(?:ed|s)?)\s(?:[\w-]+\s){1,4}to\s(?:the\s)?$", re.IGNORECASE)
_SET_APART = re.compile(r"\b(?:between|compar\w+|both|randomi\w+(?!\s(?:[\w/,-]+\s){0,3}(?:trial|study))|either|versus|vs)\b", re.IGNORECASE)


def told_together(text: str, group: Sequence[Mention], after: Mention) -> bool:
    """Whether words before or behind two parts that "and" stands between say that they were given together."""
    return (
        _added_to_both(text, group)
        or _given_both(text, group, after)
        or _against_one_alone(text, group, after)
        or _against_the_rest(text, group, after)
    )


def _against_the_rest(text: str, group: Sequence[Mention], after: Mention) -> bool:
    """Whether the last two of three are told again by themselves, or nothing is told apart: "A plus B and C was better than B and C"."""
    last = group[-1]
    if len(group) < 2 or last.span.end > after.span.start or {p.kind for m in (*group, after) for p in m.parts} != {"drug"}:
        return False
    pair = rf"(?<![\w-]){re.escape(last.span.of(text))}\sand\s{re.escape(after.span.of(text))}(?![\w-])(?!\s(?:groups|arms)\b)"
    return re.search(pair, text[after.span.end :]) is not None or not (_TOLD_APART.search(text) or _EXAMPLES.search(text))


def _added_to_both(text: str, group: Sequence[Mention]) -> bool:
    """Whether the last part of a group opens the list of what the first was given with: "A in combination with B and C"."""
    added = words_before(text, group[-1].span.start)
    if len(group) < 2 or len(group[-1].parts) > 1 or not (_ADDED_TO.search(added) or _ADDITION_TO.search(added)):
        return False  # "added to FOLFOX and FOLFIRI": two regimens are one or the other
    return not _SET_APART.search(words_before(text, group[0].span.start))


_AGAINST_ALONE = re.compile(
    r"(?:[^.;]|\.\d){0,100}?\b(?:compared\s(?:with|to)|versus|vs\.?|against|than|over)\s(?:[^.;]|\.\d){0,60}?(?P<name>[\w-]+)\s(?:alone|monotherapy|only|as\s(?:a\s)?single\sagents?)\b",
    re.IGNORECASE,
)


def _against_one_alone(text: str, group: Sequence[Mention], after: Mention) -> bool:
    """Whether two parts are set against one of them alone: "8.9 months with A and B, compared with 7.2 months with A alone"."""
    match = _AGAINST_ALONE.match(text, after.span.end)
    names = {m.span.of(text).casefold() for m in (group[-1], after)}
    return match is not None and match.group("name").casefold() in names and not _SET_APART.search(words_before(text, group[0].span.start))


_GIVEN = re.compile(
    r"""
    \b (?: treated\s(?:with|by) | treated\s(?:\w+\s){1,4}with | (?:treatment|therapy|chemotherapy)\swith | receiv(?:ed?|ing)
      | (?:were|was|been)\sgiven | administration\sof
      | (?:trial|study|series)\s(?:of|with|using) | using ) \s (?: (?!either|both)[\w-]+\s ){0,2} $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What tells two treatments apart in a sentence, if it is but two numbers side by side.
_TOLD_APART = re.compile(
    r"\b(?:between|compar\w+|both|random\w+|either|versus|vs|respective(?:ly)?|arms?|groups?|cohorts?|each|alone|or|than|separately)\b"
    r"|\d\s?(?:%|months?|patients)?\)?\s(?:and|to)\s\(?\d",
    re.IGNORECASE,
)


def _given_both(text: str, group: Sequence[Mention], after: Mention) -> bool:
    """Whether patients are said to have been given two treatments ("treated with A and B"), where the sentence tells the two nowhere apart."""
    if not _GIVEN.search(words_before(text, group[0].span.start)) or any(p.kind == "placebo" for m in (*group, after) for p in m.parts):
        return False
    return not _TOLD_APART.search(text)


_EXAMPLES = re.compile(r"\b(?:such\sas|including|like|both|agents|drugs|combinations|regimens)\b", re.IGNORECASE)


_OF_REGIMEN = re.compile(
    r"\b(?:regimens?|(?:standard|conventional|triple|dual|combination)\s(?:therapy|treatment|chemotherapy)|doublet|triplet|quadruplet)\s\(\s?$",
    re.IGNORECASE,
)
_NEXT_ITEM = re.compile(r"\d[^()]*\),\s(?:and\s)?$")
_WITH_ITS_VALUE = re.compile(r"(?:,\s[\w-]+)?(?:\sand\s[\w-]+)?\s\(\d[\d.]*\s?(?:months?|%)")
_IN_BRACKET = re.compile(r",\s(?:and\s)?|\sand\s")


def of_regimen(text: str, group: Sequence[Mention], after: Mention) -> bool:
    """Whether two treatments are listed in the bracket that tells what a regimen is of: "the standard regimen (ondansetron and dexamethasone)"."""
    between = text[group[-1].span.end : after.span.start]
    behind = text[after.span.end :].partition(")")[0]
    if _IN_BRACKET.fullmatch(between) and _NEXT_ITEM.search(words_before(text, group[0].span.start)) and _WITH_ITS_VALUE.match(text, after.span.end):
        return True  # "A plus B (10 months), and C, D and E (11 months)"
    return (
        _IN_BRACKET.fullmatch(between) is not None
        and _OF_REGIMEN.search(words_before(text, group[0].span.start)) is not None
        and re.search(r"[(;]|\bor\b", behind) is None
    )


_LISTS = re.compile(rf"{_BESIDE}(?:,?\s+and\s+|,\s+)(?:the\s|an?\s)?")


def as_assigned(text: str, treatments: Sequence[Mention], arms: Collection[frozenset[Part]]) -> list[Mention]:
    """The treatments of a sentence, those that "and" or a comma stands between as one where the document has an arm of just these.

    "14 months with A and B and 11 months with A": the two are one arm where patients were assigned to "A and B or A". Never where each of the two is
    an arm by itself, as in a factorial trial: then "and" sets them side by side.
    """
    found: list[Mention] = []
    rest = list(treatments)
    while rest:
        run = next((size for size in range(len(rest), 1, -1) if _is_one(text, rest[:size], arms)), 1)
        whole, rest = rest[:run], rest[run:]
        parts = tuple(p for m in whole for p in m.parts)
        span = CharSpan(whole[0].span.start, whole[-1].span.end)
        found.append(whole[0] if run == 1 else replace(whole[0], span=span, norm=" + ".join(m.norm for m in whole), parts=parts))
    return found


def _is_one(text: str, group: Sequence[Mention], arms: Collection[frozenset[Part]]) -> bool:
    parts = [p for m in group for p in m.parts]
    if len(set(parts)) < len(parts) or frozenset(parts) not in arms or all(frozenset(m.parts) in arms for m in group):
        return False
    return all(_LISTS.fullmatch(text[one.span.end : other.span.start]) for one, other in pairwise(group))
