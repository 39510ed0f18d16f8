"""What is called as an endpoint is and is none.

Answers to a survey, reactions that are no responses of a disease, implants that survive, trials that are stopped, deaths that are only a part of a
composite outcome.
"""

from __future__ import annotations

import re

from extractor.entities import Mention

# What people are asked with, and who are asked nothing else. No skeleton is: a "skeletal survey" looks at it.
_QUESTIONS = (
    r"(?:questionnaires?|(?<!skeletal\s)(?<!bone\s)(?<!metastatic\s)surveys?|questions?|invitations?|mailings?|reminders?"
    r"|test\skits?)"
)
_PROFESSIONS = (
    r"(?:students|schools|teachers|principals|households|GPs|general\spractitioners|employees|physicians|oncologists|surgeons|clinicians|nurses|respondents"
    r"|(?:non-?)?attend(?:ees|ers)|invitees)"
)
# "responses to the second of these questions", "the response rate of the general practitioners": no clause lies between the two.
_TO_QUESTIONS = re.compile(
    r"(?:\srates?)?(?:\s(?:was|were|of)\s(?:only\s|about\s)?[\d.]+\s?%(?:\s\([^()]*\))?)?\s(?:to|for|of|from|on|among|by)\s(?:(?:the|this|these|our|their|an?|each|all|both|any)\s)*(?:[\d,]+\s){0,2}(?:[A-Za-z'-]+\s){0,2}"
    rf"(?:{_QUESTIONS}|items|statements|{_PROFESSIONS})\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(rf"\b(?:{_QUESTIONS}|{_PROFESSIONS}|postal|mailed|surveyed|invited)(?:\s(?:who|[a-z]+ly))?\s$", re.IGNORECASE)
# What sends questions out in whatever clause it stands, unless the disease, or its treatment, is what is responded to.
_SENT_OUT = re.compile(
    rf"\b(?:mailed|surveyed|self-sampl\w+|(?:(?:were|was)\sinvited|agreed)\sto\s(?:participate|take\spart|complete|answer|respond|be\sinterviewed)"
    rf"|{_QUESTIONS}[^.;,]{{0,60}}\b(?:sent|posted|distributed|returned|handed\sout))\b",
    re.IGNORECASE,
)
_ASKED_WITH = re.compile(rf"\b{_QUESTIONS}\b", re.IGNORECASE)
_TELLS_OF_DISEASE = re.compile(
    r"\b(?:overall|objective|complete|partial|best|durable|confirmed)\s(?:\w+\s)?respon|\bRECIST\b|\b(?:ORR|CR|PR)\b|tumou?r|lesion|remission|stable\sdisease|progress"
    r"|respon\w+\s(?:rates?\s)?(?:to|on|with|after|following)\s(?:the\s|this\s|study\s)*(?:treatment|\w*therapy|induction|drug|regimen)",
    re.IGNORECASE,
)
# Where one matter ends and another begins.
_CLAUSE = re.compile(r"[;:]\s|,\s(?:and|but|while|whereas|although)\s|\sand\sthe\s|\.\s")
_OF_A_DISEASE = re.compile(r"objective|tumou?r|complete|partial")
# What else reacts: senses and glands, vessels and nerves, cells of the immune system, minds; and those who are right or wrong.
_REACTS = (
    r"immun\w+|antibody|humou?ral|cellular|cell|lymphocyte|lymphocytic|prolifer\w+|cytokine|interferon|vaccine|allergic|hypersensitivity|inflammatory"
    r"|febrile|acute-phase|insulin|gluc\w+|glyc?emic|hormon\w+|cortisol|thyroid|pituitary|adrenal|ovarian|stress|blood\s(?:flow|pressure)|flow|vascular"
    r"|vasomotor|vaso\w+|pressor|h(?:a)?emodynamic|heart\srate|cardiovascular|ventilatory|airway|bronchial|bronchodilator|contractile|muscle|motor|sensory"
    r"|reflex|pupillary|visual|auditory|evoked|brainstem|neural|cortical|autonomic|sympathetic|galvanic|startle|sexual|erectile|behaviou?ral|emotional"
    r"|affective|cognitive|psycholog\w+|physiolog\w+|biolog\w+|pharmacodynamic|transcriptional|genetic|metabolic|molecular|cytogenetic|serolog\w+"
    r"|biochemical|patholog\w+|histolog\w+|dose|correct|incorrect|wrong|right|yes|affirmative|negative|positive|verbal|written|verbatim|free-text|survey"
    r"|questionnaire|mail|postal|conditioned|adaptive|analgesic|pain|symptom\w*|early"
)
_OF_ANOTHER_KIND = re.compile(rf"(?<![\w-])(?:{_REACTS})\s(?:tumou?r\s)?$", re.IGNORECASE)

# "Responses are ongoing in 18 of 25": of those who responded.
_GOES_ON = re.compile(
    r"(?:\srates?)?\s(?:was|were|are|is|remain(?:ed)?|(?:has|have|had)\sbeen)\s(?:still\s|currently\s)?(?:on-?going|maintained|sustained|continuing|lost)\b"
)
# "in 18 of 25 responders"
_OF_SO_MANY = re.compile(r"\bof\s(?:the\s|all\s|these\s)*\d{1,4}\s$")

# Where people are told of, or the disease that they have, it is them who survive: "renal cell carcinoma", "the knee, among the sites of tumors".
_PEOPLE = re.compile(
    r"\b(?:patients?|women|men|people|persons?|subjects|participants|children|infants|cases|overall\ssurvival|OS)\b"
    r"|cancer|tumou?rs?\b|carcinoma|sarcoma|lymphoma|leuka?emia|myeloma|melanoma|metasta|malignan|neoplas|(?:cells?|graft)\s(?:transplantation|lung)",
    re.IGNORECASE,
)
# What is said to survive and is nobody: "implant survival", "survival of the grafts", "the implants had a survival of 94%"; patients live with a
# stent, or after a free flap, as others do. Animals are nobody wherever a sentence names no people.
_MADE = (
    r"(?:implant|restoration|prosthesis|prostheses|crown|teeth|tooth|embryo|stent|catheter|fistula|flap|(?:allo|auto|xeno|homo)?graft|islet|device"
    r"|pacemaker)"
)
_THINGS_SURVIVE = re.compile(
    rf"\b(?:{_MADE}|cell|neuron|technique)s?\ssurvivals?\b"
    r"|\bsurvivals?(?:\s(?:rates?|probabilit(?:y|ies)|times?))?\s(?:of|for)\s(?:the\s|all\s|these\s)?(?:[\w-]+\s){0,2}"
    rf"(?:{_MADE}s?|cells|neurons)\b(?!\s(?:patients|recipients|carriers|groups?|arms?|placement|insertion|reconstruction|and|or|versus|vs)\b)"
    rf"|\b{_MADE}s?\b(?:\s(?:of|in)\s[^.;,()]{{1,40}})?\s(?:had|have|has|showed|with)\s[^.;,()]{{0,30}}\bsurvivals?\b",
    re.IGNORECASE,
)
_ANIMAL = re.compile(r"\b(?:mouse|mice|rats?|larvae?|xenografts?)\b", re.IGNORECASE)

# The trial itself was stopped, closed to new patients, or ended: nobody's treatment was.
_TRIAL_STOPPED = re.compile(
    r"\b(?<!on\s)(?<!in\s)(?<!from\s)(?<!(?:on|in)\sthe\s)(?<!(?:on|in)\s(?:our)\s)(?<!(?:on|in)\sthis\s)(?:trial|study|studies|trials|enrol?lment|accrual|recruitment|inclusion|randomi[sz]ation|programme?|development)\s"
    r"(?:(?:was|were|is|had|has|have|been|being|therefore|subsequently|later|then|to|be|[a-z]+ly|early)\s){0,4}"
    r"(?:stopped|stopping|terminated|discontinued|halted|ceased|closed|interrupted|abandoned|withdrawn|discontinuation|termination)$",
    re.IGNORECASE,
)


def answers(text: str, start: int, end: int) -> bool:
    """Whether those who respond answer a question, and no treatment.

    The questions, or whom they were put to, stand right beside the response; or its sentence tells of questions that were sent, or its clause of
    questions before it, and none of a disease.

    Args:
        text: the folded sentence.
        start: where the word for the response begins.
        end: where it ends.

    >>> said = "The response rate was 42% with A, and questionnaires were completed by 84%."
    >>> answers(said, 4, 17), answers("A response rate of 42% to the survey", 2, 15)
    (False, True)
    """
    if _TO_QUESTIONS.match(text, end) or _ANSWERS.search(text[:start]):
        return True
    if _TELLS_OF_DISEASE.search(text):
        return False
    clause = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    return _SENT_OUT.search(text) is not None or _ASKED_WITH.search(text, clause, start) is not None


def is_reaction(text: str, at: int) -> bool:
    """Whether responses are of something else than of the disease, by the word before them: "insulin responses", "correct responses".

    >>> is_reaction("the vascular responses", 13), is_reaction("12 confirmed responses", 13)
    (True, False)
    """
    return _OF_ANOTHER_KIND.search(text[:at]) is not None


# Who took part in a study: "the response rate to this study", "limited by a low response rate", "consistency of responses".
_TOOK_PART = re.compile(
    r"\bresponse\srates?\s(?:to|in)\s(?:this|our|the\spresent|the\scurrent)\s(?:[\w-]+\s)?(?:study|survey|trial)\b(?!\s(?:treatment|drug|medication|regimen|therapy|agent))"
    r"|\b(?:limited\sby|limitations?|generali[sz]\w+|selection\sbias|non-?response\sbias)\b[^.;]{0,80}\bresponse\srates?\b"
    r"|\b(?:consistency|alpha|kappa|wording|distribution|number)\sof\sresponses?\b|\bmajority\sof\s(?:the\s)?responders,?\s(?:were|was|had|self-)",
    re.IGNORECASE,
)
# "... when patients who died were excluded": those who died are left out, and not counted.
_LEFT_OUT = re.compile(
    r"\b(?:who|that)\s(?:had\s|have\s)?died\b[^.;()]{0,140}\b(?:were|was)\s(?:excluded|censored|left\sout|omitted|not\sincluded)\b"
    r"|\b(?:excluding|exclusion\sof|excluded)\s[^.;()\d]{0,60}\b(?:died|deaths?)\b",
    re.IGNORECASE,
)


# "10% failed to achieve a complete response": those whose disease did not respond.
_NOT_REACHED = re.compile(
    r"\b(?:(?:fail(?:ed|ing|s|ure)?|unable|inability)\sto\s(?:achieve|obtain|attain|reach|show|enter|have)"
    r"|(?:did|does|do|had|have|has|could|were|was)\s?(?:not|n't|never)\s(?:\w+\s)?(?:achiev\w+|obtain\w*|attain\w*|reach\w*|enter\w*|have|show\w*)"
    r"|(?:not|never|without)\s(?:achieving|obtaining|attaining|reaching|entering|having))\s(?:an?\s|any\s|the\s)?(?:[\w-]+\s)?$",
    re.IGNORECASE,
)
_RESPONSES = frozenset({"CR", "PR", "ORR", "PCR", "SD", "DCR", "CBR"})


def _lies_in(text: str, endpoint: Mention, pattern: re.Pattern[str]) -> bool:
    return any(m.start() <= endpoint.span.start < m.end() for m in pattern.finditer(text))


# "12 patients (30%) with no reported progression", "without documentation of progressive disease"
_SPARED = re.compile(
    r"\b(?:without|(?:with|had|have|having|showed)\sno)\s(?:any\s|the\s)?(?:(?:report(?:ed|s\sof)|known|documented|confirmed|radio\w+|clinical|further|early"
    r"|(?:documentation|evidence|signs?)\sof|disease|tumou?r|local|distant)\s)*$",
    re.IGNORECASE,
)
_AGE_AT = re.compile(r"\bage\s(?:at|by)\s(?:the\s)?(?:(?:last|latest|final|end\sof|time\sof)\s)*$", re.IGNORECASE)
# "No progression was seen in 12%"
_SEEN_IN_NONE_OF = re.compile(r"(?:.*[.;,]\s)?no\s(?:disease\s|tumou?r\s|further\s|local\s|distant\s)?", re.IGNORECASE)
_IN_SO_MANY = re.compile(r"\s(?:was|were|occurred)\s(?:(?:seen|observed|noted|recorded|detected|documented|found)\s)?in\s(?:the\s)?\d")


def is_meant(text: str, endpoint: Mention) -> bool:
    """Whether an endpoint's name stands for it in a folded sentence: not the response to a survey, the survival of implants, the end of the trial."""
    printed = endpoint.span.of(text).casefold()
    if endpoint.norm == "ORR" and (_GOES_ON.match(text, endpoint.span.end) or _OF_SO_MANY.search(text[: endpoint.span.start])):
        return False
    if endpoint.norm == "DEATH" and _lies_in(text, endpoint, _LEFT_OUT):
        return False
    if endpoint.norm in _RESPONSES and _NOT_REACHED.search(text[: endpoint.span.start]):
        return False
    if endpoint.norm == "PD" and (
        _SPARED.search(text[: endpoint.span.start])
        or (_SEEN_IN_NONE_OF.fullmatch(text[: endpoint.span.start]) and _IN_SO_MANY.match(text, endpoint.span.end))
    ):
        return False
    if endpoint.norm in ("ORR", "CR") and "respon" in printed:
        if _lies_in(text, endpoint, _TOOK_PART):
            return False
        return _OF_A_DISEASE.search(printed) is not None or not answers(text, endpoint.span.start, endpoint.span.end)
    if endpoint.norm == "OS" and "surviv" in printed:
        return not (_THINGS_SURVIVE.search(text) or (_ANIMAL.search(text) and not _PEOPLE.search(text)))
    if endpoint.norm == "FOLLOW_UP" and _AGE_AT.search(text[: endpoint.span.start]):
        return False
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
    r"\b(?:composite(?:\s(?:primary|safety|clinical|secondary|study))?(?:\s(?:end-?points?|outcomes?|events?|rates?|risk|measure))?"
    r"|(?:combined|combination)\s(?:(?:primary|safety|clinical|secondary)\s)?(?:end-?points?|outcomes?|events?|rates?|risk|incidence))"
    r"\s(?:of|was|comprising|including|\()[^.;\d]{0,80}$",
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
