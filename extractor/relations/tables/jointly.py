"""Labels that name the arms of a study only together: "Gem/Cis" and "Gem", "+ X" and "- X", "Low dose" and "High dose", "12 months" and "36 months".

Alone each of them may be much else. Together they are the arms where each of them may be one, each arm is told by one, and in one way only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from extractor.entities.concepts import has_sort, is_a
from extractor.quantities import NUMBER_WORDS, ROMAN, TIME_UNITS
from extractor.relations.findings import ArmOf
from extractor.relations.tables.arms import Naming
from extractor.relations.tested import is_control

_MOST = 6


def jointly(names: Collection[str], naming: Naming, *, numbered: bool = True) -> dict[str, ArmOf]:
    """The arms of a paper by the labels that name them, each by its one; {} where no such labels are among them, or each of them says it alone.

    Args:
        names: labels without their sizes and forms, with their signs: `signed`.
        naming: what arms may be called.
        numbered: whether a number alone may be a group.
    """
    found = {name: _as_called(name, arm, naming) for name, arm in one_by_one(names, naming, numbered=numbered).items()}
    alone = [a.norm for n in found if (a := naming.read(_unsigned(n))) is not None and not _Name.of(n).signed]
    told = {a.norm for a in found.values()} == set(alone) and all(len(n) > 1 for n in found)
    return found if found and not told and not all(len(n) == 1 and not _is_marked(n, naming) for n in found) else {}


def one_by_one(names: Collection[str], naming: Naming, *, numbered: bool = True) -> dict[str, ArmOf]:
    """The arms of a paper by labels, where of some labels each may be one, every arm is told by one, and in one way only."""
    arms = naming.paper.assigned
    if not 2 <= len(arms) <= _MOST or len({a.norm for a in arms}) < len(arms):
        return {}
    plus, yes = any(name.startswith("+") for name in names), any(re.search(r"\byes\)?$", name, re.IGNORECASE) for name in names)
    fits: dict[str, list[int]] = {}
    for name in names:
        bare = name if plus else name.removeprefix("-").strip()
        read = _Name.of(bare if yes else re.sub(r": no$", "", bare, flags=re.IGNORECASE))  # "X (no)": how many
        alone = naming.read(_unsigned(name)) or naming.read(_role(name))
        told = [i for i, arm in enumerate(arms) if _may_be(read, alone, i, arms) or _is_numbered(name, arm, naming, numbered=numbered)]
        fits.update({name: told} if told else {})
    ways = list(islice(_matchings(list(fits.values()), frozenset()), 2)) if len(fits) == len(arms) else []
    return {name: replace(arms[i], span=None) for name, i in zip(fits, ways[0], strict=True)} if len(ways) == 1 else {}


def _as_called(name: str, arm: ArmOf, naming: Naming) -> ArmOf:
    """An arm by what its label is read as alone, where that only says it shorter or spells it otherwise: "sham" of "sham device"."""
    alone = naming.read(_unsigned(name))
    if alone is None or not alone.parts or re.search(r"[+(]", arm.norm) or alone.norm in {a.norm for a in naming.paper.assigned}:
        return arm
    return replace(alone, span=None) if set(re.findall(r"\w+", alone.norm)) <= set(re.findall(r"\w+", arm.norm)) else arm


def is_length(name: str) -> bool:
    """Whether a label names a length of time: "12 months"; "every 3 weeks" is none."""
    return _Name.of(name).setting.months is not None


def _unsigned(name: str) -> str:
    return re.sub(r"^[+-]\s?", "", name)


_ROLES = ("experimental", "intervention", "control")


def _role(name: str) -> str:
    """A role by its beginning or its letters: "Exp", "Ctrl"."""
    clipped = name.rstrip(".").upper()
    return next((role for role in _ROLES if 3 <= len(clipped) <= 4 and _is_clip(clipped, role)), "")


def signed(text: str, core: str) -> str:
    """The core of a label with the plus or minus that stands before or behind it in the whole of it."""
    spelled = r"\s+".join(map(re.escape, core.split()))
    match = re.search(rf"(?P<before>^\s*[+-]\s*)?(?<![\w]){spelled}(?P<behind>\s?[+-]ve\b|\s*[(\[]?\s?[+-]\s?[)\]]?(?=\s*(?:$|[,;(\[])))?", text)
    if match is None or not core:
        return core
    answer = re.match(r"\s?\((?P<answer>yes|no)\)", text[match.end() :], re.IGNORECASE)
    if answer is not None:
        return f"{core}: {answer.group('answer')}"
    before, behind = (re.sub(r"[^+-]", "", match.group(name) or "") for name in ("before", "behind"))
    return f"{core} {behind}" if behind else f"{before} {core}" if before else core


def denied(name: str) -> str | None:
    """What a label says that its patients went without: by a minus behind it ("X (-)"), by "no" behind it, by "w/o"; None where it denies nothing."""
    label = _Name.of(name)
    return label.lacks[0] if label.signed and len(label.lacks) == 1 and not label.has else None


_WITHOUT = re.compile(r"\b(?:without|no|minus|non)(?:\s|-)|\bw/o\s?", re.IGNORECASE)
_WITH = re.compile(r"^(?:with|plus|receiving|received)\s|^w/\s?(?!o\b)", re.IGNORECASE)
_ANSWER = re.compile(r"\s?(?:[:,-]\s?|[(\[]\s?)(?P<answer>yes|no)\s?[)\]]?$", re.IGNORECASE)
_SIGN_BEHIND = re.compile(r"\s?[(\[]?\s?(?P<sign>[+-])\s?[)\]]?$")
_SIGN_BEFORE = re.compile(r"^(?P<sign>[+-])\s?")
_TREATED = re.compile(r"[\s-]treated\b", re.IGNORECASE)
_JOINED = re.compile(r"\s?[+/&,]\s?|\s(?:plus|and|with|followed\sby|then)\s", re.IGNORECASE)
_ALONE = re.compile(r"\b(?:alone|only|mono-?therapy|single[\s-]agent)\b", re.IGNORECASE)
_FILLING = re.compile(
    r"\b(?:arms?|groups?|cohorts?|patients|treatment|therapy|regimens?|schedules?|alone|only|mono-?therapy|single[\s-]agent|daily|od|qd|doses?|duration|the|of|for|a"
    r")\b|[()\[\]:;]",
    re.IGNORECASE,
)
_COMBINED = re.compile(
    r"(?:the\s)?(?:combination|combined|both|doublet|triplet|dual(?:\s\w+)?)(?:\s(?:therapy|treatment|drugs|agents|arm|group))*", re.IGNORECASE
)
_SINGLE = re.compile(r"(?:mono-?therapy|single[\s-]agent)(?:\s(?:therapy|treatment|arm|group))*", re.IGNORECASE)
_NOTHING = re.compile(
    r"(?:untreated|no\s(?:further\s|adjuvant\s)?(?:treatment|therapy|intervention)|none|neither|controls?|observation|surveillance)(?:\s(?:alone|only|arm|group|patients))*",
    re.IGNORECASE,
)
_STANDARD = re.compile(r"(?:conventional|standard|usual)(?:ly)?(?:\s(?:fractionat(?:ion|ed)|arm|group|schedule|treatment|therapy))*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Name:
    """A label as the name of an arm: what it says that was given, what was not, and the setting.

    `signed` says that it tells only whether something was added, `only` that nothing else was given.
    """

    text: str
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    setting: _Setting
    signed: bool
    only: bool

    @staticmethod
    def of(text: str) -> _Name:
        """A label taken apart."""
        rest, yes = text.strip(), None
        for pattern in (_ANSWER, _SIGN_BEHIND, _SIGN_BEFORE):
            match = pattern.search(rest)
            if match is not None and yes is None:
                yes = (match.groupdict().get("answer") or match.groupdict().get("sign") or "").casefold() in ("yes", "+")
                rest = (rest[: match.start()] + rest[match.end() :]).strip()
        if yes is None and _WITH.match(rest):
            yes, rest = True, _WITH.sub("", rest)
        without = _WITHOUT.search(rest)
        given, lacking = (rest, "") if without is None else (rest[: without.start()], rest[without.end() :])
        if yes is False:
            given, lacking = "", rest
        setting, words = _Setting.of(_TREATED.sub("", given))
        only = _ALONE.search(text) is not None
        return _Name(text, _pieces(words), _pieces(_TREATED.sub("", lacking)), setting, yes is not None or (without is not None and not given), only)


def _pieces(text: str) -> tuple[str, ...]:
    found = (re.sub(r"\s+", " ", _FILLING.sub(" ", piece)).strip(" -") for piece in _JOINED.split(text))
    return tuple(piece for piece in found if piece)


_NUMBER = rf"(?:\d+(?:\.\d+)?|{'|'.join(NUMBER_WORDS)})"
_TIME = re.compile(rf"(?<![\w.])(?P<number>{_NUMBER})[\s-]?(?P<unit>weeks?|wks?|months?|mos?|years?|yrs?|cycles?|courses?)(?![\w-])", re.IGNORECASE)
_DOSE = re.compile(
    r"(?<![\w.])(?P<number>\d+(?:\.\d+)?)\s?(?P<unit>mg|g|µg|μg|mcg|Gy|cGy|IU|MU|U)\b(?P<per>\s?/\s?(?:kg|m2|m²))?(?:\s?/\s?(?:day|d)\b|\s(?:per\sday|once\sdaily))?",
    re.IGNORECASE,
)
_EVERY = re.compile(
    rf"\bq\.?\s?(?P<q>\d?)\s?w(?:k|eeks?)?\b|(?:\bonce\s)?\bevery\s(?P<every>{_NUMBER})?\s?weeks?\b|\b(?:once[\s-])?(?:(?P<n>{_NUMBER})-?\s?|(?P<tri>tri-?)|(?P<bi>bi-?))?weekly\b"
    r"|\b(?:once\s(?:a|per)\s|each\s)week\b",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"\b(?:(?P<low>low(?:er|est)?|short(?:er)?)|(?P<middle>medium|middle|mid|intermediate)|(?P<high>high(?:er|est)?|long(?:er)?|extended|prolonged))"
    r"(?:[\s-](?:doses?|duration|term|course)\b|$)",
    re.IGNORECASE,
)
_MONTHS = {"week": 12 / 52, "month": 1.0, "year": 12.0, "cycle": 1000.0}


@dataclass(frozen=True, slots=True)
class _Setting:
    """How much of a treatment was given, for how long, how often: as figures, or as a rank among those of the other arms."""

    dose: tuple[float, str] | None = None
    months: float | None = None
    weeks: float | None = None
    rank: str | None = None

    @property
    def told(self) -> bool:
        """Whether there is any."""
        return self != _Setting()

    @staticmethod
    def of(text: str) -> tuple[_Setting, str]:
        """The setting in a text, and the text without it."""
        rest = text
        found: dict[str, re.Match[str] | None] = {}
        for kind, pattern in (("every", _EVERY), ("time", _TIME), ("dose", _DOSE), ("rank", _RANK)):
            match = found[kind] = pattern.search(rest)
            rest = rest if match is None else rest[: match.start()] + " " + rest[match.end() :]
        every, time, dose, rank = (found[kind] for kind in ("every", "time", "dose", "rank"))
        return _Setting(
            dose=(float(dose.group("number")), dose.group("unit") + re.sub(r"\s", "", dose.group("per") or "")) if dose else None,
            months=round(_number(time.group("number")) * _MONTHS[TIME_UNITS.get(time.group("unit").casefold(), "month")], 1) if time else None,
            weeks=_weeks(every) if every else None,
            rank=rank.lastgroup if rank else None,
        ), rest


def _number(said: str) -> float:
    return float(NUMBER_WORDS.get(said.casefold(), said))


def _weeks(match: re.Match[str]) -> float:
    number = match.group("q") or match.group("every") or match.group("n")
    return _number(number) if number else 3.0 if match.group("tri") else 2.0 if match.group("bi") else 1.0


def _may_be(name: _Name, alone: ArmOf | None, which: int, arms: Sequence[ArmOf]) -> bool:
    """Whether a label may be the name of one of some arms."""
    arm, others = arms[which], [a for i, a in enumerate(arms) if i != which]
    if alone is not None and not name.signed and (alone.norm == arm.norm or _is_same(alone, arm)):
        return True
    if alone is not None and not name.signed and _alone_has_both(alone, arm, others):
        return True
    mine, theirs = _given(arm), [_given(a) for a in others]
    if _COMBINED.fullmatch(name.text):
        return any(t < mine for t in theirs) and not any(mine < t for t in theirs)
    if _SINGLE.fullmatch(name.text) and len(arms) == 2:
        return any(mine < t for t in theirs)
    if _NOTHING.fullmatch(name.text):
        return is_control(arm) or all(mine < t for t in theirs)
    if _STANDARD.fullmatch(name.text):
        return any(_is_plain(arm, a) for a in others) and not any(_is_plain(a, arm) for a in others)
    if name.lacks and not _lacks(name, arm, others):
        return False
    if name.signed and name.lacks:
        return True
    return _tells(name, arm, others)


def _alone_has_both(called: ArmOf, arm: ArmOf, others: Sequence[ArmOf]) -> bool:
    """Whether a label calls an arm chemoradiotherapy, and that arm is the only one of drugs and radiotherapy."""
    of_both = [p.name for p in called.parts] == ["chemoradiotherapy"]
    return of_both and has_sort(arm.parts, "chemoradiotherapy") and not any(has_sort(a.parts, "chemoradiotherapy") for a in others)


def _is_plain(arm: ArmOf, other: ArmOf) -> bool:
    """Whether an arm is called by the sort alone of what another is a kind of: "radiotherapy" beside "hypofractionated radiotherapy"."""
    return other.norm != arm.norm and other.norm.endswith(f" {arm.norm}") and "+" not in other.norm


def _is_same(one: ArmOf, other: ArmOf) -> bool:
    """Whether two names are of the same treatments, and none of a setting."""
    return bool(one.parts) and set(one.parts) == set(other.parts) and "(" not in one.norm + other.norm


def _given(arm: ArmOf) -> frozenset[str]:
    """What an arm was given, placebos aside."""
    return frozenset(p.name for p in arm.parts if p.kind != "placebo")


def _lacks(name: _Name, arm: ArmOf, others: Sequence[ArmOf]) -> bool:
    """Whether an arm went without what a label denies, and another had it."""
    return all(_piece_in(piece, arm) is None and any(_piece_in(piece, a) is not None for a in others) for piece in name.lacks)


def _tells(name: _Name, arm: ArmOf, others: Sequence[ArmOf]) -> bool:
    """Whether a label names by its words all that an arm does not share with every other, and nothing that it lacks."""
    components = _components(arm)
    told: set[str] = set()
    by_word = False
    for piece in name.has:
        found = _told_by(piece, arm)
        if found is None:
            return False
        told |= found
        by_word = by_word or bool(_of_setting(piece, arm)) or (len(found) == len(components) and _are_initials(piece, arm))
    shared = {c for c in components if all(c in _components(a) for a in others)}
    rest = set(components) - told - shared
    twins = [a for a in others if _components(a) == components]
    if twins and not (by_word or _same_setting(name.setting, arm, twins)):
        return False
    if not twins and name.setting.told and not _same_setting(name.setting, arm, others):
        return False
    if name.signed:
        return bool(told) and any(not told <= set(_components(a)) for a in others)
    return (bool(told) or bool(twins)) and (not rest or (rest <= {"placebo"} and bool(told)))


def _told_by(piece: str, arm: ArmOf) -> set[str] | None:
    """The components of an arm that a piece of a label names, the words of its setting aside; None where it says anything else."""
    words = _of_setting(piece, arm)
    left = " ".join(w for w in piece.split() if w not in words)
    found = _piece_in(left, arm) if left else set()
    return found if found is not None else _piece_in(piece, arm)


def _of_setting(piece: str, arm: ArmOf) -> list[str]:
    """The words of a piece of a label that tell the setting of an arm."""
    return [w for w in piece.split() if any(_is_clip(w, word) for word in _setting_words(arm))]


def _setting_words(arm: ArmOf) -> list[str]:
    return [word for word in re.split(r"[\s-]", arm.norm.partition(" (")[2].rstrip(")")) if word[:1].isalpha()]


def _components(arm: ArmOf) -> tuple[str, ...]:
    """The treatments of an arm as it is called, its setting aside."""
    return tuple(arm.norm.partition(" (")[0].split(" + "))


_SORTS = {"CT": "chemotherapy", "CTx": "chemotherapy", "Chemo": "chemotherapy", "RT": "radiotherapy", "RTx": "radiotherapy", "XRT": "radiotherapy"}


def _piece_in(piece: str, arm: ArmOf) -> set[str] | None:
    """The components of an arm that a piece of a label names; None where it names none.

    It is clipped ("Gem"), run together ("GemCis"), made of initials ("GC"), or the sort of a component.
    """
    components = _components(arm)
    if _are_initials(piece, arm):
        return set(components)
    of_sort = {c for c in components if piece in _SORTS and is_a(c, _SORTS[piece])}
    if of_sort:
        return of_sort
    for component in components:
        if all(any(_is_clip(w, word) for word in component.split()) or is_a(component, w.casefold()) for w in piece.split()):
            return {component}
    parts = re.findall(r"[A-Z][a-z]+", piece) if re.fullmatch(r"(?:[A-Z][a-z]+){2,4}", piece) else re.split(r"-", piece)
    if len(parts) > 1:
        return _each_in(parts, components)
    initials = {c: "".join(word[:1] for word in re.split(r"[\s-]", c)).upper() for c in components}
    return next(({c} for c, said in initials.items() if len(said) > 1 and said == piece), None)


def _are_initials(piece: str, arm: ArmOf) -> bool:
    """Whether capitals are the initials of all components of an arm, and of the words of its setting: "GC", "LG"."""
    told = [*_components(arm), *_setting_words(arm)]
    return re.fullmatch(r"[A-Z]{2,4}", piece) is not None and len(piece) == len(told) and _each_in(piece, told) is not None


def _each_in(parts: Sequence[str], components: Sequence[str]) -> set[str] | None:
    """The components that clipped names tell, each a different one; None where one of them tells none."""
    left = list(components)
    for part in parts:
        found = next((c for c in left if _is_clip(part, c)), None)
        if found is None:
            return None
        left.remove(found)
    return set(components) - set(left)


def _is_clip(said: str, name: str) -> bool:
    """Whether a word is a name, its beginning, its initial, its stem, or letters of it: "Gem", "G", "Laparoscopy" of laparoscopic, "IFN", "RT"."""
    word, whole = said.casefold().strip("."), name.casefold()
    if word == whole:
        return True
    if len(word) < 2:
        return said.isupper() and whole.startswith(word)
    if whole.startswith(word) or (len(word) > 3 and word[0] == whole[0] and whole.endswith(word[1:])):  # "Pmab"
        return True
    if not word.isalpha():
        return False
    common = next((i for i, (a, b) in enumerate(zip(word, whole, strict=False)) if a != b), min(len(word), len(whole)))
    if common >= 5 and common * 5 >= len(whole) * 3:
        return True
    letters = iter(whole)
    return (said.isupper() or len(word) <= 3) and len(word) <= 4 and whole[0] == word[0] and all(c in letters for c in word)


def _same_setting(said: _Setting, arm: ArmOf, others: Sequence[ArmOf]) -> bool:
    """Whether the setting that a label tells is an arm's: by its figures, else by its rank among those of the others."""
    own, _ = _Setting.of(arm.norm.partition(" (")[2])
    if not said.told or not own.told:
        return False
    if said.rank is not None:
        return _rank(own, [_Setting.of(a.norm.partition(" (")[2])[0] for a in others]) == said.rank
    if said.months is not None and own.months is not None and said.weeks is None:
        return abs(said.months - own.months) <= 0.1 * own.months  # 24 weeks are six months
    return (said.dose, said.months, said.weeks) == (own.dose, own.months, own.weeks) or (
        said.dose is not None and own.dose is not None and said.dose[0] == own.dose[0] and said.dose[1].casefold() == own.dose[1].casefold()
    )


