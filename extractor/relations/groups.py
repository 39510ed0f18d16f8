"""Groups of patients in a sentence: which of them set some apart from the study's others, and what a whole statement is said of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.document import CharSpan, SectionKind
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.entities.endpoints import quantities_of
from extractor.entities.population_forms import AGAIN, AROUND_SURGERY, BY_RESPONSE, CONDITIONS, COUNTED, GIVEN, GROUPS, LEFT_OUT, STATE, find_forms
from extractor.entities.population_lists import IN_LISTS, LOCAL, WHOLE_SET, WITH_OR_WITHOUT
from extractor.entities.population_pairs import PAIRS
from extractor.entities.population_patterns import SINCE
from extractor.entities.population_states import IN_A_STATE
from extractor.entities.populations import OF_DISEASE, names_disease_alone, names_disease_in_words, people_with
from extractor.quantities import COUNT_WORD
from extractor.relations.brackets import opening, outermost, statement_start, without_brackets
from extractor.relations.dose_levels import of_doses
from extractor.relations.given import is_besides, underwent_besides
from extractor.relations.kinds_of_tumor import of_kinds

_WORD = re.compile(r"[<>]=?|=|[^\W_]+(?:\.\d+)*")
_EMPTY = frozenset(
    (
        "a an and are as at be been by for from had has have in into is it its of on or than that the their these this those to was were which who"
        " whose with"
    ).split()
)
PEOPLE_WITH = re.compile(
    r"\b(?:patients|those|women|men|subjects|cases|dogs|children|tumou?rs)\s"
    r"(?:with|who|whose|aged|without|having|lacking|(?:achiev|develop|experienc|express|harbou?r|carry)ing)\b",
    re.IGNORECASE,
)
# Who could enter the study: what such a sentence says of patients, all of them are.
_CRITERIA = re.compile(r"\b(?:eligib\w+|inclusion\scriteria)\b", re.IGNORECASE)
_ENTERED = re.compile(
    r"\b(?:patients|women|men|participants|adults)\s(?:with|who\s(?:had|have))\s(?P<what>.{3,120}?)\s(?:were|was)\s(?:included|enrolled|recruited)\b",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(r"\b(?:exclu\w+|ineligible|not\seligible|stratif\w+|subgroup|subset|allowed|permitted|if|unless|analys[ie]s)\b", re.IGNORECASE)
_TITLE_OF = re.compile(
    r"\b(?:in|for|of|with|among)\s(?:the\s)?(?:[\w-]+\s){0,4}?(?:patients|women|men|adults|participants)\b.*|\b(?:[\w-]+\s){1,6}(?:cancer|carcinoma|lymphoma|leuk\w+|melanoma|myeloma|sarcoma|glioma|glioblastoma|tumou?rs?)\b",
    re.IGNORECASE,
)
_ENROLLED = re.compile(r"\b(?:enrol\w+|recruit\w+|included|randomi[sz]ed|eligible|excluded|screened|participants\shad)\b[^.;]*$", re.IGNORECASE)
_LOCUS = re.compile(
    r"(?:^|[;:.]\s|\b(?:whereas|while|but|and|However|Moreover|Similarly|Furthermore|that),?\s)(?:[Ii]n|[Aa]t|[Aa]mong|[Ff]or|[Ww]ithin|[Oo]f)\s(?:the\s|our\s)?(?:\d+\s)?"
    r"(?:(?:patients|women|men|those|cases)\s(?:in|of|at|from)\s(?:the\s)?)?$"
)
_ANAPHOR = re.compile(
    r"""
    \b (?P<what> (?: these | this | such | those | the\s(?:latter|former) )\s
            (?: (?! study | trial | whole | entire | overall | treatment | arm )[\w-]+\s ){0,2}
        (?: patients | women | men | cases | participants | sub-?groups? | subsets? | sub-?populations?
              | groups?(?:\sof\spatients)? | cohort | population ) ) \b
    (?! \s(?: with | who | whose | treated | receiving | given | on | in\sthe | enrolled ) \b )
  | (?: ^ | ^ [\w\s]{3,25} , \s ) (?P<theirs> their | they ) \b | \b of\s (?P<them> them ) \b | \b of\s (?P<those> these | those ) (?= \s? , | \s \d )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def words_of(population: str) -> frozenset[str]:
    """The words of a population that say something.

    >>> sorted(words_of("aged <= 55 years"))
    ['55', '<=', 'aged', 'years']
    """
    return frozenset(w.casefold() for w in _WORD.findall(population)) - _EMPTY


_TURNED = {">=": "<", "<=": ">", ">": "<=", "<": ">="}

_PAIRS = (("high", "low"), ("higher", "lower"), ("older", "younger"), ("positive", "negative"))
_OPPOSITE = dict(_PAIRS) | {b: a for a, b in _PAIRS}


