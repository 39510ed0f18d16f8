"""The arms that headers and row labels name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.document import CharSpan, SectionKind, fold
from extractor.entities import ArmBook, Mention, MentionKind, Part
from extractor.entities.arm_book import ArmName
from extractor.entities.arm_settings import has_setting
from extractor.entities.arms import find_arms, treatments
from extractor.entities.concepts import has_sort, is_a, treats_cancer
from extractor.entities.drugs import find_drugs
from extractor.entities.mention import GROUP_LETTER
from extractor.quantities import ROMAN
from extractor.relations.context import Paper
from extractor.relations.findings import ArmOf
from extractor.relations.roles import TESTED
from extractor.relations.tested import is_control

WHOLE = re.compile(
    r"(?:all|total|overall|entire|whole|both)(?:\s(?:patients?|cohorts?|groups?|arms?|subjects|population|treatment\sarms))?|all\s(?:treated\s)?patients",
    re.IGNORECASE,
)
_DOSE = r"\d+(?:[.,]\d+)?\s?(?:mg|g|µg|μg|mcg|µM|μM|nM|Gy|cGy|IU|U|MU|ml|mL|mg/kg|mg\skg-1|mg/m2)(?:\s?/\s?(?:m2|kg|d|day|m²))?"
# What may stand in the name of an arm beside its drugs: how they were given, and that it is an arm.
_BESIDE = re.compile(
    rf"""
    {_DOSE}
  | \b (?: arms? | groups? | cohorts? | patients? | treatments? | therapy | regimens? | alone | plus | and | with | the | an? | in | of
  | for | to | receiving | received
         | treated | given | only | single | agent | single-agent | monotherapy | combination | combined | dose | daily | weekly | oral
         | twice | once | iv | p\.?o\.?
         | b\.?i\.?d\.? | q\d?[wd] | q\.?d\.? | every | high | low | dose[\s-]dense | intensified | (?:high|low)-dose | standard
         | chemotherapy | maintenance | adjuvant | first-line | second-line | followed\sby | then
         | recipients | study | trial | versus\snone | biosimilar | originator | reference | generic | branded ) \b
  | [+/&,;:()\[\]-] | \b[A-D]\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CONTRAST = re.compile(r"\b(?:vs\.?|versus|or|compared)\b", re.IGNORECASE)
_CODE = re.compile(r"(?<![\w-])[A-Z]{2,6}[- ]?\d{2,6}[A-Z]?(?![\w-])")
_NAMED_GROUP = re.compile(r"(?:the\s)?(?P<name>[\w+/ -]{2,40}?)[\s-](?:group|arm)s?", re.IGNORECASE)
_ROLE = re.compile(
    r"(?P<control>controls?|observation|comparator|reference|standard(?: (?:therapy|treatment|chemotherapy|care))?"
    r"|no (?:treatment|therapy|intervention))"
    r"|(?P<tested>intervention|experimental|treatment|treated|study drug|active|investigational|(?:study|test|research|trial)\s(?:group|arm))",
    re.IGNORECASE,
)
_LETTER = re.compile(rf"\b(?:arm|group)\s{GROUP_LETTER}\b(?!\s?[-/]\s?\d)", re.IGNORECASE)
_SEVERAL_GROUPS = re.compile(r"\b(?:groups|arms|cohorts)\s\w{1,3}\s?(?:and|,|&|\+|to|-)\s?\w{1,3}\b", re.IGNORECASE)
_NO_ARM = frozenset(
    (
        "primary all both each other age sex risk treatment prognostic low high intermediate favorable unfavorable subgroup sub patient study dose "
        "tumor tumour training validation test number no percentage per in"
    ).split()
)


