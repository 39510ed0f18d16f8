"""A result to read: tables in plain text, and one page of HTML that needs no other file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from extractor.evaluate.bootstrap import Bounds
from extractor.evaluate.counts import Level
from extractor.evaluate.equality import KEYED
from extractor.evaluate.matching import Judged
from extractor.evaluate.mentions import JudgedMention
from extractor.evaluate.reading import Entry
from extractor.evaluate.results import Changes, Interval, Intervals, Levels, Result, Score

Row = Sequence[str]

_HEADER = ("", "level", "gold", "predicted", "precision", "recall", "F1")
# How far from its span a sentence is looked for, in characters: a text without full stops must not be shown whole.
_REACH = 300
_SENTENCE_END = re.compile(r"[.!?][)\]\"”]?\s+(?=[A-Z0-9(\[\"“])|\n\s*\n")


def percent(rate: float | None) -> str:
    """A rate of 0 to 1 as a percentage with one decimal; a dash for null.

    >>> percent(0.5), percent(None)
    ('50.0', '-')
    """
    return "-" if rate is None else f"{100 * rate:.1f}"


def table(header: Row, rows: Iterable[Row]) -> str:
    """An aligned table with pipes, which a terminal and Markdown both show as one; a `|` inside a cell is escaped."""
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in (header, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells]
    rule = "| " + " | ".join("-" * max(width, 1) for width in widths) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])


def _score_row(name: str, level: str, score: Score) -> Row:
    return (name, level, str(score.gold), str(score.predicted), percent(score.precision), percent(score.recall), percent(score.f1))


def _level_rows(name: str, levels: Levels) -> list[Row]:
    return [_score_row(name, level.value, levels.at(level)) for level in Level]


def _range(bounds: Bounds | None) -> str:
    return "-" if bounds is None else f"{percent(bounds.low)} to {percent(bounds.high)}"


def _bounds(interval: Interval, level: Level) -> str:
    return _range({Level.CORE: interval.core, Level.KEY: interval.key, Level.FULL: interval.full}[level])


def _interval_rows(result: Result) -> list[Row]:
    drawn = result.intervals
    return [(level.value, percent(result.facts.at(level).f1), _bounds(drawn.documents, level), _bounds(drawn.facts, level)) for level in Level]


def _mention_rows(result: Result) -> list[Row]:
    rows: list[Row] = []
    for label, found in (result.mentions or {}).items():
        rows += [_score_row(label, "strict", found.strict), _score_row(label, "overlap", found.overlap)]
    return rows


def _slot_rows(result: Result) -> list[Row]:
    return [
        (name, f"{found.agreeing}/{found.pairs}", percent(found.accuracy), f"{found.agreeing_stated}/{found.stated}", percent(found.accuracy_stated))
        for name, found in result.slots.items()
    ]


def _tables(result: Result) -> list[tuple[str, Row, list[Row]]]:
    """Title, header and rows of every table that has rows."""
    norms = [(label, f"{m.norm.agreeing}/{m.norm.pairs}", percent(m.norm.accuracy)) for label, m in (result.mentions or {}).items()]
    found: list[tuple[str, Row, list[Row]]] = [
        (f"Facts, {len(result.documents)} documents", _HEADER, _level_rows("facts", result.facts)),
        ("F1 with 95 % bootstrap intervals", ("level", "F1", "over documents", "over facts"), _interval_rows(result)),
        ("Mentions", _HEADER, _mention_rows(result)),
        ("Norm of mentions found exactly", ("label", "agree", "%"), list(norms)),
        ("Slots over pairs of one core", ("slot", "agree", "%", "agree where stated", "%"), _slot_rows(result)),
    ]
    for name, classes in result.breakdowns.items():
        found.append((f"Facts by {name}", _HEADER, [row for label, levels in classes.items() for row in _level_rows(label, levels)]))
    return [(title, header, rows) for title, header, rows in found if rows]


def summary(result: Result) -> str:
    """The tables of overall scores, intervals and mentions, as plain text."""
    shown = [one for one in _tables(result) if not one[0].startswith(("Facts by", "Slots"))]
    return "\n\n".join(f"{title}\n\n{table(header, rows)}" for title, header, rows in shown) + "\n"


def details(result: Result) -> str:
    """Every table, the breakdowns included, as plain text."""
    return "\n\n".join(f"{title}\n\n{table(header, rows)}" for title, header, rows in _tables(result)) + "\n"


def _accuracy_row(name: str, score: Score, drawn: Intervals | None, level: Level) -> Row:
    bounds = ("-", "-") if drawn is None else (_bounds(drawn.documents, level), _bounds(drawn.facts, level))
    return (name, *_score_row(name, "", score)[2:], *bounds)


def accuracy_table(result: Result) -> str:
    """The table that the README prints of one set: facts at each level, the key by group, mentions by label, all with 95 % intervals of F1."""
    rows = [_accuracy_row(level.value, result.facts.at(level), result.intervals, level) for level in Level]
    for name, levels in result.breakdowns.get("group", {}).items():
        rows.append(_accuracy_row(f"key, {name}", levels.key, result.group_intervals.get(name), Level.KEY))
    for label, found in (result.mentions or {}).items():
        rows.append(_accuracy_row(f"{label}, strict", found.strict, found.intervals, Level.FULL))
        rows.append(_accuracy_row(f"{label}, overlap", found.overlap, found.intervals, Level.CORE))
    return table(("", "gold", "predicted", "precision", "recall", "F1", "95 % over documents", "95 % over facts"), rows)


def slot_line(result: Result) -> str:
    """Of the pairs that agree in their core, in how many each slot agrees that the key asks for: "arm 31/40, population 35/40"."""
    return ", ".join(f"{name} {found.agreeing}/{found.pairs}" for name, found in result.slots.items() if name in KEYED)


def arm_line(result: Result) -> str:
    """What was read for the arm where it is wrong: "nothing for an arm 12 (9 readings), fewer components 3 (1 reading)"."""
    ways = ((way, found.pairs, found.readings) for way, found in result.arm_errors.items())
    return ", ".join(f"{way} {pairs} ({readings} reading{'s' if readings != 1 else ''})" for way, pairs, readings in ways)


_TOLD: Mapping[str, tuple[str, ...]] = {
    "measurement": ("value", "op", "unit", "category", "n", "N"),
    "comparison": ("measure", "estimate", "p", "comparator", "factor", "model"),
    "both": ("ci", "ci_level", "arm", "population", "study", "timepoint", "event", "grade", "criterion", "provenance"),
}


def told(entry: Entry) -> str:
    """A fact in one line: what it is about, and the slots that it fills.

    Offsets and document are left out.
    """
    fact = entry.fact
    names = ("endpoint", "statistic", *_TOLD[fact.kind], *_TOLD["both"])
    slots = fact.model_dump(mode="json")
    return ", ".join(f"{name} {_printed(slots[name])}" for name in names if slots[name] is not None)


def _printed(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{value['op']} {value['value']}"
    if isinstance(value, list):
        return "[" + ", ".join("NA" if bound is None else str(bound) for bound in value) + "]"
    return str(value)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence around a span, as far as full stops and blank lines tell; at most 300 characters beyond it on either side."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    before = [match.end() for match in _SENTENCE_END.finditer(text, low, start + 1) if match.end() <= start]
    # The span's own last full stop may already end the sentence.
    after = _SENTENCE_END.search(text, max(start, end - 1), high)
    return (before[-1] if before else low, min(high, max(end, after.start() + 1)) if after else high)


def _quoted(span: tuple[int, int] | None, text: str | None) -> str:
    if span is None or text is None or span[1] > len(text):
        return "<i>no text</i>"
    low, high = sentence(text, *span)
    parts = (text[low : span[0]], text[span[0] : span[1]], text[span[1] : high])
    before, marked, after = (escape(part) for part in parts)
    return f"{before}<mark>{marked}</mark>{after}"


def _lists(result: Result) -> dict[str, tuple[Judged, ...]]:
    return {
        "Missed facts": result.verdicts.missed,
        "Spurious facts": result.verdicts.spurious,
        "Wrong in the key": result.verdicts.core,
        "Right in the key, wrong beside it": result.verdicts.key,
    }


def _plain(span: tuple[int, int] | None, text: str | None) -> str:
    if span is None or text is None or span[1] > len(text):
        return "no text"
    low, high = sentence(text, *span)
    return " ".join(text[low:high].split())


def _fact_lines(one: Judged, texts: Mapping[str, str]) -> str:
    sides = [f"  {side}: {told(entry)}" for side, entry in (("gold", one.gold), ("predicted", one.predicted)) if entry is not None]
    wrong = [f"  wrong: {', '.join(one.wrong)}"] if one.wrong else []
    return "\n".join([f"{one.doc} {one.span or ''} {one.shown.place}", *sides, *wrong, f"  text: {_plain(one.span, texts.get(one.doc))}"])


def listing(result: Result, texts: Mapping[str, str]) -> str:
    """Each missed, spurious and wrong fact with its sentence, as plain text.

    Args:
        result: what to list.
        texts: the source text of each document; a document that is not there is listed without its sentences.
    """
    parts = ["\n\n".join([f"{title}: {len(judged)}", *(_fact_lines(one, texts) for one in judged)]) for title, judged in _lists(result).items()]
    return "\n\n".join(parts) + "\n"


def _fact_item(one: Judged, texts: Mapping[str, str]) -> str:
    lines = [f"<b>{side}</b> {escape(told(entry))}" for side, entry in (("gold", one.gold), ("predicted", one.predicted)) if entry is not None]
    wrong = f"<b>wrong</b> {escape(', '.join(one.wrong))}" if one.wrong else ""
    place = f"<span>{escape(one.doc)} {one.span or ''} {escape(one.shown.place)}</span>"
    return f"<li>{'<br>'.join(filter(None, (place, *lines, wrong)))}<q>{_quoted(one.span, texts.get(one.doc))}</q></li>"


def _mention_item(one: JudgedMention, texts: Mapping[str, str]) -> str:
    shown = one.shown
    sides = (("gold", one.gold), ("predicted", one.predicted))
    said = ", ".join(f"{side} [{m.start}, {m.end}) {m.text!r} {m.norm}" for side, m in sides if m is not None)
    quoted = _quoted((shown.start, shown.end), texts.get(shown.doc))
    return f"<li><span>{escape(shown.doc)} {shown.label} {one.verdict.value}</span><br>{escape(said)}<q>{quoted}</q></li>"


def _listed(title: str, items: Sequence[str]) -> str:
    return f"<details><summary>{escape(title)}: {len(items)}</summary><ol>{''.join(items)}</ol></details>"


def _html_table(title: str, header: Row, rows: Sequence[Row]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<h2>{escape(title)}</h2><table><tr>{head}</tr>{body}</table>"


_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; color: #222 }
table { border-collapse: collapse } th, td { border-bottom: 1px solid #ccc; padding: .15em .8em; text-align: left }
td:nth-child(n+3) { font-variant-numeric: tabular-nums } summary { cursor: pointer; font-weight: 600; margin: .6em 0 }
li { margin: .7em 0 } li span { color: #666 } q { display: block; quotes: none; border-left: 3px solid #ccc; padding-left: .7em }
mark { background: #ffec99 }
"""


