"""Does the arithmetic of a paper hold: checks of printed figures against each other, and of papers against each other.

A check reads records and nothing else. What it calls wrong is wrong for every number that may have been rounded to what is printed; where we may have
misread, or where something that the records do not say would explain it, the verdict is another. See `findings.Verdict`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.audit import counts, estimates, shares, sums, tellings, words
from extractor.audit.across import Agreement
from extractor.audit.across import across as audit_across
from extractor.audit.findings import Case, Check, Finding, Paper, Verdict, papers
from extractor.audit.printed import AnyRecord
from extractor.audit.trials import TrialGroup, Trials

__all__ = ["CHECKS", "Agreement", "Case", "Check", "Finding", "Paper", "TrialGroup", "Trials", "Verdict", "audit", "audit_across"]

CHECKS: tuple[Check, ...] = (*estimates.CHECKS, *shares.CHECKS, *counts.CHECKS, *sums.CHECKS, *tellings.CHECKS, *words.CHECKS)


def audit(records: Iterable[AnyRecord]) -> Iterator[Finding]:
    """What all checks find, paper by paper in the order of the records, within a paper in the order of the text."""
    for paper in papers(records):
        found = [finding for check in CHECKS for finding in check.run(paper)]
        yield from sorted(found, key=lambda finding: (finding.spans[:1], finding.check, finding.records))
