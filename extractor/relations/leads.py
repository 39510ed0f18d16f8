"""What a sentence says of adverse events before it lists them: that they were serious, came from the treatment, or led to something.

"The most common drug-related serious adverse events were fever (4%) and chills (3%)": both are told of serious events that came from the drug.
"Adverse events leading to death": what is counted is deaths.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.quantities import COUNT_WORD, Pattern
from extractor.relations.brackets import outermost, without_brackets

_TREATMENT = r"(?: (?:study|protocol|trial)[\s-] )? (?: treatment | drug | therapy | medication | chemotherapy )"
# "other drug-related serious" right before the name.
_BEFORE = re.compile(
    rf"""
    (?: (?P<unrelated> \b non[\s-] )? (?P<related> \b {_TREATMENT} [\s-] related ) [\s,] \s?
      | (?: \b [a-z]+ly [\s-] )? (?P<held> (?<!not\s) (?<!or\s) (?<![\w-]) related ) \s
      | (?P<serious> \b serious ) \s
      | (?P<fatal> (?<!non-)(?<!non\s) \b (?: fatal | lethal ) ) \s
      | \b (?: grades?\s [\d/≥IV-]+ (?:\sor\s\w+)? | (?:treatment|drug) [\s-] emergent
              | most | common | commonly | frequent | frequently | reported | severe | other | all | any ) ,? \s
    )+ $
    """,
    re.IGNORECASE | re.VERBOSE,
)
LEADING_TO = Pattern(
    id="what-adverse-events-led-to",
    regex=r"""
        ^ \s? (?: \( [A-Z]+s? \) \s )? (?: (?:that|which|have) \s )? (?: lead(?:ing)? | led | result(?:ing|ed) ) \s (?: to | in ) \s
        (?: the\s | a\s | an\s | permanent\s | premature\s | study\s | early\s | any\s ){0,3}
        (?P<what> (?: treatment\s | (?:study\s)?drug\s | dose\s | therapy\s )?
            (?: discontinu\w+ | withdrawals? | reductions? | modifications? | deaths? | interruptions? | delays? | hospitali[sz]ations? ) )
      | ^ \s? with\s (?:an?\s)? (?P<fatal> fatal\soutcomes? | outcome\sof\sdeath )
        (?! \s (?:of|from)\s (?!(?:only\s)?\d|(?:\w+\s)?patients?\b|the\s (?:study|treatment)|treatment|study|therapy) )
    """,
    examples={
        " leading to treatment discontinuation occurred": [{"what": "treatment discontinuation"}],
        " (AEs) that led to death": [{"what": "death"}],
        " led to a dose reduction": [{"what": "dose reduction"}],
        " with a fatal outcome": [{"fatal": "fatal outcome"}],
    },
    counterexamples=(" were seen in those who discontinued", " leading the way to surgery"),
)
_EVENTS_THAT_LED = re.compile(
    r"\b(?P<name>events?|toxicit(?:y|ies)|reactions?)\s(?=(?:(?:that|which)\s)?(?:leading|led)\s(?:to|in)\s)", re.IGNORECASE
)
_CODES = (
    (re.compile(r"discontinu|withdraw", re.IGNORECASE), "DISCONTINUATION"),
    (re.compile(r"reduction|modification", re.IGNORECASE), "DOSE_REDUCTION"),
    (re.compile(r"death", re.IGNORECASE), "DEATH"),
)
# The words that open a list of events, and what ends it or is told of one event.
_OPENS = re.compile(
    r"\b(?:were|was|are|included?|including|comprised|namely)\s(?!reported\b(?!\sto\sbe)|observed\b|seen\b|noted\b|recorded\b|more\b|less\b|similar\b|higher\b|lower\b)|:\s",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:was|were|is|are|occurr\w+|had|experienced|developed|reported|observed|seen|while|whereas|but|which|who|whom|among|there|compared"
    r"|regardless|irrespective|unrelated)\b|;|\.\s",
    re.IGNORECASE,
)
_AFTER_LIST = re.compile(
    r"\b(?:was|were|is|are|as|being)\s(?:also\s)?(?:the|an?)\s(?:(?:most|common|commonly|main|only|frequent|frequently|predominant|reported|major)\s)*$",
    re.IGNORECASE,
)
# "...; rash (n=9) and fever (n=5) were most frequently reported": the most of those that were told of before.
_THE_MOST = re.compile(r"(?:(?!\b(?:was|were|had|in)\b)[^.;])*?\b(?:was|were|being)\s(?:the\s)?(?:most|commonest|leading|predominant)\b")
# What keeps the events of a bracket from being those that the words before it speak of.
_OTHERWISE = re.compile(r"\b(?:while|whereas|but|which|who|whom|among|compared|unrelated|regardless|irrespective)\b|\.\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lead:
    """Adverse events as a sentence speaks of them: where, what they led to ("AE" for nothing, "OTHER" for what has no code), and of what sort."""

    span: CharSpan
    code: str
    serious: bool
    related: str
    led_to: str

    def of(self, event: str) -> str:
        """An event of the list under the name that a slot holds: of its sort, unless its own name says so."""
        words = [w for w in (self.related, "serious" if self.serious else "") if w and w not in event]
        return " ".join([*words, event])


def leads_in(read: ReadSentence) -> list[Lead]:
    """Where a sentence speaks of adverse events as a whole, each with what it says of them."""
    text = read.sentence.text
    spans = [m.span for m in read.of(MentionKind.ENDPOINT) if m.norm == "AE"]
    named = [CharSpan(*m.span("name")) for m in _EVENTS_THAT_LED.finditer(text)]
    causes = [Lead(CharSpan(*m.span()), "DEATH", serious=False, related="", led_to="death") for m in _CAUSES_OF_DEATH.finditer(text)]
    found = [_lead(text, span) for span in (*spans, *(n for n in named if not any(n.overlaps(s) for s in spans)))]
    return sorted([*found, *causes], key=lambda lead: lead.span)


# What is listed behind it was died of, whether it is an adverse event elsewhere or none.
_CAUSES_OF_DEATH = re.compile(
    r"\b[Cc]auses?\sof\s(?:the\s|these\s|all\s|early\s)?deaths?\b"
    r"|\b(?:[Oo]ther|[Rr]emaining|[Mm]ost|[Tt]he|[Tt]hese|[Aa]ll(?:\sother)?)\s(?:[a-z-]+\s)?deaths(?=\s(?:were|was)\s(?:[a-z]+ly\s)?"
    r"(?:due|related|attribut\w+|caused|secondary|owing|from|because)\b)"
)
# What stands between the list and the first cause: "were mainly", "were due to".
_TIES = re.compile(
    r"(?:(?:mainly|mostly|chiefly|largely|predominantly|primarily|either|reported|considered|to|be)\s)*"
    r"(?:(?:due|related|attribut(?:ed|able)|owing|secondary)\sto\s|caused\sby\s|because\sof\s|from\s)?"
)
_OF_SO_MANY = re.compile(rf"\s(?:in|for|of)\s(?:the\s)?(?:other\s|remaining\s)*(?:\d+|{COUNT_WORD})\s(?:other\s)?patients?$", re.IGNORECASE)


def _lead(text: str, span: CharSpan) -> Lead:
    before = _BEFORE.search(text[: span.start])
    after = next(iter(LEADING_TO.find(text[span.end :])), None)
    printed = span.of(text)
    led_to = (after.group("what") or "death").casefold() if after is not None else ""
    if after is None and before is not None and before.group("fatal"):
        led_to = "death"
    code = "AE" if not led_to else next((code for pattern, code in _CODES if pattern.search(led_to)), "OTHER")
    related = ""
    if before is not None and before.group("related"):
        related = ("non-" if before.group("unrelated") else "") + re.sub(r"\s", "-", before.group("related").casefold())
    elif (before is not None and before.group("held")) or re.match(r"TRAE|(?:treatment|drug)-related", printed, re.IGNORECASE):
        related = "treatment-related"
    serious = printed.startswith("SAE") or "serious" in printed.casefold() or (before is not None and before.group("serious") is not None)
    return Lead(CharSpan(span.start, span.end + (after.end() if after is not None else 0)), code, serious, related, led_to)


def lead_of(read: ReadSentence, event: Mention, leads: Sequence[Lead]) -> Lead | None:
    """The adverse events that an event is listed as one of; None where the sentence does not list it so."""
    text = read.sentence.text
    bracket = outermost(text, event.span.start)
    for lead in reversed([lead for lead in leads if lead.span.end <= event.span.start]):
        if bracket is not None and bracket > lead.span.end and not _OTHERWISE.search(without_brackets(text[lead.span.end : bracket])):
            return lead
        gap = without_brackets(text[lead.span.end : event.span.start])
        opens = list(_OPENS.finditer(gap))
        if opens and not _ENDS.search(gap[opens[-1].end() :]) and not re.search(r"\.\s|;\s(?!the\smost|those|of\sthese)", gap[: opens[-1].start()]):
            return lead
        last = gap.rfind("; ")
        if last >= 0 and not _ENDS.search(gap[last + 2 :]) and _THE_MOST.match(without_brackets(text[event.span.end :])):
            return lead
        return None
    behind = next((lead for lead in leads if lead.span.start >= event.span.end), None)
    if behind is None:
        return None
    listed = _AFTER_LIST.search(_BEFORE.sub("", text[: behind.span.start]))
    return behind if listed and not _ENDS.search(without_brackets(text[event.span.end : listed.start()])) else None


_CAME_FROM = re.compile(
    r"""
    ^ \s (?: [\w%(),\s]{0,40} \s )? (?: was | were )\s (?: reported | considered | deemed | judged | thought | assessed )? \s?
    (?: as | to\sbe )? \s? (?: possibly | probably | definitely | likely )? \s? (?: related | attributed | attributable | due )\s to\s
    (?: the\s | study\s | protocol\s )* (?: treatment | drug | therapy | medication | chemotherapy )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def came_from_treatment(text: str, event: Mention) -> bool:
    """Whether a sentence says of an event that the treatment caused it: "five events of rash were considered related to the study drug"."""
    return _CAME_FROM.match(text[event.span.end :]) is not None


