"""What is called as an endpoint is and is none.

Answers to a survey, reactions that are no responses of a disease, implants that survive, trials that are stopped, deaths that are only a part of a
composite outcome.
"""

from __future__ import annotations

import re

from extractor.entities import Mention

# Who answered a questionnaire has not responded to a treatment.
_ASKED = re.compile(
    r"\b(?:questionnaires?|surveys?|surveyed|respondents?|invit(?:ed|ations?|ees?)|mailed|self-sampl\w+|test\skits?|agreed\sto|web-?based"
    r"|non-?attend\w+|students?|schools?|teachers|principals|households|GPs|general\spractitioners|employees|physicians\s(?:responded|returned)"
    r"|to\s(?:the|each|all|this|these)\s(?:[\w-]+\s){0,2}(?:questions?|items?|statements?))\b",
    re.IGNORECASE,
)
_OF_A_DISEASE = re.compile(r"objective|tumou?r|complete|partial")
# The words that may stand before "responses" where these are of a disease: how great, how long, how judged, how many, of which tumor. Any other
# noun or adjective there makes them something else: "blood flow responses", "correct responses", "insulin responses".
_DEGREE = frozenset(
    "clinical tumor tumour objective overall complete partial major minor mixed durable confirmed unconfirmed best ongoing initial subsequent "
    "further "
    "radiographic radiologic radiological local systemic intracranial good excellent dramatic meaningful significant substantial late delayed early "
    "prolonged complete/partial favorable favourable high higher highest low lower lowest better more fewer greater many several few some any all "
    "such other another these those their its the both no total number additional of in and or with for as by to from on at between than that which "
    "who were was are had have has showed show shows showing seen among where when while but also only not first second poor rapid slow same "
    "patient patients patient's cases major/minor treatment placebo potential lasting long-lasting long-term term objective/clinical investigator "
    "found saw gave give gives led made produce produces induce induces yield yields cause causes achieve obtain got get report reports "
    "demonstrate demonstrates women men subjects participants group groups arm arms "
    # where the disease is, or which
    "antitumor antitumour anti-tumor anti-tumour tumors tumours lesions lesional disease hematologic haematologic hematological "
    "haematological nodal hepatic pulmonary visceral cutaneous skin marrow bone brain pelvic "
    "peritoneal regional locoregional metastatic primary distant extracranial "
    "lymphoma myeloma leukemia leukaemia melanoma sarcoma chemotherapy radiotherapy".split()
)
_MODIFIER = re.compile(r"(?P<word>[^\s()\[\],;:.]+)\s$")
_PARTICIPLE = re.compile(r"(?:ed|ing|ly|\d|%)$")
_OF_ANOTHER_KIND = re.compile(
    r"\b(?:patholog\w+|histolog\w+|metabolic|molecular|cytogenetic|serolog\w+|biochemical|immun\w+|antibody|cellular|vaccine|early|symptom\w*|pain)"
    r"\s(?:tumou?r\s)?$",
    re.IGNORECASE,
)

# Where people are told of, or the disease that they have, it is them who survive: "renal cell carcinoma", "the knee, among the sites of tumors".
_PEOPLE = re.compile(
    r"\b(?:patients?|women|men|people|persons?|subjects|participants|children|infants|cases|overall\ssurvival|OS)\b"
    r"|cancer|tumou?rs?\b|carcinoma|sarcoma|lymphoma|leuka?emia|myeloma|melanoma|metasta|malignan|neoplas|(?:cells?|graft)\s(?:transplantation|lung)",
    re.IGNORECASE,
)
# What is said to survive and is nobody: "implant survival", "survival of the grafts"; of the last, also wherever a sentence names no people.
_MADE = r"(?:implant|restoration|prosthesis|prostheses|crown|teeth|tooth|embryo|stent|catheter|fistula|flap|mouse|mice|rat|larva)"
_THINGS_SURVIVE = re.compile(
    rf"\b(?:{_MADE}|(?:allo|auto|xeno|homo)?graft|islet|cell|neuron|device|pacemaker|technique)s?\ssurvivals?\b"
    r"|\bsurvivals?(?:\s(?:rates?|probabilit(?:y|ies)|times?))?\s(?:of|for)\s(?:the\s|all\s|these\s)?(?:[\w-]+\s){0,2}"
    rf"(?:{_MADE}s?|(?:allo|auto|xeno|homo)?grafts|islets|cells|neurons|devices|pacemakers)\b(?!\s(?:patients|recipients|carriers))",
    re.IGNORECASE,
)
_THING = re.compile(rf"\b{_MADE}s?\b", re.IGNORECASE)

