"""The gold set: checked, and to and from brat standoff. How it is read for scoring stands in `extractor.evaluate`."""

from extractor.gold.brat import BratError, from_brat, to_brat
from extractor.gold.checking import Fault, Texts, check, texts
from extractor.gold.printed import numbers, prints
from extractor.gold.writing import fact_line, mention_line

__all__ = ["BratError", "Fault", "Texts", "check", "fact_line", "from_brat", "mention_line", "numbers", "prints", "texts", "to_brat"]