def negated(population: Mention) -> str:
    """Those who are not of a population: "without" what others have, "not" what others are, a level turned round."""
    said = re.match(r"(?:without|not|no)\s", population.norm)
    if said is not None:
        return population.norm[said.end() :]
    levels = re.findall(r">=|<=|>|<", population.norm)
    if len(levels) == 1:
        return population.norm.replace(levels[0], _TURNED[levels[0]])
    degree = re.match(r"(?:" + "|".join(_OPPOSITE) + r")\b", population.norm, re.IGNORECASE)
    if degree is not None:
        return _OPPOSITE[degree.group().casefold()] + population.norm[degree.end() :]
    has = population.detail in PHRASES and not re.match(r"(?:aged|older|younger|who|in)\b", population.norm)
    return f"without {population.norm}" if has else f"not {population.norm}"


Phrases = tuple[tuple[str, ...], ...]


def entry_phrases(sentences: Iterable[ReadSentence]) -> Phrases:
    """What the title and the sentences on eligibility say of all patients, each as its words in order."""
    found = []
    for read in sentences:
        kind, text = read.sentence.section.kind, read.sentence.text
        if kind is SectionKind.TITLE:
            found += [m.group() for m in _TITLE_OF.finditer(text)]
        elif kind in (SectionKind.METHODS, SectionKind.ABSTRACT) and not _NOT_ALL.search(text):
            found += [m.group("what") for m in _ENTERED.finditer(text)]
            found += [text] if _CRITERIA.search(text) else []
    return tuple(dict.fromkeys(tuple(w.casefold() for w in _WORD.findall(said)) for said in found))


def is_entry(population: str, entry: Phrases) -> bool:
    """Whether a population is what all patients of the study are: its words stand together in what the paper says of them.

    >>> is_entry("HER2-positive tumors", (("women", "with", "her2", "positive", "breast", "tumors"),))
    True
    """
    words = words_of(population)
    reach = len(words) + 2
    return any(words <= frozenset(said[i : i + reach]) for said in entry for i in range(max(len(said) - len(words) + 1, 0)))


# A disease in capitals, told of people: "GBM patients", "patients with AA", "the NSCLC cohort".
_ABBREVIATION = r"(?!(?:HR|OR|CI|PS|WHO|ECOG|ITT|PP|OS|PFS|DFS|CR|PR|SD|PD|ORR|AE|SAE|QOL|CT|RT|CRT|MRI|US|UK|EU|II|III|IV)\b)[A-Z]{2,6}"
_OF_DISEASE = re.compile(
    rf"\b(?P<before>{_ABBREVIATION})\s(?:(?:and|or)\s(?P<second>{_ABBREVIATION})\s)?(?=patients\b|cohorts?\b|groups?\b|sub-?groups?\b)"
    rf"|\bpatients\swith\s(?:recurrent\s|refractory\s|advanced\s|metastatic\s)?(?P<behind>{_ABBREVIATION})\b(?!\s?-|\s\w+-)"
)
_FEWEST = 3


def disease_groups(sentences: Iterable[ReadSentence]) -> frozenset[str]:
    """The diseases by whose abbreviation a paper tells its patients apart ("GBM patients", "patients with AA"); none where it speaks of one alone.

    Two must be told side by side in a sentence of the abstract or the results, and each three times at least.
    """
    counts: dict[str, int] = {}
    together: set[str] = set()
    for read in sentences:
        if read.sentence.section.kind not in (SectionKind.ABSTRACT, SectionKind.RESULTS, SectionKind.CAPTION):
            continue
        taken = [m.span for m in read.of(MentionKind.DRUG, MentionKind.ARM, MentionKind.TRIAL, MentionKind.PROCEDURE, MentionKind.DRUG_CLASS)]
        here = {
            match.group(name)
            for match in _OF_DISEASE.finditer(read.sentence.text)
            for name in ("before", "second", "behind")
            if match.group(name) and not any(t.overlaps(CharSpan(*match.span(name))) for t in taken)
        }
        for one in here:
            counts[one] = counts.get(one, 0) + 1
        if len(here) > 1:
            together |= here
    found = {one for one in together if counts[one] >= _FEWEST}
    return frozenset(found) if len(found) > 1 else frozenset()


def of_diseases(read: ReadSentence, groups: frozenset[str]) -> list[Mention]:
    """The patients that a sentence tells apart by one of the paper's diseases."""
    found = []
    for match in _OF_DISEASE.finditer(read.sentence.text) if groups else ():
        for name in ("before", "second", "behind"):
            if match.group(name) in groups:
                found.append(Mention(MentionKind.POPULATION, CharSpan(*match.span(name)), match.group(name), detail="disease-group"))
    return found


_NEXT_STAGE = frozenset("to and or through until except excluding i ii iii iv ia ib ic iia iib iic iiia iiib iiic iva ivb".split())


