"""Two arms with one treatment, told apart by how often it was given: "paclitaxel every 2 weeks or every 3 weeks", "400 mg once or twice daily"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.entities.arm_book import ArmBook, ArmName
from extractor.entities.assignment import RANDOMIZES, AssignedArm
from extractor.entities.mention import Mention, MentionKind, Part
from extractor.quantities import NUMBER_WORDS, Pattern

_COUNTS = {"other": 2, "second": 2, "third": 3, "fourth": 4, "two": 2, "three": 3, "four": 4, "six": 6, "eight": 8, "tri": 3, "bi": 2}
_N = rf"(?:\d{{1,2}}|{'|'.join(sorted((*NUMBER_WORDS, *_COUNTS), key=len, reverse=True))})"
_FREQUENCY = (
    rf"(?:(?:once\s)?every[\s-](?:{_N}[\s-])?(?:weeks?|days?|months?)|q\.?\s?\d{{0,2}}\s?(?:w|d|wk)\b|(?:once|twice|thrice|three\stimes|{_N})?[\s-]?(?:weekly|monthly|daily)"
    r"|(?:once|twice|three\stimes)\s(?:a|per|each|every)\s(?:week|day|month)|[bt]\.?i\.?d\.?|[oq]\.?d\.?)(?![\w-])"
)
_DOSE = r"(?:\s?[(\[]?\d[\d.,]*\s?(?:mg|g|µg|μg|mcg|IU|MU|Gy)(?:\s?/\s?\w+)?[)\]]?)?"
_SIZE = r"(?:\s?[(\[][^()\[\]]{0,30}[)\]])?"
FREQUENCIES = Pattern(
    id="so-often-or-so-often",
    regex=rf"""
        ^ {_DOSE} \s? [(,]? \s? (?: given \s | administered \s )? (?P<one> {_FREQUENCY} ) {_SIZE} \)? (?: \s (?:dosing|schedule|regimen|arm|group) )?
        ,? \s (?: or | versus | vs\.? | compared\s(?:with|to) | against ) \s (?: to\s | with\s | the\ssame\sdose\s | the\s | at\s )*
        (?P<again> [A-Za-z][\w-]{{3,}} (?=\s) )?? {_DOSE} \s? (?: given \s | administered \s )? \(? (?P<two> {_FREQUENCY} )
    """,
    examples={
        " every 2 weeks or every 3 weeks": [{"one": "every 2 weeks", "two": "every 3 weeks"}],
        " 400 mg once daily or imatinib 400 mg twice daily": [{"one": "once daily", "again": "imatinib", "two": "twice daily"}],
        " weekly versus every second week": [{"one": "weekly", "two": "every second week"}],
    },
    counterexamples=(" every 2 or 3 weeks", " weekly for 12 weeks"),
    flags=re.VERBOSE | re.IGNORECASE,
)
_WITH = re.compile(r"\s?(?:,|and|plus|\+|/|with|,\sand)\s?", re.IGNORECASE)
_AHEAD = 90


def with_frequencies(book: ArmBook, told: Sequence[tuple[str, Sequence[Mention]]]) -> ArmBook:
    """The same book with the two arms that had one treatment at different intervals, where a trial sets these against each other.

    Args:
        book: the names that the document gives to its treatments.
        told: the sentences of title, abstract and methods with their treatment parts.
    """
    if book.settings or len({a.parts for a in book.assigned}) > 1 or not any(RANDOMIZES.search(text) for text, _ in told):
        return book
    for text, parts in told:
        for one, two, treatment in _contrasts(text, parts):
            return _told(book, (one, two), treatment)
    return book


def _contrasts(text: str, parts: Sequence[Mention]) -> Iterator[tuple[str, str, list[Mention]]]:
    ordered = sorted((m for m in parts if m.parts), key=lambda m: m.span)
    for i, mention in enumerate(ordered):
        match = FREQUENCIES.compiled.match(text[mention.span.end : mention.span.end + _AHEAD])
        if (
            match is None
            or mention.kind not in (MentionKind.DRUG, MentionKind.DRUG_CLASS)
            or interval(match.group("one")) == interval(match.group("two"))
        ):
            continue
        between = [m for m in ordered[i + 1 :] if m.span.start < mention.span.end + match.end()]
        if any(m.parts != mention.parts for m in between) or (match.group("again") and not between):
            continue
        run = [mention]
        for earlier in reversed(ordered[:i]):
            if not _WITH.fullmatch(text, earlier.span.end, run[0].span.start):
                break
            run.insert(0, earlier)
        yield _said(match.group("one")), _said(match.group("two")), run


def _said(frequency: str) -> str:
    return re.sub(r"\s+", " ", frequency.strip().casefold())


def interval(frequency: str) -> float:
    """The days from one dose to the next.

    >>> interval("every 2 weeks"), interval("weekly"), interval("twice daily"), interval("q3w"), interval("every other day")
    (14.0, 7.0, 0.5, 21.0, 2.0)
    """
    said = _said(frequency).replace("-", " ")
    compact = re.sub(r"[\s.]", "", said)
    if compact in ("bid", "tid", "od", "qd"):
        return {"bid": 1 / 2, "tid": 1 / 3}.get(compact, 1.0)
    short = re.fullmatch(r"q(\d*)(?:w|d|wk)", compact)
    unit = 7.0 if re.search(r"week|\dwk?$|^qwk?$", compact) else 30.0 if "month" in said else 1.0
    if short is not None:
        return unit * int(short.group(1) or 1)
    number = re.search(rf"\b{_N}\b", said.replace("biweekly", "bi weekly").replace("triweekly", "tri weekly"))
    count = float({**NUMBER_WORDS, **_COUNTS}.get(number.group(), number.group())) if number is not None else 1.0
    if re.match(r"(?:twice|thrice|three times)\b", said):
        return unit / (2 if said.startswith("twice") else 3)
    return unit if said.startswith("once") and "every" not in said else unit * count


def _called(frequency: str) -> list[str]:
    """How an arm may be called by its frequency, as it is told first: "every 3 weeks", "3-weekly", "three-weekly", "every-3-week", "q3w"."""
    days = interval(frequency)
    names = [frequency, frequency.replace(" ", "-"), re.sub(r"s$", "", frequency).replace(" ", "-")]
    if days >= 7 and days % 7 == 0:
        weeks = int(days // 7)
        words = [word for word, n in NUMBER_WORDS.items() if n == weeks]
        own = ("weekly", "once weekly", "once-weekly", "every week") if weeks == 1 else ()
        names += [*own, *(f"{n}-weekly" for n in (weeks, *words) if weeks > 1), f"every {weeks} weeks", f"every-{weeks}-week", f"q{weeks}w"]
    elif days in (1.0, 0.5):
        names += ["once daily", "once-daily", "daily"] if days == 1 else ["twice daily", "twice-daily"]
    return list(dict.fromkeys(names))


def _told(book: ArmBook, frequencies: Sequence[str], treatment: Sequence[Mention]) -> ArmBook:
    parts: tuple[Part, ...] = tuple(dict.fromkeys(p for m in treatment for p in m.parts))
    norm = " + ".join(dict.fromkeys(m.norm for m in treatment))
    settings: dict[str, ArmName] = {}
    names = dict(book.names)
    for frequency in frequencies:
        for label in _called(frequency):
            arm = ArmName(label, f"{norm} ({frequency})", parts, is_drugs=False)
            settings[label] = arm
            for said in dict.fromkeys((norm, *(m.norm for m in treatment))):
                names[f"{said} {label}".casefold()] = replace(arm, label=f"{said} {label}")
            names[f"{label} {'treatment'}"] = replace(arm, label=f"{label} treatment")
    assigned = tuple(AssignedArm(f"{norm} ({frequency})", parts) for frequency in frequencies)
    return replace(book, names=names, settings=settings, assigned=assigned, groups={})