@dataclass(frozen=True)
class Naming:
    """What arms may be called in a paper: its own names for them, the pair it compares, and the names that its tables define.

    `captioned` is the one arm that a table is of by its caption, beside others of the other arms.
    """

    book: ArmBook
    paper: Paper
    defined: Mapping[str, ArmOf]
    captioned: ArmOf | None = None

    def read(self, text: str) -> ArmOf | None:
        """The arm that a label is the name of; None where it names none, several, or an arm and something else.

        Its span is within `text`.
        """
        name = text.strip()
        if not name or _CONTRAST.search(name) or _SEVERAL_GROUPS.search(name):
            return None
        if WHOLE.fullmatch(name):
            return ArmOf("all", (), CharSpan(0, len(text)))
        way = self.book.settings.get(_plain(re.sub(r"\s(?:groups?|arms?)$", "", name)))
        if way is not None:
            return ArmOf(way.norm, way.parts, CharSpan(0, len(text)))
        known = self.defined.get(_plain(name))
        if known is not None:
            return replace(known, span=CharSpan(0, len(text)))
        return self._of_letter(text) or self._of_setting(text) or self._of_parts(text) or self._of_assigned(text) or self._of_role(text)

    def _of_assigned(self, text: str) -> ArmOf | None:
        """An arm by the name that the paper's sentences of assignment give it, where that is no treatment of the lexicons."""
        name = _plain(re.sub(r"\s(?:groups?|arms?)$", "", text.strip(), flags=re.IGNORECASE))
        arm = next((a for a in self.paper.assigned if _plain(a.norm) == name), None)
        return replace(arm, span=CharSpan(0, len(text))) if arm is not None else None

    def _of_setting(self, text: str) -> ArmOf | None:
        """An arm by the dose, the duration or the schedule that tells it from the others: "37.5 mg", "12-month trastuzumab".

        A length of time alone is no arm: it may be a landmark.
        """
        told = {_bare_setting(a.norm.partition(" (")[2]): a for a in self.paper.assigned if " (" in a.norm}
        if len(told) < 2 or len({a.parts for a in told.values()}) > 1:
            return None
        label, span = _bare_setting(text), CharSpan(0, len(text))
        if label in told:
            return replace(told[label], span=span) if not _OF_TIME.fullmatch(label) else None
        named = {p.name for m in treatments(text, self.book) for p in m.parts}
        fits = [
            a for setting, a in told.items() if re.search(rf"(?<![\w.]){re.escape(setting)}(?![\w.])", label) and named == {p.name for p in a.parts}
        ]
        return replace(fits[0], span=span) if len(fits) == 1 else None

    def _of_letter(self, text: str) -> ArmOf | None:
        """An arm by its letter, as in "PCR-B (Arm A)": what the paper itself says the letter is.

        It stays a letter where the paper gives two letters one meaning.
        """
        letters = list(_LETTER.finditer(text))
        if len(letters) != 1:
            return None
        (letter,) = letters
        key = re.sub(r"\s+", " ", letter.group()).casefold()
        name = self.book.names.get(key) or self.book.names.get(_otherwise_numbered(key))
        shared = name is not None and sum(n.norm == name.norm for k, n in self.book.names.items() if _letter(k)) > 1
        if name is not None and name.parts and not shared:
            return ArmOf(name.norm, name.parts, CharSpan(*letter.span()))
        return ArmOf(key, (), CharSpan(*letter.span())) if not _BESIDE.sub("", text[: letter.start()] + text[letter.end() :]).strip() else None

    def _of_parts(self, text: str) -> ArmOf | None:
        drugs = _with_codes(text, treatments(text, self.book))
        mentions = find_arms(text, drugs, self.book)
        mentions = _before_alternatives(text, [m for m in mentions if m.detail != "role"] or mentions)
        if not mentions:
            return None
        rest = _without(text, [*mentions, *drugs, *find_arms(text, drugs, self.book)])
        if re.sub(r"\s|\d", "", _BESIDE.sub("", rest)):
            return None
        if len(mentions) == 1 and mentions[0].detail == "role":
            return self._role(mentions[0].norm, mentions[0].span)
        parts = tuple(dict.fromkeys(p for m in mentions for p in m.parts))
        norms = dict.fromkeys(m.norm for m in mentions)
        if not parts and len(norms) != 1:
            return None
        if len(text.strip()) == 2 and not self._is_arm(next(iter(norms))):
            return None  # "AC" is a regimen, "active control" and much else
        span = CharSpan(min(m.span.start for m in mentions), max(m.span.end for m in mentions))
        if _LETTERED_BEHIND.match(text, span.end):
            return None  # "FOLFIRI-B" is FOLFIRI and something else
        norm = next(iter(norms)) if len(norms) == 1 else " + ".join(dict.fromkeys(n for norm in norms for n in norm.split(" + ")))
        return self._in_full(ArmOf(norm, parts, span))

    def _is_arm(self, norm: str) -> bool:
        pair = self.paper.pair or ()
        return norm in {a.norm for a in pair} or norm in {n.norm for n in self.book.names.values()} or norm in self.book.studied

    def _of_role(self, text: str) -> ArmOf | None:
        name = text.strip()
        role = _ROLE.fullmatch(re.sub(r"\s(?:groups?|arms?)$", "", name, flags=re.IGNORECASE)) or _ROLE.fullmatch(name)
        span = CharSpan(text.find(name), text.find(name) + len(name))
        if role is not None:
            return self._role("control" if role.group("control") else "intervention", span)
        if (part := _PART.fullmatch(name)) is not None and self.paper.pair is not None:
            more = _more_of(self.paper.pair)
            return replace(more[0] if part.group("more") else more[1], span=span) if more is not None else None
        pair = self.paper.pair
        if pair is not None and name.casefold().removesuffix(" group").removesuffix(" arm") in TESTED and _known_by_role(pair, self.paper.control):
            return replace(pair[0], span=span)
        group = _NAMED_GROUP.fullmatch(name)
        if group is None or set(group.group("name").casefold().split()) & _NO_ARM:
            return None
        return ArmOf(group.group("name"), (), span)

    def _role(self, role: str, span: CharSpan) -> ArmOf:
        """An arm that a label calls by its role alone: one of the paper's pair where one of the two, and one only, is a control."""
        pair = self.paper.pair
        control = bool(re.match(r"control|comparator|reference|standard|observation|comparison|no\s", role))
        if pair is not None and _known_by_role(pair, self.paper.control):
            return replace(pair[1] if control else pair[0], span=span)
        return ArmOf("control" if control else role.removesuffix(" group").removesuffix(" arm"), (), span)

    def _in_full(self, arm: ArmOf) -> ArmOf:
        """An arm called by a part of it ("erlotinib") as the one of the paper's pair that has this part."""
        pair = self.paper.pair
        mine = {p.name for p in arm.parts}
        if pair is None or not mine or has_setting(arm.norm):
            return arm
        denied = arm.norm.removeprefix("no ") if arm.norm.startswith("no ") else None
        fits = [a for a in pair if (denied not in {p.name for p in a.parts} if denied else mine <= {p.name for p in a.parts})]
        fits = fits or [a for a in pair if _is_of_that_sort(a, arm)]
        return replace(fits[0], span=arm.span) if len(fits) == 1 else arm


