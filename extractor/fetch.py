"""Open-access papers from Europe PMC into a folder, as JATS XML: one file a paper, and `fetched.jsonl`, which says where each came from.

The service is Europe PMC's RESTful one (<https://europepmc.org/RestfulWebService>), at `SERVICE`. Two of its modules are asked:

- `/search?query=...&format=json&resultType=core` says which paper an id is of. Queries: `PMCID:PMC1`, `EXT_ID:1 AND SRC:MED` (PMIDs are only
  numbers, other sources number their papers too), `DOI:"10.1000/1"`. A result has `pmcid`, `pmid`, `doi`, `isOpenAccess` ("Y" or "N") and
  `license` ("cc by"), each left out where there is none. No such paper is an empty list; an answer without any list is an outage that passes.
- `/PMC1/fullTextXML` gives the JATS file, for open-access papers alone; for others 404.

Manners: one request at a time, a pause before each, a name in `User-Agent`. What may pass (408, 429, 5xx, no answer, an answer cut off) is asked for
again, after exponentially growing waits with jitter ("equal jitter" in M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog 2015),
never sooner than `Retry-After` says (RFC 9110, 10.2.3). When the service cannot be reached, keeps answering 429, or asks for a long wait, nobody asks
it any further in this run.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Annotated, TypeVar
from urllib.parse import unquote, urlsplit

import httpx
from lxml import etree
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from typing_extensions import Self

from extractor.dataset import OutputError, read_lines, write, write_bytes
from extractor.ingest.markup import MarkupError, below, child, children, name, parse, plain

SERVICE = "https://www.ebi.ac.uk/europepmc/webservices/rest"
FETCHED = "fetched.jsonl"

MAX_BYTES = 100_000_000
"""The longest JATS files, guidelines with hundreds of tables, have some ten million."""

_T = TypeVar("_T")


class FetchError(Exception):
    """A paper that cannot be had, and why."""


class ServiceError(Exception):
    """A service that is not to be asked any further now, and why."""


class _MissingError(FetchError):
    """The service says 404."""


class _AgainError(Exception):
    """An answer that another try may better."""

    def __init__(self, reason: str, *, wait: float = 0.0, whole: bool = False) -> None:
        """Keep why, the seconds that the service asks to wait, and whether it is the whole service that fails, not this one answer."""
        super().__init__(reason)
        self.reason = reason
        self.wait = wait
        self.whole = whole


# --- ids


class IdKind(str, Enum):
    """Who gave a paper its id."""

    PMCID = "pmcid"
    PMID = "pmid"
    DOI = "doi"


@dataclass(frozen=True, slots=True)
class PaperId:
    """An id in its one form: `PMC123`, `123`, or a DOI in lower case (DOIs do not tell case apart, DOI Handbook 2.4)."""

    kind: IdKind
    text: str

    def __str__(self) -> str:
        return self.text


_PMCID = re.compile(r"(?:PMCID:\s*)?(PMC[1-9][0-9]{0,8})", re.IGNORECASE)
_PMID = re.compile(r"(?:PMID:\s*)?([1-9][0-9]{0,8})", re.IGNORECASE)
# The handbook allows every printable character after the slash; a quote or a backslash would end the query that the id stands in.
_DOI = re.compile(r"(https?://(?:dx\.)?doi\.org/)?(?:doi:\s*)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"\\]+)", re.IGNORECASE)


def parse_id(printed: str) -> PaperId:
    """Read a PMCID, a PMID or a DOI, with or without its usual prefix.

    Raises:
        ValueError: when it is none of them.

    >>> [str(parse_id(printed)) for printed in ("pmc12", "PMID: 12", "https://doi.org/10.1000/XYZ")]
    ['PMC12', '12', '10.1000/xyz']
    """
    printed = printed.strip()
    if found := _PMCID.fullmatch(printed):
        return PaperId(IdKind.PMCID, found[1].upper())
    if found := _PMID.fullmatch(printed):
        return PaperId(IdKind.PMID, found[1])
    found = _DOI.fullmatch(unquote(printed) if printed.lower().startswith("http") else printed)
    if found and found[2].isprintable():
        return PaperId(IdKind.DOI, found[2].lower())
    raise ValueError(f"expected a PMCID (PMC123), a PMID (123) or a DOI (10.1000/xyz), found {printed[:100]!r}")


# --- what is kept


class FetchedLine(BaseModel):
    """What `fetched.jsonl` says of one paper. Fields that a person added to a line are kept.

    Attributes:
        licence: as the service's record says it ("cc by"), else as the paper's `<license>` does: its address, its type, or its words.
        sha256: of the file, as `bytes` is its length.
        file: its name in the folder.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    pmcid: Annotated[str, Field(pattern=r"^PMC[1-9][0-9]{0,8}$")]
    pmid: str | None
    doi: str | None
    licence: str | None
    sha256: str
    bytes: int
    file: str


