"""A comparison that is only spoken of as the one just told: "the difference persisted after adjustment (HR 1.4)", "men gave similar results"."""

from __future__ import annotations

import re

from extractor.quantities import Pattern
from extractor.relations.brackets import opening, statement_start, without_brackets
from extractor.relations.findings import ComparisonFinding
from extractor.relations.reading import Reading

_WHAT = r"""(?: differences? | associations? | effects? | relationships? | relations? | correlations? | trends? | findings? | results? | patterns?
    | increases? | decreases? | reductions? | improvements? | benefits? | advantages? | impacts? | influence | superiority
    | prognostic\s(?:value|impact|significance|effect|role) )"""
# "the toxicity increase": not what was told, but an outcome of its own.
_OUTCOME = r"(?: toxicit | dos[ei] | cost | weight | incidence | frequency | quality | pain | scor | size | level | rate )"
AS_TOLD = Pattern(
    id="the-comparison-just-told",
    regex=rf"""
        \b (?: this | these | that | those | such | same | similar | comparable | identical | consistent )\s (?: [\w-]+\s ){{0,2}}? {_WHAT} \b
            (?! \s (?: between | of\s | by\b ) )
      | \b the\s (?: (?! {_OUTCOME} ) [\w-]+\s ){{0,2}}? {_WHAT} \s (?: (?: also | still | even | again | no\slonger | even | thus | then )\s ){{0,2}}
        (?: remained | persisted | disappeared | held | continued | was | were | is | did\snot | lost | became | reached | retained )\b
      | (?: ^ | [,;]\s (?: and\s | but\s | which\s )? | \b and\s ) (?: this | it | which )\s (?: (?: also | still )\s )?
        (?: remained | persisted | held | lost | retained | was\s(?:\w+\s)?(?: confirmed | maintained | retained | attenuated | lost ) )\b
      | \b (?: remain (?:ed)? | persisted | was\s(?: maintained | confirmed ) ) \s (?: (?:\w+ly\s)? significant\s )?
        (?: in | after | when | on | upon )\b
    """,
    examples={
        "; the difference persisted in a multivariate analysis (": [{}],
        "Restricting the analysis to women gave similar results (": [{}],
        "This association was attenuated after adjustment (": [{}],
        "but it remained significant after adjustment (": [{}],
    },
    counterexamples=(
        "the toxicity increase was significant (",
        "the effect of docetaxel on OS",
        "this difference between men and women",
        "the results of the trial",
    ),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (AS_TOLD,)


def speaks_as_told(text: str, at: int) -> bool:
    """Whether the clause of a number speaks of a comparison as the one just told, and says not itself what it compares."""
    bracket = opening(text, at)
    end = at if bracket is None else bracket
    flat = without_brackets(text[:end])
    return AS_TOLD.compiled.search(flat[statement_start(flat, end) :]) is not None


def comparison_told(reading: Reading, at: int) -> ComparisonFinding | None:
    """The comparison that a number is said to be of again: the last before it in the sentence, else of the sentence before; None if not so."""
    start = statement_start(without_brackets(reading.text), at)
    if not speaks_as_told(reading.text, at) or any(start <= a.span.start < at for a in reading.arms):
        return None
    here = [f for f in reading.findings if isinstance(f, ComparisonFinding) and _place(f) < at]
    return max(here, key=_place) if here else reading.context.last_comparison


def _place(finding: ComparisonFinding) -> int:
    """Where the estimate of a comparison stands, or where it has none its p-value."""
    span = finding.estimate_span or (finding.p.span if finding.p is not None else None)
    return span.start if span is not None else 0
