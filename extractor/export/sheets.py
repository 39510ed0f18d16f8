"""Tables in CSV: all slots of the records; and rows for metafor, netmeta and RevMan.

A cell of text that a spreadsheet would take for a formula has an apostrophe before it, as has one that begins with an apostrophe, so that taking one
away gives the text. An empty cell is null; a lone apostrophe is an empty text. The rest is RFC 4180, in UTF-8.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from extractor.export.contrasts import Contrast, contrasts, events_of, moments_of
from extractor.export.forms import AnyRecord, Told, by_document, outcome_name, study_name
from extractor.records import Comparison, Measurement

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")

# --- all slots of the records

_WHAT = (
    "id", "kind", "doc", "study", "registry_id", "provenance", "population", "arm", "comparator", "factor", "endpoint", "statistic", "timepoint",
    "criterion", "event", "grade", "value", "op", "unit", "category", "n", "N", "measure", "estimate",
)  # fmt: skip
_WHERE = (
    "model", "arm_n", "comparator_n", "direction", "endpoint_text", "value_text", "estimate_text", "section", "start", "end", "pattern", "confidence",
    "result",
)  # fmt: skip
_LISTS = ("arm_components", "comparator_components", "citations", "evidence", "spans", "checks")

COLUMNS: tuple[str, ...] = (
    *_WHAT, "ci_low", "ci_high", "ci_level", "p_op", "p_value", "spread_kind", "spread_low", "spread_high", "spread_value", *_WHERE, "source_file",
    "source_format", "source_sha256", "source_text_sha256", "schema_version", *_LISTS,
)  # fmt: skip
"""The columns of `--to csv`. Public: columns may be added at the end, none moves. The last ones hold JSON."""


def flat(record: AnyRecord) -> tuple[Any, ...]:
    """A record as one row of `COLUMNS`. A slot that the record's kind lacks is null, as one that is not stated."""
    slots = record.model_dump()
    ci, p, spread, source = slots["ci"] or (None, None), slots.get("p") or {}, slots.get("spread") or {}, slots["source"]
    return (
        *(slots.get(name) for name in _WHAT),
        *ci,
        slots["ci_level"],
        p.get("op"),
        p.get("value"),
        *(spread.get(name) for name in ("kind", "low", "high", "value")),
        *(slots.get(name) for name in _WHERE),
        *(source[name] for name in ("file", "format", "sha256", "text_sha256")),
        slots["schema_version"],
        *(_json(slots.get(name)) for name in _LISTS),
    )


def _json(value: Any) -> str | None:
    return json.dumps(value, ensure_ascii=False, allow_nan=False) if value else None


def write_csv(records: Iterable[AnyRecord], stream: BinaryIO) -> Told:
    """All slots of all records, one a row."""
    told = Told()
    _write(stream, COLUMNS, _counted(map(flat, records), told))
    told.carried = told.rows
    return told


# --- meta-analysis

_CONTEXT = (
    "study", "endpoint", "event", "grade", "timepoint", "population", "criterion", "model", "provenance", "registry_id", "doc", "section",
    "confidence",
)  # fmt: skip
METAFOR: tuple[str, ...] = (
    "slab", "arm", "comparator", "factor", "measure", "yi", "sei", "ai", "n1i", "ci", "n2i", "estimate", "ci.lb", "ci.ub", "level", "oriented",
    *_CONTEXT, "records",
)  # fmt: skip
NETMETA: tuple[str, ...] = ("studlab", "treat1", "treat2", "TE", "seTE", "sm", "level", *_CONTEXT, "records")
REVMAN: tuple[str, ...] = (
    "Comparison", "Outcome", "Data type", "Subgroup", "Study", "Study year", "GIV Mean", "GIV SE", "Experimental mean", "Experimental SD",
    "Experimental cases", "Experimental N", "Control mean", "Control SD", "Control cases", "Control N", "Measure", "Footnotes",
)  # fmt: skip


def write_metafor(records: Iterable[AnyRecord], stream: BinaryIO) -> Told:
    """Rows for R's metafor: `rma(yi, sei)` takes the estimates, `escalc(measure, ai, n1i=, ci=, n2i=)` the counts.

    `yi` is the logarithm of a ratio or a difference as it is, `sei` from the interval at its own level. `ci` is what metafor calls so: the events of
    the control arm. Rows of several endpoints, populations and measures stand in one table: choose before you pool.
    """
    told = Told()
    _write(stream, METAFOR, _counted((_metafor(one) for group in by_document(records) for one in contrasts(_named(group, told), told)), told))
    return told


def _named(records: Iterable[AnyRecord], told: Told) -> tuple[AnyRecord, ...]:
    """The records that say what is compared."""
    named: list[AnyRecord] = []
    for record in records:
        if isinstance(record, Comparison) and record.factor is None and (record.arm is None or record.comparator is None):
            told.left["a contrast that names neither two arms nor a factor"] += 1
        else:
            named.append(record)
    return tuple(named)


def _metafor(one: Contrast) -> tuple[Any, ...]:
    record, effect = one.record, one.effect
    comparison = record if isinstance(record, Comparison) and effect is not None else None
    low, high = comparison.ci if comparison is not None and comparison.ci is not None else (None, None)
    counts = _counts(one)
    return (
        study_name(record),
        one.arm,
        one.comparator,
        record.factor if isinstance(record, Comparison) else None,
        comparison.measure if comparison is not None else None,
        *((effect.estimate, effect.error) if effect is not None else (None, None)),
        *counts,
        comparison.estimate if comparison is not None else None,
        low,
        high,
        effect.level if effect is not None else None,
        one.oriented,
        *_context(record),
        _ids(one),
    )


