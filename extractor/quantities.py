"""Printed numbers and what they say: values with units, intervals, p-values, effect estimates, counts out of totals.

All patterns run on folded text (`document.fold`), so that they need not spell out dashes, mid-dots and odd blanks. Each is a named object with
examples and counterexamples, which one test runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import log

from extractor.document import CharSpan

Number = int | float

# No more than nine digits either side of the point: longer runs are codes, and Python refuses to read those of thousands.
NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,2}(?:\.\d{1,9})?|\d{1,9}(?:\.\d{1,9})?(?!\d)|(?<![\d\w])\.\d{1,9})"
SIGNED = rf"(?:[-+](?=[\d.]))?{NUMBER}"
OPEN_END = (
    r"(?:not[ -]?(?:yet[ ])?(?:reached|estimable|evaluable|estimated|available|calculable|assessable|defined|determined)(?:[ ][\[(][A-Z]{2}[\])])?"
    r"|NA|NR|NE|ND|N/A|NC|NYR|∞|infinity"
    r"|upper\ limit\ not\ (?:yet\ )?reached)"
)
BOUND = rf"(?:{SIGNED}(?:\s?%)?|{OPEN_END})"

_BELOW_TWENTY = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
NUMBER_WORDS = {word: i for i, word in enumerate(_BELOW_TWENTY.split())}
_TENS = {word: 10 * i for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
NUMBER_WORDS |= _TENS
NUMBER_WORDS |= {f"{t}-{u}": n + NUMBER_WORDS[u] for t, n in _TENS.items() for u in list(NUMBER_WORDS)[1:10]}
NUMBER_WORDS |= {"no": 0, "none": 0}
_SMALL = "|".join(sorted((w for w in NUMBER_WORDS), key=len, reverse=True))
# "sixty", "one hundred and twelve", "three hundred".
COUNT_WORD = rf"(?:(?:an?|one|two|three|four|five|six|seven|eight|nine)[\s-]hundred(?:(?:\sand)?\s(?!no|zero)(?:{_SMALL})(?![a-z]))?|{_SMALL})"

ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}

TIME_UNITS = {
    "month": "month", "months": "month", "mo": "month", "mos": "month", "mths": "month", "month's": "month", "months'": "month",
    "week": "week", "weeks": "week", "wk": "week", "wks": "week", "day": "day", "days": "day",
    "year": "year", "years": "year", "yr": "year", "yrs": "year", "y": "year",
    "cycle": "cycle", "cycles": "cycle", "course": "cycle", "courses": "cycle",
    "hour": "hour", "hours": "hour", "h": "hour",
}  # fmt: skip
TIME_UNIT = r"(?:months?'?|month's|mo|mos|mths|weeks?|wks?|days?|years?|yrs?|y(?![\w-])|cycles?|courses?|hours?)(?![A-Za-z])"
LEVEL_UNIT = r"(?:ng|mAU|IU|mIU|U|kU|µg|μg|ug|pg|g|mg|mmol|µmol|nmol|copies)\s?/\s?(?:mL|ml|dL|dl|L|l|µL)(?![A-Za-z])"
SIZE_UNIT = r"(?:(?:cm|mm)\^?[23²³]?|cc)(?![A-Za-z\d]|\s?/)"
PEOPLE = (
    r"(?:patients?|cases?|women|woman|men|man|participants?|subjects?|individuals?|children|dogs?|cats?|responders?|deaths?|events?|people|persons?"
    r"|relapses?|recurrences?)"
)


@dataclass(frozen=True)
class Pattern:
    """A named pattern with the sentences it is for, and those it must leave alone.

    `examples` give for each text the groups of every match; groups that are None or not named in the row are not compared.
    """

    id: str
    regex: str
    examples: dict[str, list[dict[str, str]]]
    counterexamples: tuple[str, ...]
    flags: re.RegexFlag = re.VERBOSE
    compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile once."""
        object.__setattr__(self, "compiled", re.compile(self.regex, self.flags))

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in a folded text."""
        return self.compiled.finditer(text)

    def within(self, text: str) -> bool:
        """Whether a folded text has a match."""
        return self.compiled.search(text) is not None


INTERVAL = Pattern(
    id="confidence-interval",
    regex=rf"""
        (?: (?P<level>\d{{2}}(?:\.\d+)?) \s? (?:%|percent|per\ cent) \s* (?:-\s*)? )?
        (?: (?<=%\s) (?! (?:and|or|of|with|had|the|in|for|to|was|were|by|at|on)\b ) [a-z][a-z-]+ \s (?= C[.I] | confidence\s ) )?
        (?: \b CIs? \b | \b [Cc]\.\s?[Ii]\b \.? | (?: (?<=%\s) | (?<=%) ) (?: Cl | IC ) \b
          | (?i:\b confidence \s (?:interval|limit)s? \b | credible \s interval s? ) | \b CrI \b | \b CL \b )
        (?: \s* [\[(] (?:95\s?%\s?)? C[IL] s? [\])] )? (?: \s? (?P<level_behind>\d\d) \s? % (?=\s?[:,=\[(]?\s?[\d.-]) )?
        \s* (?: [:;,=] \s* )? (?: of | was | were | from | is )? \s* [\[(]? \s*
        (?P<low>{BOUND}) \s? (?: (?:months?|years?|weeks?|days?) )? \s* (?: - | ~ | to | [,;] | and )+ \s* (?P<high>{BOUND})
        (?: \s? (?:months?|years?|weeks?|days?) )?
    """,
    examples={
        "(95 per cent c.i. 18.0 to 24.9)": [{"level": "95", "low": "18.0", "high": "24.9"}],
        "HR=0.55, 95% CI 0.45-0.70).": [{"level": "95", "low": "0.45", "high": "0.70"}],
        "(95% CI, 14.2-40.4)": [{"low": "14.2", "high": "40.4"}],
        "(95 % CI 1.04, 4.89)": [{"level": "95", "low": "1.04", "high": "4.89"}],
        "95% confidence interval [CI], 0.41-0.77": [{"low": "0.41", "high": "0.77"}],
        "(95% CI: 9.1, NA)": [{"low": "9.1", "high": "NA"}],
        "95% CI 10.7-not reached": [{"high": "not reached"}],
        "(0.54 (95 percent confidence interval, 0.40 to 0.73)": [{"level": "95", "low": "0.40", "high": "0.73"}],
        "95% nominal confidence interval 1.07-1.70": [{"level": "95", "low": "1.07"}],
        "(99% CI 0.44-0.92)": [{"level": "99"}],
        "95% CI 14.1%-40.4%": [{"low": "14.1%", "high": "40.4%"}],
        "(HR 0.95, CI 95% 0.22-4.12;": [{"low": "0.22", "high": "4.12"}],
        "95% nominal confidence interval [CI]: 1.2-1.9)": [{"level": "95", "low": "1.2"}],
        "(90% repeated CI, 0.4-0.8)": [{"level": "90", "high": "0.8"}],
        "95% C.I. 1.3-4.2": [{"level": "95", "low": "1.3"}],
        "95% Cl: 0.4-0.8": [{"level": "95", "low": "0.4"}],
        "(95%CI = 0.40~0.80)": [{"level": "95", "high": "0.80"}],
    },
    counterexamples=("CI was planned", "CT scans of 12 to 14 patients"),
)

P_VALUE = Pattern(
    id="p-value",
    regex=r"""
        (?: (?<![A-Za-z\d-]) [pP] (?: \s* - \s* | \s+ )? (?: values? \s* )? (?: \s for \s (?:trend|interaction|difference|heterogeneity)
                (?: \s (?:with|by)\s [^,;:.()\d]{2,40}? (?= \s (?:was|of)\s ) )? \s* )?
            (?: \s* \( (?P<side>one|two|1|2)-sided \) )? [ ,]*
            (?: (?P<op> = | <\s?or\s?= | >\s?or\s?= | <= | >= | ≤ | ≥ | < | > | was | of | less\sthan | greater\sthan ) | (?<= value\s ) )
          | (?<= [(\[] ) [Ss]ig\.? \s? [=:]? ) \s*
        (?P<value> (?: 0 | 1 )? \.\d+ | 0,\d{2,} | [01](?![\d.]) | \d(?:\.\d+)? \s? [x×] \s? 10 \s? \^? -? \s? \d+ )
    """,
    examples={
        "p<0.001": [{"op": "<", "value": "0.001"}],
        "P = .904)": [{"op": "=", "value": ".904"}],
        "p =0.644": [{"value": "0.644"}],
        "log-rank p-value = 0.04": [{"value": "0.04"}],
        "(P value, <.001)": [{"op": "<", "value": ".001"}],
        "P < or = 0.0001]": [{"op": "< or =", "value": "0.0001"}],
        "(P less than 0.05)": [{"op": "less than", "value": "0.05"}],
        "in both arms (Sig 0.44)": [{"value": "0.44"}],
        "P for interaction with age was .03": [{"value": ".03"}],
        "(log-rank p-value 0.4574)": [{"value": "0.4574"}],
    },
    counterexamples=("p = NS", "cp=0.05", "PS 0-1", "was sig 0.4"),
)

RATIO_AND_INTERVAL = (
    r"[1-9]?\d\.\d{1,2}\s?[,;(\[]\s?[\[(]?(?:95\s?%\s?(?:CI|confidence\sinterval)?[\s,:;=]*)?"
    r"\d{1,2}\.\d{1,2}\s?(?:-|to|,)\s?\d{1,3}\.\d{1,2}(?!\d|\s?%|\.)"
)
"""A number with an interval of which neither is in percent: behind "RR" a relative risk, and no response rate."""
_RATIO_NAME = rf"""
    (?: (?i: hazards? [ ] ratios? (?: \s? \( \s? (?:a?HRs?) \s? \) | \s? \[ \s? a?HRs? \s? \] )? )
      | \b a?HRs?\b (?! \s? [+-] | \s? / \s? HER | \s?- \s?(?:positive|negative|HPV) ) ) (?P<hr>)
  | (?: (?i: odds [ ] ratios? (?: \s? [\[(] \s? a?ORs? \s? [\])] )? ) | \b a?OR\b (?= \s? [=:,] | \s \d | \s of \s \d | \s was ) ) (?P<or>)
  | (?: (?i: (?: relative [ ] risks? | risk [ ] ratios? | rate [ ] ratios? ) (?: \s? [\[(] \s? (?:RRs?|IRR) \s? [\])] )? )
      | \b RR\b (?= \s? [=:,] \s? \d | \s [01]\.\d | \s of \s [01]\.\d | \s (?:of\s)? {RATIO_AND_INTERVAL} ) ) (?P<rr>)
"""

# Digits that belong to a name: "arm 1", "the 14-mg group", "7.5 mg/kg", "S-1", "5-FU", "PD-L1", or of what "was" a number: "ECOG PS 2 was 1.6".
_IN_A_NAME = r"""(?: (?<= arm\s ) \d (?! [\d.] ) | (?<= group\s ) \d (?! [\d.] )
    | (?<= [A-Za-z] ) \d{1,3} (?! [\d.] ) | (?<= [A-Za-z]- ) \d{1,4} (?! [\d.] )
    | (?<= \s ) \d (?= -[A-Z] ) | (?<= \s ) \d{1,4} (?: \.\d )? [\s-]? (?= (?: mg | µg | g | Gy | IU | MU ) \b )
    | (?<= [\s-] ) \d{1,4} (?: \.\d )? (?= (?: [\s-] (?: years? | cm | mm | kg | points? | ng/mL ) )? \s (?: was | were | is ) \s [<>]? \s? \d )
    | (?<= \s ) \d{1,4} (?= \s (?: (?! (?: in | for | among | of | with | and | or | between | vs | versus | than | to | on | per | by | from | at
        | the | all | when | if | as ) \s ) [A-Za-z][\w-]* \s ){0,2}
        (?: patients | women | men | [a-z-]+smokers | participants | subjects | individuals ) \b ) )"""
RATIO = Pattern(
    id="ratio-estimate",
    regex=rf"""
        (?P<name> {_RATIO_NAME} )
        (?: \s* [\[(] (?P<contrast> [^()\[\]]{{3,80}} ) [\])] )?
        (?P<between> (?: [^.;()\[\]\d] | \bvs\. | (?<= \s ) \d{{1,3}} [\s-] {TIME_UNIT} | {_IN_A_NAME} ){{0,130}}?
            (?: \((?:[^()\d]*|[nN]\s?=\s?\d+)\) [^.;()\[\]\d]{{0,70}}? )? )
        (?: \s* (?: = | : | , | of | was | is | were | ~ | ≈ | \( | \[ ) )* \s*
        (?P<op> [<>≤≥] \s? )?
        (?! {_IN_A_NAME} ) (?P<value> {NUMBER} ) (?! \s?% | \d | \.\d | \s?(?:to|-|vs\.?|versus|and|or)\s?{NUMBER} \s?%
            | [\s-]? (?: patients | groups | arms | {TIME_UNIT} | min(?:ute)?s? | h(?:our)?s? | s(?:ec(?:ond)?s?)? | postoperative | post ) \b
            | \s? (?: ± | \+/- | bpm\b | beats\b )
            | (?: \s?(?:,|-|\band|\bor|\bto|,\sand)\s?\d{{1,3}} ){{1,4}} \s? (?: {TIME_UNIT} | min(?:ute)?s?\b | h\b ) )
    """,
    examples={
        "HR=0.55, 95% CI": [{"value": "0.55"}],
        "hazard ratio [HR], 0.59; 95%": [{"value": "0.59"}],
        "a hazard ratio (docetaxel/paclitaxel) of 1.2 (95% CI": [{"value": "1.2", "contrast": "docetaxel/paclitaxel"}],
        "hazard ratio = 0.76; 95%": [{"value": "0.76"}],
        "hazard ratio for death among women who took it was 0.81": [{"value": "0.81"}],
        "hazard ratio for death at 60 days with A, as compared with B, of 0.94": [{"value": "0.94"}],
        "hazard ratios of A vs. B for PFS and OS were 1.68 (": [{"value": "1.68"}],
        "HR, 0.6 in favor of A": [{"value": "0.6"}],
        "hazard ratio for PFS in arm 1 compared with arm 3 was 0.71": [{"value": "0.71"}],
        "HR for S-1 versus 5-FU at 7.5 mg/kg was 0.88": [{"value": "0.88"}],
        "HR in the 14-mg group was 0.91": [{"value": "0.91"}],
        "HR for PD-L1 positivity was 1.62": [{"value": "1.62"}],
        "hazard ratio for ECOG PS 2 was 1.62": [{"value": "1.62"}],
        "HR for tumor size > 5 cm was 1.62": [{"value": "1.62"}],
        "HR for those without rash (n=61) was 1.22 (": [{"value": "1.22"}],
        "odds ratio was 2.4": [{"value": "2.4"}],
        "hazard ratio among the 96 elderly women was 0.8": [{"value": "0.8"}],
        "hazard ratio was 2 in women (": [{"value": "2"}],
        "(HR 2.74, 95% CI": [{"value": "2.74"}],
    },
    counterexamples=(
        "HR+/HER2- disease in 95",
        "HR-positive tumours (n = 12)",
        "either sorafenib OR lenvatinib",
        "RR: 34.1 vs. 24.5 %",
        "a fall in HR within 5 min",
        "The HR was 71.4 ± 9.2 beats",
        "HR did not differ between the 2 groups",
    ),
)

_DECIMAL = r"\d{1,3}\.\d{1,3}"
ELIDED_RATIO = Pattern(
    id="ratio-without-its-name",
    regex=rf"""
        (?<![\w.,<>=/-]) (?<! [<>=] \s )
        (?P<value> {_DECIMAL} )
        \s? (?: [\[(] | [,;] ) \s? (?: \d\d\s?% \s? (?P<named> CI | confidence\sinterval )? \s? [,:=]? \s? )?
        (?P<low> {_DECIMAL} ) \s? (?: - | to | , ) \s? (?P<high> {_DECIMAL} )
        (?! [\d.] | \s?% | \s? [)\]]? \s? (?:months?|years?|weeks?|days?|mo|yr)\b )
    """,
    examples={
        "as was PFS (0.66, 0.54-0.80, p<0.001)": [{"value": "0.66", "low": "0.54", "high": "0.80"}],
        "and 1.09 (0.89-1.36, p=0.4) for PFS": [{"value": "1.09", "high": "1.36"}],
        "0.71 [0.53 to 0.95]": [{"low": "0.53"}],
        "became 0.93 (95% CI = 0.57 to1.52; P = .80)": [{"value": "0.93", "named": "CI"}],
    },
    counterexamples=("9.1 (7.2-11.4) months", "12.5 months (8.0-14.1 months)", "p=0.66 (0.54-0.80)", "20.1% (12.2-30.3%)"),
)


def spreads_evenly(value: str, low: str, high: str) -> bool:
    """Whether a value lies in the middle of an interval on the scale of logarithms, as far as the printed digits tell: a ratio and its interval.

    >>> spreads_evenly("0.66", "0.54", "0.80"), spreads_evenly("0.66", "0.10", "0.80"), spreads_evenly("9.1", "7.2", "20.4")
    (True, False, False)
    """
    v, lo, hi = (float(s) for s in (value, low, high))
    if not 0 < lo < v < hi:
        return False
    h, k, m = (0.51 * 10 ** -len(s.partition(".")[2]) for s in (low, value, high))
    if lo <= h or v <= k:
        return False
    below = log((v - k) / (lo + h)), log((v + k) / (lo - h))
    above = log((hi - m) / (v + k)), log((hi + m) / (v - k))
    return below[0] <= above[1] * 1.1 and above[0] <= below[1] * 1.1


OUT_OF = Pattern(
    id="count-out-of-total",
    regex=rf"""
        (?<![\d.,/-]) (?P<n> \d{{1,3}}(?:,\d{{3}})+ | (?<![A-Z]) \d{{1,5}} | \b(?i:{COUNT_WORD})\b )
        (?: \s (?: patients | responders | women | men | subjects | participants | cases | deaths | relapses | recurrences )
            (?= \s (?: out\ of | of\ the )\ ) )?
        \s* (?: of | out\ of | / ) \s*
        (?: the \s | all \s | these \s | a\ total\ of \s )?
        (?P<N> \d{{1,3}}(?:,\d{{3}})+ | \d{{1,5}} ) (?! \.\d | \d | ,\d{{3}} | \s?% | / | \s? (?:mg|ml|mL|Gy|kg|days|weeks|months|cm|mm\s?Hg)
          | \s (?: (?:treatment|study|dosing|randomi[sz]ed|intervention)\s )? (?: arms | groups | conditions | regimens | sequences | sites ) \b
          | \s? (?:person|patient) [\s-] years \b )
    """,
    examples={
        "(12 of 44 assessable patients)": [{"n": "12", "N": "44"}],
        "45/109": [{"n": "45", "N": "109"}],
        "in six of 38 patients": [{"n": "six", "N": "38"}],
        "17 responders out of the 51 patients": [{"n": "17", "N": "51"}],
        "1,151/5,427 (21.2%)": [{"n": "1,151", "N": "5,427"}],
        "one hundred and two of 310": [{"n": "one hundred and two", "N": "310"}],
    },
    counterexamples=("1.5/2.5", "12/05/2021", "of 44 patients", "of the kinases JNK1/2", "given 5/7 days"),
)

N_EQUALS = Pattern(
    id="n-equals",
    regex=r"\b[nN]\s*=\s*(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6})(?:\s*/\s*(?P<N>\d{1,6}))?",
    examples={"(n = 12)": [{"n": "12"}], "N=1,200": [{"n": "1,200"}]},
    counterexamples=("in 12 patients",),
    flags=re.RegexFlag(0),
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A printed interval; a bound that was not reached is None."""

    span: CharSpan
    low: Number | None
    high: Number | None
    level: Number | None

    def holds(self, value: Number) -> bool:
        """Whether it goes round a value; a bound that was not reached leaves that side open."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class PValue:
    """A printed p-value; `op` is ASCII."""

    span: CharSpan
    op: str
    value: Number


_HUNDREDS = re.compile(r"(?P<hundreds>[A-Za-z]+)[\s-]hundred(?:(?:\sand)?\s(?P<rest>[a-z-]+))?", re.IGNORECASE)


def parse_number(printed: str) -> Number:
    """The number that was printed: `1,234`, `.03`, `twelve`; an int where no point was printed.

    >>> [parse_number(s) for s in ("0.60", "1,234", ".03", "12", "Twelve", "One hundred and twelve", "10.2%")]
    [0.6, 1234, 0.03, 12, 12, 112, 10.2]

    Raises:
        ValueError: when it is no number.
    """
    text = printed.strip().rstrip("%").strip()
    hundreds, word = _HUNDREDS.fullmatch(text), NUMBER_WORDS.get(text.casefold())
    if hundreds is not None:
        return 100 * NUMBER_WORDS.get(hundreds.group("hundreds").casefold(), 1) + NUMBER_WORDS[(hundreds.group("rest") or "zero").casefold()]
    if word is not None:
        return word
    if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        text = text.replace(",", "")
    return float(text) if "." in text else int(text)


def parse_bound(printed: str) -> Number | None:
    """A bound of an interval; None where it was not reached."""
    return None if re.fullmatch(OPEN_END, printed.strip(), re.IGNORECASE) else parse_number(printed)


def find_intervals(text: str) -> Iterator[Interval]:
    """The intervals that are called so ("95% CI 0.5-0.7")."""
    for match in INTERVAL.find(text):
        low, high = parse_bound(match.group("low")), parse_bound(match.group("high"))
        if low is None and high is None:
            continue
        level = match.group("level") or match.group("level_behind")
        yield Interval(CharSpan(*match.span()), low, high, parse_number(level) if level else None)


# "(P = 0.96, 0.97, and 0.98, respectively)": all but the first go without their name.
_NEXT_P = re.compile(
    r"\s?(?:,\s?and|and|,|;)\s(?P<op>[<>=]\s?)?(?P<value>0?\.\d{1,5})(?=(?:\s?(?:,\s?and|and|,|;)\s(?:[<>=]\s?)?0?\.\d{1,5})*\s?(?:[,;]?\srespectively|\)))"
)
# "P for interaction was .02 for PFS and .08 for OS": the second is told for another outcome.
_NEXT_P_FOR = re.compile(r"\sfor\s[A-Za-z][\w-]*(?:\s[\w-]+){0,3}?,?\sand\s(?P<op>[<>=]\s)?(?P<value>0?\.\d{1,5})(?=\sfor\s[A-Za-z])")


def find_p_values(text: str) -> Iterator[PValue]:
    """The p-values; one that is told as "NS" is no number."""
    for match in P_VALUE.find(text):
        printed = re.sub(r"\s?or\s?", "", match.group("op") or "=")
        op = {"≤": "<=", "≥": ">=", "was": "=", "of": "=", "less than": "<", "greater than": ">"}.get(printed, printed)
        value = _p_number(match.group("value"))
        if value is not None and 0 <= value <= 1:
            yield PValue(CharSpan(*match.span()), op, value)
        other = _NEXT_P_FOR.match(text, match.end())
        if other is not None:
            yield PValue(CharSpan(*other.span("value")), (other.group("op") or op).strip(), parse_number(other.group("value")))
        following = _NEXT_P.match(text, match.end())
        while following is not None:
            yield PValue(CharSpan(*following.span("value")), (following.group("op") or op).strip(), parse_number(following.group("value")))
            following = _NEXT_P.match(text, following.end())


def _p_number(printed: str) -> Number | None:
    power = re.fullmatch(r"(\d(?:\.\d+)?)\s?[x×]\s?10\s?\^?(-?)\s?(\d+)", printed)
    if power:
        return float(f"{power.group(1)}e-{power.group(3)}")
    return parse_number(printed.replace(",", "."))
