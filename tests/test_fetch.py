"""Papers fetched from a stand-in for Europe PMC's service on this machine: nothing here needs a network. All papers are invented."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from extractor import __version__
from extractor.cli import app
from extractor.cli.fetch import EXTRA, given_ids
from extractor.dataset import LineError, OutputError
from extractor.fetch import (
    FETCHED,
    EuropePmc,
    Fetched,
    FetchError,
    Had,
    Haul,
    IdKind,
    Manners,
    PaperId,
    Refused,
    fetch_papers,
    parse_id,
    read_fetched,
    read_head,
)

ROOT = Path(__file__).resolve().parents[1]
runner = CliRunner()

SHORT = "<article><front><article-meta>{id}{more}</article-meta></front><body><p>Nobody was treated.</p></body></article>"


def jats(pmcid: str, more: str = "") -> bytes:
    """A JATS file."""
    return SHORT.format(id=f'<article-id pub-id-type="pmc">{pmcid.removeprefix("PMC")}</article-id>', more=more).encode()


# --- the stand-in


@dataclass(frozen=True)
class Reply:
    """An answer out of turn. `hold` holds the second half of the body back until the stand-in is let go."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    hold: bool = False


@dataclass
class StandIn:
    """What the service knows, what it will answer out of turn (by path, one after another), and what it was asked."""

    records: list[dict[str, str]] = field(default_factory=list)
    papers: dict[str, bytes] = field(default_factory=dict)
    out_of_turn: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    begun: list[float] = field(default_factory=list)
    address: str = ""
    half_sent: Callable[[], None] = lambda: None
    let_go: threading.Event = field(default_factory=threading.Event)

    def add(self, pmcid: str, *, body: bytes | None = None, **others: str) -> bytes:
        """Let there be an open-access paper."""
        self.records.append({"pmcid": pmcid, "isOpenAccess": "Y", "license": "cc by", **others})
        self.papers[pmcid] = body if body is not None else jats(pmcid)
        return self.papers[pmcid]

    def reply(self, path: str, query: str) -> Reply:
        waiting = self.out_of_turn.get(path)
        if waiting:
            return waiting.pop(0)
        if path == "/search":
            found = [record for record in self.records if query in queries(record)]
            return Reply(body=json.dumps({"hitCount": len(found), "resultList": {"result": found}}).encode())
        pmcid, _, module = path[1:].partition("/")
        return Reply(body=self.papers[pmcid]) if module == "fullTextXML" and pmcid in self.papers else Reply(404)

    def full_texts(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/search"]


def queries(record: dict[str, str]) -> list[str]:
    """What finds a record."""
    return [f"PMCID:{record.get('pmcid')}", f"EXT_ID:{record.get('pmid')} AND SRC:MED", f'DOI:"{record.get("doi", "").lower()}"']


class Handler(BaseHTTPRequestHandler):
    """Answers for the stand-in of its server."""

    protocol_version = "HTTP/1.1"
    stand_in: StandIn

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        path, query = asked.path.removeprefix("/rest"), parse_qs(asked.query).get("query", [""])[0]
        self.stand_in.begun.append(time.monotonic())
        self.stand_in.asked.append((path, query))
        self.stand_in.agents.add(self.headers["User-Agent"])
        self.answer(self.stand_in.reply(path, query))

    def answer(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        half = len(reply.body) // 2 if reply.cut or reply.hold else len(reply.body)
        self.wfile.write(reply.body[:half])
        if reply.hold:
            self.wfile.flush()
            self.stand_in.half_sent()
            self.stand_in.let_go.wait(5)
        self.close_connection = reply.cut or reply.hold

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    monkeypatch.setenv("NO_PROXY", "*")
    stand_in = StandIn()
    handler = type("Bound", (Handler,), {"stand_in": stand_in})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    stand_in.address = f"http://127.0.0.1:{server.server_port}/rest"
    monkeypatch.setenv("ONCO_EXTRACT_SERVICE", stand_in.address)
    yield stand_in
    stand_in.let_go.set()
    server.shutdown()
    server.server_close()
    thread.join()


def quick(service: StandIn, **others: Any) -> Manners:
    """Manners for a service that does not mind."""
    return Manners(**{"service": service.address, "pause": 0.0, "first_wait": 0.005, "timeout": 5.0, **others})


def fetch(service: StandIn, folder: Path, *ids: str, **others: Any) -> Haul:
    return fetch_papers([parse_id(each) for each in ids], folder, quick(service, **others))


def command(*arguments: str | Path) -> Result:
    return runner.invoke(app, ["fetch", "--pause", "0", *map(str, arguments)])


def lines(text: str) -> list[str]:
    return text.splitlines()


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def changed(folder: Path) -> dict[str, tuple[int, int]]:
    """Which files there are, and when each was written."""
    return {name: ((folder / name).stat().st_ino, (folder / name).stat().st_mtime_ns) for name in names(folder)}


# --- ids


@pytest.mark.parametrize(
    ("printed", "kind", "text"),
    [
        ("PMC123", IdKind.PMCID, "PMC123"),
        (" pmc123\n", IdKind.PMCID, "PMC123"),
        ("PMCID: PMC123", IdKind.PMCID, "PMC123"),
        ("123", IdKind.PMID, "123"),
        ("pmid:123", IdKind.PMID, "123"),
        ("10.1000/XYZ(1)<2>;3", IdKind.DOI, "10.1000/xyz(1)<2>;3"),
        ("doi: 10.1000.1/x/y", IdKind.DOI, "10.1000.1/x/y"),
        ("https://doi.org/10.1000/x%28y", IdKind.DOI, "10.1000/x(y"),
        ("http://dx.doi.org/10.1000/x", IdKind.DOI, "10.1000/x"),
        ("10.1000/x%28y", IdKind.DOI, "10.1000/x%28y"),
    ],
)
def test_ids_are_read_in_every_form(printed: str, kind: IdKind, text: str) -> None:
    assert parse_id(printed) == PaperId(kind, text)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "PMC",
        "PMC0",
        "PMC12a",
        "0123",
        "-1",
        "12 13",
        "١٢",
        "10.1000",
        "10.1000/",
        "10.1/x",
        '10.1000/x" OR "y',
        "10.1000/x\\",
        "10.1000/\x07",
        "x",
    ],
)
def test_what_is_no_id_is_said_to_be_none(printed: str) -> None:
    with pytest.raises(ValueError, match=r"expected a PMCID \(PMC123\), a PMID \(123\) or a DOI \(10.1000/xyz\), found "):
        parse_id(printed)