# The trial itself was stopped, closed to new patients, or ended: nobody's treatment was.
_TRIAL_STOPPED = re.compile(
    r"\b(?:trial|study|studies|trials|enrol?lment|accrual|recruitment|inclusion|randomi[sz]ation|programme?|development)\s"
    r"(?:(?:was|were|is|had|has|have|been|being|therefore|subsequently|later|then|to|be|[a-z]+ly|early)\s){0,4}"
    r"(?:stopped|stopping|terminated|discontinued|halted|ceased|closed|interrupted|abandoned|withdrawn|discontinuation|termination)$",
    re.IGNORECASE,
)


def was_asked(text: str) -> bool:
    """Whether a sentence speaks of those who were asked something, so that who responds in it answers."""
    return _ASKED.search(text) is not None


def is_reaction(text: str, at: int, printed: str) -> bool:
    """Whether responses are of something else than of the disease, by the word before them: "insulin responses", "correct responses".

    >>> is_reaction("the vascular responses", 13, "responses")
    True
    >>> is_reaction("12 confirmed responses", 13, "responses")
    False
    """
    before = text[:at]
    if _OF_ANOTHER_KIND.search(before):
        return True
    word = _MODIFIER.search(before)
    if word is None or printed.casefold() not in ("responses", "responder", "responders"):
        return False
    said = word.group("word").casefold()
    return said not in _DEGREE and not _PARTICIPLE.search(said) and not word.group("word").isupper()


def is_meant(text: str, endpoint: Mention) -> bool:
    """Whether an endpoint's name stands for it in a folded sentence: not the response to a survey, the survival of implants, the end of the trial."""
    printed = endpoint.span.of(text).casefold()
    if endpoint.norm in ("ORR", "CR") and "respon" in printed:
        return _OF_A_DISEASE.search(printed) is not None or not was_asked(text)
    if endpoint.norm == "OS" and "surviv" in printed:
        return not (_THINGS_SURVIVE.search(text) or (_THING.search(text) and not _PEOPLE.search(text)))
    if endpoint.norm == "DISCONTINUATION":
        return _TRIAL_STOPPED.search(text[: endpoint.span.end]) is None
    return True


_OUTCOME = r"(?:an?\s|any\s|the\s|first\s|had\s|have\s|disease\s|tumou?r\s|developed\s|experienced\s)*"
_PROGRESSION = r"(?:progress(?:ion|ed)|progressive\sdisease)"
_WITH_PROGRESSION = re.compile(
    rf"\b(?:{_PROGRESSION}(?:\sof\s(?:the\s)?disease)?\sor\s(?:had\s)?(?:deaths?|died)|(?:deaths?|died)(?:\sfrom\sany\scause)?\sor\s{_OUTCOME}{_PROGRESSION})\b",
    re.IGNORECASE,
)
_OR_BEHIND = re.compile(r"(?:\sfrom\sany\scause)?,?\s(?:or|and/or)\s(?!its\b|not\b|no\b|more\b|later\b|the\sother\b)", re.IGNORECASE)
_OR_BEFORE = re.compile(r"\b(?!no\b|not\b|without\b)[a-z-]{4,}\s(?:or|and/or)\s(?:[a-z-]+\s)?$", re.IGNORECASE)
_COMPOSITE = re.compile(
    r"\b(?:composite|combined|combination)\s(?:(?:primary|safety|clinical|secondary)\s)?(?:(?:end-?points?|outcomes?|events?|rates?|risk)\s)?(?:of|was|comprising|including|\()"
    r"[^.;\d]{0,80}$",
    re.IGNORECASE,
)
# "MACE [death, infarction and stroke] occurred in 12%": what the bracket spells out is told together.
_SPELLED_OUT = re.compile(r"[^()\[\]\d]*(?:,|\band\b|\bor\b)[^()\[\]\d]*")


def composite(text: str, endpoint: Mention, at: int) -> str | None:
    """What is told of where death is only one of the outcomes that a number, which stands at a place, counts together.

    Returns: "PFS" for progression or death, "" for an outcome that has no code, None where death is told alone.
    """
    start, end = endpoint.span.start, endpoint.span.end
    if any(m.start() <= start < m.end() for m in _WITH_PROGRESSION.finditer(text)):
        return "PFS"
    if endpoint.norm != "DEATH":
        return None
    bracket = max(text.rfind("(", 0, start), text.rfind("[", 0, start))
    close = text.find("])"[text[bracket] == "("], end) if bracket >= 0 else -1
    spelled = bracket >= 0 and close >= 0 and not bracket < at < close and _SPELLED_OUT.fullmatch(text, bracket + 1, close) is not None
    together = _COMPOSITE.search(text[:start]) or _OR_BEHIND.match(text, end) or _OR_BEFORE.search(text[:start])
    return "" if spelled or together else None
