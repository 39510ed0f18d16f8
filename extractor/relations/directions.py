"""Who did better than whom as a sentence says it in words, with or without figures.

What is said of each endpoint is found in `claims`. Which arm has the more of it, and which it is compared against, shows on the line: "than",
"compared with", "versus" stand before the latter. The arms are those of the clause that makes the claim, in its tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor.document import CharSpan, SectionKind
from extractor.entities import Mention, MentionKind
from extractor.quantities import Pattern, PValue
from extractor.records import Direction
from extractor.relations.attribution import in_order
from extractor.relations.brackets import opening
from extractor.relations.claims import CUE, PEOPLE, Claim, Claimed, claimed_of
from extractor.relations.context import arms_in_force
from extractor.relations.findings import ArmOf, Said, StudyOf
from extractor.relations.groups import PEOPLE_WITH
from extractor.relations.patterns import PLANNED
from extractor.relations.polarity import is_significant, more_is_good, opposite
from extractor.relations.reading import Reading
from extractor.relations.resolving import resolve
from extractor.relations.studies import study_at
from extractor.relations.topics import singular
from extractor.syntax import Parser, Relation, Tree

_IGNORING_CASE = re.VERBOSE | re.IGNORECASE
NOT_SIGNIFICANT = Pattern(
    id="not-significant",
    regex=r"""
        \b (?: not | n't | nor | without | never | neither )\s (?:\w+\s){0,4}? (?: statistical(?:ly)?\s )? signific\w+
      | \b (?: non-?significant | insignificant ) (?:ly)? \b
      | \b no \s (?:statistical(?:ly)?\s)? signific\w+ \b
      | \b significance \s was\snot\s reached | \b NS \b (?=\s?[);,])
    """,
    examples={
        "but the difference was not statistically significant": [{}],
        "did not reach statistical significance": [{}],
        "(p=NS)": [{}],
        "a nonsignificant increase": [{}],
    },
    counterexamples=("was significantly longer", "NSCLC patients"),
    flags=_IGNORING_CASE,
)
NOT_FOUND = Pattern(
    id="asked-or-hoped",
    regex=r"""
        ^ To \s
      | \b (?: may | might | could | would | should | can | whether | if | hypothesi\w+ | aim(?:ed|s)? | objectives? | purpose | expected
          | potential(?:ly)? | promis\w+ | designed\sto | in\sorder\sto | (?:is|are)\s(?:needed|warranted) | primary\send-?point\swas
          | to\s(?: determine | evaluate | assess | test | investigate | examine | compare | demonstrate | detect | explore | confirm ) ) \b
    """,
    examples={"X may improve survival": [{}], "To reduce toxicity, doses were cut": [{}], "we asked whether OS was longer": [{}]},
    counterexamples=("X was found to improve survival", "OS was longer with X"),
    flags=_IGNORING_CASE,
)
_COMPARED_WITH = r"""
    (?: compared | comparison | comparing | relative | contrast | superior | inferior | similar | comparable | equivalent )\s
    (?:favou?rably\s)? (?:with|to)
