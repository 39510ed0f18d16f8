"""Tables that were run together into lines, put back into grids where their own numbers prove which column each cell stood in.

Plain text of papers often holds a table as one line: "Table 2. Toxicities Drug (n = 40) Placebo (n = 38) Nausea 10 (25.0) 4 (10.5) Rash ...".
The heads say how many patients a column has, every row has the same number of cells, and a count with its percentage fits the number of patients
of its column. A table is rebuilt only if nine in ten of its percentages fit, and left as it is otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise

from extractor.document import Cell, CharSpan, Table, fold
from extractor.ingest.effects import columns_beside, effect_heads, suit_lines
from extractor.ingest.estimates import Estimates, read_estimates
from extractor.ingest.footnotes import feet_below, foot_behind
from extractor.ingest.head_groups import are_summed, columns_of_each, groups_above
from extractor.ingest.heads import MARKS, P_HEAD, SIZED, SIZED_IN_WORDS, WITH_UNIT, Head, ends_of_heads, head_of_labels, readings, trimmed
from extractor.ingest.lined import Lined, Placed, read_heads, read_lined
from extractor.ingest.packed import Column, told_apart, usual_decimals
from extractor.ingest.panels import Panel, divided, first_panel, next_panel
from extractor.ingest.row_labels import headed, indent_of, lines_of_label, numbered_below, parted, set_in, writes_small
from extractor.ingest.runs import NUMBERED, packed_rows, relieved, rows_of_runs, runs_of_cells, with_ranges
from extractor.ingest.shares import Columns, Entry, Row, agreeing, fits_in, nearly_proven, of_fewer, proven, with_evaluable, with_patients
from extractor.ingest.subheads import SubHeads, is_share, lone_heads, sub_heads, with_percentages_beside
from extractor.ingest.unsized import are_alike, counts_alone, names_of_groups

_LABEL = re.compile(
    r"(?:(?<=^)|(?<=\n)|(?<=[\s.)\]\u2003]{2})|(?<=[a-z.)\]])|(?<=\.t\d{3})|(?<=\.t\d{3}\s)|(?<=\d)(?=T\w+\s?\d+[A-Z][a-z]))"
    r"(?P<label>(?:Supplementary\s)?(?:Table|TABLE)\s?(?:[A-Z]?\d{1,2}|[IVX]{1,4}(?=[.:]?\s?[A-Z][a-z-])))(?=[.:]?\s?[A-Z]|[.:]\s)"
)
_SUBHEAD = re.compile(
    r"(?:any|all)[\s-]*(?:grades?|AEs)(?:\s?\(%\))?"
    r"|[≥>]?\s?grades?\s*[≥>=]*\s*[1-5](?:\s*(?:-|/|or|and|to)\s*(?:grade\s*)?[1-5])?\+?(?:\sAEs)?(?:\s?\(%\))?|G\s?[1-5](?:-[1-5])?"
    r"|total|n\s?\(%\)|no\.\s?\(%\)|no\.?\sof\s(?:patients|cases)(?:\s?\(%\))?|\d\d\s?%\sCI|(?<=[a-z])\s?%",
    re.IGNORECASE,
)
_SECTION = re.compile(r"\n\s*\n\s*(?:TITLE|ABSTRACT|BODY|BACK)(?:\.[^\n:]{1,200})?:")

_LONGEST = 12_000
_MOST_TABLES = 100
"""Names of heads are looked for in the whole text, once for each table: no paper has so many."""

_MOST_HEADINGS = 1
_FEWEST_ROWS = 3
_SHARE_CONSTANT = 0.85
_SHARE_PACKED = 0.8
_FEW = 100


@dataclass(frozen=True, slots=True)
class Flattened:
    """A table that was run together, and all of its characters in the text."""

    table: Table
    span: CharSpan


_OfPanel = tuple[Panel | None, Columns, Sequence[Row]]


def find_flattened(raw: str) -> list[Flattened]:
    """The tables of a text that were run together and can be rebuilt, in order; their spans are into the text and do not overlap."""
    text = fold(raw)
    starts = list(_LABEL.finditer(text))
    found: list[Flattened] = []
    for i, start in enumerate(starts[:_MOST_TABLES]):
        if found and start.start() < found[-1].span.end:
            continue
        end = min(starts[i + 1].start() if i + 1 < len(starts) else len(text), start.end() + _LONGEST)
        section = _SECTION.search(raw, start.end(), end)
        table = _rebuilt(raw, start, section.start() if section is not None else end)
        if table is not None:
            found.append(table)
    return found


def _rebuilt(raw: str, start: re.Match[str], end: int) -> Flattened | None:
    """The first reading of a table that its numbers prove: its heads may begin behind a number of patients that the caption tells.

    A reading that all but a few misprinted numbers prove comes behind those that need no such leave.
    """
    text = start.string
    lined = read_lined(text, raw, start.end(), end)
    by_lines = _by_lines(raw, start, lined) if lined is not None else None
    if by_lines is not None:
        return by_lines
    for misprints, pattern in ((False, SIZED), (False, SIZED_IN_WORDS), (False, WITH_UNIT), (True, SIZED)):
        matches = ends_of_heads(text, start.end(), end, pattern)
        for first in range(max(len(matches) - 1, 0)):
            for heads in readings(raw, text, start.end(), matches[first:]):
                found = _read(text, heads, end, misprints=misprints) if heads else None
                groups = groups_above(raw, text, start.end(), heads) if found is not None else None
                if found is not None and groups is not None:
                    above = first_panel(text, heads) if found[0].p is None else None
                    return _laid_out(raw, start, (groups, heads), [(above, *found), *_panels(text, heads, *found, end)])
    for heads in names_of_groups(text, start.end(), end):
        found = _read(text, heads, end, misprints=False)
        if found is not None and not columns_of_each(text, heads):
            return _laid_out(raw, start, ((), heads), [(None, *found)])
    grades = _of_one_group(text, start, end)
    if grades is not None:
        return _laid_out(raw, start, ((), grades[0]), [(None, *grades[1])])
    estimates = read_estimates(text, start.end(), end)
    return _of_estimates(raw, start, estimates) if estimates is not None else None


def _of_one_group(text: str, start: re.Match[str], end: int) -> tuple[Sequence[Head], tuple[Columns, list[Row]]] | None:
    """The grades above the columns of a table of one group, and its rows: all columns are of the same patients."""
    heads = [Head(span, None, spoken=True) for span in lone_heads(text, start.end(), end)]
    found = _read(text, heads, end, misprints=False) if heads else None
    return (heads, found) if found is not None and len(set(found[0].patients)) == 1 else None


_COHORT = re.compile(
    r"(?:training|validation|test(?:ing)?|derivation|discovery|primary|development|external|internal)\s(?:set|cohort)s?\s(?=\S)", re.IGNORECASE
)


def _of_estimates(raw: str, start: re.Match[str], found: Estimates) -> Flattened:
    """A table of effect estimates."""
    text = start.string
    cells = [_cell(text, row, column, span, over) for row, column, over, span in found.heads]
    at = depth = 1 + max(row for row, *_ in found.heads)
    depths = set_in(raw, [label for label, *_ in found.rows])
    for i, (label, placed, whole) in enumerate(found.rows):
        cohort = _COHORT.match(text, label.start, label.end)
        cohorts = [trimmed(text, cohort.start(), cohort.end())] if cohort is not None else []
        *groups, own = lines_of_label(raw, CharSpan(cohort.end(), label.end) if cohort is not None else label)
        *heads_group, own = headed(raw, own, max(depths[i + 1 : i + 2], default=0) > depths[i])
        for group in (*cohorts, *groups, *heads_group):
            cells.append(_cell(text, at, 0, group))
            at += 1
        cells.append(_set_in(_cell(text, at, 0, own), depths[i + 1] if heads_group else depths[i]))
        if placed is None:
            cells.append(replace(_cell(text, at, 1, whole), column_span=found.width))
        else:
            cells += [_cell(text, at, column, span) for column, span in placed]
        at += 1
    foot = foot_behind(raw, text, found.rows[-1][2].end)
    table = _table(start, cells, depth, trimmed(text, start.start("label"), found.caption_end), (foot,) if foot is not None else ())
    return Flattened(table, CharSpan(start.start("label"), foot.end if foot is not None else found.rows[-1][2].end))


def _table(start: re.Match[str], cells: Sequence[Cell], depth: int, caption: CharSpan, feet: tuple[CharSpan, ...]) -> Table:
    return Table(re.sub(r"\s+", " ", start.group("label")), tuple(cells), depth, caption, feet)


def _by_lines(raw: str, start: re.Match[str], lined: Lined) -> Flattened | None:
    """A table whose cells stand in lines of their own: its heads do too, or they ran together and are told by their numbers of patients."""
    text = start.string
    told = read_heads(text, lined)
    if told is not None:
        heads, behind = told
        cells = [_cell(text, head.row, head.column, head.span, head.over) for head in heads]
        rows = (*(Placed((span,), heading=True) for span in behind), *lined.rows)
        return _of_lines(raw, start, replace(lined, rows=rows), cells, min(head.span.start for head in heads))
    first = next(row for row in lined.rows if row.fits and not row.heading).cells[0]
    if first is None:
        return None
    matches = ends_of_heads(text, start.end(), first.end, SIZED)
    for told_heads in (heads for begin, stop in _ranges(raw, matches) for heads in readings(raw, text, start.end(), matches[begin:stop])):
        if not told_heads or not _have_names(text, told_heads, r"\w"):
            continue
        body = (told_heads[-1].size or told_heads[-1].span).end
        columns = _columns(text, told_heads, lined.width, [Row(first, ())])
        above = _headings(raw, max(columns.rows_start, body), first.start) if columns is not None else None
        if (
            columns is not None
            and columns.effects
            and not suit_lines(text, [row.cells for row in lined.rows if row.fits and not row.heading], columns)
        ):
            continue
        if columns is not None and above is not None:
            cells, _ = _head_cells(text, told_heads, columns, lined.labels)
            shown = _spread(_without_heads(text, lined, columns.rows_start), columns.each, columns.p is not None)
            rows = (*(Placed((span,), heading=True) for span in above), *shown.rows)
            return _of_lines(raw, start, replace(shown, rows=rows), cells, told_heads[0].span.start)
    return None


def _ranges(raw: str, matches: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Which of the numbers of patients are those of the heads: those before them stand in other lines, the one behind may be of the first row."""
    for begin in range(max(len(matches) - 1, 0)):
        if begin and "\n" not in raw[matches[begin - 1].end() : matches[begin].start()]:
            continue
        yield from ((begin, stop) for stop in (len(matches), len(matches) - 1) if stop - begin > 1)


