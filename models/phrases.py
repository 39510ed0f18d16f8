"""Phrases with known trees, in CRAFT's label scheme: what the result sentences of `templates.py` are built of.

A phrase is a head word with dependents left and right of it. Figures are drawn from wide ranges, names from the project's own lexicons and, for drugs
that no list holds, from syllables, so that the parser learns the construction and not the words.
"""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from models.treebank import Tree, Word

LEXICONS = Path(__file__).resolve().parents[1] / "extractor" / "lexicons"
_RELATIONS = {"DT": "det", "CD": "nummod", "PRP$": "poss", "RB": "advmod", "IN": "quantmod"}
_ADJECTIVES = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG"})


@dataclass(slots=True)
class Phrase:
    """A head word with its dependents in order; `glue` leaves out the blank before it, `tight` the one after."""

    word: str
    tag: str
    left: list[tuple[str, Phrase]] = field(default_factory=list)
    right: list[tuple[str, Phrase]] = field(default_factory=list)
    glue: bool = False
    tight: bool = False

    def before(self, relation: str, *dependents: Phrase) -> Phrase:
        """The phrase with dependents put next to its head, on the left, in the order given."""
        self.left.extend((relation, dependent) for dependent in dependents)
        return self

    def after(self, relation: str, *dependents: Phrase) -> Phrase:
        """The phrase with dependents added at its right end."""
        self.right.extend((relation, dependent) for dependent in dependents)
        return self

    def first(self, relation: str, dependent: Phrase) -> Phrase:
        """The phrase with a dependent put at its left end."""
        self.left.insert(0, (relation, dependent))
        return self


def tree(root: Phrase) -> Tree:
    """The phrase as the tree of a sentence."""
    rows: list[tuple[Phrase, str, Phrase]] = []

    def walk(phrase: Phrase, relation: str, head: Phrase) -> None:
        for label, dependent in phrase.left:
            walk(dependent, label, phrase)
        rows.append((phrase, relation, head))
        for label, dependent in phrase.right:
            walk(dependent, label, phrase)

    walk(root, "ROOT", root)
    place = {id(phrase): at for at, (phrase, _, _) in enumerate(rows)}
    glued = [phrase.glue for phrase, _, _ in rows[1:]] + [False]
    return tuple(
        Word(phrase.word, phrase.tag, relation, place[id(head)], not (phrase.tight or glue))
        for (phrase, relation, head), glue in zip(rows, glued, strict=True)
    )


def word(text: str, tag: str) -> Phrase:
    """A word alone."""
    return Phrase(text, tag)


def comma() -> Phrase:
    """A comma, to be attached as `punct`."""
    return Phrase(",", ",", glue=True)


def noun(spec: str) -> Phrase:
    """A noun phrase from words with tags, its head last: `noun("the/DT primary/JJ end/NN point/NN")`.

    "progression-free/JJ" becomes three tokens, the first part a modifier of the last, as CRAFT has it.
    """
    parts = [part.rsplit("/", 1) for part in spec.split()]
    text, tag = parts[-1]
    head = hyphenated(text, tag)
    for text, tag in parts[:-1]:
        relation = "amod" if tag in _ADJECTIVES else _RELATIONS.get(tag, "compound")
        head.left.insert(len(head.left) - _own(head), (relation, hyphenated(text, tag)))
    return head


def _own(head: Phrase) -> int:
    """How many of the dependents on the left belong to a hyphenated head itself."""
    return sum(
        1 for at, (relation, part) in enumerate(head.left) if part.tight or (relation == "punct" and part.word == "-") or _hyphen_next(head, at)
    )


def _hyphen_next(head: Phrase, at: int) -> bool:
    return at + 1 < len(head.left) and head.left[at + 1][1].word == "-"


def hyphenated(text: str, tag: str) -> Phrase:
    """A word that may hold hyphens, as tokens of CRAFT: `PD-1` is headed by its first part, all others by their last."""
    parts = text.split("-")
    if len(parts) == 1 or not all(parts) or parts[0].casefold() in {"non", "anti", "pre", "post", "co", "re"}:
        return Phrase(text, tag)
    if parts[-1].isdigit() and not parts[0].isdigit():
        head = Phrase(parts[0], tag, tight=True)
        for part in parts[1:]:
            head.after("punct", Phrase("-", "HYPH", glue=True, tight=True)).after("nummod", Phrase(part, "CD", glue=True))
        return head
    head = Phrase(parts[-1], tag, glue=True)
    for part in parts[:-1]:
        relation, own = _part(part, tag)
        head.before(relation, Phrase(part, own, tight=True)).before("punct", Phrase("-", "HYPH", glue=True, tight=True))
    return head