@given(st.text())
def test_an_id_that_was_read_reads_as_itself(printed: str) -> None:
    for text in (printed, f"10.1000/{printed}"):
        try:
            paper_id = parse_id(text)
        except ValueError:
            continue
        assert parse_id(str(paper_id)) == paper_id


def test_ids_come_from_arguments_files_and_stdin_each_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tmp_path / "ids.txt"
    listed.write_bytes("\ufeffPMC1\r\n\r\n# a remark\n  10.1000/A \nnonsense\n".encode())
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(listed.read_bytes())))
    given = given_ids(["PMC2", f"@{listed}", "pmc1", "-", "@missing.txt", "PMC"])
    assert [str(each) for each in given.ids] == ["PMC2", "PMC1", "10.1000/a"]
    assert [place for place, _ in given.wrong] == [f"{listed}, line 5", "stdin, line 5", "@missing.txt", ""]
    assert given.wrong[2][1] == "cannot be read: No such file or directory"


# --- fetching


def test_a_paper_is_fetched_as_it_is_and_listed(service: StandIn, tmp_path: Path) -> None:
    body = service.add("PMC12", pmid="34", doi="10.1000/Xyz", body=b"\xef\xbb\xbf<?xml version='1.0'?>\r\n" + jats("PMC12"))
    service.add("PMC9")
    folder = tmp_path / "papers"
    result = command("PMC12", "PMC9", "-o", folder)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert names(folder) == ["PMC12.xml", "PMC9.xml", FETCHED]
    assert (folder / "PMC12.xml").read_bytes() == body
    manifest = [json.loads(line) for line in lines((folder / FETCHED).read_text("utf-8"))]
    assert [line["pmcid"] for line in manifest] == ["PMC9", "PMC12"]
    assert manifest[1] == {
        "pmcid": "PMC12",
        "pmid": "34",
        "doi": "10.1000/Xyz",
        "licence": "cc by",
        "sha256": hashlib.sha256(body).hexdigest(),
        "bytes": len(body),
        "file": "PMC12.xml",
    }
    assert "new: PMC12.xml, cc by" in result.stderr
    assert lines(result.stderr)[-1] == f"2 fetched, 0 known already, 0 refused; papers: {folder}"
    assert "\x1b" not in result.stderr
    assert service.agents == {f"onco-extractor/{__version__}"}
    assert service.asked[:2] == [("/search", "PMCID:PMC12"), ("/PMC12/fullTextXML", "")]


