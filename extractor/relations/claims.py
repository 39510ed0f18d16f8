"""What a sentence says of an endpoint in words of comparison: that it is more, less, better, worse, alike or unlike.

An endpoint hangs, step by step, on what is said of it: "[longer] PFS", "PFS was [longer]", "[prolonged] PFS", "no [difference] in PFS". The first
such word on the way up to its verb is the claim; "no", "not", "failed to" and "a trend toward" on that way deny it. Where there is no tree, the
nearest such word of the clause is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from extractor.document import CharSpan
from extractor.syntax import Relation, Tree


class Claim(Enum):
    """What a word says of an endpoint."""

    MORE = "more"
    LESS = "less"
    BETTER = "better"
    WORSE = "worse"
    ALIKE = "alike"
    UNLIKE = "unlike"  # a difference, of which the word does not say to whose good


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is said of an endpoint.

    Attributes:
        claim: what the word says.
        cue: the word.
        denied: whether it is denied, or taken back to a trend.
        loss: whether it is said of the risk or hazard of the endpoint.
        clause: the nodes of the clause that says so; None without a tree.
        subject: the subject of that clause; None without a tree, or where it has none.
    """

    claim: Claim
    cue: CharSpan
    denied: bool
    loss: bool
    clause: frozenset[int] | None = None
    subject: int | None = None


