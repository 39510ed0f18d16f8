"""Reference lists of every layout, and what their entries and the marks in the text have to do with each other."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import CharSpan, Document
from extractor.ingest import from_text, read
from extractor.ingest.references import find_references
from extractor.pipeline import Pipeline
from extractor.records import Citation
from extractor.syntax import split

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
PAPERS = Path(__file__).resolve().parents[2] / "shared" / "papers"

# Entries as a journal would print them: text, year, DOI, PMID.
ENTRIES = [
    ("Doe J, Roe RS, Poe E, et al. On wards. J Imag Med. 2001;12(3):45-6. doi:10.1000/imag.2001.12", 2001, "10.1000/imag.2001.12", None),
    ("van der Moe AB, Doe J. Charts of 1999 and 2000: a 2002 view. Lancet Imag. (2003) 7:8-19. doi: 10.1000/(SICI)79:4<37::AID>3.0.CO;2-3",
     2003, "10.1000/(SICI)79:4<37::AID>3.0.CO;2-3", None),
    ("Imaginary Cancer Association. Guideline on wards, version 2.2004. 2005. PMID: 12345678", 2005, None, "12345678"),
    ("Abel-Cain M. Beds. Imag J 2004 Mar 4;1(2):e77. https://doi.org/10.1000/abc-9.", 2004, "10.1000/abc-9", None),
    ("Roe RS, Doe J. Rooms. In: Poe E, editor. Handbook of rooms. Town: Press; 2006. p. 100-19. [PubMed: 7654321]", 2006, None, "7654321"),
    ("Zoe Q, O'Brien K. Doors, in press. J Imag Med. 2007 12(3):1901-2010", 2007, None, None),
]  # fmt: skip

BODY = "Wards were looked at. " * 40


def listing(form: str, *, heading: str = "References\n\n") -> str:
    """The entries with what stands before each: `form` holds a 1 for the number."""
    return BODY + "\n\n" + heading + "".join(form.replace("1", str(i)) + text + "\n" for i, (text, *_) in enumerate(ENTRIES, 1))


@pytest.mark.parametrize("form", ["1. ", "1.", "[1] ", "(1) ", "1) ", "1 ", "1\t", "1", "1\n", "• ", "  • ", "- ", "* ", ""])
def test_every_layout_of_a_list(form: str) -> None:
    found = find_references(listing(form))
    assert found is not None
    assert [(e.number, e.text, e.year, e.doi, e.pmid) for e in found.entries] == [(i, *entry) for i, entry in enumerate(ENTRIES, 1)]


@pytest.mark.parametrize(
    "heading", ["REFERENCES\n", "References:\n", "7. References\n", "Bibliography\n", "Literature cited\n", "References ", "BACK.REFERENCES:\n"]
)
def test_headings_of_a_list(heading: str) -> None:
    found = find_references(listing("1. ", heading=heading))
    assert found is not None
    assert len(found.entries) == len(ENTRIES)


def test_a_numbered_list_needs_no_heading() -> None:
    entries = "".join(f"{i}. Doe J, Roe R. On ward {i}. J Imag Med. 20{i:02d};{i}:4-5.\n" for i in range(1, 9))
    found = find_references(BODY + "\n\n" + entries)
    assert found is not None
    assert len(found.entries) == 8
    assert find_references(BODY + "\n\n" + "".join(f"{i}. We counted the beds of ward {i} in 2001.\n" for i in range(1, 9))) is None


@pytest.mark.parametrize("text", ["", "References\n", BODY, BODY + "\nReferences\n", BODY + "\nReferences\nNone were used.\n", "1. 2. 3.", "[1"])
def test_no_list(text: str) -> None:
    assert find_references(text) is None


WRAPPED = [
    "1. Doe J, Roe RS. On the wards of\nthe north, and the wards of the\nsouth. J Imag Med 2001;2:3-4. doi: 10.1000/imag.\n2001.12\n",
    "2. Poe E. A hospital-\nbased study of 12\nbeds. J Imag Med 2002;3:5.\n",
    "417\n3. Roe RS. Charts. J Imag Med\n2003;4:6.\n[CrossRef] [PubMed]\n",
]


def test_entries_broken_over_lines() -> None:
    found = find_references(BODY + "\n\nReferences\n" + "".join(WRAPPED) + "\nFigure legends\n\nFigure 1. Beds by ward in 2001.\n")
    assert found is not None
    assert [(e.text, e.year, e.doi) for e in found.entries] == [
        (
            "Doe J, Roe RS. On the wards of the north, and the wards of the south. J Imag Med 2001;2:3-4. doi: 10.1000/imag.2001.12",
            2001,
            "10.1000/imag.2001.12",
        ),
        ("Poe E. A hospital-based study of 12 beds. J Imag Med 2002;3:5.", 2002, None),
        ("Roe RS. Charts. J Imag Med 2003;4:6.", 2003, None),
    ]


AUTHOR_YEAR = (
    "Abel M, Cain N (2001) On wards that are\n{0}long and broad. J Imag Med 2:3-4\n",
    "Abel M, Cain N, Doe J, Moe K (2001) On beds\n{0}in them. J Imag Med 2:5-9\n",
    "Doe J (2002a) Charts. J Imag Med 3:5\n",
    "Doe J (2002b) More of the charts, and\n{0}yet more. J Imag Med 3:6\n",
    "Imaginary Cancer Association and Friends (2003) Guideline. Town: Press.\n",
    "van der Moe AB, Doe J, Roe R (2004) Rooms. J Imag\n{0}Med 5:7\n",
    "Ferrer-Fàbrega J, Zoe Q (2005) Doors. J Imag Med 6:8\n",
)


@pytest.mark.parametrize("indent", ["", "    "])
def test_a_list_of_authors_and_years_broken_over_lines(indent: str) -> None:
    found = find_references(BODY + "\n\nReferences\n" + "".join(AUTHOR_YEAR).format(indent))
    assert found is not None
    assert [e.text for e in found.entries] == [" ".join(entry.format("").split()) for entry in AUTHOR_YEAR]


def marks_of(text: str, entries: str) -> list[tuple[str, tuple[int, ...]]]:
    document = from_text(text + "\n\nReferences\n\n" + entries)
    return [(" ".join(m.text.split()), m.numbers) for m in document.citations]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("in rats (Abel and Cain, 2001; Doe, 2002a).", [("(Abel and Cain, 2001; Doe, 2002a)", (1, 3))]),
        ("in rats (Abel et al, 2001).", [("(Abel et al, 2001)", (2,))]),
        ("in rats (see also Doe 2002a, b, and more).", [("(see also Doe 2002a, b, and more)", (3, 4))]),
        ("as told by van der Moe et al. (2004).", [("(2004)", (6,))]),
        ("as told by Moe et al (2004) long ago", [("(2004)", (6,))]),
        ("Ferrer-Fabrega & Zoe [2005] said", [("[2005]", (7,))]),
        ("(Ferrer-Fàbrega and Zoe, 2005)", [("(Ferrer-Fàbrega and Zoe, 2005)", (7,))]),
        ("told (Imaginary Cancer Association and Friends, 2003) so", [("(Imaginary Cancer Association and Friends, 2003)", (5,))]),
        ("told (Imaginary Cancer Association and Friends (ICAF), 2003) so", [("(Imaginary Cancer Association and Friends (ICAF), 2003)", (5,))]),
        ("as Abel and Cain, 2001 have it", [("Abel and Cain, 2001", (1,))]),
        ("broken over lines (Abel and\nCain, 2001) so", [("(Abel and Cain, 2001)", (1,))]),
        # Left open, or not there:
        ("by Doe (2002) and others", []),
        ("in rats (Noone et al, 2001).", [("(Noone et al, 2001)", ())]),
        ("treated from May to June (2004), and by Roe in 2004", []),
        ("twelve of them were old (12 of 2001)", []),
    ],
)
def test_authors_and_years_name_their_entries(text: str, marks: list[tuple[str, tuple[int, ...]]]) -> None:
    assert marks_of(BODY + "\n\n" + text, "".join(AUTHOR_YEAR).format("")) == marks


NUMBERED = "".join(f"1. Doe J, Roe R. On ward {i}. J Imag Med. 20{i:02d};{i}:4-5.\n".replace("1.", f"{i}.", 1) for i in range(1, 21))
BULLETED = "".join(f"  • Doe J, Roe R. On ward {i}. J Imag Med. 20{i:02d};{i}:4-5. doi:10.1000/{i}\n" for i in range(1, 21))


@pytest.mark.parametrize("entries", [NUMBERED, BULLETED])
@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("Of wards.1 Beds,2,3 both old.4 Rooms.5-7 Doors8 and more.9 More", [(1,), (2, 3), (4,), (5, 6, 7), (8,), (9,)], id="raised"),
        pytest.param("Of wards [7]. Beds [12, 14-16]. Rooms [1-3,\n5]. Doors [20].", [(7,), (12, 14, 15, 16), (1, 2, 3, 5), (20,)], id="square"),
        pytest.param("Of wards.Citation1 Of beds.Citation2,Citation3 Of doors,Citation5–7 More", [(1,), (2, 3), (5, 6, 7)], id="spelled out"),
        pytest.param(
            "Of wards (1). Beds (2–6) and rooms (7). Doors (8, 9), walls (10). Lamps (11). It was 12 (18), 2021 (3) and (n = 16). Chairs (12, 13).",
            [(1,), (2, 3, 4, 5, 6), (7,), (8, 9), (10,), (11,), (12, 13)],
            id="round",
        ),
    ],
)  # fmt: skip
def test_numbers_name_their_entries(entries: str, text: str, numbers: list[tuple[int, ...]]) -> None:
    document = from_text(f"{BODY}\n\n{text}\n\nReferences\n\n{entries}")
    assert [m.numbers for m in document.citations] == numbers
    assert {e.number: e.year for e in document.references} == {i: 2000 + i for i in range(1, 21)}


SUPERSCRIPTS = "Of wards.1 Of beds,2,3 both old.4 Of rooms.5–7 Of doors8 and more.9 Of walls.10 "


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It was told in 2004.11 In all", [(11,)]),
        ("The levels of CRP12 rose. CRP fell. With CRP and CRP, it was so.", [(12,)]),  # the next but one, behind letters that stand alone too
        ("As Doe et al.,11 told, and Roe et al’s12 work", [(11,), (12,)]),
        ("It was 2.6.11 The others", [(11,)]),
        ("It was “so”.11 The others", [(11,)]),
        ("of the disease.4,9,12,20 The others", [(4, 9, 12, 20)]),
        ("at the end point11, 141 patients were left", [(11,)]),
        # Not marks:
        ("of IMbrave150, 12 cm3, 5 m2 and 10-4 of 109/L", []),
        ("p=0.04 and (n = 16), 12 (18) and 2021 (3)", []),
        ("They were: (1) old; (2) tired; and (3) alone.", []),
        ("the stage cT3-4 and the receptor Her2 in it", []),
        ("in the BR.11 trial of wards", []),
        ("Jane Doe1, Richard Roe2, Edgar Poe3, Ann Moe", []),
        ("See Fig 2 and Table 11 of that. Figure 12 more.", []),
        ("of HPV16 and CD20 and of HPV and CD", []),
        ("more than the list holds.47 The others", []),
    ],
)
def test_superscripts_with_a_list(text: str, numbers: list[tuple[int, ...]]) -> None:
    document = from_text(f"{BODY}\n\n{SUPERSCRIPTS}{text}\n\nReferences\n\n{NUMBERED}")
    known = [(1,), (2, 3), (4,), (5, 6, 7), (8,), (9,), (10,)]
    assert [m.numbers for m in document.citations] == known + numbers


def test_items_of_a_list_are_none_where_citations_are_in_round_brackets() -> None:
    series = "".join(f"It was so ({n}). " for n in range(1, 13))
    text = f"{BODY}\n\n{series}They had to be: (1) old; (2) without a fever (3, 4), (3) able to walk, and (4) willing.\n\nReferences\n\n{NUMBERED}"
    assert [m.numbers for m in from_text(text).citations] == [*((n,) for n in range(1, 13)), (3, 4)]


def test_a_mark_behind_the_list_counts_and_the_list_holds_none() -> None:
    text = (
        f"{BODY}\n\nOf wards [1]. Of beds [2-6]. Of rooms [7].\n\nReferences\n\n{NUMBERED}\n\nFigure legends\n\nFigure 1. Beds as told before [8].\n"
    )
    assert [m.numbers for m in from_text(text).citations] == [(1,), (2, 3, 4, 5, 6), (7,), (8,)]


def sentences(document: Document) -> list[tuple[str, list[str]]]:
    block = document.blocks[0].span
    spans = [s.shifted(block.start) for s in split(block.of(document.text))]
    return [(s.of(document.text), [m.text for m in document.marks_in(s)]) for s in spans]


def test_marks_belong_to_the_sentence_that_they_stand_in_or_end() -> None:
    stuck = from_text("Of all, 4 were well.1 Of some,2 3 were not.3,4 Then all were.5 More")
    assert sentences(stuck) == [("Of all, 4 were well.", ["1"]), ("Of some, 3 were not.", ["2", "3,4"]), ("Then all were.", ["5"]), ("More", [])]
    square = from_text("Most were well.[1] Some were not [2]. Then all were. [3] Later on, Doe et al. [4] saw it. [5] said so.")
    assert [marks for _, marks in sentences(square)] == [["[1]"], ["[2]"], ["[3]"], ["[4]"], ["[5]"]]


PAPER = """Wards and beds of the north