"""
AGAINST = Pattern(
    id="compared-against-what-follows",
    regex=rf"""
        \b (?: than | versus | vs\.? | over | against | as\sopposed\sto | rather\sthan | with\srespect\sto | {_COMPARED_WITH} )
        \s (?: (?!(?:and|or|but|while|whereas)\b) [^\s,;:()]+ \s | \([^()]*\)\s ){{0,7}}?
        $
    """,
    examples={
        "OS was longer with X than with ": [{}],
        "more patients had rash than did those assigned ": [{}],
        "compared with 33 (7%) patients in the ": [{}],
    },
    counterexamples=("compared with A, the ", "OS was longer with "),
    flags=_IGNORING_CASE,
)
COMPARES = Pattern(
    id="word-before-what-is-compared-against",
    regex=rf"\b (?: than | versus | vs\.? | as\sopposed\sto | rather\sthan | {_COMPARED_WITH} ) (?=\s) (?! \s\(?[\d<>] )",
    examples={"longer than in those without rash": [{}], "compared with patients who did not": [{}]},
    counterexamples=("56% vs 15%", "compared with 33 patients"),
    flags=_IGNORING_CASE,
)
FAVORED = Pattern(
    id="favored-is-what-follows",
    regex=r"\b favou?r (?: s | ed | ing | able\sto )? \s (?:of\s)? (?:the\s|an?\s)? (?:\w+\s){0,3}? $",
    examples={"(HR 0.7) favoring ": [{}], "in favor of the ": [{}]},
    counterexamples=("a favorable outcome, with ",),
    flags=_IGNORING_CASE,
)
OF_GROUPS = Pattern(
    id="between-the-groups",
    regex=r"""
        \b (?: between | among | in | across | for | of )\s (?:the\s)? (?:all\s)?
        (?: (?: both | two | 2 | three | 3 | either | study | treatment | trial | randomi[sz]ed )\s ){0,2}
        (?: groups? | arms? | treatments? | regimens? | schedules? | therapies | strategies )\b
    """,
    examples={"did not differ between the two treatment groups": [{}], "similar in both arms": [{}], "between groups": [{}]},
    counterexamples=("between the young and the old", "in the placebo group"),
    flags=_IGNORING_CASE,
)
OTHER_CONTRAST = Pattern(
    id="contrast-that-is-none-of-arms",
    regex=r"""
        \b (?: between | among | according\sto | on\sthe\sbasis\sof | based\son | with\s(?:and|or)\swithout
          | irrespective\sof | regardless\sof | by )\s
        (?! (?: the\s )? (?: (?: two | three | both | treatment | study )\s ){0,2} (?: groups | arms | treatments | regimens )\b )
    """,
    examples={"did not differ between tumors with high and low grade": [{}], "according to stage": [{}]},
    counterexamples=("between the two groups", "among treatment arms"),
    flags=_IGNORING_CASE,
)
DIFFERENCE_ALONE = Pattern(
    id="difference-of-the-sentence-before",
    regex=r"""
        \b (?: this | the | these | no | any )\s (?:[\w-]+\s){0,3}? differences? \b
        (?! \s (?: in | of | for )\s (?! (?: the\s )? (?: two | both | either )\b ) )
    """,
    examples={"The difference was not significant": [{}], "with no statistically significant difference": [{}]},
    counterexamples=("a difference in age", "no difference in age"),
    flags=_IGNORING_CASE,
)
_UNNAMED = re.compile(r"\b(?:arms|groups|regimens|treatments)\b", re.IGNORECASE)
_ADDED = re.compile(r"\b(?:addition\sof|adding)\s(?:[\w-]+\s){0,2}?$", re.IGNORECASE)
# Behind these a sentence gives the values of the arms: who has more was said before.
_VALUES_FOLLOW = re.compile(
    r",\s(?:with|occurring|reported|seen|observed)\s(?:in\s)?(?=\d)|:\s(?=[^.;:()]{0,60}?\d)"
    # "14.2 vs 10.1 months for A and B": the first of the two is not what the second value is compared against
    r"|\d\S*(?:\s?%|\s[a-z]+)?\s(?:versus|vs?\.?)\s\d\S*(?:\s?%|\s[a-z]+)?\s(?=(?:for|with|in|on|after)\s[^,;:()]{2,80}?\s(?:and|versus|vs?\.?)\s)"
)
# Words of comparison that do not say that two arms are compared, though none is named: "no effect on OS" may be age's.
_OF_SOMETHING = frozenset("effect effects impact influence affect affected affects alter altered".split())
# Who is the subject of a difference and not its cause: who saw it, where it was seen.
_SEES = frozenset("analysis analyses result study trial data finding report author comparison meta-analysis model test curve".split())
_STANDS_FOR = ("EX", "PRP", "DT", "WDT", "WP")
# "Survival" and "mortality" alone are no endpoints of a value; of a comparison they are.
_PLAIN = (
    (
        re.compile(r"(?<![\w-])(?<!free\s)(?<!specific\s)survival\b(?!\s(?:curves?|analys[ei]s|data|outcomes?\sof|models?|function))", re.IGNORECASE),
        "OS",
    ),
    (re.compile(r"(?<![\w-])(?<!related\s)(?<!specific\s)(?<!relapse\s)(?:mortality|deaths?)\b", re.IGNORECASE), "DEATH"),
)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A claim on an endpoint or adverse event in a sentence, and whose result it is."""

    reading: Reading
    tree: Tree | None
    mention: Mention
    claimed: Claimed
    study: StudyOf

    @property
    def text(self) -> str:
        return self.reading.text