def is_one_of_stages(stage: str, entry: Phrases) -> bool:
    """Whether a stage is what all patients of the study have: named so in what the paper says of them, and not as one end of a range of stages.

    >>> is_one_of_stages("stage III NSCLC", (("patients", "with", "stage", "iii", "nsclc"),))
    True
    >>> is_one_of_stages("stage I", (("patients", "with", "stage", "i", "to", "iiia", "nsclc"),))
    False
    """
    words = [re.sub(r"^stages$", "stage", w.casefold()) for w in _WORD.findall(stage)]
    for said in entry:
        for at in range(len(said) - len(words) + 1):
            here = [re.sub(r"^stages$", "stage", w) for w in said[at : at + len(words)]]
            if here == words and not {*said[at + len(words) : at + len(words) + 1]} & _NEXT_STAGE:
                return True
    return False


# "43% had CEA > 5 ng/mL": how many, not who.
_OF_A_SHARE = re.compile(r"[\d%)]\s(?:of\s(?:the\s)?patients\s)?(?:had|have|has|with)\s(?:an?\s|elevated\s|baseline\s)*$", re.IGNORECASE)
# "a decline in CEA of 30% or more": by how much, not who. "did not depend on a PD-L1 level of 5% or higher": what was looked at.
_NOT_OF_PEOPLE = re.compile(
    r"\b(?:(?:decline|decrease|reduction|drop|fall|increase|rise|elevation|change|doubling)s?\s(?:in|of)|depend\w*\s(?:up)?on|associated\swith|correlat\w+\swith"
    r"|related\sto|(?:regardless|irrespective|independent(?:ly)?)\sof|influenced\sby|affected\sby)\s(?:(?:an?|the|their|serum|plasma|baseline)\s)*$",
    re.IGNORECASE,
)


def _no_level_of_people(before_it: str) -> bool:
    """Whether a level of a marker is told of how many had it, of how much it changed, or of what was looked at: not of who had an outcome."""
    return _OF_A_SHARE.search(before_it) is not None or _NOT_OF_PEOPLE.search(before_it) is not None


