"""Result sentences with known trees: the constructions in which a parser trained on CRAFT alone goes wrong.

Each frame below is one construction (a value with its arm, gapped coordination, two values compared, "respectively" over lists, brackets of figures,
clauses coordinated after a noun, lists as subjects). The trees follow CRAFT's scheme where CRAFT has the construction. Where it has none, a choice
was made:
- of two values with their own arms, each arm's preposition hangs on its value; with one value it hangs on the verb;
- a bracket of several figures is headed by its first, the others hang on it as `dep`; a bracket with one statement as in CRAFT (`n = 40`: the
  figure);
- a bracket after one value hangs on that value, one that closes a comparison on the verb, both as `parataxis`;
- in "34 of 280 patients" and "34 (12%) of 280 patients" the first figure is the head, with the preposition on it.
No sentence is copied from a paper: words come from this file and from the project's lexicons, figures are drawn.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from models.phrases import Draw, Phrase, bracket, comma, listed, names, noun, prep, tree, word
from models.treebank import Paragraph, Tree

_BE = {"is": "VBZ", "was": "VBD", "are": "VBP", "were": "VBD", "reached": "VBD"}


def _stats(draw: Draw, head: Phrase, p: float = 0.7) -> Phrase:
    """With some chance the head with a bracket of comparative figures."""
    return head.after("parataxis", bracket(draw.statistics(), square=draw.chance(0.04))) if draw.chance(p) else head


def _spread(draw: Draw, value: Phrase, kind: str, p: float = 0.4) -> Phrase:
    """With some chance the value with a bracket of its own."""
    return value.after("parataxis", bracket(draw.spread(kind), square=draw.chance(0.06))) if draw.chance(p) else value


def _copula(draw: Draw, subject: Phrase, plural: bool = False) -> Phrase:
    """A form of "to be" with its subject."""
    verb = word(draw.one("were|were|were|are") if plural else draw.one("was|was|was|was|is"), "VBD")
    verb.tag = _BE[verb.word]
    if draw.chance(0.05):
        verb.before("nsubj", subject).before("advmod", word("also", "RB"))
        return verb
    return verb.before("nsubj", subject)


def _told(draw: Draw, subject: Phrase, value: Phrase, plural: bool = False) -> Phrase:
    """A clause that says what a value is: "OS was 10 months", "reached 10 months", "was found to be"."""
    roll = draw.random.random()
    if roll < 0.8 or plural:
        return _copula(draw, subject, plural).after("attr", value)
    if roll < 0.93:
        return word(draw.one("reached|exceeded|averaged|remained"), "VBD").before("nsubj", subject).after("dobj", value)
    verb = word(draw.one("estimated|reported"), "VBN").before("nsubjpass", subject).before("auxpass", word("was", "VBD"))
    return verb.after("prep", prep("at", value))


# ---- frames: each gives the root of a sentence without its stop


def single(draw: Draw) -> Phrase:
    """One value, one arm: the arm's preposition hangs on the verb."""
    subject, kind = draw.endpoint()
    if draw.chance(0.2):
        subject.after("prep", draw.at_arm())
        return _stats(draw, _told(draw, subject, _spread(draw, draw.value(kind), kind)), 0.2)
    root = _told(draw, subject, _spread(draw, draw.value(kind), kind))
    if draw.chance(0.75):
        root.after("prep", draw.at_arm())
    return _stats(draw, root, 0.25)


def _valued(draw: Draw, kind: str, p: float) -> Phrase:
    """A value with its bracket and its own arm."""
    value = _spread(draw, draw.value(kind), kind, p)
    if draw.chance(0.08):
        value.left[0][1].before("advmod", word(draw.one("only|just|approximately|about"), "RB"))
    return value.after("prep", draw.at_arm())


def _second(draw: Draw, first: Phrase, verb: Phrase, second: Phrase) -> None:
    """A second value put to the first: coordinated, or compared at the verb."""
    how = draw.one("and|and|and|and|versus|versus|vs|vs|vs.|vs.|compared with|compared with|compared to|but|and to|whereas|against|as compared with")
    if how in {"compared with", "compared to", "against"}:
        if draw.chance(0.4):
            verb.after("punct", comma())
        verb.after("prep", prep(how, second))
    elif how == "as compared with":
        verb.after("advcl", word("compared", "VBN").before("mark", word("as", "IN")).after("prep", prep(draw.one("with|to"), second)))
    else:
        how = "and" if how in {"and to", "whereas"} else how
        if how in {"and", "but"} and draw.chance(0.25):
            first.after("punct", comma())
        first.after("cc", word(how, "CC")).after("conj", second)


def gapped(draw: Draw) -> Phrase:
    """Two or three values, each with its own arm: "3.4 months for A and 1.5 months in the B arm"."""
    subject, kind = draw.endpoint()
    p = draw.one("0|0.9|0.3")
    first, second = _valued(draw, kind, float(p)), _valued(draw, kind, float(p))
    verb = _told(draw, subject, first)
    if draw.chance(0.15):
        third = _valued(draw, kind, float(p))
        listed([first, second, third], oxford=draw.chance(0.6))
    else:
        _second(draw, first, verb, second)
    return _stats(draw, verb, 0.4)


