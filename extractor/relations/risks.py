"""The outcome of an estimate that is told as a risk: "the risk of progression or death (HR 0.6)", "HR for recurrence, 0.7".

Progression and recurrence are events, and a share of patients with them is no survival rate; a ratio of their hazards, though, is one of the time to
them. So they are read as endpoints of estimates alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind
from extractor.quantities import Pattern

AT_RISK = Pattern(
    id="outcome-at-risk",
    regex=r"""
        \b (?: risks? | hazards? | odds | likelihood | ratios? | a?HRs? | RRs? | a?ORs? ) (?: \s? [\[(] a?(?:HR|RR|OR)s? [\])] )?
        \s (?: of | for ) \s (?: (?: the | an? | any | earl(?:y|ier) | melanoma | developing | having | subsequent )[\s-] ){0,3}
        (?P<what>
            (?: disease[\s-] | tumou?r\s | cancer\s )? progression
                (?P<pfs> \s? (?: or | and | / ) \s? (?:of\s|for\s)? (?: any-cause\s | all-cause\s )? death )?
          | (?P<pfs2> death \s? (?: or | and | / ) \s? (?:of\s|for\s)? (?: disease[\s-] | tumou?r\s )? progression )
          | (?: disease[\s-] | tumou?r\s | cancer\s | breast\scancer\s )? (?P<back> recurrences? | relapses? ) \b
            (?: \s? (?: or | and | / ) \s? (?:of\s|for\s)? (?:any-cause\s)? death )?
          | (?P<back2> death \s? (?: or | and | / ) \s? (?: disease[\s-] | tumou?r\s )? (?: recurrence | relapse ) )
        ) (?! [\s-] free ) (?! \s? rate )
    """,
    examples={
        "reduced the risk of disease progression (HR": [{"what": "disease progression"}],
        "The hazard ratio for progression or death was": [{"what": "progression or death", "pfs": " or death"}],
        "a higher risk of recurrence (": [{"what": "recurrence", "back": "recurrence"}],
    },
    counterexamples=("the risk of local recurrence", "HR for recurrence-free survival", "time to progression"),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (AT_RISK,)


def risks_named(text: str) -> list[Mention]:
    """The outcomes that a text speaks of the risk of, as endpoints."""
    found = []
    for match in AT_RISK.find(text):
        code = "PFS" if match.group("pfs") or match.group("pfs2") else "RFS" if match.group("back") or match.group("back2") else "TTP"
        found.append(Mention(MentionKind.ENDPOINT, CharSpan(*match.span("what")), code))
    return found


def risk_of(text: str, at: int, others: Sequence[Mention]) -> Mention | None:
    """The outcome at risk that an estimate or p-value at a place is of: the last before it, with no other endpoint and no new sentence between."""
    ahead = [m for m in risks_named(text) if m.span.end <= at]
    if not ahead:
        return None
    last = ahead[-1]
    passed = [e for e in others if last.span.end <= e.span.start < at and not e.span.overlaps(last.span)]
    return None if passed or re.search(r";\s(?!HR|9|[Pp]\b)|\.\s", text[last.span.end : at]) else last