def _rank(own: _Setting, others: Sequence[_Setting]) -> str | None:
    """Where a dose or a duration stands among those of two arms or three."""
    if own.rank is not None:
        return own.rank
    figures = [s.dose[0] if s.dose is not None else s.months for s in (own, *others)]
    told = [f for f in figures if f is not None]
    if len(told) != len(figures) or len(set(told)) != len(told) or len({s.dose[1] if s.dose else "" for s in (own, *others)}) != 1:
        return None
    names: Mapping[int, tuple[str, ...]] = {2: ("low", "high"), 3: ("low", "middle", "high")}
    return names.get(len(told), ("",) * len(told))[sorted(told).index(told[0])] or None


_MARKED = re.compile(rf"[A-F]|[1-6]|{'|'.join(ROMAN)}")


def _is_marked(name: str, naming: Naming) -> bool:
    """Whether a label is a letter or a number that the paper calls a group by."""
    return _MARKED.fullmatch(name) is not None and any(f"{what} {name}".casefold() in naming.book.names for what in ("arm", "group"))


def _is_numbered(name: str, arm: ArmOf, naming: Naming, *, numbered: bool) -> bool:
    """Whether a label is the letter or the number that the paper calls the group of an arm by: "1", "I", "A"."""
    if not _MARKED.fullmatch(name) or (not numbered and not re.fullmatch(r"[A-F]", name)):
        return False
    read = (naming.read(f"{what} {name}") for what in ("arm", "group"))
    return any(found is not None and bool(found.parts) and found.norm == arm.norm for found in read)


def _matchings(fits: Sequence[Sequence[int]], taken: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """The ways to give each label an arm of its own."""
    if not fits:
        yield ()
        return
    for i in fits[0]:
        if i not in taken:
            for rest in _matchings(fits[1:], taken | {i}):
                yield (i, *rest)
