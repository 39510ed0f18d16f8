"""Settings and fixtures of all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

from extractor.document import Document
from extractor.ingest import from_text
from extractor.sections import segment
from extractor.syntax import NONE, Parser

# The same examples in every run and no limit per example: a machine that is slow for a moment breaks no test.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The rule-based sentence splitter, without a trained pipeline."""
    return Parser(NONE)


@pytest.fixture
def paper() -> Document:
    """A short invented paper with all the usual parts, read and segmented."""
    return segment(from_text(PAPER))


PAPER = """\
Zorafenib after failure of first treatment in a made-up tumor

Abstract

Background: Little is known. Methods: We looked at charts. Results: Median OS was 9.1 months. Conclusion: It may work.

1 Introduction

Nothing was known about the drug before.1 Two groups had tried it.2,3

2 Materials and methods

2.1 Patients

We read 40 charts of one ward.4

2.2 Statistics

A log-rank test was used.5

3 Results

3.1 Survival

Median OS was 9.1 vs. 6.2 months.

Figure 1. Survival of both groups.

4 Discussion

The drug was better than its name.6

5 Conclusion

More charts are to be read.

Funding

None.

References

1. Doe J, Roe R. On charts. J Imag Med. 2001;12(3):4-5.
2. Roe R. On wards. J Imag Med. 2002;13(3):6-9.
"""
