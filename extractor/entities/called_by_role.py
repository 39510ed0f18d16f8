"""Arms that a paper calls by their roles alone ("the intervention group", "controls"), by what it says that these groups were given.

No list names what they were given: a programme, a leaflet, usual care. It is told behind the role ("the intervention group received supervised
walking"), in a bracket with it ("usual care (control group)"), beside it ("the intervention or usual care"), or by a title that asks for its effect.
Where a paper tells it at length, in parts or not at all, the arm keeps the name of its role; so it does where a list knows the treatment, which
later stages read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.document import SectionKind
from extractor.entities.assignment import AssignedArm
from extractor.entities.contrasted import OF_WHOM, Contrasted, Told, lowered
from extractor.entities.drugs import find_drugs, whole_treatment
from extractor.entities.names import in_words

TESTED_ROLES = ("intervention", "experimental", "experiment", "study", "treatment", "test", "trial")
"""What the arm under test is called by, the control group beside it."""


@dataclass(frozen=True, slots=True)
class CalledByRole:
    """Two arms that a paper calls by their roles.

    Attributes:
        assigned: the arm under test and the control, each by what it was given, or by its role.
        contrasted: those that lists do not know, by what else the paper calls them.
    """

    assigned: tuple[AssignedArm, AssignedArm]
    contrasted: tuple[Contrasted, ...]


_TELLS = frozenset({SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS})
_SPEAKS = _TELLS | {SectionKind.RESULTS, SectionKind.CAPTION}
_GROUP = r"(?:groups?|arms?|conditions?|cohort)"
_PEOPLE = r"(?:participants|patients|subjects|women|men|members|survivors|caregivers|adults|children|individuals)"
_TEST = rf"(?:{'|'.join(TESTED_ROLES)})"
_TEST_GROUP = rf"\b{_TEST}\s{_GROUP}(?:\s{_PEOPLE})?\b|\b(?:intervention|experimental)\s{_PEOPLE}\b"
_CONTROL_GROUP = rf"\bcontrol\s{_GROUP}(?:\s{_PEOPLE})?\b|\bcontrols\b|\bcontrol\s{_PEOPLE}\b"
_TESTED, _CONTROL = re.compile(_TEST_GROUP, re.IGNORECASE), re.compile(_CONTROL_GROUP, re.IGNORECASE)
_BOTH_ROLES = re.compile(
    rf"\b{_TEST}\s(?:{_GROUP}\s)?(?:and|or|versus|vs\.?)\s(?:the\s|a\s|to\s){{0,2}}control|\bcontrol\s(?:{_GROUP}\s)?(?:and|or)\s(?:the\s|an?\s)?{_TEST}\b",
    re.I,
)
_SEVERAL = re.compile(
    rf"\b(?:intervention|experimental|active)\s(?:groups|arms)\b|\b{_TEST}\s(?:group|arm)\s(?:[A-D]|[1-4]|I{{1,3}}|IV)\b|\b(?:three|four|five)-(?:arm|group)\w*\b"
    r"|\b(?:randomi[sz]|randomly|allocat|assign|divided)[^.;]*\b(?:three|four|five|3|4|5)\s(?:(?!months?\b|weeks?\b|days?\b|years?\b)[\w-]+\s){0,2}"
    r"(?:groups|arms|conditions)\b",
    re.IGNORECASE,
)
_LEAST_CALLED = 2

# --- care that a control group gets ----------------------------------------------------------------------------------------------------------------

_CARE = (
    r"(?:(?:enhanced|optimi[sz]ed)\s)?(?:(?:usual|standard|routine|conventional|regular|ordinary)\s(?:(?!of\b|and\b|or\b)[\w-]+\s){0,2}?(?:care|nursing|follow-up|practice|treatment"
    r"|management|support|information|education|advice|counsell?ing)|(?:care|treatment)\sas\susual|standards?\sof\scare|no\s(?:treatment|intervention)"
    r"|(?:a\s)?(?:wait(?:ing)?(?:[\s-]list(?:ed)?)|waitlist(?:ed)?)(?:\scontrols?\b(?!\s(?:group|arm)))?|attention\scontrol|observation(?:\salone)?)"
)
_ARTICLE = r"(?:(?:the|an?|their|only|current|either|to|of|receiv\w+|with)\s){0,4}"
_GETS = (
    r"(?:receiv(?:ed?|es|ing)|under(?:went|go)|got|gets?|had|followed|(?:was|were|be|are)\s(?:given|offered|provided\swith|treated\s(?:with|by)|assigned\sto|allocated\sto)"
    r"|provided\swith|treated\s(?:with|by)|continued(?:\swith)?|consist(?:ed|s)\sof)"
)
_ROLE_TEST = rf"(?:{_TEST}(?:\s{_GROUP})?)"
_OF_CONTROL = (
    re.compile(rf"\b(?P<care>{_CARE})[\s-](?:control\s{_GROUP}|controls\b)", re.I),
    re.compile(rf"\b(?P<care>{_CARE})\s?[(\[](?:the\s|as\s)?controls?(?:\s{_GROUP})?\b", re.I),
    re.compile(rf"(?:{_CONTROL_GROUP})\s?[(\[,:]\s?(?:[in]\.?\s?[=e]\.?\s?\d*[,;]?\s?)?{_ARTICLE}(?P<care>{_CARE})\b", re.I),
    re.compile(rf"(?:{_CONTROL_GROUP})(?:\s?\([^()]*\))?,?\s(?:[\w-]+\s){{0,3}}?{_GETS}\s(?:[\w-]+\s){{0,2}}?(?P<care>{_CARE})\b", re.I),
    re.compile(rf"\b(?:{_ROLE_TEST})(?:\s?\([^()]*\))?,?\s(?:or|versus|vs\.?|compared\s(?:with|to)|against)\s{_ARTICLE}(?P<care>{_CARE})\b", re.I),
    re.compile(rf"\b(?P<care>{_CARE})(?:\s{_GROUP})?(?:\s?\([^()]*\))?,?\s(?:or|versus|vs\.?)\s{_ARTICLE}{_ROLE_TEST}\b", re.I),
    re.compile(rf"\b(?:who|those)\s(?:\w+\s)?receiv\w+\s(?P<care>{_CARE})\s\(controls?\b", re.I),
)
_DENIES = re.compile(r"\b(?:not|never|without|neither)\s(?:\w+\s){0,2}$", re.IGNORECASE)

# --- what a group was given ------------------------------------------------------------------------------------------------------------------------

_WORD = r"[A-Za-z][\w’'/-]*"
_STOP = (
    r"(?!(?:for|in|on|at|by|to|with|from|during|after|before|over|until|within|throughout|per|who|whose|which|that|where|when|while|whereas|if|because|consist\w+|compris\w+"
    r"|includ\w+|deliver\w+|provided|given|led|via|using|through|and|or|but|plus|than|versus|vs|as|is|are|was|were|will|be|been|has|have|had|did|does|do|not|only|alone"
    r"|compared|according|based|aimed|designed|developed|called|named|combined|followed|of|every|between|against|upon|also|all|both|receiv\w*|either|neither|have\b|undergo\w*|get|any|such)\b)"
)
_NOUNS = rf"(?<![\w-]){_STOP}{_WORD}(?:\s{_STOP}{_WORD}){{0,5}}"
_NAME = rf"{_NOUNS}(?:\s(?:of|based\son)\s(?:(?:the|an?)\s)?{_STOP}{_WORD}(?:\s{_STOP}{_WORD}){{0,4}}){{0,2}}"
_BEFORE = r"(?:(?:only|also|to|the|an?|\d+[\w-]*)\s){0,3}"
_LEADS = re.compile(
    r"^(?:(?:the|an?|their|its|our|this|either|only|also|additional|extra|individual|new|novel|specific|structured|usual\scare\sand|\d+|one|two|three|four|five|six|seven|eight|ten|twelve"
    r"|(?:\d+|one|two|three|four|six|eight|ten|twelve)[\s-](?:week|month|day|session|hour|minute|step|year)s?(?:[\s-]long)?"
    r"|(?:weekly|daily|monthly)?\s?(?:sessions?|weeks?|months?|courses?|hours?|series|cycles?|a\stotal)\sof)\s)+",
    re.IGNORECASE,
)
_SIZE = r"(?:\s?\((?:[nN]\s?=\s?)?\d+[^()]*\))?"
_RECEIVED = (
    r"(?:receiv(?:ed?|es|ing)|under(?:went|go|going)|given|offered|provided\swith|(?:participat\w+|took\spart|take\spart|enrolled)\sin|attend(?:ed|ing)?"
    r"|complet(?:ed?|ing)|practi[sc](?:ed?|ing)|performed|did|used|treated\s(?:with|by)|invited\sto|supplemented\swith|followed)"
)
_AUXILIARY = r"(?:who|which|and|will|were|was|be|also|additionally|then|only|all|each|have|has|\w+ly)"


@dataclass(frozen=True, slots=True)
class Forms:
    """How sentences tell what a group was given: before its name in brackets, in brackets or a colon behind it, or by a verb."""

    bracketed: re.Pattern[str]
    behind: re.Pattern[str]
    told: re.Pattern[str]


def forms(group: str, called: str) -> Forms:
    """The forms for a group.

    Args:
        group: how it is spoken of.
        called: how it is called in brackets.
    """
    return Forms(
        re.compile(rf"(?P<name>{_NAME})\s?[(\[](?:the\s|as\s)?{called}\b", re.IGNORECASE),
        re.compile(
            rf"(?:{group}){_SIZE}(?:,\s(?:i\.e\.,?|namely|that\sis,)\s|\s?[(\[]\s?(?:i\.e\.,?\s)?|:\s)(?P<name>{_BEFORE}{_NAME})", re.IGNORECASE
        ),
        re.compile(
            rf"(?:{group})(?:\s?\([^()]*\))?,?\s(?:{_AUXILIARY}\s){{0,4}}{_RECEIVED}\s(?P<name>{_BEFORE}(?:\d[\d.,]*\s?m?[gl]\s(?:of\s)?)?{_NAME})",
            re.IGNORECASE,
        ),
    )


_OF_TESTED = forms(_TEST_GROUP, rf"{_TEST}\s{_GROUP}")
_OF_CONTROLS = forms(_CONTROL_GROUP, rf"control\s{_GROUP}")
_TITLES = (
    re.compile(
        r"(?:^|[:.?–—]\s|\b(?:the|of|an?)\s)(?:[\w-]+\s){0,3}?(?:effects?|effectiveness|(?:cost-)?efficacy|impact|influence|benefits?|feasibility|evaluation|acceptability)"
        rf"(?:(?:,\s|\s(?:and|&)\s|,\sand\s)(?:[\w-]+\s?){{1,2}}?)*\s(?:of|evaluation\sof)\s(?P<name>(?:(?:the|an?)\s)?(?:\d+[\s-]\w+[\s-])?{_NAME})"
        r"(?=\s(?:on|in|for|among|to|upon|after|during|versus|with|following|by|compared|as|against)\b|\s?[:.?(–—]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:trials?|study)\sof\s(?P<name>(?:(?:the|an?)\s)?{_NAME})(?=\s(?:on|in|for|among|to|after|during|versus|with|following|as)\b|\s?[:.?(–—]|$)",
        re.I,
    ),
    re.compile(
        r"^(?P<name>(?:the|an?)\s(?:[\w’'-]+\s){1,6}(?:program(?:me)?|intervention|training|therapy|education|care|project|clinic|service|school))[:–—]"
        r"\s.*\b(?:randomi[sz]ed|controlled|trial|pilot)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?P<name>(?:(?:the|an?)\s)?{_NAME})(?:\s(?:for|in|among|after|during)\s[^:.?]*?)?\s(?:(?:significantly|also)\s)?(?:improv(?:ed?|es)|reduc(?:ed?|es)|increas(?:ed?|es)|decreas(?:ed?|es)|does\snot|did\snot|alleviates?"
        r"|prevents?|enhanc(?:ed?|es)|lowers|relieves?|has\sno|promot(?:ed?|es)|shows?|to\s(?:improve|reduce|increase|prevent|promote|support|enhance|decrease|manage))\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?P<name>(?:(?:the|an?)\s)?{_NAME})(?:\s(?:for|in|among|after|during)\s[^:]*)?(?:\s?\([^()]*\))?[:.?–—]\s.*\b(?:randomi[sz]ed|controlled|trial|pilot)\b",
        re.IGNORECASE,
    ),
)
# What says nothing by itself of what was given, or is no treatment at all.
_SAYS_NOTHING = frozenset(
    (
        "intervention interventions treatment treatments program programs programme programmes session sessions training care support therapy"
        " information study trial protocol group groups control assessment assessments follow-up followup questionnaire questionnaires interview"
        " interviews survey surveys visit visits test tests testing data same active experimental option choice access contact appointment usual"
        " standard routine material materials instructions advice invitation letter package component components content effect effects regimen"
        " product medication drug drugs placebo nothing sample samples surgery operation examination measurement measurements baseline approach"
        " method methods model models technique schedule"
    ).split()
)
_NO_HEAD = re.compile(
    r"\b(?:questionnaires?|interviews?|surveys?|assessments?|examinations?|measurements?|scores?|scales?|symptoms?|improvements?|changes?|reductions?|increases?|differences?|results?"
    r"|responses?|consent|appointment|option|opportunity|randomi[sz]ation|comparisons?|risk|factors?|recurrence|months?|weeks?|years?|trial|study|protocol|analysis|review)$",
    re.IGNORECASE,
)
_TAILS = re.compile(r"(?:\s(?:consumption|intake|administration|ingestion|daily|weekly|once|twice))+$", re.IGNORECASE)
_LONGEST = 8
_LEAST_USES = 2


def find_called_by_role(told: Told, shorts: Collection[tuple[str, str]] = ()) -> CalledByRole | None:
    """The two arms of a paper that calls them by their roles, where it tells what one of them at least was given; None where it does not.

    Args:
        told: its sentences, each with the section that it stands in.
        shorts: its abbreviations, each with its long form.
    """
    texts = [text for kind, text in told if kind in _SPEAKS]
    if not _calls_by_role(texts):
        return None
    title = next((text for kind, text in told if kind is SectionKind.TITLE), "")
    tells = [text for kind, text in told if kind in _TELLS]
    tested = given_to(_OF_TESTED, tells, title, texts) or _of_title(title, texts)
    care = _care(tells)
    other = given_to(_OF_CONTROLS, tells, title, texts)
    control = care or (other if other is not None and tested is not None and not is_known(other) else None)
    if (tested is None and control is None) or (tested is not None and care is None and is_known(tested)):
        return None
    role = _usual_role(texts)
    names = [tested or role, control if control is not None and control != tested else "control"]
    arms = [_assigned(name) for name in names]
    unknown = [Contrasted(name, called_so(name, names, shorts)) for name in names if name not in (role, "control") and not _whole(name)]
    return CalledByRole((arms[0], arms[1]), tuple(unknown))


def _calls_by_role(texts: Sequence[str]) -> bool:
    """Whether a paper calls two groups, and no more, by their roles."""
    tested = sum(_TESTED.search(text) is not None or _BOTH_ROLES.search(text) is not None for text in texts)
    control = sum(_CONTROL.search(text) is not None or any(form.search(text) for form in _OF_CONTROL) for text in texts)
    return min(tested, control) >= _LEAST_CALLED and not any(_SEVERAL.search(_BOTH_ROLES.sub("", text)) for text in texts)


def _usual_role(texts: Iterable[str]) -> str:
    """What the paper calls the group under test most often: "intervention"."""
    roles = [m.group().casefold().split()[0] for text in texts for m in _TESTED.finditer(text)]
    return max(dict.fromkeys(roles), key=roles.count, default="intervention")


def _care(texts: Iterable[str]) -> str | None:
    """The care that the control group got, as it is told most often."""
    found = [
        _care_called(text, match)
        for text in texts
        for form in _OF_CONTROL
        for match in form.finditer(text)
        if not _DENIES.search(text[: match.start("care")])
    ]
    return max(dict.fromkeys(found), key=found.count, default=None)


def _care_called(text: str, told: re.Match[str]) -> str:
    """Care as it is told; a waiting list with "control" where that stands right behind it."""
    name = lowered(re.sub(r"^a\s|(?<=list)ed$|(?<=control)s$", "", told.group("care")))
    return f"{name} control" if name.endswith("list") and re.match(r"[\s-]controls?\b", text[told.end("care") :]) else name


def given_to(of_group: Forms, texts: Sequence[str], title: str, spoken: Sequence[str]) -> str | None:
    """What sentences say that a group was given: what they say in a bracket, or what the paper speaks of again; None if that is nothing."""
    weights: dict[str, int] = {}
    each = (of_group.bracketed, of_group.behind, of_group.told)
    for form, text, match in ((f, t, m) for f in each for t in texts for m in f.finditer(t)):
        before = form is of_group.bracketed
        if not _is_in_parts(text, match, before=before):
            plainly = before or (form is of_group.behind and text[match.end("name") :][:1] in (")", "]"))
            for name in _names(match.group("name")):
                uses = sum(_printed(name).search(one) is not None for one in spoken)
                in_title = _printed(name).search(title) is not None
                if plainly or (" " in name and uses >= _LEAST_USES) or in_title:
                    weights[name] = weights.get(name, 0) + uses + 10 * in_title
    return max(weights, key=lambda name: (weights[name], len(name)), default=None)


_ONE_MORE = re.compile(r"(?:[^)\s],|[^)\s,]\s(?:and|plus|with)|[^)\s],\sand)\s(?:the\s|an?\s)?$", re.IGNORECASE)
_MORE = re.compile(
    r"(?:\s?\([^()]*\))?(?:,?\s(?:and|plus|or)|,)\s(?:(?:an?|the|their|\w+ly)\s){0,2}(?!(?:the\s)?(?:control|intervention|then|who|which|were|was|will|usual|standard|in|to|by|or)\b)[\w-]+",
    re.I,
)


def _is_in_parts(text: str, told: re.Match[str], *, before: bool) -> bool:
    """Whether a name, before a bracket or behind its group, is but one of the things that the group was given, or what it was not given."""
    head = text[: told.start("name")]
    return _ONE_MORE.search(head) is not None if before else _goes_on(text, told.end("name")) or _DENIES.search(head) is not None


def _goes_on(text: str, end: int) -> bool:
    """Whether what was given is told in several parts, of which the name before is but the first."""
    return _MORE.match(text, end) is not None


def _names(printed: str) -> Iterator[str]:
    """A name without what leads to it, where it is short and says what was given."""
    name = _TAILS.sub("", _LEADS.sub("", printed.strip()))
    words = re.findall(r"[\w’'/-]+", name.casefold())
    last = re.split(r"\s(?:of|based\son)\s", name)[0].casefold().split()[-1:]
    if not words or len(words) > _LONGEST or set(words) <= _SAYS_NOTHING or any(c.isdigit() for c in words[0]):
        return
    if (last and OF_WHOM.fullmatch(last[0])) or _NO_HEAD.search(name) or (" of " in name and set(words[words.index("of") + 1 :]) <= _SAYS_NOTHING):
        return
    yield lowered(name)


def _of_title(title: str, spoken: Sequence[str]) -> str | None:
    """What a title says that was studied, one word only where the paper speaks of giving it: "Effect of a spiritual care program on ..."."""
    for form in _TITLES:
        for match in form.finditer(title):
            for name in _names(match.group("name")):
                given = re.compile(rf"{_USES}\s(?:[\w-]+\s){{0,3}}{re.escape(name)}\b", re.IGNORECASE)
                if not _goes_on(title, match.end("name")) and (" " in name or any(given.search(text) for text in spoken)):
                    return name
    return None


_USES = (
    r"\b(?:receiv\w+|given|took|taking|consum\w+|us(?:ed?|ing)|under(?:went|going)|perform\w*|practi[sc]\w+|offered|rinsed\swith|treated\swith"
    r"|appl(?:y|ied))"
)


# --- as arms ---------------------------------------------------------------------------------------------------------------------------------------


def _whole(name: str) -> AssignedArm | None:
    """A name that a list has, as an arm."""
    known = whole_treatment(name)
    return AssignedArm(known.norm, known.parts) if known is not None else None


def is_known(name: str) -> bool:
    """Whether a list knows what a name ends in: then it is read by the list."""
    return any(m.parts and m.span.end == len(name) for m in find_drugs(name))


def _assigned(name: str) -> AssignedArm:
    known = _whole(name)
    if known is not None:
        return known
    return AssignedArm(name, ()) if name in (*TESTED_ROLES, "control") else AssignedArm(name, Contrasted(name, _printed(name)).parts)


def _printed(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){in_words(name)}s?(?![\w-])", re.IGNORECASE)


def called_so(name: str, names: Sequence[str], shorts: Collection[tuple[str, str]]) -> re.Pattern[str]:
    """How the paper calls what was given: by its name, the last words of it that say enough, and its abbreviations."""
    words = name.split()
    others = {w for other in names if other != name for w in other.split()}
    tails = [" ".join(words[i:]) for i in range(1, len(words) - 1)]
    tails = [t for t in tails if not set(t.split()) <= others | _SAYS_NOTHING and " of " not in f" {t} " and not is_known(t)]
    forms = "|".join(_printed(form).pattern for form in (name, *tails))
    called = [short for short, long in shorts if any(long.casefold() == form for form in (name, *tails))]
    brief = "|".join(rf"(?<![\w/+.-]){re.escape(short)}s?(?![\w-])" for short in called)
    return re.compile(rf"(?i:{forms})" + (f"|{brief}" if brief else ""))