@pytest.mark.parametrize("order", [("PMC12", "34", "10.1000/xyz"), ("10.1000/xyz", "34", "PMC12"), ("34", "https://doi.org/10.1000/XYZ", "PMC12")])
def test_the_same_paper_in_three_forms_is_fetched_once(service: StandIn, tmp_path: Path, order: tuple[str, ...]) -> None:
    service.add("PMC12", pmid="34", doi="10.1000/Xyz")
    haul = fetch(service, tmp_path, *order)
    assert [one.had for one in haul.fetched] == [Had.NEW, Had.KNOWN, Had.KNOWN]
    assert len(service.asked) == 2
    (line,) = read_fetched(tmp_path)
    assert (line.pmcid, line.pmid, line.doi) == ("PMC12", "34", "10.1000/Xyz")


def test_a_run_again_asks_nothing_and_changes_nothing(service: StandIn, tmp_path: Path) -> None:
    service.add("PMC12", pmid="34")
    service.add("PMC13")
    fetch(service, tmp_path, "34", "PMC13")
    service.asked.clear()
    before = changed(tmp_path)
    haul = fetch(service, tmp_path, "34", "PMC13")
    assert [one.had for one in haul.fetched] == [Had.KNOWN, Had.KNOWN]
    assert service.asked == []
    assert changed(tmp_path) == before


def test_what_was_changed_or_lost_is_fetched_again_and_added_fields_stay(service: StandIn, tmp_path: Path) -> None:
    body = service.add("PMC12")
    service.add("PMC13")
    fetch(service, tmp_path, "PMC12", "PMC13")
    (first, second) = lines((tmp_path / FETCHED).read_text("utf-8"))
    (tmp_path / FETCHED).write_text(f"{json.dumps({**json.loads(first), 'note': 'read twice'})}\n\n{second}\n", "utf-8")
    (tmp_path / "PMC12.xml").write_bytes(body[:-5])
    (tmp_path / "PMC13.xml").unlink()
    haul = fetch(service, tmp_path, "PMC12", "PMC13")
    assert [one.had for one in haul.fetched] == [Had.AGAIN, Had.AGAIN]
    assert (tmp_path / "PMC12.xml").read_bytes() == body
    assert read_fetched(tmp_path)[0].model_extra == {"note": "read twice"}


def test_a_paper_that_is_known_under_another_id_is_not_fetched_again(service: StandIn, tmp_path: Path) -> None:
    service.add("PMC12")
    fetch(service, tmp_path, "PMC12")
    service.records[0]["pmid"] = "34"
    haul = fetch(service, tmp_path, "34")
    assert [one.had for one in haul.fetched] == [Had.KNOWN]
    assert service.full_texts() == ["/PMC12/fullTextXML"]
    assert [line.pmid for line in read_fetched(tmp_path)] == ["34"]