_PART = re.compile(
    r"(?:the\s)?(?:(?P<more>combination|doublet|combined)|monotherapy|single[\s-]agent)(?:\s(?:therapy|treatment|chemotherapy))?(?:\s(?:arm|group))?",
    re.IGNORECASE,
)


def _more_of(pair: tuple[ArmOf, ArmOf]) -> tuple[ArmOf, ArmOf] | None:
    """Two arms, the combination in front, where the other is a part of it; None where neither is."""
    first, second = ({p.name for p in arm.parts if p.kind != "placebo"} for arm in pair)
    return pair if second and second < first else pair[::-1] if first and first < second else None


def _known_by_role(pair: tuple[ArmOf, ArmOf], told: ArmOf | None) -> bool:
    """Whether the second of two arms, and it alone, is what a paper may call its control: by its name, its parts, or by what it says of it."""
    if is_control(pair[1]) or is_control(pair[0]):
        return is_control(pair[1]) and not is_control(pair[0])
    tested, other = ({p.name for p in arm.parts} for arm in pair)
    with_placebo = [any(p.kind == "placebo" for p in arm.parts) for arm in pair]
    return bool(other) and (other < tested or with_placebo == [False, True] or (told is not None and told.parts == pair[1].parts))


def _is_of_that_sort(arm: ArmOf, called: ArmOf) -> bool:
    """Whether a label calls an arm by the sorts of its parts, and by all that treat cancer: "chemotherapy + bevacizumab" is FOLFIRI + bevacizumab."""
    if not all(has_sort(arm.parts, mine.name) for mine in called.parts):
        return False
    return all(any(is_a(p.name, mine.name) for mine in called.parts) for p in arm.parts if treats_cancer(p.name) or p.kind != "drug")


_LETTERED_BEHIND = re.compile(r"[-+/][A-Z][A-Za-z]?(?![\w-])")


def _otherwise_numbered(letter: str) -> str:
    """The label of a group with its number in the other figures: "group ii" for "group 2"."""
    word, _, which = letter.rpartition(" ")
    figures = {roman.casefold(): figure for roman, figure in ROMAN.items()}
    return f"{word} {figures.get(which) or next((roman for roman, figure in figures.items() if figure == which), which)}"


