"""What a printed heading or label says about the section that it opens.

Headings are known by their words (`lexicons/headings.tsv`) after numbering is taken off. A heading rarely says its section alone: "Methods" stands in
structured abstracts as well as in papers, "Ethics" below methods and in the back matter. So each gives what it would cost to open every kind
of section with it, and to go on in every kind below it; `order` finds the cheapest reading of the whole paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from extractor.document import SectionKind, fold
from extractor.lexicons import headings
from extractor.sections.order import KINDS, Step, step

NUMBERING = re.compile(r"^\s*(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,4}(?=\.))\.?\s+(?=\S)")

# "Background: There is no ...", "RESULTS. Of 239 patients ...", "Conclusion - The ..."
RUN_IN = re.compile(r"^(?P<label>[A-Z][A-Za-z/&, -]{3,60}?)\s*(?::|\.(?=\s+[A-Z\d])|\s-(?=\s))\s*(?=\S)")

# The word that a longer heading is made around: "Methods of the pilot phase", "Summary and discussion of the findings".
_ABOUT = (
    (re.compile(r"^(?:study |trial |patients? and |materials? and )?(?:methods?|methodology)\b|\b(?:methods|methodology)$"), SectionKind.METHODS),
    (re.compile(r"^(?:main |study |clinical |trial |observations? and |outcomes? and )?(?:results?|findings)\b"), SectionKind.RESULTS),
    (re.compile(r"\bdiscussion\b"), SectionKind.DISCUSSION),
    (re.compile(r"^conclu(?:sions?|ding)\b"), SectionKind.CONCLUSION),
    (re.compile(r"^(?:introduction|backgrounds?)\b"), SectionKind.INTRODUCTION),
    (
        re.compile(
            r"^ac?knowledge?ment|\bcontributions?$|\b(?:conflicts?|declarations?) of (?:\w+ )?interests?\b|^supplementa|^funding\b|^declaration"
        ),
        SectionKind.BACK,
    ),
)

_LONGEST_LABEL = 220
_SURE = 60.0
"""A label of the file says its section: nothing else outweighs it."""

_WORK = (SectionKind.METHODS, SectionKind.RESULTS, SectionKind.DISCUSSION)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says by its words, None where it says nothing, and where its number puts it.

    Attributes:
        main: the section that it opens as a known heading.
        in_abstract: the section whose work the part of an abstract does that is labelled so.
        below: the section that it is known to be a subheading of.
        about: the section whose name a heading of more words is made around.
        number: its number, part by part.
    """

    main: SectionKind | None
    in_abstract: SectionKind | None
    below: SectionKind | None
    about: SectionKind | None
    number: tuple[str, ...]

    @property
    def subordinate(self) -> bool:
        """Whether the number is that of a subsection ("2.1")."""
        return len(self.number) > 1


def heading_of(text: str) -> Heading:
    """What a heading says."""
    bare = _bare(text)
    number = NUMBERING.match(fold(text))
    main = _table("main").get(bare)
    below = _table("sub").get(bare)
    about = next((kind for pattern, kind in _ABOUT if pattern.search(bare)), None) if main is below is None else None
    return Heading(main, _table("abstract").get(bare), below, about, tuple(number.group("number").split(".")) if number else ())


def _bare(text: str) -> str:
    bare = NUMBERING.sub("", fold(text)).strip(" :.-").casefold()
    return re.sub(r"\s+", " ", bare.replace("&", "and"))


@cache
def _table(kind: str) -> dict[str, SectionKind]:
    return {h.replace("&", "and"): row.section for row in headings() if row.kind == kind for h in row.headings}


# ---- headings


_MAIN_BELOW_ANOTHER = 30.0
_LAST_IN_ABSTRACT = {SectionKind.INTRODUCTION: 5.0, SectionKind.DISCUSSION: 8.0}
"""An abstract whose parts have headings that the paper does not have again: it has none, or this is the paper."""

_BELOW_WORK = 3.0
_TOLD_TWICE = 3.0
_SUB_ELSEWHERE = 4.0
_AROUND = 3.0
_OPENED_ELSEWHERE = 12.0


