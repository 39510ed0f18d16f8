"""Drugs, classes, regimens, procedures and controls: everything an arm is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from extractor.document import CharSpan
from extractor.entities.mention import Mention, MentionKind, Part
from extractor.entities.names import NameIndex
from extractor.entities.spelling import meant
from extractor.lexicons import drug_classes, drugs, procedures, regimens, stems, words
from extractor.lexicons.added import Added, added
from extractor.records import ComponentKind

# What an arm may be that is neither drug nor procedure.
CONTROLS: dict[str, Part] = {
    "placebo": Part("placebo", "placebo"),
    "placebos": Part("placebo", "placebo"),
    "best supportive care": Part("best supportive care", "supportive_care"),
    "BSC": Part("best supportive care", "supportive_care"),
    "supportive care": Part("best supportive care", "supportive_care"),
    "observation alone": Part("observation", "other"),
    "no treatment": Part("no treatment", "other"),
    "no further treatment": Part("no treatment", "other"),
    "no adjuvant therapy": Part("no treatment", "other"),
    "no additional treatment": Part("no treatment", "other"),
    "no additional therapy": Part("no treatment", "other"),
    "no added treatment": Part("no treatment", "other"),
    "no study treatment": Part("no treatment", "other"),
    "no study drug": Part("no treatment", "other"),
    "no medication": Part("no treatment", "other"),
    "no therapy": Part("no treatment", "other"),
    "without medication": Part("no treatment", "other"),
    "untreated control": Part("no treatment", "other"),
    "untreated controls": Part("no treatment", "other"),
    "follow-up alone": Part("follow-up", "other"),
    "follow-up only": Part("follow-up", "other"),
    "standard of care": Part("standard of care", "other"),
    "usual care": Part("usual care", "other"),
    "sham": Part("sham", "other"),
}

# Two-letter names and words that are something else far more often than a drug.
_NOT_A_DRUG_ALONE = frozenset(
    {"gold", "iron", "zinc", "calcium", "iodine", "alcohol", "ethanol", "oxygen", "glucose", "water", "caffeine", "lactate"}
)

# Stems that end ordinary words: left to the lexicon.
_WEAK_STEMS = frozenset(
    "ment stat tug mig bart cept vir tox gest imod stim exor rsen leukin terone mycin parin olone desine caine formin kinra fusp nermin".split()
)
# Classes so wide that they name no arm.
_TOO_WIDE = frozenset(
    {
        "systemic therapy",
        "anticancer therapy",
        "antineoplastic agent",
        "targeted therapy",
        "drug",
        "combination therapy",
        "monotherapy",
        "cancer therapy",
    }
)

Concept = tuple[MentionKind, str, tuple[Part, ...]]


def _index() -> NameIndex[Concept]:
    return _index_with(added())


@lru_cache(maxsize=4)
def _index_with(more: Added) -> NameIndex[Concept]:
    return NameIndex(_names(more), plurals=True)


def _names(more: Added) -> Iterator[tuple[str, Concept]]:
    for drug in more.drugs:
        yield from _called(_concept(MentionKind.DRUG, drug.inn, "drug"), drug.names)
    for name, part in CONTROLS.items():
        yield name, (MentionKind.PROCEDURE, part.name, (part,))
    for drug in drugs():
        if drug.inn not in _NOT_A_DRUG_ALONE:
            yield from _called(_concept(MentionKind.DRUG, drug.inn, "drug"), drug.names)
    yield from _regimen_names()
    for procedure in procedures():
        yield from _called(_concept(MentionKind.PROCEDURE, procedure.name, "procedure"), (procedure.name, *procedure.synonyms))
    for drug_class in drug_classes():
        if drug_class.name not in _TOO_WIDE:
            kind: ComponentKind = "supportive_care" if drug_class.name == "best supportive care" else "drug_class"
            yield from _called(_concept(MentionKind.DRUG_CLASS, drug_class.name, kind), (drug_class.name, *drug_class.synonyms))


def _concept(mention: MentionKind, name: str, kind: ComponentKind) -> Concept:
    return mention, name, (Part(name, kind),)


def _called(concept: Concept, names: Iterable[str]) -> Iterator[tuple[str, Concept]]:
    return ((name, concept) for name in names)


def _regimen_names() -> Iterator[tuple[str, Concept]]:
    """The names of regimens, save those that spell out their drugs: these are read one by one."""
    for regimen in regimens():
        norm = regimen.name if regimen.name.isalnum() else " + ".join(regimen.components)
        concept: Concept = (MentionKind.DRUG, norm, tuple(Part(name, "drug") for name in regimen.components))
        names = (
            name
            for name in (regimen.name, *regimen.synonyms)
            if (name[:1].isalpha() or name.startswith("5")) and not _spelled_out(name, regimen.components)
        )
        yield from _called(concept, names)


def _spelled_out(name: str, components: tuple[str, ...]) -> bool:
    """Whether a regimen's name is its drugs in full: those are read one by one and joined by the words between them; "R-bendamustine" is not."""
    return len({hit.concept for hit in _drug_names().find(name)}) >= len(components)