def gapped_clause(draw: Draw) -> Phrase:
    """The verb told once, the second clause without it: "A had an ORR of 12% and B of 8%", "OS was 10 months, and PFS 5 months"."""
    roll = draw.random.random()
    if roll < 0.5:
        subject, kind = draw.endpoint()
        other, kind2 = draw.endpoint()
        root = _copula(draw, subject).after("attr", _spread(draw, draw.value(kind), kind, 0.3))
        last = _spread(draw, draw.value(kind2), kind2, 0.3).first("nsubj", other)
        if draw.chance(0.5):
            root.after("punct", comma())
        return root.after("cc", word("and", "CC")).after("conj", last)
    a, b = draw.arm(), draw.arm()
    name, kind = draw.endpoint()
    name = _article(name)
    root = word(draw.one("had|showed|achieved|had|produced|reached"), "VBD").before("nsubj", a)
    root.after("dobj", name.after("prep", prep("of", _spread(draw, draw.value(kind), kind, 0.3))))
    if draw.chance(0.4):
        root.after("punct", comma())
    last = _spread(draw, draw.value(kind), kind, 0.3).first("nsubj", b)
    return root.after("cc", word("and", "CC")).after("conj", last)


def _article(name: Phrase) -> Phrase:
    if not (name.left and name.left[0][0] == "det"):
        first = name.left[0][1].word if name.left else name.word
        name.first("det", word("an" if (first[0] in "aeioAEIOmFHLMNRSX" and first.isupper()) or first[0] in "aeio" else "a", "DT"))
    return name


def versus(draw: Draw) -> Phrase:
    """Two values with one unit or two, then the arms in the same order."""
    subject, kind = draw.endpoint()
    if draw.chance(0.5):
        sign = word(draw.one("versus|vs|vs.|and|or"), "CC")
        bare = draw.months(unit=False) if kind == "time" else draw.percent()
        value = draw.value(kind)
        if kind == "time":
            figure = value.left[0][1]
            value.left[0] = ("nummod", bare.after("cc", sign).after("conj", figure))
        else:
            value = bare.after("cc", sign).after("conj", value)
    else:
        value = draw.value(kind).after("cc", word(draw.one("versus|vs|vs.|and|compared"), "CC"))
        if value.right[-1][1].word == "compared":
            value.right.pop()
            root = _told(draw, subject, value).after("prep", prep(draw.one("compared with|compared to"), draw.value(kind)))
            return _stats(draw, _arms_after(draw, root), 0.6)
        value.after("conj", draw.value(kind))
    return _stats(draw, _arms_after(draw, _told(draw, subject, value, plural=draw.chance(0.2))), 0.6)


def _arms_after(draw: Draw, root: Phrase) -> Phrase:
    """The arms of values told in order: "in the A and B arms, respectively", "for A versus B"."""
    roll = draw.random.random()
    if roll < 0.4:
        head = word(draw.one("arms|groups|arms|groups|cohorts"), "NNS").before("det", word("the", "DT"))
        head.before("nmod", listed([names(draw.drug()), names(draw.drug())]))
        root.after("prep", prep(draw.one("in|in|for"), head))
    elif roll < 0.75:
        how = draw.one("and|and|and|versus|vs|vs.")
        arms = listed([draw.arm(), draw.arm()], how)
        root.after("prep", draw.at_arm(arms))
    else:
        return root
    if draw.chance(0.6):
        root.after("punct", comma()).after("advmod", word("respectively", "RB"))
    return root


def respectively(draw: Draw) -> Phrase:
    """Lists told in the same order: endpoints and values, arms and values, two or three of each."""
    n = 2 if draw.chance(0.6) else draw.random.randint(3, 4)
    oxford = draw.chance(0.5)
    if draw.chance(0.5):
        short = draw.random.sample(["OS", "PFS", "ORR", "DCR", "TTP", "CR", "EFS", "DoR"], n)
        pairs = [draw.endpoint() for _ in range(n)] if draw.chance(0.4) else [(word(name, "NN"), "time") for name in short]
        kind = draw.one("time|share")
        subject = listed([name for name, _ in pairs], oxford=oxford)
        if draw.chance(0.3) and not subject.left:
            subject.first("amod", word("median", "JJ"))
        root = _copula(draw, subject, plural=True).after("attr", _values(draw, kind, n, oxford))
        if draw.chance(0.5):
            root.after("prep", draw.at_arm())
    else:
        subject, kind = draw.endpoint()
        root = _copula(draw, subject, plural=draw.chance(0.2)).after("attr", _values(draw, kind, n, oxford))
        if draw.chance(0.6):
            head = word(draw.one("arms|groups|cohorts|patients"), "NNS").first("det", word("the", "DT"))
            root.after("prep", prep(draw.one("in|in|for"), head.before("nmod", listed([names(draw.drug()) for _ in range(n)], oxford=oxford))))
        else:
            root.after("prep", draw.at_arm(listed([draw.arm() for _ in range(n)], oxford=oxford)))
    if draw.chance(0.9):
        root.after("punct", comma()).after("advmod", word("respectively", "RB"))
    return _stats(draw, root, 0.3)


def _values(draw: Draw, kind: str, n: int, oxford: bool) -> Phrase:
    """A list of values: "5.4 and 12.1 months", "34%, 12% and 8%"."""
    if kind == "time" and draw.chance(0.75):
        value = draw.months()
        figures = [draw.months(unit=False) for _ in range(n)]
        value.left = [("nummod", listed(figures, oxford=oxford))]
        return value
    p = 0.6 if draw.chance(0.25) else 0
    return listed([_spread(draw, draw.value(kind), kind, p) for _ in range(n)], oxford=oxford)


