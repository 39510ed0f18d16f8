"""Arms that no list of treatments names: what a paper itself sets against each other, and by what it calls each of them afterwards.

Two techniques, a test and no test, a programme and a leaflet: their names are those of the title ("Stapled or hand-sewn anastomosis"), of the
sentence that allots patients ("20,000 were invited to mammography and 40,000 left uninvited"), or those that brackets give to two groups. Later
uses are of the words that one arm has alone, of abbreviations and of what stands beside such a word as the other's name ("48 stapled and 51 sutured
patients").

Populations are set against each other in the same words. What is told of people, tumours or markers is no arm, and neither is what nobody was given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from extractor.document import CharSpan, SectionKind
from extractor.entities.drugs import find_drugs, whole_treatment
from extractor.entities.groups import NO_ARM, is_of_patients
from extractor.entities.mention import Mention, MentionKind, Part

Told = Sequence[tuple[SectionKind, str]]
"""The sentences of a paper, each with the section that it stands in."""


@dataclass(frozen=True, slots=True)
class Contrasted:
    """An arm by what the paper sets against another.

    Attributes:
        norm: the arm as a slot holds it: "stapled anastomosis".
        pattern: how it is called in the sentences of the paper.
    """

    norm: str
    pattern: re.Pattern[str]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its components: what no list names is one by itself."""
        return tuple(Part(name, "other") for name in self.norm.split(" + "))


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a contrast: the word or words that it has alone, the noun that both share, and what else it is called."""

    own: str
    head: str = ""
    called: tuple[str, ...] = ()
    is_none: bool = False
    is_invited: bool = False

    @property
    def norm(self) -> str:
        return f"{self.own} {self.head}".strip()


_TELLS = frozenset({SectionKind.ABSTRACT, SectionKind.METHODS, SectionKind.RESULTS, SectionKind.CAPTION})
_W = r"[^\W\d_][\w’'-]*"
_GROUP = r"(?:groups?|arms?|patients|cases|procedures?|operations?|approach|techniques?|methods?)"
_AGAINST = re.compile(r"\s(?P<how>versus|vs\.?|v\.?|against|or|compared\s(?:with|to)|in\scomparison\s(?:with|to))\s", re.IGNORECASE)
_OPENS = re.compile(
    r"^.*\b(?:(?:trials?|stud(?:y|ies)|comparisons?|evaluation|effects?|outcomes?|results|experience|use|efficacy|safety|value|impact|role|survival|analysis"
    r"|assessment|recurrence)\s(?:of|comparing|between|with|after|following|on)|comparing|between|after|via|using|through)\s",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\s?[,;:.?!()\[\]–]|\s(?:for|in|after|following|during|among|as|at|before|to|on|from|of|by|via|using|through|when|who|while|whose|and|with|is|are|was|were)\s"
)
_ARTICLE = re.compile(r"^(?:the|a|an|either|routine|usual(?!\scare)|conventional(?=\s\w+\s))\s", re.IGNORECASE)
_NONE = re.compile(
    r"^(?:no|without)\s|^(?:observation|nothing|expectancy|usual\scare|standard\scare|care\sas\susual|watchful\swaiting|waiting\slist)\b",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"(?:scopy|tomy|stomy|plasty|graphy|therapy|tion|sion|ment|(?<!sibl)ing|up|care|age|ics|port|ness|sis|ry|leaflet|exercises?|visits?|calls?|creams?|gels?|yoga|music"
    r"|ture|ure|pet|gery|ship|ance|ence|hand|aids?|ns|ps|ts|rs|er)$",
    re.IGNORECASE,
)
# People, their diseases, what is measured in them and when they came: what no treatment is called by.
OF_WHOM = re.compile(
    r"\b(?:patients?|cohorts?|groups?|samples?|series|wom[ae]n|m[ae]n|children|adults?|adolescents?|elderly|octogenarians|survivors|carriers|smokers|cases?|cancers?|carcinomas?|tumou?rs?"
    r"|disease|metasta\w+|stages?|grades?|types?|subtypes?|mutations?|mutants?|mutated|wild|positive|negative|receptors?|expression|levels?|status|score"
    r"|hospitals|cent(?:er|re)s?|countr\w+|rural|urban|black|white|asian|obes\w+|diabet\w+|overweight|primary|secondary|left|right|left-sided|right-sided"
    r"|colon|rectal|sporadic|familial|hereditary|synchronous|metachronous|symptomatic|asymptomatic|incidental|recurrent|high|low|high-risk|low-risk|young\w*"
    r"|old\w*|survival|mortality|prognosis|outcomes?|quality|harm|benefit|fact|myth|not)\b|-(?:positive|negative|high|low|deficient|mutant|mutated)\b",
    re.IGNORECASE,
)
_DIAGNOSTIC = re.compile(
    r"\bfor\s(?:[\w-]+\s){0,3}(?:diagnos\w+|detect\w+|staging|predict\w+|assess\w+|estimat\w+|measur\w+|identif\w+)\b", re.IGNORECASE
)
_GIVES = (
    r"(?:underwent|undergo(?:ing)?|receiv\w+|offered|given|performed|allocated|allotted|assigned|randomi[sz]ed|randomly|invited|treated|operated)"
)
_ALLOTS = re.compile(r"\b(?:randomi[sz]ed|randomly|allocat(?:ed|ion)|allotted|assigned|invited|alternat(?:ion|ely)|drew\slots)\b", re.IGNORECASE)
_LONGEST = 6


def find_contrasted(told: Told, shorts: Collection[tuple[str, str]] = (), *, grouped: bool = False) -> tuple[Contrasted, ...]:
    """The arms of a paper by what it sets against each other; () where it sets no two treatments apart that lists do not know.

    Args:
        told: its sentences.
        shorts: its abbreviations, each with its long form.
        grouped: whether it calls its groups by names again and again; then these names alone are no reason.
    """
    title = " ".join(text for kind, text in told if kind is SectionKind.TITLE)
    body = [text for kind, text in told if kind in _TELLS]
    named = _named_groups(title, body)
    named_or_drawn = () if grouped else (named, _of_list(body), _of_lots(body))
    for told_apart in (_of_title(title, body), _of_numbers(title, body), *named_or_drawn):
        sides = _with_names(told_apart, named, body)
        if len(sides) > 1 and all(_can_be_arm(s, title) for s in sides) and not _known_apart(sides, (title, *body)) and _is_given(sides, body):
            called = tuple(_spelled_out(_as_called(s, sides, body, shorts), shorts) for s in sides)
            found = tuple(Contrasted(s.norm, _pattern(s, called)) for s in called)
            if len({c.norm for c in found}) == len(found) and _is_used(found, body):
                return found
    return ()


def with_contrasted(text: str, arms: Sequence[Mention], contrasted: Sequence[Contrasted]) -> list[Mention]:
    """The arms of a sentence, those of the paper's own contrast by their names: each in the place of what it overlaps."""
    found: list[Mention] = []
    for arm in contrasted:
        for match in arm.pattern.finditer(text):
            span = CharSpan(*match.span())
            if not any(span.overlaps(m.span) for m in found):
                found.append(Mention(MentionKind.ARM, span, arm.norm, arm.parts, "label"))
    rest = [m for m in arms if not any(m.span.overlaps(f.span) for f in found)]
    return sorted([*found, *rest], key=lambda m: m.span)


