"""Factors that a sentence speaks of in words: "X was associated with longer OS (p = 0.02)", "PFS did not differ by sex (p = 0.6)".

What stands right before a bracket is the factor only in a list of factors (`factors.py`). Here it is the subject of a verb of association, what a
difference is told "by", or the two groups of patients that are set against each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind
from extractor.entities.joins import COMPARED_WITH
from extractor.quantities import Pattern
from extractor.relations.brackets import clause_start, opening, statement_start, without_brackets
from extractor.relations.factors import Factor, factor_norm
from extractor.relations.peoples import DEGREE, one_kind

_ADVERB = (
    r"(?:(?:not|no|also|still|both|only|significantly|statistically|strongly|independently|positively|negatively|inversely|directly|marginally|again"
    r"|consistently|further|found|shown|seen|to|be|each|closely|clearly|weakly|highly|all|therefore|however|longer|the|an?|most)\s){0,6}"
)
_BE = r"(?:was|were|is|are|be|been|remained|remain|remains|being)"
ASSOCIATION = Pattern(
    id="verb-of-association",
    regex=rf"""
        \b (?:
            {_BE} \s {_ADVERB} (?: associated | correlated | linked ) \s (?: significantly\s | independently\s | strongly\s )? (?: with | to )
          | {_BE} \s {_ADVERB} (?: \w+\s (?:and\s)? ){{0,3}}? (?: predictors? | (?: prognostic | risk | independent | significant
          | predictive | adverse )\s(?:factors?|markers?|indicators?|variables?)
              | determinants? | prognosticators? ) \b (?: \s (?: of | for ) )?
          | (?: identified | confirmed | recogni[sz]ed | emerged | proved | proven | found ) \s (?: as | to\sbe ) \s {_ADVERB} (?: \w+\s ){{0,2}}?
            (?: predictors? | (?: prognostic | risk | predictive | adverse | independent )\s(?:factors?|markers?|indicators?|variables?) ) \b
            (?: \s (?: of | for ) )?
          | {_BE} \s {_ADVERB} (?: prognostic | predictive ) \s (?: of | for )
          | {_BE} \s {_ADVERB} (?: related \s to | of \s (?: \w+\s ){{0,3}}? (?: significance | importance | relevance | value )
                \s (?: for | to | in )
              | (?: ir|un )? (?: relevant | important ) \s (?: to | for ) )
          | (?: significantly\s | independently\s | strongly\s )? (?: predicted | predicts | determined | conferred
              | (?: correlate[sd]? | correlation )\s(?: with | to )
              | (?: influence[sd] | affect(?:s|ed) (?! \s the\s(?:association|relation)) | impact(?:ed|s) ) (?! \s by \b ) )
          | (?: did | does | do | could )\s not\s (?: [a-z]+ly\s )? (?: influence | affect | predict | impact | determine )
          | (?: had | has | have | showed | shows | demonstrated | exhibited | displayed | exerted ) \s (?: an?\s | no\s )? (?: [\w-]+\s ){{0,3}}?
            (?: impact | effect | influence | association | correlation | relationship | bearing ) \s (?: on | upon | with | to )
          | (?: increase[sd]? | decrease[sd]? | reduce[sd]? | lower(?:s|ed) | raise[sd] | doubled ) \s the \s (?: risk | hazard | odds ) \s of
        )
    """,
    examples={
        "High Ki67 was significantly associated with shorter DFS": [{}],
        "nodal status remained an independent prognostic factor for OS": [{}],
        "A wild-type gene determined a longer PFS": [{}],
        "Grade had a significant impact on OS": [{}],
        "Age did not influence OS": [{}],
        "Positive margins increased the risk of relapse": [{}],
    },
    counterexamples=("an association was sought", "the factors were entered"),
    flags=re.VERBOSE | re.IGNORECASE,
)
DIFFERENCE_BY = Pattern(
    id="difference-by-a-factor",
    regex=r"""
        \b (?: differ\w* | difference\w* | varied | vary | changed?s? ) \b [^.;()]{0,80}? \s
        (?: by | according\sto | with\srespect\sto | depending\son | as\sa\sfunction\sof | stratified\sby )\s
        (?P<what> (?! arms?\b | group | treatment | investigator | independent | central | blinded | RECIST | log-?rank | the\s | our
          | a\s | an\s | \d | chance | means ) (?: [^,;.()] | (?<= \s\s ) , ){3,300}? ) (?= \s?$ )
    """,
    examples={"PFS did not differ by smoking status ": [{"what": "smoking status"}]},
    counterexamples=("differed by treatment arm", "did not differ between the arms"),
    flags=re.VERBOSE | re.IGNORECASE,
)
_DEGREE = (
    r"(?:high|higher|low|lower|strong|weak|positive|negative|elevated|normal|increased|reduced|present|absent|presence|absence|early|late|younger"
    r"|older)"
)
DIVIDED_BY = Pattern(
    id="outcome-divided-by-a-factor",
    regex=r"""
        \b (?: stratified | grouped | divided | analy[sz]ed | compared | examined | broken\sdown ) \s (?: by | according\sto )\s (?: the\s )?
        (?P<what> (?! arms?\b | group | treatment | investigator | random ) [^,;:.()]{3,60}? ) \s? , \s [^;:.]{0,100}?
        \b (?: differed | varied | was\s\w*\s?different | were\s\w*\s?different )\b [^;:.,]{0,40} $
    """,
    examples={"When stratified by grade, OS differed significantly ": [{"what": "grade"}]},
    counterexamples=("When stratified by grade, OS was longer with docetaxel ",),
    flags=re.VERBOSE | re.IGNORECASE,
)
LEVELS_AGAINST = Pattern(
    id="levels-set-against",
    regex=rf"""
        \b (?P<one> {_DEGREE} ) \s (?: expression\s | levels?\s )?
        (?: versus | vs\.? | as\scompared\s(?:to|with) | compared\s(?:to|with) | relative\sto | against ) \s (?: the\s )?
        (?P<other> {_DEGREE} ) \s (?: of\s )?
        (?P<what> [\w/-]+ (?: \s (?: \w+\s ){{0,2}}? (?: expression | levels? | scores? | status | counts? | grade | risk | burden | stage ) )? )
        (?= \s? [([,;.)] | \s (?: was | were | had | for | in | is | and | on ) \b | \s? $ )
    """,
    examples={
        "in patients with high as compared to low XPA1 expression (": [{"one": "high", "other": "low", "what": "XPA1 expression"}],
        "for positive vs. negative margins,": [{"what": "margins"}],
    },
    counterexamples=("high and low XPA1 expression", "was higher compared with placebo (", "low versus 12 months"),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (ASSOCIATION, DIFFERENCE_BY, DIVIDED_BY, LEVELS_AGAINST)
_ADVERBIAL = re.compile(
    r"""
    ^ (?: (?: in | on | by | at | after | for | with | using | when | among | under | within | based\son | upon | following | adjusting | controlling
          | however | moreover | furthermore | additionally | interestingly | notably | similarly | finally | also | indeed | overall
          | conversely | accordingly
          | irrespective | regardless | independent(?:ly)?\sof | apart\sfrom | besides | together\swith | beyond
          | of\snote | thus | hence | therefore | although | though | as | consistently | importantly | regarding | concerning
          | according\sto | a?mongst | compared | relative\sto | unlike ) \b
        (?: [^,]* \b(?:analys[ie]s|model|regression)\b (?! , ) (?= \s (?!of|in|for|with|using|adjust) ) | [^,]* ,) \s? )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REPORTED = re.compile(
    r"^.*\b(?:that|showed|shows|revealed|demonstrated|indicated|found|confirmed|identified|suggested|whether|observed|which|where)\s", re.IGNORECASE
)
_STRIP = re.compile(r"^(?:(?:the|an?|only|and|both|that|but|also|while|whereas|although|though|because|since|as)\s)+", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    r"""
    ^ (?: former | latter | first | second | last | rest ) $
  | ^ (?: it | they | this | these | which | there | we | who | those | that | none | both | no\sother\b.* | neither\b.* | nor\b.* | such
      | what | results? | findings? | effect | effects
        | differences? | changes? | associations? | variables? | factors? | trend | the\slatter | treatment | analys[ie]s ) $
  | ^ (?: no | none | neither | these | those | this | such | other | all | several | many | some | which | both | each ) \b
  | \b (?: was | were | had | has | have | did | is | are | which | who | than (?! \s \d ) | respectively | versus | vs\.? | treatment\seffect
  | p ) \b | [,:;] | (?<![<>])= | (?<![<>≤≥]\s)(?<![<>≤≥])(?<!\bthan\s)(?<!\babove\s)(?<!\bbelow\s)(?<!\bover\s)(?<!\bunder\s)\b\d+\s?%
  | \b and \b | \b or \b (?! \s (?: more | less | fewer | above | below | over | under | higher | lower | greater | older | younger | better
      | worse )\b )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MOST_WORDS = 10


# "by sex (p = 0.3) or age (p = 0.8)"
_LONGEST_OF_LIST = 60
_LAST_OF_LIST = re.compile(r"\)(?:,?\s(?:and|or|nor)\s(?:by\s)?|,\s(?:by\s)?)(?P<last>[^()]+)$")


@dataclass(frozen=True, slots=True)
class Talk:
    """What a sentence says of the factor of a number; `factor` is None where it speaks of factors and this one cannot be told.

    `outcome` is where the outcome is named: behind the verb; None where that may stand anywhere. `listed` are the factors where they are several.
    """

    factor: Factor | None
    outcome: CharSpan | None = None
    listed: tuple[Factor, ...] = ()


# "X was a predictor of OS, with a hazard ratio of 2.3": what a bracket would tell.
_WITH_RATIO = re.compile(
    r",?\s(?:with|at)\s(?:an?\s)?(?:(?:un)?adjusted\s|estimated\s|crude\s)?$",
    re.IGNORECASE,
)


def talk_at(text: str, at: int, endpoints: Sequence[Mention]) -> Talk | None:
    """What the sentence says of the factor that a number is about; None where it says nothing of a factor in these words."""
    bracket = opening(text, at)
    tail = _WITH_RATIO.search(text[:at]) if bracket is None else None
    end = tail.start() if tail is not None else at if bracket is None else bracket
    head = without_brackets(text[:end])
    by = next(iter(DIFFERENCE_BY.find(head)), None)
    if by is not None:
        start, end = by.span("what")
        last = _LAST_OF_LIST.search(text, start, end)
        span = CharSpan(last.start("last") if last is not None else start, end)
        said = _STRIP.sub("", span.of(text))
        if last is None or not _NO_SUBJECT.search(said):
            return Talk(Factor(factor_norm(said), span)) if "(" not in said and len(said) <= _LONGEST_OF_LIST else Talk(None)
    divided = next(iter(DIVIDED_BY.find(head)), None)
    if divided is not None:
        return Talk(Factor(factor_norm(divided.group("what")), CharSpan(*divided.span("what"))))
    levels = [m for m in LEVELS_AGAINST.find(head) if not re.search(r"[.;]\s", head[m.end() :])]
    if levels:
        last = levels[-1]
        span = CharSpan(*last.span())
        return Talk(Factor(f"{last.group('one').lower()} vs {last.group('other').lower()} {factor_norm(last.group('what'))}", span))
    return _associated(text, head, at, endpoints)


def _associated(text: str, head: str, at: int, endpoints: Sequence[Mention]) -> Talk | None:
    found = [m for m in ASSOCIATION.find(head) if not re.search(r"[.;]\s", head[m.end() :])]
    if not found:
        return None
    verb = found[-1]
    if clause_start(text, len(head)) > verb.end() or _FACTORS_THAT.search(head, 0, verb.start()):
        return None
    behind = [e for e in endpoints if verb.end() <= e.span.start and e.span.end <= at]
    ahead = [e for e in endpoints if e.span.end <= verb.start() and not re.search(r"[.;]\s", head[e.span.end : verb.start()])]
    object_ = head[verb.end() :]
    if not behind and ahead:
        return _object(text, head, verb) if re.fullmatch(r"(?:\s\w+){0,4}\s", head[ahead[-1].span.end : verb.start()]) else None
    if not behind and re.search(r"[A-Za-z]{3}", object_) and (endpoints or not _OF_NONE.fullmatch(object_)):
        return Talk(None)
    factor = subject_of(text, head, verb.start()) or next((s for m in reversed(found[:-1]) if (s := subject_of(text, head, m.start()))), None)
    return Talk(factor, CharSpan(verb.end(), at), () if factor is not None else subjects_of(head, verb.start()))


# "was the strongest predictor of all in the model": of the outcome that was told before.
_OF_NONE = re.compile(
    r"\s*(?:(?:of\s)?all)?\s*(?:(?:in|on|by|at)\s(?:[\w-]+\s){0,3}(?:analys[ei]s|models?|regressions?|testing)|after\s(?:\w+\s){0,2}adjustment|overall|as\swell)?\s*",
    re.IGNORECASE,
)
# "the factors that predicted OS were X (P = 0.1) and Y (P = 0.2)": the factors are listed behind.
_FACTORS_THAT = re.compile(r"\b(?:factors?|variables?|parameters?|characteristics|predictors?|covariates?|markers?)\s(?:that|which)\s(?:\w+ly\s)?$")
_TIES = re.compile(r"\b(?:with|to)\s?$", re.IGNORECASE)


def _object(text: str, head: str, verb: re.Match[str]) -> Talk | None:
    """What an outcome is said to be associated with: "response was related to CD8 density (p = 0.02)"; None where that is no plain name."""
    said = head[verb.end() :]
    match = _STRIP.match(said.lstrip())
    start = verb.end() + len(said) - len(said.lstrip()) + (match.end() if match else 0)
    end = len(head.rstrip())
    if not _TIES.search(verb.group()) or end - start < 3 or "(" in text[start:end]:
        return None
    if len(text[start:end].split()) > _MOST_WORDS or _NO_SUBJECT.search(text[start:end]):
        return None
    return Talk(Factor(factor_norm(text[start:end]), CharSpan(start, end)))


_ADVERB_BEHIND = re.compile(r"(?:\s(?:also|both|alone|further|could|can|may|might|\w{3,}ly))*\s*$", re.IGNORECASE)


# "Age, a predictor on univariate analysis, was ...", "the mutation, found in one in ten, was ..."
_APPOSED = re.compile(
    r"(?P<name>[^,;:.]{2,80}?)\s?,\s(?:an?|the|found|present|seen|which|observed|detected|itself|known|defined|measured)\s[^,;:.]{2,120},\s*$",
    re.IGNORECASE,
)


def _said_before(head: str, start: int, end: int) -> tuple[int, int]:
    """Where what a clause that starts at a place says before its verb starts and ends, without what leads there."""
    for _ in range(3):
        match = _ADVERBIAL.match(head[start:end])
        start += match.end() if match else 0
    apposed = _APPOSED.match(head[start:end])
    end = start + apposed.end("name") if apposed is not None else end
    for pattern in (_REPORTED, _STRIP):
        match = pattern.match(head[start:end])
        start += match.end() if match else 0
    said = _ADVERB_BEHIND.sub("", head[start:end])
    return start + len(said) - len(said.lstrip()), start + len(said.rstrip())


# "a score of 3 or more" is one factor.
_OR_MORE = r"(?! \s (?: more | less | fewer | above | below | over | under | higher | lower | greater | older | younger | better | worse )\b )"
_LIST_LINK = re.compile(rf"\s*,\s*(?:and|or|nor|as\swell\sas)\s+|\s*,\s*|\s+(?:and|or{_OR_MORE.replace(' ', '')}|nor|as\swell\sas)\s+")
_LEADS_LIST = re.compile(r"(?:(?:the|an?|both|either|neither|all|only|also|that)\s)+", re.IGNORECASE)
# "high and low X", "clinical and pathological stage": an adjective whose noun is told with the next.
_NO_ITEM = re.compile(r"\b(?:other|others|patients|women|men|those|factors|variables)\b|^[a-z]+(?:al|ic|ive|ed|ous|ary|er|ing)$|^(?:high|low)$")


def subjects_of(head: str, end: int) -> tuple[Factor, ...]:
    """The factors that a verb is told of, listed before it: "age, stage and LDH were associated with OS"; () where they are no plain names."""
    ends = [m.end() for m in _PARTS_OF.finditer(head, 0, end)]
    start, stop = _said_before(head, ends[-1] if ends else 0, end)
    return items_of(head, start, stop)


def items_of(head: str, start: int, stop: int, least: int = 2) -> tuple[Factor, ...]:
    """The factors of a list that stands between two places; () where it is none, or they are no plain names."""
    leads = _LEADS_LIST.match(head, start, stop)
    start = leads.end() if leads is not None else start
    bounds = [start, *(edge for m in _LIST_LINK.finditer(head, start, stop) for edge in m.span()), stop]
    items = list(zip(bounds[::2], bounds[1::2], strict=True))
    names = [re.sub(r"\s+", " ", head[a:b]).strip() for a, b in items]
    if len(names) < least or not all(_is_item(name) for name in names):
        return ()
    return tuple(Factor(factor_norm(name), CharSpan(*item)) for name, item in zip(names, items, strict=True))


def _is_item(name: str) -> bool:
    """Whether one of a list can be the name of a factor."""
    return len(name) > 1 and len(name.split()) <= _MOST_OF_ITEM and not _NO_ITEM.search(name.lower()) and not _NO_SUBJECT.search(name)


_MOST_OF_ITEM = 7
_PARTS_OF = re.compile(r"[;:.]\s|,?\s(?:whereas|while|whilst|but|although|however|that|showed)\s")


def subject_of(text: str, head: str, end: int) -> Factor | None:
    """The subject of a verb: what its clause says before it, without what leads there; None where that is no plain name."""
    start, end = _said_before(head, clause_start(text, end), end)
    words = text[start:end].split()
    if not words or len(words) > _MOST_WORDS or end - start < 3 or _NO_SUBJECT.search(text[start:end]):
        return None
    return Factor(factor_norm(text[start:end]), CharSpan(start, end))


SET_AGAINST = re.compile(r"\b(?:than|versus|vs\.?|compared\s(?:with|to)|as\scompared|relative\sto|against)\b", re.IGNORECASE)


def set_against(text: str, at: int, populations: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """The two groups that the clause of a number sets against each other; None where it does not, or names more than two."""
    bracket = opening(text, at)
    flat = without_brackets(text[: at if bracket is None else bracket])
    start = statement_start(flat, len(flat))
    stop = re.search(r"[.;]\s[A-Za-z]", text[at:])
    end = at + stop.start() if stop and opening(text, at) is None else len(text)
    inside = [p for p in populations if start <= p.span.start and p.span.end <= end]
    pair = _pair(text, [p for p in inside if p.span.end <= at])
    return pair or (_pair(text, inside) if len({p.norm for p in inside if p.span.end <= at}) < 2 else None)


# "Compared with patients with X, those with Y had a worse OS": what is told of the second is set against the first.
_OPENS_WITH_OTHERS = re.compile(rf"(?:^|[.;:]\s|\bthat\s)(?:when\s|as\s)?{COMPARED_WITH}\s(?:the\s|those\s|patients\s|with\s)*$", re.IGNORECASE)


def _pair(text: str, near: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """The two of a stretch that are set against each other: "than", "versus"."""
    named = {p.norm: p for p in reversed(near)}
    pair = sorted(named.values(), key=lambda p: p.span)
    if len(pair) != 2:
        return None
    apart = without_brackets(text)[pair[0].span.end : pair[1].span.start]
    if re.search(r"\b(?:whereas|while|but)\b", apart):
        return None
    if _OPENS_WITH_OTHERS.search(text[: pair[0].span.start]) and re.fullmatch(r"[\w\s-]{0,20},\s(?:the\s|those\s|patients\s|with\s|in\s)*", apart):
        return pair[1], pair[0]
    return (pair[0], pair[1]) if SET_AGAINST.search(apart) else None


_WORSE = rf"(?:(?:significantly|markedly|much|still|also|considerably|even|slightly|statistically)\s){{0,3}}(?P<how>{DEGREE})"
_WORSE_IN = re.compile(
    rf"\b{_WORSE}(?:\s(?!than\b|v(?:ersu)?s\b|compared\b|relative\b)[^\s,;.()\d]+){{0,8}}?\s(?:in|for|among)\s(?:the\s)?$", re.IGNORECASE
)
_HAD_WORSE = re.compile(
    rf"\s?(?:groups?\s|patients\s|women\s|men\s|tumou?rs\s|cancers\s|cases\s|disease\s)?(?:[(\[][^()\[\]]*[)\]]\s)?"
    rf"(?:had|have|showed|experienced|demonstrated|exhibited|did|fared)\s(?:an?\s)?{_WORSE}\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"worse|poorer|shorter|inferior|unfavou?rable", re.IGNORECASE)


def told_worse(text: str, at: int, populations: Sequence[Mention], *, arms: bool) -> Mention | None:
    """The one group that an outcome is said to be better or worse in: "OS was shorter in patients with X (p = 0.01)".

    Where two arms are compared (`arms`), a better outcome in a group may be what the arm under test does there: only a worse one is told of a factor.
    """
    bracket = opening(text, at)
    near = [p for p in populations if bracket is not None and p.span.end <= bracket]
    if len({p.norm for p in populations}) != 1 or not near:
        found = one_kind(text, at) if not populations else None
        if found is None or (arms and not _is_negative(found.degree, text[: found.factor.span.end])):
            return None
        return Mention(MentionKind.POPULATION, found.factor.span, found.factor.norm)
    group = near[-1]
    behind = text[group.span.end : bracket]
    match = _WORSE_IN.search(text[: group.span.start])
    if match is None or re.search(r"[,;.()\d]", behind) or len(behind) > 40:
        match = _HAD_WORSE.match(behind)
        if match is None or re.search(r"[;.)]|\b(?:when|if|with|after)\b", behind[match.end() :]):
            return None
    return group if not arms or _is_negative(match.group("how"), text[:bracket]) else None


_RISK = re.compile(r"\b(?:risks?|hazards?|odds|mortality|deaths?|recurrences?|relapses?)\b", re.IGNORECASE)


def _is_negative(degree: str, text: str) -> bool:
    """Whether a degree is told to someone's harm: "worse survival", "a higher risk"."""
    if _RISK.search(text):
        return re.fullmatch(r"higher|increased|greater|worse", degree, re.IGNORECASE) is not None
    return _NEGATIVE.fullmatch(degree) is not None


# "(... ; XFS: HR 0.8)": the abbreviation of an outcome that no list has.
_LABEL = re.compile(r"[(\[;]\s?(?P<what>[A-Z][A-Za-z]{0,3}S)(?:\s(?:rates?|hazard\sratio))?\s?[,:=]?\s?$")


def unknown_outcome(text: str, at: int, endpoints: Sequence[Mention]) -> bool:
    """Whether a number of a bracket stands behind the abbreviation of an outcome that is not known, beside others of outcomes that are."""
    bracket = opening(text, at)
    match = _LABEL.search(text[:at]) if bracket is not None else None
    if match is None or bracket is None or any(e.span.overlaps(CharSpan(*match.span("what"))) for e in endpoints):
        return False
    return any(bracket < e.span.start and opening(text, e.span.start) == bracket for e in endpoints)


_FOR_WHAT = re.compile(r"\s?for\s(?:the\s)?(?P<what>[A-Za-z][\w+/. -]{1,40}?)\s?(?=[,;)\]]|\sand\s[Pp]\s?[=<>])")
_NO_FOR = re.compile(
    r"\b(?:trend|interaction|difference|heterogeneity|both|all|each|comparison|non-?inferiority|superiority|cohorts?|sets?|groups?|arms?|patients|men|women"
    r"|analys[ie]s|trials?|stud(?:y|ies)|survival|response|rates?|months?|years?|log-?rank|tests?|hazards?|ratios?|odds|equality|equivalence|model|trends?)\b",
    re.IGNORECASE,
)


def factor_behind(text: str, p: CharSpan, named: Sequence[Mention]) -> Factor | None:
    """The factor that a p-value is said to be for right behind it: "(P < 0.001 for age, P = 0.02 for stage)"; None where that is something else."""
    match = _FOR_WHAT.match(text, p.end)
    if match is None or opening(text, p.start) is None or _NO_FOR.search(match.group("what")):
        return None
    span = CharSpan(*match.span("what"))
    return None if any(m.span.overlaps(span) for m in named) else Factor(factor_norm(span.of(text)), span)


# "the HR for death for high LDH was 1.6", "the hazard ratio of DFS for stage III was 2.1"
_OF_RATIO = re.compile(
    r"^[^()\[\],;:]*?(?:\s?[(\[][^()\[\]]{1,20}[)\]])?\s(?:(?:for|of)\s(?:the\s)?(?P<outcome>[^()\[\],;:]{2,40}?)\s)?"
    r"(?:for|of|associated\swith|with|in)\s(?:the\s|an?\s|having\s)?(?P<what>[^()\[\],;:]{3,50}?)\s(?:was|were|is|of|=)\s?(?:[<>]\s?)?$",
    re.IGNORECASE,
)


# "the hazard ratio for stage III was 2.1, and that for age above 65 years 1.4"
_THAT_OF = re.compile(
    r"\b(?:that|those)\s(?:for|of|associated\swith)\s(?:the\s|an?\s)?(?P<what>[A-Za-z][^()\[\],;:]{2,50}?)\s(?:(?:was|were|being)\s)?$"
)


def factor_of_ratio(text: str, ratio: CharSpan, at: int, outcomes: Sequence[Mention], others: Sequence[Mention]) -> Factor | None:
    """The factor that a ratio is named to be of: "the HR for death for high LDH was 1.6"; None where it is of an outcome alone, or of `others`.

    Args:
        text: the sentence.
        ratio: from the name of the ratio to its interval.
        at: where the estimate stands.
        outcomes: the endpoints and risks of the sentence.
        others: what else has a name: arms, populations.
    """
    match = _OF_RATIO.match(text[ratio.start : at])
    offset = ratio.start if match is not None else 0
    match = match or _THAT_OF.search(text[:at])
    if match is None:
        return None
    span = CharSpan(offset + match.start("what"), offset + match.end("what"))
    named = [m for m in (*outcomes, *others) if m.span.overlaps(span)]
    if named or _NO_FOR.search(span.of(text)) or _NO_FACTOR_INSIDE.search(span.of(text)):
        return None
    return Factor(factor_norm(span.of(text)), span)


_IN_BRACKET = re.compile(r"[(\[;,]\s?(?P<what>[^()\[\];,:=]{3,50}?)\s?:?\s?$")


def factor_inside(text: str, at: int, endpoints: Sequence[Mention]) -> Factor | None:
    """The factor that stands in the bracket right before its estimate: "(age > 60: HR 1.4; stage IV: HR 2.0)"; None where that is something else."""
    bracket = opening(text, at)
    match = _IN_BRACKET.search(text[:at]) if bracket is not None else None
    if match is None or match.start() < (bracket or 0):
        return None
    span = CharSpan(*match.span("what"))
    said = span.of(text)
    if any(e.span.overlaps(span) for e in endpoints) or _NO_FACTOR_INSIDE.search(said) or not re.search(r"[A-Za-z]{3}", said):
        return None
    return Factor(factor_norm(said), span)


_NO_FACTOR_INSIDE = re.compile(
    r"""
    \b (?: p | HR | OR | RR | CI | SD | IQR | n | range | median | mean | hazard | odds | ratio | relative | risk | respectively
      | log-?rank | test | figure | fig | table | adjusted
      | unadjusted | stratified | unstratified | univaria\w+ | multivaria\w+ | months? | years? | vs\.? | versus | difference
      | estimated? | and | or | for | by | of | in | with | interval
      | confidence | [A-Z]{0,4}FS | two-sided | one-sided | model | analysis | crude | reference ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