def two_by_two(draw: Draw) -> Phrase:
    """Two endpoints in two arms: "OS and PFS were 10 and 5 months with A and 8 and 3 months with B"."""
    subject = listed([draw.endpoint()[0], draw.endpoint()[0]])
    kind = draw.one("time|time|share")
    first = _values(draw, kind, 2, oxford=False).after("prep", draw.at_arm())
    second = _values(draw, kind, 2, oxford=False).after("prep", draw.at_arm())
    if draw.chance(0.3):
        first.after("punct", comma())
    first.after("cc", word(draw.one("and|and|versus|vs"), "CC")).after("conj", second)
    root = _copula(draw, subject, plural=True).after("attr", first)
    return root.after("punct", comma()).after("advmod", word("respectively", "RB")) if draw.chance(0.4) else root


def comparative(draw: Draw) -> Phrase:
    """An endpoint longer in one arm than in the other, with both values in the bracket."""
    subject, kind = draw.endpoint()
    quality = word(draw.one("longer|longer|shorter|better|worse|higher|lower|greater|superior|similar|comparable"), "JJR")
    root = _copula(draw, subject)
    if draw.chance(0.6):
        quality.before("advmod", word(draw.one("significantly|significantly|markedly|numerically|not|substantially|also|slightly"), "RB"))
    if quality.word in {"superior", "similar", "comparable"}:
        quality.tag = "JJ"
        root.after("acomp", quality)
        if draw.chance(0.5):
            quality.after("prep", prep("between", listed([draw.arm(), draw.arm()])))
        else:
            root.after("prep", draw.at_arm())
            root.after(
                "prep", prep(draw.one("compared with|compared to|to|relative to") if quality.word == "superior" else "compared with", draw.arm())
            )
    else:
        root.after("acomp", quality)
        arm = draw.at_arm()
        quality.after("prep", arm)
        if draw.chance(0.75):
            than = word("than", "IN")
            quality.after("prep", than.after("prep", draw.at_arm()) if draw.chance(0.8) else than.after("pobj", draw.arm()))
        else:
            root.after("prep", prep(draw.one("compared with|compared to|versus"), draw.arm()))
    if draw.chance(0.6):
        root.after("parataxis", bracket(_figures(draw, kind)))
    elif draw.chance(0.3):
        root.after("punct", comma()).after("prep", prep("with", _figures_said(draw, kind)))
    return root


def _figures(draw: Draw, kind: str) -> Phrase:
    """The inside of a bracket with two values and what compares them: "10.6 vs 7.8 months; HR 0.61"."""
    sign = word(draw.one("vs|vs.|versus|v|and"), "CC")
    value = draw.value(kind)
    if kind == "time" and draw.chance(0.6):
        figure = value.left[0][1]
        value.left[0] = ("nummod", draw.months(unit=False).after("cc", sign).after("conj", figure))
    else:
        value.after("cc", sign).after("conj", draw.value(kind))
    if draw.chance(0.2):
        value.first("amod", word("median", "JJ"))
    mark = draw.one(";|,|;")
    for part in (draw.ratio(), draw.chance_value()):
        if draw.chance(0.65):
            value.after("punct", Phrase(mark, ":" if mark == ";" else ",", glue=True)).after("dep", part)
    return value


def _figures_said(draw: Draw, kind: str) -> Phrase:
    """The values told after "with": "a median of 10 months and 8 months"."""
    head = word(draw.one("median|mean"), "NN") if kind == "time" else word("rate", "NN")
    value = draw.value(kind)
    if draw.chance(0.5):
        value.after("prep", draw.at_arm())
        value.after("cc", word(draw.one("and|versus"), "CC")).after("conj", draw.value(kind).after("prep", draw.at_arm()))
    return head.before("det", word("a", "DT")).after("prep", prep("of", value))


def effect(draw: Draw) -> Phrase:
    """A treatment as subject and what it did to an endpoint: "A improved OS compared with B"."""
    subject = draw.arm()
    name, kind = draw.endpoint()
    roll = draw.random.random()
    if roll < 0.4:
        root = word(draw.one("improved|prolonged|increased|extended|reduced|shortened"), "VBD").before("nsubj", subject)
        if draw.chance(0.4):
            root.before("advmod", word(draw.one("significantly|substantially|also|markedly"), "RB"))
        root.after("dobj", name)
    elif roll < 0.55:
        improve = word(draw.one("improve|prolong|show|demonstrate|increase"), "VB").before("aux", word("to", "TO")).after("dobj", name)
        root = word("failed", "VBD").before("nsubj", subject).after("xcomp", improve)
    elif roll < 0.65:
        root = word(draw.one("improve|prolong|affect|increase"), "VB").before("nsubj", subject).before("aux", word("did", "VBD"))
        root.before("neg", word("not", "RB")).after("dobj", name)
    elif roll < 0.85:
        root = word("associated", "VBN").before("nsubjpass", subject).before("auxpass", word("was", "VBD"))
        name.left = [pair for pair in name.left if pair[0] != "det"]
        name.first("amod", word(draw.one("longer|improved|better|shorter|poorer|higher"), "JJR"))
        root.after("prep", prep("with", name))
    else:
        risk = noun(draw.one("the/DT risk/NN|the/DT rate/NN|the/DT hazard/NN"))
        risk.after("prep", prep("of", listed([word("progression", "NN"), word("death", "NN")], "or") if draw.chance(0.6) else word("death", "NN")))
        root = word(draw.one("reduced|decreased|lowered|cut"), "VBD").before("nsubj", subject).after("dobj", risk)
        root.after("prep", prep("by", draw.percent()))
    if draw.chance(0.5):
        root.after("prep", prep(draw.one("compared with|compared to|versus|over|compared with"), draw.arm()))
    elif draw.chance(0.2):
        root.after("prep", prep("in", draw.people()))
    return root.after("parataxis", bracket(_figures(draw, kind))) if draw.chance(0.5) else _stats(draw, root, 0.5)


