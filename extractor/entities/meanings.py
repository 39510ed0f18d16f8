"""What a document's own abbreviations mean to it: names of its treatments and endpoints, or something else than the lexicons would read.

"LV" is leucovorin where the paper says so, and "PR" is no partial response in a paper that defines it as the progesterone receptor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.document import CharSpan
from extractor.entities.abbreviations import read_abbreviations
from extractor.entities.concepts import is_a
from extractor.entities.drugs import find_drugs
from extractor.entities.endpoints import find_endpoints, find_events
from extractor.entities.mention import Mention, MentionKind, Part
from extractor.lexicons import drug_classes, drugs, endpoints, procedures, regimens
from extractor.lexicons.added import added

TREATMENTS = frozenset({MentionKind.DRUG, MentionKind.DRUG_CLASS, MentionKind.PROCEDURE})
_OF_TRIAL = re.compile(r"\b(?:trials?|study|studies|versus|vs)\b", re.IGNORECASE)
# Codes that take in whatever has a name: no definition is against them.
_WIDE = frozenset({"QOL", "OTHER", "BIOMARKER"})
_LONGEST = 80
"""Characters before a bracket in which the name of a procedure stands that it abbreviates."""
_SAME_WORD = 4
"""Letters that two words share at their beginning when they are forms of one ("stable", "stability")."""


@dataclass(frozen=True)
class Meanings:
    """The abbreviations of a document.

    Attributes:
        names: those of an endpoint or a treatment, with a mention that shows which; its span is of no text.
        others: those that a lexicon knows and that are something else here, in the singular.
        defined: all of them but those whose long form says that they are trials.
        trials: those of the name of a trial ("the Zeta Versus Placebo Trial (ZEPT)").
    """

    names: Mapping[str, Mention]
    others: frozenset[str]
    defined: frozenset[str] = frozenset()
    trials: frozenset[str] = frozenset()

    def kept(self, text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
        """The mentions of a sentence without those that the document means otherwise."""
        for mention in mentions:
            if mention.kind not in TREATMENTS | {MentionKind.ENDPOINT} or _singular(mention.span.of(text)) not in self.others:
                yield mention

    def find(self, text: str) -> Iterator[Mention]:
        """The document's own names in a sentence."""
        for match in self._pattern.finditer(text) if self.names else ():
            like = self.names[match.group("name")]
            yield Mention(like.kind, CharSpan(*match.span("name")), like.norm, like.parts, like.detail)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = "|".join(re.escape(name) for name in sorted(self.names, key=lambda n: (-len(n), n)))
        return re.compile(rf"(?<![\w/-])(?P<name>{names})(?:s\b|(?![\w]|-\d))")


def read_meanings(texts: Sequence[str]) -> Meanings:
    """The meanings of the abbreviations that a document defines; what the lexicons already read as it is meant is left to them."""
    names: dict[str, Mention] = {}
    others: set[str] = set()
    defined = read_abbreviations(texts)
    others.update(_of_another_field(texts, defined))
    for short, narrower in _narrower(texts).items():
        names[short] = narrower
        others.add(short)
    for short, long in defined.items():
        if _singular(short) in names:
            continue
        known, told = _whole(_singular(short)), [*find_endpoints(long), *find_drugs(long)]
        if known is None:
            whole = _whole(long) or _in_a_way(long)
            if whole is not None:
                names[_singular(short)] = whole
            elif (event := _event_at_end(short, long)) is not None:
                names[_singular(short)] = event
            elif not told and _is_agent(short, long, texts):
                called = _called(short, long, texts)
                names[short] = Mention(MentionKind.DRUG, CharSpan(0, len(short)), called, (Part(called, "drug"),))
        elif not _agree(known, told, long):
            others.add(_singular(short))
        elif (meant := _other_treatment(known, long)) is not None:
            names[_singular(short)] = meant
            others.add(_singular(short))
    named = frozenset(short for short, long in defined.items() if _NAME_OF_TRIAL.fullmatch(long) and not _NO_TRIAL.search(long) and short.isupper())
    return Meanings(names, frozenset(others), frozenset(short for short, long in defined.items() if not _OF_TRIAL.search(long)), named)


