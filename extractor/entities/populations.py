"""Populations: the subgroup, level or analysis set that a number is about, in the text's words, short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.document import CharSpan
from extractor.entities.mention import Mention, MentionKind
from extractor.entities.population_ends import ON, tells_people, whole_phrase
from extractor.entities.population_lists import marked_in_turn, numbered_in_turn
from extractor.entities.population_patterns import (
    AGE,
    AGED,
    AGENTS,
    ALIVE,
    ANALYSIS_OF,
    ANALYSIS_SET,
    AND_WITHOUT,
    AROUND,
    BEYOND,
    BOUNDARY,
    CLASS_OF_RISK,
    COHORT,
    CONDITION,
    DEGREE,
    DISEASE,
    DISEASES,
    ELIDED_HEAD,
    FROM_COUNTRY,
    IN_PATIENTS,
    IN_WHOM,
    LEVEL_GROUP,
    LEVELS,
    LIVER_FUNCTION,
    MARKER_LEVEL,
    NAMED_COHORT,
    NUMBERED,
    OPERATOR,
    PATIENTS_WITH,
    PATTERNS,
    PEOPLE_OF,
    PERFORMANCE_STATUS,
    RESPONDERS,
    REST,
    RISKS,
    SETS_TOLD_ONCE,
    SEX,
    SINCE,
    SMOKERS,
    STAGE,
    STATUS_GROUP,
    STATUS_OF_DISEASE,
    SUBGROUP_CALLED,
    SUBGROUP_OF,
    THE_OTHERS,
    THOSE,
    WHOSE,
    WITH_AND_WITHOUT,
)
from extractor.entities.population_states import IN_A_STATE
from extractor.entities.population_words import PEOPLE, ascii_operators
from extractor.quantities import Pattern


def find_populations(text: str) -> Iterator[Mention]:
    """The populations named in a folded text, the longest at a place; `detail` is the pattern that read it. Those with and without come first."""
    found = [
        (CharSpan(*_extent(m)), p, m)
        for p in (*PATTERNS, IN_A_STATE)
        for m in p.find(text)
        if not (p is IN_A_STATE and _is_counted_in_a_state(m))
        and not (p is AGENTS and _SHARE_OF.search(text, max(0, m.start("what") - _AHEAD), m.start("what")))
        and (p is not PATIENTS_WITH or (_sets_apart(m) and not _is_what_is_counted(text, m)) or _is_set_against_without(text, m))
    ]
    first = [
        *_with_and_without(text),
        *_heads_told_once(text),
        *_risks_apart(text),
        *_statuses_apart(text),
        *_levels_apart(text),
        *marked_in_turn(text),
        *numbered_in_turn(text),
    ]
    taken = [one.span for one in first]
    yield from first
    before: str | None = None
    for span, pattern, match in sorted(found, key=lambda f: (f[0].start, -f[0].end)):
        if any(span.overlaps(t) for t in taken):
            continue
        if (pattern is THE_OTHERS and (before is None or before.startswith("without "))) or (pattern is REST and before is None):
            continue
        if pattern is AND_WITHOUT and before != _of_relation("with", ascii_operators(match.group("what"))):
            continue
        norm = normal(pattern, match) if pattern not in (THE_OTHERS, AND_WITHOUT) else f"without {before}"
        if pattern in _IN_OWN_WORDS:
            norm = whole_phrase(norm)
            if not tells_people(norm):
                continue
        whole = _with_people(text, span, taken) if pattern in _LEVELS_OF_PEOPLE else span
        taken.append(whole)
        before = norm
        yield Mention(MentionKind.POPULATION, whole, norm, detail=OF_DISEASE if pattern is PATIENTS_WITH and _is_disease(match) else pattern.id)
        other = _set_against(match) if pattern is PATIENTS_WITH else None
        if other is not None:
            taken.append(other.span)
            yield other


_LEVELS_OF_PEOPLE = (MARKER_LEVEL, PERFORMANCE_STATUS, LIVER_FUNCTION, STATUS_GROUP)
_PEOPLE_AHEAD = re.compile(rf"\b(?:{PEOPLE}|those)\s(?:with|having|who\shad|whose)\s(?:an?\s|the\s)?$", re.IGNORECASE)


def _with_people(text: str, span: CharSpan, taken: Sequence[CharSpan]) -> CharSpan:
    """The place of a level with the people who have it: behind a value they stand first ("7.1 months in those with a performance status of 1")."""
    ahead = _PEOPLE_AHEAD.search(text, max(0, span.start - _AHEAD), span.start)
    whole = span if ahead is None else CharSpan(ahead.start(), span.end)
    return span if any(whole.overlaps(t) for t in taken) else whole


# What these read is told in the words of the sentence: it may be anything.
_IN_OWN_WORDS = (PATIENTS_WITH, SUBGROUP_OF, SUBGROUP_CALLED, THOSE, IN_PATIENTS, ANALYSIS_OF, IN_WHOM, WHOSE, IN_A_STATE)
_AGAINST = re.compile(
    r"\s(?:versus|vs\.?|(?:as\s)?compared\s(?:with|to)|rather\sthan|than\swith)\s(?P<what>"
    r"(?!(?:the|those|these|all|other|patients|women|men|with|without|in|for)\b|\d[\d.]*\s?(?:[%\[(/]|(?:of|patients|months?|years?|weeks?|days?)\b))"
    rf"{ON}{{2,40}}?){BOUNDARY}"
)


def _set_against(match: re.Match[str]) -> Mention | None:
    """The others of whom "patients with" is not said again: "patients with N0 versus N1 disease", "with a scar vs no scar"."""
    against = _AGAINST.match(match.string, match.end())
    if against is None or match.group("relation").casefold() not in ("with", "having", "harboring", "harbouring", "carrying"):
        return None
    what = re.sub(r"^no\s", "without ", ascii_operators(against.group("what")))
    return Mention(MentionKind.POPULATION, CharSpan(*against.span("what")), what, detail=PATIENTS_WITH.id)


def _with_and_without(text: str) -> Iterator[Mention]:
    for match in WITH_AND_WITHOUT.find(text):
        what = _of_relation("with", ascii_operators(match.group("what")))
        yield Mention(MentionKind.POPULATION, CharSpan(*match.span("one")), what, detail=WITH_AND_WITHOUT.id)
        yield Mention(MentionKind.POPULATION, CharSpan(match.start("other"), match.end("what")), f"without {what}", detail=WITH_AND_WITHOUT.id)


def _heads_told_once(text: str) -> Iterator[Mention]:
    for match in SETS_TOLD_ONCE.find(text):
        for name in ("one", "other"):
            norm = f"{match.group(name)} {match.group('head').removesuffix('s')}"
            yield Mention(MentionKind.POPULATION, CharSpan(*match.span(name)), norm, detail=NAMED_COHORT.id)
    for match in NUMBERED.find(text):
        for name in ("one", "two", "other"):
            if match.group(name):
                span = CharSpan(match.start("head") if name == "one" else match.start(name), match.end(name))
                yield Mention(MentionKind.POPULATION, span, f"{match.group('head').lower()} {match.group(name)}", detail=COHORT.id)
    for match in ELIDED_HEAD.find(text):
        for name in ("one", "two", "other"):
            if match.group(name):
                hyphen = match.end(name) + (text[match.end(name)] == "-")
                span = CharSpan(match.start(name), match.end("head") if name == "other" else hyphen)
                yield Mention(MentionKind.POPULATION, span, f"{match.group(name)}{match.group('head')}", detail=ELIDED_HEAD.id)


def _risks_apart(text: str) -> list[Mention]:
    """Groups of risk where a sentence tells several: "low risk, 93%; high risk, 64%"."""
    found = [
        Mention(MentionKind.POPULATION, CharSpan(*m.span("what")), re.sub(r"\s", "-", m.group("what").lower()), detail=RISKS.id)
        for m in RISKS.find(text)
    ]
    return found if len({one.norm for one in found}) > 1 else []


def _levels_apart(text: str) -> list[Mention]:
    """The levels of a marker of which a sentence tells several: "for patients with a low AIB1 versus 56% for high AIB1"."""
    told = list(LEVELS.find(text))
    marked = [m.group("marker") or m.group("name") for m in told]
    found = [Mention(MentionKind.POPULATION, CharSpan(*m.span("what")), m.group("what"), detail=LEVEL_GROUP.id) for m in told]
    others = [re.sub(r"\s", "", m.group("what")).casefold() for m in PATIENTS_WITH.find(text)]

    def set_apart(one: Mention, marker: str) -> bool:
        levels = {f.norm for f, m in zip(found, marked, strict=True) if m == marker}
        return len(levels) > 1 or any(marker.casefold() in said and said != one.norm.replace(" ", "").casefold() for said in others)

    return [one for one, marker in zip(found, marked, strict=True) if set_apart(one, marker)]


def _statuses_apart(text: str) -> list[Mention]:
    """The statuses of a marker of which a sentence tells several: "82% in HPV-positive tonsil cancer and 57% in HPV-negative tonsil cancer"."""
    found = [
        Mention(MentionKind.POPULATION, CharSpan(*m.span("what")), m.group("what"), detail=STATUS_GROUP.id) for m in STATUS_OF_DISEASE.find(text)
    ]
    return found if len({one.norm for one in found}) > 1 else []


def _extent(match: re.Match[str]) -> tuple[int, int]:
    """The place of a population, without the preposition before it; of a condition that an endpoint leads to ("OS after relapse") the condition."""
    if match.re is PATIENTS_WITH.compiled:
        return match.start("relation" if match.group("treated") or match.group("given") else "people"), match.end()
    if match.re is AND_WITHOUT.compiled:
        return match.span("without")
    if match.re in (AROUND.compiled, AGED.compiled):
        return next(match.span(n) for n, g in match.groupdict().items() if g)
    if match.re is IN_A_STATE.compiled:
        return match.start("people"), match.end()
    if match.re in (REST.compiled, SEX.compiled, NAMED_COHORT.compiled, STAGE.compiled, AGENTS.compiled, ALIVE.compiled):
        return match.span("what")
    return next(match.span(n) for n, g in match.groupdict().items() if g) if match.re is SINCE.compiled else match.span()


def people_with(text: str) -> Iterator[Mention]:
    """All that a text says patients have, be it only the disease of all: who a result is of that no treatment is told of."""
    for match in PATIENTS_WITH.find(text):
        if match.group("relation").casefold() == "with" and not _TREATED.search(match.group("what")):
            yield Mention(MentionKind.POPULATION, CharSpan(*match.span("what")), normal(PATIENTS_WITH, match), detail="people-with")


# What all patients of a trial have or got is no subgroup of them, but for what tells some of them from the others.
_OF_DISEASE = re.compile(rf"(?:{DISEASE})", re.IGNORECASE)
_DISEASES = re.compile(rf"(?:{DISEASES})", re.IGNORECASE)
_DISTINCT = re.compile(
    r"""
    \b (?: positive | negative | mutant | mutat\w+ | fusions? | rearrang\w+ | translocat\w+ | deletions? | loss | wild[\s-]type
      | amplif\w+ | express\w* | over-?express\w* | high | low | elevated
      | increased | normal | intermediate
      | moderate | strong | weak | single | solitary | multiple | synchronous | metachronous | measurable | bulky | stages?\s[I\d]
      | grades?\s[I\d] | T[0-4] | N[0-3] | M[01]
      | (?: liver | lung | bone | brain | visceral | hepatic | nodal | node | CNS | peritoneal | extrahepatic | pulmonary
      | lymph\snode )\s?-?(?:only\s)?(?:metasta\w+ | disease | involvement)
      | left | right | upper | lower | central\w* | peripheral\w* | primary | due\sto | not ) \b | [<>≤≥]
    """,
    re.IGNORECASE | re.VERBOSE,
)
# An abbreviation alone is a disease far more often than a feature of some patients ("patients with LGX", not "with LGX loss").
_SHORT_DISEASE = re.compile(r"(?:[a-z-]+\s){0,2}[a-z]?[A-Z]{2,6}(?:\s(?:conducted|in|at|on|from|after|who|[a-z]+ed)\b.*)?")
_TREATED = re.compile(r"\b(?:treated|receiv\w*|given|random\w*|assigned|allocated|response|died|adverse)\b", re.IGNORECASE)


def _relation(match: re.Match[str]) -> str:
    """What leads to what patients "with" something have; dogs and tumours "that" had it are as patients "who" had it."""
    return re.sub(r"^that\b", "who", match.group("relation").casefold())


def _sets_apart(match: re.Match[str]) -> bool:
    """Whether patients "with" something are some among others: not by what all got."""
    what, relation = match.group("what"), _relation(match)
    if relation.startswith("not known"):
        return True
    if relation == "aged" and _UNENDED.search(what):
        return False
    named = re.search(r"[A-Za-z]{3}|[A-Z][\w<>≤≥]", re.sub(r"\b(?:and|or)\b|.*\b(?:to|as|of|by|in|with|than|for|from|and|or)$", "", what))
    too_long = len(what.split()) > _MOST_WORDS + 2 * (relation == "who")
    return named is not None and not too_long and not _names_level(_in_full(match)) and not _TREATED.search(what)


# "aged between 35 and 45": its middle ends a phrase elsewhere; the pattern of ages reads it.
_UNENDED = re.compile(r"\bbetween\s\d+$")
OF_DISEASE = "patients-with-a-disease"
"""The detail of patients who are told by their disease alone: all of a study are."""


_SHARE_OF = re.compile(r"\b(?:proportions?|percentages?|shares?|fractions?|probabilit(?:y|ies)|numbers?)\s(?:of\s)?$", re.IGNORECASE)
_AHEAD = 40
"""Characters ahead of people in which a share of them is told."""
_TOLD_MORE = re.compile(
    r"(?:\s\([^()]{0,40}\))?\s(?:who|whose|(?:also|subsequently)\s\w+|\w+ing|alive|free|still|without|with)\b|\s?,\swho\b", re.IGNORECASE
)


def _is_what_is_counted(text: str, match: re.Match[str]) -> bool:
    """Whether patients are told by what a share is of, and are no group: "the proportion of patients who were alive", "... with a rash was"."""
    start = match.start("people")
    if not _SHARE_OF.search(text, max(0, start - _AHEAD), start):
        return False
    set_against = re.match(r"\sthan\s(?:with|in|among|of|those)\b", text[match.end() :])  # "more patients with X than with Y (20 vs 9%) responded"
    return set_against is None and (_relation(match).startswith("who ") or not _TOLD_MORE.match(text, match.end()))


_TOLD_OF = re.compile(
    r"\s?,?\s(?:had|have|has|was|were|are|achieved|responded|died|survived|experienced|relapsed|developed|reported|showed|remained)\b"
)
_DIAGNOSED = re.compile(r"(?:\w+\s)?diagnosed\swith\s")


def _is_counted_in_a_state(match: re.Match[str]) -> bool:
    """Whether people in a state are those who are counted, or all who have a disease: "18% of patients unable to attend", "diagnosed with gout"."""
    said = match.group("what")
    if _DIAGNOSED.match(said) and names_disease_alone(said):
        return True
    ahead = match.string[max(0, match.start() - _AHEAD) : match.start("what")]
    led = re.search(r"[\d%)]\s?of\s[^.;,]*$", ahead)
    return led is not None and not _TOLD_OF.match(match.string, match.end())


def _is_disease(match: re.Match[str]) -> bool:
    """Whether what patients are said to have is a disease and nothing that tells some of those who have it from others."""
    what = match.group("what")
    of_all = _OF_DISEASE.search(what) or _SHORT_DISEASE.fullmatch(what)
    return match.group("relation").casefold() not in ("without", "lacking") and bool(of_all) and not _DISTINCT.search(what)


def names_disease_alone(what: str) -> bool:
    """Whether words name a disease and nothing that tells some of those who have it from others.

    >>> names_disease_alone("metastatic breast cancer"), names_disease_alone("node-positive cancer"), names_disease_alone("pretreated")
    (True, False, False)
    """
    return bool(_DISEASES.search(what) or _SHORT_DISEASE.fullmatch(what)) and not _DISTINCT.search(what)


def names_disease_in_words(what: str) -> bool:
    """Whether words name a disease, and not only an abbreviation that may be anything.

    >>> names_disease_in_words("gastric cancer"), names_disease_in_words("NSCLC"), names_disease_in_words("LGX")
    (True, True, False)
    """
    return _DISEASES.search(what) is not None


def _is_set_against_without(text: str, match: re.Match[str]) -> bool:
    """Whether the text sets patients "with" something against those "without" the same."""
    what = re.escape(match.group("what").strip())
    return match.group("relation").casefold() == "with" and re.search(rf"\bwithout\s(?:an?\s)?{what}\b", text) is not None


_MOST_WORDS = 11


def _in_full(match: re.Match[str]) -> str:
    """What patients are said to have, with the number right behind it: "ECOG 0" where a phrase ends before the digit."""
    behind = re.match(r"\s?\d(?!\d|\.\d|%)", match.string[match.end("what") :])
    return match.group("what") + (behind.group() if behind is not None else "")


def _names_level(what: str) -> bool:
    """Whether a phrase is a level that a pattern of its own reads."""
    return any(inner.compiled.search(what) for inner in (MARKER_LEVEL, PERFORMANCE_STATUS, LIVER_FUNCTION))


def normal(pattern: Pattern, match: re.Match[str]) -> str:
    """A population as a slot holds it: `AFP >= 400 ng/mL`, `ECOG PS 0-1`, `Child-Pugh B`, `per protocol`."""
    if pattern is MARKER_LEVEL:
        return f"{match.group('name')} {spaced(match.group('level'))}"
    if pattern is PERFORMANCE_STATUS:
        scale = match.group().split()[0]
        if scale.casefold() in ("performance", "ps"):
            return f"PS {match.group('level').strip()}"
        kind = "score of" if re.search(r"score of", match.group()) else "PS"
        return f"{scale} {kind} {match.group('level').strip()}"
    if pattern is LIVER_FUNCTION:
        return f"Child-Pugh {'class ' if 'class' in match.group() else ''}{match.group('level')}"
    said = _in_plain_words(pattern, match)
    if said is not None:
        return said
    if pattern is SEX:
        return re.sub(r"^((?:fe)?male)s$", r"\1", match.group("what"))
    if pattern in (
        NAMED_COHORT,
        STAGE,
        STATUS_GROUP,
        CLASS_OF_RISK,
        LEVEL_GROUP,
        PEOPLE_OF,
        SMOKERS,
        SUBGROUP_CALLED,
        IN_WHOM,
        REST,
        AGENTS,
        IN_A_STATE,
    ):
        return ascii_operators(match.group("what"))
    if pattern in (BEYOND, SINCE):
        said = re.sub(r"\b(?:the\s(?:time|date|onset|diagnosis)\sof\s(?:the\s)?|the\s)", "", next(g for g in match.groups() if g))
        return said[:1].lower() + said[1:]
    if pattern in (AGE, PATIENTS_WITH):
        return _people(match) if pattern is PATIENTS_WITH else _of_age(match)
    if pattern in (SUBGROUP_OF, THOSE, IN_PATIENTS, ANALYSIS_OF, CONDITION):
        what = _COUNTED.sub("", match.group("what").strip())
        for inner in (MARKER_LEVEL, PERFORMANCE_STATUS, LIVER_FUNCTION):
            found = inner.compiled.search(what)
            if found and pattern in (SUBGROUP_OF, IN_PATIENTS):
                return normal(inner, found)
        start = match.start("what")
        said = _abbreviated(re.sub(r"^(?:received|underwent|had|were|was|are|the)\s", "", ascii_operators(what)))
        return with_sign(f"aged {said}") if match.string[max(0, start - 5) : start] == "aged " else said
    return re.sub(r"\s?-\s?", "-", ascii_operators(match.group()))


def _in_plain_words(pattern: Pattern, match: re.Match[str]) -> str | None:
    """A population that is told by its words but for a few of them; None for those of other patterns."""
    if pattern in (AROUND, AGED):
        said = re.sub(r"([<>]=?)\s*", r"\1 ", ascii_operators(next(g for g in match.groups() if g)))
        said = f"aged {said}" if pattern is AGED and match.group("years") else said
        return with_sign(re.sub(r"\bthe\s", "", said).lower())
    if pattern is WHOSE:
        return re.sub(r"\s(?:was|were)\b", "", ascii_operators(match.group("what")))
    if pattern in (RESPONDERS, ALIVE):
        return match.group("what")
    if pattern is IN_A_STATE:
        return (match.group("line") or "").lower() or None
    if pattern is REST:
        return re.sub(r"\s\d+(?=\s)", "", ascii_operators(match.group("what")))
    if pattern is FROM_COUNTRY:
        return match.group("what").removeprefix("the ")
    return "per protocol" if pattern is ANALYSIS_SET else None


# "lower levels of AFP (<400 ng/mL)": what is low is told behind it.
_LEVEL_BEHIND = re.compile(rf"\s?\(\s?(?:i\.e\.,?\s)?(?P<level>{OPERATOR}\s?\d[\d.,]*(?:\s?[%\w][\w/%]*)?)\s?\)")
_GRADED = re.compile(
    rf"{DEGREE}\s(?:(?:serum|plasma|baseline|blood|pretreatment)\s)?(?:(?:levels?|concentrations?|values?)\sof\s)?"
    r"(?P<marker>(?!levels?\b)[\w/-]+(?:\s[\w/-]+)?)(?:\s(?:levels?|concentrations?|values?))?$"
)


_OR_OLDER = re.compile(r"\b(\d\d)(\syears)?(?:\sof\sage)?\s(?:or|and)\s(?:(over|older|more|above)|under|younger|less|below)\b")


def with_sign(age: str) -> str:
    """An age with the sign of its bound: "aged 50 years or less" is `aged <= 50 years`."""
    return _OR_OLDER.sub(lambda m: f"{'>=' if m.group(3) else '<='} {m.group(1)}{m.group(2) or ''}", age)


def _of_age(match: re.Match[str]) -> str:
    how = match.group("how").casefold().replace("than", "").strip()
    return f"aged {_ORDER.get(how, ascii_operators(how))} {match.group('years')} years"


_AGE_BOUND = re.compile(r"(?P<how>over|above|under|below|at\sleast)\s(?=\d)", re.IGNORECASE)
_ORDER = {"over": ">", "above": ">", "older": ">", "under": "<", "below": "<", "younger": "<", "at least": ">="}


def _people(match: re.Match[str]) -> str:
    """What patients "with" something have, or the level that is told behind it in brackets."""
    level = _LEVEL_BEHIND.match(match.string, match.end())
    graded = _GRADED.match(match.group("what")) if level is not None else None
    if level is not None and graded is not None:
        return f"{graded.group('marker')} {spaced(level.group('level'))}"
    said = _of_relation(_relation(match), ascii_operators(match.group("what")))
    status = _HAS_STATUS.search(match.group("people"))
    return f"{status.group()}, {said}" if status is not None else said


# "ER-positive patients with low XB2": two markers tell them apart.
_HAS_STATUS = re.compile(r"\b(?:[\w/]+-)?[\w/]*[A-Z][\w/]*[\s-](?:positive|negative|mutant|mutated|wild[\s-]type|amplified|deficient|rearranged)\b")


def _of_relation(relation: str, what: str) -> str:
    """What sets people apart, with the relation where it says something: "without" it, "aged" so."""
    plain = re.sub(r"\bmutations\b", "mutation", re.sub(r"^(?:an?|the|been)\s", "", _abbreviated(what)))
    plain = re.sub(r"^(?:tumou?rs?|disease|cancers?)\s(?:that\s)?(?:with|had|were|expressing|harbou?ring|showing|demonstrating)\s", "", plain)
    if relation == "aged" and (bound := _AGE_BOUND.match(plain)) is not None:
        return f"aged {_ORDER[bound.group('how').casefold()]} {plain[bound.end() :]}"
    if relation.startswith(("not known", "older", "younger", "aged")):
        return with_sign(f"{relation} {plain}")
    if relation == "who" and plain == "responded":
        return "responders"
    if relation.endswith("not") and plain in ("respond", "responded"):
        return "non-responders"
    negated = relation in ("without", "lacking") or re.search(r"\bnot?\b", relation)
    return f"without {plain}" if negated else plain


# "over 60 years (n = 14)": how many they were.
_COUNTED = re.compile(r"\s?\((?:[nN]\s?=[^()]*|\d+\spatients)\)$")


def _abbreviated(text: str) -> str:
    """The short form where the text gives both: "transarterial chemoembolization (TACE)" is `TACE`."""
    match = re.search(r"\s\((?P<short>[A-Z][A-Za-z-]{1,9})\)", text)
    if match is None:
        return text
    words = text[: match.start()].split(" ")
    for n in range(min(len(match.group("short")), len(words)), 0, -1):
        if words[-n][:1].casefold() == match.group("short")[0].casefold():
            return " ".join([*words[:-n], match.group("short")]) + text[match.end() :]
    return text[: match.start()] + text[match.end() :]


_BOUND_BEFORE = re.compile(
    r"^(?:(?P<ge>at\sleast)|(?P<le>at\smost|up\sto)|(?P<lt>(?:less|lower|fewer)\sthan|below|under)|(?P<gt>(?:more|greater|higher)\sthan|above|over))\s",
    re.IGNORECASE,
)
_BOUND_BEHIND = re.compile(r"\sor\s(?:(?P<ge>more|higher|greater|above|over)|(?P<le>less|lower|below|under))$", re.IGNORECASE)
_SIGNS = {"ge": ">=", "le": "<=", "lt": "<", "gt": ">"}


def spaced(level: str) -> str:
    """One blank around an operator, ASCII: `≥400 ng/mL` is `>= 400 ng/mL`, and so is "400 ng/mL or more"."""
    said = ascii_operators(re.sub(r"^(?:of|levels?|concentrations?|at(?!\s(?:least|most))|\s)+", "", level)).strip()
    for bound in (_BOUND_BEFORE, _BOUND_BEHIND):
        if (match := bound.search(said)) is not None:
            said = f"{_SIGNS[match.lastgroup or '']} {said[: match.start()]}{said[match.end() :]}"
    return re.sub(r"^\s*(>=|<=|>|<|=)\s*", r"\1 ", said)