_FATAL = re.compile(
    r"(?<!non-)(?<!non\s)\b(?:fatal|lethal)\s(?:(?:cases?|episodes?|events?|instances?)\sof\s(?:an?\s)?)?(?:(?:grade\s\d|acute)\s)?$",
    re.IGNORECASE,
)


def was_fatal(text: str, event: Mention) -> bool:
    """Whether an event is told of as what patients died of: "two fatal cases of sepsis"."""
    return _FATAL.search(text[: event.span.start]) is not None


_NAME_STARTS = re.compile(r".*(?:,\s(?:and\s|or\s)?|\b(?:and|or)\s|[)\]]\s?)", re.DOTALL)
_LONGEST_CAUSE = 7
_NAME_WITHIN = 300


def listed_name(text: str, lead: Lead, end: int) -> CharSpan | None:
    """The name that ends at a place in the list that a lead opens, whatever it is: "events leading to death were X (4%) and Y"."""
    gap = without_brackets(text[lead.span.end : end])
    opens = [m for m in _OPENS.finditer(gap) if not _ENDS.search(gap[m.end() :])]
    if not opens or re.search(r"\.\s", gap):
        return None
    start = lead.span.end + opens[-1].end()
    start = max(start, end - _NAME_WITHIN)
    link = _NAME_STARTS.match(text[start:end])
    start += link.end() if link is not None else 0
    article = re.match(r"(?:an?|the)\s", text[start:end])
    start += article.end() if article is not None else 0
    ties = _TIES.match(text[start:end])
    start += ties.end() if ties is not None else 0
    name = _OF_SO_MANY.sub("", text[start:end].rstrip())
    if not re.match(r"[A-Za-z]", name) or len(name.split()) > _LONGEST_CAUSE or re.search(r"\d|[()\[\]]", name):
        return None
    return CharSpan(start, start + len(name))