def test_somebody_elses_file_is_left_alone(service: StandIn, tmp_path: Path) -> None:
    service.add("PMC12")
    (tmp_path / "PMC12.xml").write_text("mine", "utf-8")
    haul = fetch(service, tmp_path, "PMC12")
    assert [one.reason for one in haul.refused] == ["expected no PMC12.xml in the folder that was not fetched, found one: move it away"]
    assert (tmp_path / "PMC12.xml").read_text("utf-8") == "mine"
    assert names(tmp_path) == ["PMC12.xml"]


# --- licences


LICENCES = {
    '<license license-type="open-access" xlink:href="http://creativecommons.org/licenses/by/2.0"><license-p>Free.</license-p></license>': (
        "http://creativecommons.org/licenses/by/2.0"
    ),
    "<license><ali:license_ref> https://creativecommons.org/licenses/by/4.0/ </ali:license_ref></license>": (
        "https://creativecommons.org/licenses/by/4.0/"
    ),
    '<license xlink:href="http://press.example/terms"><p>All may\n read <b>it</b>.</p></license>': "All may read it.",
    '<license license-type="open-access"/>': "open-access",
    "<copyright-statement>Nobody</copyright-statement>": None,
}


@pytest.mark.parametrize(("more", "want"), LICENCES.items())
def test_a_licence_that_the_record_lacks_is_read_from_the_paper(service: StandIn, tmp_path: Path, more: str, want: str | None) -> None:
    service.add("PMC12", body=jats("PMC12", f"<permissions>{more}</permissions>"), license="")
    fetch(service, tmp_path, "PMC12")
    assert [line.licence for line in read_fetched(tmp_path)] == [want]


def test_the_licence_of_a_part_is_not_that_of_the_paper() -> None:
    part = b'<article><front><article-meta/></front><body><fig><permissions><license xlink:href="x"/></permissions></fig></body></article>'
    assert read_head(part).licence is None


def test_closed_papers_are_not_fetched(service: StandIn, tmp_path: Path) -> None:
    service.add("PMC12", pmid="34", isOpenAccess="N")
    service.records.append({"pmid": "35", "isOpenAccess": "N"})
    result = command("34", "35", "-o", tmp_path)
    assert result.exit_code == 1
    assert lines(result.stderr) == [
        "onco-extract: 34: PMC12 is not open access (the service says isOpenAccess N): not fetched",
        "onco-extract: 35: the paper is not in PubMed Central, so that there is no full text to fetch",
        f"0 fetched, 0 known already, 2 refused; papers: {tmp_path}",
    ]
    assert service.full_texts() == []
    assert names(tmp_path) == []


# --- what goes wrong


def test_wrong_ids_are_named_and_the_rest_is_fetched(service: StandIn, tmp_path: Path) -> None:
    service.add("PMC12")
    result = command("nonsense", "PMC12", "PMC99", "-o", tmp_path)
    assert result.exit_code == 1
    assert lines(result.stderr)[:2] == [
        "onco-extract: expected a PMCID (PMC123), a PMID (123) or a DOI (10.1000/xyz), found 'nonsense'",
        "onco-extract: PMC99: the service knows no such paper",
    ]
    assert lines(result.stderr)[-1] == f"1 fetched, 0 known already, 2 refused; papers: {tmp_path}"


def test_a_record_of_another_paper_is_no_answer(service: StandIn, tmp_path: Path) -> None:
    service.out_of_turn["/search"] = [Reply(body=b'{"resultList": {"result": [{"pmcid": "PMC13", "isOpenAccess": "Y"}]}}')]
    assert [one.reason for one in fetch(service, tmp_path, "PMC12").refused] == ["the service knows no such paper"]


