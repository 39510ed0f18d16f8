"""Who did better than whom in the words of a sentence: read from its tree, from the line where there is none.

An endpoint hangs, step by step, on what is said of it: "[longer] PFS", "PFS was [longer]", "[prolonged] PFS", "no [difference] in PFS". The first such
word on the way up to its verb is the claim; "no", "not", "failed to" and "a trend toward" on that way make it one of no difference. Which arm has the
more of it, and which is compared against, shows on the line: "than", "compared with", "versus" stand before the latter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from extractor.document import CharSpan, SectionKind
from extractor.entities import Mention, MentionKind
from extractor.records import Direction
from extractor.relations.attribution import PEOPLE_WITH, in_order, resolve
from extractor.relations.context import arms_in_force, study_at
from extractor.relations.findings import ArmOf, Said, StudyOf
from extractor.relations.patterns import PLANNED
from extractor.relations.polarity import is_significant, more_is_good, opposite
from extractor.relations.reading import Reading
from extractor.relations.topics import singular
from extractor.syntax import Relation, Tree


class Claim(Enum):
    """What a word says of an endpoint."""

    MORE = "more"
    LESS = "less"
    BETTER = "better"
    WORSE = "worse"
    ALIKE = "alike"
    UNLIKE = "unlike"  # a difference, of which the word does not say to whose good


_WORDS = {
    Claim.MORE: "longer higher greater larger more increased prolonged elevated extended increase increases increasing prolong prolongs prolonging "
    "prolongation prolongs raise raised raises extend extends extension enhance enhanced enhances lengthen lengthened doubled doubling elevation "
    "increment excess commoner",
    Claim.LESS: "shorter lower smaller fewer less reduced decreased reduce reduces reducing reduction reductions decrease decreases decreasing "
    "shorten shortened shortens lowered lowers diminish diminished diminishes lessened prevent prevented prevents halved rarer alleviated attenuated "
    "ameliorated",
    Claim.BETTER: "better superior improved improve improves improving improvement improvements benefit benefits benefited benefitted advantage "
    "advantages superiority delayed delay delays favorable favourable gain gains",
    Claim.WORSE: "worse inferior poorer worsened worsen worsens detriment detrimental impaired inferiority unfavorable unfavourable disadvantage",
    Claim.ALIKE: "similar comparable equivalent identical equal same noninferior non-inferior unchanged equally similarly balanced",
    Claim.UNLIKE: "different differ differs differed difference differences effect effects impact influence affect affected affects alter altered",
}
_CLAIMS = {word: claim for claim, words in _WORDS.items() for word in words.split()}
CUE = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _CLAIMS), key=len, reverse=True))}|favou?r\w*)\b", re.IGNORECASE)
# Of these words it says nothing that they are compared: "no longer", "at least", "more than 10 %".
_NO_CLAIM = re.compile(
    r"\b(?:no|any)\slonger\b|\bmore\sthan\s(?=\d|one|two|half)|\bless\sthan\s(?=\d|one|half)|\bmore\sor\sless\b|\bfurther\smore\b", re.IGNORECASE
)
# Words of comparison that do not say that two arms are compared, though none is named: "no effect on OS" may be age's.
_OF_SOMETHING = frozenset("effect effects impact influence affect affected affects alter altered".split())
# What stands between an endpoint and the word that speaks of something else: "no difference in the [association] between age and OS".
_BARRIERS = frozenset("association correlation interaction relationship relation heterogeneity predictor factor marker expression".split())
_COUNTED = frozenset("number proportion percentage rate incidence frequency fraction share more fewer".split())
_CHANGES = {Claim.MORE: Claim.LESS, Claim.LESS: Claim.MORE, Claim.BETTER: Claim.WORSE, Claim.WORSE: Claim.BETTER}
_OFTEN = frozenset("common frequent frequently often likely prevalent pronounced severe many commonly likelihood".split())
_GOOD = frozenset("favorable favourable effective efficacious beneficial".split())
_PEOPLE = frozenset("patient subject participant woman man individual case person child case".split())
_DENIES = frozenset("no neither nor without".split())
_FAILS = frozenset("fail lack absence".split())
_HEDGES = frozenset(
    "trend tend tendency numerically nonsignificant nonsignificantly non-significant non-significantly insignificant insignificantly".split()
)
# Whose doing a difference is not though it stands as subject: who saw it, where it was seen.
_SEES = frozenset(
    "analysis analyses result study trial data we there it finding report author comparison meta-analysis model test curve this that which they".split()
)
_NOT_SIGNIFICANT = re.compile(
    r"""
    \b (?: not | n't | nor | without | never | neither )\s (?:\w+\s){0,4}? (?: statistical(?:ly)?\s )? signific\w+
  | \b non-?significant(?:ly)? \b | \b insignificant(?:ly)? \b | \b no \s (?:statistical(?:ly)?\s)? signific\w+ \b
  | \b (?: statistical\s )? significance \s was\snot\s reached | \b NS \b (?=\s?[);,])
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What is wished, asked or expected is not found.
_NOT_FOUND = re.compile(
    r"""
    \b (?: may | might | could | would | should | whether | hypothesi\w+ | aim(?:ed|s)? | objectives? | purpose | designed\sto | in\sorder\sto | expected
      | to\s(?:determine|evaluate|assess|test|investigate|examine|compare|demonstrate|detect|explore|confirm) | if | potential(?:ly)? | promis\w+
      | is\sneeded | are\sneeded | is\swarranted | can | primary\send-?point\swas ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AGAINST = re.compile(
    r"""
    \b (?: than | versus | vs\.? | over | against | as\sopposed\sto | rather\sthan
      | (?: compared | comparison | relative | contrast | respect | compare | superior | inferior | similar | comparable | equivalent | comparing )\s
        (?:favou?rably\s)? (?:with|to) )
    \s (?: (?!(?:and|or|but|while|whereas)\b) [^\s,;:()]+ \s | \([^()]*\)\s ){0,7}?
    $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKER = re.compile(
    r"""
    \b (?: than | versus | vs\.? | as\sopposed\sto | rather\sthan
      | (?: compared | comparison | relative | contrast | superior | inferior | similar | comparable | equivalent )\s (?:favou?rably\s)? (?:with|to) )
    (?=\s)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UNNAMED = re.compile(r"\b(?:arms|groups|regimens|treatments)\b", re.IGNORECASE)
_OTHER_CONTRAST = re.compile(
    r"\b(?:between|among|according\sto|on\sthe\sbasis\sof|based\son|with\s(?:and|or)\swithout|(?:ir)?respective\sof|regardless\sof|by)\s(?!(?:the\s)?(?:two|three|both|treat)?\s?(?:groups|arms))",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\b(?:addition\sof|adding)\s(?:[\w-]+\s){0,2}?$", re.IGNORECASE)
_FAVORED = re.compile(r"\bfavou?r(?:s|ed|ing|able\sto)?\s(?:of\s)?(?:the\s|an?\s)?(?:\w+\s){0,3}?$", re.IGNORECASE)
_NOT_FAVORED = re.compile(r"\b(?:not|neither|no)\s(?:\w+\s){0,3}favou?r", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|among|across)\s", re.IGNORECASE)
_OF_GROUPS = re.compile(
    r"""
    \b (?: between | among | in | across | for | of )\s (?:the\s)? (?:all\s)? (?: both | two | 2 | three | 3 | either | study | treatment | trial | randomi[sz]ed )? \s?
       (?:treatment\s|study\s|trial\s)? (?: groups? | arms? | treatments? | regimens? | schedules? | therapies | strategies )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SURVIVAL = re.compile(
    r"(?<![\w-])(?<!free\s)(?<!specific\s)(?<!overall\s)survival\b(?!\s(?:curves?|analys[ei]s|data|outcomes?\sof|models?|function))", re.IGNORECASE
)
_MORTALITY = re.compile(r"(?<![\w-])(?<!related\s)(?<!specific\s)(?<!relapse\s)(?:mortality|deaths?)\b", re.IGNORECASE)
_LOSS = frozenset("risk hazard mortality".split())
_CLAUSE_WORD = re.compile(r"[;:]\s|,?\s(?:whereas|while|whilst|but|although|though|however)\s|,\sand\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Claimed:
    """What is said of an endpoint: the claim, where its word stands, whether it is denied, whether the endpoint is counted as its loss."""

    claim: Claim
    cue: CharSpan
    denied: bool
    loss: bool
    clause: frozenset[int] | None = None
    subject: int | None = None


def directions_of(reading: Reading, tree: Tree | None) -> list[Said]:
    """Who did better than whom as a sentence says it, once for each endpoint and pair of arms; nothing for what is planned, hoped or asked."""
    text = reading.text
    if not may_tell(reading) or _NOT_FOUND.search(text) or PLANNED.search(text) or text.startswith("To "):
        return []
    said: dict[tuple[str, str | None, str, str], Said] = {}
    told = [*_told_of(reading)]
    spans = [m.span for m in told]
    for mention in told:
        claimed = _by_tree(tree, text, mention.span, spans) if tree is not None else _by_line(text, mention.span)
        if claimed is None:
            continue
        one = _said(reading, tree, mention, claimed)
        if one is not None:
            said.setdefault((one.endpoint, one.event, one.arm.norm, one.comparator.norm), one)
    return list(said.values())


def may_tell(reading: Reading) -> bool:
    """Whether a sentence has words of comparison, and stands where results are told."""
    return reading.read.sentence.section.kind not in (SectionKind.METHODS, SectionKind.TABLE, SectionKind.REFERENCES) and bool(
        CUE.search(reading.text)
    )


def _told_of(reading: Reading) -> Iterator[Mention]:
    """What a sentence can say something of: its endpoints and adverse events, and survival and mortality by their plain names."""
    found = [e for e in reading.endpoints if e.norm != "FOLLOW_UP"]
    found += [replace(e, kind=MentionKind.ADVERSE_EVENT) for e in reading.read.of(MentionKind.ADVERSE_EVENT)]
    for pattern, code in ((_SURVIVAL, "OS"), (_MORTALITY, "DEATH")):
        for match in pattern.finditer(reading.text):
            span = CharSpan(*match.span())
            if not any(span.overlaps(m.span) for m in (*found, *reading.arms)):
                found.append(Mention(MentionKind.ENDPOINT, span, code))
    yield from sorted(found, key=lambda m: m.span)


# --- what is claimed ------------------------------------------------------------------------------------------------------------------------------


def _by_tree(tree: Tree, text: str, span: CharSpan, spans: Sequence[CharSpan]) -> _Claimed | None:
    start = tree.at(span)
    if start is None:
        return None
    own = {at for at, node in enumerate(tree.nodes) if any(node.span.overlaps(one) for one in spans)}
    denied = loss = False
    path = tree.path(start)
    for at in path:
        if tree.nodes[at].lemma in _BARRIERS or _is_of_people(tree, at, start):
            return None
        found = _cue_at(tree, text, at, own)
        denied = denied or _denies(tree, at)
        loss = loss or (at not in own and tree.nodes[at].lemma in _LOSS)
        if found is not None:
            cue, claim = found
            verb = _verb_of(tree, cue)
            way = {*_up_to(tree, cue, verb), *_up_to(tree, at, verb)}
            denied = denied or any(_denies(tree, step) for step in way)
            return _Claimed(claim, tree.nodes[cue].span, denied, loss, _clause(tree, verb), _subject(tree, verb))
        if _is_verb(tree, at) and at != start:
            return None
    return None


def _is_of_people(tree: Tree, at: int, start: int) -> bool:
    """Whether a node is the people that have what is named ("in patients with renal impairment"), unless it is these that are counted."""
    if at == start or tree.nodes[at].lemma not in _PEOPLE:
        return False
    around = {tree.nodes[c].text.casefold() for c in tree.children(at, Relation.MODIFIER)} | {tree.nodes[step].lemma for step in tree.path(at)[:3]}
    return not around & _COUNTED


def _is_verb(tree: Tree, at: int) -> bool:
    node = tree.nodes[at]
    return node.tag.startswith("VB") and node.relation in (Relation.ROOT, Relation.CLAUSE, Relation.CONJUNCT, Relation.OTHER)


def _cue_at(tree: Tree, text: str, at: int, own: set[int]) -> tuple[int, Claim] | None:
    """The word that makes a claim at one step of the way up: the node itself, a modifier, a complement, for a verb the heads of its noun phrases."""
    candidates = [at] if at not in own else []
    candidates += [c for c in tree.children(at, Relation.MODIFIER, Relation.CLAUSE) if tree.nodes[c].tag[:2] in ("JJ", "RB", "VB")]
    if tree.nodes[at].tag.startswith("VB"):
        for child in tree.children(at, Relation.COMPLEMENT, Relation.OBJECT, Relation.SUBJECT, Relation.PASSIVE_SUBJECT, Relation.CLAUSE):
            candidates += [child, *tree.children(child, Relation.MODIFIER)] if tree.nodes[child].relation is not Relation.CLAUSE else []
        # "was in [favor] of X", "was 90% with no [difference] between"
        phrases = [p for one in (at, *tree.children(at, Relation.COMPLEMENT)) for p in tree.children(one, Relation.PREPOSITION)]
        candidates += [c for p in phrases for c in tree.children(p, Relation.PREPOSITIONAL_OBJECT)]
    for candidate in candidates:
        if candidate in own:
            continue
        claim = _claim_of(tree, text, candidate)
        if claim is not None and _concerns(tree, at, candidate):
            return candidate, claim
    return None


def _concerns(tree: Tree, at: int, cue: int) -> bool:
    """Whether a modifier of a verb's noun phrase speaks of what the verb tells: "[more] patients had rash" does, "[longer] treatment had rash" not."""
    head = tree.nodes[cue].head
    if tree.nodes[cue].relation is Relation.MODIFIER and head != at and tree.nodes[head].head == at:
        return (
            tree.nodes[head].lemma in _PEOPLE
            or tree.nodes[head].relation is Relation.COMPLEMENT
            or _CLAIMS.get(tree.nodes[head].text.casefold()) is not None
        )
    return True


def _claim_of(tree: Tree, text: str, at: int) -> Claim | None:
    node = tree.nodes[at]
    word = node.text.casefold()
    if re.match(r"favou?r", word) and word not in _CLAIMS:
        return Claim.UNLIKE
    claim = _CLAIMS.get(word)
    modifiers = [tree.nodes[c].text.casefold() for c in tree.children(at, Relation.MODIFIER)]
    if word in _OFTEN or word in _GOOD or (word in _CLAIMS and claim is Claim.BETTER and word in _GOOD):
        degree = Claim.MORE if "more" in modifiers else Claim.LESS if "less" in modifiers else None
        if word in _OFTEN or degree is None:
            return degree
        return Claim.BETTER if degree is Claim.MORE else Claim.WORSE
    if claim is None or any(m.start() <= node.span.start < m.end() for m in _NO_CLAIM.finditer(text)):
        return None
    head = tree.nodes[node.head].text.casefold()
    if word in ("more", "less") and head in _GOOD:
        return Claim.BETTER if word == "more" else Claim.WORSE
    if node.tag.startswith("NN") and any(_CLAIMS.get(word) is Claim.LESS for word in modifiers):
        return _CHANGES.get(claim)  # a smaller increase
    return claim


def _denies(tree: Tree, at: int) -> bool:
    """Whether a node denies what hangs on it, or takes back that it is more than a trend."""
    node = tree.nodes[at]
    if node.text.casefold() in _DENIES or node.lemma in _FAILS or node.lemma in _HEDGES or node.text.casefold() in _HEDGES:
        return True
    for child in tree.children(at):
        inner = tree.nodes[child]
        if inner.relation is Relation.NEGATION or inner.text.casefold() in (*_DENIES, "not", "n't"):
            following = tree.nodes[child + 1].text.casefold() if child + 1 < len(tree.nodes) else ""
            if following != "only":
                return True
        if inner.text.casefold() in _HEDGES:
            return True
    return False


def _verb_of(tree: Tree, at: int) -> int:
    """The verb that a node is told with: the first verb at or above it."""
    for step in tree.path(at):
        if _is_verb(tree, step):
            return step
    return tree.path(at)[-1]


def _up_to(tree: Tree, at: int, verb: int) -> Iterator[int]:
    """The way from a node up to its verb, and on over the verbs that it is the complement of ("failed to [improve]", "tended to [be longer]")."""
    path = tree.path(at)
    for step in path:
        yield step
        if step == verb:
            break
    else:
        return
    while tree.nodes[verb].relation is Relation.CLAUSE and tree.nodes[verb].tag == "VB" and tree.nodes[verb].head != verb:
        verb = tree.nodes[verb].head
        yield verb


def _clause(tree: Tree, verb: int) -> frozenset[int]:
    """All nodes under a verb but those of the clauses coordinated to it, and of the one that it is the complement of."""
    top = verb
    while tree.nodes[top].relation is Relation.CLAUSE and tree.nodes[top].head != top:
        top = tree.nodes[top].head
    found: set[int] = set()
    waiting = [top]
    while waiting:
        at = waiting.pop()
        found.add(at)
        for child in tree.children(at):
            apart = tree.nodes[child].relation is Relation.CONJUNCT and tree.nodes[child].tag.startswith("VB") and at in (top, verb)
            if not apart or child == verb:
                waiting.append(child)
    return frozenset(found)


def _subject(tree: Tree, verb: int) -> int | None:
    """The subject of a verb; that of the verb which it is coordinated to or a complement of where it has none of its own."""
    for step in tree.path(verb):
        if _is_verb(tree, step):
            own = tree.children(step, Relation.SUBJECT, Relation.PASSIVE_SUBJECT)
            if own:
                return own[0]
    return None


def _by_line(text: str, span: CharSpan) -> _Claimed | None:
    """What the nearest word of comparison in the clause claims of an endpoint."""
    ends = [0, *(m.end() for m in _CLAUSE_WORD.finditer(text)), len(text)]
    start = max(e for e in ends if e <= span.start)
    end = min(e for e in ends if e >= span.end)
    best: tuple[int, CharSpan, Claim] | None = None
    for match in CUE.finditer(text, start, end):
        cue = CharSpan(*match.span())
        if cue.overlaps(span) or any(m.start() <= cue.start < m.end() for m in _NO_CLAIM.finditer(text)):
            continue
        claim = _CLAIMS.get(match.group().casefold(), Claim.UNLIKE)
        distance = min(abs(cue.start - span.end), abs(span.start - cue.end))
        if best is None or distance < best[0]:
            best = distance, cue, claim
    if best is None:
        return None
    _, cue, claim = best
    clause = text[start:end]
    denied = bool(
        re.search(r"\b(?:no|not|neither|nor|without|fail\w*|lack|trend|tend\w*|numerically|non-?significant\w*)\b(?!\sonly)", clause, re.IGNORECASE)
    )
    between = text[min(cue.end, span.end) : max(cue.start, span.start)]
    return _Claimed(claim, cue, denied, bool(re.search(r"\b(?:risk|hazard)\b", between)))


# --- of whom ---------------------------------------------------------------------------------------------------------------------------------------


def _said(reading: Reading, tree: Tree | None, mention: Mention, claimed: _Claimed) -> Said | None:
    endpoint = "AE" if mention.kind is MentionKind.ADVERSE_EVENT else mention.norm
    event = singular(mention.norm) if mention.kind is MentionKind.ADVERSE_EVENT else None
    study = study_at(reading.context, reading.read, claimed.cue.start)
    claim = _effective(reading, mention, claimed)
    if claim is None:
        return None
    contrast = _contrast(reading, tree, mention, claimed, study, alike=claim is Claim.ALIKE)
    if contrast is None or (tree is not None and not _by_arms(reading, tree, mention, claimed)):
        return None
    more, other, favored = contrast
    direction: Direction
    if claim is Claim.ALIKE:
        direction = "no_difference"
    elif favored:
        direction = "favors_arm"
    else:
        good = more_is_good(endpoint, mention.span.of(reading.text))
        if claim in (Claim.BETTER, Claim.WORSE):
            direction = "favors_arm" if claim is Claim.BETTER else "favors_comparator"
        elif claim is Claim.UNLIKE or (good is None and not claimed.loss):
            return None
        else:
            good = bool(good) and not claimed.loss
            direction = "favors_arm" if (claim is Claim.MORE) == good else "favors_comparator"
    first, second = in_order(reading, more, other, study)
    if first.norm != more.norm:
        direction = opposite(direction)
    population = reading.populations[0].norm if len({p.norm for p in reading.populations}) == 1 else None
    return Said(reading.read, endpoint, event, study, population, first, second, direction, mention.span, claimed.cue)


def _by_arms(reading: Reading, tree: Tree, mention: Mention, claimed: _Claimed) -> bool:
    """Whether nothing but the arms makes the difference: "high expression was associated with longer OS in the X arm" is about the expression."""
    at = claimed.subject
    if at is None:
        return True
    node = tree.nodes[at]
    if node.lemma in _PEOPLE or node.lemma in _SEES or node.tag in ("EX", "PRP", "DT", "WDT", "WP") or node.span.overlaps(claimed.cue):
        return True
    below = [at, *(other for other in range(len(tree.nodes)) if at in tree.path(other))]
    spans = [mention.span, claimed.cue, *(m.span for m in reading.arms), *(m.span for m in _told_of(reading))]
    return any(tree.nodes[step].span.overlaps(span) for step in below for span in spans)


def _effective(reading: Reading, mention: Mention, claimed: _Claimed) -> Claim | None:
    """The claim with its denial, and with what the sentence says of its significance behind it; None where nothing is claimed."""
    claim = claimed.claim
    if claim is Claim.ALIKE:
        return None if claimed.denied else claim
    if claimed.denied:
        return Claim.ALIKE
    start = max(claimed.cue.end, mention.span.end)
    end = min((m.span.start for m in _told_of(reading) if m.span.start > start), default=len(reading.text))
    behind = reading.text[start:end]
    if _NOT_SIGNIFICANT.search(behind):
        return Claim.ALIKE
    p = next((p for p in _p_values(reading) if start <= p[0] < end), None)
    if p is not None and p[1] is False:
        return Claim.ALIKE
    return claim


def _p_values(reading: Reading) -> Iterator[tuple[int, bool | None]]:
    found = [*reading.numbers.p_values, *(e.p for e in reading.numbers.effects if e.p is not None)]
    yield from sorted((p.span.start, is_significant(p)) for p in found)


def _contrast(
    reading: Reading, tree: Tree | None, mention: Mention, claimed: _Claimed, study: StudyOf, *, alike: bool
) -> tuple[ArmOf, ArmOf, bool] | None:
    """The arm that has the more of it, the arm that it is compared against, and whether the first is called favored; None where they are not told."""
    text = reading.text
    figures: dict[str, ArmOf] = {}
    grounds: dict[str, ArmOf] = {}
    favored: dict[str, ArmOf] = {}
    for arm_mention, arm in _arms_of_claim(reading, tree, mention, claimed, study):
        before = text[max(arm_mention.span.start - 120, 0) : arm_mention.span.start]
        if _FAVORED.search(before) and not _NOT_FAVORED.search(before):
            favored.setdefault(arm.norm, arm)
        elif _AGAINST.search(before):
            grounds.setdefault(arm.norm, arm)
        else:
            figures.setdefault(arm.norm, arm)
    force = arms_in_force(reading.context, study)
    if len(favored) == 1:
        (best,) = favored.values()
        rest = [a for a in (*figures.values(), *grounds.values()) if a.norm != best.norm] or [
            a for a in force if a.norm != best.norm and _has(force, best)
        ]
        return (best, rest[0], True) if len({a.norm for a in rest}) == 1 else None
    if set(figures) & set(grounds):
        return None  # patients of one arm, set against others of it
    if len(figures) == 1 and len(grounds) == 1:
        return (*figures.values(), *grounds.values(), False)  # type: ignore[return-value]
    if _against_something_else(reading, tree, claimed):
        return None
    if alike and claimed.claim in (Claim.ALIKE, Claim.UNLIKE):
        return _alike(reading, claimed, [*figures.values(), *grounds.values()], force)
    if len(figures) + len(grounds) == 1 and len(force) == 2 and not (grounds and _UNNAMED.search(text)):
        (named,) = (*figures.values(), *grounds.values())
        if _has(force, named):
            other = next(a for a in force if a.norm != named.norm)
            return (named, other, False) if figures else (other, named, False)
    return None


def _against_something_else(reading: Reading, tree: Tree | None, claimed: _Claimed) -> bool:
    """Whether a clause compares with what is no arm: patients of another kind, another study."""
    text = reading.text
    for match in _MARKER.finditer(text):
        if re.match(r"\s\(?[\d<>]", text[match.end() :]) or (tree is not None and not _inside(tree, claimed, CharSpan(*match.span()))):
            continue
        arms = [
            m
            for m in reading.arms
            if m.span.start >= match.end() and (found := _AGAINST.search(text[: m.span.start])) and found.start() == match.start()
        ]
        if not arms:
            return True
    return False


def _inside(tree: Tree, claimed: _Claimed, span: CharSpan) -> bool:
    at = tree.at(span)
    return claimed.clause is None or at is None or at in claimed.clause


def _has(arms: Sequence[ArmOf], one: ArmOf) -> bool:
    return one.norm in {a.norm for a in arms}


def _alike(reading: Reading, claimed: _Claimed, named: Sequence[ArmOf], force: Sequence[ArmOf]) -> tuple[ArmOf, ArmOf, bool] | None:
    """The two arms between which there is no difference: both named, or the two that the study has where none is and no other contrast is drawn."""
    if len(named) == 2:
        return named[0], named[1], False
    of_groups = _OF_GROUPS.search(reading.text)
    if (
        (named and not of_groups)
        or len(force) != 2
        or not all(_has(force, a) for a in named)
        or claimed.cue.of(reading.text).casefold() in _OF_SOMETHING
    ):
        return None
    if not of_groups and (reading.populations or PEOPLE_WITH.search(reading.text) or _OTHER_CONTRAST.search(reading.text)):
        return None
    return force[0], force[1], False


def _arms_of_claim(reading: Reading, tree: Tree | None, mention: Mention, claimed: _Claimed, study: StudyOf) -> list[tuple[Mention, ArmOf]]:
    """The arms that a claim is about: those of its clause, of the whole sentence where that has none; none where something else does the doing."""
    added = [m for m in reading.read.of(MentionKind.ARM) if m not in reading.arms and _ADDED.search(reading.text[: m.span.start])]
    mentions = sorted([*reading.arms, *added], key=lambda m: m.span)
    named = [(m, arm) for m in mentions if (arm := resolve(reading, m, study)) is not None]
    if tree is None or claimed.clause is None:
        return named
    inside = [(m, arm) for m, arm in named if (at := tree.at(m.span)) is not None and at in claimed.clause]
    return inside or named