_FETCHED_LINE: TypeAdapter[FetchedLine] = TypeAdapter(FetchedLine)


def read_fetched(folder: Path) -> tuple[FetchedLine, ...]:
    """What was fetched into a folder; nothing where nothing was yet.

    Raises:
        LineError: for a line of `fetched.jsonl` that is none.
        OSError: when it is there and cannot be read.
    """
    path = folder / FETCHED
    return tuple(read_lines(path, _FETCHED_LINE)) if path.exists() else ()


class Had(str, Enum):
    """How a paper came to be in the folder."""

    NEW = "new"
    KNOWN = "known"
    AGAIN = "fetched again"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A paper that is in the folder now."""

    paper_id: PaperId
    line: FetchedLine
    had: Had


@dataclass(frozen=True, slots=True)
class Refused:
    """An id whose paper was not fetched, and why."""

    paper_id: PaperId
    reason: str


@dataclass(frozen=True, slots=True)
class Haul:
    """What became of each id, in the order given and each once; where the service failed, why, and the ids that it was not asked for any more."""

    fetched: tuple[Fetched, ...]
    refused: tuple[Refused, ...]
    stopped: str | None = None
    not_asked: tuple[PaperId, ...] = ()


@dataclass(frozen=True, slots=True)
class Manners:
    """How a service is asked; times in seconds.

    Attributes:
        service: its address.
        agent: what we call ourselves; the command adds the version.
        pause: least time between the end of one answer and the next request.
        tries: how often one thing is asked for, at least 1.
        timeout: longest silence of the service.
        longest_answer: longest time for one whole answer.
        first_wait: wait before the second try; it doubles with each further one.
        longest_wait: longest wait; a service that asks for more is left alone.
    """

    service: str = SERVICE
    agent: str = "onco-extractor"
    pause: float = 0.34
    tries: int = 4
    timeout: float = 30.0
    longest_answer: float = 300.0
    first_wait: float = 1.0
    longest_wait: float = 60.0

    def __post_init__(self) -> None:
        """Refuse manners that no request can be made with."""
        try:
            address = urlsplit(self.service)
            httpx.URL(self.service)
        except (httpx.InvalidURL, ValueError) as error:
            raise ValueError(f"expected the address of a service (https://...), found {self.service!r}: {error}") from error
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ValueError(f"expected the address of a service (https://...), found {self.service!r}")
        if self.tries < 1 or self.pause < 0:
            raise ValueError(f"expected at least one try and a pause that is not negative, found {self.tries} and {self.pause:g} s")


# --- a folder of papers


def fetch_papers(
    ids: Iterable[PaperId], folder: Path, manners: Manners | None = None, *, watch: Callable[[Fetched | Refused], None] = lambda _: None
) -> Haul:
    """Fetch papers into a folder. What is there, as it was fetched, is not asked for again; a file that was changed since is fetched again.

    A paper is written, and listed in `fetched.jsonl`, as soon as it is whole, so that a run which is broken off loses at most the paper it was at.

    Args:
        ids: of the papers; several ids of one paper give it once.
        folder: where the papers go; it is made when only it is missing.
        manners: how the service is asked.
        watch: called with each outcome as it comes.

    Raises:
        OutputError: when the folder or a file in it cannot be written.
        LineError: when the `fetched.jsonl` that is there cannot be read.
    """
    _make_folder(folder)
    listed: dict[PaperId, FetchedLine] = {}
    for line in read_fetched(folder):
        listed.update(dict.fromkeys(_ids_of(line), line))
    asked = tuple(dict.fromkeys(ids))
    fetched: list[Fetched] = []
    refused: list[Refused] = []
    with EuropePmc(manners or Manners()) as service:
        for place, paper_id in enumerate(asked):
            try:
                got = _fetch(paper_id, folder, listed, service)
            except FetchError as error:
                refused.append(Refused(paper_id, str(error)))
                watch(refused[-1])
            except ServiceError as error:
                return Haul(tuple(fetched), tuple(refused), str(error), asked[place:])
            else:
                fetched.append(got)
                watch(got)
    return Haul(tuple(fetched), tuple(refused))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        told = "there is a file of that name" if os.path.exists(folder) else error.strerror or str(error)
        raise OutputError(folder, f"cannot be made a folder of papers: {told}") from error


def _fetch(paper_id: PaperId, folder: Path, listed: dict[PaperId, FetchedLine], service: EuropePmc) -> Fetched:
    """The paper of an id, in the folder and listed."""
    known = listed.get(paper_id)
    if known is not None and _is_there(known, folder):
        return Fetched(paper_id, known, Had.KNOWN)
    paper = service.find(paper_id)
    known = listed.get(PaperId(IdKind.PMCID, paper.pmcid))
    if known is not None and _is_there(known, folder):  # it was listed without this id of it
        line = known.model_copy(update={"pmid": known.pmid or paper.pmid, "doi": known.doi or paper.doi})
        return Fetched(paper_id, _list(line, folder, listed), Had.KNOWN)
    data, licence = service.full_text(paper.pmcid)
    _keep(data, folder / f"{paper.pmcid}.xml", known)
    line = _line(paper, data, paper.licence or licence, known)
    return Fetched(paper_id, _list(line, folder, listed), Had.NEW if known is None else Had.AGAIN)


def _keep(data: bytes, file: Path, known: FetchedLine | None) -> None:
    """Write a paper; what somebody else put where it belongs is left alone."""
    if known is None and os.path.lexists(file) and _sha256(file) != hashlib.sha256(data).hexdigest():
        raise FetchError(f"expected no {file.name} in the folder that was not fetched, found one: move it away")
    write_bytes(file, data)


def _line(paper: Paper, data: bytes, licence: str | None, known: FetchedLine | None) -> FetchedLine:
    return FetchedLine.model_validate(
        {
            **((known.model_extra or {}) if known is not None else {}),
            "pmcid": paper.pmcid,
            "pmid": paper.pmid,
            "doi": paper.doi,
            "licence": licence,
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
            "file": f"{paper.pmcid}.xml",
        }
    )


def _list(line: FetchedLine, folder: Path, listed: dict[PaperId, FetchedLine]) -> FetchedLine:
    """Write `fetched.jsonl` with the line in it."""
    listed.update(dict.fromkeys(_ids_of(line), line))
    lines = [each for key, each in listed.items() if key.kind is IdKind.PMCID]
    lines.sort(key=lambda each: int(each.pmcid.removeprefix("PMC")))
    write(folder / FETCHED, lines)
    return line


def _ids_of(line: FetchedLine) -> tuple[PaperId, ...]:
    found = ((IdKind.PMCID, line.pmcid), (IdKind.PMID, line.pmid), (IdKind.DOI, line.doi and line.doi.lower()))
    return tuple(PaperId(kind, text) for kind, text in found if text)


def _is_there(line: FetchedLine, folder: Path) -> bool:
    return _sha256(folder / f"{line.pmcid}.xml") == line.sha256


def _sha256(path: Path) -> str | None:
    """The hash of a file; None where none can be read: writing there says why, if it fails too."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