@dataclass(slots=True)
class _Sides:
    """The arms of a statement by the part that they have in it. `noted` are named only with their values, behind the statement."""

    favored: dict[str, ArmOf] = field(default_factory=dict)
    figures: dict[str, ArmOf] = field(default_factory=dict)
    grounds: dict[str, ArmOf] = field(default_factory=dict)
    noted: dict[str, ArmOf] = field(default_factory=dict)

    def named(self) -> list[ArmOf]:
        """The arms that the statement itself names, each once."""
        return [*({**self.figures, **self.grounds}).values()]


_Contrast = tuple[ArmOf, ArmOf, bool]
"""The arm that has the more of it, the one that it is compared against, and whether the first is called favored."""


def directions_of(reading: Reading, parser: Parser) -> list[Said]:
    """Who did better than whom as a sentence says it, once for each endpoint and pair of arms; nothing of what is planned, hoped or asked."""
    if not _may_tell(reading):
        return []
    told = [*_told_of(reading)]
    if not told:
        alone = _of_sentence_before(reading)
        return [alone] if alone is not None else []
    tree = parser.tree(reading.read.sentence)
    said: dict[tuple[str, str | None, str, str], Said] = {}
    for mention in told:
        claimed = claimed_of(reading.text, tree, mention.span, [m.span for m in told])
        if claimed is None:
            continue
        one = _said(_Statement(reading, tree, mention, claimed, study_at(reading.context, claimed.cue.start)))
        if one is not None:
            said.setdefault((one.endpoint, one.event, one.arm.norm, one.comparator.norm), one)
    return [*said.values()]


def _may_tell(reading: Reading) -> bool:
    """Whether a sentence has words of comparison, stands where results are told, tells one, and may tell it of two arms."""
    section, text = reading.read.sentence.section.kind, reading.text
    if section in (SectionKind.METHODS, SectionKind.TABLE, SectionKind.REFERENCES) or not CUE.search(text):
        return False
    if not reading.arms and len(arms_in_force(reading.context, study_at(reading.context, 0))) != 2:
        return False
    return not NOT_FOUND.within(text) and not PLANNED.search(text)


def _told_of(reading: Reading) -> Iterator[Mention]:
    """What a sentence can say something of: its endpoints and adverse events, and survival and mortality by their plain names."""
    found = [e for e in reading.endpoints if e.norm != "FOLLOW_UP"]
    found += reading.read.of(MentionKind.ADVERSE_EVENT)
    for pattern, code in _PLAIN:
        for match in pattern.finditer(reading.text):
            span = CharSpan(*match.span())
            if not any(span.overlaps(m.span) for m in (*found, *reading.arms)):
                found.append(Mention(MentionKind.ENDPOINT, span, code))
    yield from sorted(found, key=lambda m: m.span)


def _said(of: _Statement) -> Said | None:
    claim = _effective(of)
    contrast = _contrast(of, alike=claim is Claim.ALIKE) if claim is not None else None
    if claim is None or contrast is None or not _by_arms(of):
        return None
    is_event = of.mention.kind is MentionKind.ADVERSE_EVENT
    endpoint = "AE" if is_event else of.mention.norm
    more, other, favored = contrast
    direction = "favors_arm" if favored and claim is not Claim.ALIKE else _direction(of, endpoint, claim)
    if direction is None:
        return None
    first, second = in_order(of.reading, more, other, of.study)
    if first.norm != more.norm:
        direction = opposite(direction)
    populations = {p.norm for p in of.reading.populations}
    return Said(
        of.reading.read,
        endpoint,
        singular(of.mention.norm) if is_event else None,
        of.study,
        populations.pop() if len(populations) == 1 else None,
        first,
        second,
        direction,
        of.mention.span,
        of.claimed.cue,
    )


def _direction(of: _Statement, endpoint: str, claim: Claim) -> Direction | None:
    """Whom a claim favors, the arm that has the more of it standing first; None where that of the endpoint cannot be said.

    A quality of life that is better is so on any scale; a marker or a tumor size that is "improved" may have fallen or have been reached by more.
    """
    if claim is Claim.ALIKE:
        return "no_difference"
    good = more_is_good(endpoint, of.mention.span.of(of.text))
    if claim in (Claim.BETTER, Claim.WORSE) and (good is not None or endpoint == "QOL"):
        return "favors_arm" if claim is Claim.BETTER else "favors_comparator"
    if claim is Claim.UNLIKE or good is None:
        return None
    good = good and not of.claimed.loss
    return "favors_arm" if (claim is Claim.MORE) == good else "favors_comparator"