def achieved(draw: Draw) -> Phrase:
    """Patients as subject: "patients receiving A had a median OS of 10 months, compared with 8 months for those receiving B"."""
    name, kind = draw.endpoint()
    root = word(draw.one("had|had|achieved|experienced|showed"), "VBD").before("nsubj", draw.arm())
    value = _spread(draw, draw.value(kind), kind)
    root.after("dobj", _article(name).after("prep", prep("of", value)))
    roll = draw.random.random()
    if roll < 0.5:
        if draw.chance(0.6):
            root.after("punct", comma())
        root.after("prep", prep(draw.one("compared with|versus|compared to"), _valued(draw, kind, 0.4)))
    elif roll < 0.75:
        value.after("cc", word(draw.one("versus|vs|and"), "CC")).after("conj", _valued(draw, kind, 0.3))
    return _stats(draw, root, 0.35)


def events(draw: Draw) -> Phrase:
    """Adverse events as a list, as subject or as complement, with or without brackets of shares."""
    n = draw.random.randint(2, 5)
    p = draw.one("0|0.95")
    items = [_share(draw, draw.event(), float(p)) for _ in range(n)]
    group = listed(items, oxford=draw.chance(0.5))
    roll = draw.random.random()
    label = noun(
        draw.one(
            "the/DT most/RBS common/JJ adverse/JJ events/NNS|the/DT most/RBS frequent/JJ toxicities/NNS|common/JJ adverse/JJ events/NNS|"
            "the/DT main/JJ grade/NN events/NNS"
        )
    )
    if draw.chance(0.3):
        label.after("prep", draw.at_arm())
    if roll < 0.35:
        return _copula(draw, label, plural=True).after("attr", group)
    if roll < 0.6:
        return _copula(draw, group, plural=True).after("attr", label)
    if roll < 0.8:
        root = word(draw.one("occurred|occurred|developed"), "VBD").before("nsubj", group)
    else:
        root = word(draw.one("observed|reported|seen|recorded"), "VBN").before("nsubjpass", group).before("auxpass", word("were", "VBD"))
    if p == "0" and draw.chance(0.6):
        shares = listed([draw.percent() for _ in range(n)], oxford=draw.chance(0.5)).after("prep", prep("of", draw.people()))
        return root.after("prep", prep("in", shares)).after("punct", comma()).after("advmod", word("respectively", "RB"))
    return root.after("prep", draw.at_arm())


def _share(draw: Draw, item: Phrase, p: float) -> Phrase:
    if draw.chance(0.2):
        item.first("nmod", _grade(draw))
    if not draw.chance(p):
        return item
    inside = draw.percent()
    if draw.chance(0.3):
        inside.after("cc", word(draw.one("vs|versus|vs."), "CC")).after("conj", draw.percent())
    elif draw.chance(0.3):
        inside = draw.fraction() if draw.chance(0.3) else draw.size()
    return item.after("parataxis", bracket(inside))


def _grade(draw: Draw) -> Phrase:
    head = word(draw.one("grade|grade|Grade"), "NN")
    if draw.chance(0.3):
        return head.after("nummod", word(draw.one("3|4|2"), "CD"))
    first = word(draw.one("3|1|2"), "CD")
    return head.after("nummod", first.after("cc", word("or", "CC")).after("conj", word(draw.one("4|5|higher"), "CD")))


def incidence(draw: Draw) -> Phrase:
    """One event in two arms: "grade 3 nausea occurred in 12% of patients receiving A and in 8% of those receiving B"."""
    subject = _share(draw, draw.event(), 0)
    passive = draw.chance(0.5)
    root = word(draw.one("observed|reported|seen") if passive else draw.one("occurred|developed"), "VBN" if passive else "VBD")
    root.before("nsubjpass" if passive else "nsubj", subject)
    if passive:
        root.before("auxpass", word("was", "VBD"))
    first, second = _part_of(draw), _part_of(draw)
    if draw.chance(0.6):
        into = prep("in", first)
        root.after("prep", into)
        how = draw.one("and|and|versus|vs|compared with")
        if how == "compared with":
            root.after("prep", prep(how, second))
        elif draw.chance(0.5):
            first.after("cc", word(how, "CC")).after("conj", second)
        else:
            into.after("cc", word(how, "CC")).after("conj", prep("in", second))
    else:
        root.after("prep", prep("in", first))
    return _stats(draw, root, 0.3)


def _part_of(draw: Draw) -> Phrase:
    """A share or a number of patients of an arm."""
    roll = draw.random.random()
    people = draw.people()
    if roll < 0.45:
        return draw.percent().after("prep", prep("of", people))
    whole = draw.random.randint(10, 900)
    figure = word(str(draw.random.randint(1, whole)), "CD")
    if people.word == "those":
        return figure.after("prep", prep("of", people))
    if roll < 0.6:
        return people.first("nummod", figure)
    if draw.chance(0.7):
        figure.after("parataxis", bracket(draw.percent()))
    return figure.after("prep", prep("of", people.first("nummod", word(str(whole), "CD"))))