@cache
def _drug_names() -> NameIndex[str]:
    return NameIndex((name, drug.inn) for drug in drugs() for name in (drug.inn, *drug.names))


@cache
def _stem_pattern() -> re.Pattern[str]:
    return re.compile(r"\b[A-Za-z]{2,}(?:" + "|".join(s.stem for s in stems() if s.stem not in _WEAK_STEMS) + r")\b", re.IGNORECASE)


@cache
def _exceptions() -> frozenset[str]:
    return frozenset(word for stem in stems() for word in stem.exceptions)


def find_drugs(text: str) -> Iterator[Mention]:
    """The drugs, classes, regimens, procedures and controls of a folded text; names in no list by their INN stem."""
    taken: list[CharSpan] = []
    for hit in _index().find(text):
        kind, norm, parts = hit.concept
        span = _with_hyphenated_head(text, hit.span)
        if span is None or (kind is MentionKind.DRUG and _is_of_the_body(text, span, norm)) or (len(parts) > 1 and _is_tail(text, span)):
            continue
        taken.append(span)
        yield Mention(kind, span, norm, parts)
        yield from _drug_of_class(text, span, kind)
    for match in _stem_pattern().finditer(text):
        span = CharSpan(*match.span())
        word = match.group().casefold()
        if len(word) < 7 or word in _exceptions() or words().get(word, 0) > 300 or any(span.overlaps(t) for t in taken):
            continue
        norm = meant(word) or word
        yield Mention(MentionKind.DRUG, span, norm, (Part(norm, "drug"),))


# "BTH1677", "MK-3475": how developers name what has no INN yet. Three digits and more: receptors, genes and antigens have fewer.
DEVELOPMENT_CODE = re.compile(r"\b(?!CD|IL|HLA|NCT|PMC|ISO|CYP|EORTC)[A-Z]{2,5}[- ]?\d{3,6}[A-Z]?\b")
_GIVEN = re.compile(r"\b(?:plus|combination\s(?:with|of)|receiv\w+|treated\swith|administ\w+(?:\sof)?|randomi[sz]ed\sto|addition\sof|doses?\sof)\s$")
_AS_DRUG = re.compile(
    r"\s(?:arms?|groups?|plus|in\scombination|combined\swith|monotherapy|treatment|therapy|(?:at\s)?\d+(?:\.\d+)?\s?mg|was\sadministered)\b|\s?\+\s"
)


# "BP-C1", "XR-12b": a shorter name of letters and figures. So are genes, stages and visits called, but none of these is given to patients.
_SHORT_CODE = re.compile(r"(?<![\w/+.-])[A-Z][A-Za-z]{0,5}(?:-[A-Z]{0,3})?\d{1,4}[A-Za-z]?(?![\w-]*[\w]|\.\d)")
_NO_CODE = re.compile(r"(?:PD-?L?|CD|IL|HLA|CTLA-?|Day|Week|Cycle|Visit|Arm|Group|Table|Fig|Figure|Stage|Grade|Level|Cohort|Phase|Course|Step)-?\d.*")
_SURELY_GIVEN = re.compile(
    r"\b(?:receiv\w+|treated\swith|treatment\swith|administration\sof|doses?\sof|(?:mg|ml|mg/kg|mg/m2)\s(?:of\s(?:body\sweight\s)?)?"
    r"|(?:or|vs\.?|versus)\splacebo\s(?:plus|and)|placebo\s(?:or|vs\.?|versus)|(?:switched|allocated|assigned|randomi[sz]ed)\sto)\s?(?:the\s|active\s)?$",
    re.IGNORECASE,
)
_SURELY_A_DRUG = re.compile(
    r"\s(?:or|vs\.?|versus)\splacebo\b|-treated\b|\s(?:treatment|monotherapy|injections?|infusions?|tablets?|capsules?)\b|\s(?:was|were)\s(?:administered|given)"
    r"|\s(?:at\s)?\d+(?:\.\d+)?\s?mg\b",
    re.IGNORECASE,
)
_LEAST_GIVEN, _LEAST_SURELY = 2, 4