def _before_alternatives(text: str, mentions: list[Mention]) -> list[Mention]:
    """The arms of a label without those in a bracket that only lists what was to choose from: "standard chemotherapy (TMZ/PCV)"."""
    bracket = re.search(r"\([^()]*/[^()]*\)", text)
    outside = [m for m in mentions if bracket is not None and m.span.end <= bracket.start()]
    return outside or mentions


_OF_TIME = re.compile(r"[\d.]+ (?:day|week|month|year)")


def _bare_setting(text: str) -> str:
    """A setting as it is compared: blanks for hyphens, units in the singular: "12-months)" is "12 month"."""
    flat = re.sub(r"(?<=\d)(?=[a-z])|-", " ", _plain(re.sub(r"\s(?:groups?|arms?)$", "", text.strip(), flags=re.IGNORECASE)))
    return re.sub(r"\s+", " ", re.sub(r"\b(day|week|month|year)s\b", r"\1", flat)).strip()


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" ()[],:").casefold()


def _letter(label: str) -> bool:
    return bool(re.fullmatch(r"(?:arm|group|cohort)\s\w{1,3}", label, re.IGNORECASE))


def lettered(norm: str) -> bool:
    """Whether an arm is called by a letter or a number alone: "group 1", "arm b"."""
    return _letter(norm)


_DOSE_ALONE = re.compile(
    r"\d+(?:[.,]\d+)?(?:\s?-\s?\d+(?:\.\d+)?)?\s?(?:mg|g|µg|μg|mcg|Gy|cGy|IU|MU|U|ml)(?:\s?/\s?|\s)?(?:kg|m2|m²|m\(2\)|m)?(?:\s?-[12])?(?:\s?/\s?(?:d|day|week))?"
)
_SCHEDULE = re.compile(
    r"\bon\sdays?\b[\s\d,and&]*(?:thereafter)?.*|\bevery\s\d*\s?\w+|\bq\.?\s?\d*\s?(?:d|w|h|wk|weeks?|days?)\b"
    r"|\b(?:once|twice|daily|weekly|b\.?i\.?d|q\.?d|t\.?i\.?d|per|day|week|dose(?:\slevel)?|level|cohort|group|of|or|and|to|oral|iv|p\.?o)\b\.?|[,;:()/×x*]",
    re.IGNORECASE,
)


def is_dose(text: str) -> bool:
    """Whether a label is a dose and a schedule, and nothing else: "3 mg/kg q3w", "Dose level 2 (40 mg)"."""
    if not _DOSE_ALONE.search(text):
        return False
    return not re.sub(r"[\s\d.-]", "", _SCHEDULE.sub(" ", _DOSE_ALONE.sub(" ", text)))


def several_doses(text: str) -> bool:
    """Whether a label lists doses: "1, 3, or 6 mg/kg"."""
    return bool(re.search(r"\d\s?,\s?(?:or\s)?\d|\d\sor\s\d", re.split(r"\bon\sdays?\b", text)[0]))


def _without(text: str, mentions: Iterable[Mention]) -> str:
    for mention in mentions:
        text = text[: mention.span.start] + " " * (mention.span.end - mention.span.start) + text[mention.span.end :]
    return text


def _with_codes(text: str, drugs: list[Mention]) -> list[Mention]:
    """The drugs of a label with agents that still go by their code, where they stand among drugs: "BTH1677/bevacizumab"."""
    if not drugs:
        return drugs
    found = list(drugs)
    for match in _CODE.finditer(text):
        span = CharSpan(*match.span())
        if not any(span.overlaps(d.span) for d in drugs):
            found.append(Mention(MentionKind.DRUG, span, match.group(), (Part(match.group(), "drug"),)))
    return sorted(found, key=lambda m: m.span)


def definitions(labels: Iterable[str], naming: Naming) -> dict[str, ArmOf]:
    """Names that headers define: "First-line therapy (mFOLFOX6 + BV)" gives "first-line therapy" for the paper's other tables."""
    found: dict[str, ArmOf] = {}
    for label in labels:
        match = re.fullmatch(r"(?P<name>[^()]{4,50}?)\s?\((?P<what>[^()]{3,80})\)", label.strip())
        if match is None or find_drugs_in(match.group("name")):
            continue
        arm = naming.read(match.group("what"))
        if arm is not None and arm.parts and not _letter(match.group("what").strip()):
            found.setdefault(_plain(match.group("name")), replace(arm, span=None))
    return found


