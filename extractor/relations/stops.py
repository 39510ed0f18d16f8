"""Treatment that was stopped or changed: of how many, why, and what else was done to it."""

from __future__ import annotations

import re

from extractor.document import CharSpan
from extractor.entities import Mention
from extractor.relations.reading import Reading
from extractor.relations.values import Value

REASONS = re.compile(
    r"\b(?:because\sof|due\sto|owing\sto|reasons?\sfor|caused\sby|on\saccount\sof|for(?=\s(?:\w+\s)?(?:toxic|adverse|side\s|intolera)))\b",
    re.IGNORECASE,
)
_REASONS_FOR = re.compile(r"\breasons?\s(?:for|of)\s(?:[\w-]+\s){0,5}$", re.IGNORECASE)
BY_TOXICITY = re.compile(r"\b(?:adverse|toxic\w*|intolera\w+|side\seffects?|(?:TR|TE|S)?AEs?)\b", re.IGNORECASE)
BY_OTHER = re.compile(
    r"\b(?:progress\w+|PD|relapse\w*|refus\w+|withdr\w+|decision|request|choice|consent|deaths?|died|lost\sto|compliance|surgery|complet\w+|sponsor"
    r"|protocol|other\sreasons?|deteriorat\w+|intercurrent)\b",
    re.IGNORECASE,
)


STOPPED = ("DISCONTINUATION", "DOSE_REDUCTION")


def reasons_in(text: str) -> list[CharSpan]:
    """Where a sentence names reasons to stop treatment."""
    return [CharSpan(*m.span()) for pattern in (BY_TOXICITY, BY_OTHER) for m in pattern.finditer(text)]


def reason_to_stop(reason: str) -> str | None:
    """What it is to have stopped for a reason: "DISCONTINUATION" for adverse events, "DEATH", None for what is no outcome."""
    if re.fullmatch(r"(?:patient\s)?deaths?|died", reason, re.IGNORECASE):
        return "DEATH"
    return "DISCONTINUATION" if BY_TOXICITY.search(reason) and not BY_OTHER.search(reason) else None


def reason_of(reading: Reading, stopped: Mention, value: Value) -> str | None:
    """Why treatment was stopped in so many: "adverse event", "other", or None where the sentence lists no reasons.

    In a list ("because of progression in 21 patients (45%), adverse events in 14 (30%)") the words since the value before are its reason.
    """
    text = reading.text
    if _BY_THEIR_WISH.match(text, value.whole.end):
        return "other"
    listed = _REASONS_FOR.search(text[: stopped.span.start]) is not None
    if not listed and not REASONS.search(text[stopped.span.start : value.span.start]):
        return None
    before = [v.whole.end for v in reading.numbers.values if stopped.span.end <= v.whole.end <= value.whole.start]
    said = text[max(before[-1] if before else stopped.span.end, stopped.span.start) : value.span.start]
    if before and not re.search(r"[a-z]{4}", said.replace("patients", "")):
        said = text[before[-2] if len(before) > 1 else stopped.span.end : value.span.start]
    if BY_TOXICITY.search(said):
        return "adverse event"
    named = any(e.span.of(text) in said for e in reading.events) or not listed
    return None if named and not BY_OTHER.search(said) else "other"


# "five patients on A and three on B withdrew consent or refused further treatment"
_ON_ARM = r"(?:\s(?:patients?|women|men|subjects))?(?:\s(?:receiving|in|on|with|from|given|treated|assigned)\s[^,;.()\d]{2,60}?)?"
_BY_THEIR_WISH = re.compile(
    rf"{_ON_ARM}(?:\s\([^()]*\))?(?:\sand\s(?:\d+|[a-z]+){_ON_ARM}(?:\s\([^()]*\))?)?\s(?:either\s|also\s|had\s)?"
    r"(?:withdr[ae]wn?\s(?:their\s|informed\s)?consent|refused|declined|were\slost\sto)\b",
    re.IGNORECASE,
)
# "was stopped in 4 patients, interrupted in 9 and reduced in 7": each number is of the verb ahead of it.
_CHANGED = re.compile(
    r"\b(?:(?P<reduced>reduced|lowered|dose[\s-]reduc\w+|reductions?)|(?P<stopped>discontinu\w+)"
    r"|(?P<other>interrupted|delayed|withheld|modified|postponed|interruptions?|delays?|modifications?))\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\b(?:or|and/or|/)\s?(?:[a-z]+\s)?$|\b(?:led|leading)\sto\s(?:an?\s|the\s)?(?:dose\s|treatment\s)?$", re.IGNORECASE)
_OR_ANOTHER = re.compile(r"\s?(?:or|and/or|/)\s", re.IGNORECASE)


def _changes(text: str) -> list[re.Match[str]]:
    return [m for m in _CHANGED.finditer(text) if not _TOGETHER.search(text[: m.start()]) and not _OR_ANOTHER.match(text, m.end())]


def changes_in(text: str) -> list[CharSpan]:
    """Where a sentence says that treatment was stopped, reduced or changed; not where two of these are told as one ("stopped or reduced in 12%")."""
    return [CharSpan(*m.span()) for m in _changes(text)]


def changed_otherwise(reading: Reading, value: Value) -> str | None:
    """What was done to treatment in so many, where a word for it stands between the number before and this one and is no endpoint by itself.

    Returns: the code, "" for what has none (an interruption), None where the words say nothing.
    """
    start = max((v.whole.end for v in reading.numbers.values if v.whole.end <= value.span.start), default=0)
    here = CharSpan(start, max(value.span.start, start + 1))
    later = _changes(here.of(reading.text))
    if not later or any(e.norm in STOPPED and e.span.overlaps(here) for e in reading.endpoints):
        return None
    return "DOSE_REDUCTION" if later[-1].group("reduced") else "DISCONTINUATION" if later[-1].group("stopped") else ""