def test_404_is_not_asked_twice(service: StandIn, tmp_path: Path) -> None:
    service.add("PMC12")
    service.papers.clear()
    haul = fetch(service, tmp_path, "PMC12")
    assert haul.refused == (Refused(PaperId(IdKind.PMCID, "PMC12"), "the service has no full text of PMC12 (HTTP 404)"),)
    assert service.full_texts() == ["/PMC12/fullTextXML"]


def test_429_is_asked_again_when_the_service_says(service: StandIn, tmp_path: Path) -> None:
    service.add("PMC12")
    service.out_of_turn["/PMC12/fullTextXML"] = [Reply(429, headers={"Retry-After": "1"})]
    haul = fetch(service, tmp_path, "PMC12")
    assert [one.had for one in haul.fetched] == [Had.NEW]
    assert service.begun[2] - service.begun[1] >= 1.0


def test_a_date_to_ask_again_at_is_understood(service: StandIn, tmp_path: Path) -> None:
    service.out_of_turn["/search"] = [Reply(503, headers={"Retry-After": formatdate(time.time() + 3000, usegmt=True)})]
    stopped = fetch(service, tmp_path, "PMC12").stopped or ""
    found = re.fullmatch(r"HTTP 503 Service Unavailable \(1 try\); it asks to wait 2,9(\d\d) s, longer than 60 s|.* 3,000 s.*", stopped)
    assert found, stopped


def test_a_service_that_asks_for_a_long_wait_is_left_alone(service: StandIn, tmp_path: Path) -> None:
    for pmcid in ("PMC12", "PMC13", "PMC14"):
        service.add(pmcid)
    service.out_of_turn["/PMC13/fullTextXML"] = [Reply(503, headers={"Retry-After": "3600"})]
    result = command("PMC12", "PMC13", "PMC14", "-o", tmp_path)
    assert result.exit_code == 1
    told = "HTTP 503 Service Unavailable (1 try); it asks to wait 3,600 s, longer than 60 s; 2 left to fetch: run it again later"
    assert f"onco-extract: {service.address}: {told}" in lines(result.stderr)
    assert lines(result.stderr)[-1] == f"1 fetched, 0 known already, 0 refused, 2 left; papers: {tmp_path}"
    assert len(service.asked) == 4
    assert command("PMC12", "PMC13", "PMC14", "-o", tmp_path).exit_code == 0
    assert service.full_texts().count("/PMC12/fullTextXML") == 1


def test_429_to_the_end_stops_the_run(service: StandIn, tmp_path: Path) -> None:
    service.out_of_turn["/search"] = [Reply(429)] * 9
    haul = fetch(service, tmp_path, "PMC12", "PMC13", tries=3)
    assert haul.stopped == "HTTP 429 Too Many Requests (3 tries)"
    assert [str(each) for each in haul.not_asked] == ["PMC12", "PMC13"]
    assert len(service.asked) == 3


def test_500_thrice_is_an_error_after_three_tries_and_none_after_four(service: StandIn, tmp_path: Path) -> None:
    for pmcid in ("PMC12", "PMC13"):
        service.add(pmcid)
    service.out_of_turn["/PMC12/fullTextXML"] = [Reply(500)] * 3
    haul = fetch(service, tmp_path, "PMC12", "PMC13", tries=3)
    assert [(str(one.paper_id), one.reason) for one in haul.refused] == [("PMC12", "HTTP 500 Internal Server Error (3 tries)")]
    assert [str(one.paper_id) for one in haul.fetched] == ["PMC13"]
    service.out_of_turn["/PMC12/fullTextXML"] = [Reply(500)] * 3
    assert [one.had for one in fetch(service, tmp_path, "PMC12", tries=4).fetched] == [Had.NEW]