def whole_treatment(name: str) -> Mention | None:
    """The treatment that a text is the name of from its first letter to its last; None where it is none, or more than one."""
    return next((m for m in find_drugs(name) if m.parts and m.span.start == 0 and m.span.end == len(name)), None)


_LOTS = re.compile(r"\b(?:randomi[sz]ed|randomly|allocated|assigned)\b[^.;]*?\b(?:to|receive|either)\b", re.IGNORECASE)
_DRAWN = re.compile(r"\b(?:to|receive|receiving|either|or|versus|vs\.?|plus)\s$", re.IGNORECASE)
_AND_OTHERS = re.compile(r"\s(?:plus|or|versus|vs\.?|in\scombination|combined|\(n\s?=|at\s\d|\d+(?:\.\d+)?\s?m[gcl])|,\s", re.IGNORECASE)


def _is_drawn(text: str, match: re.Match[str]) -> bool:
    """Whether a code stands among what patients were assigned to by lot: "randomized to XX12 plus docetaxel or docetaxel"."""
    lots = _LOTS.search(text, 0, match.start())
    return lots is not None and _DRAWN.search(text, 0, match.start()) is not None and _AND_OTHERS.match(text, match.end()) is not None


def find_codes(texts: Sequence[str]) -> frozenset[str]:
    """The development codes that a document gives as drugs at least twice; of names of another form, those that it gives more often."""
    seen: dict[str, int] = {}
    for text in texts:
        for match in DEVELOPMENT_CODE.finditer(text):
            if _GIVEN.search(text[max(match.start() - 40, 0) : match.start()]) or _AS_DRUG.match(text, match.end()):
                seen[match.group()] = seen.get(match.group(), 0) + 1
    shorter: dict[str, int] = {}
    for text in texts:
        for match in _SHORT_CODE.finditer(text):
            given = _SURELY_GIVEN.search(text[max(match.start() - 40, 0) : match.start()]) or _SURELY_A_DRUG.match(text, match.end())
            if given and not _NO_CODE.match(match.group()):
                shorter[match.group()] = shorter.get(match.group(), 0) + (_LEAST_SURELY if _is_drawn(text, match) else 1)
            elif _is_drawn(text, match) and not _NO_CODE.match(match.group()):
                shorter[match.group()] = shorter.get(match.group(), 0) + _LEAST_SURELY
    found = [code for code, n in seen.items() if n >= _LEAST_GIVEN] + [code for code, n in shorter.items() if n >= _LEAST_SURELY]
    return frozenset(found)


def code_mentions(text: str, codes: frozenset[str]) -> Iterator[Mention]:
    """The development codes of a document in one of its sentences; the code stands for the INN that it lacks."""
    found = (match for pattern in (DEVELOPMENT_CODE, _SHORT_CODE) for match in pattern.finditer(text)) if codes else ()
    for match in found:
        if match.group() in codes and (match.re is DEVELOPMENT_CODE or not DEVELOPMENT_CODE.fullmatch(match.group())):
            yield Mention(MentionKind.DRUG, CharSpan(*match.span()), match.group(), (Part(match.group(), "drug"),))


_HEAD = re.compile(r"(?<![\w/+.-])(?!(?:HD|LD|DD|SD|IV|IP|IA)-)(?P<head>[A-Z]{2,6})-$")


def _is_tail(text: str, span: CharSpan) -> bool:
    """Whether a regimen's short name is but the end of another name: the "TC" of "DC-TC"; after a treatment ("RT-GC") it is what it says."""
    head = _HEAD.search(text, max(span.start - 8, 0), span.start) if span.end - span.start <= 4 else None
    return head is not None and not any(True for _ in _index().find(head.group("head")))


def _drug_of_class(text: str, span: CharSpan, kind: MentionKind) -> Iterator[Mention]:
    """The drug that a class is named after ("oxaliplatin-based chemotherapy"): a mention, but no part of an arm."""
    head = re.match(r"[\w-]+?(?=-based\b)", span.of(text)) if kind is MentionKind.DRUG_CLASS else None
    if head is not None:
        for hit in _index().find(head.group()):
            if hit.concept[0] is MentionKind.DRUG:
                yield Mention(MentionKind.DRUG, hit.span.shifted(span.start), hit.concept[1])


