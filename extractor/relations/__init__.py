"""Stage 5: numbers tied to what they are about. Sentence by sentence, with what earlier sentences said in hand."""

from __future__ import annotations

from dataclasses import replace

from extractor.document import CharSpan, Document
from extractor.entities import Recognized
from extractor.records import PaperKind
from extractor.relations.cases import are_several, case_of, told_as_results
from extractor.relations.context import Context, Paper, about, follow_treatment, sentences_of
from extractor.relations.cues import first_authors, own_aliases
from extractor.relations.findings import ArmOf, ComparisonFinding, Finding, Leftover, MeasurementFinding, Origin, Related, Said, TableCell
from extractor.relations.groups_together import with_groups_together
from extractor.relations.in_full import in_full, read_in_full
from extractor.relations.short_names import with_short_names
from extractor.relations.statements import read_statement
from extractor.relations.studies import enter
from extractor.relations.tables import read_tables
from extractor.syntax import Parser

__all__ = ["ComparisonFinding", "Finding", "Leftover", "MeasurementFinding", "Origin", "Related", "Said", "TableCell", "relate"]


def relate(document: Document, recognized: Recognized, parser: Parser) -> Related:
    """The findings of a document, the numbers of result statements that became none, and what words say of who did better.

    Args:
        document: a segmented document.
        recognized: its sentences with their mentions.
        parser: gives the trees of sentences that compare.
    """
    paper = about(document, recognized)
    recognized = with_short_names(with_groups_together(recognized, paper), paper)
    context = Context(paper, authors=first_authors(document), aliases=own_aliases(recognized) if paper.is_primary else frozenset())
    findings: list[Finding] = []
    leftovers: list[Leftover] = []
    said: list[Said] = []
    results = 0
    reads = list(sentences_of(recognized))
    several = paper.is_case and are_several(reads)
    for read, opens in told_as_results(reads) if paper.is_case else ((read, False) for read in reads):
        context = enter(context, read)
        if opens:
            context = replace(context, treatment=ArmOf("baseline"), before=(), cycle=None)
        if several:
            context = replace(context, of_heading=case_of(read) or context.of_heading)
        context = follow_treatment(context, read)
        span = read.sentence.span
        marks = [m.span.shifted(-span.start) for m in document.citations if m.span is not None and span.covers(m.span)]
        context, found = read_statement(context, read, [CharSpan(m.start, m.end) for m in marks], parser)
        for finding in found.findings:
            findings.append(_numbered(finding, results))
        results += max((f.result for f in found.findings), default=0)
        leftovers.extend(found.leftovers)
        said.extend(found.said)
    told, left_over = read_tables(document, paper)
    findings.extend(_numbered(finding, results) for finding in told)
    findings = list(in_full(findings, read_in_full(recognized, paper)))
    return Related(tuple(findings), (*leftovers, *left_over), tuple(said), _kind(paper))


def _kind(paper: Paper) -> PaperKind:
    if paper.is_case:
        return "case report"
    return "randomised trial" if paper.pair is not None or len(paper.assigned) > 1 else "study" if paper.is_primary else "review"


def _numbered(finding: Finding, offset: int) -> Finding:
    """The finding with a result number that is its own within the document; 0 stays "alone"."""
    return replace(finding, result=finding.result + offset if finding.result else 0)