def counts(draw: Draw) -> Phrase:
    """How many patients did what, in one arm or two, the second without its verb."""
    result = noun(draw.one("a/DT complete/JJ response/NN|a/DT partial/JJ response/NN|an/DT objective/JJ response/NN|stable/JJ disease/NN|"
    "treatment/NN|"
                           "progressive/JJ disease/NN|surgery/NN"))  # fmt: skip
    subject = _part_of(draw)
    roll = draw.random.random()
    if roll < 0.5:
        root = word(draw.one("achieved|had|experienced|received|showed|completed"), "VBD").before("nsubj", subject).after("dobj", result)
        if draw.chance(0.5):
            if draw.chance(0.5):
                subject.after("cc", word("and", "CC")).after("conj", _part_of(draw))
            else:
                root.after("prep", prep(draw.one("compared with|versus"), _part_of(draw)))
        return root
    if roll < 0.75:
        verb = word(draw.one("died|progressed|relapsed|responded|withdrew"), "VBD").before("nsubj", subject)
        return verb.after("prep", prep(draw.one("in|during|within"), names(draw.one("follow up|treatment|induction"))))
    root = word(draw.one("observed|achieved|recorded|seen"), "VBN").before("nsubjpass", result).before("auxpass", word("was", "VBD"))
    first = _part_of(draw)
    root.after("prep", prep("in", first))
    if draw.chance(0.5):
        second = _part_of(draw).after("prep", draw.at_arm())
        first.after("prep", draw.at_arm()).after("cc", word("and", "CC")).after("conj", second)
    return root


def randomised(draw: Draw) -> Phrase:
    """How patients were allocated: "280 patients were randomised to A (n = 140) or B (n = 140)"."""
    subject = noun(f"{draw.random.randint(20, 2000)}/CD patients/NNS")
    if draw.chance(0.3):
        total = word("total", "NN").before("det", word(draw.one("A|a"), "DT"))
        subject = total.after("prep", prep("of", subject))
    root = (
        word(draw.one("randomized|randomised|assigned|allocated|enrolled"), "VBN").before("nsubjpass", subject).before("auxpass", word("were", "VBD"))
    )
    n = 2 if draw.chance(0.8) else 3
    sized = draw.chance(0.7)
    arms = [draw.arm() for _ in range(n)]
    for arm in arms:
        if sized:
            arm.after("parataxis", bracket(draw.size()))
    into = listed(arms, draw.one("or|and"), oxford=draw.chance(0.5))
    if root.word == "enrolled":
        return root.after("punct", comma()).after("advcl", word("including", "VBG").after("dobj", into)) if draw.chance(0.5) else root
    if draw.chance(0.5):
        return root.after("prep", prep("to", into))
    return root.after("xcomp", word(draw.one("receive|undergo"), "VB").before("aux", word("to", "TO")).after("dobj", into))


def no_difference(draw: Draw) -> Phrase:
    """No difference, said with "there was" or "did not differ"."""
    name, kind = draw.endpoint()
    pair = listed([draw.arm(), draw.arm()])
    if draw.chance(0.4):
        pair = word(draw.one("arms|groups"), "NNS").before("det", word("the", "DT")).before("nummod", word("two", "CD"))
    if draw.chance(0.5):
        difference = noun(draw.one("no/DT significant/JJ difference/NN|no/DT difference/NN|a/DT significant/JJ difference/NN|no/DT improvement/NN"))
        difference.after("prep", prep("in", name)).after("prep", prep("between", pair))
        root = word("was", "VBD").before("expl", word("there", "EX")).after("attr", difference)
    else:
        root = word("differ", "VB").before("nsubj", name).before("aux", word("did", "VBD")).before("neg", word("not", "RB"))
        if draw.chance(0.5):
            root.before("advmod", word("significantly", "RB"))
        root.after("prep", prep("between", pair))
    return root.after("parataxis", bracket(_figures(draw, kind))) if draw.chance(0.5) else _stats(draw, root, 0.6)


def hazard(draw: Draw) -> Phrase:
    """The estimate itself as subject: "the HR for death was 0.61 (95% CI 0.50-0.75)"."""
    subject = noun(draw.one("hazard/NN ratio/NN|HR/NN|odds/NNS ratio/NN|adjusted/VBN hazard/NN ratio/NN|relative/JJ risk/NN"))
    subject.first("det", word("the", "DT"))
    if draw.chance(0.6):
        subject.after("prep", prep("for", word(draw.one("death|progression|OS|PFS|recurrence"), "NN")))
    figure = word(draw.number(0.2, 2, 2), "CD")
    root = _copula(draw, subject).after("attr", figure)
    inside = draw.interval(2, 2.5)
    if draw.chance(0.5):
        inside.after("punct", Phrase(draw.one(";|,"), ":", glue=True)).after("dep", draw.chance_value())
    figure.after("parataxis", bracket(inside))
    if draw.chance(0.4):
        root.after("punct", comma()).after("advcl", word(draw.one("favoring|favouring"), "VBG").after("dobj", draw.arm()))
    elif draw.chance(0.4):
        pair = draw.arm()
        root.after("prep", prep("for", pair.after("cc", word(draw.one("versus|vs"), "CC")).after("conj", draw.arm())))
    return root


def endpoint_met(draw: Draw) -> Phrase:
    """A study and what it showed: "the trial met its primary endpoint"."""
    subject = noun(draw.one("the/DT trial/NN|the/DT study/NN|this/DT study/NN|the/DT analysis/NN"))
    if draw.chance(0.4):
        subject = names(f"{draw.trial()} {draw.one('trial|study')}").first("det", word("the", "DT"))
    aim = noun(
        draw.one(
            "its/PRP$ primary/JJ endpoint/NN|its/PRP$ primary/JJ end/NN point/NN|the/DT primary/JJ endpoint/NN|its/PRP$ secondary/JJ endpoints/NNS"
        )
    )
    if draw.chance(0.4):
        aim.after("prep", prep("of", draw.endpoint()[0]))
    if draw.chance(0.6):
        return word(draw.one("met|missed|reached"), "VBD").before("nsubj", subject).after("dobj", aim)
    root = word("meet", "VB").before("nsubj", subject).before("aux", word("did", "VBD")).before("neg", word("not", "RB"))
    return root.after("dobj", aim)