def _counts(one: Contrast) -> tuple[int | None, ...]:
    counts = [events_of(arm) for arm in one.pair or ()]
    return tuple(number for count in counts if not isinstance(count, str) for number in count) or (None,) * 4


def _context(record: AnyRecord) -> Iterator[Any]:
    return (getattr(record, name, None) for name in _CONTEXT)


def _ids(one: Contrast) -> str:
    return " ".join(dict.fromkeys(record.id for record in (one.record, *(one.pair or ()))))


def write_netmeta(records: Iterable[AnyRecord], stream: BinaryIO) -> Told:
    """Rows for R's netmeta: `netmeta(TE, seTE, treat1, treat2, studlab, sm)`. Contrasts of two named treatments alone."""
    told = Told()
    _write(stream, NETMETA, _counted(_netmeta(records, told), told))
    return told


def _netmeta(records: Iterable[AnyRecord], told: Told) -> Iterator[tuple[Any, ...]]:
    for group in by_document(records):
        seen = Told()
        comparisons = []
        for record in group:
            if isinstance(record, Measurement):
                told.left["a value in one arm, no contrast"] += 1
            elif record.arm is None or record.comparator is None:
                told.left["a contrast that is not of two named treatments"] += 1
            elif record.arm == record.comparator:
                told.left["one treatment on both sides"] += 1
            else:
                comparisons.append(record)
        for one in contrasts(comparisons, seen):
            if one.effect is not None:
                sm = one.record.measure if isinstance(one.record, Comparison) else None
                row = (one.arm, one.comparator, one.effect.estimate, one.effect.error, "MD" if sm == "difference" else sm, one.effect.level)
                yield study_name(one.record), *row, *_context(one.record), _ids(one)
        told.carried += seen.carried
        told.left.update(seen.left)


def write_revman(records: Iterable[AnyRecord], stream: BinaryIO) -> Told:
    """Rows as RevMan exchanges them: generic inverse variance, dichotomous and continuous data, one row for each study's contrast in each form."""
    told = Told()
    _write(stream, REVMAN, _counted(_revman(records, told), told))
    return told


def _revman(records: Iterable[AnyRecord], told: Told) -> Iterator[tuple[Any, ...]]:
    for group in by_document(records):
        factors = [record for record in group if isinstance(record, Comparison) and (record.arm is None or record.comparator is None)]
        if factors:
            told.left["a contrast that is not of two named arms"] += len(factors)
        arms = [record for record in group if isinstance(record, Measurement) or (record.arm is not None and record.comparator is not None)]
        for one in contrasts(arms, told, means=True):
            if one.effect is not None:
                sizes = _sizes(one)
                yield _revman_row(one, "Generic inverse variance", (one.effect.estimate, one.effect.error), (None, None, None, sizes[0]), sizes[1])
            if one.pair is not None:
                yield _revman_pair(one, one.pair)


def _sizes(one: Contrast) -> tuple[int | None, int | None]:
    record = one.record
    return (record.arm_n, record.comparator_n) if isinstance(record, Comparison) else (None, None)


def _revman_pair(one: Contrast, pair: tuple[Measurement, Measurement]) -> tuple[Any, ...]:
    cells: list[tuple[Any, ...]] = []
    means = [moments_of(arm) for arm in pair]
    for arm, moments in zip(pair, means, strict=True):
        events = events_of(arm)
        if moments is not None:
            cells.append((moments[0], moments[1], None, moments[2]))
        else:
            cells.append((None, None, *(events if not isinstance(events, str) else (None, None))))
    return _revman_row(one, "Continuous" if None not in means else "Dichotomous", (None, None), cells[0], cells[1])


def _revman_row(one: Contrast, kind: str, giv: tuple[Any, Any], test: tuple[Any, ...], control: Any) -> tuple[Any, ...]:
    record = one.record
    years = [citation.year for citation in record.citations if citation.year is not None]
    measure = record.measure if isinstance(record, Comparison) and giv[0] is not None else None
    return (
        f"{one.arm} versus {one.comparator}",
        outcome_name(record),
        kind,
        record.population,
        study_name(record),
        years[0] if len(set(years)) == 1 else None,
        *giv,
        *test,
        *(control if isinstance(control, tuple) else (None, None, None, control)),
        measure,
        f"{record.doc}: {record.evidence[0].text}",
    )


# --- cells


def _counted(rows: Iterable[Sequence[Any]], told: Told) -> Iterator[Sequence[Any]]:
    for row in rows:
        told.rows += 1
        yield row


def _write(stream: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=False)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
        text.flush()
    finally:
        text.detach()


def _cell(value: Any) -> Any:
    """A text that no spreadsheet runs; a number as JSON writes it."""
    if isinstance(value, str):
        return f"'{value}" if not value or value.startswith(_FORMULA) else value
    return value


def uncell(cell: str) -> str | None:
    """What a cell of text said: the way back from what is written.

    >>> [uncell(cell) for cell in ("", "'", "'=1+1", "''tis", "plain")]
    [None, '', '=1+1', "'tis", 'plain']
    """
    return cell.removeprefix("'") if cell else None
