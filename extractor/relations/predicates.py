"""What is said of the people that a number counts: their own verb makes the number one of that, and of no endpoint named in another clause."""

from __future__ import annotations

import re

from extractor.quantities import COUNT_WORD
from extractor.relations.brackets import without_brackets
from extractor.relations.kinds import Kind, Value

WENT_ON = re.compile(r"[\s)\]]*(?:(?:of\s(?:the\s|these\s)?)?patients\s)?(?:went\son|proceeded|re-?commenced|commenced|continued)\b")
# "and 2 patients were lost to follow-up": what became of these is told behind them.
_DID_ANOTHER_THING = re.compile(
    r"[)\]]?(?:\s(?:patients?|women|men|others?|subjects?|cases?|participants?|children))?\s(?:(?:was|were|had|have|has|also)\s)?(?:did\snot|could\snot|changed|left\s(?:the|study|treatment)|violated|relapsed|recurred|excluded|lost\sto|dropped|withdrew|withdrawn|refused|declined|moved|completed"
    r"|switched|started|received|underwent|still\salive|alive)\b"
)
_DIED = re.compile(r"[)\]]?(?:\s(?:patients?|women|men|others?|subjects?|cases?|participants?|children))?\s(?:had\s)?died\b")
# "5% of patients had treatment delays": told of nothing that was named before.
PUT_OFF = re.compile(r"[^.;,]{0,60}\b(?:delay|postpon|interrupt)", re.IGNORECASE)
TREATED = re.compile(
    r"[)\]]?\s(?:patients|women|men|cases|subjects)?\s?(?:were\s|was\s|who\s(?:were\s)?)?(?:treated|accrued|enrol\w+|assigned|randomi\w+|allocated|receiving|included|recruited)\b",
    re.IGNORECASE,
)
NEXT_STATEMENT = re.compile(r"[\s)\]]*,?\s(?:and|while|whereas|but)\s(?:the\s)?(?![\d<>])")

# "fell in 30% and rose in 10%", "PR in 20% and a further 36% achieving SD": each is told of another matter.
_OF_OTHERS = re.compile(
    r"\b(?:and|but|while|whereas)\s(?:rose|fell|(?:in|de)creased|declined|dropped|normali[sz]ed|stabili[sz]ed|remained\s[a-z]+)\s(?:in|by)\s"
    r"|(?:\b(?:and|but|while|whereas|with)|,)\s(?:in\s)?(?:an?\s)?(?:further|another|additional)\s(?:\d|one|two|three|four|five|six)"
)