def outcome(draw: Draw) -> Phrase:
    """A short clause about a treatment without figures."""
    subject = draw.arm() if draw.chance(0.6) else names(draw.drug())
    roll = draw.random.random()
    if roll < 0.45:
        verb = word(draw.one("approved|stopped|discontinued|recommended|withdrawn|tolerated|approved|granted"), "VBN").before("nsubjpass", subject)
        verb.before("auxpass", word(draw.one("was|is|was"), "VBD"))
        if verb.word == "granted":
            verb.after("dobj", word(draw.one("approval|priority"), "NN"))
        if draw.chance(0.3):
            verb.after("prep", prep("in", word(str(draw.random.randint(1998, 2024)), "CD")))
        return verb
    if roll < 0.65:
        return word("failed", "VBD").before("nsubj", subject)
    if roll < 0.85:
        return (
            word("did", "VBD").before("nsubj", subject).after("neg", word("not", "RB"))
            if draw.chance(0.5)
            else word("responded", "VBD").before("nsubj", subject)
        )
    return (
        word(draw.one("showed|had|offered"), "VBD").before("nsubj", subject).after("dobj", noun(draw.one("no/DT benefit/NN|similar/JJ efficacy/NN")))
    )


def changed(draw: Draw) -> Phrase:
    """A change told from one value to the other: "rose from 4% with A to 11% with B"."""
    subject, kind = draw.endpoint() if draw.chance(0.6) else (noun("the/DT incidence/NN").after("prep", prep("of", draw.event())), "share")
    first, second = draw.value(kind), draw.value(kind)
    if draw.chance(0.7):
        first.after("prep", draw.at_arm())
        second.after("prep", draw.at_arm())
    passive = draw.chance(0.4)
    verb = word(
        draw.one("increased|prolonged|reduced|extended") if passive else draw.one("rose|fell|increased|decreased|declined|dropped"),
        "VBN" if passive else "VBD",
    )
    verb.before("nsubjpass" if passive else "nsubj", subject)
    if passive:
        verb.before("auxpass", word("was", "VBD"))
    return _stats(draw, verb.after("prep", prep("from", first)).after("prep", prep("to", second)), 0.4)


def aside(draw: Draw) -> Phrase:
    """A subject with an apposition between commas: "OS, the primary endpoint, was 10 months"."""
    subject, kind = draw.endpoint()
    if draw.chance(0.3):
        subject, kind = noun(draw.one("local/JJ control/NN|the/DT difference/NN|treatment/NN response/NN|survival/NN")), draw.one("time|share")
        subject.after("prep", prep(draw.one("at|in"), noun(draw.one("one/CD year/NN|both/DT arms/NNS|survival/NN"))))
    gloss = noun(
        draw.one("the/DT primary/JJ endpoint/NN|a/DT secondary/JJ endpoint/NN|the/DT key/JJ secondary/JJ endpoint/NN|the/DT main/JJ outcome/NN")
    )
    if draw.chance(0.3):
        gloss.after("prep", prep("of", noun(draw.one("the/DT trial/NN|the/DT study/NN|this/DT analysis/NN"))))
    subject.after("punct", comma()).after("appos", gloss).after("punct", comma())
    root = _told(draw, subject, _spread(draw, draw.value(kind), kind, 0.2))
    if draw.chance(0.6):
        second = (
            _told(draw, draw.endpoint()[0], draw.value(kind))
            if draw.chance(0.3)
            else _copula(draw, draw.endpoint()[0]).after("attr", _valued(draw, kind, 0))
        )
        if draw.chance(0.5):
            second.left = [pair for pair in second.left if pair[0] not in {"nsubj", "nsubjpass"}]
        root.after("prep", draw.at_arm()).after("cc", word("and", "CC")).after("conj", second)
    return root


def among(draw: Draw) -> Phrase:
    """The whole told first: "of 280 patients, 34 (12%) with A and 20 (8%) with B relapsed"."""
    whole = prep(draw.one("of|among"), noun(f"{draw.random.randint(40, 900)}/CD {draw.one('patients|evaluable/JJ patients|women|participants')}/NNS"))
    if draw.chance(0.5):
        whole.right[0][1].first("det", word("the", "DT"))
    subject = word(str(draw.random.randint(3, 200)), "CD").after("parataxis", bracket(draw.percent()))
    if draw.chance(0.6):
        other = word(str(draw.random.randint(3, 200)), "CD").after("parataxis", bracket(draw.percent()))
        subject.after("prep", draw.at_arm()).after("cc", word("and", "CC")).after("conj", other.after("prep", draw.at_arm()))
    if draw.chance(0.6):
        root = word(draw.one("relapsed|died|responded|progressed|withdrew|had"), "VBD").before("nsubj", subject)
        if root.word == "had":
            root.after("dobj", noun(draw.one("a/DT partial/JJ response/NN|grade/NN toxicity/NN|stable/JJ disease/NN")))
    else:
        root = word(draw.one("assigned|randomized|switched"), "VBN").before("nsubjpass", subject).before("auxpass", word("were", "VBD"))
        root.after("prep", prep("to", draw.regimen()))
    return root.first("punct", comma()).first("prep", whole)


