"""The tokenizer of the shipped pipeline: spaCy's English one with the marks of biomedical papers split as CRAFT splits them.

Everything is said in spaCy's own terms (prefix, suffix and infix patterns and special cases), which a saved pipeline carries in its `tokenizer`
file, so that `spacy.load` needs no code of ours. CRAFT splits at hyphens ("MCF - 7", "time - to - event") but for a few first parts ("non-diabetic",
"anti-ACDP") and "-fold"; at slashes, dashes, colons and multiplication signs; at commas between numbers that are no thousands ("6 , 7", but
"10,000"); and it keeps the stop of "Fig." and "vs." with its word.
"""

from __future__ import annotations

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, LIST_ELLIPSES, LIST_ICONS
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without types
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

WITH_STOP = (
    "Fig Figs fig figs Nos nos vs Vs VS al ref refs Ref Refs approx cf Dr Drs Prof St Inc Ltd Co Corp vol Vol pp eds Eds resp Eq Eqs chr Chr etc Jr "
    "i.v i.p s.c p.o i.m s.d S.D S.E s.e s.e.m S.E.M b.i.d t.i.d q.d e.g i.e U.S U.K Tab Sect spp i.e"
).split()
# "no" and "No" may end a sentence as words of their own, so their stop stays only before a number, which no special case can see: left split.
FIRST = (
    "non Non anti Anti pre Pre post Post co Co re Re un self Self semi Semi multi Multi sub Sub inter "
    "Inter intra Intra mid Mid pseudo cross auto Auto over"
).split()
_HYPHEN = "[-‐‑]"
_BRACKETS = [r"\(", r"\)", r"\[", r"\]", r"\{", r"\}"]
_QUOTES = ['"', "“", "”", "‘", "’", "'", "`", "«", "»", "″", "′", "''", "``"]
_MARKS = [
    "=", "<", ">", "≤", "≥", "⩽", "⩾", "≈", "~", "∼", "±", "×", "÷", "†", "‡", "§", "¶", "#", "&", "®", "™", "/", "–", "—", "−", r"\*", r"\^", r"\|",
    "→", "←", "↑", "↓",
]  # fmt: skip
_UNITS = "km cm mm μm µm nm kg mg μg µg ng pg ml mL μl µl mM μM µM nM kb bp kDa Da min ms Gy IU Hz mV °C h".split()


def tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer over the vocabulary of `nlp`."""
    kept = "".join(rf"(?<!\b{first})" for first in FIRST)
    letter = f"[{ALPHA}]"
    prefixes = ["…", r"\.\.+", ",", ";", ":", "!", r"\?", "%", r"\$", "£", "€", r"\+", _HYPHEN, *_BRACKETS, *_QUOTES, *_MARKS, *LIST_ICONS]
    suffixes = [
        "…", r"\.\.+", ",", ";", ":", "!", r"\?", "%", "'s", "’s", r"\+", _HYPHEN, *_BRACKETS, *_QUOTES, *_MARKS, *LIST_ICONS,
        rf"(?<=[0-9])(?:{'|'.join(_UNITS)})",
        rf"(?<=[0-9{ALPHA_LOWER}%²°\)\]\}}'\"’”′+±*=−–-])\.",
        rf"(?<=[{ALPHA_UPPER}][{ALPHA_UPPER}0-9])\.",
    ]  # fmt: skip
    infixes = [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        *_BRACKETS,
        *(mark for mark in _MARKS if mark not in {r"\*", "#"}),
        '["“”;″′+]',
        r"(?<=[0-9])'",
        rf"(?<=[{ALPHA_LOWER}0-9])\.(?=[{ALPHA_UPPER}][{ALPHA_LOWER}])",
        rf"(?<=[{ALPHA}\)\]]),(?=[{ALPHA}0-9\(])",
        r"(?<=[0-9\)\]]),(?=[" + ALPHA + r"])",
        r"(?<=\d),(?!\d{3}(?!\d))(?=\d)",  # "6,7" is two numbers, "10,000" one
        r"(?<!\d)(?<=\d\d\d\d),(?=\d)",
        r"(?<=[0-9]):(?=[0-9])",
        rf"(?<={letter}):(?=[{ALPHA}0-9])",
        rf"{kept}(?<=\S){_HYPHEN}(?!fold\b)",
        rf"(?<=[{ALPHA}0-9])%",
    ]
    special = {f"{word}.": [{65: f"{word}."}] for word in WITH_STOP}
    rules = {text: parts for text, parts in nlp.Defaults.tokenizer_exceptions.items() if not text[0].isdigit() and text.casefold() not in _WORDS}
    return Tokenizer(
        nlp.vocab,
        rules={**rules, **special, "°C": [{65: "°C"}], "and/or": [{65: "and"}, {65: "/"}, {65: "or"}]},
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=None,
        url_match=nlp.Defaults.url_match,
    )


# spaCy splits or joins these for chat and prose ("Id", "Ill", "Mt."); in papers they are names, units and words.
_WORDS = frozenset("id ill well were shell hell wed shed were its whore".split())


@registry.callbacks("onco.tokenizer")  # type: ignore[untyped-decorator]
def install() -> object:
    """A callback for `initialize.before_init` that gives a pipeline this tokenizer."""

    def before_init(nlp: Language) -> Language:
        nlp.tokenizer = tokenizer(nlp)
        return nlp

    return before_init
