"""Outcomes that are counted from an event in the course of the disease ("survival after relapse"): of those alone who had it."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind, ReadSentence
from extractor.entities.population_patterns import SINCE
from extractor.relations.brackets import without_brackets
from extractor.relations.findings import Topic

_BETWEEN = re.compile(r"(?:\s\([^()]*\))?(?:\srates?|\stimes?)?\s|\s(?:overall\s|median\s)?", re.IGNORECASE)


def since_of(read: ReadSentence, topic: Topic) -> Mention | None:
    """The event that the endpoint of a topic is counted from, where the sentence says so right beside it."""
    if topic.endpoint_span is None:
        return None
    for told in read.of(MentionKind.POPULATION):
        if told.detail == SINCE.id:
            if told.norm.startswith("within "):
                if topic.endpoint in ("DEATH", "TREATMENT_DEATH") and _in_one_clause(read.sentence.text, told.span, topic.endpoint_span):
                    return told
                continue
            start, end = sorted((told.span, topic.endpoint_span))
            if start.end <= end.start and _BETWEEN.fullmatch(read.sentence.text[start.end : end.start]):
                return told
    return None


_NEXT_CLAUSE = re.compile(r"[;.]\s|\b(?:but|while|whereas|although|however)\b|,?\sand\s(?=[^;,.]{0,40}\b(?:died|deaths?|fatal\w*|had|were|was)\b)")


def _in_one_clause(text: str, since: CharSpan, endpoint: CharSpan) -> bool:
    """Whether a time since the last dose is told of a death: no other statement begins between the two."""
    first, second = sorted((since, endpoint))
    return _NEXT_CLAUSE.search(without_brackets(text[first.end : second.end])) is None


def with_event(read: ReadSentence, topic: Topic) -> Topic:
    """The topic of those who had the event that its endpoint is counted from; unchanged for one that is counted from the start of the study."""
    since = since_of(read, topic)
    return replace(topic, population=since.norm, population_span=since.span) if since is not None else topic
