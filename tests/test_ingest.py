"""Reading files, and putting text back into paragraphs: whatever the layout, the words come back and every character knows where it stood."""

from __future__ import annotations

import pickle
import re
import time
from itertools import chain, pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractor.document import BlockKind, CharSpan
from extractor.ingest import SourceError, from_text, read
from extractor.ingest.composing import MAX_CHARACTERS
from extractor.ingest.text import Flowed, reflow
from extractor.sections import segment
from extractor.syntax import Parser

# Words, and words with the place where a line may break them: no half is a word of its own.
WHOLE = tuple("the drug gave many women longer survival with few side effects and better results than standard care in this large new study".split())
BROKEN = (
    ("bevaci", "zumab"), ("mor", "tality"), ("che", "motherapy"), ("respec", "tively"), ("toler", "ability"), ("lenva", "tinib"), ("ran", "domized"),
    ("pa", "tients"), ("signif", "icant"), ("progres", "sion"), ("ramu", "cirumab"), ("combina", "tion"), ("hepato", "cellular"), ("toxi", "city"),
)  # fmt: skip
HYPHENATED = (("first-", "line"), ("double-", "blind"), ("placebo-", "controlled"), ("long-", "term"))

Word = tuple[str, ...]


def blocks_of(flowed: Flowed, kind: BlockKind = BlockKind.TEXT) -> list[str]:
    return [b.span.of(flowed.text) for b in flowed.blocks if b.kind is kind]


def assert_exact(raw: str, flowed: Flowed) -> None:
    """Every clean character is its raw character or stands for a gap; every printed character is kept, but for cut marks and line-end hyphens."""
    kept: set[int] = set()
    for piece in flowed.offsets.pieces:
        clean = flowed.text[piece.clean : piece.clean + piece.length]
        printed = piece.raw.of(raw)
        if clean == printed:
            kept.update(range(piece.raw.start, piece.raw.end))
        else:
            assert clean in {" ", "\n"}, (clean, printed)
    assert sum(p.length for p in flowed.offsets.pieces) == len(flowed.text)
    cut = set(chain.from_iterable(range(m.raw.start, m.raw.end) for m in flowed.citations if m.span is None))
    lost = [i for i, c in enumerate(raw) if i not in kept | cut and not c.isspace() and c not in "\ufeff\u200b"]
    assert all(raw[i] in "-\xad\u2010" for i in lost), [raw[max(i - 9, 0) : i + 9] for i in lost]
    for mark in flowed.citations:
        assert mark.raw.of(raw) == mark.text
        broken = re.compile(r"[\s\xad\u2010\ufeff\u200b-]")  # a mark may be broken over lines
        assert mark.span is None or broken.sub("", mark.span.of(flowed.text)) == broken.sub("", mark.text)
    for one, other in pairwise(flowed.blocks):
        assert one.span.end <= other.span.start


@st.composite
def sentences(draw: st.DrawFn) -> list[Word]:
    """The words of a sentence, each in the parts that a line end may put apart."""
    words = draw(st.lists(st.one_of(st.sampled_from(WHOLE).map(lambda w: (w,)), st.sampled_from(BROKEN + HYPHENATED)), min_size=9, max_size=30))
    return [("Then",), *words, ("ended.",)]


@st.composite
def papers(draw: st.DrawFn) -> list[list[Word]]:
    """The words of some paragraphs."""
    return [list(chain.from_iterable(p)) for p in draw(st.lists(st.lists(sentences(), min_size=2, max_size=5), min_size=1, max_size=4))]


def printed(paragraph: list[Word]) -> str:
    return " ".join("".join(word) for word in paragraph)


def wrapped(paragraph: list[Word], width: int, hyphen: str | None) -> list[str]:
    """Lines of about `width` characters. A word is broken at the line's end with `hyphen` after its first half, or not at all if that is None."""
    lines, line = [], ""
    for word in paragraph:
        whole = "".join(word)
        if len(line) + len(whole) < width:
            line += (" " if line else "") + whole
            continue
        own = len(word) == 2 and word[0].endswith("-")
        if len(word) == 2 and (own or hyphen is not None) and len(line) + len(word[0]) < width + 2:
            lines.append(f"{line} {word[0]}{'' if own else hyphen}".strip())
            line = word[1]
        else:
            lines.append(line)
            line = whole
    return [*lines, line]


layouts = st.tuples(st.integers(45, 90), st.sampled_from([None, "-", "\u2010", "\xad"]), st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "   \n"]))


