"""Arms in full: what a paper calls now one way and now another is one arm, and a slot holds what its patients were given.

A paper tells once that its chemotherapy is "cisplatin and vindesine" and that its interferon is interferon alfa-2a, and goes on in short. The short
form is looked up here, last of all, so that reading goes by the names that the paper uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.document import SectionKind
from extractor.entities import Mention, MentionKind, Part, ReadSentence, Recognized
from extractor.entities.concepts import is_a
from extractor.relations.context import Paper
from extractor.relations.findings import ArmOf, ComparisonFinding, Finding
from extractor.relations.roles import TESTED, told_by_role

_TELLS = frozenset({SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS})


@dataclass(frozen=True)
class InFull:
    """What a paper's own short names stand for.

    Attributes:
        forms: drugs told by a wider name too, each with the one form of it that the paper says was given ("interferon alfa": "interferon alfa-2a").
        chemotherapy: the drugs of the one chemotherapy that the paper gave; () where it tells none, or several.
        beside: what else the paper's arms are made of.
        roles: the arms that the paper calls by their roles alone ("trial", "control"), with what it says that these groups were given.
        standing: of its arms the one that is called by what is done anyway ("usual care"), whatever the words for it.
    """

    forms: Mapping[str, str] = field(default_factory=dict)
    chemotherapy: tuple[Part, ...] = ()
    beside: frozenset[str] = frozenset()
    roles: Mapping[str, ArmOf] = field(default_factory=dict)
    standing: ArmOf | None = None

    def of(self, arm: ArmOf | None) -> ArmOf | None:
        """An arm of the paper's own study in full."""
        told = self.roles.get(arm.norm) if arm is not None else None
        if told is None and arm is not None and self.standing is not None and _STANDING.fullmatch(arm.norm):
            told = self.standing
        if arm is not None and told is not None:
            return replace(arm, norm=told.norm, parts=told.parts)
        if arm is None or not arm.parts:
            return arm
        names = arm.norm.split(" + ")
        parts = arm.parts
        if self.chemotherapy and all(n == "chemotherapy" or n in self.beside for n in names):
            names = [n for name in names for n in ([p.name for p in self.chemotherapy] if _is_sort(name) else [name])]
            parts = tuple(p for own in parts for p in (self.chemotherapy if _is_sort(own.name) else (own,)))
        names = [self.forms.get(name, name) for name in names]
        if names == arm.norm.split(" + "):
            return arm
        parts = tuple(dict.fromkeys(replace(p, name=self.forms.get(p.name, p.name)) for p in parts))
        return replace(arm, norm=" + ".join(dict.fromkeys(names)), parts=parts)


def read_in_full(recognized: Recognized, paper: Paper) -> InFull:
    """What the short names of a paper's arms stand for, from its title, abstract and methods."""
    if not paper.is_primary:
        return InFull()
    own = [read for read in recognized.sentences if read.sentence.section.kind in _TELLS and not is_background(read)]
    components = {p.name for a in (paper.assigned or (paper.single,)) if a is not None for p in a.parts}
    chemotherapy = _chemotherapy(own)
    drugs = {p.name for p in chemotherapy}
    cytotoxic = [a for a in paper.assigned if any(is_a(p.name, "chemotherapy") and not _is_sort(p.name) for p in a.parts)]
    given = any(_is_sort(name) for name in components) or all(drugs <= {p.name for p in a.parts} for a in cytotoxic)
    return InFull(_forms(own), chemotherapy if given else (), frozenset(components), _roles(own, paper), _standing(paper))


# What the patients of a control group had anyway, in the words of those who tell of one such group by several of them.
_STANDING = re.compile(
    r"(?:usual|standard|routine|conventional|customary)\s(?:of\s)?(?:care|treatment|therapy|practice|management|follow-up|advice)|(?:care|treatment)\sas\susual"
    r"|observation|no\s(?:\w+\s)?(?:treatment|therapy|intervention)|watchful\swaiting|(?:routine\s)?follow-up|controls?",
    re.IGNORECASE,
)


def _standing(paper: Paper) -> ArmOf | None:
    """Of several arms the one that a paper calls by what is done anyway: its "usual care" is its "standard of care" and its "control"."""
    called = [a for a in paper.assigned if _STANDING.fullmatch(a.norm)]
    return called[0] if len(called) == 1 < len(paper.assigned) and not paper.observed else None


_HEADS_BACKGROUND = re.compile(r"\b(?:background|introduction|purpose|rationale|context|aims?|objectives?)\b", re.IGNORECASE)
_OPENS_BACKGROUND = re.compile(r"\W*(?:background|introduction|rationale|context)\b", re.IGNORECASE)
_IN_GENERAL = re.compile(r"\b(?:is|are|has\sbeen|have\sbeen|remains?)\b")
_GIVES = re.compile(r"\b(?:receiv\w+|given|assigned|allocated|random\w+|treated|administered|consist\w+|compris\w+|was|were)\b", re.IGNORECASE)


def is_background(read: ReadSentence) -> bool:
    """Whether a sentence says what is known or in use, not what the patients of this study were given."""
    text, section = read.sentence.text, read.sentence.section
    if section.kind is SectionKind.TITLE:
        return False
    if _HEADS_BACKGROUND.search(section.heading) or _OPENS_BACKGROUND.match(text):
        return True
    return _IN_GENERAL.search(text) is not None and _GIVES.search(text) is None


def _roles(own: Sequence[ReadSentence], paper: Paper) -> dict[str, ArmOf]:
    """What the groups of a paper were given that it calls by nothing but their roles; nothing where it names the treatment of one of them."""
    named = {a.norm for a in paper.assigned}
    if not named or not named <= {*TESTED, "control"}:
        return {}
    told = told_by_role(own)
    return {norm: told[role] for norm in named if (role := "control" if norm == "control" else "tested") in told}


