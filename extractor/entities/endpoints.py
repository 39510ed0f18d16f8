"""Endpoints and adverse events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from extractor.document import CharSpan
from extractor.entities.mention import Mention, MentionKind
from extractor.entities.names import NameIndex
from extractor.lexicons import adverse_events, endpoints
from extractor.lexicons.added import Added, added
from extractor.quantities import RATIO_AND_INTERVAL

# What turns an endpoint's abbreviation into something else: the receptor, the assay, the spread.
_NOT_ENDPOINT = {
    "PD": re.compile(r"\s?-\s?(?:1|L1|L2|\(L\)1)|\s?\(L\)-?1"),
    "PR": re.compile(r"[+-](?=[\s,;)])|[\s-]?(?:positive|negative|status)|\s?/\s?HER"),
    "SD": re.compile(r"\s?[=:]?\s?\d+(?:\.\d+)?\s?%?\s?[\])]|\s?=\s?\d+\.\d|\s(?:increase|decrease|change|higher|lower|above|below)\b"),
    # The relative risk; the respiratory rate, that is counted and no share.
    "RR": re.compile(rf"\s?[=:]?\s?(?:[01]\.\d|{RATIO_AND_INTERVAL})|\s?of\s[01]\.\d|\s?[<>≤≥]\s?\d+(?!\d*\s?%|\.)"),
    "OS": re.compile(r"\s?-\s?\d"),
    "CR": re.compile(r"\s?-\s?\d|\s?P\b"),
}
# "63 ± SD", "per 1 SD", "around one SD"; not "we saw 1 SD".
_BEFORE_SPREAD = re.compile(
    r"(?:±|\bmean\b[^.;]{0,20}|standard deviation\s?)\s?\(?\s?$"
    r"|\b(?:per|each|every|by|around|about|within|plus|minus|above|below|than)\s(?:(?:an?|one|two|half\san?|\d(?:\.\d+)?)[\s-])?$|[±<>≥≤]\s?\d(?:\.\d+)?\s?$",
    re.IGNORECASE,
)
# "No change was made", "no change in weight": told of another matter than the disease.
_NO_CHANGE_OF = re.compile(
    r"\s?(?:\([^()]*\)\s)?(?:in|of|from|to|for|over|with|or|was|were|is)\b(?!\s(?:only\s)?(?:\d|(?:the\s)?(?:disease|tumou?r|seen|observed|noted|found|achieved))|\s[a-z]+\s(?:patients|cases))",
    re.IGNORECASE,
)
# "LTP-free survival rate": not overall survival.
_SURVIVAL_OF_ANOTHER_KIND = re.compile(r"\bfree[\s-]$", re.IGNORECASE)
_PROGRESSION_ON = re.compile(r"\s+(?:on|after|following|to|during|despite|while|within|since)\b(?!\s\d)")


def _endpoint_index() -> NameIndex[str]:
    return _endpoint_index_with(added())


@lru_cache(maxsize=4)
def _endpoint_index_with(more: Added) -> NameIndex[str]:
    shipped = [(term, endpoint.code) for endpoint in endpoints() for term in endpoint.terms]
    return NameIndex([*((term, row.code) for row in more.endpoints for term in row.terms), *shipped], plurals=True)


@cache
def _event_index() -> NameIndex[str]:
    return NameIndex(((name, e.event) for e in adverse_events() for name in (e.event, *e.synonyms)), plurals=True)


def spelled_out(abbreviation: str, event: str) -> str:
    """An adverse event that is abbreviated, by that name of the lexicon's whose words begin with its letters; as it is where none does.

    >>> spelled_out("HFS", "palmar-plantar erythrodysesthesia")
    'hand-foot syndrome'
    """
    letters = abbreviation.casefold().rstrip("s") if abbreviation.endswith("s") else abbreviation.casefold()
    for name in _names_of().get(event, ()):
        if len(letters) > 1 and "".join(word[0] for word in re.findall(r"[a-z]+", name.casefold())) == letters:
            return name
    return abbreviation.casefold()


@cache
def _names_of() -> dict[str, tuple[str, ...]]:
    return {e.event: (e.event, *e.synonyms) for e in adverse_events()}


@cache
def quantities_of() -> dict[str, str]:
    """For each endpoint code the kind of number that it is told in."""
    return {e.code: e.quantity for e in endpoints()}


@cache
def polarities() -> dict[str, str]:
    """For each endpoint code whether more of it is "good" or "bad" for the patient; codes of which neither can be said are left out."""
    return {e.code: e.more_is for e in endpoints() if e.more_is is not None}


def find_endpoints(text: str) -> Iterator[Mention]:
    """The endpoints named in a folded text, with their codes."""
    yield from _elided(text)
    yield from _at_a_landmark(text)
    for hit in _endpoint_index().find(text):
        printed = hit.span.of(text)
        guard = _NOT_ENDPOINT.get(printed)
        if guard is not None and guard.match(text, hit.span.end) and text[hit.span.start - 1 : hit.span.start] != "+":
            continue
        if printed == "SD" and _BEFORE_SPREAD.search(text[max(hit.span.start - 40, 0) : hit.span.start]):
            continue
        if (hit.concept == "PCR" and printed == "PCR") or (printed.casefold() == "no change" and not _OF_TUMOR.search(text)):
            continue
        if printed.casefold() == "no change" and _NO_CHANGE_OF.match(text, hit.span.end):
            continue
        if hit.concept == "OS" and _SURVIVAL_OF_ANOTHER_KIND.search(text[max(hit.span.start - 12, 0) : hit.span.start]):
            continue
        if hit.concept == "DEATH" and re.match(r"[\s-]*(?:ligand|receptor|certificate|protein|-|\d(?!\d?\.\d))", text[hit.span.end :]):
            continue
        if hit.concept == "DEATH" and re.search(r"\b(?:programmed|programed|cell|or|to|and)[\s-]*$", text[: hit.span.start], re.IGNORECASE):
            continue
        if hit.concept == "PD" and "progress" in printed.casefold() and _PROGRESSION_ON.match(text, hit.span.end):
            continue
        yield Mention(MentionKind.ENDPOINT, _name_alone(text, hit.span), hit.concept)


# "No change" is a response of a tumor; weight and scores do not change either.
_OF_TUMOR = re.compile(
    r"(?i:\b(?:respon[sd]\w*|remissions?|progress\w*|tumou?rs?|lesions?|metasta\w+|cancers?|carcinomas?|malignan\w+|RECIST|stable\sdisease)\b)|\b(?:CR|PR|PD|NC)\b"
)
_EVENTS = re.compile(
    r"""
    \b [Gg]rades? \s [1-5IV≥>+/,\s=-]{1,9} (?: (?:or|and|to) \s (?: [1-5]|IV|V|higher|greater|worse|more|above|over) \s | \([^()]{1,12}\) \s )?
    (?: ha?ematolog\w+ \s | non-?ha?ematolog\w+ \s | treatment-related \s )? (?P<name> events? ) \b
  | \b (?P<toxic> toxic \s (?: events? | effects? | reactions? ) ) \b
    """,
    re.VERBOSE,
)


_EARLY_MORTALITY = re.compile(
    r"\b(?:(?:30|60|90|100|thirty|sixty|ninety)[\s-]days?\s)?(?:(?:post|peri)-?operative|operative|surgical|in-?hospital|hospital|procedure-related|early"
    r"|(?:30|60|90|100|thirty|sixty|ninety)[\s-]days?)\smortality\b",
    re.IGNORECASE,
)
# "received a median of six (preoperative) cycles", "a mean of 7 and 6 treatment cycles"; not "after a median of two cycles".
_CYCLES_GIVEN = re.compile(
    r"(?<!after\s)(?<!after\sa\s)(?<!within\s)(?<!within\sa\s)(?<!following\sa\s)(?<!by\sa\s)\b(?P<name>(?:a\s)?(?:median|mean|average))\s"
    r"(?:number\s)?(?:of\s)?[\w.-]+\s?(?:\([^()]*\)\s)?(?:(?:and|vs\.?|versus|[\w.-]+)\s){0,4}(?:cycles?|courses?)\b(?!\s(?:after|before|earlier|later)\b)",
    re.IGNORECASE,
)
# "discontinued tamoxifen ... due to toxic effects", "withdrew from the study because of side effects"
_STOPPED = re.compile(
    r"\b(?:discontinued|discontinuation|discontinuing|stopped|stopping|withdrew|withdrawn|withdrawals?|ceased|terminated|dropped\sout"
    r"|(?<!temporarily )(?<!dose )interrupted(?=\s(?:the\s|their\s|study\s){0,2}(?:therapy|treatment|chemotherapy|radiotherapy)))\b",
    re.IGNORECASE,
)
_BY_TOXICITY = re.compile(
    r"\b(?:due\sto|because\sof|owing\sto|for|as\sa\sresult\sof|on\saccount\sof)\s(?:[\w-]+\s){0,3}"
    r"(?:adverse|toxic\w*|intolera\w+|side\seffects?|(?:TR|TE|S)?AEs?)\b",
    re.IGNORECASE,
)


def find_safety_events(text: str) -> Iterator[Mention]:
    """Adverse events that are called by no name of their own: "grade 3 or 4 events", "toxic events"."""
    for match in _EVENTS.finditer(text):
        yield Mention(MentionKind.ENDPOINT, CharSpan(*match.span(match.lastgroup or 0)), "AE")
    for match in _EARLY_MORTALITY.finditer(text):
        yield Mention(MentionKind.ENDPOINT, CharSpan(*match.span()), "DEATH")
    for match in _CYCLES_GIVEN.finditer(text):
        yield Mention(MentionKind.ENDPOINT, CharSpan(*match.span("name")), "DURATION")
    stopped = list(_STOPPED.finditer(text))
    if stopped and (_BY_TOXICITY.search(text) or any(_REASON_OPENS.search(text[: e.span.start]) for e in find_events(text))):
        for match in stopped:
            yield Mention(MentionKind.ENDPOINT, CharSpan(*match.span()), "DISCONTINUATION")


# "because of grade 3 neuropathy"
_REASON_OPENS = re.compile(
    r"\b(?:due\sto|because\sof|owing\sto|for|as\sa\sresult\sof|on\saccount\sof)\s(?:(?!disease|progress|the\streatment)[\w-]+\s){0,4}$", re.IGNORECASE
)


# "complete/partial response", "stable/progressive disease": the first of two names that share their last word.
_ELIDED = re.compile(
    r"\b(?:(?P<CR>complete)(?=\s?(?:/|or|and|,\sand|,)\s?(?:[\w-]+\s){0,3}partial\s(?:response|remission)s?\b)|(?P<OS>overall)(?=(?:,\s|,?\s(?:and|or)\s|/)(?:[\w-]+[\s-](?:free|specific)(?:,\s|,?\s(?:and|or)\s))*[\w-]+[\s-](?:free|specific)\ssurvivals?\b)"
    r"|(?P<CSS>(?:cancer|cause|disease)[\s-]specific)(?=(?:,\s|,?\s(?:and|or)\s|/)(?:overall|[\w-]+[\s-]free)\ssurvivals?\b)"
    r"|(?P<SD>stable)(?=\s?(?:/|or|and)\s?progressive\sdisease))",
    re.IGNORECASE,
)


# What a term needs around the name to be meant, and what is no part of the name.
_BEFORE_NAME = re.compile(
    r"(?:median|mean|maximum|maximal|longest|largest|serious|(?:treatment|immune|drug)-(?:related|emergent)|invasive|potential)\s+"
    r"(?=(?:follow|diameter|adverse|side\s|toxicit|survival|observation))",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"(?<=^survival)\s+(?:rates?|probabilit(?:y|ies)|at)$|(?<=follow-up)\s+was$", re.IGNORECASE)


def _name_alone(text: str, span: CharSpan) -> CharSpan:
    """The name within a hit: "median follow-up" is told by its first word, "survival rate" by its last, their names by the others."""
    printed = span.of(text)
    before, after = _BEFORE_NAME.match(printed), _AFTER_NAME.search(printed)
    start = span.start + (before.end() if before else 0)
    end = span.start + after.start() if after else span.end
    return CharSpan(start, end)


def _elided(text: str) -> Iterator[Mention]:
    for match in _ELIDED.finditer(text):
        if match.lastgroup is not None:
            yield Mention(MentionKind.ENDPOINT, CharSpan(*match.span()), match.lastgroup)


# "5-year survival was 31%": survival and nothing else, told at a landmark.
_SURVIVAL = re.compile(
    r"""
    \b (?: \d{1,2} | one | two | three | four | five | six | ten | twelve ) [\s-]{1,2} (?: year | month | yr )s? [\s-]
    (?: (?: actuarial | actual | estimated | cumulative | overall | patient | crude | observed )\s )?
    (?P<name> survival ) \b (?! \s(?: rate | probabilit | at\b | without | free | benefit | gain | advantage | analysis | time | follow ) | -)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _at_a_landmark(text: str) -> Iterator[Mention]:
    for match in _SURVIVAL.finditer(text):
        if "overall" not in match.group().casefold():
            yield Mention(MentionKind.ENDPOINT, CharSpan(*match.span("name")), "OS")


