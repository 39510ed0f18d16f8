"""Endpoints that a sentence tells without naming them: "5-year survival was 43%", "12 patients progressed", "alive and free of relapse at 2 years".

They are read for results only. The entity files hold what is called by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind
from extractor.quantities import Pattern

UNLISTED = "unlisted"
"""The detail of an endpoint that has no code: its numbers are of no other endpoint."""
AS_BEFORE = "as before"
"""The detail of an endpoint that only the sentence before names."""
SURVIVES = "survives"
"""The detail of survival without a word for its kind."""

SURVIVAL = Pattern(
    id="survival-alone",
    regex=r"""
        (?<! -free\s ) (?<! \bfree\s ) (?<! specific\s ) (?<! related\s ) (?<! event\s ) (?<! graft\s ) (?<! cell\s ) (?<! relative\s )
        (?<! [\w-]- )
        \b [Ss]urvivals? \b
        (?! \s (?: curves? | data | analys[ie]s | plots? | function | status | outcomes? | estimates\s of | models? | difference ) \b
          | [\s-]? (?: free | related ) )
    """,
    examples={"The 5-year survival after surgery": [{}], "Survival at 2 years was": [{}], "and survival (median 11 months)": [{}]},
    counterexamples=("progression-free survival", "the survival curves", "cell survival", "disease-specific survival", "a survivor"),
)
SPECIFIC_SURVIVAL = Pattern(
    id="survival-of-a-cause",
    regex=r"\b (?: tumou?r | [a-z]+\scancer | [a-z]+oma | cancer | disease | cause ) [\s-] specific [\s-] (?: survival | mortality ) \b",
    examples={"tumour-specific survival": [{}], "Lung cancer-specific survival": [{}]},
    counterexamples=("overall survival", "a specific survival gain"),
    flags=re.VERBOSE | re.IGNORECASE,
)
UNLISTED_SURVIVAL = Pattern(
    id="survival-without-a-code",
    regex=r"""
        \b (?: [A-Za-z-]+ [\s-] )? [A-Za-z]+ [\s-] free [\s-] (?: survivals? | interval ) \b
      | (?<! from\s ) \b [Tt]ime\sto\s (?! time )
        (?: (?: the | first | onset | development | of | subsequent | next | new )\s )* [a-z-]+ (?: \s [a-z-]+ )?
      | \b TFS \b
    """,
    examples={"treatment-free survival": [{}], "time to first skeletal event": [{}], "and TFS (p": [{}]},
    counterexamples=("overall survival", "from time to time", "free of disease"),
)
_NO_NAME = r"(?! [\s-] (?: survival | interval | rate | period | time | status ) )"
EVENT_FREE = Pattern(
    id="alive-and-free-of-an-event",
    regex=rf"""
        \b (?: alive\s (?: and\s | , \s? ) )?
        (?: (?P<progression> free\s (?:from|of)\s (?: disease\s | [a-z]+\s )? progression | (?<!-)progression [\s-] free {_NO_NAME} )
          | (?P<disease> free\s (?:from|of)\s disease \b | disease [\s-] free {_NO_NAME} )
          | (?P<relapse> free\s (?:from|of)\s (?: relapse | recurrence )\b
              | (?: relapse | recurrence | metastasis ) [\s-] free {_NO_NAME} )
        )
    """,
    examples={
        "were living and free from local progression": [{"progression": "free from local progression"}],
        "12 patients were progression-free at 6 months": [{"progression": "progression-free"}],
        "remained free of disease": [{"disease": "free of disease"}],
    },
    counterexamples=("progression-free survival", "disease-free interval", "free of charge"),
)
RESPONDED = Pattern(
    id="response-alone",
    regex=r"""
        (?<! immune\s ) (?<! [Dd]ose- ) (?<! [Nn]o\s ) (?<! [Nn]on- ) (?<! [Cc]ell\s ) (?<! PSA\s ) (?<! AFP\s ) (?<! ACR20\s ) (?<! duration\sof\s )
        \b (?: [Rr]esponded (?!\s (?: within | between | after | at ) \b | \s to\s (?: the\s )? (?: survey | invitation )\b )
          | [Rr]esponders? | [Rr]esponses
          | (?: had | achieved | obtained | showed )\s (?: an?\s ) (?: tumou?r\s )? response (?! \s (?: rate | duration )\b )
        ) \b
    """,
    examples={"Responses were 8/70": [{}], "five patients responded": [{}], "31 patients had a response": [{}]},
    counterexamples=("immune responses", "no response", "the response rate", "responded to the survey"),
)
PROGRESSED = Pattern(
    id="progression-alone",
    regex=r"""
        \b (?: (?: have | had | has )\s progressed | (?<=patients\s)progressed | (?<=\)\s)progressed | disease\sprogressions
             | (?: had | experienced | developed | showed )\s (?: disease\s | tumou?r\s | an?\s )? progression )
        \b (?! \s (?: on | after | following | to | despite | with | from | under | beyond )\b )
    """,
    examples={"15 patients have progressed": [{}], "3 patients (6%) progressed during": [{}], "33 disease progressions": [{}]},
    counterexamples=("who had progressed on docetaxel", "disease progression", "progressed after surgery"),
)

FOLLOWED = Pattern(
    id="follow-up-behind-its-length",
    regex=r"(?: (?<=months\s) | (?<=years\s) | (?<=month\s) | (?<=year\s) ) of\sfollow (?: \s | - )? up \b",
    examples={"a median 12.6 years of follow-up": [{}]},
    counterexamples=("the median follow-up of 3 years", "loss of follow-up"),
)

AGAIN = Pattern(
    id="rates-again",
    regex=r"""
        \b [Tt]he\s (?: corresponding\s | respective\s )? (?: rates | values | figures | proportions | medians ) (?= \s (?:were|was)\b )
    """,
    examples={"For class II, the rates were: 21.2%": [{}], "The corresponding values were 5 and 4": [{}]},
    counterexamples=("the response rates were", "the rates of rash were"),
)

GIVEN_FOR = Pattern(
    id="duration-of-a-treatment",
    regex=r"""
        \b [Dd]urations?
        (?= \s of\s (?: the\s | all\s )? (?: (?!response) [\w+-]+\s ){0,2}
            (?: treatments? | therapy | medication | radio-?therapy | chemo-?therapy | chemoradio-?therapy | chemoradiation | irradiation
              | radiation )\b )
    """,
    examples={"the median duration of radiotherapy was": [{}], "mean durations of study treatment were": [{}]},
    counterexamples=("treatment duration", "the duration of the trial", "the duration of response to chemotherapy"),
)
STOPPED = Pattern(
    id="treatment-stopped",
    regex=r"""
        \b (?: (?: [Tt]reatment | [Tt]herapy | [Cc]hemotherapy | [Rr]adiotherapy | [Mm]edication | [Dd]rug )\s
                (?: was | were | had\sbeen )\s (?: [a-z]+ly\s )?
                (?: terminated | stopped | withdrawn | halted | ceased )
              | (?: stopped | terminated | ceased | (?:withdrew|withdrawn|taken)\s(?:from|off) )\s
                (?: the\s | their\s | all\s | study\s | protocol\s ){0,2}
                (?: treatment | therapy | chemotherapy | radiotherapy | medication | drug | study | trial ) ) \b
    """,
    examples={"study treatment was terminated because of toxicity": [{}], "12 patients stopped therapy due to rash": [{}]},
    counterexamples=("the trial was stopped", "treatment was given", "stopped smoking"),
)

_SPOKEN = (
    (GIVEN_FOR, "DURATION"),
    (STOPPED, "DISCONTINUATION"),
    (FOLLOWED, "FOLLOW_UP"),
    (UNLISTED_SURVIVAL, "OTHER"),
    (SPECIFIC_SURVIVAL, "CSS"),
    (SURVIVAL, "OS"),
    (RESPONDED, "ORR"),
    (PROGRESSED, "PD"),
)

_FREE_OF = {"progression": "PFS", "disease": "DFS", "relapse": "RFS"}
# Who answered a questionnaire has not responded to a treatment.
_ASKED = re.compile(r"\b(?:questionnaires?|surveys?|invit\w+|mailed|letters?|phone|interview\w*|attend\w+|self-sampl\w+|kits?)\b", re.IGNORECASE)
_OF_ANOTHER_KIND = re.compile(
    r"\b(?:patholog\w+|histolog\w+|metabolic|molecular|cytogenetic|serolog\w+|biochemical|immun\w+|antibody|cellular|vaccine|early|symptom\w*|pain)"
    r"\s(?:tumou?r\s)?$",
    re.IGNORECASE,
)

# Why treatment was stopped: what stops it for another reason is no outcome of ours.
BY_TOXICITY = re.compile(
    r"\b(?:due\sto|because\sof|owing\sto|for|as\sa\sresult\sof|on\saccount\sof|by)\s(?:[\w-]+\s){0,3}"
    r"(?:adverse|toxic\w*|intolera\w+|side\seffects?|(?:TR|TE|S)?AEs?)\b",
    re.IGNORECASE,
)

# Who they are, or when it was, not what became of them: "those who had progressed", "once the disease had progressed".
_AS_CONDITION = re.compile(
    r"\b(?:who|whose|that|those|these|when|once|if|until|after|before|unless|whom|which)\s(?:(?:the|their|patients|disease|tumou?rs?|cancer|have)\s){0,3}$",
    re.IGNORECASE,
)


def told_again(text: str, endpoints: Sequence[Mention], last: str | None, others: Sequence[Mention] = ()) -> list[Mention]:
    """The endpoints of a sentence, with that of the sentence before where this one tells it again: "the rates were 24% and 17%".

    Not where it names what it tells of, an endpoint or one of the `others`, before.
    """
    match = next(AGAIN.find(text), None) if last is not None else None
    if match is None or any(e.span.start < match.end() for e in (*endpoints, *others)):
        return list(endpoints)
    return [Mention(MentionKind.ENDPOINT, CharSpan(*match.span()), last or "", detail=AS_BEFORE), *endpoints]


def spoken(text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    """The endpoints of a sentence that are told without their name, apart from all that has one."""
    taken = [m.span for m in named]
    found = [(CharSpan(*m.span()), _FREE_OF[m.lastgroup or ""]) for m in EVENT_FREE.find(text)]
    asked = _ASKED.search(text)
    for pattern, code in _SPOKEN:
        for match in pattern.find(text):
            before = text[: match.start()]
            if code == "DISCONTINUATION" and not BY_TOXICITY.search(text):
                continue
            if (code == "ORR" and (asked or _OF_ANOTHER_KIND.search(before))) or (code in ("PD", "ORR") and _AS_CONDITION.search(before)):
                continue
            found.append((CharSpan(*match.span()), code))
    for span, code in found:
        if not any(span.overlaps(t) for t in taken):
            taken.append(span)
            yield Mention(MentionKind.ENDPOINT, span, code, detail={"OTHER": UNLISTED, "OS": SURVIVES}.get(code, "spoken"))
