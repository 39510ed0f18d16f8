"""Whether an adverse event that is named happened to patients under a treatment.

The same words name what patients had before ("a history of stroke"), what they were treated for or spared ("pain relief", "seizure-free"), what was
asked of them ("if side effects occur") and how common a disease is: no number beside them is a rate of an adverse event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import CharSpan
from extractor.entities import Mention, ReadSentence
from extractor.relations.brackets import clause_start, opening
from extractor.relations.findings import Finding, Leftover, MeasurementFinding
from extractor.relations.values import Value

_HAPPENED = re.compile(
    r"""
    \b (?: (?: happen(?:ed|s) | frequencies | affect(?:ed|ing) | evident | caus(?:ed|es|ing) | induc(?:ed|es|ing) | complained | arose
    | manifest\w* | led\sto | mild | moderate
    | occurr\w+ | occurs? | experienc\w+ | develop(?:ed|ing) | suffer\w+ | complicat\w+ | reported | observed | seen | noted | notified | recorded
    | incidence | incidences
          | frequency | prevalent | encountered | cases?\sof | onset\sof | (?:was|were)\spresent
          | diagnosed | commoner | rarer | struck | troubled | provok(?:ed|es|ing) | elicit(?:ed|s|ing) | produced | entail(?:ed|s) | ensued
          | sustain(?:ed|ing) | complain(?:s|ing)? ) \b
      | \b(?: more | fewer | less | excess ) \b (?: [^.;] | \.\d ){0,80} \b (?: than | with ) \b
      | associated\swith | rates?\s(?:was|were) | (?:was|were)\s(?:very\s|relatively\s)?(?: rare | common | uncommon | infrequent | frequent )\b
      | (?: more | less ) \s (?: common | frequent | prevalent ) | rates?\sof | was\s(?:increased|higher|lower) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HAD = re.compile(
    r"\bha(?:d|ve|s)\s(?:significantly\s)?(?:(?:an?|any|some|more|less|fewer|severe|moderate|mild|serious|worse|(?:grade|degree|form|episodes?)\sof)\s){0,3}"
    r"(?:[Gg]rades?\s[\d/-]+\s(?:or\s\w+\s)?)?$"
)
_FEWER = re.compile(
    r"\b(?:were|was)\s(?:significantly\s)?(?:fewer|more|less|no\smore)\s(?:[\w-]+\s)?$"
)  # "there were fewer infections in the A group"
_BEFORE_TREATMENT = re.compile(
    r"\b(?:baseline|histor(?:y|ies)|prior|previous\w*|before\streatment|at\sdiagnosis|presented\swith|presenting|scores?|severity|changes?\sin|improve\w*|reductions?\sin|subscales?|scales?|questionnaire)\b",
    re.IGNORECASE,
)


# "Prior radiotherapy raised the risk, and pneumonitis occurred in 12%": what its own clause says of an event that was seen.
_SEEN = re.compile(
    r"(?:\s\([^()]*\))?(?:\sof\s(?:any\s)?[Gg]rades?\s[\d≥>/–-]+(?:\s(?:or|and)\s\w+)?)?"
    r"\s(?:occurred|developed|arose|(?:was|were|(?:has|have|had)\sbeen)\s(?:\w+ly\s)?(?:seen|observed|reported|noted|recorded|documented|diagnosed|encountered))\b"
)
_AT_THE_START = re.compile(
    r"\b(?:baseline|before\s(?:the\s)?(?:\w+\s)?(?:treatment|therapy)|at\s(?:diagnosis|presentation|entry)|presented\swith|presenting|scores?|severity|(?:sub)?scales?|questionnaires?)\b",
    re.IGNORECASE,
)


def was_seen(text: str, event: CharSpan) -> bool:
    """Whether a statement of its own says right behind an event that it was seen, of whatever else the sentence tells."""
    return _SEEN.match(text, event.end) is not None


# "the odds ratio for thrombosis was", "a higher risk of thrombosis", "no difference in the rate of neutropenia", "they did not differ in pain"
_OF_A_RATIO = re.compile(
    r"\b(?:ratios?(?:\s?[(\[][A-Za-z]{2,4}s?[)\]])?|relative\srisks?|a?ORs?|RRs?|a?HRs?|risks?|hazards?|odds)\s(?:of|for)\s"
    r"(?:(?:the|an?|any|all|developing|having|experiencing|severe|serious|symptomatic|clinical|major)\s|(?:[Gg]rades?\s)?[\d≥>=<]+(?:\s?(?:-|or|to|and|/)\s?\d)?\s){0,3}$",
    re.IGNORECASE,
)
_WHAT_DIFFERS = re.compile(
    r"\bdiffer(?:ed|ences?)?\s(?:\w+ly\s)?(?:was\s\w+\s|were\s\w+\s)?(?:in|for|with\sregard\sto|with\srespect\sto|regarding)\s(?:the\s)?"
    r"(?:(?:rates?|incidences?|frequenc(?:y|ies)|occurrence|risk)\sof\s)?(?:(?:the|an?|any|severe|serious|symptomatic|febrile)\s|[Gg]rades?\s[\d≥>=<]+(?:\s?(?:-|or|to|and|/)\s?\d)?\s){0,2}$",
    re.IGNORECASE,
)


_DID_NOT_DIFFER = re.compile(
    r"(?:\s(?:rates?|incidences?|frequency))?\s(?:did\snot\s(?:\w+ly\s)?differ|(?:was|were)\s(?:not\s(?:\w+ly\s)?different|similar|comparable))\b",
    re.IGNORECASE,
)


def at_issue(text: str, event: CharSpan) -> bool:
    """Whether an event is what a ratio, or a difference between groups, is told of."""
    ahead = text[: event.start]
    told = _OF_A_RATIO.search(ahead) or _WHAT_DIFFERS.search(ahead) or _DID_NOT_DIFFER.match(text, event.end)
    return told is not None and not _AT_THE_START.search(text)


def happened(read: ReadSentence, events: Sequence[Mention]) -> bool:
    """Whether a sentence says of an event that it happened to patients, and not that they came with it or how bad they felt."""
    text = read.sentence.text
    if any(_SEEN.match(text, e.span.end) and not _AT_THE_START.search(text, clause_start(text, e.span.start)) for e in events):
        return True
    told = _HAPPENED.search(text) or any(_HAD.search(text[: e.span.start]) or _FEWER.search(text[: e.span.start]) for e in events)
    return bool(told) and not _BEFORE_TREATMENT.search(text)


# Right before the event: what patients came with, were treated for, were kept from, or what was only feared.
_NOT_NEW = re.compile(
    r"""
    \b (?:
        (?: histor(?:y|ies) | reliefs? | absence | freedom | resolution | prevention | prophylaxis | management | avoidance | likelihood | fear
          | improvements? )\s (?: of | from | for | against )
      | (?: earlier | previously | already | formerly )\s (?: been\s )? (?: diagnosed\swith | treated\sfor | suffered\sfrom )
      | free\s (?: of | from ) | reliev(?: ed | ing )\s (?: of | from ) | recover(?: y | ed )\s from
      | (?: relieved? | relieves | relieving | prevent(?: ed | s | ing )? | alleviat(?: e[sd]? | ing ) | avoid(?: ed | s | ing )? | combat
          | improv(?: e[sd]? | ing ) )
    )
    \s (?: (?! and\b | or\b | but\b | with\b | of\b | in\b | had\b | who\b ) [\w-]+ \s ){0,2} $
  | \b (?: previous | prior | pre-?existing | underlying | co-?morbid | antecedent )\s
    (?: [a-z-]+ (?: al | ic | ous | ar | ory | ary | ive | -related | -mediated | -induced )\s | (?: episodes? | attacks? )\sof\s )? $
  | (?<![\w-]) (?: pre | non | anti ) - $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "if severe side effects occur", "in case of vomiting"
_CONDITION = re.compile(r"\b(?:if|whether|unless|until|in\s(?:the\s)?(?:case|event)\sof|in\scase)\s(?:(?!and\b|or\b)[\w-]+\s){0,4}$", re.IGNORECASE)
# Right behind it: those who have it, what measures it, and what is done about it.
_OF_ANOTHER_NOUN = re.compile(
    r"""
    [-\s]free\b
  | \s (?: (?: severity | intensity | symptom | disability | impact | frequency )\s )?
    (?: scores? | (?:sub)?scales? | questionnaires? | ind(?:ex|ices) | inventor(?:y|ies) | thresholds? | ratings? | relief | reliev\w+
      | control (?! \s (?:arm|group) ) | responses?
      | prevention | prophylaxis | management | care | clinics? | units? | packs? | programs? | programmes?
      | strateg(?:y|ies) | goals? | targets? | reductions? | improvements? | resolution | knowledge | awareness | education | history | status
      | assessments? | surgery | extraction | repair | fixation | removal | creation
      | (?: sufferers | patients | participants | population ) (?! \s? [(\[] )
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)


# "Steroids were given to 12 patients for toxicity", "eleven needed hospital admission for rash": how many had to be treated.
_GIVEN_FOR = re.compile(
    r"\b(?:given|administered|required|requiring|needed|needing|hospitali[sz]ed|admitted|admissions?|used)\b[^.;,]{0,60}\sfor\s(?:the\s)?(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)


# "a fall in blood pressure": no patient fell.
_QUANTITY = re.compile(
    r"fall\s(?:in|of)\s(?!(?:a|one|two|three|four|five|six|no|\d+)\b|(?:the\s)?(?:[\w-]+\s)?(?:patients?|women|men|groups?|arms?)\b)", re.IGNORECASE
)


# "one weakness of our study"
_OF_THE_STUDY = re.compile(
    r"weakness(?:es)?\s(?:of|in|to)\s(?:our|this|the(?:se)?)\s(?:[\w-]+\s)?(?:stud(?:y|ies)|trial|analys[ie]s|review|research|design|approach)",
    re.IGNORECASE,
)


def is_new(text: str, event: CharSpan) -> bool:
    """Whether a name of an event may tell what happened: not what patients had before or were spared, nor what something else is called by.

    >>> text = "Twelve had a history of stroke and nine had stroke."
    >>> is_new(text, CharSpan(24, 30)), is_new(text, CharSpan(44, 50))
    (False, True)
    """
    before = text[: event.start]
    if _QUANTITY.match(text, event.start) or _OF_THE_STUDY.match(text, event.start):
        return False
    return not (_NOT_NEW.search(before) or _GIVEN_FOR.search(before) or _CONDITION.search(before) or _OF_ANOTHER_NOUN.match(text, event.end))


# "no severe rash", "without grade 3 or 4 rash"; not "no toxicity except rash", nor what patients went without: "without antibiotics fever was seen".
_QUALIFIED = (
    r"(?:any|significant|clinically|relevant|severe|serious|major|further|new|documented|clinical|symptomatic|acute|late|febrile|prior|previous"
    r"|evidence\sof)\s"
)
_NONE = re.compile(
    r"\b(?:(?:no|nor|neither|never)\s(?:[Gg]rades?\s[\dIV/–-]+(?:\s(?:or|and)\s[\dIV]+)?\s)?"
    r"(?:(?!(?:differences?|in|of|between|than|with|increases?|except\w*|besides?|beyond|but|only|save|apart|other|unexpected)\b)[\w-]+\s){0,2}"
    rf"|without\s(?:[Gg]rades?\s[\dIV/–-]+(?:\s(?:or|and)\s[\dIV]+)?\s)?(?:{_QUALIFIED}){{0,2}})$",
    re.IGNORECASE,
)
_ANOTHER_BETWEEN = re.compile(r"\b(?:but|whereas|while|compared|versus|vs|than|against|and|or|had|with(?=\s\d))\b|[;,]|\d")
_ANOTHER_BEHIND = re.compile(r"\b(?:but|whereas|while|compared|versus|vs|than|against|and)\b|[;,]|\d")
# What may stand between how far something fell and the word for it: "a 10% total body weight loss".
_DEGREE = re.compile(
    r"(?:loss|gain|reduction|decrease|decline|increase|drop|rise)s?$|^(?:decrease|increase|reduction|loss|drop|fall|rise)\b", re.IGNORECASE
)
_TO_DEGREE = re.compile(r"\s?(?:or\s(?:more|greater|higher|over)\s)?(?:(?:of|in|total|initial|baseline|mean|significant|the|their|body)\s){0,3}")
_SO_MUCH = re.compile(
    r"\b(?:an?|the|mean|average|least|than|over|approximately|about|achiev\w+|lost|losing|further|additional|exceeding|between)\s(?:[<>≥≤~]\s?)?$|[<>≥≤]\s?\d[\d.]*\s?%?\s?[-–]\s?$",
    re.IGNORECASE,
)
_AS_A_RATE = re.compile(r"\b(?:incidences?|rates?|frequenc(?:y|ies)|prevalence|in|had|experienced|developed|reported)\b[^.;,]{0,40}$", re.IGNORECASE)
_EXTENT = re.compile(
    r"\s(?:of|between|by|exceeding|greater\sthan|more\sthan|at\sleast|≥|>)\s(?:(?:at\sleast|more\sthan|over|≥|>|about)\s?)?[<>≥≤~]?\s?$"
)


# "it was mild in 90% of cases": of those in whom it occurred.
_SO_SEVERE = re.compile(
    r"\b(?:was|were)\s(?:mild|moderate|severe|transient|reversible|self-limiting|grade\s\S+)(?:\s(?:or|and|to)\s\w+)?\sin\s$", re.IGNORECASE
)
_OF_CASES = re.compile(r"\sof\s(?:the\s|all\s|these\s)?(?:cases|episodes|events)\b")
# "15/29 patients with ascites responded": how many of those who had it did another thing.
_THOSE_WITH = re.compile(
    r"[\s)\]]*(?:of\s(?:the\s|all\s)?)?(?:[\w-]+\s){0,2}(?:patients|women|men|subjects|participants|children|cases|those)\s(?:with|who\shad|having)\s"
    r"(?:[\w-]+\s){0,3}",
)
_DID = re.compile(
    r"(?:\s\([^()]*\))?\s(?:also\s|later\s|subsequently\s)?(?:respon\w+|had|have|has|received|achieved|underwent|developed|experienced|died|did|showed"
    r"|survived|relapsed|progressed|improved|recovered|remained|completed|(?:were|was)\s(?!reported|seen|observed|noted|recorded|found|identified|documented)\w+)\b"
)


# "neuropathy resolved in 12 of 14", "rash required steroids in 3"
_WHAT_BECAME_OF_IT = re.compile(
    r"(?:\s\([^()]*\))?(?:\s(?:had|has|have|was|were|been|being|all|later|then|[a-z]+ly))*"
    r"\s(?:resolved|recovered|improved|subsided|disappeared|abated|reversible|reversed|relieved|managed|controlled|prevented|required|necessitated)\b"
    r"(?:(?!\b(?:occurred|developed|seen|observed|reported|noted|had|and)\b)[^.;,])*"
)


INCIDENCE_OF = re.compile(r"\s(?:incidence|rate|risk|frequency|prevalence)\sof\s(?:any\s)?(?:grades?\s[\d/≥>=<.IV-]+\s|severe\s|serious\s)?")
"""What stands between a share and its event: "a 0.7% incidence of"."""
# "led to responses in 15/29 (52%) patients with X": what they had before.
_RESPONDED_IN = re.compile(
    r"\b(?:responses?|remissions?|stabili[sz]ations?|improvements?|benefits?|activity|effective|efficacy)\s(?:was\s|were\s)?"
    r"(?:seen\s|observed\s|achieved\s|obtained\s|noted\s|reported\s)?(?:in|by|for)\s(?:about\s|approximately\s|only\s)?$",
    re.IGNORECASE,
)
_PATIENTS_WITH = re.compile(
    r"[\s)\]]*(?:of\s(?:the\s|all\s)?)?(?:[\w-]+\s){0,2}(?:patients|women|men|subjects|cases|those)\s(?:with|who\shad|having)\s(?:[\w-]+\s){0,3}"
)
_DIFFERENCE_OF = re.compile(r"\bdifferences?\s(?:in\s[\w\s]{1,30}\s)?of\s(?:only\s|about\s)?$", re.IGNORECASE)
_OF_INTERVAL = re.compile(r"\bconfidence\sinterval\b[^.;]{0,60}\b(?:from|to|between|and)\s[+-]?\s?$", re.IGNORECASE)
# "9 patients (23%) did not develop any rash"
_DID_NOT = re.compile(
    r"\b(?:did|does|do|had|has|have)\s(?:not|never)\s(?:\w+ly\s)?(?:develop|experience|have|suffer|show|report|present|exhibit)\w*\s(?:(?!and\b|but\b)[\w-]+\s){0,4}$"
)
_OF_NONE = re.compile(
    r"\b(?:percentages?|proportions?|rates?|incidences?|frequenc(?:y|ies)|numbers?)\s(?:of|with|reporting|having)\s(?:[\w-]+\s){0,3}no\s(?:[\w-]+\s){0,2}$"
)
_THAN_OTHERS = re.compile(r"\b(?:than|compared|versus|vs)\b")


def _are_shares_of_none(text: str, event: CharSpan, value: Value) -> bool:
    """Whether values in a bracket are of two groups that are compared by who had none: "no rash was commoner with A than with B (82% vs 70%)"."""
    if event.start >= value.span.start or not _NONE.search(text[: event.start]):
        return False
    bracket = opening(text, value.span.start)
    in_bracket = bracket is not None and bracket >= event.end and _THAN_OTHERS.search(text, event.end, bracket) is not None
    return in_bracket or _OF_NONE.search(text[: event.start]) is not None


def why_no_rate(text: str, event: CharSpan, value: Value) -> str | None:
    """Why a number beside an event is no rate of it: those who had none, or how far something fell; None where it may be one."""
    behind = event.start >= value.whole.end
    head = text[: value.whole.start]
    if _DIFFERENCE_OF.search(head) or _OF_INTERVAL.search(head):
        return "a difference, no value of an arm"
    if behind and _RESPONDED_IN.search(head) and _PATIENTS_WITH.fullmatch(text, value.whole.end, event.start):
        return "what those with a disease did"
    if value.value != 0 and ((behind and _DID_NOT.search(text[value.whole.end : event.start])) or _are_shares_of_none(text, event, value)):
        return "those in whom an event did not occur"
    if value.value != 0 and _NONE.search(text[: event.start]):
        between = text[value.whole.end : event.start] if behind else text[event.end : value.whole.start]
        if not (_ANOTHER_BEHIND if behind else _ANOTHER_BETWEEN).search(_NONE.sub("", between) if behind else between):
            return "those in whom an event did not occur"
    if not behind and _WHAT_BECAME_OF_IT.fullmatch(text, event.end, value.whole.start):
        return "what became of those with an event"
    if _OF_CASES.match(text, value.whole.end) and _SO_SEVERE.search(text[: value.whole.start]):
        return "what became of those with an event"
    share = behind and (value.unit == "percent" or value.N is not None)
    if share and _THOSE_WITH.fullmatch(text, value.whole.end, event.start) and _DID.match(text, event.end):
        return "what those with an event did"
    if _DEGREE.search(event.of(text)) and value.unit == "percent":
        head = text[: value.span.start]
        near = _TO_DEGREE.fullmatch(text, value.whole.end, event.start) if behind else None
        if near is not None and (value.op is not None or near.group().lstrip().startswith("or ") or _SO_MUCH.search(head)):
            return "how far something fell or rose"
        if not behind and _EXTENT.fullmatch(text, event.end, value.span.start) and not _AS_A_RATE.search(text[: event.start]):
            return "how far something fell or rose"
    return None


def of_treatments(findings: Sequence[Finding], *, called_adverse: bool) -> tuple[list[Finding], list[Leftover]]:
    """The findings of a sentence without events and deaths of other studies that no treatment is told of: these are how common a disease is.

    Where it calls them adverse events, or tells of a trial, it means those of some treatment.
    """
    background = [f for f in findings if isinstance(f, MeasurementFinding) and not called_adverse and _of_no_treatment(f)]
    left = [Leftover(f.read, f.value_span, "how common an event is, of no treatment") for f in background]
    return [f for f in findings if f not in background], left


def _of_no_treatment(finding: MeasurementFinding) -> bool:
    study = finding.topic.study
    trial = study.name is not None and not study.name.endswith(("et al.", "Survey", "Registry", "Study"))
    # Deaths at a time from some start are a prognosis; of others it is told how many a disease is the cause of.
    common = finding.topic.endpoint == "AE" or (finding.topic.endpoint == "DEATH" and finding.topic.timepoint is None)
    return common and finding.arm is None and study.provenance == "cited" and not trial
