"""Records of papers as JSON, by whichever `extractor` PYTHONPATH puts first: `diff.py` runs it once for each side.

    python benchmarks/read_records.py < paths, one a line

The first line says which `extractor` it is; then a line for each paper: its name and its records, or the reason why there are none. Uses nothing but
`extractor.pipeline.Pipeline`, so that it reads with old commits too.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import extractor
from extractor.pipeline import Pipeline

print(json.dumps(str(Path(extractor.__file__ or "").resolve().parents[1])))
pipeline = Pipeline()
for line in sys.stdin.read().splitlines():
    try:
        records = [record.model_dump(mode="json") for record in pipeline.extract(Path(line)).records]
    except Exception as error:  # told, so that one paper does not hide the others
        print(json.dumps({"doc": Path(line).stem, "failed": f"{type(error).__name__}: {error}"}))
    else:
        print(json.dumps({"doc": Path(line).stem, "records": records}), flush=True)
