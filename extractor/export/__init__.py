"""Records in the forms that the tools of the field read.

A form is a function from records to a stream of bytes that returns what it could carry and what not (`Told`): `FORMS` has them by name. brat, which
is a folder, stands apart. To add a form, write the function and name it here.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO

from extractor.export.ctgov import write_ctgov
from extractor.export.fhir import write_fhir
from extractor.export.forms import AnyRecord, OrderError, Told
from extractor.export.lines import read_any, write_jsonl, write_parquet
from extractor.export.sheets import write_csv, write_metafor, write_netmeta, write_revman
from extractor.export.standoff import write_brat

__all__ = ["FORMS", "AnyRecord", "OrderError", "Told", "read_any", "write_brat"]

FORMS: Mapping[str, Callable[[Iterable[AnyRecord], BinaryIO], Told]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
    "metafor": write_metafor,
    "netmeta": write_netmeta,
    "revman": write_revman,
    "ctgov": write_ctgov,
    "fhir": write_fhir,
}