# --- where two sides are told ----------------------------------------------------------------------------------------------------------------------


def _of_title(title: str, body: Sequence[str]) -> tuple[_Side, ...]:
    """The sides that a title sets against each other: "Laparoscopic versus open total mesorectal excision for ..."."""
    for segment in re.split(r"[:.?!]\s|\s[–-]\s|\n", title):
        for match in _AGAINST.finditer(segment):
            left = _OPENS.sub("", segment[: match.start()])
            behind = _CLOSES.search(segment[match.end() :])
            right = segment[match.end() :][: behind.start() if behind else None]
            either = match.group("how").casefold() == "or"
            if either and (_NONE.match(left) or (left != segment[: match.start()] and not any(_ALLOTS.search(t) for t in body))):
                continue
            lefts = [_before_against(one, right) for one in (left.split(" and ") if _NONE.match(right) else [left])]
            names = [_phrase(name) for name in (*lefts, right)]
            if all(0 < len(name.split()) <= _LONGEST for name in names):
                return _with_head(names)
    return ()


def _before_against(left: str, right: str) -> str:
    """What stands right before "versus": the attribute of the noun behind it ("protection with cold versus warm cardioplegia"), or all of a noun.

    A noun that is told with more ("surgery for rectal cancer versus ...") counts where the other side has the same; else nothing does.
    """
    behind = [m.end() for m in _CLOSES.finditer(left)]
    if not behind:
        return left
    last, noun = left[behind[-1] :], _phrase(left)
    if len(last.split()) == 1 and not _NOUN.search(last) and len(right.split()) > 1:
        return last
    if noun and noun.rsplit(maxsplit=1)[-1] == right.rsplit(maxsplit=1)[-1].casefold():
        return noun
    return last if _BY_MEANS_OF.search(left[: behind[-1]]) else ""


