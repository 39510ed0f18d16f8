"""What is said of files that cannot be read, and what they cost.

    python -m benchmarks.broken [--kind WORDS]

Builds a file of each kind of `KINDS`, invented, and runs `onco-extract extract GOOD BAD GOOD2 -o out.jsonl` with it, in a process of its own. Prints
for each kind the line on stderr ("(read)" where such a file is to be read), the exit status, the seconds and the peak resident memory in MB of that
process. Says where something else happens than the kind promises: another line or status, a traceback, records of the good papers missing, text of
another file in the output, more than `MOST_SECONDS` or `MOST_MEGABYTES`; the exit status is 1 then, else 0. Needs no data.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST_SECONDS = 20.0
MOST_MEGABYTES = 600.0

SENTENCE = "Median OS was 12.3 months with zorafenib and 10.1 months with placebo (HR 0.80, 95% CI 0.60-0.95; p = 0.02)."
SECRET = "the-words-of-another-file"
"""Stands in a file beside the bad one; nothing that is printed or written may hold it."""

Make = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name, the file's name, what puts it there, and words of the line that is said; empty where it is read."""

    name: str
    file: str
    make: Make
    says: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gave: the lines on stderr that name a file, the exit status, seconds, megabytes, and what is not as promised."""

    lines: tuple[str, ...]
    status: int
    seconds: float
    megabytes: float
    wrong: tuple[str, ...] = ()


# --- what files are made of


def article(body: str = f"<sec><title>Results</title><p>{SENTENCE}</p></sec>", *, prolog: str = "", back: str = "", title: str = "A trial") -> str:
    """A JATS file."""
    meta = f"<front><article-meta><title-group><article-title>{title}</article-title></title-group></article-meta></front>"
    return f"{prolog}<article>{meta}<body>{body}</body>{back}</article>"


def table(rows: str) -> str:
    """A JATS file with a table."""
    head = "<thead><tr><th>Endpoint</th><th>Zorafenib</th></tr></thead>"
    wrap = f"<table-wrap id='t'><label>Table 1</label><caption><p>Survival.</p></caption><table>{head}<tbody>{rows}</tbody></table></table-wrap>"
    return article(f"<sec><title>Results</title><p>{SENTENCE}</p>{wrap}</sec>")


def pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF file of numbered objects, the first of which is the catalog."""
    out, offsets = b"%PDF-1.4\n", []
    for i, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, body)
    places = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d %s>>\n" % (len(objects) + 1, places, len(objects) + 1, trailer)
    return out + end + b"startxref\n%d\n%%%%EOF\n" % len(out)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def page(content: bytes, packed: bytes = b"") -> bytes:
    """A PDF file of one page."""
    return pdf(
        [
            CATALOG,
            PAGES,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), packed, content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def told(text: str) -> bytes:
    """The text as what a page of a PDF shows."""
    words = text.replace("(", r"\(").replace(")", r"\)").split(" ")
    lines = [" ".join(words[i : i + 8]) for i in range(0, len(words), 8)]
    return b"".join(b"BT /F 10 Tf 1 0 0 1 40 %d Tm (%s) Tj ET\n" % (800 - 14 * i, line.encode("ascii")) for i, line in enumerate(lines))


def zipped(name: str, size: int) -> bytes:
    """A zip file with one file of blanks."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as stream:
        for at in range(0, size, 1_000_000):
            stream.write(b" " * min(1_000_000, size - at))
    return out.getvalue()


def deflated(size: int) -> bytes:
    """Zeros, packed."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)) + packer.flush()


def text(content: str | bytes) -> Make:
    """Puts a file there."""
    data = content if isinstance(content, bytes) else content.encode("utf-8")

    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


def many(before: str, piece: str, times: int, after: str) -> Make:
    """Puts a long file there, piece by piece: this process stays small."""

    def make(path: Path) -> None:
        at_once = max(1_000_000 // len(piece), 1)
        with path.open("w", encoding="utf-8") as stream:
            stream.write(before)
            for done in range(0, times, at_once):
                stream.write(piece * min(at_once, times - done))
            stream.write(after)

    return make


def beside(content: str) -> Make:
    """Puts a file there that points to the file with the secret: `{uri}` is its address, `{path}` its path."""

    def make(path: Path) -> None:
        secret = path.with_name("secret.txt")
        secret.write_text(SECRET, encoding="utf-8")
        path.write_text(content.replace("{uri}", secret.as_uri()).replace("{path}", str(secret)), encoding="utf-8")

    return make


def _socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(path.name)
    os.chdir(here)


def _sparse(path: Path) -> None:
    path.write_text(SENTENCE, encoding="utf-8")
    os.truncate(path, 300_000_000)


def _forbidden(path: Path) -> None:
    path.write_text(SENTENCE, encoding="utf-8")
    path.chmod(0)


def _linked(target: str) -> Make:
    return lambda path: path.symlink_to(target)


def _split(body: str, after: str) -> tuple[str, str]:
    at = body.index(after) + len(after)
    return body[:at], body[at:]


_BEFORE, _AFTER = _split(article("<sec><title>Results</title><p></p></sec>"), "</title><p>")
_LAUGHS = "<!DOCTYPE article [<!ENTITY a 'ha'>{}]>".format("".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)))
_QUADRATIC = f"<!DOCTYPE article [<!ENTITY a '{'ha' * 50_000}'>]>"
_HTML = "<!DOCTYPE html>\n<html><head><title>503</title></head><body><h1>Service Unavailable</h1></body></html>\n"
_MEDLINE = "PMID- 12345\nTI  - Zorafenib in an invented\n      disease.\nAB  - RESULTS: Median OS was 12.3 months with zorafenib."
_PUBMED = "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>One.</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
_CALS = (
    "<table-wrap><label>Table 1</label><oasis:table xmlns:oasis='urn:oasis'><oasis:tgroup cols='2'><oasis:colspec colname='a'/>"
    "<oasis:colspec colname='b'/><oasis:thead><oasis:row><oasis:entry>Endpoint</oasis:entry><oasis:entry>Zorafenib</oasis:entry></oasis:row>"
    "</oasis:thead><oasis:tbody><oasis:row><oasis:entry namest='b' nameend='a' morerows='1000000'>ORR, %</oasis:entry><oasis:entry morerows='-3'>"
    "12</oasis:entry></oasis:row></oasis:tbody></oasis:tgroup></oasis:table></table-wrap>"
)

