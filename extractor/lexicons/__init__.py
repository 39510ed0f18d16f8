"""What the field calls things: closed lists of names as data, each with a schema.

A file is read once, on first use. A row that does not fit its schema, and a name that stands in two rows, are errors that name file and line.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from extractor.document import SectionKind
from extractor.records import EndpointCode

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


class LexiconError(ValueError):
    """A lexicon file that does not fit its schema: file, line, what was expected and what was found."""


class Row(BaseModel):
    """One row of a lexicon. Cells that hold lists are separated by `; `."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    def names(self) -> tuple[str, ...]:
        """All names that the row gives to one thing: no other row of its file has them."""
        return ()


def _listed(cell: object) -> object:
    return tuple(part.strip() for part in cell.split(";") if part.strip()) if isinstance(cell, str) else cell


class Drug(Row):
    """An agent under its lower-case INN, with every name that papers give it."""

    inn: str = Field(min_length=2)
    kind: Literal["antineoplastic", "supportive", "general"]
    drug_class: str = Field(alias="class")
    target: tuple[str, ...]
    atc: str = Field(pattern=r"^([A-Z]\d\d[A-Z]{2}\d\d)?$")
    brands: tuple[str, ...]
    codes: tuple[str, ...]
    synonyms: tuple[str, ...]

    _lists = field_validator("target", "brands", "codes", "synonyms", mode="before")(_listed)

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the INN first."""
        return (self.inn, *self.brands, *self.codes, *self.synonyms)


class DrugClass(Row):
    """A class that papers name as a part of an arm (`PD-1 inhibitor`)."""

    name: str
    target: str
    synonyms: tuple[str, ...]

    _lists = field_validator("synonyms", mode="before")(_listed)

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and synonyms."""
        return (self.name, *self.synonyms)


class Regimen(Row):
    """A named combination (`FOLFOX4`) and its drugs."""

    name: str
    components: tuple[str, ...]
    synonyms: tuple[str, ...]

    _lists = field_validator("synonyms", mode="before")(_listed)

    @field_validator("components", mode="before")
    @classmethod
    def _joined_by_plus(cls, cell: object) -> object:
        return tuple(part.strip() for part in cell.split(" + ")) if isinstance(cell, str) else cell

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and synonyms."""
        return (self.name, *self.synonyms)


class Stem(Row):
    """An INN stem: how names of a class end, and which words end so and are no drugs."""

    stem: str = Field(pattern=r"^[a-z][a-z -]{2,}$")
    drug_class: str = Field(alias="class")
    examples: tuple[str, ...]
    exceptions: tuple[str, ...] = Field(alias="except")

    _lists = field_validator("examples", "exceptions", mode="before")(_listed)

    @field_validator("stem", mode="before")
    @classmethod
    def _without_hyphen(cls, cell: object) -> object:
        return cell.strip("-") if isinstance(cell, str) else cell

    @property
    def names(self) -> tuple[str, ...]:
        """The stem itself."""
        return (self.stem,)


class Trial(Row):
    """A named trial. `cue` marks names that are also words: they count only beside "trial", "study" and the like."""

    name: str
    registry: str
    disease: str
    cue: Literal["yes", ""]
    variants: tuple[str, ...]

    _lists = field_validator("variants", mode="before")(_listed)

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and variants."""
        return (self.name, *self.variants)


class Procedure(Row):
    """A treatment that is no drug (`TACE`, `radiotherapy`)."""

    name: str
    synonyms: tuple[str, ...]

    _lists = field_validator("synonyms", mode="before")(_listed)

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and synonyms."""
        return (self.name, *self.synonyms)


class Lookalikes(Row):
    """Words of one kind that are built like names of drugs and are none (`protein`: cyclin, survivin)."""

    what: str
    words: tuple[str, ...]

    _lists = field_validator("words", mode="before")(_listed)

    @property
    def names(self) -> tuple[str, ...]:
        """Its words."""
        return self.words


class AdverseEvent(Row):
    """An adverse event under its singular name."""

    event: str
    synonyms: tuple[str, ...]

    _lists = field_validator("synonyms", mode="before")(_listed)

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and synonyms."""
        return (self.event, *self.synonyms)


class Headings(Row):
    """Headings that open a section of a kind; `sub` headings stand only inside it, `abstract` labels in a structured abstract."""

    section: SectionKind
    kind: Literal["main", "sub", "abstract"]
    headings: tuple[str, ...]

    _lists = field_validator("headings", mode="before")(_listed)


