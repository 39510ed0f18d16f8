"""What is left of a result statement when its rules are through: the numbers that neither a finding nor a leftover has.

So that nothing is lost in silence, each of them is left over too, unless what it stands in says that it is no result: a name, a citation mark, a
dose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.document import CharSpan
from extractor.entities import ReadSentence
from extractor.quantities import OUT_OF, parse_number
from extractor.relations.findings import ComparisonFinding, Finding, Leftover
from extractor.relations.patterns import AT_TIMEPOINT, CRITERION, GRADE, NO_VALUE, TIMEPOINT
from extractor.relations.values import Numbers, passed_over

BESIDE = "beside a value, and not read as its interval, counts or spread"
NO_RULE = "no rule reads this number"

PRINTED_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,·]\d+)*")
_PATTERNS = (
    ("a dose, date, age, schedule, level or numbered thing", NO_VALUE),
    ("a grade", GRADE),
    ("a landmark", TIMEPOINT),
    ("a landmark", AT_TIMEPOINT),
    ("a criterion", CRITERION),
)


def no_results(read: ReadSentence, marks: Iterable[CharSpan]) -> Iterator[tuple[str, CharSpan]]:
    """The stretches of a sentence whose numbers are no results, each with what it is; spans are into the sentence.

    Args:
        read: the sentence.
        marks: its citation marks.
    """
    for mention in read.mentions:
        yield f"in a name ({mention.kind.value.casefold().replace('_', ' ')})", mention.span
    for mark in marks:
        yield "a citation mark", mark
    for name, pattern in _PATTERNS:
        for match in pattern.find(read.sentence.text):
            yield name, CharSpan(*match.span())
    yield from passed_over(read.sentence.text)


def unread(read: ReadSentence, numbers: Numbers, marks: Sequence[CharSpan], findings: Sequence[Finding], left: Sequence[Leftover]) -> list[Leftover]:
    """A leftover for each number of a sentence that none of these has.

    Args:
        read: the sentence.
        numbers: what was read off it: it says which counts, intervals and spreads belong to which value.
        marks: its citation marks.
        findings: what was found in it.
        left: what is left over already.
    """
    free = [span for finding in findings for span in _spans(finding)]
    free += [*_counts_of(read.sentence.text, findings), *(one.span for one in left)]
    free += [span for _, span in no_results(read, marks)]
    wholes = [*(value.whole for value in numbers.values), *(effect.whole for effect in numbers.effects)]
    found = []
    for match in PRINTED_NUMBER.finditer(read.sentence.text):
        here = CharSpan(*match.span())
        if any(here.overlaps(span) for span in free):
            continue
        around = [whole for whole in wholes if whole.overlaps(here)]
        if not any(plain(match.group()) in _beside(finding) for finding in findings for whole in around if _told_in(finding, whole)):
            found.append(Leftover(read, here, BESIDE if around else NO_RULE))
    return found


def plain(number: str) -> str:
    """A printed number as Python writes it.

    >>> plain("1,204"), plain("0·60"), plain("0,145")
    ('1204', '0.6', '0.145')
    """
    bare = re.sub(r"(?<!^0),(?=\d{3}(?!\d))", "", number).replace("·", ".").replace(",", ".")
    return f"{float(bare):g}" if bare.count(".") <= 1 else number


def _told_in(finding: Finding, whole: CharSpan) -> bool:
    span = finding.estimate_span if isinstance(finding, ComparisonFinding) else finding.value_span
    return span is not None and span.overlaps(whole)


def _beside(finding: Finding) -> set[str]:
    """The numbers that a finding holds without a place of their own: its counts, its spread, and the level of its interval."""
    held: list[object] = [finding.interval.level if finding.interval else None]
    if not isinstance(finding, ComparisonFinding):
        held += [finding.n, finding.N]
        held += [finding.spread.low, finding.spread.high, finding.spread.value] if finding.spread else []
    return {f"{float(value):g}" for value in held if isinstance(value, (int, float))}


def _counts_of(text: str, findings: Sequence[Finding]) -> Iterator[CharSpan]:
    """The places of "8 of 22" that are the counts of a share in the sentence, wherever they stand: "36% with A (8/22)"."""
    held = {(finding.n, finding.N) for finding in findings if not isinstance(finding, ComparisonFinding) and finding.N is not None}
    for match in OUT_OF.find(text):
        if (parse_number(match.group("n")), parse_number(match.group("N"))) in held:
            yield CharSpan(*match.span())


def _spans(finding: Finding) -> Iterator[CharSpan]:
    """The places of a finding's numbers in its sentence."""
    topic = finding.topic
    said = [topic.endpoint_span, topic.event_span, topic.population_span, topic.timepoint_span, topic.grade_span]
    if isinstance(finding, ComparisonFinding):
        said += [finding.estimate_span, finding.factor_span, finding.p.span if finding.p else None]
    else:
        said.append(finding.value_span)
    said.append(finding.interval.span if finding.interval else None)
    yield from (span for span in said if span is not None)