@given(papers(), layouts)
def test_paragraphs_come_back_from_any_layout(paper: list[list[Word]], layout: tuple[int, str | None, str]) -> None:
    width, hyphen, end = layout
    bare = end.lstrip(" ")
    raw = f"{end}{bare}{bare}".join(end.join(wrapped(p, width, hyphen)) for p in paper)
    flowed = reflow(raw)
    assert flowed.text.split() == " ".join(printed(p) for p in paper).split()
    assert_exact(raw, flowed)


@given(papers(), st.integers(45, 90), st.sampled_from(["\n", "\n\n"]))
def test_words_come_back_where_line_ends_lost_their_hyphens(paper: list[list[Word]], width: int, end: str) -> None:
    raw = (end + end).join(end.join(wrapped(p, width, "")) for p in paper)
    flowed = reflow(raw)
    assert flowed.text.split() == " ".join(printed(p) for p in paper).split()
    assert_exact(raw, flowed)


BETWEEN = ("Figure 2. Survival of all women.", "Table 3 Side effects of the drug", "417", "\f", "Page 4 of 12", "https://example.org/a/b")


@given(papers(), st.integers(45, 90), st.sampled_from(BETWEEN), st.data())
def test_what_stands_between_two_halves_comes_after_them(paper: list[list[Word]], width: int, between: str, data: st.DataObject) -> None:
    lines = wrapped(paper[0], width, None)
    inner = [i for i, line in enumerate(lines) if i and lines[i - 1][-1] != "." and line[0].islower()]
    if not inner or len(lines) < 8:
        return  # so few lines do not show how far apart lines are here
    at = data.draw(st.sampled_from(inner))
    raw = "\n".join([*lines[:at], "", between, "", *lines[at:]])
    flowed = reflow(raw)
    assert blocks_of(flowed)[0] == printed(paper[0])
    assert flowed.text.split() == f"{printed(paper[0])} {between}".split()
    assert_exact(raw, flowed)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        # A hyphen that is the line's goes, a hyphen that is the word's stays.
        ("It raised the mor-\ntality of all", "It raised the mortality of all"),
        ("It was the first-\nline drug of all", "It was the first-line drug of all"),
        ("It was the double- \nblind part of all", "It was the double-blind part of all"),
        ("They were of Child-\nPugh class B", "They were of Child-Pugh class B"),
        ("The curves of Kaplan–\nMeier type", "The curves of Kaplan–Meier type"),
        ("It lay within 0.51–\n0.90 of all", "It lay within 0.51–0.90 of all"),
        ("Levels of PD-\nL1 were low", "Levels of PD-L1 were low"),
        ("All second-\nand third-line drugs", "All second- and third-line drugs"),
        # A hyphen that was lost is not needed where the halves are no words.
        ("They gave bevaci\nzumab to all", "They gave bevacizumab to all"),
        ("They gave regorafenib\nshowed it", "They gave regorafenib showed it"),
        ("They gave Ramu\ncirumab to all", "They gave Ramucirumab to all"),
        ("a randomized pla\ncebo-controlled trial", "a randomized placebo-controlled trial"),
    ],
)
def test_two_lines_meet(raw: str, clean: str) -> None:
    flowed = reflow(raw)
    assert flowed.text == clean
    assert_exact(raw, flowed)


def test_a_blank_at_the_end_tells_whole_words_where_halves_have_none() -> None:
    raw = (
        "We gave the drug to all of the patients of \nthis ward, most of them in poor health, with bevaci\n"
        "zumab or with the new antibody as they chose, and ramu\ncirumab to those who had failed on it or on \n"
        "the other one. This was one of the major clinical \ntrials of that year, and the women of the last trial \n"
        "led the way to it, with less mor\ntality than before, and fewer of them had antitu\nmoral effects."
    )
    want = raw.replace(" \n", " ")
    for half in ("bevaci", "ramu", "mor", "antitu"):
        want = want.replace(f"{half}\n", half)
    assert reflow(raw).text == want


def test_a_full_line_goes_on_after_a_caption_even_with_a_capital() -> None:
    raw = (
        "For such women both of the drugs are the ones to be preferred as they\n"
        "are the only ones of all that are supported by the evidence of level\n\n"
        "Figure 1 The drugs by line.\n\nI trials, and the others are not."
    )
    first, caption = reflow(raw).text.split("\n")
    assert first.endswith("evidence of level I trials, and the others are not.")
    assert caption == "Figure 1 The drugs by line."