def step_of_heading(heading: Heading, headed: frozenset[SectionKind], *, numbered: bool, again: bool) -> Step:
    """What a heading costs in each reading.

    Args:
        heading: what its words and its number say.
        headed: the sections that have a heading of their own somewhere; no other heading opens these.
        numbered: whether the sections of this paper are numbered, and this one by its own number stands below the last.
        again: whether a section of the same kind has another heading further down: then this one may be that of a part of the abstract.
    """
    if numbered and heading.subordinate:
        return step(enter=20.0, stay=0.0)
    if heading.main is not None:
        return _step_of_main(heading.main, heading, again=again)
    unheaded = dict.fromkeys(headed, _OPENED_ELSEWHERE)
    stay = {
        SectionKind.TITLE: 6.0,
        SectionKind.ABSTRACT: 3.0 if heading.in_abstract is None else 0.0,
        SectionKind.REFERENCES: 2.0,
        SectionKind.BACK: 0.5,
    }
    if heading.about is not None:
        return step(enter=12.0, stay=_AROUND, entering={heading.about: 1.0}, staying=stay | {heading.about: 0.0})
    if heading.below is not None:
        enter = unheaded | {heading.below: _OPENED_ELSEWHERE if heading.below in headed else _SUB_ELSEWHERE, SectionKind.OTHER: 6.0}
        if heading.below not in (SectionKind.METHODS, SectionKind.RESULTS):
            return step(enter=8.0, stay=1.0, entering=enter, staying={heading.below: 0.0})
        stay |= {SectionKind.INTRODUCTION: 4.0, SectionKind.OTHER: 3.0, SectionKind.CONCLUSION: 4.0}
        return step(enter=8.0, stay=1.0, entering=enter, staying=stay | {heading.below: 0.0})
    top = numbered and len(heading.number) == 1
    research = bool(headed & {SectionKind.METHODS, SectionKind.RESULTS})
    enter_other = 0.0 if top else 5.0 if research else 1.0
    staying = dict.fromkeys(KINDS, 6.0) if top else {SectionKind.INTRODUCTION: 2.0, SectionKind.CONCLUSION: 2.0, SectionKind.DISCUSSION: 0.5}
    return step(enter=12.0 if research else 6.0, stay=0.0, entering=unheaded | {SectionKind.OTHER: enter_other}, staying=stay | staying)


def _step_of_main(main: SectionKind, heading: Heading, *, again: bool) -> Step:
    staying, entering = {main: 0.0}, {main: _TOLD_TWICE if again else 0.0}
    if again and main in _IN_ABSTRACT:
        entering[SectionKind.ABSTRACT] = 0.0
    if heading.in_abstract is not None or main in _IN_ABSTRACT:
        staying[SectionKind.ABSTRACT] = 0.0 if again else _LAST_IN_ABSTRACT.get(main, 2.5)
    if main is SectionKind.BACK:
        # "Ethics", "Role of the funding source": below methods as often as at the end.
        staying |= {SectionKind.METHODS: _BELOW_WORK, SectionKind.ABSTRACT: _BELOW_WORK, SectionKind.DISCUSSION: 2 * _BELOW_WORK}
    if main is SectionKind.INTRODUCTION:
        staying |= {SectionKind.OTHER: 3.0}
    if main is SectionKind.ABSTRACT:
        staying |= {SectionKind.TITLE: 6.0}
    if main is SectionKind.RESULTS:
        staying |= {SectionKind.DISCUSSION: 5.0}  # "Main findings", told again
    if main is SectionKind.OTHER:
        return step(enter=20.0, stay=4.0, entering={main: 0.0}, staying={main: 0.0})
    return step(enter=40.0, stay=_MAIN_BELOW_ANOTHER, entering=entering, staying=staying)


_IN_ABSTRACT = frozenset(
    {SectionKind.INTRODUCTION, SectionKind.METHODS, SectionKind.RESULTS, SectionKind.DISCUSSION, SectionKind.CONCLUSION}
)  # the labels of a structured abstract have the names of sections


def step_of_run_in(heading: Heading) -> Step:
    """What a heading that its paragraph runs on from costs in each reading."""
    known = heading.main or heading.in_abstract
    if known is None:
        return step(enter=8.0, stay=0.0, entering={heading.below: _SUB_ELSEWHERE} if heading.below else {})
    staying = {SectionKind.ABSTRACT: 0.0, known: 0.0, SectionKind.OTHER: 4.0}
    return step(enter=8.0, stay=2.0, entering={SectionKind.ABSTRACT: 0.0, known: 1.0}, staying=staying)