def find_events(text: str) -> Iterator[Mention]:
    """The adverse events named in a folded text; `norm` is the event as printed, lower-case, `detail` its lexicon name."""
    taken = []
    for hit in _event_index().find(text):
        printed = re.sub(r"\s+", " ", hit.span.of(text)).casefold()
        taken.append(hit.span)
        yield Mention(MentionKind.ADVERSE_EVENT, hit.span, printed, detail=hit.concept)
    for match in _BY_FORM.finditer(text):
        span = CharSpan(*match.span())
        if not any(span.overlaps(t) for t in taken):
            norm = re.sub(r"\s+", " ", match.group()).casefold()
            yield Mention(MentionKind.ADVERSE_EVENT, span, norm, detail=re.sub(r"s$", "", norm))


# What a symptom or a class of them is called that no lexicon has: "ostealgia", "hypouricemia", "nervous system disorders".
_SYSTEM = (
    r"nervous\ssystem|gastrointestinal|blood|lymphatic\ssystem|cardiac|psychiatric|respiratory|thoracic|mediastinal|skin|subcutaneous\stissue"
    r"|hepatobiliary|renal|urinary|musculoskeletal|connective\stissue|eye|ear|endocrine|immune\ssystem|reproductive\ssystem|metabolism|nutrition"
    r"|general|hepatic|ocular"
)
_BY_FORM = re.compile(
    rf"""
    \b (?: [a-z]{{3,}} (?: penia | cytop(?:en)?ia | algias? | emesis | rrh(?:o)?ea | rrhagia | uria | plegia | paresis | esthesia | dynia | phagia )
      | hyp(?:er|o) [a-z]{{3,}} a?emia
      | (?:{_SYSTEM}) (?: (?:,\s|\sand\s|,\sand\s) (?:{_SYSTEM}) ){{0,2}} \s disorders? ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