def test_waits_grow(service: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("extractor.fetch.time.sleep", waits.append)
    service.out_of_turn["/search"] = [Reply(500)] * 6
    fetch(service, tmp_path, "PMC12", tries=6, first_wait=8.0, longest_wait=60.0)
    waits = [wait for wait in waits if wait]
    assert len(waits) == 5
    for wait, longest in zip(waits, (8, 16, 32, 60, 60), strict=True):
        assert longest / 2 <= wait <= longest


def test_other_refusals_are_not_asked_twice(service: StandIn, tmp_path: Path) -> None:
    service.out_of_turn["/search"] = [Reply(403)]
    (refused,) = fetch(service, tmp_path, "PMC12").refused
    assert refused.reason.startswith("HTTP 403 Forbidden from http://127.0.0.1:")
    assert len(service.asked) == 1


def test_a_slow_service_times_out(service: StandIn, tmp_path: Path) -> None:
    service.add("PMC12")
    service.out_of_turn["/PMC12/fullTextXML"] = [Reply(body=jats("PMC12"), hold=True)] * 2
    haul = fetch(service, tmp_path, "PMC12", tries=2, timeout=0.1)
    assert [one.reason for one in haul.refused] == ["no answer within 0.1 s (2 tries)"]
    assert names(tmp_path) == []
    haul = fetch(service, tmp_path, "PMC12", longest_answer=-1.0, tries=2)
    assert [one.reason for one in haul.refused] == ["no whole answer within -1 s (2 tries)"]


def test_a_body_that_breaks_off_is_asked_for_again(service: StandIn, tmp_path: Path) -> None:
    body = service.add("PMC12")
    service.out_of_turn["/PMC12/fullTextXML"] = [Reply(body=body, cut=True)]
    assert fetch(service, tmp_path, "PMC12").fetched
    assert (tmp_path / "PMC12.xml").read_bytes() == body
    (tmp_path / "PMC12.xml").unlink()
    service.out_of_turn["/PMC12/fullTextXML"] = [Reply(body=body, cut=True)] * 2
    (refused,) = fetch(service, tmp_path, "PMC12", tries=2).refused
    assert refused.reason.startswith("the answer broke off: peer closed connection")
    assert refused.reason.endswith("(2 tries)")
    assert names(tmp_path) == [FETCHED]


@pytest.mark.parametrize("length", [0, 30, 60, 100, 112, -1])
def test_a_body_that_ends_early_without_a_length_to_tell_it_is_asked_for_again(service: StandIn, tmp_path: Path, length: int) -> None:
    body = service.add("PMC12", body=b'<?xml version="1.0"?>' + jats("PMC12", "<title>A \xc3\xa9t\xc3\xa9</title><!-- remark --><![CDATA[ x ]]>"))
    service.out_of_turn["/PMC12/fullTextXML"] = [Reply(body=body[:length])]
    assert fetch(service, tmp_path, "PMC12").fetched
    assert (tmp_path / "PMC12.xml").read_bytes() == body


NOT_JATS = {
    b"%PDF-1.7 what": "expected a JATS file, found broken XML: Start tag expected, '<' not found, line 1, column 1: b'%PDF-1.7 what'",
    b"<article><p></article>": "expected a JATS file, found broken XML: Opening and ending tag mismatch: p line 1 and article, line 1, column 23",
    b"<!DOCTYPE html>\n<html><body>Down for repairs.</body></html>": "expected a JATS file (<article>), found <html>",
    jats("PMC13"): "expected the full text of PMC12, found that of PMC13",
}


@pytest.mark.parametrize(("body", "want"), NOT_JATS.items())
def test_what_is_no_jats_file_of_the_paper_is_not_kept(service: StandIn, tmp_path: Path, body: bytes, want: str) -> None:
    service.add("PMC12", body=body)
    result = command("PMC12", "-o", tmp_path)
    assert result.exit_code == 1
    assert lines(result.stderr)[0].startswith(f"onco-extract: PMC12: {want}")
    assert names(tmp_path) == []
    assert len(service.full_texts()) == 1


def test_entities_are_refused() -> None:
    with pytest.raises(FetchError, match="declares entities of its own"):
        read_head(
            b'<!DOCTYPE article [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + jats("PMC1", "<permissions><license>&e;</license></permissions>")
        )


def test_a_paper_without_bounds_is_not_read_to_its_end(service: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.fetch.MAX_BYTES", 100)
    service.records = [{"pmcid": "PMC12", "isOpenAccess": "Y"}]
    service.papers["PMC12"] = jats("PMC12")
    (refused,) = fetch(service, tmp_path, "PMC12").refused
    assert refused.reason == "expected at most 100 bytes, found more"


def test_a_search_without_a_list_is_an_outage_that_passes(service: StandIn, tmp_path: Path) -> None:
    service.add("PMC12")
    service.out_of_turn["/search"] = [Reply(body=b'{"version":"6.9"}'), Reply(body=b"<html>wait</html>")]
    assert fetch(service, tmp_path, "PMC12").fetched
    service.out_of_turn["/search"] = [Reply(body=b'{"version":"6.9"}')] * 2
    (refused,) = fetch(service, tmp_path, "PMC13", tries=2).refused
    assert refused.reason == 'expected a list of search results, found b\'{"version":"6.9"}\' (resultList: Field required) (2 tries)'


def test_a_preprint_with_the_doi_of_its_paper_is_not_taken_for_it(service: StandIn, tmp_path: Path) -> None:
    service.records.append({"id": "PPR1", "doi": "10.1000/x", "isOpenAccess": "Y"})
    service.add("PMC12", doi="10.1000/X")
    assert [one.line.pmcid for one in fetch(service, tmp_path, "10.1000/x").fetched] == ["PMC12"]


def test_a_service_that_is_not_there_stops_the_run(service: StandIn, tmp_path: Path) -> None:
    service.address = "http://127.0.0.1:9"  # the port of "discard", which nobody serves
    haul = fetch(service, tmp_path, "PMC12", "PMC13", tries=2)
    assert haul.stopped is not None
    assert haul.stopped.startswith("cannot be reached: ")
    assert haul.stopped.endswith("(2 tries)")
    assert len(haul.not_asked) == 2


def test_redirects_are_followed_but_not_in_circles(service: StandIn, tmp_path: Path) -> None:
    service.add("PMC12")
    service.out_of_turn["/PMC12/fullTextXML"] = [Reply(302, headers={"Location": "/rest/PMC12/fullTextXML"})]
    assert fetch(service, tmp_path, "PMC12").fetched
    service.out_of_turn["/search"] = [Reply(302, headers={"Location": "/rest/search"})] * 30
    (refused,) = fetch(service, tmp_path, "PMC13").refused
    assert refused.reason.startswith("cannot be asked for: ")


# --- manners


def test_requests_come_one_at_a_time_with_a_pause_between(service: StandIn, tmp_path: Path) -> None:
    for pmcid in ("PMC12", "PMC13"):
        service.add(pmcid)
    fetch(service, tmp_path, "PMC12", "PMC13", pause=0.05)
    assert len(service.asked) == 4
    for first, second in zip(service.begun[:-1], service.begun[1:], strict=True):
        assert second - first >= 0.05
    assert Manners().pause == 0.34


@pytest.mark.parametrize("address", ["europepmc", "ftp://europepmc.example", "http://", "http://[", "file:///etc/passwd"])
def test_an_address_that_is_none_is_wrong_use(service: StandIn, tmp_path: Path, address: str) -> None:
    result = command("PMC12", "-o", tmp_path / "papers", "--service", address)
    assert result.exit_code == 2
    assert "expected the address of a service" in " ".join(result.stderr.replace("│", " ").split())
    assert not (tmp_path / "papers").exists()


def test_wrong_use(service: StandIn, tmp_path: Path) -> None:
    assert command("PMC12").exit_code == 2
    assert command("-o", tmp_path).exit_code == 2
    assert command("nonsense", "-o", tmp_path).exit_code == 2
    assert command("PMC12", "-o", tmp_path / "a" / "b").exit_code == 2
    assert command("PMC12", "-o", tmp_path, "--tries", "0").exit_code == 2
    assert service.asked == []
    with pytest.raises(ValueError, match="at least one try"):
        Manners(tries=0)


def test_a_folder_that_cannot_be_written_stops_the_run(service: StandIn, tmp_path: Path) -> None:
    service.add("PMC12")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be made a folder of papers: there is a file of that name"):
        fetch(service, tmp_path / "file", "PMC12")
    (tmp_path / FETCHED).write_text('{"pmcid": "../PMC12"}\n', "utf-8")
    with pytest.raises(LineError, match=f"{FETCHED}, line 1: pmcid: String should match"):
        fetch(service, tmp_path, "PMC12")
    if os.geteuid() != 0:  # root may write anywhere
        locked = tmp_path / "locked"
        locked.mkdir()
        locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
        with pytest.raises(OutputError, match="cannot be written"):
            fetch(service, locked, "PMC12")


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_ctrl_c_leaves_no_half_file_and_the_next_run_goes_on(service: StandIn, tmp_path: Path) -> None:
    for pmcid in ("PMC12", "PMC13"):
        service.add(pmcid)
    main = threading.get_ident()
    service.half_sent = lambda: signal.pthread_kill(main, signal.SIGINT)
    service.out_of_turn["/PMC13/fullTextXML"] = [Reply(body=service.papers["PMC13"], hold=True)]
    result = command("PMC12", "PMC13", "-o", tmp_path)
    assert result.exit_code == 130
    assert lines(result.stderr) == ["onco-extract: interrupted"]
    assert names(tmp_path) == ["PMC12.xml", FETCHED]
    assert [line.pmcid for line in read_fetched(tmp_path)] == ["PMC12"]
    assert command("PMC12", "PMC13", "-o", tmp_path).exit_code == 0
    assert service.full_texts() == ["/PMC12/fullTextXML", "/PMC13/fullTextXML", "/PMC13/fullTextXML"]


def test_a_paper_that_is_not_written_is_not_listed(service: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, data: bytes) -> None:
        raise KeyboardInterrupt

    service.add("PMC12")
    with monkeypatch.context() as patched:
        patched.setattr("extractor.fetch.write_bytes", broken)
        assert command("PMC12", "-o", tmp_path).exit_code == 130
    assert names(tmp_path) == []


def test_the_watcher_sees_each_outcome_as_it_comes(service: StandIn, tmp_path: Path) -> None:
    service.add("PMC12")
    seen: list[Fetched | Refused] = []
    haul = fetch_papers([parse_id("PMC11"), parse_id("PMC12")], tmp_path, quick(service), watch=seen.append)
    assert seen == [*haul.refused, *haul.fetched]


def test_one_connection_serves_several_questions(service: StandIn) -> None:
    body = service.add("PMC12", pmid="34")
    with EuropePmc(quick(service)) as europe_pmc:
        assert europe_pmc.find(PaperId(IdKind.PMID, "34")).pmcid == "PMC12"
        assert europe_pmc.full_text("PMC12") == (body, None)


# --- without the extra


def test_without_httpx_the_command_says_which_extra_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "extractor.fetch")
    monkeypatch.setitem(sys.modules, "httpx", None)
    result = command("PMC12", "-o", tmp_path / "papers")
    assert (result.exit_code, result.stderr) == (2, f"onco-extract: {EXTRA}\n")
    assert "'onco-extractor[fetch]'" in EXTRA
    assert not (tmp_path / "papers").exists()


def test_nothing_else_needs_httpx() -> None:
    code = "import sys; sys.modules['httpx'] = None; import extractor; from extractor.cli import app; app(['fetch', '--help'], standalone_mode=False)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60, check=True)
    assert "--service" in result.stdout