FULL_LINES = "The drug was given to all of them in this large new study\n" * 5


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param([FULL_LINES + "It was given to all of the women and was safe.24\n", "Tivozanib", FULL_LINES], id="heading after a citation"),
        pytest.param(["4Institute of Charts, Nowhere", "Background: Little is known of it."], id="label of an abstract"),
        pytest.param(["Results", "Median OS was 9 months."], id="line under heading"),
        pytest.param(["It was as told before (Arm B, p=0.06;\nFigure 1A). It was so."], id="figure in brackets"),
        pytest.param(["It was all of it as is told in\nTable 2, and so on."], id="table in a sentence"),
    ],
)
def test_blocks(blocks: list[str]) -> None:
    flowed = reflow("\n".join(blocks))
    assert [b.span.of(flowed.text) for b in flowed.blocks] == [" ".join(b.split()) for b in blocks]


def test_lines_that_were_not_wrapped_are_paragraphs_with_headings_and_captions_apart() -> None:
    long = "The drug was given to all of them for as long as they could stand it, and for no longer than that. " * 4
    raw = "\n\n".join(
        ["Some Treatments", long.strip(), "Figure 1 The way of all women.", long.strip(), "Table 1 Women", "Later Treatment", long.strip()]
    )
    kinds = [b.kind for b in reflow(raw).blocks]
    text, heading, caption = BlockKind.TEXT, BlockKind.HEADING, BlockKind.CAPTION
    assert kinds == [heading, text, caption, text, caption, heading, text]


def test_furniture_is_what_repeats_and_what_is_no_text() -> None:
    page = f"{FULL_LINES}and for no longer than that.\n\nImaginary Oncology Letters\n\n"
    assert blocks_of(reflow(page * 3), BlockKind.FURNITURE) == ["Imaginary Oncology Letters"] * 3


@pytest.mark.parametrize(
    ("raw", "clean", "marks"),
    [
        pytest.param(
            "In most of the cases.1 Unfortunately, it failed.2,3 By the end of 2020.4 In all,5 it was so (0.18–0.58)6 and more.",
            "In most of the cases. Unfortunately, it failed. By the end of 2020. In all, it was so (0.18–0.58) and more.",
            [(1,), (2, 3), (4,), (5,), (6,)],
            id="stuck",
        ),
        pytest.param(
            "after the trial,Citation13 regorafenib was used.Citation3,Citation4 Treatment went on.Citation5–7",
            "after the trial, regorafenib was used. Treatment went on.",
            [(13,), (3, 4), (5, 6, 7)],
            id="spelled out",
        ),
    ],
)
def test_marks_that_stick_to_words_are_cut_out(raw: str, clean: str, marks: list[tuple[int, ...]]) -> None:
    flowed = reflow(raw)
    assert flowed.text == clean
    assert [m.numbers for m in flowed.citations] == marks
    assert all(m.span is None for m in flowed.citations)
    assert_exact(raw, flowed)


def test_a_mark_between_two_words_leaves_a_blank() -> None:
    flowed = reflow("of the drug.Citation1Then it was given")
    assert flowed.text == "of the drug. Then it was given"


def test_marks_in_brackets_stay() -> None:
    raw = "One [1], two [2,3] and three [4–6] were told."
    flowed = reflow(raw)
    assert flowed.text == raw
    assert [(m.numbers, m.span.of(raw) if m.span else None) for m in flowed.citations] == [((1,), "[1]"), ((2, 3), "[2,3]"), ((4, 5, 6), "[4–6]")]


# Characters that break lines, words, brackets, numbers and marks; the rest of Unicode now and then.
tricky = st.text(st.one_of(st.sampled_from("ab AZ019.,;:-–()[]\n\r\f\t\x0b\x0c\x1c\x85\u2028\xad\u200b\ufeff%/'\"•*"), st.characters()), max_size=300)
pieces = st.lists(
    st.one_of(
        tricky, st.sampled_from(["Figure 1", "Results\n", "BODY.METHODS:\n", "word.12 Next ", "[3]", "Citation4", "inter-\nnational", "References\n"])
    ),
    max_size=12,
).map("".join)


@given(pieces)
@example("-\n-\n-")
@example("\ufeff\n\ufeffa")
@example("(((\n[[[12]\n")
@example("BODY.:\n\nTITLE:")
def test_no_text_breaks_the_reading(raw: str) -> None:
    flowed = reflow(raw)
    assert_exact(raw, flowed)
    if not raw.strip("\ufeff \t\r\n\f\v"):
        return
    try:
        document = segment(from_text(raw))
    except SourceError:
        return
    for sentence in Parser().sentences(document):
        assert sentence.section.span.overlaps(sentence.span)
        assert document.offsets.raw_spans(sentence.span)