def _of_sentence_before(reading: Reading) -> Said | None:
    """What "the difference was not significant" says of the endpoint that the sentence before told of."""
    text, endpoint = reading.text, reading.context.last_endpoint
    match = next(DIFFERENCE_ALONE.find(text), None)
    if match is None or endpoint is None or endpoint == "AE" or reading.context.last_model is not None:
        return None
    insignificant = NOT_SIGNIFICANT.within(text[match.start() :]) or any(is_significant(p) is False for p in _p_values(reading))
    study = study_at(reading.context, match.start())
    force = arms_in_force(reading.context, study)
    named = {a.norm for m in reading.arms if (a := resolve(reading, m, study)) is not None}
    if not insignificant or len(force) != 2 or not named <= {a.norm for a in force} or reading.populations or PEOPLE_WITH.search(text):
        return None
    span = CharSpan(*match.span())
    return Said(reading.read, endpoint, None, study, None, force[0], force[1], "no_difference", span, span)


# --- what is claimed of which arms ----------------------------------------------------------------------------------------------------------------


def _effective(of: _Statement) -> Claim | None:
    """The claim with its denial, and with what the sentence says of its significance behind it; None where nothing is claimed."""
    claimed = of.claimed
    if claimed.claim is Claim.ALIKE:
        return None if claimed.denied else claimed.claim
    if claimed.denied:
        return Claim.ALIKE
    start = max(claimed.cue.end, of.mention.span.end)
    told = [*_told_of(of.reading)]
    end = min((m.span.start for m in told if m.span.start > start), default=len(of.text))
    if NOT_SIGNIFICANT.within(of.text[start:end]):
        return Claim.ALIKE
    p_values = _p_values(of.reading)
    tests = [p for p in p_values if start <= p.span.start < end]
    if not tests and len({m.norm for m in told}) == 1:
        tests = p_values[-1:]  # "an HR of 0.79 (p = 0.06), corresponding to a longer PFS"
    return Claim.ALIKE if tests and is_significant(tests[0]) is False else claimed.claim


def _p_values(reading: Reading) -> list[PValue]:
    found = [*reading.numbers.p_values, *(e.p for e in reading.numbers.effects if e.p is not None)]
    return sorted(found, key=lambda p: p.span.start)


def _by_arms(of: _Statement) -> bool:
    """Whether nothing but the arms makes the difference: "high expression was associated with longer OS in the X arm" is about the expression."""
    at, tree = of.claimed.subject, of.tree
    if tree is None or at is None:
        return True
    node = tree.nodes[at]
    if node.lemma in (PEOPLE | _SEES) or node.tag in _STANDS_FOR or node.span.overlaps(of.claimed.cue):
        return True
    below = [step for step in range(len(tree.nodes)) if at in tree.path(step)]
    spans = [of.mention.span, of.claimed.cue, *(m.span for m in (*of.reading.arms, *_told_of(of.reading)))]
    return any(tree.nodes[step].span.overlaps(span) for step in below for span in spans)


def _contrast(of: _Statement, *, alike: bool) -> _Contrast | None:
    """Between which arms the difference is, or is not; None where that is not told."""
    sides = _sides(of)
    force = arms_in_force(of.reading.context, of.study)
    if sides.favored:
        return _with_favored(sides, force)
    if set(sides.figures) & set(sides.grounds):
        return None  # patients of one arm, set against others of it
    if len(sides.figures) == len(sides.grounds) == 1:
        (more,), (other,) = sides.figures.values(), sides.grounds.values()
        return more, other, False
    if _against_something_else(of):
        return None
    if alike and of.claimed.claim in (Claim.ALIKE, Claim.UNLIKE) and of.claimed.cue.of(of.text).casefold() not in _OF_SOMETHING:
        return _alike(of, sides, force)
    return _with_one_named(of, sides, force)


