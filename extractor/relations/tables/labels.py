"""What a header, a row label or a caption says: the arm and its size, the endpoint, the grade, the landmark, and the form of the numbers under it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from extractor.entities.endpoints import find_endpoints, find_events
from extractor.lexicons import words
from extractor.quantities import ROMAN, TIME_UNITS
from extractor.records import Measure, Model, Statistic
from extractor.relations.brackets import without_brackets
from extractor.relations.events import grade_norm
from extractor.relations.patterns import CRITERION, GRADE, TOXICITY_SCALE


class Role(str, Enum):
    """What kind of numbers stand in a column or row by its label; `VALUE` where the label does not say."""

    VALUE = "value"
    COUNT = "count"
    SHARE = "share"
    SIZE = "size"
    INTERVAL = "interval"
    SPREAD = "spread"
    RATIO = "ratio"
    P = "p-value"
    OTHER = "other"


Spreads = Literal["range", "iqr"]
Errors = Literal["sd", "se"]


@dataclass(frozen=True, slots=True)
class Form:
    """How the numbers under a label are printed. None and False are "not stated"."""

    share_in_brackets: bool = False
    count_in_brackets: bool = False
    share: bool = False
    count: bool = False
    interval: bool = False
    level: int | None = None
    spread: Spreads | None = None
    error: Errors | None = None
    unit: str | None = None
    statistic: Statistic | None = None

    def over(self, other: Form) -> Form:
        """This form with the gaps filled from one that is further away."""
        says_share = self.share_in_brackets or self.share or self.count
        share = self if says_share else other
        in_brackets = share.share_in_brackets or (self.count and other.share_in_brackets)  # "Death, no." under "No. (%)"
        counted = share.count_in_brackets or (self.share and other.count_in_brackets)
        between = self if self.interval or self.spread or self.error else other
        return Form(
            in_brackets, counted, share.share, share.count, between.interval, between.level, between.spread, between.error,
            self.unit or other.unit, self.statistic or other.statistic,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a label and where it stands in the label's text."""

    norm: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it is read, its arms aside.

    `core` is what is left of the text when its size, its form, its grade and its footnote marks are taken off; `endpoints` are those named outside
    brackets, each code once.
    """

    text: str
    core: str
    role: Role
    form: Form
    size: int | None
    endpoints: tuple[Said, ...]
    grade: Said | None
    timepoint: Said | None
    criterion: str | None
    scale: str | None
    measure: Measure | None
    model: Model | None
    event: Said | None
    toxic: bool


_SIZE = re.compile(
    r"""
    [(\[,;]? \s* \b (?: [nN]\s*(?:=|:) | (?:[Nn]o\.?|[Nn])\s(?=\d+\s(?:pts|patients|cases|subjects)\b) ) \s*
        (?P<n> \d{1,3}(?:,\d{3})+ | \d{1,6} )
            (?!\d|\.\d|\s?%|\s(?:cycles?|courses?|doses|events|episodes|lesions|tumou?rs|samples)\b)
        \s* (?:/\s*\d+)? \s* (?: patients? | (?<=\s)(?:pts\.?|cases|subjects) )? \s*
        (?: ;\s?\d+(?:\.\d+)?\s?% (?=\s?[)\]]) )? \s* [)\]]?
  | [(\[] \s? (?P<of> \d{1,3}(?:,\d{3})+ | \d{1,6} ) \s (?:patients?|pts\.?|subjects) \s? [)\]]
    """,
    re.VERBOSE,
)
_MARKS = re.compile(r"(?<=\S)\s?[*∗†‡§¶‖║#^~⌘]+(?=\s|$|[,;:)+/])")
_SHARE_IN_BRACKETS = re.compile(
    r"""
    (?: \b (?: n | no\.? | nos\.? | number | patients? | counts? | cases | events? | subjects | participants | frequency | incidence ) \b
        (?: [^()\[\]%]{0,30} ) [(\[] \s* (?:%|percent(?:age)?) \s* [)\]] )
  | \b n \s? / \s? N \s? [(\[] \s? % \s? [)\]]
  | \b (?:no\.?|number) [^%;]{0,60} [(\[] \s? % \s? [)\]]
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "% (n)", "Percentage of patients (number)".
_COUNT_IN_BRACKETS = re.compile(
    r"(?:%|\bpercent(?:age)?s?\b)(?:\s(?:of\s)?(?:patients|cases|subjects))?\s?[(\[]\s?(?:n|nos?\.?|numbers?|counts?|patients|cases|pts\.?)(?:\s(?:of\s)?(?:patients|cases|events))?\s?[)\]]",
    re.IGNORECASE,
)
_INTERVAL = re.compile(
    r"(?:(?P<level>\d\d(?:\.\d)?)\s?%\s*-?\s*)?(?:\bC\.?I\.?(?-i:s)?\b|\bCL\b|confidence\s(?:interval|limit)s?|\b(?-i:CrI)\b|(?<=%\s)confidence$)",
    re.IGNORECASE,
)
# "95% CI for HR", "95 % CI (OR)", "CI 95%", "95.0% CI for Exp(B)": the interval of a ratio that stands in a column of its own.
_INTERVAL_OF_RATIO = re.compile(
    r"""
    [(\[]? \s* (?: 9\d(?:\.\d)?\s?%?\s*-?\s* )? (?: C\.?I\.?s? | CL | confidence\s(?:interval|limit)s? ) \b \.? \s* [)\]]? \s*
        [(\[]? \s* (?: 9\d\s?% | (?:for\s|of\s)?(?:the\s)?
            (?: a?(?:HR|OR|RR)s? | hazard\sratios? | odds\sratios? | relative\srisks? | Exp\s?\([Bβ]\) ) ) \s* [)\]]?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LEFT_BY_INTERVAL = re.compile(r"[(\[]\s*[)\]]|[,;]\s*(?=[)\]])")  # "(%, 95% CI)" and "(% [95% CI])" without their intervals
_ONE_BOUND = re.compile(r"(?:lower|upper|low|high|LL|UL)(?:\s(?:limit|bound))?", re.IGNORECASE)
_RANGE = re.compile(r"\branges?\b|\bmin(?:imum)?\b[\s,;/-]+\bmax(?:imum)?\b", re.IGNORECASE)
_IQR = re.compile(r"\bIQR\b|inter-?\s?quartile|\bQ1\b", re.IGNORECASE)
_SD = re.compile(r"\b(?:means?|average)\b[^;]{0,25}\bSD\b|[(\[±]\s?SD\b|\bSTD\b|standard deviation|\bs\.d\.|±", re.IGNORECASE)
_SE = re.compile(r"\bSEM?\b|standard error", re.IGNORECASE)
_UNIT = re.compile(
    r"(?<![\d.][\s-])(?<!\d)(?<!\bone[\s-])(?<!\btwo[\s-])(?<!three[\s-])(?<!\bfive[\s-])\b"
    r"(?P<unit>months?|mos?|mths|weeks?|wks?|days?|years?|yrs?|cycles?|courses?)\b\.?(?!\s*(?:\d|survival|after|since|from|of|analysis|follow))",
    re.IGNORECASE,
)
_STATISTIC = re.compile(r"\b(?P<median>med(?:ian)?|m(?:OS|PFS|DFS|RFS|TTP)|MST)\b|\b(?P<mean>means?|average)\b", re.IGNORECASE)
_NOT_P = re.compile(r"interaction|trend|heterogen|\bhet\b|inter\b", re.IGNORECASE)
_RATIOS: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    ("HR", re.compile(r"\ba?HRs?\b(?!\s?[+/]\s?(?!OR\b))|[Hh]azards?\s[Rr](?:atios?|isks?)\b|[Rr]elative\s[Hh]azards?\b|HAZARD RATIO")),
    ("OR", re.compile(r"(?<!the\s)\ba?ORs?\b|[Oo]dds\s[Rr]atios?")),
    (
        "difference",
        re.compile(
            r"^\W*(?:(?:absolute|rate|risk|treatment|between-group|estimated|median|percentage[\s-]points?|%)\s)*[Dd]ifferences?\b(?!.*\b(?:baseline|mean|change|score)\b)"
        ),
    ),
    ("RR", re.compile(r"[Rr]elative\s[Rr]isks?|[Rr](?:isk|ate)\s[Rr]atios?|\bRRs?\b(?=\s?[(\[,]\s?9\d)|^RR$")),
)
_EXPONENT = re.compile(r"Exp\s?\(\s?[Bβ]\s?\)", re.IGNORECASE)  # the ratio, as SPSS heads it: of hazards or of odds, the caption says which
_TEST = re.compile(
    r"""
    \b (?: t[\s-]?(?:value|statistic) | df | F | z | chi-?\s?squared? | test\sstatistic | coefficients? | parameter\sestimate | beta | effect\ssize
         | standard\serror | SE | difference | mean\schange | change\sfrom | reduction | ratio | correlation | kappa | cost s?
         | p\s?-?\s?(?:trend|het\w*|inter\w*)
         | incidence\srate | events\sper | per\s(?:patient|person)-?\s?years? | person-years? ) \b | [χΧ]\s?2 | χ² | Pinteraction
    """,
    re.IGNORECASE | re.VERBOSE,
)
_COUNT_ONLY = re.compile(
    r"(?:n\s?/\s?N|(?:n|nos?\.?|numbers?|events?)\s?/\s?(?:total|no\.?|n|patients)(?:\sno\.?)?|n|nos?\.?|numbers?|nr\.?|patients?|cases|events?|subjects|counts?|no\.?\sof\s(?:patients|cases|events|subjects|pts\.?)|number\sof\s(?:patients|cases|events|subjects))",
    re.IGNORECASE,
)
# "Death, no.", "grade, no. of patients", "Number of deaths": what is counted, and that it is counted.
_COUNTED = re.compile(
    r"""
    ,\s (?: deaths | events )\s*$ | ,\s (?: n | nos?\.? | numbers? ) (?: \sof\s (?:patients|cases|subjects|events|pts\.?) )? [\s)\]:]* $
  | ^\s* (?: nos?\.? | numbers? )\sof\s (?: events | deaths | relapses | recurrences | progressions ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SHARE_ONLY = re.compile(
    r"(?:[(\[]\s?)?(?:%|percent(?:age)?s?|rates?|%\sof\spatients|proportion|incidence)(?:\s?[)\]])?(?:\s?[(\[]%[)\]])?", re.IGNORECASE
)
_SIZE_ONLY = re.compile(
    r"""
    (?: n | nos?\.? | N\s?= | numbers? | total\sn | (?:total\s|no\.?\sof\s|number\sof\s)?(?:evaluable\s|assessable\s|eligible\s|treated\s)?
        (?:patients|subjects|participants|cases)
            (?:\s(?:treated|randomi[sz]ed|randomly\sassigned|enrolled|evaluable|assessable|included|analy[sz]ed|evaluated))?
      | (?:number|no\.?)\sof\ssamples | samples )
    (?:,?\s{0,2}\(?(?:n|no\.?)\)?)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TIMEPOINT = re.compile(
    r"""
    (?P<bound> ≤ | <= | < | ≥ | > )? \s?
    (?P<number> \d{1,3}(?:\.\d+)? (?:\s?-\s?\d{1,3}(?:\.\d+)?)? | \b (?:one|two|three|four|five|six|ten|twelve) )
    [\s-]? (?P<unit> months? | mos?\b | years? | yrs? | yr | weeks? | wks? )
    (?! \s?(?:old|of\sage) | ly\b | (?:\s(?:and|or|vs\.?|versus)\s\w+[\s-]\w+)?\s(?:treatment\s)?(?:groups?|arms?|schedules?|regimens?)\b )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_STAGE = re.compile(
    r"(?:at\sthe\s)?(?P<what>(?:end\sof\s)?(?:phase|cycle|course|week|month|day|year)s?\s\d{1,3}"
    r"|(?:first|second|third|fourth|final|\d(?:st|nd|rd|th))\s(?:assessment|evaluation|restaging))\b(?!\s?[-/]\s?\d)",
    re.IGNORECASE,
)
_NUMBER_WORDS = {w: str(i) for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_BARE_GRADE = re.compile(
    r"(?:(?:CTC\s?)?G(?:r(?:ades?)?)?\.?\s?)?(?:(?P<low>[0-5]|I{1,3}V?|IV|V)(?:\s?(?:-|/|or|and|,|\+)\s?(?P<high>[2-5]|I{2,3}|IV|V))?(?P<plus>\s?\+)?|(?P<least>≥|>=|>)\s?(?P<from>[1-4])|(?P<any>any|all|total|overall))",
    re.IGNORECASE,
)
_BEYOND = re.compile(r"(?P<sign>>)\s?$")
_TOXIC = re.compile(
    r"\blaborator(?:y|ies)\s(?:test\s)?abnormalit|\badverse\b(?!\s(?:features?|prognos|risk|factors?|pathol|histol))|\btoxic|\bside[\s-]effects?|\bsafety\b|\bTE?AEs?\b|\bAEs?\b|\bSAEs?\b|\bCTC(?:AE)?\b|tolerab",
    re.IGNORECASE,
)
_MODELS: tuple[tuple[Model, re.Pattern[str]], ...] = (
    ("multivariate", re.compile(r"multi-?\s?varia", re.IGNORECASE)),
    ("univariate", re.compile(r"\buni-?\s?varia|\bunadjusted\b|\bcrude\b", re.IGNORECASE)),
    ("adjusted", re.compile(r"(?<!un)(?<!-)\badjusted\b", re.IGNORECASE)),
    ("stratified", re.compile(r"(?<!un)\bstratified\b", re.IGNORECASE)),
)
_DASHED = re.compile(r"\s-\s(?=(?:nos?\.?|n|%|mo|yr|wk|months?|years?|weeks?|numbers?|percent)(?![\w-]))", re.IGNORECASE)  # "Death - no. (%)"
_CLINICAL = re.compile(r"(?<![A-Za-z])c(?=(?:CR|PR|SD|PD)\b)")  # "cPR": a partial response by clinical examination
_ALIVE = re.compile(r"\b(?:patients\s)?(?:alive|surviving)\b(?=\s(?:at|after)\b)", re.IGNORECASE)
_CYCLES = re.compile(
    r"""
    (?:(?:median|mean)\s)? (?:(?:number|no\.?)\sof\s)? (?:treatment\s|chemotherapy\s|therapy\s)? (?:cycles?|courses?)\b
        (?:\s(?:received|administered|given|per\spatient|\(times\)))*
  | (?:(?:median|mean)\s)? (?:duration\sof\s(?:treatment|therapy|chemotherapy|exposure)|treatment\sduration)\b .*
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "30-day mortality", "postoperative mortality rate": deaths, by when or where they were.
_MORTALITY = re.compile(
    r"(?:(?:\d{2,3}|thirty|sixty|ninety)[\s-]?days?|in-?\s?hospital|hospital|post-?\s?operative|operative|peri-?\s?operative|surgical|early|induction)?"
    r"\s?\b(?:mortality(?:\srates?)?|(?<=[\w-]\s)deaths?)(?:\s(?:in(?:\sthe)?\shospital|within\s\d+\sdays))?",
    re.IGNORECASE,
)
# "NC": no change, as tables before RECIST call it.
_NO_CHANGE = re.compile(r"\W*NC(?:\s?/\s?(?:SD|MR))?\W*(?:[(\[]?(?:no\.?|n|%)[)\]]?)?\W*")
_FOLLOWED = re.compile(r"(?:(?:length|duration|period|time)\sof\s)?follow-?\s?up(?:\s(?:time|period|duration|interval))?", re.IGNORECASE)
_DAYS = re.compile(r"(?P<number>\d{2,3})[\s-]days?\s(?=mortality|survival|deaths?)", re.IGNORECASE)
# "RR (95% CI)", "RRs of colorectal cancer": a relative risk, not a response rate.
_RISK = re.compile(r"RRs?\b(?:\s?[(\[,]\s?9\d\s?%|\s(?:of|for)\s(?!patients)|\s?=)")
# "Survival post CR", "relapse after CR": the state that it is counted from.
_FROM_THERE = re.compile(r"\b(?:post|after|following|since|from|until)[\s-](?:an?\s|the\s)?$", re.IGNORECASE)
# "D-FFS", "LR-FFS": another endpoint than the one its end spells.
_PREFIXED = re.compile(r"(?<![A-Za-z])[A-Z]{1,3}-$")
# "overall and disease-specific survival": the first of two that share their last word.
_ELIDED = re.compile(
    r"\b(?P<first>overall|progression-free|disease-free|event-free|relapse-free)\s?(?:,|and|or|/|&)\s?[\w-]+[-\s](?:free|specific)\ssurvival",
    re.IGNORECASE,
)
_SURVIVALS: dict[str, str] = {"overall": "OS", "progression-free": "PFS", "disease-free": "DFS", "event-free": "EFS", "relapse-free": "RFS"}
_SEVERITY = re.compile(r"mild|moderate|severe|life[\s-]threatening", re.IGNORECASE)
_UNGRADED = re.compile(
    r"possibl[ey]|probabl[ey]|definite(?:ly)?|unlikely|unrelated|related|not\srelated|causality",
    re.IGNORECASE,
)
_NO_ENDPOINT = frozenset({"BEST_RESPONSE", "QOL", "OTHER"})
# "Arm (events/n)", "Arm (n/N)": how the numbers below are printed.
_OUT_OF = re.compile(
    r"[(\[]\s*(?:(?:nos?\.?|numbers?)\s(?:of\s)?)?(?:events?|deaths?|relapses|responders?|n)\s?/\s?(?:total|n|patients?|pts\.?|nos?\.?|subjects)\s*[)\]]",
    re.IGNORECASE,
)
_FORM_WORDS = re.compile(
    r"""
    ,? \s* (?<!\d)(?<!\d\s)% \s? [(\[] \s? (?:n|no\.?|number) \s? [)\]]
  | ,? \s* (?: \b(?:n|no\.?|number)\s*[(\[]\s?%\s?[)\]] | [(\[] \s? % \s? [)\]] | [(\[] \s? (?:n|no\.?) \s? [)\]] | (?<!\d)(?<!\d\s)% )
  | [(\[]? \s? 9\d \s? % \s? (?:C\.?I\.?|confidence\sintervals?) (?![A-Za-z]) \s? [)\]]?
  | [(\[] \s? (?:range|IQR|SD|SEM?|interquartile\srange|min\W{1,3}max(?:imum)?) \s? [)\]]
  | ,\s(?:n|no\.?)(?=\s|$|,)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def read_label(text: str, marks: frozenset[str] = frozenset()) -> Label:
    """What a label says. `marks` are the letters that the table's footnotes go by: they are taken off the words they are stuck to."""
    plain = _DASHED.sub(",  ", _CLINICAL.sub(" ", without_marks(text, marks)))
    size = _SIZE.search(plain)
    bare = _SIZE.sub(lambda m: " " * len(m.group()), plain)
    sized = size is not None and re.fullmatch(r"(?:HR|OR|RR)s?", bare.strip(" ,:()")) is not None  # "HR (n = 120)": hepatic resection, or the like
    measure = None if sized else next((m for m, pattern in _RATIOS if pattern.search(bare)), None)
    grade = _grade(bare)
    core = _core(bare, grade)
    form = form_of(bare)
    return Label(
        text=text,
        core=core,
        role=_role(bare, core, measure),
        form=form,
        size=int((size.group("n") or size.group("of")).replace(",", "")) if size else None,
        endpoints=_endpoints(bare),
        grade=grade,
        timepoint=_timepoint(bare),
        criterion=criterion_in(bare),
        scale=scale_in(bare),
        measure=measure,
        model=next((m for m, pattern in _MODELS if pattern.search(bare)), None),
        event=_event(core, bare),
        toxic=bool(_TOXIC.search(bare)),
    )


def without_marks(text: str, marks: frozenset[str]) -> str:
    """A label with its footnote marks blanked out, character for character."""
    text = _MARKS.sub(lambda m: " " * len(m.group()), text)
    text = re.sub(r"(?<=[a-z]{3})\d{1,2}$", lambda m: " " * len(m.group()), text.rstrip()).ljust(len(text))
    text = re.sub(r"(?P<word>[A-Za-z]{3,})(?P<before>[a-z])(?P<marks>[a-j])(?=$|[\s,;(])", _off, text)
    if not marks:
        return text
    letters = "".join(sorted(marks))
    text = re.sub(rf"(?<=\w\s)[{letters}](?:,\s?[{letters}])*\s*$", lambda m: " " * len(m.group()), text)
    return re.sub(rf"(?P<word>[A-Za-z]*)(?P<before>[a-z\d)%])(?P<marks>[{letters}](?:,[{letters}])*)(?=$|[\s,;(])", _off, text)


def _off(match: re.Match[str]) -> str:
    """The match without the letters at its end, where the word is a word without them and none with them."""
    stem = match.group("word") + match.group("before")
    known = words()
    word = (stem + match.group("marks")).casefold()
    if word in known or (stem.isalpha() and stem.casefold() not in known and not stem.isupper()):
        return match.group()
    return stem + " " * len(match.group("marks"))


def form_of(text: str) -> Form:
    """How a label, a caption or a footnote says that numbers are printed."""
    interval = _INTERVAL.search(text)
    rest = _LEFT_BY_INTERVAL.sub(" ", _INTERVAL.sub(" ", text))
    in_brackets = bool(_SHARE_IN_BRACKETS.search(rest))
    share = bool(re.search(r"(?<!\d)(?<!\d\s)%|\b[Pp]ercent", _SHARE_IN_BRACKETS.sub(" ", rest)))
    unit = _UNIT.search(rest)
    statistic = _STATISTIC.search(text)
    level = interval.group("level") if interval else None
    spread: Spreads | None = "iqr" if _IQR.search(text) else "range" if _RANGE.search(text) else None
    error: Errors | None = "sd" if _SD.search(text) else "se" if _SE.search(text) else None
    return Form(
        share_in_brackets=in_brackets,
        count_in_brackets=bool(_COUNT_IN_BRACKETS.search(rest)),
        share=share and not in_brackets,
        count=bool(_COUNT_ONLY.fullmatch(rest.strip(" ,:()[]"))) or (not share and not in_brackets and bool(_COUNTED.search(rest))),
        interval=interval is not None,
        level=int(float(level)) if level else None,
        spread=spread,
        error=error,
        unit=TIME_UNITS.get(unit.group("unit").casefold()) if unit else None,
        statistic=None if statistic is None else "median" if statistic.group("median") else "mean",
    )


def _role(bare: str, core: str, measure: Measure | None) -> Role:
    stripped = bare.strip(" :,")
    if _is_p(stripped):
        return Role.OTHER if _NOT_P.search(stripped) else Role.P
    if _INTERVAL_OF_RATIO.fullmatch(stripped):
        return Role.INTERVAL
    if measure is not None or _EXPONENT.fullmatch(stripped):
        return Role.RATIO
    rest = _INTERVAL.sub("", stripped).strip(" ()[],:%")
    if _INTERVAL.search(stripped) and (not rest or _ONE_BOUND.fullmatch(rest)):
        return Role.INTERVAL
    if re.fullmatch(r"(?:range|IQR|min\W+max\w*|SEM?|standard (?:deviation|error))", stripped.strip(" ()[]"), re.IGNORECASE):
        return Role.SPREAD
    if _COUNT_ONLY.fullmatch(stripped.strip(" ()[]")):
        return Role.COUNT
    if _SHARE_ONLY.fullmatch(stripped):
        return Role.SHARE
    if _SIZE_ONLY.fullmatch(stripped):
        return Role.SIZE
    if _UNGRADED.fullmatch(core):
        return Role.OTHER
    return Role.OTHER if _TEST.search(without_brackets(bare)) and not _endpoints(bare) else Role.VALUE


def _is_p(text: str) -> bool:
    if re.fullmatch(
        r"(?:P|Pr|Prob)\s?>\s?\|?(?:z|t|chi2?|χ2)\|?|Sig(?:\.|nificance)?(?:\s?\(?2-tailed\)?)?|(?:[\w'-]+\s){0,3}[pP](?:\s?-?\s?[vV]alues?)?(?:\s?\(?(?:log-?rank|two-sided|one-sided|χ2|fisher[\w\s']*|chi-?square\w*)\)?)?",
        text.strip(" *:,."),
    ):
        return True
    of = re.fullmatch(r"[pP](?:\s?-?\s?[vV]alues?)?\s?[(\[](?P<of>[^()\[\]]{2,40})[)\]]", text)  # "P (OS)"
    if of is not None and any(True for _ in find_endpoints(of.group("of"))):
        return True
    return bool(re.match(r"[pP](?:\s?-?\s?(?:[a-j]\s)?[vV]alues?\b|\W{1,3}(?:for\s)?[\w+ ./-]{1,60}\s(?:vs?\.?|versus)\s)", text)) or bool(
        re.match(r"[pP](?:-|\s)(?:for\s|of\s)?(?:interaction|trend|het)|Pinteraction", text)
    )


def _endpoints(bare: str) -> tuple[Said, ...]:
    """The endpoints named outside brackets, in order, each code once; those in brackets where none is outside."""
    flat = without_brackets(bare)
    found: dict[str, Said] = {}
    for text in (flat, bare):
        for mention in find_endpoints(text):
            before = text[: mention.span.start]
            if (mention.norm == "ORR" and _RISK.match(bare, mention.span.start)) or _PREFIXED.search(before) or _FROM_THERE.search(before):
                continue
            if mention.norm in _NO_ENDPOINT or re.search(r"\bnon-?\s?$", before, re.IGNORECASE):
                continue
            found.setdefault(mention.norm, Said(mention.norm, mention.span.start, mention.span.end))
        elided = _ELIDED.search(text)
        if elided is not None:
            code = _SURVIVALS[elided.group("first").casefold()]
            found.setdefault(code, Said(code, *elided.span("first")))
        if _CYCLES.fullmatch(text.strip(" ,:")):
            found.setdefault("DURATION", Said("DURATION", 0, len(text.rstrip())))
        if _NO_CHANGE.fullmatch(text):
            found.setdefault("SD", Said("SD", text.index("NC"), text.index("NC") + 2))
        mortality = _MORTALITY.search(text)
        if not found and mortality is not None and _MORTALITY.fullmatch(_FORM_WORDS.sub(" ", text).strip(" ,:-")):
            found.setdefault("DEATH", Said("DEATH", *mortality.span()))
        form = form_of(bare)
        followed = _FOLLOWED.fullmatch(re.split(r"[,(]", text)[0].strip()) if form.unit is not None else None
        if not found and followed is not None:
            found.setdefault("FOLLOW_UP", Said("FOLLOW_UP", 0, followed.end()))
        alive = _ALIVE.search(text)
        if alive:
            found.setdefault("OS", Said("OS", *alive.span()))
        if found:
            break
    return _composite(flat, tuple(found.values()))


def _composite(flat: str, found: tuple[Said, ...]) -> tuple[Said, ...]:
    """Endpoints added up: "CR + PR" is the objective response, "CR + PR + SD" disease control."""
    codes = {s.norm for s in found}
    if codes in ({"CR", "PR"}, {"CR", "PR", "SD"}) and "+" in flat[found[0].start : found[-1].end]:
        return (Said("ORR" if len(codes) == 2 else "DCR", found[0].start, found[-1].end),)
    return found


_LISTED = re.compile(r"\b[Gg]rades?\s(?P<low>[1-3])(?:,\s?[2-4])+,?\s(?:or|and)\s(?P<high>[3-5])\b")  # "Grade 3, 4, or 5"
_OF_ANY = re.compile(r"\b(?:any|all)\sgrades?\b", re.IGNORECASE)  # "Any Grade", as heads are printed


def _grade(bare: str) -> Said | None:
    """The one toxicity grade that a label names; None where it names none or two."""
    found: dict[str, Said] = {}
    bare = _OF_ANY.sub(lambda m: m.group().lower(), bare)
    listed = _LISTED.search(bare)
    if listed is not None:
        return Said(f"{listed.group('low')}-{listed.group('high')}", *listed.span())
    for match in GRADE.find(bare):
        norm = grade_norm(match)
        beyond = _BEYOND.search(bare[: match.start()])
        if beyond and not norm.startswith(">"):
            norm = f">{norm}"
        if match.group("severe"):
            continue
        found.setdefault(norm, Said(norm, beyond.start() if beyond else match.start(), match.end()))
    if len(found) != 1:
        return _added_up(bare, found)
    return next(iter(found.values()))


def _added_up(bare: str, found: dict[str, Said]) -> Said | None:
    """Grades added up: "Grade 3 or Grade 4" is one grade, told in two."""
    said = list(found.values())
    if len(said) == 2 and re.fullmatch(r"\s?(?:or|and|/|\+|-)\s?", bare[said[0].end : said[1].start]) and all(s.norm.isdigit() for s in said):
        return Said(f"{said[0].norm}-{said[1].norm}", said[0].start, said[1].end)
    return None


def bare_grade(label: Label, *, header: bool = False) -> Said | None:
    """A grade told without the word, as under a header that speaks of toxicity: "3-4", "G3", "Any"; None where the label is no such.

    A `header` may say it of events: "All AEs" beside "Grade 3-4 AEs".
    """
    core = label.core.strip(" ,:()")
    if _SEVERITY.fullmatch(core) and label.event is None:
        start = max(label.text.find(core), 0)
        return Said(core.casefold(), start, start + len(core))
    core = re.sub(r"(?<=any|all)\s(?:(?:TE)?AEs?|adverse\sevents?|toxicit(?:y|ies)|events?)$", "", core, flags=re.IGNORECASE) if header else core
    match = _BARE_GRADE.fullmatch(core)
    if match is None:
        return None
    start = label.text.find(match.group())
    at = (start, start + len(match.group())) if start >= 0 and match.group() else (0, len(label.text))
    if match.group("any"):
        return Said("any", *at)
    if match.group("least"):
        return Said(f"{'>' if match.group('least') == '>' else '>='}{match.group('from')}", *at)
    low, high = (ROMAN.get(g.upper(), g) if g else g for g in match.group("low", "high"))
    return Said(f"{low}-{high}" if high else f">={low}" if match.group("plus") else str(low), *at)


def _timepoint(bare: str) -> Said | None:
    match = _TIMEPOINT.search(bare)
    days = _DAYS.search(bare)
    if match is None and days is not None:
        return Said(f"{int(days.group('number'))} day", *days.span())
    if match is None:
        stage = _STAGE.search(bare)
        return Said(stage.group("what").casefold(), *stage.span("what")) if stage else None
    number = re.sub(r"\s", "", _NUMBER_WORDS.get(match.group("number").casefold(), match.group("number")))
    bound = {"≤": "<=", "≥": ">="}.get(match.group("bound") or "", match.group("bound") or "")
    unit = TIME_UNITS.get(match.group("unit").casefold(), match.group("unit"))
    return Said(f"{bound}{number} {unit}", *match.span())


def criterion_in(text: str) -> str | None:
    """The criterion of response that a label, a caption or a footnote names."""
    match = next((m for m in CRITERION.find(text) if not m.group().startswith("CTC")), None)
    if match is None:
        return None
    name = "mRECIST" if match.group().casefold().startswith("modified") else match.group()
    return re.sub(r"RECIST\s?(?:v(?:ersion)?\.?\s?)?(\d)", r"RECIST \1", name)


def without_criterion(text: str) -> str:
    """A label without the names of criteria of response, and their versions: "by mRECIST" is "by"."""
    for match in CRITERION.find(text):
        text = text.replace(match.group(), " ")
    return text


def scale_in(text: str) -> str | None:
    """The one scale by which toxicity was graded that a label, a caption or a footnote names, with its version; None where it names two."""
    found: dict[str, str] = {}
    for match in TOXICITY_SCALE.find(text):
        spelled = ("NCI-" if match.group("nci") else "") + ("CTC" if match.group("toxicity") else "CTCAE")
        name = match.group("short") or match.group("other") or spelled
        version = match.group("version") or match.group("number")
        key = re.sub(r"[\s-]", "", name)
        if version or key not in found:
            found[key] = f"{name} {version}" if version else name
    said = {name for name in found if not any(name != other and name in other for other in found)}
    return found[said.pop()] if len(said) == 1 else None


def _core(bare: str, grade: Said | None) -> str:
    text = bare if grade is None else bare[: grade.start] + " " * (grade.end - grade.start) + bare[grade.end :]
    text = _FORM_WORDS.sub(" ", text)
    text = re.sub(r"[(\[]\s*(?:maximum|AEs?|or|only|events?|CTCAE|NCI-?CTC|cases|patients|pts\.?|number|no\.?|n)?\s*[)\]]", " ", text)
    text = _OUT_OF.sub(" ", text)
    text = re.sub(r"[(\[]?\s*\b(?:maximum|worst)\s*(?:grades?)?\s*[)\]]?\s*$", "", text)
    return re.sub(r"\s+", " ", text).strip(" ,;:-")


def _event(core: str, bare: str) -> Said | None:
    """The adverse event that a label is, whole; None where no lexicon knows it."""
    hit = next(find_events(core), None)
    if hit is None:
        return None
    start = max(bare.find(core), 0)
    return Said(core.casefold(), start, start + len(core))
