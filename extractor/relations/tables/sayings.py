"""Cells that say in words what they hold, under the row of values that they compare: "HR 0.72 (95 % CI 0.55 to 0.94), p = 0.02"."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.quantities import Interval, PValue, parse_number
from extractor.records import Measure
from extractor.relations.tables.cells import CellValue
from extractor.relations.tables.contrasts import Estimate, measured_above, tell
from extractor.relations.tables.grid import SAYS_RATIO, Entry, Row
from extractor.relations.tables.sheet import Sheet, SheetCell

_MEASURES: dict[str, Measure] = {"h": "HR", "o": "OR", "r": "RR"}
_NUMBER = r"\d+\.\d+"
_SAYS = re.compile(
    rf"""
    \W* (?P<measure> HR | hazard\sratio | OR | odds\sratio | RR | relative\srisk ) \b [^\d<>]{{0,20}} (?P<value> {_NUMBER} )
    (?: [\s,;:(\[]* (?: 9\d\s?%\s?(?:CI|confidence\sinterval) )? [\s,;:=(\[]* (?P<low> {_NUMBER} ) \s? (?:-|to|,) \s? (?P<high> {_NUMBER} ) [)\]]? )?
    (?: [\s,;:(]* (?:(?:log-?rank|two-sided|stratified)\s){{0,2}} p (?:[\s-]?values?)? \s? (?P<op> [=<>] ) \s? (?P<p> 0?\.\d+ ) \)? )? [\s.*†‡]*
    """,
    re.IGNORECASE | re.VERBOSE,
)


def without_sayings(sheet: Sheet, row: Row) -> Row:
    """The row without the cells that say what they hold; the comparisons that they tell are added to the sheet."""
    rest: dict[int, Entry] = {}
    for column, entry in row.values.items():
        match = _SAYS.fullmatch(entry.text) if SAYS_RATIO.match(entry.text) else None
        if match is None or not _told(sheet, row, (column, entry), match):
            rest[column] = entry
    return replace(row, values=rest) if len(rest) < len(row.values) else row


def _told(sheet: Sheet, row: Row, at: tuple[int, Entry], match: re.Match[str]) -> bool:
    column, entry = at
    value = parse_number(match.group("value"))
    cell = SheetCell(column, entry, CellValue(value, *match.span("value")), sheet.column(row, entry))
    interval = None
    if match.group("low"):
        low, high = parse_number(match.group("low")), parse_number(match.group("high"))
        if value is None or low is None or high is None or not low <= value <= high:
            return False
        interval = Interval(entry.span(match.start("low"), match.end("high")), low, high, None)
    p = PValue(entry.span(match.start("op"), match.end("p")), match.group("op"), parse_number(match.group("p"))) if match.group("p") else None
    estimate = Estimate(cell, _MEASURES[match.group("measure")[0].casefold()], value, interval, p)
    return tell(sheet, sheet.origin(row, entry, *cell.facets.spans), estimate, measured_above(sheet, cell))
