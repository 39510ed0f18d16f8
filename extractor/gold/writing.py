"""Gold lines as the guideline shows them."""

from __future__ import annotations

import json

from extractor.evaluate.equality import SLOTS
from extractor.evaluate.reading import Entry
from extractor.records import EntityMention

# In a comparison the guideline puts the estimate before its interval; records put what both kinds share first.
_ORDER = {
    "measurement": SLOTS["measurement"],
    "comparison": (*(name for name in SLOTS["comparison"] if name not in ("ci", "ci_level", "p", "model")), "ci", "ci_level", "p", "model"),
}


def fact_line(entry: Entry) -> str:
    """A fact as one line of JSON: kind and document first, slots in the guideline's order, then the span and, where known, `where`."""
    fact = entry.fact.model_dump(mode="json")
    names = ("kind", "doc", *(name for name in _ORDER[entry.fact.kind] if name != "kind"), "start", "end")
    where = {} if entry.where is None else {"where": entry.where}
    return json.dumps({**{name: fact[name] for name in names}, **where}, ensure_ascii=False)


def mention_line(mention: EntityMention) -> str:
    """A mention as one line of JSON."""
    return json.dumps(mention.model_dump(mode="json"), ensure_ascii=False)
