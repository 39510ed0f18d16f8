"""Arms: what patients were treated with, however the paper calls it later.

First the treatments of each sentence are composed from their parts ("lenvatinib plus PD-1 inhibitors"). Then the document's own names are read
where it defines them ("(LP)", "(first-line HAIC group)", "arm A"), and last every later use of such a name is resolved.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.document import CharSpan
from extractor.entities.arm_book import ARM_WORD, ArmBook, ArmName
from extractor.entities.assignment import AssignedArm, with_denied, without_appositions
from extractor.entities.based_on import with_based_on
from extractor.entities.choices import OPENS_BEHIND
from extractor.entities.contrasted import with_contrasted
from extractor.entities.factorial import names_of_both
from extractor.entities.groups import ROLES, set_against
from extractor.entities.initials import by_initials, by_steps
from extractor.entities.joins import (
    AND,
    COMPARING,
    IN_THEIR_ORDER,
    TWO_GROUPS,
    as_assigned,
    of_regimen,
    opens_behind_comparison,
    told_again,
    told_together,
    without_modes,
    words_before,
)
from extractor.entities.labels import NOT_LABELS, fits_as_label, is_another_drug, is_known, names_last_only, tokens_of
from extractor.entities.letters import abbreviates, lettered_names
from extractor.entities.mention import GROUP_LETTER, Mention, MentionKind, Part
from extractor.entities.names import in_words
from extractor.entities.run_together import compounds_of, lettered_behind, prefixed
from extractor.entities.sequences import is_in_sequence, with_named_chemotherapy
from extractor.entities.settings import beside_its_setting, setting_groups, setting_mentions, with_setting
from extractor.entities.told_by_group import given_together
from extractor.entities.ways import with_ways
from extractor.entities.with_or_without import names_with_option

# Between two parts of one treatment.
_ARTICLE = r"(?: the\ | an?\ )? (?: concurrent\ | concomitant\ | simultaneous\ )? (?: \d[\d.,]*\s?(?:mg|mcg|[µμ]g|g|ml|mL|Gy)(?:/\w+)?\s (?:of\s)? )?"
_JOIN = re.compile(
    rf"""
    (?: \s* \( [^()]{{1,60}} \) )?
    (?: \s* \d[\d.,]* \s? mg(?: /\w+ | \ ?m\ ?-2 )? )?
    (?:
        \s* (?: \+ | & ) \s*
      | \s+ (?: plus | with | combined\ with | in\ combination\ with | together\ with | along\ with
            | (?: (?:was|is|were)\ )? added\ to | as\ well\ as | (?: followed | preceded )\ by )
            \s+ {_ARTICLE}
      | \s* , \s+ (?:an?|the|another) \s [^,;.()]{{2,60}} (?: \([^()]{{1,30}}\) [^,;.()]{{0,40}} )? ,
        \s (?: plus | with | in\ combination\ with | combined\ with | together\ with ) \s {_ARTICLE}
      | -(?:plus|and|with)-
    )
    (?: [A-Z]-1-? )?
    """,
    re.VERBOSE,
)
_SLASH = re.compile(r"\s?/\s?")
_BOTH = re.compile(
    r"""
    (?:
        concurrent(?:\suse\sof)?
      | combinations?\s (?:therapy\s)? (?: of | with | using | such\sas )
      | combin(?:ing|ed) | both | regimens?\sof | consisting\sof | containing
    )\s
    (?:the\s)? (?:[\w-]+\s){0,2}
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_COMBINED = re.compile(
    r"""
    \s* (?: \([^()]{1,40}\)\s* )? (?: [,-]\s* )?
    (?:
        in\scombination\b | combination\b | duotherapy | combined\b | (?:as\s)?dual\b | co-?administ | doublet | regimen\b
      | (?:combination\s)? (?:group|arm)\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ADDING = re.compile(r"\b(?:addition\sof|adding|added)\s(?:the\s)?(?:[\w-]+\s){0,2}$", re.IGNORECASE)

# "(LP)", "(R)", "(ate-beva)", "(AA regimen)", "(first-line HAIC group)", "(arm A; n = 34)"
_DEFINED = re.compile(
    rf"""
    (?: \s (?: alone | only | monotherapy | therapy | treatment | chemotherapy | regimen ) )? \s* [\[(]
    (?: (?: the | hereafter | hereinafter | referred\sto\sas )\s )* (?P<ahead> (?:[Gg]roup|[Aa]rm|GROUP|ARM)\s (?=[A-Z]{{1,4}}[\s,;:)\]]) )?
    ["']? (?P<label> [A-Za-z][\w+/-]* (?: [ -][\w+/-]+ ){{0,4}}? ) ["']?
    (?: \s (?P<word> {ARM_WORD} | therapy | combination | treatment ) )?
    (?: \s? [,;:=] [^()\[\]]{{0,40}} )?
    [\])]
    """,
    re.VERBOSE,
)
_LETTERED = re.compile(rf"\b(?P<word>[Aa]rm|[Gg]roup|ARM|GROUP)\s(?P<which>{GROUP_LETTER})\b(?!\s?[-/]\s?\d)")

# "9% of the treatment and 14% of the control group"
_AND_CONTROL = r",?\s(?:and|or|vs\.?|versus)\s[^A-Za-z]{0,20}(?:(?:women|men|of|in|the)\s){0,3}control\s(?:groups?|arms?|participants|patients)\b"
_ROLE_LABELS = re.compile(
    rf"""
    \b (?P<role>
        control | controls | comparator | reference | standard (?: [\s-](?: treatment | therapy | arm ) )?
      | experiment(?:al)? | investigational | study\sdrug | intervention | combination (?: [\s-](?: therapy | treatment ) )?
      | monotherapy | active | treatment | treated | observation | comparison | single-agent
    )
    \s (?P<word> {ARM_WORD} ) \b
  | \b (?P<bare>
        controls | (?: control | intervention | experimental ) (?= \s(?: patients | participants ) \b )
      | the\scombination (?: \s(?: therapy | treatment | regimen ) )?
        (?= \s? (?: \( | or\b | arm | group | compared | versus | vs ) )
      | (?: control | observation | intervention | experiment(?:al)? | study | trial )
        (?= \s (?: and | or | vs\.? | versus )\s (?:the\s)? (?:[\w+/-]+\s){{1,4}} (?:groups|arms)\b )
      | (?: intervention | experiment(?:al)? | study | trial | test | treatment | active ) (?= {_AND_CONTROL} )
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def compose(text: str, parts: Sequence[Mention], known: Collection[frozenset[str]] = ()) -> list[Mention]:
    """Treatments of a sentence: neighbouring parts joined where the words between them join them.

    `known` are combinations that the document tells in full somewhere: those a slash joins too ("atezolizumab/bevacizumab").
    """
    ordered = without_appositions(text, with_denied(text, with_based_on(text, [m for m in parts if m.parts])))
    groups: list[list[Mention]] = []
    for mention in ordered:
        again = bool(groups) and set(mention.parts) <= {p for m in groups[-1] for p in m.parts}  # "FOLFOX plus bevacizumab and FOLFOX alone"
        apart = not groups or again or opens_behind_comparison(text, mention)
        if not apart and (_joined(text, groups[-1], mention) or _known_pair(text, groups[-1], mention, known) or told_again(text, groups, mention)):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return _with_backbone([_treatment(text, group) for group in groups])


def _with_backbone(treatments: list[Mention]) -> list[Mention]:
    """The treatments, a bare "chemotherapy" as the one told before it: "A plus docetaxel-based chemotherapy ... than chemotherapy alone"."""
    found: list[Mention] = []
    for mention in treatments:
        bare = mention.norm if mention.norm in ("chemotherapy", "endocrine therapy", "radiotherapy") else None
        told = [p for t in found for p in t.parts if bare and len(t.parts) > 1 and p.name != bare and p.name.endswith(bare)]
        found.append(replace(mention, norm=told[-1].name, parts=(told[-1],)) if told else mention)
    return found


def _known_pair(text: str, group: Sequence[Mention], after: Mention, known: Collection[frozenset[str]]) -> bool:
    between = text[group[-1].span.end : after.span.start]
    pair = {p.name for m in (group[-1], after) for p in m.parts}
    if _SLASH.fullmatch(between):
        return any(pair <= one for one in known)
    # "or bevacizumab, carboplatin, and paclitaxel alone": a list of which the document says elsewhere that it is given together.
    whole = {p.name for m in (*group, after) for p in m.parts}
    listed = _LISTED.fullmatch(between) or (len(group) >= 2 and re.fullmatch(r"\sand\s", between))
    return (
        bool(listed)
        and not _LISTED_IN_ORDER.match(text, after.span.end)
        and any(whole <= one and len(one) >= 3 for one in known)
        and not _NO_COMBINATION.search(re.sub(r"\bor\s", "", words_before(text, group[0].span.start)))
    )


def _joined(text: str, group: Sequence[Mention], after: Mention) -> bool:
    before = group[-1]
    if before.span.end > after.span.start:
        return False
    between = without_modes(text[before.span.end : after.span.start])
    head = words_before(text, group[0].span.start)
    if (
        any(p.kind in ("placebo", "supportive_care") for p in before.parts) != any(p.kind in ("placebo", "supportive_care") for p in after.parts)
        and "," in between
    ):
        return False
    if (len(group) >= 2 and _in_list(text, group, after, between)) or of_regimen(text, group, after):
        return True
    if _SLASH.fullmatch(between) and not _are_alike(before, after) and _PLUS_ANOTHER.match(text, after.span.end):
        return True
    if _SLASH.fullmatch(between) or AND.fullmatch(between):
        combined = _BOTH.search(head) or _COMBINED.match(text, after.span.end) or told_together(text, group, after)
        return bool(combined) and not TWO_GROUPS.match(text, after.span.end) and not IN_THEIR_ORDER.match(text, after.span.end)
    if re.fullmatch(r"\swith\s(?:the\s|an?\s)?", between) and COMPARING.search(head):
        return False
    if re.fullmatch(r"\sto\s(?:the\s|an?\s|standard\s)?", between) and _ADDING.search(head):
        return True
    if _in_list(text, group, after, between):
        return True
    if re.fullmatch(r"-", between):
        return True
    return bool(_JOIN.fullmatch(between)) and not ("followed" in between and "%" in between)  # "A (20%) followed by B (9%)": two in their order


_PLUS_ANOTHER = re.compile(r"\s(?:infusion\s|therapy\s)?(?:plus|in\scombination\swith|combined\swith|together\swith)\s")
_SAME_STEM = 5


def _are_alike(one: Mention, other: Mention) -> bool:
    """Whether two drugs are of one class by how their names end: "cisplatin/carboplatin plus etoposide" is one or the other."""
    return any(p.name[-_SAME_STEM:] == q.name[-_SAME_STEM:] for p in one.parts for q in other.parts)


_LISTED = re.compile(r",\s(?:and\s)?")
# "31, 41 and 43 months with A, B and C, respectively", "in the A, B, and C groups": as many groups as are listed.
_LISTED_IN_ORDER = re.compile(
    r"(?:(?:,\s(?:and\s)?|\sand\s)(?:the\s)?(?:\d-)?[A-Za-z][\w/+.-]*(?:\s(?:plus|with|followed\sby)\s[\w/+.-]+|\s(?!and\b|or\b)[a-z]+)?){0,3}"
    r"(?:\s(?:groups|arms|recipients)\b|,?\s(?:groups\s|arms\s)?respectively\b)"
)
_LIST_HEAD = re.compile(
    r"""
    (?:
        combination\s(?:with|of) | plus | \+ | combined\swith | regimen\s(?: of | consisting\sof | with ) | consist\w+\sof
      | received? | receiving | treated\swith | added\sto | with | using
    )\s
    (?:[\w-]+\s){0,2}
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NO_COMBINATION = re.compile(
    r"(?<![\w-])(?:such\sas|including|like|either|prior|previous\w*|or|versus|vs\.?|e\.g\.?,?|namely)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE
)


def _in_list(text: str, group: Sequence[Mention], after: Mention, between: str) -> bool:
    """Whether a comma joins: within a list of three drugs or more given together ("with carboplatin, paclitaxel, and bevacizumab")."""
    kinds = {p.kind for m in (*group, after) for p in m.parts}
    if kinds != {"drug"} or _LISTED_IN_ORDER.match(text, after.span.end) or _NO_COMBINATION.search(words_before(text, group[0].span.start)):
        return False
    if _LISTED.fullmatch(between):
        rest = re.match(r"(?:,?\sand\s|,\s)[\w-]{4,}", text[after.span.end :])
        return bool(
            _LIST_HEAD.search(words_before(text, group[0].span.start)) or len(group) >= 2 or re.match(r"\s?\([A-Z]{3,6}\)", text[after.span.end :])
        ) and bool("and" in between or rest)
    return (
        len(group) >= 2
        and bool(re.fullmatch(r"\sand\s", between))
        and "," in text[group[-2].span.end : group[-1].span.start]
        and not TWO_GROUPS.match(text, after.span.end)
    )


def _treatment(text: str, group: Sequence[Mention]) -> Mention:
    parts: list[Part] = []
    for mention in group:
        parts.extend(p for p in mention.parts if p not in parts)
    made, called = tuple(parts), tuple(dict.fromkeys(m.norm for m in group))
    if not is_in_sequence(text, [(m.span, m.parts) for m in group]):
        made, called = with_named_chemotherapy(made, called)
    span = CharSpan(group[0].span.start, group[-1].span.end)
    return Mention(MentionKind.ARM, span, " + ".join(called), made, detail="treatment")


def read_names(sentences: Sequence[tuple[str, Sequence[Mention]]], groups: Mapping[str, str] | None = None) -> ArmBook:
    """The document's own names for its treatments. Each sentence comes with its drugs, classes and procedures.

    `groups` are the names of groups that the paper sets against each other: what such a name stands behind in brackets, or what its group received,
    is its treatment.
    """
    groups = groups or {}
    once = _named_once(sentences, groups)
    twice = _named_once([(text, with_aliases(text, parts, once)) for text, parts in sentences], groups)
    told = [t for text, parts in sentences for t in compose(text, with_aliases(text, parts, twice), twice.combinations)]
    lettered = {n.casefold(): ArmName(n, t.norm, t.parts, False) for n, t in lettered_names((text for text, _ in sentences), told)}
    compounds = compounds_of(groups, sentences)
    spelled = {**once.names, **twice.names}
    before = {g: name for g, name in prefixed(groups, sentences).items() if g not in spelled or len(spelled[g].parts) == 1}
    longer = lettered_behind(groups, sentences)
    one = [pair for pair in set_against(groups, (text for text, _ in sentences)) if len({spelled[g].norm for g in pair if g in spelled}) == 1]
    alike = {g for pair in one if all(g in spelled for g in pair) for g in pair} - set(compounds) - set(before)  # a part that both groups had
    named = {g: name for g, name in {**lettered, **spelled, **compounds, **before}.items() if g not in alike}
    unnamed = {
        g: full
        for g, full in groups.items()
        if g in alike or (g not in named and not any(_names_treatment(text, parts, g) for text, parts in sentences))
    }
    received = {
        name.label: name
        for text, parts in sentences
        for name in _received(text, compose(text, parts, twice.combinations), (unnamed.keys() | longer) - alike)
    }
    own = {g: received.get(g, ArmName(g, full, (Part(full, "other"),), False)) for g, full in unnamed.items()}
    own |= {g: received[g] for g in longer - unnamed.keys() if g in received and len(received[g].parts) > 1}
    own |= {g: named[g] for g in groups if g in named and g not in compounds}
    own = {} if twice.settings else own  # the settings tell the groups apart
    book = replace(twice, names=named, groups=own, compounds=frozenset(c.norm for c in compounds.values()), roles=_short_roles(sentences))
    return _counted(book, sentences)


def _names_treatment(text: str, parts: Sequence[Mention], group: str) -> bool:
    """Whether the name of a group is, or holds, a treatment: "the perioperative chemotherapy group"."""
    at = [m.span() for m in re.finditer(rf"(?<![\w/+.-]){in_words(group)}\s(?:groups?|arms?)\b", text, re.IGNORECASE)] if parts else []
    return any(start < m.span.end and m.span.start < end for start, end in at for m in parts)


def with_assigned(book: ArmBook, assigned: Sequence[AssignedArm]) -> ArmBook:
    """The same book with the arms that patients were assigned to; their letters are the document's names for them.

    Where the paper tells two groups with one treatment apart by a setting, these groups are its arms.
    """
    if not assigned or book.settings:
        return book
    names = {label: name for label, name in book.names.items() if label not in ROLES and not _ROLE_LABELS.fullmatch(f"{label} arm")}
    for arm in assigned:
        names.update({label: ArmName(label, arm.norm, arm.parts, False) for label in arm.labels})
        called = {label.split()[-1] for label in arm.labels} & names.keys()  # the letter alone, as the bracket prints it
        names.update({letter: replace(names[letter], norm=arm.norm, parts=arm.parts) for letter in called})
    lettered = {label.split()[-1] for arm in assigned for label in arm.labels}
    groups = {} if {name.split()[-1] for name in book.groups} <= lettered else book.groups
    return replace(book, names=names, assigned=tuple(assigned), groups=groups)


def _named_once(sentences: Sequence[tuple[str, Sequence[Mention]]], groups: Mapping[str, str]) -> ArmBook:
    """One pass over the definitions. A second pass reads those that use the abbreviations of the first ("PCR with bevacizumab (PCR-B)")."""
    names: dict[str, ArmName] = {}
    settings: dict[str, ArmName] = {}
    combinations = frozenset(frozenset(p.name for p in t.parts) for text, parts in sentences for t in compose(text, parts) if len(t.parts) > 1)
    for text, parts in sentences:
        treatments = compose(text, parts, combinations)
        for label, spelled in (*by_initials(text, parts), *by_steps(text, parts), *names_of_both(text, parts)):
            names.setdefault(label.casefold(), _of_all(label, spelled, is_drugs=True))
        for i in range(len(treatments)):
            for name in (*_longer_names(text, treatments[i], names), *_names_after(text, treatments, i, groups)):
                known = names.get(name.label.casefold())
                # A paper that defines a name twice names the drugs, or the part that goes on ("maintenance with A (A arm)"), the second time.
                if known is None or _told_by(known) < _told_by(name):
                    names[name.label.casefold()] = name
        for name in setting_groups(text, treatments):
            settings.setdefault(name.label.casefold(), name)
        for name in _lettered(text, treatments):
            names.setdefault(name.label.casefold(), name)
    for text, parts in sentences:
        names |= {
            label.casefold(): _of_all(label, told, is_drugs=False) for label, told in names_with_option(text, compose(text, parts, combinations))
        }
    for label, part in [one for name in names.values() for one in tokens_of(name.label, name.parts)]:
        names.setdefault(label.casefold(), ArmName(label, part.name, (part,), True))
    return ArmBook(names, settings if len({s.norm for s in settings.values()}) > 1 else {}, combinations=combinations)


def _of_all(label: str, treatments: Sequence[Mention], *, is_drugs: bool) -> ArmName:
    made = tuple(dict.fromkeys(p for m in treatments for p in m.parts))
    return ArmName(label, " + ".join(dict.fromkeys(m.norm for m in treatments)), made, is_drugs)


def _told_by(name: ArmName) -> tuple[int, int]:
    return sum(p.kind == "drug" for p in name.parts), len(name.parts)


_LONGER = re.compile(r"\s?\(\s?(?P<label>(?P<known>[A-Z][A-Za-z0-9]{1,7})[+/-](?P<more>[A-Z][A-Za-z]{0,4}))(?=[\s);,])")


def _longer_names(text: str, added: Mention, names: Mapping[str, ArmName]) -> Iterator[ArmName]:
    """An abbreviation that adds the initial of a drug to one that is known: "docetaxel and cisplatin (DC) with or without bevacizumab (DC-B)"."""
    match = _LONGER.match(text, added.span.end)
    known = names.get(match.group("known").casefold()) if match is not None else None
    if match is None or known is None or set(added.parts) & set(known.parts):
        return
    if added.span.of(text).casefold().startswith(match.group("more").casefold()):
        yield ArmName(match.group("label"), f"{known.norm} + {added.norm}", (*known.parts, *added.parts), True)


def _defined_later(text: str, treatments: Sequence[Mention], i: int, groups: Collection[str]) -> re.Match[str] | None:
    """The bracket that names a group behind the doses and days of its treatment: "cyclophosphamide 600 mg/m2 every 2 weeks (ddAC)"."""
    end = treatments[i].span.end
    opened = text.find("(", end, end + 45)
    match = _DEFINED.match(text, opened) if opened > 0 and not re.search(r"[).;:]\s|,\s(?:or|and)\b", text[end:opened]) else None
    if (
        match is None
        or not (match.group("ahead") or match.group("label").casefold() in groups)
        or any(end < t.span.start < opened for t in treatments)
    ):
        return None
    return match


def _names_after(text: str, treatments: Sequence[Mention], i: int, groups: Collection[str] = ()) -> Iterator[ArmName]:
    treatment = treatments[i]
    match = _DEFINED.match(text, treatment.span.end) or _defined_later(text, treatments, i, groups)
    short = _SHORT_GROUP.match(text, treatment.span.end)
    if short is not None and not is_known(short.group("label")) and fits_as_label(short.group("label"), has_word=True):
        yield ArmName(short.group("label"), treatment.norm, treatment.parts, False)
    if match is None:
        return
    label = match.group("label")
    if not (label.casefold() in groups or fits_as_label(label, bool(match.group("word") or match.group("ahead")))) or any(
        t.span.start < match.end() and match.start() < t.span.end and t.span != treatment.span and t.span.of(text) != label for t in treatments
    ):
        return
    called = bool(match.group("word") or match.group("ahead")) or label.casefold() in groups
    if treatment.norm.startswith("no ") or is_another_drug(label, treatment):
        return
    if not called and not is_known(label) and names_last_only(text, treatment, label):
        last = treatment.parts[-1]
        yield ArmName(label, last.name, (last,), last.kind == "drug")
        return
    if not called and (is_known(label) or not abbreviates(label, treatment.span.of(text))):
        return
    is_drugs = all(p.kind == "drug" for p in treatment.parts) and len(label) > 1
    if any(match.start() < t.span.start and t.span.end <= match.end() and t.parts == treatment.parts for t in treatments):
        return
    if len(treatment.parts) == 1 and not called and len(label) > 2 and not label.isupper():
        return
    yield ArmName(label, treatment.norm, treatment.parts, is_drugs)


# "the exercise group (EG)", "the lenvatinib arm (LEN, n = 40)"
_SHORT_GROUP = re.compile(r"\s(?:group|arm)\s?[\[(]\s?(?P<label>[A-Z]{2,5})(?=[\s,;:)\]])")


def _lettered(text: str, treatments: Sequence[Mention]) -> Iterator[ArmName]:
    """Arms called by a letter or number: "arm A (docetaxel)", "group 1 received docetaxel", "docetaxel (arm A)"."""
    for match in _LETTERED.finditer(text):
        label = f"{match.group('word')} {match.group('which')}"
        after = [t for t in treatments if 0 <= t.span.start - match.end() <= 40]
        before = [t for t in treatments if match.start() - t.span.end >= 0 and OPENS_BEHIND.fullmatch(text, t.span.end, match.start())]
        if before and re.match(r"\s*[,;)\]]", text[match.end() :]):
            yield ArmName(label, before[-1].norm, before[-1].parts, False)
        elif after and _TO_LETTER.fullmatch(text[match.end() : after[0].span.start]):
            yield ArmName(label, after[0].norm, after[0].parts, False)


_TO_LETTER = re.compile(
    r"\s*(?:\(|\[|:|,|;|=|-|received|was|were|given|with|treated with|patients|subjects|participants|women|men|assigned to|to"
    r"|consisted of|the|n\s?=\s?\d+[;,)]?|\s)*"
)


def _received(text: str, treatments: Sequence[Mention], groups: Collection[str]) -> Iterator[ArmName]:
    """Groups whose treatment is told behind their name: "the LI group (n = 20) received ...", "group A was treated with ..."."""
    for label in groups:
        for match in re.finditer(rf"\b{in_words(label)}(?:\s(?:groups?|arms?))?\b", text, re.IGNORECASE):
            if not re.search(r"\b(?:group|arm)\b", match.group(), re.IGNORECASE) or _OF_SOME.search(words_before(text, match.start())):
                continue
            after = [t for t in treatments if 0 <= t.span.start - match.end() <= 90]
            if after and _RECEIVED.fullmatch(text[match.end() : after[0].span.start]):
                own = [t for t in after if not _NEXT_GROUP.search(text[match.end() : t.span.end + len(" groups")])]
                run = given_together(text, own) or after[:1]
                yield ArmName(label, " + ".join(dict.fromkeys(t.norm for t in run)), tuple(dict.fromkeys(p for t in run for p in t.parts)), False)


_RECEIVED = re.compile(
    r"""
    \s* (?: \([^()]*\) \s* )? ,? \s? (?:patients\s)? (?: (?: were | was )\s )?
    (?: received | receiving | treated\s(?:with|by) | given | consisted\sof | assigned\sto )\s
    (?: (?: the | an? | only | also | either | standard | conventional | \d+ | cycles | courses | of | doses? | daily | oral )\s ){0,5}
    """,
    re.IGNORECASE | re.VERBOSE,
)


_NEXT_GROUP = re.compile(r"\b(?:groups?|arms?|others?|controls?)\b|[;:]", re.IGNORECASE)
_OF_SOME = re.compile(
    r"\b(?:none|no|some|few|most|one|two|\d+%?\)?|patients?|women|men)\s(?:of\s)?(?:the\s)?(?:patients\s)?(?:in|of|from|on)\s(?:the\s)?$", re.I
)


# "34 patients to the X arm" is its size only in a sentence that assigns; elsewhere it may be how many had an event.
_SIZE_BEFORE = re.compile(
    r"\b(\d{1,5})\s(?:patients|cases|women|men|participants)?\s?(?:were\s)?(?:assigned\s|allocated\s|randomi[sz]ed\s)?(?:in|to|received)\s(?:the\s)?$"
)
_ASSIGNING = re.compile(r"\b(?:randomi[sz]\w+|randomly|assign\w+|allocat\w+|enrol\w+|divided)\b", re.IGNORECASE)


def _counted(book: ArmBook, sentences: Sequence[tuple[str, Sequence[Mention]]]) -> ArmBook:
    """The same book with the sizes of its arms, and the treatments that the document speaks of as groups, most often first."""
    counts: dict[str, int] = {}
    studied: dict[str, int] = {}
    parts_of: dict[str, tuple[Part, ...]] = {}
    for text, parts in sentences:
        for arm in find_arms(text, parts, book):
            parts_of.setdefault(arm.norm, arm.parts)
            if arm.detail != "treatment" or re.match(rf"\s(?:{ARM_WORD})\b", text[arm.span.end :]):
                studied[arm.norm] = studied.get(arm.norm, 0) + 1
            size = re.match(rf"(?:\s(?:{ARM_WORD}))?\s?[\[(][^()\[\]]{{0,12}}?\bn\s?=\s?(\d{{1,5}})\b", text[arm.span.end :])
            if size is None and _ASSIGNING.search(text) and re.match(rf"\s(?:{ARM_WORD})\b|[\s.,;)]", text[arm.span.end :]):
                size = _SIZE_BEFORE.search(words_before(text, arm.span.start))
            if size:
                counts[arm.norm] = max(counts.get(arm.norm, 0), int(size.group(1)))  # what is smaller is of a part of the arm
    ordered = tuple(sorted(studied, key=lambda a: (-studied[a], a)))
    return replace(book, counts=counts, studied=ordered, parts=parts_of)


def find_arms(text: str, parts: Sequence[Mention], book: ArmBook) -> list[Mention]:
    """The arms named in a sentence: treatments, the document's own names, and groups by their role. In order, apart."""
    composed = as_assigned(text, compose(text, with_aliases(text, parts, book), book.combinations), {frozenset(a.parts) for a in book.assigned})
    told = [with_setting(text, t, book) for t in composed]
    found = [t for t in told if not any(o.span.covers(t.span) and o.span != t.span for o in told)]
    for mention in (
        *setting_mentions(text, book),
        *_labels(text, book),
        *_group_mentions(text, book),
        *_roles(text, set_apart=len(book.assigned) == _TWO),
        *_combinations(text, book),
        *_short_role_mentions(text, book),
    ):
        if mention.detail == "label":
            compound = mention.norm in book.compounds
            found = [m for m in found if not (mention.span.overlaps(m.span) if compound else m.span != mention.span and mention.span.covers(m.span))]
        if not any(mention.span.overlaps(m.span) for m in found):
            found.append(mention)
    return with_contrasted(
        text, with_ways(text, sorted(beside_its_setting(found, book), key=lambda m: m.span), book.ways), (*book.contrasted, *book.in_full)
    )


def treatments(text: str, book: ArmBook) -> list[Mention]:
    """The treatments of a label or a caption by the document's own names."""
    return with_aliases(text, book.glossary.treatments(text), book)


def _aliases(text: str, parts: Sequence[Mention], book: ArmBook) -> Iterator[Mention]:
    """The document's abbreviations of drugs and their combinations, as drugs."""
    taken: list[CharSpan] = []
    for name in sorted(book.names.values(), key=lambda n: (-len(n.label), n.label)):
        if name.is_drugs:
            for match in _name_pattern(name.label).finditer(text):
                span = CharSpan(*match.span())
                wider = all(_stands_for(name, span, p) for p in parts if span.overlaps(p.span))
                if wider and not any(span.overlaps(t) for t in taken):
                    taken.append(span)
                    yield Mention(MentionKind.DRUG, span, name.norm, name.parts)


def _stands_for(name: ArmName, span: CharSpan, known: Mention) -> bool:
    """Whether the document's own name goes before one of the lexicons: it holds it, or it is another treatment than the regimen of this name."""
    return span.covers(known.span) and (span != known.span or (len(known.parts) > 1 and not set(name.parts) <= set(known.parts)))


def with_aliases(text: str, parts: Sequence[Mention], book: ArmBook) -> list[Mention]:
    """The drugs of a sentence with the document's abbreviations; an abbreviation takes the place of a name inside it ("PCR" in "PCR-B")."""
    aliases = list(_aliases(text, parts, book))
    return [*(p for p in parts if not any(a.span.covers(p.span) for a in aliases)), *aliases]


def _name_pattern(label: str) -> re.Pattern[str]:
    body = in_words(label)
    if len(label) > 2 or (label.isupper() and len(label) > 1):
        return re.compile(rf"(?:(?<![\w/+-])|(?<=\bpost-)|(?<=\bpre-)){body}(?![\w]|-\d|\+\w)")
    return re.compile(rf"(?<![\w/.-]){body}(?![\w-])")


_LETTERS = re.compile(
    rf"\b(?P<word>arm|group|cohort)s?\s(?P<list>{GROUP_LETTER}(?:(?:\s?,\s?(?:and\s)?|\s(?:and|or|vs\.?|versus)\s|\s?/\s?){GROUP_LETTER})*)\b(?!\s?[-/]\s?\d)",
    re.IGNORECASE,
)


def _lettered_mentions(text: str, book: ArmBook) -> Iterator[Mention]:
    """Arms by their letters, alone and listed: "arm A", "arms A and B"; the span is the letter's, with the word where it stands right before."""
    for span, called in _letter_spans(text):
        name = book.names.get(called)
        if name is not None:
            yield Mention(MentionKind.ARM, span, name.norm, name.parts, detail="label")


def _labels(text: str, book: ArmBook) -> Iterator[Mention]:
    yield from _lettered_mentions(text, book)
    for name in book.names.values():
        if name.is_drugs or _LETTERED.fullmatch(name.label) or _LETTERS.fullmatch(name.label):
            continue
        for match in _name_pattern(name.label).finditer(text):
            if len(name.label) == 1 and not _one_letter_arm(text, match, book):
                continue
            yield Mention(MentionKind.ARM, CharSpan(*match.span()), name.norm, name.parts, detail="label")


def _group_mentions(text: str, book: ArmBook) -> Iterator[Mention]:
    """Groups by names that no treatment is known behind: right before "group" or "arm", or in a list that ends there."""
    for label in sorted(book.groups, key=lambda g: (-len(g), g)):
        name = book.groups[label]
        if label in book.names:
            continue
        if label in ROLES:
            for match in re.finditer(rf"\b{label}\s(?:group|arm)\b", text, re.IGNORECASE):
                yield Mention(MentionKind.ARM, CharSpan(*match.span()), label, (), detail="role")
        elif _LETTERS.fullmatch(label):
            yield from (
                Mention(MentionKind.ARM, span, name.norm, name.parts, detail="label") for span, called in _letter_spans(text) if called == label
            )
        else:
            called = in_words(label)
            behind = rf"(?<=\b[Gg]roup\s){called.upper()}(?![\w-])" if " " not in label else "(?!)"
            for match in re.finditer(rf"(?<![\w/+.-])(?i:{called})(?=\s(?:{_OTHER_NAMES}){{0,2}}(?i:groups?|arms?)\b)|{behind}", text):
                yield Mention(MentionKind.ARM, CharSpan(*match.span()), name.norm, name.parts, detail="label")


_OTHER_NAMES = r"(?:(?:and|vs\.?|versus|or|,)\s(?:the\s)?(?:[\w/+.-]+\s){1,3})"


def _letter_spans(text: str) -> Iterator[tuple[CharSpan, str]]:
    """Where letters and numbers of arms stand, alone and listed, and what each calls its arm: "arm a"."""
    for match in _LETTERS.finditer(text):
        for letter in re.finditer(rf"\b{GROUP_LETTER}\b", match.group("list")):
            if letter.group().isupper() or letter.group().isdigit():
                start = match.start("list") + letter.start()
                first = match.start() if letter.start() == 0 else start
                yield CharSpan(first, start + len(letter.group())), f"{match.group('word')} {letter.group()}".casefold()


_LIST_OF_LETTERS = re.compile(r"(?<=\s)[A-E](?:,\s[A-E])+,?\s(?:and|or)\s[A-E](?![\w-])")


# "24% with DZ and 15% with Z", "12% (DZ) versus 31% (Z)"
_OPENS_LETTER = re.compile(r"(?:\d%?|patients|months)\s(?:with|for|in|on|after)\s(?:the\s)?$|\d%?\s?\($")
_CLOSES_LETTER = re.compile(r"\s?(?:[).,;]|$)|\s(?:and|or|versus|vs|compared|\()")


def _one_letter_arm(text: str, match: re.Match[str], book: ArmBook) -> bool:
    """A single letter is an arm beside "group", or beside another of the document's arms ("LP vs R", "LP/R"); the article "A" is none."""
    if match.group() == "A" and text[: match.start()].rstrip()[-1:] in ("", ".", ":", ";"):
        return False
    if re.match(rf"\s(?:two\s)?(?:{ARM_WORD})\b|\s(?:therapy|treatments?)\b", text[match.end() :]):
        return True
    if re.search(r"\b(?:groups?|arms?)\s$", text[max(match.start() - 8, 0) : match.start()], re.IGNORECASE):
        return True
    if any(m.start() <= match.start() < m.end() for m in _LIST_OF_LETTERS.finditer(text)):
        return True
    others = "|".join(re.escape(n.label) for n in book.names.values() if n.label != match.group())
    if others and _OPENS_LETTER.search(text[: match.start()]) and _CLOSES_LETTER.match(text, match.end()):
        return bool(re.search(rf"(?<![\w/+-])(?:{others})(?![\w-])", text))
    return bool(others) and bool(re.search(rf"\b(?:{others})\s?(?:/|vs\.?|versus|or|and)\s?$", words_before(text, match.start())))


_SHORT_ROLE = re.compile(
    r"\b(?P<role>control|comparator|intervention|experimental|study|trial|treatment|observation)\s(?:group|arm)\s?[\[(]\s?(?P<short>[A-Z]{2,4})(?=[\s,;:)\]])",
    re.IGNORECASE,
)


def _short_roles(sentences: Sequence[tuple[str, Sequence[Mention]]]) -> dict[str, str]:
    """What a paper calls its groups by role in short: "the control group (CG)"."""
    found = (m for text, _ in sentences for m in _SHORT_ROLE.finditer(text))
    return {
        m.group("short"): m.group("role").casefold() for m in found if m.group("short").isupper() and m.group("short").casefold() not in NOT_LABELS
    }


def _short_role_mentions(text: str, book: ArmBook) -> Iterator[Mention]:
    for short, role in book.roles.items():
        for match in re.finditer(rf"(?<![\w/+.-]){short}(?![\w/+]|[-.]\w)", text):
            yield Mention(MentionKind.ARM, CharSpan(*match.span()), role, (), detail="role")


# "with the combination", "after combined treatment", "under combination therapy": not "the combination of A and B", "combination chemotherapy".
_COMBINATION = re.compile(
    r"""
    \b the\scombination (?: \s(?: therapy | treatment | regimen ) )?
        \b (?! \s(?: of | with | between | chemo\w+ | immuno\w+ | studies | trials? | partner ) \b | [\s-][\w-]+\s(?:groups?|arms?)\b )
  | (?: (?<=\bwith\s) | (?<=\bon\s) | (?<=\bfor\s) | (?<=\bafter\s) | (?<=\bunder\s) | (?<=\breceiving\s) | (?<=\bgiven\s)
        | (?<=\bthan\s) | (?<=\bthe\s) )
        combin(?:ed|ation)[\s-](?: modality[\s-] )?(?: treatment | therapy )\b (?! \s(?: of | with )\b )
  | (?<=[(\[]) combination (?=[)\]])
  | \b combined (?= (?: [\s-]modality )? (?: \s(?: treatment | therapy ) )? \s(?: groups? | arms? )\b )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _combinations(text: str, book: ArmBook) -> Iterator[Mention]:
    """The one arm that holds all that each other has, or of three arms or more the only one of several parts, spoken of as the combination."""
    parts = [{p.name for p in arm.parts} for arm in book.assigned]
    of_several = [one for one in parts if len(one) > 1]
    adds = any(all(other < one for other in parts if other is not one) for one in parts)
    if len(parts) > 1 and (adds or (len(parts) > _TWO and len(of_several) == 1)):
        for match in _COMBINATION.finditer(text):
            yield Mention(MentionKind.ARM, CharSpan(*match.span()), "combination", (), detail="role")


_TWO = 2
# The arm under test by what it was for; "the Nordic Study Group" is none.
_STUDY_GROUP = re.compile(r"\b(?P<role>study|test|trial)\s(?:group|arm)\b(?!\s(?:[A-D]|[1-4]|I{1,3}|IV)\b)")


def _roles(text: str, *, set_apart: bool) -> Iterator[Mention]:
    for match in _STUDY_GROUP.finditer(text) if set_apart else ():
        yield Mention(MentionKind.ARM, CharSpan(*match.span()), match.group("role"), (), detail="role")
    for match in _ROLE_LABELS.finditer(text):
        role = (match.group("role") or match.group("bare")).casefold()
        yield Mention(MentionKind.ARM, CharSpan(*match.span()), "control" if role == "controls" else role.removeprefix("the "), (), detail="role")