def _sides(of: _Statement) -> _Sides:
    sides = _Sides()
    values = next((m.start() for m in _VALUES_FOLLOW.finditer(of.text, of.claimed.cue.end)), len(of.text))
    for mention, arm in _arms_of_claim(of):
        before = of.text[max(mention.span.start - 120, 0) : mention.span.start]
        bracket = opening(of.text, mention.span.start)
        if FAVORED.within(before):
            sides.favored.setdefault(arm.norm, arm)
        elif mention.span.start > values or (bracket is not None and bracket != opening(of.text, of.claimed.cue.start)):
            sides.noted.setdefault(arm.norm, arm)
        elif AGAINST.within(before):
            sides.grounds.setdefault(arm.norm, arm)
        else:
            sides.figures.setdefault(arm.norm, arm)
    return sides


def _arms_of_claim(of: _Statement) -> list[tuple[Mention, ArmOf]]:
    """The arms of the clause that makes a claim; of the whole sentence where that has none."""
    added = [m for m in of.reading.read.of(MentionKind.ARM) if m not in of.reading.arms and _ADDED.search(of.text[: m.span.start])]
    mentions = sorted([*of.reading.arms, *added], key=lambda m: m.span)
    named = [(m, arm) for m in mentions if (arm := resolve(of.reading, m, of.study)) is not None]
    return [(m, arm) for m, arm in named if of.tree is not None and _inside(of, m.span)] or named


def _inside(of: _Statement, span: CharSpan) -> bool:
    """Whether a place is in the clause that makes the claim; without a tree the sentence is one clause."""
    at = of.tree.at(span) if of.tree is not None else None
    return of.claimed.clause is None or at is None or at in of.claimed.clause


def _with_favored(sides: _Sides, force: Sequence[ArmOf]) -> _Contrast | None:
    (best, *more) = sides.favored.values()
    others = [a for a in [*sides.named(), *sides.noted.values()] if a.norm != best.norm]
    rest = {a.norm: a for a in others or (force if len(force) == 2 and _has(force, best) else ()) if a.norm != best.norm}
    return (best, next(iter(rest.values())), True) if not more and len(rest) == 1 else None


def _with_one_named(of: _Statement, sides: _Sides, force: Sequence[ArmOf]) -> _Contrast | None:
    """The one arm that a statement names beside the other: that of the values behind it, else that of the study."""
    if len(sides.named()) != 1 or (of.tree is not None and _changes_in_time(of, of.tree)):
        return None
    (named,) = sides.named()
    others = [a for a in sides.noted.values() if a.norm != named.norm]
    if not others and len(force) == 2 and _has(force, named) and not (sides.grounds and _UNNAMED.search(of.text)):
        others = [a for a in force if a.norm != named.norm]
    if len(others) != 1:
        return None
    return (named, others[0], False) if sides.figures else (others[0], named, False)


def _alike(of: _Statement, sides: _Sides, force: Sequence[ArmOf]) -> _Contrast | None:
    """The two arms between which there is no difference: both named, or the two that the study has where no other contrast is drawn."""
    named = sides.named()
    if len(named) == 2:
        return named[0], named[1], False
    of_groups = OF_GROUPS.within(of.text)
    if len(force) != 2 or not all(_has(force, a) for a in named) or (named and not of_groups):
        return None
    other = of.reading.populations or PEOPLE_WITH.search(of.text) or OTHER_CONTRAST.within(of.text)
    return (force[0], force[1], False) if of_groups or not other else None


def _has(arms: Sequence[ArmOf], one: ArmOf) -> bool:
    return one.norm in {a.norm for a in arms}


def _changes_in_time(of: _Statement, tree: Tree) -> bool:
    """Whether a verb says of an endpoint that it rose or fell: in the one arm that is named, from what it was."""
    cue, start = tree.at(of.claimed.cue), tree.at(of.mention.span)
    path = tree.path(start) if start is not None else ()
    if cue is None or cue not in path[1:] or not tree.nodes[cue].tag.startswith("VB"):
        return False
    return tree.nodes[path[path.index(cue) - 1]].relation is Relation.SUBJECT and not tree.children(cue, Relation.OBJECT)


def _against_something_else(of: _Statement) -> bool:
    """Whether a clause compares with what is no arm: patients of another kind, another study."""
    for match in COMPARES.find(of.text):
        if not _inside(of, CharSpan(*match.span())):
            continue
        heads = [next(AGAINST.find(of.text[: m.span.start]), None) for m in of.reading.arms if m.span.start >= match.end()]
        if not any(head is not None and head.start() == match.start() for head in heads):
            return True
    return False
