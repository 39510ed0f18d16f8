"""Arms with one drug in several doses or by several routes: "apatinib 425 mg (n = 92) and 850 mg (n = 91)", "the SC group".

A dose or a route tells arms apart only where the paper sets two of them against each other, and tells results by them. Doses that were raised step
by step are none: what is told by these is told of a part of the patients.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.document import CharSpan
from extractor.entities.assignment import RANDOMIZES
from extractor.entities.mention import Mention, MentionKind, Part

_LASTS = r"months?|weeks?|years?|cycles?|courses?|fractions?"
_UNIT = rf"(?:mg/m2|mg/kg|mg\s?m-2|mg\s?kg-1|[µμ]g/kg|mg|[µμ]g|mcg|[µμnm]M|Gy|[GM]Bq|IU|MU|mU|U|g|{_LASTS})"
_TIMES = r"(?:once|twice|three\stimes)(?:\s(?:a\sday|daily|weekly|a\sweek))?"
_OFTEN = rf"(?:\s(?:q\.?d|o\.?d|b\.?i\.?d|t\.?i\.?d|qw|q\d\s?w|{_TIMES}|daily|weekly|per\sday|a\sday)\b\.?)*"
_DOSE = re.compile(rf"(?P<number>\d+(?:\.\d+)?)(?:[\s-]?(?P<unit>{_UNIT})(?!\w)(?!/(?!day|d\b|wk|week)))?(?:/(?:day|d|wk|week))?{_OFTEN}")
_TO_DOSE = re.compile(
    r"(?:\s(?:at|of|in|for|was|were|a|doses|given|administered|oral|once|twice|daily|weekly|the|dose|tablets?|either))*[\s-](?:\()?"
)
_NEXT_DOSE = re.compile(r"(?:\s?\([^()]*\))?(?:\s?,\s?(?:or\s|and\s)?|\s(?:or|and|versus|vs\.?)\s|\s?/\s?)(?:a\s|to\s)?")
_DOSE_BEFORE = re.compile(
    rf"(?<![\w.,/-])(?P<list>(?:\d+(?:\.\d+)?(?:[\s-]?{_UNIT})?(?:\s?,\s?(?:or\s|and\s)?|\s(?:or|and|versus|vs\.?)\s))*)"
    rf"(?P<number>\d+(?:\.\d+)?)[\s-]?(?P<unit>{_UNIT})(?:/day|/d)?{_OFTEN}(?:\sof)?{_OFTEN}(?:\s(?:oral|adjuvant|intravenous))?\s$"
)

# How a treatment is given, in words: each by the name that a slot holds, with all its forms.
_FORMS: dict[str, dict[str, str]] = {
    "route": {
        "subcutaneous": r"subcutaneous(?:ly)?|SC|SQ|s\.c\.|sc",
        "intravenous": r"intravenous(?:ly)?|IV|i\.v\.|iv",
        "intramuscular": r"intramuscular(?:ly)?|IM|i\.m\.|im",
        "oral": r"oral(?:ly)?|PO|p\.o\.",
        "intraperitoneal": r"intraperitoneal(?:ly)?|IP|i\.p\.|ip",
        "intra-arterial": r"intra-?arterial(?:ly)?|IA|i\.a\.",
        "transdermal": r"transdermal(?:ly)?|TD",
    },
    "dose": {
        "low-dose": r"low(?:er)?[\s-]dose|LD",
        "intermediate-dose": r"(?:intermediate|medium|middle)[\s-]dose",
        "high-dose": r"high(?:er)?[\s-]dose|HD",
        "standard-dose": r"(?:standard|conventional|regular|full)[\s-]dose|SD",
        "double-dose": r"doubled?[\s-]dose",
    },
    "frequency": {
        "weekly": r"weekly|once[\s-]weekly|every[\s-]week|q1w|QW",
        "biweekly": r"bi-?weekly|(?:two|2)[\s-]weekly|every[\s-](?:two|2)[\s-]weeks|every\sother\sweek|q2w|Q2W",
        "three-weekly": r"tri-?weekly|(?:three|3)[\s-]weekly|every[\s-](?:three|3)[\s-]weeks|q3w|Q3W",
        "daily": r"daily|once[\s-]daily",
        "twice-daily": r"twice[\s-]daily|bid",
    },
    "course": {
        "bolus": r"bolus",
        "continuous": r"continuous|infusional",
        "intermittent": r"intermittent",
    },
    "start": {
        "immediate": r"immediate|early",
        "deferred": r"deferred|delayed",
    },
    "order": {
        "concurrent": r"concurrent|concomitant|simultaneous",
        "sequential": r"sequential",
    },
    "length": {
        "short-course": r"short[\s-](?:course|term)|shorter",
        "long-course": r"long[\s-](?:course|term)|longer|prolonged|extended",
    },
    "surgery": {
        "neoadjuvant": r"neo-?adjuvant|pre-?operative",
        "adjuvant": r"adjuvant|post-?operative",
    },
}
_FORMS["approach"] = {
    "laparoscopic": r"laparoscopic(?:ally)?(?:[\s-]assisted)?",
    "robotic": r"robotic(?:ally)?(?:[\s-]assisted)?|robot[\s-]assisted(?:\slaparoscopic)?",
    "thoracoscopic": r"(?:video-assisted\s)?thoracoscopic|VATS",
    "endoscopic": r"endoscopic",
    "minimally invasive": r"minimally[\s-]invasive",
    "open": r"open|conventional\sopen",
}
_FORMS["extent"] = {
    "partial": r"partial|limited|segmental",
    "total": r"total|complete",
    "subtotal": r"subtotal|near-total",
    "radical": r"radical",
    "extended": r"extended",
    "distal": r"distal",
    "proximal": r"proximal",
}
_NAMED = {name: forms for sort in _FORMS.values() for name, forms in sort.items()}
_SORT = {name: sort for sort, names in _FORMS.items() for name in names}
_WORD = "|".join(f"(?:{forms})" for forms in _NAMED.values())
_BETWEEN = r"\s(?:versus|vs\.?|or|and|to|with|compared\s(?:with|to)|as\scompared\s(?:with|to)|over|against)\s(?:the\s|an?\s)?"
_WORD_BEHIND = re.compile(rf"(?:\s|-|\s\()(?P<way>{_WORD})(?![\w-])(?!\sor\s)")
_WORD_BEFORE = re.compile(
    rf"(?<![\w.-])(?P<way>{_WORD})(?:\s(?:forms?|formulations?|administration|use|schedules?|regimens?|doses?)\sof)?(?P<link>[\s-]|{_BETWEEN})$",
    re.IGNORECASE,
)

# Where doses are steps of one course, or of a search for the highest one that is borne.
_STEPS = re.compile(
    r"\b(?:reduc\w+|escalat\w+|increas\w+|titrat\w+|ascending|followed\sby|then|loading|initial(?:ly)?|subsequent\w*|thereafter|up\sto)\b",
    re.IGNORECASE,
)
# How much was given in the end: "the mean dose of A was 378 mg".
_AMOUNT = re.compile(
    r"\b(?:mean|median|average|total|cumulative|final|actual|lower|higher|smaller|less|more)\s(?:[\w-]+\s){0,3}(?:doses?|dosages?|amounts?|consumption|requirements?)\b"
    r"|\b(?:consum|requir)\w+\b|\d\s?±",
    re.IGNORECASE,
)
_SEARCH = re.compile(r"\b(?:dose[\s-]escalat\w+|escalating|ascending|maxim(?:um|al)(?:ly)?[\s-]tolerated)\b", re.IGNORECASE)
_TELLS_GROUPS = re.compile(
    r"\b(?:groups?|arms?|placebo|respectively|receiv\w+|randomi\w+|allocat\w+|assign\w+|compar\w+|versus|vs|or|two\sdoses)\b|\d\s?%", re.IGNORECASE
)
# Months are also what survival is told in.
_OUTCOME = re.compile(r"\b(?:median|mean|survival|PFS|OS|follow\w*|durations?|response|HR|CI)\b")
# What stands around a dose that is the name of an arm.
_AHEAD = re.compile(
    r"(?:\b(?:receiving|received|assigned\sto|allocated\sto|randomi[sz]ed\sto|taking|on|given|with|for|the|and|or|versus|vs\.?)|[,;(/)])\s?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"{_OFTEN}[\s-]?(?:dose\s)?(?:groups?|arms?|cohorts?|recipients|patients)\b", re.IGNORECASE)
_NO_ARM_AHEAD = re.compile(
    r"\b(?:dose\sof|reduced\sto|increased\sto|from|than|least|most|above|below|total\sof|stage|grade|class|type|phase|of)\s$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Way:
    """An arm by the dose or route of its drug.

    Attributes:
        drug: the drug.
        norm: the arm as a slot holds it: "apatinib (425 mg)".
        parts: the components of the arm.
        setting: the dose or the route.
    """

    drug: str
    norm: str
    parts: tuple[Part, ...]
    setting: str

    @property
    def kind(self) -> str:
        """The unit of a dose; the sort of a way that is told in words."""
        return _SORT.get(self.setting) or self.setting.partition(" ")[2]

    @property
    def is_of_surgery(self) -> bool:
        """Whether arms are told apart by how patients were operated on."""
        return self.kind in ("approach", "extent")

    @property
    def lasts(self) -> bool:
        """Whether arms are told apart by how long they were treated."""
        return re.fullmatch(_LASTS, self.kind) is not None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The setting wherever it stands in a text, by all its forms."""
        if self.setting in _NAMED:
            return re.compile(rf"(?<![\w.])(?:{_NAMED[self.setting]})(?![\w-])")
        number, _, unit = self.setting.partition(" ")
        if self.lasts:
            return re.compile(rf"(?<![\w.,/-]){re.escape(number)}[\s-]{unit.rstrip('s')}s?(?!\w)")
        listed = rf"(?:\s?(?:,|or|and|,\sor|,\sand|/)\s?\d+(?:\.\d+)?)+[\s-]?{re.escape(unit)}"
        return re.compile(rf"(?<![\w.,/-]){re.escape(number)}(?:[\s-]?{re.escape(unit)}(?![\w/])|(?={listed}(?![\w/])))")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with its treatments as they are composed, and whether it tells results."""

    text: str
    arms: tuple[Mention, ...]
    is_result: bool


def find_ways(sentences: Sequence[Told]) -> tuple[tuple[Way, ...], tuple[Mention, ...]]:
    """The arms of a paper by dose or route, and the other arms of the sentence that sets them against each other; () where there are none."""
    searching = any(_SEARCH.search(s.text) for s in sentences)
    for told in sentences:
        for doses in (False,) if searching and not RANDOMIZES.search(told.text) else (False, True):
            apart = _set_apart(told, doses=doses)
            if not apart:
                continue
            more = (
                w
                for s in sentences
                if s.is_result and doses and _tells_apart(s, doses=doses)
                for w, _ in _ways_of(s, doses=doses)
                if w.parts == apart[0].parts
            )
            ways = tuple({w.setting: w for w in (*apart, *more) if w.kind == apart[0].kind}.values())
            used = {m.norm for s in sentences if s.is_result for m in with_ways(s.text, s.arms, ways)} & {w.norm for w in ways}
            used |= {
                way.norm for short, way in shortened(sentences, ways).items() if any(s.is_result and stands_in(short, s.text) for s in sentences)
            }
            if len(used) > 1:
                others = tuple(
                    a for a in told.arms if apart[0].drug not in {p.name for p in a.parts} and not _BESIDE.search(told.text[: a.span.start])
                )
                return _with_partner(tuple(w for w in ways if w.norm in used or w in apart), sentences), others
    return (), ()


_SHORT = re.compile(r"(?:\s(?:alone|group|arm|patients))?\s?\(\s?(?:the\s)?(?P<short>[A-Z][A-Za-z-]{1,7})(?=\)|[,;]\s?n\s?=|\s(?:group|arm)\b)")


def shortened(sentences: Sequence[Told], ways: Sequence[Way]) -> dict[str, Way]:
    """What a paper abbreviates its arms by: "laparoscopic gastrectomy (LG)"; only where it does so for two arms at least, each by another name."""
    found: dict[str, Way] = {}
    for told in sentences:
        for arm in told.arms:
            way = next((w for w in ways if w.drug in {p.name for p in arm.parts} and _beside(told.text, arm.span, w)), None)
            match = _SHORT.match(told.text, arm.span.end) if way is not None else None
            if way is not None and match is not None and any(c.isupper() for c in match.group("short")[1:]):
                found.setdefault(match.group("short"), way)
    return found if len({w.norm for w in found.values()}) > 1 else {}


def stands_in(short: str, text: str) -> bool:
    """Whether an abbreviation stands in a text."""
    return re.search(rf"(?<![\w-]){re.escape(short)}(?![\w-])", text) is not None


_BESIDE = re.compile(r"\b(?:with|plus|to|in|after|before|receiving|on|of)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_PARTNER = re.compile(r"\s(?:and|plus|with|in\scombination\swith)\s(?:[\w-]+\s){0,5}")


def _with_partner(ways: tuple[Way, ...], sentences: Sequence[Told]) -> tuple[Way, ...]:
    """The arms with what each was given besides: "docetaxel and one of three lots of A SC, or docetaxel and A IV"."""
    for told in sentences:
        partners: dict[str, tuple[Part, ...]] = {}
        for way in ways:
            for i, arm in enumerate(told.arms):
                if way.drug not in {p.name for p in arm.parts} or not _beside(told.text, arm.span, way):
                    continue
                before = told.arms[i - 1] if i else None
                rest = tuple(p for p in arm.parts if p not in way.parts)
                if rest:
                    partners[way.setting] = rest
                elif before is not None and _PARTNER.fullmatch(told.text[before.span.end : arm.span.start]):
                    partners[way.setting] = before.parts
        shared = set(partners.values())
        if len(partners) == len(ways) and len(shared) == 1 and not any(p.kind == "placebo" for p in next(iter(shared))):
            with_it = next(iter(shared))
            called = " + ".join(p.name for p in with_it)
            return tuple(replace(w, norm=f"{called} + {w.norm}", parts=(*with_it, *w.parts)) for w in ways)
    return ways


def _ways_of(told: Told, *, doses: bool) -> Iterator[tuple[Way, Mention]]:
    """The treatments of a sentence by how they were given, where it says how."""
    for arm in told.arms:
        given = [p for p in arm.parts if p.kind in ("drug", "procedure", "drug_class")]
        for setting in (_doses_at(told.text, arm.span) if doses else _words_at(told.text, arm.span)) if given else ():
            yield Way(given[-1].name, f"{arm.norm} ({setting})", arm.parts, setting), arm


def _tells_apart(told: Told, *, doses: bool) -> bool:
    return _TELLS_GROUPS.search(told.text) is not None and (not doses or not (_STEPS.search(told.text) or _AMOUNT.search(told.text)))


def _set_apart(told: Told, *, doses: bool) -> list[Way]:
    """One treatment in two ways or more, in a sentence that sets them against each other; [] where a sentence has none."""
    given = list(_ways_of(told, doses=doses))
    ways = [way for way, _ in given]
    for parts in dict.fromkeys(w.parts for w in ways):
        same = list(dict.fromkeys(w for w in ways if w.parts == parts))
        at_once = not doses and len({m.span for w, m in given if w in same}) == 1  # "subcutaneous versus intravenous A"
        if any(w.lasts and ("." in w.setting or _OUTCOME.search(told.text)) for w in same):
            continue
        if len(same) > 1 and len({w.kind.rstrip("s") for w in same}) == 1 and (at_once or _tells_apart(told, doses=doses)):
            return same
    return []


def _doses_at(text: str, span: CharSpan) -> Iterator[str]:
    """The doses of a drug that stand right behind its name, one or a list, or right before it."""
    before = _DOSE_BEFORE.search(text[max(span.start - _REACH, 0) : span.start])
    if before is not None:
        listed = re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\d.])", before.group("list"))
        yield from (_dose(number, before.group("unit")) for number in (*listed, before.group("number")))
        return
    lead = _TO_DOSE.match(text, span.end)
    at = lead.end() if lead is not None else span.end
    numbers: list[str] = []
    while (match := _DOSE.match(text, at)) is not None:
        numbers.append(match.group("number"))
        if match.group("unit"):
            yield from (_dose(number, match.group("unit")) for number in numbers)
            numbers = []
        link = _NEXT_DOSE.match(text, match.end())
        if link is None:
            return
        at = link.end()


def _dose(number: str, unit: str) -> str:
    return f"{number} {unit.rstrip('s')}" + ("s" if re.fullmatch(_LASTS, unit) and number != "1" else "")


def _words_at(text: str, span: CharSpan) -> list[str]:
    """How a treatment was given, right before or behind its name: "subcutaneous versus intravenous A", "A SC"."""
    inside = re.search(rf"[\s-](?P<way>{_WORD})$", span.of(text))  # a name of the lexicons may end in it
    if inside is not None:
        return [_way(inside.group("way"))]
    opens = re.match(rf"(?P<way>{_WORD})[\s-]", span.of(text), re.IGNORECASE)  # or begin with it
    behind = _WORD_BEHIND.match(text, span.end)
    if behind is not None and behind.group("way").isupper():
        return [_way(behind.group("way"))]
    found: list[str] = [_way(opens.group("way"))] if opens is not None else []
    at = span.start
    while (match := _WORD_BEFORE.search(text[max(at - _REACH, 0) : at])) is not None:
        if not found and match.group("link") not in (" ", "-"):
            break
        found.insert(0, _way(match.group("way")))
        at = max(at - _REACH, 0) + match.start()
    return found or ([_way(behind.group("way"))] if behind is not None else [])


_REACH = 60


def _way(printed: str) -> str:
    return next(name for name, forms in _NAMED.items() if re.fullmatch(forms, printed, re.IGNORECASE))


def _places(text: str, way: Way) -> Iterator[CharSpan]:
    """Where the dose or route of an arm stands as the name of the arm, with no drug beside it."""
    initials = way.drug[:1].upper()
    for match in way.pattern.finditer(text):
        before = text[max(match.start() - 40, 0) : match.start()]
        lettered = re.search(rf"(?<![\w-]){initials}[A-Z]{{0,5}}[-/\s]?$", before) if match.group().isupper() else None
        if lettered is not None:
            yield CharSpan(match.start() - len(lettered.group()), match.end())
        elif before.endswith("-") or _NO_ARM_AHEAD.search(before):
            continue
        elif _BEHIND.match(text, match.end()) or (not way.lasts and _AHEAD.search(before) and (way.setting not in _NAMED or match.group().isupper())):
            yield CharSpan(*match.span())


def with_ways(text: str, arms: Sequence[Mention], ways: Sequence[Way]) -> list[Mention]:
    """The arms of a sentence, those with the drug of `ways` by the dose or route beside it, and doses and routes that stand for such an arm."""
    if not ways:
        return list(arms)
    found: list[Mention] = []
    for arm in arms:
        mine = {p.name for p in arm.parts}
        way = next((w for w in ways if w.drug in mine and mine <= {p.name for p in w.parts} and _beside(text, arm.span, w)), None)
        found.append(
            replace(arm, span=_with_its_way(text, arm.span, way), norm=way.norm, parts=way.parts, detail="label") if way is not None else arm
        )
    taken = [m.span for m in found]
    for way in ways:
        for span in _places(text, way):
            if not any(span.overlaps(t) for t in taken):
                taken.append(span)
                found.append(Mention(MentionKind.ARM, span, way.norm, way.parts, "label"))
    return sorted(found, key=lambda m: m.span)


def _with_its_way(text: str, span: CharSpan, way: Way) -> CharSpan:
    """A name with the dose or route right before or behind it: "low-dose cisplatin", "lenvatinib 14 mg"."""
    for match in way.pattern.finditer(text):
        if re.fullmatch(r"[\s-]", text[match.end() : span.start]):
            return CharSpan(match.start(), span.end)
        if re.fullmatch(r"\s", text[span.end : match.start()]):
            return CharSpan(span.start, match.end())
    return span


def _beside(text: str, span: CharSpan, way: Way) -> bool:
    """Whether the name of a treatment stands with the one dose or route of an arm."""
    told = _words_at(text, span)[-1:] if way.setting in _NAMED else list(_doses_at(text, span))[:1]
    return told == [way.setting]