def without_unit(draw: Draw) -> Phrase:
    """Two subjects and one verb: "A gave 8.1 months of PFS and B 5.5", "A responded in 44% of cases, B in 17%"."""
    name, kind = draw.endpoint()
    if draw.chance(0.5):
        name.left = [pair for pair in name.left if pair[0] != "det"]
        root = (
            word(draw.one("gave|achieved|yielded|produced"), "VBD")
            .before("nsubj", draw.arm())
            .after("dobj", draw.value(kind).after("prep", prep("of", name)))
        )
        last = draw.months(unit=False) if kind == "time" else draw.percent()
        return root.after("cc", word("and", "CC")).after("conj", last.first("nsubj", draw.arm()))
    root = word(draw.one("responded|relapsed|progressed"), "VBD").before(
        "nsubj", names(f"{draw.drug()} tumors") if draw.chance(0.4) else draw.people()
    )
    return root.after("prep", prep("in", draw.percent().after("prep", prep("of", word(draw.one("cases|patients"), "NNS")))))


def both(draw: Draw) -> Phrase:
    """Two objects, each with its figures: "A prolonged both PFS (5 vs 3 months) and OS (10 vs 8 months)"."""
    objects = []
    for _ in range(2):
        name, kind = draw.endpoint()
        name.left = [pair for pair in name.left if pair[0] != "det"]
        objects.append(name.after("parataxis", bracket(_figures(draw, kind))) if draw.chance(0.7) else name)
    if draw.chance(0.5):
        objects[0].first("preconj", word("both", "CC"))
    root = word(draw.one("prolonged|improved|lengthened|increased|delayed|affected|favored"), "VBD").before("nsubj", draw.arm())
    if draw.chance(0.25):
        aside = [("punct", comma()), ("prep", prep("compared with", draw.regimen())), ("punct", comma())]
        root.left.extend(aside)
    return root.after("dobj", listed(objects))


def chain(draw: Draw) -> Phrase:
    """Verbs in a row with one subject: "A doubled PFS, from 4 to 8 months, and lowered the risk of death by 20%"."""
    name, kind = draw.endpoint()
    root = word(draw.one("doubled|halved|improved|increased|shortened|prolonged"), "VBD").before("nsubj", draw.arm()).after("dobj", name)
    if draw.chance(0.6):
        set_off = draw.chance(0.5)
        if set_off:
            root.after("punct", comma())
        first = draw.months(unit=False) if kind == "time" else draw.percent()
        root.after("prep", prep("from", first)).after("prep", prep("to", draw.value(kind)))
        if set_off:
            root.after("punct", comma())
    roll = draw.random.random()
    if roll < 0.4:
        second = word(draw.one("reduced|lowered|cut"), "VBD").after(
            "dobj", noun("the/DT risk/NN").after("prep", prep("of", word(draw.one("death|progression|relapse"), "NN")))
        )
        second.after("prep", prep("by", draw.percent()))
    elif roll < 0.7:
        second = word(draw.one("improved|worsened|preserved"), "VBD").after(
            "dobj", noun(draw.one("quality/NN|function/NN|performance/NN status/NN|symptoms/NNS"))
        )
    else:
        second = word("was", "VBD").after("acomp", word(draw.one("tolerable|safe|feasible|effective|toxic"), "JJ"))
    return root.after("cc", word(draw.one("and|and|but"), "CC")).after("conj", second)


def adding(draw: Draw) -> Phrase:
    """A gerund as subject: "adding A to B improved OS"."""
    subject = word(draw.one("adding|combining|giving|continuing|withholding"), "VBG").after("dobj", names(draw.drug()))
    if draw.chance(0.6):
        subject.after("prep", prep("with" if subject.word == "combining" else "to", draw.regimen()))
    root = word(draw.one("improved|prolonged|increased|worsened|reduced|delayed"), "VBD").before("csubj", subject)
    name, _ = draw.endpoint()
    return _stats(draw, root.after("dobj", draw.event() if draw.chance(0.2) else name), 0.4)


def lived(draw: Draw) -> Phrase:
    """Patients who lived longer: "patients given A lived longer than controls (10.6 v 7.8 months)"."""
    subject = draw.people() if draw.chance(0.7) else noun(f"{draw.drug().lower().split()[0]}-treated/VBN patients/NNS")
    root = word(draw.one("lived|survived|responded|relapsed|progressed"), "VBD").before("nsubj", subject)
    how = (
        word(draw.one("longer|later|earlier|better"), "RBR")
        if draw.chance(0.7)
        else word("often", "RB").before("advmod", word(draw.one("more|less"), "RBR"))
    )
    rival = draw.people() if draw.chance(0.6) else word(draw.one("controls|others"), "NNS")
    root.after("advmod", how.after("prep", prep("than", rival)))
    return root.after("parataxis", bracket(_figures(draw, "time"))) if draw.chance(0.6) else root


def affected(draw: Draw) -> Phrase:
    """Patients as object, in two arms: "nausea affected 14 patients (9%) given A and five (3%) given B"."""
    first = noun(f"{draw.random.randint(2, 90)}/CD patients/NNS").after("parataxis", bracket(draw.percent()))
    second = word(draw.one("two|three|five|six|12|24|31|none"), "CD").after("parataxis", bracket(draw.percent()))
    for one in (first, second):
        if draw.chance(0.5):
            one.after("acl", word(draw.one("given|receiving|taking|given"), "VBN").after("dobj", draw.regimen()))
            one.right[-1][1].tag = "VBN" if one.right[-1][1].word == "given" else "VBG"
        else:
            one.after("prep", draw.at_arm())
    root = word(draw.one("affected|affected|occurred"), "VBD").before("nsubj", _share(draw, draw.event(), 0))
    pair = listed([first, second], draw.one("and|and|versus"))
    return root.after("dobj", pair) if root.word == "affected" else root.after("prep", prep("in", pair))


