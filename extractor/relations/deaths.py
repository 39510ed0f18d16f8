"""What an estimate for deaths is of: survival of any cause, survival from the tumor, or deaths of one cause, kind or time that are neither."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind
from extractor.relations.causes import cause_of
from extractor.relations.findings import Topic
from extractor.relations.reading import Reading

# "on-study death", "cardiovascular mortality": deaths of a kind or of a time, the hazard of which is none of survival.
_KIND = re.compile(
    r"""
    \b (?: on[\s-] (?: study | treatment ) | early | induction | in-?hospital | (?: peri | post )-?operative | operative | sudden | toxic
      | coronary | cardiac | cardio\w+ | vascular | cerebro\w+ | neonatal | perinatal | infant | maternal | f(?:o)?etal | accidental
      | non-[\w-]+ | treatment-\w+ | transplant-\w+ | \d+-day )
    \s (?: $ | mortality | deaths? )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WITHOUT = re.compile(r"s?\s(?:without|not\spreceded\sby)\s|s?\sin\s(?:complete\s)?(?:remission|CR)\b")
_ANY_CAUSE = re.compile(r"\b(?:all|any|other)[\s-]causes?\b", re.IGNORECASE)
# What the patients of these papers are treated for.
_TUMOR = re.compile(
    r"cancer|melanoma|tumou?r|carcinoma|sarcoma|lymphoma|leuka?emia|myeloma|glio|blastoma|mesothelioma|malignan|neoplas|metasta|disease\b|progressi|relapse"
    r"|recurrence|\b[A-Z]{2,5}$",
    re.IGNORECASE,
)
_OF_A_TUMOR = re.compile(rf"(?:{_TUMOR.pattern}|PCa)(?:-specific)?\s$", re.IGNORECASE)
# "stroke or death", "death or myocardial infarction": one outcome of several, of which only progression and relapse have a code.
_OR_BEFORE = re.compile(
    r"(?P<what>[\w-]+)(?:\s?,|\s?\([A-Z-]+\))?\s(?:or|and/or)\s(?:(?:any-cause|all-cause|any|premature|related)\s)?$", re.IGNORECASE
)
_OR_BEHIND = re.compile(r"\s(?:or|and/or)\s(?:(?:an?|any|the|first|non-?fatal|of|from)\s)*(?P<what>[\w-]+(?:\s[\w-]+)?)", re.IGNORECASE)
_HAS_CODE = re.compile(
    r"progress|relap|recur|surviv|death|mortality|died|event|failure|any|all|other|not|cause|due|in\b|for\b|with\b|without|disease", re.IGNORECASE
)


def of_some_deaths(reading: Reading, topic: Topic) -> bool:
    """Whether a topic is deaths of a kind or of a time."""
    span = topic.endpoint_span
    if span is None:
        return False
    kind = _KIND.search(reading.text[: span.start]) or _KIND.match(span.of(reading.text))
    return kind is not None or _WITHOUT.match(reading.text, span.end) is not None


def is_composite(reading: Reading, topic: Topic) -> bool:
    """Whether death is but one part of an outcome that has no code: "the risk of stroke or death"."""
    span = topic.endpoint_span
    if span is None or topic.endpoint not in ("DEATH", "OS"):
        return False
    before = _OR_BEFORE.search(reading.text[: span.start])
    behind = _OR_BEHIND.match(reading.text, span.end)
    parts = [m.span("what") for m in (before, behind) if m is not None and not _HAS_CODE.search(m.group("what"))]
    return any(not any(e.span.overlaps(CharSpan(*part)) for e in reading.endpoints) for part in parts)


# "a higher risk of death from prostate cancer (HR 6) and from all causes (HR 4)": right before the bracket of the second
_OR_OF_ALL_CAUSES = re.compile(r"\b(?:and|or|nor|than)\s(?:(?:of|from|for)\s)?(?:all|any)[\s-]causes?\s?[(\[][\s\w]{0,8}$", re.IGNORECASE)


def survival_of(reading: Reading, topic: Topic, at: int) -> Topic:
    """A hazard ratio for death is one of overall survival, for death of the tumor of survival from it, for death of another cause of those deaths.

    `at` is where the ratio stands.
    """
    span = topic.endpoint_span
    code = "OS"
    if (
        span is not None
        and not _OR_OF_ALL_CAUSES.search(reading.text[:at])
        and not _ANY_CAUSE.search(reading.text[max(span.start - 30, 0) : span.end + 30])
    ):
        cause = cause_of(reading.text, Mention(MentionKind.ENDPOINT, span, "DEATH"))
        if cause is not None and not _TUMOR.search(cause.span.of(reading.text)):
            return replace(topic, endpoint="DEATH", statistic=None, event=cause.name, event_span=cause.span)
        if cause is not None or _OF_A_TUMOR.search(reading.text[: span.start]):
            code = "CSS"
    return replace(topic, endpoint=code, statistic=None, event=None, event_span=None)