def _headings(raw: str, start: int, end: int) -> list[CharSpan] | None:
    """The lines between the heads and the first row, which head rows; None where they are more than that."""
    lines = [trimmed(raw, start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", raw[start:end])]
    plain = all(re.match(r"[A-Z][a-z]", line.of(raw)) and not re.search(r"\d", line.of(raw)) for line in lines)
    return lines if plain and len(lines) <= _MOST_HEADINGS else None


def _spread(lined: Lined, each: int, single: bool) -> Lined:
    """The rows that have a cell for each group of columns in place of one for each column, under the first column of their group."""
    groups = (lined.width - single) // each
    count = groups + single
    rows: list[Placed] = []
    for row in lined.rows:
        told = rows[-1] if rows else None
        if each > 1 and row.heading and told is not None and told.heading and len(told.cells) == count and single and len(row.cells) == 1:
            rows[-1] = Placed((*told.cells, *row.cells), fits=False)  # "Survival", two empty cells, "HR (95% CI)": its own head of the last column
        else:
            rows.append(row)
    return replace(lined, rows=tuple(_over_groups(row, lined, each) if not row.fits and len(row.cells) == 1 + count else row for row in rows))


def _over_groups(row: Placed, lined: Lined, each: int) -> Placed:
    cells: list[CharSpan | None] = [row.cells[0], *(None for _ in range(lined.labels - 1 + lined.width))]
    for i, span in enumerate(row.cells[1:]):
        cells[lined.labels + i * each] = span
    return Placed(tuple(cells))


def _without_heads(text: str, lined: Lined, heads_end: int) -> Lined:
    """The rows with the first label cut where the heads that ran into it end."""
    rows = list(lined.rows)
    for i, row in enumerate(rows):
        first = row.cells[0]
        if first is not None and first.start < heads_end < first.end:
            rows[i] = replace(row, cells=(trimmed(text, heads_end, first.end), *row.cells[1:]))
    return replace(lined, rows=tuple(rows))


def _of_lines(raw: str, start: re.Match[str], lined: Lined, heads: Sequence[Cell], caption_end: int) -> Flattened:
    """The table of rows that stand in lines, below its head."""
    text = start.string
    cells = list(heads)
    depth = 1 + max(cell.row for cell in heads)
    for at, row in enumerate(lined.rows, depth):
        shown = [(column, span) for column, span in enumerate(row.cells) if span is not None]
        if row.fits:
            cells += [_cell(text, at, column, span) for column, span in shown]
        else:
            cells.append(_cell(text, at, 0, shown[0][1]))
            rest = CharSpan(shown[1][1].start, shown[-1][1].end)
            cells.append(replace(_cell(text, at, lined.labels, rest), column_span=lined.width))
    feet = tuple(feet_below(text, raw, lined.end, _LABEL))
    table = _table(start, cells, depth, trimmed(text, start.start("label"), caption_end), feet)
    return Flattened(table, CharSpan(start.start("label"), feet[-1].end if feet else lined.end))


def _panels(text: str, heads: Sequence[Head], columns: Columns, rows: Sequence[Row], end: int) -> Iterator[_OfPanel]:
    """The further panels, each with columns and rows that its own numbers prove."""
    while (panel := next_panel(text, rows[-1].cells[-1].span.end, end, heads)) is not None:
        found = _read(text, panel.heads, end, misprints=False, above=columns if panel.sizes else None)
        if found is None or not (panel.sizes or all(one.each == 1 and one.p is None and not one.effects for one in (columns, found[0]))):
            return
        rows = found[1]
        yield (panel, *found)


def _read(text: str, heads: Sequence[Head], end: int, *, misprints: bool, above: Columns | None = None) -> tuple[Columns, list[Row]] | None:
    """The columns and rows behind the heads; None where a head has no name, or the numbers do not prove the columns.

    `above` are the columns of the panel above, where the heads are its heads too.
    """
    if not _have_names(text, heads):
        return None
    body = (heads[-1].size or heads[-1].span).end
    under = sub_heads(text, body, end, len(heads))
    runs = list(runs_of_cells(text, under.end if under is not None else body, end))
    lengths = Counter(len(run) - _begins_numbered(text, begun, run) for begun, run in runs if len(run) >= len(heads))
    widths = [width for width, times in lengths.most_common(3) if times >= _FEWEST_ROWS]
    with_p = [width + 1 for width in widths if width % len(heads) == 0]  # most rows have no p-value: "P" comes behind the heads all the same
    effects = [len(heads) + len(units)] if (units := effect_heads(text, body, end)) else []
    summed = are_summed(text, heads)
    numbered = [len(heads), len(heads) + 1] if heads[0].spoken or summed else []  # a number may stand before the cells of every row: "Grade 1"
    for width in dict.fromkeys([*effects, *with_p, *widths, *numbered]):
        of_width = with_ranges(text, runs, width)
        rows = rows_of_runs(text, of_width, width, len(heads) if width in effects else width - 1 if width % len(heads) == 1 else width)
        columns = _columns(text, heads, width, rows, under) if above is None else _of_panel(above, heads, width, body)
        rows = with_percentages_beside(text, rows, columns) if columns is not None else rows
        alike = (heads[0].spoken and counts_alone(text, rows)) or (under is not None and are_alike(rows, width))
        if columns is not None and heads[0].n is None and not alike:
            columns = with_patients(columns, rows)
        if columns is None:
            continue
        rows = [relieved(text, row, columns) for row in rows]
        if heads[0].n is not None:
            columns = with_evaluable(columns, rows)
        told = [row if row.fits and _is_sound(row, columns, text) else replace(row, fits=False) for row in rows]
        if (nearly_proven if misprints else proven)(rows, columns) or (
            (heads[0].n is not None or columns.patients[0] is None) and _constant(text, of_width, told, columns)
        ):
            while told and not told[-1].fits:
                told.pop()
            return (columns, told) if sum(row.fits for row in told) >= _FEWEST_ROWS else None
        if summed and width == len(heads) and told and all(row.fits for row in told):
            return columns, told
    return _read_packed(text, heads, body, end) if above is None else None


_OTHER_UNIT = re.compile(r"\b(?:[Mm]edian|[Mm]ean)\b|\b(?:[Rr]ange|SD|IQR)\)")


def _have_names(text: str, heads: Sequence[Head], word: str = r"[A-Za-z]{2}|^G?[1-5IV]") -> bool:
    names = [SIZED.sub("", SIZED_IN_WORDS.sub("", WITH_UNIT.sub("", head.span.of(text)))) for head in heads]
    if head_of_labels(names[0]):
        return False
    return all(re.search(word, name) and (head.n is not None or not _OTHER_UNIT.search(name)) for head, name in zip(heads, names, strict=True))


def _begins_numbered(text: str, begun: int, run: Sequence[Entry]) -> bool:
    """Whether the first of cells with percentages is the number that a name ends in: "Grade 3", "Level 0"."""
    others = all(cell.percent is not None or cell.count in {None, 0} for cell in run[1:]) and any(cell.percent is not None for cell in run)
    return others and run[0].percent is None and bool(NUMBERED.search(text[begun : run[0].span.start].rstrip()))


def _of_panel(above: Columns, heads: Sequence[Head], width: int, body: int) -> Columns | None:
    """The columns of the panel above with the numbers of patients of this one; None where the rows have another width."""
    if width != len(above.patients):
        return None
    ns = [head.n for head in heads for _ in range(above.each)]
    patients = tuple(n if old is not None else None for n, old in zip((*ns, *above.patients), above.patients, strict=False))
    return replace(above, patients=patients, rows_start=body, evaluable=())


def _read_packed(text: str, heads: Sequence[Head], body: int, end: int) -> tuple[Columns, list[Row]] | None:
    """The columns and rows where nothing stands between the cells, if arithmetic tells nearly all rows apart."""
    found = list(packed_rows(text, body, end))
    if len(found) < _FEWEST_ROWS or not all(head.n for head in heads):
        return None
    for each in (2, 1):
        columns = _columns(text, heads, each * len(heads), [Row(found[0][0], ())])
        kinds = _kinds(text, heads, columns) if columns is not None else ()
        if columns is None or not kinds:
            continue
        decimals = usual_decimals([cells.of(text) for _, cells in found])
        rows = []
        for label, cells in found:
            told = told_apart(cells.of(text), kinds, decimals)
            entries = tuple(Entry(CharSpan(cells.start + a, cells.start + b)) for a, b in told) if told else (Entry(cells),)
            rows.append(Row(label, entries, fits=told is not None))
        fitting = sum(row.fits for row in rows)
        enough = fitting > _FEWEST_ROWS and fitting >= _SHARE_PACKED * len(rows)
        if enough or (not columns.below and fitting >= _FEWEST_ROWS):
            return columns, rows
    return None


def _kinds(text: str, heads: Sequence[Head], columns: Columns) -> tuple[Column, ...]:
    """What each column holds, by the heads of the second line: counts and percentages, or percentages alone.

    Where no head says it, a row that falls into percentages of few patients is one of percentages: other numbers seldom do.
    """
    if not columns.below and columns.each == 1:
        return tuple(Column(percent=True, n=head.n) for head in heads if head.n) if all((head.n or 999) <= _FEW for head in heads) else ()
    kinds = []
    for head, below in zip(heads, columns.below, strict=False):
        shares = ["%" in span.of(text) for span in below]
        if head.n is None or shares not in ([True], [True, True], [False, True]):
            return ()
        kinds += [Column(share, head.n, of_count=share and shares[0] is False) for share in shares]
    return tuple(kinds)


def _columns(text: str, heads: Sequence[Head], width: int, rows: Sequence[Row], under: SubHeads | None = None) -> Columns | None:
    """The columns that so many cells in a row stand in; None where the heads do not tell."""
    if not rows:
        return None
    k, body = len(heads), (heads[-1].size or heads[-1].span).end
    tail = text[body : rows[0].label.end]
    effects = effect_heads(text, body, rows[0].label.end)
    if effects and width == k + len(effects):
        return Columns(1, (), None, (*(head.n for head in heads), *(None for _ in effects)), effects[-1][1].end, effects=effects)
    with_p = width % k == 1
    each, rest = divmod(width - with_p, k)
    if rest or not each:
        return None
    if under is not None and len(under.parts[0]) == each:
        return _over_sub_heads(text, heads, under, body, with_p=with_p)
    repeated = next((m for m in _repeated(k).finditer(tail) if _SUBHEAD.search(m.group("unit")) or "%" in m.group("unit")), None)
    below = _below(repeated, k, each, body) if repeated is not None else ()
    ends = repeated.end() if repeated is not None and below else 0
    p = P_HEAD.match(tail, ends) or P_HEAD.match(tail)
    if with_p and p is None and heads[0].size is not None and (above := P_HEAD.fullmatch(text, heads[-1].span.end, heads[0].size.start)):
        p_span: CharSpan | None = trimmed(text, above.start(), above.end())  # "Drug Placebo P (n = 40) (n = 41)"
    else:
        p_span = trimmed(text, body + p.start(), body + p.end()) if with_p and p else None
    if (each > 1 and not below) or (with_p and p_span is None):
        return None
    counted = [not below or each == 1 or _SUBHEAD.search(span.of(text)) is not None for span in (below[0] if below else [heads[0].span] * each)]
    ns = tuple(h.n if of_patients else None for h in heads for of_patients in counted)  # "events per patient-year" are of no number of patients
    begin = body + max(ends, p.end() if with_p and p else 0)
    sizes = re.compile(rf"(?:\s*\d+\spatients\b){{{k}}}\s*").match(text, begin)
    begin = sizes.end() if sizes is not None else begin
    unread = _MORE_HEADS.search(text, begin, max(begin, rows[0].label.end)) is not None
    return Columns(each, below, p_span, (*ns, *((None,) if with_p else ())), begin, unread=unread)


def _over_sub_heads(text: str, heads: Sequence[Head], under: SubHeads, body: int, *, with_p: bool) -> Columns | None:
    """The columns below names that have heads of their own; None where a column more has no head that it is of p-values."""
    p = P_HEAD.match(text, under.end) or P_HEAD.match(text, body)
    if with_p and (p is None or not p.group().strip()):
        return None
    shares = [is_share(part.of(text)) for part in under.parts[0]]
    ns = tuple(None if share else head.n for head in heads for share in shares)
    ahead = p is not None and p.start() == under.end and with_p
    return Columns(
        len(shares),
        under.parts,
        trimmed(text, p.start(), p.end()) if with_p and p is not None else None,
        (*ns, *((None,) if with_p else ())),
        p.end() if ahead and p is not None else under.end,
        shares=tuple(shares) * len(heads),
    )


_MORE_HEADS = re.compile(r"\b[Pp][\s-]*[Vv]alues?(?![a-z])|9\d\s?%\s?CI\)?\s?(?=[A-Za-z])")


def _repeated(k: int) -> re.Pattern[str]:
    """A unit that stands so many times, marks of footnotes between."""
    return re.compile(rf"(?P<unit>[^\s)\]].{{1,60}}?)(?:[{MARKS}]*(?P=unit)){{{k - 1}}}[{MARKS}]*", re.DOTALL)


def _below(repeated: re.Match[str], k: int, each: int, offset: int) -> tuple[tuple[CharSpan, ...], ...]:
    """The heads of the second line, head by head: one unit that stands once for each head, in as many parts as there are columns under it."""
    unit = repeated.group("unit")
    parts = _parts(unit) if each > 1 else [(0, len(unit))]
    if len(parts) != each:
        return ()
    found, at = [], repeated.start("unit")
    for _ in range(k):
        at = repeated.string.index(unit, at)
        found.append(tuple(CharSpan(offset + at + a, offset + at + b) for a, b in parts))
        at += len(unit)
    return tuple(found)


def _parts(unit: str) -> list[tuple[int, int]]:
    """The heads that a unit of several is made of: those that are known as such, and the words between and behind them."""
    known = [m.span() for m in _SUBHEAD.finditer(unit)]
    bounds = [0, *(bound for part in known for bound in part), len(unit)]
    parts = [trimmed(unit, a, b) for a, b in pairwise(bounds) if (a, b) in known or re.search(r"[A-Za-z]{2}", unit[a:b])]
    return [(part.start, part.end) for part in parts]


def _constant(text: str, runs: Sequence[tuple[int, list[Entry]]], rows: Sequence[Row], columns: Columns) -> bool:
    """Whether nearly all rows have as many cells as there are heads with numbers of patients, and no percentage is of another number."""
    if not agreeing(rows, columns):
        return False
    full = [row for row in rows if row.fits]
    last = full[-1].label.start if full else 0
    labelled = sum(
        begun <= last
        and any(e.count is not None or re.search(r"\d", e.span.of(text)) for e in run)
        and bool(re.search(r"[A-Za-z]{2}", text[begun : run[0].span.start]))
        for begun, run in runs
    )
    return len(full) > _FEWEST_ROWS and len(full) >= _SHARE_CONSTANT * labelled


def _is_sound(row: Row, columns: Columns, text: str) -> bool:
    """Whether a row is of one kind: counts that fit, or something else all along; and the p-value, if there is one, is one."""
    told = [(c, i, n) for i, (c, n) in enumerate(zip(row.cells, columns.patients, strict=False)) if n]
    last = re.sub(r"^[pP]?\s?[<>=≤≥\s]*", "", row.cells[-1].span.of(text)).replace(" ", "")
    if columns.effects and columns_beside(text, row, columns) is None:
        return False
    if columns.unread and not all(c.percent is not None for c, _, _ in told):
        return False
    if not row.certain or (columns.p is not None and len(row.cells) < len(columns.patients) and _ends_in_p(row, text)):
        return False
    if columns.p is not None and len(row.cells) == len(columns.patients) and re.match(r"\d", last) and not re.fullmatch(r"[01]?\.\d+|[01]", last):
        return False
    if not any(c.percent is not None for c, _, _ in told):
        return True
    if all(c.percent is not None and (fits_in(c, columns, i) or of_fewer(c, n)) for c, i, n in told):
        return True
    return all(fits_in(c, columns, i) if c.percent is not None else c.count is None or c.count <= n for c, i, n in told) and not any(
        re.search(r"\d\.\d", c.span.of(text)) for c, _, _ in told if c.percent is None
    )


def _ends_in_p(row: Row, text: str) -> bool:
    """Whether the last cell of a row that is too short can be its p-value, so that another cell is missing."""
    *others, last = (cell.span.of(text) for cell in row.cells)
    return last[:1] in "pP<" or (bool(_SHARE_OF_ONE.fullmatch(last)) and not all(_SHARE_OF_ONE.fullmatch(other) for other in others))


_SHARE_OF_ONE = re.compile(r"[01]?\.\d+")


def _laid_out(raw: str, start: re.Match[str], named_columns: tuple[Sequence[CharSpan], Sequence[Head]], panels: Sequence[_OfPanel]) -> Flattened:
    """The table; the columns have their heads, and these perhaps the names of groups above them."""
    text = start.string
    groups, heads = named_columns
    first, columns, _ = panels[0]
    cells, depth = _head_cells(text, heads, columns, 1, sizes=first is None)
    if groups:
        over = columns.each * len(heads) // len(groups)
        names = [_cell(text, 0, 1 + i * over, span, over) for i, span in enumerate(groups)]
        cells, depth = [*names, *(replace(cell, row=cell.row + 1) for cell in cells)], depth + 1
    parts = max((panel.each for panel, *_ in panels if panel is not None), default=1)
    cells = [divided(cell, parts) for cell in cells]
    at = depth
    for panel, below, rows in panels:
        if panel is not None:
            shown = [(head.size or head.span) if panel.sizes else head.span for head in panel.heads]
            each = below.each * (parts if panel.sizes else 1)
            cells += [_cell(text, at, 0, panel.name), *(_cell(text, at, 1 + i * each, span) for i, span in enumerate(shown))]
            at += 1
        body = list(_body(raw, at, below, rows))
        cells += [divided(cell, parts) for cell in body] if panel is None or panel.sizes else body
        at = body[-1].row + 1
    end = panels[-1][2][-1].cells[-1].span.end
    foot = foot_behind(raw, text, end)
    table = _table(start, cells, depth, trimmed(text, start.start("label"), (*groups, heads[0].span)[0].start), (foot,) if foot is not None else ())
    return Flattened(table, CharSpan(start.start("label"), foot.end if foot is not None else end))


def _body(raw: str, at: int, columns: Columns, rows: Sequence[Row]) -> Iterator[Cell]:
    """The cells of rows from a row of the grid on; names of groups of rows stand in rows of their own."""
    text = fold(raw)
    small = writes_small(row.label.of(text) for row in rows)
    depths = set_in(raw, [row.label for row in rows])
    indent = indent_of(raw, (row.label for row in rows))
    for i, row in enumerate(rows):
        first = columns.rows_start if i == 0 and row.label.start < columns.rows_start < row.label.end else row.label.start
        *groups, label = lines_of_label(raw, trimmed(text, first, row.label.end), indent)
        below = indent is not None and indent.search(raw, first, label.start) is not None
        deeper = max(depths[i + 1 : i + 2], default=0) > depths[i]
        *heads_group, label = headed(raw, label, deeper)
        *levels, label = numbered_below(text, label, rows[i + 1].label if i + 1 < len(rows) else None)
        whole_label = not small or heads_group or levels
        *heading, label = [label] if whole_label else parted(text, label, first=not i)
        for group in (*groups, *heads_group, *heading, *levels):
            yield _cell(text, at, 0, group)
            at += 1
        yield _set_in(_cell(text, at, 0, label), max(depths[i : i + 1 + (below or bool(heads_group))]))
        if row.fits:
            places = columns_beside(text, row, columns) if columns.effects else None
            yield from (_cell(text, at, 1 + j, entry.span) for j, entry in zip(places or count(), row.cells, strict=False))
        else:
            whole = CharSpan(row.cells[0].span.start, row.cells[-1].span.end)
            yield replace(_cell(text, at, 1, whole), column_span=len(columns.patients))
        at += 1


def _head_cells(text: str, heads: Sequence[Head], columns: Columns, labels: int, *, sizes: bool = True) -> tuple[list[Cell], int]:
    """The cells of the head, and how many rows it has; without the numbers of patients where they are those of a panel."""
    cells: list[Cell] = []
    sized = sizes and heads[0].size is not None
    depth = 1 + sized + bool(columns.below)
    for i, head in enumerate(heads):
        at = labels + i * columns.each
        cells.append(_cell(text, 0, at, head.span, columns.each))
        cells += [_cell(text, 1, at, head.size, columns.each)] if sized and head.size is not None else []
        cells += [_cell(text, depth - 1, at + j, span, 1) for j, span in enumerate(columns.below[i] if columns.below else ())]
    if columns.p is not None:
        cells.append(_cell(text, 0, labels + len(heads) * columns.each, columns.p, 1))
    cells += [_cell(text, 0, labels + len(heads) * columns.each + i, span, 1) for i, (_, span) in enumerate(columns.effects)]
    return cells, depth


def _set_in(cell: Cell, depth: int) -> Cell:
    """The name of a row with the blanks that set it in."""
    return replace(cell, text=" " * depth + cell.text)


def _cell(text: str, row: int, column: int, span: CharSpan, header_over: int = 0) -> Cell:
    words = re.sub(r"(?<=\d) \. (?=\d)", ".", re.sub(r"\s+", " ", span.of(text)))
    words = re.sub(r"(?<=[a-z])(?=\()|(?<=[A-Za-z])(?=\([nN]\s?=)|(?<=\))(?=\()", " ", words) if header_over else words
    return Cell(row, column, words, span, 1, max(header_over, 1), header_over > 0)
