"""The gold set: checked, and to and from brat standoff. How it is read for scoring stands in `extractor.evaluate`."""

from extractor.gold.brat import CONFIGURATION, BratError, from_brat, to_brat
from extractor.gold.checking import DOCUMENTS, Fault, Listed, Places, Texts, check, listed, places, texts
from extractor.gold.printed import numbers, prints
from extractor.gold.writing import fact_line, mention_line

__all__ = [
    "CONFIGURATION", "DOCUMENTS", "BratError", "Fault", "Listed", "Places", "Texts", "check", "fact_line", "from_brat", "listed", "mention_line",
    "numbers", "places", "prints", "texts", "to_brat",
]  # fmt: skip
