"""Which lines of a plain text are rows of a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import BlockKind
from extractor.ingest import from_text
from extractor.ingest.rows import table_lines

ROWS = ["Ward\tDrug\tPlacebo", "First\t12 (30%)\t14 (35%)", "Second\t3 (8%)\t2 (5%)"]
PROSE = "All of them were seen again after a year, and most of them did well."


@pytest.mark.parametrize(
    ("lines", "inside"),
    [
        (ROWS, [0, 1, 2]),
        ([PROSE, *ROWS, PROSE], [1, 2, 3]),
        ([line.replace("\t", "     ") for line in ROWS], [0, 1, 2]),
        ([ROWS[0], "Women", *ROWS[1:]], [0, 1, 2, 3]),
        ([*ROWS, "* Of those seen.", "AE, adverse event; CI, confidence interval.", "Data are n (%).", PROSE], [0, 1, 2, 3, 4, 5]),
        ([ROWS[0], PROSE], []),
        ([ROWS[0], PROSE, ROWS[1]], []),
        ([f"{PROSE}      {PROSE}"] * 5, []),
        ([f"\t{PROSE}"] * 5, []),
        (["Drug\t" + PROSE * 3] * 2, []),
        ([PROSE, "Women", PROSE], []),
        ([], []),
    ],
    ids=["tabs", "prose around", "gaps", "label between", "notes", "one row", "two rows apart", "two columns", "indented", "label and prose",
         "no row", "nothing"],
)  # fmt: skip
def test_table_lines(lines: list[str], inside: list[int]) -> None:
    assert [i for i, found in enumerate(table_lines(lines)) if found] == inside


@given(st.lists(st.one_of(st.sampled_from([*ROWS, PROSE, "Women", "* Note."]), st.text(max_size=30)), max_size=30))
def test_each_line_is_told_and_prose_never_is_a_row(lines: list[str]) -> None:
    found = table_lines(lines)
    assert len(found) == len(lines)
    assert not any(inside for line, inside in zip(lines, found, strict=True) if line == PROSE)


def test_rows_are_blocks_of_their_own() -> None:
    document = from_text("\n".join([PROSE, *ROWS, PROSE]))
    assert [(b.kind, b.span.of(document.text)) for b in document.blocks] == [
        (BlockKind.TEXT, PROSE), *((BlockKind.TABLE, row) for row in ROWS), (BlockKind.TEXT, PROSE),
    ]  # fmt: skip


def test_a_table_between_two_halves_of_a_sentence_comes_after_it() -> None:
    first, second = "All of them were seen again after a year, and most of the women and", "men of the ward did well after that."
    document = from_text("\n".join([PROSE, first, *ROWS, second, PROSE]))
    assert f"{first} {second}" in document.text
