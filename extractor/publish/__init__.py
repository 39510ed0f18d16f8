"""Data sets: the papers of a corpus and all that was read in them, as tables that the tools of the field read at once.

`publish` writes the folder; `splits` says which paper is for what, `tables` which columns there are, `card` and `croissant` tell people and machines.
"""

from extractor.publish.card import Facts
from extractor.publish.folder import Paper, Settings, check_target, publish
from extractor.publish.splits import SPLITS, Identity, Split, splits
from extractor.publish.tables import TABLES, PublishedDocument, Table

__all__ = [
    "SPLITS", "TABLES", "Facts", "Identity", "Paper", "PublishedDocument", "Settings", "Split", "Table", "check_target", "publish", "splits",
]  # fmt: skip