_BY_MEANS_OF = re.compile(r"\s(?:of|with|by)\s$", re.IGNORECASE)


def _phrase(text: str) -> str:
    """A side without its article and what is told behind its noun, in lower case but for abbreviations."""
    text = _ARTICLE.sub("", text.strip(" ,;-"))
    behind = _CLOSES.search(text)
    return lowered(_ARTICLE.sub("", text[: behind.start() if behind else None].strip()))


def lowered(text: str) -> str:
    """A name in lower case but for abbreviations: "E-MOSAIC", "R-CHOP" and "D2" stay."""

    def written(match: re.Match[str]) -> str:
        stays = sum(map(str.isupper, match.group())) > 1 or re.fullmatch(r"[A-Z]\d", match.group())
        return match.group() if stays or re.match(r"[A-Z]-[A-Z]{2}", text[match.start() :]) else match.group().casefold()

    return re.sub(r"[^\s-]+", written, text)


def _is_drug(name: str) -> bool:
    """Whether a side is a drug, to which no noun of the other side is left out."""
    found = whole_treatment(name)
    return found is not None and found.kind is MentionKind.DRUG


def _with_head(names: Sequence[str]) -> tuple[_Side, ...]:
    """The sides, the noun of the last one shared where those before it have none ("stapled or hand-sewn anastomosis")."""
    *before, last = names
    words = last.split()
    attributes = [n for n in before if (not _NOUN.search(n) or _HYPHENATED.fullmatch(n)) and not _is_drug(n)]
    if len(attributes) == len(before) and len(words) > 1 and not _NONE.match(last):
        return tuple(_Side(own, " ".join(words[1:])) for own in (*before, words[0]))
    heads = [n.split()[-1] for n in names]
    if len(set(heads)) == 1 and all(len(n.split()) > 1 for n in names):
        return tuple(_Side(" ".join(n.split()[:-1]), heads[0]) for n in names)
    return tuple(_Side(n, is_none=_NONE.match(n) is not None) for n in names)