_LONG_FORM = re.compile(r"(?:^|[.,;:(]\s?|\s)(?P<short>[A-Z][A-Za-z0-9+-]{0,7})\s?[,=:]?\s?$")


def abbreviations(notes: str) -> dict[str, ArmName]:
    """The abbreviations of drugs that footnotes spell out: "BV bevacizumab", "B = bevacizumab"."""
    found: dict[str, ArmName] = {}
    for mention in find_drugs(notes):
        before = _LONG_FORM.search(notes[max(mention.span.start - 14, 0) : mention.span.start])
        if before is None or mention.kind is not MentionKind.DRUG or not mention.parts:
            continue
        short = before.group("short")
        letters = iter(mention.span.of(notes).casefold())
        begins = len(short) > 2 and mention.span.of(notes).casefold().startswith(short.casefold())  # "Cis, cisplatin"
        if (
            (begins or sum(c.isupper() for c in short) * 2 > len(short))
            and all(c in letters for c in short.casefold() if c.isalpha())
            and len(short) > 1
        ):
            found.setdefault(short.casefold(), ArmName(short, mention.norm, mention.parts, is_drugs=True))
    return found


_NOTED = re.compile(
    rf"\b(?P<letter>(?:arm|group|cohort)\s{GROUP_LETTER})\s?(?:[:=,]|\((?=[^()]{{1,80}}\)))\s?(?P<what>[^;.()]{{1,80}})", re.IGNORECASE
)


def told_below(notes: str, naming: Naming) -> dict[str, ArmOf]:
    """The arms by their letters that captions and footnotes spell out: "Arm A: drug A plus drug B; Arm B: drug A"."""
    found: dict[str, ArmOf] = {}
    for match in _NOTED.finditer(notes):
        arm = naming.read(re.split(r",?\s(?:and|or)\s(?=(?:arm|group|cohort)\s)", match.group("what"), flags=re.IGNORECASE)[0])
        if arm is not None and arm.parts:
            found.setdefault(_plain(match.group("letter")), replace(arm, span=None))
    return found if len({a.norm for a in found.values()}) == len(found) > 1 else {}


_LETTER_ALONE = re.compile(r"[A-F]")
_NOTED_ALONE = re.compile(r"(?:^|[;,.]\s?|\s)(?P<letter>[A-F])\s?[:=]\s?(?P<what>[^;.()]{3,80}?)(?=$|[;.(]|,\s[A-F]\s?[:=])")


def by_letter(cores: Mapping[int, str], notes: str, naming: Naming) -> dict[int, ArmOf]:
    """The arms of headers that are letters alone: as notes spell them out ("A: drug A; B: drug A plus drug B"), else the paper's arms A and B."""
    letters = {c: core.strip() for c, core in cores.items() if _LETTER_ALONE.fullmatch(core.strip())}
    if len(set(letters.values())) < 2:
        return {}
    noted = {m.group("letter"): naming.read(m.group("what")) for m in _NOTED_ALONE.finditer(notes)}
    called = [{letter: naming.read(f"{what} {letter}") for letter in letters.values()} for what in ("arm", "group")]
    for book in (noted, *called):
        found = {c: arm for c, letter in letters.items() if (arm := book.get(letter)) is not None and arm.parts}
        if len(found) == len(letters) and len({a.norm for a in found.values()}) == len(set(letters.values())):
            return {c: replace(arm, span=None) for c, arm in found.items()}
    return {}


def find_drugs_in(text: str) -> bool:
    """Whether a text names a drug, class or procedure."""
    return any(True for _ in find_drugs(text))


@dataclass(frozen=True, slots=True)
class Header:
    """A header as the arms of its row are told: its label without size and form, its arm where it names one, and whether a size stands with it."""

    core: str
    arm: ArmOf | None
    sized: bool
    is_name: bool