# --- the service


def _or_none(text: object) -> object:
    """Ids stand bare in a record; an empty one is none."""
    return (text.strip() or None) if isinstance(text, str) else text


class _Record(BaseModel):
    """The fields of a search result that are used here."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    pmcid: Annotated[str | None, BeforeValidator(_or_none), Field(pattern=r"^PMC[1-9][0-9]{0,8}$")] = None
    pmid: Annotated[str | None, BeforeValidator(_or_none)] = None
    doi: Annotated[str | None, BeforeValidator(_or_none)] = None
    open_access: Annotated[str | None, Field(alias="isOpenAccess")] = None
    license: Annotated[str | None, BeforeValidator(_or_none)] = None

    def is_of(self, paper_id: PaperId) -> bool:
        text = {IdKind.PMCID: self.pmcid, IdKind.PMID: self.pmid, IdKind.DOI: self.doi}[paper_id.kind]
        return text is not None and text.lower() == paper_id.text.lower()


class _Results(BaseModel):
    result: tuple[_Record, ...]


class _Answer(BaseModel):
    results: Annotated[_Results, Field(alias="resultList")]


@dataclass(frozen=True, slots=True)
class Paper:
    """An open-access paper as the service's record has it."""

    pmcid: str
    pmid: str | None
    doi: str | None
    licence: str | None


