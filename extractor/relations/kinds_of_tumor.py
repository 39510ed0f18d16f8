"""The kinds of tumor by which a paper tells its patients apart: "for gastric cancer the response rate was 12%, for ovarian cancer 17%"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from extractor.document import CharSpan, SectionKind
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.entities.populations import names_disease_in_words

TUMOR_KIND = "disease-group"
"""The detail of patients who are told of by their kind of tumor."""
# What a tumor is called behind its site, and how far gone it is before it: neither tells one kind from another.
_TUMOR = r"(?:cancers?|carcinomas?|tumou?rs?|sarcomas?|adenocarcinomas?|mesotheliomas?|lymphomas?|neoplasms?)"
_STATE = r"(?:(?:locally|advanced|metastatic|recurrent|refractory|unresectable|resected|relapsed|localized|primary|or|stage\s[IV]+)\s)*"
_NO_SITE = (
    r"(?!(?:the|an?|all|any|no|other|these|those|this|that|such|same|both|their|our|with|without|who|of|in|for|and|or|each|primary|solid|measurable"
    r"|advanced|metastatic|locally|recurrent|new|second|malignant|previous|prior|different|various|several|most|more|many|early|late|active|patients"
    r"|residual|target|invasive|negative|positive|high|low|left|right|large|small(?!\scell|-cell|\sintestin|\sbowel)|single|multiple"
    r"|\w+-(?:positive|negative|mutant|risk|sided)|\w*treated|\w+ed)\b)"
)
_SITE = (
    rf"(?:{_NO_SITE}[a-z][a-z-]+(?:\s(?:tract|cell|duct|gland|cord|floor|and\sneck|cavity))?"
    rf"(?:\s(?!cancer|carcinoma|tumou?r){_NO_SITE}[a-z][a-z-]+)?)"
)
_LED = r"(?:\b(?:[Ii]n|[Ff]or|[Aa]mong|[Oo]f|[Ww]ith|[Tt]he|versus|vs\.?|than|and|or)\s|(?<=cancer,)\s|(?<=carcinoma,)\s|^)"
_LIST = re.compile(
    rf"{_LED}(?:patients\swith\s|those\swith\s|the\s)?{_STATE}(?P<sites>{_SITE}(?:,\s{_SITE})*(?:,?\s(?:and|or)\s{_SITE}))\s(?P<head>{_TUMOR})\b"
)
_ONE = re.compile(rf"{_LED}(?:patients\swith\s|those\swith\s|the\s)?{_STATE}(?P<site>{_SITE})\s(?P<head>{_TUMOR})\b")
_SHORT = re.compile(rf"{_LED}(?:patients\swith\s|those\swith\s|the\s)?{_STATE}(?P<name>[A-Z]{{3,5}})(?![\w-])")
_PARTS = re.compile(r",\s(?:and\s|or\s)?|\s(?:and|or)\s(?!neck\b)")
_FEWEST = 2
_TOLD = (SectionKind.ABSTRACT, SectionKind.METHODS, SectionKind.RESULTS, SectionKind.CAPTION)
_PLURAL = re.compile(r"(?<!s)s$")
# "12 patients had a history of breast cancer", "after gastric cancer": no group of the study.
_PASSING = re.compile(
    r"\b(?:history\sof|prior|previous|risk\sof|second|after|family|cell\slines?|death\sfrom|died\sof|treatment\sof|types?\sof)\s[^.;,]{0,30}$"
)


def _named(text: str) -> Iterator[tuple[CharSpan, str]]:
    """The kinds of tumor that a sentence names, with where it names them: "gastric and ovarian cancer" are two."""
    taken: list[CharSpan] = []
    for match in _LIST.finditer(text):
        if _PASSING.search(text[: match.start("sites")]):
            continue
        at = match.start("sites")
        for part in _PARTS.split(match.group("sites")):
            start = text.index(part, at)
            at = start + len(part)
            yield CharSpan(start, at), f"{part} {_PLURAL.sub('', match.group('head'))}"
        taken.append(CharSpan(*match.span()))
    for match in _ONE.finditer(text):
        span = CharSpan(match.start("site"), match.end("head"))
        if not any(span.overlaps(t) for t in taken) and not _PASSING.search(text[: span.start]):
            yield span, f"{match.group('site')} {_PLURAL.sub('', match.group('head'))}"
    for match in _SHORT.finditer(text):
        if names_disease_in_words(match.group("name")) and not _PASSING.search(text[: match.start("name")]):
            yield CharSpan(*match.span("name")), match.group("name")


def kinds_of_tumor(sentences: Iterable[ReadSentence]) -> frozenset[str]:
    """The kinds of tumor that a paper studies side by side; none where it speaks of one alone.

    Two must stand in one sentence of what it did or found, and each be told twice at least, and in its results.
    """
    told = tuple(sentences)
    counts: Counter[str] = Counter()
    results: set[str] = set()
    together: set[str] = set()
    for read in told:
        if read.sentence.section.kind in _TOLD:
            here = {norm for _, norm in _named(read.sentence.text)}
            together |= here if len(here) > 1 else set()
            counts.update(here)
            results |= here if read.sentence.section.kind is SectionKind.RESULTS else set()
    headings = {r.sentence.section.heading for r in told if r.sentence.section.kind is SectionKind.RESULTS}
    headed = {norm for heading in headings for _, norm in _named(heading.rpartition(".")[2].lower())}
    counts.update(headed)
    found = {one for one in together if counts[one] >= _FEWEST and one in results | headed}
    return frozenset(found) if len(found) > 1 else frozenset()


def of_kinds(read: ReadSentence, kinds: frozenset[str]) -> list[Mention]:
    """The patients that a sentence tells apart by their kind of tumor."""
    if not kinds:
        return []
    named = [(span, norm) for span, norm in _named(read.sentence.text) if norm in kinds]
    return [Mention(MentionKind.POPULATION, span, norm, detail=TUMOR_KIND) for span, norm in named]