# "in this trial of patients with advanced disease and a good liver": whom the study took in, not some of them.
_STUDY_OF = re.compile(
    r"\b(?:[Tt]h(?:is|e)|[Oo]ur|[Aa]n?|present|current)\s(?:[\w-]+\s){0,5}?(?:study|trial)\s(?:of|in|with|among|including|enrolling)\s(?:the\s|\d+\s)?$"
)
# "Of the two patients with rash, one ...": an event that was counted.
COUNTED_FIRST = re.compile(
    rf"(?:^|[.;]\s)\W*(?:of|among)\s(?:the\s)?(?:\d{{1,3}}|{COUNT_WORD})\s(?:(?:patients|cases|women|men)\s(?:with\s|who\s(?:had|developed)\s))?$",
    re.IGNORECASE,
)
# "in stage II but not in stage I (9 vs 7 months)": the one bracket is of those in whom there was a difference.
_BUT_NOT = re.compile(r"\bbut\snot\s(?:(?:in|for|among|with|of)\s)?(?:the\s)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known of all patients of a paper: how they were let in, the diseases that part them, how many arms there are, and made of what."""

    entry: Phrases = ()
    diseases: frozenset[str] = frozenset()
    arms: int = 0
    given: frozenset[str] = frozenset()
    doses: bool = False


def told_populations(read: ReadSentence, arms: Sequence[Mention], whole: Whole, before: Mention | None) -> list[Mention]:
    """The populations of a sentence that set some patients apart from the others.

    Not those that a sentence only counts as enrolled, that are the study's own eligibility, or that are an arm. "These patients" are those of the
    sentence before, where that spoke of one population.
    """
    text = read.sentence.text
    kept: list[Mention] = []
    for population in read.of(MentionKind.POPULATION):
        before_it = text[: population.span.start]
        if _ENROLLED.search(before_it) or _STUDY_OF.search(before_it) or (population.detail == "marker-level" and _no_level_of_people(before_it)):
            continue
        if population.detail == SINCE.id or (population.detail in PHRASES and _is_arm(text, population, arms, whole.given)):
            continue
        if any(a.detail == "role" and a.span.covers(population.span) for a in read.of(MentionKind.ARM)):
            continue  # "the test group" of a trial, no set of data
        inside = [e for e in read.of(MentionKind.ADVERSE_EVENT) if population.span.covers(e.span)]
        if any(COUNTED_FIRST.search(text[: e.span.start]) for e in inside):
            continue
        if population.detail == "patients-with" and _AVAILABLE.search(population.norm):
            continue
        of_all = is_one_of_stages if population.detail == "stage" else is_entry
        if population.detail not in _LEVELS and of_all(population.norm, whole.entry):
            continue
        if kept and _BUT_NOT.search(before_it) and not re.match(r"[^,;.()]{0,12}[(\[][^()\[\]]*\d", text[kept[-1].span.end :]):
            continue
        kept.append(population)
    apart = [
        p for p in (*of_diseases(read, whole.diseases), *of_kinds(read, whole.diseases)) if not any(p.span.overlaps(k.span) for k in (*kept, *arms))
    ]
    apart += [p for p in of_doses(text) if not any(p.span.overlaps(k.span) for k in kept)] if whole.doses else []
    kept = sorted([*kept, *apart, *_of_any_kind(read, arms, apart, whole)], key=lambda p: p.span)
    kept = kept if arms or len({e.norm for e in read.of(MentionKind.ENDPOINT)}) > 1 else [one for p in kept for one in in_turn(text, p)]
    countries = [p for p in kept if p.detail == "patients-of-a-country"]
    if len({p.norm for p in countries}) == 1:  # where the study was done, unless countries are set against each other
        kept = [p for p in kept if p not in countries]
    if not kept and before is not None:
        match = _ANAPHOR.search(text)
        if match is not None:
            span = CharSpan(*match.span(match.lastgroup or 0))
            return [replace(before, span=span)]
    return kept


# "... were 80% and 60%, respectively", not "the 1- and 2-year rates were ...".
_TWO_IN_TURN = re.compile(
    r"(?<![\d.-])\d[\d.]*\s?%?(?:\s(?:months?|years?|weeks?|days?))?\s?(?:\([^()]*\)\s?)?(?:and|vs\.?|versus)\s\d[^;()]{0,12}(?:\([^()]*\))?,?\s"
    r"(?:months?,?\s|years?,?\s)?respectively\b"
)
# "were 80% and 60% in", behind which the two groups stand, with "respectively" behind them.
_TWO_AHEAD = re.compile(
    r"(?<![\d.-])\d[\d.]*\s?%?(?:\s(?:months?|years?|weeks?|days?))?\s?(?:\([^()]*\)\s?)?(?:and|vs\.?|versus)\s"
    r"\d[\d.]*\s?%?(?:\s(?:months?|years?|weeks?|days?))?(?:\s?\([^()]*\))?\s(?:of|in|for|among)\s(?:the\s|those\s|our\s)?$"
)
_IN_TURN = re.compile(r"(?:\s?\([^()]*\))?,?\srespectively\b")
# "stage II and III disease": what the second is a step of is told with the first.
_KIND_OF_STEP = re.compile(r"(?:[\w-]+\s)?(?:stages?|grades?|class|type|PS|status)\s(?=[IVX\d])", re.IGNORECASE)
_STEP = re.compile(r"(?:I{1,3}|IV|V|\d)[A-Ca-c]?\b")
_LANDMARKS = re.compile(r"\b\w+-?\s(?:and|to)\s\w+[\s-](?:year|month|week|day)s?\b", re.IGNORECASE)


def in_turn(text: str, population: Mention) -> list[Mention]:
    """Two groups told as one phrase, where a sentence tells a value of each: "with liver and lung metastases were 9 and 14 months, respectively".

    The one group as it is where the sentence tells no two values in turn.
    """
    one, link, other = population.norm.partition(" and ")
    told = population.span.of(text)
    if population.detail not in PHRASES or not link or " and " in other or told.count(" and ") != 1:
        return [population]
    ahead = _TWO_AHEAD.search(text, 0, population.span.start) and _IN_TURN.match(text, population.span.end)
    if not (ahead or _TWO_IN_TURN.search(text, population.span.end)) or _LANDMARKS.search(text, 0, population.span.start):
        return [population]
    head = other.split()[-1]
    kind = _KIND_OF_STEP.match(one)
    if kind is not None and _STEP.match(other):
        other = kind.group() + other
    one = f"{one} {head}" if len(one.split()) < len(other.split()) else one
    middle = population.span.start + told.index(" and ")
    spans = CharSpan(population.span.start, middle), CharSpan(middle + len(" and "), population.span.end)
    return [replace(population, span=span, norm=norm) for span, norm in zip(spans, (one, other), strict=True)]


# "112 patients with available scans": of whom something is known, which sets them apart by nothing of theirs.
_AVAILABLE = re.compile(r"\b(?:available|missing)\b|\b(?:data|scans|information)$", re.IGNORECASE)
_WORDS_OF_OTHERS = (
    MentionKind.ARM,
    MentionKind.DRUG,
    MentionKind.DRUG_CLASS,
    MentionKind.PROCEDURE,
    MentionKind.TRIAL,
    MentionKind.ENDPOINT,
    MentionKind.ADVERSE_EVENT,
)
_IN_CONDITIONS = (MentionKind.ADVERSE_EVENT, MentionKind.DRUG_CLASS, MentionKind.PROCEDURE, MentionKind.ARM)
# What a paper calls its own arms by: "R-SC", "A1/P125".
_LABEL_OF_ARM = re.compile(r"\S*[A-Z]\S*[A-Z\d]\S*|\S*\d\S*[A-Z]\S*")
_LEADS = re.compile(r"(?:^\W*(?:In|Among|For|Of|Within)|.*;\s(?:and\s|but\s)?(?:in|among|for|of|within))\s(?:the\s)?(?:\w+\s)?$", re.DOTALL)


# "In frail patients, it was 5 months, and in robust patients 9": what a sentence goes on with is of the kind that it opened with.
_SET_BESIDE = re.compile(
    r"(?:,\s|;\s|\b(?:and|but|than|versus|vs\.?|compared\s(?:with|to)|while|whereas)\s[^,;()]{0,30})(?:in|among|for|of)\s(?:the\s)?$"
)


def _of_any_kind(read: ReadSentence, arms: Sequence[Mention], apart: Sequence[Mention], whole: Whole) -> list[Mention]:
    """The populations that grammar shows where no pattern knows their names: neither arms nor outcomes nor what all patients are."""
    text = read.sentence.text
    others = read.of(*_WORDS_OF_OTHERS)
    found: list[Mention] = []
    taken = [m.span for m in (*read.of(MentionKind.POPULATION), *apart)]
    forms = [one for one in find_forms(text, taken) if not _ENROLLED.search(text[: one.span.start]) and not is_entry(one.norm, whole.entry)]
    alike = _of_one_treatment(forms, others)
    listed = {one.norm for one in forms if one.detail in LOCAL | GROUPS | PAIRS}
    opened = any(one.detail in GROUPS and _LEADS.match(text[: one.span.start]) for one in forms)
    for one in forms:
        inside = [m for m in others if m.span.overlaps(one.span) and m not in alike and not (one.detail == COUNTED.id and _is_marker(m))]
        graded = one.norm.startswith("grade") and any(m.kind is MentionKind.ADVERSE_EVENT or m.norm == "AE" for m in others)
        if one.detail == GIVEN.id:
            if is_besides(one.norm, inside, whole.given):
                found.append(one)
            continue
        if one.detail == BY_RESPONSE.id:
            if any(m.norm in _LATER_OUTCOMES and m not in inside for m in others):
                found.append(one)
            continue
        if graded or _names_another(one, inside, told_apart=len(listed) > 1) or (one.norm == "untreated" and not _TREATED_BEFORE.search(text)):
            continue
        against = opened and _SET_BESIDE.search(text[: one.span.start]) is not None and not _LABEL_OF_ARM.search(one.norm)
        if whole.arms > 1 and not against and _may_be_arm(text, one, arms):
            continue
        found.append(one)
    return [*found, *_conditions_again(text, found)]


def _is_marker(mention: Mention) -> bool:
    """Whether what is named is a marker, of which those who were counted had more or less ("10 of 33 (30%) with a normal LDH")."""
    return mention.kind is MentionKind.ENDPOINT and quantities_of()[mention.norm] == "level"


def _of_one_treatment(forms: Sequence[Mention], others: Sequence[Mention]) -> list[Mention]:
    """The mentions of a treatment that all groups of a list had, and that tells none of them from the others: "after R0 and after R1 resection"."""
    given = [[m for m in others if m.kind in _TREATMENTS and one.span.covers(m.span) and m.span != one.span] for one in forms if one.detail in LOCAL]
    names = [{m.norm for m in inside} for inside in given]
    said = [n for n in names if n]  # "after R0 and after R1 resection": what all had may be said with the last alone
    return [m for inside in given for m in inside] if len(names) > 1 and names[-1] and all(n == said[0] for n in said) else []


# "untreated" patients are as much an arm, where none are told of who were treated before.
_TREATED_BEFORE = re.compile(r"\b(?:pre-?treated|(?:previously|already)\streated|refractory|relapsed|(?:second|third)-line)\b", re.IGNORECASE)
_LATER_OUTCOMES = frozenset({"OS", "PFS", "DFS", "RFS", "EFS", "CSS", "TTP", "DOR", "FOLLOW_UP"})
_TREATMENTS = frozenset({MentionKind.ARM, MentionKind.PROCEDURE, MentionKind.DRUG_CLASS})


def _names_another(one: Mention, inside: Sequence[Mention], *, told_apart: bool) -> bool:
    """Whether what a form shows is an outcome, an arm, or the disease of all, and no group of patients.

    `inside`: what is named there; `told_apart`: several groups are told of in one list.
    """
    if one.detail in (WHOLE_SET, AROUND_SURGERY):
        return False
    condition, level = one.detail in CONDITIONS, one.detail in IN_LISTS and _LEVEL.match(one.norm) is not None
    given = _IN_CONDITIONS if condition else (MentionKind.ADVERSE_EVENT,) if level or one.detail == WITH_OR_WITHOUT.id else ()
    disease = not (condition or level or one.detail in PAIRS) and names_disease_alone(one.norm) and not (told_apart and one.detail in LOCAL)
    return disease or (one.detail != LEFT_OUT.id and any(m.kind not in given for m in inside))


# "no weight loss", "<5% weight loss": what some had less of than others, not that it happened.
_LEVEL = re.compile(r"no\s|[<>]|\d|(?:\w+\s)?(?:stage|class|score|type|grade)s?\s|.*(?:treated|-na[iï]ve|-line)$")


# Stages, grades and risks, which no arm is called by.
_NO_TREATMENT = re.compile(
    r"[TNM][0-4][a-c]?\b|(?:(?:very\s)?(?:low|high)|intermediate|standard|good|poor|favou?rable)[\s-]risk\b|(?:stage|grade|class|ISS|FIGO|ECOG)\b"
)


_IS_MARKED = re.compile(
    r"(?:^|[\s-])(?:positive|negative|mutant|mutated|wild[\s-]type|amplified|non-?amplified|(?:un)?methylated|deficient|proficient|rearranged)$",
    re.IGNORECASE,
)


def _may_be_arm(text: str, one: Mention, arms: Sequence[Mention]) -> bool:
    """Whether what a form shows may be an arm by a name that is not known: in a study of several arms, where the sentence names none of them."""
    if STATE.fullmatch(one.norm) or _NO_TREATMENT.match(one.norm) or _IS_MARKED.search(one.norm) or names_disease_in_words(one.norm):
        return False
    if one.detail == WHOLE_SET:
        return False
    if one.detail in LOCAL:
        return not arms
    return one.detail in GROUPS and (_LABEL_OF_ARM.search(one.norm) is not None or not (arms or _LEADS.match(text[: one.span.start])))


def _conditions_again(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """The other side of a condition: "59% when the ratio exceeded 4 and 78% when it did not"."""
    for match in AGAIN.finditer(text):
        told = [c for c in found if c.detail in CONDITIONS and c.span.end <= match.start()]
        if told:
            denied = re.match(r"(?:no|not|without)\s", told[-1].norm) is not None
            same = denied == (match.group("denied") is not None)
            norm = told[-1].norm if same else negated(told[-1])
            yield Mention(MentionKind.POPULATION, CharSpan(*match.span("what")), norm, detail=told[-1].detail)


def _is_arm(text: str, population: Mention, arms: Sequence[Mention], given: frozenset[str]) -> bool:
    """Whether patients are told apart by nothing but what they were treated with, and their study gave."""
    named = [a for a in arms if (a.parts or a.detail == "label") and a.span.overlaps(population.span)]
    inside = [a.span for a in named]
    if not inside or underwent_besides(population.span.of(text), named, given):
        return False
    said = list(text)
    for span in inside:
        said[span.start : span.end] = " " * (span.end - span.start)
    rest = words_of("".join(said[population.span.start : population.span.end]))
    return not any(w for w in rest & words_of(population.norm) if w not in _OF_ARMS)


_OF_ARMS = frozenset(
    "therapy treatment regimen based alone only chemotherapy monotherapy arm group plus combination combined study underwent single agent".split()
)
# Levels that eligibility gives as a range (ECOG PS 0 to 2) and results one by one; and sets, which no eligibility names.
_LEVELS = frozenset({"marker-level", "performance-status", "child-pugh-class", "risk-class", "cohort", "named-cohort", "analysis-set", "responders"})
PHRASES = frozenset({"patients-with", IN_A_STATE.id, GIVEN.id, OF_DISEASE, "subgroup-called", "in-patients-with", "those-who", "patients-in-whom"})


def locus(text: str, populations: Sequence[Mention]) -> Mention | None:
    """The population that a statement opens with: "In patients with X, ..." is said of these alone; None where it opens otherwise."""
    for population in populations:
        opened = re.match(r"(?:in|among|for|of|within)\b", text[population.span.start : population.span.end], re.IGNORECASE)
        ahead = text[: population.span.start] + ("In " if opened else "")
        end = len(text[: population.span.end].rstrip(" ,"))  # the comma may be part of what told the population
        behind = text[end : end + 90]
        if _LOCUS.search(ahead) and re.match(
            r"\s?(?:groups?|sub-?groups?|subsets?|patients|women|men|cohort|disease|tumou?rs)?\s?(?:[(\[][^()\[\]]*[)\]])?\s?"
            r"(?:,|\b(?=\s?(?:the|it|there|an?|no|only|median|overall)\s))",
            behind,
        ):
            return population
        if population.detail in CONDITIONS and _CONDITION_OPENS.search(text[: population.span.start]):
            return population
    return None


# Groups that others are told of within: sets of data, cohorts, diseases.
_WIDE = frozenset({"named-cohort", "disease-group", "cohort"})
HOLDS_OTHERS = _WIDE | {"heading"}
"""The details of groups within which those that a later sentence names are told; any other group is set against them."""
_TELLS_VALUE = re.compile(r"\d\s?(?:%|months?\b|years?\b|weeks?\b|days?\b)|\d\s?/\s?\d|\d\sof\s(?:the\s)?\d")


def outer_of(text: str, populations: Sequence[Mention]) -> Mention | None:
    """The group that a sentence opens with and tells others of within: "In the validation set, OS was 15 months in men and 28 months in women".

    A group that has a value of its own before the next one is set against it, unless it is of a kind that holds others.
    """
    opens = locus(text, populations)
    if opens is None or opens.detail in CONDITIONS or opens.span.start > _OPENS_WITHIN:
        among = [p for p in populations if _AMONG.search(text[: p.span.start]) and text[p.span.end :].startswith(",")]
        before = {p.norm for p in populations if among and p.span.end <= among[0].span.start}
        return among[0] if len(before) > 1 and before | {among[0].norm} == {p.norm for p in populations} else None
    others = [p for p in populations if p.span.start >= opens.span.end and p.norm != opens.norm]
    between = without_brackets(text[opens.span.end : others[0].span.start]) if others else ";"
    if ";" in between or any(p.detail == opens.detail for p in others if opens.detail in _WIDE):
        return None
    values = list(_TELLS_VALUE.finditer(between))
    of_other = len(values) == 1 and _LEADS_TO.fullmatch(between[values[0].end() :])
    apart = len({p.norm for p in others}) > 1 and (not values or of_other)
    return opens if apart or opens.detail in _WIDE else None


_OPENS_WITHIN = 25
_AMONG = re.compile(r"\bamong\s(?:the\s)?$")  # "N0 versus N1 among those with small tumors, ..."
_LEADS_TO = re.compile(r"\s*(?:(?:in|for|among|of|with)\s(?:the\s|those\s|patients\s|with\s)*)?")
_CONDITION_OPENS = re.compile(r"(?:^|[;.]\s)\W*(?:(?:where|when|if)\s(?:the\s|an?\s)?)?$", re.IGNORECASE)


def of_a_disease(text: str, at: int) -> Mention | None:
    """Who a result is of that no treatment is told of: "the outcome of patients with brain metastases is poor, with a median survival of 4 months".

    Those named last before it, else right behind it.
    """
    told = list(people_with(text))
    ahead = [p for p in told if p.span.end <= at]
    behind = [p for p in told if p.span.start > at and not re.search(r"[;,]|\d.*\d", text[at : p.span.start])]
    return ahead[-1] if ahead else behind[0] if behind else None


_LABEL = re.compile(r"\s*(?P<what>[A-Za-z][\w<>≤≥=/+ -]{2,40}?)\s?[,:]\s(?:(?:median|mean|rate)\s)?")
_NO_LABEL = re.compile(
    r"\b(?:HR|OR|RR|CI|SD|IQR|n|p|median|mean|range|rates?|arms?|groups?|vs|versus|months?|years?|hazard|ratio|log-?rank|respectively|table|figure|fig|and|or"
    r"|compared|difference|patients|grade|overall|all|data)\b",
    re.IGNORECASE,
)


def label_in_bracket(text: str, at: int, others: Sequence[Mention]) -> Mention | None:
    """The group that a part of a bracket is labelled with: "(normal LDH, median 7 vs 3 months; raised LDH, 3 vs 2)"; None where a part has none.

    Args:
        text: the sentence.
        at: where the values of the part begin.
        others: what no label is: arms, endpoints, events.
    """
    bracket = opening(text, at)
    close = text.find(")", at) if bracket is not None else -1
    if bracket is None or close < 0 or text[bracket] != "(":
        return None
    bounds = [bracket + 1, *(bracket + 1 + m.end() for m in re.finditer(r";\s", text[bracket + 1 : close])), close]
    parts = [(start, text[start:end]) for start, end in pairwise(bounds)]
    labels = [(start, _LABEL.match(part)) for start, part in parts]
    told = (
        m is not None and re.match(r"[<>]?\d", p[m.end() :]) and not _NO_LABEL.search(m.group("what"))
        for (_, p), (_, m) in zip(parts, labels, strict=True)
    )
    if len(parts) < 2 or not all(told):
        return None
    start, match = next(((s, m) for s, m in reversed(labels) if s <= at), (0, None))
    if match is None:
        return None
    span = CharSpan(start + match.start("what"), start + match.end("what"))
    if any(o.span.overlaps(span) for o in others):
        return None
    return Mention(MentionKind.POPULATION, span, span.of(text), detail="label-in-bracket")


# What may stand between a group's name and its bracket.
NAMES_GROUP = re.compile(r"\s?(?:patients|tumou?rs|disease|subgroups?|groups?)?\s?(?:only\s)?", re.IGNORECASE)


def of_own_bracket(text: str, at: int, populations: Sequence[Mention]) -> Mention | None:
    """The group right before the bracket of a place, in a list of groups of which each has a bracket of its own: "in men (5 vs 4), women (6 vs 3)".

    One group alone before a bracket may be set against those who are not of it; so may two in one part of the list.
    """
    bracket = outermost(text, at)
    if bracket is None:
        return None
    owners = {p.norm: p for p in populations if _NUMBERS_BEHIND.match(text, p.span.end)}
    mine = [p for p in owners.values() if p.span.end <= bracket and NAMES_GROUP.fullmatch(text[p.span.end : bracket])]
    if len(owners) < _LEAST_LISTED or not mine:
        return None
    flat = without_brackets(text[:bracket])
    start = max((p.span.end for p in owners.values() if p.span.end < mine[-1].span.start), default=0)
    others = {p.norm for p in populations if start <= p.span.start and p.span.end <= bracket}
    return mine[-1] if others == {mine[-1].norm} and not _SETS_GROUPS.search(flat[start:]) else None


def bracketed(text: str, at: int, populations: Sequence[Mention]) -> Mention | None:
    """The group right before the bracket of a value, where another has a bracket of its own: "longer in men (21 months) than in women (9)"."""
    bracket = outermost(text, at)
    owners = [p for p in populations if _NUMBERS_BEHIND.match(text, p.span.end)]
    if bracket is None or len({p.norm for p in owners}) < _LEAST_LISTED:
        return None
    return next((p for p in owners if p.span.end <= bracket and NAMES_GROUP.fullmatch(text[p.span.end : bracket])), None)


_LEAST_LISTED = 2
_NUMBERS_BEHIND = re.compile(r"\s?(?:patients|tumou?rs|disease|subgroups?|groups?)?\s?(?:only\s)?[(\[][^()\[\]]*\d", re.IGNORECASE)
_SETS_GROUPS = re.compile(r"\b(?:than|versus|vs\.?|compared\s(?:with|to))\s", re.IGNORECASE)


_QUALIFIED = re.compile(
    r"\s(?P<how>without|with|and)\s(?P<what>[a-z]+(?:\s[a-z]+)??)(?=\s(?:groups?|arms?|patients|was|were|had|versus|vs)\b|\s?[,.;()\[\]]|$)"
)


def qualified_arms(text: str, arms: Sequence[Mention]) -> dict[int, Mention]:
    """Those of an arm who had something or had it not, by where the arm stands: "9 months for A and rash, 3 months for A without rash".

    Only where the sentence sets the two apart.
    """
    found = {}
    for arm in arms:
        match = _QUALIFIED.match(text, arm.span.end)
        if match is None or any(m.span.overlaps(CharSpan(*match.span("what"))) for m in arms):
            continue
        others = r"(?:with|and)" if match.group("how") == "without" else "without"
        if re.search(rf"\s{others}\s{re.escape(match.group('what'))}\b", text):
            norm = f"without {match.group('what')}" if match.group("how") == "without" else match.group("what")
            found[arm.span.start] = Mention(MentionKind.POPULATION, CharSpan(*match.span("what")), norm, detail="qualified-arm")
    return found


def within_one_population(text: str, populations: Sequence[Mention]) -> bool:
    """Whether a sentence opens with the one population that it names: what it compares is compared in these patients."""
    return len({p.norm for p in populations}) == 1 and locus(text, populations) is not None


BETWEEN_ARMS = re.compile(r"\bbetween\s(?:the\s)?(?:two|both)?\s?(?:treatment\s|study\s)?(?:arms|groups|treatments|regimens)\b", re.IGNORECASE)
# Of whom an outcome is better or worse, or more or less often: patients are set against each other.
_COMPARES_GROUPS = re.compile(
    r"""
    \b (?: worse | poorer | shorter | inferior | lower | longer | better | higher | superior | greater | improved | reduced | decreased | increased
      | more | less | fewer | rarer | prolonged | un?favou?rable | favou?rable | associat\w+ | correlat\w+ | predict\w* | prognos\w+ | related
      | linked | risk | than | compared | between | according | depend\w+ | without | those\swho | others? | rest | remaining | latter ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ANOTHER_PART = re.compile(r",\s(?:and|but|whereas|while)\s(?=(?:this|the|these|it)\b)")


def told_of_one_group(text: str, populations: Sequence[Mention], values: CharSpan) -> bool:
    """Whether what values compare is compared in one group of patients, or in all: "late progressors had a PFS of 6 vs 4 months".

    Where the part of the sentence that the values stand in says that a group does better or worse, or names two groups, they may be of the groups.
    """
    if within_one_population(text, populations) or not (populations or PEOPLE_WITH.search(text)):
        return True
    if of_own_bracket(text, values.start, populations) is not None and BETWEEN_ARMS.search(text[: values.start]):
        return True
    flat = without_brackets(text)
    start = max((m.end() for m in _ANOTHER_PART.finditer(flat, 0, values.start)), default=0)
    start = max(start, statement_start(flat, values.start))
    stop = min((m.start() for m in re.finditer(r"[;,]\s|\.\s", flat[values.end :])), default=len(flat) - values.end) + values.end
    near = {p.norm for p in populations if start <= p.span.start < stop}
    part = text[start:stop]
    if not near and not PEOPLE_WITH.search(part):
        return True
    return len(near) <= 1 and len(PEOPLE_WITH.findall(part)) <= 1 and not _COMPARES_GROUPS.search(flat[start : values.start])
