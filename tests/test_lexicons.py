"""The lists of names: each fits its schema, says each thing once, and its own examples hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest

from extractor import lexicons
from extractor.document import SectionKind, fold
from extractor.entities.drugs import find_drugs
from extractor.entities.endpoints import find_endpoints
from extractor.evaluate.equality import arm
from extractor.lexicons import Drug, Endpoint, LexiconError, Regimen
from extractor.records import EndpointCode

TABLES = ("drugs", "drug_classes", "regimens", "stems", "trials", "procedures", "adverse_events", "lookalikes", "headings", "rules", "endpoints")


def twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, n in Counter(names).items() if n > 1)


@pytest.mark.parametrize("table", TABLES)
def test_a_list_fits_its_schema_and_does_not_change(table: str) -> None:
    rows = getattr(lexicons, table)()
    assert isinstance(rows, tuple)
    assert rows
    assert getattr(lexicons, table)() is rows
    with pytest.raises(ValueError, match="frozen"):
        setattr(rows[0], next(iter(type(rows[0]).model_fields)), "other")


@pytest.mark.parametrize("table", [t for t in TABLES if t != "headings"])
def test_no_name_stands_in_two_rows(table: str) -> None:
    # An abbreviation is read as printed, so that "PR" and "Pr" may be two things; a word is not.
    rows = getattr(lexicons, table)()
    assert all(row.names for row in rows)
    assert twice(name for row in rows for name in {n if n.isupper() or len(n) < 5 else n.casefold() for n in row.names}) == []


def test_no_heading_stands_twice_among_its_like() -> None:
    rows = lexicons.headings()
    assert twice(h for row in rows if row.kind != "abstract" for h in row.headings) == []
    assert twice(h for row in rows if row.kind == "abstract" for h in row.headings) == []
    assert [h for row in rows for h in row.headings if h != h.casefold() or re.match(r"\d", h)] == []
    assert {row.section for row in rows} >= {s for s in SectionKind if s is not SectionKind.TABLE}


def test_the_lists_are_as_long_as_they_should_be() -> None:
    assert sum(drug.kind == "antineoplastic" for drug in lexicons.drugs()) >= 400
    assert len(lexicons.trials()) >= 120
    assert len(lexicons.words()) > 20_000


def test_every_component_of_a_regimen_is_a_drug() -> None:
    known = {drug.inn for drug in lexicons.drugs()}
    assert [(r.name, c) for r in lexicons.regimens() for c in r.components if c not in known] == []
    assert [r.name for r in lexicons.regimens() if len(r.components) < 1] == []


def test_drugs_are_lower_case_inns_with_a_class() -> None:
    assert [d.inn for d in lexicons.drugs() if d.inn != d.inn.lower() or not d.drug_class] == []


def test_a_stem_ends_its_examples() -> None:
    known = {drug.inn for drug in lexicons.drugs()}
    for stem in lexicons.stems():
        assert [e for e in stem.examples if not e.endswith(stem.stem)] == [], stem.stem
        assert [e for e in stem.examples if e not in known] == [], stem.stem
        assert [e for e in stem.exceptions if not e.casefold().endswith(stem.stem)] == [], stem.stem
    lengths = [len(stem.stem) for stem in lexicons.stems()]
    assert lengths == sorted(lengths, reverse=True)


def test_registry_ids_have_the_form_of_their_registry() -> None:
    form = re.compile(
        r"NCT0\d{7}|ISRCTN\d{8}|NTR\d{3,4}|UMIN0\d{8}|ACTRN\d{14}|20\d\d-0\d{5}-\d\d|ChiCTR-?[A-Z-]*\d{8,10}|jRCTs?\d{9,}|JapicCTI-\d{6}|CTRI/\d{4}/\d\d/\d{6}"
    )
    ids = [trial.registry for trial in lexicons.trials() if trial.registry]
    assert [i for i in ids if not form.fullmatch(i)] == []
    assert twice(ids) == []


def test_every_code_of_the_guideline_has_an_entry() -> None:
    assert sorted(e.code for e in lexicons.endpoints()) == sorted(get_args(EndpointCode))


ENTRIES = [pytest.param(e, id=e.code) for e in lexicons.endpoints()]


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_endpoint_is_found_just_where_its_examples_say(entry: Endpoint) -> None:
    for example in entry.examples:
        parts = re.split(r"[\[\]]", example)
        text, want, at = "".join(parts), [], 0
        for i, part in enumerate(parts):
            if i % 2:
                want.append((at, part, entry.code))
            at += len(part)
        assert want, f"nothing is marked in {example!r}"
        assert [(m.span.start, m.span.of(text), m.norm) for m in find_endpoints(text)] == want, example


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_endpoint_is_not_found_in_its_counterexamples(entry: Endpoint) -> None:
    assert entry.counterexamples
    assert [(text, m.span.of(text)) for text in entry.counterexamples for m in find_endpoints(text) if m.norm == entry.code] == []


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_term_of_an_endpoint_is_found_under_its_code(entry: Endpoint) -> None:
    # Some names are told by the words beside them, and leave those out of the mention.
    missed = [t for t in entry.terms if not any(m.norm == entry.code for m in find_endpoints(f"In these tumors, the {t} of 12% was told."))]
    assert missed == []


def _written(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    folder.joinpath(name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(lexicons, "files", lambda _: folder)


HEADER = "inn\tkind\tclass\ttarget\tatc\tbrands\tcodes\tsynonyms\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("inn\tkind\n# a remark\nzorafenib\tantineoplastic\tone more\n", 3, "expected 2 cells, found 3"),
        ("inn\tkind\tclass\n\nzorafenib\tfood\tx\n", 3, "kind"),
        ("inn\tkind\tclass\nz\tsupportive\tx\n", 2, "inn"),
        ("inn\tkind\tclass\tprice\nzorafenib\tsupportive\tx\t12\n", 2, "price"),
        (f"{HEADER}zorafenib\tsupportive\tx\t\t\tZortruda\nfoxatin\tsupportive\tx\t\t\tFoxa; ZorTruda\n", 3, "'zortruda', which line 2 has"),
    ],
)
def test_an_error_in_a_table_names_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int, what: str) -> None:
    _written(tmp_path, monkeypatch, "drugs.tsv", text)
    with pytest.raises(LexiconError, match=rf"^drugs\.tsv, line {line}: ") as caught:
        lexicons._table("drugs.tsv", Drug)
    assert what in str(caught.value)


def test_an_error_in_an_endpoint_names_file_and_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = '[[endpoint]]\ncode = "{}"\nquantity = "time"\nterms = ["x"]\nexamples = ["[x]"]\n'
    _written(tmp_path, monkeypatch, "endpoints.toml", entry.format("OS") + entry.format("NONE"))
    lexicons.endpoints.cache_clear()
    try:
        with pytest.raises(LexiconError, match=r"^endpoints\.toml, entry 2: "):
            lexicons.endpoints()
    finally:
        lexicons.endpoints.cache_clear()


def test_cells_at_the_end_of_a_row_may_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _written(tmp_path, monkeypatch, "regimens.tsv", "name\tcomponents\tsynonyms\r\nZOFOX\tzorafenib + foxatin\r\nABC\tb + c\tA-BC; aBC\r\n")
    one, two = lexicons._table("regimens.tsv", Regimen)
    assert (one.components, one.synonyms) == (("zorafenib", "foxatin"), ())
    assert two.synonyms == ("A-BC", "aBC")


# --- as they are read

NOT_READ_ALONE = {
    "drug": {"caffeine", "St. John's wort"},
    "procedure": {"R0 resection"},  # an outcome far more often
    "regimen": {"7+3", "3+7", "7 + 3 regimen", "7+3 induction", "3 + 7 regimen", "8-in-1"},
}
"""Names that scoring knows and no text is searched for; classes too wide to be an arm besides."""
SPELLED_ALIKE = {"SCRT"}
"""Scoring does not tell capitals apart, so that this is its namesake's."""