def beside(row: Mapping[int, Header], paper: Paper) -> dict[int, ArmOf]:
    """The arms of headers that name none by themselves, from those beside them.

    A name with its number of patients, beside an arm with its number of patients, is an arm by that name. And where the headers of a row answer the
    arms that the paper assigned one to one, each containing all of its own, they are those arms ("Agentil, bleomycin chemotherapy alone").
    """
    open_ones = {c: h for c, h in row.items() if h.arm is None and h.is_name}
    left = _only_one_left(row, paper)
    if left or not open_ones:
        return left
    if any(h.arm is not None and h.arm.norm != "all" and h.sized for h in row.values()) and all(h.sized for h in open_ones.values()):
        return {c: ArmOf(h.core) for c, h in open_ones.items()}
    if len(paper.assigned) < 2 or {h.core for h in row.values() if h.is_name} != {h.core for h in open_ones.values()}:
        return {}
    found = {c: _containing(h.core, paper) for c, h in open_ones.items()}
    told = {h.core: arm.norm for c, h in open_ones.items() if (arm := found[c]) is not None}
    whole = len(told) == len({h.core for h in open_ones.values()}) == len(paper.assigned) == len(set(told.values()))
    return {c: arm for c, arm in found.items() if arm is not None} if whole else {}


_WAY = re.compile(
    r"\b(?:transplant\w*|surgery|resections?|\w+(?:ectomy|plasty|therapy)|treatments?|anastomos[ei]s|reconstruction|techniques?|embolization)\b",
    re.IGNORECASE,
)
_HEADS = (SectionKind.TITLE, SectionKind.ABSTRACT)
_TREATED = re.compile(r"\bplacebo\b|\bsham\b|\b(?:mg|µg|μg|mcg|Gy)\b|\w\s?\+\s?\w", re.IGNORECASE)
_WHO = re.compile(
    r"\b(?:high|low|young|old|elderly|positive|negative|with|without|never|former|responders?|non-?\w+|wild-?type|mutant|stage|cancers?|tumou?rs?|disease)\b",
    re.IGNORECASE,
)


def by_name(row: Mapping[int, Header], paper: Paper, *, doses: bool) -> dict[int, ArmOf]:
    """The arms of sized headers none of which is known, by their printed names: "Compound-7 (n = 27)", "Compound-9 (n = 27)".

    One of them is a treatment by its form (a dose, a placebo, a sum of drugs), or the paper calls it a group or an arm. Doses alone are
    arms (`doses`) where nothing says of what.
    """
    open_ones = {c: h for c, h in row.items() if h.arm is None and (h.is_name or h.sized)}
    names = [h.core.strip() for h in open_ones.values()]
    if len(set(names)) < 2 or any(h.arm is not None and h.arm.norm != "all" for h in row.values()):
        return {}
    if not all(h.is_name and h.sized for h in open_ones.values()) or any(map(_WHO.search, names)) or (not doses and any(map(is_dose, names))):
        return {}
    joined = "|".join(map(re.escape, names))
    called = re.search(rf"(?<![\w-])(?:{joined})[\s-](?:groups?|arms?|recipients|treated)\b", paper.document.text)
    told = called is not None or any(map(_TREATED.search, names)) or _set_against(names, paper)
    return {c: ArmOf(h.core.strip()) for c, h in open_ones.items()} if told else {}


def _set_against(names: Sequence[str], paper: Paper) -> bool:
    """Whether title or abstract sets two ways of treatment against each other by the names of two headers: "open versus keyhole resection"."""
    if len(set(names)) != 2:
        return False
    text = fold(" ".join(s.span.of(paper.document.text) for s in paper.document.sections if s.kind in _HEADS))
    for first, second in (names[:2], names[1::-1]):
        a, b = re.escape(first), re.escape(second)
        between = rf"\b{a}\b[^.;]{{0,40}}\s(?:versus|vs\.?)\s(?:[^.;]{{0,20}}\s)?{b}\b"
        compared = rf"\bcompar\w+\s[^.;]{{0,60}}\b{a}\b[^.;]{{0,40}}\s(?:with|to|and)\s(?:[^.;]{{0,20}}\s)?{b}\b"
        for match in re.finditer(rf"(?:{between}|{compared})[^.;]{{0,30}}", text, re.IGNORECASE):
            if find_drugs_in(match.group()) or _WAY.search(match.group()):
                return True
    return False


