"""Trials: names from the lexicon, and registry ids by their form."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities.mention import Mention, MentionKind
from extractor.entities.names import NameIndex
from extractor.lexicons import Trial, trials
from extractor.lexicons.added import Added, added

# Forms of ids: ClinicalTrials.gov, ISRCTN, UMIN, Chinese, EU, Australian-New Zealand, Dutch, German, Japanese, Korean, Indian registries.
REGISTRY_ID = re.compile(
    r"""\b(?: NCT\s?0\d{7} | ISRCTN\s?\d{8} | UMIN\s?0{2,}\d{6,7} | C000000\d{3} | ChiCTR[A-Z-]*\d{8,10}
        | (?:EudraCT\s*(?:number|no\.?|:)?\s*)?20\d\d-0\d{5}-\d\d | ACTRN\s?\d{14} | NTR\s?\d{3,4} | DRKS\s?\d{8} | JapicCTI-?\s?\d{6}
        | jRCTs?\d{9,} | KCT\s?\d{7} | CTRI/\d{4}/\d\d/\d{6} | NCRN\s?\d{3,4} )\b""",
    re.VERBOSE,
)
# Families whose members are numbered: a number that the list lacks is still a trial.
FAMILY = re.compile(
    r"\b(?:KEYNOTE|CheckMate|IMbrave|IMpower|IMpassion|IMvigor|IMmotion|IMspire|ORIENT|RATIONALE|JAVELIN|DESTINY-\w+|LEAP|EMERALD|COSMIC|MONARCH|PALOMA|MONALEESA|"
    r"ARIEL|SOLO|ZUMA|KarMMa|CARTITUDE|TROPiCS|ASCENT|NSABP\s?[BCPR]|CALGB|SWOG|S?WOG|ECOG|RTOG|EORTC|GOG|NRG-[A-Z]{2}|ACOSOG|NCIC\s?CTG|JCOG|AIO|PRODIGE|HOVON)\)?[\s-]?\d{2,5}(?:[./-]\d{1,4})?[A-Z]?\b",
    re.IGNORECASE,
)
_CUE = re.compile(r"\b(?:trials?|stud(?:y|ies)|phase|randomi[sz]ed|cohort|investigators|analysis)\b", re.IGNORECASE)
_SOCIETY_USE = re.compile(r"\s*(?:PS|performance|score|status|criteria|guidelines?|classification|toxicity|QLQ)", re.IGNORECASE)


# "13 in the ABC arm, 19 in the NVP arm": a drug that has the name of a trial.
_IS_ARM = re.compile(r"(?:\s(?:arms?|groups?|recipients)\b|[-\s]treated\b)")


# A trial that goes on under the name of an earlier one, where the list has the earlier one alone.
_SEQUEL = re.compile(r"(?<![\d])-\d{1,2}(?![\d%/-]|[.,]\d|\s?(?:months?|years?|weeks?|days?|patients)\b)")


def _index() -> NameIndex[Trial]:
    return _index_with(added())


@lru_cache(maxsize=4)
def _index_with(more: Added) -> NameIndex[Trial]:
    return NameIndex((name, trial) for trial in (*more.trials, *trials()) for name in (trial.name, *trial.variants))


def find_trials(text: str) -> Iterator[Mention]:
    """The trials named in a folded text; `detail` is the registry id where the text itself is one."""
    taken: list[CharSpan] = []
    for match in REGISTRY_ID.finditer(text):
        span = CharSpan(*match.span())
        taken.append(span)
        yield Mention(MentionKind.TRIAL, span, re.sub(r"\s", "", match.group()), detail=match.group())
    for hit in _index().find(text):
        if any(hit.span.overlaps(t) for t in taken) or not _is_meant(text, hit.span, hit.concept):
            continue
        later = _SEQUEL.match(text, hit.span.end)
        if later is not None:  # "NAME-2" is not NAME
            hit_span = CharSpan(hit.span.start, later.end())
            taken.append(hit_span)
            yield Mention(MentionKind.TRIAL, hit_span, hit_span.of(text))
            continue
        taken.append(hit.span)
        yield Mention(MentionKind.TRIAL, hit.span, hit.concept.name)
    for match in FAMILY.finditer(text):
        span = CharSpan(*match.span())
        if not any(span.overlaps(t) for t in taken):
            yield Mention(MentionKind.TRIAL, span, match.group().replace(")", ""))


def _is_meant(text: str, span: CharSpan, trial: Trial) -> bool:
    """Whether a name stands for the trial here and not for the word or the society it also is."""
    printed = span.of(text)
    if _SOCIETY_USE.match(text, span.end):
        return False
    numbered = any(c.isdigit() for c in printed)
    if not numbered and printed[1:].islower() and printed[:1].isalpha():
        return False
    if trial.cue and not numbered:
        if _IS_ARM.match(text, span.end):
            return False
        named = re.search(r"\b(?:according to|in|from|of|the)\s$", text[: span.start], re.IGNORECASE)
        if len(printed) >= 5 and printed.isupper() and named and not text.isupper():
            return True
        return bool(_CUE.search(text, max(span.start - 40, 0), min(span.end + 40, len(text))))
    return True


# "X (NCT0...)", "X trial (ClinicalTrials.gov identifier: NCT0...)", "X, NCT0...", and an id before its name: "NCT0... (X)".
_NAME_THEN_ID = re.compile(r"(?:\s(?:trial|study))?(?:\s?[\[(][^()\[\]]{0,60}|,\s(?:[\w.]+\s){0,4}[\w.]*:?\s?)", re.IGNORECASE)
_ID_THEN_NAME = re.compile(r"(?:\s(?:trial|study))?\s?[\[(](?:the\s)?", re.IGNORECASE)


def read_registry_ids(sentences: Iterable[tuple[str, Sequence[Mention]]]) -> dict[str, str]:
    """The registry ids that a document prints beside the names of trials; a name with two ids has none.

    Args:
        sentences: folded texts with their mentions.
    """
    found: dict[str, set[str]] = {}
    for text, mentions in sentences:
        trials_here = sorted((m for m in mentions if m.kind is MentionKind.TRIAL), key=lambda m: m.span)
        for before, after in pairwise(trials_here):
            between = text[before.span.end : after.span.start]
            if after.detail and not before.detail and _NAME_THEN_ID.fullmatch(between):
                found.setdefault(before.norm, set()).add(after.norm)
            elif before.detail and not after.detail and _ID_THEN_NAME.fullmatch(between):
                found.setdefault(after.norm, set()).add(before.norm)
    return {name: next(iter(ids)) for name, ids in sorted(found.items()) if len(ids) == 1}


# "the PERIMAX trial", "the ALLR3 study", "(the PEACH trial)", "HEPATICA phase III trial": a name that is no word, or has a number.
_CALLED = re.compile(
    r"(?<![\w-])(?P<name>[A-Z]{2,}[A-Za-z]*(?:-?\d{1,4}[A-Z]?)?)\s(?:(?:phase\s[IVab123/]+|randomi[sz]ed|clinical|pivotal)\s)?(?:trials?|stud(?:y|ies))\b"
)
_NO_NAME = re.compile(
    r"(?:I{1,3}|IV|V)[ab]?|[A-Z]*(?:HCC|NSCLC|SCLC|RCT|MRI|PET|CRC|AML|CLL|PCR)|CONSORT|EORTC|ECOG|NCIC|RTOG|NSABP|SWOG|CALGB|NCCTG|GERCOR|UNICANCER"
    r"|[A-Z]{2,}e?s"
)
_VOWELS = re.compile(r"[AEIOUYaeiouy]")


def find_called(texts: Iterable[str], known: Collection[str] = ()) -> frozenset[str]:
    """The trials that a document names as trials: those of no list that can be read as a word, or are numbered, and listed ones that are words too.

    Args:
        texts: the folded sentences of a document.
        known: abbreviations that the document defines, which say what they are.
    """
    found = {match.group("name") for text in texts if not text.isupper() for match in _CALLED.finditer(text)}
    return frozenset(name for name in found if name not in known and (_is_listed_word(name) or _is_trial_name(name)))


def _is_listed_word(name: str) -> bool:
    """Whether a name is that of a listed trial which is told from the word beside a cue alone ("the CLOT trial")."""
    hits = [hit for hit in _index().find(name) if hit.span == CharSpan(0, len(name))]
    return name.isupper() and len(name) >= _SHORTEST and any(hit.concept.cue for hit in hits)


_SHORTEST = 4
_FEW_VOWELS = 4  # so many letters to a vowel at most


def _is_trial_name(name: str) -> bool:
    letters = re.sub(r"[^A-Za-z]", "", name)
    if _NO_NAME.fullmatch(name) or any(_index().find(name)):
        return False
    if name[-1].isdigit() or name[-2:-1].isdigit():
        return len(letters) >= 2
    return len(letters) > _SHORTEST and _FEW_VOWELS * len(_VOWELS.findall(letters)) >= len(letters) - 1


def called_mentions(text: str, called: Collection[str]) -> Iterator[Mention]:
    """The trials of `find_called` in one sentence."""
    names = "|".join(re.escape(name) for name in sorted(called, key=lambda n: (-len(n), n)))
    for match in re.finditer(rf"(?<![\w-])(?:{names})(?![\w-])", text) if called else ():
        yield Mention(MentionKind.TRIAL, CharSpan(*match.span()), match.group())