# What a paper speaks of somewhere if an abbreviation of two letters that has other meanings is the endpoint in it: "SD" is a spread, "PD" a group,
# "CR" a scale and "RR" a blood pressure in papers that never say what the endpoint is.
_SPEAKS_OF = {
    "SD": re.compile(
        r"\bstable\s(?:\w+\s)?(?:disease|tumou?rs?)|disease\sstabili[sz]|\bRECIST\b|\bpartial\s(?:response|remission)|\bPRs?\b|\bprogressive\sdisease",
        re.I,
    ),
    "PD": re.compile(r"\bprogress(?:ed|ion|ive)\b|\bRECIST\b|\bPRs?\b"),
    "PR": re.compile(r"\bpartial\b|\bRECIST\b|\bremissions?\b|\bCRs?\b", re.I),
    "CR": re.compile(r"\bcomplete\s(?:\w+\s){0,2}(?:respon|remission|control)|\bRECIST\b|\bremissions?\b|\bPRs?\b|\bpartial\srespon", re.I),
    "RR": re.compile(r"\brespon[ds]|\bremission", re.I),
}


_EXPLAINS = 3000
"""Characters from which on a text is a paper that explains its abbreviations, and no piece of one."""


def _of_another_field(texts: Sequence[str], defined: Mapping[str, str]) -> Iterator[str]:
    """The abbreviations that may be endpoints and are none here: the document neither explains them nor speaks of any such thing."""
    if sum(map(len, texts)) < _EXPLAINS:
        return
    for short, needed in _SPEAKS_OF.items():
        if short not in defined and not any(needed.search(text) for text in texts):
            yield short


# A name: every word of it in capitals but the small ones.
_CAPITALIZED = r"(?:[A-Z\d][\w'/-]*|of|for|in|and|the|with|on|to|or|vs\.?|versus|by|after)"
_NAME_OF_TRIAL = re.compile(rf"(?:{_CAPITALIZED}\s)+(?:Trial|Study)(?:\s{_CAPITALIZED})*|(?:Trial|Study)(?:\s{_CAPITALIZED})+")
_NO_TRIAL = re.compile(r"\b(?:Associations?|Groups?|Committees?|Regist\w+|Board|Unit|Office|Society|Database|Scale|Statement|Monitor\w*)\b")


_GIVEN = re.compile(
    r"\b(?:received|receiving|treated\swith|administ\w+(?:\sof)?|doses?\sof|injections?\sof|combination\swith|combined\swith|plus)\s$", re.IGNORECASE
)
_AS_AGENT = re.compile(
    r"\s(?:injections?|(?:was|were)\s(?:administered|given|injected)|(?:at\s)?\d+(?:\.\d+)?\s?(?:mg|[µμ]g)|plus|in\scombination|combined\swith)\b"
)
# What is no agent though patients may be said to have received or to be treated with it: diseases, groups, ways and settings.
_NO_AGENT = re.compile(
    r"\b(?:\w+omas?|\w*tumou?rs?|cancers?|diseases?|syndrome|groups?|arms?|cohort|infusion|intravenous(?:ly)?|oral(?:ly)?|intensive\scare|units?|scans?"
    r"|tomography|imaging|scale|score|index|questionnaire|study|trial|volume|dose|fractionation|supplementation|education|care|program\w*|support"
    r"|therapy|treatment|training|stimulation|ventilation|intervention|interventions|block|surgery|pressure|disorders?|\w+itis|h(?:a)?emorrhage|violence"
    r"|fertili[sz]ation|release|formulation|lithotripsy|injection|test|testing|inhaler|tablets?|levels?|society|rate|system|medication|flap|device)$",
    re.IGNORECASE,
)
_LEAST_GIVEN = 3


def _is_agent(short: str, long: str, texts: Iterable[str]) -> bool:
    """Whether what the document abbreviates is an agent of no lexicon: it is given, injected, dosed or combined, again and again."""
    if _NO_AGENT.search(long) or not any(c.isupper() for c in short):
        return False
    name = re.compile(rf"(?<![\w-]){re.escape(short)}(?![\w-])")
    given = sum(
        bool(_GIVEN.search(text[max(m.start() - 40, 0) : m.start()]) or _AS_AGENT.match(text, m.end())) for text in texts for m in name.finditer(text)
    )
    return given >= _LEAST_GIVEN


def _called(short: str, long: str, texts: Iterable[str]) -> str:
    """The name of an agent of no lexicon: the one that the paper uses more often, which is where its readers look for it."""
    spelled = len(long.split())
    in_full = re.compile(rf"(?<![\w-]){re.escape(long)}(?![\w-])", re.IGNORECASE)
    in_short = re.compile(rf"(?<![\w-]){re.escape(short)}(?![\w-])")
    full, brief = (sum(len(name.findall(text)) for text in texts) for name in (in_full, in_short))
    return short if spelled > 1 and brief > full else long.lower()


_SHORT = re.compile(r"\s\((?P<short>[A-Z][A-Za-z-]{1,6}?)s?(?=[);,])")