# ---- labels of the file

_NUMBER_OF_LABEL = re.compile(r"^\s*\d[\d.]*\s?(?=[A-Z]{4})")
# "BODY.M:", "BODY.R.WARDS:": a heading in small capitals, of which its first letter alone was kept.
_INITIAL = re.compile(r"^\s*BODY\.(?P<letter>[IBMRDC])(?:\.|:(?![A-Z]))")
_INITIALS = {
    "I": SectionKind.INTRODUCTION,
    "B": SectionKind.INTRODUCTION,
    "M": SectionKind.METHODS,
    "R": SectionKind.RESULTS,
    "D": SectionKind.DISCUSSION,
    "C": SectionKind.CONCLUSION,
}


def step_of_label(text: str, headed: frozenset[SectionKind]) -> Step:
    """What a label such as `ABSTRACT.SUMMARY.METHODS:` or `BODY.RESULTS.PATIENTS:` costs in each reading; mostly it leaves one."""
    folded = _NUMBER_OF_LABEL.sub("", fold(text))
    top = folded.strip().split(".")[0].split(":")[0]
    if top == "TITLE":
        return _only(SectionKind.TITLE)
    kinds = ("abstract", "main") if top == "ABSTRACT" else ("main", "sub", "abstract")
    inner_first = -1 if top == "ABSTRACT" else 1
    known = next((k for k in (_named(parts[::inner_first], kinds) for parts in _readings(folded)) if k is not None), None)
    initial = _INITIAL.match(folded)
    if initial and (known is None or known[0] is not SectionKind.BACK):
        return _only(_INITIALS[initial.group("letter")])
    if top == "ABSTRACT":
        return _only(SectionKind.BACK if known and known[0] is SectionKind.BACK else SectionKind.ABSTRACT)
    if known is None:
        return _step_of_unknown_label(top, folded, headed)
    section, kind = known
    if kind == "sub" and section is SectionKind.METHODS:
        # What was measured is told again with its result.
        return step(enter=_SURE, stay=_SURE, entering={section: 1.0}, staying={section: 0.0, SectionKind.RESULTS: 0.0})
    return _only(section)


def _step_of_unknown_label(top: str, folded: str, headed: frozenset[SectionKind]) -> Step:
    if top == "BACK":
        return _only(SectionKind.BACK)
    if "." not in folded:
        entering = {SectionKind.INTRODUCTION: 0.0, SectionKind.OTHER: 2.0} | dict.fromkeys(_WORK, 4.0)
        return step(enter=_SURE, stay=_SURE, entering=entering, staying=entering)
    staying = dict.fromkeys(_WORK, 0.0) | {SectionKind.OTHER: 0.0, SectionKind.INTRODUCTION: 3.0}
    return step(enter=_SURE, stay=_SURE, entering={SectionKind.OTHER: 1.0} | dict.fromkeys(_WORK, 5.0) | dict.fromkeys(headed, 12.0), staying=staying)


def said_by_label(text: str) -> SectionKind | None:
    """The section that a label of the body leaves no doubt about."""
    said = step_of_label(text, frozenset())
    sure = [kind for kind, enter, stay in zip(KINDS, said.enter, said.stay, strict=True) if enter < _SURE or stay < _SURE]
    return sure[0] if len(sure) == 1 else None


def _only(section: SectionKind) -> Step:
    return step(enter=_SURE, stay=_SURE, entering={section: 0.0}, staying={section: 0.0})


def _readings(folded: str) -> Iterator[list[str]]:
    """The names in a label: without its colons ("BODY.M:ETHODS"), else up to its first, second ... colon."""
    text = folded.strip()[:_LONGEST_LABEL]
    ends = [i for i, c in enumerate(text) if c == ":"]
    for label in (text.replace(":", ""), *(text[:end] for end in ends)):
        yield [part.strip() for part in label.split(".")[1:] if part.strip()]


def _named(parts: Iterable[str], kinds: tuple[str, ...]) -> tuple[SectionKind, str] | None:
    """The first of the names in a label that says what the section is, and how it is known."""
    for part in parts:
        for kind in kinds:
            section = _table(kind).get(_bare(part))
            if section is not None and section is not SectionKind.OTHER:
                return section, kind
    return None
