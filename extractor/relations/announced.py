"""Sentences that tell no result and announce of whom the next ones are.

"Patients with stage IV disease were analysed separately." "OS of the 80 women with ascites is shown in Figure 2." "A further analysis was made
for the elderly." A group that is only mentioned in passing ("rarer than in younger patients") announces nothing: in real papers nine of
ten such mentions are followed by results of all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind
from extractor.entities.population_forms import STATE
from extractor.entities.populations import names_disease_alone
from extractor.quantities import COUNT_WORD, Pattern
from extractor.relations.groups import Phrases, is_entry
from extractor.relations.patterns import WHOLE_COHORT
from extractor.relations.peoples import PEOPLE

_MARK = "\x01"
_NOUN = rf"(?: {PEOPLE} | disease | tumou?rs? | sub-?groups? | groups? | subsets? | cohorts? | populations? )"
_WHO = rf"""
    (?: (?: the | our | these | those | all )\s )? (?: (?: \d+ | {COUNT_WORD} )\s )? (?: [a-z-]+\s ){{0,2}}?
    (?: (?: {PEOPLE} \s (?: with | who\shad | in | at | having | of | aged )\s (?: an?\s | the\s )? )?
        (?P<who> {_MARK}+ (?: [^{_MARK},;.()]{{1,70}} {_MARK}+ ){{0,2}} ) (?: \s? {_NOUN} )?
      | (?P<sex> women | men ) (?= \s? \( | \s (?: were | was )\b )
      | (?P<state> [\w-]+ (?: \s [\w-]+ )?? ) \s {PEOPLE} (?= \s? \( | \s (?: were | was )\b )
      | {PEOPLE} \s (?P<how> with | without | lacking | who\shad )\s (?: an?\s | the\s )? (?P<what> (?! \w+ed\b ) [^{_MARK},;.()]{{4,60}}? )
        (?= \s? [,;.()] | \s (?: were | was | are | is | have | has | who | which | at | by | to | only | alone ) \b | \s? $ )
    ) (?: \s? \( [^()]* \) )?
"""
_AGAIN = (
    r"(?: (?: also | then | next | further | subsequently | first | therefore | thus | additionally | separately | independently | \w+ly )\s ){0,2}"
)
_SHOWN = (
    r"(?: shown | presented | displayed | depicted | summari[sz]ed | given | listed | illustrated | provided | detailed | plotted"
    r" | described | reported )"
)
_LOOKED = (
    r"(?: addressed | analy[sz]ed | considered | evaluated | examined | assessed | studied | investigated | described | reported"
    r" | discussed | looked\sat | compared | presented )"
)
APART = Pattern(
    id="analysed-separately",
    regex=rf"""
        ^ [^\w{_MARK}]* (?: \w+,\s )? {_WHO} (?: ,\s (?:who|which)\s [^,;{_MARK}]{{3,60}}, )? \s (?: were | was | have\sbeen | are )\s
        (?: {_AGAIN} {_LOOKED} \b [^,;.]{{0,40}}?
            \b (?: separately | independently | alone | in\s(?:more|greater|further|some)\sdetail | by\sthemselves
              | in\s(?:an?|this|the)\s(?:[\w-]+\s){{0,2}} (?:analysis|subset|subanalysis) | as\san?\s(?:[\w-]+\s){{0,2}} (?:sub-?)?group )
          | (?: separately | independently )\s {_LOOKED} ) \b
    """,
    examples={f"Patients with {_MARK * 4} were analysed separately, as": [{"who": _MARK * 4}]},
    counterexamples=(f"Patients with {_MARK * 4} were evaluated every three months", f"All others and {_MARK * 4} died"),
    flags=re.VERBOSE | re.IGNORECASE,
)
SHOWN = Pattern(
    id="shown-for-a-group",
    regex=rf"""
        ^ (?! [^{_MARK}]* (?: characteristic | demographic | distribution | baseline ) )
        (?: (?! \b (?:was|were|is|are|had|has|have|and\s\w+ed) \b ) [^{_MARK}.;] ){{3,110}}?
        \b (?: of | for | in | among | from )\s {_WHO} [^{_MARK};.]{{0,50}}? \s (?: are | is | were | was )\s {_AGAIN} {_SHOWN} \b
    """,
    examples={f"OS and DFS of the 86 patients with {_MARK * 4} are shown in Fig. 4": [{"who": _MARK * 4}]},
    counterexamples=(f"Characteristics of {_MARK * 4} are shown in", f"OS was longer in {_MARK * 4} and is shown"),
    flags=re.VERBOSE | re.IGNORECASE,
)
SHOWS = Pattern(
    id="table-of-a-group",
    regex=rf"""
        \b (?: Tables? | Fig(?:s|ures?)? \.? )\s? [\w.]{{1,6}} \s {_AGAIN}
        (?: shows? | lists? | summari[sz]es? | presents? | displays? | depicts? | gives? | illustrates? | details? ) \b
        (?! [^{_MARK}]* (?: characteristic | demographic | distribution | baseline ) )
        [^{_MARK}.;]{{0,90}}? \b (?: of | for | in | among | from )\s {_WHO}
    """,
    examples={f"Table 3 lists the outcomes of {_MARK * 4} patients": [{"who": _MARK * 4}]},
    counterexamples=(f"Table 3 lists the characteristics of {_MARK * 4}",),
    flags=re.VERBOSE | re.IGNORECASE,
)
ANALYSIS = Pattern(
    id="analysis-of-a-group",
    regex=rf"""
        \b (?: analys[ie]s | comparisons? | evaluations? | assessments? ) \b [^{_MARK}.;]{{0,60}}? \b (?: was | were | is | has\sbeen )\s {_AGAIN}
        (?: performed | done | conducted | carried\sout | undertaken | made | restricted | limited | confined | repeated )\s
        (?: only\s | separately\s )? (?: for | in | of | on | to | among | with | within )\s (?: only\s )? {_WHO}
    """,
    examples={f"an exploratory analysis was performed for {_MARK * 3} patients with the factors {_MARK * 4}": [{}]},
    counterexamples=(f"an analysis was performed that showed {_MARK * 4}",),
    flags=re.VERBOSE | re.IGNORECASE,
)
WE = Pattern(
    id="we-look-at-a-group",
    regex=rf"""
        \b we \s {_AGAIN}
        (?: analy[sz]ed | examined | evaluated | assessed | investigated | explored | considered | looked\s(?:more\sclosely\s)?at | studied
          | turned\sto | compared
          | focuss?ed\s(?:\w+\s){{0,3}}?on | performed | did | conducted | carried\sout | restricted | limited | confined | repeated ) \b
        (?: [^{_MARK}.;]{{0,90}}? \b (?: of | for | in | among | on | to | within ) )? \s (?: only\s )? {_WHO} [^{_MARK},;.]{{0,40}} \.? $
    """,
    examples={f"Next, we examined the effect of the drug in {_MARK * 4} patients.": [{"who": _MARK * 4}]},
    counterexamples=(f"we identified 30 {_MARK * 4} patients", f"we compared {_MARK * 4}, all of them"),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (APART, SHOWN, SHOWS, ANALYSIS, WE)
ANNOUNCED = "announced"
"""The detail of a population that a sentence announces."""
_OR = re.compile(r"\b(?:or|versus|vs\.?)(?!\w)")
_POINTS = (SHOWN, SHOWS, WE)
# Those that a table is of, and no group that results are told of apart.
_NO_GROUP = re.compile(
    r"\b(?:doses?|grades?|toxicit\w+|adverse|events?|progress\w+|discontinu\w+|measurable|evaluable|assessable|reduc\w+|delay\w*|available)\b",
    re.IGNORECASE,
)
_TELLS_SAFETY = re.compile(r"\b(?:adverse|toxicit\w+|safety|side\seffects|reasons?|causes?|discontinu\w+|withdraw\w+)\b", re.IGNORECASE)


def announced(text: str, populations: Sequence[Mention], entry: Phrases = ()) -> Mention | None:
    """The group that a sentence announces as the one of the next; several that stand together are one ("GBM patients aged <= 55 years").

    Args:
        text: a sentence that tells no result of its own.
        populations: those that it names.
        entry: what the paper says of all patients.
    """
    told = list(text)
    for one in populations:
        told[one.span.start : one.span.end] = _MARK * len(one.span.of(text))
    masked = "".join(told)
    found = ((pattern, pattern.compiled.search(masked)) for pattern in PATTERNS)
    pattern, match = next(((p, m) for p, m in found if m is not None), (None, None))
    points = pattern in _POINTS
    if (
        match is None
        or (points and _TELLS_SAFETY.search(masked))
        or WHOLE_COHORT.search(masked[: match.start("who")] if match.group("who") else masked)
    ):
        return None
    name = next(n for n in ("who", "what", "sex", "state") if match.group(n))
    if name == "state" and not STATE.fullmatch(match.group(name)):
        return None
    place = CharSpan(*match.span(name))
    inside = [p for p in populations if place.covers(p.span)]
    norms = {p.norm for p in inside}
    if any(f"without {norm}" in norms for norm in norms) or any(_OR.search(text[a.span.end : b.span.start]) for a, b in pairwise(inside)):
        return None  # two groups, of which the next results are told one by one
    norm = ", ".join(dict.fromkeys(p.norm for p in inside))
    if not norm and name != "who":
        norm = f"without {match.group(name)}" if match.group("how") in ("without", "lacking") else match.group(name)
    if not norm or is_entry(norm, entry) or (points and _NO_GROUP.search(norm)):
        return None
    return Mention(MentionKind.POPULATION, place, norm, detail=ANNOUNCED)


_COUNT = rf"(?: \d[\d,]* | {COUNT_WORD} )"
_HAVE = r"(?: with | without | who\shad | (?:had\s)?experienced | (?:had\s)?developed | harbou?ring | having | aged | older\sthan | younger\sthan )"
INTRODUCED = Pattern(
    id="so-many-had-something",
    regex=rf"""
        ^ [^\w]* (?: \w+,\s | (?:As\sof|At|By|On)\s [^;.()]{{2,40}} ,\s )? (?:
            (?: (?: [Tt]here\s(?:were|was) | [Ww]e\s(?:identified|found|included|treated) )\s )?
            (?: (?:the\s)? {_COUNT} \s (?: \( [^()]* \) \s )? )? {PEOPLE} \s (?P<how> {_HAVE} )\s (?: an?\s | the\s )? (?P<one> [^,;.()\d%]{{4,50}}? )
              (?= \s? [,.;(] \s? (?!\d+(?:\.\d+)?\s?%) | \s (?: were | was | had | fared | did | have | showed | lived )\b )
          | (?P<marker> [^,;.()%\d] [^,;.()%]{{3,50}}? ) \s (?: was | were )\s
            (?: found | present | detected | observed | seen | documented | noted | diagnosed )\s
            in\s {_COUNT} \s (?: \( [^()]* \) \s )? (?: of\s (?: the\s )? {_COUNT} \s )? {PEOPLE} \b
        )
    """,
    examples={
        "There were 31 patients with liver metastases.": [{"one": "liver metastases"}],
        "Women with ascites fared worse.": [{"one": "ascites"}],
        "High TK1 expression was found in 52 patients.": [{"marker": "High TK1 expression"}],
    },
    counterexamples=("Rash was seen in 12%", "There were 31 patients."),
    flags=re.VERBOSE | re.IGNORECASE,
)


def introduced(text: str, entry: Phrases = ()) -> Mention | None:
    """The patients that a sentence tells to be some of all, in words that no result is told in: whom the next calls "they" or "these patients"."""
    match = next(INTRODUCED.find(text), None)
    if match is None:
        return None
    name = "one" if match.group("one") else "marker"
    what = match.group(name).strip()
    norm = f"without {what}" if (match.group("how") or "").casefold() == "without" else what
    if is_entry(norm, entry) or _NO_GROUP.search(norm) or names_disease_alone(what):
        return None
    return Mention(MentionKind.POPULATION, CharSpan(*match.span(name)), norm, detail=ANNOUNCED)