def _narrower(texts: Iterable[str]) -> dict[str, Mention]:
    """Abbreviations of a procedure that the document, each time that it explains them, gives to one kind of it: "short-course radiotherapy (RT)"."""
    told: dict[str, dict[str, Mention]] = {}
    for text in texts:
        for match in _SHORT.finditer(text):
            known = _whole(match.group("short"))
            if known is None or known.kind is not MentionKind.PROCEDURE:
                continue
            start = max(match.start() - _LONGEST, 0)
            before = next((m for m in find_drugs(text[start : match.start()]) if m.span.end == match.start() - start), None)
            if before is not None:
                told.setdefault(match.group("short"), {})[before.norm] = before
    found = {}
    for short, named in told.items():
        known, kind = _whole(short), next(iter(named.values()))
        if len(named) == 1 and known is not None and known.norm != kind.norm and kind.norm.endswith(known.norm) and kind.kind is known.kind:
            found[short] = kind
    return found


def _whole(text: str) -> Mention | None:
    """The endpoint or treatment that a text is the name of."""
    for mention in (*find_endpoints(text), *find_drugs(text)):
        if mention.span == CharSpan(0, len(text)):
            return mention
    return None


_DOSE_BEHIND = re.compile(r"(?:\s(?:at\s)?\d+(?:\.\d+)?\s?\w+(?:/\w+)?(?:\s(?:daily|weekly|once|twice))*)?")
_WAY_BEFORE = re.compile(
    r"(?:(?!no\b|prior\b|previous\b|without\b|after\b|post|pre|anti|resistan|refractory|relapse|progressi)[a-z-]+\s){0,2}", re.IGNORECASE
)


def _in_a_way(long: str) -> Mention | None:
    """The one drug that a text names with a dose or with words on how it was given: "metronomic capecitabine", "lanreotide 120 mg"."""
    found = [m for m in find_drugs(long) if m.parts]
    if len(found) != 1 or found[0].kind is not MentionKind.DRUG or not any(c.islower() for c in long):
        return None
    way = _WAY_BEFORE.fullmatch(long[: found[0].span.start]) and _DOSE_BEHIND.fullmatch(long[found[0].span.end :])
    return found[0] if way else None


def _event_at_end(short: str, long: str) -> Mention | None:
    """The adverse event that a document abbreviates: what the abbreviation stands for ends in one, "clinically relevant bleeding (CRB)"."""
    event = next((e for e in find_events(long) if e.span.end == len(long)), None)
    known = next(find_events(_singular(short)), None)
    if event is None or known is not None or not any(c.isupper() for c in short):
        return None
    return Mention(MentionKind.ADVERSE_EVENT, CharSpan(0, len(short)), long.casefold(), detail=event.detail)


def _agree(known: Mention, told: Sequence[Mention], long: str) -> bool:
    """Whether a definition may be one of what the lexicon reads: it tells something of that kind, or most of its words are of one of its names."""
    if known.norm in _WIDE:
        return True
    same = [t for t in told if (t.kind in TREATMENTS if known.kind in TREATMENTS else t.kind is known.kind)]
    if len(known.parts) > 1 and any(t.kind is MentionKind.DRUG for t in same):  # a regimen of other drugs is another regimen
        return any(set(t.parts) & set(known.parts) for t in same)
    if same:
        return True
    words = _stems(long)
    return 2 * len(words & {stem for name in _names(known) for stem in _stems(name)}) > len(words)


def _other_treatment(known: Mention, long: str) -> Mention | None:
    """The one treatment that a document abbreviates by letters that the lexicons have for another: "cabozantinib (CAB)" is no blockade."""
    meant = _whole(long)
    if meant is None or meant.kind not in TREATMENTS or known.kind not in TREATMENTS or set(meant.parts) & set(known.parts):
        return None
    related = any(is_a(a.name, b.name) or is_a(b.name, a.name) for a in meant.parts for b in known.parts)
    return None if related else meant


def _names(known: Mention) -> Iterator[str]:
    if known.kind is MentionKind.ENDPOINT:
        yield from (term for row in added().endpoints if row.code == known.norm for term in row.terms)
        yield from (term for endpoint in endpoints() if endpoint.code == known.norm for term in endpoint.terms)
        return
    norms = {known.norm, *(part.name for part in known.parts)}
    yield from (name for drug in (*added().drugs, *drugs()) if drug.inn in norms for name in drug.names)
    yield from (name for regimen in regimens() if regimen.name in norms for name in regimen.names)
    yield from (name for procedure in procedures() if procedure.name in norms for name in procedure.names)
    yield from (name for drug_class in drug_classes() if drug_class.name in norms for name in drug_class.names)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_SAME_WORD].casefold() for word in re.findall(r"[^\W\d_]{4,}", text))


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[-2:-1].isupper() else short