# The people of a count, and the group that they are of.
_THEY = (
    r"[\s)\]]*(?:(?:of\s(?:the\s|these\s|all\s)?)?(?:other\s|further\s|more\s)?(?:patients?|women|men|others?|subjects?|cases?|participants?|children|infants)\b)?"
    r"(?:\s(?:in|from|on|with|of)\s(?:the\s)?(?:(?!\b(?:was|were|had|have|who|and|but)\b)[^,;.()\d]){2,40}?)?"
)
# Participles that tell how a result was seen, or whose it was: they are no verb of another matter.
_TELLS_RESULT = (
    r"(?:observed|reported|noted|noticed|recorded|documented|found|seen|experienced|achieved|attained|obtained|reached|developed|died|responded|progressed"
    r"|discontinued|considered|attributed|related|deemed|judged|thought|treated|randomi[sz]ed|assigned|received|confirmed|graded|classified|rated|required"
    r"|needed|suffered|evaluated|assessed|described|detected|identified|affected|diagnosed|resolved|given|censored|estimated|compared|based|stopped"
    r"|withdrawn|shown|followed|included|analy[sz]ed|enrolled|allocated|calculated|unchanged|improved|increased|decreased|reduced|maintained|associated)"
)
_OWN_VERB = re.compile(
    _THEY + rf"\s(?:(?:was|were)\s(?:[a-z]+ly\s)?(?!{_TELLS_RESULT}\b)[a-z]+ed\b"
    rf"|(?!{_TELLS_RESULT}\b)[a-z]+ed\s(?:their|his|her|its|an?|the|any|no)\b"
    r"|remained\s(?:alive|free|well|in|on|[a-z]+-free)\b|(?:was|were)\s(?:refractory|resistant|alive|free|evaluable|assessable|inevaluable|ineligible|progression-free|disease-free)\b"
    r"|required\s(?:[a-z-]+\s){0,2}(?:\w*steroids?|immunosuppress\w+|infliximab|transfusions?|hospitali[sz]ation|surgery|antibiotics|admission)\b"
    r"|(?:was|were)\s(?:women|men|males?|females?|smokers|younger|older|na[iï]ve)\b"
    r"|returned\s|(?:did|could|would)\snot\b|(?:was|were)\s(?:lost|withdrawn|excluded|sent|taken|too|unable|unwilling|not)\b|(?:chose|left|gave\sup|lost)\b)"
)
_VERB = (
    r"\s(?:had|have|has|achieved|attained|obtained|reached|showed|demonstrated|exhibited|experienced|developed|died|discontinued|withdrew|stopped|remained"
    r"|underwent|required|relapsed|progressed|responded|survived|entered|completed|refused|suffered"
    r"|(?:was|were)\s(?!seen\b|observed\b|reported\b|noted\b|noticed\b|described\b|shown\b|demonstrated\b|recorded\b|documented\b|found\b|achieved\b|obtained\b|given\b|identified\b|detected\b)[a-z]+)\b"
)
_THEIR_VERB = re.compile(
    r"[)\]]?(?:\s(?:of\s(?:them|these))?(?:patients?|women|men|others?|subjects?|cases?|participants?|children))?(?:\s(?:also|then|later|subsequently))?"
    + _VERB
)
_ANY_VERB = re.compile(
    rf"{_THEIR_VERB.pattern}|[)\]]?\s(?!treated\b|randomi[sz]ed\b|assigned\b|allocated\b|compared\b|based\b|associated\b|related\b)[a-z]+ed\b"
)
_HAVING = re.compile(
    r"[)\]]?(?:\sof\s(?:the\s)?)?(?:\s?(?:patients?|women|men|cases|subjects|participants))?\s(?:achieving|having|experiencing|showing|developing|attaining|reaching|obtaining)\b"
)
_WITH_SOME = re.compile(r"[)\]]?,?\swith\s(?:a\sfurther\s|another\s|an\sadditional\s)?")
_TOLD_IN = re.compile(r"\b(?:in|by|was|were|of|for|only|about|approximately)\s$")
_NEXT_CLAUSE = re.compile(
    r"[)\]]?(?:\s(?:of\s(?:the\s)?)?(?:patients|women|men|cases|subjects|participants))?(?:,\s(?:and|but|while|whereas)|\s(?:and|but|while|whereas)|;|,)\s(?:the\s)?(?:other\s|another\s|only\s)?"
)


def begins_clause(text: str, before: Value, value: Value) -> bool:
    """Whether a number of people begins a clause of its own behind another: "CR was seen in 5 (8%), and 20 patients (33%) had a PR".

    It does where it has a verb right behind it, and the number before it none that both could share: that one ends its clause, or has its own verb.

    >>> from extractor.document import CharSpan
    >>> said = "Rash was seen in 5%, and 20% died; 12 and 9 died"
    >>> places = (CharSpan(17, 19), CharSpan(25, 28), CharSpan(35, 37), CharSpan(42, 43))
    >>> one, two, three, four = (Value(Kind.SHARE, s, s, 0, "percent") for s in places)
    >>> begins_clause(said, one, two), begins_clause(said, three, four)
    (True, False)
    """
    if WENT_ON.match(text, before.whole.end) or _OF_OTHERS.search(text, before.whole.end, value.span.end):
        return True
    if value.kind not in (Kind.SHARE, Kind.COUNT):
        return False
    if _HAVING.match(text, value.whole.end) and _WITH_SOME.fullmatch(text, before.whole.end, value.whole.start):
        return True
    if not _THEIR_VERB.match(text, value.whole.end):
        return False
    own = _ANY_VERB.match(text, before.whole.end)
    if own is not None:
        return _PARTED.search(text, own.end(), value.whole.start) is not None
    return _TOLD_IN.search(text[: before.whole.start]) is not None and _NEXT_CLAUSE.fullmatch(text, before.whole.end, value.whole.start) is not None


# What parts the clause of a number from the one before.
_PARTED = re.compile(r"[,;:]|\b(?:and|but|while|whereas)\b")


