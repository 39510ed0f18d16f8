"""Statements made by chance: figures that come of one model, rounded as papers round, and the same with one digit changed.

The sound ones show how often the audit accuses without a reason, in more ways of writing than a list by hand has; the others how many of all
misprints of one digit it sees. Not each can be seen: 0.62 printed as 0.63 may lie within what rounding allows.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import erfc, exp, log, sqrt

from scipy.stats import fisher_exact

DRUGS = ("sorafenib", "lenvatinib", "regorafenib", "cabozantinib", "docetaxel", "pemetrexed", "nivolumab", "erlotinib", "everolimus", "olaparib")
EVENTS = ("diarrhea", "hypertension", "fatigue", "neutropenia", "rash")
FACTORS = ("portal vein invasion", "an ECOG performance status of 2", "ascites", "extrahepatic metastasis")


@dataclass(frozen=True, slots=True)
class Made:
    """A statement, and where in it the numbers stand that are figures of a result."""

    text: str
    figures: tuple[tuple[int, int], ...]


def made(seed: int, count: int) -> Iterator[Made]:
    """Sound statements: the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        yield _marked(chance.choice(_FORMS)(chance))


def misprinted(statements: Sequence[Made], seed: int) -> Iterator[str]:
    """Each statement with one digit of one figure changed, the first of a number not to nought."""
    chance = random.Random(seed)
    for statement in statements:
        start, end = chance.choice(statement.figures)
        at = chance.choice([i for i in range(start, end) if statement.text[i].isdigit()])
        others = [digit for digit in "0123456789" if digit != statement.text[at] and not (digit == "0" and at == start)]
        yield statement.text[:at] + chance.choice(others) + statement.text[at + 1 :]


def _marked(text: str) -> Made:
    """A statement whose figures are marked as `{0.62}`."""
    figures, plain, last = [], "", 0
    for match in re.finditer(r"\{([^{}]*)\}", text):
        plain += text[last : match.start()]
        figures.append((len(plain), len(plain) + len(match.group(1))))
        plain += match.group(1)
        last = match.end()
    return Made(plain + text[last:], tuple(figures))


def _estimate(chance: random.Random) -> tuple[str, str]:
    """A ratio with its interval and p-value; the second is the ratio's side of 1."""
    places, error = chance.choice((2, 2, 3)), chance.uniform(0.08, 0.35)
    ratio = exp(chance.gauss(-0.2, 0.35))
    low, high = (ratio * exp(sign * 1.959964 * error) for sign in (-1, 1))
    p = erfc(abs(log(ratio)) / error / sqrt(2))
    told = f"p<{{{10**-digits:.{digits}f}}}" if p < 10 ** -(digits := chance.choice((3, 3, 4))) else f"p={{{p:.{digits}f}}}"
    between = chance.choice(("-", " to ", "–"))
    name = chance.choice(("HR {0}, 95% CI {1}; {2}", "HR={0}; 95% CI, {1}; {2}", "hazard ratio {0} [95% CI {1}], {2}"))
    interval = f"{{{low:.{places}f}}}{between}{{{high:.{places}f}}}"
    return name.replace("{0}", f"{{{ratio:.{places}f}}}").replace("{1}", interval).replace("{2}", told), "longer" if ratio < 1 else "shorter"


def _two(chance: random.Random) -> tuple[str, str]:
    first, second = chance.sample(DRUGS, 2)
    return first, second


def _compared(chance: random.Random) -> str:
    first, second = _two(chance)
    told, side = _estimate(chance)
    return f"{chance.choice(('Overall survival', 'Progression-free survival', 'PFS', 'OS'))} was {side} with {first} than with {second} ({told})."


def _factor(chance: random.Random) -> str:
    told, side = _estimate(chance)
    return f"In multivariate analysis, {chance.choice(FACTORS)} was associated with {side} OS ({told})."


def _counts(chance: random.Random) -> tuple[int, int, str]:
    total = chance.randint(20, 400)
    n = round(total * min(max(chance.gauss(0.3, 0.15), 0.02), 0.95))
    return n, total, f"{100 * n / total:.{chance.choice((0, 1, 1))}f}"


def _shares(chance: random.Random) -> str:
    first, second = _two(chance)
    (a, of_a, x), (b, of_b, y) = _counts(chance), _counts(chance)
    p = float(fisher_exact([[a, of_a - a], [b, of_b - b]])[1])
    told = "p < {0.001}" if p < 0.001 else f"p = {{{p:.3f}}}"
    name = chance.choice(("ORR", "objective response rate", "disease control rate"))
    return (
        f"The {name} was {{{x}}}% ({{{a}}} of {{{of_a}}} patients) with {first} and {{{y}}}% ({{{b}}} of {{{of_b}}} patients) with {second} ({told})."
    )


def _events(chance: random.Random) -> str:
    first, second = _two(chance)
    (a, of_a, x), (b, of_b, y) = _counts(chance), _counts(chance)
    event = chance.choice(EVENTS)
    return (
        f"Grade 3-4 {event} occurred in {{{a}}} of {{{of_a}}} patients ({{{x}}}%) treated with {first} "
        f"and in {{{b}}} of {{{of_b}}} patients ({{{y}}}%) treated with {second}."
    )


def _medians(chance: random.Random) -> str:
    first, second = _two(chance)
    values = []
    for _ in range(2):
        value = chance.uniform(3, 25)
        values.append(f"{{{value:.1f}}} months (95% CI {{{value * chance.uniform(0.7, 0.92):.1f}}}-{{{value * chance.uniform(1.08, 1.4):.1f}}})")
    return f"Median {chance.choice(('OS', 'PFS', 'overall survival'))} was {values[0]} with {first} and {values[1]} with {second}."


def _responses(chance: random.Random) -> str:
    total = chance.randint(25, 300)
    cr, pr, sd = (round(total * chance.uniform(low, high)) for low, high in ((0.0, 0.08), (0.08, 0.35), (0.15, 0.45)))
    told = [f"{{{100 * n / total:.1f}}}%" for n in (cr, pr, cr + pr, sd, cr + pr + sd)]
    kinds = ("the CR rate was", "the PR rate was", "the ORR was", "the SD rate was", "the DCR was")
    *most, last = (f"{kind} {share}" for kind, share in zip(kinds, told, strict=True))
    return f"With {chance.choice(DRUGS)}, {', '.join(most)} and {last}."


def _landmarks(chance: random.Random) -> str:
    rates = sorted((chance.uniform(15, 90) for _ in range(2)), reverse=True)
    first, second = (f"{{{rate:.1f}}}%" for rate in rates)
    return f"With {chance.choice(DRUGS)}, the 1-year overall survival rate was {first} and the 2-year overall survival rate was {second}."


_FORMS: tuple[Callable[[random.Random], str], ...] = (_compared, _factor, _shares, _events, _medians, _responses, _landmarks)
