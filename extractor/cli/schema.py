"""`onco-extract schema`: the contract of a records file."""

from __future__ import annotations

import json
from typing import Any

from extractor.cli.boundary import boundary, say


def schema_command() -> None:
    """Print the JSON Schema of a record."""
    with boundary():
        say(json.dumps(record_schema(), ensure_ascii=False, indent=2))


def record_schema() -> dict[str, Any]:
    """The JSON Schema of one line of a records file."""
    from extractor.records import json_schema  # noqa: PLC0415  (loads pydantic)

    return json_schema()