def names_by_list() -> Iterable[tuple[str, str]]:
    yield from (("drug", name) for drug in lexicons.drugs() for name in (drug.inn, *drug.names))
    yield from (("class", name) for one in lexicons.drug_classes() for name in (one.name, *one.synonyms))
    yield from (("procedure", name) for one in lexicons.procedures() for name in (one.name, *one.synonyms))
    yield from (("regimen", name) for one in lexicons.regimens() for name in (one.name, *one.synonyms))


def test_every_treatment_is_read_as_what_scoring_takes_it_for() -> None:
    wide = {
        fold(name) for one in lexicons.drug_classes() if one.name in ("systemic therapy", "targeted therapy") for name in (one.name, *one.synonyms)
    }
    wrong = []
    for kind, name in names_by_list():
        found = [*find_drugs(fold(f"They were treated with {name} in this trial."))]
        read = " + ".join(dict.fromkeys(part.name for mention in found for part in mention.parts))
        if name in NOT_READ_ALONE.get(kind, ()) or fold(name) in wide:
            assert not found, name
        elif name not in SPELLED_ALIKE and (not found or arm(read).components != arm(name).components):
            wrong.append((kind, name, read))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("ICI 182,780 was given", ["fulvestrant"]),
        ("an ICI was given", ["immune checkpoint inhibitor"]),
        ("paclitaxel (albumin-bound) was given", ["nab-paclitaxel"]),
        ("paclitaxel (175 mg/m2) was given", ["paclitaxel"]),
        ("a PD-(L)1 inhibitor was given", ["PD-1/PD-L1 inhibitor"]),
        ("a PD-L1 inhibitor was given", ["PD-L1 inhibitor"]),
        ("tegafur, gimeracil and oteracil were given", ["tegafur/gimeracil/oteracil"]),
        ("tegafur, leucovorin and irinotecan were given", ["tegafur", "leucovorin", "irinotecan"]),
        ("cisplatin, vinorelbine (both)", ["cisplatin", "vinorelbine"]),
    ],
)
def test_marks_within_a_name_belong_to_it(text: str, norms: list[str]) -> None:
    assert [mention.norm for mention in find_drugs(text)] == norms


def test_a_bracket_that_a_name_opens_is_closed_in_its_span() -> None:
    text = "We gave paclitaxel (albumin-bound) weekly."
    (mention,) = find_drugs(text)
    assert mention.span.of(text) == "paclitaxel (albumin-bound)"