Introduction

Wards are many.1 Beds are few,2,3 as told.4 In the FARAWAY trial, median overall survival was 12.3 months with drugalib and 9.1 months with
placebo (hazard ratio 0.71, 95% CI 0.60-0.84).5,7

Methods

We treated 40 patients with sorafenib.6

Results

Median overall survival was 8.2 months with sorafenib.
"""


def citations_of(text: str) -> set[tuple[Citation, ...]]:
    return {r.citations for r in Pipeline().extract_text(text).records if r.provenance == "cited"}


def test_a_cited_result_names_the_entries_of_its_marks() -> None:
    entries = "".join(f"{i}. Doe J, Roe R. On ward {i}. J Imag Med. 20{i:02d};{i}:4-5. doi:10.1000/{i} PMID: 1234{i}\n" for i in range(1, 9))
    assert citations_of(f"{PAPER}\nReferences\n\n{entries}") == {
        tuple(
            Citation(
                marker="5,7",
                text=f"Doe J, Roe R. On ward {i}. J Imag Med. 20{i:02d};{i}:4-5. doi:10.1000/{i} PMID: 1234{i}",
                year=2000 + i,
                doi=f"10.1000/{i}",
                pmid=f"1234{i}",
            )
            for i in (5, 7)
        )
    }


def test_a_cited_result_of_a_paper_without_a_list_has_the_marker_alone() -> None:
    assert citations_of(PAPER) == {(Citation(marker="5,7"),)}


def test_the_retold_review_keeps_its_marks() -> None:
    path = CORPUS / "retold-second-line-review.txt"
    document = read(path)
    assert not document.references
    assert len(document.citations) >= 50
    numbers = {n for m in document.citations for n in m.numbers}
    assert numbers >= set(range(1, 57))
    cited = [r for r in Pipeline().extract(path).records if r.citations]
    assert cited
    assert {(c.text, c.year, c.doi, c.pmid) for r in cited for c in r.citations} == {(None, None, None, None)}
    assert {c.marker for r in cited for c in r.citations} <= {m.text for m in document.citations}


# Whatever a text is, its entries are pieces of it, in order.
lines = st.lists(
    st.one_of(
        st.sampled_from(
            ["References", "1. Doe J. Wards. 2001;1:2.", "2. Roe R. 2002", "[1] Doe J 2001", "• Poe E. 2003", "Doe (2001)", "12", "", "10.1000/x"]
        ),
        st.text(max_size=20),
    ),
    max_size=12,
)


@given(lines)
def test_entries_are_pieces_of_the_text_in_order(parts: list[str]) -> None:
    raw = "\n".join(parts)
    found = find_references(raw)
    if found is None:
        return
    at = found.span.start
    for entry in found.entries:
        assert entry.raw is not None
        assert at <= entry.raw.start
        assert entry.raw.end <= found.span.end
        assert entry.text
        assert "\n" not in entry.text
        at = entry.raw.end
    numbers = [e.number for e in found.entries]
    assert numbers == sorted(set(numbers))
    assert found.resolved(raw[: found.span.start], ()) is not None
    CharSpan(found.span.start, found.span.end).of(raw)


@pytest.mark.skipif(not PAPERS.is_dir() or importlib.util.find_spec("lxml") is None, reason="no papers beside the project")
def test_links_of_real_papers_are_found_again(capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.references import main  # noqa: PLC0415  (needs lxml)

    assert main(["--paper", "PMC2949642"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if "%" in line]
    assert len(rows) == 5
    shares = [float(next(cell for cell in row if cell.endswith("%")).rstrip("%")) for row in rows]
    assert min(shares[:4]) >= 95
    assert shares[4] == 100


LATER = """Treatment of a rare cancer: a review