_HYPHENATED = re.compile(r"[\w’']+-(?!up\b|on\b|off\b)[\w-]+")  # "small-incision", never "follow-up"
_NUMBER = r"(?:\d{1,3}(?:[,\s]\d{3})+|\d+|half|one\shalf|the\s(?:other|others|rest|remaining|remainder)(?:\s\d+)?|others)"
_SOUGHT = re.compile(
    rf"\b{_NUMBER}\s(?:[\w-]+\s){{0,3}}?(?:invited|offered|allocated|allotted|assigned|randomi[sz]ed)\s(?:to\s)?"
    rf"(?:(?:undergo|receive|have|attend|either)\s)?(?P<what>{_W}(?:\s(?!and\b|or\b){_W}){{0,4}})(?:\s\((?P<short>[A-Z][\w-]{{1,7}})\))?",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(
    rf"\s?(?:,|;|,?\sand|,?\swhile|,?\swhereas)\s{_NUMBER}\s(?:(?:[\w-]+\s){{0,2}}?(?:were|was)\s)?(?:(?:invited|offered|allocated|allotted|assigned|randomi[sz]ed)\s)?"
    rf"(?:to\s)?(?P<what>{_W}(?:\s(?!and\b|or\b){_W}){{0,4}})(?:\s\((?P<short>[A-Z][\w-]{{1,7}})\))?",
    re.IGNORECASE,
)
_UNINVITED = re.compile(
    r"^(?:(?:were|was)\s)?(?:left\s|not\s)(?:uninvited|invited|offered|screened|unscreened)\b|^(?:were\s)?uninvited\b"
    r"|^(?:formed|constituted|made\sup|served\sas|acted\sas|became|were|as)\s(?:the\s)?(?:uninvited\s)?(?:controls?|comparison)\b",
    re.IGNORECASE,
)


def _of_numbers(title: str, body: Sequence[str]) -> tuple[_Side, ...]:
    """The sides that a sentence tells with how many were sought for each: "9000 were invited to X, 9000 to Y and 18,000 left uninvited"."""
    for text in body:
        first = _SOUGHT.search(text)
        sides: list[_Side] = []
        match = first
        while match is not None:
            what = match.group("what")
            none = _UNINVITED.match(what) is not None
            short = match.group("short")
            own = f"no {'screening' if 'invited' in text else sides[0].own}" if none and sides else lowered(what if none else _phrase(what))
            sides.append(_Side(own, called=(short,) if short else (), is_none=none, is_invited="invited" in text))
            match = _AND_OTHERS.match(text, match.end())
        if len(sides) > 1 and sides[-1].is_none:
            return tuple(_by_test(s, title, body) for s in sides)
    return ()


def _by_test(side: _Side, title: str, body: Sequence[str]) -> _Side:
    """Screening by the test that the paper is about: the one that its title names and that it speaks of inviting to."""
    if side.own != "screening":
        return side
    for text in body:
        for match in re.finditer(
            rf"\b(?:invit\w+\sto|offer(?:ed)?\s(?:of\s)?|screening\s(?:by|with))\s(?P<test>{_W}(?:\s{_W})?)", text, re.IGNORECASE
        ):
            for test in (match.group("test"), match.group("test").split()[0]):
                if test.casefold() != "screening" and re.search(rf"\b{re.escape(test)}\b", title, re.IGNORECASE):
                    return replace(side, own=test.casefold(), called=("screening",))
    return side


_WORDS = rf"{_W}(?:\s(?!or\b|and\b|to\b){_W}){{0,4}}"
_LOTS = re.compile(
    rf"\b(?:randomi[sz]ed|(?:randomly\s)?(?:allocated|assigned|allotted)|drawn\sby\slot)\s(?:[^.;,()]{{0,40}}?\s)?to\s(?:(?:undergo|receive|have|either)\s){{0,2}}"
    rf"(?P<first>{_WORDS})(?:\s?\([^()]*\))?,?\s(?:or|versus|vs\.?)\s(?:to\s)?(?:(?:undergo|receive|have)\s)?(?P<second>{_WORDS})",
    re.IGNORECASE,
)


def _of_lots(body: Sequence[str]) -> tuple[_Side, ...]:
    """The sides that patients were drawn to: "randomised to weekly drainage (n = 40) or a permanent catheter (n = 41)"."""
    for text in body:
        match = _LOTS.search(text)
        names = [_phrase(match.group(name)) for name in ("first", "second")] if match is not None else []
        if names and all(names) and names[0] != names[1]:
            return _with_head(names)
    return ()


_DRAWN = re.compile(
    r"\b(?:randomi[sz]ed|randomly\s(?:allocated|assigned|divided)|allocated|assigned|allotted)\s(?:[^.;,()]{0,40}?\s)?(?:in)?to\b:?\s(?P<list>[^.;]*(?:;[^.;]*){0,3})",
    re.I,
)
_BY_LOT = re.compile(r"\brandom|\bby\slot\b|\ballocated\sto\sone\b", re.IGNORECASE)
_TURNS = re.compile(r"(?:,|;)?\s(?:or|versus|vs\.?)\s(?:to\s)?|[,;]\s(?:and\s)?|\sand\s\d+\s(?:\w+\s){0,2}?to\s", re.IGNORECASE)
_ITEM_LEADS = re.compile(
    r"^\s?(?:\(?(?:\d|[a-d]|i{1,3})\)\s|(?:one|two|three|four|\d)\s(?:of\s)?(?:\w+\s)?(?:groups|arms|conditions)[:,]?\s|(?:either|receive|undergo|the|an?|have|use\sof|group|to)\s)*",
    re.IGNORECASE,
)
_CALLED_SHORT = re.compile(r"^\s?[\[(]\s?(?P<short>[A-Z][A-Za-z-]{1,8})(?:\s(?:group|arm))?\s?(?:[,;:][^()]*)?[\])]")
_PLUS = re.compile(r"\s(?:plus|in\saddition\sto|combined\swith|together\swith|\+)\s", re.IGNORECASE)
_ALONE = re.compile(r"\s(?:alone|only)$", re.IGNORECASE)
_HELD = "\x00"
_BRACKET = re.compile(r"\s?\([^()]*[^()\d\s][^()]*\)")


def _of_list(body: Sequence[str]) -> tuple[_Side, ...]:
    """The sides of a list that patients were drawn to, each told with an abbreviation, or one with what another has besides.

    "randomly assigned to pain lessons alone (control arm) or pain lessons plus daily calls", "30 were randomised to the HHF and 32 to the wristband".
    """
    for text in body:
        match = _DRAWN.search(text) if _BY_LOT.search(text) else None
        sides = _listed(match.group("list")) if match is not None else ()
        alone = {s.own for s in sides if " + " not in s.own}
        counted = match is not None and re.search(r"\d\s(?:\w+\s){0,2}?(?:were|was)\s(?:\w+\s)?$", text[: match.start()]) is not None
        added = any(s.own.split(" + ")[0] in alone for s in sides if " + " in s.own)
        if len(sides) > 1 and len({s.own for s in sides}) == len(sides) and (counted or added or all(s.called or s.is_none for s in sides)):
            return tuple(sorted(sides, key=lambda s: -len(s.own)))
    return ()


def _listed(told: str) -> tuple[_Side, ...]:
    """The items of a list as sides, what stands in brackets but abbreviations left out; () where one of them is no name."""
    brackets = iter(_BRACKET.findall(told))
    sides: list[_Side] = []
    for item in _TURNS.split(_ITEM_LEADS.sub("", _BRACKET.sub(_HELD, told))):
        beside = [next(brackets) for _ in range(item.count(_HELD))]
        short = _CALLED_SHORT.match(beside[0]) if beside else None
        printed = _ITEM_LEADS.sub("", item.split(_HELD)[0]).strip(" '\"’“”")
        parts = [_ALONE.sub("", _phrase(part)) for part in _PLUS.split(_ALONE.sub("", printed))]
        if not all(re.match(r"[^\W\d_]{2}", part) for part in parts) or any(len(part.split()) > _LONGEST for part in parts):
            return ()
        own, called = " + ".join(parts), [short.group("short")] if short is not None else []
        called += [f"{parts[0]} {word} {parts[1]}" for word in ("plus", "and", "with")] if len(parts) == _TWO else []
        sides.append(_Side(own, called=tuple(called), is_none=_NONE.match(own) is not None))
    return tuple(sides)


_BRACKETED = re.compile(rf"\(\s?(?:the\s)?(?P<name>{_W}(?:\s{_W}){{0,2}})\s(?:group|arm)(?:[,;:][^()]*)?\s?\)", re.IGNORECASE)
_ABBREVIATED = re.compile(rf"(?P<name>{_W}(?:\s{_W})?)\s(?:group|arm)\s?\(\s?(?P<short>[A-Z][A-Za-z-]{{0,6}})\s?[,;)]")


def _named_groups(title: str, body: Sequence[str]) -> tuple[_Side, ...]:
    """The sides by the names that one sentence gives to two groups: "... (the call group) ... (the leaflet group)"."""
    for text in body:
        named = [_Side(lowered(m.group("name"))) for m in _BRACKETED.finditer(text)]
        short = [_Side(lowered(m.group("name").removeprefix("the ")), called=(m.group("short"),)) for m in _ABBREVIATED.finditer(text)]
        for sides in (named, short):
            if len({s.own for s in sides}) == len(sides) == _TWO:
                return tuple(_in_full(s, title) for s in sides)
    return ()


_TWO = 2
_JOINED = re.compile(
    rf"^(?:.*:\s)?(?:an?\s|the\s)?(?P<first>{_W}(?:\s(?!with\b|plus\b){_W}){{0,2}})\s(?:with|plus|and)\s(?:(?:daily|weekly|monthly|regular|an?)\s)?"
    rf"(?P<second>{_W}(?:\s(?!from\b|by\b|to\b|for\b|in\b|after\b|during\b|on\b|versus\b|or\b|and\b){_W}){{0,2}})",
    re.IGNORECASE,
)


def _in_full(side: _Side, title: str) -> _Side:
    """A group by all that its title says that it was given: "the sleeve group" had a "compression sleeve with nurse visits"."""
    match = _JOINED.match(title.strip())
    if match is None or side.own not in match.group().casefold().split():
        return side
    first = match.group("first").split()[-1].casefold()
    return replace(
        side, own=f"{lowered(match.group('first'))} + {lowered(match.group('second'))}", called=tuple(dict.fromkeys((side.own, *side.called, first)))
    )


# --- whether they are arms -------------------------------------------------------------------------------------------------------------------------


def _can_be_arm(side: _Side, title: str) -> bool:
    words = set(re.findall(r"[\w-]+", side.norm.casefold()))
    if side.is_none:
        return True
    if words <= _NOT_NAMED:
        return False
    return not (
        OF_WHOM.search(side.norm) or (NO_ARM - _MAY_BE) & words or is_of_patients(side.norm.split()[-1]) or _DIAGNOSTIC.search(title) or not words
    )


_NOT_NAMED = frozenset("one two three none neither either both each another other the a an of group groups arm arms".split())
_MAY_BE = frozenset(
    "support peer matched unmatched standard combination observation active total entire new large small disease single first second third".split()
)


def _known_apart(sides: Sequence[_Side], texts: Sequence[str]) -> bool:
    """Whether lists of treatments tell the sides apart as they are printed, so that they are read by these."""
    if any(s.head and not any(s.norm.casefold() in text.casefold() for text in texts) for s in sides):
        return False
    known = [{p.name for m in find_drugs(s.norm) for p in m.parts} for s in sides]
    return all(known) and len({frozenset(k) for k in known}) == len(known)


def _is_given(sides: Sequence[_Side], body: Sequence[str]) -> bool:
    """Whether the paper says that patients were allotted to something, or given one of its sides."""
    if any(_ALLOTS.search(text) for text in body) or any(m.parts for s in sides for m in find_drugs(s.norm)):
        return True
    heads = "|".join(re.escape(w) for s in sides for w in (s.own, s.head.split()[-1] if s.head else s.own))
    given = re.compile(
        rf"\b{_GIVES}\s(?:[\w-]+\s){{0,4}}(?:{heads})\b|\b(?:{heads})\s(?:[\w-]+\s)?(?:was|were)\s(?:performed|done|carried|given|used)\b", re.I
    )
    return any(given.search(text) for text in body)


def _is_used(arms: Sequence[Contrasted], body: Sequence[str]) -> bool:
    """Whether the paper goes on to speak of each, and of two in one sentence."""
    here = [{a.norm for a in arms if a.pattern.search(text)} for text in body]
    return all(any(a.norm in one for one in here) for a in arms) and any(len(one) > 1 for one in here)


# --- what they are called --------------------------------------------------------------------------------------------------------------------------


def _with_names(sides: Sequence[_Side], named: Sequence[_Side], body: Sequence[str]) -> tuple[_Side, ...]:
    """The sides with the abbreviations of their groups, and with what stands beside the one as the name of the other."""
    if len(sides) != _TWO:
        return tuple(sides)
    for order in permutations(named):
        if len(order) == _TWO and any(n.own == s.own for n, s in zip(order, sides, strict=True)):
            sides = [replace(s, called=tuple(dict.fromkeys((*s.called, *n.called)))) for n, s in zip(order, sides, strict=True)]
            break
    first, second = sides
    if first.head:
        first = replace(first, called=(*first.called, *_beside(second.own, first.own, body)))
        second = replace(second, called=(*second.called, *_beside(first.own, second.own, body)))
    return first, second


def _beside(known: str, usual: str, body: Sequence[str]) -> tuple[str, ...]:
    """What is counted beside a side as the other one: "(48 stapled, 51 sutured)", "in nine stapled and in eleven sutured patients"."""
    word = re.escape(known)
    pattern = re.compile(
        rf"\(\d+\s(?:{word}(?:,|\sand|;)\s\d+\s(?P<a>{_W})|(?P<b>{_W})(?:,|\sand|;)\s\d+\s{word})\)"
        rf"|\b{word}\sand\s(?:in\s)?(?:[\w-]+\s)?(?P<c>{_W})\s(?:patients|cases|groups|operations)\b",
        re.IGNORECASE,
    )
    found = (next(g for g in m.groups() if g).casefold() for text in body for m in pattern.finditer(text))
    return tuple(dict.fromkeys(f for f in found if f != usual and f not in NO_ARM and not OF_WHOM.search(f)))


def _as_called(side: _Side, sides: Sequence[_Side], body: Sequence[str], shorts: Collection[tuple[str, str]]) -> _Side:
    """A side as the paper calls it: by its group's abbreviation or the last words of its noun, or with the noun that it has most often."""
    if side.is_none or " + " in side.own:
        return side
    if side.head:
        return replace(side, head=_usual_head(side, sides, body))
    tails = [" ".join(side.own.split()[i:]) for i in range(len(side.own.split()))]
    longs = {long.casefold() for _, long in shorts}
    ends = [f" {t.casefold()}" for t in (side.own, *tails[-2:-1])]
    known = [short for short, long in shorts if any(f" {long.casefold()}".endswith(end) for end in ends)]
    called = tuple(dict.fromkeys((*side.called, *known)))
    for name in (*called, *tails):
        if any(re.search(rf"(?<![\w-]){re.escape(name)}\s(?:group|arm)\b", text) for text in body) and all(
            s is side or name not in s.norm.split() for s in sides
        ):
            if name in known and side.own.casefold() in longs:
                return replace(side, called=(*called, *_whole(tails)))  # the title spells it out
            dropped = side.own.split()[: -len(name.split())] if name in tails else []
            norm = side.own if name in _SAYS_NOTHING or not all(_QUALIFIES.search(w) for w in dropped) else name
            return replace(side, own=norm, called=tuple(n for n in dict.fromkeys((*called, name, side.own, *_whole(tails))) if n != norm))
    return replace(side, called=(*called, *_whole(tails)))


IS_TEST = re.compile(r"\b(?:test(?:ing|s)?|assays?|tomography|imaging|scan(?:s|ning)?|\w*scopy|screening)$", re.IGNORECASE)
"""What is called by its abbreviation wherever it is written of: FIT, CT."""


def _spelled_out(side: _Side, shorts: Collection[tuple[str, str]]) -> _Side:
    """A side that is called by an abbreviation of no list by what that stands for, and by both."""
    long = next((long for short, long in shorts if short == side.norm), "")
    if not long or IS_TEST.search(long) or any(m.parts for m in find_drugs(side.norm)):
        return side
    return _Side(lowered(long), called=tuple(dict.fromkeys((*side.called, side.own))))


_QUALIFIES = re.compile(r"(?:ible|able|ed|ic|al|ive|ly|ous|ary|dose|time)$")  # "supervised walking" is walking, "sputum cytology" no other cytology
_SAYS_NOTHING = frozenset(
    "testing screening surgery treatment therapy care training follow-up programme program intervention support visits advice test".split()
)
"""What a group may be called by in short, and what is no name of an arm by itself."""


def _whole(tails: Sequence[str]) -> tuple[str, ...]:
    """The shorter forms of a name that say enough to be nothing else."""
    return tuple(t for t in tails[1:] if " " in t)


def _usual_head(side: _Side, sides: Sequence[_Side], body: Sequence[str]) -> str:
    """The noun that the paper uses with both words ("laparoscopic surgery", "open surgery"), where it does so more often than with the title's."""
    either = "|".join(re.escape(s.own) for s in sides)
    found = [m.group("head").casefold() for text in body for m in re.finditer(rf"\b(?:{either})\s(?P<head>{_W}(?:y|ion|ing|sis))\b", text, re.I)]
    title = sum(len(re.findall(rf"\b(?:{either})\s{re.escape(side.head)}\b", text, re.I)) for text in body)
    counts = {h: found.count(h) for h in found}
    best = max(counts, key=lambda h: (counts[h], h), default="")
    return best if best and counts[best] > max(title, 1) else side.head


def _pattern(side: _Side, sides: Sequence[_Side]) -> re.Pattern[str]:
    """How a side is called in a sentence."""
    capitals = [re.escape(c) for c in (side.own, *side.called) if sum(x.isupper() for x in c) > 1 or (len(c) > 1 and c[:1].isupper())]
    tail = (side.own.split()[-1],) if side.head and " " in side.own and len(side.own.split()[-1]) > _SHORT else ()
    words = [re.escape(c).replace(r"\ ", r"[\s-]") for c in (side.own, *side.called, *tail) if re.escape(c) not in capitals]
    forms = [rf"(?:{'|'.join(capitals)})(?![\w-])"] if capitals else []
    if side.is_none:
        forms.append(r"(?i:(?:the\s)?(?:uninvited|unscreened)(?:\sgroup)?|controls\b|control\s(?:group|arm|population|participants))")
        forms.append(rf"(?i:{words[0]})(?![\w-])" if words else "(?!)")
    elif side.head:
        forms += [_attribute(w, side, sides) for w in words]
        stem = re.match(r"(?P<stem>\w{5,})ic$", side.own)
        forms += (
            [rf"(?i:{re.escape(stem.group('stem'))}(?:y|ically)(?:[\s-]assisted)?)(?![\w-])"]
            if stem is not None and not side.own.endswith("tic")
            else []
        )
    else:
        others = {w for s in sides if s is not side for w in re.findall(r"[\w-]+", s.norm.casefold())}
        alone = [
            re.escape(w)
            for c in (side.own, *side.called)
            for w in c.split()
            if c not in capitals and w.casefold() not in others | NO_ARM and len(w) > _SHORT
        ]
        forms += [rf"(?i:{w})(?:s?)(?![\w-])" for w in words]
        forms += [rf"(?i:{'|'.join(alone)})(?=\s{_GROUP}\b)"] if alone else []
        forms += [_INVITED] if side.is_invited and sum(not s.is_none for s in sides) == 1 else []
    return re.compile(rf"(?<![\w/+.-])(?:{'|'.join(forms)})")


def _plural(head: str) -> str:
    word = head.rsplit(maxsplit=1)[-1]
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


_SHORT = 3
_PEOPLE = r"(?:persons|people|those|men|women|residents)"
_INVITED = rf"(?i:{_PEOPLE}\sinvited|(?:the\s)?invited(?=\s(?:{_PEOPLE}|groups?|population)\b)|the\sinvited)\b"


def _attribute(word: str, side: _Side, sides: Sequence[_Side]) -> str:
    """A word that needs a noun: with that of the title or of a group, or before the other side's word, which has it."""
    heads = "|".join(dict.fromkeys(re.escape(h) for s in sides for h in (s.head, s.head.split()[-1], _plural(s.head)) if s.head))
    others = "|".join(re.escape(c) for s in sides if s.own != side.own for c in (s.own, *s.called))
    noun = rf"(?:\s(?:[\w-]+\s)?(?:{heads})|(?=\s{_GROUP}\b))"
    return rf"(?i:{word})(?:{noun}|(?=\s(?:and|or|versus|vs\.?|than)\s(?:[^.;]{{0,25}}\s)?(?:{others})\b))(?![\w-])"
