"""Outcomes that are counted from an event in the course of the disease ("survival after relapse"): of those alone who had it."""

from __future__ import annotations

import re
from dataclasses import replace

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
                if topic.endpoint in ("DEATH", "TREATMENT_DEATH") and ";" not in without_brackets(read.sentence.text):
                    return told
                continue
            start, end = sorted((told.span, topic.endpoint_span))
            if start.end <= end.start and _BETWEEN.fullmatch(read.sentence.text[start.end : end.start]):
                return told
    return None


def with_event(read: ReadSentence, topic: Topic) -> Topic:
    """The topic of those who had the event that its endpoint is counted from; unchanged for one that is counted from the start of the study."""
    since = since_of(read, topic)
    return replace(topic, population=since.norm, population_span=since.span) if since is not None else topic
