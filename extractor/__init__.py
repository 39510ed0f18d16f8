"""onco-extractor: oncology papers in, typed outcome records out, each with the characters it was read from."""

from extractor.ingest import SourceError, read
from extractor.pipeline import Extraction, Pipeline, extract
from extractor.records import Comparison, Measurement

__all__ = ["Comparison", "Extraction", "Measurement", "Pipeline", "SourceError", "__version__", "extract", "read"]
__version__ = "0.1.0"
