"""Markers and sizes that are told in shares: how far they changed, and in how many patients they did."""

from __future__ import annotations

import re

from extractor.entities import Mention
from extractor.entities.endpoints import quantities_of
from extractor.relations.kinds import Kind

_TO_CHANGE = 40
_CHANGE_OF = re.compile(
    r"\b(?:reduc(?:tions?|ed)|declin(?:es?|ed)|decreas(?:es?|ed)|falls?|fell|drop(?:s|ped)?|changes?|changed|increas(?:es?|ed)|rises?|rose|increments?"
    r"|shrinkage|shrank|shrunk|normali[sz](?:ed|ation))\b",
    re.IGNORECASE,
)


def response_of_marker(text: str, endpoint: Mention, kind: Kind) -> bool:
    """Whether a marker is told in shares: "an AFP response of more than 40%", "PSA fell by half in 30%"."""
    called = text[endpoint.span.end : endpoint.span.end + 9] == " response" or endpoint.span.of(text).endswith("response")
    changed = _CHANGE_OF.search(text, max(endpoint.span.start - _TO_CHANGE, 0), endpoint.span.end + _TO_CHANGE)
    return kind is Kind.SHARE and quantities_of()[endpoint.norm] in ("level", "size") and (called or changed is not None)