Frame = Callable[[Draw], Phrase]
CLAUSES: tuple[tuple[Frame, float], ...] = (
    (single, 3), (gapped, 3), (gapped_clause, 1), (versus, 1.4), (respectively, 1.8), (two_by_two, 0.7), (comparative, 1.6), (effect, 1.6),
    (achieved, 1.2),
    (events, 1.2), (incidence, 1), (counts, 1), (randomised, 0.7), (no_difference, 0.7), (hazard, 0.6), (endpoint_met, 2), (outcome, 0.3),
    (changed, 0.6), (aside, 0.6), (among, 0.6), (without_unit, 0.7), (both, 0.6), (chain, 0.7), (adding, 0.5), (lived, 0.5),
    (affected, 0.6),
)  # fmt: skip


def clause(draw: Draw) -> Phrase:
    """One clause of any frame."""
    return draw.random.choices([frame for frame, _ in CLAUSES], [weight for _, weight in CLAUSES])[0](draw)


def sentence(draw: Draw) -> Tree:
    """A sentence: a clause or two, with what may stand before, and its stop."""
    root = clause(draw)
    roll = draw.random.random()
    if roll < 0.32:
        _coordinated(draw, root)
    elif roll < 0.4:
        _contrasted(draw, root)
    if draw.chance(0.3):
        _opened(draw, root)
    if draw.chance(0.1):
        root = word(draw.one("showed|reported|found|revealed|suggest|confirmed"), "VBD").after("ccomp", root)
        root.before("nsubj", noun(draw.one("the/DT authors/NNS|the/DT analysis/NN|we/PRP|a/DT recent/JJ trial/NN|the/DT results/NNS")))
        if draw.chance(0.7):
            root.right[0][1].first("mark", word("that", "IN"))
    root.after("punct", Phrase(".", ".", glue=True))
    return _capital(tree(root))


def _coordinated(draw: Draw, root: Phrase) -> None:
    """A second clause after the first, whose last word is a noun: its subject is no conjunct of that noun."""
    second = draw.random.choice([outcome, outcome, outcome, outcome, single, endpoint_met, effect, gapped, clause])(draw)
    if draw.chance(0.35):
        root.after("punct", comma())
    root.after("cc", word(draw.one("and|and|and|but"), "CC")).after("conj", second)


def _contrasted(draw: Draw, root: Phrase) -> None:
    """A second clause with "whereas", "while" or "although"."""
    second = draw.random.choice([single, outcome, gapped, comparative, endpoint_met])(draw)
    second.first("mark", word(draw.one("whereas|whereas|while|although"), "IN"))
    root.after("punct", comma()).after("advcl", second)


def _opened(draw: Draw, root: Phrase) -> None:
    """What stands before the clause: an adverb, a population, a follow-up."""
    roll = draw.random.random()
    if roll < 0.25:
        opening, relation = word(draw.one("however|overall|notably|additionally|moreover|finally"), "RB"), "advmod"
    elif roll < 0.6:
        opening, relation = prep(draw.one("in|among|in|for"), draw.people()), "prep"
    elif roll < 0.8:
        time = draw.months()
        follow = noun(draw.one("a/DT median/JJ follow-up/NN|a/DT median/JJ follow/NN up/NN|data/NNS cutoff/NN"))
        opening, relation = prep(draw.one("after|at|with"), follow.after("prep", prep("of", time))), "prep"
    elif roll < 0.9:
        opening, relation = prep("compared with", draw.arm()), "prep"
    else:
        opening, relation = (
            prep("in", noun(draw.one("the/DT intention/NN population/NN|the/DT ITT/NN population/NN|the/DT overall/JJ population/NN|phase/NN"))),
            "prep",
        )
    root.left.insert(0, ("punct", comma()))
    root.left.insert(0, (relation, opening))


def _capital(words: Tree) -> Tree:
    first = words[0]
    text = first.text[0].upper() + first.text[1:] if first.text.islower() else first.text
    return (replace(first, text=text), *words[1:])


HEADINGS = (
    "results/NNS|efficacy/NN|safety/NN|background/NN|discussion/NN|conclusion/NN|conclusions/NNS|methods/NNS|overall/JJ survival/NN|"
    "treatment/NN outcomes/NNS|"
    "adverse/JJ events/NNS|progression-free/JJ survival/NN|patient/NN characteristics/NNS|statistical/JJ analysis/NN|primary/JJ endpoint/NN|"
    "response/NN|findings/NNS"
)


def paragraph(draw: Draw) -> Paragraph:
    """One to five sentences as a document, now and then with a heading glued on."""
    trees = [sentence(draw) for _ in range(draw.random.choice((1, 1, 1, 2, 3, 4, 5)))]
    if draw.chance(0.15):
        trees.insert(0, _capital(tree(noun(draw.one(HEADINGS)))))
    return tuple(trees)


def paragraphs(words: int, seed: int) -> Iterator[Paragraph]:
    """Documents until so many words are made; the same seed gives the same documents."""
    draw = Draw(random.Random(seed))
    made = 0
    while made < words:
        trees = paragraph(draw)
        made += sum(len(words) for words in trees)
        yield trees