def to_html(result: Result, texts: Mapping[str, str]) -> str:
    """A page with all tables, and each missed, spurious and wrong fact with its sentence.

    Args:
        result: what to show.
        texts: the source text of each document, which offsets refer to; a document that is not there is shown without its sentences.
    """
    parts = [_html_table(*one) for one in _tables(result)]
    parts += [_listed(title, [_fact_item(one, texts) for one in judged]) for title, judged in _lists(result).items()]
    if result.mentions is not None:
        parts.append(_listed("Mentions that differ", [_mention_item(one, texts) for one in result.mention_verdicts]))
    head = f'<meta charset="utf-8"><title>Evaluation</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><h1>Evaluation</h1>{"".join(parts)}</body></html>\n'


def changes_text(changes: Changes) -> str:
    """Facts gained and lost as plain text, a line each: `+` gained, `-` lost, `!` newly spurious, `.` no longer spurious."""
    marked = (("+", changes.gained), ("-", changes.lost), ("!", changes.new_spurious), (".", changes.gone_spurious))
    counts = (
        f"gained {len(changes.gained)}, lost {len(changes.lost)}, newly spurious {len(changes.new_spurious)}, "
        f"no longer spurious {len(changes.gone_spurious)}; gold facts added {changes.gold_added}, removed {changes.gold_removed}"
    )
    return "\n".join([counts, *(f"{mark} {entry.fact.doc}: {told(entry)}" for mark, entries in marked for entry in entries)]) + "\n"