class EuropePmc:
    """A connection to the service; it keeps to its manners over all that is asked of it."""

    def __init__(self, manners: Manners) -> None:
        """Open nothing yet: the first request does. Proxies and certificates are those of the environment."""
        self._manners = manners
        self._client = httpx.Client(headers={"User-Agent": manners.agent}, timeout=manners.timeout, follow_redirects=True)
        self._free_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()

    def find(self, paper_id: PaperId) -> Paper:
        """The open-access paper that an id is of.

        Raises:
            FetchError: when there is none, when it is not in PubMed Central or not open access, or when the service gave no answer of use.
            ServiceError: when the service is not to be asked any further.
        """
        parameters = {"query": _query(paper_id), "format": "json", "resultType": "core"}
        found = [record for record in self._ask("/search", _records, parameters) if record.is_of(paper_id)]
        if not found:
            raise FetchError("the service knows no such paper")
        record = next((record for record in found if record.pmcid), found[0])  # a preprint and its paper can share a DOI
        if record.pmcid is None:
            raise FetchError("the paper is not in PubMed Central, so that there is no full text to fetch")
        if record.open_access != "Y":
            raise FetchError(f"{_other_name(record, paper_id)}not open access (the service says isOpenAccess {record.open_access}): not fetched")
        return Paper(record.pmcid, record.pmid, record.doi, record.license)

    def full_text(self, pmcid: str) -> tuple[bytes, str | None]:
        """The JATS file of a paper, byte for byte, and the licence that it names.

        Raises:
            FetchError: when there is none, or what there is is no JATS file of this paper.
            ServiceError: when the service is not to be asked any further.
        """
        try:
            data, head = self._ask(f"/{pmcid}/fullTextXML", lambda body: (body, read_head(body)))
        except _MissingError as error:
            raise FetchError(f"the service has no full text of {pmcid} (HTTP 404)") from error
        if head.pmcid is not None and head.pmcid != pmcid:
            raise FetchError(f"expected the full text of {pmcid}, found that of {head.pmcid}")
        return data, head.licence

    def _ask(self, path: str, read: Callable[[bytes], _T], parameters: Mapping[str, str] | None = None) -> _T:
        """Ask until there is an answer that can be read, or no sense in asking."""
        tries = 1
        while True:
            try:
                return read(self._get(path, parameters))
            except _AgainError as error:
                self._wait(error, tries)
            tries += 1

    def _wait(self, error: _AgainError, tries: int) -> None:
        """Wait before the next try, or say that there is none."""
        told = f"{error.reason} ({tries} {'try' if tries == 1 else 'tries'})"
        if error.wait > self._manners.longest_wait:
            raise ServiceError(f"{told}; it asks to wait {error.wait:,.0f} s, longer than {self._manners.longest_wait:,.0f} s") from error
        if tries >= self._manners.tries:
            raise (ServiceError if error.whole else FetchError)(told) from error
        wait = min(self._manners.first_wait * 2.0 ** (tries - 1), self._manners.longest_wait)
        time.sleep(max(error.wait, wait * random.uniform(0.5, 1.0)))

    def _get(self, path: str, parameters: Mapping[str, str] | None) -> bytes:
        time.sleep(max(0.0, self._free_at - time.monotonic()))
        until = time.monotonic() + self._manners.longest_answer
        try:
            with self._client.stream("GET", self._manners.service.rstrip("/") + path, params=parameters) as response:
                _check(response)
                return self._body(response, until)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            raise _AgainError(f"cannot be reached: {error or type(error).__name__}", whole=True) from error
        except httpx.TimeoutException as error:
            raise _AgainError(f"no answer within {self._manners.timeout:g} s") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _AgainError(f"the answer broke off: {error or type(error).__name__}") from error
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise FetchError(f"cannot be asked for: {error}") from error
        finally:
            self._free_at = time.monotonic() + self._manners.pause

    def _body(self, response: httpx.Response, until: float) -> bytes:
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > MAX_BYTES:
                raise FetchError(f"expected at most {MAX_BYTES:,} bytes, found more")
            if time.monotonic() > until:
                raise _AgainError(f"no whole answer within {self._manners.longest_answer:g} s")
        return bytes(body)


