"""Spans and the way from clean back to raw text."""

from __future__ import annotations

import string
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import (
    Block,
    BlockKind,
    CharSpan,
    CitationMark,
    Document,
    OffsetMap,
    Piece,
    Section,
    SectionKind,
    Source,
    cover,
    fold,
)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_a_span_holds_at_least_one_character(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        CharSpan(start, end)


@pytest.mark.parametrize(
    ("one", "other", "overlap", "covers"),
    [
        ((0, 3), (3, 5), False, False),
        ((0, 4), (3, 5), True, False),
        ((0, 5), (3, 5), True, True),
        ((3, 5), (0, 5), True, False),
        ((2, 3), (2, 3), True, True),
    ],
)
def test_spans_are_half_open(one: tuple[int, int], other: tuple[int, int], overlap: bool, covers: bool) -> None:
    assert CharSpan(*one).overlaps(CharSpan(*other)) is overlap
    assert CharSpan(*other).overlaps(CharSpan(*one)) is overlap
    assert CharSpan(*one).covers(CharSpan(*other)) is covers


def test_a_span_cuts_moves_and_covers() -> None:
    assert CharSpan(2, 4).of("abcdef") == "cd"
    assert CharSpan(2, 4).shifted(3) == CharSpan(5, 7)
    assert cover([CharSpan(5, 7), CharSpan(2, 4)]) == CharSpan(2, 7)
    with pytest.raises(ValueError, match="no span"):
        cover([])


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("printed", "plain"), [("0·61", "0.61"), ("3−5", "3-5"), ("a\u202fb", "a b"), ("“x”", '"x"'), ("⩾3", "≥3"), ("5％", "5%"), ("a\r\nb", "a  b")]
)
def test_folding_gives_the_plain_form(printed: str, plain: str) -> None:
    assert fold(printed) == plain


Parts = tuple[str, str, OffsetMap]
"""A raw text, a clean text and the way back."""


@st.composite
def mapped(draw: st.DrawFn) -> Parts:
    """A raw text from which some runs were copied, some replaced by a blank, some left out; runs may be copied in another order."""
    kinds = draw(st.lists(st.sampled_from(["copy", "replace", "skip"]), min_size=1, max_size=12))
    raw, runs = "", []
    for kind in kinds:
        run = draw(st.text(string.ascii_letters, min_size=2 if kind == "replace" else 1, max_size=6))
        runs.append((kind, CharSpan(len(raw), len(raw) + len(run))))
        raw += run
    if draw(st.booleans()):
        runs.reverse()
    clean, pieces = "", []
    for kind, span in runs:
        text = span.of(raw) if kind == "copy" else " "
        if kind != "skip":
            pieces.append(Piece(len(clean), len(text), span))
            clean += text
    return raw, clean, OffsetMap(tuple(pieces))


@given(mapped())
def test_a_verbatim_character_is_its_raw_character(parts: Parts) -> None:
    raw, clean, offsets = parts
    for piece in offsets.pieces:
        for at in range(piece.clean, piece.clean + piece.length):
            behind = offsets.raw(at)
            assert behind.of(raw) == clean[at] if piece.verbatim else behind == piece.raw


@given(mapped())
def test_there_is_no_character_beyond_the_clean_text(parts: Parts) -> None:
    _, clean, offsets = parts
    for at in (-1, len(clean), len(clean) + 7):
        with pytest.raises(IndexError, match="no clean character"):
            offsets.raw(at)


@given(mapped(), st.data())
def test_raw_spans_cover_just_what_the_characters_stand_for(parts: Parts, data: st.DataObject) -> None:
    _, clean, offsets = parts
    if not clean:
        return
    start = data.draw(st.integers(0, len(clean) - 1))
    span = CharSpan(start, data.draw(st.integers(start + 1, len(clean))))
    want = {i for at in range(span.start, span.end) for i in _characters(offsets.raw(at))}
    got = [i for s in offsets.raw_spans(span) for i in _characters(s)]
    assert sorted(got) == sorted(want)


@given(mapped(), st.integers(0, 20))
def test_a_bridge_joins_only_what_lies_near(parts: Parts, bridge: int) -> None:
    _, clean, offsets = parts
    if not clean:
        return
    apart, joined = offsets.raw_spans(CharSpan(0, len(clean))), offsets.raw_spans(CharSpan(0, len(clean)), bridge=bridge)
    assert {i for s in apart for i in _characters(s)} <= {i for s in joined for i in _characters(s)}
    for one, other in pairwise(joined):
        assert not 0 <= other.start - one.end <= bridge


def _characters(span: CharSpan) -> range:
    return range(span.start, span.end)


def test_a_bridge_reaches_over_a_cut_mark() -> None:
    offsets = OffsetMap((Piece(0, 4, CharSpan(0, 4)), Piece(4, 5, CharSpan(6, 11))))  # "drug12 alone", the mark cut out
    assert offsets.raw_spans(CharSpan(0, 9)) == (CharSpan(0, 4), CharSpan(6, 11))
    assert offsets.raw_spans(CharSpan(0, 9), bridge=2) == (CharSpan(0, 11),)
    assert offsets.raw_spans(CharSpan(2, 6), bridge=2) == (CharSpan(2, 8),)


def test_pieces_without_a_gap_are_asked_for() -> None:
    with pytest.raises(ValueError, match="expected one at 2, found 3"):
        OffsetMap((Piece(0, 2, CharSpan(0, 2)), Piece(3, 1, CharSpan(3, 4))))


def _document(**parts: tuple[Section, ...] | tuple[CitationMark, ...]) -> Document:
    text = "One two. Three."
    return Document(
        name="x",
        source=Source("x.txt", "txt", "0", "0"),
        raw=text,
        text=text,
        offsets=OffsetMap((Piece(0, len(text), CharSpan(0, len(text))),)),
        blocks=(Block(BlockKind.TEXT, CharSpan(0, len(text))),),
        **parts,  # type: ignore[arg-type]
    )


def test_a_section_is_found_by_offset() -> None:
    one, two = Section(SectionKind.METHODS, "Methods", CharSpan(2, 5)), Section(SectionKind.RESULTS, "Results", CharSpan(5, 9))
    document = _document(sections=(one, two))
    assert [document.section_at(at) for at in (0, 2, 4, 5, 8, 9)] == [None, one, one, two, two, None]


def test_a_mark_belongs_to_the_sentence_that_it_ends() -> None:
    first, last = CitationMark(8, CharSpan(8, 9), "1", (1,)), CitationMark(15, CharSpan(16, 17), "2", (2,))
    document = _document(citations=(first, last))
    assert list(document.marks_in(CharSpan(0, 8))) == [first]
    assert list(document.marks_in(CharSpan(8, 15))) == [last]


@pytest.mark.parametrize(
    ("kind", "published", "read"),
    [
        (SectionKind.RESULTS, "results", True),
        (SectionKind.REFERENCES, "other", False),
        (SectionKind.BACK, "other", False),
        (SectionKind.OTHER, "other", True),
    ],
)
def test_records_know_no_back_matter(kind: SectionKind, published: str, read: bool) -> None:
    assert (kind.published, kind.read) == (published, read)


@pytest.mark.parametrize("change", [lambda d: setattr(d, "text", ""), lambda s: setattr(s, "raw", "")])
def test_a_document_does_not_change(change: Callable[[Document], None]) -> None:
    with pytest.raises(AttributeError):
        change(_document())