def _with_hyphenated_head(text: str, span: CharSpan) -> CharSpan | None:
    """The span of a name, None where the name is a part of another word: the gene of "PD-1-expressing", the "RT" of "RT-PCR"."""
    after = text[span.end : span.end + 5]
    if _AFTER_R1.search(text, max(span.start - 10, 0), span.start) and span.of(text) == "R2":
        return None
    if _TIME_OF_WATCHING.match(text, span.end) and span.of(text).casefold() == "observation":
        return None
    if re.match(r"-PCR|\+ ?(?:T|cells?)\b|=\w", after) or _NOT_HERE.fullmatch(text, span.start, min(span.end + 12, len(text))):
        return None
    if span.end - span.start <= 4 and text.isupper() and words().get(span.of(text).lower(), 0):  # a heading in capitals: "AIM"
        return None
    # "4000 IE/day": a unit.
    if span.end - span.start == 2 and re.match(r"/(?:d|k|L|m|l)", after) and re.search(r"\d\s?$", text[max(span.start - 3, 0) : span.start]):
        return None
    return span


_TIME_OF_WATCHING = re.compile(r"\s(?:periods?|times?|intervals?|windows?)\b", re.IGNORECASE)
# "an R1/R2 resection", "R1 or R2"
_AFTER_R1 = re.compile(r"\bR[01]\s?(?:/|-|,|or|and|vs\.?|versus)\s?$")
# "S1 Table", "an R2 resection".
_NOT_HERE = re.compile(
    r"(?:S\d\s(?:Table|Fig|File|Text|Protocol|Appendix|Data|Movie)|R[012]\)?[\s-](?:resect|margin|status|disease|surger|group)).*", re.DOTALL
)
# Drugs that are also in the body, or in food: what is measured, lacks or is eaten is none that was given.
_OF_THE_BODY = frozenset(
    {
        "aldesleukin", "ascorbic acid", "beta-carotene", "calcitonin", "calcitriol", "colecalciferol", "cyanocobalamin", "epinephrine", "estradiol",
        "estriol", "folic acid", "glutamine", "glutathione", "growth hormone", "histamine dihydrochloride", "hydrocortisone", "insulin",
        "interferon alfa", "interferon beta", "interferon gamma", "levothyroxine", "liothyronine", "lycopene", "melatonin", "nicotinamide",
        "omega-3 fatty acids", "oxytocin", "progesterone", "quercetin", "retinol", "selenium", "somatostatin", "testosterone", "vitamin d2",
        "alpha-tocopherol", "apigenin", "kaempferol", "luteolin", "myricetin", "naringenin", "genistein", "daidzein", "sulforaphane",
    }
)  # fmt: skip
_MEASURED = re.compile(
    r"\s(?:status|deficien\w+|insufficien\w+|levels?|concentrations?|intakes?|production|secretion|release|synthesis|resistance|sensitivity|growth\sfactor)\b"
)
_MEASURED_BEFORE = re.compile(
    r"\b(?:serum|plasma|circulating|endogenous|dietary|intracellular|levels?\sof|concentrations?\sof|intakes?\sof|(?:produc\w+|secret\w+)(?:\sof)?)\s"
    r"(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_RECEPTOR = re.compile(r"[\s-]*receptors?\b", re.IGNORECASE)
_CYTOKINE = re.compile(r"\s?,?\s?(?:and\s)?(?:IL|TNF|IFN|TGF|GM-CSF|VEGF)\b")


def _is_of_the_body(text: str, span: CharSpan, norm: str) -> bool:
    """Whether the name of a drug stands for what it acts on, or for a substance of the body or of food that it also is."""
    if _RECEPTOR.match(text, span.end):
        return True
    if norm not in _OF_THE_BODY:
        return False
    before = text[max(span.start - 40, 0) : span.start]
    cytokine = norm in ("aldesleukin", "interferon gamma") and (
        _CYTOKINE.match(text, span.end) or re.search(r"\b(?:IL-?\d+\w?|TNF\S*|cytokines?),?\s(?:and\s)?$", before)
    )
    return bool(cytokine or _MEASURED.match(text, span.end) or _MEASURED_BEFORE.search(before))