def _query(paper_id: PaperId) -> str:
    return {IdKind.PMCID: f"PMCID:{paper_id}", IdKind.PMID: f"EXT_ID:{paper_id} AND SRC:MED", IdKind.DOI: f'DOI:"{paper_id}"'}[paper_id.kind]


def _other_name(record: _Record, paper_id: PaperId) -> str:
    return "" if record.pmcid == paper_id.text else f"{record.pmcid} is "


def _check(response: httpx.Response) -> None:
    status = response.status_code
    told = f"HTTP {status} {response.reason_phrase}".rstrip()
    if status == httpx.codes.NOT_FOUND:
        raise _MissingError(f"{told} from {response.url}")
    if status in (httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS) or status >= 500:
        wait = _retry_after(response.headers.get("Retry-After", ""))
        raise _AgainError(told, wait=wait, whole=status == httpx.codes.TOO_MANY_REQUESTS)
    if status != httpx.codes.OK:
        raise FetchError(f"{told} from {response.url}")


def _retry_after(printed: str) -> float:
    """Seconds from now; 0 where nothing is said, or nothing that can be understood.

    >>> _retry_after("120"), _retry_after("Fri, 31 Dec 1999 23:59:59 GMT"), _retry_after("soon")
    (120.0, 0.0, 0.0)
    """
    if re.fullmatch(r"[0-9]{1,9}", printed):
        return float(printed)
    try:
        date = parsedate_to_datetime(printed)
    except ValueError:
        return 0.0
    return max(0.0, (date.replace(tzinfo=date.tzinfo or timezone.utc) - datetime.now(timezone.utc)).total_seconds())


def _records(body: bytes) -> tuple[_Record, ...]:
    try:
        return _Answer.model_validate_json(body).results.result
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise _AgainError(f"expected a list of search results, found {body[:60]!r} ({at + ': ' if at else ''}{first['msg']})") from error


# --- the paper


@dataclass(frozen=True, slots=True)
class Head:
    """What the front of a JATS file says of the paper, where it says it."""

    pmcid: str | None
    licence: str | None


def read_head(data: bytes) -> Head:
    """See that bytes are a JATS file, whole and well-formed, and read the id and the licence in its front.

    Raises:
        FetchError: when it is not XML that `extract` reads, or not that of one article.
    """
    try:
        root = parse(data).getroot()
    except MarkupError as error:
        told = f"expected a JATS file, found {error}: {data[:40]!r}"
        markup = data.lstrip().startswith(b"<")
        if not data.strip() or (markup and not data.rstrip().endswith(b"</article>")):
            raise _AgainError(f"{told} ends after {len(data):,} bytes") from error
        raise FetchError(told) from error
    if name(root) != "article":
        raise FetchError(f"expected a JATS file (<article>), found <{name(root)[:40]}>")
    meta = child(child(root, "front"), "article-meta")
    ids = [_PMC_ID.fullmatch(plain(one)) for one in children(meta, "article-id") if one.get("pub-id-type") in ("pmc", "pmcid")]
    return Head(next((f"PMC{found[1]}" for found in ids if found), None), _licence(list(below(meta, "license"))))


_LONGEST_LICENCE = 300
_PMC_ID = re.compile(r"(?:PMC)?([1-9][0-9]{0,8})(?:\.[0-9]+)?")
"""As JATS files print it: the number alone (before 2024), with PMC before it, with a version behind it."""


def _licence(licences: Sequence[etree._Element]) -> str | None:
    """A Creative Commons address, else the licence's words, else whatever address or type it has ("open-access")."""
    given = [(str(key), str(value).strip()) for licence in licences for one in licence.iter() for key, value in one.items()]
    refs = [plain(one) for licence in licences for one in below(licence, "license_ref")]
    addresses = [*(value for key, value in given if key.endswith(("href", "resource"))), *refs]
    words = "".join(str(text) for licence in licences for text in licence.itertext())
    for ref in refs:
        words = words.replace(ref, "")
    types = [value for key, value in given if key == "license-type"]
    creative_commons = next((address for address in addresses if "creativecommons.org" in address), None)
    return creative_commons or " ".join(words.split())[:_LONGEST_LICENCE] or next(iter((*addresses, *types)), None)