_WORDS = {
    Claim.MORE: "longer higher greater larger more increased prolonged elevated extended increase increases increasing prolong prolongs prolonging "
    "prolongation raise raised raises extend extends extension enhance enhanced enhances lengthen lengthened doubled doubling elevation "
    "increment excess commoner",
    Claim.LESS: "shorter lower smaller fewer less reduced decreased reduce reduces reducing reduction reductions decrease decreases decreasing "
    "shorten shortened shortens lowered lowers diminish diminished diminishes lessened prevent prevented prevents halved rarer alleviated attenuated "
    "ameliorated",
    Claim.BETTER: "better superior improved improve improves improving improvement improvements benefit benefits benefited benefitted advantage "
    "advantages superiority delayed delay delays gain gains",
    Claim.WORSE: "worse inferior poorer worsened worsen worsens detriment detrimental impaired inferiority unfavorable unfavourable disadvantage",
    Claim.ALIKE: "similar comparable equivalent identical equal same noninferior non-inferior unchanged equally similarly balanced",
    Claim.UNLIKE: "different differ differs differed difference differences effect effects impact influence affect affected affects alter altered",
}
_CLAIMS = {word: claim for claim, words in _WORDS.items() for word in words.split()}
_CHANGES = {Claim.MORE: Claim.LESS, Claim.LESS: Claim.MORE, Claim.BETTER: Claim.WORSE, Claim.WORSE: Claim.BETTER}
# "more common", "less favorable": what is compared is in the word behind.
_OFTEN = frozenset("common frequent frequently often likely prevalent pronounced severe many commonly".split())
_GOOD = frozenset("favorable favourable effective efficacious beneficial".split())
CUE = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _CLAIMS), key=len, reverse=True))}|favou?r\w*)\b", re.IGNORECASE)
# Words of comparison that compare nothing: "no longer", "more than 10 %", and the names of laboratory events ("hemoglobin decreased").
_NO_CLAIM = re.compile(
    r"""
    \b no \s longer \b | \b more \s or \s less \b
  | \b (?: more | less | fewer | greater | higher | lower | longer | shorter )\s than \s (?= \d | one\b | two\b | half\b )
  | \b (?: ha?emoglobin | weight | appetite | counts? | creatinine | bilirubin | transaminases? | AST | ALT | \w*transferase | lipase | amylase
      | pressure )\s (?:de|in)creased? \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
PEOPLE = frozenset("patient subject participant woman man individual case person child".split())
_COUNTED = frozenset("number proportion percentage rate incidence frequency fraction share more fewer".split())
_DENIES = frozenset("no neither nor without".split())
_FAILS = frozenset("fail lack absence".split())
_HEDGES = frozenset(
    "trend tend tendency numerically nonsignificant nonsignificantly non-significant non-significantly insignificant insignificantly".split()
)
_LOSS = frozenset("risk hazard mortality".split())
# What stands between an endpoint and a word that speaks of something else: "no difference in the [association] between age and OS".
_BARRIERS = frozenset("association correlation interaction relationship relation heterogeneity predictor factor marker expression".split())
_DENIED_IN_LINE = re.compile(
    r"(?<!\bbut\s)\b(?:no|not|neither|nor|without|fail\w*|lack|trend|tend\w*|numerically|non-?significant\w*)\b(?!\sonly)", re.IGNORECASE
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CLAUSE_WORD = re.compile(r"[;:]\s|,?\s(?:whereas|while|whilst|but(?!\snot\b|\salso\b)|although|though|however)\s|,\sand\s", re.IGNORECASE)
# "improved PFS, but not OS"; "PFS was improved by X, but OS was not"; "OS was longer, as was PFS".
_BUT_NOT = re.compile(r"\b(?:but|although|though|and)\snot\s(?:in\s|for\s|on\s|the\s|an?\s|of\s|median\s|improved\s)*$", re.IGNORECASE)
_WAS_NOT = re.compile(r"\s(?:\([^()]*\)\s)?(?:rates?\s)?(?:was|were|did|is|are|has|had)\snot\s?(?:[.,;(]|$)", re.IGNORECASE)
_AS_WAS = re.compile(r"\bas\s(?:was|were|did|is|are)\s(?:the\s)?(?:[\w-]+\s){0,2}$", re.IGNORECASE)


# "Rates were alike in both arms, except for rash."
_EXCEPTED = re.compile(r"\b(?:except|excepting|excluding|other\sthan|apart\sfrom|exceptions?)\b[^;:.]*$", re.IGNORECASE)


def claimed_of(text: str, tree: Tree | None, span: CharSpan, spans: Sequence[CharSpan]) -> Claimed | None:
    """What a sentence claims of the endpoint at a span; None where it claims nothing.

    Args:
        text: the sentence.
        tree: its tree.
        span: where the endpoint stands.
        spans: where all endpoints and events of the sentence stand: words in them ("dose reduction") claim nothing.
    """
    again = bool(_AS_WAS.search(text[: span.start]))
    missing = not again and bool(_WAS_NOT.match(text, span.end))
    if again or missing:
        ahead = [m for m in CUE.finditer(text, 0, span.start) if not any(one.overlaps(CharSpan(*m.span())) for one in spans)]
        before = _cue_of(text, ahead[0]) if ahead else None
        return None if before is None else Claimed(before, CharSpan(*ahead[0].span()), missing, loss=False)
    found = _by_line(text, span, spans) if tree is None else _by_tree(tree, text, span, spans)
    if found is None or _EXCEPTED.search(text[: span.start]) or _in_another_part(text, span, found.cue):
        return None
    if _BUT_NOT.search(text[: span.start]):
        return replace(found, denied=True)
    return found


def _in_another_part(text: str, span: CharSpan, cue: CharSpan) -> bool:
    """Whether a semicolon stands between an endpoint and a word, brackets aside."""
    between = text[min(cue.end, span.end) : max(cue.start, span.start)]
    return ";" in _BRACKETS.sub("", between)


def _cue_of(text: str, match: re.Match[str]) -> Claim | None:
    if any(m.start() <= match.start() < m.end() for m in _NO_CLAIM.finditer(text)):
        return None
    return _CLAIMS.get(match.group().casefold(), Claim.UNLIKE)


def _by_line(text: str, span: CharSpan, spans: Sequence[CharSpan]) -> Claimed | None:
    """What the nearest word of comparison in the clause claims."""
    ends = [0, *(m.end() for m in _CLAUSE_WORD.finditer(text)), len(text)]
    start, end = max(e for e in ends if e <= span.start), min(e for e in ends if e >= span.end)
    near = [m for m in CUE.finditer(text, start, end) if not any(one.overlaps(CharSpan(*m.span())) for one in spans)]
    near.sort(key=lambda m: max(m.start() - span.end, span.start - m.end()))
    for match in near:
        claim = _cue_of(text, match)
        if claim is not None:
            cue = CharSpan(*match.span())
            between = text[min(cue.end, span.end) : max(cue.start, span.start)]
            return Claimed(claim, cue, bool(_DENIED_IN_LINE.search(text[start:end])), bool(re.search(r"\b(?:risk|hazard)\b", between)))
    return None


def _by_tree(tree: Tree, text: str, span: CharSpan, spans: Sequence[CharSpan]) -> Claimed | None:
    start = tree.at(span)
    if start is None:
        return None
    own = {at for at, node in enumerate(tree.nodes) if any(node.span.overlaps(one) for one in spans)}
    denied = loss = False
    for at in tree.path(start):
        if tree.nodes[at].lemma in _BARRIERS or _is_of_people(tree, at, start):
            return None
        found = _cue_at(tree, text, at, start, own)
        denied = denied or _denies(tree, at)
        loss = loss or (at not in own and tree.nodes[at].lemma in _LOSS)
        if found is not None:
            cue, claim = found
            verb = _verb_of(tree, cue)
            loss = loss or any(tree.nodes[c].lemma in _LOSS for c in tree.children(cue, Relation.OBJECT, Relation.PASSIVE_SUBJECT))
            way = {*_up_to(tree, cue, verb), *_up_to(tree, at, verb)}
            denied = denied or any(_denies(tree, step) for step in way)
            return Claimed(claim, tree.nodes[cue].span, denied, loss, _clause(tree, verb), _subject(tree, verb))
        if _is_verb(tree, at) and at != start:
            return None
    return None


def _is_of_people(tree: Tree, at: int, start: int) -> bool:
    """Whether a node is the people that have what is named ("in patients with renal impairment"), unless it is these that are counted."""
    if at == start or tree.nodes[at].lemma not in PEOPLE:
        return False
    around = {tree.nodes[c].text.casefold() for c in tree.children(at, Relation.MODIFIER)} | {tree.nodes[step].lemma for step in tree.path(at)[:3]}
    return not around & _COUNTED


def _is_verb(tree: Tree, at: int) -> bool:
    node = tree.nodes[at]
    return node.tag.startswith("VB") and node.relation in (Relation.ROOT, Relation.CLAUSE, Relation.CONJUNCT, Relation.OTHER)


def _cue_at(tree: Tree, text: str, at: int, start: int, own: set[int]) -> tuple[int, Claim] | None:
    """The word that makes a claim at one step of the way up, and its claim."""
    for candidate in _candidates(tree, at):
        claim = _claim_of(tree, text, candidate) if candidate not in own else None
        if claim is not None and _concerns(tree, at, candidate, start, own):
            return candidate, claim
    return None


def _candidates(tree: Tree, at: int) -> Iterator[int]:
    """The node itself, its modifiers, for a verb its complements and the heads of its noun phrases, each with its modifiers."""
    node = tree.nodes[at]
    yield at
    yield from (c for c in tree.children(at, Relation.MODIFIER) if tree.nodes[c].tag[:2] in ("JJ", "RB", "VB"))
    if node.tag.startswith("NN"):
        yield from (c for c in tree.children(at, Relation.CLAUSE) if tree.nodes[c].tag == "VBN")  # "OS [prolonged] by X"
    if not node.tag.startswith("VB"):
        return
    inner = [c for c in tree.children(at, Relation.CLAUSE) if tree.nodes[c].tag == "VB"]  # "tended to [be longer]"
    complements = [c for verb in (at, *inner) for c in tree.children(verb, Relation.COMPLEMENT)]
    yield from inner
    for head in (*complements, *tree.children(at, Relation.OBJECT, Relation.SUBJECT, Relation.PASSIVE_SUBJECT)):
        yield head
        yield from tree.children(head, Relation.MODIFIER)
    for phrase in (at, *complements):  # "was in [favor] of X", "was 90% with no [difference] between"
        for preposition in tree.children(phrase, Relation.PREPOSITION):
            yield from tree.children(preposition, Relation.PREPOSITIONAL_OBJECT)


def _concerns(tree: Tree, at: int, cue: int, start: int, own: set[int]) -> bool:
    """Whether what a word claims at one step of an endpoint's way up is claimed of that endpoint.

    Not so for a transitive verb whose doer it stands in ("PFS analysis [reduced] the risk"), for a phrase that has an endpoint of its own ("OS data
    showed a [reduction] in toxicity"), and for a modifier in another phrase of the verb, but for people who are counted ("[more] patients had rash").
    """
    path = tree.path(start)
    node = tree.nodes[cue]
    if cue == at:
        doer = tree.nodes[path[path.index(at) - 1]].relation is Relation.SUBJECT and bool(tree.children(at, Relation.OBJECT))
        return not doer or node.text.casefold().startswith("favo")
    if cue not in path and any(cue in tree.path(other) for other in own if other not in path):
        return False
    if node.relation is Relation.MODIFIER and node.head not in path:
        inner = tree.nodes[node.head]
        return inner.lemma in PEOPLE or inner.relation is Relation.COMPLEMENT or inner.text.casefold() in _CLAIMS
    return True


def _claim_of(tree: Tree, text: str, at: int) -> Claim | None:
    """What a word claims, with the words that modify it or that it modifies: "more common", "less favorable", "a smaller increase"."""
    node = tree.nodes[at]
    word = node.text.casefold()
    claim = _CLAIMS.get(word, Claim.UNLIKE if word.startswith(("favor", "favour")) and word not in _GOOD else None)
    modifiers = {tree.nodes[c].text.casefold() for c in tree.children(at, Relation.MODIFIER)}
    if word in _OFTEN or word in _GOOD:
        degree = Claim.MORE if "more" in modifiers else Claim.LESS if "less" in modifiers else None
        return degree if word in _OFTEN or degree is None else _good_to(degree)
    if claim is None or any(m.start() <= node.span.start < m.end() for m in _NO_CLAIM.finditer(text)):
        return None
    if word in ("more", "less") and tree.nodes[node.head].text.casefold() in _GOOD:
        return _good_to(claim)
    if node.tag.startswith("NN") and any(_CLAIMS.get(other) is Claim.LESS for other in modifiers):
        return _CHANGES.get(claim)
    return claim


def _good_to(degree: Claim) -> Claim:
    return Claim.BETTER if degree is Claim.MORE else Claim.WORSE


def _denies(tree: Tree, at: int) -> bool:
    """Whether a node denies what hangs on it, or takes it back to a trend."""
    node = tree.nodes[at]
    if node.text.casefold() in (_DENIES | _HEDGES) or node.lemma in (_FAILS | _HEDGES):
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
    """The verb that a node is told with: the first verb at or above it, else the root."""
    path = tree.path(at)
    return next((step for step in path if _is_verb(tree, step)), path[-1])


def _up_to(tree: Tree, at: int, verb: int) -> Iterator[int]:
    """The way from a node up to its verb, and on over the verbs that it is the complement of ("failed to [improve]", "tended to [be longer]")."""
    path = tree.path(at)
    if verb not in path:
        return
    yield from path[: path.index(verb) + 1]
    while tree.nodes[verb].relation is Relation.CLAUSE and tree.nodes[verb].tag == "VB" and tree.nodes[verb].head != verb:
        verb = tree.nodes[verb].head
        yield verb


def _clause(tree: Tree, verb: int) -> frozenset[int]:
    """All nodes under a verb, or under that which it is a dependent clause of, but for the clauses coordinated to it."""
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
    """The subject of a verb; where it has none of its own, that of the verb which it is coordinated to or a complement of."""
    for step in tree.path(verb):
        own = tree.children(step, Relation.SUBJECT, Relation.PASSIVE_SUBJECT) if _is_verb(tree, step) else ()
        if own:
            return own[0]
    return None