HARD = {
    "one word": "a" * 300_000,
    "digits": "12345 " * 50_000,
    "lines of digits": "1\n" * 40_000,
    "open brackets": "(" * 100_000,
    "brackets with capitals": "(A" * 60_000,
    "marks": "[1]" * 30_000,
    "stops": ". " * 60_000,
    "headings": "Methods\n\n" * 15_000,
    "captions": "Figure 1 x\n\n" * 15_000,
    "an unfinished sentence before captions": "and so on\n\n" + "Figure 1 x\n\n" * 10_000 + "and on",
    "carriage returns": "word\r\n" * 30_000,
    "hyphens": "inter-\nnational " * 15_000,
    "labels": "BODY.RESULTS:\n" * 15_000,
    "superscripts": "word.12 Next " * 15_000,
    "blanks": "x" + " " * 300_000 + "y",
    "blank lines": "x" + "\n" * 100_000 + "y",
    "a paper": "The drug was given to all of them for as\nlong as they could stand it. " * 4_000,
}


@pytest.mark.parametrize("raw", HARD.values(), ids=HARD)
def test_time_grows_with_length(raw: str, parser: Parser) -> None:
    start = time.perf_counter()
    parser.sentences(segment(from_text(raw)))
    assert time.perf_counter() - start < 10  # about a tenth of that on an idle machine; quadratic code takes minutes


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_bytes("Eins.\r\n\r\nα–β.\n".encode())
    document = read(path)
    assert document.raw == "Eins.\r\n\r\nα–β.\n"
    assert document.text == "Eins.\nα–β."
    assert (document.name, document.source.file, document.source.format) == ("paper", "paper.txt", "txt")
    assert document.offsets.raw_spans(CharSpan(6, 9)) == (CharSpan(9, 12),)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "found an empty file"),
        (b" \n\t\n", "found only blanks"),
        (b"\xef\xbb\xbf\n", "found only blanks"),
        (b"%PDF-1.7\nabc", "a whole PDF file"),
        (b"PK\x03\x04abc", "a zip archive"),
        (b"abc\0def", "a NUL byte at 3"),
        ("Größe".encode("latin-1"), "byte 0xf6 at 2: perhaps Latin-1"),
        (b"<?xml version='1.0'?><a/>", "XML of another kind"),
        ("text".encode("utf-16"), "UTF-16 text"),
        (b"\x01\x02\x03\x04 abc", "mostly control characters"),
        (b"a" * (MAX_CHARACTERS + 1), "found 5,000,001 (longest line 5,000,001)"),
    ],
)
def test_what_is_no_paper_is_refused_with_its_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "paper.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert reason in caught.value.reason
    assert caught.value.path == str(path)
    assert str(caught.value) == f"{path}: {caught.value.reason}"


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read(tmp_path / "nothing.txt")
    with pytest.raises(SourceError, match="expected a file, found a folder"):
        read(tmp_path)


def test_paragraphs_of_whole_sentences_are_not_joined_though_blank_lines_stand_between_all() -> None:
    told = "the drug was given to all of them for as long as they could stand it, and those who had none of it did well, as had been hoped."
    paragraphs = [f"On ward {i} {told}" for i in range(6)]
    document = from_text("\n\n".join(paragraphs))
    assert [b.span.of(document.text) for b in document.blocks] == paragraphs


def test_a_caption_between_two_halves_of_a_sentence_is_no_part_of_its_place() -> None:
    raw = (
        "The first sentence of this paragraph was laid out in lines of one width\nthat is not so wide and goes on in another line of the same width"
        " which\nwas cut so that a figure stands between two of its lines and nobody\n\nFigure 2. Survival of both groups.\n\n"
        "could tell from the words around it that anything stood there at all\nand more lines followed.\n"
    )
    document = from_text(raw)
    assert (
        document.blocks[0]
        .span.of(document.text)
        .endswith("nobody could tell from the words around it that anything stood there at all and more lines followed.")
    )
    places = document.offsets.raw_spans(document.blocks[0].span, bridge=12)
    assert [p.of(raw)[:9] for p in places] == ["The first", "could tel"]
    assert not any("Figure 2" in p.of(raw) for p in places)


def test_an_error_of_a_source_goes_from_one_process_to_another() -> None:
    error = pickle.loads(pickle.dumps(SourceError("a.pdf", "no text")))
    assert (str(error), error.path, error.reason) == ("a.pdf: no text", "a.pdf", "no text")
