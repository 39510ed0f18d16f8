"""Populations that the headings of the results name: of whom everything below a heading is, and the groups that are told within them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from extractor.document import CharSpan, Document, SectionKind, fold
from extractor.entities import Mention, MentionKind
from extractor.entities.drugs import find_drugs
from extractor.entities.population_forms import find_forms
from extractor.entities.populations import OF_DISEASE, find_populations, names_disease_alone
from extractor.entities.trials import find_trials
from extractor.relations.findings import ArmOf, Finding
from extractor.relations.groups import Phrases, is_entry, words_of

HEADED = "heading"
"""The detail of a population that a heading names."""
# "Patients with brain metastases", "Survival in the elderly subgroup (n = 40)", "Efficacy: HER2-positive cohort".
_LEADS = re.compile(r"(?:^|[:-]\s?|\b(?:in|for|among|within|of)\s(?:the\s|our\s|all\s)?)$", re.IGNORECASE)
_TRAILS = re.compile(
    r"\s?(?:(?:patients|women|men|sub-?groups?|subsets?|cohorts?|populations?|analys[ie]s|groups?|sets?|disease|tumou?rs?|cases|only|alone)\s?)*"
    r"(?:[(\[][^()\[\]]*[)\]])?\s?"
)
# Conditions of an analysis and courses of events are no groups that a section could be about.
_NO_GROUP = frozenset({"condition-of-the-analysis", "after-an-event", "around-a-change-of-treatment", "other-patients", "patients-of-a-country"})
_NUMBERED = re.compile(r"(?:study|trial|cohort|part|phase|stratum)\s(?:[A-H]|[IVX]+[ab]?|[\dIVX][\w/-]*)", re.IGNORECASE)
_ENTIRE = re.compile(
    r"\b(?:entire|whole|overall|total|full)\s(?:\w+\s)?(?:cohort|population|group|series)\b|\bboth\s(?:studies|trials|cohorts|parts)\b", re.IGNORECASE
)


def headed_populations(document: Document, entry: Phrases, diseases: frozenset[str]) -> Mapping[str, Mention]:
    """The population that each heading of the results names, by heading; none for those that name several, or what all patients are.

    Args:
        document: a segmented document.
        entry: what the paper says of all patients.
        diseases: the diseases, and sets of data, by which it tells patients apart.
    """
    headings = list(dict.fromkeys(s.heading for s in document.sections if s.kind is SectionKind.RESULTS and s.heading))
    if not headings:
        return {}
    printed = _as_printed(document.text)
    studies = _own_studies(headings)
    found = {}
    for heading in headings:
        for part in reversed(_parts(heading)):
            text = " ".join(printed.get(word.casefold(), word.lower()) for word in fold(part).split())
            norm = (f"{text[:1].upper()}{text[1:]}" if part.casefold() in studies else None) or _disease_of(text, diseases) or _named(text, entry)
            if norm is not None:
                found[heading] = Mention(MentionKind.POPULATION, CharSpan(0, 1), norm, detail="disease-group" if norm in diseases else HEADED)
                break
    return found


def _parts(heading: str) -> list[str]:
    """The headings of a path, the outermost first ("RESULTS.EFFICACY.ELDERLY PATIENTS"), without their numbers."""
    return [part.strip(" :") for part in re.split(r"(?<!\d)\.|\.(?!\d)", re.sub(r"^[\d.]+\s", "", heading)) if part.strip(" :.")]


def _as_printed(text: str) -> Mapping[str, str]:
    """How the lines of a paper that are not in capitals write each word most often."""
    counts = Counter(word for line in text.splitlines() if not line.isupper() for word in re.findall(r"[\w/+-]+", line))
    best: dict[str, tuple[int, str]] = {}
    for word, count in counts.items():
        best[word.casefold()] = max(best.get(word.casefold(), (0, "")), (count, word))
    return {key: word for key, (_, word) in best.items()}


def _own_studies(headings: Iterable[str]) -> frozenset[str]:
    """The studies, or parts of one, that a paper tells one by one under headings of their own; none where only one heading is such a name."""
    parts = {part.casefold(): part for heading in headings for part in _parts(heading)}
    named = {key for key, part in parts.items() if _NUMBERED.fullmatch(part) or any(m.span.of(part) == part for m in find_trials(part))}
    return frozenset(named) if len(named) > 1 else frozenset()


def _disease_of(text: str, diseases: frozenset[str]) -> str | None:
    named = [one for one in diseases if re.search(rf"\b{re.escape(one)}\b", text, re.IGNORECASE)]
    return named[0] if len(named) == 1 else None


def _named(text: str, entry: Phrases) -> str | None:
    """The one group of patients that a heading is about; None where it is about what sets groups apart, or about all."""
    lead = "" if re.match(r"(?:in|for|among|of)\b", text, re.IGNORECASE) else "In the "
    known = [p for p in _known(text, lead) if p.detail not in _NO_GROUP]
    forms = [replace(p, span=p.span.shifted(-len(lead))) for p in find_forms(lead + text, [p.span.shifted(len(lead)) for p in known])]
    told = {p.norm: p for p in (*known, *forms)}
    if len(told) != 1:
        return None
    (one,) = told.values()
    called = re.match(r"[A-Z]", one.norm) is not None and not names_disease_alone(one.norm.split()[0])
    alone = one.detail == OF_DISEASE or (names_disease_alone(one.norm) and not called) or is_entry(one.norm, entry)
    around = _LEADS.search(text[: max(one.span.start, 0)]) and _TRAILS.fullmatch(text, max(one.span.end, 0))
    return None if alone or not around else one.norm


_HAS = re.compile(r"(?:stages?|grades?)\s[IVX\d]|(?:elevated|raised|high|low|normal)\s(?-i:[A-Z])", re.IGNORECASE)
"""A heading that tells what patients have, and by which some are told from others: "Stage IV disease", "Elevated LDH"."""


def _known(text: str, lead: str) -> list[Mention]:
    """The groups of a heading by their names; most of these are told behind a preposition, which a heading leaves out."""
    with_it = ("In patients with ",) if lead and _HAS.match(text) else ()
    for ahead in ("", lead, "In " if lead else "", *with_it):
        named = find_populations(ahead + (text[:1].lower() + text[1:] if ahead and text[1:2].islower() else text))
        found = [replace(p, span=CharSpan(max(p.span.start - len(ahead), 0), max(p.span.end - len(ahead), 1))) for p in named]
        if found:
            return found
    return []


def within(findings: Iterable[Finding], text: str, outer: Mention | None, apart: Collection[str]) -> tuple[Finding, ...]:
    """The findings of a sentence below a heading: of whom the heading tells, and groups as groups of these.

    Args:
        findings: those of the sentence.
        text: the sentence.
        outer: the population of its heading.
        apart: the populations that are no part of one another.
    """
    findings = tuple(findings)
    if outer is None or _ENTIRE.search(text) or _sets_against_others(findings, outer):
        return findings
    return tuple(finding if finding.topic.population in apart else _as_within(finding, outer) for finding in findings)


_OTHERS = re.compile(r"(?:other|remaining|rest|without|not)\b")


def _sets_against_others(findings: Iterable[Finding], outer: Mention) -> bool:
    """Whether a sentence sets the group of its heading against those who are not of it."""
    told = {f.topic.population for f in findings if f.topic.population is not None}
    return any(words_of(one) & words_of(outer.norm) for one in told) and any(_OTHERS.match(one) for one in told)


def _as_within(finding: Finding, outer: Mention) -> Finding:
    told = finding.topic.population
    if finding.topic.study.provenance != "own" or (told is not None and words_of(told) & words_of(outer.norm)):
        return finding
    return replace(finding, topic=replace(finding.topic, population=outer.norm if told is None else f"{outer.norm}, {told}"))


_CALLED_ARM = re.compile(r"\b(?:arm|group)\b", re.IGNORECASE)


def arm_of_heading(own: Sequence[ArmOf], heading: str) -> ArmOf | None:
    """The one of a study's arms that a section is headed with ("Docetaxel arm"); None where it is headed with none, or with several."""
    last = _parts(heading)[-1:]
    named = [m for part in last for m in find_drugs(fold(part)) if m.parts]
    if not named or len(own) < _SEVERAL or not _CALLED_ARM.search(last[0]):
        return None
    mine = {p.name for m in named for p in m.parts}
    fits = [a for a in own if mine <= {p.name for p in a.parts}]
    same = [a for a in fits if mine == {p.name for p in a.parts if p.kind != "placebo"}] or [a for a in fits if mine == {p.name for p in a.parts}]
    found = same or fits
    return found[0] if len(found) == 1 else None


_SEVERAL = 2