def did_another_thing(text: str, value: Value) -> bool:
    """Whether it is told right behind a number of patients what they did, and it is no outcome."""
    return _DID_ANOTHER_THING.match(text, value.whole.end) is not None


def stayed_or_died(text: str, value: Value) -> bool:
    """Whether people who are counted beside those who stopped treatment did another thing, or died."""
    return did_another_thing(text, value) or _DIED.match(text, value.whole.end) is not None


def of_others(text: str, named: int, first: Value, last: Value) -> bool:
    """Whether the people counted did another thing than what is named before them.

    They have a verb of their own, of another clause: "None died, and 19 on A were reintubated".

    Args:
        text: the folded sentence.
        named: where the name of the endpoint ends.
        first: the first of the numbers.
        last: the last of them.
    """
    if first.kind is Kind.COUNT and did_another_thing(text, first):
        return True
    between = without_brackets(text[named : first.whole.start])
    return first.kind in (Kind.SHARE, Kind.COUNT) and _PARTED.search(between) is not None and _OWN_VERB.match(text, last.whole.end) is not None


_SO_MANY = rf"(?:\d{{1,4}}|(?i:{COUNT_WORD}|an?|a\ssingle|another))"
# "32 died (13 on A, 19 on B), 21 were lost to follow-up (10 on A": the bracket is of those who were lost.
_OTHERS_BEFORE_BRACKET = re.compile(
    rf"(?:[,;]|\band|\bbut|\bwhile)\s(?:the\s)?(?:other\s|remaining\s|only\s)?{_SO_MANY}\s"
    r"(?:patients?\s|women\s|men\s|subjects?\s|participants?\s|children\s)?(?:(?:was|were)\s(?!dead\b|alive\b)[a-z]+|did\snot|could\snot|withdrew|refused|declined)\b"
)


# "serious events in 14 patients (23%), 6 of which (10%) were fatal"
_OF_THOSE = re.compile(rf"{_SO_MANY}\sof\s(?:which|whom|them|these|those)\s?$")
# "a lower survival rate (28% vs 29%) and hospital discharge rate (6% vs 10%)": the second bracket is of another rate.
_OTHER_RATE = re.compile(r"[)\]],?\sand\s(?:the\s|a\s)?(?:[a-z-]+\s){1,4}(?:rates?|times?|scores?)\s?$", re.IGNORECASE)


def are_others(text: str, named: int, bracket: int | None) -> bool:
    """Whether a bracket stands behind other people than those of an endpoint named before them, who did another thing, or behind another rate."""
    if bracket is None or bracket < named:
        return False
    others = _OTHERS_BEFORE_BRACKET.search(without_brackets(text[named:bracket]))
    return others is not None or _OF_THOSE.search(text[:bracket]) is not None or _OTHER_RATE.search(text[named:bracket]) is not None


# "10 (67%) completed the study and only one (7%) withdrew", "twelve malformations and a single death": what is named has a number of its own.
_COUNTED_ITSELF = re.compile(
    rf"(?:[,;:]|\band|\bbut|\bwhile|\bwhereas)\s(?:only\s)?(?:{_SO_MANY}|\d[\d.]*\s?%)\s(?:[(\[][^()\[\]]*[)\]]\s)?(?:of\s(?:them|these|those|whom)\s)?"
    r"(?:patients?\s|women\s|men\s|subjects?\s|participants?\s|children\s)?(?:(?:had|have|has)\s)?(?:(?!in\b|on\b|with\b|of\b|for\b|to\b)[a-z-]+\s){0,2}$"
)


# "34% relapsed and 37% died"
_VERB_OF_ITS_OWN = re.compile(r"[)\]]?\s(?:relapsed|recurred|progressed|responded|survived)\s(?:and|but|while)\s(?=\d)")


def counted_itself(text: str, end: int, named: int) -> bool:
    """Whether what is named behind a number is told of another that stands right before it; "12 mild and 3 severe events" share their noun."""
    if _VERB_OF_ITS_OWN.match(text, end, named):
        return True
    own = _COUNTED_ITSELF.search(text[end:named])
    return own is not None and (len(text[end : end + own.start()].split()) > 1 or _THEIR_VERB.match(text, end) is not None)