def _only_one_left(row: Mapping[int, Header], paper: Paper) -> dict[int, ArmOf]:
    """Of a paper with two arms, the one that a header calls by a name that nothing explains, beside the other by a name that is known."""
    named = {c: h for c, h in row.items() if h.is_name and (h.arm is None or h.arm.norm != "all")}
    if len(paper.assigned) != 2 or len({h.core for h in named.values()}) != 2:
        return {}
    known = {c: a for c, h in named.items() if (a := _assigned(h.arm, paper)) is not None}
    unknown = {c: h for c, h in named.items() if c not in known and (h.arm is None or not h.arm.parts)}
    if len({a.norm for a in known.values()}) != 1 or len(known) + len(unknown) != len(named):
        return {}
    if not all(h.sized for h in named.values()) and not all(_GROUP.search(h.core) for h in unknown.values()):
        return {}
    (other,) = (a for a in paper.assigned if a.norm not in {k.norm for k in known.values()})
    return {**{c: replace(other, span=None) for c in unknown}, **{c: replace(a, span=None) for c, a in known.items()}}


_GROUP = re.compile(r"\b(?:groups?|arms?)$", re.IGNORECASE)


def _assigned(arm: ArmOf | None, paper: Paper) -> ArmOf | None:
    """The one of the paper's arms that a header's arm is, or that it is a wider name of ("epoetin")."""
    if arm is None or not arm.parts:
        return None
    return next((a for a in paper.assigned if a.norm == arm.norm or re.fullmatch(rf"{re.escape(arm.norm)}\s(?:alfa|beta|gamma)", a.norm)), None)


_OF_FIGURES = re.compile(
    r"\b(?:median|mean|rates?|time|months?|years?|weeks?|days?|no\.?|numbers?|probabilit(?:y|ies)|estimates?|patients)\b|[(),:;%\[\]]", re.IGNORECASE
)
_TIED = re.compile(r"\b(?:to|of|after|from|during|on|by|with|for|in|at|until|before)\s*$", re.IGNORECASE)


def beside_endpoint(text: str, endpoint: tuple[int, int], naming: Naming) -> ArmOf | None:
    """The arm of a header that names it together with its endpoint: "drug A median OS (months)"."""
    before, after = text[: endpoint[0]], text[endpoint[1] :]
    rest = [re.sub(r"\s+", " ", _OF_FIGURES.sub(" ", part)).strip(" -") for part in (before, after)]
    if not any(rest) or all(rest) or _TIED.search(before) or re.match(r"\s*(?:to|of|after|from|during|by|until|before)\b", after):
        return None
    arm = naming.read(rest[0] or rest[1])
    return replace(arm, span=None) if arm is not None and arm.norm != "all" else None


def _containing(core: str, paper: Paper) -> ArmOf | None:
    """The largest of the paper's arms all of whose parts a label names."""
    named = {p.name for m in treatments(core, paper.arms) for p in m.parts}
    fits = [a for a in paper.assigned if a.parts and {p.name for p in a.parts} <= named]
    return max(fits, key=lambda a: len(a.parts), default=None)


def told_apart(arms: Mapping[int, ArmOf], labels: Mapping[int, str]) -> dict[int, ArmOf]:
    """Arms by column, those with one name told apart by the rest of their labels in brackets: "trabedersen (10 uM)"."""
    by_norm: dict[str, list[int]] = {}
    for column, arm in arms.items():
        by_norm.setdefault(arm.norm, []).append(column)
    found = dict(arms)
    for columns in by_norm.values():
        if len({_plain(labels[c]) for c in columns}) < 2 or all(_letter(arms[c].norm) for c in columns):
            continue
        for column in columns:
            arm = arms[column]
            rest = labels[column] if arm.span is None else labels[column][: arm.span.start] + " " + labels[column][arm.span.end :]
            setting = re.sub(r"\s+", " ", rest).strip(" +-/,;:()[]")
            found[column] = replace(arm, norm=f"{arm.norm} ({setting})") if setting else arm
        doses = {c: " / ".join(m.group().strip() for m in _DOSE_ALONE.finditer(labels[c])) for c in columns if found[c].norm == arms[c].norm}
        if len(set(doses.values())) == len(doses) > 1 and all(doses.values()):
            found.update({c: replace(arms[c], norm=f"{arms[c].norm} ({dose})") for c, dose in doses.items()})
        if len({found[c].norm for c in columns}) < len({_plain(labels[c]) for c in columns}) and all(arms[c].parts for c in columns):
            found.update({c: ArmOf(labels[c]) for c in columns})  # one treatment by what is known of it, and yet two columns: as they are printed
    return found