class Endpoint(Row):
    """An endpoint with its spellings; examples mark with [ ] what must be found in them, counterexamples hold nothing."""

    code: EndpointCode
    quantity: Literal["time", "share", "level", "size", "count"]
    more_is: Literal["good", "bad"] | None = None
    terms: tuple[str, ...]
    examples: tuple[str, ...] = Field(min_length=1)
    counterexamples: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its spellings."""
        return self.terms


class Rule(Row):
    """A name that the slot `pattern` of a record may bear, with what it means.

    Attributes:
        kept: why it stays though no paper at hand shows it; empty for one that fires.
    """

    name: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    finds: Literal["endpoint", "arm", "both", "contrast", "category", "cell"]
    says: str = Field(min_length=5)
    kept: str

    @property
    def names(self) -> tuple[str, ...]:
        """Its name."""
        return (self.name,)


RowT = TypeVar("RowT", bound=Row)


def _table(name: str, schema: type[RowT]) -> tuple[RowT, ...]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    lines = [(i, line) for i, line in enumerate(text.split("\n"), 1) if line.strip() and not line.startswith("#")]
    header = lines[0][1].rstrip("\r").split("\t")
    rows = []
    seen: dict[str, int] = {}
    for i, line in lines[1:]:
        cells = [*line.rstrip("\r").split("\t")]
        cells += [""] * (len(header) - len(cells))
        if len(cells) != len(header):
            raise LexiconError(f"{name}, line {i}: expected {len(header)} cells, found {len(cells)}")
        try:
            row = schema.model_validate(dict(zip(header, (c.strip() for c in cells), strict=True)))
        except ValidationError as error:
            raise LexiconError(f"{name}, line {i}: {error}") from error
        for key in {_key(n) for n in row.names}:
            if seen.setdefault(key, i) != i:
                raise LexiconError(f"{name}, line {i}: expected a name of its own, found {key!r}, which line {seen[key]} has")
        rows.append(row)
    return tuple(rows)


def _key(name: str) -> str:
    """What tells a name from others: an abbreviation is read as printed, a word in any case."""
    return name if name.isupper() or len(name) < 5 else name.casefold()


@cache
def drugs() -> tuple[Drug, ...]:
    """The drug lexicon."""
    return _table("drugs.tsv", Drug)


@cache
def drug_classes() -> tuple[DrugClass, ...]:
    """The drug classes."""
    return _table("drug_classes.tsv", DrugClass)


@cache
def regimens() -> tuple[Regimen, ...]:
    """The named combinations."""
    return _table("regimens.tsv", Regimen)


@cache
def stems() -> tuple[Stem, ...]:
    """The INN stems, longest first."""
    return tuple(sorted(_table("inn_stems.tsv", Stem), key=lambda s: (-len(s.stem), s.stem)))


@cache
def trials() -> tuple[Trial, ...]:
    """The named trials."""
    return _table("trials.tsv", Trial)


@cache
def procedures() -> tuple[Procedure, ...]:
    """The treatments that are no drugs."""
    return _table("procedures.tsv", Procedure)


@cache
def adverse_events() -> tuple[AdverseEvent, ...]:
    """The adverse events."""
    return _table("adverse_events.tsv", AdverseEvent)


@cache
def lookalikes() -> tuple[Lookalikes, ...]:
    """The words that are built like names of drugs and are none."""
    return _table("lookalikes.tsv", Lookalikes)


@cache
def headings() -> tuple[Headings, ...]:
    """The headings by section."""
    return _table("headings.tsv", Headings)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules that read records, by the names that `pattern` bears."""
    return _table("rules.tsv", Rule)


@cache
def endpoints() -> tuple[Endpoint, ...]:
    """The endpoints.

    Raises:
        LexiconError: when an entry does not fit the schema.
    """
    text = files(__name__).joinpath("endpoints.toml").read_text(encoding="utf-8")
    found = []
    for i, entry in enumerate(tomllib.loads(text)["endpoint"], 1):
        try:
            found.append(Endpoint.model_validate({k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}))
        except ValidationError as error:
            raise LexiconError(f"endpoints.toml, entry {i}: {error}") from error
    return tuple(found)


@cache
def words() -> dict[str, int]:
    """Words of published trial reports with their counts; made by `models/build_words.py`."""
    text = files(__name__).joinpath("words.tsv").read_text(encoding="utf-8")
    return {word: int(count) for word, count in re.findall(r"^([a-z-]+)\t(\d+)$", text, re.MULTILINE)}


@cache
def section_words() -> dict[str, tuple[float, ...]]:
    """What words and counts say about the section of a paragraph, a weight for each section; made by `models/build_sections.py`."""
    text = files(__name__).joinpath("section_words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[3:])
    return {feature: tuple(map(float, weights)) for feature, *weights in rows}


@cache
def names() -> frozenset[str]:
    """Every name of a drug, class, regimen, trial, procedure, endpoint or adverse event, as printed in the lexicons."""
    return frozenset(_names())


def _names() -> Iterator[str]:
    tables: tuple[tuple[Row, ...], ...] = (drugs(), drug_classes(), regimens(), trials(), procedures(), endpoints(), adverse_events())
    for rows in tables:
        for row in rows:
            yield from row.names