def _part(part: str, tag: str) -> tuple[str, str]:
    if part[0].isdigit():
        return "nummod", "CD"
    if part in {"first", "second", "third", "long", "short", "high", "low", "early", "late", "full"}:
        return "amod", "JJ"
    return ("npadvmod", "NN") if tag in _ADJECTIVES else ("compound", "NN")


def names(text: str) -> Phrase:
    """A name of one or more words, its last word the head."""
    return noun(" ".join(f"{part}/NN" for part in text.split()))


def prep(text: str, of: Phrase) -> Phrase:
    """A preposition with its object; "compared with" is two, one under the other, as CRAFT has it."""
    first, _, rest = text.partition(" ")
    tag = {"compared": "VBN", "according": "VBG", "to": "IN"}.get(first, "IN")
    head = Phrase(first, tag)
    return head.after("prep", prep(rest, of)) if rest else head.after("pobj", of)


def bracket(inside: Phrase, square: bool = False) -> Phrase:
    """The phrase between brackets, as a dependent."""
    opener, closer = ("[", "]") if square else ("(", ")")
    inside.first("punct", Phrase(opener, "-LRB-", tight=True))
    first = inside
    while first.left:
        first = first.left[0][1]
    return inside.after("punct", Phrase(closer, "-RRB-", glue=True))


def listed(items: list[Phrase], how: str = "and", oxford: bool = False) -> Phrase:
    """Items as a list, each the conjunct of the one before, as CRAFT has it."""
    for at in range(len(items) - 1, 0, -1):
        before, item = items[at - 1], items[at]
        last = at == len(items) - 1
        if not last or (oxford and len(items) > 2):
            before.after("punct", comma())
        if last:
            before.after("cc", Phrase(how, "CC"))
        before.after("conj", item)
    return items[0]