def in_full(findings: Iterable[Finding], full: InFull) -> Iterator[Finding]:
    """Findings of the paper's own study with their arms in full; those of others as they are."""
    for finding in findings:
        if finding.topic.study.provenance != "own":
            yield finding
        elif isinstance(finding, ComparisonFinding):
            yield replace(finding, arm=full.of(finding.arm), comparator=full.of(finding.comparator))
        else:
            yield replace(finding, arm=full.of(finding.arm))


_FORM = re.compile(r"(?:\s(?:alfa|beta|gamma)|-\d[ab])+")


def _forms(own: Iterable[ReadSentence]) -> dict[str, str]:
    """Drugs of which the paper names one form beside the drug itself."""
    named = dict.fromkeys(p.name for read in own for m in read.of(MentionKind.DRUG) for p in m.parts)
    found: dict[str, str] = {}
    for wide in named:
        forms = [name for name in named if name.startswith(wide) and _FORM.fullmatch(name, len(wide))]
        if len(forms) == 1:
            found[wide] = forms[0]
    return found


def _is_sort(name: str) -> bool:
    return name == "chemotherapy" or bool(re.fullmatch(r"(?:neo)?adjuvant chemotherapy|perioperative chemotherapy|standard chemotherapy", name))


_BEFORE = re.compile(r"\b(?:prior|previous(?:ly)?|pretreated|earlier|refractory|after\sfailure|no)\b", re.IGNORECASE)
# What is given with cytotoxic drugs under the name of chemotherapy.
_WITH_IT = frozenset("leucovorin levoleucovorin mesna prednisone prednisolone methylprednisolone dexamethasone".split())
_DOSE = r"(?:\d[\w.,/²-]*(?:\s(?:mg|g|m-2|m2|mg/m2)\b(?:\sm-2)?)?)"
_GAP = re.compile(
    rf"\s*(?:{_DOSE}\s+){{0,6}}(?:{_DOSE})?(?:,\s?(?:and\s|plus\s)?|\sand\s|\splus\s|\s?\+\s?|\s?/\s?|-|\swith\s)(?:\s?{_DOSE}\s)?", re.IGNORECASE
)
_LONGEST_GAP = 120
_OPENS = re.compile(
    r"""
    (?: \s (?: regimens? | treatment | cycles? ) )?
    (?:
        \s (?: with | using | of | consist(?:ed|ing|s)\sof | compris(?:ed|ing|es)(?:\sof)? | was | were | included? | including | regimen\sof )
      | \s? [(\[] | \s? :
    ) \s? (?:(?:the|a|an|iv|intravenous|oral|combination|of|regimen|standard)\s){0,3}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CLOSES = re.compile(r"(?:-based)?\s(?:combination\s|doublet\s|triplet\s)?chemotherapy\b", re.IGNORECASE)
_CHOICE = re.compile(r"\s?(?:\([^()]*\))?,?\sor\s(?:the\s)?", re.IGNORECASE)
_GOES_ON = re.compile(r"\s?(?:or\b|,\s?or\b|/)", re.IGNORECASE)


def _chemotherapy(own: Sequence[ReadSentence]) -> tuple[Part, ...]:
    """The drugs of the paper's chemotherapy where all that it tells of them agrees; () else."""
    told: dict[frozenset[str], tuple[Part, ...]] = {}
    for read in own:
        for parts in _told_in(read):
            told.setdefault(frozenset(p.name for p in parts), parts)
    longest = [names for names in told if not any(names < other for other in told)]
    return told[longest[0]] if len(longest) == 1 and longest[0] else ()


def _told_in(read: ReadSentence) -> Iterator[tuple[Part, ...]]:
    """The drugs that a sentence gives as the chemotherapy; of a choice between drugs ().

    "Cisplatin and vindesine chemotherapy", "the chemotherapy consisted of cisplatin (80 mg) and vindesine".
    """
    text = read.sentence.text
    drugs = [m for m in read.of(MentionKind.DRUG) if m.parts]
    runs = list(_runs(text, drugs))
    for before, run in zip([[], *runs], runs, strict=False):
        start, end = run[0].span.start, run[-1].span.end
        opened = [m for m in re.finditer(r"\b[Cc]hemotherapy", text[:start]) if _OPENS.fullmatch(text, m.end(), start)]
        closed = _CLOSES.match(text, end)
        if not (opened or closed) or _BEFORE.search(text[max((opened[-1].start() if opened else start) - 40, 0) : start]):
            continue
        parts = tuple(dict.fromkeys(p for m in run for p in m.parts))
        if all(is_a(p.name, "chemotherapy") or p.name in _WITH_IT for p in parts) and any(is_a(p.name, "chemotherapy") for p in parts):
            behind = opened and _GOES_ON.match(_without_brackets(text[end:]))
            yield () if behind or (before and _CHOICE.fullmatch(text, before[-1].span.end, start)) else parts


def _without_brackets(text: str) -> str:
    return re.sub(r"^\s?\([^()]*\)", "", text)


def _runs(text: str, drugs: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Drugs that a sentence lists as given together, doses between them."""
    run: list[Mention] = []
    for drug in sorted(drugs, key=lambda m: m.span):
        if run and drug.span.start < run[-1].span.end:
            continue
        gap = re.sub(r"\([^()]*\)", "", text[run[-1].span.end : drug.span.start]) if run else ""
        if run and (len(gap) > _LONGEST_GAP or not _GAP.fullmatch(gap)):
            yield run
            run = []
        run.append(drug)
    if run:
        yield run
