"""Whether a number is of survival where the sentence has no word for its kind: "5-year survival was 31%", "a median survival of 9 months"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.entities import Mention
from extractor.relations.kinds import Kind, Value

_TIME_BEFORE = re.compile(r"(?:months?|years?|weeks?)[\s-](?:\w+\s){0,2}$", re.IGNORECASE)
# What stands right before a length of survival, or anywhere before it.
_LENGTH = re.compile(
    r"\b(?:median|mean|average)\b|[(\[]\s?$|\b(?:was|were|is|of|to|by|reached|exceeded)\s(?:only\s|about\s|approximately\s|around\s|nearly\s)?$|[:=]\s?$",
    re.IGNORECASE,
)


def tells_survival(text: str, survival: Mention, values: Sequence[Value]) -> bool:
    """Whether values told together can be of survival without a word for its kind: "5-year survival", a median."""
    first = values[0]
    if (
        first.kind is Kind.TIME
        and _TO_LANDMARK.fullmatch(text, survival.span.end, first.span.start)
        and not _CHANGED.search(text[: survival.span.start])
    ):
        return False
    if first.kind in (Kind.TIME, Kind.OPEN):
        return len(values) > 1 or bool(_LENGTH.search(text[: first.span.start]))
    if _TIME_BEFORE.search(text[: survival.span.start]):
        return True
    gap = text[survival.span.end : first.span.start]
    if first.kind is not Kind.SHARE or survival.span.end > first.span.start:
        return False
    return _SURVIVAL_WAS.fullmatch(gap) is not None or (gap == " " and _GOES_ON_TO.search(text[: survival.span.start]) is not None)


# "disease-free survival was 52% versus 42%, and survival 57% versus 51%": the verb of the one before is left out.
_GOES_ON_TO = re.compile(r"\d\s?%(?:[^;.]|\.\d){0,40}(?:,|\band|\bbut|\bwhile)\s(?:crude\s|that\sof\s)?$")


# "survival to 6 months": who was alive then; not "increased survival to 14 months".
_TO_LANDMARK = re.compile(r"(?:\srates?)?\s(?:to|until|beyond|past)\s(?:hospital\s\w+\sto\s)?(?:about\s|over\s|the\s)?")
_CHANGED = re.compile(r"\b(?:increas|prolong|extend|improv|lengthen|rais|doubl|reduc|decreas|shorten)\w*\b[^.;]{0,60}$", re.IGNORECASE)
# "survival was 41% at 2 years and 30% at 3 years", "no difference in survival (arm A 15%, ...)"
_SURVIVAL_WAS = re.compile(
    r"(?:\s(?:for\s|beyond\s|past\s)?(?:(?:more|longer)\sthan\s|at\sleast\s)?[\w.]+\s(?:years?|months?)(?=\s(?:was|were)))?(?:\sfrom\s(?:the\s)?[A-Za-z-]+(?:\s[a-z-]+)?)?(?:\s(?:at|after)\s[^.;,()%]{1,20})?(?:\s(?:rates?|for|in|of|with|among)\b[^.;,()%\d]{0,40})?\s?(?:\b(?:was|were|of)\s(?:only\s|about\s)?|:\s|[(\[](?:[^\d()%]{0,25}\s)?)"
    r"(?:\d[\d.]*\s?%(?:\s?\([^()]*\))?\s(?:at|after)\s[\w.]+\s(?:years?|months?|yrs?)(?:,\s(?:and\s)?|\sand\s))*"
)
