"""Groups that a paper calls by a name of its own and not by a treatment: "the 1 cm margin group", "Group A", "the robotic group".

Such a name counts as an arm where the paper sets it against another group, again and again. Names of risk groups, age groups and data sets are
populations and are left to those.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from extractor.entities.mention import GROUP_LETTER
from extractor.entities.turns import out_of_brackets

_GROUP = re.compile(r"\b(?:groups?|arms?)\b", re.IGNORECASE)
_LETTER = re.compile(rf"\s(?P<which>{GROUP_LETTER})\b(?!\s?[-/%]\s?\d)")
# "in the robotic group 4 patients had pain": no group of the number 4.
_COUNTED = re.compile(r"\s\d\s?(?:\(|(?:patients|women|men|cases|subjects|participants|people|had|died|were)\b)", re.IGNORECASE)
_CONTROL = re.compile(r"\b(?:control|placebo|comparison|reference)\s(?:groups?|arms?)\b", re.IGNORECASE)

# Where the name of a group cannot reach over, walking back from "group".
_STOPS = frozenset(
    (
        "the a an in of and or to for with than from by on at both each either two three four five other these those this that all between"
        " among as was were is are had has have per our versus vs same any no one into which different within across patients patient women"
        " men subjects only when while"
        " whereas respectively compared not also more most less least during after before but if per-protocol n"
    ).split()
)
# What no arm is called by, or what makes the group a population.
NO_ARM = frozenset(
    (
        "risk age aged treatment treated cancer oncology working cooperative research collaborative intergroup collaboration prognostic"
        " training validation derivation"
        " development discovery matched unmatched positive negative mutant mutated wild-type wildtype unknown male female younger older high low"
        " high-risk low-risk intermediate-risk intermediate elderly young healthy normal overall whole entire total first second third primary"
        " secondary main parallel single consensus writing steering performance functional clinical stage grade genotype racial ethnic sex gender"
        " disease tumor tumour histological histologic blood ecog age-matched subgroup larger smaller another various expert support focus peer"
        " user patient-reported comparison reference responders nonresponders responder non-responder new old small large similar"
        " control controls placebo comparator standard observation combination monotherapy active"
    ).split()
)
ROLES = frozenset(("trial", "study", "test", "intervention", "experimental", "experiment", "investigational"))
"""The arm under test, in a paper that sets it against a control group."""

# Sides of the body, diseases, and what became of patients: who is looked at, and not what they were given.
_NO_TREATMENT = re.compile(
    r"(?:ipsi|contra|bi|uni)?lateral|left|right|(?:non-?)?(?:surviv|recurr|relaps|metasta|progress|smok|case|death|dead|fatal|pregnan|diabet)\w*"
    r"|(?:no|non)-(?:adverse-?)?(?:events?|complications?|responses?|pain|\w+(?:ation|ence))|events?|complications?|\w+(?:itis|omas?|ae?mia|pathy|plasia|iasis|rrhea|cancers?)",
    re.IGNORECASE,
)
_LEAST_USES = 3
_LEAST_CONTRASTS = 2
_LEAST_SPELLED = 2


def group_names(texts: Sequence[str]) -> dict[str, str]:
    """The names of a paper's groups, as printed and folded, each with the form that a slot holds: the longest that the paper uses for that group.

    Args:
        texts: the sentences of abstract, methods, results and captions.
    """
    used: dict[str, int] = {}
    together: dict[frozenset[str], int] = {}
    for text in texts:
        here = list(dict.fromkeys(_names_in(text)))
        for name in here:
            used[name] = used.get(name, 0) + 1
        for one, other in combinations([*here, *(("",) if _CONTROL.search(text) else ())], 2):
            if not _is_form_of(one, other):
                together[frozenset((one, other))] = together.get(frozenset((one, other)), 0) + 1
    names = _merged({n: used[n] for n in used if any(n in pair for pair in together)})
    uses = {full: sum(used[n] for n, f in names.items() if f == full) for full in names.values()}
    contrasts: dict[str, int] = {}
    for pair, count in together.items():
        fulls = {names[n] for n in pair if n}
        if (len(fulls) == 2 or "" in pair) and all(uses[f] >= _LEAST_USES for f in fulls):
            for full in fulls:
                contrasts[full] = contrasts.get(full, 0) + count
    kept = {f for f, count in contrasts.items() if count >= _LEAST_CONTRASTS}
    if kept - ROLES:
        kept -= ROLES
    return {n: _spelled_out(f, texts) for n, f in names.items() if f in kept}


def is_of_patients(word: str) -> bool:
    """Whether a group is called by who is in it: "the recurrence group", "the appendicitis group"."""
    return _NO_TREATMENT.fullmatch(word) is not None


def set_against(names: Collection[str], texts: Iterable[str]) -> frozenset[frozenset[str]]:
    """Which of the names of groups a paper sets against each other in its sentences, again and again, by pairs."""
    counts: dict[frozenset[str], int] = {}
    for text in texts:
        for pair in combinations(sorted({name for name in _names_in(text) if name in names}), 2):
            counts[frozenset(pair)] = counts.get(frozenset(pair), 0) + 1
    return frozenset(pair for pair, count in counts.items() if count >= _LEAST_CONTRASTS)


def _names_in(text: str) -> Iterator[str]:
    for match in _GROUP.finditer(text):
        if match.group().endswith("s"):
            yield from _two_names(out_of_brackets(text[: match.start()]).rstrip() + " ")
            continue
        words = _words_before(text, match.start())
        letter = _LETTER.match(text, match.end())
        if letter is not None and not (words and _COUNTED.match(text, match.end())):
            yield f"{match.group()} {letter.group('which')}".casefold()
        elif words:
            yield " ".join(words)
        elif (code := _CODE.match(text, match.end())) is not None and code.group("code").casefold() not in _NO_CODES:
            yield code.group("code").casefold()


# "the exercise and stretching groups"
_FIRST_OF_TWO = re.compile(r"(?P<and>\s)(?:and|or|versus|vs\.?)\s(?:the\s)?(?P<last>[\w/+.·-]+(?:\s[\w/+.·-]+){0,3})\s$", re.IGNORECASE)


# "in Group RD", "Group XL12-T7.5": a name of letters and figures behind the word.
_CODE = re.compile(r"\s(?P<code>[A-Z][A-Z\d]*(?:[-.][A-Z\d]+)+|[A-Z]+\d+|[A-Z]{2,5}|[E-HJ-Z])(?![\w-]|\.\d)")
_NO_CODES = frozenset(
    "hr or rr ci os pfs dfs efs rfs orr dcr cr pr sd pd ae aes sae saes qol bmi ecog ps who nci us usa uk eu vs in p n and not".split()
)


def _two_names(head: str) -> Iterator[str]:
    """What two groups are called right before "groups", in the words up to there; one of them may be the control."""
    first, words = _FIRST_OF_TWO.search(head), _words_before(head, len(head))
    if first is None or (words and len(words) != len(first.group("last").split())):
        return
    if words or _CONTROL.fullmatch(f"{first.group('last')} group"):
        yield from (" ".join(name) for name in (_words_before(head, first.start("and") + 1), words) if name)


def _words_before(text: str, end: int) -> list[str]:
    """The words that call a group, right before "group"; none where they are no name of an arm."""
    words: list[str] = []
    while len(words) < 4:
        token = re.search(r"(?<![\w/+.·-])([\w/+.·-]*\w)\s$", text[max(end - 40, 0) : end])
        if token is None or token.group(1).casefold() in _STOPS:
            break
        words.insert(0, token.group(1).casefold())
        end -= len(token.group(1)) + 1
    named_by_role = len(words) == 1 and words[0] in ROLES
    if (not named_by_role and (NO_ARM | ROLES) & set(words)) or not any(c.isalpha() for word in words for c in word):
        return []
    if words and is_of_patients(words[-1]):
        return []
    return words


def _is_form_of(one: str, other: str) -> bool:
    """Whether a name is the beginning of another: "1 cm" of "1 cm margin"."""
    short, long = sorted((one.split(), other.split()), key=len)
    return bool(short) and long[: len(short)] == short


def _merged(used: Mapping[str, int]) -> dict[str, str]:
    """Each name with the longer name that it is the beginning of: the one used most."""
    found = {}
    for name in used:
        longer = [n for n in used if _is_form_of(name, n) and len(n.split()) > len(name.split())]
        found[name] = max(longer, key=lambda n: (used[n], n)) if longer else name
    return found


def _spelled_out(name: str, texts: Sequence[str]) -> str:
    """A name with the one word that the paper puts into it elsewhere: "1 cm margin" is "1 cm excision margin"."""
    words = name.split()
    if len(words) < _LEAST_SPELLED or words[0] in ("group", "arm"):
        return name
    inner = re.compile(
        rf"\b{re.escape(' '.join(words[:-1]))}\s(?P<more>[a-z]{{4,}}(?<!ed)(?<!es)(?<!ing))\s{re.escape(words[-1])}s?\b", re.IGNORECASE
    )
    more = sorted(m.group("more").casefold() for text in texts for m in inner.finditer(text))
    return f"{' '.join(words[:-1])} {max(dict.fromkeys(more), key=more.count)} {words[-1]}" if more else name