Introduction
Cancer is known [1]. It is rare [2].

Second-line treatment
The CELESTIAL trial compared cabozantinib with placebo [3]. Median OS was 11.4 months with cabozantinib and 7.1 months with placebo.
The REACH trial and the REACH-2 trial followed [4]. In the REACH trial, median OS was 9.9 months with ramucirumab and 7.7 months with placebo.
In the REACH-2 trial, median PFS was 2.9 months with ramucirumab and 1.4 months with placebo.

Later work
In the CELESTIAL trial, median PFS was 5.3 months with cabozantinib and 1.8 months with placebo. Doe et al. read two wards [5, 6].
In the study by Doe et al., the ORR was 13% with cabozantinib. A second look at the CELESTIAL trial was cited elsewhere [2]. In this look at the
CELESTIAL trial, the ORR was 4% with cabozantinib.

References
1. Roe A. On cancer. J Invent Med 2001; 1: 1-2.
2. Roe B. On rarity. J Invent Med 2002; 2: 3-4.
3. Roe C. On a trial. J Invent Med 2003; 3: 5-6.
4. Roe D. On two trials. J Invent Med 2004; 4: 7-8.
5. Roe E. On another ward. J Invent Med 2005; 5: 9-10.
6. Doe F. On two wards. J Invent Med 2006; 6: 11-12.
"""


def test_a_study_that_is_spoken_of_again_keeps_the_mark_it_was_named_with() -> None:
    found = {(r.study, r.endpoint, tuple(c.year for c in r.citations)) for r in Pipeline().extract_text(LATER).records}
    assert found == {
        ("CELESTIAL", "OS", (2003,)),
        ("REACH", "OS", ()),  # the mark stands behind the name of another
        ("REACH-2", "PFS", (2004,)),
        ("CELESTIAL", "PFS", (2003,)),
        ("Doe et al.", "ORR", (2006,)),  # of the two that are cited, his
        ("CELESTIAL", "ORR", (2002,)),  # the nearest before in the paragraph
    }