_LOCK = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"11" * 32, b"22" * 32)
_SHEET = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>"
_LOCKED = pdf([CATALOG, PAGES, _SHEET, _LOCK], b"/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]")
_ROWS = _split(table(""), "<tbody>")

PLAIN = (
    Kind("empty file", "bad.txt", text(""), "found an empty file"),
    Kind("empty file called .pdf", "bad.pdf", text(""), "found an empty file"),
    Kind("empty file called .xml", "bad.xml", text(""), "found an empty file"),
    Kind("blanks only", "bad.txt", text(" \r\n\t\f\n" * 40), "found only blanks"),
    Kind("NUL bytes in text", "bad.txt", text(f"{SENTENCE}\0\0\0{SENTENCE}"), "a NUL byte at 108"),
    Kind("control characters", "bad.txt", text("\x01\x02\x03a" * 99), "mostly control characters"),
    Kind("Latin-1 text", "bad.txt", text("Überlebenszeit: ".encode("latin-1") + SENTENCE.encode()), "byte 0xdc at 0: perhaps Latin-1"),
    Kind("UTF-8 cut inside a character", "bad.txt", text(f"{SENTENCE} é".encode()[:-1]), "breaks off inside a character"),
    Kind("UTF-16 text", "bad.txt", text(SENTENCE.encode("utf-16")), "UTF-16 text: convert it to UTF-8"),
    Kind("UTF-16 text without a mark", "bad.txt", text(SENTENCE.encode("utf-16-le")), "a NUL byte at 1"),
    Kind("text with a byte order mark", "bad.txt", text(f"\ufeff{SENTENCE}")),
    Kind("a line of 10 MB", "bad.txt", many("", "Nothing was found. ", 530_000, ""), "found 10,070,000 (longest line 10,070,000)"),
    Kind("a sentence of 200 kB", "bad.txt", text("12% OS sorafenib " * 12_000)),
    Kind("a text of 300 MB", "bad.txt", _sparse, "found 300,000,000"),
    Kind("a Word file called .txt", "bad.txt", text(zipped("word/document.xml", 5_000)), "a zip archive"),
    Kind("a zip bomb called .txt", "bad.txt", text(zipped("bomb.xml", 200_000_000)), "a zip archive"),
    Kind("an old Word file", "bad.txt", text(b"\xd0\xcf\x11\xe0" + bytes(5_000)), "an old Office document"),
    Kind("an RTF file called .txt", "bad.txt", text(rf"{{\rtf1\ansi {SENTENCE}}}"), "an RTF document"),
    Kind("a picture called .pdf", "bad.pdf", text(b"\x89PNG\r\n" + bytes(500)), "a PNG picture"),
    Kind("text called .pdf", "bad.pdf", text(SENTENCE), "expected a PDF file, as it is called, found plain text"),
    Kind("text called .xml", "bad.xml", text('{"error": "the paper is not available"}'), "expected XML, as it is called, found plain text"),
    Kind("a PDF file called .txt", "bad.txt", text(page(told(SENTENCE)))),
    Kind("JATS called .txt", "bad.txt", text(article())),
)
XML = (
    Kind("XML cut inside a tag", "bad.xml", text(article()[:-30]), "broken XML"),
    Kind("XML cut between tags", "bad.xml", text(article().removesuffix("</article>")), "broken XML"),
    Kind("XML of nothing but a declaration", "bad.xml", text("<?xml version='1.0'?>"), "broken XML"),
    Kind("XML in gzip", "bad.xml", text(gzip.compress(article().encode())), "a gzip archive: unpack it"),
    Kind("XML in gzip, a bomb", "bad.xml", text(gzip.compress(bytes(50_000_000))), "a gzip archive: unpack it"),
    Kind("XML that says UTF-8 and is Latin-1", "bad.xml", text(article("<p>Überleben</p>").encode("latin-1")), "broken XML"),
    Kind(
        "XML that says UTF-16 and is UTF-8", "bad.xml", text("<?xml version='1.0' encoding='UTF-16'?>" + article()), "says it is in UTF-16 and is not"
    ),
    Kind("XML in an encoding that is none", "bad.xml", text("<?xml version='1.0' encoding='klingon'?>" + article()), "broken XML"),
    Kind("XML in UTF-16", "bad.xml", text(("<?xml version='1.0' encoding='UTF-16'?>" + article()).encode("utf-16"))),
    Kind("XML with a byte order mark", "bad.xml", text("\ufeff" + article())),
    Kind("XML with NUL bytes", "bad.xml", text(article().replace("Median", "Me\0dian")), "broken XML"),
    Kind("XML with a billion laughs", "bad.xml", text(article("<p>&j;</p>", prolog=_LAUGHS)), "declares entities"),
    Kind("XML with one long entity, often", "bad.xml", text(article(f"<p>{'&a;' * 50_000}</p>", prolog=_QUADRATIC)), "declares entities"),
    Kind(
        "XML with an external entity",
        "bad.xml",
        beside(article("<p>&e;</p>", prolog="<!DOCTYPE article [<!ENTITY e SYSTEM '{uri}'>]>")),
        "declares entities",
    ),
    Kind(
        "XML with parameter entities",
        "bad.xml",
        beside(article(prolog="<!DOCTYPE article [<!ENTITY % e SYSTEM '{uri}'> %e;]>")),
        "declares entities",
    ),
    Kind(
        "XML with entities behind 100 kB",
        "bad.xml",
        text(article("<p>&j;</p>", prolog=f"<!-- {'x' * 120_000} -->{_LAUGHS}")),
        "declares entities",
    ),
    Kind("XML with an external DTD", "bad.xml", beside(article(prolog="<!DOCTYPE article SYSTEM '{uri}'>"))),
    Kind(
        "XML with XInclude",
        "bad.xml",
        beside(article(f"<p>{SENTENCE}</p><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{{uri}}' parse='text'/>")),
    ),
    Kind(
        "XML with processing instructions",
        "bad.xml",
        beside(article(prolog="<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='{uri}'?><?php system('ls')?>")),
    ),
    Kind("XML with a prefix that it does not declare", "bad.xml", text(article(f"<p>{SENTENCE}<ext-link xlink:href='u'>Link</ext-link></p>"))),
    Kind("XML cut, with such a prefix", "bad.xml", text(article("<p><ext-link xlink:href='u'>Link</ext-link></p>")[:-25]), "broken XML"),
    Kind("XML with an entity of a DTD", "bad.xml", text(article("<p>&nosuch;</p>")), "broken XML"),
    Kind("XML, a text node of 200 MB", "bad.xml", many(_BEFORE, "Nothing was found. ", 10_600_000, _AFTER), "at most 100,000,000 bytes"),
    Kind("XML, a text node of 20 MB", "bad.xml", many(_BEFORE, "Nothing was found. ", 1_060_000, _AFTER), "broken XML"),
    Kind(
        "XML, 60 MB in short paragraphs",
        "bad.xml",
        many(_BEFORE, "Nothing was found. " * 50 + "</p><p>", 64_000, _AFTER),
        "more than 5,000,000 characters",
    ),
    Kind("XML with 20 million elements", "bad.xml", many(_BEFORE, "<i/>", 20_000_000, _AFTER), "20,000,018 tags"),
    Kind("XML with an attribute of 20 MB", "bad.xml", many(_BEFORE + "<i a='", "Nothing. ", 2_200_000, "'/>" + _AFTER), "broken XML"),
    Kind("XML 200 deep", "bad.xml", text(article("<sec>" * 200 + "</sec>" * 200)), "deep"),
    Kind("XML 100,000 deep", "bad.xml", text("<i>" * 100_000 + "</i>" * 100_000), "broken XML: Excessive depth"),
    Kind("a web page called .xml", "bad.xml", text(_HTML), "an HTML page"),
    Kind("a web page called .txt", "bad.txt", text(_HTML), "an HTML page"),
    Kind("XML of another kind", "bad.xml", text("<rss><channel><title>News</title></channel></rss>"), "XML of another kind, <rss>"),
    Kind("JATS without any text", "bad.xml", text("<article><front/><body/></article>"), "a JATS article without any text"),
    Kind(
        "JATS of a correction, no body",
        "bad.nxml",
        text("<article>" + article(title="Erratum").split("<article>")[1].split("<body>")[0] + "</article>"),
    ),
    Kind("JATS, two articles", "bad.xml", text(f"<set>{article()}{article()}</set>"), "2 articles"),
    Kind("PubMed XML, no article", "bad.xml", text("<PubmedArticleSet/>"), "PubMed XML with 0 articles"),
    Kind("PubMed XML, two articles", "bad.xml", text(f"<PubmedArticleSet>{_PUBMED * 2}</PubmedArticleSet>"), "PubMed XML with 2 articles"),
    Kind("PubMed XML without text", "bad.xml", text("<PubmedArticle/>"), "neither title nor abstract"),
    Kind("MEDLINE cut in its abstract", "bad.txt", text(_MEDLINE[:-22])),
    Kind("MEDLINE cut before its title", "bad.txt", text(_MEDLINE[:13]), "neither title (TI) nor abstract (AB)"),
    Kind("MEDLINE, two records", "bad.txt", text(f"{_MEDLINE}\n\n{_MEDLINE}\n"), "2 records"),
)
TABLES = (
    Kind("a rowspan of a million", "bad.xml", text(table("<tr><td rowspan='1000000'>OS</td><td>12.3</td></tr><tr><td>9</td></tr>"))),
    Kind("a colspan of a million", "bad.xml", text(table("<tr><td colspan='1000000'>OS</td><td>12.3</td></tr>"))),
    Kind("negative spans", "bad.xml", text(table("<tr><td rowspan='-2' colspan='-1'>OS</td><td colspan='0'>12.3</td></tr>"))),
    Kind("spans in every cell", "bad.xml", many(*_ROWS[:1], "<tr>" + "<td rowspan='2000' colspan='200'>1</td>" * 50 + "</tr>", 300, _ROWS[1])),
    Kind(
        "a row of 100,000 cells",
        "bad.xml",
        many(f"{_ROWS[0]}<tr>", "<td rowspan='2000'>1</td>", 100_000, f"</tr>{'<tr><td>1</td></tr>' * 999}{_ROWS[1]}"),
    ),
    Kind("a CALS table whose spans lie", "bad.xml", text(article(f"<sec><title>Results</title><p>{SENTENCE}</p>{_CALS}</sec>"))),
    Kind("tables inside tables", "bad.xml", text(table("<tr><td>OS<table>" * 9 + "<tr><td>1</td></tr>" + "</table></td></tr>" * 9))),
)
PDFS = (
    Kind("PDF cut short", "bad.pdf", text(page(told(SENTENCE))[:400]), "breaks off"),
    Kind("PDF of a signature", "bad.pdf", text("%PDF-1.7\n%%EOF\n"), "a broken PDF file"),
    Kind("PDF with a cyclic tree", "bad.pdf", text(pdf([CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"])), "page 1 of 1 cannot be read"),
    Kind("PDF with a stream that is a bomb", "bad.pdf", text(page(deflated(300_000_000), b"/Filter/FlateDecode")), "a zip bomb"),
    Kind("PDF without text", "bad.pdf", text(page(b"0 0 m 500 0 l 500 800 l 0 800 l f")), "without text (a scan?"),
    Kind(
        "PDF with a password",
        "bad.pdf",
        text(_LOCKED),
        "needs a password",
    ),
)
PLACES = (
    Kind("a missing file", "bad.txt", lambda path: None, "no such file"),
    Kind("a folder called x.pdf", "x.pdf", Path.mkdir, "found no .txt"),
    Kind("a link to nothing", "bad.txt", _linked("nowhere.txt"), "no such file"),
    Kind("links in a circle", "bad.txt", _linked("bad.txt"), "Too many levels of symbolic links"),
    Kind("a named pipe", "bad.txt", os.mkfifo, "expected a file, found a named pipe"),
    Kind("a device without end", "bad.txt", _linked("/dev/zero"), "expected a file, found a device"),
    Kind("a socket", "bad.txt", _socket, "expected a file, found a socket"),
    Kind("a file that may not be read", "bad.txt", _forbidden, "cannot be read: Permission denied"),
)
KINDS = (*PLAIN, *XML, *TABLES, *PDFS, *PLACES)

AS_ANYBODY = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""Before a command that root starts: it may read only what its modes allow."""


# --- what happens


def arguments(kind: Kind, folder: Path) -> list[str]:
    """Put the bad file and two good papers into a folder.

    Returns:
        The words of the command that reads the three and writes `out.jsonl` there.
    """
    good, bad, other = folder / "good.txt", folder / kind.file, folder / "good2.xml"
    good.write_text(SENTENCE, encoding="utf-8")
    other.write_text(article(), encoding="utf-8")
    kind.make(bad)
    return ["extract", str(good), str(bad), str(other), "-o", str(folder / "out.jsonl")]


def run(kind: Kind, folder: Path) -> Outcome:
    """Extract a good paper, the bad file and another good paper, in a process of its own that may not run for ever."""
    bad, out = folder / kind.file, folder / "out.jsonl"
    before = AS_ANYBODY if kind.make is _forbidden and os.geteuid() == 0 else ()
    command = [*before, sys.executable, "-m", "extractor", *arguments(kind, folder)]
    began = time.monotonic()
    with (folder / "stderr").open("w+", encoding="utf-8") as stderr:
        process = subprocess.Popen(command, cwd=ROOT, stderr=stderr, stdout=subprocess.DEVNULL)
        status, megabytes = waited(process)
        seconds = time.monotonic() - began
        stderr.seek(0)
        said = stderr.read()
    lines = tuple(line for line in said.splitlines() if line.startswith("onco-extract: "))
    written = out.read_text(encoding="utf-8") if out.exists() else ""
    wrong = [*not_as_promised(kind, bad, said, written, status)]
    wrong += [f"more than {MOST_SECONDS:g} s"] if seconds > MOST_SECONDS else []
    wrong += [f"more than {MOST_MEGABYTES:g} MB"] if megabytes > MOST_MEGABYTES else []
    return Outcome(lines, status, seconds, megabytes, tuple(wrong))


def waited(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """The exit status and the peak resident memory in MB; a process that runs too long is killed."""
    peak, until, ended = 0.0, time.monotonic() + 3 * MOST_SECONDS, 0
    while not ended:
        peak = max(peak, _held(process.pid))
        if time.monotonic() > until:
            process.kill()
        time.sleep(_EVERY)
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, peak or used.ru_maxrss / (1000 if sys.platform != "darwin" else 1_000_000)


_EVERY = 0.02
"""Seconds between two looks at a process."""


def _held(pid: int) -> float:
    """The most memory in MB that a process has held since it started; 0 where the system does not tell.

    What the system says of it at its end will not do: Linux counts what the parent held when it started the process.
    """
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM")), 0.0)


def not_as_promised(kind: Kind, bad: Path, said: str, written: str, status: int) -> Iterator[str]:
    """What is wrong with what was said on stderr, written to the output, and the exit status."""
    about = [line for line in said.splitlines() if line.startswith(f"onco-extract: {bad}: ") and ": note: " not in line]
    if kind.says and not (len(about) == 1 and kind.says in about[0] and len(about[0]) < 300 + len(str(bad))):
        yield f"expected one line with {kind.says!r}, found {about}"
    if not kind.says and about:
        yield f"expected it to be read, found {about}"
    if status != bool(kind.says):
        yield f"expected exit status {int(bool(kind.says))}, found {status}"
    if "Traceback" in said or "internal error" in said:
        yield "an error of ours"
    if SECRET in said + written:
        yield "another file was read"
    if not {"good", "good2"} <= {json.loads(line)["doc"] for line in written.splitlines()}:
        yield "records of the good papers are missing"


def main(words: Sequence[str] | None = None) -> int:
    """Run every kind, print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--kind", default="", metavar="WORDS", help="only kinds whose name has these words")
    chosen = [kind for kind in KINDS if parser.parse_args(words).kind in kind.name]
    print("| file | what is said | exit | s | MB |\n| --- | --- | --- | --- | --- |")
    outcomes = []
    for kind in chosen:
        with tempfile.TemporaryDirectory() as name:
            outcome = run(kind, Path(name))
        outcomes.append(outcome)
        told = " ".join(line.split(": ", 2)[2] for line in outcome.lines).replace(name, "").replace("|", "\\|") or "(read)"
        print(f"| {kind.name} | {told} | {outcome.status} | {outcome.seconds:.1f} | {outcome.megabytes:.0f} |", flush=True)
        for wrong in outcome.wrong:
            print(f"    WRONG: {wrong}")
    failed = sum(bool(outcome.wrong) for outcome in outcomes)
    slowest, largest = max(o.seconds for o in outcomes), max(o.megabytes for o in outcomes)
    print(f"\n{len(outcomes)} kinds, {failed} not as promised; at most {slowest:.1f} s and {largest:.0f} MB, the two good papers included.")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