@dataclass(slots=True)
class Draw:
    """The drawing of names and figures: all randomness of one run."""

    random: random.Random

    def one(self, choices: str) -> str:
        """One of the choices, which are separated by "|"."""
        return self.random.choice(choices.split("|"))

    def chance(self, p: float) -> bool:
        """True with that chance."""
        return self.random.random() < p

    def number(self, low: float, high: float, digits: int = 1) -> str:
        """A figure with so many digits after the point."""
        return f"{self.random.uniform(low, high):.{digits}f}"

    # ---- figures

    def months(self, unit: bool = True) -> Phrase:
        """A time: "10.6 months"; without its unit the figure alone."""
        figure = self.number(0.5, 60, 1 if self.chance(0.85) else 0)
        if not unit:
            return word(figure, "CD")
        head = word(self.one("months|months|months|months|weeks|years|days|mo"), "NNS")
        return head.before("nummod", word(figure, "CD"))

    def percent(self, unit: bool = True) -> Phrase:
        """A share: "34.5%"; without its unit the figure alone."""
        figure = word(self.number(0, 100, 1 if self.chance(0.6) else 0), "CD")
        if not unit:
            return figure
        return Phrase("%", "NN", glue=True).before("nummod", figure)

    def value(self, kind: str) -> Phrase:
        """A value of one kind, `time` or `share`."""
        return self.months() if kind == "time" else self.percent()

    def span(self, low: float, high: float, digits: int) -> tuple[Phrase, list[tuple[str, Phrase]]]:
        """Two bounds: the head (the upper one) with what stands left of it."""
        a, b = sorted((self.random.uniform(low, high), self.random.uniform(low, high)))
        upper = word(f"{b:.{digits}f}", "CD")
        if self.chance(0.7):
            upper.glue = True
            upper.before("quantmod", Phrase(f"{a:.{digits}f}", "CD", tight=True)).before("punct", Phrase("-", "SYM", glue=True, tight=True))
        else:
            upper.before("quantmod", word(f"{a:.{digits}f}", "CD"), word("to", "IN"))
        return upper, []

    def interval(self, digits: int = 1, high: float = 40) -> Phrase:
        """A confidence interval: "95% CI, 8.1-12.3"."""
        share = Phrase("%", "NN", glue=True).before("nummod", word(self.one("95|95|95|95|90|80|99"), "CD"))
        head = word("CI", "NN") if self.chance(0.85) else noun("confidence/NN interval/NN")
        head.left.insert(0, ("compound", share))
        upper, _ = self.span(0.1, high, digits)
        mark = self.random.random()
        if mark < 0.25:
            head.after("punct", comma())
        elif mark < 0.4:
            head.after("punct", Phrase(":", ":", glue=True))
        elif mark < 0.5:
            head.after("punct", word("=", "SYM"))
        return head.after("nummod", upper)

    def ratio(self) -> Phrase:
        """An estimate: "HR, 0.61", "hazard ratio [HR] = 0.61"."""
        figure = word(self.number(0.2, 2.2, 2), "CD")
        head = (
            word(self.one("HR|HR|HR|HR|OR|RR|aHR"), "NN")
            if self.chance(0.75)
            else noun(self.one("hazard/NN ratio/NN|odds/NNS ratio/NN|risk/NN ratio/NN"))
        )
        if len(head.left) and self.chance(0.4):
            head.after("appos", bracket(word(self.one("HR|OR|RR"), "NN"), square=True))
        mark = self.random.random()
        if mark < 0.25:
            return figure.before("nsubj", head).before("punct", word(self.one("=|=|=|≈"), "SYM"))
        if mark < 0.55:
            head.after("punct", comma())
        elif mark < 0.65:
            head.after("punct", Phrase(":", ":", glue=True))
        elif mark < 0.75:
            return head.after("prep", prep("of", figure))
        return head.after("nummod", figure)

    def chance_value(self) -> Phrase:
        """A p-value: "p = 0.03", "P<.001"."""
        name = word(self.one("p|P|p|P|P"), "NN")
        figure = word(self.one("0.03|0.001|.001|0.0001|.02|0.47|0.61|0.004|.0007|0.05|0.018|.31|0.9|.04"), "CD")
        sign = word(self.one("=|<|=|<|=|>"), "SYM")
        if self.chance(0.4):
            name.tight, sign.glue, sign.tight, figure.glue = True, True, True, True
        if self.chance(0.1):
            name = Phrase("value", "NN").before("compound", word("P", "NN"))
            sign.glue = False
        return figure.before("nsubj", name).before("punct", sign)

    def statistics(self) -> Phrase:
        """What stands in the bracket after a comparison: an estimate, its interval, a p-value, its first part the head."""
        parts: list[Phrase] = []
        if self.chance(0.75):
            parts.append(self.ratio())
            if self.chance(0.75):
                parts.append(self.interval(2, 2.5))
        if not parts or self.chance(0.7):
            parts.append(self.chance_value())
        return self._joined(parts)

    def _joined(self, parts: list[Phrase]) -> Phrase:
        head = parts[0]
        mark = self.one(";|,|;")
        for part in parts[1:]:
            head.after("punct", Phrase(mark, ":" if mark == ";" else ",", glue=True)).after("dep", part)
        return head

    def spread(self, kind: str) -> Phrase:
        """What stands in the bracket after one value: its interval, a range, the number of patients."""
        roll = self.random.random()
        if roll < 0.55:
            return self.interval(1, 90 if kind == "share" else 40)
        if roll < 0.7:
            upper, _ = self.span(0, 90, 1)
            head = word(self.one("range|range|IQR|SD"), "NN")
            return (head.after("punct", comma()) if self.chance(0.6) else head).after("nummod", upper)
        if roll < 0.85:
            return self.size()
        return self.fraction()

    def size(self) -> Phrase:
        """A number of patients: "n = 40"."""
        name, sign, figure = word(self.one("n|n|n|N"), "NN"), word("=", "SYM"), word(str(self.random.randint(3, 900)), "CD")
        if self.chance(0.35):
            name.tight, sign.glue, sign.tight, figure.glue = True, True, True, True
        return figure.before("nsubj", name).before("punct", sign)

    def fraction(self) -> Phrase:
        """A part of a whole: "34/280", "34 of 280", "34 patients"."""
        whole = self.random.randint(20, 900)
        part = self.random.randint(1, whole)
        roll = self.random.random()
        if roll < 0.4:
            return Phrase(str(part), "CD", tight=True).after("punct", Phrase("/", "SYM", glue=True, tight=True)).after(
                "prep", Phrase(str(whole), "CD", glue=True))  # fmt: skip
        if roll < 0.7:
            return word(str(part), "CD").after("prep", prep("of", word(str(whole), "CD")))
        return noun(f"{part}/CD patients/NNS")

    # ---- names

    def drug(self) -> str:
        """A drug: one of the lexicon, or one that no list holds."""
        if self.chance(0.55):
            return self.random.choice(_column("drugs.tsv", 0))
        if self.chance(0.25):
            letters = "".join(self.random.choice("ABCDEGHKLMNOPRSTVXYZ") for _ in range(self.random.randint(2, 3)))
            return f"{letters}-{self.random.randint(101, 9999)}" if self.chance(0.6) else f"{letters}{self.random.randint(101, 9999)}"
        middle = "".join(self.random.choice("ba ce di fo lu ma ne ri so ta ve zo ga li pe ro tu".split()) for _ in range(self.random.randint(1, 3)))
        start = self.random.choice("Al Bri Ca Do En Fla Gi Ib La Mo Ni Or Pa Ri Su Te Va Zo Tri Lor".split())
        name = (
            start
            + middle
            + self.random.choice("tinib mab limab ciclib parib platin taxel rubicin zomib degib rafenib metinib sertib vastatin".split())
        )
        return name if self.chance(0.2) else name.lower()

    def event(self) -> Phrase:
        """An adverse event."""
        return names(self.random.choice(_column("adverse_events.tsv", 0)))

    def trial(self) -> str:
        """The name of a trial."""
        return self.random.choice(_column("trials.tsv", 0))

    def disease(self) -> Phrase:
        """A disease."""
        return noun(self.one(
            "hepatocellular/JJ carcinoma/NN|non-small-cell/JJ lung/NN cancer/NN|metastatic/JJ breast/NN cancer/NN|advanced/JJ melanoma/NN|"
            "renal/JJ cell/NN "
            "carcinoma/NN|multiple/JJ myeloma/NN|ovarian/JJ cancer/NN|locally/RB advanced/JJ pancreatic/JJ cancer/NN|gastric/JJ cancer/NN|"
            "HCC/NN|NSCLC/NN|"
            "unresectable/JJ disease/NN|glioblastoma/NN|relapsed/JJ lymphoma/NN|colorectal/JJ cancer/NN|brain/NN metastases/NNS|liver/NN "
            "metastases/NNS|"
            "portal/JJ vein/NN thrombosis/NN|macrovascular/JJ invasion/NN|EGFR/NN mutations/NNS"))  # fmt: skip

    def regimen(self) -> Phrase:
        """A treatment as an arm names it."""
        roll = self.random.random()
        if roll < 0.5:
            return names(self.drug())
        if roll < 0.68:
            return names(self.drug()).after("cc", word(self.one("plus|plus|and|or"), "CC")).after("conj", names(self.drug()))
        if roll < 0.73:
            return names(self.drug()).after("prep", prep("with", names(self.drug())))
        if roll < 0.78:
            return names(self.drug()).after("advmod", word("alone", "RB"))
        if roll < 0.92:
            return noun(self.one("placebo/NN|placebo/NN|chemotherapy/NN|best/JJS supportive/JJ care/NN|observation/NN|radiotherapy/NN|"
            "TACE/NN|FOLFOX/NN|HAIC/NN|"
                                 "standard/JJ care/NN|docetaxel/NN monotherapy/NN|surgery/NN|PD-1/NN inhibitors/NNS|endocrine/JJ "
                                 "therapy/NN"))  # fmt: skip
        return names(self.drug())

    def arm(self) -> Phrase:
        """An arm as a noun phrase: "the lenvatinib arm", "arm B", "patients receiving placebo", "placebo"."""
        roll = self.random.random()
        if roll < 0.4:
            head = word(self.one("arm|arm|group|group|cohort"), "NN")
            treatment = self.regimen() if self.chance(0.6) else names(self.drug())
            relation = "nmod" if treatment.right else "compound"
            if self.chance(0.25):
                treatment = noun(self.one("control/NN|placebo/NN|combination/NN|monotherapy/NN|treatment/NN|comparator/NN"))
                relation = "compound"
            return head.before("det", word("the", "DT")).before(relation, treatment)
        if roll < 0.47:
            return word(self.one("arm|group|cohort|Arm|Group"), "NN").after("nummod", word(self.one("A|B|C|1|2"), "CD"))
        if roll < 0.7:
            return self.people()
        return self.regimen()

    def people(self) -> Phrase:
        """Patients as the ones who got a treatment or have a feature."""
        head = word(self.one("patients|patients|patients|those|participants|women|men|individuals"), "NNS")
        if head.word == "those":
            head.tag = "DT"
        roll = self.random.random()
        if roll < 0.3:
            return head.after("acl", word(self.one("receiving|receiving|taking"), "VBG").after("dobj", self.regimen()))
        if roll < 0.5:
            return head.after("acl", word("treated", "VBN").after("prep", prep("with", self.regimen())))
        if roll < 0.6:
            return head.after("acl", word(self.one("assigned|randomized|randomised|allocated"), "VBN").after("prep", prep("to", self.regimen())))
        if roll < 0.66:
            return head.after("acl", word("given", "VBN").after("dobj", self.regimen()))
        if roll < 0.78:
            verb = word(self.one("received|received|had|took"), "VBD").before("nsubj", word("who", "WP"))
            return head.after("relcl", verb.after("dobj", self.regimen()))
        if roll < 0.95 or head.word == "those":
            return head.after("prep", prep(self.one("with|with|without|on|in"), self.disease()))
        return head

    def at_arm(self, arm: Phrase | None = None) -> Phrase:
        """A prepositional phrase that ties a value to an arm."""
        arm = arm or self.arm()
        if arm.word in {"arm", "group", "cohort", "Arm", "Group"}:
            return prep(self.one("in|in|in|for"), arm)
        if arm.tag in {"NNS", "DT"}:
            return prep(self.one("in|in|for|among"), arm)
        return prep(self.one("with|with|for|for|on|after"), arm)

    def endpoint(self) -> tuple[Phrase, str]:
        """An endpoint as a subject, and the kind of its values (`time` or `share`)."""
        roll = self.random.random()
        if roll < 0.6:
            name, short = self.one(
                "overall/JJ survival/NN=OS|progression-free/JJ survival/NN=PFS|time/NN=TTP|disease-free/JJ survival/NN=DFS|event-free/JJ "
                "survival/NN=EFS|"
                "duration/NN=DoR|recurrence-free/JJ survival/NN=RFS|relapse-free/JJ survival/NN=RFS|follow-up/NN=FU").split("=")  # fmt: skip
            head = noun(name)
            if name.startswith("time"):
                head.after("prep", prep("to", names(self.one("progression|response|recurrence|treatment failure|deterioration"))))
            elif name.startswith("duration"):
                head.after("prep", prep("of", names(self.one("response|treatment|therapy|disease control"))))
            if self.chance(0.45) and not name.startswith(("time", "duration")):
                head = word(self.one(f"{short}|{short}|m{short}|i{short}"), "NN")
            elif self.chance(0.3):
                head.after("appos", bracket(word(short, "NN")))
            if self.chance(0.7):
                head.left.insert(0, ("amod", word(self.one("median|median|median|mean"), "JJ")))
            return self._determined(head), "time"
        name, short = self.one(
            "objective/JJ response/NN rate/NN=ORR|overall/JJ response/NN rate/NN=ORR|disease/NN control/NN rate/NN=DCR|complete/JJ "
            "response/NN rate/NN=CR|"
            "clinical/JJ benefit/NN rate/NN=CBR|survival/NN rate/NN=SR|response/NN rate/NN=RR|pathological/JJ complete/JJ "
            "response/NN=pCR").split("=")  # fmt: skip
        head = word(short, "NN") if self.chance(0.4) else noun(name)
        if self.chance(0.2):
            head = noun(
                f"{self.one('6|12|18|24|36')}-{self.one('month|year')}/NN {self.one('OS|PFS|survival|DFS')}/NN {self.one('rate|rate|probability')}/NN"
            )
        return self._determined(head), "share"

    def _determined(self, head: Phrase) -> Phrase:
        if self.chance(0.45):
            head.first("det", word("the", "DT"))
        return head


@cache
def _column(file: str, at: int) -> tuple[str, ...]:
    """The names in one column of a lexicon that are made of letters, digits and hyphens."""
    with (LEXICONS / file).open(encoding="utf-8") as stream:
        rows = csv.reader((line for line in stream if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return tuple(row[at] for row in rows if re.fullmatch(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+){0,2}", row[at]))
